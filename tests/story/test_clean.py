import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wirecopy.model import Block, Dateline, EdNote, Item, Media, Rendition, Rights
from wirecopy.story.clean import clean
from wirecopy.story.copyfit import standfirst_of, text_of, word_count
from wirecopy.story.fingerprints import fingerprint

RECEIVED = datetime(2022, 11, 21, 6, tzinfo=UTC)
AGENCY = "Harbour News Agency"


def p(html: str) -> Block:
    """The paragraph of that markup."""
    return Block("p", f"<p>{html}</p>")


def item(*paragraphs: str | Block, **fields: Any) -> Item:
    """An item whose body is those paragraphs."""
    body = tuple(one if isinstance(one, Block) else p(one) for one in paragraphs)
    return Item(item_id="x", body=body, **fields)


def cleaned(*paragraphs: str | Block, agency: str = AGENCY, **fields: Any) -> Item:
    """The same item, cleaned."""
    return clean(item(*paragraphs, **fields), received=RECEIVED, agency=agency)


def texts(result: Item) -> list[str]:
    """The markup of every block."""
    return [block.html for block in result.body]


def test_a_whole_story() -> None:
    """Marker, dateline and sign-off stand once, each in its own place, and nowhere in the body."""
    result = cleaned(
        "<strong>PORT SEL, Nov 20 (PTI)</strong> The ferry left &amp; came back.",
        "Nobody was hurt, an officer told IANS.",
        "--IANS",
        "int/shs",
        headline="UPDATE 2-Ferry returns (2nd Ld)",
        agency="IANS",
    )
    assert result.headline == "Ferry returns"
    assert [marker.ordinal for marker in result.markers] == [2, 2]
    assert result.dateline == Dateline(
        place="PORT SEL", date="2022-11-20", text="PORT SEL, Nov 20 (PTI)"
    )
    assert texts(result) == [
        "<p>The ferry left &amp; came back.</p>",
        "<p>Nobody was hurt, an officer told IANS.</p>",
    ]
    assert result.sign_off == "--IANS\nint/shs"
    assert result.credit_sources == ("IANS", "PTI")


@pytest.mark.parametrize(
    ("html", "rest"),
    [
        ("PORT SEL (HNA) — Text.", "<p>Text.</p>"),
        ("<b>PORT SEL</b> (HNA) — Text.", "<p>Text.</p>"),
        ("<strong>PORT SEL, Nov 21 (HNA)</strong> Text.", "<p>Text.</p>"),
        (
            "<strong>PORT SEL, Nov 21 (HNA) Text</strong> more.",
            "<p><strong>Text</strong> more.</p>",
        ),
        ("<em>Port Sel</em>, <em>Nov 21 (HNA)</em><br>Text.", "<p>Text.</p>"),
        ("PORT SEL (HNA) &ndash; R&amp;D <i>grows</i>.", "<p>R&amp;D <i>grows</i>.</p>"),
        ("&nbsp;PORT SEL (HNA) &mdash; Text.", "<p>Text.</p>"),
        ('<a href="https://a.example/?q=a>b">PORT SEL</a> (HNA) — Text.', "<p>Text.</p>"),
    ],
)
def test_dateline_in_markup(html: str, rest: str) -> None:
    """A dateline is found through inline markup, and the markup that is left stays whole."""
    result = cleaned(html, "More.")
    assert result.dateline is not None
    assert result.dateline.place.casefold() == "port sel"
    assert result.body[0].html == rest


def test_dateline_alone() -> None:
    """A first paragraph that is only a dateline leaves the body whole."""
    result = cleaned("PORT SEL, Nov 21 (HNA)", "The ferry left.")
    assert texts(result) == ["<p>The ferry left.</p>"]
    assert result.dateline is not None
    assert result.dateline.date == "2022-11-21"


