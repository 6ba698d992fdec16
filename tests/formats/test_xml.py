"""Hardened XML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.errors import FormatError
from wirecopy.formats import xml
from wirecopy.formats.hints import Hints

NONE = Hints()


def test_no_entity_is_expanded_and_no_file_read() -> None:
    """A DOCTYPE is skipped unread, so its entities do not exist."""
    bomb = (
        b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/group">]>'
        b"<r>text</r>"
    )
    assert xml.text(xml.parse(bomb, NONE)) == "text"
    with pytest.raises(FormatError, match="not well-formed"):
        xml.parse(bomb.replace(b"text", b"&b;&f;"), NONE)
    root, warnings = xml.recover(bomb.replace(b"text", b"x &b; &f; y"), NONE)
    assert (xml.text(root), len(warnings)) == ("x &b; &f; y", 1)


@pytest.mark.parametrize(
    ("body", "media_type", "expected"),
    [
        ("\ufeff<r>é</r>".encode(), "", "é"),
        ("<r>é“</r>".encode("utf-16"), "", "é“"),
        ("<?xml version='1.0'?><r>é</r>".encode("utf-16-be"), "", "é"),
        (b"<?xml version='1.0' encoding='iso-8859-1'?><r>\x93a\x94</r>", "", "“a”"),
        (b"<r>\x93a\xe9\x94</r>", "", "“aé”"),
        ("<r>д</r>".encode("koi8-r"), "text/xml; charset=koi8-r", "д"),
        (b"<?xml version='1.0' encoding='no-such'?><r>\xc3\xa9</r>", "", "é"),
        (b"<?xml version='1.0' encoding='punycode'?><r>\xc3\xa9</r>", "", "é"),
        (b"<r>it&#146;s &#x93;so</r>", "", "it’s “so"),
        (b"<r>a&nbsp;b&hellip; <![CDATA[&nbsp;]]></r>", "", "a b… &nbsp;"),
        (b"<r>a\x0bb&#11;c</r>", "", "abc"),
        (b"\n  <r> a \n b </r>", "", "a b"),
    ],
)
def test_bytes_are_decoded(body: bytes, media_type: str, expected: str) -> None:
    """BOM, declaration, transport, UTF-8, Windows-1252; nothing is lost on the way."""
    assert xml.text(xml.parse(body, Hints(media_type=media_type))) == expected


def test_recovery_keeps_the_text_behind_an_entity() -> None:
    """Recovered documents are whole and say what was wrong with them."""
    root, warnings = xml.recover(b"<r>Salt & Sons &unknown; <b>end</r>", NONE)
    assert xml.text(root) == "Salt & Sons &unknown; end"
    assert "recovered" in warnings[0]


def test_depth_is_limited() -> None:
    """A document nested without end is refused."""
    with pytest.raises(FormatError):
        xml.parse(b"<r>" * 250 + b"</r>" * 250, NONE)


@pytest.mark.parametrize(
    ("head", "root"),
    [
        (b"<rss version='2.0'>", ("", "rss")),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><feed xmlns='urn:x'>", ("urn:x", "feed")),
        (b"<a:feed xmlns:b='urn:b' xmlns:a='urn:a'>", ("urn:a", "feed")),
        (b'<!DOCTYPE nitf SYSTEM "x.dtd" [<!ENTITY a "<b>">]><nitf>', ("", "nitf")),
        ("<rss>".encode("utf-16"), ("", "rss")),
        (b"<rss\n  version='2.0'\n  xmlns:x='cut of", ("", "rss")),
        (b"plain", ("", "")),
        (b"", ("", "")),
    ],
)
def test_root_is_sniffed(head: bytes, root: tuple[str, str]) -> None:
    """Namespace and name of the root, without parsing."""
    assert xml.sniff_root(head) == root


@given(st.binary(max_size=300))
def test_any_bytes_parse_or_raise_format_error(body: bytes) -> None:
    """No bytes raise anything but FormatError."""
    for body_of in (body, b"<r>" + body + b"</r>", b"<?xml version='1.0'?><!DOCTYPE " + body):
        xml.sniff_root(body_of)
        for take in (xml.parse, xml.recover):
            try:
                reason = f"read: {take(body_of, NONE)}"
            except FormatError as error:
                reason = str(error)
            assert reason


def test_a_reference_in_a_ruin_is_text() -> None:
    """Where broken tags hide a reference from us, it still becomes its character, and no node."""
    ruin = b"<r><a b='<!--'c='d'>Ferry &ndash; late</a><p>&unheard; x</p></r>"
    root, _ = xml.recover(ruin, NONE)
    assert all(isinstance(each.tag, str) for each in root.iter())
    assert "Ferry \u2013 late" in xml.text(root)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Perdu\xa0: «\xa0Aube\xa0» à terre\u202f!", "Perdu\xa0: «\xa0Aube\xa0» à terre\u202f!"),
        ("10\u202f000\xa0€ ou 5\xa0% rendus\u202f;", "10\u202f000\xa0€ ou 5\xa0% rendus\u202f;"),
        ("Ferry\xa0sinks\u202foff Norland", "Ferry sinks off Norland"),
        ("Ferry \xa0: sinks\xa0\xa0!\u202f", "Ferry : sinks !"),
        ("\xa0: «\xa0", ": «"),
    ],
)  # fmt: skip
def test_no_break_spaces_stay_where_they_are_set(words: str, shown: str) -> None:
    """French signs keep the space before them; one from an editor's keyboard is a space."""
    assert xml.tidy(words) == shown
    assert xml.tidy(shown) == shown
