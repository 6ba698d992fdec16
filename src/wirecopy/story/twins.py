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
hurt, missing, magnitude, hectares ...) may grow, in digits or in words: that is what an update is.
In doubt: "different".
The whole rule, and how the archive should keep prints, is in docs/decisions/0013.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import islice
from typing import Literal
from zlib import crc32

import msgspec

from wirecopy.model import Item
from wirecopy.story.chains import continues
from wirecopy.story.prose import folded
from wirecopy.story.wording import Wording, body_of, is_spaceless, own_names, wording_of, words_of

Kinship = Literal["same", "revised", "condensed", "different"]

PRINTS = 48
"""Most prints of an item."""
_LEAD_PRINTS = 16
"""Of them, those of the opening, so that a brief finds the long story it was cut from."""
_LEAD_WORDS = 120
_SHORTEST = 24
"""Words below which a text has no prints, unless it tells a toll: flashes are like one another."""
_BRIEFEST = 8
"""Words of the shortest brief that can be told from others."""
_SHINGLE = 4
_SIGN_SHINGLE = 8
"""Words in a row that a print stands for, and signs where no space parts words."""
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
    if len(words) < _SHORTEST * scale and not _may_grow(item, len(words)):
        return ()
    size = _SIGN_SHINGLE if spaceless else _SHINGLE
    coded = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
    runs = list(map(b" ".join, zip(*(coded[start:] for start in range(size)), strict=False)))
    sums = list(map(crc32, runs))
    chosen = _lowest(sums, PRINTS - _LEAD_PRINTS) | _lowest(
        sums[: _LEAD_WORDS * scale], _LEAD_PRINTS
    )
    return tuple(sorted({_print(runs[place]) for place in chosen}))


def is_brief(item: Item) -> bool:
    """Whether a text is so short that any other of its kind has nearly its words."""
    return len(words_of(body_of(item), own_names(item))) < _SHORTEST


def _may_grow(item: Item, size: int) -> bool:
    """Whether a text that is short tells a toll, which an update may exchange, and when it was."""
    if size < _BRIEFEST or item.version_created is None:
        return False
    return bool(wording_of(item, own_names(item)).tolls)


def _lowest(sums: list[int], most: int) -> set[int]:
    """Places of the lowest sums, each sum once; only what is likely to be low is sorted."""
    ceiling = (3 * most << 32) // len(sums)
    low = {each: place for place, each in enumerate(sums) if each < ceiling}
    if len(low) < most:
        low = {each: place for place, each in enumerate(sums)}
    return {low[each] for each in sorted(low)[:most]}


def _print(words: bytes) -> int:
    return int.from_bytes(blake2b(words, digest_size=8).digest(), signed=True)


# --------------------------------------------------------------------------------------
# Candidates
# --------------------------------------------------------------------------------------

MOULD = 25
"""Stories that may share a print; one that more share comes from a form and says nothing."""
_MOST_TEXTS = 2 * MOULD
"""Texts that may share a print: a story that runs for days has many, and all are looked at."""
_LEAST_SHARED = 2
CANDIDATES = 6
"""Texts that are compared in full."""

Sharing = tuple[int, int, str]
"""(print, number of a text that has it, the text's story)."""


def shortlist(rows: Iterable[Sharing], own: str = "") -> tuple[int, ...]:
    """Numbers of the texts to compare with one of story `own`, the most alike first.

    `rows` are what shares prints with it, in any order. Its own story's versions are left out. Each
    other story has a turn with the text that shares most, the newest of several, before any has
    another; of two that share as many, the earlier story comes first.
    """
    holders: dict[int, dict[int, str]] = {}
    for found, text, story in rows:
        if story != own:
            holders.setdefault(found, {})[text] = story
    shared: Counter[int] = Counter()
    whose: dict[int, str] = {}
    for held in holders.values():
        if len(set(held.values())) <= MOULD:
            shared.update(held.keys())
            whose |= held
    stories: dict[str, list[tuple[int, int]]] = {}
    for text, count in shared.items():
        if count >= _LEAST_SHARED:
            stories.setdefault(whose[text], []).append((-count, -text))
    ranked = sorted(
        (turn, count, min(-each for _, each in texts), -text)
        for texts in stories.values()
        for turn, (count, text) in enumerate(sorted(texts))
    )
    return tuple(text for *_, text in ranked[:CANDIDATES])


