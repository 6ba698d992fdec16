"""The configuration of a newsroom: wirecopy.toml as typed, immutable values.

`parse(text, environ)` reads it; a wrong key or value is refused with its path and a suggestion.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from wirecopy.errors import ConfigError
from wirecopy.model import Syndication

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TOML table: unknown keys are refused."""


class Strap(_Table, frozen=True):
    """The line above everything that invites to the newsletter."""

    text: str = ""
    url: str = ""


class Notice(_Table, frozen=True):
    """Wording of the notice; the facts are not a setting. {agency} and {site} are filled in."""

    untouched: str = ""
    headline: str = ""
    picture: str = ""
    both: str = ""


class Site(_Table, frozen=True):
    """The site as its readers know it."""

    name: str
    url: str
    timezone: str = "UTC"
    locale: str = "en"
    tagline: str = ""
    description: str = ""
    contact: str = ""
    """A mailto: or https: address for the footer and the publisher's data."""
    strap: Strap = Strap()
    notice: Notice = Notice()
    logo: str = ""
    """Absolute URL of the publisher's logo."""
    feed_items: Annotated[int, msgspec.Meta(ge=1, le=500)] = 40
    front_items: Annotated[int, msgspec.Meta(ge=5, le=200)] = 40


class Section(_Table, frozen=True):
    """A section of the site; their order is the navigation's."""

    key: Key
    name: str
    topics: tuple[str, ...] = ()
    """Media Topic codes (medtop:04000000) whose stories belong here, sub-topics included."""


class Source(_Table, frozen=True):
    """One feed of one agency: transport, format, rights."""

    name: Key
    agency: str
    section: str = ""
    path: str = ""
    """Folder that is watched, relative to the newsroom folder."""
    url: str = ""
    """Feed that is polled."""
    every: str = "2m"
    """How often the feed is asked or the folder is looked through."""
    format: str = ""
    """Forces a format; "" reads it from the bytes."""
    language: str = ""
    timezone: str = ""
    """Zone of times without one; "" means UTC."""
    priority: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50
    show_initials: bool = True
    """Whether desk initials of the sign-off (int/shs) are shown to readers."""
    syndication: Syndication = "self"
    redistribution: Literal["none", "headline", "summary", "full"] = "summary"
    """How much of its copy our own feeds pass on."""
    allow_private: bool = False
    """Whether `url` may lead to a private or loopback address."""
    copyright: str = ""
    """Copyright line where the wire carries none."""


Strings = tuple[str, ...]


class When(_Table, frozen=True):
    """What a rule looks at. Every key that is given must match; a list matches any of its values."""

    source: Strings | str = ()
    agency: Strings | str = ()
    section: Strings | str = ()
    subject: Strings | str = ()
    keyword: Strings | str = ()
    place: Strings | str = ()
    urgency: int | Strings | str = ()
    """A number, or a comparison such as "<=3"."""
    genre: Strings | str = ()
    language: Strings | str = ()
    headline: str = ""
    """Regular expression, looked for anywhere, case ignored."""
    slug: str = ""
    """Regular expression, looked for anywhere, case ignored."""
    has_picture: bool | None = None
    rights: str = ""
    """Regular expression over usage terms and restrictions."""


class Then(_Table, frozen=True):
    """What a rule does."""

    section: str = ""
    action: Literal["", "publish", "hold", "ignore"] = ""
    publish_after: str = ""
    """Hold this long ("10m"), then publish unless staff stopped it."""
    add_topic: Strings | str = ()
    syndication: Literal["", "self", "noindex", "canonical-source"] = ""


class Rule(_Table, frozen=True):
    """One desk rule. Rules run in order; each may set something, the first to decide an action wins."""

    name: str
    when: When = When()
    then: Then = Then()


class Desk(_Table, frozen=True):
    """What happens to a story that no rule decides."""

    default: Literal["publish", "hold"] = "publish"


class Web(_Table, frozen=True):
    """The built-in server."""

    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8080


class Press(_Table, frozen=True):
    """How pages are made."""

    theme: str = "theme"
    related: Annotated[int, msgspec.Meta(ge=0, le=3)] = 3
    topics: Annotated[int, msgspec.Meta(ge=0, le=8)] = 8


class Pipeline(_Table, frozen=True):
    """How much work is taken at once."""

    readers: Annotated[int, msgspec.Meta(ge=0, le=64)] = 0
    """Reading processes; 0 reads in the filing process."""
    batch: Annotated[int, msgspec.Meta(ge=1, le=5000)] = 200
    max_bytes: Annotated[int, msgspec.Meta(ge=1024)] = 20_000_000
    """A larger delivery goes to quarantine."""


class Config(_Table, frozen=True):
    """The whole of wirecopy.toml."""

    site: Site
    sections: tuple[Section, ...] = ()
    sources: tuple[Source, ...] = ()
    rules: tuple[Rule, ...] = ()
    desk: Desk = Desk()
    web: Web = Web()
    press: Press = Press()
    pipeline: Pipeline = Pipeline()

    def source(self, name: str) -> Source:
        """The source of that name; ConfigError with the nearest names if there is none."""
        for source in self.sources:
            if source.name == name:
                return source
        known = [source.name for source in self.sources]
        raise ConfigError(f"There is no source {name!r}.{_suggest(name, known)}")


