"""The brush of the demo's pictures: flat layered shapes, soft light and a little grain."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 800
SCALE = 2
LIMIT = 31_000

INK, NAVY, BLUE = "#0f2236", "#1b3a5a", "#2c5f86"
TEAL, SEA, MIST = "#2b7a80", "#56a7a6", "#cfe2df"
CREAM, SAND, GOLD = "#f7ecd7", "#e8c792", "#f3b44c"
CORAL, RUST, PLUM = "#e4684a", "#a3412f", "#46304f"
MOSS, PINE, SNOW, SLATE = "#6f8a55", "#23473f", "#f3f6f4", "#5f7587"

Point = tuple[float, float]


def rgb(colour: str) -> tuple[int, int, int]:
    """The three bytes of "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """A colour between the two; `share` 0 is the first."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def smooth(points: Sequence[Point], rounds: int = 3) -> list[Point]:
    """The closed shape with its corners cut, `rounds` times over."""
    shape = list(points)
    for _ in range(rounds):
        pairs = zip(shape, shape[1:] + shape[:1], strict=True)
        shape = [
            p
            for a, b in pairs
            for p in (
                (a[0] * 0.75 + b[0] * 0.25, a[1] * 0.75 + b[1] * 0.25),
                (a[0] * 0.25 + b[0] * 0.75, a[1] * 0.25 + b[1] * 0.75),
            )
        ]
    return shape


