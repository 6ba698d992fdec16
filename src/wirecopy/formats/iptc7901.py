"""IPTC 7901 (spec section 9): text messages between SOH and EOT, headers in a line of their own.

A message says no status and names no story. Which story it belongs to is told by its keyword
line, its day, its genre and the place it was filed from: updates, summaries and corrections of a
report keep all four, while a background piece or a report from another town differs in one. (A
running number would part every update from its story, the keyword line alone would run two
stories of a day together.) The agency's running number is another name of the item, by which
holds, kills and corrections name it. Without a keyword line the number is the id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec

from wirecopy.config.profile import Profile
from wirecopy.errors import FormatError
from wirecopy.formats import dialects, frames, lines, markup, telex, xml
from wirecopy.formats.hints import Hints, Score
from wirecopy.model import EdNote, Item, Link, Marker, Reading, Subject

NAME = "iptc7901"

_HEADER = (
    r"(?P<service>[A-Za-z-]{1,8})(?P<number>\d{2,5})[ \t]+(?P<priority>[1-6])[ \t]+"
    r"(?P<category>[A-Za-z]{1,3})[ \t]+(?P<words>\d{1,5})[ \t]*(?P<field>[^\r\n]{0,60})"
)
_HEAD = re.compile(rb"\s{0,8}" + _HEADER.encode() + rb"[\r\n]")
_FIRST = re.compile(r"\s*" + _HEADER)
_FIELD = re.compile(
    r"(?P<agency>[A-Za-z]{2,10})(?P<desk>-[A-Za-z]{2,6})?[\s-]+(?P<number>\d{2,5})"
    r"(?:\s+COR\s+(?P<corrects>\d{1,5}))?"
)
_CLEANED = re.compile(rb"\s*" + _HEADER.encode() + rb"\s*\n\s*[^\n]{2,80}/[ \t]*\r*\n")
_URGENCY = {"1": 1, "2": 2, "3": 4, "4": 5, "5": 6, "6": 8}
_STOP = re.compile(r"\W*(?P<word>KILL|HOLD)(?:\W+(?P=word)){1,2}\b|\W*ACHTUNG\b.*zurückgezogen")
_WIDE_BRACKET = re.compile(r"\(([^()]*)\)")
_MARK = re.compile(
    r"\((?:Eil|Blitz|(?:\d\. )?Zusammenfassung|Gesamtzusammenfassung|Zsf|Überblick|Berichtigung"
    r"|Korrektur|Wiederholung|WH|Aktualisierung|Achtung(?: - Planungshinweis)?|Corrected|Correction"
    r"|CORRECTED|CORRECTION|Update(?:d)?(?: \d{1,2})?|UPDATED?|Refile|REFILE|Repeat|REPEAT|RPT"
    r"|\d{1,2}(?:st|nd|rd|th) (?:Lead|LEAD|Ld|LD)|Lead|LEAD|URGENT|RECTIFICATIF|CORRECT|CORR"
    r"|\dLEAD|\dDER|\d)\)",
    re.IGNORECASE,
)
_LOUD_MARK = re.compile(
    r"REFILE|CORRECTED|CORRECTION|URGENT|FLASH|BULLETIN|ALERT|REPEAT|UPDATED?(?: \d{1,2})?"
    r"|\d{1,2}(?:ST|ND|RD|TH) (?:LEAD|LD)|LEAD|EILEIL|EIL|BLITZ|KORREKTUR|BERICHTIGUNG"
    r"|RECTIFICATIF|WIEDERHOLUNG"
)
_STOP_LINE = re.compile(
    r"\W*(?:(?:MANDATORY )?KILL(?:\W+KILL){0,2}|HOLD(?:\W+HOLD){1,2}|(?:STORY )?WITHDRAWN|STORNO"
    r"|ANNULATION|ANULACI[ÓO]N)\W*"
)
"""A line of the head block that says nothing but that another item is killed or held."""
_NOTE = re.compile(
    r"\((?:Berichtigung|Korrektur|Wiederholung|Correct|neu|Zusammenfassung|Sperrfrist|Embargo"
    r"|Adds|Updates|Note|Achtung|Redaktion|Editor|Eds|[^()]{0,60}:)[^()]{2,}\)",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"\((?:mit )?(?:Foto|Photo|Bild|Grafik|Graphic|Video|Archiv|Illu)", re.IGNORECASE
)
_LOUD_GENRE = re.compile(r"[A-Z][A-Z0-9 -]{2,24}")
_MOST_HEAD_LINES = 24
"""Lines in which the head block's end is looked for."""


