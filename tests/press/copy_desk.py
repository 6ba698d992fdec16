"""Invented copy and a small newsroom for the tests of the press."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lxml import html

from wirecopy import config
from wirecopy.briefs import ListBrief, StoryBrief
from wirecopy.model import (
    Block,
    Change,
    Dateline,
    Item,
    Marker,
    Media,
    Rendition,
    Story,
    Subject,
    Teaser,
    Topic,
)
from wirecopy.press import ASSETS, TEMPLATES, Press

ROOM = Path(__file__).resolve().parents[2] / "src/wirecopy/press"
FILES = {name: (ROOM / "templates" / name).read_text("utf-8") for name in TEMPLATES}
ASSET_FILES = {name: (ROOM / "assets" / name).read_bytes() for name in ASSETS}

AT = datetime(2022, 1, 8, 2, 36, tzinfo=UTC)

SETTINGS = """
[site]
name = "The Harbour Ledger"
url = "https://ledger.example"
timezone = "{timezone}"
locale = "{locale}"
[site.strap]
text = "The morning letter: ten stories before breakfast."
url = "https://ledger.example/letter"
[[sections]]
key = "world"
name = "World"
[[sections]]
key = "sport"
name = "Sport"
[[sources]]
name = "corvid"
agency = "Corvid News"
section = "world"
copyright = "© Corvid News"
[[sources]]
name = "tern"
agency = "Tern Wire"
section = "sport"
show_initials = false
redistribution = "headline"
[[sources]]
name = "gannet"
agency = "Gannet"
redistribution = "none"
"""

PARAGRAPHS = (
    "The ferry between Port Ellery and Brackwater will run again from Monday.",
    "Two dredgers cleared forty thousand tonnes of shingle from the narrows.",
    "“The crews slept on the barges,” harbour master Ilse Tamsin said.",
    "Freight has gone by road around the head of the strait since November.",
    "There will be six crossings a day at first.",
    "Traders in Brackwater welcomed the date and asked for help with losses.",
    "The council votes next week on a second breakwater.",
    "A first design failed because its foundations crossed spawning grounds.",
    "A line further north was approved by the fisheries board in the autumn.",
)

PICTURE = Media(
    caption="Dredgers at work in the narrows.",
    credit="Corvid News/A. Penhallow",
    alt="Two dredgers under a grey sky",
    renditions=(
        Rendition(href="https://pictures.example/a.jpg", mime="image/jpeg", width=1200, height=800),
        Rendition(href="https://pictures.example/b.jpg", mime="image/jpeg", width=600, height=400),
    ),
)

TOPICS = tuple(
    Topic(slug=name.lower().replace(" ", "-"), name=name)
    for name in ("Merrow Strait", "Ferries", "Port Ellery")
)


def settings(
    timezone: str = "Asia/Kolkata", locale: str = "en_IN", extra: str = ""
) -> config.Config:
    """The newsroom of these tests."""
    return config.parse(SETTINGS.format(timezone=timezone, locale=locale) + extra)


def press(timezone: str = "Asia/Kolkata", locale: str = "en_IN", extra: str = "") -> Press:
    """A press of that newsroom with the default theme."""
    return Press(settings(timezone, locale, extra), FILES, ASSET_FILES)


def paragraphs(*texts: str) -> tuple[Block, ...]:
    """A body of plain paragraphs."""
    return tuple(Block("p", f"<p>{text}</p>") for text in texts)


def item(**fields: Any) -> Item:
    """The worked example: marker, summary, picture, dateline, nine paragraphs, sign-off."""
    usual: dict[str, Any] = {
        "item_id": "urn:newsml:corvid.example:20220107:ferry",
        "version": 3,
        "headline": "Merrow ferry to sail again on Monday",
        "standfirst": "Nine weeks after the storms the channel is clear, the port says.",
        "dateline": Dateline(
            place="Port Ellery", date="2022-01-07", text="PORT ELLERY, Jan 7 (Corvid News)"
        ),
        "body": paragraphs(*PARAGRAPHS),
        "media": (PICTURE,),
        "subjects": (
            Subject(name="maritime transport", code="medtop:20000343"),
            Subject(name="Ilse Tamsin", type="person"),
            Subject(name="Port Ellery", type="place"),
        ),
        "markers": (Marker(text="2nd Ld", action="update", ordinal=2),),
        "sign_off": "--Corvid News\nilt/pe",
        "language": "en",
        "provider": "Corvid News",
        "credit_sources": ("Corvid News",),
    }
    return Item(**(usual | fields))


def story(standing: Item | None = None, **fields: Any) -> Story:
    """A live story of the agency Corvid News."""
    usual: dict[str, Any] = {
        "id": "k3m9",
        "source": "corvid",
        "agency": "Corvid News",
        "key": "ferry",
        "section": "world",
        "path": "world/merrow-ferry-to-sail-again-k3m9.html",
        "standing": standing or item(),
        "state": "live",
        "first_published": AT,
        "updated": AT,
        "topics": TOPICS,
        "changes": (Change(at=AT, kind="published"),),
    }
    return Story(**(usual | fields))


def teaser(number: int = 0, **fields: Any) -> Teaser:
    """A story as lists show it; a higher number is an older one."""
    at = AT - timedelta(hours=number)
    usual: dict[str, Any] = {
        "id": f"t{number}",
        "path": f"world/story-t{number}.html",
        "headline": f"Headline {number}",
        "standfirst": f"Standfirst {number}.",
        "section": "world",
        "source": "corvid",
        "agency": "Corvid News",
        "credit": "Corvid News",
        "first_published": at,
        "updated": at,
        "language": "en",
        "topics": TOPICS[:1],
    }
    return Teaser(**(usual | fields))


def brief(told: Story | None = None, **fields: Any) -> StoryBrief:
    """A story with related, older and next stories."""
    usual: dict[str, Any] = {
        "story": told or story(),
        "related": (teaser(1), teaser(2)),
        "older": tuple(teaser(number) for number in range(1, 9)),
        "next": teaser(9),
    }
    return StoryBrief(**(usual | fields))


def front(*teasers: Teaser, **fields: Any) -> ListBrief:
    """A front of the section world."""
    return ListBrief(**({"kind": "front", "section": "world", "teasers": teasers} | fields))


def parts(page: bytes) -> list[str]:
    """The data-part marks of a page in their order."""
    return [str(mark) for mark in html.fromstring(page.decode()).xpath("//@data-part")]


def part(page: bytes, name: str) -> str:
    """The text of one part, its white space collapsed; AssertionError when it is not there once."""
    found = html.fromstring(page.decode()).xpath(f"//*[@data-part='{name}']")
    assert len(found) == 1, f"{name} is there {len(found)} times"
    return " ".join(found[0].text_content().split())
