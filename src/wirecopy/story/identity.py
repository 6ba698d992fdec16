"""Which story an item belongs to: (source, item id), with the wire's fallbacks.

The id decides; http and https, and the permalink and guid forms
of one id, are one story. Ids are opaque otherwise: nothing else is ever folded together.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from hashlib import blake2b
from urllib.parse import urlsplit

from wirecopy.model import Item

_URL = re.compile(r"https?://", re.IGNORECASE)


def normal_key(item_id: str) -> str:
    """The id with what does not distinguish stories taken off (scheme, host case, last slash)."""
    key = unicodedata.normalize("NFC", item_id.strip())
    if not _URL.match(key):
        return key
    try:
        parts = urlsplit(key)
    except ValueError:  # "http://[bad": a legal opaque id, though no URL
        return key
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}{fragment}"


def keys_of(item: Item) -> tuple[str, ...]:
    """The keys an item may be found by: its own id, then its links.

    The agency's link stands in for an id only where one of the two sides has no id of its own
    (see `archive.filing.Filing.find`), so a feed whose items all link to its home page never
    runs together.
    """
    own = normal_key(item.item_id)
    links = (normal_key(alias) for alias in item.alt_ids if _URL.match(alias))
    return (own, *(link for link in links if link != own and _has_path(link)))


def names_of(item: Item) -> tuple[str, ...]:
    """The ids by which other items may name this one's story: its own, and those beside it.

    A kill may bear any of them. They are no keys to look under: alternative ids can be shared.
    """
    return tuple(
        normal_key(name)
        for name in (item.item_id, *item.alt_ids)
        if name == item.item_id or not _URL.match(name)
    )


def _has_path(link: str) -> bool:
    """Whether a normalised link points below its host's root."""
    return "/" in link or "?" in link


def story_id(source: str, key: str) -> str:
    """The story's id: 12 characters of a-z and 2-7, the same on every machine and every day."""
    digest = blake2b(f"{source}\0{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:12]
