"""ANPA 1312 and NAA 89-3 (spec section 10): the agencies' American frame, read line by line.

A message names no story. Its story is told by the whole slug (the `^` line's, because the header
cuts it at 24 characters) up to the comma, and by the cycle's day: leads, writethrus and
corrections of a day keep both, the same slug next day is another story. Which version is newer is
told by when it was sent, and not by the ordinal, which corrections and kills do not carry. A take
that adds to a text or patches it is no version of it: it goes by an id of its own and is withheld
for a person to join, or it would take the place of the whole story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from html import escape
from itertools import groupby
from typing import Any

import msgspec

from wirecopy.config.profile import Profile
from wirecopy.errors import FormatError
from wirecopy.formats import dates, dialects, frames, lines, prose, telex, xml
from wirecopy.formats.hints import Hints, Score
from wirecopy.model import Block, EdNote, Item, Link, Marker, Reading, Subject

NAME = "anpa1312"

_HEADER = (
    r"(?P<service>[A-Za-z])(?P<number>\d{4})(?P<agency>[A-Z]*)(?:\x1f|[ \t])?"
    r"(?P<selector>[\w-]*)\s*?[\r\n]\s*(?P<priority>[a-z])[ \t]+(?P<category>[a-z])"
    r"(?P<control>[\x11-\x14]{0,2})[ \t]+(?P<slug>[^\r\n\x02]{1,80})[\r\n\x02]"
)
_HEAD = re.compile(rb"\s{0,8}" + _HEADER.encode())
_FIRST = re.compile(r"\s*" + _HEADER)
_SLUG = re.compile(r"(?P<slug>.*?)(?:\s+(?P<date>\d\d-\d\d)(?:\s+(?P<words>\d{1,5}))?)?\s*")
_FULL = re.compile(
    r"(?P<stem>[^,]+?)\s*(?:,\s*(?P<version>[^,]*[^\W\d][^,]*?))?\s*(?:,\s*(?P<words>\d{1,5})?\s*)?"
)
_SENT = re.compile(
    r"(?P<agency>[A-Z]{2,6})-(?:[A-Z]{1,4}-)?(?P<day>\d\d-\d\d-\d\d)\s+"
    r"(?P<hour>\d\d)(?P<minute>\d\d)\s?(?P<zone>[A-Z]{2,4})?"
)
_SENT_TIME_FIRST = re.compile(
    r"[A-Z]{2,4}-(?P<hour>\d\d):(?P<minute>\d\d)-(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>\d\d)"
)
_HEAD_LINE = re.compile(r"\s*\^(?P<said>[^^]{0,4000}?)(?P<end>[<=])[ \t]*(?:\n|\Z)")
_OPEN_LINE = re.compile(r"\s*\^(?P<said>[^\n]*)(?:\n|\Z)")
_PICTURES = re.compile(r"(?:AP|[A-Z]{2,6}) (?:Photo|Graphic|Video|Audio)s?\b", re.IGNORECASE)
_EDS = re.compile(r"\W{0,2}(?:Eds|EDS|Editors?|EDITORS?|EDITOR['’]S NOTE|ATTN|NOTE)\b\s*[:_]?")
_ADVANCE = re.compile(
    r"\W{0,3}(?:adv(?:ance)?\.?\s?\d|(?:for|advance for) (?:release|use)\b|advance for\b"
    r"|for (?:immediate )?release\b|hold for"
    r"|embargoed\b(?=\W*(?:$|\d|until|till?\b|to\b|for\b|at\b))"
    r"|embargo\s*[:=](?=\D*\d))",
    re.IGNORECASE,
)
_NOW = re.compile(r"for immediate release", re.IGNORECASE)
_BEHIND_SHORT = re.compile(
    r"\s((?:\d+(?:st|nd|rd|th)-?)?(?:Ld-?)?(?:Writethru|Add|Kill|Correct)\S*)$"
)
"""The version behind the slug of the header, where no `^` line says it."""
_CYCLE = re.compile(r"(?:BC|AM|PM|AP)-{1,2}(?!Test\b)")
_REGION = re.compile(r"(?:BC|AM|PM|AP)?-?[A-Z]{2,4}--")
_TAKE = re.compile(r"(?:\d+(?:st|nd|rd|th) ?)?(?:Add|Insert|Subs?|Pickup)\b", re.IGNORECASE)
_KILL = re.compile(r"(?:mandatory )?kill\b|eliminat|withh(?:old|eld)", re.IGNORECASE)
_KILLED = re.compile(r"[- ](?:mandatory )?kill$", re.IGNORECASE)
"""The kill at the end of a slug that has no comma: "Ferry Sinking-Kill" kills "Ferry Sinking"."""
_CELLS = re.compile(r"[;\x08\x10]")
_TABULAR = "\x14"
_LONGEST_CELL = 40
"""Characters of a cell in a row of two; longer ones are clauses with a semicolon between them."""
_COLUMNS = re.compile(r"\S(?: {2,}|\t+| ?\.{3,} ?)\S")
"""Two columns of a table that is set with blanks or dots."""
_OPENED = re.compile(r"(?<![`‘“])`(?!`)")
_SIGNED = re.compile(r"(?:==?|--)\s?[A-Z][\w-]{1,12}")
"""An agency's closing line, which some set without an indent."""
_LAST = re.compile(r"\s*\^?END<?\s*\Z")


