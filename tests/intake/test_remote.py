"""SFTP and FTPS against real servers on loopback."""

from __future__ import annotations

import errno
import io
import os
import threading
import warnings
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncssh
import pytest
import uvloop
from tests.intake.certificates import Authority
from tests.intake.houses import Desk

from wirecopy.config import Login, Source
from wirecopy.errors import SourceError
from wirecopy.intake import remote as module
from wirecopy.intake.credentials import Vault
from wirecopy.intake.folder import FolderIntake
from wirecopy.intake.ftps import open_ftps
from wirecopy.intake.gate import PartlyTakenError
from wirecopy.intake.remote import Remote, RemoteIntake
from wirecopy.intake.sftp import open_sftp

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of the server's own, in Python 3.11
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.filesystems import AbstractedFS
    from pyftpdlib.handlers import TLS_FTPHandler
    from pyftpdlib.servers import FTPServer

LATER = datetime(2199, 1, 8, 2, 36, tzinfo=UTC)
"""Long after any file of these tests was written."""
USER, PASSWORD = "post", "lantern-9"
Talk = Callable[[Desk, RemoteIntake, Path], Awaitable[None]]
Opened = Callable[[Source, Vault], AbstractAsyncContextManager[Remote]]


class _Door(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        """A login is needed."""
        del username
        return True

    def password_auth_supported(self) -> bool:
        """By password."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """The one there is."""
        return (username, password) == (USER, PASSWORD)


async def sftp(folder: Path, root: Path, talk: Talk, **more: Any) -> Desk:
    """Let `talk` use an SFTP server whose folder `out` lies in `root`."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    host_key = more.pop("host_key", key.export_public_key().decode().strip())

    def files(channel: asyncssh.SSHServerChannel[bytes]) -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=os.fsencode(root))

    server = await asyncssh.listen(
        "127.0.0.1", 0, server_factory=_Door, server_host_keys=[key], sftp_factory=files
    )
    async with server:
        url = f"sftp://127.0.0.1:{server.get_port()}/out"
        login = Login(user=USER, password="env:PUSH_TOKEN", host_key=host_key)
        return await _talk(folder, root, talk, url, login, open_sftp, **more)


async def ftps(folder: Path, root: Path, talk: Talk, **more: Any) -> Desk:
    """Let `talk` use an FTPS server whose folder `out` lies in `root`."""
    authority = Authority(folder)
    with _serving(authority, root, more.pop("rights", "elrmfdw")) as port:
        login = Login(user=USER, password="env:PUSH_TOKEN", authority=str(authority.path))
        url = f"ftps://127.0.0.1:{port}/out"
        return await _talk(folder, root, talk, url, login, open_ftps, **more)


@contextmanager
def _serving(authority: Authority, root: Path, rights: str) -> Iterator[int]:
    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(root), perm=rights)

    class Handler(TLS_FTPHandler):
        certfile = str(authority.issue("ftp"))
        tls_control_required = True
        tls_data_required = True

    Handler.authorizer = authorizer
    server = FTPServer(("127.0.0.1", 0), Handler)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            server.serve_forever(timeout=0.02, blocking=False)
        server.close_all()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield int(server.address[1])
    finally:
        over.set()
        thread.join()


async def _talk(
    folder: Path, root: Path, talk: Talk, url: str, login: Login, opened: Opened, **more: Any
) -> Desk:
    private = more.pop("allow_private", True)
    source = Source(
        name="north", agency="NWS", url=url, login=login, allow_private=private, every="10s", **more
    )
    desk = Desk(folder, source, max_bytes=1000)
    how = "sftp" if opened is open_sftp else "ftps"

    def connect() -> AbstractAsyncContextManager[Remote]:
        return opened(source, desk.house.vault)

    intake = RemoteIntake(desk.gates["north"], how, connect)  # type: ignore[arg-type]  # one of the two
    try:
        await talk(desk, intake, root / "out")
    finally:
        desk.close()
    return desk


WAYS = pytest.mark.parametrize("way", [sftp, ftps])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """What the server shows; its folder `out` is there."""
    (tmp_path / "root" / "out").mkdir(parents=True)
    return tmp_path / "root"


@WAYS
def test_files_are_taken_and_put_away(way: Callable[..., Any], tmp_path: Path, root: Path) -> None:
    """A file that has settled is in the log byte for byte, and then in done/; none comes twice."""
    body = bytes(range(256))

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        (out / "b.xml").write_bytes(body)
        (out / "a b.xml").write_bytes(b"<a/>")
        os.utime(out / "a b.xml", (1000, 1000))
        for name in (".hidden", "x.part"):
            (out / name).write_bytes(b"not yet")
        assert await intake.look() == timedelta(seconds=2), "seen once: it may still grow"
        assert desk.log == []
        assert await intake.look() == timedelta(seconds=10)
        assert [(one.name, one.body) for one in desk.log] == [("a b.xml", b"<a/>"), ("b.xml", body)]
        assert sorted(path.name for path in (out / "done").iterdir()) == ["a b.xml", "b.xml"]
        (out / "b.xml").write_bytes(b"again")
        await intake.look()
        await intake.look()
        assert max(path.name for path in (out / "done").iterdir()) == "b.xml.2"
        await intake.look()
        assert len(desk.log) == 3

    uvloop.run(way(tmp_path, root, talk))


