"""Whatever bytes come, a format gives items or says in words why not, and nothing else happens."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import WIRES

from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.formats import Hints
from wirecopy.formats.ninjs_write import to_ninjs

FILES = tuple(
    path.read_bytes()
    for path in sorted(WIRES.rglob("*"))
    if path.is_file() and not path.name.endswith(".expected.json") and path.stat().st_size < 40_000
)
TOKENS = (
    b"<", b">", b"&", b"&#0;", b"&#x1F600;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b'"', b"'",
    b"\0", b"\x01", b"\x02", b"\x03", b"\x04", b"\x0c", b"\x16\x16\x01", b"\x1f", b"\x7f" * 9,
    b"\r\r\n", b"\n\n", b"^", b"=", b"/\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80\x81",
    b"\xed\xa0\x80", b"{", b"}", b"[", b"]", b",", b":", b"null", b"1e999", b"-1", b"9" * 400,
    b"\\ud800", b"xmlns=", b"<p>", b"</p>", b"<nitf>", b"<html>", b"<NewsItem>", b"<Update>",
    b"<NewsComponent>", b"<item>", b"<table>", b"2026-13-45T99:99:99Z", b"0000-00-00",
    b"9999-12-31T23:59:59-23:59", b"Content-Type: multipart/mixed; boundary=", b"[gallery ids=",
    b"\nSubject: =?utf-16?B?AA==?=\n", b"[/caption]", b"groupRef", b"%00", b"(dpa) - ",
)  # fmt: skip
"""What means something to one format or another, and breaks it in the wrong place."""


@st.composite
def _wires(draw: st.DrawFn) -> bytes:
    """A wire with bytes changed, taken out, doubled or put in, cut off, or grown into another."""
    body = draw(st.sampled_from(FILES))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(body)))
        upto = min(at + draw(st.integers(0, 60)), len(body))
        how = draw(st.sampled_from(["put", "change", "take", "double", "cut", "splice"]))
        token = draw(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=4)))
        if how == "splice":
            other = draw(st.sampled_from(FILES))
            body = body[:at] + other[draw(st.integers(0, len(other))) :]
        elif how == "cut":
            body = body[:at]
        else:
            instead = {"put": token + body[at:upto], "change": token, "take": b""}
            body = body[:at] + instead.get(how, body[at:upto] * 2) + body[upto:]
    return body


def _said(body: bytes, name: str = "") -> str:
    """The format that read the bytes, or its reason; the items must be such as can be kept."""
    try:
        reading = formats.read(body, Hints(format=name))
    except FormatError as error:
        return str(error)
    for item in reading.items:
        assert item.item_id
        assert msgspec.json.encode(item).decode()
        assert msgspec.json.encode(to_ninjs(item)).decode()
    assert all(reading.spoiled)
    return reading.format


@given(_wires())
def test_a_damaged_wire_gives_items_or_a_reason(body: bytes) -> None:
    """A file that was damaged on its way is read, or refused in words."""
    assert _said(body)


@given(_wires(), st.sampled_from(formats.names()))
def test_any_format_meets_any_wire(body: bytes, name: str) -> None:
    """A format that a source insists on reads what is its own, and refuses the rest in words."""
    assert _said(body, name)


@given(st.binary(max_size=400), st.sampled_from(formats.names()))
def test_any_format_meets_any_bytes(body: bytes, name: str) -> None:
    """Bytes of no kind at all are refused in words, whatever the settings call them."""
    assert _said(body, name)


@pytest.mark.parametrize("name", formats.names())
@pytest.mark.parametrize(
    "body", [b"", b" ", b"\xef\xbb\xbf", b"\0", b"<", b"{}", b"[]", b"{" * 9000]
)
def test_next_to_nothing_is_no_accident(name: str, body: bytes) -> None:
    """An empty file and its like give a reason, or an empty reading, in every format."""
    assert _said(body, name)
