"""`demo`: the whole product on a bundled fictional wire, live or baked once."""

from __future__ import annotations

import asyncio
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click
import uvloop
from rich.console import Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from wirecopy.archive.ledger import read_ledger
from wirecopy.cli import show
from wirecopy.config import Config, parse
from wirecopy.demo.wire import CONFIG, Sending, fetch_picture, sendings
from wirecopy.model import Delivery
from wirecopy.outlets.folder import INCOMING
from wirecopy.pictures.darkroom import Darkroom
from wirecopy.pictures.desk import PictureDesk
from wirecopy.pipeline import Step
from wirecopy.ports import Clock
from wirecopy.settings import check_out
from wirecopy.wiring import Newsroom, clock_of

_QUIET = timedelta(minutes=10)
"""How long after its last sending the baked demo's clock stops; every schedule has fallen due."""
_PATIENCE = 5.0
"""Seconds of pictures before the live demo opens; those that are left come while it is open."""
_KINDS = ("published", "updated", "held", "withdrawn", "duplicate", "quarantined")


class _Watch:
    """A clock that stands where it is set, until it is let go."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._running: Clock | None = None

    def __call__(self) -> datetime:
        return self._running() if self._running else self.now

    def let_go(self, clock: Clock) -> None:
        """From now on, tell the time that `clock` tells."""
        self._running = clock


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8080,
    show_default=True,
    help="Serve on this port.",
)
@click.option(
    "--once",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Bake the whole demo into DIR and end; nothing is served.",
)
@click.option(
    "--speed",
    type=click.IntRange(1, 60),
    default=1,
    metavar="N",
    help="Let the live part's three minutes pass N times as fast.",
)
def demo(port: int, once: Path | None, speed: int) -> None:
    """Show the whole product on a bundled fictional wire."""
    start = clock_of(os.environ)()
    base = f"http://localhost:{port}"
    config = parse(CONFIG.replace("http://localhost:8080", base), {})
    with tempfile.TemporaryDirectory(prefix="wirecopy-demo-") as folder:
        if once is None:
            uvloop.run(_live(Path(folder), config, start, port, speed))
        else:
            _once(Path(folder), config, start, once)


def _delivery(sending: Sending) -> Delivery:
    return Delivery(
        source=sending.source,
        body=sending.body,
        name=sending.name,
        media_type=sending.media_type,
    )


def _play(newsroom: Newsroom, wire: Sequence[Sending], start: datetime, watch: _Watch) -> None:
    """Take these sendings in at their own times, as if they had come over two days."""
    for sending in wire:
        watch.now = start + sending.at  # the entry itself carries time forward, schedules included
        newsroom.pipeline.take([_delivery(sending)])
    newsroom.pipeline.drain()


def _once(folder: Path, config: Config, start: datetime, out: Path) -> None:
    """Bake the demo into `out`, as it stands when its whole day is over."""
    check_out(out)
    wire = sendings(start)
    watch = _Watch(start + wire[0].at)
    newsroom = Newsroom(folder, config, watch, readers=0)
    try:
        _play(newsroom, wire, start, watch)
        watch.now = start + wire[-1].at + _QUIET
        while newsroom.pipeline.tick():
            newsroom.pipeline.drain()
        _see_to_pictures(newsroom)
        newsroom.bake_all()
        ledger = read_ledger(newsroom.archive.connection)
    finally:
        newsroom.close()
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(newsroom.site_path, out, ignore=shutil.ignore_patterns(INCOMING))
    files = sum(1 for path in out.rglob("*") if path.is_file())
    stories = ", ".join(f"{count} {state}" for state, count in ledger.stories.items())
    click.echo(f"{ledger.deliveries} deliveries, stories: {stories}. {files} files in {out}.")


def _see_to_pictures(newsroom: Newsroom, seconds: float = math.inf) -> None:
    """Let the picture desk work until nothing is wanted, or so long, and bake what has changed."""
    until = time.monotonic() + seconds
    darkroom = Darkroom(300.0, children=os.cpu_count() or 1, waiting=True)
    desk = PictureDesk(newsroom.ledger, darkroom, fetch_picture, newsroom.clock)

    async def one_by_one() -> None:
        while time.monotonic() < until and await desk.work():
            continue

    async def all_of_it() -> None:
        await asyncio.gather(*(one_by_one() for _ in range(darkroom.children + 1)))

    try:
        uvloop.run(all_of_it())
    finally:
        darkroom.close()
    newsroom.pipeline.drain()


async def _live(folder: Path, config: Config, start: datetime, port: int, speed: int) -> None:
    """Play the backlog at once, then the live part while the site is served."""
    from wirecopy.service import Service  # noqa: PLC0415 - only the live demo pays for the server

    wire = sendings(start)
    backlog = [sending for sending in wire if sending.at < timedelta()]
    live = [sending for sending in wire if sending.at >= timedelta()]
    watch = _Watch(start + wire[0].at)
    newsroom = Newsroom(folder, config, watch, readers=0)
    board = Board(newsroom, len(live))
    try:
        click.echo(f"Playing {len(backlog)} deliveries of the last two days ...", err=True)
        _play(newsroom, backlog, start, watch)
        await asyncio.to_thread(_see_to_pictures, newsroom, _PATIENCE)
        newsroom.bake_all()
        watch.let_go(clock_of(os.environ))
        service = Service(
            newsroom,
            host="127.0.0.1",
            port=port,
            say=board.say,
            on_step=board.step,
            fetch=fetch_picture,
        )

        async def send() -> None:
            began = asyncio.get_running_loop().time()
            for sending in live:
                due = began + sending.at.total_seconds() / speed
                await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
                await service.take([_delivery(sending)])
                board.sent(sending)
            board.say("The demo's wire is quiet now; the site stays up. Ctrl-C ends it.")

        with board:
            await service.run(send)
    finally:
        newsroom.close()


class Board:
    """The live table on the terminal: what has come in, what became of it, and how fast."""

    def __init__(self, newsroom: Newsroom, expected: int) -> None:
        self._newsroom = newsroom
        self._expected = expected
        self._seconds: list[float] = []
        self._received = 0
        self._counts: Counter[str] = Counter()
        self._lines: list[str] = []
        self._live: Live | None = None
        if sys.stdout.isatty():
            self._live = Live(refresh_per_second=4)

    def __enter__(self) -> None:
        self._count()
        if self._live is not None:
            self._live.start()

    def __exit__(self, *_error: object) -> None:
        if self._live is not None:
            self._live.stop()
        click.echo(self._sum())

    def sent(self, sending: Sending) -> None:
        """Note that one delivery of the live part has been taken."""
        self._received += 1
        if self._live is None:
            click.echo(f"{sending.source}: {sending.name}")

    def say(self, text: str) -> None:
        """Print one line for the person who watches."""
        self._lines = [*self._lines[-5:], show.printable(text)]
        if self._live is None:
            click.echo(show.printable(text), err=True)
        self._draw()

    def step(self, step: Step, seconds: list[float]) -> None:
        """Take in what one step of the pipeline did. Called in the pipeline's thread."""
        self._seconds += seconds
        self._count()
        if step.filed:
            self._draw()

    def _count(self) -> None:
        ledger = read_ledger(self._newsroom.archive.connection)
        self._counts = Counter(ledger.items_by_outcome)

    def _sum(self) -> str:
        said = ", ".join(f"{self._counts[kind]} {kind}" for kind in _KINDS if self._counts[kind])
        return f"{said or 'nothing yet'}; delivery to page: {self._speed()}."

    def _speed(self) -> str:
        if not self._seconds:
            return "-"
        times = sorted(1000 * second for second in self._seconds)
        slowest = times[min(len(times) - 1, int(len(times) * 0.99))]
        return f"median {statistics.median(times):.0f} ms, 99th percentile {slowest:.0f} ms"

    def _draw(self) -> None:
        if self._live is None:
            return
        table = Table(title=f"{self._newsroom.config.site.name} · {self._newsroom.config.site.url}")
        for name in ("live wire", *_KINDS, "delivery to page"):
            table.add_column(name, justify="right")
        table.add_row(
            f"{self._received}/{self._expected}",
            *(str(self._counts[kind]) for kind in _KINDS),
            self._speed(),
        )
        self._live.update(Group(table, Text("\n".join(self._lines))))
