"""What staff should look at: a story that goes on by itself, but not without a question."""

from __future__ import annotations

from wirecopy.model import Story
from wirecopy.story.prose import folded


def flags_of(story: Story) -> tuple[str, ...]:
    """Why a person should look at the story, each reason in words; none for most."""
    return (*_contradicted(story), *story.waits, *_doubted(story), *_unread(story))


def _contradicted(story: Story) -> tuple[str, ...]:
    """A reworked headline over a text whose own headline has changed since."""
    item, rework = story.standing, story.rework
    if story.state in ("withdrawn", "expired"):
        return ()  # nobody reads either headline
    if item is None or not rework.headline or folded(item.headline) == folded(rework.over):
        return ()
    return (f"{story.agency} has a new headline since staff reworked it: {item.headline!r}",)


def _doubted(story: Story) -> tuple[str, ...]:
    """A kill or hold in words that holds the story now."""
    if story.state != "held" or story.tells_of:
        return ()
    return tuple(v.doubt for v in story.versions if v.doubt and v.doubt == story.reason)[:1]


def _unread(story: Story) -> tuple[str, ...]:
    """An embargo in words that holds the story now: no program can say when it is over."""
    words = story.standing.embargo_text if story.standing else ""
    unread = story.state == "held" and words and repr(words) in story.reason
    return (story.reason,) if unread else ()
