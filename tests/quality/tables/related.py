"""Related stories beside the latest of the section and plain TF-IDF cosine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def fresh(story: Labelled, picks: Iterable[Labelled]) -> list[int]:
    """What each pick is worth after those before it: no report is worth a second click."""
    gains, told = [], {(story.event, story.angle)}
    for pick in picks:
        key = (pick.event, pick.angle)
        gains.append(0 if key in told else worth(story, pick))
        told.add(key)
    return gains


def scores(stories: list[Labelled], picker: Picker) -> tuple[float, float, float, float]:
    """(nDCG@5, the same with repeats counted, share of picks worth it, same report picked)."""
    found, plain, good, same = [], [], [], []
    for story in stories:
        picks = picker(story)
        best = sorted(_earlier(story), key=lambda one: -worth(story, one))
        value = ndcg(fresh(story, picks), fresh(story, best), LATEST)
        if value is not None and worth(story, best[0]) > 1:
            found.append(value)
            gains = [worth(story, pick) for pick in picks]
            plain.append(ndcg(gains, [worth(story, one) for one in best], LATEST) or 0.0)
        good += [gain > 0 for gain in fresh(story, picks)]
        same.append(any(p.event == story.event and p.angle == story.angle for p in picks))
    return mean(found), mean(plain), mean(good) if good else 0.0, mean(same)


def measure() -> Table:
    """The nDCG@5 of related stories on both parts of the set."""
    rows = []
    for split, stories in splits().items():
        for who, picker in PICKERS.items():
            rows.append((split, who, *map(number, scores(stories, picker))))
    return Table(
        title="Related stories",
        columns=("set", "who", "nDCG@5", "repeats counted", "picks worth it", "same report picked"),
        rows=tuple(rows),
        note="Over stories that go on with an earlier one. A pick that tells what a "
        "pick before it told is worth nothing in the first column, what it would be worth alone in "
        "the second.",
    )
