"""The road for feeds that are not well-formed: mended where little is wrong, else feedparser.

feedparser reads what no XML parser reads, but it is slow and burns CPU on hostile input: it sees
only documents below a byte cap, without DOCTYPE, and neither sanitises nor resolves (we do).
Every item that came this way says so in its warnings.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import feedparser
import msgspec
from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import mrss, xml
from wirecopy.formats.feeds import UNREADABLE, Draft, document_url, finish, name_of, rights_of
from wirecopy.formats.hints import Hints
from wirecopy.formats.markup import plain
from wirecopy.model import Channel, Item, Link, Reading, Rights, Subject

_MAX_BYTES = 3_000_000
"""Longest document that feedparser gets to see."""

_FEW_TAGS = 1000
_BYTES_A_TAG = 33
"""A feed with fewer bytes for each tag is an attack: feedparser needs 20 microseconds for one."""
_OPENED = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENDED = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\b", re.IGNORECASE)
_CLOSED = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>|</(?:rss|feed|channel)\b", re.IGNORECASE)

Adapt = Callable[[etree._Element, Hints], Reading]


def read(body: bytes, hints: Hints, why: str, adapt: Adapt) -> Reading:
    """What can be read of a feed that is not well-formed, each item with a warning.

    `adapt` is the format's own adapter. Withdrawals that only it understands are kept too. Where
    the document breaks off, its last item is spoiled: half a story is none. Raises FormatError,
    with `why` in it, if no item can be read.
    """
    try:
        reading = adapt(xml.mend(body, hints), hints)
    except FormatError:
        reading = _parsed(body, hints, why, adapt)
    warning = f"The feed was not well-formed and was recovered: {why}"
    items = tuple(
        msgspec.structs.replace(item, warnings=(*item.warnings, warning)) for item in reading.items
    )
    return msgspec.structs.replace(reading, items=items, mended=warning)


def _parsed(body: bytes, hints: Hints, why: str, adapt: Adapt) -> Reading:
    data = xml.cleaned(body, hints)
    if len(data) > _MAX_BYTES:
        raise FormatError(f"{why} It is too long (over {_MAX_BYTES} bytes) to be recovered.")
    if data.count(b"<") > max(_FEW_TAGS, len(data) // _BYTES_A_TAG):
        raise FormatError(f"{why} It has too many tags for its length to be recovered.")
    try:
        parsed = feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (*UNREADABLE, TypeError, AttributeError) as error:  # it trips over some broken places
        raise FormatError(f"{why} It could not be recovered: {error!r}.") from error
    form = "atom" if str(parsed.get("version", "")).startswith("atom") else "rss"
    items: list[Item] = []
    spoiled: list[str] = []
    entries = list(parsed.entries)
    if entries and _is_torn(data):
        entries.pop()
        spoiled.append(f"Item {len(entries) + 1}: The feed breaks off in the middle of it.")
    for number, entry in enumerate(entries, 1):
        try:
            items.append(_item(entry, parsed.feed, form, hints))
        except UNREADABLE as error:
            spoiled.append(f"Item {number}: {error}")
    items = _with_withdrawals(items, body, hints, adapt)
    if not items and not spoiled and (_OPENED.search(data) or not _ENDED.search(data)):
        raise FormatError(f"{why} No item could be recovered.")
    return Reading(
        items=tuple(items),
        format=form,
        spoiled=tuple(spoiled),
        channel=_channel(parsed.feed, hints),
    )


def _is_torn(data: bytes) -> bool:
    """Whether the document breaks off in the middle of its last item."""
    last = 0
    for opened in _OPENED.finditer(data):
        last = opened.end()
    return not _CLOSED.search(data, last)


def _said(found: Mapping[str, Any], key: str) -> str:
    """The text that stands there.

    Where the wire has elements or attributes of feedparser's own names, it may be anything.
    """
    value = found.get(key)
    return value if isinstance(value, str) else ""


def _all_of(found: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    """What stands there of which there may be several."""
    values = found.get(key)
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, Mapping))


def _links(entry: Mapping[str, Any], rel: str) -> Iterator[Mapping[str, Any]]:
    """The entry's links of that kind.

    feedparser's own "enclosures" and "license" trip where the wire has an element called "links".
    """
    return (link for link in _all_of(entry, "links") if _said(link, "rel") == rel)


def _channel(feed: Mapping[str, Any], hints: Hints) -> Channel:
    """What feedparser found of the feed itself."""
    draft = Draft(timezone=hints.timezone, base=document_url(hints))
    return Channel(
        title=plain(_said(feed, "title")),
        url=draft.url(_said(feed, "link")),
        description=plain(_said(feed, "subtitle")),
        language=_said(feed, "language"),
        copyright=plain(_said(feed, "rights")),
    )


def _with_withdrawals(items: list[Item], body: bytes, hints: Hints, adapt: Adapt) -> list[Item]:
    """`items` with the withdrawals that feedparser passes over: no kill may get lost.

    They are looked for anywhere in what libxml2 recovers, since broken tags shift the levels.
    """
    try:
        root, _, _ = xml.ruin(body, hints)
    except FormatError:
        return items
    gone: set[str] = set()
    tombstones: list[Item] = []
    for element in root.iter():
        name = name_of(element)
        if name == "at:deleted-entry" and element.get("ref", "").strip():
            tombstones += adapt(element, hints).items
        elif name == "media:status" and element.get("state", "").strip().lower() in mrss.GONE:
            around = element.getparent()
            gone |= (
                set()
                if around is None
                else {xml.text(e) for e in around if name_of(e) in ("guid", "atom:id", "link")}
            )
    kept = [
        msgspec.structs.replace(item, status="canceled")
        if gone.intersection((item.item_id, item.url))
        else item
        for item in items
    ]
    return [i for i in kept if i.item_id not in {t.item_id for t in tombstones}] + tombstones


def _item(entry: Mapping[str, Any], feed: Mapping[str, Any], form: str, hints: Hints) -> Item:
    """One of feedparser's entries as an item; FormatError if it says nothing."""
    draft = Draft(
        timezone=hints.timezone,
        language=_said(entry, "language") or _said(feed, "language") or hints.language,
        base=_said(feed, "link") or document_url(hints),
    )
    draft.guid = _said(entry, "id").strip()
    draft.link = draft.url(_said(entry, "link"))
    draft.headline = plain(_said(entry, "title"))
    # What was sent in base64 has been decoded, and may hold what no XML can.
    draft.summary = xml.strip_controls(_said(entry, "summary"))
    draft.body = max(
        (xml.strip_controls(_said(content, "value")) for content in _all_of(entry, "content")),
        key=len,
        default="",
    )
    if draft.body == draft.summary:
        draft.summary = ""
    _times(draft, entry, form)
    for name in [_said(one, "name") for one in _all_of(entry, "authors")] or [
        _said(entry, "authors") or _said(entry, "author")
    ]:
        draft.person(name)
    _subjects(draft, entry)
    _files(draft, entry)
    draft.licence = next((_said(link, "href") for link in _links(entry, "license")), "")
    draft.notice, term = rights_of(_said(entry, "rights"))
    draft.terms += [term] if term else []
    notice, term = rights_of(_said(feed, "rights"))
    draft.rights = Rights(copyright_notice=notice, usage_terms=(term,) if term else ())
    return finish(draft, form)


