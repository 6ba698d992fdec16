"""What stands behind a report, or in it, for desks alone."""

import pytest
from tests.story.test_clean import cleaned, texts

from wirecopy.model import Block
from wirecopy.story.copyfit import standfirst_of


@pytest.mark.parametrize(
    "line",
    [
        "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt",
        "The following information is not intended for publication",
        "*** NOT FOR PUBLICATION ***",
        "La siguiente información no está destinada para su publicación",
        "Les informations suivantes ne sont pas destinées à être publiées.",
        "# Notizblock",
        "Notes to editors:",
        "Hinweis an die Redaktionen",
    ],
)
def test_what_is_not_for_publication_is_on_no_page(line: str) -> None:
    """All that stands behind such a line, contacts among it, is a note to desks."""
    contacts = ("## Contacts", "- Jane Roe, +44 20 7946 0000", "--HNA jr")
    result = cleaned("The ferry left.", "* * * *", line, *contacts)
    assert texts(result) == ["<p>The ferry left.</p>"]
    assert [(note.role, note.publishable) for note in result.ed_notes] == [("closed", False)]
    assert result.ed_notes[0].text.endswith("7946 0000")
    assert result.sign_off == "--HNA jr"


@pytest.mark.parametrize(
    "line",
    [
        "The minister said the letter was not for publication.",
        "The following day he said that his diary was not for publication, ever.",
        "Notebook",
        "Notes to editors were found in the drawer of the minister.",
    ],
)
def test_news_of_what_is_not_for_publication_stays(line: str) -> None:
    """A sentence shuts nothing."""
    assert len(cleaned("The ferry left.", line, "It came back.").body) == 3


def test_contacts_in_double_brackets_are_for_desks() -> None:
    """Reuters gives clients its people's numbers so; what a script puts in them stays."""
    contact = "((jane.roe@harbour.example; +44 20 7946 0000; Reuters Messaging: jane.roe))"
    result = cleaned("The ferry left.", "(Reporting by Jane Roe)", contact, "Keywords: NORLAND/")
    assert texts(result) == ["<p>The ferry left.</p>", "<p>(Reporting by Jane Roe)</p>"]
    assert {note.text for note in result.ed_notes} == {contact, "Keywords: NORLAND/"}
    assert len(cleaned("The ferry left.", "((laughter))").body) == 2


@pytest.mark.parametrize(
    "line",
    [
        "(PHOTO AVAILABLE)",
        "(With pix and video)",
        "(FOTOS)",
        "(Vídeo)",
        "(mit Bild)",
        "(Foto: Archiv)",
        "+++ Foto folgt +++",
        "AP Photo NOR101, NOR102",
        "Photos NOR101 and NOR102.",
    ],
)
def test_what_goes_with_the_copy_is_for_desks(line: str) -> None:
    """It is neither the first line that readers see nor the last."""
    for body in ((line, "The ferry left."), ("The ferry left.", line, "It came back.")):
        result = cleaned(*body)
        assert line not in "".join(texts(result))
        assert [note.text for note in result.ed_notes] == [line]
        assert standfirst_of(result).startswith("The ferry left.")


@pytest.mark.parametrize(
    "line",
    [
        "(Photo by Jane Roe)",
        "(File photo)",
        "(Photo: Jane Roe/HNA)",
        "(to follow)",
        "Photos of the ferry were shown.",
        "(Fotos der Fähre)",
    ],
)
def test_credits_of_pictures_stay(line: str) -> None:
    """What readers are told of a picture is for them."""
    assert len(cleaned("The ferry left.", line, "It came back.").body) == 3


@pytest.mark.parametrize(
    "body",
    [
        ("(di Jane Roe) (HNA) - PORTO SELLA, 21 NOV - Il traghetto.",),
        ("(di Jane Roe)", "(HNA) - PORTO SELLA, 21 NOV - Il traghetto."),
    ],
)
def test_a_byline_in_brackets(body: tuple[str, ...]) -> None:
    """ANSA sets it before the dateline, which is found behind it."""
    result = cleaned(*body, language="it")
    assert (result.byline, result.authors) == ("Di Jane Roe", ("Jane Roe",))
    assert result.dateline is not None
    assert texts(result) == ["<p>Il traghetto.</p>"]


def test_brackets_that_are_no_byline_stay() -> None:
    """A remark, or words in brackets before a text, are the agency's."""
    for line in ("(di nuovo in mare)", "(di Jane Roe) ha detto", "(by the sea)"):
        assert texts(cleaned(line, "Il traghetto.", language="it"))[0] == f"<p>{line}</p>"


@pytest.mark.parametrize("end", ["###", "ENDS", "-30-", "(END)"])
def test_a_mark_that_copy_ends_is_no_sign_off(end: str) -> None:
    """Readers see who wrote the copy, and not that it is over."""
    result = cleaned("The ferry left.", "--HNA", end)
    assert (texts(result), result.sign_off) == (["<p>The ferry left.</p>"], "--HNA")
    assert [note.text for note in result.ed_notes] == [end]


def test_desk_note_behind_a_dateline_under_a_heading() -> None:
    """The heading that sites set above a text hides none."""
    head = Block("h2", "<h2>Off the coast</h2>")
    result = cleaned(head, "PORT SEL, Nov 21 (HNA) — (Eds: adds details) The ferry.")
    assert [note.text for note in result.ed_notes] == ["(Eds: adds details)"]
    assert texts(result) == [head.html, "<p>The ferry.</p>"]
    assert texts(cleaned("PORT SEL (HNA) — (Eds: adds details) The ferry.")) == [
        "<p>The ferry.</p>"
    ]
