"""What a profile's own patterns find in a text, and that nobody else's copy changes by them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from wirecopy.config.profile import Internal, MarkerRow, Patterns, Profile
from wirecopy.model import Block, Dateline, Item, Subject
from wirecopy.story import ways
from wirecopy.story.clean import clean

RECEIVED = datetime(2026, 1, 5, 12, tzinfo=UTC)
TIDE = Profile(
    why="Invented.",
    names=("Tidewire", "TW"),
    dateline=Patterns(
        patterns=(r"@(?P<place>[A-Z]\w{1,30}) (?P<day>\d{1,2})\.(?P<month>\d{1,2})\. ~ ",)
    ),
    byline=Patterns(patterns=(r"Told by (?P<name>[\w ]{3,40}?)(?: \((?P<title>[\w ]{3,40})\))?",)),
    signoff=Patterns(patterns=(r"~~ \w{2,4}",)),
    markers=(
        MarkerRow(pattern=r"FRESH(?P<n>\d{1,60})", at="front", action="replace"),
        MarkerRow(pattern="TIDE-STOP", at="line", action="withdraw"),
        MarkerRow(pattern="fixed", at="slug", action="replace+correct", ordinal=9),
        MarkerRow(pattern=r"\(scrap\)", at="back", action="withdraw", sure="G"),
    ),
)


def cleaned(*paragraphs: str, profile: Profile = TIDE, **fields: Any) -> Item:
    """A clean item of these paragraphs."""
    body = tuple(Block("p", f"<p>{text}</p>") for text in paragraphs)
    item = Item(item_id="x", body=body, **{"headline": "Ferry runs", **fields})
    return clean(item, received=RECEIVED, agency="Tidewire", language="en", profile=profile)


def words(item: Item) -> list[str]:
    """The paragraphs of an item."""
    return [block.html.removeprefix("<p>").removesuffix("</p>") for block in item.body]


def test_parts_leave_the_body_by_the_profiles_patterns() -> None:
    """Dateline, byline and sign-off of an odd style stand in their own fields."""
    text = ("Told by Ana Vell (harbour desk)", "@Norlin 4.1. ~ The ferry ran.", "It was full.")
    item = cleaned(*text, "~~ abc")
    assert item.dateline == Dateline(place="Norlin", date="2026-01-04", text="@Norlin 4.1. ~")
    assert (item.byline, item.byline_title) == (text[0], "harbour desk")
    assert item.authors == ("Ana Vell",)
    assert item.sign_off == "~~ abc"
    assert words(item) == ["The ferry ran.", "It was full."]


def test_without_the_profile_the_text_stays() -> None:
    """One agency's patterns are nobody else's."""
    text = ("Told by Ana Vell (harbour desk)", "@Norlin 4.1. ~ The ferry ran.", "~~ abc")
    assert words(cleaned(*text, profile=Profile(why="None."))) == list(text)


def test_what_is_clean_stays_clean() -> None:
    """Cleaning twice is cleaning once, with a profile too."""
    once = cleaned("Told by Ana Vell", "@Norlin 4.1. ~ The ferry ran.", "~~ abc")
    again = clean(once, received=RECEIVED, agency="Tidewire", language="en", profile=TIDE)
    assert again == once


def test_a_sentence_is_no_place() -> None:
    """A pattern that runs into a sentence finds no dateline."""
    loose = Patterns(patterns=(r"(?P<place>[\w ]{1,60}?) - ",))
    item = cleaned("In the morning the police said - nothing.", profile=Profile(dateline=loose))
    assert item.dateline is None


def test_the_general_rules_still_hold() -> None:
    """What no pattern finds is read as for everybody."""
    item = cleaned("NORLIN, Jan 4 (TW) - The ferry ran.")
    assert item.dateline is not None
    assert item.dateline.place == "NORLIN"
    assert "Tidewire" in item.credit_sources


@pytest.mark.parametrize(
    ("field", "said", "left", "action", "ordinal"),
    [
        ("headline", "FRESH2: Ferry runs", "Ferry runs", "replace", 2),
        ("headline", "Ferry runs (scrap)", "Ferry runs", "hold", None),
        ("slug", "ferry-fixed", "ferry", "replace+correct", 9),
        ("headline", "FRESH2", "FRESH2", "replace", 2),
        ("headline", f"FRESH{'9' * 30}: Ferry runs", "Ferry runs", "replace", None),
    ],
)
def test_own_markers_are_taken_off(
    field: str, said: str, left: str, action: str, ordinal: int | None
) -> None:
    """A profile's rows speak before the table; a guess of a kill only holds."""
    item = cleaned("The ferry ran.", **{field: said})
    assert getattr(item, field) == left
    assert [(each.action, each.ordinal) for each in item.markers] == [(action, ordinal)]


def test_an_own_line_marks_the_item() -> None:
    """A whole line that a row names is a marker; a sentence with its word is not."""
    assert [each.action for each in cleaned("TIDE-STOP", "It ran.").markers] == ["withdraw"]
    assert not cleaned("TIDE-STOP is a word.", "It ran.").markers


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"genre": "Planner"}, "Planner"),
        ({"slug": "diary/norlin"}, "diary"),
        ({"subjects": (Subject(name="Service", code="sv"),)}, "Service"),
        ({"genre": "Report", "slug": "ferry/diary"}, ""),
    ],
)
def test_what_is_for_desks_alone_is_marked(fields: dict[str, Any], text: str) -> None:
    """Genres, first words and categories that the profile names never reach readers."""
    kept = Internal(genres=("planner",), words=("diary",), categories=("sv",))
    found = ways.internal(Item(item_id="x", **fields), kept)
    assert [each.text for each in found] == ([text] if text else [])
    assert all(each.action == "internal" for each in found)


def test_long_texts_are_not_searched() -> None:
    """Patterns are tried on short lines alone."""
    assert ways.byline("Told by " + "x" * 300, (".{1,999}",)) is None
    assert not ways.is_signoff("~" * 300, ("~{1,999}",))
