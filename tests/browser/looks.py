"""How pages look, small enough to keep, and how much two looks differ.

A look is a screen of a page at a quarter of its size in grey: enough to see that a column has moved
or a picture is missing, too little for the edges of letters, which differ from machine to machine.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

MEAN = 4.0
"""Mean difference in grey levels (of 255) up to which two looks are one."""
BLOCK = 60.0
"""Mean difference of the worst block up to which they are."""
_PARTS = 8


def small(screen: bytes) -> Image.Image:
    """The look of a screen."""
    with Image.open(io.BytesIO(screen)) as image:
        grey = image.convert("L")
        size = (max(1, grey.width // 4), max(1, grey.height // 4))
        return grey.resize(size, Image.Resampling.BOX).quantize(16).convert("L")


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """(mean difference, that of the worst block) in grey levels; two sizes differ wholly."""
    if one.size != other.size:
        return 255.0, 255.0
    blurred = [image.filter(ImageFilter.BoxBlur(2)) for image in (one, other)]
    both = ImageChops.difference(*blurred)
    width, height = max(1, both.width // _PARTS), max(1, both.height // _PARTS)
    blocks = [
        ImageStat.Stat(both.crop((x, y, x + width, y + height))).mean[0]
        for x in range(0, both.width - width + 1, width)
        for y in range(0, both.height - height + 1, height)
    ]
    return ImageStat.Stat(both).mean[0], max(blocks)


def same(one: Image.Image, other: Image.Image) -> bool:
    """Whether readers would call the two looks one."""
    mean, block = difference(one, other)
    return mean <= MEAN and block <= BLOCK


def side_by_side(old: Image.Image, new: Image.Image, path: Path) -> None:
    """Write old, new and their difference beside each other, for a person to look at."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet = Image.new("L", (old.width + new.width * 2 + 20, max(old.height, new.height)), 128)
    sheet.paste(old, (0, 0))
    sheet.paste(new, (old.width + 10, 0))
    if old.size == new.size:
        sheet.paste(ImageChops.difference(old, new), (old.width + new.width + 20, 0))
    sheet.save(path)
