"""Rooms and things: pictures of the demo."""

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


def _chamber(c: Canvas) -> None:
    c.rect(0, 0, WIDTH, 330, mix(RUST, PLUM, 0.55))
    for i in range(9):
        c.rect(30 + i * 140, 40, 60 + i * 140, 330, mix(SAND, RUST, 0.35))
    c.rect(0, 22, WIDTH, 44, SAND)
    c.rect(470, 110, 730, 330, mix(RUST, INK, 0.4))
    c.disc(600, 196, 54, GOLD)
    c.disc(600, 196, 40, mix(RUST, INK, 0.4))
    c.poly(
        [
            (600, 162),
            (610, 190),
            (636, 196),
            (610, 204),
            (600, 232),
            (590, 204),
            (564, 196),
            (590, 190),
        ],
        GOLD,
    )
    c.rect(440, 300, 760, 380, mix(RUST, INK, 0.15))
    c.rect(540, 270, 660, 330, mix(SAND, RUST, 0.4))
    c.person(600, 390, 150, INK)
    c.rect(540, 320, 660, 400, mix(SAND, RUST, 0.5))
    shades = (CORAL, TEAL, GOLD, MOSS, BLUE)
    for row in range(5):
        rx, ry = 330 + row * 120, 80 + row * 84
        seats = 16 + row * 5
        for i in range(seats):
            a = math.pi * (0.06 + 0.88 * i / (seats - 1))
            x, y, s = 600 - rx * math.cos(a), 400 + ry * math.sin(a), 11 + row * 3.6
            colour = shades[min(4, int(i / seats * 5))]
            c.rect(x - s, y - s, x + s, y + s * 1.2, mix(colour, INK, 0.3), round_=s * 0.5)
            if (i * 7 + row * 3) % 9:
                c.disc(x, y - s * 1.2, s * 0.55, INK)
                c.rect(x - s * 0.8, y - s * 0.7, x + s * 0.8, y + s, colour, round_=s * 0.5)


chamber = scene(_chamber, mix(PLUM, INK, 0.3), mix(PLUM, INK, 0.6))


def _courtroom(c: Canvas) -> None:
    for i in range(10):
        c.rect(i * 120 + 8, 30, i * 120 + 112, 460, mix(RUST, INK, 0.5))
    c.rect(0, 0, WIDTH, 26, mix(SAND, RUST, 0.5))
    c.poly([(420, 0), (780, 0), (1010, 800), (190, 800)], CREAM, 0.1)
    c.line([(600, 80), (600, 340)], 10, GOLD)
    c.line([(430, 140), (770, 140)], 9, GOLD)
    c.disc(600, 82, 14, GOLD)
    for x in (430, 770):
        c.line([(x, 140), (x - 62, 272)], 3, GOLD)
        c.line([(x, 140), (x + 62, 272)], 3, GOLD)
        c.poly(
            [
                (x + 78 * math.cos(a / 16 * math.pi), 272 + 34 * math.sin(a / 16 * math.pi))
                for a in range(17)
            ],
            GOLD,
        )
    c.poly([(520, 356), (680, 356), (650, 330), (550, 330)], GOLD)
    c.rect(110, 480, 1090, 690, mix(RUST, SAND, 0.15))
    c.rect(90, 462, 1110, 492, mix(SAND, RUST, 0.35))
    for i in range(5):
        c.rect(150 + i * 186, 520, 306 + i * 186, 660, mix(RUST, INK, 0.25))
    for x, t in ((280, 150), (440, 158), (600, 176), (760, 158), (920, 150)):
        c.disc(x, 462 - t * 0.62, 22, INK)
        c.rect(x - 44, 462 - t * 0.46, x + 44, 470, INK, round_=22)
        c.poly([(x - 10, 462 - t * 0.44), (x + 10, 462 - t * 0.44), (x, 462 - t * 0.16)], SNOW)
    c.rect(0, 690, WIDTH, HEIGHT, mix(RUST, INK, 0.62))


courtroom = scene(_courtroom, mix(RUST, INK, 0.3), mix(RUST, INK, 0.45))


