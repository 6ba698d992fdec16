"""Sign-offs: the agency's closing line and its desk's initials, in every style the wires use.

    --IANS            PTI ABC XYZ         (ANI)            ./.CVN
    int/shs           UNI XX YY 1215      dpa wsz jln npr  VDH/FUL/

Each line of the body's end is classed by itself, then the classes must make a sign-off together;
so a line that only mentions an agency ("... told IANS") is none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wirecopy.story.agencies import Names, agencies_in, name_for
from wirecopy.story.ways import is_signoff

_DASHES = re.compile(r"(?:-{1,3}|[—–―−]{1,2}|==?|\*{2,3})\s*")
_INITIALS = re.compile(r"[a-z]{1,5}(?:[/-][a-z&]{1,5})*/?\Z|[A-Z]{2,4}(?:/[A-Z]{2,4})+/?\Z")
_STRONG = re.compile(r"[a-z]{2,4}(?:-[a-z]{2,4})?(?:/[a-z]{2,4})+/?\Z|(?:[A-Z]{2,4}/){2,4}\Z")
_NO_INITIALS = frozenset({"and/or", "his/her", "her/his", "he/she", "she/he", "km/h", "und/oder"})
_GROUPS = re.compile(r"(?:\s+[A-Z]{2,4}){1,5}(?:\s+[a-z]{2,3}|\s+\d{3,4})?\Z")
_LOWER_GROUPS = re.compile(r"(?:\s+[a-z]{2,4}){1,5}\Z")
_SLASHED = re.compile(r"\s+[a-z]{2,5}(?:[-/][a-z]{2,5})+/?\Z")
_END = re.compile(
    r"(?:\./\.\s*(?:[A-Z]{2,4}/?){0,4}|Enditem|ENDITEM|\(?END\)?|-\s?ENDS?\s?-|ENDS|#{2,4}|-30-)\Z"
)
_HINDI = re.compile(r"(?:पीटीआई[-\s]{0,3})?(?:भाषा|वार्ता)(?:\s+[^\s।.]{2,12}){0,4}\Z")
_BRACKET = re.compile(r"[(\[/]\s?([^()\[\]/]{2,40}|[^()\[\]]{2,40})\s?[)\]/]\.?\Z")
_SHAPE = re.compile(r"E*(?:(?:A|DN|N)[si]{0,2})?E*\Z|sE*\Z")
_INLINE = re.compile(
    r"(?P<stop>[.!?…।。][\"”’'»)\]]{0,3})(?P<gap>\s*)(?P<line>"
    r"(?:--+|[—–])\s?[^\s()]{2,24}(?:\s+[a-z]{1,5}(?:/[a-z]{1,5})*/?)?"
    r"|\([^()]{2,40}\)\.?"
    r"|[A-Z]{2,6}(?:\s+[A-Z]{2,4}){1,5}(?:\s+\d{3,4})?"
    r"|Enditem|\(END\)"
    r"|(?:पीटीआई[-\s]{0,3})?भाषा(?:\s+[^\s।.]{2,12}){0,4}"
    r")\s*\Z"
)
LINES = 4
"""The most lines one sign-off is spread over."""


class Signed(NamedTuple):
    """A sign-off at the end of a text: its line, and where in the text it begins."""

    text: str
    start: int


def lines_signed(lines: list[str], own: Names, patterns: tuple[str, ...] = ()) -> int:
    """How many of the last lines (oldest first, none empty) are a sign-off together; 0 for none."""
    classes = ""
    for line in reversed(lines[-LINES:]):
        kind = "A" if patterns and is_signoff(line, patterns) else kind_of(line, own)
        if not kind:
            break
        classes = kind + classes
    for start in range(len(classes)):
        if _SHAPE.match(classes, start):
            return len(classes) - start
    return 0


def kind_of(line: str, own: Names) -> str:
    """The class of one closing line, "" when it can be none.

    A: an agency's sign-off; N: its bare name; D: dashes alone; s: initials that need no agency
    before them; i: initials that do; E: an end mark.
    """
    if len(line) > 60:
        return ""
    dashes = _DASHES.match(line)
    if dashes and dashes.end() == len(line):
        return "D"
    if _END.match(line):
        return "E"
    if dashes:
        return "A" if _agency_and_initials(line[dashes.end() :], own) else ""
    bracket = _BRACKET.match(line)
    if bracket:
        return "A" if agencies_in(bracket[1], own, dated=False) else ""
    if _HINDI.match(line) or _with_groups(line, own):
        return "A"
    if _STRONG.match(line) and line not in _NO_INITIALS:
        return "s"
    if agencies_in(line, own, dated=False):
        return "N"
    return "i" if _INITIALS.match(line) and line not in _NO_INITIALS else ""


def _agency_and_initials(text: str, own: Names) -> bool:
    """Whether `text` is "IANS", "IANS/PIB" or "IANS int/shs"."""
    if agencies_in(text, own):
        return True
    name, _, initials = text.rpartition(" ")
    return bool(_INITIALS.match(initials) and agencies_in(name, own))


def _with_groups(line: str, own: Names) -> bool:
    """Whether `line` is an agency's name with desk codes behind it, and no sentence."""
    for words in (1, 2, 3):
        pieces = line.split(None, words)
        name = " ".join(pieces[:words])
        rest = line[len(name) :]
        if len(pieces) <= words or not rest:
            return False
        shown = name_for(name, own) or ("dpa" if name.startswith("dpa") else "")
        if shown and (
            _GROUPS.match(rest)
            or _SLASHED.match(rest)
            or (shown.islower() and _LOWER_GROUPS.match(rest))
        ):
            return True
    return False


def inline(text: str, own: Names) -> Signed | None:
    """The sign-off that follows the last sentence on its own line, or None."""
    base = max(0, len(text) - 90)
    match = _INLINE.search(text[base:])
    if not match or kind_of(match["line"].strip(), own) not in {"A", "E"}:
        return None
    return Signed(match["line"].strip(), base + match.end("stop"))


def agencies_of(sign_off: str, own: Names) -> tuple[str, ...]:
    """The agencies that a sign-off names, in its order."""
    found: list[str] = []
    for line in sign_off.split("\n"):
        text = line.strip(" -—–―−=*()[].")
        names = agencies_in(text, own)
        if not names and text:
            names = agencies_in(text.split()[0], own)
        found.extend(names)
    return tuple(dict.fromkeys(found))
