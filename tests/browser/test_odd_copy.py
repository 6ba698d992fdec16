"""Copy as agencies really send it, set in a real browser: what must fit, fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, Route
from tests.press.copy_desk import brief, front, item, press, story, teaser

from wirecopy.briefs import Hit, ListBrief, SearchBrief
from wirecopy.model import Block, Dateline, Media, Rendition
from wirecopy.press import Press, paths

pytestmark = pytest.mark.browser

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
SECTIONS = "".join(f'[[sections]]\nkey = "s{n}"\nname = "Section {n}"\n' for n in range(9))
LONG_HEADLINE = "The harbour board says that the ferry will be late " * 4
TABLE = (
    "<table><caption>Crossings by day</caption><thead><tr><th>Day</th><th>Crossings</th>"
    "<th>Passengers</th><th>Minutes late</th><th>Remarks of the harbour master</th></tr></thead>"
    "<tbody><tr><th>Monday</th><td>4</td><td>1,200</td><td>12</td><td>Fog</td></tr></tbody></table>"
)
PRICES = (
    "<table><thead><tr><th>Share</th><th>Open</th><th>High</th><th>Low</th><th>Close</th>"
    "<th>Change</th><th>Per cent</th><th>Volume</th></tr></thead><tbody><tr>"
    "<td>Ellery Docks and Harbours Public Limited</td><td>112.10</td><td>116.55</td>"
    "<td>110.00</td><td>113.25</td><td>-4.15</td><td>-1.4</td><td>5,204,400</td></tr></tbody></table>"
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
    prices, headed = (Block("table", PRICES),), (Block("h2", "<h2>Today</h2>"), *item().body)
    bare = tuple(teaser(n, picture=TALL if n == 1 else None, urgency=3 + n) for n in range(14))
    found = SearchBrief(query="x", hits=tuple(Hit(teaser=teaser(n)) for n in range(3)), total=3)
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
        "found": lambda made: made.search(found),
        "about": lambda made: next(f.body for f in made.fixed() if f.path == paths.ABOUT),
        "prices": lambda made: made.story(brief(story(item(body=prices)))).body,
        "headed": lambda made: made.story(brief(story(item(body=headed)))).body,
        "brief": lambda made: made.story(brief(story(item(body=item().body[:2])))).body,
        "bare-home": lambda made: made.lists(ListBrief(kind="home", teasers=bare))[0].body,
        "few-home": lambda made: made.lists(ListBrief(kind="home", teasers=bare[2:6]))[0].body,
        "few-pictured": lambda made: made.lists(ListBrief(kind="home", teasers=bare[1:5]))[0].body,
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


SMALL = """() => [...document.querySelectorAll("a, button, summary, input, select")]
  .filter(e => !e.closest(".skip, .body > p, .text > p, .body li, .nameplate, h1"))
  .filter(e => getComputedStyle(e, "::after").position != "absolute")
  .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
  .filter(([_, box]) => box.width && box.height < 24)
  .map(([text, box]) => `${text}: ${box.height}`)"""


@pytest.mark.parametrize("kind", ["story", "front", "home", "found", "about"])
@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_tapped_is_large_enough(browser: Browser, kind: str, width: int) -> None:
    """Every link that stands alone is 24 pixels high (WCAG 2.2, 2.5.8), of one line too."""
    page = laid_out(browser, kind, width=width)
    assert page.evaluate(SMALL) == []
    page.context.close()


@pytest.mark.parametrize("width", [768, 1280])
def test_a_table_of_prices_fits(browser: Browser, width: int) -> None:
    """Eight columns of figures need no scrolling on a desk, nor are names set a word a line."""
    page = laid_out(browser, "prices", width=width)
    inner, outer = page.eval_on_selector(".body table", "e => [e.scrollWidth, e.clientWidth]")
    assert inner <= outer
    name = "e => e.getBoundingClientRect().width"
    assert page.eval_on_selector(".body tbody td", name) > 120
    page.context.close()


def test_a_text_that_begins_with_a_heading_begins_at_once(browser: Browser) -> None:
    """A heading keeps its distance from what stands above it, and not from nothing."""
    page = laid_out(browser, "headed", width=390)
    gap = "e => e.getBoundingClientRect().top - e.parentElement.getBoundingClientRect().top"
    assert page.eval_on_selector(".body > h2", gap) == 0
    page.context.close()


def test_a_lead_without_a_picture_leaves_no_hole(browser: Browser) -> None:
    """Below a lead of a few lines stand the seconds, across the whole width that is its own."""
    page = laid_out(browser, "bare-home", width=1280)
    lead, seconds, latest = (
        page.eval_on_selector(f".top > {place}", "e => e.getBoundingClientRect().toJSON()")
        for place in (".lead", ".seconds", ".latest")
    )
    assert seconds["top"] - lead["bottom"] < 60
    assert seconds["width"] == lead["width"]
    assert latest["top"] == lead["top"]
    page.context.close()


def test_three_stories_leave_no_hole_beside_the_last(browser: Browser) -> None:
    """In two columns the third of three stories has a row of its own."""
    page = laid_out(browser, "front", width=768)
    widths = page.eval_on_selector_all(
        ".seconds > .teaser", "all => all.map(e => Math.round(e.getBoundingClientRect().width))"
    )
    assert len(widths) == 3
    assert widths[2] > 2 * widths[0]
    page.context.close()


def test_forced_colours_show_where_one_is(browser: Browser) -> None:
    """Without our colours the section one is in is still the one that is marked."""
    page = laid_out(browser, "front", width=1280)
    page.emulate_media(forced_colors="active")
    colours = page.eval_on_selector_all(
        ".masthead nav li:not(.seek) a",
        "all => all.map(e => [!!e.ariaCurrent, getComputedStyle(e).borderBottomColor])",
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert {colour for here, colour in colours if not here} == {ground}
    assert {colour for here, colour in colours if here} != {ground}
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


def sheets(page: Page) -> int:
    """How many sheets of paper a page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


