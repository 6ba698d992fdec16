"""Group commit: many sources, few syncs, and an answer for everybody."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

import pytest
import uvloop

from wirecopy import commits
from wirecopy.commits import GroupCommit
from wirecopy.errors import SourceError
from wirecopy.model import Delivery


class Log:
    """A log that remembers each go, and refuses all while it is full."""

    def __init__(self) -> None:
        self.goes: list[list[Delivery]] = []
        self.full = False

    def write(self, deliveries: Sequence[Delivery]) -> list[int]:
        """The next numbers."""
        if self.full:
            raise SourceError("The wire log is full.")
        before = sum(map(len, self.goes))
        self.goes.append(list(deliveries))
        return list(range(before + 1, before + len(deliveries) + 1))

    def held(self) -> list[Delivery]:
        """All that was written, in order."""
        return [delivery for go in self.goes for delivery in go]


class Desk:
    """A group commit into such a log, and what it tells."""

    def __init__(self) -> None:
        self.log = Log()
        self.told: list[tuple[int, ...]] = []
        self.refusals: list[str] = []
        self.commits = GroupCommit(self.log.write, wrote=self._wrote, refused=self._refused)

    def _wrote(self, taken: Sequence[Delivery], given: Sequence[int], began: float) -> None:
        assert len(taken) == len(given)
        assert began > 0
        self.told.append(tuple(given))

    def _refused(self, error: Exception) -> None:
        self.refusals.append(str(error))


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A desk; its thread ends with the test."""
    made = Desk()
    yield made
    made.commits.close()
    made.commits.close()  # safe twice


def copy(number: int, size: int = 0) -> Delivery:
    """A delivery."""
    return Delivery(source="norlin", body=b"%d" % number + b" " * size)


def test_many_sources_share_a_sync(desk: Desk) -> None:
    """What fifty hand over in one moment is written in few goes, and each gets its own numbers."""

    async def both() -> None:
        given = await asyncio.gather(
            *(desk.commits.take([copy(2 * n), copy(2 * n + 1)]) for n in range(50))
        )
        held = desk.log.held()
        for number, seqs in enumerate(given):
            assert [held[seq - 1] for seq in seqs] == [copy(2 * number), copy(2 * number + 1)]

    uvloop.run(both())
    assert len(desk.log.held()) == 100
    assert len(desk.log.goes) <= 3
    assert sorted(seq for go in desk.told for seq in go) == list(range(1, 101))


def test_a_go_has_an_end(desk: Desk) -> None:
    """However many wait, and however large their copy is, a go stays within its bounds."""
    most = commits._TOGETHER

    async def many(size: int, number: int) -> list[int]:
        desk.log.goes.clear()
        await asyncio.gather(*(desk.commits.take([copy(n, size)]) for n in range(number)))
        return [len(go) for go in desk.log.goes]

    async def both() -> None:
        assert await many(0, 2 * most + 1) == [most, most, 1]
        assert await many(commits._TOGETHER_BYTES, 3) == [1, 1, 1]

    uvloop.run(both())


def test_a_refusal_reaches_all_who_wait(desk: Desk) -> None:
    """When the log refuses, everybody whose copy was in that go is told, and the next go works."""

    async def both() -> None:
        desk.log.full = True
        found = await asyncio.gather(
            *(desk.commits.take([copy(n)]) for n in range(5)), return_exceptions=True
        )
        assert [type(one) for one in found] == [SourceError] * 5
        desk.log.full = False
        assert await desk.commits.take([copy(9)]) == [1]

    uvloop.run(both())
    assert len(desk.refusals) == 1
    assert desk.told == [(1,)]


def test_who_gives_up_waiting_takes_nothing_back(desk: Desk) -> None:
    """A sender that is cut off while the log writes leaves the others their answers."""

    async def both() -> None:
        tasks = [asyncio.create_task(desk.commits.take([copy(n)])) for n in range(6)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert [isinstance(one, list) for one in found] == [False, True] * 3
        await desk.commits.written()
        assert len(desk.log.held()) == 6

    uvloop.run(both())
