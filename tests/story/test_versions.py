"""Which version stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import msgspec
import pytest

from wirecopy.model import Block, EdNote, Item, Link, Marker, Rank, Sheet, Story
from wirecopy.story.versions import (
    KEPT_CHANGES,
    KEPT_VERSIONS,
    corrects,
    filed_as,
    is_notice,
    is_repeat,
    is_silent,
    ordinal_of,
    owns_up,
    public_note,
    rank_of,
    remember,
    standing_of,
    version_of,
    with_change,
)

NOW = datetime(2022, 1, 8, 2, 30, tzinfo=UTC)
BLANK = Story(id="abc", source="norrane", agency="NRN", key="urn:nrn:1")


def at(minutes: int) -> datetime:
    """That many minutes after the day's start."""
    return NOW + timedelta(minutes=minutes)


def item(text: str = "Ferry sails", **fields: Any) -> Item:
    """A version of the story."""
    return Item(item_id="urn:nrn:1", headline=text, body=(Block("p", f"<p>{text}</p>"),), **fields)


def filed(*items: Item, story: Story = BLANK) -> tuple[Story, list[str]]:
    """The story after these items, a minute apart, and how each was filed."""
    ways: list[str] = []
    texts: dict[Rank, Item] = {}
    for seq, one in enumerate(items, len(story.versions) + 1):
        rank = rank_of(one, received=at(seq), seq=seq, part=0)
        sheet = Sheet(item=one, fingerprint=f"{one.headline} {one.status}", text=one.headline)
        version = version_of(sheet, rank, at(seq))
        if is_repeat(story, version, one):
            ways.append("repeat")
            continue
        before, texts = story, {**texts, rank: one}
        stands = standing_of(remember(story.versions, version))
        story = msgspec.structs.replace(
            story,
            versions=remember(story.versions, version),
            standing=texts[stands.rank] if stands else None,
            standing_rank=stands.rank if stands else None,
            standing_print=texts[stands.rank].headline if stands else "",
        )
        ways.append(filed_as(before, story, version))
    return story, ways


def test_numbers_beat_times_and_times_beat_arrival() -> None:
    """Ranks compare by number, else by the agency's time, else by arrival and place."""

    def rank(seq: int = 1, part: int = 0, **fields: Any) -> Any:
        return rank_of(item(**fields), received=at(seq), seq=seq, part=part)

    assert rank(version=2, version_created=at(0)) > rank(9, version=1, version_created=at(9))
    assert rank(version_created=at(5)) > rank(9, version_created=at(4))
    assert rank(first_created=at(5)).time == at(5)
    assert rank(2) > rank(1)
    assert rank(1, 1) > rank(1, 0)
    assert rank(1).time == at(1), "undated copy counts as made when it came"


VERSIONS = (item("one", version=1), item("two", version=2), item("three", version=3))


@pytest.mark.parametrize("order", list(permutations(VERSIONS)))
def test_the_highest_number_stands_in_any_order(order: tuple[Item, ...]) -> None:
    """Versions in any order leave the same one standing and the same ones known."""
    story, _ = filed(*order)
    assert story.standing == VERSIONS[2]
    assert [known.headline for known in story.versions] == ["one", "two", "three"]


def test_how_versions_are_filed() -> None:
    """New, newer, older, same and repeat are told apart."""
    story, ways = filed(
        VERSIONS[1], VERSIONS[2], VERSIONS[0], VERSIONS[1], item("three", version=4)
    )
    assert ways == ["new", "newer", "older", "repeat", "same"]
    assert story.standing is not None
    assert story.standing.version == 4


def test_arrival_alone_makes_no_version() -> None:
    """Undated, unnumbered copy that comes again is a repeat, even after a newer text."""
    story, ways = filed(item("one"), item("two"), item("one"))
    assert ways == ["new", "newer", "repeat"]
    assert story.standing == item("two")


def test_a_dated_repeat_is_one_only_with_its_date() -> None:
    """The same text under a later agency time is sent anew; under its own time it is a repeat."""
    one = item("one", version_created=at(0))
    story, ways = filed(one, item("one", version_created=at(1)), one)
    assert ways == ["new", "same", "repeat"]
    assert story.standing_rank is not None
    assert story.standing_rank.time == at(1)


