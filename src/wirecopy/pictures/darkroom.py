"""The darkroom: jobs for child processes, with a time limit each; one that dies is replaced."""

from __future__ import annotations

import select
import subprocess
import sys
import time
from pathlib import Path
from queue import LifoQueue

import msgspec

from wirecopy.pictures.nouns import (
    NICE,
    NO_LABEL,
    Developed,
    Job,
    Label,
    Order,
    Print,
    Refused,
    Reply,
)

_Child = subprocess.Popen[bytes]
_PATIENCE = 30.0
"""Seconds that one picture may take."""


class Darkroom:
    """Opens pictures in child processes. Safe to use from several threads.

    Each of the `children` does one job at a time; they stand back behind all other work of the
    machine unless somebody is `waiting` for the pictures. `font` is the file that cards are set
    from in scripts that the theme's letters do not know.
    """

    def __init__(
        self,
        patience: float = _PATIENCE,
        *,
        children: int = 1,
        waiting: bool = False,
        font: Path | None = None,
    ) -> None:
        self._font = font
        self.children = children
        self._patience = patience
        self._nice = "0" if waiting else "19"
        self._idle: LifoQueue[_Child | None] = LifoQueue()
        self._running: set[_Child] = set()
        for _ in range(children):
            self._idle.put(None)

    def develop(
        self, body: bytes, label: Label = NO_LABEL, *, avif: bool = False
    ) -> Developed | Refused:
        """The picture's renditions, or why there are none; whatever the bytes do to the child.

        With `avif`, its renditions as AVIF alone, which take ten times as long.
        """
        reply = self._ask(Job(body=body, label=label, avif=avif))
        if reply is None:
            return Refused(reason="it took too much time or memory to open", for_good=False)
        return reply.developed or reply.refused or Refused(reason="nothing came of it")

    def card(self, order: Order) -> Print | None:
        """A card with these words; None when it could not be drawn."""
        try:
            font = self._font.read_bytes() if self._font else b""
        except OSError:
            return None  # it is tried again later: somebody may be putting another in its place
        reply = self._ask(Job(card=order, font=font))
        return reply.card if reply else None

    def close(self) -> None:
        """End the children, whatever they have in hand. Safe to call twice."""
        for child in list(self._running):
            child.kill()  # whoever waits for its answer is told at once
        for idle in [self._idle.get() for _ in range(self.children)]:
            self._end(idle)
            self._idle.put(None)

    def _ask(self, job: Job) -> Reply | None:
        child: _Child | None = self._idle.get()
        reply: Reply | None = None
        try:
            child = child if child is not None else self._begin()
            reply = _exchange(child, msgspec.msgpack.encode(job), self._patience)
        except (OSError, msgspec.DecodeError):
            reply = None
        finally:
            if reply is None:
                self._end(child)
            self._idle.put(child if reply else None)
        return reply

    def _begin(self) -> _Child:
        child = subprocess.Popen(
            [sys.executable, "-I", "-m", "wirecopy.pictures.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={NICE: self._nice},
        )
        self._running.add(child)
        return child

    def _end(self, child: _Child | None) -> None:
        if child is not None:
            self._running.discard(child)
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()


def _exchange(child: _Child, frame: bytes, patience: float) -> Reply | None:
    """The child's answer to a job; None when it dies over it or takes too long."""
    if child.stdin is None or child.stdout is None:
        return None
    child.stdin.write(len(frame).to_bytes(4, "big") + frame)
    child.stdin.flush()
    until = time.monotonic() + patience
    head = _read(child, 4, until)
    body = _read(child, int.from_bytes(head, "big"), until) if len(head) == 4 else b""
    return msgspec.msgpack.decode(body, type=Reply) if body else None


def _read(child: _Child, size: int, until: float) -> bytes:
    """So many bytes of the child's answer; fewer when it dies or its time is up."""
    found = bytearray()
    pipe = child.stdout
    while pipe is not None and len(found) < size:
        left = until - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            break
        part = pipe.read(min(1 << 20, size - len(found)))
        if not part:
            break
        found += part
    return bytes(found)
