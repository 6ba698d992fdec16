"""Plain text copy (spec section 11): a story in lines, by file, by FTP or in an e-mail.

Nothing frames it, so it must look like wire copy before it is taken: a dateline counts 3, an
agency's sign-off 2, a slug line 1 (2 where it names its cycle, "BC-"), a marker 1, and it takes 3.
A source whose settings insist on this format is taken at its word; markup, data, programs and bytes
are refused all the same.

Copy says no id. The slug, without its markers, and the day are one where there is a slug line;
else it is a mail's Message-ID; else a hash of the headline without its markers, and the day, so
that "(2nd Lead)" finds the lead it replaces as long as the headline stands.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from wirecopy.errors import FormatError
from wirecopy.formats import frames, lines, mails, markup, telex, xml
from wirecopy.formats.hints import Hints, Score
from wirecopy.formats.mails import Letter
from wirecopy.model import Block, EdNote, Item, Reading

NAME = "plain"

_ENOUGH = 3
"""Points from which on text is wire copy."""
_SEEN_LINES = 12
"""Filled lines in which the dateline is looked for."""
_LONGEST = 30_000_000
"""Longest mail that is looked at, its attachments included, in bytes."""

_JSON = re.compile(rb"\s*(?:\{\s*[\"'}]|\[\s*[\"'{\[\]\d-])")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_CODE = re.compile(
    r"\s*(?:(?:import|from|def|class|function|const|let|var|return|public|private|static|package"
    r"|using|namespace|fn|pub|func|export|SELECT|INSERT|CREATE)\s[\w.*{}<>$(]+.*|#include\b.*"
    r"|#!/.*|.*[;{}]|\S+\s*=\s*\S+.*|@\w+.*|</?\w+.*>|[A-Za-z_-]+:\s*(?:\S+)?)\s*"
)
_TABLE_LINE = re.compile(r"[^,;\t|]*(?:[,;\t|][^,;\t|]*){2,}")
_SLUG = re.compile(
    r"(?:[A-Z0-9]{2,}[A-Z0-9.:&]*)(?:[-/ ][A-Z0-9.:&]+){1,6}|[A-Z][\w&]{1,24}(?:-[\w&]{2,24}){1,5}"
)
_CYCLED = re.compile(
    r"(?P<stem>(?:BC|AM|PM|AP)-{1,2}[A-Z0-9][^.!?:;,\"“”]{2,70})"
    r"(?P<version>(?:,\s?[^.!?:;,\"“”]{2,40})*?)(?:,\s?\d{1,4})?"
)
"""The slug line of American wires: cycle, region, topic, version and words, parted by commas."""
_SERIAL = re.compile(r"(?:[A-Z]{2,5}[ -])?[A-Z]{2,4}[ -]?\d{1,4}")
"""A line that counts the messages of a desk ("DEL12", "UNI DEL 12"); tomorrow it is another's."""
_SLUG_MARK = re.compile(
    r"(?:^|[-/ ])(?:\d(?:ST|ND|RD|TH)[- ]?)?(?:LD|LEAD|LDALL|WRITETHRU|RPT|REPEAT|CORRECTION"
    r"|CORRECTED|URGENT|UPDATE[- ]?\d{0,2}|KILL)(?=$|[-/ ])",
    re.IGNORECASE,
)
_HEAD_MARK = re.compile(
    r"\((?:\d{1,2}(?:st|nd|rd|th) |First |Second |Third |Fourth )?(?:Lead|LEAD|Ld|LD)\)\s*$"
    r"|\((?:Updated?|UPDATED?|CORRECTED|Corrected|Roundup|ROUNDUP|URGENT)\)\s*$"
    r"|^(?:UPDATE[ -]?\d{1,2}|CORRECTED|ALERT|URGENT|REFILE|RPT|BULLETIN|FLASH|WRAPUP \d)"
    r"\s*[:–—-]\s*"
    r"|^\((?:\d{1,2}(?:st|nd|rd|th) )?(?:LD|LEAD|URGENT|CORRECTED)\)\s*"
)
_STOP = (
    r"(?:MANDATORY )?KILL|(?:KILL|HOLD)(?: (?:KILL|HOLD)){1,3}|(?:STORY )?WITHDRAWN|WITHDRAWAL"
    r"|RETRACT(?:ED|ION)|DO NOT USE|PLEASE DISREGARD"
)
_STOP_LINE = re.compile(rf"(?m)^[ \t]{{0,9}}(?:{_STOP})[ \t]?[.:!]?[ \t]{{0,9}}$")
_STOP_FRONT = re.compile(rf"(?:{_STOP})\s*(?:[:–—-]|$)")
_STOP_ORDER = re.compile(
    r"(?m)^\W{0,3}(?:(?:eds|editors|attention editors|note to editors)\W{1,3})?please "
    r"(?:kill|withdraw|disregard|retract|do not use|withhold|hold) (?:our|the|this) "
    r"(?:\w+ )?(?:story|item|report|article|copy|dispatch)\b",
    re.IGNORECASE,
)
_LONGEST_STOP = 1500
"""Characters of the longest notice of a kill that is nothing else."""
_MARK_LINE = re.compile(
    r"(?:UPDATE[ -]?\d{1,2}|URGENT|FLASH|BULLETIN|CORRECTED|CORRECTION|REFILE|REPEAT|RPT|LEAD"
    r"|\d{1,2}(?:ST|ND|RD|TH) (?:LEAD|LD)|BREAKING|EXCLUSIVE|{STOP})".replace("{STOP}", _STOP)
)
_LED = re.compile(
    r"(?:LD|LDALL|\d(?:ST|ND|RD|TH) ?LD|RPT|CORRECTION) [A-Z][\w&/ -]{2,40}", re.IGNORECASE
)
"""A slug that is no capitals, told by the lead in front of it ("LD Bridge collapse")."""
_NOTE = re.compile(
    r"[(\[]?\s*(?:Eds|EDS|E(?:DITOR|ditor)[’']?[Ss]?[’']? (?:NOTE|[Nn]ote)|Editors|EDITORS|ATTN"
    r"|NOTE TO EDITORS|Note to editors|Sperrfrist|EMBARGO)"
    r"\w*\s*[:_–-].*|\((?:Adds|Updates|Recasts|Corrects|Correcting|Rewrites|Repeats|Refiles)\b.*\)",
)
_BRACKETED = re.compile(r"\([^()]{2,300}\)")
_FOOTER = re.compile(
    r"(?:this (?:e-?mail|message)\b.{0,60}\b(?:confidential|intended|addressed)|to unsubscribe\b"
    r"|unsubscribe\b|disclaimer\s*:|you (?:are receiv|receiv)\w* this (?:e-?mail|message)"
    r"|diese e-?mail\b.{0,40}vertraulich|sent from my \w+|mailing list\b)",
    re.IGNORECASE,
)
_REACHED = re.compile(r"@\w|https?://|\bwww\.|\bunsubscribe\b|\+\d[\d ()/-]{6}", re.IGNORECASE)
_SIGNATURE = 12
"""Lines of the longest signature below dashes that lost the blank behind them."""
_WORD = re.compile(r"\S+")
_ODD_WORD = re.compile(r"[a-z]+[A-Z+;\[\]{}=|~^][A-Za-z+;\[\]{}=|~^]*[a-z;kK]?|[A-Z]{0,2}[;+\[]\w+")
_WRAPPED = 50
"""A headline's line of that length may have been wrapped."""
_ALERT = 160
"""Longest alert that is a line alone, in characters."""
_SHORT_HEAD = 200
"""Longest headline, in characters."""


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """WEAK for anything that is text and no markup or data; `read` then says what it lacks."""
    root = xml.sniff_root(head)[1]
    binary = b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    markup_ = bool(root) or head[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"%PDF"))
    noisy = not binary and len(_CONTROLS.findall(head)) * 50 > len(head) + 200
    return Score.NO if binary or markup_ or noisy or _JSON.match(head) else Score.WEAK


