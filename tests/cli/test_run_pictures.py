"""A running newsroom fetches a picture from its agency's server and serves its own."""

from __future__ import annotations

import contextlib
import http.server
import re
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.cli.test_run import URGENT, Running
from tests.pictures.torture import png, saved, scene

SETTINGS = """
[site]
name = "The Tarnwick Post"
url = "http://localhost:8080"
[[sections]]
key = "world"
name = "World"
[[sources]]
name = "norlin"
agency = "Norlin"
section = "world"
path = "inbox/norlin"
every = "1s"
allow_private = true
"""


class Server(http.server.BaseHTTPRequestHandler):
    """An agency's server with one picture, and with all that a bad day brings."""

    over = threading.Event()
    """Set when the test is over, and whoever was kept waiting may go."""

    def do_GET(self) -> None:
        """Answer by what the path says."""
        kind = self.path.strip("/").partition(".")[0].partition("-")[0]
        if kind == "silent":
            self.over.wait()
            return
        body = saved(scene(900, 600), "JPEG")
        if kind == "bomb":
            body = png(100_000, 100_000)
        elif kind == "page":
            body = b"<html><script>alert(1)</script></html>"
        self.send_response(404 if kind == "gone" else 200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if kind == "stuck":
            self.wfile.write(body[:100])
            self.over.wait()
            return
        with contextlib.suppress(OSError):
            while kind == "drip" and not self.over.wait(0.05):
                self.wfile.write(b"\xff")
            self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serving() -> Iterator[int]:
    """The port of a server that lives as long as the block."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port
    finally:
        Server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def agency() -> Iterator[int]:
    """The port of the agency's server."""
    Server.over.clear()
    with serving() as port:
        yield port


def story(number: int, href: str) -> bytes:
    """A ninjs object with a picture at this address."""
    rendition = {"href": href, "mimetype": "image/jpeg", "width": 900, "height": 600}
    picture = {
        "type": "picture", "uri": f"urn:pic:{number}", "body_text": "A ferry.",
        "renditions": {"main": rendition},
    }  # fmt: skip
    return msgspec.json.encode(
        {
            "uri": f"urn:newsml:norlin.example:{number}", "type": "text", "version": "1",
            "headline": f"Ferry number {number} sails again",
            "body_html": f"<p>Ferry number {number} of Tarnwick sails again.</p>",
            "associations": {"featuremedia": picture},
        }
    )  # fmt: skip


BAD = ("silent", "stuck", "drip", "bomb", "page", "gone")


def test_bad_pictures_delay_and_break_nothing(tmp_path: Path, agency: int) -> None:
    """Dead, slow and poisonous pictures: every page is out at once, and a sound one gets its own.

    Stopping does not wait for them either.
    """
    (tmp_path / "wirecopy.toml").write_text(SETTINGS, encoding="utf-8")
    running = Running(tmp_path)
    with serving() as sound:
        try:
            for number in range(24):
                kind = BAD[number % len(BAD)]
                href = f"http://127.0.0.1:{agency}/{kind}-{number}.jpg"
                running.drop(f"{number}.json", story(number, href))
            running.drop("24.json", story(24, f"http://127.0.0.1:{sound}/ferry.jpg"))
            running.until(
                lambda: all(
                    f"Ferry number {number} sails again" in running.get("/world/")[1]
                    for number in range(25)
                )
            )
            running.until(lambda: "/pictures/" in running.get("/world/")[1])
            pages = re.findall(
                r'href="(/world/[^"]+-[a-z2-7]{12}\.html)"', running.get("/world/")[1]
            )
            assert len(set(pages)) == 25
            for page in set(pages):
                status, text = running.get(page)
                assert status == 200
                assert "of Tarnwick sails again." in text
        finally:
            running.process.terminate()
            running.process.wait(timeout=URGENT)
            if running.process.stderr:
                running.process.stderr.close()
    assert running.process.returncode == 0


def test_a_picture_comes_after_its_page(tmp_path: Path, agency: int) -> None:
    """The page is out at once; soon its picture is the site's own, and in the lists too."""
    (tmp_path / "wirecopy.toml").write_text(SETTINGS, encoding="utf-8")
    running = Running(tmp_path)
    try:
        running.drop("1.json", story(1, f"http://127.0.0.1:{agency}/ferry.jpg"))
        running.until(lambda: "Ferry number 1 sails again" in running.get("/world/")[1])
        running.until(lambda: "/pictures/" in running.get("/world/")[1])
        page = re.search(r'href="(/world/[^"]+-[a-z2-7]{12}\.html)"', running.get("/world/")[1])
        assert page
        shown = re.search(r'<img src="(/pictures/[^"]+)"', running.get(page[1])[1])
        assert shown
        with urllib.request.urlopen(f"http://127.0.0.1:{running.port}{shown[1]}") as answer:
            assert answer.headers["Content-Type"] == "image/jpeg"
            assert answer.headers["Cache-Control"] == "public, max-age=86400, s-maxage=300"
            assert answer.read(3) == b"\xff\xd8\xff"
    finally:
        running.process.terminate()
        running.process.wait(timeout=20)
        if running.process.stderr:
            running.process.stderr.close()
