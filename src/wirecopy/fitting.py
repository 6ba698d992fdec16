"""Fitting a profile to a file: what it does to each story, field by field, and what it misses.

Pure, and nothing is taken in: the file is read as it stands, read by the profile, and cleaned; what
differs is put side by side with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from wirecopy import formats
from wirecopy.config import Config, Source
from wirecopy.config.profile import Profile
from wirecopy.errors import FormatError
from wirecopy.formats import dialects, vendor_xml
from wirecopy.formats.hints import Hints
from wirecopy.model import Block, Dateline, Delivery, Item, Marker, Reading
from wirecopy.reading import hints_of, sheet_of
from wirecopy.story import ways
from wirecopy.story.agencies import names_of
from wirecopy.story.prose import block_text

_FIELDS = (
    "item_id", "alt_ids", "version", "status", "markers", "headline", "subheadline", "kicker",
    "slug", "standfirst", "byline", "byline_title", "authors", "dateline", "sign_off", "ed_notes",
    "subjects", "keywords", "genre", "urgency", "language", "first_created", "version_created",
    "embargo_until", "embargo_text", "expires_at", "provider", "credit_line", "links", "signals",
)  # fmt: skip
"""The fields of an item in the order in which they are shown; the body follows them."""
_KEYS = {
    "item_id": "ids or fields",
    "slug": "slug or fields",
    "byline": "fields",
    "kicker": "fields",
    "ed_notes": "fields",
    "dateline": "home",
    "subjects": "categories",
    "markers": "internal",
    "urgency": "urgency or priorities",
    "language": "language",
    "first_created": "timezone",
    "version_created": "timezone",
    "embargo_until": "timezone",
    "expires_at": "timezone",
    "provider": "provider",
}
"""Which key of a profile a reader asks for a field."""
_OTHERWISE = {"dateline": "place"}
"""Fields of an item that a profile's XML reader calls otherwise."""
_LONGEST = 100
_Sent = tuple[Item | None, dict[str, str]]
"""A story as the standard reads it (None where there is none), and its fields as they stand."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One field: what stands in the file, what it is read as, and what made the difference."""

    field: str
    sent: str
    read: str
    why: str = ""


class Fitted(msgspec.Struct, frozen=True, kw_only=True):
    """One story of the file."""

    lines: tuple[Line, ...]
    warnings: tuple[str, ...]


class Fitting(msgspec.Struct, frozen=True, kw_only=True):
    """A whole file, or why it cannot be read."""

    profile: str
    format: str = ""
    error: str = ""
    spoiled: tuple[str, ...] = ()
    stories: tuple[Fitted, ...] = ()


def fit(
    delivery: Delivery, received: datetime, config: Config, source: Source, key: str = ""
) -> Fitting:
    """What the profile of that name ("": the one that would be found) does to a delivery.

    ConfigError where there is no such profile.
    """
    if key:
        source = msgspec.structs.replace(source, profile=key)
    hints = hints_of(delivery, source, received, config)
    try:
        reading = formats.read(delivery.body, hints)
    except FormatError as error:
        return Fitting(profile=key, error=str(error))
    sent = _sent(delivery.body, hints, reading)
    left = _left_alone(delivery, received, config, source, len(reading.items))
    found = []
    for item, told, other in zip(reading.items, sent, left, strict=True):
        profile = dialects.of_item(item, source, config)
        sheet = sheet_of(item, source, received, config)
        found.append(_Fit(profile, other, item, told, sheet.item).fitted())
    names = dict.fromkeys(dialects.of_item(i, source, config).key for i in reading.items)
    return Fitting(
        profile=key or ", ".join(filter(None, names)),
        format=reading.format,
        spoiled=reading.spoiled,
        stories=tuple(found),
    )


def _left_alone(
    delivery: Delivery, received: datetime, config: Config, source: Source, count: int
) -> list[Profile]:
    """The profile that each story would be read by if the source named none."""
    alone = msgspec.structs.replace(source, profile="")
    items = _items(delivery.body, hints_of(delivery, alone, received, config))
    found = [dialects.of_item(item, alone, config) for item in items]
    return found if len(found) == count else [dialects.PLAIN] * count


