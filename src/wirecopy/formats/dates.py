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
_FAR_MONTHS = """
1 जनवरी जन जानेवारी जाने जानुअरी জানুয়ারী জানুয়ারি ஜனவரி జనవరి જાન્યુઆરી ಜನವರಿ ജനുവരി ਜਨਵਰੀ جنوری
1 يناير كانون_الثاني جانفي ژانویه ינואר มกราคม січня stycznia ledna siječnja ocak
2 फ़रवरी फरवरी फ़र फर फेब्रुवारी फेब्रु फेब्रुअरी ফেব্রুয়ারী ফেব্রুয়ারি பிப்ரவரி ఫిబ్రవరి ફેબ્રુઆરી ಫೆಬ್ರವರಿ ഫെബ്രുവരി ਫ਼ਰਵਰੀ فروری
2 فبراير شباط فيفري فوریه פברואר กุมภาพันธ์ лютого lutego února veljače şubat
3 मार्च মার্চ மார்ச் మార్చి માર્ચ ಮಾರ್ಚ್ മാർച്ച് ਮਾਰਚ مارچ
3 مارس آذار اذار מרץ มีนาคม березня marca března ožujka
4 अप्रैल एप्रिल अप्रिल এপ্রিল ஏப்ரல் ఏప్రిల్ એપ્રિલ ಏಪ್ರಿಲ್ ഏപ്രിൽ ਅਪ੍ਰੈਲ اپریل
4 أبريل ابريل إبريل نيسان أفريل آوریل אפריל เมษายน квітня kwietnia dubna travnja
5 मई मे মে மே మే મે ಮೇ മേയ് ਮਈ مئی
5 مايو أيار ايار ماي מאי พฤษภาคม травня května svibnja mayıs
6 जून जुन জুন ஜூன் జూన్ જૂન ಜೂನ್ ജൂൺ ਜੂਨ جون
6 يونيو يونيه حزيران جوان ژوئن יוני มิถุนายน червня czerwca června lipnja
7 जुलाई जुल जुलै জুলাই ஜூலை జులై జూలై જુલાઈ ಜುಲೈ ജൂലൈ ਜੁਲਾਈ جولائی
7 يوليو يوليه تموز جويلية يوليوز ژوئیه יולי กรกฎาคม липня lipca července srpnja
8 अगस्त अग ऑगस्ट अगस्ट আগস্ট ஆகஸ்ட் ఆగస్టు ઑગસ્ટ ઓગસ્ટ ಆಗಸ್ಟ್ ഓഗസ്റ്റ് ਅਗਸਤ اگست
8 أغسطس اغسطس آب أوت غشت اوت אוגוסט สิงหาคม серпня sierpnia srpna kolovoza ağustos
9 सितंबर सितम्बर सित सप्टेंबर सेप्टेम्बर সেপ্টেম্বর செப்டம்பர் సెప్టెంబర్ સપ્ટેમ્બર ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റംബർ ਸਤੰਬਰ ستمبر
9 سبتمبر أيلول ايلول شتنبر سپتامبر ספטמבר กันยายน вересня września září rujna
10 अक्टूबर अक्तूबर अक्टू अक्तू ऑक्टोबर अक्टोबर অক্টোবর அக்டோபர் అక్టోబర్ ઑક્ટોબર ઓક્ટોબર ಅಕ್ಟೋಬರ್ ഒക്ടോബർ ਅਕਤੂਬਰ اکتوبر
10 أكتوبر اكتوبر تشرين_الأول تشرين_الاول اکتبر אוקטובר ตุลาคม жовтня października října
11 नवंबर नवम्बर नव नोव्हेंबर नोभेम्बर নভেম্বর நவம்பர் నవంబర్ નવેમ્બર ನವೆಂಬರ್ നവംബർ ਨਵੰਬਰ نومبر
11 نوفمبر تشرين_الثاني نونبر نوامبر נובמבר พฤศจิกายน листопада listopadu studenoga kasım
12 दिसंबर दिसम्बर दिस डिसेंबर डिसेम्बर ডিসেম্বর டிசம்பர் డిసెంబర్ ડિસેમ્બર ಡಿಸೆಂಬರ್ ഡിസംബർ ਦਸੰਬਰ دسمبر
12 ديسمبر كانون_الأول كانون_الاول دجنبر دسامبر דצמבר ธันวาคม грудня grudnia prosince prosinca aralık
"""  # noqa: E501 - a row of a table
"""Months of languages where only the whole name tells which it is.

Polish and Croatian "listopada" are two months: it is left out.
"""

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
_AT = r"(?:at|um|à|a las|às|alle(?: ore)?|om|kl\.?|klo)\s+"
_TAIL = rf"(?:(?:[\sT,]+|\s-\s)(?:{_AT})?" + _CLOCK + r")?(?:\s*(?:Uhr|hrs|hours|h|uur)\b)?" + _ZONE
_WEEKDAY = r"(?:[^\s\d,.:/+()-]+\.?(?:-feira)?\s*,?\s+)?"


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
_AMERICAN = _form(_WEEKDAY + r"(?P<mon>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})" + _TAIL)
_DAY_AND_SLASH = _form(_WEEKDAY + r"(?P<d>\d{1,2})/(?P<mon>\d{1,2})/(?P<y>\d{4}|\d{2})" + _TAIL)
"""Tried where the American reading is none, as no month is the thirteenth, and where the zone
is not American."""
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
    _DAY_FIRST, _MONTH_FIRST, _CTIME, _AMERICAN, _DAY_AND_SLASH, _GERMAN, _NUMERIC, _YEAR_FIRST,
    _YEAR,
)  # fmt: skip
_DAY_LED = (_DAY_AND_SLASH, *_FORMS)
_MONTH_LED_ZONES = re.compile(
    r"US/|America/(?:New_York|Detroit|Chicago|Denver|Boise|Phoenix|Los_Angeles|Anchorage|Juneau|Nome"
    r"|Adak|Sitka|Indiana|Kentucky|North_Dakota|Menominee|Puerto_Rico|Toronto|Vancouver|Edmonton"
    r"|Winnipeg|Halifax|Regina|St_Johns)\b|Pacific/(?:Honolulu|Guam)|Asia/Manila|UTC|Etc/|GMT"
)
"""Where 3/10 is the tenth of March, and zones that are nobody's home."""
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


