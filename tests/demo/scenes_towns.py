"""Streets and buildings: pictures of the demo."""

from __future__ import annotations

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


def _house(
    c: Canvas, x: float, w: float, up: float, low: float, wall: str, lit: float = 0.4
) -> None:
    c.rect(x, up, x + w, low, wall)
    c.poly([(x - 8, up), (x + w / 2, up - w * 0.42), (x + w + 8, up)], mix(RUST, INK, 0.45))
    c.windows((x + 8, up + 12, x + w - 8, low - 60), 3, 3, GOLD, lit=lit, dark=mix(INK, SLATE, 0.3))


def _flooded_street(c: Canvas) -> None:
    c.hills(470, 90, mix(SLATE, TEAL, 0.4), waves=1.5, phase=1)
    c.rect(578, 330, 622, 560, mix(SLATE, INK, 0.35))
    c.poly([(570, 332), (600, 240), (630, 332)], mix(SLATE, INK, 0.5))
    c.rect(500, 440, 700, 560, mix(SLATE, INK, 0.25))
    c.windows((510, 450, 690, 530), 5, 1, GOLD, lit=0.6, dark=INK)
    for i, wall in enumerate(
        (mix(SAND, SLATE, 0.4), mix(CORAL, SLATE, 0.55), mix(CREAM, SLATE, 0.45))
    ):
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


def _evacuation_bus(c: Canvas) -> None:
    c.hills(430, 190, mix(SLATE, TEAL, 0.35), waves=1.3, phase=0.8)
    c.hills(520, 150, mix(PINE, SLATE, 0.35), waves=1.7, phase=3)
    c.hills(640, 110, mix(PINE, MOSS, 0.35), waves=1, phase=5)
    c.poly([(0, 650), (1200, 590), (1200, 740), (0, 800)], mix(INK, SLATE, 0.45))
    for i in range(9):
        x = 20 + i * 140
        c.poly(
            [
                (x, 722 - x * 0.05),
                (x + 70, 718 - x * 0.05),
                (x + 70, 726 - x * 0.05),
                (x, 730 - x * 0.05),
            ],
            CREAM,
            0.8,
        )
    for x, colour in ((330, CORAL), (850, mix(GOLD, CORAL, 0.25))):
        y, s = 480 - (x - 330) * 0.052, 1 - (x - 330) / 1500
        w, h = 330 * s, 170 * s
        c.rect(x, y + h * 0.04, x + w, y + h, colour, round_=18 * s)
        c.rect(
            x + 12 * s, y + h * 0.16, x + w - 12 * s, y + h * 0.5, mix(MIST, GOLD, 0.35), round_=8
        )
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
        c.rect(
            360 - i * 26,
            640 + i * 18,
            840 + i * 26,
            660 + i * 18,
            mix(stone, SLATE, 0.1 + i * 0.07),
        )
    c.rect(0, 728, WIDTH, HEIGHT, mix(MOSS, PINE, 0.4))
    for x, t in ((240, 70), (300, 64), (900, 72), (960, 62), (640, 76)):
        c.person(x, 770, t, INK)
    for x in (60, 1140):
        c.rect(x - 7, 600, x + 7, 740, mix(RUST, INK, 0.5))
        c.disc(x, 580, 76, PINE)
        c.disc(x + 22, 560, 50, mix(PINE, MOSS, 0.4))


parliament = scene(_parliament, mix(BLUE, TEAL, 0.2), mix(SAND, CREAM, 0.4), 640)


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
        c.rect(
            220 - i * 26,
            620 + i * 20,
            980 + i * 26,
            642 + i * 20,
            mix(stone, SLATE, 0.1 + i * 0.08),
        )
    c.rect(0, 718, WIDTH, HEIGHT, mix(SLATE, INK, 0.5))
    for x, t in ((180, 96), (250, 100), (1010, 98), (740, 92), (420, 94)):
        c.person(x, 776, t, INK)


central_bank = scene(_central_bank, mix(BLUE, SLATE, 0.2), mix(MIST, CREAM, 0.4), 660)


def _shop_street(c: Canvas) -> None:
    for x, w, wall, awning in (
        (0, 300, mix(SAND, CREAM, 0.4), CORAL),
        (300, 340, mix(TEAL, SLATE, 0.3), GOLD),
        (640, 270, mix(CORAL, SAND, 0.5), TEAL),
        (910, 290, mix(CREAM, SLATE, 0.2), RUST),
    ):
        c.rect(x, 70 + (x % 90), x + w, 640, wall)
        c.rect(x - 4, 60 + (x % 90), x + w + 4, 84 + (x % 90), mix(wall, INK, 0.4))
        c.windows(
            (x + 20, 100 + (x % 90), x + w - 20, 390),
            4,
            2,
            mix(NAVY, SLATE, 0.2),
            lit=0.7,
            dark=GOLD,
            pad=0.2,
        )
        c.rect(x + 18, 440, x + w - 18, 640, INK)
        c.rect(x + 28, 460, x + w - 90, 620, mix(GOLD, CREAM, 0.4))
        c.rect(x + w - 78, 460, x + w - 30, 640, mix(wall, INK, 0.55))
        n = 8
        for i in range(n):
            s = (w - 20) / n
            c.poly(
                [
                    (x + 10 + i * s, 410),
                    (x + 10 + (i + 1) * s, 410),
                    (x + 10 + (i + 1) * s, 470),
                    (x + 10 + i * s, 470),
                ],
                awning if i % 2 else SNOW,
            )
        c.glow(x + w / 2 - 30, 560, 90, GOLD, 0.3)
    c.rect(0, 640, WIDTH, 690, mix(SLATE, MIST, 0.2))
    c.fade((0, 690, WIDTH, HEIGHT), mix(SLATE, INK, 0.4), INK)
    for x, t in (
        (120, 150),
        (230, 140),
        (500, 154),
        (590, 146),
        (820, 150),
        (1060, 156),
        (1110, 100),
    ):
        c.person(x, 690, t, INK)
    c.rect(420, 300, 430, 690, INK)
    c.disc(425, 290, 20, CREAM)
    c.glow(425, 290, 90, CREAM, 0.45)


shop_street = scene(_shop_street, mix(NAVY, PLUM, 0.3), mix(CORAL, SAND, 0.4), 300)


def _market_stall(c: Canvas) -> None:
    c.windows((0, 0, WIDTH, 240), 12, 2, mix(SAND, GOLD, 0.4), pad=0.12)
    for i in range(14):
        x = 90 + i * 73
        c.poly(
            [(x, 130), (x + 73, 130), (x + 73 + (i - 6) * 5, 280), (x + (i - 7) * 5, 280)],
            CORAL if i % 2 else CREAM,
        )
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
