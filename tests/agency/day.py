"""The long day in hand: its wire as log entries, what is expected of it, and what became of it."""

from __future__ import annotations

import functools
import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from tests.agency.presses import printed
from tests.agency.sheets import Copy, clock, read_sheets
from tests.newsdesk import Desk

from wirecopy.config import parse
from wirecopy.formats.dialects import with_profiles
from wirecopy.model import Delivery, Galley, Item, Story, Tick
from wirecopy.reading import read_delivery
from wirecopy.story.prose import block_text
from wirecopy.story.voices import as_shown

FOLDER = Path(__file__).parent.parent / "goldens" / "long-day"
CONFIG = with_profiles(
    parse((FOLDER / "wirecopy.toml").read_text(encoding="utf-8")),
    {path.stem: path.read_text("utf-8") for path in (FOLDER / "profiles").glob("*.toml")},
)
END = clock("26:00")


# --------------------------------------------------------------------------------------
# What is expected
# --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Messages that belong together, and what must stand of them at the end."""

    name: str
    outcomes: dict[str, frozenset[str]]
    stands: tuple[str, ...] = ()
    state: str = ""
    headline: str = ""
    text: str = ""
    media: frozenset[str] | None = None
    corrected: bool = False


@functools.cache
def expected() -> dict[str, Chain]:
    """Every chain of expected.toml by its name; single stories are chains of one."""
    table = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
    singles = table.pop("singles")
    for key in ("site", "reads"):
        table.pop(key, None)
    chains = [_chain(name, fields) for name, fields in table.items()]
    chains += [_single(name, "published", "live") for name in singles["published"].split()]
    chains += [_single(name, "internal", "") for name in singles["internal"].split()]
    chains += [_single(name, "quarantined", "") for name in singles["quarantined"].split()]
    return {chain.name: chain for chain in chains}


def _chain(name: str, fields: dict[str, object]) -> Chain:
    said = str(fields["messages"]).strip().split("\n")
    pairs = dict(line.split() for line in said)
    stands = tuple(str(fields["stands"]).split(", "))
    media = fields.get("media")
    return Chain(
        name=name,
        outcomes={message: frozenset(kinds.split("|")) for message, kinds in pairs.items()},
        stands=stands,
        state=str(fields["state"]),
        headline=str(fields.get("headline", "")),
        text=str(fields.get("text", "")),
        media=frozenset(media) if isinstance(media, list) else None,
        corrected=bool(fields.get("corrected", False)),
    )


def _single(name: str, outcome: str, state: str) -> Chain:
    own = (name,) if state else ()
    return Chain(name=name, outcomes={name: frozenset({outcome})}, stands=own, state=state)


def section(name: str) -> dict[str, object]:
    """One of the tables of expected.toml that is no chain."""
    found = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))[name]
    assert isinstance(found, dict)
    return found


STOPS = frozenset({"hold", "withdraw"})
"""Actions that words alone ask for and a person confirms."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """What one message must read as, by itself."""

    marks: frozenset[str] = frozenset()
    off: str = ""
    """The words that leave the headline, "*" where it may be any."""
    fields: dict[str, str] = field(default_factory=dict)


@functools.cache
def reads() -> dict[str, Read]:
    """What is said of single messages, by their ids."""
    told = section("reads")
    found: dict[str, Read] = {}
    for line in str(told.pop("marks")).strip().split("\n"):
        before, _, off = line.partition("|")
        name, *marks = before.split()
        found[name] = Read(marks=frozenset(marks), off=off.strip())
    for name, fields in told.items():
        assert isinstance(fields, dict)
        found[name] = replace(found.get(name, Read()), fields=fields)
    return found


# --------------------------------------------------------------------------------------
# The wire
# --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Message:
    """One delivery with the ids of its items, in the order in which they are filed."""

    at: datetime
    ids: tuple[str, ...]
    delivery: Delivery


@functools.cache
def copies() -> tuple[Copy, ...]:
    """The day as its desks typed it."""
    return tuple(read_sheets(FOLDER / "wire"))


@functools.cache
def typed() -> dict[str, Copy]:
    """Every item of the day by its id."""
    return {each.id: each for copy in copies() for each in (copy, *copy.more)}


@functools.cache
def wire() -> tuple[Message, ...]:
    """The day as it arrives."""
    first: dict[str, Message] = {}
    for number, copy in enumerate(copies(), 1):
        if not copy.again:
            body = printed(copy, number)
            delivery = Delivery(source=copy.source, body=body, name=copy.id)
            first[copy.id] = Message(at=copy.at, ids=_ids(copy), delivery=delivery)
    return tuple(
        replace(first[copy.again], at=copy.at, ids=(copy.id,)) if copy.again else first[copy.id]
        for copy in copies()
    )


def _ids(copy: Copy) -> tuple[str, ...]:
    """The delivery's items; those that cannot be read are told of last."""
    parts = (copy, *copy.more)
    whole = [each.id for each in parts if not each["spoiled"]]
    return (*whole, *(each.id for each in parts if each["spoiled"]))


