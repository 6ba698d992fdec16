"""What is known of a picture: what its file says of itself, and what was made of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from wirecopy.model import Focus

NICE = "NICE"
"""What tells the child how far to stand back behind all other work, from 0 to 19."""
MAX_BYTES = 30_000_000
"""Bytes of a picture's file; a larger one is refused."""


class Print(msgspec.Struct, frozen=True, kw_only=True):
    """One rendition: its size and its bytes."""

    width: int
    height: int
    kind: Literal["jpg", "webp", "avif", "png"]
    body: bytes
    crop: str = ""
    """Of a crop, what it keeps in view, in per cent of the whole (25x40); "" for the whole."""


class Label(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the wire says of a picture that goes into its renditions where its file is silent."""

    credit: str = ""
    copyright: str = ""
    focus: Focus | None = None


NO_LABEL = Label()


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a picture's file says of itself (IPTC and XMP); "" where it says nothing."""

    caption: str = ""
    alt: str = ""
    headline: str = ""
    creator: str = ""
    credit: str = ""
    source: str = ""
    copyright: str = ""
    instructions: str = ""
    terms: str = ""
    web_statement: str = ""
    licensor: str = ""
    data_mining: str = ""
    digital_source: str = ""


class Developed(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that could be read: what it says, and its renditions."""

    said: Said
    focus: Focus | None = None
    """Where the eye belongs: by the wire, by its file, or high up in a tall picture."""
    prints: tuple[Print, ...]


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that are no picture that may be shown, and why, in words."""

    reason: str
    for_good: bool = True
    """Whether it is the bytes' own fault, and not that of a machine that had too much to do."""


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """A rendition as the ledger knows it: its path on the site, without its bytes."""

    path: str
    width: int
    height: int
    mime: str
    size: int
    crop: bool = False


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one address: kept, refused for good, or failed so far."""

    outcome: Literal["kept", "refused", "failed"]
    reason: str = ""
    sha256: str = ""
    tries: int = 0
    said: Said = Said()
    focus: Focus | None = None
    cuts: tuple[Cut, ...] = ()


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a card, and the number of its section's tone (1 to 8)."""

    headline: str
    section: str
    agency: str
    site: str
    tone: int = 1
    font: str | msgspec.UnsetType = msgspec.UNSET
    """Name of the newsroom's font for other scripts: with another font it is another card."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A picture to open, or a card to draw."""

    body: bytes = b""
    label: Label = NO_LABEL
    avif: bool = False
    """Whether AVIF is wanted of it, and nothing else."""
    card: Order | None = None
    font: bytes = b""
    """The file of the newsroom's font for a card in another script."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job."""

    developed: Developed | None = None
    refused: Refused | None = None
    card: Print | None = None
