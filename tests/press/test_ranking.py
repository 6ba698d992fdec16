"""Which story leads: urgency, freshness and picture, and never a clock."""

from datetime import timedelta

import pytest
from tests.press.copy_desk import AT, PICTURE, press, teaser

from wirecopy.briefs import ListBrief
from wirecopy.model import Topic
from wirecopy.press.ranking import FRESH, apart, flagged, leading, mark_of, ranked


def ids(teasers: object) -> list[str]:
    """The ids, in order."""
    return [one.id for one in teasers]  # type: ignore[attr-defined]  # any row of teasers


def test_among_equals_the_newest_leads() -> None:
    """Without anything else to go by, lists run newest first."""
    plain = tuple(teaser(number) for number in range(6))
    assert ids(ranked(plain)) == ids(plain)


def test_urgency_outweighs_hours_but_not_days() -> None:
    """An urgent story leads over younger ones, until it is too old for that."""
    plain = tuple(teaser(number) for number in range(6))
    assert ranked((*plain, teaser(8, urgency=2)))[0].id == "t8"
    assert ranked((*plain, teaser(30, urgency=2)))[0].id == "t0"
    assert ranked((*plain, teaser(8, urgency=0)))[0].id == "t0"


def test_a_picture_is_worth_two_hours() -> None:
    """Of two stories of an hour, the pictured one leads."""
    plain = (teaser(0), teaser(1, picture=PICTURE), teaser(3, picture=PICTURE))
    assert ids(ranked(plain)) == ["t1", "t0", "t3"]


def test_what_is_sent_in_leads_only_where_there_is_no_news() -> None:
    """A press release or an advert is no lead of the day, however new; an opinion may be."""
    sent, paid = teaser(0, genres=("Press Release",)), teaser(1, genres=("Sponsored",))
    thought = teaser(2, genres=("Opinion",))
    assert ids(ranked((sent, paid, thought, teaser(9)))) == ["t2", "t9", "t0", "t1"]
    assert ids(ranked((sent, paid))) == ["t0", "t1"]


def test_of_two_agencies_reports_of_one_event_one_stands_at_the_top() -> None:
    """The better one; what the same agency adds, an older event and other things stand beside."""
    named = tuple(Topic(slug=name, name=name) for name in ("ferry", "strike", "guild", "tollen"))
    ours, theirs = teaser(0, topics=named), teaser(1, topics=named, agency="Tern Wire")
    side, older = teaser(2, topics=named), teaser(9, topics=named, agency="Tern Wire")
    other = teaser(3, topics=named[:3], agency="Tern Wire")
    lead, seconds, rest = leading((ours, theirs, side, other, older), 3)
    assert lead is ours
    assert ids(seconds) == ["t2", "t3", "t9"]
    assert ids(rest) == ["t1"]
    assert ids(leading((ours, theirs), 3)[1]) == ["t1"], "where there is nothing else"


def test_an_update_brings_a_story_back_by_half() -> None:
    """An update counts, though not as much as a new story would."""
    old = teaser(6, updated=AT)
    assert ids(ranked((teaser(0), teaser(2), teaser(4), old))) == ["t0", "t2", "t6", "t4"]


def test_no_section_fills_the_top_alone() -> None:
    """At the top of the home page no section has more than two while others have any."""
    world = tuple(teaser(number) for number in range(6))
    sport = (teaser(7, section="sport"), teaser(8, section="sport"))
    lead, seconds, rest = leading((*world, *sport), 3, mixed=True)
    assert lead
    assert ids((lead, *seconds)) == ["t0", "t1", "t7", "t8"]
    assert ids(rest) == ["t2", "t3", "t4", "t5"]
    assert ids(leading(world, 3, mixed=True)[1]) == ["t1", "t2", "t3"]
    assert leading((), 3) == (None, (), ())


INDEX = "Ellery index at {} points in early trade"


def test_a_series_has_one_place_at_the_top() -> None:
    """Headlines that only their figures tell apart stand together where there are no others."""
    series = tuple(teaser(n, headline=INDEX.format(f"1,20{n}.5")) for n in range(5))
    others = tuple(teaser(n) for n in (6, 7))
    assert ids(apart((*series, *others))) == ["t0", "t6", "t7"]
    assert ids(apart((*series[1:], *others), series[:1])) == ["t6", "t7"]
    for mixed in (True, False):
        assert ids(leading((*series, *others), 2, mixed=mixed)[1]) == ["t6", "t7"]
        assert ids(leading(series, 2, mixed=mixed)[1]) == ["t1", "t2"]
    _, _, rest = leading((*series, *others), 2)
    assert ids(rest) == ["t1", "t2", "t3", "t4"], "nothing is lost below"


def test_short_headlines_are_no_series() -> None:
    """Of "Day 3" and "Day 4" the figures are all there is."""
    days = tuple(teaser(n, headline=f"Day {n}") for n in range(3))
    assert apart(days) == days


@pytest.mark.parametrize(
    ("marker", "mark"),
    [("BREAKING", "breaking"), ("URGENT", "breaking"), ("WATCH LIVE", "live"),
     ("Developing Story", "developing"), ("EXCLUSIVE", ""), ("", "")],
)  # fmt: skip
def test_an_agencys_flag_becomes_a_mark(marker: str, mark: str) -> None:
    """What the agency calls its version is shown in one of three words, or not at all."""
    assert flagged(marker) == mark


def test_a_mark_is_taken_off_when_the_story_is_no_longer_fresh() -> None:
    """Fresh is measured beside the newest change of the list, so a page is always true."""
    story = teaser(0, flag="BREAKING")
    assert mark_of(story, AT + FRESH) == "breaking"
    assert mark_of(story, AT + FRESH + timedelta(seconds=1)) == ""
    assert mark_of(teaser(0, updates=2), AT) == "developing"
    assert mark_of(teaser(0, updates=1), AT) == ""


def test_home_shows_the_mark_in_the_sites_language() -> None:
    """A live story says so on the home page, in words and not in colour alone."""
    brief = ListBrief(kind="home", teasers=(teaser(0, flag="LIVE"), teaser(1)))
    body = press(locale="de").lists(brief)[0].body.decode()
    assert '<span class="mark live">Live</span>' in body
    assert body.count('class="mark') == 1
