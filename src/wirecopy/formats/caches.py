"""A cache for what is made of short words that come again and again: tags, names, categories."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Made = TypeVar("_Made")

SHORT = 200
"""Only texts of fewer characters are remembered: longer ones would be a way to fill the memory."""


def cached_if_short(most: int) -> Callable[[Callable[[str], _Made]], Callable[[str], _Made]]:
    """A decorator: what a function makes of a short text is made once, while `most` others are."""

    def keep(make: Callable[[str], _Made]) -> Callable[[str], _Made]:
        known = lru_cache(maxsize=most)(make)

        @wraps(make)
        def of(words: str) -> _Made:
            return known(words) if len(words) < SHORT else make(words)

        return of

    return keep
