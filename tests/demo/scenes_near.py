"""Rooms, streets, sports and things of the demo's pictures."""

from __future__ import annotations

import math

from brush import (
    BLUE, CORAL, CREAM, GOLD, HEIGHT, INK, MIST, MOSS, NAVY, PINE, PLUM, RUST, SAND, SEA, SLATE,
    SNOW, TEAL, WIDTH, Canvas, mix, smooth,
)
from scenes_far import scene


def _parliament(c: Canvas) -> None:
    c.glow(600, 330, 300, GOLD, 0.5)
    stone, shade = mix(CREAM, SAND, 0.3), mix(SAND, SLATE, 0.3)
    c.poly(smooth([(450, 300), (460, 160), (600, 100), (740, 160), (750, 300)], 4), TEAL)
    c.poly(smooth([(600, 300), (600, 104), (740, 160), (750, 300)], 4), INK, 0.2)
    c.rect(588, 70, 612, 130, stone)
    c.line([(600, 20), (600, 72)], 4, INK)
    c.poly([(602, 22), (662, 34), (602, 48)], CORAL)
    c.rect(430, 250, 770, 330, stone)
    c.windows((440, 260, 760, 322), 10, 1, NAVY)
    c.rect(130, 380, 1070, 640, stone)
    c.windows((140, 400, 410, 620), 6, 2, NAVY)
    c.windows((790, 400, 1060, 620), 6, 2, NAVY)
    c.rect(120, 366, 1080, 388, shade)
    c.poly([(400, 370), (600, 290), (800, 370)], shade)
    c.poly([(440, 364), (600, 302), (760, 364)], stone)
    c.rect(410, 388, 790, 640, shade)
    for i in range(7):
        c.rect(424 + i * 54, 388, 450 + i * 54, 640, CREAM)
        c.rect(440 + i * 54, 388, 450 + i * 54, 640, SLATE, 0.25)
    for i in range(5):
        c.rect(360 - i * 26, 640 + i * 18, 840 + i * 26, 660 + i * 18, mix(stone, SLATE, 0.1 + i * 0.07))
    c.rect(0, 728, WIDTH, HEIGHT, mix(MOSS, PINE, 0.4))
    for x, t in ((240, 70), (300, 64), (900, 72), (960, 62), (640, 76)):
        c.person(x, 770, t, INK)
    for x in (60, 1140):
        c.rect(x - 7, 600, x + 7, 740, mix(RUST, INK, 0.5))
        c.disc(x, 580, 76, PINE)
        c.disc(x + 22, 560, 50, mix(PINE, MOSS, 0.4))


parliament = scene(_parliament, mix(BLUE, TEAL, 0.2), mix(SAND, CREAM, 0.4), 640)


def _chamber(c: Canvas) -> None:
    c.rect(0, 0, WIDTH, 330, mix(RUST, PLUM, 0.55))
    for i in range(9):
        c.rect(30 + i * 140, 40, 60 + i * 140, 330, mix(SAND, RUST, 0.35))
    c.rect(0, 22, WIDTH, 44, SAND)
    c.rect(470, 110, 730, 330, mix(RUST, INK, 0.4))
    c.disc(600, 196, 54, GOLD)
    c.disc(600, 196, 40, mix(RUST, INK, 0.4))
    c.poly([(600, 162), (610, 190), (636, 196), (610, 204), (600, 232), (590, 204), (564, 196), (590, 190)], GOLD)
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
        c.poly([(x + 78 * math.cos(a / 16 * math.pi), 272 + 34 * math.sin(a / 16 * math.pi)) for a in range(17)], GOLD)
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


