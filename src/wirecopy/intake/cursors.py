"""How far a polled feed has been read, and what is asked of its server by that."""

from __future__ import annotations

import msgspec

from wirecopy.guard.web import Hops

_SIGHTINGS = 3
"""Times a permanent redirect must lead to the same address before it is believed."""


class Cursor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far a feed has been read, to ask only for what is newer."""

    url: str
    """The configured address it belongs to; another address starts afresh."""
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    moved: str = ""
    """Where a permanent redirect has led `_SIGHTINGS` times; asked in place of `url`."""
    seen_at: str = ""
    """Where the last permanent redirect led, and `sightings` before it."""
    sightings: int = 0
    next: str = ""
    """Where the next news will be, for servers that hand out a new address each time."""
    ids: tuple[int, ...] = ()
    """Marks of the stories on the feed's first page."""
    archives: tuple[int, ...] = ()
    """Marks of archive pages (RFC 5005) that need not be read again."""


def validators(known: Cursor | None) -> dict[str, str]:
    """The header fields of a conditional request: both validators as the server gave them.

    It picks the one it understands.
    """
    asking = {}
    if known is not None and known.etag:
        asking["If-None-Match"] = known.etag
    if known is not None and known.last_modified:
        asking["If-Modified-Since"] = known.last_modified
    return asking


def sighted(known: Cursor, hops: Hops) -> Cursor:
    """The cursor after one more look at where permanent redirects lead; others lead nowhere."""
    if known.moved or known.next:
        return known
    if not hops.count or not hops.permanent:
        return msgspec.structs.replace(known, seen_at="", sightings=0)
    target = str(hops.url)
    sightings = known.sightings + 1 if known.seen_at == target else 1
    moved = target if sightings >= _SIGHTINGS else ""
    return msgspec.structs.replace(known, seen_at=target, sightings=sightings, moved=moved)


def led_back(known: Cursor) -> Cursor:
    """The cursor by which the configured address is asked again, not where it once led."""
    return msgspec.structs.replace(known, moved="", seen_at="", sightings=0, next="")
