"""Kills, holds and releases in words, and which stories they speak of.

"Please kill item dpa 157", "HOLD: the report slugged BC-Storm": a notice names its target in words.
A name that is exact (an id, a running number) is stronger than a slug, a slug than a headline. Of
the stories that answer to the strongest name, one is the target; of several all wait for a person,
because nobody guesses what an agency wants killed. Which stories answer is a function of the
notices and the stories alone: the one may come before the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

import msgspec

from wirecopy.model import Item, Media, Rank, Target, Version
from wirecopy.story.chains import stem as stem_of
from wirecopy.story.identity import normal_key
from wirecopy.story.versions import holding_marks

REACH = timedelta(days=7)
"""How far a notice and its target may be apart."""
ALIKE = 0.9
"""How much of a headline must be the same for a notice to mean it."""
_EXACT = 3
_STRENGTH = {"photo": _EXACT, "id": _EXACT, "number": _EXACT, "slug": 2, "headline": 1}
_SIGNS = re.compile(r"[^\w]+")

_PICTURES = frozenset({"picture", "graphic", "video", "audio"})

Action = Literal["withdraw", "hold", "release"]


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an item's words ask for another, and the stories that answer to its names now."""

    rank: Rank
    received: datetime
    own: str
    """The story under which the notice itself is filed."""
    key: str
    action: Action
    fingerprint: str
    targets: tuple[Target, ...]
    named: bool = False
    """Whether its words name the targets; else they are its own slug and headline."""
    text: str = ""
    """The marker, as the reason quotes it."""
    sure: bool = False
    """Whether a source confirms what the marker means."""
    means: dict[str, str] = {}
    """The stories that answer to its names now, with the item's key where the name is exact."""


class Candidate(NamedTuple):
    """An item that a notice may mean: its story and the names it answers to."""

    story: str
    key: str
    stem: str
    headline: str
    names: frozenset[str]


def picture_kill(item: Item) -> tuple[Target, ...]:
    """The picture that an item's status withdraws: reports that show it go on without it."""
    if item.status == "canceled" and item.type in _PICTURES:
        return (Target(kind="photo", value=item.item_id),)
    return ()


def action_of(item: Item, *, frees: bool = False) -> Action | None:
    """What an item's words ask to be done with another story, None for nothing."""
    actions = {marker.action for marker in holding_marks(item)}
    if frees:
        return "release"
    if "withdraw" in actions:
        return "withdraw"
    return "hold" if "hold" in actions else None


def targets_or_own(item: Item, stem: str) -> tuple[Target, ...]:
    """The targets that the words name; where they name none, the item's own slug and headline."""
    if item.targets:
        return tuple(
            Target(kind="slug", value=stem_of(target.value)) if target.kind == "slug" else target
            for target in item.targets
        )
    own = [Target(kind="slug", value=stem)] if stem else []
    if item.headline:
        own.append(Target(kind="headline", value=item.headline))
    return tuple(own)


def answer(targets: Iterable[Target], candidates: Iterable[Candidate]) -> dict[str, str]:
    """The stories that answer to the strongest name that any story answers to, by their ids.

    Each with the key of the very item that is named, "" where the name is not exact.
    """
    best, found = 0, dict[str, str]()
    for candidate in candidates:
        strength = max((_answers(target, candidate) for target in targets), default=0)
        if strength > best:
            best, found = strength, {}
        if strength and strength == best:
            found[candidate.story] = max(
                candidate.key if strength == _EXACT else "", found.get(candidate.story, "")
            )
    return dict(sorted(found.items()))


def _answers(target: Target, candidate: Candidate) -> int:
    """How strong the name is by which the candidate is meant, 0 when it is not."""
    value = target.value.strip()
    if target.kind in {"id", "number", "photo"}:
        meant = normal_key(value).casefold() in candidate.names
    elif target.kind == "slug":
        meant = bool(candidate.stem) and value == candidate.stem
    else:
        meant = _same_headline(value, candidate.headline)
    return _STRENGTH[target.kind] if meant else 0


def _same_headline(one: str, other: str) -> bool:
    one, other = (_SIGNS.sub(" ", text.casefold()).strip() for text in (one, other))
    if one == other:
        return bool(one)
    longest = max(len(one), len(other))
    if not one or not other or abs(len(one) - len(other)) > longest * (1 - ALIKE) * 2:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def names_of(item: Item) -> frozenset[str]:
    """Every exact name by which a notice may mean an item: ids, running numbers, pictures."""
    names = [item.item_id, *item.alt_ids, *item.numbers]
    own = {normal_key(name).casefold() for name in names if name}
    return frozenset(own.union(*map(media_names, item.media)))


def media_names(media: Media) -> set[str]:
    """The names by which a notice may mean a picture: its id and its files' names."""
    names = (media.id, *(_file_of(part.href) for part in media.renditions))
    return {normal_key(name).casefold() for name in names if name}


def _file_of(href: str) -> str:
    """The file's name in an address, without its ending: agencies name pictures by it."""
    return href.split("?", 1)[0].rpartition("/")[2].partition(".")[0]


def names_photo(notice: Notice) -> bool:
    """Whether a notice withdraws a picture, and nothing else of its story."""
    return any(target.kind == "photo" for target in notice.targets)


def version_for(notice: Notice, story: str, *, trusts_words: bool) -> Version:
    """What that story remembers of a notice that means it, alone or among others."""
    several = len(notice.means) > 1
    photo = next((t.value for t in notice.targets if t.kind == "photo"), "")
    kills = notice.action == "withdraw" and notice.sure and trusts_words and not several
    doubt = ""
    if notice.action != "release" and not photo and not kills:
        doubt = f"a notice says {notice.text!r} of it: waits for staff to confirm"
        if several:
            doubt = (
                f"a notice says {notice.text!r} and may mean any of {len(notice.means)} stories "
                f"({', '.join(notice.means)}): each waits for staff"
            )
    return Version(
        rank=notice.rank,
        fingerprint=notice.fingerprint,
        status="canceled" if kills and not photo else "withheld" if doubt else "usable",
        received=notice.received,
        marker=notice.text,
        key=notice.key,
        kind="notice",
        doubt=doubt,
        frees=notice.action == "release",
        photo=photo,
        means=notice.means.get(story, ""),
    )


def without_photos(item: Item, versions: Iterable[Version]) -> Item:
    """The item, its pictures that a notice withdraws marked as canceled."""
    gone = {normal_key(v.photo).casefold() for v in versions if v.photo}
    if not gone or not item.media:
        return item
    media = tuple(
        msgspec.structs.replace(m, status="canceled") if gone & media_names(m) else m
        for m in item.media
    )
    return msgspec.structs.replace(item, media=media)
