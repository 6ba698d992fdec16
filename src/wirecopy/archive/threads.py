"""What ties items together: chains under a slug, notices in words, texts that are the same.

Part of a filing transaction (`archive.filing.Filing.threads`). Every question looks at a window of
the agency's time, so its cost does not grow with the archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from wirecopy.archive.codec import encode, read_item
from wirecopy.database import micros, moment
from wirecopy.model import Item, Rank
from wirecopy.story.cycles import Member
from wirecopy.story.notices import Known, Notice
from wirecopy.story.targets import WINDOW
from wirecopy.story.twins import Sharing

_UNDER_SLUG = (
    "SELECT story, at, role, ordinal, headline FROM members INDEXED BY members_stem "
    "WHERE source = ? AND stem <> ''"
)
"""Left to itself the planner reads all that the source sent in the window."""
_MOST_NOTICES = 200
"""Notices of a source that are asked for each item; a wire that kills without end stalls nobody."""
_read_known = msgspec.msgpack.Decoder(Known).decode
_read_notice = msgspec.msgpack.Decoder(Notice).decode


class Text(NamedTuple):
    """One version's text: its story, and the item."""

    story: str
    item: Item


class Threads:
    """The tables of chains, notices and sketches, inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._run_many = connection.executemany

    # -- chains ------------------------------------------------------------------------

    def chain(self, source: str, stem: str, at: datetime, span: timedelta) -> list[Member]:
        """The items under this slug within `span` of that moment, oldest first."""
        rows = self._run(
            f"{_UNDER_SLUG} AND stem = ? AND at BETWEEN ? AND ? ORDER BY at, key",
            (source, stem, micros(at - span), micros(at + span)),
        )
        return [Member(row[0], moment(row[1]), *row[2:]) for row in rows]

    def apart(self, source: str, stem: str, at: datetime, span: timedelta) -> list[Member]:
        """The wrap-ups, sidebars and analyses beside the chain of this slug, oldest first."""
        rows = self._run(
            f"{_UNDER_SLUG} AND stem > ? AND stem < ? AND at BETWEEN ? AND ? ORDER BY at, key",
            (source, f"{stem}|", f"{stem}}}", micros(at - span), micros(at + span)),
        )
        return [Member(row[0], moment(row[1]), *row[2:]) for row in rows]

    def join(self, source: str, key: str, member: Member, known: Known) -> None:
        """Remember an item of a story's chain."""
        self._run(
            "REPLACE INTO members (source, at, key, story, stem, role, ordinal, headline, names) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source,
                micros(member.at),
                key,
                member.story,
                known.candidate.stem,
                member.role,
                member.ordinal,
                member.headline,
                encode(known),
            ),
        )

    # -- notices in words ----------------------------------------------------------------

    def candidates(self, source: str, at: datetime) -> list[Known]:
        """All items of the source that a notice of that moment may mean."""
        rows = self._run(
            "SELECT names FROM members WHERE source = ? AND at BETWEEN ? AND ?",
            (source, micros(at - WINDOW), micros(at + WINDOW)),
        )
        return [_read_known(row[0]) for row in rows]

    def notices(self, source: str, at: datetime) -> list[Notice]:
        """The source's notices that may mean an item of that moment, the newest first."""
        rows = self._run(
            "SELECT notice FROM notices WHERE source = ? AND at BETWEEN ? AND ? "
            "ORDER BY seq DESC, part DESC LIMIT ?",
            (source, micros(at - WINDOW), micros(at + WINDOW), _MOST_NOTICES),
        )
        return [_read_notice(row[0]) for row in rows]

    def keep_notice(self, source: str, notice: Notice) -> None:
        """Keep a notice, or what is known of it now."""
        rank = notice.rank
        self._run(
            "REPLACE INTO notices (seq, part, source, at, own, notice) VALUES (?, ?, ?, ?, ?, ?)",
            (rank.seq, rank.part, source, micros(rank.time), notice.own, encode(notice)),
        )

    # -- packages ----------------------------------------------------------------------

    def pack(self, source: str, member: str, package: str) -> None:
        """Remember that a package names this item as its member."""
        self._run(
            "INSERT OR IGNORE INTO packages (source, member, package) VALUES (?, ?, ?)",
            (source, member, package),
        )

    def packages(self, source: str, members: Iterable[str]) -> list[str]:
        """The packages that name one of these items as their member."""
        names = sorted(members)
        marks = ", ".join("?" * len(names))
        rows = self._run(
            f"SELECT DISTINCT package FROM packages WHERE source = ? AND member IN ({marks}) "
            "ORDER BY package",
            (source, *names),
        )
        return [row[0] for row in rows]

    # -- texts -------------------------------------------------------------------------

    def parts(self, story: str, ranks: Iterable[Rank]) -> dict[Rank, Item]:
        """The items that were filed as these versions of the story."""
        wanted = {(rank.seq, rank.part): rank for rank in ranks}
        rows = self._run("SELECT seq, part, item FROM items WHERE story = ?", (story,))
        return {wanted[row[:2]]: read_item(row[2]) for row in rows if row[:2] in wanted}

    def sketch(self, story: str, rank: Rank, prints: Sequence[int]) -> None:
        """Remember the sketch of one version's text."""
        if not prints:
            return
        row = self._run(
            "INSERT OR IGNORE INTO texts (story, seq, part) VALUES (?, ?, ?) RETURNING number",
            (story, rank.seq, rank.part),
        ).fetchone()
        if row is not None:
            at = micros(rank.time)
            self._run_many(
                "INSERT OR IGNORE INTO prints (print, at, text) VALUES (?, ?, ?)",
                [(each, at, row[0]) for each in prints],
            )

    def alike(self, prints: Sequence[int], at: datetime, span: timedelta) -> list[Sharing]:
        """(print, text's number, its story) of every text in the window that shares a print."""
        marks = ", ".join("?" * len(prints))
        return self._run(
            "SELECT print, text, story FROM prints CROSS JOIN texts ON number = text "
            f"WHERE print IN ({marks}) AND at BETWEEN ? AND ?",
            (*prints, micros(at - span), micros(at + span)),
        ).fetchall()

    def text(self, number: int) -> Text | None:
        """A text by its number, None where it is not kept."""
        row = self._run(
            "SELECT texts.story, item FROM texts JOIN items USING (story, seq, part) "
            "WHERE texts.number = ?",
            (number,),
        ).fetchone()
        return Text(row[0], read_item(row[1])) if row else None

    def forget(self, before: datetime) -> None:
        """Drop the sketches of texts that nothing new can be compared with any more."""
        self._run("DELETE FROM prints WHERE at < ?", (micros(before),))
