"""Alerts: by mail to a server in the test, by webhook past the guard; never a secret."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
import uvloop
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.intake.houses import NOW

from wirecopy.config import Watch
from wirecopy.intake.alerts import TRIES, Alert, Alerts, sentence, worth_telling
from wirecopy.intake.credentials import Vault
from wirecopy.intake.health import Health
from wirecopy.intake.rhythm import State

ALERT = Alert(
    site="The Tarnwick Post",
    source="north",
    state="late",
    before="healthy",
    reason="nothing new for 3 hours",
    said="",
    at=NOW,
)


@contextmanager
def mail_server() -> Iterator[tuple[int, list[str]]]:
    """An SMTP server that takes one mail; its port, and what it was told."""
    told: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = server.accept()
        with connection, connection.makefile("rwb") as lines:
            lines.write(b"220 post.example\r\n")
            lines.flush()
            text = False
            while line := lines.readline().decode():
                told.append(line.rstrip())
                word = line[:4].upper()
                if text and line != ".\r\n":
                    continue
                text = not text and word == "DATA"
                bye = b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n"
                lines.write(b"354 go on\r\n" if text else bye)
                lines.flush()
                if word == "QUIT":
                    return

    thread = threading.Thread(target=serve)
    thread.start()
    yield server.getsockname()[1], told
    thread.join()
    server.close()


def test_a_mail_says_what_is_wrong() -> None:
    """Subject and text name the site, the source, its state and the reason."""
    with mail_server() as (port, told):
        watch = Watch(mail="desk@post.example", smtp=f"127.0.0.1:{port}")
        uvloop.run(Alerts(watch, Vault(), pytest.fail).send(ALERT))
    assert "Subject: [The Tarnwick Post] Source north is late" in told
    assert "Source north is late: nothing new for 3 hours." in told
    assert any(line.lower().startswith("rcpt to:<desk@post.example>") for line in told)


def test_a_webhook_gets_json() -> None:
    """The alert's fields are posted as they are; a redirect is not followed."""
    got: list[dict[str, str]] = []

    async def both() -> None:
        async def hook(request: web.Request) -> web.Response:
            got.append(await request.json())
            return web.Response(status=204)

        app = web.Application()
        app.router.add_post("/hook", hook)
        async with TestServer(app) as server:
            watch = Watch(webhook=str(server.make_url("/hook")), allow_private=True)
            await Alerts(watch, Vault(), pytest.fail).send(ALERT)

    uvloop.run(both())
    assert got == [json.loads(msgspec.json.encode(ALERT))]


@pytest.mark.parametrize("private", [True, False])
def test_an_alert_that_cannot_be_sent_is_tried_again_and_told(*, private: bool) -> None:
    """Some tries, longer and longer apart, then a line in the log; a closed address gets none."""
    said: list[str] = []
    pauses: list[float] = []
    asked: list[int] = []

    async def both() -> None:
        async def hook(_request: web.Request) -> web.Response:
            asked.append(1)
            return web.Response(status=500)

        async def pause(seconds: float) -> None:
            pauses.append(seconds)

        app = web.Application()
        app.router.add_post("/hook", hook)
        async with TestServer(app) as server:
            url = f"{server.make_url('/hook')}?key=quar-secret"
            watch = Watch(webhook=url, allow_private=private)
            await Alerts(watch, Vault(), said.append, pause).send(ALERT)

    uvloop.run(both())
    assert len(asked) == (TRIES if private else 0)
    assert pauses == [5.0, 10.0, 20.0, 40.0]
    assert len(said) == 1
    assert "quar-secret" not in said[0]


def test_an_alert_that_no_mail_can_carry_stops_no_other() -> None:
    """Where a name cannot stand in a header, the log is told, and the next alert is sent."""
    said: list[str] = []

    async def at_once(_seconds: float) -> None:
        """No pause."""

    async def both(port: int) -> None:
        watch = Watch(mail="desk@post.example", smtp=f"127.0.0.1:{port}")
        alerts = Alerts(watch, Vault(), said.append, at_once)
        alerts.tell(msgspec.structs.replace(ALERT, site="The Tarnwick\nPost"))
        alerts.tell(ALERT)
        running = asyncio.create_task(alerts.run())
        while not (alerts._queue.empty() and "QUIT" in map(str.upper, told)):
            await asyncio.sleep(0.01)
            assert not running.done(), running.exception()
        running.cancel()

    with mail_server() as (port, told):
        uvloop.run(both(port))
    assert said == ["The alert about source north could not be sent (ValueError)."]


def test_alerts_that_pile_up_are_bounded(tmp_path: Path) -> None:
    """However many there are, memory holds a thousand; without an address there is none."""

    async def both() -> None:
        alerts = Alerts(Watch(mail="desk@post.example"), Vault(tmp_path), pytest.fail)
        for _ in range(3000):
            alerts.tell(ALERT)
        assert alerts._queue.qsize() == 1000
        silent = Alerts(Watch(), Vault(tmp_path), pytest.fail)
        silent.tell(ALERT)
        assert silent._queue.empty()

    uvloop.run(both())


@pytest.mark.parametrize(
    ("before", "state", "told"),
    [
        ("healthy", "late", True),
        ("healthy", "failing", True),
        ("failing", "stopped", True),
        ("failing", "healthy", True),
        ("new", "healthy", False),
        ("healthy", "quiet", False),
    ],
)
def test_what_is_worth_telling(before: State, state: State, *, told: bool) -> None:
    """A person hears of trouble, and of its end; not of what is as it should be."""
    health = Health(source="north", state=state, reason="r", before=before)
    assert worth_telling(health) is told


def test_the_last_sentence_goes_with_the_alert() -> None:
    """What the source's server did is told in the words of the log."""
    alert = msgspec.structs.replace(ALERT, state="failing", said="The server refuses us.")
    assert sentence(alert).endswith("nothing new for 3 hours. The server refuses us.")
