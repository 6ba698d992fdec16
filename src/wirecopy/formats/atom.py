"""Atom 1.0 (RFC 4287), Atom 0.3, and tombstones (RFC 6721)."""

from __future__ import annotations

import base64
import binascii
from html import escape
from urllib.parse import urljoin

from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import dialects, lines, loose, mrss, rss, xml
from wirecopy.formats.caches import cached_if_short
from wirecopy.formats.channels import channel_of, unwrapped
from wirecopy.formats.feeds import (
    UNREADABLE,
    XML_BASE,
    Draft,
    document_url,
    name_of,
    reading_of,
    rights_of,
    tag_name,
    term,
)
from wirecopy.formats.hints import Hints, Score
from wirecopy.formats.markup import markup_of, plain
from wirecopy.formats.trees import XML_LANG
from wirecopy.model import EdNote, Item, Link, Reading, Rights, Subject

NAME = "atom"

_SPACES = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """CERTAIN for <feed> or <entry> in a namespace of Atom, LIKELY for a <feed> without one."""
    space, local = xml.sniff_root(head)
    if local not in ("feed", "entry", "deleted-entry"):
        return Score.NO
    if space.rstrip("/#").lower() in {known.rstrip("#").lower() for known in _SPACES}:
        return Score.CERTAIN
    if "tombstones" in space or "atom" in space.lower():
        return Score.CERTAIN
    return Score.LIKELY if local == "feed" and not space else Score.NO


def read(body: bytes, hints: Hints) -> Reading:
    """The entries and tombstones of a feed; one that is not well-formed is recovered.

    Raises FormatError if nothing can be made of it.
    """
    try:
        root = xml.parse(body, hints)
    except FormatError as error:
        return loose.read(body, hints, str(error), adapt)
    return adapt(root, hints)


class Feed:
    """What the feed says for all of its entries."""

    __slots__ = ("authors", "base", "language", "media", "rights", "xml_base")

    def __init__(self, root: etree._Element, hints: Hints) -> None:
        address = document_url(hints)
        given = root.get(XML_BASE, "")
        self.base = self.xml_base = urljoin(address, given) if given else ""
        self.language = root.get(XML_LANG, "")
        self.authors: list[str] = []
        notice, term = "", ""
        media = []
        for child in root:
            name = _name(child)
            if name == "author":
                self.authors.append(_person(child))
            elif name in ("rights", "copyright", "dc:rights"):
                notice, term = rights_of(_words(child))
            elif (
                name == "link" and not self.base and child.get("rel") in ("self", None, "alternate")
            ):
                self.base = urljoin(address, child.get("href", ""))
            elif mrss.is_media(name):
                media.append(child)
        self.base = self.base or address
        self.media = mrss.level(media) if media else None
        self.rights = Rights(copyright_notice=notice, usage_terms=(term,) if term else ())


def adapt(root: etree._Element, hints: Hints) -> Reading:
    """The reading of a parsed Atom document."""
    alone = _name(root) in ("entry", "at:deleted-entry")
    entries = [root] if alone else [e for e in root if _name(e) in ("entry", "at:deleted-entry")]
    if not alone and _name(root) != "feed":
        raise FormatError(f"The root <{xml.localname(root)}> is no Atom feed.")
    feed = Feed(root, hints)
    drafts: list[Draft | Item | str] = []
    for element in entries:
        try:
            if _name(element) == "entry":
                drafts.append(_entry(element, feed, hints))
            else:
                drafts.append(_tombstone(element, hints))
        except UNREADABLE as error:
            drafts.append(str(error))
    about = Draft(
        timezone=hints.timezone,
        base=urljoin(document_url(hints), root.get(XML_BASE, "")),
        language=root.get(XML_LANG, ""),
    )
    own = () if alone else (each for each in root if _name(each) != "entry")
    return reading_of(drafts, NAME, channel_of(own, about, _words), called="Entry")


def _name(element: etree._Element) -> str:
    return name_of(element).removeprefix("atom:")


def _tombstone(element: etree._Element, hints: Hints) -> Item:
    """The withdrawal that a deleted-entry is; its comment becomes a note to desks."""
    reference = element.get("ref", "").strip()
    if not reference:
        raise FormatError("A deleted-entry names no entry.")
    draft = Draft(timezone=hints.timezone, language=hints.language)
    when = draft.instant(element.get("when"))
    comment = next((_words(c) for c in element if _name(c) == "at:comment"), "")
    return Item(
        item_id=reference,
        status="canceled",
        version_created=when,
        ed_notes=(EdNote(text=plain(comment), role="tombstone"),) if comment.strip() else (),
        language=draft.language,
        format=NAME,
        warnings=tuple(draft.warnings),
    )


