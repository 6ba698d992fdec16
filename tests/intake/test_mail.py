"""Mail against a small IMAP server that runs in the test, over TLS on loopback."""

from __future__ import annotations

import asyncio
import io
import re
import time
import zipfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import uvloop
from tests.intake.certificates import Authority
from tests.intake.houses import Desk

from wirecopy.config import Login, Source
from wirecopy.errors import SourceError
from wirecopy.intake import mail
from wirecopy.intake.mail import MailIntake, deliveries

PLAIN = b"From: wire@sarrow.example\r\nSubject: Ferry\r\n\r\nTARN, March 5 - It sails.\r\n"


class Mailbox:
    """An IMAP server with one mailbox: as much of RFC 3501 as the client asks for, and IDLE."""

    def __init__(self, *, tells: bool = True) -> None:
        self.mails: dict[int, bytes] = {}
        self.validity = 77
        self.tells = tells
        self.seen: list[int] = []
        self.asked: list[str] = []
        self.new = asyncio.Event()
        self.idling = asyncio.Event()

    def put(self, uid: int, raw: bytes) -> None:
        """Let a message arrive."""
        self.mails[uid] = raw
        self.new.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client."""
        writer.write(b"* OK ready\r\n")
        try:
            while line := await reader.readline():
                tag, _, command = line.decode().strip().partition(" ")
                self.asked.append(command)
                await self._answer(tag, command, reader, writer)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def _answer(
        self, tag: str, command: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        word, _, rest = command.partition(" ")
        said = b""
        if word == "CAPABILITY":
            said = b"* CAPABILITY IMAP4rev1" + b" IDLE" * self.tells + b"\r\n"
        elif word == "LOGIN" and '"lantern-9"' not in rest:
            writer.write(f"{tag} NO [AUTHENTICATIONFAILED] no\r\n".encode())
            return
        elif word in ("SELECT", "EXAMINE"):
            if "INBOX" not in rest:
                writer.write(f"{tag} NO no such mailbox\r\n".encode())
                return
            said = (
                f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] .\r\n".encode()
            )
        elif word == "UID":
            said = self._by_uid(rest)
        elif word == "IDLE":
            await self._idle(reader, writer)
        writer.write(said + f"{tag} OK done\r\n".encode())

    def _by_uid(self, rest: str) -> bytes:
        numbers = [int(one) for one in re.findall(r"\d+", rest)]
        if rest.startswith("SEARCH"):
            first = numbers[0]
            found = [uid for uid in self.mails if uid >= first] or list(self.mails)[-1:]
            return f"* SEARCH {' '.join(map(str, found))}\r\n".encode()
        if rest.startswith("STORE"):
            self.seen.append(numbers[0])
            return b""
        raw = self.mails.get(numbers[0])
        if raw is None:
            return b""
        raw = raw[: numbers[2]]
        return b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n%b)\r\n" % (numbers[0], len(raw), raw)

    async def _idle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.idling.set()
        if self.new.is_set():  # at once, in one piece with the answer
            writer.write(b"+ idling\r\n* 1 EXISTS\r\n")
        else:
            writer.write(b"+ idling\r\n")
            await writer.drain()
            await self.new.wait()
            writer.write(b"* 1 EXISTS\r\n")
        self.new.clear()
        await reader.readline()


Talk = Callable[[Desk, MailIntake], Awaitable[None]]


def mailed(folder: Path, box: Callable[[], Mailbox], talk: Any, **more: Any) -> Desk:
    """Let `talk` read from a server with that mailbox."""

    async def both() -> Desk:
        authority = Authority(folder)
        mailbox = box()
        server = await asyncio.start_server(
            mailbox.serve, "127.0.0.1", 0, ssl=authority.server(), limit=1_000_000
        )
        port = server.sockets[0].getsockname()[1]
        login = Login(
            user="post",
            password=more.pop("secret", "env:PUSH_TOKEN"),
            authority=str(authority.path),
        )
        path = more.pop("path", "INBOX")
        options = {"allow_private": True, "every": "30s", **more}
        source = Source(
            name="north",
            agency="NWS",
            url=f"imaps://127.0.0.1:{port}/{path}",
            login=login,
            **options,
        )
        desk = Desk(folder, source, max_bytes=100_000)
        try:
            async with server:
                await talk(desk, MailIntake(desk.gates["north"]), mailbox)
        finally:
            desk.close()
        return desk

    return uvloop.run(both())


def quiet() -> Mailbox:
    """A mailbox on a server that does not tell of new mail."""
    return Mailbox(tells=False)


def test_mail_is_taken_once_and_byte_for_byte(tmp_path: Path) -> None:
    """Each message is a delivery as it came, and none comes again after a restart."""

    async def talk(desk: Desk, intake: MailIntake, box: Mailbox) -> None:
        box.put(4, PLAIN)
        box.put(9, PLAIN.replace(b"Ferry", b"Tide"))
        pause = await intake.look()
        assert pause.total_seconds() == 30
        assert [one.body for one in desk.log] == [box.mails[4], box.mails[9]]
        assert {(one.how, one.media_type) for one in desk.log} == {("mail", "message/rfc822")}
        assert box.seen == [4, 9]
        await MailIntake(desk.gates["north"]).look()
        assert len(desk.log) == 2
        box.put(10, PLAIN)
        await intake.look()
        assert len(desk.log) == 3

    mailed(tmp_path, quiet, talk)


def test_a_mailbox_that_was_made_anew_is_read_anew(tmp_path: Path) -> None:
    """With another UIDVALIDITY the old place means nothing."""

    async def talk(desk: Desk, intake: MailIntake, box: Mailbox) -> None:
        box.put(9, PLAIN)
        await intake.look()
        box.validity, box.mails = 78, {1: PLAIN}
        await intake.look()
        assert len(desk.log) == 2

    mailed(tmp_path, quiet, talk)


def test_new_mail_is_told_at_once(tmp_path: Path) -> None:
    """While the server idles a message is taken as it arrives, however the news of it comes."""

    async def talk(desk: Desk, intake: MailIntake, box: Mailbox) -> None:
        look = asyncio.create_task(intake.look())
        for number in range(1, 6):
            await asyncio.wait_for(box.idling.wait(), 20)
            box.idling.clear()
            box.put(number, PLAIN)
            await desk.until(number)
        look.cancel()
        with suppress(asyncio.CancelledError):
            await look
        assert len(desk.log) == 5

    mailed(tmp_path, Mailbox, talk)


@pytest.mark.parametrize("tells", [True, False])
def test_a_backlog_of_mail_waits_for_no_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, tells: bool
) -> None:
    """More than is taken at once follows at once, and not when the next message comes."""
    monkeypatch.setattr(mail, "_AT_ONCE", 2)

    async def talk(desk: Desk, intake: MailIntake, box: Mailbox) -> None:
        box.mails = dict.fromkeys(range(1, 6), PLAIN)
        look = asyncio.create_task(intake.look())
        await asyncio.wait_for(desk.until(5), 20)
        look.cancel()
        with suppress(asyncio.CancelledError):
            await look
        assert len(desk.log) == 5

    mailed(tmp_path, lambda: Mailbox(tells=tells), talk)


def test_kept_mail_is_only_read(tmp_path: Path) -> None:
    """With `keep` the mailbox is opened to be read only, and no flag is set."""

    async def talk(desk: Desk, intake: MailIntake, box: Mailbox) -> None:
        box.put(1, PLAIN)
        await intake.look()
        await intake.look()
        assert len(desk.log) == 1
        assert box.seen == []
        assert any(command.startswith("EXAMINE") for command in box.asked)

    mailed(tmp_path, quiet, talk, keep=True)


def test_what_the_log_refuses_is_read_again(tmp_path: Path) -> None:
    """The place moves only when the log has the message."""

    async def talk(desk: Desk, intake: MailIntake, box: Mailbox) -> None:
        box.put(1, PLAIN)
        desk.full = True
        with pytest.raises(SourceError, match="full"):
            await intake.look()
        desk.full = False
        await intake.look()
        assert [one.body for one in desk.log] == [PLAIN]

    mailed(tmp_path, quiet, talk)


def test_a_message_has_a_size(tmp_path: Path) -> None:
    """No more than the cap and a byte is fetched; the road then sees that it is too large."""

    async def talk(desk: Desk, intake: MailIntake, box: Mailbox) -> None:
        box.put(1, PLAIN + b"x" * 200_000)
        await intake.look()
        assert [(len(one.body), one.cut) for one in desk.log] == [(100_001, True)]

    mailed(tmp_path, quiet, talk)


class Endless(Mailbox):
    """A server that is asked for a message and never stops sending."""

    def __init__(self, begins: bytes, again: bytes) -> None:
        super().__init__(tells=False)
        self.begins, self.again, self.sent = begins, again, 0

    async def _answer(
        self, tag: str, command: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if not command.startswith("UID FETCH"):
            await super()._answer(tag, command, reader, writer)
            return
        writer.write(self.begins)
        while self.sent < 40_000_000:
            writer.write(self.again)
            await writer.drain()
            self.sent += len(self.again)


@pytest.mark.parametrize(
    ("begins", "again"),
    [
        (b"* 1 FETCH (UID 1 BODY[]<0> {9000000000}\r\n", b"x" * 65536),
        (b"", b"* 1 FETCH (UID 1 FLAGS ())\r\n" * 2000),
        (b"", b"* 1 FETCH (UID 1 BODY[]<0> {50000}\r\n" + b"x" * 50_000 + b")\r\n"),
    ],
)
def test_a_server_that_never_ends_fills_no_memory(
    tmp_path: Path, begins: bytes, again: bytes
) -> None:
    """Whatever it was asked for: beyond the cap nothing more is read, and nothing is taken."""

    async def talk(desk: Desk, intake: MailIntake, box: Endless) -> None:
        box.put(1, PLAIN)
        with pytest.raises(SourceError, match="sends more than it was asked for"):
            await intake.look()
        assert box.sent < 20_000_000, "what the network holds, and not what it would send"
        assert desk.log == []

    mailed(tmp_path, lambda: Endless(begins, again), talk)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"secret": "env:PUSH_SECRET"}, "refuses the login; check login.user"),
        ({"secret": "env:NOTHING"}, "env:NOTHING is missing"),
        ({"path": "Nowhere"}, "does not open the mailbox 'Nowhere'; check the url"),
        ({"secret": "env:ABROAD"}, "letters that IMAP cannot say"),
        ({"allow_private": False}, "loopback"),
    ],
)
def test_troubles_are_sentences(tmp_path: Path, more: dict[str, Any], words: str) -> None:
    """Whatever is wrong is told, without the password."""

    async def talk(desk: Desk, intake: MailIntake, box: Mailbox) -> None:
        box.put(1, PLAIN)
        with pytest.raises(SourceError, match=words) as info:
            await intake.look()
        assert "lantern" not in str(info.value)
        assert "quay" not in str(info.value)
        assert desk.log == []

    mailed(tmp_path, quiet, talk, **more)


def message(*files: tuple[str, str, bytes], text: str = "Please find today's copy.") -> bytes:
    """A mail with these attachments: name, type, bytes."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "wire@sarrow.example", "Today's copy"
    mail.set_content(text)
    for name, kind, body in files:
        main, _, sub = kind.partition("/")
        mail.add_attachment(body, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def _zip(name: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ([("a.xml", "application/xml", b"<a>\xff</a>")], [("a.xml", b"<a>\xff</a>")]),
        (
            [("a.txt", "application/octet-stream", b"copy"), ("logo.png", "image/png", b"png")],
            [("a.txt", b"copy")],
        ),
        ([("w.zip", "application/zip", _zip("in/b.xml", b"<b/>"))], [("w.zip/in/b.xml", b"<b/>")]),
        (
            [("w.zip", "application/zip", _zip("../b", b"1"))],
            [("w.zip", _zip("../b", b"1"))],
        ),
    ],
)
def test_attached_wire_files_are_the_deliveries(
    files: list[tuple[str, str, bytes]], found: list[tuple[str, bytes]]
) -> None:
    """They come as they are, archives unpacked; a bomb stays whole; pictures are none."""
    taken = deliveries("north", message(*files), 100_000)
    assert [(one.name, one.body) for one in taken] == found


