"""What tells one version of an item from another, and one text from another.

A feed brings the same item again and again; what has not changed must be known as the same,
whatever its times, numbers and signed addresses say.
"""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from wirecopy.model import Item


def text_print(item: Item) -> str:
    """A hash (32 hex figures) of all that readers can see of an item.

    Version numbers, times of making, warnings and signatures in picture addresses do not count.
    """
    seen = (
        item.type, item.headline, item.subheadline, item.kicker, item.standfirst,
        item.byline, item.byline_title, item.authors, item.dateline, item.body,
        [_unsigned(msgspec.to_builtins(media)) for media in item.media],
        item.subjects, item.keywords, item.places, item.genre, item.rights,
        [note.text for note in item.ed_notes if note.publishable], item.sign_off, item.language,
        item.credit_line, item.credit_sources, item.url,
    )  # fmt: skip
    return blake2b(msgspec.msgpack.encode(seen), digest_size=16).hexdigest()


def fingerprint(item: Item, text: str = "") -> str:
    """A hash (32 hex figures) of what readers can see and of what decides the item's state.

    `text` is the item's `text_print` where it is known.
    """
    state = (
        text or text_print(item), item.status,
        [(marker.action, marker.text) for marker in item.markers],
        [link for link in item.links if link.rel in {"withdraws", "holds", "corrects"}],
        [signal for signal in item.signals if "correction" in signal.casefold()],
        item.embargo_until, item.embargo_text, item.expires_at, item.edits, item.targets,
    )  # fmt: skip
    return blake2b(msgspec.msgpack.encode(state), digest_size=16).hexdigest()


def _unsigned(media: dict[str, object]) -> dict[str, object]:
    """A picture without what changes each time its address is signed anew."""
    renditions = media.get("renditions")
    if media.get("id") and isinstance(renditions, (list, tuple)):
        media["renditions"] = [
            {**part, "href": str(part.get("href", "")).split("?", 1)[0]} for part in renditions
        ]
    return media
