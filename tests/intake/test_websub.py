"""WebSub against a hub that runs in the test, on loopback: found, asked, believed, renewed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
import uvloop
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.intake.houses import Desk

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.intake.cursors import Cursor
from wirecopy.intake.http import HttpIntake
from wirecopy.intake.websub import WebSubIntake

FEED = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>%s</id></entry></feed>'


class Town:
    """A feed and its hub on one server, and the callback's side of a newsroom on another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[dict[str, str]] = []
        self.link_in_feed = False
        self.hub_status = 202
        self.answers: list[tuple[int, str]] = []

    async def feed(self, request: web.Request) -> web.Response:
        """The feed; it names its hub in a Link header, or in itself."""
        hub, own = "/hub", str(request.url)
        if self.link_in_feed:
            links = f'<link rel="hub" href="{hub}"/><link rel="self" href="{own}"/>'
            return web.Response(body=FEED.replace(b"<entry>", links.encode() + b"<entry>") % b"1")
        response = web.Response(body=FEED % b"1")
        response.headers.add("Link", f'<{hub}>; rel="hub"')
        response.headers.add("Link", f'<{own}>; rel="self"')
        return response

    async def hub(self, request: web.Request) -> web.Response:
        """The hub takes note of who asks."""
        self.asked.append({key: str(value) for key, value in (await request.post()).items()})
        return web.Response(status=self.hub_status)

    async def callback(self, request: web.Request) -> web.Response:
        """The newsroom's door."""
        token = request.match_info["token"]
        if request.method == "GET":
            status, text = self.websub.verify(token, dict(request.query))
            return web.Response(status=status, text=text)
        reply = await self.websub.receive(token, request.headers, await request.read())
        return web.json_response(dict(reply.said), status=reply.status)

    def run(self, talk: Callable[[Town], Awaitable[None]]) -> Desk:
        """Let `talk` act; what came into the log."""

        async def both() -> Desk:
            app = web.Application()
            app.router.add_get("/feed", self.feed)
            app.router.add_post("/hub", self.hub)
            door = web.Application()
            door.router.add_route("*", "/websub/north/{token}", self.callback)
            async with TestServer(app) as server, TestServer(door) as newsroom:
                self.source = Source(
                    name="north",
                    agency="NWS",
                    url=str(server.make_url("/feed")),
                    allow_private=True,
                    websub=True,
                )
                desk = Desk(self.folder, self.source)
                self.desk = desk
                async with (
                    HttpIntake(dict[str, Cursor](), lambda: desk.now) as self.http,
                    aiohttp.ClientSession() as self.outside,
                ):
                    callback = str(newsroom.make_url("/websub/north"))
                    self.websub = WebSubIntake(desk.gates["north"], self.http, callback)
                    await talk(self)
                desk.close()
                return desk

        return uvloop.run(both())

    async def poll(self) -> None:
        """One look at the feed, and what follows of it for the subscription."""
        fetched = await self.http.fetch(self.source)
        self.http.accept(self.source, fetched)
        await self.websub.keep(fetched)

    async def ask_back(self, **query: str) -> tuple[int, str]:
        """The hub's question whether the subscription is meant."""
        form = self.asked[-1]
        query = {
            "hub.mode": "subscribe",
            "hub.topic": form["hub.topic"],
            "hub.challenge": "c-4711",
            "hub.lease_seconds": "864000",
        } | {key.replace("_", ".", 1): value for key, value in query.items()}
        async with self.outside.get(form["hub.callback"], params=query) as answer:
            return answer.status, await answer.text()

    async def send(self, body: bytes, signature: str | None = None, path: str = "") -> int:
        """The hub sends news, signed as it should be unless told otherwise."""
        form = self.asked[-1]
        if signature is None:
            digest = hmac.new(form["hub.secret"].encode(), body, hashlib.sha256).hexdigest()
            signature = f"sha256={digest}"
        headers = {"X-Hub-Signature": signature} if signature else {}
        headers["Content-Type"] = "application/atom+xml"
        url = form["hub.callback"] + path
        async with self.outside.post(url, data=body, headers=headers) as answer:
            return answer.status


