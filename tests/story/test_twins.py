"""The same story twice: prints, candidates, and what two items are to each other."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.story.twins.scores import RULES, found_through_index, score
from tests.story.twins.variants import Pair, item, pairs

from wirecopy.model import Block, Item
from wirecopy.story.clean import clean
from wirecopy.story.twins import CANDIDATES, MOULD, PRINTS, crowded, kinship, prints_of, shortlist

ALL = pairs()
HELD_OUT = [pair for pair in ALL if pair.held_out]

FERRY = [
    "At least 12 people died when the ferry Tern ran onto rocks off Lunn on Friday, police said.",
    "Another 40 were picked up by the trawler Ragna, whose skipper Odd Brekke heard the crash.",
    "The Tern was built in 1981 and carried cement and 61 passengers to the island of Torr.",
    "A diver who did not give his name said that the hull was torn open over eight metres.",
]


def _ferry(*edits: tuple[str, str], head: str = "Ferry runs aground off Lunn, 12 dead") -> Item:
    """The ferry's report with those words for others."""
    text = "\n".join(FERRY)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return item("ferry", head, text.split("\n"))


# --------------------------------------------------------------------------------------
# Prints
# --------------------------------------------------------------------------------------


def test_prints_are_few_and_fit_a_column() -> None:
    """A long text has no more than 48 prints, each a signed 64-bit number, ascending."""
    words = [str(number) for number in range(4000)]
    prints = prints_of(item("x", "Long", [" ".join(words)]))
    assert len(prints) <= PRINTS == 48
    assert list(prints) == sorted(set(prints))
    assert all(-(2**63) <= each < 2**63 for each in prints)


def test_prints_are_the_same_on_every_machine() -> None:
    """A text's prints never change: an index of last year can be asked."""
    assert prints_of(_ferry())[:3] == FIRST_PRINTS


FIRST_PRINTS = (-8611679356744042113, -7787619677497702936, -7475525289117295075)


def test_prints_ignore_house_style() -> None:
    """Quotes, dashes, marks in numbers, case, wrapping and the agency's name leave no trace."""
    ours = item(
        "a", "", ['"We lost 1,200 homes - all of them," mayor Ruth Vane told Norrane. ' * 3]
    )
    theirs = item(
        "b",
        "",
        ["«We lost 1.200 homes – ALL of them», mayor\nRuth Vane told Ilmara Press. " * 3],
        agency="Ilmara Press",
    )
    assert prints_of(ours) == prints_of(theirs) != ()


@pytest.mark.parametrize("agency", ["Reuters", "the Press Trust of India", "AFP", "IANS"])
def test_prints_ignore_known_agencies(agency: str) -> None:
    """Whoever a minister told it, he said the same."""
    said = "The minister told {0} that the dam at Eschfeld would be finished in nine years. " * 3
    assert prints_of(item("a", "", [said.format(agency)])) == prints_of(
        item("b", "", [said.format("the" if agency.startswith("the ") else "")])
    )


def test_flashes_have_no_prints() -> None:
    """A flash is like any other flash, so it is not looked for."""
    assert prints_of(item("x", "Ferry sinks", ["Ferry sinks off Lunn, police say."])) == ()
    assert prints_of(item("x", "Ferry sinks", [])) == ()


def test_signs_without_spaces_have_prints() -> None:
    """A report in Japanese has prints, and they live through a cut."""
    long = "十日の朝早く、強い雨の中で起きた事故だった。"
    long += "警察によると、湾の沖合で貨物船と漁船が衝突し、漁船に乗っていた三人が海に投げ出された。"
    end = "三人は近くの船に救助され、命に別条はないという。海上保安部が当時の状況を調べている。"
    whole, cut = prints_of(item("a", "", [long, end])), prints_of(item("b", "", [long]))
    assert len(set(whole) & set(cut)) >= 5


@given(st.text(max_size=400))
@example("\ud800 half a sign, twice " * 12)
@example("... " * 90 + "." * 90)
def test_any_text_is_read(text: str) -> None:
    """No text breaks prints or kinship, and a text is no other story than itself."""
    one = Item(item_id="x", headline=text[:40], body=(Block("p", f"<p>{text}</p>"),))
    prints_of(one)
    assert kinship(one, one) in {"same", "different"}


# --------------------------------------------------------------------------------------
# Candidates
# --------------------------------------------------------------------------------------


def test_those_that_share_most_come_first() -> None:
    """Texts are ranked by prints shared; versions of one's own story and single prints are none."""
    shared = [(1, 7), (2, 7), (1, 8), (2, 8), (3, 8), (1, 9), (3, 5), (1, 5), (2, 5)]
    rows = [(mark, text, f"s{text}") for mark, text in shared]
    assert shortlist(rows, "s5") == (8, 7)


