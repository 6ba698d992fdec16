from typing import Any

import pytest

from wirecopy.model import Item, Marker
from wirecopy.story.chains import (
    chain_key,
    continues,
    form_of,
    stem,
    stem_of,
    topic_of,
    wants_marker,
)


def marked(action: str = "", *, text: str = "X", ordinal: int | None = None, **more: Any) -> Item:
    """An item with one marker, none for no action."""
    genre = more.pop("form", "")
    mark = Marker(text=text, action=action, ordinal=ordinal, genre=genre)
    return Item(item_id="x", markers=(mark,) if action else (), **more)


SAME = [
    ("AP", "BC-NL--Port Sel-Ferry", "BC-NL--Port Sel-Ferry, 2nd Ld-Writethru,416"),
    ("AP", "AP-NL--Port Sel-Ferry", "PM-NL--Port Sel-Ferry, 1stLd-Writethru"),
    ("AP", "BC-Ferry-Strike", "BC-Ferry-Strike, 3rd Add, 210"),
    ("AP", "BC-Ferry-Strike", "BC-Ferry-Strike, Correction"),
    ("AP", "BC-Ferry-Strike", "BC-Ferry-Strike-Kill"),
    ("AP", "BC-Ferry-Strike", "BC-Ferry-Strike, Adv08"),
    ("Reuters", "PORTSEL-FERRY/", "PORTSEL-FERRY (UPDATE 2)"),
    ("Reuters", "PORTSEL-FERRY/", "PORTSEL-FERRY/ (CORRECTED)"),
    ("Reuters", "PORTSEL-FERRY", "PORTSEL-FERRY/LEAD"),
    ("PTI", "FERRY STRIKE", "LD FERRY STRIKE"),
    ("PTI", "FERRY STRIKE", "FERRY STRIKE-2NDLD"),
    ("PTI", "FERRY STRIKE", "LDALL FERRY STRIKE"),
    ("PTI", "FERRY STRIKE", "RPT FERRY STRIKE"),
    ("Belga", "FÄHRE/STREIK", "Fähre/Streik (3)"),
    ("Belga", "FERRY/STRIKE", "FERRY/STRIKE COR 703"),
    ("", "Ferry_Strike", "ferry  strike"),
    ("", "ＦＥＲＲＹ－STRIKE", "ferry-strike"),
]


@pytest.mark.parametrize(("agency", "one", "other"), SAME)
def test_versions_share_a_stem(agency: str, one: str, other: str) -> None:
    """What changes from version to version is no part of a stem."""
    assert stem(one, agency)
    assert stem(one, agency) == stem(other, agency)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BC-NL--Election", "BC-QM--Election"),
        ("Market", "Market-Correction"),
        ("Pipes", "Lead-Pipes"),
        ("Apollo-11", "Apollo-12"),
        ("Add-ons", "ons"),
        ("CUP/FINAL", "CUP"),
        ("STAGE/2", "STAGE/3"),
        ("PORTSEL-FERRY/", "PORTSEL-BRIDGE/"),
    ],
)
def test_topics_keep_apart(one: str, other: str) -> None:
    """Words of the topic stay, even where they also serve as markers."""
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    "slug",
    ["", "LEAD", "(2)", "LD", "2nd Ld-Writethru", "UPDATE 2", "CORRECTION", "BC-", "URGENT/", "US",
     "NL--APNewsAlert", "-", "416", "RPT", "\u200b", "Adv08", "ADD, 416"],
)  # fmt: skip
def test_slugs_that_tell_nothing(slug: str) -> None:
    """A slug of markers and numbers alone, or of a country alone, chains nothing."""
    assert stem(slug, "AP") == ""
    assert stem(slug) == ""


def test_region_and_topic() -> None:
    """A region is kept before two hyphens, and can be left aside."""
    assert stem("BC-NL--Port Sel-Ferry", "AP") == "nl--port-sel-ferry"
    assert topic_of("nl--port-sel-ferry") == topic_of("port-sel-ferry") == "port-sel-ferry"