def sniff(head: bytes, hints: Hints) -> Score:  # noqa: ARG001 - every format is asked alike
    """CERTAIN for SOH and a header, LIKELY for a header and keyword line that lost their SOH."""
    bare = frames.unpadded(head)
    soh = bare.find(b"\x01")
    if 0 <= soh < 512 and _HEAD.match(bare, soh + 1):
        return Score.CERTAIN
    if _HEAD.match(bare) and (b"\x02" in bare or _CLEANED.match(bare)):
        return Score.LIKELY
    return Score.NO


def read(body: bytes, hints: Hints) -> Reading:
    """The items of all messages of a file, in its order; FormatError if there is no message."""
    pieces, spoiled = frames.split(body, _HEAD)
    items, faults = [], list(spoiled)
    for piece in pieces:
        try:
            items.append(_item(frames.message(piece, hints), hints))
        except FormatError as error:
            faults.append(str(error))
    if not items:
        raise FormatError(faults[0] if pieces else "No IPTC 7901 header stands in the file.")
    return Reading(items=tuple(items), format=NAME, spoiled=tuple(faults))


# --------------------------------------------------------------------------------------
# One message
# --------------------------------------------------------------------------------------


class _Head(msgspec.Struct, kw_only=True):
    """The head block: the lines before the report."""

    headline: str = ""
    byline: str = ""
    genre: str = ""
    marks: list[str] = msgspec.field(default_factory=list)
    notes: list[EdNote] = msgspec.field(default_factory=list)


def _item(message: frames.Message, hints: Hints) -> Item:
    first = _FIRST.match(message.head)
    if not first:
        raise FormatError("A message of the file has no IPTC 7901 header.")
    slug, copy, tail = _parted(message, message.head[first.end() :])
    head, rest = _head_of(copy)
    field = _FIELD.search(first["field"])
    ways = (dialects.of((_provider(field, rest),), hints=hints), dialects.general(NAME, hints))
    sign_off = _sign_off(rest, ways)
    report, notebook = telex.without_notebook(rest)
    provider = _provider(field, report)
    zone = hints.timezone or ways[0].timezone
    at, day = frames.day_time_group(tail, zone)
    day = day or frames.local_day(at, hints)
    names = _Names(provider, slug, day, number=field["number"] if field else "")
    values = _identity(names, head, report) | _text(head, report, names)
    if not (values["headline"] or values["body"] or values["ed_notes"]):
        raise FormatError(f"Message {first['service']}{first['number']} has no text.")
    notes = (*values.pop("ed_notes"), *notebook.notes)
    until, embargo = lines.embargo_in(
        [*telex.embargo_lines(report[:12]), *(note.text for note in notes)]
    )
    return Item(
        **values,
        slug=slug,
        byline=head.byline,
        subjects=_subjects(first["category"], head.genre, ways),
        keywords=tuple(dict.fromkeys(filter(None, map(str.strip, slug.split("/"))))),
        places=notebook.places,
        genre=head.genre,
        ed_notes=notes,
        sign_off=sign_off,
        links=(*_links(names, head, report, field), *notebook.links),
        markers=(*_internal(first["category"], slug, ways), *_stop_mark(names, head, report)),
        urgency=dialects.priority_of(first["priority"], *ways) or _URGENCY[first["priority"]],
        language=hints.language or frames.language_of("\n".join(report)),
        first_created=None if head.marks else at,
        version_created=at,
        embargo_until=until,
        embargo_text=embargo,
        provider=provider,
        numbers=names.numbers(field["agency"] if field else ""),
        format=NAME,
        status="usable" if message.whole else "withheld",
        warnings=() if message.whole else (frames.BROKEN,),
    )


class _Names(msgspec.Struct, frozen=True):
    """By what a message and its story are known: agency, keyword line, day, running number."""

    provider: str
    slug: str
    day: str
    number: str = ""

    def reference(self, number: str, back: int = 0) -> str:
        """The name of the item with that running number, `back` days before this one's."""
        return f"{self.provider.casefold()}:{int(number)}:{self._before(back)}"

    def numbers(self, desk: str) -> tuple[str, ...]:
        """The running number as desks say it ("dpa 61"), under the desk's and the sender's name."""
        if not self.number.strip("0"):
            return ()
        told = (f"{name.casefold()} {int(self.number)}" for name in (self.provider, desk) if name)
        return tuple(dict.fromkeys(told))

    def subject(self, back: int = 0) -> str:
        """The name that everything of the keyword line has on a day: too wide for an id."""
        return f"{self.provider}:{_plain(self.slug)}:{self._before(back)}".casefold()

    def _before(self, days: int) -> str:
        if not days:
            return self.day
        return (date.fromisoformat(self.day) - timedelta(days=days)).isoformat()


def _plain(text: str) -> str:
    return xml.tidy(text).casefold().replace(":", " ")


