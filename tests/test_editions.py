"""When a site is baked anew: whenever its pages would show old settings, and not else."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.newsdesk import CONFIG, Desk, ninjs

from wirecopy.config import Login, Push, Source

ONE = "urn:nrn:1"
SHOWN: dict[str, Any] = {
    "show_initials": False,
    "redistribution": "full",
    "picture_credit": "required",
    "recordings": "none",
    "mining": "allowed",
    "copyright": "(c) Norrane",
    "allow_private": True,
}
"""Settings of a source that its pages depend on, each with another value than its own."""
HIDDEN: dict[str, Any] = {
    "agency": "Norrane News",
    "section": "sport",
    "path": "inbox/norrane",
    "keep": True,
    "url": "https://norrane.example/feed",
    "listen": "127.0.0.1:7901",
    "every": "5m",
    "slowest": "1h",
    "pages": 3,
    "websub": True,
    "login": Login(token="env:TOKEN"),
    "push": Push(token="env:TOKEN"),
    "format": "ninjs",
    "language": "de",
    "timezone": "Europe/Berlin",
    "priority": 80,
    "syndication": "noindex",
    "networks": ("198.18.0.0/15",),
    "ports": (8443,),
    "profile": "norrane",
    "trust_text_kills": True,
    "kill_ambiguous": "alert",
}
"""Those that say how copy is got and read; what has been filed by them stays as it is."""
PICTURE = {
    "type": "picture",
    "uri": "urn:nrn:p1",
    "renditions": {
        "main": {"href": "https://127.0.0.1/a.jpg", "mimetype": "image/jpeg", "width": 1200}
    },
}


def changed(desk: Desk, **settings: Any) -> None:
    """Begin again with other settings of the first source."""
    first, *others = CONFIG.sources
    sources = (msgspec.structs.replace(first, **settings), *others)
    desk.config = msgspec.structs.replace(CONFIG, sources=sources)
    desk.reopen()


@pytest.fixture(scope="module")
def filed() -> Any:
    """A newsroom with a story that every setting of its source could tell on."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        body = "<p>TARNWICK, Jan 8 (NRN) - The ferry ran aground.</p><p>--NRN int/shs</p>"
        desk.take(ninjs(ONE, body=body, associations={"main": PICTURE}))
        yield desk


def test_every_setting_of_a_source_is_judged() -> None:
    """A setting that is new must say whether pages depend on it."""
    assert {*SHOWN, *HIDDEN, "name"} == set(Source.__struct_fields__)


@pytest.mark.parametrize("name", HIDDEN)
def test_how_copy_is_got_bakes_no_page_anew(filed: Desk, name: str) -> None:
    """The site is whole as it stands: a full bake with the new settings writes the same."""
    changed(filed, **{name: HIDDEN[name]})
    assert not filed.newsroom.renew_if_changed()
    assert filed.site() == filed.full_bake()


@pytest.mark.parametrize("name", SHOWN)
def test_what_pages_show_bakes_them_anew(name: str) -> None:
    """Terms of a source that has copy are obeyed on every page before the newsroom goes on."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(ninjs(ONE))
        changed(desk, **{name: SHOWN[name]})
        assert desk.newsroom.renew_if_changed()
        assert desk.site() == desk.full_bake()
        desk.reopen()
        assert not desk.newsroom.renew_if_changed()


def test_a_new_source_bakes_no_story_anew(filed: Desk) -> None:
    """Whatever its terms: it has no copy yet. The site names its agency and keeps its word."""
    new = Source(name="veldt", agency="Veldt News", redistribution="full", mining="allowed")
    filed.config = msgspec.structs.replace(CONFIG, sources=(*CONFIG.sources, new))
    filed.reopen()
    assert not filed.newsroom.renew_if_changed()
    assert b"Veldt News" in filed.site()["about.html"]
    assert filed.site() == filed.full_bake()


def test_a_source_that_goes_takes_its_terms_with_it() -> None:
    """Its stories stand as those of a source that nobody knows, and again when it comes back."""
    with Desk() as desk:
        changed(desk, redistribution="full")
        desk.newsroom.bake_all()
        desk.take(ninjs(ONE))
        path = desk.story(ONE).path.replace(".html", ".json")
        assert path in desk.site()
        whole = desk.config
        desk.config = msgspec.structs.replace(CONFIG, sources=CONFIG.sources[1:])
        desk.reopen()
        assert desk.newsroom.renew_if_changed()
        assert path not in desk.site()
        desk.config = whole
        desk.reopen()
        assert desk.newsroom.renew_if_changed()
        assert path in desk.site()
