"""A running newsroom: back-pressure, troubles, and what comes first at its start."""

from __future__ import annotations

import asyncio
import fcntl
import sqlite3
import urllib.error
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import uvloop
from tests.cli.test_doors import PUSH, send
from tests.cli.test_run import Running
from tests.cli.wires import CONFIG, FERRY, KILL, newsroom

from wirecopy.baking import Baked
from wirecopy.errors import SourceError
from wirecopy.model import Delivery
from wirecopy.service import Service
from wirecopy.wiring import Newsroom, open_newsroom

BEARER = {"Authorization": "Bearer lantern-9"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom that is not running."""
    opened = open_newsroom(newsroom(tmp_path / "post"), {}, readers=0)
    yield opened
    opened.close()


def served(room: Newsroom) -> Service:
    """A service of that newsroom; it is not run."""
    return Service(room, host="127.0.0.1", port=1, say=lambda _text: None)


def ended(service: Service) -> None:
    """Release what a service that was never run holds."""
    service._commits.close()
    service._notebook.close()


def copy(number: int) -> Delivery:
    """A delivery."""
    return Delivery(source="norlin", body=b"%d" % number)


def test_a_log_that_refuses_copy_is_told_to_monitors(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newsroom is not ready from a refusal on, until its log takes copy again."""
    take = room.pipeline.take
    full = [True]

    def written(deliveries: Sequence[Delivery]) -> list[int]:
        if full:
            raise SourceError("The wire log is full.")
        return take(deliveries)

    monkeypatch.setattr(room.pipeline, "take", written)
    service = served(room)

    async def both() -> None:
        with pytest.raises(SourceError):
            await service.take([copy(1)])
        assert await service._ready() == "The wire log is full."
        full.clear()
        assert await service.take([copy(1)]) == [1]
        assert await service._ready() == ""

    uvloop.run(both())
    ended(service)


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Running]]:
    """Starts a newsroom; it is killed if the test leaves it running."""
    monkeypatch.setenv("PUSH_TOKEN", "lantern-9")
    started: list[Running] = []

    def go(more: str) -> Running:
        started.append(Running(newsroom(tmp_path / "post", CONFIG + more)))
        return started[-1]

    yield go
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


def test_a_slow_press_slows_intake(start: Callable[[str], Running]) -> None:
    """While nothing can be filed no more than some is taken, and it is said; then all goes on."""
    post = start(f"{PUSH}\n[pipeline]\nwaiting = 10\n")
    with (post.folder / "data" / "lease").open("ab") as lease:
        fcntl.flock(lease, fcntl.LOCK_EX)  # as another program would that files and bakes
        # The pipeline may have had the lease in that moment; it waits for it now.
        url = f"http://127.0.0.1:{post.port}/intake/pushed"
        bodies = [FERRY.replace(b":ferry", b":ferry%d" % n) for n in range(12)]
        statuses = [send(url, body, BEARER)[0] for body in bodies[:11]]
        assert statuses == [202] * 11
        post.until(lambda: post.get("/readyz")[0] == 503)
        assert "wait to be filed" in post.get("/readyz")[1]
    post.until(lambda: post.get("/readyz")[0] == 200)
    assert send(url, bodies[11], BEARER)[0] == 202
    post.stop()


def test_the_archives_file_is_kept_up_to_date(
    start: Callable[[str], Running], tmp_path: Path
) -> None:
    """Soon after a story was filed it stands in the file itself: no later commit has to copy it."""
    post = start(PUSH)
    assert send(f"http://127.0.0.1:{post.port}/intake/pushed", FERRY, BEARER)[0] == 202
    alone = tmp_path / "archive.db"

    def holds_it() -> bool:
        alone.write_bytes((post.folder / "data" / "archive.db").read_bytes())
        with closing(sqlite3.connect(alone)) as archive:
            try:
                return bool(archive.execute("SELECT 1 FROM stories").fetchall())
            except sqlite3.DatabaseError:
                return False  # it was copied while it was written

    post.until(holds_it)
    post.stop()


