"""A backlog is baked by processes beside the one that files, and nobody can tell from the site."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest
from tests.newsdesk import CONFIG, START, Desk, ninjs, notice

from wirecopy.errors import OutletError
from wirecopy.model import Delivery

_SMALL = msgspec.structs.replace(
    CONFIG, pipeline=msgspec.structs.replace(CONFIG.pipeline, batch=20)
)
"""A batch is small, so a short wire is a backlog."""


def _wire() -> Iterator[bytes]:
    """Stories with pictures and many topics, updates of them, and kills in between."""
    for number in range(90):
        picture = {"uri": f"p{number}", "type": "picture", "headline": "The quay", "renditions":
                   [{"href": f"https://pictures.example/{number}.jpg", "contenttype": "image/jpeg",
                     "width": 1200, "height": 800}]}  # fmt: skip
        subject = [{"name": f"Harbour {number % 40}"}, {"name": "Tarnwick council"}]
        told = {"subjects": subject}
        if number % 3 == 0:
            told["associations"] = [picture]
        yield ninjs(f"urn:nrn:{number}", f"Ferry {number} sails", **told)
        if number % 7 == 0:
            yield ninjs(f"urn:nrn:{number}", f"Ferry {number} is late", version="2", **told)
        if number in (50, 51):
            yield notice(f"urn:nrn:{number - 20}", version="3")


@pytest.fixture
def backlog() -> list[Delivery]:
    """The wire as deliveries."""
    return [Delivery(source="norrane", body=body) for body in _wire()]


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A newsroom with processes beside it."""
    with Desk(_SMALL, readers=1) as desk:
        desk.newsroom.bake_all()
        yield desk


def _noted(desk: Desk) -> list[list[tuple[object, ...]]]:
    """What the picture ledger was told of live stories: the addresses wanted, and by whom.

    A story that was killed meanwhile had a page before, or had not: that is a matter of time.
    """
    run = desk.newsroom.ledger._all
    live = {row[0] for row in desk.rows("SELECT id FROM stories WHERE state = 'live'")}
    uses = [row for row in run("SELECT * FROM uses ORDER BY 1, 2") if row[1] in live]
    urls = {row[0] for row in uses}
    return [uses, [row for row in run("SELECT * FROM facts ORDER BY 1") if row[0] in urls]]


def test_the_site_is_the_same_whoever_baked_it(desk: Desk, backlog: list[Delivery]) -> None:
    """One process or several: the same archive, the same bytes, the same pictures asked for."""
    with Desk(_SMALL) as alone:
        alone.newsroom.bake_all()
        for one in (alone, desk):
            one.pipeline.take(backlog)
            one.pipeline.drain()
        assert desk.newsroom._room.at_work, "otherwise this compares nothing"
        assert not alone.newsroom._room.at_work
        assert desk.archive() == alone.archive()
        assert desk.site() == alone.site() == desk.full_bake()
        assert _noted(desk) == _noted(alone)
        assert desk.rows("SELECT * FROM marks") == []


def test_what_comes_after_a_backlog_is_baked_here(desk: Desk, backlog: list[Delivery]) -> None:
    """Once the backlog is carried, a story, a kill and an expired picture find all in its place."""
    desk.pipeline.take(backlog)
    desk.pipeline.drain()
    desk.now = START + timedelta(hours=1)
    ends = desk.now + timedelta(hours=1)
    desk.take(ninjs("urn:nrn:new", "Tug sails", expires=ends), notice("urn:nrn:3", version="4"))
    assert desk.site() == desk.full_bake()
    desk.wait(hours=2)
    assert desk.site() == desk.full_bake()
    assert not any("tug-sails" in path for path in desk.site())


def test_a_baking_process_that_dies_costs_nothing(desk: Desk, backlog: list[Delivery]) -> None:
    """Killed in the middle of a backlog: what it had in hand is baked by the one that files."""
    killed = []

    def kill(_seq: int) -> None:
        pool = desk.newsroom._room._pool
        for process in (pool._processes if pool and not killed else {}).copy():
            os.kill(process, signal.SIGKILL)
            killed.append(process)

    desk.pipeline.take(backlog)
    desk.pipeline.drain(kill)
    assert killed
    assert desk.site() == desk.full_bake()
    assert desk.rows("SELECT * FROM marks") == []


def test_a_disk_that_refuses_stops_the_road_and_loses_nothing(
    desk: Desk, backlog: list[Delivery]
) -> None:
    """What a baking process could not write is told here, keeps its mark and is baked later."""
    world = desk.newsroom.site_path / "world"
    for page in world.iterdir():
        page.unlink()
    world.rmdir()
    world.write_text("in the way", encoding="utf-8")
    desk.pipeline.take(backlog)
    with pytest.raises(OutletError, match="move it away"):
        desk.pipeline.drain()
    assert desk.rows("SELECT * FROM marks") != []
    world.unlink()
    desk.pipeline.drain()
    assert desk.site() == desk.full_bake()
