"""Copy that agencies send to us: who is believed, and when it is acknowledged."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import uvloop
from tests.intake.houses import Desk

from wirecopy.config import Push, Source
from wirecopy.errors import SourceError
from wirecopy.intake.push import PushIntake, signed
from wirecopy.newsroom.doors import Doors, Request
from wirecopy.newsroom.static import Answer

BODY = b"<nitf>\x00\xff the harbour reopens</nitf>"
TOKEN = Source(name="north", agency="NWS", push=Push(token="env:PUSH_TOKEN"))
SIGNED = Source(name="south", agency="NWS", push=Push(secret="env:PUSH_SECRET", header="X-Sig"))
BOTH = Source(
    name="both", agency="NWS", push=Push(token="env:PUSH_TOKEN", secret="env:PUSH_SECRET")
)
LOST = Source(name="lost", agency="NWS", push=Push(token="env:NOT_THERE"))
BEARER = {"authorization": "Bearer lantern-9"}
MOST = 1000

Post = Callable[..., Awaitable[tuple[int, dict[str, object]]]]


SECRET = "quay-and-tide"


def signature(body: bytes = BODY, secret: str = SECRET) -> str:
    """The body's HMAC as senders write it."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def posting(folder: Path, talk: Callable[[Desk, Post], Awaitable[None]]) -> Desk:
    """Let `talk` post to sources north (token), south (signature), both, lost; what came of it."""
    desk = Desk(folder, TOKEN, SIGNED, BOTH, LOST, max_bytes=MOST)

    async def both() -> None:
        doors = Doors(
            push={name: PushIntake(gate) for name, gate in desk.gates.items()},
            websub={},
            max_bytes=MOST,
            ready=_nothing,
            metrics=_no_metrics,
        )

        async def post(
            source: str, fields: dict[str, str], body: bytes = BODY, method: str = "POST"
        ) -> tuple[int, dict[str, object]]:
            answer = await doors.answer(_request(f"/intake/{source}", fields, body, method))
            assert ("cache-control", "no-store") in answer.headers
            return answer.status, _said(answer)

        await talk(desk, post)

    uvloop.run(both())
    desk.close()
    return desk


async def _nothing_left() -> None:
    """The body has been read."""


async def _nothing() -> str:
    return ""


async def _no_metrics() -> bytes:
    return b"# none\n"


def _token(token: str) -> str:
    if token == "lost":
        raise SourceError("The secret at env:LOST is missing; put it there.")
    return token


def _said(answer: Answer) -> dict[str, object]:
    kind = dict(answer.headers)["content-type"]
    return json.loads(answer.body) if kind == "application/json" and answer.body else {}


def _request(path: str, fields: dict[str, str], body: bytes, method: str = "POST") -> Request:
    async def read(most: int) -> bytes | None:
        return body if len(body) <= most else None

    return Request(method, path, "", fields, "198.51.100.7:5000", read, _nothing_left)


def test_a_body_is_in_the_log_before_it_is_acknowledged(tmp_path: Path) -> None:
    """202 with the log's number, and the bytes as they were sent, with type and file name."""

    async def talk(desk: Desk, post: Post) -> None:
        fields = {**BEARER, "content-type": "text/xml; charset=utf-8", "x-file-name": "a.xml"}
        assert await post("north", fields) == (202, {"taken": 1, "repeated": False})
        one = desk.log[0]
        assert (one.source, one.body, one.how) == ("north", BODY, "push")
        assert (one.media_type, one.name) == ("text/xml; charset=utf-8", "a.xml")

    posting(tmp_path, talk)


def test_what_the_log_refuses_is_not_acknowledged(tmp_path: Path) -> None:
    """503 with Retry-After while the disk is full, and the same key is taken afterwards."""

    async def talk(desk: Desk, post: Post) -> None:
        desk.full = True
        fields = {**BEARER, "idempotency-key": "k1"}
        status, said = await post("north", fields)
        assert (status, said) == (503, {"error": "Not taken; send it again."})
        desk.full = False
        assert await post("north", fields) == (202, {"taken": 1, "repeated": False})

    assert "full" in posting(tmp_path, talk).said[0]


@pytest.mark.parametrize(
    ("source", "fields", "status"),
    [
        ("north", {}, 401),
        ("north", {"authorization": "Bearer lantern-8"}, 401),
        ("north", {"authorization": "Bearer lantern-99"}, 401),
        ("north", {"authorization": "bearer lantern-9"}, 202),
        ("north", {"authorization": "BEARER  lantern-9"}, 202),
        ("north", {"authorization": "lantern-9"}, 401),
        ("north", {"authorization": "Bearer"}, 401),
        ("north", {"authorization": "Bearer "}, 401),
        ("north", {"authorization": "Basic lantern-9"}, 401),
        ("north", {"authorization": "Bearer läntern"}, 401),
        ("south", {}, 401),
        ("south", {"x-sig": "sha256=" + signature()}, 202),
        ("south", {"x-sig": signature().upper()}, 202),
        ("south", {"x-sig": "sha1=" + signature()}, 401),
        ("south", {"x-sig": signature(b"other")}, 401),
        ("south", {"x-sig": signature(BODY, "wrong")}, 401),
        ("south", {"x-sig": ""}, 401),
        ("both", BEARER, 401),
        ("both", {"x-signature-256": signature()}, 401),
        ("both", {**BEARER, "x-signature-256": signature()}, 202),
        ("lost", BEARER, 503),
        ("nowhere", BEARER, 404),
        ("north/x", BEARER, 404),
        ("../north", BEARER, 404),
    ],
)
def test_who_is_believed(tmp_path: Path, source: str, fields: dict[str, str], status: int) -> None:
    """Only the right token, or the right signature over these very bytes, gets into the log."""

    async def talk(desk: Desk, post: Post) -> None:
        assert (await post(source, fields))[0] == status
        assert len(desk.log) == (status == 202)

    posting(tmp_path, talk)


