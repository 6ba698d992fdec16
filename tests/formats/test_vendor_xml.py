"""Agencies' own XML, read by profiles alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import expected, pairs, shown

from wirecopy import formats
from wirecopy.config.profile import XmlReader
from wirecopy.errors import FormatError
from wirecopy.formats import paths, profiles, vendor_xml
from wirecopy.formats.hints import Hints, Score
from wirecopy.model import Item

TIDE = """
name = "Tidewire"
why = "It has a form of its own."
timezone = "Asia/Tokyo"
urgency = {3 = 1}
priorities = {flash = 1}
[categories]
sea = "medtop:04000000 economy, business and finance"
[xml]
root = "dispatch"
namespace = "urn:tide"
holds = ["story"]
prefixes = {x = "urn:tide:extra"}
items = "stories/story"
[xml.fields]
item_id = ["@guid", "number"]
headline = {path = "words[@role='head']"}
slug = {path = "keys/key", join = "-"}
keywords = "keys/key"
status = {path = "state", map = {ok = "usable", dead = "canceled"}}
urgency = "rank"
first_created = {path = "at", date = "%d.%m.%Y %H:%M"}
embargo_until = {path = "hold", date = "%d.%m.%Y %H:%M"}
place = ".//x:town"
provider = {constant = "Tidewire"}
[[xml.body]]
path = "text"
kind = "text"
before = "From the coast:"
[[xml.body]]
path = "html"
[[xml.subjects]]
path = "topic"
name = "."
"""


def hints(text: str = TIDE) -> Hints:
    """What a newsroom with that profile knows."""
    return Hints(profiles=profiles.own_profiles({"tide": text}))


def tide(inside: str, known: Hints | None = None) -> Item:
    """The one item of an invented dispatch."""
    return dispatch(f'<story guid="7">{inside}</story>', known)[0]


def dispatch(stories: str, known: Hints | None = None) -> tuple[Item, ...]:
    """The items of an invented dispatch."""
    text = f'<dispatch xmlns="urn:tide" xmlns:y="urn:tide:extra"><stories>{stories}</stories>'
    return formats.read(f"{text}</dispatch>".encode(), known or hints()).items


HEAD = '<words role="foot">No</words><words role="head">Ferry runs</words>'


@pytest.mark.parametrize("wire", pairs("vendor-xml", ".xml"), ids=lambda path: path.stem)
def test_a_wire_is_read_as_its_pair_says(wire: Path) -> None:
    """The shipped profiles read their vendors' files field by field."""
    items = formats.read(wire.read_bytes()).items
    wanted = expected(wire)
    assert [shown(item, each) for item, each in zip(items, wanted, strict=True)] == wanted


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_format_error(body: bytes) -> None:
    """Whatever comes, it is read or refused in words."""
    for wire in (body, b"<RBNews><NewsID>1</NewsID>" + body, b"<release id='1'>" + body):
        assert vendor_xml.sniff(wire, Hints()) in Score
        try:
            vendor_xml.read(wire, Hints())
        except FormatError as error:
            assert str(error)  # noqa: PT017 - what else may be raised is the point


def test_only_a_root_that_a_profile_names_is_sniffed() -> None:
    """A stranger's root, or a known one without the elements that tell it apart, is left alone."""
    assert vendor_xml.sniff(b"<RBNews><NewsID>", Hints()) is Score.CERTAIN
    assert vendor_xml.sniff(b"<release><a/>", Hints()) is Score.NO
    assert vendor_xml.sniff(b"<RBNews xmlns='urn:x'><NewsID>", Hints()) is Score.NO
    assert vendor_xml.sniff(b"<dispatch xmlns='urn:tide'><story>", Hints()) is Score.NO
    assert vendor_xml.sniff(b"<dispatch xmlns='urn:tide'><story>", hints()) is Score.CERTAIN


def test_fields_come_by_path_list_constant_and_condition() -> None:
    """The first path that says something counts; several values are joined or listed."""
    item = tide(f"{HEAD}<keys><key>SEA</key><key>FERRY</key></keys><y:town>Norlin</y:town>")
    assert (item.item_id, item.headline, item.provider) == ("7", "Ferry runs", "Tidewire")
    assert (item.slug, item.keywords) == ("SEA-FERRY", ("SEA", "FERRY"))
    assert item.dateline is not None
    assert item.dateline.place == "Norlin"
    (other,) = dispatch(f"<story><number>8</number>{HEAD}</story>")
    assert other.item_id == "8"


def test_words_are_mapped_and_unknown_ones_hold() -> None:
    """A status the map does not know withholds the story; no status means usable."""
    assert tide(f"{HEAD}<state>DEAD</state>").status == "canceled"
    assert tide(f"{HEAD}<state>ok</state>").status == "usable"
    assert tide(HEAD).status == "usable"
    assert tide(f"{HEAD}<state>odd</state>").status == "withheld"


def test_numbers_and_words_of_urgency_are_put_on_the_scale() -> None:
    """The profile's maps speak, in XML of the agency's own too."""
    assert tide(f"{HEAD}<rank>3</rank>").urgency == 1
    assert tide(f"{HEAD}<rank>Flash</rank>").urgency == 1
    assert tide(f"{HEAD}<rank>6</rank>").urgency == 6


