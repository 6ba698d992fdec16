"""Feeds over HTTP, against servers on this machine only."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.intake.certificates import Authority

from wirecopy.config import Login, Source
from wirecopy.errors import SourceError
from wirecopy.intake.credentials import Vault
from wirecopy.intake.http import Cursor, Fetched, FetchError, HttpIntake, retry_after
from wirecopy.intake.notebook import Notebook, Notes
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

    asyncio.run(both())


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


@pytest.mark.parametrize(
    ("login", "field", "value"),
    [
        (Login(user="post", password="env:PW"), "Authorization", "Basic cG9zdDpxdWFyLXNlY3JldA=="),
        (Login(token="file:token.txt"), "Authorization", "Bearer quar-secret"),
        (Login(key="env:PW", header="X-Wire-Key"), "X-Wire-Key", "quar-secret"),
    ],
)
def test_logins_are_shown_to_the_sources_own_server(
    tmp_path: Path, login: Login, field: str, value: str
) -> None:
    """Each kind of login goes to the configured server, and not along when it redirects away."""
    (tmp_path / "token.txt").write_text("quar-secret\n")
    shown: list[tuple[str, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        shown.append((request.host.partition(":")[0], request.headers.get(field)))
        if request.path == "/feed.xml":
            to = f"http://localhost:{request.url.port}/other.xml"
            return web.Response(status=302, headers={"Location": to})
        return web.Response(body=b"news")

    async def talk(intake: HttpIntake, source: Source) -> None:
        fetched = await intake.fetch(source)
        assert "quar-secret" not in repr(fetched)

    vault = Vault(tmp_path, {"PW": "quar-secret"})
    run(answer, talk, vault=vault, source={"login": login})
    assert shown == [("127.0.0.1", value), ("localhost", None)]


def test_no_error_tells_a_secret(tmp_path: Path) -> None:
    """Whatever goes wrong with a login, neither the sentence nor its causes hold the secret."""
    (tmp_path / "bad.txt").write_text("quar\nsecret")

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=401)

    for login, words in (
        (Login(user="post", password="env:PW"), "login"),
        (Login(token="file:bad.txt"), "file:bad.txt holds characters"),
        (Login(token="file:none.txt"), "cannot be read"),
        (Login(key="env:NONE"), "env:NONE is missing"),
    ):

        async def talk(intake: HttpIntake, source: Source, words: str = words) -> None:
            with pytest.raises(SourceError, match=words) as info:
                await intake.fetch(source)
            text = "".join(traceback.format_exception(info.value))
            assert "quar-secret" not in text
            assert "quar\n" not in text

        run(answer, talk, vault=Vault(tmp_path, {"PW": "quar-secret"}), source={"login": login})


PAGED = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="{rel}" href="{href}"/>
<entry><id>{id}</id></entry></feed>"""


def test_pages_are_turned_until_they_meet_what_is_known() -> None:
    """`next` is followed while nothing on a page is known, oldest page first, and to its bound."""
    first = ["a9"]
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        page = int(request.query.get("page", "1"))
        asked.append(str(page))
        story = first[0] if page == 1 else f"old{page}-{first[0]}"
        return web.Response(
            text=PAGED.format(rel="next", href=f"/feed.xml?page={page + 1}", id=story)
        )

    async def talk(intake: HttpIntake, source: Source) -> None:
        fetched = await intake.fetch(source)
        assert [b"old3" in one.body or b"old2" in one.body for one in fetched.deliveries] == [
            True,
            True,
            False,
        ]
        intake.accept(source, fetched)
        first[0] = "a9</id><id>b1"  # the next look overlaps with the last
        assert len((await intake.fetch(source)).deliveries) == 1

    run(answer, talk, source={"pages": 3})
    assert asked == ["1", "2", "3", "1"]


