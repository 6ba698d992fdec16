"""The same report twice, from two agencies or under two ids of one, is one page."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from tests.any_order import assert_any_order, at, told
from tests.newsdesk import CONFIG, START, Desk, ninjs

from wirecopy.config import Source
from wirecopy.story.identity import story_id

REPORT_TEXT = (
    "<p>The ferry of Tarnwick ran onto the north bank at low water on Friday morning.</p>"
    "<p>Its master told the coast guard that the rudder had not answered for a minute.</p>"
    "<p>The company has run the crossing since the old bridge was closed nine years ago.</p>"
    "<p>Buses take passengers round the bay until the ship has been seen by surveyors.</p>"
)
MORE = (
    "<p>Divers found the hull whole, and a tug from Osmere was to pull at the evening tide.</p>"
    "<p>Nobody on board was hurt, though a crate of apples went over the side.</p>"
)
LONG = "".join(
    f"<p>At berth {n} the {who} {done} until the {what} had been {seen} by the {other}.</p>"
    for n, (who, done, what, seen, other) in enumerate(
        itertools.product(
            ("pilot", "harbour master"), ("waited", "slept"), ("rudder", "hull"),
            ("mended", "painted"), ("surveyors", "divers"),
        )
    )
)  # fmt: skip


def copy(name: str, minutes: float = 0, text: str = REPORT_TEXT, **fields: Any) -> bytes:
    """The report under an id of that name."""
    return ninjs(f"urn:{name}", "Ferry aground off Tarnwick", body=text, versioncreated=at(minutes),
                 **fields)  # fmt: skip


def test_two_agencies_report_has_one_page(desk: Desk) -> None:
    """The same copy from a second agency is a duplicate, and the page credits both."""
    assert desk.take(copy("one")) == ["published"]
    assert desk.take(copy("two", 9), source="quaymark") == ["duplicate"]
    first = desk.story("urn:one")
    assert desk.story("urn:two").state == "merged"
    assert first.also_from == ("QMK",)
    assert "NRN / QMK" in desk.site()[first.path].decode()
    assert len([path for path in desk.site() if "ferry-aground" in path]) == 1
    assert desk.site() == desk.full_bake()


def test_a_killed_copy_takes_its_twin_off_until_staff_decide(desk: Desk) -> None:
    """When one agency kills the report, the other's copy waits for a person, page and all."""
    desk.take(copy("one"))
    desk.take(copy("two", 9), source="quaymark")
    desk.take(ninjs("urn:two", "", body="", pubstatus="canceled", versioncreated=at(20)),
              source="quaymark")  # fmt: skip
    story = desk.story("urn:one")
    assert (story.state, story.path in desk.site()) == ("held", False)
    assert "QMK has withdrawn the same report" in story.reason
    assert desk.order("release", story.id).state == "live"
    assert desk.site() == desk.full_bake()


FEEDS = msgspec.structs.replace(
    CONFIG, sources=(*CONFIG.sources, Source(name="norrane-sport", agency="NRN", section="sport"))
)
"""A newsroom that has a second feed of the first agency."""


@pytest.mark.parametrize("status", ["canceled", "withheld"])
@pytest.mark.parametrize("first", ["story", "stop"])
def test_a_kill_by_another_feed_of_the_agency_stops_the_story(status: str, first: str) -> None:
    """Whichever comes first: the page is away until staff have looked, and nothing names it."""
    stop = ninjs("urn:one", "", body="", pubstatus=status, versioncreated=at(20))
    with Desk(FEEDS) as desk:
        desk.newsroom.bake_all()
        if first == "story":
            assert desk.take(copy("one")) == ["published"]
        desk.take(stop, source="norrane-sport")
        if first == "stop":
            assert desk.take(copy("one")) == ["held"]
        story = desk.newsroom.archive.story(story_id("norrane", "urn:one"))
        assert story is not None
        assert story.state == "held"
        assert "NRN has withdrawn the same" in story.reason or status == "withheld"
        assert not [path for path, body in desk.site().items() if b"aground" in body]
        assert desk.site() == desk.full_bake()
        assert desk.order("release", story.id).state == "live"


