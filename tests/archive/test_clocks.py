"""What changes by itself as the archive's clock goes on: the news window, and fast events."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from wirecopy.archive.coverage import _calm, calmed, is_developing, next_calm
from wirecopy.archive.window import news_since, news_window_moved, news_window_rolls
from wirecopy.database import micros, moment
from wirecopy.model import Teaser

START = datetime(2022, 1, 8, 2, 36, tzinfo=UTC)
MOMENTS = st.integers(0, 96 * 5).map(lambda number: START + timedelta(minutes=12 * number))
HOUR = START + timedelta(minutes=24)


@contextmanager
def archive(clock: datetime) -> Iterator[sqlite3.Connection]:
    """As much of an archive as a clock asks, with schedules applied up to that moment."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "CREATE TABLE meta (name, value); CREATE TABLE stories (state, published);"
        "CREATE TABLE coverage (event, calm); CREATE TABLE covered (event, story);"
    )
    connection.execute("INSERT INTO meta VALUES ('clock', ?)", (micros(clock),))
    yield connection
    connection.close()


def test_the_news_window_moves_by_whole_hours() -> None:
    """Within an hour it stands, so that the map does not depend on when within it was baked.

    At the hour's end its oldest story is two days old, and no older.
    """
    opens = datetime(2022, 1, 6, 3, tzinfo=UTC)
    for minutes in (0, 10, 23):
        assert moment(news_since(micros(START + timedelta(minutes=minutes)))) == opens
    assert moment(news_since(micros(START + timedelta(minutes=24)))) == opens + timedelta(hours=1)


@given(MOMENTS, MOMENTS, MOMENTS)
@example(HOUR, START, HOUR + timedelta(days=2))
@example(HOUR, HOUR + timedelta(days=2), HOUR + timedelta(days=3))
def test_the_window_rolls_when_it_says_so(
    published: datetime, clock: datetime, then: datetime
) -> None:
    """A story leaves the map at the moment that was told before, no earlier and no later."""
    clock, then = sorted((clock, then))
    with archive(clock) as connection:
        connection.execute("INSERT INTO stories VALUES ('live', ?)", (micros(published),))
        connection.execute("INSERT INTO stories VALUES ('held', ?)", (micros(published),))
        rolls = news_window_rolls(connection.execute)
        moved = news_window_moved(connection.execute, then)
        assert moved is (rolls is not None and rolls <= micros(then))


@given(MOMENTS, MOMENTS, MOMENTS)
def test_an_event_is_calm_when_it_says_so(calm: datetime, clock: datetime, then: datetime) -> None:
    """Its pages change at the moment from which on it is no longer shown as developing."""
    clock, then = sorted((clock, then))
    with archive(clock) as connection:
        connection.execute("INSERT INTO coverage VALUES ('e', ?)", (micros(calm),))
        connection.execute("INSERT INTO covered VALUES ('e', 's')")
        run = connection.execute
        was, told, pages = is_developing(run, micros(calm)), next_calm(run), calmed(run, then)
        assert told == (micros(calm) if was else None)
    with archive(then) as connection:
        ceased = was and not is_developing(connection.execute, micros(calm))
    assert pages == ({"coverage/e", "story/s"} if ceased else set())


def told(number: int, age: timedelta) -> Teaser:
    """A story of the event that came then, and that its agency had sent so long before."""
    came = START + timedelta(minutes=10 * number)
    return Teaser(
        id=str(number), path="", headline="", standfirst="", section="world", credit="",
        agency=f"A{number % 2}", first_published=came, updated=came, agency_time=came - age,
    )  # fmt: skip


def test_old_copy_makes_no_event_a_fast_one() -> None:
    """Three fresh stories in two hours do; an archive that is taken in at once does not."""
    fresh = [told(number, timedelta(minutes=1)) for number in (2, 1, 0)]
    assert moment(_calm(fresh)) == fresh[0].first_published + timedelta(hours=2)
    assert _calm(fresh[:2]) == 0
    assert _calm([told(number, timedelta(hours=7)) for number in (2, 1, 0)]) == 0
