"""Feeds and maps beside their formats' rules, and a story's graph beside what it owes."""

import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree, html
from tests.press.copy_desk import AT, PICTURE, brief, front, item, press, story, teaser

from wirecopy.briefs import Ended, ListBrief, MapEntry
from wirecopy.model import Change, Marker, Place, Rendition, Rights, Subject

RULES = Path(__file__).parent / "rules"
HUB = '[site.files]\nhub = "https://hub.example/"\n'
PRESS = press(extra=HUB)
KILLED = Ended(id="k1", source="corvid", first_published=AT, at=AT + timedelta(hours=1))


@cache
def rules(name: str) -> etree.RelaxNG:
    """The rules of one format."""
    return etree.RelaxNG(file=str(RULES / f"{name}.rng"))


def faults(name: str, body: bytes) -> list[str]:
    """What the rules of the format find wrong."""
    checked = rules(name)
    return [] if checked.validate(etree.fromstring(body)) else [str(checked.error_log)]


def lists() -> list[ListBrief]:
    """A full front, an empty one, and a home page with a withdrawn story."""
    sized = Rendition(href="https://pictures.example/a.jpg", mime="image/jpeg", width=9, size=7)
    pictured = teaser(1, picture=PICTURE), teaser(2, picture=type(PICTURE)(renditions=(sized,)))
    return [
        front(teaser(0), *pictured, bodies=(("t0", "<p>Text.</p>"),), ended=(KILLED,)),
        front(),
        ListBrief(kind="home", teasers=pictured, ended=(KILLED,)),
    ]


@pytest.mark.parametrize("number", range(3))
def test_feeds_keep_to_their_formats(number: int) -> None:
    """RSS, Atom and JSON Feed are valid, full and empty, with pictures and tombstones."""
    _, rss, atom, feed = PRESS.lists(lists()[number])
    assert faults("rss", rss.body) == []
    assert faults("atom", atom.body) == []
    told = json.loads(feed.body)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert {"title", "items"} <= set(told)
    for one in told["items"]:
        assert one["id"]
        assert "content_html" in one or "content_text" in one


def test_the_rules_find_faults() -> None:
    """The rules themselves refuse what is wrong, so that the tests above mean something."""
    _, rss, atom, _ = PRESS.lists(lists()[0])
    assert faults("rss", rss.body.replace(b"GMT", b"IST"))
    assert faults("atom", atom.body.replace(b"<title>", b"<tittle>").replace(
        b"</title>", b"</tittle>"))  # fmt: skip
    assert faults("sitemap", PRESS.sitemap_index(()).body.replace(b"loc>", b"place>"))


def test_maps_keep_to_their_formats() -> None:
    """Sitemap, index, sections and news sitemap are valid, full and empty."""
    entries = (
        MapEntry(path="world/a.html", updated=AT, picture="https://pictures.example/a.jpg"),
        MapEntry(path="world/b.html", updated=AT, picture="http://127.0.0.1/x.jpg"),
        MapEntry(path="world/c.html", updated=AT),
    )
    told = (teaser(1), teaser(2, language="de", path="world/d.html"))
    entries += (MapEntry(path=told[0].path, updated=AT, tongues=told),)
    full = PRESS.sitemap("2022-01-08", 1, entries).body
    assert full.count(b"<xhtml:link ") == 3
    assert full.count(b"<image:loc>") == 1
    for body in (
        full,
        PRESS.sitemap("2022-01-08", 1, ()).body,
        PRESS.sitemap_index((("2022-01-08", 1, AT),)).body,
        PRESS.sitemap_index(()).body,
        PRESS.news_sitemap((teaser(0), teaser(1, language="zh-Hant"))).body,
        PRESS.news_sitemap(()).body,
        next(f.body for f in PRESS.fixed() if f.path == "sitemaps/sections.xml"),
    ):
        assert faults("sitemap", body) == []


def test_a_withdrawn_story_is_deleted_in_atom_by_its_id_alone() -> None:
    """RFC 6721: readers that hold the entry are told to let go of it; no word of it is said."""
    atom = PRESS.lists(front(ended=(KILLED,)))[2].body.decode()
    assert (
        '<at:deleted-entry ref="tag:ledger.example,2022-01-08:k1" when="2022-01-08T03:36:00Z"/>'
        in atom
    )
    silent = Ended(id="k2", source="gannet", first_published=AT, at=AT)
    assert b"deleted-entry" not in PRESS.lists(front(ended=(silent,)))[2].body