def test_dateline_only_in_first_paragraph() -> None:
    """A later paragraph keeps what looks like a dateline."""
    assert len(texts(cleaned("The ferry left.", "PORT SEL (HNA) — It came back."))) == 2
    assert cleaned("The ferry left.", "PORT SEL (HNA) — It came.").dateline is None


def test_given_dateline_strips_its_repeat() -> None:
    """What the format carried stands; its repeat leaves the body, another place's line stays."""
    given_line = Dateline(place="Port Sel")
    result = cleaned("PORT SEL, Norland (AP) — The ferry.", dateline=given_line)
    assert result.dateline == Dateline(place="Port Sel", text="PORT SEL, Norland (AP)")
    assert texts(result) == ["<p>The ferry.</p>"]
    result = cleaned("PORT SEL — The ferry.", dateline=given_line)
    assert texts(result) == ["<p>The ferry.</p>"]
    whole = Dateline(place="Old Quay", date="2022-11-19", text="OLD QUAY, Nov 19")
    result = cleaned("PORT SEL (AP) — The ferry.", dateline=whole)
    assert result.dateline == whole
    assert texts(result) == ["<p>PORT SEL (AP) — The ferry.</p>"]


def test_given_dateline_text_is_read() -> None:
    """A dateline that the format carried as one line gets its place, date and agencies."""
    result = cleaned("The ferry.", dateline=Dateline(text="PORT SEL, Nov 20 (AFP-DPA)"))
    assert result.dateline is not None
    assert (result.dateline.place, result.dateline.date) == ("PORT SEL", "2022-11-20")
    assert result.credit_sources == (AGENCY, "AFP", "dpa")


def test_dateline_year_from_the_version() -> None:
    """A dateline of 31 December that is filed on 1 January belongs to the old year."""
    result = cleaned(
        "Port Sel, Dec 31 (HNA) The ferry.", version_created=datetime(2023, 1, 1, 1, tzinfo=UTC)
    )
    assert result.dateline is not None
    assert result.dateline.date == "2022-12-31"


@pytest.mark.parametrize(
    ("tail", "signed"),
    [
        (["--IANS", "int/shs"], "--IANS\nint/shs"),
        (["--", "IANS", "int/shs"], "--IANS\nint/shs"),
        (["--IANS<br>int/shs"], "--IANS\nint/shs"),
        (["<strong>--IANS</strong>", "<em>int/shs</em>"], "--IANS\nint/shs"),
        (["It ended. PTI ABC XYZ"], "PTI ABC XYZ"),
        (["It ended.<br>PTI ABC XYZ"], "PTI ABC XYZ"),
        (["It ended. (ANI)"], "(ANI)"),
        (["(ANI)"], "(ANI)"),
        (["UNI XX YY 1215"], "UNI XX YY 1215"),
        (["dpa wsz jln npr"], "dpa wsz jln npr"),
        (["./.CVN"], "./.CVN"),
        (["--HNA", "ab/cd"], "--HNA\nab/cd"),
        (["It ended. --IANS", "int/shs"], "--IANS\nint/shs"),
    ],
)
def test_sign_off(tail: list[str], signed: str) -> None:
    """Every style of sign-off leaves the body, also over several paragraphs or behind a break."""
    result = cleaned("An officer told IANS.", *tail)
    assert result.sign_off == signed
    assert result.body[0].html == "<p>An officer told IANS.</p>"
    assert text_of(result) in {"An officer told IANS.", "An officer told IANS.\n\nIt ended."}


def test_a_rule_above_the_sign_off_goes_with_it() -> None:
    """Nothing is left for it to part."""
    assert texts(cleaned("Text.", Block("hr", "<hr>"), "--IANS")) == ["<p>Text.</p>"]


