"""NewsML 1 revisions that change single parts of the one before, by Duid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import WIRES

from wirecopy.errors import FormatError
from wirecopy.formats import markup, newsml1, newsml1_updates
from wirecopy.formats.hints import Hints
from wirecopy.model import Item

FERRIES = tuple(
    (WIRES / f"newsml1-updates/ferry-{revision}.xml").read_bytes() for revision in (1, 2, 3)
)
PARTS = ("root", "head", "p1", "p2", "p3", "force", "none", "")


def _read(body: bytes) -> Item:
    (item,) = newsml1.read(body, Hints()).items
    return item


def _paragraphs(item: Item) -> list[str]:
    return [markup.words_of((block,)) for block in item.body]


def _update(orders: str, *, name: str = "ferry-9", revision: int = 2) -> bytes:
    start, end = FERRIES[1].index(b"<Update>"), FERRIES[1].rindex(b"</Update>")
    body = FERRIES[1][:start] + f"<Update>{orders}".encode() + FERRIES[1][end:]
    return body.replace(b">ferry-9<", f">{name}<".encode()).replace(
        b">2</RevisionId>", f">{revision}</RevisionId>".encode()
    )


def test_an_item_with_duids_keeps_its_xml() -> None:
    """What later revisions may change is kept as XML; an item without Duids keeps nothing."""
    assert newsml1.read(_read(FERRIES[0]).original, Hints()).items[0].headline
    bare = FERRIES[0].replace(b"Duid=", b"Euid=")
    assert _read(bare).original == b""


def test_an_update_is_an_item_of_orders() -> None:
    """A revision of orders brings its id, revision and orders, and neither headline nor text."""
    item = _read(FERRIES[1])
    assert item.item_id == _read(FERRIES[0]).item_id
    assert (item.version, item.status, item.headline, item.body) == (2, "usable", "", ())
    assert b"InsertBefore" in item.edits
    assert item.original == b""


def test_the_orders_are_carried_out() -> None:
    """Replaced, inserted and struck out just where the update says; what stands around stays."""
    item = newsml1.revised(_read(FERRIES[0]).original, _read(FERRIES[1]).edits, Hints())
    assert item.headline == "Eight ferries stop at Ellery"
    assert item.byline == "By Mira Solt"
    assert _paragraphs(item) == [
        "The harbour of Ellery is shut.",
        "Six ferries stopped at Ellery on Monday.",
        "Two more followed by noon.",
        "Buses ran instead.",
        "The wind reached ten on the harbour's scale.",
    ]
    assert (item.version, item.urgency, item.edits) == (2, 3, b"")
    assert item.version_created
    assert item.version_created.hour == 9


def test_updates_follow_each_other() -> None:
    """What comes of one update can be changed by the next."""
    second = newsml1.revised(_read(FERRIES[0]).original, _read(FERRIES[1]).edits, Hints())
    third = newsml1.revised(second.original, _read(FERRIES[2]).edits, Hints())
    assert third.version == 3
    assert len(_paragraphs(third)) == 4
    assert "Two more followed by noon." not in _paragraphs(third)


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        (_update('<Delete DuidRef="p9"/>'), "'p9'.*ask for the full item"),
        (_update("<Delete/>"), "ask for the full item"),
        (_update('<Move DuidRef="p1"/>'), "not known: Move"),
        (_update('<Delete DuidRef="p1"/>', name="ferry-8"), "another news item"),
        (_update('<Delete DuidRef="p1"/>', revision=1), "revision 1 stands"),
        (_update('<Delete DuidRef="p1"/>' * 201), "more than 200 orders"),
    ],
)
def test_an_update_that_does_not_fit_is_refused(update: bytes, reason: str) -> None:
    """An update is carried out whole or not at all, and the reason says what is wrong."""
    with pytest.raises(FormatError, match=reason):
        newsml1.revised(_read(FERRIES[0]).original, _read(update).edits, Hints())


def test_parts_that_share_a_duid_are_not_guessed_at() -> None:
    """Where two parts carry the Duid that is meant, neither is changed."""
    doubled = FERRIES[0].replace(b'Duid="p2"', b'Duid="p1"')
    with pytest.raises(FormatError, match="same Duid"):
        newsml1.revised(_read(doubled).original, _read(FERRIES[1]).edits, Hints())


def test_what_is_kept_is_bounded() -> None:
    """An item over the bound is read, but not kept; it says so. An update over it is refused."""
    long = b"<p>" + b"x" * newsml1_updates.LONGEST_KEPT + b"</p>"
    item = _read(FERRIES[0].replace(b"</DataContent>", long + b"</DataContent>"))
    assert item.original == b""
    assert any("was not kept whole" in warning for warning in item.warnings)
    with pytest.raises(FormatError, match="longer than"):
        newsml1.read(FERRIES[1].replace(b"</Update>", long + b"</Update>", 1), Hints())


def test_a_kill_with_orders_is_a_kill() -> None:
    """An update whose management says canceled withdraws the story; nothing is to be folded."""
    item = _read(FERRIES[1].replace(b'Status FormalName="Usable"', b'Status FormalName="Canceled"'))
    assert (item.status, item.edits) == ("canceled", b"")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["InsertBefore", "InsertAfter", "Replace", "Delete"]),
            st.sampled_from(PARTS),
            st.sampled_from(["", "word", "<p>More.</p>", '<p Duid="p1">x</p> tail', "<NewsItem/>"]),
        ),
        max_size=6,
    )
)
def test_any_orders_give_an_item_or_a_reason(orders: list[tuple[str, str, str]]) -> None:
    """Whatever is ordered, what comes of it is an item that can be read again, or a FormatError."""
    said = "".join(f'<{how} DuidRef="{part}">{what}</{how}>' for how, part, what in orders)
    try:
        item = newsml1.revised(_read(FERRIES[0]).original, _read(_update(said)).edits, Hints())
        name = item.item_id
    except FormatError as error:
        name = str(error)
    assert name == "urn:newsml:norrane.example:20260105:ferry-9" or " " in name
