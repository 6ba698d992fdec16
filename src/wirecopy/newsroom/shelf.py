"""The baked files as the server keeps them at hand: read safely, checked by one stat a request.

A leaf is one file as it stood when it was read. It is used again only while the file has the
same inode, size and modification time, so that a kill or an update shows with the next request.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import stat
from collections import OrderedDict
from collections.abc import Callable, Iterable
from email.utils import formatdate
from pathlib import Path
from typing import NamedTuple

from wirecopy.newsroom.conditions import Encoding
from wirecopy.newsroom.media_types import cache_control, compressible, media_type

try:
    from brotli import compress as _brotli  # type: ignore[import-not-found, unused-ignore]  # optional
except ImportError:  # brotli is no dependency of ours; it is used where it happens to be
    _brotli = None

BROTLI = _brotli is not None
"""Whether brotli can be sent."""
SMALL = 256 * 1024
"""Files up to this many bytes are kept in memory; larger ones are read for each request."""
CAPACITY = 48 * 1024 * 1024
"""Bytes of memory, about, that the files at hand may take."""

Headers = list[tuple[str, str]]
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_Stamp = tuple[int, int, int]


class Variant(NamedTuple):
    """One encoding of a file: its bytes, its strong tag, and its headers when sent whole."""

    body: bytes
    tag: str
    headers: Headers


class _Read(NamedTuple):
    """A file as it was read: large ones without their bytes, but for the digest of them."""

    file: str
    status: os.stat_result
    body: bytes
    digest: str


class Leaf:
    """One file as it stood when it was read, and the headers that every answer with it carries."""

    __slots__ = ("file", "kind", "modified", "plain", "shared", "size", "stamp", "variants")

    def __init__(self, read: _Read, path: str, common: Headers) -> None:
        self.file = read.file
        self.stamp = _stamp(read.status)
        self.size = read.status.st_size
        self.modified = int(read.status.st_mtime)
        self.kind = media_type(path)
        vary = [("vary", "accept-encoding")] if self.compressible else []
        self.shared: Headers = [
            ("last-modified", formatdate(self.modified, usegmt=True)),
            ("cache-control", cache_control(path)),
            *vary,
            *common,
        ]
        self.plain = self._variant(read.body, f'"{read.digest}"', "")
        self.variants: dict[Encoding, Variant] = {"": self.plain}

    @property
    def large(self) -> bool:
        """Whether its bytes are not at hand and must be read from `file`."""
        return self.size > SMALL

    @property
    def compressible(self) -> bool:
        """Whether it is sent compressed to those who accept that."""
        return compressible(self.kind) and not self.large

    def variant(self, encoding: Encoding) -> Variant:
        """The file in that encoding, compressed once; plain where compressing gains nothing."""
        found = self.variants.get(encoding)
        if found is None:
            found = self._compressed(encoding) if self.compressible else self.plain
            self.variants[encoding] = found
        return found

    def _compressed(self, encoding: Encoding) -> Variant:
        body = self.plain.body
        packed = (
            _brotli(body, quality=4)
            if encoding == "br" and _brotli is not None
            else gzip.compress(body, 6, mtime=0)
        )
        if len(packed) >= len(body) - 64:  # what the two more headers cost
            return self.plain
        return self._variant(packed, f'{self.plain.tag[:-1]}-{encoding}"', encoding)

    def _variant(self, body: bytes, tag: str, encoding: Encoding) -> Variant:
        size = len(body) if encoding else self.size
        more = [("content-encoding", encoding)] if encoding else [("accept-ranges", "bytes")]
        first = [("content-type", self.kind), ("content-length", str(size)), ("etag", tag)]
        return Variant(body, tag, [*first, *more, *self.shared])

    def weight(self) -> int:
        """The memory it takes, in bytes, about; its compressed forms are reckoned as a half."""
        return 4096 + (0 if self.large else len(self.plain.body) * 3 // 2)


class Shelf:
    """The files under `root`, with the newest used in memory.

    `common` headers go with every file, and `more` with the one whose path it is given. Nothing
    outside `root` is ever read: no link is followed, whatever stands in the folder.
    """

    def __init__(
        self,
        root: Path,
        common: Headers,
        more: Callable[[str], Iterable[tuple[str, str]]] = lambda _: (),
    ) -> None:
        self._root = os.path.realpath(root)
        self._common = common
        self._more = more
        self._leaves: OrderedDict[str, Leaf] = OrderedDict()
        self._weight = 0

    def leaf(self, path: str) -> Leaf | None:
        """The file at a clean path from the root as it is now; None when there is none."""
        leaf = self._leaves.get(path)
        if leaf is None:
            return self._load(path)
        try:
            status = os.stat(leaf.file)  # noqa: PTH116 - the hot path: pathlib triples it
        except OSError:
            return self._load(path)
        if _stamp(status) != leaf.stamp:
            return self._load(path)
        self._leaves.move_to_end(path)
        return leaf

    def folder(self, path: str) -> bool:
        """Whether the clean path is a folder of the site with an index."""
        return self.leaf(f"{path}/index.html") is not None

    def read(self, leaf: Leaf, wanted: range) -> bytes | None:
        """These bytes of a large file; None when it is no longer the file of the leaf."""
        fd = self._open(leaf.file)
        if fd is None:
            return None
        try:
            if _stamp(os.fstat(fd)) != leaf.stamp:
                return None
            return _pread(fd, wanted)
        except OSError:
            return None
        finally:
            os.close(fd)

    def _load(self, path: str) -> Leaf | None:
        old = self._leaves.pop(path, None)
        if old is not None:
            self._weight -= old.weight()
        read = self._read(f"{self._root}/{path}")
        if read is None:
            return None
        leaf = Leaf(read, path, [*self._more(path), *self._common])
        self._leaves[path] = leaf
        self._weight += leaf.weight()
        while self._weight > CAPACITY and len(self._leaves) > 1:
            self._weight -= self._leaves.popitem(last=False)[1].weight()
        return leaf

    def _read(self, file: str) -> _Read | None:
        fd = self._open(file)
        if fd is None:
            return None
        try:
            status = os.fstat(fd)
            if not stat.S_ISREG(status.st_mode):
                return None
            if status.st_size > SMALL:
                with os.fdopen(os.dup(fd), "rb") as stream:
                    digest = hashlib.file_digest(stream, _hash).hexdigest()
                return _Read(file, status, b"", digest)
            body = _pread(fd, range(status.st_size))
            if len(body) != status.st_size:  # cut short meanwhile, as our own files never are
                return None
            return _Read(file, status, body, _digest(body))
        except OSError:
            return None
        finally:
            os.close(fd)

    def _open(self, file: str) -> int | None:
        """A descriptor of the file, opened folder by folder so that no link is followed."""
        *folders, name = file[len(self._root) + 1 :].split("/")
        fd = _opened(self._root, None, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        for folder in folders:
            fd = _descend(fd, folder, _FLAGS | os.O_DIRECTORY)
        return _descend(fd, name, _FLAGS)


def _descend(parent: int | None, name: str, flags: int) -> int | None:
    if parent is None:
        return None
    try:
        return _opened(name, parent, flags)
    finally:
        os.close(parent)


def _opened(name: str, parent: int | None, flags: int) -> int | None:
    try:
        return os.open(name, flags, dir_fd=parent)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
            raise  # not a missing page: the server has run out of descriptors
        return None


def _pread(fd: int, wanted: range) -> bytes:
    parts: list[bytes] = []
    start = wanted.start
    while start < wanted.stop and (part := os.pread(fd, wanted.stop - start, start)):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def _hash() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=16)


def _digest(body: bytes) -> str:
    """The content's fingerprint: the same bytes have the same tag after every bake."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _stamp(status: os.stat_result) -> _Stamp:
    return (status.st_mtime_ns, status.st_ino, status.st_size)
