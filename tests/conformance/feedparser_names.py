"""Our reading of a feed under feedparser's names, so that feedparser's own cases can ask for it.

Everything here comes out of `formats.read`. Our model says some things in other words: a headline
is text where feedparser keeps markup, a body is clean blocks. So words compare equal to what the
case expects if both say the same after our own cleaning, and a link in them must lead to the same
address.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.formats.feeds import body_of
from wirecopy.formats.hints import Hints
from wirecopy.formats.markup import plain, words_of
from wirecopy.model import Block, Channel, Item, Media, Reading

MOVED = {0x2329: 0x27E8, 0x232A: 0x27E9}
"""What &lang; and &rang; were in HTML 4, and what they have been since HTML 5."""


class Words(str):
    """A headline, a name, a line of rights: text. Equal to markup that says the same."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str):
            return False
        return str(self) == other or plain(self) == plain(other.translate(MOVED))

    __hash__ = str.__hash__


class Body(str):
    """A text as its blocks. Equal to markup that gives the same blocks."""

    __slots__ = ("blocks",)
    blocks: tuple[Block, ...]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str):
            return False
        return str(self) == other or self.blocks == body_of(other)[0]

    __hash__ = str.__hash__


def parse(
    data: bytes, content_type: str | None = None, content_location: str | None = None
) -> dict[str, Any]:
    """What `formats.read` makes of a feed, by feedparser's names."""
    hints = Hints(media_type=content_type or "", name=content_location or "")
    try:
        reading = formats.read(data, hints)
        if any(NOTHING in reason for reason in reading.spoiled):
            reading = formats.read(_headlined(data), hints)
    except FormatError as error:
        return {"bozo": True, "why": str(error), "road": "refused", "feed": {}, "entries": []}
    return {
        "bozo": bool(reading.mended),
        "road": "patient" if "not well-formed" in reading.mended else "fast",
        "feed": _said({**_channel(reading.channel)}),
        "entries": [_entry(item) for item in reading.items],
        "spoiled": list(reading.spoiled),
        "why": reading.mended,
    }


NOTHING = "neither a headline nor a text"
HEADLINE = "A headline for an item that has none"


def _headlined(data: bytes) -> bytes:
    """The feed with a headline in each item.

    Many cases hold an item of one field, say a date. An item that says nothing to readers is
    no story here; with a headline the case asks what it means to ask.
    """
    put = rf"\1<\2title>{HEADLINE}</\2title>".encode()
    return re.sub(rb"(<((?:\w+:)?)(?:item|entry)(?:\s[^<>]*)?>)", put, data)


def roads(data: bytes, content_type: str | None, content_location: str | None) -> str:
    """Which road a feed took: fast, patient or refused."""
    return str(parse(data, content_type, content_location)["road"])


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """`values` without what was not said."""
    return {key: value for key, value in values.items() if value not in ("", None, [])}


def _body(blocks: tuple[Block, ...]) -> Body:
    body = Body(words_of(blocks))
    body.blocks = blocks
    return body


def _time(moment: datetime | None) -> tuple[int, ...] | None:
    return tuple(moment.utctimetuple()) if moment else None


def _channel(channel: Channel) -> dict[str, Any]:
    links = [{"rel": link.rel, "href": link.target} for link in channel.links]
    alternate = [{"rel": "alternate", "href": channel.url}] if channel.url else []
    return {
        "title": Words(channel.title),
        "link": channel.url,
        "links": alternate + links,
        "subtitle": Words(channel.description),
        "rights": Words(channel.copyright),
        "language": channel.language,
        "published_parsed": _time(channel.published),
        "updated_parsed": _time(channel.updated),
    }


def _entry(item: Item) -> dict[str, Any]:
    body = _body(item.body) if item.body else ""
    links = [link for media in item.media for link in _enclosures(media)]
    links += [{"rel": "alternate", "href": item.url}] if item.url else []
    links += [{"rel": _RELS.get(link.rel, link.rel), "href": link.target} for link in item.links]
    links += [{"rel": "self", "href": name} for name in item.alt_ids if name not in (item.url, "")]
    if item.rights.license:
        links.append({"rel": "license", "href": item.rights.license})
    rights = item.rights.copyright_notice or "; ".join(item.rights.usage_terms)
    tags = [{"term": Words(word)} for word in item.keywords]
    tags += [
        _said({"term": Words(s.code or s.name), "scheme": s.scheme, "label": s.name})
        for s in item.subjects
    ]
    pictures = [r for media in item.media for r in media.renditions]
    return _said(
        {
            "title": Words(item.headline if item.headline != HEADLINE else ""),
            "id": item.item_id if item.id_from == "id" else "",
            "guidislink": item.id_from == "id" and item.url == item.item_id,
            "link": item.url,
            "links": links,
            "author": Words(item.byline),
            "authors": [{"name": Words(name)} for name in item.authors],
            "summary": Words(item.standfirst) if item.standfirst else body,
            "content": [{"value": body, "type": "text/html"}] if body else [],
            "tags": tags,
            "rights": Words(rights),
            "published_parsed": _time(item.first_created),
            "created_parsed": _time(item.first_created),
            "updated_parsed": _time(item.version_created or item.first_created),
            "expired_parsed": _time(item.expires_at),
            "media_thumbnail": [{"url": r.href} for r in pictures if r.role == "thumbnail"],
            "media_content": [{"url": r.href} for r in pictures if not r.role],
        }
    )


_RELS = {"see-also": "related", "derived": "via"}
"""Our relations by Atom's names."""


def _enclosures(media: Media) -> list[dict[str, str]]:
    return [
        _said(
            {
                "rel": "enclosure",
                "href": rendition.href,
                "type": rendition.mime,
                "length": str(rendition.size) if rendition.size else "",
            }
        )
        for rendition in media.renditions
        if rendition.role != "thumbnail"
    ]


__all__ = ["Body", "Reading", "Words", "parse", "roads"]
