"""Filing: log entries become stories, strictly in sequence, one transaction per batch.

Nothing here decides anything itself. Identity and versions come from `story`, the verdict from
`desk`, what is kept from `archive`; this is where the three meet. Every time that a reader will
see is the time of a log entry or of the schedule that fell due, never the clock's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

import msgspec

from wirecopy.archive.filing import Filing
from wirecopy.archive.sqlite import SqliteArchive
from wirecopy.config import Config, Profile, Source
from wirecopy.desk.states import is_internal, newer_than_kills
from wirecopy.formats.dialects import profile_of
from wirecopy.joining import Joiner
from wirecopy.model import (
    Delivery,
    Galley,
    Item,
    Kin,
    Link,
    LogEntry,
    Order,
    OrderNote,
    Outcome,
    OutcomeKind,
    Rework,
    Sheet,
    Story,
    Version,
)
from wirecopy.packaging import Packages
from wirecopy.reading import source_of
from wirecopy.story.fingerprints import fingerprint
from wirecopy.story.identity import normal_key, story_id
from wirecopy.story.notices import Meant, Notice, names_photo, version_for
from wirecopy.story.versions import filed_as, is_repeat, rank_of, remember, version_of
from wirecopy.telling import Telling
from wirecopy.verdicts import MOST_KIN, Verdicts


class Filer:
    """Files batches of log entries into the archive. One at a time: the archive's lock decides."""

    def __init__(self, archive: SqliteArchive, config: Config) -> None:
        self._archive = archive
        self._config = config
        self._profiles: dict[str, Profile] = {}
        self._joiner = Joiner(config)
        self._verdicts = Verdicts(config)
        self._packages = Packages(self._verdicts)
        self._telling = Telling(config, self._joiner, self._verdicts)

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
                filing.now = entry.now
                self._fall_due(filing, entry.now)
                self._joiner.forget(filing, entry.received)
                if isinstance(entry.entry, Delivery) and galley is not None:
                    self._take_delivery(filing, entry, entry.entry, galley)
                elif isinstance(entry.entry, Order):
                    self._take_order(filing, entry, entry.entry)
            filing.advance(entries[-1].seq, entries[-1].received)
            return filing.took_away

    def _ways(self, source: Source) -> Profile:
        """The source's profile, found once."""
        if source.name not in self._profiles:
            self._profiles[source.name] = profile_of(source, self._config)
        return self._profiles[source.name]

    # -- the three kinds of entry ------------------------------------------------------

    def _fall_due(self, filing: Filing, now: datetime) -> None:
        """Apply every schedule up to `now`, each at its own minute, in order."""
        while (due := filing.next_due(now)) is not None:
            at, story_id_ = due
            story = filing.story(story_id_)
            if story is not None:
                self._verdicts.safely(filing, story, story, at, "schedule")

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
            rework = _reworked(before, order, entry.received)
            story = msgspec.structs.replace(story, rework=rework)
        if order.action == "reroute" and order.section:
            story = msgspec.structs.replace(story, section=order.section)
        self._verdicts.safely(filing, before, story, entry.received, "staff")

    # -- one item ----------------------------------------------------------------------

    def _file(
        self, filing: Filing, source: Source, entry: LogEntry, part: int, sheet: Sheet
    ) -> Outcome:
        item = sheet.item
        told = [
            self._tell(filing, source, entry, part, sheet, link)
            for link in item.links
            if link.rel == "withdraws" or (link.rel == "holds" and not item.targets)
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
        version = version_of(
            sheet,
            rank_of(item, received=entry.received, seq=entry.seq, part=part),
            entry.received,
            internal=is_internal(item),
            trusts_words=self._ways(source).trust_text_kills,
            whole_lead=self._config.chains.whole_lead,
        )
        found = self._joiner.find(filing, source, sheet, version)
        before = found.story
        story = before or _opened(source, item, entry.received)
        if found.announced is not None:
            story = self._absorbed(filing, story, found.announced, entry.received)
        if is_repeat(story, version, item):
            return _outcome("duplicate", "this version had come before", story, item)
        story = msgspec.structs.replace(
            story,
            versions=remember(story.versions, version),
            kin=self._kin_of(filing, story, found.kin),
        )
        filing.keep_item(story.id, version.rank, item)
        story = self._telling.retold(filing, source, story, sheet, version)
        story = self._telling.related(filing, source, story, sheet, version)
        story = self._verdicts.give(filing, before, story, entry.received, "agency", item)
        self._joiner.join(filing, source, story, sheet, version, found.crowded)
        self._joiner.translate(filing, story, item)
        self._verdicts.with_kin(filing, story, entry.received, item)
        self._packages.gather(filing, story, entry.received)
        meant = self._tell_of(filing, source, story, sheet, version)
        now = filing.story(story.id) or story
        if meant is None and now.state == "merged" and _speaks(filing, now, version):
            return _outcome("updated", now.reason, now, item)
        return meant or _outcome_of(before, now, item, version)

    @staticmethod
    def _kin_of(filing: Filing, story: Story, found: tuple[Kin, ...]) -> tuple[Kin, ...]:
        """The stories that tell the same as this one: those found now, with all of theirs."""
        kin = {each.story: each for each in (*story.kin, *found)}
        for other in filing.stories(each.story for each in found):
            for each in other.kin:
                kin.setdefault(each.story, each)
        kin.pop(story.id, None)
        return tuple(kin.values())[:MOST_KIN]

    def _absorbed(self, filing: Filing, story: Story, announced: Story, at: datetime) -> Story:
        """The story with the notices that had come before it was known whose they are."""
        versions = story.versions
        for version in announced.versions:
            versions = remember(versions, version)
        filing.names.hand_on(announced, story.id)
        told = msgspec.structs.replace(announced, tells_of=(story.id,))
        self._verdicts.give(filing, announced, told, at, "agency")
        return msgspec.structs.replace(story, versions=versions)

    # -- what items say of others --------------------------------------------------------

    def _tell_of(
        self, filing: Filing, source: Source, story: Story, sheet: Sheet, version: Version
    ) -> Outcome | None:
        """Carry out what words ask: this item's of other stories, earlier ones' of this item.

        The outcome where this item is a notice that found its target, else None.
        """
        self._joiner.notice(filing, source, story, sheet, version)
        told = None
        for notice in filing.threads.notices(source.name, version.rank.time):
            if not self._joiner.concerns(notice, story, sheet, version):
                continue
            meant = self._joiner.meant(filing, source, notice)
            if meant != notice.meant:
                self._mean(filing, source, notice, meant, version.received)
            if notice.rank == version.rank and not names_photo(notice):
                told = _told(filing, notice, meant, story, sheet.item)
        return told

    def _mean(
        self,
        filing: Filing,
        source: Source,
        notice: Notice,
        meant: Meant,
        at: datetime,
    ) -> None:
        """Let a notice stand against these stories and no longer against those before."""
        freed = set(notice.meant.stories)
        notice = msgspec.structs.replace(notice, meant=meant)
        filing.threads.keep_notice(source.name, notice)
        ways = self._ways(source)
        alert = meant.several and ways.kill_ambiguous == "alert"
        for before in filing.stories(sorted({*freed, *meant.stories})):
            versions = tuple(v for v in before.versions if v.rank != notice.rank)
            if before.id in meant.stories and not alert:
                told = version_for(notice, before.id, trusts_words=ways.trust_text_kills)
                versions = remember(versions, told)
            story = msgspec.structs.replace(before, versions=versions)
            if names_photo(notice):
                story = self._telling.again(filing, source, story)
            self._verdicts.give(filing, before, story, at, "agency")
            self._verdicts.with_kin(filing, story, at)
        own = filing.story(notice.own)
        if own is not None:
            told_of = () if own.standing is None else tuple(meant.stories)
            story = msgspec.structs.replace(own, tells_of=told_of)
            self._verdicts.give(filing, own, story, at, "agency")


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


def _reworked(story: Story, order: Order, at: datetime) -> Rework:
    """The rework after one more order; what the order does not name stays."""
    rework = story.rework
    if order.headline is not None:
        over = story.standing.headline if story.standing and order.headline else ""
        rework = msgspec.structs.replace(rework, headline=order.headline, over=over)
    if order.picture is not None:
        picture = order.picture if order.picture.renditions else None
        rework = msgspec.structs.replace(rework, picture=picture)
    if not rework.headline and rework.picture is None:
        return Rework()
    return msgspec.structs.replace(rework, at=at, by=order.by)


def _speaks(filing: Filing, story: Story, version: Version) -> bool:
    """Whether a version is the text that the page shows which tells this story with its kin."""
    return story.standing_rank == version.rank and any(
        other.state == "live" and other.voice == story.id
        for other in filing.stories(kin.story for kin in story.kin)
    )


_AS_OUTCOME: dict[str, OutcomeKind] = {
    "held": "held",
    "embargoed": "held",
    "expired": "withdrawn",
    "ignored": "internal",
    "merged": "duplicate",
}


def _outcome_of(before: Story | None, story: Story, item: Item, version: Version) -> Outcome:
    """What became of the item, by how its version was filed and where its story stands now."""
    filed = filed_as(before, story, version)
    if version.status == "canceled":
        return _outcome("withdrawn", story.reason, story, item)
    new = [wait for wait in story.waits if before is None or wait not in before.waits]
    if new and story.standing_rank != version.rank:
        return _outcome("held", "; ".join(new), story, item)
    if version.kind == "internal" and story.state != "ignored":
        return _outcome("internal", "for desks only, not for readers", story, item)
    if version.doubt and story.state == "held":
        return _outcome("held", story.reason, story, item)
    if filed == "older" or (item.status == "withheld" and story.state == "live"):
        return _outcome("superseded", "a newer version stands", story, item)
    if story.state == "withdrawn":
        kind: OutcomeKind = "held" if newer_than_kills(story) else "superseded"
        return _outcome(kind, story.reason, story, item)
    if story.state in _AS_OUTCOME:
        return _outcome(_AS_OUTCOME[story.state], story.reason, story, item)
    published = before is None or before.first_published is None
    if filed == "same" and not published:  # else it freed the text that its like had brought
        return _outcome("duplicate", "the same text under a newer version", story, item)
    return _outcome("published" if published else "updated", story.reason, story, item)


def _outcome(kind: OutcomeKind, reason: str, story: Story, item: Item) -> Outcome:
    return Outcome(
        kind=kind, reason=reason, story=story.id, item_id=item.item_id, headline=item.headline
    )


def _told(filing: Filing, notice: Notice, meant: Meant, own: Story, item: Item) -> Outcome | None:
    """The outcome of a notice in words: what became of whom it means; None where it is a story."""
    stories = filing.stories(meant.stories)
    if not stories:
        names = ", ".join(target.value for target in notice.targets)
        reason = f"no story answers to {names!r} yet: the notice waits for it"
        return _outcome("held", reason, own, item) if notice.named else None
    states = {story.state for story in stories}
    kind: OutcomeKind = "internal"
    if states & {"withdrawn", "held"}:
        kind = "held" if "held" in states else "withdrawn"
    return _outcome(kind, stories[0].reason, stories[0], item)
