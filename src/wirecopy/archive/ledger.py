"""What became of everything: deliveries and items by outcome, stories by state, quarantine."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from wirecopy.archive.codec import read_story
from wirecopy.database import micros, moment, read_only
from wirecopy.model import OUTCOMES, Delivery, LogEntry, Outcome, OutcomeKind, State, Story

_COUNT = """
    INSERT INTO counts (ledger, source, kind, n) VALUES (?, ?, ?, 1)
    ON CONFLICT (ledger, source, kind) DO UPDATE SET n = n + 1
"""
_WEIGHT = {
    kind: weight
    for weight, kind in enumerate(
        (
            "quarantined",
            "withdrawn",
            "held",
            "published",
            "updated",
            "superseded",
            "internal",
            "duplicate",
        )
    )
}
"""Which of its items' outcomes a delivery goes by: the one an operator must see first."""


class SourceCount(msgspec.Struct, frozen=True, kw_only=True):
    """How a source's deliveries have fared."""

    source: str
    deliveries: int
    last_received: datetime | None
    outcomes: dict[str, int]


class Flagged(msgspec.Struct, frozen=True, kw_only=True):
    """A story that goes on by itself, and why a person should look at it."""

    story: str
    state: str
    reasons: tuple[str, ...]


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of `wirecopy status`; outcomes add up to what was filed."""

    deliveries: int
    """Deliveries filed; the sum of `by_outcome`."""
    by_outcome: dict[str, int]
    items: int
    """Items read out of them (an unreadable delivery counts as one): the sum of its outcomes."""
    items_by_outcome: dict[str, int]
    stories: dict[str, int]
    """Stories by state."""
    sources: tuple[SourceCount, ...]
    flagged: tuple[Flagged, ...]
    """Stories that a person should look at, the newest 50."""
    flagged_in_all: int
    waiting_pages: int
    """Pages marked and not yet baked."""
    next_due: datetime | None


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery, or an item of one, that waits for a person."""

    seq: int
    received: datetime
    source: str
    name: str
    reason: str


def record(
    connection: sqlite3.Connection,
    entry: LogEntry,
    delivery: Delivery,
    format_: str,
    outcomes: Sequence[Outcome],
) -> None:
    """Write down what became of a delivery and of each of its items; both add up."""
    main = min(outcomes, key=lambda outcome: _WEIGHT[outcome.kind])
    connection.execute(
        "INSERT INTO deliveries (seq, received, source, name, format, items, kind, reason, "
        "replays) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.seq,
            micros(entry.received),
            delivery.source,
            delivery.name,
            format_,
            len(outcomes),
            main.kind,
            main.reason,
            delivery.replays,
        ),
    )
    connection.executemany(
        "INSERT INTO outcomes (seq, part, kind, reason, story, item_id, headline) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (entry.seq, part, one.kind, one.reason, one.story, one.item_id, one.headline)
            for part, one in enumerate(outcomes)
        ],
    )
    connection.execute(_COUNT, ("deliveries", delivery.source, main.kind))
    connection.executemany(_COUNT, [("items", delivery.source, one.kind) for one in outcomes])


def read_ledger(connection: sqlite3.Connection) -> Ledger:
    """The ledger as it stands."""
    run = connection.execute
    by_outcome = _counts(connection, "deliveries")
    items = _counts(connection, "items")
    due = run("SELECT MIN(due) FROM stories WHERE due IS NOT NULL").fetchone()[0]
    return Ledger(
        deliveries=sum(by_outcome.values()),
        by_outcome=by_outcome,
        items=sum(items.values()),
        items_by_outcome=items,
        stories=stories_by_state(connection),
        sources=_sources(connection),
        flagged=_flagged(connection),
        flagged_in_all=run("SELECT COUNT(*) FROM stories WHERE flags <> ''").fetchone()[0],
        waiting_pages=run("SELECT COUNT(*) FROM marks").fetchone()[0],
        next_due=moment(due) if due is not None else None,
    )


def stories_by_state(connection: sqlite3.Connection) -> dict[str, int]:
    """How many stories there are in each state that any has."""
    # Each half by an index of its own: grouped at once, every story's text would be gone past.
    return dict(
        connection.execute(
            "SELECT state, COUNT(*) FROM stories WHERE state <> 'live' GROUP BY state UNION ALL "
            "SELECT 'live', COUNT(*) AS n FROM stories WHERE state = 'live' HAVING n > 0 ORDER BY 1"
        )
    )


def _flagged(connection: sqlite3.Connection) -> tuple[Flagged, ...]:
    # By that index: else SQLite goes through a million stories for the order that it finds there.
    rows = connection.execute(
        "SELECT id, state, flags FROM stories INDEXED BY stories_flags WHERE flags <> '' "
        "ORDER BY number DESC LIMIT 50"
    )
    return tuple(Flagged(story=r[0], state=r[1], reasons=tuple(r[2].split("\n"))) for r in rows)


def _counts(connection: sqlite3.Connection, ledger: str, source: str = "") -> dict[str, int]:
    where = " AND source = ?" if source else ""
    rows = dict(
        connection.execute(
            f"SELECT kind, SUM(n) FROM counts WHERE ledger = ?{where} GROUP BY kind",
            (ledger, source) if source else (ledger,),
        )
    )
    return {kind: rows.get(kind, 0) for kind in OUTCOMES}


