"""What pages are made from: the marks, and the brief of any page by its name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import msgspec

from wirecopy.archive.codec import (
    WITHDRAWING,
    Showings,
    agency_time,
    read_item,
    read_story,
    read_teaser,
)
from wirecopy.archive.coverage import has_page, is_developing, live_stories
from wirecopy.archive.inventory import Inventory
from wirecopy.archive.marks import mark
from wirecopy.archive.tongues import Tongues
from wirecopy.archive.window import TWO_DAYS, archive_clock, news_since
from wirecopy.briefs import (
    Absent,
    Brief,
    CorrectionNote,
    CorrectionsBrief,
    CoverageBrief,
    Ended,
    Gone,
    ListBrief,
    MapBrief,
    MapEntry,
    MapsBrief,
    Moved,
    NewsMapBrief,
    PastText,
    StoryBrief,
    Translation,
)
from wirecopy.config import Config
from wirecopy.database import micros, moment
from wirecopy.errors import SourceError
from wirecopy.model import Story, Teaser, Topic
from wirecopy.ports import Album
from wirecopy.press import paths, plan
from wirecopy.press.once import Lately
from wirecopy.story.past import texts_shown
from wirecopy.story.voices import as_shown

_NEWEST_FIRST = "ORDER BY published DESC, agency_time DESC, id DESC"
_LIVE = "FROM stories WHERE state = 'live'"
_SECTION = f"SELECT teaser {_LIVE} AND section = ?"
_PLACE = "(published, agency_time, id)"
_TOPIC = (
    "SELECT stories.teaser FROM story_topics JOIN stories USING (id) WHERE slug = ? AND "
    "state = 'live' ORDER BY story_topics.published DESC, story_topics.agency_time DESC, "
    "id DESC LIMIT ?"
)

HOME_PER_SECTION = 12
DAYS_ON_FRONT = 14
CORRECTIONS_SHOWN = 200
NEWS_SHOWN = 1000
FED_BEYOND = 500
"""Stories of a list that are looked through beyond those of its feeds, where sources pass none."""
_STORY, _AFTER_STORY = plan.story_page(""), plan.story_page("").replace("/", "0")
"""Names of story pages lie between these two ("0" follows "/")."""
_KNOWN = 4096
"""Teasers kept unpacked: neighbours and lists show the same ones again and again."""


class Stacks:
    """The archive as the press reads it. Every brief is a function of the archive alone."""

    def __init__(
        self, connection: sqlite3.Connection, config: Config, album: Album | None = None
    ) -> None:
        self._connection = connection
        self._album = album
        self._run = connection.execute
        self._run_many = connection.executemany
        self._config = config
        self._tongues = Tongues(connection)
        self._inventory = Inventory(connection, [section.key for section in config.sections])
        self._known: Lately[bytes, Teaser] = Lately(_KNOWN)
        self._passed = {one.name for one in config.sources if one.redistribution != "none"}
        self._full = {one.name for one in config.sources if one.redistribution == "full"}
        self._makers: dict[str, Callable[..., Brief]] = {
            "story": self._story,
            "home": self._home,
            "front": self._front,
            "day": self._day,
            "topic": self._topic,
            "coverage": self._coverage,
            "corrections": self._corrections,
            "map": self._map,
            "maps": self._maps,
            "news-map": self._news_map,
        }

    # -- marks -------------------------------------------------------------------------

    def dirty(self, stories: int, lists: int = 0) -> list[tuple[str, int]]:
        """Marked pages with their marks: up to so many stories, then up to so many lists.

        Pages that show a picture which has come, gone or run out are marked first.
        """
        self._renew_pictures()
        return self.marked(stories, lists)

    def marked(self, stories: int, lists: int) -> list[tuple[str, int]]:
        """As `dirty`, of the pages that are marked already."""
        found = self._marked(f"page >= '{_STORY}' AND page < '{_AFTER_STORY}'", stories)
        # Topics, which are many, come after the fronts: those never wait for them.
        listed = self._marked(f"page < '{_STORY}'", lists)
        return found + listed + self._marked(f"page >= '{_AFTER_STORY}'", lists - len(listed))

    def _marked(self, where: str, most: int) -> list[tuple[str, int]]:
        statement = f"SELECT page, mark FROM marks WHERE {where} ORDER BY page LIMIT ?"
        return self._run(statement, (most,)).fetchall()

    def _renew_pictures(self) -> None:
        """Mark every page that shows a story whose pictures have come, gone or run out."""
        now = self._now()
        changed = self._album.changed(now) if self._album else {}
        if not self._album or not changed:
            return
        showings, pages = Showings(self._connection), plan.story_pages(changed)
        if any(changed.values()):
            self._known.clear()
        for story in (story for story, lists in changed.items() if lists):
            pages |= plan.lists_showing(showings.of(story)[0])
        self._run("BEGIN IMMEDIATE")
        mark(self._run_many, pages)
        self._run("COMMIT")
        self._album.forget_changes(tuple(changed), now)

    def forget(self) -> None:
        """Let go of what is kept unpacked: another process has changed what pictures are shown."""
        self._known.clear()

    def write_wants(self) -> None:
        """Write down which pictures want fetching for the briefs that were asked for.

        Raises SourceError when the disk refuses.
        """
        if self._album is not None:
            self._album.write_wants()

    def unshown(self) -> tuple[str, ...]:
        """The picture files that no page shows any more, and whose removal has not been noted."""
        return self._album.unshown() if self._album else ()

    def swept(self, paths: Sequence[str]) -> None:
        """Note that these are gone from the site, for good."""
        if self._album is not None and paths:
            self._album.swept(paths)

    def _now(self) -> datetime | None:
        """The archive's own time, up to which schedules have been applied."""
        clock = archive_clock(self._run)
        return moment(clock) if clock else None

    def clean(self, pages: Sequence[tuple[str, int]]) -> None:
        """Take these marks away, but not from pages that were marked again since.

        Raises SourceError when the disk refuses; then the pages are baked once more.
        """
        try:
            self._run("BEGIN IMMEDIATE")
            self._run_many("DELETE FROM marks WHERE page = ? AND mark = ?", pages)
            self._run(
                "DELETE FROM meta WHERE name = ? AND NOT EXISTS (SELECT 1 FROM marks)",
                (WITHDRAWING,),
            )
            self._run("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise SourceError(
                f"The archive could not note what was baked: {error}. Nothing was lost; free disk "
                "space and it will go on."
            ) from error

    def pages(self, after: str = "") -> Iterator[str]:
        """The names of all pages that the archive can make, or of those after that one."""
        return self._inventory.pages(after)

    def stories_after(self, page: str) -> int:
        """How many stories at most have their pages after the one of that name."""
        return self._inventory.stories_after(page)

    def sections(self) -> list[str]:
        """The sections that have a front."""
        return self._inventory.sections()

    def brief(self, page: str) -> Brief:
        """All that the page of this name depends on; Absent when it must not be there."""
        kind, *rest = page.split("/")
        return self._makers[kind](*rest)

    # -- story pages -------------------------------------------------------------------

    def _story(self, story: str) -> Brief:
        record = self._record(story)
        if record is None:
            return Absent()
        if record.state == "live":
            return self._pictured(record)
        self._put(story, ())
        if record.state == "merged" and record.first_published is not None:
            return self._moved(record)
        if record.first_published is None or not (
            record.state == "withdrawn" or record.state == "expired"  # noqa: PLR1714 - narrows the type
        ):
            return Absent(paths=(record.path,) if record.path else ())
        ended = next(c.at for c in reversed(record.changes) if c.kind in {"withdrawn", "expired"})
        return Gone(
            id=story,
            agency=record.agency,
            state=record.state,
            at=ended,
            path=record.path,
        )

    def _pictured(self, record: Story) -> StoryBrief:
        """The brief of a live story with the pictures that may be shown now."""
        shown = as_shown(record, self._record(record.voice) if record.voice else None)
        if self._album is None:
            return self._live(record, shown)
        dressed = self._album.dress(shown, self._now())
        self._put(record.id, [file.path for file in dressed.files])
        brief = self._live(record, dressed.story)
        return msgspec.structs.replace(
            brief,
            files=dressed.files,
            card=dressed.card,
        )

    def _put(self, story: str, paths: Sequence[str]) -> None:
        """Note which picture files the story's page shows."""
        if self._album is not None:
            self._album.put(story, paths)

    def _moved(self, record: Story) -> Brief:
        """Where the report of a story that was public is told now."""
        told = [teaser for kin in record.kin for teaser in self._live_teaser(kin.story)]
        if not told:
            return Absent(paths=(record.path,))
        holder = min(told, key=lambda teaser: (teaser.first_published, teaser.id))
        return Moved(id=record.id, path=record.path, agency=record.agency, to=holder)

    def _live_teaser(self, story: str) -> tuple[Teaser, ...]:
        return self._teasers(f"SELECT teaser {_LIVE} AND id = ?", (story,))

    def _record(self, story: str) -> Story | None:
        row = self._run("SELECT story FROM stories WHERE id = ?", (story,)).fetchone()
        return read_story(row[0]) if row else None

    def _live(self, record: Story, shown: Story) -> StoryBrief:
        """The brief of a live story whose page shows `shown`."""
        place = (
            record.section,
            micros(record.first_published) if record.first_published else 0,
            agency_time(record),
            record.id,
        )
        newer = self._teasers(
            f"{_SECTION} AND {_PLACE} > (?, ?, ?) ORDER BY published, agency_time, id LIMIT 1",
            place,
        )
        tongues = self._tongues.of(record.id)
        coverage, developing = self._event_of(record.id)
        return StoryBrief(
            coverage=coverage,
            developing=developing,
            story=shown,
            translations=tuple(
                Translation(teaser=teaser, original=tongue.original)
                for tongue in tongues
                if tongue.story != record.id
                for teaser in self._live_teaser(tongue.story)
            ),
            chain=tuple(
                teaser
                for linked in record.linked[: plan.CHAIN_SHOWN]
                for teaser in self._live_teaser(linked)
            ),
            original=any(t.original for t in tongues if t.story == record.id),
            related=self._related(record),
            older=self._teasers(
                f"{_SECTION} AND {_PLACE} < (?, ?, ?) {_NEWEST_FIRST} LIMIT {plan.OLDER_SHOWN}",
                place,
            ),
            past=self._past(record),
            next=newer[0] if newer else None,
        )

    def _event_of(self, story: str) -> tuple[str, bool]:
        """(path of the page on the story's event, whether it is developing); "" where none is."""
        row = self._run(
            "SELECT event, slug, listed, calm FROM covered JOIN coverage USING (event) "
            "WHERE story = ?",
            (story,),
        ).fetchone()
        if row is None or not row[2]:
            return "", False
        return paths.coverage_path(row[0], row[1]), is_developing(self._run, row[3])

    def _coverage(self, event: str) -> Brief:
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

    def _past(self, record: Story) -> tuple[PastText, ...]:
        """The texts that readers have seen, oldest first; none while there was only one."""
        found = []
        for at, rank in texts_shown(record):
            row = self._run(
                "SELECT item FROM items WHERE story = ? AND seq = ? AND part = ?",
                (record.id, rank.seq, rank.part),
            ).fetchone()
            if row is not None:
                item = read_item(row[0])
                body = tuple(block.html for block in item.body)
                found.append(
                    PastText(at=at, headline=item.headline, standfirst=item.standfirst, body=body)
                )
        return tuple(found)

    def _related(self, record: Story) -> tuple[Teaser, ...]:
        """What goes with it in its chain, then its picks as they were chosen; the live ones."""
        picks = tuple(dict.fromkeys((*record.linked, *record.related)))
        if not picks:
            return ()
        marks = ", ".join("?" * len(picks))
        rows = self._run(
            f"SELECT id, teaser {_LIVE} AND id IN ({marks})",
            picks,
        )
        found = {row[0]: self._teaser(row[1]) for row in rows}
        live = [found[pick] for pick in picks if pick in found]
        return tuple(live[: self._config.press.related])

    def _teasers(self, statement: str, values: Sequence[object] = ()) -> tuple[Teaser, ...]:
        return tuple(self._teaser(row[0]) for row in self._run(statement, values))

    def _teaser(self, packed: bytes) -> Teaser:
        """The teaser; the same bytes give the same value, which the press knows again."""
        known = self._known.get(packed)
        if known is None:
            known = read_teaser(packed)
            if self._album is not None and known.picture is not None:
                known = self._album.show(known, self._now())
            self._known.put(packed, known)
        return known

    # -- lists -------------------------------------------------------------------------

    def _home(self) -> Brief:
        newest = f"SELECT teaser {_LIVE} {_NEWEST_FIRST} LIMIT ?"
        newest_of_section = f"{_SECTION} {_NEWEST_FIRST} LIMIT ?"
        by_section = tuple(
            (section.key, self._teasers(newest_of_section, (section.key, HOME_PER_SECTION)))
            for section in self._config.sections
            if not section.translation_of
        )
        teasers = self._teasers(newest, (plan.HOME_NEWEST,))
        fed = self._fed(teasers, plan.HOME_NEWEST, self._config.site.feed_items, newest)
        return ListBrief(
            kind="home",
            teasers=teasers,
            by_section=by_section,
            ended=self._ended(plan.HOME),
            fed=fed,
            bodies=self._bodies(fed or teasers),
        )

    def _front(self, section: str) -> Brief:
        limit = self._config.site.front_items
        days = self._run(
            "SELECT day FROM days WHERE scope = ? AND live > 0 ORDER BY day DESC LIMIT ?",
            (section, DAYS_ON_FRONT),
        )
        newest = f"{_SECTION} {_NEWEST_FIRST} LIMIT ?"
        teasers = self._teasers(newest, (section, limit))
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
            found = self._teasers(newest, (*of, look))
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
                record = self._record(teaser.id)
                voice = self._record(record.voice) if record and record.voice else record
                blocks = voice.standing.body if voice and voice.standing else ()
                found.append((teaser.id, "\n".join(block.html for block in blocks)))
        return tuple(found)

    def _day(self, section: str, day: str, part: str) -> Brief:
        teasers = self._teasers(
            f"{_SECTION} AND day = ? AND day_part = ? {_NEWEST_FIRST}", (section, day, int(part))
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

    def _topic(self, slug: str) -> Brief:
        shown, most = plan.TOPIC_SHOWN, min(plan.TOPIC_FED, self._config.site.feed_items)
        teasers = self._teasers(_TOPIC, (slug, shown + 1))
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

    def _corrections(self) -> Brief:
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

    # -- sitemaps ----------------------------------------------------------------------

    def _map(self, day: str, part: str) -> Brief:
        teasers = self._teasers(
            f"SELECT teaser {_LIVE} AND indexed AND day = ? AND map_part = ? "
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
        told = tuple(found for story in others for found in self._live_teaser(story))
        return (teaser, *told) if told else ()

    def _maps(self) -> Brief:
        rows = self._run("SELECT day, part, updated FROM maps ORDER BY day, part")
        return MapsBrief(maps=tuple((row[0], row[1], moment(row[2])) for row in rows))

    def _news_map(self) -> Brief:
        """The stories first published in the two days that end with the archive's own hour.

        Those that were older news already when they came, as from an archive, are none.
        """
        since = news_since(archive_clock(self._run))
        teasers = self._teasers(
            f"SELECT teaser {_LIVE} AND indexed AND published > ? "
            f"AND (agency_time = 0 OR published - agency_time < ?) {_NEWEST_FIRST} LIMIT ?",
            (since, TWO_DAYS, NEWS_SHOWN),
        )
        return NewsMapBrief(teasers=teasers)


def _entry(teaser: Teaser, tongues: tuple[Teaser, ...]) -> MapEntry:
    files = teaser.picture.renditions if teaser.picture else ()
    widest = max(files, key=lambda file: file.width or 0, default=None)
    picture = widest.href if widest else ""
    return MapEntry(path=teaser.path, updated=teaser.updated, picture=picture, tongues=tongues)


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
