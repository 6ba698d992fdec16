"""Kills, holds and releases in words, and what a story remembers of those that mean it.

"Please kill item dpa 157", "HOLD: the report slugged BC-Storm": a notice names its target in words
(`story.targets` says whom). One target is held until staff confirm, or withdrawn at once where
the source's word is trusted; of several that it may mean all wait for a person, because nobody
guesses what an agency wants killed. Whom it means is a function of the notices and the stories
alone: the one may come before the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from wirecopy.model import Item, Media, Rank, Target, Version
from wirecopy.story.chains import stem as stem_of_slug
from wirecopy.story.chains import topic_of
from wirecopy.story.identity import normal_key
from wirecopy.story.targets import Candidate, resolve
from wirecopy.story.versions import holding_marks

_PICTURES = frozenset({"picture", "graphic", "video", "audio"})

Action = Literal["withdraw", "hold", "release"]


class Meant(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom a notice means: the stories, each with the running number that names its item or ""."""

    stories: dict[str, str] = {}
    several: bool = False
    """Whether it may mean any of them, and nobody can say which."""


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an item's words ask for others, and the stories that answer to its names now."""

    rank: Rank
    received: datetime
    own: str
    """The story under which the notice itself is filed."""
    key: str
    action: Action
    fingerprint: str
    targets: tuple[Target, ...]
    agency: str = ""
    named: bool = False
    """Whether its words name the targets; else they are its own slug and headline."""
    text: str = ""
    """The marker, as the reason quotes it."""
    sure: bool = False
    """Whether a source confirms what the marker means."""
    meant: Meant = Meant()


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


class Known(msgspec.Struct, frozen=True):
    """An item that a notice may mean, and the pictures it shows."""

    candidate: Candidate
    pictures: frozenset[str] = frozenset()


def names_another(item: Item, stem: str) -> bool:
    """Whether a notice's words name their target; else they stand for its own slug and headline."""
    own = {item.slug, item.headline}
    return any(
        target.value not in own
        and not (target.kind == "slug" and stem and _is_one(stem_of_slug(target.value), stem))
        for target in item.targets
    )


def _is_one(told: str, own: str) -> bool:
    """Whether two stems are one, be it that only one of them says the region."""
    regions = {told.count("--"), own.count("--")}
    return told == own or (len(regions) > 1 and topic_of(told) == topic_of(own))


def whom(notice: Notice, candidates: Iterable[Known]) -> Meant:
    """The stories that a notice means among those known; their order is no matter."""
    known = list(candidates)
    if photos := _photos(notice):
        return Meant({k.candidate.story: "" for k in known if photos & k.pictures})
    verdict = resolve(
        notice.targets,
        (each.candidate for each in known),
        at=notice.rank.time,
        agency=notice.agency,
    )
    numbers = {t.value.casefold() for t in notice.targets if t.kind == "number"}
    stories = {
        hit.story: next((number for number in hit.numbers if number in numbers), "")
        for hit in verdict.hits
    }
    return Meant(dict(sorted(stories.items())), verdict.kind == "several")


def known(story: str, item: Item, stem: str, time: datetime) -> Known:
    """An item under every name by which a notice may mean it."""
    pictures = frozenset[str]().union(*map(media_names, item.media))
    candidate = Candidate(
        story=story,
        time=time,
        names=tuple(dict.fromkeys(map(normal_key, (item.item_id, *item.alt_ids)))),
        numbers=tuple(number.casefold() for number in item.numbers),
        stem=stem,
        headline=item.headline,
    )
    return Known(candidate, pictures)


def media_names(media: Media) -> set[str]:
    """The names by which a notice may mean a picture: its id and its files' names."""
    names = (media.id, *(_file_of(part.href) for part in media.renditions))
    return {normal_key(name).casefold() for name in names if name}


def _file_of(href: str) -> str:
    """The file's name in an address, without its ending: agencies name pictures by it."""
    return href.split("?", 1)[0].rpartition("/")[2].partition(".")[0]


def _photos(notice: Notice) -> set[str]:
    return {normal_key(t.value).casefold() for t in notice.targets if t.kind == "photo"}


def names_photo(notice: Notice) -> bool:
    """Whether a notice withdraws a picture, and nothing else of its story."""
    return any(target.kind == "photo" for target in notice.targets)


def version_for(notice: Notice, story: str, *, trusts_words: bool) -> Version:
    """What that story remembers of a notice that means it, alone or among others."""
    several = notice.meant.several
    photo = next((t.value for t in notice.targets if t.kind == "photo"), "")
    kills = notice.action == "withdraw" and notice.sure and trusts_words and not several
    doubt = ""
    if notice.action != "release" and not photo and not kills:
        doubt = f"a notice says {notice.text!r} of it: waits for staff to confirm"
        if several:
            doubt = (
                f"a notice says {notice.text!r} and may mean any of {len(notice.meant.stories)} "
                f"stories ({', '.join(notice.meant.stories)}): each waits for staff"
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
        means=notice.meant.stories.get(story, ""),
    )


def without_photos(item: Item, versions: Iterable[Version]) -> Item:
    """The item, its pictures that a notice withdraws marked as canceled."""
    gone = {normal_key(version.photo).casefold() for version in versions if version.photo}
    if not gone or not item.media:
        return item
    media = tuple(
        msgspec.structs.replace(m, status="canceled") if gone & media_names(m) else m
        for m in item.media
    )
    return msgspec.structs.replace(item, media=media)
