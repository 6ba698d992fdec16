"""Stories a reader may want next, and stories that tell the same event.

A story is known by its telling terms: whom and what it names, and words that are many here and few
elsewhere. Each term remembers the last stories that used it, and how many ever did, so that
looking costs the same whether the archive holds a thousand stories or a million. Looked for once,
at filing.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import chain, islice
from typing import NamedTuple

import msgspec

from wirecopy.model import Topic
from wirecopy.scripts import UNSPACED

WINDOW = timedelta(days=30)
"""How far back picks lie. Inside it age counts for nothing: a decay made picks worse."""
TERMS_READ = 32
"""Candidate terms a story offers."""
TERMS_KEPT = 20
"""Of them, the most telling are remembered and searched for."""
_READ = 4000
"""Characters of a text whose words count."""
RECENT = 24
"""Stories a term remembers; twice as many found nothing better and cost a third more."""
_PART = 10
"""Bits of a remembered figure that say how telling the term is, in thousandths."""
_LOOKED_AT = 24
"""The most similar stories, of which more is asked than their terms."""
PICKS = 8
"""Picks stored; a page shows the first few that are still live."""
_LEAST = 0.08
_LEAST_RATE = 0.08
_ALONE, _TELLING, _OTHERS = 0.6, 0.24, 0.5
"""What likeness is worth by one term alone that is not telling by itself, and between headlines
that name none of each other."""
_ONE_PLACE, _PLACES, _PLACES_AND_A_WORD = 0.45, 0.6, 0.7
"""The same by places: a quake and a match in one country have little more in common."""
_THREAD, _THREADED, _LED_BY, _FURTHER = 0.15, 4, 3, 0.6
"""A sure pick's rate; how many are kept; how many lead further; and what those are worth."""
_SMALL = 300
"""Stories that a new archive is taken to hold already, lest its first terms are all rare."""

_SAME_WITHIN, _SAME, _SAME_NAMES = timedelta(hours=4), 0.35, 0.5
_EVENT_WITHIN, _EVENT, _EVENT_NAMES = timedelta(hours=8), 0.3, 1 / 3
_EVENT_LATER, _EVENT_SURELY = timedelta(hours=24), 0.45
"""Agencies tell one event within hours, a third of their names in common; see decision 0017."""

_BESIDE_PLACES = 2
"""Words that two stories of one event have in common beside the places that both name."""

_HEFT = {"person": 3.0, "organisation": 2.8, "event": 2.8, "object": 2.6, "place": 2.8}
"""What a name counts beside a word that stands once; names are few and mean one thing."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*[^\W_]|[^\W\d_]", re.UNICODE)
_IOTA = "\N{COMBINING GREEK YPOGEGRAMMENI}"
"""The only sign that is no letter itself and folds to one."""
_SPACELESS = re.compile(f"[{UNSPACED}]{{2,}}")
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
    four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundred
    thousand took take find found hurt shut killed dead died police officials minister work worked
    set put old near ago early late part second third half led leave left called open wants want
    plans plan need held hold come came went goes next night morning town city country man men woman
    women head start began begin day days weeks month months hour hours time home house street
    office board group official president leader reach reached reaches
    der die das und ist nicht von mit dem den des ein eine einer eines im zu zum zur auf für auch
    als an bei nach vor aus er sie es wird werden wurde hat haben sich dass wie oder aber am sind
    sagte
    le la les un une des du et est dans que qui pour par sur pas au aux avec il elle ce cette
    el los las una del y en es se por con para su al lo como más o pero sus este
    और का की के में है से को पर ने यह कि भी हैं था एक नहीं तो ही हो कर इस गए गया कहा""".split()  # noqa: SIM905 - a word list reads better as text
)


class Terms(NamedTuple):
    """The telling terms of one text: names ("=slug") and words, and what each counts in it."""

    terms: tuple[str, ...]
    heft: tuple[float, ...]


class Recall(NamedTuple):
    """What the archive remembers of a term: how many stories used it, and the last of them.

    `recent` holds a figure for each: the story's number above its last ten bits, which say how
    telling the term is there, in thousandths.
    """

    seen: int
    recent: array[int]
    sections: Mapping[str, int]
    """How often stories that the wire routes to a section used it; see `story.taught`."""


