"""Plain text copy and mails: what is wire copy, what never is, and what is read of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.wirepairs import expected, pairs, shown

from wirecopy import formats
from wirecopy.errors import FormatError
from wirecopy.formats import plain, telex
from wirecopy.formats.hints import Hints, Score
from wirecopy.story.clean import clean

RECEIVED = datetime(2026, 1, 5, 18, tzinfo=UTC)
HINTS = Hints(received=RECEIVED)
WIRE_FILES = [*pairs("plain", ".txt"), *pairs("plain", ".eml")]
COPY = "Ferry runs again\n\nTARN, Jan 5 (Meridian) -- The ferry runs again.\n"

STRANGERS = {
    "prose": "It was a bright cold day, and the clocks were striking. He went out.\n" * 5,
    "one line": "PORT ELLERY - text",
    "letter": "Dear Mara,\n\nthank you for the boat. It was a fine day in Tarn.\n\nYours\nIvo\n",
    "python": "import os\n\n\ndef main() -> None:\n    x = 1\n    return x\n\n\nmain()\n",
    "javascript": "const a = 1;\nfunction go() {\n  return a;\n}\nexport default go;\n",
    "c": '#include <stdio.h>\nint main(void) {\n  printf("hi");\n  return 0;\n}\n',
    "sql": "SELECT place FROM boats;\nINSERT INTO boats VALUES (1);\nCREATE TABLE t (a int);\n",
    "csv": "place,date,boats\nTarn,2026-01-05,3\nEllery,2026-01-05,4\nSarnau,2026-01-06,5\n",
    "csv of stories": (
        'id,text,x,y\n1,"TARN, Jan 5 (PTI) -- One",2,3\n2,"TARN, Jan 5 (PTI) -- A",2,3\n'
    ),
    "tsv": "a\tb\tc\td\n1\t2\t3\t4\n5\t6\t7\t8\n",
    "settings": '[site]\nname = "Post"\nurl = "x"\n\n[web]\nport = 8080\n',
    "yaml": "site:\n  name: Post\n  port: 80\nweb:\n  host: x\n",
    "log": "2026-01-05 10:00:00 INFO boat=1 left\n2026-01-05 10:00:01 INFO boat=2 left\n",
    "traceback": (
        'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nValueError: x\n'
    ),
    "shell": "#!/bin/sh\nset -e\nPORT=80\nexport PORT\necho done\n",
    "readme": "# Boats\n\nA small program (AP) - no, not that one.\n\n## Use\n\n    boats --help\n",
    "town in a state": "Pittsburgh (PA) - job offer\n\nWe look for a ferryman. Call us.\n",
    "sentence with agency": (
        "He said that the agency (AFP) - which is old - reports.\n\nMore of it.\n"
    ),
    "lorem": "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod.\n" * 9,
    "key block": (
        "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ\nq83AAAA=\n-----END CERTIFICATE-----\n"
    ),
    "base64": "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=\n" * 8,
    "calendar": "BEGIN:VCALENDAR\nVERSION:2.0\nSUMMARY:Tarn, Jan 5\nEND:VCALENDAR\n",
    "robots": "User-agent: *\nDisallow: /private\n",
    "private mail": (
        "From: a@b.example\nTo: c@d.example\nSubject: Lunch\nDate: x\n\nShall we eat?\n"
    ),
    "markup behind text": "<p>TARN, Jan 5 (Meridian) -- The ferry.</p>\n",
    "html": "<!DOCTYPE html><html><body>TARN, Jan 5 (PTI) -- Log in</body></html>",
    "text with tags": "TARN, Jan 5 (PTI) -- The <b>ferry</b> runs.<br>\n<div>More.</div>\n",
    "json": '{"text": "TARN, Jan 5 (PTI) -- The ferry"}',
    "json list": '["TARN, Jan 5 (PTI) -- The ferry"]',
    "legacy font": (
        "fnYyh esa cM+h [kcj gS vkSj jktHkou esa cSBd gksxh\n\n;g lekpkj gS tks vkt vk;k gS cM+k\n"
    ),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_no_wire_copy_is_refused_with_a_reason(name: str) -> None:
    """Text, programs, data, markup and private mail go to quarantine, with the reason in words."""
    with pytest.raises(FormatError) as refused:
        formats.read(STRANGERS[name].encode(), HINTS)
    assert len(str(refused.value)) > 20


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("prose", "no dateline"),
        ("python", "a program"),
        ("csv", "a table"),
        ("html", "HTML page"),
        ("json", "JSON"),
        ("legacy font", "Unicode"),
        ("private mail", "no dateline"),
    ],
)
def test_the_reason_says_what_it_is(name: str, why: str) -> None:
    """The operator reads what the bytes are taken for."""
    with pytest.raises(FormatError, match=why):
        formats.read(STRANGERS[name].encode(), HINTS)


@pytest.mark.parametrize("wire", WIRE_FILES, ids=lambda path: path.name)
def test_a_wire_is_read_as_its_pair_says(wire: Path) -> None:
    """Each invented file gives exactly the item, and the fields, that stand beside it."""
    reading = formats.read(wire.read_bytes(), HINTS)
    wanted = expected(wire)
    assert reading.format == "plain"
    assert [shown(i, w) for i, w in zip(reading.items, wanted, strict=True)] == wanted


@pytest.mark.parametrize(
    "line",
    [
        "New Delhi, Nov 21 (PTI) The report",
        "Port Ellery (Eller) [Tarnland], November 21 (ANI): The report",
        "TARN, Eller (AP) — The report",
        "TARN, Nov 21 (Reuters) - The report",
        "TARN (AFP) - The report",
        "Nov 21 (Reuters) - The report",
        "BEIJING, Nov. 21 (Xinhua) -- The report",
        "SEOUL, Nov. 21 (Yonhap) -- The report",
        "Ellerhafen (dpa) - Der Bericht",
        "Ellerhafen/Tarn (dpa/lni) - Der Bericht",
        "(ANSA) - ROMA, 21 NOV - Il testo",
        "ROMA, 21 NOV - Il testo",
        "Madrid, 21 nov (EFE).- El texto",
        "BRUXELLES 23/07 (AFP-DPA-REUTER) = Le texte",
        "SAITAMA, Japan, Dec. 9 Kyodo - The report",
        "MOSCOW, November 21. /TASS/. The report",
        "St. Tarn-on-Sarn, 3 January (Meridian Press) - The report",
        "नयी दिल्ली, 27 नवंबर (भाषा) परिषद ने मतदान किया।",
        "तार्न, ५ जनवरी (मेरिडियन) -- नौका लौटी।",
        "القاهرة، 27 نوفمبر (وام) - عادت العبارة",
        "القاهرة في 27 نوفمبر /وام/ عادت العبارة",
        "ТАРН, 27 ноября. /ТАСС/. Паром вернулся.",
    ],
)
def test_datelines_of_every_kind_are_recognised(line: str) -> None:
    """Place, date and agency in the order of each agency."""
    assert telex.is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "The minister told PTI on Monday that the bridge (old) - is closed.",
        "Tarn, the old town (on the Sarn) - is pretty.",
        "In January 5 boats left.",
        "Results (AP) are here",
        "x = (AP) - 1",
        "महापौर ने 27 नवंबर को कहा (पुराना पुल) बंद रहेगा।",
        "",
    ],
)
def test_sentences_are_no_datelines(line: str) -> None:
    """An agency or a bracket in a sentence makes no dateline."""
    assert not telex.is_dateline(line)


@pytest.mark.parametrize(
    ("copy", "marks"),
    [
        ("UPDATE 2-Ferry runs", ["replace"]),
        ("Ferry runs (Second Lead)", ["replace"]),
        ("URGENT\nFerry runs", ["flag"]),
        ("Eds: please kill this story\nFerry runs", ["withdraw"]),
    ],
)
def test_markers_are_where_the_story_finds_them(copy: str, marks: list[str]) -> None:
    """Markers before, behind and above the headline leave it and are known."""
    text = f"{copy}\n\nTARN, Jan 5 (Reuters) - The ferry runs again.\n"
    (item,) = plain.read(text.encode(), HINTS).items
    cleaned = clean(item, received=RECEIVED)
    assert cleaned.headline == "Ferry runs"
    assert [mark.action for mark in cleaned.markers] == marks
    assert [block.html for block in cleaned.body] == ["<p>The ferry runs again.</p>"]


@pytest.mark.parametrize(
    "line", ["By Ivo Marr", "Ferry Runs Again", "Ferry Runs Again\nBy Ivo Marr"]
)
def test_no_line_above_the_dateline_is_part_of_its_place(line: str) -> None:
    """A byline or a headline with capitals stands right above the report, without a blank line."""
    text = f"Ferry runs\n{line}\nTARN, Jan 5 (Meridian) -- The ferry runs again.\n"
    item = clean(plain.read(text.encode(), HINTS).items[0], received=RECEIVED)
    assert item.dateline is not None
    assert item.dateline.place == "TARN"
    assert item.byline == ("By Ivo Marr" if "By" in line else "")
    assert [block.html for block in item.body] == ["<p>The ferry runs again.</p>"]


@pytest.mark.parametrize("serial", ["DEL12", "UNI DEL 12", "BOM-7"])
def test_a_desks_number_is_neither_headline_nor_slug(serial: str) -> None:
    """It counts messages: another story bears it tomorrow."""
    text = f"{serial}\nFERRY-LD RUNS\nFerry runs again\n(Eds: Adds quotes)\n\n      {COPY[18:]}"
    item = clean(plain.read(text.encode(), HINTS).items[0], received=RECEIVED, agency="PTI")
    assert (item.headline, item.slug) == ("Ferry runs again", "FERRY- RUNS")
    assert [block.html for block in item.body] == ["<p>The ferry runs again.</p>"]
    bare = f"{serial}\n{COPY}"
    item = clean(plain.read(bare.encode(), HINTS).items[0], received=RECEIVED, agency="UNI")
    assert (item.headline, item.slug) == ("Ferry runs again", "")


def test_a_lead_has_the_id_of_the_text_it_replaces() -> None:
    """Slug or headline without their markers, and the day, are the identity."""

    def known(text: str) -> str:
        return plain.read(text.encode(), HINTS).items[0].item_id

    later = COPY.replace("again\n\n", "again (2nd Lead)\n\n")
    assert known(COPY) == known(later)
    assert known(f"DEL1 FERRY\n{COPY}") == known(f"DEL1 2NDLD FERRY\n{COPY}")
    assert known(COPY) != known(COPY.replace("Ferry runs again\n", "Bridge closed\n", 1))


def test_a_source_that_insists_is_taken_at_its_word() -> None:
    """With format = "plain" copy needs no dateline, but programs and markup stay out."""
    insisting = Hints(format="plain", received=RECEIVED)
    text = b"The ferry runs\n\nThe ferry runs again, the harbour office said on Monday.\n"
    assert formats.read(text, insisting).items[0].headline == "The ferry runs"
    for name in ("python", "csv", "json", "html"):
        with pytest.raises(FormatError):
            formats.read(STRANGERS[name].encode(), insisting)


def test_an_embargo_is_no_slug() -> None:
    """Two stories under one embargo are two, though the line is in capitals as slugs are."""
    text = f"EMBARGOED UNTIL 0600 GMT TUESDAY\n\nFerry sinks\n\n{COPY}"
    other = text.replace("Ferry sinks", "Bridge falls")
    items = [plain.read(each.encode(), HINTS).items[0] for each in (text, other)]
    assert [item.slug for item in items] == ["", ""]
    assert items[0].item_id != items[1].item_id


def test_an_embargo_in_words_holds() -> None:
    """A line that says from when on the copy may be used is never lost."""
    text = f"EMBARGOED until Tuesday 0600\n{COPY}"
    assert plain.read(text.encode(), HINTS).items[0].embargo_text == "EMBARGOED until Tuesday 0600"


def test_a_signature_whose_dashes_lost_their_blank_is_no_copy() -> None:
    """Servers strip blanks at the ends of lines; a sign-off in two lines is none of it."""
    (item,) = plain.read(f"{COPY}\n--\nMeridian | www.meridian.example\n".encode(), HINTS).items
    assert [block.html for block in clean(item, received=RECEIVED).body] == [
        "<p>The ferry runs again.</p>"
    ]
    assert [note.role for note in item.ed_notes] == ["footer"]
    (item,) = plain.read(f"{COPY}\n--\nIANS\nab/cd\n".encode(), HINTS).items
    assert clean(item, received=RECEIVED).sign_off == "-- IANS ab/cd"


def mail(subject: str, *parts: str) -> bytes:
    """A mail with a text and texts that are attached to it."""
    head = f"From: a@norrane.example\nTo: b@courier.example\nSubject: {subject}\n"
    head += 'Message-ID: <7@norrane.example>\nContent-Type: multipart/mixed; boundary="b"\n'
    text = "Content-Type: text/plain; charset=utf-8\n"
    first, *attached = (f"\n--b\n{text}%s\n{part}" for part in parts)
    file = "Content-Disposition: attachment; filename=copy.txt\n"
    return "".join([head, first % "", *(part % file for part in attached), "\n--b--\n"]).encode()


@pytest.mark.parametrize("forced", ["", "plain"])
def test_copy_that_is_attached_to_a_letter_is_the_copy(forced: str) -> None:
    """A few words to the desk above it are none, and the subject is the headline it lacks."""
    copy = "TARN, Jan 5 (Reuters) - The ferry runs.\n\nIt was away.\n"
    hints = Hints(received=RECEIVED, format=forced)
    body = mail("Ferry runs again", "Please find our copy attached.", copy)
    (item,) = plain.read(body, hints).items
    assert (item.headline, len(item.body), item.warnings) == ("Ferry runs again", 2, ())
    (item,) = plain.read(mail("Ferry runs again", copy, "This mail is confidential."), hints).items
    assert (item.headline, len(item.body)) == ("Ferry runs again", 2)
    assert "copy.txt" in item.warnings[0]


@pytest.mark.parametrize(
    "copy",
    [
        mail("KILL KILL KILL: Ferry runs again", "It is false."),
        mail("Ferry", 'Please kill our story "Ferry runs again".'),
        b"KILL\n\nFerry runs again\n",
        b"EDITORS: Please withdraw the item headlined Ferry runs again.\n",
    ],
)
def test_a_kill_is_taken_however_little_it_shows(copy: bytes) -> None:
    """In quarantine it would stop nothing."""
    assert len(plain.read(copy, HINTS).items) == 1


def test_words_of_killing_are_no_notice() -> None:
    """A letter about killing is a letter, and so is a long one with such a line in it."""
    long = "Please kill this story.\n" + "So they said of it, and many more of them.\n" * 40
    for letter in ("Kill your darlings, he said.\n", "Please kill our dogs' fleas.\n", long):
        with pytest.raises(FormatError, match="no dateline"):
            plain.read(letter.encode(), HINTS)


def test_a_nest_of_parts_is_refused() -> None:
    """A mail with hundreds of parts in each other is refused before it is taken apart."""
    nest = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(400)
    )
    with pytest.raises(FormatError, match="parts"):
        plain.read(b"From: a@b.example\nSubject: x\n" + nest, HINTS)


def test_a_mail_without_text_is_refused() -> None:
    """A mail that has nothing but a picture holds no copy."""
    body = b"From: a@b.example\nSubject: x\nContent-Type: image/png\n\nAAAA\n"
    with pytest.raises(FormatError, match="no part with text"):
        plain.read(body, HINTS)


@pytest.mark.parametrize(
    "head", [b"\x89PNG\0\0", b"<rss>", b"%PDF-1.7", b'{"a": 1}', b"\x01\x02\x03" * 200]
)
def test_sniffing_leaves_markup_and_data_alone(head: bytes) -> None:
    """What other formats or nobody reads is not even tried."""
    assert plain.sniff(head, HINTS) is Score.NO


@given(st.sampled_from(WIRE_FILES), st.integers(0, 1200), st.binary(max_size=12))
def test_no_bytes_raise_anything_but_a_format_error(wire: Path, at: int, junk: bytes) -> None:
    """Junk anywhere in a file gives an item or a FormatError, never another exception."""
    body = wire.read_bytes()
    try:
        said = plain.read(body[:at] + junk + body[at + len(junk) :], Hints()).format
    except FormatError as error:
        said = str(error)
    assert said


@given(st.text(max_size=200), st.sampled_from(["", "From: a@b\nSubject: x\n", COPY]))
def test_any_text_is_read_or_refused(text: str, start: str) -> None:
    """Whatever is typed, read as insisted, gives an item with an id or a FormatError."""
    try:
        items = plain.read((start + text).encode("utf-8", "replace"), Hints(format="plain")).items
    except FormatError as error:
        assert str(error)  # noqa: PT017 - either outcome is right
        return
    assert items[0].item_id


def test_a_sources_own_agency_is_a_known_one() -> None:
    """Copy of an agency nobody knows is told by its dateline where the source names the agency."""
    copy = b"Court lets Navgiri keep its name\n\nNavgiri, March 10 (Hallard) The court said so.\n"
    with pytest.raises(FormatError, match="no dateline"):
        plain.read(copy, Hints())
    (item,) = plain.read(copy, Hints(agency="Hallard")).items
    assert item.headline == "Court lets Navgiri keep its name"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("BC-TL--Ferry Aground, FLASH", "TARN, Jan 5 (AP) -- The ferry is aground."),
        ("BC-TL--Ferry Aground, Bulletin", COPY),
        ("BC-TL--Ferry Aground, 1st Ld-Writethru,416", COPY),
        ("BC-TL--Ferry Aground, 1st Add", "The crew is safe, the line said.\n\nIt has a boat.\n"),
        ("BC-TL--Ferry Aground, Kill", "EDITORS: Please kill this story. It is false.\n"),
        ("BC-TL--Ferry Aground", COPY),
    ],
)
def test_a_slug_with_its_cycle_is_known(line: str, text: str) -> None:
    """It tells versions of one story, whatever the headline, and shows that text is wire copy."""
    (item,) = formats.read(f"{line}\n\n{text}".encode(), HINTS).items
    assert (item.slug, item.item_id) == (line, "bc-tl--ferry aground:2026-01-05")
    assert "BC-" not in item.headline


@pytest.mark.parametrize("line", ["PM-elect names her cabinet", "AM radio returns to Tarn"])
def test_a_headline_is_no_slug_with_a_cycle(line: str) -> None:
    """Words that begin as a cycle does stay the headline."""
    (item,) = formats.read(f"{line}\n\nTARN, Jan 5 (AP) -- It returns.\n".encode(), HINTS).items
    assert (item.headline, item.slug) == (line, "")
