"""A copy of a newsroom while it runs, and putting one back."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from wirecopy import __version__
from wirecopy.database import legible, read_only
from wirecopy.errors import ConfigError, SourceError
from wirecopy.intake.notebook import NAME
from wirecopy.pressroom import ARCHIVE
from wirecopy.recovery import LOG, SNAPSHOT
from wirecopy.settings import BACKUP, CONFIG, PROFILES, VOCABULARY, is_ours, read_config

NOTEBOOK = Path("data", NAME)
DATABASES = (NOTEBOOK, ARCHIVE, LOG, SNAPSHOT)
"""In the order in which they are copied: the log after what must not be ahead of it, and the
snapshot after the log, which it must not be behind."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup is: when it was made, how far its log goes, and its files' digests."""

    made: datetime
    program: str
    log_entries: int
    filed_entries: int
    sha256: dict[str, str]


def backup(folder: Path, target: Path, now: datetime) -> Manifest:
    """Copy the newsroom into `target`, which is not there yet; it may be running meanwhile.

    The copy is whole or not there at all. Raises ConfigError or SourceError.
    """
    if target.exists():
        raise ConfigError(f"{target} already exists; name a folder that does not.")
    place, root = target.resolve(), folder.resolve()
    written = {root / "theme", root / PROFILES}
    if is_ours(place, root) or written & set(place.parents):
        raise ConfigError(
            f"{target} lies among the newsroom's own files, which a backup is there to outlive: "
            "name a folder outside of it, best on another disk."
        )
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(mode=0o700, parents=True)
        manifest = _copied(folder, part, now)
        (part / BACKUP).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        _sync(part)
        part.rename(target)
    except (OSError, sqlite3.DatabaseError) as error:
        shutil.rmtree(part, ignore_errors=True)
        raise SourceError(f"The backup could not be made: {error}. Nothing was changed.") from error
    return manifest


def _copied(folder: Path, part: Path, now: datetime) -> Manifest:
    (part / "data").mkdir()
    for name in DATABASES:
        if (folder / name).exists():
            _copy_database(folder / name, part / name)
    shutil.copy2(folder / CONFIG, part / CONFIG)
    if (folder / VOCABULARY).exists():
        shutil.copy2(folder / VOCABULARY, part / VOCABULARY)
    for own in ("theme", PROFILES):
        if (folder / own).is_dir():
            shutil.copytree(folder / own, part / own)
    _copy_card_font(folder, part)
    files = sorted(path for path in part.rglob("*") if path.is_file())
    return Manifest(
        made=now,
        program=__version__,
        log_entries=number_of(part / LOG, "SELECT MAX(seq) FROM entries"),
        filed_entries=number_of(part / ARCHIVE, "SELECT MAX(seq) FROM deliveries"),
        sha256={path.relative_to(part).as_posix(): _digest(path) for path in files},
    )


def _copy_card_font(folder: Path, part: Path) -> None:
    """Copy the font for cards, where it lies in the newsroom: without it nothing starts."""
    try:
        named = read_config(folder, os.environ).pictures.card_font
    except ConfigError:
        return  # settings that do not hold name none; they are backed up as they are
    font = (folder / named).resolve()
    if named and font.is_relative_to(folder.resolve()) and font.is_file():
        target = part / font.relative_to(folder.resolve())
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(font, target)


def _copy_database(source: Path, target: Path) -> None:
    """One moment of the database, however busy it is, in a file of its own without a journal."""
    with legible(), closing(read_only(source, timeout=30)) as old:
        if (verdict := old.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(f"{source} is damaged ({verdict})")
        with closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")


def number_of(path: Path, question: str) -> int:
    """What a database answers to a question for one number, 0 where it is not there or empty."""
    if not path.exists() or not path.stat().st_size:  # an empty file is a database without tables
        return 0
    with legible(), closing(read_only(path)) as database:
        return int(database.execute(question).fetchone()[0] or 0)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        fd = os.open(path, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def restore(source: Path, folder: Path) -> Manifest:
    """Put a backup back into a folder that holds no newsroom; the site is baked at the start.

    Every file is held against its digest before the first is written. Raises ConfigError.
    """
    manifest = _manifest(source)
    for taken in (CONFIG, LOG, ARCHIVE):
        if (folder / taken).exists():
            raise ConfigError(f"{folder} holds a newsroom already; restore into a new folder.")
    for name, digest in manifest.sha256.items():
        if not _is_whole(source / name, digest):
            raise ConfigError(
                f"{source / name} is not what was backed up: it has been changed or is damaged. "
                "Use another backup."
            )
    try:
        for name in manifest.sha256:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target)
        _sync(folder / "data")
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written: {error.strerror}.") from error
    return manifest


def _is_whole(path: Path, digest: str) -> bool:
    try:
        return path.is_file() and _digest(path) == digest
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read ({error.strerror or error}); restore as the user who made it."
        ) from error


def _manifest(source: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode((source / BACKUP).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigError(f"{source} is not a backup of a newsroom.") from error
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in manifest.sha256):
        raise ConfigError(f"{source} names files outside of itself; it is not one of our backups.")
    return manifest
