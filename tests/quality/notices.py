"""The templated part of the labelled wire: results, closes, warnings, draws.

Such notices share nearly all their words, so a librarian that counts words takes them for one
another. Only the same club, exchange or place goes on with the one before. What is kept aside is
worded otherwise and speaks of other clubs and places.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One templated notice."""

    held: bool
    agency: str
    when: str
    headline: str
    text: str
    section: str
    topics: tuple[str, ...]
    event: str
    series: tuple[str, ...] = ()
    language: str = "en"


CLUBS = ("Brackwater", "Lanmoor", "Tolby Athletic", "Mill City", "Saint Orren", "Dunlow Town")
HELD_CLUBS = ("Fennick", "Cawdry United", "East Hollow", "Marl Vale", "Pennyport", "Roxholm")
SCORES = ((2, 0), (3, 1), (1, 0), (4, 2), (2, 1), (3, 0), (1, 0), (2, 1))


def all_notices() -> Iterator[Notice]:
    """Every templated notice, in no order."""
    for held in (False, True):
        yield from _matches(held=held)
        yield from _closes(held=held)
        yield from _warnings(held=held)
        yield from _tremors(held=held)
        yield from _draws(held=held)
    yield from _roads()
    yield from _mandis()


def _matches(*, held: bool) -> Iterator[Notice]:
    clubs = HELD_CLUBS if held else CLUBS
    for turn, day in enumerate((3, 7, 10, 14) if held else (2, 6, 9, 13, 16)):
        order = clubs[turn:] + clubs[:turn]
        for game in range(3):
            home, away = order[game], order[5 - game]
            ours, theirs = SCORES[(turn * 3 + game) % len(SCORES)]
            if held:
                headline = f"{home} {ours}, {away} {theirs}"
                text = (
                    f"{home} defeated {away} by {ours} to {theirs} in the Shires Division. The "
                    f"hosts led at the break. {away} pressed late but could not score again."
                )
                league = "Shires Division"
            else:
                headline = f"{home} beat {away} {ours}-{theirs} in Northern League"
                text = (
                    f"{home} beat {away} {ours}-{theirs} in the Northern League. The winners "
                    f"scored before the break and held on. {away} had a goal ruled out."
                )
                league = "Northern League"
            yield Notice(
                held=held,
                agency="CP",
                when=f"{day:02}T21{10 + game}",
                headline=headline,
                text=text,
                section="sport",
                topics=(home, away, league),
                event=f"match-{held}-{turn}-{game}",
                series=(home, away),
            )


def _closes(*, held: bool) -> Iterator[Notice]:
    exchanges = ("Ellmark Bourse",) if held else ("Halvor Exchange", "Oskerby Exchange")
    firms = ("Dorn Steel", "Vesper Oil", "Pallas Bank", "Ruhn Motors", "Ivo Paper", "Cale Energy")
    for number, day in enumerate((3, 4, 5, 6, 9, 10) if not held else (4, 6, 10, 12, 16)):
        for shift, exchange in enumerate(exchanges):
            firm, other = firms[(number + shift) % 6], firms[(number + shift + 2) % 6]
            points = 11 + number * 7 + shift
            if held:
                headline = f"{exchange} up {points} points at close"
                text = (
                    f"The {exchange} gained {points} points in brisk trade. {firm} was the day's "
                    f"best and {other} the worst."
                )
            else:
                headline = f"{exchange} closes {points} points higher"
                text = (
                    f"Shares on the {exchange} closed {points} points higher. {firm} led the "
                    f"gains. {other} fell most. Trading was thin."
                )
            yield Notice(
                held=held,
                agency="NW",
                when=f"{day:02}T16{30 + shift}",
                headline=headline,
                text=text,
                section="business",
                topics=(exchange, firm, other),
                event=f"close-{exchange}-{day}",
                series=(exchange,),
            )


def _warnings(*, held: bool) -> Iterator[Notice]:
    places = ("Varn", "Lake Imber", "Col de Brenn") if held else ("Marrow Bay", "Lune Pass", "Isk")
    for place in places:
        for first, second in pairwise((2, 8, 14)):
            for day in {first, second} if first == 2 else {second}:
                words = ("Gale warning", "gales") if day != 8 else ("Snow warning", "heavy snow")
                text = (
                    f"The weather office warns of {words[1]} at {place} until midnight. Drivers "
                    "should stay at home. The warning will be renewed if need be."
                )
                if held:
                    text = f"Expect {words[1]} near {place} tonight, forecasters said. Stay in."
                yield Notice(
                    held=held,
                    agency="ML",
                    when=f"{day:02}T05{places.index(place):02}",
                    headline=f"{words[0]} for {place}",
                    text=text,
                    section="environment",
                    topics=(place,),
                    event=f"warning-{place}-{day}",
                    series=(f"weather {place}",),
                )


def _tremors(*, held: bool) -> Iterator[Notice]:
    places = (
        ("Kull", "Port Sabine", "Ardesh") if held else ("Tessaly", "Cape Wen", "Brona", "Ulm Bay")
    )
    for number, place in enumerate(places):
        size = f"4.{number + 1}"
        yield Notice(
            held=held,
            agency="NW",
            when=f"{4 + 3 * number:02}T0330",
            headline=f"Earthquake of magnitude {size} near {place}",
            text=f"An earthquake of magnitude {size} was felt near {place}. No damage was "
            "reported, the seismic office said.",
            section="environment",
            topics=(place,),
            event=f"tremor-{place}",
        )


def _draws(*, held: bool) -> Iterator[Notice]:
    game = "Crown Draw" if held else "Midweek Lotto"
    for day in (5, 12) if held else (4, 11, 14):
        numbers = ", ".join(str(n * day % 49 + 1) for n in (3, 7, 11, 19, 23))
        yield Notice(
            held=held,
            agency="CP",
            when=f"{day:02}T2000",
            headline=f"{game} numbers for March {day}",
            text=f"The numbers drawn in the {game} are {numbers}. The jackpot was not won.",
            section="news",
            topics=(game,),
            event=f"draw-{game}-{day}",
            series=(game,),
        )


def _roads() -> Iterator[Notice]:
    places = ("Lauterstein", "Wexholz", "Immerau", "Tannfeld", "Gronach", "Ostheide")
    for number, place in enumerate(places):
        hurt = ("Zwei", "Drei", "Vier")[number % 3]
        yield Notice(
            held=number % 3 == 0,
            agency="DP",
            when=f"{3 + number * 2:02}T1815",
            headline=f"{hurt} Verletzte bei Unfall nahe {place}",
            text=f"Bei einem Unfall auf einer Landstraße nahe {place} sind {hurt.lower()} Menschen "
            "verletzt worden. Die Straße war zwei Stunden gesperrt, sagte ein Polizist.",
            section="news",
            topics=(place,),
            event=f"road-{place}",
            language="de",
        )


def _mandis() -> Iterator[Notice]:
    for number, day in enumerate((3, 5, 9, 11, 13)):
        yield Notice(
            held=number % 3 == 1,
            agency="PS",
            when=f"{day:02}T1700",
            headline=f"रतनपुरी मंडी में गेहूं {20 + number} रुपये चढ़ा",
            text=f"रतनपुरी मंडी में गेहूं के भाव {20 + number} रुपये प्रति क्विंटल चढ़ गए। कारोबारियों ने कहा कि "
            "मांग अच्छी रही।",
            section="business",
            topics=("रतनपुरी",),
            event=f"mandi-{day}",
            series=("mandi",),
            language="hi",
        )
