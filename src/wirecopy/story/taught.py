"""The section of a story whose wire says none, as the newsroom's own routed stories teach it.

Multinomial naive Bayes over the telling terms. What is counted comes from the log alone: each term
remembers in which sections routed stories used it. A guess says how sure it is; where it is not
sure enough, or too little has been taught, the source's section stands. Nothing is guessed either
before that section has been taught: a story of it would have to be taken for another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

SURE = 0.8
"""Below this the source's section stands."""
TAUGHT = 60
"""Routed stories that must have come before anything is guessed."""
_LESSONS = 5
"""Routed stories that a section must have seen."""
_KNOWN = 3
"""Terms of the story that must have been seen in routed stories."""
_SMOOTH = 0.2
_TEMPER = 0.7
"""Words of one text say the same thing again and again: without this, every guess seems sure."""


class Guess(NamedTuple):
    """The likeliest section, how sure it is, and which terms speak for it most."""

    section: str
    sure: float
    terms: tuple[str, ...]


def guess(
    terms: Iterable[str],
    used: Mapping[str, Mapping[str, int]],
    stories: Mapping[str, int],
    words: Mapping[str, int],
    sections: Iterable[str],
    usual: str,
) -> Guess | None:
    """The section where these terms belong; None where too little is known to say.

    `used` is how often each term stood in each section; `stories` and `words` how many stories
    and terms each section has seen. Only `sections`, those that there are now, are looked at;
    `usual` is where the story goes when nobody can say.
    """
    choices = [key for key in sections if stories.get(key, 0) >= _LESSONS]
    total = sum(stories.get(key, 0) for key in choices)
    known = [term for term in terms if used.get(term)]
    if total < TAUGHT or usual not in choices or len(choices) < 2 or len(known) < _KNOWN:
        return None
    each = [used[term] for term in known]
    vocabulary = 1000 + sum(words.get(key, 0) for key in choices)
    scores: dict[str, float] = {}
    for key in choices:
        under = words.get(key, 0) + _SMOOTH * vocabulary
        said = math.prod([(counts.get(key, 0) + _SMOOTH) / _SMOOTH for counts in each])
        scores[key] = math.log(stories[key] / total * said) - math.log(under) * len(each)
    best = max(choices, key=lambda key: scores[key])
    weights = {key: math.exp((score - scores[best]) * _TEMPER) for key, score in scores.items()}
    telling = sorted(known, key=lambda term: (-_lean(used[term], best), term))
    return Guess(best, 1 / sum(weights.values()), tuple(telling[:3]))


def _lean(counts: Mapping[str, int], section: str) -> float:
    """How much more a term is used in this section than elsewhere."""
    here = counts.get(section, 0)
    return here * here / (sum(counts.values()) + 1)


def reason(found: Guess) -> str:
    """Why a guess was taken, in words."""
    words = ", ".join(term.lstrip("=").replace("-", " ") for term in found.terms)
    return f"stories that the wire routes there use {words} ({found.sure:.0%} sure)"
