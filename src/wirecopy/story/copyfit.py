"""Copyfitting: the text of clean copy, how long it is, and the standfirst that readers see."""

from __future__ import annotations

import re

import msgspec

from wirecopy.model import Item, Media
from wirecopy.scripts import UNSPACED
from wirecopy.story.prose import block_text, folded, plain, sentences, tidy_line

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_SPACELESS = re.compile(f"[{UNSPACED}]")
_CLOSED_UP = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Japanese and Chinese, whose sentences follow one another without a space as well."""
_STANDFIRST_LENGTH = 280
"""Characters of a standfirst that is made of the lead."""


def text_of(item: Item) -> str:
    """The plain text of the body: a line per paragraph, item or cell, a blank line after blocks."""
    return "\n\n".join(text for block in item.body if (text := block_text(block)))


def word_count(item: Item) -> int:
    """The words of the body; in scripts without spaces each sign counts as one."""
    text = text_of(item)
    signs = len(_SPACELESS.findall(text))
    return len(_WORD.findall(_SPACELESS.sub(" ", text) if signs else text)) + signs


_BULLET = re.compile(r"\s*(?:[*•·▪]|-{1,3}\s|–\s)")
_TORN = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?|(?:Continue reading|Read more)\s?[.…»→>]*)\s*$")


def standfirst_of(item: Item) -> str:
    """The standfirst readers see: the agency's, else the lead's first sentences, about 280 signs.

    Cut at a sentence's end, and without the colon of one that leads to a table; never a repeat of
    the headline, nor a line that only leads to an address; "" when the body says nothing more.
    """
    given, headline = item.standfirst, item.headline if _is_elsewhere(item) else ""
    if given and _repeats(given, headline):
        given = _opening(given, headline)
    if given:
        whole = _TORN.sub("", given)
        if whole == given:
            return given if len(given) <= 2 * _STANDFIRST_LENGTH else _opening(given, headline)
        finished = _finished(whole)
        if finished:
            return finished
    for block in item.body:
        if block.kind == "p" and not _BULLET.match(plain(block.html)):
            opening = _opening(tidy_line(plain(block.html)), item.headline)
            if opening and "://" not in opening:
                return opening.rstrip(" :：")
    return ""


def _finished(text: str) -> str:
    """The whole sentences of a text that was torn off; "" when there is none."""
    parts = sentences(text)
    if parts and parts[-1][-1:] not in '.!?…。！？।॥"”»':
        parts.pop()
    return " ".join(parts)


def _repeats(text: str, headline: str) -> bool:
    """Whether a text is the headline again, or what a headline was made of that breaks off."""
    said, headed = folded(text), folded(headline)
    return said == headed or (headline.endswith("…") and said.startswith(headed))


def _is_elsewhere(item: Item) -> bool:
    """Whether what the agency's standfirst repeats of the headline stands whole in it, or below.

    What a headline was made of goes on where it breaks off: nothing of that may be lost.
    """
    if not item.headline.endswith("…"):
        return True
    text = folded(text_of(item))
    repeated = (part for part in sentences(item.standfirst) if _repeats(part, item.headline))
    return all(folded(part) in text for part in repeated)


def _opening(text: str, headline: str) -> str:
    """The first sentences of `text`, as many as fit; one over-long sentence is cut at a word."""
    parts = [part for part in sentences(text[:4000]) if not _repeats(part, headline)]
    if not parts:
        return ""
    opening = parts[0]
    gap = "" if _CLOSED_UP.match(opening[-2:-1]) else " "
    for part in parts[1:]:
        if len(opening) >= 100 or len(opening) + len(part) + 1 > _STANDFIRST_LENGTH:
            break
        opening = f"{opening}{gap}{part}"
    if len(opening) <= 2 * _STANDFIRST_LENGTH:
        return opening
    shorter = opening[:_STANDFIRST_LENGTH].rsplit(None, 1)[0].rstrip(" ,;:–—-")
    return f"{shorter}…"


def own_words(media: tuple[Media, ...], headlines: set[str]) -> tuple[Media, ...]:
    """The pictures without a headline that is the story's: it says nothing of what they show."""
    if not any(one.headline for one in media):
        return media
    return tuple(
        msgspec.structs.replace(one, headline="") if folded(one.headline) in headlines else one
        for one in media
    )