@pytest.mark.parametrize(
    ("more", "states"),
    [
        ([("norrane-sport", copy("one", 30, MORE * 3))], ["held", "withdrawn"]),
        ([("norrane", copy("one", 40, MORE * 3))], ["live", "withdrawn"]),
        ([("quaymark", copy("two", 9))], ["held", "held", "withdrawn"]),
    ],
)
def test_two_feeds_of_an_agency_end_the_same_in_any_order(
    more: list[tuple[str, bytes]], states: list[str]
) -> None:
    """The story by one, its kill by the other, and what else is sent of it."""
    stop = ninjs("urn:one", "", body="", pubstatus="canceled", versioncreated=at(20))
    sent = [("norrane", copy("one")), ("norrane-sport", stop), *more]
    for order in itertools.permutations(sent):
        with Desk(FEEDS) as desk:
            desk.newsroom.bake_all()
            for source, body in order:
                desk.take(body, source=source)
            assert sorted(state for state, _, _ in told(desk)) == states
            assert desk.site() == desk.full_bake()


@pytest.mark.parametrize("source", ["quaymark", "norrane-sport"])
def test_no_feed_stops_what_it_does_not_name(source: str) -> None:
    """Another agency's kill of the same id, or the agency's own of another, touches nothing."""
    name = "urn:one" if source == "quaymark" else "urn:other"
    stop = ninjs(name, "", body="", pubstatus="canceled", versioncreated=at(20))
    with Desk(FEEDS) as desk:
        desk.take(copy("one"))
        desk.take(stop, source=source)
        desk.take(copy("six", 30, "<p>Another tale of a lighthouse that was lit again.</p>" * 5))
        assert desk.story(story_id("norrane", "urn:one")).state == "live"
        assert desk.story("urn:six").state == "live"


def test_a_text_that_is_newer_than_the_other_feeds_kill_is_published() -> None:
    """What the agency writes after its kill is a report of its own again, as with twins."""
    stop = ninjs("urn:one", "", body="", pubstatus="canceled", versioncreated=at(20))
    with Desk(FEEDS) as desk:
        desk.take(stop, source="norrane-sport")
        assert desk.take(copy("one", 40)) == ["published"]


def test_a_copy_does_not_stand_up_for_what_staff_stopped(desk: Desk) -> None:
    """When staff kill or hold a page, no other agency's copy of the report takes its place."""
    desk.take(copy("one"))
    desk.take(copy("two", 9), source="quaymark")
    one, two = desk.story("urn:one"), desk.story("urn:two")
    for action in ("hold", "kill"):
        desk.order(action, one.id)
        assert desk.story("urn:two").state == "held"
        assert not [path for path in desk.site() if "ferry-aground" in path]
    assert desk.order("release", two.id).state == "live"
    assert desk.site() == desk.full_bake()


def test_an_agencys_end_of_rights_leaves_the_others_copy() -> None:
    """When the right to one copy ends, the other's goes on under its own address."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(copy("one", expires=START + timedelta(hours=3)))
        desk.take(copy("two", 9), source="quaymark")
        desk.wait(hours=4)
        assert (desk.story("urn:one").state, desk.story("urn:two").state) == ("expired", "live")
        assert desk.site() == desk.full_bake()


def test_the_source_with_priority_speaks_on_the_page(desk: Desk) -> None:
    """The page keeps its address and shows the text of the source that is preferred."""
    preferred = msgspec.structs.replace(
        CONFIG,
        sources=(CONFIG.sources[0], msgspec.structs.replace(CONFIG.sources[1], priority=90)),
    )
    with Desk(preferred) as other:
        other.newsroom.bake_all()
        other.take(copy("one"))
        path = other.story("urn:one").path
        kept = REPORT_TEXT.replace("for a minute", "for two minutes")
        assert other.take(copy("two", 9, kept), source="quaymark") == ["updated"]
        page = other.site()[path].decode()
        assert "for two minutes" in page
        assert other.story("urn:one").voice == other.story("urn:two").id
        assert other.site() == other.full_bake()


def test_what_one_source_passes_on_goes_when_another_speaks() -> None:
    """The page's ninjs was one agency's to give; once another's text is shown there is none."""
    giving, strict = CONFIG.sources
    giving = msgspec.structs.replace(giving, redistribution="full")
    strict = msgspec.structs.replace(strict, priority=90)
    with Desk(msgspec.structs.replace(CONFIG, sources=(giving, strict))) as desk:
        desk.newsroom.bake_all()
        desk.take(copy("one"))
        passed_on = desk.story("urn:one").path.replace(".html", ".json")
        assert passed_on in desk.site()
        kept = REPORT_TEXT.replace("for a minute", "for two minutes")
        assert desk.take(copy("two", 9, kept), source="quaymark") == ["updated"]
        assert passed_on not in desk.site()
        assert desk.site() == desk.full_bake()


