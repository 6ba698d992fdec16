"""When lists are made: at once where there is time, never so often that copy has to wait.

A wire of twenty stories a second touches the home page twenty times a second; made once for all
of them it costs a twentieth, and nobody sees the difference.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

LISTS_WITHIN = 1.0
"""Seconds that a list may wait for while copy goes on coming in."""
REST = 0.75
"""Seconds for which a list rests once it was made; with a look at the clock, within a second."""
_PATIENT = ("topic/", "day/", "map", "news-map")
"""Topics, of which one story changes eight, days and sitemaps: few people wait for their next."""
_PATIENCE = 4
"""They rest and wait so many times as long as fronts."""


class Pace:
    """Remembers when each list was made last, and since when it waits to be made anew."""

    def __init__(self) -> None:
        self._made: dict[str, float] = {}
        self._since: dict[str, float] = {}

    def parts(
        self,
        lists: Sequence[str],
        few: int,
        *,
        copy_waits: Callable[[], bool],
        rest: float,
        allowed: float,
    ) -> Iterator[Sequence[str]]:
        """The lists that may be made now, `few` at a time, those that wait longest first.

        Whoever takes a part has made it when the next is asked for. A list that was made less
        than `rest` seconds ago is left. When copy waits all that remain are left, but for those
        that have waited for `LISTS_WITHIN`: they are given until `allowed` seconds have passed, so
        that a wire which never pauses cannot keep them back. Topics, days and sitemaps are patient.
        """
        began = time.monotonic()
        ready = self._ready(lists, began, rest)
        for start in range(0, len(ready), few):
            part = ready[start : start + few]
            if copy_waits():
                late = began - self._since[part[0]] > LISTS_WITHIN * _patience(part[0])
                if not late or (start and time.monotonic() - began > allowed):
                    return
            yield part
            self._note(part)

    def _ready(self, lists: Sequence[str], now: float, rest: float) -> list[str]:
        self._since = {page: self._since.get(page, now) for page in lists}
        self._made = {
            page: made for page, made in self._made.items() if now - made < rest * _patience(page)
        }
        return sorted((p for p in lists if p not in self._made), key=self._since.__getitem__)

    def _note(self, made: Sequence[str]) -> None:
        now = time.monotonic()
        for page in made:
            self._made[page] = now
            del self._since[page]


def _patience(page: str) -> int:
    return _PATIENCE if page.startswith(_PATIENT) else 1
