"""Copy as agencies really send it, set in a real browser: what must fit, fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, Route
from tests.press.copy_desk import brief, front, item, press, story, teaser

from wirecopy.briefs import ListBrief, SearchBrief
from wirecopy.model import Block, Dateline, Media, Rendition
from wirecopy.press import Press

pytestmark = pytest.mark.browser

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
SECTIONS = "".join(f'[[sections]]\nkey = "s{n}"\nname = "Section {n}"\n' for n in range(9))
LONG_HEADLINE = "The harbour board says that the ferry will be late " * 4
TABLE = (
    "<table><caption>Crossings by day</caption><thead><tr><th>Day</th><th>Crossings</th>"
    "<th>Passengers</th><th>Minutes late</th><th>Remarks of the harbour master</th></tr></thead>"
    "<tbody><tr><th>Monday</th><td>4</td><td>1,200</td><td>12</td><td>Fog</td></tr></tbody></table>"
)
NESTED = "<ul><li>Boats<ul><li>Large ones</li></ul></li></ul>"
TALL = Media(
    caption="A mast.",
    credit="Corvid News",
    renditions=(
        Rendition(href="https://ledger.example/t.jpg", mime="image/jpeg", width=300, height=1200),
    ),
)


def laid_out(
    browser: Browser, kind: str, *, width: int, locale: str = "en_IN", zoom: int = 100
) -> Page:
    """One page of odd copy, in a window of that width and letters of that size."""
    made = press(locale=locale, extra=SECTIONS)
    files = {f"/{file.path}": file.body for file in made.fixed()}
    files["/"] = pages()[kind](made)

    def answer(route: Route) -> None:
        path = "/" + route.request.url.split("/", 3)[3]
        known = "text/css" if path.endswith(".css") else "text/html"
        route.fulfill(body=files.get(path, b""), content_type=known)

    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.route("**/*", answer)
    page.goto("https://ledger.example/", wait_until="load")
    page.add_style_tag(content=f"html {{ font-size: {zoom}% }}")
    return page


def pages() -> dict[str, Callable[[Press], bytes]]:
    """What makes each page of odd copy."""
    long = tuple(teaser(n, headline=LONG_WORD, standfirst=LONG_WORD) for n in range(14))
    link = Block("p", '<p><a href="https://board.example/">The board</a></p>')
    body = (*item().body, link, Block("table", TABLE), Block("list", NESTED))
    odd = item(
        headline=f"{LONG_WORD} {LONG_HEADLINE}", byline=LONG_WORD, standfirst=LONG_WORD, body=body,
        dateline=Dateline(place=LONG_WORD),
    )  # fmt: skip
    late = datetime(2022, 9, 28, 20, 48, tzinfo=UTC)
    told = brief(
        story(odd, first_published=late, updated=late),
        related=long[1:3],
        older=long[3:9],
        next=long[9],
    )
    return {
        "story": lambda made: made.story(told).body,
        "tall": lambda made: made.story(brief(story(item(media=(TALL,))))).body,
        "front": lambda made: made.lists(front(*long))[0].body,
        "stamp": lambda made: made.lists(front(teaser(1, picture=TALL)))[0].body,
        "short": lambda made: made.search(SearchBrief(query="x")),
        "home": lambda made: made.lists(ListBrief(kind="home", teasers=long))[0].body,
    }


@pytest.mark.parametrize("kind", ["story", "front", "home"])
@pytest.mark.parametrize(("width", "zoom"), [(320, 100), (390, 200), (1280, 100), (1280, 200)])
def test_no_word_is_too_long(browser: Browser, kind: str, width: int, zoom: int) -> None:
    """The longest word fits the narrowest phone, and letters of twice the size their page."""
    page = laid_out(browser, kind, width=width, zoom=zoom)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.parametrize("locale", ["en_IN", "es_ES", "de_DE", "ar_EG", "hi_IN"])
def test_the_hour_keeps_to_its_column(browser: Browser, locale: str) -> None:
    """The longest date of a language stays inside the column of facts."""
    page = laid_out(browser, "story", width=1280, locale=locale)
    inner, outer = (
        page.eval_on_selector(selector, "e => [e.getBoundingClientRect().left, "
                              "e.getBoundingClientRect().right]")
        for selector in (".facts time", ".facts")
    )  # fmt: skip
    assert outer[0] - 0.5 <= inner[0]
    assert inner[1] <= outer[1] + 0.5
    page.context.close()


def test_a_small_tall_picture_keeps_its_shape(browser: Browser) -> None:
    """A picture that is narrower than its place has no bars beside it."""
    page = laid_out(browser, "tall", width=1280)
    wide, high = page.eval_on_selector(
        ".picture img", "e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height]"
    )
    assert wide / high == pytest.approx(300 / 1200, rel=0.02)
    page.context.close()


def test_a_stamp_is_no_lead(browser: Browser) -> None:
    """A small picture of the lead story is shown in its own size, not blown up until it blurs."""
    page = laid_out(browser, "stamp", width=1280)
    fit = page.eval_on_selector(".lead img", "e => getComputedStyle(e).objectFit")
    assert fit == "scale-down"
    page.context.close()


def test_a_list_inside_a_list_is_one(browser: Browser) -> None:
    """An inner list is set in and has marks of its own; Also Read has none."""
    page = laid_out(browser, "story", width=390)
    inner = "e => [getComputedStyle(e).listStyleType, parseFloat(getComputedStyle(e).paddingLeft)]"
    mark, indent = page.eval_on_selector(".body ul ul", inner)
    assert mark != "none"
    assert indent > 10
    assert page.eval_on_selector(".also ul", inner) == ["none", 0]
    page.context.close()


def test_a_long_headline_is_set_smaller(browser: Browser) -> None:
    """A headline of two hundred letters leaves room for the story on the first screen."""
    page = laid_out(browser, "story", width=1280)
    assert page.eval_on_selector("h1", "e => parseFloat(getComputedStyle(e).fontSize)") < 50
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_shows_all_of_a_story(browser: Browser, scheme: str) -> None:
    """In print a wide table is whole, nothing is pale, and no card of bare colour stands there."""
    page = laid_out(browser, "story", width=720)
    page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]  # one of playwright's two words
    table = page.eval_on_selector(".body table", "e => [e.scrollWidth, e.clientWidth]")
    assert table[0] <= table[1] <= 720
    for selector in (".body a", ".sign-off", ".history time"):
        if page.locator(selector).count():
            colour = page.eval_on_selector(selector, "e => getComputedStyle(e).color")
            assert colour in ("rgb(0, 0, 0)", "rgb(51, 51, 51)"), selector
    page.context.close()


def test_the_search_is_in_sight_on_a_phone(browser: Browser) -> None:
    """However many sections there are, the way to the search needs no scrolling."""
    page = laid_out(browser, "home", width=320)
    right = page.eval_on_selector(".masthead .seek a", "e => e.getBoundingClientRect().right")
    assert 0 < right <= 320
    page.context.close()


def test_the_foot_of_a_short_page_is_at_its_foot(browser: Browser) -> None:
    """A page of a few words ends with its foot, not with a strip of bare paper below it."""
    page = laid_out(browser, "short", width=1280)
    assert page.eval_on_selector(".foot", "e => e.getBoundingClientRect().bottom") == 900
    page.context.close()


def test_the_sections_show_where_the_keyboard_is(browser: Browser) -> None:
    """The outline of a section is not cut off by the row it stands in, nor hidden by the search."""
    page = laid_out(browser, "home", width=320)
    last = page.locator(".masthead nav li:not(.seek) a").last
    last.focus()
    assert last.evaluate("e => getComputedStyle(e).outlineOffset") == "-3px"
    right, left = (
        page.eval_on_selector(selector, f"e => e.getBoundingClientRect().{side}")
        for selector, side in (("a:focus", "right"), (".masthead .seek", "left"))
    )
    assert right <= left + 1
    page.context.close()


def test_the_sites_own_words_keep_their_direction(browser: Browser) -> None:
    """English words of the site end with their full stop on the right, on an Arabic page too."""
    made = press(locale="en_IN", extra=ARABIC)
    page = browser.new_context().new_page()
    page.set_content(made.lists(front(teaser(1), section="alam"))[0].body.decode())
    own = page.eval_on_selector(".strap", "e => getComputedStyle(e).direction")
    assert own == "ltr"
    page.context.close()


ARABIC = """
[[sections]]
key = "alam"
name = "العالم"
language = "ar_EG"
"""
