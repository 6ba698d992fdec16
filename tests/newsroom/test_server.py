"""The built-in server on a loopback port: it answers, it searches, it stops."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
import uvloop

from wirecopy.briefs import Filters, Hit, SearchBrief
from wirecopy.errors import ConfigError, OutletError
from wirecopy.intake.push import PushIntake, Reply
from wirecopy.model import Teaser
from wirecopy.newsroom import server as module
from wirecopy.newsroom.doors import Doors
from wirecopy.newsroom.search import LONGEST, Question, SearchDesk, question
from wirecopy.newsroom.server import SiteServer, serve
from wirecopy.newsroom.shelf import SMALL
from wirecopy.newsroom.static import Answer

HOST = "127.0.0.1"
NOW = datetime(2022, 1, 8, 2, 36, tzinfo=UTC)
TEASER = Teaser(
    id="abcdefghij12",
    path="world/harbour-abcdefghij12.html",
    headline="Harbour reopens",
    standfirst="After the storm.",
    section="world",
    agency="NWS",
    credit="NWS",
    first_published=NOW,
    updated=NOW,
)


class Finder:
    """A search that finds one story and remembers what it was asked, and in which thread."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[tuple[str, int, str, str]] = []
        self.threads: set[str] = set()
        self.error = error
        self.filters: Filters | None = None

    def search(
        self,
        query: str,
        *,
        page: int = 1,
        sort: str = "newest",
        section: str = "",
        filters: Filters | None = None,
    ) -> SearchBrief:
        """One hit."""
        self.filters = filters
        self.asked.append((query, page, sort, section))
        self.threads.add(threading.current_thread().name)
        if self.error:
            raise self.error
        return SearchBrief(query=query, hits=(Hit(teaser=TEASER, snippet="the harbour"),), total=1)


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


async def get(
    port: int, target: str, *fields: str, method: str = "GET"
) -> tuple[int, bytes, bytes]:
    """Status, head and body of the answer to a raw request."""
    reader, writer = await asyncio.open_connection(HOST, port)
    lines = [f"{method} {target} HTTP/1.1", "Host: news.example", "Connection: close", *fields]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.lower(), body


def run(app: SiteServer, talk: Callable[[int], Awaitable[None]]) -> None:
    """Serve `app` while `talk` asks it, then stop it."""

    async def both() -> None:
        port, stop = free_port(), asyncio.Event()
        serving = asyncio.create_task(serve(app, HOST, port, stop))
        try:
            await _until_open(port)
            await talk(port)
        finally:
            stop.set()
            await serving
        with pytest.raises(OSError, match=r"refused|Connect call failed"):
            await asyncio.open_connection(HOST, port)

    uvloop.run(both())


