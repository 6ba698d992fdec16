"""Same log, same archive, same site: whatever the batches, restarts, processes and repeats."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from tests.newsdesk import Desk, ninjs, reference
from tests.properties.wires import (
    SUBJECTS,
    Log,
    Subject,
    batches,
    examples,
    logs,
    repeated,
    shuffled,
    shuffled_chains,
    tell,
    text_of,
)

from wirecopy.archive import listings, lists, marks, sitemaps
from wirecopy.model import Delivery, Story
from wirecopy.press import plan


@pytest.fixture(scope="module", params=["long lists", "short lists"])
def lengths(request: pytest.FixtureRequest) -> Any:
    """Promises of the site twice: lists as they are, and so short that they overflow and part."""
    patch = pytest.MonkeyPatch()
    if request.param == "short lists":
        short = marks._SUCCESSORS.replace(f"LIMIT {plan.OLDER_SHOWN}", "LIMIT 2")
        assert short != marks._SUCCESSORS
        patch.setattr(marks, "_SUCCESSORS", short)
        for module, name, value in (
            (plan, "OLDER_SHOWN", 2),
            (plan, "DAY_PART", 2),
            (listings, "DAY_PART", 2),
            (marks, "DAY_PART", 2),
            (plan, "MAP_PART", 2),
            (listings, "MAP_PART", 2),
            (plan, "TOPIC_SHOWN", 2),
            (plan, "TOPIC_FED", 1),
            (plan, "HOME_NEWEST", 3),
            (lists, "HOME_PER_SECTION", 1),
            (lists, "DAYS_ON_FRONT", 2),
            (lists, "CORRECTIONS_SHOWN", 2),
            (sitemaps, "NEWS_SHOWN", 2),
        ):
            patch.setattr(module, name, value)
    yield
    patch.undo()


both = pytest.mark.usefixtures("lengths")
"""For whatever looks at the site; which version of a story stands, no list has a say in."""


def carried(parts: list[Log], *, restart: bool = False) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Archive and site after the log came in these parts."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        for part in parts:
            desk.log(part)
            desk.carry()
            if restart:
                desk.reopen()
        return desk.archive(), desk.site()


def standing(desk: Desk) -> dict[str, Any]:
    """What stands of every story, without when it came."""
    found: dict[str, Any] = {}
    for (name,) in desk.rows("SELECT id FROM stories ORDER BY id"):
        story = desk.newsroom.archive.story(name)
        assert isinstance(story, Story)
        found[story.key] = (state_of(desk, story), story.standing, story.section, story.topics)
    return found


def state_of(desk: Desk, story: Story) -> str:
    """The story's state; "told" where two agencies tell one report: the log says on whose page."""
    kin = (desk.newsroom.archive.story(each.story) for each in story.kin)
    if story.state in {"live", "merged"} and any(
        each and each.source != story.source for each in kin
    ):
        return "told"
    return story.state


@both
@examples(40)
@given(st.data())
def test_batches_and_restarts_change_nothing(data: st.DataObject) -> None:
    """The same log in any batches, with restarts between them, gives the same archive and site."""
    log = data.draw(logs())
    note(tell(log))
    archive, site = carried([log])
    parts = data.draw(batches(log))
    archive_in_parts, site_in_parts = carried(parts, restart=True)
    assert archive_in_parts == archive
    assert site_in_parts == site


@both
@examples(40)
@given(logs())
def test_what_grew_equals_a_full_bake(log: Log) -> None:
    """After every step the site equals a full bake of the archive, to the byte and the file."""
    note(tell(log))
    with Desk() as desk:
        desk.newsroom.bake_all()
        for at, entry in log:
            desk.log([(at, entry)])
            desk.carry()
            assert desk.site() == desk.full_bake()


@both
@examples(25)
@given(st.data())
def test_batches_that_grew_equal_a_full_bake(data: st.DataObject) -> None:
    """So it is when several entries are filed at once: nothing is missed in between."""
    log = data.draw(logs())
    note(tell(log))
    with Desk() as desk:
        desk.newsroom.bake_all()
        for part in data.draw(batches(log)):
            desk.log(part)
            desk.carry()
            assert desk.site() == desk.full_bake()


