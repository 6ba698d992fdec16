"""The hub is told of feeds that have changed, once each, and again where it did not listen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from tests.loopback import serving

from wirecopy.guard import Passage
from wirecopy.outlets.hub import Hub

HOME = "https://ledger.example/news"


class Ear(BaseHTTPRequestHandler):
    """A hub: it notes what it is told, and answers with the next of its statuses."""

    told: list[dict[str, list[str]]]
    answers: list[int]

    def do_POST(self) -> None:
        """Take a notice."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        self.told.append(parse_qs(body))
        self.send_response(self.answers.pop(0) if self.answers else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Round(Exception):  # noqa: N818 - no error: the end of the rounds that a test wants
    """The hub's rounds are over."""


class Desk:
    """A site's folder and a hub; `rounds` are what happens in each pause between its looks."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.pauses: list[float] = []
        self.told: dict[str, int] = {}
        self.address = f"http://127.0.0.1:{port}/"
        self.passage = Passage(ports=(port,), allow_private=True)
        self.rounds: list[dict[str, str]] = []
        self.begin()

    def begin(self) -> None:
        """Another run of the newsroom begins."""
        self.hub = Hub(
            self.address, HOME, self.folder, self.said.append, self.pause, self.passage, self.told
        )

    async def pause(self, seconds: float) -> None:
        """Files are written while the hub rests."""
        self.pauses.append(seconds)
        if not self.rounds:
            raise Round
        for path, text in self.rounds.pop(0).items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text, encoding="utf-8")

    def go(self, *rounds: dict[str, str]) -> None:
        """The hub looks as often as there are rounds."""
        self.rounds = list(rounds)
        with pytest.raises(Round):
            asyncio.run(self.hub.run())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose site has one feed and one page already."""
    Ear.told, Ear.answers = [], []
    (tmp_path / "rss.xml").write_text("<rss/>", encoding="utf-8")
    with serving(Ear) as port:
        yield Desk(tmp_path, port)


def test_a_hub_is_told_of_feeds_that_changed(desk: Desk) -> None:
    """Each feed that was written since the last look is named once; pages and old feeds are not."""
    new = {"world/atom.xml": "<feed/>", "world/index.html": "<p>", "topics/tug.atom": "<feed/>"}
    desk.go(new, {}, {"world/atom.xml": "<feed> </feed>", ".incoming/rss.xml": "<rss/>"})
    first = [f"{HOME}/topics/tug.atom", f"{HOME}/world/atom.xml"]
    assert Ear.told == [
        {"hub.mode": ["publish"], "hub.url": first},
        {"hub.mode": ["publish"], "hub.url": [f"{HOME}/world/atom.xml"]},
    ]
    assert desk.said == []


def test_what_changed_while_nobody_ran_is_told_at_the_start(desk: Desk) -> None:
    """A kill by hand, or a bake, reaches those who subscribe; what they know is not told again."""
    desk.go({"feed.json": "{}"}, {})
    Ear.told.clear()
    (desk.folder / "atom.xml").write_text("<feed/>", encoding="utf-8")
    desk.begin()
    desk.go({}, {})
    assert [notice["hub.url"] for notice in Ear.told] == [[f"{HOME}/atom.xml"]]
    Ear.told.clear()
    desk.begin()
    desk.go({}, {})
    assert Ear.told == []


def test_a_hub_that_did_not_listen_is_told_again(desk: Desk) -> None:
    """The operator is told once, the next look comes later, and nothing is forgotten."""
    Ear.answers = [503, 503]
    desk.go({"feed.json": "{}"}, {}, {}, {})
    assert [notice["hub.url"] for notice in Ear.told] == [[f"{HOME}/feed.json"]] * 3
    assert len(desk.said) == 1
    assert "503" in desk.said[0]
    assert desk.pauses[0] < desk.pauses[1] < desk.pauses[2]
    assert desk.pauses[3] == desk.pauses[0]


def test_a_hub_on_the_newsrooms_own_network_is_refused(desk: Desk, tmp_path: Path) -> None:
    """The guard stands before this way out too, and the operator is told why."""
    port = desk.hub._hub.port
    desk.hub = Hub(f"http://127.0.0.1:{port}/", HOME, tmp_path, desk.said.append, desk.pause)
    desk.go({"feed.json": "{}"})
    assert Ear.told == []
    assert "loopback" in desk.said[0]


def test_many_feeds_are_named_a_few_at_a_time(desk: Desk) -> None:
    """A full bake writes every topic's feed; no notice grows without bounds."""
    desk.go({f"topics/t{number:03}.atom": "<feed/>" for number in range(120)})
    assert [len(notice["hub.url"]) for notice in Ear.told] == [50, 50, 20]


def test_a_folder_that_cannot_be_read_ends_no_rounds(desk: Desk) -> None:
    """What cannot be listed for a moment keeps the hub from none of the other feeds."""
    desk.go({"topics": "no folder", "feed.json": "{}"}, {"world/rss.xml": "<rss/>"})
    told = [[f"{HOME}/feed.json"], [f"{HOME}/world/rss.xml"]]
    assert [notice["hub.url"] for notice in Ear.told] == told


def test_no_hub_is_no_work(tmp_path: Path) -> None:
    """Without a hub nobody looks, and nobody waits for the next look."""
    looks: list[float] = []

    async def pause(seconds: float) -> None:
        looks.append(seconds)
        raise Round

    asyncio.run(Hub("", HOME, tmp_path, print, pause).run())
    assert looks == []
