"""All that an item says in one text, for a glance before anything is looked at piece by piece."""

from __future__ import annotations

import json

import msgspec

from wirecopy.model import Item

_encode = msgspec.json.Encoder().encode


def all_of(item: Item) -> str:
    """Every text of an item, one behind the other (as JSON): no shorter than all of them.

    Signs that mislead or were misread stand in it as they stand in the item. Names for machines
    are among the texts, so whatever is found has still to be looked for where readers look.
    """
    try:
        return _encode(item).decode()
    except UnicodeEncodeError:  # half a pair of UTF-16, which UTF-8 has no bytes for
        return json.dumps(msgspec.to_builtins(item, str_keys=True), ensure_ascii=False)
