"""Reading what feeds show again and again: the same galleys, without the work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy import config, readers
from wirecopy.model import Delivery, Item, Sheet
from wirecopy.readers import Remembered, read_safely

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
SETTINGS = config.parse(
    '[site]\nname = "N"\nurl = "https://post.example"\n'
    '[[sources]]\nname = "harbour"\nagency = "Harbour News"\nlanguage = "en"\n'
    '[[sources]]\nname = "upland"\nagency = "Upland Press"\n',
    {},
)
Entry = tuple[int, int, bool]
"""An item of a feed: which, in which wording, and whether it says when it was written."""

ENTRIES = st.tuples(st.integers(0, 4), st.integers(0, 1), st.booleans())
SHOWN = st.tuples(st.sampled_from(["harbour", "upland"]), st.lists(ENTRIES, max_size=5))


def feed(source: str, entries: list[Entry]) -> Delivery:
    """A feed of these items; one without a date is dated by an hour on its clock alone."""
    items = "".join(
        f"<item><guid>urn:{number}</guid><title>Ferry {number} sails</title>"
        f"{'<pubDate>Thu, 05 Mar 2026 08:00:00 GMT</pubDate>' if dated else ''}"
        f"<description>EMBARGOED UNTIL 18:00\n\nPORT SEL, March 5 -- Ferry {number} left the quay "
        f"with {wording} lorries on board.</description></item>"
        for number, wording, dated in entries
    )
    text = f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'
    return Delivery(source=source, body=text.encode())


@given(st.lists(SHOWN, max_size=8), st.sampled_from([0, 3000, 1_000_000]))
def test_what_is_remembered_is_what_would_be_read(
    shown: list[tuple[str, list[Entry]]], most: int
) -> None:
    """Whatever feeds show, in any turn, days apart: the galleys of reading each by itself."""
    remembered = Remembered(most)
    for day, (source, entries) in enumerate(shown):
        delivery, received = feed(source, entries), AT + timedelta(days=day)
        own = read_safely(delivery, received, SETTINGS)
        assert remembered.read(delivery, received, SETTINGS) == own
        kept = sum(len(one) for shelf in remembered._shown.values() for one in shelf.values())
        assert kept == remembered._size <= most


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the items of which a sheet was made."""
    ids: list[str] = []
    sheet_of = readers.sheet_of

    def counted(item: Item, *rest: object) -> Sheet:
        ids.append(item.item_id)
        return sheet_of(item, *rest)  # type: ignore[arg-type] # passed on as it came

    monkeypatch.setattr(readers, "sheet_of", counted)
    return ids


def test_a_feed_costs_what_is_new_in_it(made: list[str]) -> None:
    """Items that a feed shows again are not made anew; changed, new and undated ones are."""
    remembered = Remembered()
    first: list[Entry] = [(1, 0, True), (2, 0, True), (3, 0, False)]
    remembered.read(feed("harbour", first), AT, SETTINGS)
    assert made == ["urn:1", "urn:2", "urn:3"]
    made.clear()
    later: list[Entry] = [(4, 0, True), (1, 0, True), (2, 1, True), (3, 0, False)]
    for hour in (1, 2):
        remembered.read(feed("harbour", later), AT + timedelta(hours=hour), SETTINGS)
    assert made == ["urn:4", "urn:2", "urn:3", "urn:3"]


def test_no_source_pushes_out_what_another_shows(made: list[str]) -> None:
    """Where there is no room for all, those that have a place keep it."""
    entries: list[Entry] = [(1, 0, True), (2, 0, True)]
    remembered = Remembered()
    remembered.read(feed("harbour", entries), AT, SETTINGS)
    room = Remembered(remembered._size)
    for source in ("harbour", "upland", "harbour"):
        made.clear()
        room.read(feed(source, entries), AT, SETTINGS)
    assert made == []
