"""RSS 0.90, 0.91, 0.92, 1.0 (RDF) and 2.0 with the extensions that agencies use."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urljoin

from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import lines, loose, mrss, xml
from wirecopy.formats.caches import SHORT, cached_if_short
from wirecopy.formats.channels import channel_of, inner_of
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
from wirecopy.formats.markup import plain
from wirecopy.formats.trees import XML_LANG, attributes_of
from wirecopy.model import Link, Reading, Rights, Subject

NAME = "rss"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ABOUT = f"{{{_RDF}}}about"
_RESOURCE = f"{{{_RDF}}}resource"
Take = Callable[[Draft, etree._Element], None]
"""What puts the content of one child into the draft of its item."""
_START = re.compile(r"start=([^;]+)")
_END = re.compile(r"end=([^;]+)")


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """CERTAIN for <rss> and for RDF that names an RSS namespace, else NO."""
    space, local = xml.sniff_root(head)
    if local.lower() == "rss":
        return Score.CERTAIN
    if local == "RDF" and re.search(rb"purl\.org/rss/1\.0/|netscape\.com/rdf/simple", head):
        return Score.CERTAIN
    if local == "channel" and not space:
        return Score.LIKELY
    return Score.NO


def read(body: bytes, hints: Hints) -> Reading:
    """The items of a feed; one that is not well-formed is recovered, with a warning on each.

    Raises FormatError if there is no channel at all.
    """
    try:
        root = xml.parse(body, hints)
    except FormatError as error:
        return loose.read(body, hints, str(error), adapt)
    return adapt(root, hints)


class Channel:
    """What the channel says for all of its items."""

    __slots__ = ("base", "language", "media", "provider", "rights", "xml_base")

    def __init__(
        self, own: list[etree._Element], root: etree._Element, hints: Hints, language: str = ""
    ) -> None:
        address = document_url(hints)
        given = root.get(XML_BASE, "")
        self.base = self.xml_base = urljoin(address, given) if given else ""
        self.language = root.get(XML_LANG, "")
        self.provider = ""
        media, terms, notice, licence = [], [], "", ""
        for child in own:
            name = name_of(child)
            if mrss.is_media(name):
                media.append(child)
            elif name in ("language", "dc:language"):
                self.language = xml.text(child) or self.language
            elif name == "link":
                self.base = self.base or urljoin(address, xml.text(child))
            elif name == "dc:publisher":
                self.provider = plain(child.text or "")
            elif name in _RIGHTS:
                said, term = rights_of(child.text or "")
                notice = said or (term if name == "copyright" else notice)
                terms += [term] if term and name != "copyright" else []
            elif name in _LICENCES:
                licence = child.get(_RESOURCE) or xml.text(child)
        self.base = self.base or address
        self.media = mrss.level(media) if media else None
        self.language = language or self.language
        self.rights = Rights(copyright_notice=notice, usage_terms=tuple(terms), license=licence)


def adapt(root: etree._Element, hints: Hints) -> Reading:
    """The reading of a parsed RSS document."""
    channels = [root] if name_of(root) == "channel" else _root_children(root, "channel")
    outer = _root_children(root, "item") if name_of(root) != "channel" else []
    if not channels and not outer:
        raise FormatError("The RSS feed has neither a channel nor an item.")
    drafts: list[Draft | str] = []
    whole: list[etree._Element] = []
    for channel in channels or [root]:
        own, inner = _parted(channel) if channels else ([], [])
        whole += own
        said = Channel(own, root, hints, channel.get(XML_LANG, ""))
        for element in inner + (outer if channel is (channels or [root])[0] else []):
            try:
                drafts.append(_draft(element, said, hints))
            except UNREADABLE as error:
                drafts.append(str(error))
    about = Draft(
        timezone=hints.timezone,
        base=urljoin(document_url(hints), root.get(XML_BASE, "")),
        language=root.get(XML_LANG, ""),
    )
    return reading_of(drafts, NAME, channel_of(whole, about, inner_of))


def _root_children(root: etree._Element, name: str) -> list[etree._Element]:
    """The children of the root that have this name."""
    return [element for element in root if name_of(element) == name]


def _parted(channel: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """What a channel says of itself, and its items."""
    own: list[etree._Element] = []
    items: list[etree._Element] = []
    for child in channel:
        (items if name_of(child) == "item" else own).append(child)
    return own, items


def _draft(element: etree._Element, channel: Channel, hints: Hints) -> Draft:
    """What one item says."""
    draft = Draft(
        timezone=hints.timezone,
        language=channel.language or hints.language,
        base=channel.base,
        xml_base=channel.xml_base,
        provider=channel.provider,
        rights=channel.rights,
    )
    media: list[etree._Element] = []
    about = ""
    if element.keys():
        about = element.get(_ABOUT, "").strip()
        draft.language = element.get(XML_LANG) or draft.language
        if XML_BASE in element.attrib:
            draft.xml_base = draft.base = urljoin(channel.base, element.get(XML_BASE, ""))
    for child in element:
        take = _taker(str(child.tag)) or _FIELDS.get(name_of(child))
        if take is not None:
            take(draft, child)
        elif mrss.is_media(name_of(child)):
            media.append(child)
    if about and not draft.guid:
        draft.guid = about
    if media:
        mrss.take(draft, media, channel.media)
    return draft


@cached_if_short(2048)
def _taker(tag: str) -> Take | None:
    """What takes an element of that tag; None where the tag alone does not say it."""
    return _FIELDS.get(tag_name(tag)) or embargo_of(tag)


def embargo_of(tag: str) -> Take | None:
    """What takes an element that any vocabulary calls an embargo."""
    local = tag.rpartition("}")[2].casefold()
    return _take_embargo if local in lines.EMBARGO_KEYS else None


def _guid(draft: Draft, element: etree._Element) -> None:
    draft.guid = xml.text(element)
    if draft.link or not draft.guid.startswith(("http://", "https://")):
        return
    if element.get("isPermaLink", "true").strip().lower() != "false":
        draft.link = draft.guid


def _title(draft: Draft, element: etree._Element) -> None:
    draft.headline = draft.headline or plain(inner_of(element))


def _link(draft: Draft, element: etree._Element) -> None:
    draft.link = draft.url(xml.text(element)) or draft.link


def _origin(draft: Draft, element: etree._Element) -> None:
    """The agency's own address behind the one that a feed service counts clicks with."""
    if href := draft.url(xml.text(element)):
        draft.alt_ids += [draft.link] if draft.link and draft.link != href else []
        draft.link = href


