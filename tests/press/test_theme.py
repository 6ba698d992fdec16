"""Themes: what a newsroom may lay over ours, and how a broken file is refused."""

import gzip
import re
from pathlib import Path

import pytest
from tests.press.copy_desk import ASSET_FILES, FILES, brief, press, settings

from wirecopy import config
from wirecopy.errors import ThemeError
from wirecopy.press import ASSETS, TEMPLATES, Press, view
from wirecopy.press.contract import PAGES, PARTS, fields, render_reference
from wirecopy.press.proof import lists
from wirecopy.press.theme import PAGES as PAGE_NAMES
from wirecopy.press.theme import fingerprinted
from wirecopy.press.view import Site

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference/templates.md"


def made_with(**files: str) -> Press:
    """A press whose theme has these files laid over ours."""
    overlaid = {name.replace("_html", ".html"): text for name, text in files.items()}
    return Press(settings(), FILES | overlaid, ASSET_FILES)


def test_a_newsroom_lays_its_template_over_ours() -> None:
    """A template of the same name takes the place of ours."""
    ours = made_with(story_html="<p>{{ page.headline }} / {{ site.name }}</p>")
    body = ours.story(brief()).body.decode()
    assert body == "<p>Merrow ferry to sail again on Monday / The Harbour Ledger</p>"


def test_lists_show_teasers_as_the_newsroom_sets_them() -> None:
    """What is remembered of a teaser is the newsroom's own, and each way to show it apart."""
    own = FILES["teasers.html"].replace(
        '<article class="teaser', '<article data-l="{{ level }}" class="'
    )
    for ours in (made_with(teasers_html=own), press()):
        once, again = (ours.lists(lists("world")[0])[0].body for _ in range(2))
        assert once == again
    levels = re.findall(
        rb'data-l="(\d)"', made_with(teasers_html=own).lists(lists("world")[0])[0].body
    )
    assert {b"2", b"3"} <= set(levels)


def test_own_assets_are_fingerprinted_and_named() -> None:
    """A template reaches any asset by its name, whatever its address has become."""
    assets = ASSET_FILES | {"logo.png": b"png"}
    ours = Press(settings(), FILES | {"story.html": "{{ site.assets['logo.png'] }}"}, assets)
    address = ours.story(brief()).body.decode()
    assert re.fullmatch(r"/assets/logo-[0-9a-f]{10}\.png", address)
    assert address[1:] in {file.path for file in ours.fixed()}


BROKEN = {
    "{{ page.headline }}\n{{ page.headlin }}": ("line 2", "page.headlin"),
    "{% for x in page.topics %}\n\n{{ x.nme }}{% endfor %}": ("line 3", "x.nme"),
    "{% if page.headline %}": ("line 1", "story.html"),
    "{{ page.headline|nosuch }}": ("line 1", "nosuch"),
    "{% extends 'nosuch.html' %}": ("nosuch.html", "story.html"),
}


@pytest.mark.parametrize("source", BROKEN)
def test_a_broken_template_is_refused_at_once(source: str) -> None:
    """A mistake in a theme is found when the press is set up; it names file, line, variable."""
    with pytest.raises(ThemeError) as caught:
        made_with(story_html=source)
    for word in ("story.html", *BROKEN[source]):
        assert word in str(caught.value)


def test_a_mistake_in_a_file_of_ones_own_names_that_file() -> None:
    """A template that another one includes is named itself, however deep it lies."""
    files = {"story_html": "{% include 'one.html' %}", "one_html": "\n{% include 'two.html' %}"}
    with pytest.raises(ThemeError, match=r"Template two\.html, line 3: `page\.headlin` is undefi"):
        made_with(**files, two_html="\n\n{{ page.headlin }}")


ENDLESS = {
    "{% include 'story.html' %}": "recursion limit",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "recursion limit",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}": "no end",
}


@pytest.mark.parametrize("source", ENDLESS)
def test_a_template_without_an_end_is_refused(source: str) -> None:
    """A theme cannot keep the newsroom from its start by going round in circles."""
    with pytest.raises(ThemeError, match=ENDLESS[source]):
        made_with(story_html=source)


def test_a_mistake_in_a_shared_file_names_that_file() -> None:
    """An error inside a macro names the file the macro stands in."""
    broken = FILES["teasers.html"].replace("teaser.standfirst }}", "teaser.standfrist }}")
    with pytest.raises(ThemeError, match=r"teasers\.html, line \d+: `teaser\.standfrist`"):
        made_with(teasers_html=broken)


