"""Every kind of page in a real browser: what readers see, and what a page must not do."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import PAGES, text

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
    for nameless in ("img:not([alt]), img[alt='']", "img:not([width])", "img:not([height])"):
        assert page.locator(nameless).count() == 0
    named = "all => all.map(a => a.innerText.trim() || a.ariaLabel)"
    assert all(page.eval_on_selector_all("a[href]", named))
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


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_whole_with_scripts_off(
    browser: Browser, base: str, addresses: dict[str, str], kind: str
) -> None:
    """Every kind of page says the same, word for word and link for link, without scripts."""
    path, stood = addresses[kind], None
    while stood != (stood := text(base, path)):  # the demo's wire may change it as we look
        seen = []
        for scripts in (True, False):
            page, _, _ = open_page(browser, base + path, java_script_enabled=scripts)
            links = re.findall(r'<a [^>]*href="([^"]+)"', page.content())
            seen.append((page.inner_text("body"), links))
            page.context.close()
    assert seen[0] == seen[1]
    assert len(seen[0][1]) > 5


def test_the_search_works_with_scripts_off(browser: Browser, base: str) -> None:
    """What is typed into the masthead's form is found, by the browser's own means."""
    page, _, _ = open_page(
        browser, base + "/", java_script_enabled=False, viewport={"width": 1280, "height": 800}
    )
    page.fill("#q", "quake")
    page.press("#q", "Enter")
    page.wait_for_url("**/search?q=quake")
    assert "quake" in page.inner_text("main").lower()
    page.context.close()


def test_what_changed_can_be_opened_with_scripts_off(
    browser: Browser, base: str, addresses: dict[str, str]
) -> None:
    """The word-level differences of a story's history open without a script."""
    page, _, _ = open_page(browser, base + addresses["developing"], java_script_enabled=False)
    details = page.locator("[data-part=history] details").first
    assert not details.locator(".words").is_visible()
    details.locator("summary").click()
    assert details.locator(".words").is_visible()
    page.context.close()


def test_a_story_prints_as_a_story(browser: Browser, base: str, addresses: dict[str, str]) -> None:
    """On paper: headline, facts, text, notice and times; nothing that asks for a click."""
    page, _, _ = open_page(browser, base + addresses["developing"])
    page.emulate_media(media="print")
    for part in ("headline", "byline", "body", "sign-off", "notice", "first-published"):
        assert page.locator(f"[data-part={part}]").is_visible(), part
    for part in ("strap", "breadcrumb", "also-read", "more-from-section", "next-story", "topics"):
        for found in page.locator(f"[data-part={part}]").all():
            assert not found.is_visible(), part
    for away in (".search", ".masthead nav", ".share h2", ".share [rel~=nofollow]", ".skip"):
        assert not page.locator(away).first.is_visible(), away
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_more_contrast_is_given_where_it_is_asked_for(
    browser: Browser, base: str, addresses: dict[str, str], kind: str
) -> None:
    """Who asks for more contrast reads soft text in a colour further from the paper."""
    page, _, _ = open_page(browser, base + addresses[kind])
    told = []
    for contrast in ("no-preference", "more"):
        page.emulate_media(contrast=contrast)
        told.append(
            page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--soft')")
        )
    page.context.close()
    assert told[0]
    assert told[0] != told[1]


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
