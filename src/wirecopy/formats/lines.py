"""What the short lines of a wire item say: status words, bylines, embargoes and dates in prose."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from wirecopy.formats import dates, markup, xml
from wirecopy.model import UNSHOWN, Block, EdNote, Item, Status

_STATUS: dict[str, Status] = {
    "": "usable",
    "usable": "usable",
    "withheld": "withheld",
    "embargoed": "withheld",
    "commissioned": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
}
_BY = re.compile(r"(?:by|von|par|di|por|av|door)\s*:?\s+", re.IGNORECASE)
_NAMES = re.compile(
    r"\s*(?:[;/|]|,(?!\s*(?:jr|sr|ii|iii)\b)|\s(?:and|und|et|e|y|och|og|&|with|mit|avec|con|com)\s)\s*",
    re.IGNORECASE,
)
_BEHIND_NAME = re.compile(r"\s*\([^()]*\)$")
"""An agency or a town in brackets."""
_NO_NAME = re.compile(
    r"(?:our |a |special |own )*(?:staff|correspondent|reporter|bureau|agenc(?:y|ies)|newsdesk)"
    r"(?:[ -](?:reporter|writer|correspondent|s))*",
    re.IGNORECASE,
)
_DESK = re.compile(r"[A-ZÅÄÖØÆ]{2,5}|dpa(?:[/-][a-z]{2,5})?").fullmatch
"""An agency's or desk's initials that stand where a name could."""
_EMBARGO = re.compile(
    r"\bembargo(?:ed)?\b|\bsperrfrist\b|\bhold for release\b|\bsous embargo\b"
    r"|\bnot (?:for|to be) (?:use|used|publication|published|broadcast|release|released)"
    r" (?:before|until)\b",
    re.IGNORECASE,
)
_LIFTED = re.compile(
    r"\b(?:no|without|kein\w*|lifts?|lifted|removes?|removed)\b.{0,20}\bembargo"
    r"|\bembargo\b.{0,20}\b(?:lifted|removed|over|ended|expired|aufgehoben)\b"
    r"|\b(?:embargo|sperrfrist)(?:[ -]?free\b|\s*[:=]\s*(?:none|nil|keine?|entfällt)\b)",
    re.IGNORECASE,
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)")
_USE_ENDS = re.compile(
    r"\bno (?:use|digital|sales|archiv)\b[^.]{0,60}?\bafter\s+"
    r"(\d{1,2}[/. -][A-Za-z]{3,9}\.?[/. -]\d{4}|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_LONGEST_LEAD = 500
"""Characters of a lead that still serves as a standfirst."""
_WHOLE = re.compile(r"(?<!\.\.)[.!?।。][\"'”’»)\]]*$")
"""The end of a sentence that was not broken off."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b", re.ASCII)
_PUBLIC_ROLE = re.compile(r"(?:consumerready|^public|:public|pubnote|std)$", re.IGNORECASE)


def status_of(word: str) -> tuple[Status, tuple[str, ...]]:
    """The publication status a word stands for, with a warning where the word is unknown.

    Absent means usable; unknown means withheld (spec section 0: fail closed).
    """
    status = _STATUS.get(word.strip().casefold())
    if status is not None:
        return status, ()
    return "withheld", (f"The publication status {word.strip()!r} is unknown; the item is held.",)


def status_said(value: object) -> tuple[Status, tuple[str, ...]]:
    """The publication status that a value of JSON stands for, be it a code ("stat:canceled").

    null is as good as absent; what is no word, or an empty one, is unknown.
    """
    if value is None:
        return status_of("")
    if not isinstance(value, str):
        return status_of(f"({_told(value)[:60] or 'empty'})")
    return status_of(xml.tidy(value).rpartition(":")[2] or "(empty)")


def urgency_of(value: object) -> int:
    """An urgency of 1 (highest) to 9; 5 for absent, 0 or unreadable (spec section 8)."""
    try:
        number = int(float(str(value).strip()))
    except (ValueError, OverflowError):
        return 5
    return number if 1 <= number <= 9 else 5


