"""Sites that speak several languages: the site its own, a section another, a story a third."""

import re

import pytest
from lxml import html
from tests.press.copy_desk import ASSET_FILES, FILES, brief, front, item, story, teaser

from wirecopy.briefs import ListBrief
from wirecopy.config import parse
from wirecopy.errors import ConfigError
from wirecopy.press import Press, tongues

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


def test_french_signs_keep_to_their_words() -> None:
    """No line of French begins with a colon: the blank before one does not break."""
    ours = Press(
        parse(SETTINGS.replace('locale = "en_IN"', 'locale = "fr_FR"')), FILES, ASSET_FILES
    )
    said = "« Nous partons » : la digue ferme ; qui paiera ?"
    bound = "«\u00a0Nous partons\u00a0»\u00a0: la digue ferme\u00a0; qui paiera\u00a0?"
    told = story(item(language="fr", headline=said, standfirst="Pourquoi ?"))
    page = root(ours.story(brief(told, next=teaser(9, headline=said, language="fr"))).body)
    (headline,) = page.xpath("//*[@data-part='headline']")
    assert headline.text_content() == bound
    assert page.xpath("//*[@data-part='standfirst']")[0].text_content() == "Pourquoi\u00a0?"
    assert page.xpath("//*[@data-part='next-story']//strong")[0].text_content() == bound
    updated = page.xpath("//*[@data-part='updated']")[0].text_content()
    assert updated.startswith("Dernière mise à jour\u00a0: ")
    english = root(PRESS.story(brief(story(item(headline="Why ?")))).body)
    assert english.xpath("//h1")[0].text_content() == "Why ?", "only French has it so"


def test_the_words_of_french_bind_their_signs() -> None:
    """What we say in French ourselves has no blank before a sign at which a line may end."""
    text = tongues.shipped("fr").partition('msgctxt "skip"')[2]
    assert not re.findall(r'^(?:msgstr.*|".*)(?: [:;?!»]|« )', text, re.MULTILINE)


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
