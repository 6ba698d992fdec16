"""Feeds that are polled over HTTP: one polite conditional request, guarded at every hop.

`fetch` takes the bytes; `accept` is called once the log has them on disk, and only then are the
validators remembered: a crash in between asks for the same bytes again, and loses nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import aiohttp
import msgspec
from yarl import URL

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.intake.guard import LEADS_TO, guarded_socket
from wirecopy.model import Delivery

REDIRECTS = 5
"""Redirects that are followed for one request."""
LONGEST_WAIT = timedelta(hours=24)
"""The longest Retry-After that is believed."""

_MOVED = (301, 302, 303, 307, 308)
_TIMES = aiohttp.ClientTimeout(total=60, connect=15, sock_read=20)
_STATUSES = {
    401: "asks for a login; check the address and the key of this source",
    403: "refuses us; check with the agency that this address may be fetched",
    404: "has no feed at this address; check the url of this source",
    410: "has closed this feed for good; ask the agency for the new address",
    429: "asks us to come less often",
    503: "is out of service for the moment",
}


class FetchError(SourceError):
    """A feed could not be fetched; nothing was lost. `retry_after` is the server's own wish."""

    def __init__(self, sentence: str, retry_after: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a feed's last accepted bytes, to ask only for newer ones."""

    url: str
    """The configured address they belong to; another address starts afresh."""
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""


class HttpIntake:
    """Fetches sources that have a url.

    `state` keeps the validators by source name, wherever it is kept; it changes in `accept` only
    (and where a server sends accepted bytes again under new validators). `now` reads the dates
    of Retry-After. One source is fetched by one task at a time.
    """

    def __init__(
        self,
        state: MutableMapping[str, Validators],
        now: Callable[[], datetime],
        max_bytes: int = 20_000_000,
        timeout: aiohttp.ClientTimeout = _TIMES,
    ) -> None:
        self._state = state
        self._now = now
        self._max_bytes = max_bytes
        self._timeout = timeout
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self._pending: dict[str, Validators] = {}

    async def fetch(self, source: Source) -> Delivery | None:
        """The feed's bytes; None when nothing has changed since the last accepted ones.

        Raises FetchError (a SourceError) with a sentence for the operator, and never the address
        itself: it may hold a key.
        """
        try:
            return await self._fetch(source)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise FetchError(f"Source {source.name}: {_explain(error)}.") from error

    def accept(self, delivery: Delivery) -> None:
        """Remember the delivery's validators: the log has it, so that it need not come again."""
        pending = self._pending.get(delivery.source)
        if pending and pending.sha256 == hashlib.sha256(delivery.body).hexdigest():
            self._state[delivery.source] = self._pending.pop(delivery.source)

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

    async def _fetch(self, source: Source) -> Delivery | None:
        known = self._state.get(source.name)
        if known is not None and known.url != source.url:
            known = None
        session = self._session(allow_private=source.allow_private)
        url = URL(source.url)
        for _ in range(REDIRECTS + 1):
            _check_scheme(source, url)
            async with session.get(url, headers=_asking(known), allow_redirects=False) as response:
                if response.status not in _MOVED:
                    return await self._take(source, known, response)
                url = _next(source, url, response.headers.get("Location", ""))
        raise FetchError(f"Source {source.name}: it redirects more than {REDIRECTS} times.")

    async def _take(
        self, source: Source, known: Validators | None, response: aiohttp.ClientResponse
    ) -> Delivery | None:
        if response.status == 304 and known is not None:
            return None
        if response.status != 200:
            raise self._unwelcome(source, response)
        body = await self._body(source, response)
        found = Validators(
            url=source.url,
            etag=_field(response, "ETag"),
            last_modified=_field(response, "Last-Modified"),
            sha256=hashlib.sha256(body).hexdigest(),
        )
        if known is not None and known.sha256 == found.sha256:
            self._state[source.name] = found
            return None
        self._pending[source.name] = found
        return Delivery(
            source=source.name,
            body=body,
            name=str(response.url.with_user(None).with_query(None).with_fragment(None)),
            media_type=_field(response, "Content-Type"),
            how="http",
        )

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
            f"Source {source.name}: the server {what} (status {response.status}).", wait
        )

    def _session(self, *, allow_private: bool) -> aiohttp.ClientSession:
        """One session for guarded sources and one for those that may go to private addresses.

        Kept apart so that no guarded source ever gets a pooled connection of an open one.
        """
        session = self._sessions.get(allow_private)
        if session is None:
            connector = aiohttp.TCPConnector(
                socket_factory=guarded_socket(allow_private=allow_private), limit_per_host=4
            )
            session = self._sessions[allow_private] = aiohttp.ClientSession(
                connector=connector,
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "wirecopy", "Accept-Encoding": "gzip, deflate"},
                trust_env=False,
            )
        return session


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
    return min(max(wait, timedelta(0)), LONGEST_WAIT)


def _asking(known: Validators | None) -> dict[str, str]:
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


def _check_scheme(source: Source, url: URL) -> None:
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError(f"Source {source.name}: only http and https addresses are fetched.")


def _next(source: Source, url: URL, location: str) -> URL:
    """Where a redirect leads, without any login in it; never from https back to http."""
    if not location:
        raise FetchError(f"Source {source.name}: the server redirects to nowhere.")
    target = url.join(URL(location))
    if url.scheme == "https" and target.scheme == "http":
        raise FetchError(
            f"Source {source.name}: the server redirects from https to http, which is not followed."
        )
    same = target.origin() == url.origin() if target.scheme and target.host else False
    return target if same or not target.host else target.with_user(None)


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


def _explain(error: BaseException) -> str:
    """A few plain words for the error, without the address."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    # Several refused addresses of one name come as one OSError with their texts joined.
    if isinstance(cause, OSError) and (
        refused := re.search(rf"{LEADS_TO} an?[\w' -]+", str(cause))
    ):
        return (
            f"its address is not fetched, {refused[0]}; if that is meant, set "
            "allow_private = true for this source"
        )
    return next(words for kind, words in _WORDS if isinstance(error, kind))
