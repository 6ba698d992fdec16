"""Times in the site's zone and language."""

from datetime import UTC, datetime

import pytest
from lxml import html
from tests.press.copy_desk import AT, brief, part, press, story

from wirecopy.errors import ConfigError
from wirecopy.press.locale import Calendar, direction
from wirecopy.press.tongues import ENGLISH, words_of
from wirecopy.press.words import fill

SHOWN = [
    ("Asia/Kolkata", "en_IN", AT, "8 January 2022, 8:06 am IST", "2022-01-08T08:06:00+05:30"),
    ("UTC", "en", AT, "January 8, 2022, 2:36 AM UTC", "2022-01-08T02:36:00+00:00"),
    (
        "America/New_York",
        "en_US",
        datetime(2022, 3, 13, 6, 59, 59, tzinfo=UTC),
        "March 13, 2022, 1:59 AM EST",
        "2022-03-13T01:59:59-05:00",
    ),
    (
        "America/New_York",
        "en_US",
        datetime(2022, 3, 13, 7, 0, tzinfo=UTC),
        "March 13, 2022, 3:00 AM EDT",
        "2022-03-13T03:00:00-04:00",
    ),
    ("Europe/Berlin", "de_DE", AT, "8. Januar 2022, 03:36 MEZ", "2022-01-08T03:36:00+01:00"),
    ("Asia/Kolkata", "hi_IN", AT, "8 जनवरी 2022, 8:06 am IST", "2022-01-08T08:06:00+05:30"),
    ("America/Bogota", "es", AT, "7 de enero de 2022, 21:36 UTC-5", "2022-01-07T21:36:00-05:00"),
]


@pytest.mark.parametrize(("zone", "locale", "moment", "text", "iso"), SHOWN)
def test_a_moment_is_shown_in_zone_and_language(
    zone: str, locale: str, moment: datetime, text: str, iso: str
) -> None:
    """Pages show zone, abbreviation and language of the site; machines read the offset."""
    stamp = Calendar(zone, locale).stamp(moment)
    assert (stamp.text, stamp.iso, stamp.day) == (text, iso, iso[:10])


@pytest.mark.parametrize(("zone", "locale", "moment", "text", "iso"), SHOWN)
def test_the_page_shows_it_so(
    zone: str, locale: str, moment: datetime, text: str, iso: str
) -> None:
    """Last Updated and First Published carry the words and the datetime attribute."""
    made = press(zone, locale).story(
        brief(story(first_published=moment, updated=moment, changes=()))
    )
    for name in ("updated", "first-published"):
        assert part(made.body, name).endswith(text)
        tree = html.fromstring(made.body.decode())
        assert tree.xpath(f"//*[@data-part='{name}']//time/@datetime") == [iso]


def test_labels_speak_the_sites_language() -> None:
    """A German page has German labels and says so in its lang attribute."""
    made = press(locale="de_DE").story(brief()).body
    assert part(made, "reading-time") == "1 Min. Lesezeit"
    assert html.fromstring(made.decode()).get("lang") == "de-DE"


def test_an_unknown_language_falls_back_to_english() -> None:
    """A language the press does not speak gets English labels, never empty ones."""
    assert words_of("xx") is ENGLISH
    assert fill("{a} {b}", a="1") == "1 {b}"


def test_an_unknown_locale_is_refused() -> None:
    """A locale that nobody knows is the operator's to mend."""
    with pytest.raises(ConfigError, match=r"site\.locale"):
        Calendar("UTC", "xx_QQ")


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("ar", "rtl"),
        ("ur-PK", "rtl"),
        ("en", "ltr"),
        ("ar-Latn", "ltr"),
        ("pa-Arab", "rtl"),
        ("", "ltr"),
    ],
)
def test_scripts_have_a_direction(tag: str, way: str) -> None:
    """The script subtag decides before the language does."""
    assert direction(tag) == way