def memory(process: int) -> int:
    """Megabytes of memory that a process holds."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1000


def sent_away(url: str, body: bytes) -> bool:
    """Whether what was sent was refused for now: by a status, or by an end of listening."""
    try:
        return send(url, body, BEARER)[0] == 503
    except urllib.error.URLError:
        return True


def test_a_flood_fills_neither_memory_nor_the_readers_places(
    start: Callable[[str], Running],
) -> None:
    """While there is no room senders are sent away, readers read, and memory stays as it is."""
    post = start(f"{PUSH}\n[pipeline]\nwaiting = 10\n")
    url = f"http://127.0.0.1:{post.port}/intake/pushed"
    with (post.folder / "data" / "lease").open("ab") as lease:
        fcntl.flock(lease, fcntl.LOCK_EX)  # as another program would that files and bakes
        for number in range(11):
            assert send(url, FERRY.replace(b":ferry", b":ferry%d" % number), BEARER)[0] == 202
        post.until(lambda: post.get("/readyz")[0] == 503)
        before = memory(post.process.pid)
        flood = b"<rss>" + b" " * 2_000_000
        with ThreadPoolExecutor(160) as senders:
            answers = [senders.submit(sent_away, url, flood) for _ in range(320)]
            assert post.get("/")[0] == 200
        assert all(answer.result() for answer in answers)
        assert memory(post.process.pid) < before + 100
    post.until(lambda: post.get("/readyz")[0] == 200)
    assert send(url, FERRY, BEARER)[0] == 202
    said = post.stop()
    assert said.count("Intake waits") == 1
    assert said.count("Intake goes on") == 1


def test_a_start_shows_nothing_that_was_taken_away(room: Newsroom) -> None:
    """What was filed as killed when a crash came is off the site before anything is served."""
    room.renew_if_changed()
    room.pipeline.take([Delivery(source="norlin", body=FERRY)])
    room.pipeline.drain()
    assert "Ferry crews" in (room.site_path / "index.html").read_text()
    room.pipeline.take([Delivery(source="norlin", body=KILL)])
    room.baker.bake = lambda *_words, **_more: Baked()  # type: ignore[method-assign] # the crash
    room.pipeline.step()
    del room.baker.bake
    assert "Ferry crews" in (room.site_path / "index.html").read_text()
    service = served(room)
    service._begin()
    assert "Ferry crews" not in (room.site_path / "index.html").read_text()
    assert not room.archive.meta("withdrawing")
    ended(service)


def test_a_start_serves_before_it_has_caught_up(room: Newsroom) -> None:
    """However much waits in the log, readers have the site at once; the rest is filed beside."""
    room.renew_if_changed()
    room.pipeline.take([copy(n) for n in range(50)])
    service = served(room)
    service._begin()
    assert room.archive.position() == 0

    async def carried() -> None:
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(service._catch_up, loop)

    uvloop.run(carried())
    assert room.archive.position() == 50
    ended(service)


def test_lists_of_the_last_life_wait_for_copy(room: Newsroom) -> None:
    """What was still to be made when we ended keeps no copy waiting at the start."""
    room.renew_if_changed()
    room.pipeline.take([Delivery(source="norlin", body=FERRY)])
    room.pipeline.drain()
    room.archive.connection.execute("INSERT INTO marks (page, mark) VALUES ('home', 1)")
    service = served(room)
    service._begin()
    service._catch_up()
    marks = room.archive.connection.execute("SELECT page FROM marks").fetchall
    assert marks() == [("home",)]
    room.pipeline.step()
    assert marks() == []
    ended(service)


def test_a_new_edition_is_baked_of_all_there_is(room: Newsroom) -> None:
    """Where archive or settings are new, readers never see a site that lacks what waits."""
    room.renew_if_changed()
    room.pipeline.take([Delivery(source="norlin", body=FERRY)])
    room.archive.set_meta("edition", "another")
    service = served(room)
    service._begin()
    assert "Ferry crews" in (room.site_path / "index.html").read_text()
    ended(service)


def test_who_stops_a_long_start_waits_for_one_batch(room: Newsroom) -> None:
    """A newsroom that is stopped while it catches up ends after what it has in hand."""
    room.renew_if_changed()
    room.pipeline.take([copy(n) for n in range(1000)])
    service = served(room)
    service.stop()

    async def carried() -> None:
        await asyncio.to_thread(service._catch_up, asyncio.get_running_loop())

    uvloop.run(carried())
    assert room.archive.position() == room.config.pipeline.batch
    ended(service)


def test_what_fails_beside_is_told_and_begins_again(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No part of a running newsroom ends unsaid: the operator hears of it once, and it goes on."""
    monkeypatch.setattr("wirecopy.service._RETRY", 0.0)
    said: list[str] = []
    service = served(room)
    service._say = said.append
    lives = iter([KeyError("token=lantern-9"), KeyError("token=lantern-9"), None])

    async def work() -> None:
        if error := next(lives):
            raise error

    uvloop.run(service._kept_up(work))
    assert next(lives, "none left") == "none left"
    (told,) = said
    assert "KeyError, test_service.py line" in told
    assert "lantern" not in told
    ended(service)
