"""The wire is hostile: nothing it says can leave the place it was put in."""

import json
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from tests.press import copy_desk
from tests.press.copy_desk import AT, PICTURE, brief, front, item, part, press, story, teaser

from wirecopy.briefs import CorrectionNote, Hit, MapEntry, SearchBrief
from wirecopy.model import Block, Change, Dateline, Rights, Subject, Topic
from wirecopy.press import Press

PRESS = press()
EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)> ' & ]]> </title>\u2028<!--"


def evil_story(text: str) -> bytes:
    """A page of a story in which every field the wire fills says `text`."""
    picture = msgspec.structs.replace(PICTURE, caption=text, credit=text, alt=text)
    wire = item(
        headline=text,
        standfirst=text + ".",
        byline=text,
        authors=(text,),
        dateline=Dateline(place=text, text=text),
        media=(picture,),
        sign_off=text,
        credit_sources=(text,),
        keywords=(text,),
    )
    told = story(
        wire,
        topics=(Topic(slug="t", name=text),),
        changes=(Change(at=AT, kind="corrected", note=text),),
    )
    named: dict[str, Any] = {"headline": text, "credit": text, "standfirst": text}
    others = tuple(teaser(number, **named) for number in range(1, 4))
    return PRESS.story(brief(told, related=others[:1], older=others, next=others[0])).body


def test_hostile_words_stay_words_in_html() -> None:
    """Markup in a headline, credit, note or topic is shown as text and makes no element."""
    made = evil_story(EVIL)
    tree = html.fromstring(made.decode())
    assert tree.xpath("//script/@type") == ["application/ld+json"]
    assert tree.xpath("//@onerror") == []
    assert len(tree.xpath("//img")) == 1
    assert part(made, "headline") == " ".join(EVIL.split())


def test_hostile_words_stay_words_in_json_ld() -> None:
    """The graph cannot end its script element, and still says the same words."""
    (script,) = html.fromstring(evil_story(EVIL).decode()).xpath("//script")
    for sign in ("<", ">", "&", "\u2028"):
        assert sign not in script.text
    assert json.loads(script.text)["@graph"][0]["headline"] == EVIL


def test_hostile_words_stay_words_in_lists_and_search() -> None:
    """Lists, the corrections page and the search form show hostile words as text."""
    bad = teaser(0, headline=EVIL, standfirst=EVIL, credit=EVIL)
    note = CorrectionNote(at=AT, kind="corrected", agency=EVIL, headline=EVIL, note=EVIL)
    pages = (
        PRESS.lists(front(bad, bad))[0].body,
        PRESS.corrections((note,)).body,
        PRESS.search(SearchBrief(query=EVIL, hits=(Hit(teaser=bad, snippet=EVIL),), total=1)),
    )
    for made in pages:
        tree = html.fromstring(made.decode())
        assert tree.xpath("//script[not(@type='application/ld+json')] | //@onerror") == []
        assert tree.xpath("//img") == []
    (asked,) = html.fromstring(pages[2].decode()).xpath("//input[@id='query']/@value")
    assert asked == EVIL


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_words_give_well_formed_feeds_and_maps(words: str) -> None:
    """Whatever the headline, feeds and sitemaps are XML that a strict parser reads."""
    bad = teaser(0, headline=words, standfirst=words, credit=words, agency="Corvid News")
    files = [*PRESS.lists(front(bad))[1:3], PRESS.news_sitemap((bad,))]
    files.append(PRESS.sitemap("2022-01-08", 1, (MapEntry(path="a.html", updated=AT),)))
    for file in files:
        etree.fromstring(file.body)
    json.loads(PRESS.lists(front(bad))[3].body)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_words_make_no_element(words: str) -> None:
    """Whatever the wire says, the page has the same elements as with a harmless word."""
    tree = html.fromstring(evil_story(words or "x").replace(b"\x00", b"").decode())
    assert len(tree.xpath("//script")) == 1
    assert len(tree.xpath("//img")) == 1
    assert tree.xpath("//article[@data-story]/@data-story") == ["k3m9"]


def test_no_file_names_a_host_of_the_readers_own_network() -> None:
    """Page, its data, ninjs and feeds: links into private networks are words, all others stay."""
    inside = "http://192.168.1.1/reboot"
    rel = 'rel="nofollow noopener"'
    body = (
        f'<p>Press <a href="{inside}" {rel}>here</a> or <a href="https://news.example/" {rel}>'
        "there</a>.</p>"
    )
    told = story(
        item(
            body=(*(Block("p", body) for _ in range(9)), Block("embed", body)),
            url=inside,
            rights=Rights(license=inside),
            subjects=(Subject(name="routers", code="x:1", scheme=inside),),
        )
    )
    config = copy_desk.settings(extra='[press]\nninjs = "all"\n')
    full = tuple(msgspec.structs.replace(one, redistribution="full") for one in config.sources)
    config = msgspec.structs.replace(config, sources=full)
    made = Press(config, copy_desk.FILES, copy_desk.ASSET_FILES)
    listed = msgspec.structs.replace(front(teaser(0)), bodies=(("t0", body),))
    files = [made.story(brief(told)), *made.beside(brief(told)), *made.lists(listed)]
    assert len(files) == 6
    for file in files:
        assert b"192.168" not in file.body, file.path
    for file in (files[0], files[1], *files[3:]):
        assert b"news.example" in file.body, file.path
