"""Bylines in the text: what becomes of a first paragraph that names who wrote it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from wirecopy.model import Block, Item
from wirecopy.story.bylines import covers
from wirecopy.story.clean import clean

RECEIVED = datetime(2022, 11, 21, 6, 0, tzinfo=UTC)


def cleaned(*paragraphs: str, **parts: str) -> Item:
    """A cleaned item of these paragraphs."""
    body = tuple(Block("p", f"<p>{each}</p>") for each in paragraphs)
    made = Item(item_id="x", body=body, **parts)  # type: ignore[arg-type] # all texts
    return clean(made, received=RECEIVED, agency="Harbour News Agency")


def texts(item: Item) -> list[str]:
    """The body's markup, block by block."""
    return [block.html for block in item.body]


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Par Jeanne Roux avec Al Vane à Skell", ("Jeanne Roux", "Al Vane")),
        ("By Jane Roe, Chief Correspondent, in Norval", ("Jane Roe",)),
        ("By Jane Roe", ("Jane Roe",)),
        ("Jane Roe", ("Jane Roe",)),
        ("By JANE ROE and JOHN DOE", ("JANE ROE", "JOHN DOE")),
        ("Von Petra Muster, dpa", ("Petra Muster",)),
        ("Von Petra Muster, epm", ("Petra Muster",)),
        ("Par Anne Exemple et Luc Modèle", ("Anne Exemple", "Luc Modèle")),
        ("Di Carla Prova e Ugo Saggio", ("Carla Prova", "Ugo Saggio")),
        ("Por Ana Muestra", ("Ana Muestra",)),
        ("By Jane Roe, Staff Writer", ("Jane Roe",)),
        ("By Jane Roe in Port Sel", ("Jane Roe",)),
        ("By Harbour News Agency", ()),
        ("By Byron Ford", ("Byron Ford",)),
        ("", ()),
    ],
)
def test_authors(byline: str, authors: tuple[str, ...]) -> None:
    """Authors are the byline's people; the raw byline stays as sent."""
    result = cleaned("Text.", byline=byline)
    assert (result.byline, result.authors) == (byline, authors)


def test_an_agency_written_small_is_part_of_the_byline() -> None:
    """The dateline behind such a paragraph is found, too."""
    result = cleaned("Von Jo Muster, epm", "Port Sel (HNA) - Die Fähre fuhr.", language="de")
    assert (result.byline, texts(result)) == ("Von Jo Muster, epm", ["<p>Die Fähre fuhr.</p>"])
    assert cleaned("By the river, too", "Text.").byline == ""


def test_byline_paragraph() -> None:
    """A first paragraph "By NAME" and the title under it become byline and title."""
    result = cleaned("By Jane Roe", "Harbour Correspondent", "PORT SEL (HNA) — The ferry left.")
    assert (result.byline, result.byline_title) == ("By Jane Roe", "Harbour Correspondent")
    assert (result.authors, texts(result)) == (("Jane Roe",), ["<p>The ferry left.</p>"])
    assert cleaned("By Jane Roe<br>AP", "Text.").byline_title == "AP"
    assert texts(cleaned("By JANE ROE", "Text.", byline="Jane Roe")) == ["<p>Text.</p>"]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday Morning",
        "By the river",
        "By then the ferry had left.",
        "By Jane Roe, who left.",
        "Di Maria scored",
        "Par excellence",
        "By accident",
        "By 2030 Port Sel will drown",
        "By Port",
        "Bypass Opens Late",
    ],
)
def test_no_byline(line: str) -> None:
    """A first line that only begins like a byline stays in the body."""
    result = cleaned(line, "Text.")
    assert (result.byline, len(result.body)) == ("", 2)


def test_another_byline_stays() -> None:
    """A byline paragraph that names other people than the format's byline stays in the body."""
    assert len(cleaned("By John Doe", "Text.", byline="Jane Roe").body) == 2


@pytest.mark.parametrize(
    ("given_byline", "title", "line", "kept", "left"),
    [
        ("By Jane Roe", "", "By Jane Roe(ANI)", "By Jane Roe(ANI)", 1),
        ("Jane Roe", "", "By JANE ROE", "Jane Roe", 1),
        ("Jane Roe, Max Poe", "", "By Jane Roe and Max Poe", "Jane Roe, Max Poe", 1),
        ("Jane Roe, IANS", "", "By Jane Roe (ANI)", "Jane Roe, IANS", 2),
        ("Jane Roe", "Harbour Writer", "By Jane Roe<br>Writer", "Jane Roe", 1),
        ("Jane Roe", "Writer", "By Jane Roe<br>Harbour Writer", "Jane Roe", 1),
        ("Jane Roe", "City Writer", "By Jane Roe<br>Harbour Reporter", "Jane Roe", 2),
    ],
)
def test_a_byline_that_says_more_is_not_lost(
    given_byline: str, title: str, line: str, kept: str, left: int
) -> None:
    """Of two bylines of the same people the fuller one stands; where neither is, both do."""
    result = cleaned(line, "Text.", byline=given_byline, byline_title=title)
    assert (result.byline, len(result.body)) == (kept, left)
    said = " ".join((*texts(result), result.byline, result.byline_title)).casefold()
    words = set(re.findall(r"\w+", f"{title} {line}".casefold())) - {"by", "and", "br"}
    assert all(word in said for word in words)


@pytest.mark.parametrize(
    ("given", "byline", "left"),
    [
        ("", "By Jory Vane and Mira Lund", False),
        ("Jory Vane and Mira Lund", "By Jory Vane and Mira Lund", False),
        ("Ansa Lind", "Ansa Lind", True),
    ],
)
def test_a_byline_and_a_dateline_in_one_paragraph(given: str, byline: str, left: bool) -> None:
    """Sites set them apart by a line's end alone; who is named nowhere else stays in the text."""
    lead = "By Jory Vane and Mira Lund<br>PORT SEL (Harbour News Agency) — The ferry left."
    result = cleaned(lead, "It came back.", byline=given)
    assert covers(result.byline, byline)
    assert ("By Jory" in texts(result)[0]) is left
    if not left:
        assert texts(result)[0] == "<p>The ferry left.</p>"
        assert result.dateline is not None
        assert result.dateline.place == "PORT SEL"