def test_the_fuller_text_speaks(desk: Desk) -> None:
    """A short version and the long one it was cut from are one page with the long text."""
    desk.take(copy("one"))
    desk.take(copy("two", 9, REPORT_TEXT + MORE), source="quaymark")
    page = desk.site()[desk.story("urn:one").path].decode()
    assert "a crate of apples" in page
    assert desk.site() == desk.full_bake()


def test_a_report_that_comes_again_under_a_new_id_is_a_duplicate() -> None:
    """One source's copy under two ids is one page, whichever came first; changed, it is news."""
    first, again = copy("one"), copy("two", 9)
    assert [story[0] for story in assert_any_order((first, again))] == ["live", "merged"]
    with Desk() as desk:
        desk.newsroom.bake_all()
        assert desk.take(first, again) == ["published", "duplicate"]
        other = copy("three", 30, REPORT_TEXT.replace("for a minute", "for two minutes"))
        assert desk.take(other) == ["updated"]
        assert "for two minutes" in desk.site()[desk.story("urn:one").path].decode()


def sunk(number: int, marker: str, toll: str) -> bytes:
    """The report of a ferry that sank, under an id of its own, with its toll in words."""
    first = f"<p>{toll.title()} people were killed when a ferry sank off Port Sel, police said.</p>"
    return ninjs(f"urn:{number}", f"{marker}Ferry sinks in Port Sel, {toll} dead",
                 body=first + REPORT_TEXT, versioncreated=at(number))  # fmt: skip


def test_a_toll_in_words_grows_on_one_page(desk: Desk) -> None:
    """Update and correction that exchange nothing but the toll stand on the report's page."""
    told_ = (sunk(1, "", "three"), sunk(2, "UPDATE 1-", "five"), sunk(3, "CORRECTED-", "four"))
    assert [story[0] for story in assert_any_order(told_)] == ["live", "merged", "merged"]
    assert desk.take(*told_) == ["published", "updated", "updated"]
    page = desk.site()[desk.story("urn:1").path].decode()
    assert "four dead" in page
    assert "five dead" not in page


def crash(name: str, headline: str, toll: str, minutes: float, **fields: Any) -> bytes:
    """A brief on an accident under an id of its own."""
    place = fields.pop("place", "in Tarnwick")
    text = f"<p>{toll} people were killed in a bus crash {place} on Friday, police said.</p>"
    return ninjs(f"urn:{name}", headline, body=text, versioncreated=at(minutes), **fields)


BUS = crash("1", "Three killed in bus crash", "Three", 0)


@pytest.mark.parametrize("mark", ["UPDATE: ", "CORRECTED: ", "2nd Ld-Writethru: "])
def test_a_toll_grows_in_a_brief_that_is_marked(desk: Desk, mark: str) -> None:
    """The headline and the text exchange nothing but the toll: it is one page with the last."""
    later = crash("2", f"{mark}Five killed in bus crash", "Five", 60)
    last = crash("3", "UPDATE 2-Six killed in bus crash", "Six", 90)
    states = [story[0] for story in assert_any_order((BUS, later, last))]
    assert sorted(states) == ["live", "merged", "merged"]
    assert desk.take(BUS, later, last) == ["published", "updated", "updated"]
    page = desk.site()[desk.story("urn:1").path].decode()
    assert "Six people" in page
    assert "Five people" not in page


TWO = {
    "unmarked": crash("2", "Five killed in bus crash", "Five", 60),
    "elsewhere": crash("2", "UPDATE: Five killed in bus crash", "Five", 60, place="in Osmere"),
    "of another kind": crash("2", "UPDATE: Five killed in mine blast", "Five", 60),
    "on another day": crash("2", "UPDATE: Five killed in bus crash", "Five", 60 * 20),
    "marked before": crash("2", "UPDATE: Five killed in bus crash", "Five", -60),
    "nowhere": crash("2", "UPDATE: Five killed in bus crash", "Five", 60, place=""),
}


