"""Characters that nobody sees and that mislead whoever reads: taken out of what readers are shown.

A direction that is overridden makes "exe.gpj" of "jpg.exe", and one that is never closed turns
round whatever the page says next. Tag characters hide text that machines read and people do not.
Marks and joiners that scripts are written with stay, and so do embeddings that are closed.
"""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from wirecopy.formats.glance import all_of
from wirecopy.model import Item

_SIGNS = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]|[\u0300-\u036f]{5}")
_OVERRIDES = re.compile("[\u202d\u202e]")
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]+")
"""Tag characters anywhere but in a flag, where they name the country."""
_STACKED = re.compile("([\u0300-\u036f]{4})[\u0300-\u036f]+")
"""More marks on one letter than any language writes; they cover the lines around."""
_DIRECTIONS = re.compile("[\u202a-\u202c\u2066-\u2069]")
_CLOSES = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}
_EXACT = frozenset({
    "item_id", "alt_ids", "url", "links", "targets", "numbers", "original", "edits", "id", "href",
    "code", "scheme", "signals",
})  # fmt: skip
"""Fields that are names for machines: they are compared, and shown to nobody."""

Value = TypeVar("Value")


def straight(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`items` without characters that mislead; the very same where there are none."""
    return tuple(_straight(item) if is_odd(all_of(item)) else item for item in items)


def is_odd(words: str) -> bool:
    """Whether a text has such a character; quick, and mostly no."""
    return not words.isascii() and _SIGNS.search(words) is not None


def _straight(value: Value) -> Value:
    """The value with every text in it straightened, but for names that machines compare."""
    if isinstance(value, str):
        return straightened(value)  # type: ignore[return-value]  # a str is what came in
    if isinstance(value, tuple):
        return type(value)(map(_straight, value))
    if isinstance(value, msgspec.Struct):
        fields = [name for name in value.__struct_fields__ if name not in _EXACT]
        told = {name: _straight(getattr(value, name)) for name in fields}
        return msgspec.structs.replace(value, **told)
    return value


def straightened(words: str) -> str:
    """`words` without overrides, hidden tags and stacks of marks; unclosed directions go too."""
    if not is_odd(words):
        return words
    words = _STACKED.sub(r"\1", _TAGS.sub("", _OVERRIDES.sub("", words)))
    return words if _is_closed(words) else _DIRECTIONS.sub("", words)


def _is_closed(words: str) -> bool:
    """Whether every direction that is begun ends, in order and before the text does."""
    begun: list[str] = []
    for match in _DIRECTIONS.finditer(words):
        sign = match[0]
        if sign not in _CLOSES:
            begun.append(sign)
        elif not begun or begun.pop() not in _CLOSES[sign]:
            return False
    return not begun