class _Slug(msgspec.Struct, frozen=True):
    """What the slug line says: the whole slug, the version behind its comma, the cycle's day."""

    stem: str
    version: str = ""
    day: str = ""


class _Head(msgspec.Struct, kw_only=True):
    """The `^` lines before the report."""

    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    byline_title: str = ""
    notes: list[EdNote] = msgspec.field(default_factory=list)


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """CERTAIN for SOH and a header, LIKELY for a header that lost its SOH, else NO."""
    bare = frames.unpadded(head)
    soh = bare.find(b"\x01")
    if 0 <= soh < 512 and _HEAD.match(bare, soh + 1):
        return Score.CERTAIN
    found = _HEAD.match(bare)
    framed = b"\x1f" in bare[:40] or b"\x02" in bare or b"\n^" in bare
    return Score.LIKELY if found and framed else Score.NO


def read(body: bytes, hints: Hints) -> Reading:
    """The items of all messages of a file, in its order; FormatError if there is no message."""
    pieces, spoiled = frames.split(body, _HEAD)
    items, faults = [], list(spoiled)
    for piece in pieces:
        try:
            items.append(_item(frames.message(_with_stx(piece), hints), hints))
        except FormatError as error:
            faults.append(str(error))
    if not items:
        raise FormatError(faults[0] if pieces else "No ANPA 1312 header stands in the file.")
    return Reading(items=tuple(items), format=NAME, spoiled=tuple(faults))


def _with_stx(piece: bytes) -> bytes:
    """The message with STX behind its header, which cleaned files have lost."""
    found = _HEAD.match(piece)
    if b"\x02" in piece or not found:
        return piece
    return piece[: found.end()] + b"\x02" + piece[found.end() :] + b"\x03"


# --------------------------------------------------------------------------------------
# One message
# --------------------------------------------------------------------------------------


