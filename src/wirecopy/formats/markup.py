"""Agency markup to clean blocks.

One sanitising pass by nh3 does all that concerns safety and makes the markup canonical; what
comes out is split into blocks here. A body that is nothing but plain paragraphs takes the short
road; anything else goes through `blocks.shape`, and what that makes must come out of a second,
narrower pass of nh3 unchanged before it is used.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape

import nh3
from lxml import etree

from wirecopy.formats.blocks import EMBED_HOSTS, phrase_of, picture_nodes, shape
from wirecopy.formats.footers import ADVERTS, is_footer
from wirecopy.formats.nodes import BLOCK_TAGS, Node, tree
from wirecopy.formats.prose import blocks_from_text, is_rule, telexed
from wirecopy.formats.xml import localname, strip_controls, tidy
from wirecopy.model import Block, Media, Rendition

__all__ = [
    "EMBED_HOSTS",
    "blocks_from_element",
    "blocks_from_html",
    "blocks_from_text",
    "body_from_html",
    "looks_like_html",
    "pictures_in_html",
    "plain",
    "words_of",
]

_INLINE = {"a", "em", "strong", "b", "i", "sub", "sup", "br", "q", "s", "del"}
_KEPT = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "table", "caption", "thead", "tbody"}
_KEPT |= {"tr", "td", "th", "pre", "hr"}
_GONE = {
    "script", "style", "form", "noscript", "template", "object", "applet", "svg", "math",
    "canvas", "select", "textarea", "button", "title", "nav", "dialog", "noframes", "rt",
    "rp", "map", "datalist",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel"}
_CELL = {"colspan", "rowspan"}
_REL = "nofollow noopener"
"""What every link in a body says: it is the agency's link, and it gets no handle on the page."""

_PLAYERS = {"iframe", "video", "audio"}
_PLAYED = {"src", "data-src", "title", "aria-label", "width", "height"}
_SHAPING = _INLINE | _KEPT | BLOCK_TAGS | _PLAYERS | {"img", "source"}


def _first_pass(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=_GONE,
        attributes={
            "*": {"style", "hidden", "class"},
            "a": {"href", "type"},
            "img": {"src", "data-src", "alt", "title", "width", "height"},
            "source": {"src"},
            "ol": {"start"},
            **dict.fromkeys(_PLAYERS, _PLAYED),
            "td": _CELL,
            "th": _CELL,
        },
        url_schemes=_SCHEMES,
        link_rel=None,
    )


_WIDE = _first_pass(_SHAPING)
"""The first pass: all that is dangerous goes, all that the shape depends on stays."""
_WIDEST = _first_pass(_SHAPING | {"span"})
"""As _WIDE, for markup whose spans may hide what is in them, or be a site's furniture."""
_SPEAKING = ("display", "hidden", "field--name", "screen-reader")
"""What a span says that is not for readers; any other says nothing and is dropped at once."""
_NARROW = nh3.Cleaner(
    tags=_INLINE | _KEPT,
    clean_content_tags=_GONE | _PLAYERS,
    attributes={"a": {"href", "type"}, "ol": {"start"}, "td": _CELL, "th": _CELL},
    url_schemes=_SCHEMES,
    link_rel=_REL,
)
"""The last pass: exactly what a page may carry."""