def _times(draft: Draft, entry: Mapping[str, Any], form: str) -> None:
    published = _said(entry, "published") or _said(entry, "created")
    updated = _said(entry, "updated") if "updated" in entry else ""
    if form == "rss" and not published:
        published, updated = updated, ""
    draft.date_text = published
    draft.created = draft.instant(published)
    draft.updated = draft.instant(updated)


def _subjects(draft: Draft, entry: Mapping[str, Any]) -> None:
    for tag in _all_of(entry, "tags"):
        code, scheme = _said(tag, "term"), _said(tag, "scheme")
        name = plain(_said(tag, "label") or code)
        if name and scheme:
            draft.subjects.append(Subject(name=name, code=code, scheme=scheme))
        elif name:
            draft.keywords.append(name)
    source = entry.get("source")
    if not isinstance(source, Mapping):
        return
    if title := plain(_said(source, "title")):
        draft.credit_sources.append(title)
    if href := draft.url(_said(source, "href")):
        draft.links.append(Link(rel="derived", target=href))


def _files(draft: Draft, entry: Mapping[str, Any]) -> None:
    for file in _links(entry, "enclosure"):
        mrss.enclose(draft, _said(file, "href"), _said(file, "type"), _said(file, "length"))
    for file in _all_of(entry, "media_content"):
        mrss.enclose(draft, _said(file, "url"), _said(file, "type"), _said(file, "filesize"))