def read(body: bytes, hints: Hints) -> Reading:
    """The one item of a text or mail; FormatError, with what it lacks, if it is no wire copy."""
    if len(body) > _LONGEST:
        raise FormatError(f"The text is longer than {_LONGEST} bytes: no mail with a story is.")
    if sniff(body[:8192], hints) is Score.NO:
        raise FormatError("These bytes are markup, data or a program's, not plain text copy.")
    letter = mails.read(body) if mails.is_mail(body) else Letter(text=frames.decode(body, hints))
    if len(letter.text) > frames.LONGEST_MESSAGE:
        raise FormatError(f"The text is longer than {frames.LONGEST_MESSAGE} bytes: no story is.")
    if not letter.text.strip():
        raise FormatError("The mail has no part with text." if letter.is_mail else "It is empty.")
    copy = _copy_of(letter, hints)
    if letter.is_mail and copy.points < _ENOUGH:
        under = mails.read(body, covered=True)
        inner = _copy_of(under, hints) if under.text.strip() else copy
        copy = inner if inner.points >= _ENOUGH else copy
    _refuse_strangers(copy.lines)
    if hints.format != NAME:
        _refuse_lookalikes(copy)
    return Reading(items=(_item(copy, hints),), format=NAME)


# --------------------------------------------------------------------------------------
# What is no copy
# --------------------------------------------------------------------------------------


