"""The configuration of a newsroom: wirecopy.toml as typed, immutable values.

`parse(text, environ)` reads it; a wrong key or value is refused with its path and a suggestion.
The docstrings of the tables and keys are the text of docs/reference/settings.md.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import msgspec

from wirecopy.errors import ConfigError
from wirecopy.model import Syndication

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TOML table: unknown keys are refused."""


class Strap(_Table, frozen=True):
    """The line above everything that invites to the newsletter."""

    text: str = ""
    """The line; "" shows no strap."""
    url: str = ""
    """Where it leads: the sign-up page."""


class Notice(_Table, frozen=True):
    """Wording of the notice; the facts are not a setting. {agency} and {site} are filled in."""

    untouched: str = ""
    """For a story that staff left as it came; "" uses the wording of the site's language."""
    headline: str = ""
    """For a story whose headline staff reworked."""
    picture: str = ""
    """For a story whose picture staff reworked."""
    both: str = ""
    """For a story whose headline and picture staff reworked."""


class Site(_Table, frozen=True):
    """The site as its readers know it."""

    name: str
    """The site's name, in the masthead, the notices and the feeds."""
    url: str
    """Address of the home page, as readers type it; every link of the site begins with it."""
    timezone: str = "UTC"
    """Zone of the times that readers see, such as "Asia/Kolkata"."""
    locale: str = "en"
    """Language and region of dates and labels, such as "en_IN"."""
    tagline: str = ""
    """A few words under the name."""
    description: str = ""
    """One sentence about the site, for search engines and feeds."""
    contact: str = ""
    """A mailto: or https: address for the footer and the publisher's data."""
    strap: Strap = Strap()
    """The line that invites to the newsletter."""
    notice: Notice = Notice()
    """Wording of the notice under each story."""
    logo: str = ""
    """Absolute URL of the publisher's logo."""
    feed_items: Annotated[int, msgspec.Meta(ge=1, le=500)] = 40
    """Stories in a feed."""
    front_items: Annotated[int, msgspec.Meta(ge=5, le=200)] = 40
    """Stories on the home page and on a section's front."""


class Section(_Table, frozen=True):
    """A section of the site; their order is the navigation's."""

    key: Key
    """The section's name in addresses and settings; changing it does not move old stories."""
    name: str
    """The section's name as readers see it."""
    topics: tuple[str, ...] = ()
    """Media Topic codes (medtop:04000000) whose stories belong here, sub-topics included."""


class Source(_Table, frozen=True):
    """One feed of one agency: transport, format, rights."""

    name: Key
    """The source's name in the log, in rules and for `ingest --source`; never change it later:
    a story's identity is its source and the agency's id."""
    agency: str
    """The agency that is credited on every story."""
    section: str = ""
    """Key of the section its stories go to when neither rule nor topic says otherwise."""
    path: str = ""
    """Folder that is watched, relative to the newsroom folder."""
    url: str = ""
    """Feed that is polled."""
    every: str = "2m"
    """How often the feed is asked or the folder is looked through."""
    format: str = ""
    """Forces a format; "" reads it from the bytes."""
    language: str = ""
    """Language of copy that does not say (a tag such as "en-IN")."""
    timezone: str = ""
    """Zone of times without one; "" means UTC."""
    priority: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50
    """Which agency's copy is preferred where two tell the same story; higher wins."""
    show_initials: bool = True
    """Whether desk initials of the sign-off (int/shs) are shown to readers."""
    syndication: Syndication = "self"
    """What search engines are told: "self" (our page is the one to index), "noindex", or
    "canonical-source" (the agency's own page is)."""
    redistribution: Literal["none", "headline", "summary", "full"] = "summary"
    """How much of its copy our own feeds pass on."""
    allow_private: bool = False
    """Whether `url` may lead to a private or loopback address."""
    copyright: str = ""
    """Copyright line where the wire carries none."""


Strings = tuple[str, ...]
Urgency = int | str | tuple[int | str, ...]


