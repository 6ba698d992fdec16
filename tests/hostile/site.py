"""What is wrong with a baked site, whatever its stories say: every page, feed, map and JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from tests.hostile import grammar

_STRICT = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_MARKUP = (
    "{http://purl.org/rss/1.0/modules/content/}encoded",
    "{http://www.w3.org/2005/Atom}content",
)
_LINKS = ("link", "guid", "loc", "id")


def faults_of(site: Mapping[str, bytes]) -> Iterator[str]:
    """One sentence for each file that is not what it should be."""
    for path, body in site.items():
        if why := _fault(path, body):
            yield f"{path}: {why}"


def _fault(path: str, body: bytes) -> str:
    if path.endswith(".html"):
        return grammar.fault_of_page(body)
    if path.endswith(".xml"):
        return _xml_fault(body)
    if path.endswith(".json"):
        return _json_fault(json.loads(body))
    return ""


def _xml_fault(body: bytes) -> str:
    """A feed or map that a strict parser reads, without instructions, whose markup is a body's."""
    root = etree.fromstring(body, _STRICT)
    if b"<!DOCTYPE" in body or b"<?xml-stylesheet" in body:
        return "it asks for something else to be read with it"
    for element in root.iter(etree.Element):
        text = str(element.text or "")
        if element.tag in _MARKUP and (why := grammar.fault_of_body(text)):
            return why
        name = str(element.tag).rpartition("}")[2]
        if name in _LINKS and text.strip().lower().startswith(
            ("javascript:", "data:", "vbscript:")
        ):
            return f"<{name}> is {text!r}"
        for href in (element.get("href"), element.get("url")):
            if href and not href.startswith(("https://", "http://", "mailto:")):
                return f"<{name}> leads to {href!r}"
    return ""


def _json_fault(value: Any, key: str = "") -> str:
    """A JSON file whose markup is a body's and whose addresses are those of the web."""
    if isinstance(value, dict):
        return next(filter(None, (_json_fault(said, name) for name, said in value.items())), "")
    if isinstance(value, list):
        return next(filter(None, (_json_fault(said, key) for said in value)), "")
    if not isinstance(value, str):
        return ""
    if key == "content_html":
        return grammar.fault_of_body(value)
    if key in ("url", "href", "home_page_url", "external_url", "image"):
        leads = value.startswith(("https://", "http://", "mailto:"))
        return "" if leads else f"{key} leads to {value!r}"
    return ""
