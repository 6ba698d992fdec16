"""`wirecopy run` as a reader and an agency meet it: a real process, real HTTP, on loopback."""

from __future__ import annotations

import http.server
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.wires import CONFIG, FERRY, KILL, g2, newsroom
from tests.loopback import serving

from wirecopy.leases import at_work

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Sarrow</title>
<link>https://sarrow.example/</link><description>Sarrow</description>
<item><guid isPermaLink="false">sarrow-1</guid><title>Lighthouse of Tarn is lit again</title>
<link>https://sarrow.example/1</link><pubDate>Thu, 05 Mar 2026 06:00:00 GMT</pubDate>
<description>&lt;p&gt;TARN, March 5 (Sarrow) -- The lighthouse was lit on Thursday.&lt;/p&gt;
&lt;p&gt;It had been dark for nine years.&lt;/p&gt;</description></item></channel></rss>"""

URGENT = 60.0
"""Seconds the slowest test machine may take for what takes milliseconds."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Feed(http.server.BaseHTTPRequestHandler):
    """An agency's feed that knows conditional requests; counts what it was asked."""

    answers: list[int] = []  # noqa: RUF012 - one list for all requests of a test's server

    def do_GET(self) -> None:
        """Answer the feed, or 304 when its tag is known."""
        known = self.headers.get("If-None-Match") == '"one"'
        self.answers.append(304 if known else 200)
        self.send_response(304 if known else 200)
        self.send_header("ETag", '"one"')
        body = b"" if known else RSS.encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def feed() -> Iterator[int]:
    """The port of an agency's server."""
    Feed.answers = []
    with serving(Feed) as port:
        yield port


class Running:
    """A newsroom that runs in a process of its own."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "wirecopy", "-C", str(folder), "run", "--port", str(self.port)],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            self.until(lambda: self.get("/healthz")[0] == 200)
        except BaseException:  # nobody else knows of it yet
            self.process.kill()
            self.process.communicate()
            raise

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of the page at `path`; (0, "") while nobody answers."""
        url = f"http://127.0.0.1:{self.port}{path}"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until the condition holds; a test fails when it does not in good time."""
        give_up = time.monotonic() + URGENT
        while not holds():
            assert self.process.poll() is None, self.process.stderr.read()
            assert time.monotonic() < give_up
            threading.Event().wait(0.02)

    def drop(self, name: str, body: bytes) -> None:
        """Put a file into the source's folder as a careful sender does: by renaming it."""
        inbox = self.folder / "inbox" / "norlin"
        (inbox / f"{name}.tmp").write_bytes(body)
        (inbox / f"{name}.tmp").rename(inbox / name)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> str:
        """End it as an operator does; what it said on stderr."""
        self.process.send_signal(sign)
        _, said = self.process.communicate(timeout=URGENT)
        assert self.process.returncode == 0, said
        assert "Traceback" not in said
        return said


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[[str], Running]]:
    """Starts newsrooms; whatever a test leaves running is killed."""
    started: list[Running] = []

    def start(more: str = "") -> Running:
        config = CONFIG.replace('path = "inbox/norlin"', 'path = "inbox/norlin"\nevery = "1s"')
        started.append(Running(newsroom(tmp_path / "post", config + more)))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


def test_a_closed_terminal_ends_it_cleanly(running: Callable[[str], Running]) -> None:
    """SIGHUP, which a terminal sends when it is closed, is as good an end as SIGTERM."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # these tests may run under `nohup`
    try:
        post = running("")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert "Serving The Tarnwick Post" in post.stop(signal.SIGHUP)


def test_a_folder_is_watched_and_a_kill_kills(running: Callable[[str], Running]) -> None:
    """A file becomes a page and a search hit; its kill makes them 410 and nothing; SIGTERM ends."""
    post = running("")
    post.drop("1.xml", FERRY)
    post.until(lambda: "Ferry crews" in post.get("/")[1])
    found = re.search(r"/world/[a-z0-9-]+\.html", post.get("/")[1])
    assert found
    assert "812 of 960" in post.get(found[0])[1]
    assert "812 of 960" in post.get(f"/elsewhere/Other-Words-{found[0][-17:]}")[1]
    assert "812 of 960" in post.get(f"/{found[0][-17:-5]}")[1]
    assert json.loads(post.get("/search.json?q=harbour")[1])["total"] == 1
    assert "Ferry crews" in post.get("/search?q=harbour")[1]

    post.drop("2.xml", KILL)
    post.until(lambda: post.get(found[0])[0] == 410)
    text = post.get(found[0])[1]
    assert "erry" not in text
    assert post.get(f"/{found[0][-17:-5]}") == (410, text)
    post.until(lambda: "Ferry" not in post.get("/")[1])
    assert json.loads(post.get("/search.json?q=harbour")[1])["total"] == 0
    assert post.get("/world/nothing-here.html")[0] == 404
    assert sorted(path.name for path in (post.folder / "inbox/norlin/done").rglob("*.xml")) == [
        "1.xml",
        "2.xml",
    ]
    post.stop()


def test_an_embargo_lifts_by_itself(running: Callable[[str], Running]) -> None:
    """At its minute the story is public, and not before; nobody has to do anything."""
    post = running("")
    lifts = datetime.now(UTC) + timedelta(seconds=4)
    body = g2(
        "urn:newsml:norlin.example:2026:budget",
        1,
        "Budget of Velmore grows by a tenth",
        "VELMORE, March 1 (Norlin) -- The city will spend more.\nThe mayor said so.",
        meta=f"<embargoed>{lifts.isoformat()}</embargoed>",
    )
    post.drop("1.xml", body)
    post.until((post.folder / "inbox/norlin/done").exists)
    while datetime.now(UTC) < lifts - timedelta(milliseconds=100):
        assert "Budget" not in post.get("/")[1]
        assert json.loads(post.get("/search.json?q=budget")[1])["total"] == 0
        threading.Event().wait(0.1)
    post.until(lambda: "Budget of Velmore" in post.get("/")[1])
    post.stop()


def test_a_feed_is_polled_with_conditional_requests(
    running: Callable[[str], Running], feed: int
) -> None:
    """A feed's stories are published; an unchanged feed is asked for, not taken again."""
    post = running(
        f'\n[[sources]]\nname = "sarrow"\nagency = "Sarrow"\nsection = "world"\nevery = "1s"\n'
        f'url = "http://127.0.0.1:{feed}/rss"\nallow_private = true\n'
    )
    post.until(lambda: "Lighthouse of Tarn" in post.get("/")[1])
    post.until(lambda: 304 in Feed.answers)
    post.stop()
    status = subprocess.run(
        [sys.executable, "-m", "wirecopy", "-C", str(post.folder), "status", "--json"],
        capture_output=True,
        check=True,
    )
    assert json.loads(status.stdout)["ledger"]["deliveries"] == 1


