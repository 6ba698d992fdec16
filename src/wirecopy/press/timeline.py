"""How a developing story came about: what its texts said anew, and what else its chain brought.

Only what still stands is told again: a headline that readers have seen, or a paragraph that is in
the text that stands. Nothing from before an agency's last correction is, unless the newsroom shows
all (`press.differences`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import msgspec

from wirecopy.briefs import PastText, StoryBrief
from wirecopy.press.house import House
from wirecopy.press.past import plain
from wirecopy.press.ranking import flagged
from wirecopy.press.told import Told

_FEWEST = 3
"""Moments from which on a story has a timeline."""
_MOST = 12
_LONGEST = 180
"""Moments that are shown, and characters of each."""
_SENTENCE = re.compile(r"(?<=[.!?।؟。])\s+")


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One point of a timeline."""

    at: datetime
    text: str
    path: str = ""
    """Path of the story that it was, "" for this one."""
    language: str = ""


def timeline(brief: StoryBrief, told: Told, house: House) -> tuple[Moment, ...]:
    """The moments of a developing story, newest first; () for one that has hardly developed."""
    if len(brief.past) + len(brief.chain) < _FEWEST - 1:
        return ()
    own = _own(brief, told, house)
    others = (
        Moment(at=t.first_published, text=t.headline, path=t.path, language=t.language)
        for t in brief.chain
    )
    moments = sorted((*own, *others), key=lambda m: (m.at, m.path), reverse=True)
    return tuple(moments[:_MOST]) if len(moments) >= _FEWEST else ()


def _own(brief: StoryBrief, told: Told, house: House) -> Iterator[Moment]:
    """What the story's own texts brought."""
    story, language = brief.story, told.item.language
    if not brief.past and story.first_published and len(story.changes) == 1:
        yield Moment(at=story.first_published, text=told.headline, language=language)
    corrected = max((c.at for c in story.changes if c.kind == "corrected"), default=None)
    if house.config.press.differences == "all":
        corrected = None
    stands = {plain(block.html) for block in told.item.body}
    reworked = bool(story.rework.headline)
    for before, after in pairwise((None, *brief.past)):
        if after is not None and (corrected is None or after.at >= corrected):
            text = _news(before, after, stands, reworked=reworked)
            if text:
                yield Moment(at=after.at, text=text, language=language)


def _news(before: PastText | None, after: PastText, stands: set[str], *, reworked: bool) -> str:
    """What a text says that the one before did not: its headline, else its first new paragraph."""
    if not reworked and (before is None or before.headline != after.headline):
        return after.headline
    known = {plain(html) for html in before.body} if before else set()
    lines = (plain(html) for html in after.body)
    return _short(next((line for line in lines if line in stands and line not in known), ""))


def _short(line: str) -> str:
    """The line, or as many of its sentences as fit, or as many words."""
    if len(line) <= _LONGEST:
        return line
    sentence = _SENTENCE.split(line, maxsplit=1)[0]
    if len(sentence) <= _LONGEST:
        return sentence
    return line[:_LONGEST].rpartition(" ")[0] + "…"


def live_span(brief: StoryBrief) -> tuple[datetime, datetime | None] | None:
    """When live coverage began and ended, as far as it has; None where the agency called none so.

    It ends with the first later text that the agency no longer calls live.
    """
    story = brief.story
    texts = [v for v in story.versions if v.kind == "text" and v.status == "usable"]
    live = [flagged(version.marker) == "live" for version in texts]
    if story.first_published is None or True not in live:
        return None
    last = len(live) - 1 - live[::-1].index(True)
    after = texts[last + 1 :]
    return story.first_published, max(after[0].received, story.first_published) if after else None