def test_given_sign_off_is_kept() -> None:
    """A sign-off that the format carried stays; its repeat in the body goes."""
    assert cleaned("Text.", sign_off="ab/cd").sign_off == "ab/cd"
    result = cleaned("Text.", "--IANS", sign_off="--IANS")
    assert (result.sign_off, texts(result)) == ("--IANS", ["<p>Text.</p>"])
    assert cleaned("Text.", "--IANS", sign_off="ab/cd").sign_off == "--IANS\nab/cd"


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Eds: UPDATES with quotes.", "desk"),
        ("(Eds: adds details)", "desk"),
        ("EDS: minor edits", "desk"),
        ("EDITORS: graphic to follow", "desk"),
        ("NOTE TO EDITORS: call the desk", "desk"),
        ("EDITOR'S NOTE _ first of two parts", "desk"),
        ("<em>Eds: trims</em>", "desk"),
        ("(Adds quotes in paragraph 3, updates toll)", "change"),
        ("(Corrects name in paragraph 2)", "change"),
    ],
)
def test_desk_notes(line: str, role: str) -> None:
    """A note to desks leaves the body for `ed_notes` and is never publishable."""
    result = cleaned(line, "PORT SEL (HNA) — The ferry left.")
    assert [(note.role, note.publishable) for note in result.ed_notes] == [(role, False)]
    assert texts(result) == ["<p>The ferry left.</p>"]


def test_desk_note_before_the_lead() -> None:
    """A bracketed note in front of the dateline leaves the dateline to be read."""
    result = cleaned("(Eds: adds details) PORT SEL, Nov 21 (HNA) The ferry.")
    assert (result.ed_notes[0].text, texts(result)) == (
        "(Eds: adds details)",
        ["<p>The ferry.</p>"],
    )
    assert result.dateline is not None


@pytest.mark.parametrize(
    "line",
    [
        "Editor's note: names were changed.",
        "Editors met in Port Sel.",
        "(He adds nothing.)",
        "Ed: I never said so.",
        "Notes to the mayor: none.",
        "NDLR: the harbour is the author's.",
    ],
)
def test_notes_for_readers_stay(line: str) -> None:
    """What readers are told stays in the body."""
    assert len(cleaned("Text.", line).body) == 2


def test_note_markers() -> None:
    """A correcting line or note says so in the markers; a kill line stays and asks to hold."""
    assert cleaned("(Corrects name)", "T.").markers[0].action == "replace+correct"
    assert cleaned("T.", ed_notes=(EdNote(text="EDS: UPDATES"),)).markers[0].action == "replace"
    result = cleaned("KILL KILL KILL", "Please kill item dpa 157.", agency="dpa")
    assert (result.markers[0].action, len(result.body)) == ("withdraw", 2)


@pytest.mark.parametrize(
    ("line", "agency", "action", "ordinal"),
    [
        ("(2nd Lead)", "IANS", "replace", 2),
        ("(Ld)", "IANS", "replace", 1),
        ("(Second Lead)", "IANS", "replace", 2),
        ("(Roundup)", "IANS", "new-linked", None),
        ("LEAD", "AFP", "replace", 1),
        ("2ND LEAD", "AFP", "replace", 2),
        ("UPDATE 2", "Reuters", "replace", 2),
        ("URGENT", "Harbour News", "flag", None),
        ("CORRECTED", "Reuters", "replace+correct", None),
        ("(Eil)", "dpa", "flag", None),
    ],
)
def test_a_first_line_of_markers(line: str, agency: str, action: str, ordinal: int | None) -> None:
    """It leaves the body, and stands in the way of nothing behind it; no page is told of it."""
    report = "KALPUR, Nov 21 (IANS) The ferry left."
    for body in ((line, report), (f"<b>{line}</b><br>{report}",), ("By Ann Tarn", line, report)):
        result = cleaned(*body, agency=agency)
        assert texts(result) == ["<p>The ferry left.</p>"]
        assert result.dateline is not None
        assert [(mark.action, mark.ordinal) for mark in result.markers] == [(action, ordinal)]
        assert standfirst_of(result) == "The ferry left."
    headed = cleaned(report, subheadline=line, standfirst=line, agency=agency)
    assert (headed.subheadline, headed.standfirst, len(headed.markers)) == ("", "", 1)


