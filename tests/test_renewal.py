"""A large site follows new settings, another theme or program beside the work."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvloop
from click.testing import CliRunner
from hypothesis import given, note
from hypothesis import strategies as st
from tests.cli.wires import FERRY, dropped, newsroom
from tests.newsdesk import CONFIG, Desk, ninjs, notice, unlike
from tests.properties.wires import Log, examples, logs, tell
from tests.test_service import ended, served

from wirecopy import renewal
from wirecopy.archive import inventory
from wirecopy.cli import wirecopy
from wirecopy.config import Config, Section, Source
from wirecopy.model import Delivery
from wirecopy.press import plan


@pytest.fixture(autouse=True, scope="module")
def _large() -> Any:
    """Every site is a large one, with short shelves."""
    patch = pytest.MonkeyPatch()
    patch.setattr(renewal, "_FEW", 0)
    patch.setattr(inventory, "_AT_ONCE", 2)
    yield
    patch.undo()


def one_page() -> bool:
    """Stop after the page in hand."""
    return True


def to_the_end() -> bool:
    """Stop for nothing."""
    return False


def renewed(desk: Desk) -> dict[str, bytes]:
    """The site, once its renewal is over."""
    while desk.newsroom.renewal.is_under_way():
        desk.newsroom.renewal.go_on(to_the_end)
    return desk.site()


def with_sources(**settings: Any) -> Config:
    """The settings, with others for the first source."""
    first, *others = CONFIG.sources
    return msgspec.structs.replace(
        CONFIG, sources=(msgspec.structs.replace(first, **settings), *others)
    )


HOUSE = (
    CONFIG,
    msgspec.structs.replace(CONFIG, site=msgspec.structs.replace(CONFIG.site, name="The Osmere")),
    msgspec.structs.replace(CONFIG, sections=(CONFIG.sections[2], CONFIG.sections[0])),
    msgspec.structs.replace(
        CONFIG, sections=(*CONFIG.sections, Section(key="arts", name="Arts", language="fr"))
    ),
    with_sources(redistribution="full"),
    with_sources(redistribution="none", mining="allowed"),
    msgspec.structs.replace(
        CONFIG, sources=(*CONFIG.sources, Source(name="veldt", agency="Veldt"))
    ),
)
"""Settings of one newsroom at one time or another."""


@examples(30)
@given(st.data())
def test_what_was_renewed_equals_a_full_bake(data: st.DataObject) -> None:
    """However copy, restarts and changed minds come between the pages, to the byte and the file.

    Some lives file copy and end before they come to the renewal.
    """
    log: Log = data.draw(logs())
    note(tell(log))
    half = data.draw(st.integers(0, len(log)))
    house = st.integers(0, len(HOUSE) - 1)
    with Desk(HOUSE[data.draw(house)]) as desk:
        desk.newsroom.bake_all()
        desk.log(log[:half])
        desk.carry()
        for entry in (None, *log[half:]):
            if entry is not None:
                desk.log([entry])
                desk.carry()
            if data.draw(st.booleans()):
                desk.config = HOUSE[data.draw(house)]
                desk.reopen()
            if data.draw(st.booleans()):
                desk.newsroom.renew_if_changed()
            for _ in range(data.draw(st.integers(0, 6))):
                assert desk.newsroom.renewal.go_on(one_page) <= 1
        desk.newsroom.renew_if_changed()
        assert unlike(renewed(desk), desk.full_bake()) == {}
        desk.reopen()
        assert not desk.newsroom.renewal.is_owed()


def test_a_life_that_filed_copy_alone_leaves_no_page_of_its_own_kind() -> None:
    """Copy that is filed with new settings, which are taken back before pages were made anew."""
    with Desk(HOUSE[0]) as desk:
        desk.take(ninjs("urn:nrn:1", "Harbour opens in Osmere"))
        desk.newsroom.bake_all()
        desk.config = HOUSE[1]
        desk.reopen()
        desk.take(ninjs("urn:nrn:2", "Ferry sails from Tarn"))
        assert desk.newsroom.renewal.is_owed()
        desk.config = HOUSE[0]
        desk.reopen()
        desk.newsroom.renew_if_changed()
        assert unlike(renewed(desk), desk.full_bake()) == {}


def test_a_command_with_other_settings_does_not_stay_among_the_pages() -> None:
    """While pages are made anew, somebody changes the settings once more and types a command."""
    with Desk(HOUSE[0]) as desk:
        desk.take(*(ninjs(f"urn:nrn:{n}", f"Harbour {n} opens in Osmere") for n in range(3)))
        desk.newsroom.bake_all()
        desk.config = HOUSE[1]
        desk.reopen()
        desk.newsroom.renew_if_changed()
        for _ in range(4):
            desk.newsroom.renewal.go_on(one_page)
        assert desk.newsroom.renewal.is_under_way()
        with Desk(HOUSE[2], folder=desk.folder) as beside:
            beside.take(ninjs("urn:nrn:2", "Harbour 2 opens late", version="2"))
        assert unlike(renewed(desk), desk.full_bake()) == {}


def test_a_bake_before_the_restart_is_made_again_where_copy_came_between() -> None:
    """Settings are changed and `bake` typed while `run`, with the old ones, goes on filing."""
    with Desk(HOUSE[0]) as desk:
        desk.take(ninjs("urn:nrn:1", "Harbour opens in Osmere"))
        desk.newsroom.bake_all()
        with Desk(HOUSE[1], folder=desk.folder) as command:
            command.newsroom.bake_all()
        desk.take(ninjs("urn:nrn:2", "Ferry sails from Tarn"))
        desk.config = HOUSE[1]
        desk.reopen()
        desk.newsroom.renew_if_changed()
        assert unlike(renewed(desk), desk.full_bake()) == {}


def test_pages_go_on_after_any_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inventory from any page on is the rest of the whole one, and knows no page twice."""
    monkeypatch.setattr(plan, "DAY_PART", 1)
    monkeypatch.setattr(plan, "MAP_PART", 1)
    with Desk() as desk:
        for number in range(5):
            desk.take(ninjs(f"urn:nrn:{number}", f"Harbour {number} opens in Osmere"))
            desk.wait(hours=9)
        desk.take(notice("urn:nrn:2"))
        stacks = desk.newsroom.stacks
        pages = list(stacks.pages())
        assert len(pages) == len(set(pages))
        assert {page.partition("/")[0] for page in pages} == {
            "home", "front", "corrections", "maps", "news-map", "story", "coverage", "topic", "day",
            "map",
        }  # fmt: skip
        for at, page in enumerate(pages):
            assert list(stacks.pages(page)) == pages[at + 1 :]
        newest_first = [page for page in pages if page.startswith("story/")]
        assert newest_first == [
            plan.story_page(desk.story(f"urn:nrn:{number}").id) for number in (4, 3, 2, 1, 0)
        ]
        assert [stacks.stories_after(page) for page in newest_first] == [4, 3, 2, 1, 0]
        assert stacks.stories_after("home") == 5


