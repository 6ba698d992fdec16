"""NITF: one document, one item; what the head says of it and what it does to others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import expected, pairs, shown

from wirecopy.errors import FormatError
from wirecopy.formats import nitf
from wirecopy.formats.hints import Hints, Score


@pytest.mark.parametrize("wire", pairs("nitf", ".xml"), ids=lambda path: path.stem)
def test_a_wire_is_read_as_its_pair_says(wire: Path) -> None:
    """Each invented file gives exactly the item, and the fields, that stand beside it."""
    items = nitf.read(wire.read_bytes(), Hints(name=wire.name)).items
    wanted = expected(wire)
    assert [shown(i, w) for i, w in zip(items, wanted, strict=True)] == wanted


def test_without_an_id_the_file_name_is_one() -> None:
    """A document without doc-id and du-key goes by its file's name, without one by its content."""
    body = b"<nitf><body><body.content><p>Smoke rose.</p></body.content></body></nitf>"
    (named,) = nitf.read(body, Hints(name="in/MW-7.xml")).items
    (nameless,) = nitf.read(body, Hints()).items
    assert (named.item_id, named.id_from) == ("MW-7.xml", "id")
    assert nameless.id_from == "content"
    with pytest.raises(FormatError, match="neither an id"):
        nitf.read(b"<nitf/>", Hints())


@pytest.mark.parametrize(
    ("said", "year"), [("2026", "2026"), ("2024-2026", "2024"), ("9" * 5000, ""), ("soon", "")]
)
def test_the_year_of_a_copyright_is_one(said: str, year: str) -> None:
    """No number of five thousand figures takes a page off that is to show it."""
    head = f'<docdata><doc-id id-string="a"/><doc.copyright year="{said}"/></docdata>'
    (item,) = nitf.read(f"<nitf><head>{head}</head></nitf>".encode(), Hints()).items
    assert item.rights.copyright_year == year


def test_times_without_zone_are_the_sources() -> None:
    """A time that says no zone is read in the zone of its source."""
    issued = b'<doc-id id-string="a"/><date.issue norm="20260105T110000"/>'
    body = b"<nitf><head><docdata>" + issued + b"</docdata></head></nitf>"
    (item,) = nitf.read(body, Hints(timezone="Asia/Kolkata")).items
    assert item.version_created is not None
    assert item.version_created.isoformat() == "2026-01-05T05:30:00+00:00"


def test_a_line_below_the_text_that_is_not_for_publication_is_a_note() -> None:
    """Readers see taglines; one of the type npa says whom desks may call."""
    end = b"<tagline>ab/cd</tagline><tagline type='npa'>Desk: 555 0100</tagline>"
    body = (
        b"<body><body.content><p>Smoke.</p></body.content><body.end>" + end + b"</body.end></body>"
    )
    (item,) = nitf.read(b"<nitf>" + body + b"</nitf>", Hints(name="a.xml")).items
    assert item.sign_off == "ab/cd"
    assert [(note.text, note.publishable) for note in item.ed_notes] == [("Desk: 555 0100", False)]


def test_a_pictures_credit_names_photographer_and_agency() -> None:
    """The producer takes the photograph, the source's credit is what the agency asks for."""
    picture = (
        b"<media media-type='image'><media-reference source='a.jpg' source-credit='Tarn Photo'/>"
        b"<media-producer>Ada Marr</media-producer></media>"
    )
    body = b"<body><body.content><p>Smoke.</p>" + picture + b"</body.content></body>"
    (item,) = nitf.read(b"<nitf>" + body + b"</nitf>", Hints(name="a.xml")).items
    assert item.media[0].credit == "Ada Marr/Tarn Photo"


@pytest.mark.parametrize(
    ("head", "score"),
    [
        (b'<!DOCTYPE nitf SYSTEM "x.dtd">\n<nitf>', Score.CERTAIN),
        (b'<n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/">', Score.CERTAIN),
        (b"<newsItem>", Score.NO),
        (b"nitf", Score.NO),
    ],
)
def test_sniffing_goes_by_the_root(head: bytes, score: Score) -> None:
    """The root element decides, with or without namespace."""
    assert nitf.sniff(head, Hints()) == score


def test_another_root_is_refused() -> None:
    """What is not nitf is not read as nitf."""
    with pytest.raises(FormatError, match="root element is html"):
        nitf.read(b"<html/>", Hints())


@given(st.sampled_from(pairs("nitf", ".xml")), st.integers(0, 4000), st.binary(max_size=12))
def test_no_bytes_raise_anything_but_a_format_error(wire: Path, at: int, junk: bytes) -> None:
    """Junk anywhere in a file gives an item or a FormatError, never another exception."""
    body = wire.read_bytes()
    try:
        said = nitf.read(body[:at] + junk + body[at + len(junk) :], Hints()).format
    except FormatError as error:
        said = str(error)
    assert said
