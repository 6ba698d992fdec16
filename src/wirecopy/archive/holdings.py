"""Stories and teasers as the archive holds them, unpacked; teasers with the pictures of now."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from wirecopy.archive.codec import read_story, read_teaser
from wirecopy.archive.window import archive_clock
from wirecopy.database import moment
from wirecopy.model import Story, Teaser
from wirecopy.ports import Album
from wirecopy.press.once import Lately

FROM_LIVE = "FROM stories WHERE state = 'live'"
LIVE_OF_SECTION = f"SELECT teaser {FROM_LIVE} AND section = ?"
NEWEST_FIRST = "ORDER BY published DESC, agency_time DESC, id DESC"
"""What the statements are made of that find the teasers of lists."""

_KNOWN = 4096
"""Teasers kept unpacked: neighbours and lists show the same ones again and again."""


class Holdings:
    """What the briefs of all pages are put together of."""

    def __init__(self, connection: sqlite3.Connection, album: Album | None) -> None:
        self._run = connection.execute
        self._album = album
        self._known: Lately[bytes, Teaser] = Lately(_KNOWN)

    def now(self) -> datetime | None:
        """The archive's own time, up to which schedules have been applied."""
        clock = archive_clock(self._run)
        return moment(clock) if clock else None

    def record(self, story: str) -> Story | None:
        """The story of that id as it stands, None where there is none."""
        row = self._run("SELECT story FROM stories WHERE id = ?", (story,)).fetchone()
        return read_story(row[0]) if row else None

    def live(self, story: str) -> tuple[Teaser, ...]:
        """The story's teaser where it is live, () where it is not."""
        return self.teasers(f"SELECT teaser {FROM_LIVE} AND id = ?", (story,))

    def teasers(self, statement: str, values: Sequence[object] = ()) -> tuple[Teaser, ...]:
        """The teasers in the first column of what the statement finds, in its order."""
        return tuple(self.teaser(row[0]) for row in self._run(statement, values))

    def teaser(self, packed: bytes) -> Teaser:
        """The teaser; the same bytes give the same value, which the press knows again."""
        known = self._known.get(packed)
        if known is None:
            known = read_teaser(packed)
            if self._album is not None and known.picture is not None:
                known = self._album.show(known, self.now())
            self._known.put(packed, known)
        return known

    def forget(self) -> None:
        """Let go of what is kept unpacked: other pictures may be shown."""
        self._known.clear()
