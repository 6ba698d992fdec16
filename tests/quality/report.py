"""Tables of the report, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from tests.quality.labels import Labelled, wire


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One question: its columns, and a row for the product beside one for each baseline."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def markdown(self) -> str:
        """The table as Markdown."""
        lines = [f"## {self.title}", "", _row(self.columns), _row(["---"] * len(self.columns))]
        lines += [_row(row) for row in self.rows]
        return "\n".join([*lines, "", *([self.note, ""] if self.note else [])])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def splits(story: Callable[[Labelled], bool] = lambda _story: True) -> dict[str, list[Labelled]]:
    """The labelled stories by what was tuned on and what was kept aside."""
    return {
        "tuned on": [one for one in wire() if not one.held and story(one)],
        "kept aside": [one for one in wire() if one.held and story(one)],
    }


def number(value: float) -> str:
    """A figure with three places."""
    return f"{value:.3f}"
