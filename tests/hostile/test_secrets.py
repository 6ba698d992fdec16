"""Secrets: every one in the settings is a telling word, and nothing that leaves says it.

An agency's server that answers with what it was sent, a running newsroom, and every command that
shows something: all that they say and write is searched for the words.
"""

from __future__ import annotations

import http.server
import json
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli.test_run import Running, free_port
from tests.hostile.series import ninjs
from tests.loopback import serving

from wirecopy.cli import wirecopy
from wirecopy.config import TABLES

SECRETS = {
    name: f"canary-{name.lower()}-7f3a"
    for name in (
        "FEED_TOKEN", "BASIC_PASSWORD", "API_KEY", "MAIL_PASSWORD", "FTP_PASSWORD", "PUSH_TOKEN",
        "PUSH_SECRET", "METRICS_TOKEN", "SMTP_PASSWORD", "URL_PASSWORD", "URL_KEY", "HOOK_KEY",
    )
}  # fmt: skip
"""Every secret of the newsroom below, each a word that is found wherever it comes through."""
CONFIG = """
[site]
name = "The Tarnwick Post"
url = "https://post.example"
[pictures]
keep = "link"
[web]
metrics = "file:secrets/metrics"
[watch]
log = "json"
mail = "desk@post.example"
smtp = "127.0.0.1:{smtp}"
user = "desk"
password = "file:secrets/smtp"
webhook = "http://127.0.0.1:{agency}/hook?key={HOOK_KEY}"
allow_private = true
[[sources]]
name = "bearer"
agency = "Norlin"
url = "http://127.0.0.1:{agency}/refuse"
every = "1s"
allow_private = true
login = {{ token = "env:FEED_TOKEN" }}
[[sources]]
name = "basic"
agency = "Norlin"
url = "http://127.0.0.1:{agency}/echo"
every = "1s"
allow_private = true
login = {{ user = "norlin", password = "file:secrets/basic" }}
[[sources]]
name = "keyed"
agency = "Norlin"
url = "http://127.0.0.1:{agency}/moved"
every = "1s"
allow_private = true
login = {{ key = "env:API_KEY" }}
[[sources]]
name = "mailbox"
agency = "Norlin"
url = "imaps://127.0.0.1:{closed}/INBOX"
every = "1s"
allow_private = true
ports = [{closed}]
login = {{ user = "norlin", password = "env:MAIL_PASSWORD" }}
[[sources]]
name = "folder"
agency = "Norlin"
url = "ftps://127.0.0.1:{closed}/wire"
every = "1s"
allow_private = true
login = {{ user = "norlin", password = "env:FTP_PASSWORD" }}
[[sources]]
name = "pushed"
agency = "Norlin"
push = {{ token = "env:PUSH_TOKEN" }}
[[sources]]
name = "signed"
agency = "Norlin"
push = {{ secret = "env:PUSH_SECRET" }}
[[sources]]
name = "addressed"
agency = "Norlin"
url = "http://norlin:{URL_PASSWORD}@127.0.0.1:{agency}/broken?format=rss&key={URL_KEY}"
every = "1s"
allow_private = true
"""


class Agency(http.server.BaseHTTPRequestHandler):
    """A server that says back all that it was told, as an error, a feed or a redirect."""

    heard: list[str] = []  # noqa: RUF012 - one list for all requests of the test's server

    def do_GET(self) -> None:
        """Answer by the path."""
        told = f"{self.path} {self.headers.get('Authorization')} {self.headers.get('X-Api-Key')}"
        self.heard.append(told)
        path = self.path.partition("?")[0]
        if path == "/moved":
            self._say(302, "", ("Location", f"/refuse?key={self.headers.get('X-Api-Key')}"))
        elif path == "/refuse":
            self._say(403, told)
        else:
            self._say(200, f"<rss><channel><title>{told}</title><item><<< no feed </rss>")

    def do_POST(self) -> None:
        """An alert's webhook, which does not want it."""
        self.heard.append(self.path)
        self._say(500, self.path)

    def _say(self, status: int, words: str, *headers: tuple[str, str]) -> None:
        self.send_response(status, "Said")
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words.encode())

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def agency() -> Iterator[int]:
    """The port of the agency's server."""
    Agency.heard = []
    with serving(Agency) as port:
        yield port


