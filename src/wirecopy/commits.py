"""Group commit: what many sources hand over in one moment shares one sync of the log."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from wirecopy.model import Delivery

_TOGETHER = 256
"""Deliveries that share one sync, at most."""
_TOGETHER_BYTES = 16_000_000
"""Bytes of them after which no more are added."""

_Waiting = tuple[Sequence[Delivery], asyncio.Future[list[int]]]


class GroupCommit:
    """Writes deliveries into the log in a thread of its own, those that wait in one go.

    `write` puts deliveries into the log and returns their sequence numbers once they are durable.
    `wrote` is told of each go that worked: deliveries, numbers, and when it began (seconds of
    `time.perf_counter`); `refused` of each that failed, and why. Both are called in the event loop.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Delivery]], list[int]],
        *,
        wrote: Callable[[Sequence[Delivery], Sequence[int], float], None],
        refused: Callable[[Exception], None],
    ) -> None:
        self._write = write
        self._wrote = wrote
        self._refused = refused
        self._queue: list[_Waiting] = []
        self._writing = asyncio.Lock()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="log")
        self._goes: set[asyncio.Task[None]] = set()

    async def take(self, deliveries: Sequence[Delivery]) -> list[int]:
        """The sequence numbers of these deliveries, once they are durable; what `write` raises.

        Whoever gives up waiting takes nothing back: what is being written is written.
        """
        written: asyncio.Future[list[int]] = asyncio.get_running_loop().create_future()
        self._queue.append((deliveries, written))
        go = asyncio.create_task(self._go())
        self._goes.add(go)
        go.add_done_callback(self._goes.discard)
        return await asyncio.shield(written)

    async def written(self) -> None:
        """Return once nothing is being written any more."""
        await asyncio.gather(*self._goes, return_exceptions=True)

    def close(self) -> None:
        """End the thread. Safe to call twice."""
        self._writer.shutdown()

    async def _go(self) -> None:
        """Write what waits, as far as it may go together."""
        async with self._writing:
            batch = self._together()
            if not batch:
                return
            began = time.perf_counter()
            flat = [delivery for deliveries, _ in batch for delivery in deliveries]
            loop = asyncio.get_running_loop()
            try:
                given = await loop.run_in_executor(self._writer, self._write, flat)
            except Exception as error:  # noqa: BLE001 - whoever handed it over is told
                self._refused(error)
                for _, written in batch:
                    if not written.cancelled():
                        written.set_exception(error)
                        written.exception()  # a sender that has gone does not ask for it
                return
            self._wrote(flat, given, began)
            for deliveries, written in batch:
                numbers, given = given[: len(deliveries)], given[len(deliveries) :]
                if not written.cancelled():
                    written.set_result(numbers)

    def _together(self) -> list[_Waiting]:
        """The next of what waits, that one sync shall cover."""
        batch = []
        count = size = 0
        while self._queue and count < _TOGETHER and size < _TOGETHER_BYTES:
            batch.append(self._queue.pop(0))
            count += len(batch[-1][0])
            size += sum(len(delivery.body) for delivery in batch[-1][0])
        return batch
