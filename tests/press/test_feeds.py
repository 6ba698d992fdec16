"""Our own feeds."""

import json
import warnings

import msgspec
from lxml import etree
from tests.press.copy_desk import AT, PICTURE, TOPICS, front, press, teaser

from wirecopy.briefs import Ended, ListBrief

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # feedparser's own imports warn on newer Pythons
    import feedparser

PRESS = press()
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"


def test_each_list_has_its_feeds_beside_it() -> None:
    """Home and fronts have RSS, Atom, JSON Feed; topics Atom; a day, a topic of one story none."""
    one = (teaser(0),)
    lonely = ListBrief(kind="topic", teasers=one, topic=TOPICS[0])
    assert [file.path for file in PRESS.lists(lonely)] == ["topics/merrow-strait.html"]
    assert b"topics/merrow-strait.atom" not in PRESS.lists(lonely)[0].body
    topic = ListBrief(kind="topic", teasers=(*one, teaser(1)), topic=TOPICS[0])
    day = ListBrief(kind="day", teasers=one, section="world", day="2022-01-08", part=1)
    named = [
        [file.path for file in PRESS.lists(b)]
        for b in (ListBrief(kind="home", teasers=one), front(*one), topic, day)
    ]
    assert named == [
        ["index.html", "rss.xml", "atom.xml", "feed.json"],
        ["world/index.html", "world/rss.xml", "world/atom.xml", "world/feed.json"],
        ["topics/merrow-strait.html", "topics/merrow-strait.atom"],
        ["world/2022/01/08/index.html"],
    ]
    assert b'href="https://ledger.example/topics/merrow-strait.atom"' in PRESS.lists(topic)[0].body


def test_readers_understand_rss_and_atom() -> None:
    """A feed reader finds title, link, stable id, time, credit and summary in both."""
    files = PRESS.lists(front(teaser(0, updated=AT.replace(hour=5)), teaser(1)))
    for file in files[1:3]:
        feed = feedparser.parse(file.body)
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.feed.title == "World | The Harbour Ledger"
        entry = feed.entries[0]
        assert entry.title == "Headline 0"
        assert entry.link == "https://ledger.example/world/story-t0.html"
        assert entry.id == "tag:ledger.example,2022-01-08:t0"
        assert entry.author == "Corvid News"
        assert entry.summary == "Standfirst 0."
        assert entry.published_parsed[:5] == (2022, 1, 8, 2, 36)


def test_rss_follows_the_profile() -> None:
    """The channel names itself, its newest change, and a guid that is no link."""
    files = PRESS.lists(front(teaser(0, updated=AT.replace(hour=5))))
    channel = etree.fromstring(files[1].body).find("channel")
    assert channel.find(f"{ATOM}link").attrib == {
        "href": "https://ledger.example/world/rss.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }
    assert channel.findtext("lastBuildDate") == "Sat, 08 Jan 2022 05:36:00 GMT"
    assert channel.find("item/guid").get("isPermaLink") == "false"
    assert channel.findtext("item/pubDate") == "Sat, 08 Jan 2022 02:36:00 GMT"
    assert [c.text for c in channel.findall("item/category")] == ["World", "Merrow Strait"]


def test_pictures_go_out_with_their_credit() -> None:
    """A picture is passed on with its credit; as an enclosure only when its length is known."""
    sized = msgspec.structs.replace(PICTURE.renditions[0], size=90_000)
    known = msgspec.structs.replace(PICTURE, renditions=(sized,))
    files = PRESS.lists(front(teaser(0, picture=PICTURE), teaser(1, picture=known)))
    first, second = etree.fromstring(files[1].body).findall("channel/item")
    assert first.find("enclosure") is None
    assert first.find(f"{MEDIA}content/{MEDIA}credit").text == PICTURE.credit
    assert second.find("enclosure").attrib == {
        "url": "https://pictures.example/a.jpg",
        "length": "90000",
        "type": "image/jpeg",
    }


def test_redistribution_is_obeyed() -> None:
    """No redistribution leaves a story out of every feed; headline leaves out all but that."""
    files = PRESS.lists(
        front(
            teaser(0, source="gannet", headline="Not for others"),
            teaser(1, source="tern", standfirst="Withheld words.", picture=PICTURE),
        )
    )
    for file in files[1:]:
        assert b"pictures.example" not in file.body
        assert PICTURE.caption.encode() not in file.body
        assert b"Not for others" not in file.body
        assert b"Withheld words" not in file.body
        assert b"Headline 1" in file.body
    assert b"Not for others" in files[0].body


def test_full_text_goes_out_only_where_the_source_says_so() -> None:
    """The body stands in all three feeds of a list that was given it, and in no other."""
    brief = msgspec.structs.replace(
        front(teaser(0), teaser(1)), bodies=(("t0", "<p>Whole &amp; true.</p>"),)
    )
    rss, atom, feed = (file.body for file in PRESS.lists(brief)[1:])
    encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"
    first, second = etree.fromstring(rss).findall("channel/item")
    assert first.findtext(encoded) == "<p>Whole &amp; true.</p>"
    assert second.find(encoded) is None
    entries = etree.fromstring(atom).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}content") for entry in entries] == [
        "<p>Whole &amp; true.</p>",
        None,
    ]
    items = json.loads(feed)["items"]
    assert items[0]["content_html"] == "<p>Whole &amp; true.</p>"
    assert "content_text" not in items[0]
    assert "content_html" not in items[1]


