"""Days, clocks and zones in the words of a notice, in the wires' languages.

read      "Freitag, 6. März, 12.00 Uhr MEZ"  ─▶ days, clocks, and the words it does not know
resolved  a day as written  ─▶ a date near a reference
zones     a zone as written ─▶ the clocks it can mean
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wirecopy.story.prose import word_set

END = 24
"""The hour of a day's end: 24.00, midnight."""


def _numbered(table: str) -> dict[str, int]:
    """The names of a table whose lines begin with their number."""
    rows = (line.split() for line in table.strip().splitlines())
    return {name: int(number) for number, *names in rows for name in names}


_MONTHS = _numbered("""
1 january jan januar jänner januari janvier janv enero ene gennaio gen janeiro января जनवरी
2 february feb februar februari février févr febrero febbraio fevereiro fev февраля फरवरी फ़रवरी
3 march mar märz maerz maart mrt mars marzo março марта मार्च
4 april apr avril avr abril abr aprile апреля अप्रैल
5 may mai mei mayo maggio mag maio мая मई
6 june jun juni juin junio giugno giu junho июня जून
7 july jul juli juillet juil julio luglio lug julho июля जुलाई
8 august aug augustus août agosto ago августа अगस्त
9 september sep sept septembre septiembre settembre set setembro сентября सितंबर सितम्बर
10 october oct oktober okt octobre octubre ottobre ott outubro out октября अक्टूबर अक्तूबर
11 november nov novembre noviembre novembro ноября नवंबर नवम्बर
12 december dec dezember dez décembre diciembre dic dicembre dezembro декабря दिसंबर दिसम्बर
""")
_WEEKDAYS = _numbered("""
0 monday mon montag maandag lundi lunes lunedì segunda-feira понедельника सोमवार
1 tuesday tue tues dienstag dinsdag mardi martes martedì terça-feira вторника मंगलवार
2 wednesday wed mittwoch woensdag mercredi miércoles mercoledì quarta-feira среды बुधवार
3 thursday thu thur thurs donnerstag donderdag jeudi jueves giovedì quinta-feira четверга
3 गुरुवार बृहस्पतिवार
4 friday fri freitag vrijdag vendredi viernes venerdì sexta-feira пятницы शुक्रवार
5 saturday sat samstag sonnabend zaterdag samedi sábado sabato субботы शनिवार
6 sunday sun sonntag zondag dimanche domingo domenica воскресенья रविवार
""")
NAMES = (*_MONTHS, *_WEEKDAYS)
"""What months and weekdays are called, whole and shortened."""
_NEAR = _numbered("""
0 today tonight heute vandaag aujourd'hui hoy oggi hoje сегодня आज
1 tomorrow morgen demain mañana domani amanhã завтра
""")
_FILLERS = word_set("""
the of on at in a an and or for until till to from before after by not be is this that time use
used release released releases publication publish published publishing broadcast print printed
date online web media press newspapers papers editions edition weekend thereafter strictly embargo
embargoed hold local o'clock hours hrs no it all with any immediate only
beachten veröffentlichen senden verwenden verbreiten
den dem der die das am um ab bis im vor uhr frei und für zur veröffentlichung ortszeit
jusqu'à jusqu'au jusqu le la les à au du de et heure heures locale h
hasta el las los del y hora horas antes fino alle alla al ore di e dalle até às do da tot om uur
het van op до часов года г बजे तक को के से पर
""")
"""Words of a notice that say nothing of when."""
_OF_A_DAY = re.compile(r"(?:'s|s?(?:ausgaben?|zeitungen|presse))$")
"""What makes a day's papers of it: "Monday's editions", "Montagsausgaben"."""
_PARTS = {
    "सुबह": "am", "प्रातः": "am", "दोपहर": "noon", "शाम": "pm", "रात": "night",
}  # fmt: skip

