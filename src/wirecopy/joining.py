"""Joining: which story an item belongs to, and what items say of one another.

    own id ─▶ links ─▶ other names ─▶ chain of its slug or headline   (the first that answers)

The same text under another id, or from another source, is a story of its own, told on one page
with its kin (`verdicts`). Every answer is a function of the items seen, not of the order in which
they came: a chain may be opened by its second lead, a kill may come before its story. Only which
of two agencies' copies of one report has the page follows the log.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from wirecopy.archive.filing import Filing
from wirecopy.config import Config, Source, duration, zone
from wirecopy.model import Item, Kin, Sheet, Story, Version
from wirecopy.story.aliases import aliases_of
from wirecopy.story.chains import continues, wants_marker
from wirecopy.story.cycles import Member, Window, chain_of, role_of
from wirecopy.story.identity import keys_of, names_of, normal_key
from wirecopy.story.notices import (
    Meant,
    Notice,
    action_of,
    known,
    names_another,
    picture_kill,
    whom,
)
from wirecopy.story.targets import releases
from wirecopy.story.twins import Sharing, crowded, is_brief, kinship, shortlist
from wirecopy.story.versions import is_repeat

_NAMED = frozenset({"replaces", "corrects", "previous"})
"""Links by which an item says that it carries on another."""
_LATE = timedelta(days=2)
"""How late a text may come and still be compared with those of its time."""
_STOPS = frozenset({"canceled", "withheld"})
_TELLING = frozenset({"text", "take", "patch", "edits", "erratum"})


class Found(NamedTuple):
    """The story an item belongs to (None for a new one), and others that tell the same.

    `announced` is a story of which only notices had come: they belong to `story` as well.
    """

    story: Story | None
    kin: tuple[Kin, ...] = ()
    announced: Story | None = None
    crowded: frozenset[int] = frozenset()
    """Prints of the item that so many texts have that they say nothing."""


class Joiner:
    """Finds stories, and remembers by what they can be found. Knows the settings, keeps nothing."""

    def __init__(self, config: Config) -> None:
        chains = config.chains
        self._span = duration(chains.span)
        self._gap = duration(chains.gap)
        self._alike_within = duration(chains.alike_within)
        self._sources: dict[str, list[str]] = {}
        for one in config.sources:
            self._sources.setdefault(one.agency, []).append(one.name)
        self._zones: dict[str, ZoneInfo] = {
            source.name: zone(source.timezone) for source in config.sources
        }

    # -- which story -------------------------------------------------------------------

    def find(self, filing: Filing, source: Source, sheet: Sheet, version: Version) -> Found:
        """The story this item belongs to, and stories of others that tell the same."""
        item = sheet.item
        story = filing.find(source.name, item) or self._linked(filing, source, item)
        if story is not None and not _is_announced(story) and is_repeat(story, version, item):
            return Found(story)  # a feed shows it again: nothing new can be found of it
        rows = self._rows(filing, sheet, version)
        namesakes = self._namesakes(filing, source, story, sheet, version)
        announced = None
        if _tells(item, version) and (story is None or _is_announced(story)):
            wider = self._in_chain(filing, source, sheet, version)
            if wider is not None and story is not None and wider.id != story.id:
                announced = story
            story = wider or story
        own = story.id if story else ""
        kin = {each.story: each for each in (*namesakes, *_kin(filing, item, rows, own))}
        kin.pop(own, None)
        return Found(story, tuple(kin.values()), announced, crowded(rows))

    def _namesakes(
        self,
        filing: Filing,
        source: Source,
        story: Story | None,
        sheet: Sheet,
        version: Version,
    ) -> list[Kin]:
        """The stories of that id in other feeds of the agency, once a kill or hold has come of it.

        An agency with several feeds may send it by another than the story. It stops the story as
        the kill of a twin does: until staff have looked.
        """
        others = self._others(source)
        if not others or sheet.item.id_from == "content":
            return []
        key = normal_key(sheet.item.item_id)
        found: list[Story | None] = []
        if version.status in _STOPS:
            found = [filing.called(other, key) for other in others]
        elif story is None or _is_announced(story):
            found = [filing.called(_of_agency(source), key)]
        return [
            Kin(story=one.id, kinship="same") for one in found if one and one.source != source.name
        ]

    def _others(self, source: Source) -> list[str]:
        """The other sources of this one's agency."""
        return [name for name in self._sources.get(source.agency, ()) if name != source.name]

    @staticmethod
    def _linked(filing: Filing, source: Source, item: Item) -> Story | None:
        """The story that the item says it carries on, or that bears another name of it."""
        for link in item.links:
            if link.rel in _NAMED:
                story = filing.called(source.name, normal_key(link.target))
                if story is not None:
                    return story
        for name in aliases_of(item):
            story = filing.called(source.name, f"alias:{name}")
            if story is not None:
                return story
        return None

    def _in_chain(
        self, filing: Filing, source: Source, sheet: Sheet, version: Version
    ) -> Story | None:
        if not sheet.stem:
            return None
        member = _member("", sheet, version)
        others = filing.threads.chain(source.name, sheet.stem, member.at, self._span)
        story = chain_of(member, others, self._window(source)) if others else ""
        return filing.story(story) if story else None

    def _window(self, source: Source) -> Window:
        local = self._zones.get(source.name) or ZoneInfo("UTC")
        return Window(self._span, self._gap, lambda moment: moment.astimezone(local).date())

    def _rows(self, filing: Filing, sheet: Sheet, version: Version) -> list[Sharing]:
        """The texts in the window that share a print with this one."""
        if not sheet.prints or version.kind != "text" or sheet.item.status == "canceled":
            return []
        return filing.threads.alike(sheet.prints, version.rank.time, self._alike_within)

    # -- what it can be found by -------------------------------------------------------

    def join(
        self,
        filing: Filing,
        source: Source,
        story: Story,
        sheet: Sheet,
        version: Version,
        crowded: frozenset[int],
    ) -> None:
        """Remember by what the story can be found from now on.

        The prints in `crowded` find nobody: not to keep them bounds what a look-up reads.
        """
        item = sheet.item
        filing.names.also(story.id, source.name, keys_of(item))
        own = list(names_of(item)) if item.id_from == "id" else []
        own += [normal_key(link.target) for link in item.links if link.rel in _NAMED]
        own += [f"alias:{name}" for name in aliases_of(item)]
        filing.names.own(story.id, source.name, own)
        if version.status in _STOPS and self._others(source):
            filing.names.own(story.id, _of_agency(source), [normal_key(item.item_id)])
        if _tells(item, version):
            member = _member(story.id, sheet, version)
            answers = known(story.id, item, sheet.stem, member.at)
            filing.threads.join(source.name, version.key, member, answers)
            prints = [each for each in sheet.prints if each not in crowded]
            filing.threads.sketch(story.id, version.rank, prints)

    def translate(self, filing: Filing, story: Story, item: Item) -> None:
        """Remember which reports of its agency the item says that it is a translation of."""
        claims = [normal_key(link.target) for link in item.links if link.rel == "translation"]
        if claims or filing.tongues.any():
            names = (story.key, *keys_of(item), *names_of(item))
            filing.translate(story, names, claims, self._sources.get(story.agency, []))

    def companions(self, filing: Filing, source: Source, sheet: Sheet, at: datetime) -> list[str]:
        """Stories that go with this one: the report of a wrap-up, the sidebars of a report."""
        if not sheet.stem or sheet.item.type != "text":
            return []
        base = sheet.stem.partition("|")[0]
        if base != sheet.stem:
            members = filing.threads.chain(source.name, base, at, self._span)
        else:
            members = filing.threads.apart(source.name, base, at, self._span)
        return list(dict.fromkeys(member.story for member in members))

    def forget(self, filing: Filing, now: datetime) -> None:
        """Drop once a day what no new text will be compared with any more.

        By the log's days and never by batches, so that every run forgets at the same entry.
        """
        day = now.date().isoformat()
        if filing.meta("sketches") != day:
            filing.set_meta("sketches", day)
            filing.threads.forget(now - self._alike_within - _LATE)

    # -- notices in words --------------------------------------------------------------

    @staticmethod
    def notice(
        filing: Filing, source: Source, story: Story, sheet: Sheet, version: Version
    ) -> None:
        """Keep what an item's words ask for other stories; `notices` then says for which."""
        pictures = picture_kill(sheet.item)
        action = action_of(sheet.item, frees=releases(sheet.item))
        if action is None and not pictures:
            return
        marks = [m for m in sheet.item.markers if m.action in {"withdraw", "hold"}]
        filing.threads.keep_notice(
            source.name,
            Notice(
                rank=version.rank,
                received=version.received,
                own=story.id,
                key=version.key,
                action=action or "withdraw",
                fingerprint=version.fingerprint,
                targets=pictures or sheet.item.targets,
                agency=source.agency,
                named=bool(pictures) or names_another(sheet.item, sheet.stem),
                text=min((mark.text for mark in marks), key=len, default="release"),
                sure=bool(pictures) or any(mark.sure == "S" for mark in marks),
            ),
        )

    @staticmethod
    def meant(filing: Filing, source: Source, notice: Notice) -> Meant:
        """Whom a notice means, as far as they have come.

        One that names nothing but itself means its own story, where that has a text.
        """
        own = filing.story(notice.own)
        if own is not None and any(version.kind == "text" for version in own.versions):
            if not notice.named:
                return Meant()
            named = tuple(target for target in notice.targets if not target.own)
            notice = msgspec.structs.replace(notice, targets=named)
        candidates = filing.threads.candidates(source.name, notice.rank.time)
        return whom(notice, (c for c in candidates if c.candidate.story != notice.own))

    @staticmethod
    def concerns(notice: Notice, story: Story, sheet: Sheet, version: Version) -> bool:
        """Whether an item that has just come may change whom a notice means."""
        if notice.rank == version.rank or notice.own == story.id:
            return True
        answers = known(story.id, sheet.item, sheet.stem, version.rank.time)
        return _tells(sheet.item, version) and bool(whom(notice, [answers]).stories)