def crowded(rows: Iterable[Sharing]) -> frozenset[int]:
    """The prints that more stories share than tell one report, or more texts than can be read."""
    stories: dict[int, set[str]] = {}
    texts: Counter[int] = Counter()
    for found, _, story in rows:
        stories.setdefault(found, set()).add(story)
        texts[found] += 1
    return frozenset(
        found for found, told in stories.items() if len(told) > MOULD or texts[found] > _MOST_TEXTS
    )


# --------------------------------------------------------------------------------------
# Kinship
# --------------------------------------------------------------------------------------

_LIKE = 0.5
"""Share of words by which two sentences count as one sentence edited."""
_FORM = 0.3
"""Share of words by which two sentences may be one form filled in twice."""
_KIN = 0.55
"""Least share of the shorter text that must stand in the longer one, if its opening does too."""
_LATE_KIN = 0.65
"""The same under an opening that is not known; half of the longer text must be shared as well."""
_SURE = 0.8
"""Share from which that alone is enough, whatever the opening."""
_OPENING = 0.6
"""Share of an opening's telling words by which the other text knows it."""
_TOLD = 0.35
"""Share of the longer text's opening that a text of less than half its length must know."""
_EXCHANGED = 0.3
"""Share of the figures, when exchanged in their sentences, that makes another story."""
_EXCHANGED_ALONE = 0.4
"""The same where it is a single figure, which may be a correction."""
_MOSTLY = 0.6
"""Share of figures or names that makes another story wherever they stand."""
_RENAMED = 0.2
"""Share of the names, when exchanged in their sentences, that makes another story."""
_EVERYWHERE = 0.06
"""Share of all words that are exchanged in a form filled in anew, beside a name or figure."""
_VERBATIM = 0.6
"""Share of untouched sentences that outweighs another day in the opening."""
_MOST_PAIRED = 60
"""Edited sentences that are compared one with another."""

_MOST_SPELLED = 2000
"""Words of one text times words of the other that are looked at for their spelling."""

Sentence = tuple[str, ...]
Mould = tuple[frozenset[str], frozenset[str]]
"""Words of both texts that stand in one place."""


class _Match(msgspec.Struct, frozen=True, kw_only=True):
    """What two texts share, sentence by sentence; all numbers are words of the shorter text."""

    verbatim: tuple[Sentence, ...]
    edited: tuple[tuple[Sentence, Sentence], ...]
    """Sentences of the first text with those of the second that they are edits of."""
    kept: float
    short: int
    long: int

    @property
    def cover(self) -> float:
        """Share of the shorter text that stands in the longer one."""
        return self.kept / self.short


_BRIEF = 120
"""Words of a report in which a form says as much as the news."""


def kinship(a: Item, b: Item) -> Kinship:
    """How two items are related; the same whichever comes first.

    same: the same copy, whatever its headline, credit, dateline and style of quotes. revised: one
    was made of the other by edits or updates. condensed: the shorter is mostly the longer one's
    text. different: anything else, and whenever it is doubtful.
    """
    names = own_names(a, b)
    one, two = sorted(
        (wording_of(a, names), wording_of(b, names)), key=lambda each: (each.size, each.words)
    )
    if one.size < _SHORTEST:
        return _kinship_of_briefs(a, b, one, two)
    if len(one.known & two.known) < 0.4 * min(len(one.known), len(two.known)):
        return "different"
    match = _match(one, two)
    if not _is_kin(one, two, match) or _is_exchanged(one, two, match):
        return "different"
    if _is_another_toll(a, b, one, two):
        return "different"
    return _degree(one, two, match)


def _is_another_toll(a: Item, b: Item, one: Wording, two: Wording) -> bool:
    """Whether another toll is another accident's: briefs of two are one form, filled in twice.

    So it is, unless one is marked as an update, where both leads have words of their own beside the
    toll ("a bus", "the hill road"), or briefs have datelines of two places.
    """
    own, theirs = one.tolls - two.tolls, two.tolls - one.tolls
    if not own or not theirs or continues(a) or continues(b):
        return False
    if len(_places(a, b)) > 1 and max(one.size, two.size) < _BRIEF:
        return True
    return bool(one.lead - two.known - own) and bool(two.lead - one.known - theirs)


def _places(a: Item, b: Item) -> set[str]:
    """The places of their datelines."""
    return {folded(item.dateline.place) for item in (a, b) if item.dateline} - {""}


_SOON = timedelta(hours=12)
"""How far apart two briefs may be that are one: another day has another accident."""


