"""Plain wire text: what its lines are, without markup to tell it (spec sections 9, 10 and 11).

A dateline is only recognised here, and left where it stands; taking it off is the story's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wirecopy.formats import dates, lines, markup, prose, xml
from wirecopy.model import Block, EdNote, Link, Place

_AGENCIES = (
    "AAP", "AFP", "AKI", "ANI", "ANP", "ANSA", "ANTARA", "AP", "APA", "ATS", "BELGA", "Belga",
    "Bernama", "BSS", "CTK", "ČTK", "dpa", "EFE", "HINA", "IANS", "Interfax", "IRNA", "ITAR-TASS",
    "Jiji", "KCNA", "KUNA", "KYODO", "Kyodo", "LETA", "Lusa", "LUSA", "MTI", "NTB", "PAP", "PTI",
    "Reuters", "REUTERS", "Ritzau", "SDA", "STT", "TASS", "UNB", "UNI", "UPI", "VNA", "WAM",
    "XINHUA", "Xinhua", "YONHAP", "Yonhap", "Anadolu",
)  # fmt: skip
"""Agencies' tokens as they stand in datelines and sign-offs; case tells them from words."""

_TOKEN = "(?:" + "|".join(sorted(map(re.escape, _AGENCIES), key=len, reverse=True)) + ")"
_KNOWN = rf"{_TOKEN}(?:[/-][A-Za-z]{{2,8}}){{0,3}}"
_ANY = r"[A-Z][\w.&/ -]{1,30}"
_CAP = r"[^\W\d_a-zäöüßéèàçñ]"
_PARTICLE = (
    "de|del|della|la|le|les|las|los|do|da|of|the|and|am|an|der|den|dem|im|in|bei|ob|sur|el|al"
)
_PLACE = (
    rf"{_CAP}[^\W\d_][\w'’.-]{{0,30}}"
    rf"(?:[ ,/]{{1,3}}(?:[\[(]?{_CAP}[\w'’.-]{{0,30}}[\])]?|{_PARTICLE})){{0,9}}"
)
"""Words with capitals, and the small words of places between them: no sentence."""
_MONTH = r"[^\W\d_]{3,10}\.?"
_DATE = (
    rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\.?\s(?:de\s)?{_MONTH}|\d{{1,2}}/\d{{1,2}})(?:,?\s\d{{4}})?"
)
_FAR = "[\u0370-\ufefc]"
"""A sign of a script that has no capitals of ours, vowel signs among them."""
_FAR_DATED = rf"{_FAR}[^\d\n()|=:!?।]{{1,60}}?\s\d{{1,2}}\s{_FAR}[^\s\d(),،./]{{1,14}}[,،.]?\s?"
_DASH = r"(?:-{1,3}|[–—―_=:]|\.-)"
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_PLACE},?\s{_DATE}\s?[.,]?\s*\((?:{_KNOWN})\)\s*{_DASH}?\s*\S",
        rf"{_PLACE},?\s{_DATE}\s?[.,]?\s*\((?:{_ANY})\)\s*\.?{_DASH}+\s*\S",
        rf"{_PLACE},\s{_DATE}\.\s/(?:{_KNOWN})/\.?\s",
        rf"{_PLACE},\s{_DATE}\s{_KNOWN}\s{_DASH}\s",
        rf"{_CAP}{{2,}}[^\na-z|={{}}]{{0,60}}?,?\s{_DATE}\s{_DASH}\s\S",
        rf"{_PLACE}\s\((?:{_KNOWN})\)\s*\.?{_DASH}+\s*\S",
        rf"\((?:{_KNOWN})\)\s{_DASH}+\s\S",
        rf"{_DATE}\s\((?:{_KNOWN})\)\s{_DASH}+\s\S",
        rf"{_FAR_DATED}\({_FAR}[^()\d]{{1,30}}\)\s*{_DASH}*\s*\S",
        rf"{_FAR_DATED}/\s?{_FAR}[^/\d]{{1,20}}/\.?\s*{_DASH}*\s*\S",
        r"(?:新华社|新華社|共同社|中新社)[^\d\s]{1,12}\d{1,2}月\d{1,2}日[电電]",
    )
)
_LONGEST_DATELINE = 160
"""Characters of a line in which a dateline is looked for."""

