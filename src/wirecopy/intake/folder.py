"""A folder that an agency, or somebody's script, drops files into.

A file is yielded by every `poll` until `done` is told that the log has it on disk; then it is
moved to `done/YYYY-MM-DD/`. Nothing is ever deleted or overwritten. A crash between the log and
the move yields the same file once more, which the archive knows as a repeat.
"""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.model import Delivery

logger = logging.getLogger(__name__)

DONE = "done"
"""Folder inside the watched one for files that are in the log."""
LEFT_OUT = frozenset({DONE, "failed"})
"""Folders at the top of the watched one that are not looked into."""
SETTLED = timedelta(seconds=1)
"""A file that changed more recently may still be being written."""

_UNFINISHED = (".tmp", ".part", ".filepart")
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
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


class FolderIntake:
    """The files of one source's folder.

    `now` gives the day for `done/` and tells files that are still being written. A file above
    `max_bytes` is delivered cut off one byte behind the cap: the road sees that it is too large
    and quarantines it with that reason, and the whole file lies in `done/`. Where the folder is
    read-only, files are remembered in memory instead of moved; after a restart they are
    delivered again, as repeats.
    """

    def __init__(
        self,
        source: Source,
        folder: Path,
        now: Callable[[], datetime],
        max_bytes: int = 20_000_000,
        settled: timedelta = SETTLED,
    ) -> None:
        self.source = source
        self.folder = folder
        self.waiting = 0
        """Files the last poll left alone because they may still be being written."""
        self.read_only = False
        """Whether files could not be moved away and are remembered instead."""
        self._now = now
        self._max_bytes = max_bytes
        self._settled = settled.total_seconds()
        self._taken: dict[str, tuple[str, _Stamp]] = {}
        self._seen: dict[str, _Stamp] = {}
        self._looked: dict[str, _Stamp] = {}
        self._locked: list[str] = []

    def poll(self) -> Iterator[Delivery]:
        """The files that are ready and not yet done, oldest first; each is read when asked for.

        Raises SourceError when the folder cannot be read, and, after all the others have been
        yielded, when single files could not be.
        """
        found = self._look()
        unreadable = self._locked
        for file in found:
            try:
                delivery = self._read(file)
            except OSError as error:
                unreadable.append(f"{_shown(file.path)} ({error.strerror or error})")
                continue
            if delivery is not None:
                yield delivery
        if unreadable:
            raise SourceError(
                f"Source {self.source.name}: {len(unreadable)} of its files cannot be read: "
                f"{', '.join(unreadable[:3])}. Check who may read them."
            )

    def done(self, delivery: Delivery) -> bool:
        """Whether the file was moved to done/: call it once the log has the delivery on disk.

        A file that has been replaced since it was read stays where it is and is yielded again.
        """
        path, stamp = self._taken.pop(delivery.name, ("", None))
        if stamp is None:
            return False
        try:
            return self._move(path, stamp)
        except FileNotFoundError:
            return False
        except OSError as error:
            if error.errno not in _READ_ONLY:
                raise SourceError(
                    f"Source {self.source.name}: {delivery.name} is in the log but cannot be "
                    f"moved to {DONE}/ ({error.strerror or error})."
                ) from error
            self._remember(path, stamp)
            return False

    def _look(self) -> list[_Found]:
        self._locked = []
        try:
            files = sorted(self._walk(""))
        except OSError as error:
            raise SourceError(
                f"Source {self.source.name}: the folder {self.folder} cannot be read "
                f"({error.strerror or error}). Make it, or correct path in wirecopy.toml."
            ) from error
        here = {file.path: file.stamp for file in files}
        self._seen = {path: at for path, at in self._seen.items() if here.get(path) == at}
        new = [file for file in files if file.path not in self._seen]
        ready = [file for file in new if self._is_settled(file)]
        self.waiting = len(new) - len(ready)
        self._looked = here
        return ready

    def _is_settled(self, file: _Found) -> bool:
        age = self._now().timestamp() - file.changed
        if age < 0:
            # The clock stands before the file (another machine's time, a fixed clock): two looks.
            return self._settled <= 0 or self._looked.get(file.path) == file.stamp
        return age >= self._settled

    def _walk(self, folder: str) -> Iterator[_Found]:
        with os.scandir(self.folder / folder) as entries:
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
        try:
            yield from self._walk(folder)
        except PermissionError as error:
            self._locked.append(f"{_shown(folder)} ({error.strerror})")

    def _read(self, file: _Found) -> Delivery | None:
        """The file's bytes; None when it has gone, or changed under the reading."""
        try:
            fd = os.open(self.folder / file.path, _FLAGS)
        except FileNotFoundError:
            return None
        with os.fdopen(fd, "rb", buffering=0) as stream:
            body = _upto(stream.fileno(), self._max_bytes + 1)
            if _stamp(os.fstat(fd)) != file.stamp:
                self.waiting += 1
                return None
        name = _shown(file.path)
        self._taken[name] = (file.path, file.stamp)
        return Delivery(source=self.source.name, body=body, name=name, how="folder")

    def _move(self, path: str, stamp: _Stamp) -> bool:
        source = self.folder / path
        if _stamp(source.lstat()) != stamp:
            return False
        day = self._now().astimezone(UTC).date().isoformat()
        target = _reserve(self.folder / DONE / day / path)
        try:
            source.replace(target)
        except OSError:
            target.unlink()  # our own empty placeholder
            raise
        if _stamp(target.lstat()) == stamp:
            return True
        # Replaced between the look and the move: what moved was never read, so it goes back.
        target.replace(_reserve(source))
        return False

    def _remember(self, path: str, stamp: _Stamp) -> None:
        self._seen[path] = stamp
        if not self.read_only:
            self.read_only = True
            logger.warning(
                "intake_folder_read_only source=%s: files stay where they are and are only "
                "remembered until the next start",
                self.source.name,
            )


def _regular(path: str, status: os.stat_result) -> Iterator[_Found]:
    """The file, when it is one: no link, no pipe, no device is ever read."""
    if stat.S_ISREG(status.st_mode):
        changed = max(status.st_mtime, status.st_ctime)
        yield _Found(status.st_mtime_ns, path, _stamp(status), changed)


def _stamp(status: os.stat_result) -> _Stamp:
    return _Stamp(status.st_ino, status.st_size, status.st_mtime_ns)


def _upto(fd: int, limit: int) -> bytes:
    parts: list[bytes] = []
    while limit > 0 and (part := os.read(fd, min(limit, 1 << 20))):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


def _reserve(wanted: Path) -> Path:
    """A free name at or beside `wanted`, taken with an empty file so that nobody else gets it."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        name = wanted if number == 1 else wanted.with_name(f"{wanted.name}.{number}")
        try:
            os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644))
        except FileExistsError:
            number += 1
        else:
            return name


def _shown(path: str) -> str:
    """The path as text that can be stored, whatever bytes the sender's names are made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
