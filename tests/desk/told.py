"""A story as the desk's tests tell it, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from wirecopy.desk.rules import Ruling
from wirecopy.desk.states import decide, is_internal
from wirecopy.model import (
    Block,
    Decision,
    Item,
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
