"""What an agency's profile says of a text: its own datelines, bylines, sign-offs and markers.

Patterns come from a file, so they are looked for in short texts alone and were refused beforehand
where a text could make them crawl (`config/patterns.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from wirecopy.config.patterns import TEXT as LONGEST
from wirecopy.config.profile import Internal, MarkerRow
from wirecopy.model import Item, Marker
from wirecopy.story import datelines
from wirecopy.story.agencies import Names, agencies_in

_DASHES = " \t\n\xa0-–—:_="

_FORMS = {
    "front": r"\s*(?P<text>ROW)(?:\s*(?:[:|]|-{1,2}|[–—])\s*|\s*/\s*|\s+|$)",
    "back": r"(?:^|\s+)(?P<text>ROW)\s*$",
    "slug": r"(?:^|(?<=[\s,/:_-]))(?P<text>ROW)(?=$|[\s,/:_<-])",
    "line": r"\s*(?P<text>ROW)\s*$",
}
_SLUG_EDGES = " ,/:_-"
_FIGURES = 4
"""Figures of a number of a lead; more are none, and of very many no archive has room."""


class Byline(NamedTuple):
    """A byline by a profile's pattern: the people's names and what stands behind them."""

    name: str
    title: str


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def dateline(text: str, patterns: Iterable[str], own: Names) -> datelines.Found | None:
    """The dateline that one of these patterns finds at the very front of a text, or None."""
    head = text[:LONGEST]
    for pattern in patterns:
        match = _compiled(pattern).match(head)
        if match and match.end() and (found := _dateline(match, own)):
            return found
    return None


def _dateline(match: re.Match[str], own: Names) -> datelines.Found | None:
    parts = {name: (said or "").strip() for name, said in match.groupdict().items()}
    day = _day(parts)
    place = parts.get("place", "")
    if place and not datelines.is_place(place, own, dated=day is not None):
        return None
    source = parts.get("source", "")
    sources = agencies_in(source, own) if source else ()
    return datelines.Found(place, day, sources, match[0].strip(_DASHES), match.end())


def _day(parts: dict[str, str]) -> tuple[int | None, int, int] | None:
    """Year, month and day of a pattern's groups, None where they name none."""
    day, month, year = (parts.get(name, "") for name in ("day", "month", "year"))
    if not (day.isdigit() and month):
        return None
    written = f"{day}/{month}/{year}" if month.isdigit() else f"{month} {day} {year}"
    return datelines.split(written.rstrip("/ "))[1]


def byline(text: str, patterns: Iterable[str]) -> Byline | None:
    """The byline that a whole paragraph is by one of these patterns, or None."""
    if len(text) > LONGEST:
        return None
    for pattern in patterns:
        if match := _compiled(pattern).fullmatch(text):
            parts = match.groupdict()
            return Byline((parts.get("name") or text).strip(), (parts.get("title") or "").strip())
    return None


def is_signoff(line: str, patterns: Iterable[str]) -> bool:
    """Whether a last line is a sign-off by one of these patterns."""
    return len(line) <= LONGEST and any(_compiled(each).fullmatch(line) for each in patterns)


# --------------------------------------------------------------------------------------
# Markers, and what is for desks alone
# --------------------------------------------------------------------------------------


def find(
    headline: str, slug: str, rows: tuple[MarkerRow, ...]
) -> tuple[str, str, tuple[Marker, ...]]:
    """The headline and slug without the markers of these rows, and the markers.

    A headline that is nothing but markers stays as it is.
    """
    found: list[Marker] = []
    for row in rows:
        if row.at in ("front", "back"):
            headline = _without(headline, row, found)
        elif row.at == "slug":
            slug = _without(slug, row, found)
            slug = slug.strip(_SLUG_EDGES) or slug
    return headline, slug, tuple(found)


def in_line(line: str, rows: tuple[MarkerRow, ...]) -> Marker | None:
    """The marker that a whole line of the body or a note is by these rows, or None."""
    for row in rows:
        if row.at == "line" and len(line) <= LONGEST:
            match = _row(row).match(line)
            if match:
                return _marker(match, row)
    return None


@lru_cache(maxsize=512)
def _row(row: MarkerRow) -> re.Pattern[str]:
    return re.compile(_FORMS[row.at].replace("ROW", f"(?:{row.pattern})"))


def _without(text: str, row: MarkerRow, found: list[Marker]) -> str:
    if len(text) > LONGEST:
        return text
    pattern = _row(row)
    match = pattern.match(text) if row.at == "front" else pattern.search(text)
    if not match:
        return text
    found.append(_marker(match, row))
    rest = f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}".strip()
    return rest or text


def _marker(match: re.Match[str], row: MarkerRow) -> Marker:
    number = match.groupdict().get("n") or ""
    action = "hold" if row.action == "withdraw" and row.sure == "G" else row.action
    return Marker(
        text=match["text"].strip()[:60],
        action=action,
        ordinal=int(number) if number.isdecimal() and len(number) <= _FIGURES else row.ordinal,
        sure=row.sure,
    )


def internal(item: Item, ways: Internal) -> tuple[Marker, ...]:
    """The marker of an item that a profile says is for desks alone; () for all others."""
    if not (ways.genres or ways.words or ways.categories):
        return ()
    first = re.split(r"[/\s,:]", item.slug, maxsplit=1)[0].casefold() if item.slug else ""
    genre = item.genre.casefold()
    if genre and genre in _folded(ways.genres):
        return (Marker(text=item.genre, action="internal"),)
    if first and first in _folded(ways.words):
        return (Marker(text=item.slug[: len(first)], action="internal"),)
    codes = _folded(ways.categories)
    for subject in item.subjects:
        if subject.type != "genre" and {subject.code.casefold(), subject.name.casefold()} & codes:
            return (Marker(text=subject.name or subject.code, action="internal"),)
    return ()


@lru_cache(maxsize=256)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words) - {""}