def _sent(body: bytes, hints: Hints, reading: Reading) -> Sequence[_Sent]:
    """What each story says by the standard alone; of an agency's own XML, what stands there."""
    told: list[_Sent]
    if reading.format == vendor_xml.NAME:
        told = [(None, fields) for fields in vendor_xml.as_sent(body, hints)]
    else:
        plain = msgspec.structs.replace(hints, profile=dialects.PLAIN, timezone="", language="")
        items = _items(body, plain)
        told = [(item, {name: _shown(getattr(item, name)) for name in _FIELDS}) for item in items]
    # A profile may find more stories in a document than the standard does.
    return told if len(told) == len(reading.items) else [(None, {})] * len(reading.items)


def _items(body: bytes, hints: Hints) -> tuple[Item, ...]:
    """The items of a reading; none where it cannot be read so."""
    try:
        return formats.read(body, hints).items
    except FormatError:
        return ()


class _Fit:
    """One story: as the standard reads it, as its profile reads it, and as it is filed."""

    def __init__(
        self, profile: Profile, left: Profile, item: Item, sent: _Sent, final: Item
    ) -> None:
        self.profile = profile
        self.left = left
        self.item = item
        self.plain, self.sent = sent
        self.final = final
        self.own = names_of(item, "", profile.names)

    def fitted(self) -> Fitted:
        """The story's fields side by side, and what a person should know."""
        return Fitted(lines=(*self._lines(), *self._body()), warnings=tuple(self._warnings()))

    # Lines ------------------------------------------------------------------------------

    def _lines(self) -> Iterator[Line]:
        for name in _FIELDS:
            made, read = (_shown(getattr(each, name)) for each in (self.item, self.final))
            sent = _cut(self.sent.get(_OTHERWISE.get(name, name), "")) or self._text_of(name)
            if read or sent:
                why = self._why(name, made=made, read=read)
                yield Line(field=name, sent=sent, read=read, why=why)

    def _text_of(self, name: str) -> str:
        """The piece of the text that a part was taken from."""
        part = {"dateline": self.final.dateline and self.final.dateline.text}.get(name)
        part = part or (str(getattr(self.final, name)) if name in ("byline", "sign_off") else "")
        first = part.split("\n", 1)[0]
        texts = (block_text(block) for block in self.item.body)
        return next((_cut(text) for text in texts if first and first in text), "")

    def _why(self, name: str, *, made: str, read: str) -> str:
        pattern = self._pattern(name)
        filled = made != read and self._filled(name, read)
        if pattern or filled:
            return pattern or str(filled)
        if self.plain is None:
            return self._path(name)
        if made != self.sent[name]:
            return _KEYS.get(name, "the profile")
        return "the general rules" if made != read else ""

    def _path(self, name: str) -> str:
        """Where the profile's reader of XML finds a field."""
        reader = self.profile.xml
        key = _OTHERWISE.get(name, name)
        value = reader.fields.get(key) if reader else None  # type: ignore[call-overload] # any name
        if value is None:
            return ""
        said = value if isinstance(value, str | tuple) else value.path or f'"{value.constant}"'
        return f"xml.fields.{key}: {said if isinstance(said, str) else ' or '.join(said)}"

    def _pattern(self, name: str) -> str:
        """The profile's own pattern that found a part, by its place in the list."""
        if name == "markers":
            rows = enumerate(self.profile.markers)
            said = self.item.headline, self.item.slug
            found = [number for number, row in rows if ways.find(*said, (row,))[2]]
            return ", ".join(f"markers[{number}]" for number in found)
        for number, pattern in enumerate(self._patterns(name)):
            if self._matches(name, pattern):
                key = name.replace("_", "")
                return f"{key}.patterns[{number}]: {pattern}"
        return ""

    def _filled(self, name: str, read: str) -> str:
        """The key that filled a field in because the wire left it out."""
        ways_of = self.profile
        told = {
            "credit_line": (ways_of.credit, "credit"),
            "language": (dialects.tongue_of(ways_of), "languages"),
            "provider": (ways_of.provider, "provider"),
            "dateline": (ways_of.home, "home"),
        }
        value, key = told.get(name, ("", ""))
        return key if value and read == value else ""

    def _patterns(self, name: str) -> tuple[str, ...]:
        parts = {"dateline": "dateline", "byline": "byline", "sign_off": "signoff"}
        return getattr(self.profile, parts[name]).patterns if name in parts else ()

    def _matches(self, name: str, pattern: str) -> bool:
        texts = [block_text(block).strip() for block in self.item.body]
        if name == "dateline":
            return any(ways.dateline(text, (pattern,), self.own) for text in texts[:6])
        if name == "byline":
            return bool(ways.byline(self.final.byline, (pattern,)))
        return any(ways.is_signoff(line, (pattern,)) for line in self.final.sign_off.split("\n"))

    def _body(self) -> Iterator[Line]:
        before, after = ([_line(b) for b in each.body] for each in (self.item, self.final))
        for number, sent in enumerate(before):
            tail = next((each for each in after if each and sent.endswith(each)), None)
            read = sent if sent in after else tail or ""
            why = "" if read == sent else "taken off" if not read else "its beginning taken off"
            yield Line(field=f"body[{number}]", sent=_cut(sent), read=_cut(read), why=why)

    # Warnings ---------------------------------------------------------------------------

    def _warnings(self) -> Iterator[str]:
        yield from self.final.warnings
        yield from self._found_by()
        if self.plain and self.plain.urgency != self.final.urgency:
            yield f"urgency {self.plain.urgency} -> {self.final.urgency} by map"
        if self.item.id_from == "content":
            yield "no id found; a hash of the text stands in, and each update is a new story"
        if not self.item.headline:
            yield "no headline found; the first words of the text stand in"
        if not self.final.language:
            yield "no language found; write `languages` with one language, or set the source's"
        if self.final.body and not self.final.dateline:
            yield "no dateline found"
        for name in ("dateline", "byline", "sign_off"):
            if self._patterns(name) and not self._pattern(name):
                there = "; the general rules read it" if getattr(self.final, name) else ""
                yield f"none of {name.replace('_', '')}.patterns matched{there}"

    def _found_by(self) -> Iterator[str]:
        """Whether the file alone would lead to this profile."""
        if self.left.key != self.profile.key and self.profile.key:
            other = f"{self.left.key!r} is found" if self.left.key else "none is found"
            yield (
                f'by the file\'s marks {other}: set `profile = "{self.profile.key}"` for the source'
            )