def _entry(element: etree._Element, feed: Feed, hints: Hints) -> Draft:
    """What one entry says."""
    draft = Draft(
        timezone=hints.timezone,
        language=feed.language or hints.language,
        base=feed.base,
        xml_base=feed.xml_base,
        rights=feed.rights,
    )
    if element.keys():
        draft.language = element.get(XML_LANG) or draft.language
        draft.base = urljoin(feed.base, element.get(XML_BASE, ""))
        draft.xml_base = urljoin(feed.xml_base, element.get(XML_BASE, ""))
    media: list[etree._Element] = []
    own: dict[str, str] = {}
    for child in element:
        take = _taker(str(child.tag))
        if take is not None:
            take(draft, child)
            continue
        name = _name(child)
        if mrss.is_media(name):
            media.append(child)
        elif name in rss.EXTENSIONS:
            rss.EXTENSIONS[name](draft, child)
        elif name[0] == "?":
            own.update(dialects.feed_fields(child, hints))
    if own:
        _vendor(draft, own)
    if media:
        mrss.take(draft, media, feed.media)
    if not draft.bylines:
        _authors_around(draft, element, feed)
    return draft


@cached_if_short(2048)
def _taker(tag: str) -> rss.Take | None:
    """What takes an element of that tag; None where the tag alone does not say it."""
    return _FIELDS.get(tag_name(tag).removeprefix("atom:")) or rss.embargo_of(tag)


def _vendor(draft: Draft, own: dict[str, str]) -> None:
    """What a vendor's own elements say beats the feed's id and times, and fills in its texts."""
    if "id" in own:
        draft.alt_ids += [draft.guid] if draft.guid else []
        draft.guid = own["id"]
    draft.created = draft.instant(own.get("created")) or draft.created
    draft.updated = draft.instant(own.get("updated")) or draft.updated
    draft.summary = draft.summary or own.get("summary", "")
    draft.body = draft.body or own.get("body", "")
    if "status" in own:
        draft.status, doubts = lines.status_of(own["status"])
        draft.warnings += doubts


def _authors_around(draft: Draft, entry: etree._Element, feed: Feed) -> None:
    """The authors of the entry's source, else of the feed (RFC 4287, 4.1.2)."""
    sources = [child for child in entry if _name(child) == "source"]
    inner = [_person(a) for source in sources for a in source if _name(a) == "author"]
    for name in inner or feed.authors:
        draft.person(name)


def _person(element: etree._Element) -> str:
    """The name of a person construct, else the address."""
    address = ""
    for child in element:
        words = child.text or ""
        name = _name(child) if words.strip() else ""
        if name == "name":
            return words
        if name == "email":
            address = address or words
    return address or element.text or ""


def _words(element: etree._Element) -> str:
    """A text construct as markup or text, whichever it holds (its type is often wrong)."""
    if len(element):
        return markup_of(element)
    words = element.text or ""
    if "![CDATA[" in words:
        words = unwrapped(words)
    if element.get("type") in _AS_IT_STANDS and not element.get("mode"):
        return words
    mode = element.get("mode", "").strip().lower()
    kind = element.get("type", "text").strip().lower()
    if mode == "base64" or (mode == "" and _is_encoded(kind)):
        try:
            words = base64.b64decode(words, validate=False).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return ""
        return words if kind in ("", "text", "text/html", "html") else escape(words)
    return words


_AS_IT_STANDS = frozenset({None, "text", "html", "xhtml"})
"""Types of nearly all text constructs: none of them is base64."""


def _is_encoded(kind: str) -> bool:
    """Whether RFC 4287 4.1.3.3 says base64: a MIME type that is neither text nor XML."""
    return "/" in kind and not kind.startswith("text/") and not kind.endswith(("/xml", "+xml"))


def _id(draft: Draft, element: etree._Element) -> None:
    draft.guid = (element.text or "").strip()


def _title(draft: Draft, element: etree._Element) -> None:
    draft.headline = plain(_words(element))


