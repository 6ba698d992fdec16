"""IPTC 7901: frames and captures, character sets, head blocks, notebooks, kills by number."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import WIRES, expected, pairs, shown

from wirecopy.desk.states import is_internal
from wirecopy.errors import FormatError
from wirecopy.formats import frames, iptc7901
from wirecopy.formats.hints import Hints, Score
from wirecopy.model import Item
from wirecopy.story.clean import clean

RECEIVED = datetime(2026, 1, 5, 12, tzinfo=UTC)
HINTS = Hints(received=RECEIVED)
WIRE_FILES = pairs("iptc7901", ".7901")


def _read(name: str) -> tuple[Item, ...]:
    return iptc7901.read((WIRES / "iptc7901" / f"{name}.7901").read_bytes(), HINTS).items


def _cleaned(name: str) -> Item:
    return clean(_read(name)[0], received=RECEIVED)


def _message(text: str, tail: str = "051037 GMT Jan 26", keywords: str = "Sarn/") -> bytes:
    head = f"\x01bdt0001 4 vm 10  dpa 0001\r\n\r\n{keywords}\r\n"
    return f"{head}\x02{text}\r\n\x03{tail}\r\n\x04".encode()


@pytest.mark.parametrize("wire", WIRE_FILES, ids=lambda path: path.stem)
def test_a_wire_is_read_as_its_pair_says(wire: Path) -> None:
    """Each invented file gives exactly the items, and the fields, that stand beside it."""
    items = iptc7901.read(wire.read_bytes(), HINTS).items
    wanted = expected(wire)
    assert [shown(i, w) for i, w in zip(items, wanted, strict=True)] == wanted


@pytest.mark.parametrize("wire", WIRE_FILES, ids=lambda path: path.stem)
def test_every_wire_is_recognised(wire: Path) -> None:
    """A header behind SOH is certain, one that lost its control characters is likely."""
    score = iptc7901.sniff(wire.read_bytes()[:8192], HINTS)
    cleaned = wire.stem in ("cleaned", "monobloc")
    assert score == (Score.LIKELY if cleaned else Score.CERTAIN)


def test_three_character_sets_give_one_text() -> None:
    """The same copy in code page 850, in Latin-1 and in the seven German bits reads the same."""
    one, two, three = (_read(name)[0] for name in ("cp850", "latin-1", "seven-bit"))
    assert one.body == two.body == three.body
    assert one.item_id == two.item_id == three.item_id


def test_seven_bits_of_english_keep_their_brackets() -> None:
    """Brackets and bars of copy that is written in no national variant stay what they are."""
    (item,) = iptc7901.read(
        _message("Notes =\r\n\r\nHe said [sic] it is {so} or a|b."), HINTS
    ).items
    assert "[sic] it is {so} or a|b" in item.body[0].html


def test_nothing_behind_the_notebook_reaches_the_body() -> None:
    """Contacts that are not for publication are kept as closed notes, and stand in no body."""
    item = _cleaned("head-block")
    assert "0100 555555" not in "".join(block.html for block in item.body)
    closed = [note for note in item.ed_notes if "0100 555555" in note.text]
    assert [(note.role, note.publishable) for note in closed] == [("closed", False)]
    assert not any(note.publishable for note in item.ed_notes)


@pytest.mark.parametrize(
    "warning",
    [
        "The following information is not for publication",
        "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt",
        "Die folgenden Informationen sind nicht zur Veroeffentlichung\r\nbestimmt",
        "## Kontakte",
        "* * * *\r\nNOT FOR PUBLICATION",
    ],
)
def test_a_warning_without_a_notebook_closes_the_copy_too(warning: str) -> None:
    """What follows the words "not for publication" is cut, whatever stands around them."""
    body = _message(f"Tide =\r\n\r\nThe tide is high.\r\n\r\n{warning}\r\n\r\nCall 0100 555555")
    (item,) = iptc7901.read(body, HINTS).items
    assert [block.html for block in item.body] == ["<p>The tide is high.</p>"]
    assert "0100 555555" in "".join(note.text for note in item.ed_notes)


@pytest.mark.parametrize(
    ("name", "headline", "actions"),
    [
        ("marker-lines", "Bridge at Port Ellery to reopen", {"replace+silent", "replace"}),
        ("flash-padded", "Brücke gesperrt", {"flag"}),
        ("head-block", "Riss in der alten Brücke", {"replace+correct"}),
        ("preview", "Termine am Dienstag", {"internal"}),
    ],
)
def test_markers_of_the_head_block_are_found(name: str, headline: str, actions: set[str]) -> None:
    """Marker lines leave the headline that readers see, and stand in the markers."""
    item = _cleaned(name)
    assert item.headline == headline
    assert {marker.action for marker in item.markers} == actions


def test_plans_and_service_copy_are_internal() -> None:
    """Previews and the category rs are for desks alone."""
    assert is_internal(_read("preview")[0])
    assert is_internal(_read("two-messages")[1])
    assert not is_internal(_read("two-messages")[0])


def test_a_kill_by_number_names_the_item_of_either_day() -> None:
    """A notice holds the item with that number, of its day and of the day before; no text of it."""
    (notice,) = _read("kill-by-number")
    (story,) = _read("cleaned")
    assert notice.body == ()
    assert story.alt_ids[0] in {link.target for link in notice.links if link.rel == "holds"}


def test_a_kill_without_a_number_waits_for_staff() -> None:
    """A notice without a number is marked so that the desk holds it, and holds its keywords."""
    (notice,), (story,) = _read("kill-without-number"), _read("cleaned")
    assert [marker.action for marker in notice.markers] == ["hold"]
    assert story.alt_ids[1] in {link.target for link in notice.links if link.rel == "holds"}


def test_an_update_has_the_id_of_its_story() -> None:
    """Same keywords, day and town are one story; another town or genre is another."""
    lead, update, elsewhere, genre = (
        iptc7901.read(_message(text), HINTS).items[0].item_id
        for text in (
            "(Eil)\r\nBridge closed =\r\n\r\nTarn (dpa) - It is closed.",
            "(Zusammenfassung)\r\nBridge closed in Tarn =\r\n\r\nTarn (dpa) - It is closed now.",
            "Bridge opened =\r\n\r\nEllery (dpa) - It is open.",
            "(Porträt)\r\nThe bridge =\r\n\r\nTarn (dpa) - It is old.",
        )
    )
    assert lead == update
    assert len({lead, elsewhere, genre}) == 3


def test_a_text_that_breaks_off_is_withheld() -> None:
    """A message that nothing ends was cut on the line: it is kept, and not shown."""
    (item,) = _read("breaks-off")
    assert item.status == "withheld"
    assert item.warnings == (frames.BROKEN,)


def test_words_between_messages_are_reported() -> None:
    """Text that stands in no message is not lost without a word."""
    body = _message("One =\r\n\r\nText.") + b"\r\nA line that has lost its frame.\r\n"
    reading = iptc7901.read(body + _message("Two =\r\n\r\nText."), HINTS)
    assert len(reading.items) == 2
    assert len(reading.spoiled) == 1


def test_a_message_without_text_is_spoiled_alone() -> None:
    """An empty message costs its neighbours nothing."""
    reading = iptc7901.read(_message("") + _message("Two =\r\n\r\nText."), HINTS)
    assert [item.headline for item in reading.items] == ["Two"]
    assert "no text" in reading.spoiled[0]
    with pytest.raises(FormatError, match="no text"):
        iptc7901.read(_message(""), HINTS)


@pytest.mark.parametrize(
    ("tail", "instant"),
    [
        ("131137 GMT Nov 13", "2013-11-13T11:37:00+00:00"),
        ("310001 JUL 97", "1997-07-30T22:01:00+00:00"),
        ("251037 Okt 24", "2024-10-25T08:37:00+00:00"),
        ("251037 Sep 2024", "2024-09-25T08:37:00+00:00"),
        ("311137 GMT Feb 13", None),
        ("", None),
    ],
)
def test_the_day_time_group_is_an_instant(tail: str, instant: str | None) -> None:
    """Day, hour, minute, zone, month and year; without a zone the agency's own clock."""
    (item,) = iptc7901.read(_message("One =\r\n\r\nText.", tail), HINTS).items
    assert (item.version_created and item.version_created.isoformat()) == instant


