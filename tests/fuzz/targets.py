"""What is fuzzed: each format as a source would insist on it, whatever sniffs, archives, pages.

A target takes bytes and raises AssertionError, or whatever broke, when a promise does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from tests.hostile import grammar
from tests.press.copy_desk import brief, item, press, story

from wirecopy import formats
from wirecopy.config import parse
from wirecopy.formats import markup
from wirecopy.formats.ninjs_write import to_ninjs
from wirecopy.formats.xml import strip_controls
from wirecopy.intake.unpack import pieces
from wirecopy.model import Dateline, Delivery, Item, Media, Rendition, Topic
from wirecopy.reading import read_delivery
from wirecopy.story.slugs import slugify
from wirecopy.story.topics import topic_slug

AT = datetime(2022, 1, 8, 2, 36, tzinfo=UTC)
_SOURCE = '[[sources]]\nname = "{0}"\nagency = "Corvid News"\nformat = "{0}"\n'
CONFIG = parse(
    '[site]\nname = "The Harbour Ledger"\nurl = "https://ledger.example"\n'
    'timezone = "Asia/Kolkata"\nlocale = "en_IN"\n[[sections]]\nkey = "world"\nname = "World"\n'
    + "".join(map(_SOURCE.format, formats.names()))
    + '[[sources]]\nname = "any"\nagency = "Corvid News"\n'
)
PRESS = press()

Target = Callable[[bytes], None]


def reads(source: str, body: bytes) -> None:
    """Whatever the bytes: items that can be kept, clean blocks, or a reason in words."""
    galley = read_delivery(Delivery(source=source, body=body), AT, CONFIG)
    assert galley.error or galley.sheets or galley.format
    assert msgspec.msgpack.encode(galley)
    for sheet in galley.sheets:
        require_clean(sheet.item)
        assert msgspec.json.encode(to_ninjs(sheet.item)).decode()


def require_clean(item: Item) -> None:
    """No block of the item is anything but the few tags that a page may carry."""
    for block in item.body:
        why = grammar.fault_of_body(block.html)
        assert not why, f"{why} in {block.html[:200]!r}"
    for media in item.media:
        for rendition in media.renditions:
            assert not rendition.href.lower().lstrip().startswith(("javascript:", "vbscript:"))


def page(body: bytes) -> None:
    """Whatever words and markup an item has, its page is plain markup, and its body settles."""
    fields = (body.decode("utf-8", "replace").split("\x1f") + [""] * 7)[:7]
    # No format lets a control through to an item: that is the other targets' promise.
    html, headline, credit, name, alt, href, slug = map(strip_controls, fields)
    blocks, pictures = markup.body_from_html(html, base_url="https://corvid.example/")
    joined = "".join(block.html for block in blocks)
    assert "".join(b.html for b in markup.blocks_from_html(joined)) == joined
    made: dict[str, Any] = {
        "headline": headline or "Ferry late",
        "standfirst": headline[::-1],
        "byline": credit,
        "dateline": Dateline(place=name, text=name),
        "body": blocks,
        "media": (
            Media(caption=alt, credit=credit, alt=alt, renditions=(Rendition(href=href),)),
            *pictures,
        ),
        "sign_off": credit,
        "keywords": (name,),
    }
    standing = item(**made)
    require_clean(standing)
    topics = (Topic(slug=topic_slug(name) or "x", name=name),)
    path = f"world/{slugify(slug) or 'story'}-k3m9.html"
    file = PRESS.story(brief(story(standing, topics=topics, path=path)))
    why = grammar.fault_of_page(file.body)
    assert not why, why


def archive(body: bytes) -> None:
    """Whatever the archive, it is taken whole or not at all, and no name in it leads out."""
    for name, piece in pieces("copy.zip", body, 1_000_000):
        assert len(piece) <= 1_000_000 or piece == body
        assert ".." not in name.split("/")
        assert not name.startswith("/")


def _reader(name: str) -> Target:
    return lambda body: reads(name, body)


TARGETS: dict[str, Target] = {
    **{name: _reader(name) for name in (*formats.names(), "any")},
    "page": page,
    "archive": archive,
}
"""Name of each target -> what must hold for any bytes."""