def test_every_story_has_a_turn_with_its_newest_text() -> None:
    """Ten versions of one story keep no other story from being compared."""
    rows = [(mark, text, "many") for mark in (1, 2, 3) for text in range(10)]
    rows += [(mark, 20, "one") for mark in (1, 2)]
    assert shortlist(rows)[:3] == (9, 20, 8)
    assert len(shortlist(rows)) == CANDIDATES


def test_moulds_do_not_count() -> None:
    """A print that more than 25 stories share is a form's and brings no candidate."""
    form = [(mark, story, f"s{story}") for mark in (1, 2, 3) for story in range(MOULD + 1)]
    assert shortlist(form) == ()
    assert crowded(form) == {1, 2, 3}
    few = [row for row in form if row[1] < MOULD]
    assert len(shortlist(few)) == CANDIDATES
    assert crowded(few) == frozenset()


def test_versions_of_one_story_make_no_mould() -> None:
    """A story of thirty versions is found by its prints; only of very many are no more kept."""
    rows = [(mark, text, "one") for mark in (1, 2, 3) for text in range(30)]
    assert shortlist(rows)[0] == 29
    assert crowded(rows) == frozenset()
    assert crowded([(1, text, "one") for text in range(100)]) == {1}


def test_the_order_of_rows_does_not_matter() -> None:
    """The same rows give the same candidates, however the archive sends them."""
    rows = [(mark, text, f"s{text // 2}") for mark in range(9) for text in range(mark)]
    assert shortlist(rows) == shortlist(rows[::-1]) == shortlist(rows * 2)


# --------------------------------------------------------------------------------------
# Kinship
# --------------------------------------------------------------------------------------


def test_two_agencies_carry_one_report() -> None:
    """Dateline, credit, sign-off, quotes and headline are the agency's; the report is the same."""
    ours = item("a", "Ferry aground off Lunn", [f"LUNN, Jan 8 (AFP) - {FERRY[0]}", *FERRY[1:]])
    theirs = item(
        "b",
        "12 die in ferry accident (Ld)",
        [
            f"Lunn, January 8 (IANS) {FERRY[0]}",
            f"{FERRY[1]} {FERRY[2]}".replace(" 61 ", "\n61 "),
            FERRY[3],
            "--IANS\nrk/jn",
        ],
    )
    received = datetime(2022, 1, 8, 3, tzinfo=UTC)
    cleaned = [
        clean(each, received=received, agency=agency)
        for each, agency in ((ours, "AFP"), (theirs, "IANS"))
    ]
    assert kinship(*cleaned) == "same"
    assert prints_of(cleaned[0]) == prints_of(cleaned[1])


def test_a_toll_may_grow() -> None:
    """Twelve dead become fifteen: the same event, revised."""
    later = _ferry(("12 people", "15 people"), head="Ferry runs aground off Lunn, 15 dead")
    assert kinship(_ferry(), later) == "revised"


SUNK = {
    "en": (
        "Ferry sinks in Port Sel, {0} dead",
        "{0} people were killed when the ferry Tern sank in the harbour of Port Sel, police said.",
        "The Tern had left the quay at dawn with cement and apples for the island of Torr.",
        "Its skipper, Odd Brekke, told the harbour office that the rudder had not answered.",
        "Police named none of the {0} dead before their families had been told.",
    ),
    "en, as a verb": (
        "{0} die as ferry sinks in Port Sel",
        "A ferry went down in the harbour of Port Sel at dawn, drowning {0} of its passengers.",
        "The Tern had left the quay with cement and apples for the island of Torr.",
        "Its skipper, Odd Brekke, told the harbour office that the rudder had not answered.",
    ),
    "en, in front": (
        "Landslide in Kolma kills {0}",
        "{0} Norland miners lost their lives when a slope came down above Kolma, the mayor said.",
        "Rain had fallen on the valley for a week, and the road to Torr was closed on Sunday.",
        "Engineers will look at the slope when the water has gone, the county office said.",
    ),
    "de": (
        "Fähre sinkt in Port Sel: {0} Tote",
        "{0} Menschen sind beim Untergang der Fähre Tern im Hafen von Port Sel ums Leben gekommen.",
        "Die Tern hatte in der Frühe mit Zement und Äpfeln an Bord zur Insel Torr abgelegt.",
        "Der Kapitän sagte dem Hafenamt, das Ruder habe eine Minute lang nicht geantwortet.",
        "Nach Angaben der Polizei starben {0} Fahrgäste, ihre Namen nannte sie zunächst nicht.",
    ),
    "fr": (
        "Naufrage d'un ferry à Port Sel : {0} morts",
        "{0} personnes ont été tuées dans le naufrage du ferry Tern à Port Sel, selon la police.",
        "Le Tern avait quitté le quai à l'aube avec du ciment et des pommes pour l'île de Torr.",
        "Son capitaine a dit au bureau du port que le gouvernail n'avait pas répondu.",
        "La police n'a donné aucun nom des {0} victimes avant que les familles soient averties.",
    ),
    "es": (
        "Mueren {0} personas al hundirse un ferry en Port Sel",
        "Al menos {0} personas murieron al hundirse el ferry Tern en Port Sel, dijo la policía.",
        "El Tern había salido del muelle al alba con cemento y manzanas para la isla de Torr.",
        "Su capitán dijo a la oficina del puerto que el timón no había respondido.",
        "La policía no dio los nombres de los {0} fallecidos antes de avisar a las familias.",
    ),
}
"""One report with its toll left out, in words as agencies put them."""


