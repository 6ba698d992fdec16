"""When intake waits for the pipeline, and what is said of it."""

from __future__ import annotations

import asyncio

from wirecopy.backlog import Backlog


def test_it_is_said_once_when_intake_waits_and_once_when_it_goes_on() -> None:
    """Not until half of the room is back: a pipeline at its limit would speak all the time."""
    said: list[str] = []
    backlog = Backlog(10, 0, 0, said.append)
    backlog.taken([1, 2, 3])
    assert (backlog.waiting, backlog.full(), said) == (3, False, [])
    backlog.taken([10, 11])
    assert (backlog.waiting, backlog.full()) == (11, True)
    assert backlog.full()
    assert said == [
        "Intake waits: 11 log entries are not filed yet. It goes on by itself; nothing is lost."
    ]
    backlog.filed_to(6)
    assert not backlog.full()
    assert len(said) == 1
    backlog.filed_to(7)
    backlog.filed_to(2)  # a number from before says nothing new
    assert not backlog.full()
    assert said[1:] == ["Intake goes on: the pipeline has caught up."]


def test_entries_of_other_commands_do_not_count_below_nothing() -> None:
    """What an `ingest` beside us has put into the log may be filed before we know of it."""
    backlog = Backlog(10, 4, 4, lambda _: None)
    backlog.filed_to(9)
    assert backlog.waiting == 0


def test_who_waits_for_room_goes_on_as_soon_as_there_is_some() -> None:
    """Filing wakes those who wait; a look that finds none goes on waiting."""

    async def both() -> None:
        backlog = Backlog(1, 3, 0, lambda _: None)
        waiting = asyncio.create_task(backlog.room())
        await asyncio.sleep(0)
        backlog.filed_to(1)
        backlog.moved()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not waiting.done()
        backlog.filed_to(2)
        backlog.moved()
        await asyncio.wait_for(waiting, 0.5)

    asyncio.run(both())