@pytest.mark.parametrize(
    "line", ["Lead", "ANALYSIS", "Update on Gaza", "Urgent care", "(Leads are few)", "URGENT CARE"]
)
def test_first_lines_of_words(line: str) -> None:
    """Words, and labels for readers, stay."""
    assert texts(cleaned(line, "The ferry left.")) == [f"<p>{line}</p>", "<p>The ferry left.</p>"]
    assert texts(cleaned("LEAD")) == ["<p>LEAD</p>"]


def test_headline_repeat() -> None:
    """A first paragraph or standfirst that repeats the headline goes; an alert's text stays."""
    result = cleaned(
        "<b>Ferry returns!</b>",
        "It did.",
        headline="BREAKING: Ferry returns",
        standfirst="FERRY RETURNS",
    )
    assert (texts(result), result.standfirst) == (["<p>It did.</p>"], "")
    assert len(cleaned("Ferry returns", headline="Ferry returns").body) == 1


def test_feed_footer() -> None:
    """The line that feeds put under a story goes; a sentence like it stays."""
    result = cleaned(
        "It did.", 'The post <a href="https://a.example/">Ferry</a> appeared first on A.'
    )
    assert texts(result) == ["<p>It did.</p>"]
    assert len(cleaned("It did.", "The actor appeared first on stage in May.").body) == 2


def test_standfirst_loses_its_dateline() -> None:
    """A summary that begins with the story's dateline does not show it again."""
    result = cleaned(
        "Port Sel, Nov 21 (HNA) The ferry left.", standfirst="Port Sel, Nov 21 (HNA) The ferry."
    )
    assert result.standfirst == "The ferry."


def test_space_and_normal_form() -> None:
    """Text is NFC; runs of no-break spaces are one space, a single one and tables stay."""
    table = Block("table", "<table><tr><td>a&nbsp;&nbsp;b</td></tr></table>")
    result = cleaned("Cafe\u0301 a&nbsp;&nbsp; b 10\u00a0000", "&nbsp;", table, headline=" A \n b ")
    assert texts(result) == ["<p>Café a b 10\u00a0000</p>", table.html]
    assert result.headline == "A b"


def test_other_blocks_are_untouched() -> None:
    """Lists, quotes, tables and pictures stay as they are."""
    blocks = (
        Block("figure", '<figure><img src="a.jpg"></figure>'),
        Block("h2", "<h2>PORT SEL (HNA) — Heading</h2>"),
        Block("ul", "<ul><li>--IANS</li></ul>"),
    )
    assert cleaned(*blocks).body == blocks


def test_language_and_credit_from_the_source() -> None:
    """The source's language fills a gap; its agency leads the credit in any case."""
    result = clean(item("T."), received=RECEIVED, agency="Coastwire", language="en")
    assert (result.language, result.credit_sources) == ("en", ("Coastwire",))
    result = clean(item("T.", credit_line="AFP-DPA"), received=RECEIVED, agency="AFP")
    assert result.credit_sources == ("AFP", "dpa")


# --------------------------------------------------------------------------------------
# Properties
# --------------------------------------------------------------------------------------

