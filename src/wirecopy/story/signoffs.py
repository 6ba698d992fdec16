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
_STRONG = re.compile(
    r"[a-z]{2,4}(?:-[a-z]{2,4})?(?:/[a-z]{2,4})+/?\Z|(?:[A-Z]{2,4}/){2,4}\Z"
    r"|[A-Z]{2,5}(?: ?\([A-Z/]{2,12}\))? // [A-Z]{2,5}\Z"
    r"|(?:/[a-z]{2,5}|/[A-Z]{2}){2,4}\Z"
    r"|[\u0621-\u064a] [\u0621-\u064a](?: ?/ ?[\u0621-\u064a] [\u0621-\u064a]){1,2}\Z"
)
"""Initials in small letters, with slashes behind each, Lusa's, dpa-AFX', and in Arabic letters."""
_NO_INITIALS = frozenset({"and/or", "his/her", "her/his", "he/she", "she/he", "km/h", "und/oder"})
_GROUPS = re.compile(r"(?:\s+[A-Z]{2,4}){1,5}(?:\s+[a-z]{2,3}|\s+\d{3,4})?\Z")
_LOWER_GROUPS = re.compile(r"(?:\s+[a-z]{2,4}){1,5}\Z")
_WRITER = re.compile(r"\s+(?!(?:is|am|an|as|at|in|on|or|to|of)\Z)[a-z]{2}\Z")
_SLASHED = re.compile(r"\s+[a-z]{2,5}(?:[-/][a-z]{2,5})+/?\Z")
_END_MARK = (
    r"\((?:النهاية|انتهى|یتبع)\)|/{0,2} ?انته(?:ى|ـ+ى) ?/{0,2}|[（(](?:完|了)[）)]"
    r"|\((?:Schluss|SCHLUSS)\)(?: [a-z]{2,4}(?:/[a-z]{2,4})*)?|\((?:FIN|FINE|FIM|SON|КОНЕЦ)\)"
)
"""The end of copy as Arabic, Chinese, Japanese, Austrian and other agencies set it."""
_END = re.compile(
    r"(?:\./\.\s*(?:[A-Z]{2,4}/?){0,4}|Enditem|ENDITEM|\(?END\)?|-\s?ENDS?\s?-|ENDS|#{2,4}|-30-|-0-"
    rf"|{_END_MARK}|© ?dpa-infocom, dpa:\d{{6}}-[\d-]{{1,20}}/\d{{1,3}})\Z"
)
_BARE_END = re.compile(r"(?:\(?END\)?|-\s?ENDS?\s?-|ENDS|#{2,4}|-30-|-0-)\Z")
"""An end mark that says no more than that the copy ends."""
_STAMP = re.compile(
    r"(?:[A-Z0-9]{2,5}(?:[-/][A-Z0-9]{2,5}){0,3} )?\d\d-[A-Z]{3}-\d\d \d\d:\d\d(?: N{2,4})?\Z"
    r"|AP-(?:[A-Z]{2}-)?\d\d-\d\d-\d\d \d{4}(?:[A-Z]{3})?\Z|N{3,4}\Z|\d\d:\d\d ?ت ?م\Z"
    r"|\d{4} \d{4} [\u0900-\u0963]{2,16}\Z"
)
"""The minute at which a wire closed its copy: "07-GEN-22 10:00 NNNN", behind the desk's codes.

PTI's Hindi desk writes day and month, the minute and its town: "2711 1509 दिल्ली".
"""
_CODES = re.compile(r"[A-Z]{2,3}\d?(?:[-/][A-Z]{2,3}\d?){0,3}\Z")
_HINDI = re.compile(r"(?:पीटीआई[-\s]{0,3})?(?:भाषा|वार्ता|यूनीवार्ता)(?:\s+[^\s।.]{2,12}){0,4}\Z")
_DEVANAGARI = re.compile(r"[\u0900-\u0963]{1,8}(?:/[\u0900-\u0963]{1,8}){1,3}\Z")
_NAME = re.compile(r"[\u0900-\u0963]{2,12}\Z")
_BRACKET = re.compile(r"[(\[/]\s?([^()\[\]/]{2,40}|[^()\[\]]{2,40})\s?[)\]/]\.?\Z")
_NOTES = re.compile(
    r"(?:\((?:fotos?|vídeos?|videos?|audio|áudio|infografía|imágenes)\)[ ,.]*){1,4}\Z"
    r"|\((?:more|More|MORE|(?:MORE/)?FOLLOWS|segue|SEGUE|sigue|SIGUE|continúa|suite|à suivre|mehr"
    r"|Forts(?:\.|etzung folgt))\)\.?\Z|MORE/FOLLOWS\Z|mehr/folgt\Z|MORE\Z"
    r"|[-–—]{1,2} ?(?:MORE|more) ?[-–—]{1,2}\Z"
    r"|Keywords: [A-Z][A-Z0-9 /.,()&-]{2,50}\Z"
)
"""What else there is for desks: EFE's pictures and films, that more follows, Reuters' keywords."""
_RIGHTS = re.compile(
    r"©|\(c\)|copyright|\b\d{4}\b|all rights reserved|alle rechte vorbehalten"
    r"|riproduzione riservata|tous droits réservés|todos los derechos reservados"
    r"|todos os direitos reservados|[,;:.–—-]",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"[A-Z][A-Z0-9&.' -]{2,40}\Z")
