"""AVIF: made when nothing else is wanted, and on every page once it is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.pictures.room import URL, Room, full_bake
from tests.pictures.torture import saved, scene

from wirecopy.pictures.darkroom import Darkroom
from wirecopy.pictures.nouns import Developed
from wirecopy.wiring import Newsroom

OTHER = "https://pictures.example/boat.jpg"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A newsroom that wants AVIF too."""
    room = Room(tmp_path, avif=True)
    yield room
    room.close()


def avifs(room: Room) -> list[str]:
    """The AVIF files of the site."""
    return [path for path in room.files() if path.endswith(".avif")]


def test_avif_comes_after_all_else(room: Room) -> None:
    """The picture is out without it; a newer picture goes before it; then the page has both."""
    room.take(1)
    room.see_to_pictures(at_most=1)
    assert 'src="/pictures/' in room.page()
    assert not avifs(room)
    room.server[OTHER] = saved(scene(901, 600), "JPEG")
    room.take(2, url=OTHER)
    room.see_to_pictures(at_most=1)
    assert [path for path in room.files() if path.endswith("-901.jpg")]
    assert not avifs(room)
    room.see_to_pictures()
    assert len(avifs(room)) == 6
    source = re.search(
        r'<picture><source type="image/avif" srcset="([^"]+)" sizes="[^"]+"><img src="[^"]+\.jpg"',
        room.page(),
    )
    assert source
    assert [part.split()[1] for part in source[1].split(", ")] in (
        ["400w", "800w", "900w"], ["400w", "800w", "901w"],
    )  # fmt: skip
    for path in ("index.html", "world/index.html"):
        assert b'<source type="image/avif"' in room.files()[path]


def test_what_grew_is_what_a_full_bake_writes(room: Room) -> None:
    """With AVIF or before it, a site that grew and one baked at once are the same bytes."""
    room.take()
    room.see_to_pictures(at_most=1)
    assert room.files() == full_bake(room)
    room.see_to_pictures()
    grown = room.files()
    assert avifs(room)
    assert grown == full_bake(room)
    assert room.asked == [URL]


def test_a_killed_story_takes_its_avif_with_it(room: Room) -> None:
    """Every rendition goes, and one that was still to be made is not put on the site."""
    room.take(expires="2026-03-05T12:00:00Z")
    room.see_to_pictures(at_most=1)
    room.wait(hours=4)
    room.see_to_pictures()
    assert not [path for path in room.files() if path.startswith("pictures/") and "png" not in path]
    assert room.files() == full_bake(room)


def test_pictures_of_before_get_theirs(tmp_path: Path) -> None:
    """A newsroom that asks for AVIF later gets it for what it has already, unasked again."""
    before = Room(tmp_path)
    before.take()
    before.see_to_pictures()
    assert not avifs(before)
    before.close()
    room = Room(tmp_path, avif=True)
    room.see_to_pictures()
    assert len(avifs(room)) == 3
    assert room.asked == []
    room.close()


def test_without_the_setting_there_is_none(tmp_path: Path) -> None:
    """AVIF costs ten times the work and is nobody's default."""
    room = Room(tmp_path)
    room.take()
    room.see_to_pictures()
    assert not avifs(room)
    assert "<picture>" not in room.page()
    room.close()


def test_an_original_that_is_gone_costs_nothing(room: Room) -> None:
    """Without the file that was fetched there is no AVIF, and the page stays as it is."""
    room.take()
    room.see_to_pictures(at_most=1)
    page = room.page()
    newsroom: Newsroom = room.newsroom
    for path in newsroom.ledger.folder.rglob("original"):
        path.unlink()
    room.see_to_pictures()
    assert room.page() == page
    assert not room.newsroom.ledger.without_avif()


def test_a_child_without_threads_makes_it_too(tmp_path: Path) -> None:
    """Encoding and decoding AVIF need no thread: the child may start nothing at all."""
    if os.geteuid() == 0:
        body = tmp_path / "in.avif"
        body.write_bytes(saved(scene(900, 600), "AVIF"))
        tmp_path.chmod(0o755)
        program = (
            "import sys; from wirecopy.pictures.child import shut_in; "
            "from wirecopy.pictures.develop import develop; "
            "body = sys.stdin.buffer.read(); "
            "import os; os.setgid(65534); os.setuid(65534); shut_in(); "
            "kinds = [one.kind for one in develop(body, avif=True).prints]; "
            "sys.exit(kinds != ['avif'] * 3)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=body.read_bytes(), capture_output=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")
    darkroom = Darkroom()
    try:
        made = darkroom.develop(saved(scene(900, 600), "AVIF"), avif=True)
        assert isinstance(made, Developed)
        assert [one.kind for one in made.prints] == ["avif"] * 3
    finally:
        darkroom.close()
