"""Stories a reader may want next, and stories that tell one event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.database import micros
from wirecopy.model import Topic
from wirecopy.story import related
from wirecopy.story.related import (
    PICKS,
    RECENT,
    TERMS_KEPT,
    TERMS_READ,
    WINDOW,
    Choice,
    Like,
    Profile,
    Recall,
    Terms,
    choose,
    likes,
    remember,
    terms_of,
    told_by,
    weigh,
)

NOW = datetime(2022, 1, 8, 2, 30, tzinfo=UTC)


class Archive:
    """Stories filed one after the other, and what was found for each."""

    def __init__(self) -> None:
        self.recalled: dict[str, Recall] = {}
        self.profiles: dict[int, Profile] = {}
        self.now = NOW

    def look(self, number: int, *terms: str) -> Choice:
        """File a story; what is found for it. Terms that begin with "=" are names."""
        given = Terms(terms, (1.0,) * len(terms))
        weights = weigh(given, self.recalled, number)
        names = tuple(term[1:] for term in terms if term[0] == "=")
        own = Profile(number, f"s{number}", micros(self.now), names, number)
        spelled = {name: name.title() for name in names}
        found = choose(likes(weights, self.recalled, number), self.profiles, own, spelled)
        report, again = found.report or number, number in self.profiles
        told = Profile(number, own.id, own.at, names, report, picks=found.thread)
        self.profiles[number] = told
        self.recalled |= remember(weights, self.recalled, number, again=again)
        return found

    def file(self, number: int, *terms: str) -> tuple[int, ...]:
        """File a story a day after the one before; the picks that were chosen for it."""
        picks = self.look(number, *terms).picks
        self.now += timedelta(days=1)
        return tuple(int(pick[1:]) for pick, _ in picks)


def test_stories_that_share_rare_terms_are_picked() -> None:
    """What shares telling terms is picked, the more the better; each pick says why."""
    archive = Archive()
    archive.file(1, "=ilsa-korvane", "ferry", "osmere", "pilots", "storm")
    archive.file(2, "orchestra", "concert", "violin", "hall", "applause")
    archive.file(3, "ferry", "pilots", "strike")
    found = archive.look(4, "=ilsa-korvane", "ferry", "osmere", "pilots", "rescue")
    assert [pick for pick, _ in found.picks] == ["s1", "s3"]
    assert "both name Ilsa-Korvane" in found.picks[0][1]
    assert "ferry" in found.picks[1][1]


def test_old_stories_are_not_picked() -> None:
    """After thirty days of the agency's time a story is picked no more; on the thirtieth it is."""
    archive = Archive()
    archive.look(1, "ferry", "pilots")
    archive.now += WINDOW
    assert [pick for pick, _ in archive.look(2, "ferry", "pilots").picks] == ["s1"]
    archive.now += timedelta(microseconds=1)
    assert "s1" not in [pick for pick, _ in archive.look(3, "ferry", "pilots").picks]


def test_the_same_report_is_no_pick() -> None:
    """What another agency tells at that hour is no pick, and later two tellings are one pick."""
    archive = Archive()
    archive.look(1, "=osmere", "ferry", "pilots", "storm")
    archive.now += timedelta(hours=1)
    assert archive.look(2, "=osmere", "ferry", "pilots", "waves").picks == ()
    archive.now += timedelta(days=1)
    [(pick, _)] = archive.look(3, "=osmere", "ferry", "pilots", "rescue").picks
    assert pick in {"s1", "s2"}


def test_one_event_is_known_again() -> None:
    """Hours apart and with names in common two stories tell one event; with other names never."""
    archive = Archive()
    archive.look(1, "=osmere", "=ilsa-korvane", "ferry", "pilots")
    archive.now += timedelta(hours=6)
    event = archive.look(2, "=osmere", "=ilsa-korvane", "ferry", "lawyers").event
    assert event is not None
    assert event.id == "s1"
    assert archive.look(3, "=tarnwick", "=dessa-roon", "ferry", "pilots").event is None


def test_a_story_is_remembered_once() -> None:
    """A story that is filed again with the same terms counts once, and is never its own pick."""
    archive = Archive()
    for _ in range(5):
        assert archive.file(1, "ferry", "pilots") == ()
    assert {recall.seen for recall in archive.recalled.values()} == {1}


def test_a_term_remembers_its_last_stories() -> None:
    """A term remembers so many stories and no more, the newest; it counts all."""
    archive = Archive()
    for number in range(1, RECENT + 10):
        archive.file(number, "ferry", f"rare{number}")
    recall = archive.recalled["ferry"]
    assert len(recall.recent) == RECENT
    assert recall.seen == RECENT + 9
    assert told_by(recall)[-1] == RECENT + 9


def test_a_rare_name_alone_outranks_a_common_place() -> None:
    """One name that hardly anybody else uses counts more than the town that everybody names."""
    archive = Archive()
    archive.file(1, "=hugo-lant", "mill", "insurance")
    for number in range(2, 14):
        archive.file(number, "=wexcombe", f"rare{number}")
    assert archive.file(14, "=hugo-lant", "=wexcombe", "arson")[0] == 1


def test_picks_lead_to_what_they_go_on_with() -> None:
    """A story is led to the beginning of its thread by the story in between, which says so."""
    archive = Archive()
    archive.file(1, "=lyre", "rocket", "launch", "fuel")
    archive.file(2, "=lyre", "=brandis", "rocket", "clinic", "fuel")
    picks = archive.look(3, "=brandis", "clinic", "verdict").picks
    assert [pick for pick, _ in picks] == ["s2", "s1"]
    assert "what s2 goes on with" in picks[1][1]


