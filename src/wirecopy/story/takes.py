"""One text out of several: takes appended, inserts and substitutes put in place, tops picked up.

A long report moves in takes ("1st Add"); a running one is changed in parts ("Insert after ...",
"Sub for ...", "Pick up ..."), and what was wrong with it may come in a few words that stand below
it until it is sent anew. The parts name the paragraph they belong to by its first words.
Where these match one paragraph exactly, the part goes in; else it waits for a person and the text
stays as it was. What comes out depends on the set of parts alone, never on their arrival.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from wirecopy.errors import FormatError
from wirecopy.model import Block, Item, Rank, Version
from wirecopy.story.prose import block_text, folded

Revise = Callable[[Item, Item], Item]
"""Changes an item by the Duid instructions of another; raises FormatError where it cannot."""

PARTS = frozenset({"take", "patch", "edits", "erratum"})
"""Kinds of versions that are no whole text."""
_ANCHOR = (
    r"(?:[\"“„«]\s*(?P<quoted{n}>[^\"”“»„«]{{6,300}}?)\s*(?:\.{{3}}|…)?\s*[\"”“»]"
    r"|(?:bgng|beginning|pvs|begins|starting)\b[:,]?\s+(?P<bare{n}>[^\"“]{{6,300}}?)"
    r"\s*(?:\.{{3}}|…|,?\s+(?:to|with)\s+[A-Z]{{3,}}|[.)\]]?\s*$))"
)
_FIRST, _LAST = _ANCHOR.format(n=1), _ANCHOR.format(n=2)
_LEAD_IN = r"[^\"“„«]{0,160}?"
_INSERT = re.compile(
    rf"\b(?:inserts?|inserting|inserted)\b{_LEAD_IN}\b(?P<where>after|before|following)\b"
    rf"{_LEAD_IN}{_FIRST}",
    re.IGNORECASE,
)
_SUB = re.compile(
    rf"\b(?:subs?|subbing|substitut\w+|replac\w+)\b{_LEAD_IN}{_FIRST}"
    rf"(?:{_LEAD_IN}\b(?:through|thru|to)\b{_LEAD_IN}{_LAST})?",
    re.IGNORECASE,
)
_PICK_UP = re.compile(rf"\bpick(?:s|ing)?[ -]?up\b{_LEAD_IN}{_FIRST}", re.IGNORECASE)
_GATE = re.compile(r"\b(?:insert|sub|replac|pick)", re.IGNORECASE)
_MORE = re.compile(r"\W*(?:more(?: to come)?|mehr|segue|sigue|suite|mf)\W*", re.IGNORECASE)
"""The line under a take that says another follows."""


class Part(NamedTuple):
    """A version and its text."""

    version: Version
    item: Item


class Text(NamedTuple):
    """What stands: the item, the newest version in it, and the parts that wait for a person."""

    item: Item | None = None
    rank: Rank | None = None
    waits: tuple[str, ...] = ()


def picks_up(item: Item) -> bool:
    """Whether a new top says from which paragraph on the older text goes on below it."""
    return any(_PICK_UP.search(line) for line in _instructions(item) if _GATE.search(line))


def put_together(
    parts: Sequence[Part], places: dict[Rank, tuple[int, datetime]], revise: Revise
) -> Text:
    """The text that stands when these parts, oldest first, are all that was sent.

    The newest whole text is the base; what was sent with it or after it is put into it.
    """
    base = next((part for part in reversed(parts) if part.version.kind == "text"), None)
    if base is None:
        waits = tuple(f"{name_of(part.version)} waits for the text it belongs to" for part in parts)
        return Text(waits=waits)
    since = places[base.version.rank]
    later = [p for p in parts if p is not base and places[p.version.rank] >= since]
    text = Text(base.item, base.version.rank)
    changes = [part for part in later if part.version.kind in {"patch", "edits"}]
    errata = [part for part in later if part.version.kind == "erratum"]
    for part in [*_takes(later), *changes, *errata]:
        text = _with_part(text, part, revise)
    return text


def _takes(parts: Sequence[Part]) -> list[Part]:
    """The takes in their order; of two with one number the newer."""
    takes: dict[object, Part] = {}
    for part in parts:
        if part.version.kind == "take":
            nth = part.version.ordinal
            takes[part.version.rank if nth is None else nth] = part
    return sorted(takes.values(), key=lambda p: (p.version.ordinal or 0, p.version.rank))


def _with_part(text: Text, part: Part, revise: Revise) -> Text:
    if text.item is None:
        return text
    try:
        item = _changed(text.item, part, revise)
    except FormatError as error:
        return text._replace(
            waits=(*text.waits, f"{name_of(part.version)} waits for a person: {error}")
        )
    rank = part.version.rank
    newest = rank if text.rank is None or rank.time >= text.rank.time else text.rank
    sent = [each for each in (item.version_created, part.item.version_created) if each]
    item = msgspec.structs.replace(item, version_created=max(sent, default=None))
    return Text(item, newest, text.waits)


def _changed(item: Item, part: Part, revise: Revise) -> Item:
    """The item with one part put in; FormatError in words where its place is not found."""
    if part.version.kind == "edits":
        return revise(item, part.item)
    if part.version.kind in {"take", "erratum"}:
        return _joined(item, part.item, (*_without_more(item.body), *part.item.body))
    instruction, body = _instructed(part.item)
    if found := _PICK_UP.search(instruction):
        at = _paragraph(item.body, _anchor(found, 1))
        return _joined(part.item, item, (*body, *item.body[at:]))
    if found := _INSERT.search(instruction):
        at = _paragraph(item.body, _anchor(found, 1)) + (found["where"].lower() != "before")
        return _joined(item, part.item, (*item.body[:at], *body, *item.body[at:]))
    if found := _SUB.search(instruction):
        first = _paragraph(item.body, _anchor(found, 1))
        last = _paragraph(item.body, end) if (end := _anchor(found, 2)) else first
        return _joined(item, part.item, (*item.body[:first], *body, *item.body[last + 1 :]))
    raise FormatError("it does not say by its first words which paragraph it belongs to")


def _joined(item: Item, other: Item, body: tuple[Block, ...]) -> Item:
    """`item` with that body and with what `other` brings beside its text."""
    known = {media.id or media.renditions for media in item.media}
    return msgspec.structs.replace(
        item,
        body=body,
        media=(*item.media, *(m for m in other.media if (m.id or m.renditions) not in known)),
        sign_off=other.sign_off or item.sign_off,
        ed_notes=tuple(dict.fromkeys((*item.ed_notes, *other.ed_notes))),
        markers=tuple(dict.fromkeys((*item.markers, *other.markers))),
    )


def _instructions(item: Item) -> tuple[str, ...]:
    """Where a part may say what is to be done with it."""
    ends = (*item.body[:1], *item.body[1:][-1:])
    return (*(note.text for note in item.ed_notes), *(block_text(block) for block in ends))


def _instructed(item: Item) -> tuple[str, tuple[Block, ...]]:
    """What a part says is to be done, and its paragraphs without that line."""
    for line in (note.text for note in item.ed_notes):
        if _says_where(line):
            return line, item.body
    for at in dict.fromkeys((0, len(item.body) - 1)):
        line = block_text(item.body[at]) if item.body else ""
        if _says_where(line):
            return line, (*item.body[:at], *item.body[at + 1 :])
    return "", item.body


def _says_where(line: str) -> bool:
    return bool(_GATE.search(line)) and any(p.search(line) for p in (_PICK_UP, _INSERT, _SUB))


def _anchor(found: re.Match[str], nth: int) -> str:
    groups = found.groupdict()
    return (groups.get(f"quoted{nth}") or groups.get(f"bare{nth}") or "").strip()


def _paragraph(body: Sequence[Block], words: str) -> int:
    """The only paragraph that begins with these words; FormatError for none and for several."""
    wanted = folded(words)
    found = [at for at, block in enumerate(body) if folded(block_text(block)).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    many = "no paragraph begins" if not found else f"{len(found)} paragraphs begin"
    raise FormatError(f"{many} with {words!r}")


def _without_more(body: tuple[Block, ...]) -> tuple[Block, ...]:
    last = block_text(body[-1]) if body else ""
    return body[:-1] if last and len(last) < 30 and _MORE.fullmatch(last) else body


def name_of(version: Version) -> str:
    """How staff are told of a version: what it calls itself, and when it was sent."""
    return f"{version.marker or version.kind} of {version.rank.time:%d %b %H:%M} UTC"
