"""Desk rules: which match, which win, and that every ruling says why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.config import Rule, Then, When
from wirecopy.desk.rules import Ancestors, Rules, Ruling, identity
from wirecopy.errors import ConfigError
from wirecopy.model import Dateline, Item, Media, Place, Rights, Subject

MEDTOP = "http://cv.iptc.org/newscodes/mediatopic/"


def item(**fields: Any) -> Item:
    """A plain item with the given fields."""
    return Item(item_id="urn:tarnwick:1", **fields)


def rule(name: str = "r", *, then: Then | None = None, **when: Any) -> Rule:
    """A rule that publishes unless told otherwise."""
    return Rule(name=name, when=When(**when), then=then or Then(action="publish"))


def judge(
    rules: Rule | tuple[Rule, ...], story: Item | None = None, ancestors: Ancestors = identity
) -> Ruling:
    """The ruling on a story of the source tarnwick-main of the agency TNA in the section news."""
    compiled = Rules(rules if isinstance(rules, tuple) else (rules,))
    return compiled.judge(
        story or item(),
        source="tarnwick-main",
        agency="TNA",
        section="news",
        ancestors=ancestors,
    )


STORY = item(
    headline="Harbour bridge closed after storm",
    slug="TARNWICK-BRIDGE",
    keywords=("Storm Ilva", "bridges"),
    places=(Place(name="Tarnwick", code="X:TWK"), Place(name="Osmere")),
    dateline=Dateline(place="PORT OSMERE"),
    genre="Current",
    language="en-IN",
    urgency=3,
    subjects=(
        Subject(name="weather", code="medtop:17000000"),
        Subject(name="Nia Varga", code="P77", scheme="urn:tna:people", type="person"),
    ),
    rights=Rights(usage_terms=("Not for use in Osmere.",), restrictions=("NO ARCHIVE",)),
    media=(Media(id="p1"),),
)


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"source": "tarnwick-main"},
        {"source": ("other", "Tarnwick-Main")},
        {"agency": "tna"},
        {"section": "news"},
        {"subject": "Weather"},
        {"subject": "medtop:17000000"},
        {"subject": MEDTOP + "17000000"},
        {"subject": ("x", "nia  varga")},
        {"subject": "p77"},
        {"keyword": "storm ilva"},
        {"place": "TARNWICK"},
        {"place": "x:twk"},
        {"place": "Port Osmere"},
        {"genre": "current"},
        {"language": "en"},
        {"language": "EN-in"},
        {"language": "en_IN"},
        {"urgency": 3},
        {"headline": "^harbour"},
        {"slug": "bridge$"},
        {"rights": "no archive"},
        {"rights": r"not for use in \w+"},
        {"has_picture": True},
        {"agency": "TNA", "urgency": "<=3", "headline": "storm", "has_picture": True},
    ],
)
def test_each_key_matches(when: dict[str, Any]) -> None:
    """A condition is met by any of its values, whatever the case and the spacing."""
    ruling = judge(rule(**when), STORY)
    assert ruling.action == "publish"
    assert ruling.rule == "r"
    assert ruling.checked == ()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"source": "other"}, "source is 'tarnwick-main', not 'other'"),
        ({"agency": ("A", "B")}, "agency is 'TNA', not 'A', 'B'"),
        ({"section": "world"}, "section is 'news', not 'world'"),
        ({"subject": "sport"}, "subject is 'weather', 'medtop:17000000'"),
        ({"keyword": "storm"}, "keyword is 'Storm Ilva', 'bridges', not 'storm'"),
        ({"place": "Tarn"}, "place is 'PORT OSMERE'"),
        ({"genre": "Feature"}, "genre is 'Current', not 'Feature'"),
        ({"language": "e"}, "language is 'en-IN', 'en', not 'e'"),
        ({"language": "en-GB"}, "not 'en-GB'"),
        ({"urgency": "<3"}, "urgency is 3, not <3"),
        ({"headline": "^bridge"}, "headline has nothing like '^bridge'"),
        ({"slug": "kill"}, "slug has nothing like 'kill'"),
        ({"rights": "territory"}, "rights has nothing like 'territory'"),
        ({"has_picture": False}, "it has a picture"),
        ({"agency": "TNA", "urgency": 9, "headline": "zzz"}, "urgency is 3, not 9"),
    ],
)
def test_a_rule_that_does_not_match_says_which_condition_failed(
    when: dict[str, Any], words: str
) -> None:
    """One failed condition is enough, and the first of them is named."""
    ruling = judge(rule(**when), STORY)
    assert ruling.action == ""
    assert ruling.reasons == ()
    assert len(ruling.checked) == 1
    assert ruling.checked[0].startswith("Rule 'r' did not match: ")
    assert words in ruling.checked[0]
    assert "zzz" not in ruling.checked[0]


def test_nothing_to_compare_with_is_called_empty() -> None:
    """A key of which the story has no value fails in words, not with an empty list."""
    ruling = judge(rule(place="Tarnwick"))
    assert ruling.checked == ("Rule 'r' did not match: place is empty, not 'Tarnwick'.",)


def test_a_long_list_of_values_is_cut() -> None:
    """The first five values are shown, so that a reason stays a sentence."""
    ruling = judge(rule(keyword="z"), item(keywords=tuple("abcdefg")))
    assert "'e', ..., not 'z'" in ruling.checked[0]


@pytest.mark.parametrize(
    "subject",
    [
        Subject(code="medtop:20000822"),
        Subject(code="20000822", scheme="medtop"),
        Subject(code="20000822", scheme=MEDTOP),
        Subject(code=MEDTOP + "20000822"),
    ],
)
def test_a_media_topic_takes_its_sub_topics_in(subject: Subject) -> None:
    """However the wire spells the code, its broader codes are asked for as medtop:NNN."""
    tree = {"medtop:20000822": ("medtop:15000000",)}
    ruling = judge(
        rule(subject="medtop:15000000"),
        item(subjects=(subject,)),
        ancestors=lambda code: tree.get(code, ()),
    )
    assert ruling.rule == "r"


def test_another_vocabularys_number_is_no_media_topic() -> None:
    """The same digits in another scheme do not make a sports story."""
    subject = Subject(code="15000000", scheme="urn:tna:desk")
    assert judge(rule(subject="medtop:15000000"), item(subjects=(subject,))).rule == ""
    assert judge(rule(subject="15000000"), item(subjects=(subject,))).rule == "r"


URGENCIES = {
    "3": {3},
    " 3 ": {3},
    "=3": {3},
    "<=3": {1, 2, 3},
    "<= 3": {1, 2, 3},
    ">=6": {6, 7, 8, 9},
    "<3": {1, 2},
    ">5": {6, 7, 8, 9},
    "2-4": {2, 3, 4},
    "2 - 4": {2, 3, 4},
    "4-4": {4},
}


@pytest.mark.parametrize("grade", range(1, 10))
@pytest.mark.parametrize("text", URGENCIES)
def test_urgency_expressions(text: str, grade: int) -> None:
    """A number, a comparison or a range names exactly the urgencies that it says."""
    ruling = judge(rule(urgency=text), item(urgency=grade))
    assert (ruling.action == "publish") is (grade in URGENCIES[text])


@pytest.mark.parametrize(("grade", "met"), [(1, True), (2, False), (7, False), (8, True)])
def test_a_list_of_urgencies_matches_any_of_them(grade: int, *, met: bool) -> None:
    """Numbers and expressions may be mixed."""
    assert bool(judge(rule(urgency=(1, ">7")), item(urgency=grade)).rule) is met


@pytest.mark.parametrize("text", ["", "high", "<=", "3-", "<2-4", "33", "٣", "3 or 4"])
def test_an_urgency_that_cannot_be_read_is_refused(text: str) -> None:
    """The rule is named, and what to type is said."""
    with pytest.raises(ConfigError, match=r"Rule 'flash': urgency .* Write a number") as error:
        Rules((rule("flash", urgency=text),))
    assert repr(text) in str(error.value)


@pytest.mark.parametrize("text", ["0", "<1", ">9", "5-2"])
def test_an_urgency_that_no_story_can_have_is_refused(text: str) -> None:
    """A rule that could never match is a mistake, not a rule."""
    with pytest.raises(ConfigError, match="names no urgency"):
        Rules((rule(urgency=text),))


@pytest.mark.parametrize("key", ["headline", "slug", "rights"])
def test_a_broken_regular_expression_is_refused(key: str) -> None:
    """The rule and the key are named."""
    with pytest.raises(ConfigError, match=f"Rule 'r': {key} = .* is not a regular expression"):
        Rules((rule(**{key: "("}),))


@pytest.mark.parametrize("pattern", ["(a+)+$", "(?:a|aa)+$", r"(\w*\s*)*!", "x*x*x*y"])
def test_a_pattern_that_text_can_make_crawl_is_refused(pattern: str) -> None:
    """No headline from outside can stall the desk: the rule is refused before any comes."""
    with pytest.raises(ConfigError, match=r"Rule 'r': rights = .* (repeat inside|too many ways)"):
        Rules((rule(rights=pattern),))


def test_a_pattern_finds_its_words_anywhere_in_long_terms() -> None:
    """Usage terms of any length are looked through whole, in stretches that overlap."""
    rules = Rules((rule(rights="no.{0,30}archive", then=Then(action="hold")),))
    for before in (0, 90, 99, 100, 150, 195, 199, 200, 250, 5000):
        terms = "x" * before + "no use in any archive" + "y" * 333
        told = item(rights=Rights(usage_terms=(terms,)))
        assert rules.judge(told, source="s", agency="A", section="w").action == "hold", before


def test_a_broken_delay_is_refused() -> None:
    """A rule made in code is checked like one from the file."""
    with pytest.raises(ConfigError, match="Rule 'r': publish_after is 'soon'"):
        Rules((rule(then=Then(publish_after="soon")),))


@pytest.mark.parametrize(
    ("media", "has"),
    [
        ((), False),
        ((Media(),), True),
        ((Media(type="video"),), False),
        ((Media(status="canceled"),), False),
        ((Media(status="withheld"), Media()), True),
    ],
)
def test_a_picture_counts_when_it_may_be_used(media: tuple[Media, ...], *, has: bool) -> None:
    """Withdrawn pictures and videos are no pictures."""
    assert bool(judge(rule(has_picture=True), item(media=media)).rule) is has
    assert bool(judge(rule(has_picture=False), item(media=media)).rule) is not has


def test_the_first_rule_that_names_an_action_decides() -> None:
    """Later actions are not taken, and the reasons say so."""
    ruling = judge(
        (
            rule("topic", then=Then(add_topic="Storms")),
            rule("slow", then=Then(action="hold")),
            rule("fast", then=Then(action="publish")),
        )
    )
    assert (ruling.action, ruling.rule) == ("hold", "slow")
    assert ruling.reasons == (
        "Rule 'topic' matched (every story): topics 'Storms' are added.",
        "Rule 'slow' matched (every story): hold.",
        "Rule 'fast' matched (every story): it sets nothing that an earlier rule has not set.",
    )


def test_a_delay_alone_is_a_decision_to_publish_later() -> None:
    """publish_after counts as the action, and a later hold does not undo it."""
    ruling = judge(
        (rule("wait", then=Then(publish_after="10m")), rule("stop", then=Then(action="hold")))
    )
    assert (ruling.action, ruling.rule) == ("publish", "wait")
    assert ruling.publish_after == timedelta(minutes=10)
    assert "publish after 10m" in ruling.reasons[0]


def test_a_later_delay_does_not_slow_down_an_earlier_publish() -> None:
    """Action and delay are one decision, taken by one rule."""
    ruling = judge(
        (rule("go", then=Then(action="publish")), rule("wait", then=Then(publish_after="1h")))
    )
    assert (ruling.rule, ruling.publish_after) == ("go", None)


def test_a_hold_has_no_delay() -> None:
    """What staff must release is never released by a clock."""
    ruling = judge(rule(then=Then(action="hold", publish_after="1h")))
    assert (ruling.action, ruling.publish_after) == ("hold", None)


def test_section_and_syndication_go_to_the_first_and_topics_add_up() -> None:
    """Different rules may set different things of one story."""
    ruling = judge(
        (
            rule("a", then=Then(section="world", add_topic=("Storms", "Ports"))),
            rule("b", then=Then(section="sport", syndication="noindex", add_topic="Storms")),
            rule("c", then=Then(syndication="self", add_topic="Bridges")),
        )
    )
    assert ruling.section == "world"
    assert ruling.syndication == "noindex"
    assert ruling.topics == ("Storms", "Ports", "Bridges")
    assert (ruling.action, ruling.rule) == ("", "")


def test_a_rule_sees_the_section_that_an_earlier_rule_set() -> None:
    """Route first, then decide by section."""
    ruling = judge(
        (
            rule("route", headline="bridge", then=Then(section="world")),
            rule("old", section="news", then=Then(action="ignore")),
            rule("new", section="world", then=Then(action="hold")),
        ),
        STORY,
    )
    assert (ruling.action, ruling.rule) == ("hold", "new")
    assert ruling.checked == ("Rule 'old' did not match: section is 'world', not 'news'.",)


def test_no_rules_have_no_say() -> None:
    """Without rules the ruling is empty."""
    assert judge(()) == Ruling()


def test_a_match_names_what_was_found() -> None:
    """The reason quotes the words of the story, so that staff see why."""
    ruling = judge(rule(agency="tna", urgency="<=3", headline=r"st\w+", has_picture=True), STORY)
    assert ruling.reasons == (
        (
            "Rule 'r' matched (agency 'tna' was asked for; urgency 3 is in <=3;"
            " headline has 'storm'; it has a picture): publish."
        ),
    )


THENS = st.builds(
    Then,
    section=st.sampled_from(["", "world", "sport"]),
    action=st.sampled_from(["", "publish", "hold", "ignore"]),
    publish_after=st.sampled_from(["", "10m"]),
    add_topic=st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
)
WHENS = st.builds(
    When,
    agency=st.sampled_from(["", "TNA", "other"]),
    urgency=st.sampled_from([(), 3, ">4"]),
    headline=st.sampled_from(["", "storm", "calm"]),
)


@given(st.lists(st.tuples(WHENS, THENS), max_size=6))
def test_every_rule_is_accounted_for(pairs: list[tuple[When, Then]]) -> None:
    """Each rule leaves exactly one sentence, and a decision always names its rule."""
    rules = tuple(
        Rule(name=f"r{number}", when=when, then=then) for number, (when, then) in enumerate(pairs)
    )
    ruling = judge(rules, STORY)
    assert len(ruling.reasons) + len(ruling.checked) == len(rules)
    assert bool(ruling.action) is bool(ruling.rule)
    assert ruling.publish_after is None or ruling.action == "publish"
    assert judge(rules, STORY) == ruling
