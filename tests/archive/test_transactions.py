"""One filing transaction: what is kept in it, and what it takes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import msgspec
import pytest
from tests.newsdesk import Desk, ninjs

from wirecopy.archive.codec import read_teaser

ONE = "urn:nrn:1"


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A newsroom with one story."""
    with Desk() as desk:
        desk.take(ninjs(ONE, "Ferry sails"))
        yield desk


def test_what_is_taken_back_is_not_found(desk: Desk) -> None:
    """Search knows nothing of a text whose filing failed after it had been kept."""
    story, archive = desk.story(ONE), desk.newsroom.archive
    assert story.standing is not None
    item = msgspec.structs.replace(story.standing, headline="Tug sinks")
    teaser = read_teaser(desk.rows("SELECT teaser FROM stories")[0][0])
    with archive.filing() as filing, suppress(ZeroDivisionError), filing.attempt():
        filing.keep(story, msgspec.structs.replace(story, standing=item), teaser, item)
        raise ZeroDivisionError
    assert desk.rows("SELECT headline FROM search") == [("Ferry sails",)]


def test_an_id_that_a_story_was_sent_under_stays_its_own(desk: Desk) -> None:
    """Whoever claims it later has it only where it was nobody's: its kill would miss the story."""
    story, archive = desk.story(ONE), desk.newsroom.archive
    with archive.filing() as filing:
        filing.names.also("another", "norrane", ["urn:nrn:link"])
        filing.names.own(story.id, "norrane", ["urn:nrn:link"])
        filing.names.own("another", "norrane", [ONE])
        for name in (ONE, "urn:nrn:link"):
            assert filing.called("norrane", name) == story
