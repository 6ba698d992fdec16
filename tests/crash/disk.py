"""A disk that forgets: what a newsroom writes is recorded, and may be lost until it is synced.

SQLite's writes and syncs are recorded by methods laid over those of its own VFS; the site's by
standing between `outlets.folder` and the system. `Recording.after` then gives the files as a power
cut at any moment may leave them: what was synced is there; of the rest each write may be there,
missing or torn, in any order.
"""

from __future__ import annotations

import ctypes
import os
import random
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from wirecopy.outlets import folder as outlet

SECTOR = 512

_INT, _LONG, _VOID = ctypes.c_int, ctypes.c_int64, ctypes.c_void_p
_WRITE = ctypes.CFUNCTYPE(_INT, _VOID, _VOID, _INT, _LONG)
_TRUNCATE = ctypes.CFUNCTYPE(_INT, _VOID, _LONG)
_SYNC = ctypes.CFUNCTYPE(_INT, _VOID, _INT)
_OPEN = ctypes.CFUNCTYPE(_INT, _VOID, _VOID, _VOID, _INT, _VOID)
"""The name as a bare address: SQLite keeps it for as long as the file is open."""
_DELETE = ctypes.CFUNCTYPE(_INT, _VOID, ctypes.c_char_p, _INT)


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, as far as version 3."""

    _fields_ = (
        ("version", _INT),
        ("close", _VOID),
        ("read", _VOID),
        ("write", _VOID),
        ("truncate", _VOID),
        ("sync", _VOID),
        ("others", _VOID * 13),
    )


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = (
        ("version", _INT),
        ("file_size", _INT),
        ("longest", _INT),
        ("next", _VOID),
        ("name", ctypes.c_char_p),
        ("data", _VOID),
        ("open", _VOID),
        ("delete", _VOID),
        ("others", _VOID * 16),
    )


class Op(NamedTuple):
    """One thing that was done: write, truncate, sync, delete, rename, syncfs or a note of ours."""

    kind: str
    path: str = ""
    at: int = 0
    data: bytes = b""
    to: str = ""


class Recording:
    """All that was done under a folder since recording began."""

    def __init__(self, root: Path) -> None:
        self.root = f"{root.resolve()}/"
        self.ops: list[Op] = []
        self._base = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        }

    def own(self, path: str) -> str:
        """The path below the folder, "" for one elsewhere."""
        return path[len(self.root) :] if path.startswith(self.root) else ""

    def note(self, kind: str, path: str, *, at: int = 0, data: bytes = b"", to: str = "") -> None:
        """Record what was done to a file of ours."""
        if own := self.own(path):
            self.ops.append(Op(kind, own, at, data, self.own(to) if to else ""))

    def after(self, moment: int, chance: random.Random) -> dict[str, bytes]:
        """The files that a power cut may leave after so many operations."""
        files = {path: bytearray(body) for path, body in self._base.items()}
        for op in self._left(moment, chance):
            _carry_out(op, files)
        return {path: bytes(body) for path, body in files.items()}

    def _left(self, moment: int, chance: random.Random) -> Iterator[Op]:
        """The operations that have reached the disk: all that were synced, some of the others."""
        synced: dict[str, int] = {}
        for number, op in enumerate(self.ops[:moment]):
            if op.kind in ("sync", "syncfs"):
                synced[op.path if op.kind == "sync" else "site/"] = number
        mood = chance.random()  # all is there, nothing is, or some of it
        for number, op in enumerate(self.ops[:moment]):
            key = "site/" if op.path.startswith("site/") else op.path
            if number < synced.get(key, -1) or mood < 0.1:
                yield op
            elif mood < 0.3 or chance.random() < 0.4:
                continue
            elif op.kind == "write" and chance.random() < 0.3:
                yield from _torn(op, chance)
            else:
                yield op


def _torn(op: Op, chance: random.Random) -> Iterator[Op]:
    """Some sectors of a write."""
    for start in range(0, len(op.data), SECTOR):
        if chance.random() < 0.5:
            yield op._replace(at=op.at + start, data=op.data[start : start + SECTOR])


def _carry_out(op: Op, files: dict[str, bytearray]) -> None:
    if op.kind == "write":
        body = files.setdefault(op.path, bytearray())
        body.extend(bytes(max(0, op.at - len(body))))
        body[op.at : op.at + len(op.data)] = op.data
    elif op.kind == "truncate":
        body = files.setdefault(op.path, bytearray())
        body.extend(bytes(max(0, op.at - len(body))))
        del body[op.at :]
    elif op.kind == "delete":
        files.pop(op.path, None)
    elif op.kind == "rename":
        files[op.to] = files.pop(op.path, bytearray())


@contextmanager
def recorded(root: Path) -> Iterator[Recording]:
    """What is done under the folder, by connections and sites that are opened in the block."""
    recording = Recording(root)
    patch = pytest.MonkeyPatch()
    patch.setattr(outlet, "os", _System(recording))
    patch.setattr(outlet, "_syncfs", lambda _fd: recording.note("syncfs", f"{recording.root}site/"))
    with _sqlite_recorded(recording):
        try:
            yield recording
        finally:
            patch.undo()


class _System:
    """`os`, as the site's folder uses it."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._written: dict[int, tuple[str, int]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: str, flags: int, *mode: int) -> int:
        """Open; a file that is made is remembered."""
        fd = os.open(path, flags, *mode)
        if flags & os.O_CREAT:
            self._written[fd] = (path, 0)
            self._recording.note("write", path)
        return fd

    def write(self, fd: int, data: bytes) -> int:
        """Write, and note what was written where."""
        count = os.write(fd, data)
        path, at = self._written[fd]
        self._recording.note("write", path, at=at, data=bytes(data[:count]))
        self._written[fd] = (path, at + count)
        return count

    def replace(self, path: str, to: str) -> None:
        """Rename, and note it."""
        os.replace(path, to)  # noqa: PTH105 - stands in for os
        self._recording.note("rename", path, to=to)

    def unlink(self, path: str) -> None:
        """Delete, and note it."""
        os.unlink(path)  # noqa: PTH108 - stands in for os
        self._recording.note("delete", path)


