"""More copy than lists can follow: when fronts, topics and feeds are made."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec
import pytest
from tests.newsdesk import CONFIG, Desk, ninjs, notice

from wirecopy.errors import OutletError, SourceError
from wirecopy.filing import Filer
from wirecopy.model import Delivery
from wirecopy.outlets.folder import Folder
from wirecopy.pacing import Pace

ONE = "urn:nrn:1"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A newsroom that takes one delivery a step, with three that wait and lists just made."""
    monkeypatch.setattr("wirecopy.pipeline._ROUNDS", 1)
    pipeline = msgspec.structs.replace(CONFIG.pipeline, batch=1)
    with Desk(msgspec.structs.replace(CONFIG, pipeline=pipeline)) as desk:
        desk.newsroom.renew_if_changed()
        desk.take(ninjs(ONE, version="1"))
        for number in (2, 3, 4):
            body = ninjs(f"urn:nrn:{number}")
            desk.pipeline.take([Delivery(source="norrane", body=body)])
        yield desk


def on_the_front(desk: Desk) -> list[bool]:
    """Whether each of the three stands on its section's front."""
    front = (desk.newsroom.site_path / "world/index.html").read_bytes()
    rows = desk.rows("SELECT id FROM stories WHERE key LIKE '%urn:nrn:_' ORDER BY number")
    return [row[0].encode() in front for row in rows[1:]]


def test_lists_are_made_for_all_that_comes_fast(hurried: Desk) -> None:
    """While more waits stories are out at once and lists follow together, at the latest in time."""
    hurried.pipeline.step()
    [second] = hurried.rows("SELECT path FROM stories WHERE key LIKE '%urn:nrn:2'")
    assert (hurried.newsroom.site_path / second[0]).exists()
    assert on_the_front(hurried) == [False]
    hurried.carry()
    assert on_the_front(hurried) == [True, True, True]
    assert hurried.site() == hurried.full_bake()


def test_lists_stop_for_copy_that_comes_meanwhile(hurried: Desk) -> None:
    """Lists under way are left, still marked, when something comes in; later they are made."""
    hurried.carry()
    lists = ("corrections", "front/sport", "front/world", "home", "maps", "news-map")
    for page in lists:
        hurried.rows("INSERT INTO marks (page, mark) VALUES (?, 1)", page)
    looks = iter([False, False, True])
    parts = partial(Pace().parts, copy_waits=lambda: next(looks), rest=0.0, allowed=0.0)
    baked = hurried.pipeline._baker.bake(choose=parts)
    assert baked.pages == 2
    left = [page for (page,) in hurried.rows("SELECT page FROM marks ORDER BY page")]
    assert left == list(lists[2:])
    assert baked.left == len(left)
    hurried.carry()
    assert not hurried.rows("SELECT page FROM marks")
    assert hurried.site() == hurried.full_bake()


def test_lists_do_not_wait_for_ever(hurried: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once they have waited long enough lists are made, whatever else waits."""
    monkeypatch.setattr("wirecopy.pacing.LISTS_WITHIN", -1.0)
    hurried.pipeline.step()
    hurried.pipeline.step()
    assert on_the_front(hurried)[0]
    assert len(on_the_front(hurried)) < 3, "nothing waits any more"


def test_lists_do_not_wait_when_a_story_goes(hurried: Desk) -> None:
    """A kill is out of every list with the step that files it, whatever waits behind it."""
    gone = hurried.story(ONE).id
    hurried.pipeline.take([Delivery(source="norrane", body=notice(ONE, version="2"))])
    hurried.pipeline.take([Delivery(source="norrane", body=ninjs("urn:nrn:5"))])
    while hurried.story(ONE).state == "live":
        hurried.pipeline.step()
    front = hurried.newsroom.site_path / "world/index.html"
    assert gone.encode() not in front.read_bytes()
    assert hurried.pipeline.step().filed, "the delivery behind it still waited"


def test_a_kill_does_not_wait_for_lists_that_rest(hurried: Desk) -> None:
    """A front that was made a moment ago is made anew for a kill, not for a story."""
    hurried.carry()
    gone, front = hurried.story(ONE).id, hurried.newsroom.site_path / "world/index.html"
    hurried.pipeline.take([Delivery(source="norrane", body=ninjs("urn:nrn:5"))])
    hurried.pipeline.step(rest=60.0)
    hurried.pipeline.take([Delivery(source="norrane", body=ninjs("urn:nrn:6"))])
    hurried.pipeline.step(rest=60.0)
    assert hurried.story("urn:nrn:6").id.encode() not in front.read_bytes()
    hurried.pipeline.take([Delivery(source="norrane", body=notice(ONE, version="2"))])
    hurried.pipeline.step(rest=60.0)
    assert hurried.story("urn:nrn:6").id.encode() in front.read_bytes()
    assert gone.encode() not in front.read_bytes()


def test_a_kill_whose_lists_met_a_full_disk_is_as_urgent_afterwards(
    hurried: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next step makes them all, whatever waits and however lately they were made."""
    hurried.carry()
    path = hurried.story(ONE).path
    hurried.pipeline.take([Delivery(source="norrane", body=notice(ONE, version="2"))])
    for number in (5, 6):
        body = ninjs(f"urn:nrn:{number}")
        hurried.pipeline.take([Delivery(source="norrane", body=body)])
    with monkeypatch.context() as full:
        full.setattr(Folder, "_replace", _refuse)
        with pytest.raises(OutletError, match="disk is full"):
            hurried.pipeline.step(rest=60.0)
    assert hurried.story(ONE).state == "withdrawn"
    hurried.pipeline.step(rest=60.0)
    assert not [name for name, body in hurried.site().items() if path.encode() in body]


def test_copy_that_waits_is_filed_before_the_disk_is_seen_to(
    hurried: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step carries three deliveries that wait; the disk is asked once, after all their pages."""
    monkeypatch.setattr("wirecopy.pipeline._ROUNDS", 3)
    done: list[object] = []
    sync = Folder.sync

    def noted(site: Folder) -> None:
        done.append("sync")
        sync(site)

    monkeypatch.setattr(Folder, "sync", noted)
    step = hurried.pipeline.step(done.append)
    assert len(step.filed) == 3
    assert done == [*((seq,) for seq in step.filed), "sync"]
    assert not [page for (page,) in hurried.rows("SELECT page FROM marks") if "story" in page]
    hurried.carry()
    assert hurried.site() == hurried.full_bake()


def test_a_step_that_fails_midway_leaves_its_marks(
    hurried: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that were baked before the disk was seen to are baked once more by the next step."""
    monkeypatch.setattr("wirecopy.pipeline._ROUNDS", 3)
    file, filed = Filer.file, list[int]()

    def once(*parts: Any, **more: Any) -> bool:
        if filed:
            raise SourceError("The archive refused a change.")
        filed.append(1)
        return file(*parts, **more)

    with monkeypatch.context() as refusing:
        refusing.setattr(Filer, "file", once)
        with pytest.raises(SourceError, match="refused a change"):
            hurried.pipeline.step()
    story = hurried.story("urn:nrn:2").id
    assert (f"story/{story}",) in hurried.rows("SELECT page FROM marks")
    hurried.carry()
    assert not hurried.rows("SELECT page FROM marks")
    assert hurried.site() == hurried.full_bake()


def _refuse(_site: Folder, _path: str, _body: bytes) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
