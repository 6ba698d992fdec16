"""Feeds over HTTP, against servers on this machine only."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
import uvloop
from aiohttp import web
from aiohttp.test_utils import TestServer

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.intake.cursors import Cursor
from wirecopy.intake.http import Fetched, HttpIntake
from wirecopy.intake.notebook import Notebook, Notes
from wirecopy.intake.refusals import FetchError, retry_after
from wirecopy.model import Delivery

NOW = datetime(2022, 1, 8, 2, 36, tzinfo=UTC)
QUICK = aiohttp.ClientTimeout(total=0.3)
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def run(
    answer: Answer, talk: Callable[[HttpIntake, Source], Awaitable[None]], **settings: object
) -> None:
    """Serve `answer` on loopback and let `talk` fetch from it."""

    async def both() -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", answer)
        async with TestServer(app) as server:
            private = bool(settings.pop("allow_private", True))
            url = str(server.make_url("/feed.xml"))
            source = Source(name="north", agency="NWS", url=url, allow_private=private)
            more: dict[str, Any] = settings.pop("source", {})  # type: ignore[assignment]  # tests mix settings
            source = msgspec.structs.replace(source, **more)
            state: MutableMapping[str, Cursor] = settings.pop("state", {})  # type: ignore[assignment]  # as above
            async with HttpIntake(state, lambda: NOW, **settings) as intake:  # type: ignore[arg-type]  # as above
                await talk(intake, source)

    uvloop.run(both())


def only(fetched: Fetched) -> Delivery:
    """The one delivery that a look at the feed brought."""
    assert len(fetched.deliveries) == 1
    return fetched.deliveries[0]


def refused(answer: Answer, words: str, **settings: object) -> FetchError:
    """The error that fetching from `answer` raises; its text has `words` and no address."""
    caught: list[FetchError] = []

    async def talk(intake: HttpIntake, source: Source) -> None:
        with pytest.raises(FetchError, match=words) as info:
            await intake.fetch(source)
        assert "http://" not in str(info.value)
        caught.append(info.value)

    run(answer, talk, **settings)
    return caught[0]


def test_bytes_come_once_until_they_change() -> None:
    """Cursor are sent only after the delivery was accepted, each as the server gave it."""
    asked: list[tuple[str | None, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(
            (request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since"))
        )
        if request.headers.get("If-None-Match") == 'W/"1"':
            return web.Response(status=304)
        fields = {"ETag": 'W/"1"', "Last-Modified": "Sat, 08 Jan 2022 02:00:00 GMT"}
        return web.Response(body=b"<rss/>", headers=fields, content_type="application/rss+xml")

    async def talk(intake: HttpIntake, source: Source) -> None:
        first = await intake.fetch(source)
        again = await intake.fetch(source)
        assert first == again, "not accepted yet, so it comes again"
        assert [(one.body, one.media_type, one.how) for one in first.deliveries] == [
            (b"<rss/>", "application/rss+xml", "http")
        ]
        intake.accept(source, first)
        assert (await intake.fetch(source)).deliveries == ()
        assert asked == [
            (None, None),
            (None, None),
            ('W/"1"', "Sat, 08 Jan 2022 02:00:00 GMT"),
        ]

    run(answer, talk)


def test_the_same_bytes_are_not_delivered_twice() -> None:
    """A server without validators that sends the same body again brings nothing new."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b"same")

    async def talk(intake: HttpIntake, source: Source) -> None:
        first = await intake.fetch(source)
        assert len(first.deliveries) == 1
        intake.accept(source, first)
        assert (await intake.fetch(source)).deliveries == ()

    run(answer, talk)


def test_another_address_starts_afresh() -> None:
    """Cursor of an address that has been changed in the configuration are not sent."""

    async def answer(request: web.Request) -> web.Response:
        assert "If-None-Match" not in request.headers
        return web.Response(body=b"new")

    async def talk(intake: HttpIntake, source: Source) -> None:
        delivery = only(await intake.fetch(source))
        assert delivery.body == b"new"

    run(answer, talk, state={"north": Cursor(url="http://old.example/", etag='"x"')})