_TAG_NAMES = (
    r"p|br|div|span|a|b|i|u|em|strong|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|img|hr"
    r"|blockquote|pre|font|center|small|big|sub|sup|iframe|figure|figcaption|section|article"
    r"|header|footer|aside|main|cite|q|s|del|ins|code|script|style|noscript|video|audio|source"
    r"|embed|object|form|input|html|body|head|title|meta|link|mark|abbr|time|picture|svg|strike"
)
_TAG = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAKING = re.compile(
    r"<(?:/?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|tr|td|th|blockquote|pre|section|article"
    r"|figure|figcaption|caption|center|header|footer)|br|hr)\b",
    re.IGNORECASE,
)
_BREAKING_TAG = re.compile(_BREAKING.pattern + r"[^<>]*>?", re.IGNORECASE)
_HIDDEN_TEXT = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL
)
_ENCODED = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
_TWICE = re.compile(
    r'<(?:[^">]|"[^"]*")*>'
    r"|&(?:amp;)+(#\d{2,6};|#[xX][0-9a-fA-F]{2,5};|[A-Za-z][A-Za-z0-9]{1,8};)"
)
"""A tag, which stays as it is, or an entity whose own sign was encoded again."""
_C0 = bytes(n for n in range(32) if n not in (9, 10, 13))
_MANY_TAGS = 2000
"""Tags from which on a body is looked at before the sanitiser sees it."""
_FAR_TOO_MANY_TAGS = 100_000
"""Tags from which on a body is read as text: no report has a hundredth of them."""
MANY_ENTITIES = 50_000
"""Entities from which on a body is read as text: a parser adds each to all that went before."""
_LONG = 20_000
"""Characters of a paragraph that is made of such a body."""
_MAX_OPEN = 500
"""Elements that may stand open at the end of a body; a deeper one is read as text."""
_LADEN = 50_000
"""Characters of a tag from which on its attributes are counted: each is held against all others."""
_MANY_ATTRIBUTES = 5_000
_WHOLE_TAG = re.compile(r"""<[A-Za-z](?:[^>"']++|"[^"]*"|'[^']*')*+""")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_ATTRIBUTE_ENDS = re.compile(r"[\s/=]+")
_ANY_NAME = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,30})")
_UNCLOSED = frozenset({
    "p", "br", "hr", "img", "input", "li", "td", "th", "tr", "dt", "dd", "meta", "link", "wbr",
    "source", "col", "area", "embed", "param", "track", "base", "option",
})  # fmt: skip
"""Tags that are rarely or never closed; none of them nests by itself."""
_ORDINARY = bytes(n for n in range(32, 256) if n not in b"<>&")
"""Bytes of text that no HTML parser looks at twice."""
_BETWEEN = re.compile(r"</p>\s*<p>")
_ANY_TAG = re.compile(r"<[^>]*>")


def blocks_from_html(html: str) -> tuple[Block, ...]:
    """The blocks of `html`, sanitised.

    Whatever goes in, what comes out is safe to put on a page as it stands, no block is empty,
    and reading the blocks' joined HTML again gives the same blocks.
    """
    bare = _bare(html)
    return _blocks(_sanitised(html), "") if bare is None else bare


def body_from_html(html: str, *, base_url: str = "") -> tuple[tuple[Block, ...], tuple[Media, ...]]:
    """The blocks of `html` and the pictures it shows, from one reading of it.

    Relative addresses are resolved against `base_url`.
    """
    bare = _bare(html)
    if bare is not None:
        return bare, ()
    clean = _sanitised(html)
    simple = _simple(clean)
    if simple is not None:
        return simple, ()
    return _blocks(clean, base_url), _pictures(clean, base_url)


def _bare(html: str) -> tuple[Block, ...] | None:
    """The blocks of markup that the sanitiser has nothing to do with, else None.

    That is `<p>text</p>`, again and again, and nothing else: no entity, attribute, other tag or
    control character. nh3 hands such markup back as it is (a property test holds it to that).
    """
    html = html.strip(" \n\r\t")
    if not html.startswith("<p>") or not html.endswith("</p>"):
        return None
    end = html.find("</p>") + len("</p>")
    gap = html[end : html.find("<p>", end)] if end < len(html) else ""
    if gap.strip(" \n\r\t"):
        return None
    pieces = html[3:-4].split(f"</p>{gap}<p>")
    words = "".join(pieces)
    if "\xa0" in words or words.encode("utf-8", "replace").translate(None, _ORDINARY):
        return None
    if "" in pieces or [piece.strip() for piece in pieces] != pieces:
        return None
    if any(map(is_rule, pieces)) or not ADVERTS.isdisjoint(pieces):
        return None
    return _without_footers([Block("p", f"<p>{piece}</p>") for piece in pieces])


def _has_speaking_spans(html: str) -> bool:
    if "<span" not in html and "<SPAN" not in html:
        return False
    small = html.lower()
    return any(word in small for word in _SPEAKING)


