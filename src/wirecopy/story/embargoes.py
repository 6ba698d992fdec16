"""Embargoes in prose: "EMBARGOED UNTIL 00:01 GMT, Friday 8 January", "Sperrfrist 18.00 Uhr".

They stand before the headline, in the slug, on a line of their own at either end of the body, or
in a note to desks; in a sentence the same words are copy ("the arms embargo until 2030"). Whatever
is doubtful holds longer: of two readings the later counts, and what cannot be read as an instant
is kept in words, which hold the story until the agency says more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from wirecopy.story import clocks
from wirecopy.story.agencies import KNOWN

LONGEST = 300
"""A longer line is a paragraph and no notice."""


class Embargo(NamedTuple):
    """What a notice says: its end where it can be read, its words, whether it gives no time."""

    until: datetime | None
    text: str
    bare: bool = False
    lifted: bool = False
    plain: bool = True
    """Whether it says nothing but when."""


_UNTIL = (
    r"(?:\s*[:=]\s*|\s+)(?:(?:for (?:release|publication|use|broadcast)\s+)?(?:until|till|til|to"
    r"|before|at|from|on|not before|after|bis|ab|jusqu['’]?\s?(?:à|au|a)?|avant|hasta(?: el| las"
    r"| la)*|antes de(?: las)?|fino a(?:lle|l)?|até(?: às)?|tot|до|for))?"
)
_EMBARGOED = (
    r"(?:strictly\s+|strikt\s+|under\s+|sous\s+|bajo\s+|sotto\s+|sob\s+|onder\s+|unter\s+)?"
    r"(?:embargoed|embargado|embargo|sperrfrist|sperrvermerk|эмбарго|एम्बार्गो|एंबार्गो)"
    r"(?![\w\u0900-\u0963])"
)
_ORDERED = (
    r"hold (?:for release|until|till)|not for (?:use|publication|publishing|release|broadcast)"
    r"(?:,? (?:or|and) \w+)? (?:before|until|till|prior to)"
    r"|(?:do not|not to be) (?:use|publish|release|used|published|released|broadcast) "
    r"(?:before|until|till)|not before"
    r"|for (?:release|use|publication) (?:at|on|after|from|not before)"
    r"|nicht vor|frei(?:gegeben)? (?:ab|für)|zur veröffentlichung frei ab"
    r"|ne pas (?:publier|diffuser|utiliser) avant|no (?:publicar|difundir|usar) (?:antes de|hasta)"
    r"(?: las| el| la)?|non (?:pubblicare|diffondere) prima d(?:i|el|elle)"
    r"|niet (?:publiceren|gebruiken) (?:voor|vóór)"
)
_ADVANCE = r"adv(?:ance)?\.? for(?: (?:release|use)(?: on)?)?|for release"
_LEAD = re.compile(
    rf"[\s(\[*+=_#>«–—-]{{0,6}}(?P<lead>(?P<word>{_EMBARGOED})(?P<until>{_UNTIL})?(?!\w)"
    rf"|(?P<order>{_ORDERED})(?!\w)|(?P<advance>{_ADVANCE})(?!\w))",
    re.IGNORECASE,
)
_IN_NOTE = re.compile(
    rf"\b(?P<lead>(?P<word>embargoed|embargado|sperrfrist"
    rf"|(?:under|sous|bajo|sotto|sob|onder) embargo"
    r"|embargo(?=\s*:|\s+(?:until|till|to|bis|jusqu|hasta|fino|até|tot|\d)))\b"
    rf"(?P<until>{_UNTIL})?(?!\w)|(?P<order>{_ORDERED})(?!\w)"
    r"|(?P<advance>adv(?:ance)?\.? for)(?!\w))",
    re.IGNORECASE,
)
_LIFTED = re.compile(
    r"\b(?:embargo|sperrfrist|sperrvermerk)\b[^.;]{0,30}\b(?:lifted|over|ended|expired|removed"
    r"|cancell?ed|aufgehoben|abgelaufen|entfällt|levée?|levantado|rimosso|opgeheven)\b"
    r"|\b(?:no longer|nicht mehr) (?:under )?embargo(?:ed)?\b"
    r"|\b(?:no|kein\w*|ohne|without|sans|sin) (?:embargo|sperrfrist)\b|эмбарго снято",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\W{0,3}(?:no|kein|ohne|without|sans|sin|эмбарго)", re.IGNORECASE)
_SLUG = re.compile(r"(?:^|[\s,/_-]+)EMBARGOED\b(?P<tail>[^/]*)")
_CLOSE = re.compile(r"\s*[)\]]\s*[:–—-]?\s*|\s+[-–—|]+\s+|\s*[:|]\s+(?!\d)|(?<!\d)\s*//?\s*(?!\d)")
_SENTENCE = re.compile(r"[.!?;]\s+(?=[^\W\d_a-z])|\n")
_DIGIT = re.compile(r"\d")
_CLOCK_SIGN = re.compile(r"\d\s?[:.hH]\s?\d\d|\d\s?(?:h|GMT|UTC|Uhr|[ap]\.?m)\b")
_STRONG = re.compile(r"until|till?\b|bis|jusqu|hasta|fino|até|tot\b|до|[:=]", re.IGNORECASE)
_PLAIN = frozenset({"embargoed", "sperrfrist", "sperrvermerk", "embargado"})
"""Words that open no title."""
MOST_CLOSES = 8
"""Signs at which the notice before a headline may end."""


def zone_of(timezone: str, *agencies: str) -> str:
    """The clock of a source's notices: its own setting, else its agency's home, else ""."""
    homes = (clocks.HOMES.get(KNOWN.get(name.strip().casefold(), "")) for name in agencies)
    return timezone or next(filter(None, homes), "")


def in_line(line: str, reference: datetime, zone: str = "") -> Embargo | None:
    """The notice that a whole line is, None for any other line.

    `reference` is when the item was sent, `zone` the IANA name of the clock its times follow; where
    it is "" and the line names none, no instant is read.
    """
    if len(line) > LONGEST:
        return None
    match = _LEAD.match(line)
    if (match or _SIGNS.match(line)) and _is_lifted(line):
        return Embargo(None, line, lifted=True)
    if not match:
        return None
    said = clocks.read(line[match.end() :])
    return _embargo(line, said, match, reference, zone) if _is_notice(line, match, said) else None


_BREAK = re.compile(r"<br\s*/?>|\n")
_FRONT = re.compile(r"(?:<[^<>]*>|[\s(\[*+=_#>«–—-])+")
_OPENINGS = (
    "strict", "strikt", "under ", "sous ", "bajo ", "sotto ", "sob ", "onder ", "unter ", "embarg",
    "sperr", "hold ", "not ", "do not", "for ", "nicht ", "frei", "zur ", "ne pas", "no ", "non ",
    "niet ", "adv", "kein", "ohne ", "without", "sans ", "sin ", "эмбарго", "एम्बार्गो", "एंबार्गो",
)  # fmt: skip
"""How every notice begins, in small letters."""
_INITIALS = frozenset(opening[0] for opening in _OPENINGS)


def may_begin(markup: str) -> bool:
    """Whether some line of a block can be a notice; cheap, and never wrong with a no."""
    if "<br" not in markup and "\n" not in markup:
        return len(markup) <= 2 * LONGEST and _opens(markup[3:60])
    return len(markup) <= 20 * LONGEST and any(map(_opens, _BREAK.split(markup)))


def _opens(text: str) -> bool:
    """Whether a line, with or without markup, begins as notices do."""
    if not text[:1].isalpha():
        text = text[front.end() :] if (front := _FRONT.match(text)) else text
    head = text[:10].lower()
    return head[:1] in _INITIALS and head.startswith(_OPENINGS)


def in_headline(headline: str, reference: datetime, zone: str = "") -> tuple[str, Embargo | None]:
    """The headline without the notice before it, and the notice; the same headline for none.

    A headline that is nothing but a notice stays, and counts.
    """
    match = _LEAD.match(headline[:LONGEST]) if _opens(headline) else None
    if not match:
        return headline, None
    best: tuple[str, Embargo] | None = None
    closes = _CLOSE.finditer(headline, match.start("lead") + 5, LONGEST)
    for close in islice(closes, MOST_CLOSES):
        line = headline[: close.start()].strip(" ([")
        boxed = headline[: close.end()].strip()[-1:] in {")", "]"}
        found = in_line(f"({line})" if boxed else line, reference, zone)
        if not found or close.end() >= len(headline) or not _stands_before(line, found):
            continue
        if best is None or (best[1].bare and found.plain and not found.bare):
            best = headline[close.end() :].strip(), found._replace(text=line)
    if best:
        return best
    whole = in_line(headline, reference, zone)
    return headline, whole if whole and (headline.isupper() or not whole.bare) else None


def _stands_before(line: str, found: Embargo) -> bool:
    """Whether a notice is none of the headline's own words ("Embargo: what comes next")."""
    word = line.split(maxsplit=1)[0].strip(":")
    return (
        word.isupper()
        or word.casefold() != "embargo"
        or (found.plain and bool(_CLOCK_SIGN.search(line)))
    )