def test_packed_bodies_are_unpacked_and_capped() -> None:
    """A small packed answer that unpacks to more than the cap is refused, not swallowed."""

    async def answer(_request: web.Request) -> web.Response:
        body = gzip.compress(b"x" * 3_000_000)
        return web.Response(body=body, headers={"Content-Encoding": "gzip"})

    refused(answer, "more than 1000000 bytes", max_bytes=1_000_000)

    async def talk(intake: HttpIntake, source: Source) -> None:
        delivery = only(await intake.fetch(source))
        assert len(delivery.body) == 3_000_000

    run(answer, talk)


def test_broken_packing_is_told() -> None:
    """An answer that cannot be unpacked is a sentence, not a traceback."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b"not gzip at all", headers={"Content-Encoding": "gzip"})

    refused(answer, "unpacked|could not be read")


def test_loopback_is_refused_without_leave() -> None:
    """Without allow_private not one byte is sent to this machine."""

    async def answer(_request: web.Request) -> web.Response:
        pytest.fail("the guard let a request through")

    refused(answer, "loopback address; if that is meant, set allow_private", allow_private=False)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://169.254.169.254/latest", "metadata"),
        ("http://[::ffff:127.0.0.1]/", "IPv4 address in IPv6 clothes"),
        ("http://127.0.0.1:22/", "port 22 is not among"),
        ("ftp://127.0.0.1/x", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("", "redirects to nowhere"),
        ("/again", "redirects more than 5 times"),
        ("http://[broken", "not valid"),
    ],
)
def test_redirects_are_guarded(location: str, words: str) -> None:
    """Every hop passes the guard; other schemes, loops and nonsense end in a sentence."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": location})

    refused(answer, words)


