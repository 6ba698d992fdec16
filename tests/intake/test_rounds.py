"""The rounds: many sources in one loop, and none that keeps another waiting."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import uvloop
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.intake.houses import Desk, turns

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.intake.cursors import Cursor
from wirecopy.intake.gate import Manners, NotTakenError, PartlyTakenError
from wirecopy.intake.http import Fetched, HttpIntake
from wirecopy.intake.refusals import FetchError
from wirecopy.intake.rounds import Rounds
from wirecopy.intake.websub import WebSubIntake
from wirecopy.model import Delivery

SOURCE = Source(name="north", agency="NWS", every="2m")


async def _for_ever(_seconds: float) -> None:
    await asyncio.get_running_loop().create_future()


def polled(
    folder: Path,
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
    hosts: list[str],
    wanted: int,
    at_once: int = 50,
) -> Desk:
    """Poll one source on each of these loopback addresses until the log holds what is wanted."""

    async def both() -> Desk:
        app = web.Application()
        app.router.add_get("/{path:.*}", answer)
        async with TestServer(app, host="0.0.0.0") as server:  # noqa: S104 - all of 127.0.0.0/8
            sources = [
                Source(
                    name=f"s{number}",
                    agency="NWS",
                    url=f"http://{host}:{server.port}/{number}",
                    allow_private=True,
                )
                for number, host in enumerate(hosts)
            ]
            desk = Desk(folder, *sources, pause=_first_then_for_ever())
            rounds = Rounds(desk.house, sources, folder, "https://post.example", at_once)
            tasks = [asyncio.create_task(work()) for work in rounds.works()]
            try:
                await desk.until(wanted)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                await rounds.close()
                desk.close()
            return desk

    return uvloop.run(both())


def _first_then_for_ever() -> Callable[[float], Awaitable[None]]:
    """A pause that lets every source begin at once, and none look a second time."""

    async def pause(seconds: float) -> None:
        if seconds >= 60:
            await _for_ever(seconds)

    return pause


def test_hanging_servers_keep_nobody_waiting(tmp_path: Path) -> None:
    """With twenty servers that never answer, thirty others are all taken in meanwhile."""
    hang = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        if int(request.path[1:]) < 20:
            await hang.wait()
        return web.Response(text=f"story {request.path}")

    hosts = [f"127.0.1.{number + 1}" for number in range(50)]
    desk = polled(tmp_path, answer, hosts, 30)
    assert {one.source for one in desk.log} == {f"s{number}" for number in range(20, 50)}


def test_a_server_is_asked_once_at_a_time(tmp_path: Path) -> None:
    """Ten sources of one server are asked one after the other."""
    at_once = [0, 0]

    async def answer(request: web.Request) -> web.StreamResponse:
        at_once[0] += 1
        at_once[1] = max(at_once)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        at_once[0] -= 1
        return web.Response(text=f"story {request.path}")

    desk = polled(tmp_path, answer, ["127.0.0.1"] * 10, 10)
    assert len(desk.log) == 10
    assert at_once[1] == 1


def test_a_thousand_sources_need_no_thousand_threads(tmp_path: Path) -> None:
    """All are taken in by one loop and a few threads for names and files."""
    threads = [0]

    async def answer(request: web.Request) -> web.StreamResponse:
        threads[0] = max(threads[0], threading.active_count())
        return web.Response(text=f"story {request.path}")

    hosts = [f"127.0.{2 + number // 250}.{number % 250 + 1}" for number in range(1000)]
    desk = polled(tmp_path, answer, hosts, 1000)
    assert len({one.source for one in desk.log}) == 1000
    assert threads[0] < 40


def kept(folder: Path, *outcomes: BaseException | timedelta, source: Source = SOURCE) -> Desk:
    """A gate that looks once for each of these outcomes."""

    async def both() -> Desk:
        desk = Desk(folder, source)
        left = list(outcomes)

        async def look() -> timedelta:
            if not left:
                raise asyncio.CancelledError
            outcome = left.pop(0)
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        with suppress(asyncio.CancelledError):
            await desk.gates[source.name].keep_on(look)
        desk.close()
        return desk

    return uvloop.run(both())


def test_failures_wait_longer_and_are_told_less(tmp_path: Path) -> None:
    """Each failure doubles the pause; the 1st, 2nd, 4th and 8th are said; success starts afresh."""
    desk = kept(tmp_path, *[SourceError("It broke.")] * 8, timedelta(seconds=7))
    assert desk.pauses == [180, 360, 720, 1440, 2700, 2700, 2700, 2700, 7]
    assert desk.said == [
        f"It broke. Trying again in {pause}."
        for pause in ("3 minutes", "6 minutes", "24 minutes", "45 minutes")
    ]
    assert desk.pulses.health("north").failures == 0


def test_what_is_taken_in_part_is_looked_for_as_ever(tmp_path: Path) -> None:
    """One file that cannot be read slows nothing down: the next one may be a kill."""
    desk = kept(tmp_path, *[PartlyTakenError("One cannot be read.")] * 8, timedelta(seconds=7))
    assert desk.pauses == [120] * 8 + [7]
    assert desk.said == ["One cannot be read. Trying again in 2 minutes."] * 4


def test_a_fault_of_ours_is_no_end(tmp_path: Path) -> None:
    """An error inside wirecopy is told with its kind, not its words, and the source goes on."""
    desk = kept(tmp_path, RuntimeError("token=quar-secret"), timedelta(seconds=7))
    assert "RuntimeError" in desk.said[0]
    assert "quar-secret" not in "".join(desk.said)
    assert desk.pauses[-1] == 7


def test_a_closed_feed_is_not_asked_again(tmp_path: Path) -> None:
    """After 410 the source is stopped, somebody is told, and no further look is made."""
    desk = kept(tmp_path, FetchError("It is gone.", status=410), AssertionError("asked again"))
    assert desk.pauses == []
    assert desk.said == ["It is gone. It is not asked again until the next start."]
    health = desk.pulses.health("north")
    assert (health.state, health.said) == ("stopped", "It is gone.")


def test_a_full_log_is_no_fault_of_the_source(tmp_path: Path) -> None:
    """While the log refuses, the source is asked again soon and does not count as failing."""
    desk = kept(tmp_path, *[NotTakenError("The log is full.")] * 4)
    assert desk.pauses == [5] * 4
    assert desk.pulses.health("north").failures == 0


def test_a_folder_that_cannot_be_made_is_told_and_tried_again(tmp_path: Path) -> None:
    """A file in the way of the inbox is said; once it is gone, the source's copy comes in."""
    source = Source(name="north", agency="NWS", path="inbox/north")
    (tmp_path / "inbox").write_text("in the way", encoding="utf-8")

    async def both() -> Desk:
        desk = Desk(tmp_path, source)
        rounds = Rounds(desk.house, [source], tmp_path, "https://post.example")
        task = asyncio.create_task(next(rounds.works())())
        await turns(lambda: desk.pauses or task.done())
        (tmp_path / "inbox").unlink()
        (tmp_path / "inbox/north").mkdir(parents=True)
        (tmp_path / "inbox/north/a.xml").write_text("copy", encoding="utf-8")
        await turns(lambda: desk.log or task.done())
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        desk.close()
        return desk

    desk = uvloop.run(both())
    assert "inbox/north cannot be made (Not a directory)" in desk.said[0]
    assert [one.name for one in desk.log] == ["a.xml"]


