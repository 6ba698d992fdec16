"""The briefs of sitemaps: a day's parts, their index, and the news sitemap."""

from __future__ import annotations

import sqlite3

from wirecopy.archive.holdings import FROM_LIVE, NEWEST_FIRST, Holdings
from wirecopy.archive.tongues import Tongues
from wirecopy.archive.window import TWO_DAYS, archive_clock, news_since
from wirecopy.briefs import Absent, Brief, MapBrief, MapEntry, MapsBrief, NewsMapBrief
from wirecopy.database import moment
from wirecopy.model import Teaser

NEWS_SHOWN = 1000
"""Stories of the news sitemap: search engines take no more."""


class Sitemaps:
    """The sitemaps of the site, as the archive has them now."""

    def __init__(
        self, connection: sqlite3.Connection, tongues: Tongues, holdings: Holdings
    ) -> None:
        self._run = connection.execute
        self._tongues = tongues
        self._holdings = holdings

    def part(self, day: str, part: str) -> Brief:
        """The stories of one part of a day's sitemap; Absent where it has none."""
        teasers = self._holdings.teasers(
            f"SELECT teaser {FROM_LIVE} AND indexed AND day = ? AND map_part = ? "
            "ORDER BY published, agency_time, id",
            (day, int(part)),
        )
        if not teasers:
            return Absent()
        entries = tuple(_entry(teaser, self._told_in(teaser)) for teaser in teasers)
        return MapBrief(day=day, part=int(part), entries=entries)

    def _told_in(self, teaser: Teaser) -> tuple[Teaser, ...]:
        """The story and those that tell its report in other languages; () where there are none."""
        others = [each.story for each in self._tongues.of(teaser.id) if each.story != teaser.id]
        told = tuple(found for story in others for found in self._holdings.live(story))
        return (teaser, *told) if told else ()

    def index(self) -> Brief:
        """All parts of all days, each with the time of its newest change."""
        rows = self._run("SELECT day, part, updated FROM maps ORDER BY day, part")
        return MapsBrief(maps=tuple((row[0], row[1], moment(row[2])) for row in rows))

    def news(self) -> Brief:
        """The stories first published in the two days that end with the archive's own hour.

        Those that were older news already when they came, as from an archive, are none.
        """
        since = news_since(archive_clock(self._run))
        teasers = self._holdings.teasers(
            f"SELECT teaser {FROM_LIVE} AND indexed AND published > ? "
            f"AND (agency_time = 0 OR published - agency_time < ?) {NEWEST_FIRST} LIMIT ?",
            (since, TWO_DAYS, NEWS_SHOWN),
        )
        return NewsMapBrief(teasers=teasers)


def _entry(teaser: Teaser, tongues: tuple[Teaser, ...]) -> MapEntry:
    files = teaser.picture.renditions if teaser.picture else ()
    widest = max(files, key=lambda file: file.width or 0, default=None)
    picture = widest.href if widest else ""
    return MapEntry(path=teaser.path, updated=teaser.updated, picture=picture, tongues=tongues)