def _sunk(form: str, toll: str) -> Item:
    head, *text = (line.format(toll) for line in SUNK[form])
    lines = [line[:1].upper() + line[1:] for line in (head, *text)]
    return item("sunk", lines[0], lines[1:], language=form[:2])


@pytest.mark.parametrize(
    ("form", "toll", "later"),
    [
        ("en", "three", "five"),
        ("en", "three", "12"),
        ("en", "9", "eleven"),
        ("en", "several", "nine"),
        ("en", "nineteen", "twenty-two"),
        ("en", "eleven", "dozens"),
        ("en, as a verb", "three", "five"),
        ("en, in front", "three", "five"),
        ("de", "drei", "fünf"),
        ("de", "elf", "zwölf"),
        ("de", "12", "15"),
        ("fr", "trois", "cinq"),
        ("fr", "neuf", "onze"),
        ("es", "tres", "cinco"),
        ("es", "ocho", "decenas de"),
    ],
)
def test_a_toll_in_words_may_grow(form: str, toll: str, later: str) -> None:
    """A toll is no figure however it is written; a reader must see the one that was sent last."""
    assert kinship(_sunk(form, toll), _sunk(form, later)) == "revised"


def test_a_toll_in_words_alone_is_a_change() -> None:
    """Of a long report with one word exchanged, the later one is no repeat."""
    lines = [FERRY[0].replace("12 people", "{0} people"), *FERRY[1:], *REST]
    first, later = (
        item("ferry", "Ferry runs aground off Lunn", [line.format(toll) for line in lines])
        for toll in ("three", "five")
    )
    assert kinship(first, later) == "revised"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("three", "Port Sel"), ("five", "Kolma")),
        (("three", "Tern"), ("three", "Skua")),
    ],
)
def test_another_accident_has_another_toll(old: tuple[str, str], new: tuple[str, str]) -> None:
    """The same words of another harbour or ship tell another story, whatever the toll."""
    one = _sunk("en", old[0])
    other = _sunk("en", new[0])
    swapped = tuple(Block("p", block.html.replace(old[1], new[1])) for block in other.body)
    headline = other.headline.replace(old[1], new[1])
    other = msgspec.structs.replace(other, headline=headline, body=swapped)
    assert kinship(one, other) == "different"


def test_a_road_beside_a_toll_is_a_name() -> None:
    """Two accidents on two roads are two, though the number of a road stands beside the dead."""
    one = _sunk("en", "three")
    roads = (
        msgspec.structs.replace(
            one,
            headline=f"Lorry hits wall, three dead on {road}",
            body=(Block("p", f"<p>Three people were killed on {road}, police said.</p>"),
                  *one.body[1:]),
        )
        for road in ("A3", "B12")
    )  # fmt: skip
    assert kinship(*roads) == "different"


def test_numbers_in_words_that_are_no_toll_tell_stories_apart() -> None:
    """Two forms with other numbers stay two, in words as in figures."""
    form = (
        "{0} bridges to be built in Norstad",
        "{0} bridges will be built over the Sel in Norstad by autumn, the council said.",
        "They replace ferries that have crossed the river since the old bridge was closed.",
        "The council will choose the builder in May and the colour after the summer recess.",
    )
    one, other = (
        item("b", head, text)
        for head, *text in ([line.format(count) for line in form] for count in ("Three", "Five"))
    )
    assert kinship(one, other) == "different"