def test_intake_waits_for_room(tmp_path: Path) -> None:
    """Copy goes into the log only when the pipeline has room for it."""

    async def both() -> None:
        room = asyncio.Event()
        desk = Desk(tmp_path, SOURCE, room=room.wait)
        delivery = Delivery(source="north", body=b"x")
        task = asyncio.create_task(desk.gates["north"].take([delivery]))
        for _ in range(5):
            await asyncio.sleep(0)
        assert desk.log == []
        room.set()
        assert await task == [1]
        desk.close()

    uvloop.run(both())


def test_a_look_that_is_given_up_frees_its_turn() -> None:
    """Whoever is cancelled while he waits for a server, or has it, leaves it to the next."""

    async def both() -> None:
        manners = Manners(at_once=1)
        async with manners.turn("a"):
            waiting = [asyncio.create_task(_hold(manners, host)) for host in ("a", "b")]
            await asyncio.sleep(0)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
        for host in ("a", "b"):
            await asyncio.wait_for(_hold(manners, host), 5)

    uvloop.run(both())


def test_a_feed_that_trickles_passes_its_turn_on() -> None:
    """While it goes on, the other feeds of its server are asked; none ends another's turn."""

    async def talk() -> None:
        manners = Manners(patience=0.05)
        async with manners.turn("a"):
            await asyncio.wait_for(_hold(manners, "a"), 5)
            async with manners.turn("a"):
                pass
        async with manners.turn("a"):
            waiting = asyncio.create_task(_hold(manners, "a"))
            await asyncio.sleep(0)
            assert not waiting.done(), "one at a time"
        await asyncio.wait_for(waiting, 5)

    uvloop.run(talk())


