"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wirecopy.errors import FormatError
from wirecopy.formats import jsons, lines, mrss, xml
from wirecopy.formats.feeds import UNREADABLE, Draft, document_url, finish
from wirecopy.formats.hints import Hints, Score
from wirecopy.formats.markup import plain
from wirecopy.model import Channel, Item, Link, Media, Reading, Rendition

NAME = "jsonfeed"

_VERSION = re.compile(
    rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version\\?/1'
)
_GONE = frozenset({"canceled", "cancelled", "withdrawn", "killed", "deleted"})
_RESTS = frozenset({"withheld", "embargoed", "hold", "held"})
"""What agencies' own objects call an item that is not to be shown, or not yet."""


def sniff(head: bytes, hints: Hints) -> Score:
    """CERTAIN for a JSON object whose version is JSON Feed's, LIKELY by media type, else NO."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text.startswith(b"{"):
        return Score.NO
    if _VERSION.search(text):
        return Score.CERTAIN
    named = b'"items"' in text and (b'"feed_url"' in text or b'"home_page_url"' in text)
    return Score.LIKELY if named or "feed+json" in hints.media_type else Score.NO


def read(body: bytes, hints: Hints) -> Reading:
    """The items of a JSON Feed; FormatError if it is no JSON object with a list of items."""
    loaded = jsons.load(body, hints, "items")
    feed = loaded.value
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FormatError("The JSON Feed has no list of items.")
    items: list[Item] = []
    spoiled: list[str] = []
    for number, entry in enumerate(feed["items"], 1):
        try:
            items.append(_item(entry, feed, hints))
        except (*UNREADABLE, TypeError, AttributeError) as error:
            spoiled.append(f"Item {number}: {error}")
    return Reading(
        items=tuple(items),
        format=NAME,
        spoiled=(*spoiled, *loaded.spoiled),
        channel=_channel(feed),
        mended=loaded.mended,
    )


def _channel(feed: dict[str, Any]) -> Channel:
    """What the feed says of itself."""
    links = [Link(rel="self", target=_text(feed, "feed_url"))] if _text(feed, "feed_url") else []
    links += [
        Link(rel="hub", target=_text(hub, "url"))
        for hub in _list(feed, "hubs")
        if isinstance(hub, dict) and _text(hub, "url")
    ]
    return Channel(
        title=plain(_text(feed, "title")),
        url=_text(feed, "home_page_url"),
        description=plain(_text(feed, "description")),
        language=_text(feed, "language"),
        links=tuple(links),
    )


def _item(entry: Any, feed: dict[str, Any], hints: Hints) -> Item:
    """One item; FormatError if it says nothing or is no object."""
    if not isinstance(entry, dict):
        raise FormatError("It is no JSON object.")
    language = _text(entry, "language") or _text(feed, "language")
    draft = Draft(
        timezone=hints.timezone,
        language=language or hints.language,
        base=_text(feed, "home_page_url") or document_url(hints),
    )
    draft.guid = _text(entry, "id")
    draft.link = draft.url(_text(entry, "url"))
    draft.headline = plain(_text(entry, "title"))
    draft.summary = _text(entry, "summary")
    draft.body = _text(entry, "content_html") or _text(entry, "content_text")
    draft.date_text = _text(entry, "date_published")
    draft.created = draft.instant(draft.date_text)
    draft.updated = draft.instant(_text(entry, "date_modified"))
    origin = draft.url(_text(entry, "external_url"))
    if origin and origin != draft.link:
        draft.links.append(Link(rel="derived", target=origin))
    for person in _people(entry) or _people(feed):
        draft.person(person)
    draft.keywords += [word for tag in _list(entry, "tags") if (word := plain(str(tag)))]
    _pictures(draft, entry)
    _custom(draft, entry)
    return finish(draft, NAME)


def _text(values: dict[str, Any], key: str) -> str:
    """A value as text: numbers too (ids are often numbers), nothing else."""
    value = values.get(key)
    if isinstance(value, str):
        return xml.strip_controls(value).strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _list(values: dict[str, Any], key: str) -> list[Any]:
    value = values.get(key)
    return value if isinstance(value, list) else []


def _people(values: dict[str, Any]) -> list[str]:
    """The names of `authors`, or of the single `author` of version 1.0."""
    people = _list(values, "authors") or [values.get("author")]
    names = [_text(p, "name") if isinstance(p, dict) else p for p in people]
    return [name for name in names if isinstance(name, str) and name]


def _pictures(draft: Draft, entry: dict[str, Any]) -> None:
    """The image, then the attachments; a banner is another cut of the same picture."""
    renditions = [
        Rendition(href=href, role=key)
        for key in ("image", "banner_image")
        if (href := draft.url(_text(entry, key)))
    ]
    if renditions:
        draft.media.append(Media(id=renditions[0].href, renditions=tuple(renditions)))
    for file in _attachments(entry):
        title = plain(_text(file, "title"))
        mime = _text(file, "mime_type")
        mrss.enclose(draft, _text(file, "url"), mime, file.get("size_in_bytes"), title)


def _attachments(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (file for file in _list(entry, "attachments") if isinstance(file, dict))


def _custom(draft: Draft, entry: dict[str, Any]) -> None:
    """Rights, status and embargo that agencies put into objects of their own (keys with "_")."""
    draft.embargo, draft.embargo_text = lines.embargo_said(_embargoes(entry), draft.timezone)
    for key, value in entry.items():
        if not key.startswith("_") or not isinstance(value, dict):
            continue
        _status(draft, value)
        terms = (plain(_text(value, name)) for name in ("rights", "usage_terms", "usageterms"))
        draft.terms += filter(None, terms)
        if notice := plain(_text(value, "copyright")):
            draft.notice = notice
        draft.expires = draft.instant(_text(value, "expires")) or draft.expires


def _status(draft: Draft, own: dict[str, Any]) -> None:
    """The status in an agency's object; a `status` is anybody's word, a `pubstatus` is IPTC's."""
    known = {key.casefold(): value for key, value in own.items()}
    words = {_text(known, key).casefold() for key in ("status", "pubstatus")}
    status, doubts = lines.status_said(known.get("pubstatus"))
    if words & _GONE or status == "canceled":
        draft.status = "canceled"
    elif draft.status != "canceled" and (words & _RESTS or status == "withheld"):
        draft.status = "withheld"
        draft.warnings += doubts


def _embargoes(entry: dict[str, Any]) -> Iterator[Any]:
    """What the item, and agencies' own objects in it, have under the names of an embargo."""
    own = (each for key, each in entry.items() if key.startswith("_") and isinstance(each, dict))
    for holder in (entry, *own):
        for key, value in holder.items():
            if key.lstrip("_").casefold() in lines.EMBARGO_KEYS:
                yield value
