"""Update markers: what "2nd Ld-Writethru" and its kin say about a version, as one table.

A marker counts only at its place: in front of a headline, behind it, as a token of the slug or as
a whole line. Inside a sentence the same words are words ("Government to kill bill"). Rows of an
agency apply to that agency's copy; a source whose agency the table does not know is read with all
shared rows. A withdrawal that no source confirms (confidence "G") is a `hold`, never a `withdraw`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from wirecopy.model import Marker
from wirecopy.story.agencies import KNOWN

At = Literal["front", "back", "slug", "line"]


class Row(NamedTuple):
    """One kind of marker: whose, where, its pattern, what it asks for, how sure we are."""

    agencies: str
    """Names as in `agencies.KNOWN`, blank-separated; "" for all."""
    at: At
    pattern: str
    """May have a group `n`, the ordinal in figures or words."""
    action: str
    sure: Literal["S", "G"] = "S"
    ordinal: int | None = None
    """The ordinal when `n` is absent."""
    shared: bool = True
    """Whether it also applies to agencies the table does not know."""


_NTH = r"(?P<n>\d{1,2})(?:st|nd|rd|th|ST|ND|RD|TH)"
_WORDS = r"First|Second|Third|Fourth|Fifth|FIRST|SECOND|THIRD|FOURTH|FIFTH"
_LOUD = r"(?=\s*[:：|]|\s+[-–—]|\s*$)"
"""A word that also begins compounds ("LIVE-IN") needs a colon, or its dash between spaces."""
_NUMBER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_LEAD = r"(?:L[Dd]|L(?:ead|EAD))"
FINAL = 99
"""Ordinal of a version that calls itself the last of its cycle."""

TABLE = (
    # Everyone. Prefixes need their colon or hyphen at once: "BREAKING: ..." but "Breaking bread".
    Row("", "front", r"(?:BREAKING(?: NEWS)?|DEVELOPING|(?:WATCH )?LIVE)" + _LOUD, "flag", "G"),
    Row("", "front", r"(?:Breaking(?: News)?|Developing(?: Story)?)(?=\s*[:|])", "flag", "G"),
    Row("", "front", r"(?:EXCLUSIVE|Exclusive(?=\s*:))", "flag"),
    Row("", "front", r"(?:URGENT|BULLETIN|FLASH|ALERT|SNAP)" + _LOUD, "flag"),
    Row("", "front", r"(?:Urgent|Flash)(?=\s*:)", "flag", "G"),
    Row("", "front", r"(?:CORRECTED|CORRECTION|CORRECTS|CORRECTIVE)", "replace+correct"),
    Row("", "front", r"(?:Correction|Corrected|Corrective)(?=\s*:)", "replace+correct"),
    Row("", "front", r"(?:CLARIFICATION|Clarification(?=\s*:))", "replace+correct", "G"),
    Row("", "front", r"REFILED?", "replace+silent"),
    Row("", "front", r"(?:RPT|(?:REPEAT|R E P E A T)" + _LOUD + ")", "ignore"),
    Row("", "front", r"UPDATE[ -]?(?P<n>\d{1,2})", "replace"),
    Row("", "front", r"Update (?P<n>\d{1,2})(?=\s*:)", "replace", "G"),
    Row("", "front", r"(?:UPDATED?|RECAST|Updated?(?=\s*:))", "replace", "G"),
    Row("", "front", r"WRAP-?UP[ -]?(?P<n>\d{1,2})", "new-linked"),
    Row("", "front", r"(?:STORY WITHDRAWN|WITHDRAWN|WITHDRAWAL|MANDATORY KILL|KILL" + _LOUD + ")",
        "withdraw", "G"),
    Row("", "front", r"(?:RETRACTED|RETRACTION|DO NOT USE|PLEASE DISREGARD)" + _LOUD, "withdraw",
        "G"),
    Row("", "front", r"(?:WITHHOLD|HOLD FOR RELEASE)" + _LOUD, "hold", "G"),
    Row("", "front", r"(?:(?:MEDIA )?ADVISORY|PLANNER|NOT FOR PUBLICATION)" + _LOUD, "internal",
        "G"),
    Row("", "front", r"TEST(?: TEST)*(?=\s*$)", "internal", "G"),
    Row("", "front", _NTH + " " + _LEAD + r"(?:-W(?:RITETHRU|ritethru))?", "replace"),
    Row("", "front", r"(?:LEAD|LD)" + _LOUD, "replace", ordinal=1),
    Row("", "front", r"(?:WRITETHRU|L[Dd]-W(?:RITETHRU|ritethru))", "replace", ordinal=1),
    Row("", "back", r"\(" + _NTH + " ?" + _LEAD + r"\)", "replace"),
    Row("", "back", r"\((?P<n>" + _WORDS + ") " + _LEAD + r"\)", "replace", "G"),
    Row("", "back", r"\(" + _LEAD + r"\)", "replace", "G", ordinal=1),
    Row("", "back", r"\((?:UPDATED?|Updated?)(?: (?P<n>\d{1,2}))?\)", "replace", "G"),
    Row("", "back", r"\((?:CORRECTED|CORRECTION|Corrected|Correction)\)", "replace+correct"),
    Row("", "back", r"\((?:REFILE|Refile)\)", "replace+silent"),
    Row("", "back", r"\((?:RPT|REPEAT|Repeat)\)", "ignore"),
    Row("", "back", r"\((?:URGENT|BREAKING|EXCLUSIVE)\)", "flag"),
    Row("", "slug", _NTH + r"[ -]?" + _LEAD + r"(?:[ -]?W(?:RITETHRU|ritethru))?", "replace"),
    Row("", "slug", _LEAD + r"(?:[ -]W(?:RITETHRU|ritethru))", "replace", ordinal=1),
    Row("", "slug", r"W(?:RITETHRU|ritethru)", "replace", ordinal=1),
    Row("", "slug", r"(?:CORRECTION|CORRECTED|CORRECTIVE)", "replace+correct"),
    Row("", "slug", r"(?:REFILE|REFILED)", "replace+silent"),
    Row("", "slug", r"(?:RPT|REPEAT)", "ignore", "G"),
    Row("", "slug", r"UPDATE[ -]?(?P<n>\d{1,2})", "replace"),
    Row("", "slug", r"(?:MANDATORY KILL|WITHDRAWN|WITHDRAWAL)", "withdraw", "G"),
    Row("", "line", r"(?:STORY )?(?:WITHDRAWN|KILLED)|(?:MANDATORY )?KILL|DO NOT USE"
        r"|PLEASE DISREGARD|RETRACT(?:ED|ION)", "withdraw", "G"),
    Row("", "line", r"\((?:Corrects|CORRECTS|Correcting|CORRECTING|Corrected|CORRECTED)\b[^()]*\)",
        "replace+correct"),
    Row("", "line", r"\((?:Adds|Updates?|Recasts?|Rewrites|Releads|Writes through|Combines"
        r"|Incorporates|Adding|Updating|Moves|Removes|Deletes|Inserts|Fixes|ADDS|UPDATES)\b[^()]*\)",
        "replace"),
    Row("", "line", r"\((?:Refiles?|REFILES?)\b[^()]*\)", "replace+silent"),
    Row("", "line", r"\((?:Repeats?|REPEATS?)\b[^()]*\)", "ignore"),
    Row("", "line", r"\(?(?:Eds|EDS|EDITORS|Editors)\s*:\s*(?i:(?:pls|please) (?:kill|ignore))\b.*",
        "withdraw", "G"),
    Row("", "line", r"\(?(?:Eds|EDS|EDITORS|Editors)\s*:\s*(?i:(?:pls|please) (?:with)?hold)\b.*",
        "hold", "G"),
    Row("", "line", r"\(?(?:Eds|EDS|EDITORS|Editors)\s*:\s*(?i:(?:rptg|repeating|resending)\b.*"
        r"correct|correct(?:s|ing|ed)\b).*", "replace+correct", "G"),
    Row("", "line", r"\(?(?:Eds|EDS|EDITORS|Editors)\s*:\s*(?i:updates?|updating|adds)\b.*",
        "replace", "G"),
    # AP and those who number their leads like AP
    Row("AP CP", "front", r"AP ?NewsAlert", "flag"),
    Row("AP CP", "front", r"CP NewsAlert", "flag", "G"),
    Row("AP", "slug", r"AP ?NewsAlert", "flag"),
    # A topic word is no marker ("Senate-Budget"): these stand behind the slug's comma or end it.
    Row("AP", "slug", r"(?<=, )(?:Correction|Corrective)", "replace+correct"),
    Row("AP", "slug", r"(?<=, )(?:(?P<n>\d)(?:st|nd|rd|th) ?)?Add", "append"),
    Row("AP", "slug", r"(?<=, )(?:Insert|Subs?)", "patch"),
    Row("AP", "slug", r"(?<=, )(?:Urgent|Bulletin|Flash)", "flag"),
    Row("AP", "slug", r"(?<=, )Clarification", "replace+correct", "G"),
    Row("AP", "slug", r"(?:(?:Mandatory )?Kill|KILL)(?=$|,)", "withdraw", "G"),
    Row("AP", "slug", r"(?:Caption |Story )?Eliminat(?:e|ion)(?=$|,)", "withdraw", "G"),
    Row("AP", "slug", r"(?<=, )Withh(?:olds?|olding)", "hold", "G"),
    Row("AP", "slug", r"(?:(?<=, )Advisory|News Digest(?=$)|Daybook(?=$))", "internal"),
    Row("AP", "slug", r"(?<=^BC-)Test(?=$)", "internal", "G"),
    Row("AP", "slug", r"(?:ABRIDGED|(?:10 Things|Top Ten|Glance|Box|List)(?=$))", "new-linked"),
    Row("CP", "slug", r"Rewrites", "replace", "G"),
    # Reuters
    Row("Reuters", "front", r"(?:ANALYSIS|FACTBOX|EXPLAINER|TIMELINE|INTERVIEW|INSIGHT|TEXT"
        r"|BREAKINGVIEWS|TABLE)(?=-\S)", "new-linked"),
    Row("Reuters", "front", r"(?:DIARY|MEDIA)(?=-\S)", "internal"),
    Row("Reuters", "front", r"BRIEF(?=-\S)", "flag"),
    Row("Reuters", "front", r"URGENT(?=-\S)(?!-CARE)", "flag"),
    Row("Reuters", "front", r"(?:STORY )?WITHDRAWN|KILL", "withdraw", shared=False),
    Row("Reuters", "line", r"(?:STORY )?WITHDRAWN|KILL", "withdraw", shared=False),
    Row("Reuters", "back", r"=(?P<n>\d)", "append", shared=False),
    Row("Reuters", "back", r"-? ?PART (?P<n>\d)", "append", shared=False),
    # AFP and Belga
    Row("AFP", "front", r"(?P<n>\d)(?:nd|rd|th|ND|RD|TH) ?(?:LEAD|lead)", "replace", shared=False),
    Row("AFP", "front", r"(?:WRAP|FOCUS|CHRONO|FACTFILE|FACT CHECK|INTERVIEW)", "new-linked",
        shared=False),
    Row("AFP Belga", "front", r"RECTIFICATIF", "replace+correct"),
    Row("AFP Belga", "back", r"=?\((?:CORR|RECTIFICATIF|CORRECT)\)", "replace+correct"),
    Row("AFP", "front", r"ANNULATION", "withdraw", "G"),
    Row("AFP", "back", r"\(à annuler\)", "withdraw", "G"),
    Row("AFP", "line", r"\(corrige\b[^()]*\)", "replace+correct", "G"),
    Row("AFP", "line", r"ATTENTION\s*-\s.*///", "replace", "G"),
    Row("Belga", "back", r"\((?P<n>\d)\)", "replace", shared=False),
    Row("Belga", "back", r"\(\dDER\)", "replace", ordinal=FINAL, shared=False),
    Row("Belga", "back", r"\((?P<n>\d)LEAD\)", "replace", shared=False),
    Row("Belga AFP", "slug", r"(?:ATTENTION USERS|AGENDA)", "internal"),
    # India
    Row("PTI UNI IANS", "slug", r"LDALL", "replace"),
    Row("PTI UNI IANS", "slug", r"LD", "replace", ordinal=1),
    Row("PTI", "line", r"\*{2,3}\s*KILL\b.*", "withdraw", "G"),
    Row("PTI", "line", r"RPTG CORRECTED\b.*", "replace+correct", "G"),
    Row("IANS", "back", r"\((?:Roundup|ROUNDUP|Curtain Raiser|CURTAIN RAISER)\)", "new-linked",
        "G"),
    Row("IANS", "back", r"\(Correcting [^()]*\)", "replace+correct", "G"),
    Row("IANS", "line", r"(?:Corrected copy|Please ignore previous)\b.*", "replace+correct", "G"),
    # German-speaking
    Row("dpa APA ATS", "front", r"\(?(?:EILEIL|EIL|Eil(?=\)|:)|BLITZ|Blitz(?=:))\)?", "flag"),
    Row("dpa APA ATS", "back", r"\((?:Eil|EIL|Blitz)\)", "flag"),
    Row("dpa APA ATS", "back", r"\((?:Zusammenfassung|Gesamtzusammenfassung|Zsf|Überblick)\)",
        "replace"),
    Row("dpa", "front", r"(?P<n>\d)\. (?:Zsf|ZSF)", "replace", "G"),
    Row("dpa APA ATS", "front", r"(?:KORREKTUR|KORR(?=/)|BERICHTIGUNG|Korrektur(?=:)"
        r"|Berichtigung(?=:))", "replace+correct"),
    Row("dpa APA ATS", "back", r"\((?:Korrektur|Berichtigung)\)", "replace+correct"),
    Row("dpa APA ATS", "line", r"\((?:Berichtigung|Korrektur)\s*:[^()]*\)", "replace+correct"),
    Row("dpa", "line", r"\(neu\s*:[^()]*\)", "replace", "G"),
    Row("dpa APA ATS", "back", r"\((?:Wiederholung|WH)\)", "ignore"),
    Row("dpa APA ATS", "back", r"\(Aktualisierung\)", "replace"),
    Row("dpa", "line", r"HOLD(?: HOLD){2}\b.*", "hold"),
    Row("dpa", "line", r"KILL(?: KILL){2}\b.*", "withdraw"),
    Row("dpa APA ATS", "front", r"(?:ZURÜCKGEZOGEN|Zurückgezogen(?=:))", "withdraw", "G"),
    Row("dpa", "back", r"\(Achtung(?: - Planungshinweis)?\)", "internal"),
    Row("dpa", "front", r"(?:Vorschau|Impressum)(?=/)", "internal", shared=False),
    # Italy, Spain
    Row("ANSA", "front", r"RIPETIZIONE CORRETTA", "replace+correct", "G"),
    Row("ANSA", "back", r"\(RPT CORREGGENDO [^()]*\)", "replace+correct", "G"),
    Row("ANSA", "front", r"\+\+", "flag", "G", shared=False),
    Row("ANSA", "back", r"\+\+", "flag", "G", shared=False),
    Row("ANSA", "back", r"\((?P<n>\d)\)", "append", "G", shared=False),
    Row("ANSA", "front", r"(?:PUNTO|RIEPILOGO)", "new-linked", "G"),
    Row("ANSA", "front", r"ANNULL(?:ARE|O)", "withdraw", "G"),
    Row("EFE", "front", r"(?:URGENTE|AVANCE)", "flag", "G"),
    Row("EFE", "front", r"AMPLIACIÓN", "replace", "G"),
    Row("EFE", "back", r"\((?:Ampliación|AMPLIACIÓN)\)", "replace", "G"),
    Row("EFE", "line", r"\(Actualiza\b[^()]*\)", "replace", "G"),
    Row("EFE", "front", r"(?:RECTIFICA|VERSIÓN CORREGIDA|RECTIFICACIÓN)", "replace+correct", "G"),
    Row("EFE", "front", r"(?:ANULACIÓN|ANULA)", "withdraw", "G"),
    # East Asia
    Row("Xinhua", "front", _NTH + r" LD-Writethru", "replace", "G"),
    Row("Xinhua", "front", r"(?:Roundup|News Analysis|Spotlight|Feature|Interview"
        r"|Xinhua Headlines|China Focus)(?=\s*:)", "new-linked", shared=False),
    Row("Yonhap", "front", r"\((?:LEAD|URGENT LEAD)\)", "replace", ordinal=1),
    Row("Yonhap", "front", r"\(" + _NTH + r" LD\)", "replace"),
    Row("Yonhap", "front", r"\(URGENT\)", "flag"),
    Row("Yonhap", "front", r"\(RECAP\)", "new-linked"),
    Row("Yonhap", "front", r"\(CORRECTED\)", "replace+correct"),
    Row("Yonhap", "front", r"\((?:PHOTO|END)\)", "flag"),
    Row("Yonhap", "line", r"\(ATTN:[^()]*\)", "replace"),
    Row("Kyodo Jiji", "front", r"UPDATE(?P<n>\d)(?=\s*:)", "replace", "G"),
    # Russia
    Row("TASS Interfax", "front", r"(?i:срочно|молния)", "flag"),
    Row("TASS Interfax", "front", r"(?i:повтор)", "ignore"),
    Row("TASS Interfax", "front", r"(?i:коррекция)", "replace+correct"),
    # Britain
    Row("PA", "front", r"(?P<n>\d) (?:SUBSTITUTE|LEAD)", "replace", "G"),
    Row("PA", "back", r"\(reopens\)", "append", "G"),
    Row("PA", "back", r"page (?P<n>\d)", "append", shared=False),
    Row("PA", "slug", r"(?P<n>\d) (?:SUBSTITUTE|LEAD)", "replace", "G"),
    # Releases
    Row("", "front", r"CORRECTING and REPLACING", "replace+correct", "G"),
    Row("", "front", r"ADDING MULTIMEDIA", "replace", "G"),
    Row("", "back", r"/ ?R ?E ?P ?E ?A ?T(?: ?/)?", "ignore", "G"),
)  # fmt: skip
_AGENCIES = frozenset(name for row in TABLE for name in row.agencies.split())

LONGEST = 600
"""A longer line is no headline, slug or note, and is not looked through."""
_GAP = r"\s*(?:[:：|]|[-–—]{1,2})\s*"
_FORMS: dict[At, str] = {
    "front": r"\s*(?P<text>ROW)(?:(?<=[)+])\s*(?:[:|-]\s*)?|(?<=REPLACING|ULTIMEDIA)\s+"
    rf"|(?<![)+]){_GAP}|/\s*|\s*$)",
    "back": r"(?:^|\s+|(?<=[\w)?!.])(?=[=/(]))(?P<text>ROW)\s*$",
    "slug": r"(?:^|(?<=[\s,/:_])|(?<=-))(?P<text>ROW)(?=$|[\s,/:_<-])",
    "line": r"\s*(?P<text>ROW)\s*$",
}
_SLUG_EDGES = re.compile(r"^(?:BC|AM|PM|AP)-{1,2}|^[\s,/:_-]+|[\s,/:_-]+$")
_DASHES = str.maketrans({"‐": "-", "‑": "-", "‒": "-", "−": "-"})


class _Reading(NamedTuple):
    """The compiled rows of one agency at one place, and one pattern that matches when any does."""

    gate: re.Pattern[str]
    rows: tuple[tuple[re.Pattern[str], Row], ...]


@lru_cache(maxsize=64)
def _reading(agency: str, at: At) -> _Reading:
    """The rows that apply to an agency's copy ("" for one that the table does not know)."""
    chosen = [
        row
        for row in TABLE
        if row.at == at
        and (agency in row.agencies.split() or not row.agencies or (not agency and row.shared))
    ]
    # An agency's own row speaks before the general one.
    chosen.sort(key=lambda row: not row.agencies)
    rows = tuple((re.compile(_FORMS[at].replace("ROW", row.pattern)), row) for row in chosen)
    gate = "|".join(f"(?:{re.sub('[?]P<n>', '?:', row.pattern)})" for row in chosen)
    return _Reading(re.compile(_FORMS[at].replace("ROW", gate)), rows)


