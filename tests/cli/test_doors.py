"""A running newsroom's doors for programs: pushed copy, a hub's news, readiness, metrics, logs."""

from __future__ import annotations

import hashlib
import hmac
import http.server
import json
import re
import statistics
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_run import RSS, Running, free_port
from tests.cli.wires import CONFIG, FERRY, newsroom
from tests.loopback import serving

BEARER = {"Authorization": "Bearer lantern-9"}
PUSH = """
[[sources]]
name = "pushed"
agency = "Quaymark"
section = "world"
push = { token = "env:PUSH_TOKEN" }
"""


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Running]]:
    """Starts one newsroom whose site has the address at which it answers."""
    monkeypatch.setenv("PUSH_TOKEN", "lantern-9")
    started: list[Running] = []

    def go(more: str) -> Running:
        port = free_port()
        config = CONFIG.replace("https://post.example", f"http://127.0.0.1:{port}")
        config = config.replace('path = "inbox/norlin"', 'path = "inbox/norlin"\nevery = "1s"')
        started.append(Running(newsroom(tmp_path / "post", config + more), port))
        return started[-1]

    yield go
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


def send(url: str, body: bytes, fields: dict[str, str]) -> tuple[int, str]:
    """Status and text of what a POST is answered."""
    request = urllib.request.Request(url, body, fields, method="POST")  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - loopback
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_pushed_copy_is_published(start: Callable[[str], Running]) -> None:
    """A story that is posted with the token is a page; without it nothing is; metrics count it."""
    post = start(PUSH)
    url = f"http://127.0.0.1:{post.port}/intake/pushed"
    assert send(url, FERRY, {})[0] == 401
    status, said = send(url, FERRY, {**BEARER, "Idempotency-Key": "1"})
    assert (status, json.loads(said)) == (202, {"taken": 1, "repeated": False})
    assert json.loads(send(url, FERRY, {**BEARER, "Idempotency-Key": "1"})[1])["repeated"]
    post.until(lambda: "Ferry crews" in post.get("/")[1])
    assert post.get("/readyz") == (200, "ready\n")
    counted = "wirecopy_delivery_to_page_seconds_count 1.0"
    post.until(lambda: counted in post.get("/metrics")[1])
    metrics = post.get("/metrics")[1]
    assert 'wirecopy_deliveries_total{outcome="published",source="pushed"} 1.0' in metrics
    assert 'wirecopy_taken_total{how="push",source="pushed"} 1.0' in metrics
    assert 'wirecopy_source_state{source="pushed",state="healthy"} 1.0' in metrics
    assert "lantern-9" not in post.stop() + metrics
    for path in (post.folder / "site").rglob("*"):
        assert not path.is_file() or b"lantern-9" not in path.read_bytes()


def test_who_sends_too_much_hears_why(start: Callable[[str], Running]) -> None:
    """Senders who first send and then listen are heard out: "413", not a broken connection."""
    post = start(PUSH + "\n[pipeline]\nmax_bytes = 100_000\n")
    url = f"http://127.0.0.1:{post.port}/intake/"
    large = b"x" * 8_000_000
    assert send(url + "pushed", large, BEARER) == (413, '{"error":"More than 100000 bytes."}')
    pieces: Any = (large[:100_000] for _ in range(80))  # its length is not announced
    assert send(url + "pushed", pieces, BEARER)[0] == 413
    assert send(url + "pushed", large, {})[0] == 413
    assert send(url + "pished", large, BEARER)[0] == 404
    assert send(url + "pushed", FERRY, BEARER)[0] == 202
    assert "Traceback" not in post.stop()


def test_a_log_for_machines(start: Callable[[str], Running]) -> None:
    """With log = "json" each delivery is one line with its source, outcome and time."""
    post = start('\n[watch]\nlog = "json"\n')
    post.drop("1.xml", FERRY)
    post.until(lambda: "Ferry crews" in post.get("/")[1])
    lines = [json.loads(line) for line in post.stop().splitlines()]
    told = [line for line in lines if line["event"] == "delivery"]
    assert [(one["seq"], one["source"], one["name"], one["outcome"]) for one in told] == [
        (1, "norlin", "1.xml", "published")
    ]
    assert 0 <= told[0]["seconds"] < 60
    assert any(line["event"] == "notice" and "Serving" in line["text"] for line in lines)


