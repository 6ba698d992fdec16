"""What stands behind a report for desks alone: notebooks, and all that is not for publication.

Text wires set both as lines (`formats/telex.py`); the same copy comes as markup, too, where a line
of the body says that what follows is for desks ("The following information is not intended for
publication"), and contacts with their telephone numbers follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wirecopy.model import Block, EdNote
from wirecopy.story.agencies import Names
from wirecopy.story.prose import block_text
from wirecopy.story.signoffs import lines_signed

_LONGEST = 200
"""Characters of markup that no line has which shuts what follows."""
_STEMS = ("publi", "ffentlichung", "notizblock", "notebook", "pubbli", "editors", "redaktion")
"""One of these is in every such line, in small letters."""
_SHUT = re.compile(
    r"(?:(?:all )?the following\b.{0,60} not (?:intended )?for publication"
    r"|(?:the )?following\b.{0,40} (?:is|are) for (?:editors|desks) only, not for publication"
    r"|not for publication"
    r"|(?:die|alle) (?:nach)?folgenden\b.{0,60} nicht zur veröffentlichung(?: bestimmt)?"
    r"|(?:bitte )?nicht zur veröffentlichung(?: bestimmt)?"
    r"|las? siguientes?\b.{0,60} no (?:está|están|es|son)\b.{0,20} (?:a|para)"
    r" (?:su |la )?publicación"
    r"|no (?:destinad[oa]s? )?(?:a|para) (?:su |la )?publicación"
    r"|les informations (?:suivantes|ci-dessous) ne (?:sont pas destinées|doivent pas)"
    r".{0,30}publi\w*"
    r"|le informazioni seguenti non sono (?:destinate|per).{0,20}pubblicazione"
    r"|as informações (?:seguintes|a seguir) não .{0,30}publicação"
    r"|#{0,2} ?(?:notizblock|dpa notebook)"
    r"|notes? (?:to|for) (?:the )?editors|hinweise? (?:an|für) (?:die )?redaktion(?:en)?)",
    re.IGNORECASE,
)
_EDGE = " \t*#:.!-–—_()[]"


def taken(blocks: Sequence[Block], own: Names) -> tuple[list[Block], tuple[EdNote, ...]]:
    """The blocks of the report, and what stands behind it for desks alone, as a note.

    A body that begins with such a line stays whole: that is said of the item itself. The sign-off
    below it all is the report's.
    """
    for index, block in enumerate(blocks):
        if index and _shuts(block):
            end = len(blocks)
            if blocks[-1].kind == "p" and lines_signed([block_text(blocks[-1])], own):
                end -= 1
            note = "\n".join(filter(None, map(block_text, blocks[index:end])))
            return [*_trimmed(blocks[:index]), *blocks[end:]], (EdNote(text=note, role="closed"),)
    return list(blocks), ()


def _shuts(block: Block) -> bool:
    html = block.html
    if len(html) > _LONGEST or block.kind not in {"p", "h2", "h3"}:
        return False
    small = html.lower()
    if not any(stem in small for stem in _STEMS):
        return False
    line = block_text(block).strip(_EDGE)
    return "\n" not in line and _SHUT.fullmatch(line) is not None


def _trimmed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the rule or stars that parted them from the rest."""
    kept = list(blocks)
    while kept and (kept[-1].kind == "hr" or not block_text(kept[-1]).strip(_EDGE)):
        if kept[-1].kind not in {"hr", "p"}:
            break
        kept.pop()
    return kept