def test_a_repeated_key_is_taken_once(tmp_path: Path) -> None:
    """The same Idempotency-Key gets the first answer again, after a restart too."""

    async def talk(desk: Desk, post: Post) -> None:
        fields = {**BEARER, "idempotency-key": "msg-1"}
        first, second = await asyncio.gather(post("north", fields), post("north", fields))
        assert first == (202, {"taken": 1, "repeated": False})
        assert second == (202, {"taken": 1, "repeated": True})
        assert (await post("north", fields, b"something else"))[0] == 422
        assert (await post("north", {**fields, "idempotency-key": "two words"}))[0] == 400
        assert len(desk.log) == 1

    posting(tmp_path, talk)

    async def later(desk: Desk, post: Post) -> None:
        fields = {**BEARER, "idempotency-key": "msg-1"}
        assert await post("north", fields) == (202, {"taken": 1, "repeated": True})
        signed_fields = {"x-sig": signature(), "idempotency-key": "msg-1"}
        assert (await post("south", signed_fields))[1]["repeated"] is False
        assert len(desk.log) == 1

    posting(tmp_path, later)


def test_a_key_that_comes_a_third_time_waits_for_the_second(tmp_path: Path) -> None:
    """Where the log refused the first, two repeats at once are still one entry."""

    async def talk(desk: Desk, post: Post) -> None:
        fields = {**BEARER, "idempotency-key": "msg-1"}
        desk.full = True

        async def refused_and_sent_again() -> tuple[int, dict[str, object]]:
            assert (await post("north", fields))[0] == 503
            desk.full = False
            return await post("north", fields)

        answers = await asyncio.gather(refused_and_sent_again(), post("north", fields))
        assert sorted(said["repeated"] for _, said in answers) == [False, True]
        assert len(desk.log) == 1

    posting(tmp_path, talk)


def test_bodies_have_a_size(tmp_path: Path) -> None:
    """More than the cap is refused, announced or not; so is nothing; other methods are told."""

    async def talk(desk: Desk, post: Post) -> None:
        assert (await post("north", BEARER, b"x" * (MOST + 1)))[0] == 413
        assert (await post("north", {**BEARER, "content-length": str(MOST + 1)}))[0] == 413
        assert (await post("north", BEARER, b"x" * MOST))[0] == 202
        assert (await post("north", BEARER, b""))[0] == 400
        assert (await post("north", BEARER, method="GET"))[0] == 405
        assert len(desk.log) == 1

    posting(tmp_path, talk)


def test_a_form_is_refused_with_what_to_send(tmp_path: Path) -> None:
    """A file that is wrapped in a form is told so; a type that is merely wrong costs nothing."""
    kind = {"content-type": "multipart/form-data; boundary=seam"}
    form = b"--seam\r\nContent-Disposition: form-data; name=f\r\n\r\n" + BODY + b"\r\n--seam--\r\n"

    async def talk(desk: Desk, post: Post) -> None:
        status, said = await post("north", {**BEARER, **kind}, form)
        assert (status, "as the body itself" in str(said["error"])) == (415, True)
        assert (await post("north", kind, form))[0] == 401
        assert (await post("north", {**BEARER, **kind}))[0] == 202
        assert [one.body for one in desk.log] == [BODY]

    posting(tmp_path, talk)


def test_the_signature_of_a_known_message() -> None:
    """HMAC SHA-256 as RFC 4231, test case 2, has it."""
    known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert signed("Jefe", known, b"what do ya want for nothing?")
    assert not signed("Jefe", known, b"what do ya want for nothing")


def test_readiness_and_metrics_are_for_who_may_see_them() -> None:
    """/readyz says why not; /metrics answers this machine, or who has the token."""

    async def both() -> None:
        trouble = ["the disk is full"]

        async def ready() -> str:
            return trouble[0]

        def doors(token: str) -> Doors:
            return Doors(
                push={},
                websub={},
                max_bytes=1,
                ready=ready,
                metrics=_no_metrics,
                metrics_token=lambda: _token(token),
            )  # fmt: skip - as one list

        async def get(token: str, path: str, client: str, **fields: str) -> int:
            request = _request(path, fields, b"", "GET")._replace(client=client)
            return (await doors(token).answer(request)).status

        assert await get("", "/readyz", "198.51.100.7:1") == 503
        trouble[0] = ""
        assert await get("", "/readyz", "198.51.100.7:1") == 200
        assert await get("", "/metrics", "127.0.0.1:1") == 200
        assert await get("", "/metrics", "127.0.0.1:1", **{"x-forwarded-for": "203.0.113.5"}) == 404
        assert await get("", "/metrics", "198.51.100.7:1") == 404
        assert await get("t0", "/metrics", "127.0.0.1:1") == 404
        assert await get("lost", "/metrics", "127.0.0.1:1") == 404
        assert await get("t0", "/metrics", "198.51.100.7:1", authorization="Bearer t0") == 200
        assert await get("t0", "/metrics", "198.51.100.7:1", authorization="bearer t0") == 200

    uvloop.run(both())
