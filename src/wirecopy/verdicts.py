"""The desk's verdicts: where stories stand, and all that follows from it for readers.

Stories that tell the same are looked at together: where one leaves its page, is killed or changes
its text, the others are asked again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from wirecopy.archive.filing import Filing
from wirecopy.briefs import CorrectionNote
from wirecopy.config import Config
from wirecopy.desk.rules import Rules, Ruling
from wirecopy.desk.states import decide
from wirecopy.model import Item, Rework, Story, Teaser
from wirecopy.reading import source_of
from wirecopy.story.credit import credit_of
from wirecopy.story.mediatopics import chain
from wirecopy.story.slugs import slugify
from wirecopy.story.teaser import headline_of, teaser_of
from wirecopy.story.versions import corrects, is_silent, owns_up, public_note, with_change
from wirecopy.story.voices import as_shown, voice_of

MOST_KIN = 24
"""Stories that tell one report, at most: what more there is has pages of its own."""

Cause = Literal["agency", "staff", "schedule"]


class Verdicts:
    """Gives the desk's verdict on stories, and keeps them as it says."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._rules = Rules(config.rules)

    def ruling(self, story: Story, item: Item | None, section: str) -> Ruling:
        """What the operator's rules say of an item of the story."""
        if item is None:
            return Ruling()
        return self._rules.judge(
            item,
            source=story.source,
            agency=story.agency,
            section=section,
            ancestors=chain,
        )

    def safely(
        self, filing: Filing, before: Story, story: Story, at: datetime, cause: Cause
    ) -> None:
        """`give`, but a fault of ours costs this story alone: it is held, and says why."""
        try:
            with filing.attempt():
                story = self.give(filing, before, story, at, cause)
                self.with_kin(filing, story, at)
        except (sqlite3.Error, OSError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - one story's failure must not stop the wire
            reason = f"deciding it failed inside wirecopy ({type(error).__name__}: {error})"
            held = msgspec.structs.replace(story, state="held", reason=reason, rule="", due=None)
            filing.keep(before, held, None, None)

    def give(
        self,
        filing: Filing,
        before: Story | None,
        story: Story,
        at: datetime,
        cause: Cause,
        news: Item | None = None,
    ) -> Story:
        """The story as the desk decides it at `at`, kept with everything that follows from it.

        `news` is the item that has just come for it, if that is why it is looked at.
        """
        ruling = self.ruling(story, story.standing, story.section_read)
        kin = filing.stories(each.story for each in story.kin)
        now = min(at, filing.now)  # the log's time is ahead where the clock was and was set back
        decision = decide(story, ruling, default=self._config.desk.default, now=now, kin=kin)
        story = msgspec.structs.replace(
            story,
            state=decision.state,
            reason=decision.reason,
            rule=decision.rule,
            due=decision.due,
        )
        if cause == "agency" and story.state == "withdrawn" != _state_of(before):
            # What staff wrote over the text that the agency kills goes with it.
            story = msgspec.structs.replace(story, rework=Rework())
        if before is not None and before.section != story.section:
            story = filing.listings.assign(story, first=False)
        if story.state == "live":
            story = self._with_voice(story, kin)
            story = self._shown(filing, before, story, at, cause, news)
        elif story.first_published is not None and _state_of(before) != story.state:
            story = _ended(filing, story, at, cause)
        page = as_shown(story, next((each for each in kin if each.id == story.voice), None))
        filing.keep(before, story, self._teaser(page), page.standing)
        return story

    def with_kin(
        self, filing: Filing, story: Story, at: datetime, news: Item | None = None
    ) -> None:
        """Look again at the stories that tell the same, and then once more at this one.

        What is alike with one of them is with all. `news` is the item that has just come for
        `story`; where its text is the one that another's page shows, it is news there.
        """
        if not story.kin:
            return
        for other in filing.stories(each.story for each in story.kin):
            mine = next(each for each in story.kin if each.story == other.id)
            own = {each.story: each for each in other.kin}
            for kin in (msgspec.structs.replace(mine, story=story.id), *story.kin):
                if kin.story != other.id and len(own) < MOST_KIN:
                    own.setdefault(kin.story, kin)
            told = msgspec.structs.replace(other, kin=tuple(own.values()))
            self.give(filing, other, told, at, "agency", news)
        now = filing.story(story.id)
        if now is not None:
            self.give(filing, now, now, at, "agency")

    def _with_voice(self, story: Story, kin: Sequence[Story]) -> Story:
        """A live story with the other agencies that sent it, and whose text its page shows."""
        told = [other for other in kin if other.state == "merged"]
        if not (told or story.voice or story.also_from):
            return msgspec.structs.replace(story, shown_print=story.standing_print)
        voice = voice_of(story, told, lambda name: source_of(self._config, name).priority)
        shown = next((other for other in told if other.id == voice), story)
        return msgspec.structs.replace(
            story,
            voice=voice,
            shown_print=shown.standing_print,
            also_from=tuple(dict.fromkeys(o.agency for o in told if o.agency != story.agency)),
        )

    def _shown(
        self,
        filing: Filing,
        before: Story | None,
        story: Story,
        at: datetime,
        cause: Cause,
        news: Item | None,
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
            return filing.listings.assign(with_change(story, at, "published", by=cause), first=True)
        if before is None or before.state != "live":
            story = msgspec.structs.replace(story, updated=at)
            return with_change(story, at, "restored", by=cause)
        return self._changed(filing, before, story, at, news)

    @staticmethod
    def _changed(
        filing: Filing, before: Story, story: Story, at: datetime, news: Item | None
    ) -> Story:
        """A story that stays live, with its last public change if there was one."""
        if before.rework != story.rework:
            story = msgspec.structs.replace(story, updated=at)
            return with_change(story, at, "reworked", by="staff")
        if before.standing is None or before.shown_print == story.shown_print:
            return story
        if news is not None and is_silent(news):
            return story
        story = msgspec.structs.replace(story, updated=at)
        if news is None or not (corrects(news) or _owns_up_anew(before, news)):
            return with_change(story, at, "updated")
        note = CorrectionNote(at=at, kind="corrected", agency=story.agency, note=public_note(news))
        filing.correct(story.id, note)
        return with_change(story, at, "corrected", note=note.note)

    @staticmethod
    def _teaser(story: Story) -> Teaser | None:
        if story.state != "live" or story.standing is None:
            return None
        return teaser_of(story, credit_of(story.standing, story.agency))


def _owns_up_anew(before: Story, news: Item) -> bool:
    """Whether a report says that it has been corrected, and did not say so before."""
    told = owns_up(news)
    said = before.standing is not None and owns_up(before.standing) == told
    return bool(told) and not said and all(change.note != told for change in before.changes)


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
