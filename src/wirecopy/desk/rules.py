"""Desk rules: what the operator's [[rules]] say of one item, with every reason in words.

    rules = Rules(config.rules)              # compiled once; ConfigError if one is wrong
    ruling = rules.judge(item, source="ains-world", agency="AINS", section="world")

Every `when` key becomes a condition, a function from facts to a finding. A rule matches when
all of its conditions are met. The rules run in order: each matching one may set the section and
the syndication (the first that sets it wins) and add topics (all add up); the first that names
an action or a delay decides what happens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Literal, NamedTuple

import msgspec

from wirecopy import config
from wirecopy.config.patterns import fault_of_rule, stretches
from wirecopy.errors import ConfigError
from wirecopy.model import Item, Syndication
from wirecopy.newscodes import media_topic

Ancestors = Callable[[str], tuple[str, ...]]
Action = Literal["", "publish", "hold", "ignore"]


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules say of one item; empty fields mean that no rule had a say in them."""

    section: str = ""
    action: Action = ""
    """A rule that gives `publish_after` alone counts as "publish"."""
    publish_after: timedelta | None = None
    """How long to hold before publishing, only ever beside the action "publish"."""
    topics: tuple[str, ...] = ()
    """Names of topics to add, in the order of the rules, each once."""
    syndication: Literal[Syndication, ""] = ""
    rule: str = ""
    """Name of the rule that decided the action, "" when none did."""
    reasons: tuple[str, ...] = ()
    """One sentence per rule that matched: what matched, and what the rule set."""
    checked: tuple[str, ...] = ()
    """One sentence per rule that did not match: the first condition that failed."""


def identity(code: str) -> tuple[str, ...]:
    """The code alone: the ancestors of a code whose vocabulary is not at hand."""
    return (code,)


class Rules:
    """The desk's rules, compiled once; ConfigError names the rule that cannot be compiled."""

    def __init__(self, rules: tuple[config.Rule, ...]) -> None:
        self._rules = tuple(_compile(rule) for rule in rules)

    def judge(
        self,
        item: Item,
        *,
        source: str,
        agency: str,
        section: str,
        ancestors: Ancestors = identity,
    ) -> Ruling:
        """What the rules say of `item`, which came from `source` and stands in `section`.

        `ancestors` gives the broader codes of a Media Topic ("medtop:20000822"), in any order,
        with or without the code itself. A rule's `section` looks at the section as an earlier
        rule left it. The result depends on the arguments alone.
        """
        facts = _Facts(item, source, agency, section, ancestors)
        ruling = Ruling()
        for rule in self._rules:
            findings, met = _look(rule, facts)
            if not met:
                line = f"Rule {rule.name!r} did not match: {findings[-1]}."
                ruling = msgspec.structs.replace(ruling, checked=(*ruling.checked, line))
                continue
            ruling = _apply(rule, findings, ruling)
            facts = facts._replace(section=ruling.section or section)
        return ruling


# --------------------------------------------------------------------------------------
# Conditions
# --------------------------------------------------------------------------------------


class _Facts(NamedTuple):
    """All that a rule may look at."""

    item: Item
    source: str
    agency: str
    section: str
    ancestors: Ancestors


class _Finding(NamedTuple):
    """Whether a condition is met, and half a sentence that says why or why not."""

    met: bool
    words: str


_Condition = Callable[[_Facts], _Finding]


class _Rule(NamedTuple):
    name: str
    conditions: tuple[_Condition, ...]
    then: config.Then
    after: timedelta | None


def _compile(rule: config.Rule) -> _Rule:
    after = rule.then.publish_after
    return _Rule(
        name=rule.name,
        conditions=tuple(_conditions(rule)),
        then=rule.then,
        after=config.duration(after, f"Rule {rule.name!r}: publish_after") if after else None,
    )


