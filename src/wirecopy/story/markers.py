"""Update markers: what "2nd Ld-Writethru" and its kin say about a version.

The table is data, `markers.toml`; its head says how a row reads and docs/howto/add-a-marker.md how
to add one. A marker counts only at its place: in front of a headline, behind it, as a token of the
slug, as a whole line, or at the beginning of a note to desks, which speaks of copy and of nothing
else. Inside a sentence the same words are words ("Government to kill bill").
Rows of an agency apply to that agency's copy; a source whose agency the table does not know is
read with all shared rows. `Marker.sure` says whether a source confirms what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

import msgspec

from wirecopy.model import Marker
from wirecopy.story.agencies import KNOWN

At = Literal["front", "back", "slug", "line", "note"]
Action = Literal[
    "replace", "replace+correct", "replace+silent", "append", "patch", "new-linked", "flag",
    "hold", "withdraw", "internal", "ignore",
]  # fmt: skip


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Text as sent, what is left of it without the marker, and the ordinal it gives."""

    text: str
    left: str = ""
    ordinal: int | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of marker, as `markers.toml` says at its head."""

    at: At
    pattern: str
    action: Action
    why: str
    examples: tuple[Example, ...]
    agencies: tuple[str, ...] = ()
    written: Literal[
        "", "capitals", "capitals or colon", "capitals among small letters", "a capital first"
    ] = ""
    ordinal: int | None = None
    genre: str = ""
    sure: Literal["S", "G"]
    shared: bool = True
    sign: bool = True
    partial: bool = False


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    marker: tuple[Row, ...]
    hostile: dict[str, tuple[str, ...]]


_FILE = msgspec.toml.decode(
    files("wirecopy.story").joinpath("markers.toml").read_bytes(), type=_Table
)
TABLE = _FILE.marker
HOSTILE = _FILE.hostile
"""Text that looks like a marker and is none: headlines, slugs, lines, notes."""
_AGENCIES = frozenset(name for row in TABLE for name in row.agencies)

FINAL = 99
"""Ordinal of a version that calls itself the last of its cycle."""
_NUMBER = {
    "FIRST": 1, "SECOND": 2, "THIRD": 3, "FOURTH": 4, "FIFTH": 5, "SIXTH": 6, "SEVENTH": 7,
    "EIGHTH": 8, "NINTH": 9, "TENTH": 10,
}  # fmt: skip
_WORDS = "|".join(_NUMBER)
_SHORTHAND = {
    "{n}": r"(?P<n>\d{1,2})",
    "{nth}": r"(?P<n>\d{1,2})(?:ST|ND|RD|TH)",
    "{ordinal}": rf"(?P<n>\d{{1,2}}(?=ST|ND|RD|TH)|{_WORDS})(?:ST|ND|RD|TH)?",
    "{lead}": "L(?:EA)?D",
    "{apart}": r"(?=\s*[:|]|\s+-|\s*$)",
    "{eds}": r"\(?(?:EDS|EDITORS)\s*:\s*",
}

LONGEST = 600
"""A longer line is no headline, slug or note, and is not looked through."""
_FORMS: dict[At, str] = {
    "front": r"\s*(?P<text>ROW)(?:(?<=[)\]】+])\s*(?:[:|-]\s*)?"
    r"|(?<![)\]】+])\s*(?:[:|]|-{1,2})\s*|/\s*|\s*$)",
    "back": r"(?:^|\s+|(?<=[\w)?!.])(?=[=/(]))(?P<text>ROW)\s*$",
    "slug": r"(?:^|(?<=[\s,/:_])|(?<=-))(?P<text>ROW)(?=$|[\s,/:_<-])",
    "line": r"\s*(?P<text>ROW)\s*$",
    "note": r"[\s(\[*]*(?:(?:EDS|(?:ATTN|ATTENTION):? EDITORS?|EDITORS?|NOTE TO (?:THE )?EDITORS?"
    r"|(?:ED(?:ITOR)?['’]?S?['’]?|DESK) NOTE|URGENT)\s*[:,_.-]+\s*)?[*]*\s*(?P<text>ROW)",
}
_UNSIGNED = r"\s*(?P<text>ROW)\s+(?=\S)"
_SLUG_EDGES = re.compile(r"^(?:BC|AM|PM|AP)-{1,2}|^[\s,/:_-]+|[\s,/:_-]+$")
_SIGNS = {ord(dash): "-" for dash in "‐‑‒–—―−﹣－"} | dict.fromkeys(
    map(ord, "\u3000\xa0\u202f"), " "
)
_FULL_WIDTH = {number: chr(number - 0xFEE0) for number in range(0xFF01, 0xFF5F)}
_EVEN = _FULL_WIDTH | _SIGNS


class _Reading(NamedTuple):
    """The compiled rows of one agency at one place, and one pattern that matches when any does."""

    gate: re.Pattern[str]
    rows: tuple[tuple[re.Pattern[str], Row], ...]


@lru_cache(maxsize=64)
def _reading(agency: str, at: At) -> _Reading:
    """The rows that apply to an agency's copy ("" for one that the table does not know)."""
    chosen = [row for row in TABLE if row.at == at and _applies(row, agency)]
    # An agency's own row speaks before the general one.
    chosen.sort(key=lambda row: not row.agencies)
    rows = tuple((re.compile(_whole(row.pattern, row)), row) for row in chosen)
    signed, unsigned = ([row for row in chosen if row.sign is sign] for sign in (True, False))
    gates = (
        _whole("|".join(f"(?:{_written_out(row.pattern)})" for row in group), group[0])
        for group in (signed, unsigned)
        if group
    )
    return _Reading(re.compile("|".join(_nameless(f"(?:{gate})") for gate in gates)), rows)