Log = list[tuple[datetime, Delivery | Tick]]


def log_of(messages: Sequence[Message], *, times: int = 1) -> Log:
    """The messages as entries of a log, each `times` in a row, and the end of the day."""
    entries: Log = [(m.at, m.delivery) for m in messages for _ in range(times)]
    return [*entries, (END, Tick())]


def shuffled(seed: int) -> list[Message]:
    """The day with the messages of each chain in another order, in the places they had.

    A delivery whose items belong to several chains keeps its place.
    """
    of = {message: chain.name for chain in expected().values() for message in chain.outcomes}
    slots: dict[str, list[int]] = {}
    for number, message in enumerate(wire()):
        names = {of[each] for each in message.ids}
        if len(names) == 1:
            slots.setdefault(names.pop(), []).append(number)
    messages = list(wire())
    chance = random.Random(seed)  # noqa: S311 - a game of cards, no secret
    for places in slots.values():
        drawn = chance.sample(places, len(places))
        for place, other in zip(places, drawn, strict=True):
            taken = wire()[other]
            messages[place] = replace(taken, at=wire()[place].at)
    return messages


# --------------------------------------------------------------------------------------
# What became of it
# --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What the ledger says of one item."""

    kind: str
    reason: str
    story: str


def filed(desk: Desk, messages: Sequence[Message]) -> dict[str, Filed]:
    """The ledger's line of every item, by the item's id."""
    found: dict[str, Filed] = {}
    for seq, message in enumerate(messages, 1):
        rows = desk.rows(
            "SELECT kind, reason, story FROM outcomes WHERE seq = ? ORDER BY part", seq
        )
        for name, row in zip(message.ids, rows, strict=False):
            found[name] = Filed(kind=row[0], reason=row[1], story=row[2])
    return found


Row = tuple[str, str, str]
"""What is spoken of, what was expected, what was got."""


def wrong_outcomes(lines: dict[str, Filed]) -> Iterator[Row]:
    """Every item whose outcome is another than expected."""
    for chain in expected().values():
        for name, kinds in chain.outcomes.items():
            got = lines[name].kind if name in lines else "(no line in the ledger)"
            if got not in kinds:
                reason = f" ({lines[name].reason})" if name in lines else ""
                yield name, " or ".join(sorted(kinds)), got + reason


def wrong_standing(desk: Desk, lines: dict[str, Filed], *, notes: bool = True) -> Iterator[Row]:
    """Every chain whose story, state or text at the end of the day is another than expected.

    `notes`: also those that do not own up to a correction (one that comes first has nothing to).
    """
    for chain in expected().values():
        stories = _stories(chain, lines)
        if not chain.state:  # what is for desks may name the story that it is about
            stories -= {
                each
                for other in expected().values()
                if other.state
                for each in _stories(other, lines)
            }
        meant = chain if notes else replace(chain, corrected=False)
        yield from _wrong_chain(desk, meant, lines, stories)


def _stories(chain: Chain, lines: dict[str, Filed]) -> set[str]:
    return {lines[name].story for name in chain.outcomes if name in lines and lines[name].story}


