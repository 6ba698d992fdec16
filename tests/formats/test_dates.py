"""Times as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.formats.dates import YEARS, instant

NEAR = datetime(2022, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Fri, 07 Jan 2022 21:00:00 +0530", "2022-01-07T15:30:00"),
        ("Fri, 07 Jan 2022 21:00 IST", "2022-01-07T15:30:00"),
        ("07 Jan 22 21:00:00 GMT+5:30", "2022-01-07T15:30:00"),
        ("Fri, 07 Jan 2022 21:00:00 EST", "2022-01-08T02:00:00"),
        ("Fri, 07 Jan 2022 21:00:00 CET", "2022-01-07T20:00:00"),
        ("Fri, 07 Jan 2022 21:00:00 -0500 (EST)", "2022-01-08T02:00:00"),
        ("Fri, 07 Jan 2022 24:00:00 +0000", "2022-01-08T00:00:00"),
        ("Fri, 07-Jan-2022 21:00:00 GMT", "2022-01-07T21:00:00"),
        ("Fri, 07 Jan 2022", "2022-01-07T00:00:00"),
        ("Fri Jan  7 21:00:00 2022", "2022-01-07T21:00:00"),
        ("2022", "2022-01-01T00:00:00"),
        ("2022-03", "2022-03-01T00:00:00"),
        ("2022-01-07", "2022-01-07T00:00:00"),
        ("2022-01-07T21:00", "2022-01-07T21:00:00"),
        ("2022-01-07T21:00Z", "2022-01-07T21:00:00"),
        ("2022-01-07 21:00:00 +0530", "2022-01-07T15:30:00"),
        ("20130731T153200+0000", "2013-07-31T15:32:00"),
        ("20221011T091442Z", "2022-10-11T09:14:42"),
        ("20261122T084254Z", "2026-11-22T08:42:54"),
        ("1/8/2022 8:06:00 AM", "2022-01-08T08:06:00"),
        ("January 8, 2022 12:05 am", "2022-01-08T00:05:00"),
        ("08.01.2022 12:00", "2022-01-08T12:00:00"),
        ("8. Januar 2022, 14:30 Uhr", "2022-01-08T14:30:00"),
        ("sam., 8 janv. 2022 10:00:00 +0100", "2022-01-08T09:00:00"),
        ("Mié, 05 ene 2022 10:00:00 CET", "2022-01-05T09:00:00"),
        ("8 de março de 2022", "2022-03-08T00:00:00"),
        ("8 maggio 2022 10:00", "2022-05-08T10:00:00"),
        ("25 Décembre 2021 12:00:00 UT", "2021-12-25T12:00:00"),
        ("31 Dec", "2021-12-31T00:00:00"),
        ("शनि, 08 जनवरी 2022 10:00:00 GMT+5:30", "2022-01-08T04:30:00"),
        ("शनिवार, 8 फ़रवरी 2022, 10:00 बजे", "2022-02-08T10:00:00"),
        ("८ नवम्बर २०२२ १०:०५", "2022-11-08T10:05:00"),
        ("1 अगस्\u200dत, 2022", "2022-08-01T00:00:00"),
        ("السبت، 8 يناير 2022 10:00:00 +0300", "2022-01-08T07:00:00"),
        ("\u200f٨ تشرين الثاني/نوفمبر ٢٠٢٢ ١٠:٠٠\u200f", "2022-11-08T10:00:00"),
        ("8 كانون الأول 2022 10:00 م", "2022-12-08T22:00:00"),
        ("8 جنوری 2022 10:00 PKT", "2022-01-08T05:00:00"),
        ("8 stycznia 2022 10:00", "2022-01-08T10:00:00"),
        ("8 października 2022", "2022-10-08T00:00:00"),
        ("8 Kasım 2022 10:00", "2022-11-08T10:00:00"),
        ("8 січня 2022 10:00", "2022-01-08T10:00:00"),
        ("sáb., 8 de enero de 2022 10:00 h", "2022-01-08T10:00:00"),
        ("8 januar 2022 kl. 10.00", "2022-01-08T10:00:00"),
        ("Saturday, January 8, 2022 - 10:00", "2022-01-08T10:00:00"),
        ("Sat, 01/08/2022 - 10:00", "2022-01-08T10:00:00"),
        ("28/01/2022 10:00", "2022-01-28T10:00:00"),
        ("2022-01-08T10:00:00+05:30[Asia/Kolkata]", "2022-01-08T04:30:00"),
    ],
)
def test_dates_are_read(value: str, expected: str) -> None:
    """Every form that feeds are known to use gives its instant in UTC."""
    moment = instant(value, near=NEAR)
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    ["", "soon", "2022-13-40", "0001-01-01T00:00:00Z", "1796-11-22", "31 Feb 2022", "1641609360",
     "Fri, 07 Jan 2022 21:00:00 +9900", "Mon, 01 Jan 0001 00:00:00 +0100",
     "Fri, 31 Dec 9999 23:59:59 -0500", "99 Jan 2022", "7 Jan 2022 21:00 XYZZY",
     "शाम 5:00 बजे 8 जनवरी 2022", "8 listopada 2022", "13/13/2022"],
)  # fmt: skip
def test_unreadable_dates_are_none(value: str) -> None:
    """What is no date, or a wild one, is None."""
    assert instant(value, near=NEAR) is None


@pytest.mark.parametrize(
    ("value", "zone", "expected"),
    [
        ("03/10/2026 10:00", "", "2026-03-10T10:00:00"),
        ("03/10/2026 10:00", "America/New_York", "2026-03-10T14:00:00"),
        ("03/10/2026 10:00", "Europe/Berlin", "2026-10-03T08:00:00"),
        ("3/10/26 10:00", "Europe/London", "2026-10-03T09:00:00"),
        ("03/10/2026", "America/Sao_Paulo", "2026-10-03T03:00:00"),
        ("10/13/2026 10:00", "Europe/Berlin", "2026-10-13T08:00:00"),
    ],
)
def test_the_sources_zone_tells_day_from_month(value: str, zone: str, expected: str) -> None:
    """Where both may be months, its own country's order counts; without a zone America's."""
    assert instant(value, zone) == datetime.fromisoformat(f"{expected}+00:00")


def test_missing_zone_is_the_sources() -> None:
    """A time without zone is local to the source; an abbreviation may be the source's own."""
    assert instant("7 Jul 2022 21:00", "Asia/Kolkata") == datetime(2022, 7, 7, 15, 30, tzinfo=UTC)
    assert instant("7 Jul 2022 21:00 IST", "Europe/Dublin") == datetime(2022, 7, 7, 20, tzinfo=UTC)
    assert instant("7 Jul 2022 21:00 ET") == datetime(2022, 7, 8, 1, tzinfo=UTC)


