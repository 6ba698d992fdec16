"""The gate: what every way in shares. One source's copy comes through it into the log.

A way in is one `look`: take what is there, say how long to wait. `keep_on` calls it for ever,
waits longer after each failure, and never gives a source up unless its server has closed it.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime, timedelta

import msgspec

from wirecopy.config import Source, duration
from wirecopy.errors import SourceError
from wirecopy.intake.credentials import Vault
from wirecopy.intake.health import Pulses
from wirecopy.intake.notebook import Notebook
from wirecopy.intake.rhythm import backoff, spoken
from wirecopy.model import Delivery

Take = Callable[[Sequence[Delivery]], Awaitable[list[int]]]
"""Puts deliveries into the log; returns their numbers once they are on disk."""
Look = Callable[[], Awaitable[timedelta]]
"""One look at a source; how long to wait until the next."""

_LOG_REFUSED = timedelta(seconds=5)


class NotTakenError(SourceError):
    """The log did not take the copy: nothing may be acknowledged. No fault of the source."""


class PartlyTakenError(SourceError):
    """Some of what lies there could not be taken; the rest was, and is looked for as ever."""


class House(msgspec.Struct, frozen=True, kw_only=True):
    """What all ways in of one newsroom share."""

    take: Take
    say: Callable[[str], None]
    now: Callable[[], datetime]
    notebook: Notebook
    pulses: Pulses
    vault: Vault
    max_bytes: int = 20_000_000
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep
    dice: Callable[[], float] = random.random
    looked: Callable[[str, float, bool], None] = lambda _source, _seconds, _well: None
    """Told of each look: the source, how many seconds it took, whether it went well."""
    room: Callable[[], Awaitable[None]] | None = None
    """Returns once there is room for more in the pipeline."""
    full: Callable[[], bool] = lambda: False
    """Whether there is no room just now: who can send again is told so at once."""


class Gate:
    """One source's way into the log."""

    def __init__(self, house: House, source: Source) -> None:
        self.house = house
        self.source = source
        self.every = duration(source.every)
        self.slowest = duration(source.slowest)

    async def take(self, deliveries: Sequence[Delivery]) -> list[int]:
        """Put copy into the log; its numbers, once it is on disk. Only then acknowledge it.

        Waits while too much is waiting to be filed. Raises NotTakenError.
        """
        if not deliveries:
            return []
        if self.house.room is not None:
            await self.house.room()
        try:
            given = await self.house.take(deliveries)
        except SourceError as error:
            raise NotTakenError(str(error)) from error
        self.house.pulses.came(self.source.name)
        return given

    def answered(self) -> None:
        """Note that the source was reached: for looks that last."""
        self.house.pulses.answered(self.source.name)

    async def keep_on(
        self, look: Look, turn: Callable[[], AbstractAsyncContextManager[object]] = nullcontext
    ) -> None:
        """Look again and again; returns only when the source has been closed for good.

        `turn` is held during each look: polite ways in share a turn for each server.
        """
        while True:
            async with turn():
                pause = await self._look(look)
            if pause is None:
                return
            await self.house.pause(pause.total_seconds())

    async def _look(self, look: Look) -> timedelta | None:
        """One look: how long to wait until the next; None when there shall be no other."""
        began = time.monotonic()
        well = False
        try:
            pause = await look()
            well = True
            self.answered()
        except NotTakenError as error:
            self.house.say(str(error))
            pause = _LOG_REFUSED
        except PartlyTakenError as error:
            # What could be read was taken: the next kill must not wait for what could not.
            pause = self._failed(str(error), None, longest=self.every)
        except SourceError as error:
            if getattr(error, "gone", False):
                self._stop(str(error))
                return None
            pause = self._failed(str(error), getattr(error, "retry_after", None))
        except Exception as error:  # noqa: BLE001 - a source in trouble is asked again
            pause = self._failed(
                f"Source {self.source.name}: taking it in failed inside wirecopy "
                f"({type(error).__name__}). Please report it.",
                None,
            )
        finally:
            self.house.looked(self.source.name, time.monotonic() - began, well)
        return pause

    def _failed(
        self, sentence: str, wish: timedelta | None, longest: timedelta = timedelta.max
    ) -> timedelta:
        failures = self.house.pulses.failed(self.source.name, sentence)
        pause = min(backoff(self.every, failures, wish, self.house.dice), longest)
        if failures & (failures - 1) == 0:  # the 1st, 2nd, 4th, 8th: the log stays readable
            self.house.say(f"{sentence} Trying again in {spoken(pause)}.")
        return pause

    def _stop(self, sentence: str) -> None:
        self.house.pulses.stopped(self.source.name, sentence)
        self.house.say(f"{sentence} It is not asked again until the next start.")


_PATIENCE = 5.0
"""Seconds after which a request that is still under way holds up no other to the same server."""


class Manners:
    """Turns: one request at a time for each server, and not too many in all.

    A server that hangs keeps only its own sources waiting, and those no longer than `patience`
    seconds for each other: one feed that trickles would else hold up the kills of all.
    """

    def __init__(self, at_once: int = 256, patience: float = _PATIENCE) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._patience = patience
        self._hosts: dict[str, asyncio.Lock] = {}

    def turn(self, host: str) -> AbstractAsyncContextManager[object]:
        """The turn to ask `host`, held for one look."""
        lock = self._hosts.setdefault(host, asyncio.Lock())
        return _Turn(lock, self._slots, self._patience)


class _Turn(AbstractAsyncContextManager[object]):
    def __init__(self, host: asyncio.Lock, slots: asyncio.Semaphore, patience: float) -> None:
        self._host = host
        self._slots = slots
        self._patience = patience
        self._held = False
        self._timer: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> None:
        await self._host.acquire()
        self._held = True
        try:
            await self._slots.acquire()
        except BaseException:
            self._pass_on()
            raise
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._patience, self._pass_on)

    async def __aexit__(self, *_error: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._slots.release()
        self._pass_on()

    def _pass_on(self) -> None:
        """Let the next one ask the server, if nobody has yet."""
        if self._held:
            self._held = False
            self._host.release()
