"""The briefs of lists: home, fronts, day pages, topics, coverage and the page of corrections.

What a list says of a story is its teaser; on which lists a story stands, `archive.listings` keeps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from wirecopy.archive.codec import read_teaser
from wirecopy.archive.coverage import has_page, is_developing, live_stories
from wirecopy.archive.holdings import FROM_LIVE, LIVE_OF_SECTION, NEWEST_FIRST, Holdings
from wirecopy.briefs import (
    Absent,
    Brief,
    CorrectionNote,
    CorrectionsBrief,
    CoverageBrief,
    Ended,
    ListBrief,
)
from wirecopy.config import Config
from wirecopy.database import moment
from wirecopy.model import Teaser, Topic
from wirecopy.press import paths, plan

_TOPIC = (
    "SELECT stories.teaser FROM story_topics JOIN stories USING (id) WHERE slug = ? AND "
    "state = 'live' ORDER BY story_topics.published DESC, story_topics.agency_time DESC, "
    "id DESC LIMIT ?"
)

HOME_PER_SECTION = 12
"""Stories of each section that the home page chooses from."""
DAYS_ON_FRONT = 14
"""Earlier days that a front leads to."""
CORRECTIONS_SHOWN = 200
"""Lines of the corrections page."""
FED_BEYOND = 500
"""Stories of a list that are looked through beyond those of its feeds, where sources pass none."""


class Lists:
    """Every list of the site, as the archive has it now."""

    def __init__(self, connection: sqlite3.Connection, config: Config, holdings: Holdings) -> None:
        self._run = connection.execute
        self._config = config
        self._holdings = holdings
        self._passed = {one.name for one in config.sources if one.redistribution != "none"}
        self._full = {one.name for one in config.sources if one.redistribution == "full"}

    def home(self) -> Brief:
        """The newest stories of all, and of each section."""
        newest = f"SELECT teaser {FROM_LIVE} {NEWEST_FIRST} LIMIT ?"
        newest_of_section = f"{LIVE_OF_SECTION} {NEWEST_FIRST} LIMIT ?"
        by_section = tuple(
            (
                section.key,
                self._holdings.teasers(newest_of_section, (section.key, HOME_PER_SECTION)),
            )
            for section in self._config.sections
            if not section.translation_of
        )
        teasers = self._holdings.teasers(newest, (plan.HOME_NEWEST,))
        fed = self._fed(teasers, plan.HOME_NEWEST, self._config.site.feed_items, newest)
        return ListBrief(
            kind="home",
            teasers=teasers,
            by_section=by_section,
            ended=self._ended(plan.HOME),
            fed=fed,
            bodies=self._bodies(fed or teasers),
        )

    def front(self, section: str) -> Brief:
        """The newest stories of a section, and its latest days."""
        limit = self._config.site.front_items
        days = self._run(
            "SELECT day FROM days WHERE scope = ? AND live > 0 ORDER BY day DESC LIMIT ?",
            (section, DAYS_ON_FRONT),
        )
        newest = f"{LIVE_OF_SECTION} {NEWEST_FIRST} LIMIT ?"
        teasers = self._holdings.teasers(newest, (section, limit))
        fed = self._fed(teasers, limit, self._config.site.feed_items, newest, section)
        return ListBrief(
            kind="front",
            section=section,
            teasers=teasers,
            ended=self._ended(plan.front_page(section)),
            fed=fed,
            bodies=self._bodies(fed or teasers),
            days=tuple(row[0] for row in days),
        )

    def _fed(
        self, listed: Sequence[Teaser], limit: int, most: int, newest: str, *of: str
    ) -> tuple[Teaser, ...]:
        """The stories of a list's feeds, where the list itself has too few that are passed on.

        Those of sources that pass nothing on crowd nobody out, as far as that can be seen cheaply.
        `listed` are the list's `limit` newest, as `newest` gives them.
        """
        if len(listed) < limit or sum(t.source in self._passed for t in listed) >= most:
            return ()
        for look in (most, most + FED_BEYOND):
            found = self._holdings.teasers(newest, (*of, look))
            passed = [teaser for teaser in found if teaser.source in self._passed]
            if len(passed) >= most or len(found) < look:
                break
        return tuple(passed[:most])

    def _ended(self, name: str) -> tuple[Ended, ...]:
        """The stories that were in this list and were withdrawn or have expired, newest first."""
        rows = self._run(
            "SELECT story, source, published, at FROM tombstones WHERE list = ? "
            f"ORDER BY at DESC, story LIMIT {plan.ENDED_SHOWN}",
            (name,),
        )
        return tuple(
            Ended(id=row[0], source=row[1], first_published=moment(row[2]), at=moment(row[3]))
            for row in rows
        )

    def _bodies(self, teasers: Sequence[Teaser]) -> tuple[tuple[str, str], ...]:
        """The bodies of those whose source lets our feeds pass the full text on."""
        found = []
        for teaser in teasers:
            if teaser.source in self._full:
                record = self._holdings.record(teaser.id)
                voice = self._holdings.record(record.voice) if record and record.voice else record
                blocks = voice.standing.body if voice and voice.standing else ()
                found.append((teaser.id, "\n".join(block.html for block in blocks)))
        return tuple(found)

    def day(self, section: str, day: str, part: str) -> Brief:
        """One part of a section's day; Absent where it has no live stories or fewer parts."""
        teasers = self._holdings.teasers(
            f"{LIVE_OF_SECTION} AND day = ? AND day_part = ? {NEWEST_FIRST}",
            (section, day, int(part)),
        )
        row = self._run(
            "SELECT given, live FROM days WHERE scope = ? AND day = ?", (section, day)
        ).fetchone()
        if row is None or not row[1] or int(part) > plan.part_of(row[0], plan.DAY_PART):
            return Absent()
        return ListBrief(
            kind="day",
            section=section,
            teasers=teasers,
            day=day,
            part=int(part),
            parts=plan.part_of(row[0], plan.DAY_PART),
            days=(self._beside(section, day, "<", "DESC"), self._beside(section, day, ">", "ASC")),
        )

    def _beside(self, section: str, day: str, comparison: str, direction: str) -> str:
        row = self._run(
            f"SELECT day FROM days WHERE scope = ? AND live > 0 AND day {comparison} ? "
            f"ORDER BY day {direction} LIMIT 1",
            (section, day),
        ).fetchone()
        return row[0] if row else ""

    def topic(self, slug: str) -> Brief:
        """A topic's newest stories; Absent where none is live."""
        shown, most = plan.TOPIC_SHOWN, min(plan.TOPIC_FED, self._config.site.feed_items)
        teasers = self._holdings.teasers(_TOPIC, (slug, shown + 1))
        fed = self._fed(teasers, shown + 1, most, _TOPIC, slug)
        row = self._run("SELECT name, type FROM topics WHERE slug = ?", (slug,)).fetchone()
        if row is None or not teasers:
            return Absent()
        return ListBrief(
            kind="topic",
            topic=Topic(slug=slug, name=row[0], type=row[1]),
            teasers=teasers[:shown],
            more=len(teasers) > shown,
            ended=self._ended(plan.topic_page(slug)),
            fed=fed,
            bodies=self._bodies(fed or teasers),
        )

    def corrections(self) -> Brief:
        """What was corrected and withdrawn, newest first."""
        rows = self._run(
            "SELECT at, corrections.kind, agency, note, teaser, state, corrections.story "
            "FROM corrections JOIN stories ON stories.id = corrections.story "
            "ORDER BY at DESC, corrections.story DESC, corrections.kind DESC LIMIT ?",
            (CORRECTIONS_SHOWN,),
        )
        notes, withdrawn = [], set()
        for at, kind, agency, note, teaser, state, story in rows:
            if kind == "withdrawn":
                withdrawn.add(story)
            # What was said of a text that was withdrawn since is not said again of the next one.
            said = "" if story in withdrawn else note
            notes.append(_note(at, kind, agency, said, teaser, state))
        return CorrectionsBrief(notes=tuple(note for note in notes if note is not None))

    def coverage(self, event: str) -> Brief:
        """The live stories of an event; Absent where they are too few for a page."""
        row = self._run(
            "SELECT slug, name, calm FROM coverage WHERE event = ?", (event,)
        ).fetchone()
        if row is None:
            return Absent()
        teasers = live_stories(self._run, event)
        if not has_page(teasers):
            return Absent(paths=(paths.coverage_path(event, row[0]),))
        return CoverageBrief(
            event=event,
            slug=row[0],
            name=row[1],
            developing=is_developing(self._run, row[2]),
            teasers=tuple(teasers),
        )


def _note(
    at: int, kind: str, agency: str, note: str, teaser: bytes | None, state: str
) -> CorrectionNote | None:
    """A line of the corrections page; a corrected story that is gone leaves only its withdrawal."""
    if kind == "withdrawn":
        return CorrectionNote(at=moment(at), kind="withdrawn", agency=agency)
    if state != "live" or teaser is None:
        return None
    shown = read_teaser(teaser)
    return CorrectionNote(
        at=moment(at),
        kind="corrected",
        agency=agency,
        headline=shown.headline,
        path=shown.path,
        note=note,
    )