@pytest.fixture
def themed() -> Any:
    """A newsroom with three stories whose theme has been changed since its pages were baked."""
    with Desk() as desk:
        theme = desk.folder / desk.config.press.theme
        theme.mkdir()
        (theme / "dusk.css").write_text("p{}")
        desk.reopen()
        desk.newsroom.bake_all()
        desk.take(*(ninjs(f"urn:nrn:{n}", f"Harbour {n} opens in Osmere") for n in range(3)))
        (theme / "dusk.css").rename(theme / "dawn.css")
        desk.reopen()
        assert not desk.newsroom.renew_if_changed()
        yield desk


def assets(desk: Desk) -> set[str]:
    """The stylesheets of the theme that are in the site."""
    names = (Path(path).name for path in desk.newsroom.site.paths())
    return {name.partition("-")[0] for name in names if name.startswith(("dusk", "dawn"))}


def test_pages_have_their_stylesheets_all_along(themed: Desk) -> None:
    """The new ones come first; the old ones go last, when no page asks for them any more."""
    assert assets(themed) == {"dusk", "dawn"}
    themed.newsroom.renewal.go_on(one_page)
    assert assets(themed) == {"dusk", "dawn"}
    assert renewed(themed) == themed.full_bake()
    assert assets(themed) == {"dawn"}


