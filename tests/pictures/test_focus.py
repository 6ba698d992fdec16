"""The focal point: read where the wire or the file names one, and kept in view by every crop."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree
from PIL import Image, ImageChops, ImageDraw
from tests.pictures.room import URL, Room, full_bake
from tests.pictures.torture import saved

from wirecopy import formats
from wirecopy.formats.ninjs_write import to_ninjs
from wirecopy.model import Focus
from wirecopy.pictures.develop import develop
from wirecopy.pictures.nouns import Developed, Label
from wirecopy.pictures.regions import focus_of

EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
ROLES = "http://cv.iptc.org/newscodes/imageregionrole/"


def dotted(width: int, height: int, x: float, y: float) -> Image.Image:
    """A blue picture with a red dot at that share of it."""
    image = Image.new("RGB", (width, height), "navy")
    across, down = x * width, y * height
    ImageDraw.Draw(image).ellipse((across - 20, down - 20, across + 20, down + 20), fill="red")
    return image


def region(role: str = "", shape: str = "rectangle", unit: str = "relative", **box: Any) -> str:
    """One image region as XMP has it."""
    said = {"rbShape": shape, "rbUnit": unit} | box
    inside = "".join(f"<e:{key}>{value}</e:{key}>" for key, value in said.items())
    roles = f"<e:rRole><r:Bag><r:li>{ROLES}{role}</r:li></r:Bag></e:rRole>" if role else ""
    return (
        f'<r:li r:parseType="Resource"><e:RegionBoundary r:parseType="Resource">{inside}'
        f"</e:RegionBoundary>{roles}</r:li>"
    )


def packet(*regions: str) -> bytes:
    """An XMP packet with these regions."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<r:Description r:about="" xmlns:e="{EXT}"><e:ImageRegion><r:Bag>{"".join(regions)}'
        "</r:Bag></e:ImageRegion></r:Description></r:RDF></x:xmpmeta>"
    ).encode()


VERTICES = "<r:Seq>" + "".join(
    f'<r:li r:parseType="Resource"><e:rbX>{x}</e:rbX><e:rbY>{y}</e:rbY></r:li>'
    for x, y in ((0.1, 0.2), (0.3, 0.2), (0.2, 0.6))
) + "</r:Seq>"  # fmt: skip
LEFT = {"rbX": 0.1, "rbY": 0.2, "rbW": 0.2, "rbH": 0.2}
RIGHT = {"rbX": 0.7, "rbY": 0.2, "rbW": 0.2, "rbH": 0.2}


@pytest.mark.parametrize(
    ("regions", "point"),
    [
        ([region(**LEFT)], Focus(0.2, 0.3)),
        ([region(unit="pixel", rbX=90, rbY=60, rbW=180, rbH=120)], Focus(0.2, 0.2)),
        ([region(shape="circle", rbX=0.25, rbY=0.5, rbRx=0.1)], Focus(0.25, 0.5)),
        ([region(shape="polygon", rbVertices=VERTICES)], Focus(0.2, 0.4)),
        ([region("cropping", **LEFT), region("mainSubjectArea", **RIGHT)], Focus(0.8, 0.3)),
        ([region(**LEFT), region("recomCropping", **RIGHT)], Focus(0.8, 0.3)),
        ([region("copyrightRegion", **LEFT)], None),
        ([region("copyrightRegion", **LEFT), region(**RIGHT)], Focus(0.8, 0.3)),
        ([region(rbX=0.9, rbY=0.9, rbW=0.9, rbH=0.9)], None),
        ([region(rbX="nan", rbY="1e999", rbW="", rbH="x")], None),
        ([region(shape="polygon")], None),
        ([], None),
    ],
)
def test_regions_of_a_file_have_a_middle(regions: list[str], point: Focus | None) -> None:
    """Every shape and unit gives its middle; roles tell a subject from a mark in the corner."""
    assert focus_of(etree.fromstring(packet(*regions)), (900, 600)) == point


@pytest.mark.parametrize("way", range(1, 9))
def test_a_crop_finds_the_point_however_the_camera_was_held(way: int) -> None:
    """The file's region names the dot of the file; the upright crop still has it."""
    exif = Image.Exif()
    exif[0x0112] = way
    body = saved(
        dotted(900, 600, 0.1, 0.2), "JPEG", exif=exif,
        xmp=packet(region("mainSubjectArea", rbX=0.05, rbY=0.1, rbW=0.1, rbH=0.2)),
    )  # fmt: skip
    made = develop(body)
    assert isinstance(made, Developed)
    crops = [one for one in made.prints if one.crop]
    assert len(crops) == 3
    for one in crops:
        assert has_dot(one.body), one.crop


