"""Finding a site's feed: by the links in its page, else at the usual addresses."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

import msgspec
from lxml import etree, html

from wirecopy.config import Source
from wirecopy.errors import FormatError, SourceError
from wirecopy.formats import sniff
from wirecopy.formats.hints import Hints
from wirecopy.intake.http import HttpIntake
from wirecopy.model import Delivery

_TYPES = ("rss+xml", "atom+xml", "feed+json", "rdf+xml")
_USUAL = ("feed", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json")
_MOST = 10
"""Feeds named by a page that are looked at."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A feed that was found: where, and what it holds now."""

    url: str
    delivery: Delivery
    others: tuple[str, ...] = ()
    """Further feeds that the page names."""


async def find(http: HttpIntake, source: Source) -> Found:
    """The feed at the source's address, or the one that the page there leads to.

    Raises SourceError when there is none.
    """
    delivery = await _get(http, source)
    if _is_copy(delivery):
        return Found(url=source.url, delivery=delivery)
    named = list(dict.fromkeys(_links(delivery.body, source.url)))[:_MOST]
    problem = SourceError(f"There is no feed at {_shown(source.url)}, and none that it names.")
    for url in (*named, *(urljoin(source.url, f"/{path}") for path in _USUAL)):
        try:
            delivery = await _get(http, msgspec.structs.replace(source, url=url))
        except SourceError as error:
            problem = error if url in named else problem
            continue
        if _is_copy(delivery):
            others = tuple(other for other in named if other != url)
            return Found(url=url, delivery=delivery, others=others)
    raise problem


async def _get(http: HttpIntake, source: Source) -> Delivery:
    fetched = await http.fetch(source, page_too=True)
    if not fetched.deliveries:  # an empty page of a server that hands out addresses
        raise SourceError(f"There is nothing at {_shown(source.url)} just now; try again later.")
    return fetched.deliveries[0]


def _is_copy(delivery: Delivery) -> bool:
    """Whether a format knows these bytes; a page in HTML is nobody's copy."""
    head = delivery.body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head[:500]:
        return False
    try:
        sniff(delivery.body, Hints(media_type=delivery.media_type))
    except FormatError:
        return False
    return True


def _links(body: bytes, base: str) -> Iterator[str]:
    """The feeds that a page names in its head (rel="alternate"), in its order."""
    try:
        page = html.document_fromstring(body)
    except (etree.LxmlError, ValueError):
        return
    for link in page.iter("link"):
        rels = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower().partition(";")[0].strip()
        href = link.get("href")
        if "alternate" in rels and href and kind.endswith(_TYPES):
            url = urljoin(base, href.strip())
            if url.startswith(("http://", "https://")):
                yield url


def _shown(url: str) -> str:
    """The address without login and query: it may hold a key."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('?')[0].rpartition('@')[2]}"
