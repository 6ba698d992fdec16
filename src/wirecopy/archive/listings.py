"""On which lists a story stands: its days, its topics, and the feeds that tell of its end.

Part of a filing transaction (`archive.filing.Filing.listings`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime

import msgspec

from wirecopy.archive.codec import agency_time
from wirecopy.database import micros
from wirecopy.model import Story
from wirecopy.press.plan import DAY_PART, MAP_PART, lists_naming, part_of

_GIVE = """
    INSERT INTO days (scope, day, given, live) VALUES (?, ?, 1, 0)
    ON CONFLICT (scope, day) DO UPDATE SET given = given + 1 RETURNING given
"""
_ENDED = frozenset({"withdrawn", "expired"})
"""States of a story that was public and has ended; a held one may come back by itself."""


class Listings:
    """The tables of days, topics and tombstones, inside one transaction."""

    def __init__(self, connection: sqlite3.Connection, day_of: Callable[[datetime], date]) -> None:
        self._run = connection.execute
        self._run_many = connection.executemany
        self._day_of = day_of
        self.days: set[tuple[str, str]] = set()
        """The days (section, day) in which a story was given a place."""
        self.told: set[str] = set()
        """The lists whose feeds tell something else now of a story that has ended."""

    def day(self, published: datetime) -> str:
        """The local day on which the moment falls, as 2031-03-03."""
        return self._day_of(published).isoformat()

    def assign(self, story: Story, *, first: bool) -> Story:
        """The story with its part of the day page (and, at first publication, of the sitemap)."""
        if story.first_published is None:
            return story
        day = self.day(story.first_published)
        given = self._run(_GIVE, (story.section, day)).fetchone()[0]
        self.days.add((story.section, day))  # it may have begun a part, whatever comes of it
        story = msgspec.structs.replace(story, day_part=part_of(given, DAY_PART))
        if not first:
            return story
        given = self._run(_GIVE, ("*", day)).fetchone()[0]
        return msgspec.structs.replace(story, map_part=part_of(given, MAP_PART))

    def update(self, before: Story | None, story: Story, number: int, *, live: bool) -> None:
        """Put the story where it stands now, off the lists that it has left.

        `number` is its number in the archive; `live` says whether lists show it.
        """
        self._bury(before, story)
        self._list_topics(before, story, number, live=live)
        self._count_day(before, story, live=live)

    def _bury(self, before: Story | None, story: Story) -> None:
        """Let feeds say that a story has ended, wherever it was listed, until it is back."""
        if story.first_published is None or (
            story.state not in _ENDED and (before is None or before.state not in _ENDED)
        ):
            return
        rows = self._run("SELECT list FROM tombstones WHERE story = ?", (story.id,)).fetchall()
        lists = {row[0] for row in rows}
        self._run("DELETE FROM tombstones WHERE story = ?", (story.id,))
        if story.state in _ENDED:
            lists |= lists_naming(before, story)
            at = micros(max(c.at for c in story.changes if c.kind in _ENDED))
            published = micros(story.first_published)
            self._run_many(
                "INSERT INTO tombstones (list, at, story, source, published) "
                "VALUES (?, ?, ?, ?, ?)",
                [(name, at, story.id, story.source, published) for name in sorted(lists)],
            )
        self.told |= lists

    def _list_topics(self, before: Story | None, story: Story, number: int, *, live: bool) -> None:
        """Put the story on its topics' lists, off those it has left."""
        if before is not None and before.first_published is not None:
            published = micros(before.first_published)
            self._run_many(
                "DELETE FROM story_topics WHERE slug = ? AND published = ? AND id = ?",
                [(topic.slug, published, story.id) for topic in before.topics],
            )
        if not live or story.first_published is None:
            return
        self._run_many(
            "INSERT OR IGNORE INTO topics (slug, name, type) VALUES (?, ?, ?)",
            [(topic.slug, topic.name, topic.type) for topic in story.topics],
        )
        published, time = micros(story.first_published), agency_time(story)
        self._run_many(
            "INSERT OR REPLACE INTO story_topics (slug, published, agency_time, id, number) "
            "VALUES (?, ?, ?, ?, ?)",
            [(topic.slug, published, time, story.id, number) for topic in story.topics],
        )

    def _count_day(self, before: Story | None, story: Story, *, live: bool) -> None:
        """Keep count of the live stories of each section's days."""
        if before is not None and before.state == "live" and before.first_published is not None:
            self._shift(before.section, before.first_published, -1)
        if live and story.first_published is not None:
            self._shift(story.section, story.first_published, 1)

    def _shift(self, section: str, published: datetime, by: int) -> None:
        self._run(
            "UPDATE days SET live = live + ? WHERE scope = ? AND day = ?",
            (by, section, self.day(published)),
        )
