"""How often a source is asked, and when a person is told."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.intake.channel import Channel, channel, ids, max_age
from wirecopy.intake.health import Pulse, Pulses
from wirecopy.intake.notebook import Notebook, Notes
from wirecopy.intake.rhythm import (
    LONGEST_WAIT,
    Rhythm,
    Wishes,
    backoff,
    heard,
    next_pause,
    spoken,
    state_of,
)

NOW = datetime(2022, 1, 8, 2, 36, tzinfo=UTC)  # a Saturday
EVERY, SLOWEST = timedelta(minutes=2), timedelta(minutes=15)


def steady(pause: timedelta, count: int = 20) -> Rhythm:
    """The rhythm of a source that has news at even pauses, the last at NOW."""
    rhythm = Rhythm()
    for number in range(count, -1, -1):
        rhythm = heard(rhythm, NOW - number * pause)
    return rhythm


@pytest.mark.parametrize(
    ("news", "pause"),
    [
        (timedelta(minutes=1), EVERY),
        (timedelta(minutes=40), EVERY),
        (timedelta(hours=2), timedelta(minutes=6)),
        (timedelta(days=1), SLOWEST),
    ],
)
def test_a_rare_feed_is_asked_less_often(news: timedelta, pause: timedelta) -> None:
    """About twenty looks between two changes, never more often than asked nor beyond the bound."""
    assert next_pause(EVERY, SLOWEST, steady(news), Wishes(), NOW) == pause


def test_a_rhythm_is_not_believed_too_soon() -> None:
    """After a few changes the configured pace still holds."""
    assert next_pause(EVERY, SLOWEST, steady(timedelta(days=1), 3), Wishes(), NOW) == EVERY


@pytest.mark.parametrize(
    ("wishes", "pause"),
    [
        (Wishes(pause=timedelta(minutes=10)), timedelta(minutes=10)),
        (Wishes(pause=timedelta(seconds=5)), EVERY),
        (Wishes(pause=timedelta(hours=6)), SLOWEST),
        (Wishes(skip_hours=frozenset({2, 3})), timedelta(minutes=84)),
        (Wishes(skip_days=frozenset({5})), timedelta(hours=21, minutes=24)),
        (Wishes(skip_hours=frozenset(range(24))), timedelta(hours=24, minutes=24)),
    ],
)
def test_a_feeds_wishes_are_heeded(wishes: Wishes, pause: timedelta) -> None:
    """A wish stretches the pause to the bound; named empty hours and days are waited out."""
    assert next_pause(EVERY, SLOWEST, Rhythm(), wishes, NOW) == pause


def test_patience_doubles_to_an_hour_and_never_ends() -> None:
    """After each failure the pause is longer, to an hour; the dice spread it by half at most."""
    pauses = [backoff(EVERY, failures, None, lambda: 1.0) for failures in range(1, 9)]
    assert pauses[:4] == [timedelta(minutes=m) for m in (4, 8, 16, 32)]
    assert pauses[4:] == [LONGEST_WAIT] * 4
    assert backoff(EVERY, 10_000, None, lambda: 0.0) == LONGEST_WAIT / 2


def test_a_servers_wish_is_waited_out() -> None:
    """Retry-After counts where it is longer, for a day at most."""
    assert backoff(EVERY, 1, timedelta(hours=3), lambda: 0.0) == timedelta(hours=3)
    assert backoff(EVERY, 1, timedelta(days=9), lambda: 0.0) == timedelta(hours=24)
    assert backoff(EVERY, 1, timedelta(seconds=1), lambda: 1.0) == timedelta(minutes=4)


@given(st.integers(1, 10**9), st.integers(0, 10**6), st.floats(0, 1))
def test_no_pause_is_mad(failures: int, every: int, dice: float) -> None:
    """Whatever happens, a failing source is asked again, no sooner than its own pace."""
    pause = backoff(timedelta(seconds=every), failures, None, lambda: dice)
    assert min(timedelta(seconds=every), LONGEST_WAIT) <= pause
    assert pause <= max(LONGEST_WAIT, timedelta(seconds=every))


def test_the_same_dice_give_the_same_pauses() -> None:
    """The spread comes from the dice alone, so that a test can know it."""

    def pauses() -> list[timedelta]:
        dice = random.Random(7)  # noqa: S311 - dice that fall alike are wanted here
        return [backoff(EVERY, failures, None, dice.random) for failures in range(1, 9)]

    assert pauses() == pauses()
    assert len(set(pauses())) == 8


@pytest.mark.parametrize(
    ("rhythm", "failures", "stopped", "state", "words"),
    [
        (steady(timedelta(minutes=10)), 0, False, "healthy", "as usual"),
        (steady(timedelta(minutes=10)), 2, False, "healthy", "as usual"),
        (steady(timedelta(minutes=10)), 3, False, "failing", "3 times in a row"),
        (steady(timedelta(minutes=10)), 9, True, "stopped", "closed for good"),
        (Rhythm(), 0, False, "new", "nothing has come yet"),
    ],
)
def test_how_a_source_stands(
    rhythm: Rhythm, failures: int, state: str, words: str, *, stopped: bool
) -> None:
    """Its state is told from its own rhythm and its failures, with the reason in words."""
    found, reason = state_of(rhythm, failures, stopped=stopped, since=NOW, now=NOW)
    assert found == state
    assert words in reason


def test_a_source_is_late_by_its_own_rhythm() -> None:
    """One that has news every ten minutes is late after hours, a daily one after days."""
    often, daily = steady(timedelta(minutes=10)), steady(timedelta(days=1))

    def state(rhythm: Rhythm, silent: timedelta) -> str:
        return state_of(rhythm, 0, stopped=False, since=NOW, now=NOW + silent)[0]

    assert state(often, timedelta(minutes=30)) == "healthy"
    assert state(often, timedelta(hours=3)) == "late"
    assert state(daily, timedelta(days=3)) == "healthy"
    assert state(daily, timedelta(days=9)) == "late"
    assert state(Rhythm(last=NOW), timedelta(days=9)) == "quiet"


def test_a_clock_that_jumps_breaks_no_rhythm() -> None:
    """A step backwards counts as no pause; the source is not late and not failing for it."""
    rhythm = heard(steady(timedelta(minutes=10)), NOW - timedelta(days=400))
    assert rhythm.pause >= 0
    now = NOW - timedelta(days=400)
    assert state_of(rhythm, 0, stopped=False, since=NOW, now=now)[0] == "healthy"


def test_changes_are_told_once() -> None:
    """A look names a source whose state has changed, and then no more until it changes again."""
    now = [NOW]
    notebook = Notebook()
    notes = Notes(notebook, "pulse", Pulse)
    pulses = Pulses(["north", "south"], notes, lambda: now[0])
    for _ in range(3):
        pulses.failed("north", "Source north: the server took too long.")
    told = pulses.look({})
    assert [(one.source, one.before, one.state) for one in told] == [("north", "new", "failing")]
    assert pulses.look({}) == []
    pulses.came("north")
    assert [(one.source, one.state) for one in pulses.look({})] == [("north", "healthy")]
    later = Pulses(["north", "south"], Notes(notebook, "pulse", Pulse), lambda: now[0])
    assert later.health("north").last_new == NOW
    assert later.look({}) == [], "what was told before a restart is not told again"
    now[0] += timedelta(days=8)
    again = Pulses(["south"], Notes(notebook, "pulse", Pulse), lambda: now[0])
    assert again.health("south").state == "quiet", "it has been silent since it was first looked at"
    notebook.close()


def test_a_source_says_what_went_wrong_last() -> None:
    """The sentence that tells what to mend stands behind the state for as long as it holds."""
    notebook = Notebook()
    pulses = Pulses(["north"], Notes(notebook, "pulse", Pulse), lambda: NOW)
    pulses.failed("north", "Source north: the server asks for a login.")
    assert pulses.health("north").why == "nothing has come yet: the server asks for a login."
    pulses.answered("north")
    assert pulses.health("north").why == "nothing has come yet"
    notebook.close()


def test_a_source_that_nobody_can_read_is_failing() -> None:
    """What comes and cannot be read is no news: the last reason is told, and when it is over."""
    notebook = Notebook()
    pulses = Pulses(["north"], Notes(notebook, "pulse", Pulse), lambda: NOW)
    pulses.came("north")
    (told,) = pulses.look({"north": "This is an HTML page, not wire copy."})
    assert (told.state, told.why) == (
        "failing",
        "nothing of its last 3 deliveries could be read: This is an HTML page, not wire copy.",
    )
    assert pulses.health("north").state == "failing", "what has been seen is known until the next"
    (told,) = pulses.look({})
    assert (told.before, told.state, told.said) == ("failing", "healthy", "")
    notebook.close()


def test_a_note_of_another_version_is_none() -> None:
    """What cannot be read any more is neither found nor counted, and may be written anew."""
    notebook = Notebook()
    notebook.put("pulse", "north", b"of another version")
    notes = Notes(notebook, "pulse", Pulse)
    assert (dict(notes), len(notes), notes.get("north")) == ({}, 0, None)
    notes["north"] = Pulse(since=NOW)
    assert dict(notes) == {"north": Pulse(since=NOW)}
    notebook.close()


RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"
xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Tarn</title><ttl>30</ttl>
<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>12</sy:updateFrequency>
<skipHours><hour>3</hour><hour>24</hour><hour>x</hour></skipHours>
<skipDays><day>Sunday</day><day>Holiday</day></skipDays>
<a:link rel="hub" href="https://hub.example/"/><a:link rel="self" href="https://tarn.example/f"/>
<item><guid>g1</guid><title>t</title><ttl>1</ttl></item></channel></rss>"""


