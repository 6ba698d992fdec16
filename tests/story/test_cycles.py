"""Which chain an item under a slug carries on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wirecopy.model import Block, Item, Marker
from wirecopy.story.cycles import STUB_WORDS, Member, Role, Window, chain_of, role_of

NOON = datetime(2022, 1, 8, 12, tzinfo=UTC)
WINDOW = Window(timedelta(hours=36), timedelta(hours=12), lambda moment: moment.date())


def member(
    hours: float,
    role: Role = "carries on",
    ordinal: int | None = None,
    story: str = "",
    head: str = "",
) -> Member:
    """An item of that hour after noon."""
    return Member(story, NOON + timedelta(hours=hours), role, ordinal, head)


def start(hours: float = 0, story: str = "a", head: str = "") -> Member:
    """A report that begins a chain."""
    return member(hours, "start", None, story, head)


CASES = {
    "a lead of the same day": (member(3, ordinal=1), [start()], "a"),
    "a lead before its start": (member(-1, ordinal=1), [start()], "a"),
    "an unmarked second report": (start(3), [start()], ""),
    "the start of a chain that a lead opened": (start(-1), [member(0, story="a", ordinal=1)], "a"),
    "a start that is younger than the chain": (start(1), [member(0, story="a", ordinal=1)], ""),
    "a lead after midnight": (
        member(13, ordinal=2),
        [start(), member(9, ordinal=1, story="a")],
        "a",
    ),
    "a lead after midnight that counts anew": (
        member(13, ordinal=1),
        [start(), member(9, ordinal=1, story="a")],
        "",
    ),
    "a lead a night and a gap later": (member(22, ordinal=2), [start()], ""),
    "a correction of yesterday's evening": (member(13), [start(8)], "a"),
    "beyond the window": (member(37), [start(), member(20, story="a"), member(30, story="a")], ""),
    "a flash before all else": (member(-1, "stub"), [start()], "a"),
    "a flash after the report is news of its own": (member(1, "stub"), [start()], ""),
    "a report after its flash": (start(1), [member(0, "stub", None, "a")], "a"),
    "an urgent between flash and report": (
        member(1, "stub"),
        [member(0, "stub", None, "a"), start(2)],
        "a",
    ),
    "nothing under the slug": (member(0), [], ""),
    "two reports under one slug": (
        member(2, ordinal=1, head="Bank of Osmere sells ships"),
        [start(0, "a", "Ferry runs aground"), start(1, "b", "Osmere bank sells two ships")],
        "b",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_chains(case: str) -> None:
    """A chain has one start, goes on while it counts on, and ends with its day or its gap."""
    item, known, expected = CASES[case]
    assert chain_of(item, known, WINDOW) == expected
    assert chain_of(item, known[::-1], WINDOW) == expected, "the order of the members says nothing"


@pytest.mark.parametrize(
    ("action", "words", "role"),
    [("flag", 8, "stub"), ("flag", STUB_WORDS, "start"), ("", 8, "start"), ("", 200, "start")],
)
def test_only_short_flagged_copy_is_a_stub(action: str, words: int, role: Role) -> None:
    """An exclusive of full length is a report; a flagged line is the flash before one."""
    item = Item(
        item_id="x",
        body=(Block("p", f"<p>{'word ' * words}</p>"),),
        markers=(Marker(text="EXCLUSIVE", action=action),) if action else (),
    )
    assert role_of(item, carries_on=False) == role
    assert role_of(item, carries_on=True) == "carries on"


def test_a_headline_alone_is_a_flash_where_no_marker_is_wanted() -> None:
    """Under a short headline only its marker makes an item without a text a flash."""
    item = Item(item_id="x", headline="Quake hits Velta")
    flash = Item(item_id="y", markers=(Marker(text="FLASH", action="flag"),))
    assert role_of(item, carries_on=False) == "stub"
    assert role_of(item, carries_on=False, wants_marker=True) == "start"
    assert role_of(flash, carries_on=False, wants_marker=True) == "stub"
    assert role_of(item, carries_on=True, wants_marker=True) == "carries on"
