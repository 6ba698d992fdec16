"""The facts that a story's page and its machine-readable data both tell."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from wirecopy import model
from wirecopy.press import notice
from wirecopy.press.addresses import scheme_of
from wirecopy.press.house import House
from wirecopy.press.pictures import Shot, shot_of


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the page and its machine-readable data both say of a story."""

    story: model.Story
    item: model.Item
    headline: str
    standfirst: str
    shot: Shot | None
    card: str
    """Path of the card that was drawn for the story, or ""."""
    credit: str
    words: int
    notice: str
    source: str
    """Address of the agency's own page when that is the one to index, else ""."""
    noindex: bool


def tell(story: model.Story, house: House, card: str = "") -> Told:
    """The facts of a story's page. ValueError when no version stands: such a story has no page."""
    item = story.standing
    if item is None:
        raise ValueError(f"Story {story.id} has no version that stands, so it has no page.")
    headline = story.rework.headline or item.headline
    standfirst = item.standfirst
    if standfirst.casefold().strip(" .") in (headline.casefold().strip(" ."), ""):
        standfirst = ""
    elsewhere = story.syndication == "canonical-source"
    source = item.url if elsewhere and scheme_of(item.url, house.url) else ""
    return Told(
        story=story,
        item=item,
        headline=headline,
        standfirst=standfirst,
        shot=_shot(story, item, house),
        credit=item.credit_line or " / ".join(item.credit_sources) or story.agency,
        card=card,
        words=0,
        notice=notice.notice(story, house),
        source=source,
        noindex=story.syndication == "noindex" or (elsewhere and not source),
    )


def _shot(story: model.Story, item: model.Item, house: House) -> Shot | None:
    """The desk's picture, else the agency's first that may be shown."""
    for media in (story.rework.picture, *item.media):
        shot = shot_of(media, house.url)
        if shot is not None:
            return shot
    return None


def people_of(authors: Sequence[str], *agencies: str) -> tuple[str, ...]:
    """The people among the authors: some agencies name themselves as one.

    Each of `agencies` is a name, or a credit of several.
    """
    known = {name for agency in agencies for name in agency.casefold().split(" / ")}
    return tuple(name for name in authors if name.casefold() not in known)


def licence_of(told: Told, house: House) -> str:
    """The address of the licence that the agency names for its copy, where a page may lead there.

    Free licences ask that every copy says under which it stands.
    """
    licence = told.item.rights.license
    return licence if scheme_of(licence, house.url) else ""


def copyright_line(told: Told, house: House) -> str:
    """The agency's copyright line: the wire's own, else the source's, else ""."""
    rights = told.item.rights
    if rights.copyright_notice:
        return rights.copyright_notice
    return next((s.copyright for s in house.config.sources if s.name == told.story.source), "")
