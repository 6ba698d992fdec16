"""The files of docs/deploy, started with the real servers: what readers get from a baked folder."""

from __future__ import annotations

import asyncio
import http.client
import http.server
import os
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.cli.test_run import free_port
from tests.loopback import serving

from wirecopy.briefs import SearchBrief
from wirecopy.newsroom.search import SearchDesk

DEPLOY = Path(__file__).resolve().parents[2] / "docs" / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CADDY = shutil.which("caddy")
ANALYZE = shutil.which("systemd-analyze")
LIVE, KILLED, EMBARGOED = "abcdefgh2345", "killedstory2", "embargoed234"
FILES = {
    "index.html": "<h1>The Post</h1>" + "<p>Home.</p>" * 100,
    "404.html": "<h1>Page not found</h1>",
    "410.html": "<h1>Gone</h1>",
    "license.xml": "<rsl/>",
    "world/index.html": "<h1>World</h1>",
    "world/rss.xml": "<rss/>",
    "world/atom.xml": "<feed/>",
    "world/feed.json": "{}",
    "topics/ferries.atom": "<feed/>",
    f"world/ferry-sails-{LIVE}.html": "<h1>Ferry sails</h1>",
    f"world/ferry-sails-{LIVE}.json": "{}",
    f"gone/{KILLED}.html": "<h1>This story is no longer available</h1>",
    "assets/site-0123456789.css": "p { margin: 0 }" * 100,
    "pictures/0123456789abcdef0123-400.jpg": "a picture",
    ".well-known/security.txt": "Contact: mailto:a@b.example\n",
    ".incoming/half.html": "half a page",
}


