"""Delivery to page on disk while stories come in steadily: the whole service, as `run` runs it.

The stories are handed to the service twenty a second; a process beside it looks for each page
and notes when it is there. The delay includes the wait for the log to be on disk.
"""

from __future__ import annotations

import asyncio
import os
import socket
import time
from ctypes import c_int
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import uvloop

import newsrooms
import wire
from measures import Table, peak_mb, percentile, scratch
from wirecopy.model import Delivery
from wirecopy.pipeline import Step
from wirecopy.ports import Clock
from wirecopy.pressroom import SITE
from wirecopy.service import Service
from wirecopy.story.identity import normal_key, story_id
from wirecopy.story.slugs import slugify

A_SECOND = 20
_PATIENCE = 20.0


def measure(*, quick: bool) -> list[Table]:
    """50th and 99th percentile of the delay, and the delay as the service sees it."""
    seconds, before = (15, 300) if quick else (30, 2000)
    rows = []
    for readers in (0,) if quick else (0, 1):
        with scratch() as folder:
            rows.append(_steady(folder, before, seconds * A_SECOND, readers))
    return [
        Table(
            title=f"One story, delivery to page on disk, while {A_SECOND} a second arrive",
            columns=(
                "readers",
                "stories in place",
                "stories",
                "50th ms",
                "99th ms",
                "slowest ms",
                "within 50 ms",
                "peak MB",
            ),
            rows=tuple(rows),
            note=f"{seconds} seconds each; the page is looked for by another process every two "
            "milliseconds.",
        )
    ]


Row = tuple[int, int, int, float, float, float, float, float]


def _steady(folder: Path, before: int, count: int, readers: int) -> Row:
    clock = newsrooms.WireClock()
    newsroom = newsrooms.open_bench(folder, readers=0, clock=clock)
    newsrooms.fill(newsroom, clock, 0, before)
    newsroom.close()
    delays = delays_of(folder, before, count, readers)
    after = newsrooms.open_bench(folder, readers=0, clock=_going_on_from(before + count))
    after.pipeline.drain()  # lists may still be marked when the service is stopped
    newsrooms.require_all_published(after, before + count)
    after.close()
    return (
        readers,
        before,
        count,
        percentile(delays, 0.5),
        percentile(delays, 0.99),
        max(delays),
        within(delays),
        peak_mb(),
    )


def within(delays: list[float]) -> float:
    """The share of these milliseconds that is not above fifty."""
    return sum(delay <= 50 for delay in delays) / len(delays)


def delays_of(folder: Path, first: int, count: int, readers: int) -> list[float]:
    """Milliseconds from delivery to page of so many stories from that one on, on that newsroom."""
    copies = wire.stories(first, count)
    pages = [_pages(folder / SITE, copy) for copy in copies]
    spawn = get_context("spawn")
    (mine, theirs), sent = spawn.Pipe(), spawn.Value("i", 0, lock=False)
    watcher = spawn.Process(target=_watch, args=(theirs, pages, sent))
    watcher.start()
    try:
        mine.recv()  # it has started
        work = [newsrooms.delivery(copy) for copy in copies]
        began = uvloop.run(_serve(folder, work, readers, sent, _going_on_from(first)))
        return [1000 * (at - since) for at, since in zip(mine.recv(), began, strict=True)]
    finally:
        watcher.kill()
        watcher.join()


def _going_on_from(number: int) -> Clock:
    """A clock that goes on from that story: what comes now is newer than the archive."""
    since, began = wire.START + number * wire.EVERY, time.monotonic()
    return lambda: since + timedelta(seconds=time.monotonic() - began)


async def _serve(
    folder: Path, work: list[Delivery], readers: int, sent: c_int, clock: Clock
) -> list[float]:
    """When each story was handed to the service, which has filed and baked them all by then."""
    newsroom = newsrooms.open_bench(folder, readers=readers, clock=clock)
    began: list[float] = []
    filed: list[int] = []
    baked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told(step: Step, _seconds: list[float]) -> None:
        filed.extend(step.filed)
        if len(filed) >= len(work):
            loop.call_soon_threadsafe(baked.set)

    service = Service(
        newsroom, host="127.0.0.1", port=_free_port(), say=lambda _line: None, on_step=told
    )

    failures: list[Exception] = []

    async def send() -> None:
        try:
            # What begins is over, the processes beside us too, before any story comes.
            await asyncio.sleep(2.0)
            start = time.perf_counter()
            for number, delivery in enumerate(work):
                await asyncio.sleep(max(0.0, start + number / A_SECOND - time.perf_counter()))
                began.append(time.perf_counter())
                sent.value = len(began)
                await service.take([delivery])
            await asyncio.wait_for(baked.wait(), _PATIENCE)
        except Exception as failure:  # noqa: BLE001 - the service must end before it is told
            failures.append(failure)
        finally:
            service.stop()

    await service.run(send)
    newsroom.close()
    if failures:
        raise RuntimeError(f"{len(filed)} of {len(work)} stories were carried.") from failures[0]
    return began


def _pages(site: Path, copy: wire.Copy) -> list[str]:
    """Where the story's page may lie; in which section, other stories may have taught."""
    story = story_id(copy.source, normal_key(copy.id))
    name = f"{slugify(copy.headline)}-{story}.html"
    sections = sorted(wire.SECTIONS, key=lambda section: section != copy.section)
    return [str(site / section / name) for section in sections]


def _watch(pipe: Connection, pages: list[list[str]], sent: c_int) -> None:
    """Send when each page was there; perf_counter is one clock for all processes on Linux.

    Only pages of stories that have been sent are looked for: a watcher that is always at work
    would leave the service one core of two.
    """
    found: dict[int, float] = {}
    pipe.send("ready")
    first, last_found = 0, time.perf_counter()
    while first < len(pages) and time.perf_counter() - last_found < 3 * _PATIENCE:
        for number in range(first, sent.value):
            if number not in found and any(map(os.path.exists, pages[number])):
                found[number] = last_found = time.perf_counter()
        while first in found:
            first += 1
        time.sleep(0.002)
    missing = float("inf")
    pipe.send([found.get(number, missing) for number in range(len(pages))])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
