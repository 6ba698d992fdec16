"""What comes of pictures: of sound ones renditions, of all others a reason, of none a crash."""

import io
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, PngImagePlugin
from tests.pictures.torture import JPEG, Case, folder, saved, scene, segment, turned

from wirecopy.pictures.card import SIZE, draw
from wirecopy.pictures.darkroom import Darkroom
from wirecopy.pictures.develop import develop
from wirecopy.pictures.lettering import can_shape, from_right
from wirecopy.pictures.metadata import iim, read, xmp
from wirecopy.pictures.nouns import Developed, Label, Order, Print, Refused, Said

FOLDER = folder()


@pytest.mark.parametrize("case", FOLDER, ids=[case.name for case in FOLDER])
def test_the_torture_folder(case: Case) -> None:
    """Each of a hundred files ends as it must: kept in its true shape, or refused in words."""
    made = develop(case.file)
    outcome = "kept" if isinstance(made, Developed) else made.reason
    assert re.search(case.outcome, outcome), outcome
    if isinstance(made, Developed) and case.size:
        widest = max((one for one in made.prints if not one.crop), key=lambda one: one.width)
        assert widest.width == min(case.size[0], 1600)
        assert widest.height == round(widest.width * case.size[1] / case.size[0])
        for one in made.prints:
            with Image.open(io.BytesIO(one.body)) as image:
                assert image.size == (one.width, one.height)
                assert image.mode == "RGB"
                assert getattr(image, "n_frames", 1) == 1
                assert one.width <= case.size[0]


def test_the_folder_is_full() -> None:
    """There are a hundred of them, no two of one name."""
    assert len(FOLDER) >= 100
    assert len({case.name for case in FOLDER}) == len(FOLDER)


@pytest.mark.parametrize(
    "kind",
    ["broken off|hammered|wrong sum", "billion pixels|explodes?$|beyond",
     "lies|begins like|behind it",
     "moving|frames|three pages", "CMYK|cmyk", "I;16", "turned", "transparen|RGBA|LA$",
     "counter|spacer|narrow", "page|drawing|program"],
)  # fmt: skip
def test_the_folder_has_every_kind(kind: str) -> None:
    """Damaged, huge, lying, moving, CMYK, 16 bits, turned, see-through, tiny, no picture at all."""
    assert len([case for case in FOLDER if re.search(kind, case.name)]) >= 2


def kept(body: bytes) -> Developed:
    """What was made of a sound picture."""
    made = develop(body)
    assert isinstance(made, Developed)
    return made


def corner(made: Developed) -> str:
    """Which corner of the first rendition is red."""
    with Image.open(io.BytesIO(made.prints[0].body)) as image:
        rgb = image.convert("RGB")
        right, low = rgb.width - 6, rgb.height - 6
        places = {
            "upper left": (5, 5),
            "upper right": (right, 5),
            "lower left": (5, low),
            "lower right": (right, low),
        }
        return next(name for name, at in places.items() if red(rgb, at) > 150)


def red(image: Image.Image, at: tuple[int, int]) -> int:
    """How red one pixel is."""
    pixel = image.getpixel(at)
    assert isinstance(pixel, tuple)
    return int(pixel[0])


@pytest.mark.parametrize(
    ("way", "where"),
    [(1, "upper left"), (2, "upper right"), (3, "lower right"), (4, "lower left"),
     (5, "upper left"), (6, "upper right"), (7, "lower right"), (8, "lower left")],
)  # fmt: skip
def test_a_picture_stands_upright(way: int, where: str) -> None:
    """However the camera was held, readers see what the photographer saw."""
    assert corner(kept(turned(way))) == where


@pytest.mark.parametrize("mode", ["CMYK", "P", "RGB", "RGBA"])
def test_colours_stay_what_they_were(mode: str) -> None:
    """A red corner is bright and a blue ground dark, whatever the file's colours are made of."""
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert corner(kept(saved(scene(mode=mode), kind))) == "upper left"


def test_transparency_becomes_paper() -> None:
    """What can be seen through is white, not black."""
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    with Image.open(io.BytesIO(kept(saved(clear, "PNG")).prints[0].body)) as image:
        assert red(image.convert("RGB"), (100, 100)) > 250


