"""Names that were probably meant."""

from __future__ import annotations

import difflib


def suggest(name: str, known: list[str]) -> str:
    """A question after a near name: did you mean ...?, or all the names where they are few."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return f" Did you mean {near[0]!r}?"
    return f" Known: {', '.join(known)}." if 0 < len(known) <= 20 else ""
