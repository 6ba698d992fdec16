"""Real wire files of many agencies against what another program read from them.

The files lie beside the repository and are never part of it; without them these tests are skipped.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from wirecopy.config import Source, parse
from wirecopy.errors import FormatError
from wirecopy.formats import (
    dates,
    markup,
    newsml_g2,
    ninjs,
)
from wirecopy.formats.hints import Hints
from wirecopy.model import Delivery, Item
from wirecopy.reading import read_delivery

SHARED = next(
    (each / "shared" for each in Path(__file__).parents if (each / "shared/samples").is_dir()),
    Path("shared"),
)
SAMPLES = SHARED / "samples"
STANDARDS = SHARED / "standards"
FRAMED = ("iptc7901", "anpa1312")
"""Folders of wires in frames; the registry tells the two apart, whatever the folder says."""
FORMATS = ("newsml-g2", "nitf", "ninjs", "atom", "newsml1", "vendor-json", "vendor-xml", *FRAMED)
RECEIVED = datetime(2026, 1, 5, 12, tzinfo=UTC)
OTHERWISE = {
    # 21:37 in Tokyo, on 09-12-18: the other program took the month and the year for the clock.
    ("kyodo.txt", "first_created"): "2018-12-09T12:37:00+00:00",
    ("kyodo.txt", "version_created"): "2018-12-09T12:37:00+00:00",
    # The header cuts slugs at 24 characters and drops blanks; the whole slug stands in the text.
    ("anpa-1.tst", "slug"): "Argentina-Cancer Beauty",
    ("ap_anpa-7.tst", "slug"): "10 Things to Know-Today",
    # The day is the other program's: the wire gives the town and the agency.
    ("ap_anpa-1.tst", "dateline_text"): "ATLANTA (AP)",
    # The other program took the headline of the picture that goes with the story.
    ("ninjs2.json", "headline"): "Oil prices edge up on first drop in US drilling in months",
    # The samples promise ids without their revision; this one still ends in it.
    ("kyodo_newsml_1_2_belga.xml", "item_id"): (
        "urn:newsml:kyodonews.jp:20190723:20161021KW___0003800010"
    ),
}
"""Values that the wire itself contradicts, and what it says instead; these must be read just so."""
NOT_SAID = {
    ("0b78.xml", "urgency"): "the wire gives none; the other program's usual one stands there",
    ("belga_tip_newsml_1_2.xml", "item_id"): "the wire's ids are empty; both programs made one up",
    ("belga_tip_newsml_1_2.xml", "body_html"): "the wire has a title alone; it was set twice",
    ("stt_newsml_test_no_hl.xml", "headline"): "the wire has none; both programs made one up",
    ("202006097942547-en.newsml", "standfirst"): (
        "the other program cut its text off at 200 characters; the wire has an abstract, "
        "broken off too, and we show the sentence whole as it stands in the text"
    ),
}
"""Values that the other program made up: nothing can be right or wrong about them."""
MISSED = {
    ("ap_anpa-4.tst", "ed_note"): "the note keeps the word that addresses it: Eds",
    ("aap.xml", "standfirst"): (
        "it only says the headline again: readers are shown the first sentence instead"
    ),
    ("tt_newsml_test.xml", "body_html"): (
        "the other program left the byline between the text and its box; it is the byline here"
    ),
    ("solita_se_2.xml", "body_html"): (
        "the other program wrote a line of its own under the text; its address is our url"
    ),
    ("solita_2.xml", "body_html"): (
        "the other program wrote its own names of the fields where a contact leaves them empty"
    ),
}
"""What is read otherwise than is expected, and why that is left as it is."""

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the shared wire samples do not lie beside the repository"
)

CONFIG = msgspec.structs.replace(
    parse('[site]\nname = "samples"\nurl = "http://localhost"\n'),
    sources=(Source(name="samples", agency=""),),
)
"""The settings of `wirecopy parse`: no newsroom, nothing known of the agency."""


def _samples() -> list[Path]:
    found = (path for kind in FORMATS for path in (SAMPLES / kind).glob("*.expected.json"))
    return sorted(found)


def _wire(expected: Path) -> Path:
    return expected.with_name(expected.name.removesuffix(".expected.json"))


def _read(path: Path) -> tuple[Item, ...]:
    """The whole reading as `wirecopy parse` prints it: sniffed, read, cleaned, headlined."""
    delivery = Delivery(source="samples", body=path.read_bytes(), name=path.name)
    return tuple(sheet.item for sheet in read_delivery(delivery, RECEIVED, CONFIG).sheets)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _words(html: str) -> str:
    return " ".join(re.findall(r"\w+", markup.plain(html)))


def _same_time(expected: str, got: datetime | None) -> bool:
    return got is not None and dates.instant(expected, "UTC") == got


def _same_byline(expected: str, got: str) -> bool:
    bare = [re.sub(r"^by\s+", "", _squeeze(line), flags=re.IGNORECASE) for line in (expected, got)]
    return bare[0] == bare[1]


def _same_body(expected: str, item: Item) -> bool:
    """The same words in the same order; markup and spaces are the other program's own.

    Around the body the other program left lines that are fields of their own here (headline,
    byline, dateline, sign-off): nothing else may stand there, and no word may be missing.
    """
    want, body = _words(expected), _words("".join(block.html for block in item.body))
    before, found, after = f" {want} ".partition(f" {body} " if body else " ")
    around = f"{before} {after}"
    fields = [item.kicker, item.headline, item.standfirst, item.byline, item.sign_off]
    fields += [item.dateline.text if item.dateline else ""]
    for line in sorted(map(_words, fields), key=len, reverse=True):
        around = around.replace(line, "", 1) if line else around
    return bool(found) and not around.strip()


def _same_dateline(expected: str, item: Item) -> bool:
    """The same line; the dash that leads on to the text is no part of it."""
    got = item.dateline.text if item.dateline else ""
    return _squeeze(got) == _squeeze(expected).rstrip(" -–—")


def _holds(field: str, expected: Any, item: Item) -> bool:
    if field in ("first_created", "version_created", "embargo_until", "expires_at"):
        return _same_time(expected, getattr(item, field))
    if field == "standfirst":  # the other program leaves markup in
        expected = markup.plain(expected)
    if field == "body_html":
        return _same_body(expected, item)
    if field == "byline":
        return _same_byline(expected, item.byline)
    if field == "keywords":
        return bool(list(item.keywords) == expected)
    if field == "ed_note":
        return _squeeze(expected) in [_squeeze(note.text) for note in item.ed_notes]
    if field == "usage_terms":
        return _squeeze(expected) in [_squeeze(term) for term in item.rights.usage_terms]
    if field == "dateline_text":
        return _same_dateline(expected, item)
    if field == "copyright_holder":
        return bool(item.rights.copyright_holder == expected)
    got = item.dateline.place if item.dateline else ""
    if field != "dateline_place":
        got = str(getattr(item, field) or "")
    return _squeeze(got) == _squeeze(str(expected)).removesuffix(" =")


def _checks() -> Iterator[tuple[str, str, str, bool, str]]:
    """(format, file, field, holds, what was read) of every expected field."""
    for expected in _samples():
        path = _wire(expected)
        items = _read(path)
        assert items, f"{path.name} gave no item"
        for field, value in json.loads(expected.read_text("utf-8"))["expected"].items():
            if (path.name, field) in NOT_SAID:
                continue
            wanted = OTHERWISE.get((path.name, field), value)
            attribute = {
                "dateline_place": "dateline",
                "dateline_text": "dateline",
                "ed_note": "ed_notes",
                "body_html": "body",
            }
            name = attribute.get(field, field)
            holder = items[0].rights if field in ("usage_terms", "copyright_holder") else items[0]
            got = str(getattr(holder, name, ""))[:160]
            yield path.parent.name, path.name, field, _holds(field, wanted, items[0]), got


def test_samples_say_what_the_agencies_say() -> None:
    """Of all values expected of the samples 97 of 100 are read just so; the rest is explained."""
    held: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    missed = {}
    for kind, name, field, good, got in _checks():
        asked[kind, field] += 1
        held[kind, field] += good
        if not good:
            missed[name, field] = got
    for key, number in sorted(asked.items()):
        print(f"{key[0]:10} {key[1]:18} {held[key]:3} of {number}")  # noqa: T201 - the table is asked for with -s
    for (name, field), got in missed.items():
        print(f"{name} {field}: {MISSED.get((name, field), 'why?')}: {got}")  # noqa: T201 - as above
    share = held.total() / asked.total()
    print(f"{held.total()} of {asked.total()} hold: {share:.1%}")  # noqa: T201 - as above
    assert share >= 0.97, missed
    assert missed.keys() == MISSED.keys()


def _standard(pattern: str) -> list[Path]:
    return sorted(STANDARDS.glob(pattern)) if STANDARDS.is_dir() else []


@pytest.mark.parametrize(
    "path",
    [
        *_standard("ninjs/testsuite/*/should_pass/*.json"),
        *_standard("ninjs/examples/*/*.json"),
    ],
    ids=lambda path: "/".join(path.parts[-3:]),
)
def test_every_valid_ninjs_is_read(path: Path) -> None:
    """What the standard's own test suite calls valid gives one item with an id."""
    reading = ninjs.read(path.read_bytes(), Hints(name=path.name))
    assert len(reading.items) == 1
    assert reading.items[0].item_id
    assert msgspec.json.encode(reading.items[0])


@pytest.mark.parametrize("path", _standard("newsml-g2/examples/*.xml"), ids=lambda path: path.name)
def test_every_newsml_g2_listing_is_read(path: Path) -> None:
    """Whole documents give an item; fragments are refused with a reason."""
    try:
        reading = newsml_g2.read(path.read_bytes(), Hints(name=path.name))
    except FormatError as error:
        assert "root element" in str(error)  # noqa: PT017 - only fragments may be refused
        assert not re.search(
            rb"<(?:news|package|concept|knowledge|planning)Item", path.read_bytes()
        )
        return
    assert reading.items or reading.spoiled
    assert all(item.item_id for item in reading.items)
