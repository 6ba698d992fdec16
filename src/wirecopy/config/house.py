"""How the newsroom itself works: its pages and pictures, its server, its log and its watch."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from wirecopy.config.values import Table


class Web(Table, frozen=True):
    """The built-in server."""

    host: str = "127.0.0.1"
    """Address to listen on; "0.0.0.0" listens on all."""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8080
    """Port to listen on."""
    metrics: str = ""
    """Bearer token for /metrics, as "env:NAME" or "file:PATH"; without one, only programs on this
    machine are answered."""


class Watch(Table, frozen=True):
    """How the newsroom is watched: its log, and who is told when a source is in trouble."""

    log: Literal["text", "json"] = "text"
    """What is written while running: sentences, or a JSON object per delivery and event."""
    mail: str = ""
    """Address that alerts are sent to."""
    sender: str = ""
    """Address that alerts come from; "" is the same."""
    smtp: str = "localhost:25"
    """Server and port that take the mail."""
    user: str = ""
    """Name at that server; with one, the connection is encrypted (STARTTLS)."""
    password: str = ""
    """Its password, as "env:NAME" or "file:PATH"."""
    webhook: str = ""
    """Address that alerts are posted to as JSON."""
    allow_private: bool = False
    """Whether the webhook may lead to a private or loopback address."""


Network = Literal[
    "whatsapp", "telegram", "x", "facebook", "bluesky", "mastodon", "linkedin", "reddit"
]


class Press(Table, frozen=True):
    """How pages are made."""

    theme: str = "theme"
    """Folder with your own templates, relative to the newsroom folder."""
    related: Annotated[int, msgspec.Meta(ge=0, le=3)] = 3
    """Related stories in a story's body, at most."""
    topics: Annotated[int, msgspec.Meta(ge=0, le=8)] = 8
    """Topics under a story, at most."""
    ninjs: Literal["none", "full", "all"] = "full"
    """Which stories lie beside their page as ninjs 3 too: those whose source passes full text on,
    or all but those whose source passes nothing on. It holds what feeds may hold."""
    share: tuple[Network, ...] = ("whatsapp", "telegram", "x", "facebook")
    """Networks that a story links for passing it on, beside e-mail; plain links, no tracker."""
    differences: Literal["none", "updates", "all"] = "updates"
    """Which changes a story's history shows word by word; "updates" leaves corrections out, as
    what an agency corrects is not to be said again."""


class Pictures(Table, frozen=True):
    """Where readers get pictures from, and for how long."""

    keep: Literal["link", "fetch", "own"] = "fetch"
    """Fetch each picture once, cut it to size and serve it ourselves: "fetch" links the agency's
    file until it has been asked for, "own" shows a card till then; "link" never fetches any."""
    cards: bool = True
    """Whether a story without a picture gets a card, drawn for social networks."""
    card_font: str = ""
    """Font file for cards in scripts beyond the theme's Latin, relative to the newsroom folder."""
    archive_days: Annotated[int, msgspec.Meta(ge=0, le=36500)] = 30
    """Days for which a picture is shown whose terms forbid archiving."""
    avif: bool = False
    """Whether pictures become AVIF as well, a quarter smaller for ten times the work: while nothing
    else is wanted, never before a page and its picture are out."""


class Pipeline(Table, frozen=True):
    """How much work is taken at once."""

    readers: Annotated[int, msgspec.Meta(ge=0, le=64)] = 0
    """Reading processes; 0 reads in the filing process. With any, others bake a backlog."""
    batch: Annotated[int, msgspec.Meta(ge=1, le=5000)] = 200
    """Log entries filed in one transaction, at most."""
    max_bytes: Annotated[int, msgspec.Meta(ge=1024)] = 20_000_000
    """Bytes of a delivery; a larger one goes to quarantine."""
    max_items: Annotated[int, msgspec.Meta(ge=1)] = 5_000
    """Items of a delivery; one with more goes to quarantine, so that no other waits for it."""
    waiting: Annotated[int, msgspec.Meta(ge=10)] = 20_000
    """Log entries that may wait to be filed before intake slows down and says so."""


class Retention(Table, frozen=True):
    """How much of the wire log is kept; what goes out of it lies in a snapshot of the archive."""

    keep: str = ""
    """How long deliveries and orders are kept as they came, such as "400d"; "" keeps all."""
    most_mb: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Megabytes that are kept at most, the newest; 0 keeps all. The last day always stays."""