def test_the_head_of_a_feed_is_read() -> None:
    """ttl, sy:, skipHours, skipDays and links before the first story; stories say nothing."""
    read = channel(RSS)
    assert read.wishes.pause == timedelta(hours=2)
    assert read.wishes.skip_hours == {0, 3}
    assert read.wishes.skip_days == {6}
    assert read.links == {"hub": "https://hub.example/", "self": "https://tarn.example/f"}


def test_the_head_of_json_is_read() -> None:
    """JSON Feed's hubs and next page, and the cursor of an agency's content API."""
    feed = b'{"next_url": "/2", "feed_url": "/1", "hubs": [{"type": "WebSub", "url": "/hub"}]}'
    assert channel(feed).links == {"hub": "/hub", "self": "/1", "next": "/2"}
    read = channel(b'{"data": {"items": [], "next_page": "/feed?seq=9"}}')
    assert (read.cursor, read.empty) == ("/feed?seq=9", True)


BOMB = b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %s "%s">' % (bytes([98 + n]), b"&%s;" % bytes([97 + n]) * 10) for n in range(12)
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<",
        b"{",
        b"[1]",
        b'{"hubs": 3}',
        b'{"hubs": [{"url": 7}]}',
        b"{" + b'"a":{' * 5000,
        b"<rss>" * 3000,
        b"<rss><channel><ttl>99999999999</ttl><ttl/></channel>",
        b"<rss><channel><updatePeriod>daily</updatePeriod><updateFrequency>0</updateFrequency>",
        BOMB + b"]><rss><channel><ttl>&l;</ttl></channel></rss>",
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><ttl>&x;</ttl></r>',
        b"\xff\xfe<\x00r\x00s\x00s\x00",
    ],
)
def test_what_cannot_be_read_says_nothing(body: bytes) -> None:
    """Broken, deep and hostile heads cost nothing and say nothing."""
    read = channel(body)
    assert read.cursor == ""
    assert read.links == {}
    assert read.wishes.pause in (None, timedelta(days=1))


@given(st.binary(max_size=2000))
def test_no_bytes_break_the_head(body: bytes) -> None:
    """Whatever a server sends, reading its head ends in a Channel."""
    assert isinstance(channel(b"<" + body), Channel)
    assert isinstance(channel(b"{" + body), Channel)
    assert len(ids(body)) <= 500


@pytest.mark.parametrize(
    ("field", "pause"),
    [
        ("max-age=300", timedelta(minutes=5)),
        ("public, Max-Age=300, must-revalidate", timedelta(minutes=5)),
        ('max-age="60"', timedelta(minutes=1)),
        ("max-age=999999999", timedelta(days=1)),
        ("no-cache, max-age=300", None),
        ("no-store", None),
        ("s-maxage=300", None),
        ("", None),
    ],
)
def test_cache_control_is_a_wish(field: str, pause: timedelta | None) -> None:
    """A server's max-age says how soon it is worth to come back."""
    assert max_age(field) == pause


def test_lengths_are_spoken() -> None:
    """A pause is told in its largest unit."""
    assert [spoken(timedelta(seconds=s)) for s in (0, 1, 90, 7200, 200000)] == [
        "0 seconds",
        "1 second",
        "1 minute",
        "2 hours",
        "2 days",
    ]