def test_companions_have_stems_of_their_own() -> None:
    """Wrap-ups of a slug chain with one another, never with the story or another form."""
    story = marked("replace", slug="PORTSEL-FERRY/", ordinal=2)
    first = marked("new-linked", slug="PORTSEL-FERRY/", ordinal=1, form="Wrapup")
    third = marked("new-linked", slug="PORTSEL-FERRY/", ordinal=3, form="Wrapup")
    analysis = marked(slug="PORTSEL-FERRY/", genre="Analysis")
    assert stem_of(story) == "portsel-ferry"
    assert stem_of(first) == stem_of(third) == "portsel-ferry|wrapup"
    assert stem_of(analysis) == "portsel-ferry|analysis"
    assert stem("BC-Port Sel-Ferry-Glance", "AP") == "port-sel-ferry|glance"
    assert stem_of(marked("new-linked", slug="LEAD", form="Wrapup")) == ""


@pytest.mark.parametrize(
    ("genre", "form"),
    [("Wrap-up", "wrapup"), ("HINTERGRUND", "background"), ("Korr-Bericht", "correspondentreport"),
     ("Current", ""), ("Zusammenfassung", ""), ("Article", ""), ("", "")],
)  # fmt: skip
def test_forms(genre: str, form: str) -> None:
    """A genre that the format gives counts when it is a companion's, in any spelling."""
    assert form_of(marked(genre=genre)) == form


@pytest.mark.parametrize(
    ("action", "ordinal", "on"),
    [("replace", None, True), ("replace+correct", None, True), ("replace+silent", None, True),
     ("append", 2, True), ("patch", None, True), ("ignore", None, True), ("withdraw", None, True),
     ("hold", None, True), ("flag", None, False), ("internal", None, False),
     ("new-linked", None, False), ("new-linked", 1, False), ("new-linked", 2, True),
     ("", 1, False)],
)  # fmt: skip
def test_what_carries_on(action: str, ordinal: int | None, on: bool) -> None:
    """Leads, corrections, takes, repeats and kills carry a story on; alerts and forms start one."""
    assert continues(marked(action, ordinal=ordinal)) is on


@pytest.mark.parametrize(
    "headline",
    ["Norland PM resigns", "Quake hits Velta", "Norland Pope dies", "Fähre Tern sinkt",
     "Séisme secoue Velta", "Sismo sacude Velta", "Port bank cuts 90", "諾蘭総理が今夜辞任"],
)  # fmt: skip
def test_a_short_headline_that_tells_is_a_key(headline: str) -> None:
    """Three telling words name a story where there is no slug, for items that are marked."""
    key = chain_key(Item(item_id="x", headline=headline))
    assert key.startswith("=")
    assert wants_marker(key)


@pytest.mark.parametrize(
    "headline",
    ["", "Weather", "Sports briefs", "Markets at a glance", "News summary", "Obituary",
     "Correction", "Norland weather", "Norland Cup results", "Storm forecast", "Top stories",
     "Wall Street close", "Death notices", "On this day", "World news in brief", "Update",
     "Obituary: Ada Holt", "Kurz gemeldet", "Börse am Abend", "Revue de presse", "La météo du jour",
     "Última hora", "Titulares del día", "今日天気", "?", "2022", "Fatal crash", "Man arrested",
     "House fire", "Body found", "Tödlicher Unfall", "Storm warning", "Air quality"],
)  # fmt: skip
def test_the_name_of_a_column_is_no_key(headline: str) -> None:
    """What stands above other news every day or hour names no story."""
    assert chain_key(Item(item_id="x", headline=headline)) == ""


def test_a_long_headline_needs_no_marker() -> None:
    """Nobody heads two stories of a day with one long headline; a slug is never a headline."""
    assert not wants_marker(chain_key(Item(item_id="x", headline="Strong quake hits Velta coast")))
    assert not wants_marker(chain_key(Item(item_id="x", slug="FERRY-STRIKE")))
    assert not wants_marker("")


def test_long_slugs_are_harmless() -> None:
    """A slug of any length has a stem in no time."""
    assert stem("LD-" * 20_000 + "x" * 50, "PTI") == ""
    assert stem("a" * 100_000).startswith("aaaa")
