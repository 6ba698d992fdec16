"""The copy: the text files of this package, read into pieces with every date worked out.

A file of copy holds pieces one below the other, each of which opens with "@@ id", goes on with
"key: value" lines and, after an empty line, has its text: paragraphs apart by empty lines,
"## " for a subhead, "- " for a list, "|" for the rows of a table, *stars* for a title.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, Literal

Kind = Literal["p", "h2", "ul", "table"]


@dataclass(frozen=True)
class Agency:
    """An agency of the wire: its names, its format and how it dates and signs its copy."""

    key: str
    name: str
    long: str
    format: str
    domain: str
    dateline: str
    sign: tuple[str, ...]
    terms: str


@dataclass(frozen=True)
class Picture:
    """A picture of the wire as agencies caption it; `width`, `height` and `point` in pixels."""

    name: str
    caption: str
    alt: str
    credit: str
    width: int = 1200
    height: int = 800
    point: Sequence[int] = ()
    """Its focal point, where an agency whose format has a place for it says so."""


@dataclass(frozen=True)
class Subject:
    """A Media Topic: its code without the alias, and its label."""

    code: str
    label: str


@dataclass(frozen=True)
class Part:
    """One block of a text: `lines` are its paragraph, its list's points or its table's rows."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """One version of one story, as its agency is about to send it."""

    id: str
    version: int
    agency: Agency
    at: timedelta
    time: datetime
    created: datetime
    fields: Mapping[str, str]
    subjects: tuple[Subject, ...]
    picture: Picture | None
    parts: tuple[Part, ...]
    embargo: datetime | None = None
    expires: datetime | None = None

    def get(self, key: str) -> str:
        """The value of a header line, "" where the copy has none."""
        return self.fields.get(key, "")

    def names(self, key: str) -> tuple[str, ...]:
        """The names of a header line that lists some."""
        return tuple(name for name in self.get(key).split(", ") if name)

    @property
    def lang(self) -> str:
        """The language of the text (BCP 47)."""
        return self.get("lang") or "en"

    @property
    def status(self) -> str:
        """What the agency says of the story: usable, withheld, canceled or deleted."""
        return self.get("status") or "usable"


_WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "de": ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    "hi": ["सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार"],
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_HINDI_MONTHS = [
    "जनवरी",
    "फ़रवरी",
    "मार्च",
    "अप्रैल",
    "मई",
    "जून",
    "जुलाई",
    "अगस्त",
    "सितंबर",
    "अक्टूबर",
    "नवंबर",
    "दिसंबर",
]
_EVENT = re.compile(r"\{([a-z]+)([+-]\d+)?(d?)(?:\.([a-z]+))?\}")
_SPAN = re.compile(r"(\d+)([dhms])")
_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def span(text: str) -> timedelta:
    """The length of time of "-27h30m" or "+60s"; a missing sign is a plus."""
    seconds = sum(int(number) * _UNITS[unit] for number, unit in _SPAN.findall(text))
    return timedelta(seconds=-seconds if text.startswith("-") else seconds)


def dateline(piece: Piece) -> str:
    """The line that opens the text, in the house style of the agency and the language."""
    place = piece.get("place")
    month = _MONTHS[piece.time.month - 1][:3]
    if piece.lang == "hi":
        return f"{place}, {piece.time.day} {_HINDI_MONTHS[piece.time.month - 1]} (Quaymark) -- "
    return piece.agency.dateline.format(
        PLACE=place.upper(), place=place, mon=month, day=piece.time.day
    )


def sign_off(piece: Piece) -> tuple[str, ...]:
    """The lines that close the text, in the house style of the agency."""
    by, editor = piece.get("by"), piece.get("editor")
    if piece.agency.format == "g2":
        if not editor:
            return ()
        return (f"(Reporting by {by}; Editing by {editor})" if by else f"(Compiled by {editor})",)
    lines = (
        line.format(sign=piece.get("sign"), by=by, editor=editor) for line in piece.agency.sign
    )
    return tuple(line.strip() for line in lines if line.strip())


def pieces(start: datetime) -> tuple[Piece, ...]:
    """Every version of every story, in the order of sending, dated from `start` (aware)."""
    shelf = _shelf()
    found = [
        piece for agency in shelf.agencies.values() for piece in _of_agency(agency, shelf, start)
    ]
    return tuple(sorted(found, key=lambda piece: (piece.at, piece.id, piece.version)))


def _text(name: str) -> str:
    return (files(__package__) / "copy" / name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class _Shelf:
    """What the copy refers to."""

    agencies: Mapping[str, Agency]
    subjects: Mapping[str, Subject]
    events: Mapping[str, timedelta]
    pictures: Mapping[str, Picture]


def _shelf() -> _Shelf:
    agencies = {
        key: Agency(key=key, **{**table, "sign": tuple(table["sign"])})
        for key, table in tomllib.loads(_text("agencies.toml")).items()
    }
    subjects = {
        name: Subject(*value) if isinstance(value, list) else Subject(value, name)
        for name, value in tomllib.loads(_text("topics.toml")).items()
    }
    events = {name: span(text) for name, text in tomllib.loads(_text("events.toml")).items()}
    return _Shelf(agencies, subjects, events, _pictures())


def _pictures() -> dict[str, Picture]:
    tables: dict[str, Any] = tomllib.loads(_text("pictures.toml"))
    credit = tables.pop("credit")
    return {name: Picture(name=name, credit=credit, **table) for name, table in tables.items()}


def _of_agency(agency: Agency, shelf: _Shelf, start: datetime) -> Iterator[Piece]:
    """The pieces of one agency, in the order of its file."""
    first: dict[str, datetime] = {}
    for block in re.split(r"^@@ ", _text(f"{agency.key}.txt"), flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n\n")
        name, *rows = head.strip().split("\n")
        fields = dict(_header(row) for row in rows)
        at = span(fields["at"])
        created = first.setdefault(name, start + at)
        yield _piece(name, agency, shelf, start, created, fields, body)


def _header(row: str) -> tuple[str, str]:
    key, _, value = row.partition(":")
    return key.strip(), value.strip()


def _piece(
    name: str,
    agency: Agency,
    shelf: _Shelf,
    start: datetime,
    created: datetime,
    raw: Mapping[str, str],
    body: str,
) -> Piece:
    lang = raw.get("lang", "en")
    fields = {key: _dated(value, shelf, start, lang) for key, value in raw.items()}
    at = span(fields["at"])
    return Piece(
        id=name,
        version=int(fields.get("version", "1")),
        agency=agency,
        at=at,
        time=start + at,
        created=created,
        fields=fields,
        subjects=tuple(shelf.subjects[t] for t in fields.get("topics", "").split(", ") if t),
        picture=_captioned(shelf.pictures[fields["pic"]], agency, fields)
        if "pic" in fields
        else None,
        parts=tuple(_parts(_dated(body, shelf, start, lang))),
        embargo=start + span(fields["embargo"]) if "embargo" in fields else None,
        expires=start + span(fields["expires"]) if "expires" in fields else None,
    )


def _captioned(picture: Picture, agency: Agency, fields: Mapping[str, str]) -> Picture:
    """The picture as this agency hands it on, with the piece's own caption if it has one."""
    return replace(
        picture,
        credit=picture.credit.format(agency=agency.name),
        caption=fields.get("caption", picture.caption),
        alt=fields.get("alt", picture.alt),
    )


def _dated(text: str, shelf: _Shelf, start: datetime, lang: str) -> str:
    """`text` with the days and months of events in place of their names in braces."""

    def day(match: re.Match[str]) -> str:
        event, days, _, field = match.groups()
        moment = start + shelf.events[event] + timedelta(days=int(days or 0))
        if field in ("lastmonth", "monthbefore"):
            return _MONTHS[(moment.month - (2 if field == "lastmonth" else 3)) % 12]
        return _WEEKDAYS[lang][moment.weekday()]

    years = re.sub(r"\{year-(\d+)\}", lambda m: str(start.year - int(m[1])), text)
    return _EVENT.sub(day, years)


def _parts(body: str) -> Iterator[Part]:
    for chunk in re.split(r"\n\s*\n", body.strip()):
        lines = chunk.strip().split("\n")
        if not lines[0]:
            continue
        if lines[0].startswith("## "):
            yield Part("h2", (lines[0][3:],))
        elif lines[0].startswith("- "):
            yield Part("ul", tuple(line[2:] for line in lines))
        elif lines[0].startswith("|"):
            yield Part("table", tuple(line.strip("| ") for line in lines))
        else:
            yield Part("p", (" ".join(lines),))
