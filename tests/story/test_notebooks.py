"""What stands behind a report, or in it, for desks alone."""

import pytest
from tests.story.test_clean import cleaned, texts


@pytest.mark.parametrize(
    "line",
    [
        "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt",
        "The following information is not intended for publication",
        "*** NOT FOR PUBLICATION ***",
        "La siguiente información no está destinada para su publicación",
        "Les informations suivantes ne sont pas destinées à être publiées.",
        "# Notizblock",
    ],
)
def test_what_is_not_for_publication_is_on_no_page(line: str) -> None:
    """All that stands behind such a line, contacts among it, is a note to desks."""
    contacts = ("## Contacts", "- Jane Roe, +44 20 7946 0000", "hna jr")
    result = cleaned("The ferry left.", "* * * *", line, *contacts)
    assert texts(result) == ["<p>The ferry left.</p>"]
    assert [(note.role, note.publishable) for note in result.ed_notes] == [("closed", False)]
    assert "7946" in result.ed_notes[0].text


@pytest.mark.parametrize(
    "line",
    [
        "The minister said the letter was not for publication.",
        "The following day he said that his diary was not for publication, ever.",
        "Notebook",
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
