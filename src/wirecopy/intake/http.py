"""Feeds that are polled over HTTP: one polite conditional request, guarded at every hop.

`fetch` takes the bytes; `accept` is called once the log has them on disk, and only then is the
cursor moved: a crash in between asks for the same bytes again, and loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from datetime import datetime
from types import TracebackType
from typing import Self

import aiohttp
import msgspec
from aiohttp.abc import AbstractResolver
from yarl import URL

from wirecopy.config import Source
from wirecopy.guard import PORTS, Passage
from wirecopy.guard.web import TIMES, HopError, Lookup, ask, open_session
from wirecopy.intake.credentials import Vault
from wirecopy.intake.cursors import Cursor, led_back, sighted, validators
from wirecopy.intake.pages import Page, behind, is_page, read_to
from wirecopy.intake.refusals import FetchError, explain, unwelcome
from wirecopy.intake.rhythm import Wishes
from wirecopy.model import Delivery

_MOST_ARCHIVES = 1000
_OF_PROFILES = "vendor-xml"
"""The one format whose copy may be HTML, where a profile says so."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What one look at a feed brought; `accept` it once the log has the deliveries."""

    deliveries: tuple[Delivery, ...] = ()
    wishes: Wishes = Wishes()
    hub: str = ""
    """The feed's hub (WebSub), and the address by which the hub knows the feed."""
    topic: str = ""
    cursor: Cursor


class HttpIntake:
    """Fetches sources that have a url.

    `state` keeps the cursors by source name, wherever it is kept. `now` reads the dates of
    Retry-After. One source is fetched by one task at a time.
    """

    def __init__(
        self,
        state: MutableMapping[str, Cursor],
        now: Callable[[], datetime],
        max_bytes: int = 20_000_000,
        *,
        timeout: aiohttp.ClientTimeout = TIMES,
        vault: Vault | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._state = state
        self._now = now
        self._max_bytes = max_bytes
        self._timeout = timeout
        self._vault = vault or Vault()
        self._resolver = resolver or Lookup()
        self._sessions: dict[tuple[Passage, str, str], aiohttp.ClientSession] = {}

    async def fetch(self, source: Source, *, page_too: bool = False) -> Fetched:
        """The feed's news: without deliveries when nothing has changed since the last accepted.

        `page_too` gives a page in HTML as it is; else that is no feed, whatever its status says.
        Raises FetchError (a SourceError) with a sentence for the operator, and never the address
        itself: it may hold a key.
        """
        known = self._known(source)
        try:
            fetched = await self._fetch(source, known, page_too=page_too)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, HopError) as error:
            self._step_back(source, known)
            raise FetchError(f"Source {source.name}: {explain(error)}.") from error
        except FetchError as error:
            if error.retry_after is None:
                error.gone = error.gone and not (known.moved or known.next)
                self._step_back(source, known)
            raise
        if not fetched.deliveries and fetched.cursor != known:
            self.accept(source, fetched)
        return fetched

    def accept(self, source: Source, fetched: Fetched) -> None:
        """Move the cursor: the log has these deliveries, so that they need not come again."""
        self._state[source.name] = fetched.cursor

    def session(self, source: Source) -> tuple[aiohttp.ClientSession, Passage]:
        """The session in which this source's server and hub are asked, and how far it leads."""
        passage = _passage_of(source)
        login = source.login
        key = (passage, login.certificate, login.authority)
        if key not in self._sessions:
            self._sessions[key] = open_session(
                passage,
                timeout=self._timeout,
                tls=self._vault.tls(source),
                resolver=self._resolver,
            )
        return self._sessions[key], passage

    async def close(self) -> None:
        """Close all connections. Safe to call twice."""
        while self._sessions:
            await self._sessions.popitem()[1].close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def _known(self, source: Source) -> Cursor:
        known = self._state.get(source.name)
        return known if known is not None and known.url == source.url else Cursor(url=source.url)

    def _step_back(self, source: Source, known: Cursor) -> None:
        """After a failure the configured address is asked again, not where it once led."""
        if known.moved or known.next:
            self._state[source.name] = led_back(known)

    async def _fetch(self, source: Source, known: Cursor, *, page_too: bool) -> Fetched:
        url = URL(known.next or known.moved or source.url)
        page = await self._page(source, url, None if known.next else known)
        known = sighted(known, page.hops)
        if page.body is None:
            return Fetched(cursor=known, wishes=page.wishes)
        if is_page(page.body) and not page_too and source.format != _OF_PROFILES:
            raise FetchError(
                f"Source {source.name}: the server answers with a page in HTML where its feed "
                "should be (a log-in or error page?); check the url and the login of this source."
            )
        if page.sha256 == known.sha256 and not page.channel.cursor:
            return Fetched(cursor=read_to(known, page), wishes=page.wishes)
        return _fetched(source, known, await self._with_further(source, known, page))

    async def _with_further(self, source: Source, known: Cursor, first: Page) -> list[Page]:
        """The first page and those behind it, as far as there may be a gap."""
        pages = [first]
        while len(pages) < source.pages:
            url = behind(source, known, pages[-1])
            if url is None:
                break
            try:
                page = await self._page(source, url, None)
            except FetchError as error:
                if not error.absent:
                    raise
                break  # a link to nowhere keeps no news back
            if page.body is None or page.body == pages[-1].body:
                break
            pages.append(page)
        return pages

    async def _page(self, source: Source, url: URL, known: Cursor | None) -> Page:
        session, passage = self.session(source)

        def headers(hop: URL) -> dict[str, str]:
            return {**validators(known), **self._vault.headers(source, hop)}

        async with ask(session, url, passage, headers=headers) as (response, hops):
            if response.status == 304 and known is not None and known.sha256:
                return Page(response, hops, None)
            if response.status != 200:
                raise unwelcome(source.name, response, self._now())
            return Page(response, hops, await self._body(source, response))

    async def _body(self, source: Source, response: aiohttp.ClientResponse) -> bytes:
        """The decoded body, never more of it in memory than the cap and one chunk."""
        parts: list[bytes] = []
        size = 0
        async for chunk in response.content.iter_chunked(64 * 1024):
            size += len(chunk)
            if size > self._max_bytes:
                response.close()
                raise FetchError(
                    f"Source {source.name}: it sends more than {self._max_bytes} bytes; "
                    "raise [pipeline] max_bytes if that is right."
                )
            parts.append(chunk)
        if not size:
            raise FetchError(f"Source {source.name}: the server answered with nothing.")
        return b"".join(parts)


def _fetched(source: Source, known: Cursor, pages: list[Page]) -> Fetched:
    """What these pages bring, oldest first, and the cursor behind them."""
    first, last = pages[0], pages[-1]
    # A server that hands out addresses goes on from the old to the new; links lead back.
    in_order = pages if last.channel.cursor else pages[::-1]
    archives = (*known.archives, *(page.mark for page in in_order if page is not first))
    cursor = msgspec.structs.replace(
        read_to(known, first),
        archives=archives[-_MOST_ARCHIVES:],
        next=last.onward(source) or known.next,
    )
    return Fetched(
        deliveries=tuple(page.delivery(source) for page in in_order if not page.channel.empty),
        wishes=first.wishes,
        hub=first.links.get("hub", ""),
        topic=first.links.get("self", "") or source.url,
        cursor=cursor,
    )


def _passage_of(source: Source) -> Passage:
    """How far a source leads: its own port and the usual ones, and the exceptions it names."""
    own = URL(source.url).port or 443
    return Passage(
        ports=tuple(sorted({*PORTS, own, *source.ports})),
        allow_private=source.allow_private,
        networks=source.networks,
    )
