"""Chains: whether an item carries a story on, and by which stem of its slug the two are found.

A stem is what is left of a slug when everything that changes from version to version is gone:
cycle, leads, ordinals, takes, corrections, counts. Wrap-ups, analyses and other companions of a
story keep its slug, so their stem ends in their form ("|wrapup"): they chain with one another and
never with the story itself. A slug that tells nothing ("LEAD", "(2)") has no stem.
"""

from __future__ import annotations

import re
import unicodedata

from wirecopy.model import Item
from wirecopy.story import markers
from wirecopy.story.headings import is_telling

_CARRYING_ON = frozenset(
    {"replace", "replace+correct", "replace+silent", "append", "patch", "ignore", "withdraw",
     "hold"}
)  # fmt: skip
"""What a marker asks for that presumes an earlier item."""
_TELLING = 4
"""Letters and figures that a stem needs: shorter slugs are countries and desks ("US", "EU")."""

_TELLING_HEADLINE = 20
"""Letters and figures of a headline that stands in for a slug, whatever its words."""
_KEY_LETTERS = 120

_CYCLE = re.compile(r"(?:bc|am|pm|ap)-{1,2}(?=\w)")
_COUNT = re.compile(r"\(\s*\d{1,3}(?:der|lead)?\s*\)|,\s*\d{1,5}\s*(?=,|$)|\badv\d{1,2}\b")
_WORDS = (
    r"(?:\d{1,2}(?:st|nd|rd|th)[ -]?(?:lead|ld)?|ld|ldall|lead|writethru|add|insert|subs?|pickup"
    r"|updated?s?(?:[ -]?\d{1,2})?|refiled?|corr(?:ection|ected|ective|ects)?|clarification|rpt"
    r"|repeat|recast|rewrites|urgent|bulletin|alert|kill|withdrawn)"
)
_BEHIND = re.compile(rf"\s*,\s*{_WORDS}(?:[ -]{_WORDS})*\s*$")
"""The version behind a slug's comma."""
_LAST = re.compile(rf"(?:/\s*{_WORDS}(?:[ -]{_WORDS})*|\(\s*{_WORDS}\s*\)|[ -]+(?:ld|ldall))\s*$")
"""The version behind a slug's slash or in brackets, and a lead at its end."""
_ANY = rf"(?:{_WORDS}|flash|final|\d{{1,3}})"
_ALONE = re.compile(rf"\W*{_ANY}(?:\W+{_ANY})*\W*")
_LETTERS = re.compile(r"[^\W_]")
_GAPS = re.compile(r"[\s/,:;._|+()\[\]-]+")

_ALSO = {
    "wrap": "wrapup", "roundup": "wrapup", "backgrounder": "background",
    "hintergrund": "background", "chronologie": "timeline", "chronology": "timeline",
    "porträt": "profile", "portrait": "profile", "fragenundantworten": "qa", "qanda": "qa",
    "korrbericht": "correspondentreport", "analyse": "analysis",
    "análisis": "analysis", "analisi": "analysis", "kommentar": "opinion", "comment": "opinion",
    "faktenbox": "factbox", "factfile": "factbox", "sidebar": "sidebar",
    "sidebarandsupportinginformation": "sidebar", "preview": "curtainraiser",
}  # fmt: skip
"""Names under which formats and other languages know the same forms."""
_FORMS = frozenset(
    {"".join(_LETTERS.findall(row.genre.casefold())) for row in markers.TABLE if row.genre}
    | set(_ALSO.values())
)


def stem(slug: str, agency: str = "") -> str:
    """The slug without all that changes from version to version, "" when it tells nothing.

    In small letters, its parts with single hyphens; "--" parts a region from its topic. A form
    of story that the slug names follows behind a bar: "port-sel-ferry|glance".
    """
    _, bare, found = markers.find("", slug[: markers.LONGEST], agency)
    text = _CYCLE.sub("", unicodedata.normalize("NFKC", bare).casefold().strip(), count=1)
    before = ""
    while before != text:
        before = text
        text = _LAST.sub("", _BEHIND.sub("", _COUNT.sub("", text).strip()))
    if _ALONE.fullmatch(text):
        return ""
    region, apart, topic = text.partition("--")
    parts = [_joined(part) for part in ((region, topic) if apart else (text,))]
    if len("".join(_LETTERS.findall(parts[-1]))) < _TELLING:
        return ""
    form = next((_key(marker.genre) for marker in found if marker.genre), "")
    return "--".join(filter(None, parts)) + (f"|{form}" if form else "")


def stem_of(item: Item, agency: str = "") -> str:
    """The stem of an item's slug with the item's form of story behind it, "" without a stem."""
    bare, _, told = stem(item.slug, agency or item.provider).partition("|")
    form = told or form_of(item)
    return f"{bare}|{form}" if bare and form else bare


def chain_key(item: Item, agency: str = "") -> str:
    """What an item's chain is found by: its stem; where it has no slug at all, its headline.

    A headline serves only as a whole: "=" and its letters, and the item's form of story behind a
    bar as in a stem. "" where neither tells anything.
    """
    if item.slug:
        return stem_of(item, agency)
    letters = "".join(_LETTERS.findall(item.headline.casefold()))
    if len(letters) < _TELLING_HEADLINE and not is_telling(item.headline):
        return ""
    form = form_of(item)
    return f"={letters[:_KEY_LETTERS]}" + (f"|{form}" if form else "")


def wants_marker(key: str) -> bool:
    """Whether a chain's key is a short headline, under which only marked items are joined.

    Flashes have short headlines, and so has tomorrow's other quake: what an agency has not marked
    stays a story of its own.
    """
    return key.startswith("=") and len(key.partition("|")[0]) <= _TELLING_HEADLINE


def topic_of(stem: str) -> str:
    """The stem without its region: what a wire that sends no region calls the same thing."""
    return stem.split("--", 1)[-1]


def form_of(item: Item) -> str:
    """The form of story that stands apart from the spot story ("wrapup"), "" for the story."""
    for marker in item.markers:
        if marker.genre:
            return _key(marker.genre)
    key = _key(item.genre)
    return key if key in _FORMS else ""


def continues(item: Item) -> bool:
    """Whether the item's markers say that it carries a story on that was told before.

    A wrap-up counts from its second number on: it carries the wrap-up before it on.
    """
    return any(
        marker.action in _CARRYING_ON
        or (marker.action == "new-linked" and marker.ordinal is not None and marker.ordinal > 1)
        for marker in item.markers
    )


def _key(genre: str) -> str:
    key = "".join(_LETTERS.findall(genre.casefold()))
    return _ALSO.get(key, key)


def _joined(text: str) -> str:
    return _GAPS.sub("-", text).strip("-")
