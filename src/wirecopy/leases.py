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
