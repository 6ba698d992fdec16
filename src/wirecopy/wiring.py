"""Config to parts: the one place that knows which implementation is in use."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from wirecopy import formats
from wirecopy.archive.addresses import Addresses
from wirecopy.archive.search import SqliteSearch
from wirecopy.archive.sqlite import SqliteArchive
from wirecopy.archive.stacks import Stacks
from wirecopy.baking import Baked, Baker, Spread
from wirecopy.briefs import SearchBrief
from wirecopy.config import Config, parse, zone
from wirecopy.config import Press as PressSettings
from wirecopy.database import open_database
from wirecopy.errors import ConfigError, SourceError
from wirecopy.filing import Filer
from wirecopy.formats.dialects import with_profiles
from wirecopy.log.sqlite import SqliteLog
from wirecopy.outlets.folder import Folder
from wirecopy.pictures.album import Album
from wirecopy.pictures.ledger import Ledger
from wirecopy.pictures.lettering import can_shape, given
from wirecopy.pipeline import Pipeline
from wirecopy.ports import Clock, Reader
from wirecopy.press import paths
from wirecopy.pressroom import ARCHIVE, PICTURES, SITE, Presses, press_of, spread_over
from wirecopy.readers import OwnReader, PoolReader

CONFIG = "wirecopy.toml"
VOCABULARY = "vocabulary.toml"
"""Media Topics that were imported, beside the settings."""
PROFILES = "profiles"
_OF_A_SITE = (paths.NOT_FOUND, paths.GONE, paths.OPENSEARCH, paths.NEWS_SITEMAP)
"""Files that only a site of ours has, all together."""
SNAPSHOT = Path("data", "snapshot.db")
"""The archive as it was where a trimmed log begins."""
_MANY = 500
"""Stories from which on a full bake is spread over all cores; a pool costs half a second."""


def system_clock() -> datetime:
    """Now, in UTC, as the machine tells it."""
    return datetime.now(UTC)  # noqa: TID251 - this is the edge that the rule speaks of


def clock_of(environ: Mapping[str, str]) -> Clock:
    """The clock: WIRECOPY_NOW stands still at the moment it names, else the machine's."""
    fixed = environ.get("WIRECOPY_NOW")
    if not fixed:
        return system_clock
    try:
        now = datetime.fromisoformat(fixed)
    except ValueError as error:
        raise ConfigError(
            f"WIRECOPY_NOW is {fixed!r}: write it like 2022-01-08T02:36:00Z."
        ) from error
    if now.tzinfo is None:
        raise ConfigError(f"WIRECOPY_NOW is {fixed!r}: add an offset, like 2022-01-08T02:36:00Z.")
    return lambda: now.astimezone(UTC)


def read_config(folder: Path, environ: Mapping[str, str]) -> Config:
    """The configuration of the newsroom in `folder`; ConfigError says what to type."""
    path = folder / CONFIG
    try:
        text = _text(path)
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path} is not there. Make a newsroom with `wirecopy init {folder}`, or say where "
            "yours is with `wirecopy -C DIR`."
        ) from error
    config = parse("\n".join((text, _vocabulary(folder))), environ)
    return with_profiles(config, _own_profiles(folder))


def card_font(folder: Path, config: Config) -> Path | None:
    """The file of the newsroom's font for cards, if it names one; ConfigError for no font."""
    if not config.pictures.card_font:
        return None
    path = folder / config.pictures.card_font
    if not can_shape():
        raise ConfigError(
            "wirecopy.toml: pictures.card_font: to set words in other scripts takes FriBidi. "
            "Install it (Debian: libfribidi0), or leave the setting out."
        )
    try:
        readable = given(path.read_bytes()) is not None
    except OSError:
        readable = False
    if not readable:
        raise ConfigError(
            f"wirecopy.toml: pictures.card_font: {path} is no font that can be read. "
            "Put a TTF, OTF or WOFF2 file there."
        )
    return path


def _text(path: Path) -> str:
    """The text of a file of settings; ConfigError says what to do, FileNotFoundError is let by."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"{path} is not in UTF-8 (line {line}): save it as UTF-8 in your editor."
        ) from error


def _vocabulary(folder: Path) -> str:
    """The text of the Media Topics that were imported, "" where none were."""
    path = folder / VOCABULARY
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} cannot be read: {error}. Delete it, or import it again."
        ) from error


def _own_profiles(folder: Path) -> dict[str, str]:
    """The texts of the newsroom's own profiles, by the names of their files."""
    texts = {}
    for path in sorted((folder / PROFILES).glob("*.toml")):
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", path.stem):
            raise ConfigError(
                f"{path}: name it in lower-case letters, digits and hyphens, such as meridian.toml."
            )
        texts[path.stem] = _text(path).removeprefix("\ufeff")
    return texts