_MINUTES = {
    "z": (0,), "ut": (0,), "utc": (0,), "gmt": (0,), "wet": (0,), "cet": (60,), "mez": (60,),
    "met": (60,), "eet": (120,), "msk": (180,), "мск": (180,), "sast": (120,), "wat": (60,),
    "eat": (180,), "pkt": (300,), "npt": (345,), "sgt": (480,), "hkt": (480,), "jst": (540,),
    "kst": (540,), "awst": (480,), "acst": (570,), "aest": (600,), "nzst": (720,),
    "est": (-300,), "mst": (-420,), "pst": (-480,), "hst": (-600,), "brt": (-180,),
    "art": (-180,), "clt": (-240,), "cst": (-360, 480),
}  # fmt: skip
"""Minutes east of UTC of zones; of one name for several, the later reading counts."""
_SUMMER = {
    "bst": (60, "Europe/London"), "west": (60, "Europe/Lisbon"), "cest": (120, "Europe/Berlin"),
    "mesz": (120, "Europe/Berlin"), "eest": (180, "Europe/Athens"),
    "edt": (-240, "America/New_York"), "cdt": (-300, "America/Chicago"),
    "mdt": (-360, "America/Denver"), "pdt": (-420, "America/Los_Angeles"),
    "aedt": (660, "Australia/Sydney"), "nzdt": (780, "Pacific/Auckland"),
}  # fmt: skip
"""Summer times, which are also written in winter: then the clock on the wall is meant."""
_PLACES = {
    "et": "America/New_York", "eastern": "America/New_York", "ct": "America/Chicago",
    "central": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "london": "Europe/London", "uk": "Europe/London",
    "paris": "Europe/Paris", "berlin": "Europe/Berlin", "berliner": "Europe/Berlin",
    "brussels": "Europe/Brussels", "madrid": "Europe/Madrid", "rome": "Europe/Rome",
    "roma": "Europe/Rome", "vienna": "Europe/Vienna", "wiener": "Europe/Vienna",
    "zurich": "Europe/Zurich", "moscow": "Europe/Moscow", "tokyo": "Asia/Tokyo",
    "japan": "Asia/Tokyo", "мск": "Europe/Moscow",
    "seoul": "Asia/Seoul", "beijing": "Asia/Shanghai",
    "india": "Asia/Kolkata", "sydney": "Australia/Sydney", "washington": "America/New_York",
}  # fmt: skip
"""Zones by the names of places: "Paris time", "heure de Paris", "1200 ET"."""
HOMES = {
    "dpa": "Europe/Berlin", "APA": "Europe/Vienna", "ATS": "Europe/Zurich",
    "Belga": "Europe/Brussels", "ANP": "Europe/Amsterdam", "ANSA": "Europe/Rome",
    "EFE": "Europe/Madrid", "Europa Press": "Europe/Madrid", "PA": "Europe/London",
    "MTI": "Europe/Budapest", "NTB": "Europe/Oslo", "Ritzau": "Europe/Copenhagen",
    "TT": "Europe/Stockholm", "STT": "Europe/Helsinki", "PAP": "Europe/Warsaw",
    "PTI": "Asia/Kolkata", "UNI": "Asia/Kolkata", "IANS": "Asia/Kolkata", "ANI": "Asia/Kolkata",
    "Yonhap": "Asia/Seoul", "Kyodo": "Asia/Tokyo", "Jiji": "Asia/Tokyo", "Xinhua": "Asia/Shanghai",
    "TASS": "Europe/Moscow", "Interfax": "Europe/Moscow",
}  # fmt: skip
"""Where the clock hangs of agencies that have one; a source's own setting goes before it."""


class Day(NamedTuple):
    """A day as written: a date with or without its year, a weekday, or days from today."""

    month: int = 0
    day: int = 0
    year: int = 0
    weekday: int | None = None
    ahead: int | None = None


class Clock(NamedTuple):
    """A time of day, and the zone written behind it, "" for none."""

    hour: int
    minute: int = 0
    zone: str = ""