def _line(block: Block) -> str:
    return " ".join(block_text(block).split())


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _shown(value: Any) -> str:
    """A field's value on one line, "" where it says nothing."""
    if value in (None, "", ()):
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Dateline):
        return _cut(", ".join(filter(None, (value.place, value.date))) or value.text)
    if isinstance(value, Marker):
        number = "" if value.ordinal is None else f" {value.ordinal}"
        return f"{value.text} ({value.action}{number})"
    if isinstance(value, tuple):
        return _cut("; ".join(map(_shown, value)))
    if isinstance(value, msgspec.Struct):
        said = (getattr(value, name) for name in value.__struct_fields__)
        return " ".join(str(each) for each in said if each not in (None, "", (), False))
    return _cut(str(value))


# --------------------------------------------------------------------------------------
# A profile as its file would be written
# --------------------------------------------------------------------------------------


def written(profile: Profile) -> str:
    """The profile as TOML, with all that it has from the one it extends; defaults left out."""
    lines: list[str] = []
    tables: list[tuple[str, list[dict[str, Any]]]] = []
    raw = _told(profile)
    raw.pop("key", None)
    _write(raw, "", lines, tables)
    for path, rows in tables:
        for row in rows:
            lines += ["", f"[[{path}]]"]
            _write(row, "", lines, [])
    return "\n".join(lines) + "\n"


def _told(value: Any) -> Any:
    """A value as plain data, without what is left at its default."""
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.fields(type(value))
        said = ((field, getattr(value, field.name)) for field in fields)
        return {
            field.name: _told(each)
            for field, each in said
            if field.required
            or each
            != (field.default_factory() if field.default is msgspec.NODEFAULT else field.default)
        }
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _told(each) for key, each in value.items()}
    return value


def _write(
    raw: dict[str, Any],
    path: str,
    lines: list[str],
    tables: list[tuple[str, list[dict[str, Any]]]],
) -> None:
    for name, value in raw.items():
        bare = all(char.isascii() and (char.isalnum() or char in "_-") for char in name) and name
        key = f"{path}.{name}" if path and bare else name if bare else f"{path}.{_toml(name)}"
        key = key.removeprefix(".")
        if isinstance(value, dict):
            _write(value, key, lines, tables)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            tables.append((key, value))
        else:
            lines.append(f"{key} = {_toml(value)}")


def _toml(value: Any) -> str:
    """A text, number, truth value or list of texts; JSON and TOML write these alike."""
    return msgspec.json.encode(value).decode()