DEFAULT_SECTIONS = (
    Section(key="world", name="World", topics=("medtop:11000000", "medtop:16000000")),
    Section(key="business", name="Business", topics=("medtop:04000000", "medtop:09000000")),
    Section(key="science", name="Science", topics=("medtop:13000000",)),
    Section(key="health", name="Health", topics=("medtop:07000000",)),
    Section(key="environment", name="Environment", topics=("medtop:06000000", "medtop:17000000")),
    Section(key="culture", name="Culture", topics=("medtop:01000000", "medtop:10000000")),
    Section(key="sport", name="Sport", topics=("medtop:15000000",)),
    Section(key="news", name="News", topics=()),
)
"""The sections of a newsroom that names none of its own; the last takes what fits nowhere."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(text: str, where: str = "") -> timedelta:
    """The length of time of "90s", "10m", "2h" or "1d"; ConfigError otherwise."""
    match = re.fullmatch(r"(\d+)\s*([smhd])", text.strip())
    if not match:
        raise ConfigError(f'{where or "A duration"} is {text!r}: write it as "90s", "10m" or "2h".')
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])


def parse(text: str, environ: Mapping[str, str] | None = None) -> Config:
    """The configuration in `text`, with WIRECOPY_SECTION_KEY variables of `environ` laid over it.

    Raises ConfigError, whose text names the key's path and says what to type.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"wirecopy.toml is not valid TOML: {error}.") from error
    _overlay(raw, environ or {})
    try:
        config = msgspec.convert(raw, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(_explain(str(error))) from error
    return _checked(config)


def _overlay(raw: dict[str, Any], environ: Mapping[str, str]) -> None:
    """Lay WIRECOPY_SITE_URL, WIRECOPY_WEB_PORT and the like over the file's single tables."""
    for name, value in environ.items():
        match = re.fullmatch(r"WIRECOPY_(SITE|WEB|DESK|PRESS|PIPELINE)_([A-Z_]+)", name)
        if match:
            table = raw.setdefault(match[1].lower(), {})
            table[match[2].lower()] = int(value) if value.isdigit() else value


def _suggest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return f" Did you mean {near[0]!r}?"
    return f" Known: {', '.join(known)}." if known else ""


_TABLES: dict[str, type[_Table]] = {
    "site": Site,
    "site.strap": Strap,
    "site.notice": Notice,
    "sections": Section,
    "sources": Source,
    "rules": Rule,
    "rules.when": When,
    "rules.then": Then,
    "desk": Desk,
    "web": Web,
    "press": Press,
    "pipeline": Pipeline,
}


def _explain(message: str) -> str:
    """Msgspec's message in the operator's words, with a suggestion for a mistyped key."""
    path = match[1] if (match := re.search(r"at `\$\.?(.*?)`", message)) else ""
    where = f"[{path}]" if path else "the top level"
    unknown = re.search(r"unknown field `(.+?)`", message)
    if unknown:
        table = _TABLES.get(re.sub(r"\[[^]]*\]", "", path), Config)
        known = list(table.__struct_fields__)
        return f"wirecopy.toml: unknown key {unknown[1]!r} at {where}.{_suggest(unknown[1], known)}"
    missing = re.search(r"missing required field `(.+?)`", message)
    if missing:
        return f"wirecopy.toml: {where} needs the key {missing[1]!r}."
    return f"wirecopy.toml: {message}."


def _checked(config: Config) -> Config:
    """`config` with default sections, after the checks that types cannot make."""
    if config.site.timezone not in available_timezones():
        known = sorted(available_timezones())
        raise ConfigError(
            f"wirecopy.toml: site.timezone {config.site.timezone!r} is not a time zone."
            + _suggest(config.site.timezone, known)
        )
    if not re.match(r"https?://[^/\s]+", config.site.url):
        raise ConfigError('wirecopy.toml: site.url must start with "https://" or "http://".')
    config = msgspec.structs.replace(
        config,
        site=msgspec.structs.replace(config.site, url=config.site.url.rstrip("/")),
        sections=config.sections or DEFAULT_SECTIONS,
    )
    sections = [section.key for section in config.sections]
    _unique("sections", "key", sections)
    _unique("sources", "name", [source.name for source in config.sources])
    for number, source in enumerate(config.sources):
        _check_source(source, f"sources[{number}]", sections)
    for number, rule in enumerate(config.rules):
        _check_rule(rule, f"rules[{number}]", sections)
    return config


def _unique(table: str, key: str, values: list[str]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise ConfigError(f"wirecopy.toml: [[{table}]] has {key} = {value!r} twice.")


def _known_section(value: str, where: str, sections: list[str]) -> None:
    if value and value not in sections:
        raise ConfigError(
            f"wirecopy.toml: {where} names the section {value!r}, which is not in [[sections]]."
            + _suggest(value, sections)
        )


def _check_source(source: Source, where: str, sections: list[str]) -> None:
    _known_section(source.section, f"{where}.section", sections)
    duration(source.every, f"wirecopy.toml: {where}.every")
    if source.timezone and source.timezone not in available_timezones():
        raise ConfigError(f"wirecopy.toml: {where}.timezone {source.timezone!r} is unknown.")
    if source.url and not re.match(r"https?://", source.url):
        raise ConfigError(f'wirecopy.toml: {where}.url must start with "https://" or "http://".')


def _check_rule(rule: Rule, where: str, sections: list[str]) -> None:
    _known_section(rule.then.section, f"{where}.then.section", sections)
    if rule.then.publish_after:
        duration(rule.then.publish_after, f"wirecopy.toml: {where}.then.publish_after")
    for key, pattern in (
        ("headline", rule.when.headline),
        ("slug", rule.when.slug),
        ("rights", rule.when.rights),
    ):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ConfigError(
                f"wirecopy.toml: {where}.when.{key} is not a regular expression: {error}."
            ) from error


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; "" is UTC."""
    return ZoneInfo(name or "UTC")