def write_whole(path: Path, body: bytes) -> None:
    """Return once the file holds `body`, whole and on disk; ConfigError when it cannot be written.

    Whoever reads it meanwhile sees the old file or the new one; its permissions stay.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ConfigError(f"{path} cannot be written: {error.strerror}.") from error


class Lease:
    """Lets one process at a time file and bake for a newsroom; the kernel ends a dead one's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._path.open("ab")
        fcntl.flock(file, fcntl.LOCK_EX)
        self._file = file  # only now: until here another thread's file may stand there
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def open_archive(path: Path, config: Config) -> SqliteArchive:
    """The archive in that file, with the days of the site's readers."""
    local = zone(config.site.timezone)

    def day_of(moment: datetime) -> date:
        return moment.astimezone(local).date()

    return SqliteArchive(path, day_of, config.site.timezone)


def _begin_at_snapshot(folder: Path, start: int, config: Config) -> None:
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


def synced(path: Path) -> None:
    """Return once the file, or the names in the folder, survive a power cut."""
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def check_snapshot(folder: Path, start: int, config: Config) -> None:
    """Return when the snapshot holds all that the log lacks; SourceError or ConfigError if not."""
    path = folder / SNAPSHOT
    words = "The log has been trimmed, so nothing can be made from it without this file: put your"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as snapshot:
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


class Newsroom:
    """The parts of one newsroom folder, joined. Close it when done."""

    def __init__(
        self, folder: Path, config: Config, clock: Clock, *, readers: int | None = None
    ) -> None:
        self.folder = folder
        self.config = config
        self.clock = clock
        self.site_path = folder / SITE
        self.press, self._edition = press_of(config, folder / config.press.theme)
        self.log = SqliteLog(folder / "data" / "log.db")
        _begin_at_snapshot(folder, self.log.start(), config)
        self.archive = open_archive(folder / ARCHIVE, config)
        self._check_together()
        self.site = Folder(self.site_path)
        self.ledger = Ledger(folder / PICTURES)
        self.stacks = Stacks(self.archive.connection, config, Album(config, self.ledger))
        beside = config.pipeline.readers if readers is None else readers
        self._room = Presses(folder, config, beside)
        self.baker = Baker(self.stacks, self.press, self.site, self._room if beside else None)
        self.reader = _reader(config, beside)
        self.pipeline = Pipeline(
            log=self.log,
            reader=self.reader,
            archive=self.archive,
            filer=Filer(self.archive, config),
            baker=self.baker,
            lease=Lease(folder / "data" / "lease"),
            clock=clock,
            batch=config.pipeline.batch,
            also_due=self.ledger.next_due,
        )

    def _check_together(self) -> None:
        """Refuse an archive that is ahead of its log, or lacks what has been dropped from it."""
        if self.archive.position() < self.log.start():
            raise ConfigError(
                f"The archive in {self.folder / 'data'} lacks old entries that the log does not "
                "hold any more. Run `wirecopy rebuild`: it begins with the snapshot beside the log."
            )
        if self.archive.position() > self.log.last():
            raise ConfigError(
                f"The archive in {self.folder / 'data'} knows more than the log beside it, so one "
                "of the two is from elsewhere. Put the right log back; if this is it, run "
                "`wirecopy rebuild`."
            )

    def renew_if_changed(self) -> bool:
        """Whether the whole site was baked anew: settings, theme or program differ from its last.

        A site folder that has been deleted is baked anew as well.
        """
        if self.is_changed():
            self.bake_all()
            return True
        return self.renew_if_deleted()

    def is_changed(self) -> bool:
        """Whether the site was baked with other settings, theme or program, or never whole."""
        return self.archive.meta("edition") != self._edition

    def renew_if_deleted(self) -> bool:
        """Whether the whole site was baked anew because its folder had been deleted."""
        if (self.site_path / paths.NOT_FOUND).exists():
            return False
        self.bake_all()
        return True

    def bake_all(self, progress: Callable[[int], None] = lambda _: None) -> Baked:
        """Bake the whole site and remember with which settings and theme."""
        baked = self.pipeline.bake_all(progress, self._spread(self.site_path))
        self.archive.set_meta("edition", self._edition)
        return baked

    def bake_into(self, folder: Path, progress: Callable[[int], None] = lambda _: None) -> Baked:
        """Bake the whole site into another folder; the newsroom's own stays as it is.

        ConfigError when other things lie in it: what is no page is swept out of a site.
        """
        theme = (self.folder / self.config.press.theme).resolve()
        if folder.resolve() == theme or is_ours(folder.resolve(), self.folder.resolve()):
            raise ConfigError(f"{folder} is part of the newsroom itself: choose another folder.")
        check_out(folder)
        with closing(Folder(folder)) as site:
            baker = Baker(self.stacks, self.press, site)
            return baker.bake_all(progress, clean=False, spread=self._spread(folder))

    def _spread(self, site: Path) -> Spread:
        """How to bake all pages: in this process, or on every core where there are many."""
        cores = os.cpu_count() or 1
        if cores == 1 or self.archive.size() < _MANY:
            return map
        return spread_over(cores, self.folder, self.config, site)

    def search(self) -> SqliteSearch:
        """Search over this archive, with a connection of its own."""
        return SqliteSearch(self.archive.path)

    def addresses(self) -> Addresses:
        """Where this archive's public stories lie, with a connection of its own."""
        return Addresses(self.archive.path)

    def render_search(self, brief: SearchBrief) -> bytes:
        """The HTML page of these search results."""
        return self.press.search(brief)

    def close(self) -> None:
        """End the processes beside this one and release the files. Safe to call twice."""
        self._room.close()
        self.pipeline.close()
        self.ledger.close()