@pytest.mark.parametrize(
    "head",
    [
        b"\x16\x16\x01a2870\x1fasian\r\nf l\x13\x11 BC-One 11-13 0100\r\n\x02",
        b"abc123 3 pl 22 text that only looks like it\r\nand goes on\r\n",
        b"<nitf>",
        b"",
    ],
)
def test_strangers_are_not_recognised(head: bytes) -> None:
    """ANPA frames, prose and markup are no IPTC 7901."""
    assert iptc7901.sniff(head, HINTS) is Score.NO
    with pytest.raises(FormatError):
        iptc7901.read(b"no header at all", HINTS)


@given(st.sampled_from(WIRE_FILES), st.integers(0, 2000), st.binary(max_size=12))
def test_no_bytes_raise_anything_but_a_format_error(wire: Path, at: int, junk: bytes) -> None:
    """Junk anywhere in a file gives items or a FormatError, never another exception."""
    body = wire.read_bytes()
    try:
        said = iptc7901.read(body[:at] + junk + body[at + len(junk) :], Hints()).format
    except FormatError as error:
        said = str(error)
    assert said


@given(st.binary(max_size=300))
def test_any_bytes_behind_a_header_are_read_or_refused(text: bytes) -> None:
    """Whatever stands behind a good header, the items can be written down."""
    try:
        items = iptc7901.read(b"\x01bdt0001 4 vm 10  dpa 0001\r\n" + text, Hints()).items
    except FormatError as error:
        assert str(error)  # noqa: PT017 - either outcome is right
        return
    assert all(item.item_id for item in items)


