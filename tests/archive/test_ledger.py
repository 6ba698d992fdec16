"""What became of everything, as status and quarantine tell it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.newsdesk import START, Desk, ninjs

from wirecopy.archive.ledger import (
    find_stories,
    outcomes_of,
    quarantined,
    read_ledger,
    record,
    unreadable,
)
from wirecopy.model import OUTCOMES, Delivery, LogEntry, Outcome, OutcomeKind
from wirecopy.pressroom import ARCHIVE


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A newsroom with a few stories, one of them scheduled, and two broken deliveries."""
    with Desk() as desk:
        desk.take(ninjs("urn:nrn:1"), b"<rss", ninjs("urn:nrn:1"))
        desk.take(ninjs("urn:qmk:2", embargoed=START + timedelta(hours=1)), source="quaymark")
        desk.take(b"", source="quaymark")
        yield desk


def test_the_counts_add_up(desk: Desk) -> None:
    """Deliveries and items add up, over all and for each source, and every outcome is named."""
    ledger = read_ledger(desk.newsroom.archive.connection)
    assert ledger.deliveries == sum(ledger.by_outcome.values()) == 5
    assert ledger.items == sum(ledger.items_by_outcome.values()) == 5
    assert tuple(ledger.by_outcome) == tuple(ledger.items_by_outcome) == OUTCOMES
    assert ledger.stories == {"live": 1, "embargoed": 1}
    assert [source.source for source in ledger.sources] == ["norrane", "quaymark"]
    assert sum(source.deliveries for source in ledger.sources) == 5
    for source in ledger.sources:
        assert sum(source.outcomes.values()) == source.deliveries
        assert source.last_received == START
    assert ledger.waiting_pages == 0
    assert ledger.next_due == START + timedelta(hours=1)


def test_a_delivery_goes_by_what_an_operator_must_see_first(desk: Desk) -> None:
    """Of what became of its items the gravest is the delivery's."""
    gravest_first: list[OutcomeKind] = [
        "quarantined", "withdrawn", "held", "published", "updated", "superseded", "internal",
        "duplicate",
    ]  # fmt: skip
    assert sorted(gravest_first) == sorted(OUTCOMES)
    archive, delivery = desk.newsroom.archive.connection, Delivery(source="norrane", body=b"x")
    for number in range(len(gravest_first)):
        entry = LogEntry(seq=100 + number, received=START, entry=delivery)
        milder = [Outcome(kind=each) for each in reversed(gravest_first[number:])]
        record(archive, entry, delivery, "ninjs", milder)
    rows = archive.execute("SELECT kind FROM deliveries WHERE seq >= 100 ORDER BY seq")
    assert [row[0] for row in rows] == gravest_first


def test_a_source_nobody_can_read_is_told_by_its_last_deliveries(desk: Desk) -> None:
    """Not one of their items could be read; a feed with one bad item among good ones is read."""

    def named() -> list[str]:
        return list(unreadable(desk.folder / ARCHIVE, 3))

    desk.take(b"<rss", b"<rss 2", source="quaymark")
    assert unreadable(desk.folder / ARCHIVE, 3)["quaymark"].startswith("The XML is not well-formed")
    assert unreadable(desk.folder / "data" / "no.db", 3) == {}
    desk.take(ninjs("urn:qmk:3"), source="quaymark")
    assert named() == []
    item = "<item><title>Ferry sails</title><guid>{}</guid><description>{}</description></item>"
    for number in range(3):
        good = item.format(f"good-{number}", "It sailed at noon.")
        feed = f"<rss version='2.0'><channel>{good}<item></item></channel></rss>"
        assert desk.take(feed.encode(), source="quaymark") == ["published", "quarantined"]
    assert named() == []
    desk.take(*(b"<rss %d" % number for number in range(3)), source="quaymark")
    assert named() == ["quaymark"]


def test_the_newest_to_look_at_are_told_and_how_many_there_are(desk: Desk) -> None:
    """However many old ones nobody has looked at, a new one is among those shown."""
    archive = desk.newsroom.archive.connection
    desk.take(*(ninjs(f"urn:nrn:many{number}") for number in range(60)))
    archive.execute("UPDATE stories SET flags = 'why'")
    ledger = read_ledger(archive)
    assert ledger.flagged_in_all == 62
    newest = archive.execute("SELECT id FROM stories ORDER BY number DESC LIMIT 50").fetchall()
    assert [each.story for each in ledger.flagged] == [row[0] for row in newest]


def test_quarantine_lists_what_waits_for_a_person(desk: Desk) -> None:
    """What could not be read is listed newest first with its reason, until it is replayed."""
    waiting = quarantined(desk.newsroom.archive.connection)
    assert [(one.seq, one.source) for one in waiting] == [(5, "quaymark"), (2, "norrane")]
    assert all(one.reason.endswith(".") for one in waiting)
    again = Delivery(source="norrane", body=ninjs("urn:nrn:9"), how="replay", replays=2)
    desk.pipeline.take([again])
    desk.carry()
    assert [one.seq for one in quarantined(desk.newsroom.archive.connection)] == [5]


def test_outcomes_of_some(desk: Desk) -> None:
    """The outcomes of certain deliveries are theirs alone, in order, whatever came in between."""
    rows = outcomes_of(desk.newsroom.archive.connection, [5, 3, 99])
    assert [(row.seq, row.outcome) for row in rows] == [(3, "duplicate"), (5, "quarantined")]
    assert outcomes_of(desk.newsroom.archive.connection, []) == []


def test_stories_are_found_by_the_beginning_of_their_id(desk: Desk) -> None:
    """An id or its beginning finds stories; nothing else that may be typed finds any."""
    connection = desk.newsroom.archive.connection
    name = desk.story("urn:nrn:1").id
    assert find_stories(connection, name) == find_stories(connection, name[:6]) == [name]
    for typed in ("", "%", "_", "' OR 1=1", "zzzz"):
        assert find_stories(connection, typed) == []
