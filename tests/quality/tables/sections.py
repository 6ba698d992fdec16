"""Sections of copy whose wire says none, beside the source's default section."""

from __future__ import annotations

from statistics import mean

from tests.quality.desk import filed, routed
from tests.quality.labels import Labelled
from tests.quality.report import Table, number, splits


def scores(stories: list[Labelled]) -> dict[str, tuple[float, float, float]]:
    """Who is right how often, on how many it has an opinion, and how often that is right."""
    told = [(story, filed()[story.name].section) for story in stories]
    moved = [story.section == section for story, section in told if section != "news"]
    return {
        "wirecopy": (
            mean(section == story.section for story, section in told),
            len(moved) / len(told),
            mean(moved) if moved else 0.0,
        ),
        "the source's section": (mean(story.section == "news" for story in stories), 0.0, 0.0),
    }


def measure() -> Table:
    """How often the section is right where the wire says nothing."""
    rows = []
    for split, stories in splits(lambda story: not routed(story)).items():
        for who, found in scores(stories).items():
            rows.append((split, who, str(len(stories)), *map(number, found)))
    return Table(
        title="Sections where the wire says nothing",
        columns=("set", "who", "stories", "right", "moved elsewhere", "moved right"),
        rows=tuple(rows),
        note="Three in five stories of the wire carry a subject: what those taught tells the rest. "
        "In the order of arrival, so the first days' stories are told by little.",
    )
