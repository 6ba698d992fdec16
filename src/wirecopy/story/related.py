"""Stories a reader may want next: full-text similarity among earlier stories.

A story is known by its telling terms: words and names that are many here and few elsewhere.
Each term remembers the last stories that used it, and how many ever did, so that choosing costs
the same whether the archive holds a thousand stories or a million. Chosen once, at filing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

WINDOW = timedelta(days=30)
TERMS_READ = 24
"""Candidate terms a story offers."""
TERMS_KEPT = 12
"""Of them, the rarest are remembered and searched for."""
RECENT = 48
"""Stories a term remembers."""
PICKS = 8
"""Picks stored; a page shows the first few that are still live."""
_LEAST_SCORE = 0.18

_WORD = re.compile(r"[^\W\d_][\w'’-]*[^\W_]|[^\W\d_]", re.UNICODE)
_IOTA = "\N{COMBINING GREEK YPOGEGRAMMENI}"
"""The only sign that is no letter itself and folds to one."""
_STOP = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can could did do does doing down during each even every few
    first for from further had has have having he her here hers him his how i if in into is it its
    just last like made make many may me might more most much must my new no nor not now of off on
    once one only or other our out over own per said same say says she should since so some still
    such than that the their them then there these they this those though three through to told
    too two under until up upon us use used very was we week well were what when where which while
    who whom whose why will with within without would year years you your
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december percent million billion people government
    der die das und ist nicht von mit dem den des ein eine einer eines im zu zum zur auf für auch
    als an bei nach vor aus er sie es wird werden wurde hat haben sich dass wie oder aber am
    le la les un une des du et est dans que qui pour par sur pas au aux avec il elle ce cette
    el los las una del y en es se por con para su al lo como más o pero sus
    और का की के में है से को पर ने यह कि भी हैं था एक नहीं तो ही हो कर इस""".split()  # noqa: SIM905 - a word list reads better as text
)


class Trace(msgspec.Struct, frozen=True, array_like=True):
    """That a story used a term: its number in the archive, when it was filed, how tellingly."""

    number: int
    at: datetime
    weight: float


class Seen(msgspec.Struct, frozen=True):
    """How many stories used a term."""

    seen: int


class Recall(Seen, frozen=True):
    """What the archive remembers of a term: how many stories used it, and the last of them."""

    recent: tuple[Trace, ...]


def telling_terms(
    headline: str, standfirst: str, text: str, names: Iterable[str]
) -> tuple[str, ...]:
    """Up to 24 terms that tell this story from others, most telling first.

    Names the wire gave count most, then words of the headline, then words that recur.
    """
    counted = Counter(_words(text[:6000]))
    for line, weight in ((standfirst, 2), (headline, 3)):
        for word in _words(line):
            counted[word] += weight
    scores = {word: n for word, n in counted.items() if len(word) > 2 and word not in _STOP}
    for name in names:
        if 2 < len(name) < 60:
            key = name.casefold()
            scores[key] = scores.get(key, 0) + 4
    likely = [term for term, score in scores.items() if score > 1]  # few; most words stand once
    ranked = sorted(likely if len(likely) >= TERMS_READ else scores)
    ranked.sort(key=scores.__getitem__, reverse=True)
    return tuple(ranked[:TERMS_READ])


def _words(text: str) -> list[str]:
    """The words of `text`, casefolded; all at once where that moves no word's edges."""
    folded = text.casefold()
    if len(folded) == len(text) and _IOTA not in text:
        return _WORD.findall(folded)
    return [word.casefold() for word in _WORD.findall(text)]


def weigh(terms: Iterable[str], recalled: Mapping[str, Seen], stories: int) -> dict[str, float]:
    """The rarest of `terms` with their weights; their squares add up to 1."""
    rarity = {
        term: math.log((stories + 2) / (recalled[term].seen + 1 if term in recalled else 1))
        for term in terms
    }
    kept = sorted(rarity.items(), key=lambda pair: (-pair[1], pair[0]))[:TERMS_KEPT]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {term: weight / length for term, weight in kept if weight > 0}


def choose(
    weights: Mapping[str, float], recalled: Mapping[str, Recall], *, number: int, now: datetime
) -> tuple[int, ...]:
    """Numbers of up to eight earlier stories of the last 30 days, most similar first."""
    scores: dict[int, float] = {}
    shared: Counter[int] = Counter()
    for term, weight in weights.items():
        recall = recalled.get(term)
        for trace in recall.recent if recall else ():
            if trace.number != number and now - trace.at <= WINDOW:
                scores[trace.number] = scores.get(trace.number, 0.0) + weight * trace.weight
                shared[trace.number] += 1
    likely = [
        (round(score, 6), other)
        for other, score in scores.items()
        if score >= _LEAST_SCORE and shared[other] >= 2
    ]
    likely.sort(key=lambda pair: (-pair[0], -pair[1]))
    return tuple(other for _, other in likely[:PICKS])


def remember(
    weights: Mapping[str, float], recalled: Mapping[str, Recall], *, number: int, now: datetime
) -> dict[str, Recall]:
    """What each term remembers once this story has used it; a story is remembered once."""
    learned = {}
    for term, weight in weights.items():
        known = recalled.get(term, Recall(0, ()))
        others = tuple(trace for trace in known.recent if trace.number != number)
        seen = known.seen + (len(others) == len(known.recent))
        trace = Trace(number, now, round(weight, 4))
        learned[term] = Recall(seen, (*others[-(RECENT - 1) :], trace))
    return learned
