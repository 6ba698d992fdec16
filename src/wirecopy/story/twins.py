"""The same story twice: whether two items tell one story, and how to find who to ask.

A desk must not run one report twice because two agencies carry it or one sends it again under a
new id. Two steps: `prints_of` gives a small sketch by which an index finds a few candidates
(`shortlist`), and `kinship` reads both texts in full and decides.

The rule of `kinship` in plain words. Copy is kin when most of the shorter text stands in the longer
one. But a notice of one company and a notice of another are nearly equal as well, so what
differs is looked at: *a desk that works on a report adds and takes away; a form filled in anew
exchanges*. Where each of the two texts has, in its headline or first sentence, names, dates or
figures of its own that the other does not know anywhere, they are two stories, however alike. The
same where throughout the text a good part of names or figures is exchanged. Tolls (killed,
hurt, missing, magnitude, hectares ...) may grow: that is what an update is. In doubt: "different".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Literal
from zlib import crc32

from wirecopy.model import Item
from wirecopy.story.wording import Wording, body_of, is_spaceless, own_names, wording_of, words_of

Kinship = Literal["same", "revised", "condensed", "different"]

PRINTS = 48
"""Most prints of an item."""
LEAD_PRINTS = 16
"""Of them, those of the opening, so that a brief finds the long story it was cut from."""
LEAD_WORDS = 120
SHORTEST = 24
"""Words below which a text has no prints: a flash is like any other flash."""
_SHINGLE = 4
_SIGN_SHINGLE = 8
_SIGNS_A_WORD = 2


def prints_of(item: Item) -> tuple[int, ...]:
    """Up to 48 prints of an item's text, ascending; signed 64-bit numbers, the same everywhere.

    A print stands for four words in a row. The same ones are chosen from whatever text has
    them: those whose checksum is lowest, 16 from the opening, the rest from all of it.
    """
    text = body_of(item)
    words = words_of(text, own_names(item))
    spaceless = is_spaceless(text)
    scale = _SIGNS_A_WORD if spaceless else 1
    if len(words) < SHORTEST * scale:
        return ()
    data = " ".join(words).encode()
    places = _places(data, _SIGN_SHINGLE if spaceless else _SHINGLE)
    sums = [crc32(data[start:end]) for start, end in places]
    chosen = set(sorted(set(sums[: LEAD_WORDS * scale]))[:LEAD_PRINTS])
    for lowest in sorted(set(sums))[:PRINTS]:
        if len(chosen) == PRINTS:
            break
        chosen.add(lowest)
    where = dict(zip(sums, places, strict=True))
    return tuple(sorted(_print(data[where[each][0] : where[each][1]]) for each in chosen))


def _places(data: bytes, size: int) -> list[tuple[int, int]]:
    """Where each run of `size` words begins and ends."""
    ends = list(accumulate(map(len, data.split(b" ")), lambda end, more: end + more + 1))
    starts = [0, *(end + 1 for end in ends)]
    return list(zip(starts, ends[size - 1 :], strict=False))


def _print(words: bytes) -> int:
    return int.from_bytes(blake2b(words, digest_size=8).digest(), signed=True)


# --------------------------------------------------------------------------------------
# Candidates
# --------------------------------------------------------------------------------------

MOLD = 25
"""Stories that may share a print; one that more share comes from a form and says nothing."""
LEAST_SHARED = 2
CANDIDATES = 6


def shortlist(
    rows: Iterable[tuple[int, int]],
    own: int,
    *,
    most: int = CANDIDATES,
    least: int = LEAST_SHARED,
    mold: int = MOLD,
) -> tuple[int, ...]:
    """Numbers of the stories that share most prints with story `own`, best first, at most `most`.

    `rows` are (print, story number) as the index gives them for the story's prints, in any order.
    Of two that share as many, the earlier story comes first.
    """
    holders: dict[int, set[int]] = {}
    for found, story in rows:
        if story != own:
            holders.setdefault(found, set()).add(story)
    shared = Counter(
        story for stories in holders.values() if len(stories) <= mold for story in stories
    )
    ranked = sorted((-count, story) for story, count in shared.items() if count >= least)
    return tuple(story for _, story in ranked[:most])


# --------------------------------------------------------------------------------------
# Kinship
# --------------------------------------------------------------------------------------

_LIKE = 0.5
"""Share of words by which two sentences count as one sentence edited."""
_KIN = 0.55
"""Least share of the shorter text that must stand in the longer one."""
_SURE = 0.8
"""Share from which that alone is enough, whatever the opening."""
_OPENING = 0.6
"""Share of an opening's telling words that the other text knows."""
_NAMES_EXCHANGED = 0.3
_FIGURES_EXCHANGED = 0.4
_MOST_PAIRED = 60
"""Edited sentences that are compared one with another."""


