"""Which version stands: ranks, and what filing one more version makes of a story.

Everything here is a function of the *set* of versions seen, never of the order in which they
came, except where the wire itself leaves only arrival to tell versions apart.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

import msgspec

from wirecopy.model import Change, ChangeKind, Item, Rank, Sheet, Story, Version
from wirecopy.story.prose import block_text

KEPT_VERSIONS = 200
"""Versions remembered per story; kills and holds are remembered for ever."""
KEPT_CHANGES = 60

FiledAs = Literal["new", "newer", "older", "same", "repeat"]


def rank_of(item: Item, *, received: datetime, seq: int, part: int) -> Rank:
    """Where this version stands among its story's: by number, else agency time, else arrival.

    An undated version counts as made when it was received.
    """
    time = item.version_created or item.first_created or received
    return Rank(version=item.version or 0, time=time, seq=seq, part=part)


def file_version(
    story: Story, sheet: Sheet, rank: Rank, received: datetime
) -> tuple[Story, FiledAs]:
    """The story with one more version, and how it was filed.

    new: its first text; newer: it stands now; older: another stands; same: it stands, but its
    text is that of the version before; repeat: this very version was filed before. A kill, and a
    notice without text, is remembered beside the text that stands and never takes its place.
    """
    item = sheet.item
    if _is_repeat(story, sheet.fingerprint, rank, item):
        return story, "repeat"
    version = Version(
        rank=rank,
        fingerprint=sheet.fingerprint,
        status=item.status,
        received=received,
        headline=item.headline,
        marker=" ".join(marker.text for marker in item.markers),
    )
    previous = _fingerprint_of_standing(story)
    story = msgspec.structs.replace(story, versions=_remember(story.versions, version))
    if item.status == "canceled" or is_notice(item):
        return story, "newer"
    if story.standing_rank is not None and rank < story.standing_rank:
        return story, "older"
    story = msgspec.structs.replace(
        story, standing=item, standing_rank=rank, standing_received=received
    )
    if not previous:
        return story, "new"
    return story, "same" if previous == sheet.fingerprint else "newer"


def is_notice(item: Item) -> bool:
    """Whether the item only holds a story back, without telling it anew."""
    return item.status == "withheld" and not item.headline and not item.body


def _is_repeat(story: Story, fingerprint: str, rank: Rank, item: Item) -> bool:
    """Whether this version was filed before; arrival alone never makes a version new."""
    dated = item.version_created is not None or item.first_created is not None
    return any(
        known.fingerprint == fingerprint
        and known.rank.version == rank.version
        and (known.rank.time == rank.time or not dated)
        for known in story.versions
    )


def _fingerprint_of_standing(story: Story) -> str:
    for version in story.versions:
        if version.rank == story.standing_rank:
            return version.fingerprint
    return ""


def _remember(versions: tuple[Version, ...], version: Version) -> tuple[Version, ...]:
    """The versions in rank order with one more, without the oldest texts beyond the limit."""
    kept = sorted((*versions, version), key=lambda known: known.rank)
    surplus = len(kept) - KEPT_VERSIONS
    if surplus <= 0:
        return tuple(kept)
    drop = [known for known in kept if known.status == "usable"][:surplus]
    return tuple(known for known in kept if known not in drop)


def corrects(item: Item) -> bool:
    """Whether the agency calls this version a correction (signal, link, marker or public note)."""
    return (
        any("correction" in signal.lower() for signal in item.signals)
        or any(link.rel == "corrects" for link in item.links)
        or any(marker.action == "replace+correct" for marker in item.markers)
    )


def is_silent(item: Item) -> bool:
    """Whether the agency sent this version again for a change readers need not be told of."""
    return any(marker.action == "replace+silent" for marker in item.markers)


_OWNS_UP = re.compile(
    r"\W{0,2}(?:an earlier version|this (?:story|report) (?:has been|was) corrected|correction:)",
    re.IGNORECASE,
)
"""How a paragraph begins in which a report says itself what was wrong with it."""


def public_note(item: Item) -> str:
    """What the agency tells readers of a correction, or "".

    That is its note for readers; where the format has no place for one, the paragraph of the
    report that says it (it stays where it stands).
    """
    for note in item.ed_notes:
        if note.publishable:
            return note.text
    for block in (*item.body[-2:], *item.body[:1]):
        text = block_text(block)
        if block.kind == "p" and _OWNS_UP.match(text):
            return text.strip("()[] ")
    return ""


def with_change(
    story: Story, at: datetime, kind: ChangeKind, *, by: str = "agency", note: str = ""
) -> Story:
    """The story with one more line in its public history, the oldest beyond the limit dropped."""
    change = msgspec.convert({"at": at, "kind": kind, "by": by, "note": note}, Change)
    changes = (*story.changes, change)
    if len(changes) > KEPT_CHANGES:  # the first line, the publication, always stays
        changes = (changes[0], *changes[-(KEPT_CHANGES - 1) :])
    return msgspec.structs.replace(story, changes=changes)