def _description(draft: Draft, element: etree._Element) -> None:
    """A summary; where two of them stand side by side, one is the text: see `_beside`."""
    words = inner_of(element)
    if not draft.summary:
        draft.summary = words
    elif draft.summary != words and words.strip() and not draft.body:
        draft.summary, draft.body = _beside(draft.summary, words)


def _beside(first: str, second: str) -> tuple[str, str]:
    """Summary and text of two texts: the longer one is the text, the later one if in doubt."""
    return (second, first) if len(first) > len(second) * 2 else (first, second)


def _encoded(draft: Draft, element: etree._Element) -> None:
    words = inner_of(element)
    if len(words) > len(draft.body):
        draft.body = words


def _published(draft: Draft, element: etree._Element) -> None:
    draft.date_text = element.text or ""
    draft.created = draft.instant(element.text) or draft.created


def _dated(draft: Draft, element: etree._Element) -> None:
    if draft.created is None:
        _published(draft, element)


def _modified(draft: Draft, element: etree._Element) -> None:
    draft.updated = draft.instant(element.text) or draft.updated


def _valid(draft: Draft, element: etree._Element) -> None:
    """From when, and until when, the item may be used (DCMI Period: "start=...; end=...")."""
    words = element.text or ""
    if match := _END.search(words):
        draft.expires = draft.instant(match[1]) or draft.expires
    if match := _START.search(words):
        until = draft.instant(match[1])
        draft.embargo = until or draft.embargo
        draft.embargo_text = draft.embargo_text if until else words.strip()  # unreadable: it holds


def _take_embargo(draft: Draft, element: etree._Element) -> None:
    """Take an agency's own element for an embargo; one that is not empty and no instant holds."""
    said = (xml.text(element) or attributes_of(element), draft.embargo_text)
    until, words = lines.embargo_said(said, draft.timezone)
    draft.embargo = max(filter(None, (until, draft.embargo)), default=None)
    draft.embargo_text = words


def _author(draft: Draft, element: etree._Element) -> None:
    draft.person(element.text)


def _atom_author(draft: Draft, element: etree._Element) -> None:
    names = [child.text for child in element if name_of(child) == "atom:name"]
    draft.person(names[0] if names else element.text)


def _category(draft: Draft, element: etree._Element) -> None:
    scheme = element.get("domain")
    if scheme and scheme.strip():
        words, scheme = element.text or "", scheme.strip()
        short = len(words) < SHORT and len(scheme) < SHORT
        found = (_known_subject if short else _filed_under)(words, scheme)
        draft.subjects += [found] if found else []
    elif name := term(element.text or ""):
        draft.keywords.append(name)


def _filed_under(words: str, scheme: str) -> Subject | None:
    """The subject that a category of a scheme names, by its words or by its code."""
    name = term(words)
    if not name:
        return None
    is_code = re.fullmatch(r"(?:[\w.-]+:)?\d{4,}", name) is not None
    return Subject(name="" if is_code else name, code=name if is_code else "", scheme=scheme)


_known_subject = lru_cache(maxsize=4096)(_filed_under)


def _subject(draft: Draft, element: etree._Element) -> None:
    draft.keywords += [word for part in (element.text or "").split(",") if (word := plain(part))]


def _source(draft: Draft, element: etree._Element) -> None:
    if name := plain(element.text or ""):
        draft.credit_sources.append(name)
    if href := draft.url(element.get("url")):
        draft.links.append(Link(rel="derived", target=href))


def _enclosure(draft: Draft, element: etree._Element) -> None:
    resource = element.get("url") or element.get(_RESOURCE)
    mrss.enclose(draft, resource, element.get("type", ""), element.get("length"))


