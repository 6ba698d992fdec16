"""The shape of a body: sanitised, canonical HTML to a flat run of blocks.

Nothing here is trusted with safety: `markup` sends the result through nh3 once more and takes it
only if that changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

from wirecopy.formats.footers import is_footer, without_asides, without_more
from wirecopy.formats.nodes import BLOCKY, EMOJI, PIXEL, Node, absolute, walk
from wirecopy.formats.prose import is_rule, telexed
from wirecopy.model import Block, BlockKind

EMBED_HOSTS: dict[str, str] = {
    "www.youtube.com": "https://www.youtube.com/watch?v={id}",
    "youtube.com": "https://www.youtube.com/watch?v={id}",
    "www.youtube-nocookie.com": "https://www.youtube.com/watch?v={id}",
    "youtu.be": "https://www.youtube.com/watch?v={id}",
    "player.vimeo.com": "https://vimeo.com/{id}",
    "vimeo.com": "https://vimeo.com/{id}",
    "www.dailymotion.com": "https://www.dailymotion.com/video/{id}",
    "geo.dailymotion.com": "https://www.dailymotion.com/video/{id}",
}
"""Players that a body may point to, as plain links: a page asks nothing of them when it opens."""

_SMALLEST = 60
"""Pixels of a frame that readers can see something in."""
_PLAYERS = frozenset({"iframe", "video", "audio"})
_VIDEO, _AUDIO, _FRAME = "video/*", "audio/*", "*/*"
"""What the link of an embed leads to, as its `type` says."""
_TYPES = frozenset({_VIDEO, _AUDIO, _FRAME})
_NO_CONTENT = re.compile(
    r"\bad(?:s|vert\w*)?\b|advert|sponsor|captcha|cookie|consent|\blike\b|follow|share|sign.?up"
    r"|subscri|newsletter|log.?in|comment|anzeige|werbung|publicité|publicidad|reklam",
    re.IGNORECASE,
)
"""What the title of a frame says that is no part of a report."""
_EMPTY = re.compile(r"(?:\s|&nbsp;|\u200b|\u200c|\u200d|\u2060|\ufeff|<[^>]*>)*")
_SPACE = re.compile(r"(?: |&nbsp;)+")
_SOFT_SPACE = re.compile(r"[^\S\u202f]+")
"""Space that is not set by hand: the narrow one before a French sign stays, as &nbsp; does."""
_BREAKS = re.compile(r"<br>(?:(?:\s|&nbsp;)*+<br>)++")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_LONE_LINK = re.compile(r'<p><a href="([^"]*)"(?: type="([^"]*)")?[^>]*>([^<]*)</a></p>')
_TAGS = re.compile(r"<[^>]*>")


def shape(nodes: list[Node | str], *, base_url: str, rel: str) -> tuple[Block, ...]:
    """The blocks that readers see of `nodes`, without feed footers and empty ones."""
    top = Node("", {}, nodes, blocky=any(isinstance(n, Node) and _starts(n) for n in nodes))
    flow = Flow(base_url, rel, lines=not top.blocky)
    flow.take(nodes)
    return _trimmed(flow.done())


def _starts(node: Node) -> bool:
    return node.blocky or node.tag in BLOCKY or node.tag == "br"


def _trimmed(blocks: list[Block]) -> tuple[Block, ...]:
    """`blocks` without footers at the end, and without rules that separate nothing."""
    kept: list[Block] = []
    for block in without_asides(blocks):
        if block.kind != "hr" or (kept and kept[-1].kind != "hr"):
            kept.append(block)
    while kept and (kept[-1].kind == "hr" or is_footer(kept[-1].html)):
        kept.pop()
    if kept and kept[-1].kind == "p" and "</a></p>" in kept[-1].html:
        html = without_more(kept[-1].html)
        kept[-1:] = [Block("p", html)] if not _EMPTY.fullmatch(html) else []
    return tuple(kept)


class Flow:
    """Collects inline markup and blocks in reading order."""

    def __init__(self, base_url: str, rel: str, *, lines: bool = False) -> None:
        self.base_url = base_url
        self.rel = rel
        self.lines = lines
        self.blocks: list[Block] = []
        self.inline: list[str] = []

    def take(self, nodes: Iterable[Node | str]) -> None:
        """Adds `nodes`, which stand where blocks may stand."""
        for node in nodes:
            if isinstance(node, str):
                self.inline.append(node)
            elif node.tag == "br" or (node.tag not in BLOCKY and not self._parts(node)):
                self.inline.append(self.phrase(node))
            elif node.tag in _SHAPES:
                self.flush()
                self.blocks.extend(_SHAPES[node.tag](self, node))
            else:
                self.open(node)

    def open(self, node: Node) -> None:
        """Opens a container, or an inline element around blocks, and takes what is inside."""
        self.flush()
        self.take(node.children)
        self.flush()

    def _parts(self, node: Node) -> bool:
        """Whether an inline element holds several paragraphs."""
        if node.blocky:
            return True
        tags = [child.tag if isinstance(child, Node) else child.strip() for child in node.children]
        spoken = [tag for tag in tags if tag]
        return any(pair == ("br", "br") for pair in pairwise(spoken))

    def done(self) -> list[Block]:
        """All blocks, after the last inline markup became one."""
        self.flush()
        return self.blocks

    def flush(self) -> None:
        """Turns the collected inline markup into paragraphs."""
        if not self.inline:
            return
        html = "".join(self.inline)
        self.inline = []
        for piece in _BREAKS.split(html) if "<br>" in html else (html,):
            for part in _BLANK_LINE.split(piece) if self.lines else (piece,):
                if "\n   " in part and (typed := telexed(part)):
                    self.blocks.extend(typed)
                elif inner := phrase_of(part):
                    self.blocks.append(_paragraph(inner, self.rel))

    def phrase(self, node: Node) -> str:
        """An inline element with its content, or its content alone where it says nothing."""
        if node.tag == "br":
            return "<br>"
        if node.tag == "img":
            said = node.attributes.get("class", "") + " " + node.attributes.get("src", "")
            return escape(node.attributes.get("alt", "")) if EMOJI.search(said) else ""
        inner = self.words(node.children)
        if _EMPTY.fullmatch(inner):
            return " " if inner else ""
        if node.tag == "span":
            return inner
        if node.tag == "a":
            href = absolute(node.attributes.get("href", ""), self.base_url)
            kind = node.attributes.get("type", "")
            told = f' type="{kind}"' if kind in _TYPES else ""
            return (
                f'<a href="{_quoted(href)}"{told} rel="{self.rel}">{inner}</a>' if href else inner
            )
        return f"<{node.tag}>{inner}</{node.tag}>"

    def words(self, nodes: Iterable[Node | str]) -> str:
        """Everything inside as inline markup; blocks in it are set apart by a space."""
        pieces = []
        for node in nodes:
            if isinstance(node, str):
                pieces.append(node)
            elif node.tag in _PLAYERS:
                continue
            elif node.tag in BLOCKY:
                pieces.append(f" {self.words(node.children)} ")
            else:
                pieces.append(self.phrase(node))
        return "".join(pieces)

    def inside(self, node: Node) -> list[Block]:
        """The blocks inside `node`, shaped apart from what stands around it."""
        flow = Flow(self.base_url, self.rel)
        flow.take(node.children)
        return flow.done()

    def cell(self, node: Node) -> str:
        """The content of a list item or table cell: lines, then nested lists."""
        lines, lists = [], ""
        for block in self.inside(node):
            if block.kind in ("ul", "ol"):
                lists += block.html
            elif inner := phrase_of(_flat(block.html)):
                lines.append(inner)
        return "<br>".join(lines) + lists

    def heading(self, node: Node) -> list[Block]:
        """A heading of one of the two levels a body has; the page's own headline is h1."""
        kind: BlockKind = "h2" if node.tag in ("h1", "h2") else "h3"
        inner = _BREAKS.sub("<br>", phrase_of(self.words(node.children)))
        return [Block(kind, f"<{kind}>{inner}</{kind}>")] if inner else []

    def listing(self, node: Node) -> list[Block]:
        """A list; what stands in it outside of its items becomes items too."""
        items: list[str] = []
        for child in node.children:
            tag = "" if isinstance(child, str) else child.tag
            holder = child if isinstance(child, Node) and tag == "li" else Node("", {}, [child])
            inner = self.cell(holder)
            if tag in ("ul", "ol") and items:
                items[-1] += inner
            elif inner:
                items.append(inner)
        html = "".join(f"<li>{item}</li>" for item in items)
        kind: BlockKind = "ol" if node.tag == "ol" else "ul"
        first = (node.number("start") or 1) if kind == "ol" else 1
        opening = f'<ol start="{first}">' if first > 1 else f"<{kind}>"
        return [Block(kind, f"{opening}{html}</{kind}>")] if html else []

    def definitions(self, node: Node) -> list[Block]:
        """Terms with what is said of each, as a list; one that lays out a page is none."""
        parts = list(_definitions(node.children))
        told = [(part.tag, phrase_of(self.words(part.children))) for part in parts]
        terms = [inner for tag, inner in told if tag == "dt" and inner]
        strays = any(isinstance(n, str) and not n.isspace() for n in node.children)
        laid_out = strays or any(part.blocky for part in parts)
        if not terms or len(terms) == len(told) or laid_out:
            return self.inside(node)
        items: list[str] = []
        for tag, inner in told:
            if tag == "dt" or not items:
                bare = tag == "dd" or not inner or "<strong>" in inner or "<b>" in inner
                items.append(inner if bare else f"<strong>{inner}</strong>")
            elif inner:
                items[-1] += f"<br>{inner}" if items[-1] else inner
        html = "".join(f"<li>{item}</li>" for item in items if item)
        return [Block("ul", f"<ul>{html}</ul>")]

    def quote(self, node: Node) -> list[Block]:
        """A quote of paragraphs and lists; tables and the like in it stand behind it."""
        flat: list[Block] = []
        html = ""
        for block in self.inside(node):
            if block.kind in ("table", "pre", "hr"):
                flat.append(block)
            elif block.kind in ("h2", "h3"):
                html += f"<p>{phrase_of(_flat(block.html))}</p>"
            else:
                html += block.html.removeprefix("<blockquote>").removesuffix("</blockquote>")
        quoted = [Block("quote", f"<blockquote>{html}</blockquote>")] if html else []
        return quoted + flat

    def preformatted(self, node: Node) -> list[Block]:
        """Text whose spaces and line ends count."""
        inner = self.words(node.children).replace("<br>", "\n").strip("\n").rstrip()
        if _EMPTY.fullmatch(inner):
            return []
        return [Block("pre", f"<pre>{inner}</pre>")]

    def rule(self, node: Node) -> list[Block]:
        """A break in the text."""
        return [Block("hr", f"<{node.tag}>")]

    def table(self, node: Node) -> list[Block]:
        """A table of two cells or more; one that says something, in one row, is layout.

        Of layout only its content is taken.
        """
        rows = [row for row in _rows(node, "tbody") if not self._is_blank(row[1])]
        cells = [cell for _, row in rows for cell in row]
        if len(rows) == 1 and len(cells) > 1:
            said = [cell for cell in cells if not self._is_blank([cell])]
            cells = said if len(said) == 1 else cells
        if len(cells) <= 1:
            return [block for cell in cells for block in self.inside(cell)]
        parts = {"thead": "", "tbody": ""}
        for place, row in rows:
            html = "".join(self._cell_html(cell) for cell in row)
            parts[place if not parts["tbody"] else "tbody"] += f"<tr>{html}</tr>"
        body = "".join(f"<{tag}>{html}</{tag}>" for tag, html in parts.items() if html)
        captions = [c for c in node.children if isinstance(c, Node) and c.tag == "caption"]
        title = phrase_of(self.words(captions))
        if title and body:
            body = f"<caption>{_BREAKS.sub('<br>', title)}</caption>{body}"
        return [Block("table", f"<table>{body}</table>")] if body else []

    def _is_blank(self, row: list[Node]) -> bool:
        return all(_EMPTY.fullmatch(self.cell(cell)) for cell in row)

    def _cell_html(self, cell: Node) -> str:
        spans = "".join(
            f' {name}="{number}"'
            for name in ("colspan", "rowspan")
            if (number := cell.number(name)) and 1 < number <= 100
        )
        return f"<{cell.tag}{spans}>{self.cell(cell)}</{cell.tag}>"

    def figure(self, node: Node) -> list[Block]:
        """What a figure holds besides a picture, which goes with its caption to the media.

        Of a player the caption says what it plays.
        """
        inside = self.inside(node)
        if any(n.tag == "img" for n in walk(node.children)):
            return [b for b in inside if b.kind not in ("p", "h2", "h3")]
        players = [b for b in inside if b.kind == "embed"]
        caption = _caption(node) if len(players) == 1 else ""
        if not caption or "<a " in caption:
            return inside
        told = _titled(players[0], " ".join(_TAGS.sub(" ", caption).split()))
        return [told, *(b for b in inside if b.kind not in ("p", "h2", "h3", "embed"))]

    def division(self, node: Node) -> list[Block]:
        """What a div holds; an old-style captioned picture is a figure."""
        if "wp-caption" in node.attributes.get("class", "").split():
            return self.figure(node)
        return self.inside(node)

    def player(self, node: Node) -> list[Block]:
        """A plain link in place of a known player, or of a frame with a title of its own."""
        said = node.attributes
        href = absolute(said.get("src", "") or said.get("data-src", ""), self.base_url)
        title = " ".join((said.get("title", "") or said.get("aria-label", "")).split())
        if known := _player_url(href):
            return [self.played(known, _VIDEO, "" if "player" in title.lower() else title)]
        size = min(9999 if n is None else n for n in (node.number("width"), node.number("height")))
        framed = href.startswith("https://") and title and size > _SMALLEST
        if not framed or PIXEL.search(href) or _NO_CONTENT.search(f"{title} {_host(href)}"):
            return []
        return [self.played(href, _FRAME, title)]

    def recording(self, node: Node) -> list[Block]:
        """A plain link in place of a film or sound; its words for old browsers are none of ours."""
        said = node.attributes
        files = [said.get("src", "") or said.get("data-src", "")]
        files += [n.attributes.get("src", "") for n in walk(node.children) if n.tag == "source"]
        found = (absolute(file, self.base_url) for file in files if file)
        href = next((each for each in found if each.startswith("https://")), "")
        if not href:
            return []
        title = " ".join((said.get("title", "") or said.get("aria-label", "")).split())
        return [self.played(href, _AUDIO if node.tag == "audio" else _VIDEO, title)]

    def played(self, href: str, kind: str, title: str) -> Block:
        """The link to what a player shows, with the agency's words or else the host's name."""
        shown = escape(title or _host(href), quote=False).replace("\xa0", "&nbsp;")
        link = f'<a href="{_quoted(href)}" type="{kind}" rel="{self.rel}">{shown}</a>'
        return Block("embed", f"<p>{link}</p>")


