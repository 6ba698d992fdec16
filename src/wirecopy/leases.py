"""Who may work in a newsroom: locks that the kernel lets go of when their process ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from wirecopy.errors import ConfigError


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


@contextmanager
def at_work(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Be known to work in this newsroom for as long as the block lasts.

    `alone`: nobody else may be, as archive and site are about to be thrown away. ConfigError says
    who stands in the way.
    """
    how, said = (
        (fcntl.LOCK_EX, "`wirecopy run` is at work in {}. Stop it first, then type this again.")
        if alone
        else (fcntl.LOCK_SH, "{} is being rebuilt or restored. Type this again when that is done.")
    )
    with _held(folder, "at-work", how, said):
        yield


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """Be the one `wirecopy run` of this newsroom for as long as the block lasts.

    Two would ask every feed twice and send every alert twice. ConfigError when there is one, or
    when the newsroom is being rebuilt or restored.
    """
    said = "`wirecopy run` is at work in {} already; one newsroom runs once. Stop that one first."
    with _held(folder, "running", fcntl.LOCK_EX, said), at_work(folder):
        yield


def is_running(folder: Path) -> bool:
    """Whether `wirecopy run` is at work in this newsroom just now."""
    try:
        file = (folder / "data" / "running").open("rb")
    except OSError:
        return False  # it has never been, or nothing can be said of it
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


@contextmanager
def _held(folder: Path, name: str, how: int, said: str) -> Iterator[None]:
    """Hold a lock in the newsroom's data; ConfigError says `said` while it cannot be had."""
    path = folder / "data" / name
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror}. Change its owner or its rights, or free "
            "disk space."
        ) from error
    with file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ConfigError(said.format(folder)) from error
        yield
