"""The watched folder: nothing is lost, nothing is overwritten, one bad file stops nobody."""

from __future__ import annotations

import errno
import gzip
import io
import os
import tarfile
import tracemalloc
import warnings
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from wirecopy.config import Source
from wirecopy.errors import SourceError
from wirecopy.intake import folder as module
from wirecopy.intake.folder import FolderIntake
from wirecopy.intake.gate import PartlyTakenError
from wirecopy.intake.notebook import Notebook
from wirecopy.model import Delivery

SOURCE = Source(name="north", agency="NWS", path="inbox")
LATER = datetime(2199, 1, 8, 2, 36, tzinfo=UTC)
"""Long after any file of these tests was written."""


def put(path: Path, body: bytes = b"copy", age: int = 0) -> Path:
    """A file with that modification time in seconds since 1970."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    os.utime(path, (age, age))
    return path


def intake(folder: Path, **settings: object) -> FolderIntake:
    """An intake whose clock stands long after every file."""
    return FolderIntake(SOURCE, folder, lambda: LATER, **settings)  # type: ignore[arg-type]  # tests mix settings


def test_oldest_first_and_only_finished_files(tmp_path: Path) -> None:
    """Files come oldest first, then by name; hidden, unfinished and done ones do not come."""
    put(tmp_path / "b.xml", age=200)
    put(tmp_path / "a.xml", age=200)
    put(tmp_path / "deep" / "er" / "old.xml", age=100)
    for name in (".hidden", "x.tmp", "x.PART", "x.filepart", "done/y.xml", "failed/z.xml", ".d/q"):
        put(tmp_path / name, age=50)
    found = list(intake(tmp_path).poll())
    assert [d.name for d in found] == ["deep/er/old.xml", "a.xml", "b.xml"]
    assert {(d.source, d.body, d.how) for d in found} == {("north", b"copy", "folder")}


def test_a_file_comes_until_it_is_done(tmp_path: Path) -> None:
    """Without done it is delivered again; after done it lies in done/ under the day, whole."""
    put(tmp_path / "deep" / "a.xml")
    watched = intake(tmp_path)
    assert list(watched.poll()) == list(watched.poll())
    [delivery] = watched.poll()
    assert watched.done(delivery)
    assert (tmp_path / "done" / "2199-01-08" / "deep" / "a.xml").read_bytes() == b"copy"
    assert list(watched.poll()) == []
    assert not watched.done(delivery), "a second time there is nothing to move"


def test_done_never_overwrites(tmp_path: Path) -> None:
    """A second file of the same name on the same day lies beside the first."""
    watched = intake(tmp_path)
    for body in (b"one", b"two", b"three"):
        put(tmp_path / "a.xml", body)
        for delivery in watched.poll():
            assert watched.done(delivery)
    kept = sorted((tmp_path / "done").rglob("a.xml*"))
    assert [path.name for path in kept] == ["a.xml", "a.xml.2", "a.xml.3"]
    assert [path.read_bytes() for path in kept] == [b"one", b"two", b"three"]


def test_a_file_replaced_meanwhile_is_not_lost(tmp_path: Path) -> None:
    """When the agency replaces a file between reading and done, the new one stays and comes."""
    put(tmp_path / "a.xml", b"first")
    watched = intake(tmp_path)
    [delivery] = watched.poll()
    put(tmp_path / "a.xml", b"second", age=5)
    assert not watched.done(delivery)
    assert [d.body for d in watched.poll()] == [b"second"]


def test_a_file_replaced_at_the_last_instant_goes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when it is replaced just before the move, the unread file is put back."""
    put(tmp_path / "a.xml", b"first")
    watched = intake(tmp_path)
    [delivery] = watched.poll()
    reserve = module._reserve

    def late(folder: int, wanted: str) -> str:
        if (tmp_path / "a.xml").exists():
            put(tmp_path / "a.xml", b"second", age=5)
        return reserve(folder, wanted)

    monkeypatch.setattr(module, "_reserve", late)
    assert not watched.done(delivery)
    assert [d.body for d in watched.poll()] == [b"second"]


def test_a_file_still_being_written_waits(tmp_path: Path) -> None:
    """A file that has just changed is left alone until it has been quiet for the moment."""
    changed = datetime.fromtimestamp(put(tmp_path / "a.xml").stat().st_ctime, UTC)
    clock = [changed + timedelta(seconds=0.5)]
    watched = FolderIntake(SOURCE, tmp_path, lambda: clock[0])
    assert list(watched.poll()) == []
    assert watched.waiting == 1
    clock[0] = changed + timedelta(seconds=2)
    assert len(list(watched.poll())) == 1
    assert watched.waiting == 0


