"""What a story's history shows of earlier texts, and what it must not."""

from datetime import timedelta
from typing import Any

import msgspec
from lxml import html
from tests.press.copy_desk import AT, brief, part, press, story

from wirecopy.briefs import PastText
from wirecopy.model import Change, Rank, Rework, Version
from wirecopy.press.past import difference
from wirecopy.story.past import texts_shown


def text(*paragraphs: str, hours: int = 0, headline: str = "Ferry to sail") -> PastText:
    """A text as it stood so many hours after the first."""
    return PastText(
        at=AT + timedelta(hours=hours),
        headline=headline,
        standfirst="",
        body=tuple(f"<p>{one}</p>" for one in paragraphs),
    )


def version(number: int, hours: int, **fields: Any) -> Version:
    """A filed version that came so many hours after the first."""
    usual: dict[str, Any] = {
        "rank": Rank(version=number, time=AT, seq=number),
        "fingerprint": str(number),
        "status": "usable",
        "received": AT + timedelta(hours=hours),
    }
    return Version(**(usual | fields))


def change(kind: Any, hours: int) -> Change:
    """A public change so many hours after the first."""
    return Change(at=AT + timedelta(hours=hours), kind=kind)


def test_words_that_went_and_came_are_marked() -> None:
    """Of a changed paragraph the words are compared; an equal one is not shown."""
    shown = difference(text("Six boats a day.", "Same."), text("Nine boats a day.", "Same."))
    assert shown == "<p><del>Six</del> <ins>Nine</ins> boats a day.</p>"


def test_of_a_long_paragraph_the_words_around_a_change_are_shown() -> None:
    """Six on each side, with a sign for what is left out; nothing is put before the beginning."""
    before, after = (" ".join(f"{side}{n}" for n in range(20)) for side in "ab")
    shown = difference(text(f"{before} Six {after}"), text(f"{before} Nine {after}"))
    around = "… a14 a15 a16 a17 a18 a19", "b0 b1 b2 b3 b4 b5 …"
    assert shown == f"<p>{around[0]} <del>Six</del> <ins>Nine</ins> {around[1]}</p>"


def test_another_headline_is_a_change() -> None:
    """The headline is compared too, but not where staff's own stood over both."""
    one, other = text("Same."), text("Same.", headline="Ferry sails at last")
    assert "<ins>" in difference(one, other)
    assert difference(one, other, headline=False) == ""


def test_a_paragraph_that_moved_is_compared_with_itself() -> None:
    """A report grows at its front: what stood first stands second, with one word changed."""
    before = text("Six boats sail a day, the port says.", "Snow fell on the old town at night.")
    after = text(
        "Rescuers reached the last village.",
        "Nine boats sail a day, the port says.",
        "Snow fell on the old town at noon.",
    )
    assert difference(before, after).splitlines() == [
        "<p><ins>Rescuers reached the last village.</ins></p>",
        "<p><del>Six</del> <ins>Nine</ins> boats sail a day, the port says.</p>",
        "<p>Snow fell on the old town at <del>night.</del> <ins>noon.</ins></p>",
    ]


def test_a_headline_is_compared_with_the_headline() -> None:
    """Headline and standfirst stand first, whatever else has changed, also a new one."""
    after = msgspec.structs.replace(text("Same."), headline="Port shut", standfirst="Ferry to sail")
    assert difference(text("Same."), after).splitlines() == [
        "<p><del>Ferry to sail</del> <ins>Port shut</ins></p>",
        "<p><ins>Ferry to sail</ins></p>",
    ]


def test_markup_and_hostile_words_stay_words() -> None:
    """Whatever the texts hold, the difference has no element but p, del and ins."""
    shown = difference(text("A <b>bold</b> &lt;script&gt; boat"), text("A bold &lt;img&gt; boat"))
    elements = {e.tag for e in html.fragment_fromstring(shown, create_parent="div").iter()}
    assert elements <= {"div", "p", "del", "ins"}


def test_a_rewritten_text_costs_little() -> None:
    """Copy made to be hard to compare gives a short difference all the same."""
    one = text(*(" ".join(f"a{i % 7}" for i in range(900)) for _ in range(300)))
    other = text(*(" ".join(f"a{i % 5}" for i in range(900)) for _ in range(300)))
    assert len(difference(one, other)) < 60_000


