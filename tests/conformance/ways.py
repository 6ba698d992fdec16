"""Each way in, beside an agency's side of it that a test can drive, on loopback."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import asyncssh
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.intake.certificates import Authority
from tests.intake.houses import NOW, Desk
from tests.intake.test_mail import Mailbox
from tests.intake.test_remote import _Door, _serving

from wirecopy.config import Login, Push, Source
from wirecopy.intake.cursors import Cursor
from wirecopy.intake.folder import FolderIntake
from wirecopy.intake.ftps import open_ftps
from wirecopy.intake.gate import Gate
from wirecopy.intake.http import Fetched, HttpIntake
from wirecopy.intake.line import LineIntake
from wirecopy.intake.mail import MailIntake
from wirecopy.intake.notebook import Notes
from wirecopy.intake.push import PushIntake
from wirecopy.intake.remote import RemoteIntake
from wirecopy.intake.rounds import empty
from wirecopy.intake.sftp import open_sftp
from wirecopy.intake.websub import WebSubIntake

MOST = 2000
_LOGIN: dict[str, Any] = {"user": "post", "password": "env:PUSH_TOKEN"}


class Way(ABC):
    """One way in. `put` makes copy available; `look` lets the way take it, as often as it needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stack = AsyncExitStack()

    @abstractmethod
    async def open(self) -> Source:
        """Set the agency's side up; the source as configured."""

    @abstractmethod
    def begin(self, desk: Desk, gate: Gate) -> None:
        """Make the way in, as a start of the program does."""

    @abstractmethod
    async def put(self, number: int, body: bytes) -> None:
        """Make copy available."""

    @abstractmethod
    async def look(self) -> None:
        """Let the way take what is there."""

    @abstractmethod
    def acknowledged(self) -> int:
        """How many pieces the agency's side knows, or would know, to have been taken."""

    async def close(self) -> None:
        """End the agency's side."""
        await self.stack.aclose()


class Folder(Way):
    """Files dropped into a folder."""

    async def open(self) -> Source:
        """An inbox."""
        self.inbox = self.folder / "inbox"
        self.inbox.mkdir()
        return Source(name="north", agency="NWS", path="inbox")

    def begin(self, desk: Desk, gate: Gate) -> None:
        """Watch it."""
        self.gate = gate
        self.intake = FolderIntake(
            gate.source, self.inbox, lambda: NOW.replace(year=2199), MOST, notebook=desk.notebook
        )

    async def put(self, number: int, body: bytes) -> None:
        """A file."""
        (self.inbox / f"{number}.xml").write_bytes(body)

    async def look(self) -> None:
        """Empty it."""
        await empty(self.intake, self.gate)

    def acknowledged(self) -> int:
        """Files in done/."""
        return len([path for path in (self.inbox / "done").rglob("*") if path.is_file()])


class Http(Way):
    """A feed that is polled."""

    async def open(self) -> Source:
        """A server with a feed that has a tag."""
        self.body, self.not_modified = b"", 0
        app = web.Application()
        app.router.add_get("/", self._answer)
        server = await self.stack.enter_async_context(TestServer(app))
        return Source(name="north", agency="NWS", url=str(server.make_url("/")), allow_private=True)

    async def _answer(self, request: web.Request) -> web.Response:
        tag = f'"{hashlib.sha256(self.body).hexdigest()}"'
        if request.headers.get("If-None-Match") == tag:
            self.not_modified += 1
            return web.Response(status=304)
        return web.Response(body=self.body, headers={"ETag": tag})

    def begin(self, desk: Desk, gate: Gate) -> None:
        """Be ready to ask."""
        self.gate = gate
        self.state = Notes(desk.notebook, "http", Cursor)
        self.intake = HttpIntake(self.state, lambda: NOW, MOST)
        self.stack.push_async_callback(self.intake.close)

    async def put(self, number: int, body: bytes) -> None:
        """The feed as it is now."""
        del number
        self.body = body

    async def look(self) -> None:
        """Ask once."""
        fetched = await self.intake.fetch(self.gate.source)
        if fetched.deliveries:
            await self.gate.take(fetched.deliveries)
            self.intake.accept(self.gate.source, fetched)

    def acknowledged(self) -> int:
        """Whether the cursor stands at the feed as it is."""
        known = self.state.get("north")
        return int(known is not None and known.sha256 == hashlib.sha256(self.body).hexdigest())


class Pushed(Way):
    """Copy sent to us."""

    async def open(self) -> Source:
        """A sender with a token."""
        self.sent: list[tuple[str, bytes]] = []
        self.taken: set[str] = set()
        return Source(name="north", agency="NWS", push=Push(token="env:PUSH_TOKEN"))

    def begin(self, desk: Desk, gate: Gate) -> None:
        """Be ready to be sent to."""
        del desk
        self.intake = PushIntake(gate)

    async def put(self, number: int, body: bytes) -> None:
        """Something to send."""
        self.sent.append((f"key-{number}", body))

    async def look(self) -> None:
        """Send all of it; a sender who was not answered 202 sends again."""
        for key, body in self.sent:
            fields = {"authorization": "Bearer lantern-9", "idempotency-key": key}
            reply = self.intake.refusal(fields, len(body)) or await self.intake.receive(
                fields, body
            )
            if reply.status == 202:
                self.taken.add(key)
        # The sender forgets nothing, and sends what was taken once more: it must not count.

    def acknowledged(self) -> int:
        """Pieces that were answered 202."""
        return len(self.taken)


