"""One report in several languages: pages that lead to each other, whichever came first."""

import itertools
from typing import Any

import msgspec
import pytest
from lxml import etree, html
from tests.newsdesk import Desk, ninjs, notice

from wirecopy.config import parse
from wirecopy.errors import ConfigError

SETTINGS = """
[site]
name = "The Tarnwick Post"
url = "https://post.example"
timezone = "Asia/Kolkata"
locale = "en_IN"
[[sections]]
key = "world"
name = "World"
[[sections]]
key = "welt"
name = "Welt"
language = "de_DE"
translation_of = "world"
[[sections]]
key = "aalam"
name = "العالم"
language = "ar_EG"
translation_of = "world"
[[sections]]
key = "sport"
name = "Sport"
[[sources]]
name = "norrane"
agency = "NRN"
section = "world"
[[sources]]
name = "norrane-de"
agency = "NRN"
section = "world"
[[sources]]
name = "quaymark"
agency = "QMK"
section = "world"
"""
CONFIG = parse(SETTINGS)
ENGLISH = ninjs("urn:nrn:1", "Ferry runs aground off Tarnwick", language="en")
GERMAN = ninjs(
    "urn:nrn:2", "Fähre läuft vor Tarnwick auf Grund", language="de", translationof="urn:nrn:1"
)
ARABIC = ninjs(
    "urn:nrn:3", "جنوح عبارة قبالة ساحل تارنويك", language="ar", translationof="urn:nrn:1"
)
COPY = {"en": (ENGLISH, "norrane"), "de": (GERMAN, "norrane-de"), "ar": (ARABIC, "norrane")}
KEYS = {"en": "urn:nrn:1", "de": "urn:nrn:2", "ar": "urn:nrn:3"}


def alternates(page: bytes) -> dict[str, str]:
    """What a page names as itself in each language."""
    links = html.fromstring(page.decode()).xpath("//head/link[@hreflang]")
    assert len({link.get("hreflang") for link in links}) == len(links)
    return {str(link.get("hreflang")): str(link.get("href")) for link in links}


def pages(desk: Desk) -> dict[str, bytes]:
    """The pages of the report by language, those that are there."""
    site = desk.site()
    told = {
        tag: desk.rows("SELECT path FROM stories WHERE key = ?", key) for tag, key in KEYS.items()
    }
    return {tag: site[rows[0][0]] for tag, rows in told.items() if rows and rows[0][0] in site}


def url(desk: Desk, tag: str) -> str:
    """The address of the report in a language."""
    return f"https://post.example/{desk.story(KEYS[tag]).path}"


@pytest.mark.parametrize("order", list(itertools.permutations(COPY)))
def test_translations_name_each_other_in_whatever_order_they_come(order: tuple[str, ...]) -> None:
    """Each page names every language, itself too, and the default; the site is as baked whole."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        for tag in order:
            body, source = COPY[tag]
            desk.take(body, source=source)
        wanted = {tag: url(desk, tag) for tag in COPY} | {"x-default": url(desk, "en")}
        told = pages(desk)
        assert {tag: alternates(page) for tag, page in told.items()} == dict.fromkeys(COPY, wanted)
        assert desk.site() == desk.full_bake()
        before = desk.archive()
        desk.rebuild()
        assert desk.archive() == before


def test_a_translation_that_comes_later_changes_the_page_that_was_there() -> None:
    """The first page names nobody while it is alone, and the second as soon as it has come."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        desk.take(ENGLISH)
        assert alternates(pages(desk)["en"]) == {}
        desk.take(GERMAN, source="norrane-de")
        assert set(alternates(pages(desk)["en"])) == {"en", "de", "x-default"}


