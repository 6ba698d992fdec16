"""Caring for a newsroom: a copy of it while it runs, putting one back, and looking for trouble."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import msgspec

from wirecopy import __version__
from wirecopy.config import Config
from wirecopy.database import legible, moment
from wirecopy.errors import ConfigError, SourceError, WirecopyError
from wirecopy.intake.credentials import Vault
from wirecopy.intake.notebook import NAME
from wirecopy.pressroom import ARCHIVE, PICTURES
from wirecopy.recovery import SNAPSHOT, check_snapshot
from wirecopy.settings import CONFIG, PROFILES, VOCABULARY, is_ours, read_config

LOG = Path("data", "log.db")
NOTEBOOK = Path("data", NAME)
MANIFEST = "backup.json"
_DATABASES = (NOTEBOOK, ARCHIVE, LOG, SNAPSHOT)
"""In the order in which they are copied: the log after what must not be ahead of it, and the
snapshot after the log, which it must not be behind."""
_LEDGER = PICTURES / "pictures.db"
_LEAST_FREE = 1_000_000_000
_LEAST_PART = 0.03
_AHEAD = timedelta(minutes=2)


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup is: when it was made, how far its log goes, and its files' digests."""

    made: datetime
    program: str
    log_entries: int
    filed_entries: int
    sha256: dict[str, str]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that `doctor` looked at."""

    what: str
    state: Literal["ok", "look", "bad"]
    said: str
    mend: Callable[[], str] | None = None
    """Mends it without any loss, and says what it did; None when a person must."""


# -- backup ----------------------------------------------------------------------------


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
        (part / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        _sync(part)
        part.rename(target)
    except (OSError, sqlite3.DatabaseError) as error:
        shutil.rmtree(part, ignore_errors=True)
        raise SourceError(f"The backup could not be made: {error}. Nothing was changed.") from error
    return manifest


def _copied(folder: Path, part: Path, now: datetime) -> Manifest:
    (part / "data").mkdir()
    for name in _DATABASES:
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
        log_entries=_number(part / LOG, "SELECT MAX(seq) FROM entries"),
        filed_entries=_number(part / ARCHIVE, "SELECT MAX(seq) FROM deliveries"),
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
    uri = f"file:{source}?mode=ro"
    with legible(), closing(sqlite3.connect(uri, uri=True, timeout=30)) as old:
        if (verdict := old.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(f"{source} is damaged ({verdict})")
        with closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")


def _number(path: Path, question: str) -> int:
    if not path.exists() or not path.stat().st_size:  # an empty file is a database without tables
        return 0
    with legible(), closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
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
        if not (source / name).is_file() or _digest(source / name) != digest:
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


def _manifest(source: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode((source / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigError(f"{source} is not a backup of a newsroom.") from error
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in manifest.sha256):
        raise ConfigError(f"{source} names files outside of itself; it is not one of our backups.")
    return manifest


# -- doctor ----------------------------------------------------------------------------


def examine(folder: Path, environ: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    """What there is to say of a newsroom: its settings, disk, files, clock and sources.

    Only looks; a finding's `mend` is what changes something.
    """
    try:
        config = read_config(folder, environ)
    except ConfigError as error:
        yield Finding(what="settings", state="bad", said=str(error))
        return
    yield Finding(what="settings", state="ok", said=f"{len(config.sources)} sources")
    yield _disk(folder)
    yield from _permissions(folder)
    yield from _databases(folder, config)
    yield _clock(folder, now)
    yield from _sources(folder, config, environ)


def _disk(folder: Path) -> Finding:
    usage = shutil.disk_usage(folder)
    said = f"{usage.free / 1e9:.1f} GB free"
    if usage.free < min(_LEAST_FREE, usage.total * _LEAST_PART):
        return Finding(
            what="disk", state="bad", said=f"{said}: free some, or nothing more can be taken in"
        )
    return Finding(what="disk", state="ok", said=said)


def _permissions(folder: Path) -> Iterator[Finding]:
    for name in ("data", "site"):
        path = folder / name
        if path.exists() and not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            said = f"{path} cannot be written by this user: change its owner or its rights"
            yield Finding(what=name, state="bad", said=said)
        for part in path.glob(".*.part") if path.exists() else ():
            yield Finding(
                what=name,
                state="look",
                said=f"{part} was left behind by something that was interrupted",
                mend=lambda part=part: _removed(part),  # type: ignore[misc]  # mypy: a default in a lambda
            )


def _removed(path: Path) -> str:
    path.unlink(missing_ok=True)
    return f"removed {path}"


_HELP = {
    SNAPSHOT: "put the last copy of it and of the log back (`wirecopy restore`)",
    LOG: "stop the newsroom and put the last copy of it back (`wirecopy restore`)",
    ARCHIVE: "stop the newsroom and type `wirecopy rebuild`",
    NOTEBOOK: "it is begun anew: sources are asked afresh",
    _LEDGER: "stop the newsroom and delete data/pictures; the pictures are fetched again",
}


def _databases(folder: Path, config: Config) -> Iterator[Finding]:
    for name in (*_DATABASES, _LEDGER):
        path = folder / name
        if not path.exists() and name == SNAPSHOT:
            continue
        if not path.exists():
            yield Finding(what=name.name, state="ok", said="not there yet")
            continue
        verdict = _verdict(path)
        mend = (lambda path=path: _aside(path)) if name == NOTEBOOK else None
        if verdict != "ok":
            said = f"damaged ({verdict}): {_HELP[name]}"
            yield Finding(what=name.name, state="bad", said=said, mend=mend)
        else:
            yield Finding(what=name.name, state="ok", said=f"{path.stat().st_size / 1e6:.1f} MB")
    yield from _together(folder, config)


def _verdict(path: Path) -> str:
    try:
        uri = f"file:{path}?mode=ro"
        with legible(), closing(sqlite3.connect(uri, uri=True, timeout=5)) as database:
            return str(database.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)


def _aside(path: Path) -> str:
    path.replace(path.with_name(f"{path.name}.damaged"))
    return f"set {path} aside"


def _together(folder: Path, config: Config) -> Iterator[Finding]:
    """Whether log and archive belong together, and every entry of the log can be read."""
    try:
        last = _number(folder / LOG, "SELECT MAX(seq) FROM entries")
        filed = _number(folder / ARCHIVE, "SELECT MAX(seq) FROM deliveries")
        start = _start(folder / LOG)
        held = _number(folder / LOG, f"SELECT COUNT(*) FROM entries WHERE seq > {start}")  # noqa: S608 - a number
        if start:
            check_snapshot(folder, start, config)
    except sqlite3.DatabaseError:
        return  # told already
    except WirecopyError as error:
        yield Finding(what="log and snapshot", state="bad", said=str(error))
        return
    if filed > last:
        said = "the archive knows more than the log beside it: put the right log back"
        yield Finding(what="log and archive", state="bad", said=said)
    elif held != last - start:
        said = f"{last - start - held} entries are missing in the log: put the last copy of it back"
        yield Finding(what="log and archive", state="bad", said=said)
    else:
        said = (
            f"{held} entries, {start} before them in the snapshot" if start else f"{held} entries"
        )
        yield Finding(what="log and archive", state="ok", said=said)


def _start(log: Path) -> int:
    """How far the log has been trimmed; one that an older program made never has been."""
    trims = _number(log, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'trims'")
    return _number(log, "SELECT MAX(upto) FROM trims") if trims else 0


def _clock(folder: Path, now: datetime) -> Finding:
    """The machine's clock beside the log's, which never runs backwards."""
    try:
        micros = _number(folder / LOG, "SELECT MAX(received) FROM entries")
    except sqlite3.DatabaseError:
        micros = 0
    if micros and moment(micros) > now + _AHEAD:
        said = (
            f"the log's last entry is from {moment(micros).isoformat(' ', 'seconds')}, which is "
            "still to come: set the machine's clock; until then all copy gets that time, and "
            "embargoes end by the clock"
        )
        return Finding(what="clock", state="bad", said=said)
    return Finding(what="clock", state="ok", said=now.isoformat(" ", "seconds"))


def _sources(folder: Path, config: Config, environ: Mapping[str, str]) -> Iterator[Finding]:
    vault = Vault(folder, environ)
    for source in config.sources:
        what = f"source {source.name}"
        login, push = source.login, source.push
        places = (login.password, login.token, login.key, push.token, push.secret)
        try:
            for place in filter(None, places):
                vault.secret(place)
            vault.tls(source)
        except WirecopyError as error:
            yield Finding(what=what, state="bad", said=str(error))
            continue
        if source.url.startswith("sftp:") and find_spec("asyncssh") is None:
            said = "SFTP needs a part that is not installed: pip install 'wirecopy[sftp]'"
            yield Finding(what=what, state="bad", said=said)
            continue
        yield _inbox(folder, source.path, what)
    yield from _without_settings(folder, config)
    for what, place in (("alerts", config.watch.password), ("metrics", config.web.metrics)):
        try:
            vault.secret(place)
        except WirecopyError as error:
            yield Finding(what=what, state="bad", said=str(error))


def _without_settings(folder: Path, config: Config) -> Iterator[Finding]:
    """That there is copy of sources which the settings do not have, if there is."""
    if not (folder / ARCHIVE).exists():
        return
    try:
        uri = f"file:{folder / ARCHIVE}?mode=ro"
        with legible(), closing(sqlite3.connect(uri, uri=True)) as archive:
            missing = missing_sources(archive, config)
    except sqlite3.DatabaseError:
        return  # told already
    if missing:
        yield Finding(what="sources", state="look", said=without_settings(missing))


def missing_sources(archive: sqlite3.Connection, config: Config) -> list[str]:
    """The sources whose copy is in the archive, but which the settings do not have."""
    known = {source.name for source in config.sources}
    rows = archive.execute("SELECT DISTINCT source FROM stories ORDER BY source")
    return [row[0] for row in rows if row[0] not in known]


def without_settings(missing: list[str]) -> str:
    """What it means that the settings lack these sources, and what to do."""
    return (
        f"wirecopy.toml does not have {', '.join(missing)} any more, so what its contract allows "
        "is unknown: our feeds pass nothing of it on, and a rebuild credits the source's name and "
        "keeps search engines out. Put its table back; without url and path nothing is asked."
    )


def _inbox(folder: Path, path: str, what: str) -> Finding:
    inbox = folder / path
    if not path:
        return Finding(what=what, state="ok", said="as configured")
    if not inbox.is_dir():
        said = f"{inbox} is not there"
        mend = None if Path(path).is_absolute() else lambda: _made(inbox)
        return Finding(what=what, state="look" if mend else "bad", said=said, mend=mend)
    if not os.access(inbox, os.R_OK | os.X_OK):
        return Finding(what=what, state="bad", said=f"{inbox} cannot be read by this user")
    if not os.access(inbox, os.W_OK):
        said = f"{inbox} cannot be written: files stay there and are remembered"
        return Finding(what=what, state="look", said=said)
    return Finding(what=what, state="ok", said=str(inbox))


def _made(inbox: Path) -> str:
    inbox.mkdir(parents=True, exist_ok=True)
    return f"made {inbox}"
