"""Embargoes in prose: where they stand, what they mean, and what is only copy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.model import UNSHOWN, Block, EdNote, Item, Media
from wirecopy.story import clocks, embargo_fields, embargoes
from wirecopy.story.clean import clean

THURSDAY = datetime(2022, 3, 3, 14, tzinfo=UTC)
BERLIN, LONDON, PARIS = "Europe/Berlin", "Europe/London", "Europe/Paris"
NEW_YORK, KOLKATA, MADRID = "America/New_York", "Asia/Kolkata", "Europe/Madrid"


def until(line: str, zone: str = "", at: datetime = THURSDAY) -> str:
    """The end that a line gives (UTC), "held" where it gives none, "copy" where it is no notice."""
    found = embargoes.in_line(line, at, zone)
    if found is None:
        return "copy"
    if found.lifted:
        return "lifted"
    return f"{found.until:%Y-%m-%d %H:%M}" if found.until else "held"


LINES = [
    # English
    ("Embargoed to 0001 Friday", LONDON, "2022-03-04 00:01"),
    ("EMBARGOED UNTIL 00:01 GMT, Friday 4 March", "", "2022-03-04 00:01"),
    ("EMBARGOED UNTIL 00.01 HOURS, FRIDAY MARCH 4", LONDON, "2022-03-04 00:01"),
    ("Strictly embargoed until 6pm on Friday", NEW_YORK, "2022-03-04 23:00"),
    ("HOLD FOR RELEASE until 6 p.m. EST Friday", "", "2022-03-04 23:00"),
    ("HOLD FOR RELEASE UNTIL 12:01 A.M. EASTERN SUNDAY", "", "2022-03-06 05:01"),
    ("NOT FOR USE BEFORE 1200 GMT", "", "2022-03-04 12:00"),
    ("Not for publication before 2100 GMT", "", "2022-03-03 21:00"),
    ("Not before 1200 GMT Friday", "", "2022-03-04 12:00"),
    ("Advance for Sunday, March 6", NEW_YORK, "2022-03-06 05:00"),
    ("Adv. for Sunday, March 6, and thereafter", NEW_YORK, "2022-03-06 05:00"),
    ("For release at noon Friday", LONDON, "2022-03-04 12:00"),
    ("*** EMBARGOED UNTIL 1800 GMT ***", "", "2022-03-03 18:00"),
    ("(Embargoed for release until 0001 GMT Saturday)", "", "2022-03-05 00:01"),
    ("Embargo: 18:00 Paris time", "", "2022-03-03 17:00"),
    ("Embargoed until 1800 GMT+2", "", "2022-03-03 16:00"),
    ("EMBARGOED UNTIL 1800 IST", KOLKATA, "2022-03-04 12:30"),
    ("Embargoed until today 20:00", LONDON, "2022-03-03 20:00"),
    ("Embargoed until tomorrow 20:00", LONDON, "2022-03-04 20:00"),
    ("Embargoed until 6 p.m. local time (1700 GMT) Friday", PARIS, "2022-03-04 17:00"),
    # German
    ("Sperrfrist 18.00 Uhr", BERLIN, "2022-03-03 17:00"),
    ("Sperrfrist: Sonntag, 6. März, 12.00 Uhr", BERLIN, "2022-03-06 11:00"),
    ("(Sperrfrist: Freitag 0600)", BERLIN, "2022-03-04 05:00"),
    ("SPERRFRIST: 6.3.2022, 18.00 UHR MEZ", "", "2022-03-06 17:00"),
    ("Sperrfrist bis Freitag, 24 Uhr", BERLIN, "2022-03-04 23:00"),
    ("Sperrfrist: morgen 10 Uhr", BERLIN, "2022-03-04 09:00"),
    # French, Spanish, Italian, Portuguese, Dutch, Russian, Hindi
    ("Embargo jusqu'à 18h00", PARIS, "2022-03-03 17:00"),
    ("Sous embargo jusqu’au vendredi 4 mars à 6h00", PARIS, "2022-03-04 05:00"),
    ("EMBARGO JUSQU'À VENDREDI MINUIT", PARIS, "2022-03-04 23:00"),
    ("Embargo hasta las 12.00", MADRID, "2022-03-04 11:00"),
    ("Embargo hasta las 12.00 horas del 6 de marzo de 2022", MADRID, "2022-03-06 11:00"),
    ("Embargo fino alle ore 12.00 di domani", "Europe/Rome", "2022-03-04 11:00"),
    ("Embargo até às 18h00 de sexta-feira", "Europe/Lisbon", "2022-03-04 18:00"),
    ("Embargo tot vrijdag 18.00 uur", "Europe/Brussels", "2022-03-04 17:00"),
    ("Эмбарго до 18:00 5 марта", "Europe/Moscow", "2022-03-05 15:00"),
    ("एम्बार्गो: शुक्रवार शाम 6 बजे तक", KOLKATA, "2022-03-04 12:30"),
    ("एम्बार्गो: 4 मार्च सुबह 10 बजे", KOLKATA, "2022-03-04 04:30"),
    ("शुक्रवार, 4 मार्च, सुबह 10 बजे से पहले प्रकाशित न करें", KOLKATA, "2022-03-04 04:30"),
    ("(शुक्रवार शाम 6 बजे तक इस खबर को जारी न करें)", KOLKATA, "2022-03-04 12:30"),
    ("Please do not publish before 6 p.m. GMT Friday", "", "2022-03-04 18:00"),
    ("STRICTLY NOT FOR PUBLICATION BEFORE 1800 GMT FRIDAY", "", "2022-03-04 18:00"),
    ("Not to be published, broadcast or distributed before 18:00 GMT", "", "2022-03-03 18:00"),
    ("The following story is embargoed until 18:00 GMT Friday", "", "2022-03-04 18:00"),
    ("ALL MATERIAL EMBARGOED UNTIL 1800 GMT FRIDAY", "", "2022-03-04 18:00"),
    ("Press embargo: 18:00 GMT Friday 4 March", "", "2022-03-04 18:00"),
    ("Embargo date: Friday 4 March 2022, 18:00 GMT", "", "2022-03-04 18:00"),
    ("HOLD FOR 6 P.M. GMT FRIDAY", "", "2022-03-04 18:00"),
    ("Bitte Sperrfrist beachten: Freitag, 18 Uhr", BERLIN, "2022-03-04 17:00"),
    ("Bitte nicht vor Freitag, 18 Uhr veröffentlichen", BERLIN, "2022-03-04 17:00"),
    ("Veröffentlichung erst ab Freitag, 4.3.2022, 18.00 Uhr", BERLIN, "2022-03-04 17:00"),
    ("Sendesperrfrist: 4.3., 18:00 Uhr", BERLIN, "2022-03-04 17:00"),
    ("À ne pas publier avant vendredi 18h00", PARIS, "2022-03-04 17:00"),
    ("Prohibida su difusión hasta las 18.00 del viernes", MADRID, "2022-03-04 17:00"),
    ("Não publicar antes das 18h00 de sexta-feira", "Europe/Lisbon", "2022-03-04 18:00"),
    ("Не публиковать до 4 марта 06:00 мск", "", "2022-03-04 03:00"),
    ("НЕ ИСПОЛЬЗОВАТЬ ДО 06:00 МСК 4 МАРТА", "", "2022-03-04 03:00"),
    # Midnights: the day's end, because it is later, unless the figures say its beginning.
    ("Embargoed until midnight Friday", LONDON, "2022-03-05 00:00"),
    ("Embargoed until midnight", LONDON, "2022-03-04 00:00"),
    ("Embargoed until 0000 Friday", LONDON, "2022-03-04 00:00"),
    ("Embargoed until 12 midnight GMT", "", "2022-03-04 00:00"),
    ("Embargoed until 2400 GMT Friday", "", "2022-03-05 00:00"),
    ("Embargoed until 12:01 a.m. Friday", LONDON, "2022-03-04 00:01"),
    # A weekday's own name is today; a date without its year is the nearest; what is over is over.
    ("Embargoed until 0001 Thursday", LONDON, "2022-03-03 00:01"),
    ("Embargoed until 0001 GMT 1 March", "", "2022-03-01 00:01"),
    ("Embargoed until 0001 GMT Wednesday", "", "2022-03-09 00:01"),
    # Two times: the later holds.
    ("EMBARGOED UNTIL 1800 GMT FOR PRINT, 2100 GMT ONLINE", "", "2022-03-03 21:00"),
    # Unreadable: it holds, in words.
    ("EMBARGOED", "", "held"),
    ("Embargoed", LONDON, "held"),
    ("HOLD FOR RELEASE", LONDON, "held"),
    ("EMBARGOED for delivery of the speech", LONDON, "held"),
    ("EMBARGOED UNTIL DELIVERY", LONDON, "held"),
    ("Embargoed until Friday", LONDON, "held"),
    ("Embargoed until 0001 Friday 5 March", LONDON, "held"),  # that Friday is no 5 March
    ("Embargoed until 6/3 1200 GMT", "", "held"),
    ("Embargoed until 25:00 GMT", "", "held"),
    ("Embargoed until 0001 GMT 31 February", "", "held"),
    ("Embargoed until 0001 GMT 8 March 2000", "", "held"),
    ("Embargoed until 1800 Sarnport time", LONDON, "held"),
    ("Embargo hasta las 12", MADRID, "held"),
    ("Sperrfrist 18.00 Uhr", "", "held"),  # of which clock?
    ("Advance for Sunday, March 6", "", "held"),
    ("Advance for weekend editions, March 5-6", NEW_YORK, "held"),
    # Lifted
    ("Embargo lifted", "", "lifted"),
    ("EMBARGO LIFTED AT 1200 GMT", "", "lifted"),
    ("Sperrfrist aufgehoben", BERLIN, "lifted"),
    ("No longer under embargo", "", "lifted"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "zone", "end"), LINES)
def test_notices(line: str, zone: str, end: str) -> None:
    """A notice ends when its words say, never earlier; where they do not say surely, it holds."""
    assert until(line, zone) == end


COPY = [
    "Press embargo: how it works",
    "News embargo broken by newspaper",
    "The report is embargoed until Friday.",
    "All report cards embargoed until Friday",
    "Please do not use before breakfast",
    "Publication not before time, says author",
    "Hold for 5 minutes",
    "Prohibida la publicación hasta nuevo aviso",
    "29 मार्च तक पानी का उपयोग न करें",
    "Не использовать до ремонта",
    "The arms embargo until 2030 was extended.",
    "Embargo until 2030 was extended.",
    "Embargoed until 2025, the files were opened on Friday.",
    "Embargoed goods worth 2 million were found on Friday.",
    "Embargo",
    "Embargo: what it means for Norland",
    "Embargo on arms lifted, ministers say.”",
    "Hold for release, the trainer told the swimmer at 18:00.",
    "Not before Friday will the ferry run, the company said.",
    "Advance for the women of Port Sel came in 1918.",
    "For release of the hostages, 2 million were paid on Friday.",
    "Sperrfrist für Notare läuft am Freitag ab, sagt das Gericht.",
    "No embargo was ever lifted in a day, the professor of trade law at Port Sel said on Friday.",
    "EMBARGO ON NORLAND GRAIN",
    "Frei ab 18: Das Kino zeigt den Film.",
    "",
    "E" * 5000,
    "Embargo " * 400,
]


@pytest.mark.parametrize("line", COPY)
def test_sentences_are_copy(line: str) -> None:
    """Sentences and titles with the same words are copy and hold nothing."""
    assert until(line, LONDON) == "copy"


@pytest.mark.parametrize(
    ("line", "zone", "at", "end"),
    [
        # The hour that the clocks skip or repeat: the later instant.
        ("Sperrfrist: 27. März, 2.30 Uhr", BERLIN, "2022-03-26T12:00Z", "2022-03-27 01:30"),
        ("Sperrfrist: 30. Oktober, 2.30 Uhr", BERLIN, "2022-10-29T12:00Z", "2022-10-30 01:30"),
        ("Sperrfrist 18.00 Uhr", BERLIN, "2022-03-27T03:00Z", "2022-03-27 16:00"),
        ("Embargoed until 0001 Sunday", LONDON, "2022-03-25T12:00Z", "2022-03-27 00:01"),
        ("Embargoed until 0001 Monday", LONDON, "2022-03-25T12:00Z", "2022-03-27 23:01"),
        # Summer names in winter mean the clock on the wall, winter names in summer themselves.
        ("Embargoed until 1800 BST", "", "2022-01-10T12:00Z", "2022-01-10 18:00"),
        ("Embargoed until 1800 BST", "", "2022-07-10T12:00Z", "2022-07-10 17:00"),
        ("Embargoed until 6 p.m. EST", "", "2022-07-10T12:00Z", "2022-07-10 23:00"),
        # Years
        ("EMBARGOED UNTIL 00:01 GMT, Saturday 8 January", "", "2021-12-30T12:00Z",
         "2022-01-08 00:01"),
        ("EMBARGOED UNTIL 00:01 GMT 31 December", "", "2022-01-02T12:00Z", "2021-12-31 00:01"),
        ("Embargoed until 0001 Saturday", LONDON, "2021-12-31T12:00Z", "2022-01-01 00:01"),
        ("Embargoed until midnight", LONDON, "2021-12-31T12:00Z", "2022-01-01 00:00"),
        ("Embargoed until 0001 GMT 29 February", "", "2024-02-20T12:00Z", "2024-02-29 00:01"),
        # The day is the one that the written zone has.
        ("Embargoed until 0001 Friday", "Asia/Tokyo", "2022-03-03T16:00Z", "2022-03-03 15:01"),
    ],
)  # fmt: skip
def test_clocks_and_years(line: str, zone: str, at: str, end: str) -> None:
    """Summer time, the turn of the year and the line of the date are read as the sender's clock."""
    assert until(line, zone, datetime.fromisoformat(at)) == end


