"""What a running newsroom writes: sentences for people, or a JSON object a line for machines."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from wirecopy.database import read_only

_DELIVERIES = (
    "SELECT seq, received, source, name, kind, (SELECT reason FROM outcomes WHERE "
    "outcomes.seq = deliveries.seq AND reason <> '' LIMIT 1) FROM deliveries "
    "WHERE seq BETWEEN ? AND ? ORDER BY seq"
)


class RunLog:
    """Writes through `say`, from any thread.

    As text, what is worth a person's eye is a sentence, and deliveries are not told of. As JSON,
    every delivery is a line too, once its outcome is known.
    """

    def __init__(
        self,
        form: Literal["text", "json"],
        say: Callable[[str], None],
        archive: Path,
        now: Callable[[], datetime],
    ) -> None:
        self._form = form
        self._out = say
        self._archive = archive
        self._now = now
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def say(self, text: str) -> None:
        """Write one sentence."""
        if self._form == "text":
            self._out(text)
        else:
            self._write({"at": self._now(), "event": "notice", "text": text})

    def filed(self, seqs: Sequence[int]) -> None:
        """Write one line for each of these log entries that is a delivery, with its outcome."""
        if self._form == "text" or not seqs:
            return
        if self._connection is None:
            self._connection = read_only(self._archive)
        rows = self._connection.execute(_DELIVERIES, (min(seqs), max(seqs))).fetchall()
        for seq, received, source, name, kind, reason in rows:
            late = round(self._now().timestamp() - received / 1_000_000, 3)
            line = {
                "at": self._now(),
                "event": "delivery",
                "seq": seq,
                "source": source,
                "name": name,
                "outcome": kind,
                "seconds": late,
            }
            self._write({**line, "reason": reason} if reason else line)

    def _write(self, line: dict[str, object]) -> None:
        with self._lock:
            self._out(msgspec.json.encode(line).decode())

    def close(self) -> None:
        """Release the archive. From the thread that called `filed`."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
