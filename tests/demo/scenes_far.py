"""Landscapes, towns and skies of the demo's pictures."""

from __future__ import annotations

import math
from collections.abc import Callable

from brush import (
    BLUE, CORAL, CREAM, GOLD, HEIGHT, INK, MIST, MOSS, NAVY, PINE, PLUM, RUST, SAND, SEA, SLATE,
    SNOW, TEAL, WIDTH, Canvas, mix, smooth,
)


def scene(draw: Callable[[Canvas], None], *sky: object) -> Callable[[str], Canvas]:
    """A function that makes the canvas with that sky and draws on it."""

    def made(name: str) -> Canvas:
        canvas = Canvas(name, *sky)  # type: ignore[arg-type]
        draw(canvas)
        return canvas

    made.scene = True  # type: ignore[attr-defined]
    return made


def _dam(c: Canvas) -> None:
    c.glow(860, 190, 150, CREAM, 0.5)
    c.peaks(430, 300, mix(SLATE, MIST, 0.45), 5, SNOW)
    c.hills(430, 130, mix(TEAL, SLATE, 0.5), waves=1.4, phase=2)
    c.water(392, mix(SEA, MIST, 0.35), SEA, SNOW, 440, 14)
    c.poly([(215, 425), (985, 425), (900, 720), (310, 720)], mix(CREAM, SLATE, 0.28))
    for i in range(1, 11):
        x = 215 + i * 70
        c.line([(x, 425), (310 + (x - 215) * 590 / 770, 720)], 2, SLATE, 0.35)
    for i in range(1, 5):
        y = 425 + i * 60
        c.line([(215 + (y - 425) * 0.322, y), (985 - (y - 425) * 0.288, y)], 1.6, SLATE, 0.28)
    c.poly([(215, 425), (985, 425), (975, 458), (226, 458)], INK, 0.14)
    c.rect(190, 404, 1010, 428, mix(CREAM, SLATE, 0.1))
    for x in range(205, 1000, 26):
        c.rect(x, 394, x + 4, 406, SLATE)
    c.rect(520, 360, 600, 428, mix(CREAM, SLATE, 0.45))
    c.poly([(510, 362), (560, 330), (610, 362)], RUST)
    c.windows((528, 372, 592, 412), 3, 1, INK)
    c.poly([(0, 330), (150, 380), (235, 430), (330, 740), (0, 740)], PINE)
    c.poly([(1200, 300), (1060, 370), (975, 425), (880, 740), (1200, 740)], mix(PINE, MOSS, 0.25))
    c.poly([(520, 610), (600, 610), (660, 800), (450, 800)], SNOW, 0.85)
    c.poly([(540, 600), (585, 600), (610, 760), (505, 760)], SNOW)
    c.glow(560, 770, 110, SNOW, 0.6)
    c.water(735, SEA, TEAL, SNOW)
    for x, h in ((60, 90), (110, 120), (165, 80), (1060, 100), (1120, 140), (1170, 90)):
        c.poly([(x - h * 0.22, 740), (x, 740 - h), (x + h * 0.22, 740)], mix(PINE, INK, 0.35))


dam = scene(_dam, mix(BLUE, SLATE, 0.3), mix(CREAM, MIST, 0.5), 470)


def _ferry(c: Canvas, x: float, y: float, size: float, hull: str, light: str) -> None:
    w = 300 * size
    c.poly([(x - w, y), (x + w, y), (x + w * 0.9, y + 62 * size), (x - w * 0.84, y + 62 * size)], hull)
    c.rect(x - w * 0.97, y + 14 * size, x + w * 0.97, y + 22 * size, SNOW, 0.7)
    c.rect(x - w * 0.82, y - 56 * size, x + w * 0.74, y, SNOW)
    c.rect(x - w * 0.6, y - 104 * size, x + w * 0.52, y - 56 * size, mix(SNOW, MIST, 0.6))
    c.rect(x + w * 0.2, y - 140 * size, x + w * 0.48, y - 104 * size, SNOW)
    c.windows((x - w * 0.8, y - 52 * size, x + w * 0.72, y - 8 * size), 22, 1, light)
    c.windows((x - w * 0.58, y - 98 * size, x + w * 0.5, y - 64 * size), 16, 1, light)
    c.windows((x + w * 0.22, y - 136 * size, x + w * 0.46, y - 112 * size), 4, 1, INK, pad=0.1)
    c.poly([(x - w * 0.3, y - 104 * size), (x - w * 0.08, y - 104 * size), (x - w * 0.1, y - 180 * size), (x - w * 0.26, y - 180 * size)], CORAL)
    c.rect(x - w * 0.27, y - 166 * size, x - w * 0.095, y - 154 * size, SNOW)