START = Clock(0)


class Said(NamedTuple):
    """What a text says of days and clocks, and the words in it that are neither."""

    days: tuple[Day, ...] = ()
    clocks: tuple[Clock, ...] = ()
    strange: tuple[str, ...] = ()
    unreadable: bool = False
    """Whether something that looks like a time is none, or can mean two."""
    end: int = 0
    """Where the last day, clock or zone ends."""


_ENDS = r"(?![\w\u0900-\u0963])"
"""The end of a word: the vowel signs of India are letters too."""
_MON = rf"(?P<{{}}>{'|'.join(sorted(_MONTHS, key=len, reverse=True))}){_ENDS}\.?"
_YEAR = (
    r"(?:,?\s*(?:de\s+|del\s+)?(?P<{}>(?:19|20)\d\d)\b"
    r"(?!\s*(?:hrs?|hours|h|uhr|gmt|utc|[a-z]{{2,4}}t)\b))?"
)
_HALF = r"[ap]\.?\s?m\b\.?"
_MIDNIGHT = (
    "midnight|mitternacht|minuit|medianoche|mezzanotte|meia-noite|middernacht|полуночи|полночи"
)
_NOON = "noon|midday|mittag|midi|mediodía|mezzogiorno|meio-dia|полудня"
_LETTER = r"(?:[^\W_]|[\u0900-\u0963])"
_DAY_FIRST = rf"(?P<fd>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s*(?:de\s+|of\s+)?{_MON.format('fm')}"
_MONTH_FIRST = rf"{_MON.format('mm')}\s*(?P<md>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[:.]\d)\b"
_CITY = (
    r"(?:heure|hora|ora|ore)\s+d[ei]\s+(?P<city>\w+)"
    r"|(?P<town>\w+)(?:\s+(?:standard|daylight|summer))?\s+(?:time|zeit)"
)
_TOKEN = re.compile(
    rf"""
    (?P<iso>(?P<iy>\d{{4}})-(?P<im>\d\d)-(?P<id>\d\d)(?!\d))(?:t(?=\d))?
  | (?P<dotted>(?P<dd>\d{{1,2}})\.\s?(?P<dm>0?[1-9]|1[0-2])\.
      (?P<dy>\d{{4}}|\d\d(?![\d:.]))?)(?!\d)(?!\s*uhr)
  | (?P<dayfirst>{_DAY_FIRST}{_YEAR.format("fy")})
  | (?P<monthfirst>{_MONTH_FIRST}{_YEAR.format("my")})
  | (?P<slashed>\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?)
  | (?P<midnight>(?:12(?:[:.]00)?\s*)?(?:{_MIDNIGHT}))\b
  | (?P<noon>(?:12(?:[:.]00)?\s*)?(?:{_NOON}))\b
  | (?P<part>{"|".join(_PARTS)})\s*(?P<ph>\d{{1,2}})(?:[:.](?P<pm>\d\d))?(?:\s*बजे)?
  | (?P<clock>(?P<h>\d{{1,2}})(?:[:.]|\s?h\s?)(?P<mi>\d\d)(?!\d)(?::\d\d(?!\d))?)
      (?:\s*(?P<ap>{_HALF}))?
  | (?P<short>(?P<sh>\d{{1,2}})\s*(?P<sap>{_HALF}))
  | (?P<hours>(?P<hh>\d{{1,2}})\s*(?:uhr|heures?|horas?|uur|часов|बजे|h){_ENDS})
  | (?P<four>(?P<qh>[0-2]\d)(?P<qm>[0-5]\d)(?!\d))(?:\s*(?:hrs?|hours|h|uhr)\b)?
  | (?P<where>{_CITY})
  | (?P<zone>(?<=[\d\s.m(])(?:(?:utc|gmt)\s?[+-]\d{{1,2}}(?::?\d\d)?|[+-]\d\d:?\d\d|z))(?![\w'-])
  | (?P<word>{_LETTER}+(?:['-]{_LETTER}+)*)
    """,
    re.VERBOSE,
)
_EVEN = {ord("’"): "'", 0xA0: " ", 0x202F: " "}
_GAP = re.compile(r"[\s,;:.!()\[\]*_=/|–—-]*")


