"""Which texts readers have seen at a story's address, and what changed from one to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape, unescape
from itertools import zip_longest

from wirecopy.briefs import PastText
from wirecopy.press.view import Html

_MOST_PARAGRAPHS = 12
"""Changed paragraphs shown of one change."""
_LONGEST = 250
"""Words of a paragraph that are compared; a longer one is shown by its beginning."""
_AROUND = 6
"""Words kept on each side of a change."""
_COMPARED = 300
"""Blocks of a text that are compared: hostile copy must not cost a minute."""
_MOST_ALIKE = 900
"""Pairs of paragraphs of one stretch that are looked through for those that are alike."""
_ALIKE = 0.35
"""How much of two paragraphs must be the same for their words to be compared."""

_TAG = re.compile(r"<[^>]*>")
_CUT = "…"


def difference(before: PastText, after: PastText, *, headline: bool = True) -> Html:
    """The paragraphs that changed, word by word, as paragraphs with ins and del; "" for none.

    `headline` is False where staff's own headline stood over both.
    """
    changed: list[str] = []
    heads = [(before.headline, after.headline)] if headline else []
    heads.append((before.standfirst, after.standfirst))
    differ = [(old, new) for old, new in heads if old != new]
    for old, new in (*differ, *_pairs(_lines(before), _lines(after))):
        if len(changed) == _MOST_PARAGRAPHS:
            changed.append(f"<p>{_CUT}</p>")
            break
        changed.append(f"<p>{_compared(old.split(), new.split())}</p>")
    return Html("\n".join(changed))


def plain(html: str) -> str:
    """The words of a block of a body."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _lines(text: PastText) -> list[str]:
    """The blocks as plain words."""
    blocks = map(plain, text.body[:_COMPARED])
    return [line for line in blocks if line]


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Paragraphs that changed, each with the one it became; "" stands for none."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind != "equal":
            yield from _aligned(before[i:i_end], after[j:j_end])


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The paragraphs of a rewritten stretch: like stands beside like, the others in their order.

    A report grows at its front: what stood third stands fourth, with one word changed.
    """
    i = j = 0
    for i_next, j_next in (*_alike(before, after), (len(before), len(after))):
        yield from zip_longest(before[i:i_next], after[j:j_next], fillvalue="")
        if i_next < len(before):
            yield before[i_next], after[j_next]
        i, j = i_next + 1, j_next + 1


def _alike(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraphs share most words, in the order of both; [] of too many to compare."""
    if len(before) * len(after) > _MOST_ALIKE:
        return []
    old, new = ([frozenset(line.split()) for line in lines] for lines in (before, after))
    shares = [[_share(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            both = shares[i][j] + best[i + 1][j + 1]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if shares[i][j] and best[i][j] == shares[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the words of two paragraphs is the same; 0.0 where that is too little."""
    share = 2 * len(one & other) / (len(one) + len(other))
    return share if share >= _ALIKE else 0.0


def _compared(before: list[str], after: list[str]) -> str:
    """Two paragraphs as one, with what went and what came marked."""
    if len(before) > _LONGEST or len(after) > _LONGEST:
        before, after = _shortened(before), _shortened(after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.quick_ratio() < _ALIKE:
        return " ".join(part for part in (_marked("del", before), _marked("ins", after)) if part)
    parts: list[str] = []
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal":
            parts.append(_kept(before[i:i_end], first=i == 0, last=i_end == len(before)))
        else:
            parts += [_marked("del", before[i:i_end]), _marked("ins", after[j:j_end])]
    return " ".join(part for part in parts if part)


def _shortened(words: list[str]) -> list[str]:
    return words if len(words) <= _LONGEST else [*words[:_LONGEST], _CUT]


def _marked(element: str, words: list[str]) -> str:
    return f"<{element}>{escape(' '.join(words))}</{element}>" if words else ""


def _kept(words: list[str], *, first: bool, last: bool) -> str:
    """Words that stayed: those next to a change; the middle of a long run is left out."""
    if len(words) <= 2 * _AROUND + 2:
        return escape(" ".join(words))
    head = [] if first else words[:_AROUND]
    tail = [] if last else words[-_AROUND:]
    return escape(" ".join([*head, _CUT, *tail]))
