"""The road behind a million stories: what the next ones cost there, and beside that on the first.

    python bench/million.py [--stories 1000000] [--folder DIR]

Ten thousand stories are filed as any. The others are the same ones again, earlier in time and under
ids of their own, written straight into the archive's tables and its index for search: to file a
million would take hours. It needs 20 GB and half an hour, so `make bench` leaves it out. With
`--folder` the archive stays there.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, TypeVar

import latency
import library
import newsrooms
import startup
import wire
from measures import Table, family, peak_mb, percentile, ratio, scratch
from wirecopy.archive.search import SqliteSearch
from wirecopy.pressroom import ARCHIVE
from wirecopy.story.identity import normal_key

FILED = 10_000
_AT = "stories-of-the-wire"
"""The file that says how many of the wire's stories have been filed."""
_WARM = 500
_NEXT = 2000
_STEADY = 600
_LOAD = 60 * latency.A_SECOND
"""Stories that `wirecopy run` is given: a minute's."""
_DAYS = 7
"""Days between a story and its double: more than all that is filed takes on the wire."""
_EARLIER = f"{{}} - :turn * {_DAYS * 86_400_000_000}"
_DAY = f"date({{}}, '-' || (:turn * {_DAYS}) || ' days')"
_BELOW = "{} - :turn * :most"
_OWN = "{} || '-' || :turn"
_BY_SEQ, _BY_NUMBER = "seq > 0", "number > :floor"
_BY_STORY = "instr(story, '-') = 0"
_BY_DAY = f"day >= '{wire.START.date()}'"
_DOUBLES: dict[str, tuple[str, dict[str, str]]] = {
    "items": (_BY_SEQ, {"story": _OWN, "seq": _BELOW}),
    "deliveries": (_BY_SEQ, {"seq": _BELOW, "received": _EARLIER}),
    "outcomes": (_BY_SEQ, {"seq": _BELOW, "story": _OWN}),
    "texts": (_BY_SEQ, {"number": _BELOW, "story": _OWN, "seq": _BELOW}),
    "profiles": (_BY_NUMBER, {"number": _BELOW}),
    "story_topics": (
        _BY_NUMBER,
        {"published": _EARLIER, "agency_time": _EARLIER, "id": _OWN, "number": _BELOW},
    ),
    "picks": (_BY_STORY, {"pick": _OWN, "story": _OWN}),
    "aliases": (_BY_STORY, {"key": _OWN, "story": _OWN}),
    "members": (_BY_STORY, {"at": _EARLIER, "key": _OWN, "story": _OWN}),
    "days": (_BY_DAY, {"day": _DAY}),
    "maps": (_BY_DAY, {"day": _DAY}),
    "search": ("rowid > :floor", {"rowid": _BELOW, "story": _OWN}),
    "stories": (
        _BY_NUMBER,
        {
            "number": _BELOW, "id": _OWN, "key": _OWN, "published": _EARLIER,
            "agency_time": _EARLIER, "updated": _EARLIER, "day": _DAY, "issue": _BELOW,
        },
    ),
}  # fmt: skip
"""The tables that grow with the archive: which rows were filed, and what their doubles have else.

Sketches of texts are kept for three days, whatever the archive's size.
"""
_Found = TypeVar("_Found")


class Found(NamedTuple):
    """What the next stories cost on an archive of one size."""

    stories: int
    speed: float
    cpu: float
    median: float
    late: float
    within: float
    search: float
    peak: float


class Run(NamedTuple):
    """What `wirecopy run` needs of memory behind an archive, in MB."""

    started: float
    peak: float


def measure(folder: Path, stories: int) -> Table:
    """The same measures on the archive as it was filed, and on one as large as was asked for."""
    _apart(_file_first, folder, stories)
    first = _apart(_next, folder, FILED)
    size = _apart(_double, folder, stories)
    last = _apart(_next, folder, size)
    run = _run(folder)
    return Table(
        title=f"The road behind {size:,} stories",
        columns=(
            "stories in place", "stories a second", "CPU ms a story", "50th ms", "99th ms",
            "within 50 ms", "search, 99th ms", "peak MB",
        ),
        rows=(tuple(first), tuple(last)),
        note=f"{_NEXT} in bulk, lists included, in one process; then {_STEADY}, twenty a second. "
        f"{ratio(last.speed, first.speed):.2f} of the speed at {FILED:,}. `wirecopy run` itself, "
        f"behind the larger one: {run.started:.0f} MB when it has started, at most {run.peak:.0f} "
        f"while a minute's {_LOAD:,} stories came in, its child processes counted.",
    )  # fmt: skip


