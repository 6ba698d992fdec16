"""The child process in which pictures are opened: bounded memory, no files, one job at a time.

A job is four bytes of length and the bytes; its answer is the same with a msgpack object.
"""

from __future__ import annotations

import os
import resource
import sys
from typing import BinaryIO

import msgspec

from wirecopy.pictures.card import draw
from wirecopy.pictures.develop import develop
from wirecopy.pictures.nouns import NICE, Job, Refused, Reply

MEMORY = 1_500_000_000
"""Bytes of address space that the child may take."""


def _answer(job: Job) -> Reply:
    """What comes of a job; never raises on any bytes."""
    if job.card is not None:
        return Reply(card=draw(job.card, job.font))
    made = develop(job.body, job.label, avif=job.avif)
    return Reply(refused=made) if isinstance(made, Refused) else Reply(developed=made)


def shut_in(nice: int = 19) -> None:
    """Take from this process what a picture has no need of."""
    os.nice(nice)  # the wire goes first, whatever there is to draw
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _send(out: BinaryIO, body: bytes) -> None:
    """Write one frame."""
    out.write(len(body).to_bytes(4, "big"))
    out.write(body)
    out.flush()


def _receive(file: BinaryIO) -> bytes | None:
    """The next frame; None when the other side has closed."""
    head = file.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    body = file.read(size)
    return body if len(body) == size else None


def main() -> None:
    """Answer jobs until the parent closes."""
    shut_in(int(os.environ.get(NICE, "19")))
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    read = msgspec.msgpack.Decoder(Job).decode
    while (frame := _receive(incoming)) is not None:
        _send(outgoing, msgspec.msgpack.encode(_answer(read(frame))))


if __name__ == "__main__":
    main()
