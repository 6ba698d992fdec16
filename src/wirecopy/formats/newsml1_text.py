"""The text in a NewsML 1 item: NITF, XHTML, bare paragraphs, or any of them as escaped text."""

from __future__ import annotations

import html
import re

from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import markup, nitf_body, prose, xml
from wirecopy.formats.hints import Hints
from wirecopy.formats.newsml1_meta import formal
from wirecopy.formats.nitf_body import NitfBody
from wirecopy.formats.trees import child
from wirecopy.model import Media

_SETTING = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|table|tr|pre|section|article|blockquote)\b", re.IGNORECASE
)
_DOCUMENT = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>]*>\s*)?<nitf\b", re.IGNORECASE)


def payload(data: etree._Element | None, item: etree._Element, timezone: str) -> NitfBody:
    """What a DataContent says: NITF, XHTML, bare paragraphs, or either of them as escaped text."""
    if data is None:
        return NitfBody()
    if not len(data):
        return _written(data.text or "", formal(child(item, "MimeType")), timezone)
    first = data[0]
    if first.tag == "nitf":
        return nitf_body.read(first, timezone)
    if first.tag in ("body.content", "block"):
        return NitfBody(blocks=nitf_body.blocks_of(data))
    page = first
    if first.tag == "html":
        inner = child(first, "body")
        page = first if inner is None else inner
    elif first.tag != "body":
        page = data
    pictures: tuple[Media, ...] = ()
    if next(page.iter("img"), None) is not None:
        pictures = markup.pictures_in_html(etree.tostring(page, encoding="unicode"))
    return NitfBody(blocks=markup.blocks_from_element(page), media=pictures)


def _written(text: str, mime: str, timezone: str) -> NitfBody:
    """Character data: a document in it, HTML, or plain paragraphs."""
    if _DOCUMENT.match(text):
        try:
            return nitf_body.read(xml.parse(text.strip().encode(), Hints()), timezone)
        except FormatError:
            pass
    if markup.looks_like_html(text) or ("html" in mime and "<" in text):
        if not _SETTING.search(text):
            text = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
        blocks, media = markup.body_from_html(text)
        return NitfBody(blocks=blocks, media=media)
    return NitfBody(blocks=prose.blocks_from_text(html.unescape(text) if "html" in mime else text))
