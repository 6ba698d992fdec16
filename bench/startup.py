"""A start after a crash: from the command to the first answer, with a large archive behind it.

A newsroom is filled; a process of its own then takes copy in, files some of it, bakes none and ends
without a word. `wirecopy run` is started on what that left, and killed, again and again.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import newsrooms
import wire
from measures import Table, scratch
from wirecopy.wiring import Newsroom

_LEFT = 200
"""Deliveries that are taken in, and half of them filed, when the crash comes."""
_OWED = 5.0
"""Seconds from the command to the first answer, at most."""


def measure(*, quick: bool) -> list[Table]:
    """Seconds to the first answer, the median and the worst, and of processor time until then."""
    count, rounds = (2000, 3) if quick else (100_000, 5)
    with scratch() as folder:
        clock = newsrooms.WireClock()
        newsroom = newsrooms.open_bench(folder, readers=1, clock=clock)
        newsrooms.fill(newsroom, clock, 0, count)
        newsroom.close()
        found = starts(folder, count, rounds)
    seconds, work = zip(*found, strict=True)
    within = sum(each <= _OWED for each in seconds)
    row = (count, rounds, median(seconds), max(seconds), median(work), within)
    return [
        Table(
            title="Start after a crash, to the first answer",
            columns=("stories", "starts", "median s", "worst s", "processor s", "within 5 s"),
            rows=(row,),
            note=f"{_LEFT} deliveries had been taken in, half of them filed, none of those baked.",
        )
    ]


def starts(folder: Path, count: int, rounds: int) -> list[tuple[float, float]]:
    """Seconds and processor time of each start of a newsroom that holds so many stories."""
    (folder / "wirecopy.toml").write_text(newsrooms.toml(), encoding="utf-8")
    return [_started(folder, count + turn * _LEFT) for turn in range(rounds)]


def _crash(folder: Path, first: int) -> None:
    """Take in, file a part, and end in the midst of it."""
    clock = newsrooms.WireClock()
    newsroom = Newsroom(folder, newsrooms.settings(), clock, readers=0)
    clock.now = wire.START + wire.EVERY * first
    work = [newsrooms.delivery(copy) for copy in wire.stories(first, _LEFT)]
    newsroom.pipeline.take(work)
    entries = newsroom.log.after(newsroom.archive.position(), _LEFT // 2)
    galleys = list(newsroom.reader.read(entries))
    newsroom.pipeline._filer.file(entries, galleys, after=newsroom.archive.position())  # noqa: SLF001 - a step that gets no further
    os._exit(9)


def _started(folder: Path, first: int) -> tuple[float, float]:
    crash = get_context("spawn").Process(target=_crash, args=(folder, first))
    crash.start()
    crash.join()
    if crash.exitcode != 9:
        raise RuntimeError("the crash did not come where it should")
    port = free_port()
    words = [sys.executable, "-m", "wirecopy", "-C", str(folder), "run", "--port", str(port)]
    began = time.perf_counter()
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    while not answers(port):
        if process.poll() is not None:
            raise RuntimeError("the newsroom ended by itself")
        time.sleep(0.005)
    seconds = time.perf_counter() - began
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    work = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    process.send_signal(signal.SIGKILL)
    process.wait()
    return seconds, work


def answers(port: int) -> bool:
    """Whether a newsroom says there that it is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
