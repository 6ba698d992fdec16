"""Sport: pictures of the demo."""

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


def _stadium_night(c: Canvas) -> None:
    c.stars(90, 240)
    for x in (130, 400, 800, 1070):
        c.glow(x, 130, 130, CREAM, 0.55)
    c.poly(
        [(0, 300), (300, 250), (900, 250), (1200, 300), (1200, 560), (0, 560)],
        mix(NAVY, SLATE, 0.2),
    )
    for _ in range(1100):
        x = c.dice.uniform(0, WIDTH)
        y = c.dice.uniform(285 + abs(x - 600) * 0.055, 530)
        c.disc(x, y, 4.6, c.dice.choice((CORAL, CREAM, SAND, MIST, CORAL, NAVY, SLATE)), 0.75)
    c.poly(
        [
            (0, 300),
            (300, 250),
            (900, 250),
            (1200, 300),
            (1200, 270),
            (900, 214),
            (300, 214),
            (0, 270),
        ],
        INK,
    )
    for x in (130, 400, 800, 1070):
        c.rect(x - 60, 108, x + 60, 156, SLATE, round_=6)
        c.windows((x - 58, 110, x + 58, 154), 6, 2, SNOW, pad=0.14)
        c.rect(x - 5, 156, x + 5, 250, SLATE)
    c.rect(0, 530, WIDTH, 566, mix(CORAL, RUST, 0.3))
    for x in range(20, WIDTH, 170):
        c.rect(x, 538, x + 120, 558, CREAM, 0.7)
    c.fade((0, 566, WIDTH, HEIGHT), mix(MOSS, TEAL, 0.25), mix(PINE, MOSS, 0.4))
    for i in range(-6, 7, 2):
        c.poly(
            [
                (600 + i * 90, 566),
                (600 + (i + 1) * 90, 566),
                (600 + (i + 1) * 210, 800),
                (600 + i * 210, 800),
            ],
            SNOW,
            0.08,
        )
    c.line([(0, 590), (WIDTH, 590)], 3, SNOW, 0.8)
    c.line([(600, 590), (600, 800)], 3, SNOW, 0.8)
    c.ring(600, 700, 190, 3, SNOW, 0.8, ry=62)
    for x, y, t, shirt in (
        (470, 700, 92, CORAL),
        (560, 660, 78, CREAM),
        (700, 720, 100, CORAL),
        (820, 650, 76, CREAM),
        (330, 650, 74, CORAL),
        (930, 740, 104, CREAM),
    ):
        c.person(x, y, t, shirt)
    c.disc(628, 716, 9, SNOW)


stadium_night = scene(_stadium_night, "#081522", NAVY, 320)


def _handball(c: Canvas) -> None:
    for _ in range(420):
        c.disc(
            c.dice.uniform(0, WIDTH),
            c.dice.uniform(0, 250),
            9,
            c.dice.choice((PLUM, NAVY, SLATE, mix(CORAL, INK, 0.4))),
            0.7,
        )
    c.rect(0, 250, WIDTH, 300, TEAL)
    c.fade((0, 300, WIDTH, HEIGHT), mix(GOLD, CORAL, 0.35), mix(CORAL, RUST, 0.3))
    c.ring(600, 300, 640, 6, SNOW, ry=330, start=0, end=180)
    for i in range(13):
        c.line([(390 + i * 35, 150), (420 + i * 30, 400)], 1.6, SNOW, 0.5)
    for j in range(9):
        c.line([(390, 150 + j * 31), (810, 150 + j * 31)], 1.6, SNOW, 0.5)
    for k in range(12):
        c.rect(370 + k * 39, 130, 370 + (k + 1) * 39, 150, CORAL if k % 2 else SNOW)
    for x in (362, 820):
        for k in range(9):
            c.rect(x, 130 + k * 34, x + 20, 164 + k * 34, SNOW if k % 2 else CORAL)
    c.person(600, 440, 250, PINE, arms=1)
    c.person(330, 760, 380, NAVY)
    c.line([(372, 470), (470, 380)], 24, NAVY)
    c.disc(486, 366, 30, GOLD)
    c.ring(486, 366, 22, 3, RUST)
    c.line([(462, 366), (510, 366)], 3, RUST)
    c.person(900, 700, 330, mix(CREAM, SLATE, 0.1), arms=1)


handball = scene(_handball, "#0d1c2c", NAVY, 260)


def _bicycle(c: Canvas, x: float, y: float, s: float, shirt: str) -> None:
    r = 78 * s
    for wx in (x - 105 * s, x + 105 * s):
        c.ring(wx, y - r + 30, r, 7 * s, INK)
        c.ring(wx, y - r + 30, r - 7 * s, 2, SLATE)
        for k in range(6):
            a = math.pi * k / 6 + 0.3
            c.line(
                [
                    (wx - r * math.cos(a), y - r + 30 - r * math.sin(a)),
                    (wx + r * math.cos(a), y - r + 30 + r * math.sin(a)),
                ],
                1,
                SLATE,
                0.6,
            )
    hub, seat, bar, crank = (
        (x - 105 * s, y - r + 30),
        (x - 46 * s, y - 190 * s),
        (x + 76 * s, y - 196 * s),
        (x - 6 * s, y - r + 36),
    )
    for a, b in (
        (hub, crank),
        (crank, bar),
        (seat, crank),
        (seat, bar),
        (hub, seat),
        (bar, (x + 105 * s, y - r + 30)),
    ):
        c.line([a, b], 8 * s, shirt)
    c.line(
        [
            (seat[0], seat[1] - 12 * s),
            (x + 34 * s, y - 140 * s),
            (crank[0] + 12 * s, crank[1] + 26 * s),
        ],
        24 * s,
        INK,
    )


