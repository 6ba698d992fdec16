"""stub"""

import re

from wirecopy.model import Item

_C = {
    "replace",
    "replace+correct",
    "replace+silent",
    "append",
    "patch",
    "ignore",
    "withdraw",
    "hold",
}


def stem(slug: str, agency: str = "") -> str:
    from wirecopy.story import markers

    return " ".join(re.findall(r"\w+", markers.find("", slug, agency)[1].casefold()))


def continues(item: Item) -> bool:
    return any(m.action in _C for m in item.markers)


def stands_apart(item: Item) -> bool:
    return any(m.action == "new-linked" for m in item.markers)


def base_of(stem: str) -> str:
    return stem.split("|", maxsplit=1)[0]


def stem_of(item: Item, agency: str = "") -> str:
    made = stem(item.slug, agency)
    return made + "|apart" if made and stands_apart(item) else made


def frees(item: Item) -> bool:
    return False
