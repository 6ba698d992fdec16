"""A mailbox over IMAP: each message, or each wire file attached to it, is a delivery.

The mailbox is read through a cursor of its own (UIDVALIDITY and the last UID), so that nothing
depends on flags that other programs set. Between two looks the server is asked to tell of new
mail at once (IDLE). The library blocks, so what it does is done in threads of their own.
"""

from __future__ import annotations

import imaplib
import re
import select
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from socket import SHUT_RDWR, socket
from typing import IO, Any, cast

import msgspec
from yarl import URL

from wirecopy import formats
from wirecopy.config import Source
from wirecopy.errors import FormatError, SourceError
from wirecopy.formats import mails
from wirecopy.formats.hints import Hints
from wirecopy.guard import Passage, connect
from wirecopy.guard.apart import apart
from wirecopy.intake import unpack
from wirecopy.intake.credentials import Vault
from wirecopy.intake.gate import Gate
from wirecopy.intake.notebook import Notes
from wirecopy.intake.refusals import unreached
from wirecopy.model import Delivery

_TIME = 60.0
_IDLE = 540.0
"""Seconds after which an IDLE is begun anew; servers end one after half an hour."""
_AT_ONCE = 500
_TALK = 2_000_000
"""Bytes that a server may answer beside the message that it is asked for."""
_TOO_MUCH = "its mail server sends more than it was asked for"
_HAS_IDLE = hasattr(imaplib.IMAP4, "idle")
"""Python 3.14 and newer speak IDLE themselves."""
_MESSAGE = "message/rfc822"
_WIRE_TYPES = re.compile(
    r"(?:text|application)/(?:[\w.-]+\+)?(?:xml|json|nitf|newsml(?:g2)?)$|"
    r"application/(?:zip|gzip|x-gzip|x-zip-compressed)$",
    re.IGNORECASE,
)
_WIRE_NAMES = re.compile(
    r"\.(?:xml|nitf|newsml|nml|json|txt|iptc|anpa|fip|zip|gz|tgz)$", re.IGNORECASE
)


_UNREADABLE = (MessageError, ValueError, LookupError, TypeError, AttributeError)
"""What the library raises at parameters of a head that make no sense."""


class Place(msgspec.Struct, frozen=True):
    """How far a mailbox has been read."""

    validity: int
    uid: int


class MailIntake:
    """Takes the mail of one source."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._places = Notes(gate.house.notebook, "mail", Place)

    async def look(self) -> timedelta:
        """Take what is new, then wait for more while the server tells of it."""
        source = self._gate.source
        box = _Box(source, self._gate.house.vault)
        try:
            await apart(box.open)
            while True:
                more = await self._through(box)
                self._gate.answered()
                if more:
                    continue
                if not box.tells:
                    return self._gate.every
                await apart(box.idle)
        except (OSError, imaplib.IMAP4.error, EOFError, UnicodeError) as error:
            raise SourceError(f"Source {source.name}: {_explain(error)}.") from error
        finally:
            box.abort()

    async def _through(self, box: _Box) -> bool:
        """Take messages, as many as go at once; whether there are more."""
        name, house = self._gate.source.name, self._gate.house
        place = self._places.get(name)
        if place is None or place.validity != box.validity:
            place = Place(box.validity, 0)
        new = await apart(box.after, place.uid)
        for uid in new[:_AT_ONCE]:
            raw = await apart(box.message, uid, house.max_bytes + 1)
            if raw is not None:
                await self._gate.take(await apart(deliveries, name, raw, house.max_bytes))
            self._places[name] = place = Place(box.validity, uid)
            if not self._gate.source.keep:
                await apart(box.mark, uid)
        return len(new) > _AT_ONCE


def deliveries(source: str, raw: bytes, max_bytes: int) -> list[Delivery]:
    """The deliveries of a message: the wire files attached, or the message itself as it came."""
    cut = len(raw) > max_bytes
    attached = [] if cut else list(_attached(raw))
    if attached and _are_appendages(attached, raw):
        attached = []
    files = [
        Delivery(
            source=source,
            body=copy,
            name=one,
            media_type=kind if one == name else "",
            how="mail",
        )
        for name, kind, body in attached
        for one, copy in unpack.pieces(name, body, max_bytes)
    ]
    # Where nothing is attached, or an archive without a file in it, the copy is the message itself.
    return files or [Delivery(source=source, body=raw, media_type=_MESSAGE, how="mail", cut=cut)]


def _are_appendages(attached: list[tuple[str, str, bytes]], raw: bytes) -> bool:
    """Whether these are but texts that a mail server hung on a message that is the copy itself.

    Exchange makes an ATT00001.txt of whatever stands behind an attached logo, such as a disclaimer.
    """
    if not all(name.lower().endswith(".txt") for name, _, _ in attached):
        return False
    return _is_copy(raw, _MESSAGE) and not any(_is_copy(body, kind) for _, kind, body in attached)


def _is_copy(body: bytes, kind: str) -> bool:
    try:
        return bool(formats.read(body, Hints(media_type=kind)).items)
    except FormatError:
        return False


def _attached(raw: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Name, type and bytes of each attachment that is wire copy; none of a hostile message."""
    if mails.costly(raw):
        return
    try:
        message = message_from_bytes(raw)
    except (MessageError, ValueError, LookupError, RecursionError):
        return
    for part in message.walk():
        if part.is_multipart():
            continue
        name = _name(part)
        if _is_wire(part, name) and (body := _payload(part)):
            yield name[:200] or "attachment", part.get_content_type(), body


