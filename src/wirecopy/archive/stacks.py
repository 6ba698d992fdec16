"""What pages are made from: the marks, and the brief of any page by its name.

The briefs of story pages are put together here, those of others in `lists` and `sitemaps`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

import msgspec

from wirecopy.archive.codec import WITHDRAWING, Showings, agency_time, read_item
from wirecopy.archive.coverage import is_developing
from wirecopy.archive.holdings import FROM_LIVE, LIVE_OF_SECTION, NEWEST_FIRST, Holdings
from wirecopy.archive.inventory import Inventory
from wirecopy.archive.lists import Lists
from wirecopy.archive.marks import mark
from wirecopy.archive.sitemaps import Sitemaps
from wirecopy.archive.tongues import Tongues
from wirecopy.briefs import Absent, Brief, Gone, Moved, PastText, StoryBrief, Translation
from wirecopy.config import Config
from wirecopy.database import micros
from wirecopy.errors import SourceError
from wirecopy.model import Story, Teaser
from wirecopy.ports import Album
from wirecopy.press import paths, plan
from wirecopy.story.past import texts_shown
from wirecopy.story.voices import as_shown

_PLACE = "(published, agency_time, id)"
_NEXT = f"{LIVE_OF_SECTION} AND {_PLACE} > (?, ?, ?) ORDER BY published, agency_time, id LIMIT 1"
_OLDER = f"{LIVE_OF_SECTION} AND {_PLACE} < (?, ?, ?) {NEWEST_FIRST}"
"""Of a story's section, the one after the story's place and those before it."""
_STORY, _AFTER_STORY = plan.story_page(""), plan.story_page("").replace("/", "0")
"""Names of story pages lie between these two ("0" follows "/")."""


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
        self._holdings = Holdings(connection, album)
        lists = Lists(connection, config, self._holdings)
        sitemaps = Sitemaps(connection, self._tongues, self._holdings)
        self._makers: dict[str, Callable[..., Brief]] = {
            "story": self._story,
            "home": lists.home,
            "front": lists.front,
            "day": lists.day,
            "topic": lists.topic,
            "coverage": lists.coverage,
            "corrections": lists.corrections,
            "map": sitemaps.part,
            "maps": sitemaps.index,
            "news-map": sitemaps.news,
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
        now = self._holdings.now()
        changed = self._album.changed(now) if self._album else {}
        if not self._album or not changed:
            return
        showings, pages = Showings(self._connection), plan.story_pages(changed)
        if any(changed.values()):
            self._holdings.forget()
        for story in (story for story, lists in changed.items() if lists):
            pages |= plan.lists_showing(showings.of(story)[0])
        self._run("BEGIN IMMEDIATE")
        mark(self._run_many, pages)
        self._run("COMMIT")
        self._album.forget_changes(tuple(changed), now)

    def forget(self) -> None:
        """Let go of what is kept unpacked: another process has changed what pictures are shown."""
        self._holdings.forget()

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
        record = self._holdings.record(story)
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
        shown = as_shown(record, self._holdings.record(record.voice) if record.voice else None)
        if self._album is None:
            return self._live(record, shown)
        dressed = self._album.dress(shown, self._holdings.now())
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
        told = [teaser for kin in record.kin for teaser in self._holdings.live(kin.story)]
        if not told:
            return Absent(paths=(record.path,))
        holder = min(told, key=lambda teaser: (teaser.first_published, teaser.id))
        return Moved(id=record.id, path=record.path, agency=record.agency, to=holder)

    def _live(self, record: Story, shown: Story) -> StoryBrief:
        """The brief of a live story whose page shows `shown`."""
        place = (
            record.section,
            micros(record.first_published) if record.first_published else 0,
            agency_time(record),
            record.id,
        )
        newer = self._holdings.teasers(_NEXT, place)
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
                for teaser in self._holdings.live(tongue.story)
            ),
            chain=tuple(
                teaser
                for linked in record.linked[: plan.CHAIN_SHOWN]
                for teaser in self._holdings.live(linked)
            ),
            original=any(t.original for t in tongues if t.story == record.id),
            related=self._related(record),
            older=self._holdings.teasers(f"{_OLDER} LIMIT {plan.OLDER_SHOWN}", place),
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
            f"SELECT id, teaser {FROM_LIVE} AND id IN ({marks})",
            picks,
        )
        found = {row[0]: self._holdings.teaser(row[1]) for row in rows}
        live = [found[pick] for pick in picks if pick in found]
        return tuple(live[: self._config.press.related])
