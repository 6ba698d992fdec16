"""The archive in one SQLite file: one transaction per batch of log entries.

`SqliteArchive.filing()` opens the transaction; what is kept inside it, the ledger, the search
index, the marks of dirty pages and the log position all become true together, or not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from wirecopy.archive.codec import Showings, read_story
from wirecopy.archive.coverage import next_calm
from wirecopy.archive.filing import Filing
from wirecopy.archive.library import Shelf
from wirecopy.archive.window import news_window_rolls
from wirecopy.database import moment, open_database
from wirecopy.errors import ConfigError, SourceError
from wirecopy.model import Story

_PASSING = "free disk space or mend its permissions and it will go on."
_DAMAGED = "stop the newsroom and type `wirecopy rebuild`, which makes it anew from the log."
"""What helps when the archive refuses a change."""


class SqliteArchive:
    """The archive over SQLite.

    `day_of` gives the local date on which a moment falls for the site's readers; it decides
    which day page a story is on, so an archive made with another time zone is refused.
    """

    def __init__(self, path: Path, day_of: Callable[[datetime], date], zone: str) -> None:
        self.path = path
        self.connection = open_database(path, "archive")
        self._day_of = day_of
        self._shelf = Shelf()
        try:
            self._check_zone(zone)
        except BaseException:
            self.connection.close()
            raise

    def _check_zone(self, zone: str) -> None:
        known = self.meta("zone")
        if not known:
            self.set_meta("zone", zone)
        elif known != zone:
            raise ConfigError(
                f"site.timezone is {zone!r}, but the archive was made with {known!r}, and days "
                "begin elsewhere now. Run `wirecopy rebuild` once to make it anew from the log."
            )

    def meta(self, name: str) -> str:
        """A remembered value, "" when there is none."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value under a name."""
        self.connection.execute("REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))

    def has_copy_of(self, source: str) -> bool:
        """Whether anything of that source has ever been filed."""
        asked = "SELECT 1 FROM deliveries WHERE source = ? LIMIT 1"
        return self.connection.execute(asked, (source,)).fetchone() is not None

    def position(self) -> int:
        """Sequence number of the last log entry that was filed, 0 for none."""
        return int(self.meta("position") or 0)

    def clock(self) -> datetime | None:
        """The time up to which schedules have been applied, None before the first entry."""
        value = self.meta("clock")
        return moment(int(value)) if value else None

    def next_due(self) -> datetime | None:
        """When the archive changes by itself next, None when it does not.

        By a schedule, by a story that leaves the news window, or by a fast event that is calm then.
        """
        row = self.connection.execute(
            "SELECT MIN(due) FROM stories WHERE due IS NOT NULL"
        ).fetchone()
        rolls = news_window_rolls(self.connection.execute)
        calm = next_calm(self.connection.execute)
        dues = [due for due in (row[0], rolls, calm) if due is not None]
        return moment(min(dues)) if dues else None

    @contextmanager
    def filing(self) -> Iterator[Filing]:
        """One transaction; committed when the block ends, undone whole when it raises.

        Raises SourceError when the disk refuses; the log keeps what was to be filed.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            shelf = self._shelf.ready(self.connection)
            filing = Filing(self.connection, self._day_of, Showings(self.connection), shelf)
            yield filing
            filing.finish()
            self.connection.execute("COMMIT")
        except BaseException as error:
            self._shelf.clear()
            if self.connection.in_transaction:
                self.connection.rollback()
            if isinstance(error, sqlite3.Error):
                passing = isinstance(error, sqlite3.OperationalError)
                helps = _PASSING if passing else _DAMAGED
                raise SourceError(
                    f"The archive {self.path} refused a change: {error}. Nothing was lost; {helps}"
                ) from error
            raise

    def story(self, story: str) -> Story | None:
        """The story of that id, None if there is none."""
        row = self.connection.execute("SELECT story FROM stories WHERE id = ?", (story,)).fetchone()
        return read_story(row[0]) if row else None

    def size(self) -> int:
        """How many stories there are, in every state."""
        row = self.connection.execute("SELECT MAX(number) FROM stories").fetchone()
        return int(row[0] or 0)

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        self.connection.close()
