"""Pages as a reader on a phone meets them: first paint on slow 4G, weight, Lighthouse's marks."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from measures import Cell, Table, skipped
from serve import _free_port

_LIGHTHOUSE = Path(__file__).parents[1] / ".venv/npm/node_modules/.bin/lighthouse"
_NOWHERE = "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"
"""Chromium asks no name server, whatever a page or Chromium itself may want of others."""
_SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
"""What Lighthouse calls slow 4G: 150 ms, 1.6 megabits down."""
_PAINT = """() => {
    const paints = performance.getEntriesByName('first-contentful-paint');
    return paints.length ? paints[0].startTime : null;
}"""


def measure(*, quick: bool) -> list[Table]:
    """First contentful paint and weight of the demo's pages, and what Lighthouse says of them."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return [skipped("Pages on a phone", "chromium is not installed (Debian: chromium)")]
    with _demo() as base:
        paths = _paths(base)
        tables = [_paints(base, paths, chromium, 3 if quick else 9)]
        if quick or not _LIGHTHOUSE.exists():
            why = "not part of a quick run" if quick else "`make browser` fetches it"
            return [*tables, skipped("Lighthouse", why)]
        return [*tables, _lighthouse(base, paths, chromium)]


@contextmanager
def _demo() -> Iterator[str]:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "wirecopy", "demo", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        base = f"http://localhost:{port}"
        give_up = time.monotonic() + 60
        while not re.search(_STORY, _text(f"{base}/")):
            if time.monotonic() > give_up:
                raise RuntimeError("The demo did not come up.")
            time.sleep(0.3)
        yield base
    finally:
        process.terminate()
        process.wait(20)


_STORY = r'href="(/[a-z]+/[a-z0-9-]+-[a-z2-7]{12}\.html)"'


def _text(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - loopback
            return str(answer.read().decode())
    except OSError:
        return ""


def _paths(base: str) -> dict[str, str]:
    """One page of each of three kinds; the story has a picture, and no kill awaits it."""
    stories = re.findall(_STORY, _text(f"{base}/world/"))
    pictured = next(path for path in stories if 'data-part="picture"' in _text(base + path))
    return {"home": "/", "front": "/world/", "story": pictured}


def _paints(base: str, paths: dict[str, str], chromium: str, rounds: int) -> Table:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - of this bench alone

    rows: list[tuple[Cell, ...]] = []
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", f"--host-resolver-rules={_NOWHERE}"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for kind, path in paths.items():
            times = [_paint(browser, base + path) for _ in range(rounds)]
            html = len(gzip.compress(_text(base + path).encode(), 6))
            rows.append((kind, median(times), min(times), html))
        browser.close()
    return Table(
        title="Pages on a phone: slow 4G, a processor four times slower",
        columns=("", "first contentful paint, ms", "best, ms", "HTML compressed, bytes"),
        rows=tuple(rows),
        note=f"Medians of {rounds} visits with an empty cache, from the built-in server.",
    )


def _paint(browser: Any, url: str) -> float:
    context = browser.new_context(viewport={"width": 360, "height": 800}, device_scale_factor=2)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url, wait_until="load")
    paint = page.evaluate(_PAINT)
    context.close()
    return float(paint or 0.0)


def _lighthouse(base: str, paths: dict[str, str], chromium: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind, path in paths.items():
        done = subprocess.run(
            [str(_LIGHTHOUSE), base + path, "--quiet", "--output=json", "--output-path=stdout",
             ("--chrome-flags=--headless --no-sandbox --disable-gpu "
             f"--host-resolver-rules='{_NOWHERE}'")],
            capture_output=True, text=True, check=True, env=os.environ | {"CHROME_PATH": chromium},
        )  # fmt: skip
        told = json.loads(done.stdout)
        marks = [round((one["score"] or 0) * 100) for one in told["categories"].values()]
        short = [name for name, one in told["audits"].items() if one["score"] == 0]
        rows.append((kind, *marks, ", ".join(short) or "-"))
    return Table(
        title="Lighthouse, phone",
        columns=("", "performance", "accessibility", "best practices", "seo", "audits at nought"),
        rows=tuple(rows),
        note="robots-txt is marked down for the License line of RSL, which Lighthouse does not "
        "know; the line is what the standard asks for (docs/decisions/0023).",
    )


if __name__ == "__main__":
    print("\n".join(table.markdown() for table in measure(quick=False)))
