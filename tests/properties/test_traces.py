"""A kill kills and an embargo holds: no trace in any file of the site, by name or by byte.

The story under test has words of its own in every part. After each decision every file is
searched for each of them, and so is every way of asking the search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.newsdesk import START, Desk, ninjs, notice, reference

from wirecopy.model import Delivery, Media, Order, Rendition
from wirecopy.story.identity import story_id

STORY = "urn:nrn:secret-77"
STORY_ID = story_id("norrane", STORY)
HEADLINE = "Zebulon minister quits over quarry"
PICTURE = "https://pics.example/zebulon-portrait.jpg"
WORDS = (
    "Zebulon", "zebulon", "quarry", "secret-77", "zebulon-minister", "ledger was burned",
    "Reporting by Ottoline", "Gravelgate", "gravelgate", "A grey portrait", "Foto Ysolde",
    "Quits at dawn", "first-word-of-it", "Reworked thunder", "desk-choice.jpg",
)  # fmt: skip
"""Words that only the story has, in its parts, its address, its links and its rework."""


def secret(version: int = 1, **fields: Any) -> bytes:
    """The story whose traces are looked for."""
    text = "<p>The ledger was burned in Brontesk, the Ilvamar pilots said.</p>" * 6
    given: dict[str, Any] = {
        "version": str(version),
        "versioncreated": START + timedelta(minutes=version),
        "slugline": "first-word-of-it",
        "description_text": "Quits at dawn, in Tarnwick harbour.",
        "byline": "Reporting by Ottoline Marsh",
        "keyword": ["Gravelgate", "Tarnwick"],
        "place": [{"name": "Tarnwick"}],
        "associations": {
            "main": {
                "uri": "urn:pic:secret",
                "type": "picture",
                "headline": "A grey portrait",
                "description_text": "A grey portrait of the minister",
                "byline": "Foto Ysolde",
                "renditions": {"big": {"href": PICTURE, "width": 900, "height": 600}},
            }
        },
    }
    return ninjs(STORY, HEADLINE, **{"body": text} | given | fields)


def neighbour(number: int, **fields: Any) -> bytes:
    """A story of the same section and topic; from number 3 on also of the same words, later."""
    fields.setdefault("versioncreated", START + timedelta(days=2 * (number > 2)))
    said = "Brontesk said that the Ilvamar pilots sail" if number > 2 else "A bridge was painted"
    body = f"<p>{said}.</p>" * 6
    return ninjs(
        f"urn:nrn:{number}",
        f"{said}, part {number}",
        body=body,
        version="1",
        keyword=["Tarnwick"],
        place=[{"name": "Tarnwick"}],
        **fields,
    )


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A newsroom whose site is there, with stories before the secret one."""
    with Desk() as desk:
        desk.newsroom.bake_all()
        desk.take(neighbour(1), neighbour(2))
        yield desk


_TOMBSTONE = re.compile(rb"<at:deleted-entry [^<>]*/>")
"""Atom's own way to tell readers that an entry is deleted (RFC 6721): its id and the time alone."""


def traces(desk: Desk) -> set[str]:
    """Every trace of the secret story: file and word, or query that found it."""
    found = set()
    words = [word.encode() for word in WORDS]
    for path, body in desk.site().items():
        found |= {f"{path} is named {w!r}" for w in (*words, b"urn:pic") if w in path.encode()}
        found |= {f"{path} says {word!r}" for word in words if word in body}
    story = desk.story(STORY).id
    found |= {
        f"{path} has the id"
        for path, body in desk.site().items()
        if story.encode() in _TOMBSTONE.sub(b"", body)
        or (story in path and path != f"gone/{story}.html")
    }
    search = desk.newsroom.search()
    for query in (*WORDS, "Tarnwick", "Brontesk", '"ledger was burned"', "burn*", story):
        for sort in ("newest", "relevance"):
            hits = search.search(query, sort=sort).hits
            found |= {f"{query} finds it" for hit in hits if hit.teaser.id == story}
            found |= {f"{query} answers {word!r}" for word in WORDS if word in repr(hits)}
    search.close()
    return found


