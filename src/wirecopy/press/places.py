"""Places of datelines, in the letters a map has."""

from __future__ import annotations

import re

_PART = re.compile(r"[^,]+")
_WORD = re.compile(r"[^\W\d_]+")
# fmt: off
_SMALL = frozenset((
    "al", "am", "an", "au", "aux", "da", "das", "de", "del", "der", "des", "di", "do", "dos", "du",
    "e", "el", "im", "in", "la", "las", "le", "les", "los", "of", "on", "sur", "und", "upon", "y",
))
# fmt: on
"""Words inside names of places that a map does not capitalise, unless they are the first."""


def as_written(place: str) -> str:
    """A place in capitals, as agencies send it, as a map has it: NEW YORK is New York.

    What stands between commas is told for itself ("PORT SEL, Norland"), and short words that may
    be initials (UN, USA, D.C.) are left alone; the agency's line stays in the dateline's text.
    """
    return _PART.sub(lambda part: _cased(part[0]), place)


def _cased(part: str) -> str:
    """One part of a place's name, where it is in capitals and a name."""
    words = [word.casefold() for word in _WORD.findall(part)]
    long = [word for word in words if len(word) > 2]
    named = len(long) > 1 or any(len(word) > 3 or _SMALL & set(words) for word in long)
    if not part.isupper() or not named:
        return part
    first = _WORD.search(part)

    def cased(word: re.Match[str]) -> str:
        said = word[0].lower()
        if said in _SMALL and first and word.start() != first.start():
            return said
        return (
            said.capitalize() if len(said) > 2 or said in {*_SMALL, "st", "mt", "ft"} else word[0]
        )

    return _WORD.sub(cased, part)
