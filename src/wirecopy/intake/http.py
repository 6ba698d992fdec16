"""Feeds that are polled over HTTP: one polite conditional request, guarded at every hop.

`fetch` takes the bytes; `accept` is called once the log has them on disk, and only then is the
cursor moved: a crash in between asks for the same bytes again, and loses nothing.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import aiohttp
import msgspec
from aiohttp.abc import AbstractResolver
from yarl import URL

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.guard import LEADS_TO, PORTS, Passage
from wirecopy.guard.web import (
    TIMES,
    HopError,
    Hops,
    Lookup,
    ask,
    next_hop,
    open_session,
    same_origin,
)
from wirecopy.intake.channel import Channel, channel, ids, max_age
from wirecopy.intake.credentials import Vault
from wirecopy.intake.rhythm import LONGEST_WISH, Wishes
from wirecopy.model import Delivery

SIGHTINGS = 3
"""Times a permanent redirect must lead to the same address before it is believed."""
_MOST_ARCHIVES = 1000

_STATUSES = {
    400: "does not understand the request; check the url of this source",
    401: "asks for a login; check the address and the key of this source",
    403: "refuses us; check with the agency that this address may be fetched",
    404: "has no feed at this address; check the url of this source",
    410: "has closed this feed for good; ask the agency for the new address",
    429: "asks us to come less often",
    503: "is out of service for the moment",
}


class FetchError(SourceError):
    """A feed could not be fetched; nothing was lost.

    `retry_after` is the server's own wish; `gone` says that it has closed the feed for good, and
    `absent` that it has nothing there (any more).
    """

    def __init__(
        self, sentence: str, retry_after: timedelta | None = None, *, status: int = 0
    ) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
        self.gone = status == 410
        self.absent = status in (404, 410)


class Cursor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far a feed has been read, to ask only for what is newer."""

    url: str
    """The configured address it belongs to; another address starts afresh."""
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    moved: str = ""
    """Where a permanent redirect has led `SIGHTINGS` times; asked in place of `url`."""
    seen_at: str = ""
    """Where the last permanent redirect led, and `sightings` before it."""
    sightings: int = 0
    next: str = ""
    """Where the next news will be, for servers that hand out a new address each time."""
    ids: tuple[int, ...] = ()
    """Marks of the stories on the feed's first page."""
    archives: tuple[int, ...] = ()
    """Marks of archive pages (RFC 5005) that need not be read again."""


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

    async def fetch(self, source: Source) -> Fetched:
        """The feed's news: without deliveries when nothing has changed since the last accepted.

        Raises FetchError (a SourceError) with a sentence for the operator, and never the address
        itself: it may hold a key.
        """
        known = self._known(source)
        try:
            fetched = await self._fetch(source, known)
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
        passage = passage_of(source)
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
            self._state[source.name] = msgspec.structs.replace(
                known, moved="", seen_at="", sightings=0, next=""
            )

    async def _fetch(self, source: Source, known: Cursor) -> Fetched:
        url = URL(known.next or known.moved or source.url)
        page = await self._page(source, url, None if known.next else known)
        known = _sighted(known, page.hops)
        if page.body is None:
            return Fetched(cursor=known, wishes=page.wishes)
        if hashlib.sha256(page.body).hexdigest() == known.sha256 and not page.channel.cursor:
            return Fetched(cursor=_validated(known, page), wishes=page.wishes)
        return await self._further(source, known, page)

    async def _further(self, source: Source, known: Cursor, first: _Page) -> Fetched:
        """The first page with those behind it, oldest first, as far as there may be a gap."""
        pages, cursor = [first], _validated(known, first)
        while len(pages) < source.pages:
            url = _behind(source, known, pages[-1])
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
        about = pages[-1].channel
        if about.cursor:
            onward = _led(pages[-1].hops.url, about.cursor)
            if onward and same_origin(onward, URL(source.url)):
                cursor = msgspec.structs.replace(cursor, next=str(onward))
        else:
            pages.reverse()
        archives = tuple(_mark(page.hops.url) for page in pages if page is not first)
        return Fetched(
            deliveries=tuple(_delivery(source, page) for page in pages if not page.channel.empty),
            wishes=first.wishes,
            hub=first.links.get("hub", ""),
            topic=first.links.get("self", "") or source.url,
            cursor=msgspec.structs.replace(
                cursor, archives=(*known.archives, *archives)[-_MOST_ARCHIVES:]
            ),
        )

    async def _page(self, source: Source, url: URL, known: Cursor | None) -> _Page:
        session, passage = self.session(source)

        def headers(hop: URL) -> dict[str, str]:
            return {**_asking(known), **self._vault.headers(source, hop)}

        async with ask(session, url, passage, headers=headers) as (response, hops):
            if response.status == 304 and known is not None and known.sha256:
                return _Page(response, hops, None)
            if response.status != 200:
                raise self._unwelcome(source, response)
            return _Page(response, hops, await self._body(source, response))

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

    def _unwelcome(self, source: Source, response: aiohttp.ClientResponse) -> FetchError:
        what = _STATUSES.get(response.status, "gives no feed")
        wait = None
        if response.status in (429, 503):
            wait = retry_after(response.headers.get("Retry-After", ""), self._now())
        return FetchError(
            f"Source {source.name}: the server {what} (status {response.status}).",
            wait,
            status=response.status,
        )


