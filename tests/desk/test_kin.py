"""Stories that tell the same: what stops one stops the others, and one has the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from tests.desk.told import Told, at

from wirecopy.model import (
    Marker,
    Story,
)


def other(told: Told, **fields: Any) -> Story:
    """The story of another agency that tells the same."""
    return msgspec.structs.replace(told.story, id="xyz", agency="Tern", source="tern", **fields)


def later(told: Told) -> Told:
    """Told as if ten entries of the log had gone before."""
    told.seq = 10
    return told


STOPPED: dict[str, tuple[Callable[[], Told], Callable[[], Told], str]] = {
    "killed by its agency": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 1).kill(2, 9),
        "held",
    ),
    "killed in the same minute": (
        lambda: Told().version(1, 9),
        lambda: Told().version(1, 1).kill(2, 9),
        "held",
    ),
    "a text that is newer than the kill": (
        lambda: Told().version(1, 10),
        lambda: Told().version(1, 1).kill(2, 9),
        "live",
    ),
    "held by its agency": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 1).hold(0, 9),
        "held",
    ),
    "killed by staff": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 1).order("kill"),
        "held",
    ),
    "held by staff": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 1).order("hold"),
        "held",
    ),
    "held and released by staff": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 1).order("hold").order("release"),
        "live",
    ),
    "a release after the agency's kill": (
        lambda: later(Told()).version(1, 5).order("release"),
        lambda: Told().version(1, 1).kill(2, 9),
        "live",
    ),
    "a release before it": (
        lambda: Told().version(1, 5).order("release"),
        lambda: later(Told()).version(1, 1).kill(2, 9),
        "held",
    ),
    "a release after the other was stopped by staff": (
        lambda: later(Told()).version(1, 5).order("release"),
        lambda: Told().version(1, 1).order("kill"),
        "live",
    ),
    "a kill in words that staff dismissed": (
        lambda: Told().version(1, 5),
        lambda: (
            Told().version(1, 9, markers=(Marker(text="KILL", action="withdraw"),)).order("release")
        ),
        "live",
    ),
    "a kill in words that nobody has looked at": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 9, markers=(Marker(text="KILL", action="withdraw"),)),
        "held",
    ),
}


@pytest.mark.parametrize("name", STOPPED)
def test_what_is_stopped_elsewhere_is_held_here(name: str) -> None:
    """The same report does not go on in another agency's words while nobody has looked at it."""
    told, kin, state = STOPPED[name]
    decision = told().decided(kin=(other(kin()),))
    assert decision.state == state
    assert state == "live" or "the same report (xyz)" in decision.reason


def test_the_report_has_one_page() -> None:
    """Of two agencies the one that was public first has it; of one, what it sent first."""
    told = Told().version(1, 5)
    mine = msgspec.structs.replace(told.story, first_published=at(20), state="live")
    told.story = mine
    earlier = other(Told().version(1, 3), state="live", first_published=at(10))
    decision = told.decided(kin=(earlier,))
    assert (decision.state, decision.reason) == (
        "merged",
        "Tern tells the same in xyz, which has the page",
    )
    for kin in (
        msgspec.structs.replace(earlier, first_published=at(30)),
        msgspec.structs.replace(earlier, state="merged"),
        msgspec.structs.replace(earlier, state="withdrawn"),
    ):
        assert told.decided(kin=(kin,)).state == "live"
    own = msgspec.structs.replace(earlier, source=mine.source, first_published=at(30))
    assert told.decided(kin=(own,)).state == "merged", "it was sent first"
    assert told.decided(kin=(msgspec.structs.replace(own, state="merged"),)).state == "merged"
    assert told.decided(kin=(msgspec.structs.replace(own, state="held"),)).state == "live"