_SIGN_OFFS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:--?|[—–=]|==)\s?{_KNOWN}(?:\s+[a-z]{{2,5}}(?:/[a-z]{{2,5}})*/?)?",
        rf"{_TOKEN}(?:\s[A-Z]{{2,4}}){{1,5}}(?:\s\d{{3,4}})?",
        rf"\({_TOKEN}\)\.?",
        r"dpa(?:-[a-z]{3})?(?:\s[a-z0-9]{2,4}){1,5}",
        r"\./\.\s*[A-Z]{0,4}",
        r"भाषा(?:\s\S{2,12}){0,4}|वार्ता(?:\s\S{2,12}){0,4}",
    )
)
_INITIALS = re.compile(r"[a-z]{2,5}(?:[/-][a-z]{2,5})*/?|(?:[A-Z]{2,4}/){1,4}")
_PTI_END = re.compile(rf"[.!?\"”]\s?(?:{_TOKEN}(?:\s[A-Z]{{2,4}}){{1,5}}|\({_TOKEN}\))\s*\Z")
_BYLINE = re.compile(r"(?:By|BY|Von|VON|Par|PAR|Por|POR|Di|Door|DOOR)\s+(?=[^\W\d_a-z]|dpa\b)")
_EMBARGO = re.compile(
    r"\W{0,3}(?:sperrfrist|embargo(?:ed)?\s*(?::|until|\d|bis|jusqu)|hold for release"
    r"|not for (?:release|publication|use) (?:before|until)|(?:for|advance for) release\b)",
    re.IGNORECASE,
)
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)"
)
_DAILY = re.compile(
    rf"\W{{0,3}}(?:for (?:use|release) (?:on )?{_DAY}\W*$|frei(?:gegeben)? ab \d\d?/\W*$"
    rf"|for (?:the )?{_DAY}(?:['’]?s)? (?:(?:news)?papers|editions?)\W*$"
    rf"|frei(?:gegeben)? für (?:die )?{_DAY}s?(?:ausgaben?|zeitungen|presse)\W*$"
    r"|achtung[:,!]? sperrfrist\W*(?:$|bis\b|\d))",
    re.IGNORECASE,
)
"""Notices that name the papers of a day, or give no figure."""
_QUIET = re.compile(r"\W{0,3}[Ee]mbargo\b\W*(?:until|till?|bis|jusqu['’]?\w*)?")
_A_DAY = re.compile(_DAY, re.IGNORECASE)
_CLOCKED = re.compile(r"\d\s?[:.h]\s?\d\d|\d\s?(?:h|GMT|UTC|Uhr|[ap]\.?m)\b")
_TO_DESKS = re.compile(
    r"\b(?:bitte|please|observe|respect\w*|editors?|redaktion\w*|beachten|merci|prière|rédactions?"
    r"|favor|publi\w+|veröff\w+|releas\w+|us(?:e|ed)|strict\w*)\b",
    re.IGNORECASE,
)
_NAMING = 3
"""Words beside days and months that make a headline of what begins as a notice does."""
_HELD = re.compile(r"(?:\W{0,3}[^:()]{3,80}:|\([^()]{3,80}\)[:–—-]?)\s+(?P<rest>\S.*)")
"""A notice up to its first colon or closing bracket, and what stands behind it."""
_MAY_HOLD = re.compile(
    r"\W{0,3}(?:(?:strictly |strikt |under |sous |bajo |sotto |sob |onder |unter )?(?:embarg"
    r"|sperrfrist|sperrvermerk|эмбарго|एम्बार्गो|एंबार्गो)|hold for |not for (?:use|pub|rel)|not before"
    r"|(?:do not|not to be) (?:use|publish|release)|nicht vor |frei(?:gegeben)? (?:ab|für)"
    r"|zur veröff|(?:adv(?:ance)?\.? )?for release"
    rf"|for (?:use\b|(?:the )?{_DAY}\b)|achtung"
    r"|ne pas (?:pub|diff|util)|no (?:publ|difu|usar)"
    r"|non (?:pubb|diff)|не (?:публ|испол|распр)|niet (?:publ|gebr))",
    re.IGNORECASE,
)
_NOTES_HEAD = re.compile(r"#\s+\S.{0,40}")
_CLOSED = re.compile(
    r"nicht\s+zur\s+ver(?:ö|oe|\W)ffentlichung|not\s+(?:intended\s+)?for\s+publication"
    r"|ne\s+pas\s+publier|no\s+(?:destinad[oa]s?\s+)?(?:a|para)\s+(?:su\s+)?publicaci(?:ó|o)n",
    re.IGNORECASE,
)
_ONLY_CLOSED = re.compile(
    r"(?:the following|die folgenden)\s[^.:]{0,80}(?:publication|bestimmt)\W*", re.IGNORECASE
)
_STARS = re.compile(r"\s*\*(?:\s*\*){2,}\s*")
_CONTACTS = re.compile(r"##\s.*(?:kontakt|contact|ansprechpartner)", re.IGNORECASE)
_PLACES_HEAD = re.compile(r"##\s+(?:Orte|Places|Locations|Lieux|Lugares)\b", re.IGNORECASE)
_LINKED = re.compile(r"\[([^\[\]]{1,200})\]\((\S[^()]{0,300})\)")
_SHORT = 75
"""Longest subheading, in characters."""
_LONG = 100
"""A paragraph of this length is running text."""


