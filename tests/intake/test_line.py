"""A serial line over TCP: messages as they were sent, one after the other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import uvloop
from tests.intake.houses import Desk, turns

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.intake import line
from wirecopy.intake.line import LineIntake

FIRST = b"\x16\x16\x01 a0105\x02TARN \x0e(AP)\x0f It sails.\r\n\x03 03-05-26\x04"
SECOND = b"\x01SAR012 3 POL\r\n\x02QUAY\xff opens\x03\x04"


def heard(
    folder: Path,
    talk: Callable[[Desk, Callable[..., Awaitable[None]]], Awaitable[None]],
    **more: Any,
) -> Desk:
    """Let `talk` send over a line to a source."""

    async def both() -> Desk:
        silence, most = more.pop("silence", 60.0), more.pop("most", 1000)
        source = Source(name="north", agency="NWS", listen="127.0.0.1:0", **more)
        desk = Desk(folder, source, max_bytes=most)
        intake = LineIntake(desk.gates["north"], silence)
        serving = asyncio.create_task(intake.serve())
        await turns(lambda: intake.port)

        async def send(*parts: bytes, close: bool = True) -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", intake.port)
            try:
                for part in parts:
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(0)
                if close:
                    writer.write_eof()
                await reader.read()
            finally:
                writer.close()

        try:
            await talk(desk, send)
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
            desk.close()
        return desk

    return uvloop.run(both())


def test_messages_end_with_eot(tmp_path: Path) -> None:
    """Each comes byte for byte, however the line cuts it; padding between them is no copy."""

    async def talk(_desk: Desk, send: Callable[..., Awaitable[None]]) -> None:
        whole = FIRST + b"\r\r\n\x00\x7f\x16" + SECOND + b"\x00\x00\x04\x16"
        await send(*(whole[at : at + 7] for at in range(0, len(whole), 7)))

    log = heard(tmp_path, talk).log
    assert [one.body for one in log] == [FIRST, b"\r\r\n\x00\x7f\x16" + SECOND]
    assert {one.how for one in log} == {"line"}


def test_a_message_without_an_end_is_over_when_the_line_is(tmp_path: Path) -> None:
    """What has come is taken when the line is closed, or falls silent."""

    async def talk(desk: Desk, send: Callable[..., Awaitable[None]]) -> None:
        await send(FIRST[:-1])
        open_line = asyncio.create_task(send(SECOND[:-1], close=False))
        await desk.until(2)
        open_line.cancel()
        with suppress(asyncio.CancelledError):
            await open_line

    log = heard(tmp_path, talk, silence=0.05).log
    assert [one.body for one in log] == [FIRST[:-1], SECOND[:-1]]


def test_noise_without_end_has_a_size(tmp_path: Path) -> None:
    """A line that never ends its message costs no more memory than the cap and one piece."""

    async def talk(_desk: Desk, send: Callable[..., Awaitable[None]]) -> None:
        await send(*[b"x" * 300] * 10)

    log = heard(tmp_path, talk).log
    assert b"".join(one.body for one in log) == b"x" * 3000
    assert log[0].cut, "a piece of a message is none"
    assert all(len(one.body) < 1000 + 16 * 1024 for one in log)


def test_a_long_message_costs_no_more_than_its_length(tmp_path: Path) -> None:
    """Of a message that comes in a thousand pieces each piece is looked at once."""
    body = b"x" * 16_000_000

    async def talk(desk: Desk, send: Callable[..., Awaitable[None]]) -> None:
        began = time.process_time()
        await send(body, b"\x04")
        desk.said.append(str(time.process_time() - began))

    desk = heard(tmp_path, talk, most=20_000_000)
    assert [len(one.body) for one in desk.log] == [len(body) + 1]
    assert float(desk.said[0]) < 1


def test_lines_are_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many at once a connection is refused, and the operator is told why."""
    monkeypatch.setattr(line, "_LINES", 1)

    async def talk(desk: Desk, send: Callable[..., Awaitable[None]]) -> None:
        first = asyncio.create_task(send(FIRST, close=False))
        await desk.until(1)
        with suppress(ConnectionError):
            await send(SECOND)
        first.cancel()
        with suppress(asyncio.CancelledError):
            await first
        assert [one.body for one in desk.log] == [FIRST]
        assert desk.said == ["Source north: a connection beyond 1 at once was refused."]

    heard(tmp_path, talk)


def test_a_full_log_holds_the_line(tmp_path: Path) -> None:
    """While the log refuses, the message is held and tried again; then it is there once."""

    async def talk(desk: Desk, send: Callable[..., Awaitable[None]]) -> None:
        desk.full = True
        sent = asyncio.create_task(send(FIRST))
        await turns(lambda: len(desk.pauses) >= 3)
        desk.full = False
        await sent
        assert [one.body for one in desk.log] == [FIRST]
        assert len(desk.said) == 1

    heard(tmp_path, talk)


@pytest.mark.parametrize(
    ("networks", "count"), [((), 1), (("127.0.0.0/8",), 1), (("198.51.100.0/24",), 0)]
)
def test_who_may_feed_the_line(tmp_path: Path, networks: tuple[str, ...], count: int) -> None:
    """This machine may, unless networks are named; then they alone."""

    async def talk(_desk: Desk, send: Callable[..., Awaitable[None]]) -> None:
        with suppress(OSError):
            await send(FIRST)

    desk = heard(tmp_path, talk, networks=networks)
    assert len(desk.log) == count
    assert bool(desk.said) is not bool(count)


def test_an_address_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    """The sentence names the address."""
    source = Source(name="north", agency="NWS", listen="203.0.113.9:7901")
    desk = Desk(tmp_path, source)
    with pytest.raises(SourceError, match=r"cannot listen at 203\.0\.113\.9:7901"):
        uvloop.run(LineIntake(desk.gates["north"]).serve())
    desk.close()
