"""A page that cannot be made as it should be costs no other page, and is told in words."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import resources
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from tests.cli.wires import FERRY, dropped, newsroom
from tests.newsdesk import CONFIG, Desk, ninjs, notice
from tests.test_service import ended, served

from wirecopy import baking
from wirecopy.briefs import File, StoryBrief
from wirecopy.cli import wirecopy
from wirecopy.model import Delivery

SPOIL = "{% if 'Poison' in page.headline %}{{ page.nothing.at.all }}{% endif %}\n"
"""What a theme may do that proves well on every story but one."""


@pytest.fixture(autouse=True)
def _forgiving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults of the press are told, as in a newsroom; every other test raises them."""
    monkeypatch.setattr(baking, "_words_for", inspect.unwrap(baking._words_for))


def theme(desk: Desk) -> None:
    """Lay a story page over ours that cannot print one story."""
    ours = (resources.files("wirecopy.press") / "templates" / "story.html").read_text("utf-8")
    folder = desk.folder / desk.config.press.theme
    folder.mkdir()
    extends, _, rest = ours.partition("\n")
    assert extends.startswith("{% extends")
    (folder / "story.html").write_text(f"{extends}\n{SPOIL}{rest.replace('<h1', '<h1 class=own')}")


@pytest.fixture(params=[0, 1])
def themed(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A newsroom with such a theme, with and without processes that bake beside."""
    batch = msgspec.structs.replace(CONFIG.pipeline, batch=5)
    with Desk(msgspec.structs.replace(CONFIG, pipeline=batch), readers=request.param) as desk:
        theme(desk)
        desk.reopen(request.param)
        desk.newsroom.bake_all()
        yield desk


def test_what_a_theme_cannot_print_is_printed_with_ours(themed: Desk) -> None:
    """The story is there, all others have the theme, and the operator is told file and line."""
    room = themed.newsroom
    copy = [ninjs(f"urn:nrn:{n}", f"Harbour {n} opens in Osmere") for n in range(30)]
    copy.insert(3, ninjs("urn:nrn:poison", "Poison found in Tarnwick harbour"))
    themed.pipeline.take([Delivery(source="norrane", body=body) for body in copy])
    themed.pipeline.drain()
    (told,) = room.baker.troubles()
    assert told.startswith("Template story.html, line 2: `page.nothing` is undefined.")
    assert room.baker.troubles() == ()
    site = themed.site()
    poisoned = site[themed.story("urn:nrn:poison").path]
    assert b"Poison found" in poisoned
    assert b"<h1 class=own" not in poisoned
    assert b"<h1 class=own" in site[themed.story("urn:nrn:1").path]
    assert themed.rows("SELECT * FROM marks") == []
    assert site == themed.full_bake()
    room.baker.troubles()


def test_a_kill_passes_a_page_that_cannot_be_printed(themed: Desk) -> None:
    """It is off its page and every list with the same step."""
    themed.take(ninjs("urn:nrn:1"), ninjs("urn:nrn:poison", "Poison found in Tarnwick harbour"))
    path = themed.story("urn:nrn:1").path
    themed.take(notice("urn:nrn:1"), ninjs("urn:nrn:poison", "Poison is gone", version="2"))
    site = themed.site()
    assert path not in site
    assert b"runs aground" not in site["index.html"]
    assert b"Poison is gone" in site[themed.story("urn:nrn:poison").path]


@pytest.fixture
def spoiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A newsroom in which the press has a fault of its own with one story."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(ninjs("urn:nrn:1"), ninjs("urn:nrn:2", "Poison found in Tarnwick harbour"))
        print_ = desk.newsroom.press.story

        def failing(brief: StoryBrief) -> File:
            if "Poison" in brief.story.standing.headline:  # type: ignore[union-attr] # it is live
                raise ZeroDivisionError("a fault of ours")
            return print_(brief)

        monkeypatch.setattr(desk.newsroom.press, "story", failing)
        yield desk


def test_a_fault_of_ours_leaves_a_page_as_it_was(spoiled: Desk) -> None:
    """The others go on, a full bake does not sweep it away, and its kill is carried out."""
    path, before = spoiled.story("urn:nrn:2").path, spoiled.site()
    newer = ninjs("urn:nrn:2", "Poison found in two harbours", version="2")
    spoiled.take(newer, ninjs("urn:nrn:1", "Ferry is afloat", version="2"))
    site = spoiled.site()
    assert site[path] == before[path]
    assert b"Ferry is afloat" in site[spoiled.story("urn:nrn:1").path]
    (told,) = spoiled.newsroom.baker.troubles()
    assert "ZeroDivisionError: a fault of ours" in told
    assert spoiled.rows("SELECT * FROM marks") == []
    spoiled.newsroom.bake_all()
    assert spoiled.site()[path] == before[path]
    spoiled.take(notice("urn:nrn:2", version="3"))
    assert path not in spoiled.site()
    spoiled.newsroom.baker.troubles()


def test_a_page_of_what_is_gone_that_fails_leaves_nothing_readable(
    spoiled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever fails, what was killed is not to be read."""
    path = spoiled.story("urn:nrn:1").path

    def failing(_gone: Any) -> File:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(spoiled.newsroom.press, "gone", failing)
    spoiled.take(notice("urn:nrn:1"))
    assert path not in spoiled.site()
    assert spoiled.newsroom.baker.troubles()


@pytest.mark.parametrize("name", ["home", "front/world"])
def test_a_list_that_fails_stays(spoiled: Desk, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Not even a full bake takes the home page away because it could not be made."""
    print_ = spoiled.newsroom.press.lists

    def failing(brief: Any) -> tuple[File, ...]:
        if brief.kind == name.partition("/")[0]:
            raise ZeroDivisionError("a fault of ours")
        return print_(brief)

    before = spoiled.site()
    monkeypatch.setattr(spoiled.newsroom.press, "lists", failing)
    spoiled.newsroom.bake_all()
    assert set(spoiled.site()) == set(before)
    assert spoiled.newsroom.baker.troubles()


def test_a_running_newsroom_tells_each_trouble_once(spoiled: Desk) -> None:
    """The operator reads of it in the log, and not again with each step."""
    said: list[str] = []
    service = served(spoiled.newsroom)
    service._say = said.append
    for version in ("2", "3"):
        spoiled.take(ninjs("urn:nrn:2", "Poison found in two harbours", version=version))
        service._tell_of_pages()
    assert len(said) == 1
    assert "a fault of ours" in said[0]
    ended(service)


def test_commands_tell_of_it(tmp_path: Any) -> None:
    """`ingest` and `bake` say which template is broken, and do what they were asked to."""
    folder = newsroom(tmp_path / "post")
    with Desk() as desk:
        theme(desk)
        (desk.folder / "theme").rename(folder / "theme")
    poison = FERRY.replace(b"Ferry crews", b"Poison crews")
    assert poison != FERRY
    file = dropped(folder, "poison.xml", poison)
    for words in (
        ["ingest", str(file), "--source", "norlin"], ["bake", "--all"],
        ["bake", "--out", str(tmp_path / "out")], ["rebuild"],
    ):  # fmt: skip
        done = CliRunner().invoke(wirecopy, ["-C", str(folder), *words], standalone_mode=False)
        assert done.exception is None, done.output
        assert done.stderr.count("Template story.html, line 2") == 1, words
