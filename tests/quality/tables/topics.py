"""Topics beside a gazetteer: a list of names that is looked up in every text."""

from __future__ import annotations

from collections.abc import Iterable

from tests.quality.desk import filed
from tests.quality.labels import Labelled, wire
from tests.quality.measures import Score, overlap
from tests.quality.report import Table, number, splits

from wirecopy.story.topics import topic_slug


def scores(stories: list[Labelled]) -> dict[str, Score]:
    """What the product finds, and what gazetteers find."""
    every = sorted({topic for story in wire() for topic in story.topics})
    return {
        "wirecopy": overlap((_given(story), _right(story)) for story in stories),
        "gazetteer with half of all names": _looked_up(every[::2], stories),
        "gazetteer with every name there is": _looked_up(every, stories),
    }


def _given(story: Labelled) -> set[str]:
    """The product's topics but for the subject that only says the section."""
    return {topic.slug for topic in filed()[story.name].topics if topic.type != "subject"}


def _right(story: Labelled) -> set[str]:
    return {topic_slug(topic) for topic in story.topics}


def _looked_up(names: Iterable[str], stories: list[Labelled]) -> Score:
    known = list(names)
    return overlap(
        (
            {topic_slug(name) for name in known if name in f"{story.headline}\n{story.text}"},
            _right(story),
        )
        for story in stories
    )


def measure() -> Table:
    """Precision, recall and F1 of topics on both parts of the set."""
    rows = []
    for split, stories in splits().items():
        for who, score in scores(stories).items():
            rows.append((split, who, *map(number, (*score, score.f1))))
    return Table(
        title="Topics",
        columns=("set", "who", "precision", "recall", "F1"),
        rows=tuple(rows),
        note="From the text alone: the wire sends no entities. No list in the world holds every "
        "name of tomorrow's news; the last gazetteer shows what such a list would be worth.",
    )