HEADLINES = [
    ("EMBARGOED UNTIL 00:01 GMT, Friday 4 March - Ferry: talks fail", "Ferry: talks fail"),
    ("Sperrfrist: Freitag, 4. März, 12.00 Uhr - Fähre: Streit", "Fähre: Streit"),
    ("EMBARGOED: Ferry - Port Sel", "Ferry - Port Sel"),
    ("EMBARGOED: Ferry sails at 1800 GMT - Port Sel", "Ferry sails at 1800 GMT - Port Sel"),
    ("(EMBARGOED UNTIL 1200 GMT) Ferry halts", "Ferry halts"),
    ("[Embargoed] Ferry halts", "Ferry halts"),
    ("EMBARGO/Ferry halts", "Ferry halts"),
    ("Embargo jusqu'à 18h00 : le ferry", "le ferry"),
    ("EMBARGO LIFTED: Ferry halts", "Ferry halts"),
]


@pytest.mark.parametrize(("headline", "rest"), HEADLINES)
def test_before_a_headline(headline: str, rest: str) -> None:
    """A notice before the headline leaves it."""
    assert embargoes.in_headline(headline, THURSDAY, BERLIN)[0] == rest


@pytest.mark.parametrize(
    "headline",
    ["Embargo until Friday talks", "Embargo: what next", "Embargo on grain - what next",
     "Embargoed", "Sperrfrist", "Not before time: ferry runs again", "Ferry: embargo ends",
     "Embargo: " * 300],
)  # fmt: skip
def test_headlines_stay(headline: str) -> None:
    """A headline about an embargo is no notice."""
    assert embargoes.in_headline(headline, THURSDAY, LONDON) == (headline, None)


