"""Small writers for the markup that agencies send: elements, and a piece's text as HTML or NITF."""

from __future__ import annotations

import re
from html import escape

from wirecopy.demo.stories import Part, Piece, dateline, sign_off


def el(name: str, *children: str, **attributes: str) -> str:
    """An element as text; `children` are markup already, attribute values are escaped here.

    In attribute names a double underscore stands for a colon, a single one for a
    hyphen: xml__lang, du_key. A trailing underscore keeps a name from being a keyword.
    Attributes with an empty value are left out.
    """
    pairs = "".join(
        f' {_attribute(key)}="{escape(value)}"' for key, value in attributes.items() if value
    )
    inner = "".join(children)
    return f"<{name}{pairs}>{inner}</{name}>" if inner else f"<{name}{pairs}/>"


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("__", ":").replace("_", "-")


def said(text: str) -> str:
    """`text` as character data."""
    return escape(text, quote=False)


def _inline(text: str) -> str:
    """A line of copy as inline markup: *stars* become em."""
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", said(text))


def _cells(row: str) -> list[str]:
    """The cells of a table's row."""
    return [cell.strip() for cell in row.split("|")]


def html(piece: Piece, *, heading: str = "h2", signed: bool = True, note: str = "") -> str:
    """The text of a piece as HTML blocks, with dateline, a note in brackets and sign-off."""
    parts = list(piece.parts)
    if parts and parts[0].kind == "p":
        parts[0] = Part("p", (dateline(piece) + parts[0].lines[0],))
    blocks = [_block(part, heading) for part in parts]
    if note:
        blocks.append(el("p", said(f"({note})")))
    if signed and parts:
        blocks += [el("p", said(line)) for line in sign_off(piece)]
    return "\n".join(blocks)


def _block(part: Part, heading: str) -> str:
    if part.kind == "p":
        return el("p", _inline(part.lines[0]))
    if part.kind == "h2":
        return el(heading, _inline(part.lines[0]))
    if part.kind == "ul":
        return el("ul", *(el("li", _inline(line)) for line in part.lines))
    return _table(part.lines)


def _table(rows: tuple[str, ...]) -> str:
    """A table whose first row is its head."""
    head = el("tr", *(el("th", _inline(cell)) for cell in _cells(rows[0])))
    body = [el("tr", *(el("td", _inline(cell)) for cell in _cells(row))) for row in rows[1:]]
    return el("table", head, *body)


def plain_words(piece: Piece) -> int:
    """How many words the text has."""
    return sum(len(line.split()) for part in piece.parts for line in part.lines)