def _rider(c: Canvas, x: float, y: float, s: float, shirt: str) -> None:
    c.poly(
        smooth(
            [
                (x - 70 * s, y - 214 * s),
                (x - 10 * s, y - 304 * s),
                (x + 66 * s, y - 300 * s),
                (x + 62 * s, y - 262 * s),
                (x - 10 * s, y - 200 * s),
            ]
        ),
        shirt,
    )
    c.line(
        [(x + 52 * s, y - 276 * s), (x + 66 * s, y - 222 * s), (x + 92 * s, y - 202 * s)],
        17 * s,
        mix(SAND, RUST, 0.3),
    )
    c.disc(x + 82 * s, y - 312 * s, 25 * s, mix(SAND, RUST, 0.3))
    c.poly(
        smooth(
            [
                (x + 40 * s, y - 312 * s),
                (x + 70 * s, y - 350 * s),
                (x + 118 * s, y - 322 * s),
                (x + 106 * s, y - 310 * s),
            ]
        ),
        INK,
    )


def _cyclists(c: Canvas) -> None:
    c.hills(420, 150, mix(SLATE, MIST, 0.3), waves=1.2, phase=1)
    c.hills(520, 150, mix(PINE, MOSS, 0.4), waves=1, phase=3)
    c.hills(600, 70, MOSS, waves=1.6, phase=5)
    c.fade((0, 600, WIDTH, HEIGHT), mix(SLATE, INK, 0.25), mix(SLATE, INK, 0.6))
    c.rect(0, 610, WIDTH, 618, SNOW, 0.7)
    for x, y, s, shirt in (
        (170, 640, 0.72, SEA),
        (390, 655, 0.84, GOLD),
        (640, 675, 0.96, SNOW),
        (930, 705, 1.1, CORAL),
    ):
        _bicycle(c, x, y, s, shirt)
        _rider(c, x, y, s, shirt)


cyclists = scene(_cyclists, mix(SLATE, BLUE, 0.3), mix(CREAM, MIST, 0.3), 450)


def _tennis(c: Canvas) -> None:
    court = mix(BLUE, TEAL, 0.3)
    c.poly([(300, 120), (900, 120), (1180, 800), (20, 800)], court)
    for a, b in (
        ((300, 120), (20, 800)),
        ((900, 120), (1180, 800)),
        ((365, 120), (150, 800)),
        ((835, 120), (1050, 800)),
        ((300, 124), (900, 124)),
        ((325, 230), (875, 230)),
        ((220, 590), (980, 590)),
        ((600, 230), (600, 590)),
    ):
        c.line([a, b], 6, SNOW)
    c.rect(180, 300, 1020, 400, INK, 0.25)
    for i in range(40):
        c.line([(180 + i * 21.5, 300), (180 + i * 21.5, 400)], 1.4, SNOW, 0.4)
    for y in range(310, 400, 14):
        c.line([(180, y), (1020, y)], 1.2, SNOW, 0.4)
    c.rect(176, 292, 1024, 304, SNOW)
    for x in (176, 1016):
        c.rect(x, 284, x + 10, 410, INK)
    c.person(560, 210, 90, INK)
    c.poly([(690, 700), (800, 730), (850, 760), (740, 770)], INK, 0.25)
    c.person(700, 720, 260, CREAM)
    c.line([(726, 520), (800, 470)], 15, CREAM)
    c.line([(800, 470), (842, 420)], 8, RUST)
    c.ring(872, 382, 44, 7, RUST, ry=52)
    c.disc(872, 382, 40, SNOW, 0.25, ry=48)
    c.disc(820, 250, 15, "#d8e04a")
    for k in range(4):
        c.disc(800 - k * 22, 236 - k * 12, 9 - k * 2, "#d8e04a", 0.4 - k * 0.08)


tennis = scene(_tennis, mix(PINE, TEAL, 0.3), mix(PINE, MOSS, 0.4))


