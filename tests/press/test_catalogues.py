"""The press's words: every language has every message, in every form its grammar has."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.newsdesk import Desk
from tests.press.copy_desk import (
    ASSET_FILES,
    AT,
    FILES,
    brief,
    item,
    part,
    press,
    settings,
    story,
)

from wirecopy.errors import ThemeError
from wirecopy.model import Change
from wirecopy.press import Press, tongues
from wirecopy.press.tongues import LANGUAGES, words_of
from wirecopy.press.words import Plural, Words

ENGLISH = Words()
SAME = {"contact", "feed", "live", "part", "photo", "topic", "sections", "corrections"}
SAME |= {"audio", "video", "opinion", "satire", "colon", "comma"}
"""Messages that are the same word in some other language."""
NAMES = Words.__struct_fields__


def messages(text: str) -> dict[str, Any]:
    """The messages of a catalogue by their context."""
    return {str(m.context): m for m in tongues.read("x", text) if m.id}


def forms(said: str | Iterable[str]) -> list[str]:
    """All that a message says."""
    return [said] if isinstance(said, str) else list(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_message(language: str) -> None:
    """No catalogue lacks a message of the press, has one too many, or leaves one unsure."""
    found = messages(tongues.shipped(language))
    assert set(found) == set(NAMES)
    for name, message in found.items():
        english = getattr(ENGLISH, name)
        ids = (english.one, english.many) if isinstance(english, Plural) else english
        assert message.id == ids, f"{name}: run `make docs` and translate it anew"
        assert all(forms(message.string)), name
        assert not message.fuzzy, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_was_left_in_english(language: str) -> None:
    """A message is its English only where the two languages share the word."""
    words = words_of(language)
    left = {name for name in NAMES if getattr(words, name) == getattr(ENGLISH, name)}
    assert left <= SAME


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 update so far"),
        ("en", 2, "2 updates so far"),
        ("de", 1, "Bisher 1 Aktualisierung"),
        ("de", 5, "Bisher 5 Aktualisierungen"),
        ("fr", 0, "0 mise à jour"),
        ("fr", 1, "1 mise à jour"),
        ("fr", 2, "2 mises à jour"),
        ("es", 1, "1 actualización hasta ahora"),
        ("es", 21, "21 actualizaciones hasta ahora"),
        ("hi", 3, "अब तक 3 अपडेट"),
        ("ar", 0, "لا تحديثات حتى الآن"),
        ("ar", 1, "تحديث واحد حتى الآن"),
        ("ar", 2, "تحديثان حتى الآن"),
        ("ar", 3, "3 تحديثات حتى الآن"),
        ("ar", 10, "10 تحديثات حتى الآن"),
        ("ar", 11, "11 تحديثًا حتى الآن"),
        ("ar", 99, "99 تحديثًا حتى الآن"),
        ("ar", 100, "100 تحديث حتى الآن"),
        ("ar", 103, "103 تحديثات حتى الآن"),
    ],
)
def test_a_message_counts_as_its_language_does(language: str, count: int, said: str) -> None:
    """One, two, few and many are said in the form that the grammar asks for."""
    pattern = words_of(language).updates_so_far.of(count)
    assert pattern.replace("{n}", str(count)) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_there_and_can_be_reached(language: str) -> None:
    """The rule of a catalogue leads to each form it has, and to none that it has not."""
    for name, message in messages(tongues.shipped(language)).items():
        english = getattr(ENGLISH, name)
        if isinstance(english, Plural):
            said = {getattr(words_of(language), name).of(count) for count in range(205)}
            assert said == set(forms(message.string)), name


def test_the_template_is_that_of_the_words() -> None:
    """The POT that translators begin with has the messages of the press, no more and no fewer."""
    path = tongues.files("wirecopy.press") / "locale" / "wirecopy.pot"
    ids = {name: message.id for name, message in messages(path.read_text("utf-8")).items()}
    assert ids == {name: m.id for name, m in messages(tongues.template()).items()}
    assert set(ids) == set(NAMES)


def test_a_catalogue_follows_the_words() -> None:
    """A message that is new comes in empty, one that has gone goes, a changed one is to be seen."""
    old = tongues.shipped("fr").replace('msgid "Home"', 'msgid "Hime"')
    old = re.sub(r'msgctxt "skip"\n.*\n.*\n', "", old)
    old += '\nmsgctxt "gone"\nmsgid "Gone"\nmsgstr "Parti"\n'
    new = messages(tongues.merged(old))
    assert "gone" not in new
    assert new["skip"].string == ""
    assert (new["home"].id, new["home"].fuzzy) == ("Home", True)
    assert tongues.merged(tongues.merged(old)) == tongues.merged(old)
    assert new["search"].string == "Rechercher"


PORTUGUESE = """
msgid ""
msgstr ""
"Language: pt\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgctxt "home"
msgid "Home"
msgstr "Início"