SAMPLES = (
    "PORT SEL, Nov 21 (HNA) — |Port Sel (AFP) - |(Reuters) - |By Jane Roe|Harbour Correspondent|"
    "--IANS|int/shs|PTI ABC XYZ|(ANI)|Eds: UPDATES|(Adds quotes)|(Eds: trims) |Ferry returns|"
    "The ferry left.|He told IANS.|“Never.” |<b>|</b>|<br>|&amp;|&nbsp;|\u00a0\u00a0|--|. |dpa |"
    "BREAKING: |KILL|(2nd Ld)|LEAD|EMBARGOED |"
    "(EMBARGOED TO 1800 GMT 21 NOV) |Embargoed to 1800 GMT Nov. 22. |"
    "नाव चली।|渡轮离开。|<|&|\u0301|é|./.CVN|ENDS|UPDATE 2-"
)
PIECES = st.sampled_from(SAMPLES.split("|"))
PARAGRAPHS = st.lists(PIECES, max_size=5).map("".join).map(p)
WILD = st.builds(Block, st.sampled_from(["p", "h2", "ul", "pre"]), st.text(max_size=60))
LINES = st.one_of(st.lists(PIECES, max_size=4).map("".join), st.text(max_size=40))
ITEMS = st.builds(
    Item,
    item_id=st.just("x"),
    headline=LINES,
    slug=LINES,
    standfirst=LINES,
    byline=st.sampled_from(["", "By Jane Roe", "Von X Y, dpa", "By"]),
    sign_off=st.sampled_from(["", "--IANS", "ab/cd"]),
    body=st.lists(st.one_of(PARAGRAPHS, WILD), max_size=7).map(tuple),
    dateline=st.sampled_from(
        [None, Dateline(place="Port Sel"), Dateline(text="PORT SEL, Nov 21"), Dateline()]
    ),
    provider=st.sampled_from(["", "AFP", "Coastwire"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(Item(item_id="x", headline="BREAKING: EMBARGOED", standfirst="Ferry sinks"), "")
@example(Item(item_id="x", standfirst="SEL, Nov 21 (HNA) — EMBARGOED SEL, Nov 21 (HNA) — "), "")
@example(Item(item_id="x", headline="\uf900", standfirst="\uf900"), "")
@example(item("EMBARGOED . PORT SEL, Nov 21 (HNA) — "), "")
@example(
    Item(
        item_id="x",
        headline="EMBARGOED",
        standfirst="EMBARGOED PORT SEL, Nov 21 (HNA) — By Jane Roe",
    ),
    "",
)
@given(ITEMS, st.sampled_from(["", AGENCY, "IANS", "dpa", "Reuters"]))
def test_idempotent_and_never_raises(given_item: Item, agency: str) -> None:
    """Cleaning what is clean changes nothing, whatever came over the wire."""
    once = clean(given_item, received=RECEIVED, agency=agency)
    assert clean(once, received=RECEIVED + timedelta(days=40), agency=agency) == once
    assert word_count(once) >= 0
    assert len(fingerprint(once)) == 32
    assert isinstance(standfirst_of(once), str)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(Item(item_id="x", byline="By Jane Roe", body=(p("By Jane Roe(ANI)"), p("Text."))))
@given(ITEMS)
def test_no_word_is_lost(given_item: Item) -> None:
    """Every word of the body stays, or stands in one of the documented places."""
    result = clean(given_item, received=RECEIVED, agency=AGENCY)
    parts = [
        text_of(result),
        result.dateline.text if result.dateline else "",
        result.dateline.place if result.dateline else "",
        result.sign_off,
        result.byline,
        result.byline_title,
        *(note.text for note in result.ed_notes),
        *(mark.text for mark in result.markers),
        result.headline,
        given_item.headline,
    ]
    if result.dateline:  # its repeats in the body are taken out as well
        parts.append("PORT SEL, Nov 21 (HNA) (AFP) (Reuters) — dpa")
    assert _words(text_of(given_item)) <= _words("\n".join(parts))


# --------------------------------------------------------------------------------------
# What can be said of a clean item
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "ACHTUNG: Bitte Meldung nicht verwenden",
        "Questa notizia è annullata.",
        "Please kill this story",
    ],
)
def test_a_headline_that_asks_desks_to_stop_is_marked(said: str) -> None:
    """A whole sentence to desks counts in the place of the headline as it does in a note."""
    actions = {mark.action for mark in cleaned("It left.", "It came back.", headline=said).markers}
    assert actions & {"withdraw", "hold"}


def test_a_headline_about_stopping_is_news() -> None:
    """What merely speaks of kills and recalls is a headline."""
    for said in ("Kill Bill returns to cinemas", "Norland withdraws its ferries from Port Sel"):
        assert not cleaned("It left.", "It came back.", headline=said).markers


@pytest.mark.parametrize("notice", ["EMBARGADA hasta las 18.00 GMT", "محظور النشر حتى الساعة 18"])
def test_embargoes_in_other_tongues_hold(notice: str) -> None:
    """The notice is taken off the headline, and the story held."""
    result = cleaned("It left.", headline=f"{notice}: Vuelve el ferri")
    assert result.headline == "Vuelve el ferri"
    assert result.embargo_until or result.embargo_text


def test_advice_behind_points_is_for_desks() -> None:
    """The line of what is new stands behind the points of markets copy, and before the byline."""
    body = ("* Gold rises", "(Adds quotes)", "By Jane Roe", "PORT SEL, Nov 21 (HNA) - Gold rose.")
    result = cleaned(*body, headline="UPDATE 2-Gold rises again")
    assert texts(result) == ["<p>* Gold rises</p>", "<p>Gold rose.</p>"]
    assert [note.text for note in result.ed_notes] == ["(Adds quotes)"]
    assert result.byline == "By Jane Roe"
    assert standfirst_of(result) == "Gold rose."


@pytest.mark.parametrize("point", ["* {}", "• {}", "*{}"])
def test_a_dateline_behind_points_is_found(point: str) -> None:
    """Markets copy begins with its points; byline and dateline stand behind them."""
    points = [point.format(said) for said in ("Gold rises", "Dollar falls")]
    result = cleaned(
        *points, "By Jane Roe", "PORT SEL, Nov 21 (HNA) - Gold rose.", "It fell later."
    )
    assert result.dateline
    assert result.dateline.place == "PORT SEL"
    assert result.byline == "By Jane Roe"
    assert text_of(result).split("\n\n") == [*points, "Gold rose.", "It fell later."]


def test_a_dateline_behind_a_heading_is_found() -> None:
    """Feeds of sites repeat a subheading above the text; byline and dateline stand behind it."""
    parts = (
        Block("h2", "<h2>Nine days after the storm</h2>"), "By Jane Roe",
        "PORT SEL, Nov 21 (HNA) - Ferries sailed.",
        Block("h2", "<h2>What next</h2>"), "More sail.",
    )  # fmt: skip
    result = cleaned(*parts)
    assert result.dateline
    assert result.dateline.place == "PORT SEL"
    assert result.byline == "By Jane Roe"
    assert text_of(result).split("\n\n") == [
        "Nine days after the storm", "Ferries sailed.", "What next", "More sail.",
    ]  # fmt: skip


def test_news_in_brief_keeps_the_dateline_of_each_piece() -> None:
    """A column of several reports is filed from none of their places."""
    parts = (
        Block("h3", "<h3>Ferries sail</h3>"), "PORT SEL, Nov 21 (HNA) - Ferries sailed.",
        Block("h3", "<h3>Gold rises</h3>"), "MERROW, Nov 21 (HNA) - Gold rose.",
    )  # fmt: skip
    result = cleaned(*parts)
    assert not result.dateline
    assert "PORT SEL, Nov 21 (HNA) - Ferries sailed." in text_of(result)


def test_fingerprint_sees_what_readers_see() -> None:
    """A change that readers or rules can see changes the fingerprint."""
    base = item("Text.", headline="A")
    changes = {
        "headline": "B",
        "status": "withheld",
        "embargo_until": RECEIVED,
        "expires_at": RECEIVED,
        "rights": Rights(usage_terms=("no archive",)),
        "body": (p("Other."),),
        "sign_off": "--HNA",
        "standfirst": "S",
        "keywords": ("k",),
        "ed_notes": (EdNote(text="n", publishable=True),),
    }
    for field, value in changes.items():
        assert fingerprint(msgspec.structs.replace(base, **{field: value})) != fingerprint(base), (
            field
        )


def test_fingerprint_overlooks_the_rest() -> None:
    """Version, times, warnings, desk notes and signed picture addresses do not change it."""
    picture = Media(id="1", renditions=(Rendition(href="https://a.example/1.jpg?sig=1"),))
    again = Media(id="1", renditions=(Rendition(href="https://a.example/1.jpg?sig=2"),))
    base = item("Text.", media=(picture,))
    same = msgspec.structs.replace(
        base,
        version=4,
        version_created=RECEIVED,
        first_created=RECEIVED,
        warnings=("w",),
        media=(again,),
        ed_notes=(EdNote(text="desk"),),
        urgency=3,
    )
    assert fingerprint(same) == fingerprint(base)


def test_genre_from_markers() -> None:
    """A story form in the headline becomes the genre; one that the format gives stands."""
    assert cleaned("Text.", headline="ANALYSIS-Why ferries fail", agency="Reuters").genre == (
        "Analysis"
    )
    assert cleaned("Text.", headline="Hintergrund: Die Fähre", agency="dpa").genre == "Background"
    given = cleaned("Text.", headline="ANALYSIS-Why ferries fail", agency="Reuters", genre="Report")
    assert given.genre == "Report"
    assert cleaned("Text.", headline="Ferries fail").genre == ""


@pytest.mark.parametrize(
    ("agency", "line"),
    [
        ("Reuters", "(Adds quotes in paragraph 3)"),
        ("Yonhap", "(ATTN: ADDS photo)"),
        ("dpa", "(neu: Zitat des Ministers)"),
        ("dpa", "(ergänzt: Reaktionen)"),
        ("AFP", "(actualise avec réactions)"),
        ("AFP", "ATTENTION - ajoute citation ///"),
        ("EFE", "(Actualiza con declaraciones)"),
        ("ANSA", "(aggiorna con reazioni)"),
        ("Lusa", "(Atualizada com declarações)"),
        ("Belga", "(voegt toe: reactie)"),
        ("TASS", "(добавлены подробности)"),
    ],
)
def test_change_summaries(agency: str, line: str) -> None:
    """What is new, told to desks above the report, is a note on the change in every language."""
    result = cleaned(line, "The ferry left.", agency=agency)
    assert texts(result) == ["<p>The ferry left.</p>"]
    assert result.ed_notes == (EdNote(text=line, role="change"),)
    assert [marker.action for marker in result.markers] == ["replace"]


def test_a_picture_title_that_is_the_headline_describes_no_picture() -> None:
    """With or without the headline's marker it is dropped; a title of the picture's own stays."""
    titles = ("URGENT: Bank raises key rate", "Bank raises key rate", "The bank by night", "")
    media = tuple(Media(headline=title) for title in titles)
    result = cleaned("Rates rise.", headline="URGENT: Bank raises key rate", media=media)
    assert result.headline == "Bank raises key rate"
    assert [one.headline for one in result.media] == ["", "", "The bank by night", ""]


@pytest.mark.parametrize(
    ("terms", "held"),
    [
        (("NOT FOR ONLINE USE",), True),
        (("All rights reserved.", "Print use only. No resale."), True),
        (("No digital use after 1 February 2030",), False),
        (("No online use of archive pictures.",), False),
        (("All rights reserved.",), False),
    ],
)
def test_terms_that_keep_a_text_from_the_web_hold_it(terms: tuple[str, ...], held: bool) -> None:
    """An agency may sell a text for print alone; it is held, and no other of the same headline."""
    result = cleaned("The ferry left.", headline="Ferry leaves", rights=Rights(usage_terms=terms))
    assert result.targets == ()
    assert [marker.action for marker in result.markers] == ["hold"] * held
    assert result.rights.usage_terms == terms
