"""A card for a story without a picture: section, headline and agency, in letters that fit."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from wirecopy.pictures.lettering import Letters, from_right, given, ours
from wirecopy.pictures.nouns import Order, Print

SIZE = (1200, 630)
"""What social networks ask for."""
_EDGE = 72
_ROOM = SIZE[0] - 2 * _EDGE
"""Pixels that a line may take."""
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


def draw(order: Order, font: bytes = b"") -> Print:
    """The card as PNG; the same words give the same bytes.

    Words in a script that the theme's letters do not know are set in `font`; those that it does
    not know either are left out.
    """
    image = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(image)
    for y in range(0, SIZE[1], 14):
        pen.line([(0, y), (SIZE[0], y)], fill=_FAINT, width=1)
    agency = " · ".join(filter(None, (order.agency, order.site)))
    _line(pen, _set(order.section, font), 40, 700, _EDGE)
    _line(pen, _set(agency, font), 34, 600, SIZE[1] - 108)
    _headline(pen, *_set(order.headline, font))
    out = io.BytesIO()
    image = image.point([level // 16 for level in range(256)])
    image.putpalette(_shades(_TONES[(order.tone - 1) % len(_TONES)]))
    image.save(out, "PNG", bits=4)
    return Print(width=SIZE[0], height=SIZE[1], kind="png", body=out.getvalue())


def _set(text: str, font: bytes) -> tuple[str, Letters]:
    """The words that can be set, and in which letters; "" where they cannot."""
    for letters in filter(None, (ours(), given(font))):
        if words := letters.fit(text):
            return words, letters
    return "", ours()


def _headline(pen: ImageDraw.ImageDraw, words: str, letters: Letters) -> None:
    if not words:
        return
    size, lines = _fitting(words, letters)
    step = size * letters.leading
    top = 150 + (SIZE[1] - 150 - 130 - len(lines) * step) / 2
    for number, line in enumerate(lines):
        _write(pen, line, letters, size, 680, top + number * step, right=from_right(words))


def _write(
    pen: ImageDraw.ImageDraw,
    line: str,
    letters: Letters,
    size: int,
    weight: int,
    top: float,
    *,
    right: bool,
) -> None:
    """One line, from the side where its script begins."""
    if right:
        letters.write_from_right(pen, (SIZE[0] - _EDGE, top), line, size, weight)
    else:
        letters.write(pen, (_EDGE, top), line, size, weight)


def _shades(tone: tuple[int, int, int]) -> list[int]:
    """Sixteen steps from the section's tone to paper."""
    return [
        round(dark + (light - dark) * step / 15)
        for step in range(16)
        for dark, light in zip(tone, _PAPER, strict=True)
    ]


def _line(
    pen: ImageDraw.ImageDraw, said: tuple[str, Letters], size: int, weight: int, y: int
) -> None:
    """One line of words, smaller where it would be too long, cut where it still is."""
    words, letters = said
    while size > 22 and letters.length(words, size, weight) > _ROOM:
        size -= 2
    line = _cut(words, letters, size, weight)
    _write(pen, line, letters, size, weight, y, right=from_right(words))


def _cut(line: str, letters: Letters, size: int, weight: int) -> str:
    if letters.length(line, size, weight) <= _ROOM:
        return line
    while line and letters.length(line + "…", size, weight) > _ROOM:
        line = line[:-1]
    return line.rstrip() + "…"


def _fitting(headline: str, letters: Letters) -> tuple[int, list[str]]:
    """The largest size at which the headline fits, and its lines; the last is cut if none does."""
    lines: list[str] = []
    for size in _SIZES:
        lines = _wrapped(headline, letters, size)
        high = len(lines) * size * letters.leading
        if len(lines) <= (3 if size > 66 else _LINES) and high < 350:
            return size, lines
    size = _SIZES[-1]
    kept = lines[: min(_LINES, int(350 / (size * letters.leading)))]
    kept[-1] = _cut(kept[-1] + " …" * (len(lines) > len(kept)), letters, size, 680)
    return size, kept


def _wrapped(text: str, letters: Letters, size: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters.length(longer, size, 680) <= _ROOM:
            lines[-1] = longer
        else:
            lines.append(_cut(word, letters, size, 680))
    return lines
