"""Filing: log entries become stories, strictly in sequence, one transaction per batch.

Nothing here decides anything itself. Identity and versions come from `story`, the verdict from
`desk`, what is kept from `archive`; this is where the three meet. Every time that a reader will
see is the time of a log entry or of the schedule that fell due, never the clock's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from wirecopy.archive.filing import Filing
from wirecopy.archive.sqlite import SqliteArchive
from wirecopy.briefs import CorrectionNote
from wirecopy.config import Config, Source
from wirecopy.desk.rules import Rules, Ruling
from wirecopy.desk.states import decide, newer_than_kills
from wirecopy.model import (
    Delivery,
    Galley,
    Item,
    Link,
    LogEntry,
    Order,
    OrderNote,
    Outcome,
    OutcomeKind,
    Rework,
    Sheet,
    Story,
    Teaser,
    Topic,
)
from wirecopy.reading import source_of
from wirecopy.story.clean import fingerprint
from wirecopy.story.credit import credit_of
from wirecopy.story.identity import keys_of, names_of, normal_key, story_id
from wirecopy.story.mediatopics import chain
from wirecopy.story.slugs import slugify
from wirecopy.story.teaser import headline_of, teaser_of
from wirecopy.story.topics import topic_slug
from wirecopy.story.versions import (
    FiledAs,
    corrects,
    file_version,
    is_silent,
    public_note,
    rank_of,
    with_change,
)

Cause = Literal["agency", "staff", "schedule"]


class Filer:
    """Files batches of log entries into the archive. One at a time: the archive's lock decides."""

    def __init__(self, archive: SqliteArchive, config: Config) -> None:
        self._archive = archive
        self._config = config
        self._rules = Rules(config.rules)

    def file(
        self, entries: Sequence[LogEntry], galleys: Sequence[Galley | None], *, after: int
    ) -> bool:
        """Whether the batch that follows entry `after` took a story away from readers.

        Files nothing when another process has filed on from there in the meantime.
        """
        with self._archive.filing() as filing:
            if filing.position() != after:
                return False
            for entry, galley in zip(entries, galleys, strict=True):
                self._fall_due(filing, entry.received)
                if isinstance(entry.entry, Delivery) and galley is not None:
                    self._take_delivery(filing, entry, entry.entry, galley)
                elif isinstance(entry.entry, Order):
                    self._take_order(filing, entry, entry.entry)
            filing.advance(entries[-1].seq, entries[-1].received)
            return filing.took_away

    # -- the three kinds of entry ------------------------------------------------------

    def _fall_due(self, filing: Filing, now: datetime) -> None:
        """Apply every schedule up to `now`, each at its own minute, in order."""
        while (due := filing.next_due(now)) is not None:
            at, story_id_ = due
            story = filing.story(story_id_)
            if story is not None:
                self._stand_safely(filing, story, story, at, "schedule")

    def _take_delivery(
        self, filing: Filing, entry: LogEntry, delivery: Delivery, galley: Galley
    ) -> None:
        source = source_of(self._config, delivery.source)
        outcomes = [
            self._take_sheet(filing, source, entry, part, sheet)
            for part, sheet in enumerate(galley.sheets)
        ]
        reasons = [*galley.spoiled, *([galley.error] if galley.error else [])]
        outcomes += [Outcome(kind="quarantined", reason=reason) for reason in reasons]
        if not outcomes:
            outcomes = [Outcome(kind="internal", reason="it holds no stories (a heartbeat)")]
        filing.record(entry, delivery, galley.format, outcomes)

    def _take_sheet(
        self, filing: Filing, source: Source, entry: LogEntry, part: int, sheet: Sheet
    ) -> Outcome:
        """File one item; what fails is quarantined with its reason and costs nothing else."""
        try:
            with filing.attempt():
                return self._file(filing, source, entry, part, sheet)
        except (sqlite3.Error, OSError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - one item's failure becomes its quarantine
            return Outcome(
                kind="quarantined",
                item_id=sheet.item.item_id,
                headline=sheet.item.headline,
                reason=f"Filing it failed inside wirecopy ({type(error).__name__}: {error}). "
                "Please report it; the bytes are kept and can be replayed.",
            )

    def _take_order(self, filing: Filing, entry: LogEntry, order: Order) -> None:
        before = filing.story(order.story)
        if before is None:
            return  # the doors refuse such an order; an old log may hold one all the same
        note = OrderNote(seq=entry.seq, at=entry.received, order=order)
        story = msgspec.structs.replace(before, orders=(*before.orders, note))
        if order.action == "rework":
            rework = _reworked(before.rework, order, entry.received)
            story = msgspec.structs.replace(story, rework=rework)
        if order.action == "reroute" and order.section:
            story = msgspec.structs.replace(story, section=order.section)
        self._stand_safely(filing, before, story, entry.received, "staff")

    # -- one item ----------------------------------------------------------------------

    def _file(
        self, filing: Filing, source: Source, entry: LogEntry, part: int, sheet: Sheet
    ) -> Outcome:
        item = sheet.item
        told = [
            self._tell(filing, source, entry, part, sheet, link)
            for link in item.links
            if link.rel in {"withdraws", "holds"}
        ]
        if told and not item.body:
            return told[0]
        own = self._file_version(filing, source, entry, part, sheet)
        return told[0] if told else own

    def _tell(
        self,
        filing: Filing,
        source: Source,
        entry: LogEntry,
        part: int,
        sheet: Sheet,
        link: Link,
    ) -> Outcome:
        """Carry out what one item says of another: a kill or a hold by reference."""
        notice = Item(
            item_id=link.target,
            id_from="link",  # whatever the story is known by: its id, or another name of it
            version=link.version,
            status="canceled" if link.rel == "withdraws" else "withheld",
            version_created=sheet.item.version_created,
            first_created=sheet.item.first_created,
            provider=sheet.item.provider,
            format=sheet.item.format,
        )
        told = Sheet(item=notice, fingerprint=fingerprint(notice), section=sheet.section)
        return self._file_version(filing, source, entry, part, told)

    def _file_version(
        self, filing: Filing, source: Source, entry: LogEntry, part: int, sheet: Sheet
    ) -> Outcome:
        item = sheet.item
        before = filing.find(source.name, item)
        story = before or _opened(source, item, entry.received)
        rank = rank_of(item, received=entry.received, seq=entry.seq, part=part)
        story, filed = file_version(story, sheet, rank, entry.received)
        if filed == "repeat":
            return _outcome("duplicate", "this version had come before", story, item)
        if story.standing is item:
            story = self._placed(story, sheet, source)
            if not story.related and sheet.terms:
                related = filing.relate(story.id, sheet.terms, entry.received)
                story = msgspec.structs.replace(story, related=related)
        story = self._stand(filing, before, story, entry.received, "agency")
        filing.keep_item(story.id, rank, item)
        filing.alias(story.id, source.name, keys_of(item))
        if item.id_from == "id":
            filing.own(story.id, source.name, names_of(item))
        return _outcome_of(before, story, item, filed)

    def _placed(self, story: Story, sheet: Sheet, source: Source) -> Story:
        """The story with the section, topics and policy that its new text and the rules give."""
        ruling = self._ruling(story, sheet.item, sheet.section)
        rerouted = [note.order.section for note in story.orders if note.order.section]
        section = rerouted[-1] if rerouted else ruling.section or sheet.section
        added = tuple(
            Topic(slug=slug, name=name) for name in ruling.topics if (slug := topic_slug(name))
        )
        topics = {topic.slug: topic for topic in (*added, *sheet.topics)}
        return msgspec.structs.replace(
            story,
            section=section,
            section_read=sheet.section,
            topics=tuple(topics.values())[: self._config.press.topics],
            syndication=ruling.syndication or source.syndication,
        )

    def _ruling(self, story: Story, item: Item | None, section: str) -> Ruling:
        if item is None:
            return Ruling()
        return self._rules.judge(
            item,
            source=story.source,
            agency=story.agency,
            section=section,
            ancestors=chain,
        )

    # -- where the story stands now ----------------------------------------------------

    def _stand_safely(
        self, filing: Filing, before: Story, story: Story, at: datetime, cause: Cause
    ) -> None:
        """`_stand`, but a fault of ours costs this story alone: it is held, and says why."""
        try:
            with filing.attempt():
                self._stand(filing, before, story, at, cause)
        except (sqlite3.Error, OSError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - one story's failure must not stop the wire
            reason = f"deciding it failed inside wirecopy ({type(error).__name__}: {error})"
            held = msgspec.structs.replace(story, state="held", reason=reason, rule="", due=None)
            filing.keep(before, held, None)

    def _stand(
        self, filing: Filing, before: Story | None, story: Story, at: datetime, cause: Cause
    ) -> Story:
        """The story as the desk decides it at `at`, kept with everything that follows from it."""
        ruling = self._ruling(story, story.standing, story.section_read)
        decision = decide(story, ruling, default=self._config.desk.default, now=at)
        story = msgspec.structs.replace(
            story,
            state=decision.state,
            reason=decision.reason,
            rule=decision.rule,
            due=decision.due,
        )
        if before is not None and before.section != story.section:
            story = filing.assign(story, first=False)
        if story.state == "live":
            story = self._shown(filing, before, story, at, cause)
        elif story.first_published is not None and _state_of(before) != story.state:
            story = _ended(filing, story, at, cause)
        filing.keep(before, story, self._teaser(story))
        return story

    def _shown(
        self, filing: Filing, before: Story | None, story: Story, at: datetime, cause: Cause
    ) -> Story:
        """A live story with its address, its times and its line of history."""
        if story.first_published is None:
            slug = slugify(headline_of(story)) or "story"
            story = msgspec.structs.replace(
                story,
                first_published=at,
                updated=at,
                path=f"{story.section}/{slug}-{story.id}.html",
            )
            return filing.assign(with_change(story, at, "published", by=cause), first=True)
        if before is None or before.state != "live":
            story = msgspec.structs.replace(story, updated=at)
            return with_change(story, at, "restored", by=cause)
        return self._changed(filing, before, story, at)

    @staticmethod
    def _changed(filing: Filing, before: Story, story: Story, at: datetime) -> Story:
        """A story that stays live, with its last public change if there was one."""
        if before.rework != story.rework:
            story = msgspec.structs.replace(story, updated=at)
            return with_change(story, at, "reworked", by="staff")
        item = story.standing
        if item is None or before.standing is None or not _text_changed(before, story):
            return story
        if is_silent(item):
            return story
        story = msgspec.structs.replace(story, updated=at)
        if not corrects(item):
            return with_change(story, at, "updated")
        note = CorrectionNote(at=at, kind="corrected", agency=story.agency, note=public_note(item))
        filing.correct(story.id, note)
        return with_change(story, at, "corrected", note=note.note)

    @staticmethod
    def _teaser(story: Story) -> Teaser | None:
        if story.state != "live" or story.standing is None:
            return None
        return teaser_of(story, credit_of(story.standing, story.agency))


def _opened(source: Source, item: Item, received: datetime) -> Story:
    """A story of which nothing has been seen before."""
    key = normal_key(item.item_id)
    return Story(
        id=story_id(source.name, key),
        source=source.name,
        agency=source.agency,
        key=key,
        first_received=received,
        syndication=source.syndication,
    )


def _reworked(rework: Rework, order: Order, at: datetime) -> Rework:
    """The rework after one more order; what the order does not name stays."""
    if order.headline is not None:
        rework = msgspec.structs.replace(rework, headline=order.headline)
    if order.picture is not None:
        picture = order.picture if order.picture.renditions else None
        rework = msgspec.structs.replace(rework, picture=picture)
    if not rework.headline and rework.picture is None:
        return Rework()
    return msgspec.structs.replace(rework, at=at, by=order.by)


def _ended(filing: Filing, story: Story, at: datetime, cause: Cause) -> Story:
    """A story that was public once and has just left its last state, not for `live`."""
    if story.state == "withdrawn":
        note = CorrectionNote(at=at, kind="withdrawn", agency=story.agency)
        filing.correct(story.id, note)
        return with_change(story, at, "withdrawn", by=cause)
    if story.state == "expired":
        return with_change(story, at, "expired", by=cause)
    return story  # held back for a while: its page is away, its history says nothing


def _state_of(story: Story | None) -> str:
    return story.state if story is not None else ""


def _text_changed(before: Story, story: Story) -> bool:
    """Whether readers see another text than before (a re-sent text changes nothing)."""
    return before.standing_rank != story.standing_rank and _fingerprint(before) != _fingerprint(
        story
    )


def _fingerprint(story: Story) -> str:
    return next(
        (known.fingerprint for known in story.versions if known.rank == story.standing_rank), ""
    )


_AS_OUTCOME: dict[str, OutcomeKind] = {
    "held": "held",
    "embargoed": "held",
    "expired": "withdrawn",
    "ignored": "internal",
}


def _outcome_of(before: Story | None, story: Story, item: Item, filed: FiledAs) -> Outcome:
    """What became of the item, by how its version was filed and where its story stands now."""
    if item.status == "canceled":
        return _outcome("withdrawn", story.reason, story, item)
    if filed == "older" or (item.status == "withheld" and story.state == "live"):
        return _outcome("superseded", "a newer version stands", story, item)
    if story.state == "withdrawn":
        kind: OutcomeKind = "held" if newer_than_kills(story) else "superseded"
        return _outcome(kind, story.reason, story, item)
    if story.state in _AS_OUTCOME:
        return _outcome(_AS_OUTCOME[story.state], story.reason, story, item)
    if filed == "same":
        return _outcome("duplicate", "the same text under a newer version", story, item)
    published = before is None or before.first_published is None
    return _outcome("published" if published else "updated", story.reason, story, item)


def _outcome(kind: OutcomeKind, reason: str, story: Story, item: Item) -> Outcome:
    return Outcome(
        kind=kind, reason=reason, story=story.id, item_id=item.item_id, headline=item.headline
    )