async def _until_open(port: int) -> None:
    for _ in range(2000):
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0)
        else:
            writer.close()
            await writer.wait_closed()
            return
    pytest.fail("the server did not open its port")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small baked site."""
    (tmp_path / "index.html").write_bytes(b"home" * 100)
    (tmp_path / "404.html").write_bytes(b"no such page")
    (tmp_path / "big.txt").write_bytes(b"0123456789" * (SMALL // 10 * 3))
    return tmp_path


def test_pages_are_served(root: Path) -> None:
    """Pages, HEAD, 304, ranges, packed and missing pages come over the wire as they should."""

    async def talk(port: int) -> None:
        status, head, body = await get(port, "/?utm=x")
        assert (status, body) == (200, b"home" * 100)
        tag = head.split(b"etag: ")[1].split(b"\r\n")[0].decode()
        assert (await get(port, "/", f"If-None-Match: {tag}"))[::2] == (304, b"")
        status, head, body = await get(port, "/", method="HEAD")
        assert (status, body) == (200, b"")
        assert b"content-length: 400" in head
        assert (await get(port, "/", "Range: bytes=0-3"))[::2] == (206, b"home")
        assert b"content-encoding: gzip" in (await get(port, "/", "Accept-Encoding: gzip"))[1]
        assert (await get(port, "/x"))[::2] == (404, b"no such page")
        assert (await get(port, "/", method="POST"))[0] == 405
        assert (await get(port, "/healthz"))[::2] == (200, b"ok\n")

    run(SiteServer(root), talk)


def test_large_files_are_streamed(root: Path) -> None:
    """A large file comes whole and in part, with its length; HEAD has no body."""

    async def talk(port: int) -> None:
        status, head, body = await get(port, "/big.txt")
        assert status == 200
        assert body == (root / "big.txt").read_bytes()
        assert f"content-length: {len(body)}".encode() in head
        status, _, part = await get(port, "/big.txt", f"Range: bytes=5-{SMALL + 9}")
        assert (status, part) == (206, body[5 : SMALL + 10])
        assert (await get(port, "/big.txt", method="HEAD"))[2] == b""

    run(SiteServer(root), talk)


@pytest.mark.parametrize(
    "target",
    [
        "/%2e%2e/secret",
        "/..%2fsecret",
        "/%00",
        "/%ff",
        "/%5c..",
        "//x",
        "/%252e%252e/",
        "/" + "a" * 9000,
    ],
)
def test_hostile_addresses(root: Path, target: str) -> None:
    """Encoded traversal, NUL, bad UTF-8 and endless paths are 400 or 404, without a traceback."""

    async def talk(port: int) -> None:
        status, _, body = await get(port, target)
        assert status in (400, 404)
        assert b"Traceback" not in body

    run(SiteServer(root), talk)


def test_search_for_readers_and_programs(root: Path) -> None:
    """/search is a page, /search.json and Accept give JSON; neither is kept nor indexed."""
    finder = Finder()

    async def talk(port: int) -> None:
        status, head, body = await get(
            port, "/search?q=harbour&page=2&sort=relevance&section=world"
        )
        assert (status, body) == (200, b"<p>harbour</p>")
        await get(port, "/search?q=a&agency=NRN&topic=port-sel&since=2022-01-08&until=2022-13-45")
        assert finder.filters == Filters(agency="NRN", topic="port-sel", since="2022-01-08")
        assert b"cache-control: no-store" in head
        assert b"x-robots-tag: noindex" in head
        assert b"content-type: text/html" in head
        for target, field in (
            ("/search.json?q=a", "Accept: */*"),
            ("/search?q=a", "Accept: application/json"),
        ):
            status, head, body = await get(port, target, field)
            assert b"content-type: application/json" in head
            found = json.loads(body)
            assert found["hits"][0]["url"] == "/world/harbour-abcdefghij12.html"
            assert found["hits"][0]["updated"] == "2022-01-08T02:36:00Z"
        assert (await get(port, "/search?q=a", method="HEAD"))[2] == b""
        assert (await get(port, "/search", method="POST"))[0] == 405

    run(SiteServer(root, finder, lambda brief: f"<p>{brief.query}</p>".encode()), talk)
    assert finder.asked[0] == ("harbour", 2, "relevance", "world")
    assert all(name.startswith("search") for name in finder.threads), "never in the loop"


@pytest.mark.parametrize(
    ("error", "status"), [(OutletError("busy"), 503), (RuntimeError("x"), 500)]
)
def test_a_failing_search_is_an_answer(root: Path, error: Exception, status: int) -> None:
    """A search that cannot answer is 503, a broken one 500; the pages go on."""

    async def talk(port: int) -> None:
        answer = await get(port, "/search?q=x")
        assert answer[0] == status
        assert b"Traceback" not in answer[2]
        assert (await get(port, "/"))[0] == 200

    run(SiteServer(root, Finder(error)), talk)


class _Push:
    """A way in that keeps what it is given."""

    proves = True

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    def refusal(self, *_: object) -> Reply | None:
        """Everybody may send."""
        return None

    async def receive(self, _: object, body: bytes) -> Reply:
        """The body is taken."""
        self.taken.append(body)
        return Reply(202, {"taken": len(self.taken)})


_TORN = (
    ("Content-Length: 100", b"half of a st"),
    ("Transfer-Encoding: chunked", b"c\r\nhalf of a st"),
    ("Transfer-Encoding: chunked", b"c\r\nhalf of a st\r\n"),
    ("Transfer-Encoding: chunked", b"5\r\nhello\r\nZZZ\r\n"),
)


def test_copy_that_breaks_off_is_not_taken(root: Path) -> None:
    """Half a body is half a story, and its sender's key would keep the whole one out."""
    push = _Push()
    doors = Doors(
        push={"north": cast(PushIntake, push)},
        websub={},
        max_bytes=1000,
        ready=_nothing,
        metrics=_no_metrics,
    )

    async def post(port: int, field: str, body: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(HOST, port)
        head = f"POST /intake/north HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{field}\r\n\r\n"
        writer.write(head.encode() + body)
        await asyncio.sleep(0.02)  # or it would be a connection that broke off before its request
        if (field, body) in _TORN:
            writer.write_eof()
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer

    async def talk(port: int) -> None:
        for field, body in _TORN:
            assert b"202" not in (await post(port, field, body))[:20]
        assert push.taken == []
        await post(port, "Content-Length: 5", b"hello")
        await post(port, "Transfer-Encoding: chunked", b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")

    run(SiteServer(root, doors=doors), talk)
    assert push.taken == [b"hello", b"hello"]


async def _nothing() -> str:
    return ""


async def _no_metrics() -> bytes:
    return b""


def test_searches_that_pile_up_are_sent_away() -> None:
    """While as many wait as may, the next is told at once; it is answered once there is room."""
    free = threading.Event()

    class Slow:
        def search(self, query: str, **_asked: object) -> SearchBrief:
            """Nothing, when it may."""
            assert free.wait(20)
            return SearchBrief(query=query)

    async def both() -> None:
        desk = SearchDesk(Slow(), None)

        def ask() -> Coroutine[Any, Any, Answer]:
            return desk.answer("GET", "/search", "q=a", {})

        waiting = [asyncio.create_task(ask()) for _ in range(64)]
        await asyncio.sleep(0)
        try:
            answer = await asyncio.wait_for(ask(), 5)
        finally:
            free.set()
        assert (answer.status, dict(answer.headers)["retry-after"]) == (503, "5")
        assert {one.status for one in await asyncio.gather(*waiting)} == {200}
        assert (await ask()).status == 200
        desk.close()

    asyncio.run(both())


def test_without_search_there_is_none(root: Path) -> None:
    """A site without search has no /search."""

    async def talk(port: int) -> None:
        assert (await get(port, "/search?q=x"))[0] == 404

    run(SiteServer(root), talk)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Question()),
        ("q=two+words%20here", Question("two words here")),
        ("q=%00a%0Ab", Question("a b")),
        ("q=" + "x" * 999, Question("x" * LONGEST)),
        ("q=a&page=-1&sort=x&section=../etc", Question("a")),
        ("q=a&page=99999", Question("a", 99999)),
        ("q=%ff%fe", Question("\ufffd\ufffd")),
        ("&".join(["q=a"] * 50), Question()),
        ("q=a&page=٣", Question("a")),
    ],
)
def test_questions_are_bounded(text: str, asked: Question) -> None:
    """Whatever stands in the query string, the archive gets a short question in its bounds."""
    assert question(text) == asked