@pytest.fixture
def room(tmp_path: Path, agency: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom in whose settings everything that can be secret is."""
    folder = tmp_path / "room"
    (folder / "secrets").mkdir(parents=True)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    for name in ("METRICS_TOKEN", "SMTP_PASSWORD", "BASIC_PASSWORD"):
        (folder / "secrets" / name.partition("_")[0].lower()).write_text(SECRETS[name])
        monkeypatch.delenv(name)
    given = {"agency": agency, "closed": free_port(), "smtp": free_port(), **SECRETS}
    (folder / "wirecopy.toml").write_text(CONFIG.format(**given))
    return folder


def told(folder: Path, *words: str) -> str:
    """All that a command says."""
    done = CliRunner().invoke(wirecopy, ["-C", str(folder), *words], standalone_mode=False)
    return f"{done.output} {done.exception or ''}"


def asked(port: int, path: str, body: bytes | None = None, **headers: str) -> str:
    """All that the newsroom's server answers, its headers included."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - loopback
            return f"{answer.status} {answer.headers} {answer.read().decode()}"
    except urllib.error.HTTPError as error:
        with error:
            return f"{error.code} {error.headers} {error.read().decode()}"


def found(words: str | bytes, *, but: tuple[str, ...] = ()) -> list[str]:
    """The secrets that the words say, plain or in base64."""
    text = words if isinstance(words, str) else words.decode("utf-8", "replace")
    spelled = {
        name: (value, b64encode(f"norlin:{value}".encode()).decode())
        for name, value in SECRETS.items()
    }
    return [n for n, forms in spelled.items() if n not in but and any(f in text for f in forms)]


def test_no_secret_is_said_by_anything_that_runs(room: Path) -> None:
    """Logs, answers, metrics, commands, pages, databases and backups know no secret."""
    running = Running(room)
    words = [
        asked(running.port, "/intake/pushed", ninjs(1, "x"), Authorization="Bearer wrong"),
        asked(
            running.port,
            "/intake/pushed",
            ninjs(1, "x"),
            Authorization=f"Bearer {SECRETS['PUSH_TOKEN']}",
        ),
        asked(running.port, "/intake/signed", ninjs(2, "x"), **{"X-Signature-256": "sha256=00"}),
    ]
    assert words[1].startswith("202")
    running.until(lambda: len([h for h in Agency.heard if "canary-" in h]) > 12)
    token = f"Bearer {SECRETS['METRICS_TOKEN']}"
    words += [
        asked(running.port, path, Authorization=token)
        for path in ("/metrics", "/healthz", "/readyz")
    ]
    words += [
        asked(running.port, path) for path in ("/metrics", "/", "/about.html", "/intake/keyed")
    ]
    assert "wirecopy_" in words[3]
    words.append(told(room, "status"))
    words.append(told(room, "status", "--json"))
    running.process.terminate()
    _, log = running.process.communicate(timeout=30)
    assert {json.loads(line).get("source") for line in log.splitlines() if line[:1] == "{"} >= {
        "pushed"
    }
    words.append(log)
    for command in (
        "source list",
        "source export",
        "doctor",
        "quarantine list",
        "rebuild",
        "bake --all",
    ):
        words.append(told(room, *command.split()))
    words.append(told(room, "source", "add", f"http://127.0.0.1:9/?key={SECRETS['URL_KEY']}"))
    words.append(told(room, "backup", str(room.parent / "copy")))
    for said in words:
        assert found(said) == [], said
    config = (room / "wirecopy.toml").read_bytes()
    for folder in (room / "site", room / "data", room.parent / "copy"):
        for path in folder.rglob("*"):
            if path.is_file() and path.read_bytes() != config:
                deliveries = ("FEED_TOKEN", "BASIC_PASSWORD", "URL_PASSWORD", "URL_KEY", "API_KEY")
                assert found(path.read_bytes(), but=deliveries) == [], path


def test_a_secret_in_the_settings_is_refused_without_saying_it(tmp_path: Path) -> None:
    """Each key that holds a secret takes a place alone, and the refusal does not repeat it."""
    site = '[site]\nname = "P"\nurl = "https://p.example"\n'
    source = site + '[[sources]]\nname = "s"\nagency = "S"\n'
    places = {
        "login.password": source + 'login = { user = "u", password = "canary-1" }',
        "login.token": source + 'login = { token = "canary-1" }',
        "login.key": source + 'login = { key = "canary-1" }',
        "push.token": source + 'push = { token = "canary-1" }',
        "push.secret": source + 'push = { secret = "canary-1" }',
        "web.metrics": site + '[web]\nmetrics = "canary-1"',
        "watch.password": site + '[watch]\npassword = "canary-1"',
    }
    for key, text in places.items():
        (tmp_path / "wirecopy.toml").write_text(text)
        said = told(tmp_path, "status")
        assert "canary-1" not in said
        assert key in said, said


def test_every_secret_of_the_settings_is_among_these() -> None:
    """A new key whose description says env:NAME must be tried here too."""
    keys = {
        f"{table}.{name}"
        for table, kind in TABLES.items()
        for name in kind.__struct_fields__
        if name in ("password", "token", "key", "secret", "metrics") and table != "sections"
    }
    assert keys == {
        "sources.login.password", "sources.login.token", "sources.login.key", "sources.push.token",
        "sources.push.secret", "web.metrics", "watch.password",
    }  # fmt: skip


def test_what_has_come_in_is_kept_from_other_users(room: Path) -> None:
    """The log and the archive, embargoed copy among them, lie in a folder for their owner alone."""
    told(room, "status")
    told(room, "rebuild")
    assert (room / "data/archive.db").exists()
    assert (room / "data").stat().st_mode & 0o077 == 0
