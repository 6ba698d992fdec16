"""What WordPress stores of a text, as the HTML that its readers saw.

Stored text is not yet HTML: blank lines stand for paragraphs and line ends for breaks (the block
editor writes paragraphs out, and leaves comments around them), and its shortcodes wait to be
carried out.
"""

from __future__ import annotations

import re

import msgspec

from wirecopy.formats.shortcodes import Carried, carried_out

_PROTECTED = re.compile(
    r"(<(pre|script|style|textarea)\b.*?(?:</\2\s*>|\Z))", re.IGNORECASE | re.DOTALL
)
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_BLOCK = (
    r"(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|blockquote|figure"
    r"|figcaption|section|article|aside|header|footer|main|nav|address|form|fieldset|hr|iframe"
    r"|details|summary|pre|script|style)"
)
_OPENS = re.compile(rf"\s*(?:<!--|</?{_BLOCK}\b)", re.IGNORECASE)
_AROUND = re.compile(rf"(?<![ \t])[ \t]*+(</?{_BLOCK}\b[^<>]*>)[ \t]*", re.IGNORECASE)


def text_of(stored: str) -> Carried:
    """The HTML of a stored text, its shortcodes carried out or taken out."""
    carried = carried_out(stored.replace("\r\n", "\n").replace("\r", "\n"))
    if "<!-- wp:" in carried.html:
        return carried
    return msgspec.structs.replace(carried, html=_paragraphs(carried.html))


def _paragraphs(html: str) -> str:
    """`html` with its blank lines as paragraphs and its line ends as breaks."""
    made = []
    for number, piece in enumerate(_PROTECTED.split(html)):
        if number % 3 == 1:
            made.append(piece)
        elif number % 3 == 0:
            apart = _AROUND.sub(r"\n\n\1\n\n", piece)
            made += [_paragraph(part) for part in _BLANK.split(apart)]
    return "\n".join(filter(None, made))


def _paragraph(part: str) -> str:
    part = part.strip()
    if not part or _OPENS.match(part):
        return part
    return f"<p>{part.replace(chr(10), '<br>')}</p>"
