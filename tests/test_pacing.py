"""Which lists are made now, and which wait."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wirecopy.pacing import LISTS_WITHIN, Pace


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The seconds so far."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that pacing goes by."""
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock)
    return clock


def made(
    pace: Pace,
    lists: str,
    copy_waits: Callable[[], bool] = lambda: False,
    rest: float = 0.0,
    allowed: float = 0.0,
) -> str:
    """The lists, a letter each, that are made one by one."""
    parts = pace.parts(list(lists), 1, copy_waits=copy_waits, rest=rest, allowed=allowed)
    return "".join(page for part in parts for page in part)


def test_a_list_rests_once_it_was_made(clock: Clock) -> None:
    """Marked again and again it is made once for all that came meanwhile."""
    pace = Pace()
    assert made(pace, "hw", rest=0.75) == "hw"
    clock.now += 0.5
    assert made(pace, "hwt", rest=0.75) == "t"
    clock.now += 0.3
    assert made(pace, "hwt", rest=0.75) == "hw"


@pytest.mark.parametrize("slow", ["topic/harbour", "day/world/2031-03-03/1", "map/a/1", "news-map"])
def test_what_few_people_wait_for_rests_longer(clock: Clock, slow: str) -> None:
    """A front is made four times before a topic, a day or a sitemap is made again."""
    pace = Pace()

    def again(after: float) -> list[str]:
        clock.now += after
        lists = ["front/world", slow]
        parts = pace.parts(lists, 1, copy_waits=lambda: False, rest=0.75, allowed=0.0)
        return [page for part in parts for page in part]

    assert again(0.0) == ["front/world", slow]
    assert again(0.8) == ["front/world"]
    assert again(0.8) == ["front/world"]
    assert again(1.5) == [slow, "front/world"]  # it has waited longer


def test_all_are_left_when_copy_waits_and_the_oldest_come_first(clock: Clock) -> None:
    """What was left has its turn before what is marked later, whatever its name."""
    pace = Pace()
    assert made(pace, "xy", copy_waits=lambda: True) == ""
    clock.now += 0.1
    assert made(pace, "abxy") == "xyab"


def test_copy_that_never_ends_keeps_no_list_back(clock: Clock) -> None:
    """After a second some are made beside it, as long as filing took, the others in their turn."""
    pace = Pace()

    def waits() -> bool:
        clock.now += 0.01
        return True

    assert made(pace, "abc", waits) == ""
    clock.now += LISTS_WITHIN
    assert made(pace, "abcd", waits, allowed=0.0) == "a"
    assert made(pace, "abcd", waits, allowed=0.015) == "b"
    assert made(pace, "acd", waits, allowed=10.0) == "c"


@pytest.mark.parametrize(("allowed", "lists"), [(0.0, "a"), (0.05, "ab"), (10.0, "abc")])
def test_late_lists_are_made_for_as_long_as_is_allowed(
    clock: Clock, allowed: float, lists: str
) -> None:
    """One in any case, and more of them while filing took longer than they do."""
    pace = Pace()

    def waits() -> bool:
        clock.now += 0.02
        return True

    assert made(pace, "abc", waits) == ""
    clock.now += LISTS_WITHIN
    assert made(pace, "abc", waits, allowed=allowed) == lists


def test_what_was_not_made_is_not_noted(clock: Clock) -> None:
    """A disk that refuses in the middle leaves the list to the next step."""
    pace = Pace()
    parts = pace.parts(["a", "b"], 1, copy_waits=lambda: False, rest=0.75, allowed=0.0)
    next(parts)
    parts.close()
    assert made(pace, "ab", rest=0.75) == "ab"