_SHAPE = re.compile(r"E*(?:(?:A|DN|N)[si]{0,2})?(?:[ci]?T)?[EK]*\Z|E?s(?:c?T)?[EK]*\Z|s[cC]{1,3}\Z")
_INLINE = re.compile(
    r"(?P<stop>[.!?…।。][\"”’'»)\]]{0,3})(?P<gap>\s*)(?P<line>"
    r"(?:--+|[—–])\s?[^\s()]{2,24}(?:\s+[a-z]{1,5}(?:/[a-z]{1,5})*/?)?"
    r"|\([^()]{2,40}\)\.?|/[A-Za-z-]{2,12}|(?:/[a-z]{2,5}|/[A-Z]{2}){2,4}"
    r"|[A-Z]{2,6}(?:\s+[A-Z]{2,4}){1,5}(?:\s+\d{3,4})?|[A-Z]{3,6}"
    r"|Enditem|\(END\)|© ?dpa-infocom, dpa:[\d-]{8,28}/\d{1,3}"
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
    last = lines[-LINES:]
    for index in range(len(last) - 1, -1, -1):
        line = last[index]
        kind = "A" if patterns and is_signoff(line, patterns) else _kind_of(line, own)
        if not kind and index and _NAME.match(line) and _HINDI.match(last[index - 1]):
            kind = "i" if line in last[index - 1].split() else ""
        if kind in {"", "c"} and _GROUPS.match(f" {line}") and _repeats(line, last[:index], own):
            kind = "i"  # "PTI ABC XYZ", then "XYZ"
        if not kind:
            break
        classes = kind + classes
    for start in range(len(classes)):
        if _SHAPE.match(classes, start):
            return len(classes) - start
    return 0


def _repeats(line: str, before: list[str], own: Names) -> bool:
    """Whether a line says again the initials of an agency's sign-off above it."""
    groups = set(line.split())
    return any(groups <= set(each.split()) and _kind_of(each, own) == "A" for each in before)


def _kind_of(line: str, own: Names) -> str:
    """The class of one closing line, "" when it can be none.

    A: an agency's sign-off; N: its bare name; D: dashes alone; s: initials that need no agency
    before them; i: initials that do; E: an end mark. For desks alone are T: the minute of the end,
    c: codes before it, K: what else there is, C: a company that AFP's copy is about.
    """
    if len(line) > 60:
        return ""
    dashes = _DASHES.match(line)
    if dashes and dashes.end() == len(line):
        return "D"
    if _END.match(line):
        return "E"
    if dashes:
        signed = _agency_and_initials(line[dashes.end() :], own)
        return "A" if signed else "K" if _NOTES.match(line) else ""
    bracket = _BRACKET.match(line)
    if bracket:
        return "A" if agencies_in(bracket[1], own, dated=False) else _desk_kind(line, own)
    if _HINDI.match(line) or _with_groups(line, own) or _named(line, own):
        return "A"
    if _STRONG.match(line) and line not in _NO_INITIALS:
        return "s"
    if agencies_in(line, own, dated=False):
        return "N"
    if (_INITIALS.match(line) and line not in _NO_INITIALS) or _DEVANAGARI.match(line):
        return "i"
    return _desk_kind(line, own)


def _desk_kind(line: str, own: Names) -> str:
    """The class of a line that is for desks alone, "" for any other."""
    if _STAMP.match(line):
        return "T"
    if _NOTES.match(line):
        return "K"
    if _CODES.match(line):
        return "c"
    return "C" if "afp" in own and _COMPANY.match(line) else ""


def for_desks(line: str, own: Names) -> bool:
    """Whether a line of a sign-off says nothing of who wrote the copy: codes, minutes, "###"."""
    return _BARE_END.match(line) is not None or _kind_of(line, own) in set("TKcC")


def _named(line: str, own: Names) -> bool:
    """Whether `line` names an agency behind a slash, in its claim of rights, or before a writer.

    That is "/dpa", "© Copyright ANSA" and, of agencies of the Arab world, what WAM signs with.
    """
    if line.startswith("/"):
        return bool(name_for(line[1:], own))
    if "©" in line or line[:9].casefold().startswith(("(c)", "copyright")):
        return bool(agencies_in(" ".join(_RIGHTS.sub(" ", line).split()), own))
    name, slash, writer = line.partition("/")
    arabic = "\u0621" <= writer.strip()[:1] <= "\u064a" and len(writer.split()) <= 3
    return bool(slash) and arabic and bool(name_for(name, own))


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
            or _WRITER.match(rest)
            or (shown.islower() and _LOWER_GROUPS.match(rest))
        ):
            return True
    return False


def inline(text: str, own: Names) -> Signed | None:
    """The sign-off that follows the last sentence on its own line, or None."""
    base = max(0, len(text) - 90)
    match = _INLINE.search(text[base:])
    if not match:
        return None
    line = match["line"].strip()
    kind = _kind_of(line, own)
    bare = kind == "N" and line.isupper() and line.casefold() in own  # "... dijo. EFE"
    slashed = kind == "s" and line[0] == "/"
    if kind not in {"A", "E"} and not bare and not slashed:
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
