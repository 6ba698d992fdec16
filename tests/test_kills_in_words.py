"""Kills that are told in words, in every place where agencies put them: the story is not shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

import msgspec
import pytest
from tests.newsdesk import CONFIG, Desk, ninjs

HEADLINE = "Ferry sinks in Port Sel, three dead"
TEXT = "The ferry Aurora sank off Port Sel on Friday, the harbour office said."
MORE = "Nobody else was on board, it said. Divers look for the wreck."


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A newsroom with one source of AP's copy, which reads plain text too."""
    source = msgspec.structs.replace(CONFIG.sources[0], agency="AP")
    lines = msgspec.structs.replace(source, name="lines", agency="PTI", format="plain")
    with Desk(msgspec.structs.replace(CONFIG, sources=(source, lines))) as desk:
        yield desk


def held(desk: Desk, published: bytes, kill: bytes, source: str = "norrane") -> list[str]:
    """The states of all stories after copy and its kill; no page may show the copy then."""
    assert desk.take(published, source=source) == ["published"]
    (outcome,) = desk.take(kill, source=source)
    shown = [path for path, body in desk.site().items() if b"Aurora" in body]
    assert (outcome, shown) in [("held", []), ("withdrawn", [])], (outcome, shown)
    return [state for (state,) in desk.rows("SELECT state FROM stories ORDER BY number")]


# -- American telegraph ----------------------------------------------------------------


def anpa(number: int, slug: str, *lines: str, header: str = "", minute: int = 0) -> bytes:
    """An ANPA 1312 message; lines that begin with "^" stand in its head."""
    short = header or slug.partition(",")[0].replace(" ", "")[:24]
    copy = "\r\n".join(line + "<" if line.startswith("^") else f"   {line}" for line in lines)
    return (
        f"\x16\x16\x01a{number}\x1fasian\r\nb i \x13\x11 {short}   01-08 0100\r\n"
        f"\x02^{slug},100<\r\n{copy}\r\n\r\n\x03AP-WF-01-08-22 09{minute:02}GMT<\r\n\x0c\x04"
    ).encode()


STORY = (f"^{HEADLINE}", f"PORT SEL (AP) _ {TEXT}", MORE)
KILLS = {
    "a slug of two words": ("BC-SL--Ferry Sinking-Kill", "Eds: Please kill. It is false."),
    "named by its whole slug": (
        "BC-SL--Ferry Sinking, Kill",
        "Eds: Please kill the story slugged BC-SL--Ferry Sinking, sent Friday.",
    ),
    "under another slug": (
        "BC-Kill Note, Advisory",
        "MANDATORY KILL",
        "Please kill the story slugged BC-SL--Ferry Sinking The report is false.",
    ),
    "a name that fits nothing": (
        "BC-SL--Ferry Sinking-Kill",
        "Eds: Please kill the story slugged BC-SL--Ferry Aground.",
    ),
    "without a word of text": ("BC-SL--Ferry Sinking, Mandatory Kill",),
}


@pytest.mark.parametrize("case", KILLS)
def test_a_kill_on_a_slug_of_several_words(desk: Desk, case: str) -> None:
    """AP's kill finds its story, however the slug is spelled and wherever it stands."""
    slug, *lines = KILLS[case]
    story = anpa(1001, "BC-SL--Ferry Sinking", *STORY)
    assert "live" not in held(desk, story, anpa(1002, slug, *lines, minute=4))


@pytest.mark.parametrize("header", ["", "BC-SL--Ferry Sinking-Kill"])
def test_a_header_with_a_space_is_no_version(desk: Desk, header: str) -> None:
    """The short slug of the header may be cut anywhere; the whole one tells the kill."""
    kill = anpa(1002, "BC-SL--Ferry Sinking-Kill", "Eds: Please kill.", header=header, minute=4)
    assert held(desk, anpa(1001, "BC-SL--Ferry Sinking", *STORY), kill) == ["held"]


# -- notes to desks --------------------------------------------------------------------

