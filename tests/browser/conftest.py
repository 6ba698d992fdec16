"""The demo, running, and a browser to look at it with."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from tests.cli.test_run import free_port

CHROMIUM = shutil.which("chromium")
NOWHERE = "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"
"""Chromium asks no name server, whatever a page or Chromium itself may want of others."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules={NOWHERE}",
)
PAGES = (
    "home", "front", "day", "story", "corrected", "topic", "corrections", "about", "search",
    "not-found", "gone", "developing", "translated", "foreign-front",
)  # fmt: skip


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    """The demo, running, with its backlog published and a correction and a kill behind it."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "wirecopy", "demo", "--port", str(port), "--speed", "30"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        wait_for(lambda: "Caldria" in text(address, "/"))
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def addresses(base: str) -> dict[str, str]:
    """The path of one page of each kind."""
    home = text(base, "/")
    wait_for(lambda: 'data-part="correction"' in story_corrected(base)[1])
    wait_for(lambda: gone(base) != "")
    front = text(base, "/world/")
    stories = re.findall(r'href="(/[a-z]+/[a-z0-9-]+-[a-z2-7]{12}\.html)"', home)
    pictured = next(path for path in stories if "<img" in text(base, path).split("<h2")[0])
    day = re.search(r'href="(/world/\d{4}/\d\d/\d\d/)"', front)
    topic = re.search(r'href="(/topics/[a-z0-9-]+\.html)"', text(base, pictured))
    assert day
    assert topic
    return {
        "home": "/",
        "front": "/world/",
        "day": day[1],
        "story": pictured,
        "corrected": story_corrected(base)[0],
        "topic": topic[1],
        "corrections": "/corrections.html",
        "about": "/about.html",
        "search": "/search?q=ferry",
        "not-found": "/nothing/here.html",
        "gone": gone(base),
        "developing": linked(base, "/world/", "quake"),
        "translated": linked(base, "/wissen/", "heron-2"),
        "foreign-front": "/wissen/",
    }


def linked(base: str, front: str, word: str) -> str:
    """The path of the story that a front links to whose address has that word."""
    found = re.search(rf'href="(/[a-z]+/[a-z0-9-]*{word}[a-z0-9-]*\.html)"', text(base, front))
    assert found, word
    return found[1]


def wait_for(holds: Any) -> None:
    """Wait until the demo has come so far."""
    give_up = time.monotonic() + 240
    while not holds():
        assert time.monotonic() < give_up
        threading.Event().wait(0.3)


def text(base: str, path: str) -> str:
    """The page's HTML, "" while nobody answers or nothing is there."""
    try:
        with urllib.request.urlopen(base + path, timeout=5) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def story_corrected(base: str) -> tuple[str, str]:
    """Path and HTML of the newest story that its agency has corrected."""
    found = re.search(
        r'href="(/[a-z]+/[a-z0-9-]+-[a-z2-7]{12}\.html)"', text(base, "/corrections.html")
    )
    return (found[1], text(base, found[1])) if found else ("", "")


SEEN: set[str] = set()


def gone(base: str) -> str:
    """The path of a story of the demo that was public and is withdrawn now."""
    SEEN.update(re.findall(r'href="(/[a-z]+/[a-z0-9-]+-[a-z2-7]{12}\.html)"', text(base, "/")))
    for path in sorted(SEEN):
        try:
            with urllib.request.urlopen(base + path, timeout=5):
                continue
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 410:
                    return path
    return ""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, once: it takes the thread's event loop for itself."""
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's chromium, without a network of its own."""
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
    yield opened
    opened.close()
