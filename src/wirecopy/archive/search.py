"""Full-text search over the live stories: the newest first, or the best among the newest."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from wirecopy.archive.codec import read_teaser
from wirecopy.archive.spelling import spaced, suggestion
from wirecopy.briefs import Filters, Hit, SearchBrief
from wirecopy.database import micros, read_only
from wirecopy.errors import SourceError
from wirecopy.story.pairs import pairs_of, spaceless_runs

PAGE = 20
_FEW = 200
"""Matches whose headlines are read to rank them."""
COUNTED_TO = 1000
"""Counting stops here; a reader does not care whether it is 4,000 or 40,000."""
_PREFIX = 4
"""Signs that must stand before a star; a shorter beginning is that of half of all words."""
_ZONES = timedelta(hours=14)
"""No local day begins farther from UTC than this."""

_PART = re.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


def match_of(query: str) -> str:
    """The FTS5 expression for a reader's words: all must match; "a phrase"; -without; prefix*.

    Whatever the reader types becomes quoted strings, so nothing of FTS5's own language gets in.
    """
    wanted, unwanted = _asked(query)
    return " AND ".join(wanted) + "".join(f" NOT {term}" for term in unwanted) if wanted else ""


def _asked(query: str) -> tuple[list[str], list[str]]:
    """What must match and what must not, as quoted strings."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for part in _PART.finditer(query[:300]):
        text = part["phrase"] if part["phrase"] is not None else part["word"]
        star = "*" if part["word"] and len(text) > _PREFIX and text.endswith("*") else ""
        text = text.replace('"', " ").replace("\0", " ").strip("* ")
        (unwanted if part["not"] else wanted).extend(_terms(text, star))
    return wanted, unwanted


def _terms(text: str, star: str) -> Iterator[str]:
    """The quoted strings that one word or phrase asks for; runs without spaces ask by pairs."""
    rest = text
    for run in spaceless_runs(text):
        rest = rest.replace(run, " ", 1)
        yield f'pairs : "{pairs_of(run)}"{"*" if len(run) == 1 else ""}'
    if re.search(r"\w", rest):
        yield f'"{rest.strip()}"{star}'


_BEFORE, _AROUND = 60, 190
"""Characters of a snippet before what was asked, and in all."""


def _snippet(text: str, asked: list[str]) -> str:
    """A piece of the text around the first of the words or phrases, whole words only."""
    folded = text.casefold()
    places = [folded.find(word) for word in asked]
    at = min((place for place in places if place >= 0), default=0)
    start, end = max(0, at - _BEFORE), len(text)
    if start:
        start = text.find(" ", start, at) + 1 or start  # a script without spaces has no whole words
    if end - start > _AROUND:
        blank = text.rfind(" ", at, start + _AROUND)
        end = blank if blank >= 0 else start + _AROUND
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _stand_in(asked: list[tuple[str, bool]], text: str) -> bool:
    """Whether all of these words, as `spaced` gives them, stand in the text; some may go on."""
    whole = spaced(text)
    return all((words.rstrip() if goes_on else words) in whole for words, goes_on in asked)


def _writable(text: str) -> str:
    """The text without halves of characters, which neither SQLite nor a page can take."""
    return text.encode("utf-8", "replace").decode()


