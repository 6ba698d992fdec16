"""What lists show of a story, taken from its record."""

from __future__ import annotations

from wirecopy.model import Item, Media, Story, Teaser


def headline_of(story: Story) -> str:
    """The headline readers see: the staff's if there is one, else the agency's."""
    return story.rework.headline or (story.standing.headline if story.standing else "")


def picture_of(story: Story) -> Media | None:
    """The picture readers see: the staff's, else the agency's first that may be shown."""
    if story.rework.picture is not None:
        return story.rework.picture
    for media in story.standing.media if story.standing else ():
        if media.type in {"picture", "graphic"} and media.status == "usable" and media.renditions:
            return media
    return None


def _genres_of(item: Item) -> tuple[str, ...]:
    """What the agency says the text is, in a field and by words before its headline."""
    return tuple(filter(None, (item.genre, *(marker.genre for marker in item.markers))))


def teaser_of(story: Story, credit: str) -> Teaser:
    """The teaser of a story that is public; `credit` names its agencies as readers see them."""
    item = story.standing
    if item is None or story.first_published is None or story.updated is None:
        raise ValueError(f"story {story.id} has never been public")
    return Teaser(
        id=story.id,
        path=story.path,
        headline=headline_of(story),
        standfirst=item.standfirst,
        section=story.section,
        agency=story.agency,
        credit=credit,
        authors=item.authors,
        source=story.source,
        text=story.standing_print[:12],
        first_published=story.first_published,
        updated=story.updated,
        agency_time=item.first_created or item.version_created,
        urgency=item.urgency,
        language=item.language,
        picture=picture_of(story),
        topics=story.topics,
        syndication=story.syndication,
        corrected=any(change.kind == "corrected" for change in story.changes),
        updates=sum(change.kind in {"updated", "corrected"} for change in story.changes),
        flag=next((marker.text for marker in item.markers if marker.action == "flag"), ""),
        genres=_genres_of(item),
    )