def test_a_clock_behind_the_files_takes_two_looks(tmp_path: Path) -> None:
    """With a clock that stands before the files, one that has not changed between looks comes."""
    put(tmp_path / "a.xml", b"one")
    watched = FolderIntake(SOURCE, tmp_path, lambda: datetime(2001, 1, 1, tzinfo=UTC))
    assert list(watched.poll()) == []
    put(tmp_path / "a.xml", b"longer")
    assert list(watched.poll()) == []
    assert [d.body for d in watched.poll()] == [b"longer"]


def test_a_huge_file_is_cut_behind_the_cap(tmp_path: Path) -> None:
    """Of a file above the cap one byte more than the cap is read; all of it is kept in done/."""
    put(tmp_path / "a.xml", b"x" * 5000)
    watched = intake(tmp_path, max_bytes=1000)
    [delivery] = watched.poll()
    assert len(delivery.body) == 1001
    assert delivery.cut
    watched.done(delivery)
    assert (tmp_path / "done" / "2199-01-08" / "a.xml").stat().st_size == 5000


def test_links_and_pipes_are_not_read(tmp_path: Path) -> None:
    """A link to a secret, or a pipe that would block for ever, is passed over."""
    secret = put(tmp_path / "secret", b"secret")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.xml").symlink_to(secret)
    (inbox / "d").symlink_to(tmp_path)
    os.mkfifo(inbox / "b.xml")
    assert list(intake(inbox).poll()) == []


@pytest.mark.parametrize("link", ["done", "done/2199-01-08", "done/2199-01-08/deep"])
def test_what_is_put_away_stays_inside(tmp_path: Path, link: str) -> None:
    """Who drops files and makes a link of done/ writes nowhere else, such as into the site."""
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    put(inbox / "deep" / "evil.html", b"copy")
    outside.mkdir()
    (inbox / link).parent.mkdir(parents=True, exist_ok=True)
    (inbox / link).symlink_to(outside)
    watched = intake(inbox)
    [delivery] = watched.poll()
    with pytest.raises(PartlyTakenError, match="cannot be moved to done/"):
        watched.done(delivery)
    assert list(outside.rglob("*")) == []
    assert (inbox / "deep" / "evil.html").read_bytes() == b"copy"
    assert list(watched.poll()) == [], "it is in the log, and does not come again"


def test_a_folder_that_becomes_a_link_is_not_followed(tmp_path: Path) -> None:
    """Neither between the look and the reading, nor between the reading and the move."""
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    put(inbox / "deep" / "a.xml", b"copy")
    put(inbox / "b.xml", b"copy", age=-1)
    outside.mkdir()
    os.link(inbox / "deep" / "a.xml", outside / "a.xml")  # another's file, as it could be
    watched = intake(inbox)
    [_, delivery] = watched.poll()
    polled = watched.poll()
    assert next(polled).name == "b.xml"
    (inbox / "deep").rename(inbox / "done")
    (inbox / "deep").symlink_to(outside)
    with pytest.raises(PartlyTakenError, match=r"deep/a\.xml"):
        next(polled)
    with suppress(PartlyTakenError):
        assert not watched.done(delivery)
    assert (outside / "a.xml").exists()


def test_one_bad_file_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All readable files come before the error that names the unreadable one."""
    put(tmp_path / "a.xml", age=1)
    put(tmp_path / "b.xml", age=2)
    opened = os.open

    def refuse(path: Path, flags: int, *rest: int, **more: int) -> int:
        if str(path).endswith("a.xml"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, flags, *rest, **more)

    monkeypatch.setattr(module.os, "open", refuse)
    came: list[str] = []
    polled = intake(tmp_path).poll()
    came.append(next(polled).name)
    with pytest.raises(SourceError, match=r"a\.xml \(Permission denied\)"):
        next(polled)
    assert came == ["b.xml"]


def dig(folder: Path, names: list[str]) -> int:
    """Folders inside each other, however long the path; a descriptor of the innermost."""
    inside = os.open(folder, os.O_RDONLY)
    for name in names:
        os.mkdir(name, dir_fd=inside)
        outside, inside = inside, os.open(name, os.O_RDONLY, dir_fd=inside)
        os.close(outside)
    return inside


def test_a_folder_without_end_stops_nobody(tmp_path: Path) -> None:
    """Folders in folders, deeper than is meant, are told; others are read."""
    put(tmp_path / "a.xml")
    os.close(dig(tmp_path, ["d"] * 100))
    polled = intake(tmp_path).poll()
    assert next(polled).name == "a.xml"
    with pytest.raises(PartlyTakenError, match="d/"):
        next(polled)


def test_a_path_longer_than_can_be_named_is_taken(tmp_path: Path) -> None:
    """Its folders are opened one by one, to read the file and to put it away."""
    inside = dig(tmp_path, ["d" * 250] * 20)
    os.close(os.open("a.xml", os.O_CREAT | os.O_WRONLY, dir_fd=inside))
    watched = intake(tmp_path)
    [delivery] = watched.poll()
    assert delivery.name.endswith("d/a.xml")
    assert watched.done(delivery)
    assert list(watched.poll()) == []
    with pytest.raises(FileNotFoundError):
        os.stat("a.xml", dir_fd=inside)
    os.close(inside)


def test_what_cannot_be_put_away_does_not_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk under done/ is told, and the log does not grow by the same file."""

    def refuse(_folder: int, _wanted: str) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "_reserve", refuse)
    put(tmp_path / "a.xml")
    watched = intake(tmp_path)
    [delivery] = watched.poll()
    with pytest.raises(PartlyTakenError, match="No space left"):
        watched.done(delivery)
    assert list(watched.poll()) == []