def test_feeds_name_their_hub() -> None:
    """WebSub: each of the three feeds says where it is passed on."""
    _, rss, atom, feed = PRESS.lists(front(teaser(0)))
    assert b'<atom:link href="https://hub.example/" rel="hub"/>' in rss.body
    assert b'<link rel="hub" href="https://hub.example/"/>' in atom.body
    assert json.loads(feed.body)["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


OWED = (
    "@type", "@id", "url", "mainEntityOfPage", "headline", "description", "datePublished",
    "dateModified", "author", "publisher", "sourceOrganization", "provider", "creditText", "image",
)  # fmt: skip
"""Properties of a NewsArticle that every story owes."""
OWED_IF_KNOWN = (
    "alternativeHeadline", "isBasedOn", "identifier", "copyrightHolder", "copyrightYear",
    "copyrightNotice", "license", "usageInfo", "dateline", "locationCreated", "contentLocation",
    "about", "mentions",
    "keywords", "articleSection", "wordCount", "inLanguage", "isAccessibleForFree", "speakable",
    "correction", "backstory", "creativeWorkStatus", "version", "expires", "isPartOf",
)  # fmt: skip
"""Properties that it owes where the wire or the record knows them."""
OF_A_PICTURE = (
    "url", "contentUrl", "width", "height", "caption", "creator", "creditText", "copyrightNotice",
)  # fmt: skip
OF_A_PUBLISHER = (
    "@type", "@id", "name", "url", "logo", "sameAs", "address", "contactPoint", "foundingDate",
    "ethicsPolicy", "correctionsPolicy", "verificationFactCheckingPolicy", "unnamedSourcesPolicy",
    "actionableFeedbackPolicy", "diversityPolicy", "diversityStaffingReport", "masthead",
    "missionCoveragePrioritiesPolicy",
    "noBylinesPolicy", "ownershipFundingInfo", "publishingPrinciples",
)  # fmt: skip
PUBLISHER = """
[site.publisher]
address = "1 Quay, Port Ellery"
founded = "1887"
same_as = ["https://social.example/ledger"]
ethics = "https://ledger.example/p/1"
fact_checking = "https://ledger.example/p/2"
unnamed_sources = "https://ledger.example/p/3"
feedback = "https://ledger.example/p/4"
diversity = "https://ledger.example/p/5"
diversity_report = "https://ledger.example/p/9"
masthead = "https://ledger.example/p/6"
mission = "https://ledger.example/p/7"
ownership = "https://ledger.example/p/8"
"""


def rich() -> Any:
    """A story of which the wire says all that it can."""
    copy = item(
        subheadline="The narrows are clear",
        rights=Rights(
            copyright_holder="Corvid News",
            copyright_year="2022",
            copyright_notice="© Corvid",
            license="https://corvid.example/terms",
            usage_terms=("No resale.",),
        ),
        places=(Place(name="Port Ellery", lat=1.0, lon=2.0),),
        subjects=(
            Subject(name="ferries", code="medtop:20000343"),
            Subject(name="Ilse Tamsin", type="person"),
        ),
        keywords=("ferry",),
        markers=(Marker(text="2nd Ld", action="update"),),
        media=(msgspec.structs.replace(PICTURE, copyright="© Corvid"),),
        expires_at=AT + timedelta(days=30),
    )
    return story(copy, changes=(Change(at=AT, kind="corrected", note="It is Monday."),))


def graph(told: Any) -> dict[str, dict[str, Any]]:
    """The graph of the story's page, by the type of its nodes."""
    extra = PUBLISHER
    made = press(extra=extra).story(brief(told)).body.decode()
    (script,) = html.fromstring(made).xpath("//script")
    nodes = json.loads(script.text)["@graph"]
    return {node["@type"]: node for node in nodes}


def test_the_graph_holds_every_property_it_owes() -> None:
    """Nothing of the list is missing where the wire says all; nothing is empty."""
    nodes = graph(rich())
    article = nodes["NewsArticle"]
    assert [name for name in (*OWED, *OWED_IF_KNOWN) if article.get(name) in (None, "", [])] == []
    assert [name for name in OF_A_PICTURE if name not in article["image"]] == []
    publisher = nodes["NewsMediaOrganization"]
    missing = [name for name in OF_A_PUBLISHER if name not in publisher]
    assert missing == ["logo", "contactPoint"]  # this newsroom has neither
    assert len(article["headline"]) <= 110
    assert nodes["BreadcrumbList"]["itemListElement"][-1]["item"] == article["url"]


def test_a_bare_story_claims_nothing() -> None:
    """What nobody knows is left out: no empty text, list or object is in the graph."""
    bare = story(item(media=(), subjects=(), body=(), standfirst="", dateline=None, markers=()))
    article = graph(bare)["NewsArticle"]
    assert not [name for name, value in article.items() if value in ("", None, [], {})]
    assert [n for n in OWED if n not in article] == ["description", "image"]


def test_dates_carry_their_offset() -> None:
    """Search engines want ISO 8601 with the offset of the site."""
    article = graph(rich())["NewsArticle"]
    for name in ("datePublished", "dateModified", "expires"):
        assert article[name].endswith("+05:30")
