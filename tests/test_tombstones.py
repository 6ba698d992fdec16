"""What our feeds say of stories that have ended: by their id alone, wherever they were listed."""

import json
from datetime import timedelta

import pytest
from lxml import etree
from tests.newsdesk import START, Desk, ninjs, notice

DEAD = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
LISTS = ("", "world/")
FEEDS = ("atom.xml", "world/atom.xml", "topics/ferries.atom")
FERRY = {"subject": [{"name": "Ferries"}], "version": "1"}
HEADLINE = "Ferry runs aground off Tarnwick"


def buried(desk: Desk, feed: str) -> list[tuple[str, str]]:
    """Ids and times of what an Atom feed says has ended."""
    found = etree.fromstring(desk.site()[feed]).iterfind(DEAD)
    return [(str(each.get("ref")), str(each.get("when"))) for each in found]


def entries(desk: Desk, feed: str) -> list[str]:
    """The ids that an Atom feed has an entry for."""
    return [str(e.text) for e in etree.fromstring(desk.site()[feed]).iterfind("{*}entry/{*}id")]


def listed(desk: Desk, folder: str) -> tuple[list[str], list[str]]:
    """The ids that RSS and JSON Feed of a list have an entry for."""
    site = desk.site()
    rss = etree.fromstring(site[f"{folder}rss.xml"]).iterfind(".//item/guid")
    items = json.loads(site[f"{folder}feed.json"])["items"]
    return [str(e.text) for e in rss], [e["id"] for e in items]


def test_a_kill_is_told_by_every_feed_that_had_the_story() -> None:
    """Site, section and topic: Atom says it is deleted, RSS and JSON Feed have no item of it."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(
            ninjs("urn:nrn:1", HEADLINE, **FERRY), ninjs("urn:nrn:2", "Tide is high", **FERRY)
        )
        ids = {key: f"tag:post.example,2022-01-08:{desk.story(key).id}" for key in ("1", "2")}
        assert entries(desk, "topics/ferries.atom") == [ids["2"], ids["1"]]
        desk.now += timedelta(minutes=5)
        desk.take(notice("urn:nrn:1", version="2"))
        for feed in FEEDS:
            assert buried(desk, feed) == [(ids["1"], "2022-01-08T02:35:00Z")], feed
            assert entries(desk, feed) == [ids["2"]]
        for folder in LISTS:
            assert listed(desk, folder) == ([ids["2"]],) * 2
        assert desk.site() == desk.full_bake()


def test_many_kills_at_once_are_all_told() -> None:
    """Whoever had the stories of a feed learns that each has ended, be it that all have."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        numbers = range(45)
        desk.take(*(ninjs(f"urn:nrn:{n}", f"Boat b{n} c{n} sails", version="1") for n in numbers))
        desk.take(*(notice(f"urn:nrn:{n}", version="2") for n in numbers))
        ids = {f"tag:post.example,2022-01-08:{desk.story(f':nrn:{n}').id}" for n in numbers}
        for feed in ("atom.xml", "world/atom.xml"):
            assert {ref for ref, _ in buried(desk, feed)} == ids


def test_an_expired_story_is_told_so_too() -> None:
    """When the licence ends the feeds say that the entry is deleted, at that moment."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        ends = START + timedelta(hours=1)
        desk.take(
            ninjs("urn:nrn:1", HEADLINE, expires=ends, **FERRY),
            ninjs("urn:nrn:2", "Tide is high", **FERRY),
        )
        desk.wait(hours=2)
        assert desk.story("urn:nrn:1").state == "expired"
        for feed in FEEDS:
            assert [when for _, when in buried(desk, feed)] == ["2022-01-08T03:30:00Z"], feed
        assert desk.site() == desk.full_bake()


def test_a_topic_that_has_lost_its_last_story_is_gone() -> None:
    """Its name came from the story alone: neither page nor feed keeps it."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(ninjs("urn:nrn:1", HEADLINE, **FERRY))
        assert "topics/ferries.html" in desk.site()
        desk.take(notice("urn:nrn:1", version="2"))
        assert not [path for path in desk.site() if "ferries" in path]
        assert desk.site() == desk.full_bake()


@pytest.mark.parametrize("order", ["hold", "release"])
def test_a_story_that_is_back_is_no_longer_told_to_be_deleted(order: str) -> None:
    """Only what has ended is: not what is held for a while, nor what staff let back in."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(ninjs("urn:nrn:1", HEADLINE, **FERRY))
        story = desk.story("urn:nrn:1").id
        if order == "release":
            desk.order("kill", story)
            assert len(buried(desk, "world/atom.xml")) == 1
        assert desk.order(order, story).state == ("live" if order == "release" else "held")
        assert buried(desk, "world/atom.xml") == []
        assert desk.site() == desk.full_bake()
