"""Moments and numbers in the site's time zone and language.

Times come from the values alone; nothing here knows what time it is. Babel is slow beside the
rest of a page, so the words for a minute are made once.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.numbers import format_decimal

from wirecopy.errors import ConfigError
from wirecopy.press.view import Stamp

_KEPT = 20_000
"""Moments kept in words; about ten megabytes, then the calendar begins anew."""

_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"arab", "hebr", "thaa", "syrc", "nkoo"})


def primary(language: str) -> str:
    """The language alone of a tag or a locale, in lower case: "hi" of hi-IN."""
    return language.replace("_", "-").partition("-")[0].lower()


def direction(language: str) -> str:
    """Either "rtl" or "ltr" for a BCP 47 tag; its script decides before its language does."""
    tags = language.replace("_", "-").lower().split("-")
    script = next((tag for tag in tags[1:] if len(tag) == 4 and tag.isalpha()), "")
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if tags[0] in _RTL else "ltr"


@lru_cache(maxsize=256)
def territorial(language: str) -> str:
    """A BCP 47 tag as language_TERRITORY: "en_IN"; "" for a language that nobody knows.

    Where the tag names no territory it is the one where most who read the language live (CLDR).
    """
    try:
        name, territory, script, *_ = parse_locale(language.replace("-", "_"))
    except ValueError:
        return ""
    if not territory:
        likely = get_global("likely_subtags")
        whole = likely.get(f"{name}_{script}") or likely.get(name) or ""
        territory = parse_locale(whole)[1] if whole else None
    return f"{name}_{territory}" if territory else ""


class Calendar:
    """Says when, in one time zone and one language."""

    def __init__(self, timezone: str, locale: str) -> None:
        try:
            self.locale = Locale.parse(locale.replace("-", "_"))
        except (UnknownLocaleError, ValueError) as error:
            raise ConfigError(
                f"wirecopy.toml: site.locale, or a section's language, is {locale!r}, which is "
                'unknown; write it as "en_IN".'
            ) from error
        self.zone = ZoneInfo(timezone)
        self.language = str(self.locale).replace("_", "-")
        self._stamps: dict[float, Stamp] = {}
        self._minutes: dict[int, tuple[str, str, str]] = {}
        self._days: dict[str, str] = {}

    def local(self, moment: datetime) -> datetime:
        """`moment` in the site's time zone."""
        return moment.astimezone(self.zone)

    def iso(self, moment: datetime) -> str:
        """`moment` as ISO 8601 to the second, with the offset of the site's zone on that day."""
        return self.stamp(moment).iso

    def stamp(self, moment: datetime) -> Stamp:
        """`moment` in the forms pages show it in."""
        second = moment.timestamp()
        stamp = self._stamps.get(second)
        if stamp is None:
            if len(self._stamps) >= _KEPT:
                self._stamps.clear()
            stamp = self._stamps[second] = self._stamp(moment, int(second) // 60)
        return stamp

    def _stamp(self, moment: datetime, minute: int) -> Stamp:
        local = moment.astimezone(self.zone)
        words = self._minutes.get(minute)
        if words is None:
            if len(self._minutes) >= _KEPT:
                self._minutes.clear()
            words = self._minutes[minute] = self._words(local)
        iso = local.isoformat(timespec="seconds")
        return Stamp(iso=iso, text=words[0], short=words[1], clock=words[2], day=iso[:10])

    def _words(self, local: datetime) -> tuple[str, str, str]:
        """Long, short and clock time of a minute."""
        join = str(self.locale.datetime_formats["medium"])
        clock = _plain(format_time(local, "short", tzinfo=self.zone, locale=self.locale))
        long = join.replace("{1}", format_date(local, "long", self.locale))
        short = join.replace("{1}", format_skeleton("yMMMd", local, locale=self.locale))
        return (
            _plain(long.replace("{0}", f"{clock} {self._abbreviation(local)}")),
            _plain(short.replace("{0}", clock)),
            clock,
        )

    def _abbreviation(self, local: datetime) -> str:
        """The zone's short name; where it has none, its distance from UTC."""
        named = format_datetime(local, "z", tzinfo=self.zone, locale=self.locale)
        for name in (named, local.tzname() or ""):
            if name and not any(char.isdigit() for char in name):
                return name
        offset = local.utcoffset() or timedelta()
        minutes = int(offset.total_seconds()) // 60
        hours, rest = divmod(abs(minutes), 60)
        return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")

    def day(self, iso: str) -> str:
        """A local date YYYY-MM-DD in words, with its weekday; `iso` itself where it is no date."""
        words = self._days.get(iso)
        if words is None:
            if len(self._days) >= _KEPT:
                self._days.clear()
            try:
                words = _plain(format_date(date.fromisoformat(iso), "full", self.locale))
            except ValueError:
                words = iso
            self._days[iso] = words
        return words

    def number(self, value: int) -> str:
        """A whole number with the language's separators."""
        return format_decimal(value, locale=self.locale)


def _plain(text: str) -> str:
    """`text` with ordinary spaces: CLDR's narrow ones are missing from many system fonts."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")