@WAYS
def test_a_file_that_grows_is_left_alone(
    way: Callable[..., Any], tmp_path: Path, root: Path
) -> None:
    """It is taken when two looks find it the same, and cut off behind the cap."""

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        for size in (10, 500, 5000):
            (out / "big.xml").write_bytes(b"x" * size)
            await intake.look()
            assert desk.log == []
        await intake.look()
        assert [(len(one.body), one.cut) for one in desk.log] == [(1001, True)]

    uvloop.run(way(tmp_path, root, talk))


@WAYS
def test_kept_files_do_not_come_again(way: Callable[..., Any], tmp_path: Path, root: Path) -> None:
    """With `keep` nothing is moved; what was taken is remembered over a restart."""

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        del out
        await intake.look()
        await intake.look()
        desk.said.append(str(len(desk.log)))

    (root / "out" / "a.xml").write_bytes(b"<a/>")
    for taken in ("1", "0"):
        assert uvloop.run(way(tmp_path, root, talk, keep=True)).said == [taken]
    assert [path.name for path in (root / "out").iterdir()] == ["a.xml"]


@WAYS
def test_a_folder_of_the_same_source_is_remembered_apart(
    way: Callable[..., Any], tmp_path: Path, root: Path
) -> None:
    """What a server's folder holds says nothing of the files that were taken from one of ours."""

    def names(desk: Desk) -> list[str]:
        (source,) = (gate.source for gate in desk.gates.values())
        ours = FolderIntake(source, tmp_path / "inbox", lambda: LATER, notebook=desk.notebook)
        taken = list(ours.poll())
        assert not any(ours.done(one) for one in taken)
        return [one.name for one in taken]

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        del out
        desk.said += names(desk)
        await intake.look()
        await intake.look()
        desk.said += names(desk)

    (tmp_path / "inbox").mkdir()
    for folder in (tmp_path / "inbox", root / "out"):
        (folder / "a.xml").write_bytes(b"<a/>")
    for taken in (["a.xml"], []):
        assert uvloop.run(way(tmp_path, root, talk, keep=True)).said == taken


@WAYS
def test_a_full_log_leaves_the_file_where_it_is(
    way: Callable[..., Any], tmp_path: Path, root: Path
) -> None:
    """What the log refuses is neither moved nor remembered, and comes with the next look."""

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        (out / "a.xml").write_bytes(b"<a/>")
        await intake.look()
        desk.full = True
        with pytest.raises(SourceError, match="full"):
            await intake.look()
        assert (out / "a.xml").exists()
        desk.full = False
        await intake.look()
        assert len(desk.log) == 1

    uvloop.run(way(tmp_path, root, talk))


