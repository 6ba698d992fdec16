"""The site's folder: jailed, atomic, and it explains itself when the disk refuses."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wirecopy.briefs import File
from wirecopy.errors import OutletError
from wirecopy.outlets import folder as module
from wirecopy.outlets.folder import INCOMING, Folder

ESCAPES = [
    "",
    "/etc/passwd",
    "../x.html",
    "a/../../x.html",
    "a/./x.html",
    "a//x.html",
    "a/",
    "a\\..\\x.html",
    "a\x00.html",
    "a\n.html",
    "C:/x.html",
    "con",
    "topics/NUL.html",
    "a/lpt1.txt",
    "x" * 256,
    "é" * 128,
    "a/trailing.",
    f"{INCOMING}/x",
    "\udcff.html",
]


@pytest.mark.parametrize("path", ESCAPES)
def test_no_path_leaves_the_site(tmp_path: Path, path: str) -> None:
    """A path that could mean anything but a file inside the site is refused."""
    site = Folder(tmp_path / "site")
    with pytest.raises(OutletError):
        site.write([File(path, b"x")])
    with pytest.raises(OutletError):
        site.remove([path])
    assert list(site.paths()) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=30), st.binary(max_size=40))
def test_any_path_is_inside_or_refused(tmp_path: Path, path: str, body: bytes) -> None:
    """Whatever the path, its bytes are found again inside the site or an OutletError is raised."""
    site = Folder(tmp_path / "site")
    try:
        site.write([File(path, body)])
    except OutletError:
        return
    assert (tmp_path / "site" / path).resolve().is_relative_to((tmp_path / "site").resolve())
    assert (tmp_path / "site" / path).read_bytes() == body
    site.remove([path])


@pytest.mark.parametrize("name", ["outside", "site-of-last-year"])
def test_a_link_out_of_the_site_is_not_followed(tmp_path: Path, name: str) -> None:
    """A folder that is a link to elsewhere is refused; nothing is made or deleted behind it."""
    outside = tmp_path / name
    outside.mkdir()
    (outside / "kept.html").write_bytes(b"kept")
    site = Folder(tmp_path / "site")
    (tmp_path / "site" / "world").symlink_to(outside)
    for path in ("world/x.html", "world/deep/x.html", "world/kept.html"):
        with pytest.raises(OutletError, match="leads out"):
            site.write([File(path, b"x")])
        with pytest.raises(OutletError):
            site.remove([path])
    assert [path.name for path in outside.iterdir()] == ["kept.html"]


def test_a_link_in_a_files_place_is_replaced(tmp_path: Path) -> None:
    """Where a link stands in the place of a page, the page replaces it and its target stays."""
    target = tmp_path / "target"
    target.write_bytes(b"old")
    site = Folder(tmp_path / "site")
    (tmp_path / "site" / "x.html").symlink_to(target)
    assert site.write([File("x.html", b"new")]) == 1
    assert target.read_bytes() == b"old"
    assert (tmp_path / "site" / "x.html").read_bytes() == b"new"


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))


@pytest.mark.parametrize("made", [os.mkfifo, _socket])
def test_a_pipe_in_a_files_place_is_replaced(made: Callable[[Path], None], tmp_path: Path) -> None:
    """Nobody waits for somebody at its other end; a socket goes the same way."""
    site = Folder(tmp_path / "site")
    made(tmp_path / "site" / "x.html")
    assert site.write([File("x.html", b"new")]) == 1
    assert (tmp_path / "site" / "x.html").read_bytes() == b"new"


def test_an_equal_file_keeps_its_time(tmp_path: Path) -> None:
    """A file with the same bytes is not touched: same inode, same modification time."""
    site = Folder(tmp_path)
    site.write([File("x.html", b"same")])
    before = (tmp_path / "x.html").stat()
    assert site.write([File("x.html", b"same")]) == 0
    after = (tmp_path / "x.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_every_version_has_a_second_of_its_own(tmp_path: Path) -> None:
    """Validators that count seconds tell versions apart, however fast they come or clocks jump."""
    site, page = Folder(tmp_path), tmp_path / "world/a.html"
    seconds = []
    for number in range(4):
        site.write([File("world/a.html", f"version {number}".encode())])
        seconds.append(int(page.stat().st_mtime))
    assert sorted(set(seconds)) == seconds
    ahead = seconds[-1] + 3600
    os.utime(page, (ahead, ahead))
    site.write([File("world/a.html", b"after the clock went back")])
    assert int(page.stat().st_mtime) > ahead


def test_leftovers_of_a_crash_are_cleaned(tmp_path: Path) -> None:
    """What a crash left half written is gone after the next start and never listed."""
    first = Folder(tmp_path)
    [own] = (tmp_path / INCOMING).iterdir()
    (own / "2").write_bytes(b"half")
    assert list(first.paths()) == []
    second = Folder(tmp_path)
    assert (own / "2").exists(), "the first writer is alive, it may be its file"
    second.close()
    first.close()
    first.close()
    assert list((tmp_path / INCOMING).iterdir()) == [own]
    third = Folder(tmp_path)
    assert not own.exists()
    third.close()
    assert list((tmp_path / INCOMING).iterdir()) == []


def test_the_site_may_be_deleted_under_way(tmp_path: Path) -> None:
    """Deleting the whole folder, or one in it, between two bakes breaks nothing."""
    site = Folder(tmp_path / "site")
    site.write([File("world/a.html", b"a")])
    os.rename(tmp_path / "site", tmp_path / "gone")  # noqa: PTH104 - the folder vanishes at once
    assert site.write([File("world/a.html", b"a")]) == 1
    assert list(site.paths()) == ["world/a.html"]
    site.sync()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "permission"),
        (errno.EIO, "check the disk"),
    ],
)
def test_the_operator_reads_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    """A disk that refuses becomes a sentence; the old page stands and nothing half is left."""
    site = Folder(tmp_path)
    site.write([File("x.html", b"old")])

    def refuse(fd: int, body: bytes) -> None:
        os.write(fd, body[:1])
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(module, "_write", refuse)
    with pytest.raises(OutletError, match=words):
        site.write([File("x.html", b"new")])
    assert (tmp_path / "x.html").read_bytes() == b"old"
    assert not [path for path in (tmp_path / INCOMING).rglob("*") if path.is_file()]


def test_a_file_in_a_folders_place_is_told(tmp_path: Path) -> None:
    """A file where a folder is needed, and the reverse, are told in words."""
    site = Folder(tmp_path)
    site.write([File("world", b"x"), File("topics/a.html", b"x")])
    with pytest.raises(OutletError, match="stands where"):
        site.write([File("world/a.html", b"x")])
    with pytest.raises(OutletError, match="stands where"):
        site.write([File("topics", b"x")])


def test_sync_without_syncfs_syncs_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the C library has no syncfs, all disks are synced instead."""
    called = []
    monkeypatch.setattr(module.ctypes, "CDLL", lambda *_a, **_k: object())
    monkeypatch.setattr(module.os, "sync", lambda: called.append(1))
    Folder(tmp_path).sync()
    assert called == [1]


def test_sync_tells_a_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while the disk is synced is raised: the batch is not called durable."""

    def fail(_fd: int) -> None:
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(module, "_syncfs", fail)
    with pytest.raises(OutletError, match="check the disk"):
        Folder(tmp_path).sync()