def _wrong_chain(
    desk: Desk, chain: Chain, lines: dict[str, Filed], stories: set[str]
) -> Iterator[Row]:
    mains = {lines[name].story for name in chain.stands if name in lines}
    known = {name: desk.newsroom.archive.story(name) for name in sorted(stories)}
    live = [story for story in known.values() if story is not None and story.state == "live"]
    wanted = 1 if chain.state == "live" else 0
    if len(live) != wanted:
        told = ", ".join(_called(story) for story in live) or "none"
        yield f"[{chain.name}] live stories", str(wanted), f"{len(live)}: {told}"
    for name in sorted(mains):
        story = known.get(name)
        state = story.state if story else "(no such story)"
        # Where a message's own story is another one, the count of live stories tells of it.
        if chain.state not in ("live", state):
            yield f"[{chain.name}] state", chain.state, f"{state} ({story and story.reason})"
    if chain.state == "live" and len(live) == 1:
        voice = desk.newsroom.archive.story(live[0].voice) if live[0].voice else None
        yield from _wrong_text(chain, live[0], as_shown(live[0], voice))


def _called(story: Story) -> str:
    return f"{story.standing.headline!r}" if story.standing else story.id


def _wrong_text(chain: Chain, story: Story, shown: Story) -> Iterator[Row]:
    item = shown.standing
    assert item is not None
    headline, text = text_of(chain)
    if item.headline != headline:
        yield f"[{chain.name}] headline", headline, item.headline
    said = [block_text(block) for block in item.body]
    if said != text:
        yield f"[{chain.name}] text", *_first_difference(text, said)
    media = {each.id.rpartition(":")[2] for each in item.media if each.status == "usable"}
    if chain.media is not None and media != chain.media:
        yield f"[{chain.name}] pictures", str(sorted(chain.media)), str(sorted(media))
    corrected = any(change.kind == "corrected" for change in story.changes)
    if chain.corrected and not corrected:
        yield f"[{chain.name}] correction note", "yes", "none"


def _first_difference(wanted: list[str], got: list[str]) -> tuple[str, str]:
    pairs = zip([*wanted, "(end)"], [*got, "(end)"], strict=False)
    number, (one, two) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    return f"{number}: {one[:60]}", f"{number}: {two[:60]}"


# --------------------------------------------------------------------------------------
# Messages read by themselves
# --------------------------------------------------------------------------------------


def text_of(chain: Chain) -> tuple[str, list[str]]:
    """Headline and paragraphs that must stand at the end of a chain."""
    item = read_alone(chain.stands[0])
    if not chain.text:
        return chain.headline or item.headline, [block_text(block) for block in item.body]
    return chain.headline or item.headline, list(_joined(chain.text))


def _joined(text: str) -> Iterable[str]:
    for part in text.split(", "):
        name, _, span = part.partition(" ")
        first, _, last = span.partition("-")
        blocks = read_alone(name).body[int(first) - 1 : int(last or first)]
        yield from (block_text(block) for block in blocks)


@functools.cache
def galley_of(name: str) -> Galley:
    """One delivery as it is read; an update of parts as the whole it was typed as."""
    copy = typed()[name]
    if copy["update"] == "U":
        # Without a headline of its own, the first paragraph would be read as one.
        headers = {**copy.headers, "update": "", "head": copy["head"] or "Untitled"}
        copy = replace(copy, headers=headers)
    body = printed(copy, 1)
    return read_delivery(Delivery(source=copy.source, body=body, name=name), copy.at, CONFIG)


def read_alone(name: str) -> Item:
    """One item as it is read by itself."""
    within = typed()[name]["within"] or name
    copy = typed()[within]
    parts = [each.id for each in (copy, *copy.more) if not each["spoiled"]]
    return galley_of(within).sheets[parts.index(name)].item


# --------------------------------------------------------------------------------------
# Telling
# --------------------------------------------------------------------------------------


def table(rows: Iterable[Row]) -> str:
    """Rows under "of, expected, got", in columns."""
    lines = [("of", "expected", "got"), *rows]
    wide = [min(70, max(len(line[column]) for line in lines)) for column in (0, 1)]
    return "\n".join(
        f"{one[: wide[0]]:{wide[0]}}  {two[: wide[1]]:{wide[1]}}  {three}".rstrip()
        for one, two, three in lines
    )


FINGERPRINT = re.compile(rb"-[0-9a-f]{10}(?=\.(?:css|svg))")


def baked(desk: Desk) -> dict[str, bytes]:
    """The day's site without the theme's own files; their fingerprints are blanked."""
    return {
        name: FINGERPRINT.sub(b"", body)
        for name, body in desk.site().items()
        if not name.startswith(("assets/", "."))
    }