def in_slug(slug: str, reference: datetime, zone: str = "") -> tuple[str, Embargo | None]:
    """The slug without the notice in it, and the notice; the same slug for none."""
    match = _SLUG.search(slug, 0, LONGEST) if "EMBARGOED" in slug else None
    if not match:
        return slug, None
    said = clocks.read(match["tail"], whole=False)
    end = match.start("tail") + said.end
    found = _embargo(slug[match.start() : end].strip(" ,/_-"), said, None, reference, zone)
    return (slug[: match.start()] + slug[end:]).strip(" ,/_-") or slug, found


def in_note(text: str, reference: datetime, zone: str = "") -> Embargo | None:
    """What a note to desks says of an embargo, None when it speaks of none.

    A note may say it in a sentence, because no note is copy.
    """
    line = in_line(" ".join(text.split()), reference, zone) if len(text) <= LONGEST else None
    if line and line.lifted:
        return line
    text = text[: 10 * LONGEST]
    match = _IN_NOTE.search(text)
    if not match or _LIFTED.search(text):
        return None
    end = _SENTENCE.search(text, match.end())
    said = clocks.read(text[match.end() : end.start() if end else match.end() + LONGEST])
    if match["advance"] and not (said.days or said.clocks):
        return None
    return _embargo(" ".join(text.split()), said, match, reference, zone)


