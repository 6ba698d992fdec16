"""`make quality`: how often the product decides rightly on labelled copy, beside simpler rules.

One function for each question; a new question is a function that gives tables, and a line in
`QUESTIONS`. The labelled copy lies with the tests, which keep floors under these figures.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import wire
from measures import Interleaved, Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.story.twins.scores import RULES, found_through_index, score
from tests.story.twins.variants import Pair, item, pairs

from wirecopy.model import Item
from wirecopy.story.twins import kinship, prints_of

DISTRACTORS = 5000


def twins() -> list[Table]:
    """Whether one story told twice is found and joined, and nothing else is."""
    labelled = pairs()
    others = [
        item(copy.id, copy.headline, list(copy.paragraphs)) for copy in wire.stories(0, DISTRACTORS)
    ]
    return [_joins(labelled), _index(labelled, others), _cost(labelled)]


def _joins(labelled: list[Pair]) -> Table:
    rows = []
    for part, held_out in (("tuned on", False), ("held out", True)):
        these = [pair for pair in labelled if pair.held_out == held_out]
        for name, joins in RULES.items():
            got = score(these, joins)
            counts = (len(these), got.joined, got.wrongly, got.missed)
            rows.append((part, name, *counts, f"{got.precision:.3f}", f"{got.recall:.3f}"))
    return Table(
        title="The same story twice: joined or not",
        columns=(
            "part", "rule", "pairs", "joined rightly", "wrongly", "missed", "precision", "recall",
        ),
        rows=tuple(rows),
        note="A wrong join hides a story, a miss shows one twice: precision counts first.",
    )  # fmt: skip


def _index(labelled: list[Pair], others: list[Item]) -> Table:
    hits, of = found_through_index(labelled, others)
    return Table(
        title="The same story twice: found through the index",
        columns=("other stories", "pairs", "found", "recall"),
        rows=((len(others), of, hits, f"{hits / of:.3f}"),),
    )


def _cost(labelled: list[Pair]) -> Table:
    """CPU time of both steps on copy of ordinary length."""
    kin = [pair for pair in labelled if pair.kin][:100]
    copies = [item(c.id, c.headline, list(c.paragraphs)) for c in wire.stories(0, 200)]
    timed = Interleaved(
        {
            "prints of a story of 2,100 signs": lambda: [prints_of(each) for each in copies],
            "kinship of two reports": lambda: [kinship(pair.a, pair.b) for pair in kin],
        },
        7,
    )
    sizes = {"prints of a story of 2,100 signs": len(copies), "kinship of two reports": len(kin)}
    return Table(
        title="The same story twice: what it costs",
        columns=("step", "ms"),
        rows=tuple((name, timed.median(name) / size * 1000) for name, size in sizes.items()),
    )


QUESTIONS: tuple[Callable[[], list[Table]], ...] = (twins,)


def main() -> None:
    """Print the tables of every question."""
    for question in QUESTIONS:
        for table in question():
            print(table.markdown(), flush=True)


if __name__ == "__main__":
    main()