def _kin(filing: Filing, item: Item, rows: list[Sharing], own: str) -> tuple[Kin, ...]:
    """The stories but `own` that tell the same as the item, those with most in common first."""
    numbers = shortlist(rows, own) if rows else ()
    if not numbers:
        return ()
    # One flash in the words of another may tell of another fire: only its update joins a brief.
    updates_alone = is_brief(item)
    found: dict[str, Kin] = {}
    for text in filter(None, map(filing.threads.text, numbers)):
        kin = kinship(text.item, item)
        if kin != "different" and not (updates_alone and kin == "same"):
            found.setdefault(text.story, Kin(story=text.story, kinship=kin))
    return tuple(found.values())


def _tells(item: Item, version: Version) -> bool:
    """Whether an item is copy that a chain is made of: a package or a picture has its slug too."""
    return item.type == "text" and version.kind in _TELLING


def _of_agency(source: Source) -> str:
    """Under what an agency's kills are found by its other sources: no source has such a name."""
    return f"@{source.agency}"


def _is_announced(story: Story) -> bool:
    """Whether only notices of the story have come, a kill or a hold under its id."""
    return all(version.kind == "notice" for version in story.versions)


def _member(story: str, sheet: Sheet, version: Version) -> Member:
    item = sheet.item
    role = role_of(item, carries_on=continues(item), wants_marker=wants_marker(sheet.stem))
    ordinal = version.ordinal if version.kind == "text" else None
    return Member(story, version.rank.time, role, ordinal, item.headline)
