"""The doors for programs: who is shown the numbers, and which copy is taken."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.intake.houses import Desk

from wirecopy.config import Push, Source
from wirecopy.errors import SourceError
from wirecopy.intake.push import PushIntake
from wirecopy.newsroom.doors import Doors, Request
from wirecopy.newsroom.static import Answer

HERE, ELSEWHERE = "127.0.0.1:40000", "192.0.2.7:40000"
TOKEN = {"authorization": "Bearer lantern-9"}


def knock(
    path: str,
    client: str = HERE,
    *,
    fields: dict[str, str] | None = None,
    body: bytes = b"",
    token: str | Exception = "",
    push: dict[str, PushIntake] | None = None,
) -> Answer:
    """What a program is answered; `token` is that of the metrics."""

    async def read(_most: int) -> bytes:
        return body

    async def metrics() -> bytes:
        return b"numbers"

    def secret() -> str:
        if isinstance(token, Exception):
            raise token
        return token

    async def both() -> Answer:
        doors = Doors(
            push=push or {},
            websub={},
            max_bytes=1000,
            ready=_nothing,
            metrics=metrics,
            metrics_token=secret,
        )
        method = "POST" if path.startswith("/intake/") else "GET"
        return await doors.answer(
            Request(method, path, "", fields or {}, client, read, _nothing_left)
        )

    return asyncio.run(both())


@pytest.mark.parametrize(
    ("client", "fields", "shown"),
    [
        (HERE, {}, True),
        ("[::1]:40000", {}, True),
        (ELSEWHERE, {}, False),
        (HERE, {"x-forwarded-for": "192.0.2.7"}, False),
        (HERE, {"forwarded": "for=192.0.2.7"}, False),
        (HERE, {"x-real-ip": "192.0.2.7"}, False),
        (HERE, {"via": "1.1 front"}, False),
    ],
)
def test_without_a_token_the_numbers_are_this_machines(
    client: str, fields: dict[str, str], *, shown: bool
) -> None:
    """What a web server in front passes on comes from this machine too, and is a stranger's."""
    answer = knock("/metrics", client, fields=fields)
    assert (answer.status, answer.body == b"numbers") == ((200, True) if shown else (404, False))


def test_with_a_token_the_numbers_are_its_bearers() -> None:
    """From wherever; and nobody's while the token is not where it should be."""
    for client in (HERE, ELSEWHERE):
        assert knock("/metrics", client, fields=TOKEN, token="lantern-9").status == 200
        assert knock("/metrics", client, token="lantern-9").status == 404
        assert knock("/metrics", client, fields=TOKEN, token=SourceError("gone")).status == 404


def test_copy_is_whole_or_not_taken(tmp_path: Path) -> None:
    """A body that is shorter, or longer, than its head says is to be sent again."""
    desk = Desk(tmp_path, Source(name="north", agency="NWS", push=Push(token="env:PUSH_TOKEN")))
    push = {"north": PushIntake(desk.gates["north"])}
    for length, status in (("9", 503), ("5", 503), ("7", 202)):
        fields = {"content-length": length, **TOKEN}
        assert knock("/intake/north", fields=fields, body=b"<story>", push=push).status == status
    assert [one.body for one in desk.log] == [b"<story>"]
    desk.close()


def test_a_secret_that_is_missing_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The agency is asked to send again, and the operator is told where the secret should stand."""
    desk = Desk(tmp_path, Source(name="north", agency="NWS", push=Push(token="env:ELSEWHERE")))
    doors = Doors(
        push={"north": PushIntake(desk.gates["north"])},
        websub={},
        max_bytes=1000,
        ready=_nothing,
        metrics=_no_metrics,
    )

    async def both() -> list[int]:
        asked = Request("POST", "/intake/north", "", TOKEN, ELSEWHERE, _no_body, _nothing_left)
        return [(await doors.answer(asked)).status for _ in range(3)]

    assert asyncio.run(both()) == [503] * 3
    assert [one.getMessage() for one in caplog.records] == [
        "push_refused: The secret at env:ELSEWHERE is missing; put it there."
    ]
    assert desk.pulses.health("north").state == "failing"
    assert "The secret at env:ELSEWHERE is missing" in desk.pulses.health("north").why
    desk.close()


async def _no_body(_most: int) -> bytes:
    return b""


async def _nothing_left() -> None:
    """The body has been read."""


async def _nothing() -> str:
    return ""


async def _no_metrics() -> bytes:
    return b""
