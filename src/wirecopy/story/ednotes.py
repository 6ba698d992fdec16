"""Notes to desks at the opening of a paragraph: "(Eds: adds quotes)", "NOT FOR PUBLICATION -- "."""

from __future__ import annotations

import re

_NOTE = re.compile(
    r"\s*(?P<open>[(\[]?)\s*(?:Eds|EDS|EDITORS|Editors|N(?:OTE|ote) (?:TO|to) (?:THE |the )?"
    r"(?:EDITORS?|[Ee]ditors?)|ATTN:? EDITORS?|ATTENTION:? EDITORS?|EDITORS?[’']?S?[’']? NOTE"
    r"|EDS?[’']? NOTE|AVISO AL EDITOR|DESK NOTE|NOT FOR PUBLICATION)\s*(?:[:_]|[-–—]{1,2}\s)"
)
_CLIENTS = re.compile(
    r"\s*\(\((?=[^\n]{0,600}(?:@|\+?\d[\d ()-]{6}|[Nn]ewsroom|[Dd]ouble.click))"
    r"[^\n]{3,600}\)\)\s*\Z"
)
"""What Reuters tells its clients at the end of copy: whom to call, and how."""
_NOTE_GATE = re.compile(
    r"<p[^<>]*>(?:<[^<>]*>|[\s(\[])*(?:E[dD]|N[oO]T|ATT|AVISO|DESK)|<p[^<>]*>(?:<[^<>]*>|\s)*\(\("
)


def may_open(html: str) -> bool:
    """Whether a paragraph could open with a note; most do not, and are told by a glance."""
    return _NOTE_GATE.match(html) is not None


def end_of(text: str) -> int:
    """Where the note that a text opens with ends, 0 where it opens with none.

    That is at its closing bracket, else at the end of its line.
    """
    match = _NOTE.match(text)
    if not match:
        return len(text) if _CLIENTS.match(text) else 0
    line_end = text.find("\n", match.end())
    line_end = len(text) if line_end < 0 else line_end
    if not match["open"]:
        return line_end
    closing = text.find(")" if match["open"] == "(" else "]", match.end())
    return closing + 1 if closing >= 0 else line_end
