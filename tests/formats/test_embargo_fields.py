"""The field of an embargo: an instant ends it, nothing means none, anything else there holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from wirecopy import formats
from wirecopy.formats.hints import Hints
from wirecopy.model import Item

END = "2026-12-01T00:00:00Z"
Make = Callable[..., dict[str, Any]]


def ninjs(**said: object) -> dict[str, Any]:
    """A story in ninjs."""
    return {"uri": "j6", "type": "text", "pubstatus": "usable", "headline": "Ferry sinks"} | said


def dpa(**said: object) -> dict[str, Any]:
    """A story in dpa digitalwires."""
    return {"format": "digitalwires@1.0.0", "urn": "u6", "headline": "Fähre sinkt"} | said


def ap(**said: object) -> dict[str, Any]:
    """A story of AP's interface."""
    item = {"uri": "https://ap.example/a6", "altids": {"itemid": "a6"}, "pubstatus": "usable"}
    return {"api_version": "1.1", "data": {"item": item | said}}


def reuters(**said: object) -> dict[str, Any]:
    """A story of Reuters' interface."""
    item = {"uri": "tag:reuters.com,2026:newsml_R6", "usn": "R6", "headLine": "Ferry sinks"}
    return {"data": {"item": item | said}}


def jsonfeed(**said: object) -> dict[str, Any]:
    """A JSON Feed whose agency has an object of its own."""
    item = {"id": "f6", "title": "Ferry sinks", "content_text": "It sank.", "_wire": said}
    return {"version": "https://jsonfeed.org/version/1.1", "title": "X", "items": [item]}


def only(body: object) -> Item:
    """The one item of a document."""
    said = body if isinstance(body, str) else json.dumps(body)
    (item,) = formats.read(said.encode(), Hints()).items
    return item


def held(item: Item) -> bool:
    """Whether words hold the item."""
    assert item.status == "usable"
    return bool(item.embargo_text)


JSONS = pytest.mark.parametrize("make", [ninjs, dpa, ap, reuters, jsonfeed])


@JSONS
@pytest.mark.parametrize(
    "said", [True, "tomorrow noon", {"until": END}, [{"value": END}], 1796083200, "true", ["soon"]]
)
def test_what_is_no_instant_holds(make: Make, said: object) -> None:
    """A mere "yes", an object, a list, words, a number: none is an instant, all say embargo."""
    item = only(make(embargoed=said))
    assert item.embargo_until is None
    assert held(item)


@JSONS
@pytest.mark.parametrize("said", [None, False, "", " ", {}, [], "false", {"until": None}])
def test_what_says_nothing_is_no_embargo(make: Make, said: object) -> None:
    """Null, no, and what is empty."""
    item = only(make(embargoed=said))
    assert (item.embargo_until, item.embargo_text) == (None, "")


@JSONS
@pytest.mark.parametrize("key", ["embargoed", "embargoedUntil", "embargo", "embargo_until"])
def test_an_instant_ends_it_under_every_name(make: Make, key: str) -> None:
    """Vendors spell the field in several ways."""
    item = only(make(**{key: END}))
    assert item.embargo_until is not None
    assert (item.embargo_until.isoformat(), item.embargo_text) == ("2026-12-01T00:00:00+00:00", "")


@JSONS
def test_a_yes_beside_an_instant_is_that_embargo(make: Make) -> None:
    """The instant says when; of two instants the later counts, and words beside one still hold."""
    item = only(make(embargoed=True, embargoedUntil=END))
    assert (item.embargo_until is not None, item.embargo_text) == (True, "")
    item = only(make(embargoed="2026-11-30T00:00:00Z", embargoedUntil=END))
    assert item.embargo_until is not None
    assert item.embargo_until.month == 12
    assert held(only(make(embargoed="after the vote", embargoedUntil=END)))


