"""Character sets: the bytes of a delivery to its text, whatever its labels say.

Labels are wrong more often than bytes are: XML says ISO-8859-1 over UTF-8, a server adds a charset
to everything, two exporters write into one feed. So bytes that are UTF-8 are read as UTF-8, a
label is believed where it fits, and what fits none is read piece by piece. See decision 12.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from wirecopy.errors import FormatError
from wirecopy.formats.hints import Hints

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks. Those of UTF-32 come first: one begins like that of UTF-16."""
_WIDE_MARKS = tuple(mark for mark, name in _MARKS if name != "utf-8")
_BARE = (
    (re.compile(rb"[<{\[\s]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{\[\s]"), "utf-32-be"),
    (re.compile(rb"[<{\[\s]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{\[\s]\0[^\0]"), "utf-16-be"),
)
"""How XML and JSON begin in wide characters without a mark."""
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([^"'<>]{1,60}?)\s*["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:+-]{1,40})""", re.IGNORECASE)
_REAL = re.compile(
    r"ascii|utf-(?:8|16|32)|iso8859|cp\d|koi8|kz1048|ptcp|gb|big5|shift_jis|euc_|johab|mac|iso2022|hz"
    r"|tis|viscii|tcvn"
)
"""Character sets that copy comes in; Python also knows hex, punycode and the like by name."""
_LATIN = frozenset({"ascii", "utf-8", "iso8859-1", "cp1252", "iso8859-15"})
"""Labels that say little: they are what software writes when nobody chose."""
_WIDE_NAMES = ("utf-16", "utf-32")
"""Labels that bytes have contradicted when they are asked for: wide text shows by itself."""
_SHIFTED = ("iso2022", "hz")
"""Character sets whose every byte is ASCII."""
_ALIASES = {
    "x-sjis": "cp932", "shift_jis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "cp_is": "cp861", "cp-is": "cp861", "ms-ee": "cp1250", "ms-cyrl": "cp1251", "ms-ansi": "cp1252",
    "ms-greek": "cp1253", "ms-turk": "cp1254", "ms-hebr": "cp1255", "ms-arab": "cp1256",
    "winbaltrim": "cp1257", "csmacintosh": "mac_roman", "mac": "mac_roman",
    "maccentraleurope": "mac_latin2", "dbcs": "cp1252", "cskoi8r": "koi8_r",
    "csibm855": "cp855", "csibm857": "cp857", "csibm860": "cp860", "csibm861": "cp861",
    "csibm863": "cp863", "csibm864": "cp864", "csibm865": "cp865", "csibm866": "cp866",
    "cspc775baltic": "cp775", "cspc850multilingual": "cp850", "cspc862latinhebrew": "cp862",
    "cspc8codepage437": "cp437", "cspcp852": "cp852",
}  # fmt: skip
"""Labels that Python does not know, or whose larger sibling is what is really sent."""

_WIDE = (
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_RUNS = re.compile(
    rb"((?:" + _WIDE + rb")+)|((?:\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf])+)"
    rb"|(\xed[\xa0-\xbf][\x80-\xbf])|[\x00-\x7f]+|[\x80-\xff]"
)
"""Runs of UTF-8; surrogate pairs that were encoded apart; lone ones; ASCII; other bytes."""
_TORN = re.compile(
    rb"(?<=[a-z])[\xc2\xc3](?![\x80-\xbf])|\xe2[\x80-\x84](?![\x80-\xbf])"
    rb"|\xf0\x9f[\x80-\xbf]?(?![\x80-\xbf])"
)
"""The first bytes of a character of UTF-8 whose others were cut off: they are no letters."""
_PIECES = re.compile(rb"<[^<]*|[^<]+")
_HIGH = bytes(range(0x80, 0x100))
_MOST_HIGH = 2_000_000
"""Bytes beyond ASCII of a delivery that fits no label: each of them is weighed by itself."""
_CERTAIN = 3
"""Characters of UTF-8 that a text has to have before it overrules a label that was chosen."""
_DOS = re.compile(rb"[A-Za-z][\x81-\x84\x87-\x89\x8b\x8d\x90\xa2-\xa5][a-z]")
_WINDOWS = re.compile(rb"[A-Za-z][\xc0-\xd6\xd8-\xdf\xe2-\xf6\xf8-\xff][a-z]")
"""A letter between letters, as MS-DOS (CP850) and as Windows (CP1252) write those of the West."""


class Decoded(NamedTuple):
    """The text of a delivery, and what is doubtful about its labels ("" if nothing is)."""

    text: str
    doubt: str = ""


def is_utf8(body: bytes, hints: Hints) -> bool:
    """Whether `body` is UTF-8 that can be parsed as it lies: no mark, no label that means else."""
    if body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\0" in body[:64]:
        return False
    if body.isascii():
        return not _shifted(body, hints)
    declared = _declared(body, hints)
    if declared and declared[0] not in _LATIN:
        return False
    try:
        return bool(body.decode())
    except UnicodeDecodeError:
        return False


def decode(body: bytes, hints: Hints) -> Decoded:
    """The characters of `body`, from its mark, its labels and above all from its bytes."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            rest = body[len(mark) :]
            return _utf8_or_pieces(rest) if name == "utf-8" else Decoded(_wide(rest, name))
    for start, name in _BARE:
        if start.match(body):
            return Decoded(_wide(body, name))
    declared = _declared(body, hints)
    if not declared or declared[0] in _LATIN or _surely_utf8(body):
        try:
            return Decoded(body.decode(), _doubt(declared))
        except UnicodeDecodeError:
            pass
    for name in declared:
        try:
            return Decoded(body.decode(name))
        except UnicodeDecodeError:
            continue
    usual = (_codec(hints.charset),) if hints.charset else ()
    return _utf8_or_pieces(body, declared or usual)


