"""Sections that routed copy teaches."""

from __future__ import annotations

from wirecopy.story.taught import TAUGHT, guess

USED = {term: {"sport": 20} for term in ("keeper", "penalty", "goal", "league")}
WORDS = {"sport": 300, "news": 300}


def test_what_was_taught_is_told() -> None:
    """Copy whose words stood in one section alone belongs there, and nearly surely."""
    found = guess(USED, USED, {"sport": TAUGHT, "news": TAUGHT}, WORDS, ["sport", "news"], "news")
    assert found is not None
    assert found.section == "sport"
    assert found.sure > 0.95


def test_nothing_is_guessed_before_the_usual_section_was_taught() -> None:
    """While hardly any routed copy came for the source's own section, its stories stay there."""
    stories = {"sport": TAUGHT, "news": 2}
    assert guess(USED, USED, stories, WORDS, ["sport", "news"], "news") is None


def test_little_teaches_nothing() -> None:
    """A newsroom that has seen little routed copy guesses nothing."""
    stories = {"sport": TAUGHT // 3, "news": TAUGHT // 3}
    assert guess(USED, USED, stories, WORDS, ["sport", "news"], "news") is None
