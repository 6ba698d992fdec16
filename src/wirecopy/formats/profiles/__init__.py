"""Profiles of agencies: the shipped ones, one TOML file each, and how a newsroom's own join them.

A file holds what one agency does otherwise than the standards it writes in (`config/profile.py`
says which keys there are). A newsroom's own file of the same name lies over the shipped one, key
by key; one of another name may say `extends = "dpa"`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from wirecopy.config.near import suggest
from wirecopy.config.patterns import MOST_WAYS, fault_of
from wirecopy.config.profile import PROFILE_TABLES, Profile, XmlField, XmlReader
from wirecopy.errors import ConfigError, FormatError
from wirecopy.formats import charsets, paths

Raw = dict[str, Any]
_WAYS_OF_A_MARKER = MOST_WAYS // 200
"""A marker is looked for at every place of a line."""
_SOMETIME = datetime(2000, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"(?:%[YmdHMSfyIpzbBj]|[^%])*")
_OWN = frozenset({"extends", "marks"})
"""Keys that a profile of another name does not inherit."""
_DEEPEST = 8
"""Profiles that may extend each other in a row."""


@cache
def shipped() -> Mapping[str, Profile]:
    """The shipped profiles by their names."""
    raws = _shipped_raws()
    return {key: _typed(key, raw, _file(key)) for key, raw in raws.items()}


@cache
def _shipped_raws() -> Mapping[str, Raw]:
    folder = resources.files("wirecopy.formats.profiles")
    files = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".toml")),
        key=lambda each: each.name,
    )
    return {
        each.name.removesuffix(".toml"): _parsed(each.read_text("utf-8"), each.name)
        for each in files
    }


def own_profiles(texts: Mapping[str, str]) -> tuple[Profile, ...]:
    """A newsroom's own profiles, out of the texts of its files by name; ConfigError says where.

    What a file leaves out is what the profile it extends says: the one it names, else the shipped
    one of its own name.
    """
    raws = {key: _parsed(text, _file(key)) for key, text in sorted(texts.items())}
    return tuple(_typed(key, _joined(key, raws, ()), _file(key)) for key in raws)


def _file(key: str) -> str:
    return f"profiles/{key}.toml"


def _parsed(text: str, where: str) -> Raw:
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{where} is not valid TOML: {error}.") from error
    if "key" in raw:
        raise ConfigError(f"{where}: leave out `key`; the file's name is the profile's name.")
    return raw


def _joined(key: str, raws: Mapping[str, Raw], way: tuple[str, ...]) -> Raw:
    """The keys of a file laid over those of the profile it extends."""
    raw, lower = raws[key], Raw()
    above = raw.get("extends") or (key if key in _shipped_raws() else "")
    if not above:
        return raw
    if above == key or above not in raws:
        if above not in _shipped_raws():
            known = sorted({*_shipped_raws(), *raws} - {key})
            raise ConfigError(
                f"{_file(key)}: extends names {above!r}, which is not a profile."
                f"{suggest(str(above), known)}"
            )
        lower = _shipped_raws()[above]
    elif above in way or len(way) > _DEEPEST:
        raise ConfigError(f"{_file(key)}: extends goes round in a circle through {above!r}.")
    else:
        lower = _joined(above, raws, (*way, key))
    if above != key:
        lower = {name: value for name, value in lower.items() if name not in _OWN}
    return _over(lower, raw)


def _over(lower: Raw, upper: Raw, path: str = "") -> Raw:
    """`upper` over `lower`, table by table; one field of XML is replaced as a whole."""
    joined = dict(lower)
    for name, value in upper.items():
        have = joined.get(name)
        if isinstance(value, dict) and isinstance(have, dict) and path != "xml.fields":
            joined[name] = _over(have, value, f"{path}.{name}".strip("."))
        else:
            joined[name] = value
    return joined


def _typed(key: str, raw: Raw, where: str) -> Profile:
    """The profile that a file's keys make; ConfigError names the file and the key."""
    try:
        profile = msgspec.convert({**raw, "key": key}, Profile, str_keys=True)
    except msgspec.ValidationError as error:
        raise ConfigError(_refusal(str(error), where)) from error
    _check(profile, where)
    return profile


def _refusal(message: str, where: str) -> str:
    """Msgspec's message with the file, the key, and the key that was probably meant."""
    said, _, at = message.partition(" - at ")
    at = at.replace("`", "").replace("key in ", "").replace("[...]", "")
    at = at.removeprefix("$").strip(".")
    said = said.replace("`", "").replace("Object contains unknown field", "unknown key")
    place = f"{where}: [{at}]" if at else where
    near = ""
    if said.startswith("unknown key"):
        table = PROFILE_TABLES.get(at, Profile)
        near = suggest(said.rpartition(" ")[2], list(table.__struct_fields__))
    return f"{place}: {said[0].lower()}{said[1:]}.{near}"


def _check(profile: Profile, where: str) -> None:
    """What types cannot say: a reason, a zone, a charset, harmless patterns, paths we know."""
    if not profile.why.strip():
        raise ConfigError(f"{where}: why is empty; write in words what is odd about the agency.")
    for mark in profile.marks:
        if mark != mark.casefold() or not mark.strip():
            raise ConfigError(f"{where}: marks holds {mark!r}; write it in lower case.")
    _check_places(profile, where)
    _check_slug(profile.slug, where)
    for part in ("dateline", "byline", "signoff"):
        for pattern in getattr(profile, part).patterns:
            _check_pattern(pattern, f"{where}: {part}.patterns")
    for number, row in enumerate(profile.markers):
        _check_pattern(row.pattern, f"{where}: markers[{number}].pattern", _WAYS_OF_A_MARKER)
    if profile.xml:
        _check_dates(profile.xml, where)
        try:
            paths.compiled(profile.xml)
        except FormatError as error:
            raise ConfigError(f"{where}: [xml]: {error}") from error


def _check_places(profile: Profile, where: str) -> None:
    """Refuse what is neither a time zone nor a character set, and slugs of unknown parts."""
    try:
        if profile.timezone:
            ZoneInfo(profile.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(
            f'{where}: timezone {profile.timezone!r} is not a time zone. Write it as "Europe/Oslo".'
        ) from error
    if profile.charset and not charsets.is_charset(profile.charset):
        raise ConfigError(f"{where}: charset {profile.charset!r} is not known.")


def _check_slug(slug: str, where: str) -> None:
    """Refuse a slug that asks for other parts than an item's own three."""
    try:
        slug.format(language="en", created=_SOMETIME, symbols="AX")
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ConfigError(
            f"{where}: slug is {slug!r}; it may hold {{language}}, {{created:%S}} and {{symbols}}."
        ) from error


def _check_dates(reader: XmlReader, where: str) -> None:
    """Refuse ways of writing a time that mean another time on another machine."""
    for name, value in reader.fields.items():
        if isinstance(value, XmlField) and not _DATE.fullmatch(value.date):
            raise ConfigError(
                f"{where}: xml.fields.{name}.date is {value.date!r}; it may hold %Y %m %d %H %M %S "
                "and %f %y %I %p %z %b %B %j, and signs between them."
            )


def _check_pattern(pattern: str, where: str, most: int = MOST_WAYS) -> None:
    if fault := fault_of(pattern, most):
        raise ConfigError(f"{where} {pattern!r} {fault}.")
