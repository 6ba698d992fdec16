"""OPML 2.0: lists of feeds, as other programs write and read them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec
from lxml import etree

from wirecopy.config import Source
from wirecopy.formats import xml
from wirecopy.formats.hints import Hints

_MOST = 10_000
_KEY = re.compile(
    r"(?<=[?&])[^=&#]*(?:key|token|secret|pass|auth|sig|credential|session)[^=&#]*=[^&#]*&?",
    re.IGNORECASE,
)
"""A part of an address by which its server knows who asks."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One feed of a list."""

    title: str
    url: str
    page: str = ""
    folder: str = ""
    """The outline that it stands under, or its category."""


def read(body: bytes) -> list[Listed]:
    """The feeds of a list; FormatError when it is no OPML. What has no web address is left out."""
    root = xml.parse(body, Hints())
    found: list[Listed] = []
    for outline in root.iter("outline"):
        url = outline.get("xmlUrl", outline.get("xmlurl", "")).strip()
        if not url.lower().startswith(("http://", "https://")) or len(found) >= _MOST:
            continue
        above = outline.getparent()
        folder = above.get("text", "") if above is not None and above.tag == "outline" else ""
        found.append(
            Listed(
                title=xml.tidy(outline.get("title") or outline.get("text") or ""),
                url=url,
                page=outline.get("htmlUrl", ""),
                folder=xml.tidy(folder or outline.get("category", "").strip("/")),
            )
        )
    return found


def write(title: str, sources: Iterable[Source], names: dict[str, str]) -> bytes:
    """A list of the sources that are feeds, by section; `names` are the sections' by key.

    No login goes out with it: an address is written without name, password and key.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for source in sources:
        if not source.url.startswith(("http://", "https://")):
            continue
        place = body
        if source.section:
            if source.section not in folders:
                text = names.get(source.section, source.section)
                folders[source.section] = etree.SubElement(body, "outline", text=text)
            place = folders[source.section]
        etree.SubElement(
            place,
            "outline",
            type="rss",
            text=source.agency,
            title=source.agency,
            xmlUrl=_without_login(source.url),
        )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _without_login(url: str) -> str:
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{_KEY.sub('', path).rstrip('?&')}"