class Notebook:
    """What stands behind a report's text: notes to desks, links and places, contacts."""

    def __init__(self, notes: tuple[EdNote, ...] = (), links: tuple[Link, ...] = ()) -> None:
        self.notes = notes
        self.links = links
        self.places: tuple[Place, ...] = ()


def is_dateline(line: str, agency: str = "") -> bool:
    """Whether a paragraph begins with a dateline: place, date, agency, dash, in known orders.

    `agency` is the source's own: where it stands in brackets it counts as a known one.
    """
    head = " ".join(line[:_LONGEST_DATELINE].split())
    if agency:
        head = head.replace(f"({agency})", "(AP)", 1)
    return any(pattern.match(head) for pattern in _DATELINES)


def is_byline(line: str) -> bool:
    """Whether a line of the head block is "By NAME" in one of the wires' languages."""
    words = line.split()
    return bool(_BYLINE.match(line)) and 2 <= len(words) <= 14 and line[-1:] not in ".!?"


def is_signed(text: str) -> bool:
    """Whether a text ends with an agency's sign-off, desk's initials behind it or not."""
    last = [line.strip() for line in text[-400:].splitlines() if line.strip()][-3:]
    while last and _INITIALS.fullmatch(last[-1]) and len(last) > 1:
        last.pop()
    if not last:
        return False
    return any(p.fullmatch(last[-1]) for p in _SIGN_OFFS) or bool(_PTI_END.search(last[-1]))


def embargo_lines(text: Sequence[str]) -> list[str]:
    """The lines that begin by saying from when on the copy may be used."""
    return [" ".join(line.split()) for line in text if _EMBARGO.match(line) and not _of_trade(line)]


def is_daily(line: str) -> bool:
    """Whether a line of the head block says for which day's papers the copy is."""
    return bool(_DAILY.match(line))


def _of_trade(line: str) -> bool:
    """Whether a line is about an embargo: "Embargo until May: Norland asks for a delay"."""
    begun = _QUIET.match(line)
    if not begun or _CLOCKED.search(line) or _TO_DESKS.search(line):
        return False
    return _names(line[begun.end() :])


def _names(words: str) -> bool:
    """Whether words beside days and months say enough to be a headline."""
    told = re.findall(r"[^\W\d_]{3,}", words)
    return sum(not (dates.is_month(word) or _A_DAY.fullmatch(word)) for word in told) >= _NAMING


def title_behind(notice: str) -> str:
    """The headline behind the colon or bracket of a notice that holds it ("FOR USE SUNDAY: ...").

    "" where more of the notice follows, or words to desks.
    """
    match = _HELD.match(notice)
    if not match or _TO_DESKS.search(match["rest"]):
        return ""
    return match["rest"] if _names(match["rest"]) else ""


def may_hold(line: str) -> bool:
    """Whether a line of the head block begins as notices of embargoes do, and perhaps is one."""
    return bool(_MAY_HOLD.match(line))


def titled(titles: Sequence[str]) -> str:
    """The headline that a wire has broken into lines, as one line.

    Where one of them may be a notice of an embargo all stay apart, for the story to tell.
    """
    apart = "\n" if any(map(may_hold, titles)) else " "
    return apart.join(filter(None, map(xml.tidy, titles)))


# --------------------------------------------------------------------------------------
# Notebooks: what stands behind the report and never goes on a page
# --------------------------------------------------------------------------------------


def without_notebook(copy: Sequence[str]) -> tuple[list[str], Notebook]:
    """The lines of the report, and the notebook behind it, every part of it kept as a note.

    It begins at "# Notizblock" and its like, else at the words that say that what follows is not
    for publication: nothing behind either ever reaches a body.
    """
    start = next((n for n, line in enumerate(copy) if _NOTES_HEAD.fullmatch(line.rstrip())), None)
    closed = next((n for n, line in enumerate(copy) if _CONTACTS.match(line)), None)
    if _may_close("\n".join(copy)):  # a search of every line for what hardly any copy has
        closed = next((n for n, line in enumerate(copy) if _shuts(copy, n, line)), closed)
    if closed is not None and closed and _STARS.fullmatch(_before(copy, closed)):
        closed = _index_before(copy, closed)
    cut = min((n for n in (start, closed) if n is not None), default=None)
    if cut is None:
        return list(copy), Notebook()
    return list(copy[:cut]), _notebook(copy[cut:])


def _may_close(text: str) -> bool:
    """Whether anything says that something is not for publication."""
    folded = text.casefold()
    told = "publi" in folded or "ffentlichung" in folded
    return told and _CLOSED.search(text) is not None