def publish(desk: Desk) -> None:
    """The secret story goes live, is reworked, and later stories cite it."""
    assert desk.take(secret()) == ["published"]
    picture = Media(id="d", caption="", renditions=(Rendition(href="/m/desk-choice.jpg"),))
    desk.order("rework", desk.story(STORY).id, headline="Reworked thunder", picture=picture)
    desk.take(neighbour(3), neighbour(4))
    desk.take(neighbour(5, versioncreated=START), source="quaymark")
    assert any(path.startswith("coverage/") for path in desk.site()), "another agency tells it"
    cited = desk.rows("SELECT story FROM picks WHERE pick = ?", desk.story(STORY).id)
    assert cited, "no story cites it, so the test would look at too little"
    assert len(traces(desk)) > 40, "the words stand on its page and on the lists"


KILLS: dict[str, Callable[[Desk], object]] = {
    "by the agency": lambda desk: desk.take(
        notice(STORY, version="2", versioncreated=START + timedelta(minutes=2))
    ),
    "with its whole text": lambda desk: desk.take(secret(2, pubstatus="canceled")),
    "under the same version": lambda desk: desk.take(notice(STORY, version="1")),
    "under an older version": lambda desk: desk.take(
        notice(STORY, version="0", versioncreated=START - timedelta(days=1))
    ),
    "by reference": lambda desk: desk.take(reference(STORY, at=START + timedelta(hours=1))),
    "by staff": lambda desk: desk.order("kill", desk.story(STORY).id, why="libel"),
}
ENDS: dict[str, Callable[[Desk], object]] = {
    "held by staff": lambda desk: desk.order("hold", desk.story(STORY).id),
    "withheld by the agency": lambda desk: desk.take(secret(2, pubstatus="withheld")),
    "withheld by reference": lambda desk: desk.take(
        reference(STORY, "withheld", START + timedelta(hours=1))
    ),
    "embargoed anew": lambda desk: desk.take(secret(2, embargoed=START + timedelta(days=9))),
    "under an embargo that cannot be read": lambda desk: desk.take(
        secret(2, embargoed="until the minister has spoken")
    ),
    "killed in prose": lambda desk: (
        desk.take(secret(2, ednote="MANDATORY KILL"))
        and desk.take(ninjs(STORY, f"KILL: {HEADLINE}", version="3"))
    ),
    "expired": lambda desk: (
        desk.take(secret(2, expires=desk.now + timedelta(minutes=5))),
        desk.wait(minutes=5),
    ),
}


@pytest.mark.parametrize("how", [*KILLS, *ENDS])
def test_what_is_taken_away_leaves_no_trace(desk: Desk, how: str) -> None:
    """A live story that is killed, held, withheld, embargoed or expired is nowhere any more."""
    publish(desk)
    (KILLS | ENDS)[how](desk)
    assert desk.story(STORY).state != "live"
    assert traces(desk) == set()
    assert desk.site() == desk.full_bake()


@pytest.mark.parametrize("how", KILLS)
def test_a_kill_outlives_whatever_follows(desk: Desk, how: str) -> None:
    """Neither repeats, newer versions nor staff's reworks bring a killed story back."""
    publish(desk)
    KILLS[how](desk)
    desk.take(secret(), secret(1, byline="Reporting by Ottoline"), secret(5), neighbour(5))
    desk.order("rework", desk.story(STORY).id, headline="Reworked thunder, again")
    desk.order("reroute", desk.story(STORY).id, section="sport")
    desk.wait(days=3)
    assert desk.story(STORY).state == "withdrawn"
    assert traces(desk) == set()
    desk.rebuild()
    assert traces(desk) == set()


