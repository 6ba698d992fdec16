"""The picture desk: one wanted picture after another is fetched, developed and written down.

It runs beside the wire and never in its way: a story's page is out long before, and is baked again
when its picture has come, or when it is certain that it never will.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec

from wirecopy.errors import SourceError
from wirecopy.pictures.darkroom import Darkroom
from wirecopy.pictures.ledger import CARD, Ledger
from wirecopy.pictures.nouns import Facts, Order, Refused

Fetch = Callable[[str, bool], Awaitable[bytes]]
"""Gives the bytes at an address, which may be a private one or not; raises SourceError."""

TRIES = 5
"""How often an address is asked before its picture is given up."""
_FIRST_WAIT = timedelta(seconds=30)


class PictureDesk:
    """Works through what the ledger wants."""

    def __init__(
        self, ledger: Ledger, darkroom: Darkroom, fetch: Fetch, clock: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._darkroom = darkroom
        self._fetch = fetch
        self._clock = clock

    async def work(self) -> bool:
        """Whether a picture was wanted; it has been seen to then. Raises nothing."""
        wanted = self._ledger.wanted(self._clock())
        if wanted is None:
            return False
        url, private = wanted
        facts = await (self._draw(url) if url.startswith(CARD) else self._take(url, private))
        again = self._clock() + _FIRST_WAIT * 4 ** max(facts.tries - 1, 0)
        self._ledger.record(url, facts, again)
        return True

    async def _draw(self, url: str) -> Facts:
        words = url.removeprefix(CARD).encode()
        order = msgspec.json.decode(words, type=Order)
        card = await asyncio.to_thread(self._darkroom.card, order)
        if card is None:
            return Facts(outcome="refused", reason="the card could not be drawn")
        return self._ledger.keep_card(words, card)

    async def _take(self, url: str, private: bool) -> Facts:
        try:
            body = await self._fetch(url, private)
        except SourceError as error:
            return self._failed(url, str(error))
        made = await asyncio.to_thread(self._darkroom.develop, body)
        if isinstance(made, Refused):
            return Facts(outcome="refused", reason=made.reason)
        try:
            return await asyncio.to_thread(self._ledger.keep, body, made)
        except OSError as error:
            return self._failed(url, f"it could not be written: {error.strerror}")

    def _failed(self, url: str, reason: str) -> Facts:
        """Failed for now, or for good after a few tries."""
        known = self._ledger.facts(url)
        tries = (known.tries if known else 0) + 1
        return Facts(outcome="refused" if tries >= TRIES else "failed", reason=reason, tries=tries)
