"""A newsroom as its agencies and its operator drive it, killed again and again, from outside alone.

`wirecopy run` watches its folders while files are dropped, commands are typed, settings change and
the site is deleted; its process is killed at a random moment and started anew. In the end every
file that was dropped has its outcome, and the site is what a full bake makes.
"""

from __future__ import annotations

import itertools
import json
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_run import free_port
from tests.crash.test_crashes import KILLS, SEED
from tests.newsdesk import unlike

from wirecopy.wiring import system_clock

pytestmark = [pytest.mark.crash, pytest.mark.timeout(1200)]

LIVES = max(4, KILLS // 50)
SOURCES = ("norrane", "quaymark")
NAMES = ("The Tarnwick Post", "The Osmere Post")
WORDS = ("harbour", "ferry", "council", "storm", "bridge", "mill", "school", "vote", "strike")
ORDERS = (("kill",), ("hold",), ("release",), ("rework", "--headline", "Reworked"))
PLACES = ("Osmere", "Tarn", "Ellery")
SITE = """
[site]
name = "{name}"
url = "https://post.example"
timezone = "Asia/Kolkata"
front_items = {front}
[web]
port = {port}
[pipeline]
readers = {readers}
"""
SOURCE = """
[[sources]]
name = "{source}"
agency = "Agency {source}"
section = "world"
path = "inbox/{source}"
every = "1s"
redistribution = "{feed}"
"""
PATIENCE = 90.0
"""Seconds after which what was dropped has been filed on the slowest machine."""


class Operator:
    """Somebody who runs a newsroom by its commands and its settings."""

    def __init__(self, folder: Path, chance: random.Random, readers: int) -> None:
        self.folder = folder
        self.chance = chance
        self.readers = readers
        self.dropped = 0
        self._port = free_port()
        self._numbers = itertools.count(1)
        for source in SOURCES:
            (folder / "inbox" / source).mkdir(parents=True)
        self.change_settings()

    def change_settings(self) -> None:
        """Other settings, or those of some time ago."""
        chance = self.chance
        sections = ("world", "sport", *(("arts",) if chance.random() < 0.5 else ()), "news")
        site = SITE.format(
            name=chance.choice(NAMES),
            front=chance.choice((5, 40)),
            port=self._port,
            readers=self.readers,
        )
        tables = [
            site,
            *(f'[[sections]]\nkey = "{key}"\nname = "{key.title()}"' for key in sections),
            *(
                SOURCE.format(source=source, feed=chance.choice(("none", "summary", "full")))
                for source in SOURCES
            ),
        ]
        (self.folder / "wirecopy.toml").write_text("\n".join(tables), "utf-8")

    def drop(self) -> None:
        """A file into a watched folder, as a careful agency puts it there."""
        number, source = next(self._numbers), self.chance.choice(SOURCES)
        inbox = self.folder / "inbox" / source
        part = inbox / f".{number}.tmp"
        part.write_text(json.dumps(self._copy(source)), "utf-8")
        part.rename(inbox / f"{number}.json")
        self.dropped += 1

    def _copy(self, source: str) -> dict[str, Any]:
        chance = self.chance
        subject, version = chance.randrange(60), chance.randrange(1, 9)
        paragraphs = (
            f"<p>{' '.join(chance.choices(WORDS, k=chance.randint(12, 30)))} in "
            f"{chance.choice(PLACES)}.</p>"
            for _ in range(chance.randint(2, 5))
        )
        copy = {
            "uri": f"urn:{source}:{subject}",
            "type": "text",
            "version": str(version),
            "versioncreated": f"2026-01-0{version}T02:00:00Z",
            "headline": f"{chance.choice(WORDS).title()} {subject} {chance.choice(WORDS)}",
            "body_html": "".join(paragraphs),
            "language": "en",
        }
        soon = system_clock() + timedelta(seconds=chance.randint(1, 8))
        odd = chance.choices(
            ({}, {"pubstatus": "canceled"}, {"embargoed": soon.isoformat()},
             {"expires": soon.isoformat()}),
            weights=(85, 7, 4, 4),
        )  # fmt: skip
        return copy | odd[0]

    def type(self, *words: str) -> str:
        """What a command says; none may fail inside wirecopy."""
        done = subprocess.run(
            [sys.executable, "-m", "wirecopy", "-C", str(self.folder), *words],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert "inside wirecopy" not in done.stdout + done.stderr, done.stdout + done.stderr
        return done.stdout

    def do_something(self) -> None:
        """One of the things that an operator does in a day."""
        dice = self.chance.random()
        if dice < 0.15:
            self._order()
        elif dice < 0.25:
            self.change_settings()
        if 0.2 < dice < 0.3:
            self.type("bake")

    def _order(self) -> None:
        stories = json.loads(self.type("story", "list", "--json"))
        if stories:
            action, *more = self.chance.choice(ORDERS)
            story = self.chance.choice(stories)["story"]
            self.type("story", action, story, "--by", "mira", "--why", "a test", *more)

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """The newsroom at work, killed where the block has not ended it; it talks into a file."""
        with (self.folder / "run.log").open("ab") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "wirecopy", "-C", str(self.folder), "run"],
                stdout=said,
                stderr=said,
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def is_done(self) -> bool:
        """Whether nothing waits: no file, no entry of the log, no page and no schedule."""
        told = json.loads(self.type("status", "--json"))
        inboxes = (self.folder / "inbox" / source for source in SOURCES)
        waits = any(path.is_file() for inbox in inboxes for path in inbox.iterdir())
        owed = (
            told["waiting_entries"] or told["stories_to_renew"] or told["ledger"]["waiting_pages"]
        )
        return not waits and not owed and told["ledger"]["next_due"] is None


@pytest.mark.parametrize("readers", [0, 1])
def test_a_newsroom_lives_through_its_deaths(folder: Path, readers: int) -> None:
    """Files, orders, settings, deleted sites, kills, in any order: nothing lost, nothing stale."""
    chance = random.Random(f"{SEED} lives {readers}")  # noqa: S311 - the same each time
    operator = Operator(folder, chance, readers)
    for _ in range(LIVES):
        if chance.random() < 0.1:
            shutil.rmtree(folder / "site", ignore_errors=True)
        with operator.running() as process:
            until = time.monotonic() + chance.uniform(0.5, 3.5)
            while time.monotonic() < until:
                for _ in range(chance.randrange(8)):
                    operator.drop()
                operator.do_something()
                threading.Event().wait(chance.uniform(0, 0.3))
            process.send_signal(signal.SIGKILL if chance.random() < 0.7 else signal.SIGTERM)
            process.wait(60)
    with operator.running() as process:
        give_up = time.monotonic() + PATIENCE
        while not operator.is_done():
            assert process.poll() is None, (folder / "run.log").read_text("utf-8")
            assert time.monotonic() < give_up, operator.type("status")
            threading.Event().wait(0.5)
        process.terminate()
        process.wait(60)
    assert "inside wirecopy" not in (folder / "run.log").read_text("utf-8")
    told = json.loads(operator.type("status", "--json"))["ledger"]
    assert told["deliveries"] == sum(told["by_outcome"].values()) >= operator.dropped > 5 * LIVES
    operator.type("bake", "--out", str(folder.parent / "whole"))
    assert unlike(files_of(folder / "site"), files_of(folder.parent / "whole")) == {}


def files_of(site: Path) -> dict[str, bytes]:
    """Every file of a site that readers can ask for."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and ".incoming" not in path.parts
    }