def test_a_private_address_is_refused_unless_allowed(
    running: Callable[[str], Running], feed: int
) -> None:
    """Loopback is not asked for a feed unless the source's settings say so."""
    post = running(
        f'\n[[sources]]\nname = "sarrow"\nagency = "Sarrow"\nevery = "1s"\n'
        f'url = "http://127.0.0.1:{feed}/rss"\n'
    )
    post.drop("1.xml", FERRY)
    post.until(lambda: "Ferry crews" in post.get("/")[1])
    assert "sarrow" in post.stop()
    assert Feed.answers == []


def test_an_order_is_carried_out_while_it_runs(running: Callable[[str], Running]) -> None:
    """A kill typed beside the running newsroom takes the page away at once."""
    post = running("")
    post.drop("1.xml", FERRY)
    post.until(lambda: "Ferry crews" in post.get("/")[1])
    found = re.search(r"/world/[a-z0-9-]+\.html", post.get("/")[1])
    assert found
    subprocess.run(
        [sys.executable, "-m", "wirecopy", "-C", str(post.folder), "story", "kill", found[0],
         "--by", "Ada Finn", "--why", "court order"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    assert post.get(found[0])[0] == 410
    assert "Ferry" not in post.get("/")[1]
    post.stop()


def test_nothing_is_rebuilt_under_a_running_newsroom(running: Callable[[str], Running]) -> None:
    """`rebuild` throws archive and site away, so it waits until `run` has been stopped."""
    post = running("")
    post.drop("1.xml", FERRY)
    post.until(lambda: "Ferry crews" in post.get("/")[1])
    words = [sys.executable, "-m", "wirecopy", "-C", str(post.folder), "rebuild"]
    refused = subprocess.run(words, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "Stop it first" in refused.stderr
    assert "Ferry crews" in post.get("/")[1]
    post.stop()
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_a_newsroom_runs_once(running: Callable[[str], Running]) -> None:
    """A second `run` would ask every feed twice: it is refused at once. A killed one blocks none.

    Single commands go on beside it.
    """
    post = running("\n[pipeline]\nreaders = 1\n")
    words = [sys.executable, "-m", "wirecopy", "-C", str(post.folder)]
    second = subprocess.run(
        [*words, "run", "--port", str(free_port())],
        capture_output=True,
        text=True,
        check=False,
        timeout=URGENT,
    )
    assert second.returncode == 2
    assert "at work" in second.stderr
    assert "Stop that one first" in second.stderr
    ferry = post.folder / "ferry.xml"
    ferry.write_bytes(FERRY)
    subprocess.run([*words, "ingest", str(ferry), "--source", "norlin"], check=True)
    subprocess.run([*words, "bake"], check=True)
    assert "Ferry crews" in post.get("/")[1]
    post.process.kill()
    post.process.communicate()
    again = Running(post.folder)
    assert "Ferry crews" in again.get("/")[1]
    again.stop()


def test_nothing_runs_while_it_is_rebuilt(tmp_path: Path) -> None:
    """A newsroom opened while its archive is thrown away would file into a deleted file."""
    folder = newsroom(tmp_path / "post", CONFIG)
    with at_work(folder, alone=True):
        refused = subprocess.run(
            [sys.executable, "-m", "wirecopy", "-C", str(folder), "run", "--port", "0"],
            capture_output=True,
            text=True,
            check=False,
            timeout=URGENT,
        )
    assert refused.returncode == 2
    assert "being rebuilt" in refused.stderr


def test_a_busy_port_is_named(running: Callable[[str], Running], tmp_path: Path) -> None:
    """A second newsroom on the same port says which port and what to type."""
    post = running("")
    other = newsroom(tmp_path / "other", CONFIG)
    second = subprocess.run(
        [sys.executable, "-m", "wirecopy", "-C", str(other), "run", "--port", str(post.port)],
        capture_output=True,
        text=True,
        check=False,
        timeout=URGENT,
    )
    assert second.returncode == 2
    assert str(post.port) in second.stderr
    assert "--port" in second.stderr
    assert post.get("/healthz")[0] == 200
    post.stop()


def test_a_site_deleted_under_a_running_newsroom_comes_back(
    running: Callable[[str], Running],
) -> None:
    """Deleting the folder costs readers a moment, not every page that nothing has touched."""
    post = running("")
    post.drop("ferry.xml", FERRY)
    post.until(lambda: "Ferry crews" in post.get("/")[1])
    shutil.rmtree(post.folder / "site", ignore_errors=True)
    post.until(lambda: post.get("/about.html")[0] == 200)
    post.until(lambda: "Ferry crews" in post.get("/")[1])
    assert "had been deleted" in post.stop()
