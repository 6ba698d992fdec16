"""NewsML 1.0 to 1.2 (spec section 4): any number of news items in an envelope.

Read top to bottom: sniff, read, adapt. How an item is to be handled is read by `newsml1_manage`,
what it says of itself by `newsml1_meta`, its text and files by `newsml1_content`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from lxml import etree

from wirecopy.config.profile import Profile
from wirecopy.errors import FormatError
from wirecopy.formats import (
    dates,
    dialects,
    lines,
    markup,
    newsml1_content,
    newsml1_manage,
    newsml1_updates,
    packages,
    xml,
)
from wirecopy.formats import newsml1_meta as meta
from wirecopy.formats.hints import Hints, Score, most_items
from wirecopy.formats.newsml1_content import Kinds, Told
from wirecopy.formats.newsml1_manage import Handling
from wirecopy.formats.trees import XML_LANG, bare, child, children, root_of, words
from wirecopy.model import EdNote, Item, Media, Reading, Rights

NAME = "newsml1"

_NS = "http://iptc.org/std/NewsML/2003-10-10/"
_PICTURED = ("picture", "video", "audio", "graphic")
_LONGEST_HEADLINE = 200
"""Characters of a first paragraph that still serves as the headline of an alert without one."""
_INITIALS = re.compile(r"[a-z]{1,4}(?:[/-][a-z]{1,4})*")
"""Desk initials where a byline belongs."""
_BROKEN_OFF = 200
"""Characters from which on a standfirst may be the text's first words, cut by a machine."""
_WHOLE = re.compile(r"[.!?।。…][\"'”’»)\]]*$")


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What all items of a document share."""

    root: etree._Element
    envelope: etree._Element | None
    hints: Hints
    warnings: tuple[str, ...]
    topics: dict[str, dict[str, meta.Topic]]
    """The topics it tells of, by the language they were asked for in; filled as items are read."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What surrounds one item and colours how it is read."""

    document: Document
    item: etree._Element
    hints: Hints
    dialect: Profile
    zone: str
    topics: dict[str, meta.Topic]
    handling: Handling


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """CERTAIN for the root element NewsML, else NO."""
    _, local = xml.sniff_root(head)
    return Score.CERTAIN if local == "NewsML" else Score.NO


def read(body: bytes, hints: Hints) -> Reading:
    """The items of a NewsML document in its order; FormatError if it is none.

    An item that cannot be read is named in `spoiled`; alone in its document it is a FormatError.
    """
    root, warnings = root_of(body, hints)
    if bare(root).tag != "NewsML":
        raise FormatError(f"The root element is {root.tag}, not NewsML.")
    elements = list(root.iter("NewsItem"))
    if len(elements) > most_items(body):
        raise FormatError(f"The document has {len(elements)} items, too many for its length.")
    document = Document(
        root=root,
        envelope=child(root, "NewsEnvelope"),
        hints=hints,
        warnings=warnings,
        topics={},
    )
    items: list[Item] = []
    spoiled: list[str] = []
    for number, element in enumerate(elements, 1):
        try:
            items += _items(element, document)
        except (FormatError, ValueError, OverflowError) as error:
            if len(elements) == 1:
                raise FormatError(f"The news item cannot be used. {error}") from error
            spoiled.append(f"Item {number} of {len(elements)}: {error}")
    return Reading(items=tuple(_illustrated(items)), format=NAME, spoiled=tuple(spoiled))


# --------------------------------------------------------------------------------------
# One news item: one story, or several
# --------------------------------------------------------------------------------------


def _items(item: etree._Element, document: Document) -> list[Item]:
    root = child(item, "NewsComponent")
    names = newsml1_manage.identity(item)
    original, doubts = newsml1_updates.original_of(item)
    frame = _frame(item, document, names["item_id"])
    if root is None:
        root = newsml1_manage.replacement(item)
        if root is None or frame.handling.status == "canceled":
            return [_without_content(frame, names)]
    kinds = newsml1_content.kinds_of(root)
    if "id" in frame.dialect.fields.values():
        told = newsml1_content.stories_in(root, kinds)
        own = [each for each in told if meta.own_fields((each,), frame.dialect).get("id")]
        if own:
            return [_item((root, each), kinds, frame, names) for each in own]
    wanted = (document.hints.language, meta.tongue(root), item.get(XML_LANG, ""))
    path, aside = newsml1_content.path_to(root, kinds, wanted)
    made = _item(path, kinds, frame, names)
    if aside:
        doubts += (f"It was sent in other languages too, which were not read: {', '.join(aside)}.",)
    if original or doubts:
        made = msgspec.structs.replace(made, original=original, warnings=(*made.warnings, *doubts))
    return [made]