_NEW = Recall(0, array("q"), {})
_PARTS = (1 << _PART) - 1


def figure(number: int, weight: float) -> int:
    """What a term remembers of a story: its number, and how telling the term is there."""
    return number << _PART | min(_PARTS, round(weight * 1000))


def told_by(recall: Recall) -> list[int]:
    """Numbers of the stories that a term remembers, the newest last."""
    return [each >> _PART for each in recall.recent]


class Profile(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a story for those that are looked at beside it later."""

    number: int
    id: str
    at: int
    """The agency's time, in microseconds."""
    names: tuple[str, ...]
    """Slugs of those it names."""
    report: int
    """Number of the first story that told the same report."""
    heads: tuple[str, ...] = ()
    """Slugs of those that its headline names."""
    picks: tuple[int, ...] = ()
    """Numbers of the stories that it surely goes on with."""


class Like(NamedTuple):
    """How similar an earlier story is, and the terms that make it so, the most telling first."""

    number: int
    score: float
    shared: tuple[str, ...]


class Choice(NamedTuple):
    """What was found for one story."""

    picks: tuple[tuple[str, str], ...]
    """(id, reason) of earlier stories, best first."""
    report: int
    """Number of the first story that told the same report; 0 where this is the first."""
    event: Profile | None
    """The story whose event this one tells too."""
    event_reason: str
    thread: tuple[int, ...]
    """Numbers of the picks that it surely goes on with."""


def terms_of(headline: str, standfirst: str, text: str, topics: Iterable[Topic]) -> Terms:
    """Up to 32 terms that tell this story from others, most telling first.

    Names count most, then words of the headline, then words that recur. The words of a name do not
    count beside it: two stories from Port Halden have one thing in common, not three.
    """
    named = [topic for topic in topics if topic.type != "subject"]
    skipped = {_stem(word) for topic in named for word in _words(topic.name)}
    counted = Counter(_words(text[:_READ]))
    counted.update(word for word in _words(standfirst) if word not in counted)
    for word in _words(headline):
        counted[word] += 2
    found: dict[str, int] = {}
    for word, count in counted.items():
        if word in _STOP or len(word) < 2:
            continue
        stem = _stem(word) if word[-1] == "s" else word
        if stem not in skipped:
            found[stem] = found.get(stem, 0) + count
    scores = {f"={topic.slug}": _HEFT.get(topic.type, 2.0) for topic in named}
    room = max(0, TERMS_READ - len(scores))
    again = sorted(
        (pair for pair in found.items() if pair[1] > 1), key=lambda pair: pair[1], reverse=True
    )
    once = (pair for pair in found.items() if pair[1] == 1)
    best = islice(chain(again, once), room)  # of equal ones the earliest
    scores |= {word: 1 + math.log(count) for word, count in best}
    return Terms(tuple(scores), tuple(round(heft, 3) for heft in scores.values()))


def heads_of(headline: str, topics: Iterable[Topic]) -> tuple[str, ...]:
    """Slugs of those whom a headline names, a person by the last name too."""
    line = f" {' '.join(_words(headline))} "
    found = []
    for topic in topics:
        words = _words(topic.name) if topic.type != "subject" else []
        last = words[-1:] if topic.type == "person" else words
        if words and f" {' '.join(last)}" in line:
            found.append(topic.slug)
    return tuple(found)


def _words(text: str) -> list[str]:
    """The words of `text`, casefolded; pairs of signs where a script has no spaces."""
    folded = text.casefold()
    if len(folded) != len(text) or _IOTA in text:
        words = [word.casefold() for word in _WORD.findall(text)]
    else:
        words = _WORD.findall(folded)
    if folded.isascii() or not _SPACELESS.search(folded):
        return words
    pairs = [run[at : at + 2] for run in _SPACELESS.findall(folded) for at in range(len(run) - 1)]
    return [word for word in words if not _SPACELESS.search(word)] + pairs


def _stem(word: str) -> str:
    """The word without an English plural or genitive, so that a strike and strikes meet."""
    if len(word) > 4 and word[-1] == "s" and word.isascii():
        for ending in ("'s", "ies", "es", "s"):
            if word.endswith(ending):
                return word[: -len(ending)]
    return word


def weigh(terms: Terms, recalled: Mapping[str, Recall], stories: int) -> dict[str, float]:
    """The most telling of the terms with their weights; their squares add up to 1."""
    log, size = math.log, stories + _SMALL
    rated = [
        (heft * log(size / ((recalled[term].seen if term in recalled else 0) + 1)), term)
        for term, heft in zip(terms.terms, terms.heft, strict=True)
    ]
    kept = sorted(rated, key=lambda pair: (-pair[0], pair[1]))[:TERMS_KEPT]
    length = math.sqrt(sum(weight * weight for weight, _ in kept)) or 1.0
    return {term: weight / length for weight, term in kept if weight > 0}


def likes(weights: Mapping[str, float], recalled: Mapping[str, Recall], own: int) -> list[Like]:
    """The earlier stories that are most similar, best first."""
    scores: dict[int, float] = {}
    for term, weight in weights.items():
        recall = recalled.get(term)
        if recall is None:
            continue
        for each in recall.recent:
            number = each >> _PART
            scores[number] = scores.get(number, 0.0) + weight * (each & _PARTS)
    scores.pop(own, None)
    least = _LEAST * 1000
    near = [(round(score), number) for number, score in scores.items() if score >= least]
    near.sort(key=lambda pair: (-pair[0], -pair[1]))
    ranked = sorted(weights, key=lambda term: (-weights[term], term))
    chosen = near[:_LOOKED_AT]
    sharing: dict[int, list[str]] = {number: [] for _, number in chosen}
    looked = frozenset(sharing)
    for term in ranked:
        if term in recalled:
            for number in looked.intersection(told_by(recalled[term])):
                sharing[number].append(term)
    return [Like(number, score / 1000, tuple(sharing[number])) for score, number in chosen]


def choose(
    found: Sequence[Like],
    profiles: Mapping[int, Profile],
    own: Profile,
    names: Mapping[str, str],
    never: frozenset[str] = frozenset(),
    places: frozenset[str] = frozenset(),
) -> Choice:
    """What these similar stories are to this one: its picks, its report, its event.

    A pick is never another telling of the same report, nor are two picks tellings of one. `names`
    are the names of topics by slug, for the reasons; `never` are ids that must not be picked;
    `places` are the terms that name places.
    """
    looked = [(like, profiles[like.number]) for like in found if like.number in profiles]
    same = {p.report for like, p in looked if _same_report(like, p, own)}
    event = next(((p, like) for like, p in looked if _same_event(like, p, own, places)), None)
    picks = _picked(_rated(looked, profiles, own, names, places), {*same, own.number}, own, never)
    return Choice(
        tuple((pick.profile.id, pick.reason) for pick in picks),
        min(same, default=0),
        event[0] if event else None,
        _reason(event[1], names) if event else "",
        tuple(pick.profile.number for pick in picks if pick.rate >= _THREAD)[:_THREADED],
    )


class _Rated(NamedTuple):
    """A candidate, what it is worth to a reader of this story, and why."""

    rate: float
    profile: Profile
    reason: str


def followed(found: Sequence[Like], profiles: Mapping[int, Profile]) -> list[int]:
    """Numbers of stories that were picks of the most similar ones and are not known yet."""
    near = [profiles[like.number] for like in found[:_LED_BY] if like.number in profiles]
    return sorted({pick for profile in near for pick in profile.picks} - profiles.keys())


def _rated(
    looked: Sequence[tuple[Like, Profile]],
    profiles: Mapping[int, Profile],
    own: Profile,
    names: Mapping[str, str],
    places: frozenset[str],
) -> list[_Rated]:
    """What is like this story, and what the most similar ones go on with, the best first."""
    rated: dict[int, _Rated] = {}
    for like, profile in looked:
        rate = like.score * _doubt(like, places) * _elsewhere(profile, own)
        rated[profile.number] = _Rated(rate, profile, _reason(like, names))
    direct = sorted(rated.values(), key=lambda one: (-one.rate, -one.profile.number))
    for one in direct[:_LED_BY]:
        for number in one.profile.picks if one.rate >= _THREAD else ():
            led = profiles.get(number)
            if led is None:
                continue
            rate = one.rate * _FURTHER * _elsewhere(led, own)
            if number not in rated or rated[number].rate < rate:
                why = f"what {one.profile.id} goes on with; {one.reason}"
                rated[number] = _Rated(rate, led, why)
    return sorted(rated.values(), key=lambda one: (-one.rate, -one.profile.number))


def _doubt(like: Like, places: frozenset[str]) -> float:
    """What a likeness is worth that is not telling by itself: less by one term or by places."""
    if like.score >= _TELLING:
        return 1.0
    beside = [term for term in like.shared if term not in places]
    if len(like.shared) == 1:
        return _ALONE if beside else _ONE_PLACE
    if not beside:
        return _PLACES
    named = len(beside) < len(like.shared)
    return _PLACES_AND_A_WORD if named and len(beside) == 1 and beside[0][0] != "=" else 1.0


def _elsewhere(profile: Profile, own: Profile) -> float:
    """Less than 1 where two headlines name somebody, and neither whom the other story names."""
    if own.heads and profile.heads:
        mine, theirs = set(own.heads), set(profile.heads)
        if mine.isdisjoint(profile.names) and theirs.isdisjoint(own.names):
            return _OTHERS
    return 1.0


def _picked(
    rated: Iterable[_Rated], told: set[int], own: Profile, never: frozenset[str]
) -> list[_Rated]:
    """The picks: nothing that tells what this story or a pick before it tells."""
    picks: list[_Rated] = []
    for one in rated:
        profile = one.profile
        if profile.report in told or profile.id in never or profile.id == own.id:
            continue
        if one.rate >= _LEAST_RATE and _apart(profile, own) <= WINDOW:
            told.add(profile.report)
            picks.append(one)
            if len(picks) == PICKS:
                break
    return picks


def _apart(one: Profile, other: Profile) -> timedelta:
    return timedelta(microseconds=abs(one.at - other.at))


def _names_shared(one: Profile, other: Profile) -> float:
    """The share of names that both name; 1 where neither names anybody."""
    every = {*one.names, *other.names}
    return len({*one.names} & {*other.names}) / len(every) if every else 1.0


def _same_report(like: Like, profile: Profile, own: Profile) -> bool:
    return (
        like.score >= _SAME
        and _apart(profile, own) <= _SAME_WITHIN
        and _names_shared(profile, own) >= _SAME_NAMES
    )


def _same_event(like: Like, profile: Profile, own: Profile, places: frozenset[str]) -> bool:
    """Whether two stories tell one event; a town and one word are a day's news there."""
    beside = [term for term in like.shared if term not in places]
    told = len(beside) >= _BESIDE_PLACES or any(term[0] == "=" for term in beside)
    if not told and like.score < _SAME:
        return False
    apart = _apart(profile, own)
    near = apart <= _EVENT_WITHIN and like.score >= _EVENT
    surely = apart <= _EVENT_LATER and like.score >= _EVENT_SURELY
    return (near or surely) and _names_shared(profile, own) >= _EVENT_NAMES - 0.001


def _reason(like: Like, names: Mapping[str, str]) -> str:
    """Why a story was picked, in words: whom both name, and which words both use."""
    both = [names[term[1:]] for term in like.shared if term[0] == "=" and term[1:] in names]
    words = [term for term in like.shared if term[0] != "="]
    told = ", ".join(both[:3])
    said = (
        f"{'the words' if told else 'both use the words'} {', '.join(words[:4])}" if words else ""
    )
    parts = [part for part in (f"both name {told}" if told else "", said) if part]
    return f"{' and '.join(parts) or 'alike'} ({like.score:.2f})"


def remember(
    weights: Mapping[str, float],
    recalled: Mapping[str, Recall],
    number: int,
    lesson: str = "",
    *,
    again: bool = False,
) -> dict[str, Recall]:
    """What each term remembers once this story has used it.

    `lesson` is the section that its terms tell of, "" for none. A story that is looked at `again`
    is remembered by what it says for the first time.
    """
    learned = {}
    for term, weight in weights.items():
        known = recalled.get(term)
        seen, recent, sections = known or _NEW
        if again and known is not None and number in told_by(known):
            continue
        recent = recent[-(RECENT - 1) :]
        recent.append(figure(number, weight))
        if lesson:
            sections = {**sections, lesson: sections.get(lesson, 0) + 1}
        learned[term] = Recall(seen + 1, recent, sections)
    return learned