def read(text: str, *, whole: bool = True) -> Said:
    """The days and clocks of a text, and the words it does not know.

    Not `whole`: only up to the first word that is none of a notice.
    """
    text = unicodedata.normalize("NFC", text).translate(_EVEN)
    low = text.lower()
    low = low if len(low) == len(text) else text
    days: list[Day] = []
    times: list[Clock] = []
    strange: list[str] = []
    unreadable = False
    end = place = 0
    while match := _TOKEN.match(low, _GAP.match(low, place).end()):  # type: ignore[union-attr] # a gap may be empty
        place = match.end()
        loud = text[match.start() : place].isupper()
        found = _meaning(match, zoned=bool(times), loud=loud)
        if isinstance(found, Day):
            days.append(found)
        elif isinstance(found, Clock):
            times.append(found)
        elif found is _ZONED:
            times[-1] = times[-1]._replace(zone=match["city"] or match["town"] or match[0])
        elif found is None:
            unreadable = True
        elif found:
            if not whole:
                break
            strange.append(found)
            continue
        end = place
    else:
        rest = low[place:].strip(" ,;:.!()[]*_=/|–—-+")
        if rest and whole:
            strange.append(rest)
    return Said(tuple(days), tuple(times), tuple(strange), unreadable, end)


_ZONED = "the zone of the clock before"


def _meaning(match: re.Match[str], *, zoned: bool, loud: bool) -> Day | Clock | str | None:
    """What one token is: a day, a clock, `_ZONED`, a strange word; "" for a filler.

    None for what looks like a time and is none, or could be two ("6/3"). `zoned`: a clock stands
    before it that a zone can belong to; `loud`: it is written in capitals, as zones are.
    """
    kind = next(kind for kind in _KINDS if match[kind])
    if kind in _DATES:
        return _dated(*(match[part] for part in _DATES[kind]))
    if kind in {"midnight", "noon"}:
        return Clock(END if kind == "midnight" else 12)
    if kind in _CLOCKS:
        return _clock(*(match[part] if part else "" for part in _CLOCKS[kind]))
    if kind == "part":
        return _in_part(match)
    if kind == "slashed":
        return None
    return _word(match, zoned=zoned, loud=loud)


_DATES = {
    "iso": ("iy", "im", "id"),
    "dotted": ("dy", "dm", "dd"),
    "dayfirst": ("fy", "fm", "fd"),
    "monthfirst": ("my", "mm", "md"),
}
_CLOCKS = {
    "clock": ("h", "mi", "ap"),
    "short": ("sh", "", "sap"),
    "hours": ("hh", "", ""),
    "four": ("qh", "qm", ""),
}
_KINDS = (*_DATES, "slashed", "midnight", "noon", "part", *_CLOCKS, "where", "zone", "word")


def _dated(year: str | None, month: str, day: str) -> Day | None:
    number = _MONTHS.get(month) or int(month)
    full = int(year) + (2000 if len(year) == 2 else 0) if year else 0
    known = 1 <= number <= 12 and 1 <= int(day) <= 31
    return Day(month=number, day=int(day), year=full) if known else None


def _clock(hour: str, minute: str, half: str | None) -> Clock | None:
    number, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half.startswith("p") else 0)
    if number == END and not minutes:
        return Clock(END)
    return Clock(number, minutes) if number < END and minutes < 60 else None


def _in_part(match: re.Match[str]) -> Clock | None:
    """An hour of the morning, noon, evening or night in Hindi."""
    part, hour = _PARTS[match["part"]], int(match["ph"])
    if part == "night" and hour == 12:
        return Clock(END) if not match["pm"] else Clock(0, int(match["pm"]))
    late = part == "pm" or (part == "night" and hour >= 7) or (part == "noon" and hour < 6)
    return _clock(str(hour % 12 + 12 if late else hour), match["pm"] or "", "")


