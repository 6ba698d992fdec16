"""JSON of agencies' own: items of AP, dpa and Reuters, alone and in what their services answer."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import expected, pairs, shown

from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.formats import vendor_json
from wirecopy.formats.hints import Hints, Score

WIRES = pairs("vendor-json", ".vendor")
KEYS = [
    "data", "item", "items", "entries", "format", "urn", "uri", "usn", "altids", "itemid",
    "version", "pubstatus", "headline", "headLine", "bodyXhtml", "article_html", "bylines",
    "datelinelocation", "located", "renditions", "associations", "categories", "ednotes",
    "notepad", "type", "name", "qcode", "geojson", "geometry", "coordinates", "embargoed",
    "urgency", "editorialpriority", "rank", "role", "ednote", "href", "url", "width", "nitf",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.just("digitalwires@1"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=14,
)


@pytest.mark.parametrize("wire", WIRES, ids=lambda path: path.stem)
def test_a_wire_is_read_as_its_pair_says(wire: Path) -> None:
    """Each invented answer gives exactly the items, and the fields, that stand beside it."""
    reading = formats.read(wire.read_bytes(), Hints(name=wire.name))
    wanted = expected(wire)
    assert reading.format == "vendor-json"
    assert [shown(i, w) for i, w in zip(reading.items, wanted, strict=True)] == wanted


def test_a_nameless_item_spares_its_neighbours() -> None:
    """An item without an id is named; the others of the answer are read."""
    wire = next(w for w in WIRES if w.stem == "ap-feed")
    reading = vendor_json.read(wire.read_bytes(), Hints())
    assert len(reading.items) == 4
    assert reading.spoiled == ("Item 5 of 5: The item has no id.",)


@pytest.mark.parametrize(
    ("said", "urgency"),
    [
        ({"editorialpriority": "f"}, 1),
        ({"editorialpriority": "d"}, 6),
        ({"editorialpriority": "?"}, 5),
        ({"urgency": 4, "editorialpriority": "b"}, 5),
        ({"urgency": 1}, 1),
        ({}, 5),
    ],
)
def test_an_urgency_comes_by_number_or_letter(said: dict[str, object], urgency: int) -> None:
    """AP's number counts its own priorities; without one the letter does."""
    item = {"altids": {"itemid": "x"}, "pubstatus": "usable", **said}
    (read,) = vendor_json.read(json.dumps({"item": item}).encode(), Hints()).items
    assert read.urgency == urgency


@pytest.mark.parametrize(
    ("head", "score"),
    [
        (b'{"format":"digitalwires@1.0.0",', Score.CERTAIN),
        (b'[{"format": "digitalwires@0.9.1",', Score.CERTAIN),
        (b'\xef\xbb\xbf{"id":"q","api_version":"1.1","data":{', Score.LIKELY),
        (b'{"item":{"uri":"u","altids":{"itemid":"x"}', Score.LIKELY),
        (b'{"data":{"item":{"uri":"tag:reuters.com,2026:newsml_X","usn":"X"', Score.CERTAIN),
        (b'{"$standard":{"name":"ninjs"},"uri":"x"', Score.NO),
        (b'{"version":"https://jsonfeed.org/version/1.1","api_version":1', Score.NO),
        (b"<nitf/>", Score.NO),
    ],
)
def test_sniffing_tells_vendors_from_standards(head: bytes, score: Score) -> None:
    """Marks that only one vendor leaves make it certain; ninjs and JSON Feed are left alone."""
    assert vendor_json.sniff(head, Hints()) == score


@pytest.mark.parametrize(
    "body", [b"", b"{", b"7", b'{"a":1}', b"[[[[[[[[{}]]]]]]]]", b"[" * 99_999]
)
def test_what_holds_no_item_is_refused(body: bytes) -> None:
    """Broken JSON and JSON of others give a FormatError with a sentence."""
    with pytest.raises(FormatError, match="The JSON"):
        vendor_json.read(body, Hints())


def test_an_answer_without_a_name_alone_is_refused() -> None:
    """One item without an id is a FormatError, not an empty reading."""
    with pytest.raises(FormatError, match="no id"):
        vendor_json.read(b'{"format":"digitalwires@1","headline":"H"}', Hints())


@given(JSON)
def test_no_object_raises_anything_but_a_format_error(found: object) -> None:
    """Whatever stands under the known keys gives items or a FormatError."""
    try:
        items = vendor_json.read(json.dumps(found).encode(), Hints()).items
        said = msgspec.json.encode(items)
    except FormatError as error:
        said = str(error).encode()
    assert said


@given(st.sampled_from(WIRES), st.integers(0, 4000), st.binary(max_size=12))
def test_no_bytes_raise_anything_but_a_format_error(wire: Path, at: int, junk: bytes) -> None:
    """Junk anywhere in an answer gives items or a FormatError, never another exception."""
    body = wire.read_bytes()
    try:
        said = vendor_json.read(body[:at] + junk + body[at + len(junk) :], Hints()).format
    except FormatError as error:
        said = str(error)
    assert said