def _central_bank(c: Canvas) -> None:
    stone = mix(CREAM, SLATE, 0.15)
    c.poly([(0, 0), (340, 0), (340, 660), (0, 690)], mix(NAVY, SLATE, 0.3))
    c.windows((30, 40, 320, 600), 5, 7, mix(SEA, MIST, 0.4), lit=0.8, dark=GOLD)
    c.poly([(900, 60), (1200, 0), (1200, 690), (900, 660)], mix(NAVY, SLATE, 0.45))
    c.windows((930, 90, 1180, 600), 4, 7, mix(SEA, MIST, 0.35), lit=0.8, dark=GOLD)
    c.rect(240, 230, 960, 660, stone)
    c.poly([(220, 236), (600, 90), (980, 236)], mix(stone, SLATE, 0.2))
    c.poly([(300, 222), (600, 110), (900, 222)], stone)
    c.ring(600, 180, 34, 6, GOLD)
    c.line([(592, 160), (592, 198), (616, 198)], 6, GOLD)
    c.line([(582, 180), (608, 180)], 5, GOLD)
    c.rect(226, 232, 974, 262, mix(stone, SLATE, 0.35))
    c.rect(270, 262, 930, 620, mix(SLATE, INK, 0.35))
    for i in range(6):
        x = 282 + i * 118
        c.rect(x, 276, x + 46, 612, SNOW)
        c.rect(x + 30, 276, x + 46, 612, SLATE, 0.35)
        c.rect(x - 8, 262, x + 54, 280, stone)
        c.rect(x - 8, 604, x + 54, 622, stone)
    c.rect(556, 420, 644, 620, mix(GOLD, RUST, 0.5))
    c.line([(600, 420), (600, 620)], 3, INK)
    for i in range(5):
        c.rect(220 - i * 26, 620 + i * 20, 980 + i * 26, 642 + i * 20, mix(stone, SLATE, 0.1 + i * 0.08))
    c.rect(0, 718, WIDTH, HEIGHT, mix(SLATE, INK, 0.5))
    for x, t in ((180, 96), (250, 100), (1010, 98), (740, 92), (420, 94)):
        c.person(x, 776, t, INK)


central_bank = scene(_central_bank, mix(BLUE, SLATE, 0.2), mix(MIST, CREAM, 0.4), 660)


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
        c.poly([(1046, y + 14), (1058, y - 3), (1070, y + 14)] if good else [(1046, y), (1058, y + 17), (1070, y)], colour)
        c.rect(1080, y, 1112, y + 14, colour, round_=5)
    c.glow(600, 560, 320, TEAL, 0.22)
    c.rect(0, 690, WIDTH, HEIGHT, mix(INK, SLATE, 0.15))
    for x, t in ((170, 330), (390, 300), (880, 340), (1040, 300)):
        c.person(x, 820, t, mix(INK, "#000000", 0.3))


market_board = scene(_market_board, mix(NAVY, INK, 0.3), mix(NAVY, TEAL, 0.25))


