"""A card for a story without a picture: section, headline and agency, in letters that fit."""

from __future__ import annotations

import io
from functools import cache
from importlib import resources
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from wirecopy.pictures.nouns import Order, Print

SIZE = (1200, 630)
"""What social networks ask for."""
_EDGE = 72
_PAPER = (254, 253, 250)
_FAINT = 20
"""How light the lines of the ground are, of 255."""
_TONES = (
    (165, 29, 23), (20, 80, 126), (91, 58, 140), (9, 96, 90),
    (61, 96, 19), (152, 57, 11), (134, 48, 95), (107, 76, 0),
)  # fmt: skip
"""The eight tones of the theme's sections."""
_SIZES = range(84, 35, -6)
_LINES = 5


def draw(order: Order) -> Print:
    """The card as PNG; the same words give the same bytes.

    Words in a script that the theme's font has no letters for are left out.
    """
    image = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(image)
    for y in range(0, SIZE[1], 14):
        pen.line([(0, y), (SIZE[0], y)], fill=_FAINT, width=1)
    _line(pen, order.section, 40, 700, _EDGE, _EDGE)
    _line(pen, " · ".join(filter(None, (order.agency, order.site))), 34, 600, _EDGE, SIZE[1] - 108)
    headline = _known(order.headline)
    if headline:
        size, lines = _fitting(headline)
        font = _font(size, 680)
        top = 150 + (SIZE[1] - 150 - 130 - len(lines) * size * 1.06) / 2
        for number, line in enumerate(lines):
            pen.text((_EDGE, top + number * size * 1.06), line, font=font, fill=255)
    out = io.BytesIO()
    image = image.point([level // 16 for level in range(256)])
    image.putpalette(_shades(_TONES[(order.tone - 1) % len(_TONES)]))
    image.save(out, "PNG", bits=4)
    return Print(width=SIZE[0], height=SIZE[1], kind="png", body=out.getvalue())


def _shades(tone: tuple[int, int, int]) -> list[int]:
    """Sixteen steps from the section's tone to paper."""
    return [
        round(dark + (light - dark) * step / 15)
        for step in range(16)
        for dark, light in zip(tone, _PAPER, strict=True)
    ]


def _line(pen: ImageDraw.ImageDraw, text: str, size: int, weight: int, x: int, y: int) -> None:
    """One line of words, smaller where it would be too long, cut where it still is."""
    words = _known(text)
    while size > 22 and _font(size, weight).getlength(words) > SIZE[0] - 2 * _EDGE:
        size -= 2
    pen.text((x, y), _cut(words, _font(size, weight)), font=_font(size, weight), fill=255)


def _cut(line: str, font: Any) -> str:
    if font.getlength(line) <= SIZE[0] - 2 * _EDGE:
        return line
    while line and font.getlength(line + "…") > SIZE[0] - 2 * _EDGE:
        line = line[:-1]
    return line.rstrip() + "…"


def _fitting(headline: str) -> tuple[int, list[str]]:
    """The largest size at which the headline fits, and its lines; the last is cut if none does."""
    lines: list[str] = []
    for size in _SIZES:
        lines = _wrapped(headline, _font(size, 680))
        if len(lines) <= (3 if size > 66 else _LINES) and len(lines) * size * 1.06 < 350:
            return size, lines
    size = _SIZES[-1]
    kept = lines[:_LINES]
    kept[-1] = _cut(kept[-1] + " …" * (len(lines) > _LINES), _font(size, 680))
    return size, kept


def _wrapped(text: str, font: Any) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= SIZE[0] - 2 * _EDGE:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font))
    return lines


@cache
def _font(size: int, weight: int) -> Any:
    body = (resources.files("wirecopy.press") / "assets" / "newsreader.woff2").read_bytes()
    font = ImageFont.truetype(io.BytesIO(body), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


_LATIN = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0x100)])) | frozenset(
    "\u0131\u0152\u0153\u2018\u2019\u201c\u201d\u201a\u201e\u2013\u2014\u2026\u2022\u20ac\u2122\u2212"
)


def _known(text: str) -> str:
    """The text where the font has its letters, else nothing: boxes tell nobody anything."""
    words = " ".join(text.split())
    known = sum(char in _LATIN for char in words)
    if known < len(words) * 0.9:
        return ""
    return "".join(char for char in words if char in _LATIN)