def test_a_name_of_full_length_comes_twice_a_day(tmp_path: Path) -> None:
    """The second file of a name that leaves no room for a number is put away, too."""
    watched = intake(tmp_path)
    for body in (b"one", b"two"):
        put(tmp_path / f"{'a' * 251}.xml", body)
        [delivery] = watched.poll()
        assert watched.done(delivery)
    kept = sorted((tmp_path / "done").rglob("a*"), key=lambda path: path.read_bytes())
    assert [path.name for path in kept] == [f"{'a' * 251}.xml", f"{'a' * 251}.x.2"]


def test_a_missing_folder_is_told() -> None:
    """A folder that is not there is a sentence that says what to do."""
    with pytest.raises(SourceError, match="correct path"):
        list(intake(Path("/nonexistent/inbox")).poll())


def test_a_read_only_folder_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where nothing can be moved, a file comes once, a changed one again; it is said once."""

    def refuse(_folder: int, _wanted: str) -> str:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(module, "_reserve", refuse)
    put(tmp_path / "a.xml", b"one")
    put(tmp_path / "b.xml", b"two")
    watched = intake(tmp_path)
    for delivery in list(watched.poll()):
        assert not watched.done(delivery)
    assert watched.read_only
    assert list(watched.poll()) == []
    put(tmp_path / "a.xml", b"changed", age=9)
    assert [d.body for d in watched.poll()] == [b"changed"]
    assert len(caplog.records) == 1


def test_names_of_any_bytes_can_be_stored(tmp_path: Path) -> None:
    """A file name that is no UTF-8 is delivered under a name that can be stored, and moved."""
    raw = os.fsencode(tmp_path) + b"/caf\xe9.xml"
    Path(os.fsdecode(raw)).write_bytes(b"copy")
    watched = intake(tmp_path)
    [delivery] = watched.poll()
    assert delivery.name.encode() == b"caf\\xe9.xml"
    assert watched.done(delivery)
    assert list(watched.poll()) == []


# -- archives ------------------------------------------------------------------------------


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")  # of two files with one name, which is on purpose
        for name, body in files:
            archive.writestr(name, body)
    return out.getvalue()


def tarred(*files: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    """A tar.gz of these files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, body in files:
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/passwd"
            info.size = len(body) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(body))
    return out.getvalue()


STORIES = (("2026/a.xml", b"<a/>"), ("b.xml", b"<b>\x00\xff</b>"))


