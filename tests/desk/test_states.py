"""Where a story stands, and why: the whole table, strongest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from wirecopy.desk.rules import Ruling
from wirecopy.desk.states import decide, is_internal, newer_than_kills
from wirecopy.model import (
    Block,
    Decision,
    Item,
    Marker,
    Order,
    OrderNote,
    Rank,
    Sheet,
    Story,
    Version,
)
from wirecopy.story.versions import version_of

NOW = datetime(2022, 1, 8, 2, 30, tzinfo=UTC)
TEXT = (Block("p", "<p>The ferry sails.</p>"),)
NO_RULE = Ruling()
PUBLISH = Ruling(action="publish", rule="good")


def at(minutes: int) -> datetime:
    """That many minutes after the day's start."""
    return NOW + timedelta(minutes=minutes)


class Told:
    """A story as it is told step by step; each step has the next sequence number and minute."""

    def __init__(self) -> None:
        self.seq = 0
        self.story = Story(id="abc", source="norrane", agency="NRN", key="k", first_received=NOW)

    def _with(self, **fields: Any) -> None:
        self.story = msgspec.structs.replace(self.story, **fields)

    def version(
        self, number: int = 0, minute: int | None = None, status: Any = "usable", **fields: Any
    ) -> Told:
        """A version of that number and agency time (else its arrival)."""
        self.seq += 1
        rank = Rank(version=number, time=at(self.seq if minute is None else minute), seq=self.seq)
        notice = status == "canceled" or (status == "withheld" and not fields)
        text = {} if notice else {"headline": "Ferry", "body": TEXT}
        item = Item(item_id="k", **text | {"status": status} | fields)
        sheet = Sheet(item=item, fingerprint=str(self.seq))
        version = version_of(sheet, rank, at(self.seq), internal=is_internal(item))
        self._with(versions=(*self.story.versions, version))
        stands = self.story.standing_rank
        if not notice and (stands is None or rank > stands):
            self._with(standing=item, standing_rank=rank)
        return self

    def kill(self, number: int = 0, minute: int | None = None) -> Told:
        """The agency kills."""
        return self.version(number, minute, "canceled")

    def hold(self, number: int = 0, minute: int | None = None) -> Told:
        """The agency holds, in a notice without text."""
        return self.version(number, minute, "withheld")

    def notice(self, minute: int, status: Any = "withheld", number: int = 0, **fields: Any) -> Told:
        """A notice from elsewhere that says something of the story, as `story.notices` files it."""
        self.seq += 1
        version = Version(
            rank=Rank(version=number, time=at(minute), seq=self.seq),
            fingerprint=str(self.seq),
            status=status,
            received=at(self.seq),
            kind="notice",
            **fields,
        )
        self._with(versions=(*self.story.versions, version))
        return self

    def lift(self, minute: int) -> Told:
        """The agency lifts its holds, in a notice."""
        return self.notice(minute, "usable", frees=True)

    def order(self, action: Any, **fields: Any) -> Told:
        """Staff decide."""
        self.seq += 1
        order = Order(action=action, story="abc", by="mira", **fields)
        note = OrderNote(seq=self.seq, at=at(self.seq), order=order)
        self._with(orders=(*self.story.orders, note))
        return self

    def decided(
        self,
        ruling: Ruling = NO_RULE,
        *,
        default: str = "publish",
        now: datetime | None = None,
        kin: Sequence[Story] = (),
    ) -> Decision:
        """What the desk says, an hour later unless told when."""
        return decide(self.story, ruling, default=default, now=now or at(60), kin=kin)

    @property
    def state(self) -> str:
        """The state by no rules, an hour later."""
        return self.decided().state


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


# --------------------------------------------------------------------------------------
# Stories that tell the same
# --------------------------------------------------------------------------------------


def other(told: Told, **fields: Any) -> Story:
    """The story of another agency that tells the same."""
    return msgspec.structs.replace(told.story, id="xyz", agency="Tern", source="tern", **fields)


