"""What is made once of a value that never changes, for all the pages that show it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Made = TypeVar("_Made")


class Lately(Generic[_Key, _Made]):
    """What was made or asked for lately: at least half of `most` things, and never more than that.

    The young are asked first; when they are half of all there may be, they become the old, and
    what was old and has not been asked for goes. To take the oldest out of a dict one by one
    walks past all that went before it.
    """

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._young: dict[_Key, _Made] = {}
        self._old: dict[_Key, _Made] = {}

    def get(self, key: _Key) -> _Made | None:
        """What was put under that key, None where it was not or has gone."""
        known = self._young.get(key)
        if known is None:
            known = self._old.get(key)
            if known is not None:
                self.put(key, known)
        return known

    def put(self, key: _Key, made: _Made) -> None:
        """Keep it, in the place of what was put under that key before."""
        if len(self._young) >= self._half:
            self._old, self._young = self._young, {}
        self._young[key] = made

    def clear(self) -> None:
        """Let go of all."""
        self._young.clear()
        self._old.clear()


class Once(Generic[_Made]):
    """Results by the identity of what they were made of; what is not asked for goes.

    Asking by identity costs a fraction of hashing a story, and is safe where values are frozen.
    """

    def __init__(self, most: int) -> None:
        self._lately: Lately[tuple[int, Hashable], tuple[object, _Made]] = Lately(most)

    def of(self, value: object, how: Hashable, make: Callable[[], _Made]) -> _Made:
        """What `make` makes of this very value in the way that `how` names, made once."""
        key = id(value), how
        known = self._lately.get(key)
        # The value is kept, or another could come to lie where it lay.
        if known is not None and known[0] is value:
            return known[1]
        made = make()
        self._lately.put(key, (value, made))
        return made
