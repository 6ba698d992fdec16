"""Skies, and what is seen and sent there; ships and trains: pictures of the demo."""

from __future__ import annotations

import math

from brush import (
    BLUE,
    CORAL,
    CREAM,
    GOLD,
    HEIGHT,
    INK,
    MIST,
    NAVY,
    PINE,
    PLUM,
    RUST,
    SAND,
    SEA,
    SLATE,
    SNOW,
    TEAL,
    WIDTH,
    Canvas,
    mix,
    scene,
)


def _observatory(c: Canvas) -> None:
    c.stars(420, 620)
    for i in range(90):
        t = i / 90
        c.glow(
            100 + t * 1050,
            560 - t * 520 + c.dice.uniform(-60, 60),
            c.dice.uniform(26, 60),
            mix(SLATE, PLUM, c.dice.random()),
            0.13,
        ) if i % 3 == 0 else None
    c.stars(120, 420)
    c.hills(720, 150, mix(NAVY, INK, 0.4), waves=1.1, phase=3.4)
    c.rect(430, 470, 770, 650, mix(CREAM, SLATE, 0.3))
    c.rect(600, 470, 770, 650, INK, 0.22)
    c.poly(
        [
            (430 + 170 - 170 * math.cos(a / 40 * math.pi), 474 - 170 * math.sin(a / 40 * math.pi))
            for a in range(41)
        ],
        mix(SNOW, SLATE, 0.12),
    )
    c.poly(
        [
            (600, 304),
            *(
                (
                    600 + 170 * math.sin(a / 20 * math.pi / 2),
                    474 - 170 * math.cos(a / 20 * math.pi / 2),
                )
                for a in range(21)
            ),
            (600, 474),
        ],
        INK,
        0.18,
    )
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
    shade = [
        (
            640 + 150 * math.cos(a / 30 * math.pi - math.pi / 2),
            430 + 150 * math.sin(a / 30 * math.pi - math.pi / 2),
        )
        for a in range(31)
    ]
    inner = [
        (
            640 - 20 + 70 * math.cos(a / 30 * math.pi - math.pi / 2),
            430 + 150 * math.sin(a / 30 * math.pi - math.pi / 2),
        )
        for a in range(30, -1, -1)
    ]
    c.poly(shade + inner, "#081522", 0.72)
    for r, w, alpha in ((470, 11, 1), (452, 4, 0.6), (488, 3, 0.5)):
        c.ring(640, 430, r, w, mix(SNOW, SEA, 0.2), alpha, ry=r * 0.23, start=0, end=180)
    for _ in range(160):
        a = c.dice.uniform(0, math.pi)
        c.disc(
            640 + 470 * math.cos(a),
            430 + 108 * math.sin(a) + c.dice.uniform(-9, 9),
            c.dice.uniform(0.8, 2.6),
            SNOW,
        )


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
        c.poly(
            [(600 + side * 44 - 15, 252), (600 + side * 44, 214), (600 + side * 44 + 15, 252)],
            CORAL,
        )
        c.poly(
            [(600 + side * 44 - 12, 396), (600 + side * 44 + 12, 396), (600 + side * 44, 470)], GOLD
        )
    c.rect(830, 360, 850, 660, INK)
    for y in range(370, 650, 36):
        c.line([(826, y), (854, y + 30)], 3, SLATE)
    c.poly(
        [
            (0, 660),
            (260, 630),
            (420, 690),
            (800, 690),
            (980, 630),
            (1200, 650),
            (1200, 720),
            (0, 720),
        ],
        INK,
    )


rocket = scene(_rocket, "#0a1a2b", mix(PLUM, CORAL, 0.45), 660)


def _satellite(c: Canvas) -> None:
    c.stars(300, 520)
    c.glow(600, 1240, 780, SEA, 0.55)
    c.disc(600, 1500, 1010, BLUE)
    c.disc(600, 1512, 1006, mix(BLUE, TEAL, 0.6))
    for x, y, w in (
        (300, 640, 150),
        (520, 580, 200),
        (820, 640, 190),
        (660, 690, 240),
        (420, 740, 190),
        (930, 740, 170),
    ):
        for k in range(3):
            c.rect(
                x - w / 2 + k * 22,
                y + k * 15,
                x + w / 2 - k * 34,
                y + 11 + k * 15,
                SNOW,
                0.75,
                round_=6,
            )
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
            c.line(
                [((a + e) / 2 - 10, (b + f) / 2 - 44), ((a + e) / 2 + 12, (b + f) / 2 + 44)], 2, SEA
            )
        c.line([(x0, y0), (x0 + sx * 300, y0 - sx * 75)], 5, SLATE)
    c.disc(652, 372, 32, MIST, ry=14)
    c.line([(646, 345), (656, 392)], 4, SNOW)


satellite = scene(_satellite, "#081522", NAVY, 600)