def _without_footer(copy: list[str]) -> tuple[list[str], str]:
    """The lines without a mail's signature and a list's small print, and those as one note."""
    for number, line in enumerate(copy):
        dashes = line == "-- " or (line.rstrip() == "--" and _is_address(copy[number + 1 :]))
        signature = dashes and number and not telex.is_signed("--" + _next(copy, number))
        if signature or (number > 2 and len(line) < 400 and _FOOTER.match(line.strip())):
            while number and re.fullmatch(r"\s*[-_=*]*\s*", copy[number - 1]):
                number -= 1  # noqa: PLW2901 - the rule above the small print belongs to it
            return copy[:number], "\n".join(copy[number:]).strip()
    return copy, ""


def _is_address(copy: list[str]) -> bool:
    """Whether a few lines at the end say how to reach somebody, as signatures do."""
    filled = [line for line in copy if line.strip()]
    return 0 < len(filled) <= _SIGNATURE and any(map(_REACHED.search, filled))


def _next(copy: list[str], number: int) -> str:
    return next((line.strip() for line in copy[number + 1 :] if line.strip()), "")


def _lines(text: str) -> list[str]:
    """The lines of a text, controls and line ends evened out."""
    even = re.sub(r"\r*\n|\r+", "\n", text.removeprefix("\ufeff"))
    return xml.strip_controls(even).split("\n")


# --------------------------------------------------------------------------------------
# Is it wire copy?
# --------------------------------------------------------------------------------------


class _Parts(msgspec.Struct, kw_only=True):
    """The lines of the copy by what they are."""

    slug: str = ""
    headline: str = ""
    subheadline: str = ""
    byline: str = ""
    byline_title: str = ""
    marks: list[str] = msgspec.field(default_factory=list)
    notes: list[EdNote] = msgspec.field(default_factory=list)
    report: list[str] = msgspec.field(default_factory=list)
    dated: bool = False


class _Copy(msgspec.Struct, kw_only=True):
    """A text as it was delivered, taken apart, and how much of it shows that it is wire copy."""

    letter: Letter
    lines: list[str]
    footer: str
    parts: _Parts
    has: list[str]
    points: int


def _copy_of(letter: Letter, hints: Hints) -> _Copy:
    text, footer = _without_footer(_lines(letter.text))
    parts = _parts(text, hints.agency)
    signed = telex.is_signed("\n".join(text).rstrip())
    cycled = _CYCLED.fullmatch(parts.slug)
    told = parts.marks or _HEAD_MARK.search(parts.headline) or parts.notes
    marked = bool(told or (cycled and cycled["version"]))
    has = ["a sign-off"] * signed + ["a slug"] * bool(parts.slug) + ["a marker"] * marked
    points = 3 * parts.dated + 2 * signed + bool(parts.slug) + bool(cycled) + marked
    return _Copy(letter=letter, lines=text, footer=footer, parts=parts, has=has, points=points)


def _refuse_strangers(copy: list[str]) -> None:
    """FormatError for text that is a program's, a table's, markup, or in a legacy font."""
    filled = [line for line in copy if line.strip()][:400]
    if not filled:
        raise FormatError("There is no text in it.")
    if sum(bool(_CODE.fullmatch(line[:300])) for line in filled) * 2 > len(filled):
        raise FormatError("This plain text is a program, a log or settings, not wire copy.")
    split = [line for line in filled if _TABLE_LINE.fullmatch(line[:300])]
    if len(filled) > 2 and len(split) * 10 > len(filled) * 9 and len(_arities(split)) <= 2:
        raise FormatError("This plain text is a table (CSV or the like), not wire copy.")
    if markup.looks_like_html("\n".join(filled[:60])):
        raise FormatError("This plain text holds HTML markup; it is not plain text copy.")
    words = _WORD.findall(" ".join(filled[:80]))[:600]
    if len(words) > 12 and sum(bool(_ODD_WORD.fullmatch(w[:40])) for w in words) * 4 > len(words):
        raise FormatError(
            "The words of this plain text are none: it may be set in a legacy font. "
            "Ask the agency for Unicode."
        )


