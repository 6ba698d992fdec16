"""A house for tests of ways in: a log in memory, a clock that stands, pauses that do not last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.intake.credentials import Vault
from wirecopy.intake.gate import Gate, House
from wirecopy.intake.health import Pulse, Pulses
from wirecopy.intake.notebook import Notebook, Notes
from wirecopy.model import Delivery

NOW = datetime(2022, 1, 8, 2, 36, tzinfo=UTC)
SECRETS = {"PUSH_TOKEN": "lantern-9", "PUSH_SECRET": "quay-and-tide", "ABROAD": "schlüssel"}


class Desk:
    """A house, and what came into its log. `full` makes the log refuse."""

    def __init__(self, folder: Path, *sources: Source, **more: Any) -> None:
        self.log: list[Delivery] = []
        self.said: list[str] = []
        self.pauses: list[float] = []
        self.full = False
        self.now = NOW
        self.grew = asyncio.Event()
        self.notebook = Notebook(folder / "intake.db")
        names = [source.name for source in sources]
        self.pulses = Pulses(names, Notes(self.notebook, "pulse", Pulse), lambda: self.now)
        self.house = House(
            take=self.take,
            say=self.said.append,
            now=lambda: self.now,
            notebook=self.notebook,
            pulses=self.pulses,
            vault=Vault(folder, SECRETS),
            pause=more.pop("pause", self.pause),
            dice=lambda: 0.5,
            **more,
        )
        self.gates = {source.name: Gate(self.house, source) for source in sources}

    async def take(self, deliveries: Sequence[Delivery]) -> list[int]:
        """Put deliveries into the log in memory."""
        await asyncio.sleep(0)
        if self.full:
            raise SourceError("The wire log is full. Free some space.")
        self.log += deliveries
        self.grew.set()
        return list(range(len(self.log) - len(deliveries) + 1, len(self.log) + 1))

    async def pause(self, seconds: float) -> None:
        """Note the pause, and let others have their turn."""
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    async def until(self, count: int) -> None:
        """Return once the log holds that many deliveries."""
        while len(self.log) < count:
            self.grew.clear()
            await asyncio.wait_for(self.grew.wait(), 20)

    def close(self) -> None:
        """Release the notebook."""
        self.notebook.close()


async def turns(holds: Callable[[], object]) -> None:
    """Give all others their turns until the condition holds."""
    while not holds():  # noqa: ASYNC110 - what is waited for is no event of ours
        await asyncio.sleep(0)
