"""A story page over HTTP: the built-in server beside nginx, requests per CPU-second of the server.

Elapsed time would be wrk's: it takes more CPU than either server and there are two cores.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import msgspec
import uvloop

import newsrooms
from measures import Cell, Table, cpu_seconds, peak_mb, ratio, scratch, skipped

TITLE = "A story page served, requests per CPU-second of the server"
_NEEDED = ("nginx", "wrk")
_CONNECTIONS = 32
_NAMES = ("wirecopy", "nginx")
_ASKED = ("the page", "the page, unchanged since (304)")
_NGINX = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log crit;
events {{ worker_connections 512; }}
http {{
  types {{ text/html html; }}
  charset utf-8;
  access_log off;
  sendfile on;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {site}; }}
}}
"""


class _Load(msgspec.Struct, frozen=True, kw_only=True):
    """What one round of requests cost the server."""

    per_cpu: float
    per_second: float


def measure(*, quick: bool) -> list[Table]:
    """The plain page and the answer to a reader who has it already."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        return [skipped(TITLE, f"{' and '.join(missing)} not installed (Debian: nginx-light, wrk)")]
    seconds, rounds = (2, 1) if quick else (4, 3)
    with scratch() as folder:
        folder.chmod(0o755)
        page = _story(folder / "news")
        with _ours(folder / "news") as ours, _nginx(folder) as theirs:
            servers = {"wirecopy": ours, "nginx": theirs}
            _require_equal(servers, page)
            rows = _rounds(servers, page, seconds, rounds)
    return [
        Table(
            title=TITLE,
            columns=("asked", *_NAMES, "of nginx", *(f"{n} req/s" for n in _NAMES), "wirecopy MB"),
            rows=rows,
            note=f"wrk on loopback, {_CONNECTIONS} connections, {seconds} s, medians of {rounds} "
            "interleaved rounds; one worker each, nginx with sendfile.",
        )
    ]


def _rounds(
    servers: dict[str, tuple[int, int]], page: str, seconds: int, rounds: int
) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for asked in _ASKED:
        loads: dict[str, list[_Load]] = {name: [] for name in servers}
        for _ in range(rounds):
            for name, (port, pid) in servers.items():
                header = _header(asked, port, page)
                loads[name].append(_load(port, pid, page, header, seconds))
        cost = [median(load.per_cpu for load in loads[name]) for name in _NAMES]
        pace = [median(load.per_second for load in loads[name]) for name in _NAMES]
        memory = peak_mb(servers["wirecopy"][1])
        rows.append((asked, *cost, ratio(*cost), *pace, memory))
    return tuple(rows)


def _header(asked: str, port: int, page: str) -> str:
    """The request header that makes the question."""
    if asked == "the page":
        return "Accept: */*"
    return f"If-None-Match: {_etag(port, page)}"


def _story(folder: Path) -> str:
    """The path of one story page of a small site."""
    clock = newsrooms.WireClock()
    newsroom = newsrooms.open_bench(folder, readers=0, clock=clock)
    newsrooms.fill(newsroom, clock, 0, 80)
    newsrooms.require_all_published(newsroom, 80)
    newsroom.close()
    page = min(newsrooms.story_pages(newsroom.site_path))
    return page.relative_to(newsroom.site_path).as_posix()


def _require_equal(servers: dict[str, tuple[int, int]], page: str) -> None:
    """RuntimeError unless both servers send the same bytes, and 304 to who has them."""
    bodies = {name: _get(port, page)[0] for name, (port, _) in servers.items()}
    if bodies["wirecopy"] != bodies["nginx"] or len(bodies["nginx"]) < 2000:
        raise RuntimeError("The two servers send different pages.")
    for name, (port, _) in servers.items():
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/{page}", headers={"If-None-Match": _etag(port, page)}
        )
        with contextlib.suppress(urllib.error.HTTPError):
            urllib.request.urlopen(request, timeout=5)  # noqa: S310 - loopback
            raise RuntimeError(f"{name} does not answer 304.")


def _get(port: int, page: str) -> tuple[bytes, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}", timeout=5) as answer:
        return answer.read(), answer.headers["etag"]


def _etag(port: int, page: str) -> str:
    return _get(port, page)[1]


def _load(port: int, pid: int, page: str, header: str, seconds: int) -> _Load:
    """One run of wrk against a server; RuntimeError when any answer was an error."""
    before = cpu_seconds(pid)
    command = ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{seconds}s", "-H", header]
    out = subprocess.run(
        [*command, f"http://127.0.0.1:{port}/{page}"], capture_output=True, text=True, check=True
    ).stdout
    spent = cpu_seconds(pid) - before
    asked = re.search(r"(\d+) requests in ([\d.]+)s", out)
    if asked is None or "Non-2xx or 3xx" in out or "Socket errors" in out:
        raise RuntimeError(f"wrk says: {out}")
    return _Load(per_cpu=int(asked[1]) / spent, per_second=int(asked[1]) / float(asked[2]))


@contextmanager
def _ours(folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process id of the built-in server over the newsroom's site."""
    port = _free_port()
    command = [sys.executable, __file__, str(folder), str(port)]
    with _running(command, port) as process:
        yield port, process.pid


@contextmanager
def _nginx(folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process id of nginx's worker over the same site."""
    port = _free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    settings = folder / "nginx.conf"
    settings.write_text(
        _NGINX.format(folder=folder, port=port, site=folder / "news" / "site", user=user),
        encoding="utf-8",
    )
    with _running(["nginx", "-p", str(folder), "-c", str(settings)], port) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        yield port, int(children.read_text(encoding="ascii").split()[0])


@contextmanager
def _running(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers on `port`; ended with the block."""
    process = subprocess.Popen(command)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            if process.poll() is not None:
                raise RuntimeError(f"{command[0]} ended by itself with {process.returncode}.")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _serve(folder: Path, port: int) -> None:
    """The built-in server as `wirecopy run` has it, with search, without a wire coming in."""
    from wirecopy.newsroom.server import SiteServer, serve  # noqa: PLC0415 - the bench itself serves nothing

    newsroom = newsrooms.Newsroom(folder, newsrooms.settings(), newsrooms.WireClock(), readers=0)
    app = SiteServer(newsroom.site_path, newsroom.search(), newsroom.render_search)
    await serve(app, "127.0.0.1", port, asyncio.Event())


if __name__ == "__main__":
    uvloop.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