@pytest.mark.parametrize("case", TWO)
def test_two_accidents_of_one_day_are_two(case: str) -> None:
    """A brief that says more than another toll, or is no update, is a story of its own."""
    first = (
        crash("1", "Three killed in bus crash", "Three", 0, place="") if case == "nowhere" else BUS
    )
    assert [story[0] for story in assert_any_order((first, TWO[case]))] == ["live", "live"]


def test_a_flash_in_the_words_of_another_is_its_own(desk: Desk) -> None:
    """Nobody can tell whether it is sent again or tells of another fire: both have a page."""
    assert desk.take(BUS, crash("2", "Three killed in bus crash", "Three", 60)) == ["published"] * 2


def test_two_accidents_with_one_text_have_two_datelines(desk: Desk) -> None:
    """Under datelines of two places the same words tell two stories, marked or not."""
    text = "{} people were killed in a bus crash on Friday, police said.</p>"
    heads = {"Three": "Three killed in bus crash", "Five": "UPDATE: Five killed in bus crash"}
    for toll, place in (("Three", "TARNWICK"), ("Five", "OSMERE"), ("Three", "LUNN")):
        body = f"<p>{place} (NRN) — {text.format(toll)}"
        desk.take(ninjs(f"urn:{place}", heads[toll], body=body, versioncreated=at(len(place))))
    assert [story[0] for story in told(desk)] == ["live", "live", "live"]
    body = f"<p>OSMERE (NRN) — {text.format('Nine')}"
    desk.take(ninjs("urn:4", "UPDATE: Nine killed in bus crash", body=body, versioncreated=at(30)))
    assert sorted(story[0] for story in told(desk)) == ["live", "live", "live", "merged"]
    assert b"Nine people" in desk.site()[desk.story("urn:OSMERE").path]


def test_a_page_that_was_public_leads_to_the_one_that_stays(desk: Desk) -> None:
    """Two pages that are found to tell one report become one; the other address leads there."""
    desk.take(copy("one", 0, "<p>Something else altogether was said at first, and at length.</p>"))
    desk.take(copy("two", 5), source="quaymark")
    one, two = desk.story("urn:one"), desk.story("urn:two")
    assert (one.state, two.state) == ("live", "live")
    desk.take(copy("one", 20))
    assert (desk.story("urn:one").state, desk.story("urn:two").state) == ("live", "merged")
    moved = desk.site()[two.path].decode()
    assert f'<meta http-equiv="refresh" content="0; url=/{one.path}">' in moved
    assert f'<a href="/{one.path}">' in moved
    assert "low water" not in moved
    assert desk.site() == desk.full_bake()
    desk.take(ninjs("urn:one", "Ship stranded", body=REPORT_TEXT, versioncreated=at(40)))
    assert "Ship stranded" in desk.site()[two.path].decode()
    assert desk.site() == desk.full_bake()


def test_forms_of_different_things_never_merge(desk: Desk) -> None:
    """Two notices that differ in nothing but names and figures are two pages."""
    form = (
        "<p>{0} will pay a dividend of {1} crowns a share for the year, its board said.</p>"
        "<p>It is due on {2} May to holders of record, against {3} crowns a year earlier.</p>"
        "<p>The meeting is at the company's seat; votes may be cast by letter as well.</p>"
    )
    desk.take(
        ninjs(
            "urn:1", "Osmere Mills pays 4.20", body=form.format("Osmere Mills", "4.20", 3, "4.10")
        ),
        ninjs("urn:2", "Tarn Salt pays 1.75", body=form.format("Tarn Salt", "1.75", 9, "1.60")),
    )
    assert [story[0] for story in told(desk)] == ["live", "live"]


def test_a_report_of_many_versions_is_found_by_its_copy(desk: Desk) -> None:
    """Updates of one figure are no form that many fill in: another's copy of the last one joins."""
    texts = [f"{LONG}<p>Waiting for the next ferry: {n} lorries.</p>{MORE}" for n in range(40)]
    desk.take(*(copy("one", minute, text) for minute, text in enumerate(texts)))
    assert desk.take(copy("two", 40, texts[-1]), source="quaymark") == ["duplicate"]