class Hub(http.server.BaseHTTPRequestHandler):
    """A feed that names this hub, and the hub: it asks back, as the specification has it."""

    form: dict[str, str] = {}  # noqa: RUF012 - one subscription for all requests
    asked_back = threading.Event()
    challenge = ""

    def do_GET(self) -> None:
        """The feed, with its links."""
        own = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.send_response(200)
        self.send_header("Link", f'<{own}/hub>; rel="hub", <{own}/feed>; rel="self"')
        self.send_header("Content-Length", str(len(RSS)))
        self.end_headers()
        self.wfile.write(RSS.encode())

    def do_POST(self) -> None:
        """A subscription; whether it is meant is asked at once."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).form = dict(urllib.parse.parse_qsl(body.decode()))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()
        threading.Thread(target=self.ask_back).start()

    def ask_back(self) -> None:
        """Ask the subscriber whether he is the one who asked."""
        query = urllib.parse.urlencode(
            {
                "hub.mode": "subscribe",
                "hub.topic": self.form["hub.topic"],
                "hub.challenge": "tide-77",
                "hub.lease_seconds": "86400",
            }
        )
        url = f"{self.form['hub.callback']}?{query}"
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - loopback
            type(self).challenge = answer.read().decode()
        self.asked_back.set()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub() -> Iterator[int]:
    """The port of a hub."""
    Hub.form, Hub.challenge = {}, ""
    Hub.asked_back.clear()
    with serving(Hub) as port:
        yield port


def test_websub_from_end_to_end(start: Callable[[str], Running], hub: int) -> None:
    """A hub is found in the feed, asked, answered, and what it signs is a page in an instant."""
    post = start(
        f'\n[[sources]]\nname = "sarrow"\nagency = "Sarrow"\nsection = "world"\nevery = "1s"\n'
        f'url = "http://127.0.0.1:{hub}/feed"\nallow_private = true\nwebsub = true\n'
    )
    assert Hub.asked_back.wait(20)
    assert Hub.challenge == "tide-77"
    post.until(lambda: "Lighthouse of Tarn" in post.get("/")[1])
    times = []
    for number in range(20):
        headline = f"Bell number {number} is hung"
        body = RSS.replace("sarrow-1", f"bell-{number}").replace(
            "Lighthouse of Tarn is lit again", headline
        )
        began = time.perf_counter()
        assert news(body.encode()) == 202
        if number % 4 == 3:  # fronts rest between two makings, so that each of these takes a while
            post.until(lambda headline=headline: headline in post.get("/")[1])
            times.append(time.perf_counter() - began)
        else:
            time.sleep(0.1)
    quick, whole = delays(post.get("/metrics")[1])
    assert quick >= whole / 2, f"{quick} of {whole} within 100 ms"
    assert news(RSS.replace("sarrow-1", "forged").encode(), forged=True) == 202
    assert "forged" not in post.stop()
    # Until the front page shows it, as a reader sees it; the story's own page is there before.
    assert statistics.median(times) < 1.0, times


def delays(metrics: str) -> tuple[float, float]:
    """How many deliveries had their page within 100 ms, and how many there were."""
    name = "wirecopy_delivery_to_page_seconds"
    quick = re.search(rf'{name}_bucket{{le="0.1"}} ([0-9.]+)', metrics)
    whole = re.search(rf"{name}_count ([0-9.]+)", metrics)
    assert quick
    assert whole
    return float(quick[1]), float(whole[1])


def news(body: bytes, *, forged: bool = False) -> int:
    """The hub sends its news; the status of the answer."""
    secret = "guess" if forged else Hub.form["hub.secret"]
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    fields = {"X-Hub-Signature": f"sha256={digest}", "Content-Type": "application/rss+xml"}
    return send(Hub.form["hub.callback"], body, fields)[0]


class Hook(http.server.BaseHTTPRequestHandler):
    """A feed that is always out of order, and the place where somebody is told of it."""

    told: list[dict[str, str]] = []  # noqa: RUF012 - one list for all requests

    def do_GET(self) -> None:
        """Fail."""
        self.send_error(500)

    def do_POST(self) -> None:
        """Be told."""
        self.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def test_somebody_is_told_of_a_source_that_nobody_can_read(start: Callable[[str], Running]) -> None:
    """Its copy comes as ever and all of it lies in quarantine: the webhook says why."""
    Hook.told.clear()
    with serving(Hook) as port:
        watch = f'[watch]\nwebhook = "http://127.0.0.1:{port}/hook"\nallow_private = true\n'
        post = start(PUSH + watch)
        url = f"http://127.0.0.1:{post.port}/intake/pushed"
        for number in range(3):
            assert send(url, b"<feed" + bytes([48 + number]), BEARER)[0] == 202
        post.until(lambda: len(Hook.told) > 0)
        said = post.stop()
    assert [(one["source"], one["state"]) for one in Hook.told] == [("pushed", "failing")]
    assert Hook.told[0]["reason"] == "nothing of its last 3 deliveries could be read"
    assert Hook.told[0]["said"] in said


def test_somebody_is_told_of_a_failing_source(start: Callable[[str], Running]) -> None:
    """From three failures on the webhook is told, once, with the source, its state and why."""
    Hook.told.clear()
    with serving(Hook) as port:
        url = f"http://127.0.0.1:{port}"
        post = start(
            f'\n[watch]\nwebhook = "{url}/hook?key=quar"\nallow_private = true\n'
            f'[[sources]]\nname = "sarrow"\nagency = "Sarrow"\nevery = "1s"\n'
            f'url = "{url}/feed?key=quar"\nallow_private = true\n'
        )
        post.until(lambda: len(Hook.told) > 0)
        said = post.stop()
    assert [(one["source"], one["state"]) for one in Hook.told] == [("sarrow", "failing")]
    counted = re.search(r"(\d+) times in a row", Hook.told[0]["reason"])
    assert counted
    assert int(counted[1]) >= 3  # it is looked at once a second, and asked meanwhile
    assert "status 500" in Hook.told[0]["said"]
    assert "Source sarrow is failing" in said
    assert "key=quar" not in said + json.dumps(Hook.told)
