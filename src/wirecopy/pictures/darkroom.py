"""The darkroom: jobs for the child process, with a time limit each; one that dies is replaced."""

from __future__ import annotations

import select
import subprocess
import sys
import threading
import time

import msgspec

from wirecopy.pictures.nouns import Developed, Job, Order, Print, Refused, Reply

PATIENCE = 30.0
"""Seconds that one picture may take."""


class Darkroom:
    """Opens pictures in a child process. Safe to use from several threads; one job at a time."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def develop(self, body: bytes) -> Developed | Refused:
        """The picture's renditions, or why there are none; whatever the bytes do to the child."""
        reply = self._ask(Job(body=body))
        if reply is None:
            return Refused(reason="it took too much time or memory to open")
        return reply.developed or reply.refused or Refused(reason="nothing came of it")

    def card(self, order: Order) -> Print | None:
        """A card with these words; None when it could not be drawn."""
        reply = self._ask(Job(card=order))
        return reply.card if reply else None

    def close(self) -> None:
        """End the child. Safe to call twice."""
        with self._lock:
            self._end()

    def _ask(self, job: Job) -> Reply | None:
        with self._lock:
            try:
                return self._exchange(msgspec.msgpack.encode(job))
            except (OSError, msgspec.DecodeError):
                self._end()
                return None

    def _exchange(self, frame: bytes) -> Reply | None:
        child = self._child or self._begin()
        if child.stdin is None or child.stdout is None:
            return None
        child.stdin.write(len(frame).to_bytes(4, "big") + frame)
        child.stdin.flush()
        until = time.monotonic() + self._patience
        head = _read(child, 4, until)
        body = _read(child, int.from_bytes(head, "big"), until) if len(head) == 4 else b""
        if not body:
            self._end()
            return None
        return msgspec.msgpack.decode(body, type=Reply)

    def _begin(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen(
            [sys.executable, "-I", "-m", "wirecopy.pictures.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={},
        )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()


def _read(child: subprocess.Popen[bytes], size: int, until: float) -> bytes:
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
