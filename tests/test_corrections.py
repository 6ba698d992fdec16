"""What is told of a correction, on the story's page and on that of all corrections."""

from __future__ import annotations

from datetime import timedelta

from tests.newsdesk import START, Desk, ninjs, notice

from wirecopy.model import Delivery

ONE = "urn:nrn:1"


def at(minute: int) -> str:
    """A minute of the morning of the tests, as ninjs writes it."""
    return f"2022-01-08T02:{minute}:00Z"


def test_a_correction_is_told(desk: Desk) -> None:
    """The agency's correction is on the page and on the list; a silent refile tells nothing."""
    desk.take(ninjs(ONE, "Ferry sails", version="1"))
    desk.wait(minutes=5)
    desk.take(ninjs(ONE, "Ferry stays", version="2", signal=[{"qcode": "sig:correction"}]))
    story = desk.story(ONE)
    assert [change.kind for change in story.changes] == ["published", "corrected"]
    assert story.updated == START + timedelta(minutes=5)
    assert b"Ferry stays" in desk.site()["corrections.html"]
    desk.wait(minutes=5)
    desk.take(ninjs(ONE, "REFILE-Ferry stays put", version="3"))
    assert desk.story(ONE).updated == START + timedelta(minutes=5)
    assert b"Ferry stays put" in desk.site()[story.path]
    assert desk.site() == desk.full_bake()


def test_a_report_that_says_it_is_corrected_is(desk: Desk) -> None:
    """Once: the updates that carry the sentence on are updates, and so is a first version."""
    said = "This story has been corrected to say that the mate was not at the wheel."
    desk.take(ninjs(ONE, "Ferry sails", body="<p>The mate steers.</p>", version="1"))
    for number, text in enumerate(("It stays.", "It is towed.", "It is home."), start=2):
        desk.wait(minutes=5)
        body = f"<p>{text}</p><p>({said})</p>"
        desk.take(ninjs(ONE, "Ferry stays", body=body, version=str(number)))
    story = desk.story(ONE)
    kinds = [change.kind for change in story.changes]
    assert kinds == ["published", "corrected", "updated", "updated"]
    assert story.changes[1].note == said
    assert said.encode() in desk.site()["corrections.html"]
    desk.take(ninjs("urn:nrn:2", "Tug sails", body=f"<p>It sails.</p><p>({said})</p>"))
    assert [change.kind for change in desk.story("urn:nrn:2").changes] == ["published"]
    assert desk.site() == desk.full_bake()


def test_an_erratum_leaves_the_text(desk: Desk) -> None:
    """It is told as a correction, above the text and below it, whenever it comes."""
    said = "In a story on Jan. 8 about a ferry, the agency erroneously said that it sails."
    story = ninjs(ONE, "Ferry is at sea again", body="<p>It sails.</p>", versioncreated=at(30))
    note = ninjs(
        "urn:nrn:2",
        "Correction: Ferry is at sea again",
        body=f"<p>{said}</p>",
        versioncreated=at(40),
    )
    desk.take(story)
    desk.wait(minutes=5)
    assert desk.take(note) == ["updated"]
    told = desk.story(ONE)
    assert told.standing is not None
    assert [block.html for block in told.standing.body] == ["<p>It sails.</p>", f"<p>{said}</p>"]
    assert [(c.kind, c.note) for c in told.changes] == [("published", ""), ("corrected", said)]
    assert desk.site() == desk.full_bake()


def test_an_erratum_alone_is_a_story(desk: Desk) -> None:
    """Where the text it means never came, or comes later, readers are told all the same."""
    said = "In a story on Jan. 8 about a ferry, the agency erroneously said that it sails."
    note = ninjs(
        ONE, "Correction: Ferry is at sea again", body=f"<p>{said}</p>", versioncreated=at(40)
    )
    assert desk.take(note) == ["published"]
    story = ninjs(
        "urn:nrn:2", "Ferry is at sea again", body="<p>It sails.</p>", versioncreated=at(30)
    )
    assert desk.take(story) == ["updated"]
    standing = desk.story(ONE).standing
    assert standing is not None
    assert [block.html for block in standing.body] == ["<p>It sails.</p>", f"<p>{said}</p>"]


def test_what_a_correction_said_goes_with_the_text_that_is_killed(desk: Desk) -> None:
    """A story that comes back after a kill was corrected once; of what, nobody is told any more."""
    said = "This story has been corrected to show that the mate was not at the wheel."
    desk.take(ninjs(ONE, "Ferry sails", version="1"))
    desk.wait(minutes=5)
    signal = [{"qcode": "sig:correction"}]
    body = f"<p>It stays.</p><p>{said}</p>"
    desk.take(ninjs(ONE, "Ferry stays", body=body, version="2", signal=signal))
    desk.wait(minutes=5)
    story = desk.story(ONE)
    path = story.path
    assert [p for p, body in desk.site().items() if said.encode() in body and p == path] == [path]
    assert b"the mate" in desk.site()["corrections.html"]
    desk.take(notice(ONE, version="3"))
    desk.wait(minutes=5)
    desk.take(ninjs(ONE, "Ferry is back", body="<p>It is back.</p>", version="4"))
    assert desk.order("release", story.id).state == "live"
    site = desk.site()
    assert not [path for path, body in site.items() if b"the mate" in body]
    assert site[path].count(b"CorrectionComment") == 1
    assert b"Ferry is back" in site["corrections.html"]
    desk.wait(minutes=5)
    body = body.replace("the mate", "the cook")
    desk.take(ninjs(ONE, "Ferry is off", body=body, version="5", signal=signal))
    assert b"the cook" in desk.site()[path]
    assert b"the cook" in desk.site()["corrections.html"]
    assert desk.site() == desk.full_bake()


def test_a_withdrawn_story_is_on_the_corrections_page_at_once(desk: Desk) -> None:
    """A kill marks the corrections page, also where nothing of it was listed before."""
    desk.log(
        [
            (START, Delivery(source="norrane", body=ninjs(ONE, version="1"))),
            (START, Delivery(source="norrane", body=notice(ONE, version="2"))),
        ]
    )
    desk.carry()
    assert b"was withdrawn" in desk.site()["corrections.html"]
    assert desk.site() == desk.full_bake()