_SHAPES = {
    "h1": Flow.heading, "h2": Flow.heading, "h3": Flow.heading, "h4": Flow.heading,
    "h5": Flow.heading, "h6": Flow.heading, "ul": Flow.listing, "ol": Flow.listing,
    "blockquote": Flow.quote, "pre": Flow.preformatted, "hr": Flow.rule, "table": Flow.table,
    "figure": Flow.figure, "div": Flow.division, "iframe": Flow.player,
    "video": Flow.recording, "audio": Flow.recording, "dl": Flow.definitions,
}  # fmt: skip


def phrase_of(html: str) -> str:
    """Inline markup with whitespace collapsed and edges trimmed; "" if it shows nothing."""
    if html.isspace():
        return ""
    if "<" not in html and "&" not in html and html.isprintable():  # so no unseen sign is in it
        return " ".join(html.split()) if "  " in html else html.strip()
    html = _SOFT_SPACE.sub(" ", html).strip() if "\u202f" in html else " ".join(html.split())
    if "&nbsp;" in html:
        html = _SPACE.sub(_one_space, html)
    if "<br>" in html:
        html = html.replace(" <br>", "<br>").replace("<br> ", "<br>")
    while (trimmed := _trim(html)) != html:
        html = trimmed
    return "" if _EMPTY.fullmatch(html) else html