def test_renditions_come_in_steps_and_two_kinds() -> None:
    """JPEG for old readers and cards, WebP in the widths of screens, none blown up."""
    wide = kept(saved(Image.new("RGB", (2500, 1000), "green"), "JPEG")).prints
    assert [(one.kind, one.width) for one in wide] == [
        ("jpg", 400), ("jpg", 1600), ("webp", 400), ("webp", 800), ("webp", 1200), ("webp", 1600),
        ("jpg", 1137), ("jpg", 853), ("jpg", 640),
    ]  # fmt: skip
    narrow = kept(saved(Image.new("RGB", (300, 200), "green"), "JPEG")).prints
    assert [(one.kind, one.width) for one in narrow if not one.crop] == [
        ("jpg", 300), ("webp", 300),
    ]  # fmt: skip
    screen = kept(saved(Image.new("RGB", (1600, 900), "green"), "JPEG")).prints
    assert [(one.width, one.height) for one in screen if one.crop] == [(1200, 900), (900, 900)]


SAID = Said(
    caption="Boats & <b>crews</b> in Velmore",
    alt="Two boats at a quay",
    headline="Boats",
    creator="A. Penhallow",
    credit="Corvid News/A. Penhallow",
    source="Corvid",
    copyright="© Corvid News",
    instructions="NO ARCHIVE",
    terms="Editorial use only",
    web_statement="https://corvid.example/terms",
    licensor="https://corvid.example/buy",
    data_mining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
    digital_source="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
)


def silent(said: Said) -> Said:
    """The same without what only desks may read."""
    return Said(**{f: getattr(said, f) for f in said.__struct_fields__ if f != "instructions"})


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "TIFF", "PNG", "AVIF"])
@pytest.mark.parametrize("avif", [False, True])
def test_every_rendition_keeps_what_the_picture_says(kind: str, avif: bool) -> None:
    """Credit, copyright, caption and alt stand in every file that readers get, crops included."""
    packet = xmp(SAID).replace(
        b"</rdf:Description>", b"<photoshop:Instructions>NO ARCHIVE</photoshop:Instructions>"
        b"</rdf:Description>")  # fmt: skip
    how: dict[str, Any] = {"xmp": packet}
    if kind == "PNG":
        how = {"pnginfo": PngImagePlugin.PngInfo()}
        how["pnginfo"].add_itxt("XML:com.adobe.xmp", packet.decode())
    elif kind == "TIFF":
        how = {"tiffinfo": {700: packet}}
    made = develop(saved(scene(900, 600), kind, **how), avif=avif)
    assert isinstance(made, Developed)
    assert made.said == SAID
    assert {one.kind for one in made.prints} == ({"avif"} if avif else {"jpg", "webp"})
    for one in made.prints:
        assert b"NO ARCHIVE" not in one.body
        with Image.open(io.BytesIO(one.body)) as image:
            assert read(image) == silent(SAID), (one.kind, one.crop)


def test_many_words_cost_no_picture() -> None:
    """A file or a wire with more words than a JPEG can hold has them cut, not its picture."""
    long = "हिन्दी " * 570
    said = Said(**{name: long for name in Said.__struct_fields__ if name != "instructions"})
    made = develop(saved(scene(900, 600), "WEBP", xmp=xmp_of_any_size(said)), Label(credit=long))
    assert isinstance(made, Developed)
    for one in made.prints:
        with Image.open(io.BytesIO(one.body)) as image:
            assert read(image).credit.startswith("हिन्दी हिन्दी")


def xmp_of_any_size(said: Said) -> bytes:
    """A packet with these words, however long they are."""
    short = Said(**{name: f"({name})" for name in said.__struct_fields__})
    packet = xmp(short).decode()
    for name in said.__struct_fields__:
        packet = packet.replace(f"({name})", getattr(said, name))
    return packet.encode()


@pytest.mark.parametrize("size", [(800, 20_000), (150, 30_000)])
def test_a_very_tall_picture_is_shown(size: tuple[int, int]) -> None:
    """WebP ends at 16,383 pixels; a chart that is taller is made narrower until it fits."""
    made = develop(saved(Image.new("RGB", size), "JPEG"))
    assert isinstance(made, Developed)
    whole = [one for one in made.prints if not one.crop]
    assert {one.kind for one in whole} == {"jpg", "webp"}
    assert max(one.height for one in whole) in range(16_000, 16_384)


def test_the_wire_fills_in_who_made_it() -> None:
    """Where the file names nobody, the wire's credit and copyright go into each rendition."""
    label = Label(credit="Corvid News/T. Brandreth", copyright="© Corvid", focus=None)
    made = develop(saved(scene(900, 600), "JPEG"), label)
    assert isinstance(made, Developed)
    assert made.said == Said()
    for one in made.prints:
        with Image.open(io.BytesIO(one.body)) as image:
            assert (read(image).credit, read(image).copyright) == (label.credit, label.copyright)
    named = develop(saved(scene(), "JPEG", xmp=xmp(SAID)), label)
    assert isinstance(named, Developed)
    with Image.open(io.BytesIO(named.prints[0].body)) as own:
        assert (read(own).credit, read(own).copyright) == (SAID.credit, SAID.copyright)


