"""Landscapes and the sea: pictures of the demo."""

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
    MOSS,
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
    smooth,
)


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


def _wind_farm(c: Canvas) -> None:
    c.glow(250, 430, 210, GOLD, 0.7)
    c.disc(250, 440, 60, CREAM)
    c.water(490, mix(SEA, GOLD, 0.25), NAVY, CREAM, count=110)
    for x, foot, tall, turn in (
        (200, 494, 150, 10),
        (350, 496, 170, 50),
        (520, 500, 200, 85),
        (690, 508, 250, 25),
        (1080, 500, 190, 70),
        (880, 540, 400, 15),
    ):
        w = tall * 0.022
        c.poly(
            [(x - w, foot), (x + w, foot), (x + w * 0.5, foot - tall), (x - w * 0.5, foot - tall)],
            SNOW,
        )
        c.rect(x - w * 2, foot - 6, x + w * 2, foot + tall * 0.05, GOLD)
        for k in range(3):
            a = math.radians(turn + 120 * k)
            hub, tip = (
                (x, foot - tall),
                (x + tall * 0.56 * math.sin(a), foot - tall - tall * 0.56 * math.cos(a)),
            )
            side = (math.cos(a) * w * 1.3, math.sin(a) * w * 1.3)
            mid = (hub[0] + (tip[0] - hub[0]) * 0.22, hub[1] + (tip[1] - hub[1]) * 0.22)
            c.poly([hub, (mid[0] + side[0], mid[1] + side[1]), tip], SNOW)
        c.disc(x, foot - tall, w * 1.5, MIST)
    for i in range(7):
        for side in (-1, 1):
            x, y = 470 + side * i * 34, 130 + i * 15
            c.line([(x - 13, y - 5), (x, y), (x + 13, y - 5)], 3, INK, 0.75)


wind_farm = scene(_wind_farm, mix(BLUE, TEAL, 0.3), mix(SAND, CORAL, 0.22), 500)


