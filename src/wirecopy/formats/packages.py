"""Packages: the words in which formats say what an item is in the package that holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from wirecopy.model import Item, Link

_ROLES = {
    "main": "main",
    "mainmember": "main",
    "lead": "main",
    "text": "main",
    "story": "main",
    "picture": "picture",
    "pictures": "picture",
    "photo": "picture",
    "photos": "picture",
    "image": "picture",
    "images": "picture",
    "featuremedia": "picture",
    "mainpic": "picture",
    "mainmedia": "picture",
    "mainpicture": "picture",
    "gallery": "picture",
    "sidebar": "sidebar",
    "sidebars": "sidebar",
    "side": "sidebar",
    "box": "sidebar",
    "supporting": "sidebar",
    "supplementary": "sidebar",
    "background": "sidebar",
    "related": "sidebar",
    "alternative": "alternative",
    "alternatives": "alternative",
    "alternate": "alternative",
    "alt": "alternative",
    "translation": "alternative",
}
_NUMBERED = re.compile(r"[\s_:/-]*\d+$")
_PICTURED = frozenset({"picture", "graphic"})


def role_of(word: str, kind: str = "") -> str:
    """main, picture, sidebar or alternative for what a format calls a member, else its own word.

    A picture (`kind`) in the main group is there to go with the story, and not the story itself.
    """
    said = re.split(r"[:/#]", word.strip())[-1] if "//" in word or ":" in word else word.strip()
    role = _ROLES.get(_NUMBERED.sub("", said).casefold(), said)
    if kind in _PICTURED and role in ("main", "", "root"):
        return "picture"
    return role


def pointed(item: Item, known: Mapping[str, Item]) -> Item:
    """A package with its members by the ids, and as what, they are read from the same delivery.

    `known` has the delivery's items by every id that a package may name them by.
    """
    if item.type != "composite" or not known:
        return item
    links = tuple(
        msgspec.structs.replace(
            each,
            target=known[each.target].item_id,
            role=role_of(each.role, known[each.target].type),
        )
        if each.rel == "member" and each.target in known
        else each
        for each in item.links
    )
    return item if links == item.links else msgspec.structs.replace(item, links=links)


def unique(links: list[Link]) -> tuple[Link, ...]:
    """The links in their order, a member once: the role that was given first stands."""
    found: dict[tuple[str, str], Link] = {}
    for link in links:
        found.setdefault((link.rel, link.target), link)
    return tuple(found.values())
