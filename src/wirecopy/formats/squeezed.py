"""Compressed deliveries: gzip, zlib and raw deflate, announced or not."""

from __future__ import annotations

import codecs
import zlib

from wirecopy.errors import FormatError

MAX_INFLATED = 50_000_000
"""Longest content of a compressed delivery, in bytes."""
MAX_MEMBERS = 100
"""Most gzip members, one behind the other, that a delivery may have."""

_GZIP = b"\x1f\x8b"
_ZLIB = (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")
_STARTS = (b"<", b"{", b"[", codecs.BOM_UTF8)
"""How what was compressed without a header has to begin, for it is only guessed at."""


def inflated(body: bytes) -> bytes:
    """`body`, inflated if it is compressed; FormatError for damaged or endless data.

    Members of gzip that follow each other are one text. What stands behind them is no matter.
    """
    if body.startswith(_GZIP):
        return _members(body)
    if body.startswith(_ZLIB):
        return _guessed(body, zlib.MAX_WBITS)
    if body[:1] in (b"<", b"{", b"[") or (body[:32].isascii() and body[:32].decode().isprintable()):
        return body
    return _guessed(body, -zlib.MAX_WBITS)


def _members(body: bytes) -> bytes:
    parts: list[bytes] = []
    room = MAX_INFLATED
    while body.startswith(_GZIP):
        if not room or len(parts) == MAX_MEMBERS:
            raise FormatError(f"The gzip data are more than {MAX_MEMBERS} members or too long.")
        inflater = zlib.decompressobj(wbits=31)
        try:
            parts.append(inflater.decompress(body, room))
        except zlib.error as error:
            if parts:  # what hangs behind whole members is no part of the text
                break
            raise FormatError(f"The gzip data are damaged: {error}.") from error
        if inflater.unconsumed_tail:
            raise FormatError(f"The gzip data inflate to more than {MAX_INFLATED} bytes.")
        if not inflater.eof:
            raise FormatError("The gzip data break off.")
        room -= len(parts[-1])
        body = inflater.unused_data
    return b"".join(parts)


def _guessed(body: bytes, bits: int) -> bytes:
    """`body` inflated, if that gives what a delivery begins like; else as it is."""
    inflater = zlib.decompressobj(wbits=bits)
    try:
        text = inflater.decompress(body, MAX_INFLATED)
    except zlib.error:
        return body
    if not inflater.eof and not inflater.unconsumed_tail:
        return body
    if inflater.unconsumed_tail:
        raise FormatError(f"The compressed data inflate to more than {MAX_INFLATED} bytes.")
    return text if text.lstrip().startswith(_STARTS) else body
