"""How often a source is asked: its own rhythm, its server's wishes, patience after failures.

Values in, values out: the clock and the dice are arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

import msgspec

LONGEST_WAIT = timedelta(hours=1)
"""The longest pause after failures; a source is never given up."""
LONGEST_WISH = timedelta(hours=24)
"""The longest pause that a server may ask for."""
_SHARE = 20
"""A feed is asked about this many times between two of its changes."""
_SETTLED = 5
"""Changes that must have been seen before a rhythm is believed."""
_LATE = 4
"""A source is late when it is silent for this many of its usual longest pauses."""
_LEAST_LATE = timedelta(minutes=15)
_QUIET = timedelta(days=7)
FAILING = 3
"""Failures, or deliveries of which nothing could be read, in a row: from then on it is failing."""


class Wishes(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a feed and its server say of how often they want to be asked."""

    pause: timedelta | None = None
    """The longest of ttl, sy:updatePeriod and Cache-Control's max-age."""
    skip_hours: frozenset[int] = frozenset()
    """Hours (UTC) in which the feed has nothing new."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week (Monday is 0, UTC) on which it has nothing new."""


class Rhythm(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The pauses between a source's news, smoothed: how long, and how unsteady."""

    last: datetime | None = None
    pause: float = 0.0
    spread: float = 0.0
    count: int = 0

    @property
    def longest(self) -> timedelta:
        """The usual longest pause."""
        return timedelta(seconds=self.pause + 4 * self.spread)


def heard(rhythm: Rhythm, now: datetime) -> Rhythm:
    """The rhythm after something new has come; a clock that ran backwards counts as no pause."""
    if rhythm.last is None:
        return Rhythm(last=now)
    gap = max(0.0, (now - rhythm.last).total_seconds())
    if not rhythm.count:
        return Rhythm(last=now, pause=gap, spread=gap / 2, count=1)
    # The smoothing of TCP's timers (RFC 6298, 2.3): quick to follow, slow to forget.
    spread = 0.75 * rhythm.spread + 0.25 * abs(rhythm.pause - gap)
    pause = 0.875 * rhythm.pause + 0.125 * gap
    return Rhythm(last=now, pause=pause, spread=spread, count=rhythm.count + 1)


def next_pause(
    every: timedelta, slowest: timedelta, rhythm: Rhythm, wishes: Wishes, now: datetime
) -> timedelta:
    """How long to wait before the feed is asked again, between `every` and `slowest`.

    Only hours and days that the feed names as empty are waited out beyond that.
    """
    wanted = max(every, wishes.pause or timedelta())
    if rhythm.count >= _SETTLED:
        wanted = max(wanted, timedelta(seconds=rhythm.pause / _SHARE))
    pause = min(wanted, max(every, slowest))
    return max(pause, _until_open(wishes, now + pause) - now)


def _until_open(wishes: Wishes, at: datetime) -> datetime:
    """The first moment from `at` on that lies in no skipped hour or day, at most a day later."""
    opens = at
    while opens - at < LONGEST_WISH and (
        opens.hour in wishes.skip_hours or opens.weekday() in wishes.skip_days
    ):
        opens = opens.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return opens


def backoff(
    every: timedelta, failures: int, wish: timedelta | None, dice: Callable[[], float]
) -> timedelta:
    """How long to wait after so many failures in a row: doubling to an hour, then for ever.

    `dice` gives a number from 0 to 1 that spreads sources which failed together; a server's own
    wish (Retry-After) is waited out in full.
    """
    longest = max(LONGEST_WAIT, every)
    doubled: timedelta = min(every * 2 ** min(failures, 16), longest)
    spread = doubled * (0.5 + 0.5 * dice())
    return max(spread, min(wish or timedelta(), LONGEST_WISH), every)


State = Literal["new", "healthy", "late", "failing", "quiet", "stopped"]


def state_of(
    rhythm: Rhythm,
    failures: int,
    *,
    stopped: bool,
    since: datetime,
    now: datetime,
    unreadable: bool = False,
) -> tuple[State, str]:
    """How a source stands, and why in words. `since` is when it was first looked at.

    `unreadable` says that nothing of its last deliveries could be read.
    """
    if stopped:
        return "stopped", "its server says that the feed has been closed for good"
    if failures >= FAILING:
        return "failing", f"it could not be taken in {failures} times in a row"
    if unreadable:
        return "failing", f"nothing of its last {FAILING} deliveries could be read"
    if rhythm.last is None:
        if now - since > _QUIET:
            return "quiet", "nothing has ever come"
        return "new", "nothing has come yet"
    silent = now - rhythm.last
    patience = max(_LATE * rhythm.longest, _LEAST_LATE)
    if rhythm.count >= _SETTLED and silent > patience:
        usual = spoken(rhythm.longest)
        return "late", f"nothing new for {spoken(silent)}; its usual longest pause is {usual}"
    if silent > _QUIET:
        return "quiet", f"nothing new for {spoken(silent)}"
    return "healthy", "it comes as usual"


def spoken(length: timedelta) -> str:
    """A length of time in words, to its largest unit."""
    seconds = max(0, int(length.total_seconds()))
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size or size == 1:
            count = seconds // size
            return f"{count} {word}{'' if count == 1 else 's'}"
    raise AssertionError
