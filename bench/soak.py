"""A newsroom left alone with a thousand bad feeds: nothing lost, memory flat, pages in time.

    .venv/bin/python bench/soak.py                   ten minutes, 1,000 sources, 50 stories a second
    .venv/bin/python bench/soak.py --seconds 60      the short one, for CI

One server in a process of its own plays all agencies, each at a loopback address of its own. Some
answer well; others answer 429 or 503, hang, drip, send garbage, redirect, send too much, break
off, lie about their charset, repeat themselves or send versions in the wrong order. In the end
both sides' ledgers must be equal: every story that was made is filed, once, and its newest
version stands. Exit code 1 when it is not so, or memory has not stayed flat (in a short run:
within its bound).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import resource
import socket
import sys
import time
from collections import Counter, deque
from datetime import UTC, datetime
from functools import lru_cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

import uvloop
from aiohttp import web

from measures import percentile, scratch
from wirecopy.archive.codec import read_story
from wirecopy.archive.ledger import read_ledger
from wirecopy.config import DEFAULT_SECTIONS, parse
from wirecopy.model import Story
from wirecopy.pipeline import Step
from wirecopy.service import Service
from wirecopy.wiring import Newsroom, system_clock

WINDOW = 4
"""Stories that a feed shows, beside those that it has not shown in any whole answer yet."""
SYLLABLES = ("ba", "co", "da", "fen", "gar", "hol", "jor", "lin", "mar", "nor", "pen", "quil")
KINDS = (
    "429",
    "503",
    "hang",
    "drip",
    "garbage",
    "302",
    "huge",
    "truncated",
    "charset",
    "repeats",
    "disorder",
    "301",
    *["plain"] * 8,
)  # fmt: skip - a table
"""What is wrong with a source, by its number; eight in twenty are as they should be."""
SILENT = frozenset({"hang", "drip", "garbage", "huge"})
"""Kinds of which no story ever comes."""
FAULTY = 0.2
"""How often a source of a kind that fails now and then does."""
MAX_BYTES = 2_000_000
MOST_MB = 400
"""Memory of a short run, at most."""
FLAT = 1.10
"""How much larger memory may be in the last third than in the middle one."""


def main() -> int:
    """Run the soak; 0 when everything held."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--seconds", type=int, default=600)
    arguments.add_argument("--sources", type=int, default=1000)
    arguments.add_argument("--rate", type=float, default=50.0, help="stories a second")
    arguments.add_argument("--every", type=int, default=10, help="seconds between two looks")
    chosen = arguments.parse_args()
    mine, theirs = get_context("spawn").Pipe()
    agencies = get_context("spawn").Process(
        target=_agencies, args=(theirs, chosen.sources, chosen.rate)
    )
    agencies.start()
    try:
        port = mine.recv()
        with scratch() as folder:
            return uvloop.run(_soak(folder, port, mine, chosen))
    finally:
        agencies.kill()
        agencies.join()


# -- the agencies ------------------------------------------------------------------------


