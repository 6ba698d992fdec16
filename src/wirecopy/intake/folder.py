"""A folder that an agency, or somebody's script, drops files into.

A file is yielded by every `poll` until `done` is told that the log has it on disk; then it is
moved to `done/YYYY-MM-DD/`. Nothing is ever deleted or overwritten. A crash between the log and
the move yields the same file once more, which the archive knows as a repeat.

An archive is unpacked: each file in it is a delivery, and the archive is done when all are. One
that is not to be trusted is delivered as it is, for the quarantine, and moved to `failed/`.

Whoever drops files may make links there too. None is followed, neither to read what is not his nor
to write where we may and he may not: every folder is opened from the watched one, name by name.
"""

from __future__ import annotations

import errno
import heapq
import logging
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.intake import unpack
from wirecopy.intake.gate import PartlyTakenError
from wirecopy.intake.notebook import Notebook, Notes
from wirecopy.intake.unpack import ArchiveError, Limits
from wirecopy.model import Delivery

logger = logging.getLogger(__name__)

_DONE = "done"
"""Folder inside the watched one for files that are in the log."""
_FAILED = "failed"
"""Folder for archives that were refused; they are in the log, and in quarantine, as they are."""
LEFT_OUT = frozenset({_DONE, _FAILED})
"""Folders at the top of the watched one that are not looked into."""
AT_ONCE = 5000
"""Files of a backlog that are looked at together, oldest first."""
_SETTLED = timedelta(seconds=1)
"""A file that changed more recently may still be being written."""
_DEEPEST = 32
"""Folders inside each other that are looked into; each one holds a descriptor while we look."""

_LONGEST_NAME = 255
_UNFINISHED = (".tmp", ".part", ".filepart")
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


class _Stamp(NamedTuple):
    """What tells one content of a file from the next."""

    inode: int
    size: int
    modified: int


class _Found(NamedTuple):
    """A file that lies in the folder; in the order of age."""

    modified: int
    path: str
    stamp: _Stamp
    changed: float
    """Seconds since 1970 of the last change of any kind, which no sender can set back."""


class _Open:
    """A file some of whose deliveries are not in the log yet."""

    def __init__(self, file: _Found) -> None:
        self.path = file.path
        self.stamp = file.stamp
        self.left = 0
        self.whole = False
        """Whether all its deliveries have been handed out."""
        self.goes_to = _DONE


