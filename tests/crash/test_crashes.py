"""Processes that are killed at any moment lose nothing, double nothing, and tear no page.

A newsroom's life is ended by SIGKILL at a random moment, again and again, and begun anew. After
each kill what it had acknowledged must be in the log, what was dropped in the log or its folder,
and no file of the site half. In the end the archive must be what a rebuild makes of the log, and
the site what a full bake makes of the archive.
"""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from tests.crash import driver
from tests.newsdesk import FAST, Desk, ninjs, unlike

from wirecopy import renewal
from wirecopy.log.sqlite import SqliteLog
from wirecopy.model import Delivery, LogEntry

pytestmark = [pytest.mark.crash, pytest.mark.timeout(1200)]

KILLS = int(os.environ.get("WIRECOPY_KILLS", "1000"))
PARTS = 8
"""Newsrooms among which the kills are divided, two at a time: `make crash` uses two processes."""
SEED = int(os.environ.get("WIRECOPY_CRASH_SEED", "20220108"))

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.crash.driver"])


def begin(folder: Path, seed: int, changing: bool = False) -> multiprocessing.process.BaseProcess:
    """A life that goes on until it is killed."""
    process = _processes.Process(target=driver.live, args=(folder, seed, changing))
    process.start()
    return process


def busy(process: multiprocessing.process.BaseProcess) -> float:
    """Seconds for which a life has had a core: the same on a busy machine as on an idle one."""
    return int(Path(f"/proc/{process.pid}/schedstat").read_text().split()[0]) / 1e9


def first_breath(folder: Path) -> float:
    """Seconds of work after which a life has taken something in; it is killed then."""
    notes = folder / "acknowledged"
    size = notes.stat().st_size if notes.exists() else 0
    process = begin(folder, new_seed())
    while not notes.exists() or notes.stat().st_size == size:
        assert process.is_alive(), "a life that nobody ended has ended"
        time.sleep(0.002)
    worked = busy(process)
    process.kill()
    process.join()
    return worked


_seeds = itertools.count(1)


def new_seed() -> int:
    """A seed that no life has had."""
    return SEED * 100_000 + next(_seeds)


def killed_life(folder: Path, after: float, changing: bool) -> None:
    """A life that is killed after so many seconds of work."""
    process = begin(folder, new_seed(), changing)
    while process.is_alive() and busy(process) < after:
        time.sleep(0.001)
    process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL, f"it ended with {process.exitcode}"


class Witness:
    """Reads the log after each kill, from a copy, so that the next life finds what was left.

    Knows every entry that ever was in it, also those that have been trimmed since.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.entries: dict[int, LogEntry] = {}
        self._digests: set[str] = set()
        self._read = {"acknowledged": 0, "dropped": 0}
        self._waiting: dict[str, str] = {}

    def look(self) -> None:
        """Note what has come; nothing that was acknowledged or dropped may be missing."""
        with tempfile.TemporaryDirectory(dir=FAST) as name:
            for path in (self._folder / "data").glob("log.db*"):
                if not path.name.endswith("-shm"):
                    shutil.copy(path, name)
            log = SqliteLog(Path(name) / "log.db")
            new = log.after(max(self.entries, default=0), 10**9)
            log.close()
        assert [entry.seq for entry in new] == [
            max(self.entries, default=0) + 1 + n for n in range(len(new))
        ], "an entry was trimmed before it was seen, or a number was lost"
        self.entries |= {entry.seq: entry for entry in new}
        self._digests |= {digest_of(entry) for entry in new}
        for seq, digest in self._notes("acknowledged"):
            entry = self.entries.get(int(seq))
            assert entry, f"delivery {seq} was acknowledged and is lost"
            assert digest_of(entry) == digest
        self._waiting |= dict(self._notes("dropped"))
        self._look_for_files()

    def _notes(self, name: str) -> list[list[str]]:
        """What has been written down since; the last line of a life may be torn."""
        path = self._folder / name
        if not path.exists():
            return []
        with path.open("rb") as file:
            file.seek(self._read[name])
            text = file.read()
        self._read[name] += len(text)
        notes = [line.split(" ") for line in text.decode().split("\n")]
        return [note for note in notes if len(note[-1]) == 64]

    def _look_for_files(self) -> None:
        for name, digest in list(self._waiting.items()):
            if digest in self._digests:
                del self._waiting[name]
            else:
                assert (self._folder / driver.INBOX / f"{name}.json").exists(), f"{name} is lost"


def digest_of(entry: LogEntry) -> str:
    """The digest of a delivery's bytes; "" for what is none."""
    return sha256(entry.entry.body).hexdigest() if isinstance(entry.entry, Delivery) else ""


