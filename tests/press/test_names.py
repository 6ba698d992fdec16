"""Where pages lie and by which names they are marked."""

from __future__ import annotations

import pytest
from tests.press.copy_desk import TOPICS, story

from wirecopy.press import paths
from wirecopy.press.plan import lists_naming


@pytest.mark.parametrize("slug", ["index", "con", "lpt1"])
def test_a_topic_never_lies_where_another_file_must(slug: str) -> None:
    """Neither where the folder's own page would lie, nor where Windows has a device."""
    assert paths.topic_path(slug) == f"topics/{slug}_.html"
    assert paths.topic_feeds(slug).atom == f"topics/{slug}_.atom"
    assert paths.topic_path("indexes") == "topics/indexes.html"


def test_the_end_is_told_where_the_story_ever_was() -> None:
    """By the section it was in first, which its address names, and by those it went to later."""
    before, after = story(section="sport"), story(section="health", topics=())
    topics = {f"topic/{topic.slug}" for topic in TOPICS}
    fronts = {"front/world", "front/sport", "front/health"}
    assert lists_naming(before, after) == {"home", *fronts, *topics}
    assert lists_naming(None, story(path="", topics=())) == {"home", "front/world"}
