"""The bundled wire holds together: formats, ids, pictures, dates and the promised incidents."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvloop
from lxml import etree
from PIL import Image

from wirecopy import config, formats
from wirecopy.demo import stories, wire
from wirecopy.errors import FormatError, SourceError
from wirecopy.model import Delivery, Focus
from wirecopy.reading import read_delivery

START = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
NOTHING = timedelta(0)
SHARED = Path(__file__).resolve().parents[2] / "../shared/standards"
_SCHEMAS = {
    "nitf": "nitf/nitf-3-6.xsd",
    "newsml": "newsml-g2/schema/NewsML-G2_2.35-spec-All-Power.xsd",
}


@pytest.fixture(scope="module")
def sent() -> tuple[wire.Sending, ...]:
    """The deliveries of a demo that starts at START."""
    return wire.sendings(START)


@pytest.fixture(scope="module")
def copy() -> tuple[stories.Piece, ...]:
    """The pieces behind them."""
    return stories.pieces(START)


def _whole(sent: tuple[wire.Sending, ...]) -> list[wire.Sending]:
    return [each for each in sent if each.at != wire.BROKEN[1]]


def test_enough_stories_in_enough_formats(copy: tuple[stories.Piece, ...]) -> None:
    """At least 66 stories from six agencies in six formats."""
    assert len({(piece.agency.key, piece.id) for piece in copy}) >= 66
    assert len({piece.agency.key for piece in copy}) == 6
    assert {piece.agency.format for piece in copy} == set(wire._FORMATS)


def test_every_version_is_sent_under_its_own_name(sent: tuple[wire.Sending, ...]) -> None:
    """File names are unique but for the one delivery that is repeated byte for byte."""
    names = Counter(each.name for each in sent)
    (repeated,) = [name for name, count in names.items() if count > 1]
    bodies = {each.body for each in sent if each.name == repeated}
    assert names[repeated] == 2
    assert repeated.startswith(wire.REPEATED[0])
    assert len(bodies) == 1


def test_versions_of_a_story_rise_in_time(copy: tuple[stories.Piece, ...]) -> None:
    """Each story's versions are 1, 2, 3 in the order of sending, with one creation time."""
    for name in {piece.id for piece in copy}:
        chain = [piece for piece in copy if piece.id == name]
        assert [piece.version for piece in chain] == list(range(1, len(chain) + 1))
        assert {piece.created for piece in chain} == {chain[0].time}


def test_backlog_and_live_part(sent: tuple[wire.Sending, ...]) -> None:
    """About 30 hours of backlog, then some twenty sendings within three minutes, then quiet."""
    backlog = [each for each in sent if each.at < NOTHING]
    live = [each for each in sent if each.at >= NOTHING]
    assert len(backlog) >= 50
    assert min(each.at for each in backlog) >= timedelta(hours=-30)
    assert len(live) >= 18
    assert max(each.at for each in live) <= timedelta(minutes=3)
    assert list(sent) == sorted(sent, key=lambda each: (each.at, each.name))


def test_same_start_same_bytes(sent: tuple[wire.Sending, ...]) -> None:
    """The wire is a function of its start; another start dates the copy anew."""
    assert wire.sendings(START) == sent
    later = wire.sendings(START + timedelta(days=1))
    assert [each.name for each in later] == [each.name for each in sent]
    assert all(
        one.body != other.body for one, other in zip(_whole(sent), _whole(later), strict=True)
    )


@pytest.mark.parametrize("day", range(0, 370, 37))
def test_no_placeholder_is_left(day: int) -> None:
    """Whatever the date, every day and month in braces has been worked out."""
    for piece in stories.pieces(START + timedelta(days=day)):
        words = [line for part in piece.parts for line in part.lines]
        assert not [line for line in [*words, *piece.fields.values()] if re.search(r"[{}]", line)]


def test_documents_are_well_formed(sent: tuple[wire.Sending, ...]) -> None:
    """Every document but the broken one parses as XML or JSON."""
    for each in _whole(sent):
        if each.name.endswith(".json"):
            assert isinstance(json.loads(each.body), dict)
        else:
            assert etree.fromstring(each.body) is not None  # our own bytes


@pytest.mark.parametrize("kind", sorted(_SCHEMAS))
def test_agency_formats_are_valid(kind: str, sent: tuple[wire.Sending, ...]) -> None:
    """NITF and NewsML-G2 keep to the schemas of the IPTC."""
    path = SHARED / _SCHEMAS[kind]
    if not path.exists():
        pytest.skip("the IPTC's schemas are not at hand")
    schema = etree.XMLSchema(file=str(path))
    for each in sent:
        if each.name.endswith(f".{kind}.xml"):
            schema.assertValid(etree.fromstring(each.body))


def test_ninjs_keeps_to_its_rules(sent: tuple[wire.Sending, ...]) -> None:
    """Ninjs items have their id, times with an offset, a known status and named associations."""
    items = [json.loads(each.body) for each in sent if each.name.endswith(".ninjs.json")]
    assert items
    for item in items:
        assert item["uri"].startswith("urn:newsml:ilmara.example:")
        assert item["pubStatus"] in {"usable", "withheld", "canceled"}
        assert datetime.fromisoformat(item["versionCreated"]).tzinfo
        assert all(each["value"] for each in item["headlines"] + item["bodies"])
        assert all(each["name"] and each["uri"] for each in item.get("associations", []))


