"""A site made of nothing but hostile copy, in a real browser, with its policy and without.

The policy (CSP) would stop most of what a sanitiser lets through. So every page is opened twice:
as the built-in server sends it, and without the policy, where the sanitiser stands alone.
"""

from __future__ import annotations

import http.server
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec
import pytest
from playwright.sync_api import BrowserContext, Page, Playwright
from tests.browser.conftest import CHROMIUM, QUIET
from tests.hostile.dressing import dressed, wires
from tests.hostile.series import deliveries
from tests.hostile.vectors import ALL
from tests.loopback import serving
from tests.newsdesk import CONFIG, Desk

from wirecopy.config import Pictures
from wirecopy.newsroom.static import Static

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

POLICY = "content-security-policy"
WATCH = """
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = () => { window.ran = name; };
document.addEventListener("securitypolicyviolation", e => {
  if (e.effectiveDirective.startsWith("script") || e.effectiveDirective.startsWith("frame"))
    window.ran = e.effectiveDirective + " " + e.blockedURI;
});
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A baked site of every vector in every field, in every format."""
    folder = tmp_path_factory.mktemp("hostile")
    config = msgspec.structs.replace(CONFIG, pictures=Pictures(keep="own"))
    with Desk(config) as desk:
        outcomes = desk.take(*deliveries())
        desk.take(*(dressed(path, 1) for path in wires()), source="quaymark")
        desk.take(*(dressed(path, 2, raw=True) for path in wires()), source="quaymark")
        assert outcomes.count("published") > 1.8 * len(ALL)
        shutil.copytree(desk.newsroom.site_path, folder / "site")
    return folder / "site"


@contextmanager
def served(site: Path, *, policy: bool) -> Iterator[str]:
    """The site as the built-in server answers, with its policy or without."""
    static = Static(site)

    class Door(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = static.answer("GET", unquote(urlsplit(self.path).path), {})
            self.send_response(answer.status)
            for name, value in answer.headers:
                if policy or name.lower() != POLICY:
                    self.send_header(name, value)
            self.end_headers()
            leaf = answer.leaf
            self.wfile.write(Path(leaf.file).read_bytes() if leaf else answer.body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with serving(Door) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def context(playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser that knows nobody but this machine, with eyes for whatever runs."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
    context = chromium.new_context()
    context.add_init_script(WATCH)
    yield context
    chromium.close()


class Eyes:
    """What a page tried to do that a page of news has no business with."""

    def __init__(self, page: Page, base: str) -> None:
        self.seen: list[str] = []
        page.on(
            "dialog",
            lambda dialog: (self.seen.append(f"dialog {dialog.message}"), dialog.dismiss()),
        )
        page.on("request", lambda asked: self._asked(asked.url, base))
        page.on("popup", lambda popup: self.seen.append(f"popup {popup.url}"))
        page.on("download", lambda download: self.seen.append(f"download {download.url}"))
        page.on("framenavigated", lambda frame: self._went(frame.url, base))
        page.on("worker", lambda worker: self.seen.append(f"worker {worker.url}"))
        page.on("pageerror", lambda error: self.seen.append(f"script error {error}"))

    def _asked(self, url: str, base: str) -> None:
        if not url.startswith(f"{base}/"):
            self.seen.append(f"asked for {url[:200]}")

    def _went(self, url: str, base: str) -> None:
        if not url.startswith((f"{base}/", "about:blank")):
            self.seen.append(f"went to {url[:200]}")

    def look(self, page: Page, url: str) -> list[str]:
        """What happened while the page was opened, touched and left alone for a moment."""
        self.seen.clear()
        page.goto(url, wait_until="load")
        ran = page.evaluate(
            """() => {
              for (const each of document.querySelectorAll("main *")) {
                each.dispatchEvent(new Event("mouseover", {bubbles: true}));
                each.dispatchEvent(new Event("focus"));
              }
              for (const each of document.querySelectorAll("details")) each.open = true;
              const bad = [...document.querySelectorAll("*")].flatMap(e => [...e.attributes].filter(
                a => a.name.startsWith("on") || a.name === "style" || a.name === "srcdoc" ||
                  /^[\\s\\0-\\x20]*(javascript|vbscript|data):/i.test(a.value) &&
                  ["href", "src", "action", "formaction"].includes(a.name)
              ).map(a => `${e.tagName} ${a.name}=${a.value}`));
              const odd = [...document.querySelectorAll(
                "script:not([type='application/ld+json']),iframe,object,embed,svg,math,base," +
                "template,main form,main input,main style,main meta,main link"
              )].map(e => e.outerHTML.slice(0, 99));
              return [window.ran, ...bad, ...odd].filter(Boolean).map(String);
            }"""
        )
        return [*self.seen, *ran]


def pages_of(site: Path) -> list[str]:
    """The path of every page."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.mark.parametrize("policy", [True, False], ids=["with-policy", "without-policy"])
def test_no_page_of_hostile_copy_does_anything(
    context: BrowserContext, site: Path, *, policy: bool
) -> None:
    """On any page nothing runs, opens, leaves or asks for anything, even without CSP.

    Every second page is opened, and with the policy, which can only forbid more, every eighth;
    `tests/hostile` has read all of them by then.
    """
    pages = pages_of(site)
    assert len(pages) > 2 * len(ALL)
    pages = pages[1::8] if policy else pages[::2]
    found: list[str] = []
    with served(site, policy=policy) as base:
        page = context.new_page()
        eyes = Eyes(page, base)
        for path in pages:
            found += [f"{path}: {what}" for what in eyes.look(page, f"{base}/{path}")]
    assert found == []


@pytest.mark.parametrize("policy", [True, False], ids=["with-policy", "without-policy"])
def test_feeds_and_files_do_nothing_either(
    context: BrowserContext, site: Path, *, policy: bool
) -> None:
    """A feed, map or JSON file that is opened as a page runs nothing and asks nobody."""
    files = sorted(
        p.relative_to(site).as_posix() for p in site.rglob("*") if p.suffix in (".xml", ".json")
    )
    chosen = files[:: max(1, len(files) // 60)]
    found: list[str] = []
    with served(site, policy=policy) as base:
        page = context.new_page()
        eyes = Eyes(page, base)
        for path in chosen:
            eyes.seen.clear()
            page.goto(f"{base}/{path}", wait_until="load")
            ran = page.evaluate("() => window.ran")
            found += [f"{path}: {what}" for what in [*eyes.seen, *([ran] if ran else [])]]
    assert found == []


def test_these_eyes_see(context: BrowserContext, tmp_path: Path) -> None:
    """Without a sanitiser, without a policy, a good part of the vectors is seen to do something."""
    some = ALL[::4]
    for number, vector in enumerate(some):
        text = f"<!doctype html><meta charset=utf-8><main>{vector}</main>"
        (tmp_path / f"{number}.html").write_text(text, "utf-8", "surrogatepass")
    caught = 0
    with served(tmp_path, policy=False) as base:
        for number in range(len(some)):
            page = context.new_page()
            page.route("https://**", lambda route: route.abort())
            eyes = Eyes(page, base)
            try:
                caught += bool(eyes.look(page, f"{base}/{number}.html"))
            except Exception as error:  # noqa: BLE001 - a page that left in mid-air was caught too
                caught += bool(str(error))
            page.close()
    assert caught > 0.6 * len(some)