def _is_lifted(line: str) -> bool:
    return (
        len(line) <= 90 and bool(_LIFTED.search(line)) and not line.rstrip().endswith((".”", '."'))
    )


def _is_notice(line: str, match: re.Match[str], said: clocks.Said) -> bool:
    """Whether a line that begins like a notice is one, and no sentence or title.

    Without a word too many it is; with some it must be in capitals, in brackets or behind a colon.
    """
    words = [word for word in said.strange if not word.isdigit()]
    timed = bool(said.days or said.clocks or said.unreadable or len(words) < len(said.strange))
    lead = (match["word"] or match["lead"]).strip(" :=")
    if not words:
        quiet = match["advance"] or not (lead.isupper() or lead.split()[0].lower() in _PLAIN)
        return timed or not quiet or bool(match["order"] and lead.lower().startswith("hold for"))
    until = (match["until"] or "").strip()
    adjective = lead.startswith(("EMBARGOED", "STRICTLY"))
    strong = bool(match["order"] or _STRONG.search(until) or (adjective and until))
    if lead.isupper():
        return strong and (timed or adjective) if line.isupper() else strong or timed
    boxed = line.lstrip()[:1] in "([" and line.rstrip()[-1:] in ")]"
    return timed and (boxed or ":" in until)


def _embargo(
    text: str, said: clocks.Said, match: re.Match[str] | None, reference: datetime, zone: str
) -> Embargo:
    bare = not (said.days or said.clocks or said.strange)
    doubtful = said.unreadable or any(map(_DIGIT.search, said.strange))
    until = None
    if not bare and not doubtful:
        # Only an advance may be used when a day begins; else a day without a clock is too little.
        times = said.clocks or ((clocks.START,) if match and match["advance"] and zone else ())
        until = _end(said.days, times, reference, zone)
    return Embargo(until, text.strip(), bare=bare, plain=not said.strange)


def _end(
    days: tuple[clocks.Day, ...], times: tuple[clocks.Clock, ...], reference: datetime, zone: str
) -> datetime | None:
    """The latest instant that the notice can mean; None when it means none surely."""
    found = [_instants(days, clock, reference, zone) for clock in times]
    return max(map(max, found)) if found and all(found) else None


def _instants(
    days: tuple[clocks.Day, ...], clock: clocks.Clock, reference: datetime, zone: str
) -> list[datetime]:
    """Every instant that days and clock can mean together, none when one of them is no time."""
    found = []
    for where in clocks.zones(clock.zone, zone, reference):
        here = reference.astimezone(where)
        if days:
            dates = clocks.all_resolved(days, here.date())
        else:  # the next time that the clock shows it
            over = _on(here.date(), clock).replace(tzinfo=where) < here
            dates = [here.date() + timedelta(days=over)]
        if not dates:
            return []
        # An hour that the change of clocks brings twice, or never, is the later one.
        found += [
            _on(day, clock).replace(tzinfo=where, fold=fold).astimezone(UTC)
            for day in dates
            for fold in (0, 1)
        ]
    return found


def _on(day: date, clock: clocks.Clock) -> datetime:
    """Day and clock as a local time; 24.00 and midnight are the day's end."""
    if clock.hour == clocks.END:
        return datetime.combine(day + timedelta(days=1), time())
    return datetime.combine(day, time(clock.hour, clock.minute))


def settled(
    notices: Iterable[Embargo], until: datetime | None, text: str
) -> tuple[datetime | None, str]:
    """`embargo_until` and `embargo_text` of an item: what its format says, and its notices.

    The format's instant stands unless a notice is later. Its words stand too, unless they are a
    notice that has now been read. A notice that lifts an embargo takes other notices back, never
    what the format says.
    """
    given = list(notices)
    told = {" ".join(notice.text.split()) for notice in given}
    stated = text and not any(_is_same(text, notice) for notice in told)
    live = [] if any(notice.lifted for notice in given) else given
    ends = [notice.until for notice in live if notice.until]
    latest = max([*ends, *([until] if until else [])], default=None)
    if stated or (until and not text):
        return latest, text
    unread = [notice.text for notice in live if not notice.until and not notice.bare]
    if not ends:
        unread += [notice.text for notice in live if notice.bare]
    if text and not live:
        return latest, text
    return latest, unread[0] if unread else ""


def _is_same(text: str, notice: str) -> bool:
    one, other = (" ".join(each.split()).strip("()[] ") for each in (text, notice))
    return one == other or one in other or other in one
