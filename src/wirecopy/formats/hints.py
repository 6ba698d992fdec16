"""What is known about a delivery besides its bytes, and how sure a format is of them."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

import msgspec

from wirecopy.config.profile import Profile
from wirecopy.errors import FormatError


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What the transport and the source's settings say; the bytes always win over them."""

    media_type: str = ""
    """Content type with charset as the transport declared it."""
    name: str = ""
    """File name or URL."""
    format: str = ""
    """A format the source's settings insist on, else ""."""
    timezone: str = ""
    """IANA name for times without a zone; "" is UTC."""
    language: str = ""
    """BCP 47 tag used when the wire says nothing."""
    received: datetime | None = None
    """When the bytes arrived; completes dates that lack a year."""
    agency: str = ""
    """The agency of the source, whose profile serves where the document has no mark."""
    profile: Profile | None = None
    """The profile that the source names; no mark in the document beats it."""
    profiles: tuple[Profile, ...] = ()
    """The newsroom's own profiles."""
    charset: str = ""
    """Character set of bytes that neither show nor say theirs; "" is Windows-1252."""

    most: int = 0
    """Items that a delivery may hold (pipeline.max_items); 0 for any number."""


def check_count(count: int, hints: Hints) -> None:
    """Return when a delivery may hold that many items; FormatError says what to do."""
    if hints.most and count > hints.most:
        raise FormatError(
            f"It holds {count} items, more than pipeline.max_items ({hints.most}). Raise that "
            "setting and replay it if it is wire copy."
        )


def most_items(body: bytes) -> int:
    """How many items a delivery of that length can hold in earnest; more are an attack."""
    return 100 + len(body) // _SMALLEST


_SMALLEST = 150
"""Bytes of the smallest item that says something, in any format that holds several."""


class Score(IntEnum):
    """How sure a format is that bytes are its own."""

    NO = 0
    WEAK = 1
    LIKELY = 2
    CERTAIN = 3