def _harbour_ferries(c: Canvas) -> None:
    c.hills(430, 90, mix(SLATE, MIST, 0.5), waves=1.2, phase=1)
    for i in range(16):
        x = 20 + i * 76
        h = 60 + c.dice.random() * 80
        c.rect(x, 440 - h, x + 70, 450, c.dice.choice((CREAM, SAND, mix(CORAL, CREAM, 0.4), mix(SLATE, MIST, 0.4))))
        c.poly([(x - 4, 441 - h), (x + 35, 412 - h), (x + 74, 441 - h)], mix(RUST, SLATE, 0.3))
        c.windows((x + 6, 450 - h, x + 64, 446), 3, max(1, int(h / 34)), NAVY, lit=0.85, dark=GOLD)
    c.water(448, mix(SEA, SLATE, 0.3), NAVY, SNOW)
    _ferry(c, 820, 545, 0.62, BLUE, NAVY)
    _ferry(c, 390, 625, 0.95, NAVY, NAVY)
    c.rect(0, 742, WIDTH, HEIGHT, mix(INK, SLATE, 0.25))
    c.rect(0, 736, WIDTH, 746, mix(SAND, SLATE, 0.4))
    for x in (120, 560, 1010):
        c.rect(x, 702, x + 34, 742, INK, round_=8)
        c.rect(x - 8, 700, x + 42, 714, INK, round_=6)
    c.line([(575, 712), (640, 700), (668, 640)], 5, SAND)
    c.line([(1027, 712), (1010, 640), (990, 560)], 4, SAND)


harbour_ferries = scene(_harbour_ferries, mix(SLATE, BLUE, 0.3), mix(CREAM, MIST, 0.6), 450)


def _ferry_dawn(c: Canvas) -> None:
    c.glow(600, 440, 240, GOLD, 0.9)
    c.disc(600, 432, 74, CREAM)
    c.hills(455, 70, mix(PLUM, CORAL, 0.45), waves=1.1, phase=2.6)
    c.hills(462, 34, mix(PLUM, CORAL, 0.2), waves=2, phase=0.4)
    c.water(455, mix(CORAL, GOLD, 0.3), mix(PLUM, INK, 0.3), CREAM, count=110)
    for i in range(14):
        w = 60 + i * 9
        c.rect(600 - w + c.dice.uniform(-20, 20), 470 + i * 22, 600 + w, 474 + i * 22, GOLD, 0.4)
    _ferry(c, 640, 560, 0.8, mix(INK, PLUM, 0.3), GOLD)
    c.poly([(392, 612), (330, 640), (200, 650), (420, 626)], SNOW, 0.5)
    for x, y in ((240, 240), (300, 210), (900, 200), (960, 260), (180, 300)):
        c.ring(x - 15, y, 16, 3.4, INK, 0.8, ry=10, start=190, end=350)
        c.ring(x + 15, y, 16, 3.4, INK, 0.8, ry=10, start=190, end=350)


ferry_dawn = scene(_ferry_dawn, PLUM, mix(CORAL, GOLD, 0.45), 470)


def _house(c: Canvas, x: float, w: float, up: float, low: float, wall: str, lit: float = 0.4) -> None:
    c.rect(x, up, x + w, low, wall)
    c.poly([(x - 8, up), (x + w / 2, up - w * 0.42), (x + w + 8, up)], mix(RUST, INK, 0.45))
    c.windows((x + 8, up + 12, x + w - 8, low - 60), 3, 3, GOLD, lit=lit, dark=mix(INK, SLATE, 0.3))


def _flooded_street(c: Canvas) -> None:
    c.hills(470, 90, mix(SLATE, TEAL, 0.4), waves=1.5, phase=1)
    c.rect(578, 330, 622, 560, mix(SLATE, INK, 0.35))
    c.poly([(570, 332), (600, 240), (630, 332)], mix(SLATE, INK, 0.5))
    c.rect(500, 440, 700, 560, mix(SLATE, INK, 0.25))
    c.windows((510, 450, 690, 530), 5, 1, GOLD, lit=0.6, dark=INK)
    for i, wall in enumerate((mix(SAND, SLATE, 0.4), mix(CORAL, SLATE, 0.55), mix(CREAM, SLATE, 0.45))):
        _house(c, 20 + i * 150, 140, 180 + i * 44, 560, wall)
        _house(c, 1040 - i * 150, 140, 170 + i * 48, 560, mix(wall, BLUE, 0.25))
    c.water(520, mix(SLATE, SEA, 0.4), mix(NAVY, SLATE, 0.25), MIST, count=120)
    for x in (60, 210, 360, 800, 940, 1090):
        c.rect(x, 530, x + 50, 660, GOLD, 0.1)
    c.rect(330, 300, 340, 600, INK)
    c.disc(335, 292, 22, GOLD)
    c.glow(335, 292, 90, GOLD, 0.55)
    c.rect(880, 360, 888, 610, INK)
    c.poly([(884, 310), (930, 392), (838, 392)], CORAL)
    c.poly([(884, 332), (914, 384), (854, 384)], CREAM)
    c.rect(880, 344, 888, 368, INK)
    c.disc(884, 376, 4, INK)
    c.poly([(470, 640), (730, 640), (690, 690), (505, 690)], mix(CORAL, RUST, 0.4))
    c.rect(470, 634, 730, 644, CREAM)
    c.person(560, 672, 150, INK)
    c.person(640, 672, 140, mix(INK, TEAL, 0.4))
    c.line([(545, 560), (500, 720)], 5, SAND)
    c.rain(240)