NOTES = [
    "MANDATORY KILL: the story is wrong, do not use it.",
    "Mandatory Kill",
    "Please kill this story. It was sent in error.",
    "Do not use",
    "DO NOT USE: wrong",
    "WITHDRAWN: the toll was made up.",
    "RETRACTION: wrong",
    "This story has been withdrawn.",
    "Bitte nicht mehr verwenden.",
    "Merci de ne pas utiliser cette dépêche.",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_kill_in_a_note_to_desks(desk: Desk, note: str) -> None:
    """The text may be the same to the letter: what the note says is new."""
    copy = {"headline": HEADLINE, "body": f"<p>{TEXT}</p>"}
    kill = ninjs("urn:a:1", version="2", ednote=note, **copy)
    assert held(desk, ninjs("urn:a:1", version="1", **copy), kill) == ["held"]


@pytest.mark.parametrize("note", ["Photos will follow.", "Do not use before 1800 GMT Monday."])
def test_other_notes_kill_nothing(desk: Desk, note: str) -> None:
    """A note that says when or what else is no kill."""
    copy = {"headline": HEADLINE, "body": f"<p>{TEXT}</p>"}
    desk.take(ninjs("urn:a:1", version="1", **copy))
    assert desk.take(ninjs("urn:a:1", version="2", ednote=note, **copy)) != ["withdrawn"]
    assert not desk.story("urn:a:1").versions[-1].doubt


@pytest.mark.parametrize(
    "note", ["Correction: In a story Jan. 8 on a ferry, AP erred.", "Corrects toll"]
)
def test_a_correction_in_a_note_to_desks(desk: Desk, note: str) -> None:
    """Readers are told of it, and what was wrong is in no difference of versions."""
    desk.take(
        ninjs("urn:a:1", version="1", headline=HEADLINE, body="<p>51 percent were saved.</p>")
    )
    right = ninjs(
        "urn:a:1", version="2", headline=HEADLINE, body="<p>52 percent were saved.</p>", ednote=note
    )
    assert desk.take(right) == ["updated"]
    story = desk.story("urn:a:1")
    assert [change.kind for change in story.changes][-1] == "corrected"
    assert b"51" not in desk.site()[story.path]


# -- NITF ------------------------------------------------------------------------------


def nitf(day: int, title: str, hl2: str = "") -> bytes:
    """An NITF document of one id."""
    return f"""<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>{title}</title>
<docdata><doc-id id-string="m0"/><date.issue norm="202201{day:02}T090000Z"/></docdata></head>
<body><body.head><hedline><hl1>{HEADLINE}</hl1><hl2>{hl2}</hl2></hedline></body.head>
<body.content><p>{TEXT}</p><p>{MORE}</p></body.content></body></nitf>""".encode()


@pytest.mark.parametrize(
    ("title", "hl2"),
    [("KILL", ""), ("BC-Mill-Kill", ""), (HEADLINE, "KILL"), (HEADLINE, "MANDATORY KILL")],
)
def test_a_kill_in_the_titles_of_nitf(desk: Desk, title: str, hl2: str) -> None:
    """The document's title, or the line under its headline."""
    states = held(desk, nitf(7, HEADLINE), nitf(8, title, hl2))
    assert states == ["withdrawn" if title == "KILL" else "held"]


# -- plain text ------------------------------------------------------------------------

PLAIN = f"PORT SEL, Jan 8 (PTI) {TEXT}\n\n{MORE} PTI ABC XYZ\n"
WORDS = ["MANDATORY KILL", "KILL", "WITHDRAWN", "RETRACTED", "PLEASE DISREGARD", "HOLD HOLD HOLD",
         "DO NOT USE", "WITHDRAWAL"]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("place", ["above", "under", "last"])
def test_a_kill_in_a_line_of_plain_text(desk: Desk, words: str, place: str) -> None:
    """Above the headline, under it, or as the last line of the copy."""
    copy = {
        "above": f"{words}\n\n{HEADLINE}\n\n{PLAIN}",
        "under": f"{HEADLINE}\n\n{words}\n\n{PLAIN}",
        "last": f"{HEADLINE}\n\n{PLAIN}\n{words}\n",
    }
    states = held(desk, f"{HEADLINE}\n\n{PLAIN}".encode(), copy[place].encode(), source="lines")
    assert "live" not in states


# -- feeds -----------------------------------------------------------------------------


def rss(title: str, *paragraphs: str) -> bytes:
    """A feed with one item of one id."""
    text = escape("".join(f"<p>{each}</p>" for each in paragraphs))
    return f"""<rss version="2.0"><channel><title>M</title><item><guid>g1</guid>
<title>{title}</title><description>{text}</description></item></channel></rss>""".encode()


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (f"KILL KILL KILL: {HEADLINE}", "It is false."),
        ("Kill", f'Please kill our story "{HEADLINE}".'),
        ("Our copy", f"MANDATORY KILL\n\n{HEADLINE}"),
    ],
)
def test_a_kill_by_mail(desk: Desk, subject: str, text: str) -> None:
    """It has no dateline and no sign-off, and is no private letter all the same."""

    def mail(number: int, subject: str, text: str) -> bytes:
        head = f"From: a@post.example\nSubject: {subject}\nMessage-ID: <{number}@post.example>\n"
        return f"{head}Date: Sat, 08 Jan 2022 02:{number}:00 +0000\n\n{text}\n".encode()

    story = mail(10, HEADLINE, f"PORT SEL (AP) - {TEXT}\n\n{MORE}")
    assert "live" not in held(desk, story, mail(12, subject, text))