COPY = "NORLIN, March 5 (Sarrow) - The ferry runs again, the harbour master said on Thursday.\n"
FOOT = ("ATT00001.txt", "text/plain", b"This mail is confidential.\n")


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (message(FOOT, text=COPY), [""]),
        (message(("ATT00001.txt", "text/plain", b"\n"), FOOT, text=COPY), [""]),
        (message(FOOT), ["ATT00001.txt"]),
        (message(("a.txt", "text/plain", COPY.encode()), FOOT, text=COPY), ["a.txt", FOOT[0]]),
        (message(("a.xml", "text/xml", b"<a/>"), text=COPY), ["a.xml"]),
    ],
)
def test_a_mail_servers_appendage_is_no_copy(raw: bytes, names: list[str]) -> None:
    """A disclaimer that became an attachment keeps nobody from the copy in the message itself."""
    assert [one.name for one in deliveries("north", raw, 100_000)] == names


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN,
        message(("logo.png", "image/png", b"png")),
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
        b"Content-Type: text/plain; charset=\xff\r\nContent-Disposition: attachment\r\n\r\n",
        b"\x00" * 100,
        b"",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" * 300,
        message(("w.zip", "application/zip", _zip("__MACOSX/a.xml", b"1")), text=COPY),
    ],
)
def test_without_wire_files_the_message_is_the_delivery(raw: bytes) -> None:
    """A plain, broken or hostile message is delivered byte for byte."""
    assert [one.body for one in deliveries("north", raw, 100_000)] == [raw]


