"""Where the stories lie that readers may see, by their ids."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from wirecopy.database import read_only

_PUBLIC = "('live', 'merged')"
"""States of stories that have a page at their address: their own, or one that says where to go."""


class Addresses:
    """The addresses in one archive file, on a connection of its own, for one thread at a time.

    One look-up is one row by its key, as cheap as opening a file, and it waits for nobody.
    """

    def __init__(self, path: Path) -> None:
        self._connection = read_only(path, timeout=0, any_thread=True)

    def __call__(self, story: str) -> str:
        """The path of the story's page; "" where none is public, or nobody can say just now."""
        try:
            row = self._connection.execute(
                f"SELECT path FROM stories WHERE id = ? AND state IN {_PUBLIC} "
                "AND published IS NOT NULL",
                (story,),
            ).fetchone()
        except sqlite3.Error:  # the archive is being changed, or gone: a missing page stays one
            return ""
        return str(row[0]) if row else ""

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        self._connection.close()