@pytest.mark.parametrize(
    "title",
    [f"[WITHDRAWN] {HEADLINE}", f"{HEADLINE} (WITHDRAWN)", f"{HEADLINE} - KILL",
     f"KILLED: {HEADLINE}", f"Withdrawn: {HEADLINE}", f"Mandatory Kill: {HEADLINE}"],
)  # fmt: skip
def test_a_kill_in_a_feeds_title(desk: Desk, title: str) -> None:
    """A feed has no other place to say so, but its text."""
    assert held(desk, rss(HEADLINE, TEXT), rss(title, TEXT)) == ["held"]


@pytest.mark.parametrize(
    "text",
    ["This story has been withdrawn.", "Withdrawn", "WITHDRAWN",
     "This story is withdrawn because the source took it back.", "Do not use this story.",
     "Please kill this story. It was sent in error.", "Bitte nicht mehr verwenden.",
     "Diese Meldung wird zurückgezogen.", "Cette dépêche est annulée.",
     "Esta noticia queda anulada."],
)  # fmt: skip
def test_a_kill_in_the_place_of_the_text(desk: Desk, text: str) -> None:
    """What stands where the text stood takes it back."""
    assert held(desk, rss(HEADLINE, TEXT), rss(HEADLINE, text)) == ["held"]


def test_a_report_of_something_withdrawn_is_a_report(desk: Desk) -> None:
    """News that things were withdrawn or killed has a page as all news has."""
    bill = rss("Bill is withdrawn", "The report was withdrawn by the ministry on Friday.", MORE)
    assert desk.take(bill) == ["published"]


def test_a_kill_by_reference_is_no_report_itself(desk: Desk) -> None:
    """The advice that kills another document has no page of its own."""
    desk.take(nitf(7, HEADLINE))
    advice = nitf(8, "Advisory").replace(b'id-string="m0"', b'id-string="m9"')
    advice = advice.replace(
        b"<docdata>",
        b'<docdata management-doc-idref="m0" management-idref-status="canceled">',
    ).replace(f"<p>{TEXT}</p><p>{MORE}</p>".encode(), b"<p>Please kill.</p>")
    assert desk.take(advice) == ["withdrawn"]
    assert desk.rows("SELECT key FROM stories WHERE state = 'live'") == []


def test_copy_without_its_text_waits(desk: Desk) -> None:
    """AP's answers may name their text and not hold it; a headline alone is half a report."""
    nitf = {"href": "https://api.example/d/1"}
    item = {"altids": {"itemid": "abc123"}, "type": "text", "pubstatus": "usable", "version": 0,
            "headline": HEADLINE, "renditions": {"nitf": nitf}}  # fmt: skip

    def answer(hour: int) -> bytes:
        said = item | {"versioncreated": f"2022-01-08T{hour:02}:00:00Z"}
        return json.dumps({"api_version": "1.1", "data": {"item": said}}).encode()

    assert desk.take(answer(1)) == ["held"]
    assert "sent without its text" in desk.story("abc123").reason
    nitf["content"] = f"<nitf><body><body.content><p>{TEXT}</p></body.content></body></nitf>"
    assert desk.take(answer(2)) == ["published"]


