"""Times as agencies write them: one instant in UTC, or None, never a wild guess."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

YEARS = range(1970, 2100)
"""Years that wire copy can come from; anything else was misread."""

_MONTHS = {
    1: "jan january januar jänner janvier enero ene gennaio gen janeiro januari sty ιαν янв ocak",
    2: "feb february februar fevrier fevr febrero febbraio fevereiro fev februari φεβ фев subat",
    3: "mar march marz maerz mrz mars marzo marco maart mrt μαρ marcius мар mart",
    4: "apr april avril avr abril abr aprile απρ aprilis апр nisan",
    5: "may mai mayo maggio mag maio mei maj μαι majus мая mayis",
    6: "jun june juni juin junio giugno giu junho ιουν junius июн haziran",
    7: "jul july juli juil juillet julio luglio lug julho ιουλ julius июл temmuz",
    8: "aug august aout agosto ago augustus augusti αυγ augusztus авг agustos",
    9: "sep sept september septembre septiembre settembre set setembro σεπ szeptember сен eylul",
    10: "oct october oktober okt octobre octubre ottobre ott outubro out οκτ окт ekim",
    11: "nov november novembre noviembre novembro νοε ноя kasim",
    12: "dec december dezember dez decembre diciembre dic dicembre dezembro δεκ дек aralik",
}
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}

_ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 60, "WEST": 60, "IST": 330,
    "CET": 60, "MEZ": 60, "MET": 60, "CEST": 120, "MESZ": 120, "MEST": 120,
    "EET": 120, "EEST": 180, "SAST": 120, "CAT": 120, "WAT": 60, "EAT": 180,
    "MSK": 180, "TRT": 180, "AST": -240, "GST": 240, "PKT": 300, "NPT": 345, "BDT": 360,
    "ICT": 420, "WIB": 420, "SGT": 480, "HKT": 480, "PHT": 480, "MYT": 480, "AWST": 480,
    "JST": 540, "KST": 540, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660,
    "NZST": 720, "NZDT": 780, "NST": -210, "NDT": -150, "ADT": -180,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
    "BRT": -180, "ART": -180, "CLT": -240, "CLST": -180, "COT": -300, "PET": -300,
    "AT": -240, "ET": -300, "CT": -360, "MT": -420, "PT": -480,
}  # fmt: skip
"""Minutes east of UTC of the abbreviations that feeds use (the commonest meaning of each)."""
_LOCAL_NAMES = {
    "AT": "America/Halifax",
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}

_CLOCK = (
    r"(?P<h>\d{1,2})[:.h](?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<ap>[ap]\.?m\b\.?)?"
)
_ZONE = r"\s*(?P<zone>[A-Za-z][\w/+:-]*(?:\s?[+-]\d[\d:]*)?|[+-]\d[\d:]*)?(?:\s*\([^)]*\))?"
_TAIL = r"(?:[\sT,]+(?:at\s+|um\s+|à\s+)?" + _CLOCK + r")?(?:\s*(?:Uhr|hrs|hours)\b)?" + _ZONE
_WEEKDAY = r"(?:[^\W\d]+\.?(?:-feira)?\s*,?\s+)?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_DAY_FIRST = _form(
    _WEEKDAY + r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]*(?:de\s+)?(?P<mon>[^\W\d]{3,10})\.?"
    r"(?:[\s,-]+(?:de\s+)?(?P<y>\d{4}|\d{2}(?![\d:])))?" + _TAIL
)
_MONTH_FIRST = _form(
    _WEEKDAY
    + r"(?P<mon>[^\W\d]{3,10})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{4}))?"
    + _TAIL
)
_CTIME = _form(
    r"[^\W\d]{3}\s+(?P<mon>[^\W\d]{3})\s+(?P<d>\d{1,2})\s+"
    + _CLOCK
    + r"(?:\s+(?P<zone>[A-Z]{1,5}|[+-]\d{4}))?"
    r"\s+(?P<y>\d{4})"
)
_AMERICAN = _form(r"(?P<mon>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})" + _TAIL)
_GERMAN = _form(r"(?P<d>\d{1,2})\.\s?(?P<mon>\d{1,2})\.\s?(?P<y>\d{4}|\d{2})" + _TAIL)
_NUMERIC = _form(
    _WEEKDAY
    + r"(?P<y>\d{4})[-/.]?(?:(?<=[-/.])0(?=\d\d[-/.]))?(?P<mon>\d{2})(?:[-/.]?(?P<d>\d{1,2}))?"
    + _TAIL
)
_YEAR_FIRST = _form(
    r"(?P<y>\d{4})[-/.\s]+(?P<mon>[^\W\d]{3,12})\.?[-/.\s]+(?P<d>\d{1,2})\.?" + _TAIL
)
_YEAR = _form(r"(?P<y>\d{4})")
_FORMS = (
    _DAY_FIRST, _MONTH_FIRST, _CTIME, _AMERICAN, _GERMAN, _NUMERIC, _YEAR_FIRST, _YEAR
)  # fmt: skip
_EASTERN = re.compile(
    r"(?P<y>\d{4})\s?[년年-]\s?(?P<mon>\d{1,2})\s?[월月-]\s?(?P<d>\d{1,2})\s?[일日]?"
    r"(?:\s?\(\w\))?(?:\s?(?P<half>오전|오후|上午|下午|午前|午後))?"
    r"(?:\s?(?P<h>\d{1,2})\s?[:시時时点]\s?(?P<mi>\d{1,2})(?:\s?[:분分]\s?(?P<s>\d{1,2}))?\s?[분分초秒]?)?"
)
"""Dates as Korean, Japanese and Chinese write them."""
_AFTERNOON = frozenset({"오후", "下午", "午後"})
_HANGUL = re.compile("[가-힣]")
_LONGEST = 80
"""Characters of a date."""
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d")
_COMMON = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d)"
    r" (?:GMT|([+-])(\d\d)(\d\d))"
)
"""RFC 822 as nearly every feed writes it; read without detours."""
_OFFSET = re.compile(r"(?:GMT|UTC|UT)?\s?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)


_ZONE_END = re.compile(r"(?<=\d)\s*(?:Z|[+-]\d\d:?\d\d)$")


def instant(value: str, timezone: str = "", *, near: datetime | None = None) -> datetime | None:
    """The instant `value` names, aware and in UTC; None when it cannot be read. Never raises.

    A time without a zone is in `timezone` (IANA name, "" = UTC), also an abbreviation that this
    zone uses itself (IST in Asia/Kolkata, not in Europe/Dublin). A date alone is its midnight.
    A date without a year needs `near` and is the one nearest to it. Covers RFC 822 with its
    usual junk, W3CDTF, ISO 8601 extended and basic, ctime, and AM/PM and localised forms.
    """
    if len(value) > _LONGEST:  # spaces, perhaps; what is too long for a date is not remembered
        value = " ".join(value.split())
    return _instant(value, timezone, near) if len(value) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _instant(value: str, timezone: str, near: datetime | None) -> datetime | None:
    """The work of `instant`, remembered: a feed brings the same dates at every poll."""
    value = " ".join(value.split()).strip(" ,;")
    if not 4 <= len(value) <= _LONGEST:
        return None
    common = _COMMON.fullmatch(value)
    if common and (moment := _plain(common)):
        return moment
    local = _zone(timezone)
    if _ISO.match(value):
        try:
            return _checked(datetime.fromisoformat(value), local)
        except ValueError:
            pass
    if not value.isascii() and (match := _EASTERN.fullmatch(value)):
        return _eastern(match, local if timezone else _zone(_east_of(value)))
    for form in _FORMS:
        if match := form.fullmatch(value):
            try:
                return _assembled(match.groupdict(), local, near)
            except (ValueError, OverflowError):
                continue
    return None


def without_zone(value: str) -> str:
    """The time without the Z or offset behind it, for agencies whose clocks write one for show."""
    return _ZONE_END.sub("", value)


def _plain(match: re.Match[str]) -> datetime | None:
    """The instant of a date in the commonest form; None if its numbers are unusual."""
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    try:
        moment = datetime(
            int(year), _MONTH[month.lower()], int(day), int(hour), int(minute), int(second), 0, UTC
        )
        if sign:
            if int(hours) > 14:
                return None
            east = timedelta(hours=int(hours), minutes=int(minutes))
            moment = moment + east if sign == "-" else moment - east
    except (ValueError, KeyError, OverflowError):  # as a system's least moment, in its own zone
        return None
    return moment if moment.year in YEARS else None


def _east_of(value: str) -> str:
    """The zone of a date that only Koreans write so; "" for the others' years and months."""
    return "Asia/Seoul" if _HANGUL.search(value) else ""