def _conditions(rule: config.Rule) -> Iterable[_Condition]:
    """One condition per key that the rule's `when` gives, in the order of the settings."""
    when = rule.when
    for key in _FORMS:
        if wanted := _strings(getattr(when, key)):
            yield _any_of(key, wanted)
    if when.urgency != ():
        yield _urgency(rule.name, when.urgency)
    for key in _TEXTS:
        if pattern := getattr(when, key):
            yield _search(rule.name, key, pattern)
    if when.has_picture is not None:
        yield _has_picture(wanted=when.has_picture)


def _strings(value: tuple[str, ...] | str) -> tuple[str, ...]:
    values = (value,) if isinstance(value, str) else value
    return tuple(text for text in values if text)


def _fold(text: str) -> str:
    """`text` as values are compared: case-folded, runs of white space made one space."""
    return " ".join(text.casefold().split())


def _any_of(key: str, wanted: tuple[str, ...]) -> _Condition:
    """Met when one of the item's values for `key` is among `wanted`."""
    forms = _FORMS[key]
    folded = {_fold(_WANTED.get(key, str)(value)): value for value in wanted}

    def condition(facts: _Facts) -> _Finding:
        have = tuple(value for value in forms(facts) if value)
        for value in have:
            if (name := folded.get(_fold(value))) is not None:
                return _Finding(met=True, words=f"{key} {name!r} was asked for")
        return _Finding(met=False, words=f"{key} is {_listed(have)}, not {_listed(wanted)}")

    return condition


def _listed(values: Iterable[str]) -> str:
    """The values in quotes, at most five of them, or "empty"."""
    shown = list(dict.fromkeys(values))
    more = ", ..." if len(shown) > 5 else ""
    return ", ".join(repr(value) for value in shown[:5]) + more or "empty"


def _places(facts: _Facts) -> Iterable[str]:
    if facts.item.dateline:
        yield facts.item.dateline.place
    for place in facts.item.places:
        yield from (place.name, place.code)


def _language(facts: _Facts) -> Iterable[str]:
    """The tag and its shorter forms: basic filtering of RFC 4647, section 3.3.1."""
    parts = _tag(facts.item.language).split("-")
    return ("-".join(parts[:end]) for end in range(len(parts), 0, -1))


def _tag(language: str) -> str:
    return language.replace("_", "-")


def _subjects(facts: _Facts) -> Iterable[str]:
    """Each subject's name, its code as sent and as medtop:NNN, then its broader codes."""
    for subject in facts.item.subjects:
        yield from (subject.name, subject.code)
        code = media_topic(subject.code, subject.scheme)
        if code:
            yield from (code, *facts.ancestors(code))


def _qcode(code: str) -> str:
    """A Media Topic's address as "medtop:NNN"; any other text as it is."""
    code = code.strip()
    return media_topic(code) or code


_FORMS: dict[str, Callable[[_Facts], Iterable[str]]] = {
    "source": lambda facts: (facts.source,),
    "agency": lambda facts: (facts.agency,),
    "section": lambda facts: (facts.section,),
    "subject": _subjects,
    "keyword": lambda facts: facts.item.keywords,
    "place": _places,
    "genre": lambda facts: (facts.item.genre,),
    "language": _language,
}
"""The item's values for each key that takes one value or a list, in every accepted form."""

_WANTED: dict[str, Callable[[str], str]] = {"subject": _qcode, "language": _tag}
"""How a rule's own value is brought into the form that the item's values have."""

_TEXTS: dict[str, Callable[[Item], Iterable[str]]] = {
    "headline": lambda item: (item.headline,),
    "slug": lambda item: (item.slug,),
    "rights": lambda item: (*item.rights.usage_terms, *item.rights.restrictions),
}
"""The texts that each regular expression looks through, one after the other."""


def _search(rule: str, key: str, pattern: str) -> _Condition:
    """Met when the pattern is found anywhere, case ignored."""
    if fault := fault_of_rule(pattern):
        raise ConfigError(f"Rule {rule!r}: {key} = {pattern[:80]!r} {fault}.")
    regex = re.compile(pattern, re.IGNORECASE)
    texts = _TEXTS[key]

    def condition(facts: _Facts) -> _Finding:
        for text in texts(facts.item):
            for stretch in stretches(text):
                if match := regex.search(stretch):
                    return _Finding(met=True, words=f"{key} has {match[0]!r}")
        return _Finding(met=False, words=f"{key} has nothing like {pattern!r}")

    return condition


