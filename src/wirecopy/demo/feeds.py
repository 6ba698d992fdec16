"""The feeds of three agencies: RSS 2.0, Atom and JSON Feed, one document per sending."""

from __future__ import annotations

import json
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from wirecopy.demo.markup import el, html, plain_words, said
from wirecopy.demo.stories import Picture, Piece

_RSS = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/">'
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"'
    ' xmlns:at="http://purl.org/atompub/tombstones/1.0"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xml:lang="{lang}">'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def address(piece: Piece) -> str:
    """The agency's own page for the story."""
    return f"https://{piece.agency.domain}/wire/{piece.id}"


def picture_url(picture: Picture, base: str) -> str:
    """Where the picture's file is."""
    return f"{base}/{picture.name}.jpg"


def stamp(moment: datetime) -> str:
    """RFC 3339 in whole seconds, with Z for UTC."""
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


# --------------------------------------------------------------------------------------
# RSS 2.0 with content:encoded and Media RSS
# --------------------------------------------------------------------------------------


def rss(piece: Piece, base: str) -> bytes:
    """An RSS 2.0 feed that holds the piece; the marker of an update stands in its title."""
    agency = piece.agency
    channel = el(
        "channel",
        el("title", said(agency.long)),
        el("link", f"https://{agency.domain}/"),
        el("description", said(f"News from {agency.name}")),
        el("language", piece.lang),
        el("copyright", said(f"(c) {piece.time.year} {agency.long}. {agency.terms}")),
        el("lastBuildDate", format_datetime(piece.time)),
        el("atom:link", href=f"https://{agency.domain}/feed.xml", rel="self"),
        _rss_item(piece, base),
    )
    return f"{_DECLARATION}{_RSS}{channel}</rss>\n".encode()


def _rss_item(piece: Piece, base: str) -> str:
    named = (*(s.label for s in piece.subjects), *piece.names("people"), *piece.names("orgs"))
    labels = (*named, *piece.names("places"), *piece.names("keys"))
    return el(
        "item",
        el("title", said(_marked(piece))),
        el("link", address(piece)),
        el("guid", address(piece), isPermaLink="false"),
        el("pubDate", format_datetime(piece.created)),
        el("atom:updated", stamp(piece.time)) if piece.time != piece.created else "",
        el("dc:creator", said(piece.get("by"))) if piece.get("by") else "",
        *(el("category", said(label)) for label in dict.fromkeys(labels)),
        el("description", said(piece.get("stand"))),
        el("content:encoded", _cdata(html(piece, note=piece.get("correction")))),
        _media(piece.picture, base) if piece.picture else "",
    )


def _marked(piece: Piece) -> str:
    """The headline with its marker: in front where it ends in a hyphen, else behind in brackets."""
    marker, head = piece.get("marker"), piece.get("head")
    if not marker:
        return head
    return f"{marker}{head}" if marker.endswith("-") else f"{head} ({marker})"


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]&gt;") + "]]>"


def _media(picture: Picture, base: str) -> str:
    return el(
        "media:content",
        el("media:title", said(picture.alt), type="plain"),
        el("media:description", said(picture.caption), type="plain"),
        el("media:credit", said(picture.credit), role="illustrator"),
        url=picture_url(picture, base),
        type="image/jpeg",
        medium="image",
        width=str(picture.width),
        height=str(picture.height),
    )


# --------------------------------------------------------------------------------------
# Atom, with the tombstones of RFC 6721
# --------------------------------------------------------------------------------------


def atom(piece: Piece, base: str) -> bytes:
    """An Atom feed that holds the piece's entry, or its tombstone when it was deleted."""
    agency = piece.agency
    entry = _tombstone(piece) if piece.status == "deleted" else _entry(piece, base)
    feed = "".join(
        (
            el("id", f"https://{agency.domain}/feed"),
            el("title", said(f"{agency.long} ({agency.name})")),
            el("updated", stamp(piece.time)),
            el("link", rel="self", href=f"https://{agency.domain}/feed.atom"),
            el("author", el("name", said(agency.name))),
            el("rights", said(f"(c) {piece.time.year} {agency.long}. {agency.terms}")),
            entry,
        )
    )
    return f"{_DECLARATION}{_ATOM.format(lang=piece.lang)}{feed}</feed>\n".encode()


def _uid(piece: Piece) -> str:
    return f"tag:{piece.agency.domain},{piece.created:%Y-%m-%d}:{piece.id}"


def _tombstone(piece: Piece) -> str:
    comment = el("at:comment", said(piece.get("correction")))
    return el("at:deleted-entry", comment, ref=_uid(piece), when=stamp(piece.time))


def _entry(piece: Piece, base: str) -> str:
    by = piece.get("by")
    picture = piece.picture
    return el(
        "entry",
        el("id", _uid(piece)),
        el("title", said(piece.get("head")), type="text"),
        el("updated", stamp(piece.time)),
        el("published", stamp(piece.created)),
        el("author", el("name", said(by))) if by else "",
        el("link", rel="alternate", type="text/html", href=address(piece)),
        _media(picture, base) if picture else "",
        *_categories(piece),
        el("summary", said(piece.get("stand")), type="text"),
        el("content", said(html(piece)), type="html"),
    )


def _categories(piece: Piece) -> list[str]:
    scheme = "http://cv.iptc.org/newscodes/mediatopic/"
    coded = [
        el("category", term=f"medtop:{subject.code}", scheme=scheme, label=subject.label)
        for subject in piece.subjects
    ]
    named = (n for key in ("people", "orgs", "places", "keys") for n in piece.names(key))
    return coded + [el("category", term=name) for name in dict.fromkeys(named)]


# --------------------------------------------------------------------------------------
# JSON Feed 1.1
# --------------------------------------------------------------------------------------


def json_feed(piece: Piece, base: str) -> bytes:
    """A JSON Feed 1.1 that holds the piece; the agency's own data stand under `_quaymark`."""
    agency = piece.agency
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": agency.long,
        "home_page_url": f"https://{agency.domain}/",
        "feed_url": f"https://{agency.domain}/feed.json",
        "language": piece.lang,
        "items": [_json_item(piece, base)],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(piece: Piece, base: str) -> dict[str, Any]:
    names = (n for key in ("people", "orgs", "places", "keys") for n in piece.names(key))
    tags = dict.fromkeys((*(s.label for s in piece.subjects), *names))
    item: dict[str, Any] = {
        "id": address(piece),
        "url": address(piece),
        "title": piece.get("head"),
        "summary": piece.get("stand"),
        "content_html": (_figure(piece.picture, base) if piece.picture else "") + html(piece),
        "date_published": stamp(piece.created),
        "date_modified": stamp(piece.time),
        "tags": list(tags),
        "language": piece.lang,
        "_quaymark": {"slug": piece.get("slug"), "words": plain_words(piece)},
    }
    if piece.get("by"):
        item["authors"] = [{"name": piece.get("by")}]
    return item


def _figure(picture: Picture, base: str) -> str:
    """The picture in the text, as feeds do whose format knows neither captions nor credits."""
    image = el(
        "img",
        src=picture_url(picture, base),
        alt=picture.alt,
        width=str(picture.width),
        height=str(picture.height),
    )
    line = el("figcaption", said(f"{picture.caption} {picture.credit}"))
    return el("figure", image, line) + "\n"
