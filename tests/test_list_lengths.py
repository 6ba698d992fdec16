"""How many stories pages and feeds have is what the settings say, and no other number."""

from __future__ import annotations

import feedparser
import msgspec
from lxml import html
from tests.newsdesk import CONFIG, Desk, ninjs

from wirecopy.press import plan


def test_the_feed_of_the_home_page_has_as_many_stories_as_are_asked_for() -> None:
    """More than the home page is chosen from, where the settings say so."""
    site = msgspec.structs.replace(CONFIG.site, feed_items=plan.HOME_NEWEST + 5)
    with Desk(msgspec.structs.replace(CONFIG, site=site)) as desk:
        desk.newsroom.renew_if_changed()
        for number in range(plan.HOME_NEWEST + 7):
            desk.take(ninjs(f"urn:nrn:{number}", f"Ferry {number} sails"))
        desk.carry()
        files = desk.site()
        assert len(feedparser.parse(files["atom.xml"]).entries) == plan.HOME_NEWEST + 5
        assert files == desk.full_bake()


def test_a_front_has_as_many_stories_and_its_feed_as_many_as_are_asked_for() -> None:
    """`front_items` bounds the page and `feed_items` the feeds, whichever is more."""
    site = msgspec.structs.replace(CONFIG.site, front_items=6, feed_items=9)
    with Desk(msgspec.structs.replace(CONFIG, site=site)) as desk:
        desk.newsroom.renew_if_changed()
        for number in range(12):
            desk.take(ninjs(f"urn:nrn:{number}", f"Ferry {number} sails"))
        files = desk.site()
        links = html.document_fromstring(files["world/index.html"]).xpath("//main//a/@href")
        assert len({link for link in links if "ferry" in link}) == 6
        assert len(feedparser.parse(files["world/atom.xml"]).entries) == 9
