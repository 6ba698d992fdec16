"""Bylines: the raw line as sent, the people in it, and byline paragraphs at the head of a body."""

from __future__ import annotations

import re

from wirecopy.story import datelines
from wirecopy.story.agencies import Names, agencies_in
from wirecopy.story.prose import folded, word_set

_LEADING = {"by": "", "von": "de", "par": "fr", "di": "it", "por": "es pt", "door": "nl", "av": ""}
_BY = re.compile(r"\s*(by|von|par|di|por|door|av)\s*:?\s+(?=\S)", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\(((?:di|by) [^()\n]{3,60})\)\s*(?=\(|$)")
_PLACED = re.compile(r"(?:in|at|from|aus|à)\s")
_PEOPLE = re.compile(
    r"\s*[,;/|&]\s*|\s+(?:and|und|et|y|e|og|och|with|mit|avec|con|com|met|और|и)\s+", re.IGNORECASE
)
_SMALL_AGENCY = re.compile(r",\s*[a-z]{2,4}$")
"""An agency that writes itself small ("Von Jane Roe, epd")."""
_MAIL = re.compile(r"\S+@\S+|<[^<>]*>|\((?:[^()]*)\)")
_FROM = re.compile(r"\s+(?:in|for|für|at|à|en|aus)\s+[A-Z].*$")
_TITLE = re.compile(
    r"\b(?:writers?|correspondents?|reporters?|editors?|staff|bureau|columnists?|desk|analysts?"
    r"|korrespondent(?:in)?|redakteur(?:in)?|journalists?|associated press|photographers?)\b",
    re.IGNORECASE,
)
_JOINING = word_set(
    """and und et y e de da do von van der den di du la le al bin ibn in for with für dos das"""
)
_NOT_NAMES = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december the accident design numbers far contrast then
    now noon midnight chance law order way"""
)
_FINAL = re.compile(r"(?<![A-Z])(?<!Jr)(?<!Sr)[.!?:]$")


def people(byline: str, own: Names) -> tuple[str, ...]:
    """The people that a byline names, without its "By", their titles and their agencies."""
    text = _MAIL.sub(" ", byline.split("\n", 1)[0])
    text = _SMALL_AGENCY.sub("", _BY.sub("", text, count=1).strip(" ="))
    found = []
    for part in _PEOPLE.split(text):
        name = " ".join(_FROM.sub("", part).split()).strip(" .-–—=")
        if _PLACED.match(name):  # of "By Jane Roe, Chief Correspondent, in Norval"
            continue
        if name and not agencies_in(name, own) and not _TITLE.search(name) and len(name) <= 60:
            found.append(name)
    return tuple(dict.fromkeys(found))


def is_byline(line: str, language: str = "") -> bool:
    """Whether a line alone is "By NAME" in the item's language, and no sentence."""
    match = _BY.match(line)
    if not match or len(line) > 90 or not line.lstrip()[0].isupper():
        return False
    tongues = _LEADING[match[1].casefold()]
    if tongues and language and language[:2].casefold() not in tongues:
        return False
    rest = _SMALL_AGENCY.sub("", line[match.end() :].strip(" ="))
    words = re.findall(r"[^\s,&/;|]+", rest)
    if not 1 < len(words) <= 14 or _FINAL.search(rest) or any(map(str.isdigit, rest)):
        return False
    if any(word.casefold() in _NOT_NAMES for word in words):
        return False
    return all(
        word[0].isupper()
        or word in _JOINING
        or "@" in word
        or word == "dpa"
        or word[0].lower() == word[0].upper()
        for word in words
    )


def set_apart(text: str, language: str, own: Names) -> tuple[str, int]:
    """The byline that a text begins with and that ends by a sign of its own, and its length.

    It stands in brackets, or on the line above the dateline. ("", 0) for none.
    """
    first, end, rest = text.partition("\n")
    if end and is_byline(first, language) and datelines.find(rest.lstrip(), own):
        return first.strip(), len(text) - len(rest.lstrip())
    return _bracketed(text, language)


def _bracketed(text: str, language: str = "") -> tuple[str, int]:
    """The byline in brackets that a text begins with, and its length; ("", 0) for none.

    ANSA sets it before the dateline, or on a line of its own: "(di Jane Roe) (ANSA) - PORT SEL".
    """
    match = _BRACKETED.match(text)
    if not match:
        return "", 0
    line = match[1][0].upper() + match[1][1:]
    return (line, match.end()) if is_byline(line, language) else ("", 0)


def is_title(line: str, own: Names) -> bool:
    """Whether a line under a byline is a title or an agency ("AP Business Writer"), no sentence."""
    text = line.strip(" =")
    words = text.split()
    if not 0 < len(words) <= 7 or _FINAL.search(text):
        return False
    if agencies_in(text, own):
        return True
    return bool(_TITLE.search(text)) and all(
        word[0].isupper() or word in {"of", "for", "and", "in", "the"} for word in words
    )


def same_people(one: str, other: str, own: Names) -> bool:
    """Whether two bylines name the same people, however they are written."""
    a, b = ([folded(name) for name in people(line, own)] for line in (one, other))
    return bool(a) and a == b


def covers(one: str, other: str) -> bool:
    """Whether a byline or title has every word of the other, but for "By" and "and"."""
    return _told(other) <= _told(one)


def fuller(one: str, other: str) -> str:
    """The one of two lines that has every word of the other; "" where neither has."""
    if covers(one, other):
        return one
    return other if covers(other, one) else ""


def _told(line: str) -> set[str]:
    said = line[match.end() :] if (match := _BY.match(line)) else line
    return {word.casefold() for word in re.findall(r"\w+", said)} - _JOINING
