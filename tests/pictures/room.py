"""A newsroom with a picture desk, for the tests of what comes of an agency's pictures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import uvloop
from tests.newsdesk import proved_once
from tests.pictures.torture import saved, scene

from wirecopy.config import parse
from wirecopy.errors import SourceError
from wirecopy.model import Delivery
from wirecopy.pictures.darkroom import Darkroom
from wirecopy.pictures.desk import PictureDesk
from wirecopy.wiring import Newsroom

SETTINGS = """
[site]
name = "The Harbour Ledger"
url = "https://ledger.example"
[[sections]]
key = "world"
name = "World"
[[sources]]
name = "corvid"
agency = "Corvid News"
section = "world"
picture_credit = "{credit}"
[pictures]
keep = "{keep}"
archive_days = 3
avif = {avif}
"""
URL = "https://pictures.example/ferry.jpg"
START = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


class Room:
    """A newsroom with a picture desk whose agency's server is a dictionary."""

    def __init__(
        self, folder: Path, keep: str = "fetch", credit: str = "optional", *, avif: bool = False
    ) -> None:
        self.now = START
        config = parse(SETTINGS.format(keep=keep, credit=credit, avif=str(avif).lower()))
        with proved_once(config, folder):
            self.newsroom = Newsroom(folder, config, lambda: self.now, readers=0)
        self.newsroom.bake_all()
        self.server: dict[str, bytes] = {URL: saved(scene(900, 600), "JPEG")}
        self.asked: list[str] = []
        self.darkroom = Darkroom()
        self.desk = PictureDesk(
            self.newsroom.ledger,
            self.darkroom,
            self.fetch,
            lambda: self.now,
            avif=avif,
            cards_alone=keep == "link",
        )

    async def fetch(self, url: str, _private: bool) -> bytes:
        """What the server has there."""
        self.asked.append(url)
        if url not in self.server:
            raise SourceError("Source picture: the server has nothing at this address.")
        return self.server[url]

    def take(self, number: int = 1, **fields: Any) -> None:
        """A story with one picture comes in."""
        media = {"caption": "A ferry.", "credit": "Corvid/A. P.", "url": URL} | fields
        self.newsroom.pipeline.take([Delivery(source="corvid", body=wire(number, **media))])
        self.newsroom.pipeline.drain()

    def see_to_pictures(self, at_most: int = 1000) -> None:
        """The desk works until nothing is wanted, and what changed is baked."""

        async def all_of_it() -> None:
            for _ in range(at_most):
                if not await self.desk.work():
                    break

        uvloop.run(all_of_it())
        self.newsroom.pipeline.drain()

    def wait(self, **span: float) -> None:
        """Time goes on, and the log is told so."""
        self.now += timedelta(**span)
        while self.newsroom.pipeline.tick():
            self.newsroom.pipeline.drain()

    def files(self) -> dict[str, bytes]:
        """Every file of the site."""
        root = self.newsroom.site_path
        return {path: (root / path).read_bytes() for path in self.newsroom.site.paths()}

    def page(self) -> str:
        """The newest story's page; "" while there is none."""
        found = [b for p, b in self.files().items() if p.startswith("world/") and "harbour" in p]
        return found[-1].decode() if found else ""

    def close(self) -> None:
        """End it."""
        self.darkroom.close()
        self.newsroom.close()


def wire(number: int, **media: Any) -> bytes:
    """A ninjs object with a picture."""
    rendition = {"href": media.pop("url"), "mimetype": "image/jpeg", "width": 900, "height": 600}
    if "poi" in media:
        rendition["poi"] = media["poi"]
    picture = {
        "type": "picture", "uri": f"urn:pic:{number}", "body_text": media["caption"],
        "byline": media["credit"], "creditline": media["credit"],
        "usageterms": media.get("terms", ""), "renditions": {"main": rendition},
    }  # fmt: skip
    picture |= {key: media[key] for key in ("expires", "embargoed") if key in media}
    return msgspec.json.encode(
        {
            "uri": f"urn:newsml:corvid.example:{number}",
            "type": "text",
            "version": "1",
            "pubstatus": "usable",
            "language": "en",
            "headline": f"Harbour opens again, part {number}",
            "body_html": "<p>The harbour of Velmore opened on Thursday.</p><p>Ferries sail.</p>",
            "associations": {"featuremedia": picture},
        }
    )


def full_bake(room: Room) -> dict[str, bytes]:
    """The site as a full bake writes it."""
    room.newsroom.bake_all()
    return room.files()
