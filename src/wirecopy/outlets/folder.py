"""The site as a folder on this machine: whole files or none, equal files left alone.

A file is written into `.incoming/` at the root and renamed to its place, so that a reader never
sees half a page and whatever a crash leaves behind lies in one folder, emptied at the next start.
Every writer has a folder of its own in there: two that make files in one wait for each other.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import itertools
import os
import re
import shutil
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from wirecopy.briefs import File
from wirecopy.errors import OutletError

INCOMING = ".incoming"
"""Folder at the root where files are written before they are renamed to their place."""

_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")
_SENTENCES = {
    errno.ENOSPC: "the disk is full; free some space and it goes on by itself",
    errno.EDQUOT: "the disk quota is used up; free some space and it goes on by itself",
    errno.EROFS: "the disk is mounted read-only; mount it writable",
    errno.EACCES: "permission is denied; give wirecopy's user the right to write there",
    errno.EPERM: "permission is denied; give wirecopy's user the right to write there",
    errno.ENAMETOOLONG: "the name is too long for this disk",
    errno.ENOTDIR: "a file stands where a folder is needed; move it away",
    errno.EEXIST: "a file stands where a folder is needed; move it away",
    errno.EISDIR: "a folder stands where the file should go; move it away",
    errno.EXDEV: "the folder lies on another disk than the site; keep the site on one disk",
    errno.EIO: "the disk reports an error; check the disk",
}
_READ_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


class Folder:
    """The site under `root`; implements ports.Site.

    Raises OutletError when the folder cannot be made or opened. Several may share one root.
    """

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self._base = f"{self.root}/"
        self._numbers = itertools.count(1)
        self._known: set[str] = set()
        self._close: Callable[[], object] = lambda: None
        with _explained(self._base):
            self._open()

    def write(self, files: Iterable[File]) -> int:
        """Number of files changed; each appears whole or not at all, equal ones are left alone.

        Raises OutletError when a path would leave the site or the disk refuses; files before it
        have been written by then.
        """
        return sum(self._place(_safe(file.path), file.body) for file in files)

    def remove(self, paths: Iterable[str]) -> int:
        """Number of files that were there and are gone now; folders left empty go with them."""
        return sum(self._unlink(_safe(path)) for path in paths)

    def sync(self) -> None:
        """Return once all that was written survives a power cut.

        One syncfs for the whole batch: it writes back the file system that holds the site, which
        costs far less than one fsync per file. Where the C library has no syncfs, os.sync.
        """
        with _explained(self._base):
            _syncfs(self._fd)

    def paths(self) -> Iterator[str]:
        """Every file of the site, as a path from its root; in the order of names, folder by folder.

        What lies in `.incoming/` is not of the site. Symbolic links to folders are not followed.
        """
        with _explained(self._base):
            yield from self._walk("")

    def close(self) -> None:
        """Release the folder. Safe to call twice."""
        self._close()

    def _open(self) -> None:
        """Make the folders and, if nobody else is writing here, clean up after a crash.

        Every writer holds a shared lock on `.incoming/` for as long as it lives; who gets it
        alone may take all that lies there for leftovers.
        """
        self._close()
        self._known = {""}
        incoming = self._base + INCOMING
        Path(incoming).mkdir(parents=True, exist_ok=True)
        self._fd = os.open(incoming, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        self._mine = f"{incoming}/{os.getpid()}-{id(self)}"
        self._close = weakref.finalize(self, _leave, self._fd, self._mine)
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for leftover in Path(incoming).iterdir():
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        fcntl.flock(self._fd, fcntl.LOCK_SH)
        Path(self._mine).mkdir(exist_ok=True)

    def _place(self, path: str, body: bytes) -> bool:
        with _explained(path):
            if self._holds(path, body):
                return False
            try:
                self._replace(path, body)
            except FileNotFoundError:
                # Somebody deleted the site, or a folder of it, under our feet: it may be deleted.
                self._open()
                self._replace(path, body)
            return True

    def _holds(self, path: str, body: bytes) -> bool:
        """Whether the file is there with exactly these bytes; comparing costs 1/45 of a rewrite."""
        folder = path.rpartition("/")[0]
        if folder not in self._known and not os.path.isdir(self._base + folder):  # noqa: PTH112 - pathlib costs more than the compare
            return False
        self._inside(folder)
        try:
            fd = os.open(self._base + path, _READ_FLAGS)
        except FileNotFoundError:
            return False
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENXIO):
                return False  # a link or a socket: the rename puts a real file in its place
            raise
        try:
            return os.fstat(fd).st_size == len(body) and _read(fd, len(body) + 1) == body
        finally:
            os.close(fd)

    def _replace(self, path: str, body: bytes) -> None:
        self._inside(path.rpartition("/")[0])
        temporary = f"{self._mine}/{next(self._numbers)}"
        fd = os.open(temporary, _WRITE_FLAGS, 0o644)
        try:
            try:
                _write(fd, body)
                _outdate(fd, self._base + path)
            finally:
                os.close(fd)
            os.replace(temporary, self._base + path)  # noqa: PTH105 - pathlib doubles the cost
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)  # noqa: PTH108 - beside os.open above
            raise

    def _inside(self, folder: str) -> None:
        """Make the folder once, and see that no symbolic link leads it out of the site."""
        if folder in self._known:
            return
        place = self._base + folder
        if not os.path.realpath(place).startswith(self._base):
            raise OutletError(
                f"{folder!r} is a link that leads out of the site's folder {self.root}; remove it."
            )
        os.makedirs(place, exist_ok=True)  # noqa: PTH103 - text paths all along this road
        self._known.add(folder)

    def _unlink(self, path: str) -> bool:
        folder = path.rpartition("/")[0]
        with _explained(path):
            if not f"{os.path.realpath(self._base + folder)}/".startswith(self._base):
                raise OutletError(f"{folder!r} leads out of the site's folder {self.root}.")
            try:
                os.unlink(self._base + path)  # noqa: PTH108 - text paths all along this road
            except (FileNotFoundError, NotADirectoryError):
                return False
            self._prune(folder)
            return True

    def _prune(self, folder: str) -> None:
        while folder:
            try:
                os.rmdir(self._base + folder)  # noqa: PTH106 - text paths all along this road
            except OSError:
                return  # not empty, or somebody else was quicker
            self._known.discard(folder)
            folder = folder.rpartition("/")[0]

    def _walk(self, folder: str) -> Iterator[str]:
        with os.scandir(self._base + folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            path = f"{folder}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if path != INCOMING:
                    yield from self._walk(f"{path}/")
            elif entry.is_file():
                yield path


def _leave(fd: int, mine: str) -> None:
    """Release the lock, and the writer's own folder unless something has been left in it."""
    with contextlib.suppress(OSError):
        os.rmdir(mine)  # noqa: PTH106 - beside os.close
    os.close(fd)


