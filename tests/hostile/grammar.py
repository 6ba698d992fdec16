"""What a page may be made of, as a grammar so narrow that no parser can read it in two ways.

Every sign of markup in text is escaped, every attribute stands in double quotes, and only known
tags, attributes and schemes are there. No comment, no CDATA, no SVG or MathML, no element whose
text is read raw but the one graph of data in the head: so nothing is left for a browser to mend,
and what mends nothing cannot be led astray by what it mends (mutation XSS).
"""

from __future__ import annotations

import json
import re
from html import unescape

_ATTRIBUTE = re.compile(r'\s+([a-z][a-z-]*)(?:="([^"<>]*)")?')
_TOKEN = re.compile(
    r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z-]*(?:="[^"<>]*")?)*)>|[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]+|&(?:[a-z]+|\#x?[0-9a-f]+);'
)
_GRAPH = re.compile(r'<script type="application/ld\+json">([^<>&]*)</script>')
_ADDRESS = re.compile(r"(?:https?://[^\s/]|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
_ADDRESSES = frozenset({"href", "src", "action"})

_PLAYED = {"video/*", "audio/*", "*/*"}
_INLINE = {"a", "em", "strong", "b", "i", "sub", "sup", "br", "q", "s", "del"}
_BLOCKS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "table", "caption", "thead", "tbody"}
_BLOCKS |= {"tr", "td", "th", "pre", "hr"}
BODY: dict[str, set[str]] = {tag: set() for tag in _INLINE | _BLOCKS} | {
    "a": {"href", "type", "rel"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
"""Tags of a story's body, each with the attributes that it may bear."""
_HOUSE = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "body",
    "header",
    "footer",
    "main",
    "nav",
    "article",
    "section",
    "aside",
    "div",
    "p",
    "span",
    "small",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "a",
    "form",
    "label",
    "input",
    "button",
    "figure",
    "figcaption",
    "img",
    "time",
    "bdi",
    "details",
    "summary",
    "q",
    "strong",
    "br",
    "dl",
    "dt",
    "dd",
    "mark",
    "picture",
    "source",
}
_BORNE = {
    "lang",
    "dir",
    "charset",
    "name",
    "content",
    "property",
    "rel",
    "href",
    "type",
    "title",
    "class",
    "id",
    "for",
    "role",
    "action",
    "autocomplete",
    "aria-label",
    "aria-current",
    "aria-labelledby",
    "reversed",
    "datetime",
    "src",
    "srcset",
    "sizes",
    "width",
    "height",
    "alt",
    "fetchpriority",
    "decoding",
    "loading",
    "value",
    "colspan",
    "rowspan",
    "data-story",
    "data-part",
    "data-version",
    "data-state",
    "data-topic",
    "data-section",
    "media",
    "required",
}
PAGE = dict.fromkeys(_HOUSE | set(BODY), _BORNE)
"""Tags of a whole page, each with the attributes that any of them may bear."""
VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "source"})


def fault_of_body(html: str) -> str:
    """What is wrong with the markup of a body's block, "" for nothing."""
    return _fault(html, BODY)


def fault_of_page(page: bytes) -> str:
    """What is wrong with a whole page of the site, "" for nothing."""
    text = page.decode()
    head = "<!doctype html>"
    if not text.lower().startswith(head):
        return "it does not begin as a page"
    graphs = _GRAPH.findall(text)
    if len(graphs) > 1:
        return "it has more than one graph of data"
    for graph in graphs:
        json.loads(graph)
    return _fault(_GRAPH.sub("", text[len(head) :]), PAGE)


def _fault(html: str, tags: dict[str, set[str]]) -> str:
    open_tags: list[str] = []
    at = 0
    while at < len(html):
        token = _TOKEN.match(html, at)
        if token is None:
            return f"this is no plain markup: {html[at : at + 60]!r}"
        at = token.end()
        if token[2] is None:
            continue
        if why := _tag_fault(token, tags, open_tags):
            return why
    return f"these are never closed: {open_tags}" if open_tags else ""


def _tag_fault(token: re.Match[str], tags: dict[str, set[str]], open_tags: list[str]) -> str:
    closing, tag, attributes = token[1], token[2], token[3]
    if tag not in tags:
        return f"<{tag}> is no tag of a page"
    if closing:
        return "" if open_tags and open_tags.pop() == tag else f"</{tag}> closes nothing"
    if tag not in VOID:
        open_tags.append(tag)
    for name, value in _ATTRIBUTE.findall(attributes):
        if name not in tags[tag]:
            return f"{name} is no attribute of <{tag}>"
        if tag == "a" and name == "type" and value not in _PLAYED:
            return f"type={value!r} is none of an embed's"
        if name in _ADDRESSES and not _ADDRESS.match(unescape(value)):
            return f"{name}={value!r} leads nowhere a page may lead"
    return ""
