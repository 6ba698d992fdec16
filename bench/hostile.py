"""Copy that means harm: the most time that any of it takes, in seconds for each megabyte.

Each attack is aimed at something that could crawl: depth, width, attributes, entities, tags that
nobody closes, lines without an end, and words on which a careless pattern would try every way.
Promise: no attack takes more than a second for each megabyte.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import newsrooms
import wire
from measures import Table
from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.model import Delivery
from wirecopy.reading import read_delivery

SIZE = 300_000
"""Bytes of an attack; doubled once, to see what grows faster than its input."""
LIMIT = 1.0
"""Seconds for each megabyte that are allowed."""

_RSS = (
    "<rss version='2.0'><channel><title>W</title>"
    "<item><guid>1</guid><title>T</title>{}</item></channel></rss>"
)
_NITF = (
    "<nitf><head><docdata><doc-id id-string='1'/></docdata></head><body><body.head><hedline>"
    "<hl1>T</hl1></hedline></body.head><body.content>{}</body.content></body></nitf>"
)
_JSON = (
    '{{"version":"https://jsonfeed.org/version/1.1",'
    '"items":[{{"id":"1","title":"T","content_html":"{}"}}]}}'
)
_PLAIN = "bc-harbour-ferry\n\nFerry stops at Port Ellery\n\n{}\n"


def _fill(unit: str, size: int) -> str:
    return unit * (size // len(unit.encode()) + 1)


def _escaped(markup: str) -> str:
    return markup.replace("&", "&amp;").replace("<", "&lt;")


def _in_item(unit: str, size: int) -> bytes:
    return _RSS.format(_fill(unit, size)).encode()


def _in_description(unit: str, size: int) -> bytes:
    return _RSS.format(f"<description>{_escaped(_fill(unit, size))}</description>").encode()


def _in_title(unit: str, size: int) -> bytes:
    title = f"<title>{_escaped(_fill(unit, size))}</title>"
    return _RSS.format("").replace("<title>T</title>", title).encode()


def _in_date(unit: str, size: int) -> bytes:
    return _RSS.format(f"<pubDate>{_escaped(_fill(unit, size))}</pubDate>").encode()


def _in_link(unit: str, size: int) -> bytes:
    return _RSS.format(f"<link>https://w.example/{_escaped(_fill(unit, size))}</link>").encode()


def _in_nitf(unit: str, size: int) -> bytes:
    return _NITF.format(f"<p>{_escaped(_fill(unit, size))}</p>").encode()


def _in_json(unit: str, size: int) -> bytes:
    quoted = _fill(unit, size).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return _JSON.format(quoted).encode()


def _in_plain(unit: str, size: int) -> bytes:
    return _PLAIN.format(_fill(unit, size)).encode()


def _behind(start: str, unit: str, size: int) -> bytes:
    return (start + _fill(unit, size)).encode()


UNITS = {
    "bold never closed": "<b>",
    "links in links": "<a href='https://w.example/'>",
    "tables in tables": "<table><tr><td>",
    "quotes in quotes": "<blockquote><p>",
    "lists in lists": "<ul><li>",
    "closing tags alone": "</p></b>",
    "lone less-than": "< ",
    "less-than alone": "<",
    "comments never closed": "<!-- ",
    "CDATA never closed": "<![CDATA[",
    "scripts never closed": "<script>x",
    "attribute without end": '<p a="',
    "many attributes": "<p a1='1' b2='2' c3='3'>",
    "ampersands": "&",
    "entities": "&amp;amp;",
    "unknown entities": "&harbor;",
    "numbers": "&#8217;",
    "endless number": "&#1",
    "breaks": "<br>",
    "breaks and spaces": "<br> ",
    "empty paragraphs": "<p></p>",
    "paragraphs": "<p>a</p>",
    "pictures": "<img src='https://w.example/a.jpg'>",
    "spaces": " ",
    "hard spaces": "&nbsp; ",
    "hard paragraphs": "MORE'%\xa0MORE'%\xa0</p>",
    "lists of figures": "1<li>1<li>1<li>1<li>\u201d",
    "line ends": "\n",
    "blank lines": "\n \n",
    "no space": "a",
    "capitals": "A",
    "digits": "1",
    "dots": ".",
    "dashes": "-",
    "stars": "* ",
    "equals": "=",
    "slashes": "/ ",
    "brackets": "(",
    "bracket pairs": "()",
    "square brackets": "[",
    "square pairs": "[]",
    "quotes": "\u201c",
    "commas": ", ",
    "datelines": "PORT ELLERY, March 5 (HPA) -- ",
    "half datelines": "PORT ELLERY, ",
    "lines of datelines": "<br>MOREPORT ELLERY, March 5 (HPA) - ",
    "agencies and dashes": "(AP) \u2013",
    "markers": "1st Ld-Writethru ",
    "upper words": "EDS ",
    "sign-offs": "ab/cd ",
    "dates": "5 March 2026 ",
    "read more": "Read more ",
    "the post": "The post a ",
    "bylines": "By A and B ",
    "names": "A. B. ",
    "mojibake": "\u00e2\u20ac\u2122",
    "half mojibake": "\u00e2\u20ac",
    "capital A tilde": "\u00c3 ",
    "colons": "a: ",
    "mails": "a@b.example ",
    "addresses": "https://w.example/a ",
    "embargo": "embargo until ",
    "not for publication": "not for ",
    "Devanagari": "\u092d\u093e\u0937\u093e ",
    "Chinese": "\u65b0\u534e\u793e",
    "combining": "a\u0301\u0302\u0303",
    "zero width": "\u200b",
    "sentences": "It is so. ",
    "trash": "!<>&;'\"/=",
}
PLACES: dict[str, Callable[[str, int], bytes]] = {
    "RSS description": _in_description,
    "RSS title": _in_title,
    "RSS date": _in_date,
    "RSS link": _in_link,
    "RSS item, raw": _in_item,
    "NITF paragraph": _in_nitf,
    "JSON content": _in_json,
    "plain copy": _in_plain,
}
_FEED = '{"version":"https://jsonfeed.org/version/1.1","items":['
_G2 = "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>"
_MRSS = "<rss xmlns:media='http://search.yahoo.com/mrss/'><channel><item><title>a</title>"
_ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'>"
_MAIL = "From: a@b.example\nSubject: a\n"
_PARTS = f"{_MAIL}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n"
_NINJS = '[{"uri":"a","type":"text","versioncreated":"2026-01-01T00:00:00Z",'
STARTS = {
    "JSON arrays": (_FEED, "["),
    "JSON objects": (_FEED, '{"a":'),
    "JSON broken items": (_FEED, '{"id":1,"a""b"}, '),
    "JSON broken string": (_FEED, '{"id":"1}, '),
    "JSON surrogates": (
        '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"',
        r"\ud800",
    ),
    "ninjs list broken": (_NINJS, '"x" {'),
    "deep XML": ("<rss><channel>", "<a>"),
    "items never closed": ("<rss><channel>", "<item><title>a"),
    "deep NITF": ("<nitf><body><body.content>", "<block>"),
    "deep G2": (_G2, "<newsItem><itemMeta>"),
    "deep NewsML": ("<NewsML><NewsItem>", "<NewsComponent>"),
    "NewsML items": ("<NewsML>", "<NewsItem/>"),
    "G2 items": (_G2, "<newsItem guid='a'/>"),
    "documents": ("<nitf/>", "<nitf/>"),
    "feeds": ("<rss/>", "<rss></rss>"),
    "DOCTYPE": ("<!DOCTYPE rss [", "<!ENTITY a 'b'>"),
    "DOCTYPE quotes": ("<!DOCTYPE rss [", "'"),
    "instructions": ("<?xml version='1.0'?>", "<?a ?>"),
    "comments": ("", "<!---->"),
    "comment marks": ("", "<!--"),
    "declaration": ("<?xml ", "encoding='"),
    "namespaces": ("<rss ", "xmlns:a='b' "),
    "mail heads": (_MAIL, "X: a\n"),
    "mail parts": (_PARTS, "--a\n\n"),
    "IPTC messages": ("", "\x01abc0001 3 pol 10 hpa 1\x02text\x03\x04"),
    "STX": ("\x01abc0001 3 pol 10 hpa 1", "\x02"),
    "ETX": ("\x01abc0001 3 pol 10 hpa 1\x02", "\x03a"),
    "SYN": ("", "\x16\x16\x01"),
    "gzip": ("\x1f", "\x8b"),
    "Atom entries": (_ATOM, "<entry><id>a</id><title>b</title></entry>"),
    "Atom persons": (
        f"{_ATOM}<entry><id>a</id><title>b</title>",
        "<author><name>A</name></author>",
    ),
    "RSS categories": ("<rss><channel><item><title>a</title>", "<category>a</category>"),
    "media groups": (
        _MRSS,
        "<media:group><media:content url='https://w.example/1'/></media:group>",
    ),
    "media never closed": (_MRSS, "<media:content url='https://w.example/1'>"),
}


def attacks() -> dict[str, Callable[[int], bytes]]:
    """Every attack by its name: what makes it in a given size."""
    made: dict[str, Callable[[int], bytes]] = {}
    for place, put in PLACES.items():
        for name, unit in UNITS.items():
            made[f"{place}: {name}"] = partial(put, unit)
    for name, (start, unit) in STARTS.items():
        made[name] = partial(_behind, start, unit)
    return made


_CONFIG = newsrooms.settings()


def _read(body: bytes) -> object:
    try:
        return formats.read(body)
    except FormatError:
        return None


def _whole(body: bytes) -> object:
    return read_delivery(Delivery(source="wire-world", body=body), wire.START, _CONFIG)


def _seconds(read: Callable[[bytes], object], body: bytes) -> float:
    start = time.process_time()
    read(body)
    return time.process_time() - start


def measure(*, quick: bool) -> list[Table]:
    """The worst attacks on the formats, and on the whole reading with cleaning."""
    return [
        _worst("formats.read", _read, SIZE // (8 if quick else 1)),
        _worst("read_delivery", _whole, SIZE // (8 if quick else 1)),
    ]


def _worst(what: str, read: Callable[[bytes], object], size: int) -> Table:
    rows = []
    for name, make in attacks().items():
        body = make(size)
        rate = _seconds(read, body) / len(body) * 1e6
        grown = _seconds(read, make(2 * size)) / len(body) / 2 * 1e6 if rate > LIMIT / 5 else rate
        rows.append((name, max(rate, grown), grown / rate if rate else None))
    rows.sort(key=lambda row: -row[1])
    return Table(
        title=f"Hostile copy, {what}: the worst of {len(rows)} attacks",
        columns=("attack", "seconds for each MB", "growth when doubled"),
        rows=tuple(rows[:12]),
        note=f"Each of {size / 1000:.0f} KB, then doubled. Allowed: {LIMIT} s/MB.",
    )


if __name__ == "__main__":
    for table in measure(quick="--quick" in sys.argv):
        print(table.markdown())