def _rights(draft: Draft, element: etree._Element) -> None:
    notice, term = rights_of(element.text or "")
    draft.notice = notice or draft.notice
    draft.terms += [term] if term else []


def _licence(draft: Draft, element: etree._Element) -> None:
    draft.licence = element.get(_RESOURCE) or xml.text(element) or draft.licence


def _expires(draft: Draft, element: etree._Element) -> None:
    draft.expires = draft.instant(element.text) or draft.expires


def _tags(draft: Draft, element: etree._Element) -> None:
    """Keywords in elements of their own (`<tags><tag>word</tag></tags>`), or one list of them."""
    inner = [term(each.text or "") for each in element]
    draft.keywords += [word for word in inner if word]
    if not inner:
        _subject(draft, element)


def _holder(draft: Draft, element: etree._Element) -> None:
    draft.holder = plain(element.text or "")


def _language(draft: Draft, element: etree._Element) -> None:
    draft.language = xml.text(element) or draft.language


def _publisher(draft: Draft, element: etree._Element) -> None:
    draft.provider = plain(element.text or "") or draft.provider


def _identifier(draft: Draft, element: etree._Element) -> None:
    if words := xml.text(element):
        draft.alt_ids.append(words)


def _atom_link(draft: Draft, element: etree._Element) -> None:
    rel = element.get("rel", "alternate").strip().lower()
    href = draft.url(element.get("href"))
    if not href:
        return
    if rel in ("alternate", "canonical"):
        draft.alt_ids += [href] if draft.link and draft.link != href else []
        draft.link = draft.link or href
    elif rel == "enclosure":
        mrss.enclose(draft, href, element.get("type", ""), element.get("length"))
    elif rel == "self":
        draft.alt_ids.append(href)
    elif rel in LINK_RELS:
        draft.links.append(Link(rel=LINK_RELS[rel], target=href))


def _georss(draft: Draft, element: etree._Element) -> None:
    draft.place(point=element.text or "")


def _feature(draft: Draft, element: etree._Element) -> None:
    draft.place(name=element.text or "")


def _where(draft: Draft, element: etree._Element) -> None:
    for inner in element.iter():
        if name_of(inner) in ("gml:pos", "geo:Point") and inner.text:
            draft.place(point=inner.text)
        elif name_of(inner) in ("geo:lat", "geo:long"):
            _degree(draft, inner)


def _degree(draft: Draft, element: etree._Element) -> None:
    key = "lat" if name_of(element) == "geo:lat" else "lon"
    draft.geo[key] = (element.text or "").strip()


LINK_RELS = {
    "related": "see-also",
    "via": "derived",
    "predecessor-version": "previous",
    "replies": "see-also",
}
"""Atom link relations that say something of another story, in our words."""
_RIGHTS = frozenset(
    {"copyright", "dc:rights", "dcterms:rights", "atom:rights", "dcterms:accessRights"}
)
_LICENCES = frozenset({"cc:license", "rsl:content", "dcterms:license"})
_FIELDS: dict[str, Take] = {
    "title": _title,
    "atom:title": _title,
    "dc:title": _title,
    "link": _link,
    "guid": _guid,
    "atom:id": _guid,
    "feedburner:origLink": _origin,
    "dc:identifier": _identifier,
    "dcterms:identifier": _identifier,
    "description": _description,
    "dc:description": _description,
    "atom:summary": _description,
    "summary": _description,
    "content:encoded": _encoded,
    "atom:content": _encoded,
    "fullitem": _encoded,
    "body": _encoded,
    "xhtml:body": _encoded,
    "xhtml:div": _encoded,
    "pubDate": _published,
    "dc:date": _dated,
    "dcterms:created": _dated,
    "dcterms:issued": _dated,
    "atom:published": _dated,
    "atom:updated": _modified,
    "dcterms:modified": _modified,
    "dcterms:valid": _valid,
    "expirationDate": _expires,
    "author": _author,
    "dc:creator": _author,
    "dc:author": _author,
    "dcterms:creator": _author,
    "atom:author": _atom_author,
    "category": _category,
    "tags": _tags,
    "dc:subject": _subject,
    "dcterms:subject": _subject,
    "source": _source,
    "dc:source": _source,
    "enclosure": _enclosure,
    "dc:language": _language,
    "language": _language,
    "dc:publisher": _publisher,
    "dcterms:rightsHolder": _holder,
    "atom:link": _atom_link,
    "georss:point": _georss,
    "georss:featurename": _feature,
    "georss:featureName": _feature,
    "georss:where": _where,
    "gml:Point": _where,
    "gml:pos": _georss,
    "geo:Point": _where,
    "geo:lat": _degree,
    "geo:long": _degree,
    **dict.fromkeys(_RIGHTS, _rights),
    **dict.fromkeys(_LICENCES, _licence),
}
"""What each child of an item sets, by its tag."""
EXTENSIONS = {name: take for name, take in _FIELDS.items() if ":" in name and "atom:" not in name}
"""The extensions among them, which ride in Atom too."""
