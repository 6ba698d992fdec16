"""The whole road in bulk: delivery to page on disk and search, on archives of several sizes.

Reading, filing, baking and indexing are all in the measured time; so is writing the log, with its
wait for the disk. The reference beside it does the least that any such product must: parse the
XML, put the text into a full-text index and a file on disk. It keeps no log, no versions, no
links, no lists and no feeds.

The clock starts with the bytes in memory, as intake hands them over, and stops when all is done. A
story is done when its page, the lists and feeds that show it and its entry for search are durable;
lists and feeds are written once for all the stories of a turn, as they are for any backlog.
"""

from __future__ import annotations

import os
import sqlite3
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

import msgspec
from lxml import etree

import newsrooms
import wire
from measures import Table, cpu_seconds, family, peak_mb, ratio, scratch
from wirecopy.model import Delivery

READERS = (0, 1)
"""Reading processes; where there is one, another bakes what has been filed."""
_WARM = 250
"""Stories that come before the clock is started: more than a batch, so that all are at work."""
_BUILD_SECONDS = 240.0
"""How long filling the archive may take in all; what is measured then is the size reached."""


def measure(*, quick: bool) -> list[Table]:
    """Stories a second at each size, in one process and in three."""
    sizes, count = ((500,), 300) if quick else ((1000, 10_000, 100_000), 5000)
    with scratch() as folder:
        rows, reached = _sizes(folder, sizes, count)
    speeds = {size: max(row[2], row[4]) for size, row in zip(reached, rows, strict=True)}
    growth = [
        f"{later:,} stories in place: {ratio(speeds[later], speeds[earlier]):.2f} of the speed "
        f"at {earlier:,}."
        for earlier, later in pairwise(reached)
    ]
    return [
        Table(
            title="The whole road in bulk: stories a second, delivery to page and search",
            columns=(
                "stories in place",
                "reference (XML to FTS5 and one file)",
                "wirecopy, one process",
                "CPU ms a story",
                "wirecopy, reading and baking beside",
                "CPU ms a story, all three",
                "best, of the reference",
                "peak MB, filing process",
                "peak MB, those beside",
            ),
            rows=tuple(rows),
            note=f"The next {count} stories at each size, twice for each, turn by turn, wall time; "
            f"medians. RSS and NewsML-G2 files in turn. {' '.join(growth)}",
        )
    ]


Row = tuple[int, float, float, float, float, float, float | None, float, float]


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What one turn took."""

    speed: float
    cpu: float
    """Milliseconds a story, of all processes."""
    beside: float
    """Peak MB of the processes beside the one that files."""


def _sizes(folder: Path, sizes: tuple[int, ...], count: int) -> tuple[list[Row], list[int]]:
    rows: list[Row] = []
    reached: list[int] = []
    at, spent = 0, 0.0
    for size in sizes:
        began = time.perf_counter()
        at = _fill(folder, at, size, began + _BUILD_SECONDS - spent)
        spent += time.perf_counter() - began
        reached.append(at)
        (alone, several), at = _measured(folder, at, count)
        bare = median(_reference(folder, at, count) for _ in range(3))
        best = ratio(max(alone.speed, several.speed), bare)
        rows.append(
            (
                reached[-1],
                bare,
                alone.speed,
                alone.cpu,
                several.speed,
                several.cpu,
                best,
                peak_mb(),
                several.beside,
            )
        )
    return rows, reached


def _fill(folder: Path, first: int, last: int, until: float) -> int:
    """Bring the archive up to `last` stories with all cores; where it stood when time was up."""
    clock = newsrooms.WireClock()
    newsroom = newsrooms.open_bench(folder / "news", readers=1, clock=clock)
    try:
        return newsrooms.fill(newsroom, clock, first, last, lambda: time.perf_counter() > until)
    finally:
        newsroom.close()


def _measured(folder: Path, at: int, count: int) -> tuple[list[Turn], int]:
    """What a turn takes with each number of readers, and how many stories there are then."""
    turns: dict[int, list[Turn]] = {readers: [] for readers in READERS}
    for readers in (*READERS, *reversed(READERS)):
        clock = newsrooms.WireClock()
        newsroom = newsrooms.open_bench(folder / "news", readers=readers, clock=clock)
        # All processes are started before the clock: a newsroom is up when news comes in.
        newsrooms.fill(newsroom, clock, at, at + _WARM)
        at += _WARM
        work = [newsrooms.delivery(copy) for copy in wire.stories(at, count)]
        before, began = _cpu(), time.perf_counter()
        newsrooms.carry(newsroom, clock, work, at)
        seconds = time.perf_counter() - began
        turns[readers].append(
            Turn(
                speed=count / seconds,
                cpu=1000 * sum(spent - before.get(pid, 0) for pid, spent in _cpu().items()) / count,
                beside=sum(map(peak_mb, family(os.getpid())[1:])),
            )
        )
        at += count
        newsrooms.require_all_published(newsroom, at)
        newsroom.close()
    return [_median(turns[readers]) for readers in READERS], at


def _cpu() -> dict[int, float]:
    """CPU seconds so far of this process and of all beside it."""
    return {pid: cpu_seconds(pid) for pid in family(os.getpid())}


def _median(turns: list[Turn]) -> Turn:
    return Turn(
        speed=median(turn.speed for turn in turns),
        cpu=median(turn.cpu for turn in turns),
        beside=max(turn.beside for turn in turns),
    )


def _reference(folder: Path, first: int, count: int) -> float:
    """Stories a second of the least work: one parse, one indexed row, one file each."""
    work = [newsrooms.delivery(copy) for copy in wire.stories(first, count)]
    place = folder / "reference"
    place.mkdir(exist_ok=True)
    store = sqlite3.connect(place / "reference.db")
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (text)")
    began = time.perf_counter()
    with store:
        for delivery in work:
            _keep(store, place, delivery)
    os.sync()
    seconds = time.perf_counter() - began
    store.close()
    return count / seconds


def _keep(store: sqlite3.Connection, place: Path, delivery: Delivery) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(delivery.body, parser)
    text = " ".join(map(str, root.itertext()))
    store.execute("INSERT INTO search (text) VALUES (?)", (text,))
    (place / delivery.name).write_text(text, encoding="utf-8")