class Agency:
    """One feed: the stories it shows now, and what is wrong with it."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.kind = KINDS[number % len(KINDS)]
        self.made = 0
        self.shown: deque[tuple[str, int]] = deque()
        self.unseen = 0
        self.asked = 0

    def make(self) -> None:
        """Have one more story; one that sends in disorder has its second version first."""
        self.made += 1
        self.unseen += 1
        while len(self.shown) >= WINDOW + self.unseen:
            self.shown.popleft()
        self.shown.append((f"s{self.number}-{self.made}", 2 if self.kind == "disorder" else 1))

    def body(self) -> bytes:
        """The feed as it is now."""
        if self.kind == "disorder":  # the version that stands, then the one before it, then again
            entries = [(name, 2 - (self.asked + at) % 2) for at, (name, _) in enumerate(self.shown)]
            entries += [(name, 2) for name, _ in self.shown]
        else:
            entries = list(self.shown)
        noise = f"<!-- {self.asked} -->" if self.kind == "repeats" else ""
        items = "".join(_entry(name, version) for name, version in entries)
        text = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>{items}{noise}</feed>'
        if self.kind == "charset":
            return text.encode("cp1252")
        return text.encode()


@lru_cache(maxsize=100_000)
def _entry(name: str, version: int) -> str:
    at = datetime(2026, 3, 5, 6, version, tzinfo=UTC).isoformat()
    draw = random.Random(name)  # noqa: S311 - the same words each time
    words = " ".join("".join(draw.choices(SYLLABLES, k=3)) for _ in range(80))
    return (
        f"<entry><id>urn:soak:{name}</id><updated>{at}</updated><published>{at}</published>"
        f"<title>Café ferry {name} sails, version {version}</title>"
        f'<content type="html">&lt;p&gt;TARN, March 5 -- {words}.&lt;/p&gt;'
        f"&lt;p&gt;Version {version} of what was told at the quay.&lt;/p&gt;</content></entry>"
    )


def _agencies(pipe: Connection, count: int, rate: float) -> None:
    _raise_limit()
    logging.getLogger("aiohttp").setLevel(logging.CRITICAL)  # of clients that leave, on purpose
    uvloop.run(_serve(pipe, [Agency(number) for number in range(count)], rate))


async def _serve(pipe: Connection, agencies: list[Agency], rate: float) -> None:
    chance = random.Random(11)  # noqa: S311 - faults that fall the same each time
    state = {"well": False}
    answers: Counter[str] = Counter()

    async def answer(request: web.Request) -> web.StreamResponse:
        agency = agencies[int(request.match_info["number"])]
        agency.asked += 1
        response = await _answered(agency, request, chance, well=state["well"])
        answers[str(response.status)] += 1
        return response

    app = web.Application()
    app.router.add_get("/{way}/{number}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "0.0.0.0", 0, backlog=2048)  # noqa: S104 - all of 127.0.0.0/8
    await site.start()
    pipe.send(runner.addresses[0][1])
    loop = asyncio.get_running_loop()
    telling = [agency for agency in agencies if agency.kind not in SILENT]
    began, made = time.perf_counter(), 0
    while not pipe.poll():
        due = int((time.perf_counter() - began) * rate)
        for _ in range(due - made):
            chance.choice(telling).make()
        made = due
        await asyncio.sleep(0.02)
    pipe.recv()
    state["well"] = True  # from now on nothing new, and no fault that could hide what there is
    pipe.send({f"{a.number}": a.made for a in telling if a.made})
    await loop.run_in_executor(None, pipe.recv)
    pipe.send(dict(answers))


async def _answered(
    agency: Agency, request: web.Request, chance: random.Random, *, well: bool
) -> web.StreamResponse:
    kind = agency.kind
    if kind == "hang":
        await asyncio.sleep(3600)
    if kind == "drip":
        return await _dripped(request)
    if kind == "garbage":
        return web.Response(body=b"\x00\xfe" + chance.randbytes(300))
    if kind == "huge":
        return await _huge(request)
    if kind in ("301", "302") and request.match_info["way"] == "feed":
        return web.Response(status=int(kind), headers={"Location": f"/moved/{agency.number}"})
    if not well and chance.random() < FAULTY:
        if kind in ("429", "503"):
            return web.Response(status=int(kind), headers={"Retry-After": "2"})
        if kind == "truncated":
            return await _truncated(request, agency.body())
    body = agency.body()
    agency.unseen = 0
    tag = f'"{agency.made}"' if kind in ("plain", "429", "503") else ""
    if tag and request.headers.get("If-None-Match") == tag:
        return web.Response(status=304)
    headers = {"Content-Type": "application/atom+xml; charset=utf-8"} | (
        {"ETag": tag} if tag else {}
    )
    return web.Response(body=body, headers=headers)


async def _dripped(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(2)


async def _huge(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(64):
        await response.write(b"<p>" * 40_000)
    return response


async def _truncated(request: web.Request, body: bytes) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": str(len(body) + 1000)})
    await response.prepare(request)
    await response.write(body)
    if request.transport is not None:
        request.transport.close()
    return response


# -- the newsroom ------------------------------------------------------------------------


def _config(port: int, chosen: argparse.Namespace) -> str:
    sources = "".join(
        f'[[sources]]\nname = "s{number}"\nagency = "Agency {number}"\n'
        f'section = "{DEFAULT_SECTIONS[number % 8].key}"\n'
        f'url = "http://127.{1 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}:{port}'
        f'/feed/{number}"\nallow_private = true\nevery = "{chosen.every}s"\n'
        f'slowest = "{chosen.every}s"\n'
        for number in range(chosen.sources)
    )
    return (
        f'[site]\nname = "Soak"\nurl = "https://soak.example"\n'
        f"[pipeline]\nmax_bytes = {MAX_BYTES}\n{sources}"
    )


class Watcher:
    """What is seen of the newsroom while it runs."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.memory: list[float] = []
        self.peak = 0.0
        """Before this program reads all stories to judge them."""
        self.said: Counter[str] = Counter()

    def step(self, _step: Step, seconds: list[float]) -> None:
        """Note how long deliveries took to their pages."""
        self.seconds += seconds

    def say(self, text: str) -> None:
        """Count what is said, by its kind."""
        self.said[" ".join(text.split()[2:8])] += 1


