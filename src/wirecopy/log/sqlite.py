"""The wire log in one SQLite file; every append is on disk before it returns."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from wirecopy.database import micros, moment, open_database
from wirecopy.errors import SourceError
from wirecopy.model import Delivery, LogEntry, Order, Tick

logger = logging.getLogger(__name__)

_KINDS: dict[str, type[Delivery | Order | Tick]] = {
    "delivery": Delivery,
    "order": Order,
    "tick": Tick,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_TOGETHER = 64_000_000
"""Bytes of entries that are handed out at once."""
_AT_ONCE = 500
"""Entries that are dropped in one transaction: whoever appends meanwhile waits for one of them."""
_ENCODER = msgspec.msgpack.Encoder()
_DECODERS = {name: msgspec.msgpack.Decoder(kind) for name, kind in _KINDS.items()}


def _encoded(entry: Delivery | Order | Tick) -> bytes:
    """The entry's bytes; a file name that is no text is kept as far as it is."""
    try:
        return _ENCODER.encode(entry)
    except UnicodeEncodeError:
        if not isinstance(entry, Delivery):
            raise
        name = entry.name.encode("utf-8", "replace").decode()
        return _ENCODER.encode(msgspec.structs.replace(entry, name=name))


def _decoded(number: int, kind: str, entry: bytes) -> Delivery | Order | Tick:
    """The entry; for one that is damaged a delivery without bytes, which goes to quarantine.

    So its neighbours are filed, its number keeps an outcome, and a person is told.
    """
    try:
        return _DECODERS[kind].decode(entry)
    except msgspec.DecodeError:
        logger.exception("log_entry_damaged seq=%d kind=%s", number, kind)
        name = f"log entry {number} ({kind}) is damaged; put the last copy of the log back"
        return Delivery(source="log", body=b"", name=name)


class SqliteLog:
    """`ports.Log` over SQLite. One writer at a time; any number of readers beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_database(path, "log")
        self._lock = threading.Lock()

    def append(self, entries: Sequence[Delivery | Order | Tick], now: datetime) -> list[int]:
        """The sequence numbers given, once all entries are durable on disk."""
        rows = [(_NAMES[type(entry)], _encoded(entry)) for entry in entries]
        with self._lock:
            try:
                return self._append(rows, micros(now))
            except sqlite3.Error as error:
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise SourceError(
                    f"The wire log {self._path} refused an entry: {error}. Nothing was "
                    "acknowledged; free disk space or mend its permissions and it will go on."
                ) from error

    def _append(self, rows: Sequence[tuple[str, bytes]], now: int) -> list[int]:
        self._connection.execute("BEGIN IMMEDIATE")
        last = self._connection.execute("SELECT received FROM entries ORDER BY seq DESC LIMIT 1")
        row = last.fetchone()
        received = max(now, row[0]) if row else now
        clock = now if now < received else None
        given = [self._insert(received, kind, entry, clock) for kind, entry in rows]
        self._connection.execute("COMMIT")
        return given

    def _insert(self, received: int, kind: str, entry: bytes, clock: int | None) -> int:
        cursor = self._connection.execute(
            "INSERT INTO entries (received, kind, entry, clock) VALUES (?, ?, ?, ?)",
            (received, kind, entry, clock),
        )
        return int(cursor.lastrowid or 0)

    def after(self, seq: int, limit: int) -> list[LogEntry]:
        """Up to `limit` entries with a sequence number above `seq`, in sequence.

        Fewer when they are large: memory does not follow what agencies send.
        """
        found: list[LogEntry] = []
        size = 0
        with self._lock:
            rows = self._connection.execute(
                "SELECT seq, received, kind, entry, clock FROM entries WHERE seq > ? "
                "ORDER BY seq LIMIT ?",
                (seq, limit),
            )
            for number, received, kind, entry, clock in rows:
                size += len(entry)
                if found and size > _TOGETHER:
                    break
                found.append(
                    LogEntry(
                        seq=number,
                        received=moment(received),
                        clock=None if clock is None else moment(clock),
                        entry=_decoded(number, kind, entry),
                    )
                )
        return found

    def last(self) -> int:
        """The highest sequence number, 0 when the log is empty."""
        with self._lock:
            row = self._connection.execute("SELECT MAX(seq) FROM entries").fetchone()
        return int(row[0] or 0)

    # -- what is dropped -----------------------------------------------------------------

    def start(self) -> int:
        """The entry up to which the log has been trimmed, 0 for a whole log.

        What is made from the log begins with the snapshot of the archive that holds it.
        """
        with self._lock:
            row = self._connection.execute("SELECT MAX(upto) FROM trims").fetchone()
        return int(row[0] or 0)

    def before(self, when: datetime) -> int:
        """The number before the first entry that was not received before that moment.

        Time never runs backwards in the log, so it is found by halves, without an index.
        """
        low, high = 1, self.last() + 1
        young = high
        while low < high:
            middle = (low + high) // 2
            with self._lock:
                seq, received = self._connection.execute(
                    "SELECT seq, received FROM entries WHERE seq >= ? ORDER BY seq LIMIT 1",
                    (middle,),
                ).fetchone()
            if received < micros(when):
                low = seq + 1
            else:
                high, young = middle, seq
        return int(young) - 1

    def beyond(self, size: int) -> int:
        """The last entry that must go for the newest to fit into so many bytes, 0 for none."""
        with self._lock:
            for number, length in self._connection.execute(
                "SELECT seq, LENGTH(entry) FROM entries ORDER BY seq DESC"
            ):
                size -= length
                if size < 0:
                    return int(number)
        return 0

    def drop(self, upto: int, keep: Iterable[int], now: datetime) -> int:
        """How many entries up to `upto` have been dropped, all but those to `keep`.

        That they lie in the snapshot is noted before the first goes. The bytes are overwritten;
        their room is used again. Raises SourceError when the disk refuses.
        """
        kept = set(keep)
        with self._lock:
            try:
                self._connection.execute("PRAGMA secure_delete = ON")
                self._connection.execute(
                    "INSERT OR IGNORE INTO trims (upto, at) VALUES (?, ?)", (upto, micros(now))
                )
                rows = self._connection.execute("SELECT seq FROM entries WHERE seq <= ?", (upto,))
                going = [row for row in rows.fetchall() if row[0] not in kept]
                for first in range(0, len(going), _AT_ONCE):
                    self._connection.execute("BEGIN IMMEDIATE")
                    self._connection.executemany(
                        "DELETE FROM entries WHERE seq = ?", going[first : first + _AT_ONCE]
                    )
                    self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise SourceError(
                    f"The wire log {self._path} could not be trimmed: {error}. Nothing was lost; "
                    "it is tried again."
                ) from error
        return len(going)

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        with self._lock:
            self._connection.close()