def state_left(folder: Path) -> set[str]:
    """In the midst of what the last life was ended, as far as its traces tell."""
    found = set()
    incoming = folder / "site" / ".incoming"
    if any(names for _, _, names in os.walk(incoming)):
        found.add("writing a page")
    newsroom = driver.begun(folder)
    if newsroom.log.last() > newsroom.archive.position():
        found.add("before filing")
    if newsroom.stacks.dirty(1, 1):
        found.add("before the pages were baked")
    newsroom.close()
    return found


def assert_whole(site: Path) -> None:
    """Every file that a reader could ask for is complete."""
    # os.walk: what the processes of a killed one still tidy up may vanish as we look.
    places = (Path(folder) / name for folder, _, names in os.walk(site) for name in names)
    for path in places:
        if ".incoming" in path.parts:
            continue
        body = path.read_bytes()
        if path.suffix == ".html":
            assert body.rstrip().endswith(b"</html>"), f"{path} breaks off"
        elif path.suffix == ".json":
            json.loads(body)
        elif path.suffix in (".xml", ".atom"):
            assert body.rstrip().endswith(b">"), f"{path} breaks off"


def assert_nothing_lost(desk: Desk, witness: Witness) -> None:
    """Each delivery of the log has one outcome, none is in it twice, and the counts add up."""
    deliveries = {n: e.entry for n, e in witness.entries.items() if isinstance(e.entry, Delivery)}
    # A file that was in the log but not yet in done/ when its life ended comes once more.
    once = Counter(entry.body for entry in deliveries.values() if entry.how != "folder")
    assert max(once.values()) == 1, "a delivery is in the log twice"
    assert [row[0] for row in desk.rows("SELECT seq FROM deliveries ORDER BY seq")] == [*deliveries]
    assert {row[0] for row in desk.rows("SELECT seq FROM outcomes")} == set(deliveries)
    counted = desk.rows("SELECT ledger, SUM(n) FROM counts GROUP BY ledger")
    items = desk.rows("SELECT COUNT(*) FROM outcomes")[0][0]
    assert dict(counted) == {"deliveries": len(deliveries), "items": items}


def assert_derived(desk: Desk, witness: Witness, beside: Path) -> None:
    """Archive and site are what the whole log gives in a folder that was never killed or trimmed.

    And what a rebuild gives of the snapshot and of what is left of the log.
    """
    assert unlike(desk.site(), desk.full_bake()) == {}
    (beside / "data").mkdir(parents=True)
    with Desk(folder=beside) as other:
        other.log([(entry.received, entry.entry) for entry in witness.entries.values()])
        other.pipeline.drain()
        other.newsroom.bake_all()
        assert other.archive() == desk.archive()
        assert unlike(other.site(), desk.site()) == {}
        desk.rebuild()
        assert other.archive() == desk.archive()
        assert unlike(other.site(), desk.site()) == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_any_moment(folder: Path, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand kills in taking in, filing, baking and trimming: nothing lost, doubled or torn.

    In every second newsroom settings change as well, and all pages follow beside the work.
    """
    monkeypatch.setattr(renewal, "_FEW", 0)
    chance = random.Random(f"{SEED} {part}")  # noqa: S311 - when to kill, the same each time
    witness, seen = Witness(folder), Counter[str]()
    first_breath(folder)  # makes the databases, which none after it has to
    breath = first_breath(folder)
    for number in range(KILLS // PARTS):
        killed_life(folder, chance.uniform(0, 2.5 * breath), changing=bool(part % 2))
        assert_whole(folder / "site")
        witness.look()
        seen.update(state_left(folder) if number % 8 == 0 else ())
    with Desk(folder=folder) as desk:
        desk.pipeline.drain()
        desk.newsroom.renew_if_changed()
        while desk.newsroom.renewal.is_under_way():
            desk.newsroom.renewal.go_on(lambda: False)
        witness.look()
        assert_nothing_lost(desk, witness)
        assert_derived(desk, witness, folder.parent / "beside")
    assert len(witness.entries) > KILLS // PARTS, "too little was taken in to prove anything"
    if KILLS // PARTS >= 100:
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
    rounds = min(10, max(3, KILLS // 20))
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
