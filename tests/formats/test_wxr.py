"""WordPress exports: the archive a newsroom brings, its posts, pictures and shortcodes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import expected, pairs, shown

from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.formats import markup, wxr, wxr_text
from wirecopy.formats.hints import Hints, Score

WIRES = pairs("wxr", ".xml")
NEWSROOM = WIRES[0].read_bytes()
START, END = NEWSROOM.index(b"\t<item>"), NEWSROOM.index(b"</channel>")


def _export(*items: str) -> bytes:
    return (
        NEWSROOM[:START]
        + "".join(f"<item>{each}</item>" for each in items).encode()
        + b"</channel></rss>"
    )


@pytest.mark.parametrize("wire", WIRES, ids=lambda path: path.stem)
def test_a_wire_is_read_as_its_pair_says(wire: Path) -> None:
    """Each invented export gives exactly the items, and the fields, that stand beside it."""
    items = formats.read(wire.read_bytes(), Hints(name=wire.name)).items
    wanted = expected(wire)
    assert [shown(i, w) for i, w in zip(items, wanted, strict=True)] == wanted


def test_an_export_is_told_from_a_feed() -> None:
    """The export's namespace decides; any other RSS goes on to be read as a feed."""
    assert formats.sniff(NEWSROOM).NAME == "wxr"
    assert wxr.sniff(b'<rss version="2.0"><channel/></rss>', Hints()) is Score.NO


def test_an_export_that_breaks_off_gives_what_it_has() -> None:
    """Posts in front of the break are read, and the break is named."""
    reading = wxr.read(NEWSROOM[: NEWSROOM.index(b"Budget on Friday")], Hints())
    assert [item.headline for item in reading.items] == [
        "Dyke at Ellery & Tarn holds",
        "A draft of a column",
    ]
    assert "breaks off" in reading.spoiled[0]


def test_what_is_no_export_is_refused() -> None:
    """Nothing readable, or no channel at all, is a reason in words."""
    for body in (b"", b"<rss", b"<rss><item/></rss>", b"\xff\xfe<\0r\0"):
        with pytest.raises(FormatError, match="export"):
            wxr.read(body, Hints())


def test_entities_of_its_own_are_refused() -> None:
    """An export that declares entities is refused before one of them is expanded."""
    laughs = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss'
    with pytest.raises(FormatError, match="DOCTYPE"):
        wxr.read(NEWSROOM.replace(b"<rss", laughs, 1), Hints())


def test_a_post_without_a_name_spares_its_neighbours() -> None:
    """A post that nothing names is told of; the next one is read."""
    body = _export("<title>Lost</title>", "<title>Found</title><guid>g2</guid>", "<guid>g3</guid>")
    reading = wxr.read(body, Hints())
    assert [item.item_id for item in reading.items] == ["g2"]
    assert [said.partition(":")[0] for said in reading.spoiled] == ["Item 1", "Item 3"]


def test_illegal_characters_do_not_stop_an_export() -> None:
    """Control characters, which WordPress lets into its exports, are left out."""
    body = _export("<title>A\x08B \x1f C</title><guid>g</guid>")
    assert wxr.read(body, Hints()).items[0].headline == "AB C"


def test_read_items_are_let_go() -> None:
    """However long an export is, the tree in memory holds one item of it at a time."""
    body = _export(*(f"<title>T{n}</title><guid>g{n}</guid>" for n in range(3000)))
    held = []
    for element in wxr._elements(body):
        parent = element.getparent()
        held.append(0 if parent is None else len(parent))
    assert len(held) > 3000
    # The parser is fed in pieces of 64 kB, and runs ahead to the end of its piece.
    assert max(held) < 1500


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ("One.\n\nTwo\nlines.", ["One.", "Two lines."]),
        ("One.\n<h2>Head</h2>\nTwo.", ["One.", "Head", "Two."]),
        ("<p>One.</p>\n\n<p>Two.</p>", ["One.", "Two."]),
        ("One.<blockquote>Two.\n\nThree.</blockquote>", ["One.", "Two. Three."]),
        ("<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->", ["One."]),
        ("He said [sic] so [Ed: no].", ["He said [sic] so [Ed: no]."]),
        ("[[gallery]] is written so.", ["[gallery] is written so."]),
        ("[vc_row][vc_column width='1/2']In.[/vc_column][/vc_row]", ["In."]),
        ("[embed]https://films.example/1[/embed]", ["https://films.example/1"]),
        ('[video mp4="https://courier.example/v.mp4"][/video]Below.', ["Below."]),
    ],
)
def test_stored_text_becomes_what_readers_saw(stored: str, words: list[str]) -> None:
    """Paragraphs come of blank lines, calls of programs go, and words in brackets stay."""
    blocks = markup.blocks_from_html(wxr_text.text_of(stored).html)
    assert [markup.words_of((block,)) for block in blocks] == words


def test_lines_in_preformatted_text_stay_lines() -> None:
    """What is set as it stands is not made into paragraphs."""
    (block,) = markup.blocks_from_html(wxr_text.text_of("<pre>a\n\nb</pre>").html)
    assert block.html == "<pre>a\n\nb</pre>"


def test_played_files_are_media() -> None:
    """A film or a recording that the text plays goes with the story."""
    body = _export(
        "<title>T</title><guid>g</guid><content:encoded><![CDATA["
        '[audio src="https://courier.example/a.mp3"]]]></content:encoded>'
    )
    (medium,) = wxr.read(body, Hints()).items[0].media
    assert (medium.type, medium.id) == ("audio", "https://courier.example/a.mp3")


@given(st.integers(0, len(NEWSROOM)), st.binary(max_size=12), st.integers(0, 400))
def test_no_bytes_raise_anything_but_a_format_error(at: int, junk: bytes, gone: int) -> None:
    """Junk or a gap anywhere in an export gives posts or a FormatError, nothing else."""
    try:
        said = wxr.read(NEWSROOM[:at] + junk + NEWSROOM[at + gone :], Hints()).format
    except FormatError as error:
        said = str(error)
    assert said


@given(st.text(st.sampled_from('[]/ "=ab_\n<>p!-captiongallery'), max_size=200))
def test_any_stored_text_gives_html(stored: str) -> None:
    """No text in brackets, however broken, stops the reading."""
    assert isinstance(wxr_text.text_of(stored).html, str)