def _frame(item: etree._Element, document: Document, item_id: str) -> Frame:
    root, hints = child(item, "NewsComponent"), document.hints
    path = () if root is None else (root, *children(root, "NewsComponent"))
    marks = (
        words(child(item, "Identification", "NewsIdentifier", "ProviderId")),
        *meta.parties(path, "Provider"),
        meta.formal(child(document.envelope, "SentFrom", "Party")),
    )
    dialect = dialects.of(marks, item_id, hints)
    zone = hints.timezone or dialect.timezone
    return Frame(
        document=document,
        item=item,
        hints=hints,
        dialect=dialect,
        zone=zone,
        topics=_topics(document, meta.tongue(root) or hints.language),
        handling=newsml1_manage.handling(item, zone),
    )


def _topics(document: Document, tag: str) -> dict[str, meta.Topic]:
    """The topics that the document tells of, named in a language."""
    if tag not in document.topics:
        document.topics[tag] = meta.topics_in(document.root, tag)
    return document.topics[tag]


def _without_content(frame: Frame, names: dict[str, Any]) -> Item:
    """A revision that only says what becomes of the item: a kill or a hold."""
    if child(frame.item, "TopicSet") is not None:
        return Item(type="planning", format=NAME, **_named(names, "", "topics"))
    if child(frame.item, "Update") is not None and frame.handling.status == "usable":
        return _update(frame, names)
    now = newsml1_manage.notice(frame.item, frame.handling)
    if not names["item_id"]:
        raise FormatError("It has no content and no id that would tell which story it is about.")
    if "id" in frame.dialect.fields.values():
        raise FormatError(
            f"It says {now.status} of an item whose stories have ids of their own and names none "
            "of them: withdraw or hold them by hand."
        )
    return Item(
        **names,
        provider=_provider((), frame),
        language=frame.hints.language,
        links=newsml1_manage.links(frame.item),
        format=NAME,
        **_times(frame),
        **_handled(now, (), (), frame),
    )


def _update(frame: Frame, names: dict[str, Any]) -> Item:
    """A revision that only changes parts of the one before; see `revised`."""
    if not names["item_id"] or names["version"] is None:
        raise FormatError("It is an Update, but does not say of which item, or which revision.")
    if "id" in frame.dialect.fields.values():
        raise FormatError(
            "It is an Update of an item whose stories have ids of their own, which cannot be put "
            "together here: wait for the full item."
        )
    return Item(
        **names,
        edits=newsml1_updates.edits_of(frame.item),
        provider=_provider((), frame),
        language=frame.hints.language,
        urgency=_urgency(frame, {}),
        links=newsml1_manage.links(frame.item),
        format=NAME,
        **_times(frame),
        **_handled(frame.handling, (), (), frame),
    )


def revised(original: bytes, edits: bytes, hints: Hints) -> Item:
    """The item that an update (`Item.edits`) makes of an earlier revision (`Item.original`).

    It carries a new `original`, for the updates that follow. Raises FormatError, in words, where
    the update names a part that is not there, is about another item or is no newer.
    """
    items = read(newsml1_updates.applied(original, edits, hints), hints).items
    if len(items) != 1:
        raise FormatError(f"With the update carried out there are {len(items)} items, not one.")
    return items[0]


def _item(path: meta.Path, kinds: Kinds, frame: Frame, names: dict[str, Any]) -> Item:
    """One story out of the components that tell it."""
    told = newsml1_content.told(path, kinds, frame.zone)
    own = meta.own_fields(path, frame.dialect)
    shown = _lines(path, frame, told, own)
    body = _body(told, shown)
    handled = _handled(frame.handling, shown["ed_notes"], path, frame)
    handled["warnings"] += told.warnings
    kind = _type(told, frame)
    rights = meta.rights(path)
    media = told.media
    if kind in _PICTURED:
        shown["standfirst"] = media[0].caption or shown["standfirst"]
        media = (_itself(media[0], shown, handled, rights), *media[1:])
    if not (shown["headline"] or body or told.media):
        handled["warnings"] += ("It says nothing that could be shown.",)
    item = Item(
        **_named(_own_named(names, own), shown["headline"], markup.words_of(body)),
        type=kind,
        body=() if kind in _PICTURED else body,
        media=media,
        subjects=meta.subjects(path, frame.topics),
        keywords=meta.keywords(path),
        genre=meta.genre(path),
        rights=rights,
        links=newsml1_manage.links(frame.item),
        urgency=_urgency(frame, own),
        language=meta.language(path, frame.item, frame.dialect, ()) or frame.hints.language,
        url=own.get("url", ""),
        format=NAME,
        **_times(frame),
        **handled,
        **shown,
    )
    return lines.with_unshown(item, meta.texts(path))