def _one_space(match: re.Match[str]) -> str:
    return match[0] if match[0] in (" ", "&nbsp;") else " "


def _trim(html: str) -> str:
    """`html` without one layer of space, hard space and line break at its edges."""
    html = html.strip()
    for edge in ("<br>", "&nbsp;"):
        html = html.removeprefix(edge).removesuffix(edge)
    return html


def _paragraph(inner: str, rel: str = "") -> Block:
    """A paragraph, a rule, or an embed if it is nothing but a link to what a player shows.

    That is one which says so, or the bare address of a known player.
    """
    if is_rule(inner):
        return Block("hr", "<hr>")
    html = f"<p>{inner}</p>"
    match = _LONE_LINK.fullmatch(html) if inner.startswith("<a ") else None
    if match and match[2] in _TYPES:
        return Block("embed", html)
    href = unescape(inner if inner.startswith("https://") else match[1] if match else "")
    if href and _player_url(href) == href and (not match or match[1] == match[3]):
        return Flow("", rel).played(href, _VIDEO, "")
    return Block("p", html)


def _titled(player: Block, words: str) -> Block:
    """The link to what a player shows with other words, which are markup without a tag."""
    html = player.html
    return Block("embed", f"{html[: html.index('>', 4) + 1]}{words}</a></p>")