def test_only_example_addresses(sent: tuple[wire.Sending, ...]) -> None:
    """Addresses are under .example, so nobody is ever asked; namespaces are names, no addresses."""
    names = (
        "http://www.w3.org/", "http://purl.org/", "http://search.yahoo.com/mrss/",
        "http://iptc.org/std/", "https://iptc.org/std/", "http://www.iptc.org/std/catalog/",
        "http://cv.iptc.org/newscodes/", "https://jsonfeed.org/version/",
    )  # fmt: skip
    for each in sent:
        for url in re.findall(rb"https?://[^\s\"'<>\\]+", each.body):
            address = url.decode()
            host = address.split("/")[2]
            assert host.endswith(".example") or address.startswith(names), address


def test_pictures_are_there_in_the_size_stated(copy: tuple[stories.Piece, ...]) -> None:
    """Every picture of the wire exists in its stated size, and none is there for nothing."""
    used = {piece.picture.name: piece.picture for piece in copy if piece.picture}
    files = wire.pictures()
    assert {f"{name}.jpg" for name in used} == set(files)
    assert len(files) >= 24
    assert sum(map(len, files.values())) < 1_500_000
    for name, picture in used.items():
        body = files[f"{name}.jpg"]
        assert len(body) < 60_000
        assert Image.open(io.BytesIO(body)).size == (picture.width, picture.height)
        assert picture.caption.endswith((".", "।"))
        assert picture.alt != picture.caption
        assert picture.credit.startswith("Illustration: ")


def test_the_base_of_picture_addresses_is_an_argument() -> None:
    """Another address of the site leads to other picture addresses."""
    moved = b"".join(each.body for each in wire.sendings(START, "https://courier.example"))
    assert b"https://courier.example/dam.jpg" in moved
    assert wire.BASE.encode() not in moved


def test_pictures_are_fetched_from_the_package_alone() -> None:
    """Each address of the wire gives its picture without any network; others give a reason."""
    dam = uvloop.run(wire.fetch_picture(f"{wire.BASE}/dam.jpg"))
    assert dam == wire.pictures()["dam.jpg"]
    with pytest.raises(SourceError, match="none of the demo's"):
        uvloop.run(wire.fetch_picture("https://elsewhere.example/none.jpg"))


def test_focal_points_come_through(sent: tuple[wire.Sending, ...]) -> None:
    """Formats with a place for a focal point have some, and they are where the copy says."""
    found = set()
    for each in _whole(sent):
        for item in formats.read(each.body).items:
            for file in (file for media in item.media for file in media.renditions):
                if file.focus is not None:
                    found.add((each.name.rpartition(".")[0].rpartition(".")[2], file.focus))
    assert {kind for kind, _ in found} == {"ninjs", "newsml"}
    assert Focus(0.517, 0.625) in {focus for _, focus in found}


def test_config_parses_and_knows_every_source(sent: tuple[wire.Sending, ...]) -> None:
    """The demo's wirecopy.toml is valid and has a table for each source of the wire."""
    parsed = config.parse(wire.CONFIG)
    assert {each.source for each in sent} == {source.name for source in parsed.sources}


def test_every_sending_but_the_broken_one_is_read(sent: tuple[wire.Sending, ...]) -> None:
    """Each delivery gives items without loss or doubt; the broken one is refused with a reason."""
    for each in _whole(sent):
        reading = formats.read(each.body)
        assert reading.items, each.name
        assert not reading.spoiled
        assert not [item.warnings for item in reading.items if item.warnings]
    (broken,) = [each for each in sent if each.at == wire.BROKEN[1]]
    with pytest.raises(FormatError, match="not well-formed"):
        formats.read(broken.body)


def test_readers_get_whole_stories(sent: tuple[wire.Sending, ...]) -> None:
    """Usable stories come out with headline, dateline, sign-off and a standfirst of their own."""
    settings = config.parse(wire.CONFIG)
    for each in _whole(sent):
        delivery = Delivery(source=each.source, body=each.body, media_type=each.media_type)
        galley = read_delivery(delivery, START + each.at, settings)
        for item in (sheet.item for sheet in galley.sheets):
            if item.type != "text" or item.status != "usable" or "ADVISORY" in item.slug:
                continue
            assert item.headline
            assert item.dateline, each.name
            assert item.dateline.place
            assert item.sign_off, each.name
            assert item.body
            assert item.dateline.text not in item.body[0].html


def test_the_incidents_are_on_the_wire(copy: tuple[stories.Piece, ...]) -> None:
    """Update, correction, kill, tombstone, embargo, expiry and a withheld story are all there."""
    signals = {piece.get("signal") for piece in copy}
    assert {"update", "correction", "kill"} <= signals
    status = {piece.id: piece.status for piece in copy}
    assert status["mer-pellam"] == "canceled"
    assert status["tfd-theft"] == "deleted"
    assert [p.status for p in copy if p.id == "mer-lowmark"] == ["withheld", "usable"]
    embargoes = [p.embargo for p in copy if p.embargo]
    assert embargoes == [START + timedelta(seconds=60)]
    assert [p.expires for p in copy if p.expires] == [START + timedelta(seconds=140)]
    assert {p.lang for p in copy} == {"en", "de", "hi"}
