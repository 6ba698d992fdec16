"""The backlog: how far filing is behind the log, and when intake waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress

_LOOK_AGAIN = 1.0
"""Seconds after which whoever waits for room looks even if nobody woke him."""


class Backlog:
    """The entries between the newest of the log and the last that was filed.

    Above `most` of them intake waits; `say` is told when that begins and when it ends. Numbers may
    be noted from any thread, all else belongs to the event loop.
    """

    def __init__(self, most: int, newest: int, filed: int, say: Callable[[str], None]) -> None:
        self._most = most
        self._newest = newest
        self._say = say
        self._moved = asyncio.Event()
        self._is_told = False
        self.filed = filed
        """The last entry that was filed."""

    @property
    def waiting(self) -> int:
        """How many entries wait to be filed."""
        return max(0, self._newest - self.filed)

    def taken(self, given: Iterable[int]) -> None:
        """Note entries that the log has been given."""
        self._newest = max(self._newest, *given)

    def filed_to(self, seq: int) -> None:
        """Note how far the log has been filed."""
        self.filed = max(self.filed, seq)

    def moved(self) -> None:
        """Let those look again who wait for room."""
        self._moved.set()

    def is_too_long(self) -> bool:
        """Whether there is no room in the pipeline."""
        return self.waiting > self._most

    def full(self) -> bool:
        """As `is_too_long`; it is said when that begins, and when half of the room is back."""
        if self.is_too_long() and not self._is_told:
            self._is_told = True
            self._say(
                f"Intake waits: {self.waiting} log entries are not filed yet. It goes on by "
                "itself; nothing is lost."
            )
        if self._is_told and self.waiting < self._most // 2:
            self._is_told = False
            self._say("Intake goes on: the pipeline has caught up.")
        return self.is_too_long()

    async def room(self) -> None:
        """Return once there is room in the pipeline: intake goes no faster than the press."""
        while self.full():
            self._moved.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), _LOOK_AGAIN)
