"""A folder of an agency's server, looked through over SFTP or FTPS.

As with a folder of ours: a file is taken once it has stopped changing, and moved to done/ (or
remembered, where we may not move it) once the log has it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import NamedTuple, Protocol

from wirecopy.errors import SourceError
from wirecopy.guard.apart import apart
from wirecopy.intake import unpack
from wirecopy.intake.gate import Gate, PartlyTakenError
from wirecopy.intake.notebook import Notes
from wirecopy.intake.refusals import unreached
from wirecopy.model import Delivery, How

AT_ONCE = 200
"""Files taken in one look; the rest comes at once with the next."""
LISTING = 20_000_000
"""Bytes of names and facts that a folder may list; the libraries would keep whatever comes."""
_DONE = "done"
_UNFINISHED = (".tmp", ".part", ".filepart", ".writing")
_SETTLING = timedelta(seconds=2)


class Stamp(NamedTuple):
    """What tells one content of a file from the next."""

    size: int
    modified: str


class Entry(NamedTuple):
    """A file of the server's folder."""

    name: str
    stamp: Stamp


class RefusedByServerError(Exception):
    """The server does not let us move files."""


class FileRefusedError(Exception):
    """The server does not give us this one file; its text says why in a word."""


class Remote(Protocol):
    """A folder of a server, while connected. Every call may raise OSError or SourceError."""

    async def entries(self) -> list[Entry]:
        """The regular files that lie in the folder."""
        ...

    async def read(self, name: str, most: int) -> bytes:
        """The file's bytes, cut off at `most`; FileRefusedError where it alone is not given."""
        ...

    async def put_away(self, name: str, folder: str) -> None:
        """Move the file into a folder beside it; RefusedByServerError where that may not be."""
        ...


Connect = Callable[[], AbstractAsyncContextManager[Remote]]


class RemoteIntake:
    """Takes the files of one server's folder."""

    def __init__(self, gate: Gate, how: How, connect: Connect) -> None:
        self._gate = gate
        self._how = how
        self._connect = connect
        self._taken: Notes[Stamp] = Notes(gate.house.notebook, f"{how} {gate.source.name}", Stamp)
        self._looked: dict[str, Stamp] = {}
        self._refused: set[str] = set()

    async def look(self) -> timedelta:
        """Take what is ready; how long to wait until the next look."""
        try:
            async with self._connect() as remote:
                return await self._through(remote)
        except OSError as error:
            raise SourceError(f"Source {self._gate.source.name}: {unreached(error)}.") from error

    async def _through(self, remote: Remote) -> timedelta:
        found = {entry.name: entry.stamp for entry in await remote.entries() if _is_copy(entry)}
        there = {_shown(name) for name in found}
        for gone in [name for name in self._taken if name not in there]:
            del self._taken[gone]
        new = {name: at for name, at in found.items() if self._taken.get(_shown(name)) != at}
        ready = [name for name, at in new.items() if self._looked.get(name) == at]
        self._looked = new
        self._refused &= new.keys()
        # What was not given before comes last, or it would keep everything behind it waiting.
        ready.sort(key=lambda name: (name in self._refused, new[name].modified, name))
        await self._all(remote, {name: new[name] for name in ready[:AT_ONCE]})
        if len(ready) > AT_ONCE:
            return timedelta()
        # What has been seen once is taken when it has not changed a moment later.
        waiting = len(new) > len(ready)
        return min(self._gate.every, _SETTLING) if waiting else self._gate.every

    async def _all(self, remote: Remote, files: dict[str, Stamp]) -> None:
        """Take these files; what the server does not give is told when the others are in."""
        refused: dict[str, str] = {}
        for name, stamp in files.items():
            try:
                await self._one(remote, name, stamp)
            except FileRefusedError as error:
                refused[name] = f"{_shown(name)} ({error})"
        self._refused = (self._refused - files.keys()) | refused.keys()
        if refused:
            raise PartlyTakenError(
                f"Source {self._gate.source.name}: its server does not give us {len(refused)} of "
                f"its files: {', '.join(list(refused.values())[:3])}. Ask the agency."
            )

    async def _one(self, remote: Remote, name: str, stamp: Stamp) -> None:
        body = await remote.read(name, self._gate.house.max_bytes + 1)
        source, most = self._gate.source.name, self._gate.house.max_bytes
        pieces = await apart(unpack.pieces, _shown(name), body, most)
        await self._gate.take(
            [
                Delivery(source=source, body=copy, name=one, how=self._how, cut=len(copy) > most)
                for one, copy in pieces
            ]
        )
        if not self._gate.source.keep:
            try:
                await remote.put_away(name, _DONE)
            except RefusedByServerError:
                pass  # read-only for us: it is remembered instead
            else:
                return
        self._taken[_shown(name)] = stamp


def _is_copy(entry: Entry) -> bool:
    return not entry.name.startswith(".") and not entry.name.lower().endswith(_UNFINISHED)


def _shown(name: str) -> str:
    """The name as text that can be stored, whatever bytes the sender's names are made of."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
