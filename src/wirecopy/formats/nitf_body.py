"""The body of an NITF document: its head lines, its blocks, its media.

NITF travels alone and inside NewsML 1 and NewsML-G2; all of them read it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec
from lxml import etree

from wirecopy.formats import dates, lines, markup, xml
from wirecopy.formats.trees import add_text, attribute, bare, child, children, spaced, words
from wirecopy.model import Block, Dateline, EdNote, Media, Rendition

_HTML = {
    "hl1": "h2",
    "hl2": "h2",
    "bq": "blockquote",
    "dl": "ul",
    "dt": "li",
    "dd": "li",
    "fn": "p",
    "datasource": "p",
    "credit": "p",
}
"""NITF elements that have another name in HTML."""
_ALIKE = frozenset({
    "p", "h2", "h3", "ul", "ol", "li", "pre", "hr", "br", "a", "em", "q", "strong", "b", "i", "sub",
    "sup", "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
})  # fmt: skip
"""Elements that both have; any other element gives way to what it holds."""
_APART = frozenset({"media", "note", "script", "style", "alt-code", "nitf-col", "nitf-colgroup"})
_KEPT = ("href", "colspan", "rowspan")
_PLACE = re.compile(
    r"(.*?)(?:\s*\(|,?\s+\d|,\s*[^\W\d]{3,9}\.?\s+\d|\s*/|\s+[–—-](?:\s|$)|\s*$)", re.DOTALL
)
_MEDIA: dict[str, Literal["picture", "video", "audio", "graphic"]] = {
    "video": "video",
    "audio": "audio",
    "graphic": "graphic",
}


class NitfBody(msgspec.Struct, frozen=True, kw_only=True):
    """What the body element of NITF says."""

    headline: str = ""
    subheadline: str = ""
    byline: str = ""
    byline_title: str = ""
    authors: tuple[str, ...] = ()
    dateline: Dateline | None = None
    standfirst: str = ""
    lead: str = ""
    """What the first paragraphs say that are marked as the lead."""
    distributor: str = ""
    blocks: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()
    ed_notes: tuple[EdNote, ...] = ()
    sign_off: str = ""


def read(nitf: etree._Element, timezone: str = "") -> NitfBody:
    """The body of an `nitf` element (namespace or none), which is renamed in place."""
    bare(nitf)
    body = nitf if nitf.tag == "body" else nitf.find("body")
    head = child(body, "body.head")
    content = child(body, "body.content")
    hedline = child(head, "hedline")
    if hedline is None:
        hedline = child(head, "headline")
    bylines = list(children(head, "byline"))
    headline = words(child(hedline, "hl1")) or words(child(content, "hedline", "hl1"))
    return NitfBody(
        headline=headline,
        subheadline=_subheadline(hedline, headline),
        byline=", ".join(filter(None, (_byline(line) for line in bylines))),
        byline_title=", ".join(words(t) for line in bylines for t in line.iter("byttl")),
        authors=_authors(bylines),
        dateline=_dateline(child(head, "dateline"), timezone),
        standfirst=words(child(head, "abstract")),
        lead=_lead(content),
        distributor=words(child(head, "distributor")),
        blocks=blocks_of(content),
        media=_media(body),
        ed_notes=_notes(head, content, child(body, "body.end")),
        sign_off=" ".join(words(line) for line in _taglines(child(body, "body.end"))),
    )


def blocks_of(content: etree._Element | None) -> tuple[Block, ...]:
    """The blocks of a body.content element."""
    if content is None:
        return ()
    page = etree.Element("div")
    _copy(content, page)
    for paragraph in page.iter("p"):
        _unwrap(paragraph)
    return tuple(markup.blocks_from_element(page))


def _lead(content: etree._Element | None) -> str:
    """The paragraphs marked lede or summary, up to the first that is not."""
    found = []
    for paragraph in content.iter("p") if content is not None else ():
        if "true" not in (paragraph.get("lede"), paragraph.get("summary")):
            break
        found.append(words(paragraph))
    return " ".join(found)


def place_of(dateline: str) -> str:
    """The place at the start of a dateline: "Pune, Nov 3 (XYZ)" gives Pune."""
    found = _PLACE.match(dateline)
    return found[1].strip(" ,:") if found else ""


def _copy(source: etree._Element, page: etree._Element) -> None:
    """Write what `source` holds as HTML; enriched text is unwrapped, a, em and q stay."""
    add_text(page, source.text)
    for each in source:
        tag = each.tag
        if tag in _ALIKE or tag in _HTML:
            made = etree.SubElement(page, _HTML.get(tag, tag))
            for name in _KEPT:
                if each.get(name):
                    made.set(name, each.get(name, ""))
            _copy(each, made)
        elif tag not in _APART and tag != "hedline":
            _copy(each, page)
        add_text(page, each.tail)


def _unwrap(paragraph: etree._Element) -> None:
    """Undo line breaks that only mark the ends of typewriter lines (AAP)."""
    if not len(paragraph) or any(each.tag != "br" for each in paragraph):
        return
    *full, _ = [paragraph.text or "", *(each.tail or "" for each in paragraph)]
    if all(45 <= len(line.strip()) <= 80 and line.strip()[-1] not in ".!?:" for line in full):
        paragraph.text = " ".join(str(piece) for piece in paragraph.itertext())
        del paragraph[:]


def _subheadline(hedline: etree._Element | None, headline: str) -> str:
    """hl2, unless it only repeats the headline or is the desk's first try at it (AP)."""
    for line in children(hedline, "hl2"):
        if line.get("id") != "originalHeadline" and words(line) != headline:
            return words(line)
    return ""


