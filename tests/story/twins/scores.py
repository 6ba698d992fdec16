"""How well pairs are joined: by kinship, by two simpler rules beside it, and through an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from hashlib import sha256

import msgspec
from tests.story.twins.variants import Pair

from wirecopy.model import Item
from wirecopy.story.prose import block_text, folded
from wirecopy.story.twins import MOULD, kinship, prints_of, shortlist

Joins = Callable[[Item, Item], bool]


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule made of labelled pairs."""

    joined: int
    wrongly: int
    missed: int
    apart: int

    @property
    def precision(self) -> float:
        """Share of the joined pairs that are one story."""
        return self.joined / max(1, self.joined + self.wrongly)

    @property
    def recall(self) -> float:
        """Share of the pairs of one story that were joined."""
        return self.joined / max(1, self.joined + self.missed)


def score(pairs: Iterable[Pair], joins: Joins) -> Score:
    """The rule's decisions on the pairs, counted."""
    counts = {(kin, joined): 0 for kin in (True, False) for joined in (True, False)}
    for pair in pairs:
        counts[pair.kin, joins(pair.a, pair.b)] += 1
    return Score(
        joined=counts[True, True],
        wrongly=counts[False, True],
        missed=counts[True, False],
        apart=counts[False, False],
    )


def by_kinship(a: Item, b: Item) -> bool:
    """Whether wirecopy joins the two."""
    return kinship(a, b) != "different"


def by_hash(a: Item, b: Item) -> bool:
    """Whether their texts are equal but for case, punctuation and space."""
    return _hash(a) == _hash(b)


def by_shingles(a: Item, b: Item) -> bool:
    """Whether half of all runs of four words are common to both."""
    one, two = _shingles(a), _shingles(b)
    return bool(one and two) and 2 * len(one & two) >= len(one | two)


RULES: dict[str, Joins] = {
    "wirecopy": by_kinship,
    "hash of the normalised text": by_hash,
    "Jaccard of word 4-shingles >= 0.5": by_shingles,
}


def _text(item: Item) -> str:
    return " ".join(block_text(block) for block in item.body)


def _hash(item: Item) -> bytes:
    return sha256(folded(_text(item)).encode()).digest()


def _shingles(item: Item) -> set[tuple[str, ...]]:
    words = _text(item).casefold().split()
    return set(zip(*(words[start:] for start in range(4)), strict=False))


class Index:
    """Prints of stories in memory, asked as the archive asks its table."""

    def __init__(self) -> None:
        self._holders: dict[int, list[int]] = defaultdict(list)

    def add(self, number: int, item: Item) -> None:
        """File a story; a print that is a mould's already is not noted again."""
        for each in prints_of(item):
            if len(self._holders[each]) <= MOULD:
                self._holders[each].append(number)

    def candidates(self, item: Item) -> tuple[int, ...]:
        """The stories whose texts are worth comparing with this one's; each has one text."""
        prints = prints_of(item)
        held = ((each, story) for each in prints for story in self._holders.get(each, ()))
        return shortlist((each, story, str(story)) for each, story in held)


def found_through_index(pairs: list[Pair], others: Iterable[Item]) -> tuple[int, int]:
    """How many pairs of one story find each other among all others, and of how many.

    Every pair's own report is in the index but once, with every copy that must stay apart.
    """
    index = Index()
    number = 0
    for item in (*others, *(side for pair in pairs if not pair.kin for side in (pair.a, pair.b))):
        number += 1
        index.add(number, item)
    numbers: dict[str, int] = {}
    kin = [pair for pair in pairs if pair.kin]
    for pair in kin:
        if pair.a.item_id not in numbers:
            number += 1
            numbers[pair.a.item_id] = number
            index.add(number, pair.a)
    hits = sum(numbers[pair.a.item_id] in index.candidates(pair.b) for pair in kin)
    return hits, len(kin)
