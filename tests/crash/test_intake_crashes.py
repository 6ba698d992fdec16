"""Kill -9 while copy is pushed, dropped and fetched: what was acknowledged is in the log."""

from __future__ import annotations

import http.server
import os
import random
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from tests.cli.test_doors import BEARER, PUSH, send
from tests.cli.test_run import RSS, Running
from tests.cli.wires import CONFIG, newsroom
from tests.loopback import serving

from wirecopy.log.sqlite import SqliteLog
from wirecopy.model import Delivery

ROUNDS = max(3, int(os.environ.get("WIRECOPY_KILLS", "1000")) // 66)


def story(name: str) -> bytes:
    """A story of its own."""
    headline = f"Bell {name} is hung in the tower"
    text = RSS.replace("sarrow-1", name).replace("Lighthouse of Tarn is lit again", headline)
    return text.encode()


def waiting(folder: Path) -> int:
    """Log entries that are not filed yet."""
    data = folder / "data"
    with closing(sqlite3.connect(data / "log.db")) as log:
        last = log.execute("SELECT MAX(seq) FROM entries").fetchone()[0]
    with closing(sqlite3.connect(data / "archive.db")) as archive:
        filed = archive.execute("SELECT value FROM meta WHERE name = 'position'").fetchone()
    return int(last or 0) - int(filed[0] if filed else 0)


class Feed(http.server.BaseHTTPRequestHandler):
    """A feed with a new story each time it is asked without its tag; it counts its stories."""

    made = 0

    def do_GET(self) -> None:
        """The feed as it is now."""
        if self.headers.get("If-None-Match") == f'"{self.made}"':
            type(self).made += 1
        body = story(f"feed-{self.made}")
        self.send_response(200)
        self.send_header("ETag", f'"{self.made}"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def feed() -> Iterator[int]:
    """The port of a feed."""
    Feed.made = 0
    with serving(Feed) as port:
        yield port


class Sender:
    """Pushes and drops stories until it is told to stop; knows what was acknowledged."""

    def __init__(self, running: Running, round_: int) -> None:
        self._running = running
        self._round = round_
        self.pushed: list[bytes] = []
        self.dropped: list[bytes] = []
        self.unanswered: list[tuple[str, bytes]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._send)
        self._thread.start()

    def _send(self) -> None:
        number = 0
        while not self._over.is_set():
            name = f"{self._round}-{number}"
            body = story(f"push-{name}")
            status = 0
            with suppress(OSError):
                url = f"http://127.0.0.1:{self._running.port}/intake/pushed"
                status = send(url, body, {**BEARER, "Idempotency-Key": name})[0]
            if status == 202:
                self.pushed.append(body)
            else:
                self.unanswered.append((name, body))
            self.dropped.append(story(f"drop-{name}"))
            self._running.drop(f"{name}.xml", self.dropped[-1])
            number += 1

    def stop(self) -> None:
        """End it."""
        self._over.set()
        self._thread.join()


@pytest.mark.crash
@pytest.mark.timeout(1800)
def test_no_acknowledged_copy_is_ever_lost(
    tmp_path: Path, feed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at any moment: each 202, file and fetched feed is in the log, as one story."""
    monkeypatch.setenv("PUSH_TOKEN", "lantern-9")
    config = CONFIG.replace('path = "inbox/norlin"', 'path = "inbox/norlin"\nevery = "1s"')
    config += (
        f'{PUSH}\n[[sources]]\nname = "fed"\nagency = "Sarrow"\nsection = "world"\nevery = "1s"\n'
        f'url = "http://127.0.0.1:{feed}/"\nallow_private = true\n'
    )
    folder = newsroom(tmp_path / "post", config)
    chance = random.Random(5)  # noqa: S311 - moments that are drawn, not secrets
    acknowledged: list[bytes] = []
    dropped: list[bytes] = []
    left: list[tuple[str, bytes]] = []
    for number in range(ROUNDS):
        running = Running(folder)
        for name, body in left:  # as a careful sender does: once more, under the same key
            url = f"http://127.0.0.1:{running.port}/intake/pushed"
            assert send(url, body, {**BEARER, "Idempotency-Key": name})[0] == 202
            acknowledged.append(body)
        sender = Sender(running, number)
        threading.Event().wait(chance.uniform(0.3, 2.0))
        running.process.send_signal(signal.SIGKILL)
        running.process.communicate()
        sender.stop()
        acknowledged += sender.pushed
        dropped += sender.dropped
        left = sender.unanswered
    running = Running(folder)
    wanted = len(dropped)
    running.until(lambda: len(list((folder / "inbox/norlin/done").rglob("*.xml"))) >= wanted)
    running.until(lambda: running.get("/readyz")[0] == 200)
    running.until(lambda: waiting(folder) == 0)
    running.stop()
    log = SqliteLog(folder / "data" / "log.db")
    entries = [entry.entry for entry in log.after(0, 1_000_000)]
    last = log.last()
    log.close()
    bodies = {entry.body for entry in entries if isinstance(entry, Delivery)}
    assert [body for body in (*acknowledged, *dropped) if body not in bodies] == []
    assert {story(f"feed-{made}") for made in range(Feed.made)} <= bodies
    with closing(sqlite3.connect(folder / "data" / "archive.db")) as archive:
        stories = archive.execute("SELECT COUNT(*), COUNT(DISTINCT key) FROM stories").fetchone()
        outcomes = archive.execute(
            "SELECT SUM(n) FROM counts WHERE ledger = 'deliveries'"
        ).fetchone()[0]
    assert stories[0] == stories[1] == len(bodies), "each is one story, however often it came"
    assert outcomes == last
