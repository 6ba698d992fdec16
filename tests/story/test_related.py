"""Stories a reader may want next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wirecopy.story import related
from wirecopy.story.related import (
    PICKS,
    RECENT,
    TERMS_KEPT,
    TERMS_READ,
    WINDOW,
    Recall,
    choose,
    remember,
    telling_terms,
    weigh,
)

NOW = datetime(2022, 1, 8, 2, 30, tzinfo=UTC)


class Archive:
    """Stories filed one after the other, and the picks each was given."""

    def __init__(self) -> None:
        self.recalled: dict[str, Recall] = {}
        self.now = NOW

    def file(self, number: int, *terms: str) -> tuple[int, ...]:
        """File a story, and the picks that were chosen for it."""
        weights = weigh(terms, self.recalled, number)
        picks = choose(weights, self.recalled, number=number, now=self.now)
        self.recalled |= remember(weights, self.recalled, number=number, now=self.now)
        return picks


def test_stories_that_share_rare_terms_are_picked() -> None:
    """What shares telling terms is picked, best first; what shares one common word is not."""
    archive = Archive()
    archive.file(1, "ferry", "osmere", "pilots", "storm")
    archive.file(2, "orchestra", "osmere", "concert")
    archive.file(3, "ferry", "pilots", "strike")
    assert archive.file(4, "ferry", "osmere", "pilots", "storm", "rescue") == (1, 3)


def test_old_stories_are_not_picked() -> None:
    """After thirty days a story is picked no more; on the thirtieth it still is."""
    archive = Archive()
    archive.file(1, "ferry", "pilots")
    archive.now += WINDOW
    assert archive.file(2, "ferry", "pilots") == (1,)
    archive.now += timedelta(microseconds=1)
    assert archive.file(3, "ferry", "pilots") == (2,)


def test_a_story_is_remembered_once() -> None:
    """A story that is filed again with the same terms counts once, and is never its own pick."""
    archive = Archive()
    for _ in range(5):
        assert archive.file(1, "ferry", "pilots") == ()
    assert {recall.seen for recall in archive.recalled.values()} == {1}
    assert archive.file(2, "ferry", "concert") == (), "one shared term is too little"


def test_a_term_remembers_its_last_stories() -> None:
    """A term remembers so many stories and no more, the newest; it counts all."""
    archive = Archive()
    for number in range(1, RECENT + 10):
        archive.file(number, "ferry", f"rare{number}")
    recall = archive.recalled["ferry"]
    assert len(recall.recent) == RECENT
    assert recall.seen >= RECENT
    assert recall.recent[-1].number >= RECENT


def test_at_most_so_many_are_picked() -> None:
    """However many stories are alike, a handful is picked, and of equals the newest."""
    archive = Archive()
    for number in range(1, 40):
        archive.file(number, *(f"filler{number}{n}" for n in range(3)))
    for number in range(40, 60):
        archive.file(number, "ferry", "pilots")
    picks = archive.file(60, "ferry", "pilots")
    assert picks == tuple(range(59, 59 - PICKS, -1))


@given(st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=40), st.integers(1, 10**6))
def test_weights_are_a_direction(terms: list[str], stories: int) -> None:
    """Weights are positive, at most a dozen, and their squares add up to one."""
    weights = weigh(terms, {}, stories)
    assert len(weights) == min(len(terms), TERMS_KEPT)
    assert all(weight > 0 for weight in weights.values())
    if terms:
        assert abs(sum(weight**2 for weight in weights.values()) - 1) < 1e-9


def test_telling_terms_begin_with_names() -> None:
    """Names count most, then the headline; stop words, short words and numbers are no terms."""
    terms = telling_terms(
        "Ferry pilots strike again", "The pilots of Osmere are at sea.", "A is of 12 it " * 50,
        ["Port Osmere", "EU"],
    )  # fmt: skip
    assert terms[0] == "pilots"
    assert "port osmere" in terms[:3]
    assert not {"the", "again", "are", "12", "eu", "is"} & set(terms)
    assert len(telling_terms(" ".join(f"word{n}x" for n in range(99)), "", "", [])) == TERMS_READ


@given(st.text(max_size=200), st.text(max_size=50), st.lists(st.text(max_size=70), max_size=5))
def test_any_text_has_terms(headline: str, standfirst: str, names: list[str]) -> None:
    """No text breaks it, and the same text always gives the same terms."""
    first = telling_terms(headline, standfirst, headline, names)
    assert first == telling_terms(headline, standfirst, headline, names)
    assert len(first) <= TERMS_READ


@given(st.text(st.sampled_from("aA ’-ſßİΣς\u0345\u0307é_1") | st.characters(codec="utf-8")))
def test_words_are_the_same_whether_text_or_word_is_folded(text: str) -> None:
    """Folding a whole text at once finds the words that folding each of them gives."""
    assert related._words(text) == [word.casefold() for word in related._WORD.findall(text)]