def _city_dusk(c: Canvas) -> None:
    c.glow(420, 480, 240, CORAL, 0.6)
    for layer, (base, colour) in enumerate(
        ((470, mix(PLUM, CORAL, 0.5)), (560, mix(PLUM, CORAL, 0.22)), (680, mix(PLUM, INK, 0.45)))
    ):
        x = -20.0
        while x < WIDTH:
            w, h = c.dice.uniform(50, 110), c.dice.uniform(60, 240 - layer * 30)
            c.rect(x, base - h, x + w, HEIGHT, colour)
            if c.dice.random() < 0.25:
                c.poly([(x, base - h), (x + w / 2, base - h - 46), (x + w, base - h)], colour)
            if layer:
                c.windows(
                    (x + 6, base - h + 8, x + w - 6, base + 30),
                    int(w / 17),
                    int((h + 20) / 24),
                    GOLD,
                    lit=0.3,
                )
            x += w + c.dice.uniform(0, 14)
    c.water(700, mix(PLUM, CORAL, 0.25), INK, GOLD, count=60)
    c.poly([(840, 700), (850, 250), (856, 190), (862, 250), (872, 700)], INK)
    c.disc(856, 330, 22, INK)


city_dusk = scene(_city_dusk, mix(NAVY, PLUM, 0.4), mix(CORAL, GOLD, 0.4), 560)


def _ferry(c: Canvas, x: float, y: float, size: float, hull: str, light: str) -> None:
    w = 300 * size
    c.poly(
        [(x - w, y), (x + w, y), (x + w * 0.9, y + 62 * size), (x - w * 0.84, y + 62 * size)], hull
    )
    c.rect(x - w * 0.97, y + 14 * size, x + w * 0.97, y + 22 * size, SNOW, 0.7)
    c.rect(x - w * 0.82, y - 56 * size, x + w * 0.74, y, SNOW)
    c.rect(x - w * 0.6, y - 104 * size, x + w * 0.52, y - 56 * size, mix(SNOW, MIST, 0.6))
    c.rect(x + w * 0.2, y - 140 * size, x + w * 0.48, y - 104 * size, SNOW)
    c.windows((x - w * 0.8, y - 52 * size, x + w * 0.72, y - 8 * size), 22, 1, light)
    c.windows((x - w * 0.58, y - 98 * size, x + w * 0.5, y - 64 * size), 16, 1, light)
    c.windows((x + w * 0.22, y - 136 * size, x + w * 0.46, y - 112 * size), 4, 1, INK, pad=0.1)
    c.poly(
        [
            (x - w * 0.3, y - 104 * size),
            (x - w * 0.08, y - 104 * size),
            (x - w * 0.1, y - 180 * size),
            (x - w * 0.26, y - 180 * size),
        ],
        CORAL,
    )
    c.rect(x - w * 0.27, y - 166 * size, x - w * 0.095, y - 154 * size, SNOW)


def _harbour_ferries(c: Canvas) -> None:
    c.hills(430, 90, mix(SLATE, MIST, 0.5), waves=1.2, phase=1)
    for i in range(16):
        x = 20 + i * 76
        h = 60 + c.dice.random() * 80
        c.rect(
            x,
            440 - h,
            x + 70,
            450,
            c.dice.choice((CREAM, SAND, mix(CORAL, CREAM, 0.4), mix(SLATE, MIST, 0.4))),
        )
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


def _night_train(c: Canvas) -> None:
    c.stars(200, 420)
    c.glow(960, 150, 120, CREAM, 0.45)
    c.disc(960, 150, 46, CREAM)
    c.disc(946, 140, 10, SAND, 0.5)
    c.disc(974, 164, 7, SAND, 0.5)
    c.peaks(500, 220, mix(NAVY, SLATE, 0.25), 6)
    c.hills(560, 80, mix(NAVY, INK, 0.35), waves=1.6, phase=1)
    c.rect(0, 600, WIDTH, 640, mix(INK, SLATE, 0.2))
    for i in range(30):
        c.rect(i * 42, 616, i * 42 + 22, 630, mix(RUST, INK, 0.5))
    c.rect(0, 606, WIDTH, 613, SLATE)
    for i in range(-1, 4):
        x = i * 330 - 40
        c.rect(x, 430, x + 318, 590, BLUE if i < 3 else CORAL, round_=16)
        c.rect(x, 470, x + 318, 526, INK)
        c.windows(
            (x + 8, 470, x + 310, 526), 7, 1, GOLD, lit=0.8, dark=mix(GOLD, INK, 0.7), pad=0.12
        )
        c.rect(x, 548, x + 318, 558, GOLD, 0.8)
        for k in (60, 258):
            for d in (-26, 26):
                c.disc(x + k + d, 594, 20, INK)
                c.disc(x + k + d, 594, 8, SLATE)
    c.fade((0, 640, WIDTH, HEIGHT), mix(INK, TEAL, 0.3), INK)
    for i in range(26):
        c.rect(i * 47 - 10, 660, i * 47 + 14, 780, GOLD, 0.07)


night_train = scene(_night_train, "#0a1a2b", mix(NAVY, PLUM, 0.5), 560)


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
