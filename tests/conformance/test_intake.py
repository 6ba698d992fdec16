"""What every way in promises: unchanged, logged before acknowledged, once, and within its size."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest
import uvloop
from tests.conformance.ways import MOST, WAYS, Way
from tests.intake.houses import Desk

from wirecopy.errors import SourceError

BYTES = bytes(range(5, 256)) + b"<story/>\r\n"
"""Every byte but those that a line's own frame is made of."""


def going(
    name: str, folder: Path, talk: Callable[[Way, Callable[[], Desk]], Awaitable[None]]
) -> None:
    """Let `talk` use the way in; what it is handed begins the program anew each time."""

    async def both() -> None:
        way = WAYS[name](folder)
        desks: list[Desk] = []
        source = await way.open()

        def start() -> Desk:
            if desks:
                desks[-1].close()
            desks.append(Desk(folder, source, max_bytes=MOST))
            way.begin(desks[-1], desks[-1].gates["north"])
            return desks[-1]

        try:
            await talk(way, start)
        finally:
            await way.close()
            for desk in desks:
                desk.close()

    uvloop.run(both())


EVERY = pytest.mark.parametrize("name", list(WAYS))


@EVERY
def test_bytes_arrive_unchanged(name: str, tmp_path: Path) -> None:
    """What the log holds is what was sent, byte for byte, with the source's name and the way."""

    async def talk(way: Way, start: Callable[[], Desk]) -> None:
        desk = start()
        await way.put(1, BYTES)
        await way.look()
        assert [one.body for one in desk.log] == [BYTES]
        assert {(one.source, one.how) for one in desk.log} == {("north", name)}
        assert way.acknowledged() == 1

    going(name, tmp_path, talk)


@EVERY
def test_nothing_is_acknowledged_that_the_log_has_not(name: str, tmp_path: Path) -> None:
    """While the log refuses nobody is told that copy was taken; afterwards it comes, once."""

    async def talk(way: Way, start: Callable[[], Desk]) -> None:
        desk = start()
        desk.full = True
        await way.put(1, BYTES)
        look = asyncio.create_task(_tolerant(way))
        for _ in range(200):
            await asyncio.sleep(0)
        assert way.acknowledged() == 0
        if name != "line":
            await look
            assert way.acknowledged() == 0
        desk.full = False
        await look
        await way.look()
        assert [one.body for one in desk.log] == [BYTES]
        assert way.acknowledged() == 1

    going(name, tmp_path, talk)


async def _tolerant(way: Way) -> None:
    with suppress(SourceError):
        await way.look()


@EVERY
def test_nothing_comes_twice(name: str, tmp_path: Path) -> None:
    """However often it looks, and after a restart too, what was taken is not taken again."""

    async def talk(way: Way, start: Callable[[], Desk]) -> None:
        desk = start()
        await way.put(1, BYTES)
        await way.look()
        await way.look()
        assert len(desk.log) == 1
        later = start()
        await way.look()
        assert later.log == []
        await way.put(2, b"<newer/>\n" + BYTES)
        await way.look()
        assert [one.body for one in later.log] == [b"<newer/>\n" + BYTES]

    going(name, tmp_path, talk)


@EVERY
def test_what_was_not_taken_comes_after_a_restart(name: str, tmp_path: Path) -> None:
    """A start after a refusal finds the copy where it was. A line alone cannot send again."""

    async def talk(way: Way, start: Callable[[], Desk]) -> None:
        if name == "line":
            return
        start().full = True
        await way.put(1, BYTES)
        await _tolerant(way)
        desk = start()
        await way.look()
        assert [one.body for one in desk.log] == [BYTES]

    going(name, tmp_path, talk)


@EVERY
def test_copy_has_a_size(name: str, tmp_path: Path) -> None:
    """More than the cap is refused, or comes cut off just behind it, for the quarantine."""

    async def talk(way: Way, start: Callable[[], Desk]) -> None:
        desk = start()
        await way.put(1, b"x" * (40 * MOST))
        with suppress(SourceError):
            await way.look()
        if name in ("http", "push", "websub"):
            assert desk.log == []
        elif name == "line":
            assert sum(len(one.body) for one in desk.log) == 40 * MOST
            assert max(len(one.body) for one in desk.log) <= MOST + 16 * 1024
        else:
            assert [len(one.body) for one in desk.log] == [MOST + 1]

    going(name, tmp_path, talk)