def _sources(connection: sqlite3.Connection) -> tuple[SourceCount, ...]:
    rows = connection.execute(
        "SELECT source, SUM(n) FROM counts WHERE ledger = 'deliveries' GROUP BY source "
        "ORDER BY source"
    ).fetchall()
    found = []
    for source, total in rows:
        last = connection.execute(
            "SELECT received FROM deliveries WHERE source = ? ORDER BY seq DESC LIMIT 1", (source,)
        ).fetchone()
        found.append(
            SourceCount(
                source=source,
                deliveries=total,
                last_received=moment(last[0]) if last else None,
                outcomes=_counts(connection, "deliveries", source),
            )
        )
    return tuple(found)


def quarantined(connection: sqlite3.Connection) -> list[Quarantined]:
    """What is in quarantine and has not been replayed since, newest first."""
    rows = connection.execute(
        "SELECT outcomes.seq, received, source, name, outcomes.reason FROM outcomes "
        "JOIN deliveries USING (seq) WHERE outcomes.kind = 'quarantined' AND outcomes.seq IN "
        "(SELECT seq FROM deliveries WHERE kind = 'quarantined') AND outcomes.seq NOT IN "
        "(SELECT replays FROM deliveries WHERE replays > 0) "
        "ORDER BY outcomes.seq DESC, part"
    )
    return [
        Quarantined(seq=row[0], received=moment(row[1]), source=row[2], name=row[3], reason=row[4])
        for row in rows
    ]


def unreadable(archive: Path, least: int) -> dict[str, str]:
    """The sources of whose last `least` deliveries not one item could be read, and the last reason.

    Read beside whoever writes; nothing where there is no archive yet. A bad item in a feed that is
    read otherwise does not count. Raises sqlite3.Error where the archive cannot be read.
    """
    if not archive.exists():
        return {}
    with closing(read_only(archive)) as connection:
        return _unreadable(connection, least)


def _unreadable(connection: sqlite3.Connection, least: int) -> dict[str, str]:
    found = {}
    for (source,) in connection.execute(
        "SELECT source FROM counts WHERE ledger = 'deliveries' AND kind = 'quarantined' AND n >= ?",
        (least,),
    ).fetchall():
        last = connection.execute(
            "SELECT seq, reason FROM deliveries WHERE source = ? ORDER BY seq DESC LIMIT ?",
            (source, least),
        ).fetchall()
        outcomes = connection.execute(
            f"SELECT kind FROM outcomes WHERE seq IN ({', '.join('?' * len(last))})",
            [seq for seq, _ in last],
        )
        if len(last) == least and {kind for (kind,) in outcomes} == {"quarantined"}:
            found[source] = str(last[0][1])
    return found


class OutcomeRow(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one item, or of a delivery that could not be read."""

    seq: int
    name: str
    """File name or URL that its delivery came from."""
    outcome: OutcomeKind
    reason: str
    story: str
    headline: str


def outcomes_of(connection: sqlite3.Connection, seqs: Collection[int]) -> list[OutcomeRow]:
    """Outcomes of the deliveries of these numbers, in order."""
    wanted = frozenset(seqs)
    rows = connection.execute(
        "SELECT outcomes.seq, name, outcomes.kind, outcomes.reason, story, headline FROM outcomes "
        "JOIN deliveries USING (seq) WHERE outcomes.seq BETWEEN ? AND ? "
        "ORDER BY outcomes.seq, part",
        (min(wanted, default=0), max(wanted, default=-1)),
    )
    return [
        OutcomeRow(
            seq=row[0], name=row[1], outcome=row[2], reason=row[3], story=row[4], headline=row[5]
        )
        for row in rows
        if row[0] in wanted
    ]


def newest_stories(
    connection: sqlite3.Connection,
    most: int,
    *,
    states: Collection[State] = (),
    source: str = "",
    section: str = "",
) -> list[Story]:
    """Up to `most` stories, those that came last first; of these states, source and section."""
    wanted: list[tuple[str, object]] = [("source = ?", source), ("section = ?", section)]
    where = [term for term, value in wanted if value]
    values = [value for _, value in wanted if value]
    if states:
        where.append(f"state IN ({', '.join('?' * len(states))})")
        values += states
    index = ""
    if states and "live" not in states:
        # By the index of these: else SQLite goes through all that the source has ever sent.
        where.append("state <> 'live'")
        index = "INDEXED BY stories_state"
    rows = connection.execute(
        f"SELECT story FROM stories {index} WHERE {' AND '.join(where) or 'TRUE'} "
        "ORDER BY number DESC LIMIT ?",
        (*values, most),
    )
    return [read_story(row[0]) for row in rows]


def find_stories(connection: sqlite3.Connection, begins: str) -> list[str]:
    """Ids of up to ten stories whose id is, or begins with, these characters."""
    if not begins.isalnum():
        return []
    rows = connection.execute(
        "SELECT id FROM stories WHERE id >= ? AND id < ? ORDER BY id LIMIT 10",
        (begins, begins + "\U0010ffff"),
    ).fetchall()
    return [row[0] for row in rows]
