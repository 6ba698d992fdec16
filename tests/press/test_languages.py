"""Sites that speak several languages: the site its own, a section another, a story a third."""

import pytest
from lxml import html
from tests.press.copy_desk import ASSET_FILES, FILES, brief, front, item, story, teaser

from wirecopy.briefs import ListBrief
from wirecopy.config import parse
from wirecopy.errors import ConfigError
from wirecopy.press import Press

SETTINGS = """
[site]
name = "The Harbour Ledger"
url = "https://ledger.example"
locale = "en_IN"
[[sections]]
key = "world"
name = "World"
[[sections]]
key = "hindi"
name = "हिन्दी"
language = "hi_IN"
[[sections]]
key = "arabic"
name = "العربية"
language = "ar_EG"
"""
PRESS = Press(parse(SETTINGS), FILES, ASSET_FILES)


def root(body: bytes) -> html.HtmlElement:
    """The html element."""
    return html.fromstring(body.decode())


@pytest.mark.parametrize(
    ("section", "lang", "way", "label"),
    [("world", "en", "ltr", "Latest"), ("hindi", "hi", "ltr", "अनुभाग"),
     ("arabic", "ar", "rtl", "الأقسام")],
)  # fmt: skip
def test_a_sections_pages_speak_its_language(section: str, lang: str, way: str, label: str) -> None:
    """Front, day and story say language and direction, and label everything in that language."""
    told = story(item(language=lang), section=section, path=f"{section}/a.html")
    pages = [
        PRESS.story(brief(told)).body,
        PRESS.lists(front(teaser(0), section=section))[0].body,
        PRESS.lists(ListBrief(kind="day", section=section, day="2022-01-08", teasers=()))[0].body,
    ]
    for body in pages:
        tree = root(body)
        assert tree.get("lang", "").partition("-")[0] == lang
        assert tree.get("dir") == way
        if section != "world":
            assert label in body.decode()
    feed = PRESS.lists(front(teaser(0), section=section))[1].body.decode()
    assert f"<language>{lang}" in feed


def test_home_keeps_the_sites_language() -> None:
    """The home page speaks the site's language, and each foreign headline its own."""
    tree = root(
        PRESS.lists(ListBrief(kind="home", teasers=(teaser(0, language="ar"), teaser(1))))[0].body
    )
    assert tree.get("lang", "").startswith("en")
    assert tree.xpath("//h2[@lang='ar'][@dir='rtl']")


def test_a_story_in_a_third_language_says_so() -> None:
    """On a Hindi page an English story is marked as English, and its labels as Hindi."""
    body = PRESS.story(brief(story(item(language="en"), section="hindi"))).body
    article = root(body).xpath("//article[@data-story]")[0]
    assert (article.get("lang"), article.get("dir")) == ("en", "ltr")
    assert article.xpath(".//*[@data-part='notice']/ancestor-or-self::*[@lang='hi-IN']")


def test_an_unknown_language_is_refused() -> None:
    """The settings say how a language is written."""
    with pytest.raises(ConfigError, match=r"sections\[1\]\.language"):
        parse(SETTINGS.replace("hi_IN", "Hindi!"))
