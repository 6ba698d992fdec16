"""The guard at work: stub resolvers and servers on loopback, and nothing ever leaves."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import uvloop
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer
from tests.intake.certificates import Authority
from yarl import URL

from wirecopy.guard import Passage, RefusedError, connect, guarded_socket
from wirecopy.guard.apart import apart
from wirecopy.guard.sockets import GuardedSocket
from wirecopy.guard.web import HopError, ask, next_hop, open_session

LOOPBACK = "127.0.0.0/8"


class Names(AbstractResolver):
    """A resolver that answers each time with the next of its addresses."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The address whose turn it is."""
        address = self.addresses[min(self.asked, len(self.addresses) - 1)]
        self.asked += 1
        del family
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)
        ]

    async def close(self) -> None:
        """Nothing to close."""


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def fetched(
    answer: Answer, names: AbstractResolver, passage: Passage, host: str = "wire.example"
) -> tuple[list[str], str]:
    """What the server on loopback was asked when `host` was fetched, and how that ended."""
    asked: list[str] = []
    ended: list[str] = []

    async def talk() -> None:
        async def note(request: web.Request) -> web.StreamResponse:
            asked.append(str(request.rel_url))
            return await answer(request)

        app = web.Application()
        app.router.add_get("/{path:.*}", note)
        async with TestServer(app) as server:
            port = server.port or 0
            ports = Passage(
                ports=(port,), allow_private=passage.allow_private, networks=passage.networks
            )
            async with open_session(ports, resolver=names) as session:
                try:
                    async with ask(session, URL(f"http://{host}:{port}/a"), ports) as (got, _):
                        await got.read()
                except (aiohttp.ClientError, OSError, HopError) as error:
                    refused = isinstance(error, aiohttp.ClientConnectorError)
                    ended.append(str(error.os_error if refused else error))

    uvloop.run(talk())
    return asked, "".join(ended)


async def _ok(_request: web.Request) -> web.Response:
    return web.Response(body=b"x", headers={"Connection": "close"})


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fec0::1"],
)
def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    """Whatever a name server says, the socket is never made."""
    asked, ended = fetched(_ok, Names(address), Passage())
    assert asked == []
    assert "it leads to" in ended


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1", "127.0.0.1", "[::1]"],
)
def test_every_spelling_of_loopback_is_refused(host: str) -> None:
    """Decimal, octal, hexadecimal and short spellings are held against what they mean."""

    class System(Names):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            """What the C library makes of a literal; no name server is asked."""
            flags = socket.AI_NUMERICHOST
            info = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)[0]
            self.addresses = [str(info[4][0])]
            return await super().resolve(host, port, family)

    asked, ended = fetched(_ok, System("127.0.0.1"), Passage(), host)
    assert asked == []
    assert "loopback" in ended or "not a canonical IPv4 address" in ended


def test_rebinding_gains_nothing() -> None:
    """A name that is public at first and loopback next is refused when it turns."""

    async def again(request: web.Request) -> web.Response:
        to = f"http://other.example:{request.url.port}/inside"
        return web.Response(status=302, headers={"Location": to, "Connection": "close"})

    names = Names("127.0.0.1", "127.0.0.77")
    asked, ended = fetched(again, names, Passage(networks=("127.0.0.1/32",)))
    assert asked == ["/a"]
    assert "loopback" in ended
    assert names.asked == 2


def test_a_checked_address_is_the_connected_one() -> None:
    """A socket of the guard refuses in connect itself, whoever made the address up."""
    made = guarded_socket()((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80)))
    with made:
        assert isinstance(made, GuardedSocket)
        with pytest.raises(RefusedError, match="loopback"):
            made.connect(("127.0.0.1", 9))
        with pytest.raises(RefusedError, match="loopback"):
            made.connect_ex(("127.0.0.1", 9))