def _market_board(c: Canvas) -> None:
    c.rect(70, 60, 1130, 560, "#0a1622", round_=14)
    points = [(110.0, 400.0)]
    while points[-1][0] < 740:
        x, y = points[-1]
        points.append((x + 21, min(480, max(130, y + c.dice.uniform(-46, 40)))))
    c.poly([*points, (points[-1][0], 520), (110, 520)], TEAL, 0.3)
    for y in range(130, 530, 65):
        c.line([(110, y), (points[-1][0], y)], 1.2, SLATE, 0.4)
    c.line(points, 5, SEA)
    c.disc(*points[-1], 10, GOLD)
    for row in range(8):
        y = 112 + row * 52
        good = row not in (2, 3, 6)
        colour = SEA if good else CORAL
        c.rect(800, y, 800 + c.dice.uniform(70, 120), y + 14, MIST, 0.85, round_=5)
        c.rect(950, y, 1010, y + 14, MIST, 0.5, round_=5)
        c.poly(
            [(1046, y + 14), (1058, y - 3), (1070, y + 14)]
            if good
            else [(1046, y), (1058, y + 17), (1070, y)],
            colour,
        )
        c.rect(1080, y, 1112, y + 14, colour, round_=5)
    c.glow(600, 560, 320, TEAL, 0.22)
    c.rect(0, 690, WIDTH, HEIGHT, mix(INK, SLATE, 0.15))
    for x, t in ((170, 330), (390, 300), (880, 340), (1040, 300)):
        c.person(x, 820, t, mix(INK, "#000000", 0.3))


market_board = scene(_market_board, mix(NAVY, INK, 0.3), mix(NAVY, TEAL, 0.25))


def _shelter_hall(c: Canvas) -> None:
    c.poly([(0, 0), (1200, 0), (900, 330), (300, 330)], mix(SLATE, MIST, 0.3))
    for i in range(7):
        c.line([(i * 200, 0), (300 + i * 100, 330)], 4, SLATE, 0.6)
    c.rect(300, 140, 900, 430, mix(CREAM, SAND, 0.35))
    c.windows((320, 150, 880, 250), 7, 1, mix(BLUE, INK, 0.2), pad=0.08)
    c.rect(540, 230, 660, 320, SNOW)
    c.rect(572, 262, 628, 304, CORAL, 0.8)
    c.ring(600, 330, 36, 6, CORAL, ry=9)
    c.poly([(0, 0), (300, 140), (300, 430), (0, 640)], mix(SAND, SLATE, 0.3))
    c.poly([(1200, 0), (900, 140), (900, 430), (1200, 640)], mix(SAND, SLATE, 0.42))
    c.poly([(300, 430), (900, 430), (1300, 800), (-100, 800)], mix(SAND, RUST, 0.25))
    c.line([(600, 430), (600, 800)], 4, SNOW, 0.5)
    c.ring(600, 610, 240, 4, SNOW, 0.5, ry=80)
    for row in range(5):
        s = 0.45 + row * 0.2
        y = 450 + row * row * 17 + row * 14
        for i in range(-3, 4):
            if i == 0:
                continue
            x = 600 + i * 190 * s
            colour = (TEAL, CORAL, BLUE, MOSS, PLUM)[(i * 2 + row) % 5]
            c.poly(
                [
                    (x - 60 * s, y),
                    (x + 60 * s, y),
                    (x + 72 * s, y + 44 * s),
                    (x - 72 * s, y + 44 * s),
                ],
                colour,
            )
            c.rect(x - 54 * s, y - 8 * s, x - 6 * s, y + 10 * s, SNOW, round_=6 * s)
            for side in (-60, 60):
                c.line([(x + side * s, y + 40 * s), (x + side * s, y + 62 * s)], 5 * s, INK)
    for x, y, t in (
        (420, 560, 120),
        (760, 520, 100),
        (300, 700, 180),
        (940, 690, 170),
        (980, 700, 100),
        (620, 470, 74),
    ):
        c.person(x, y, t, INK)


shelter_hall = scene(_shelter_hall, SLATE, MIST)


