"""What readers see above a text, and how long it is."""

from typing import Any

import msgspec
import pytest

from wirecopy.model import Block, Item
from wirecopy.story.copyfit import standfirst_of, text_of, word_count

LONG = "The harbour council voted on Monday after a long debate to keep the old ferry running " * 4


def item(*paragraphs: str | Block, **fields: Any) -> Item:
    """An item whose body is those paragraphs."""
    body = (Block("p", f"<p>{one}</p>") if isinstance(one, str) else one for one in paragraphs)
    return Item(item_id="x", body=tuple(body), **fields)


@pytest.mark.parametrize(
    ("lead", "shown"),
    [
        ("The ferry left. It came back.", "The ferry left. It came back."),
        ("Mr. Grey of the U.S. Navy left. " + LONG, "Mr. Grey of the U.S. Navy left."),
        ("Dr. J. Roe won No. 5 at 3.5 metres. " + LONG, "Dr. J. Roe won No. 5 at 3.5 metres."),
        ("He said no. " + LONG, "He said no."),
        ("“We won. We did,” she said. " + LONG, "“We won. We did,” she said."),
        ('"We won. We did," she said. ' + LONG, '"We won. We did," she said.'),
        ("渡轮离开了。" + "海" * 300 + "。", "渡轮离开了。"),
        ("नाव चली गई। " + "वह " * 200, "नाव चली गई।"),
        ("Did it leave? Yes! " + LONG, "Did it leave? Yes!"),
        ("«\xa0L’Aube\xa0» a coulé\u202f: huit.", "«\xa0L’Aube\xa0» a coulé\u202f: huit."),
    ],
)
def test_standfirst_from_the_lead(lead: str, shown: str) -> None:
    """Without an abstract the lead's first sentences stand in, cut at a sentence's end."""
    assert standfirst_of(item(lead)) == shown


def test_standfirst_of_an_endless_sentence() -> None:
    """A lead without any full stop is cut between words and says so."""
    shown = standfirst_of(item(LONG * 3))
    assert shown.endswith("…")
    assert LONG.startswith(shown[:-1] + " ")
    assert len(shown) <= 281


def test_standfirst_of_the_agency() -> None:
    """The agency's standfirst is shown as it is; torn off or repeating it gives way."""
    assert standfirst_of(item("Lead.", standfirst="As sent")) == "As sent"
    assert standfirst_of(item("Lead.", headline="As sent", standfirst="As sent!")) == "Lead."
    assert (
        standfirst_of(item("The lead.", standfirst="It was torn off in the mid […]")) == "The lead."
    )
    assert standfirst_of(item("Lead.", standfirst="It left. It was torn off in…")) == "It left."
    assert standfirst_of(item("Ferry returns.", "It did.", headline="Ferry returns")) == "It did."
    assert standfirst_of(item("The lead.", standfirst="Read more")) == "The lead."
    assert standfirst_of(item("* A point", "• Another", "The lead.")) == "The lead."
    assert (
        standfirst_of(item("Closing prices in Merrow:", "Gold 12.50."))
        == "Closing prices in Merrow"
    )
    assert standfirst_of(item()) == ""


def test_a_headline_made_of_the_first_words_is_not_said_again() -> None:
    """Where a headline breaks off, its sentence is no standfirst: what follows it is."""
    said = "The ferry left on Monday."
    torn = {"headline": "The ferry left …"}
    assert standfirst_of(item(f"{said} It came back.", **torn)) == "It came back."
    assert standfirst_of(item(said, "It came back.", standfirst=said, **torn)) == "It came back."
    assert standfirst_of(item(said, standfirst=f"{said} It came back.", **torn)) == "It came back."
    assert standfirst_of(item(said, standfirst=said, **torn)) == ""


def test_no_word_is_lost_that_a_headline_was_made_of() -> None:
    """Where the standfirst alone says how a headline goes on, it stays."""
    said = "The ferry left on Monday."
    kept = item("It came back.", headline="The ferry left …", standfirst=said)
    assert standfirst_of(kept) == said
    more = "The harbour was quiet, its master said. " * 20
    long = msgspec.structs.replace(kept, standfirst=f"{said} {more}".strip())
    assert standfirst_of(long).startswith(said)


def test_an_address_is_no_standfirst() -> None:
    """A line that only leads somewhere says nothing of the report."""
    assert standfirst_of(item("Read on: https://board.example/a", "It left.")) == "It left."


def test_words_are_counted() -> None:
    """What apostrophes, commas and hyphens join is one word; without spaces each sign is one."""
    assert word_count(item("It's 3,000 well-known km.")) == 4
    assert word_count(item("The 渡轮 left")) == 4
    assert word_count(item("သင်္ဘော ថ្ងៃ")) == len("သင်္ဘော") + len("ថ្ងៃ")


def test_sentences_of_a_standfirst_are_set_as_their_script_has_them() -> None:
    """Chinese closes them up; Thai, which knows no spaces between words, puts one there."""
    assert standfirst_of(item("渡轮离开了。海很平静。")) == "渡轮离开了。海很平静。"
    assert standfirst_of(item("เรือออกแล้ว! ทะเลสงบ.")) == "เรือออกแล้ว! ทะเลสงบ."


def test_text_of() -> None:
    """The body's plain text: blocks apart, items and breaks on lines of their own."""
    body = item("A &amp; b<br>c", Block("ul", "<ul><li>d</li><li>e</li></ul>"))
    assert text_of(body) == "A & b\nc\n\nd\ne"