def _library() -> ctypes.CDLL:
    """The SQLite that the standard library has loaded; skips where it is built into Python."""
    assert sqlite3.sqlite_version
    found = re.findall(r"\S*libsqlite3\S*", Path("/proc/self/maps").read_text())
    if not found:
        pytest.skip("this Python has SQLite built in, and its files cannot be watched")
    library = ctypes.CDLL(found[0])
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    return library


@contextmanager
def _sqlite_recorded(recording: Recording) -> Iterator[None]:
    """Connections that are opened in the block tell what they write, cut, delete and sync."""
    library = _library()
    usual = library.sqlite3_vfs_find(None)
    ours = _Vfs.from_buffer_copy(usual.contents)
    ours.name = b"recording"
    kept: list[Any] = [ours]  # what SQLite points to must not be collected
    paths: dict[int, str] = {}
    laid: dict[int, _Methods] = {}
    really_open, really_delete = _OPEN(usual.contents.open), _DELETE(usual.contents.delete)

    def opened(vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        code = really_open(vfs, name, file, flags, out)
        pointer = ctypes.cast(file, ctypes.POINTER(_VOID))
        if code == 0 and name and pointer[0]:
            paths[file] = ctypes.string_at(name).decode()
            theirs = int(pointer[0])
            if theirs not in laid:
                laid[theirs] = _laid_over(theirs, paths, recording, kept)
            pointer[0] = ctypes.addressof(laid[theirs])
        return code

    def deleted(vfs: int, name: bytes, sync: int) -> int:
        code = really_delete(vfs, name, sync)
        recording.note("delete", name.decode())
        return code

    callbacks = (_OPEN(opened), _DELETE(deleted))
    kept += [*callbacks, laid]
    ours.open, ours.delete = (ctypes.cast(each, _VOID).value for each in callbacks)
    _KEPT.append(kept)
    library.sqlite3_vfs_register(ctypes.byref(ours), 1)
    try:
        yield
    finally:
        library.sqlite3_vfs_register(usual, 1)
        library.sqlite3_vfs_unregister(ctypes.byref(ours))


_KEPT: list[Any] = []
"""For as long as the process lives: a connection may be closed after its recording has ended."""


def _laid_over(
    theirs: int, paths: dict[int, str], recording: Recording, kept: list[Any]
) -> _Methods:
    """The methods of a file, with ours before those that change it."""
    own = _Methods.from_buffer_copy(ctypes.cast(theirs, ctypes.POINTER(_Methods)).contents)
    write, truncate, sync = _WRITE(own.write), _TRUNCATE(own.truncate), _SYNC(own.sync)

    def wrote(file: int, data: int, count: int, at: int) -> int:
        recording.note("write", paths[file], at=at, data=ctypes.string_at(data, count))
        return write(file, data, count, at)

    def cut(file: int, size: int) -> int:
        recording.note("truncate", paths[file], at=size)
        return truncate(file, size)

    def synced(file: int, flags: int) -> int:
        code = sync(file, flags)
        recording.note("sync", paths[file])
        return code

    callbacks: Sequence[Callable[..., int]] = (_WRITE(wrote), _TRUNCATE(cut), _SYNC(synced))
    kept.extend(callbacks)
    own.write, own.truncate, own.sync = (ctypes.cast(each, _VOID).value for each in callbacks)
    return own
