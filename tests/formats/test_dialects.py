"""Agencies' dialects: a row touches its own agency and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy import formats
from wirecopy.config.profile import LanguageWays, Profile
from wirecopy.formats import dialects
from wirecopy.model import Dateline, Item

CREATED = datetime(2026, 1, 5, 11, 0, 7, tzinfo=UTC)
RELEASE = Profile(
    marks=("release.example",),
    why="Invented.",
    language=LanguageWays(countries={"Norvania": ("nv-NV", "en-NV")}),
    slug="RL-{language}-{created:%S}--{symbols}",
)


def g2(
    *, sender: str = "", provider: str = "", guid: str = "urn:x", meta: str = "", text: str = ""
) -> Item:
    """The item of an invented G2 message from that sender."""
    (item,) = formats.read(
        f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
        <header><sender>{sender}</sender></header><itemSet><newsItem guid="{guid}">
        <itemMeta><provider literal="{provider}"/></itemMeta>
        <contentMeta>{meta}<headline>Mill burns</headline></contentMeta>
        <contentSet><inlineData contenttype="text/plain">{text}</inlineData></contentSet>
        </newsItem></itemSet></newsMessage>""".encode()
    ).items
    return item


def test_a_row_is_found_by_sender_provider_or_id() -> None:
    """Any of an agency's marks finds its row; a stranger gets the plain standard."""
    row = dialects.of(("ANSA.it",))
    assert row.zone_lies
    assert dialects.of(("", "ansa.it")) is row
    assert dialects.of((), "tag:ansa.it,2026-01-05:7") is row
    assert dialects.of((), "urn:newsml:stt.fi:20260105:1") is dialects.of(("STT",))
    assert dialects.of(("Meridian Wire", ""), "urn:newsml:meridian.example:1") is dialects.PLAIN


@given(st.text(max_size=20), st.text(max_size=40))
def test_strangers_are_read_as_they_write(mark: str, item_id: str) -> None:
    """Whatever a sender calls itself, the answer is a row; nothing is raised."""
    row = dialects.of((mark,), item_id)
    assert row is dialects.PLAIN or row.marks


@pytest.mark.parametrize(
    ("tag", "place", "better"),
    [
        ("en-US", "Port Vell, Norvania", "en-NV"),
        ("nv", "Port Vell, Norvania", "nv-NV"),
        ("sv-SE", "Port Vell, Norvania", "sv-SE"),
        ("en-US", "Norvania Hill, Ostland", "en-US"),
        ("en-US", "", "en-US"),
        ("", "Port Vell, Norvania", ""),
    ],
)
def test_a_language_follows_the_country(tag: str, place: str, better: str) -> None:
    """The country an item was filed from names its kind of a language, never another language."""
    assert dialects.language_of(RELEASE, tag, place) == better
    assert dialects.language_of(dialects.PLAIN, tag, place) == tag


def test_a_slug_is_made_of_the_items_own_fields() -> None:
    """A slug needs all of its parts; without one of them there is none."""
    made = dialects.slug_of(RELEASE, language="en-NV", created=CREATED, symbols=("AX", "BX", "AX"))
    assert made == "RL-en-07--AX-BX"
    assert not dialects.slug_of(RELEASE, language="en", created=None, symbols=("AX",))
    assert not dialects.slug_of(RELEASE, language="en", created=CREATED, symbols=())
    assert not dialects.slug_of(dialects.PLAIN, language="en", created=CREATED, symbols=("AX",))


def test_urgency_is_read_by_the_agencys_scale() -> None:
    """The same number means what its sender means by it; an absent one is normal."""
    said = "<urgency>4</urgency>"
    assert g2(sender="ap.org", meta=said).urgency == 5
    assert g2(guid="tag:ap.org,2026:1", meta=said).urgency == 5
    assert g2(sender="ap.org", meta="<urgency>2</urgency>").urgency == 2
    assert g2(sender="meridian.example", meta=said).urgency == 4
    assert g2(sender="meridian.example").urgency == 5


def test_home_is_only_where_nothing_else_is_said() -> None:
    """The home bureau is the place of a report that names none; the document's own place wins."""
    assert g2(sender="BusinessDesk", text="A.").dateline == Dateline(place="Wellington")
    located = '<located literal="Port Vell"/>'
    assert g2(sender="BusinessDesk", meta=located).dateline == Dateline(place="Port Vell")
    assert g2(sender="meridian.example", text="A.").dateline is None


def test_an_agency_has_its_name() -> None:
    """Initials and domains give way to the agency's name; other providers keep what they say."""
    assert g2(sender="BusinessDesk", provider="XY").provider == "BusinessDesk"
    assert g2(sender="meridian.example", provider="XY").provider == "XY"


FEED = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:nm="{space}/nm"><entry>
<id>urn:feed:2:1</id><title>Mill burns</title><updated>2026-01-05T12:00:00Z</updated>{content}
<nm:Management><nm:original_article_id>77</nm:original_article_id>
<nm:first_line>The mill burned.</nm:first_line><nm:body>It stood since 1801.</nm:body>
<nm:published>2026-01-05T10:00:00Z</nm:published><nm:updated>2026-01-05T11:00:00Z</nm:updated>
<nm:publishing_status>{status}</nm:publishing_status></nm:Management></entry></feed>"""
WENN = "http://feed.wenn.com/xmlns/2026/01"


def feed(space: str, status: str = "Published", content: str = "<content>Text.</content>") -> Item:
    """The item of an invented feed with elements of a vendor's own."""
    return formats.read(FEED.format(space=space, status=status, content=content).encode()).items[0]


def test_a_vendors_own_elements_say_more_than_its_feed() -> None:
    """Id and times of the article beat those of the feed; its lines fill in what the feed lacks."""
    item = feed(WENN)
    assert (item.item_id, item.alt_ids) == ("77", ("urn:feed:2:1",))
    assert item.first_created == datetime(2026, 1, 5, 10, tzinfo=UTC)
    assert item.version_created == datetime(2026, 1, 5, 11, tzinfo=UTC)
    assert item.standfirst == "The mill burned."
    assert [block.html for block in item.body] == ["<p>Text.</p>"]
    assert [block.html for block in feed(WENN, content="").body] == ["<p>It stood since 1801.</p>"]


def test_a_vendors_status_stops_a_story() -> None:
    """A story that does not run is withdrawn or held; one that runs is left alone."""
    assert feed(WENN).status == "usable"
    assert feed(WENN, status="Killed").status == "canceled"
    held = feed(WENN, status="Resting")
    assert held.status == "withheld"
    assert "unknown" in held.warnings[0]


def test_a_strangers_elements_mean_nothing() -> None:
    """Elements of the same names in another namespace are left alone."""
    item = feed("http://stranger.example")
    assert (item.item_id, item.alt_ids, item.standfirst) == ("urn:feed:2:1", (), "")