# --------------------------------------------------------------------------------------
# Its values
# --------------------------------------------------------------------------------------


def _own_named(names: dict[str, Any], own: dict[str, str]) -> dict[str, Any]:
    """The names of a component that has an id of its own; the item's is another name of it."""
    if not own.get("id"):
        return names
    other = (names["item_id"],) if names["item_id"] else ()
    return names | {"item_id": own["id"], "alt_ids": other}


def _named(names: dict[str, Any], headline: str, said: str) -> dict[str, Any]:
    """The id, made of what the item says where it gives none."""
    if names["item_id"]:
        return names
    if not (headline or said):
        raise FormatError("The news item has neither an id nor a headline nor a text.")
    return names | {"item_id": lines.content_id(headline, said), "id_from": "content"}


def _times(frame: Frame) -> dict[str, Any]:
    managed = child(frame.item, "NewsManagement")

    def time(holder: etree._Element | None, name: str) -> datetime | None:
        value = words(child(holder, name))
        return dates.instant(value, frame.zone) if value else None

    first = time(managed, "FirstCreated")
    latest = time(managed, "ThisRevisionCreated") or time(frame.document.envelope, "DateAndTime")
    return {"first_created": first or latest, "version_created": latest or first}


def _urgency(frame: Frame, own: dict[str, str]) -> int:
    said = meta.formal(child(frame.item, "NewsManagement", "Urgency")) or own.get("urgency", "")
    number = lines.urgency_of(said)
    return frame.dialect.urgency.get(number, number)


def _handled(
    now: Handling, notes: tuple[EdNote, ...], path: meta.Path, frame: Frame
) -> dict[str, Any]:
    """Status, embargo and expiry, as management, rights and notes say together."""
    starts, ends, odd = meta.use_dates(path, frame.zone)
    late = [each for each in odd if each.startswith("StartDate")]
    terms = meta.rights(path).usage_terms
    until, text = now.until, now.embargo_text or "; ".join(late)
    if not until and not text:
        until, text = lines.embargo_in((*(note.text for note in notes), *terms))
    created = _times(frame)["version_created"]
    begins = [start for start in starts if created and start > created]
    until = max(filter(None, (until, *begins)), default=None)
    stops = (now.ends, *ends, lines.use_ends(terms))
    unread = tuple(f"A date of its usage rights cannot be read: {each}." for each in odd)
    return {
        "status": now.status,
        "embargo_until": until,
        "embargo_text": text,
        "expires_at": min(filter(None, stops), default=None),
        "signals": now.signals,
        "warnings": frame.document.warnings + now.warnings + unread,
    }


def _type(told: Told, frame: Frame) -> str:
    """A text, the medium of an item without text, or composite for one that only holds others."""
    if told.blocks:
        return "text"
    if told.media:
        return told.media[0].type
    held = next(frame.item.iterdescendants("NewsItem", "NewsItemRef"), None)
    return "text" if held is None else "composite"


def _lines(path: meta.Path, frame: Frame, told: Told, own: dict[str, str]) -> dict[str, Any]:
    """The lines that readers see; what the text itself says fills in where the item is mute."""
    headline = meta.line(path, "HeadLine") or told.headline or told.lines.headline
    by, initials = _byline(path, told, own)
    places = meta.places(path)
    dialect = frame.dialect
    taken = "SubHeadLine" in dialect.fields
    sub = "" if taken else meta.line(path, "SubHeadLine") or told.subheadline
    sub = sub or ("" if taken else told.lines.subheadline)
    line = meta.dateline(path, places, told.lines.dateline)
    more = tuple(EdNote(text=own[k], role="editorial") for k in ("note",) if own.get(k))
    return {
        "headline": headline or _alert(told),
        "subheadline": "" if sub == markup.words_of(told.blocks[:1]) else sub,
        "slug": meta.line(path, "SlugLine") or own.get("slug", ""),
        "kicker": own.get("kicker", ""),
        "standfirst": _standfirst(told),
        "byline": by,
        "byline_title": meta.line(path, "ByLineTitle") or (told.lines.byline_title if by else ""),
        "authors": told.lines.authors if by == told.lines.byline and by else lines.authors_of(by),
        "dateline": line,
        "places": meta.filed_from(places, line),
        "ed_notes": meta.notes(path) + told.lines.ed_notes + more,
        "sign_off": told.lines.sign_off or initials,
        "provider": _provider(path, frame),
        "credit_line": meta.line(path, "CreditLine") or told.lines.distributor,
        "credit_sources": meta.parties(path, "Source"),
    }


