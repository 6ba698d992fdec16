"""Did you mean: words that live stories use and that are nearly what a reader typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from wirecopy.database import Run

_WORD = re.compile(r"[^\W_]{4,24}")
_ANY_WORD = re.compile(r"[^\W_]+")
_LOOKED_AT = 600
"""Words of the index under one beginning that are compared with one that was typed."""


def suggestion(run: Run, query: str) -> str:
    """The query with each unknown word put right; "" where nothing near is known.

    What the index knows is the words of live stories alone, so nothing else is ever suggested.
    """
    fixed: dict[str, str] = {}
    for typed in dict.fromkeys(_WORD.findall(query[:120])):
        word = _folded(typed)
        if not _is_known(run, word) and (best := _nearest(run, word)):
            fixed[typed] = best
    if not fixed:
        return ""
    return _WORD.sub(lambda match: fixed.get(match[0], match[0]), query)


def _folded(word: str) -> str:
    """The word as the index keeps it: no capitals, no accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if not "\u0300" <= sign <= "\u036f")


def spaced(text: str) -> str:
    """The words of the text as the index keeps them, one blank around each."""
    return f" {' '.join(_ANY_WORD.findall(_folded(text)))} "


def _is_known(run: Run, word: str) -> bool:
    return run("SELECT 1 FROM vocabulary WHERE term = ?", (word,)).fetchone() is not None


def _nearest(run: Run, word: str) -> str:
    """The word that is fewest slips away; of equals the one that more stories use."""
    most = 1 if len(word) < 6 else 2
    best: tuple[int, int, str] | None = None
    for likely in _candidates(run, word):
        for term, stories in likely:
            if len({*term} ^ {*word}) > 2 * most:
                continue
            slips = _slips(word, term, most)
            if slips is not None and (best is None or (slips, -stories, term) < best):
                best = (slips, -stories, term)
        if best:
            return best[2]
    return ""


def _candidates(run: Run, word: str) -> Iterator[list[tuple[str, int]]]:
    """Words of the index that begin alike, then those that begin with a slip.

    Long beginnings come first: counting under a short one reads a good part of the index.
    """
    swapped = [word[:n] + word[n + 1] + word[n] + word[n + 2 : 4] for n in range(3)]
    short = (word[0] + word[2:4], word[:3], word[:2], word[1:3])
    for start in dict.fromkeys((word[:4], *swapped, *short)):
        yield run(
            "SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ? "
            "AND length(term) BETWEEN ? AND ? LIMIT ?",
            (start, start + "\U0010ffff", len(word) - 2, len(word) + 2, _LOOKED_AT),
        ).fetchall()


def _slips(one: str, other: str, most: int) -> int | None:
    """How many slips of the finger lie between two words; None where more than `most`.

    A slip is a sign left out, put in, replaced, or exchanged with its neighbour.
    """
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        last, row = row, [i]
        for j, facing in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (sign != facing))
            if before and j > 1 and sign == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        before = last
    return row[-1] if row[-1] <= most else None
