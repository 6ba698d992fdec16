"""A hundred pictures to be afraid of, each made by a few lines, each with what must come of it."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from PIL import Image, ImageCms, ImageDraw

KEPT = "kept"
UNKNOWN = "not a picture of a known kind"
DAMAGED = "damaged"
SMALL = "too small"
PIXELS = "more pixels"
HEAVY = "file is too large"


class Case(NamedTuple):
    """One file: its name, its bytes, what comes of it, and the size that is kept.

    Whatever takes long is made when it is wanted: every process of a test run lists the cases.
    """

    name: str
    body: bytes | Callable[[], bytes]
    outcome: str
    size: tuple[int, int] | None = None

    @property
    def file(self) -> bytes:
        """The bytes, made now where they were not yet."""
        return self.body() if callable(self.body) else self.body


def scene(width: int = 300, height: int = 200, mode: str = "RGB") -> Image.Image:
    """A picture whose upper left is red, so that a turned one can be told."""
    image = Image.new("RGB", (width, height), "navy")
    ImageDraw.Draw(image).rectangle((0, 0, width // 3, height // 3), fill="red")
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    """The picture as a file of that kind."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


JPEG = saved(scene(), "JPEG")
PNG = saved(scene(), "PNG")


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int, height: int, *chunks: bytes, data: bytes = b"\0" * 100, colour: int = 2
) -> bytes:
    """A PNG that claims to be so large."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    packed = chunk(b"IDAT", zlib.compress(data))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + packed + chunk(b"IEND", b"")


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose header claims to be so large."""
    at = JPEG.index(b"\xff\xc0") + 5
    return JPEG[:at] + struct.pack(">HH", height, width) + JPEG[at + 4 :]