class When(_Table, frozen=True):
    """What a rule looks at: every key given must match; a list matches any of its values."""

    source: Strings | str = ()
    """Name of the source."""
    agency: Strings | str = ()
    """The agency as its source names it."""
    section: Strings | str = ()
    """Key of the section, as an earlier rule left it."""
    subject: Strings | str = ()
    """Name or code of a subject; a Media Topic code (medtop:15000000) takes its sub-topics in."""
    keyword: Strings | str = ()
    """A keyword of the story."""
    place: Strings | str = ()
    """Name or code of a place, the dateline's included."""
    urgency: Urgency = ()
    """A number from 1 (highest) to 9, a comparison ("<=3", ">5") or a range ("2-4")."""
    genre: Strings | str = ()
    """The genre as the agency names it."""
    language: Strings | str = ()
    """A language tag; "en" takes "en-IN" in."""
    headline: str = ""
    """Regular expression, looked for anywhere, case ignored."""
    slug: str = ""
    """Regular expression, looked for anywhere, case ignored."""
    has_picture: bool | None = None
    """Whether the story must have a picture that may be used, or must have none."""
    rights: str = ""
    """Regular expression over usage terms and restrictions."""


class Then(_Table, frozen=True):
    """What a rule does."""

    section: str = ""
    """Key of the section the story goes to."""
    action: Literal["", "publish", "hold", "ignore"] = ""
    """Publish the story, hold it for staff, or take no notice of it."""
    publish_after: str = ""
    """Hold this long ("10m"), then publish unless staff stopped it; not with hold or ignore."""
    add_topic: Strings | str = ()
    """Names of topics to add."""
    syndication: Literal["", "self", "noindex", "canonical-source"] = ""
    """As a source's syndication, for this story."""


class Rule(_Table, frozen=True):
    """One desk rule. Rules run in order; the first to decide an action wins."""

    name: str
    """The rule's name, as reasons and the newsroom show it."""
    when: When = When()
    """What the rule looks at; left out, it matches every story."""
    then: Then = Then()
    """What the rule does."""


class Desk(_Table, frozen=True):
    """What happens to a story that no rule decides."""

    default: Literal["publish", "hold"] = "publish"
    """Publish it, or hold it for staff."""


class Web(_Table, frozen=True):
    """The built-in server."""

    host: str = "127.0.0.1"
    """Address to listen on; "0.0.0.0" listens on all."""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8080
    """Port to listen on."""


class Press(_Table, frozen=True):
    """How pages are made."""

    theme: str = "theme"
    """Folder with your own templates, relative to the newsroom folder."""
    related: Annotated[int, msgspec.Meta(ge=0, le=3)] = 3
    """Related stories in a story's body, at most."""
    topics: Annotated[int, msgspec.Meta(ge=0, le=8)] = 8
    """Topics under a story, at most."""


class Pipeline(_Table, frozen=True):
    """How much work is taken at once."""

    readers: Annotated[int, msgspec.Meta(ge=0, le=64)] = 0
    """Reading processes; 0 reads in the filing process."""
    batch: Annotated[int, msgspec.Meta(ge=1, le=5000)] = 200
    """Log entries filed in one transaction, at most."""
    max_bytes: Annotated[int, msgspec.Meta(ge=1024)] = 20_000_000
    """Bytes of a delivery; a larger one goes to quarantine."""


class Config(_Table, frozen=True):
    """The whole of wirecopy.toml."""

    site: Site
    """The site as its readers know it."""
    sections: tuple[Section, ...] = ()
    """The sections in the order of the navigation; none means a usual set of eight."""
    sources: tuple[Source, ...] = ()
    """The feeds that are taken."""
    rules: tuple[Rule, ...] = ()
    """The desk's rules, in the order in which they run."""
    desk: Desk = Desk()
    """What happens to a story that no rule decides."""
    web: Web = Web()
    """The built-in server."""
    press: Press = Press()
    """How pages are made."""
    pipeline: Pipeline = Pipeline()
    """How much work is taken at once."""

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


