"""Damaged deliveries: the right text, or a reason; never mojibake, and no neighbour pays."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import NamedTuple

import pytest

from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.formats import Hints, damage, markup
from wirecopy.model import Item, Reading

HEAD = "Fährhafen „Süd“ öffnet – für 30 €"
CAFE = "Le café d’Ostval rouvre – 5 € l’entrée"


def rss(*titles: str, label: str = "") -> str:
    """A feed with one item for each title."""
    declared = f'<?xml version="1.0" encoding="{label}"?>' if label else ""
    items = "".join(
        f"<item><guid>g{n}</guid><title>{title}</title><description>Text {n}.</description></item>"
        for n, title in enumerate(titles, 1)
    )
    return f'{declared}<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def jsonfeed(*titles: str) -> str:
    """A JSON Feed with one item for each title."""
    items = [
        {
            "id": f"g{n}",
            "title": title,
            "content_text": f"Text {n}.",
            "url": f"https://w.example/{n}",
        }
        for n, title in enumerate(titles, 1)
    ]
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "Wire", "items": items}, ensure_ascii=False)


def headlines(reading: Reading) -> list[str]:
    """What the items say."""
    return [item.headline for item in reading.items]


class Case(NamedTuple):
    """A delivery, what its items say, and how many of them are spoiled."""

    promise: str
    body: bytes
    expected: list[str]
    spoiled: int = 0
    media_type: str = ""


def mixed(*parts: tuple[str, str]) -> bytes:
    """A feed whose titles are in different character sets."""
    frame = rss(*(f"@{n}@" for n in range(len(parts)))).encode()
    for n, (title, name) in enumerate(parts):
        frame = frame.replace(f"@{n}@".encode(), title.encode(name))
    return frame


CASES = [
    Case(
        "a Latin-1 label over UTF-8 is not believed", rss(HEAD, label="iso-8859-1").encode(), [HEAD]
    ),
    Case(
        "a UTF-8 label over Windows-1252 is not believed",
        rss(HEAD, label="utf-8").encode("cp1252"),
        [HEAD],
    ),
    Case(
        "a Windows label over UTF-8 is not believed",
        rss(HEAD, label="windows-1252").encode(),
        [HEAD],
    ),
    Case(
        "a Cyrillic label over UTF-8 is not believed",
        rss("Паром стоит", label="koi8-r").encode(),
        ["Паром стоит"],
    ),
    Case(
        "a Cyrillic label over Cyrillic is believed",
        rss("Паром стоит", label="koi8-r").encode("koi8-r"),
        ["Паром стоит"],
    ),
    Case(
        "a utf-16 label over single bytes is not believed",
        rss(HEAD, label="utf-16").encode(),
        [HEAD],
    ),
    Case(
        "a utf-16 label over ASCII is not believed",
        rss("Ferry", label="utf-16").encode(),
        ["Ferry"],
    ),
    Case("a label that names nothing is passed over", rss(HEAD, label="wire-8").encode(), [HEAD]),
    Case(
        "curly quotes of Windows survive a Latin-1 label",
        rss(CAFE, label="iso-8859-1").encode("cp1252"),
        [CAFE],
    ),
    Case("without a label Windows-1252 is seen", rss(CAFE).encode("cp1252"), [CAFE]),
    Case(
        "without a label CP850 is seen by its letters",
        rss("Die Fähre für Österbrück").encode("cp850"),
        ["Die Fähre für Österbrück"],
    ),
    Case(
        "a CP850 label is believed", rss("Die Fähre", label="cp850").encode("cp850"), ["Die Fähre"]
    ),
    Case(
        "a server's default does not beat the document",
        rss("Паром", label="windows-1251").encode("cp1251"),
        ["Паром"],
        media_type="text/xml; charset=iso-8859-1",
    ),
    Case(
        "what a server says on purpose beats a default label",
        rss("Паром", label="iso-8859-1").encode("cp1251"),
        ["Паром"],
        media_type="text/xml; charset=windows-1251",
    ),
    Case(
        "a server's UTF-8 over other bytes is not believed",
        rss(CAFE).encode("cp1252"),
        [CAFE],
        media_type="text/xml; charset=utf-8",
    ),
    Case(
        "a UTF-8 mark beats the label", b"\xef\xbb\xbf" + rss(HEAD, label="koi8-r").encode(), [HEAD]
    ),
    Case("UTF-16 with a mark is read", rss(HEAD, label="utf-16").encode("utf-16"), [HEAD]),
    Case(
        "UTF-16 big end first without a mark is read",
        rss(HEAD, label="utf-16").encode("utf-16-be"),
        [HEAD],
    ),
    Case("UTF-16 without mark and declaration is read", rss(HEAD).encode("utf-16-le"), [HEAD]),
    Case("UTF-32 with a mark is read", rss(HEAD).encode("utf-32"), [HEAD]),
    Case("UTF-32 without a mark is read", rss(HEAD).encode("utf-32-be"), [HEAD]),
    Case("JSON in UTF-16 is read", jsonfeed(HEAD).encode("utf-16"), [HEAD]),
    Case("JSON in UTF-16 without a mark is read", jsonfeed(HEAD).encode("utf-16-le"), [HEAD]),
    Case("JSON with a UTF-8 mark is read", b"\xef\xbb\xbf" + jsonfeed(HEAD).encode(), [HEAD]),
    Case("JSON in Windows-1252 is read", jsonfeed(CAFE).encode("cp1252"), [CAFE]),
    Case(
        "each item of a mixed feed is read in its own set",
        mixed((HEAD, "utf-8"), (CAFE, "cp1252"), ("Паром", "utf-8")),
        [HEAD, CAFE, "Паром"],
    ),
    Case(
        "a pair of surrogates that was encoded apart is one sign",
        mixed(("Ferry 🚢", "utf-8"), ("x", "utf-8")).replace(
            "🚢".encode(), b"\xed\xa0\xbd\xed\xba\xa2"
        ),
        ["Ferry 🚢", "x"],
    ),
    Case(
        "a lone surrogate spoils its own item",
        rss("Ferry @ stops", "Quay").replace("@", "\ud83d").encode("utf-8", "surrogatepass"),
        ["Quay"],
        1,
    ),
    Case(
        "a lone surrogate in JSON spoils its own item",
        jsonfeed("Ferry @ stops", "Quay").replace("@", r"\ud83d").encode(),
        ["Quay"],
        1,
    ),
    Case(
        "a whole pair in JSON is one sign",
        jsonfeed("Ferry @").replace("@", r"\ud83d\udea2").encode(),
        ["Ferry 🚢"],
    ),
    Case(
        "half a character of UTF-8 spoils its own item",
        rss("Ein caf@ am Hafen", "Quay", CAFE).encode().replace(b"@", b"\xc3"),
        ["Quay", CAFE],
        1,
    ),
    Case(
        "a replacement character spoils its own item",
        rss("Caf\ufffd closes", "Quay").encode(),
        ["Quay"],
        1,
    ),
    Case(
        "control characters and NUL are dropped",
        rss("Fer\x00ry\x0b at\x1b noon").encode(),
        ["Ferry at noon"],
    ),
    Case(
        "references to forbidden characters are dropped",
        rss("Ferry&#0; at&#x1F; noon&#xD800;").encode(),
        ["Ferry at noon"],
    ),
    Case(
        "references to Windows' characters are meant",
        rss("It&#146;s late &#150; again").encode(),
        ["It’s late – again"],
    ),
    Case(
        "twice encoded entities are decoded",
        rss("Salt &amp;amp; Sons&amp;#8217; quay").encode(),
        ["Salt & Sons’ quay"],
    ),
    Case(
        "twice encoded tags are no text",
        rss("&amp;lt;b&amp;gt;Ferry&amp;lt;/b&amp;gt; late").encode(),
        ["Ferry late"],
    ),
    Case("an ampersand alone is an ampersand", rss("Salt & Sons").encode(), ["Salt & Sons"]),
    Case(
        "an entity nobody declared is text and cuts nothing",
        rss("Salt &harbor; Sons sail").encode(),
        ["Salt &harbor; Sons sail"],
    ),
    Case(
        "CDATA in CDATA loses no word",
        rss("<![CDATA[Ferry <![CDATA[late]]> again]]>", "Quay").encode(),
        ["Ferry late again", "Quay"],
    ),
    Case(
        "UTF-8 read as Windows-1252 is put right",
        rss(CAFE.encode().decode("cp1252", "ignore")).encode(),
        [CAFE],
    ),
    Case(
        "what went the wrong way twice is put right",
        rss("Fähre für Süd".encode().decode("cp1252").encode().decode("cp1252")).encode(),
        ["Fähre für Süd"],
    ),
    Case(
        "Cyrillic read as Windows-1252 is put right",
        rss("Вот это".encode().decode("latin-1")).encode(),
        ["Вот это"],
    ),
    Case(
        "wrong words beside right ones are put right",
        rss("„Süd“ itâ€™s late â€“ again").encode(),
        ["„Süd“ it’s late – again"],
    ),
    Case(
        "a truncated feed keeps its whole items",
        rss("Ferry", "Quay", "Torn").encode()[:-60],
        ["Ferry", "Quay"],
        1,
    ),
    Case(
        "a feed cut behind an item loses none",
        rss("Ferry", "Quay").encode().removesuffix(b"</channel></rss>"),
        ["Ferry", "Quay"],
    ),
    Case(
        "a truncated JSON Feed keeps its whole items",
        jsonfeed("Ferry", "Quay", "Torn").encode()[:-40],
        ["Ferry", "Quay"],
        1,
    ),
    Case(
        "a broken item in JSON costs no neighbour",
        jsonfeed("Ferry", "The @quay@", "Pier").replace("@", '"').encode(),
        ["Ferry", "Pier"],
        1,
    ),
    Case(
        "two broken items in JSON cost no neighbour",
        jsonfeed("@", "Ferry", "a @b@ c", "Pier").replace("@", '"').encode(),
        ["Ferry", "Pier"],
        2,
    ),
    Case(
        "a line end inside of a JSON string is a line end",
        jsonfeed("Ferry@late").replace("@", "\n").encode(),
        ["Ferry late"],
    ),
    Case(
        "two feeds in one delivery are both read",
        (rss("Ferry") + rss("Quay").replace("g1", "g2")).encode(),
        ["Ferry", "Quay"],
    ),
    Case(
        "two JSON feeds in one delivery are both read",
        (jsonfeed("Ferry") + jsonfeed("Quay").replace("g1", "g2")).encode(),
        ["Ferry", "Quay"],
    ),
    Case("zlib is inflated", zlib.compress(rss("Ferry").encode()), ["Ferry"]),
    Case(
        "deflate without a header is inflated",
        zlib.compress(rss("Ferry").encode())[2:-4],
        ["Ferry"],
    ),
    Case(
        "gzip members behind each other are one text",
        gzip.compress(rss("Ferry").encode()[:50]) + gzip.compress(rss("Ferry").encode()[50:]),
        ["Ferry"],
    ),
    Case(
        "noise behind gzip is no text", gzip.compress(rss("Ferry").encode()) + b"\0\0\0", ["Ferry"]
    ),
    Case(
        "gzip that is announced and is none is read",
        rss("Ferry").encode(),
        ["Ferry"],
        media_type="application/gzip",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.promise.replace(" ", "-"))
def test_damage_gives_the_right_text_or_a_reason(case: Case) -> None:
    """Each damaged delivery keeps the promise that it is named by."""
    reading = formats.read(case.body, Hints(media_type=case.media_type))
    assert headlines(reading) == case.expected
    assert len(reading.spoiled) == case.spoiled, reading.spoiled


@pytest.mark.parametrize(
    "words",
    [
        "AMANHÃ” (MANHÃ…), IRMû, ÂNGELO", "Voilà\xa0», là\xa0», déjà\xa0»", "Â, Ã, â€ sind Zeichen",
        "ÇA VA, CAFÉ…", "«\xa0Voilà\xa0»", "RÜZGÂR", "Ð is a letter", "São João – às 5 €",
    ],
)  # fmt: skip
def test_right_text_is_not_repaired(words: str) -> None:
    """What could be meant stays as the agency wrote it."""
    assert damage.put_right(words) == words


def test_small_print_is_put_right_too() -> None:
    """Rights, captions and keywords are put right like headlines."""
    feed = rss("Ferry").replace("<item>", "<item><copyright/>").replace(
        "</item>", "<category>FÃ¤hre</category></item>"
    ).replace("<title>Wire", "<copyright>Â© Harbour Press</copyright><title>Wire")  # fmt: skip
    (item,) = formats.read(feed.encode()).items
    assert item.rights.copyright_notice == "© Harbour Press"
    assert item.keywords == ("Fähre",)
    assert damage.MENDED in item.warnings


def test_a_kill_with_scars_is_not_lost() -> None:
    """An item that takes another back is kept whatever happened to its characters."""
    kill = (
        "<feed xmlns='http://www.w3.org/2005/Atom'"
        " xmlns:at='http://purl.org/atompub/tombstones/1.0'>"
        "<at:deleted-entry ref='urn:1'><at:comment>Caf\ufffd</at:comment></at:deleted-entry>"
        "<entry><id>urn:2</id><title>KILL: Caf\ufffd story</title></entry></feed>"
    )
    reading = formats.read(kill.encode())
    assert [(item.item_id, item.status) for item in reading.items] == [
        ("urn:1", "canceled"),
        ("urn:2", "usable"),
    ]


NITF = """<nitf><head><docdata><doc-id id-string="n1"/></docdata></head><body><body.head>
<hedline><hl1>Ferry</hl1></hedline></body.head><body.content><p>The ferry is late.</p>
<p>It will stay so.</p></body.content></body></nitf>"""


def test_half_a_story_is_none() -> None:
    """A document of one story that breaks off goes to quarantine, it is never published in part."""
    with pytest.raises(FormatError, match="breaks off"):
        formats.read(NITF[:-60].encode())


def test_two_documents_of_one_story_are_two_stories() -> None:
    """Where two stories come in one file, neither is lost."""
    both = formats.read((NITF + NITF.replace("n1", "n2")).encode())
    assert [item.item_id for item in both.items] == ["n1", "n2"]


G2 = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{}</itemSet></newsMessage>"""
G2_ITEM = """<newsItem guid="urn:g2:{0}" version="1"><itemMeta><itemClass qcode="ninat:text"/>
</itemMeta><contentMeta><headline>Item {0}</headline></contentMeta><contentSet><inlineXML
contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>Text {0}.</p></body></html></inlineXML></contentSet></newsItem>"""


def test_a_torn_message_keeps_its_whole_items() -> None:
    """A NewsML-G2 message that breaks off loses the item in its middle, and says so."""
    whole = G2.format("".join(G2_ITEM.format(n) for n in (1, 2, 3)))
    reading = formats.read(whole[: whole.index("Text 3")].encode())
    assert headlines(reading) == ["Item 1", "Item 2"]
    assert len(reading.spoiled) == 1


def test_recovered_documents_say_so() -> None:
    """Every item of a document that had to be recovered carries a warning."""
    broken = NITF.replace("<p>The ferry", "<p>The <b>ferry")
    items: tuple[Item, ...] = formats.read(broken.encode()).items
    assert markup.words_of(items[0].body) == "The ferry is late. It will stay so."
    assert all("recovered" in item.warnings[0] for item in items)
