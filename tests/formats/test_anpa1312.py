"""ANPA 1312: the frame, header lines, tables, takes, kills, times of sending."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import WIRES, expected, pairs, shown

from wirecopy import formats
from wirecopy.desk.states import is_internal
from wirecopy.errors import FormatError
from wirecopy.formats import anpa1312, frames
from wirecopy.formats.hints import Hints, Score
from wirecopy.model import Item
from wirecopy.story.clean import clean

RECEIVED = datetime(2026, 1, 5, 18, tzinfo=UTC)
HINTS = Hints(received=RECEIVED)
WIRE_FILES = pairs("anpa1312", ".anpa")


def _body(name: str) -> bytes:
    return (WIRES / "anpa1312" / f"{name}.anpa").read_bytes()


def _read(name: str) -> Item:
    return anpa1312.read(_body(name), HINTS).items[0]


@pytest.mark.parametrize("wire", WIRE_FILES, ids=lambda path: path.stem)
def test_a_wire_is_read_as_its_pair_says(wire: Path) -> None:
    """Each invented file gives exactly the items, and the fields, that stand beside it."""
    items = anpa1312.read(wire.read_bytes(), HINTS).items
    wanted = expected(wire)
    assert [shown(i, w) for i, w in zip(items, wanted, strict=True)] == wanted


@pytest.mark.parametrize("wire", WIRE_FILES, ids=lambda path: path.stem)
def test_every_wire_is_recognised_before_iptc_7901(wire: Path) -> None:
    """The registry gives the frame to this format."""
    assert formats.read(wire.read_bytes(), HINTS).format == "anpa1312"


def test_copy_that_lost_its_control_characters_is_read() -> None:
    """Cleaned files have no frame left: header, head lines and sending time stand in the text."""
    cleaned = re.sub(rb"[\x00-\x08\x0c\x0e-\x1f]", b"", _body("lead-writethru"))
    assert anpa1312.sniff(cleaned, HINTS) is Score.LIKELY
    (item,) = anpa1312.read(cleaned, HINTS).items
    whole = _read("lead-writethru")
    assert (item.item_id, item.headline, item.body) == (whole.item_id, whole.headline, whole.body)
    assert item.version_created == whole.version_created


def test_a_text_that_breaks_off_is_withheld() -> None:
    """A message that nothing ends was cut on the line: it is kept, and not shown."""
    (item,) = anpa1312.read(_body("lead-writethru").partition(b"\x03")[0], HINTS).items
    assert item.headline
    assert item.status == "withheld"
    assert item.warnings == (frames.BROKEN,)


def test_the_slug_gives_its_marker_to_the_story() -> None:
    """The version behind the slug's comma becomes a marker, and leaves the slug."""
    item = clean(_read("lead-writethru"), received=RECEIVED)
    assert item.slug == "Ellery-Bridge Closed"
    assert ("replace", 1) in [(mark.action, mark.ordinal) for mark in item.markers]
    assert item.dateline is not None
    assert item.dateline.place == "PORT ELLERY"


def test_a_lead_its_writethru_and_its_kill_are_one_story() -> None:
    """The same slug on the same day has one id; the kill of the next day holds it by that id."""
    first = _body("lead-writethru").replace(b", 1st Ld-Writethru", b"").replace(b" 1stLd-W", b" 1W")
    (lead,) = anpa1312.read(first, HINTS).items
    kill = _read("kill")
    assert lead.item_id == _read("lead-writethru").item_id
    assert lead.item_id in {link.target for link in kill.links if link.rel == "holds"}
    assert clean(kill, received=RECEIVED).markers


def test_a_take_never_takes_the_place_of_its_story() -> None:
    """An add has an id of its own, and names the story that it belongs to."""
    take, story = _read("take"), _read("lead-writethru")
    assert take.item_id != story.item_id
    assert [mark.action for mark in clean(take, received=RECEIVED).markers] == ["append"]
    assert [link.target for link in take.links] == [story.item_id]


def test_advisories_are_internal() -> None:
    """Category v is for desks alone."""
    assert is_internal(_read("advisory"))
    assert not is_internal(_read("alert"))


def test_an_advance_is_held() -> None:
    """Copy for release on a day is held by the agency's words, or where its priority says so."""
    assert _read("advance").embargo_text.startswith("For release Saturday")
    silent = re.sub(rb"\^For release[^\n]*\n", b"", _body("advance"))
    assert anpa1312.read(silent, HINTS).items[0].embargo_text


