"""The news sitemap: what is new, and for two days."""

from __future__ import annotations

from datetime import timedelta

from tests.newsdesk import Desk, ninjs

ONE = "urn:nrn:1"


def test_the_news_sitemap_moves_with_the_log(desk: Desk) -> None:
    """Before it is two days old a story leaves the news sitemap, on a tick at the full hour."""
    desk.take(ninjs(ONE))
    address = desk.story(ONE).path.encode()
    desk.wait(hours=47, minutes=29)
    assert address in desk.site()["news-sitemap.xml"]
    desk.wait(minutes=1)
    assert address not in desk.site()["news-sitemap.xml"]
    assert desk.site() == desk.full_bake()


def test_what_comes_from_an_archive_is_no_news(desk: Desk) -> None:
    """A story that was two days old when it came is in the sitemaps, and not in that of news."""
    for number, hours in enumerate((0, 47, 49, 24 * 3650)):
        created = desk.now - timedelta(hours=hours)
        headline = f"Boat b{number} sails c{number}"
        desk.take(ninjs(f"urn:nrn:{number}", headline, firstcreated=created))
    site = desk.site()
    paths = [desk.story(f"urn:nrn:{number}").path.encode() for number in range(4)]
    assert [path in site["news-sitemap.xml"] for path in paths] == [True, True, False, False]
    assert all(path in site["sitemaps/2022-01-08-1.xml"] for path in paths)
    assert desk.site() == desk.full_bake()