def _byline(line: etree._Element) -> str:
    return spaced(line, without=("byttl",))


def _authors(bylines: list[etree._Element]) -> tuple[str, ...]:
    named = [words(person) for line in bylines for person in line.iter("person")]
    if named:
        return tuple(name for name in named if name and not lines.is_nobody(name))
    return tuple(name for line in bylines for name in lines.authors_of(_byline(line)))


def _dateline(line: etree._Element | None, timezone: str) -> Dateline | None:
    if line is None or not words(line):
        return None
    location = child(line, "location")
    if location is not None:
        parts = [xml.tidy(location.text or ""), *(words(part) for part in location)]
        place = ", ".join(part.strip(" ,") for part in parts if part.strip(" ,"))
    else:
        place = place_of(words(line))
    norm = attribute(child(line, "story.date"), "norm")
    day = dates.instant(norm, timezone) if norm else None
    date = (
        norm[:10] if re.match(r"\d{4}-\d\d-\d\d", norm) else day.date().isoformat() if day else ""
    )
    return Dateline(place=place, date=date, text=spaced(line))


def _taglines(end: etree._Element | None, *, closed: bool = False) -> Iterator[etree._Element]:
    """The lines below the text that are for readers, or those that are `closed` to them."""
    return (line for line in children(end, "tagline") if (line.get("type") == "npa") == closed)


def _notes(
    head: etree._Element | None, content: etree._Element | None, end: etree._Element | None
) -> tuple[EdNote, ...]:
    found = list(children(head, "note"))
    if content is not None:
        found += content.iter("note")
    found += _taglines(end, closed=True)
    notes = []
    for each in found:
        kind = each.get("noteclass", "") or each.get("type", "")
        if words(each):
            types = (each.get("type", ""), each.get("noteclass", ""))
            note = lines.note(words(each), kind, closed="npa" in types)
            # The standard's "std" is for readers; written out, it is meant (the DTD's default).
            public = note.publishable or ("std" in types and "npa" not in types)
            notes.append(msgspec.structs.replace(note, publishable=public))
    return tuple(notes)


def _media(body: etree._Element | None) -> tuple[Media, ...]:
    if body is None:
        return ()
    found = (_medium(each) for each in body.iter("media"))
    return tuple(medium for medium in found if medium is not None)


def _medium(media: etree._Element) -> Media | None:
    """One media element; its references are the sizes of one picture. None without a file."""
    references = [each for each in media.iter("media-reference") if each.get("source")]
    if not references:
        return None
    first = references[0]
    credit = " ".join(words(each) for each in children(media, "media-producer"))
    return Media(
        id=media.get("id") or attribute(first, "source"),
        type=_MEDIA.get(media.get("media-type", "").casefold(), "picture"),
        caption=" ".join(filter(None, (words(each) for each in media.iter("media-caption")))),
        alt=attribute(first, "alternate-text"),
        credit=lines.picture_credit(credit, attribute(first, "source-credit")),
        copyright=attribute(first, "copyright"),
        renditions=tuple(
            Rendition(
                href=attribute(each, "source"),
                role=attribute(each, "name"),
                mime=attribute(each, "mime-type"),
                width=lines.whole(each.get("width")),
                height=lines.whole(each.get("height")),
            )
            for each in references
        ),
    )
