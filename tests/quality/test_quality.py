"""The report's floors: what the librarian must get right on both parts of the labelled wire."""

from __future__ import annotations

import pytest
from tests.quality.labels import wire
from tests.quality.report import splits
from tests.quality.tables import coverage, related, sections, strangers, topics

PARTS = ("tuned on", "kept aside")


def test_the_set_is_large_and_partly_kept_aside() -> None:
    """More than three hundred stories, more than a third of them kept aside."""
    held = sum(story.held for story in wire())
    assert len(wire()) > 300
    assert held * 3 > len(wire())
    assert {story.language for story in wire()} >= {"en", "de", "es", "fr", "hi", "ar"}


@pytest.mark.parametrize("part", PARTS)
def test_topics(part: str) -> None:
    """Topics beat a list of half of all names by far."""
    found = topics.scores(splits()[part])
    assert found["wirecopy"].f1 > 0.92
    assert found["wirecopy"].f1 > found["gazetteer with half of all names"].f1 + 0.2


@pytest.mark.parametrize("part", PARTS)
def test_related(part: str) -> None:
    """Picks rank clearly better than TF-IDF's, are worth it far oftener, and repeat no report."""
    stories = splits()[part]
    ndcg, _, good, same = related.scores(stories, related.picked)
    theirs = related.scores(stories, related.alike)
    assert ndcg > 0.91
    assert ndcg > theirs[0] + 0.04
    assert good > theirs[2] * 1.6
    assert same < 0.04


@pytest.mark.parametrize("part", PARTS)
def test_coverage(part: str) -> None:
    """Clusters are better than one TF-IDF pass at its best, and hardly ever mix two events."""
    stories = splits()[part]
    ours = coverage.of(coverage.ours(), stories)
    assert ours.precision > 0.92
    assert ours.f1 > coverage.of(coverage.single_pass(*coverage.best_pass()), stories).f1 + 0.02


@pytest.mark.parametrize("part", PARTS)
def test_sections(part: str) -> None:
    """Sections are told right twice as often as by the source's default."""
    stories = splits(lambda story: not sections.routed(story))[part]
    found = sections.scores(stories)
    assert found["wirecopy"][0] > 2 * found["the source's section"][0]


@pytest.mark.skipif(not strangers.SAMPLES.is_dir(), reason="the real wires are not beside us")
def test_topics_of_strangers() -> None:
    """On copy that nobody here wrote topics are worse, and still far above half a gazetteer."""
    found = strangers.scores()
    assert found["wirecopy"].f1 > 0.77
    assert found["wirecopy"].f1 > found["gazetteer with half of all names"].f1 + 0.1