def test_the_older_block_is_read_and_written_too() -> None:
    """IIM says the same for programs that know no XMP, in UTF-8."""
    with Image.open(io.BytesIO(JPEG[:2] + iim(SAID) + JPEG[2:])) as image:
        said = read(image)
    assert (said.credit, said.copyright) == (SAID.credit, SAID.copyright)
    assert said.caption == SAID.caption
    made = kept(JPEG[:2] + iim(SAID) + JPEG[2:])
    with Image.open(io.BytesIO(made.prints[0].body)) as image:
        assert b"Photoshop 3.0" in made.prints[0].body
        assert read(image).credit == SAID.credit


@pytest.mark.parametrize("avif", [False, True])
def test_where_and_with_what_it_was_taken_is_nobodys_business(avif: bool) -> None:
    """Places and serial numbers are in no rendition, whether EXIF, XMP or a comment had them."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 12.0, 0.0), 3: "E", 4: (11.0, 30.0, 0.0)}
    exif[0x010F] = "Kameratron"
    exif[0xA431] = "SERIAL-4711"
    packet = xmp(SAID).replace(
        b"</rdf:Description>", b"<exif:GPSLatitude xmlns:exif='http://ns.adobe.com/exif/1.0/'>"
        b"48,12.00N</exif:GPSLatitude><aux:SerialNumber "
        b"xmlns:aux='http://ns.adobe.com/exif/1.0/aux/'>SERIAL-4711</aux:SerialNumber>"
        b"</rdf:Description>")  # fmt: skip
    body = saved(scene(900, 600), "JPEG", exif=exif, xmp=packet, comment=b"SERIAL-4711")
    assert body.count(b"SERIAL-4711") == 3
    made = develop(body, avif=avif)
    assert isinstance(made, Developed)
    for one in made.prints:
        with Image.open(io.BytesIO(one.body)) as image:
            assert not dict(image.getexif())
            assert b"GPS" not in image.info.get("xmp", b"")
            assert read(image).credit == SAID.credit
        for secret in (b"SERIAL-4711", b"Kameratron", b"48,12", b"GPSLatitude"):
            assert secret not in one.body


def test_what_lies_behind_a_picture_is_left_behind() -> None:
    """A file that is a page as well is none any more when readers get it."""
    made = kept(JPEG + b"<script>alert(1)</script>")
    assert not [one for one in made.prints if b"<script" in one.body]


def test_the_same_picture_gives_the_same_bytes() -> None:
    """Nothing of the moment is in a rendition."""
    assert develop(JPEG) == develop(JPEG)


def test_xmp_that_reads_files_reads_none() -> None:
    """An entity in a picture's metadata is not resolved."""
    packet = (
        b'http://ns.adobe.com/xap/1.0/\0<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
        b"<photoshop:Credit>&a;</photoshop:Credit></x:xmpmeta>"
    )
    assert kept(segment(0xE1, packet)).said.credit == ""


def test_whoever_waits_for_a_picture_is_told_at_the_end() -> None:
    """A child that hangs keeps nobody from closing the darkroom, nor the one that waits for it."""
    darkroom, told = Darkroom(patience=60), list[Developed | Refused]()
    assert darkroom.card(Order(headline="A", section="", agency="", site="")) is not None
    for child in darkroom._running:
        child.send_signal(signal.SIGSTOP)
    waiting = threading.Thread(target=lambda: told.append(darkroom.develop(JPEG)))
    waiting.start()
    while not darkroom._idle.empty():
        time.sleep(0.01)
    began = time.monotonic()
    darkroom.close()
    waiting.join()
    assert time.monotonic() - began < 20
    assert [isinstance(one, Refused) and one.for_good for one in told] == [False]


# -- cards ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headline",
    [
        "Short",
        "Word " * 60,
        "Unbroken" * 40,
        "हिन्दी में शीर्षक",
        "",
        "Fish & chips <b>“quoted”</b> – €5",
    ],
)
def test_a_card_is_drawn_whatever_the_words(headline: str) -> None:
    """Any headline gives a card of the size that networks ask for, and always the same one."""
    order = Order(headline=headline, section="World", agency="Corvid News", site="The Ledger")
    card = draw(order)
    with Image.open(io.BytesIO(card.body)) as image:
        assert image.size == SIZE
        edge = image.convert("RGB").crop((SIZE[0] - 40, 0, SIZE[0], SIZE[1]))
        assert (254, 253, 250) not in set(edge.get_flattened_data())  # no letter over the edge
    assert len(card.body) < 60_000
    assert draw(order) == card