def _apart(work: Callable[..., _Found], *arguments: object) -> _Found:
    """What the work gives in a process of its own, whose memory is its own too."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *arguments).result()


def _file_first(folder: Path, stories: int) -> None:
    """File the first stories, with numbers that leave room for all that is to lie below them."""
    clock = newsrooms.WireClock()
    newsroom = newsrooms.open_bench(folder, readers=0, clock=clock)
    run = newsroom.archive.connection.execute
    run(
        "INSERT INTO stories (number, id, source, key, state, section, path, agency_time, day, "
        "day_part, map_part, indexed, story) "
        "VALUES (?, '', '', '', '', '', '', 0, '', 0, 0, 0, '')",
        (2 * stories,),
    )
    newsrooms.fill(newsroom, clock, 0, FILED)
    run("DELETE FROM stories WHERE id = ''")
    newsroom.close()
    (folder / _AT).write_text(str(FILED))


def _double(folder: Path, stories: int) -> int:
    """Put doubles of all that was filed below it; how many stories there are then."""
    with closing(sqlite3.connect(folder / ARCHIVE, isolation_level=None)) as archive:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000"):
            archive.execute(f"PRAGMA {setting}")
        filed, last = archive.execute("SELECT COUNT(*), MAX(number) FROM stories").fetchone()
        (entries,) = archive.execute("SELECT MAX(seq) FROM deliveries").fetchone()
        # The log holds more than stories: a tick has a number there too.
        values = {"most": max(filed, entries), "floor": last - filed}
        statements = [_doubling(archive, table) for table in _DOUBLES]
        # The earliest come first: an index for search is quickest filled in order.
        for turn in range(stories // filed - 1, 0, -1):
            archive.execute("BEGIN")
            for statement in statements:
                archive.execute(statement, values | {"turn": turn})
            archive.execute("COMMIT")
        archive.execute("PRAGMA journal_mode = WAL")
        return int(archive.execute("SELECT COUNT(*) FROM stories").fetchone()[0])


def _doubling(archive: sqlite3.Connection, table: str) -> str:
    """The statement that writes one double of every row of a table that was filed."""
    which, made = _DOUBLES[table]
    asked = archive.execute(f"SELECT * FROM {table} LIMIT 0").description  # noqa: S608 - a name of ours
    names = [column[0] for column in asked] + (["rowid"] if "rowid" in made else [])
    values = ", ".join(made.get(name, "{}").format(name) for name in names)
    kept = ", ".join(names)
    return f"INSERT INTO {table} ({kept}) SELECT {values} FROM {table} WHERE {which}"  # noqa: S608 - as above


def _next(folder: Path, size: int) -> Found:
    """What the next stories cost; they are filed in this process."""
    first = int((folder / _AT).read_text())
    clock = newsrooms.WireClock()
    newsroom = newsrooms.open_bench(folder, readers=0, clock=clock)
    newsrooms.fill(newsroom, clock, first, first + _WARM)
    first += _WARM
    work = [newsrooms.delivery(copy) for copy in wire.stories(first, _NEXT)]
    spent, began = time.process_time(), time.perf_counter()
    newsrooms.carry(newsroom, clock, work, first)
    seconds, spent = time.perf_counter() - began, time.process_time() - spent
    newsroom.close()
    first += _NEXT
    delays = latency.delays_of(folder, first, _STEADY, 0)
    (folder / _AT).write_text(str(first + _STEADY))
    return Found(
        stories=size,
        speed=_NEXT / seconds,
        cpu=1000 * spent / _NEXT,
        median=percentile(delays, 0.5),
        late=percentile(delays, 0.99),
        within=latency.within(delays),
        search=_searched(folder),
        peak=peak_mb(),
    )


def _searched(folder: Path) -> float:
    """Milliseconds within which 99 of a hundred questions of readers are answered."""
    search = SqliteSearch(folder / ARCHIVE)
    took = []
    for asked in library.questions(FILED).values():
        for query, sort, section, filters in asked:
            began = time.perf_counter()
            search.search(query, sort=sort, section=section, filters=filters)
            took.append(1000 * (time.perf_counter() - began))
    search.close()
    return percentile(took, 0.99)


def _run(folder: Path) -> Run:
    """What the whole program needs when it is run as it is and finds its wire in folders."""
    first = int((folder / _AT).read_text())
    (folder / "wirecopy.toml").write_text(newsrooms.toml(inbox=True), encoding="utf-8")
    for section in wire.SECTIONS:
        (folder / "inbox" / f"wire-{section}").mkdir(parents=True, exist_ok=True)
    port = startup.free_port()
    # A fixed clock, that of the wire: what comes is newer than all there is.
    now = (wire.START + wire.EVERY * first).isoformat()
    with subprocess.Popen(
        [sys.executable, "-m", "wirecopy", "-C", str(folder), "run", "--port", str(port)],
        stderr=subprocess.DEVNULL,
        env=os.environ | {"WIRECOPY_NOW": now},
    ) as process:
        try:
            while not startup.answers(port):
                time.sleep(0.1)
            started = _memory(process.pid)
            _send(folder / "inbox", first)
            _require_filed(folder, first + _LOAD)
            return Run(started=started, peak=_memory(process.pid))
        finally:
            process.terminate()


def _memory(pid: int) -> float:
    """The peaks of a process and of all beside it in MB, added up."""
    return sum(map(peak_mb, family(pid)))


def _send(inbox: Path, first: int) -> None:
    """Put a minute's copy into the folders at its pace, each file by renaming it."""
    began = time.perf_counter()
    for number, copy in enumerate(wire.stories(first, _LOAD)):
        time.sleep(max(0.0, began + number / latency.A_SECOND - time.perf_counter()))
        delivery = newsrooms.delivery(copy)
        place = inbox / delivery.source / delivery.name
        place.with_suffix(".tmp").write_bytes(delivery.body)
        place.with_suffix(".tmp").rename(place)


def _require_filed(folder: Path, upto: int) -> None:
    """Return once the last of the copy sent stands in the archive; RuntimeError after a minute."""
    last = wire.story(upto - 1)
    give_up = time.monotonic() + 60
    with closing(sqlite3.connect(folder / ARCHIVE)) as archive:
        asked = "SELECT 1 FROM stories WHERE source = ? AND key = ? AND state = 'live'"
        while archive.execute(asked, (last.source, normal_key(last.id))).fetchone() is None:
            if time.monotonic() > give_up:
                raise RuntimeError("The newsroom did not file what was sent.")
            time.sleep(0.1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure behind a million stories.")
    parser.add_argument("--stories", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the newsroom is to stay")
    given = parser.parse_args()
    with scratch() as place:
        print(measure(given.folder or place, given.stories).markdown())


if __name__ == "__main__":
    main()
