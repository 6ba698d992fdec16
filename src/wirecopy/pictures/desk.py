"""The picture desk: one wanted picture after another is fetched, developed and written down.

It runs beside the wire and never in its way: a story's page is out long before, and is baked again
when its picture has come, or when it is certain that it never will.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from wirecopy.errors import SourceError
from wirecopy.pictures.darkroom import Darkroom
from wirecopy.pictures.ledger import CARD, Ledger
from wirecopy.pictures.nouns import Developed, Facts, Order, Refused

Fetch = Callable[[str, bool], Awaitable[bytes]]
"""Gives the bytes at an address, which may be a private one or not; raises SourceError."""

_Made = TypeVar("_Made")
_OF_ONE_SERVER = 2
"""Pictures of one server that are in hand at once: a dead one keeps nobody else waiting."""
_FIRST_LOOK, _LOOKED_AT = 16, 500
"""Addresses among which the next is looked for: a few do, unless one server has most of them."""
TRIES = 5
"""How often an address is asked before its picture is given up."""
_FIRST_WAIT = timedelta(seconds=30)


class PictureDesk:
    """Works through what the ledger wants. Many may `work` at once: most wait for a server.

    `rest` is how long it pauses after a picture or a card, as a share of what that took. With
    `avif`, pictures get their renditions as AVIF when nothing else is to be done. With
    `cards_alone` nothing is fetched from anybody.
    """

    def __init__(
        self,
        ledger: Ledger,
        darkroom: Darkroom,
        fetch: Fetch,
        clock: Callable[[], datetime],
        *,
        rest: float = 0.0,
        avif: bool = False,
        cards_alone: bool = False,
    ) -> None:
        self._ledger = ledger
        self._darkroom = darkroom
        self._fetch = fetch
        self._clock = clock
        self._rest = rest
        self._avif = avif and not cards_alone
        self._cards_alone = cards_alone
        self._in_hand: set[str] = set()
        self._turn = asyncio.Semaphore(darkroom.children)

    async def work(self) -> bool:
        """Whether there was anything to do; it has been seen to then."""
        url = self._next()
        late = not url and self._avif and not self._in_hand
        if late:
            url = self._ledger.without_avif()
        if not url:
            return False
        self._in_hand.add(url)
        try:
            await (self._add_avif(url) if late else self._see_to(url))
        finally:
            self._in_hand.discard(url)
        return True

    def _next(self) -> str:
        """The next address that nobody has in hand, of a server that has not its share already."""
        busy = Counter(map(_server, self._in_hand))
        alone = self._cards_alone
        for most in (_FIRST_LOOK, _LOOKED_AT):
            for url in self._ledger.wanted(self._clock(), most, cards_alone=alone):
                if url not in self._in_hand and busy[_server(url)] < _OF_ONE_SERVER:
                    return url
        return ""

    async def _see_to(self, url: str) -> None:
        facts = await (self._draw(url) if url.startswith(CARD) else self._take(url))
        again = self._clock() + _FIRST_WAIT * 4 ** max(facts.tries - 1, 0)
        self._ledger.record(url, facts, again)

    async def _add_avif(self, url: str) -> None:
        facts = self._ledger.facts(url)
        body = self._ledger.original(facts) if facts else None
        made = await self._develop(url, body, avif=True) if body else None
        self._ledger.add_avif(url, made if isinstance(made, Developed) else None)

    async def _develop(self, url: str, body: bytes, *, avif: bool = False) -> Developed | Refused:
        """The picture's renditions."""
        _, label = self._ledger.use_of(url)
        return await self._in_turn(partial(self._darkroom.develop, body, label, avif=avif))

    async def _in_turn(self, work: Callable[[], _Made]) -> _Made:
        """What the darkroom makes, one thing after another, and a rest after each."""
        async with self._turn:
            began = time.perf_counter()
            made = await asyncio.to_thread(work)
            await asyncio.sleep((time.perf_counter() - began) * self._rest)
            return made

    async def _draw(self, url: str) -> Facts:
        words = url.removeprefix(CARD).encode()
        order = msgspec.json.decode(words, type=Order)
        card = await self._in_turn(partial(self._darkroom.card, order))
        if card is None:
            return self._failed(url, "the card could not be drawn")
        return self._ledger.keep_card(words, card)

    async def _take(self, url: str) -> Facts:
        private, _ = self._ledger.use_of(url)
        try:
            body = await self._fetch(url, private)
        except SourceError as error:
            return self._failed(url, str(error))
        made = await self._develop(url, body)
        if isinstance(made, Refused):
            if made.for_good:
                return Facts(outcome="refused", reason=made.reason)
            return self._failed(url, made.reason)
        try:
            return await asyncio.to_thread(self._ledger.keep, body, made)
        except OSError as error:
            return self._failed(url, f"it could not be written: {error.strerror}")

    def _failed(self, url: str, reason: str) -> Facts:
        """Failed for now, or for good after a few tries."""
        known = self._ledger.facts(url)
        tries = (known.tries if known else 0) + 1
        return Facts(outcome="refused" if tries >= TRIES else "failed", reason=reason, tries=tries)


@lru_cache(maxsize=2 * _LOOKED_AT)
def _server(url: str) -> str:
    """The server that an address names; cards have none and never wait for one another."""
    if url.startswith(CARD):
        return url
    try:
        return urlsplit(url).netloc or url
    except ValueError:
        return url
