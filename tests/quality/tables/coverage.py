"""Coverage clusters beside TF-IDF in a single pass, with its best threshold and window."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from tests.quality.desk import events, filed
from tests.quality.labels import Labelled, wire
from tests.quality.measures import Score, bcubed, cosine, vectors
from tests.quality.report import Table, number, splits

_THRESHOLDS = tuple(n / 100 for n in range(10, 80, 5))
_WINDOWS = (timedelta(hours=6), timedelta(hours=24), timedelta(days=3))


def ours() -> dict[str, str]:
    """The product's cluster of every story; one that is told nowhere else is its own."""
    return {
        name: events().get(record.id) or record.voice or record.id
        for name, record in filed().items()
    }


@cache
def single_pass(threshold: float, window: timedelta) -> dict[str, str]:
    """Each story into the cluster of the most similar story before it, or into one of its own."""
    made = vectors({one.name: f"{one.headline}\n{one.headline}\n{one.text}" for one in wire()})
    found: dict[str, str] = {}
    for place, story in enumerate(wire()):
        near = [one for one in wire()[:place] if story.at - one.at <= window]
        scored = [(cosine(made[story.name], made[one.name]), one.name) for one in near]
        score, best = max(scored, default=(0.0, ""))
        found[story.name] = found[best] if score >= threshold else story.name
    return found


def of(found: dict[str, str], stories: list[Labelled]) -> Score:
    """The BCubed score of these stories."""
    return bcubed({s.name: found[s.name] for s in stories}, {s.name: s.event for s in stories})


@cache
def best_pass() -> tuple[float, timedelta]:
    """The threshold and window that serve the baseline best where tuning is allowed."""
    tuned = splits()["tuned on"]
    pairs = [(threshold, window) for threshold in _THRESHOLDS for window in _WINDOWS]
    return max(pairs, key=lambda pair: of(single_pass(*pair), tuned).f1)


def measure() -> Table:
    """BCubed precision, recall and F1 of clusters on both parts of the set."""
    threshold, window = best_pass()
    whos = {
        "wirecopy": ours(),
        f"TF-IDF single pass ({threshold:.2f}, {window.total_seconds() / 3600:.0f} h)": single_pass(
            threshold, window
        ),
        "every story alone": {story.name: story.name for story in wire()},
    }
    rows = []
    for split, stories in splits().items():
        for who, found in whos.items():
            score = of(found, stories)
            rows.append((split, who, *map(number, (*score, score.f1))))
    return Table(
        title="Coverage",
        columns=("set", "who", "BCubed precision", "BCubed recall", "BCubed F1"),
        rows=tuple(rows),
    )