def _sanitised(html: str) -> str:
    """`html` after the first pass, without control characters."""
    if len(html) > 3 * _MANY_TAGS and _crawls(html):
        html = _as_text(html)
    clean = (_WIDEST if _has_speaking_spans(html) else _WIDE).clean(html)
    if len(clean) > 4 * MANY_ENTITIES and clean.count("&") > MANY_ENTITIES:
        clean = _WIDE.clean(_as_text(clean))  # so that it reads again as it was read now
    if "&amp;" in clean:
        clean = _TWICE.sub(_once, clean)
    raw = clean.encode("utf-8", "replace")
    return clean if len(raw.translate(None, _C0)) == len(raw) else strip_controls(clean)


def _once(match: re.Match[str]) -> str:
    """A sign that was encoded twice, encoded once; what could open a tag stays as it was."""
    if match[1] is None:
        return match[0]
    sign = unescape(f"&{match[1]}")
    if len(sign) != 1 or sign in "<>":
        return match[0]
    return escape(sign, quote=False).replace("\xa0", "&nbsp;")


def _as_text(html: str) -> str:
    """The words of `html` in paragraphs of bounded length, without any other markup."""
    pieces = (plain(piece) for piece in _BREAKING_TAG.split(_HIDDEN_TEXT.sub(" ", html)))
    return "".join(
        f"<p>{escape(words[at : at + _LONG], quote=False)}</p>"
        for words in pieces
        for at in range(0, len(words), _LONG)
    )


def _crawls(html: str) -> bool:
    """Whether HTML parsers would need ever longer for each character of this."""
    if html.count("&") > MANY_ENTITIES or _is_laden(html):
        return True
    tags = html.count("<")
    return tags > _FAR_TOO_MANY_TAGS or (tags > _MANY_TAGS and _is_bottomless(html))


def _is_laden(html: str) -> bool:
    """Whether a tag has thousands of attributes."""
    if len(html) < _LADEN:
        return False
    laden = (tag[0] for tag in _WHOLE_TAG.finditer(html) if len(tag[0]) > _LADEN)
    return any(
        len(_ATTRIBUTE_ENDS.findall(_QUOTED.sub("", tag))) > _MANY_ATTRIBUTES for tag in laden
    )


