"""Archives: the files inside a zip, a tar or a gzip, and what makes one a bomb.

An archive is looked through whole before its first file is handed out: it is taken or refused,
never half. Nothing is ever written to disk, whatever its names say.
"""

from __future__ import annotations

import gzip
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import IO, Any, BinaryIO, Literal, cast

import msgspec

Kind = Literal["", "zip", "tar", "gzip"]

_ZIP_END = b"PK\x05\x06"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How a zip may be packed. Of all other methods zipfile unpacks whatever a piece holds at once."""
_ZIP_TAIL = 66_000
"""Bytes at a zip's end among which its directory is announced."""
_PER_NAME = 1000
"""Bytes that the directory may use for each file."""
_PER_MEMBER = 4096
"""Bytes that a tar may use for each file beside what is in it."""
_HEAD = 1024 * 1024
"""Bytes that the head of one file in a tar may have, its names of any length included."""
_ENDS = 8
"""Times that a tar may be read from at its end. Behind a file whose head announces all bytes that
there are in the world tarfile would go on for years."""
_LOCAL_HEAD = 30
"""Bytes that stand before each file of a zip, its name not counted (APPNOTE 4.3.7)."""
_CHUNK = 64 * 1024
_ABROAD = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f\x7f]")
_HIDDEN = re.compile(r"(?:^|[/\\])(?:\.(?![/\\])|__MACOSX[/\\])")
"""Names of what file managers put in beside the copy; folders' hidden files are passed over too."""
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # zipfile's word for an encrypted file
    NotImplementedError,  # and for a method it does not know
    struct.error,
    LookupError,  # zipfile's at a file without a name
    ArithmeticError,  # tarfile's at a length beyond all numbers
    TypeError,
    AttributeError,
)
"""What the libraries raise at archives that are none; any other would keep all behind waiting."""


class ArchiveError(Exception):
    """An archive that is not taken; its text says why, as the end of a sentence."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive may be."""

    members: int = 10_000
    each: int = 20_000_000
    total: int = 200_000_000
    ratio: int = 200
    """How many times its own size its files may have together."""


def kind(head: bytes) -> Kind:
    """Which archive bytes that begin so are; "" for none. The bytes say it, not the name."""
    if head.startswith((b"PK\x03\x04", _ZIP_END)):
        return "zip"
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    return "tar" if head[257:262] == b"ustar" else ""


