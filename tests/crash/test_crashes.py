"""Processes that are killed at any moment lose nothing, double nothing, and tear no page.

A newsroom's life is ended by SIGKILL at a random moment, again and again, and begun anew. What
it had acknowledged must be in the log; the archive must be what a rebuild makes of the log; the
site must be what a full bake makes of the archive, and never show half a file in between.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.crash import driver
from tests.newsdesk import FAST, Desk, ninjs

from wirecopy.model import Delivery

pytestmark = [pytest.mark.crash, pytest.mark.timeout(1200)]

ROUNDS = int(os.environ.get("WIRECOPY_CRASH_ROUNDS", "200"))
SEED = int(os.environ.get("WIRECOPY_CRASH_SEED", "20220108"))

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.crash.driver"])


@pytest.fixture
def folder() -> Iterator[Path]:
    """A newsroom folder, in memory where it can be.

    What a killed process has written is the system's, wherever it lies; and these tests are about
    processes, not about disks.
    """
    with tempfile.TemporaryDirectory(prefix="wirecopy-crash-", dir=FAST) as name:
        yield Path(name) / "newsroom"


def whole_life(folder: Path, seed: int) -> float:
    """Seconds that a life takes when nobody ends it."""
    process = _processes.Process(target=driver.live, args=(folder, seed))
    began = time.perf_counter()
    process.start()
    process.join()
    assert process.exitcode == 0, "a life that nobody ended must end by itself"
    return time.perf_counter() - began


def killed_life(folder: Path, seed: int, after: float) -> bool:
    """Whether the life was still going on when it was killed, so many seconds after its start."""
    process = _processes.Process(target=driver.live, args=(folder, seed))
    process.start()
    process.join(after)
    process.kill()
    process.join()
    assert process.exitcode in {0, -signal.SIGKILL}, f"it ended with {process.exitcode}"
    return process.exitcode != 0


def state_left(folder: Path) -> set[str]:
    """In the midst of what the last life was ended, as far as its traces tell."""
    found = set()
    incoming = folder / "site" / ".incoming"
    if incoming.is_dir() and any(incoming.iterdir()):
        found.add("writing a page")
    newsroom = driver.begun(folder)
    if newsroom.log.last() > newsroom.archive.position():
        found.add("before filing")
    if newsroom.stacks.dirty(1):
        found.add("before the pages were baked")
    newsroom.close()
    return found


def assert_whole(site: Path) -> None:
    """Every file that a reader could ask for is complete."""
    for path in site.rglob("*"):
        if not path.is_file() or ".incoming" in path.parts:
            continue
        body = path.read_bytes()
        if path.suffix == ".html":
            assert body.rstrip().endswith(b"</html>"), f"{path} breaks off"
        elif path.suffix == ".json":
            json.loads(body)
        elif path.suffix == ".xml":
            assert body.rstrip().endswith(b">"), f"{path} breaks off"


def assert_nothing_lost(desk: Desk) -> int:
    """What was acknowledged is in the log, once, and has one outcome. How many that were."""
    log = {entry.seq: entry.entry for entry in desk.newsroom.log.after(0, 10**9)}
    bodies = {
        seq: sha256(entry.body).hexdigest()
        for seq, entry in log.items()
        if isinstance(entry, Delivery)
    }
    told = (desk.folder / "acknowledged").read_text().split("\n")
    # The last line of a life may be torn: it was being written when the life ended.
    notes = [line.split(" ") for line in told if len(line.split(" ")[-1]) == 64]
    assert notes
    for seq, digest in notes:
        assert bodies.get(int(seq)) == digest, f"delivery {seq} was acknowledged and is lost"
    assert max(Counter(bodies.values()).values()) == 1, "a delivery is in the log twice"
    assert [row[0] for row in desk.rows("SELECT seq FROM deliveries ORDER BY seq")] == [*bodies]
    assert {row[0] for row in desk.rows("SELECT seq FROM outcomes")} == set(bodies)
    counted = desk.rows("SELECT ledger, SUM(n) FROM counts GROUP BY ledger")
    items = desk.rows("SELECT COUNT(*) FROM outcomes")[0][0]
    assert dict(counted) == {"deliveries": len(bodies), "items": items}
    return len(notes)


def assert_derived(desk: Desk, beside: Path) -> None:
    """Archive and site are what the log alone gives, in a folder that was never killed."""
    assert desk.site() == desk.full_bake()
    (beside / "data").mkdir(parents=True)
    with Desk(folder=beside) as other:
        other.log([(entry.received, entry.entry) for entry in desk.newsroom.log.after(0, 10**9)])
        other.pipeline.drain()
        other.newsroom.bake_all()
        assert other.archive() == desk.archive()
        assert other.site() == desk.site()


def test_killed_at_any_moment(folder: Path) -> None:
    """Two hundred kills in taking in, filing and baking: nothing lost, doubled or torn."""
    chance = random.Random(SEED)  # noqa: S311 - when to kill, the same each time
    whole = whole_life(folder, 0)
    kills, seed, seen = 0, 0, Counter[str]()
    while kills < ROUNDS:
        seed += 1
        if killed_life(folder, seed, chance.uniform(0, whole)):
            kills += 1
            assert_whole(folder / "site")
            seen.update(state_left(folder) if kills % 4 == 0 else ())
        else:
            whole = 0.7 * whole + 0.3 * whole_life(folder, seed + 1_000_000)
    with Desk(folder=folder) as desk:
        desk.pipeline.drain()
        desk.newsroom.renew_if_changed()
        acknowledged = assert_nothing_lost(desk)
        assert_derived(desk, folder.parent / "beside")
    assert acknowledged > ROUNDS, "too little was taken in to prove anything"
    if ROUNDS >= 100:
        assert {"before filing", "before the pages were baked"} <= set(seen), seen


def test_killed_while_ingesting_files(folder: Path) -> None:
    """`wirecopy ingest`, killed and run again until it ends, has taken every file in."""
    chance = random.Random(SEED)  # noqa: S311 - when to kill, the same each time
    inbox = folder.parent / "inbox"
    inbox.mkdir(parents=True)
    for number in range(300):
        text = ninjs(f"urn:nrn:{number}", f"Ferry {number} sails", version="1")
        (inbox / f"{number}.json").write_bytes(text)
    folder.mkdir()
    (folder / "wirecopy.toml").write_text(
        '[site]\nname = "The Tarnwick Post"\nurl = "https://post.example"\n'
        '[[sources]]\nname = "norrane"\nagency = "NRN"\n'
    )
    command = [sys.executable, "-m", "wirecopy", "-C", str(folder), "ingest", str(inbox)]
    began = time.perf_counter()
    rounds = max(3, ROUNDS // 20)
    for number in range(rounds):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(0.2, 1.2) if number else 0.4)
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()
        if (folder / "site").is_dir():
            assert_whole(folder / "site")
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert time.perf_counter() - began < 600
    status = [sys.executable, "-m", "wirecopy", "-C", str(folder), "status", "--json"]
    told = json.loads(subprocess.run(status, capture_output=True, text=True, check=True).stdout)
    ledger = told["ledger"]
    assert ledger["stories"] == {"live": 300}
    assert ledger["by_outcome"]["published"] == 300
    assert ledger["deliveries"] == sum(ledger["by_outcome"].values())
    assert ledger["by_outcome"]["quarantined"] == 0
    assert told["waiting_entries"] == ledger["waiting_pages"] == 0


def test_readers_end_with_their_newsroom() -> None:
    """Reading processes of a newsroom that was killed end too, and leave no memory taken."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.driver"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        readers = [int(word) for word in process.stdout.readline().split()]
    assert all(map(is_running, readers))
    process.kill()
    process.wait()
    deadline = time.perf_counter() + 10
    while any(map(is_running, readers)) and time.perf_counter() < deadline:
        time.sleep(0.05)
    assert readers
    assert not any(map(is_running, readers))


def is_running(process: int) -> bool:
    """Whether the process runs; one that has ended and waits to be asked about does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