class _Page:
    """One answer, and what it says beside its stories. Without a body nothing has changed."""

    def __init__(self, response: aiohttp.ClientResponse, hops: Hops, body: bytes | None) -> None:
        self.hops = hops
        self.body = body
        self.name = str(response.url.with_user(None).with_query(None).with_fragment(None))
        self.etag = _field(response, "ETag")
        self.last_modified = _field(response, "Last-Modified")
        self.media_type = _field(response, "Content-Type")
        self.channel = channel(body) if body else Channel()
        self.links = {**self.channel.links, **_links(response)}
        pause = max_age(response.headers.get("Cache-Control", ""))
        wanted = [one for one in (pause, self.channel.wishes.pause) if one is not None]
        self.wishes = msgspec.structs.replace(self.channel.wishes, pause=max(wanted, default=None))


def _links(response: aiohttp.ClientResponse) -> dict[str, str]:
    """Addresses of the Link header fields by relation; they come before those in the feed.

    None of them where one cannot be read: what a server says beside its copy costs no copy.
    """
    found: dict[str, str] = {}
    try:
        links = response.links
    except ValueError:
        return found
    for rel, link in links.items():
        for one in rel.lower().split():
            found.setdefault(one, str(link.get("url", "")))
    return found


def _behind(source: Source, known: Cursor, page: _Page) -> URL | None:
    """The page behind this one, while there may be a gap between it and what is known."""
    about = page.channel
    if about.cursor:
        link = "" if about.empty else about.cursor
    elif page.links.get("prev-archive"):
        link = page.links["prev-archive"]
    else:
        overlaps = set(ids(page.body or b"")) & set(known.ids)
        link = "" if overlaps else page.links.get("next", "")
    url = _led(page.hops.url, link)
    if url is None:
        return None
    if not same_origin(url, page.hops.url) and not same_origin(url, URL(source.url)):
        return None
    return None if "prev-archive" in page.links and _mark(url) in known.archives else url


def _led(base: URL, link: str) -> URL | None:
    """Where a link in a feed leads; None for one that cannot be followed, or for none at all."""
    try:
        return next_hop(base, link)
    except (HopError, ValueError):
        return None


def _mark(url: URL) -> int:
    return zlib.crc32(str(url).encode())


def _delivery(source: Source, page: _Page) -> Delivery:
    return Delivery(
        source=source.name,
        body=page.body or b"",
        name=page.name,
        media_type=page.media_type,
        how="http",
    )


def _sighted(known: Cursor, hops: Hops) -> Cursor:
    """The cursor after one more look at where permanent redirects lead; others lead nowhere."""
    if known.moved or known.next:
        return known
    if not hops.count or not hops.permanent:
        return msgspec.structs.replace(known, seen_at="", sightings=0)
    target = str(hops.url)
    sightings = known.sightings + 1 if known.seen_at == target else 1
    moved = target if sightings >= SIGHTINGS else ""
    return msgspec.structs.replace(known, seen_at=target, sightings=sightings, moved=moved)


def _validated(known: Cursor, page: _Page) -> Cursor:
    body = page.body or b""
    return msgspec.structs.replace(
        known,
        etag=page.etag,
        last_modified=page.last_modified,
        sha256=hashlib.sha256(body).hexdigest(),
        ids=ids(body),
    )


def passage_of(source: Source) -> Passage:
    """How far a source leads: its own port and the usual ones, and the exceptions it names."""
    own = URL(source.url).port or 443
    return Passage(
        ports=tuple(sorted({*PORTS, own, *source.ports})),
        allow_private=source.allow_private,
        networks=source.networks,
    )


def retry_after(text: str, now: datetime) -> timedelta | None:
    """How long a Retry-After field asks to wait (RFC 9110, 10.2.3); None when it says nothing."""
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        wait = timedelta(seconds=int(text))
    else:
        try:
            date = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
        wait = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), LONGEST_WISH)


def _asking(known: Cursor | None) -> dict[str, str]:
    """Both validators as the server gave them; it picks the one it understands."""
    asking = {}
    if known is not None and known.etag:
        asking["If-None-Match"] = known.etag
    if known is not None and known.last_modified:
        asking["If-Modified-Since"] = known.last_modified
    return asking


def _field(response: aiohttp.ClientResponse, name: str) -> str:
    """A header field when it is plain text, else "": it is stored and sent back one day."""
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) <= 512 else ""


_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (TimeoutError, "the server took too long to answer"),
    (
        aiohttp.ClientConnectorDNSError,
        "the server's name is not known; check the url of this source",
    ),
    (aiohttp.ClientSSLError, "no secure connection could be made; its certificate is not right"),
    (aiohttp.ClientConnectorError, "no connection could be made to the server"),
    (aiohttp.ClientPayloadError, "its answer broke off or could not be unpacked"),
    (ValueError, "an address is not valid; check the url of this source"),
    (BaseException, "the server's answer could not be read"),
)


def explain(error: BaseException) -> str:
    """A few plain words for the error, without the address."""
    if isinstance(error, HopError):
        return str(error)
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    # Several refused addresses of one name come as one OSError with their texts joined.
    if isinstance(cause, OSError) and (
        refused := re.search(rf"{LEADS_TO} an?[\w' -]+", str(cause))
    ):
        return (
            f"its address is not fetched, {refused[0]}; if that is meant, set "
            "allow_private = true for this source, or name the network in networks"
        )
    return next(words for kind, words in _WORDS if isinstance(error, kind))
