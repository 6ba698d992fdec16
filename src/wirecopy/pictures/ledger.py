"""The ledger of pictures: what became of each address, and the files that were made of it.

With the log it is what a site is made from: pages depend on what is written down here, never on
what an agency's server happens to answer today. A file lies under the hash of its original.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from wirecopy.database import micros, moment, open_database, read_only
from wirecopy.errors import SourceError
from wirecopy.pictures.nouns import NO_LABEL, Cut, Developed, Facts, Label, Print

CARD = "card:"
"""What the address of a card begins with; its order's words follow. Cards wait for pictures."""
_CARDS_END = f"{CARD}\uffff"
_CARDS, _PICTURES = ((CARD, _CARDS_END),), ((_CARDS_END, "\U0010ffff"), ("", CARD))
"""Between which words addresses lie."""
_WANTED = "SELECT url FROM facts WHERE outcome IN ('wanted', 'failed') AND "
_NEW = f"{_WANTED} again = 0 AND url >= ? AND url < ? ORDER BY url LIMIT ?"
_AGAIN = f"{_WANTED} again BETWEEN 1 AND ? AND url >= ? AND url < ? ORDER BY again, url LIMIT ?"
_NEXT_DUE = "SELECT MIN(at) FROM dues"
_DUE = "SELECT story FROM dues WHERE at <= ? LIMIT 500"
"""All go along an index: what many stories wait for is neither gone through nor sorted."""
_MIMES = {
    "jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "png": "image/png",
}  # fmt: skip
_KNOWN = 4000
"""Facts kept at hand."""
_read = msgspec.msgpack.Decoder(Facts).decode
_label = msgspec.msgpack.Decoder(Label).decode