async def _soak(folder: Path, port: int, agencies: Connection, chosen: argparse.Namespace) -> int:
    newsroom = Newsroom(folder, parse(_config(port, chosen)), system_clock, readers=0)
    watcher = Watcher()
    service = Service(
        newsroom, host="127.0.0.1", port=_free_port(), say=watcher.say, on_step=watcher.step
    )
    result: list[tuple[dict[str, int], dict[str, int]]] = []

    async def watch() -> None:
        for second in range(chosen.seconds):
            await asyncio.sleep(1)
            watcher.memory.append(_memory())
            if second % 30 == 29:
                print(f"{second + 1:5} s  {watcher.memory[-1]:6.0f} MB", flush=True)
        agencies.send("enough")
        made = agencies.recv()
        # As long as the longest back-off that chance has brought may last.
        give_up = time.monotonic() + 60 + 32 * chosen.every
        while _missing(newsroom, made) and time.monotonic() < give_up:  # noqa: ASYNC110 - it polls
            await asyncio.sleep(1)
        agencies.send("goodbye")
        result.append((made, agencies.recv()))
        service.stop()

    await service.run(watch)
    newsroom.pipeline.drain()
    watcher.peak = _peak()
    try:
        return _judged(newsroom, watcher, *result[0])
    finally:
        newsroom.close()


def _missing(newsroom: Newsroom, made: dict[str, int]) -> int:
    count = newsroom.archive.connection.execute("SELECT COUNT(*) FROM stories").fetchone()[0]
    return max(0, sum(made.values()) - int(count))


def _judged(
    newsroom: Newsroom, watcher: Watcher, made: dict[str, int], answers: dict[str, int]
) -> int:
    expected = {
        (f"s{number}", f"urn:soak:s{number}-{story}")
        for number, count in made.items()
        for story in range(1, count + 1)
    }
    rows = newsroom.archive.connection.execute("SELECT source, key, story FROM stories")
    filed = {(source, key): read_story(story) for source, key, story in rows}
    wrong = [key for key, story in filed.items() if not _stands(key[0], story)]
    ledger = read_ledger(newsroom.archive.connection)
    third = len(watcher.memory) // 3
    middle, last = median(watcher.memory[third : 2 * third]), median(watcher.memory[2 * third :])
    checks = {
        "every story that was made is filed, and no other": filed.keys() == expected,
        "every delivery has an outcome": sum(ledger.by_outcome.values()) == newsroom.log.last(),
        "the newest version stands": not wrong,
        **_memory_check(len(watcher.memory), middle, last),
    }
    print(f"\nanswers of the agencies: {json.dumps(answers, sort_keys=True)}")
    print(f"deliveries: {json.dumps(ledger.by_outcome)}")
    print(f"stories made {len(expected)}, filed {len(filed)}; wrong version stands: {len(wrong)}")
    print(
        f"memory: {middle:.0f} MB in the middle third, {last:.0f} MB in the last, "
        f"peak {watcher.peak:.0f} MB"
    )  # fmt: skip - one sentence
    print(
        f"delivery to page: median {1000 * percentile(watcher.seconds, 0.5):.0f} ms, "
        f"99th {1000 * percentile(watcher.seconds, 0.99):.0f} ms of {len(watcher.seconds)}"
    )  # fmt: skip - one sentence
    for words, held in checks.items():
        print(f"{'held  ' if held else 'FAILED'}  {words}")
    return 0 if all(checks.values()) else 1


def _memory_check(seconds: int, middle: float, last: float) -> dict[str, bool]:
    """Flat over minutes; in a short run caches are still filling, so it only has a bound."""
    if seconds >= 300:
        return {"memory is flat": last <= FLAT * middle}
    return {f"memory stays below {MOST_MB} MB": last <= MOST_MB}


def _stands(source: str, story: Story) -> bool:
    """Whether the newest version is the one that readers see."""
    newest = 2 if KINDS[int(source[1:]) % len(KINDS)] == "disorder" else 1
    return story.standing is not None and story.standing.headline.endswith(f"version {newest}")


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _raise_limit() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65536), most))


if __name__ == "__main__":
    sys.exit(main())
