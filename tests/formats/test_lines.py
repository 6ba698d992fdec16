"""The short lines of a wire item: where a lead that the format marks is shown, and how often."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.formats import lines, prose
from wirecopy.formats.markup import words_of

LEAD = "The mill burned. Nobody was hurt."
BODY = prose.blocks_from_text("The mill burned.\n\nNobody was hurt.\n\nIt stood since 1801.")


def test_a_lead_that_is_the_standfirst_is_shown_once() -> None:
    """The marked paragraphs leave the text when the standfirst says the same."""
    assert words_of(lines.without_lead(BODY, LEAD, LEAD, "Mill burns")) == "It stood since 1801."


@pytest.mark.parametrize(
    ("lead", "standfirst", "headline"),
    [
        (LEAD, "The mill burned.", "Mill burns"),
        (LEAD, "", "Mill burns"),
        ("", "", "Mill burns"),
        (LEAD, LEAD, LEAD),
        ("The mill", "The mill", "Mill burns"),
        ("The mill burned. Nobody...", "The mill burned. Nobody...", "Mill burns"),
        ("The mill burned. Nobody was", "The mill burned. Nobody was", "Mill burns"),
        ("Another lead.", "Another lead.", "Mill burns"),
    ],
)
def test_a_lead_that_would_be_missed_stays(lead: str, standfirst: str, headline: str) -> None:
    """Where the standfirst is not the lead, or cannot be shown whole, the text keeps its words."""
    assert lines.without_lead(BODY, lead, standfirst, headline) == BODY


def test_a_lead_stays_where_it_is_over_long_or_all_there_is() -> None:
    """A lead too long for a standfirst stays, and a text is never left empty."""
    long = f"{'The mill burned and burned ' * 20}down."
    text = prose.blocks_from_text(f"{long}\n\nIt stood since 1801.")
    assert lines.without_lead(text, long, long, "Mill burns") == text
    assert lines.without_lead(BODY[:1], "The mill burned.", "The mill burned.", "M") == BODY[:1]


PARAGRAPH = st.text('Tü .!"a', min_size=1, max_size=12)


@given(st.lists(PARAGRAPH, min_size=1, max_size=5), st.integers(0, 5), st.booleans())
def test_no_word_is_lost(paragraphs: list[str], marked: int, same: bool) -> None:
    """What leaves the text stands in the standfirst, word for word."""
    blocks = prose.blocks_from_text("\n\n".join(paragraphs))
    lead = words_of(blocks[:marked])
    standfirst = lead if same else f"{lead} More."
    left = lines.without_lead(blocks, lead, standfirst, "Headline")
    assert left == blocks or f"{standfirst} {words_of(left)}".split() == words_of(blocks).split()


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Von Mira Solt, dpa", ("Mira Solt",)),
        ("By Mira Solt and Ivo Lund", ("Mira Solt", "Ivo Lund")),
        ("Par Mira Solt, AFP", ("Mira Solt",)),
        ("Par Mira Solt (AFP) avec Ivo Lund", ("Mira Solt", "Ivo Lund")),
        ("Von dpa-infocom", ("dpa-infocom",)),
    ],
)
def test_an_agencys_desk_is_no_author(byline: str, names: tuple[str, ...]) -> None:
    """The token of an agency or desk behind a name is nobody's name."""
    assert lines.authors_of(byline) == names


@pytest.mark.parametrize(
    ("by", "line", "credit"),
    [
        ("Ada Marr", "Tarn Photo", "Ada Marr/Tarn Photo"),
        ("Ada Marr", "Tarn Photo/Marr", "Tarn Photo/Marr"),
        ("Ada Marr", "Tarn Photo / A. MARR", "Tarn Photo / A. MARR"),
        ("Ada Marr", "", "Ada Marr"),
        ("", "Tarn Photo", "Tarn Photo"),
        ("Ada Marr", "Marrakesh Photo", "Ada Marr/Marrakesh Photo"),
    ],
)
def test_a_credit_names_the_photographer_once(by: str, line: str, credit: str) -> None:
    """The agency's own line stands where it names the photographer already."""
    assert lines.picture_credit(by, line) == credit