def has_dot(body: bytes) -> bool:
    """Whether the whole red dot is in the picture."""
    with Image.open(io.BytesIO(body)) as image:
        scale = image.width * image.height / (900 * 600)
    return reds(body) > 500 * min(scale, 1)


def reds(body: bytes) -> int:
    """How many pixels of the picture have much red and little blue."""
    with Image.open(io.BytesIO(body)) as image:
        red, _, blue = image.convert("RGB").split()
    much, little = red.point(lambda v: 255 * (v > 150)), blue.point(lambda v: 255 * (v < 100))
    return ImageChops.darker(much, little).histogram()[255]


@pytest.mark.parametrize("x", [0.05, 0.5, 0.95])
@pytest.mark.parametrize("size", [(1800, 600), (600, 900), (900, 600)])
def test_every_crop_keeps_the_point_that_the_wire_names(x: float, size: tuple[int, int]) -> None:
    """Wide, standard and square crops all show it, also at the very edge."""
    made = develop(saved(dotted(*size, x, 0.1), "PNG"), Label(focus=Focus(x, 0.1)))
    assert isinstance(made, Developed)
    assert made.focus == Focus(x, 0.1)
    crops = {round(one.width / one.height, 1): one for one in made.prints if one.crop}
    assert set(crops) == {1.8, 1.3, 1.0}
    for one in crops.values():
        assert reds(one.body), one.crop


def test_a_tall_picture_is_cut_high() -> None:
    """Where nobody names a point, faces are looked for where faces are."""
    made = develop(saved(dotted(600, 1200, 0.5, 0.2), "JPEG"))
    assert isinstance(made, Developed)
    assert made.focus == Focus(0.5, 0.3)
    assert all(has_dot(one.body) for one in made.prints if one.crop)


# -- from the wire -------------------------------------------------------------------------


def ninjs(picture: dict[str, Any], **rendition: Any) -> bytes:
    """A ninjs 3 text with one picture."""
    file = {"name": "main", "href": URL, "contentType": "image/jpeg"} | rendition
    whole = {"name": "main", "uri": "urn:pic:1", "type": "picture", "renditions": [file]} | picture
    return msgspec.json.encode(
        {
            "uri": "urn:newsml:corvid.example:1", "type": "text", "pubStatus": "usable",
            "headlines": [{"value": "Harbour opens"}], "associations": [whole],
            "bodies": [{"value": "<p>The harbour opened.</p>", "contentType": "text/html"}],
        }
    )  # fmt: skip


SIZE = {"width": 900, "height": 600}


@pytest.mark.parametrize(
    ("picture", "rendition", "point"),
    [
        ({}, SIZE | {"poi": {"x": 90, "y": 300}}, Focus(0.1, 0.5)),
        ({}, {"poi": {"x": 90, "y": 300}}, None),
        ({}, SIZE | {"poi": {"x": 0, "y": 0}}, Focus(0.0, 0.0)),
        ({}, SIZE | {"poi": {"x": 901, "y": 0}}, None),
        ({}, SIZE | {"poi": {"x": -1, "y": 2}}, None),
        ({}, SIZE | {"poi": {"x": "90"}}, None),
        ({}, SIZE | {"poi": [1, 2]}, None),
        ({"poi": {"x": 0.25, "y": 0.75}}, SIZE, Focus(0.25, 0.75)),
        ({"poi": {"x": 0.25, "y": 0.75}}, {}, Focus(0.25, 0.75)),
        ({"poi": {"x": 1, "y": 1}}, {}, None),
    ],
)
def test_ninjs_names_a_point(
    picture: dict[str, Any], rendition: dict[str, Any], point: Focus | None
) -> None:
    """In pixels of a file, as the standard has it, or in shares of the picture, as Superdesk."""
    (item,) = formats.read(ninjs(picture, **rendition)).items
    assert item.media[0].renditions[0].focus == point
    if point is not None and "width" in rendition:
        (again,) = formats.read(msgspec.json.encode(to_ninjs(item))).items
        assert again.media[0].renditions[0].focus == point


