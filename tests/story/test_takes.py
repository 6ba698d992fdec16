"""One text out of several."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from wirecopy.errors import FormatError
from wirecopy.model import Block, EdNote, Item, Marker, Sheet
from wirecopy.story.prose import block_text
from wirecopy.story.takes import Part, put_together
from wirecopy.story.versions import kind_of, ordered, places, rank_of, version_of

NOW = datetime(2022, 1, 8, 2, 30, tzinfo=UTC)
GRAFS = ("A ferry ran aground.", "Nobody was hurt there.", "The owner said nothing.")


def refuse(_item: Item, _edits: Item) -> Item:
    """No item of these tests has Duids."""
    raise FormatError("there is no part of that name")


def part(number: int, *grafs: str, note: str = "", **fields: Any) -> Part:
    """An item sent so many minutes after the first."""
    item = Item(
        item_id=f"urn:{number}",
        headline="Ferry",
        body=tuple(Block("p", f"<p>{text}</p>") for text in grafs),
        version_created=NOW + timedelta(minutes=number),
        ed_notes=(EdNote(text=note),) if note else (),
        **fields,
    )
    rank = rank_of(item, received=NOW, seq=number, part=0)
    return Part(version_of(Sheet(item=item, fingerprint=str(number)), rank, NOW), item)


def marked(action: str, ordinal: int | None = None) -> dict[str, Any]:
    """A marker with that action."""
    return {"markers": (Marker(text=action, action=action, ordinal=ordinal),)}


def told(*parts: Part) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs that stand and the parts that wait, the same in any order."""
    found = []
    for order in itertools.permutations(parts):
        versions = [each.version for each in order]
        items = {each.version.rank: each.item for each in order}
        in_order = [Part(version, items[version.rank]) for version in ordered(versions)]
        text = put_together(in_order, places(versions), refuse)
        body = text.item.body if text.item else ()
        found.append(([block_text(block) for block in body], text.waits))
    assert all(each == found[0] for each in found)
    return found[0]


def test_takes_stand_in_their_order_and_the_newer_of_two_stands() -> None:
    """A third take before the second, and a second take sent again with other words."""
    body, waits = told(
        part(0, *GRAFS, "(More)"),
        part(3, "Third.", **marked("append", 3)),
        part(2, "Second.", **marked("append", 2)),
        part(9, "Second, mended.", **marked("append", 2)),
    )
    assert body == [*GRAFS, "Second, mended.", "Third."]
    assert waits == ()


def test_a_take_of_an_older_text_is_not_put_under_a_newer_one() -> None:
    """What was sent before the text that stands belongs to the text before it."""
    body, _ = told(
        part(0, *GRAFS),
        part(1, "Old.", **marked("append", 1)),
        part(5, "New.", **marked("replace", 1)),
    )
    assert body == ["New."]


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ('Insert after 2nd graf, "A ferry"', ""),
        ('Insert after 2nd graf, "The mayor said"', "no paragraph begins with 'The mayor said'"),
        ("Insert after 2nd graf", "does not say by its first words"),
    ],
)
def test_an_insert_needs_its_anchor(note: str, reason: str) -> None:
    """A number alone is no anchor, and words that begin no paragraph are none either."""
    body, waits = told(part(0, *GRAFS), part(2, "In.", note=note, **marked("patch")))
    assert ("In." in body) is (not reason)
    assert reason in "".join(waits)


def test_an_erratum_stands_below_the_text_until_it_is_sent_anew() -> None:
    """It says what was wrong, in words of its own: the text is not lost for it."""
    said = "In a story on May 4 about a ferry, the agency erroneously gave its name."
    wrong = part(3, said, **marked("replace+correct"))
    assert kind_of(wrong.item) == "erratum"
    body, waits = told(part(0, *GRAFS), part(1, "Second.", **marked("append", 2)), wrong)
    assert (body, waits) == ([*GRAFS, "Second.", said], ())
    body, _ = told(part(0, *GRAFS), wrong, part(5, "New.", **marked("replace", 1)))
    assert body == ["New."]


@pytest.mark.parametrize(
    "said",
    [
        "In the story “Ferry runs”, please read “Marl” instead of “Tarn” in the first paragraph.",
        "In der Meldung „Fähre fährt“ muss es im 3. Absatz richtig heißen: 32 Jahre.",
        "Dans notre dépêche de 10h00, il fallait lire 32 et non 31.",
        "En la nota de las 10.00, donde dice 31 debe decir 32.",
        "Our editors wrongly spelled it. In a story, it should read Marl.",
    ],
)
def test_what_an_erratum_says(said: str) -> None:
    """It names a story first, and then what is wrong with it."""
    wanted = "text" if said.startswith("Our") else "erratum"
    assert kind_of(part(3, said, **marked("replace+correct")).item) == wanted


@pytest.mark.parametrize(
    "grafs",
    [
        ("In a report the auditor erroneously praised the line.",),
        ("The story of the ferry was wrongly told.",),
        ("In a story on May 4, the agency erroneously gave a name.", *GRAFS),
    ],
)
def test_what_is_no_erratum(grafs: tuple[str, ...]) -> None:
    """A corrected text is one, and so is every text that nobody marks as a correction."""
    assert kind_of(part(0, *grafs).item) == "text"
    if len(grafs) > 1 or not grafs[0].startswith("In"):
        assert kind_of(part(0, *grafs, **marked("replace+correct")).item) == "text"


def test_an_anchor_that_fits_twice_fits_nowhere() -> None:
    """Where two paragraphs begin with the words, the part waits."""
    body, waits = told(
        part(0, "He said no word.", "He said nothing."),
        part(2, "In.", note='Insert after 1st graf, "He said"', **marked("patch")),
    )
    assert body == ["He said no word.", "He said nothing."]
    assert "2 paragraphs begin with 'He said'" in waits[0]


def test_the_instruction_may_stand_in_the_text() -> None:
    """A first paragraph that only says where the part goes is not put in with it."""
    body, _ = told(
        part(0, *GRAFS),
        part(
            2, 'Subs 3rd graf, "The owner said" to CORRECT', "The owner spoke.", **marked("patch")
        ),
    )
    assert body == [*GRAFS[:2], "The owner spoke."]


def test_a_new_top_picks_up_the_older_text() -> None:
    """A lead that ends in a pick-up stands over the rest of what stood; parts go into both."""
    top = part(4, "A tug came.", 'Pick up 2nd graf: "Nobody was hurt ..."', **marked("replace", 1))
    assert kind_of(top.item) == "patch"
    insert = part(6, "In.", note='Insert before 1st graf, "The owner said"', **marked("patch"))
    body, waits = told(part(0, *GRAFS), top, insert)
    assert body == ["A tug came.", GRAFS[1], "In.", GRAFS[2]]
    assert waits == ()


def test_parts_alone_wait_for_their_text() -> None:
    """Takes without a lead are no text."""
    body, waits = told(part(2, "More.", **marked("append", 1)))
    assert body == []
    assert "waits for the text it belongs to" in waits[0]