class Canvas:
    """A picture in the making; all coordinates are those of the finished 1200 by 800 pixels."""

    def __init__(self, name: str, top: str, bottom: str, horizon: float = HEIGHT) -> None:
        self.name = name
        self.dice = random.Random(name)  # noqa: S311 - drawings, no secrets
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), bottom)
        self.fade((0, 0, WIDTH, horizon), top, bottom)

    def _box(self, box: Sequence[float]) -> tuple[int, ...]:
        return tuple(round(value * SCALE) for value in box)

    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image, "RGBA")

    def _ink(self, colour: str, alpha: float) -> tuple[int, int, int, int]:
        return (*rgb(colour), round(255 * alpha))

    def fade(self, box: Sequence[float], top: str, bottom: str, *, sideways: bool = False) -> None:
        """A rectangle that goes from one colour to the other."""
        left, up, right, down = self._box(box)
        size = (max(1, right - left), max(1, down - up))
        ramp = Image.linear_gradient("L")
        ramp = (ramp.rotate(90) if sideways else ramp).resize(size)
        both = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)
        self.image.paste(both, (left, up))

    def rect(
        self,
        left: float,
        up: float,
        right: float,
        down: float,
        colour: str,
        alpha: float = 1,
        round_: float = 0,
    ) -> None:
        """A rectangle, with rounded corners if asked."""
        self._draw().rounded_rectangle(
            self._box((left, up, right, down)), round_ * SCALE, self._ink(colour, alpha)
        )

    def poly(self, points: Iterable[Point], colour: str, alpha: float = 1) -> None:
        """A filled polygon."""
        self._draw().polygon([(x * SCALE, y * SCALE) for x, y in points], self._ink(colour, alpha))

    def disc(
        self, x: float, y: float, r: float, colour: str, alpha: float = 1, ry: float | None = None
    ) -> None:
        """A disc, or an ellipse when `ry` is given."""
        tall = r if ry is None else ry
        self._draw().ellipse(
            self._box((x - r, y - tall, x + r, y + tall)), self._ink(colour, alpha)
        )

    def ring(
        self,
        x: float,
        y: float,
        r: float,
        width: float,
        colour: str,
        alpha: float = 1,
        *,
        ry: float | None = None,
        start: float = 0,
        end: float = 360,
    ) -> None:
        """A circle's or ellipse's line, or part of it (degrees, clockwise from the right)."""
        tall = r if ry is None else ry
        self._draw().arc(
            self._box((x - r, y - tall, x + r, y + tall)),
            start,
            end,
            self._ink(colour, alpha),
            round(width * SCALE),
        )

    def line(self, points: Sequence[Point], width: float, colour: str, alpha: float = 1) -> None:
        """A line through the points."""
        self._draw().line(
            [(x * SCALE, y * SCALE) for x, y in points],
            self._ink(colour, alpha),
            max(1, round(width * SCALE)),
            "curve",
        )

    def glow(self, x: float, y: float, r: float, colour: str, alpha: float = 0.6) -> None:
        """Soft light around a point."""
        small = Image.new("L", (WIDTH // 4, HEIGHT // 4), 0)
        ImageDraw.Draw(small).ellipse(
            ((x - r) / 4, (y - r) / 4, (x + r) / 4, (y + r) / 4), fill=round(255 * alpha)
        )
        mask = small.filter(ImageFilter.GaussianBlur(r / 8)).resize(
            self.image.size, Image.Resampling.BICUBIC
        )
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)

    def hills(
        self,
        base: float,
        height: float,
        colour: str,
        *,
        waves: float = 2.0,
        phase: float = 0,
        rough: float = 0,
        low: float = HEIGHT,
    ) -> None:
        """A range of hills from side to side."""
        points = [(0.0, low)]
        for x in range(0, WIDTH + 13, 12):
            t = x / WIDTH * math.tau * waves + phase
            y = base - height * (0.5 + 0.3 * math.sin(t) + 0.2 * math.sin(2.3 * t + 1.1))
            points.append((float(x), y + self.dice.uniform(-rough, rough)))
        self.poly([*points, (WIDTH, low)], colour)

    def peaks(self, base: float, height: float, colour: str, count: int, snow: str = "") -> None:
        """Mountains with sharp tops, snow on them if a colour is given."""
        step = WIDTH / count
        for number in range(-1, count + 1):
            x = (number + 0.5 + self.dice.uniform(-0.25, 0.25)) * step
            top, half = (
                base - height * self.dice.uniform(0.65, 1),
                step * self.dice.uniform(0.75, 1),
            )
            self.poly([(x - half, base), (x, top), (x + half, base)], colour)
            self.poly([(x, top), (x + half, base), (x + half * 0.15, base)], INK, 0.16)
            if snow:
                d = (base - top) * 0.28
                w = half * 0.28
                self.poly(
                    [
                        (x, top),
                        (x + w, top + d),
                        (x + w * 0.3, top + d * 0.8),
                        (x, top + d * 1.15),
                        (x - w * 0.4, top + d * 0.75),
                        (x - w, top + d),
                    ],
                    snow,
                )

    def water(
        self, up: float, top: str, bottom: str, light: str, down: float = HEIGHT, count: int = 60
    ) -> None:
        """A sheet of water with glints that widen toward the viewer."""
        self.fade((0, up, WIDTH, down), top, bottom)
        for _ in range(count):
            depth = self.dice.random() ** 1.4
            y, length = up + 6 + depth * (down - up - 10), 16 + depth * 110
            x = self.dice.uniform(-40, WIDTH)
            self.line(
                [(x, y), (x + length, y)], 1 + depth * 2.4, light, 0.16 + 0.2 * self.dice.random()
            )

    def stars(self, count: int, down: float) -> None:
        """Stars of several sizes in the upper part of the sky."""
        for _ in range(count):
            self.disc(
                self.dice.uniform(0, WIDTH),
                self.dice.uniform(0, down),
                self.dice.choice((0.7, 0.9, 1.2, 1.8)),
                SNOW,
                self.dice.uniform(0.4, 1),
            )

    def rain(self, count: int, colour: str = SNOW, alpha: float = 0.22) -> None:
        """Slanting rain over everything."""
        for _ in range(count):
            x, y, n = (
                self.dice.uniform(0, WIDTH + 100),
                self.dice.uniform(-40, HEIGHT),
                self.dice.uniform(18, 46),
            )
            self.line([(x, y), (x - n * 0.32, y + n)], 1.3, colour, alpha)

    def person(self, x: float, foot: float, tall: float, colour: str, *, arms: float = 0) -> None:
        """A standing figure in silhouette; `arms` above 0 raises them."""
        head = tall * 0.075
        self.disc(x, foot - tall + head, head, colour)
        self.rect(
            x - tall * 0.11,
            foot - tall * 0.82,
            x + tall * 0.11,
            foot - tall * 0.4,
            colour,
            round_=tall * 0.07,
        )
        self.rect(
            x - tall * 0.1, foot - tall * 0.5, x - tall * 0.012, foot, colour, round_=tall * 0.03
        )
        self.rect(
            x + tall * 0.012, foot - tall * 0.5, x + tall * 0.1, foot, colour, round_=tall * 0.03
        )
        lift = tall * (0.34 if not arms else -0.2 * arms)
        for side in (-1, 1):
            self.line(
                [
                    (x + side * tall * 0.09, foot - tall * 0.78),
                    (x + side * tall * 0.17, foot - tall * 0.78 + lift),
                ],
                tall * 0.055,
                colour,
            )

    def windows(
        self,
        box: Sequence[float],
        across: int,
        down: int,
        colour: str,
        *,
        lit: float = 1,
        dark: str = "",
        pad: float = 0.28,
    ) -> None:
        """A grid of windows; `lit` is the share that shows light."""
        left, up, right, low = box
        w, h = (right - left) / across, (low - up) / down
        for i in range(across):
            for j in range(down):
                shade = colour if self.dice.random() < lit else dark
                if shade:
                    self.rect(
                        left + (i + pad) * w,
                        up + (j + pad) * h,
                        left + (i + 1 - pad) * w,
                        up + (j + 1 - pad) * h,
                        shade,
                    )

    def finish(self) -> Image.Image:
        """The picture in its final size, with a soft vignette and grain."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        noise = Image.frombytes("L", (600, 400), self.dice.randbytes(240_000)).filter(
            ImageFilter.GaussianBlur(0.7)
        )
        grain = noise.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).point(
            lambda v: 128 + (v - 128) // 16
        )
        light = (
            Image.radial_gradient("L")
            .resize((WIDTH, HEIGHT))
            .point(lambda v: 255 - max(0, v - 120) // 3)
        )
        toned = ImageChops.soft_light(small, Image.merge("RGB", (grain, grain, grain)))
        return ImageChops.multiply(toned, Image.merge("RGB", (light, light, light)))


def scene(draw: Callable[[Canvas], None], *sky: object) -> Callable[[str], Canvas]:
    """A function that makes the canvas with that sky and draws on it."""

    def made(name: str) -> Canvas:
        canvas = Canvas(name, *sky)
        draw(canvas)
        return canvas

    made.scene = True
    return made


def jpeg(picture: Image.Image) -> bytes:
    """The picture as a JPEG of at most 58 kB, in the best quality that fits."""
    for quality in (86, 82, 78, 74, 70, 65, 60, 54, 48, 42, 36):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= LIMIT:
            break
    return out.getvalue()