@pytest.mark.parametrize(
    ("name", "body", "found"),
    [
        (
            "w.zip",
            zipped(*STORIES),
            [("w.zip/2026/a.xml", b"<a/>"), ("w.zip/b.xml", STORIES[1][1])],
        ),
        (
            "w.tar.gz",
            tarred(*STORIES),
            [("w.tar.gz/2026/a.xml", b"<a/>"), ("w.tar.gz/b.xml", STORIES[1][1])],
        ),
        ("w.dat", zipped(("x", b"1"), ("x", b"2")), [("w.dat/x", b"1"), ("w.dat/x'", b"2")]),
        ("s.xml.gz", gzip.compress(b"<s/>"), [("s.xml.gz/s.xml", b"<s/>")]),
        ("empty.zip", zipped(), []),
        (
            "mac.zip",
            zipped(("a.xml", b"<a/>"), ("__MACOSX/._a.xml", b"0"), (".DS_Store", b"Bud1")),
            [("mac.zip/a.xml", b"<a/>")],
        ),
        (
            "dots.tgz",
            tarred(("./a.xml", b"<a/>"), ("./.hidden", b"0"), ("b/.c/d.xml", b"0")),
            [("dots.tgz/./a.xml", b"<a/>")],
        ),
        ("link.tgz", tarred(("l", b""), kind=tarfile.SYMTYPE), []),
        ("device.tgz", tarred(("d", b""), kind=tarfile.CHRTYPE), []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # no bytes that change
)  # fmt: skip - a table
def test_archives_are_unpacked(
    tmp_path: Path, name: str, body: bytes, found: list[tuple[str, bytes]]
) -> None:
    """Each file inside is a delivery, links and devices are none; it is done when all are."""
    put(tmp_path / name, body)
    watched = intake(tmp_path)
    deliveries = list(watched.poll())
    assert [(one.name, one.body) for one in deliveries] == found
    if deliveries:
        assert (tmp_path / name).exists(), "not done before all of it is in the log"
    moved = [watched.done(one) for one in deliveries]
    assert moved == [False] * (len(found) - 1) + [True] * bool(found)
    assert (tmp_path / "done" / "2199-01-08" / name).read_bytes() == body


def _nested() -> bytes:
    return zipped(("a.xml", b"<a/>"), ("inner.zip", zipped(("b", b"b" * 100))))


def _overlong_directory() -> bytes:
    body = bytearray(zipped(("a", b"1")))
    end = body.rindex(b"PK\x05\x06")
    body[end + 12 : end + 16] = (2**31).to_bytes(4, "little")
    return bytes(body)


def _encrypted() -> bytes:
    body = bytearray(zipped(("a", b"1")))
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    return bytes(body)


def _nameless() -> bytes:
    body = bytearray(zipped(("a", b"1")))
    at = body.index(b"PK\x01\x02")
    body[at + 28 : at + 32] = b"\0\0\1\0"  # no name, and its letter is the extra field
    return bytes(body)


def _countless() -> bytes:
    """A tar whose extended head says of a line that it is longer than all there is."""
    info = tarfile.TarInfo("a")
    info.type, said = tarfile.XHDTYPE, b"9" * 30 + b" path=x\n"
    info.size = len(said)
    return info.tobuf(tarfile.USTAR_FORMAT) + said.ljust(512, b"\0") + bytes(1024)


def _endless() -> bytes:
    """A tar that ends right behind the head of a folder of some exabytes."""
    info = tarfile.TarInfo("a.xml")
    info.type, info.size = b"S", 2**62  # an old kind, whose bytes are passed over
    return info.tobuf(tarfile.GNU_FORMAT) + bytes(512)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.zip": (lambda: zipped(("a", b"\0" * 3_000_000)), "too large"),
    "bomb.tgz": (lambda: tarred(("a", b"\0" * 3_000_000)), "too large"),
    "bomb.gz": (lambda: gzip.compress(b"\0" * 3_000_000), "too large"),
    "sum.zip": (lambda: zipped(*((str(n), bytes([n]) * 900_000) for n in range(12))), "too large"),
    "many.zip": (lambda: zipped(*((str(n), b"") for n in range(10_001))), "more than 10000"),
    "many.tgz": (lambda: tarred(*((str(n), b"") for n in range(10_002))), "more than 10000"),
    "nested.zip": (_nested, "another archive"),
    "up.zip": (lambda: zipped(("../../etc/cron.d/x", b"1")), "leads out"),
    "root.tgz": (lambda: tarred(("/etc/passwd", b"1")), "leads out"),
    "drive.zip": (lambda: zipped(("C:\\x", b"1")), "leads out"),
    "back.zip": (lambda: zipped(("a\\..\\..\\x", b"1")), "leads out"),
    "cut.zip": (lambda: zipped(*STORIES)[:-30], "broken|cannot be unpacked"),
    "cut.tgz": (lambda: tarred(*STORIES)[:-20], "cannot be unpacked"),
    "bzip2.zip": (lambda: zipped(("a", b"1"), method=zipfile.ZIP_BZIP2), "another method"),
    "lzma.zip": (lambda: zipped(("a", b"1"), method=zipfile.ZIP_LZMA), "another method"),
    "endless.tar": (_endless, "cannot be unpacked"),
    "nameless.zip": (_nameless, "cannot be unpacked"),
    "countless.tar": (_countless, "cannot be unpacked"),
    "directory.zip": (_overlong_directory, "broken or too large"),
    "locked.zip": (_encrypted, "cannot be unpacked"),
    "noise.gz": (lambda: b"\x1f\x8b\x08" + b"noise" * 50, "cannot be unpacked"),
    "noise.zip": (lambda: b"PK\x03\x04" + b"noise" * 50, "broken"),
}
"""Name -> how the archive is made, and words of what is told; made by the test that wants it."""


@pytest.mark.parametrize("name", HOSTILE)
def test_archives_that_are_not_to_be_trusted(tmp_path: Path, name: str) -> None:
    """A bomb or a broken archive comes whole and unread, is moved to failed/, and told of."""
    made, words = HOSTILE[name]
    body = made()
    put(tmp_path / name, body)
    put(tmp_path / "z.xml", b"<z/>", age=9)
    watched = intake(tmp_path, max_bytes=1_000_000)
    found: list[Delivery] = []
    with pytest.raises(SourceError, match=words):
        fill(found, watched)
    assert [(one.name, one.body == body) for one in found] == [(name, True), ("z.xml", False)]
    assert [watched.done(one) for one in found] == [True, True]
    assert (tmp_path / "failed" / "2199-01-08" / name).read_bytes() == body
    assert list(watched.poll()) == []


def fill(found: list[Delivery], watched: FolderIntake) -> None:
    """Put what is polled into `found`, as far as it goes."""
    for delivery in watched.poll():
        found.append(delivery)  # noqa: PERF402 - what came before the error must be kept


def weighed(tmp_path: Path) -> int:
    """The memory that it takes to refuse what lies in the folder, in bytes."""
    watched = intake(tmp_path)
    tracemalloc.start()
    with pytest.raises(SourceError, match=r"too large|another method"):
        list(watched.poll())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_a_bomb_is_found_out_in_little_memory(tmp_path: Path) -> None:
    """A gigabyte of nothing, packed into a megabyte, costs a few megabytes to refuse."""
    packer = zlib.compressobj(9, wbits=31)
    head, nothing = (
        packer.compress(b"\0" * 2**20) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    # After a full flush the packer begins anew, so every further megabyte is packed into the same.
    put(tmp_path / "b.gz", head + nothing * 1023 + packer.flush())
    assert weighed(tmp_path) < 60_000_000


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_tar_with_a_head_without_end_is_found_out(tmp_path: Path, kind: bytes) -> None:
    """A file's head is taken into memory whole, and gigabytes of it cost their sender nothing."""
    info = tarfile.TarInfo("a.xml")
    info.type, info.size = kind, 300_000_000
    path = put(tmp_path / "a.tar", info.tobuf(tarfile.GNU_FORMAT))
    os.truncate(path, 300_010_240)
    os.utime(path, (0, 0))
    assert weighed(tmp_path) < 80_000_000


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_of_another_method_is_found_out(tmp_path: Path, method: int) -> None:
    """A few bytes of these are a hundred megabytes, and zipfile unpacks all that it has read."""
    put(tmp_path / "a.zip", zipped(("a.xml", bytes(100_000_000)), method=method))
    assert weighed(tmp_path) < 60_000_000


def test_files_that_stay_are_remembered(tmp_path: Path) -> None:
    """With `keep` nothing is moved, nothing comes twice, and a restart changes neither."""
    inbox = tmp_path / "inbox"
    put(inbox / "a.xml")
    put(inbox / "w.zip", zipped(*STORIES))
    source = msgspec.structs.replace(SOURCE, keep=True)

    def look() -> list[str]:
        notebook = Notebook(tmp_path / "intake.db")
        watched = FolderIntake(source, inbox, lambda: LATER, notebook=notebook)
        names = []
        for delivery in watched.poll():
            names.append(delivery.name)
            watched.done(delivery)
        notebook.close()
        return names

    assert look() == ["a.xml", "w.zip/2026/a.xml", "w.zip/b.xml"]
    assert look() == []
    put(inbox / "a.xml", b"newer", age=5)
    assert look() == ["a.xml"]
    assert sorted(path.name for path in inbox.iterdir()) == ["a.xml", "w.zip"]


def test_a_huge_backlog_comes_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many files are held at once, oldest first, and the rest at the next look."""
    monkeypatch.setattr(module, "AT_ONCE", 100)
    for number in range(250):
        put(tmp_path / f"{number:03}", age=1000 - number)
    watched = intake(tmp_path)
    rounds = []
    while True:
        found = list(watched.poll())
        rounds.append((len(found), watched.more))
        for one in found:
            watched.done(one)
        if not watched.more:
            break
    assert rounds == [(100, True), (100, True), (50, False)]
    assert len(list((tmp_path / "done" / "2199-01-08").iterdir())) == 250