def agency_key(agency: str) -> str:
    """The agency as the table names it, "" for one it does not know."""
    key = agency.strip().casefold()
    name = KNOWN.get(key) or KNOWN.get(key.split(" ", 1)[0], "")  # "IANS World" is IANS
    return name if name in _AGENCIES else ""


def find(headline: str, slug: str, agency: str = "") -> tuple[str, str, tuple[Marker, ...]]:
    """The headline and slug without their markers, and the markers in the order found.

    A headline that is nothing but markers stays as it is; its markers count all the same.
    """
    key = agency_key(agency)
    found: list[Marker] = []
    clean = _stripped(_normal(headline), key, ("front", "back"), found)
    tokens: list[Marker] = []
    stem = _stripped(_normal(slug), key, ("slug",), tokens)
    if tokens:
        stem = _SLUG_EDGES.sub("", stem).strip() or slug
    return clean or headline, stem, merged(found, tokens)


def in_line(line: str, agency: str = "") -> Marker | None:
    """The marker that a whole line of the body or a note to desks is, or None."""
    if len(line) > LONGEST:
        return None
    reading = _reading(agency_key(agency), "line")
    text = _normal(line)
    if not reading.gate.match(text):
        return None
    for pattern, row in reading.rows:
        match = pattern.match(text)
        if match:
            return _marker(match, row)
    return None