def test_copy_without_its_text_is_no_notice_on_its_namesake(desk: Desk) -> None:
    """What waits for its text waits itself, and the report of the same headline stays."""
    assert desk.take(rss(HEADLINE, TEXT)) == ["published"]
    item = {"altids": {"itemid": "abc124"}, "type": "text", "pubstatus": "usable", "version": 0,
            "headline": HEADLINE, "versioncreated": "2022-01-08T02:00:00Z",
            "renditions": {"nitf": {"href": "https://api.example/d/2"}}}  # fmt: skip
    told = json.dumps({"api_version": "1.1", "data": {"item": item}}).encode()
    assert desk.take(told) == ["held"]
    assert "sent without its text" in desk.story("abc124").reason
    assert len(desk.rows("SELECT key FROM stories WHERE state = 'live'")) == 1


ORDINARY: dict[str, dict[str, Any]] = {
    "a recall": {
        "body": "<p>Bitte nicht mehr verwenden, warnt das Amt. Das Öl ist verunreinigt.</p>"
    },
    "a recall in French": {
        "body": "<p>Ne pas utiliser: l'inhalateur du lot 44 est défectueux.</p>"
    },
    "a listing": {"body": "<p>KILL. Directed by Jane Roe. 105 min.</p>"},
    "a queue": {"body": "<p>Please hold. That is what callers hear for 40 minutes.</p>"},
    "a paper": {"body": f"<p>{TEXT}</p><p>{MORE}</p><p>The article has been retracted.</p>"},
    "a film": {"body": f"<p>{TEXT}</p><p>{MORE}</p><p>Frei ab 12.</p>"},
    "an end": {"body": f"<p>{TEXT}</p><p>{MORE}</p><p>Not before Friday.</p>"},
    "a day": {"headline": "Not before Friday: strike may end"},
    "riders": {"headline": "Startlist: Roe, Poe, Doe (Withdrawn)"},
    "soldiers": {"headline": "Soldiers named (Killed)"},
    "a photo": {"ednote": "Please disregard the earlier photo caption."},
    "a date": {"ednote": "Please hold the date: the summit is on 4 May."},
    "a lead": {"ednote": "Please kill 1st lead."},
    "a festival": {"headline": "Annulation du festival de Port Sel: la pluie continue"},
    "a festival in Spanish": {"headline": "Anulación del festival: la lluvia no cesa"},
    "a vote": {"headline": "Zurückgezogen: die Kandidatin gibt auf"},
    "an authority": {"body": "<p>Die Meldung der Behörde wurde zurückgezogen.</p>"},
    "a product": {"body": "<p>Bitte den Artikel nicht mehr verwenden, warnt das Amt.</p>"},
    "a queue again": {"body": "<p>Please ignore the queue, the sign at the pier reads.</p>"},
    "a label": {"body": "<p>Do not use this item, the watchdog warns. It may catch fire.</p>"},
    "a booking": {"body": "<p>Merci d'annuler votre place avant lundi, dit la mairie.</p>"},
    "a rehearsal": {"ednote": "Annulation: la conférence de presse de 14 heures n'aura pas lieu."},
    "a picture": {"ednote": "Merci d'annuler la photo du ferry."},
    "a mark": {"body": "<p>Rogamos anular la cita si no puede venir, dice el hospital.</p>"},
    "no embargo": {"ednote": "Note to editors: this release is embargo free"},
    "none": {"usageterms": "Sperrfrist: keine"},
    "terms": {"usageterms": "For editorial use only until 2027. No archives."},
}