def _eastern(match: re.Match[str], local: tzinfo) -> datetime | None:
    """The instant of a date in an East Asian form; None if its numbers mean none."""
    numbers = [int(match[name] or 0) for name in ("y", "mon", "d", "h", "mi", "s")]
    if match["half"] and 1 <= numbers[3] <= 12:
        numbers[3] = numbers[3] % 12 + (12 if match["half"] in _AFTERNOON else 0)
    try:
        year, month, day, hour, minute, second = numbers
        return _checked(datetime(year, month, day, hour, minute, second, tzinfo=local), local)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    """The zone of that IANA name; UTC for "" and for names that do not exist."""
    try:
        return _known_zone(name) if name else UTC
    except ValueError:
        return UTC


def _checked(moment: datetime, local: tzinfo) -> datetime | None:
    """`moment` in UTC, read in `local` when it has no zone; None outside of YEARS."""
    if moment.year not in YEARS:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=local)
    return moment.astimezone(UTC)


def _assembled(
    part: dict[str, str | None], local: tzinfo, near: datetime | None
) -> datetime | None:
    """The instant of a matched form; ValueError if its numbers or names mean none."""
    month = _month(part.get("mon") or "1")
    day = int(part.get("d") or 1)
    hour = _hour(int(part.get("h") or 0), part.get("ap"))
    minute, second = int(part.get("mi") or 0), min(int(part.get("s") or 0), 59)
    extra = timedelta(days=1) if hour == 24 and minute == 0 else timedelta()
    year = _year(part.get("y"), month, day, near)
    naive = datetime(year, month, day, 0 if extra else hour, minute, second)  # noqa: DTZ001 - _checked adds the zone
    return _checked(
        (naive + extra).replace(tzinfo=_named_zone(part.get("zone"), naive, local)), local
    )