@pytest.mark.parametrize("link_in_feed", [False, True])
def test_from_the_feed_to_the_log(tmp_path: Path, *, link_in_feed: bool) -> None:
    """A hub that the feed names is asked, asks back, and what it then sends is in the log."""

    async def talk(town: Town) -> None:
        await town.poll()
        form = town.asked[0]
        assert form["hub.mode"] == "subscribe"
        assert form["hub.topic"] == town.source.url
        assert len(form["hub.secret"]) < 200
        assert not town.websub.alive
        assert await town.ask_back() == (200, "c-4711")
        assert town.websub.alive
        assert await town.send(FEED % b"pushed") == 202

    town = Town(tmp_path)
    town.link_in_feed = link_in_feed
    log = town.run(talk).log
    assert [(one.source, one.body, one.how) for one in log] == [
        ("north", FEED % b"pushed", "websub")
    ]
    assert log[0].media_type == "application/atom+xml"


@pytest.mark.parametrize("signature", ["", "sha256=00", "sha1=0123", "md5=x", "quatsch"])
def test_what_is_not_signed_is_thrown_away(tmp_path: Path, signature: str) -> None:
    """A forger is answered as if he had succeeded, and nothing comes into the log."""

    async def talk(town: Town) -> None:
        await town.poll()
        await town.ask_back()
        assert await town.send(b"<feed/>", signature) == 202
        assert await town.send(b"<feed/>", path="x") == 410

    assert Town(tmp_path).run(talk).log == []


def test_a_question_that_was_not_expected_is_denied(tmp_path: Path) -> None:
    """Another topic, a wrong address, a stranger's unsubscription: 404, and nothing changes."""

    async def talk(town: Town) -> None:
        await town.poll()
        assert (await town.ask_back(hub_topic="https://else.example/"))[0] == 404
        assert (await town.ask_back(hub_mode="unsubscribe"))[0] == 404
        assert not town.websub.alive
        assert town.websub.verify("guess", {"hub.topic": town.source.url})[0] == 404
        await town.ask_back()
        assert (await town.ask_back(hub_mode="denied"))[0] == 200
        assert not town.websub.alive

    Town(tmp_path).run(talk)


def test_leases_are_renewed_in_their_last_quarter(tmp_path: Path) -> None:
    """The hub is asked once, again when it never asked back, and before the lease ends."""

    async def talk(town: Town) -> None:
        await town.poll()
        await town.poll()
        assert len(town.asked) == 1
        town.desk.now += timedelta(minutes=20)
        await town.poll()
        assert len(town.asked) == 2, "it never asked back"
        await town.ask_back()
        town.desk.now += timedelta(days=5)
        await town.poll()
        assert len(town.asked) == 2
        town.desk.now += timedelta(days=3)
        await town.poll()
        assert len(town.asked) == 3
        assert town.asked[2] == town.asked[0], "the same callback and secret"
        await town.ask_back()
        assert town.websub.alive
        town.desk.now += timedelta(days=30)
        assert not town.websub.alive

    Town(tmp_path).run(talk)


def test_a_hub_that_refuses_is_told_of(tmp_path: Path) -> None:
    """The feed was read all the same, and polling goes on."""

    async def talk(town: Town) -> None:
        town.hub_status = 403
        with pytest.raises(SourceError, match=r"hub refuses \(status 403\); polling goes on"):
            await town.poll()

    Town(tmp_path).run(talk)


def test_what_the_log_refuses_is_sent_again(tmp_path: Path) -> None:
    """A hub is answered 503 while the log cannot take its news."""

    async def talk(town: Town) -> None:
        await town.poll()
        await town.ask_back()
        town.desk.full = True
        assert await town.send(FEED % b"late") == 503
        town.desk.full = False
        assert await town.send(FEED % b"late") == 202

    assert len(Town(tmp_path).run(talk).log) == 1
