"""Sections of copy whose wire says none, beside the source's default section."""

from __future__ import annotations

from statistics import mean

from tests.quality.desk import filed, routed
from tests.quality.labels import Labelled
from tests.quality.report import Table, number, splits


def scores(stories: list[Labelled]) -> dict[str, tuple[float, float]]:
    """Who is right how often, and on how many it has an opinion."""
    told = [(story, filed()[story.name].section) for story in stories]
    return {
        "wirecopy": (
            mean(section == story.section for story, section in told),
            mean(section != "news" for _, section in told),
        ),
        "the source's section": (mean(story.section == "news" for story in stories), 0.0),
    }


def measure() -> Table:
    """How often the section is right where the wire says nothing."""
    rows = []
    for split, stories in splits(lambda story: not routed(story)).items():
        for who, (right, told) in scores(stories).items():
            rows.append((split, who, str(len(stories)), number(right), number(told)))
    return Table(
        title="Sections where the wire says nothing",
        columns=("set", "who", "stories", "right", "moved from the source's section"),
        rows=tuple(rows),
        note="Three in five stories of the wire carry a subject: what those taught tells the rest.",
    )
