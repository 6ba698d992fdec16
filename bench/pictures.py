"""Pictures: renditions a second in the darkroom, and what they cost a full bake."""

from __future__ import annotations

import io
import os
import random
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import uvloop
from PIL import Image, ImageFilter

import newsrooms
from measures import Table, ratio, run_watched, scratch
from wirecopy.config import Config, parse
from wirecopy.model import Delivery
from wirecopy.pictures.child import MEMORY, shut_in
from wirecopy.pictures.darkroom import Darkroom
from wirecopy.pictures.desk import PictureDesk
from wirecopy.pictures.develop import develop
from wirecopy.pictures.nouns import Developed
from wirecopy.wiring import Newsroom

_SETTINGS = """
[site]
name = "The Bench"
url = "https://bench.example"
[[sources]]
name = "wire"
agency = "Wire"
section = "news"
[pictures]
keep = "{keep}"
"""


def measure(*, quick: bool) -> list[Table]:
    """Renditions a second, and a full bake with pictures of our own beside one that links."""
    photos = [_photo(seed) for seed in range(4 if quick else 12)]
    return [
        _darkroom(photos),
        _memory(),
        _bakes(photos, 100 if quick else 1000),
    ]


def _photo(seed: int) -> bytes:
    """A picture about as hard to compress as a photograph: 2400 by 1600, soft noise."""
    chance = random.Random(seed)  # noqa: S311 - the same pictures each time
    small = Image.frombytes("RGB", (300, 200), chance.randbytes(300 * 200 * 3))
    image = small.filter(ImageFilter.GaussianBlur(2)).resize((2400, 1600), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def _darkroom(photos: list[bytes]) -> Table:
    rows = []
    for name, children, avif in (
        ("JPEG and WebP, one child", 1, False),
        (f"JPEG and WebP, {os.cpu_count()} children", os.cpu_count() or 1, False),
        ("AVIF in the background, one child", 1, True),
    ):
        some = photos[: max(2, len(photos) // 4)] if avif else photos
        seconds, prints = _develop(some, children, avif=avif)
        rows.append((name, len(some) / seconds, prints / seconds, prints // len(some)))
    return Table(
        title="Pictures developed in child processes",
        columns=("", "pictures a second", "renditions a second", "renditions each"),
        rows=tuple(rows),
        note="2400 by 1600 pixels; WebP and AVIF in four widths, JPEG in two and in three crops; "
        "credit and caption written into each.",
    )


def _develop(photos: list[bytes], children: int, *, avif: bool) -> tuple[float, int]:
    """(seconds, renditions) of these pictures; the children have started before."""
    room = Darkroom(patience=120, children=children, waiting=True)
    with ThreadPoolExecutor(children) as threads:
        list(threads.map(room.develop, photos[:1] * children))
        began = time.perf_counter()
        made = list(threads.map(lambda body: room.develop(body, avif=avif), photos))
        seconds = time.perf_counter() - began
    room.close()
    return seconds, sum(len(one.prints) for one in made if isinstance(one, Developed))


def _memory() -> Table:
    """What the child takes at most, by pictures that want as much as they may have."""
    rows = []
    for name, body in (
        ("JPEG of 24 million pixels", _large("JPEG", (6000, 4000))),
        ("JPEG of 100 million pixels", _large("JPEG", (10_000, 10_000))),
        ("PNG of 100 million pixels", _large("PNG", (10_000, 10_000))),
    ):
        with scratch() as folder:
            path = folder / "picture"
            path.write_bytes(body)
            ran = run_watched([sys.executable, __file__, str(path)], folder)
        rows.append((name, ran.peak, ran.seconds, ran.out.strip()))
    return Table(
        title="Memory of the child that opens a picture",
        columns=("", "peak MB", "seconds", "what came of it"),
        rows=tuple(rows),
        note=f"The child's address space ends at {MEMORY // 1_000_000:,} MB, Python and its "
        "libraries included; a picture that wants more is refused.",
    )


def _large(kind: str, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind)
    return out.getvalue()


def _bakes(photos: list[bytes], count: int) -> Table:
    cpu, files = {}, {}
    for keep in ("link", "fetch"):
        with scratch() as folder:
            cpu[keep], files[keep] = _bake(
                folder, parse(_SETTINGS.format(keep=keep)), photos, count
            )
    more = ratio(cpu["fetch"], cpu["link"]) or 0.0
    return Table(
        title="Full bake with pictures of our own, and with linked ones",
        columns=("", "story pages per CPU-second", "files"),
        rows=tuple((f'keep = "{keep}"', count / cpu[keep], files[keep]) for keep in cpu),
        note=f"{count:,} stories, every one with a picture. Own pictures cost {more:.2f} times.",
    )


def _bake(folder: Path, config: Config, photos: list[bytes], count: int) -> tuple[float, int]:
    """(CPU seconds of a full bake into an empty folder, files of the site)."""
    clock = newsrooms.WireClock()
    newsroom = Newsroom(folder, config, clock, readers=0)
    newsroom.pipeline.take([Delivery(source="wire", body=_story(n)) for n in range(count)])
    newsroom.pipeline.drain()
    room = Darkroom()
    desk = PictureDesk(newsroom.ledger, room, _server(photos), clock)
    if config.pictures.keep != "link":
        uvloop.run(_all(desk))
    room.close()
    newsroom.pipeline.drain()
    shutil.rmtree(newsroom.site_path)
    began = os.times()
    newsroom.baker.bake_all()
    ended = os.times()
    made = sum(1 for _ in newsroom.site.paths())
    newsroom.close()
    return ended.user + ended.system - began.user - began.system, made


async def _all(desk: PictureDesk) -> None:
    while await desk.work():
        pass


def _server(photos: list[bytes]):  # type: ignore[no-untyped-def]  # noqa: ANN202 - desk.Fetch
    async def fetch(url: str, _private: bool) -> bytes:
        return photos[int(url.rpartition("/")[2].partition(".")[0])]

    return fetch


def _story(number: int) -> bytes:
    """Story N of the bench, with one of a few pictures."""
    href = f"https://pictures.example/{number % 4}.jpg"
    rendition = {"href": href, "mimetype": "image/jpeg", "width": 2400, "height": 1600}
    picture = {"type": "picture", "uri": f"urn:pic:{number}", "renditions": {"main": rendition}}
    return msgspec.json.encode(
        {
            "uri": f"urn:newsml:wire.example:{number}",
            "type": "text",
            "version": "1",
            "headline": f"Harbour report number {number}",
            "body_html": "<p>The harbour is open.</p>" * 6,
            "associations": {"featuremedia": picture},
        }
    )


def _main() -> None:
    """Develop the picture that the first argument names, shut in as the child is."""
    body = Path(sys.argv[1]).read_bytes()
    shut_in(0)
    made = develop(body)
    print(f"{len(made.prints)} renditions" if isinstance(made, Developed) else made.reason)


if __name__ == "__main__":
    _main()
