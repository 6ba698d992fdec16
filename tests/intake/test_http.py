"""Feeds over HTTP, against servers on this machine only."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.intake.http import FetchError, HttpIntake, Validators, retry_after

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
            state: dict[str, Validators] = settings.pop("state", {})  # type: ignore[assignment]  # tests mix settings
            async with HttpIntake(state, lambda: NOW, **settings) as intake:  # type: ignore[arg-type]  # as above
                await talk(intake, source)

    asyncio.run(both())


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
    """Validators are sent only after the delivery was accepted, each as the server gave it."""
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
        assert first is not None
        assert first == again, "not accepted yet, so it comes again"
        assert (first.body, first.media_type, first.how) == (
            b"<rss/>",
            "application/rss+xml",
            "http",
        )
        intake.accept(first)
        assert await intake.fetch(source) is None
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
        assert first is not None
        intake.accept(first)
        assert await intake.fetch(source) is None

    run(answer, talk)


def test_another_address_starts_afresh() -> None:
    """Validators of an address that has been changed in the configuration are not sent."""

    async def answer(request: web.Request) -> web.Response:
        assert "If-None-Match" not in request.headers
        return web.Response(body=b"new")

    async def talk(intake: HttpIntake, source: Source) -> None:
        delivery = await intake.fetch(source)
        assert delivery is not None
        assert delivery.body == b"new"

    run(answer, talk, state={"north": Validators(url="http://old.example/", etag='"x"')})


def test_packed_bodies_are_unpacked_and_capped() -> None:
    """A small packed answer that unpacks to more than the cap is refused, not swallowed."""

    async def answer(_request: web.Request) -> web.Response:
        body = gzip.compress(b"x" * 3_000_000)
        return web.Response(body=body, headers={"Content-Encoding": "gzip"})

    refused(answer, "more than 1000000 bytes", max_bytes=1_000_000)

    async def talk(intake: HttpIntake, source: Source) -> None:
        delivery = await intake.fetch(source)
        assert delivery is not None
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
        delivery = await intake.fetch(source)
        assert delivery is not None
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
        (500, "gives no feed"),
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

    asyncio.run(talk())


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
        assert await intake.fetch(source) is not None

    run(answer, talk)