def test_a_json_feeds_own_keys_may_stand_in_the_item() -> None:
    """An extension that is no object says it too, and several of them say it together."""
    feed = jsonfeed()
    feed["items"][0] |= {"_embargoed": True}
    assert held(only(feed))
    feed["items"][0] |= {"_other": {"embargoUntil": END}}
    assert only(feed).embargo_until is not None


NITF = '<nitf><head><docdata><doc-id id-string="n6"/>{}</docdata></head><body/></nitf>'
G2 = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g6"><itemMeta>{}</itemMeta>'
    "</newsItem>"
)
NEWSML1 = (
    "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>x.example</ProviderId><DateId>"
    "20261127</DateId><NewsItemId>m6</NewsItemId></NewsIdentifier></Identification><NewsManagement>"
    '<Status FormalName="Usable"/></NewsManagement><NewsComponent><NewsLines><HeadLine>Ferry sinks'
    "</HeadLine></NewsLines><RightsMetadata><UsageRights>{}</UsageRights></RightsMetadata>"
    "</NewsComponent></NewsItem></NewsML>"
)
RSS = (
    '<rss version="2.0" xmlns:x="urn:x" xmlns:dcterms="http://purl.org/dc/terms/"><channel><item>'
    "<guid>r6</guid><title>Ferry sinks</title>{}</item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="urn:x"><entry><id>t6</id>'
    "<title>Ferry sinks</title>{}</entry></feed>"
)


@pytest.mark.parametrize(
    ("wire", "said"),
    [
        (NITF, '<date.release value="20261201"/>'),
        (NITF, "<date.release>tomorrow</date.release>"),
        (NITF, "<date.release><when>20261201T000000Z</when></date.release>"),
        (NITF, '<date.release><when norm="20261201"/></date.release>'),
        (G2, '<embargoed until="2026-12-01T00:00:00Z"/>'),
        (G2, '<embargoed><until value="2026-12-01"/></embargoed>'),
        (G2, "<embargoed/>"),
        (NEWSML1, '<StartDate Date="20261201"/>'),
        (NEWSML1, "<StartDate><Date>soon</Date></StartDate>"),
        (RSS, '<x:embargo until="2026-12-01"/>'),
        (RSS, "<embargoed><until>noon</until></embargoed>"),
        (RSS, "<embargoUntil>after the vote</embargoUntil>"),
        (ATOM, '<x:embargoed until="2026-12-01"/>'),
    ],
)
def test_an_element_that_says_it_otherwise_holds(wire: str, said: str) -> None:
    """Attributes alone, elements inside, words; G2 says of its empty one that no end is given."""
    item = only(wire.format(said))
    assert held(item) or item.embargo_until is not None
    assert item.embargo_until is None or "20261201T000000Z" in said


@pytest.mark.parametrize(
    ("wire", "said"),
    [
        (NITF, "<date.release/>"),
        (NITF, '<date.release norm="" id="d1"> </date.release>'),
        (NEWSML1, "<StartDate/>"),
        (RSS, "<x:embargo/>"),
        (RSS, "<embargo>false</embargo>"),
        (ATOM, "<x:embargoed> </x:embargoed>"),
    ],
)
def test_an_empty_element_is_no_embargo(wire: str, said: str) -> None:
    """A field that is sent empty with every story holds none."""
    item = only(wire.format(said))
    assert (item.embargo_until, item.embargo_text) == (None, "")


@pytest.mark.parametrize(
    ("wire", "said"),
    [
        (NITF, "<date.release>20261201T000000Z</date.release>"),
        (RSS, "<x:embargo>2026-12-01T00:00:00Z</x:embargo>"),
        (ATOM, "<x:embargoUntil>2026-12-01T00:00:00Z</x:embargoUntil>"),
    ],
)
def test_an_instant_in_an_element(wire: str, said: str) -> None:
    """What can be read ends the embargo then."""
    item = only(wire.format(said))
    assert item.embargo_until is not None
    assert (item.embargo_until.isoformat(), item.embargo_text) == ("2026-12-01T00:00:00+00:00", "")