def test_another_ship_is_another_story() -> None:
    """The same words with another ship, skipper and year tell another story."""
    other = _ferry(
        ("Tern", "Skua"), ("Ragna", "Alda"), ("Odd Brekke", "Nils Moen"), ("1981", "1990"),
        ("Lunn", "Vik"), ("61 pass", "44 pass"), head="Ferry runs aground off Vik, 12 dead",
    )  # fmt: skip
    assert kinship(_ferry(), other) == "different"


def test_a_name_spelled_otherwise_is_the_same_name() -> None:
    """An update that puts a name right is an update."""
    assert kinship(_ferry(), _ferry(("Brekke", "Brekkes"))) == "revised"


def test_an_opening_on_another_day_is_another_event() -> None:
    """Two accidents of one kind in one place differ in their day."""
    other = _ferry(
        ("on Friday", "on Monday"), ("Odd Brekke heard the crash", "heard a loud noise"),
        ("torn open over eight metres", "hardly damaged at all"),
        ("carried cement", "carried gravel"),
    )  # fmt: skip
    assert kinship(_ferry(), other) == "different"


def test_a_brief_is_not_its_digest() -> None:
    """A brief that stands in the digest of the day is not that digest."""
    brief = item("a", "Ferry runs aground", FERRY[:2])
    digest = item("b", "The day at a glance", [*REST, *FERRY[:2]])
    assert kinship(brief, digest) == "different"


REST = [
    "The orchestra of Brenning has chosen Ada Holt as its conductor from next autumn on.",
    "Scientists in Seeburg have found a beetle that was thought extinct since the great flood.",
    "A baker from Stein baked a plaited loaf of 41 metres, which fed the whole village for a day.",
    "The cup match between Hagen and Velmore was put off because of fog over the stadium.",
    "Parliament debates the new law on rivers this week; a vote is expected before the recess.",
]


def test_flashes_join_word_for_word_or_not_at_all() -> None:
    """A flash is the same only under a like headline and with all its words."""
    flash = ["The ferry Tern has run onto rocks off Lunn, police say."]
    one = item("a", "Ferry aground off Lunn", flash)
    assert kinship(one, item("b", "Ferry aground off Lunn", flash, agency="Ilmara")) == "same"
    assert kinship(one, item("b", "Storm hits the coast", flash)) == "different"
    assert kinship(one, item("b", one.headline, ["The ferry Tern has run onto rocks."])) == (
        "different"
    )


@pytest.mark.parametrize("pair", ALL[::7], ids=lambda pair: pair.name)
def test_kinship_has_no_direction(pair: Pair) -> None:
    """Whichever of two came first, they are the same to each other."""
    assert kinship(pair.a, pair.b) == kinship(pair.b, pair.a)


@pytest.mark.parametrize("pair", [p for p in ALL if p.name.endswith("telex")], ids=lambda p: p.name)
def test_capitals_do_not_matter(pair: Pair) -> None:
    """Copy in telex capitals is the same copy."""
    assert kinship(pair.a, pair.b) == "same"


# --------------------------------------------------------------------------------------
# Floors
# --------------------------------------------------------------------------------------


def test_the_set_is_hard_on_both_sides() -> None:
    """The labelled copy defeats the simple rules, or it would prove nothing."""
    assert len(ALL) >= 240
    assert len(HELD_OUT) >= 150
    assert score(HELD_OUT, RULES["hash of the normalised text"]).recall < 0.4
    assert score(HELD_OUT, RULES["Jaccard of word 4-shingles >= 0.5"]).precision < 0.8


def test_joins_are_right() -> None:
    """On copy that nothing was tuned on, hardly a join is wrong and few are missed."""
    got = score(HELD_OUT, RULES["wirecopy"])
    assert got.precision >= 0.98
    assert got.recall >= 0.95


def test_twins_find_each_other() -> None:
    """Among thousands of other stories the index brings nearly every twin to the table."""
    hits, of = found_through_index(ALL, _others(5000))
    assert hits / of >= 0.97


def _others(count: int) -> list[Item]:
    """Stories made of the labelled copy's own sentences, so that they share words and phrases."""
    chance = Random(7)  # noqa: S311 - a repeatable shuffle, no secret
    lines = [
        msgspec.structs.astuple(block)[1][3:-4] for pair in ALL for block in pair.a.body if pair.kin
    ]
    words = [word for line in dict.fromkeys(lines) for word in line.split()]
    made = []
    for number in range(count):
        start = chance.randrange(len(words) - 40)
        text = [*words[start : start + 12], *chance.choices(words, k=90)]
        made.append(item(f"other-{number}", "Other news", [" ".join(text)]))
    return made