def test_headlines_that_name_others_are_doubted() -> None:
    """Of two equally alike stories the one whose headline names this story's comes first."""
    likes_ = [Like(1, 0.5, ("a", "b")), Like(2, 0.5, ("a", "b"))]
    at = micros(NOW)
    profiles = {
        1: Profile(1, "s1", at, ("ruhn", "halvor"), 1, heads=("halvor",)),
        2: Profile(2, "s2", at, ("ruhn", "oskerby"), 2, heads=("oskerby",)),
    }
    own = Profile(3, "s3", at, ("ruhn", "halvor"), 3, heads=("halvor",))
    later = msgspec.structs.replace(own, at=micros(NOW + timedelta(days=2)))
    assert [pick for pick, _ in choose(likes_, profiles, later, {}).picks] == ["s1", "s2"]


def test_one_country_in_common_is_no_reason_to_read_on() -> None:
    """A quake and a match in one country have nothing else in common; a person would be enough."""
    profiles = {1: Profile(1, "s1", micros(NOW), ("marl",), 1)}
    own = Profile(2, "s2", micros(NOW + timedelta(days=2)), ("marl",), 2)
    for shared in (("=marl",), ("=marl", "=tarn")):
        likes_ = [Like(1, 0.13, shared)]
        assert not choose(likes_, profiles, own, {}, places=frozenset({"=marl", "=tarn"})).picks
    assert choose([Like(1, 0.14, ("=marl",))], profiles, own, {}).picks
    assert choose([Like(1, 0.3, ("=marl",))], profiles, own, {}, places=frozenset({"=marl"})).picks


@pytest.mark.parametrize(
    ("shared", "score", "told"),
    [
        (("=marl",), 0.32, False),
        (("=marl", "story"), 0.32, False),
        (("=marl", "theft", "painting"), 0.32, True),
        (("=marl", "=halvor"), 0.32, True),
        (("=marl", "quake"), 0.4, True),
    ],
)
def test_one_town_and_a_word_are_no_event(
    shared: tuple[str, ...], score: float, told: object
) -> None:
    """Two stories from a town share it, and in a young archive that alone makes them alike."""
    profiles = {1: Profile(1, "s1", micros(NOW), ("marl", "halvor"), 1)}
    own = Profile(2, "s2", micros(NOW + timedelta(hours=5)), ("marl", "halvor"), 2)
    found = choose([Like(1, score, shared)], profiles, own, {}, places=frozenset({"=marl"}))
    assert (found.event is not None) is told


def test_at_most_so_many_are_picked() -> None:
    """However many stories are alike, a handful is picked, and of equals the newest."""
    archive = Archive()
    for number in range(40, 60):
        archive.file(number, "ferry", "pilots")
    picks = archive.file(60, "ferry", "pilots")
    assert len(picks) == PICKS
    assert picks[0] > 50


@given(st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=40), st.integers(1, 10**6))
def test_weights_are_a_direction(terms: list[str], stories: int) -> None:
    """Weights are positive, bounded in number, and their squares add up to one."""
    weights = weigh(Terms(tuple(terms), (1.0,) * len(terms)), {}, stories)
    assert len(weights) == min(len(terms), TERMS_KEPT)
    assert all(weight > 0 for weight in weights.values())
    if terms:
        assert abs(sum(weight**2 for weight in weights.values()) - 1) < 1e-9


def test_telling_terms_begin_with_names() -> None:
    """Names count most, then the headline; a name's own words, stop words, numbers are no terms."""
    terms = terms_of(
        "Ferry pilots strike again", "The pilots of Osmere are at sea.", "A is of 12 it " * 50,
        [Topic(slug="port-osmere", name="Port Osmere", type="place"), Topic(slug="eu", name="EU")],
    ).terms  # fmt: skip
    assert terms[0] == "=port-osmere"
    assert {"ferry", "pilot", "strike"} <= set(terms)
    assert not {"the", "again", "are", "12", "is", "osmere", "=eu"} & set(terms)
    many = " ".join(f"word{n}x" for n in "abcdefghijklmnopqrstuvwxyz" * 3)
    assert len(
        terms_of(many, "", "".join(f" w{chr(97 + n)}x" * 2 for n in range(26)), []).terms
    ) <= (TERMS_READ)


def test_scripts_without_spaces() -> None:
    """A Chinese text offers pairs of signs, so that two of them can share some and not all."""
    one = set(terms_of("渡轮在港口搁浅", "", "渡轮在港口搁浅，无人受伤。", []).terms)
    two = set(terms_of("港口罢工结束", "", "港口罢工结束。", []).terms)
    assert one & two == {"港口"}


@given(st.text(max_size=200), st.text(max_size=50), st.lists(st.text(max_size=70), max_size=5))
def test_any_text_has_terms(headline: str, standfirst: str, names: list[str]) -> None:
    """No text breaks it, and the same text always gives the same terms."""
    topics = [Topic(slug=f"n{n}", name=name, type="person") for n, name in enumerate(names)]
    first = terms_of(headline, standfirst, headline, topics)
    assert first == terms_of(headline, standfirst, headline, topics)
    assert len(first.terms) == len(first.heft) <= max(TERMS_READ, len(names))


@given(st.text(st.sampled_from("aA ’-ſßİΣς\u0345\u0307é_1") | st.characters(max_codepoint=0x500)))
def test_words_are_the_same_whether_text_or_word_is_folded(text: str) -> None:
    """Folding a whole text at once finds the words that folding each of them gives."""
    assert related._words(text) == [word.casefold() for word in related._WORD.findall(text)]