class Ledger:
    """Facts and files under one folder. Safe to use from several threads."""

    def __init__(self, folder: Path, *, readonly: bool = False) -> None:
        self.folder = folder
        self.readonly = readonly
        path = folder / "pictures.db"
        if readonly:
            self._connection = read_only(path)
        else:
            self._connection = open_database(path, "pictures")
            # A note that a power cut takes is made again: the picture is fetched once more.
            self._connection.execute("PRAGMA synchronous = NORMAL")
        self._lock = threading.RLock()
        self._known: dict[str, Facts | None] = {}
        self._noted: set[tuple[str, str]] = set()
        self._wants: dict[tuple[str, str], tuple[bool, bytes]] = {}
        self._version = 0
        self._none_shown = False
        self.renewed()

    def renewed(self) -> bool:
        """Whether another process has written to the ledger since; what was known is forgotten."""
        version = self._all("PRAGMA data_version")[0][0]
        if version == self._version:
            return False
        with self._lock:
            self._version = version
            self._known.clear()
            self._none_shown = not self._all("SELECT 1 FROM shown LIMIT 1")
        return True

    # -- facts -------------------------------------------------------------------------

    def facts(self, url: str) -> Facts | None:
        """What became of this address; None while nobody has asked for it."""
        with self._lock:
            if url not in self._known:
                if len(self._known) >= _KNOWN:
                    self._known.clear()
                row = self._one("SELECT facts FROM facts WHERE url = ?", url)
                self._known[url] = _read(row[0]) if row and row[0] else None
            return self._known[url]

    def want(self, story: str, url: str, *, private: bool, label: Label = NO_LABEL) -> None:
        """Note that a story shows the picture at this address, and what the wire says of it.

        `write_wants` writes it down.
        """
        if (url, story) in self._noted:
            return
        with self._lock:
            if len(self._noted) >= _KNOWN:
                self._noted.clear()
            self._noted.add((url, story))
            if not self._one("SELECT 1 FROM uses WHERE url = ? AND story = ?", url, story):
                packed = b"" if label == NO_LABEL else msgspec.msgpack.encode(label)
                self._wants[url, story] = private, packed

    def write_wants(self) -> None:
        """Write down what stories want since the last time, in one transaction.

        Raises SourceError when the disk refuses; then they stay for the next time.
        """
        if not self._wants:
            return
        with self._lock:
            self._run("BEGIN IMMEDIATE")
            self._many(
                "INSERT OR IGNORE INTO facts VALUES (?, 'wanted', 0, x'', 0)",
                [(url,) for url, _ in self._wants],
            )
            self._many(
                "INSERT OR IGNORE INTO uses VALUES (?, ?, ?, ?)",
                [(*names, *said) for names, said in self._wants.items()],
            )
            self._run("COMMIT")
            self._wants.clear()

    def wanted(self, now: datetime, limit: int = 1, *, cards_alone: bool = False) -> list[str]:
        """The next addresses to fetch, pictures before cards, or cards alone; new ones first."""
        found: list[str] = []
        for first, end in _CARDS if cards_alone else (*_PICTURES, *_CARDS):
            for statement, values in ((_NEW, ()), (_AGAIN, (micros(now),))):
                if len(found) < limit:
                    rows = self._all(statement, *values, first, end, limit - len(found))
                    found += [row[0] for row in rows]
        return found

    def use_of(self, url: str) -> tuple[bool, Label]:
        """Whether the address may be a private one, and what the wire says of its picture.

        Of several stories that show it, every one must allow the former, and the first that says
        anything says the latter.
        """
        rows = self._all(
            "SELECT private, label FROM uses WHERE url = ? ORDER BY label = x'', story", url
        )
        private = bool(rows) and all(row[0] for row in rows)
        return private, _label(rows[0][1]) if rows and rows[0][1] else NO_LABEL

    def record(self, url: str, facts: Facts, again: datetime) -> None:
        """Write down what became of an address; the stories that show it are changed."""
        packed = msgspec.msgpack.encode(facts)
        with self._lock:
            self._run("BEGIN IMMEDIATE")
            self._run(
                "REPLACE INTO facts VALUES (?, ?, ?, ?, ?)",
                url,
                facts.outcome,
                micros(again),
                packed,
                url.startswith(CARD),
            )
            if facts.outcome != "failed" or facts.tries == 1:
                self._change(url)
            self._run("COMMIT")
            self._known.pop(url, None)

    def _change(self, url: str) -> None:
        """Note that the stories which show this address look different now."""
        self._run(
            "INSERT INTO changed SELECT story, ? FROM uses WHERE url = ? "
            "ON CONFLICT (story) DO UPDATE SET lists = MAX(lists, excluded.lists)",
            not url.startswith(CARD),
            url,
        )

    # -- AVIF --------------------------------------------------------------------------

    def without_avif(self) -> str:
        """The newest picture of which no AVIF has been made yet; "" when there is none."""
        row = self._one(
            "SELECT url FROM facts WHERE outcome = 'kept' AND avif = 0 "
            "ORDER BY again DESC, url LIMIT 1"
        )
        return str(row[0]) if row else ""

    def add_avif(self, url: str, made: Developed | None) -> None:
        """Keep these further renditions; None says that there will be none."""
        facts = self.facts(url)
        more = tuple(self._file(facts.sha256, one) for one in made.prints) if facts and made else ()
        with self._lock:
            self._run("BEGIN IMMEDIATE")
            self._run("UPDATE facts SET avif = 1 WHERE url = ?", url)
            if facts and more:
                facts = msgspec.structs.replace(facts, cuts=(*facts.cuts, *more))
                packed = msgspec.msgpack.encode(facts)
                self._run("UPDATE facts SET facts = ? WHERE url = ?", packed, url)
                self._change(url)
            self._run("COMMIT")
            self._known.pop(url, None)

    def original(self, facts: Facts) -> bytes | None:
        """The bytes that were fetched; None when somebody has deleted their file."""
        return self._bytes(facts, "original")

    # -- files -------------------------------------------------------------------------

    def keep(self, body: bytes, made: Developed) -> Facts:
        """The facts of a picture whose original and renditions are on disk now."""
        digest = hashlib.sha256(body).hexdigest()
        cuts = tuple(self._file(digest, one) for one in made.prints)
        self._write(f"{digest}/original", body)
        return Facts(outcome="kept", sha256=digest, said=made.said, focus=made.focus, cuts=cuts)

    def keep_card(self, words: bytes, card: Print) -> Facts:
        """The facts of a card, which lies under the hash of its words."""
        digest = hashlib.sha256(words).hexdigest()
        return Facts(outcome="kept", sha256=digest, cuts=(self._file(digest, card),))

    def _file(self, digest: str, one: Print) -> Cut:
        shape = f"{one.width}x{one.height}.{one.crop}" if one.crop else f"{one.width}"
        name = f"{shape}.{one.kind}"
        self._write(f"{digest}/{name}", one.body)
        return Cut(
            path=f"pictures/{digest[:20]}-{name}",
            width=one.width,
            height=one.height,
            mime=_MIMES[one.kind],
            size=len(one.body),
            crop=bool(one.crop),
        )

    def _write(self, name: str, body: bytes) -> None:
        path = self.folder / name[:2] / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.half")
        half.write_bytes(body)
        half.replace(path)

    def read(self, facts: Facts, cut: Cut) -> bytes | None:
        """A rendition's bytes; None when somebody has deleted its file."""
        return self._bytes(facts, cut.path.rpartition("-")[2])

    def _bytes(self, facts: Facts, name: str) -> bytes | None:
        try:
            return (self.folder / facts.sha256[:2] / facts.sha256 / name).read_bytes()
        except OSError:
            return None

    # -- pages -------------------------------------------------------------------------

    def put(self, story: str, paths: Sequence[str]) -> None:
        """Note which files the story's page shows, and of the others which no page shows now."""
        if not paths and self._none_shown:
            return
        with self._lock:
            self._none_shown = False
            before = {row[0] for row in self._all("SELECT path FROM shown WHERE story = ?", story)}
            if before == set(paths):
                return
            new, left = sorted(set(paths) - before), sorted(before - set(paths))
            self._run("BEGIN IMMEDIATE")
            self._many("INSERT INTO shown VALUES (?, ?)", [(path, story) for path in new])
            self._many("DELETE FROM shown WHERE path = ? AND story = ''", [(p,) for p in new])
            self._many("DELETE FROM shown WHERE path = ? AND story = ?", [(p, story) for p in left])
            self._many(
                "INSERT INTO shown SELECT ?1, '' WHERE NOT EXISTS "
                "(SELECT 1 FROM shown WHERE path = ?1)",
                [(path,) for path in left],
            )
            self._run("COMMIT")

    def unshown(self) -> tuple[str, ...]:
        """The files that no page shows any more, until `swept` is told that they are gone."""
        rows = self._all("SELECT path FROM shown WHERE story = '' ORDER BY path")
        return tuple(row[0] for row in rows)

    def swept(self, paths: Sequence[str]) -> None:
        """Note that these files are gone from the site, for good."""
        with self._lock:
            self._many("DELETE FROM shown WHERE path = ? AND story = ''", [(p,) for p in paths])

    def due(self, story: str, at: datetime | None) -> None:
        """Note when a story's picture comes or must be taken down; None takes a note back."""
        due = None if at is None else micros(at)
        with self._lock:
            row = self._one("SELECT at FROM dues WHERE story = ?", story)
            if due == (row[0] if row else None):
                return
            if due is None:
                self._run("DELETE FROM dues WHERE story = ?", story)
            else:
                self._run("REPLACE INTO dues VALUES (?, ?)", story, due)

    def next_due(self) -> datetime | None:
        """When the next picture comes or must be taken down; None when none does."""
        row = self._one(_NEXT_DUE)
        return moment(row[0]) if row and row[0] is not None else None

    def changed(self, now: datetime | None) -> dict[str, bool]:
        """Stories whose pictures have come, gone or run out, and whether lists show the change."""
        self.renewed()
        rows = self._all("SELECT story, lists FROM changed LIMIT 500")
        found = {str(story): bool(lists) for story, lists in rows}
        if now is not None:
            due = self._all(_DUE, micros(now))
            found |= dict.fromkeys((str(row[0]) for row in due), True)
        return found

    def forget_changes(self, stories: Sequence[str], now: datetime | None) -> None:
        """Let go of what `changed` said of these stories: their pages have been marked."""
        with self._lock:
            self._many("DELETE FROM changed WHERE story = ?", [(story,) for story in stories])
            if now is not None:
                self._many(
                    "DELETE FROM dues WHERE story = ? AND at <= ?",
                    [(story, micros(now)) for story in stories],
                )

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        self._connection.close()

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise self._refused(error) from error

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise self._refused(error) from error

    def _refused(self, error: sqlite3.Error) -> SourceError:
        """The error in the operator's words; what had been begun is taken back."""
        if self._connection.in_transaction:
            self._connection.rollback()
        return SourceError(
            f"The picture ledger in {self.folder} refused a change: {error}. Free disk space or "
            "mend its permissions; if it is damaged, delete the folder and all is fetched again."
        )

    def _one(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        with self._lock:
            found: tuple[Any, ...] | None = self._run(statement, *values).fetchone()
            return found

    def _all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._run(statement, *values).fetchall()