def g2(parts: str, files: str) -> bytes:
    """A NewsML-G2 picture."""
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:corvid:p1" '
        'version="1"><itemMeta><itemClass qcode="ninat:picture"/>'
        '<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>A ferry</headline>'
        f"</contentMeta>{parts}<contentSet>{files}</contentSet></newsItem>"
    ).encode()


FILES = (
    '<remoteContent id="big" href="https://p.example/big.jpg" contenttype="image/jpeg" '
    'width="900" height="600"/>'
    '<remoteContent id="small" href="https://p.example/small.jpg" contenttype="image/jpeg" '
    'width="300" height="200"/>'
    '<remoteContent id="tall" href="https://p.example/tall.jpg" contenttype="image/jpeg" '
    'width="300" height="600"/>'
)


@pytest.mark.parametrize(
    ("parts", "points"),
    [
        (
            '<partMeta><regionDelim x="45" y="60" width="90" height="120"/></partMeta>',
            [Focus(0.1, 0.2), Focus(0.1, 0.2), None],
        ),
        (
            '<partMeta contentrefs="tall"><regionDelim x="150" y="60"/></partMeta>',
            [None, None, Focus(0.5, 0.1)],
        ),
        ('<partMeta><regionDelim x="-5" y="60" width="9" height="1"/></partMeta>', [None] * 3),
        ('<partMeta><regionDelim x="9000" y="60"/></partMeta>', [None] * 3),
        ("<partMeta><role qcode='x:y'/></partMeta>", [None] * 3),
        ("", [None] * 3),
    ],
)
def test_newsml_g2_marks_a_region(parts: str, points: list[Focus | None]) -> None:
    """Its middle is the point, in every file of the same shape; another crop has another."""
    (item,) = formats.read(g2(parts, FILES)).items
    assert [file.focus for file in item.media[0].renditions] == points


# -- on the site ---------------------------------------------------------------------------


def test_pages_keep_the_point_in_view(room: Room) -> None:
    """The page, its previews, its graph and every list know it; a full bake says the same."""
    room.server[URL] = saved(dotted(900, 600, 0.1, 0.2), "JPEG")
    room.take(poi={"x": 90, "y": 120})
    assert 'class="fx1 fy0"' in room.page()
    room.see_to_pictures()
    files = room.files()
    assert 'class="fx1 fy0"' in room.page()
    for path in ("index.html", "world/index.html"):
        assert b'class="fx1 fy0"' in files[path]
    (preview,) = re.findall(r'og:image" content="https://[^/]+/([^"]+)"', unescape(room.page()))
    assert preview.endswith("-900x506.10x20.jpg")
    assert has_dot(files[preview])
    graph = room.page().split('<script type="application/ld+json">')[1].split("</script>")[0]
    (article,) = [
        n for n in msgspec.json.decode(graph)["@graph"] if "image" in n and "headline" in n
    ]
    shapes = [round(one["width"] / one["height"], 2) for one in article["image"]]
    assert shapes == [1.5, 1.78, 1.33, 1.0]
    assert {one["creditText"] for one in article["image"]} == {"Corvid/A. P."}
    assert all(one["url"].rpartition("ledger.example/")[2] in files for one in article["image"])
    assert files == full_bake(room)


def test_the_stylesheet_knows_every_point(room: Room) -> None:
    """Whatever class a page names for a point, the stylesheet moves the picture there."""
    (sheet,) = [b.decode() for p, b in room.files().items() if p.endswith(".css")]
    for step in (*range(5), *range(6, 11)):
        for axis in "xy":
            assert f".f{axis}{step} {{ --f{axis}: {step * 10}%; }}" in sheet
    assert "object-position: var(--fx, 50%) var(--fy, 50%)" in sheet


def test_one_file_with_two_points_is_cut_twice(tmp_path: Path) -> None:
    """The same bytes under two addresses with two points never overwrite each other's crops."""
    room = Room(tmp_path)
    try:
        other = URL.replace("ferry", "boat")
        room.server[other] = room.server[URL] = saved(dotted(900, 600, 0.1, 0.2), "JPEG")
        room.take(1, poi={"x": 90, "y": 120})
        room.take(2, poi={"x": 810, "y": 120}, url=other)
        room.see_to_pictures()
        wide = sorted(path.partition("-")[2] for path in room.files() if "x506." in path)
        assert wide == ["900x506.10x20.jpg", "900x506.90x20.jpg"]
        assert room.files() == full_bake(room)
    finally:
        room.close()
