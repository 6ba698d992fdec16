"""From the bytes of a picture to its renditions. Runs in a child process with little to lose."""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from wirecopy.pictures import metadata
from wirecopy.pictures.nouns import MAX_BYTES, Developed, Print, Refused, Said

MAX_PIXELS = 100_000_000
MAX_SIDE = 30_000
LEAST = 100
"""Pixels a picture must have in both directions: less is a counter or a button."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")
_WIDTHS = (400, 800, 1200, 1600)
_SMALL = 400
"""Width of the small JPEG; JPEG is for old browsers, mails and cards, all others take WebP."""

Image.init()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False


def develop(body: bytes) -> Developed | Refused:
    """The picture's renditions, or in words why there are none. Never raises on any bytes."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning)
            return _develop(body)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refused(reason=_TOO_LARGE)
    except UnidentifiedImageError:
        return Refused(reason="it is no picture of a kind that is known")
    except MemoryError:
        return Refused(reason="it needs more memory than a picture may have")
    except Exception as error:  # noqa: BLE001 - decoders raise anything on hostile bytes
        return Refused(reason=f"it is damaged ({type(error).__name__})")


_TOO_LARGE = "it has more pixels than a picture may have"


def _develop(body: bytes) -> Developed | Refused:
    if len(body) > MAX_BYTES:
        return Refused(reason="its file is too large")
    with Image.open(io.BytesIO(body), formats=_FORMATS) as image:
        width, height = image.size
        if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
            return Refused(reason=_TOO_LARGE)
        if min(width, height) < LEAST:
            return Refused(reason="it is too small to be a picture")
        said = metadata.read(image)
        kind = image.format or ""
        image.draft("RGB", (_WIDTHS[-1] * 2, _WIDTHS[-1] * 2))
        sound = _upright(image)
        plain = _in_srgb(sound)
    if min(plain.size) < LEAST:
        return Refused(reason="it is too small to be a picture")
    shown = (height, width) if _turned(width, height, plain) else (width, height)
    return Developed(
        width=shown[0],
        height=shown[1],
        format=kind,
        said=said,
        prints=tuple(_prints(plain, said)),
    )


def _turned(width: int, height: int, plain: Image.Image) -> bool:
    return (width > height) != (plain.width > plain.height) and width != height


def _upright(image: Image.Image) -> Image.Image:
    """The first frame, as its camera held it."""
    image.seek(0)
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    if profile:
        upright.info["icc_profile"] = profile
    return upright


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
    return image.convert("RGB")


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


def _prints(image: Image.Image, said: Said) -> list[Print]:
    """JPEG first, then WebP, narrowest first; none wider than the picture itself."""
    widths = [width for width in _WIDTHS if width < image.width]
    widths.append(min(image.width, _WIDTHS[-1]))
    widths = sorted(set(widths))
    jpegs = {min(_SMALL, widths[-1]), widths[-1]}
    sized = {width: _at(image, width) for width in sorted({*widths, *jpegs})}
    return [_jpeg(sized[width], said) for width in sorted(jpegs)] + [
        _webp(sized[width], said) for width in widths
    ]


def _at(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _jpeg(image: Image.Image, said: Said) -> Print:
    out = io.BytesIO()
    packet = {"xmp": found} if (found := metadata.xmp(said)) else {}
    image.info.clear()
    image.save(
        out, "JPEG", quality=82, optimize=True, progressive=True, extra=metadata.iim(said), **packet
    )
    return Print(width=image.width, height=image.height, kind="jpg", body=out.getvalue())


def _webp(image: Image.Image, said: Said) -> Print:
    out = io.BytesIO()
    image.info.clear()
    image.save(out, "WEBP", quality=78, method=3, xmp=metadata.xmp(said))
    return Print(width=image.width, height=image.height, kind="webp", body=out.getvalue())