class FolderIntake:
    """The files of one source's folder.

    `now` gives the day for `done/` and tells files that are still being written. A file above
    `max_bytes` is delivered cut off one byte behind the cap: the road sees that it is too large
    and quarantines it with that reason, and the whole file lies in `done/`. Where the folder is
    read-only, or the source says `keep`, files are remembered in `notebook` instead of moved.
    """

    def __init__(
        self,
        source: Source,
        folder: Path,
        now: Callable[[], datetime],
        max_bytes: int = 20_000_000,
        settled: timedelta = _SETTLED,
        notebook: Notebook | None = None,
    ) -> None:
        self.source = source
        self.folder = folder
        self.waiting = 0
        """Files the last poll left alone because they may still be being written."""
        self.read_only = False
        """Whether files could not be moved away and are remembered instead."""
        self.more = False
        """Whether the last poll left a part of a backlog for the next one."""
        self._now = now
        self._max_bytes = max_bytes
        self._settled = settled.total_seconds()
        self._limits = Limits(each=max_bytes, total=10 * max_bytes)
        self._taken: dict[str, _Open] = {}
        self._notes: Notes[_Stamp] = Notes(notebook or Notebook(), f"seen {source.name}", _Stamp)
        self._seen: dict[str, _Stamp] = dict(self._notes)
        self._looked: dict[str, _Stamp] = {}
        self._locked: list[str] = []

    def poll(self) -> Iterator[Delivery]:
        """The files that are ready and not yet done, oldest first; each is read when asked for.

        Raises SourceError when the folder cannot be read; PartlyTakenError, after all the others
        have been yielded, when single files could not be.
        """
        found = self._look()
        self._taken.clear()
        troubles = list(self._locked)
        for file in found:
            try:
                yield from self._read(file)
            except ArchiveError as error:
                troubles.append(f"{_shown(file.path)} ({error})")
            except OSError as error:
                troubles.append(f"{_shown(file.path)} ({error.strerror or error})")
        if troubles:
            raise PartlyTakenError(
                f"Source {self.source.name}: {len(troubles)} of its files cannot be read: "
                f"{', '.join(troubles[:3])}. Check who may read them, and what lies in {_FAILED}/."
            )

    def done(self, delivery: Delivery) -> bool:
        """Whether the file was moved to done/: call it once the log has the delivery on disk.

        A file that has been replaced since it was read stays where it is and is yielded again.
        """
        file = self._taken.pop(delivery.name, None)
        if file is None:
            return False
        file.left -= 1
        return self._finish(file)

    def _finish(self, file: _Open) -> bool:
        if file.left or not file.whole:
            return False
        if self.source.keep:
            self._remember(file.path, file.stamp)
            return False
        try:
            return self._move(file)
        except FileNotFoundError:
            return False
        except OSError as error:
            self._remember(file.path, file.stamp)  # else it came into the log again and again
            if error.errno not in _READ_ONLY:
                raise PartlyTakenError(
                    f"Source {self.source.name}: {_shown(file.path)} is in the log but cannot be "
                    f"moved to {file.goes_to}/ ({error.strerror or error}); it stays where it is."
                ) from error
            self._tell_read_only()
            return False

    def _look(self) -> list[_Found]:
        """The oldest files that are ready; however many lie there, few are held in memory."""
        self._locked, self.waiting = [], 0
        still: set[str] = set()
        unsettled: dict[str, _Stamp] = {}

        def ready() -> Iterator[_Found]:
            for file in self._walk(""):
                if self._seen.get(file.path) == file.stamp:
                    still.add(file.path)
                elif self._is_settled(file):
                    yield file
                else:
                    unsettled[file.path] = file.stamp

        try:
            found = heapq.nsmallest(AT_ONCE, ready())
        except OSError as error:
            raise SourceError(
                f"Source {self.source.name}: the folder {self.folder} cannot be read "
                f"({error.strerror or error}). Make it, or correct path in wirecopy.toml."
            ) from error
        for path in self._seen.keys() - still:
            del self._seen[path]
            del self._notes[_shown(path)]
        self._looked, self.waiting = unsettled, len(unsettled)
        self.more = len(found) == AT_ONCE
        return found

    def _is_settled(self, file: _Found) -> bool:
        age = self._now().timestamp() - file.changed
        if age < 0:
            # The clock stands before the file (another machine's time, a fixed clock): two looks.
            return self._settled <= 0 or self._looked.get(file.path) == file.stamp
        return age >= self._settled

    def _walk(self, folder: str) -> Iterator[_Found]:
        with _opened(self.folder, folder) as fd, os.scandir(fd) as entries:
            for entry in entries:
                path = f"{folder}{entry.name}"
                if entry.name.startswith(".") or path in LEFT_OUT:
                    continue
                with suppress(FileNotFoundError):  # taken away while we look
                    if entry.is_dir(follow_symlinks=False):
                        yield from self._below(f"{path}/")
                    elif not entry.name.lower().endswith(_UNFINISHED):
                        yield from _regular(path, entry.stat(follow_symlinks=False))

    def _below(self, folder: str) -> Iterator[_Found]:
        """The files of a folder inside; one that cannot be opened does not stop the others."""
        if folder.count("/") > _DEEPEST:
            self._locked.append(f"{_shown(folder)} (more than {_DEEPEST} folders deep)")
            return
        try:
            yield from self._walk(folder)
        except FileNotFoundError:
            return  # taken away while we look
        except OSError as error:
            self._locked.append(f"{_shown(folder)} ({error.strerror or error})")

    def _read(self, file: _Found) -> Iterator[Delivery]:
        """The file's deliveries; none when it has gone, or changed under the reading."""
        folder, _, name = file.path.rpartition("/")
        try:
            with _opened(self.folder, folder) as parent:
                fd = os.open(name, _FLAGS, dir_fd=parent)
        except FileNotFoundError:
            return
        opened = _Open(file)
        with os.fdopen(fd, "rb") as stream:
            if _stamp(os.fstat(fd)) != file.stamp:
                self.waiting += 1
                return
            if unpack.kind(stream.peek(512)[:512]):
                yield from self._unpack(stream, opened)
                return
            body = _upto(stream, self._max_bytes + 1)
            if _stamp(os.fstat(fd)) != file.stamp:
                self.waiting += 1
                return
        opened.whole = True
        yield self._delivery(opened, _shown(file.path), body)

    def _unpack(self, stream: BufferedReader, opened: _Open) -> Iterator[Delivery]:
        """The files of an archive; one that is refused is delivered as it is, and told of."""
        name = _shown(opened.path)
        try:
            for inside, body in unpack.unpacked(stream, name, self._limits):
                yield self._delivery(opened, f"{name}/{inside}", body)
        except ArchiveError:
            stream.seek(0)
            opened.whole, opened.goes_to = True, _FAILED
            yield self._delivery(opened, name, _upto(stream, self._max_bytes + 1))
            raise
        opened.whole = True
        self._finish(opened)

    def _delivery(self, opened: _Open, name: str, body: bytes) -> Delivery:
        while name in self._taken:  # two files of one name in an archive
            name += "'"
        opened.left += 1
        self._taken[name] = opened
        cut = len(body) > self._max_bytes
        return Delivery(source=self.source.name, body=body, name=name, how="folder", cut=cut)

    def _move(self, file: _Open) -> bool:
        folder, _, name = file.path.rpartition("/")
        day = self._now().astimezone(UTC).date().isoformat()
        with _opened(self.folder, folder) as home:
            if _stamp(os.stat(name, dir_fd=home, follow_symlinks=False)) != file.stamp:
                return False
            with _opened(self.folder, f"{file.goes_to}/{day}/{folder}", make=True) as away:
                return _moved(name, home, away, file.stamp)

    def _remember(self, path: str, stamp: _Stamp) -> None:
        self._seen[path] = stamp
        self._notes[_shown(path)] = stamp

    def _tell_read_only(self) -> None:
        if not self.read_only:
            self.read_only = True
            logger.warning(
                "intake_folder_read_only source=%s: files stay where they are and are remembered",
                self.source.name,
            )