def test_a_short_story_is_one_sheet(browser: Browser) -> None:
    """No sheet is printed for the foot alone, and a few lines are not set in two columns."""
    page = laid_out(browser, "tall", width=1280)
    assert sheets(page) == 1
    page = laid_out(browser, "brief", width=1280)
    page.emulate_media(media="print")
    assert page.eval_on_selector(".body", "e => getComputedStyle(e).columnCount") == "auto"
    page.context.close()


def test_paper_says_where_the_story_stands(browser: Browser) -> None:
    """The story's address is printed, the links to networks are not."""
    page = laid_out(browser, "story", width=720)
    page.emulate_media(media="print")
    bookmark = page.locator("[rel=bookmark]")
    said = bookmark.evaluate("e => getComputedStyle(e, '::after').content")
    assert bookmark.is_visible()
    assert "attr" in said or "https://ledger.example/world/" in said
    for other in page.locator(".share a:not([rel=bookmark])").all():
        assert not other.is_visible()
    page.context.close()


@pytest.mark.parametrize("kind", ["home", "front"])
def test_a_printed_list_is_words(browser: Browser, kind: str) -> None:
    """On paper a list has no grid, whose cells a sheet's end tears, and one picture at most."""
    page = laid_out(browser, kind, width=720)
    page.emulate_media(media="print")
    places = page.eval_on_selector_all(
        ".top, .seconds, .cells, .river, .teaser",
        "all => all.map(e => getComputedStyle(e).display)",
    )
    assert set(places) == {"block"}
    assert sum(image.is_visible() for image in page.locator("main img").all()) <= 1
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


@pytest.mark.parametrize("kind", ["few-home", "few-pictured"])
@pytest.mark.parametrize("width", [1100, 1600])
def test_a_home_of_few_stories_is_not_squeezed(browser: Browser, kind: str, width: int) -> None:
    """A newsroom's first stories share the width; nothing keeps room for a list of the latest."""
    page = laid_out(browser, kind, width=width)
    assert page.locator(".latest").count() == 0
    wide = page.eval_on_selector_all(
        ".top .teaser", "all => all.map(e => e.getBoundingClientRect().width)"
    )
    assert len(wide) == 4
    assert min(wide) > 250
    used = page.eval_on_selector_all(
        ".top .teaser", "all => Math.max(...all.map(e => e.getBoundingClientRect().right))"
    )
    assert used > page.eval_on_selector(".top", "e => e.getBoundingClientRect().right") - 2
    page.context.close()