def test_a_kill_is_remembered_and_never_stands() -> None:
    """A canceled version, with text or without, before or after, never becomes the text."""
    kill = item("gone", version=9, status="canceled")
    for order in ((kill, VERSIONS[0]), (VERSIONS[0], kill)):
        story, _ = filed(*order)
        assert story.standing == VERSIONS[0]
        assert [known.status for known in story.versions] == ["usable", "canceled"]


def test_a_notice_without_text_never_stands() -> None:
    """A hold that says nothing leaves the text that it holds; a withheld text is a version."""
    hold = Item(item_id="urn:nrn:1", version=9, status="withheld")
    assert is_notice(hold)
    story, _ = filed(VERSIONS[0], hold)
    assert story.standing == VERSIONS[0]
    withheld = item("text", version=9, status="withheld")
    assert not is_notice(withheld)
    assert filed(VERSIONS[0], withheld)[0].standing == withheld


def test_the_oldest_texts_are_forgotten_first_and_kills_never() -> None:
    """Of more versions than are kept, the lowest texts go; kills and holds stay for ever."""
    kill = item("kill", version=1, status="canceled")
    hold = Item(item_id="urn:nrn:1", version=2, status="withheld")
    texts = [item(f"text {n}", version=n) for n in range(3, KEPT_VERSIONS + 30)]
    story, _ = filed(kill, hold, *texts)
    assert len(story.versions) == KEPT_VERSIONS
    assert [known.status for known in story.versions[:2]] == ["canceled", "withheld"]
    assert story.versions[-1].rank == story.standing_rank


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"signals": ("sig:Correction",)}, True),
        ({"links": (Link(rel="corrects", target="x"),)}, True),
        ({"markers": (Marker(text="CORRECTED", action="replace+correct"),)}, True),
        ({"signals": ("sig:update",), "markers": (Marker(text="Ld", action="replace"),)}, False),
    ],
)
def test_what_makes_a_correction(fields: dict[str, Any], expected: object) -> None:
    """A signal, a link or a marker of the agency makes a version a correction."""
    assert corrects(item(**fields)) is expected


def test_a_refile_is_silent() -> None:
    """A version whose marker says that readers need not know is silent; others are not."""
    assert is_silent(item(markers=(Marker(text="REFILE", action="replace+silent"),)))
    assert not is_silent(item(markers=(Marker(text="Ld", action="replace"),)))
    told = Block("p", "<p>(This March 10 story has been refiled to fix a typo in the lead)</p>")
    body = (Block("p", "<p>A bridge fell.</p>"), told)
    assert is_silent(Item(item_id="x", body=body))


def test_only_a_public_note_is_shown() -> None:
    """The first publishable note is the public one; notes to desks never are."""
    desk, public = EdNote(text="to desks"), EdNote(text="to readers", publishable=True)
    assert public_note(item(ed_notes=(desk, public, EdNote(text="b", publishable=True)))) == (
        "to readers"
    )
    assert public_note(item(ed_notes=(desk,))) == ""


def test_history_keeps_its_first_line_and_its_last_ones() -> None:
    """A long history keeps the publication and the newest changes."""
    story = with_change(BLANK, at(0), "published")
    for minute in range(1, 100):
        story = with_change(story, at(minute), "updated", by="agency", note=str(minute))
    assert len(story.changes) == KEPT_CHANGES
    assert (story.changes[0].kind, story.changes[-1].note) == ("published", "99")
    assert story.changes[1].note == str(100 - KEPT_CHANGES + 1)