def _piece(c: Canvas, x: float, foot: float, s: float, colour: str, kind: str) -> None:
    shade = mix(colour, INK, 0.3)
    c.disc(x, foot, 62 * s, INK, 0.3, ry=16 * s)
    c.rect(x - 54 * s, foot - 30 * s, x + 54 * s, foot, colour, round_=12 * s)
    if kind == "knight":
        c.poly(
            smooth(
                [
                    (x - 40 * s, foot - 30 * s),
                    (x - 30 * s, foot - 130 * s),
                    (x - 14 * s, foot - 220 * s),
                    (x + 26 * s, foot - 236 * s),
                    (x + 70 * s, foot - 176 * s),
                    (x + 62 * s, foot - 146 * s),
                    (x + 14 * s, foot - 160 * s),
                    (x + 44 * s, foot - 80 * s),
                    (x + 44 * s, foot - 30 * s),
                ],
                2,
            ),
            colour,
        )
        c.disc(x + 22 * s, foot - 192 * s, 6 * s, INK)
        return
    c.poly(
        [
            (x - 38 * s, foot - 28 * s),
            (x + 38 * s, foot - 28 * s),
            (x + 17 * s, foot - 150 * s),
            (x - 17 * s, foot - 150 * s),
        ],
        colour,
    )
    c.poly(
        [
            (x + 6 * s, foot - 28 * s),
            (x + 38 * s, foot - 28 * s),
            (x + 17 * s, foot - 150 * s),
            (x + 4 * s, foot - 150 * s),
        ],
        shade,
        0.6,
    )
    c.rect(x - 30 * s, foot - 162 * s, x + 30 * s, foot - 146 * s, colour, round_=8 * s)
    if kind == "king":
        c.poly(
            [
                (x - 20 * s, foot - 160 * s),
                (x - 36 * s, foot - 220 * s),
                (x + 36 * s, foot - 220 * s),
                (x + 20 * s, foot - 160 * s),
            ],
            colour,
        )
        c.rect(x - 6 * s, foot - 262 * s, x + 6 * s, foot - 216 * s, colour)
        c.rect(x - 18 * s, foot - 250 * s, x + 18 * s, foot - 238 * s, colour)
    else:
        c.disc(x, foot - 184 * s, 34 * s, colour)


def _chess(c: Canvas) -> None:
    c.glow(600, 200, 330, GOLD, 0.3)
    for j in range(6):
        y0, y1 = 460 + j * j * 9 + j * 14, 460 + (j + 1) * (j + 1) * 9 + (j + 1) * 14
        for i in range(8):
            w0, w1 = 80 + (y0 - 460) * 0.35, 80 + (y1 - 460) * 0.35
            c.poly(
                [
                    (600 + (i - 4) * w0, y0),
                    (600 + (i - 3) * w0, y0),
                    (600 + (i - 3) * w1, y1),
                    (600 + (i - 4) * w1, y1),
                ],
                CREAM if (i + j) % 2 else mix(RUST, INK, 0.45),
            )

    _piece(c, 330, 520, 0.72, INK, "pawn")
    _piece(c, 820, 530, 0.82, INK, "king")
    _piece(c, 680, 500, 0.66, INK, "pawn")
    _piece(c, 480, 640, 1.2, CREAM, "king")
    _piece(c, 760, 690, 1.3, CREAM, "knight")


chess = scene(_chess, mix(PLUM, INK, 0.5), mix(PLUM, RUST, 0.3))


def _ice_rink(c: Canvas) -> None:
    c.rect(60, 70, 1140, 730, mix(CORAL, RUST, 0.2), round_=190)
    c.rect(74, 84, 1126, 716, mix(SNOW, MIST, 0.5), round_=178)
    for x, colour, w in (
        (600, CORAL, 10),
        (430, BLUE, 10),
        (770, BLUE, 10),
        (190, CORAL, 4),
        (1010, CORAL, 4),
    ):
        up = 84 if 300 < x < 900 else 130
        c.line([(x, up), (x, 800 - up)], w, colour, 0.8)
    c.ring(600, 400, 92, 6, BLUE, 0.8)
    c.disc(600, 400, 8, BLUE)
    for x in (300, 900):
        for y in (240, 560):
            c.ring(x, y, 80, 5, CORAL, 0.8)
            c.disc(x, y, 9, CORAL)
    for x, s in ((190, 1), (1010, -1)):
        c.disc(x, 400, 50, SEA, 0.5)
        c.rect(min(x, x - s * 34), 366, max(x, x - s * 34), 434, CORAL, 0.7)
    for _ in range(40):
        x, y = c.dice.uniform(150, 1050), c.dice.uniform(130, 670)
        c.ring(
            x,
            y,
            c.dice.uniform(30, 120),
            1.4,
            SLATE,
            0.25,
            start=c.dice.uniform(0, 300),
            end=c.dice.uniform(310, 380),
        )
    players = (
        (520, 300, CORAL),
        (690, 360, NAVY),
        (620, 520, CORAL),
        (820, 480, NAVY),
        (380, 430, CORAL),
        (960, 380, NAVY),
        (450, 590, NAVY),
        (740, 220, CORAL),
    )
    for x, y, shirt in players:
        c.disc(x + 8, y + 12, 26, INK, 0.16)
        c.line([(x, y), (x + 52, y - 30)], 5, RUST)
        c.line([(x + 52, y - 30), (x + 64, y - 20)], 7, RUST)
        c.disc(x, y, 26, shirt, ry=20)
        c.disc(x, y, 12, INK)
    c.disc(706, 300, 8, INK)


ice_rink = scene(_ice_rink, NAVY, mix(NAVY, INK, 0.5))