def _arities(rows: list[str]) -> set[int]:
    return {len(re.split(r"[,;\t|]", row)) for row in rows}


def _refuse_lookalikes(copy: _Copy) -> None:
    """FormatError for text that shows too little of wire copy; says what it has and what not.

    A kill is taken however little it shows: in quarantine it would stop nothing.
    """
    if copy.points >= _ENOUGH or _is_stop(copy):
        return
    raise FormatError(
        "This is plain text, but nothing shows that it is wire copy: no dateline, "
        f"{'only ' + ' and '.join(copy.has) if copy.has else 'no sign-off, no slug'}. If it is, "
        'set format = "plain" for its source.'
    )


def _is_stop(copy: _Copy) -> bool:
    """Whether a short text asks to kill or to hold a story, in its subject or in a line."""
    text = "\n".join(copy.lines).strip()
    subject = _SUBJECT_PREFIX.sub("", copy.letter.subject)
    told = _STOP_LINE.search(text) or _STOP_FRONT.match(subject) or _STOP_ORDER.search(text)
    return len(text) <= _LONGEST_STOP and bool(told)


# --------------------------------------------------------------------------------------
# The copy
# --------------------------------------------------------------------------------------


def _parts(copy: list[str], agency: str) -> _Parts:
    """The copy's lines in their order: slug, markers, headline, subhead, byline, report."""
    start = _dateline_at(copy, agency)
    parts = _Parts(dated=start is not None)
    if start is None and (alert := _alert(copy)):
        parts.headline = alert
        return parts
    front = copy[:start] if start is not None else copy[: _head_length(copy)]
    parts.report = copy[len(front) :]
    titles: list[str] = []
    heads = _paragraphs(front)
    for number, (line, single) in enumerate(heads):
        last = number == len(heads) - 1
        may_be_slug = not titles and single and not telex.may_hold(line)
        may_be_slug = may_be_slug and (not last or bool(_CYCLED.fullmatch(line)))
        if not number and not last and _SERIAL.fullmatch(line):
            parts.notes.append(telex.desk_note(line, "number"))
        elif not titles and _MARK_LINE.fullmatch(line.rstrip(":")) and not last:
            parts.marks.insert(0, line.rstrip(":"))
        elif may_be_slug and not parts.slug and _is_slug(line):
            parts.slug = line
        elif _is_note(line):
            parts.notes.append(telex.desk_note(line, "desk"))
        elif (titles or last) and telex.is_byline(line):
            parts.byline = line
        elif parts.byline and len(line) < 60:
            parts.byline_title = line
        else:
            titles.append(line)
    if len(titles) == 1 and _STOP_LINE.fullmatch(titles[0]):
        parts.marks.insert(0, titles.pop().rstrip(".:! "))
        titles += _title_below(parts)
    parts.headline = titles[0] if titles else ""
    parts.subheadline = titles[1] if len(titles) > 1 else ""
    parts.report = [*(f"{title}\n" for title in titles[2:]), *parts.report]
    if len(parts.headline) > _SHORT_HEAD:  # a report that begins without a headline
        parts.report, parts.headline, parts.subheadline = copy, "", ""
    return parts


def _title_below(parts: _Parts) -> list[str]:
    """The headline that is all there is below a kill, [] where more is said; off the report."""
    said = " ".join(" ".join(parts.report).split())
    if not said or len(said) > _ALERT or said.endswith((".", "”", '"')):
        return []
    parts.report = []
    return [said]


def _alert(copy: list[str]) -> str:
    """The one line that an alert is, "" for copy that says more."""
    filled = [xml.tidy(line) for line in copy if line.strip()]
    short = len(filled) == 1 and len(filled[0]) <= _ALERT and not filled[0].endswith(".")
    return filled[0] if short and _HEAD_MARK.match(filled[0]) else ""


def _dateline_at(copy: list[str], agency: str) -> int | None:
    """The line on which the report begins with its dateline, None when there is none."""
    filled = [number for number, line in enumerate(copy) if line.strip()][:_SEEN_LINES]
    for number in filled:
        following = copy[number + 1].strip() if number + 1 < len(copy) else ""
        line = copy[number].strip()
        if telex.is_dateline(line, agency):
            return number
        wrapped = len(line) < 90 and telex.is_dateline(f"{line} {following}", agency)
        if wrapped and not telex.is_dateline(following, agency):
            return number
    return None


