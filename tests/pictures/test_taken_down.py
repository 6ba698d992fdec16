"""A picture that no page shows any more is gone from the site, whatever came between."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.pictures.room import SETTINGS, URL, Room, full_bake, wire

from wirecopy import baking, pressroom, renewal, wiring
from wirecopy.config import parse
from wirecopy.errors import OutletError
from wirecopy.model import Delivery, Order


def pictures(room: Room) -> list[str]:
    """The picture files of the site, without cards."""
    return [path for path in room.files() if path.startswith("pictures/") and "-1200" not in path]


def kill(room: Room, number: int) -> None:
    """Staff kill the story of that number."""
    rows = room.newsroom.archive.connection.execute(
        "SELECT id FROM stories WHERE key LIKE ?", (f"%:{number}",)
    )
    room.newsroom.pipeline.order(Order(action="kill", story=rows.fetchone()[0], by="mira"))


def test_a_crash_before_its_files_were_removed_leaves_none(room: Room) -> None:
    """The page is baked once more, and still knows which files it has shown."""
    room.take()
    room.see_to_pictures()
    assert pictures(room)
    kill(room, 1)
    remove = room.newsroom.site.remove

    def refused(_paths: Any) -> int:
        raise OutletError("The disk is read-only.")

    room.newsroom.site.remove = refused  # type: ignore[method-assign] # the crash
    with pytest.raises(OutletError):
        room.newsroom.pipeline.drain()
    room.newsroom.site.remove = remove  # type: ignore[method-assign] # and what follows it
    room.newsroom.pipeline.drain()
    assert not pictures(room)
    assert room.files() == full_bake(room)


def test_a_picture_that_moves_to_another_story_stays(room: Room) -> None:
    """Baked together, one page's picture is not swept with what the other has lost."""
    room.take(1)
    room.see_to_pictures()
    kept = pictures(room)
    kill(room, 1)
    room.newsroom.pipeline.take(
        [Delivery(source="corvid", body=wire(2, caption="A ferry.", credit="Corvid", url=URL))]
    )
    room.newsroom.pipeline.drain()
    assert pictures(room) == kept
    assert room.files() == full_bake(room)


def reopened(room: Room, credit: str) -> Room:
    """The same newsroom with other terms; its folder stays."""
    room.newsroom.close()
    config = parse(SETTINGS.format(keep="fetch", credit=credit, avif="false"))
    room.newsroom = wiring.Newsroom(room.newsroom.folder, config, lambda: room.now, readers=0)
    return room


def test_a_bake_into_another_folder_forgets_no_file(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the new terms forbid is gone from the site itself when its pages follow them."""
    monkeypatch.setattr(renewal, "_FEW", 0)
    room.take(credit="")
    room.see_to_pictures()
    assert pictures(room)
    reopened(room, "required")
    room.newsroom.bake_into(tmp_path / "out")
    assert not list((tmp_path / "out").glob("pictures/*.webp"))
    room.newsroom.renew_if_changed()
    while room.newsroom.renewal.is_under_way():
        room.newsroom.renewal.go_on(lambda: False)
    assert not pictures(room)
    assert room.files() == full_bake(room)


def test_what_processes_beside_have_baked_is_taken_down_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who baked a page that shows a picture has noted which files it shows."""
    monkeypatch.setattr(wiring, "_MANY", 1)
    monkeypatch.setattr(baking, "_BATCH", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(
        pressroom,
        "shared_out",
        lambda there, _here, pieces, ahead: [there(piece).result() for piece in pieces],  # noqa: ARG005 - as shared_out takes it
    )
    room = Room(tmp_path / "post", credit="required")
    for number in range(12):
        room.server[f"{URL}?{number}"] = room.server[URL] + bytes(number)
        room.take(number, url=f"{URL}?{number}", credit="")
    room.see_to_pictures()
    assert not pictures(room)
    reopened(room, "optional")
    assert room.newsroom.renew_if_changed()
    assert pictures(room)
    for number in range(12):
        kill(room, number)
    room.newsroom.pipeline.drain()
    assert not pictures(room)
    room.close()