msgctxt "min_read"
msgid "{n} min read"
msgid_plural "{n} min read"
msgstr[0] "{n} minuto de leitura"
msgstr[1] "{n} minutos de leitura"
"""


def test_a_newsroom_brings_a_language_along() -> None:
    """A catalogue of its own gives a language the press has not; what it leaves out is English."""
    made = Press(settings(locale="pt_BR"), FILES, ASSET_FILES, {"pt": PORTUGUESE})
    page = made.story(brief()).body
    assert part(page, "reading-time") == "1 minuto de leitura"
    assert part(page, "breadcrumb").startswith("Início")
    assert "Skip to content" in page.decode()


def test_a_newsroom_changes_one_word_of_ours() -> None:
    """Its own catalogue goes before ours, message by message, and a region before its language."""
    own = 'msgctxt "home"\nmsgid "Home"\nmsgstr "{}"\n'
    words = words_of("de_AT", {"de": own.format("Anfang"), "de_AT": own.format("Titelblatt")})
    assert (words.home, words.search) == ("Titelblatt", "Suchen")
    assert words_of("de_DE", {"de": own.format("Anfang")}).home == "Anfang"
    assert words_of("fr_FR", {"de": own.format("Anfang")}).home == "Accueil"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgctxt "by"\nmsgid "By {name}"\nmsgstr "De {nome}"\n', r"pt.po.*must have \{name\}"),
        ('msgctxt "home"\nmsgid "Home"\nmsgstr "{site}"\n', "must have no names"),
        ('msgctxt "home"\nmsgid Home\n', "cannot be read"),
    ],
)
def test_a_faulty_catalogue_is_refused(text: str, told: str) -> None:
    """A name in braces that is lost or invented, or a file that is none, stops the press."""
    with pytest.raises(ThemeError, match=told):
        Press(settings(locale="pt_BR"), FILES, ASSET_FILES, {"pt": text})


def test_an_arabic_page_counts_in_arabic() -> None:
    """A minute's reading is said in the singular, without a figure."""
    page = press(locale="ar_EG").story(brief()).body
    assert part(page, "reading-time") == "القراءة في دقيقة واحدة"


def test_an_arabic_page_has_arabic_commas() -> None:
    """Whatever is put together of words and names has the comma of the page's language."""
    told = story(
        item(byline="Ilse Tamsin"), changes=(Change(at=AT, kind="corrected", note="Six."),)
    )
    page = press(locale="ar_EG").story(brief(told)).body
    for name in ("byline", "correction"):
        assert "،" in part(page, name)
        assert ", " not in part(page, name)


def test_a_catalogue_in_the_theme_is_read_and_not_published(tmp_path: Path) -> None:
    """theme/en.po changes a word of the site, lies nowhere on it, and is part of the edition."""
    with Desk(folder=tmp_path) as desk:
        plain = desk.full_bake()["index.html"]
    (tmp_path / "theme").mkdir()
    own = 'msgctxt "search"\nmsgid "Search"\nmsgstr "Look it up"\n'
    (tmp_path / "theme" / "en.po").write_text(own, encoding="utf-8")
    with Desk(folder=tmp_path) as desk:
        assert desk.newsroom.renew_if_changed()
        files = desk.site()
        assert b"Look it up" in files["index.html"]
        assert b"Look it up" not in plain
        assert not [path for path in files if path.endswith(".po")]
