"""Scripts that are written without spaces: what is found in them is found by pairs of signs."""

from __future__ import annotations

import re

from wirecopy.scripts import UNSPACED

_RUN = re.compile(f"[{UNSPACED}]+")


def spaceless_runs(text: str) -> list[str]:
    """The runs of signs of such scripts in a text; none in most, which costs nothing to know."""
    return [] if text.isascii() else _RUN.findall(text)


def pairs_of(run: str) -> str:
    """Each two neighbouring signs, with a space between the pairs; a single sign as it is."""
    return " ".join(run[at : at + 2] for at in range(max(1, len(run) - 1)))


def paired(*texts: str) -> str:
    """All the pairs of some texts, as search keeps them; runs are kept apart by a full stop."""
    return " . ".join(pairs_of(run) for text in texts for run in spaceless_runs(text))
