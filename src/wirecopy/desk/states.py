"""Where a story stands now, and why: a pure function of its record, the rules and the time.

Strongest first: kill > embargo and expiry > the agency's hold > staff hold > rules > default.
No rule and no release overrides what the agency forbids. When an embargo ends that no program can
read, a person says.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from wirecopy.desk.rules import Ruling
from wirecopy.model import Decision, Item, Order, OrderNote, Story, Version

_INTERNAL_TYPES = frozenset({"event", "planning", "concept"})
_NEVER = datetime.max.replace(tzinfo=UTC)
_TEXTS = frozenset({"text", "take", "patch", "edits", "erratum"})


def decide(
    story: Story, ruling: Ruling, *, default: str, now: datetime, kin: Sequence[Story] = ()
) -> Decision:
    """What the desk says of the story at `now`, with its reason and when it changes by itself.

    `kin` are the stories that tell the same, as they stand.
    """
    decision = (
        _notice_to_desks(story)
        or _killed(story)
        or _nothing_to_show(story)
        or _forbidden_by_agency(story, now)
        or _stopped_by_staff(story)
        or _kin_stopped(story, kin)
        or _ruled(story, ruling, default, now)
    )
    if decision.action == "publish":
        decision = _told_elsewhere(story, kin) or decision
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
    return item.type in _INTERNAL_TYPES or any(
        marker.action == "internal" for marker in item.markers
    )


def _last(story: Story, *actions: str) -> OrderNote | None:
    """The last staff order among these actions."""
    for note in reversed(story.orders):
        if note.order.action in actions:
            return note
    return None


def _whose(story: Story, action: str) -> str:
    """Who stopped the story and why, by the last of these orders since a release that says why.

    One that is given again without a reason does not take away the reason that stands.
    """
    given: list[Order] = []
    for note in reversed(story.orders):
        if note.order.action == "release":
            break
        if note.order.action == action:
            given.append(note.order)
    order = next((each for each in given if each.why), given[0])
    return f"{order.by}: {order.why or 'no reason given'}"


def _notice_to_desks(story: Story) -> Decision | None:
    """A story that only says in words what becomes of others is told in theirs."""
    if not story.tells_of:
        return None
    reason = f"a notice to desks on {', '.join(story.tells_of)}"
    return Decision(action="ignore", state="ignored", reason=reason)


def _killed(story: Story) -> Decision | None:
    verdict = _last(story, "kill", "release")
    if verdict is not None and verdict.order.action == "kill":
        return _withdraw(f"killed by {_whose(story, 'kill')}")
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
    kills = [version for version in story.versions if version.status == "canceled"]
    return tuple(
        version
        for version in story.versions
        if version.kind in _TEXTS
        and version.status == "usable"
        and not any(_outlasts(kill, version) for kill in kills)
    )


def _outlasts(notice: Version, text: Version) -> bool:
    """Whether a kill or hold stands against a text: it is of the same age, or newer.

    A notice that names the very message stands against it at any age. Versions compare inside one
    id; a notice without one, as those come that only name their target, goes by the agency's time.
    Arrival has no say, so that both orders end the same.
    """
    if notice.means and notice.means in text.numbers:
        return True
    if not notice.rank.version or notice.key != text.key:
        return notice.rank.time >= text.rank.time
    return (notice.rank.version, notice.rank.time) >= (text.rank.version, text.rank.time)


def _withdraw(reason: str) -> Decision:
    return Decision(action="withdraw", state="withdrawn", reason=reason)


def _nothing_to_show(story: Story) -> Decision | None:
    item = story.standing
    if item is None:
        waits = "; ".join(story.waits)
        return _held(waits or "no text has arrived yet")
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
    if item.embargo_text and not _is_read_by_staff(story):
        return _held(_unread(item.embargo_text))
    if item.embargo_until is not None and item.embargo_until > now:
        return Decision(
            action="hold",
            state="embargoed",
            reason=f"embargoed until {item.embargo_until.isoformat()}",
            due=item.embargo_until,
        )
    return None


def _is_read_by_staff(story: Story) -> bool:
    """Whether staff released the story when they could read the text that stands."""
    release, text = _last(story, "release"), story.standing_rank
    return release is not None and text is not None and release.seq > text.seq


def _unread(embargo: str) -> str:
    """The reason to hold a story for an embargo in words, and what would end that."""
    reason = f"an embargo that could not be read as a time: {embargo!r}; release it when it is over"
    timed = any(map(str.isdigit, embargo))
    return f"{reason}, or give its hour a zone by the source's `timezone`" if timed else reason


def _held_back(story: Story) -> bool:
    """Whether the agency withholds the text that stands, in a notice that names the story."""
    return any(v.status == "withheld" and not v.doubt for v in _against_standing(story))


def _against_standing(story: Story) -> tuple[Version, ...]:
    """Notices that stand against the text that stands, but for those the agency has lifted."""
    text = next((v for v in story.versions if v.rank == story.standing_rank), None)
    if text is None:
        return ()
    freed = max((v.rank.time for v in story.versions if v.frees), default=None)
    return tuple(
        version
        for version in story.versions
        if (version.status == "withheld" or version.doubt)
        and (_outlasts(version, text) or _came_first(version, text, story))
        and not (freed is not None and version.kind == "notice" and freed >= version.rank.time)
    )


def _came_first(stop: Version, text: Version, story: Story) -> bool:
    """Whether copy that bears no times and numbers was stopped before any of it had come.

    Such a text need not be newer than the word against it: the two may have overtaken each other.
    """
    bare = all(e.rank.time == e.received and not e.rank.version for e in (stop, text))
    return bare and not any(
        each.kind in _TEXTS and each.rank.seq < stop.rank.seq for each in story.versions
    )


def _at(item: Item) -> str:
    return item.expires_at.isoformat() if item.expires_at else ""


def _held(reason: str, rule: str = "", due: datetime | None = None) -> Decision:
    return Decision(action="hold", state="held", reason=reason, rule=rule, due=due)


def _stopped_by_staff(story: Story) -> Decision | None:
    verdict = _last(story, "hold", "release")
    if verdict is not None and verdict.order.action == "hold":
        return _held(f"held by {_whose(story, 'hold')}")
    return None


def _kin_stopped(story: Story, kin: Sequence[Story]) -> Decision | None:
    """A hold where the same report was killed or held, by another's agency or by staff.

    A text that is newer than an agency's word is a report of its own again; staff may release it.
    """
    release = _last(story, "release")
    released = release.seq if release is not None else 0
    text = story.standing_rank
    for other in kin:
        verdict = _last(other, "kill", "hold", "release")
        if verdict is not None and verdict.order.action != "release" and verdict.seq > released:
            return _held(f"{verdict.order.by} stopped the same report ({other.id})")
        for stop in _stops(other):
            if text is not None and text.time <= stop.rank.time and stop.rank.seq > released:
                what = "withdrawn" if stop.status == "canceled" else "held"
                return _held(f"{other.agency} has {what} the same report ({other.id})")
    return None


def _stops(story: Story) -> tuple[Version, ...]:
    """What the agency stops the story by: its kills, and the holds of the text that stands."""
    verdict = _last(story, "release")
    dismissed = verdict.seq if verdict is not None else 0
    kills = (version for version in story.versions if version.status == "canceled")
    if story.standing_rank is None:  # its text came by another feed of the agency
        return tuple(v for v in story.versions if v.status != "usable" and not v.doubt)
    holds = (v for v in _against_standing(story) if not (v.doubt and v.rank.seq < dismissed))
    return (*kills, *holds)


def _told_elsewhere(story: Story, kin: Sequence[Story]) -> Decision | None:
    """Where another story that tells the same has the page, this one is told there.

    Of one source the story that it sent first has it, whichever came first; of several sources
    the one that was public first.
    """
    told = [other for other in kin if other.state in {"live", "merged"}]
    older = [o for o in told if o.source == story.source and _origin(o) < _origin(story)]
    abroad = [o for o in told if o.source != story.source and o.state == "live"]
    holder = min(older, key=_origin) if older else min(abroad, key=_publication, default=None)
    if holder is None or (not older and _publication(story) < _publication(holder)):
        return None
    reason = f"{holder.agency} tells the same in {holder.id}, which has the page"
    return Decision(action="ignore", state="merged", reason=reason)


def _origin(story: Story) -> tuple[datetime, str]:
    """What orders the stories of one source: when it sent the first text, then the id."""
    sent = [version.rank.time for version in story.versions if version.kind == "text"]
    return (min(sent, default=_NEVER), story.key)


def _publication(story: Story) -> tuple[datetime, str]:
    """What orders the pages of several sources: when each became public, then its id."""
    return (story.first_published or _NEVER, story.id)


def _ruled(story: Story, ruling: Ruling, default: str, now: datetime) -> Decision:
    release = _last(story, "release")
    doubts = _doubts(story, release)
    if release is not None and not doubts:
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
    if doubts:
        return _held(doubts[0].doubt)
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


def _doubts(story: Story, release: OrderNote | None) -> tuple[Version, ...]:
    """Kills and holds in words, those that staff released the story after left out."""
    return tuple(
        version
        for version in _against_standing(story)
        if version.doubt and not (release is not None and release.seq > version.rank.seq)
    )


def _publish(reason: str, rule: str = "") -> Decision:
    return Decision(action="publish", state="live", reason=reason, rule=rule)
