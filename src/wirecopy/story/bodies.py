"""A body in the making: its parts leave the agency's text and find their places.

What may leave it is the list in `story.clean`, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

import msgspec

from wirecopy.config.profile import Profile
from wirecopy.model import Block, Dateline, EdNote, Item, Marker
from wirecopy.story import (
    bylines,
    datelines,
    ednotes,
    embargoes,
    markers,
    notebooks,
    signoffs,
    ways,
)
from wirecopy.story.agencies import Names
from wirecopy.story.embargoes import Embargo
from wirecopy.story.prose import (
    block_text,
    folded,
    is_empty,
    last_lines,
    lines_in,
    plain,
    shortened,
    tidy_block,
    tidy_line,
)
from wirecopy.story.targets import ELSEWHERE, STOPPING

_POINT = re.compile(r"<p[^<>]*>\s*[*•▪]\s?\S")
_FOOTER = re.compile(
    r"The (?:post|article) .{1,400}? (?:appeared first on|first appeared on) .{1,200}", re.DOTALL
)
_HEADINGS = frozenset({"h2", "h3"})
_TEXTUAL = _HEADINGS | {"p"}
_EDGE = 3
"""Blocks at either end of a body in which a line may be a notice of an embargo."""
_FEW = 3
"""Words of a text that is nothing but a word to desks ("Withdrawn", "Please kill")."""
_LONG = 1000
"""Characters that no paragraph has which is a byline with its title."""
_MOST_PARTS = 16
"""Parts taken off one body; a wire that repeats its dateline for ever is not followed."""


class Body:
    """A body in the making: blocks shrink from both ends while their parts find their places."""

    def __init__(
        self,
        item: Item,
        headline: str,
        own: Names,
        language: str,
        received: datetime,
        profile: Profile,
    ) -> None:
        self.own = own
        self.profile = profile
        self.people = ""
        """The names in a byline that the profile's own pattern found."""
        self.language = language
        self.reference = item.version_created or item.first_created or received
        titles = (item.headline, tidy_line(item.headline), headline)  # NFC changes letters
        self.headlines = {*map(folded, titles)} - {""}
        self.longest = 60 + max(map(len, (item.headline, headline)))
        """No longer text can repeat the headline, whatever marks and space stand in it."""
        self.blocks = [tidy_block(block) for block in item.body if not is_empty(block)]
        self.byline = tidy_line(item.byline)
        self.byline_title = tidy_line(item.byline_title)
        self.sign_off = item.sign_off.strip()
        self.ed_notes = item.ed_notes
        self.markers: tuple[Marker, ...] = ()
        self.sources: tuple[str, ...] = ()
        self.embargoes: list[Embargo] = []
        self.dateline = self._given(item.dateline)

    def take_apart(self, agency: str, zone: str) -> None:
        """Take notices of embargoes and every other part out of the blocks."""
        self.blocks, closed = notebooks.taken(self.blocks, self.own)
        self.ed_notes = (*self.ed_notes, *closed)
        self.take_embargoes(zone)
        self.work(agency)
        for _ in range(_EDGE):  # it stood behind the dateline, or before the sign-off
            if not self.take_embargoes(zone):
                break
            self.work(agency)
        while self.blocks and self.blocks[-1].kind == "hr":  # it parted the text from what is gone
            self.blocks.pop()

    def work(self, agency: str) -> None:
        """Take every part out of the blocks, notes and end first."""
        self._take_notes(agency)
        for _ in range(_MOST_PARTS):
            if not self._take_end() and not self._take_front(agency):
                break
        self._stop(agency)

    def _stop(self, agency: str) -> None:
        """Mark the copy where its last line in capitals, or all of a short text, takes it back.

        News is told of reports that were withdrawn: a sentence among others is copy.
        """
        if not self.blocks:
            return
        last = " ".join(plain(self.blocks[-1].html).split())
        alone = len(self.blocks) == 1
        read = markers.in_note if alone and len(last.split()) <= _FEW else markers.in_line
        marker = read(last, agency) if alone or last.isupper() else None
        if marker is not None and marker.action in STOPPING:
            self.markers = markers.merged(self.markers, [marker])

    # Embargoes --------------------------------------------------------------------------

    def note_embargoes(self, *found: Embargo) -> None:
        """Keep what notices say, each as a note to desks."""
        for notice in found:
            self.embargoes.append(notice)
            note = EdNote(text=" ".join(notice.text.split()), role="embargo")
            if all(known.text != note.text for known in self.ed_notes):
                self.ed_notes = (*self.ed_notes, note)

    def take_embargoes(self, zone: str) -> bool:
        """Whether lines that are notices of an embargo were taken off the ends of the body."""
        known = len(self.embargoes)
        last = len(self.blocks) - 1
        for index in range(last, -1, -1):
            block = self.blocks[index]
            near = index < _EDGE or index > last - _EDGE
            if near and block.kind in _TEXTUAL and embargoes.may_begin(block.html):
                shorter: Block | None = block
                for _ in range(2 * _EDGE):
                    before, shorter = shorter, self._without_embargo(shorter, zone)
                    if shorter is None or shorter is before:
                        break
                self.blocks[index : index + 1] = [shorter] if shorter else []
        return len(self.embargoes) > known

    def _without_embargo(self, block: Block | None, zone: str) -> Block | None:
        """The block without the first line that is a notice; the same block for none."""
        text = plain(block.html) if block else ""
        lines = lines_in(text, 0)
        for line, _, start in (*lines[:_EDGE], *lines[_EDGE:][-_EDGE:]):
            found = embargoes.in_line(line, self.reference, zone)
            end = text.find("\n", start) + 1 or len(text)
            if not (found and found.plain) and start == 0:
                end, found = embargoes.at_front(text, self.reference, zone) or (end, found)
            if found and block:
                self.note_embargoes(found)
                return shortened(block, start, end)
        return block

    def embargo(self, item: Item, zone: str) -> tuple[datetime | None, str]:
        """`embargo_until` and `embargo_text`: what the format says, and what notices say."""
        said = (*(note.text for note in self.ed_notes), item.embargo_text)
        told = (embargoes.in_note(text, self.reference, zone) for text in said if text)
        notices = (*self.embargoes, *filter(None, told))
        if not notices:
            return item.embargo_until, item.embargo_text
        return embargoes.settled(notices, item.embargo_until, item.embargo_text)

    # Notes ------------------------------------------------------------------------------

    def _take_notes(self, agency: str) -> None:
        for note in self.ed_notes:
            if note.role not in ELSEWHERE:
                self._mark(note.text, agency, markers.in_note)
        kept = []
        for block in self.blocks:
            shorter: Block | None = block
            for _ in range(_MOST_PARTS):
                if not shorter or shorter.kind != "p" or not ednotes.may_open(shorter.html):
                    break
                before, shorter = shorter, self._without_note(shorter, agency)
                if shorter is before:
                    break
            if shorter:
                kept.append(shorter)
        self.blocks = kept

    def _without_note(self, block: Block, agency: str) -> Block | None:
        """The block without the note to desks it opens with; None when nothing is left."""
        text = plain(block.html)
        end = ednotes.end_of(text)
        if not end:
            return block
        self._note(" ".join(text[:end].split()), "desk", agency)
        return shortened(block, 0, end)

    def _note(self, text: str, role: str, agency: str) -> None:
        note = EdNote(text=text, role=role)
        if note not in self.ed_notes:
            self.ed_notes = (*self.ed_notes, note)
        self._mark(text, agency, markers.in_note)

    def _mark(
        self, line: str, agency: str, read: Callable[[str, str], Marker | None] = markers.in_line
    ) -> Marker | None:
        rows = self.profile.markers
        marker = (ways.in_line(line, rows) if rows else None) or read(line, agency)
        if marker:
            self.markers = markers.merged(self.markers, [marker])
        return marker

    # End --------------------------------------------------------------------------------

    def _take_end(self) -> bool:
        """Whether something was taken off the last paragraphs."""
        if not self.blocks or self.blocks[-1].kind != "p":
            return False
        text = plain(self.blocks[-1].html)
        if len(text) < 700 and _FOOTER.fullmatch(text.strip()):
            self.blocks.pop()
            return True
        return self._take_lines() or self._take_inline(text)

    def _take_lines(self) -> bool:
        """Take whole lines of the last three paragraphs."""
        lines: list[tuple[str, int, int]] = []  # the line, its block, where it begins there
        for index in range(len(self.blocks) - 1, max(-1, len(self.blocks) - 4), -1):
            block = self.blocks[index]
            long = len(block.html) > 200 and "<br" not in block.html
            if block.kind != "p" or long or len(lines) >= signoffs.LINES:
                break
            lines = [*last_lines(plain(block.html), index, signoffs.LINES), *lines]
            if lines and len(lines[0][0]) > 60:
                break
        if not lines:
            return False
        patterns = self.profile.signoff.patterns
        count = signoffs.lines_signed([line for line, _, _ in lines], self.own, patterns)
        if not count:
            return False
        self._sign([line for line, _, _ in lines[-count:]])
        _, first, start = lines[-count]
        rest = shortened(self.blocks[first], start, len(plain(self.blocks[first].html)))
        self.blocks[first:] = [rest] if rest else []
        return True

    def _take_inline(self, text: str) -> bool:
        signed = signoffs.inline(text.rstrip(), self.own)
        if not signed:
            return False
        self._sign([signed.text])
        rest = shortened(self.blocks[-1], signed.start, len(text))
        self.blocks[-1:] = [rest] if rest else []
        return True

    def _sign(self, lines: Sequence[str]) -> None:
        kept: list[str] = []
        for line in lines:
            if signoffs.for_desks(line, self.own):
                self._note(line, "footer", "")
            else:
                kept.append(line)
        if not kept:
            return
        text = "\n".join(line for line in kept if line.strip("-—– ") or len(kept) == 1)
        if kept[0].strip("-—–") == "" and len(kept) > 1:  # dashes on a line of their own
            text = "--" + text
        if f"\n{text}\n" not in f"\n{self.sign_off}\n":
            self.sign_off = f"{text}\n{self.sign_off}".strip()

    # Front ------------------------------------------------------------------------------

    def _take_front(self, agency: str) -> bool:
        """Whether something was taken off the first paragraph."""
        index = next((n for n, block in enumerate(self.blocks) if block.kind in _TEXTUAL), None)
        if index is None:
            return False
        if self._take_front_at(index, agency):
            return True
        behind = self._behind_points(index)
        text = plain(self.blocks[behind].html) if behind else ""
        return bool(text) and (
            self._take_advice(behind, " ".join(text.split()), agency)
            or self._take_note_at(behind, agency)
            or self._take_byline(behind, text)
            or self._take_dateline(behind, text)
        )

    def _behind_points(self, index: int) -> int:
        """The paragraph behind the points ("* Gold rises") or headings before a report; 0 for none.

        News in brief has none: each of its headings has a dateline behind it.
        """
        for at, block in enumerate(self.blocks[index : index + _MOST_PARTS], index):
            if block.kind not in _HEADINGS and not (block.kind == "p" and _POINT.match(block.html)):
                return at if at > index and block.kind == "p" and not self._in_brief(at) else 0
        return 0

    def _in_brief(self, index: int) -> bool:
        """Whether a heading behind that paragraph opens another report."""
        return any(
            heading.kind in _HEADINGS
            and block.kind == "p"
            and self.find_dateline(plain(block.html)) is not None
            for heading, block in pairwise(self.blocks[index:])
        )

    def _take_front_at(self, index: int, agency: str) -> bool:
        """Whether something was taken off that paragraph, the first of the text."""
        block = self.blocks[index]
        text = plain(block.html)
        if self._repeats_headline(text) and self._says_more(index):
            del self.blocks[index]
            return True
        if block.kind != "p":
            return False
        if len(text) < 600 and self._take_advice(index, " ".join(text.split()), agency):
            return True
        if self._take_marks(index, text, agency):
            return True
        if self._take_note_at(index, agency):
            return True
        return self._take_byline(index, text) or self._take_dateline(index, text)

    def _take_note_at(self, index: int, agency: str) -> bool:
        """Whether that paragraph opened with a note to desks, behind a dateline that is gone."""
        block = self.blocks[index]
        if not ednotes.may_open(block.html):
            return False
        rest = self._without_note(block, agency)
        self.blocks[index : index + 1] = [rest] if rest else []
        return rest is not block

    def _repeats_headline(self, text: str) -> bool:
        return len(text) < self.longest and folded(text) in self.headlines

    def _says_more(self, index: int) -> bool:
        """Whether there is text beside the block at `index`: an alert may be its headline."""
        return any(n != index and block_text(block) for n, block in enumerate(self.blocks))

    def _take_marks(self, index: int, text: str, agency: str) -> bool:
        """Take a first line that is nothing but markers, unless it is all there is."""
        end, found = markers.opening(text, agency)
        if not found or not (text[end:].strip() or self._says_more(index)):
            return False
        self.markers = markers.merged(self.markers, found)
        rest = shortened(self.blocks[index], 0, end)
        self.blocks[index : index + 1] = [rest] if rest else []
        return True

    def unmarked(self, text: str, agency: str) -> str:
        """A line of the head, "" for one that is nothing but markers, which are kept."""
        _, found = markers.opening(text, agency)
        self.markers = markers.merged(self.markers, found)
        return "" if found or (text and self._mark(text, agency)) else text

    def _take_advice(self, index: int, line: str, agency: str) -> bool:
        """Take a whole line that tells desks what is new; a kill line stays, and is marked."""
        opens = line.startswith("(") and 0 < line.find(")") < len(line.rstrip(".")) - 1
        if len(line) > 600 or opens or not self._mark(line, agency):
            return False
        if not line.upper().startswith(("(", "ATTENTION")):
            return False
        self._note(line, "change", agency)
        del self.blocks[index]
        return True

    def _take_byline(self, index: int, text: str) -> bool:
        if len(text) > _LONG and not self.profile.byline.patterns:
            return False
        line, end = bylines.set_apart(text, self.language, self.own)
        if line and self._join_byline(line, line, ""):
            rest = shortened(self.blocks[index], 0, end)
            self.blocks[index : index + 1] = [rest] if rest else []
            return True
        lines = [line for line, _, _ in lines_in(text, index)]
        if self.profile.byline.patterns and self._take_own_byline(index, " ".join(lines)):
            return True
        if not lines or not bylines.is_byline(lines[0], self.language) or len(lines) > 2:
            return False
        if len(lines) == 2 and not bylines.is_title(lines[1], self.own):
            return False
        line, title = (tidy_line(each).rstrip(" =") for each in (*lines, "")[:2])
        if not self._join_byline(line, line, title):
            return False
        del self.blocks[index]
        taken = "" if title else self._title_at(index)
        self.byline_title = self.byline_title or taken.rstrip(" =")
        return True

    def _join_byline(self, line: str, names: str, title: str) -> bool:
        """Whether all that a line of the text says stands in byline and title now.

        Of two of the same people the fuller one stands; where neither is, the line has to stay.
        """
        if self.byline and not bylines.same_people(self.byline, names, self.own):
            return False
        whole = bylines.fuller(self.byline_title, title)
        known = bool(self.byline) and bylines.covers(f"{self.byline} {whole}", line)
        byline = self.byline if known else bylines.fuller(self.byline, line)
        if not byline or (title and not whole):
            return False
        self.byline, self.byline_title = byline, whole
        return True

    def _take_own_byline(self, index: int, text: str) -> bool:
        """Take a paragraph that is a byline by the profile's own pattern."""
        found = ways.byline(text, self.profile.byline.patterns)
        if not found:
            return False
        if not self._join_byline(tidy_line(text), found.name, tidy_line(found.title)):
            return False
        self.people = found.name
        del self.blocks[index]
        return True

    def _title_at(self, index: int) -> str:
        """The title paragraph that now stands at `index`, taken out; "" when there is none."""
        if index >= len(self.blocks) or self.blocks[index].kind != "p":
            return ""
        text = tidy_line(plain(self.blocks[index].html))
        same = not self.byline_title or folded(self.byline_title) == folded(text)
        if not same or not bylines.is_title(text, self.own):
            return ""
        del self.blocks[index]
        return text

    def _take_dateline(self, index: int, text: str) -> bool:
        shift = len(text) - len(text.lstrip())
        end = self._dateline_end(text[shift:])
        if not end:
            return False
        rest = shortened(self.blocks[index], 0, shift + end)
        self.blocks[index : index + 1] = [rest] if rest else []
        return True

    def _dateline_end(self, text: str) -> int:
        """Where the dateline of `text` ends, once it is noted; 0 when there is none to take."""
        have = self.dateline
        if have and (end := datelines.repeated(text, have.place, have.text)):
            if not have.text:
                self.dateline = msgspec.structs.replace(have, text=text[:end].strip(" -–—:_=\n"))
            return end
        found = self.find_dateline(text)
        if not found:
            return 0
        same = bool(have and datelines.same_place(have.place, found.place))
        if have and have.text and not same:
            return 0
        self.sources = (*self.sources, *found.sources)
        day = datelines.resolve(found.day, self.reference)
        self.dateline = Dateline(
            place=have.place if have and (same or not found.place) else tidy_line(found.place),
            date=(have.date if have else "") or day,
            text=(have.text if have else "") or tidy_line(found.text),
        )
        return found.end

    def find_dateline(self, text: str) -> datelines.Found | None:
        """The dateline of a text by the profile's own patterns, else by the general rules."""
        patterns = self.profile.dateline.patterns
        found = ways.dateline(text, patterns, self.own) if patterns else None
        return found or datelines.find(text, self.own)

    def _given(self, given: Dateline | None) -> Dateline | None:
        """The dateline that the format carried, its missing parts read from its own line."""
        if given is None or not (given.place or given.text):
            return given if given and given.date else None
        if not given.text:
            return given
        found = self.find_dateline(given.text)
        place, day = (found.place, found.day) if found else datelines.split(given.text)
        if found:
            self.sources = found.sources
        return Dateline(
            place=given.place or (place if datelines.is_place(place, self.own, dated=True) else ""),
            date=given.date or datelines.resolve(day, self.reference),
            text=given.text,
        )