def open_newsroom(
    folder: Path,
    environ: Mapping[str, str] = os.environ,
    *,
    readers: int | None = None,
    many: bool = False,
) -> Newsroom:
    """The newsroom in `folder`; `readers` overrides how many processes read.

    `many`: much is about to be read at once, so where the settings leave it open, the cores that
    filing leaves free read.
    """
    config = read_config(folder, environ)
    check_parts(folder, config)
    if readers is None and many and not config.pipeline.readers:
        readers = (os.cpu_count() or 1) - 1
    return Newsroom(folder, config, clock_of(environ), readers=readers)


def check_parts(folder: Path, config: Config) -> None:
    """Refuse settings that name a format there is none of, or a folder that cannot be meant."""
    _check_theme(folder, config.press.theme)
    inboxes: dict[Path, str] = {}
    for number, source in enumerate(config.sources):
        where = f"wirecopy.toml: sources[{number}]"
        if source.format and source.format.strip().lower().replace("_", "-") not in formats.names():
            known = ", ".join(formats.names())
            raise ConfigError(f"{where}.format {source.format!r} is unknown. Known: {known}.")
        if not source.path:
            continue
        inbox = (folder / source.path).resolve()
        if is_ours(inbox, folder.resolve()):
            raise ConfigError(
                f"{where}.path {source.path!r} holds wirecopy's own files, and a watched folder is "
                f'emptied. Write "inbox/{source.name}".'
            )
        if inbox in inboxes:
            raise ConfigError(
                f"{where}.path {source.path!r} is the folder of {inboxes[inbox]!r} already; each "
                "source needs one of its own."
            )
        inboxes[inbox] = source.name


def _check_theme(folder: Path, name: str) -> None:
    root, theme = folder.resolve(), (folder / name).resolve()
    if is_ours(theme, root):
        raise ConfigError(
            f"wirecopy.toml: press.theme {name!r} holds wirecopy's own files, and all of a theme "
            'is published. Write "theme".'
        )
    if name != PressSettings().theme and not theme.is_dir():
        raise ConfigError(f"wirecopy.toml: press.theme: there is no folder {theme}. Make it.")


def is_ours(place: Path, root: Path) -> bool:
    """Whether a folder holds the newsroom's files, or lies among those that wirecopy writes."""
    ways = (place, *place.parents)
    return place == root or place in root.parents or root / "data" in ways or root / "site" in ways


def check_out(folder: Path) -> None:
    """Return when a site may be put into `folder`: nothing lies there, or a site of ours."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not all((folder / name).is_file() for name in _OF_A_SITE):
        raise ConfigError(
            f"{folder} is not empty and no wirecopy site, and what lies there would be deleted: "
            "choose another folder."
        )


@contextmanager
def at_work(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Be known to work in this newsroom for as long as the block lasts.

    `alone`: nobody else may be, as archive and site are about to be thrown away; ConfigError
    says so when somebody is.
    """
    path = folder / "data" / "at-work"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX | fcntl.LOCK_NB) if alone else fcntl.LOCK_SH)
        except BlockingIOError as error:
            raise ConfigError(
                f"`wirecopy run` is at work in {folder}. Stop it first, then type this again."
            ) from error
        yield


def forget(folder: Path) -> None:
    """Delete the archive, which can be made again from the log.

    The site stays for its readers until it is baked anew; what is no page of it goes then.
    """
    # The journal first: one that outlives its database would be replayed into the next.
    for name in ("archive.db-wal", "archive.db-shm", "archive.db"):
        (folder / "data" / name).unlink(missing_ok=True)


def check_log(folder: Path, config: Config) -> None:
    """Return when archive and site may be thrown away, as the log can give them back.

    SourceError when it is damaged; ConfigError when it is empty beside an archive that is not.
    """
    path = folder / "data" / "log.db"
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
    if last is None and _holds_stories(path.with_name("archive.db")):
        raise ConfigError(
            f"{path} is empty, so nothing could be made from it. Put your copy of the log back; "
            "archive and site have been left as they are."
        )


def _holds_stories(archive: Path) -> bool:
    """Whether there is an archive that anything was filed in, or one that cannot be read."""
    if not archive.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT 1 FROM deliveries LIMIT 1").fetchone() is not None
    except sqlite3.DatabaseError:
        return True


def _reader(config: Config, processes: int) -> Reader:
    return PoolReader(config, processes) if processes else OwnReader(config)