def test_a_busy_port_is_told(root: Path) -> None:
    """A port that is taken, and port 0, are refused with a sentence that names what to change."""

    async def talk(port: int) -> None:
        with pytest.raises(ConfigError, match="--port"):
            await serve(SiteServer(root), HOST, port, asyncio.Event())

    run(SiteServer(root), talk)
    for host, port, name in ((HOST, 0, "--port"), ("256.1.1.1", free_port(), "--host")):
        with pytest.raises(ConfigError, match=name):
            uvloop.run(serve(SiteServer(root), host, port, asyncio.Event()))


def test_cancelling_stops_the_server(root: Path) -> None:
    """When the task that serves is cancelled, the port is free again."""

    async def both() -> None:
        port = free_port()
        serving = asyncio.create_task(serve(SiteServer(root), HOST, port, asyncio.Event()))
        await _until_open(port)
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving
        stop = asyncio.Event()
        again = asyncio.create_task(serve(SiteServer(root), HOST, port, stop))
        await _until_open(port)
        stop.set()
        await again

    uvloop.run(both())


def test_stalling_readers_do_not_hold_up_the_end(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who takes nothing of a large file and a search that hangs do not stop the stop."""
    monkeypatch.setattr(module, "_GRACE", 1.0)
    (root / "huge.bin").write_bytes(b"x" * 30_000_000)
    over, asked = threading.Event(), threading.Event()

    class Hanging(Finder):
        def search(self, query: str, **_: object) -> SearchBrief:
            asked.set()
            over.wait(20)
            return SearchBrief(query=query)

    async def both() -> None:
        port, stop = free_port(), asyncio.Event()
        serving = asyncio.create_task(serve(SiteServer(root, Hanging()), HOST, port, stop))
        await _until_open(port)
        writers = []
        for target in ("/huge.bin", "/search?q=x"):
            _, writer = await asyncio.open_connection(HOST, port, limit=1024)
            writer.write(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            await writer.drain()
            writers.append(writer)
        await asyncio.to_thread(asked.wait, 5)
        stop.set()
        await asyncio.wait_for(serving, 8)
        over.set()
        for writer in writers:
            writer.transport.abort()

    uvloop.run(both())
    assert asked.is_set()


def test_a_site_under_a_path_is_served_there_and_behind_a_proxy(tmp_path: Path) -> None:
    """Links of a site at /daily begin with /daily; a proxy in front may take that away."""
    (tmp_path / "world").mkdir()
    for name in ("index.html", "world/index.html", TEASER.path):
        (tmp_path / name).write_text(name)
    app = SiteServer(
        tmp_path, Finder(), prefix="/daily", address={TEASER.id: TEASER.path}.__getitem__
    )

    async def talk(port: int) -> None:
        for front in ("", "/daily"):
            assert (await get(port, f"{front}/"))[2] == b"index.html"
            assert (await get(port, f"{front}/world/"))[2] == b"world/index.html"
            found = json.loads((await get(port, f"{front}/search.json?q=a"))[2])
            assert found["total"] == 1
            assert [hit["url"] for hit in found["hits"]] == [f"/daily/{TEASER.path}"]
            status, head, _ = await get(port, f"{front}/world")
            assert (status, b"location: /daily/world/" in head) == (301, True)
            status, head, _ = await get(port, f"{front}/{TEASER.id}")
            assert (status, f"location: /daily/{TEASER.path}".encode() in head) == (301, True)
        assert (await get(port, "/daily"))[2] == b"index.html"
        assert (await get(port, "/dailyworld/"))[0] == 404

    run(app, talk)


def test_idle_connections_keep_nobody_from_the_pages(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds who say nothing, or half of something, are let wait, and then are left."""
    monkeypatch.setattr(module, "_SILENCE", 2.0)
    said = (b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")

    async def talk(port: int) -> None:
        idle = []
        for number in range(300):
            reader, writer = await asyncio.open_connection(HOST, port)
            writer.write(said[number % 3])
            idle.append((reader, writer))
        status, _, body = await asyncio.wait_for(get(port, "/"), 1.5)
        assert (status, body) == (200, b"home" * 100)
        for reader, writer in idle:
            await asyncio.wait_for(reader.read(), 10)  # all of it: the server hangs up
            writer.close()

    run(SiteServer(root), talk)


def test_the_head_of_a_request_is_bounded(root: Path) -> None:
    """A head that is longer than any that is meant is refused before it is kept."""

    async def talk(port: int) -> None:
        assert (await get(port, "/", f"X-Words: {'x' * 20_000}"))[0] == 200
        assert (await get(port, "/", f"X-Words: {'x' * 200_000}"))[0] == 431
        assert (await get(port, f"/{'x' * 70_000}"))[0] in (414, 431)

    run(SiteServer(root), talk)


def test_another_protocol_is_refused(root: Path) -> None:
    """HTTP/2 without TLS, which no browser speaks, has bounds of its own: it is not spoken."""

    async def talk(port: int) -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0")
        assert await asyncio.wait_for(reader.read(), 5) == b""  # it hangs up, and says nothing
        writer.close()

    run(SiteServer(root), talk)
