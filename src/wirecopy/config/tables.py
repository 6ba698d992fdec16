"""The whole of wirecopy.toml, and its tables by their headings."""

from __future__ import annotations

from wirecopy.config.desk import Chains, Concept, Desk, KnownTopic, Rule, Then, When
from wirecopy.config.house import Pictures, Pipeline, Press, Retention, Watch, Web
from wirecopy.config.near import suggest
from wirecopy.config.profile import Profile
from wirecopy.config.site import Files, Notice, Publisher, Section, Site, Strap
from wirecopy.config.sources import Login, Push, Source
from wirecopy.config.values import Table
from wirecopy.errors import ConfigError


class Config(Table, frozen=True):
    """The whole of wirecopy.toml."""

    site: Site
    """The site as its readers know it."""
    sections: tuple[Section, ...] = ()
    """The sections in the order of the navigation; none means a usual set of eight."""
    sources: tuple[Source, ...] = ()
    """The feeds that are taken."""
    rules: tuple[Rule, ...] = ()
    """The desk's rules, in the order in which they run."""
    topics: tuple[KnownTopic, ...] = ()
    """Topics with their other names; after a change, `wirecopy rebuild` files old copy by it."""
    vocabulary: tuple[Concept, ...] = ()
    """Names of Media Topics that come as codes alone."""
    desk: Desk = Desk()
    """What happens to a story that no rule decides."""
    web: Web = Web()
    """The built-in server."""
    press: Press = Press()
    """How pages are made."""
    pictures: Pictures = Pictures()
    """Where readers get pictures from, and for how long."""
    pipeline: Pipeline = Pipeline()
    """How much work is taken at once."""
    log: Retention = Retention()
    """How much of the wire log is kept."""
    chains: Chains = Chains()
    """How far apart items of one story may be."""
    profiles: tuple[Profile, ...] = ()
    """The newsroom's own profiles; no table of the file, each is one in the folder profiles/."""
    watch: Watch = Watch()
    """How the newsroom is watched."""

    def source(self, name: str) -> Source:
        """The source of that name; ConfigError with the nearest names if there is none."""
        for source in self.sources:
            if source.name == name:
                return source
        known = [source.name for source in self.sources]
        raise ConfigError(f"There is no source {name!r}.{suggest(name, known)}")


TABLES: dict[str, type[Table]] = {
    "": Config,
    "site": Site,
    "site.strap": Strap,
    "site.notice": Notice,
    "site.publisher": Publisher,
    "site.files": Files,
    "sections": Section,
    "sources": Source,
    "sources.login": Login,
    "sources.push": Push,
    "topics": KnownTopic,
    "vocabulary": Concept,
    "rules": Rule,
    "rules.when": When,
    "rules.then": Then,
    "desk": Desk,
    "web": Web,
    "press": Press,
    "pictures": Pictures,
    "pipeline": Pipeline,
    "log": Retention,
    "chains": Chains,
    "watch": Watch,
}
"""Every table by its path; "" is the file itself."""


ARRAYS = frozenset({"sections", "sources", "topics", "vocabulary", "rules"})
"""The tables of which there may be several."""


def heading(table: str) -> str:
    """How a table's heading is typed."""
    return f"[[{table}]]" if table in ARRAYS else f"[{table}]"
