"""Where a story stands, and why: the whole table, strongest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from tests.desk.told import Told, at

from wirecopy.desk.rules import Ruling
from wirecopy.desk.states import newer_than_kills
from wirecopy.model import (
    Marker,
)

PUBLISH = Ruling(action="publish", rule="good")

CASES: dict[str, tuple[Callable[[], Told], str]] = {
    "plain copy": (lambda: Told().version(), "live"),
    "nothing yet": (Told, "held"),
    # kills
    "killed": (lambda: Told().version(1).kill(2), "withdrawn"),
    "killed before it came": (lambda: Told().kill(2).version(1), "withdrawn"),
    "killed under its own version": (lambda: Told().version(1, 0).kill(1, 0), "withdrawn"),
    "killed under an older version": (lambda: Told().version(5).kill(2), "withdrawn"),
    "a newer version after a kill waits": (
        lambda: Told().version(1).kill(2).version(3),
        "withdrawn",
    ),
    "released, it goes on": (
        lambda: Told().version(1).kill(2).version(3).order("release"),
        "live",
    ),
    "and stays with its next version": (
        lambda: Told().version(1).kill(2).version(3).order("release").version(4),
        "live",
    ),
    "no release without a newer version": (
        lambda: Told().version(1).kill(2).order("release"),
        "withdrawn",
    ),
    "a release covers nothing that came later": (
        lambda: Told().version(1).kill(2).order("release").version(3),
        "withdrawn",
    ),
    "nor a kill that came later": (
        lambda: Told().version(1).kill(2).version(3).order("release").kill(2, 1),
        "withdrawn",
    ),
    "the same version again is no newer one": (
        lambda: Told().kill(1, 0).version(1, 0).order("release"),
        "withdrawn",
    ),
    "a kill by reference has no number and goes by time": (
        lambda: Told().version(3, 1).kill(0, 5).order("release"),
        "withdrawn",
    ),
    "so a newer version after it can be released": (
        lambda: Told().version(3, 1).kill(0, 5).version(4, 9).order("release"),
        "live",
    ),
    "nor has any text that is older than one of two kills": (
        lambda: Told().version(1).kill(2).version(3).kill(4).order("release"),
        "withdrawn",
    ),
    "no release of what is for desks alone": (
        lambda: Told().version(1).kill(2).version(3, type="planning").order("release"),
        "withdrawn",
    ),
    "no release of what the agency holds itself": (
        lambda: (
            Told().version(1).kill(2).version(3, status="withheld", headline="x").order("release")
        ),
        "withdrawn",
    ),
    "a kill that names the very message": (
        lambda: (
            Told()
            .version(1, 9, numbers=("nrn 61",))
            .notice(2, "canceled", means="nrn 61")
            .order("release")
        ),
        "withdrawn",
    ),
    "and one that names another message": (
        lambda: (
            Told()
            .version(1, 9, numbers=("nrn 62",))
            .notice(2, "canceled", means="nrn 61")
            .order("release")
        ),
        "live",
    ),
    "a kill under another id goes by time, not by its number": (
        lambda: Told().version(9, 1).notice(5, "canceled", 2, key="other").order("release"),
        "withdrawn",
    ),
    "killed by staff": (lambda: Told().version(1).order("kill"), "withdrawn"),
    "staff's kill outlasts new versions": (
        lambda: Told().version(1).order("kill").version(9),
        "withdrawn",
    ),
    "staff take their kill back": (
        lambda: Told().version(1).order("kill").order("release"),
        "live",
    ),
    "not the agency's with it": (
        lambda: Told().version(1).kill(2).order("kill").order("release"),
        "withdrawn",
    ),
    "a hold after a kill is still a kill": (
        lambda: Told().version(1).order("kill").order("hold"),
        "withdrawn",
    ),
    # what the agency forbids
    "withheld": (lambda: Told().version(1, status="withheld", headline="x"), "held"),
    "freed by a newer version": (
        lambda: Told().version(1, status="withheld", headline="x").version(2),
        "live",
    ),
    "held by a notice": (lambda: Told().version(3, 1).hold(0, 5), "held"),
    "held by a notice that came first": (lambda: Told().hold(0, 5).version(3, 1), "held"),
    "held by a numbered notice": (lambda: Told().version(3, 1).hold(3, 1), "held"),
    "an older notice holds nothing": (lambda: Told().version(3, 6).hold(2, 7), "live"),
    "freed from a notice": (lambda: Told().version(3, 1).hold(0, 5).version(4, 9), "live"),
    "staff cannot free it": (lambda: Told().version(3, 1).hold(0, 5).order("release"), "held"),
    "nor words beside it": (
        lambda: (
            Told()
            .version(status="withheld", markers=(Marker(text="HOLD", action="hold"),))
            .order("release")
        ),
        "held",
    ),
    "a hold that names the very message": (
        lambda: Told().version(1, 9, numbers=("nrn 61",)).notice(2, means="nrn 61"),
        "held",
    ),
    "a hold of another message": (
        lambda: Told().version(1, 9, numbers=("nrn 62",)).notice(2, means="nrn 61"),
        "live",
    ),
    "a hold under another id goes by time": (
        lambda: Told().version(9, 1).notice(5, number=2, key="other"),
        "held",
    ),
    "a hold that the agency lifts": (lambda: Told().version(3, 1).hold(0, 5).lift(6), "live"),
    "in the same minute": (lambda: Told().version(3, 1).hold(0, 5).lift(5), "live"),
    "and holds again": (lambda: Told().version(3, 1).lift(5).hold(0, 6), "held"),
    "and lifts again": (
        lambda: Told().version(3, 1).lift(5).hold(0, 6).lift(7),
        "live",
    ),
    "a lifted hold frees no text that is withheld itself": (
        lambda: Told().version(3, 1, status="withheld", headline="x").lift(5),
        "held",
    ),
    "embargoed": (lambda: Told().version(embargo_until=at(61)), "embargoed"),
    "embargo over": (lambda: Told().version(embargo_until=at(60)), "live"),
    "embargo unreadable": (lambda: Told().version(embargo_text="after the speech"), "held"),
    "staff cannot lift an embargo": (
        lambda: Told().version(embargo_until=at(61)).order("release"),
        "embargoed",
    ),
    "who can read it says that it is over": (
        lambda: Told().version(embargo_text="later").order("release"),
        "live",
    ),
    "but not of a text that came after": (
        lambda: Told().version(1).order("release").version(2, embargo_text="later"),
        "held",
    ),
    "nor of what else the agency forbids": (
        lambda: Told().version(embargo_text="later", status="withheld").order("release"),
        "held",
    ),
    "released, then held": (
        lambda: Told().version(embargo_text="later").order("release").order("hold"),
        "held",
    ),
    "expired at its minute": (lambda: Told().version(expires_at=at(60)), "expired"),
    "not before": (lambda: Told().version(expires_at=at(61)), "live"),
    "expired under an embargo": (
        lambda: Told().version(expires_at=at(60), embargo_until=at(90)),
        "expired",
    ),
    "killed and expired": (lambda: Told().version(1, expires_at=at(5)).kill(2), "withdrawn"),
    # staff
    "held by staff": (lambda: Told().version().order("hold"), "held"),
    "held, then released": (lambda: Told().version().order("hold").order("release"), "live"),
    "a new version stays held": (lambda: Told().version(1).order("hold").version(2), "held"),
    # what the copy says
    "a kill in prose holds": (
        lambda: Told().version(markers=(Marker(text="KILL", action="withdraw"),)),
        "held",
    ),
    "a hold in prose holds": (
        lambda: Told().version(markers=(Marker(text="HOLD", action="hold"),)),
        "held",
    ),
    "a prose mark after a release holds again": (
        lambda: (
            Told()
            .version(1)
            .order("release")
            .version(2, markers=(Marker(text="KILL", action="withdraw"),))
        ),
        "held",
    ),
    "staff say that it was none": (
        lambda: Told().version(markers=(Marker(text="KILL", action="withdraw"),)).order("release"),
        "live",
    ),
    "for desks only": (
        lambda: Told().version(markers=(Marker(text="ADVISORY", action="internal"),)),
        "ignored",
    ),
    "a plan": (lambda: Told().version(type="planning"), "ignored"),
    "nothing in it": (lambda: Told().version(headline="", body=()), "ignored"),
    "a headline alone is copy": (lambda: Told().version(body=()), "live"),
    "a text alone is copy": (lambda: Told().version(headline=""), "live"),
    "a picture alone is none": (lambda: Told().version(body=(), type="picture"), "ignored"),
    "a withheld picture is held": (
        lambda: Told().version(body=(), type="picture", status="withheld"),
        "held",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_table(name: str) -> None:
    """Each line of the table: what was told, and where the story stands."""
    told, state = CASES[name]
    decision = told().decided()
    assert decision.state == state
    assert decision.reason, "a decision always says why"


RULED: dict[str, tuple[Callable[[], Told], Ruling, str, str]] = {
    "a rule holds": (lambda: Told().version(), Ruling(action="hold", rule="r"), "publish", "held"),
    "a rule ignores": (
        lambda: Told().version(),
        Ruling(action="ignore", rule="r"),
        "publish",
        "ignored",
    ),
    "a rule publishes what the desk would hold": (
        lambda: Told().version(),
        PUBLISH,
        "hold",
        "live",
    ),
    "the default holds": (lambda: Told().version(), Ruling(), "hold", "held"),
    "staff release what a rule holds": (
        lambda: Told().version().order("release"),
        Ruling(action="hold", rule="r"),
        "publish",
        "live",
    ),
    "staff release what the default holds": (
        lambda: Told().version().order("release"),
        Ruling(),
        "hold",
        "live",
    ),
    "staff hold what a rule publishes": (
        lambda: Told().version().order("hold"),
        PUBLISH,
        "publish",
        "held",
    ),
    "no rule publishes a kill in prose": (
        lambda: Told().version(markers=(Marker(text="KILL", action="withdraw"),)),
        PUBLISH,
        "publish",
        "held",
    ),
    "no rule lifts an embargo": (
        lambda: Told().version(embargo_until=at(61)),
        PUBLISH,
        "publish",
        "embargoed",
    ),
    "no rule undoes a kill": (lambda: Told().version(1).kill(2), PUBLISH, "publish", "withdrawn"),
    "no rule publishes copy for desks": (
        lambda: Told().version(type="event"),
        PUBLISH,
        "publish",
        "ignored",
    ),
}


@pytest.mark.parametrize("name", RULED)
def test_rules_come_after_kills_embargoes_and_staff(name: str) -> None:
    """Rules decide only what nobody stronger has decided, and the default what no rule has."""
    told, ruling, default, state = RULED[name]
    assert told().decided(ruling, default=default).state == state


def test_a_delay_publishes_at_its_minute_unless_stopped() -> None:
    """`publish_after` counts from the first version's arrival and says when it will be over."""
    ruling = Ruling(action="publish", publish_after=timedelta(minutes=10), rule="slow")
    story = Told().version(expires_at=at(90))
    waiting = story.decided(ruling, now=at(9))
    assert (waiting.state, waiting.due, waiting.rule) == ("held", at(10), "slow")
    done = story.decided(ruling, now=at(10))
    assert (done.state, done.due) == ("live", at(90))
    assert story.order("hold").decided(ruling, now=at(10)).state == "held"


