"""ninjs in its three generations, and as loosely as it is sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import expected, pairs, shown

from wirecopy.errors import FormatError
from wirecopy.formats import ninjs
from wirecopy.formats.hints import Hints, Score

KEYS = [
    "uri",
    "version",
    "type",
    "pubstatus",
    "headline",
    "headlines",
    "bodies",
    "body_html",
    "description_text",
    "by",
    "located",
    "dateline",
    "subject",
    "places",
    "person",
    "renditions",
    "associations",
    "altids",
    "rightsinfo",
    "usageterms",
    "ednote",
    "embargoed",
    "urgency",
    "keywords",
    "infosource",
    "signal",
    "evolvedfrom",
    "service",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*KEYS, "name", "value", "role", "href", "coordinates", "geojson"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("wire", pairs("ninjs", ".ninjs"), ids=lambda path: path.stem)
def test_a_wire_is_read_as_its_pair_says(wire: Path) -> None:
    """Each invented object gives exactly the items, and the fields, that stand beside it."""
    items = ninjs.read(wire.read_bytes(), Hints(name=wire.name)).items
    wanted = expected(wire)
    assert [shown(i, w) for i, w in zip(items, wanted, strict=True)] == wanted


def test_a_list_spares_what_is_good_in_it() -> None:
    """An entry that is no object is named; its neighbours are read."""
    reading = ninjs.read(b'[{"uri":"urn:mw:1"},7]', Hints())
    assert len(reading.items) == 1
    assert reading.spoiled == ("Item 2 of 2 is no JSON object.",)


def test_the_same_object_without_an_id_has_the_same_id() -> None:
    """Without uri the id is made of what the object says, whatever the order of its keys."""
    (one,) = ninjs.read(b'{"headline":"A","urgency":3}', Hints()).items
    (two,) = ninjs.read(b'{"urgency":3,"headline":"A"}', Hints()).items
    (other,) = ninjs.read(b'{"headline":"B","urgency":3}', Hints()).items
    assert one.item_id == two.item_id != other.item_id
    assert one.id_from == "content"


@pytest.mark.parametrize(
    ("head", "score"),
    [
        (b'{"$standard":{"name":"ninjs"},', Score.CERTAIN),
        (b'\xef\xbb\xbf {"uri":"x","body_html":"', Score.LIKELY),
        (b'{"uri":"x","versionCreated":"', Score.LIKELY),
        (b'{"version":"https://jsonfeed.org/version/1.1","uri":"x","bodies":[]', Score.NO),
        (b'{"format":"digitalwires@1.0","uri":"x","pubstatus":"usable"', Score.NO),
        (b'{"uri":"x"}', Score.NO),
        (b"<nitf/>", Score.NO),
    ],
)
def test_sniffing_tells_ninjs_from_other_json(head: bytes, score: Score) -> None:
    """Its own keys make ninjs; JSON Feed and agencies' own JSON are left to their readers."""
    assert ninjs.sniff(head, Hints()) == score


@pytest.mark.parametrize("body", [b"", b"{", b"7", b'"x"', b"[" * 100_000])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    """Broken or bare JSON gives a FormatError with a sentence."""
    with pytest.raises(FormatError, match="The JSON"):
        ninjs.read(body, Hints())


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6))
def test_no_object_raises_anything(node: dict[str, object]) -> None:
    """Whatever stands under the known keys, one item comes of it."""
    body = json.dumps(node, allow_nan=False, default=str) if _finite(node) else "{}"
    assert len(ninjs.read(body.encode(), Hints()).items) == 1


def _finite(value: object) -> bool:
    if isinstance(value, float):
        return value - value == 0
    if isinstance(value, dict):
        return all(map(_finite, value.values()))
    return all(map(_finite, value)) if isinstance(value, list) else True


def test_an_empty_title_swallows_no_body() -> None:
    """XHTML may have a head with an empty title; the text behind it is all there."""
    page = "<html><head><title/></head><body><p>The tide came.</p><p>It went.</p></body></html>"
    wire = {"uri": "urn:nrn:1", "headline": "Tide", "body_xhtml": page}
    (item,) = ninjs.read(json.dumps(wire).encode(), Hints()).items
    assert [block.html for block in item.body] == ["<p>The tide came.</p>", "<p>It went.</p>"]
