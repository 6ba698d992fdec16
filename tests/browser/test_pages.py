"""Every kind of page in a real browser: what readers see, and what a page must not do."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import PAGES

pytestmark = pytest.mark.browser


def open_page(browser: Browser, url: str, **how: Any) -> tuple[Page, list[str], list[str]]:
    """The page, what the console complained of, and every address that was asked for."""
    context = browser.new_context(**how)
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url, wait_until="load")
    return page, complaints, asked


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_page_fits_and_keeps_to_itself(
    browser: Browser, base: str, addresses: dict[str, str], kind: str, width: int, scheme: str
) -> None:
    """No sideways scrolling, nothing asked of anybody else, nothing for the console to say."""
    page, complaints, asked = open_page(
        browser,
        base + addresses[kind],
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(base)] == []
    expected = {"not-found": "404", "gone": "410"}.get(kind)
    assert [said for said in complaints if not (expected and expected in said)] == []
    page.context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_well_built(
    browser: Browser, base: str, addresses: dict[str, str], kind: str
) -> None:
    """One h1, headings in order, a language, landmarks, named pictures and links; no script."""
    page, _, _ = open_page(browser, base + addresses[kind])
    assert page.locator("h1").count() == 1
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(h => Number(h.tagName[1]))")
    steps = [after - before for before, after in pairwise(levels)]
    assert max(steps, default=0) <= 1, levels
    assert page.locator("html").get_attribute("lang")
    assert page.locator("main").count() == 1
    assert page.locator("script:not([type='application/ld+json'])").count() == 0
    assert page.locator("[style]").count() == 0
    for picture in page.locator("img").all():
        assert picture.get_attribute("alt")
        assert picture.get_attribute("width")
        assert picture.get_attribute("height")
    for link in page.locator("a[href]").all():
        assert link.inner_text().strip() or link.get_attribute("aria-label")
    page.context.close()


def test_a_story_reads_the_same_without_style_and_script(
    browser: Browser, base: str, addresses: dict[str, str]
) -> None:
    """The parts stand in the order of the page, and the page is whole with scripts off."""
    page, _, _ = open_page(browser, base + addresses["story"], java_script_enabled=False)
    parts = re.findall(r'data-part="([a-z-]+)"', page.content())
    order = ["strap", "headline", "standfirst", "picture", "byline", "reading-time", "updated",
             "body", "sign-off", "notice", "topics", "first-published"]  # fmt: skip
    found = [part for part in parts if part in order]
    assert [part for part in order if part in found] == sorted(set(found), key=order.index)
    assert "headline" in found
    assert "notice" in found
    page.context.close()


def test_the_first_tab_leads_past_the_navigation(
    browser: Browser, base: str, addresses: dict[str, str]
) -> None:
    """Keyboard readers reach the text at once."""
    page, _, _ = open_page(browser, base + addresses["story"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    page.context.close()


def test_a_killed_story_says_only_that_it_is_gone(
    browser: Browser, base: str, addresses: dict[str, str]
) -> None:
    """410, no word of the headline, not to be indexed."""
    page, _, _ = open_page(browser, base + addresses["gone"])
    slug = addresses["gone"].rsplit("/", 1)[1].rsplit("-", 1)[0]
    words = [word for word in slug.split("-") if len(word) > 5]
    shown = page.inner_text("main").lower()
    assert words
    assert not [word for word in words if word in shown]
    assert "noindex" in page.content()
    page.context.close()
