"""Datelines: place, date and agency in front of the lead, in every style the wires use.

Read from the agency's token outwards instead of with one pattern per agency, so that an agency we
have never heard of is read as well as the big ones. Styles (spec of plain-text copy):

    PLACE, Nov 21 (PTI) Text            Place (State) [Country], November 21 (ANI): Text
    PLACE, Region (AP) — Text           PLACE, Nov. 21 (Xinhua) -- Text
    Place (dpa) - Text                  (ANSA) - ROMA, 21 NOV - Text
    Madrid, 21 nov (EFE).- Text         PLACE 23/07 (AFP-DPA-REUTER) = Text
    PLACE, Dec. 9 Kyodo - Text          MOSCOW, November 21. /TASS/. Text
    (Reuters) - Text                    新华社北京1月7日电 Text
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from wirecopy.story.agencies import Names, agencies_in, is_agency, name_for
from wirecopy.story.prose import word_set


class Found(NamedTuple):
    """A dateline: what it says, and how many characters of the text it takes with its dash."""

    place: str
    day: tuple[int | None, int, int] | None
    """Year (None when not given), month, day."""
    sources: tuple[str, ...]
    text: str
    end: int


_MONTHS_TEXT = """
1 jan january januar janvier janv enero ene gennaio gen janeiro januari जनवरी января
2 feb february februar février fevrier févr fevr febrero febbraio fevereiro fev febr फरवरी февраля
2 फ़रवरी
3 mar march märz maerz mrz mars marzo março marco maart मार्च марта
4 apr april avril avr abril abr aprile अप्रैल апреля
5 may mai mayo maggio mag maio mei मई мая
6 jun june juni juin junio giugno giu junho जून июня
7 jul july juli juillet juil julio luglio lug julho जुलाई июля
8 aug august août aout agosto ago augustus अगस्त августа
9 sep sept september septembre septiembre settembre set setembro सितंबर सितम्बर сентября
10 oct october oktober okt octobre octubre ottobre ott outubro out अक्टूबर अक्तूबर октября
11 nov november novembre noviembre novembro नवंबर नवम्बर ноября
12 dec dez december dezember décembre decembre déc diciembre dic dicembre dezembro दिसंबर दिसम्बर
12 декабря
1 ocak يناير
2 şubat فبراير
3 mart مارس
4 nisan أبريل ابريل
5 mayıs مايو
6 haziran يونيو
7 temmuz يوليو
8 ağustos أغسطس اغسطس
9 eylül سبتمبر
10 ekim أكتوبر اكتوبر
11 kasım نوفمبر
12 aralık ديسمبر
"""
_MONTHS = {
    name: int(number)
    for number, *names in (row.split() for row in _MONTHS_TEXT.strip().splitlines())
    for name in names
}
_WEEKDAYS = word_set(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
    sat sun montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi
    vendredi samedi dimanche today yesterday tomorrow"""
)
_PARTICLES = word_set(
    """of the and de da do dos das du des del della delle di la le les el los las al am an der den
    dem im in bei ob on sur sous en upon y e et und van von à aux near by d l"""
)
_NO_PLACE = word_set(
    """in on at by as for from after since until before according but and it its he she they we i
    this that these those an a if when while with meanwhile earlier later photo photos file source
    sources image read also updated published posted news agency agencies police officials
    government told quoting citing per via copyright watch video exclusive breaking correction
    update kill advisory embargoed"""
)
_THE = frozenset({"hague", "valley", "bottom", "bronx", "woodlands", "dalles", "gambia"})
_NOT_PLACE = re.compile(r"[:;!?\"“”|=*#@%$…<>{}]|\.\s\w+\s\w+\s\w+\s\w+")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b[A-Z][a-z]{1,4})\.$")
_WORD = re.compile(r"[^\s,/()\[\]&-]+")