class SqliteSearch:
    """`ports.Search` over the archive's index; a reader's connection of its own."""

    def __init__(self, path: Path) -> None:
        self._connection = read_only(path, any_thread=True)
        # Hits are sorted in memory: no folder for temporary files may be writable.
        self._connection.execute("PRAGMA temp_store = MEMORY")
        self._lock = threading.Lock()

    def search(
        self,
        query: str,
        *,
        page: int = 1,
        sort: str = "newest",
        section: str = "",
        filters: Filters | None = None,
    ) -> SearchBrief:
        """The results page asked for; an empty query has no hits. Never raises on any query.

        Raises SourceError when the archive cannot be read.
        """
        query, section = _writable(query), _writable(section)
        given = filters or Filters()
        fields = msgspec.structs.asdict(given).items()
        given = Filters(**{name: _writable(text) for name, text in fields})
        relevance = sort == "relevance"
        page = min(max(page, 1), COUNTED_TO // PAGE)
        match = match_of(query)
        try:
            with self._lock:
                hits, total = (
                    self._find(query, page, section, given, relevance=relevance)
                    if match
                    else ([], 0)
                )
                meant = suggestion(self._connection.execute, query) if match and not total else ""
                topic = self._topic(given.topic) if given.topic else ""
        except sqlite3.DatabaseError as error:
            raise SourceError(
                f"The archive cannot be searched: {error}. If its file has been deleted or "
                "damaged, stop `wirecopy run`, then type `wirecopy rebuild`."
            ) from error
        return SearchBrief(
            query=query,
            hits=tuple(hits[:PAGE]),
            total=min(total, COUNTED_TO),
            at_least=total > COUNTED_TO,
            page=page,
            sort="relevance" if relevance else "newest",
            section=section,
            filters=given,
            topic_name=topic,
            suggestion=meant,
            more=len(hits) > PAGE,
        )

    def _find(
        self, query: str, page: int, section: str, filters: Filters, *, relevance: bool
    ) -> tuple[list[Hit], int]:
        match, wanted = match_of(query), _asked(query)[0]
        within, values = self._within(section, filters)
        if filters.agency:
            quoted = filters.agency.replace('"', " ").replace("\0", " ")
            match = f'({match}) AND agency : "{quoted}"'
        numbers = self._newest(match, within, values)
        total = len(numbers)
        if relevance:
            numbers = self._best_first(wanted, match, within, values, numbers)
        first = (page - 1) * PAGE
        return self._hits(numbers[first : first + PAGE + 1], wanted), total

    def _newest(self, match: str, within: str, values: dict[str, object]) -> list[int]:
        """The newest matches, as many as are counted, as their numbers in the index."""
        # CROSS JOIN: left to itself the planner walks through all live stories.
        statement = (
            "SELECT search.rowid FROM search CROSS JOIN stories ON stories.issue = search.rowid "
            f"WHERE search MATCH :match{within} AND stories.state = 'live' "
            "ORDER BY search.rowid DESC LIMIT :most"
        )
        given = {**values, "match": match, "most": COUNTED_TO + 1}
        return [row[0] for row in self._connection.execute(statement, given)]

    def _best_first(
        self,
        wanted: list[str],
        match: str,
        within: str,
        values: dict[str, object],
        newest: list[int],
    ) -> list[int]:
        """The matches by where they match: all of it in the headline, in headline or topics, else.

        The newest first in each. bm25 would count every word through the whole index first.
        """
        if not newest:
            return []
        dear = " NOT " in match or any(" " in term or term[-1] == "*" for term in wanted)
        if dear and len(newest) <= _FEW and all(term[0] == '"' for term in wanted):
            return self._looked_over(wanted, newest)
        terms = " AND ".join(wanted)
        within = f"{within} AND search.rowid >= {newest[-1]}"
        found: list[list[int]] = []
        for columns in ("headline standfirst topics", "headline"):
            found.append(self._newest(f"({{{columns}}} : ({terms})) AND ({match})", within, values))
            if not found[-1]:
                break  # nor does any of it stand in the headline alone
        ranked = [number for numbers in reversed(found) for number in numbers]
        return list(dict.fromkeys([*ranked, *newest]))[: COUNTED_TO + 1]

    def _looked_over(self, wanted: list[str], newest: list[int]) -> list[int]:
        """As `_best_first`, by the texts of the headlines.

        For phrases, beginnings and what is left out that is cheaper than to ask the index twice.
        """
        marks = ", ".join("?" * len(newest))
        columns = "rowid, headline, headline || ' | ' || standfirst || ' | ' || topics"
        rows = self._connection.execute(
            f"SELECT {columns} FROM search WHERE rowid IN ({marks})", newest
        )
        asked = [(spaced(term.strip('*"')), term.endswith("*")) for term in wanted]
        place = {row[0]: [_stand_in(asked, text) for text in row[1:]].count(False) for row in rows}
        return sorted(newest, key=lambda number: (place.get(number, 3), -number))

    def _hits(self, numbers: list[int], wanted: list[str]) -> list[Hit]:
        """The stories of these numbers, each with a piece of its text around what was asked."""
        marks = ", ".join("?" * len(numbers))
        rows = self._connection.execute(
            "SELECT search.rowid, teaser, body FROM search "
            f"CROSS JOIN stories ON stories.issue = search.rowid WHERE search.rowid IN ({marks})",
            numbers,
        )
        found = {row[0]: row for row in rows}
        words = [term[term.find('"') + 1 : term.rfind('"')].casefold() for term in wanted]
        return [
            Hit(teaser=read_teaser(row[1]), snippet=_snippet(row[2], words))
            for number in numbers
            if (row := found.get(number)) is not None
        ]

    def _within(self, section: str, filters: Filters) -> tuple[str, dict[str, object]]:
        """The conditions of the filters as SQL, and their values."""
        parts: list[str] = []
        values: dict[str, object] = {}
        if section:
            parts.append("stories.section = :section")
            values["section"] = section
        if filters.topic:
            parts.append("stories.id IN (SELECT id FROM story_topics WHERE slug = :topic)")
            values["topic"] = filters.topic
        for name, sign in (("since", ">="), ("until", "<=")):
            day = getattr(filters, name)
            if day:
                parts.append(f"stories.day {sign} :{name}")
                parts.append(f"search.rowid {sign} :{name}_issue")
                values |= {name: day, f"{name}_issue": self._issue(day, sign)}
        return "".join(f" AND {part}" for part in parts), values

    def _issue(self, day: str, sign: str) -> int:
        """A number in the order of publication beyond which no story of these days lies."""
        try:
            begins = datetime.fromisoformat(day).replace(tzinfo=UTC)
        except ValueError:
            return 0 if sign == ">=" else -1
        try:
            edge = begins - _ZONES if sign == ">=" else begins + timedelta(days=1) + _ZONES
        except OverflowError:  # the first day there is, or the last
            return 0 if sign == ">=" else 1 << 62
        order, other = ("", ">=") if sign == ">=" else (" DESC", "<=")
        row = self._connection.execute(
            f"SELECT issue FROM stories WHERE state = 'live' AND published {other} ? "
            f"ORDER BY published{order}, agency_time{order}, id{order} LIMIT 1",
            (micros(edge),),
        ).fetchone()
        slack = 5000  # stories of one moment are numbered in the order in which they were filed
        if row is None:
            return 1 << 62 if sign == ">=" else -1
        return int(row[0]) + (-slack if sign == ">=" else slack)

    def _topic(self, slug: str) -> str:
        row = self._connection.execute("SELECT name FROM topics WHERE slug = ?", (slug,)).fetchone()
        return str(row[0]) if row else slug

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        self._connection.close()
