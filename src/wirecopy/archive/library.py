"""What the archive remembers so that stories find one another, their event and their section.

Part of a filing transaction (`archive.filing.Filing.library`). What terms remember is read once,
changed in memory, and written once for the whole batch; an item whose filing fails takes its
changes back. The terms of the last batches stay at hand for the next (`Shelf`).
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

import msgspec

from wirecopy.archive.codec import encode, read_profile
from wirecopy.database import micros
from wirecopy.model import Sheet, Story
from wirecopy.story.identity import story_id
from wirecopy.story.related import (
    Choice,
    Profile,
    Recall,
    Terms,
    choose,
    followed,
    heads_of,
    likes,
    remember,
    weigh,
)
from wirecopy.story.taught import Guess, guess

_read_sections = msgspec.msgpack.Decoder(dict[str, int]).decode
_NOTHING = encode({})
_AT_HAND = 6000
"""Terms that stay at hand between batches: some 6 MB, and two in three of those asked for."""


class Shelf:
    """What terms remember, kept from one transaction of a connection to the next.

    Only what was committed may lie here, and only while nobody else writes to the archive.
    """

    def __init__(self) -> None:
        self.terms: dict[str, Recall] = {}
        self._version = -1

    def ready(self, connection: sqlite3.Connection) -> Shelf:
        """The shelf at the beginning of a transaction, without what may be out of date."""
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version or len(self.terms) > _AT_HAND:
            self.clear()
        self._version = version
        return self

    def clear(self) -> None:
        """Keep nothing: a transaction failed, or others have written."""
        self.terms.clear()


class Library:
    """The tables of terms, profiles and coverage, inside one transaction."""

    def __init__(self, connection: sqlite3.Connection, shelf: Shelf) -> None:
        self._run = connection.execute
        self._run_many = connection.executemany
        self._recalled = shelf.terms
        self._absent: set[str] = set()
        """Terms that the archive is known not to hold."""
        self._changed: dict[str, Recall] = {}
        self._filed: dict[int, Profile] = {}
        """Profiles of this batch; its stories often tell one event."""
        self._undo: list[Callable[[], object]] = []
        self._taught: dict[str, tuple[int, int]] | None = None
        self.touched: set[str] = set()
        """Events that a story has joined."""

    # -- sections ----------------------------------------------------------------------

    def guess(self, sheet: Sheet, sections: Iterable[str]) -> Guess | None:
        """Where a story belongs by what routed stories have taught; None where nobody can say."""
        self._recall(sheet.terms)
        used = {
            term: self._recalled[term].sections for term in sheet.terms if term in self._recalled
        }
        taught = self._lessons()
        return guess(
            sheet.terms,
            used,
            {key: counts[0] for key, counts in taught.items()},
            {key: counts[1] for key, counts in taught.items()},
            sections,
            sheet.section,
        )

    def _teach(self, terms: Collection[str], section: str) -> None:
        """Learn from a story whose section the wire or a rule says."""
        lessons = self._lessons()
        before = lessons.get(section, (0, 0))
        lessons[section] = (before[0] + 1, before[1] + len(terms))
        self._undo.append(lambda: lessons.update({section: before}))

    def _lessons(self) -> dict[str, tuple[int, int]]:
        if self._taught is None:
            rows = self._run("SELECT section, stories, words FROM taught ORDER BY section")
            self._taught = {section: (stories, words) for section, stories, words in rows}
        return self._taught

    # -- what is like it ---------------------------------------------------------------

    def look(
        self, number: int, story: Story, sheet: Sheet, at: datetime, lesson: str = ""
    ) -> Choice:
        """What earlier stories are to this one; it is remembered for those that come.

        `lesson` is its section, where the wire or a rule says it: others are told by that.
        """
        terms = Terms(sheet.terms, sheet.heft)
        self._recall(terms.terms)
        weights = weigh(terms, self._recalled, number)
        found = likes(weights, self._recalled, number)
        profiles = self._profiles([number, *(like.number for like in found)])
        known = profiles.get(number)
        own = Profile(
            number=number,
            id=story.id,
            at=micros(at),
            names=tuple(term[1:] for term in terms.terms if term[0] == "="),
            report=known.report if known else number,
            heads=heads_of(sheet.item.headline, sheet.topics),
        )
        if more := followed(found, profiles):
            profiles.update(self._profiles(more))
        never = frozenset([*story.linked, *(kin.story for kin in story.kin)])
        names = {topic.slug: topic.name for topic in sheet.topics}
        places = frozenset(f"={topic.slug}" for topic in sheet.topics if topic.type == "place")
        choice = choose(found, profiles, own, names, never, places)
        report = choice.report or own.report
        self._keep(msgspec.structs.replace(own, report=report, picks=choice.thread))
        again, lesson = known is not None, "" if known else lesson
        self._learn(remember(weights, self._recalled, number, lesson, again=again))
        if lesson:
            self._teach(weights, lesson)
        return choice

    def join(self, story: Story, choice: Choice, sheet: Sheet) -> None:
        """Put a story with those that tell its event, once."""
        if choice.event is None or self.event(story.id):
            return
        other = choice.event
        event = self.event(other.id)
        if not event:
            event = story_id("coverage", other.id)  # the page outlives a kill of its first story
            named = {topic.slug: topic.name for topic in sheet.topics}
            both = [slug for slug in named if slug in other.names][:3]
            self._run(
                "INSERT OR IGNORE INTO coverage (event, slug, name) VALUES (?, ?, ?)",
                (event, "-".join(both)[:60].strip("-"), ", ".join(named[slug] for slug in both)),
            )
            self._cover(event, other.id, "it came first")
        self._cover(event, story.id, choice.event_reason)

    def _cover(self, event: str, story: str, reason: str) -> None:
        self._run(
            "INSERT OR IGNORE INTO covered (story, event, reason) VALUES (?, ?, ?)",
            (story, event, reason),
        )
        self.touched.add(event)

    def event(self, story: str) -> str:
        """The event that a story is known to tell, "" for none."""
        row = self._run("SELECT event FROM covered WHERE story = ?", (story,)).fetchone()
        return str(row[0]) if row else ""

    def _profiles(self, numbers: list[int]) -> dict[int, Profile]:
        filed = self._filed
        found = {number: filed[number] for number in numbers if number in filed}
        asked = [number for number in numbers if number not in found]
        marks = ", ".join("?" * len(asked))
        for row in self._run(f"SELECT profile FROM profiles WHERE number IN ({marks})", asked):
            profile = read_profile(row[0])
            found[profile.number] = profile
        return found

    def _keep(self, profile: Profile) -> None:
        number, known = profile.number, self._filed.get(profile.number)
        self._filed[number] = profile
        if known is None:
            self._undo.append(lambda: self._filed.pop(number, None))
        else:
            self._undo.append(lambda: self._filed.update({number: known}))

    # -- terms -------------------------------------------------------------------------

    def _recall(self, terms: Iterable[str]) -> None:
        known, absent = self._recalled, self._absent
        unknown = [term for term in terms if term not in known and term not in absent]
        if not unknown:
            return
        absent.update(unknown)  # what is found is looked up under the recalled from now on
        marks = ", ".join("?" * len(unknown))
        rows = self._run(
            f"SELECT term, seen, recent, sections FROM terms WHERE term IN ({marks})", unknown
        )
        for term, seen, packed, sections in rows:
            recent = array("q")
            recent.frombytes(packed)
            taught = _read_sections(sections) if sections != _NOTHING else {}
            self._recalled[term] = Recall(seen, recent, taught)

    def _learn(self, learned: dict[str, Recall]) -> None:
        before = {term: self._recalled.get(term) for term in learned}
        self._undo.append(lambda: self._unlearn(before))
        self._recalled.update(learned)
        self._changed.update(learned)

    def _unlearn(self, before: dict[str, Recall | None]) -> None:
        for term, known in before.items():
            if known is None:
                self._recalled.pop(term, None)
                self._changed.pop(term, None)
            else:
                self._recalled[term] = self._changed[term] = known

    def begin(self) -> None:
        """From here on changes can be taken back."""
        self._undo.clear()

    def take_back(self) -> None:
        """Forget what was learned since `begin`: its filing has failed."""
        for undo in reversed(self._undo):
            undo()
        self._undo.clear()

    def write(self) -> None:
        """Write what was learned, once for the whole batch."""
        self._run_many(
            "REPLACE INTO profiles (number, profile) VALUES (?, ?)",
            [(number, encode(profile)) for number, profile in sorted(self._filed.items())],
        )
        self._run_many(
            "REPLACE INTO taught (section, stories, words) VALUES (?, ?, ?)",
            [(key, *counts) for key, counts in sorted((self._taught or {}).items())],
        )
        self._run_many(
            "REPLACE INTO terms (term, seen, recent, sections) VALUES (?, ?, ?, ?)",
            [
                (term, recall.seen, recall.recent.tobytes(), encode(recall.sections))
                for term, recall in sorted(self._changed.items())
            ],
        )
