"""A serial line's bytes, handed on over TCP: ANPA 1312 and IPTC 7901 as receivers capture them.

A message ends with EOT, or when the line falls silent. A line knows no acknowledgement, so while
the log refuses, nothing more is read: the sender's buffer holds the rest.
"""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.guard import refusal, within
from wirecopy.intake.gate import Gate, NotTakenError
from wirecopy.model import Delivery

_SILENCE = 5.0
"""Seconds after which a message without EOT is over."""
_EOT = b"\x04"
_PADDING = b"\x00\x07\x16\x7f\r\n \t\x01\x02\x03\x04"
"""What fills time on a line and is no copy."""
_CHUNK = 16 * 1024
_LINES = 16
"""Connections at once."""


class LineIntake:
    """Listens for one source. Only this machine may connect, unless the source says more."""

    def __init__(self, gate: Gate, silence: float = _SILENCE) -> None:
        self._gate = gate
        self._silence = silence
        self._lines = 0
        self.port = 0
        """The port that is listened at, once it is."""

    async def serve(self) -> timedelta:
        """Listen until cancelled. Raises SourceError when the address cannot be had."""
        host, _, port = self._gate.source.listen.rpartition(":")
        tasks: set[asyncio.Task[None]] = set()

        async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            if task is not None:
                tasks.add(task)
                task.add_done_callback(tasks.discard)
            await self._met(reader, writer)

        try:
            server = await asyncio.start_server(met, host.strip("[]"), int(port), limit=_CHUNK)
        except OSError as error:
            raise SourceError(
                f"Source {self._gate.source.name}: cannot listen at {self._gate.source.listen} "
                f"({_plain(error)}); stop the program that does, or correct its listen."
            ) from error
        self._gate.answered()
        self.port = server.sockets[0].getsockname()[1]
        try:
            async with server:
                await server.serve_forever()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return self._gate.every

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("peername")
        source = self._gate.source
        self._lines += 1
        try:
            if not _may(peer, source):
                self._gate.house.say(f"Source {source.name}: a stranger's connection was refused.")
            elif self._lines > _LINES:
                self._gate.house.say(
                    f"Source {source.name}: a connection beyond {_LINES} at once was refused."
                )
            else:
                await self._line(reader)
        except ConnectionError:
            pass  # what had come before is in the log
        finally:
            self._lines -= 1
            writer.close()

    async def _line(self, reader: asyncio.StreamReader) -> None:
        """Take message after message until the line is closed."""
        held = bytearray()  # a message may come in a thousand pieces, and each is looked at once
        while True:
            try:
                async with asyncio.timeout(self._silence):
                    part = await reader.read(_CHUNK)
            except TimeoutError:
                await self._take(bytes(held))
                held.clear()
                continue
            *ends, begun = part.split(_EOT)
            for end in ends:
                await self._take(bytes(held) + end + _EOT)
                held.clear()
            held += begun
            if not part or len(held) > self._gate.house.max_bytes:
                await self._take(bytes(held))
                held.clear()
            if not part:
                return

    async def _take(self, message: bytes) -> None:
        """Put a message into the log, however long it takes; padding alone is none."""
        if not message.strip(_PADDING):
            return
        cut = len(message) > self._gate.house.max_bytes
        delivery = Delivery(source=self._gate.source.name, body=message, how="line", cut=cut)
        said = False
        while True:
            try:
                await self._gate.take([delivery])
            except NotTakenError as error:
                if not said:
                    self._gate.house.say(str(error))
                said = True
                await self._gate.house.pause(1.0)
            else:
                return


def _plain(error: OSError) -> str:
    """What the system says, where asyncio says it in its own way; look-ups of names have none."""
    number = error.errno or 0
    return os.strerror(number) if number > 0 else error.strerror or str(error)


def _may(peer: object, source: Source) -> bool:
    """Whether this peer may feed the line: a named one, else one of this machine or network."""
    if source.networks:
        return within(peer, source.networks)
    what = refusal(peer)
    return what == "a loopback address" or (source.allow_private and what == "a private address")