def kinship(a: Item, b: Item) -> Kinship:
    """How two items are related; the same whichever comes first.

    same: the same copy, whatever its headline, credit, dateline and style of quotes. revised: one
    was made of the other by edits or updates. condensed: the shorter is mostly the longer one's
    text. different: anything else, and whenever it is doubtful.
    """
    names = own_names(a, b)
    one, two = wording_of(a, names), wording_of(b, names)
    if min(one.size, two.size) < SHORTEST:
        return _kinship_of_briefs(one, two)
    if len(one.known & two.known) < 0.4 * min(len(one.known), len(two.known)):
        return "different"
    kept, edited = _kept(one, two)
    cover = kept / min(one.size, two.size)
    if cover < _KIN or is_exchanged(one, two, cover):
        return "different"
    if cover < _SURE and max(_opening_known(one, two), _opening_known(two, one)) < _OPENING:
        return "different"
    return _degree(one, two, kept, edited)


def _kinship_of_briefs(one: Wording, two: Wording) -> Kinship:
    """Briefs and flashes are the same word for word under like headlines, or not at all."""
    if one.size < 8 or one.words != two.words or is_exchanged(one, two, 1.0):
        return "different"
    heads = set(one.head), set(two.head)
    shared = len(heads[0] & heads[1])
    return "same" if shared * 2 >= max(1, min(map(len, heads))) else "different"


def _kept(one: Wording, two: Wording) -> tuple[float, bool]:
    """How many words of the shorter text stand in the other, and whether any were edited."""
    short, long = sorted((one, two), key=lambda each: (each.size, each.words))
    whole = Counter(long.sentences)
    kept, rest = 0.0, []
    for sentence in short.sentences:
        if whole[sentence] > 0:
            whole[sentence] -= 1
            kept += len(sentence)
        else:
            rest.append(sentence)
    others = [set(sentence) for sentence in whole.elements()][:_MOST_PAIRED]
    return kept + sum(_best(sentence, others) for sentence in rest[:_MOST_PAIRED]), bool(rest)


def _best(sentence: Sequence[str], others: Sequence[set[str]]) -> float:
    """Words of a sentence that stand in the most similar of the others, if that is like it."""
    words = set(sentence)
    best = 0.0
    for other in others:
        shared = len(words & other)
        if shared > best and shared >= _LIKE * max(len(words), min(len(other), 2 * len(words))):
            best = shared
    return best * len(sentence) / len(words)


def _opening_known(one: Wording, two: Wording) -> float:
    """Share of the telling words of a headline and first sentence that the other text has."""
    telling = {word for word in one.lead if len(word) > 3 or word in one.figures}
    return len(telling & two.known) / len(telling) if telling else 0.0


def _degree(one: Wording, two: Wording, kept: float, edited: bool) -> Kinship:
    """Which kind of kin two texts are that are kin."""
    short, long = sorted((one.size, two.size))
    if short < 0.75 * long:
        return "condensed"
    alike = kept / long
    same_tolls = one.tolls == two.tolls
    if alike >= 0.97 and same_tolls and not (one.figures ^ two.figures):
        return "same"
    return "revised" if edited or alike < 1 else "same"


def is_exchanged(one: Wording, two: Wording, cover: float) -> bool:
    """Whether each text has telling words of its own in place of the other's."""
    if _own(one.dates, two.known) and _own(two.dates, one.known):
        return True
    return _figures_exchanged(one, two) or _names_exchanged(one, two, cover)


def _own(telling: frozenset[str], known: frozenset[str]) -> set[str]:
    return set(telling - known)


def _figures_exchanged(one: Wording, two: Wording) -> bool:
    """Figures apart from tolls: some in the opening, or a good part of all, are exchanged."""
    own, theirs = one.figures - two.known, two.figures - one.known
    if not own or not theirs:
        return False
    share = min(len(own) / len(one.figures), len(theirs) / len(two.figures))
    opening = bool(own.intersection(one.lead)) and bool(theirs.intersection(two.lead))
    return share >= (_FIGURES_EXCHANGED / 2 if opening else _FIGURES_EXCHANGED)


def _names_exchanged(one: Wording, two: Wording, cover: float) -> bool:
    """Subjects of headline or opening, or a good part of all names, are exchanged."""
    if _unlike(one.subjects - two.known, two.subjects - one.known):
        return True
    own, theirs = one.names - two.known, two.names - one.known
    if not own or not theirs:
        return False
    share = min(len(own) / len(one.names), len(theirs) / len(two.names))
    opening = _unlike(own.intersection(one.lead), theirs.intersection(two.lead))
    if opening and (share >= 0.15 or cover < _SURE):
        return True
    return share >= _NAMES_EXCHANGED


def _unlike(own: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether both have words left when words that are one word spelled otherwise are gone."""
    left, right = set(own), set(theirs)
    if not left or not right:
        return False
    for word in tuple(left):
        twin = next((other for other in right if _spelled_alike(word, other)), None)
        if twin is not None:
            left.discard(word)
            right.discard(twin)
    return bool(left) and bool(right)


def _spelled_alike(word: str, other: str) -> bool:
    """Whether two words are one by inflection or spelling: three quarters of their letters lead."""
    longest = max(len(word), len(other))
    if longest < 5 or word[0] != other[0]:
        return False
    shared = next((i for i, (x, y) in enumerate(zip(word, other, strict=False)) if x != y), None)
    return shared is None or shared >= 0.75 * longest