_EDGE = r"(?:^|(?<=[\s,.]))"
_YEAR = r"(?:\s*,?\s*(?:de\s+)?(?P<year>\d{4}))?[\s,.]*$"
_DATES = tuple(
    re.compile(_EDGE + pattern)
    for pattern in (
        r"(?P<name>[^\s\d,./()]{3,12})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?" + _YEAR,
        r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?:\s+de)?\s*(?P<name>[^\s\d,./()]{3,12})\.?"
        + _YEAR,
        r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?:[/.](?P<year>\d{4}|\d\d))?[\s,.]*$",
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[\s,.]*$",
    )
)
_SOURCE = re.compile(r"\(([^()]{1,60})\)|/\s?(\w[\w -]{1,20}?)\s?/|\|\s*([A-Z][\w -]{1,20}?)\s*\|")
_DASH = r"(?:-{1,3}|[–—―−_=])"
_BREAK = re.compile(rf"\s*(?:[.,:।]?\s*{_DASH}(?=[\s\"“‘'(\[A-Z]|$)|[:：](?=\s|$))\s*")
_LOOSE = re.compile(r"\s*[.,।]?\s*")
_SPACED_DASH = re.compile(rf"(?:\s{_DASH}|--|—)\s")
_AFTER_AGENCY = re.compile(rf"\s*(?:{_DASH}\s*)?(?P<head>\S[^–—]{{1,60}}?)\s+{_DASH}\s+")
_LAST_WORDS = re.compile(r"[,\s]+(?=\S+(?:\s\S+){0,3}$)")
_UNHEARD = re.compile(r"[A-Z][\w.&-]{1,20}\Z")
_SITE = re.compile(r"[A-Z][\w-]{1,30}\.(?:com|net|org|tv|co\.[a-z]{2})\Z")
"""A publication that is named by its address: "LOS ANGELES (Site.com) -"."""
_LEVANTINE = re.compile(
    r"(?<=\S)[ /](?:كانون (?:الثاني|الأول)|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول"
    r"|تشرين (?:الثاني|الأول))$"
)
"""The month once more, as the Levant calls it."""
_HINDI_DAYS = {
    word: number
    for number, words in enumerate(
        ("एक", "दो", "तीन", "चार", "पांच पाँच", "छह छः", "सात", "आठ", "नौ"), start=1
    )
    for word in words.split()
}
_HINDI_DATE = re.compile(r"(?:^|(?<=[\s,]))(?P<day>\S+)\s(?P<name>[\u0900-\u0963]{2,8})$")
_CANADIAN = re.compile(
    r"(?P<place>[A-ZÉÎ][A-ZÉÎ.'’ -]{2,30}(?:, [A-Z][\w. ]{1,20}?)?) +[—–] +(?=[A-Z“\"‘'])"
)
_SAUDI = re.compile(
    r"(?P<place>[^\d\n]{2,40}?) \d{1,2} [^\d\n]{3,20} \d{4} هـ الموافق (?P<date>\d{1,2} \w+ \d{4})"
    r" ?م واس(?=\s|$)\s*"
)
_CHINESE = re.compile(
    r"\s*[（(【]?(?P<src>新华社|新華社|共同社|中新社)(?P<place>[^\d\s，。]{1,12})"
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日[电電](?:\s*[（(][^（）()]{1,30}[）)])?[】）)]?\s*"
)


def find(text: str, own: Names) -> Found | None:
    """The dateline at the very front of a paragraph's plain text, or None; sentences are none."""
    head = text[:200]
    for match in _SOURCE.finditer(head[:160]):
        found = _around(head, match, own)
        if found:
            return found
    return _dashed(head, own) or _chinese(head) or _saudi(head) or _canadian(head, own)


def _around(text: str, match: re.Match[str], own: Names) -> Found | None:
    """The dateline whose agency stands in brackets, slashes or bars at `match`."""
    token = match[1] or match[2] or match[3]
    before = text[: match.start()].strip(" \t\xa0\n")
    if not before:
        return _leading(text, match, own)
    place, day = split(before)
    sources = agencies_in(token, own, dated=day is not None)
    gap = _BREAK.match(text, match.end())
    alone = not text[match.end() :].strip(" .:-")
    unheard = day and gap and _UNHEARD.match(token) and token.casefold() not in _WEEKDAYS
    if gap and before.isupper() and len(before) > 4 and _SITE.match(token):
        unheard = True
    unknown = not sources and not unheard
    if unknown or not (day or gap or alone) or not is_place(place, own, dated=day is not None):
        return None
    end = gap.end() if gap else _past(text, match.end())
    return Found(place, day, sources, text[: match.end()].strip(), end)


def _past(text: str, end: int) -> int:
    """Where the report begins behind a bracket that no dash follows."""
    gap = _LOOSE.match(text, end)
    return gap.end() if gap else end


def _leading(text: str, match: re.Match[str], own: Names) -> Found | None:
    """The agency comes first: "(ANSA) - ROMA, 21 NOV - Text", or alone: "(Reuters) - Text"."""
    sources = agencies_in(match[1] or match[2] or match[3], own, dated=False)
    if not sources:
        return None
    after = _AFTER_AGENCY.match(text, match.end())
    if after:
        place, day = split(after["head"])
        upper = place.isupper() and len(place) > 2
        if place and (day or upper) and is_place(place, own, dated=True):
            return Found(place, day, sources, text[: after.end("head")].strip(), after.end())
    gap = _BREAK.match(text, match.end())
    return Found("", None, sources, text[: match.end()].strip(), gap.end()) if gap else None


def _dashed(text: str, own: Names) -> Found | None:
    """No brackets: "PLACE, Dec. 9 Kyodo - Text", "ROMA, 21 NOV - Text"."""
    dash = _SPACED_DASH.search(text[:120])
    if not dash or not any(map(str.isdigit, text[: dash.start()])):
        return None
    head = text[: dash.start()].strip()
    end = dash.end() + len(text[dash.end() :]) - len(text[dash.end() :].lstrip())
    place, day = split(head)
    if day and place.isupper() and len(place) > 2 and is_place(place, own, dated=True):
        return Found(place, day, (), head, end)
    for gap in _LAST_WORDS.finditer(head):
        name = name_for(head[gap.end() :], own)
        place, day = split(head[: gap.start()])
        if name and day and is_place(place, own, dated=True):
            return Found(place, day, (name,), head, end)
    return None