RESERVED = frozenset(
    {"assets", "demo-pictures", "gone", "search", "sitemaps", "topics", "con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""Folders of the site that are no sections, and names that Windows keeps for devices."""


def duration(text: str, where: str = "") -> timedelta:
    """The length of time of "90s", "10m", "2h" or "1d"; ConfigError otherwise."""
    match = re.fullmatch(r"([0-9]{1,6})\s*([smhd])", text.strip())
    if not match:
        raise ConfigError(f'{where or "A duration"} is {text!r}: write it as "90s", "10m" or "2h".')
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; "" is UTC."""
    return ZoneInfo(name or "UTC")


def parse(text: str, environ: Mapping[str, str] | None = None) -> Config:
    """The configuration in `text`, with WIRECOPY_TABLE_KEY variables of `environ` laid over it.

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
    for number, rule in enumerate(raw.get("rules", ())):
        _check_not_empty(rule.get("when", {}), f"rules[{number}].when")
    return _checked(config)


# --------------------------------------------------------------------------------------
# Environment
# --------------------------------------------------------------------------------------

TABLES: dict[str, type[_Table]] = {
    "": Config,
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
"""Every table by its path; "" is the file itself."""

_SINGLE = ("site", "site.strap", "site.notice", "desk", "web", "press", "pipeline")
"""The tables that stand once in the file, so that a variable can name one of their keys."""

VARIABLES: dict[str, tuple[str, ...]] = {
    "_".join(("WIRECOPY", *path.split("."), key)).upper(): (*path.split("."), key)
    for path in _SINGLE
    for key in TABLES[path].__struct_fields__
    if f"{path}.{key}" not in TABLES
}
"""The environment variables that override the file: name -> path of the key."""

_OURS = re.compile(r"WIRECOPY_(SITE|DESK|WEB|PRESS|PIPELINE)_.*")


def _overlay(raw: dict[str, Any], environ: Mapping[str, str]) -> None:
    """Lay WIRECOPY_SITE_URL, WIRECOPY_WEB_PORT and the like over the file's single tables."""
    for name, value in sorted(environ.items()):
        if path := VARIABLES.get(name):
            _lay(raw, path, _typed(name, value, path))
        elif _OURS.fullmatch(name):
            near = _suggest(name, list(VARIABLES))
            raise ConfigError(f"The environment variable {name} is not a setting.{near}")


def _typed(name: str, value: str, path: tuple[str, ...]) -> Any:
    """`value` as the type that the key at `path` has; ConfigError names the variable."""
    try:
        return msgspec.convert(value, _field_type(path), strict=False)
    except msgspec.ValidationError as error:
        plain = _plain(str(error), ".".join(path))
        raise ConfigError(f"The environment variable {name} is {value!r}: {plain}.") from error


def _lay(raw: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Put `value` at `path`; a table that is none is left for the check of types to refuse."""
    table = raw
    for part in path[:-1]:
        table = table.setdefault(part, {})
        if not isinstance(table, dict):
            return
    table[path[-1]] = value


def _field_type(path: tuple[str, ...]) -> Any:
    """The type of the key at `path`, with its limits; Any where there is no such key."""
    table = TABLES.get(".".join(path[:-1]), Config)
    types = {field.name: field.type for field in msgspec.structs.fields(table)}
    return types.get(path[-1], Any)


# --------------------------------------------------------------------------------------
# Refusals in the operator's words
# --------------------------------------------------------------------------------------


def _suggest(name: str, known: list[str]) -> str:
    """A question after a near name: did you mean ...?, or all the names where they are few."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return f" Did you mean {near[0]!r}?"
    return f" Known: {', '.join(known)}." if 0 < len(known) <= 20 else ""


def _explain(message: str) -> str:
    """Msgspec's message in the operator's words, with a suggestion for a mistyped key."""
    path = match[1] if (match := re.search(r" - at `\$\.?(.*?)`$", message)) else ""
    where = f"[{path}]" if path else "the top level"
    if unknown := re.search(r"unknown field `(.*?)`", message):
        known = list(TABLES.get(_bare(path), Config).__struct_fields__)
        return f"wirecopy.toml: unknown key {unknown[1]!r} at {where}.{_suggest(unknown[1], known)}"
    if missing := re.search(r"missing required field `(.+?)`", message):
        return f"wirecopy.toml: {where} needs the {'key' if path else 'table'} {missing[1]!r}."
    return f"wirecopy.toml: {path} {_plain(message, path)}."


def _bare(path: str) -> str:
    """The path without list positions: rules[1].when is rules.when."""
    return re.sub(r"\[[^]]*\]", "", path)


_KINDS = {
    "int": "a whole number",
    "str": "text in quotes",
    "bool": "true or false",
    "array": "a list in square brackets",
    "object": "a table",
    "null": "nothing",
    "float": "a number with a fraction",
    "datetime": "a date",
}
"""Msgspec's names of types in the operator's words."""


def _plain(message: str, path: str) -> str:
    """What is wrong with the value at `path`: the second half of a sentence."""
    message = message.partition(" - at `")[0]
    if enum := re.fullmatch(r"Invalid enum value '?(.*?)'?", message):
        return _not_among(enum[1], _field_type(tuple(_bare(path).split("."))))
    if limit := re.fullmatch(r"Expected `int` (<=|>=) (\d+)", message):
        return f"must be {limit[2]} or {'less' if limit[1] == '<=' else 'more'}"
    if "matching regex" in message:
        return "must be lower-case letters, digits and hyphens, at most 64"
    kinds = re.fullmatch(r"Expected `(.+?)`(?:, got `(.+?)`)?", message)
    if not kinds:
        return f"is wrong: {message}"
    if _bare(path) in TABLES:
        return f"must be written as {heading(_bare(path))}"
    wanted = " or ".join(_KINDS.get(kind, kind) for kind in kinds[1].split(" | ") if kind != "null")
    return f"must be {wanted}" + (f", not {_KINDS.get(kinds[2], kinds[2])}" if kinds[2] else "")


def _not_among(value: str, kind: Any) -> str:
    """Which values a key takes, and the one that was probably meant."""
    values = [text for text in get_args(kind) if text]
    listed = ", ".join(f'"{text}"' for text in values)
    near = difflib.get_close_matches(value, values, n=1, cutoff=0.6)
    meant = f"; did you mean {near[0]!r}" if near else ""
    return f"must be one of {listed}, not {value!r}{meant}"


def heading(table: str) -> str:
    """How a table's heading is typed."""
    return f"[[{table}]]" if table in ("sections", "sources", "rules") else f"[{table}]"


# --------------------------------------------------------------------------------------
# Checks that types cannot make
# --------------------------------------------------------------------------------------


def _checked(config: Config) -> Config:
    """`config` with default sections, after the checks that types cannot make."""
    _check_site(config.site)
    config = msgspec.structs.replace(
        config,
        site=msgspec.structs.replace(config.site, url=config.site.url.rstrip("/")),
        sections=config.sections or DEFAULT_SECTIONS,
    )
    sections = [section.key for section in config.sections]
    sources = [source.name for source in config.sources]
    _unique("sections", "key", sections)
    _unique("sources", "name", sources)
    _unique("rules", "name", [rule.name for rule in config.rules])
    for number, section in enumerate(config.sections):
        _filled(f"sections[{number}].name", section.name)
        if section.key in RESERVED:
            raise ConfigError(
                f"wirecopy.toml: sections[{number}].key {section.key!r} is the address of "
                "something else on the site; choose another word."
            )
    for number, source in enumerate(config.sources):
        _check_source(source, f"sources[{number}]", sections)
    for number, rule in enumerate(config.rules):
        _check_rule(rule, f"rules[{number}]", sections, sources)
    return config


def _check_site(site: Site) -> None:
    _filled("site.name", site.name)
    _web_address("site.url", site.url)
    if re.search(r"[?#]", site.url):
        raise ConfigError("wirecopy.toml: site.url must be an address without ? and #.")
    _check_zone("site.timezone", site.timezone)
    if not re.fullmatch(r"[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*", site.locale):
        raise ConfigError(
            f'wirecopy.toml: site.locale is {site.locale!r}: write it as "en" or "en_IN".'
        )
    if site.contact and not re.match(r"mailto:[^@\s]+@[^@\s]+$", site.contact):
        _web_address("site.contact", site.contact, also='"mailto:", ')
    for where, url in (("site.logo", site.logo), ("site.strap.url", site.strap.url)):
        if url:
            _web_address(where, url)
    for key, text in msgspec.structs.asdict(site.notice).items():
        if wrong := re.search(r"\{(?!(?:agency|site)\})[^{}]*\}?", text):
            raise ConfigError(
                f"wirecopy.toml: site.notice.{key} holds {wrong[0]!r}; it may hold "
                "{agency} and {site}."
            )


def _filled(where: str, value: str) -> None:
    if not value.strip():
        raise ConfigError(f"wirecopy.toml: {where} is empty; write a name.")


def _web_address(where: str, url: str, also: str = "") -> None:
    if not re.fullmatch(r"https?://[^/\s?#\"'<>]+[^\s\"'<>]*", url):
        raise ConfigError(
            f'wirecopy.toml: {where} is {url!r}: it must start with {also}"https://" or "http://"'
            " and hold neither spaces nor quotes."
        )


def _check_zone(where: str, name: str) -> None:
    """Refuse what is no zone, and zones that mean another time on another machine."""
    try:
        known = bool(ZoneInfo(name)) and name not in ("localtime", "posixrules", "Factory")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = False
    if not known:
        near = _suggest(name, sorted(available_timezones()))
        what = near or ' Write it as "Europe/Lisbon", or "UTC".'
        raise ConfigError(f"wirecopy.toml: {where} {name!r} is not a time zone.{what}")


def _unique(table: str, key: str, values: list[str]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise ConfigError(f"wirecopy.toml: [[{table}]] has {key} = {value!r} twice.")


def _among(value: str, where: str, table: str, known: list[str]) -> None:
    if value and value not in known:
        raise ConfigError(
            f"wirecopy.toml: {where} names {value!r}, which is not in [[{table}]]."
            + _suggest(value, known)
        )


def _check_source(source: Source, where: str, sections: list[str]) -> None:
    _filled(f"{where}.agency", source.agency)
    _among(source.section, f"{where}.section", "sections", sections)
    if not duration(source.every, f"wirecopy.toml: {where}.every"):
        raise ConfigError(f'wirecopy.toml: {where}.every is {source.every!r}: "1s" is the least.')
    if source.timezone:
        _check_zone(f"{where}.timezone", source.timezone)
    if not re.fullmatch(r"(?:[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?", source.language):
        tag = f'{where}.language is {source.language!r}: write it as "en" or "en-IN".'
        raise ConfigError(f"wirecopy.toml: {tag}")
    if source.url:
        _web_address(f"{where}.url", source.url)


def _check_rule(rule: Rule, where: str, sections: list[str], sources: list[str]) -> None:
    _filled(f"{where}.name", rule.name)
    _among(rule.then.section, f"{where}.then.section", "sections", sections)
    for value in _several(rule.when.section):
        _among(value, f"{where}.when.section", "sections", sections)
    for value in _several(rule.when.source):
        _among(value, f"{where}.when.source", "sources", sources)
    for key in ("headline", "slug", "rights"):
        _check_pattern(getattr(rule.when, key), f"{where}.when.{key}")
    if rule.then.publish_after:
        duration(rule.then.publish_after, f"wirecopy.toml: {where}.then.publish_after")
        if rule.then.action in ("hold", "ignore"):
            raise ConfigError(
                f"wirecopy.toml: {where}.then has publish_after beside"
                f' action = "{rule.then.action}"; take one of them out.'
            )


def _check_not_empty(when: Mapping[str, Any], where: str) -> None:
    """Refuse a key without a value: it would match every story, which nobody means."""
    for key, value in when.items():
        if value in ("", []) or (isinstance(value, list) and "" in value):
            raise ConfigError(f"wirecopy.toml: {where}.{key} is empty; take it out or fill it in.")


def _several(value: Strings | str) -> Strings:
    """One value or a list of them as a tuple."""
    return (value,) if isinstance(value, str) else value


def _check_pattern(pattern: str, where: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ConfigError(
            f"wirecopy.toml: {where} is not a regular expression: {error}."
        ) from error