@both
@examples(25)
@given(logs())
def test_a_rebuild_gives_both_again(log: Log) -> None:
    """Without archive and site, the log alone gives the same archive and the same bytes."""
    note(tell(log))
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.log(log)
        desk.carry()
        archive, site = desk.archive(), desk.site()
        desk.rebuild()
        assert desk.archive() == archive
        assert desk.site() == site


@both
@examples(40)
@given(st.data())
def test_repeats_change_nothing_that_readers_see(data: st.DataObject) -> None:
    """Deliveries that come again, at once or later, leave versions, states and bytes alone."""
    log = data.draw(logs())
    again = data.draw(repeated(log))
    note(tell(again))
    with Desk() as once, Desk() as twice:
        for desk, entries in ((once, log), (twice, again)):
            desk.newsroom.bake_all()
            desk.log(entries)
            desk.carry()
        assert standing(twice) == standing(once)
        assert twice.site() == once.site()


@examples(60)
@given(shuffled())
def test_any_order_of_arrival_ends_the_same(wire: tuple[Log, Log]) -> None:
    """Versions, kills and holds in any order, late or twice: the same version stands."""
    with Desk() as first, Desk() as second:
        for desk, log in zip((first, second), wire, strict=True):
            note(tell(log) + "\n")
            desk.log(log)
            desk.carry()
        assert standing(second) == standing(first)


def telling(desk: Desk) -> list[str]:
    """What stands of every story, whichever of its items opened it and has the page.

    Of stories that tell the same one has the page: which one may follow the log.
    """
    found = []
    for (name,) in desk.rows("SELECT id FROM stories"):
        story = desk.newsroom.archive.story(name)
        assert story is not None
        if story.standing is None and story.tells_of:
            continue  # a kill by id that came before its chain was known: it is told there
        state = state_of(desk, story)
        item = story.standing
        text = [block.html for block in item.body] if item else []
        found.append(f"{story.source} {state}: {item.headline if item else ''} {text}")
    return sorted(found)


@examples(80)
@given(shuffled_chains())
def test_chains_end_the_same_in_any_order(wire: tuple[Log, Log]) -> None:
    """Flashes, leads, takes, parts, kills in words and copies: any order, the same text stands."""
    with Desk() as first, Desk() as second:
        for desk, log in zip((first, second), wire, strict=True):
            note(tell(log) + "\n")
            desk.log(log)
            desk.carry()
        assert telling(second) == telling(first)


@examples(30)
@given(logs())
def test_outcomes_add_up(log: Log) -> None:
    """Every delivery has one row in the ledger, every item one outcome, and the counts agree."""
    with Desk() as desk:
        desk.log(log)
        desk.carry()
        deliveries = [n for n, (_, entry) in enumerate(log, 1) if isinstance(entry, Delivery)]
        assert desk.rows("SELECT seq FROM deliveries ORDER BY seq") == [(n,) for n in deliveries]
        assert {row[0] for row in desk.rows("SELECT seq FROM outcomes")} == set(deliveries)
        for ledger, table in (("deliveries", "deliveries"), ("items", "outcomes")):
            told = dict(
                desk.rows("SELECT kind, SUM(n) FROM counts WHERE ledger = ? GROUP BY kind", ledger)
            )
            assert told == dict(desk.rows(f"SELECT kind, COUNT(*) FROM {table} GROUP BY kind"))  # noqa: S608 - our own names


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_wires_speak_of_the_same_stories(subject: Subject) -> None:
    """Generated orders, references and copy name one story: else these tests would prove little."""
    uri = subject.uri.replace("&", "&amp;")
    with Desk() as desk:
        desk.take(ninjs(subject.uri, **text_of(subject, 1)), source=subject.source)
        assert desk.order("hold", subject.id).state == "held"
        assert desk.order("release", subject.id).state == "live"
        desk.take(reference(uri, at=desk.now), source=subject.source)
        desk.take(ninjs(subject.uri.replace("https", "http"), version="9"), source=subject.source)
        assert desk.story(subject.id).state == "withdrawn"
        assert len(desk.rows("SELECT id FROM stories")) == 1