@WAYS
def test_a_file_that_is_not_given_keeps_nobody_waiting(
    way: Callable[..., Any], tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are taken in the same look, also where the first of a crowd are not given."""
    monkeypatch.setattr(module, "AT_ONCE", 2)
    monkeypatch.setattr(asyncssh.SFTPServer, "open", _not_for_us(asyncssh.SFTPServer.open))
    monkeypatch.setattr(AbstractedFS, "open", _not_for_us(AbstractedFS.open))

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        for age, name in enumerate(("a locked", "b locked", "c.xml", "d.xml")):
            (out / name).write_bytes(b"<a/>")
            os.utime(out / name, (age, age))
        await intake.look()
        with pytest.raises(PartlyTakenError, match="2 of its files: a locked"):
            await intake.look()
        await intake.look()
        assert [one.name for one in desk.log] == ["c.xml", "d.xml"]

    uvloop.run(way(tmp_path, root, talk))


def _not_for_us(opened: Callable[..., Any]) -> Callable[..., Any]:
    """The server's own way to open files, but for those that are locked."""

    def refuse(server: Any, path: str | bytes, *rest: Any) -> Any:
        if "locked" in os.fsdecode(path):
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(server, path, *rest)

    return refuse


@WAYS
def test_names_of_any_bytes_are_taken(
    way: Callable[..., Any], tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is no UTF-8 keeps no other file from us, and is taken and put away itself."""
    monkeypatch.setattr(TLS_FTPHandler, "unicode_errors", "surrogateescape")
    odd = os.fsdecode(b"caf\xe9.xml")

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        for name in (odd, "caf\u00e9.xml"):
            (out / name).write_bytes(b"<a/>")
        for _ in range(3):
            await intake.look()
        assert sorted(one.name for one in desk.log) == ["caf\\xe9.xml", "caf\u00e9.xml"]
        assert sorted(path.name for path in (out / "done").iterdir()) == ["caf\u00e9.xml", odd]

    uvloop.run(way(tmp_path, root, talk))


@WAYS
def test_kept_files_of_any_name_do_not_come_again(
    way: Callable[..., Any], tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken is remembered whatever bytes its name is made of."""
    monkeypatch.setattr(TLS_FTPHandler, "unicode_errors", "surrogateescape")

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        (out / os.fsdecode(b"caf\xe9.xml")).write_bytes(b"<a/>")
        for _ in range(4):
            await intake.look()
        assert len(desk.log) == 1

    uvloop.run(way(tmp_path, root, talk, keep=True))


def test_a_server_that_forbids_moves(tmp_path: Path, root: Path) -> None:
    """Where files may only be read they stay, and are remembered."""

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        (out / "a.xml").write_bytes(b"<a/>")
        for _ in range(4):
            await intake.look()
        assert len(desk.log) == 1
        assert (out / "a.xml").exists()

    uvloop.run(ftps(tmp_path, root, talk, rights="elr"))


@WAYS
def test_loopback_is_refused_without_leave(
    way: Callable[..., Any], tmp_path: Path, root: Path
) -> None:
    """These ways pass the guard as well."""

    async def talk(_desk: Desk, intake: RemoteIntake, _out: Path) -> None:
        with pytest.raises(SourceError, match="loopback"):
            await intake.look()

    uvloop.run(way(tmp_path, root, talk, allow_private=False))


@WAYS
def test_a_list_without_end_fills_no_memory(
    way: Callable[..., Any], tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a folder lists is counted as it comes: a server that never ends is left, and told of."""
    monkeypatch.setattr(module, "LISTING", 5000)
    for number in range(200):
        (root / "out" / f"{number}.xml").write_bytes(b"<a/>")

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        with pytest.raises(SourceError, match="lists more files than can be looked through"):
            await intake.look()
        for number in range(190):
            (out / f"{number}.xml").unlink()
        for _ in range(2):
            await intake.look()
        assert len(desk.log) == 10

    uvloop.run(way(tmp_path, root, talk))


@WAYS
def test_a_wrong_folder_is_told(way: Callable[..., Any], tmp_path: Path, root: Path) -> None:
    """The sentence says what to look at, and holds no secret."""
    (root / "out").rmdir()

    async def talk(_desk: Desk, intake: RemoteIntake, _out: Path) -> None:
        with pytest.raises(SourceError, match="no such folder") as info:
            await intake.look()
        assert PASSWORD not in str(info.value)

    uvloop.run(way(tmp_path, root, talk))


@pytest.mark.parametrize("way", [sftp, ftps])
def test_a_refused_login_is_told(
    way: Callable[..., Any], tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong password is a sentence that names the setting, not the password."""
    monkeypatch.setitem(globals(), "PASSWORD", "another")

    async def talk(_desk: Desk, intake: RemoteIntake, _out: Path) -> None:
        with pytest.raises(SourceError, match=r"refuses the login; check login\.user") as info:
            await intake.look()
        assert "lantern-9" not in str(info.value)

    uvloop.run(way(tmp_path, root, talk))


@WAYS
def test_a_server_that_is_not_there_is_told(
    way: Callable[..., Any], tmp_path: Path, root: Path
) -> None:
    """The sentence says what to look at, not what the library calls it."""
    left: list[RemoteIntake] = []

    async def talk(_desk: Desk, intake: RemoteIntake, _out: Path) -> None:
        left.append(intake)

    async def both() -> None:
        await way(tmp_path, root, talk)
        with pytest.raises(SourceError, match=r"nobody answers at that port .* check the url"):
            await left[0].look()

    uvloop.run(both())


def test_an_impostor_is_not_talked_to(tmp_path: Path, root: Path) -> None:
    """A server with another key than the one configured gets no login."""
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()

    async def talk(_desk: Desk, intake: RemoteIntake, _out: Path) -> None:
        with pytest.raises(SourceError, match=r"another key than login\.host_key"):
            await intake.look()

    uvloop.run(sftp(tmp_path, root, talk, host_key=other))


@WAYS
def test_archives_on_a_server_are_unpacked(
    way: Callable[..., Any], tmp_path: Path, root: Path
) -> None:
    """Each file inside is a delivery; a bomb comes as it is; the archive is put away whole."""
    good, bomb = io.BytesIO(), io.BytesIO()
    for out, name, body in ((good, "in/a.xml", b"<a/>"), (bomb, "b", bytes(500_000))):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, body)

    async def talk(desk: Desk, intake: RemoteIntake, out: Path) -> None:
        (out / "1.zip").write_bytes(good.getvalue())
        (out / "2.zip").write_bytes(bomb.getvalue())
        await intake.look()
        await intake.look()
        assert [(one.name, one.body) for one in desk.log] == [
            ("1.zip/in/a.xml", b"<a/>"),
            ("2.zip", bomb.getvalue()),
        ]
        assert sorted(path.name for path in (out / "done").iterdir()) == ["1.zip", "2.zip"]

    uvloop.run(way(tmp_path, root, talk))