@pytest.mark.parametrize("how", [name for name in KILLS if name != "by staff"])
def test_a_kill_may_come_before_its_story(desk: Desk, how: str) -> None:
    """A story that was killed before it came is never public, in none of its versions."""
    KILLS[how](desk)
    desk.take(secret(), neighbour(3), secret(), secret(2), neighbour(4))
    assert desk.story(STORY).state == "withdrawn"
    assert traces(desk) == set()
    assert f"gone/{desk.story(STORY).id}.html" not in desk.site()
    assert desk.site() == desk.full_bake()


@pytest.mark.parametrize("how", KILLS)
def test_a_kill_filed_with_its_story_leaves_no_trace(desk: Desk, how: str) -> None:
    """A story and its kill that are filed in one batch leave no trace either."""
    desk.log(
        [(desk.now, Delivery(source="norrane", body=body)) for body in (secret(), neighbour(3))]
    )
    if how == "by staff":
        desk.pipeline.order(Order(action="kill", story=STORY_ID, by="mira"))
    else:
        KILLS[how](desk)
    desk.carry()
    assert desk.story(STORY).state == "withdrawn"
    assert traces(desk) == set()
    assert desk.site() == desk.full_bake()


EMBARGOES: dict[str, dict[str, Any]] = {
    "with a time": {"embargoed": START + timedelta(hours=2)},
    "that cannot be read": {"embargoed": "after the budget speech"},
    "in a note": {"ednote": "EMBARGOED until 2022-01-08T04:30:00Z"},
    "in a note without a time": {"ednote": "EMBARGOED until the speech begins"},
    "withheld": {"pubstatus": "withheld"},
    "held by a rule": {"keyword": ["court", "Gravelgate", "Tarnwick"]},
}


@pytest.mark.parametrize("how", EMBARGOES)
def test_an_embargo_holds_everything_back(desk: Desk, how: str) -> None:
    """Before its time nothing of a story is in any file or answer, its address least of all."""
    assert desk.take(secret(**EMBARGOES[how])) == ["held"]
    desk.take(neighbour(3), neighbour(4))
    desk.take(neighbour(5, versioncreated=START), source="quaymark")
    desk.wait(minutes=119)
    assert traces(desk) == set()
    assert desk.site() == desk.full_bake()


@pytest.mark.parametrize("how", ["with a time", "in a note"])
def test_an_embargo_ends_at_its_minute(desk: Desk, how: str) -> None:
    """At its time the story is published, dated with that time, whoever noticed it when."""
    desk.take(secret(**EMBARGOES[how]), neighbour(3))
    desk.wait(hours=5)
    story = desk.story(STORY)
    assert story.state == "live"
    assert story.first_published == START + timedelta(hours=2)
    assert len(traces(desk)) > 20
    assert desk.site() == desk.full_bake()


def test_an_embargo_holds_where_the_clock_was_ahead(desk: Desk) -> None:
    """A clock that was days ahead and has been set back does not let a story out too early.

    The log's times do not run backwards, so they are ahead of the embargo when the story comes.
    """
    desk.wait(days=2)
    assert desk.take(neighbour(3)) == ["published"]
    desk.now = START
    assert desk.take(secret(embargoed=START + timedelta(hours=2)), neighbour(4))[0] == "held"
    desk.wait(minutes=119)
    assert desk.take(neighbour(5)) == ["published"]
    assert traces(desk) == set()
    assert desk.site() == desk.full_bake()
    desk.wait(minutes=1)
    story = desk.story(STORY)
    assert (story.state, story.first_published) == ("live", START + timedelta(hours=2))
    assert desk.site() == desk.full_bake()


def test_a_killed_story_is_on_the_list_of_corrections_without_a_word_of_it(desk: Desk) -> None:
    """The corrections page says that a report was withdrawn, by whom, and nothing else."""
    publish(desk)
    KILLS["by the agency"](desk)
    page = desk.site()["corrections.html"].decode()
    assert "A report by NRN was withdrawn" in page
    gone = desk.site()[f"gone/{desk.story(STORY).id}.html"].decode()
    assert "withdrawn" in gone
