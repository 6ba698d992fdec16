"""How lists rank their stories: urgency, freshness and picture, and nothing that needs a clock.

"Now" is the newest change among the stories of the list itself, so that the same archive gives
the same front whenever it is baked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from wirecopy.model import Teaser
from wirecopy.press.forms import is_paid_for

Teasers = tuple[Teaser, ...]

_URGENCY_STEP = timedelta(hours=3)
"""What one step of urgency is worth, in age: a 3 leads over a 4 that is three hours younger."""
_PICTURE = timedelta(hours=2)
"""What a picture is worth, in age."""
_FLAGGED = timedelta(hours=3)
"""What the agency's own "live" or "breaking" is worth, in age, while it is fresh."""
_SENT_IN = timedelta(days=1)
"""By how much a press release, or what is paid for, is older than news: it leads where all is."""
FRESH = timedelta(hours=6)
"""How long after its last change a story carries its mark."""
DEVELOPING = 2
"""Updates from which on a story is developing, whatever the agency calls it."""
_A_SERIES = 12
"""Signs, figures apart, from which on two headlines that share them all are of one series."""
_FIGURES = re.compile(r"\d[\d.,:/]*")
_AN_EVENT = timedelta(hours=3)
"""How far apart two agencies' reports of one event may be at the top."""
_COMMON, _ALIKE = 4, 0.7
"""Topics that both name, and their share of the shorter list."""
_A_SECTION = 2
"""Stories of one section at the top of a page that has all of them."""


def newest(teasers: Teasers) -> datetime | None:
    """The newest change among these stories; None where there are none."""
    return max((teaser.updated for teaser in teasers), default=None)


_LOUD = (
    "BREAKING", "URGENT", "FLASH", "BULLETIN", "ALERT", "SNAP", "EIL", "BLITZ", "JUST IN", "ULTIM",
    "ÚLTIM", "DERNIÈRE", "DERNIERE", "PILNE", "СРОЧНО", "МОЛНИЯ", "BLIXT", "DAKİKA", "DAKIKA",
    "عاجل", "ब्रेकिंग", "速報", "快讯", "快訊", "속보",
)  # fmt: skip
_LIVE = ("LIVE", "EN DIRECT", "EN VIVO", "AO VIVO", "DIRETTA")


def flagged(marker: str) -> str:
    """What an agency's flag says of a story: live, breaking, developing, or nothing of the kind."""
    said = marker.upper()
    if any(word in said for word in _LIVE):
        return "live"
    if "DEVELOPING" in said:
        return "developing"
    return "breaking" if any(word in said for word in _LOUD) else ""


def mark_of(teaser: Teaser, now: datetime | None) -> str:
    """Either "live", "breaking" or "developing" while the story is fresh beside `now`, else ""."""
    if now is None or now - teaser.updated > FRESH:
        return ""
    return flagged(teaser.flag) or ("developing" if teaser.updates >= DEVELOPING else "")


def ranked(teasers: Teasers) -> list[Teaser]:
    """The stories by weight, the weightiest first; equal ones keep their order.

    Weight is age: hours since the story came (its updates count by half), more for lower urgency
    and for what is sent in, less for a picture or a fresh flag. An urgency outside the agencies' 1
    to 8 is normal.
    """
    now = newest(teasers)
    if now is None:
        return []

    def weight(teaser: Teaser) -> timedelta:
        came = teaser.first_published
        age = now - came - (teaser.updated - came) / 2
        urgency = teaser.urgency if 1 <= teaser.urgency <= 8 else 5
        age += (urgency - 5) * _URGENCY_STEP
        if teaser.picture is not None:
            age -= _PICTURE
        if is_paid_for(teaser):
            age += _SENT_IN
        fresh = now - teaser.updated <= FRESH
        return age - _FLAGGED if fresh and flagged(teaser.flag) else age

    return sorted(teasers, key=weight)


def leading(
    teasers: Teasers, seconds: int, *, mixed: bool = False
) -> tuple[Teaser | None, Teasers, Teasers]:
    """(lead, seconds, the rest in the order given). `mixed` lets no section fill the top alone."""
    best = ranked(teasers)
    if not best:
        return None, (), ()
    top = _top(best, seconds + 1, mixed=mixed)
    above = {teaser.id for teaser in top}
    return top[0], top[1:], tuple(t for t in teasers if t.id not in above)


def _top(best: list[Teaser], count: int, *, mixed: bool) -> Teasers:
    """The first `count`: one of a series and of an event, two of a section where it is `mixed`.

    Where there are no others the rest follow, in their order.
    """
    first, again = _told_apart(best, ())
    first, known = _of_events(first, count)
    again = known + again
    if mixed:
        first = _mixed(first)
    return (first + again)[:count]


def _of_events(best: Teasers, count: int) -> tuple[Teasers, Teasers]:
    """(the best without what other agencies tell of the first `count` of them, those others)."""
    first: list[Teaser] = []
    others: list[Teaser] = []
    for teaser in best:
        told = len(first) < count and any(of_one_event(teaser, one) for one in first)
        (others if told else first).append(teaser)
    return tuple(first), tuple(others)


def of_one_event(one: Teaser, other: Teaser) -> bool:
    """Whether two agencies seem to tell of the same thing, though in texts that have little alike.

    They came within hours of each other, and nearly all that the shorter list names is in both.
    It is good enough to choose what stands at the top, and nothing else hangs on it.
    """
    if one.agency == other.agency or abs(one.first_published - other.first_published) > _AN_EVENT:
        return False
    here, there = ({topic.slug for topic in teaser.topics} for teaser in (one, other))
    shared = len(here & there)
    return shared >= _COMMON and shared >= _ALIKE * min(len(here), len(there))


def _mixed(best: Teasers) -> Teasers:
    """First no more than two of a section, then the rest."""
    taken: list[Teaser] = []
    passed: list[Teaser] = []
    counts: dict[str, int] = {}
    for teaser in best:
        counts[teaser.section] = counts.get(teaser.section, 0) + 1
        (taken if counts[teaser.section] <= _A_SECTION else passed).append(teaser)
    return (*taken, *passed)


def apart(teasers: Iterable[Teaser], above: Iterable[Teaser] = ()) -> Teasers:
    """The first of each series, in their order; none of a series that stands `above`.

    Agencies send series all day ("Index at 1,204 points in early trade"): headlines that only
    their figures tell from one another. Of such a row readers need one.
    """
    return _told_apart(teasers, above)[0]


def _told_apart(teasers: Iterable[Teaser], above: Iterable[Teaser]) -> tuple[Teasers, Teasers]:
    """(the first of each series, those that only their figures tell from one before)."""
    seen = {series for teaser in above if (series := _series(teaser))}
    first: list[Teaser] = []
    again: list[Teaser] = []
    for teaser in teasers:
        series = _series(teaser)
        (again if series in seen else first).append(teaser)
        if series:
            seen.add(series)
    return tuple(first), tuple(again)


def _series(teaser: Teaser) -> str:
    """The headline without its figures; "" for one of a word or two, which says too little."""
    words = _FIGURES.sub("", teaser.headline.casefold())
    return words if len(words) >= _A_SERIES else ""