def _head_length(copy: list[str]) -> int:
    """How many lines stand before a report without a dateline: short paragraphs without a stop."""
    end = at = 0
    for _ in range(_SEEN_LINES):
        while at < len(copy) and not copy[at].strip():
            at += 1
        stop = at
        while stop < len(copy) and copy[stop].strip():
            stop += 1
        said = " ".join(" ".join(copy[at:stop]).split())
        rest = any(map(str.strip, copy[stop : stop + 99]))
        if not said or len(said) > 160 or not rest or said.endswith((".", "”", '"')):
            break
        at = end = stop
    return end


def _paragraphs(front: list[str]) -> list[tuple[str, bool]]:
    """The paragraphs of the head and whether each is a line; slug, byline, notes stand alone."""
    found: list[tuple[str, bool]] = []
    open_ = False
    for line in front:
        said = xml.tidy(line)
        if not said:
            open_ = False
            continue
        alone = bool(_is_slug(said) or _is_note(said) or telex.is_byline(said))
        runs_on = found and (len(found[-1][0]) >= _WRAPPED or said[0].islower())
        if open_ and not alone and runs_on:
            found[-1] = (f"{found[-1][0]} {said}", False)
        else:
            found.append((said, True))
        open_ = not alone and not _MARK_LINE.fullmatch(said.rstrip(":"))
    return found


def _is_slug(line: str) -> bool:
    return bool(_SLUG.fullmatch(line) or _LED.fullmatch(line) or _CYCLED.fullmatch(line))


def _is_note(line: str) -> bool:
    """Whether a line of the head is for desks; a bracket around all of it says so too.

    "Embargo: what comes next" has neither figures nor capitals: it is a headline.
    """
    if _NOTE.fullmatch(line) or _BRACKETED.fullmatch(line):
        return True
    loud = line.isupper() or any(map(str.isdigit, line))
    return telex.is_daily(line) or (loud and bool(telex.embargo_lines([line])))


def _item(copy: _Copy, hints: Hints) -> Item:
    letter, parts = copy.letter, copy.parts
    report, notebook = telex.without_notebook(parts.report)
    body = telex.body_of(report)
    subject = _SUBJECT_PREFIX.sub("", letter.subject)
    headline, slug = parts.headline, parts.slug
    if subject and not headline:
        headline = subject
    elif subject and not slug and _SLUG.fullmatch(subject):
        slug = subject
    if not (headline or body):
        raise FormatError("There is no text in it.")
    foot = (EdNote(text=copy.footer, role="footer"),) if copy.footer else ()
    notes = (*parts.notes, *notebook.notes, *foot)
    until, embargo = lines.embargo_in(
        [*telex.embargo_lines(report[:12]), *(note.text for note in parts.notes)]
    )
    return Item(
        **_identity(letter, slug, headline, body, hints),
        headline=telex.marked(headline, parts.marks),
        subheadline=parts.subheadline,
        slug=slug,
        byline=parts.byline,
        byline_title=parts.byline_title,
        body=body,
        places=notebook.places,
        links=notebook.links,
        ed_notes=notes,
        language=hints.language or frames.language_of("\n".join(report)),
        version_created=letter.sent,
        embargo_until=until,
        embargo_text=embargo,
        format=NAME,
        media=letter.media,
        warnings=letter.warnings,
    )


_SUBJECT_PREFIX = re.compile(r"^(?:(?:fwd?|re|wg|aw|tr)\s*:\s*|\[[^\]]{1,40}\]\s*)+", re.IGNORECASE)


def _identity(
    letter: Letter, slug: str, headline: str, body: tuple[Block, ...], hints: Hints
) -> dict[str, Any]:
    """`item_id`, `alt_ids`, `id_from`: see the head of this module."""
    day = frames.local_day(letter.sent, hints)
    also = (letter.key,) if letter.key else ()
    if slug:
        cycled = _CYCLED.fullmatch(slug)
        bare = _SLUG_MARK.sub(" ", cycled["stem"] if cycled else slug)
        stem = " ".join(bare.split()).strip("-/ ").casefold()
        return {"item_id": f"{stem or slug.casefold()}:{day}", "alt_ids": also}
    if letter.key:
        return {"item_id": letter.key}
    bare = _HEAD_MARK.sub("", headline).strip() or markup.words_of(body[:1])
    return {"item_id": lines.content_id(bare.casefold(), day), "id_from": "content"}