class WebSub(Way):
    """A hub's news."""

    async def open(self) -> Source:
        """A hub that sends until it is answered 2xx."""
        self.left: list[bytes] = []
        self.taken = 0
        return Source(name="north", agency="NWS", url="https://wire.example/feed", websub=True)

    def begin(self, desk: Desk, gate: Gate) -> None:
        """Hold a subscription."""
        http = HttpIntake(dict[str, Cursor](), lambda: NOW)
        self.intake = WebSubIntake(gate, http, "https://post.example/websub/north")
        fetched = Fetched(
            hub="https://hub.example/",
            topic="https://wire.example/feed",
            cursor=Cursor(url="https://wire.example/feed"),
        )
        known = self.intake._notes.get("north") or self.intake._of(fetched, None)
        self.intake._notes["north"] = self.known = known
        del desk

    async def put(self, number: int, body: bytes) -> None:
        """Something to send."""
        del number
        self.left.append(body)

    async def look(self) -> None:
        """Send what is left."""
        for body in list(self.left):
            digest = hmac.new(self.known.secret.encode(), body, hashlib.sha256).hexdigest()
            fields = {"x-hub-signature": f"sha256={digest}"}
            reply = await self.intake.receive(self.known.token, fields, body)
            if reply.status == 202:
                self.left.remove(body)
                self.taken += 1

    def acknowledged(self) -> int:
        """Pieces that were answered 202."""
        return self.taken


class Mail(Way):
    """A mailbox."""

    async def open(self) -> Source:
        """A server whose mailbox is empty."""
        self.box = Mailbox(tells=False)
        authority = Authority(self.folder)
        server = await asyncio.start_server(
            self.box.serve, "127.0.0.1", 0, ssl=authority.server(), limit=1_000_000
        )
        await self.stack.enter_async_context(server)
        return Source(
            name="north",
            agency="NWS",
            url=f"imaps://127.0.0.1:{server.sockets[0].getsockname()[1]}/INBOX",
            login=Login(**_LOGIN, authority=str(authority.path)),
            allow_private=True,
        )

    def begin(self, desk: Desk, gate: Gate) -> None:
        """Be ready to read."""
        del desk
        self.intake = MailIntake(gate)

    async def put(self, number: int, body: bytes) -> None:
        """A message."""
        self.box.put(number, body)

    async def look(self) -> None:
        """Read what is new."""
        await self.intake.look()

    def acknowledged(self) -> int:
        """Messages that are flagged as seen."""
        return len(set(self.box.seen))


class _Remote(Way):
    """A folder of a server."""

    async def put(self, number: int, body: bytes) -> None:
        """A file."""
        (self.folder / "root" / "out" / f"{number}.xml").write_bytes(body)

    async def look(self) -> None:
        """Twice: a file is taken when it has not changed between two looks."""
        await self.intake.look()
        await self.intake.look()

    def acknowledged(self) -> int:
        """Files in done/."""
        return len(list((self.folder / "root" / "out" / "done").glob("*")))

    intake: RemoteIntake


class Sftp(_Remote):
    """A folder over SFTP."""

    async def open(self) -> Source:
        """A server."""
        root = self.folder / "root"
        (root / "out").mkdir(parents=True)
        key = asyncssh.generate_private_key("ssh-ed25519")

        def files(channel: asyncssh.SSHServerChannel[bytes]) -> asyncssh.SFTPServer:
            return asyncssh.SFTPServer(channel, chroot=str(root).encode())

        server = await asyncssh.listen(
            "127.0.0.1", 0, server_factory=_Door, server_host_keys=[key], sftp_factory=files
        )
        await self.stack.enter_async_context(server)
        host_key = key.export_public_key().decode().strip()
        return Source(
            name="north",
            agency="NWS",
            url=f"sftp://127.0.0.1:{server.get_port()}/out",
            login=Login(**_LOGIN, host_key=host_key),
            allow_private=True,
        )

    def begin(self, desk: Desk, gate: Gate) -> None:
        """Be ready to look."""
        vault = desk.house.vault
        self.intake = RemoteIntake(gate, "sftp", lambda: open_sftp(gate.source, vault))


class Ftps(_Remote):
    """A folder over FTPS."""

    async def open(self) -> Source:
        """A server."""
        (self.folder / "root" / "out").mkdir(parents=True)
        authority = Authority(self.folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            port = self.stack.enter_context(_serving(authority, self.folder / "root", "elrmfdw"))
        return Source(
            name="north",
            agency="NWS",
            url=f"ftps://127.0.0.1:{port}/out",
            login=Login(**_LOGIN, authority=str(authority.path)),
            allow_private=True,
        )

    def begin(self, desk: Desk, gate: Gate) -> None:
        """Be ready to look."""
        vault = desk.house.vault
        self.intake = RemoteIntake(gate, "ftps", lambda: open_ftps(gate.source, vault))


class Line(Way):
    """A serial line. It knows no acknowledgement: what it sent is gone for it."""

    async def open(self) -> Source:
        """A line that is silent."""
        self.left: list[bytes] = []
        return Source(name="north", agency="NWS", listen="127.0.0.1:0")

    def begin(self, desk: Desk, gate: Gate) -> None:
        """Be ready to listen."""
        self.desk = desk
        self.intake = LineIntake(gate)

    async def put(self, number: int, body: bytes) -> None:
        """A message."""
        del number
        self.left.append(body)

    async def look(self) -> None:
        """Send what is left, until the other side has taken it off the line."""
        reader = asyncio.StreamReader()
        for body in self.left:
            reader.feed_data(body)
        self.left.clear()
        reader.feed_eof()
        await self.intake._line(reader)

    def acknowledged(self) -> int:
        """What was taken off the line."""
        return len(self.desk.log)


WAYS: dict[str, Callable[[Path], Way]] = {
    "folder": Folder,
    "http": Http,
    "push": Pushed,
    "websub": WebSub,
    "mail": Mail,
    "sftp": Sftp,
    "ftps": Ftps,
    "line": Line,
}