flooded_street = scene(_flooded_street, mix(SLATE, INK, 0.35), mix(SLATE, MIST, 0.5), 560)


def _island_map(c: Canvas) -> None:
    for x in range(0, WIDTH, 100):
        c.line([(x, 0), (x, HEIGHT)], 1, NAVY, 0.12)
    for y in range(0, HEIGHT, 100):
        c.line([(0, y), (WIDTH, y)], 1, NAVY, 0.12)
    shapes = (
        [(880, 0), (960, 90), (930, 190), (1000, 260), (960, 340), (1040, 430), (1000, 540), (1060, 640), (1010, 900), (1400, 900), (1400, -100), (900, -100)],
        [(210, 300), (270, 240), (360, 250), (400, 310), (380, 390), (420, 450), (350, 540), (270, 530), (240, 450), (180, 390)],
        [(440, 200), (500, 180), (520, 230), (470, 260)],
        [(300, 620), (360, 600), (390, 650), (330, 690)],
        [(140, 560), (180, 545), (195, 590), (150, 600)],
    )
    for raw in shapes:
        shape = smooth(raw)
        cx, cy = sum(p[0] for p in shape) / len(shape), sum(p[1] for p in shape) / len(shape)
        for grow, alpha in ((1.26, 0.22), (1.14, 0.3)):
            c.poly([(cx + (x - cx) * grow, cy + (y - cy) * grow) for x, y in shape], SNOW, alpha)
        c.poly(shape, SAND)
        c.line([*shape, shape[0]], 3, mix(RUST, SAND, 0.3))
    for grow in (0.66, 0.36):
        rise = smooth([(310 + (x - 310) * grow, 390 + (y - 390) * grow) for x, y in shapes[1]])
        c.line([*rise, rise[0]], 2, MOSS, 0.8)
    for t in range(0, 100, 4):
        u = t / 100
        x, y = 410 + u * 560, 420 - 130 * math.sin(u * math.pi) - 30 * u
        c.line([(x, y), (x + 13, y - 130 * 0.02 * math.pi * math.cos(u * math.pi) * 1.0)], 5, CORAL)
    for x, y in ((404, 424), (975, 388)):
        c.disc(x, y, 15, CORAL)
        c.disc(x, y, 7, CREAM)
    c.ring(700, 640, 74, 3, NAVY, 0.7)
    for i in range(8):
        a, r = math.tau * i / 8, 92 if i % 2 == 0 else 52
        tip = (700 + r * math.sin(a), 640 - r * math.cos(a))
        for side in (-0.36, 0.36):
            base = (700 + 18 * math.sin(a + side), 640 - 18 * math.cos(a + side))
            c.poly([(700, 640), base, tip], NAVY if side > 0 else CREAM)


island_map = scene(_island_map, mix(SEA, MIST, 0.3), mix(SEA, MIST, 0.55))


def _evacuation_bus(c: Canvas) -> None:
    c.hills(430, 190, mix(SLATE, TEAL, 0.35), waves=1.3, phase=0.8)
    c.hills(520, 150, mix(PINE, SLATE, 0.35), waves=1.7, phase=3)
    c.hills(640, 110, mix(PINE, MOSS, 0.35), waves=1, phase=5)
    c.poly([(0, 650), (1200, 590), (1200, 740), (0, 800)], mix(INK, SLATE, 0.45))
    for i in range(9):
        x = 20 + i * 140
        c.poly([(x, 722 - x * 0.05), (x + 70, 718 - x * 0.05), (x + 70, 726 - x * 0.05), (x, 730 - x * 0.05)], CREAM, 0.8)
    for x, colour in ((330, CORAL), (850, mix(GOLD, CORAL, 0.25))):
        y, s = 480 - (x - 330) * 0.052, 1 - (x - 330) / 1500
        w, h = 330 * s, 170 * s
        c.rect(x, y + h * 0.04, x + w, y + h, colour, round_=18 * s)
        c.rect(x + 12 * s, y + h * 0.16, x + w - 12 * s, y + h * 0.5, mix(MIST, GOLD, 0.35), round_=8)
        for k in range(1, 6):
            c.rect(x + k * w / 6 - 4, y + h * 0.16, x + k * w / 6 + 4, y + h * 0.5, colour)
        for k in range(6):
            c.disc(x + (k + 0.5) * w / 6, y + h * 0.37, 13 * s, INK, 0.8)
            c.disc(x + (k + 0.5) * w / 6, y + h * 0.5, 19 * s, INK, 0.8, ry=10 * s)
        c.rect(x, y + h * 0.66, x + w, y + h * 0.72, SNOW, 0.8)
        for k in (0.2, 0.78):
            c.disc(x + w * k, y + h, 32 * s, INK)
            c.disc(x + w * k, y + h, 14 * s, SLATE)
        c.glow(x - 10, y + h * 0.8, 60 * s, CREAM, 0.7)
    c.rain(300)


