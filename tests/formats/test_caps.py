"""Bounds on what a delivery may cost: by its structure, not by the clock."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.formats import Hints, loose, markup, squeezed
from wirecopy.formats.hints import most_items
from wirecopy.formats.prose import blocks_from_text
from wirecopy.model import Item, Reading

RSS = "<rss><channel><title>W</title>{}</channel></rss>"
ITEM = "<item><guid>{0}</guid><title>{1}</title><description>Text {0}.</description></item>"
JSON = '{"version":"https://jsonfeed.org/version/1.1","items":['
G2 = "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>{}</itemSet></newsMessage>"
SEEDS = [
    b"", b"<rss><channel><item><title>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>",
    JSON.encode(), JSON.encode() + b'{"id":"1","title":"', b'[{"uri":"a","type":"text",',
    b"<nitf><body><body.content><p>", G2.encode(), b"<NewsML><NewsItem>", b"\x1f\x8b", b"x\x9c",
    b"\xff\xfe<\0r\0", b"\xef\xbb\xbf<rss>", b"<?xml version='1.0' encoding='", b"<!DOCTYPE rss [",
]  # fmt: skip
CHARSETS = ["", "x; charset=utf-16", "x; charset=koi8-r", "x; charset=iso-2022-jp", "x; charset=hz"]


def _read(body: bytes, media_type: str = "") -> Reading | None:
    try:
        return formats.read(body, Hints(media_type=media_type))
    except FormatError:
        return None


@given(st.sampled_from(SEEDS), st.binary(max_size=300), st.sampled_from(CHARSETS))
def test_any_bytes_give_clean_items_or_a_format_error(seed: bytes, rest: bytes, label: str) -> None:
    """No bytes raise anything but FormatError, and no usable item has a lost character in it."""
    reading = _read(seed + rest, label)
    for item in reading.items if reading else ():
        _require_clean(item)


def _require_clean(item: Item) -> None:
    shown = "".join((item.headline, item.standfirst, item.byline, *(b.html for b in item.body)))
    stops = item.status != "usable" or "correct" in shown.lower() or "kill" in shown.lower()
    assert stops or not re.search("[\ufffd\x80-\x9f\ud800-\udfff\0]", shown), shown


@given(st.binary(min_size=1, max_size=60).filter(lambda bad: not set(bad) & set(b"<&")))
def test_bad_bytes_in_one_item_cost_no_neighbour(bad: bytes) -> None:
    """Whatever bytes stand in one headline, the items before and behind it are read."""
    body = RSS.format("".join(ITEM.format(n, f"@{n}@") for n in range(3))).encode()
    reading = _read(body.replace(b"@1@", bad))
    assert reading
    headlines = [item.headline for item in reading.items]
    assert headlines[0] == "@0@"
    assert headlines[-1] == "@2@"
    assert len(headlines) + len(reading.spoiled) == 3


@given(st.text(max_size=40), st.integers(0, 400))
def test_a_torn_json_feed_keeps_what_is_whole(title: str, cut: int) -> None:
    """Wherever a JSON Feed breaks off, its whole items are read and the torn one is named."""
    entries = [
        {"id": "a", "title": "First", "content_text": "One."},
        {"id": "b", "title": f"T {title}", "content_text": "Two."},
    ]
    text = JSON + json.dumps(entries[0]) + "," + json.dumps(entries[1]) + "]}"
    whole = len(JSON) + len(json.dumps(entries[0]))
    torn = text[: max(whole + 1, len(text) - 1 - cut)]
    reading = _read(torn.encode())
    assert reading
    assert reading.items[0].headline == "First"


def test_items_too_many_for_their_length_are_refused() -> None:
    """A message of thousands of hollow items, or documents, goes to quarantine unread."""
    hollow = G2.format("<newsItem guid='a'/>" * 3000)
    for body in (hollow, "<NewsML>" + "<NewsItem/>" * 3000 + "</NewsML>", "<rss></rss>" * 3000):
        with pytest.raises(FormatError, match="too many"):
            formats.read(body.encode())
    assert most_items(b"x" * 15_000) == 200


def test_feedparser_sees_no_swarm_of_tags() -> None:
    """What only the slow reader could read is refused where it has too many tags for it."""
    broken = RSS.format("<item><title>a" + "<br>" * (loose._FEW_TAGS + 1))
    with pytest.raises(FormatError, match="too many tags"):
        formats.read(broken.encode())


def test_entities_of_a_doctype_stay_small() -> None:
    """Entities of a DOCTYPE never make a document much longer than it came."""
    doctype = f"<!DOCTYPE rss [<!ENTITY a '{'b' * 200}'>]>"
    few = doctype + RSS.format(ITEM.format(1, "&a;"))
    many = doctype + RSS.format(ITEM.format(1, "&a;" * 2000))
    assert formats.read(few.encode()).items[0].headline == "b" * 200
    assert "bbb" not in formats.read(many.encode()).items[0].headline


def test_swarms_of_entities_are_read_as_text() -> None:
    """A body with more entities than any story has loses its markup, not its words."""
    html = "<p><b>Ferry</b> late</p>" + "&amp;" * (markup.MANY_ENTITIES + 1)
    words = markup.words_of(markup.blocks_from_html(html))
    assert words.startswith("Ferry late &&&")
    assert words.count("&") == markup.MANY_ENTITIES + 1


@pytest.mark.parametrize("one", [" a{0}", "/a{0}", " a{0}='x'", 'a{0}="x"', " <a{0}"])
def test_swarms_of_attributes_are_read_as_text(one: str) -> None:
    """A tag with more attributes than any page has is not handed to the sanitiser."""
    many = "<p " + "".join(one.format(n) for n in range(20_000)) + ">Ferry late</p>"
    assert markup._crawls(many)
    assert not markup._crawls(f"<p><img src='data:image/png;base64,{'a/b+' * 40_000}'>Ferry</p>")
    assert "Ferry late" in markup.words_of(markup.blocks_from_html(many))


def test_a_long_delivery_is_more_than_markup() -> None:
    """A long delivery with hardly a letter between its tags is refused; a short one is read."""
    dense = RSS.format("<item><title>Ferry</title><description><![CDATA[{}]]></description></item>")
    with pytest.raises(FormatError, match="tags and entities"):
        formats.read(dense.format("<i>a</i>" * 60_000).encode())
    assert formats.read(dense.format("<i>a</i>" * 900).encode()).items


@pytest.mark.parametrize(
    ("one", "says"),
    [
        ({"title": "Ferry " * 10_000}, "headline"),
        ({"content_text": "The ferry ran. " * 80_000}, "text"),
        ({"content_text": "It ran.\n\n" * 21_000}, "paragraphs"),
        ({"tags": [f"sea {n}" for n in range(21_000)]}, "keywords"),
    ],
)
def test_an_item_longer_than_any_story_is_spoiled(one: dict[str, object], says: str) -> None:
    """An endless headline, text or list costs its own item, with a reason, and no neighbour."""
    items = [{"id": "a", "title": "A", "content_text": "One."} | one]
    items.append({"id": "b", "title": "B", "content_text": "Two."})
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    reading = _read(json.dumps(feed).encode())
    assert reading
    assert [item.item_id for item in reading.items] == ["b"]
    assert says in reading.spoiled[0]


@pytest.mark.parametrize(
    "body",
    [
        RSS.format("".join(ITEM.format(n, "Ferry") for n in range(3000))).encode(),
        json.dumps(
            [
                {"uri": f"u{n}", "type": "text", "headline": "A", "body_text": "B"}
                for n in range(3000)
            ]
        ).encode(),
        (JSON + ",".join(f'{{"id":"{n}","title":"A"}}' for n in range(3000)) + "]}").encode(),
    ],
)
def test_a_delivery_holds_so_many_items_and_no_more(body: bytes) -> None:
    """More items than the settings allow are refused, with the setting that allows them."""
    assert len(formats.read(body, Hints(most=3000)).items) == 3000
    with pytest.raises(FormatError, match=r"3000 items, more than pipeline.max_items \(2999\)"):
        formats.read(body, Hints(most=2999))


def test_gzip_members_are_counted() -> None:
    """A delivery of endlessly many gzip members is refused."""
    with pytest.raises(FormatError, match="members"):
        formats.read(gzip.compress(b"<rss>") * (squeezed.MAX_MEMBERS + 1))


@pytest.mark.parametrize("unit", ["[", '{"a":', '{"items":['])
def test_deep_json_is_refused(unit: str) -> None:
    """JSON nested without end is a FormatError."""
    with pytest.raises(FormatError):
        formats.read((JSON + unit * 100_000).encode())


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("X-Ferry: it ran\n" * 9000, "lines of a head"),
        ("Content-Type: text/plain; " + "a*0*=x; " * 9000 + "\n", "without end"),
        ("X-Ferry: a\n" + " it ran on and on and never ended there\n" * 900, "without end"),
        ("X: y\n" * 4000 + "\n" + "a\n" * 90_000, "too many lines"),
    ],
)
def test_a_mail_of_nothing_but_a_head_is_refused(more: str, says: str) -> None:
    """A mail whose head, or whose lines, never end goes to quarantine unread."""
    head = "From: a@corvid.example\nSubject: Ferry\nDate: Sat, 08 Jan 2022 01:00:00 +0000\n"
    mail = head + "{}\nTARN, Jan 8 (Corvid) - It ran.\n"
    with pytest.raises(FormatError, match=says):
        formats.read(mail.format(more).encode())
    assert formats.read(mail.format("X-Ferry: it ran\n" * 90).encode()).items[0].headline == "Ferry"


def test_lines_without_end_are_not_told_apart() -> None:
    """Millions of lines of a sign each cost no memory; what follows so many is in one paragraph."""
    blocks = blocks_from_text(":\n" * 400_000 + "The ferry ran.\n")
    assert len(blocks) < 60_000
    assert blocks[-1].html.endswith(" : The ferry ran.</p>")
