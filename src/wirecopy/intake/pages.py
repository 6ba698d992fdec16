"""The pages of a polled feed: what one answer says beside its stories, and which page is behind it.

A page is behind another by its links (RFC 5005, JSON Feed), or by the address that a server hands
out for its next news.
"""

from __future__ import annotations

import hashlib
import zlib

import aiohttp
import msgspec
from yarl import URL

from wirecopy.config import Source
from wirecopy.formats import xml
from wirecopy.guard.web import HopError, Hops, next_hop, same_origin
from wirecopy.intake.channel import Channel, channel, ids, max_age
from wirecopy.intake.cursors import Cursor
from wirecopy.model import Delivery


class Page:
    """One answer, and what it says beside its stories. Without a body nothing has changed."""

    def __init__(self, response: aiohttp.ClientResponse, hops: Hops, body: bytes | None) -> None:
        self.hops = hops
        self.body = body
        self.name = str(response.url.with_user(None).with_query(None).with_fragment(None))
        self.etag = _field(response, "ETag")
        self.last_modified = _field(response, "Last-Modified")
        self.media_type = _field(response, "Content-Type")
        self.channel = channel(body) if body else Channel()
        self.links = {**self.channel.links, **_links(response)}
        pause = max_age(response.headers.get("Cache-Control", ""))
        wanted = [one for one in (pause, self.channel.wishes.pause) if one is not None]
        self.wishes = msgspec.structs.replace(self.channel.wishes, pause=max(wanted, default=None))

    @property
    def sha256(self) -> str:
        """The fingerprint of the body."""
        return hashlib.sha256(self.body or b"").hexdigest()

    @property
    def mark(self) -> int:
        """What is kept of the page's address, to know it again."""
        return _mark(self.hops.url)

    def delivery(self, source: Source) -> Delivery:
        """The page as a delivery of its source."""
        return Delivery(
            source=source.name,
            body=self.body or b"",
            name=self.name,
            media_type=self.media_type,
            how="http",
        )

    def onward(self, source: Source) -> str:
        """Where the source's next news will be, "" where the server does not say.

        Another server's address is nowhere: the source's own is asked again.
        """
        url = _led(self.hops.url, self.channel.cursor)
        return str(url) if url and same_origin(url, URL(source.url)) else ""


def is_page(body: bytes) -> bool:
    """Whether it is a page in HTML, which no agency sends as copy."""
    head = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head[:14].lower() == b"<!doctype html" or xml.sniff_root(head)[1].lower() == "html"


def read_to(known: Cursor, page: Page) -> Cursor:
    """The cursor once this page, the feed's first, has been read."""
    return msgspec.structs.replace(
        known,
        etag=page.etag,
        last_modified=page.last_modified,
        sha256=page.sha256,
        ids=ids(page.body or b""),
    )


def behind(source: Source, known: Cursor, page: Page) -> URL | None:
    """The page behind this one, while there may be a gap between it and what is known."""
    about = page.channel
    if about.cursor:
        link = "" if about.empty else about.cursor
    elif page.links.get("prev-archive"):
        link = page.links["prev-archive"]
    else:
        overlaps = set(ids(page.body or b"")) & set(known.ids)
        link = "" if overlaps else page.links.get("next", "")
    url = _led(page.hops.url, link)
    if url is None:
        return None
    if not same_origin(url, page.hops.url) and not same_origin(url, URL(source.url)):
        return None
    return None if "prev-archive" in page.links and _mark(url) in known.archives else url


def _led(base: URL, link: str) -> URL | None:
    """Where a link in a feed leads; None for one that cannot be followed, or for none at all."""
    try:
        return next_hop(base, link)
    except (HopError, ValueError):
        return None


def _mark(url: URL) -> int:
    return zlib.crc32(str(url).encode())


def _links(response: aiohttp.ClientResponse) -> dict[str, str]:
    """Addresses of the Link header fields by relation; they come before those in the feed.

    None of them where one cannot be read: what a server says beside its copy costs no copy.
    """
    found: dict[str, str] = {}
    try:
        links = response.links
    except ValueError:
        return found
    for rel, link in links.items():
        for one in rel.lower().split():
            found.setdefault(one, str(link.get("url", "")))
    return found


def _field(response: aiohttp.ClientResponse, name: str) -> str:
    """A header field when it is plain text, else "": it is stored and sent back one day."""
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) <= 512 else ""
