"""Telling: what a story says after one more version of it.

One version stands, or several are put together (`story.takes`); with the text come its section,
its topics and what it is related to.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

import msgspec

from wirecopy.archive.filing import Filing
from wirecopy.config import Config, Source
from wirecopy.config.editions import in_language
from wirecopy.formats import newsml1
from wirecopy.joining import Joiner
from wirecopy.model import Delivery, Item, Sheet, Story, Topic, Version
from wirecopy.reading import hints_of, sheet_of
from wirecopy.story.notices import without_photos
from wirecopy.story.takes import PARTS, Part, Text, name_of, put_together
from wirecopy.story.taught import SURE, reason
from wirecopy.story.topics import topic_slug
from wirecopy.story.versions import ordered, places, standing_of, tops_of
from wirecopy.verdicts import Verdicts


class Telling:
    """Puts the text together that stands of a story."""

    def __init__(self, config: Config, joiner: Joiner, verdicts: Verdicts) -> None:
        self._config = config
        self._joiner = joiner
        self._verdicts = verdicts

    def retold(
        self, filing: Filing, source: Source, story: Story, sheet: Sheet, version: Version
    ) -> Story:
        """The story with the text that stands after one more version, in its place."""
        text = self._text(filing, source, story, sheet, version)
        waits = (*text.waits, *(_top_waits(top) for top in tops_of(story.versions)))
        story = msgspec.structs.replace(story, waits=waits)
        if text.item is None or text.rank is None:
            return story
        item = without_photos(text.item, story.versions)
        if item is not sheet.item:
            sheet = sheet_of(item, source, version.received, self._config)
        if sheet.text == story.standing_print and text.rank == story.standing_rank:
            return story
        received = next(v.received for v in story.versions if v.rank == text.rank)
        story = msgspec.structs.replace(
            story,
            standing=sheet.item,
            standing_rank=text.rank,
            standing_received=received,
            standing_print=sheet.text,
        )
        return self._placed(filing, story, sheet, source)

    def again(self, filing: Filing, source: Source, story: Story) -> Story:
        """The story told again from what was kept, after a notice took one of its pictures."""
        rank = story.standing_rank
        version = next((v for v in story.versions if v.rank == rank), None)
        item = filing.threads.parts(story.id, [version.rank]).get(version.rank) if version else None
        if version is None or item is None:
            return story
        story = msgspec.structs.replace(story, standing_rank=None)
        sheet = sheet_of(item, source, version.received, self._config)
        return self.retold(filing, source, story, sheet, version)

    def _revised(self, source: Source, received: datetime, item: Item, edits: Item) -> Item:
        """The item with the parts changed that an update names by Duid (`story.takes.Revise`)."""
        known = hints_of(Delivery(source=source.name, body=b""), source, received, self._config)
        return newsml1.revised(item.original, edits.edits, known)

    def _text(
        self, filing: Filing, source: Source, story: Story, sheet: Sheet, version: Version
    ) -> Text:
        """What stands of all that was sent: a version, or several put together."""
        stands = standing_of(story.versions)
        tops = tops_of(story.versions)
        parts = [
            v
            for v in ordered(story.versions)
            if v.kind in PARTS or (v.kind == "text" and v not in tops)
        ]
        if any(v.kind in PARTS for v in parts):
            items = filing.threads.parts(story.id, [v.rank for v in parts])
            revise = partial(self._revised, source, version.received)
            together = [Part(v, items[v.rank]) for v in parts if v.rank in items]
            text = put_together(together, places(story.versions), revise)
            if text.item is not None or stands is None:
                return text
        if stands is None or stands.rank == story.standing_rank:
            return Text(story.standing, story.standing_rank)
        if stands.rank == version.rank:
            return Text(sheet.item, stands.rank)
        return Text(filing.threads.parts(story.id, [stands.rank]).get(stands.rank), stands.rank)

    def related(
        self, filing: Filing, source: Source, story: Story, sheet: Sheet, version: Version
    ) -> Story:
        """The story with its picks, chosen once, and with what goes with it in its chain."""
        if story.standing_rank != version.rank:
            return story
        if not story.related and sheet.terms:
            number = filing.number(story.id)
            told = sheet.section_told or story.section != story.section_read
            choice = filing.library.look(
                number, story, sheet, version.rank.time, story.section if told else ""
            )
            filing.library.join(story, choice, sheet)
            story = msgspec.structs.replace(
                story,
                related=tuple(pick for pick, _ in choice.picks),
                related_why=tuple(why for _, why in choice.picks),
            )
        beside = self._joiner.companions(filing, source, sheet, version.rank.time)
        return msgspec.structs.replace(
            story,
            linked=tuple(
                dict.fromkeys(each for each in (*story.linked, *beside) if each != story.id)
            ),
        )

    def _placed(self, filing: Filing, story: Story, sheet: Sheet, source: Source) -> Story:
        """The story with the section, topics and policy that its new text and the rules give."""
        read, why, guessed = self._section(filing, story, sheet)
        ruling = self._verdicts.ruling(story, sheet.item, read)
        rerouted = [note.order.section for note in story.orders if note.order.section]
        section = rerouted[-1] if rerouted else self._in_language(ruling.section or read, sheet)
        added = tuple(
            Topic(slug=slug, name=name) for name in ruling.topics if (slug := topic_slug(name))
        )
        topics = {topic.slug: topic for topic in (*added, *sheet.topics)}
        return msgspec.structs.replace(
            story,
            section=section,
            section_read=read,
            section_why=why,
            section_guessed=guessed,
            topics=tuple(topics.values())[: self._config.press.topics],
            syndication=ruling.syndication or source.syndication,
        )

    def _in_language(self, section: str, sheet: Sheet) -> str:
        """The section itself, or the one that translates it into the story's language."""
        config = self._config
        return in_language(section, sheet.item.language, config.sections, config.site.locale)

    def _section(self, filing: Filing, story: Story, sheet: Sheet) -> tuple[str, str, bool]:
        """The section that the copy gives, why, and whether it is guessed, which is done once."""
        if sheet.section_told:
            return sheet.section, sheet.section_reason, False
        if story.section_guessed:
            return story.section_read, story.section_why, True
        keys = [section.key for section in self._config.sections]
        found = filing.library.guess(sheet, keys)
        if found is None or found.sure < SURE:
            return sheet.section, sheet.section_reason, False
        return found.section, reason(found), True


def _top_waits(top: Version) -> str:
    return (
        f"{name_of(top)} waits for a person: it is far shorter than the text before it and does "
        "not say where that goes on"
    )
