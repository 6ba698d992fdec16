"""TT's own text markup (application/ttnitf+xml): Swedish element names, our blocks.

It travels inside NewsML-G2. BODY holds one TEXT per piece: RUBRIK (headline), DAT (dateline),
INGRESS (standfirst), BRODTEXT with P, MELLIS (subheading) and CITAT (direct speech), BYLINE, BILD.
"""

from __future__ import annotations

import msgspec
from lxml import etree

from wirecopy.formats import markup, xml
from wirecopy.model import Block, Media, Rendition

_TAGS = {"MELLIS": "h2", "CITAT": "blockquote", "P": "p", "UL": "ul", "OL": "ol", "LI": "li"}
_ASIDE = frozenset({"BYLINE", "BILD", "DAT"})


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """What a TT text carries beside its blocks."""

    headline: str = ""
    standfirst: str = ""
    lead: str = ""
    """What the blocks say that are marked as the lead."""
    byline: str = ""
    dateline: str = ""
    place: str = ""
    blocks: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()


def read(root: etree._Element) -> Piece:
    """The main text with its lines; further texts follow it under their own headlines."""
    texts = root.findall(".//TEXT") or [root]
    page = etree.Element("div")
    for number, piece in enumerate(texts):
        if number:
            _add(page, "h2", _line(piece, "RUBRIK"))
        for part in ("INGRESS", "BRODTEXT"):
            for holder in piece.findall(part):
                _shape(holder, page)
    main = texts[0]
    place, source = _line(main, "DAT/ORT"), _line(main, "DAT/SOURCE")
    return Piece(
        headline=_line(main, "RUBRIK"),
        standfirst=" ".join(xml.text(p) for p in main.findall("INGRESS/P")),
        lead=" ".join(xml.text(p) for p in main.findall("INGRESS/*") if p.tag not in _ASIDE),
        byline=_line(main, "BYLINE"),
        dateline=" / ".join(filter(None, (place, source))),
        place=place,
        blocks=tuple(markup.blocks_from_element(page)),
        media=tuple(_picture(image) for image in root.iter("BILD")),
    )


def _shape(holder: etree._Element, page: etree._Element) -> None:
    for child in holder:
        if child.tag in _ASIDE:
            continue
        if child.tag in ("UL", "OL"):
            items = etree.SubElement(page, _TAGS[child.tag])
            for item in child:
                _add(items, "li", xml.text(item))
        else:
            _add(page, _TAGS.get(child.tag, "p"), xml.text(child))


def _add(parent: etree._Element, tag: str, words: str) -> None:
    if words:
        etree.SubElement(parent, tag).text = words


def _line(piece: etree._Element, path: str) -> str:
    found = piece.find(path)
    return xml.text(found) if found is not None else ""


def _picture(image: etree._Element) -> Media:
    href = _line(image, "BILDFIL")
    return Media(
        id=href,
        caption=_line(image, "BILDTEXT"),
        credit=_line(image, "BILDSKAPARE"),
        renditions=(Rendition(href=href),) if href else (),
    )
