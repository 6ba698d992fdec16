"""Whose text a page shows where several sources tell the same report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from wirecopy.model import Story
from wirecopy.story.clean import word_count

FULLER = 1.2
"""How many times the words of another a text must have to be the more complete one."""


def voice_of(story: Story, kin: Sequence[Story], priority: Callable[[str], int]) -> str:
    """The id of the story whose text the page of `story` shows, "" for its own.

    The higher priority of its source speaks; between equals the more complete text, if it is
    clearly so; else the page's own.
    """
    if story.standing is None:
        return ""
    best, rank = "", (priority(story.source), word_count(story.standing) * FULLER)
    for other in sorted(kin, key=lambda each: each.id):
        if other.state == "merged" and other.standing is not None:
            own = (priority(other.source), float(word_count(other.standing)))
            if own > rank:
                best, rank = other.id, (own[0], own[1] * FULLER)
    return best


def voiced(story: Story, other: Story | None) -> Story:
    """The story as its page shows it: under its own address, with the text of `other`."""
    if other is None:
        return story
    return msgspec.structs.replace(
        story,
        source=other.source,
        agency=other.agency,
        standing=other.standing,
        standing_rank=other.standing_rank,
        standing_print=other.standing_print,
        topics=other.topics,
        syndication=other.syndication,
        also_from=tuple(
            dict.fromkeys(
                agency for agency in (story.agency, *story.also_from) if agency != other.agency
            )
        ),
    )
