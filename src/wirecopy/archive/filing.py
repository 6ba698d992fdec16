"""One filing transaction: what the filer asks of the archive, and what it keeps in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count

from wirecopy.archive.codec import WITHDRAWING, Place, Showings, agency_time, encode, read_story
from wirecopy.archive.coverage import calmed, coverage_pages
from wirecopy.archive.findable import Findable
from wirecopy.archive.ledger import record
from wirecopy.archive.library import Library, Shelf
from wirecopy.archive.listings import Listings
from wirecopy.archive.marks import dirty_pages, mark, pages_in_other_tongues
from wirecopy.archive.names import Names
from wirecopy.archive.threads import Threads
from wirecopy.archive.tongues import Tongues
from wirecopy.archive.window import news_window_moved
from wirecopy.briefs import CorrectionNote
from wirecopy.database import micros, moment
from wirecopy.model import Delivery, Item, LogEntry, Outcome, Rank, Story, Teaser
from wirecopy.press.plan import (
    CORRECTIONS,
    NEWS_MAP,
    Showing,
)
from wirecopy.story.flags import flags_of
from wirecopy.story.identity import keys_of, names_of

_STORY = "SELECT story FROM stories WHERE id = ?"
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
        self._showings = showings
        self._before: dict[str, tuple[Showing | None, Place | None]] = {}
        self.now = datetime.max.replace(tzinfo=UTC)
        """What the machine's clock said of the entry that is filed; nothing is out before it."""
        self.took_away = False
        """Whether a story that readers could see has been taken away from them."""
        self._touched: set[str] = set()
        self._lists: set[str] = set()
        self._translated: set[str] = set()
        self._findable = Findable(connection)
        self.names = Names(connection)
        self.listings = Listings(connection, day_of)
        self.threads = Threads(connection)
        self.tongues = Tongues(connection)
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
        bearer = self.names.bearer(source, own)
        if bearer and (bearer.own or item.id_from != "id"):
            return self.story(bearer.story)
        for link in links:
            story = self.called(source, link)
            if story is not None:
                return story
        return self._announced(source, item)

    def called(self, source: str, name: str) -> Story | None:
        """The story whose own name this is, None where there is none."""
        bearer = self.names.bearer(source, name)
        return self.story(bearer.story) if bearer and bearer.own else None

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
            self.names.christen(story)
        picks = _picks(story)
        if before is None or picks != _picks(before):
            self._run_many(
                "INSERT OR IGNORE INTO picks (pick, story) VALUES (?, ?)",
                [(pick, story.id) for pick in picks],
            )
        self.listings.update(before, story, self.number(story.id), live=live)
        if issue is not None:  # findable while it is live, and not a moment longer
            self._findable.put(story, issue, shown if live else None)

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
            self.listings.day(published) if published else "",
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
                self._findable.take_back(findable)
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
        self._findable.write()
        if self.took_away:
            self.set_meta(WITHDRAWING, "1")
        self.library.write()
        changes = [(story, self._before[story]) for story in sorted(self._touched)]
        pages = self._lists | self.listings.told
        pages |= dirty_pages(self._run, self._showings, changes, self.listings.days)
        pages |= pages_in_other_tongues(
            self._run, self.tongues, self._showings, changes, self._translated
        )
        pages |= coverage_pages(self._run, self._touched, self.library.touched)
        mark(self._run_many, pages)


def _picks(story: Story) -> tuple[str, ...]:
    """The stories whose headlines its page shows: baked again when one of them changes."""
    return (*story.linked, *story.related, *(kin.story for kin in story.kin))


def _micros(value: datetime | None) -> int | None:
    return None if value is None else micros(value)
