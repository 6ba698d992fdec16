"""What can be made again, and of what: checked before anything is thrown away.

Archive and site come from the log; what a trimmed log lacks comes from the snapshot beside it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from wirecopy.config import Config
from wirecopy.database import legible, open_database, read_only
from wirecopy.errors import ConfigError, SourceError
from wirecopy.leases import Lease
from wirecopy.pressroom import ARCHIVE

LOG = Path("data", "log.db")
SNAPSHOT = Path("data", "snapshot.db")
"""The archive as it was where a trimmed log begins."""


def check_log(folder: Path, config: Config) -> None:
    """Return when archive and site may be thrown away, as the log can give them back.

    SourceError when it is damaged; ConfigError when it is empty beside an archive that is not.
    """
    path = folder / LOG
    with closing(open_database(path, "log")) as log:
        try:
            verdict = log.execute("PRAGMA quick_check(1)").fetchone()[0]
            last = log.execute("SELECT MAX(seq) FROM entries").fetchone()[0]
            start = log.execute("SELECT MAX(upto) FROM trims").fetchone()[0]
        except sqlite3.DatabaseError as error:
            verdict, last, start = str(error), None, None
    if verdict != "ok":
        raise SourceError(
            f"{path} is damaged ({verdict}). Put the last copy of it back; archive and site have "
            "been left as they are."
        )
    if start:
        check_snapshot(folder, start, config)
    if last is None and _holds_stories(folder / ARCHIVE):
        raise ConfigError(
            f"{path} is empty, so nothing could be made from it. Put your copy of the log back; "
            "archive and site have been left as they are."
        )


def _holds_stories(archive: Path) -> bool:
    """Whether there is an archive that anything was filed in, or one that cannot be read."""
    if not archive.exists():
        return False
    try:
        with legible(), closing(read_only(archive)) as connection:
            return connection.execute("SELECT 1 FROM deliveries LIMIT 1").fetchone() is not None
    except sqlite3.DatabaseError:
        return True


def check_snapshot(folder: Path, start: int, config: Config) -> None:
    """Return when the snapshot holds all that the log lacks; SourceError or ConfigError if not."""
    path = folder / SNAPSHOT
    words = "The log has been trimmed, so nothing can be made from it without this file: put your"
    try:
        with legible(), closing(read_only(path)) as snapshot:
            verdict = snapshot.execute("PRAGMA quick_check(1)").fetchone()[0]
            known = dict(snapshot.execute("SELECT name, value FROM meta"))
    except sqlite3.DatabaseError as error:
        verdict, known = str(error), {}
    if verdict != "ok" or int(known.get("position", 0)) < start:
        why = "is older than the log beside it" if verdict == "ok" else f"is damaged ({verdict})"
        why = why if path.exists() else "is not there"
        raise SourceError(f"{path} {why}. {words} copy of it and of the log back.")
    if known.get("zone") != config.site.timezone:
        raise ConfigError(
            f"site.timezone is {config.site.timezone!r}, but the snapshot beside the trimmed log "
            f"was made with {known.get('zone')!r}, and its days cannot be cut anew. Set it back."
        )


def begin_at_snapshot(folder: Path, start: int, config: Config) -> None:
    """Put the snapshot of a trimmed log in the place of an archive that is not there."""
    archive, part = folder / ARCHIVE, folder / "data" / ".archive.part"
    if not start or archive.exists():
        return
    with Lease(folder / "data" / "lease"):
        if archive.exists():  # somebody else has been quicker
            return
        check_snapshot(folder, start, config)
        try:
            shutil.copyfile(folder / SNAPSHOT, part)
            synced(part)
            part.rename(archive)
            synced(archive.parent)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise SourceError(
                f"{archive} cannot be made from the snapshot: {error.strerror}. Free disk space or "
                "mend the folder's permissions, then type this again."
            ) from error


def forget(folder: Path) -> None:
    """Delete the archive, which can be made again from the log.

    The site stays for its readers until it is baked anew; what is no page of it goes then.
    """
    # The journal first: one that outlives its database would be replayed into the next.
    for name in ("archive.db-wal", "archive.db-shm", "archive.db"):
        (folder / "data" / name).unlink(missing_ok=True)


def synced(path: Path) -> None:
    """Return once the file, or the names in the folder, survive a power cut."""
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