@pytest.mark.parametrize(
    ("last", "note"),
    [
        ("(An earlier version gave the number as 40. It is 24.)",
         "An earlier version gave the number as 40. It is 24."),
        ("Correction: the bridge is in Tarn.", "Correction: the bridge is in Tarn."),
        ("The court called for a correction: none came.", ""),
        ("He had seen an earlier version of the plan.", ""),
    ],
)  # fmt: skip
def test_a_report_may_say_itself_what_was_wrong(last: str, note: str) -> None:
    """Where a format has no place for a note to readers, the paragraph that says it serves."""
    body = tuple(Block("p", f"<p>{text}</p>") for text in ("A bridge fell.", "Nobody fell.", last))
    assert public_note(Item(item_id="x", body=body)) == note


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("(This story has been corrected to say that the bridge is in Tarn, in paragraph 1)", True),
        ("(This March 10 story has been corrected to fix the town)", True),
        ("[This version corrects the number in paragraph 2.]", True),
        ("Editor’s note: This article was amended on 10 March: the bridge is in Tarn.", True),
        ("Editor's note: This story was updated with a photo.", False),
        ("An earlier version of this report gave the number as 40.", True),
        ("(In einer früheren Fassung dieser Meldung hieß es, die Brücke sei in Ellery.)", True),
        ("Cette dépêche a été corrigée : le pont est à Tarn.", True),
        ("An earlier version of the bill spoke of 40 bridges.", False),
        ("Correction: the market fell by a tenth in May.", False),
        ("The story was corrected by history, the mayor said.", False),
        ("This story has been told before.", False),
    ],
)
def test_a_report_may_say_itself_that_it_is_corrected(last: str, told: object) -> None:
    """No marker is needed where the words to readers can mean nothing else."""
    body = tuple(Block("p", f"<p>{text}</p>") for text in ("A bridge fell.", "Nobody fell.", last))
    owned = owns_up(Item(item_id="x", body=body))
    assert owned == (last.strip("()[]") if told else "")


KILL = Marker(text="KILL", action="withdraw", sure="S")
GUESS = Marker(text="DROP", action="withdraw", sure="G")
HOLD = Marker(text="HOLD", action="hold", sure="S")


@pytest.mark.parametrize(
    ("marks", "trusted", "status"),
    [
        ((KILL,), True, "canceled"),
        ((HOLD, KILL), True, "canceled"),
        ((GUESS, KILL), True, "canceled"),
        ((KILL,), False, "usable"),
        ((GUESS,), True, "usable"),
        ((HOLD,), True, "usable"),
        ((HOLD, GUESS), True, "usable"),
    ],
)
def test_only_a_confirmed_kill_of_a_trusted_source_needs_no_person(
    marks: tuple[Marker, ...], trusted: bool, status: str
) -> None:
    """Whatever else its words say or leave open is held for staff, and says why."""
    sheet = Sheet(item=item(markers=marks), fingerprint="f")
    rank = Rank(version=0, time=NOW, seq=1)
    version = version_of(sheet, rank, NOW, trusts_words=trusted)
    assert (version.status, version.kind) == (status, "doubt")
    assert bool(version.doubt) is (status == "usable")


def test_one_partial_marker_of_several_may_be_a_top_alone() -> None:
    """A lead that its agency also sends as a top is measured, whatever stands beside the marker."""
    top = Marker(text="2nd Ld", action="replace", ordinal=2, partial=True)
    rank = Rank(version=0, time=NOW, seq=1)

    def measured(*marks: Marker) -> int:
        sheet = Sheet(item=item(markers=marks), fingerprint="f")
        return version_of(sheet, rank, NOW, whole_lead=40).whole_from

    assert measured(top, Marker(text="URGENT", action="flag")) == 40
    assert measured(Marker(text="URGENT", action="flag")) == 0


@pytest.mark.parametrize(
    ("fields", "alone"),
    [
        ({"headline": "", "body": ()}, True),
        ({"headline": "Ferry", "body": ()}, False),
        ({"headline": ""}, False),
        ({"headline": "", "body": (), "status": "usable"}, False),
    ],
)
def test_a_notice_tells_nothing_anew(fields: dict[str, Any], alone: bool) -> None:
    """Withheld copy that has a headline or a text is a version; without both it is only a word."""
    held = msgspec.structs.replace(item(), **{"status": "withheld"} | fields)
    assert is_notice(held) is alone


def test_a_marker_without_a_number_hides_none() -> None:
    """Of "UPDATE (2nd Ld)" the number that is said counts; arrival alone is the first."""
    plain = Marker(text="UPDATE", action="replace")
    second = Marker(text="2nd Ld", action="replace", ordinal=2)
    assert ordinal_of(item(markers=(plain, second))) == 2
    assert ordinal_of(item(markers=(plain,))) is None
    assert ordinal_of(item()) == 0
    assert ordinal_of(item(version_created=NOW)) is None