@pytest.mark.parametrize("case", ORDINARY)
def test_ordinary_copy_is_published_as_it_came(desk: Desk, case: str) -> None:
    """Words of kills, holds and embargoes are words: no story waits for them, none loses one."""
    fields = {"headline": HEADLINE, "body": f"<p>{TEXT}</p>"} | ORDINARY[case]
    assert desk.take(ninjs("urn:a:1", **fields)) == ["published"]
    item = desk.story("urn:a:1").standing
    assert item is not None
    assert (item.headline, item.embargo_text) == (fields["headline"], "")
    assert "".join(block.html for block in item.body) == fields["body"]


def test_a_caption_says_what_is_seen(desk: Desk) -> None:
    """A ship that waits for an embargo's end holds no story."""
    caption = "Embargo: a ship waits off Port Sel until Friday."
    href = "https://pictures.example/1.jpg"
    picture = {"uri": "p1", "type": "picture", "description_text": caption,
               "renditions": {"main": {"href": href}}}  # fmt: skip
    assert desk.take(ninjs("urn:a:1", associations={"main": picture})) == ["published"]
    item = desk.story("urn:a:1").standing
    assert item is not None
    assert [media.caption for media in item.media] == [caption]


MISSED = [
    "ATTENTION EDITORS: DO NOT USE THIS STORY",
    "Editors, please kill this story",
    "Do not use this item, it is wrong.",
    "KILL THIS STORY",
    "HOLD THIS STORY",
    "STORY ELIMINATION",
    "Please ignore this story.",
]


@pytest.mark.parametrize("note", MISSED)
def test_more_ways_to_stop_a_story(desk: Desk, note: str) -> None:
    """As desks type them."""
    copy = {"headline": HEADLINE, "body": f"<p>{TEXT}</p>"}
    kill = ninjs("urn:a:1", version="2", ednote=note, **copy)
    assert held(desk, ninjs("urn:a:1", version="1", **copy), kill) == ["held"]


ABROAD = [
    "Wir ziehen die Meldung zurück.",
    "Wir ziehen unsere Meldung 157 (Fähre gesunken) hiermit zurück. Sie ist falsch.",
    "Bitte die Meldung über die Fähre nicht mehr verwenden.",
    "Achtung: Bitte verwenden Sie die Meldung nicht mehr.",
    "Wir bitten, diese Meldung zu löschen.",
    "Merci d'annuler notre dépêche sur le ferry.",
    "Merci d’annuler cette dépêche, elle est fausse.",
    "Prière de ne plus utiliser notre dépêche de 9 heures.",
    "Nous annulons la dépêche sur le ferry.",
    "Annulation de notre dépêche de 9 heures",
    "ANNULATION",
    "Anulamos la noticia del ferry.",
    "Rogamos anular",
    "Rogamos anular la noticia sobre el ferry.",
    "Por favor, no utilicen nuestra noticia sobre el ferry.",
    "Annulliamo la notizia sul traghetto.",
    "कृपया इस खबर का इस्तेमाल न करें।",
    "यह समाचार रद्द किया जाता है।",
]


@pytest.mark.parametrize("words", ABROAD)
def test_a_kill_in_other_languages(desk: Desk, words: str) -> None:
    """In a note to desks, or in the place of the text."""
    copy = {"headline": HEADLINE, "body": f"<p>{TEXT}</p>"}
    for number, said in enumerate(({"ednote": words}, {"body": f"<p>{words}</p>"})):
        uri = f"urn:a:{number}"
        kill = ninjs(uri, version="2", **copy | said)
        assert set(held(desk, ninjs(uri, version="1", **copy), kill)) == {"held"}


@pytest.mark.parametrize("word", ["ANNULATION", "ANULACIÓN", "ANULA", "ZURÜCKGEZOGEN", "ANNULLARE"])
@pytest.mark.parametrize("between", [": ", " - "])
def test_a_kill_in_other_languages_before_the_headline(desk: Desk, word: str, between: str) -> None:
    """In capitals, whoever sends it."""
    assert held(desk, rss(HEADLINE, TEXT), rss(f"{word}{between}{HEADLINE}", TEXT)) == ["held"]


LEFT = [
    "Embargo will be lifted at 6 p.m. GMT Monday",
    "Embargo must not be lifted before Monday",
    "No embargo breaks will be tolerated",
    "Embargo over: Monday 6 p.m. GMT",
]


