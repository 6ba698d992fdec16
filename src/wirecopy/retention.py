"""Trimming the log: what is old goes out of it, and lies in a snapshot of the archive.

The snapshot is made of the log alone: of the snapshot before it and the entries that are to go, as
a rebuild would file them. So a rebuild that begins with it gives what the whole log would have
given. It is on disk, whole and checked, before the first entry is dropped.
"""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from wirecopy.archive.ledger import quarantined
from wirecopy.archive.sqlite import SqliteArchive
from wirecopy.config import Config, duration
from wirecopy.database import read_only
from wirecopy.errors import ConfigError, SourceError
from wirecopy.filing import Filer
from wirecopy.leases import at_work
from wirecopy.log.sqlite import SqliteLog
from wirecopy.model import LogEntry
from wirecopy.pressroom import ARCHIVE
from wirecopy.readers import OwnReader
from wirecopy.recovery import LOG, SNAPSHOT, check_snapshot, synced
from wirecopy.wiring import open_archive

_PART = Path("data", ".snapshot.part")
_LEAST = timedelta(days=1)
"""What is younger is never dropped, however large it is."""
# The first condition is that of an index: all live stories would be walked through without it.
_WAITED_FOR = (
    "SELECT items.seq FROM stories JOIN items ON items.story = stories.id "
    "WHERE stories.state <> 'live' AND stories.state IN ('held', 'embargoed')"
)

Progress = Callable[[int], None]


class Trimmed(msgspec.Struct, frozen=True, kw_only=True):
    """What was trimmed: up to which entry, how many went, how many a person still waits for."""

    upto: int
    dropped: int
    kept: int
    """Old entries that stay: their copy is in quarantine, held or under embargo."""


def trim(
    folder: Path, config: Config, now: datetime, progress: Progress = lambda _: None
) -> Trimmed:
    """Drop from the log what is older or more than the settings keep; it may run meanwhile.

    Raises ConfigError when the settings keep all, SourceError when something refuses; nothing has
    been dropped then that does not lie in the snapshot.
    """
    if not config.log.keep and not config.log.most_mb:
        raise ConfigError('[log] keeps everything. Set how long, such as keep = "400d".')
    with at_work(folder), _alone(folder), closing(SqliteLog(folder / LOG)) as log:
        filed, waited_for = _filed(folder / ARCHIVE)
        # The last entry always stays: the log's time goes on from it.
        upto = max(log.start(), min(_wanted(log, config, now), filed, log.last() - 1))
        if not upto:
            return Trimmed(upto=0, dropped=0, kept=0)
        if _position(folder / SNAPSHOT) < upto:
            _make_snapshot(folder, config, log, upto, progress)
        check_snapshot(folder, upto, config)
        kept = {seq for seq in waited_for if seq <= upto}
        dropped = log.drop(upto, kept, now)
    return Trimmed(upto=upto, dropped=dropped, kept=len(kept))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time trim."""
    with (folder / "data" / "trimming").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ConfigError("The log is being trimmed already; nothing is left to do.") from error
        yield


def _filed(path: Path) -> tuple[int, list[int]]:
    """How far the newsroom's archive has filed, and the entries whose bytes are waited for."""
    try:
        with closing(read_only(path)) as archive:
            filed = archive.execute("SELECT value FROM meta WHERE name = 'position'").fetchone()
            waited_for = [row[0] for row in archive.execute(_WAITED_FOR)]
            waited_for += [row.seq for row in quarantined(archive)]
    except sqlite3.DatabaseError as error:
        raise SourceError(
            f"{path} cannot be read ({error}), so nothing is dropped. Run `wirecopy rebuild` first."
        ) from error
    return int(filed[0]) if filed else 0, waited_for


def _wanted(log: SqliteLog, config: Config, now: datetime) -> int:
    """The last entry that the settings let go."""
    wanted = 0
    if config.log.keep:
        wanted = log.before(now - duration(config.log.keep))
    if config.log.most_mb:
        beyond = log.beyond(config.log.most_mb * 1_000_000)
        wanted = max(wanted, min(beyond, log.before(now - _LEAST)))
    return wanted


def _position(path: Path) -> int:
    """How far a snapshot goes, 0 when there is none that can be read."""
    try:
        with closing(read_only(path)) as snapshot:
            row = snapshot.execute("SELECT value FROM meta WHERE name = 'position'").fetchone()
    except sqlite3.DatabaseError:
        return 0
    return int(row[0]) if row else 0


def _make_snapshot(
    folder: Path, config: Config, log: SqliteLog, upto: int, progress: Progress
) -> None:
    """Put the snapshot of the log up to an entry in the place of the one before it."""
    part = folder / _PART
    _clear(part)
    try:
        if log.start():
            check_snapshot(folder, log.start(), config)
            shutil.copyfile(folder / SNAPSHOT, part)
        _carry(part, config, log, upto, progress)
        synced(part)
        part.rename(folder / SNAPSHOT)
        synced(part.parent)
    except (OSError, sqlite3.DatabaseError) as error:
        raise SourceError(
            f"The snapshot could not be made: {error}. Nothing was dropped from the log; free disk "
            "space and it is made the next time."
        ) from error
    finally:
        _clear(part)


def _clear(part: Path) -> None:
    for path in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
        path.unlink(missing_ok=True)


def _carry(part: Path, config: Config, log: SqliteLog, upto: int, progress: Progress) -> None:
    """File the log up to an entry into the archive in that file, and leave it without a journal."""
    archive = open_archive(part, config)
    try:
        filer, reader = Filer(archive, config), OwnReader(config)
        while entries := _next(log, archive, config.pipeline.batch, upto):
            filer.file(entries, list(reader.read(entries)), after=archive.position())
            progress(entries[-1].seq)
        if archive.position() != upto:
            raise SourceError(
                f"The log lacks entries before {upto}, so it is not trimmed. `wirecopy doctor` "
                "says more."
            )
        archive.connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        archive.close()


def _next(log: SqliteLog, archive: SqliteArchive, batch: int, upto: int) -> list[LogEntry]:
    """The next entries that are to go."""
    found = log.after(archive.position(), batch)
    return [entry for entry in found if entry.seq <= upto]