@given(st.text(max_size=60))
def test_nothing_raises(value: str) -> None:
    """Any text gives an aware instant of a believable year, or None."""
    moment = instant(value, near=NEAR)
    assert moment is None or (moment.tzinfo is UTC and moment.year in YEARS)


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2098, 1, 1)))  # noqa: DTZ001 - UTC is added below
def test_iso_instants_survive(moment: datetime) -> None:
    """What datetime writes, instant reads."""
    aware = moment.replace(tzinfo=UTC)
    assert instant(aware.isoformat()) == aware


@given(
    st.sampled_from(["2026-01-05T11:00", "5 Jan 2026 11:00:00", "Jan 5, 2026 11:00", "5.1.2026"]),
    st.text("TZazAZ0123456789/:+-_ .", max_size=24),
    st.text("EuropeAmica/Argntd:_-", max_size=20),
)
def test_no_zone_raises(moment: str, zone: str, setting: str) -> None:
    """Whatever stands where a zone should, in the wire or in the settings, nothing is raised."""
    read = instant(f"{moment} {zone}", setting)
    assert read is None or read.tzinfo is UTC


@pytest.mark.parametrize("zone", ["T11/:00:00Z", "America/Argentina", "Europe/Nowhere"])
def test_what_only_looks_like_a_zone_is_unreadable(zone: str) -> None:
    """A name that no zone has, or a folder of zones, makes the date unreadable."""
    assert instant(f"5 Jan 2026 11:00 {zone}") is None