def _mountain_village(c: Canvas) -> None:
    c.glow(950, 160, 130, CREAM, 0.7)
    c.peaks(560, 430, mix(SLATE, PLUM, 0.3), 4, SNOW)
    c.hills(540, 150, MOSS, waves=1.2, phase=1.4)
    c.hills(690, 170, mix(MOSS, PINE, 0.5), waves=0.9, phase=4)
    for i in range(22):
        x = 300 + (i * 97) % 600
        y = 500 + (i // 6) * 46 + c.dice.uniform(-6, 6)
        s = 0.8 + (y - 500) / 350
        c.rect(
            x,
            y - 30 * s,
            x + 46 * s,
            y + 8 * s,
            c.dice.choice((CREAM, mix(SAND, CREAM, 0.5), mix(CREAM, CORAL, 0.2))),
        )
        c.poly(
            [(x - 5 * s, y - 30 * s), (x + 23 * s, y - 52 * s), (x + 51 * s, y - 30 * s)],
            c.dice.choice((RUST, CORAL)),
        )
        c.rect(x + 9 * s, y - 20 * s, x + 17 * s, y - 8 * s, INK)
        c.rect(x + 28 * s, y - 20 * s, x + 36 * s, y - 8 * s, INK)
    c.rect(590, 400, 626, 520, CREAM)
    c.poly([(584, 402), (608, 330), (632, 402)], RUST)
    c.poly([(0, 500), (130, 560), (210, 690), (180, 800), (0, 800)], mix(SAND, RUST, 0.35))
    for _ in range(40):
        x, y = c.dice.uniform(20, 210), c.dice.uniform(610, 790)
        c.poly(
            [(x - 16, y), (x, y - 22), (x + 18, y - 6), (x + 10, y + 10)],
            mix(SAND, SLATE, c.dice.random()),
            0.9,
        )
    for i in range(26):
        x, y = 820 + (i % 9) * 44 + (i // 9) * 16, 640 + (i // 9) * 56
        c.rect(x - 3, y, x + 3, y + 20, mix(RUST, INK, 0.5))
        c.disc(x, y, 18, mix(PINE, MOSS, 0.35))


mountain_village = scene(_mountain_village, mix(BLUE, SEA, 0.4), CREAM, 520)


def _glacier(c: Canvas) -> None:
    c.peaks(520, 430, mix(NAVY, SLATE, 0.5), 4, SNOW)
    c.poly(
        [
            (470, 190),
            (640, 170),
            (800, 200),
            (860, 330),
            (850, 420),
            (990, 560),
            (1040, 660),
            (200, 660),
            (300, 540),
            (420, 440),
            (400, 320),
        ],
        mix(SNOW, MIST, 0.35),
    )
    c.poly(
        [
            (660, 172),
            (800, 200),
            (860, 330),
            (850, 420),
            (990, 560),
            (1040, 660),
            (700, 660),
            (780, 520),
            (640, 400),
            (720, 280),
        ],
        mix(MIST, SEA, 0.3),
    )
    for _ in range(46):
        y = c.dice.uniform(300, 630)
        half = 120 + (y - 240) * 0.75
        x = 630 + c.dice.uniform(-half, half) * 0.9
        c.line([(x, y), (x + c.dice.uniform(14, 44), y + c.dice.uniform(4, 14))], 3, BLUE, 0.5)
    c.poly(
        [(240, 640), (1010, 640), (960, 690), (800, 672), (620, 704), (430, 676), (290, 696)],
        mix(SEA, BLUE, 0.3),
    )
    c.poly(
        smooth(
            [(-50, 330), (180, 400), (420, 380), (430, 450), (270, 600), (160, 900), (-50, 900)]
        ),
        mix(SLATE, INK, 0.45),
    )
    c.poly(
        smooth(
            [(1300, 300), (1060, 390), (850, 370), (850, 430), (990, 600), (1120, 900), (1300, 900)]
        ),
        mix(SLATE, INK, 0.55),
    )
    c.water(690, mix(SEA, MIST, 0.2), TEAL, SNOW, count=50)
    for x, y in ((400, 600), (520, 520), (610, 440), (670, 370)):
        c.line([(x, y), (x, y - (y - 240) * 0.3)], 4, CORAL)
        c.disc(x, y - (y - 240) * 0.3, 6, CORAL)
    c.person(450, 610, 74, INK)


glacier = scene(_glacier, mix(BLUE, NAVY, 0.4), mix(MIST, CREAM, 0.4), 430)


def _kelp(c: Canvas) -> None:
    for i in range(6):
        c.poly(
            [(140 + i * 180, 0), (220 + i * 180, 0), (60 + i * 210, 800), (-120 + i * 210, 800)],
            SNOW,
            0.07,
        )
    c.hills(760, 80, mix(NAVY, TEAL, 0.4), waves=1.5, phase=1)
    for layer, colour in enumerate(
        (mix(TEAL, MOSS, 0.3), mix(MOSS, TEAL, 0.25), mix(MOSS, GOLD, 0.2))
    ):
        for i in range(6):
            x0, sway = 60 + i * 210 + layer * 70, c.dice.uniform(18, 40)
            stem = [
                (x0 + sway * math.sin(t * 0.5 + i), 800 - t * 40) for t in range(19 - layer * 2)
            ]
            c.line(stem, 6 + layer * 2, mix(colour, INK, 0.25))
            for k, (x, y) in enumerate(stem[1:]):
                side = 1 if k % 2 else -1
                n = 60 + layer * 16
                c.poly(
                    smooth(
                        [
                            (x, y),
                            (x + side * n * 0.5, y - 26),
                            (x + side * n, y - 18),
                            (x + side * n * 0.5, y + 6),
                        ],
                        2,
                    ),
                    colour,
                )
                c.disc(x + side * 6, y - 2, 5 + layer, mix(colour, GOLD, 0.5))
    c.hills(800, 50, mix(NAVY, INK, 0.4), waves=2.2, phase=3)
    for x, y, s, colour in (
        (300, 300, 1, CORAL),
        (420, 360, 0.8, GOLD),
        (250, 390, 0.7, GOLD),
        (820, 240, 0.9, CREAM),
        (930, 290, 0.7, CREAM),
        (720, 520, 1.1, CORAL),
    ):
        c.poly(smooth([(x - 60 * s, y), (x, y - 26 * s), (x + 60 * s, y), (x, y + 26 * s)]), colour)
        c.poly([(x + 44 * s, y), (x + 84 * s, y - 24 * s), (x + 84 * s, y + 24 * s)], colour)
        c.disc(x - 30 * s, y - 4 * s, 4 * s, INK)
    for x, y in ((180, 770), (520, 776), (960, 768)):
        c.disc(x, y, 18, PLUM)
        for k in range(12):
            a = math.tau * k / 12
            c.line([(x, y), (x + 30 * math.cos(a), y + 30 * math.sin(a))], 2.4, PLUM)


kelp = scene(_kelp, mix(SEA, MIST, 0.3), mix(NAVY, TEAL, 0.3))


def _divers(c: Canvas) -> None:
    for i in range(7):
        x = 160 + i * 120
        c.poly([(x, 0), (x + 60, 0), (x - 40 + i * 14, 800), (x - 260 + i * 14, 800)], SNOW, 0.07)
    c.poly(
        [(0, 0), (330, 0), (400, 180), (370, 360), (430, 520), (400, 800), (0, 800)],
        mix(SLATE, INK, 0.45),
    )
    c.poly([(0, 0), (240, 0), (290, 200), (250, 420), (300, 800), (0, 800)], mix(SLATE, INK, 0.62))
    c.poly(
        smooth(
            [
                (374, 340),
                (340, 372),
                (352, 400),
                (322, 430),
                (356, 452),
                (368, 486),
                (412, 480),
                (396, 430),
                (386, 390),
            ],
            1,
        ),
        "#050d15",
    )
    for x, y, turn in ((690, 380, 1), (900, 560, 0.8)):
        s = turn
        if s == 1:
            c.poly([(x - 205, y + 24), (402, 310), (418, 505)], CREAM, 0.3)
        c.rect(x - 90 * s, y - 26 * s, x + 80 * s, y + 26 * s, INK, round_=24 * s)
        c.rect(x - 40 * s, y - 56 * s, x + 70 * s, y - 22 * s, GOLD, round_=16 * s)
        c.disc(x - 118 * s, y - 6 * s, 32 * s, INK)
        c.rect(x - 148 * s, y - 20 * s, x - 118 * s, y + 8 * s, SEA, round_=8)
        c.line([(x - 80 * s, y + 12 * s), (x - 190 * s, y + 30 * s)], 20 * s, INK)
        c.rect(x - 214 * s, y + 16 * s, x - 176 * s, y + 40 * s, CORAL, round_=6)
        for d in (0, 30):
            c.line([(x + 70 * s, y + d * 0.4 * s), (x + 190 * s, y + (d - 24) * s)], 20 * s, INK)
            c.poly(
                [
                    (x + 180 * s, y + (d - 34) * s),
                    (x + 270 * s, y + (d - 64) * s),
                    (x + 260 * s, y + (d - 10) * s),
                ],
                TEAL,
            )
        for k in range(8):
            c.ring(
                x - 118 * s + c.dice.uniform(-16, 16),
                y - 60 * s - k * 36 * s,
                (5 + k) * s,
                2.4,
                SNOW,
                0.7,
            )
    for _ in range(120):
        c.disc(
            c.dice.uniform(300, WIDTH), c.dice.uniform(0, HEIGHT), c.dice.uniform(1, 2.4), SNOW, 0.3
        )


divers = scene(_divers, SEA, mix(NAVY, INK, 0.5))


def _sea_eagle(c: Canvas) -> None:
    c.glow(930, 200, 160, CREAM, 0.7)
    c.hills(600, 90, mix(SLATE, MIST, 0.4), waves=1.4, phase=1)
    c.water(600, mix(SEA, MIST, 0.2), TEAL, SNOW, count=70)
    c.poly(
        [(0, 560), (120, 520), (200, 590), (260, 680), (240, 800), (0, 800)], mix(SLATE, INK, 0.5)
    )
    dark, pale = mix(RUST, INK, 0.62), mix(RUST, INK, 0.45)
    for side in (-1, 1):
        pts = [
            (600, 350),
            (600 + side * 150, 250),
            (600 + side * 310, 215),
            (600 + side * 440, 270),
        ]
        feathers = [
            (600 + side * (470 - k * 20), 300 + k * 28 if k % 2 else 330 + k * 30) for k in range(5)
        ]
        c.poly(
            [*pts, *feathers, (600 + side * 250, 430), (600 + side * 120, 440), (600, 440)], dark
        )
        c.poly(
            [
                (600, 350),
                (600 + side * 150, 250),
                (600 + side * 310, 215),
                (600 + side * 300, 270),
                (600 + side * 150, 320),
                (600, 400),
            ],
            pale,
        )
    c.poly(
        smooth([(548, 360), (600, 310), (652, 360), (634, 470), (600, 520), (566, 470)]),
        mix(dark, RUST, 0.15),
    )
    c.poly(
        [(566, 476), (634, 476), (676, 566), (640, 580), (600, 586), (560, 580), (524, 566)], SNOW
    )
    for x in (572, 600, 628):
        c.line([(600 + (x - 600) * 0.7, 490), (600 + (x - 600) * 2.2, 580)], 2, SLATE, 0.5)
    c.disc(600, 318, 36, mix(SAND, CREAM, 0.4))
    c.poly(smooth([(588, 330), (616, 330), (614, 362), (600, 376), (592, 362)], 2), GOLD)
    c.disc(586, 318, 4, INK)
    c.disc(614, 318, 4, INK)
    for x in (576, 624):
        c.line([(x, 480), (x, 520)], 9, GOLD)
    c.poly(smooth([(520, 540), (600, 518), (690, 540), (600, 566)]), mix(SLATE, MIST, 0.5))
    c.poly([(684, 540), (722, 520), (716, 562)], mix(SLATE, MIST, 0.4))
    c.disc(544, 538, 4, INK)


sea_eagle = scene(_sea_eagle, mix(BLUE, SEA, 0.5), mix(CREAM, MIST, 0.4), 600)


def _fishing_boats(c: Canvas) -> None:
    c.hills(380, 80, mix(SLATE, MIST, 0.4), waves=1.5, phase=2)
    c.water(380, mix(SEA, MIST, 0.3), mix(TEAL, NAVY, 0.5), SNOW, count=100)
    rows = ((420, 0.5, 7), (500, 0.75, 5), (610, 1.1, 4))
    for y, s, n in rows:
        for i in range(n):
            x = (i + 0.5) * WIDTH / n + c.dice.uniform(-14, 14)
            hull = c.dice.choice((CORAL, NAVY, TEAL, mix(GOLD, SAND, 0.2), RUST))
            c.poly(
                [
                    (x - 92 * s, y - 18 * s),
                    (x + 98 * s, y - 34 * s),
                    (x + 74 * s, y + 26 * s),
                    (x - 78 * s, y + 26 * s),
                ],
                hull,
            )
            c.poly(
                [
                    (x - 92 * s, y - 18 * s),
                    (x + 98 * s, y - 34 * s),
                    (x + 95 * s, y - 24 * s),
                    (x - 90 * s, y - 8 * s),
                ],
                SNOW,
                0.85,
            )
            c.rect(x - 50 * s, y - 66 * s, x + 4 * s, y - 18 * s, SNOW)
            c.rect(x - 44 * s, y - 58 * s, x - 2 * s, y - 40 * s, INK)
            c.line([(x + 30 * s, y - 26 * s), (x + 30 * s, y - 130 * s)], 4 * s, INK)
            c.line([(x + 30 * s, y - 126 * s), (x - 60 * s, y - 70 * s)], 2 * s, INK, 0.7)
            c.line([(x + 30 * s, y - 110 * s), (x + 84 * s, y - 46 * s)], 3 * s, INK)
            c.line([(x - 98 * s, y + 30 * s), (x + 92 * s, y + 30 * s)], 4 * s, SNOW, 0.4)


fishing_boats = scene(_fishing_boats, mix(SLATE, SEA, 0.35), mix(CREAM, MIST, 0.4), 380)


def _yacht(c: Canvas, x: float, y: float, s: float, spin: str) -> None:
    c.poly([(x - 10 * s, y - 30 * s), (x + 30 * s, y - 400 * s), (x + 150 * s, y - 50 * s)], SNOW)
    c.poly(
        [
            (x - 10 * s, y - 30 * s),
            (x + 30 * s, y - 400 * s),
            (x + 60 * s, y - 310 * s),
            (x + 20 * s, y - 34 * s),
        ],
        SLATE,
        0.15,
    )
    c.poly(
        [
            (x - 24 * s, y - 44 * s),
            (x + 22 * s, y - 372 * s),
            (x - 120 * s, y - 220 * s),
            (x - 170 * s, y - 70 * s),
        ],
        spin,
    )
    c.poly(
        [(x - 24 * s, y - 44 * s), (x + 22 * s, y - 372 * s), (x - 66 * s, y - 200 * s)],
        SNOW,
        0.22,
    )
    c.poly(
        [
            (x - 170 * s, y - 20 * s),
            (x + 180 * s, y - 34 * s),
            (x + 150 * s, y + 26 * s),
            (x - 110 * s, y + 26 * s),
        ],
        INK,
    )
    c.line([(x - 168 * s, y - 16 * s), (x + 178 * s, y - 30 * s)], 5 * s, SNOW)
    for k in range(4):
        c.disc(x + (40 + k * 30) * s, y - 46 * s, 9 * s, CORAL)
        c.rect(x + (30 + k * 30) * s, y - 40 * s, x + (50 + k * 30) * s, y - 22 * s, INK)
    c.poly(
        [
            (x - 190 * s, y + 22 * s),
            (x + 190 * s, y + 20 * s),
            (x + 110 * s, y + 40 * s),
            (x - 150 * s, y + 40 * s),
        ],
        SNOW,
        0.75,
    )


def _sailing(c: Canvas) -> None:
    for x, y, w in ((180, 150, 200), (760, 110, 260), (980, 220, 170)):
        c.rect(x, y, x + w, y + 26, SNOW, 0.7, round_=13)
        c.rect(x + 40, y - 20, x + w - 50, y + 10, SNOW, 0.7, round_=15)
    c.hills(470, 60, mix(TEAL, MIST, 0.5), waves=1, phase=2.2)
    c.water(460, mix(SEA, MIST, 0.25), TEAL, SNOW, count=60)
    for x, y, s, spin in ((930, 520, 0.5, NAVY), (180, 540, 0.6, GOLD), (560, 640, 1.15, CORAL)):
        _yacht(c, x, y, s, spin)
    for y, h in ((690, 16), (750, 26)):
        for x in range(-60, WIDTH, 170):
            c.poly(
                [
                    (x, y),
                    (x + 60, y - h),
                    (x + 110, y - h * 0.6),
                    (x + 170, y),
                    (x + 110, y + h * 0.3),
                    (x + 50, y + h * 0.3),
                ],
                mix(NAVY, TEAL, 0.5),
                0.6,
            )


sailing = scene(_sailing, mix(BLUE, SEA, 0.3), mix(CREAM, SEA, 0.25), 470)


def _island_map(c: Canvas) -> None:
    for x in range(0, WIDTH, 100):
        c.line([(x, 0), (x, HEIGHT)], 1, NAVY, 0.12)
    for y in range(0, HEIGHT, 100):
        c.line([(0, y), (WIDTH, y)], 1, NAVY, 0.12)
    shapes = (
        [
            (880, 0),
            (960, 90),
            (930, 190),
            (1000, 260),
            (960, 340),
            (1040, 430),
            (1000, 540),
            (1060, 640),
            (1010, 900),
            (1400, 900),
            (1400, -100),
            (900, -100),
        ],
        [
            (210, 300),
            (270, 240),
            (360, 250),
            (400, 310),
            (380, 390),
            (420, 450),
            (350, 540),
            (270, 530),
            (240, 450),
            (180, 390),
        ],
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
