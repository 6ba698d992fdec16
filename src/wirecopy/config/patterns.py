"""Whether a regular expression is harmless: no text, however hostile, makes it crawl.

A backtracking matcher may try every way in which the repeats and choices of a pattern can be read,
so those ways are counted before a pattern is ever used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined] # typeshed leaves the parser out
from re import _parser as parser  # type: ignore[attr-defined] # as above
from typing import Any

_LONGEST = 400
"""Characters of a profile's pattern."""
_LONGEST_RULE = 4000
"""Characters of a desk rule's pattern, which may well be a long list of names."""
TEXT = 200
"""Characters of the text it is tried on; a repeat without a limit has this one."""
MOST_WAYS = 2_000_000
"""Ways in which a pattern may be read from one place of a text."""
_MOST_WAYS_RULE = 50_000
"""The same for a desk rule, which is tried from every place of a text."""
_FAR_TOO_MANY = 10**15

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def fault_of_rule(pattern: str) -> str:
    """What is wrong with the pattern of a desk rule; "" for a harmless one."""
    return fault_of(pattern, _MOST_WAYS_RULE, _LONGEST_RULE)


def fault_of(pattern: str, most: int = MOST_WAYS, longest: int = _LONGEST) -> str:
    """What is wrong with a pattern, in words that end a sentence; "" for a harmless one."""
    if len(pattern) > longest:
        return f"is longer than {longest} characters"
    try:
        re.compile(pattern)
        tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return f"is not a regular expression: {error}"
    if _nested(tree, inside=False):
        return "has a repeat inside a repeat, which can take for ever; write the inner one out"
    if _ways(tree) > most:
        return "can be read in too many ways; give its repeats narrower limits, as in {1,20}"
    return ""


def stretches(text: str) -> Iterator[str]:
    """`text`, or what a pattern is tried on in its place: stretches of bounded length.

    Each begins in the middle of the one before, so whatever is no longer than half a stretch is
    found wherever it stands, and the time grows with the text and no faster.
    """
    if len(text) <= TEXT:
        yield text
        return
    for begin in range(0, len(text) - TEXT // 2, TEXT // 2):
        yield text[begin : begin + TEXT]


def _nested(node: Any, *, inside: bool) -> bool:
    """Whether a repeat whose length may vary stands inside another repeat."""
    for op, value in node:
        again = False
        if op in _REPEATS:
            least, most, _ = value
            if inside and most != least and int(most) > 1:
                return True
            again = int(most) > 1
        if any(_nested(part, inside=inside or again) for part in _parts(value)):
            return True
    return False


def _ways(node: Any) -> int:
    """In how many ways a pattern can be read, at most."""
    ways = 1
    for op, value in node:
        below = [_ways(part) for part in _parts(value)]
        if op in _REPEATS:
            least, most = (min(int(number), TEXT) for number in value[:2])
            ways *= (most - least + 1) * _power(below[0], most)
        elif op is codes.BRANCH:
            ways *= sum(below)
        else:
            for each in below:
                ways *= each
        ways = min(ways, _FAR_TOO_MANY)
    return ways


def _power(ways: int, times: int) -> int:
    return 1 if ways == 1 else min(ways ** min(times, 50), _FAR_TOO_MANY)


def _parts(value: Any) -> list[Any]:
    """The patterns inside one element of a pattern: groups, branches, look-arounds."""
    if isinstance(value, parser.SubPattern):
        return [value]
    if isinstance(value, (tuple, list)):
        return [part for each in value for part in _parts(each)]
    return []