async def _hold(manners: Manners, host: str) -> None:
    async with manners.turn(host):
        await asyncio.sleep(0)


@pytest.mark.parametrize("every", ["1s", "2m", "1h"])
def test_the_pause_is_the_looks_own(tmp_path: Path, every: str) -> None:
    """A look that went well says itself how long to wait."""
    source = msgspec.structs.replace(SOURCE, every=every)
    assert kept(tmp_path, timedelta(seconds=3), source=source).pauses == [3]


@pytest.mark.parametrize(("alive", "minutes"), [(True, 15), (False, 2)])
def test_a_feed_whose_hub_sends_is_seldom_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, alive: bool, minutes: int
) -> None:
    """While the hub's promise holds, polling is the backstop; else it is as it was."""

    async def fetch(_http: HttpIntake, source: Source) -> Fetched:
        return Fetched(cursor=Cursor(url=source.url))

    async def keep(_hub: WebSubIntake, _fetched: Fetched) -> None:
        """Nothing is to be renewed."""

    monkeypatch.setattr(HttpIntake, "fetch", fetch)
    monkeypatch.setattr(WebSubIntake, "keep", keep)
    monkeypatch.setattr(WebSubIntake, "alive", alive)

    async def both() -> timedelta:
        source = msgspec.structs.replace(SOURCE, url="https://north.example/rss", websub=True)
        desk = Desk(tmp_path, source)
        rounds = Rounds(desk.house, [source], tmp_path, "https://post.example")
        pause = await rounds._fetch(desk.gates["north"])
        desk.close()
        return pause

    assert uvloop.run(both()) == timedelta(minutes=minutes)


def test_a_feeds_wish_sets_its_pause(tmp_path: Path) -> None:
    """A ttl in the feed, and Cache-Control, stretch the pause; not beyond the bound."""
    answers = iter(
        [
            web.Response(text="<rss><channel><ttl>10</ttl><item/></channel></rss>"),
            web.Response(status=304, headers={"Cache-Control": "max-age=240"}),
            web.Response(status=304, headers={"Cache-Control": "max-age=999999"}),
            web.Response(status=304),
        ]
    )

    async def answer(_request: web.Request) -> web.Response:
        return next(answers)

    async def both() -> Desk:
        app = web.Application()
        app.router.add_get("/", answer)
        async with TestServer(app) as server:
            url = str(server.make_url("/"))
            source = msgspec.structs.replace(SOURCE, url=url, allow_private=True)
            desk = Desk(tmp_path, source)
            rounds = Rounds(desk.house, [source], tmp_path, "https://post.example")
            task = asyncio.create_task(next(iter(rounds.works()))())
            try:
                await turns(lambda: len(desk.pauses) > 4)
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                await rounds.close()
                desk.close()
            return desk

    assert uvloop.run(both()).pauses[1:5] == [600, 240, 900, 120]