def later(told: Told) -> Told:
    """Told as if ten entries of the log had gone before."""
    told.seq = 10
    return told


STOPPED: dict[str, tuple[Callable[[], Told], Callable[[], Told], str]] = {
    "killed by its agency": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 1).kill(2, 9),
        "held",
    ),
    "killed in the same minute": (
        lambda: Told().version(1, 9),
        lambda: Told().version(1, 1).kill(2, 9),
        "held",
    ),
    "a text that is newer than the kill": (
        lambda: Told().version(1, 10),
        lambda: Told().version(1, 1).kill(2, 9),
        "live",
    ),
    "held by its agency": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 1).hold(0, 9),
        "held",
    ),
    "killed by staff": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 1).order("kill"),
        "held",
    ),
    "held by staff": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 1).order("hold"),
        "held",
    ),
    "held and released by staff": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 1).order("hold").order("release"),
        "live",
    ),
    "a release after the agency's kill": (
        lambda: later(Told()).version(1, 5).order("release"),
        lambda: Told().version(1, 1).kill(2, 9),
        "live",
    ),
    "a release before it": (
        lambda: Told().version(1, 5).order("release"),
        lambda: later(Told()).version(1, 1).kill(2, 9),
        "held",
    ),
    "a release after the other was stopped by staff": (
        lambda: later(Told()).version(1, 5).order("release"),
        lambda: Told().version(1, 1).order("kill"),
        "live",
    ),
    "a kill in words that staff dismissed": (
        lambda: Told().version(1, 5),
        lambda: (
            Told().version(1, 9, markers=(Marker(text="KILL", action="withdraw"),)).order("release")
        ),
        "live",
    ),
    "a kill in words that nobody has looked at": (
        lambda: Told().version(1, 5),
        lambda: Told().version(1, 9, markers=(Marker(text="KILL", action="withdraw"),)),
        "held",
    ),
}


@pytest.mark.parametrize("name", STOPPED)
def test_what_is_stopped_elsewhere_is_held_here(name: str) -> None:
    """The same report does not go on in another agency's words while nobody has looked at it."""
    told, kin, state = STOPPED[name]
    decision = told().decided(kin=(other(kin()),))
    assert decision.state == state
    assert state == "live" or "the same report (xyz)" in decision.reason


def test_the_report_has_one_page() -> None:
    """Of two agencies the one that was public first has it; of one, what it sent first."""
    told = Told().version(1, 5)
    mine = msgspec.structs.replace(told.story, first_published=at(20), state="live")
    told.story = mine
    earlier = other(Told().version(1, 3), state="live", first_published=at(10))
    decision = told.decided(kin=(earlier,))
    assert (decision.state, decision.reason) == (
        "merged",
        "Tern tells the same in xyz, which has the page",
    )
    for kin in (
        msgspec.structs.replace(earlier, first_published=at(30)),
        msgspec.structs.replace(earlier, state="merged"),
        msgspec.structs.replace(earlier, state="withdrawn"),
    ):
        assert told.decided(kin=(kin,)).state == "live"
    own = msgspec.structs.replace(earlier, source=mine.source, first_published=at(30))
    assert told.decided(kin=(own,)).state == "merged", "it was sent first"
    assert told.decided(kin=(msgspec.structs.replace(own, state="merged"),)).state == "merged"
    assert told.decided(kin=(msgspec.structs.replace(own, state="held"),)).state == "live"


@pytest.mark.parametrize("sure", ["S", "G"])
@pytest.mark.parametrize("action", ["withdraw", "hold"])
def test_words_alone_hold(action: str, sure: Any) -> None:
    """A kill in words holds, whether a source confirms what the words mean or not."""
    marker = Marker(text="KILL", action=action, sure=sure)
    assert Told().version(markers=(marker,)).state == "held"