def nest(deep: int, within: bytes) -> bytes:
    """A message with that many parts inside each other."""
    parts = (
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(deep)
    )
    return b"From: wire@sarrow.example\n" + b"".join(parts) + b"\n" + within


@pytest.mark.parametrize(
    "raw",
    [
        nest(20_000, b"x"),
        nest(900, b"x\n" * 50_000),
        nest(25, b"\r" * 2_000_000),
        nest(1, b"\n--b0\n\n" * 500_000),
        nest(1, b"\r--b0\r\r" * 500_000),
        b"Content-Disposition: attachment; " + b'a="b;' * 100_000 + b"\n\nx",
        b"Content-Type: message/rfc822\n\n" * 20_000,
        *(b"Content-Type: message/rfc822\n\n" * deep for deep in range(900, 1000, 9)),
        *(nest(deep, b"x") for deep in range(900, 1000, 33)),
    ],
)
def test_a_costly_message_stops_no_other(raw: bytes) -> None:
    """Anybody may write to a mailbox: a nest of parts goes as it is, at once, to the quarantine."""
    began = time.process_time()
    assert [one.body for one in deliveries("north", raw, 20_000_000)] == [raw]
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("field", "names", "body"),
    [
        # Pythons differ in what they make of a name in pieces that contradict each other.
        (b"filename*0*=utf-8''a; filename*=x; filename*1=.xml", {"attachment", "a.xml"}, b"<c/>"),
        (b"filename*%b=x" % (b"9" * 5000), {"attachment"}, b"<c/>"),
        (b"filename=c.xml\nContent-Transfer-Encoding: base64", {"c.xml"}, b"!!!!"),
    ],
)
def test_an_attachment_that_cannot_be_read_costs_no_other(
    field: bytes, names: set[str], body: bytes
) -> None:
    """It comes as well, as it was sent: else nobody would know that there was one."""
    raw = message(("a.xml", "text/xml", b"<a/>"), ("b.xml", "text/xml", b"<b/>"))
    part = b"Content-Type: text/xml\nContent-Disposition: attachment; %b\n\n%b\n" % (field, body)
    border = re.findall(rb"\n(--=+\d+==)\n", raw)[0]
    at = raw.rindex(border + b"\n")
    found = deliveries("north", raw[:at] + border + b"\n" + part + raw[at:], 100_000)
    assert [one.body.strip() for one in found] == [b"<a/>", body, b"<b/>"]
    first, unclear, last = (one.name for one in found)
    assert (first, last) == ("a.xml", "b.xml")
    assert unclear in names