def segment(marker: int, body: bytes) -> bytes:
    """The JPEG with one more segment behind its start."""
    return JPEG[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + JPEG[2:]


def turned(orientation: int) -> bytes:
    """A JPEG that is to be shown turned or mirrored."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(scene(), "JPEG", exif=exif)


def frames(kind: str, **how: Any) -> bytes:
    """A moving picture of three frames."""
    first, *others = (Image.new("RGB", (300, 200), colour) for colour in ("red", "lime", "blue"))
    return saved(first, kind, save_all=True, append_images=others, duration=100, **how)


def modes() -> Iterator[Case]:
    """Every way in which pixels lie in a sound file."""
    for kind, names in {
        "JPEG": ("RGB", "L", "CMYK"),
        "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
        "WEBP": ("RGB", "RGBA"),
        "TIFF": ("1", "L", "P", "RGB", "RGBA", "CMYK", "I;16", "F", "LAB"),
        "GIF": ("L", "P"),
        "AVIF": ("RGB", "RGBA"),
    }.items():
        for mode in names:
            if mode == "LAB":
                profiles = (ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"))
                image: Any = ImageCms.profileToProfile(scene(), *profiles, outputMode="LAB")
            elif mode == "I;16":
                image = scene(mode="L").point(lambda v: v * 257, "I").convert("I;16")
            else:
                image = scene(mode="L" if mode in ("I", "F") else "RGB").convert(mode)
            body = saved(image, kind)
            yield Case(f"{kind.lower()} {mode}", body, KEPT, (300, 200))


def ways_to_save() -> Iterator[Case]:
    """Sound files as unusual programs write them."""
    cases: dict[str, bytes] = {
        "jpeg progressive": saved(scene(), "JPEG", progressive=True),
        "jpeg of the lowest quality": saved(scene(), "JPEG", quality=1),
        "jpeg without subsampling": saved(scene(), "JPEG", subsampling=0),
        "jpeg with restarts": saved(scene(), "JPEG", restart_marker_blocks=1),
        "jpeg with a comment": saved(scene(), "JPEG", comment=b"<script>alert(1)</script>"),
        "webp lossless": saved(scene(), "WEBP", lossless=True),
        "tiff lzw": saved(scene(), "TIFF", compression="tiff_lzw"),
        "tiff deflate": saved(scene(), "TIFF", compression="tiff_adobe_deflate"),
        "tiff jpeg": saved(scene(), "TIFF", compression="jpeg"),
        "tiff of three pages": frames("TIFF"),
        "gif moving": frames("GIF"),
        "webp moving": frames("WEBP"),
        "png moving": frames("PNG"),
        "avif moving": frames("AVIF"),
        "png interlaced palette with transparency": saved(scene(mode="P"), "PNG", transparency=0),
        "gif with transparency": saved(scene(mode="P"), "GIF", transparency=1),
    }
    for name, body in cases.items():
        yield Case(name, body, KEPT, (300, 200))
    for way in range(1, 9):
        size = (300, 200) if way < 5 else (200, 300)
        yield Case(f"jpeg turned, way {way}", turned(way), KEPT, size)
    yield Case("jpeg turned, way 99", turned(99), KEPT, (300, 200))


def sizes() -> Iterator[Case]:
    """Pictures at the edges of what is taken."""
    for name, size, outcome in (
        ("as small as can be", (100, 100), KEPT),
        ("a pixel too narrow", (99, 200), SMALL),
        ("a pixel too low", (200, 99), SMALL),
        ("a counter's pixel", (1, 1), SMALL),
        ("a spacer", (1, 4000), SMALL),
        ("a banner", (9000, 100), KEPT),
        ("a tower", (100, 9000), KEPT),
        ("a ribbon without end", (30_001, 100), PIXELS),
        ("exactly as wide as a rendition", (800, 600), KEPT),
        ("wider than all renditions", (2500, 1000), KEPT),
    ):
        body = saved(Image.new("RGB", size, "green"), "PNG")
        yield Case(name, body, outcome, size if outcome == KEPT else None)


def bombs() -> Iterator[Case]:
    """Small files that want to become large."""
    yield Case("png of ten billion pixels", png(100_000, 100_000), PIXELS)
    yield Case("png of the largest size there is", png(2**31 - 1, 2**31 - 1), PIXELS)
    yield Case("png just over the limit", png(10_001, 10_000), PIXELS)
    yield Case("png of a size of nothing", png(0, 0), f"{DAMAGED}|{UNKNOWN}")
    yield Case("png whose data explode", lambda: png(
        300, 200, data=b"\0" * 80_000_000), KEPT, (300, 200))  # fmt: skip
    yield Case("png whose profile explodes", lambda: _exploding(b"iCCP"), DAMAGED)
    yield Case("png whose text explodes", lambda: _exploding(b"zTXt"), DAMAGED)
    yield Case("jpeg of four billion pixels", jpeg_of(65_000, 65_000), PIXELS)
    yield Case("gif of four billion pixels", b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0"
               * 20, f"{PIXELS}|{UNKNOWN}")  # fmt: skip
    yield Case("webp of a size beyond all", saved(scene(), "WEBP", lossless=True)[:21]
               + b"\xff\xff\xff\xff" + b"\0" * 50, f"{DAMAGED}|{UNKNOWN}|{PIXELS}")  # fmt: skip
    yield Case("a file beyond the limit", lambda: PNG + b"\0" * 30_000_000, HEAVY)
    yield Case("gif of four hundred frames", _many_frames, KEPT, (300, 200))


def _exploding(kind: bytes) -> bytes:
    packed = zlib.compress(b"\0" * 60_000_000, 9)
    return png(300, 200, chunk(kind, b"x\0\0" + packed), data=b"\0" * 180_200)


def _many_frames() -> bytes:
    many = [Image.new("P", (300, 200), n % 256) for n in range(400)]
    return saved(many[0], "GIF", save_all=True, append_images=many[1:])


def strangers() -> Iterator[Case]:
    """Files that are something else, whatever they are called."""
    for name, body in {
        "nothing": b"",
        "a page": b"<!doctype html><title>404</title>",
        "a page that begins like a jpeg": b"\xff\xd8\xff<html>",
        "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "a pdf": b"%PDF-1.7\n1 0 obj << >> endobj",
        "an archive": b"PK\x03\x04" + b"\0" * 200,
        "a program": b"\x7fELF" + b"\0" * 200,
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 300 200\nshowpage\n",
        "a bitmap": saved(scene(), "BMP"),
        "an icon": saved(scene(), "ICO"),
        "a portable pixmap": saved(scene(), "PPM"),
        "a targa": saved(scene(), "TGA"),
        "a pcx": saved(scene(), "PCX"),
        "a sun raster": b"\x59\xa6\x6a\x95" + b"\0" * 200,
        "a film": b"\0\0\0\x18ftypmp42" + b"\0" * 200,
        "words": "Grüße aus Velmore".encode() * 50,
        "zeroes": b"\0" * 5000,
    }.items():
        yield Case(name, body, f"{UNKNOWN}|{DAMAGED}")


def damage() -> Iterator[Case]:
    """Files that broke off, or on which somebody has hammered."""
    for name, whole in (
        ("jpeg", saved(scene(), "JPEG", quality=95)), ("png", PNG),
        ("webp", saved(scene(), "WEBP")), ("tiff", saved(scene(), "TIFF")),
    ):  # fmt: skip
        for share in (10, 50, 90):
            cut = whole[: len(whole) * share // 100]
            yield Case(f"{name} broken off at {share} per cent", cut, f"{DAMAGED}|{UNKNOWN}")
    broken = PNG.replace(b"IDAT", b"IDAQ")
    yield Case("png without its data", broken, f"{DAMAGED}|{UNKNOWN}")
    at = PNG.index(b"IDAT") + 20
    yield Case("png with a wrong sum", PNG[:at] + b"\0\1\2" + PNG[at + 3 :], DAMAGED)
    for seed in range(8):
        chance = random.Random(seed)  # noqa: S311 - the same blows each time
        hammered = bytearray(JPEG if seed % 2 else PNG)
        for _ in range(40):
            hammered[chance.randrange(30, len(hammered))] = chance.randrange(256)
        yield Case(
            f"hammered, {seed}", bytes(hammered), f"{KEPT}|{DAMAGED}|{UNKNOWN}|{PIXELS}|{SMALL}"
        )


def liars() -> Iterator[Case]:
    """Sound pictures that carry something with them."""
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    xap = b"http://ns.adobe.com/xap/1.0/\0"
    for name, body in {
        "jpeg with a page behind it": JPEG + b"<html><script>alert(1)</script>",
        "jpeg with an archive behind it": JPEG + b"PK\x03\x04" + b"\0" * 100,
        "png with bytes behind it": PNG + b"\0" * 5000,
        "jpeg with a broken exif": segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff"),
        "jpeg with a broken profile": segment(0xE2, b"ICC_PROFILE\0\1\1" + b"x" * 200),
        "jpeg with a broken iim": segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\xff\xff\xff\xff"),
        "jpeg with laughing xmp": segment(0xE1, xap + laughs),
        "jpeg with xmp that reads files": segment(0xE1, xap + outside),
        "jpeg with xmp that is none": segment(0xE1, xap + b"\xff\xfe\0<<<>>>"),
        "jpeg with an empty segment": segment(0xED, b""),
        "png with a profile of nonsense": saved(scene(), "PNG", icc_profile=b"nonsense" * 10),
        "tiff with a profile of nonsense": saved(scene(), "TIFF", icc_profile=b"nonsense" * 10),
        "cmyk with a profile of nonsense": saved(
            scene(mode="CMYK"), "JPEG", icc_profile=b"nonsense" * 10
        ),
        "jpeg whose end is another picture": JPEG + PNG,
        "png with a script for a name": png(
            300, 200, chunk(b"tEXt", b"Title\0<script>alert(1)</script>"), data=b"\0" * 180_200
        ),
        "jpeg in another sRGB": saved(
            scene(),
            "JPEG",
            icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        ),
    }.items():
        yield Case(name, body, KEPT, (300, 200))
    tall, low = jpeg_of(300, 4000), jpeg_of(300, 100)
    for name, body, outcome in (
        ("jpeg that lies to be taller than it is", tall, f"{DAMAGED}|{KEPT}"),
        ("jpeg that lies to be lower than it is", low, KEPT),
        ("png that begins like a jpeg", b"\xff\xd8\xff" + PNG, f"{UNKNOWN}|{DAMAGED}"),
        ("webp whose length lies", WEBP[:4] + b"\xff\xff\xff\x7f" + WEBP[8:], f"{DAMAGED}|{KEPT}"),
        ("tiff whose pages go round", tiff_in_a_ring(), KEPT),
    ):
        yield Case(name, body, outcome)


WEBP = saved(scene(), "WEBP")


def tiff_in_a_ring() -> bytes:
    """A TIFF whose first page says that the next page is the first."""
    body = saved(scene(), "TIFF")
    (first,) = struct.unpack_from("<I", body, 4)
    (fields,) = struct.unpack_from("<H", body, first)
    behind = first + 2 + 12 * fields
    return body[:behind] + struct.pack("<I", first) + body[behind + 4 :]


GROUPS: tuple[Callable[[], Iterator[Case]], ...] = (
    modes, ways_to_save, sizes, bombs, strangers, damage, liars,
)  # fmt: skip


def folder() -> list[Case]:
    """All of them."""
    return [case for group in GROUPS for case in group()]
