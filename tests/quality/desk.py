"""The labelled wire filed by the product itself: what it made of every story."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from tests.newsdesk import Desk, ninjs
from tests.quality.labels import AGENCIES, Labelled, wire

from wirecopy.config import Config, parse
from wirecopy.model import Delivery, Story

SECTIONS = {
    "world": "medtop:11000000",
    "business": "medtop:04000000",
    "science": "medtop:13000000",
    "health": "medtop:07000000",
    "environment": "medtop:06000000",
    "culture": "medtop:01000000",
    "sport": "medtop:15000000",
    "news": "medtop:02000000",
}
"""The sections of the newsroom, with the topic by which routed copy finds each."""


def config() -> Config:
    """A newsroom that takes every agency of the wire."""
    lines = ['[site]\nname = "The Library"\nurl = "https://library.example"\n']
    lines += [
        f'[[sections]]\nkey = "{key}"\nname = "{key.title()}"\ntopics = ["{code}"]\n'
        for key, code in SECTIONS.items()
    ]
    lines += [
        f'[[sources]]\nname = "{short.lower()}"\nagency = "{agency}"\nsection = "news"\n'
        for short, agency in AGENCIES.items()
    ]
    return parse("\n".join(lines))


def routed(story: Labelled) -> bool:
    """Whether the wire says the story's section; the rest must be told from their text."""
    return int(story.name[1:]) % 5 < 3


def entries() -> list[tuple[datetime, Delivery]]:
    """The wire as deliveries."""
    found = []
    for story in wire():
        body = "".join(f"<p>{line}</p>" for line in story.text.split("\n"))
        code = SECTIONS[story.section]
        subject = [{"code": code, "name": "", "scheme": "medtop"}] if routed(story) else None
        item = ninjs(
            f"urn:quality:{story.name}",
            story.headline,
            body=body,
            language=story.language,
            versioncreated=story.at,
            subject=subject,
        )
        found.append((story.at, Delivery(source=story.agency.lower(), body=item)))
    return found


def filed() -> dict[str, Story]:
    """What the product made of every labelled story, by the story's name."""
    return _archive()[0]


def events() -> dict[str, str]:
    """The event of every story that is told elsewhere too, by the story's id."""
    return _archive()[1]


@cache
def _archive() -> tuple[dict[str, Story], dict[str, str]]:
    with Desk(config()) as desk:
        desk.log(entries())
        desk.pipeline.drain()
        rows = desk.rows("SELECT outcomes.item_id, outcomes.story FROM outcomes")
        records = {}
        for item, story in rows:
            record = desk.newsroom.archive.story(story)
            assert record is not None, item
            records[item.rsplit(":", 1)[-1]] = record
        covered = dict(desk.rows("SELECT story, event FROM covered"))
    assert set(records) == {story.name for story in wire()}
    return records, covered


@cache
def names() -> dict[str, str]:
    """The names of the labelled stories by the ids that the product gave them."""
    found: dict[str, str] = {}
    for name, record in filed().items():
        found.setdefault(record.id, name)
    return found
