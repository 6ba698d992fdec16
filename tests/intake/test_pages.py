"""The pages of a feed: which are turned to, in which order, and which are not."""

from __future__ import annotations

import pytest
from aiohttp import web
from tests.intake.test_http import run

from wirecopy.config import Source
from wirecopy.intake.http import HttpIntake

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
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(str(request.url.host))
        to = f"http://localhost:{request.url.port}/x"
        return web.Response(text=PAGED.format(rel="next", href=to, id=f"a{len(asked)}"))

    async def talk(intake: HttpIntake, source: Source) -> None:
        assert len((await intake.fetch(source)).deliveries) == 1

    run(answer, talk, source={"pages": 5})
    assert asked == ["127.0.0.1"]


def test_pages_are_turned_where_the_feed_has_been_led_to() -> None:
    """Behind a redirect the pages lie beside the feed, on the server that it leads to."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(f"{request.url.host}{request.path}")
        if request.path == "/feed.xml":
            to = f"http://localhost:{request.url.port}/moved.xml"
            return web.Response(status=302, headers={"Location": to})
        behind = "/2.xml" if request.path == "/moved.xml" else ""
        return web.Response(text=PAGED.format(rel="next", href=behind, id=request.path))

    async def talk(intake: HttpIntake, source: Source) -> None:
        assert len((await intake.fetch(source)).deliveries) == 2

    run(answer, talk, source={"pages": 5})
    assert asked == ["127.0.0.1/feed.xml", "localhost/moved.xml", "localhost/2.xml"]


def test_news_elsewhere_are_not_asked_for() -> None:
    """Nor by naming another server's address as that of its next news."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(str(request.url.host))
        to = f"http://localhost:{request.url.port}/feed.xml"
        return web.json_response({"data": {"items": [{"id": len(asked)}], "next_page": to}})

    async def talk(intake: HttpIntake, source: Source) -> None:
        for _ in range(2):
            intake.accept(source, await intake.fetch(source))

    run(answer, talk)
    assert asked == ["127.0.0.1", "127.0.0.1"]


def test_an_empty_page_of_news_is_no_delivery_and_ends_the_look() -> None:
    """Where a server hands out addresses, the page behind the last one is empty."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.query.get("seq", "0"))
        items = [{"id": "a"}] if asked[-1] == "0" else []
        following = f"/feed.xml?seq={int(asked[-1]) + 1}"
        return web.json_response({"data": {"items": items, "next_page": following}})

    async def talk(intake: HttpIntake, source: Source) -> None:
        fetched = await intake.fetch(source)
        assert [b'"a"' in one.body for one in fetched.deliveries] == [True]

    run(answer, talk, source={"pages": 5})
    assert asked == ["0", "1"]
