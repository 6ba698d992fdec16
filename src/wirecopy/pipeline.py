"""The whole road on one screen.

    intake ─▶ take ─▶ log ─▶ read ─▶ file ─▶ archive ─▶ bake ─▶ site
    staff  ─▶ order ───┘   (formats,   (story,  one       (press)
                            clean)      desk)   transaction

`take` and `order` return when their entry is durable: only then may anybody acknowledge it.
`step` carries what waits in the log one batch further and bakes what that made dirty. Nothing
is lost when any of it stops anywhere: the log is the truth, the archive says how far it was
filed, and the marks say what is still to be baked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

import msgspec

from wirecopy.archive.codec import WITHDRAWING
from wirecopy.archive.sqlite import SqliteArchive
from wirecopy.baking import Baked, Baker, Spread, in_all
from wirecopy.filing import Filer
from wirecopy.model import Delivery, Order, Tick
from wirecopy.pacing import Pace
from wirecopy.ports import Clock, Log, Reader

_ROUNDS = 3
"""Batches that a step files while more copy waits, before it sees to it that the disk has it all:
that takes as long as baking a story, which would have to wait for it."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What one step did: the entries it filed, and what it baked."""

    filed: tuple[int, ...] = ()
    baked: Baked = Baked()

    def __bool__(self) -> bool:
        return bool(self.filed or self.baked.pages)


class Pipeline:
    """The road from a delivery to its page. `baking` lets one process at a time file and bake."""

    def __init__(  # noqa: PLR0913 - the parts of the road, each by its name
        self,
        *,
        log: Log,
        reader: Reader,
        archive: SqliteArchive,
        filer: Filer,
        baker: Baker,
        baking: Callable[[], AbstractContextManager[object]],
        clock: Clock,
        batch: int,
        also_due: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        self._log = log
        self._reader = reader
        self._archive = archive
        self._filer = filer
        self._baker = baker
        self._baking = baking
        self._clock = clock
        self._batch = batch
        self._also_due = also_due
        self._pace = Pace()
        self._took_away = False
        """Whether a story that was taken away may still stand on lists."""

    def take(self, deliveries: Sequence[Delivery]) -> list[int]:
        """Put deliveries into the log; their sequence numbers, once they are durable."""
        return self._log.append(deliveries, self._clock())

    def order(self, order: Order) -> int:
        """Put a staff order into the log; its sequence number, once it is durable."""
        return self._log.append([order], self._clock())[0]

    def tick(self) -> bool:
        """Whether a schedule has fallen due and the log has been told so."""
        dues = [due for due in (self._archive.next_due(), self._also_due()) if due is not None]
        if not dues or min(dues) > self._clock():
            return False
        self._log.append([Tick()], self._clock())
        return True

    def step(
        self,
        stories_out: Callable[[tuple[int, ...]], None] = lambda _filed: None,
        *,
        rest: float = 0.0,
    ) -> Step:
        """File a batch, or a few while more comes in, and bake what they made dirty.

        `stories_out` is told the filed entries once readers can see their story pages; the
        lists follow, and stop for copy that comes in meanwhile, as `pacing` says. A list is left
        until it has rested for `rest` seconds. A kill waits for nothing.
        """
        filed: list[int] = []
        done: list[Baked] = []
        with self._baking(), self._baker.beside():
            for _ in range(_ROUNDS):
                numbers, baked = self._round(stories_out, rest)
                filed += numbers
                done.append(baked)
                if not self._log.after(self._archive.position(), 1):
                    break
            self._baker.settle()
        return Step(filed=tuple(filed), baked=in_all(done))

    def _round(
        self, stories_out: Callable[[tuple[int, ...]], None], rest: float
    ) -> tuple[tuple[int, ...], Baked]:
        """File what waits, as much as goes together, and bake; settled when a story was taken away.

        What was filed, and what was baked.
        """
        began, after = time.monotonic(), self._archive.position()
        entries = self._log.after(after, self._batch)
        if entries and self._filer.file(entries, list(self._reader.read(entries)), after=after):
            self._took_away = True  # until its lists are made: the disk may refuse them first
        last = entries[-1].seq if entries else after
        filed = tuple(entry.seq for entry in entries)

        def paced(lists: Sequence[str], few: int) -> Iterator[Sequence[str]]:
            return self._pace.parts(
                lists,
                few,
                copy_waits=lambda: bool(self._log.after(last, 1)),
                rest=rest,
                allowed=time.monotonic() - began,
            )

        baked = self._baker.bake(
            stories_out=lambda: stories_out(filed),
            choose=None if self._took_away else paced,
            settle=self._took_away,
        )
        self._took_away = False
        return filed, baked

    def drain(
        self, progress: Callable[[int], None] = lambda _: None, *, finish: bool = True
    ) -> None:
        """File all that waits in the log, then, to `finish`, bake until nothing is marked.

        Without that the lists are left to `step`, which stops for copy that comes in.
        The next batch is being read while one is filed; story pages are baked along the way,
        beside this process where there is a pressroom, lists once at the end.
        """
        with self._baking(), self._baker.beside():
            after = self._archive.position()
            entries = self._log.after(after, self._batch)
            galleys = self._reader.read(entries)
            while entries:
                ahead = self._log.after(entries[-1].seq, self._batch)
                ahead_galleys = self._reader.read(ahead)
                took_away = self._filer.file(entries, list(galleys), after=after)
                after = entries[-1].seq
                progress(after)
                # A kill does not wait for the end of the backlog: its lists are baked at once.
                if took_away or not ahead or not self._baker.hand_over():
                    while self._baker.bake(lists=took_away).pages:
                        continue
                entries, galleys = ahead, ahead_galleys
            while finish and self._baker.bake().pages:
                continue

    def finish_withdrawals(self) -> None:
        """Bake what is marked, where a page among it may show what has been taken away.

        After a crash: what readers must not see any more goes before anything is served.
        """
        with self._baking():
            while self._archive.meta(WITHDRAWING) and self._baker.bake().pages:
                continue

    def bake_all(
        self, progress: Callable[[int], None] = lambda _: None, spread: Spread = map
    ) -> Baked:
        """Bake the whole site anew; files that belong to no page go."""
        with self._baking():
            return self._baker.bake_all(progress, spread=spread)

    def clock(self) -> datetime:
        """Now, as this pipeline's clock tells it."""
        return self._clock()

    def close(self) -> None:
        """End the reading processes and release the files. Safe to call twice."""
        self._reader.close()
        self._archive.close()
        self._log.close()