def _market_stall(c: Canvas) -> None:
    c.windows((0, 0, WIDTH, 240), 12, 2, mix(SAND, GOLD, 0.4), pad=0.12)
    for i in range(14):
        x = 90 + i * 73
        c.poly([(x, 130), (x + 73, 130), (x + 73 + (i - 6) * 5, 280), (x + (i - 7) * 5, 280)], CORAL if i % 2 else CREAM)
        c.disc(x + 36 + (i - 6.5) * 5, 280, 38, CORAL if i % 2 else CREAM, ry=22)
    for x in (80, 1110):
        c.rect(x, 200, x + 14, 760, mix(RUST, INK, 0.5))
    c.person(430, 600, 330, INK)
    c.rect(392, 400, 468, 600, TEAL, round_=14)
    c.person(760, 600, 310, mix(INK, PLUM, 0.5))
    c.rect(724, 410, 796, 600, CREAM, round_=14)
    for row, (y, h) in enumerate(((500, 90), (590, 110))):
        for i in range(6):
            x = 110 + i * 166
            c.rect(x, y + 26, x + 156, y + h, mix(SAND, RUST, 0.35 + row * 0.12))
            colour = (CORAL, MOSS, GOLD, MIST, RUST, PLUM)[(i + row * 2) % 6]
            for k in range(16):
                px, py = x + 14 + (k % 8) * 18, y + 24 - (k // 8) * 16
                if (i + row * 2) % 6 == 3:
                    c.disc(px, py, 16, mix(SLATE, MIST, 0.4), ry=7)
                    c.disc(px - 8, py - 1, 2, INK)
                else:
                    c.disc(px, py, 12, mix(colour, SNOW, 0.14 * (k % 3)))
    c.rect(100, 700, 1110, 800, mix(RUST, INK, 0.4))


market_stall = scene(_market_stall, mix(SLATE, INK, 0.2), mix(SLATE, SAND, 0.25))


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
            c.poly([(x - 60 * s, y), (x + 60 * s, y), (x + 72 * s, y + 44 * s), (x - 72 * s, y + 44 * s)], colour)
            c.rect(x - 54 * s, y - 8 * s, x - 6 * s, y + 10 * s, SNOW, round_=6 * s)
            for side in (-60, 60):
                c.line([(x + side * s, y + 40 * s), (x + side * s, y + 62 * s)], 5 * s, INK)
    for x, y, t in ((420, 560, 120), (760, 520, 100), (300, 700, 180), (940, 690, 170), (980, 700, 100), (620, 470, 74)):
        c.person(x, y, t, INK)


shelter_hall = scene(_shelter_hall, SLATE, MIST)


def _divers(c: Canvas) -> None:
    for i in range(7):
        x = 160 + i * 120
        c.poly([(x, 0), (x + 60, 0), (x - 40 + i * 14, 800), (x - 260 + i * 14, 800)], SNOW, 0.07)
    c.poly([(0, 0), (330, 0), (400, 180), (370, 360), (430, 520), (400, 800), (0, 800)], mix(SLATE, INK, 0.45))
    c.poly([(0, 0), (240, 0), (290, 200), (250, 420), (300, 800), (0, 800)], mix(SLATE, INK, 0.62))
    c.poly(smooth([(374, 340), (340, 372), (352, 400), (322, 430), (356, 452), (368, 486), (412, 480), (396, 430), (386, 390)], 1), "#050d15")
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
            c.poly([(x + 180 * s, y + (d - 34) * s), (x + 270 * s, y + (d - 64) * s), (x + 260 * s, y + (d - 10) * s)], TEAL)
        for k in range(8):
            c.ring(x - 118 * s + c.dice.uniform(-16, 16), y - 60 * s - k * 36 * s, (5 + k) * s, 2.4, SNOW, 0.7)
    for _ in range(120):
        c.disc(c.dice.uniform(300, WIDTH), c.dice.uniform(0, HEIGHT), c.dice.uniform(1, 2.4), SNOW, 0.3)


divers = scene(_divers, SEA, mix(NAVY, INK, 0.5))


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
        c.windows((x + 8, 470, x + 310, 526), 7, 1, GOLD, lit=0.8, dark=mix(GOLD, INK, 0.7), pad=0.12)
        c.rect(x, 548, x + 318, 558, GOLD, 0.8)
        for k in (60, 258):
            for d in (-26, 26):
                c.disc(x + k + d, 594, 20, INK)
                c.disc(x + k + d, 594, 8, SLATE)
    c.fade((0, 640, WIDTH, HEIGHT), mix(INK, TEAL, 0.3), INK)
    for i in range(26):
        c.rect(i * 47 - 10, 660, i * 47 + 14, 780, GOLD, 0.07)


night_train = scene(_night_train, "#0a1a2b", mix(NAVY, PLUM, 0.5), 560)


def _shop_street(c: Canvas) -> None:
    for x, w, wall, awning in ((0, 300, mix(SAND, CREAM, 0.4), CORAL), (300, 340, mix(TEAL, SLATE, 0.3), GOLD), (640, 270, mix(CORAL, SAND, 0.5), TEAL), (910, 290, mix(CREAM, SLATE, 0.2), RUST)):
        c.rect(x, 70 + (x % 90), x + w, 640, wall)
        c.rect(x - 4, 60 + (x % 90), x + w + 4, 84 + (x % 90), mix(wall, INK, 0.4))
        c.windows((x + 20, 100 + (x % 90), x + w - 20, 390), 4, 2, mix(NAVY, SLATE, 0.2), lit=0.7, dark=GOLD, pad=0.2)
        c.rect(x + 18, 440, x + w - 18, 640, INK)
        c.rect(x + 28, 460, x + w - 90, 620, mix(GOLD, CREAM, 0.4))
        c.rect(x + w - 78, 460, x + w - 30, 640, mix(wall, INK, 0.55))
        n = 8
        for i in range(n):
            s = (w - 20) / n
            c.poly([(x + 10 + i * s, 410), (x + 10 + (i + 1) * s, 410), (x + 10 + (i + 1) * s, 470), (x + 10 + i * s, 470)], awning if i % 2 else SNOW)
        c.glow(x + w / 2 - 30, 560, 90, GOLD, 0.3)
    c.rect(0, 640, WIDTH, 690, mix(SLATE, MIST, 0.2))
    c.fade((0, 690, WIDTH, HEIGHT), mix(SLATE, INK, 0.4), INK)
    for x, t in ((120, 150), (230, 140), (500, 154), (590, 146), (820, 150), (1060, 156), (1110, 100)):
        c.person(x, 690, t, INK)
    c.rect(420, 300, 430, 690, INK)
    c.disc(425, 290, 20, CREAM)
    c.glow(425, 290, 90, CREAM, 0.45)


shop_street = scene(_shop_street, mix(NAVY, PLUM, 0.3), mix(CORAL, SAND, 0.4), 300)


def _handball(c: Canvas) -> None:
    for _ in range(420):
        c.disc(c.dice.uniform(0, WIDTH), c.dice.uniform(0, 250), 9, c.dice.choice((PLUM, NAVY, SLATE, mix(CORAL, INK, 0.4))), 0.7)
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


def _cyclists(c: Canvas) -> None:
    c.hills(420, 150, mix(SLATE, MIST, 0.3), waves=1.2, phase=1)
    c.hills(520, 150, mix(PINE, MOSS, 0.4), waves=1, phase=3)
    c.hills(600, 70, MOSS, waves=1.6, phase=5)
    c.fade((0, 600, WIDTH, HEIGHT), mix(SLATE, INK, 0.25), mix(SLATE, INK, 0.6))
    c.rect(0, 610, WIDTH, 618, SNOW, 0.7)
    for x, y, s, shirt in ((170, 640, 0.72, SEA), (390, 655, 0.84, GOLD), (640, 675, 0.96, SNOW), (930, 705, 1.1, CORAL)):
        r = 78 * s
        for wx in (x - 105 * s, x + 105 * s):
            c.ring(wx, y - r + 30, r, 7 * s, INK)
            c.ring(wx, y - r + 30, r - 7 * s, 2, SLATE)
            for k in range(6):
                a = math.pi * k / 6 + 0.3
                c.line([(wx - r * math.cos(a), y - r + 30 - r * math.sin(a)), (wx + r * math.cos(a), y - r + 30 + r * math.sin(a))], 1, SLATE, 0.6)
        hub, seat, bar, crank = (x - 105 * s, y - r + 30), (x - 46 * s, y - 190 * s), (x + 76 * s, y - 196 * s), (x - 6 * s, y - r + 36)
        for a, b in ((hub, crank), (crank, bar), (seat, crank), (seat, bar), (hub, seat), (bar, (x + 105 * s, y - r + 30))):
            c.line([a, b], 8 * s, shirt)
        c.line([(seat[0], seat[1] - 12 * s), (x + 34 * s, y - 140 * s), (crank[0] + 12 * s, crank[1] + 26 * s)], 24 * s, INK)
        c.poly(smooth([(x - 70 * s, y - 214 * s), (x - 10 * s, y - 304 * s), (x + 66 * s, y - 300 * s), (x + 62 * s, y - 262 * s), (x - 10 * s, y - 200 * s)]), shirt)
        c.line([(x + 52 * s, y - 276 * s), (x + 66 * s, y - 222 * s), (x + 92 * s, y - 202 * s)], 17 * s, mix(SAND, RUST, 0.3))
        c.disc(x + 82 * s, y - 312 * s, 25 * s, mix(SAND, RUST, 0.3))
        c.poly(smooth([(x + 40 * s, y - 312 * s), (x + 70 * s, y - 350 * s), (x + 118 * s, y - 322 * s), (x + 106 * s, y - 310 * s)]), INK)


cyclists = scene(_cyclists, mix(SLATE, BLUE, 0.3), mix(CREAM, MIST, 0.3), 450)


def _tennis(c: Canvas) -> None:
    court = mix(BLUE, TEAL, 0.3)
    c.poly([(300, 120), (900, 120), (1180, 800), (20, 800)], court)
    for a, b in (((300, 120), (20, 800)), ((900, 120), (1180, 800)), ((365, 120), (150, 800)), ((835, 120), (1050, 800)), ((300, 124), (900, 124)), ((325, 230), (875, 230)), ((220, 590), (980, 590)), ((600, 230), (600, 590))):
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


def _chess(c: Canvas) -> None:
    c.glow(600, 200, 330, GOLD, 0.3)
    for j in range(6):
        y0, y1 = 460 + j * j * 9 + j * 14, 460 + (j + 1) * (j + 1) * 9 + (j + 1) * 14
        for i in range(8):
            w0, w1 = 80 + (y0 - 460) * 0.35, 80 + (y1 - 460) * 0.35
            c.poly([(600 + (i - 4) * w0, y0), (600 + (i - 3) * w0, y0), (600 + (i - 3) * w1, y1), (600 + (i - 4) * w1, y1)], CREAM if (i + j) % 2 else mix(RUST, INK, 0.45))

    def piece(x: float, foot: float, s: float, colour: str, kind: str) -> None:
        shade = mix(colour, INK, 0.3)
        c.disc(x, foot, 62 * s, INK, 0.3, ry=16 * s)
        c.rect(x - 54 * s, foot - 30 * s, x + 54 * s, foot, colour, round_=12 * s)
        if kind == "knight":
            c.poly(smooth([(x - 40 * s, foot - 30 * s), (x - 30 * s, foot - 130 * s), (x - 14 * s, foot - 220 * s), (x + 26 * s, foot - 236 * s), (x + 70 * s, foot - 176 * s), (x + 62 * s, foot - 146 * s), (x + 14 * s, foot - 160 * s), (x + 44 * s, foot - 80 * s), (x + 44 * s, foot - 30 * s)], 2), colour)
            c.disc(x + 22 * s, foot - 192 * s, 6 * s, INK)
            return
        c.poly([(x - 38 * s, foot - 28 * s), (x + 38 * s, foot - 28 * s), (x + 17 * s, foot - 150 * s), (x - 17 * s, foot - 150 * s)], colour)
        c.poly([(x + 6 * s, foot - 28 * s), (x + 38 * s, foot - 28 * s), (x + 17 * s, foot - 150 * s), (x + 4 * s, foot - 150 * s)], shade, 0.6)
        c.rect(x - 30 * s, foot - 162 * s, x + 30 * s, foot - 146 * s, colour, round_=8 * s)
        if kind == "king":
            c.poly([(x - 20 * s, foot - 160 * s), (x - 36 * s, foot - 220 * s), (x + 36 * s, foot - 220 * s), (x + 20 * s, foot - 160 * s)], colour)
            c.rect(x - 6 * s, foot - 262 * s, x + 6 * s, foot - 216 * s, colour)
            c.rect(x - 18 * s, foot - 250 * s, x + 18 * s, foot - 238 * s, colour)
        else:
            c.disc(x, foot - 184 * s, 34 * s, colour)

    piece(330, 520, 0.72, INK, "pawn")
    piece(820, 530, 0.82, INK, "king")
    piece(680, 500, 0.66, INK, "pawn")
    piece(480, 640, 1.2, CREAM, "king")
    piece(760, 690, 1.3, CREAM, "knight")


chess = scene(_chess, mix(PLUM, INK, 0.5), mix(PLUM, RUST, 0.3))


def _ice_rink(c: Canvas) -> None:
    c.rect(60, 70, 1140, 730, mix(CORAL, RUST, 0.2), round_=190)
    c.rect(74, 84, 1126, 716, mix(SNOW, MIST, 0.5), round_=178)
    for x, colour, w in ((600, CORAL, 10), (430, BLUE, 10), (770, BLUE, 10), (190, CORAL, 4), (1010, CORAL, 4)):
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
        c.ring(x, y, c.dice.uniform(30, 120), 1.4, SLATE, 0.25, start=c.dice.uniform(0, 300), end=c.dice.uniform(310, 380))
    players = ((520, 300, CORAL), (690, 360, NAVY), (620, 520, CORAL), (820, 480, NAVY), (380, 430, CORAL), (960, 380, NAVY), (450, 590, NAVY), (740, 220, CORAL))
    for x, y, shirt in players:
        c.disc(x + 8, y + 12, 26, INK, 0.16)
        c.line([(x, y), (x + 52, y - 30)], 5, RUST)
        c.line([(x + 52, y - 30), (x + 64, y - 20)], 7, RUST)
        c.disc(x, y, 26, shirt, ry=20)
        c.disc(x, y, 12, INK)
    c.disc(706, 300, 8, INK)


ice_rink = scene(_ice_rink, NAVY, mix(NAVY, INK, 0.5))


def _sea_eagle(c: Canvas) -> None:
    c.glow(930, 200, 160, CREAM, 0.7)
    c.hills(600, 90, mix(SLATE, MIST, 0.4), waves=1.4, phase=1)
    c.water(600, mix(SEA, MIST, 0.2), TEAL, SNOW, count=70)
    c.poly([(0, 560), (120, 520), (200, 590), (260, 680), (240, 800), (0, 800)], mix(SLATE, INK, 0.5))
    dark, pale = mix(RUST, INK, 0.62), mix(RUST, INK, 0.45)
    for side in (-1, 1):
        pts = [(600, 350), (600 + side * 150, 250), (600 + side * 310, 215), (600 + side * 440, 270)]
        feathers = [(600 + side * (470 - k * 20), 300 + k * 28 if k % 2 else 330 + k * 30) for k in range(5)]
        c.poly([*pts, *feathers, (600 + side * 250, 430), (600 + side * 120, 440), (600, 440)], dark)
        c.poly([(600, 350), (600 + side * 150, 250), (600 + side * 310, 215), (600 + side * 300, 270), (600 + side * 150, 320), (600, 400)], pale)
    c.poly(smooth([(548, 360), (600, 310), (652, 360), (634, 470), (600, 520), (566, 470)]), mix(dark, RUST, 0.15))
    c.poly([(566, 476), (634, 476), (676, 566), (640, 580), (600, 586), (560, 580), (524, 566)], SNOW)
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


def _kelp(c: Canvas) -> None:
    for i in range(6):
        c.poly([(140 + i * 180, 0), (220 + i * 180, 0), (60 + i * 210, 800), (-120 + i * 210, 800)], SNOW, 0.07)
    c.hills(760, 80, mix(NAVY, TEAL, 0.4), waves=1.5, phase=1)
    for layer, colour in enumerate((mix(TEAL, MOSS, 0.3), mix(MOSS, TEAL, 0.25), mix(MOSS, GOLD, 0.2))):
        for i in range(6):
            x0, sway = 60 + i * 210 + layer * 70, c.dice.uniform(18, 40)
            stem = [(x0 + sway * math.sin(t * 0.5 + i), 800 - t * 40) for t in range(19 - layer * 2)]
            c.line(stem, 6 + layer * 2, mix(colour, INK, 0.25))
            for k, (x, y) in enumerate(stem[1:]):
                side = 1 if k % 2 else -1
                n = 60 + layer * 16
                c.poly(smooth([(x, y), (x + side * n * 0.5, y - 26), (x + side * n, y - 18), (x + side * n * 0.5, y + 6)], 2), colour)
                c.disc(x + side * 6, y - 2, 5 + layer, mix(colour, GOLD, 0.5))
    c.hills(800, 50, mix(NAVY, INK, 0.4), waves=2.2, phase=3)
    for x, y, s, colour in ((300, 300, 1, CORAL), (420, 360, 0.8, GOLD), (250, 390, 0.7, GOLD), (820, 240, 0.9, CREAM), (930, 290, 0.7, CREAM), (720, 520, 1.1, CORAL)):
        c.poly(smooth([(x - 60 * s, y), (x, y - 26 * s), (x + 60 * s, y), (x, y + 26 * s)]), colour)
        c.poly([(x + 44 * s, y), (x + 84 * s, y - 24 * s), (x + 84 * s, y + 24 * s)], colour)
        c.disc(x - 30 * s, y - 4 * s, 4 * s, INK)
    for x, y in ((180, 770), (520, 776), (960, 768)):
        c.disc(x, y, 18, PLUM)
        for k in range(12):
            a = math.tau * k / 12
            c.line([(x, y), (x + 30 * math.cos(a), y + 30 * math.sin(a))], 2.4, PLUM)


kelp = scene(_kelp, mix(SEA, MIST, 0.3), mix(NAVY, TEAL, 0.3))


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
    c.poly([(1030, 420), (1070, 420), (1070, 480), (1130, 600), (970, 600), (1030, 480)], SNOW, 0.75)
    c.poly([(1012, 520), (1088, 520), (1126, 598), (974, 598)], CORAL)
    c.rect(1022, 408, 1078, 424, SLATE, round_=5)
    for x, y, r in ((1040, 560, 8), (1064, 545, 5), (1050, 580, 6)):
        c.disc(x, y, r, SNOW, 0.6)


laboratory = scene(_laboratory, mix(SEA, MIST, 0.55), mix(SEA, SLATE, 0.35))


def _hospital(c: Canvas) -> None:
    c.glow(220, 180, 110, CREAM, 0.8)
    c.hills(560, 100, mix(TEAL, MIST, 0.45), waves=1.2, phase=2)
    c.rect(180, 290, 560, 640, mix(SNOW, MIST, 0.4))
    c.windows((196, 306, 544, 560), 7, 4, BLUE, lit=0.75, dark=GOLD, pad=0.2)
    c.rect(560, 150, 880, 640, SNOW)
    c.rect(840, 150, 880, 640, SLATE, 0.2)
    c.windows((580, 280, 830, 560), 5, 4, BLUE, lit=0.7, dark=GOLD, pad=0.2)
    c.rect(676, 176, 692, 264, TEAL)
    c.rect(728, 176, 744, 264, TEAL)
    c.rect(684, 212, 736, 228, TEAL)
    c.rect(880, 340, 1100, 640, mix(SNOW, SLATE, 0.2))
    c.windows((896, 356, 1084, 560), 4, 3, BLUE, lit=0.8, dark=GOLD, pad=0.2)
    c.rect(530, 570, 780, 592, TEAL)
    c.rect(560, 592, 750, 640, mix(GOLD, CREAM, 0.5))
    c.fade((0, 640, WIDTH, HEIGHT), mix(SLATE, MIST, 0.1), mix(SLATE, INK, 0.3))
    c.rect(860, 610, 1060, 700, SNOW, round_=10)
    c.rect(1030, 640, 1110, 700, SNOW, round_=10)
    c.rect(1052, 648, 1100, 676, NAVY, round_=6)
    c.rect(860, 660, 1110, 672, GOLD)
    c.rect(890, 630, 980, 650, TEAL, round_=6)
    c.rect(1000, 598, 1030, 610, BLUE, round_=4)
    for x in (910, 1060):
        c.disc(x, 702, 25, INK)
        c.disc(x, 702, 10, SLATE)
    for x, t in ((420, 110), (470, 116), (640, 106)):
        c.person(x, 720, t, INK)
    for x in (90, 1150):
        c.rect(x - 6, 560, x + 6, 660, mix(RUST, INK, 0.5))
        c.disc(x, 530, 60, PINE)
        c.disc(x + 16, 512, 40, MOSS)


hospital = scene(_hospital, mix(BLUE, SEA, 0.55), mix(CREAM, MIST, 0.3), 560)


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
            c.poly([(x + side * 34, 60), (x - side * 4, 60), (x - side * (10 + k * 2), 400), (x + side * (20 - k * 3), 640), (x + side * 44, 640)], mix(CORAL, RUST, 0.3 + 0.5 * (k % 2)))
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
    c.poly([(306, 400), (470, 280), (590, 370), (720, 250), (894, 390), (894, 464), (306, 464)], mix(RUST, SAND, 0.25))
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
    c.poly([(440, 550), (440, 160), (520, 110), (600, 60), (680, 110), (760, 160), (760, 550)], frame)
    c.poly([(460, 532), (460, 176), (600, 88), (740, 176), (740, 532)], mix(GOLD, CREAM, 0.4))
    for x, y, t, robe in ((600, 520, 320, CORAL), (515, 520, 230, BLUE), (685, 520, 230, PINE), (371, 520, 220, RUST), (829, 520, 220, MOSS)):
        c.disc(x, y - t * 0.86, t * 0.13, GOLD)
        c.disc(x, y - t * 0.86, t * 0.075, mix(SAND, RUST, 0.25))
        c.poly([(x - t * 0.1, y - t * 0.76), (x + t * 0.1, y - t * 0.76), (x + t * 0.17, y), (x - t * 0.17, y)], robe)
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


def _tram(c: Canvas) -> None:
    for i in range(9):
        x, h = i * 140 - 20, 200 + (i * 67) % 160
        c.rect(x, 470 - h, x + 132, 600, mix((SAND, CORAL, SLATE, TEAL)[i % 4], CREAM, 0.35))
        c.windows((x + 10, 486 - h, x + 122, 580), 4, 5, NAVY, lit=0.8, dark=GOLD, pad=0.24)
    c.line([(0, 190), (WIDTH, 175)], 3, INK)
    for x in (90, 1080):
        c.rect(x, 150, x + 12, 660, INK)
        c.line([(x, 170), (x + 90, 186)], 5, INK)
    c.rect(0, 600, WIDTH, 660, mix(SLATE, MIST, 0.3))
    c.fade((0, 660, WIDTH, HEIGHT), mix(SLATE, INK, 0.35), mix(SLATE, INK, 0.6))
    c.line([(560, 300), (620, 240), (560, 184)], 6, INK)
    for x, w in ((170, 400), (586, 440)):
        c.rect(x, 300, x + w, 650, CORAL, round_=34)
        c.rect(x, 300, x + w, 350, CREAM, round_=24)
        c.rect(x + 16, 370, x + w - 16, 510, INK, round_=14)
        n = 4
        for i in range(n):
            s = (w - 44) / n
            c.rect(x + 22 + i * s, 378, x + 16 + (i + 1) * s, 502, mix(SEA, MIST, 0.45), round_=8)
            if i != 1:
                c.disc(x + 18 + (i + 0.5) * s, 452, 18, INK)
                c.rect(x - 8 + (i + 0.5) * s, 470, x + 44 + (i + 0.5) * s, 502, INK, round_=10)
        c.rect(x, 560, x + w, 576, CREAM)
    c.rect(568, 330, 590, 640, INK)
    c.rect(820, 312, 990, 344, INK, round_=6)
    for k in range(7):
        c.rect(836 + k * 21, 322, 848 + k * 21, 334, GOLD)
    for x in (270, 470, 700, 910):
        c.disc(x, 654, 24, INK)
    c.rect(0, 674, WIDTH, 682, MIST, 0.7)
    c.rect(0, 720, WIDTH, 730, MIST, 0.7)
    c.glow(1030, 560, 90, CREAM, 0.6)
    for x, t in ((1120, 190), (1160, 180), (60, 190)):
        c.person(x, 780, t, INK)


tram = scene(_tram, mix(BLUE, SEA, 0.4), CREAM, 500)


def _old_boat(c: Canvas) -> None:
    for i, colour in enumerate((mix(SLATE, INK, 0.2), mix(RUST, INK, 0.4), mix(SAND, RUST, 0.5), mix(RUST, INK, 0.25))):
        c.hills(190 + i * 60, 20, colour, waves=1.6, phase=i)
    c.rect(0, 0, WIDTH, 120, mix(MIST, SEA, 0.3))
    c.hills(190, 24, mix(SLATE, INK, 0.3), waves=1.3, phase=0)
    c.hills(250, 24, mix(RUST, INK, 0.45), waves=1.1, phase=2)
    c.hills(330, 34, mix(SAND, RUST, 0.5), waves=0.8, phase=4)
    wood = mix(RUST, INK, 0.35)
    c.poly(smooth([(70, 520), (330, 400), (600, 366), (870, 400), (1130, 520), (870, 640), (600, 680), (330, 640)], 4), mix(RUST, INK, 0.7))
    for k in range(6):
        g = 1 - k * 0.15
        shape = smooth([(600 - 500 * g, 520), (330, 520 - 112 * g), (600, 520 - 150 * g), (870, 520 - 112 * g), (600 + 500 * g, 520), (870, 520 + 112 * g), (600, 520 + 150 * g), (330, 520 + 112 * g)], 4)
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
