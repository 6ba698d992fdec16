"""What intake remembers from one run to the next: a small SQLite file beside the log.

Validators, leases, what was taken from which mailbox. Losing it loses no story: sources are asked
afresh, and what comes again is known to the archive as a repeat. So a damaged notebook is set
aside and a new one begun.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from wirecopy.errors import SourceError

logger = logging.getLogger(__name__)

NAME = "intake.db"
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS notes (kind TEXT, key TEXT, note BLOB NOT NULL, "
    "at INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (kind, key)) WITHOUT ROWID"
)
Value = TypeVar("Value")


class Notebook:
    """Notes by kind and key, each written at once. Without a path they are kept in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            if path is None or isinstance(error, sqlite3.OperationalError):
                raise SourceError(
                    f"{path} cannot be opened: {error}. Check its permissions and the disk."
                ) from error
            path.replace(path.with_name(f"{path.name}.damaged"))
            logger.warning("notebook_set_aside path=%s: sources are asked afresh", path)
            self._connection = self._open()
        # One that is kept in memory is nobody's to close: it goes with whoever took notes in it.
        self._close = weakref.finalize(self, self._connection.close)

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self._path or ":memory:", timeout=5, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # A power cut may lose the last notes: what they speak of then comes once more.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(_SCHEMA)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def get(self, kind: str, key: str) -> bytes | None:
        """The note, None where there is none."""
        row = self._run("SELECT note FROM notes WHERE kind = ? AND key = ?", kind, key)
        return row[0][0] if row else None

    def put(self, kind: str, key: str, note: bytes, at: int = 0) -> None:
        """Write a note in place of any before; `at` is its age for `forget`, in seconds."""
        self._run("INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)", kind, key, note, at)

    def put_all(self, kind: str, notes: Iterable[tuple[str, bytes]]) -> None:
        """Write many notes of one kind together."""
        rows = [(kind, key, note) for key, note in notes]
        with self._lock:
            try:
                with self._connection:
                    self._connection.execute("BEGIN")
                    self._connection.executemany(
                        "INSERT OR REPLACE INTO notes (kind, key, note) VALUES (?, ?, ?)", rows
                    )
            except sqlite3.Error as error:
                raise self._refused(error) from error

    def drop(self, kind: str, key: str) -> None:
        """Take a note out, if it is there."""
        self._run("DELETE FROM notes WHERE kind = ? AND key = ?", kind, key)

    def keys(self, kind: str) -> list[str]:
        """The keys of all notes of that kind."""
        return [row[0] for row in self._run("SELECT key FROM notes WHERE kind = ?", kind)]

    def forget(self, kind: str, before: int) -> None:
        """Take out the notes of that kind whose `at` lies before."""
        self._run("DELETE FROM notes WHERE kind = ? AND at < ?", kind, before)

    def _run(self, statement: str, *values: Any) -> list[Any]:
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise self._refused(error) from error

    def _refused(self, error: sqlite3.Error) -> SourceError:
        return SourceError(
            f"{self._path} refused a note: {error}. Nothing was lost; free disk space or mend its "
            "permissions."
        )

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        with self._lock:
            self._close()


class Notes(MutableMapping[str, Value], Generic[Value]):
    """The notes of one kind as values of one type; read once, written through."""

    def __init__(self, notebook: Notebook, kind: str, type_: type[Value]) -> None:
        self._notebook = notebook
        self._kind = kind
        self._decoder = msgspec.msgpack.Decoder(type_)
        self._known: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        if key not in self._known:
            note = self._notebook.get(self._kind, key)
            if note is None:
                raise KeyError(key)
            try:
                self._known[key] = self._decoder.decode(note)
            except msgspec.DecodeError as error:  # of another version: begin afresh
                raise KeyError(key) from error
        return self._known[key]

    def __setitem__(self, key: str, value: Value) -> None:
        if self._known.get(key) != value:
            self._notebook.put(self._kind, key, msgspec.msgpack.encode(value))
            self._known[key] = value

    def put_all(self, values: Mapping[str, Value]) -> None:
        """Write those that have changed, together."""
        changed = {key: value for key, value in values.items() if self._known.get(key) != value}
        if changed:
            encode = msgspec.msgpack.encode
            self._notebook.put_all(self._kind, ((key, encode(one)) for key, one in changed.items()))
            self._known |= changed

    def __delitem__(self, key: str) -> None:
        self._known.pop(key, None)
        self._notebook.drop(self._kind, key)

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._notebook.keys(self._kind) if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
