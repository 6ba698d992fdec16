"""Which pages one transaction touched, asked of the archive as it stands at its end."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from wirecopy.archive.codec import Place, Showings
from wirecopy.archive.tongues import Tongues
from wirecopy.database import Run
from wirecopy.press.plan import (
    DAY_PART,
    OLDER_SHOWN,
    Showing,
    day_page,
    front_page,
    lists_showing,
    map_page,
    part_of,
    story_page,
    story_pages,
)

RunMany = Callable[[str, Iterable[tuple[object, ...]]], sqlite3.Cursor]

_ORDER = "(published, agency_time, id)"
_PREDECESSOR = (
    "SELECT id FROM stories WHERE state = 'live' AND section = ? AND "
    f"{_ORDER} < (?, ?, ?) ORDER BY published DESC, agency_time DESC, id DESC LIMIT 1"
)
_SUCCESSORS = (
    "SELECT id FROM stories WHERE state = 'live' AND section = ? AND "
    f"{_ORDER} > (?, ?, ?) ORDER BY published, agency_time, id LIMIT {OLDER_SHOWN}"
)


def mark(run_many: RunMany, pages: Iterable[str]) -> None:
    """Mark these pages to be baked, once more where they are marked already."""
    run_many(
        "INSERT INTO marks (page, mark) VALUES (?, 1) "
        "ON CONFLICT (page) DO UPDATE SET mark = mark + 1",
        [(page,) for page in sorted(pages)],
    )


def dirty_pages(
    run: Run,
    showings: Showings,
    changes: Sequence[tuple[str, tuple[Showing | None, Place | None]]],
    assigned: Iterable[tuple[str, str]] = (),
) -> set[str]:
    """The pages touched by stories that were shown as given before and are shown as now.

    `assigned` are the days (section, day) in which a story was given its place.
    Computed on the state at the end: whatever was inserted between a page and the place it
    looked at has itself touched that page, so nothing is missed by looking only once.
    """
    pages: set[str] = set()
    days: set[tuple[str, str]] = set(assigned)
    parts: set[tuple[str, int]] = set()
    for story, (was, stood) in changes:
        now, stands = showings.of(story)
        pages.add(story_page(story))
        if was == now:
            continue
        pages |= lists_showing(was, now)
        pages |= story_pages(_neighbours(run, {stood, stands}))
        pages |= story_pages(
            row[0] for row in run("SELECT story FROM picks WHERE pick = ?", (story,))
        )
        days |= {(shown.section, shown.day) for shown in (was, now) if shown}
        parts |= {(shown.day, shown.map_part) for shown in (was, now) if shown}
    pages |= _day_pages(run, days)
    _renew_maps(run, parts)
    return pages


def pages_in_other_tongues(
    run: Run,
    tongues: Tongues,
    showings: Showings,
    changes: Sequence[tuple[str, tuple[Showing | None, Place | None]]],
    joined: Iterable[str],
) -> set[str]:
    """The pages that name these stories as translations, and their entries in sitemaps."""
    if not tongues.any():
        return set()
    touched = set(joined)
    for story, (was, _) in changes:
        if was != showings.of(story)[0]:
            touched.update(tongue.story for tongue in tongues.of(story))
    pages = set()
    for story in touched:
        row = run(
            "SELECT day, map_part FROM stories WHERE id = ? AND state = 'live'", (story,)
        ).fetchone()
        if row is not None:
            pages |= {story_page(story), map_page(row[0], row[1])}
    return pages


def _neighbours(run: Run, places: Iterable[Place | None]) -> set[str]:
    """Stories whose page looks at one of these places: one before it, several after it."""
    found: set[str] = set()
    for place in places:
        if place is not None:
            found.update(row[0] for row in run(_PREDECESSOR, place))
            found.update(row[0] for row in run(_SUCCESSORS, place))
    return found


def _day_pages(run: Run, days: Iterable[tuple[str, str]]) -> set[str]:
    """Day pages that change because a day, or a part of one, began or ended to exist.

    Every part names how many there are, and a day names its neighbours; what was listed when
    the page was last marked lies in `listed` (see 0001_first), so only a change is marked.
    """
    pages: set[str] = set()
    for section, day in sorted(days):
        row = run(
            "SELECT given, live, listed FROM days WHERE scope = ? AND day = ?", (section, day)
        ).fetchone()
        if row is None:
            continue
        given, live, listed = row
        lists = part_of(given, DAY_PART) if live else 0
        if lists == listed:
            continue
        run("UPDATE days SET listed = ? WHERE scope = ? AND day = ?", (lists, section, day))
        pages |= {day_page(section, day, part) for part in range(1, part_of(given, DAY_PART) + 1)}
        if not (lists and listed):  # the day appeared or vanished: its neighbours link elsewhere
            pages.add(front_page(section))
            for other, parts in _days_beside(run, section, day):
                pages |= {day_page(section, other, part) for part in range(1, parts + 1)}
    return pages


def _days_beside(run: Run, section: str, day: str) -> list[tuple[str, int]]:
    """The nearest days before and after that have a page, with their numbers of parts."""
    beside = []
    for comparison, direction in (("<", "DESC"), (">", "ASC")):
        row = run(
            f"SELECT day, given FROM days WHERE scope = ? AND live > 0 AND day {comparison} ? "
            f"ORDER BY day {direction} LIMIT 1",
            (section, day),
        ).fetchone()
        if row:
            beside.append((row[0], part_of(row[1], DAY_PART)))
    return beside


def _renew_maps(run: Run, parts: Iterable[tuple[str, int]]) -> None:
    """Write down the newest change of these sitemap parts, for the index."""
    for day, part in sorted(parts):
        row = run(
            "SELECT MAX(updated) FROM stories WHERE state = 'live' AND indexed "
            "AND day = ? AND map_part = ?",
            (day, part),
        ).fetchone()
        if row[0] is None:
            run("DELETE FROM maps WHERE day = ? AND part = ?", (day, part))
        else:
            run("REPLACE INTO maps (day, part, updated) VALUES (?, ?, ?)", (day, part, row[0]))
