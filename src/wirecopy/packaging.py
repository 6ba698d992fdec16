"""Packages: a report, its pictures and its sidebars, sent apart and told together.

A package item only names its members. They may come before it or after it, in any order; whenever
one of them or the package itself is filed, what the package holds together is put together anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from wirecopy.archive.filing import Filing
from wirecopy.model import Item, Link, Media, Story
from wirecopy.story.identity import normal_key
from wirecopy.verdicts import Verdicts

_PICTURES = frozenset({"picture", "graphic", "video", "audio"})
_USABLE = frozenset({"ignored", "live"})
"""States of a picture's own item in which it may stand in a report."""


class Packages:
    """Puts members of packages together; knows the desk, keeps nothing."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._verdicts = verdicts

    def gather(self, filing: Filing, story: Story, at: datetime) -> None:
        """Put together anew what this story, a package or a member of some, belongs with."""
        if _is_package(story.standing):
            for link in _members(story.standing):
                filing.threads.pack(story.source, normal_key(link.target), story.id)
            self._put_together(filing, story, at)
            return
        names = {story.key, *(version.key for version in story.versions)}
        for package in filing.stories(filing.threads.packages(story.source, names)):
            self._put_together(filing, package, at)

    def _put_together(self, filing: Filing, package: Story, at: datetime) -> None:
        members = [
            (link, member)
            for link in _members(package.standing)
            if (member := filing.called(package.source, normal_key(link.target))) is not None
        ]
        texts = [(link, member) for link, member in members if not _is_picture(member)]
        if not texts:
            return
        main = next((m for link, m in texts if link.role == "main"), texts[0][1])
        pictures = _pictures(m for _, m in members if _is_picture(m))
        for _, text in texts:
            others = (m.id for _, m in texts if m.id != text.id)
            beside = (main.id,) if text.id != main.id else others
            self._attach(filing, text, pictures if text.id == main.id else (), beside, at)

    def _attach(
        self,
        filing: Filing,
        story: Story,
        pictures: tuple[Media, ...],
        beside: Iterable[str],
        at: datetime,
    ) -> None:
        """Keep the story with those pictures and companions, if that changes it."""
        linked = tuple(dict.fromkeys((*story.linked, *beside)))
        packed = msgspec.structs.replace(story, attached=pictures, linked=linked)
        if packed != story:
            self._verdicts.give(filing, story, packed, at, "agency")


def _is_package(item: Item | None) -> bool:
    return item is not None and item.type == "composite"


def _is_picture(story: Story) -> bool:
    return story.standing is not None and story.standing.type in _PICTURES


def _members(item: Item | None) -> tuple[Link, ...]:
    return tuple(link for link in item.links if link.rel == "member") if item else ()


def _pictures(stories: Iterable[Story]) -> tuple[Media, ...]:
    """The pictures of these items that may be shown, or may be when their embargo is over."""
    found: list[Media] = []
    for story in stories:
        item = story.standing
        if item is None or story.state not in _USABLE:
            continue
        if item.status == "usable" and not item.embargo_text:
            found += (_bounded(media, item) for media in item.media)
    return tuple(found)


def _bounded(media: Media, item: Item) -> Media:
    """The picture within the time that its item may be used."""
    starts = filter(None, (media.embargo_until, item.embargo_until))
    ends = filter(None, (media.expires_at, item.expires_at))
    return msgspec.structs.replace(
        media, embargo_until=max(starts, default=None), expires_at=min(ends, default=None)
    )