def test_json_feed_has_its_required_fields() -> None:
    """JSON Feed 1.1: version, title, and an id and content for each item."""
    feed = json.loads(PRESS.lists(front(teaser(0, corrected=True)))[3].body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://ledger.example/world/feed.json"
    (item,) = feed["items"]
    assert item["id"] == "tag:ledger.example,2022-01-08:t0"
    assert item["content_text"] == item["summary"] == "Standfirst 0."
    assert item["date_published"] == "2022-01-08T08:06:00+05:30"
    assert item["_wirecopy"]["status"] == "corrected"


def test_empty_feeds_are_valid_too() -> None:
    """A front without stories has feeds that can be read, with the fields they must have."""
    files = PRESS.lists(front())
    assert etree.fromstring(files[1].body).find("channel/lastBuildDate") is None
    assert etree.fromstring(files[2].body).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert json.loads(files[3].body)["items"] == []


def test_a_feed_is_as_new_as_what_ended_in_it() -> None:
    """When its newest story is withdrawn a feed does not grow older, nor when it was its last."""
    ended = Ended(id="t1", source="corvid", first_published=AT, at=AT.replace(hour=7))
    silent = Ended(id="t2", source="gannet", first_published=AT, at=AT.replace(hour=9))
    for teasers in ((teaser(0, updated=AT.replace(hour=5)),), ()):
        brief = msgspec.structs.replace(front(*teasers), ended=(silent, ended))
        rss, atom, _ = (file.body for file in PRESS.lists(brief)[1:])
        assert etree.fromstring(atom).findtext(f"{ATOM}updated") == "2022-01-08T07:36:00Z"
        built = etree.fromstring(rss).findtext("channel/lastBuildDate")
        assert built == "Sat, 08 Jan 2022 07:36:00 GMT"


def test_authors_are_named_and_the_agency_beside_them() -> None:
    """The people of a byline are a story's authors in all feeds; the agency never goes unnamed."""
    two = teaser(0, authors=("Jory Vane", "Ada & Byrne"))
    rss, atom, feed = (file.body for file in PRESS.lists(front(two, teaser(1)))[1:])
    dc = "{http://purl.org/dc/elements/1.1/}"
    first, second = etree.fromstring(rss).findall("channel/item")
    assert [e.text for e in first.findall(f"{dc}creator")] == ["Jory Vane", "Ada & Byrne"]
    assert [e.text for e in first.findall(f"{dc}contributor")] == ["Corvid News"]
    assert [e.text for e in second.findall(f"{dc}creator")] == ["Corvid News"]
    assert second.find(f"{dc}contributor") is None
    first, second = etree.fromstring(atom).findall(f"{ATOM}entry")
    name = f"{ATOM}name"
    assert [e.findtext(name) for e in first.findall(f"{ATOM}author")] == [
        "Jory Vane",
        "Ada & Byrne",
    ]
    assert [e.findtext(name) for e in first.findall(f"{ATOM}contributor")] == ["Corvid News"]
    assert [e.findtext(name) for e in second.findall(f"{ATOM}author")] == ["Corvid News"]
    assert second.find(f"{ATOM}contributor") is None
    one, other = json.loads(feed)["items"]
    assert one["authors"] == [{"name": "Jory Vane"}, {"name": "Ada & Byrne"}]
    assert one["_wirecopy"]["credit"] == "Corvid News"
    assert other["authors"] == [{"name": "Corvid News"}]
    for file in PRESS.lists(front(two)):
        assert not feedparser.parse(file.body).bozo or file.path.endswith(("html", "json"))


def test_feeds_end_where_the_newsroom_says() -> None:
    """A feed holds as many of the newest stories as the setting allows."""
    files = PRESS.lists(front(*(teaser(number) for number in range(60))))
    assert len(etree.fromstring(files[1].body).findall("channel/item")) == 40
