"""The measures of the report: precision, recall and F1, nDCG, BCubed; and TF-IDF to beat."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple


class Score(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def overlap(pairs: Iterable[tuple[set[str], set[str]]]) -> Score:
    """The score of what was found against what is right, summed over all stories."""
    hits = found_all = right_all = 0
    for found, right in pairs:
        hits += len(found & right)
        found_all += len(found)
        right_all += len(right)
    return Score(hits / found_all if found_all else 0.0, hits / right_all if right_all else 0.0)


def ndcg(gains: Sequence[int], possible: Iterable[int], most: int = 5) -> float | None:
    """The nDCG of the picks' worths; None where nothing was worth picking."""
    best = _dcg(sorted(possible, reverse=True)[:most])
    return _dcg(gains[:most]) / best if best else None


def _dcg(gains: Sequence[int]) -> float:
    return sum((2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(gains))


def bcubed(found: Mapping[str, Hashable], right: Mapping[str, Hashable]) -> Score:
    """BCubed: how pure each story's cluster is, and how much of its event it holds."""
    ours, theirs = _grouped(found), _grouped(right)
    precision = recall = 0.0
    for name, cluster in found.items():
        mine, event = ours[cluster], theirs[right[name]]
        both = len(mine & event)
        precision += both / len(mine)
        recall += both / len(event)
    return Score(precision / len(found), recall / len(found))


def _grouped(labels: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for name, label in labels.items():
        groups[label].add(name)
    return groups


def vectors(texts: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """TF-IDF vectors of length 1 over all texts: the plain textbook kind, sublinear counts."""
    counted = {name: Counter(words(text)) for name, text in texts.items()}
    spread = Counter(word for counts in counted.values() for word in counts)
    made = {}
    for name, counts in counted.items():
        vector = {
            word: (1 + math.log(n)) * math.log(len(texts) / spread[word])
            for word, n in counts.items()
        }
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        made[name] = {word: value / length for word, value in vector.items()}
    return made


def words(text: str) -> list[str]:
    """The words of a text, casefolded."""
    return re.findall(r"[^\W\d_][\w\u0900-\u097f'-]+", text.casefold())


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)
