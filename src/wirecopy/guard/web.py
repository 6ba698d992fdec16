"""Guarded HTTP: sessions whose every connection passes the guard, and requests hop by hop.

Everything that wirecopy asks of other servers goes through `ask`: feeds, next pages, hubs,
webhooks. Redirects are followed here and nowhere else.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from wirecopy.errors import SourceError
from wirecopy.guard.addresses import Passage, address_refusal
from wirecopy.guard.apart import apart
from wirecopy.guard.sockets import guarded_socket

_REDIRECTS = 5
"""Redirects that are followed for one request."""
_MOVED = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
TIMES = aiohttp.ClientTimeout(total=60, connect=15, sock_read=20)

_LOOKUPS = 64
"""Names that are looked up at once; slow name servers keep nobody but each other waiting."""


class HopError(SourceError):
    """An address that must not be asked, or a redirect that must not be followed."""


class Lookup(AbstractResolver):
    """Looks names up in threads of their own, so that a slow name server stops no other work."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(_LOOKUPS)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of `host`, as connect() takes them."""
        async with self._slots:
            found = await apart(_addresses, host, port, family)
        return [
            ResolveResult(
                hostname=host,
                host=_numeric(sockaddr),
                port=port,
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, sockaddr in found
        ]

    async def close(self) -> None:
        """Nothing to release: a look-up that hangs is not waited for."""


def _addresses(host: str, port: int, family: int) -> list[Any]:
    return socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)


def _numeric(sockaddr: Any) -> str:
    """The address with its zone, if it has one."""
    host = str(sockaddr[0])
    scoped = len(sockaddr) > 3 and sockaddr[3] and "%" not in host
    return f"{host}%{sockaddr[3]}" if scoped else host


def open_session(
    passage: Passage,
    *,
    timeout: aiohttp.ClientTimeout = TIMES,
    tls: ssl.SSLContext | None = None,
    resolver: AbstractResolver | None = None,
) -> aiohttp.ClientSession:
    """A session all of whose connections pass the guard; it keeps no cookies and no proxy.

    One for each passage, so that no guarded source gets a pooled connection of an open one.
    """
    connector = aiohttp.TCPConnector(
        socket_factory=guarded_socket(passage),
        resolver=resolver or Lookup(),
        limit=0,  # how many are asked at once is the rounds' business
        ssl=tls if tls is not None else True,
    )
    return aiohttp.ClientSession(
        connector=connector,
        timeout=timeout,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": "wirecopy", "Accept-Encoding": "gzip, deflate"},
        trust_env=False,
    )


class Hops:
    """The way a request went: whether every hop was permanent, and where it ended."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.permanent = True
        self.count = 0


@asynccontextmanager
async def ask(
    session: aiohttp.ClientSession,
    url: URL,
    passage: Passage,
    *,
    method: str = "GET",
    headers: Callable[[URL], Mapping[str, str]] = lambda _url: {},
    data: Any = None,
    redirects: int = _REDIRECTS,
) -> AsyncIterator[tuple[aiohttp.ClientResponse, Hops]]:
    """The answer at the end of all redirects, and the way there; each hop passes the guard.

    `headers` is asked anew for each hop: a key goes only to the server it is meant for. Raises
    HopError for addresses that must not be asked.
    """
    hops = Hops(url)
    for _ in range(redirects + 1):
        _check(hops.url, passage)
        async with session.request(
            method, hops.url, headers=headers(hops.url), data=data, allow_redirects=False
        ) as response:
            if response.status not in _MOVED or not redirects:
                yield response, hops
                return
            target = next_hop(hops.url, response.headers.get("Location", ""))
            hops.permanent = hops.permanent and response.status in _PERMANENT
            hops.count += 1
            hops.url = target
    raise HopError(f"it redirects more than {redirects} times")


def _check(url: URL, passage: Passage) -> None:
    if why := address_refusal(url.scheme, url.host, url.port, passage):
        raise HopError(why)


def next_hop(url: URL, location: str) -> URL:
    """Where a link or a redirect leads, without any login in it; never from https to http."""
    if not location:
        raise HopError("the server redirects to nowhere")
    target = url.join(URL(location))
    if url.scheme == "https" and target.scheme == "http":
        raise HopError("the server leads from https to http, which is not followed")
    return target if same_origin(url, target) else _without_login(target)


def same_origin(one: URL, other: URL) -> bool:
    """Whether both are served at the same scheme, host and port."""
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


def _without_login(url: URL) -> URL:
    return url.with_user(None) if url.host else url