def test_a_translation_of_another_day_changes_that_days_map() -> None:
    """The first report's day names what was made of it the day after, until that is killed."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        desk.take(ENGLISH)
        desk.wait(days=1)
        desk.take(GERMAN, source="norrane-de")
        assert desk.site() == desk.full_bake()
        desk.take(notice(KEYS["de"]), source="norrane-de")
        assert desk.site() == desk.full_bake()


def test_a_killed_translation_is_named_no_more() -> None:
    """A kill takes the address off the other pages and maps; one language needs no links."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        for body, source in COPY.values():
            desk.take(body, source=source)
        killed = url(desk, "de")
        desk.take(notice("urn:nrn:2"), source="norrane-de")
        assert set(alternates(pages(desk)["en"])) == {"en", "ar", "x-default"}
        gone = desk.story("urn:nrn:2").path
        assert not [path for path, body in desk.site().items() if killed.encode() in body]
        assert gone not in desk.site()
        desk.take(notice("urn:nrn:3"))
        assert alternates(pages(desk)["en"]) == {}
        assert desk.site() == desk.full_bake()


def test_readers_are_led_to_their_language() -> None:
    """The page offers its translations by their own names, each marked with its language."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        for body, source in COPY.values():
            desk.take(body, source=source)
        links = html.fromstring(pages(desk)["de"].decode()).xpath(
            "//nav[@data-part='translations']//a"
        )
        told = [(link.text, link.get("lang"), link.get("dir")) for link in links]
        assert told == [("العربية", "ar", "rtl"), ("English", "en", "ltr")]


def test_the_sitemap_names_the_translations() -> None:
    """Each address of the sitemap has the links of its page beside it (xhtml:link)."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        desk.take(ENGLISH)
        desk.take(GERMAN, source="norrane-de")
        desk.take(ninjs("urn:nrn:9", "Harbour lights are lit again", language="en"))
        site = desk.site()
        body = next(b for p, b in site.items() if p.startswith("sitemaps/2022"))
        links = linked(body)
        assert links[url(desk, "en")] == alternates(pages(desk)["en"])
        assert links[url(desk, "de")] == alternates(pages(desk)["de"])
        assert links[f"https://post.example/{desk.story('urn:nrn:9').path}"] == {}


