"""Every format, bytes to items, beside a parser that builds its tree; and what real files take."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import feedparser
from lxml import etree

import newsrooms
import telexes
import wire
from measures import Interleaved, Table, ratio, skipped
from wirecopy import formats as reading
from wirecopy.errors import FormatError
from wirecopy.model import Delivery
from wirecopy.reading import read_delivery

ITEMS = 50
SLOW = 0.020
"""Seconds that no single file of a real wire should take."""
JSON = frozenset({"jsonfeed", "ninjs", "vendor-json"})
FEEDS = frozenset({"rss", "atom", "wxr"})
LINES = frozenset({"iptc7901", "anpa1312", "plain", "plain (mail)"})
"""Formats without markup: nothing but decoding stands beside them."""


def measure(*, quick: bool) -> list[Table]:
    """Every format beside its peers, then the slowest of the real files."""
    return [_all_formats(7 if quick else 25), _samples()]


def _deliveries() -> dict[str, list[bytes]]:
    copies = wire.stories(0, ITEMS)
    return {
        "rss": [wire.rss(copies)],
        "atom": [wire.atom(copies)],
        "jsonfeed": [wire.jsonfeed(copies)],
        "newsml-g2": [wire.newsml_g2(copies)],
        "newsml1": [telexes.newsml1(copies)],
        "nitf": [wire.nitf(copy) for copy in copies],
        "ninjs": [wire.ninjs(copy) for copy in copies],
        "vendor-json": [telexes.digitalwires(copy) for copy in copies],
        "wxr": [telexes.wxr(copies)],
        "iptc7901": [telexes.iptc7901(copy) for copy in copies],
        "anpa1312": [telexes.anpa1312(copy) for copy in copies],
        "plain": [telexes.plain(copy) for copy in copies],
        "plain (mail)": [telexes.mail(copy) for copy in copies],
    }


def _all_formats(rounds: int) -> Table:
    deliveries = _deliveries()
    contestants: dict[str, Callable[[], object]] = {}
    for form, bodies in deliveries.items():
        _require(form, bodies)
        contestants[form] = partial(_each, reading.read, bodies)
        contestants[f"{form} bare"] = partial(_each, _builder(form), bodies)
        contestants[f"{form} whole"] = partial(_each, _whole, bodies)
        if form in FEEDS:
            contestants[f"{form} peer"] = partial(_each, feedparser.parse, bodies)
    timed = Interleaved(contestants, rounds)
    return Table(
        title="Every format",
        columns=(
            "format",
            "formats.read items per CPU-second",
            "MB per CPU-second",
            "times feedparser",
            "of the bare tree (lxml, json)",
            "read_delivery items per CPU-second",
        ),
        rows=tuple(_row(form, bodies, timed) for form, bodies in deliveries.items()),
        note=f"Medians of {rounds} interleaved rounds; {ITEMS} stories. NITF, ninjs, digitalwires, "
        "telexes, texts and mails come one story to a file.",
    )


def _row(form: str, bodies: list[bytes], timed: Interleaved) -> tuple[str | float | None, ...]:
    rate, megabytes = ITEMS / timed.median(form), sum(map(len, bodies)) / 1e6
    peer = ratio(rate, ITEMS / timed.median(f"{form} peer")) if form in FEEDS else None
    bare = None if form in LINES else ratio(rate, ITEMS / timed.median(f"{form} bare"))
    whole = ITEMS / timed.median(f"{form} whole")
    return form, rate, megabytes / timed.median(form), peer, bare, whole


def _require(form: str, bodies: list[bytes]) -> None:
    """RuntimeError unless the bodies are read as `form`, every item with its whole text."""
    readings = [reading.read(body) for body in bodies]
    items = [item for each in readings for item in each.items]
    whole = all(item.headline and len(item.body) > 3 for item in items)
    found = {each.format for each in readings}
    if len(items) != ITEMS or not whole or found != {form.partition(" ")[0]}:
        raise RuntimeError(f"The {form} of the bench is not read as it should be.")


def _builder(form: str) -> Callable[[bytes], object]:
    """What builds the tree of a format, or decodes its lines, and nothing more."""
    if form in LINES:
        return partial(bytes.decode, encoding="latin-1")
    return json.loads if form in JSON else _tree


def _tree(body: bytes) -> object:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(body, parser)


_CONFIG = newsrooms.settings()


def _whole(body: bytes) -> object:
    galley = read_delivery(Delivery(source="wire-world", body=body), wire.START, _CONFIG)
    if galley.error or galley.spoiled:
        raise RuntimeError(galley.error or galley.spoiled[0])
    return galley


def _each(read: Callable[[bytes], object], bodies: list[bytes]) -> None:
    for body in bodies:
        read(body)


# --------------------------------------------------------------------------------------
# Real files
# --------------------------------------------------------------------------------------


def _samples() -> Table:
    """The slowest real files, where there are any beside the repository."""
    title = "Real files, the slowest"
    above = Path(__file__).resolve().parents
    folder = next((p / "shared/samples" for p in above if (p / "shared/samples").is_dir()), None)
    if folder is None:
        return skipped(title, "no real files lie beside the repository")
    timed = []
    unread = 0
    for path in sorted(folder.glob("*/*")):
        if path.name.endswith(".expected.json"):
            continue
        body = path.read_bytes()
        try:
            form = reading.read(body).format
        except FormatError:
            unread += 1
            continue
        best = min(_seconds(body) for _ in range(5))
        timed.append((best, path.name, form, len(body) / 1000))
    timed.sort(reverse=True)
    over = sum(best > SLOW for best, *_ in timed)
    return Table(
        title=title,
        columns=("file", "format", "kB", "ms", "over 20 ms"),
        rows=tuple(
            (name, form, size, best * 1000, "YES" if best > SLOW else "no")
            for best, name, form, size in timed[:8]
        ),
        note=f"{len(timed)} files, the best of five each; {over} over {SLOW * 1000:.0f} ms, "
        f"{unread} not read.",
    )


def _seconds(body: bytes) -> float:
    began = time.perf_counter()
    reading.read(body)
    return time.perf_counter() - began