def _laboratory(c: Canvas) -> None:
    c.windows((40, 40, 1160, 330), 6, 1, mix(MIST, SNOW, 0.4), pad=0.06)
    c.rect(0, 372, WIDTH, 392, SLATE, 0.4)
    c.rect(0, 610, WIDTH, 644, SNOW)
    c.fade((0, 644, WIDTH, HEIGHT), mix(TEAL, SLATE, 0.3), mix(TEAL, INK, 0.5))
    for i in range(9):
        x = 90 + i * 52
        level = 400 + (i * 37) % 90
        colour = (CORAL, GOLD, SEA)[i % 3]
        c.rect(x, 340, x + 30, 590, SNOW, 0.7, round_=15)
        c.rect(x + 4, level, x + 26, 586, colour, round_=11)
        c.rect(x - 4, 336, x + 34, 350, SLATE, round_=4)
    c.rect(66, 440, 570, 462, mix(RUST, SAND, 0.4))
    c.rect(66, 588, 570, 612, mix(RUST, SAND, 0.2))
    c.poly([(690, 612), (790, 612), (790, 590), (690, 590)], INK)
    c.rect(730, 590, 950, 612, INK, round_=8)
    c.poly([(870, 590), (910, 590), (930, 420), (880, 340), (846, 362), (884, 430)], NAVY)
    c.poly([(770, 300), (830, 262), (900, 392), (842, 426)], SNOW)
    c.poly([(752, 270), (800, 240), (824, 280), (776, 310)], INK)
    c.poly([(842, 426), (880, 404), (890, 440), (860, 456)], SLATE)
    c.rect(770, 520, 900, 534, INK)
    c.rect(800, 510, 860, 520, SEA)
    c.disc(920, 500, 24, SLATE)
    c.poly(
        [(1030, 420), (1070, 420), (1070, 480), (1130, 600), (970, 600), (1030, 480)], SNOW, 0.75
    )
    c.poly([(1012, 520), (1088, 520), (1126, 598), (974, 598)], CORAL)
    c.rect(1022, 408, 1078, 424, SLATE, round_=5)
    for x, y, r in ((1040, 560, 8), (1064, 545, 5), (1050, 580, 6)):
        c.disc(x, y, r, SNOW, 0.6)


laboratory = scene(_laboratory, mix(SEA, MIST, 0.55), mix(SEA, SLATE, 0.35))


def _library(c: Canvas) -> None:
    c.rect(0, 0, WIDTH, HEIGHT, mix(RUST, INK, 0.55))
    colours = (CORAL, TEAL, GOLD, CREAM, BLUE, MOSS, RUST, SAND, PLUM, SEA, SLATE)
    for x0, x1 in ((20, 390), (810, 1180)):
        for row in range(6):
            y = 40 + row * 122
            c.rect(x0, y, x1, y + 108, "#1a1215")
            x = x0 + 6.0
            while x < x1 - 26:
                w, h = c.dice.uniform(14, 30), c.dice.uniform(64, 98)
                colour = c.dice.choice(colours)
                c.rect(x, y + 106 - h, x + w, y + 106, mix(colour, INK, 0.12))
                c.rect(x + 2, y + 106 - h * 0.8, x + w - 2, y + 106 - h * 0.7, SNOW, 0.4)
                x += w + (22 if c.dice.random() < 0.06 else 1.5)
            c.rect(x0 - 8, y + 106, x1 + 8, y + 118, mix(SAND, RUST, 0.55))
    c.rect(430, 60, 770, 520, mix(SAND, RUST, 0.5), round_=170)
    c.rect(450, 80, 750, 520, mix(SEA, MIST, 0.5), round_=150)
    c.glow(600, 250, 150, CREAM, 0.6)
    c.line([(600, 80), (600, 520)], 8, mix(SAND, RUST, 0.5))
    for y in (220, 370):
        c.line([(450, y), (750, y)], 8, mix(SAND, RUST, 0.5))
    c.poly([(390, 640), (810, 640), (900, 800), (300, 800)], mix(SAND, RUST, 0.35))
    c.rect(380, 610, 820, 642, mix(SAND, RUST, 0.2))
    for x, shirt in ((500, INK), (690, PLUM)):
        c.disc(x, 476, 32, mix(INK, RUST, 0.2))
        c.rect(x - 54, 512, x + 54, 620, shirt, round_=30)
        c.poly([(x - 56, 606), (x, 590), (x, 616), (x - 56, 624)], SNOW)
        c.poly([(x + 56, 606), (x, 590), (x, 616), (x + 56, 624)], CREAM)
    c.poly([(560, 560), (640, 560), (620, 524), (580, 524)], GOLD)
    c.rect(596, 560, 604, 612, INK)
    c.glow(600, 580, 110, GOLD, 0.45)