def _name(part: Message) -> str:
    """The name of an attachment; one that cannot be read is none, and costs nobody the copy."""
    try:
        return re.sub(r"[\x00-\x1f\x7f]", "", part.get_filename() or "")
    except _UNREADABLE:
        return ""


def _payload(part: Message) -> bytes:
    """The bytes of an attachment; as they were sent, for the quarantine, where that is no code."""
    body = part.get_payload(decode=True)
    if isinstance(body, bytes) and body:
        return body
    try:
        return str(part.get_payload()).strip().encode("utf-8", "replace")
    except _UNREADABLE:
        return b""


def _is_wire(part: Message, name: str) -> bool:
    if part.get_content_disposition() != "attachment" and not name:
        return False
    return bool(_WIRE_NAMES.search(name) or _WIRE_TYPES.match(part.get_content_type()))


class _Client(imaplib.IMAP4_SSL):
    """An IMAP client whose connection passes the guard."""

    def __init__(self, host: str, port: int, passage: Passage, context: ssl.SSLContext) -> None:
        self._passage = passage
        self._left = _TALK
        super().__init__(host, port, ssl_context=context, timeout=_TIME)

    def _create_socket(self, timeout: float | None) -> socket:
        made = connect(self.host, self.port, self._passage, timeout or _TIME)
        wrapped: socket = self.ssl_context.wrap_socket(made, server_hostname=self.host)
        return wrapped

    def open(self, host: str = "", port: int | None = 993, timeout: float | None = None) -> None:
        """Connect, without a buffer of our own: whether more has come is the socket's to say."""
        super().open(host, port or 993, timeout)
        if not _HAS_IDLE:
            self.file.close()
            self.file = cast("IO[bytes]", self.sock.makefile("rb", buffering=0))

    def allow(self, size: int) -> None:
        """Let the server answer with so many bytes, and what it says beside them, from now on."""
        self._left = size + _TALK

    def readline(self) -> bytes:
        """One line."""
        line = super().readline()
        self._count(len(line))
        return line

    def _count(self, size: int) -> None:
        """Hang up where more is announced or comes than may: the library keeps it all."""
        self._left -= size
        if self._left < 0:
            raise self.abort(_TOO_MUCH)

    def read(self, size: int) -> bytes:
        """So many bytes, however they come."""
        self._count(size)
        if _HAS_IDLE:
            return super().read(size)
        parts: list[bytes] = []
        while size > 0 and (part := self.file.read(min(size, 65536))):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