def _kinship_of_briefs(a: Item, b: Item, one: Wording, two: Wording) -> Kinship:
    """Briefs and flashes are the same word for word under like headlines, or not at all.

    But for a toll: that may be another in the later one, where it is marked as an update.
    """
    times = [item.version_created for item in (a, b) if item.version_created]
    if one.size < _BRIEFEST or len(_places(a, b)) > 1 or _span(times) > _SOON:
        return "different"
    if one.words == two.words:
        shared = len(one.head & two.head)
        return "same" if shared * 2 >= max(1, len(one.head), len(two.head)) else "different"
    updated = len(times) > 1 and any(
        continues(item) for item in (a, b) if item.version_created == max(times)
    )
    anchored = _places(a, b) or (one.names and not one.tall)
    return "revised" if updated and anchored and _is_but_for_tolls(one, two) else "different"


def _span(times: Sequence[datetime]) -> timedelta:
    return max(times) - min(times) if times else timedelta(0)


def _is_but_for_tolls(one: Wording, two: Wording) -> bool:
    """Whether two briefs are word for word one, with another toll in the place of the toll."""
    if len(one.words) != len(two.words) or one.head - one.tolls != two.head - two.tolls:
        return False
    pairs = zip(one.words, two.words, strict=True)
    return all(x == y or (x in one.tolls and y in two.tolls) for x, y in pairs)


def _match(short: Wording, long: Wording) -> _Match:
    """The sentences of `short` that stand in `long`, as they are or edited."""
    whole = Counter(long.sentences)
    verbatim, rest = [], []
    for sentence in short.sentences:
        if whole[sentence] > 0:
            whole[sentence] -= 1
            verbatim.append(sentence)
        else:
            rest.append(sentence)
    left = islice(whole.elements(), _MOST_PAIRED)
    others = [(set(sentence), sentence) for sentence in left]
    edited, kept = [], float(sum(map(len, verbatim)))
    for sentence in rest[:_MOST_PAIRED]:
        share, place = _likest(sentence, others)
        if share >= _FORM:
            edited.append((sentence, others.pop(place)[1]))
        if share >= _LIKE:
            kept += share * len(sentence)
    return _Match(
        verbatim=tuple(verbatim), edited=tuple(edited), kept=kept, short=short.size, long=long.size
    )


def _likest(sentence: Sentence, others: Sequence[tuple[set[str], Sentence]]) -> tuple[float, int]:
    """Which share of a sentence stands in the one most like it, and that one's place.

    A long sentence is not like a short one for having its few words.
    """
    words = set(sentence)
    best, found = 0.0, 0
    for place, (other, _) in enumerate(others):
        share = len(words & other) / max(len(words), min(len(other), 2 * len(words)))
        if share > best:
            best, found = share, place
    return best, found


def _is_kin(one: Wording, two: Wording, match: _Match) -> bool:
    """Whether enough is shared; background alone, under another opening, is not.

    Nor is a brief that stands somewhere in a digest: a longer report opens with what it tells.
    """
    if match.short < match.long / 2 and _opening_known(two, one) < _TOLD:
        return False
    if match.cover >= _SURE:
        return True
    if max(_opening_known(one, two), _opening_known(two, one)) >= _OPENING:
        return match.cover >= _KIN
    return match.cover >= _LATE_KIN and match.kept >= match.long / 2


def _opening_known(one: Wording, two: Wording) -> float:
    """Share of the telling words of a headline and first sentence that the other text has."""
    telling = {word for word in one.lead if len(word) > 3 or word in one.figures}
    return len(telling & two.known) / len(telling) if telling else 0.0


def _degree(one: Wording, two: Wording, match: _Match) -> Kinship:
    """Which kind of kin two texts are that are kin."""
    if match.short < 0.75 * match.long:
        return "condensed"
    changed = set(one.words) ^ set(two.words)
    told = one.names | two.names | one.tolls | two.tolls
    telling = changed & told or any(word[-1].isdigit() for word in changed)
    untouched = match.kept >= 0.97 * match.long and len(changed) <= 0.02 * match.long
    return "same" if untouched and not telling else "revised"


# --------------------------------------------------------------------------------------
# Exchange
# --------------------------------------------------------------------------------------


def _is_exchanged(one: Wording, two: Wording, match: _Match) -> bool:
    """Whether each text has telling words of its own in the places of the other's."""
    moulds = [(one.lead, two.lead), *((frozenset(a), frozenset(b)) for a, b in match.edited)]
    return (
        _unlike(one.subjects - two.known, two.subjects - one.known)
        or _headline_exchanged(one, two)
        or _figures_exchanged(one, two, moulds)
        or _names_exchanged(one, two, moulds)
        or _exchanged_everywhere(one, two, match)
        or _opening_renamed(one, two, match)
        or _on_other_days(one, two, match)
    )