def headline_of(card: Print) -> bytes:
    """The part of a card on which its headline stands."""
    return part_of(card, (0, 150, SIZE[0], SIZE[1] - 130))


def part_of(card: Print, box: tuple[int, int, int, int]) -> bytes:
    """The pixels of a part of a card."""
    with Image.open(io.BytesIO(card.body)) as image:
        return image.convert("L").crop(box).tobytes()


EMPTY = draw(Order(headline="", section="", agency="", site=""))
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


@pytest.mark.parametrize("headline", ["Łódź", "Şırnak", "Žďár"])
def test_a_card_leaves_no_letter_out_of_a_word(headline: str) -> None:
    """Latin of every language is set whole; a name without a letter is another name."""
    asked = Order(headline=headline, section="", agency="", site="")
    plain = "".join(char for char in headline if ord(char) < 256)
    whole, cut = draw(asked), draw(msgspec.structs.replace(asked, headline=plain))
    assert headline_of(whole) not in (headline_of(EMPTY), headline_of(cut))


def test_a_word_that_cannot_be_set_is_left_out_whole() -> None:
    """A letter or figure that the font lacks takes the headline along, a mere sign only itself."""
    for headline in ("The Москва river", "Gate ४"):
        assert draw(Order(headline=headline, section="", agency="", site="")) == EMPTY
    smile = draw(Order(headline="A smile \N{GRINNING FACE}", section="", agency="", site=""))
    assert smile == draw(Order(headline="A smile", section="", agency="", site=""))


@pytest.mark.skipif(
    not (DEJAVU.exists() and can_shape()), reason="Debian's DejaVu or FriBidi is not installed"
)
def test_a_newsroom_names_a_font_for_its_script() -> None:
    """Words beyond Latin are set in the font given, and all others in the theme's as before."""
    font = DEJAVU.read_bytes()
    russian = Order(headline="Москва", section="World", agency="", site="")
    english = msgspec.structs.replace(russian, headline="Moscow")
    assert headline_of(draw(russian, font)) != headline_of(EMPTY)
    assert draw(english, font) == draw(english)
    assert draw(russian, b"no font") == draw(russian)
    arabic = msgspec.structs.replace(english, headline="أخبار 24")
    left, right = (0, 150, 300, 500), (900, 150, SIZE[0], 500)
    assert part_of(draw(arabic, font), left) == part_of(draw(arabic), left)
    assert part_of(draw(arabic, font), right) != part_of(draw(arabic), right)


@pytest.mark.parametrize(
    ("words", "right"), [("أخبار 24", True), ("24 أخبار", True), ("A أ", False)]
)
def test_a_script_begins_at_its_own_side(words: str, right: bool) -> None:
    """The first strong character says where a line begins."""
    assert from_right(words) is right


# -- the darkroom --------------------------------------------------------------------------


def test_a_picture_that_takes_for_ever_costs_its_time_and_no_more() -> None:
    """A child that does not answer is ended, and the next picture has another."""
    room = Darkroom(patience=0.0)
    try:
        refused = room.develop(JPEG)
        assert isinstance(refused, Refused)
        assert not refused.for_good
        room._patience = 30.0
        assert isinstance(room.develop(JPEG), Developed)
    finally:
        room.close()


def test_a_child_that_dies_is_replaced() -> None:
    """One poisonous picture costs neither the desk nor its neighbours."""
    room = Darkroom()
    try:
        assert isinstance(room.develop(JPEG), Developed)
        (child,) = room._running
        child.kill()
        child.wait()
        assert isinstance(room.develop(JPEG), Refused)
        assert isinstance(room.develop(JPEG), Developed)
    finally:
        room.close()
        room.close()


def test_the_child_has_little_to_lose() -> None:
    """Memory is bounded, and it can neither write files nor start programs."""
    program = (
        "import resource as r\n"
        "from wirecopy.pictures.child import MEMORY, shut_in\n"
        "shut_in()\n"
        "assert r.getrlimit(r.RLIMIT_AS)[0] == MEMORY\n"
        "try:\n    bytearray(MEMORY)\n    raise SystemExit('had the memory')\n"
        "except MemoryError:\n    pass\n"
        "assert r.getrlimit(r.RLIMIT_FSIZE) == (0, 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