@pytest.mark.parametrize(
    ("line", "shown_as"),
    [
        ("``Go,'' he said.", "“Go,” he said."),
        ("``He said `go.'''", "“He said ‘go.’”"),
        ("The bridge _ old _ is shut.", "The bridge — old — is shut."),
        ("It's his'n.", "It's his'n."),
        ("A 5-4 vote--again.", "A 5-4 vote—again."),
    ],
)
def test_seven_bit_signs_become_letters_signs(line: str, shown_as: str) -> None:
    """Quotes and dashes that seven bits could not send are put back; apostrophes stay."""
    wire = f"\x01a0001\x1f-\nr a\x13\x11 BC-One   01-05 0001\n\x02^BC-One,1<\n\t   {line}\n\x03\x04"
    (item,) = anpa1312.read(wire.encode(), HINTS).items
    assert item.body[0].html == f"<p>{shown_as}</p>"


@pytest.mark.parametrize(
    ("header", "tail", "day"),
    [
        ("01-05", "AP-WF-01-05-26 1509GMT<", "2026-01-05"),
        ("12-31", "AP-WF-01-01-26 0002GMT<", "2025-12-31"),
        ("05-01", "KWS-21:37-05-01-26", "2026-01-05"),
        ("01-05", "", "2026-01-05"),
        ("13-45", "", "2026-01-05"),
    ],
)
def test_the_cycle_day_is_the_one_nearest_to_the_sending(header: str, tail: str, day: str) -> None:
    """Month and day (or day and month) of the header get the year of the sending."""
    wire = f"\x01a0001\x1f-\nr a\x13\x11 BC-One   {header} 0001\n\x02^BC-One,1<\n\t   Text.\n"
    wire += f"\x03{tail}\x04"
    (item,) = anpa1312.read(wire.encode(), HINTS).items
    assert item.item_id.endswith(day)


@pytest.mark.parametrize(
    "head",
    [b"\x01bdt0001 4 vm 10  dpa 0001\r\n\r\nSarn/\r\n\x02", b"A2870 is a road\nr a b\n", b"{"],
)
def test_strangers_are_not_recognised(head: bytes) -> None:
    """IPTC 7901 and prose are no ANPA 1312."""
    assert anpa1312.sniff(head, HINTS) is Score.NO
    with pytest.raises(FormatError, match="header"):
        anpa1312.read(head, HINTS)


@given(st.sampled_from(WIRE_FILES), st.integers(0, 800), st.binary(max_size=12))
def test_no_bytes_raise_anything_but_a_format_error(wire: Path, at: int, junk: bytes) -> None:
    """Junk anywhere in a file gives items or a FormatError, never another exception."""
    body = wire.read_bytes()
    try:
        said = anpa1312.read(body[:at] + junk + body[at + len(junk) :], Hints()).format
    except FormatError as error:
        said = str(error)
    assert said


@given(st.binary(max_size=300))
def test_any_bytes_behind_a_header_are_read_or_refused(text: bytes) -> None:
    """Whatever stands behind a good header, the items have an id."""
    head = b"\x16\x16\x01a2870\x1fasian\nr i\x14\x12 BC-One   01-05 0001\n\x02"
    try:
        items = anpa1312.read(head + text, HINTS).items
    except FormatError as error:
        assert str(error)  # noqa: PT017 - either outcome is right
        return
    assert all(item.item_id for item in items)


def test_the_transmission_number_is_a_name_that_kills_can_use() -> None:
    """The letter of the service and its figures are what a later notice names in prose."""
    assert all(re.fullmatch(r"[a-z]\d{4}", number) for number in _read("lead-writethru").numbers)
    assert len(_read("lead-writethru").numbers) == 1


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("FOR USE SUNDAY: Ferry sinks off Norland", "Ferry sinks off Norland"),
        ("For release Sunday, Jan. 11, and thereafter: Ferry sinks: eight rescued",
         "Ferry sinks: eight rescued"),
        ("(HOLD FOR RELEASE) Ferry sinks off Norland", "Ferry sinks off Norland"),
        ("ADVANCE FOR SUNDAY: Ferry sinks off Norland", "Ferry sinks off Norland"),
        ("FOR USE SUNDAY: Please note the new time of release", "The last ferryman"),
        ("FOR RELEASE: Sunday, Jan. 11, 6:00 p.m.", "The last ferryman"),
    ],
)  # fmt: skip
def test_a_headline_behind_an_advance_is_kept(line: str, headline: str) -> None:
    """What stands behind "FOR USE SUNDAY:" is the headline, unless it is more of the notice."""
    sent = _body("advance").replace(b"For release Saturday, Jan. 10, and thereafter", line.encode())
    (item,) = anpa1312.read(sent, HINTS).items
    assert item.headline == headline
    assert item.embargo_text == line
    held = clean(item, received=RECEIVED)
    assert held.headline == headline
    assert held.embargo_until or held.embargo_text