def _item(message: frames.Message, hints: Hints) -> Item:
    first = _FIRST.match(f"{message.head}\n")
    if not first:
        raise FormatError("A message of the file has no ANPA 1312 header.")
    header, rest = _head_lines(message.text)
    cut = _SLUG.fullmatch(first["slug"].strip())
    short = (cut["slug"] if cut else "").strip()
    if not header:
        header, rest = _bare_head(rest, short)
    agency, at = _sent(
        message.tail[: frames.LONGEST_TAIL] or message.text[-200:], first["agency"], hints
    )
    slug = _slug(header, short, cut["date"] if cut and cut["date"] else "", at, hints)
    head = _head_of(header)
    body = _body(rest, tabular=_TABULAR in first["control"])
    if not (head.headline or body or head.notes or _is_kill(slug)):
        raise FormatError(f"Message {first['service']}{first['number']} has no text.")
    provider = agency or _agency_in(rest)
    ways = (dialects.of((provider,), hints=hints), dialects.general(NAME, hints))
    until, embargo = _embargo(head, header, first["priority"])
    identity = {"status": "usable" if message.whole else "withheld"} | _identity(provider, slug)
    return Item(
        **identity,
        headline=head.headline,
        slug=_shown(slug),
        standfirst=head.standfirst,
        byline=head.byline,
        byline_title=head.byline_title,
        body=body,
        subjects=_subjects(first["category"], first["service"], ways),
        ed_notes=tuple(head.notes),
        markers=_markers(first["category"], ways),
        urgency=dialects.priority_of(first["priority"], *ways) or 5,
        language=hints.language or frames.language_of(rest),
        first_created=None if slug.version else at,
        version_created=at,
        embargo_until=until,
        embargo_text=embargo,
        provider=provider,
        numbers=(f"{first['service'].casefold()}{first['number']}",),
        format=NAME,
        warnings=_warnings(message),
    )


def _head_lines(text: str) -> tuple[list[tuple[str, str]], str]:
    """The `^` lines at the front with the sign that ends each, and the text behind them."""
    found: list[tuple[str, str]] = []
    at = 0
    while match := _HEAD_LINE.match(text, at) or _OPEN_LINE.match(text, at):
        said = xml.tidy(xml.strip_controls(match["said"]))
        said = _transliterated(said) if found else said
        ended = match.groupdict().get("end") or "<"
        if said and not _LAST.match(said):
            found.append((said, ended))
        at = match.end()
    return found, text[at:]


def _bare_head(text: str, short: str) -> tuple[list[tuple[str, str]], str]:
    """Slug and headline of copy without `^`: the lines up to the first that is indented."""
    copy = text.split("\n")
    end = next((n for n, line in enumerate(copy) if line.startswith(("   ", "\t"))), 0)
    said = [xml.tidy(xml.strip_controls(line)).rstrip("+ ") for line in copy[:end]]
    said = [line for line in said if line]
    if not said or len(said) > 6:
        return [(short, "<")], text
    slug = said.pop(0) if said[0].startswith(short[:8]) else short
    header = [(slug, "<")]
    titles = [line for line in said if not telex.is_byline(line)]
    if titles:
        header.append((_transliterated(" ".join(titles)), "<"))
    header += [(line, "=") for line in said if telex.is_byline(line)]
    return header, "\n".join(copy[end:])


def _head_of(header: list[tuple[str, str]]) -> _Head:
    """The header lines by what they are; the first is the slug line."""
    head = _Head()
    for said, ended in header[1:]:
        if ended == "=":
            _take_byline(head, said)
        elif _PICTURES.match(said):
            head.notes.append(telex.desk_note(said, "picture"))
        elif _EDS.match(said) or _ADVANCE.match(said):
            head.notes.append(telex.desk_note(said, "desk"))
            if not head.headline and _ADVANCE.match(said):
                head.headline = telex.title_behind(said)
        elif not head.headline:
            head.headline = said
        elif not head.standfirst:
            head.standfirst = said
        else:
            head.notes.append(telex.desk_note(said, "desk"))
    return head


def _take_byline(head: _Head, said: str) -> None:
    if not head.byline:
        head.byline = said
    else:
        head.byline_title = ", ".join(filter(None, (head.byline_title, said)))


# --------------------------------------------------------------------------------------
# Names and times
# --------------------------------------------------------------------------------------


def _sent(tail: str, agency: str, hints: Hints) -> tuple[str, datetime | None]:
    """Who sent the message and when (UTC): "AP-WF-11-13-13 1509GMT", "KWS-21:37-09-12-18"."""
    if found := _SENT.search(tail):
        month, day, year = found["day"].split("-")
        clock = f"20{year}-{month}-{day} {found['hour']}:{found['minute']} {found['zone'] or 'GMT'}"
        return agency or found["agency"], dates.instant(clock, hints.timezone)
    if found := _SENT_TIME_FIRST.search(tail):
        clock = f"20{found['year']}-{found['month']}-{found['day']}"
        zone = hints.timezone or dialects.of((agency,), hints=hints).timezone
        return agency, dates.instant(f"{clock} {found['hour']}:{found['minute']}", zone)
    return agency, None


