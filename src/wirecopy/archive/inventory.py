"""The inventory: every page the archive can make, by name, from any page on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from wirecopy.press import plan

_AT_ONCE = 100
"""Rows of one look: nothing is open between two looks, so the archive may change there."""


class Inventory:
    """The pages of one archive; `sections` are the keys of those that are configured."""

    def __init__(self, connection: sqlite3.Connection, sections: Iterable[str]) -> None:
        self._run = connection.execute
        self._configured = tuple(sections)
        self._shelves: dict[str, Callable[[str], list[str]]] = {
            "story": self._stories,
            "coverage": self._coverage,
            "topic": self._topics,
            "day": self._days,
            "map": self._maps,
        }

    def pages(self, after: str = "") -> Iterator[str]:
        """The names of all pages, or of those that follow the one named `after`.

        First those that most readers see, then stories, the newest first, then the other lists. A
        page that came since may be missing: whoever filed it has marked it.
        """
        kind, _, key = after.partition("/")
        shelves = list(self._shelves)
        if kind in self._shelves:
            shelves = shelves[shelves.index(kind) :]
        else:
            first = self._first()
            yield from first[first.index(after) + 1 :] if after in first else first
            key = ""
        for shelf in shelves:
            while pages := self._shelves[shelf](key):
                yield from pages
                key = pages[-1].partition("/")[2]
            key = ""

    def stories_after(self, page: str) -> int:
        """How many stories at most have their pages after the one of that name."""
        kind, _, key = page.partition("/")
        if kind not in self._shelves:
            return int(self._run("SELECT coalesce(MAX(number), 0) FROM stories").fetchone()[0])
        if kind != "story":
            return 0
        row = self._run("SELECT number - 1 FROM stories WHERE id = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def sections(self) -> list[str]:
        """The sections that are configured, then those that only older stories are in."""
        rows = self._run("SELECT DISTINCT scope FROM days WHERE scope <> '*' ORDER BY scope")
        return list(dict.fromkeys([*self._configured, *(row[0] for row in rows)]))

    def _first(self) -> list[str]:
        fronts = map(plan.front_page, self.sections())
        return [plan.HOME, *fronts, plan.CORRECTIONS, plan.MAPS, plan.NEWS_MAP]

    def _stories(self, key: str) -> list[str]:
        """Those that have ever been public: they have a page, or one that says they are gone."""
        rows = self._run(
            "SELECT id FROM stories WHERE (state = 'live' OR published IS NOT NULL) AND number < "
            "coalesce((SELECT number FROM stories WHERE id = ?), 9223372036854775807) "
            "ORDER BY number DESC LIMIT ?",
            (key, _AT_ONCE),
        )
        return [plan.story_page(row[0]) for row in rows]

    def _coverage(self, key: str) -> list[str]:
        statement = "SELECT event FROM coverage WHERE event > ? ORDER BY event LIMIT ?"
        return [plan.coverage_page(row[0]) for row in self._run(statement, (key, _AT_ONCE))]

    def _topics(self, key: str) -> list[str]:
        statement = "SELECT slug FROM topics WHERE slug > ? ORDER BY slug LIMIT ?"
        return [plan.topic_page(row[0]) for row in self._run(statement, (key, _AT_ONCE))]

    def _days(self, key: str) -> list[str]:
        scope, day, done = key.split("/") if key else ("", "", "0")
        rows = self._run(
            "SELECT scope, day, given FROM days WHERE (scope, day) >= (?, ?) AND scope <> '*' "
            "ORDER BY scope, day LIMIT ?",
            (scope, day, _AT_ONCE),
        )
        return [
            plan.day_page(section, date, part)
            for section, date, given in rows
            for part in range(1, plan.part_of(given, plan.DAY_PART) + 1)
            if (section, date) != (scope, day) or part > int(done)
        ]

    def _maps(self, key: str) -> list[str]:
        day, done = key.split("/") if key else ("", "0")
        rows = self._run(
            "SELECT day, given FROM days WHERE scope = '*' AND day >= ? ORDER BY day LIMIT ?",
            (day, _AT_ONCE),
        )
        return [
            plan.map_page(date, part)
            for date, given in rows
            for part in range(1, plan.part_of(given, plan.MAP_PART) + 1)
            if date != day or part > int(done)
        ]
