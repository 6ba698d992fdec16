"""Coverage: which events have a page of their own, and which of them are growing fast.

A page stands while two live stories of two agencies tell one event. What is known of an event is
worked out at the end of a transaction from the stories as they are then, so that it does not
depend on the batches.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from wirecopy.archive.codec import read_teaser
from wirecopy.archive.window import archive_clock
from wirecopy.database import Run, micros
from wirecopy.model import Teaser
from wirecopy.press.plan import coverage_page, story_pages

_HOUR = 3_600_000_000
_FAST, _FAST_WITHIN = 3, 2 * _HOUR
"""So many stories within two hours make an event a developing one, until two hours later."""
_FRESH = 6 * _HOUR
"""Copy that is older than this when it comes says nothing of how fast an event grows."""
_AT_ONCE = 500
"""Stories asked for in one statement."""
_SHOWN = 200
"""Stories of a coverage page."""

_LIVE = (
    "SELECT teaser FROM covered JOIN stories ON stories.id = covered.story "
    "WHERE event = ? AND state = 'live' ORDER BY published DESC, agency_time DESC, id DESC LIMIT ?"
)


class _Entry(msgspec.Struct, frozen=True, gc=False):
    """Of a teaser, what its event's growth is told by: a third of the work for each of hundreds."""

    agency: str
    first_published: datetime
    agency_time: datetime | None = None


_read_entry = msgspec.msgpack.Decoder(_Entry).decode


def coverage_of(connection: sqlite3.Connection, story: str) -> tuple[str, str, str] | None:
    """(name, id, reason) of the event that a story tells with others, None where it is alone."""
    row: tuple[str, str, str] | None = connection.execute(
        "SELECT name, event, reason FROM covered JOIN coverage USING (event) WHERE story = ?",
        (story,),
    ).fetchone()
    return row


def live_stories(run: Run, event: str) -> list[Teaser]:
    """The live stories of an event, newest first."""
    return [read_teaser(row[0]) for row in run(_LIVE, (event, _SHOWN))]


def has_page(teasers: Iterable[Teaser | _Entry]) -> bool:
    """Whether these stories of one event are worth a page: two, from two agencies."""
    return len({teaser.agency for teaser in teasers}) > 1


def coverage_pages(run: Run, changed: Iterable[str], joined: Iterable[str]) -> set[str]:
    """The pages touched by these changed stories and by events that were joined.

    The event's own page; and where it has appeared, gone, or begun or ceased to grow fast, the
    pages of its stories, which say so.
    """
    events = {*joined, *_events(run, changed)}
    pages: set[str] = set()
    for event in sorted(events):
        entries = [_read_entry(row[0]) for row in run(_LIVE, (event, _SHOWN))]
        listed, calm = has_page(entries), _calm(entries)
        row = run("SELECT listed, calm FROM coverage WHERE event = ?", (event,)).fetchone()
        if row is None:
            continue
        pages.add(coverage_page(event))
        if (listed, calm) != (bool(row[0]), row[1]):
            run("UPDATE coverage SET listed = ?, calm = ? WHERE event = ?", (listed, calm, event))
            pages |= _members(run, event)
    return pages


def _events(run: Run, stories: Iterable[str]) -> set[str]:
    asked = list(stories)
    found: set[str] = set()
    for at in range(0, len(asked), _AT_ONCE):
        some = asked[at : at + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = run(f"SELECT DISTINCT event FROM covered WHERE story IN ({marks})", some)
        found.update(row[0] for row in rows)
    return found


def _members(run: Run, event: str) -> set[str]:
    rows = run("SELECT story FROM covered WHERE event = ?", (event,))
    return story_pages(row[0] for row in rows)


def _calm(entries: Sequence[_Entry]) -> int:
    """Until when (microseconds) an event counts as developing; 0 for never."""
    if not has_page(entries):
        return 0
    newest = micros(entries[0].first_published)
    fresh = [
        entry
        for entry in entries
        if newest - micros(entry.first_published) <= _FAST_WITHIN
        and micros(entry.first_published) - _told(entry) <= _FRESH
    ]
    return newest + _FAST_WITHIN if len(fresh) >= _FAST else 0


def _told(entry: _Entry) -> int:
    return micros(entry.agency_time or entry.first_published)


def is_developing(run: Run, calm: int) -> bool:
    """Whether an event that is fast until `calm` is so by the archive's own clock."""
    return calm > archive_clock(run)


def calmed(run: Run, clock: datetime) -> set[str]:
    """The pages of events that cease to be developing when the archive's clock goes on."""
    rows = run(
        "SELECT event FROM coverage WHERE calm > ? AND calm <= ?",
        (max(0, archive_clock(run)), micros(clock)),
    ).fetchall()
    pages: set[str] = set()
    for (event,) in rows:
        pages |= {coverage_page(event)} | _members(run, event)
    return pages


def next_calm(run: Run) -> int | None:
    """When the next developing event becomes calm, None when none is developing."""
    row = run(
        "SELECT MIN(calm) FROM coverage WHERE calm > ?", (max(0, archive_clock(run)),)
    ).fetchone()
    return None if row[0] is None else int(row[0])