def merged(*groups: Iterable[Marker]) -> tuple[Marker, ...]:
    """All markers once, in the order given."""
    return tuple(dict.fromkeys(marker for group in groups for marker in group))


def _normal(text: str) -> str:
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text).translate(_DASHES).strip()


def _stripped(text: str, agency: str, places: Sequence[At], found: list[Marker]) -> str:
    """`text` without the markers at `places`, which go to `found`."""
    while len(text) <= LONGEST:
        for at in places:
            shorter = _one(text, agency, at, found)
            if shorter is not None:
                break
        else:
            return text
        if not shorter:
            return ""
        text = shorter
    return text


def _one(text: str, agency: str, at: At, found: list[Marker]) -> str | None:
    """`text` without one marker at that place, or None when there is none."""
    reading = _reading(agency, at)
    search = at in {"back", "slug"}
    if not (reading.gate.search(text) if search else reading.gate.match(text)):
        return None
    for pattern, row in reading.rows:
        match = pattern.search(text) if search else pattern.match(text)
        if match:
            found.append(_marker(match, row))
            joined = f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}"
            return joined.strip()
    return None


def _marker(match: re.Match[str], row: Row) -> Marker:
    ordinal = match.groupdict().get("n") or ""
    number = int(ordinal) if ordinal.isdigit() else _NUMBER.get(ordinal.casefold(), row.ordinal)
    action = "hold" if row.action == "withdraw" and row.sure == "G" else row.action
    text = match["text"].strip()
    return Marker(
        text=text if len(text) <= 60 else text[:60].rstrip(), action=action, ordinal=number
    )
