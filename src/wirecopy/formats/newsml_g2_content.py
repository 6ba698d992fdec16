"""The contentSet of a NewsML-G2 item: alternatives of the same content, of which one is taken.

XHTML is taken before NITF, markup before plain text, and what has words before what has none.
Files (`remoteContent`) are the renditions of a picture, video or graphic.
"""

from __future__ import annotations

import base64
import binascii
import html
import re

import msgspec
from lxml import etree

from wirecopy.formats import lines, markup, nitf_body, prose, ttnitf
from wirecopy.formats.trees import attribute, child, children, words
from wirecopy.model import Block, Dateline, EdNote, Focus, Media, Rendition

_ROUNDED = 0.02
"""Share by which the shapes of two crops of one size may differ: pixels are whole numbers."""
_ONE_PARAGRAPH = re.compile(r"\s*<p>([^<]*)</p>\s*", re.IGNORECASE)


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a contentSet gave: the blocks, and the lines that only the text itself carries."""

    blocks: tuple[Block, ...] = ()
    headline: str = ""
    subheadline: str = ""
    standfirst: str = ""
    lead: str = ""
    """What the first blocks say that the format marks as the lead."""
    byline: str = ""
    byline_title: str = ""
    authors: tuple[str, ...] = ()
    dateline: Dateline | None = None
    credit: str = ""
    sign_off: str = ""
    media: tuple[Media, ...] = ()
    ed_notes: tuple[EdNote, ...] = ()
    renditions: tuple[Rendition, ...] = ()


def read(item: etree._Element, *, headline: str = "", timezone: str = "") -> Content:
    """The best alternative of an item's content; a headline repeated in the text is left out."""
    content = child(item, "contentSet")
    found = []
    for each in children(content, "inlineXML", "inlineData"):
        made = _inline(each, headline, timezone)
        found.append((_rank(made), made))
    best = max(found, key=lambda pair: pair[0])[1] if found else Content()
    richest = _fill(best, [made for _, made in found])
    return msgspec.structs.replace(richest, renditions=_renditions(content, item))


def embedded(item: etree._Element) -> tuple[str, ...]:
    """A warning for each kind of file that lies in an item as base64."""
    kinds = (
        each.get("contenttype", "").casefold()
        for each in children(child(item, "contentSet"), "inlineData")
        if "base64" in each.get("encoding", "").casefold()
    )
    return tuple(dict.fromkeys(lines.embedded_file(kind) for kind in kinds if not _is_text(kind)))


def _is_text(kind: str) -> bool:
    return not kind or kind.startswith("text/") or "html" in kind or "plain" in kind


def _rank(content: Content) -> tuple[bool, bool]:
    """Text beats none, markup beats one paragraph of plain text; ties go to the first."""
    return bool(content.blocks), len(content.blocks) > 1


def _fill(best: Content, others: list[Content]) -> Content:
    """`best` with the byline, dateline and pictures that only another alternative carries."""
    missing = {}
    for name in ("headline", "byline", "byline_title", "authors", "dateline", "media"):
        if not getattr(best, name):
            missing[name] = next((getattr(o, name) for o in others if getattr(o, name)), None)
    return msgspec.structs.replace(best, **{k: v for k, v in missing.items() if v})


def _inline(element: etree._Element, headline: str, timezone: str) -> Content:
    kind = element.get("contenttype", "").casefold()
    if element.tag == "inlineData" or not len(element):
        return Content(blocks=_data(element, kind))
    root = element[0]
    if root.tag == "nitf":
        return _nitf(root, timezone)
    if "ttnitf" in kind:
        return _tt(root)
    return _xhtml(root, headline)


def _nitf(root: etree._Element, timezone: str) -> Content:
    body = nitf_body.read(root, timezone)
    return Content(
        blocks=body.blocks,
        headline=body.headline or words(child(root, "head", "title")),
        subheadline=body.subheadline,
        standfirst=body.standfirst,
        lead=body.lead,
        byline="" if lines.is_nobody(body.byline) else body.byline,
        byline_title="" if lines.is_nobody(body.byline) else body.byline_title,
        authors=body.authors,
        dateline=body.dateline,
        credit=body.distributor,
        sign_off=body.sign_off,
        media=body.media,
        ed_notes=body.ed_notes,
    )


