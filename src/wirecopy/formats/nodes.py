"""The small tree that bodies are shaped of: sanitised, canonical HTML to elements and text.

Input is what nh3 puts out (every tag closed, attributes quoted, text escaped), so a few lines of
tokenising are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import msgspec

from wirecopy.formats.furniture import is_out_of_sight

BLOCK_TAGS = frozenset({
    "div", "section", "article", "main", "aside", "header", "footer", "center", "address",
    "figure", "figcaption", "dl", "dt", "dd", "h1", "h4", "h5", "h6", "tfoot", "fieldset",
    "details", "summary", "hgroup",
})  # fmt: skip
"""Tags that only tell where a block begins and ends; none of them reaches a page."""
BLOCKY = BLOCK_TAGS | {
    "p", "h2", "h3", "ul", "ol", "li", "blockquote", "table", "caption", "thead", "tbody", "tr",
    "td", "th", "pre", "hr", "iframe", "video", "audio",
}  # fmt: skip
"""All tags that end a paragraph."""
_MAX_DEPTH = 60
"""Elements inside one another; what lies deeper keeps its text and loses its tags."""
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s+[^\s=>\"]+=\"[^\"]*\")*)\s*>|([^<]+)|<")
_ATTRIBUTE = re.compile(r"([^\s=>\"]+)=\"([^\"]*)\"")
_ONCE = frozenset({"b", "strong", "i", "em", "s", "del"})
"""Emphasis that says nothing more when it is nested in itself."""
_VOID = frozenset({"br", "hr", "img", "source"})
PIXEL = re.compile(
    r"/~r/|/~ff/|feedburner\.com|/b\.gif|/pixel|[?&/.]pixel|1x1|spacer|blank\.gif|doubleclick\."
    r"|scorecardresearch|google-analytics|/track(?:ing|er)?[./?]|/beacon|/count(?:er)?[./?]"
    r"|feedsportal|gravatar\.com/|stats\.wordpress|pixel\.wp\.com|quantserve|/trans(?:parent)?\.gif",
    re.IGNORECASE,
)
"""In the address of what counts readers and shows them nothing."""
EMOJI = re.compile(r"emoji|wp-smiley", re.IGNORECASE)
"""In the address or class of a picture that stands for a sign of the text."""


class Node(msgspec.Struct):
    """One element of a small tree: children are nodes and strings of escaped text."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str]
    blocky: bool = False
    """Whether a block-level element stands somewhere inside."""

    def number(self, name: str) -> int | None:
        """A numeric attribute (pixels), None when it is absent or no number."""
        match = re.match(r"\s*(\d{1,5})", self.attributes.get(name, ""))
        return int(match[1]) if match else None

    def picture_url(self, base_url: str) -> str:
        """The absolute http(s) URL of a real picture, "" for pixels, emoji and data URLs."""
        source = self.attributes.get("src") or self.attributes.get("data-src", "")
        href = absolute(source, base_url)
        said = self.attributes.get("class", "") + " " + href
        width, height = self.number("width"), self.number("height")
        smallest = min(9999 if n is None else n for n in (width, height))
        tiny = smallest <= 3 or (smallest <= 32 and not self.attributes.get("alt"))
        real = href.startswith(("http://", "https://"))
        return (
            href if real and not tiny and not PIXEL.search(said) and not EMOJI.search(said) else ""
        )


_BREAK = Node("br", {}, [])
"""Every line break: hostile copy has 50,000, and nothing is ever put into one."""


def tree(html: str) -> list[Node | str]:
    """The top-level nodes of sanitised HTML, without what is hidden and what is no copy."""
    root = Node("", {}, [])
    stack, skipped = [root], 0
    for match in _TOKEN.finditer(html):
        closing, tag, attributes, words = match.groups()
        if words is not None:
            stack[-1].children.append(words)
        elif tag == "br":
            stack[-1].children.append(_BREAK)
        elif not tag:
            stack[-1].children.append("&lt;")
        elif closing:
            if skipped:
                skipped -= 1
            elif len(stack) > 1:
                stack.pop()
        elif len(stack) > _MAX_DEPTH and tag not in _VOID:
            skipped += 1
        else:
            _open(stack, tag, attributes)
    return root.children


def _open(stack: list[Node], tag: str, attributes: str) -> None:
    """Adds an element to the innermost open one, unless it hides itself, and opens it."""
    if tag in _ONCE and any(parent.tag == tag for parent in stack):
        tag = "span"
    node = Node(tag, _attributes(attributes), [])
    if tag in BLOCKY:
        for parent in stack:
            parent.blocky = True
    if not (node.attributes and is_out_of_sight(node.attributes)):
        stack[-1].children.append(node)
    if tag not in _VOID:
        stack.append(node)


def _attributes(text: str) -> dict[str, str]:
    return {m[1]: unescape(m[2]) for m in _ATTRIBUTE.finditer(text)} if text else {}


def walk(nodes: list[Node | str]) -> Iterator[Node]:
    """Every element among `nodes` and inside them, in reading order."""
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from walk(node.children)


def absolute(href: str, base_url: str) -> str:
    """`href` resolved against `base_url`; "" where it leads nowhere outside of its own page."""
    href = href.strip()
    if not href or href.startswith("#"):
        return ""
    try:
        if href.startswith("//") or not urlsplit(href).scheme:
            href = urljoin(base_url or ("https:" if href.startswith("//") else ""), href)
        parts = urlsplit(href)
    except ValueError:
        return ""
    reaches = parts.netloc if parts.scheme in ("http", "https") else parts.path
    return href if parts.scheme in ("http", "https", "mailto", "tel") and reaches else ""
