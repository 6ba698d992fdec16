"""Which chain of items under one slug another item carries on.

Agencies use a slug again and again: for the leads of one report, for tomorrow's report, for a
busy subject's several reports at once. A chain has one start and any number of items that carry
it on; the same slug tomorrow is a new story. Nothing here looks at the order of arrival.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from wirecopy.model import Item
from wirecopy.story.copyfit import word_count

_WORD = re.compile(r"\w+")

Role = Literal["start", "stub", "carries on"]
STUB_WORDS = 90
"""A flash or an urgent has fewer words; with more it is a report that is marked urgent."""


class Member(NamedTuple):
    """An item under the slug: its story, when the agency sent it, and what it is in its chain."""

    story: str
    at: datetime
    role: Role
    ordinal: int | None
    headline: str


class Window(NamedTuple):
    """How far apart the items of one chain may be."""

    span: timedelta
    """From its first item to its last."""
    gap: timedelta
    """From one to the next, where a night lies between them."""
    day_of: Callable[[datetime], date]
    """The agency's own day on which a moment falls."""


def role_of(item: Item, *, carries_on: bool, wants_marker: bool = False) -> Role:
    """What an item is in its chain: it starts one, carries it on, or is the flash before it.

    A headline alone is a flash, whether it says so or not; unless the chain `wants_marker`.
    """
    if carries_on:
        return "carries on"
    flagged = any(marker.action == "flag" for marker in item.markers)
    if not item.body:
        return "start" if wants_marker and not flagged else "stub"
    return "stub" if flagged and word_count(item) < STUB_WORDS else "start"


def chain_of(member: Member, known: Sequence[Member], window: Window) -> str:
    """The story whose chain `member` belongs to, "" where it begins one of its own."""
    chains: defaultdict[str, list[Member]] = defaultdict(list)
    for each in known:
        chains[each.story].append(each)
    open_ = [chain for chain in chains.values() if _takes_in(chain, member, window)]
    if not open_:
        return ""
    return max(open_, key=lambda chain: _nearness(chain, member))[0].story


def _takes_in(chain: Sequence[Member], member: Member, window: Window) -> bool:
    """Whether the chain is open for the item."""
    times = [each.at for each in chain]
    first, last = min(times), max(times)
    if max(last, member.at) - min(first, member.at) > window.span:
        return False
    if member.role != "carries on" and not _before_all(chain, member):
        return False
    if member.role == "start" and any(each.role == "start" for each in chain):
        return False
    day = window.day_of(member.at)
    if any(window.day_of(time) == day for time in times):
        return True
    near = min(abs(member.at - time) for time in times)
    return near <= window.gap and not _begins_anew(chain, member)


def _before_all(chain: Sequence[Member], member: Member) -> bool:
    """Whether an item is older than the whole chain, or only flashes are older."""
    return all(each.role == "stub" or each.at >= member.at for each in chain)


def _begins_anew(chain: Sequence[Member], member: Member) -> bool:
    """Whether the item counts its leads from the beginning again, as each new cycle does."""
    told = [each.ordinal for each in chain if each.ordinal is not None and each.at < member.at]
    return member.ordinal is not None and bool(told) and member.ordinal <= max(told)


def _nearness(chain: Sequence[Member], member: Member) -> tuple[float, timedelta, str]:
    """How well the item fits a chain: by its headline's words, then by time, then by name."""
    words = _words(member.headline)
    alike = max(_alike(words, _words(each.headline)) for each in chain)
    near = min(abs(member.at - each.at) for each in chain)
    return round(alike, 1), -near, chain[0].story


def _words(headline: str) -> set[str]:
    return set(_WORD.findall(headline.casefold()))


def _alike(words: set[str], others: set[str]) -> float:
    return len(words & others) / (len(words | others) or 1)