def _host(href: str) -> str:
    """The host of an address, as readers know it."""
    return (urlsplit(href).hostname or "").removeprefix("www.")


def _player_url(href: str) -> str:
    """The page of a video whose player's address is `href`, "" for players that are not known."""
    parts = urlsplit(href)
    pattern = EMBED_HOSTS.get(parts.hostname or "")
    if not pattern or parts.scheme not in ("http", "https"):
        return ""
    asked = parse_qs(parts.query)
    last = [piece for piece in parts.path.split("/") if piece][-1:]
    name = (asked.get("v") or asked.get("video") or last or [""])[0]
    return pattern.format(id=name) if re.fullmatch(r"[\w-]{3,40}", name) else ""


def picture_nodes(nodes: list[Node | str], caption: str = "") -> Iterator[tuple[Node, str]]:
    """Every picture element with the caption (HTML) of the figure it stands in."""
    for node in nodes:
        if not isinstance(node, Node):
            continue
        if node.tag == "img":
            yield node, caption
            continue
        inner = caption
        if node.tag == "figure" or "wp-caption" in node.attributes.get("class", "").split():
            inner = _caption(node)
        yield from picture_nodes(node.children, inner)


def _caption(figure: Node) -> str:
    flow = Flow("", "")
    for node in walk(figure.children):
        if node.tag == "figcaption" or "wp-caption-text" in node.attributes.get("class", ""):
            return phrase_of(flow.words(node.children))
    return ""


