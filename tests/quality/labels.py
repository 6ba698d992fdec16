"""The labelled wire: stories of our own with what a librarian would say of each.

Files in `wire/` hold written copy; `notices.py` adds the templated kind. A story is

    # 02T0640 NW burst/main | Tarn Valley; Ostrel Dam | kestria-vote
    Headline
    Text

(day and time, agency, event/angle, topics, other threads that it goes on with) under a heading
that names its thread (what readers follow), its beat and its section. Files that
begin with "held" are kept aside: no figure is fitted to them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec
from tests.quality import notices

WIRE = Path(__file__).parent / "wire"
AGENCIES = {
    "NW": "Northwire",
    "ML": "Meridian Press",
    "CP": "Coastal Press",
    "DP": "Delta Presse",
    "PS": "पूर्वी संवाद",
    "AL": "Agencia Litoral",
    "AV": "Agence du Val",
    "NA": "نبأ الساحل",
}
LATEST = 5
"""Picks that are looked at."""


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """One story of the wire, and what is right for it."""

    name: str
    """Its place in the set, in the order of arrival."""
    held: bool
    """Whether it is kept aside while tuning."""
    agency: str
    at: datetime
    language: str
    headline: str
    text: str
    section: str
    topics: tuple[str, ...]
    event: str
    """Stories of one event belong on one coverage page."""
    angle: str
    """Stories of one event and one angle tell the same: none is worth a click after another."""
    threads: frozenset[str]
    """What readers follow; a story may go on with two."""
    beat: str = ""
    series: frozenset[str] = frozenset()
    """What a templated notice goes on with: the same club, the same exchange."""


def worth(story: Labelled, pick: Labelled) -> int:
    """What `pick` is worth to a reader who has just read `story`: 3, 2, 1 or 0."""
    if story.event == pick.event:
        return 0 if story.angle == pick.angle else 3
    if story.language != pick.language:
        return 0
    if story.threads & pick.threads:
        return 3
    if story.series & pick.series:
        return 2
    return int(bool(story.beat) and story.beat == pick.beat)


@cache
def wire() -> tuple[Labelled, ...]:
    """All labelled stories in the order in which they arrive."""
    found: list[Labelled] = []
    for file in sorted(WIRE.glob("*.txt")):
        found += _stories(file)
    for notice in notices.all_notices():
        found.append(_notice(notice))
    found.sort(key=lambda story: (story.at, story.headline))
    return tuple(
        msgspec.structs.replace(story, name=f"s{number:03}") for number, story in enumerate(found)
    )


def _stories(file: Path) -> list[Labelled]:
    found = []
    for part in file.read_text(encoding="utf-8").split("\n## "):
        heading, *stories = part.removeprefix("## ").split("\n# ")
        common = dict(pair.split("=", 1) for pair in heading.split())
        found += [_story(text, common, held=file.name.startswith("held")) for text in stories]
    return found


def _story(text: str, common: dict[str, str], *, held: bool) -> Labelled:
    first, headline, *body = text.strip().split("\n")
    facts, _, rest = first.partition("|")
    topics, _, also = rest.partition("|")
    when, agency, label = facts.split()
    event, _, angle = label.partition("/")
    return Labelled(
        name="",
        held=held,
        agency=agency,
        at=moment(when),
        language=common.get("lang", "en"),
        headline=headline,
        text="\n".join(body),
        section=common["section"],
        topics=tuple(topic.strip() for topic in topics.split(";") if topic.strip()),
        event=event,
        angle=angle.partition("=")[0],
        threads=frozenset([common["thread"], *also.split()]),
        beat=common.get("beat", ""),
    )


def _notice(notice: notices.Notice) -> Labelled:
    return Labelled(
        name="",
        held=notice.held,
        agency=notice.agency,
        at=moment(notice.when),
        language=notice.language,
        headline=notice.headline,
        text=notice.text,
        section=notice.section,
        topics=notice.topics,
        event=notice.event,
        angle="main",
        threads=frozenset(),
        series=frozenset(notice.series),
    )


def moment(when: str) -> datetime:
    """The moment of "02T0640": a day of March 2026 and a time."""
    day, _, clock = when.partition("T")
    return datetime(2026, 3, int(day), int(clock[:2]), int(clock[2:]), tzinfo=UTC)
