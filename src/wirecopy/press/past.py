"""Which texts readers have seen at a story's address, and what changed from one to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape, unescape

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
_ALIKE = 0.35
"""How much of two paragraphs must be the same for their words to be compared."""

_TAG = re.compile(r"<[^>]*>")
_CUT = "…"


def difference(before: PastText, after: PastText, *, headline: bool = True) -> Html:
    """The paragraphs that changed, word by word, as paragraphs with ins and del; "" for none.

    `headline` is False where staff's own headline stood over both.
    """
    changed: list[str] = []
    for old, new in _pairs(_lines(before, headline), _lines(after, headline)):
        if len(changed) == _MOST_PARAGRAPHS:
            changed.append(f"<p>{_CUT}</p>")
            break
        changed.append(f"<p>{_compared(old.split(), new.split())}</p>")
    return Html("\n".join(changed))


def _lines(text: PastText, headline: bool) -> list[str]:
    """Headline, standfirst and blocks as plain words."""
    blocks = (" ".join(unescape(_TAG.sub(" ", html)).split()) for html in text.body[:_COMPARED])
    first = (text.headline if headline else "", text.standfirst)
    return [line for line in (*first, *blocks) if line]


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Paragraphs that changed, each with the one it became; "" stands for none."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind != "equal":
            for n in range(max(i_end - i, j_end - j)):
                old = before[i + n] if i + n < i_end else ""
                new = after[j + n] if j + n < j_end else ""
                yield old, new


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
