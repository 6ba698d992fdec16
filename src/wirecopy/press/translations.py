"""What pages in several languages say of each other: for search engines, and for readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from wirecopy.briefs import StoryBrief
from wirecopy.config.editions import editions
from wirecopy.model import Teaser
from wirecopy.press import paths, view
from wirecopy.press.house import House
from wirecopy.press.locale import direction, primary

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_DEFAULT = "x-default"


class Edition(NamedTuple):
    """One page of those that say the same in different languages."""

    tag: str
    """Its language (BCP 47)."""
    path: str
    order: tuple[object, ...]
    """Which of two in one language goes before the other: the smaller."""
    listed: bool = True
    """Whether search engines may list it under its own address."""


def alternates(own: Edition, others: Iterable[Edition], house: House) -> tuple[view.Alternate, ...]:
    """The pages that stand for each language, `own` among them, and the one for all others.

    Each names the same ones, so that all links are mutual, as search engines demand: of two pages
    in one language only the older is named, and the younger names none. () for a page that has no
    language to itself, or is not to be listed.
    """
    chosen: dict[str, Edition] = {}
    for one in sorted((own, *others), key=lambda each: each.order):
        if one.listed and _TAG.fullmatch(one.tag):
            chosen.setdefault(one.tag.casefold(), one)
    if len(chosen) < 2 or chosen.get(own.tag.casefold()) != own:
        return ()
    by_tag = [chosen[tag] for tag in sorted(chosen)]
    ours = [one for one in by_tag if primary(one.tag) == primary(house.site_language)]
    default = ours[0] if ours else min(by_tag, key=lambda each: each.order)
    named = [(one.tag, one.path) for one in by_tag] + [(_DEFAULT, default.path)]
    return tuple(
        view.Alternate(lang=tag, url=view.url(house.absolute(path))) for tag, path in named
    )


def edition_of(teaser: Teaser, house: House) -> Edition:
    """A story's page among its translations."""
    return Edition(
        tag=(teaser.language or house.tag_of(teaser.section)).replace("_", "-"),
        path=teaser.path,
        order=(teaser.first_published, teaser.id),
        listed=teaser.syndication == "self",
    )


def story_alternates(brief: StoryBrief, house: House) -> tuple[view.Alternate, ...]:
    """What a story's page says of its translations to search engines."""
    story = brief.story
    if not brief.translations or story.standing is None or story.first_published is None:
        return ()
    own = Edition(
        tag=(story.standing.language or house.tag_of(story.section)).replace("_", "-"),
        path=story.path,
        order=(story.first_published, story.id),
        listed=story.syndication == "self",
    )
    others = (edition_of(each.teaser, house) for each in brief.translations)
    return alternates(own, others, house)


def story_links(brief: StoryBrief, house: House) -> tuple[view.Tongue, ...]:
    """The report in other languages, for readers, by the languages' own names."""
    found = []
    for each in brief.translations:
        tag = edition_of(each.teaser, house).tag
        found.append((tag, each.teaser.path))
    return _links(found, house)


def _front_editions(section: str, house: House) -> list[Edition]:
    """A section's front and those of its translations; none for one in a single language."""
    return [
        Edition(
            tag=house.tag_of(one.key),
            path=paths.front_path(one.key),
            order=(number,),
        )
        for number, one in enumerate(editions(house.config.sections).get(section, ()))
    ]


def front_alternates(section: str, house: House) -> tuple[view.Alternate, ...]:
    """What a section's front says of its translations to search engines."""
    path = paths.front_path(section)
    found = _front_editions(section, house)
    own = next((one for one in found if one.path == path), None)
    return alternates(own, (one for one in found if one is not own), house) if own else ()


def front_links(section: str, house: House) -> tuple[view.Tongue, ...]:
    """The section's front in other languages, for readers."""
    path = paths.front_path(section)
    others = (one for one in _front_editions(section, house) if one.path != path)
    return _links([(one.tag, one.path) for one in others], house)


def _links(found: Sequence[tuple[str, str]], house: House) -> tuple[view.Tongue, ...]:
    return tuple(
        view.Tongue(name=_name_of(tag), url=house.href(path), lang=tag, dir=direction(tag))
        for tag, path in sorted(found)
        if _TAG.fullmatch(tag)
    )


@lru_cache(maxsize=256)
def _name_of(tag: str) -> str:
    """A language's name in itself ("Deutsch"), its tag where nobody knows it.

    Its region is left out: few readers say "English (India)".
    """
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return tag
    return Locale(locale.language, script=locale.script).get_display_name(locale) or tag