def whole(value: object) -> int | None:
    """A count, size or version as an int, None where it is not one."""
    digits = str(value).strip().removesuffix("px").removesuffix(".0") if value is not None else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def year_in(*texts: str) -> str:
    """The first year of the last century or this one that these lines of copyright name, or ""."""
    found = next(filter(None, map(_YEAR.search, texts)), None)
    return found[0] if found else ""


def authors_of(byline: str) -> tuple[str, ...]:
    """The names in a byline: "By A and B" gives A and B; a mere "Staff Reporter" gives none."""
    line = _BY.sub("", byline.strip(), count=1) if _BY.match(byline.strip()) else byline.strip()
    names = (_BEHIND_NAME.sub("", name.strip(" ,;")) for name in _NAMES.split(line))
    return tuple(
        dict.fromkeys(name for name in names if name and not is_nobody(name) and not _DESK(name))
    )


def picture_credit(by: str, line: str) -> str:
    """Photographer and agency as one line: A Name/Agency.

    A line that names the photographer ("Agency/Name") is the agency's own and stands as it is.
    """
    if not by or by.casefold() in line.casefold():
        return line or by
    if by.casefold().split()[-1] in re.findall(r"[^\W\d_]{3,}", line.casefold()):
        return line
    return by if not line or line.casefold() in by.casefold() else f"{by}/{line}"


def is_nobody(byline: str) -> bool:
    """Whether a byline names a function ("Staff Reporter") and no person."""
    return bool(_NO_NAME.fullmatch(re.sub(r"^by\s*", "", byline.strip(), flags=re.IGNORECASE)))


def embargo_in(texts: Iterable[str]) -> tuple[datetime | None, str]:
    """What notes say of an embargo: its end (UTC) where an instant is given, else the words.

    A time without a zone is words: `story.embargoes` reads it by what is known of the agency.
    (None, "") where no note speaks of one, or one says that it was lifted.
    """
    for text in texts:
        if not _EMBARGO.search(text) or _LIFTED.search(text):
            continue
        found = _INSTANT.search(text)
        until = dates.instant(found[0]) if found else None
        return (until, "") if until else (None, text)
    return None, ""


EMBARGO_KEYS = frozenset({
    "embargoed", "embargoeduntil", "embargoed_until", "embargo", "embargountil", "embargo_until",
    "embargodate", "embargo_date",
})  # fmt: skip
"""How vendors spell the field of an embargo, in small letters."""
_DEEPEST = 6
"""Objects inside of each other in which words are looked for."""


def embargo_said(values: Iterable[object], timezone: str = "") -> tuple[datetime | None, str]:
    """What the fields of an embargo say: its end (UTC), else words, which hold the item.

    (None, "") where they say nothing: null, no, zero, or emptiness. Of several ends the latest
    counts. Whatever else stands there says that there is an embargo and not until when: words, an
    object, or a mere yes without an end beside it.
    """
    ends, words = [], []
    told = [(said, isinstance(value, dict)) for value in values if (said := _told(value))]
    for said, is_object in told:
        until = None if is_object else dates.instant(said, timezone)
        if until:
            ends.append(until)
        elif said != "true":
            words.append(said)
    bare = "Embargoed, no end given" if told and not ends else ""
    return max(ends, default=None), "; ".join(words) or bare


def _told(value: object, deepest: int = _DEEPEST) -> str:
    """The words of a value of JSON, "" where it says nothing or no, "true" for a mere yes."""
    if isinstance(value, dict | list):
        if not deepest:
            return "..."
        pairs = value.items() if isinstance(value, dict) else (("", each) for each in value)
        found = ((key, _told(each, deepest - 1)) for key, each in pairs)
        return ", ".join(f"{key}: {said}" if key else said for key, said in found if said)
    if isinstance(value, str):
        said = markup.plain(value) if "<" in value or "&" in value else xml.tidy(value)
        plain = said.casefold()
        return {"false": "", "true": "true"}.get(plain, said)
    return "true" if value is True else str(value) if value else ""


