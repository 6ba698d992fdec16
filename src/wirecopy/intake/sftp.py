"""SFTP, by asyncssh (an optional part: pip install 'wirecopy[sftp]')."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from yarl import URL

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.guard import Passage, connect
from wirecopy.guard.apart import apart
from wirecopy.intake import remote
from wirecopy.intake.credentials import Vault
from wirecopy.intake.refusals import EndlessError, unreached
from wirecopy.intake.remote import Entry, FileRefusedError, RefusedByServerError, Remote, Stamp

if TYPE_CHECKING:
    import asyncssh

_TIME = 30.0
"""Seconds that a server may take for one answer."""
_CHUNK = 256 * 1024
_REGULAR = 1
"""SFTP's word for a regular file (SSH_FILEXFER_TYPE_REGULAR)."""
_FACTS = 40
"""Bytes, about, that a list has for a file beside its name."""


@asynccontextmanager
async def open_sftp(source: Source, vault: Vault) -> AsyncIterator[Remote]:
    """The source's folder, while connected. The server must have the key that is configured."""
    ssh = _asyncssh()
    url = URL(source.url)
    login = source.login
    passage = Passage(allow_private=source.allow_private, networks=source.networks)
    socket = await apart(connect, url.host or "", url.port or 22, passage, _TIME)
    try:
        known = ssh.import_public_key(login.host_key)
        keys = [ssh.import_private_key(vault.secret(login.key))] if login.key else []
        async with (
            asyncio.timeout(10 * _TIME),
            ssh.connect(
                url.host or "",
                sock=socket,
                config=None,
                agent_path=None,
                known_hosts=([known], [], []),
                username=login.user,
                password=vault.secret(login.password) or None,
                client_keys=keys or None,
                login_timeout=_TIME,
                keepalive_interval=_TIME,
            ) as connection,
            # Names may be of any bytes: one that is no UTF-8 would keep all others from us.
            connection.start_sftp_client(path_errors="surrogateescape") as client,
        ):
            yield _Folder(client, url.path or ".")
    except (ssh.Error, ssh.KeyImportError, TimeoutError) as error:
        raise SourceError(f"Source {source.name}: {_explain(ssh, error)}.") from error
    finally:
        socket.close()


def _asyncssh() -> Any:
    try:
        import asyncssh  # noqa: PLC0415 - an optional part
    except ImportError as error:
        raise SourceError(
            "SFTP needs a part that is not installed: pip install 'wirecopy[sftp]'."
        ) from error
    return asyncssh


def _explain(ssh: Any, error: BaseException) -> str:
    if isinstance(error, ssh.HostKeyNotVerifiable):
        return "its server has another key than login.host_key says; ask the agency"
    if isinstance(error, ssh.PermissionDenied):
        return "its server refuses the login; check login.user and its password or key"
    if isinstance(error, ssh.KeyImportError):
        return "login.host_key or login.key cannot be read as a key"
    if isinstance(error, ssh.SFTPNoSuchFile):
        return "there is no such folder on its server; check the url"
    return unreached(error)


class _Folder:
    """`Remote` over an SFTP client."""

    def __init__(self, client: asyncssh.SFTPClient, folder: str) -> None:
        self._client: Any = client
        self._folder = folder.rstrip("/") or "/"

    async def entries(self) -> list[Entry]:
        """The regular files that lie in the folder; links are none."""
        found: list[Entry] = []
        left = remote.LISTING
        async for one in self._client.scandir(self._folder):
            name = str(one.filename)
            left -= len(name) + _FACTS
            if left < 0:
                raise EndlessError
            if one.attrs.type == _REGULAR and "/" not in name:
                found.append(Entry(name, Stamp(one.attrs.size or 0, str(one.attrs.mtime or 0))))
        return found

    async def read(self, name: str, most: int) -> bytes:
        """The file's bytes, cut off at `most`; FileRefusedError where it alone is not given."""
        ssh = _asyncssh()
        parts: list[bytes] = []
        try:
            async with self._client.open(f"{self._folder}/{name}", "rb") as file:
                while most > 0 and (part := await file.read(min(_CHUNK, most))):
                    parts.append(part)
                    most -= len(part)
        except (ssh.SFTPConnectionLost, ssh.SFTPNoConnection):
            raise
        except ssh.SFTPError as error:
            raise FileRefusedError(type(error).__name__) from error
        return b"".join(parts)

    async def put_away(self, name: str, folder: str) -> None:
        """Move the file into the folder beside it, under a free name."""
        ssh = _asyncssh()
        target = f"{self._folder}/{folder}"
        try:
            await self._client.makedirs(target, exist_ok=True)
            to, number = f"{target}/{name}", 1
            while await self._client.exists(to):
                number += 1
                to = f"{target}/{name}.{number}"
            await self._client.rename(f"{self._folder}/{name}", to)
        except (ssh.SFTPPermissionDenied, ssh.SFTPFailure, ssh.SFTPOpUnsupported) as error:
            raise RefusedByServerError from error