def _chinese(text: str) -> Found | None:
    match = _CHINESE.match(text)
    if not match:
        return None
    day = (None, int(match["month"]), int(match["day"]))
    sources = tuple(filter(None, [name_for(match["src"], {})]))
    return Found(match["place"], day, sources, match[0].strip(), match.end())


def _canadian(text: str, own: Names) -> Found | None:
    """The Canadian Press names no agency: "PORT SEL, N.L. — Text", in its own copy alone."""
    match = _CANADIAN.match(text) if "canadian press" in own else None
    if not match or not is_place(match["place"], own, dated=False):
        return None
    return Found(match["place"], None, (), match["place"], match.end())


def _saudi(text: str) -> Found | None:
    """Both calendars and the agency behind them, on a line of their own."""
    match = _SAUDI.match(text)
    if not match:
        return None
    day = split(match["date"])[1]
    sources = tuple(filter(None, [name_for("واس", {})]))
    return Found(match["place"].strip(), day, sources, match[0].strip(), match.end())


def split(head: str) -> tuple[str, tuple[int | None, int, int] | None]:
    """Place and date of "PLACE, Nov 21"; the date is None when the line has none."""
    head = head.strip(" \t\xa0\n,،")
    if not head.isascii():
        head = _LEVANTINE.sub("", head)
        if found := _in_words(head):
            return found
    if any(map(str.isdigit, head)):
        for pattern in _DATES:
            match = pattern.search(head)
            day = _day(match) if match else None
            if match and day:
                return _without_weekday(head[: match.start()]), day
    return _without_weekday(head), None


def _in_words(head: str) -> tuple[str, tuple[int | None, int, int]] | None:
    """Place and date of a Hindi head whose day is a word; PTI spells the first nine."""
    match = _HINDI_DATE.search(head)
    day = _HINDI_DAYS.get(match["day"], 0) if match else 0
    month = _MONTHS.get(match["name"], 0) if match else 0
    if not (match and day and month):
        return None
    return _without_weekday(head[: match.start()]), (None, month, day)


def _day(match: re.Match[str]) -> tuple[int | None, int, int] | None:
    parts = match.groupdict()
    day = int(parts["day"])
    if parts.get("name"):
        month = _MONTHS.get(parts["name"].casefold(), 0)
    else:
        month = int(parts["month"])
        if month > 12 >= day:
            day, month = month, day
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and year < 100:
        year += 2000
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _without_weekday(place: str) -> str:
    place = place.strip(" \t\xa0\n,،|").removesuffix(" في")
    if place.endswith(".") and not _ABBREVIATED.search(place):
        place = place[:-1]
    first, _, last = place.rpartition(" ")
    if last.strip(",.").casefold() in _WEEKDAYS:
        return first.strip(" ,|")
    return place


def is_place(place: str, own: Names, *, dated: bool) -> bool:
    """Whether `place` can be the place of a dateline; a line without a date is looked at harder."""
    if not place:
        return dated
    words = _WORD.findall(place)
    if not words or len(place) > 80 or len(words) > 10 or _NOT_PLACE.search(place):
        return False
    first = words[0].casefold()
    if first in _NO_PLACE or not place[0].isalpha() or is_agency(place, own):
        return False
    if first == "the" and not dated and (len(words) < 2 or words[1].casefold() not in _THE):
        return False
    town = place.split(",", 1)[0].split("(", 1)[0]
    ends_lower = _is_lower(words[0]) or _is_lower(words[-1])
    return (
        not ends_lower
        and len(_WORD.findall(town)) <= 6
        and all(not _is_lower(word) or word in _PARTICLES for word in words)
    )


def _is_lower(word: str) -> bool:
    return word[0].islower() and not word.startswith(("d'", "d’", "al-"))


def resolve(day: tuple[int | None, int, int] | None, reference: datetime) -> str:
    """The ISO date of a dateline's day, "" when there is no such day.

    Without a year it is the nearest such day up to a week after `reference`: copy of 31 December
    that is filed on 1 January belongs to the old year.
    """
    if day is None:
        return ""
    year, month, number = day
    years = (year,) if year else (reference.year + 1, reference.year, reference.year - 1)
    latest = reference.date() + timedelta(days=7)
    for candidate in years:
        try:
            found = date(candidate, month, number)
        except ValueError:  # 29 February of another year, 31 April
            continue
        if year or found <= latest:
            return found.isoformat()
    return ""


def same_place(one: str, other: str) -> bool:
    """Whether two places are one: "London" and "LONDON, England"."""
    a, b = (re.split(r"[,(/\[]", place, maxsplit=1)[0].strip().casefold() for place in (one, other))
    return bool(a) and a == b


def repeated(text: str, place: str, line: str) -> int:
    """How many characters at the front of `text` repeat a dateline already known; 0 for none."""
    for known in (line, place):
        if len(known) > 1 and text[: len(known)].casefold() == known.casefold():
            gap = _BREAK.match(text, len(known))
            if gap:
                return gap.end()
            if not text[len(known) :].strip():
                return len(text)
    return 0