def test_times_are_read_as_they_are_written() -> None:
    """By the profile's form and zone; an unreadable embargo holds, an unreadable time is told."""
    item = tide(f"{HEAD}<at>05.01.2026 21:00</at><hold>05.01.2026 22:00</hold>")
    assert item.first_created is not None
    assert item.embargo_until is not None
    assert (item.first_created.hour, item.embargo_until.hour) == (12, 13)
    doubtful = tide(f"{HEAD}<at>soon</at><hold>tomorrow</hold>")
    assert (doubtful.first_created, doubtful.embargo_until) == (None, None)
    assert doubtful.embargo_text == "tomorrow"
    assert tide(f'{HEAD}<hold until="06.01.2026"/>').embargo_text == "until: 06.01.2026"
    assert tide(f'{HEAD}<hold><day value="6"/></hold>').embargo_text == "value: 6"
    assert tide(f"{HEAD}<hold> </hold>").embargo_text == ""
    assert "'soon' in first_created" in doubtful.warnings[0]


def test_text_is_text_and_html_is_cleaned() -> None:
    """Plain text shows its angle brackets; HTML keeps its markup and loses what could run."""
    item = tide(
        f"{HEAD}<text>1 &lt; 2</text><html>&lt;p onclick='x()'&gt;One &lt;b&gt;two&lt;/b&gt;"
        "&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</html><html><p>In <i>place</i>.</p></html>"
    )
    assert [block.html for block in item.body] == [
        "<p>From the coast:<br>1 &lt; 2</p>",
        "<p>One <b>two</b></p>",
        "<p>In <i>place</i>.</p>",
    ]


def test_a_category_becomes_a_media_topic() -> None:
    """A subject that [categories] knows gets its code; another keeps its name."""
    item = tide(f"{HEAD}<topic>SEA</topic><topic>Tides</topic>")
    assert [(each.code, each.name) for each in item.subjects] == [
        ("04000000", "economy, business and finance"),
        ("", "Tides"),
    ]


def test_one_bad_story_spares_its_neighbours() -> None:
    """A story that says nothing is named in `spoiled`, the others are read."""
    text = f'<dispatch xmlns="urn:tide"><stories><story/><story>{HEAD}</story></stories></dispatch>'
    reading = formats.read(text.encode(), hints())
    assert len(reading.items) == 1
    assert "Story 1 of 2" in reading.spoiled[0]


def test_entities_from_outside_are_not_read() -> None:
    """A DOCTYPE is skipped unread, and what it declares is refused or left as text."""
    wire = (
        '<!DOCTYPE RBNews [<!ENTITY x SYSTEM "file:///etc/passwd">]><RBNews><NewsID>1</NewsID>'
        "<headline>A &x; B</headline></RBNews>"
    )
    try:
        assert "root:" not in str(formats.read(wire.encode()))
    except FormatError as error:
        assert "root:" not in str(error)  # noqa: PT017 - it may be refused, never read


def test_a_named_profile_reads_no_other_root() -> None:
    """A source whose profile reads XML of its own refuses another vendor's."""
    (mine,) = profiles.own_profiles({"tide": TIDE})
    with pytest.raises(FormatError, match="<RBNews>"):
        vendor_xml.read(b"<RBNews><NewsID>1</NewsID></RBNews>", Hints(profile=mine))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "a/",
        "..",
        "a/../b",
        "a | b",
        "count(a)",
        "a[1]",
        "a[b]",
        "a[@b='1' or 1]",
        "//a//b",
        "//*",
        "@a/b",
        "ancestor::a",
        "string(.)",
        "a[contains(@b,'c')]",
        "q:a",
        "a[@q:b='c']",
        "/".join("abcdefghijklmn"),
        "a" * 201,
        "$a",
        'a[@b="\'"]',
    ],
)
def test_a_path_outside_the_subset_is_refused(path: str) -> None:
    """No functions, positions, conditions on text, ways upwards or unbounded searches."""
    with pytest.raises(FormatError):
        paths.compiled_path(path, "", {})


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("b", ["1", "2"]),
        ("./b", ["1", "2"]),
        ("b[@k='x']", ["2"]),
        ('b[@k="x"]', ["2"]),
        ("b[@k='a/b c']", []),
        ("c/d/@k", ["y"]),
        ("//d", ["3"]),
        ("c//d", ["3"]),
        ("*/d", ["3"]),
        ("p:e", ["4"]),
        (".", ["123456"]),
        ("//n", ["56"]),
    ],
)
def test_a_path_of_the_subset_leads_where_it_says(path: str, found: list[str]) -> None:
    """Children, attributes, equality of an attribute, anywhere below (the outermost), prefixes."""
    root = vendor_xml.xml.parse(
        b'<a xmlns:q="urn:q"><b>1</b><b k="x">2</b><c><d k="y">3</d></c><q:e>4</q:e>'
        b"<n>5<n>6</n></n></a>",
        Hints(),
    )
    led = paths.compiled_path(path, "", {"p": "urn:q"})(root)
    assert [vendor_xml._raw(each) for each in led] == found


def test_a_field_without_a_path_is_refused() -> None:
    """A field must come from somewhere."""
    with pytest.raises(FormatError, match="a path or a constant"):
        paths.compiled(XmlReader(root="r", fields={"headline": ()}))
