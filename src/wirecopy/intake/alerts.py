"""Alerts: a person is told of a source in trouble by mail or webhook, and when it is over."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import aiohttp
import msgspec
from yarl import URL

from wirecopy.config import Watch
from wirecopy.errors import SourceError
from wirecopy.guard import PORTS, Passage, connect
from wirecopy.guard.apart import apart
from wirecopy.guard.web import HopError, ask, open_session
from wirecopy.intake.credentials import Vault
from wirecopy.intake.health import WORTH_TELLING, Health

TRIES = 5
"""Times an alert is tried before it is left to the log."""
_FIRST_PAUSE = 5.0
_MAIL_TIME = 20.0
_PROBLEMS = (
    OSError,
    smtplib.SMTPException,
    aiohttp.ClientError,
    SourceError,
    ValueError,  # a name or an address with signs that no header may carry
)


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """What a person is told: one source, how it stands, and why. No address, no secret."""

    site: str
    source: str
    state: str
    before: str
    reason: str
    said: str
    at: datetime


def worth_telling(health: Health) -> bool:
    """Whether a person is told: something has gone wrong, or what had gone wrong is right."""
    return health.state in WORTH_TELLING or (
        health.before in WORTH_TELLING and health.state == "healthy"
    )


def sentence(alert: Alert) -> str:
    """The alert as a line."""
    text = f"Source {alert.source} is {alert.state}: {alert.reason}."
    return f"{text} {alert.said}" if alert.said else text


class Alerts:
    """Sends alerts as [watch] says; `say` is told what could not be sent."""

    def __init__(
        self,
        watch: Watch,
        vault: Vault,
        say: Callable[[str], None],
        pause: Callable[[float], Any] = asyncio.sleep,
    ) -> None:
        self._watch = watch
        self._vault = vault
        self._say = say
        self._pause = pause
        self._queue: asyncio.Queue[Alert] = asyncio.Queue(maxsize=1000)

    def tell(self, alert: Alert) -> None:
        """Hand an alert over to be sent; it has been said already."""
        if (self._watch.mail or self._watch.webhook) and not self._queue.full():
            self._queue.put_nowait(alert)

    async def run(self) -> None:
        """Send what is handed over, one after the other, for as long as the newsroom runs."""
        while True:
            await self.send(await self._queue.get())

    async def send(self, alert: Alert) -> None:
        """Send one alert by every way that is set; tried again a few times."""
        for way in (self._mail, self._post):
            for number in range(TRIES):
                try:
                    await way(alert)
                    break
                except _PROBLEMS as error:
                    why = type(error).__name__ if not isinstance(error, SourceError) else str(error)
                if number == TRIES - 1:
                    self._say(f"The alert about source {alert.source} could not be sent ({why}).")
                    break
                await self._pause(_FIRST_PAUSE * 2**number)

    async def _mail(self, alert: Alert) -> None:
        if self._watch.mail:
            await apart(self._mail_now, alert)

    def _mail_now(self, alert: Alert) -> None:
        watch = self._watch
        message = EmailMessage()
        message["Subject"] = f"[{alert.site}] Source {alert.source} is {alert.state}"
        message["From"] = watch.sender or watch.mail
        message["To"] = watch.mail
        message.set_content(f"{sentence(alert)}\n\n{alert.at.isoformat(' ', 'seconds')}\n")
        host, _, port = watch.smtp.partition(":")
        # Named after the sender's domain: looking our own name up may hang where DNS does.
        ours = message["From"].rpartition("@")[2]
        server = _Smtp(host, int(port or 25), local_hostname=ours, timeout=_MAIL_TIME)
        try:
            if watch.user:
                server.starttls(context=ssl.create_default_context())
                server.login(watch.user, self._vault.secret(watch.password))
            server.send_message(message)
            with suppress(OSError, smtplib.SMTPException):
                server.quit()  # it has the mail: how it says goodbye is all the same
        finally:
            server.close()

    async def _post(self, alert: Alert) -> None:
        if not self._watch.webhook:
            return
        url = URL(self._watch.webhook)
        passage = Passage(ports=(*PORTS, url.port or 443), allow_private=self._watch.allow_private)
        body = msgspec.json.encode(alert)

        def headers(_url: URL) -> dict[str, str]:
            return {"Content-Type": "application/json"}

        async with (
            open_session(passage, timeout=aiohttp.ClientTimeout(total=20)) as session,
            ask(session, url, passage, method="POST", headers=headers, data=body, redirects=0) as (
                response,
                _,
            ),
        ):
            if response.status >= 300:
                raise HopError(f"the webhook answered with status {response.status}")


class _Smtp(smtplib.SMTP):
    """A mail client whose connection passes the guard; the mail server is the operator's own."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return connect(host, port, Passage(allow_private=True), timeout)
