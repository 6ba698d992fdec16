"""From the bytes of a picture to its renditions. Runs in a child process with little to lose."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

import msgspec
from PIL import AvifImagePlugin, Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from wirecopy.model import Focus
from wirecopy.pictures import metadata
from wirecopy.pictures.nouns import (
    MAX_BYTES,
    NO_LABEL,
    Developed,
    Label,
    Print,
    Refused,
    Said,
)

_MAX_PIXELS = 100_000_000
_MAX_SIDE = 30_000
_LEAST = 100
"""Pixels a picture must have in both directions: less is a counter or a button."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")
_WIDTHS = (400, 800, 1200, 1600)
_TALLEST = 16_383
"""Pixels down that WebP can have."""
_SMALL = 400
"""Width of the small JPEG; JPEG is for old browsers, mails and cards, all others take WebP."""

_SHAPES = ((16, 9), (4, 3), (1, 1))
_MIDDLE = Focus(0.5, 0.5)
_CROP_WIDEST = 1200
_CROP_LEAST = 50_000
"""Pixels in all that a crop must have: search engines take no smaller picture."""
_HARDLY = 0.02
"""Share of the picture that a crop must take away, else the picture itself will do."""

Image.init()
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # the child may start nothing, threads included
Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False


def develop(body: bytes, label: Label = NO_LABEL, *, avif: bool = False) -> Developed | Refused:
    """The picture's renditions, or in words why there are none. Never raises on any bytes.

    With `avif`, its renditions as AVIF alone.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning)
            return _develop(body, label, avif=avif)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refused(reason=_TOO_LARGE)
    except UnidentifiedImageError:
        return Refused(reason="it is not a picture of a known kind")
    except MemoryError:
        return Refused(reason="it needs more memory than a picture may have")
    except Exception as error:  # noqa: BLE001 - decoders raise anything on hostile bytes
        return Refused(reason=f"it is damaged ({type(error).__name__})")


_TOO_LARGE = "it has more pixels than a picture may have"


def _develop(body: bytes, label: Label, *, avif: bool) -> Developed | Refused:
    if len(body) > MAX_BYTES:
        return Refused(reason="its file is too large")
    with Image.open(io.BytesIO(body), formats=_FORMATS) as image:
        width, height = image.size
        if width * height > _MAX_PIXELS or max(width, height) > _MAX_SIDE:
            return Refused(reason=_TOO_LARGE)
        if min(width, height) < _LEAST:
            return Refused(reason="it is too small to be a picture")
        said = metadata.read(image)
        focus = label.focus or metadata.focus(image)
        image.draft("RGB", (_WIDTHS[-1] * 2, _WIDTHS[-1] * 2))
        sound = _upright(image)
        plain = _in_srgb(sound)
    if min(plain.size) < _LEAST:
        return Refused(reason="it is too small to be a picture")
    focus = focus or _resting(plain)
    words = metadata.written(said, label)
    prints = _avifs(plain, words) if avif else _prints(plain, words, focus or _MIDDLE)
    return Developed(said=said, focus=focus, prints=tuple(prints))


def _resting(image: Image.Image) -> Focus | None:
    """Faces are high up in a tall picture; in a wide one the middle is as good as any place."""
    return Focus(0.5, 0.3) if image.height > image.width else None


def _upright(image: Image.Image) -> Image.Image:
    """The first frame, as its camera held it."""
    image.seek(0)
    image.load()
    profile = image.info.get("icc_profile")
    ImageOps.exif_transpose(image, in_place=True)  # a copy of a large picture is too dear
    if profile:
        image.info["icc_profile"] = profile
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture as RGB in sRGB on white: CMYK, 16 bits, palettes and transparency undone."""
    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bits(image)
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _by_profile(image, profile)
    if image.mode in ("RGBA", "LA", "PA", "P", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground
    return image if image.mode == "RGB" else image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """16- and 32-bit greys brought into 0 to 255 by the range that their values use."""
    wide = image.convert("F")
    extrema: Any = wide.getextrema()
    top = 65535.0 if extrema[1] > 255 else 255.0
    if image.mode == "F" and extrema[1] <= 1.0:
        top = 1.0
    return wide.point(lambda value: value * (255.0 / top) + 0.0).convert("L")


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours by the picture's own profile; a profile that is broken is not heeded."""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, own, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return made if made is not None else image


_SRGB = ImageCms.createProfile("sRGB")


def _prints(image: Image.Image, said: Said, focus: Focus) -> list[Print]:
    """JPEG first, then WebP, narrowest first, then crops; none wider than the picture itself."""
    widths = _widths(image)
    jpegs = {min(_SMALL, widths[-1]), widths[-1]}
    sized = _sized(image, widths)
    return [
        *(_jpeg(sized[width], said) for width in sorted(jpegs)),
        *(_webp(sized[width], said) for width in widths),
        *_crops(sized[widths[-1]], said, focus),
    ]


def _widths(image: Image.Image) -> list[int]:
    widest = min(image.width, _WIDTHS[-1], image.width * _TALLEST // image.height)
    return sorted({width for width in (*_WIDTHS, _SMALL) if width < widest} | {widest})


def _sized(image: Image.Image, widths: list[int]) -> dict[int, Image.Image]:
    """The picture in these widths, each made of the next larger, which costs half as much."""
    made = {}
    for width in reversed(widths):
        made[width] = image = _at(image, width)
    return made


def _at(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _crops(image: Image.Image, said: Said, focus: Focus) -> Iterator[Print]:
    """The shapes that search engines and previews ask for, around the focal point."""
    for across, down in _SHAPES:
        width = min(image.width, image.height * across // down)
        height = min(image.height, image.width * down // across)
        spare = image.width - width, image.height - height
        if max(spare) < _HARDLY * max(image.size) or width * height < _CROP_LEAST:
            continue
        left, top = (
            min(max(round(at * whole - part / 2), 0), whole - part)
            for at, whole, part in zip((focus.x, focus.y), image.size, (width, height), strict=True)
        )
        cut = _at(image.crop((left, top, left + width, top + height)), min(width, _CROP_WIDEST))
        kept = f"{round(focus.x * 100)}x{round(focus.y * 100)}"
        yield msgspec.structs.replace(_jpeg(cut, said, progressive=False), crop=kept)


def _avifs(image: Image.Image, said: Said) -> Iterator[Print]:
    for _, sized in sorted(_sized(image, _widths(image)).items()):
        out = io.BytesIO()
        sized.info.clear()
        sized.save(out, "AVIF", quality=50, speed=6, max_threads=1, xmp=metadata.xmp(said))
        yield Print(width=sized.width, height=sized.height, kind="avif", body=out.getvalue())


def _jpeg(image: Image.Image, said: Said, *, progressive: bool = True) -> Print:
    out = io.BytesIO()
    packet = {"xmp": found} if (found := metadata.xmp(said)) else {}
    image.info.clear()
    image.save(
        out,
        "JPEG",
        quality=82,
        optimize=True,
        progressive=progressive,
        extra=metadata.iim(said),
        **packet,
    )
    return Print(width=image.width, height=image.height, kind="jpg", body=out.getvalue())


def _webp(image: Image.Image, said: Said) -> Print:
    out = io.BytesIO()
    image.info.clear()
    image.save(out, "WEBP", quality=78, method=2, xmp=metadata.xmp(said))
    return Print(width=image.width, height=image.height, kind="webp", body=out.getvalue())
