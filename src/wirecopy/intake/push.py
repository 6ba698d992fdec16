"""Copy that an agency sends to us: POST /intake/SOURCE, answered 202 once the log has it.

The sender shows a bearer token or signs the body (HMAC SHA-256). An Idempotency-Key that has been
seen before gets the first answer again, and the log no second entry.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple, Protocol
from weakref import WeakValueDictionary

import msgspec

from wirecopy.errors import SourceError
from wirecopy.intake.gate import Gate
from wirecopy.model import Delivery

_KIND = "push"
_REMEMBERED = timedelta(days=3)
"""How long an idempotency key is remembered."""
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_SAFE_NAME = re.compile(r"[\w.@ ()/-]{1,200}")


class Fields(Protocol):
    """The header fields of a request, by name in lower case."""

    def get(self, key: str, default: str | None = None) -> str | None:
        """The field's value; `default` where it was not sent."""
        ...


class Reply(NamedTuple):
    """What the sender is answered: a status, a JSON object, how long to wait before the next."""

    status: int
    said: Mapping[str, object]
    retry_after: int = 0


NO_ROOM = Reply(503, {"error": "Too much waits to be filed; send it again."}, 5)
"""Senders that were kept waiting would fill memory, and the places of the site's readers."""


class PushIntake:
    """Takes what is posted to one source."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        # A key's lock lives as long as somebody holds it or waits for it.
        self._under_way = WeakValueDictionary[str, asyncio.Lock]()

    @property
    def proves(self) -> bool:
        """Whether a sender is known before his body has been read."""
        return bool(self._gate.source.push.token)

    def refusal(self, fields: Fields, length: int | None) -> Reply | None:
        """Why the body need not be read at all; None when it is to be read."""
        push = self._gate.source.push
        if length is not None and length > self._gate.house.max_bytes:
            return self.too_large()
        if push.token and not self._has_token(fields):
            return Reply(401, {"error": "The token is missing or wrong."})
        if push.secret and not fields.get(push.header.lower()):
            return Reply(401, {"error": f"The signature in {push.header} is missing."})
        return NO_ROOM if self._gate.house.full() else None

    def not_ready(self, error: SourceError) -> Reply:
        """The answer while a fault of ours keeps copy away; where it lies is not for senders.

        The operator is told in time: the agency, who is to send again, will not ring him.
        """
        name = self._gate.source.name
        self._gate.house.pulses.failed(name, f"Source {name}: {error}")
        return Reply(503, {"error": "Not ready to take copy."}, 60)

    def too_large(self) -> Reply:
        """The answer to a body above the cap."""
        return Reply(413, {"error": f"More than {self._gate.house.max_bytes} bytes."})

    async def receive(self, fields: Fields, body: bytes) -> Reply:
        """The answer to a whole body: 202 only when the log has it on disk."""
        if why := self._unknown(fields, body):
            return Reply(401, {"error": why})
        if len(body) > self._gate.house.max_bytes:
            return self.too_large()
        if not body:
            return Reply(400, {"error": "The body is empty."})
        if _is_form(fields, body):
            return Reply(415, {"error": "Send the file as the body itself, not in a form."})
        key = fields.get("idempotency-key") or ""
        if not key:
            return await self._take(fields, body)
        if not _KEY.fullmatch(key):
            return Reply(400, {"error": "The Idempotency-Key is not plain text of 1 to 200."})
        lock = self._under_way.setdefault(key, asyncio.Lock())
        async with lock:  # the same key twice at once: the second waits for the first
            return await self._once(key, fields, body)

    async def _once(self, key: str, fields: Fields, body: bytes) -> Reply:
        house, name = self._gate.house, f"{self._gate.source.name} {key}"
        digest = hashlib.sha256(body).hexdigest()
        if (note := house.notebook.get(_KIND, name)) is not None:
            seq, before = msgspec.msgpack.decode(note, type=tuple[int, str])
            if before != digest:
                return Reply(422, {"error": "This Idempotency-Key came with another body before."})
            return Reply(202, {"taken": seq, "repeated": True})
        reply = await self._take(fields, body)
        if reply.status == 202:
            at = int(house.now().timestamp())
            house.notebook.put(
                _KIND, name, msgspec.msgpack.encode((reply.said["taken"], digest)), at
            )
            house.notebook.forget(_KIND, at - int(_REMEMBERED.total_seconds()))
        return reply

    async def _take(self, fields: Fields, body: bytes) -> Reply:
        name = fields.get("x-file-name") or ""
        delivery = Delivery(
            source=self._gate.source.name,
            body=body,
            name=name if _SAFE_NAME.fullmatch(name) else "",
            media_type=(fields.get("content-type") or "")[:200],
            how="push",
        )
        try:
            given = await self._gate.take([delivery])
        except SourceError as error:
            self._gate.house.say(str(error))
            return Reply(503, {"error": "Not taken; send it again."}, 5)
        return Reply(202, {"taken": given[0], "repeated": False})

    def _unknown(self, fields: Fields, body: bytes) -> str:
        """Why the sender is not believed; "" when he is."""
        push = self._gate.source.push
        if push.secret and not self._is_signed(fields, body):
            return "The signature is wrong."
        if push.token and not self._has_token(fields):
            return "The token is missing or wrong."
        return "" if push.token or push.secret else "Nothing may be sent to this source."

    def _has_token(self, fields: Fields) -> bool:
        secret = self._gate.house.vault.secret(self._gate.source.push.token)
        shown = bearer(fields.get("authorization") or "")
        return hmac.compare_digest(shown.encode(), secret.encode())

    def _is_signed(self, fields: Fields, body: bytes) -> bool:
        push = self._gate.source.push
        secret = self._gate.house.vault.secret(push.secret)
        return signed(secret, fields.get(push.header.lower()) or "", body)


def _is_form(fields: Fields, body: bytes) -> bool:
    """Whether the copy is wrapped in a form; bytes that are none are taken, whatever type is said.

    It would be in quarantine, and its sender, who can mend it, would take it for published.
    """
    kind = (fields.get("content-type") or "").strip().lower()
    return kind.startswith("multipart/form-data") and body.lstrip()[:2] == b"--"


def bearer(shown: str) -> str:
    """The token in an Authorization field, "" where it shows none.

    Its scheme is written in any case, with any number of spaces behind it (RFC 9110, 11.1, 11.4).
    """
    scheme, _, token = shown.partition(" ")
    return token.lstrip(" ") if scheme.lower() == "bearer" else ""


def signed(secret: str, shown: str, body: bytes) -> bool:
    """Whether `shown` ("sha256=..." or bare hexadecimal) is the body's HMAC under `secret`."""
    method, _, digest = shown.strip().rpartition("=")
    wanted = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return method in ("", "sha256") and hmac.compare_digest(
        digest.lower().encode(), wanted.encode()
    )