def test_a_headline_that_is_a_notice() -> None:
    """A headline that says nothing else stays, and what it says counts."""
    for line in ("EMBARGOED UNTIL 1200 GMT FRIDAY", "Embargoed until 1200 GMT Friday"):
        headline, found = embargoes.in_headline(line, THURSDAY)
        assert headline == line
        assert found is not None
        assert found.until == datetime(2022, 3, 4, 12, tzinfo=UTC)


TEXTS = [
    ("EMBARGOED UNTIL 1800 GMT", "", "2022-03-03 18:00"),
    ("EMBARGOED UNTIL 1800 GMT. The ferry left.", "The ferry left.", "2022-03-03 18:00"),
    ("EMBARGOED UNTIL 6 p.m. EST Friday. It left.", "It left.", "2022-03-04 23:00"),
    ("(Embargoed until 1800 GMT) The ferry left.", "The ferry left.", "2022-03-03 18:00"),
    ("EMBARGOED UNTIL 1800 GMT - The ferry left.", "The ferry left.", "2022-03-03 18:00"),
    ("By Ann Tarn (Embargoed until 1800 GMT)", "By Ann Tarn", "2022-03-03 18:00"),
    ("By Ann Tarn [EMBARGOED]", "By Ann Tarn", "held"),
    ("The ferry left. Embargoed until 1800 GMT Friday.", "The ferry left.", "2022-03-04 18:00"),
    ("No archive. Embargoed until 1800 GMT. No sales.", "No archive. No sales.",
     "2022-03-03 18:00"),
    ("Ann Tarn\nSperrfrist: 18.00 Uhr MEZ", "Ann Tarn", "2022-03-03 17:00"),
    ("Fähre weg (Sperrfrist: Freitag 0600)", "Fähre weg", "2022-03-04 06:00"),
    ("Le ferry part (sous embargo jusqu'à 18h00 GMT)", "Le ferry part", "2022-03-03 18:00"),
    ("(EMBARGOED UNTIL DELIVERY) Ferry left", "Ferry left", "held"),
    ("EMBARGOED UNTIL DELIVERY OF THE SPEECH", "", "held"),
    ("Ferry left (not before 1800 GMT)", "Ferry left", "2022-03-03 18:00"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rest", "end"), TEXTS)
def test_in_a_text(text: str, rest: str, end: str) -> None:
    """A line, a sentence, brackets at an end: the notice leaves the text, whatever its place."""
    left, (found,) = embargoes.in_text(text, THURSDAY, LONDON)
    assert (left, f"{found.until:%Y-%m-%d %H:%M}" if found.until else "held") == (rest, end)
    assert left == "" or embargoes.in_text(left, THURSDAY, LONDON) == (left, ())


@pytest.mark.parametrize(
    "text",
    [*COPY[:-3], "EU agrees arms embargo until 2027", "Embargo on grain lifted",
     "Embargo lifted, ministers say", "Grain moves again (embargo lifted)",
     "Grain waits (embargo until 2030)", "Grain waits (Embargo)", "A bridge (not before 2030)",
     "A film (for release on Friday)", "The ban stays. Embargo until 2030 was extended.",
     "Not before Friday. That is when the ferry runs.", "Grain - embargo until Friday",
     "For use on websites only. For publication at any time."],
)  # fmt: skip
def test_texts_stay(text: str) -> None:
    """A text about an embargo stays as it is."""
    assert embargoes.in_text(text, THURSDAY, LONDON) == (text, ())
    assert embargoes.around(text, THURSDAY, LONDON) == (text, ())


def cleaned(*paragraphs: str, zone: str = LONDON, **fields: Any) -> Item:
    """An item with these paragraphs, cleaned."""
    body = tuple(Block("p", f"<p>{text}</p>") for text in paragraphs)
    made = Item(**{"item_id": "x", "version_created": THURSDAY, "body": body} | fields)
    return clean(made, received=THURSDAY, agency="Harbour News", timezone=zone)


def texts(item: Item) -> list[str]:
    """The markup of the body."""
    return [block.html for block in item.body]


END = datetime(2022, 3, 4, 0, 1, tzinfo=UTC)


def test_a_line_of_the_body() -> None:
    """The line leaves the body, stands in the notes, and its end is the item's."""
    item = cleaned("EMBARGOED UNTIL 0001 FRIDAY", "The ferry left.")
    assert texts(item) == ["<p>The ferry left.</p>"]
    assert item.ed_notes == (EdNote(text="EMBARGOED UNTIL 0001 FRIDAY", role="embargo"),)
    assert (item.embargo_until, item.embargo_text) == (END, "")


def test_lines_within_paragraphs_and_at_the_end() -> None:
    """Only the line goes, of a paragraph with several; the body's last lines are looked at too."""
    item = cleaned("<b>EMBARGOED UNTIL 0001 FRIDAY</b><br>The ferry left.", "It came back.")
    assert texts(item) == ["<p>The ferry left.</p>", "<p>It came back.</p>"]
    assert item.embargo_until == END
    item = cleaned("It left.", "It came.", "It went.", "It stayed.", "Embargoed to 0001 Friday")
    assert len(texts(item)) == 4
    assert item.embargo_until == END
    several = "Ferry left.<br>EMBARGOED UNTIL 0001 FRIDAY<br>It came.<br>Sperrfrist 10.00 Uhr"
    assert texts(cleaned(several)) == ["<p>Ferry left.<br>It came.</p>"]


def test_the_middle_of_a_body_is_copy() -> None:
    """A line deep in the report is the report's."""
    body = ["One.", "Two.", "Three.", "Embargoed to 0001 Friday", "Five.", "Six.", "Seven."]
    item = cleaned(*body)
    assert len(texts(item)) == 7
    assert item.embargo_until is None


def test_headline_slug_and_note() -> None:
    """The notice counts wherever desks put it."""
    item = cleaned("Text.", headline="EMBARGOED TO 0001 FRIDAY - Ferry halts")
    assert (item.headline, item.embargo_until) == ("Ferry halts", END)
    item = cleaned("Text.", headline="Ferry", slug="FERRY-EMBARGOED 0001 FRIDAY")
    assert (item.slug, item.embargo_until) == ("FERRY", END)
    note = EdNote(text="Please note: this story is embargoed until 0001 GMT Friday. Call us.")
    assert cleaned("Text.", ed_notes=(note,)).embargo_until == END
    assert cleaned("Eds: Embargoed until 0001 Friday", "Text.").embargo_until == END
    assert cleaned("Text.", slug="ARMS-EMBARGO").embargo_text == ""


@pytest.mark.parametrize(
    ("slug", "left"),
    [
        ("BC-NL--Harbour Sleeps, Adv 29", "BC-NL--Harbour Sleeps"),
        ("Harbour-Sleeps, Adv29, 640", "Harbour-Sleeps, 640"),
        ("HARBOUR/ADV 8", "HARBOUR"),
        ("Adv 29", "Adv 29"),
    ],
)
def test_an_advance_for_a_day_in_the_slug_holds(slug: str, left: str) -> None:
    """It names no month and no hour: a person says when it is over, or a note beside it does."""
    item = cleaned("Text.", slug=slug)
    assert (item.slug, bool(item.embargo_text), item.embargo_until) == (left, True, None)
    told = cleaned("Embargoed to 0001 Friday", "Text.", slug=slug)
    assert (told.embargo_until, told.embargo_text) == (END, "")


@pytest.mark.parametrize("slug", ["ADV-29", "Adventure 29", "ICC-ADV 2026", "Adverts 12"])
def test_other_words_of_a_slug_are_no_advance(slug: str) -> None:
    """A slug's own words hold nothing."""
    assert (cleaned("Text.", slug=slug).slug, cleaned("Text.", slug=slug).embargo_text) == (
        slug,
        "",
    )


def test_a_headline_says_that_its_embargo_is_lifted() -> None:
    """In capitals before a colon it is a word to desks; else it is the news."""
    assert cleaned("Text.", headline="EMBARGO LIFTED: Ferry halts").headline == "Ferry halts"
    item = cleaned("Text.", headline="Ferry halts (Adv 29)")
    assert (item.headline, item.embargo_text) == ("Ferry halts", "(Adv 29)")
    item = cleaned("ADV 29", "Text.", headline="Ferry halts")
    assert (texts(item), item.embargo_text) == (["<p>Text.</p>"], "ADV 29")
    news = "Embargo lifted: ferry sails"
    assert cleaned("Text.", headline=news).headline == news


def test_a_headlines_end_and_the_texts_beside_it() -> None:
    """Brackets behind a headline count, with a marker on either side; so does any other text."""
    told = "EMBARGOED TO 0001 FRIDAY"
    for said in (f"Ferry halts ({told})", f"URGENT: {told} - Ferry halts",
                 f"Ferry halts ({told}) (2nd Lead)"):  # fmt: skip
        item = cleaned("Text.", headline=said)
        assert (item.headline, item.embargo_until) == ("Ferry halts", END)
    item = cleaned("Text.", byline="EMBARGOED TO 0001, Friday", authors=("EMBARGOED TO 0001",))
    assert (item.byline, item.authors, item.embargo_until) == ("", (), END)
    picture = Media(id="p", caption="A ferry. EMBARGOED TO 0001 FRIDAY")
    item = cleaned("Text.", media=(picture,), keywords=("Ferry", "Embargoed", "Embargo 0001 GMT"))
    assert (item.media[0].caption, item.keywords) == ("A ferry.", ("Ferry", "Embargoed"))
    assert item.embargo_until == END


def test_a_notice_where_the_headline_is_expected() -> None:
    """The next line is the headline; where there is none, a text goes without one."""
    said = "EMBARGOED TO 0001 FRIDAY"
    item = cleaned("Text.", headline=said, subheadline="Ferry halts")
    assert (item.headline, item.subheadline, item.embargo_until) == ("Ferry halts", "", END)
    item = cleaned("Text.", headline=said, standfirst="Ferry halts")
    assert (item.headline, item.standfirst, item.embargo_until) == ("Ferry halts", "", END)
    item = cleaned("Text.", headline=said, standfirst="The ferry halts.")
    assert (item.headline, item.standfirst, item.embargo_until) == ("", "The ferry halts.", END)
    item = cleaned("Text.", headline="Embargo until Friday")
    assert (item.headline, item.embargo_text) == ("Embargo until Friday", "Embargo until Friday")
    assert cleaned(headline=said).headline == said


def test_a_text_without_a_field() -> None:
    """A text that an item has no field for may hold it; it goes where it says nothing of that."""
    for said, end in (("Ferry (EMBARGOED TO 0001 FRIDAY)", END), ("The arms embargo", None)):
        item = cleaned("Text.", ed_notes=(EdNote(text=said, role=UNSHOWN),))
        assert item.embargo_until == end
        assert all(note.role == "embargo" for note in item.ed_notes)


def test_before_the_first_sentence() -> None:
    """The notice goes, of a paragraph that goes on behind it, and however long it is."""
    for said in ("EMBARGOED TO 0001 FRIDAY. ", "(Embargoed to 0001 Friday) "):
        for rest in ("The ferry left.", "The ferry left. " * 40):
            item = cleaned(f"<b>{said}</b>{rest}", "More.")
            assert texts(item) == [f"<p>{rest.rstrip()}</p>", "<p>More.</p>"]
            assert item.embargo_until == END


def test_behind_a_dateline_or_before_a_sign_off() -> None:
    """What the report's other parts had hidden is found when they are gone."""
    for said in ("EMBARGOED TO 0001 FRIDAY. ", "(Embargoed to 0001 Friday) "):
        item = cleaned(f"PORT SEL, March 3 (Harbour News) - {said}The ferry left.")
        assert (texts(item), item.embargo_until) == (["<p>The ferry left.</p>"], END)
    item = cleaned("The ferry left.", "Embargoed to 0001 Friday. --IANS")
    assert (texts(item), item.embargo_until) == (["<p>The ferry left.</p>"], END)


def test_news_that_an_embargo_ended_lifts_none() -> None:
    """Only a notice takes a notice back, no headline about grain."""
    for said in ("Embargo on grain lifted", "No embargo, minister says"):
        item = cleaned(
            "EMBARGOED TO 0001 FRIDAY", "Text.", headline=said, standfirst=f"{said}, again"
        )
        assert (item.headline, item.embargo_until) == (said, END)
        assert item.standfirst == f"{said}, again"


def test_a_zone_behind_a_stop() -> None:
    """A notice reads the same from the notes to desks: the stop of "p.m." ends no sentence."""
    item = cleaned("EMBARGOED UNTIL 6 p.m. EST Friday", "Text.", zone="")
    assert (f"{item.embargo_until:%d %H:%M}", item.embargo_text) == ("04 23:00", "")


def test_notes_about_embargoes() -> None:
    """A note that only speaks of an embargo, or of its end, holds nothing."""
    for text in ("Adds reaction to arms embargo", "The embargo was lifted at noon", "No embargo"):
        item = cleaned("Text.", ed_notes=(EdNote(text=text),))
        assert (item.embargo_until, item.embargo_text) == (None, "")


def test_unreadable_words_hold() -> None:
    """What cannot be read as a time stands in words, which hold the story."""
    item = cleaned("EMBARGOED UNTIL DELIVERY OF THE SPEECH", "Text.")
    assert (item.embargo_until, item.embargo_text) == (
        None, "EMBARGOED UNTIL DELIVERY OF THE SPEECH",
    )  # fmt: skip
    assert cleaned("Embargoed to 0001 Friday", "Text.", zone="").embargo_text


def test_a_bare_word_beside_a_time() -> None:
    """A bare "EMBARGOED" adds nothing to a notice that gives the time."""
    item = cleaned("Embargoed to 0001 Friday", "Text.", headline="EMBARGOED: Ferry halts")
    assert (item.headline, item.embargo_until, item.embargo_text) == ("Ferry halts", END, "")


LATER = datetime(2022, 3, 6, tzinfo=UTC)
EARLIER = datetime(2022, 3, 3, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "end"), [(LATER, LATER), (EARLIER, END), (END, END)]
)  # fmt: skip
def test_the_later_of_format_and_prose(stated: datetime, end: datetime) -> None:
    """The format's instant stands unless the words are later."""
    item = cleaned("Embargoed to 0001 Friday", "Text.", embargo_until=stated)
    assert (item.embargo_until, item.embargo_text) == (end, "")


def test_the_formats_instant_beside_unreadable_words() -> None:
    """Where the format gives the instant, words that give none add nothing."""
    item = cleaned("EMBARGOED UNTIL DELIVERY OF THE SPEECH", "Text.", embargo_until=LATER)
    assert (item.embargo_until, item.embargo_text) == (LATER, "")


def test_the_formats_words() -> None:
    """Words that a reader took for an embargo are read when they are a notice, else they stand."""
    read = cleaned("Text.", embargo_text="(Sperrfrist: Freitag 0600)", zone=BERLIN)
    assert (f"{read.embargo_until:%d %H:%M}", read.embargo_text) == ("04 05:00", "")
    held = cleaned("Embargoed to 0001 Friday", "Text.", embargo_text="embargoed, no end given")
    assert held.embargo_text == "embargoed, no end given"
    assert cleaned("Text.", embargo_text="until the speech").embargo_text == "until the speech"


def test_lifted() -> None:
    """A line that lifts an embargo leaves the body and takes words back, never the format's."""
    item = cleaned("Embargo lifted", "Text.")
    assert texts(item) == ["<p>Text.</p>"]
    assert (item.embargo_until, item.embargo_text) == (None, "")
    assert cleaned("Embargo lifted", "Text.", "Embargoed to 0001 Friday").embargo_until is None
    assert cleaned("Embargo lifted", "Text.", embargo_until=LATER).embargo_until == LATER
    stated = cleaned("Embargo lifted", "Text.", embargo_text="until the speech")
    assert stated.embargo_text == "until the speech"


def test_cleaning_twice() -> None:
    """What was read once reads the same again."""
    for first in ("EMBARGOED UNTIL 0001 FRIDAY", "EMBARGOED UNTIL DELIVERY", "Embargo lifted"):
        once = cleaned(
            first, "Text.", headline="EMBARGOED: Ferry halts", standfirst=f"It halts ({first})"
        )
        assert clean(once, received=THURSDAY, agency="Harbour News", timezone=LONDON) == once


def test_homes() -> None:
    """A source's own clock goes first, then its agency's home; an unknown agency has none."""
    assert embargoes.zone_of(PARIS, "dpa") == PARIS
    assert embargoes.zone_of("", "dpa") == embargoes.zone_of("", "Harbour", "Dpa") == BERLIN
    assert embargoes.zone_of("", "Harbour News", "") == ""
    assert all(clocks.zones("", home, THURSDAY) for home in clocks.HOMES.values())


def test_cheap_gate_never_misses() -> None:
    """Every line that is a notice passes the gate that spares all others the reading."""
    for line, *_ in LINES:
        assert embargoes.may_begin(f"<p>{line}</p>")
        assert embargoes.may_begin(f"<p>Text.<br><b>{line}</b></p>")
        item = Item(item_id="x", standfirst=f"Text.\n{line}")
        assert until(line) == "lifted" or embargo_fields.beside(item, THURSDAY, LONDON)[1]


_TOKENS = """
EMBARGOED Embargo Sperrfrist until bis hasta to 00:01 1200 2400 25:00 6pm 6. 12.10. 31 29 March
Februar 2022 2000 Friday Freitag GMT +0530 GMT+14 IST EST Paris time midnight noon शाम 6 बजे - : ( )
/ . , Uhr lifted not before HOLD FOR RELEASE Advance for ٣ ² İ
"""
_WORDS = st.sampled_from(_TOKENS.split())


@given(st.lists(_WORDS, max_size=12).map(" ".join), st.sampled_from(["", BERLIN, "Nowhere/At_All"]))
def test_any_words_are_read_or_left(text: str, zone: str) -> None:
    """Whatever stands where a notice could, nothing is raised and no end is naive or far away."""
    for found in (
        embargoes.in_line(text, THURSDAY, zone),
        embargoes.in_headline(text, THURSDAY, zone)[1],
        *embargoes.in_slug(text, THURSDAY, zone)[1],
        embargoes.in_note(text, THURSDAY, zone),
        *embargoes.in_text(text, THURSDAY, zone)[1],
        *embargoes.around(text, THURSDAY, zone)[1],
    ):
        if found and found.until:
            assert found.until.tzinfo is UTC
            assert abs(found.until - THURSDAY) < timedelta(days=731)


@pytest.mark.parametrize(
    ("note", "end"),
    [
        ("Please note that the story is embargoed until 6 a.m. EST Sunday", "2022-03-06 11:00"),
        (
            "Eds: it is embargoed until 6 a.m. EST Sunday, March 6. Photos follow.",
            "2022-03-06 11:00",
        ),
        ("The package is embargoed until 6 p.m. Sunday. It has photos.", "2022-03-06 18:00"),
        ("The package is embargoed until 6 p.m. It has photos.", "2022-03-03 18:00"),
        ("Das Paket hat Sperrfrist bis Sonntag, 6. März, 6 Uhr. Fotos folgen.", "2022-03-06 06:00"),
    ],
)
def test_a_note_is_read_past_the_points_of_its_time(note: str, end: str) -> None:
    """The point behind "a.m." or a German day ends no sentence: the day stands behind it."""
    found = embargoes.in_note(note, THURSDAY, LONDON)
    assert found is not None
    assert found.until == datetime.fromisoformat(end).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Embargoed until 6 a.m. GMT Sunday The council met.",
        "Strictly embargoed until 6 a.m. GMT Sunday, March 6 Councillors met.",
        "EMBARGOED UNTIL 0600 GMT SUNDAY In the town, councillors met.",
    ],
)
def test_a_notice_that_ran_into_the_text_holds_and_costs_no_word_of_it(text: str) -> None:
    """Feeds lose the end of the notice's line."""
    end, found = embargoes.at_front(text, THURSDAY, LONDON) or (0, None)
    assert text[end:].startswith(("The council", "Councillors", "In the town"))
    assert found is not None
    assert found.until == datetime(2022, 3, 6, 6, tzinfo=UTC)