library = scene(_library, RUST, INK)


def _score(c: Canvas) -> None:
    c.rect(0, 0, WIDTH, HEIGHT, mix(RUST, INK, 0.55))
    c.poly([(210, 70), (1040, 40), (1090, 760), (170, 790)], INK, 0.35)
    c.poly([(180, 50), (1020, 30), (1060, 740), (150, 760)], mix(CREAM, SAND, 0.25))
    c.poly([(180, 50), (300, 47), (270, 300), (160, 420)], SAND, 0.35)
    c.disc(930, 640, 110, RUST, 0.1, ry=80)
    c.disc(360, 160, 70, RUST, 0.08)
    for row in range(5):
        y0 = 110 + row * 126
        left, right = 240 - row * 4, 980 + row * 5
        for k in range(5):
            c.line([(left, y0 + k * 14), (right, y0 + k * 14 - 8)], 1.8, INK, 0.8)
        c.ring(left + 30, y0 + 30, 15, 5, INK, start=30, end=330)
        c.line([(left + 32, y0 - 14), (left + 26, y0 + 76)], 5, INK)
        x = left + 90.0
        while x < right - 40:
            n = c.dice.choice((1, 2, 3))
            heads = [(x + i * 36, y0 + c.dice.randint(-1, 8) * 7) for i in range(n)]
            for hx, hy in heads:
                c.disc(hx, hy, 9.5, INK, ry=7)
                c.line([(hx + 8, hy), (hx + 8, y0 - 18)], 3, INK)
            if n > 1:
                c.line([(heads[0][0] + 8, y0 - 18), (heads[-1][0] + 8, y0 - 18)], 8, INK)
            x += n * 36 + 34
    c.poly([(640, 800), (720, 560), (1200, 620), (1200, 800)], SAND, 0.0)
    c.line([(820, 730), (1120, 470)], 15, mix(SAND, RUST, 0.6))
    c.poly([(800, 748), (812, 722), (832, 738)], INK)
    c.poly(smooth([(1000, 560), (1080, 440), (1200, 400), (1170, 500), (1050, 560)]), SNOW)
    c.line([(1010, 562), (1180, 420)], 3, SLATE)


score = scene(_score, RUST, INK)


def _museum(c: Canvas) -> None:
    c.fade((0, 0, WIDTH, 640), mix(TEAL, SLATE, 0.45), mix(TEAL, INK, 0.35))
    c.poly([(400, 0), (800, 0), (960, 640), (240, 640)], CREAM, 0.12)
    c.fade((0, 640, WIDTH, HEIGHT), mix(SAND, RUST, 0.45), mix(RUST, INK, 0.5))
    frame = mix(GOLD, RUST, 0.2)
    c.poly([(300, 190), (440, 130), (440, 540), (300, 580)], frame)
    c.poly([(900, 190), (760, 130), (760, 540), (900, 580)], frame)
    c.poly([(318, 206), (424, 158), (424, 520), (318, 556)], mix(NAVY, BLUE, 0.4))
    c.poly([(882, 206), (776, 158), (776, 520), (882, 556)], mix(NAVY, BLUE, 0.4))
    c.poly(
        [(440, 550), (440, 160), (520, 110), (600, 60), (680, 110), (760, 160), (760, 550)], frame
    )
    c.poly([(460, 532), (460, 176), (600, 88), (740, 176), (740, 532)], mix(GOLD, CREAM, 0.4))
    for x, y, t, robe in (
        (600, 520, 320, CORAL),
        (515, 520, 230, BLUE),
        (685, 520, 230, PINE),
        (371, 520, 220, RUST),
        (829, 520, 220, MOSS),
    ):
        c.disc(x, y - t * 0.86, t * 0.13, GOLD)
        c.disc(x, y - t * 0.86, t * 0.075, mix(SAND, RUST, 0.25))
        c.poly(
            [
                (x - t * 0.1, y - t * 0.76),
                (x + t * 0.1, y - t * 0.76),
                (x + t * 0.17, y),
                (x - t * 0.17, y),
            ],
            robe,
        )
        c.line([(x - t * 0.04, y - t * 0.6), (x - t * 0.06, y)], 3, INK, 0.3)
        c.line([(x + t * 0.05, y - t * 0.6), (x + t * 0.08, y)], 3, INK, 0.3)
    c.rect(420, 550, 780, 600, frame)
    c.rect(380, 600, 820, 650, mix(SLATE, INK, 0.3))
    for x in (250, 950):
        c.rect(x - 5, 600, x + 5, 720, GOLD)
        c.disc(x, 596, 12, GOLD)
    c.line([(250, 614), (430, 664), (600, 676), (770, 664), (950, 614)], 9, CORAL)
    c.person(170, 770, 250, INK)
    c.person(1040, 770, 260, INK)
    c.person(1110, 770, 160, INK)


