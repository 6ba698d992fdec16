"""Every kind of page before the judges: the validator, the accessibility engine, the scales."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import CHROMIUM, NOWHERE, PAGES
from tests.browser.test_pages import open_page

pytestmark = pytest.mark.browser

MODULES = Path(__file__).resolve().parents[2] / ".venv" / "npm" / "node_modules"
"""Where `make browser` puts what package.json names."""
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
AXE = MODULES / "axe-core" / "axe.min.js"
JAVA = shutil.which("java")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def body_of(url: str) -> bytes:
    """The page's bytes, whatever its status."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return bytes(error.read())


def test_the_validator_finds_no_error(base: str, addresses: dict[str, str], tmp_path: Path) -> None:
    """The Nu HTML checker has nothing to say of any kind of page, nor of the stylesheet."""
    if not VNU.is_file() or JAVA is None:
        pytest.skip("vnu-jar or Java is not installed; `make browser` fetches the first")
    for kind in PAGES:
        (tmp_path / f"{kind}.html").write_bytes(body_of(base + addresses[kind]))
    css = re.search(r'href="(/assets/[^"]+\.css)"', (tmp_path / "home.html").read_text("utf-8"))
    assert css
    (tmp_path / "site.css").write_bytes(body_of(base + css[1]))
    done = subprocess.run(
        [JAVA, "-jar", str(VNU), "--format", "gnu", "--also-check-css", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.strip() == ""


def test_the_validator_would_find_one(tmp_path: Path) -> None:
    """A page with a fault is not passed: the test above means something."""
    if not VNU.is_file() or JAVA is None:
        pytest.skip("vnu-jar or Java is not installed; `make browser` fetches the first")
    (tmp_path / "bad.html").write_text("<!doctype html><title>x</title><p><div></p>", "utf-8")
    done = subprocess.run(
        [JAVA, "-jar", str(VNU), "--format", "gnu", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "error" in done.stderr


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1600, "light")])
def test_nothing_bars_anybody(
    browser: Browser, base: str, addresses: dict[str, str], kind: str, width: int, scheme: str
) -> None:
    """axe-core finds no violation of WCAG 2.2 A and AA, nor of its best practices."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; `make browser` fetches it")
    page, _, _ = open_page(
        browser,
        base + addresses[kind],
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS
    )
    told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
    page.context.close()
    assert told == []


def test_a_page_is_light(base: str, addresses: dict[str, str]) -> None:
    """A story under 15 KB, the one stylesheet under 12 KB, compressed; no script at all."""
    for kind in ("story", "corrected", "developing", "translated"):
        body = body_of(base + addresses[kind])
        assert len(gzip.compress(body)) < 15_000
        sheets = re.findall(rb'<link rel="stylesheet" href="([^"]+)"', body)
        assert len(sheets) == 1
        assert len(gzip.compress(body_of(base + sheets[0].decode()))) < 12_000
        assert set(re.findall(rb"<script([^>]*)>", body)) == {b' type="application/ld+json"'}


FOCUSABLE = "a[href], input:not([type=hidden]), select, button, summary"
NUMBERED = f"""() => [...document.querySelectorAll('{FOCUSABLE}')]
    .filter(e => e.checkVisibility({{visibilityProperty: true}}))
    .map((e, place) => e.dataset.place = place).length"""
"""How many things of a page can be used; each knows its place among them from then on."""
FOCUSED = """() => {
    const at = document.activeElement;
    return [Number(at.dataset.place ?? -1), getComputedStyle(at).outlineStyle];
}"""


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_goes_the_way_of_the_text(
    browser: Browser, base: str, addresses: dict[str, str], kind: str, width: int
) -> None:
    """Tab leads to everything that can be used, in the page's order, and shows where it is."""
    page, _, _ = open_page(
        browser, base + addresses[kind], viewport={"width": width, "height": 900}
    )
    count = page.evaluate(NUMBERED)
    places: list[int] = []
    outlines = set()
    while len(places) < count:
        page.keyboard.press("Tab")
        place, outline = page.evaluate(FOCUSED)
        outlines.add(outline)
        if places[-1:] != [place]:  # a date has several fields
            places.append(place)
    page.context.close()
    assert count > 5
    assert places == list(range(count))
    assert "none" not in outlines


@pytest.mark.parametrize("kind", PAGES)
def test_high_contrast_and_still_pictures(
    browser: Browser, base: str, addresses: dict[str, str], kind: str
) -> None:
    """Who asks for forced colours and no motion gets a page that fits and does not move."""
    page, _, _ = open_page(
        browser,
        base + addresses[kind],
        viewport={"width": 360, "height": 800},
        forced_colors="active",
        reduced_motion="reduce",
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.getAnimations().length") == 0
    page.context.close()


LIGHTHOUSE = MODULES / ".bin" / "lighthouse"
KNOWN = {"robots-txt"}
"""Audits that fail for a reason that docs/decisions tells."""


@pytest.mark.parametrize("kind", ["home", "front", "story"])
def test_lighthouse_has_nothing_to_say(
    base: str, addresses: dict[str, str], kind: str, tmp_path: Path
) -> None:
    """Accessibility, best practices and SEO are passed whole but for what a decision explains.

    Performance is the bench's: it is measured beside peers and not while other work is done.
    """
    if not LIGHTHOUSE.exists() or CHROMIUM is None:
        pytest.skip("Lighthouse or chromium is not installed; `make browser` fetches the first")
    told = tmp_path / "told.json"
    subprocess.run(
        [str(LIGHTHOUSE), base + addresses[kind], "--quiet", "--output=json",
         f"--output-path={told}", "--only-categories=accessibility,best-practices,seo",
         ("--chrome-flags=--headless --no-sandbox --disable-gpu "
         f"--host-resolver-rules='{NOWHERE}'")],
        check=True, capture_output=True, env=os.environ | {"CHROME_PATH": CHROMIUM},
    )  # fmt: skip
    report = json.loads(told.read_text("utf-8"))
    weighed = [
        report["audits"][ref["id"]]
        for one in report["categories"].values()
        for ref in one["auditRefs"]
        if ref["weight"]
    ]
    failed = {one["id"] for one in weighed if one["score"] is not None and one["score"] < 1}
    assert failed <= KNOWN