def test_the_running_number_is_a_name_that_kills_can_use() -> None:
    """The number of the header is the one that a later notice names in prose."""
    (report,) = iptc7901.read(_message("Fähre fährt =\r\n\r\nTarn (dpa) - Text."), HINTS).items
    assert report.numbers == ("dpa 1",)
    copy = "KILL KILL KILL =\r\n\r\nPlease kill item dpa 0001 on the ferry."
    notice = _message(copy).replace(b"dpa 0001\r", b"dpa 0044\r")
    kill = clean(iptc7901.read(notice, HINTS).items[0], received=RECEIVED)
    assert [(target.kind, target.value) for target in kill.targets] == [("number", "dpa 1")]
    assert kill.numbers == ("dpa 44",)


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("KILL KILL KILL", "withdraw"),
        ("(KILL KILL KILL)", "withdraw"),
        ("HOLD HOLD HOLD", "hold"),
        ("MANDATORY KILL", "withdraw"),
        ("KILL", "withdraw"),
    ],
)
def test_a_kill_in_a_line_above_the_headline_is_no_genre(line: str, action: str) -> None:
    """The notice's own headline may stand below the words that kill."""
    copy = f"{line}\r\nPlease stop item dpa 0061 (Rat stimmt ab) =\r\n\r\nItem dpa 0061 is wrong."
    notice = clean(iptc7901.read(_message(copy), HINTS).items[0], received=RECEIVED, agency="dpa")
    assert notice.genre == ""
    assert [marker.action for marker in notice.markers if marker.action == action]
    assert ("number", "dpa 61") in [(target.kind, target.value) for target in notice.targets]
    assert notice.headline == "Please stop item dpa 0061 (Rat stimmt ab)"