def _is_bottomless(html: str) -> bool:
    """Whether hundreds of tags are open at once; HTML parsers then crawl."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for closing, tag in _ANY_NAME.findall(html):
        name = tag.lower()
        if name in _UNCLOSED:
            continue
        if not closing:
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
    return deepest > _MAX_OPEN


def _blocks(clean: str, base_url: str) -> tuple[Block, ...]:
    simple = _simple(clean)
    if simple is not None:
        return simple
    for _ in range(3):
        blocks = shape(tree(clean), base_url=base_url, rel=_REL)
        joined = "".join(block.html for block in blocks)
        clean = _NARROW.clean(joined)
        if clean == joined:
            return blocks
    words = escape(plain(clean), quote=False)
    return (Block("p", f"<p>{words}</p>"),) if words else ()


def _simple(clean: str) -> tuple[Block, ...] | None:
    """The blocks of markup that holds nothing but bare paragraphs of text, else None."""
    clean = clean.strip()
    if not clean.startswith("<p>") or not clean.endswith("</p>"):
        return None
    pieces = clean[3:-4].split("</p><p>")
    tags = clean.count("<")
    if tags != 2 * len(pieces):
        pieces = _BETWEEN.split(clean[3:-4])
        if tags != 2 * len(pieces):
            return None
    every = "".join(pieces)
    if "\n   " in every and any(map(telexed, pieces)):
        return None
    if "\n" in every or "\t" in every or ("&" in every and "&nbsp;" in every):
        pieces = [phrase_of(piece) for piece in pieces]
    words = [piece.strip() for piece in pieces]
    if any(map(is_rule, words)) or not ADVERTS.isdisjoint(words):
        return None
    return _without_footers([Block("p", f"<p>{said}</p>") for said in words if said])


def _without_footers(blocks: list[Block]) -> tuple[Block, ...]:
    """`blocks` without what a blog engine hangs under them."""
    while blocks and is_footer(blocks[-1].html):
        blocks.pop()
    return tuple(blocks)


def blocks_from_element(element: etree._Element) -> tuple[Block, ...]:
    """The blocks of an element that is already parsed (XHTML or NITF-like), its tag left out."""
    return blocks_from_html(markup_of(element))


_RENAMED = {
    "hl1": "h2", "hl2": "h3", "bq": "blockquote", "block": "div", "fn": "p", "credit": "p",
    "body.content": "div", "nitf-table": "div",
}  # fmt: skip
_SKIPPED = frozenset({"media", "script", "style", "nitf-table-metadata"})
_VOID = frozenset({"br", "hr", "img"})


def markup_of(element: etree._Element) -> str:
    """The content of a parsed element as plain HTML, namespaces gone, NITF tags renamed."""
    pieces: list[str] = []
    skipping: etree._Element | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        name = localname(node)
        if skipping is None and event == "start":
            if name in _SKIPPED:
                skipping = node
            elif node is not element:
                pieces.append(_opening(node, name))
            if skipping is None:
                pieces.append(escape(node.text or "", quote=False))
        elif event == "end" and skipping in (None, node):
            if skipping is None and node is not element and name not in _VOID:
                pieces.append(f"</{_RENAMED.get(name, name)}>")
            skipping = None
            if node is not element:
                pieces.append(escape(node.tail or "", quote=False))
    return "".join(pieces)


def _opening(node: etree._Element, name: str) -> str:
    attributes = "".join(
        f' {str(key).rpartition("}")[2]}="{escape(str(value))}"' for key, value in node.items()
    )
    return f"<{_RENAMED.get(name, name)}{attributes}>"


def pictures_in_html(html: str) -> tuple[Media, ...]:
    """The pictures that `html` shows, with captions; tracking pixels and emoji are none."""
    if "<img" not in html and "<IMG" not in html:
        return ()
    return _pictures(_WIDE.clean(html), "")


def _pictures(clean: str, base_url: str) -> tuple[Media, ...]:
    if "<img" not in clean:
        return ()
    found: dict[str, Media] = {}
    for node, caption in picture_nodes(tree(clean)):
        media = _picture(node, caption, base_url)
        if media:
            found.setdefault(media.id, media)
    return tuple(found.values())


def _picture(node: Node, caption: str, base_url: str) -> Media | None:
    href = node.picture_url(base_url)
    if not href:
        return None
    width, height = node.number("width"), node.number("height")
    rendition = Rendition(href=href, width=width, height=height)
    alt = tidy(unescape(node.attributes.get("alt", "")))
    return Media(id=href, caption=plain(caption), alt=alt, renditions=(rendition,))


def looks_like_html(words: str) -> bool:
    """Whether `words` carries HTML tags (a lone "<" or an unknown tag is text)."""
    return words.startswith("<p>") or ("<" in words and _TAG.search(words) is not None)


def plain(html: str) -> str:
    """The text of markup: tags gone, entities decoded (twice encoded ones too), NFC.

    The result is text, not markup: whoever shows it escapes it.
    """
    if "<" in html or "&" in html:
        html = _words(html)
    if not html.isprintable():  # line ends, hard spaces, controls
        return tidy(strip_controls(html))
    return html.strip() if html.isascii() and "  " not in html else tidy(html)


def _words(html: str) -> str:
    """The text of markup as it is spaced there."""
    for _ in range(3):
        if "<" in html:
            html = _HIDDEN_TEXT.sub(" ", _opened(html) if "<!--" in html else html)
            html = _TAG.sub("", _BREAKING.sub(_set_off, html))
        if "&" not in html or not _ENCODED.search(html):
            break
        html = unescape(html)
    return html


def _set_off(tag: re.Match[str]) -> str:
    return f" {tag[0]}"  # a third of what a template costs


def _opened(html: str) -> str:
    """Text without the signs of comments that never end: what follows them there is text.

    In markup they hide all that follows, as they do on a page.
    """
    closed, end, rest = html.rpartition("-->")
    if "<!--" not in rest or _TAG.search(html):
        return html
    return closed + end + rest.replace("<!--", " ")


def words_of(blocks: tuple[Block, ...]) -> str:
    """The text of all blocks, one space between them."""
    return tidy(" ".join(words_in(block.html) for block in blocks))


def words_in(html: str) -> str:
    """The text of sanitised HTML (where every "<" starts a tag)."""
    spaced = _BREAKING.sub(_set_off, html)
    return tidy(unescape(_ANY_TAG.sub("", spaced)))
