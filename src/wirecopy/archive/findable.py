"""What search finds, written once a transaction. Part of one (`archive.filing.Filing`)."""

from __future__ import annotations

import sqlite3

from wirecopy.model import Item, Story
from wirecopy.story.copyfit import text_of
from wirecopy.story.pairs import paired

_Row = tuple[object, ...]


class Findable:
    """The rows of the search index that a transaction changes.

    They are written at its end: inside a savepoint the index costs the most of all.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run_many = connection.executemany
        self._rows: list[tuple[int, _Row | None]] = []

    def __len__(self) -> int:
        """How many changes there are; what `take_back` goes back to."""
        return len(self._rows)

    def put(self, story: Story, issue: int, shown: Item | None) -> None:
        """Make the story findable by the text on its page, or, without one, not any more.

        `issue` is its number in the order of publication.
        """
        self._rows.append((issue, _row(story, issue, shown) if shown is not None else None))

    def take_back(self, length: int) -> None:
        """Forget the changes behind the first `length`."""
        del self._rows[length:]

    def write(self) -> None:
        """Write the changes, of several for one story the last."""
        rows = dict(self._rows)
        self._run_many("DELETE FROM search WHERE rowid = ?", [(issue,) for issue in sorted(rows)])
        self._run_many(
            "INSERT INTO search (rowid, headline, standfirst, body, topics, agency, pairs, "
            "section, story) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [row for _, row in sorted(rows.items()) if row is not None],
        )


def _row(story: Story, issue: int, item: Item) -> _Row:
    text = text_of(item)
    return (
        issue,
        story.rework.headline or item.headline,
        item.standfirst,
        text,
        ", ".join(topic.name for topic in story.topics),
        " ".join((story.agency, *item.credit_sources)),
        paired(item.headline, item.standfirst, text),
        story.section,
        story.id,
    )
