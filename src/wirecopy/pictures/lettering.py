"""The letters of a card: the theme's, or those of a font that the newsroom names for its script."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from PIL import ImageFont, features

_OURS = ("newsreader.woff2", "newsreader-ext.woff2")
"""The theme's files: Latin, and Latin of further languages (Polish, Czech, Turkish)."""
_LEADING = 1.06
_NOBODY = "\U0010ffff"
"""A character that no font has: what it looks like is what every missing one does."""


class Letters:
    """The files of one family; each letter is set in the first that has it.

    With `shaped`, words are set as their script wants it: joined, in ligatures, from the right.
    """

    def __init__(self, files: tuple[bytes, ...], *, shaped: bool = False) -> None:
        self._files = files
        self._shaped = shaped
        self._fonts: dict[tuple[int, int, int], Any] = {}
        self._homes: dict[str, int] = {}
        self._probes = [_opened(body, 40) for body in files]
        ascent, descent = self._probes[0].getmetrics()
        self.leading = max(_LEADING, (ascent + descent) / 40) if shaped else _LEADING
        """Distance of lines, as a multiple of the size."""

    def fit(self, text: str) -> str:
        """The text without signs that these files lack; "" where they lack a letter or a figure.

        A word without one of its letters is another word, and boxes tell nobody anything.
        """
        words = " ".join(unicodedata.normalize("NFC", text).split())
        lacking = {char for char in words if self._home(char) < 0}
        if any(unicodedata.category(char)[0] in "LMN" for char in lacking):
            return ""
        return " ".join("".join(char for char in words if char not in lacking).split())

    def length(self, text: str, size: int, weight: int) -> float:
        """Pixels that the text takes."""
        return float(sum(font.getlength(run) for font, run in self._runs(text, size, weight)))

    def write(self, pen: Any, at: tuple[float, float], text: str, size: int, weight: int) -> None:
        """Set one line from the left, `at` being its upper end."""
        x, y = at
        for font, run in self._runs(text, size, weight):
            pen.text((x, y), run, font=font, fill=255)
            x += font.getlength(run)

    def write_from_right(
        self, pen: Any, at: tuple[float, float], text: str, size: int, weight: int
    ) -> None:
        """Set one line that begins at the right, `at` being its upper end there."""
        how = {"direction": "rtl"} if self._shaped else {}
        pen.text(at, text, font=self._font(0, size, weight), fill=255, anchor="ra", **how)

    def _runs(self, text: str, size: int, weight: int) -> Iterator[tuple[Any, str]]:
        """The text in pieces that one file has all of."""
        for home, chars in groupby(text, lambda char: max(self._home(char), 0)):
            yield self._font(home, size, weight), "".join(chars)

    def _font(self, home: int, size: int, weight: int) -> Any:
        key = home, size, weight
        if key not in self._fonts:
            self._fonts[key] = _opened(self._files[home], size, weight, shaped=self._shaped)
        return self._fonts[key]

    def _home(self, char: str) -> int:
        """The number of the first file that has the character, -1 for none."""
        if char not in self._homes:
            having = (n for n, font in enumerate(self._probes) if _looks(font, char))
            self._homes[char] = next(having, -1)
        return self._homes[char]


def _opened(body: bytes, size: int, weight: int = 0, *, shaped: bool = False) -> Any:
    layout = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    font = ImageFont.truetype(io.BytesIO(body), size, layout_engine=layout)
    if weight and not shaped:  # ours have weights; a font of the newsroom's is taken as it is
        font.set_variation_by_axes([weight])
    return font


def _looks(font: Any, char: str) -> bool:
    """Whether the font has a shape of its own for the character; a space needs none."""
    return char.isspace() or bytes(font.getmask(char)) != bytes(font.getmask(_NOBODY))


def from_right(text: str) -> bool:
    """Whether the text begins at the right: its first strong character says so."""
    ways = (unicodedata.bidirectional(char) for char in text)
    return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"


@cache
def ours() -> Letters:
    """The theme's letters."""
    assets = resources.files("wirecopy.press") / "assets"
    return Letters(tuple((assets / name).read_bytes() for name in _OURS))


def can_shape() -> bool:
    """Whether words can be set as every script wants it, which takes the system's FriBidi."""
    return bool(features.check("raqm"))


@cache
def given(body: bytes) -> Letters | None:
    """The letters of a font file; None where there is none, or it cannot be read or set."""
    if not body or not can_shape():
        return None
    try:
        return Letters((body,), shaped=True)
    except (OSError, ValueError):
        return None  # `wirecopy run` has refused it at its start; it may have been damaged since