def _regular(path: str, status: os.stat_result) -> Iterator[_Found]:
    """The file, when it is one: no link, no pipe, no device is ever read."""
    if stat.S_ISREG(status.st_mode):
        changed = max(status.st_mtime, status.st_ctime)
        yield _Found(status.st_mtime_ns, path, _stamp(status), changed)


def _stamp(status: os.stat_result) -> _Stamp:
    return _Stamp(status.st_ino, status.st_size, status.st_mtime_ns)


def _upto(stream: BufferedReader, limit: int) -> bytes:
    parts: list[bytes] = []
    while limit > 0 and (part := stream.read(min(limit, 1 << 20))):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


@contextmanager
def _opened(root: Path, path: str, *, make: bool = False) -> Iterator[int]:
    """A descriptor of the folder below `root`, made where `make` says so; no link is followed."""
    fd = os.open(root, _FOLDER)
    try:
        for name in filter(None, path.split("/")):
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=fd)
            outer, fd = fd, os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=fd)
            os.close(outer)
        yield fd
    finally:
        os.close(fd)


def _moved(name: str, home: int, away: int, stamp: _Stamp) -> bool:
    """Whether the file of that stamp has been moved from one folder to the other."""
    target = _reserve(away, name)
    try:
        os.replace(name, target, src_dir_fd=home, dst_dir_fd=away)
    except OSError:
        os.unlink(target, dir_fd=away)  # our own empty placeholder
        raise
    if _stamp(os.stat(target, dir_fd=away, follow_symlinks=False)) == stamp:
        return True
    # Replaced between the look and the move: what moved was never read, so it goes back.
    os.replace(target, _reserve(home, name), src_dir_fd=away, dst_dir_fd=home)
    return False


def _reserve(folder: int, wanted: str) -> str:
    """A free name like `wanted`, taken with an empty file so that nobody else gets it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    number = 1
    while True:
        name = wanted if number == 1 else _numbered(wanted, number)
        try:
            os.close(os.open(name, flags, 0o644, dir_fd=folder))
        except FileExistsError:
            number += 1
        else:
            return name


def _numbered(name: str, number: int) -> str:
    """The name with a number behind it, and no longer than a file system takes."""
    end = os.fsencode(f".{number}")
    return os.fsdecode(os.fsencode(name)[: _LONGEST_NAME - len(end)] + end)


def _shown(path: str) -> str:
    """The path as text that can be stored, whatever bytes the sender's names are made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