def use_ends(texts: Iterable[str]) -> datetime | None:
    """The end of use that usage terms give in prose ("No use after 01/Feb/2016"), in UTC.

    The day named is still a day of use, so its end counts.
    """
    for text in texts:
        if found := _USE_ENDS.search(text):
            day = dates.instant(re.sub(r"[/. -]+", " ", found[1]) if "/" in found[1] else found[1])
            if day:
                midnight = day.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
                return midnight + timedelta(days=1)
    return None


def note(text: str, role: str = "", *, closed: bool = False) -> EdNote:
    """A note to desks; publishable only where its role says so and nothing closes it."""
    return EdNote(text=text, role=role, publishable=not closed and bool(_PUBLIC_ROLE.search(role)))


_MAY_HOLD = re.compile(
    r"embarg|sperrfrist|sperrvermerk|эмбарго|एम्बार्गो|एंबार्गो|release|\bdo not\b|\bnicht vor\b"
    r"|\bnot (?:for|to be|before)\b|\bfrei\b|\bne pas\b|\bno (?:publi|difun|usar)|\bniet\b"
    r"|\bnon (?:pub|dif)",
    re.IGNORECASE,
)


def with_unshown(item: Item, texts: Iterable[str]) -> Item:
    """The item with notes of those texts for which it has no field and which may hold it.

    A title in another language, or a description of another role, may say of an embargo what
    nothing else does; whether one does is for the story to read.
    """
    told = [text for text in texts if _MAY_HOLD.search(text[:_LONGEST_LEAD])]
    shown = {
        item.headline, item.subheadline, item.kicker, item.standfirst, item.byline, item.slug,
        item.byline_title, item.credit_line, item.sign_off, item.rights.copyright_notice,
        *item.rights.usage_terms, *(note.text for note in item.ed_notes),
    }  # fmt: skip
    notes = [EdNote(text=text, role=UNSHOWN) for text in dict.fromkeys(told) if text not in shown]
    return msgspec.structs.replace(item, ed_notes=(*item.ed_notes, *notes)) if notes else item


def embedded_file(kind: str) -> str:
    """The warning of an item in which a file of that type lies as base64.

    Its bytes are never taken into an item: they would be kept with every version of the story.
    """
    return f"A file that is embedded in the item (base64{', ' * bool(kind)}{kind}) was left out."


def content_id(*parts: str) -> str:
    """An id made of what an item says, for items that come without one."""
    joined = "\x1f".join(" ".join(part.split()) for part in parts)
    return f"sha256:{hashlib.sha256(joined.encode()).hexdigest()[:32]}"


def without_lead(
    blocks: tuple[Block, ...], lead: str, standfirst: str, headline: str
) -> tuple[Block, ...]:
    """The blocks without the paragraphs marked as the lead, where the standfirst is the same.

    `lead` is what the marked paragraphs say. They stay where the standfirst says anything else or
    is no standfirst to show whole (the headline again, over-long, broken off), and where nothing
    would be left: no word that readers would miss is ever left out.
    """
    said = xml.tidy(lead)
    if said != xml.tidy(standfirst) or said == xml.tidy(headline):
        return blocks
    if len(said) > _LONGEST_LEAD or not _WHOLE.search(said):
        return blocks
    rest = said
    for number, block in enumerate(blocks[:-1], 1):
        part = xml.tidy(markup.plain(block.html))
        if not rest.startswith(part):
            break
        rest = rest[len(part) :].lstrip()
        if not rest:
            return blocks[number:]
    return blocks


def without_headline(blocks: tuple[Block, ...], headline: str) -> tuple[Block, ...]:
    """The blocks without a first heading that only says the headline again."""
    if headline and blocks and blocks[0].kind in ("h2", "h3"):
        said = markup.plain(blocks[0].html)
        if xml.tidy(said).casefold() == xml.tidy(headline).casefold():
            return blocks[1:]
    return blocks