def test_blocking_libraries_are_guarded_too() -> None:
    """`connect` refuses loopback without leave, and connects with it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(RefusedError, match="loopback"):
            connect("127.0.0.1", port, Passage(), 5)
        connect("127.0.0.1", port, Passage(networks=(LOOPBACK,)), 5).close()


def test_a_name_with_a_closed_address_leads_to_its_open_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that is refused is passed over, as one at which nobody listens is."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        found = [(*kind, (host, port)) for host in ("10.0.0.1", "127.0.0.1")]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        with connect("wire.example", port, Passage(networks=(LOOPBACK,)), 5) as made:
            assert made.getpeername() == ("127.0.0.1", port)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://127.0.0.1:22/", "port 22"),
        ("ftp://127.0.0.1/", "only http and https"),
        ("gopher://127.0.0.1/", "only http and https"),
        ("http://169.254.169.254:{port}/latest", "metadata"),
        ("http://[64:ff9b::a9fe:a9fe]:{port}/", "NAT64"),
        ("http://127.0.0.77:{port}/", "loopback"),
        ("http://[::1]:{port}/", "loopback"),
        ("", "nowhere"),
    ],
)
def test_each_hop_is_guarded(location: str, words: str) -> None:
    """A redirect may name neither another scheme, nor another port, nor an address inside."""

    async def moved(request: web.Request) -> web.Response:
        to = location.format(port=request.url.port)
        return web.Response(status=307, headers={"Location": to, "Connection": "close"})

    asked, ended = fetched(moved, Names("127.0.0.1"), Passage(networks=("127.0.0.1/32",)))
    assert asked == ["/a"]
    assert words in ended


def test_no_way_down_to_http() -> None:
    """From https nothing leads to http: no redirect, no next page."""
    with pytest.raises(HopError, match="https to http"):
        next_hop(URL("https://wire.example/a"), "http://wire.example/b")
    assert str(next_hop(URL("https://k:s@wire.example/a"), "/b")) == "https://k:s@wire.example/b"
    assert next_hop(URL("https://k:s@wire.example/a"), "https://x:y@else.example/").user is None


def test_a_name_server_that_hangs_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """While thirty names are looked up without end, another name is found and asked at once."""
    over = threading.Event()
    real = socket.getaddrinfo

    def slow(host: str, *values: Any, **more: Any) -> Any:
        if host.startswith("stuck"):
            over.wait()
        return real("127.0.0.1" if host == "wire.example" else host, *values, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)

    async def both() -> None:
        app = web.Application()
        app.router.add_get("/", _ok)
        async with TestServer(app) as server:
            passage = Passage(ports=(server.port or 0,), allow_private=True)
            async with open_session(passage) as session:

                async def get(host: str) -> bytes:
                    url = URL(f"http://{host}:{server.port}/")
                    async with ask(session, url, passage) as (response, _):
                        return await response.read()

                stuck = [asyncio.create_task(get(f"stuck{n}.example")) for n in range(30)]
                await asyncio.sleep(0)
                assert await asyncio.wait_for(get("wire.example"), 10) == b"x"
                assert not any(task.done() for task in stuck)
                for task in stuck:
                    task.cancel()
                await asyncio.gather(*stuck, return_exceptions=True)

    try:
        uvloop.run(both())
    finally:
        over.set()


def test_no_test_asks_a_server_of_names() -> None:
    """Names other than this machine's own are known to nobody while tests run."""
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("wire.example", 443)
    assert socket.getaddrinfo("localhost", 443)


def test_work_apart_gives_its_answer_or_its_error() -> None:
    """What blocking work returns or raises comes back; a wait that is given up hurts nobody."""

    async def both() -> None:
        assert await apart(int, "7") == 7
        with pytest.raises(ValueError, match="invalid"):
            await apart(int, "x")
        over = threading.Event()
        task = asyncio.create_task(apart(over.wait, 20))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        over.set()

    uvloop.run(both())


def test_a_server_on_tls_cannot_lead_down(tmp_path: Path) -> None:
    """A redirect from https to http is not followed: the plain server hears nothing."""
    authority = Authority(tmp_path)
    heard: list[str] = []
    ended: list[str] = []

    async def talk() -> None:
        async def plain(request: web.Request) -> web.Response:
            heard.append(f"http {request.rel_url}")
            return web.Response(body=b"words")

        async def moved(request: web.Request) -> web.Response:
            heard.append(f"https {request.rel_url}")
            to = f"http://127.0.0.1:{low.port}/down"
            return web.Response(status=308, headers={"Location": to, "Connection": "close"})

        below, above = web.Application(), web.Application()
        below.router.add_get("/{path:.*}", plain)
        above.router.add_get("/{path:.*}", moved)
        low, high = TestServer(below), TestServer(above, scheme="https")
        await low.start_server()
        await high.start_server(ssl=authority.server())
        trust = ssl.create_default_context(cafile=authority.path)
        passage = Passage(ports=(low.port or 0, high.port or 0), networks=("127.0.0.1/32",))
        async with open_session(passage, tls=trust) as session:
            try:
                async with ask(session, URL(f"https://127.0.0.1:{high.port}/a"), passage):
                    pass
            except HopError as error:
                ended.append(str(error))
        await low.close()
        await high.close()

    uvloop.run(talk())
    assert heard == ["https /a"]
    assert "https to http" in "".join(ended)


@pytest.mark.parametrize("hop", [1, 2, 3, 4])
def test_the_guard_stands_at_every_hop(hop: int) -> None:
    """However many redirects lead there, the first that leads inside is the last that is asked."""

    async def onward(request: web.Request) -> web.Response:
        number = int(request.query.get("n", "1"))
        host = "127.0.0.77" if number == hop else "127.0.0.1"
        to = f"http://{host}:{request.url.port}/{number}?n={number + 1}"
        return web.Response(status=302, headers={"Location": to, "Connection": "close"})

    asked, ended = fetched(onward, Names("127.0.0.1"), Passage(networks=("127.0.0.1/32",)))
    assert len(asked) == hop
    assert "loopback" in ended


def test_redirects_without_end_are_given_up() -> None:
    """A server that leads in circles is left after a few hops."""

    async def again(request: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "/a", "Connection": "close"})

    asked, ended = fetched(again, Names("127.0.0.1"), Passage(networks=("127.0.0.1/32",)))
    assert len(asked) == 6
    assert "redirects more than" in ended
