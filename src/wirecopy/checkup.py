"""How a newsroom is: what `doctor` looks at, and how its sources stand."""

from __future__ import annotations

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

from wirecopy.archive import ledger
from wirecopy.backups import DATABASES, NOTEBOOK, number_of
from wirecopy.config import Config
from wirecopy.database import legible, moment, read_only
from wirecopy.errors import ConfigError, WirecopyError
from wirecopy.intake.credentials import Vault
from wirecopy.intake.health import Health, health_of
from wirecopy.intake.rhythm import FAILING
from wirecopy.pressroom import ARCHIVE, PICTURES
from wirecopy.recovery import LOG, SNAPSHOT, check_snapshot
from wirecopy.settings import read_config

_LEDGER = PICTURES / "pictures.db"
_LEAST_FREE = 1_000_000_000
_LEAST_PART = 0.03
"""Bytes that must be free on the disk, or that share of it where it is small."""
_AHEAD = timedelta(minutes=2)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that `doctor` looked at."""

    what: str
    state: Literal["ok", "look", "bad"]
    said: str
    mend: Callable[[], str] | None = None
    """Mends it without any loss, and says what it did; None when a person must."""


def health(folder: Path, config: Config, now: datetime) -> list[Health]:
    """How each source stands, as the running newsroom last noted it; nothing is written."""
    return health_of(folder / "data", config, now, unreadable(folder))


def unreadable(folder: Path) -> dict[str, str]:
    """The sources of whose last deliveries nothing could be read, each with the last reason.

    Raises sqlite3.Error where the archive cannot be read.
    """
    return ledger.unreadable(folder / ARCHIVE, FAILING)


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
    for name in (*DATABASES, _LEDGER):
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
        with legible(), closing(read_only(path)) as database:
            return str(database.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)


def _aside(path: Path) -> str:
    path.replace(path.with_name(f"{path.name}.damaged"))
    return f"set {path} aside"


def _together(folder: Path, config: Config) -> Iterator[Finding]:
    """Whether log and archive belong together, and every entry of the log can be read."""
    try:
        last = number_of(folder / LOG, "SELECT MAX(seq) FROM entries")
        filed = number_of(folder / ARCHIVE, "SELECT MAX(seq) FROM deliveries")
        start = _start(folder / LOG)
        held = number_of(folder / LOG, f"SELECT COUNT(*) FROM entries WHERE seq > {start}")  # noqa: S608 - a number
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
    trims = number_of(log, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'trims'")
    return number_of(log, "SELECT MAX(upto) FROM trims") if trims else 0


def _clock(folder: Path, now: datetime) -> Finding:
    """The machine's clock beside the log's, which never runs backwards."""
    try:
        micros = number_of(folder / LOG, "SELECT MAX(received) FROM entries")
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
        with legible(), closing(read_only(folder / ARCHIVE)) as archive:
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
