"""The built-in server: one RSGI callable over the baked folder and search, run by Granian.

Granian's own static mount has no validators, ranges, compression or error pages; ours is
`static.py`. The road of a page here is one dictionary look-up, one stat, one call into Granian.
"""

from __future__ import annotations

import asyncio
import logging
import resource
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # granian's public name
from granian.server.embed import Server

from wirecopy.briefs import SearchBrief
from wirecopy.errors import ConfigError
from wirecopy.newsroom.doors import PREFIXES, Doors, Request
from wirecopy.newsroom.search import PATHS, SearchDesk
from wirecopy.newsroom.shelf import Leaf
from wirecopy.newsroom.static import Answer, Static, plain
from wirecopy.ports import Search

logger = logging.getLogger(__name__)

_CHUNK = 256 * 1024
_PATIENCE = 30.0
"""Seconds that a reader may take for one chunk of a large file."""
_GRACE = 3.0
"""Seconds that answers under way get when the server stops."""
_CONNECTIONS = 4096
"""Connections at a time, most of them idle. Left to itself Granian takes 128, and then nobody."""
_SILENCE = 15.0
"""Seconds that a connection may wait for its next request, whole."""
_HEAD = 32 * 1024
"""Bytes of a request's head, as nginx allows them; else 400 KB for each connection."""


class SiteServer:
    """The site as an RSGI application.

    Without `search` there is no /search; without `render_search` it is JSON. `prefix` is the path
    of the site's address ("/news", or ""): pages answer with it and, as a web server in front may
    have taken it away, without it. `headers` names what a file at a path is answered with, beside
    what all files are. `doors` answers what is for programs. `address` gives the path of the page
    of a public story by its id, else "".
    """

    def __init__(
        self,
        root: Path,
        search: Search | None = None,
        render_search: Callable[[SearchBrief], bytes] | None = None,
        prefix: str = "",
        headers: Callable[[str], Iterable[tuple[str, str]]] = lambda _: (),
        *,
        doors: Doors | None = None,
        address: Callable[[str], str] = lambda _: "",
    ) -> None:
        self._doors = doors
        self._static = Static(root, prefix, headers, address)
        self._prefix = f"{prefix}/"
        self._search = None if search is None else SearchDesk(search, render_search, prefix)
        self._slow: set[asyncio.Task[Any]] = set()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request. Nothing that comes in ends in a traceback for the reader."""
        path = self._own(scope.path)
        try:
            if path in PATHS and self._search is not None:
                await self._slowly(_find(self._search, path, scope, protocol))
                return
            if self._doors is not None and path[1:].partition("/")[0] in PREFIXES:
                await self._slowly(_knock(self._doors, path, scope, protocol))
                return
            if path == "/healthz":
                answer = plain(200, "ok", [("cache-control", "no-store")])
            else:
                answer = self._static.answer(scope.method, path, scope.headers)
        except Exception:
            logger.exception("request_failed")
            answer = plain(500, "Something went wrong here.", [("cache-control", "no-store")])
        if answer.leaf is not None and scope.method != "HEAD":
            await self._slowly(self._stream(answer.leaf, answer, protocol))
        else:
            _send(answer, scope.method, protocol)

    def _own(self, path: str) -> str:
        """The path without the site's prefix; as it is where that does not stand before it."""
        if path.startswith(self._prefix):
            return path[len(self._prefix) - 1 :]
        return "/" if f"{path}/" == self._prefix else path

    def interrupt(self) -> None:
        """End the answers that are still under way: searches and large files."""
        for task in tuple(self._slow):
            task.cancel()

    def close(self) -> None:
        """Release the search threads. Safe to call twice."""
        self.interrupt()
        if self._search is not None:
            self._search.close()

    async def _slowly(self, work: Any) -> None:
        """Run an answer that takes a while so that `interrupt` can end it."""
        task = asyncio.current_task()
        if task is None:  # Granian always gives us a task; without one there is nothing to end
            await work
            return
        self._slow.add(task)
        try:
            await work
        finally:
            self._slow.discard(task)

    async def _stream(self, leaf: Leaf, answer: Answer, protocol: Any) -> None:
        """Send a large file chunk by chunk; a reader who stalls or leaves ends it."""
        wanted = answer.wanted
        transport = protocol.response_stream(answer.status, answer.headers)
        for start in range(wanted.start, wanted.stop, _CHUNK):
            chunk = range(start, min(start + _CHUNK, wanted.stop))
            body = await asyncio.to_thread(self._static.shelf.read, leaf, chunk)
            if body is None:
                return  # replaced under way: the length is short, so the client knows
            try:
                await asyncio.wait_for(transport.send_bytes(body), _PATIENCE)
            except (ProtocolClosed, TimeoutError):
                return


