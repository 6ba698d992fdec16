"""The rounds: every way in of every source, each in a task of its own, in one event loop."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from yarl import URL

from wirecopy.config import Source
from wirecopy.config.ways import FEEDS
from wirecopy.errors import SourceError
from wirecopy.guard.apart import apart
from wirecopy.intake.credentials import Vault
from wirecopy.intake.cursors import Cursor
from wirecopy.intake.folder import FolderIntake
from wirecopy.intake.ftps import open_ftps
from wirecopy.intake.gate import Gate, House, Manners
from wirecopy.intake.http import HttpIntake
from wirecopy.intake.line import LineIntake
from wirecopy.intake.mail import MailIntake
from wirecopy.intake.notebook import Notes
from wirecopy.intake.push import PushIntake
from wirecopy.intake.remote import Remote, RemoteIntake
from wirecopy.intake.rhythm import next_pause
from wirecopy.intake.sftp import open_sftp
from wirecopy.intake.websub import WebSubIntake
from wirecopy.model import Delivery, How

_TOGETHER = 64
"""Files of a folder that are put into the log with one sync."""
_TOGETHER_BYTES = 8_000_000
_SETTLING = timedelta(seconds=1)

Opener = Callable[[Source, Vault], AbstractAsyncContextManager[Remote]]
Work = Callable[[], Coroutine[Any, Any, None]]


class Rounds:
    """All ways in of a newsroom. `address` is the site's, where hubs are to send their news."""

    def __init__(
        self,
        house: House,
        sources: Sequence[Source],
        folder: Path,
        address: str,
        at_once: int = 256,
    ) -> None:
        self._house = house
        self._folder = folder
        self._manners = Manners(at_once)
        self._gates = {source.name: Gate(house, source) for source in sources}
        self.http = HttpIntake(
            Notes(house.notebook, "http", Cursor), house.now, house.max_bytes, vault=house.vault
        )
        self.push = {
            name: PushIntake(gate)
            for name, gate in self._gates.items()
            if gate.source.push.token or gate.source.push.secret
        }
        self.websub = {
            name: WebSubIntake(gate, self.http, f"{address}/websub/{name}")
            for name, gate in self._gates.items()
            if gate.source.websub
        }

    def works(self) -> Iterator[Work]:
        """One task for each way in of each source."""
        for number, gate in enumerate(self._gates.values()):
            source = gate.source
            if source.path:
                yield partial(self._watch, gate)
            if source.listen:
                yield partial(gate.keep_on, LineIntake(gate).serve)
            scheme = URL(source.url).scheme
            if scheme in FEEDS:
                yield partial(self._poll, gate, number)
            elif scheme == "imaps":
                yield partial(gate.keep_on, MailIntake(gate).look)
            elif scheme == "sftp":
                yield partial(self._fetch_files, gate, "sftp", open_sftp)
            elif scheme == "ftps":
                yield partial(self._fetch_files, gate, "ftps", open_ftps)

    async def close(self) -> None:
        """Close all connections. Safe to call twice."""
        await self.http.close()

    # -- folders -----------------------------------------------------------------------

    async def _watch(self, gate: Gate) -> None:
        """Look through one folder again and again; a file is done once the log has it."""
        opened: list[FolderIntake] = []

        async def look() -> timedelta:
            if not opened:  # at the first look, so that a folder that cannot be made is told of
                opened.append(self._inbox(gate.source))
            folder = opened[0]
            await empty(folder, gate)
            if folder.more:
                return timedelta()
            # A file that was still being written is settled a second later, not a round later.
            return min(gate.every, _SETTLING) if folder.waiting else gate.every

        await gate.keep_on(look)

    def _inbox(self, source: Source) -> FolderIntake:
        """The source's folder, which is there now; SourceError where it cannot be made."""
        inbox, house = self._folder / source.path, self._house
        if not Path(source.path).is_absolute():  # ours to make; a mount never is
            try:
                inbox.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise SourceError(
                    f"Source {source.name}: the folder {inbox} cannot be made "
                    f"({error.strerror or error}). Make it, or correct path in wirecopy.toml."
                ) from error
        return FolderIntake(source, inbox, house.now, house.max_bytes, notebook=house.notebook)

    async def _fetch_files(self, gate: Gate, how: How, opened: Opener) -> None:
        """Look through a folder of a server again and again."""
        connect = partial(opened, gate.source, self._house.vault)
        await gate.keep_on(RemoteIntake(gate, how, connect).look)

    # -- feeds -------------------------------------------------------------------------

    async def _poll(self, gate: Gate, number: int) -> None:
        """Ask for one feed again and again; its cursor moves once the log has the bytes."""
        host = URL(gate.source.url).authority.rpartition("@")[2]
        # Many sources do not all begin in the same moment.
        await self._house.pause(min(gate.every.total_seconds(), number * 0.01))

        def turn() -> AbstractAsyncContextManager[object]:
            return self._manners.turn(host)

        await gate.keep_on(partial(self._fetch, gate), turn)

    async def _fetch(self, gate: Gate) -> timedelta:
        source, house = gate.source, self._house
        if house.room is not None:  # before anything is fetched that would have to be held
            await house.room()
        fetched = await self.http.fetch(source)
        if fetched.deliveries:
            await gate.take(fetched.deliveries)
            self.http.accept(source, fetched)
        hub = self.websub.get(source.name)
        if hub is not None:
            try:
                await hub.keep(fetched)
            except SourceError as error:  # the feed itself is well, and is asked as before
                house.say(str(error))
        pushed = hub is not None and hub.alive
        return next_pause(
            gate.slowest if pushed else gate.every,
            gate.slowest,
            house.pulses.rhythm(source.name),
            fetched.wishes,
            house.now(),
        )


async def empty(folder: FolderIntake, gate: Gate) -> None:
    """Take all that is ready in a folder into the log, a few files at a time."""
    polled = folder.poll()
    while True:
        # What could be read is taken, before it is told what could not.
        batch, problem = await apart(_some, polled)
        await gate.take(batch)
        await apart(_all_done, folder, batch)
        if problem is not None:
            raise problem
        if not batch:
            return


def _some(polled: Iterator[Delivery]) -> tuple[list[Delivery], SourceError | None]:
    """The next files, as far as one sync shall go, and what went wrong behind them."""
    batch: list[Delivery] = []
    size = 0
    try:
        for delivery in polled:
            batch.append(delivery)
            size += len(delivery.body)
            if len(batch) >= _TOGETHER or size >= _TOGETHER_BYTES:
                break
    except SourceError as error:
        return batch, error
    return batch, None


def _all_done(folder: FolderIntake, batch: list[Delivery]) -> None:
    """Put all of them away; what one cannot be is told when the others have been."""
    problem: SourceError | None = None
    for delivery in batch:
        try:
            folder.done(delivery)
        except SourceError as error:
            problem = problem or error
    if problem is not None:
        raise problem