def _has_picture(*, wanted: bool) -> _Condition:
    """Met when the item has a usable picture, or has none, as the rule wants it."""

    def condition(facts: _Facts) -> _Finding:
        has = any(
            media.type == "picture" and media.status == "usable" for media in facts.item.media
        )
        return _Finding(met=has is wanted, words="it has a picture" if has else "it has no picture")

    return condition


_URGENCY = re.compile(
    r"(?P<sign><=|>=|<|>|=)?\s*(?P<low>\d)(?:\s*[-\u2013]\s*(?P<high>\d))?", re.ASCII
)


def _urgency(rule: str, value: config.Urgency) -> _Condition:
    """Met when the item's urgency is among those that the expressions name."""
    given = value if isinstance(value, tuple) else (value,)
    wanted = frozenset[int]().union(*(_grades(rule, str(text)) for text in given))
    shown = " or ".join(str(text) for text in given)

    def condition(facts: _Facts) -> _Finding:
        urgency = facts.item.urgency
        if urgency in wanted:
            return _Finding(met=True, words=f"urgency {urgency} is in {shown}")
        return _Finding(met=False, words=f"urgency is {urgency}, not {shown}")

    return condition


def _grades(rule: str, text: str) -> frozenset[int]:
    """The urgencies 1..9 that the expression names; ConfigError if it names none."""
    match = _URGENCY.fullmatch(text.strip())
    if not match or (match["sign"] and match["high"]):
        raise ConfigError(
            f"Rule {rule!r}: urgency {text!r} cannot be read."
            ' Write a number (3), a comparison ("<=3", ">6") or a range ("2-4").'
        )
    low = int(match["low"])
    tests: dict[str, Callable[[int], bool]] = {
        "<=": lambda grade: grade <= low,
        ">=": lambda grade: grade >= low,
        "<": lambda grade: grade < low,
        ">": lambda grade: grade > low,
        "=": lambda grade: low <= grade <= int(match["high"] or low),
    }
    grades = frozenset(filter(tests[match["sign"] or "="], range(1, 10)))
    if not grades:
        raise ConfigError(
            f"Rule {rule!r}: urgency {text!r} names no urgency."
            " They run from 1 (the highest) to 9; write the lower number first."
        )
    return grades


# --------------------------------------------------------------------------------------
# Running the rules
# --------------------------------------------------------------------------------------


def _look(rule: _Rule, facts: _Facts) -> tuple[list[str], bool]:
    """What the rule's conditions found, up to the first that failed, and whether all are met."""
    findings: list[str] = []
    for condition in rule.conditions:
        finding = condition(facts)
        findings.append(finding.words)
        if not finding.met:
            return findings, False
    return findings, True


def _apply(rule: _Rule, findings: list[str], ruling: Ruling) -> Ruling:
    """`ruling` with what a matching rule adds to it, and the sentence that says so."""
    then, done = rule.then, []
    changes: dict[str, object] = {}
    if then.section and not ruling.section:
        changes["section"] = then.section
        done.append(f"section is {then.section!r}")
    if then.syndication and not ruling.syndication:
        changes["syndication"] = then.syndication
        done.append(f"syndication is {then.syndication!r}")
    if topics := _strings(then.add_topic):
        changes["topics"] = tuple(dict.fromkeys((*ruling.topics, *topics)))
        done.append(f"topics {_listed(topics)} are added")
    if (then.action or rule.after is not None) and not ruling.action:
        action = then.action or "publish"
        after = rule.after if action == "publish" else None
        changes |= {"action": action, "publish_after": after, "rule": rule.name}
        done.append(action if after is None else f"{action} after {then.publish_after}")
    effect = ", ".join(done) or "it sets nothing that an earlier rule has not set"
    line = f"Rule {rule.name!r} matched ({'; '.join(findings) or 'every story'}): {effect}."
    return msgspec.structs.replace(ruling, **changes, reasons=(*ruling.reasons, line))