def test_a_restart_goes_on_where_it_was(themed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was baked and is safe on disk is not baked again, and another change begins anew."""
    monkeypatch.setattr(renewal, "_NOTED", 0.0)
    monkeypatch.setattr(renewal, "_SLICE", 60.0)  # a busy machine needs more for a few pages
    pages = list(themed.newsroom.stacks.pages())
    for _ in range(8):
        themed.newsroom.renewal.go_on(one_page)
    left = themed.newsroom.renewal.left()
    assert 0 < left < 3
    themed.reopen()
    assert not themed.newsroom.renew_if_changed()
    assert themed.newsroom.renewal.left() == left
    assert themed.newsroom.renewal.go_on(to_the_end) == len(pages) - 8
    themed.config = HOUSE[1]
    themed.reopen()
    themed.newsroom.renew_if_changed()
    assert themed.newsroom.renewal.left() == 3
    assert renewed(themed) == themed.full_bake()


def test_a_refused_page_is_baked_again(themed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full for a while costs no page its new edition."""
    baker = themed.newsroom.baker
    bake, refusals = baker.bake_pages, [OSError("full"), OSError("full")]

    def refused(pages: Any) -> Any:
        if refusals:
            raise refusals.pop()
        return bake(pages)

    monkeypatch.setattr(baker, "bake_pages", refused)
    for _ in range(2):
        with pytest.raises(OSError, match="full"):
            themed.newsroom.renewal.go_on(to_the_end)
    assert renewed(themed) == themed.full_bake()


def test_a_large_site_that_is_deleted_comes_back_beside_the_work() -> None:
    """Its newest pages first; a restart on the way does not leave it half."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(*(ninjs(f"urn:nrn:{n}", f"Harbour {n} opens in Osmere") for n in range(3)))
        for path in desk.newsroom.site.paths():
            (desk.newsroom.site_path / path).unlink()
        assert not desk.newsroom.renew_if_deleted()
        desk.newsroom.renewal.go_on(one_page)
        assert "index.html" in desk.site()
        desk.reopen()
        assert not desk.newsroom.renew_if_changed()
        assert unlike(renewed(desk), desk.full_bake()) == {}


def test_a_kill_goes_before_the_pages_that_wait(themed: Desk) -> None:
    """A running newsroom renews page after page, and carries out at once what comes between."""
    room, seen = themed.newsroom, list[tuple[int, bool]]()
    doomed = room.site_path / themed.story("urn:nrn:1").path
    go_on = room.renewal.go_on
    service = served(room)

    def watched(_stop: Callable[[], bool]) -> int:
        seen.append((room.renewal.left(), doomed.exists()))
        if len(seen) == 1:
            room.pipeline.take([Delivery(source="norrane", body=notice("urn:nrn:1"))])
        made = go_on(one_page)
        if not room.renewal.is_under_way():
            service._stopping.set()
        return made

    room.renewal.go_on = watched  # type: ignore[method-assign] # one page, and a look around
    uvloop.run(carry(service))
    assert seen[0] == (3, True)
    assert seen[1] == (3, False)
    assert themed.site() == themed.full_bake()
    ended(service)


async def carry(service: Any) -> None:
    """Let the service carry the log until it is stopped."""
    await asyncio.to_thread(service._carry, asyncio.get_running_loop())


def test_commands_leave_a_large_sites_pages_to_run_and_bake(tmp_path: Path) -> None:
    """`ingest` and orders say what is left, `status` how much, and `bake` makes all of it."""
    folder = newsroom(tmp_path / "post")
    ferry = dropped(folder, "ferry.xml", FERRY)
    typed(folder, "ingest", ferry, "--source", "norlin")
    settings = folder / "wirecopy.toml"
    settings.write_text(settings.read_text().replace("The Tarnwick Post", "The Osmere Post"))
    strike = dropped(folder, "strike.xml", FERRY.replace(b":ferry", b":strike"))
    assert "`wirecopy bake` at once" in typed(folder, "ingest", strike, "--source", "norlin")
    assert "About 2 stories' pages" in typed(folder, "status")
    assert json.loads(typed(folder, "status", "--json"))["stories_to_renew"] == 2
    assert typed(folder, "bake") == "Baked every page anew.\n"
    assert "stories' pages" not in typed(folder, "status")
    pages = [path.read_text() for path in (folder / "site").rglob("*.html")]
    assert not [page for page in pages if "Tarnwick Post" in page]
    assert typed(folder, "bake", "--all") == (
        "Baked every page; 0 files were not as they should be.\n"
    )


def typed(folder: Path, *words: object) -> str:
    """What a command says."""
    result = CliRunner().invoke(
        wirecopy, ["-C", str(folder), *map(str, words)], standalone_mode=False
    )
    assert result.exception is None, result.output
    return result.output