def _definitions(nodes: Iterable[Node | str]) -> Iterator[Node]:
    """The terms of a definition list and what is said of them, also where a div groups them."""
    for node in nodes:
        if isinstance(node, Node):
            if node.tag in ("dt", "dd"):
                yield node
            elif node.tag == "div":
                yield from _definitions(node.children)


def _rows(table: Node, place: str) -> Iterator[tuple[str, list[Node]]]:
    """Rows of a table with the part (thead or tbody) they stand in."""
    for child in table.children:
        if not isinstance(child, Node):
            continue
        if child.tag == "tr":
            yield place, [c for c in child.children if isinstance(c, Node) and c.tag in "tdth"]
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child, "thead" if child.tag == "thead" else "tbody")


def _flat(html: str) -> str:
    """A block's inline content: its own tags gone, the ends of inner blocks as line breaks."""
    html = re.sub(r"</(?:p|li|tr|blockquote|caption)>(?=.)", "<br>", html, flags=re.DOTALL)
    html = re.sub(r"</?(?!(?:a|em|strong|b|i|sub|sup|br|q|s|del)\b)[a-z0-9]+[^>]*>", " ", html)
    return _BREAKS.sub("<br>", html)


def _quoted(href: str) -> str:
    """`href` for an attribute, spelled as nh3 spells it."""
    return (
        href.replace("&", "&amp;").replace("\xa0", "&nbsp;").replace('"', "&quot;")
        .replace("<", "&lt;").replace(">", "&gt;")
    )  # fmt: skip