def _word(match: re.Match[str], *, zoned: bool, loud: bool) -> Day | str:
    """A weekday, a zone, a filler or a strange word."""
    word = match[0]
    day = _OF_A_DAY.sub("", word)
    word = day if day in _WEEKDAYS or day in _NEAR else word
    if word in _WEEKDAYS:
        return Day(weekday=_WEEKDAYS[word])
    if word in _NEAR:
        return Day(ahead=_NEAR[word])
    if match["where"]:
        place = match["city"] or match["town"]
        if place in _FILLERS:
            return ""
        return _ZONED if zoned else word
    short = word in _MINUTES or word in _SUMMER or (word in _PLACES and len(word) < 3)
    known = (loud and (short or word == "ist")) or (word in _PLACES and len(word) > 2)
    if zoned and (known or match["zone"]):
        return _ZONED
    return "" if known or word in _FILLERS else word


def _resolved(day: Day, today: date) -> date | None:
    """The date that a day means, seen from `today`; None for one that there is not.

    A weekday is the next such day, today's own name is today. A date without a year is the one
    nearest to today.
    """
    if day.ahead is not None:
        return today + timedelta(days=day.ahead)
    if day.weekday is not None:
        return today + timedelta(days=(day.weekday - today.weekday()) % 7)
    years: tuple[int, ...] = (today.year - 1, today.year, today.year + 1)
    if day.year:  # "March 8, 2000" may be a clock without its zone
        years = tuple(year for year in years if year == day.year)
    found = [made for year in years if (made := _date(year, day.month, day.day))]
    return min(found, key=lambda made: abs(made - today), default=None)


def all_resolved(days: tuple[Day, ...], today: date) -> list[date]:
    """The dates that the days of one notice mean; none when one is none or two contradict.

    A weekday beside a date only confirms it.
    """
    dates = [_resolved(day, today) for day in days if day.weekday is None]
    names = [day.weekday for day in days if day.weekday is not None]
    if not dates:
        dates = [_resolved(day, today) for day in days]
    elif not {day.weekday() for day in dates if day} >= set(names):
        return []
    return [day for day in dates if day] if all(dates) else []


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def zones(written: str, home: str, reference: datetime) -> list[tzinfo]:
    """The clocks that a zone as written can mean; those of `home` where none is written.

    Empty when it is not known. A zone's own short name in `home` is that of `home`.
    """
    here = _zone(home)
    if not written:
        return [here] if here else []
    if here and written.upper() in _short_names(here, reference):
        return [*_fixed(written), here]
    if found := _PLACES.get(written):
        return [found_zone] if (found_zone := _zone(found)) else []
    if written == "ist":
        return [_shifted(330), _shifted(60), _shifted(120)]
    return _fixed(written)


def _fixed(written: str) -> list[tzinfo]:
    if written in _SUMMER:
        minutes, name = _SUMMER[written]
        wall = _zone(name)
        return [_shifted(minutes), *([wall] if wall else [])]
    if written in _MINUTES:
        return [_shifted(minutes) for minutes in _MINUTES[written]]
    offset = re.fullmatch(r"(?:utc|gmt)?\s?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>\d\d)?", written)
    if not offset:
        return []
    minutes = int(offset["h"]) * 60 + int(offset["m"] or 0)
    return [_shifted(-minutes if offset["sign"] == "-" else minutes)] if minutes < 1000 else []


def _short_names(here: tzinfo, reference: datetime) -> set[str]:
    """The names that a zone gives its own time in winter and in summer."""
    days = (reference.replace(month=month, day=1, tzinfo=here) for month in (1, 7))
    return {day.tzname() or "" for day in days}


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _shifted(minutes: int) -> tzinfo:
    return timezone(timedelta(minutes=minutes))
