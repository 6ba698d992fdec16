"""Sitemaps, robots.txt and the search description."""

from lxml import etree
from tests.press.copy_desk import AT, press, teaser

from wirecopy.briefs import MapEntry

PRESS = press()
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def test_a_sitemap_lists_whole_addresses_and_changes() -> None:
    """Every entry has an absolute address of our host, its last change, and its picture."""
    file = PRESS.sitemap(
        "2022-01-08",
        2,
        (
            MapEntry(path="world/a.html", updated=AT, picture="https://pictures.example/a.jpg"),
            MapEntry(path="topics/नौका.html", updated=AT),
        ),
    )
    assert file.path == "sitemaps/2022-01-08-2.xml"
    first, second = etree.fromstring(file.body)
    assert first.findtext(f"{MAP}loc") == "https://ledger.example/world/a.html"
    assert first.findtext(f"{MAP}lastmod") == "2022-01-08T02:36:00Z"
    assert first.findtext(f"{IMAGE}image/{IMAGE}loc") == "https://pictures.example/a.jpg"
    assert (second.findtext(f"{MAP}loc") or "").isascii()
    assert second.find(f"{IMAGE}image") is None


def test_the_index_names_every_part() -> None:
    """The index lists the fixed pages and every part with its newest change."""
    file = PRESS.sitemap_index((("2022-01-07", 1, AT), ("2022-01-08", 1, AT)))
    assert file.path == "sitemap.xml"
    assert [e.text for e in etree.fromstring(file.body).iter(f"{MAP}loc")] == [
        "https://ledger.example/sitemaps/sections.xml",
        "https://ledger.example/sitemaps/2022-01-07-1.xml",
        "https://ledger.example/sitemaps/2022-01-08-1.xml",
    ]


def test_the_news_sitemap_has_its_required_fields() -> None:
    """Publication, language, first publication with offset, title; only indexed news."""
    file = PRESS.news_sitemap(
        (
            teaser(0, language="en-IN"),
            teaser(1, syndication="noindex"),
            teaser(2, syndication="canonical-source"),
            teaser(3, language="zh-Hant"),
            teaser(4, genres=("Press Release",)),
            teaser(5, genres=("Advertorial",)),
        )
    )
    assert file.path == "news-sitemap.xml"
    first, second = etree.fromstring(file.body)
    news = first.find(f"{NEWS}news")
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "The Harbour Ledger"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "en"
    assert news.findtext(f"{NEWS}publication_date") == "2022-01-08T08:06:00+05:30"
    assert news.findtext(f"{NEWS}title") == "Headline 0"
    assert second.findtext(f".//{NEWS}language") == "zh-tw"


def test_the_news_sitemap_ends_at_a_thousand() -> None:
    """No more entries than search engines read, and none is a valid map too."""
    many = tuple(teaser(number) for number in range(1100))
    assert len(etree.fromstring(PRESS.news_sitemap(many).body)) == 1000
    assert len(etree.fromstring(PRESS.news_sitemap(()).body)) == 0


def test_fixed_files_are_there() -> None:
    """robots.txt, both error pages, the search description and fingerprinted assets."""
    files = {file.path: file.body for file in PRESS.fixed()}
    assert b"Sitemap: https://ledger.example/sitemap.xml\n" in files["robots.txt"]
    assert b"Disallow: /search?\n" in files["robots.txt"]
    assert b"{searchTerms}" in files["opensearch.xml"]
    assert b"<ShortName>The Harbour</ShortName>" in files["opensearch.xml"], "cut between words"
    for name in ("404.html", "410.html", "about.html"):
        assert files[name].startswith(b"<!doctype html>")
    assert b"noindex" in files["404.html"]
    assets = {path.rpartition("-")[0] for path in files if path.startswith("assets/")}
    assert assets >= {"assets/icon", "assets/site", "assets/newsreader"}


def test_every_page_of_the_sections_map_is_a_page() -> None:
    """The map of fixed pages lists home, fronts, corrections and how the site is made."""
    (body,) = [f.body for f in PRESS.fixed() if f.path == "sitemaps/sections.xml"]
    assert [e.text for e in etree.fromstring(body).iter(f"{MAP}loc")] == [
        "https://ledger.example/",
        "https://ledger.example/about.html",
        "https://ledger.example/corrections.html",
        "https://ledger.example/world/",
        "https://ledger.example/sport/",
    ]
