"""Logins, certificates and the pages of a feed, against servers on this machine only."""

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


@pytest.mark.parametrize(
    ("link", "field"),
    [
        ("http://[broken", ""),
        ("file:///etc/hostname", ""),
        ("/missing", ""),
        ("", '<http://[broken>; rel="next"'),
        ("", '</missing>; rel="next hub self"'),
    ],
)
def test_a_link_to_nowhere_keeps_no_news_back(link: str, field: str) -> None:
    """What a server says of further pages, in the feed or in its answer, costs no copy."""

    async def answer(request: web.Request) -> web.Response:
        if request.path != "/feed.xml":
            return web.Response(status=404)
        headers = {"Link": field} if field else {}
        return web.Response(text=PAGED.format(rel="next", href=link, id="a1"), headers=headers)

    async def talk(intake: HttpIntake, source: Source) -> None:
        assert len((await intake.fetch(source)).deliveries) == 1

    run(answer, talk, source={"pages": 3})


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
