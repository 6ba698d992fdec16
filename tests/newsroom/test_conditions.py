"""Encodings, validators and ranges as RFC 9110 has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.newsroom.conditions import changed, encoding, part, unchanged
from wirecopy.newsroom.media_types import FOREVER, PAGE, cache_control, media_type

DATE = "Sat, 08 Jan 2022 02:36:00 GMT"
SECONDS = 1641609360


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("gzip;q=0", ""),
        ("identity, gzip;q=0.5", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("deflate", ""),
        ("", ""),
        ("gzip;q=...", ""),
    ],
)
def test_the_best_accepted_encoding_is_chosen(accepted: str, chosen: str) -> None:
    """The client's weights decide; what it refuses is never sent."""
    assert encoding(accepted, brotli=True) == chosen
    assert encoding(accepted, brotli=False) != "br"


@pytest.mark.parametrize(
    ("none_match", "since", "answer"),
    [
        ('"a"', None, True),
        ('W/"a"', None, True),
        ('"x", "a"', None, True),
        ("*", None, True),
        ('"b"', DATE, False),
        ("", DATE, False),
        (None, DATE, True),
        (None, "Sat, 08 Jan 2022 02:35:59 GMT", False),
        (None, "yesterday", False),
        (None, None, False),
    ],
)
def test_unchanged(none_match: str | None, since: str | None, *, answer: bool) -> None:
    """A tag decides where one is sent; else the date does; nonsense gets the whole page."""
    assert unchanged('"a"', SECONDS, none_match, since) is answer


@pytest.mark.parametrize(
    ("if_match", "since", "answer"),
    [
        ('"a"', None, False),
        ('"x", "a"', None, False),
        ("*", None, False),
        ('"x"', None, True),
        ('W/"a"', None, True),
        ("", None, True),
        ('"a"', "Sat, 08 Jan 2022 02:35:59 GMT", False),
        ('"x"', DATE, True),
        (None, DATE, False),
        (None, "Sat, 08 Jan 2022 02:35:59 GMT", True),
        (None, "yesterday", False),
        (None, None, False),
    ],
)
def test_changed(if_match: str | None, since: str | None, *, answer: bool) -> None:
    """A strong tag decides where one is sent; else the date does; nonsense asks for nothing."""
    assert changed('"a"', SECONDS, if_match, since) is answer


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=2-5", range(2, 6)),
        ("bytes=5-", range(5, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-99", range(10)),
        ("bytes=0-99", range(10)),
        ("bytes=10-", range(0)),
        ("bytes=-0", range(10, 10)),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
    ],
)
def test_ranges(asked: str, wanted: range | None) -> None:
    """One range is cut, one outside is empty (416), anything else is answered whole."""
    assert part(asked, 10, None, '"a"', DATE) == wanted


@pytest.mark.parametrize(
    ("if_range", "heeded"),
    [('"a"', True), (DATE, True), ('W/"a"', False), ('"b"', False), ("", False)],
)
def test_if_range(if_range: str, *, heeded: bool) -> None:
    """A range of another version is never cut out of this one."""
    assert (part("bytes=0-1", 10, if_range, '"a"', DATE) is not None) is heeded


@given(st.text(max_size=40), st.integers(0, 1000))
def test_no_range_reaches_outside(text: str, size: int) -> None:
    """Whatever is asked for, only bytes that are there are wanted."""
    wanted = part(f"bytes={text}", size, None, '"a"', DATE)
    assert wanted is None or not wanted or (wanted.start >= 0 and wanted.stop <= size)


@given(st.text(max_size=60))
def test_any_header_has_an_answer(text: str) -> None:
    """No header field, however mangled, raises."""
    assert encoding(text, brotli=True) in ("", "gzip", "br")
    assert unchanged('"a"', SECONDS, None, text) in (True, False)
    assert unchanged('"a"', SECONDS, text, None) in (True, False)
    assert changed('"a"', SECONDS, None, text) in (True, False)
    assert changed('"a"', SECONDS, text, None) in (True, False)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("world/feed.xml", "application/rss+xml; charset=utf-8"),
        ("rss.xml", "application/rss+xml; charset=utf-8"),
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("opensearch.xml", "application/opensearchdescription+xml"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("x.SVG", "image/svg+xml; charset=utf-8"),
        ("x.webp", "image/webp"),
        ("favicon.ico", "image/x-icon"),
        ("x", "application/octet-stream"),
    ],
)
def test_types(path: str, kind: str) -> None:
    """Every file of the site has its type, text ones their charset."""
    assert media_type(path) == kind


def test_only_fingerprinted_assets_are_kept_for_ever() -> None:
    """A file whose name holds its fingerprint may be kept a year, no other one."""
    assert cache_control("assets/site-0a1b2c3d4e.css") == FOREVER
    assert cache_control("assets/site-stylesheet.css") == PAGE
    assert cache_control("world/harbour-0a1b2c3d4e5f.html") == PAGE
