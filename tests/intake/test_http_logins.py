"""Logins and certificates, against servers on this machine only."""

from __future__ import annotations

import traceback
from pathlib import Path

import msgspec
import pytest
import uvloop
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.intake.certificates import Authority
from tests.intake.test_http import NOW, only, run

from wirecopy.config import Login, Source
from wirecopy.errors import SourceError
from wirecopy.intake.credentials import Vault
from wirecopy.intake.cursors import Cursor
from wirecopy.intake.http import HttpIntake
from wirecopy.intake.refusals import FetchError


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

    uvloop.run(both())


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

    uvloop.run(both())
