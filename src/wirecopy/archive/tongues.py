"""Which stories tell one report in several languages.

Part of a filing transaction (`archive.filing.Filing.tongues`), and asked by the stacks. A report is
known by every id under which one of its languages was sent or named; whoever bears or names one of
them tells it. So it is the same which of them comes first. Most wires translate nothing: then
nothing is ever asked but whether the table is empty.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_BESIDE = (
    "SELECT other.story, other.original FROM tongues JOIN tongues AS other USING (report) "
    "WHERE tongues.story = ? ORDER BY other.story"
)


class Tongue(NamedTuple):
    """A story that tells a report, and whether it names no other as what it was made from."""

    story: str
    original: bool


class Tongues:
    """The tables of translations."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._run_many = connection.executemany
        self._known = False

    def any(self) -> bool:
        """Whether the archive knows of any translation."""
        if not self._known:
            self._known = self._run("SELECT 1 FROM tongues LIMIT 1").fetchone() is not None
        return self._known

    def of(self, story: str) -> tuple[Tongue, ...]:
        """All that tell the report of this story, itself too; () for one in a single language."""
        if not self.any():
            return ()
        return tuple(Tongue(row[0], bool(row[1])) for row in self._run(_BESIDE, (story,)))

    def join(
        self,
        story: str,
        names: Iterable[str],
        claims: Iterable[str],
        *,
        agency: str,
        sources: Sequence[str],
    ) -> tuple[str, ...]:
        """Let a story tell the report of those that it names; all whose page that changes.

        `names` are the ids it bears, `claims` those that it is a translation of, among the
        `sources` of its agency.
        """
        claims = sorted(set(claims))
        if not claims and not self.any():
            return ()
        names = sorted({*names, *claims})
        named = self._called(claims, sources)
        known = self._reports(agency, names, (story, *named))
        if not claims and not known:
            return ()
        before = self._members(known)
        report = min(known, default=f"{agency} {names[0]}")
        self._merge(known - {report}, report)
        self._run_many(
            "INSERT OR IGNORE INTO reports (agency, name, report) VALUES (?, ?, ?)",
            [(agency, name, report) for name in names],
        )
        self._run_many(
            "INSERT INTO tongues (story, report, original) VALUES (?, ?, ?) "
            "ON CONFLICT (story) DO UPDATE SET original = min(original, excluded.original)",
            [(story, report, not claims), *((each, report, True) for each in named)],
        )
        after = self._members({report})
        return () if after == before else tuple(sorted({each for each, _ in after | before}))

    def _called(self, claims: Iterable[str], sources: Sequence[str]) -> list[str]:
        """The stories that bear these ids."""
        found = (
            self._run(
                "SELECT story FROM aliases WHERE source = ? AND key = ?", (source, claim)
            ).fetchone()
            for claim in claims
            for source in sources
        )
        return sorted({row[0] for row in found if row})

    def _reports(self, agency: str, names: Iterable[str], stories: Iterable[str]) -> set[str]:
        """The reports that are known by these ids, or told by these stories."""
        by_name = (
            self._run("SELECT report FROM reports WHERE agency = ? AND name = ?", (agency, name))
            for name in names
        )
        by_story = (
            self._run("SELECT report FROM tongues WHERE story = ?", (story,)) for story in stories
        )
        rows = [rows.fetchone() for rows in (*by_name, *by_story)]
        return {row[0] for row in rows if row}

    def _members(self, reports: Iterable[str]) -> set[tuple[str, int]]:
        return {
            row
            for report in reports
            for row in self._run("SELECT story, original FROM tongues WHERE report = ?", (report,))
        }

    def _merge(self, reports: Iterable[str], into: str) -> None:
        """Let several reports be one, now that a story has said so."""
        for report in sorted(reports):
            self._run("UPDATE reports SET report = ? WHERE report = ?", (into, report))
            self._run("UPDATE tongues SET report = ? WHERE report = ?", (into, report))
