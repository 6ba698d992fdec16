"""Whose text a page shows where several sources tell the same report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from wirecopy.model import Item, Media, Story
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


def as_shown(story: Story, voice: Story | None) -> Story:
    """The story as its page shows it: at its own address, with the text of `voice` if there is one.

    Every agency that sent the report is credited with it.
    """
    told = voice or story
    others = tuple(
        dict.fromkeys(
            agency
            for agency in ((story.agency, *story.also_from) if voice else story.also_from)
            if agency.casefold() != told.agency.casefold()
        )
    )
    if told.standing is None or not (voice or others or told.attached):
        return story
    return msgspec.structs.replace(
        story,
        source=told.source,
        agency=told.agency,
        standing=_credited(_pictured(told.standing, told.attached), told.agency, others),
        standing_rank=told.standing_rank,
        standing_print=told.standing_print,
        versions=told.versions,
        topics=told.topics,
        syndication=told.syndication,
        also_from=others,
    )


def _credited(item: Item, agency: str, others: Sequence[str]) -> Item:
    """The item with those agencies beside the ones it credits already."""
    if not others:
        return item
    named = item.credit_sources or (agency,)
    known = {name.casefold() for name in named}
    more = [name for name in others if name.casefold() not in known]
    line = " / ".join((item.credit_line, *more)) if item.credit_line else ""
    return msgspec.structs.replace(item, credit_sources=(*named, *more), credit_line=line)


def _pictured(item: Item, attached: Sequence[Media]) -> Item:
    """The item with the pictures that came beside it, each once."""
    known = {media.id or media.renditions for media in item.media}
    more = tuple(media for media in attached if (media.id or media.renditions) not in known)
    return msgspec.structs.replace(item, media=(*item.media, *more)) if more else item
