"""Whose text a page shows where several sources tell the same report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import msgspec

from wirecopy.model import Item, Media, Story
from wirecopy.story.copyfit import word_count

_NEVER = datetime.min.replace(tzinfo=UTC)
_FULLER = 1.2
"""How many times the words of another a text must have to be the more complete one."""


def voice_of(story: Story, kin: Sequence[Story], priority: Callable[[str], int]) -> str:
    """The id of the story whose text the page of `story` shows, "" for its own.

    Of one source the newest text speaks, unless another is clearly fuller; the same text sent
    again changes nothing. Between sources the higher priority does; between equals the page's own
    source, unless another is clearly fuller.
    """
    told = [each for each in (story, *kin) if each.standing is not None]
    if story.standing is None or len(told) < 2:
        return ""
    sources: dict[str, list[Story]] = {}
    for each in sorted(told, key=lambda each: each.id):
        sources.setdefault(each.source, []).append(each)
    best = [max(_full(group), key=_newness) for group in sources.values()]
    highest = max(priority(each.source) for each in best)
    first = _full([each for each in best if priority(each.source) == highest])
    own = next((each for each in first if each.source == story.source), first[0])
    same = {kin.story for kin in story.kin if kin.kinship == "same"}
    again = own.id in same and story in _full([story, own])
    return "" if own.id == story.id or again else own.id


def _full(stories: Sequence[Story]) -> list[Story]:
    """Those whose text is about as long as the longest."""
    words = {each.id: word_count(each.standing) for each in stories if each.standing is not None}
    longest = max(words.values())
    return [each for each in stories if words[each.id] * _FULLER >= longest]


def _newness(story: Story) -> tuple[datetime, str]:
    return (story.standing_rank.time if story.standing_rank else _NEVER, story.id)


def as_shown(story: Story, voice: Story | None) -> Story:
    """The story as its page shows it: at its own address, with the text of `voice` if there is one.

    Every agency that sent the report is credited with it. Section and topics stay the story's own:
    lists know it by them.
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
