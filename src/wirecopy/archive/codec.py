"""How nouns lie in the archive's blobs, and how a row says what lists show."""

from __future__ import annotations

import sqlite3

import msgspec

from wirecopy.database import micros
from wirecopy.model import Item, Story, Teaser
from wirecopy.press.plan import Showing
from wirecopy.story.related import Profile

_ENCODER = msgspec.msgpack.Encoder()
encode = _ENCODER.encode
read_story = msgspec.msgpack.Decoder(Story).decode
read_teaser = msgspec.msgpack.Decoder(Teaser).decode
read_item = msgspec.msgpack.Decoder(Item).decode
read_profile = msgspec.msgpack.Decoder(Profile).decode

WITHDRAWING = "withdrawing"
"""Name under which is remembered that a story was taken away, until no page is marked any more."""

Place = tuple[str, int, int, str]
"""A live story's place in its section's order: section, published, agency time, id."""


def agency_time(story: Story) -> int:
    """When its agency first sent the story, in microseconds since 1970; 0 where it does not say."""
    item = story.standing
    time = (item.first_created or item.version_created) if item else None
    return micros(time) if time else 0


class Showings:
    """What lists showed of a story before this transaction touched it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, story: str) -> tuple[Showing | None, Place | None]:
        """How lists show the story and its place in the order; (None, None) when they do not."""
        row = self._connection.execute(
            "SELECT section, day, day_part, map_part, teaser, published, agency_time FROM stories "
            "WHERE id = ? AND state = 'live'",
            (story,),
        ).fetchone()
        if row is None:
            return None, None
        teaser = read_teaser(row[4])
        showing = Showing(
            section=row[0],
            day=row[1],
            day_part=row[2],
            map_part=row[3],
            topics=tuple(topic.slug for topic in teaser.topics),
            teaser=row[4],
            corrected=teaser.corrected,
        )
        return showing, (row[0], row[5], row[6], story)