def _far(table: str) -> dict[str, str]:
    """English months by their names in the table, composed as `_latin` composes a date."""
    english = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    rows = (line.split() for line in table.strip().splitlines())
    return {
        unicodedata.normalize("NFC", name.replace("_", " ")): english[int(number) - 1]
        for number, *names in rows
        for name in names
    }


_FAR = _far(_FAR_MONTHS)
_MONTH |= {name: _MONTH[month] for name, month in _FAR.items() if name.isascii()}
_A_FAR_MONTH = re.compile(
    r"(?<![^\s\d,./-])(?P<name>{names})(?:\s?/\s?(?:{names}))?[.॰]?(?![^\s\d,./-])".format(
        names="|".join(sorted(map(re.escape, _FAR), key=len, reverse=True))
    )
)
"""A month by one of its names, or by two of them, as Arabic copy has it for East and West."""
_O_CLOCK = re.compile(r"(?<!\S)(?:बजे|वाजता|টায়|الساعة|بتوقيت|يوم|น\.)(?!\S)")
_HALVES = re.compile(r"(?<=\d)\s*(?P<half>ص|م|صباحا|صباحًا|مساء|مساءً)(?!\S)")
_ZONE_ID = re.compile(r"(?<=[\dZ])\[[\w/+-]{2,40}\]$")
"""The zone's name behind an offset, as Java writes it."""


_ZONE_END = re.compile(r"(?<=\d)\s*(?:Z|[+-]\d\d:?\d\d)$")


def instant(value: str, timezone: str = "", *, near: datetime | None = None) -> datetime | None:
    """The instant `value` names, aware and in UTC; None when it cannot be read. Never raises.

    A time without a zone is in `timezone` (IANA name, "" = UTC), also an abbreviation that this
    zone uses itself (IST in Asia/Kolkata, not in Europe/Dublin). A date alone is its midnight.
    Of "3/10/2026" the first number is the month, but the day where `timezone` is no American one.
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
    if not value.isascii():
        value = _latin(value)
    if _ISO.match(value):
        value = _ZONE_ID.sub("", value)
        try:
            return _checked(datetime.fromisoformat(value), local)
        except ValueError:
            pass
    if not value.isascii() and (match := _EASTERN.fullmatch(value)):
        return _eastern(match, local if timezone else _zone(_east_of(value)))
    slashed = "/" in value and timezone and not _MONTH_LED_ZONES.match(timezone)
    for form in _DAY_LED if slashed else _FORMS:
        if match := form.fullmatch(value):
            try:
                return _assembled(match.groupdict(), local, near)
            except (ValueError, OverflowError):
                continue
    return None


def _latin(value: str) -> str:
    """The date with its month in English, and without what says no more than "o'clock"."""
    value = "".join(sign for sign in value if unicodedata.category(sign) != "Cf")
    value = unicodedata.normalize("NFC", value).replace("،", ",")
    month = _A_FAR_MONTH.search(value.casefold())
    if not month or len(value.casefold()) != len(value):
        return value
    value = f"{value[: month.start()]} {_FAR[month['name']]} {value[month.end() :]}"
    value = _HALVES.sub(lambda half: " am" if half["half"][0] == "ص" else " pm", value)
    return " ".join(_O_CLOCK.sub(" ", value).replace(" ,", ",").split())


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
