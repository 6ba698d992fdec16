"""Newsrooms for the benches: their configuration, a clock that goes with the wire, and filling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import wire
from wirecopy.config import Config, parse
from wirecopy.model import Delivery
from wirecopy.wiring import Newsroom

TAKEN_AT_ONCE = 100
"""Deliveries that go into the log with one write to the disk, as a folder full of files does."""


def settings() -> Config:
    """The configuration: one source and one section for each section of the wire."""
    return parse(toml(), {})


def toml(*, inbox: bool = False) -> str:
    """The configuration as wirecopy.toml has it; with an `inbox` each source has its folder."""
    sources = "\n".join(
        f'[[sources]]\nname = "wire-{section}"\nagency = "{wire.story(number).agency}"\n'
        f'section = "{section}"\n' + f'path = "inbox/wire-{section}"\nevery = "1s"\n' * inbox
        for number, section in enumerate(wire.SECTIONS)
    )
    site = '[site]\nname = "The Bench"\nurl = "https://bench.example"\ntimezone = "UTC"\n'
    return f"{site}\n{sources}"


class WireClock:
    """A clock that goes by the wire: it says when the story in hand was sent."""

    def __init__(self) -> None:
        self.now = wire.START

    def __call__(self) -> datetime:
        """The time of the story in hand."""
        return self.now


def delivery(copy: wire.Copy) -> Delivery:
    """One story as one file: RSS and NewsML-G2 in turn."""
    in_rss = copy.number // len(wire.SECTIONS) % 2 == 0
    body = wire.rss([copy]) if in_rss else wire.newsml_g2([copy])
    return Delivery(source=copy.source, body=body, name=f"{copy.number}.xml")


def open_bench(folder: Path, *, readers: int, clock: Callable[[], datetime]) -> Newsroom:
    """A newsroom in `folder`, with its fixed pages written."""
    newsroom = Newsroom(folder, settings(), clock, readers=readers)
    newsroom.renew_if_changed()
    return newsroom


def carry(newsroom: Newsroom, clock: WireClock, work: list[Delivery], first: int) -> None:
    """Take deliveries in, file them, bake what they made dirty: the whole road."""
    for start in range(0, len(work), TAKEN_AT_ONCE):
        clock.now = wire.START + wire.EVERY * (first + start)
        newsroom.pipeline.take(work[start : start + TAKEN_AT_ONCE])
    newsroom.pipeline.drain()


def fill(
    newsroom: Newsroom,
    clock: WireClock,
    first: int,
    last: int,
    enough: Callable[[], bool] = lambda: False,
) -> int:
    """Carry stories first to last - 1 down the road, or until it is enough; where it stopped."""
    while first < last and not enough():
        upto = min(first + 2000, last)
        work = [delivery(copy) for copy in wire.stories(first, upto - first)]
        carry(newsroom, clock, work, first)
        first = upto
    return first


def require_all_published(newsroom: Newsroom, count: int) -> None:
    """RuntimeError unless `count` stories are live, findable and on disk."""
    run = newsroom.archive.connection.execute
    live = run("SELECT COUNT(*) FROM stories WHERE state = 'live'").fetchone()[0]
    found = run("SELECT COUNT(*) FROM search_docsize").fetchone()[0]
    marked = run("SELECT COUNT(*) FROM marks").fetchone()[0]
    pages = len(story_pages(newsroom.site_path))
    if (live, found, marked, pages) != (count, count, 0, count):
        raise RuntimeError(
            f"Of {count} stories {live} are live, {found} can be found and {pages} have a page; "
            f"{marked} pages wait to be baked. Such a run measures nothing."
        )


def story_pages(site: Path) -> list[Path]:
    """The files of all story pages."""
    return [
        path
        for section in wire.SECTIONS
        for path in (site / section).glob("*.html")
        if path.name != "index.html"
    ]