def is_month(word: str) -> bool:
    """Whether a word is the name of a month, whole or as it is shortened."""
    return _bare(word) in _MONTH


def _bare(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in folded if not unicodedata.combining(c))


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    plain = _bare(name)
    number = _MONTH.get(plain) or _MONTH.get(plain[:3] if len(plain) > 3 else "")
    if not number:
        raise ValueError(name)
    return number


def _hour(hour: int, meridiem: str | None) -> int:
    if not meridiem:
        return hour
    if not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if meridiem[0].lower() == "p" else 0)


def _year(year: str | None, month: int, day: int, near: datetime | None) -> int:
    """The full year; two digits are 1970-2069, none is the one nearest to `near`."""
    if year:
        number = int(year)
        return number if len(year) == 4 else number + (1900 if number >= 70 else 2000)
    if near is None:
        raise ValueError("no year")
    around = [y for y in (near.year - 1, near.year, near.year + 1) if _exists(y, month, day)]
    midnight = near.replace(tzinfo=None)
    return min(around, key=lambda y: abs(datetime(y, month, day) - midnight))  # noqa: DTZ001 - a distance


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime(year, month, day)  # noqa: DTZ001 - only asks whether the day exists
    except ValueError:
        return False
    return True


def _named_zone(name: str | None, naive: datetime, local: tzinfo) -> tzinfo:
    """The zone an offset or abbreviation stands for; ValueError for names nobody uses."""
    if not name:
        return local
    if match := _OFFSET.fullmatch(name):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes > 15 * 60:
            raise ValueError(name)
        return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
    upper = name.upper()
    if upper == naive.replace(tzinfo=local).tzname():
        return local
    if upper in _LOCAL_NAMES:
        return _zone(_LOCAL_NAMES[upper])
    if upper in _ZONES:
        return timezone(timedelta(minutes=_ZONES[upper]))
    if "/" in name:
        return _known_zone(name)
    raise ValueError(name)


def _known_zone(name: str) -> tzinfo:
    """The zone of an IANA name; ValueError for what only looks like one ("T11/:00")."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:  # OSError: the name of a folder of zones
        raise ValueError(name) from error
