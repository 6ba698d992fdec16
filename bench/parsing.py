"""Bytes to items: wirecopy beside feedparser's default and a bare lxml that builds its tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import feedparser
from lxml import etree

import newsrooms
import wire
from measures import Interleaved, Table, ratio
from wirecopy import formats
from wirecopy.model import Delivery
from wirecopy.reading import read_delivery

ITEMS = 50


def measure(*, quick: bool) -> list[Table]:
    """Feeds beside their peers."""
    copies = wire.stories(0, ITEMS)
    feeds = {"rss": wire.rss(copies), "atom": wire.atom(copies)}
    rounds = 7 if quick else 25
    return [_beside_peers(form, body, rounds) for form, body in feeds.items()]


def _beside_peers(form: str, body: bytes, rounds: int) -> Table:
    _require(form, [body])
    titles = [entry.title for entry in feedparser.parse(body).entries]
    if titles != [item.headline for item in formats.read(body).items]:
        raise RuntimeError(f"feedparser and wirecopy read other headlines from the same {form}.")
    contestants: dict[str, Callable[[], object]] = {
        "feedparser, default": partial(feedparser.parse, body),
        "lxml, tree only": partial(_tree, body),
        "wirecopy formats.read (sanitised items)": partial(formats.read, body),
        "wirecopy read_delivery (cleaned, topics, terms)": partial(_whole, body),
    }
    timed = Interleaved(contestants, rounds)
    rates = {name: ITEMS / timed.median(name) for name in contestants}
    slow, bare = rates["feedparser, default"], rates["lxml, tree only"]
    return Table(
        title=f"Parsing {form}: {ITEMS} items, {len(body) / ITEMS / 1000:.1f} KB each",
        columns=("reader", "items per CPU-second", "times feedparser", "of bare lxml"),
        rows=tuple((n, rate, ratio(rate, slow), ratio(rate, bare)) for n, rate in rates.items()),
        note=f"Medians of {rounds} interleaved rounds.",
    )


def _require(form: str, bodies: list[bytes]) -> None:
    """RuntimeError unless the bodies are read as `form`, every item with its whole text."""
    readings = [formats.read(body) for body in bodies]
    items = [item for reading in readings for item in reading.items]
    whole = all(item.headline and len(item.body) > 3 for item in items)
    if len(items) != ITEMS or not whole or {reading.format for reading in readings} != {form}:
        raise RuntimeError(f"The {form} of the bench is not read as it should be.")


def _tree(body: bytes) -> object:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(body, parser)


_CONFIG = newsrooms.settings()


def _whole(body: bytes) -> object:
    galley = read_delivery(Delivery(source="wire-world", body=body), wire.START, _CONFIG)
    if galley.error or galley.spoiled:
        raise RuntimeError(galley.error or galley.spoiled[0])
    return galley