class _Body:
    """The body of one request, read once."""

    def __init__(self, protocol: Any) -> None:
        self._parts = _each(protocol)

    async def read(self, most: int) -> bytes | None:
        """All of it; None when it is larger than `most`, EOFError when it broke off."""
        parts: list[bytes] = []
        size = ends = 0
        async for part in self._parts:
            size += len(part)
            if size > most:
                return None
            ends += not part
            parts.append(part)
        if ends > 1:  # Granian ends a body with an empty part, and puts one more where it broke off
            raise EOFError
        return b"".join(parts)

    async def rest(self) -> None:
        """Return once what has not been read has come; it is forgotten."""
        async for _ in self._parts:
            pass


async def _each(protocol: Any) -> AsyncIterator[bytes]:
    """The parts of a body: Granian lets each be asked for once, and by one loop alone."""
    async for part in protocol:
        yield part


async def _knock(doors: Doors, path: str, scope: Any, protocol: Any) -> None:
    body = _Body(protocol)
    request = Request(
        scope.method,
        path,
        scope.query_string,
        scope.headers,
        str(scope.client),
        body.read,
        body.rest,
    )  # fmt: skip - as a sender's parts
    _send(await doors.answer(request), scope.method, protocol)


async def _find(desk: SearchDesk, path: str, scope: Any, protocol: Any) -> None:
    answer = await desk.answer(scope.method, path, scope.query_string, scope.headers)
    _send(answer, scope.method, protocol)


def _send(answer: Answer, method: str, protocol: Any) -> None:
    if method == "HEAD" or not answer.body:
        protocol.response_empty(answer.status, answer.headers)
    else:
        protocol.response_bytes(answer.status, answer.headers, answer.body)


async def serve(
    app: SiteServer,
    host: str,
    port: int,
    stop: asyncio.Event,
    opened: Callable[[], None] = lambda: None,
) -> None:
    """Serve `app` in the running loop; returns once `stop` is set and the port is free again.

    `opened` is called when the address is ours.

    Raises ConfigError when the address cannot be taken, with what to do about it. When the task
    is cancelled the server is stopped first.
    """
    address = await _address(host, port)
    # Readers speak HTTP/1 to a server without TLS. Where Granian waits for the greeting of HTTP/2,
    # it waits for ever, and that protocol's heads may have megabytes.
    server = Server(
        app,
        address,
        port,
        interface=Interfaces.RSGI,
        websockets=False,
        log_enabled=False,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=int(_SILENCE * 1000), max_buffer_size=_HEAD
        ),
        backpressure=min(_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2),
        backlog=1024,
    )
    opened()
    running = asyncio.ensure_future(server.serve())
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            raise _refused(host, port, "the server ended by itself") from running.exception()
    finally:
        stopping.cancel()
        await _end(app, server, running)


async def _end(app: SiteServer, server: Any, running: asyncio.Future[Any]) -> None:
    """Stop: answers under way get a moment, then the readers who stall are left behind."""
    server.stop()
    app.interrupt()
    if not running.done():
        await asyncio.wait((running,), timeout=_GRACE)
    if not running.done():
        # Left as it is: a future of Granian's that were cancelled here would be set later on.
        logger.warning("server_stop_cut_short")
    app.close()


async def _address(host: str, port: int) -> str:
    """The address to listen on, once it is certain that it is free.

    Granian shares a busy port with its owner without a word (SO_REUSEPORT), so we ask first.
    """
    if port == 0:
        raise ConfigError("Port 0 is not an address: choose one with --port, such as 8080.")
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, sockaddr = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(sockaddr)
    except (socket.gaierror, UnicodeError) as error:
        raise ConfigError(
            f"Cannot serve at {host!r}, which is no address of this machine. Choose another with "
            '--host or [web] host, such as "127.0.0.1".'
        ) from error
    except (OSError, OverflowError) as error:
        raise _refused(host, port, getattr(error, "strerror", None) or str(error)) from error
    return str(sockaddr[0])


def _refused(host: str, port: int, why: str) -> ConfigError:
    return ConfigError(
        f"Cannot serve at {host} port {port} ({why}). Choose another port with --port or "
        "[web] port, another address with --host or [web] host, or stop the program that uses it."
    )