def test_only_what_readers_have_seen_is_looked_back_at() -> None:
    """A version that was held, overtaken or withdrawn is in no history."""
    told = story(
        versions=(version(1, 0), version(2, 1), version(3, 2), version(4, 3, status="withheld")),
        changes=(change("published", 1), change("updated", 2), change("reworked", 4)),
    )
    assert [rank.version for _, rank in texts_shown(told)] == [2, 3]
    assert texts_shown(story(versions=(version(1, 0),))) == ()


def page(differences: str, kind: str) -> str:
    """The page of a story whose second text came as a change of this kind."""
    told = story(changes=(change("published", 0), change(kind, 1)))
    past = (text("Six boats."), text("Nine boats.", hours=1))
    extra = f'[press]\ndifferences = "{differences}"\n'
    return press(extra=extra).story(brief(told, past=past)).body.decode()


def test_the_newsroom_says_which_changes_are_shown_word_by_word() -> None:
    """An update is; what an agency has corrected is not said again unless the newsroom says so."""
    assert "<del>Six</del>" in page("updates", "updated")
    assert "<del>Six</del>" not in page("updates", "corrected")
    assert "<del>Six</del>" in page("all", "corrected")
    assert "<del>" not in page("none", "updated")


def history(first: str, second: str, **fields: Any) -> str:
    """The history of a story whose text was updated, with these headlines of the two."""
    changes = (change("published", 0), change("updated", 1))
    past = (text("Six boats.", headline=first), text("Nine boats.", hours=1, headline=second))
    made = press(extra='[press]\ndifferences = "none"\n')
    return part(made.story(brief(story(changes=changes, **fields), past=past)).body, "history")


def test_a_change_shows_the_headline_that_came_with_it() -> None:
    """Each headline once, when it came; none where staff's own stood over all of them."""
    told = history("Ferry to sail", "Ferry sails")
    assert told.index("Ferry sails") < told.index("Ferry to sail")
    assert history("Ferry to sail", "Ferry to sail").count("Ferry to sail") == 1
    assert "Ferry" not in history("Ferry to sail", "Ferry sails", rework=Rework(headline="Ours"))


def test_the_note_of_a_correction_stands_in_its_box_alone() -> None:
    """The history names the correction; its words are said once on a page."""
    corrected = Change(at=AT + timedelta(hours=1), kind="corrected", note="Nine boats, not six.")
    told = story(changes=(change("published", 0), corrected))
    body = press().story(brief(told)).body
    assert "Nine boats, not six." in body.decode()
    assert "Nine boats, not six." not in part(body, "history")


def test_a_developing_story_says_so() -> None:
    """From the second update on, the top of the page leads to what changed."""
    told = story(changes=(change("published", 0), change("updated", 1), change("updated", 2)))
    body = press().story(brief(told)).body.decode()
    assert '<a href="#history">2 updates so far</a>' in body
    assert 'id="history"' in body


def test_nothing_from_before_a_kill_is_looked_back_at() -> None:
    """A story that was withdrawn and came back shows no word of what was killed."""
    told = story(
        versions=(version(1, 0), version(2, 2), version(3, 3)),
        changes=(
            change("published", 0), change("withdrawn", 1), change("restored", 2),
            change("updated", 3),
        ),
    )  # fmt: skip
    assert [rank.version for _, rank in texts_shown(told)] == [2, 3]


def test_a_corrected_headline_is_not_said_again() -> None:
    """Headlines and words from before a correction are shown only where the newsroom shows all."""
    told = story(
        changes=(change("published", 0), change("updated", 1), change("corrected", 2),
                 change("updated", 3))
    )  # fmt: skip
    past = (
        text("Six boats.", headline="Mayor took the boats"),
        text("Seven boats.", hours=1, headline="Mayor sold the boats"),
        text("Nine boats.", hours=2, headline="Boats are at sea"),
        text("Ten boats.", hours=3, headline="Boats are home"),
    )
    for differences, said in (("updates", False), ("all", True)):
        made = press(extra=f'[press]\ndifferences = "{differences}"\n')
        body = made.story(brief(told, past=past)).body.decode()
        assert ("Mayor" in body) == said
        assert "<del>Nine</del>" in body
        assert ("<del>Six</del>" in body) == said