evacuation_bus = scene(_evacuation_bus, mix(SLATE, INK, 0.3), mix(MIST, SLATE, 0.3), 520)


def _wind_farm(c: Canvas) -> None:
    c.glow(250, 430, 210, GOLD, 0.7)
    c.disc(250, 440, 60, CREAM)
    c.water(490, mix(SEA, GOLD, 0.25), NAVY, CREAM, count=110)
    for x, foot, tall, turn in ((200, 494, 150, 10), (350, 496, 170, 50), (520, 500, 200, 85), (690, 508, 250, 25), (1080, 500, 190, 70), (880, 540, 400, 15)):
        w = tall * 0.022
        c.poly([(x - w, foot), (x + w, foot), (x + w * 0.5, foot - tall), (x - w * 0.5, foot - tall)], SNOW)
        c.rect(x - w * 2, foot - 6, x + w * 2, foot + tall * 0.05, GOLD)
        for k in range(3):
            a = math.radians(turn + 120 * k)
            hub, tip = (x, foot - tall), (x + tall * 0.56 * math.sin(a), foot - tall - tall * 0.56 * math.cos(a))
            side = (math.cos(a) * w * 1.3, math.sin(a) * w * 1.3)
            mid = (hub[0] + (tip[0] - hub[0]) * 0.22, hub[1] + (tip[1] - hub[1]) * 0.22)
            c.poly([hub, (mid[0] + side[0], mid[1] + side[1]), tip], SNOW)
        c.disc(x, foot - tall, w * 1.5, MIST)
    for i in range(7):
        for side in (-1, 1):
            x, y = 470 + side * i * 34, 130 + i * 15
            c.line([(x - 13, y - 5), (x, y), (x + 13, y - 5)], 3, INK, 0.75)


wind_farm = scene(_wind_farm, mix(BLUE, TEAL, 0.3), mix(SAND, CORAL, 0.22), 500)


def _city_dusk(c: Canvas) -> None:
    c.glow(420, 480, 240, CORAL, 0.6)
    for layer, (base, colour) in enumerate(((470, mix(PLUM, CORAL, 0.5)), (560, mix(PLUM, CORAL, 0.22)), (680, mix(PLUM, INK, 0.45)))):
        x = -20.0
        while x < WIDTH:
            w, h = c.dice.uniform(50, 110), c.dice.uniform(60, 240 - layer * 30)
            c.rect(x, base - h, x + w, HEIGHT, colour)
            if c.dice.random() < 0.25:
                c.poly([(x, base - h), (x + w / 2, base - h - 46), (x + w, base - h)], colour)
            if layer:
                c.windows((x + 6, base - h + 8, x + w - 6, base + 30), int(w / 17), int((h + 20) / 24), GOLD, lit=0.3)
            x += w + c.dice.uniform(0, 14)
    c.water(700, mix(PLUM, CORAL, 0.25), INK, GOLD, count=60)
    c.poly([(840, 700), (850, 250), (856, 190), (862, 250), (872, 700)], INK)
    c.disc(856, 330, 22, INK)


city_dusk = scene(_city_dusk, mix(NAVY, PLUM, 0.4), mix(CORAL, GOLD, 0.4), 560)