class _Box:
    """A mailbox, blocking: to be used in a thread."""

    def __init__(self, source: Source, vault: Vault) -> None:
        self._source = source
        self._vault = vault
        self._client: _Client | None = None
        self._ended = False
        self.validity = 0
        self.tells = False
        """Whether the server can be asked to tell of new mail."""

    @property
    def client(self) -> _Client:
        """The client, once the box is open."""
        if self._client is None:
            raise OSError("the mailbox is not open")
        return self._client

    def open(self) -> None:
        """Connect, log in, and open the mailbox: only to be read where the source says `keep`."""
        url, login = URL(self._source.url), self._source.login
        passage = Passage(allow_private=self._source.allow_private, networks=self._source.networks)
        context = self._vault.tls(self._source) or ssl.create_default_context()
        client = self._client = _Client(url.host or "", url.port or 993, passage, context)
        client.login(login.user, self._vault.secret(login.password))
        box = url.path.strip("/") or "INBOX"
        quoted = '"' + box.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if client.select(quoted, readonly=self._source.keep)[0] != "OK":
            raise SourceError(
                f"Source {self._source.name}: its mail server does not open the mailbox {box!r}; "
                "check the url."
            )
        validity = client.response("UIDVALIDITY")[1]
        self.validity = int(validity[0]) if validity and validity[0] else 0
        self.tells = "IDLE" in client.capabilities

    def after(self, uid: int) -> list[int]:
        """The UIDs above `uid`, in order."""
        self.client.allow(0)
        found = _checked(self.client.uid("SEARCH", "UID", f"{uid + 1}:*"))
        # "n:*" names the newest message even where it lies below n (RFC 3501, 6.4.8).
        return sorted(int(one) for part in found if part for one in part.split() if int(one) > uid)

    def message(self, uid: int, most: int) -> bytes | None:
        """The message, cut off at `most`; None when it has been deleted."""
        self.client.allow(most)
        found = _checked(self.client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{most}>)"))
        for part in found:
            if isinstance(part, tuple):
                return bytes(part[1])
        return None

    def mark(self, uid: int) -> None:
        """Flag the message as seen, for the people who look into the mailbox."""
        self.client.allow(0)
        self.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def idle(self) -> None:
        """Return when the server tells of a change, or after a while (RFC 2177)."""
        client: Any = self.client
        client.allow(0)
        if _HAS_IDLE:
            with client.idle(duration=_IDLE) as told:
                next(iter(told), None)
            return
        tag = client._new_tag()  # noqa: SLF001 - imaplib has no IDLE before Python 3.14
        client.send(tag + b" IDLE\r\n")
        if not client.readline().startswith(b"+"):
            self.tells = False
            return
        sock = client.sock
        pending = isinstance(sock, ssl.SSLSocket) and sock.pending()
        if not pending and not self._ended:
            select.select([sock], [], [], _IDLE)
        client.send(b"DONE\r\n")
        while line := client.readline():
            if line.startswith(tag):
                return
        raise EOFError("the server closed the connection")

    def abort(self) -> None:
        """Close the connection; a thread that waits in it wakes up. Safe to call twice."""
        self._ended = True
        if self._client is not None:
            with suppress(OSError):
                self._client.sock.shutdown(SHUT_RDWR)
            with suppress(OSError):
                self._client.shutdown()


def _checked(answer: tuple[str, list[Any]]) -> list[Any]:
    status, found = answer
    if status != "OK":
        raise imaplib.IMAP4.error("the server refused")
    return found


def _explain(error: BaseException) -> str:
    if _TOO_MUCH in str(error):
        return _TOO_MUCH
    if isinstance(error, UnicodeError):
        return "login.user, its password or the mailbox in its url has letters that IMAP cannot say"
    if "AUTHENTICATIONFAILED" in str(error).upper() or "LOGIN" in str(error).upper():
        return "its mail server refuses the login; check login.user and login.password"
    if isinstance(error, imaplib.IMAP4.error):
        return "its mail server refuses what is asked, or is no mail server"
    return unreached(error)
