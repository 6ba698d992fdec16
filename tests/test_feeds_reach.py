"""How far feeds reach: past what their list shows, and past what may not be passed on."""

import json
from datetime import timedelta

import feedparser
import msgspec
import pytest
from tests.newsdesk import CONFIG, Desk, ninjs

from wirecopy.archive import lists
from wirecopy.config import Config

FERRY = {"subject": [{"name": "Ferries"}]}
FEEDS = ("rss.xml", "atom.xml", "world/rss.xml", "world/atom.xml", "topics/ferries.atom")


def settings(feed_items: int) -> Config:
    """The usual newsroom, whose agency QMK passes nothing on, with so long feeds."""
    mute = tuple(
        msgspec.structs.replace(one, section="world", redistribution="none")
        if one.name == "quaymark"
        else one
        for one in CONFIG.sources
    )
    site = msgspec.structs.replace(CONFIG.site, feed_items=feed_items)
    return msgspec.structs.replace(CONFIG, site=site, sources=mute)


def told(desk: Desk, feed: str) -> list[str]:
    """The headlines of a feed's entries."""
    return [entry.title for entry in feedparser.parse(desk.site()[feed]).entries]


def send(desk: Desk, source: str, count: int) -> None:
    """So many stories of that source, a minute between them."""
    for number in range(count):
        desk.now += timedelta(minutes=1)
        body = f"<p>Crew{source}{number} sees isle{source}{number} and bay{source}{number}.</p>"
        uri, said = f"urn:{source}:{number}", f"Boat {source}{number} sails"
        desk.take(ninjs(uri, said, body=body, **FERRY), source=source)


def test_what_is_not_passed_on_crowds_nobody_out() -> None:
    """A list full of one agency's stories, which go into no feed, still feeds those of another."""
    with Desk(settings(3)) as desk:
        desk.newsroom.bake_all()
        send(desk, "norrane", 4)
        send(desk, "quaymark", 45)
        newest = [f"Boat norrane{number} sails" for number in (3, 2, 1)]
        for feed in FEEDS:
            assert told(desk, feed) == newest, feed
        for folder in ("", "world/"):
            items = json.loads(desk.site()[f"{folder}feed.json"])["items"]
            assert [item["title"] for item in items] == newest
        assert desk.site() == desk.full_bake()


def test_the_site_s_feeds_are_as_long_as_their_setting() -> None:
    """The home page shows no more than forty stories; its feeds go on."""
    with Desk(settings(60)) as desk:
        desk.newsroom.bake_all()
        send(desk, "norrane", 50)
        assert len(told(desk, "rss.xml")) == len(told(desk, "world/rss.xml")) == 50


def test_a_feed_does_not_look_through_the_whole_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where hardly anything is passed on, the search for it ends somewhere."""
    monkeypatch.setattr(lists, "FED_BEYOND", 5)
    with Desk(settings(3)) as desk:
        desk.newsroom.bake_all()
        send(desk, "norrane", 4)
        send(desk, "quaymark", 45)
        assert told(desk, "rss.xml") == []
