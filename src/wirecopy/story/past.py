"""Which texts readers have seen at a story's address."""

from __future__ import annotations

from datetime import datetime

from wirecopy.model import Rank, Story
from wirecopy.story.takes import PARTS
from wirecopy.story.versions import standing_of

_DEEPEST = 6
"""Texts that are looked back at; older differences are left out of the page."""
_PUBLIC = frozenset({"published", "updated", "corrected", "restored"})
_ENDED = frozenset({"withdrawn", "expired"})


def texts_shown(story: Story) -> tuple[tuple[datetime, Rank], ...]:
    """(time, rank) of each text that readers have seen, oldest first; empty below two.

    A version that was never public, because it was held, embargoed or overtaken, is in none, and
    neither is anything from before the story was withdrawn or expired: a kill kills for good. A
    text that was put together from parts, or is another source's, has no versions to compare.
    """
    found: list[tuple[datetime, Rank]] = []
    if len(story.versions) < 2 or story.voice or any(v.kind in PARTS for v in story.versions):
        return ()
    ends = [n for n, change in enumerate(story.changes) if change.kind in _ENDED]
    for change in story.changes[ends[-1] + 1 :] if ends else story.changes:
        known = [v for v in story.versions if v.status == "usable" and v.received <= change.at]
        stood = standing_of(known)
        if change.kind in _PUBLIC and stood and (not found or found[-1][1] != stood.rank):
            found.append((change.at, stood.rank))
    return tuple(found[-_DEEPEST:]) if len(found) > 1 else ()
