"""Every kind of page as it looks: phone and desk, day and night, both directions of writing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser
from tests.browser.looks import difference, same, side_by_side, small
from tests.press.copy_desk import ASSET_FILES, FILES, brief, front, item, settings, story, teaser

from wirecopy.briefs import CoverageBrief, Filters, Hit, ListBrief, SearchBrief
from wirecopy.model import Topic
from wirecopy.press import Press

pytestmark = pytest.mark.browser

LOOKS = Path(__file__).parent / "looks"
SHEETS = Path(__file__).resolve().parents[2] / "build" / "looks"
NOW = "2026-03-05T12:00:00Z"
KINDS = (
    "home", "front", "day", "topic", "story", "bare-story", "corrections", "about", "missing",
    "gone", "coverage", "english-search", "arabic-story", "arabic-front",
    "arabic-topic", "arabic-coverage", "arabic-search", "arabic-nothing", "hindi-story",
)  # fmt: skip
SCREENS = {"phone": (360, 900), "desk": (1600, 1200)}
ARABIC = (
    "عادت العبارة إلى العمل يوم الاثنين بعد تسعة أسابيع من العواصف.",
    "وأزالت سفينتان أربعين ألف طن من الحصى من المضيق.",
    "وقال مدير الميناء إن ست رحلات ستنطلق كل يوم.",
    "ويصوت المجلس الأسبوع المقبل على حاجز أمواج ثان.",
    "ورحب التجار بالموعد.",
)
ENGLISH = (
    "Ferry Osmere sails again on Monday after nine weeks of storms.",
    "Two dredgers took forty thousand tonnes of gravel out of the strait.",
    "Traders welcomed the date.",
)
HINDI = ("नौ हफ़्ते के तूफ़ान के बाद सोमवार से फ़ेरी फिर चलेगी।", "हर दिन छह फेरे लगेंगे।")


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing of what it serves."""

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The demo's day as it ends, beside pages in Arabic and Hindi: address, and paths by kind."""
    root = tmp_path_factory.mktemp("looks")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root / "site")))
    port = server.server_address[1]
    done = subprocess.run(
        [sys.executable, "-m", "wirecopy", "demo", "--port", str(port), "--once",
         str(root / "site")],
        env=os.environ | {"WIRECOPY_NOW": NOW}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    paths = kinds(root / "site") | foreign(root / "site")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{port}", paths
    server.shutdown()
    thread.join()
    server.server_close()


def kinds(root: Path) -> dict[str, str]:
    """The path of one page of each kind of the demo."""
    pages = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.html"))
    days = [path for path in pages if re.fullmatch(r"world/\d+/\d+/\d+/index\.html", path)]
    told = [path for path in pages if re.search(r"-[a-z2-7]{12}\.html$", path)]
    dam = next(path for path in told if "inspectors-find-seepage" in path)
    bare = [path for path in told if 'class="plate"' in (root / path).read_text("utf-8")]
    return {
        "home": "index.html",
        "front": "environment/index.html",
        "day": days[0],
        "topic": "topics/brannick-dam.html",
        "story": dam,
        "bare-story": bare[0] if bare else told[0],
        "corrections": "corrections.html",
        "about": "about.html",
        "missing": "404.html",
        "coverage": next(path for path in pages if path.startswith("coverage/")),
        "gone": next(path for path in pages if path.startswith("gone/")),
    }


def foreign(root: Path) -> dict[str, str]:
    """Pages in Arabic and Hindi, on sites of their languages, and results of searches."""
    found = {}
    for locale, name, lines in (
        ("ar_EG", "arabic", ARABIC),
        ("hi_IN", "hindi", HINDI),
        ("en_IN", "english", ENGLISH),
    ):
        press = Press(settings(locale=locale), FILES, ASSET_FILES)
        pages = foreign_pages(press, locale[:2], lines)
        for kind, body in pages.items():
            found[f"{name}-{kind}"] = path = f"{name}-{kind}.html"
            (root / path).write_bytes(body)
        for file in press.fixed():
            if file.path.startswith("assets/"):
                (root / file.path).write_bytes(file.body)
    return found


def foreign_pages(press: Press, language: str, lines: tuple[str, ...]) -> dict[str, bytes]:
    """One page of each kind whose look depends on the direction of writing."""
    copy = item(
        headline=lines[0][:40], standfirst=lines[-1], media=(), language=language, byline="",
        body=tuple(type(item().body[0])("p", f"<p>{line}</p>") for line in lines),
    )  # fmt: skip
    teasers = tuple(
        teaser(n, headline=lines[n % len(lines)], standfirst=lines[-1], language=language)
        for n in range(9)
    )
    name = " ".join(lines[0].split()[:2])
    topic = ListBrief(kind="topic", topic=Topic(slug="t", name=name), teasers=teasers)
    event = CoverageBrief(event="e", slug="s", name=name, developing=True, teasers=teasers[:5])
    hits = tuple(Hit(teaser=each, snippet=f"…{lines[1]}…") for each in teasers[:6])
    asked = SearchBrief(
        query=name,
        hits=hits,
        total=1000,
        at_least=True,
        page=2,
        more=True,
        filters=Filters(agency="Northwire", topic="t", since="2026-01-02", until="2026-03-05"),
        topic_name=name,
    )
    nothing = SearchBrief(query=name[1:], suggestion=name)
    return {
        "story": press.story(brief(story(copy))).body,
        "front": press.lists(front(*teasers))[0].body,
        "topic": press.lists(topic)[0].body,
        "coverage": press.coverage(event).body,
        "search": press.search(asked),
        "nothing": press.search(nothing),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_looks_as_it_did(
    browser: Browser, site: tuple[str, dict[str, str]], kind: str
) -> None:
    """The look is the one that somebody looked at; build/looks/ shows what differs.

    Letters of the two fonts of the theme are the same everywhere; those of other scripts are the
    machine's own, so such a page is compared by its shape alone, with the same tolerance.
    """
    base, paths = site
    changed = []
    for screen, size in SCREENS.items():
        for scheme, screenshot in shots(browser, f"{base}/{paths[kind]}", size):
            look = small(screenshot)
            name = f"{kind}-{screen}-{scheme}.png"
            changed += [told] if (told := compared(LOOKS / name, look)) else []
    assert changed == []


SHOWN = """async () => {
  await document.fonts.ready;
  await Promise.all([...document.images]
    .filter(image => image.getBoundingClientRect().top < innerHeight)
    .map(image => image.decode().catch(() => {})));
}"""
"""Done once letters and pictures of the first screen are there, a broken one too."""


def shots(browser: Browser, url: str, size: tuple[int, int]) -> Iterator[tuple[str, bytes]]:
    """The first screen of a page by day and by night, with all its pictures there."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(url, wait_until="load")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of playwright's two words
        page.evaluate(SHOWN)
        yield scheme, page.screenshot(animations="disabled")
    context.close()


def compared(golden: Path, look: Image.Image) -> str:
    """How a look differs from the golden one, "" where it does not; goldens are written anew."""
    old = None
    if golden.is_file():
        with Image.open(golden) as image:
            old = image.convert("L")
    if os.environ.get("WIRECOPY_GOLDENS"):
        if old is None or not same(old, look):
            golden.parent.mkdir(exist_ok=True)
            look.quantize(16).save(golden, optimize=True)
            print(f"{golden.name}: {'new' if old is None else told(old, look)}")  # noqa: T201 - for who runs `make goldens`
        return ""
    if old is None:
        return f"{golden.name} has no golden look: run `make goldens` and look at it"
    return "" if same(old, look) else f"{golden.name}: {told(old, look)}"


def told(old: Image.Image, new: Image.Image) -> str:
    """The difference in figures, and where to see it."""
    return told_of(old, new, SHEETS)


def told_of(old: Image.Image, new: Image.Image, folder: Path) -> str:
    """The difference in figures; a sheet with both looks is written into `folder`."""
    mean, block = difference(old, new)
    sheet = folder / f"{abs(hash((old.tobytes(), new.tobytes()))):x}.png"
    side_by_side(old, new, sheet)
    return f"differs by {mean:.1f} in the mean and {block:.1f} in the worst block; see {sheet}"


def test_a_look_that_changed_is_seen(tmp_path: Path) -> None:
    """A missing picture is a difference, a shade of the letters is none."""
    one = Image.new("L", (90, 225), 250)
    one.paste(80, (10, 20, 80, 80))
    without = Image.new("L", (90, 225), 250)
    assert not same(one, without)
    assert same(one, one.point([min(255, level + 3) for level in range(256)]))
    assert "differs by" in told_of(one, without, tmp_path)
    assert list(tmp_path.glob("*.png"))