def _parted(message: frames.Message, behind: str) -> tuple[str, list[str], str]:
    """The keyword line, the lines of the text, and what stands behind it.

    Copy that lost its control characters has the keyword line, and the day-time group, in its text.
    """
    said = [line.strip() for line in behind.splitlines() if line.strip()]
    copy = xml.strip_controls(message.text).split("\n")
    copy = copy[next((n for n, line in enumerate(copy) if line.strip()), len(copy)) :]
    if not said and copy and copy[0].rstrip().endswith("/"):
        said = [copy.pop(0).strip()]
    tail = message.tail
    while copy and not copy[-1].strip():
        copy.pop()
    if not tail.strip() and copy and len(copy[-1]) < 40:
        at, _ = frames.day_time_group(copy[-1], "")
        tail = copy.pop() if at else tail
    slug = xml.tidy(xml.strip_controls(" ".join(said))).rstrip("/ ")
    return slug, copy, tail


def _sign_off(copy: list[str], ways: Iterable[Profile]) -> str:
    """The closing line, taken off the copy: it may stand behind what is not for publication."""
    last = next((n for n in range(len(copy) - 1, -1, -1) if copy[n].strip()), None)
    if last is None or not dialects.signs(copy[last].strip(), ways):
        return ""
    said = copy[last].strip()
    del copy[last:]
    return said


def _provider(field: re.Match[str] | None, report: list[str]) -> str:
    """The sender: the agency of the header; of "dpa/lni" in the dateline, the first."""
    desk = field["agency"] if field else ""
    for line in filter(str.strip, report[:12]):
        found = re.search(r"\(([A-Za-z]{2,10})((?:[/-][A-Za-z]{2,8})*)\)", line[:80])
        if found and telex.is_dateline(line) and (not desk or desk in found[2].lstrip("/-")):
            return found[1]
    return desk


# --------------------------------------------------------------------------------------
# The head block
# --------------------------------------------------------------------------------------


def _head_of(copy: list[str]) -> tuple[_Head, list[str]]:
    """The head block, and the lines behind it.

    It ends with " ="; where no line does, the first paragraph is the headline, unless it is the
    report itself.
    """
    end = _head_end(copy)
    head = _Head()
    said = "\n".join(line.strip().removesuffix("=").rstrip() for line in copy[:end])
    said = _WIDE_BRACKET.sub(lambda m: f"({' '.join(m[1].split())})", said)
    titles: list[str] = []
    found = [line for line in said.split("\n") if line]
    for number, line in enumerate(found):
        _take_line(head, line, titles, last=number == len(found) - 1)
    head.headline = telex.titled(titles)
    return head, copy[end:]


def _head_end(copy: list[str]) -> int:
    """How many lines the head block has."""
    for number, line in enumerate(copy[:_MOST_HEAD_LINES]):
        following = copy[number + 1] if number + 1 < len(copy) else ""
        ends = not following.strip() or following.startswith("   ")
        if ends and line.rstrip().endswith("=") and not telex.is_dateline(line.strip()):
            return number + 1
    if not copy or telex.is_dateline(" ".join(copy[:2]).strip()):
        return 0
    end = 1
    while end < min(4, len(copy)) and copy[end].strip() and not copy[end].startswith("  "):
        end += 1
    # A first paragraph of several lines with a stop is a report without a headline.
    return 0 if end > 2 and copy[end - 1].rstrip().endswith(".") else end


def _take_line(head: _Head, line: str, titles: list[str], *, last: bool) -> None:
    """Put one line of the head block where it belongs."""
    begun = not all(map(telex.may_hold, titles))
    if _STOP_LINE.fullmatch(line) and (begun or not last):
        head.marks.insert(0, line.strip("()[]*!. "))
    elif line.startswith("(") and line.endswith(")"):
        _take_bracket(head, line)
    elif begun and telex.is_byline(line):
        head.byline = f"{head.byline}, {line}" if head.byline else line
    elif telex.may_hold(line):
        titles.append(line)
    elif not begun and not last and _LOUD_MARK.fullmatch(line):
        head.marks.insert(0, line)
    elif not begun and not last and not head.genre and _LOUD_GENRE.fullmatch(line):
        head.genre = line
    else:
        titles.append(line)


def _take_bracket(head: _Head, line: str) -> None:
    """A line in brackets: a marker, a note, a word on pictures, else the genre."""
    if _MARK.fullmatch(line):
        head.marks.append(line)
    elif _PICTURE.match(line):
        head.notes.append(telex.desk_note(line, "picture"))
    elif _NOTE.fullmatch(line) or head.genre or len(line) > 40:
        head.notes.append(telex.desk_note(line, "change"))
    else:
        head.genre = line.strip("()")


# --------------------------------------------------------------------------------------
# Identity, text, and what it says of others
# --------------------------------------------------------------------------------------