def _summary(draft: Draft, element: etree._Element) -> None:
    draft.summary = _words(element)


def _content(draft: Draft, element: etree._Element) -> None:
    said = xml.attributes(element)
    source = said.get("src")
    kind = said.get("type", "")
    if source:
        if mrss.kind_of(kind, "", source):
            mrss.enclose(draft, source, kind, None)
        elif not draft.link:
            draft.link = draft.url(source)
        draft.warnings.append("The text is not in the feed, only its address.")
        return
    if kind not in _AS_IT_STANDS and mrss.kind_of(kind.lower()):
        draft.warnings.append(f"Content of type {kind!r} inside the feed was not taken.")
        return
    if XML_BASE in said:
        draft.xml_base = urljoin(draft.xml_base, said[XML_BASE])
    draft.language = said.get(XML_LANG) or draft.language
    words = _words(element)
    if len(words) > len(draft.body):
        draft.body = words


def _author(draft: Draft, element: etree._Element) -> None:
    draft.person(_person(element))


def _category(draft: Draft, element: etree._Element) -> None:
    code = (element.get("term") or element.text or "").strip()
    label = term(element.get("label") or "")
    scheme = (element.get("scheme") or "").strip()
    if not code and not label:
        return
    if not scheme and not label:
        draft.keywords.append(term(code))
        return
    draft.subjects.append(Subject(name=label or term(code), code=code, scheme=scheme))


def _link(draft: Draft, element: etree._Element) -> None:
    rel = element.get("rel") or "alternate"
    if rel != "alternate":
        rel = rel.strip().lower().rpartition("/")[2] or "alternate"
    href = draft.url(element.get("href"))
    if not href:
        return
    if rel == "alternate":
        if not draft.link or element.get("type", "text/html") == "text/html":
            draft.link = draft.link or href
    elif rel == "enclosure":
        title = plain(element.get("title", ""))
        mrss.enclose(draft, href, element.get("type", ""), element.get("length"), title)
    elif rel == "license":
        draft.licence = href
    elif rel == "self":
        draft.alt_ids.append(href)
    elif rel in rss.LINK_RELS:
        draft.links.append(Link(rel=rss.LINK_RELS[rel], target=href))


def _published(draft: Draft, element: etree._Element) -> None:
    draft.date_text = element.text or ""
    draft.created = draft.instant(element.text)


def _created(draft: Draft, element: etree._Element) -> None:
    if draft.created is None:
        _published(draft, element)


def _updated(draft: Draft, element: etree._Element) -> None:
    moment = draft.instant(element.text)
    if moment and (draft.updated is None or moment > draft.updated):
        draft.updated = moment


def _rights(draft: Draft, element: etree._Element) -> None:
    notice, term = rights_of(_words(element))
    draft.notice = notice or draft.notice
    draft.terms += [term] if term else []


def _source(draft: Draft, element: etree._Element) -> None:
    """The feed an entry was taken from: its title is a credit, its id an origin."""
    for child in element:
        name = _name(child)
        if name == "title" and (title := plain(_words(child))):
            draft.credit_sources.append(title)
        elif name == "link" and child.get("rel", "alternate") == "alternate":
            if href := draft.url(child.get("href")):
                draft.links.append(Link(rel="derived", target=href))
        elif name == "rights":
            _rights(draft, child)


def _reply(draft: Draft, element: etree._Element) -> None:
    target = (element.get("ref") or element.get("href") or "").strip()
    if target:
        draft.links.append(Link(rel="see-also", target=target))


def _control(draft: Draft, element: etree._Element) -> None:
    """A draft (RFC 5023) is not for publication."""
    for child in element:
        if _name(child) == "app:draft" and (child.text or "").strip().lower() == "yes":
            draft.status = "withheld"
            draft.warnings.append("The entry is marked as a draft.")


_FIELDS: dict[str, rss.Take] = {
    "id": _id,
    "title": _title,
    "summary": _summary,
    "content": _content,
    "author": _author,
    "category": _category,
    "link": _link,
    "published": _published,
    "issued": _published,
    "created": _created,
    "updated": _updated,
    "modified": _updated,
    "app:edited": _updated,
    "rights": _rights,
    "copyright": _rights,
    "source": _source,
    "thr:in-reply-to": _reply,
    "app:control": _control,
}
"""What each child of an entry sets, by its tag; Atom 0.3 names stand beside those of 1.0."""