def _applies(row: Row, agency: str) -> bool:
    """Whether a row is read in the copy of an agency, given as `agency_key` names it."""
    return not row.agencies or agency in row.agencies or (not agency and row.shared)


def _whole(pattern: str, row: Row) -> str:
    """The pattern at the row's place."""
    form = _FORMS[row.at] if row.sign else _UNSIGNED
    return form.replace("ROW", _written_out(pattern))


def _written_out(pattern: str) -> str:
    for short, long in _SHORTHAND.items():
        pattern = pattern.replace(short, long)
    return pattern


def _nameless(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


def agency_key(agency: str) -> str:
    """The agency as the table names it, "" for one it does not know."""
    key = agency.strip().casefold()
    name = KNOWN.get(key) or KNOWN.get(key.split(" ", 1)[0], "")  # "IANS World" is IANS
    return name if name in _AGENCIES else ""


def find(headline: str, slug: str, agency: str = "") -> tuple[str, str, tuple[Marker, ...]]:
    """The headline and slug without their markers, and the markers in the order found.

    A headline that is nothing but markers stays as it is; its markers count all the same.
    """
    key = agency_key(agency)
    found: list[Marker] = []
    clean = _stripped(headline.strip(), key, ("front", "back"), found)
    tokens: list[Marker] = []
    stem = _stripped(slug.strip(), key, ("slug",), tokens)
    if tokens:
        stem = _SLUG_EDGES.sub("", stem).strip() or slug
    return clean or headline, stem, merged(found, tokens)


def in_line(line: str, agency: str = "") -> Marker | None:
    """The marker that a whole line of the body or a note to desks is, or None."""
    return _at("line", line, agency) if len(line) <= LONGEST else None


def in_note(note: str, agency: str = "") -> Marker | None:
    """The marker that a note to desks is or begins with ("Please kill this. It ..."), or None.

    To be asked of notes alone: readers' copy may begin with the same words.
    """
    return in_line(note, agency) or _at("note", note[:LONGEST], agency)


_OF_ITSELF = re.compile(
    r"(?:strictly |for )?(?:not for|no|print|internal) |sent without its text", re.IGNORECASE
)
"""What usage terms say, and the mark of an item whose text its agency keeps elsewhere."""


def speaks_of_itself(marker: Marker) -> bool:
    """Whether a marker holds the text that it comes with and is no notice of another."""
    return marker.action == "hold" and _OF_ITSELF.match(marker.text) is not None


def in_terms(terms: Iterable[str], agency: str = "") -> tuple[Marker, ...]:
    """The markers of usage terms that keep the text from the web ("NOT FOR ONLINE USE")."""
    found = ((_known_term if len(term) < _SHORT else in_note)(term, agency) for term in terms)
    return tuple(marker for marker in found if marker and marker.action == "hold")


_SHORT = 200
"""Signs of the longest terms that are kept in mind: they come with nearly every story."""
_known_term = lru_cache(maxsize=256)(in_note)


def _at(at: At, line: str, agency: str) -> Marker | None:
    reading = _reading(agency_key(agency), at)
    text = even(line)
    if not reading.gate.match(text):
        return None
    for pattern, row in reading.rows:
        match = pattern.match(text)
        if match and _is_written(line, match, row):
            return _marker(line, match, row)
    return None


_ALONE = frozenset({"replace", "replace+correct", "replace+silent", "flag", "ignore"})
"""What a marker without brackets does that may be a line: "ANALYSIS" is a label for readers."""
_LONGEST_ALONE = 60


def opening(text: str, agency: str = "") -> tuple[int, tuple[Marker, ...]]:
    """How far the first line of a text goes that is nothing but markers, and these.

    They are those of a headline, before it or behind it: "(2nd Lead)", "UPDATE 2", "LEAD".
    (0, ()) for any other line; one that kills or holds is for `in_line` to read.
    """
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if end - start > _LONGEST_ALONE:
        return 0, ()
    line = text[start:end].strip()
    found: list[Marker] = []
    rest = _stripped(line, agency_key(agency), ("front", "back"), found) if line else ""
    allowed = _ALONE | {"new-linked"} if line.startswith("(") else _ALONE
    told = found and not rest and all(marker.action in allowed for marker in found)
    return (end, merged(found)) if told else (0, ())


def merged(*groups: Iterable[Marker]) -> tuple[Marker, ...]:
    """All markers once, in their order; a slug and a note may say one in different capitals."""
    found: dict[tuple[str, str], Marker] = {}
    for marker in (each for group in groups for each in group):
        found.setdefault((marker.text.casefold(), marker.action), marker)
    return tuple(found.values())


def even(text: str) -> str:
    """`text` in capitals, with one kind of dash and of space; each character keeps its place."""
    if text.isascii():
        return text.upper()
    text = text.translate(_EVEN)
    loud = text.upper()
    if len(loud) == len(text):
        return loud
    return "".join(big if len(big := sign.upper()) == 1 else sign for sign in text)


def _stripped(text: str, agency: str, places: Sequence[At], found: list[Marker]) -> str:
    """`text` without the markers at `places`, which go to `found`."""
    while len(text) <= LONGEST:
        for at in places:
            shorter = _one(text, agency, at, found)
            if shorter is not None:
                break
        else:
            return text
        if not shorter:
            return ""
        text = shorter
    return text


def _one(text: str, agency: str, at: At, found: list[Marker]) -> str | None:
    """`text` without one marker at that place, or None when there is none."""
    if at == "back" and text[-1:].islower():
        return None
    reading = _reading(agency, at)
    loud = even(text)
    search = at in {"back", "slug"}
    if not (reading.gate.search(loud) if search else reading.gate.match(loud)):
        return None
    for pattern, row in reading.rows:
        match = pattern.search(loud) if search else pattern.match(loud)
        if match and _is_written(text, match, row):
            found.append(_marker(text, match, row))
            return f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}".strip()
    return None


def _is_written(text: str, match: re.Match[str], row: Row) -> bool:
    """Whether the wire writes the marker as the row asks: some words count in capitals only."""
    if not row.written:
        return True
    start, end = match.span("text")
    told = text[start:end]
    if row.written == "a capital first":
        return not next(filter(str.isalpha, told), "").islower()
    if told.replace(" and ", "").isupper() or told.upper() == told:
        return row.written != "capitals among small letters" or not text[end:].isupper()
    return row.written == "capitals or colon" and text[end:].lstrip()[:1] in {":", "：", "|"}


def _marker(text: str, match: re.Match[str], row: Row) -> Marker:
    ordinal = match.groupdict().get("n") or ""
    number = int(ordinal) if ordinal.isdigit() else _NUMBER.get(ordinal, row.ordinal)
    start, end = match.span("text")
    told = text[start:end].strip()
    return Marker(
        text=told if len(told) <= 60 else told[:60].rstrip(),
        action=row.action,
        ordinal=number,
        sure=row.sure,
        genre=row.genre,
        partial=row.partial,
    )
