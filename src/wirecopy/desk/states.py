"""Where a story stands now, and why: a pure function of its record, the rules and the time.

Strongest first: kill > embargo and expiry > the agency's hold > staff hold > rules > default.
No rule and no release overrides what the agency forbids.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from wirecopy.desk.rules import Ruling
from wirecopy.model import Decision, Item, OrderNote, Rank, Story, Version

INTERNAL_TYPES = frozenset({"event", "planning", "concept"})
_HOLDING_MARKS = frozenset({"withdraw", "hold"})


def decide(story: Story, ruling: Ruling, *, default: str, now: datetime) -> Decision:
    """What the desk says of the story at `now`, with its reason and when it changes by itself."""
    decision = (
        _killed(story)
        or _nothing_to_show(story)
        or _forbidden_by_agency(story, now)
        or _stopped_by_staff(story)
        or _ruled(story, ruling, default, now)
    )
    return _until_expiry(decision, story, now)


def _until_expiry(decision: Decision, story: Story, now: datetime) -> Decision:
    """The decision, looked at again when the right to use the story ends.

    Whatever holds a story meanwhile, it is expired then: late or early filed, it ends the same.
    """
    expires = story.standing.expires_at if story.standing else None
    if expires is None or expires <= now or decision.action == "withdraw":
        return decision
    due = expires if decision.due is None else min(decision.due, expires)
    return msgspec.structs.replace(decision, due=due)


def is_internal(item: Item) -> bool:
    """Whether an item is meant for desks alone and never a page (plans, advisories, tests)."""
    return item.type in INTERNAL_TYPES or any(
        marker.action == "internal" for marker in item.markers
    )


def _last(story: Story, *actions: str) -> OrderNote | None:
    """The last staff order among these actions."""
    for note in reversed(story.orders):
        if note.order.action in actions:
            return note
    return None


def _killed(story: Story) -> Decision | None:
    verdict = _last(story, "kill", "release")
    if verdict is not None and verdict.order.action == "kill":
        return _withdraw(f"killed by {verdict.order.by}: {verdict.order.why or 'no reason given'}")
    kills = [version for version in story.versions if version.status == "canceled"]
    if not kills:
        return None
    waiting = newer_than_kills(story)
    if waiting and verdict is not None:
        # What staff released had to be there already: a release covers nothing that came later.
        arrived = max(*(kill.rank.seq for kill in kills), min(each.rank.seq for each in waiting))
        if verdict.seq > arrived:
            return None
    more = "; a newer version waits for staff to release it" if waiting else ""
    return _withdraw(f"withdrawn by {story.agency}{more}")


def newer_than_kills(story: Story) -> tuple[Version, ...]:
    """The texts that staff may release although the agency killed the story before them."""
    kills = [version.rank for version in story.versions if version.status == "canceled"]
    return tuple(
        version
        for version in story.versions
        if version.status == "usable" and not any(_outlasts(kill, version.rank) for kill in kills)
    )


def _outlasts(notice: Rank, text: Rank) -> bool:
    """Whether a kill or hold stands against a text: it is of the same age, or newer.

    One without a number, as those come that only name their target, goes by the agency's time.
    Arrival has no say, so that both orders end the same.
    """
    if not notice.version:
        return notice.time >= text.time
    return (notice.version, notice.time) >= (text.version, text.time)


def _withdraw(reason: str) -> Decision:
    return Decision(action="withdraw", state="withdrawn", reason=reason)


def _nothing_to_show(story: Story) -> Decision | None:
    item = story.standing
    if item is None:
        return Decision(action="hold", state="held", reason="no text has arrived yet")
    if is_internal(item):
        return Decision(action="ignore", state="ignored", reason="for desks only, not for readers")
    if item.status == "usable" and not item.body and not _stands_alone(item):
        return Decision(action="ignore", state="ignored", reason="it has no text to make a page of")
    return None


def _stands_alone(item: Item) -> bool:
    """Whether an item without text makes a page: a headline alone does (an alert).

    A package only ties other items together, and a picture or a clip goes with a story.
    """
    return bool(item.headline) and item.type == "text"


def _forbidden_by_agency(story: Story, now: datetime) -> Decision | None:
    item = story.standing
    if item is None:
        return None
    if item.expires_at is not None and item.expires_at <= now:
        return Decision(
            action="withdraw", state="expired", reason=f"the right to use it ended {_at(item)}"
        )
    if item.status != "usable" or _held_back(story):
        return _held(f"withheld by {story.agency}")
    if item.embargo_text:
        return _held(f"an embargo that could not be read as a time: {item.embargo_text!r}")
    if item.embargo_until is not None and item.embargo_until > now:
        return Decision(
            action="hold",
            state="embargoed",
            reason=f"embargoed until {item.embargo_until.isoformat()}",
            due=item.embargo_until,
        )
    return None


def _held_back(story: Story) -> bool:
    """Whether the agency withholds the text that stands, in a notice that names the story."""
    text = story.standing_rank
    return text is not None and any(
        version.status == "withheld" and _outlasts(version.rank, text) for version in story.versions
    )


def _at(item: Item) -> str:
    return item.expires_at.isoformat() if item.expires_at else ""


def _held(reason: str, rule: str = "", due: datetime | None = None) -> Decision:
    return Decision(action="hold", state="held", reason=reason, rule=rule, due=due)


def _stopped_by_staff(story: Story) -> Decision | None:
    verdict = _last(story, "hold", "release")
    if verdict is not None and verdict.order.action == "hold":
        return _held(f"held by {verdict.order.by}: {verdict.order.why or 'no reason given'}")
    return None


def _ruled(story: Story, ruling: Ruling, default: str, now: datetime) -> Decision:
    marks = _holding_marks(story)
    release = _last(story, "release")
    if release is not None and not (marks and _came_after(story, release)):
        return _publish(f"released by {release.order.by}")
    if ruling.action == "ignore":
        return Decision(
            action="ignore",
            state="ignored",
            reason=f"rule {ruling.rule!r} ignores it",
            rule=ruling.rule,
        )
    if ruling.action == "hold":
        return _held(f"rule {ruling.rule!r} holds it", ruling.rule)
    if marks:
        return _held(f"its headline or slug says {marks}: waits for staff to confirm")
    if ruling.publish_after is not None and story.first_received is not None:
        due = story.first_received + ruling.publish_after
        if due > now:
            reason = f"rule {ruling.rule!r} publishes it at {due.isoformat()} unless stopped"
            return _held(reason, ruling.rule, due)
    if ruling.rule:
        return _publish(f"rule {ruling.rule!r} publishes it", ruling.rule)
    if default == "hold":
        return _held("no rule publishes it, and the desk's default is to hold")
    return _publish("no rule stops it")


def _holding_marks(story: Story) -> str:
    """Textual kill and hold marks of the standing version: they hold, they never publish."""
    marks = story.standing.markers if story.standing else ()
    return ", ".join(mark.text for mark in marks if mark.action in _HOLDING_MARKS)


def _came_after(story: Story, order: OrderNote) -> bool:
    """Whether the standing version arrived after staff gave the order."""
    return story.standing_rank is not None and story.standing_rank.seq > order.seq


def _publish(reason: str, rule: str = "") -> Decision:
    return Decision(action="publish", state="live", reason=reason, rule=rule)
