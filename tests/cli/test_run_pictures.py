"""A running newsroom fetches a picture from its agency's server and serves its own."""

from __future__ import annotations

import http.server
import re
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.cli.test_run import Running
from tests.pictures.torture import saved, scene

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
    """An agency's server with one picture."""

    def do_GET(self) -> None:
        """Answer the picture."""
        body = saved(scene(900, 600), "JPEG")
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def agency() -> Iterator[int]:
    """The port of the agency's server."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_picture_comes_after_its_page(tmp_path: Path, agency: int) -> None:
    """The page is out at once; soon its picture is the site's own, and in the lists too."""
    (tmp_path / "wirecopy.toml").write_text(SETTINGS, encoding="utf-8")
    picture = {
        "type": "picture",
        "uri": "urn:pic:1",
        "body_text": "A ferry.",
        "renditions": {
            "main": {
                "href": f"http://127.0.0.1:{agency}/ferry.jpg",
                "mimetype": "image/jpeg",
                "width": 900,
                "height": 600,
            }
        },
    }
    story = {
        "uri": "urn:newsml:norlin.example:1",
        "type": "text",
        "version": "1",
        "headline": "Ferry sails again",
        "body_html": "<p>The ferry of Tarnwick sails again.</p>",
        "associations": {"featuremedia": picture},
    }
    running = Running(tmp_path)
    try:
        running.drop("1.json", msgspec.json.encode(story))
        running.until(lambda: "Ferry sails again" in running.get("/world/")[1])
        running.until(lambda: "/pictures/" in running.get("/world/")[1])
        page = re.search(r'href="(/world/[^"]+-[a-z2-7]{12}\.html)"', running.get("/world/")[1])
        assert page
        shown = re.search(r'<img src="(/pictures/[^"]+)"', running.get(page[1])[1])
        assert shown
        with urllib.request.urlopen(f"http://127.0.0.1:{running.port}{shown[1]}") as answer:
            assert answer.headers["Content-Type"] == "image/jpeg"
            assert answer.headers["Cache-Control"] == "public, max-age=86400"
            assert answer.read(3) == b"\xff\xd8\xff"
    finally:
        running.process.terminate()
        running.process.wait(timeout=20)
        if running.process.stderr:
            running.process.stderr.close()
