"""One filing transaction: what the filer asks of the archive, and what it keeps in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count

import msgspec

from wirecopy.archive.codec import WITHDRAWING, Place, Showings, agency_time, encode, read_story
from wirecopy.archive.coverage import calmed, coverage_pages
from wirecopy.archive.ledger import record
from wirecopy.archive.library import Library, Shelf
from wirecopy.archive.marks import dirty_pages, mark, pages_in_other_tongues
from wirecopy.archive.threads import Threads
from wirecopy.archive.tongues import Tongues
from wirecopy.archive.window import news_window_moved
from wirecopy.briefs import CorrectionNote
from wirecopy.database import micros, moment
from wirecopy.model import Delivery, Item, LogEntry, Outcome, Rank, Story, Teaser
from wirecopy.press.plan import (
    CORRECTIONS,
    DAY_PART,
    MAP_PART,
    NEWS_MAP,
    Showing,
    lists_naming,
    part_of,
)
from wirecopy.story.copyfit import text_of
from wirecopy.story.flags import flags_of
from wirecopy.story.identity import keys_of, names_of
from wirecopy.story.pairs import paired

_STORY = "SELECT story FROM stories WHERE id = ?"
_OWN = "SELECT story FROM aliases WHERE source = ? AND key = ? AND own = 1"
_KEEP = """
    INSERT INTO stories (number, id, source, key, state, due, section, path, published,
        agency_time, updated, day, day_part, map_part, issue, indexed,
        flags, story, teaser)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, due = excluded.due,
        section = excluded.section, path = excluded.path, published = excluded.published,
        agency_time = excluded.agency_time, updated = excluded.updated, day = excluded.day,
        day_part = excluded.day_part, map_part = excluded.map_part, issue = excluded.issue,
        indexed = excluded.indexed, flags = excluded.flags, story = excluded.story,
        teaser = excluded.teaser
"""
_GIVE = """
    INSERT INTO days (scope, day, given, live) VALUES (?, ?, 1, 0)
    ON CONFLICT (scope, day) DO UPDATE SET given = given + 1 RETURNING given
