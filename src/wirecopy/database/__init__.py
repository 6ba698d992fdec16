"""SQLite as the log and the archive use it: how a file is opened, and how its schema grows.

Statements go through the standard library's driver (measured 7 times SQLAlchemy Core on point
reads); the schema grows by Alembic migrations, one folder of them for each database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from wirecopy.errors import SourceError

Kind = Literal["log", "archive", "pictures"]
Run = Callable[..., sqlite3.Cursor]
"""A connection's `execute`."""

HEADS: dict[Kind, str] = {"log": "0003", "archive": "0004", "pictures": "0003"}
"""The newest migration of each database; a file that stands there needs no Alembic at start."""
_MARK: dict[Kind, str] = {"log": "entries", "archive": "stories", "pictures": "facts"}
"""A table that each database has had from its first migration on."""
_DAMAGED: dict[Kind, str] = {
    "log": "If it is damaged, put the last copy of it back.",
    "archive": "If it is damaged, `wirecopy rebuild` makes it anew from the log.",
    "pictures": "If it is damaged, delete the folder; the pictures are fetched again.",
}
"""What helps when a file is no longer a database."""

_CACHE: dict[Kind, int] = {"log": 8192, "archive": 32768, "pictures": 8192}
"""Kilobytes of cache, whatever the file's size. The log is read once, from end to end."""

_WAL_PAGES: dict[Kind, int] = {"log": 1000, "archive": 16384, "pictures": 1000}
"""Pages of 4 KB in the write-ahead log, from which on a commit copies them into the file.

The archive's commits leave that to `checkpoint`, which keeps no story waiting; a backlog changes
the same pages with every batch, and they are copied once for several.
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Microseconds since 1970-01-01 UTC of an aware moment."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    """The aware UTC moment of that many microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=value)


def open_database(path: Path, kind: Kind) -> sqlite3.Connection:
    """A connection to the file at `path`, created and migrated as needed.

    Every commit is on disk before it returns. The log promises it; the archive needs it so that
    the site, which is synced too, is never ahead of it: a power cut could else leave a story on
    lists whose only record of being there was lost, and a kill would not find it.
    Raises SourceError when the file cannot be opened or is no database of ours.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with legible():
            connection = _connect(path, kind)
        try:
            with legible():
                if _head(path, connection, kind) != HEADS[kind]:
                    _migrate(path, kind)
        except BaseException:
            connection.close()
            raise
    except (OSError, sqlite3.DatabaseError) as error:
        raise SourceError(
            f"{path} cannot be opened: {error}. Check its permissions and the disk's free space. "
            + _DAMAGED[kind]
        ) from error
    return connection


@contextmanager
def legible() -> Iterator[None]:
    """Have a database whose schema has lost its letters be one that is damaged.

    SQLite's sentence about it quotes them, and the driver fails over the sentence.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError("its schema is damaged") from error


def _connect(path: Path, kind: Kind) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=30, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE[kind]}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES[kind]}")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def read_only(path: Path, *, timeout: float = 5.0, any_thread: bool = False) -> sqlite3.Connection:
    """A connection to the file at `path` that changes nothing; sqlite3.Error where there is none.

    It waits `timeout` seconds for whoever writes; with `any_thread` other threads may use it.
    """
    return sqlite3.connect(
        _address(path, "ro"),
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=not any_thread,
        cached_statements=512,
    )


def _address(path: Path, mode: Literal["ro", "rw"]) -> str:
    """How SQLite is told to open a file that is there and to make none, whatever its path."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def checkpoint(path: Path) -> None:
    """Copy what the write-ahead log of the database at `path` holds into its file.

    It waits for nobody and keeps nobody waiting: what a reader still needs is left for the next
    time (PASSIVE, https://www.sqlite.org/pragma.html#pragma_wal_checkpoint). Call it from a thread
    or a process beside the one that writes. Raises SourceError when the disk refuses.
    """
    try:
        with closing(sqlite3.connect(_address(path, "rw"), uri=True)) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    except sqlite3.Error as error:
        raise SourceError(
            f"{path} could not take in its write-ahead log: {error}. Nothing was lost; free disk "
            "space and it will go on."
        ) from error


def _head(path: Path, connection: sqlite3.Connection, kind: Kind) -> str:
    """The migration at which the file stands, "" for a new one; SourceError for a stranger's."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {row[0] for row in rows}
    if not tables:
        return ""
    if not {"alembic_version", _MARK[kind]} <= tables:
        raise SourceError(f"{path} is a database, but not wirecopy's {kind}; move it away.")
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    head = str(row[0]) if row else ""
    if head > HEADS[kind]:
        raise SourceError(f"{path} was made by a newer wirecopy ({head}); install that one again.")
    return head


def _migrate(path: Path, kind: Kind) -> None:
    """Bring the file's schema to the newest migration; each runs whole or not at all.

    Raises the driver's own error when the file or the disk refuses.
    """
    # Imported here because a file that is up to date, the usual case, does not pay for it.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - see above

    here = Path(__file__).parent / "migrations"
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(here))
    config.set_main_option("version_locations", str(here / kind))
    config.attributes["path"] = path
    try:
        command.upgrade(config, "head")
    except DBAPIError as error:
        raise (error.orig or error) from error
