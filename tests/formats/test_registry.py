"""The registry: which format reads what, and what is said when none does."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.formats import Hints

RSS = b"<rss><channel><item><guid>1</guid><title>T</title></item></channel></rss>"


def test_content_wins_over_name_and_type() -> None:
    """File name and media type do not decide."""
    hints = Hints(name="story.json", media_type="application/json")
    assert formats.read(b"\xef\xbb\xbf \n" + RSS, hints).format == "rss"


def test_gzip_is_inflated() -> None:
    """A gzip delivery is read without being announced; a damaged one is refused."""
    assert len(formats.read(gzip.compress(RSS)).items) == 1
    with pytest.raises(FormatError, match="break off"):
        formats.read(gzip.compress(RSS)[:-9])
    with pytest.raises(FormatError, match="damaged"):
        formats.read(b"\x1f\x8b" + b"x" * 40)
    with pytest.raises(FormatError, match="inflate to more"):
        formats.read(gzip.compress(b"\0" * (formats.MAX_INFLATED + 1)))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "HTML page"),
        (b"<release><a/></release>", "<release>"),
        (b'{"a": 1}', "JSON"),
        (b"\x89PNG\0\0", "binary"),
        (b"PORT ELLERY - text", "plain text"),
    ],
)
def test_strangers_are_named(body: bytes, why: str) -> None:
    """What no format knows is refused in words that say what it is."""
    with pytest.raises(FormatError, match=why):
        formats.read(body)


def test_a_named_format_is_taken_at_its_word() -> None:
    """A source may insist on a format; one that does not exist is refused with the known ones."""
    assert formats.read(RSS, Hints(format="rss")).format == "rss"
    with pytest.raises(FormatError, match=r"Known: .*rss"):
        formats.read(RSS, Hints(format="telex"))


@given(st.binary(max_size=200), st.sampled_from([b"", b"<rss><channel><item>", b"<feed><entry>",
    b'{"version":"https://jsonfeed.org/version/1","items":[', b"<nitf>", b"\x1f\x8b"]))  # fmt: skip
def test_any_bytes_give_a_reading_or_a_format_error(body: bytes, start: bytes) -> None:
    """No bytes raise anything but FormatError."""
    try:
        name = formats.read(start + body).format
    except FormatError as error:
        name = "none" if str(error) else "no reason"
    assert name in {*formats.names(), "none"}
