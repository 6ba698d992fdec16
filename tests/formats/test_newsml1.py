"""NewsML 1: items and the revisions of them, their components, and what cannot be used."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import expected, pairs, shown

from wirecopy.errors import FormatError
from wirecopy.formats import newsml1, newsml1_manage, newsml1_meta
from wirecopy.formats.hints import Hints, Score
from wirecopy.model import Item

NAMED = (
    "<Identification><NewsIdentifier><ProviderId>norrane.example</ProviderId>"
    "<DateId>20260105</DateId><NewsItemId>x</NewsItemId>"
    '<RevisionId PreviousRevision="1" Update="{how}">2</RevisionId>'
    "</NewsIdentifier></Identification>"
)
PART = (
    "<NewsComponent><NewsLines><HeadLine>H</HeadLine></NewsLines>"
    "<ContentItem><DataContent>T</DataContent></ContentItem></NewsComponent>"
)
"""A component with words, but without metadata that would show it to be the whole."""
WIRES = pairs("newsml1", ".xml")


def _item(inside: str, how: str = "N", status: str = "Usable", more: str = "") -> bytes:
    managed = f'<NewsManagement><Status FormalName="{status}"/>{more}</NewsManagement>'
    item = f"<NewsItem>{NAMED.format(how=how)}{managed}{inside}</NewsItem>"
    return f"<NewsML><NewsEnvelope/>{item}</NewsML>".encode()


def _read(body: bytes, **hints: str) -> Item:
    (item,) = newsml1.read(body, Hints(**hints)).items  # type: ignore[arg-type] # texts only
    return item


def _wire(name: str) -> bytes:
    return next(w for w in WIRES if w.stem == name).read_bytes()


@pytest.mark.parametrize("wire", WIRES, ids=lambda path: path.stem)
def test_a_wire_is_read_as_its_pair_says(wire: Path) -> None:
    """Each invented file gives exactly the items, and the fields, that stand beside it."""
    items = newsml1.read(wire.read_bytes(), Hints(name=wire.name)).items
    wanted = expected(wire)
    assert [shown(i, w) for i, w in zip(items, wanted, strict=True)] == wanted


def test_a_ruined_item_spares_its_neighbours() -> None:
    """An item that says nothing is named; the others of its file are read."""
    reading = newsml1.read(_wire("several-items"), Hints())
    assert len(reading.items) == 3
    assert reading.spoiled == (
        "Item 3 of 4: The news item has neither an id nor a headline nor a text.",
    )


@pytest.mark.parametrize(
    "inside",
    [
        '<Update><Replace DuidRef="p3"><p Duid="p3">Nine ships.</p></Replace></Update>',
        f'<Update><Replace DuidRef="c">{PART}</Replace></Update>',
        '<Update><Replace DuidRef="a"/></Update><Update><Delete DuidRef="b"/></Update>',
    ],
)
def test_an_update_of_parts_is_never_read_as_a_whole(inside: str) -> None:
    """What changes parts of an earlier tree brings orders alone: no text that could stand."""
    item = _read(_item(inside, how="U"))
    assert (item.headline, item.body, item.media) == ("", (), ())
    assert item.edits


def test_a_management_revision_never_empties_a_story() -> None:
    """A usable revision without content is refused: read as an item it would wipe the text."""
    with pytest.raises(FormatError, match="wait for the full item"):
        newsml1.read(_item("", how="A"), Hints())


def test_a_notice_about_an_older_revision_is_no_kill() -> None:
    """Only what is said of all revisions, or of the one before, takes the story down."""
    for revision, status in (("", "canceled"), (' Revision="1"', "canceled")):
        told = f'<Instruction><RevisionStatus{revision}><Status FormalName="Canceled"/></RevisionStatus></Instruction>'  # noqa: E501 - one element
        assert _read(_item("", how="A", more=told)).status == status
    old = '<Instruction><RevisionStatus Revision="0"><Status FormalName="Canceled"/></RevisionStatus></Instruction>'  # noqa: E501 - one element
    with pytest.raises(FormatError, match="wait for the full item"):
        newsml1.read(_item("", how="A", more=old), Hints())


def test_an_embargo_set_afterwards_holds() -> None:
    """A revision that only sets an embargo holds the story back."""
    when = (
        '<StatusWillChange><FutureStatus FormalName="usable"/>'
        "<DateAndTime>20260107T090000Z</DateAndTime></StatusWillChange>"
    )
    item = _read(_item("", how="A", status="embargoed", more=when))
    assert item.status == "withheld"
    assert item.embargo_until is not None


def test_of_two_ends_of_an_embargo_one_that_cannot_be_read_holds() -> None:
    """The end that can be read may be the earlier one: nothing is usable before staff say so."""
    change = (
        '<StatusWillChange><FutureStatus FormalName="usable"/>'
        "<DateAndTime>{when}</DateAndTime></StatusWillChange>"
    )
    both = change.format(when="20260107T090000Z") + change.format(when="after the speech")
    item = _read(_item("<p>It sank.</p>", how="U", status="embargoed", more=both))
    assert item.status == "withheld"
    assert "after the speech" in item.embargo_text


def test_a_kill_without_an_id_is_refused() -> None:
    """A notice that names no story is quarantined, where staff see it."""
    body = b'<NewsML><NewsItem><NewsManagement><Status FormalName="Canceled"/></NewsManagement></NewsItem></NewsML>'  # noqa: E501 - one element
    with pytest.raises(FormatError, match="no id"):
        newsml1.read(body, Hints())


def test_a_kill_that_names_none_of_its_stories_is_refused() -> None:
    """Where components have ids of their own, a notice without them must not look carried out."""
    body = _item("", how="A", status="Canceled").replace(b"norrane.example", b"belga.be")
    with pytest.raises(FormatError, match="by hand"):
        newsml1.read(body, Hints())


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("", "Dam at Ellery holds"),
        ("de", "Damm von Ellery hält"),
        ("fr-CA", "Le barrage tient"),
        ("sv", "Dam at Ellery holds"),
    ],
)
def test_the_source_chooses_the_language(language: str, headline: str) -> None:
    """Of one story in several languages the source's is read, else the item's own."""
    item = _read(_wire("languages"), language=language)
    assert item.headline == headline
    assert "other languages" in item.warnings[0]
    assert item.item_id == "urn:newsml:norrane.example:20260105:dam-2"


def test_topics_are_named_in_the_items_language() -> None:
    """A name in the item's language is taken before the first one; a category is no name."""
    body = _wire("text").replace(b'FormalName="en"/>', b'FormalName="de"/>')
    assert _read(body).subjects[0].name == "Verkehr"