def _shuts(copy: Sequence[str], number: int, line: str) -> bool:
    """Whether a line says that nothing behind it may be published."""
    if _CONTACTS.match(line):
        return True
    following = copy[number + 1] if number + 1 < len(copy) else ""
    short = len(line) <= 100 and not line.rstrip().endswith(("”", '"'))
    return short and bool(_CLOSED.search(line) or _CLOSED.search(f"{line} {following}"))


def _index_before(copy: Sequence[str], number: int) -> int:
    return next((n for n in range(number - 1, -1, -1) if copy[n].strip()), number)


def _before(copy: Sequence[str], number: int) -> str:
    return copy[_index_before(copy, number)]


def _notebook(copy: Sequence[str]) -> Notebook:
    """The sections of a notebook as notes, its web addresses as links, its places as places."""
    sections: list[list[str]] = [[]]
    for line in copy:
        if line.startswith("#") or _STARS.fullmatch(line):
            sections.append([])
        sections[-1].append(line)
    notes, links, places = [], [], []
    shut = False
    for section in sections:
        said = "\n".join(line.rstrip() for line in section).strip(" \n#*")
        warned = bool(_CLOSED.search(" ".join(said.split())))
        shut = shut or warned or bool(_CONTACTS.match(section[0])) if section else shut
        if not said or (_heads(section) and not "".join(section[1:]).strip()):
            continue
        if warned and _ONLY_CLOSED.fullmatch(said):
            continue
        notes.append(EdNote(text=said, role="closed" if shut else "notebook"))
        for _, target in () if shut else _LINKED.findall(said):
            if target.startswith(("https://", "http://")):
                links.append(Link(rel="see-also", target=target))
            elif _PLACES_HEAD.match(section[0]) and (town := _town(target)):
                places.append(Place(name=town))
    found = Notebook(tuple(notes), tuple(dict.fromkeys(links)))
    found.places = tuple(dict.fromkeys(places))
    return found


def _heads(section: Sequence[str]) -> bool:
    return section[0].startswith("#")


def _town(address: str) -> str:
    """The town of "Street 4, 10777 Town, Country"."""
    parts = [" ".join(re.sub(r"\d+", " ", part).split()) for part in address.split(",")]
    return parts[-2] if len(parts) > 1 else ""


# --------------------------------------------------------------------------------------
# Bodies
# --------------------------------------------------------------------------------------

_TORN = re.compile(r"(?<=[^\W\d_])-\n[ ]?(?=(?!(?:und|oder|and|or|et|y|e|bis|to|sowie)\b)[^\W\d_])")

_LED_BY_DASH = re.compile(r"(?<=[^\W\d_]|[”\"»),’'])\n([-–])[ ](?=[^\W\d_A-ZÄÖÜ])")


def body_of(copy: Iterable[str]) -> tuple[Block, ...]:
    """The blocks of a report's lines: paragraphs unwrapped, tables kept, subheadings told apart.

    A compound that a line end parts behind its hyphen is joined; no hyphen is taken out, because
    only a dictionary could say which ones the line's end put in.
    """
    text = _dashes_back("\n".join(line.rstrip() for line in copy))
    if "-\n" in text:
        text = _TORN.sub("-", text)
    return headed(prose.blocks_from_text(text))


def _dashes_back(text: str) -> str:
    """The text with a dash in front of a wrapped line put behind the one before: no bullet."""
    if "\n- " not in text and "\n– " not in text:
        return text
    return _LED_BY_DASH.sub(r" \1\n", text)


def headed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with subheadings as such: one short line, no stop, running text on both sides."""
    said = [markup.plain(block.html) if block.kind == "p" else "" for block in blocks]
    return tuple(
        Block("h2", f"<h2>{block.html.removeprefix('<p>').removesuffix('</p>')}</h2>")
        if 0 < n < len(blocks) - 1 and _is_subhead(said[n - 1], said[n], said[n + 1])
        else block
        for n, block in enumerate(blocks)
    )


def _is_subhead(before: str, line: str, after: str) -> bool:
    loud = line.isupper() and len(after) > _LONG // 4
    if not 3 < len(line) <= _SHORT or not (loud or min(len(before), len(after)) >= _LONG):
        return False
    opens = line[0].isupper() or line[0] in "«»„“\"'0123456789"
    return opens and line[-1] not in '.:;,!?…)]”"-–—=' and not is_byline(line) and "@" not in line


def marked(headline: str, marks: Iterable[str]) -> str:
    """The headline with its markers where they are looked for: words before, brackets behind."""
    for mark in marks:
        if not headline:
            headline = mark
        elif mark.startswith("("):
            headline = f"{headline} {mark}"
        else:
            headline = f"{mark}: {headline}"
    return headline


def desk_note(text: str, role: str = "") -> EdNote:
    """A note to desks, never for readers."""
    return lines.note(" ".join(text.split()), role, closed=True)
