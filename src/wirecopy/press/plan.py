"""What is dirty: which pages show a story, by name, and which of them a change touches.

A page's name is short and stable ("story/ID", "front/world", "day/world/2022-01-08/1"): marks
and bakes speak of pages by it. The rules: a change touches the story's
own page, its neighbours in its section's order, the pages that cite it, and a handful of lists.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from wirecopy.model import Story

OLDER_SHOWN = 8
"""Older stories a story page is given, so that five are left beside "Also read"."""
DAY_PART = 200
"""Stories of one part of a day page."""
MAP_PART = 500
"""Stories of one part of a day's sitemap."""
HOME_NEWEST = 40
"""The newest stories from which the home page is chosen, beside those of each section."""
TOPIC_SHOWN = 25
"""Stories of a topic page. Every story changes half a dozen topics, so each is short; the older
ones are found by the search."""
TOPIC_FED = 20
"""Stories in a topic's feed."""

ENDED_SHOWN = 100
"""Stories that have ended which a feed names as deleted: who asks now and then misses none."""
CHAIN_SHOWN = 12
"""Other stories of its chain that a developing story's timeline names."""

HOME = "home"
CORRECTIONS = "corrections"
MAPS = "maps"
NEWS_MAP = "news-map"


class Showing(msgspec.Struct, frozen=True, kw_only=True):
    """How lists show a live story: what it is filed under, and the bytes of its teaser."""

    section: str
    day: str
    day_part: int
    map_part: int
    topics: tuple[str, ...]
    teaser: bytes
    corrected: bool = False


def part_of(nth: int, size: int) -> int:
    """The part, from 1 on, that the nth story is in; of the last story, how many there are."""
    return (nth - 1) // size + 1


def story_page(story: str) -> str:
    """The name of a story's page."""
    return f"story/{story}"


def front_page(section: str) -> str:
    """The name of a section's front."""
    return f"front/{section}"


def day_page(section: str, day: str, part: int) -> str:
    """The name of one part of a section's day page; `day` is a local date YYYY-MM-DD."""
    return f"day/{section}/{day}/{part}"


def topic_page(slug: str) -> str:
    """The name of a topic's page."""
    return f"topic/{slug}"


def coverage_page(event: str) -> str:
    """The name of the page on one event's coverage."""
    return f"coverage/{event}"


def map_page(day: str, part: int) -> str:
    """The name of one part of a day's sitemap."""
    return f"map/{day}/{part}"


def lists_showing(*showings: Showing | None) -> set[str]:
    """The list pages that show a story as it was and as it is."""
    pages: set[str] = set()
    for showing in showings:
        if showing is not None:
            pages |= {
                HOME,
                MAPS,
                NEWS_MAP,
                front_page(showing.section),
                day_page(showing.section, showing.day, showing.day_part),
                map_page(showing.day, showing.map_part),
            }
            pages.update(topic_page(slug) for slug in showing.topics)
            if showing.corrected:
                pages.add(CORRECTIONS)
    return pages


def lists_naming(*states: Story | None) -> set[str]:
    """The lists whose feeds say of a story that it has ended: those that it may have been in.

    Its address names the section it was first in, whatever became of it later.
    """
    pages = {HOME}
    for story in states:
        if story is not None:
            pages.update(topic_page(topic.slug) for topic in story.topics)
            sections = {story.section, story.path.partition("/")[0]} - {""}
            pages.update(front_page(section) for section in sections)
    return pages


def story_pages(stories: Iterable[str]) -> set[str]:
    """The names of these stories' pages."""
    return {story_page(story) for story in stories}