class Got(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


class Empty:
    """A search that finds nothing."""

    def search(self, query: str, **_: object) -> SearchBrief:
        """No results."""
        return SearchBrief(query=query)


class Program(http.server.BaseHTTPRequestHandler):
    """What the program itself says of addresses in other words, and its search."""

    def do_GET(self) -> None:
        """The search, 301 for the live story, 404 for all else."""
        if self.path.startswith("/search"):
            self._search()
            return
        found = self.path.endswith((f"other-words-{LIVE}.html", f"/{LIVE}"))
        self.send_response(301 if found else 404)
        self.send_header("Cache-Control", "public, max-age=10")
        if found:
            self.send_header("Location", f"/world/ferry-sails-{LIVE}.html")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        """Copy that is pushed: its length and its token come back."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = f"{len(body)} {self.headers['Authorization']}".encode()
        self.send_response(202)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Robots-Tag", "noindex, noarchive")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def _search(self) -> None:
        desk = SearchDesk(Empty(), lambda _: b"<h1>Search</h1>")
        path, _, query = self.path.partition("?")
        answer = asyncio.run(desk.answer("GET", path, query, {}))
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def program() -> Iterator[int]:
    """The port of the program behind the servers."""
    with serving(Program) as port:
        yield port


@pytest.fixture(scope="module", params=["nginx", "caddy", "nginx alone", "caddy alone"])
def port(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, program: int
) -> Iterator[int]:
    """The server's port, with a small site behind it and its file of docs/deploy in use."""
    server, _, alone = request.param.partition(" ")
    home = tmp_path_factory.mktemp(server)
    for path, text in FILES.items():
        (home / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (home / "site" / path).write_text(text, encoding="utf-8")
    given, behind = free_port(), free_port() if alone else program
    process = (started_nginx if server == "nginx" else started_caddy)(home, given, behind)
    try:
        wait_for(given)
        yield given
    finally:
        process.terminate()
        process.wait(timeout=20)


def started_nginx(home: Path, port: int, behind: int) -> subprocess.Popen[bytes]:
    """Debian's nginx with docs/deploy/nginx.conf, its address and folder put in."""
    if NGINX is None:
        pytest.skip("Debian's nginx is not installed")
    ours = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for example, here in (("listen 80", f"listen 127.0.0.1:{port}"),
                          ("/srv/mynews/site", str(home / "site"))):  # fmt: skip
        assert example in ours
        ours = ours.replace(example, here)
    ours = ours.replace("127.0.0.1:8080", f"127.0.0.1:{behind}")
    user = "user root;" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(
        f"{user} daemon off; pid {home}/pid; error_log {home}/errors;\nevents {{}}\n"
        f"http {{ access_log off; client_body_temp_path {home}/a; proxy_temp_path {home}/b;\n"
        f"fastcgi_temp_path {home}/c; uwsgi_temp_path {home}/d; scgi_temp_path {home}/e;\n"
        f"{ours}\n}}\n",
        encoding="utf-8",
    )
    return subprocess.Popen([NGINX, "-c", str(home / "nginx.conf"), "-e", str(home / "errors")])


def started_caddy(home: Path, port: int, behind: int) -> subprocess.Popen[bytes]:
    """Debian's Caddy with docs/deploy/Caddyfile, its address and folder put in."""
    if CADDY is None:
        pytest.skip("Debian's Caddy is not installed")
    ours = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    for example, here in (("news.example {", f"http://127.0.0.1:{port} {{"),
                          ("/srv/mynews/site", str(home / "site"))):  # fmt: skip
        assert example in ours
        ours = ours.replace(example, here)
    ours = ours.replace("127.0.0.1:8080", f"127.0.0.1:{behind}")
    (home / "Caddyfile").write_text("{\n\tadmin off\n}\n" + ours, encoding="utf-8")
    return subprocess.Popen(
        [CADDY, "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"],
        env=os.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    )


def wait_for(port: int) -> None:
    """Return once somebody answers."""
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up:
        try:
            get(port, "/")
        except OSError:
            continue
        return
    raise AssertionError("the server did not start")


def get(port: int, path: str, body: bytes | None = None, **asked: str) -> Got:
    """What is answered to a request for that path, or to `body` sent there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        fields = {k.replace("_", "-"): v for k, v in asked.items()}
        connection.request("GET" if body is None else "POST", path, body, fields)
        answer = connection.getresponse()
        said = Counter(name.lower() for name, _ in answer.getheaders())
        assert [name for name, times in said.items() if times > 1] == [], f"said twice at {path}"
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Got(answer.status, headers, answer.read())
    finally:
        connection.close()


def test_pages_are_there_with_validators_and_safe_headers(port: int) -> None:
    """Home, front and story answer 200, may be validated, and let nothing in."""
    for path in ("/", "/world/", f"/world/ferry-sails-{LIVE}.html"):
        got = get(port, path)
        assert got.status == 200
        assert got.headers["content-type"] == "text/html; charset=utf-8"
        assert got.headers["etag"]
        assert "max-age=60" in got.headers["cache-control"]
        assert "default-src 'none'" in got.headers["content-security-policy"]
        assert got.headers["x-content-type-options"] == "nosniff"
        assert 'rel="license"' in got.headers["link"]
        assert get(port, path, If_None_Match=got.headers["etag"]).status == 304


def test_caches_are_given_names_to_let_go_by(port: int) -> None:
    """A cache in front can be told to let go of one story, and keeps assets for ever."""
    keys = {
        f"/world/ferry-sails-{LIVE}.html": f"site story-{LIVE} section-world",
        "/world/rss.xml": "site list section-world",
        "/": "site list home",
        "/license.xml": "site list",
        "/pictures/0123456789abcdef0123-400.jpg": "site media-0123456789abcdef0123",
    }
    for path, said in keys.items():
        assert get(port, path).headers["surrogate-key"] == said
    assert "surrogate-key" not in get(port, "/assets/site-0123456789.css").headers


def test_a_story_for_partners_is_not_for_search_engines(port: int) -> None:
    """The same text as JSON beside a page is listed nowhere, whatever the page's own policy."""
    assert get(port, f"/world/ferry-sails-{LIVE}.json").headers["x-robots-tag"] == "noindex"
    for path in ("/", "/world/feed.json", f"/world/ferry-sails-{LIVE}.html"):
        assert "x-robots-tag" not in get(port, path).headers


def test_a_killed_story_is_gone(port: int) -> None:
    """410 with the neutral notice, kept by nobody, whatever its address says before the id."""
    for path in (f"/world/tug-aground-{KILLED}.html", f"/x/other-words-{KILLED}.json"):
        got = get(port, path)
        assert got.status == 410
        assert b"no longer available" in got.body
        assert got.headers["cache-control"] == "no-store"
        assert got.headers["x-robots-tag"] == "noindex, noarchive"


def test_the_id_decides_which_story_is_meant(port: int, request: pytest.FixtureRequest) -> None:
    """What the program says of an address in other words is passed on; without it, it is a 404."""
    alone = request.node.callspec.params["port"].endswith("alone")
    for path in (f"/sport/other-words-{LIVE}.html", f"/{LIVE}"):
        got = get(port, path)
        assert got.status == (404 if alone else 301)
        assert got.headers["cache-control"] == "public, max-age=10"
        assert alone or got.headers["location"].endswith(f"/world/ferry-sails-{LIVE}.html")
        assert not alone or got.body == FILES["404.html"].encode()
    assert get(port, f"/{KILLED}").status == 410


def test_an_embargoed_story_looks_like_any_missing_page(port: int) -> None:
    """Nothing tells a story that is not out yet from an address that never was."""
    missing = get(port, "/world/nothing-here.html")
    waiting = get(port, f"/world/prize-{EMBARGOED}.html")
    assert missing.status == waiting.status == 404
    assert missing.body == waiting.body == FILES["404.html"].encode()
    assert missing.headers["cache-control"] == waiting.headers["cache-control"]


def test_hidden_files_and_notices_are_not_served(port: int) -> None:
    """Half-written pages are nobody's business; the well-known files are everybody's."""
    assert get(port, "/.incoming/half.html").status == 404
    assert get(port, f"/gone/{KILLED}.html").status in (404, 410)
    assert get(port, "/.well-known/security.txt").body.startswith(b"Contact:")


def test_the_search_is_passed_on(port: int, request: pytest.FixtureRequest) -> None:
    """Readers and programs get the program's own answer, which nobody keeps or indexes."""
    alone = request.node.callspec.params["port"].endswith("alone")
    for path, kind in (("/search?q=tug", "text/html"), ("/search.json?q=tug", "application/json")):
        got = get(port, path)
        if alone:
            assert got.status in (502, 504)
            continue
        assert got.status == 200
        assert got.headers["content-type"].startswith(kind)
        assert got.headers["cache-control"] == "no-store"
        assert got.headers["x-robots-tag"] == "noindex, noarchive"
        assert "default-src 'none'" in got.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/intake/meridiandesk", "/intake/north", "/websub/north/2345"])
def test_copy_that_is_sent_is_passed_on(
    port: int, request: pytest.FixtureRequest, path: str
) -> None:
    """Large copy, too, with its token; while the program is not there, nobody is told 404."""
    if request.node.callspec.params["port"].endswith("alone"):
        assert get(port, path, b"x").status in (502, 503, 504)
        return
    got = get(port, path, b"x" * 4_000_000, Authorization="Bearer lantern-9")
    assert (got.status, got.body) == (202, b"4000000 Bearer lantern-9")
    assert got.headers["cache-control"] == "no-store"
    assert get(port, "/metrics").status == 404


def test_feeds_and_assets_have_their_types(port: int) -> None:
    """Feed readers and browsers are told what they get, and assets are kept."""
    kinds = {
        "/world/rss.xml": "application/rss+xml",
        "/world/atom.xml": "application/atom+xml",
        "/world/feed.json": "application/feed+json",
        "/topics/ferries.atom": "application/atom+xml",
    }
    for path, kind in kinds.items():
        got = get(port, path)
        assert got.headers["content-type"].startswith(kind)
        assert 'rel="license"' in got.headers["link"]
        assert f'://127.0.0.1{path}>; rel="self"' in got.headers["link"].replace(f":{port}", "")
    asset = get(port, "/assets/site-0123456789.css", Accept_Encoding="gzip")
    assert "immutable" in asset.headers["cache-control"]
    assert asset.headers["content-encoding"] == "gzip"


def test_the_service_file_is_sound(tmp_path: Path) -> None:
    """Systemd finds nothing to complain of in the unit."""
    if ANALYZE is None:
        pytest.skip("systemd-analyze is not installed")
    text = (DEPLOY / "wirecopy.service").read_text(encoding="utf-8")
    unit = tmp_path / "wirecopy.service"
    unit.write_text(
        text.replace("/opt/wirecopy/bin/wirecopy", "/bin/true").replace("=wirecopy", "=root"),
        encoding="utf-8",
    )
    done = subprocess.run(
        [ANALYZE, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stderr.splitlines() if "wirecopy.service" in line] == []
