"""What stands must not depend on the order in which it came: shared by tests of the road."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.newsdesk import CONFIG, START, Desk

from wirecopy.config import Config
from wirecopy.story.prose import block_text


def at(minutes: float) -> datetime:
    """That many minutes after the day's start."""
    return START + timedelta(minutes=minutes)


def told(desk: Desk) -> list[tuple[str, str, tuple[str, ...]]]:
    """What stands: state, headline and paragraphs of every story, in no order of arrival."""
    found = []
    for (name,) in desk.rows("SELECT id FROM stories"):
        story = desk.newsroom.archive.story(name)
        assert story is not None
        item = story.standing
        text = tuple(block_text(block) for block in item.body) if item else ()
        found.append((story.state, item.headline if item else "", text))
    return sorted(found)


def ends(
    bodies: Sequence[bytes], config: Config = CONFIG
) -> list[tuple[str, str, tuple[str, ...]]]:
    """What stands after these deliveries; the site is as a full bake writes it."""
    with Desk(config) as desk:
        desk.newsroom.bake_all()
        for body in bodies:
            desk.take(body)
        assert desk.site() == desk.full_bake()
        return told(desk)


def orders(bodies: Sequence[bytes], most: int = 24) -> Iterable[Sequence[bytes]]:
    """Every order of a few deliveries, a sample of orders of many; some come twice."""
    every = list(itertools.permutations(bodies))
    if len(every) > most:
        every = random.Random(7).sample(every, most)  # noqa: S311 - a sample, no secret
    return [(*order, order[0]) for order in every]


def assert_any_order(bodies: Sequence[bytes], config: Config = CONFIG) -> Any:
    """What stands, once it is shown to be the same in other orders of arrival."""
    first = ends(bodies, config)
    for order in orders(bodies):
        assert ends(order, config) == first
    return first