museum = scene(_museum, TEAL, INK)


def _theatre(c: Canvas) -> None:
    c.rect(170, 90, 1030, 620, mix(PLUM, INK, 0.5))
    c.poly([(600, 90), (420, 620), (780, 620)], CREAM, 0.2)
    c.glow(600, 560, 190, CREAM, 0.5)
    c.hills(520, 90, mix(PLUM, NAVY, 0.5), waves=1.2, phase=2, low=620)
    c.poly([(170, 620), (1030, 620), (1110, 690), (90, 690)], mix(SAND, RUST, 0.5))
    c.rect(90, 690, 1110, 716, mix(RUST, INK, 0.4))
    for side in (-1, 1):
        edge = 600 + side * 430
        for k in range(7):
            x = edge - side * k * 30
            c.poly(
                [
                    (x + side * 34, 60),
                    (x - side * 4, 60),
                    (x - side * (10 + k * 2), 400),
                    (x + side * (20 - k * 3), 640),
                    (x + side * 44, 640),
                ],
                mix(CORAL, RUST, 0.3 + 0.5 * (k % 2)),
            )
    c.rect(120, 40, 1080, 110, RUST)
    for k in range(12):
        c.disc(160 + k * 80, 112, 42, CORAL if k % 2 else RUST, ry=36)
    c.rect(90, 20, 1110, 50, GOLD)
    c.rect(90, 20, 130, 700, GOLD)
    c.rect(1070, 20, 1110, 700, GOLD)
    for y in range(60, 690, 42):
        c.disc(110, y, 9, mix(GOLD, RUST, 0.4))
        c.disc(1090, y, 9, mix(GOLD, RUST, 0.4))
    c.person(600, 660, 210, INK, arms=0.7)
    c.poly([(574, 560), (626, 560), (664, 660), (536, 660)], CORAL)
    c.line([(800, 660), (800, 520)], 6, INK)
    c.disc(800, 508, 16, SNOW)
    c.glow(800, 508, 70, GOLD, 0.7)
    for row, y in enumerate((740, 790)):
        for i in range(15):
            x = i * 86 + (row % 2) * 43
            c.disc(x, y - 16, 22, INK)
            c.rect(x - 38, y, x + 38, 830, "#0a121c", round_=18)


theatre = scene(_theatre, mix(RUST, INK, 0.6), "#0d1520")