def unpacked(stream: BinaryIO, name: str, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """The files inside, with their names; a directory, link or device is no file.

    Raises ArchiveError before the first file, when anything about the archive is not right.
    """
    for _ in _bounded(stream, name, limits):
        pass
    yield from _bounded(stream, name, limits)


def pieces(name: str, body: bytes, max_bytes: int) -> list[tuple[str, bytes]]:
    """The files of an archive with their names; of anything else, or of a bomb, itself alone.

    What is not to be trusted goes into quarantine as it is.
    """
    if not kind(body[:512]) or len(body) > max_bytes:
        return [(name, body)]
    limits = Limits(each=max_bytes, total=10 * max_bytes)
    try:
        return [(f"{name}/{one}", copy) for one, copy in unpacked(BytesIO(body), name, limits)]
    except ArchiveError:
        return [(name, body)]


def _bounded(stream: BinaryIO, name: str, limits: Limits) -> Iterator[tuple[str, bytes]]:
    stream.seek(0, 2)
    most = min(limits.total, max(stream.tell(), 1) * limits.ratio)
    stream.seek(0)
    count = total = 0
    try:
        for inside, opened in _members(stream, name, limits):
            count += 1
            if count > limits.members:
                raise ArchiveError(f"it holds more than {limits.members} files")
            body = _read(opened, min(limits.each, most - total))
            if body is None:
                raise ArchiveError("its files are too large for what an archive may hold")
            total += len(body)
            if kind(body[:512]):
                raise ArchiveError("it holds another archive")
            yield inside, body
    except _BROKEN as error:
        raise ArchiveError(f"it cannot be unpacked ({type(error).__name__})") from error


def _read(opened: IO[bytes], most: int) -> bytes | None:
    """The file's bytes, None when there are more than may be."""
    parts: list[bytes] = []
    size = 0
    with opened:
        while part := opened.read(_CHUNK):
            size += len(part)
            if size > most:
                return None
            parts.append(part)
    return b"".join(parts)


def _members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[tuple[str, IO[bytes]]]:
    head = stream.read(512)
    stream.seek(0)
    what = kind(head)
    if what == "zip":
        yield from _zipped(stream, limits)
    elif what == "tar":
        yield from _tarred(stream, limits.total + limits.members * _PER_MEMBER, limits)
    elif what == "gzip":
        yield from _gzipped(stream, name, limits)


def _gzipped(stream: BinaryIO, name: str, limits: Limits) -> Iterator[tuple[str, IO[bytes]]]:
    with gzip.GzipFile(fileobj=stream) as inside:
        is_tar = kind(inside.read(512)) == "tar"
        inside.seek(0)
        if is_tar:
            most = min(limits.total, _size(stream) * limits.ratio)
            yield from _tarred(cast("BinaryIO", inside), most, limits)
        else:
            yield name.removesuffix(".gz") or name, cast("IO[bytes]", inside)


def _size(stream: BinaryIO) -> int:
    here = stream.tell()
    size = stream.seek(0, 2)
    stream.seek(here)
    return max(size, 1)


class _Capped:
    """A stream that ends in an error after so many bytes: what lies between a tar's files too.

    Nor has any one file more than `each` with its head, which tarfile takes into memory whole.
    """

    def __init__(self, stream: BinaryIO, most: int, each: int) -> None:
        self._stream = stream
        self._left = most
        self._each = self._here = each + _HEAD
        self._ends = 0

    def begin(self) -> None:
        """What is read from now on belongs to the next file."""
        self._here = self._each

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        part = self._stream.read(_CHUNK if size < 0 else size)
        self._ends += not part
        if self._ends > _ENDS:
            raise EOFError
        self._left -= len(part)
        self._here -= len(part)
        if min(self._left, self._here) < 0:
            raise ArchiveError("its files are too large for what an archive may hold")
        return part


def _tarred(stream: BinaryIO, most: int, limits: Limits) -> Iterator[tuple[str, IO[bytes]]]:
    capped: Any = _Capped(stream, most, limits.each)
    # "r|": straight through, so that nothing can lead back and forth in it.
    with tarfile.open(fileobj=capped, mode="r|") as archive:
        for seen, member in enumerate(archive):
            capped.begin()
            if seen > limits.members:
                raise ArchiveError(f"it holds more than {limits.members} files")
            _check_name(member.name)
            is_copy = member.isreg() and not _HIDDEN.search(member.name)
            opened = archive.extractfile(member) if is_copy else None
            if opened is not None:
                yield member.name, opened


def _zipped(stream: BinaryIO, limits: Limits) -> Iterator[tuple[str, IO[bytes]]]:
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - _ZIP_TAIL))
    tail = stream.read()
    end = tail.rfind(_ZIP_END)
    # The directory is read at once, so its size is looked at before (APPNOTE 4.3.16).
    if end < 0 or struct.unpack_from("<L", tail, end + 12)[0] > limits.members * _PER_NAME:
        raise ArchiveError("its directory is broken or too large")
    with zipfile.ZipFile(stream) as archive:
        _check_apart(archive.infolist())
        for info in archive.infolist():
            _check_name(info.filename)
            if not info.is_dir() and not _HIDDEN.search(info.filename):
                if info.compress_type not in _METHODS:
                    raise ArchiveError("it is packed by another method than deflate")
                yield info.filename, archive.open(info)


def _check_apart(files: list[zipfile.ZipInfo]) -> None:
    """Refuse a zip whose files share bytes: that is how a small one unpacks to a large one.

    Some Pythons refuse it, some only warn, older ones read it.
    """
    placed = sorted((file.header_offset, file.compress_size) for file in files)
    for (start, size), (next_start, _) in pairwise(placed):
        if start + _LOCAL_HEAD + size > next_start:
            raise ArchiveError("files in it lie over each other")


def _check_name(name: str) -> None:
    if _ABROAD.search(name) or len(name) > 500:
        raise ArchiveError("a name in it leads out of its folder")
