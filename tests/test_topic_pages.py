"""A topic that has more stories than its page shows."""

from __future__ import annotations

from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import feedparser
import msgspec
from lxml import html
from tests.newsdesk import CONFIG, Desk, ninjs

from wirecopy.newsroom.search import question
from wirecopy.press import plan

_STORIES = plan.TOPIC_SHOWN + 3


def test_a_topic_shows_the_newest_and_leads_to_all() -> None:
    """Page and feeds of a topic are bounded; the search that the page leads to finds every one."""
    site = msgspec.structs.replace(CONFIG.site, feed_items=40)
    with Desk(msgspec.structs.replace(CONFIG, site=site)) as desk:
        desk.newsroom.renew_if_changed()
        subjects = [{"name": 'Tarnwick "Old" Harbour', "rel": "about"}]
        for number in range(_STORIES):
            desk.wait(minutes=1)
            desk.take(ninjs(f"urn:nrn:{number}", f"Ferry {number} sails", subjects=subjects))
            if number == plan.TOPIC_SHOWN - 1:
                desk.carry()
                assert not _older(desk), "all are shown"
        desk.carry()
        files = desk.site()
        page = html.fromstring(files["topics/tarnwick-old-harbour.html"].decode())
        assert len(page.xpath("//article")) == plan.TOPIC_SHOWN
        entries = feedparser.parse(files["topics/tarnwick-old-harbour.atom"]).entries
        assert len(entries) == plan.TOPIC_FED
        assert entries[0].title == f"Ferry {_STORIES - 1} sails"
        asked = question(_older(desk))
        with closing(desk.newsroom.search()) as search:
            found = search.search(asked.query, filters=asked.filters)
        assert found.total == _STORIES
        assert files == desk.full_bake()


def _older(desk: Desk) -> str:
    """The query string of the link to older stories, "" where there is none."""
    page = html.fromstring(desk.site()["topics/tarnwick-old-harbour.html"].decode())
    links = page.xpath("//nav[@class='days']/a/@href")
    assert all(parse_qs(urlsplit(link).query)["topic"] for link in links)
    return str(urlsplit(links[0]).query) if links else ""
