"""Notes to desks at the opening of a paragraph: "(Eds: adds quotes)", "NOT FOR PUBLICATION -- ".

So are lines that only say whom clients may call, or that pictures and films go with the copy.
"""

from __future__ import annotations

import re

from wirecopy.story.prose import word_set

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
_PICTURED = re.compile(
    r"\s*(?:\(([^()\n]{3,60})\)|\+\+\+ ?([^+\n]{3,60}?) ?\+\+\+)\s*\Z"
    r"|\s*(?:A[PF]P? )?Photos? (?:[A-Z]{2,6}\d{1,5}(?:-\d{1,5})?(?:, | and |[.,]?\s*\Z))+\Z"
)
"""A line in brackets or between plus signs, or the numbers of pictures."""
_MEDIA = word_set(
    """photo photos pix pic pics picture pictures video videos vídeo vídeos vidéo foto fotos graphic
    graphics audio áudio bild bilder grafik infografía imágenes infographie infografik"""
)
_BESIDE_MEDIA = word_set(
    """with mit con avec com c available attached follow follows following to folgt folgen archiv
    and und y et e siguen suivent"""
)
_NOTE_GATE = re.compile(
    r"<p[^<>]*>(?:<[^<>]*>|[\s(\[])*(?:E[dD]|N[oO]T|ATT|AVISO|DESK)"
    r"|<p[^<>]*>(?:<[^<>]*>|\s)*(?:\(|\+\+\+|(?:A[PF]P? )?Photos? [A-Z])"
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
        return len(text) if _CLIENTS.match(text) or _is_of_pictures(text) else 0
    line_end = text.find("\n", match.end())
    line_end = len(text) if line_end < 0 else line_end
    if not match["open"]:
        return line_end
    closing = text.find(")" if match["open"] == "(" else "]", match.end())
    return closing + 1 if closing >= 0 else line_end


def _is_of_pictures(text: str) -> bool:
    """Whether a line tells desks that pictures and films go with the copy, and nothing else."""
    match = _PICTURED.match(text)
    if not match:
        return False
    said = re.findall(r"[^\W\d_]+", (match[1] or match[2] or "photo").casefold())
    return any(word in _MEDIA for word in said) and all(
        word in _MEDIA or word in _BESIDE_MEDIA for word in said
    )