def _agency_in(report: str) -> str:
    """The agency of the report's dateline, "" without one."""
    for line in report[:600].split("\n"):
        found = re.search(r"\(([A-Za-z]{2,10})[^()]{0,20}\)", line[:90])
        if found and telex.is_dateline(_transliterated(line).strip()):
            return found[1]
    return ""


def _slug(
    header: list[tuple[str, str]], short: str, cycle: str, at: datetime | None, hints: Hints
) -> _Slug:
    """The slug line's parts, and the day (YYYY-MM-DD) that the header's MM-DD means."""
    full = _FULL.fullmatch(header[0][0]) if header else None
    stem, version = (full["stem"], full["version"] or "") if full else (short, "")
    if not version and (found := _BEHIND_SHORT.search(short)):
        version = found[1]
    return _Slug(stem=stem, version=version.strip(), day=_cycle_day(cycle, at or hints.received))


def _cycle_day(cycle: str, near: datetime | None) -> str:
    """The day of "MM-DD" (some wires write "DD-MM") nearest to when it was sent or received."""
    if near is None:
        return cycle
    if cycle:
        one, two = map(int, cycle.split("-"))
        found = [
            day
            for month, number in ((one, two), (two, one))
            for year in (near.year - 1, near.year, near.year + 1)
            if (day := _day(year, month, number))
        ]
        if found:
            closest = min(found, key=lambda day: abs(day - near.date()))
            if abs(closest - near.date()) <= timedelta(days=3):
                return closest.isoformat()
            return f"{near.year}-{cycle}"
    return near.date().isoformat()


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _identity(provider: str, slug: _Slug) -> dict[str, Any]:
    """`item_id`, `status` and `links`: see the head of this module.

    A kill may come a day after its story, so it holds what the day before knows by that slug.
    """
    name = _KILLED.sub("", _CYCLE.sub("", slug.stem, count=1))

    def known(day: str, part: str = "") -> str:
        told = (provider, name, day, part) if part else (provider, name, day)
        return ":".join(xml.tidy(each).casefold().replace(":", " ") for each in told)

    story = known(slug.day)
    if _TAKE.match(slug.version):
        link = Link(rel="previous", target=story)
        return {"item_id": known(slug.day, slug.version), "links": (link,)}
    before = _day_before(slug.day)
    if before and _is_kill(slug):
        return {"item_id": story, "links": (Link(rel="holds", target=known(before)),)}
    return {"item_id": story}


def _is_kill(slug: _Slug) -> bool:
    return bool(_KILL.match(slug.version) or _KILLED.search(slug.stem))


def _day_before(day: str) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _shown(slug: _Slug) -> str:
    """The slug without its cycle and region, its version behind a comma for the story's reading."""
    stem = _REGION.sub("", slug.stem, count=1)
    stem = _CYCLE.sub("", stem, count=1) if stem == slug.stem else stem
    return f"{stem}, {slug.version}" if slug.version else stem


def _warnings(message: frames.Message) -> tuple[str, ...]:
    return () if message.whole else (frames.BROKEN,)


def _embargo(
    head: _Head, header: Iterable[tuple[str, str]], priority: str
) -> tuple[datetime | None, str]:
    """When an advance may be used: an instant where one is given, else the words (spec: hold)."""
    notes = [note.text for note in head.notes]
    until, words = lines.embargo_in(notes)
    if until or words:
        return until, words
    told = [note for note in notes if _ADVANCE.match(note) and not _NOW.search(note)]
    if told:
        return None, told[0]
    advance = re.search(r"\bAdv\d{1,2}\b", " ".join(said for said, _ in header)) or priority == "a"
    return (None, "an advance without a release time") if advance else (None, "")


def _subjects(category: str, service: str, ways: tuple[Profile, ...]) -> tuple[Subject, ...]:
    return dialects.topic_of(category, *ways) or dialects.topic_of(f"service:{service}", *ways)


