"""FTPS: FTP whose control and data connections are encrypted, by the standard library.

Port 990 is encrypted from the first byte; at any other the client asks for it (AUTH TLS). The
library blocks, so each connection has a thread of its own, which ends with it.
"""

from __future__ import annotations

import asyncio
import ftplib
import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from socket import SHUT_RDWR, socket
from typing import Any, TypeVar

from yarl import URL

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.guard import Passage, connect
from wirecopy.guard.apart import apart
from wirecopy.intake import remote
from wirecopy.intake.credentials import Vault
from wirecopy.intake.refusals import EndlessError, unreached
from wirecopy.intake.remote import Entry, FileRefusedError, RefusedByServerError, Remote, Stamp

_TIME = 30.0
"""Seconds that a server may take for one answer."""
_IMPLICIT = 990
"""The port at which encryption is not asked for, but begins with the connection."""
_CHUNK = 256 * 1024
_ONE_FILE = frozenset({"450", "451", "550", "551", "553"})
"""Answers that mean the file alone: it is locked, gone, not for us, or has an impossible name."""
_NUMBER = re.compile(r"[0-9]{1,18}")
Answer = TypeVar("Answer")


class _Client(ftplib.FTP_TLS):
    """An FTP client whose every connection passes the guard.

    It carries names as bytes, one for each character: one that is no UTF-8 would keep all others
    from us.
    """

    def __init__(self, passage: Passage, context: ssl.SSLContext) -> None:
        super().__init__(context=context, timeout=_TIME, encoding="latin-1")
        self._passage = passage

    def dial(self, host: str, port: int) -> None:
        """Connect the control connection and encrypt it."""
        self.host = host
        self.sock = connect(host, port, self._passage, _TIME)
        self.af = self.sock.family
        if port == _IMPLICIT:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=host)
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()
        if port != _IMPLICIT:
            self.auth()

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket, int | None]:
        """A data connection, to the very server of the control connection and no other."""
        _, port = self.makepasv()
        control: Any = self.sock
        peer = str(control.getpeername()[0])  # whatever address the server names
        made = connect(peer, port, self._passage, _TIME)
        try:
            if rest is not None:
                self.sendcmd(f"REST {rest}")
            self.voidcmd_begun(cmd)
            # Many servers want to see the control connection's TLS session again.
            made = self.context.wrap_socket(
                made, server_hostname=self.host, session=control.session
            )
        except BaseException:
            made.close()
            raise
        return made, None

    def retrlines(self, cmd: str, callback: Callable[[str], object] | None = None) -> str:
        """Each line of a list; EndlessError where there are more than can be held."""
        left = remote.LISTING

        def counted(line: str) -> None:
            nonlocal left
            left -= len(line) + 1
            if left < 0:
                raise EndlessError
            if callback is not None:
                callback(line)

        return super().retrlines(cmd, counted)

    def voidcmd_begun(self, cmd: str) -> None:
        """Send a command whose answer announces data (1xx)."""
        answer = self.sendcmd(cmd)
        if answer[0] == "2":
            answer = self.getresp()
        if answer[0] != "1":
            raise ftplib.error_reply(answer)  # noqa: S321 - inside TLS


@asynccontextmanager
async def open_ftps(source: Source, vault: Vault) -> AsyncIterator[Remote]:
    """The source's folder, while connected."""
    url = URL(source.url)
    passage = Passage(allow_private=source.allow_private, networks=source.networks)
    client = _Client(passage, vault.tls(source) or ssl.create_default_context())

    async def run(work: Callable[..., Answer], *values: Any) -> Answer:
        async with asyncio.timeout(10 * _TIME):
            return await apart(work, *values)

    def log_in() -> None:
        client.dial(url.host or "", url.port or 21)
        client.login(source.login.user, vault.secret(source.login.password), secure=False)
        client.prot_p()
        client.cwd(url.path or ".")

    try:
        await run(log_in)
        yield _Folder(client, run)
    except (ftplib.Error, EOFError) as error:
        raise SourceError(f"Source {source.name}: {_explain(error)}.") from error
    finally:
        if client.sock is not None:
            with suppress(OSError):
                client.sock.shutdown(SHUT_RDWR)  # whatever the thread waits for ends now
        client.close()


def _explain(error: BaseException) -> str:
    code = str(error)[:3]
    if code == "530":
        return "its server refuses the login; check login.user and login.password"
    if code == "550":
        return "its server has no such folder or file; check the url"
    return f"its server refuses what is asked ({code})" if code.isdigit() else unreached(error)


class _Folder:
    """`Remote` over an FTP client."""

    def __init__(self, client: _Client, run: Any) -> None:
        self._client = client
        self._run = run

    async def entries(self) -> list[Entry]:
        """The regular files that lie in the folder."""
        found: list[Entry] = await self._run(self._list)
        return found

    def _list(self) -> list[Entry]:
        return [
            Entry(_name(sent), Stamp(_number(facts.get("size", "")), facts.get("modify", "")))
            for sent, facts in self._client.mlsd(facts=["type", "size", "modify"])
            if facts.get("type") == "file" and "/" not in sent
        ]

    async def read(self, name: str, most: int) -> bytes:
        """The file's bytes, cut off at `most`; FileRefusedError where it alone is not given."""
        body: bytes = await self._run(self._read, _sent(name), most)
        return body

    def _read(self, name: str, most: int) -> bytes:
        self._client.voidcmd("TYPE I")
        try:
            data, _ = self._client.ntransfercmd(f"RETR {name}")
        except (ftplib.error_perm, ftplib.error_temp) as error:
            if str(error)[:3] in _ONE_FILE:
                raise FileRefusedError(f"status {str(error)[:3]}") from error
            raise
        parts: list[bytes] = []
        with data:
            while most > 0 and (part := data.recv(min(_CHUNK, most))):
                parts.append(part)
                most -= len(part)
        with suppress(ftplib.error_temp, ftplib.error_perm):
            # 226, or 426 where we have had enough of it: the bytes that came are what counts.
            self._client.voidresp()
        return b"".join(parts)

    async def put_away(self, name: str, folder: str) -> None:
        """Move the file into the folder beside it."""
        await self._run(self._move, _sent(name), folder)

    def _move(self, name: str, folder: str) -> None:
        with suppress(ftplib.error_perm):  # it is there already
            self._client.mkd(folder)
        taken = {one.rpartition("/")[2] for one in self._names(folder)}
        to, number = name, 1
        while to in taken:
            number += 1
            to = f"{name}.{number}"
        try:
            self._client.rename(name, f"{folder}/{to}")
        except ftplib.error_perm as error:
            raise RefusedByServerError from error

    def _names(self, folder: str) -> list[str]:
        try:
            return [name for name, _ in self._client.mlsd(folder)]
        except ftplib.error_perm as error:
            raise RefusedByServerError from error


def _name(sent: str) -> str:
    """A name as text, of the bytes that the client carried."""
    return sent.encode("latin-1").decode("utf-8", "surrogateescape")


def _sent(name: str) -> str:
    """The name as the client carries it."""
    return name.encode("utf-8", "surrogateescape").decode("latin-1")


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0