def test_every_schedule_is_in_the_future() -> None:
    """What falls due later says when; then it is another state, so nothing waits for ever."""
    story = Told().version(embargo_until=at(70), expires_at=at(80))
    now, states = at(60), []
    while True:
        decision = story.decided(now=now)
        states.append(decision.state)
        if decision.due is None:
            break
        assert decision.due > now
        now = decision.due
    assert states == ["embargoed", "live", "expired"]


def test_the_reason_says_who_and_that_a_version_waits() -> None:
    """A kill's reason names the agency or the person, and whether a newer version waits."""
    assert Told().version(1).order("kill", why="libel").decided().reason == "killed by mira: libel"
    assert Told().version(1).order("kill").decided().reason == "killed by mira: no reason given"
    killed = Told().version(1).kill(2)
    assert killed.decided().reason == "withdrawn by NRN"
    assert newer_than_kills(killed.story) == ()
    assert "newer version waits" in killed.version(3).decided().reason
    assert [known.rank.version for known in newer_than_kills(killed.story)] == [3]


@pytest.mark.parametrize(("action", "done"), [("kill", "killed"), ("hold", "held")])
def test_a_reason_stands_until_another_is_given(action: str, done: str) -> None:
    """The same order again without a reason keeps the reason; a new one or a release ends it."""
    told = Told().version(1).order(action, why="libel").order(action)
    assert told.decided().reason == f"{done} by mira: libel"
    assert told.order("rework").decided().reason == f"{done} by mira: libel"
    assert told.order(action, why="a court").decided().reason == f"{done} by mira: a court"
    assert (
        told.order("release").order(action).decided().reason == f"{done} by mira: no reason given"
    )