def _safe(path: str) -> str:
    """`path` itself when it can only mean a file inside the site; OutletError otherwise."""
    if not path or path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise OutletError(f"{path!r} is not a path inside the site.")
    if _UNSAFE.search(path):
        raise OutletError(f"{path!r} holds a character that no file of the site may have.")
    for name in path.split("/"):
        if name in ("", ".", "..", INCOMING):
            raise OutletError(f"{path!r} is not a path inside the site.")
        if _DEVICE.fullmatch(name) or name.endswith((" ", ".")):
            raise OutletError(f"{path!r} cannot be stored on every disk: {name!r} is reserved.")
        if len(name.encode("utf-8", "surrogatepass")) > 255:
            raise OutletError(f"{path[:80]!r}... has a name of more than 255 bytes.")
    try:
        path.encode()
    except UnicodeEncodeError as error:
        raise OutletError(f"{path!r} cannot be written as UTF-8.") from error
    return path


@contextlib.contextmanager
def _explained(path: str) -> Iterator[None]:
    """Turn the system's errors into sentences for the operator."""
    try:
        yield
    except OSError as error:
        cause = _SENTENCES.get(error.errno or 0, error.strerror or str(error))
        raise OutletError(f"The file {path} of the site could not be changed: {cause}.") from error


def _read(fd: int, limit: int) -> bytes:
    parts = []
    while limit > 0 and (part := os.read(fd, limit)):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


def _write(fd: int, body: bytes) -> None:
    left = memoryview(body)
    while left:
        left = left[os.write(fd, left) :]


def _outdate(fd: int, place: str) -> None:
    """See that the open file is younger than the one in that place by a whole second at least.

    Last-Modified, and nginx's ETag, count seconds: of two versions in one second a client that has
    the first would be told for ever that nothing has changed.
    """
    with contextlib.suppress(FileNotFoundError):
        stood = int(os.lstat(place).st_mtime)
        if int(os.fstat(fd).st_mtime) <= stood:
            os.utime(fd, (stood + 1, stood + 1))


def _syncfs(fd: int) -> None:
    """Write back the file system of `fd`; OSError when the disk reports an error."""
    try:
        call = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError):
        os.sync()
        return
    if call(ctypes.c_int(fd)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
