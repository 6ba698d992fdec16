"""The bundled wire: what six invented agencies send, when, and in which bytes.

    for sending in sendings(start):
        ...  # deliver sending.body to sending.source at start + sending.at

Two days of one invented country: about fifty stories as a backlog over the thirty hours before
`start`, then three minutes in which updates, a correction, a kill, a broken file and the end of
an embargo arrive one after the other. Everything is a function of `start` and `base`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from wirecopy.demo import feeds, wires
from wirecopy.demo.stories import Piece, pieces
from wirecopy.errors import SourceError

BASE = "https://pictures.velmore-courier.example"
"""Where the agencies have their pictures; nobody ever asks there, see `fetch_picture`."""

CONFIG: str = (files(__package__) / "newsroom.toml").read_text(encoding="utf-8")
"""The complete, commented wirecopy.toml of the demo newsroom."""


@dataclass(frozen=True)
class Sending:
    """One delivery: its bytes, and when, from which source and under which name they arrive.

    `at` counts from the start of the demo; a negative one belongs to the backlog.
    """

    at: timedelta
    source: str
    name: str
    body: bytes
    media_type: str


@dataclass(frozen=True)
class _Format:
    """How a format is written, and how its files are called."""

    write: Callable[[Piece, str], bytes]
    suffix: str
    media_type: str


_FORMATS: Mapping[str, _Format] = {
    "rss": _Format(feeds.rss, "rss.xml", "application/rss+xml; charset=utf-8"),
    "atom": _Format(feeds.atom, "atom.xml", "application/atom+xml; charset=utf-8"),
    "jsonfeed": _Format(feeds.json_feed, "feed.json", "application/feed+json"),
    "g2": _Format(wires.newsml_g2, "newsml.xml", "application/vnd.iptc.g2.newsitem+xml"),
    "nitf": _Format(wires.nitf, "nitf.xml", "application/nitf+xml"),
    "ninjs": _Format(wires.ninjs, "ninjs.json", "application/json"),
}

REPEATED = ("nor-wind", timedelta(seconds=20))
"""The story that is sent a second time, byte for byte, and when."""

BROKEN = ("nor-ferry-4", timedelta(seconds=25))
"""The story of whose document the broken file is the first part, and when that arrives."""


def sendings(start: datetime, base: str = BASE) -> tuple[Sending, ...]:
    """All deliveries of the demo that begins at `start` (aware), in the order of their times."""
    copy = pieces(start)
    found = [_sending(piece, base) for piece in copy]
    found += [_repeat(piece, base) for piece in copy if piece.id == REPEATED[0]]
    found += [_broken(piece, base) for piece in copy if piece.id == BROKEN[0]]
    return tuple(sorted(found, key=lambda sending: (sending.at, sending.name)))


@cache
def pictures() -> Mapping[str, bytes]:
    """The pictures that the wire refers to, by their file name (dam.jpg), as JPEG bytes."""
    folder = files(__package__) / "pictures"
    found = (file for file in folder.iterdir() if file.name.endswith(".jpg"))
    return {file.name: file.read_bytes() for file in sorted(found, key=lambda file: file.name)}


async def fetch_picture(url: str, _private: bool = False) -> bytes:
    """The bytes of one of the wire's pictures, from this package; SourceError for any other."""
    body = pictures().get(url.rpartition("/")[2])
    if body is None:
        raise SourceError(f"The picture {url} is none of the demo's.")
    return body


def _sending(piece: Piece, base: str) -> Sending:
    form = _FORMATS[piece.agency.format]
    return Sending(
        at=piece.at,
        source=piece.get("source") or piece.agency.key,
        name=f"{piece.id}.{piece.version}.{form.suffix}",
        body=form.write(piece, base),
        media_type=form.media_type,
    )


def _repeat(piece: Piece, base: str) -> Sending:
    """The same file again, as agencies send it after a line failure."""
    sent = _sending(piece, base)
    return Sending(REPEATED[1], sent.source, sent.name, sent.body, sent.media_type)


def _broken(piece: Piece, base: str) -> Sending:
    """A feed that breaks off before its first item, with line noise behind the break."""
    sent = _sending(piece, base)
    cut = sent.body.index(b"<lastBuildDate>") + 24
    noise = sent.body[:cut] + b"\x00\x1b[2J~~}\xff\xfe<p <<NO CARRIER\r\n"
    return Sending(BROKEN[1], sent.source, "line-noise.rss.xml", noise, sent.media_type)