def is_charset(name: str) -> bool:
    """Whether copy may come in a character set of that name."""
    return bool(_codec(name))


def doubt(body: bytes, hints: Hints) -> str:
    """What is wrong with the character set that a delivery claims; "" for most."""
    return "" if body.isascii() else (_unknown(body) or decode(body, hints).doubt)


def narrowed(body: bytes) -> bytes:
    """`body` in UTF-8 if it is UTF-16 or UTF-32, else as it is."""
    wide = b"\0" in body[:4] or body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide or not (body.startswith(_WIDE_MARKS) or any(s.match(body) for s, _ in _BARE)):
        return body
    return decode(body, Hints()).text.encode("utf-8", "replace")


def _wide(body: bytes, name: str) -> str:
    """UTF-16 or UTF-32; half a character at the end is none."""
    return body.decode(name, "replace")


def _surely_utf8(body: bytes) -> bool:
    """Whether `body` is UTF-8 with enough characters beyond ASCII that it is no accident."""
    if b"\0" in body[:64]:
        return False
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return sum(1 for byte in body if byte >= 0xC0) >= _CERTAIN and bool(text)


def _doubt(declared: tuple[str, ...]) -> str:
    if declared and declared[0] not in ("utf-8", "ascii"):
        return f"Its label says {declared[0]}, but its bytes are UTF-8."
    return ""


def _utf8_or_pieces(body: bytes, declared: tuple[str, ...] = ()) -> Decoded:
    """UTF-8, or piece by piece what each piece is; a piece is what stands between two tags."""
    try:
        return Decoded(body.decode())
    except UnicodeDecodeError:
        pass
    if len(body) > _MOST_HIGH and len(body) - len(body.translate(None, _HIGH)) > _MOST_HIGH:
        raise FormatError(
            "Its bytes are no UTF-8 and fit no label, and there are too many of them."
        )
    other = _windows_or_dos(body)
    if _is_mixed(body):
        text = "".join(_piece(piece[0], other) for piece in _PIECES.finditer(body))
        return Decoded(text, "It mixes character sets; each piece was read by itself.")
    label = f"Its label says {declared[0]}, but" if declared else "It has no label, and"
    return Decoded(
        _eight_bit(body, other), f"{label} its bytes are no UTF-8; they were read as {other}."
    )


def _is_mixed(body: bytes) -> bool:
    """Whether UTF-8 stands beside other bytes, more of it than chance makes."""
    wide = other = 0
    for match in _RUNS.finditer(body):
        if match.lastindex:
            wide += len(match[0])
        elif match[0][0] >= 0x80:
            other += 1
    return wide * 4 > other


def _piece(piece: bytes, other: str) -> str:
    """One piece: UTF-8, else all of it in the other set, else each run of bytes by itself."""
    try:
        return piece.decode()
    except UnicodeDecodeError:
        if all(match.lastindex is None for match in _RUNS.finditer(piece)):
            return _eight_bit(piece, other)
        parts = _TORN.split(piece)
        return "\ufffd".join(
            "".join(_run(match, other) for match in _RUNS.finditer(part)) for part in parts
        )


def _eight_bit(piece: bytes, name: str) -> str:
    return "\ufffd".join(part.decode(name, "replace") for part in _TORN.split(piece))


def _run(match: re.Match[bytes], other: str) -> str:
    wide, halves, lone = match.groups()
    if wide:
        return wide.decode()
    if halves:
        pairs = halves.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
        return pairs.decode("utf-16-le", "replace")
    return "\ufffd" if lone else match[0].decode(other, "replace")


def _windows_or_dos(body: bytes) -> str:
    """The eight-bit set of bytes that are no UTF-8: cp1252, unless its letters are those of DOS."""
    return "cp850" if _DOS.search(body) and not _WINDOWS.search(body) else "cp1252"


def _shifted(body: bytes, hints: Hints) -> bool:
    declared = _declared(body, hints)
    return bool(declared) and declared[0].startswith(_SHIFTED)


def _declared(body: bytes, hints: Hints) -> tuple[str, ...]:
    """What the transport and the XML declaration name: what somebody chose goes first.

    A server's ISO-8859-1 or UTF-8 is mostly its default, so the document's own word beats it.
    """
    own = _DECLARED.match(body[:400])
    document = _codec(own[1].decode("latin-1")) if own else ""
    label = _CHARSET.search(hints.media_type) if hints.media_type else None
    http = _codec(label[1]) if label else ""
    names = (document, http) if not http or http in _LATIN else (http, document)
    return tuple(
        "cp1252" if name == "iso8859-1" else name
        for name in names
        if name and not name.startswith(_WIDE_NAMES)
    )


def _unknown(body: bytes) -> str:
    """What to say of a label in the XML declaration that names no character set."""
    own = _DECLARED.match(body[:400])
    if own and not _codec(own[1].decode("latin-1")):
        return f"The character set {own[1].decode('latin-1')!r} of its label does not exist."
    return ""


def _codec(label: str) -> str:
    """The codec of a label, "" for one that names no character set."""
    bare = label.strip().lower()
    try:
        name = codecs.lookup(_ALIASES.get(bare, _ALIASES.get(bare.replace("_", "-"), bare))).name
    except (LookupError, ValueError):
        return ""
    return name if _REAL.match(name) else ""