def test_times_without_zone_are_the_sources() -> None:
    """A time that says no zone is read in the zone of its source, which beats the agency's."""
    body = _wire("own-properties")
    told = newsml1.read(body, Hints(timezone="Asia/Kolkata")).items[0].first_created
    assert told is not None
    assert told.isoformat() == "2026-01-05T06:15:00+00:00"


@pytest.mark.parametrize(
    ("name", "own", "revision"),
    [
        ("urn:newsml:a.example:20260105:x-7:12N", "urn:newsml:a.example:20260105:x-7", 12),
        ("urn:newsml:a.example:20260105:x-7", "urn:newsml:a.example:20260105:x-7", None),
        ("a.example:20260105:x-7", "urn:newsml:a.example:20260105:x-7", None),
        ("http://a.example/7", "http://a.example/7", None),
        ("", "", None),
    ],
)
def test_a_name_is_told_from_its_revision(name: str, own: str, revision: int | None) -> None:
    """Names of other items lose their revision, so that they meet the ids of stories."""
    assert newsml1_manage.unversioned(name) == (own, revision)


@pytest.mark.parametrize(
    ("notice", "holder"),
    [
        ("© 2026 Norrane. All rights reserved.", "Norrane"),
        ("Copyright Norrane 2026", "Norrane"),
        ("(c) by Norrane", "Norrane"),
        ("Norrane", "Norrane"),
        ("", ""),
    ],
)
def test_a_copyright_line_names_its_holder(notice: str, holder: str) -> None:
    """Signs, years and formulas around the name are no part of it."""
    assert newsml1_meta.holder_of(notice) == holder


