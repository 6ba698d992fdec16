"""What is made once of a value that never changes, for all the pages that show it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Made = TypeVar("_Made")


class Once(Generic[_Made]):
    """Results by the identity of what they were made of; the oldest go when there are too many.

    Asking by identity costs a fraction of hashing a story, and is safe where values are frozen.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[tuple[int, Hashable], tuple[object, _Made]] = {}

    def of(self, value: object, how: Hashable, make: Callable[[], _Made]) -> _Made:
        """What `make` makes of this very value in the way that `how` names, made once."""
        key = id(value), how
        known = self._known.get(key)
        # The value is kept, or another could come to lie where it lay.
        if known is not None and known[0] is value:
            return known[1]
        made = make()
        if len(self._known) >= self._most:
            del self._known[next(iter(self._known))]
        self._known[key] = value, made
        return made
