"""NewsML-G2: items, packages, messages, and the quirks of those who send them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import expected, pairs, shown

from wirecopy.errors import FormatError
from wirecopy.formats import catalogs, newsml_g2
from wirecopy.formats.hints import Hints, Score

NS = b'xmlns="http://iptc.org/std/nar/2006-10-01/"'


@pytest.mark.parametrize("wire", pairs("newsml-g2", ".xml"), ids=lambda path: path.stem)
def test_a_wire_is_read_as_its_pair_says(wire: Path) -> None:
    """Each invented file gives exactly the items, and the fields, that stand beside it."""
    items = newsml_g2.read(wire.read_bytes(), Hints(name=wire.name)).items
    wanted = expected(wire)
    assert [shown(i, w) for i, w in zip(items, wanted, strict=True)] == wanted


def test_a_ruined_item_spares_its_neighbours() -> None:
    """An item without an id and without content is named; the others of its message are read."""
    wire = next(w for w in pairs("newsml-g2", ".xml") if w.stem == "message")
    reading = newsml_g2.read(wire.read_bytes(), Hints())
    assert len(reading.items) == 6
    assert reading.spoiled == ("Item 5 of 7: The newsItem has no guid, no headline and no text.",)


def test_a_fragment_is_refused_with_a_reason() -> None:
    """What is no item and no message is no NewsML-G2 delivery."""
    with pytest.raises(FormatError, match="root element is contentSet"):
        newsml_g2.read(b"<contentSet " + NS + b"/>", Hints())


@pytest.mark.parametrize(
    ("head", "score"),
    [
        (b"<?xml version='1.0'?>\n<newsMessage " + NS + b">", Score.CERTAIN),
        (b"\xef\xbb\xbf<!-- x --><newsItem " + NS + b">", Score.CERTAIN),
        (b"<newsItem guid='x'>", Score.LIKELY),
        (b"<nitf>", Score.NO),
        (b"<NewsML>", Score.NO),
        (b"{}", Score.NO),
    ],
)
def test_sniffing_goes_by_the_root(head: bytes, score: Score) -> None:
    """The root element and its namespace decide."""
    assert newsml_g2.sniff(head, Hints()) == score


def test_local_time_of_an_agency_whose_z_lies() -> None:
    """A clock known to show local time is read so, whatever letter stands behind it."""
    body = (
        b"<newsItem " + NS + b' guid="x"><itemMeta><provider literal="ansa.it"/>'
        b"<versionCreated>2026-01-05T13:00:00.000Z</versionCreated></itemMeta></newsItem>"
    )
    (item,) = newsml_g2.read(body, Hints()).items
    assert item.version_created is not None
    assert item.version_created.isoformat() == "2026-01-05T12:00:00+00:00"


def test_codes_are_resolved_without_asking_anyone() -> None:
    """QCodes become scheme and code by the document's aliases, then the IPTC's, else stay."""
    assert catalogs.resolve("medtop:01") == ("http://cv.iptc.org/newscodes/mediatopic/", "01")
    assert catalogs.resolve("medtop:01", {"medtop": "x/"}) == ("x/", "01")
    assert catalogs.resolve("own:a:b") == ("own", "a:b")
    assert catalogs.resolve("bare") == ("", "bare")
    assert catalogs.split("https://cv.iptc.org/newscodes/signal/update")[1] == "update"
    assert catalogs.split("http://elsewhere.example/a") == ("", "http://elsewhere.example/a")
    assert catalogs.short("http://cv.iptc.org/newscodes/signal/", "update") == "sig:update"


@given(st.sampled_from(pairs("newsml-g2", ".xml")), st.integers(0, 4000), st.binary(max_size=12))
def test_no_bytes_raise_anything_but_a_format_error(wire: Path, at: int, junk: bytes) -> None:
    """Junk anywhere in a file gives items or a FormatError, never another exception."""
    body = wire.read_bytes()
    try:
        said = newsml_g2.read(body[:at] + junk + body[at + len(junk) :], Hints()).format
    except FormatError as error:
        said = str(error)
    assert said
