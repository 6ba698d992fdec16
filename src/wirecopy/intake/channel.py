"""What a feed says of itself beside its stories: how often to ask, its hub, its other pages.

Only the head of a feed is looked at, up to its first story, and nothing in it is trusted: what
cannot be read says nothing. The stories themselves are read elsewhere, from the log.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec
from lxml import etree

from wirecopy.formats import xml
from wirecopy.intake.rhythm import LONGEST_WISH, Wishes

_HEAD = 64 * 1024
_STEP = 4 * 1024
"""Bytes of a feed among which its head is looked for, and of one bite of them."""
_STORIES = frozenset({"item", "entry"})
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RELS = frozenset({"hub", "self", "next", "prev-archive"})
_IDS = re.compile(
    rb"<(?:\w+:)?(?:guid|id)\b[^>]{0,200}>([^<]{1,500})<|"
    rb'"(?:id|uri|guid|itemid)"\s*:\s*"([^"]{1,500})"',
    re.IGNORECASE,
)
_MOST_IDS = 500


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a feed."""

    wishes: Wishes = Wishes()
    links: dict[str, str] = {}
    """Addresses by relation: hub, self, next, prev-archive; as written, perhaps relative."""
    cursor: str = ""
    """Where the next news will be, for servers that hand out a new address each time."""
    empty: bool = False
    """Whether a page of such a server brought nothing."""


def channel(body: bytes) -> Channel:
    """What the feed says of itself; an empty Channel for whatever is no feed."""
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        return _from_json(body)
    return _from_xml(body) if start == b"<" else Channel()


class _Json(msgspec.Struct):
    """JSON Feed 1.1, and the paging of agencies' content APIs."""

    next_url: str = ""
    feed_url: str = ""
    hubs: list[dict[str, Any]] = []
    data: dict[str, Any] = {}


def _from_json(body: bytes) -> Channel:
    try:
        read = msgspec.json.decode(body, type=_Json)
    except (msgspec.DecodeError, RecursionError):
        return Channel()
    hub = next((h["url"] for h in read.hubs if isinstance(h.get("url"), str)), "")
    links = {"hub": hub, "self": read.feed_url, "next": read.next_url}
    cursor = read.data.get("next_page")
    items = read.data.get("items")
    return Channel(
        links={rel: url for rel, url in links.items() if url},
        cursor=cursor if isinstance(cursor, str) else "",
        empty=isinstance(items, list) and not items,
    )


def _from_xml(body: bytes) -> Channel:
    texts: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    for element in _head(body):
        name = etree.QName(element).localname.lower()
        if name == "link" and element.get("rel") in _RELS and element.get("href"):
            links.setdefault(str(element.get("rel")), str(element.get("href"))[:2000])
        elif len(texts.setdefault(name, [])) < 32:
            texts[name].append((element.text or "").strip()[:100])
    return Channel(wishes=_wishes(texts), links=links)


def _head(body: bytes) -> Iterable[etree._Element]:
    """The elements before the first story, as far as they can be read; no entity is expanded."""
    parser = xml.in_pieces()
    try:
        for start in range(0, min(len(body), _HEAD), _STEP):
            parser.feed(body[start : start + _STEP])
            for event, element in parser.read_events():
                if not isinstance(element, etree._Element) or not isinstance(element.tag, str):
                    continue
                if event == "start" and etree.QName(element).localname.lower() in _STORIES:
                    return
                if event == "end":
                    yield element
    except etree.XMLSyntaxError:
        return


def _wishes(texts: dict[str, list[str]]) -> Wishes:
    pauses = [_minutes(texts.get("ttl", [""])[0]), _period(texts)]
    known = [pause for pause in pauses if pause is not None]
    return Wishes(
        pause=max(known, default=None),
        skip_hours=frozenset(
            int(hour) % 24 for hour in texts.get("hour", []) if re.fullmatch(r"[0-9]{1,2}", hour)
        ),
        skip_days=frozenset(
            _DAYS.index(day.lower()) for day in texts.get("day", []) if day.lower() in _DAYS
        ),
    )


def _minutes(text: str) -> timedelta | None:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        return None
    return min(timedelta(minutes=int(text)), LONGEST_WISH)


def _period(texts: dict[str, list[str]]) -> timedelta | None:
    """The pause of sy:updatePeriod and sy:updateFrequency (RSS 1.0 syndication module)."""
    period = _PERIODS.get(texts.get("updateperiod", [""])[0].lower())
    if period is None:
        return None
    often = texts.get("updatefrequency", ["1"])[0]
    times = int(often) if re.fullmatch(r"[1-9][0-9]{0,4}", often) else 1
    return min(timedelta(seconds=period / times), LONGEST_WISH)


def max_age(field: str) -> timedelta | None:
    """The pause that a Cache-Control field asks for; None when it says nothing."""
    if re.search(r"\bno-(?:cache|store)\b", field, re.IGNORECASE):
        return None
    found = re.search(r"\bmax-age\s*=\s*\"?([0-9]{1,9})", field, re.IGNORECASE)
    return min(timedelta(seconds=int(found[1])), LONGEST_WISH) if found else None


def ids(body: bytes) -> tuple[int, ...]:
    """Marks of the stories on a page, to tell whether two pages overlap."""
    found = (match[1] or match[2] for match in _IDS.finditer(body))
    return tuple(
        dict.fromkeys(zlib.crc32(one) for _, one in zip(range(_MOST_IDS), found, strict=False))
    )