@pytest.mark.parametrize(
    ("head", "score"),
    [
        (b'<?xml version="1.0"?>\n<!DOCTYPE NewsML PUBLIC "a" "b" [\n]>\n<NewsML>', Score.CERTAIN),
        (b'<n:NewsML xmlns:n="http://iptc.org/std/NewsML/2003-10-10/">', Score.CERTAIN),
        (b"<newsItem>", Score.NO),
        (b"NewsML", Score.NO),
    ],
)
def test_sniffing_goes_by_the_root(head: bytes, score: Score) -> None:
    """The root element decides, with or without namespace or DOCTYPE."""
    assert newsml1.sniff(head, Hints()) == score


def test_a_pictures_end_of_use_is_in_the_zone_of_the_wire() -> None:
    """As the story's is; a wire east of Greenwich would have its picture shown for hours more."""
    wire = _wire("text")
    for told in (b"20260201T000000Z", b"20260301T000000Z"):
        assert told in wire
        wire = wire.replace(told, told.rstrip(b"Z"))
    item = _read(wire, timezone="Asia/Kolkata")
    ends = [media.expires_at for media in item.media if media.expires_at]
    assert item.expires_at == datetime(2026, 2, 28, 18, 30, tzinfo=UTC)
    assert ends == [datetime(2026, 1, 31, 18, 30, tzinfo=UTC)]


def test_another_root_is_refused() -> None:
    """What is not NewsML 1 is not read as such; an envelope alone is a heartbeat."""
    with pytest.raises(FormatError, match="root element is html"):
        newsml1.read(b"<html/>", Hints())
    assert newsml1.read(b"<NewsML><NewsEnvelope/></NewsML>", Hints()).items == ()


@given(st.sampled_from(WIRES), st.integers(0, 6000), st.binary(max_size=12))
def test_no_bytes_raise_anything_but_a_format_error(wire: Path, at: int, junk: bytes) -> None:
    """Junk anywhere in a file gives items or a FormatError, never another exception."""
    body = wire.read_bytes()
    try:
        said = newsml1.read(body[:at] + junk + body[at + len(junk) :], Hints()).format
    except FormatError as error:
        said = str(error)
    assert said


@given(
    st.recursive(
        st.text(max_size=6),
        lambda inner: st.lists(
            st.tuples(
                st.sampled_from([
                    "NewsComponent", "ContentItem", "DataContent", "NewsLines", "HeadLine",
                    "DateLine", "Role", "Update", "Replace", "nitf", "body", "html", "p",
                    "RightsMetadata", "UsageRights", "EndDate", "Topic", "NewsItem",
                ]),
                inner,
            ),
            max_size=3,
        ),
        max_leaves=14,
    )
)  # fmt: skip
def test_no_tree_raises_anything_but_a_format_error(tree: object) -> None:
    """Its own elements in any order and depth give items or a FormatError."""
    try:
        said = newsml1.read(_item(_markup(tree)), Hints()).format
    except FormatError as error:
        said = str(error)
    assert said


def _markup(tree: object) -> str:
    if isinstance(tree, str):
        return tree.encode("ascii", "xmlcharrefreplace").decode().translate({60: None, 38: None})
    if isinstance(tree, tuple):
        return f'<{tree[0]} FormalName="Main" Href="a.jpg">{_markup(tree[1])}</{tree[0]}>'
    return "".join(map(_markup, tree)) if isinstance(tree, list) else ""