def _byline(path: meta.Path, told: Told, own: dict[str, str]) -> tuple[str, str]:
    """The raw byline, and the desk's initials where these stand in its place."""
    said = meta.line(path, "ByLine") or own.get("byline", "") or told.lines.byline
    if _INITIALS.fullmatch(said):
        return "", said
    return ("", "") if lines.is_nobody(said) and said == told.lines.byline else (said, "")


def _provider(path: meta.Path, frame: Frame) -> str:
    """Who sent it: the agency's name, else the domain in its ids."""
    found = (
        frame.dialect.provider,
        *meta.parties(path, "Provider"),
        meta.formal(child(frame.document.envelope, "SentFrom", "Party")),
        words(child(frame.item, "Identification", "NewsIdentifier", "ProviderId")),
    )
    return next(filter(None, found), "")


def _alert(told: Told) -> str:
    """The first paragraph of a text without a headline, where it is short enough for one."""
    first = markup.words_of(told.blocks[:1])
    return first if len(first) <= _LONGEST_HEADLINE else ""


def _standfirst(told: Told) -> str:
    """Abstract or lead, unless it is only the beginning of the text, broken off."""
    said = told.abstract or told.lead or told.lines.standfirst
    opening = said[: _BROKEN_OFF // 2]
    if len(said) >= _BROKEN_OFF and not _WHOLE.search(said):
        return "" if markup.words_of(told.blocks[:3]).startswith(opening) else said
    return said


def _body(told: Told, shown: dict[str, Any]) -> Any:
    """The text without a lead or headline that is shown above it anyway."""
    lead = told.lead or told.lines.lead
    blocks = lines.without_headline(told.blocks, shown["headline"])
    return lines.without_lead(blocks, lead, shown["standfirst"], shown["headline"])


def _itself(medium: Media, shown: dict[str, Any], handled: dict[str, Any], rights: Rights) -> Media:
    """The medium of an item that is nothing else: what the item says is said of it."""
    return msgspec.structs.replace(
        medium,
        headline=medium.headline or shown["headline"],
        caption=medium.caption or shown["headline"],
        credit=medium.credit or lines.picture_credit(shown["byline"], shown["credit_line"]),
        copyright=medium.copyright or rights.copyright_notice or rights.copyright_holder,
        usage_terms=tuple(dict.fromkeys((*medium.usage_terms, *rights.usage_terms))),
        status=handled["status"],
        expires_at=min(filter(None, (medium.expires_at, handled["expires_at"])), default=None),
    )


# --------------------------------------------------------------------------------------
# Pictures that are items of their own
# --------------------------------------------------------------------------------------


def _illustrated(items: list[Item]) -> Iterator[Item]:
    """The items, with the pictures of the same document on the texts and packages they belong to.

    A text gets the pictures it refers to, and those of a package in which it is the only text.
    """
    media: dict[str, tuple[Media, ...]] = {
        item.item_id: item.media for item in items if item.type in _PICTURED
    }
    texts = {item.item_id for item in items if item.type == "text"}
    holders = [
        [link.target for link in item.links if link.rel == "member"]
        for item in items
        if item.type == "composite"
    ]
    known = {item.item_id: item for item in items}
    for item in (packages.pointed(item, known) for item in items):
        wanted = [link.target for link in item.links] if item.type not in _PICTURED else []
        for held in holders:
            if item.item_id in texts and [t for t in held if t in texts] == [item.item_id]:
                wanted += held
        more = {m.id: m for target in wanted for m in media.get(target, ())}
        for own in item.media:
            more.pop(own.id, None)
        yield msgspec.structs.replace(item, media=(*item.media, *more.values())) if more else item
