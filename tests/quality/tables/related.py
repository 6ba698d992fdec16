"""Related stories beside the latest of the section and plain TF-IDF cosine."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from statistics import mean

from tests.quality.desk import filed, names
from tests.quality.labels import LATEST, Labelled, wire, worth
from tests.quality.measures import cosine, ndcg, vectors
from tests.quality.report import Table, number, splits

Picker = Callable[[Labelled], list[Labelled]]


def picked(story: Labelled) -> list[Labelled]:
    """What the product picks."""
    by_name = {one.name: one for one in wire()}
    ids = filed()[story.name].related
    return [by_name[names()[one]] for one in ids if one in names()][:LATEST]


def latest(story: Labelled) -> list[Labelled]:
    """The newest earlier stories of its section."""
    return [one for one in _earlier(story)[::-1] if one.section == story.section][:LATEST]


@cache
def _vectors() -> dict[str, dict[str, float]]:
    return vectors({one.name: f"{one.headline}\n{one.headline}\n{one.text}" for one in wire()})


def alike(story: Labelled) -> list[Labelled]:
    """The most similar earlier stories by TF-IDF cosine."""
    return _ranked(story, _earlier(story))


def alike_but_not_the_same(story: Labelled) -> list[Labelled]:
    """The same, with every other telling of the same report taken out by hand."""
    others = [
        one for one in _earlier(story) if (one.event, one.angle) != (story.event, story.angle)
    ]
    return _ranked(story, others)


def _ranked(story: Labelled, others: list[Labelled]) -> list[Labelled]:
    made = _vectors()
    scored = [(cosine(made[story.name], made[one.name]), one.name, one) for one in others]
    scored.sort(key=lambda each: (-each[0], each[1]))
    return [one for score, _, one in scored if score > 0][:LATEST]


def _earlier(story: Labelled) -> list[Labelled]:
    return [one for one in wire() if one.name < story.name]


PICKERS: dict[str, Picker] = {
    "wirecopy": picked,
    "latest in the section": latest,
    "TF-IDF cosine": alike,
    "TF-IDF cosine, same reports taken out by hand": alike_but_not_the_same,
}


def scores(stories: list[Labelled], picker: Picker) -> tuple[float, float, float]:
    """(nDCG@5, share of picks worth anything, share of stories whose picks tell the same)."""
    found, good, same = [], [], []
    for story in stories:
        picks = picker(story)
        gains = [worth(story, pick) for pick in picks]
        value = ndcg(gains, [worth(story, one) for one in _earlier(story)], LATEST)
        if value is not None:
            found.append(value)
        good += [gain > 0 for gain in gains]
        same.append(any(p.event == story.event and p.angle == story.angle for p in picks))
    return mean(found), mean(good) if good else 0.0, mean(same)


def measure() -> Table:
    """nDCG@5 of related stories on both parts of the set."""
    rows = []
    for split, stories in splits().items():
        for who, picker in PICKERS.items():
            rows.append((split, who, *map(number, scores(stories, picker))))
    return Table(
        title="Related stories",
        columns=("set", "who", "nDCG@5", "picks worth it", "stories with the same report picked"),
        rows=tuple(rows),
        note="nDCG over stories for which an earlier story is worth a click.",
    )
