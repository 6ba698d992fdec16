"""WebSub (W3C, 2018): a feed's hub sends its news at once; polling goes on as the backstop.

The hub is found when the feed is polled. It asks back whether the subscription is meant, and is
believed only when what it sends is signed with the secret that this subscription was given.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import aiohttp
import msgspec
from yarl import URL

from wirecopy.errors import SourceError
from wirecopy.guard.web import HopError, ask, next_hop
from wirecopy.intake.gate import Gate
from wirecopy.intake.http import Fetched, HttpIntake
from wirecopy.intake.notebook import Notes
from wirecopy.intake.push import Fields, Reply, signed
from wirecopy.intake.refusals import explain
from wirecopy.model import Delivery

_LEASE = timedelta(days=10)
"""The lease that is asked for; the hub's answer counts."""
_SHORTEST = timedelta(minutes=5)
_UNANSWERED = timedelta(minutes=15)
"""How long a hub may take to ask back before it is asked again."""


class Subscription(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One subscription: to whom, under which secret address, until when."""

    hub: str
    topic: str
    token: str
    """The unguessable part of our callback's address."""
    secret: str
    asked: datetime
    until: datetime | None = None
    """The lease's end; None while the hub has not asked back."""


class WebSubIntake:
    """The subscription of one source. `callback` is our address without its last part."""

    def __init__(self, gate: Gate, http: HttpIntake, callback: str) -> None:
        self._gate = gate
        self._http = http
        self._callback = callback
        self._notes = Notes(gate.house.notebook, "websub", Subscription)

    @property
    def alive(self) -> bool:
        """Whether a hub has promised to send the news, and the promise holds."""
        known = self._notes.get(self._gate.source.name)
        return (
            known is not None and known.until is not None and known.until > self._gate.house.now()
        )

    async def keep(self, fetched: Fetched) -> None:
        """Subscribe, or renew, when the feed that was just fetched has a hub and it is time."""
        name, now = self._gate.source.name, self._gate.house.now()
        known = self._notes.get(name)
        if fetched.hub:
            known = self._of(fetched, known)
        elif fetched.deliveries:
            return  # the feed has no hub, or has it no more: the lease ends by itself
        if known is None or not _is_due(known, now):
            return
        self._notes[name] = msgspec.structs.replace(known, asked=now)
        await self._subscribe(known)

    def _of(self, fetched: Fetched, known: Subscription | None) -> Subscription:
        """The subscription to this hub and topic: the one there is, or a new one."""
        base = URL(self._gate.source.url)
        try:
            hub, topic = str(next_hop(base, fetched.hub)), str(next_hop(base, fetched.topic))
        except (HopError, ValueError) as error:
            raise SourceError(
                f"Source {self._gate.source.name}: its hub cannot be asked, {explain(error)}."
            ) from error
        if known is not None and (known.hub, known.topic) == (hub, topic):
            return known
        return Subscription(
            hub=hub,
            topic=topic,
            token=secrets.token_urlsafe(24),
            secret=secrets.token_hex(32),
            asked=datetime.min.replace(tzinfo=UTC),
        )

    async def _subscribe(self, known: Subscription) -> None:
        session, passage = self._http.session(self._gate.source)
        form = {
            "hub.mode": "subscribe",
            "hub.topic": known.topic,
            "hub.callback": f"{self._callback}/{known.token}",
            "hub.lease_seconds": str(int(_LEASE.total_seconds())),
            "hub.secret": known.secret,
        }
        try:
            async with ask(
                session, URL(known.hub), passage, method="POST", data=form, redirects=0
            ) as (response, _):
                status = response.status
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, HopError) as error:
            raise SourceError(
                f"Source {self._gate.source.name}: its hub cannot be asked, {explain(error)}."
            ) from error
        if status >= 300:
            raise SourceError(
                f"Source {self._gate.source.name}: its hub refuses (status {status}); polling "
                "goes on."
            )

    @property
    def full(self) -> bool:
        """Whether the hub shall keep its news for a while."""
        return self._gate.house.full()

    def knows(self, token: str) -> bool:
        """Whether this is the last part of our callback's address, which only the hub knows."""
        known = self._notes.get(self._gate.source.name)
        return known is not None and _same(known.token, token)

    def verify(self, token: str, query: Mapping[str, str]) -> tuple[int, str]:
        """The answer to the hub's question whether a subscription is meant: status and text."""
        name = self._gate.source.name
        known = self._notes.get(name)
        topic = query.get("hub.topic", "")
        if known is None or not _same(known.token, token) or known.topic != topic:
            return 404, "no such subscription"
        mode = query.get("hub.mode")
        if mode == "denied":
            del self._notes[name]
            self._gate.house.say(f"Source {name}: its hub has denied the subscription.")
            return 200, ""
        if mode != "subscribe":  # we never leave: a lease that is not renewed ends by itself
            return 404, "not asked for"
        lease = query.get("hub.lease_seconds", "")
        seconds = int(lease) if lease.isdecimal() and len(lease) < 10 else _LEASE.total_seconds()
        until = self._gate.house.now() + max(timedelta(seconds=seconds), _SHORTEST)
        self._notes[name] = msgspec.structs.replace(known, until=until)
        return 200, query.get("hub.challenge", "")

    async def receive(self, token: str, fields: Fields, body: bytes) -> Reply:
        """The answer to what the hub sends; what is not signed is thanked for and thrown away."""
        known = self._notes.get(self._gate.source.name)
        if known is None or not _same(known.token, token):
            return Reply(410, {"error": "no such subscription"})
        if len(body) > self._gate.house.max_bytes:
            return Reply(413, {"error": "too large"})
        shown = fields.get("x-hub-signature") or ""
        if not shown.startswith("sha256=") or not signed(known.secret, shown, body):
            # 2xx all the same (section 8.1): a forger is not told that he has failed.
            self._gate.house.say(
                f"Source {self._gate.source.name}: something unsigned came as its hub's; ignored."
            )
            return Reply(202, {})
        if body:
            delivery = Delivery(
                source=self._gate.source.name,
                body=body,
                name=known.topic.partition("?")[0],
                media_type=(fields.get("content-type") or "")[:200],
                how="websub",
            )
            try:
                await self._gate.take([delivery])
            except SourceError as error:
                self._gate.house.say(str(error))
                return Reply(503, {"error": "send it again"}, 5)
        return Reply(202, {})


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode("utf-8", "replace"))


def _is_due(known: Subscription, now: datetime) -> bool:
    """Whether the hub is to be asked: at first, when it never asked back, and before the end."""
    if known.until is None:
        return now - known.asked > _UNANSWERED
    left, whole = known.until - now, known.until - known.asked
    return left < whole / 4 and now - known.asked > min(_UNANSWERED, whole / 8)