def linked(body: bytes) -> dict[str, dict[str, str]]:
    """Address -> its links by language, of a sitemap."""
    names = {
        "m": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    found = {}
    for entry in etree.fromstring(body).iterfind("m:url", names):
        links = entry.iterfind("x:link", names)
        found[str(entry.findtext("m:loc", "", names))] = {
            str(link.get("hreflang")): str(link.get("href")) for link in links
        }
    return found


def test_a_story_goes_to_the_section_of_its_language() -> None:
    """Of a section and its translations each story finds its own; staff may put it elsewhere."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        for body, source in COPY.values():
            desk.take(body, source=source)
        desk.take(ninjs("urn:nrn:8", "Un ferry encalla", language="es"))
        sections = {tag: desk.story(key).section for tag, key in KEYS.items()}
        assert sections == {"en": "world", "de": "welt", "ar": "aalam"}
        assert desk.story("urn:nrn:8").section == "world"
        assert desk.order("reroute", desk.story("urn:nrn:2").id, section="sport").section == "sport"


def test_fronts_name_each_other() -> None:
    """The fronts of a section and of its translations are one front in several languages."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        desk.take(ENGLISH)
        files = desk.full_bake()
        wanted = {
            "en-IN": "https://post.example/world/",
            "de-DE": "https://post.example/welt/",
            "ar-EG": "https://post.example/aalam/",
            "x-default": "https://post.example/world/",
        }
        for key in ("world", "welt", "aalam"):
            assert alternates(files[f"{key}/index.html"]) == wanted
            fixed = desk.newsroom.press.fixed()
            maps = next(file.body for file in fixed if file.path == "sitemaps/sections.xml")
            assert linked(maps)[f"https://post.example/{key}/"] == wanted
        assert alternates(files["sport/index.html"]) == {}


@pytest.mark.parametrize(
    ("page", "shown"),
    [("index.html", ["World", "Sport"]), ("welt/index.html", ["Welt", "Sport"]),
     ("aalam/index.html", ["العالم", "Sport"])],
)  # fmt: skip
def test_the_navigation_speaks_the_pages_language(page: str, shown: list[str]) -> None:
    """Each section is there once, in the page's language where it has that, else marked."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        tree = html.fromstring(desk.full_bake()[page].decode())
        links = tree.xpath("//header//ul[@class='wide']/li[not(@class)]/a")
        assert [link.text for link in links] == shown
        own = str(tree.get("lang")).partition("-")[0]
        for link in links:
            assert link.get("lang") == ("en-IN" if link.text == "Sport" and own != "en" else None)


def test_a_stranger_claims_nothing() -> None:
    """What another agency calls its translation is none: only an agency speaks for its reports."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        desk.take(ENGLISH)
        claim: dict[str, Any] = {"language": "de", "translationof": "urn:nrn:1"}
        desk.take(ninjs("urn:qmk:1", "Alles über die Fähre", **claim), source="quaymark")
        assert alternates(pages(desk)["en"]) == {}
        assert b"hreflang" not in desk.site()[desk.story("urn:qmk:1").path]


def test_a_page_that_is_not_to_be_listed_names_no_other() -> None:
    """Copy that search engines must not list stands in no link of another page's head."""
    quiet = parse(
        SETTINGS.replace('name = "norrane-de"', 'name = "norrane-de"\nsyndication = "noindex"')
    )
    with Desk(quiet) as desk:
        desk.take(ENGLISH)
        desk.take(GERMAN, source="norrane-de")
        assert {tag: alternates(page) for tag, page in pages(desk).items()} == {"en": {}, "de": {}}
        assert b'data-part="translations"' in pages(desk)["en"]


def test_of_two_pages_in_one_language_one_is_named() -> None:
    """Links stay mutual: a second German page names nobody, and nobody names it."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        desk.take(ENGLISH)
        desk.take(GERMAN, source="norrane-de")
        second = ninjs(
            "urn:nrn:7",
            "Wie die Fähre auf Grund lief, im Überblick",
            language="de",
            translationof="urn:nrn:1",
            body="<p>Der Kapitän spricht, die Werft rechnet, der Rat tagt.</p>",
        )
        desk.wait(minutes=5)
        desk.take(second, source="norrane-de")
        assert alternates(desk.site()[desk.story("urn:nrn:7").path]) == {}
        assert alternates(pages(desk)["en"])["de"] == url(desk, "de")
        assert desk.site() == desk.full_bake()


def test_machines_learn_which_page_is_the_original() -> None:
    """The German page is a translation of the English one, and the English one has two of them."""
    with Desk(CONFIG) as desk:
        desk.newsroom.bake_all()
        for body, source in COPY.values():
            desk.take(body, source=source)
        graphs = {tag: article(page) for tag, page in pages(desk).items()}
        assert [n["url"] for n in graphs["de"]["translationOfWork"]] == [url(desk, "en")]
        assert {n["inLanguage"] for n in graphs["en"]["workTranslation"]} == {"de", "ar"}
        assert "translationOfWork" not in graphs["en"]


def article(page: bytes) -> dict[str, Any]:
    """The article of a page's graph."""
    found = html.fromstring(page.decode()).xpath("//script[@type='application/ld+json']/text()")
    graph: dict[str, Any] = msgspec.json.decode(str(found[0]))
    return next(node for node in graph["@graph"] if node.get("headline"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('translation_of = "world"', 'translation_of = "wrld"', "translation_of 'wrld' must be"),
        ('language = "ar_EG"', 'language = "de_DE"', "in that language already"),
        ('language = "de_DE"\n', "", "in that language already"),
    ],
)
def test_translations_of_sections_are_checked(old: str, new: str, told: str) -> None:
    """A section translates another that is there, into a language that it has not yet."""
    with pytest.raises(ConfigError, match=told):
        parse(SETTINGS.replace(old, new, 1))