def _identity(names: _Names, head: _Head, report: list[str]) -> dict[str, Any]:
    """`item_id`, `alt_ids`, `id_from`: see the head of this module."""
    own = names.reference(names.number) if names.number.strip("0") else ""
    if names.slug:
        parts = (names.provider, names.slug, head.genre, _place(report))
        told = ":".join(map(_plain, (*parts, names.day)))
        return {"item_id": told, "alt_ids": (*([own] if own else []), names.subject())}
    if own:
        return {"item_id": own}
    hashed = lines.content_id(head.headline, "\n".join(report), names.day)
    return {"item_id": hashed, "id_from": "content"}


def _place(report: list[str]) -> str:
    """The first town of the report's dateline, "" without one."""
    for line in filter(str.strip, report[:12]):
        if telex.is_dateline(line.strip()):
            found = re.match(r"\W*([^\W\d_][^(,/\d]*)", line)
            return found[1].strip(" -.") if found else ""
    return ""


def _text(head: _Head, report: list[str], names: _Names) -> dict[str, Any]:
    """`headline`, `standfirst`, `body` and `ed_notes`; a notice that stops others has no body."""
    headline = telex.marked(head.headline, head.marks)
    if _targets(names, head, report):
        note = telex.desk_note("\n".join((head.headline, *report)), "notice")
        return {"headline": headline, "body": (), "ed_notes": (*head.notes, note)}
    standfirst, rest = _lead(report)
    body = telex.body_of(rest)
    return {
        "headline": headline,
        "standfirst": standfirst,
        "body": body,
        "ed_notes": tuple(head.notes),
    }


def _lead(report: list[str]) -> tuple[str, list[str]]:
    """The paragraph before the one with the dateline, and the lines behind it; "" for none."""
    starts = [n for n, line in enumerate(report) if line.strip()]
    if not starts or telex.is_dateline(report[starts[0]].strip()):
        return "", report
    end = next((n for n in range(starts[0], len(report)) if not report[n].strip()), len(report))
    second = next((n for n in starts if n > end), None)
    if second is None or not telex.is_dateline(" ".join(report[second : second + 2]).strip()):
        return "", report
    return xml.tidy(markup.words_of(telex.body_of(report[starts[0] : end]))), report[end:]


def _stops(head: _Head, report: list[str]) -> bool:
    """Whether the message asks desks to kill or hold another one."""
    return any(_STOP.match(line) for line in (head.headline, *head.marks, *report[:4]))


def _targets(names: _Names, head: _Head, report: list[str]) -> tuple[str, ...]:
    """The names of the items that a kill or hold means, of its day and of the day before.

    The words alone withdraw nothing: whoever is meant is held for staff to confirm.
    """
    if not _stops(head, report) or not names.day:
        return ()
    said = " ".join((head.headline, *report[:20]))
    word = rf"(?:item|Meldung|Nr\.?|no\.?|number|{re.escape(names.provider or 'item')})"
    numbers = dict.fromkeys(re.findall(rf"(?i:\b{word})[ -]*(?:Nr\.? )?(\d{{2,5}})\b", said))
    return tuple(names.reference(number, back) for number in numbers for back in (0, 1))


def _stop_mark(names: _Names, head: _Head, report: list[str]) -> tuple[Marker, ...]:
    """The mark of a kill or hold that names nobody: it waits where staff see it."""
    if not _stops(head, report) or _targets(names, head, report):
        return ()
    return (Marker(text="kill or hold without a number", action="hold"),)


def _links(
    names: _Names, head: _Head, report: list[str], field: re.Match[str] | None
) -> tuple[Link, ...]:
    """What the message does to others: holds, and the correction of one by its number.

    A kill that gives no number holds what first bore its keyword line, and waits for staff itself.
    """
    meant = _targets(names, head, report)
    if not meant and names.slug and names.day and _stops(head, report):
        meant = (names.subject(), names.subject(back=1))
    found = [Link(rel="holds", target=target) for target in meant]
    if field and field["corrects"]:
        found.append(Link(rel="corrects", target=names.reference(field["corrects"])))
    return tuple(found)


def _internal(category: str, slug: str, ways: Iterable[Profile]) -> tuple[Marker, ...]:
    """The mark of copy for desks alone: service categories, previews, diaries."""
    first = slug.split("/", maxsplit=1)[0].strip()
    for profile in ways:
        if category.casefold() in profile.internal.categories:
            return (Marker(text=category, action="internal"),)
        if first.casefold() in profile.internal.words:
            return (Marker(text=first, action="internal"),)
    return ()


def _subjects(category: str, genre: str, ways: Iterable[Profile]) -> tuple[Subject, ...]:
    found = dialects.topic_of(category, *ways)
    return (*found, *([Subject(name=genre, type="genre")] if genre else []))