@pytest.mark.parametrize(
    ("words", "helped"), [("EMBARGOED UNTIL 18:00", True), ("after the speech", False)]
)
def test_an_embargo_by_the_clock_says_what_would_let_it_be_read(words: str, helped: bool) -> None:
    """Who waits for an hour is told which setting says whose hour it is."""
    reason = Told().version(embargo_text=words).decided().reason
    assert repr(words) in reason
    assert ("the source's `timezone`" in reason) is helped


@pytest.mark.parametrize(
    "fields",
    [{"status": "withheld"}, {"embargo_text": "Not before Easter"}, {"embargo_until": at(120)}],
)
def test_what_is_held_expires_at_its_minute_too(fields: dict[str, Any]) -> None:
    """A held story is looked at again when its right of use ends: filed late, it ends the same."""
    told = Told().version(expires_at=at(90), **fields)
    assert told.decided(now=at(60)).due == at(90)
    assert told.decided(now=at(90)).state == "expired"


def test_what_is_withdrawn_waits_for_nothing() -> None:
    """A killed story is not looked at again when the right to use it ends, nor is one that has."""
    assert Told().version(1, expires_at=at(90)).kill(2).decided().due is None
    expired = Told().version(expires_at=at(50)).decided()
    assert expired.due is None
    assert expired.reason == f"the right to use it ended {at(50).isoformat()}"


def test_a_notice_is_told_in_the_story_that_it_means() -> None:
    """It makes no page of its own, whatever else is true of it, and says of whom it tells."""
    notice = Told().version(1).kill(2)
    notice.story = msgspec.structs.replace(notice.story, tells_of=("xyz", "uvw"))
    decision = notice.decided()
    assert (decision.state, decision.reason) == ("ignored", "a notice to desks on xyz, uvw")


def test_parts_that_wait_are_the_reason() -> None:
    """A story without a text says what it waits for, where anything is known of it."""
    empty = Told()
    assert empty.decided().reason == "no text has arrived yet"
    empty.story = msgspec.structs.replace(empty.story, waits=("the 2nd take", "the 3rd take"))
    assert empty.decided().reason == "the 2nd take; the 3rd take"


@pytest.mark.parametrize("sure", ["S", "G"])
@pytest.mark.parametrize("action", ["withdraw", "hold"])
def test_words_alone_hold(action: str, sure: Any) -> None:
    """A kill in words holds, whether a source confirms what the words mean or not."""
    marker = Marker(text="KILL", action=action, sure=sure)
    assert Told().version(markers=(marker,)).state == "held"