MANY_TONGUES = """
[site]
name = "The Harbour Ledger"
url = "https://ledger.example"
locale = "en_GB"
tagline = "Tides and news"
description = "News of the strait."
contact = "mailto:desk@ledger.example"
[site.strap]
text = "The morning letter."
url = "https://ledger.example/letter"
[site.publisher]
ethics = "https://ledger.example/ethics"
grievance = "Write to the grievance officer."
[site.files]
mining_policy = "https://ledger.example/mining"
[[sections]]
key = "world"
name = "World"
[[sections]]
key = "dunya"
name = "दुनिया"
language = "hi_IN"
translation_of = "world"
[[sections]]
key = "sport"
name = "Sport"
[[sources]]
name = "corvid"
agency = "Corvid News"
section = "world"
"""
ELSEWHERE = {
    ("base.html", "{% else %}"): "a strap that leads nowhere: fixed by the settings",
    ("404.html", "{% if page.at %}"): "a missing page has no date",
    ("410.html", "{% if page.at %}"): "nor has the page for all that are gone",
    ("410.html", "{% if page.text %}"): "nor has that a text",
}
"""Branches that no page of this newsroom will ever take."""


def branches() -> list[tuple[str, str, str]]:
    """(template, its branch's tag, the template with a mistyped variable in that branch)."""
    return [
        (name, found[0], f"{text[: found.end()]}{{{{ words.mistyped }}}}{text[found.end() :]}")
        for name, text in FILES.items()
        for found in re.finditer(r"{% (?:if|elif|else|for)\b[^%]*%}", text)
    ]


def names_it(newsroom: config.Config, name: str, text: str) -> bool:
    """Whether a press with that template is refused, and the template named."""
    try:
        Press(newsroom, FILES | {name: text}, ASSET_FILES)
    except ThemeError as error:
        return f"{name}, line" in str(error)
    return False


def test_every_branch_is_proved_at_once() -> None:
    """A mistake in a part that few stories have is not left for the night that one has it."""
    newsroom = config.parse(MANY_TONGUES)
    unproved = [(n, branch) for n, branch, text in branches() if not names_it(newsroom, n, text)]
    assert sorted(unproved) == sorted(ELSEWHERE)


def test_a_missing_template_is_refused() -> None:
    """A theme without one of the templates is refused by name."""
    with pytest.raises(ThemeError, match=r"lacks the template day\.html"):
        Press(settings(), {k: v for k, v in FILES.items() if k != "day.html"}, ASSET_FILES)


def test_the_reference_is_what_the_templates_see() -> None:
    """docs/reference/templates.md is made from the page dataclasses and is up to date."""
    assert REFERENCE.read_text("utf-8") == render_reference()


def test_every_page_and_every_field_is_described() -> None:
    """No template and no variable goes without a line that says what it is."""
    assert set(PAGES) == set(PAGE_NAMES)
    assert set(PAGE_NAMES) < set(TEMPLATES)
    told = {view.View, view.Page, *PAGES.values(), Site, *PARTS}
    assert told == {one for one in vars(view).values() if isinstance(one, type(view.View))}
    for kind in (*PAGES.values(), Site, *PARTS):
        rows = fields(kind)
        assert rows
        assert all(name and type_ and text for name, type_, text in rows)


def test_the_stylesheet_is_small_and_its_name_follows_its_content() -> None:
    """One stylesheet under 12 KB compressed; another content gives another name."""
    css = ASSET_FILES["site.css"]
    assert len(gzip.compress(css)) < 12_000
    first, second = (fingerprinted({"site.css": body})["site.css"].path for body in (css, b""))
    assert first != second
    assert set(ASSETS) == set(ASSET_FILES)


def test_the_stylesheet_asks_for_our_own_fonts_alone() -> None:
    """Every address in it is a file that lies beside it, under the name with its hash."""
    files = {file.path: file.body for file in press().fixed()}
    (css,) = (body for path, body in files.items() if path.endswith(".css"))
    cited = re.findall(rb'url\("([^"]+)"\)', css)
    assert cited
    assert {f"assets/{name.decode()}" for name in cited} <= set(files)
    assert b"@import" not in css
    assert sum(len(files[f"assets/{name.decode()}"]) for name in set(cited)) < 160_000


def test_another_font_gives_another_stylesheet() -> None:
    """A reader's browser never pairs an old stylesheet with a new font, or the other way."""
    css = b'@font-face { src: url("a.woff2"); }'
    one, other = (
        fingerprinted({"site.css": css, "a.woff2": font})["site.css"].path for font in (b"1", b"2")
    )
    assert one != other


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of #rrggbb."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2) of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_can_be_read() -> None:
    """Ink, soft ink and every section's tone reach 4.5:1 on paper and tint, light and dark."""
    css = ASSET_FILES["site.css"].decode()
    light, _, rest = css.partition("@media (prefers-color-scheme: dark)")
    for block in (light, rest.partition("/*")[0].partition("*, ::before")[0]):
        colours = re.findall(r"--(paper|tint|ink|soft|tone): (#[0-9a-f]{6})", block)
        grounds = [value for name, value in colours if name in ("paper", "tint")]
        signs = [value for name, value in colours if name not in ("paper", "tint")]
        assert len(grounds) == 2
        assert len(signs) >= 10
        assert min(contrast(s, g) for s in signs for g in grounds) >= 4.5


def test_the_same_brief_gives_the_same_bytes() -> None:
    """Two presses of one newsroom print the same, whatever they printed before."""
    one, other = press(), press()
    other.story(brief(next=None))
    assert one.story(brief()) == other.story(brief())
    assert one.fixed() == other.fixed()
