"""The doors that are for programs: copy sent to us, hubs' questions, readiness, metrics.

Everything here is answered `no-store`, and nothing here is a page of the site.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import parse_qsl

import msgspec

from wirecopy.errors import SourceError
from wirecopy.intake.push import NO_ROOM, PushIntake, Reply, bearer
from wirecopy.intake.websub import WebSubIntake
from wirecopy.newsroom.static import Answer, Asked, plain

logger = logging.getLogger(__name__)

PREFIXES = frozenset({"intake", "websub", "readyz", "metrics"})
"""First parts of the paths that lead here."""
_PATIENCE = 60.0
"""Seconds that a sender may take for one body."""
_PROVEN, _UNPROVEN = 16, 4
"""Bodies that are read at once, of senders who have shown a token and of those who have not yet.

Others wait in the network: strangers can fill neither memory nor the proven senders' places.
"""
_LINGER = 5.0
"""Seconds for which the rest of a body that is refused is read and forgotten.

Who is hung up on while he sends sees a broken connection, and never why his copy is not taken.
"""
_LINGERING = 16
"""Bodies that are read so at once; beyond them senders are hung up on."""
_TORN = Reply(503, {"error": "The body broke off; send it again."}, 5)
"""Half a story is none: whoever sent it, or the proxy in front, is to try again."""
_NO_STORE = [("cache-control", "no-store"), ("x-robots-tag", "noindex, noarchive")]


class Request(NamedTuple):
    """A request as a door sees it.

    `read` gives its body, None when it is larger than asked; EOFError when it broke off. `rest`
    reads and forgets what of it has not been read.
    """

    method: str
    path: str
    query: str
    fields: Asked
    client: str
    read: Callable[[int], Awaitable[bytes | None]]
    rest: Callable[[], Awaitable[None]]


class Doors:
    """Answers for the paths in PREFIXES. A part that is left out answers 404."""

    def __init__(
        self,
        *,
        push: Mapping[str, PushIntake],
        websub: Mapping[str, WebSubIntake],
        max_bytes: int,
        ready: Callable[[], Awaitable[str]],
        metrics: Callable[[], Awaitable[bytes]],
        metrics_token: Callable[[], str] = str,
    ) -> None:
        self._push = push
        self._websub = websub
        self._max_bytes = max_bytes
        self._ready = ready
        self._metrics = metrics
        self._token = metrics_token
        self._trouble = ""
        self._proven = asyncio.Semaphore(_PROVEN)
        self._unproven = asyncio.Semaphore(_UNPROVEN)
        self._lingering = asyncio.Semaphore(_LINGERING)

    async def answer(self, request: Request) -> Answer:
        """The answer to one request, once its sender is likely to hear it."""
        answer = await self._answer(request)
        if answer.status >= 400 and request.method not in ("GET", "HEAD"):
            await self._linger(request)
        return answer

    async def _linger(self, request: Request) -> None:
        """Let the sender end, for a while; one who asks first (Expect) has not begun."""
        if request.fields.get("expect") or self._lingering.locked():
            return
        with suppress(TimeoutError):
            async with self._lingering, asyncio.timeout(_LINGER):
                await request.rest()

    async def _answer(self, request: Request) -> Answer:
        first, _, rest = request.path[1:].partition("/")
        if first == "intake" and rest in self._push:
            return await self._pushed(self._push[rest], request)
        name, _, token = rest.partition("/")
        if first == "websub" and name in self._websub and token:
            return await self._from_hub(self._websub[name], token, request)
        if first == "readyz" and not rest:
            why = await self._ready()
            return plain(503 if why else 200, why or "ready", _NO_STORE)
        if first == "metrics" and not rest and self._may_measure(request):
            return _bytes(200, await self._metrics(), "text/plain; version=0.0.4; charset=utf-8")
        return plain(404, "There is no such page.", _NO_STORE)

    async def _pushed(self, push: PushIntake, request: Request) -> Answer:
        if request.method != "POST":
            return plain(405, "Copy is sent here by POST.", [("allow", "POST"), *_NO_STORE])
        try:
            early = push.refusal(request.fields, _length(request.fields))
            if early is not None:
                return _reply(early)
            body = await self._body(request, self._proven if push.proves else self._unproven)
            if isinstance(body, Reply):
                return _reply(body)
            return _reply(
                push.too_large() if body is None else await push.receive(request.fields, body)
            )
        except SourceError as error:  # as where a secret is missing
            self._tell(str(error))
            return _reply(push.not_ready(error))

    def _tell(self, trouble: str) -> None:
        """Tell the operator why copy is sent away, once and not with every request."""
        if trouble != self._trouble:
            self._trouble = trouble
            logger.warning("push_refused: %s", trouble)

    async def _from_hub(self, websub: WebSubIntake, token: str, request: Request) -> Answer:
        if request.method == "GET":
            status, text = websub.verify(token, dict(parse_qsl(request.query[:4096])))
            return _bytes(status, text.encode(), "text/plain; charset=utf-8")
        if request.method != "POST":
            return plain(405, "A hub asks by GET and POST.", [("allow", "GET, POST"), *_NO_STORE])
        if not websub.knows(token):
            return _reply(Reply(410, {"error": "no such subscription"}))
        if websub.full:
            return _reply(NO_ROOM)
        body = await self._body(request, self._proven)
        if body is None:
            return _reply(Reply(413, {"error": "too large"}))
        if isinstance(body, Reply):
            return _reply(body)
        return _reply(await websub.receive(token, request.fields, body))

    async def _body(self, request: Request, places: asyncio.Semaphore) -> bytes | Reply | None:
        """The body; None when it is too large, a reply when it did not come whole and in time."""
        length = _length(request.fields)
        if (length or 0) > self._max_bytes:
            return None
        try:
            async with asyncio.timeout(_PATIENCE), places:
                body = await request.read(self._max_bytes)
        except TimeoutError:
            return Reply(408, {"error": "The body did not come in time."})
        except EOFError:
            return _TORN
        return _TORN if body is not None and length not in (None, len(body)) else body

    def _may_measure(self, request: Request) -> bool:
        """Whether the metrics may be shown: to who has the token, else to this machine only."""
        try:
            token = self._token()
        except SourceError:  # it is configured but not where it should be: nobody is shown them
            return False
        if token:
            shown = bearer(request.fields.get("authorization") or "")
            return hmac.compare_digest(shown.encode(), token.encode())
        # What a web server in front passes on comes from this machine too, but says for whom.
        forwarded = ("x-forwarded-for", "forwarded", "x-real-ip", "via")
        host = request.client.rpartition(":")[0].strip("[]")
        return host in ("127.0.0.1", "::1") and not any(map(request.fields.get, forwarded))


def _length(fields: Asked) -> int | None:
    text = fields.get("content-length") or ""
    return int(text) if text.isdecimal() and len(text) < 16 else None


def _reply(reply: Reply) -> Answer:
    more = [("retry-after", str(reply.retry_after))] if reply.retry_after else []
    if reply.status == 401:
        more.append(("www-authenticate", 'Bearer realm="intake"'))
    body = msgspec.json.encode(dict(reply.said)) if reply.said else b""
    return _bytes(reply.status, body, "application/json", more)


def _bytes(
    status: int, body: bytes, kind: str, more: list[tuple[str, str]] | None = None
) -> Answer:
    headers = [
        ("content-type", kind),
        ("content-length", str(len(body))),
        ("x-content-type-options", "nosniff"),
        *_NO_STORE,
        *(more or []),
    ]
    return Answer(status, headers, body)
