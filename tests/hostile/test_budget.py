"""Every hostile file has an outcome, reaches nothing, says nothing it should not, and costs little.

Small ones are tried here in this process; `make hostile` tries them as large as a delivery may be,
each in a process of its own that is weighed (tests/hostile/trial.py).
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hostile import trial
from tests.hostile.bombs import BOMBS, Place, archives
from tests.newsdesk import START, Desk

from wirecopy.config import parse
from wirecopy.intake.unpack import pieces
from wirecopy.model import Delivery
from wirecopy.reading import read_delivery

AT = START
WORDS = trial.WORDS
CONFIG = parse(
    '[site]\nname = "P"\nurl = "https://p.example"\n[[sources]]\nname = "s"\nagency = "Corvid"\n'
)
SMALL = 0.002


class Canary:
    """A server on loopback that counts who comes; nobody should."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self.guests = 0
        self._thread = threading.Thread(target=self._wait, daemon=True)
        self._thread.start()

    def _wait(self) -> None:
        while True:
            try:
                guest, _ = self._server.accept()
            except OSError:
                return
            self.guests += 1
            guest.close()

    def close(self) -> None:
        """Nobody is counted any more."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()


@pytest.fixture
def canary() -> Iterator[Canary]:
    """A server that nothing here may ask."""
    canary = Canary()
    yield canary
    canary.close()


def test_the_canary_counts(canary: Canary) -> None:
    """Whoever asks the canary is seen."""
    port = int(canary.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as guest:
        guest.recv(1)
    assert canary.guests == 1


@pytest.mark.parametrize("share", range(8))
def test_a_hostile_file_has_an_outcome_and_reaches_nothing(
    canary: Canary, tmp_path: Path, share: int
) -> None:
    """Items or a reason, whatever comes; no file is read, no server asked, no fault is ours."""
    place = Place(str(trial.canary(tmp_path)), canary.address)
    for bomb in BOMBS[share::8]:
        body = bomb.make(SMALL, place)
        galley = read_delivery(Delivery(source="s", body=body, name="x"), AT, CONFIG)
        assert galley.error or galley.sheets or galley.spoiled or galley.format, bomb.name
        assert WORDS not in repr(galley), bomb.name
    assert canary.guests == 0


def test_hostile_documents_make_a_site_that_asks_for_nothing(
    canary: Canary, tmp_path: Path
) -> None:
    """What asks for a file or a server on its way is published without it, or not at all."""
    place = Place(str(trial.canary(tmp_path)), canary.address)
    with Desk() as desk:
        for bomb in BOMBS:
            if bomb.name.startswith(("entity", "asks", "disguise")):
                desk.take(bomb.make(SMALL, place))
        for path, body in desk.site().items():
            assert WORDS.encode() not in body, path
            assert canary.address.encode() not in body or b"<img" not in body, path
            assert b"file://" not in body, path
    assert canary.guests == 0


@pytest.mark.parametrize("name", archives())
def test_a_hostile_archive_is_taken_whole_or_not_at_all(name: str, tmp_path: Path) -> None:
    """Bombs, names that lead out, links and nests: no file of such an archive is handed out."""
    made, good = archives()[name]
    body = made()
    found = pieces(name, body, 20_000_000)
    if good:
        assert {inside for inside, _ in found} <= {f"{name}/a.xml", f"{name}/a/f.xml"}
        assert all(piece.startswith(b"<rss") for _, piece in found)
    else:
        assert found == [(name, body)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.hostile
@pytest.mark.timeout(3600)
def test_the_largest_files_cost_no_more_than_they_may() -> None:
    """The worst file as large as a delivery may be: seconds of one core, megabytes, no reach."""
    done = list(trial.trials([], 1.0))
    assert len(done) == len(BOMBS)
    assert [each for each in done if not each.outcomes] == []
    assert [each for each in done if each.reached or each.leaked] == []
    assert [each for each in done if each.seconds > trial.SECONDS] == []
    assert [each for each in done if each.megabytes > trial.MEGABYTES] == []