def _cinema(c: Canvas) -> None:
    c.stars(140, 360)
    c.peaks(460, 230, mix(NAVY, SLATE, 0.2), 5)
    c.water(450, mix(NAVY, TEAL, 0.3), INK, CREAM, 640, 40)
    c.glow(600, 320, 330, CREAM, 0.35)
    c.rect(290, 130, 910, 480, INK)
    c.rect(306, 146, 894, 464, CREAM)
    c.fade((306, 146, 894, 464), mix(SAND, CREAM, 0.3), mix(CORAL, GOLD, 0.5))
    c.poly(
        [(306, 400), (470, 280), (590, 370), (720, 250), (894, 390), (894, 464), (306, 464)],
        mix(RUST, SAND, 0.25),
    )
    c.poly([(306, 440), (894, 400), (894, 464), (306, 464)], mix(MOSS, PINE, 0.3))
    c.rect(540, 366, 660, 418, BLUE)
    c.rect(660, 380, 706, 418, CORAL, round_=6)
    for x in (566, 630, 688):
        c.disc(x, 420, 14, INK)
    for x in (330, 862):
        c.rect(x, 480, x + 10, 640, INK)
    c.fade((0, 620, WIDTH, HEIGHT), mix(PINE, INK, 0.55), INK)
    for row in range(3):
        for i in range(13 - row):
            x, y, s = 60 + i * (92 + row * 10) + row * 20, 660 + row * 58, 1 + row * 0.25
            c.disc(x, y - 22 * s, 15 * s, "#060d15")
            c.rect(x - 24 * s, y - 8 * s, x + 24 * s, y + 60 * s, "#060d15", round_=14)
    for x in range(0, WIDTH, 70):
        c.disc(x + 30, 70 + 26 * math.sin(x / 130), 6, GOLD)
    c.line([(x, 62 + 26 * math.sin((x - 30) / 130)) for x in range(0, WIDTH + 20, 20)], 2, INK)


cinema = scene(_cinema, "#0a1a2b", mix(NAVY, PLUM, 0.5), 470)


def _old_boat(c: Canvas) -> None:
    for i, colour in enumerate(
        (mix(SLATE, INK, 0.2), mix(RUST, INK, 0.4), mix(SAND, RUST, 0.5), mix(RUST, INK, 0.25))
    ):
        c.hills(190 + i * 60, 20, colour, waves=1.6, phase=i)
    c.rect(0, 0, WIDTH, 120, mix(MIST, SEA, 0.3))
    c.hills(190, 24, mix(SLATE, INK, 0.3), waves=1.3, phase=0)
    c.hills(250, 24, mix(RUST, INK, 0.45), waves=1.1, phase=2)
    c.hills(330, 34, mix(SAND, RUST, 0.5), waves=0.8, phase=4)
    wood = mix(RUST, INK, 0.35)
    c.poly(
        smooth(
            [
                (70, 520),
                (330, 400),
                (600, 366),
                (870, 400),
                (1130, 520),
                (870, 640),
                (600, 680),
                (330, 640),
            ],
            4,
        ),
        mix(RUST, INK, 0.7),
    )
    for k in range(6):
        g = 1 - k * 0.15
        shape = smooth(
            [
                (600 - 500 * g, 520),
                (330, 520 - 112 * g),
                (600, 520 - 150 * g),
                (870, 520 - 112 * g),
                (600 + 500 * g, 520),
                (870, 520 + 112 * g),
                (600, 520 + 150 * g),
                (330, 520 + 112 * g),
            ],
            4,
        )
        c.poly(shape, mix(wood, SAND, 0.14 + 0.1 * (k % 2)))
        c.line([*shape, shape[0]], 3, INK, 0.6)
    for i in range(11):
        x = 240 + i * 72
        h = 128 * math.sin(math.pi * (i + 1.6) / 13.2)
        c.line([(x, 520 - h), (x + 6, 520), (x, 520 + h)], 10, mix(wood, INK, 0.4))
    c.line([(120, 520), (1080, 520)], 14, mix(wood, INK, 0.2))
    for x in range(100, WIDTH, 250):
        c.line([(x, 250), (x, 790)], 2, SNOW, 0.55)
    for y in (380, 660):
        c.line([(0, y), (WIDTH, y)], 2, SNOW, 0.55)
    for k in range(6):
        c.rect(860 + k * 40, 742, 900 + k * 40, 758, SNOW if k % 2 else INK)
    for x, y, t in ((150, 720, 190), (1080, 430, 150), (520, 350, 120)):
        c.person(x, y, t, INK)
        c.disc(x, y - t + t * 0.05, t * 0.09, GOLD, ry=t * 0.06)


old_boat = scene(_old_boat, MIST, mix(SAND, RUST, 0.4))