def _headline_exchanged(one: Wording, two: Wording) -> bool:
    """Whether the headlines are one headline with another name, thing or figure in it."""
    if 2 * len(one.head & two.head) < min(len(one.head), len(two.head)):
        return False
    own, theirs = one.head - two.known, two.head - one.known
    figures = own & one.figures and theirs & two.figures
    return bool(figures) or _unlike(own & one.things, theirs & two.things)


def _figures_exchanged(one: Wording, two: Wording, moulds: Iterable[Mould]) -> bool:
    """Whether a good part of the figures is another."""
    own, theirs = one.figures - two.known, two.figures - one.known
    placed = _in_place(own, theirs, moulds)
    fewest = max(1, min(len(one.figures), len(two.figures)))
    if placed >= (_EXCHANGED if placed > 1 else _EXCHANGED_ALONE) * fewest:
        return True
    return min(len(own), len(theirs)) > 1 and _mostly(own, one.figures, theirs, two.figures)


def _names_exchanged(one: Wording, two: Wording, moulds: Iterable[Mould]) -> bool:
    """Whether a good part of the names is another."""
    own, theirs = one.names - two.known, two.names - one.known
    fewest = max(1, min(len(one.names), len(two.names)))
    if _in_place(own, theirs, moulds) >= _RENAMED * fewest:
        return True
    return min(len(own), len(theirs)) > 1 and _mostly(own, one.names, theirs, two.names)


def _mostly(
    own: frozenset[str], of: frozenset[str], theirs: frozenset[str], of_theirs: frozenset[str]
) -> bool:
    """Whether most of either side's words are unknown to the other, wherever they stand."""
    return len(own) >= _MOSTLY * len(of) and len(theirs) >= _MOSTLY * len(of_theirs)


def _exchanged_everywhere(one: Wording, two: Wording, match: _Match) -> bool:
    """Whether words of any kind, a name or figure among them, are others throughout."""
    below = [
        (frozenset(a), frozenset(b))
        for a, b in match.edited
        if a != one.opening and b != two.opening
    ]
    own, theirs = one.known - two.known, two.known - one.known
    if _in_place(own, theirs, below) < _EVERYWHERE * len(one.known):
        return False
    firm, firm_too = one.figures | one.names, two.figures | two.names
    return _in_place(own & firm, theirs & firm_too, below) > 0


def _opening_renamed(one: Wording, two: Wording, match: _Match) -> bool:
    """Whether the first sentences are one sentence with another name in it.

    Where nouns are written tall this says nothing: any edit would be another name.
    """
    if one.tall or two.tall or (one.opening, two.opening) not in match.edited:
        return False
    own, theirs = one.names.intersection(one.opening), two.names.intersection(two.opening)
    return _unlike(own - two.known, theirs - one.known)


def _in_place(own: frozenset[str], theirs: frozenset[str], moulds: Iterable[Mould]) -> int:
    """How many of `own` words stand where the other text has one of `theirs`."""
    if not own or not theirs:
        return 0
    left, right = set[str](), set[str]()
    for one, two in moulds:
        mine, others = _unlike_words(own & one, theirs & two)
        if mine and others:
            left |= mine
            right |= others
    return min(len(left), len(right))


def _on_other_days(one: Wording, two: Wording, match: _Match) -> bool:
    """Whether the openings name different days, and no reporting is the same to outweigh it."""
    if not (one.dates - two.known and two.dates - one.known):
        return False
    told = {word for sentence in match.verbatim for word in sentence}
    telling = told & (one.names | one.figures)
    untouched = sum(map(len, match.verbatim)) >= _VERBATIM * match.short
    return not (untouched and len(telling) >= 6)


def _unlike(own: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both have words left when words that are one word spelled otherwise are gone."""
    return all(_unlike_words(own, theirs))


def _unlike_words(own: frozenset[str], theirs: frozenset[str]) -> tuple[set[str], set[str]]:
    left, right = set(own), set(theirs)
    if len(left) * len(right) > _MOST_SPELLED:
        return left, right
    for word in sorted(own):
        twin = next((other for other in sorted(right) if _spelled_alike(word, other)), None)
        if twin is not None:
            left.discard(word)
            right.discard(twin)
    return left, right


def _spelled_alike(word: str, other: str) -> bool:
    """Whether two words are one by inflection or spelling: three quarters of their letters lead."""
    longest = max(len(word), len(other))
    if longest < 5 or word[0] != other[0] or word[-1].isdigit():
        return False
    shared = next((i for i, (x, y) in enumerate(zip(word, other, strict=False)) if x != y), None)
    return shared is None or shared >= 0.75 * longest
