"""The news sitemap's window: two days, which end with the hour of the archive's own clock.

It moves by whole hours of the log's time, so that the same log gives the same sitemap. Search
engines take nothing older, so a story leaves it in the hour before it is two days old.
"""

from __future__ import annotations

from datetime import datetime

from wirecopy.database import Run, micros

_HOUR = 3_600_000_000
TWO_DAYS = 48 * _HOUR
_WINDOW = 47 * _HOUR
"""Two days from the end of the hour that the clock is in."""


def archive_clock(run: Run) -> int:
    """The time up to which schedules have been applied, in microseconds; 0 before any entry."""
    row = run("SELECT value FROM meta WHERE name = 'clock'").fetchone()
    return int(row[0]) if row else 0


def news_since(clock: int) -> int:
    """Stories first published after this (microseconds) are in the news sitemap."""
    return clock // _HOUR * _HOUR - _WINDOW


def news_window_moved(run: Run, clock: datetime) -> bool:
    """Whether a live story leaves the window when the archive's clock goes on to `clock`."""
    before, after = news_since(archive_clock(run)), news_since(micros(clock))
    row = run(
        "SELECT 1 FROM stories WHERE state = 'live' AND published > ? AND published <= ? LIMIT 1",
        (before, after),
    ).fetchone()
    return row is not None


def news_window_rolls(run: Run) -> int | None:
    """When the next story will leave the window, in microseconds; None when it is empty."""
    row = run(
        "SELECT MIN(published) FROM stories WHERE state = 'live' AND published > ?",
        (news_since(archive_clock(run)),),
    ).fetchone()
    return None if row[0] is None else -(-row[0] // _HOUR) * _HOUR + _WINDOW