def _mountain_village(c: Canvas) -> None:
    c.glow(950, 160, 130, CREAM, 0.7)
    c.peaks(560, 430, mix(SLATE, PLUM, 0.3), 4, SNOW)
    c.hills(540, 150, MOSS, waves=1.2, phase=1.4)
    c.hills(690, 170, mix(MOSS, PINE, 0.5), waves=0.9, phase=4)
    for i in range(22):
        x = 300 + (i * 97) % 600
        y = 500 + (i // 6) * 46 + c.dice.uniform(-6, 6)
        s = 0.8 + (y - 500) / 350
        c.rect(x, y - 30 * s, x + 46 * s, y + 8 * s, c.dice.choice((CREAM, mix(SAND, CREAM, 0.5), mix(CREAM, CORAL, 0.2))))
        c.poly([(x - 5 * s, y - 30 * s), (x + 23 * s, y - 52 * s), (x + 51 * s, y - 30 * s)], c.dice.choice((RUST, CORAL)))
        c.rect(x + 9 * s, y - 20 * s, x + 17 * s, y - 8 * s, INK)
        c.rect(x + 28 * s, y - 20 * s, x + 36 * s, y - 8 * s, INK)
    c.rect(590, 400, 626, 520, CREAM)
    c.poly([(584, 402), (608, 330), (632, 402)], RUST)
    c.poly([(0, 500), (130, 560), (210, 690), (180, 800), (0, 800)], mix(SAND, RUST, 0.35))
    for _ in range(40):
        x, y = c.dice.uniform(20, 210), c.dice.uniform(610, 790)
        c.poly([(x - 16, y), (x, y - 22), (x + 18, y - 6), (x + 10, y + 10)], mix(SAND, SLATE, c.dice.random()), 0.9)
    for i in range(26):
        x, y = 820 + (i % 9) * 44 + (i // 9) * 16, 640 + (i // 9) * 56
        c.rect(x - 3, y, x + 3, y + 20, mix(RUST, INK, 0.5))
        c.disc(x, y, 18, mix(PINE, MOSS, 0.35))


mountain_village = scene(_mountain_village, mix(BLUE, SEA, 0.4), CREAM, 520)


def _fishing_boats(c: Canvas) -> None:
    c.hills(380, 80, mix(SLATE, MIST, 0.4), waves=1.5, phase=2)
    c.water(380, mix(SEA, MIST, 0.3), mix(TEAL, NAVY, 0.5), SNOW, count=100)
    rows = ((420, 0.5, 7), (500, 0.75, 5), (610, 1.1, 4))
    for y, s, n in rows:
        for i in range(n):
            x = (i + 0.5) * WIDTH / n + c.dice.uniform(-14, 14)
            hull = c.dice.choice((CORAL, NAVY, TEAL, mix(GOLD, SAND, 0.2), RUST))
            c.poly([(x - 92 * s, y - 18 * s), (x + 98 * s, y - 34 * s), (x + 74 * s, y + 26 * s), (x - 78 * s, y + 26 * s)], hull)
            c.poly([(x - 92 * s, y - 18 * s), (x + 98 * s, y - 34 * s), (x + 95 * s, y - 24 * s), (x - 90 * s, y - 8 * s)], SNOW, 0.85)
            c.rect(x - 50 * s, y - 66 * s, x + 4 * s, y - 18 * s, SNOW)
            c.rect(x - 44 * s, y - 58 * s, x - 2 * s, y - 40 * s, INK)
            c.line([(x + 30 * s, y - 26 * s), (x + 30 * s, y - 130 * s)], 4 * s, INK)
            c.line([(x + 30 * s, y - 126 * s), (x - 60 * s, y - 70 * s)], 2 * s, INK, 0.7)
            c.line([(x + 30 * s, y - 110 * s), (x + 84 * s, y - 46 * s)], 3 * s, INK)
            c.line([(x - 98 * s, y + 30 * s), (x + 92 * s, y + 30 * s)], 4 * s, SNOW, 0.4)


fishing_boats = scene(_fishing_boats, mix(SLATE, SEA, 0.35), mix(CREAM, MIST, 0.4), 380)


def _bridge(c: Canvas) -> None:
    c.hills(470, 120, mix(TEAL, MIST, 0.45), waves=1.3, phase=0.5)
    c.hills(520, 60, mix(PINE, TEAL, 0.4), waves=2, phase=2)
    c.water(500, mix(SEA, CREAM, 0.3), mix(TEAL, NAVY, 0.4), SNOW, count=90)
    for x in (250, 600, 950):
        c.poly([(x - 26, 440), (x + 26, 440), (x + 38, 640), (x - 38, 640)], mix(SAND, SLATE, 0.35))
        c.poly([(x - 50, 640), (x + 50, 640), (x + 62, 662), (x - 62, 662)], mix(SLATE, INK, 0.3))
    for left in (-100, 250, 600, 950):
        points = [(left + 350 * t / 24, 300 + 470 * (t / 24 - 0.5) ** 2) for t in range(25)]
        c.line(points, 12, RUST)
        for x, y in points[1:-1:2]:
            c.line([(x, y), (x, 440)], 3, RUST)
    c.rect(0, 424, WIDTH, 450, mix(RUST, INK, 0.35))
    for x, colour, n in ((180, CORAL, 90), (430, SNOW, 110), (720, GOLD, 80), (890, NAVY, 110)):
        c.rect(x, 384, x + n, 418, colour, round_=5)
        c.rect(x + n, 394, x + n + 26, 418, mix(colour, INK, 0.35), round_=5)
        for k in (16, n - 14, n + 14):
            c.disc(x + k, 420, 8, INK)


bridge = scene(_bridge, mix(BLUE, SEA, 0.45), CREAM, 500)


def _glacier(c: Canvas) -> None:
    c.peaks(520, 430, mix(NAVY, SLATE, 0.5), 4, SNOW)
    c.poly([(470, 190), (640, 170), (800, 200), (860, 330), (850, 420), (990, 560), (1040, 660), (200, 660), (300, 540), (420, 440), (400, 320)], mix(SNOW, MIST, 0.35))
    c.poly([(660, 172), (800, 200), (860, 330), (850, 420), (990, 560), (1040, 660), (700, 660), (780, 520), (640, 400), (720, 280)], mix(MIST, SEA, 0.3))
    for _ in range(46):
        y = c.dice.uniform(300, 630)
        half = 120 + (y - 240) * 0.75
        x = 630 + c.dice.uniform(-half, half) * 0.9
        c.line([(x, y), (x + c.dice.uniform(14, 44), y + c.dice.uniform(4, 14))], 3, BLUE, 0.5)
    c.poly([(240, 640), (1010, 640), (960, 690), (800, 672), (620, 704), (430, 676), (290, 696)], mix(SEA, BLUE, 0.3))
    c.poly(smooth([(-50, 330), (180, 400), (420, 380), (430, 450), (270, 600), (160, 900), (-50, 900)]), mix(SLATE, INK, 0.45))
    c.poly(smooth([(1300, 300), (1060, 390), (850, 370), (850, 430), (990, 600), (1120, 900), (1300, 900)]), mix(SLATE, INK, 0.55))
    c.water(690, mix(SEA, MIST, 0.2), TEAL, SNOW, count=50)
    for x, y in ((400, 600), (520, 520), (610, 440), (670, 370)):
        c.line([(x, y), (x, y - (y - 240) * 0.3)], 4, CORAL)
        c.disc(x, y - (y - 240) * 0.3, 6, CORAL)
    c.person(450, 610, 74, INK)


glacier = scene(_glacier, mix(BLUE, NAVY, 0.4), mix(MIST, CREAM, 0.4), 430)


def _observatory(c: Canvas) -> None:
    c.stars(420, 620)
    for i in range(90):
        t = i / 90
        c.glow(100 + t * 1050, 560 - t * 520 + c.dice.uniform(-60, 60), c.dice.uniform(26, 60), mix(SLATE, PLUM, c.dice.random()), 0.13) if i % 3 == 0 else None
    c.stars(120, 420)
    c.hills(720, 150, mix(NAVY, INK, 0.4), waves=1.1, phase=3.4)
    c.rect(430, 470, 770, 650, mix(CREAM, SLATE, 0.3))
    c.rect(600, 470, 770, 650, INK, 0.22)
    c.poly([(430 + 170 - 170 * math.cos(a / 40 * math.pi), 474 - 170 * math.sin(a / 40 * math.pi)) for a in range(41)], mix(SNOW, SLATE, 0.12))
    c.poly([(600, 304), *((600 + 170 * math.sin(a / 20 * math.pi / 2), 474 - 170 * math.cos(a / 20 * math.pi / 2)) for a in range(21)), (600, 474)], INK, 0.18)
    c.poly([(560, 308), (620, 303), (640, 470), (560, 470)], INK)
    c.poly([(584, 400), (560, 260), (592, 250), (626, 400)], SLATE)
    c.poly([(556, 262), (596, 248), (594, 238), (552, 252)], GOLD)
    c.rect(420, 466, 780, 484, mix(SLATE, INK, 0.2))
    c.rect(575, 570, 625, 650, INK)
    c.rect(470, 540, 520, 575, GOLD)
    c.glow(495, 558, 50, GOLD, 0.5)
    c.hills(770, 130, INK, waves=1.4, phase=1.2)


observatory = scene(_observatory, "#081522", mix(NAVY, PLUM, 0.35), 720)


def _ring_planet(c: Canvas) -> None:
    c.stars(520, HEIGHT)
    c.glow(190, 150, 70, CREAM, 0.8)
    c.disc(190, 150, 12, SNOW)
    c.line([(190, 90), (190, 210)], 2, SNOW, 0.6)
    c.line([(130, 150), (250, 150)], 2, SNOW, 0.6)
    for r, w, alpha in ((470, 9, 0.9), (452, 4, 0.5), (488, 3, 0.45)):
        c.ring(640, 430, r, w, mix(MIST, SEA, 0.3), alpha, ry=r * 0.23, start=180, end=360)
    c.disc(640, 430, 150, mix(SAND, RUST, 0.25))
    for dx, dy, r in ((-50, -40, 34), (30, 50, 26), (-80, 40, 18), (10, -90, 20), (60, -20, 16)):
        c.disc(640 + dx, 430 + dy, r, mix(RUST, SAND, 0.35), 0.55)
        c.disc(640 + dx + 3, 430 + dy + 4, r * 0.8, mix(SAND, RUST, 0.3), 0.7)
    shade = [(640 + 150 * math.cos(a / 30 * math.pi - math.pi / 2), 430 + 150 * math.sin(a / 30 * math.pi - math.pi / 2)) for a in range(31)]
    inner = [(640 - 20 + 70 * math.cos(a / 30 * math.pi - math.pi / 2), 430 + 150 * math.sin(a / 30 * math.pi - math.pi / 2)) for a in range(30, -1, -1)]
    c.poly(shade + inner, "#081522", 0.72)
    for r, w, alpha in ((470, 11, 1), (452, 4, 0.6), (488, 3, 0.5)):
        c.ring(640, 430, r, w, mix(SNOW, SEA, 0.2), alpha, ry=r * 0.23, start=0, end=180)
    for _ in range(160):
        a = c.dice.uniform(0, math.pi)
        c.disc(640 + 470 * math.cos(a), 430 + 108 * math.sin(a) + c.dice.uniform(-9, 9), c.dice.uniform(0.8, 2.6), SNOW)


ring_planet = scene(_ring_planet, "#081522", mix(NAVY, INK, 0.5))


def _rocket(c: Canvas) -> None:
    c.stars(160, 300)
    c.water(650, mix(NAVY, CORAL, 0.3), INK, GOLD, count=80)
    c.glow(600, 620, 260, GOLD, 0.8)
    for i in range(46):
        t = i / 46
        x = 600 + c.dice.uniform(-1, 1) * (30 + 430 * t * t)
        c.disc(x, 470 + t * 220, 20 + 46 * t, mix(CREAM, mix(CORAL, SLATE, t), 0.2 + 0.5 * t), 0.85)
    c.poly([(566, 400), (634, 400), (614, 560), (600, 620), (586, 560)], GOLD)
    c.poly([(582, 400), (618, 400), (600, 520)], SNOW)
    c.rect(572, 170, 628, 400, SNOW)
    c.rect(602, 170, 628, 400, SLATE, 0.35)
    c.poly([(572, 172), (600, 92), (628, 172)], CORAL)
    c.rect(572, 250, 628, 266, NAVY)
    for side in (-1, 1):
        c.rect(600 + side * 44 - 15, 250, 600 + side * 44 + 15, 396, MIST)
        c.poly([(600 + side * 44 - 15, 252), (600 + side * 44, 214), (600 + side * 44 + 15, 252)], CORAL)
        c.poly([(600 + side * 44 - 12, 396), (600 + side * 44 + 12, 396), (600 + side * 44, 470)], GOLD)
    c.rect(830, 360, 850, 660, INK)
    for y in range(370, 650, 36):
        c.line([(826, y), (854, y + 30)], 3, SLATE)
    c.poly([(0, 660), (260, 630), (420, 690), (800, 690), (980, 630), (1200, 650), (1200, 720), (0, 720)], INK)


rocket = scene(_rocket, "#0a1a2b", mix(PLUM, CORAL, 0.45), 660)


def _satellite(c: Canvas) -> None:
    c.stars(300, 520)
    c.glow(600, 1240, 780, SEA, 0.55)
    c.disc(600, 1500, 1010, BLUE)
    c.disc(600, 1512, 1006, mix(BLUE, TEAL, 0.6))
    for x, y, w in ((300, 640, 150), (520, 580, 200), (820, 640, 190), (660, 690, 240), (420, 740, 190), (930, 740, 170)):
        for k in range(3):
            c.rect(x - w / 2 + k * 22, y + k * 15, x + w / 2 - k * 34, y + 11 + k * 15, SNOW, 0.75, round_=6)
    c.ring(600, 650, 62, 15, SNOW, 0.9, ry=30, start=20, end=320)
    c.ring(600, 650, 100, 10, SNOW, 0.6, ry=50, start=200, end=480)
    c.poly([(560, 250), (680, 220), (710, 330), (590, 362)], GOLD)
    c.poly([(635, 232), (680, 220), (710, 330), (664, 342)], RUST, 0.4)
    for sx in (-1, 1):
        x0, y0 = (575, 306) if sx < 0 else (695, 275)
        for k in range(3):
            a, b = x0 + sx * (24 + k * 92), y0 - sx * (6 + k * 23)
            e, f = a + sx * 84, b - sx * 21
            c.poly([(a - 10, b - 44), (e - 10, f - 44), (e + 12, f + 44), (a + 12, b + 44)], NAVY)
            c.line([(a, b), (e, f)], 2, SEA)
            c.line([((a + e) / 2 - 10, (b + f) / 2 - 44), ((a + e) / 2 + 12, (b + f) / 2 + 44)], 2, SEA)
        c.line([(x0, y0), (x0 + sx * 300, y0 - sx * 75)], 5, SLATE)
    c.disc(652, 372, 32, MIST, ry=14)
    c.line([(646, 345), (656, 392)], 4, SNOW)


satellite = scene(_satellite, "#081522", NAVY, 600)


def _stadium_night(c: Canvas) -> None:
    c.stars(90, 240)
    for x in (130, 400, 800, 1070):
        c.glow(x, 130, 130, CREAM, 0.55)
    c.poly([(0, 300), (300, 250), (900, 250), (1200, 300), (1200, 560), (0, 560)], mix(NAVY, SLATE, 0.2))
    for _ in range(1100):
        x = c.dice.uniform(0, WIDTH)
        y = c.dice.uniform(285 + abs(x - 600) * 0.055, 530)
        c.disc(x, y, 4.6, c.dice.choice((CORAL, CREAM, SAND, MIST, CORAL, NAVY, SLATE)), 0.75)
    c.poly([(0, 300), (300, 250), (900, 250), (1200, 300), (1200, 270), (900, 214), (300, 214), (0, 270)], INK)
    for x in (130, 400, 800, 1070):
        c.rect(x - 60, 108, x + 60, 156, SLATE, round_=6)
        c.windows((x - 58, 110, x + 58, 154), 6, 2, SNOW, pad=0.14)
        c.rect(x - 5, 156, x + 5, 250, SLATE)
    c.rect(0, 530, WIDTH, 566, mix(CORAL, RUST, 0.3))
    for x in range(20, WIDTH, 170):
        c.rect(x, 538, x + 120, 558, CREAM, 0.7)
    c.fade((0, 566, WIDTH, HEIGHT), mix(MOSS, TEAL, 0.25), mix(PINE, MOSS, 0.4))
    for i in range(-6, 7, 2):
        c.poly([(600 + i * 90, 566), (600 + (i + 1) * 90, 566), (600 + (i + 1) * 210, 800), (600 + i * 210, 800)], SNOW, 0.08)
    c.line([(0, 590), (WIDTH, 590)], 3, SNOW, 0.8)
    c.line([(600, 590), (600, 800)], 3, SNOW, 0.8)
    c.ring(600, 700, 190, 3, SNOW, 0.8, ry=62)
    for x, y, t, shirt in ((470, 700, 92, CORAL), (560, 660, 78, CREAM), (700, 720, 100, CORAL), (820, 650, 76, CREAM), (330, 650, 74, CORAL), (930, 740, 104, CREAM)):
        c.person(x, y, t, shirt)
    c.disc(628, 716, 9, SNOW)


stadium_night = scene(_stadium_night, "#081522", NAVY, 320)


def _sailing(c: Canvas) -> None:
    for x, y, w in ((180, 150, 200), (760, 110, 260), (980, 220, 170)):
        c.rect(x, y, x + w, y + 26, SNOW, 0.7, round_=13)
        c.rect(x + 40, y - 20, x + w - 50, y + 10, SNOW, 0.7, round_=15)
    c.hills(470, 60, mix(TEAL, MIST, 0.5), waves=1, phase=2.2)
    c.water(460, mix(SEA, MIST, 0.25), TEAL, SNOW, count=60)
    for x, y, s, spin in ((930, 520, 0.5, NAVY), (180, 540, 0.6, GOLD), (560, 640, 1.15, CORAL)):
        c.poly([(x - 10 * s, y - 30 * s), (x + 30 * s, y - 400 * s), (x + 150 * s, y - 50 * s)], SNOW)
        c.poly([(x - 10 * s, y - 30 * s), (x + 30 * s, y - 400 * s), (x + 60 * s, y - 310 * s), (x + 20 * s, y - 34 * s)], SLATE, 0.15)
        c.poly([(x - 24 * s, y - 44 * s), (x + 22 * s, y - 372 * s), (x - 120 * s, y - 220 * s), (x - 170 * s, y - 70 * s)], spin)
        c.poly([(x - 24 * s, y - 44 * s), (x + 22 * s, y - 372 * s), (x - 66 * s, y - 200 * s)], SNOW, 0.22)
        c.poly([(x - 170 * s, y - 20 * s), (x + 180 * s, y - 34 * s), (x + 150 * s, y + 26 * s), (x - 110 * s, y + 26 * s)], INK)
        c.line([(x - 168 * s, y - 16 * s), (x + 178 * s, y - 30 * s)], 5 * s, SNOW)
        for k in range(4):
            c.disc(x + (40 + k * 30) * s, y - 46 * s, 9 * s, CORAL)
            c.rect(x + (30 + k * 30) * s, y - 40 * s, x + (50 + k * 30) * s, y - 22 * s, INK)
        c.poly([(x - 190 * s, y + 22 * s), (x + 190 * s, y + 20 * s), (x + 110 * s, y + 40 * s), (x - 150 * s, y + 40 * s)], SNOW, 0.75)
    for y, h in ((690, 16), (750, 26)):
        for x in range(-60, WIDTH, 170):
            c.poly([(x, y), (x + 60, y - h), (x + 110, y - h * 0.6), (x + 170, y), (x + 110, y + h * 0.3), (x + 50, y + h * 0.3)], mix(NAVY, TEAL, 0.5), 0.6)


sailing = scene(_sailing, mix(BLUE, SEA, 0.3), mix(CREAM, SEA, 0.25), 470)