def test_redirects_are_followed() -> None:
    """Up to five hops lead to the feed; its own address is the delivery's name, without its key."""

    async def answer(request: web.Request) -> web.Response:
        hop = int(request.query.get("hop", "0"))
        if hop < 5:
            return web.Response(status=302, headers={"Location": f"/f?hop={hop + 1}&key=secret"})
        return web.Response(body=b"here")

    async def talk(intake: HttpIntake, source: Source) -> None:
        delivery = only(await intake.fetch(source))
        assert delivery.body == b"here"
        assert delivery.name.endswith("/f")

    run(answer, talk)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "login"),
        (403, "refuses"),
        (404, "no feed"),
        (410, "for good"),
        (500, "has a fault of its own"),
        (451, "gives no feed"),
        (304, "gives"),
    ],
)
def test_refusals_are_sentences(status: int, words: str) -> None:
    """Every status that is no feed becomes a sentence with what to do."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    assert refused(answer, words).retry_after is None


def test_retry_after_is_handed_on() -> None:
    """A server that asks for a pause has its wish on the error, as a length of time."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": "120"})

    assert refused(answer, "less often").retry_after == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("0", timedelta(0)),
        ("90", timedelta(seconds=90)),
        ("999999999", timedelta(hours=24)),
        ("Sat, 08 Jan 2022 02:40:00 GMT", timedelta(minutes=4)),
        ("Sat, 08 Jan 2022 02:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_retry_after_is_read(text: str, wait: timedelta | None) -> None:
    """Seconds and dates are understood, bounded to a day; nonsense is no wish."""
    assert retry_after(text, NOW) == wait


def test_a_server_that_stalls_is_left() -> None:
    """A server that does not answer in time is a sentence, and the next source gets its turn."""
    over = asyncio.Event()

    async def answer(_request: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    async def talk(intake: HttpIntake, source: Source) -> None:
        with pytest.raises(SourceError, match="too long"):
            await intake.fetch(source)
        over.set()

    run(answer, talk, timeout=QUICK)


def test_an_empty_answer_is_no_delivery() -> None:
    """An answer of no bytes is an error to try again, not copy."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b"")

    refused(answer, "answered with nothing")


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><title>Log in</title>",
        b"\n<HTML><body>Sorry",
        b'<?xml version="1.0"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml">',
    ],
)
def test_a_page_where_the_feed_was_is_a_failure(page: bytes) -> None:
    """A log-in page with status 200 makes its source fail, and the feed comes when it is back."""
    bodies = [b"<rss>1</rss>", page, b"<rss>2</rss>"]

    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=bodies[0], headers={"ETag": f'"{len(bodies)}"'})

    async def talk(intake: HttpIntake, source: Source) -> None:
        intake.accept(source, await intake.fetch(source))
        del bodies[0]
        for _ in range(2):
            with pytest.raises(FetchError, match="a page in HTML where its feed should be"):
                await intake.fetch(source)
        assert only(await intake.fetch(source, page_too=True)).body == page
        given = msgspec.structs.replace(source, format="vendor-xml")
        assert only(await intake.fetch(given)).body == page, "a profile may read it"
        del bodies[0]
        assert only(await intake.fetch(source)).body == b"<rss>2</rss>"

    run(answer, talk)


def test_a_closed_port_is_told() -> None:
    """Where nobody listens the sentence says that no connection could be made."""

    async def talk() -> None:
        async with TestServer(web.Application()) as server:
            url = str(server.make_url("/"))
        source = Source(name="north", agency="NWS", url=url, allow_private=True)
        async with HttpIntake({}, lambda: NOW) as intake:
            with pytest.raises(FetchError, match="no connection"):
                await intake.fetch(source)
            await intake.close()

    uvloop.run(talk())


def test_a_port_without_tls_is_told() -> None:
    """Whoever wrote https for a server that speaks none need not look for a certificate."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response()

    async def talk(intake: HttpIntake, source: Source) -> None:
        url = source.url.replace("http:", "https:")
        with pytest.raises(FetchError, match="a port at which it speaks TLS"):
            await intake.fetch(msgspec.structs.replace(source, url=url))

    run(answer, talk)


def test_a_cancelled_fetch_leaves_nothing_behind() -> None:
    """Cancelling a fetch ends it at once; the intake can be closed and used again."""
    asked = asyncio.Event()
    over = asyncio.Event()

    async def answer(_request: web.Request) -> web.Response:
        asked.set()
        await over.wait()
        return web.Response(body=b"later")

    async def talk(intake: HttpIntake, source: Source) -> None:
        task = asyncio.create_task(intake.fetch(source))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        over.set()
        assert only(await intake.fetch(source)).body == b"later"

    run(answer, talk)


@pytest.mark.parametrize(
    ("field", "value", "asking"),
    [
        ("ETag", '"7"', "If-None-Match"),
        ("Last-Modified", "Sat, 08 Jan 2022 02:00:00 GMT", "If-Modified-Since"),
    ],
)
def test_each_validator_serves_alone(field: str, value: str, asking: str) -> None:
    """A server that knows only one of the two is asked with that one, and its 304 is believed."""
    asked: list[tuple[str, ...]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(tuple(sorted(name for name in request.headers if name.startswith("If-"))))
        known = request.headers.get(asking) == value
        body = b"" if known else b"news"
        return web.Response(status=304 if known else 200, body=body, headers={field: value})

    async def talk(intake: HttpIntake, source: Source) -> None:
        intake.accept(source, await intake.fetch(source))
        assert (await intake.fetch(source)).deliveries == ()

    run(answer, talk)
    assert asked == [(), (asking,)]


@pytest.mark.parametrize(("length", "asked_with"), [(510, 1), (511, 0)])
def test_a_validator_has_a_size(length: int, asked_with: int) -> None:
    """What is stored, and sent back one day, is no longer than 512 characters."""
    shown: list[int] = []

    async def answer(request: web.Request) -> web.Response:
        shown.append("If-None-Match" in request.headers)
        return web.Response(body=b"news", headers={"ETag": f'"{"x" * length}"'})

    async def talk(intake: HttpIntake, source: Source) -> None:
        intake.accept(source, await intake.fetch(source))
        await intake.fetch(source)

    run(answer, talk)
    assert shown == [False, bool(asked_with)]


def test_cursors_survive_a_restart(tmp_path: Path) -> None:
    """After the process has ended and begun again the server still gets its own validators."""
    asked: list[str | None] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.headers.get("If-None-Match"))
        known = asked[-1] is not None
        return web.Response(
            status=304 if known else 200, body=b"" if known else b"news", headers={"ETag": '"1"'}
        )

    urls: list[str] = []

    async def talk(intake: HttpIntake, source: Source) -> None:
        urls.append(source.url)
        intake.accept(source, await intake.fetch(source))
        notebook = Notebook(tmp_path / "intake.db")
        async with HttpIntake(Notes(notebook, "http", Cursor), lambda: NOW) as later:
            assert (await later.fetch(source)).deliveries == ()
        notebook.close()

    notebook = Notebook(tmp_path / "intake.db")
    run(answer, talk, state=Notes(notebook, "http", Cursor))
    notebook.close()
    assert asked == [None, '"1"']


def test_a_damaged_notebook_is_set_aside(tmp_path: Path) -> None:
    """What is no notebook is kept under another name, and the sources are asked afresh."""
    path = tmp_path / "intake.db"
    path.write_bytes(b"no database at all " * 100)
    notebook = Notebook(path)
    assert notebook.keys("http") == []
    notebook.close()
    assert (tmp_path / "intake.db.damaged").exists()


@pytest.mark.parametrize(
    ("statuses", "direct"),
    [
        ((301, 301, 301, 301), True),
        ((308, 301, 301, 301), True),
        ((302, 302, 302, 302), False),
        ((307, 307, 307, 307), False),
        ((301, 301, 302, 301), False),
    ],
)
def test_a_permanent_redirect_is_believed_at_the_third_sighting(
    statuses: tuple[int, ...], *, direct: bool
) -> None:
    """Three looks in a row must be led to the same place; a temporary redirect never counts."""
    asked: list[str] = []
    left = list(statuses)

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/feed.xml":
            return web.Response(status=left.pop(0), headers={"Location": "/new.xml"})
        return web.Response(body=b"news")

    async def talk(intake: HttpIntake, source: Source) -> None:
        for _ in statuses:
            intake.accept(source, await intake.fetch(source))

    run(answer, talk)
    assert (asked[-2:] == ["/new.xml", "/new.xml"]) is direct
    assert asked[:6] == ["/feed.xml", "/new.xml"] * 3


def test_a_stored_redirect_that_fails_is_given_up() -> None:
    """Where the new address stops to answer, the configured one is asked again."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=410) if request.path == "/new.xml" else web.Response(body=b"x")

    async def talk(intake: HttpIntake, source: Source) -> None:
        with pytest.raises(FetchError) as info:
            await intake.fetch(source)
        assert not info.value.gone, "the configured address has not been asked yet"
        assert only(await intake.fetch(source)).body == b"x"

    class Moved(dict[str, Cursor]):
        def get(self, key: str, _default: Any = None) -> Any:
            """The cursor; the first time one that has been led away."""
            return super().get(key) or Cursor(url=self.url, moved=self.url[:-8] + "new.xml")

        url = ""

    state = Moved()

    async def talk_moved(intake: HttpIntake, source: Source) -> None:
        state.url = source.url
        await talk(intake, source)

    run(answer, talk_moved, state=state)
    assert asked == ["/new.xml", "/feed.xml"]


def test_gone_is_said_to_be_gone() -> None:
    """410 is told apart from all other refusals: nobody asks again by himself."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=410)

    assert refused(answer, "for good").gone


def test_a_server_that_drips_is_left() -> None:
    """One that sends a byte now and then, each in time, is cut off at the cap of the whole."""
    over = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while not over.is_set():
            try:
                await response.write(b" ")
            except ConnectionError:
                break
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), 0.02)
        return response

    async def talk(intake: HttpIntake, source: Source) -> None:
        with pytest.raises(FetchError, match="too long"):
            await intake.fetch(source)
        over.set()

    run(answer, talk, timeout=aiohttp.ClientTimeout(total=0.3, sock_read=0.2))


def test_chunks_and_charset_arrive_as_sent() -> None:
    """A body in chunks is put together; the charset that the server declared goes with it."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/xml; charset=iso-8859-1"})
        response.enable_chunked_encoding()
        await response.prepare(request)
        for part in (b"<rss>Z", b"\xfcrrane", b"</rss>"):
            await response.write(part)
        return response

    async def talk(intake: HttpIntake, source: Source) -> None:
        delivery = only(await intake.fetch(source))
        assert delivery.body == b"<rss>Z\xfcrrane</rss>"
        assert delivery.media_type == "text/xml; charset=iso-8859-1"

    run(answer, talk)


def test_a_body_that_breaks_off_is_no_delivery() -> None:
    """Fewer bytes than announced are an error to try again, not half a feed."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"<rss>")
        assert request.transport is not None
        request.transport.close()
        return response

    refused(answer, "broke off|could not be read")
