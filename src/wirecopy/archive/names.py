"""The names that stories bear: ids of their source, links, and what notices call them.

Part of a filing transaction (`archive.filing.Filing.names`). A name that is a story's own decides;
others stand in where a side has no id of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from wirecopy.model import Story


class Bearer(NamedTuple):
    """The story that bears a name."""

    story: str
    own: bool
    """Whether the agency gave it that name as its id; else it is a link or the like."""


class Names:
    """The table of names, inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._run_many = connection.executemany

    def bearer(self, source: str, name: str) -> Bearer | None:
        """Which story bears this name, None where none does."""
        row = self._run(
            "SELECT story, own FROM aliases WHERE source = ? AND key = ?", (source, name)
        ).fetchone()
        return Bearer(row[0], bool(row[1])) if row else None

    def christen(self, story: Story) -> None:
        """Let a new story bear its key, whoever bore it before."""
        self._run(
            "INSERT OR REPLACE INTO aliases (source, key, story, own) VALUES (?, ?, ?, 1)",
            (story.source, story.key, story.id),
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

    def also(self, story: str, source: str, names: Sequence[str]) -> None:
        """Remember other names of the story, where nobody bears them yet."""
        self._run_many(
            "INSERT OR IGNORE INTO aliases (source, key, story, own) VALUES (?, ?, ?, 0)",
            [(source, name, story) for name in names],
        )

    def hand_on(self, story: Story, other: str) -> None:
        """Let the names of a story of which only notices came be those of another."""
        keys = {story.key, *(version.key for version in story.versions)}
        self._run_many(
            "UPDATE aliases SET story = ? WHERE source = ? AND key = ? AND story = ?",
            [(other, story.source, key, story.id) for key in sorted(keys)],
        )