def _markers(category: str, ways: tuple[Profile, ...]) -> tuple[Marker, ...]:
    if any(category.casefold() in profile.internal.categories for profile in ways):
        return (Marker(text=f"category {category}", action="internal"),)
    return ()


# --------------------------------------------------------------------------------------
# The report
# --------------------------------------------------------------------------------------


def _transliterated(line: str) -> str:
    """The line with the signs that seven bits could not send: quotes, dashes, bullets."""
    line = line.replace("```", "“‘").replace("'''", "’”")
    line = line.replace("``", "“").replace("''", "”")
    if "`" in line:
        line = _OPENED.sub("‘", line).replace("'", "’")
    if "_ " not in line and "--" not in line:
        return line
    line = re.sub(r"^(\s*)_ ", r"\1• ", line)
    return re.sub(r"(?<=\S) (?:_|--) (?=\S)", " — ", re.sub(r"(?<=[a-z,])--(?=\w)", "—", line))


def _body(text: str, *, tabular: bool) -> tuple[Block, ...]:
    """The blocks of the report: paragraphs, lists, rules, and tables of cells or of columns."""
    copy = [_line(line) for line in text.split("\n")]
    while copy and (not copy[-1].strip() or _LAST.match(copy[-1]) or _is_stamp(copy[-1])):
        copy.pop()
    blocks: list[Block] = []
    run: list[str] = []
    rows: list[list[str]] = []
    read = _tabulated if tabular else _prose
    for line in [*copy, ""]:
        parts = _CELLS.split(xml.tidy(line)) if line.strip() else []
        cells = [xml.strip_controls(cell).strip() for cell in parts]
        if tabular and _is_row(cells):
            blocks += read(run)
            run = []
            rows.append(cells)
            continue
        if rows and line.strip():
            blocks.append(_table(rows))
            rows = []
        run.append(xml.strip_controls(line))
    if rows:
        blocks.append(_table(rows))
    blocks += read(run)
    return telex.headed(tuple(blocks))


def _is_row(cells: list[str]) -> bool:
    """Whether a line of a table is cells: three or more, or two short ones and no sentence."""
    short = len(cells) == 2 and max(map(len, cells)) <= _LONGEST_CELL and cells[1][-1:] != "."
    return len(cells) > 2 or short


def _is_stamp(line: str) -> bool:
    """Whether a last line is the time of sending, which cleaned files have in the text."""
    return bool(_SENT.fullmatch(line.strip()) or _SENT_TIME_FIRST.fullmatch(line.strip()))


def _line(line: str) -> str:
    line = _transliterated(line.replace("\x1e", " ").rstrip())
    line = line[:-1].rstrip() if line.endswith("<") else line
    if _SIGNED.fullmatch(line):
        return f"\n{line}"
    return re.sub(r"^(\s*)\^", r"\1", line) if "^" in line else line


def _tabulated(run: list[str]) -> tuple[Block, ...]:
    """The blocks of a tabular report: lines set in columns stay lines, the others are prose."""
    blocks: list[Block] = []
    for columns, group in groupby(run, key=lambda line: bool(_COLUMNS.search(line.strip()))):
        kept = [line.expandtabs(8) for line in group]
        if columns and len(kept) > 1:
            rows = escape("\n".join(map(str.rstrip, kept)).strip("\n"), quote=False)
            blocks.append(Block("pre", f"<pre>{rows}</pre>"))
        else:
            blocks += _prose(kept)
    return tuple(blocks)


def _prose(run: list[str]) -> tuple[Block, ...]:
    return prose.blocks_from_text("\n".join(run)) if any(map(str.strip, run)) else ()


def _table(rows: list[list[str]]) -> Block:
    """Cells between semicolons as a table."""
    made = "".join(
        f"<tr>{''.join(f'<td>{escape(cell, quote=False)}</td>' for cell in row)}</tr>"
        for row in rows
    )
    return Block("table", f"<table><tbody>{made}</tbody></table>")
