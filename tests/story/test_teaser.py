"""What lists show of a story."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from wirecopy.archive.codec import encode, read_teaser
from wirecopy.model import Change, Item, Marker, Media, Rendition, Rework, Story, Topic
from wirecopy.story.teaser import headline_of, picture_of, teaser_of

NOW = datetime(2022, 1, 8, 2, 30, tzinfo=UTC)
LARGE = (Rendition(href="https://pics.example/1.jpg", width=900),)
AGENCY = Media(id="a", renditions=LARGE)


def story(**fields: Any) -> Story:
    """A live story of the fictional agency NRN."""
    item = Item(
        item_id="urn:nrn:1",
        headline="Ferry sails",
        standfirst="It left at dawn.",
        urgency=3,
        language="en",
        authors=("Jory Vane",),
        media=fields.pop("media", (AGENCY,)),
        version_created=NOW,
    )
    given = {
        "standing": item,
        "path": "world/ferry-sails-abc.html",
        "section": "world",
        "first_published": NOW,
        "updated": NOW,
        "topics": (Topic(slug="ferries", name="Ferries"),),
    }
    return Story(id="abc", source="norrane", agency="NRN", key="urn:nrn:1", **given | fields)


def test_a_teaser_says_what_the_page_says() -> None:
    """Headline, standfirst, picture, times, topics and credit are those of the story."""
    teaser = teaser_of(story(), "NRN / QMK")
    assert (teaser.headline, teaser.standfirst) == ("Ferry sails", "It left at dawn.")
    assert (teaser.path, teaser.section) == ("world/ferry-sails-abc.html", "world")
    assert (teaser.credit, teaser.agency) == ("NRN / QMK", "NRN")
    assert (teaser.first_published, teaser.updated, teaser.agency_time) == (NOW, NOW, NOW)
    assert (teaser.urgency, teaser.language) == (3, "en")
    assert teaser.authors == ("Jory Vane",)
    assert teaser.picture == AGENCY
    assert [topic.slug for topic in teaser.topics] == ["ferries"]
    assert not teaser.corrected


def test_staff_headline_and_picture_come_first() -> None:
    """A rework is what readers see; without one it is the agency's."""
    chosen = Media(id="d", renditions=LARGE)
    reworked = story(rework=Rework(headline="Ferry leaves", picture=chosen))
    assert headline_of(reworked) == "Ferry leaves"
    assert picture_of(reworked) == chosen
    assert headline_of(story()) == "Ferry sails"
    assert headline_of(msgspec.structs.replace(story(), standing=None)) == ""


@pytest.mark.parametrize(
    "media",
    [
        Media(id="w", status="withheld", renditions=LARGE),
        Media(id="c", status="canceled", renditions=LARGE),
        Media(id="v", type="video", renditions=LARGE),
        Media(id="n"),
    ],
)
def test_pictures_that_may_not_be_shown_are_passed_over(media: Media) -> None:
    """Withheld, killed, empty and moving pictures are none; the next that may be shown is it."""
    assert picture_of(story(media=(media, AGENCY))) == AGENCY
    assert picture_of(story(media=(media,))) is None


def test_a_correction_marks_the_teaser() -> None:
    """A story that was corrected says so on lists."""
    changes = (Change(at=NOW, kind="published"), Change(at=NOW, kind="corrected"))
    assert teaser_of(story(changes=changes), "NRN").corrected


@pytest.mark.parametrize("missing", ["standing", "first_published", "updated"])
def test_what_was_never_public_has_no_teaser(missing: str) -> None:
    """A story that was never public has nothing that lists could show."""
    with pytest.raises(ValueError, match="never been public"):
        teaser_of(story(**{missing: None}), "NRN")


def test_a_teaser_of_an_older_archive_is_read() -> None:
    """One that was stored before authors were kept has none, and is all else that it was."""
    teaser = teaser_of(story(), "NRN")
    stored = msgspec.msgpack.decode(encode(teaser))
    del stored["authors"]
    assert read_teaser(encode(stored)) == msgspec.structs.replace(teaser, authors=())


def test_a_teaser_says_what_kind_of_text_it_is() -> None:
    """By the agency's field and by words before the headline, in the agency's own words."""
    markers = (Marker(text="URGENT", action="flag"), Marker(text="X", action="", genre="Opinion"))
    told = story()
    assert told.standing is not None
    said = msgspec.structs.replace(told.standing, genre="Current", markers=markers)
    assert teaser_of(story(standing=said), "NRN").genres == ("Current", "Opinion")
    assert teaser_of(told, "NRN").genres == ()