@pytest.mark.parametrize("note", LEFT)
def test_a_promise_to_lift_an_embargo_lifts_none(desk: Desk, note: str) -> None:
    """What is to end has not ended: the notice in the text holds."""
    body = f"<p>EMBARGOED UNTIL 6 p.m. GMT Monday</p><p>{TEXT}</p>"
    assert desk.take(ninjs("urn:a:1", headline=HEADLINE, body=body, ednote=note)) == ["held"]


@pytest.mark.parametrize(
    "line",
    ["UNDER STRICT EMBARGO UNTIL MONDAY 6 P.M. GMT", "NO PUBLICAR ANTES DEL 10 DE ENERO",
     "This story is embargoed until 6 p.m. GMT Monday.", "Da non usare prima del 10 gennaio"],
)  # fmt: skip
def test_more_ways_to_set_an_embargo(desk: Desk, line: str) -> None:
    """As agencies type them, on a line of their own."""
    body = f"<p>{line}</p><p>{TEXT}</p>"
    assert desk.take(ninjs("urn:a:1", headline=HEADLINE, body=body)) == ["held"]


def test_a_kill_of_a_longer_slug_spares_the_shorter_one(desk: Desk) -> None:
    """What begins like the slug that a notice names is another story; its own may yet come."""
    desk.take(anpa(1001, "BC-Ferry-Sinking", *STORY))
    note = "Eds: Please kill the story slugged BC-Ferry-Sinking-Inquiry."
    desk.take(anpa(1002, "BC-Note-To-Desks", note, minute=4))
    assert desk.rows("SELECT state FROM stories WHERE key LIKE '%ferry%'") == [("live",)]


def test_a_kill_without_a_time_that_comes_before_its_story(desk: Desk) -> None:
    """Neither says when it was sent, so the text is no newer one; one that comes after it is."""
    kill = b"BC-SL--Ferry Sinking, Kill\n\nEDITORS: Please kill this story. It is false.\n"
    story = f"BC-SL--Ferry Sinking\n\n{HEADLINE}\n\nPORT SEL, Jan 8 (PTI) {TEXT}\n".encode()
    desk.take(kill, source="lines")
    desk.wait(minutes=1)
    assert desk.take(story, source="lines") == ["held"]
    desk.wait(minutes=1)
    assert desk.take(story.replace(b"sank", b"did not sink"), source="lines") == ["held"]
    assert not [path for path, body in desk.site().items() if b"Aurora" in body]


def test_what_is_sent_in_the_place_of_a_killed_text(desk: Desk) -> None:
    """Copy without times that was there before its kill is followed by newer copy."""
    story = f"BC-SL--Ferry Sinking\n\n{HEADLINE}\n\nPORT SEL, Jan 8 (PTI) {TEXT}\n".encode()
    kill = b"BC-SL--Ferry Sinking, Kill\n\nEDITORS: Please kill this story. It is false.\n"
    assert desk.take(story, source="lines") == ["published"]
    desk.wait(minutes=1)
    assert desk.take(kill, source="lines") == ["held"]
    desk.wait(minutes=1)
    assert desk.take(story.replace(b"sank", b"did not sink"), source="lines") == ["updated"]


def test_a_kill_that_names_its_own_slug_means_its_own_story(desk: Desk) -> None:
    """Another day's story under the same slug goes on."""
    desk.take(anpa(1001, "BC-SL--Ferry-Sinking", *STORY))
    desk.wait(hours=40)
    again = [line.replace("Aurora", "Borealis").replace("sank", "burned") for line in STORY]
    later = anpa(1002, "BC-SL--Ferry-Sinking", *again).replace(b"01-08", b"01-10")
    desk.take(later)
    note = "Eds: Please kill BC-SL--Ferry-Sinking."
    kill = anpa(1003, "BC-SL--Ferry-Sinking, Kill", again[0], note, *again[1:], minute=9)
    assert desk.take(kill.replace(b"01-08", b"01-10")) == ["held"]
    assert desk.rows("SELECT state FROM stories ORDER BY number") == [("live",), ("held",)]
