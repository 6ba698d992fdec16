"""A story page over HTTP: the built-in server beside nginx, requests per CPU-second of the server.

nginx stands there twice: as it comes, a file and nothing more, and with the file of docs/deploy,
which gives readers what the built-in server gives them (headers, compression, 410 for kills).
Elapsed time would be wrk's: it takes more CPU than any of the servers and there are two cores.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
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

import uvloop

import newsrooms
from measures import Cell, Table, cpu_seconds, peak_mb, ratio, scratch, skipped

TITLE = "A story page served, requests per CPU-second of the server"
_NEEDED = ("nginx", "wrk")
_CONNECTIONS = 32
_PLAIN, _DEPLOYED = "nginx", "nginx as docs/deploy"
_NAMES = ("wirecopy", _PLAIN, _DEPLOYED)
_PAGE, _SAME, _PACKED = "the page", "the page, unchanged since (304)", "the page, compressed"
_ASKED = (_PAGE, _SAME, _PACKED)
"""What is asked for. Readers' browsers ask for the last of them; nginx as it comes has none."""
_FILE = Path(__file__).resolve().parents[1] / "docs" / "deploy" / "nginx.conf"
_NGINX = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log crit;
events {{ worker_connections 512; }}
http {{
  {kinds}
  access_log off;
  sendfile on;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  {server}
}}
"""
_KINDS = "types { text/html html; } charset utf-8;"


def measure(*, quick: bool) -> list[Table]:
    """The plain page and the answer to a reader who has it already."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        return [skipped(TITLE, f"{' and '.join(missing)} not installed (Debian: nginx-light, wrk)")]
    seconds, rounds = (2, 1) if quick else (4, 3)
    with scratch() as folder:
        folder.chmod(0o755)
        page = _story(folder / "news")
        site = folder / "news" / "site"
        with (
            _ours(folder / "news") as ours,
            _nginx(folder / "plain", _plain(site)) as plain,
            _nginx(folder / "deployed", _deployed(site), kinds="") as deployed,
        ):
            servers = dict(zip(_NAMES, (ours, plain, deployed), strict=True))
            _require_equal(servers, page)
            rows = _rounds(servers, page, seconds, rounds)
    return [
        Table(
            title=TITLE,
            columns=("asked", "wirecopy", _PLAIN, "of it", _DEPLOYED, "of it", "wirecopy MB"),
            rows=rows,
            note=f"wrk on loopback, {_CONNECTIONS} connections, {seconds} s, medians of {rounds} "
            "interleaved rounds; one worker each, nginx with sendfile. As it comes, nginx sends a "
            "file and five headers; with the file of docs/deploy it sends what wirecopy sends.",
        )
    ]


def _rounds(
    servers: dict[str, tuple[int, int]], page: str, seconds: int, rounds: int
) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    for asked in _ASKED:
        loads: dict[str, list[float]] = {name: [] for name in servers}
        for _ in range(rounds):
            for name, (port, pid) in servers.items():
                if asked != _PACKED or name != _PLAIN:
                    header = _header(asked, port, page)
                    loads[name].append(_load(port, pid, page, header, seconds))
        ours, plain, deployed = (median(loads[n]) if loads[n] else None for n in _NAMES)
        memory = peak_mb(servers["wirecopy"][1])
        rows.append((asked, ours, plain, _of(ours, plain), deployed, _of(ours, deployed), memory))
    return tuple(rows)


def _of(ours: float | None, theirs: float | None) -> float | None:
    return None if ours is None or theirs is None else ratio(ours, theirs)


def _header(asked: str, port: int, page: str) -> str:
    """The request header that makes the question."""
    if asked == _PAGE:
        return "Accept: */*"
    if asked == _PACKED:
        return "Accept-Encoding: gzip, deflate"
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
    """RuntimeError unless all servers send the same bytes, and 304 to who has them."""
    bodies = {name: _get(port, page)[0] for name, (port, _) in servers.items()}
    if len(set(bodies.values())) > 1 or len(bodies["wirecopy"]) < 2000:
        raise RuntimeError("The servers send different pages.")
    for name, (port, _) in servers.items():
        if name != _PLAIN and gzip.decompress(_get(port, page, _PACKED)[0]) != bodies[name]:
            raise RuntimeError(f"{name} does not send the page compressed.")
        with contextlib.suppress(urllib.error.HTTPError):
            _get(port, page, _SAME)
            raise RuntimeError(f"{name} does not answer 304.")


def _get(port: int, page: str, asked: str = _PAGE) -> tuple[bytes, str]:
    """The body and its tag."""
    name, _, value = _header(asked, port, page).partition(": ")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{page}", headers={name: value})
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - loopback
        return answer.read(), answer.headers["etag"]


def _etag(port: int, page: str) -> str:
    return _get(port, page)[1]


def _load(port: int, pid: int, page: str, header: str, seconds: int) -> float:
    """Requests per CPU-second in one run of wrk; RuntimeError when any answer was an error."""
    before = cpu_seconds(pid)
    command = ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{seconds}s", "-H", header]
    out = subprocess.run(
        [*command, f"http://127.0.0.1:{port}/{page}"], capture_output=True, text=True, check=True
    ).stdout
    spent = cpu_seconds(pid) - before
    asked = re.search(r"(\d+) requests in [\d.]+s", out)
    if asked is None or "Non-2xx or 3xx" in out or "Socket errors" in out:
        raise RuntimeError(f"wrk says: {out}")
    return int(asked[1]) / spent


@contextmanager
def _ours(folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process id of the built-in server over the newsroom's site."""
    port = _free_port()
    command = [sys.executable, __file__, str(folder), str(port)]
    with _running(command, port) as process:
        yield port, process.pid


def _plain(site: Path) -> str:
    """A server of nginx as it comes; its port is still to be put in."""
    return f"server {{ listen 80; root {site}; }}"


def _deployed(site: Path) -> str:
    """The server that operators are given; its port is still to be put in."""
    return _FILE.read_text(encoding="utf-8").replace("/srv/mynews/site", str(site))


@contextmanager
def _nginx(folder: Path, server: str, kinds: str = _KINDS) -> Iterator[tuple[int, int]]:
    """Port and process id of the worker of an nginx with that server."""
    port = _free_port()
    folder.mkdir(mode=0o755)
    user = "user root;" if os.geteuid() == 0 else ""
    here = server.replace("listen 80;", f"listen 127.0.0.1:{port};")
    settings = folder / "nginx.conf"
    settings.write_text(
        _NGINX.format(folder=folder, server=here, user=user, kinds=kinds), encoding="utf-8"
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