def test_archives_are_read_once() -> None:
    """`prev-archive` (RFC 5005) is followed back; an archive page never comes a second time."""
    asked: list[str] = []
    story = ["new1"]

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/feed.xml":
            return web.Response(text=PAGED.format(rel="prev-archive", href="/2", id=story[0]))
        number = int(request.path[1:])
        link = f"/{number - 1}" if number > 1 else ""
        return web.Response(text=PAGED.format(rel="prev-archive", href=link, id=f"arch{number}"))

    async def talk(intake: HttpIntake, source: Source) -> None:
        fetched = await intake.fetch(source)
        assert len(fetched.deliveries) == 3
        intake.accept(source, fetched)
        story[0] = "new2"
        assert len((await intake.fetch(source)).deliveries) == 1

    run(answer, talk, source={"pages": 10})
    assert asked == ["/feed.xml", "/2", "/1", "/feed.xml"]


def test_a_servers_own_cursor_is_followed() -> None:
    """The address of the next news, as APIs give it, is kept once the log has the page."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        seq = int(request.query.get("seq", "0"))
        asked.append(str(seq))
        items = [] if seq == 2 else [{"id": f"story{seq}"}]
        following = min(seq + 1, 2)
        return web.json_response(
            {"data": {"items": items, "next_page": f"/feed.xml?seq={following}"}}
        )

    async def talk(intake: HttpIntake, source: Source) -> None:
        first = await intake.fetch(source)
        assert [b"story0" in one.body for one in first.deliveries] == [True]
        again = await intake.fetch(source)
        assert again.deliveries == first.deliveries, "not accepted, so not moved on"
        intake.accept(source, again)
        intake.accept(source, await intake.fetch(source))
        assert (await intake.fetch(source)).deliveries == ()
        assert (await intake.fetch(source)).deliveries == ()

    run(answer, talk)
    assert asked == ["0", "0", "1", "2", "2"]


def test_pages_elsewhere_are_not_turned_to() -> None:
    """A feed cannot lead its reader to another server by naming it as the next page."""

    async def answer(request: web.Request) -> web.Response:
        to = f"http://localhost:{request.url.port}/x"
        return web.Response(text=PAGED.format(rel="next", href=to, id="a"))

    async def talk(intake: HttpIntake, source: Source) -> None:
        assert len((await intake.fetch(source)).deliveries) == 1

    run(answer, talk, source={"pages": 5})


def test_a_client_certificate_is_shown(tmp_path: Path) -> None:
    """A server that asks for our certificate gets it, and must show one of the right authority."""
    authority = Authority(tmp_path)
    ours = authority.issue("ours")

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        shown = request.transport.get_extra_info("peercert")
        return web.Response(text=str(dict(one[0] for one in shown["subject"])["commonName"]))

    async def both() -> None:
        app = web.Application()
        app.router.add_get("/", answer)
        server = TestServer(app, scheme="https")
        await server.start_server(ssl=authority.server(asks=True))
        login = Login(certificate=str(ours), authority=str(authority.path))
        url = str(server.make_url("/"))
        source = Source(name="north", agency="NWS", url=url, allow_private=True, login=login)
        async with HttpIntake(dict[str, Cursor](), lambda: NOW) as intake:
            assert only(await intake.fetch(source)).body == b"ours"
            for wrong in (Login(authority=str(authority.path)), Login()):
                with pytest.raises(FetchError):
                    await intake.fetch(msgspec.structs.replace(source, login=wrong))
            missing = msgspec.structs.replace(source, login=Login(certificate="none.pem"))
            with pytest.raises(SourceError, match="must be a PEM file"):
                await intake.fetch(missing)
        await server.close()

    asyncio.run(both())


def test_no_redirect_leads_down_to_http(tmp_path: Path) -> None:
    """An https server that redirects to http is not followed, not even on this machine."""
    authority = Authority(tmp_path)

    async def answer(request: web.Request) -> web.Response:
        return web.Response(
            status=301, headers={"Location": f"http://127.0.0.1:{request.url.port}/"}
        )

    async def both() -> None:
        app = web.Application()
        app.router.add_get("/", answer)
        server = TestServer(app, scheme="https")
        await server.start_server(ssl=authority.server())
        login = Login(authority=str(authority.path))
        url = str(server.make_url("/"))
        source = Source(name="north", agency="NWS", url=url, allow_private=True, login=login)
        async with HttpIntake(dict[str, Cursor](), lambda: NOW) as intake:
            with pytest.raises(FetchError, match="from https to http"):
                await intake.fetch(source)
        await server.close()

    asyncio.run(both())