def _tt(root: etree._Element) -> Content:
    piece = ttnitf.read(root)
    dateline = Dateline(place=piece.place, text=piece.dateline) if piece.dateline else None
    return Content(
        blocks=piece.blocks,
        headline=piece.headline,
        standfirst=piece.standfirst,
        lead=piece.lead,
        byline=piece.byline,
        authors=lines.authors_of(piece.byline),
        dateline=dateline,
        media=piece.media,
    )


def _xhtml(root: etree._Element, headline: str) -> Content:
    """The body of XHTML; its `header` (dpa: slug, date, headline again) is furniture."""
    if root.tag not in ("html", "body") and root.getparent() is not None:
        root = root.getparent()  # type: ignore[assignment] # it was just seen to be there
    body = root.find("body") if root.tag == "html" else root
    if body is None:
        return Content()
    for header in body.findall("header"):
        body.remove(header)
    blocks = lines.without_headline(tuple(markup.blocks_from_element(body)), headline)
    pictures: tuple[Media, ...] = ()
    if next(body.iter("img"), None) is not None:
        pictures = tuple(markup.pictures_in_html(etree.tostring(body, encoding="unicode")))
    return Content(blocks=blocks, media=pictures)


def _data(element: etree._Element, kind: str) -> tuple[Block, ...]:
    """The blocks of character data: HTML where it looks so, else paragraphs of plain text."""
    text = "".join(str(piece) for piece in element.itertext())
    if "base64" in element.get("encoding", "").casefold():
        try:
            text = base64.b64decode(text, validate=False).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return ()
    if not _is_text(kind):
        return ()
    if one := _ONE_PARAGRAPH.fullmatch(text):
        return tuple(prose.blocks_from_text(html.unescape(one[1])))
    if "html" in kind or markup.looks_like_html(text):
        return tuple(markup.blocks_from_html(text))
    return tuple(prose.blocks_from_text(text))


def _renditions(content: etree._Element | None, item: etree._Element) -> tuple[Rendition, ...]:
    regions = [
        each for each in children(item, "partMeta") if child(each, "regionDelim") is not None
    ]
    found, marked = [], None
    for each in children(content, "remoteContent"):
        href = attribute(each, "href") or attribute(each, "residref")
        if href and not href.startswith(("tag:", "urn:")):
            file = Rendition(
                href=href,
                role=re.split(r"[:/#]", each.get("rendition", ""))[-1],
                mime=attribute(each, "contenttype"),
                width=lines.whole(each.get("width")),
                height=lines.whole(each.get("height")),
                size=lines.whole(each.get("size")),
            )
            found.append(file)
            marked = marked or _marked(file, regions, each.get("id", ""))
    return tuple(_focused(file, marked) for file in found) if marked else tuple(found)


def _marked(file: Rendition, regions: list[etree._Element], own: str) -> Rendition | None:
    """The file with its focal point, where the first region that speaks of it has its middle.

    A region counts in the pixels of the file it names or, if it names none, of the first.
    """
    for part in regions:
        region, about = child(part, "regionDelim"), part.get("contentrefs", "").split()
        if region is None or (about and own not in about) or not (file.width and file.height):
            continue
        box = [lines.whole(region.get(key, "0")) for key in ("x", "y", "width", "height")]
        if None in box:
            continue
        left, top, width, height = (value or 0 for value in box)
        x, y = (left + width / 2) / file.width, (top + height / 2) / file.height
        if x <= 1 and y <= 1:
            return msgspec.structs.replace(file, focus=Focus(round(x, 3), round(y, 3)))
    return None


def _focused(file: Rendition, marked: Rendition) -> Rendition:
    """The file with the focal point of another that shows the same; other shapes have none."""
    if not (file.width and file.height and marked.width and marked.height):
        return file
    apart = abs(file.width * marked.height - marked.width * file.height)
    if apart > _ROUNDED * file.height * marked.width:
        return file
    return msgspec.structs.replace(file, focus=marked.focus)
