from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.model import Block, EdNote, Item, Link, Marker, Target
from wirecopy.story.targets import (
    Candidate,
    number_name,
    releases,
    resolve,
    targets_in,
    targets_of,
)

AT = datetime(2022, 3, 4, 12, tzinfo=UTC)

NOTICES = [
    ("dpa", "Please kill item dpa 157 on the ferry.", [("number", "dpa 157")]),
    ("dpa", "HOLD HOLD HOLD Please hold item dpa 0123 (Ferry).", [("number", "dpa 123")]),
    ("dpa", "ACHTUNG: Die Meldung 157 wird zurückgezogen.", [("number", "dpa 157")]),
    ("dpa", "Bitte verwenden Sie die Meldungen dpa 157 und 158 nicht.",
     [("number", "dpa 157"), ("number", "dpa 158")]),
    ("dpa", "Please kill dpa 157. Substitute follows as dpa 160.", [("number", "dpa 157")]),
    ("dpa", "Please kill dpa 157 and use dpa 160 instead.", [("number", "dpa 157")]),
    ("Deutsche Presse-Agentur", "Kill item 61, please.", [("number", "dpa 61")]),
    ("Belga", "COR 703", [("number", "belga 703")]),
    ("AP", "Kill BC-NL--Port Sel-Ferry, a0105.",
     [("number", "a0105"), ("slug", "BC-NL--Port Sel-Ferry")]),
    ("AP", "EDITORS: Kill the story slugged BC-Ferry-Strike, sent at 10:05.",
     [("slug", "BC-Ferry-Strike")]),
    ("", "Please kill urn:newsml:quay.example:20220304:ferry:1.",
     [("id", "urn:newsml:quay.example:20220304:ferry:1")]),
    ("", "Kill tag:quay.example,2022:ferry-1, please.", [("id", "tag:quay.example,2022:ferry-1")]),
    ("", "Withdraw GUID 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0.",
     [("id", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")]),
    ("", "Please disregard item QM22-FERRY-0071.", [("id", "QM22-FERRY-0071")]),
    ("", "Please kill the story headlined “Ferry sinks off Port Sel”.",
     [("headline", "Ferry sinks off Port Sel")]),
    ("", 'The report entitled "Ferry sinks off Port Sel" is withdrawn.',
     [("headline", "Ferry sinks off Port Sel")]),
    ("dpa", "Die Meldung mit der Überschrift „Fähre gesunken“ ist falsch.",
     [("headline", "Fähre gesunken")]),
    ("AFP", "Prière d'annuler la dépêche intitulée « Le ferry a coulé ».",
     [("headline", "Le ferry a coulé")]),
    ("EFE", "Se anula la noticia titulada «Se hunde el ferry».",
     [("headline", "Se hunde el ferry")]),
    ("ANSA", 'Annullare il lancio dal titolo "Affonda il traghetto".',
     [("headline", "Affonda il traghetto")]),
    ("PTI", "शीर्षक “नौका डूबी तट के पास” वाली खबर रद्द", [("headline", "नौका डूबी तट के पास")]),
    ("", "slug: FERRY STRIKE", [("slug", "FERRY STRIKE")]),
    ("dpa", "Stichwort: Verkehr/Fähre", [("slug", "Verkehr/Fähre")]),
    ("AP", "Photo Elimination: please eliminate photo NYET123.", [("photo", "NYET123")]),
    ("AP", "The agency NYET123 was set up.", []),
    ("AP", "Government to kill bill 42 after 300 words.", []),
    ("", "It rose 157 points to 1,234.", []),
    ("", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("agency", "text", "wanted"), NOTICES)
def test_notices_name_their_targets(agency: str, text: str, wanted: list[tuple[str, str]]) -> None:
    """A notice's number, id, slug, headline or picture is read from its words, in any language."""
    found = [(target.kind, target.value) for target in targets_of([text], agency)]
    assert found == wanted


def test_hostile_notices_are_bounded() -> None:
    """A notice that names a thousand items, or is very long, gives a few targets at once."""
    text = " ".join(f"dpa {number}" for number in range(10, 2000)) + " item " * 50_000
    assert len(targets_of([text, "“" * 5000, "item no no " * 9000], "dpa")) == 12


def item(*marks: str, **fields: Any) -> Item:
    """An item with these markers' actions."""
    made = tuple(Marker(text="X", action=action) for action in marks)
    return Item(**{"item_id": "me", "markers": made} | fields)


def p(text: str) -> Block:
    """A paragraph."""
    return Block("p", f"<p>{text}</p>")


def test_only_notices_are_read() -> None:
    """Copy that says nothing of the kind is not read for targets, whatever it quotes."""
    body = (p("Please kill item dpa 157."),)
    assert targets_in(item(body=body)) == ()
    assert targets_in(item("replace", body=body)) == ()
    wanted = (Target(kind="number", value="dpa 157"),)
    assert targets_in(item("hold", body=body)) == wanted
    assert targets_in(item("withdraw", body=body)) == wanted
    assert targets_in(item(status="canceled", body=body)) == wanted
    holds = (Link(rel="holds", target="x"),)
    assert targets_in(item(ed_notes=(EdNote(text="Kill dpa 157"),), links=holds)) == wanted


def test_corrections_name_in_notes_alone() -> None:
    """A correction's own report is copy; what it corrects stands in its notes."""
    body = (p("The bill, dpa 157, was headlined “Not this one”."),)
    notes = (EdNote(text="(Corrects dpa 61)"),)
    found = targets_in(item("replace+correct", body=body, ed_notes=notes))
    assert found == (Target(kind="number", value="dpa 61"),)


def test_an_item_is_not_its_own_target() -> None:
    """A notice that repeats its own number and id means the others."""
    body = (p("dpa 160: please kill item 157."),)
    found = targets_in(item("withdraw", body=body, numbers=("dpa 160",)))
    assert found == (Target(kind="number", value="dpa 157"),)


def test_a_notice_without_other_names_means_its_own_story() -> None:
    """A kill that gives no number and no id means the story whose slug and headline it bears."""
    found = targets_in(item("withdraw", slug="FERRY STRIKE", headline="Ferry strike ends"))
    assert [(each.kind, each.value) for each in found] == [
        ("slug", "FERRY STRIKE"),
        ("headline", "Ferry strike ends"),
    ]
    assert targets_in(item("withdraw", slug="LEAD", headline="KILL KILL KILL")) == ()
    assert targets_in(item(status="canceled", slug="FERRY STRIKE", headline="Ferry strike")) == ()
    assert targets_in(item("replace+correct", slug="FERRY STRIKE", headline="Ferry strike")) == ()


def test_notebooks_name_other_stories() -> None:
    """What the notebook of a correction links to is not what it corrects."""
    notes = (EdNote(text="See urn:newsml:quay.example:1234567", role="notebook"),)
    assert targets_in(item("replace+correct", ed_notes=notes)) == ()


def story(name: str, hours: float = -2, **fields: Any) -> Candidate:
    """A candidate that was sent so many hours from the notice."""
    return Candidate(story=name, time=AT + timedelta(hours=hours), **fields)


def target(kind: Any, value: str) -> Target:
    """A target."""
    return Target(kind=kind, value=value)


def found(targets: list[Target], candidates: list[Candidate], **more: Any) -> tuple[str, ...]:
    """Kind of the verdict, what decided, and the stories; the same for every order."""
    verdicts = {resolve(targets, list(order), at=AT, **more) for order in permutations(candidates)}
    (verdict,) = verdicts
    return (verdict.kind, verdict.by, *(hit.story for hit in verdict.hits))


def test_id_then_number_then_slug_then_headline() -> None:
    """The most exact name that fits anything decides."""
    all_of = [
        story("a", names=("urn:a",)),
        story("b", numbers=("dpa 61",)),
        story("c", stem="ferry-strike"),
        story("d", headline="Ferry sinks off Port Sel"),
    ]
    by_headline = target("headline", "FERRY SINKS OFF PORT SEL!")
    by_slug = target("slug", "BC-Ferry-Strike, 1st Ld")
    by_number = target("number", "dpa 61")
    by_id = target("id", "urn:a")
    named = [by_headline, by_slug, by_number, by_id]
    assert found(named, all_of) == ("unique", "id", "a")
    assert found(named[:3], all_of) == ("unique", "number", "b")
    assert found(named[:2], all_of, agency="AP") == ("unique", "slug", "c")
    assert found(named[:1], all_of) == ("unique", "headline", "d")
    assert found([target("id", "urn:z"), by_slug], all_of) == ("unique", "slug", "c")
    assert found([], all_of) == ("none", "")
    assert found([target("photo", "NYET123")], all_of) == ("none", "")


def test_ambiguous_targets_are_reported() -> None:
    """Two stories that a name fits alike are both told, oldest first."""
    two = [story("b", -1, stem="ferry-strike"), story("a", -3, stem="ferry-strike")]
    assert found([target("slug", "FERRY STRIKE")], two) == ("several", "slug", "a", "b")


def test_a_second_name_chooses() -> None:
    """Where a slug fits several, the headline given beside it chooses, and only if it can."""
    two = [
        story("a", stem="ferry-strike", headline="Ferries stand still"),
        story("b", stem="ferry-strike", headline="Ferry strike ends"),
    ]
    slug = target("slug", "FERRY STRIKE")
    assert found([slug, target("headline", "Ferry strike ends")], two) == ("unique", "slug", "b")
    assert found([slug, target("headline", "Snow")], two) == ("several", "slug", "a", "b")


def test_one_notice_may_mean_two_stories() -> None:
    """A notice that names two numbers means both, and no doubt is in it."""
    two = [story("a", numbers=("dpa 61",)), story("b", numbers=("dpa 62",))]
    named = [target("number", "dpa 62"), target("number", "dpa 61")]
    assert found(named, two) == ("unique", "number", "a", "b")


def test_numbers_begin_again_every_day() -> None:
    """Of several days' items of one number, the one of the day before the notice is meant."""
    days = [story(f"{n}", -1 - 24 * n, numbers=("dpa 61",)) for n in range(4)]
    named = [target("number", "dpa 61")]
    assert found(named, days) == ("unique", "number", "0")
    assert found(named, days[2:]) == ("several", "number", "3", "2")
    assert found(named, [story("early", 3, numbers=("dpa 61",))]) == ("unique", "number", "early")


@pytest.mark.parametrize(("hours", "kind"), [(-167, "unique"), (-169, "none"), (167, "unique"),
                                             (169, "none")])  # fmt: skip
def test_a_week_on_either_side(hours: float, kind: str) -> None:
    """What lies more than seven days from the notice, before or after, is not meant."""
    assert found([target("id", "x")], [story("a", hours, names=("x",))])[0] == kind


@pytest.mark.parametrize(
    ("headline", "kind"),
    [("Ferry sinks off Port Sel; 3 dead", "unique"), ("Ferry sinks off Port Sel, 4 dead", "unique"),
     ("Ferry sails from Port Sel", "none"), ("Ferry", "none"), ("", "none")],
)  # fmt: skip
def test_headlines_that_are_alike(headline: str, kind: str) -> None:
    """A headline that differs in a figure is the same, one that differs in a word of weight not."""
    named = [target("headline", "Ferry sinks off Port Sel, 3 dead")]
    assert found(named, [story("a", headline=headline)])[0] == kind


def test_the_very_headline_wins() -> None:
    """A headline that is the same to the letter is meant before one that is only alike."""
    two = [story("a", headline="Ferry sinks off Port Sel, 3 dead"),
           story("b", headline="Ferry sinks off Port Sel, 4 dead")]  # fmt: skip
    named = [target("headline", "Ferry sinks off Port Sel, 4 dead")]
    assert found(named, two) == ("unique", "headline", "b")


def test_region_left_out() -> None:
    """A slug without its region finds the one with it, unless two regions have it."""
    one, other = story("a", stem="nl--ferry"), story("b", stem="qm--ferry")
    named = [target("slug", "BC-Ferry")]
    assert found(named, [one], agency="AP") == ("unique", "slug", "a")
    assert found(named, [one, other], agency="AP") == ("several", "slug", "a", "b")
    assert found([target("slug", "BC-QM--Ferry-Kill")], [one, other], agency="AP") == (
        "unique", "slug", "b",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Item dpa 123 may be used again.",
        "The hold on dpa 123 has been lifted.",
        "Hold lifted: dpa 123",
        "Item dpa 123 is released for publication.",
        "Die Meldung dpa 123 ist wieder freigegeben.",
        "Die Meldung dpa 123 kann wieder verwendet werden.",
        "La dépêche 123 peut de nouveau être utilisée.",
        "La noticia 123 puede volver a usarse.",
        "Note to desks: the story headlined “Ferry sinks off Port Sel” is now free for use.",
    ],
)
def test_notices_that_free(text: str) -> None:
    """A notice that says as a fact that copy may be used again frees it."""
    assert releases(item(body=(p(text),)))
    assert releases(item("hold", headline=text))
    assert targets_in(item(body=(p(text),), provider="dpa"))


@pytest.mark.parametrize(
    "text",
    [
        "Please hold item dpa 123. A later advisory may free it.",
        "Do not use item dpa 123 until it is released.",
        "Item dpa 123 must not be used before the hold is lifted.",
        "Item dpa 123 may be used again if the court agrees.",
        "Die Meldung dpa 123 ist nicht freigegeben.",
        "Item dpa 123 may be used after 1800 GMT.",
        "Three hostages were released on Friday.",
        "The album entitled “Sea Songs” was released on Friday.",
        "The ferry may be used again.",
    ],
)
def test_notices_that_free_nothing(text: str) -> None:
    """Conditions, promises and reports free nothing."""
    assert not releases(item(body=(p(text),)))


def test_an_agency_that_numbers_its_messages_frees_them() -> None:
    """The name before its own numbers is its own, whether we have heard of it or not."""
    text = "Die Meldung mer 103 ist wieder freigegeben."
    assert releases(item(body=(p(text),), numbers=("mer 108",)))
    assert not releases(item(body=(p(text),)))


def test_a_kill_frees_nothing() -> None:
    """Whatever it says beside, a kill is a kill."""
    body = (p("Item dpa 123 may be used again."),)
    assert not releases(item("withdraw", body=body))
    assert not releases(item(status="canceled", body=body))
    assert not releases(item(body=body * 4))


def test_number_names() -> None:
    """Running numbers read alike however the wire pads and spells them."""
    assert number_name("dpa", "061") == number_name("DPA", "61") == "dpa 61"
    assert number_name("BELGA", "0031") == "belga 31"


_TOKENS = """
kill item dpa 157 and 158 COR 703 a0105 BC-Ferry slugged headlined “ ” " « » urn:a:bcdef id guid
NYET123 photo HOLD lifted may be used again not until . , : 99999 ²
"""


@given(st.lists(st.sampled_from(_TOKENS.split()), max_size=30).map(" ".join))
def test_any_notice_is_read(text: str) -> None:
    """Whatever a notice says, what it names is read without an error and leads to a verdict."""
    found = targets_of([text], "dpa")
    assert all(each.value and each.value == each.value.strip() for each in found)
    assert resolve(found, [story("a", numbers=("dpa 157",))], at=AT).kind in {"unique", "none"}
    releases(item(headline=text))
