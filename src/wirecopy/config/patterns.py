"""Whether a regular expression is harmless: no text, however hostile, makes it crawl."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined] # typeshed leaves the parser out
from re import _parser as parser  # type: ignore[attr-defined] # as above
from typing import Any

LONGEST = 400
"""Characters of a pattern."""
WIDE = 16
"""Repeats from which on a repeat counts as wide."""
MOST_WIDE = 4
"""Wide repeats in one pattern."""

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def fault_of(pattern: str) -> str:
    """What is wrong with a pattern, in words that end a sentence; "" for a harmless one."""
    if len(pattern) > LONGEST:
        return f"is longer than {LONGEST} characters"
    try:
        re.compile(pattern)
        tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return f"is not a regular expression: {error}"
    repeats = list(_repeats(tree, inside=False))
    if any(nested for _, nested in repeats):
        return "has a repeat inside a repeat, which can take for ever; write the inner one out"
    if sum(most > WIDE for most, _ in repeats) > MOST_WIDE:
        return f"has more than {MOST_WIDE} repeats of over {WIDE}; give them limits, as in {{1,9}}"
    return ""


def _repeats(node: Any, *, inside: bool) -> Iterator[tuple[int, bool]]:
    """(most, whether it stands inside another) of every repeat whose length may vary."""
    for op, value in node:
        if op in _REPEATS:
            least, most, body = value
            varies = int(most) != int(least) and int(most) > 1
            if varies:
                yield int(most), inside
            yield from _repeats(body, inside=inside or int(most) > 1)
        else:
            for part in _parts(value):
                yield from _repeats(part, inside=inside)


def _parts(value: Any) -> Iterator[Any]:
    """The patterns inside one element of a pattern: groups, branches, look-arounds."""
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _parts(each)