"""


class Filing:
    """The archive inside one transaction. `SqliteArchive.filing` opens and ends it."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        day_of: Callable[[datetime], date],
        showings: Showings,
        shelf: Shelf,
    ) -> None:
        self._connection = connection
        self._run = connection.execute
        self._run_many = connection.executemany
        self._day_of = day_of
        self._showings = showings
        self._before: dict[str, tuple[Showing | None, Place | None]] = {}
        self.took_away = False
        """Whether a story that readers could see has been taken away from them."""
        self._touched: set[str] = set()
        self._lists: set[str] = set()
        self._days: set[tuple[str, str]] = set()
        self._findable: list[tuple[int, tuple[object, ...] | None]] = []
        self.threads = Threads(connection)
        self.tongues = Tongues(connection)
        self._translated: set[str] = set()
        self.library = Library(connection, shelf)
        self._forget()

    def _forget(self) -> None:
        """Know nothing but what lies in the database."""
        last = self._run(
            "SELECT (SELECT MAX(number) FROM stories), "
            "(SELECT MAX(issue) FROM stories WHERE issue IS NOT NULL)"
        ).fetchone()
        self._kept: dict[str, Story] = {}
        self._numbers: dict[str, int] = {}
        self._issues: dict[str, int | None] = {}
        self._new_numbers = count((last[0] or 0) + 1)
        self._new_issues = count((last[1] or 0) + 1)

    # -- asking ------------------------------------------------------------------------

    def position(self) -> int:
        """Sequence number of the last entry that was filed, read under the write lock."""
        return int(self.meta("position") or 0)

    def meta(self, name: str) -> str:
        """A remembered value, "" when there is none."""
        row = self._run("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value under a name."""
        self._run("REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))

    def story(self, story: str) -> Story | None:
        """The story of that id, None if there is none."""
        if story in self._kept:
            return self._kept[story]
        row = self._run(_STORY, (story,)).fetchone()
        return read_story(row[0]) if row else None

    def stories(self, ids: Iterable[str]) -> tuple[Story, ...]:
        """The stories of these ids, in that order; those that there are."""
        return tuple(story for each in ids if (story := self.story(each)) is not None)

    def find(self, source: str, item: Item) -> Story | None:
        """The story this item belongs to, None for the first of its kind.

        Its own key decides. A link stands in only where one side has no id of its own: the
        item, or the story that was filed under the link.
        """
        own, *links = keys_of(item)
        row = self._run(
            "SELECT story, own FROM aliases WHERE source = ? AND key = ?", (source, own)
        ).fetchone()
        if row and (row[1] or item.id_from != "id"):
            return self.story(row[0])
        for link in links:
            story = self.called(source, link)
            if story is not None:
                return story
        return self._announced(source, item)

    def called(self, source: str, name: str) -> Story | None:
        """The story that bears this name, None where nobody does."""
        row = self._run(_OWN, (source, name)).fetchone()
        return self.story(row[0]) if row else None

    def _announced(self, source: str, item: Item) -> Story | None:
        """The story of which only a notice has come, a kill or a hold under one of its names."""
        for name in names_of(item)[1:]:
            story = self.called(source, name)
            if story is not None and story.standing is None:
                return story
        return None

    def next_due(self, until: datetime) -> tuple[datetime, str] | None:
        """The earliest schedule that falls due at or before `until`: when, and the story's id."""
        row = self._run(
            "SELECT due, id FROM stories WHERE due <= ? ORDER BY due, id LIMIT 1", (micros(until),)
        ).fetchone()
        return (moment(row[0]), row[1]) if row else None

    # -- keeping -----------------------------------------------------------------------

    def number(self, story: str) -> int:
        """The story's number in the archive: the one it has, or the next to be given."""
        if story not in self._numbers:
            row = self._run("SELECT number, issue FROM stories WHERE id = ?", (story,)).fetchone()
            self._numbers[story] = row[0] if row else next(self._new_numbers)
            self._issues[story] = row[1] if row else None
        return self._numbers[story]

    def assign(self, story: Story, *, first: bool) -> Story:
        """The story with its part of the day page (and, at first publication, of the sitemap)."""
        if story.first_published is None:
            return story
        day = self._day_of(story.first_published).isoformat()
        given = self._run(_GIVE, (story.section, day)).fetchone()[0]
        self._days.add((story.section, day))  # it may have begun a part, whatever comes of it
        story = msgspec.structs.replace(story, day_part=part_of(given, DAY_PART))
        if not first:
            return story
        given = self._run(_GIVE, ("*", day)).fetchone()[0]
        return msgspec.structs.replace(story, map_part=part_of(given, MAP_PART))

    def keep(
        self, before: Story | None, story: Story, teaser: Teaser | None, shown: Item | None
    ) -> None:
        """Keep the story as it is now.

        `teaser` is what lists show of it, None when they do not; `shown` the text on its page.
        """
        if story.id not in self._before:
            self._before[story.id] = self._showings.of(story.id)
        self._touched.add(story.id)
        live = teaser is not None
        self.took_away |= before is not None and before.state == "live" and not live
        issue = self._issue(story, live=live)
        self._run(_KEEP, self._row(story, teaser, issue))
        self._kept[story.id] = story
        if before is None:
            self._run(
                "INSERT OR REPLACE INTO aliases (source, key, story, own) VALUES (?, ?, ?, 1)",
                (story.source, story.key, story.id),
            )
        picks = _picks(story)
        if before is None or picks != _picks(before):
            self._run_many(
                "INSERT OR IGNORE INTO picks (pick, story) VALUES (?, ?)",
                [(pick, story.id) for pick in picks],
            )
        self._bury(before, story)
        self._list_topics(before, story, live=live)
        self._index(story, issue, shown if live else None)
        self._count_day(before, story, live=live)

    def _row(self, story: Story, teaser: Teaser | None, issue: int | None) -> tuple[object, ...]:
        published = story.first_published
        return (
            self.number(story.id),
            story.id,
            story.source,
            story.key,
            story.state,
            _micros(story.due),
            story.section,
            story.path,
            _micros(published),
            agency_time(story),
            _micros(story.updated),
            self._day_of(published).isoformat() if published else "",
            story.day_part,
            story.map_part,
            issue,
            (teaser or story).syndication == "self",
            "\n".join(flags_of(story)),
            encode(story),
            encode(teaser) if teaser else None,
        )

    def _issue(self, story: Story, *, live: bool) -> int | None:
        """The story's number in the order of publication; search lists the newest by it."""
        self.number(story.id)
        if live and self._issues[story.id] is None:
            self._issues[story.id] = next(self._new_issues)
        return self._issues[story.id]

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
        self._lists |= lists

    def _list_topics(self, before: Story | None, story: Story, *, live: bool) -> None:
        """Put the story on its topics' lists, off those it has left."""
        published = _micros(story.first_published)
        if before is not None and before.first_published is not None:
            self._run_many(
                "DELETE FROM story_topics WHERE slug = ? AND published = ? AND id = ?",
                [(topic.slug, published, story.id) for topic in before.topics],
            )
        if not live:
            return
        self._run_many(
            "INSERT OR IGNORE INTO topics (slug, name, type) VALUES (?, ?, ?)",
            [(topic.slug, topic.name, topic.type) for topic in story.topics],
        )
        number, time = self.number(story.id), agency_time(story)
        self._run_many(
            "INSERT OR REPLACE INTO story_topics (slug, published, agency_time, id, number) "
            "VALUES (?, ?, ?, ?, ?)",
            [(topic.slug, published, time, story.id, number) for topic in story.topics],
        )

    def _index(self, story: Story, issue: int | None, item: Item | None) -> None:
        """Make the story findable while it is live, and not a moment longer: see `_write_index`."""
        if issue is None:
            return
        row = None
        if item is not None:
            text = text_of(item)
            row = (
                issue,
                story.rework.headline or item.headline,
                item.standfirst,
                text,
                ", ".join(topic.name for topic in story.topics),
                " ".join((story.agency, *item.credit_sources)),
                paired(item.headline, item.standfirst, text),
                story.section,
                story.id,
            )
        self._findable.append((issue, row))

    def _write_index(self) -> None:
        """Write what search finds once a batch: inside a savepoint it costs the most of all."""
        rows = dict(self._findable)
        self._run_many("DELETE FROM search WHERE rowid = ?", [(issue,) for issue in sorted(rows)])
        self._run_many(
            "INSERT INTO search (rowid, headline, standfirst, body, topics, agency, pairs, "
            "section, story) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [row for _, row in sorted(rows.items()) if row is not None],
        )

    def _count_day(self, before: Story | None, story: Story, *, live: bool) -> None:
        """Keep count of the live stories of each section's days."""
        if before is not None and before.state == "live" and before.first_published is not None:
            self._shift(before.section, before.first_published, -1)
        if live and story.first_published is not None:
            self._shift(story.section, story.first_published, 1)

    def _shift(self, section: str, published: datetime, by: int) -> None:
        day = self._day_of(published).isoformat()
        self._run("UPDATE days SET live = live + ? WHERE scope = ? AND day = ?", (by, section, day))

    def alias(self, story: str, source: str, keys: Sequence[str]) -> None:
        """Remember other keys of the story, where nobody has them yet."""
        self._run_many(
            "INSERT OR IGNORE INTO aliases (source, key, story, own) VALUES (?, ?, ?, 0)",
            [(source, key, story) for key in keys],
        )

    def rename(self, story: Story, other: str) -> None:
        """Let the names of a story of which only notices came be those of another."""
        keys = {story.key, *(version.key for version in story.versions)}
        self._run_many(
            "UPDATE aliases SET story = ? WHERE source = ? AND key = ? AND story = ?",
            [(other, story.source, key, story.id) for key in sorted(keys)],
        )

    def own(self, story: str, source: str, names: Sequence[str]) -> None:
        """Remember ids under which the agency sent the story, though it was filed under another.

        Later items that bear one of them and no link belong to it too: above all its kill.
        """
        self._run_many(
            "INSERT INTO aliases (source, key, story, own) VALUES (?, ?, ?, 1) "
            "ON CONFLICT (source, key) DO UPDATE SET story = excluded.story, own = 1 WHERE own = 0",
            [(source, name, story) for name in names],
        )

    def translate(
        self, story: Story, names: Iterable[str], claims: Iterable[str], sources: Sequence[str]
    ) -> None:
        """Remember which stories this one is a translation of; their pages name each other."""
        self._translated.update(
            self.tongues.join(story.id, names, claims, agency=story.agency, sources=sources)
        )

    def keep_item(self, story: str, rank: Rank, item: Item) -> None:
        """Keep one version as the agency sent it."""
        self._run(
            "INSERT OR IGNORE INTO items (story, seq, part, item) VALUES (?, ?, ?, ?)",
            (story, rank.seq, rank.part, encode(item)),
        )

    def correct(self, story: str, note: CorrectionNote) -> None:
        """Put a line on the corrections page."""
        self._run(
            "INSERT OR REPLACE INTO corrections (at, story, kind, agency, note) "
            "VALUES (?, ?, ?, ?, ?)",
            (micros(note.at), story, note.kind, note.agency, note.note),
        )
        self._lists.add(CORRECTIONS)

    # -- the ledger --------------------------------------------------------------------

    def record(
        self, entry: LogEntry, delivery: Delivery, format_: str, outcomes: Sequence[Outcome]
    ) -> None:
        """Write down what became of a delivery and of each of its items; both add up."""
        record(self._connection, entry, delivery, format_, outcomes)

    # -- the end -----------------------------------------------------------------------

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Undo all that was kept inside the block if it raises; the batch goes on."""
        self._run("SAVEPOINT attempt")
        findable = len(self._findable)
        self.library.begin()
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # a full disk has undone all of it by itself
                self._run("ROLLBACK TO attempt")
                self._run("RELEASE attempt")
                self._forget()  # what was known may just have been undone
                self.library.take_back()
                del self._findable[findable:]
            raise
        self._run("RELEASE attempt")

    def advance(self, position: int, clock: datetime) -> None:
        """Set how far the log has been filed, and up to when schedules have been applied."""
        if news_window_moved(self._run, clock):
            self._lists.add(NEWS_MAP)
        self._lists |= calmed(self._run, clock)
        self._run_many(
            "REPLACE INTO meta (name, value) VALUES (?, ?)",
            [("position", str(position)), ("clock", str(micros(clock)))],
        )

    def finish(self) -> None:
        """Write what search finds, and mark every page that this transaction touched."""
        self._write_index()
        if self.took_away:
            self.set_meta(WITHDRAWING, "1")
        self.library.write()
        changes = [(story, self._before[story]) for story in sorted(self._touched)]
        pages = self._lists | dirty_pages(self._run, self._showings, changes, self._days)
        pages |= pages_in_other_tongues(
            self._run, self.tongues, self._showings, changes, self._translated
        )
        pages |= coverage_pages(self._run, self._touched, self.library.touched)
        mark(self._run_many, pages)


_ENDED = frozenset({"withdrawn", "expired"})
"""States of a story that was public and has ended; a held one may come back by itself."""


def _picks(story: Story) -> tuple[str, ...]:
    """The stories whose headlines its page shows: baked again when one of them changes."""
    return (*story.linked, *story.related, *(kin.story for kin in story.kin))


def _micros(value: datetime | None) -> int | None:
    return None if value is None else micros(value)
