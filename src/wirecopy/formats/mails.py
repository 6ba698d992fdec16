"""Mails (RFC 5322, MIME): the text in them, what the envelope says, and what is attached.

The text is the plain one where there is one, else the HTML one through the sanitiser, else a text
that is attached or forwarded. Attached files are never taken: their bytes belong into no item. A
picture among them is a medium without a file, so that the desk sees that there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from html import unescape
from typing import Any

import msgspec

from wirecopy.errors import FormatError
from wirecopy.formats import dates, frames, markup, xml
from wirecopy.formats.hints import Hints
from wirecopy.model import Block, Media

_MOST_PARTS = 60
"""Parts a mail may have; a deeper nest is no news."""

_LONGEST_PAGE = 500_000
"""Longest HTML of a mail, in characters, its styles included."""

MOST_FILES = 10_000
"""Parts of a mail that are looked through for files, as many as an archive may have."""

MOST_WORK = 3_000_000
"""Lines of a mail times the parts inside each other by whose boundaries one may end."""

_BOUNDARY = re.compile(rb"boundary[ \t\n]*[=*]")
_SHORT = 20_000
"""Bytes below which no mail costs much."""
_MOST_LINES = 5_000
"""Lines of a mail that look like those of a head, in all its parts together."""
_HEAD_LINE = re.compile(rb"^[A-Za-z][A-Za-z0-9-]{0,60}:", re.MULTILINE)
_ENDLESS = re.compile(
    rb"^[A-Za-z][A-Za-z0-9-]{0,60}:(?:[^\n]{10000}|[^\n]*+(?:\n[ \t][^\n]*+){500})", re.MULTILINE
)
"""A line of a head that goes on and on; libraries take such lines apart again and again."""
_KEYS = rb"From|To|Subject|Date|Message-ID|Received|MIME-Version|Return-Path|Delivered-To"
_HEAD = re.compile(
    rb"(?:From \S+ [^\n]*\n)?(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}",
)
_KEY = re.compile(rb"^(?:" + _KEYS + rb"):", re.IGNORECASE | re.MULTILINE)
_ATTACHED = re.compile(r"\s*attachment", re.IGNORECASE)
_KINDS: dict[str, Any] = {"image": "picture", "video": "video", "audio": "audio"}
_ROWS = re.compile(r"<(li|tr|p)\b[^>]*>(.*?)</\1>", re.DOTALL)
_CELL_ENDS = re.compile(r"</t[dh]>\s*<t[dh]\b[^>]*>")
_BREAK = re.compile(r"<br>")


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a delivery, and what its envelope says when it came as a mail."""

    text: str
    subject: str = ""
    key: str = ""
    sent: datetime | None = None
    media: tuple[Media, ...] = ()
    warnings: tuple[str, ...] = ()
    is_mail: bool = False


def is_mail(body: bytes) -> bool:
    """Whether the text begins with the header lines of a mail."""
    head = _HEAD.match(body[:65536].lstrip().replace(b"\r\n", b"\n"))
    return head is not None and len(set(map(bytes.lower, _KEY.findall(head[0])))) >= 2


def read(body: bytes, *, covered: bool = False) -> Letter:
    """The text of a mail, its envelope, and what is attached; FormatError for a nest of parts.

    `covered` asks for the text that is attached to a mail which has one of its own.
    """
    _check_parts(_lines(body).lower())
    _check_head(_lines(body))
    try:
        mail = message_from_bytes(body.lstrip())
        text, shown, opened = _covered(mail) if covered else _text(mail)
        files = [each for each in _files(mail) if each[1] not in opened]
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise FormatError(f"The mail cannot be read: {error}.") from error
    key = _header(mail, "Message-ID").strip("<> ")
    return Letter(
        text=text,
        subject=_header(mail, "Subject"),
        key=key,
        sent=dates.instant(_header(mail, "Date"), "UTC"),
        media=shown + tuple(_medium(name, mime, key) for name, mime in files if _kind(mime)),
        warnings=_warnings(files),
        is_mail=True,
    )


def costly(body: bytes) -> bool:
    """Whether to look through a mail for its files would cost more than a mail may."""
    lines = _lines(body).lower()
    return (
        lines.count(b"\n") * (len(_BOUNDARY.findall(lines)) + 1) > MOST_WORK
        or lines.count(b"\n--") > MOST_FILES
        or _ENDLESS.search(lines) is not None
    )


def _lines(body: bytes) -> bytes:
    """The mail with one kind of line end: to the library a return alone is one as well."""
    return body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _check_parts(body: bytes) -> None:
    """Return when a mail, in small letters, has parts as mails have; FormatError for a nest."""
    if (
        body.count(b"\n--") > max(20 * _MOST_PARTS, len(body) // 50)
        or body.count(b"content-type:") > _MOST_PARTS
        or len(_BOUNDARY.findall(body)) > _MOST_PARTS
    ):
        raise FormatError(f"The mail has more than {_MOST_PARTS} parts.")


def _check_head(body: bytes) -> None:
    """Return when a mail's lines are those of a mail; FormatError for a head without end."""
    if len(body) < _SHORT:
        return
    if len(_HEAD_LINE.findall(body)) > _MOST_LINES:
        raise FormatError(f"The mail has more than {_MOST_LINES} lines of a head.")
    if body.count(b"\n") > 20_000 + len(body) // 40:
        raise FormatError("The mail has too many lines for its length.")
    if _ENDLESS.search(body):
        raise FormatError("A line of the mail's head goes on without end.")


# --------------------------------------------------------------------------------------
# Which part is the text
# --------------------------------------------------------------------------------------


def _text(mail: Message) -> tuple[str, tuple[Media, ...], tuple[str, ...]]:
    """The text of a mail, the pictures that its HTML shows, and the types of files it came from."""
    for attached in (False, True):
        opened = ("text/plain", "text/html") if attached else ()
        found = list(_texts(mail, attached=attached))
        plain = [said for kind, said in found if kind == "plain" and said.strip()]
        if plain:
            return "\n\n".join(plain), (), opened
        pages = "\n".join(said for kind, said in found if kind == "html" and said.strip())
        if len(pages) > _LONGEST_PAGE:
            raise FormatError(f"The mail's HTML is longer than {_LONGEST_PAGE} characters.")
        if pages:
            blocks, media = markup.body_from_html(pages)
            pictures = tuple(each for each in media if each.id.startswith("http"))
            return _text_of(blocks), pictures, opened
    return "", (), ()


def _covered(mail: Message) -> tuple[str, tuple[Media, ...], tuple[str, ...]]:
    """What `_text` gives, of the plain text that is attached beside a text."""
    own = list(_texts(mail, attached=False))
    found = [each for each in _texts(mail, attached=True) if each not in own]
    said = "\n\n".join(said for kind, said in found if kind == "plain" and said.strip())
    return said, (), ("text/plain",) if said else ()


def _texts(part: Message, *, attached: bool) -> Iterator[tuple[str, str]]:
    """The texts of a part in their order; of alternatives the plain one, else the first.

    What is attached, or a mail that was forwarded as a file, is only looked at when asked for.
    """
    kind = part.get_content_type()
    if _is_attached(part) and not attached:
        return
    if part.is_multipart():
        if kind == "message/rfc822" and not attached:
            return
        payload = part.get_payload()
        inner = [
            list(_texts(each, attached=attached))
            for each in (payload if isinstance(payload, list) else ())
            if isinstance(each, Message)
        ]
        if kind == "multipart/alternative":
            filled = [each for each in inner if any(said.strip() for _, said in each)]
            plain = [each for each in filled if any(form == "plain" for form, _ in each)]
            inner = (plain or filled)[:1]
        for each in inner:
            yield from each
    elif kind in ("text/plain", "text/html"):
        yield kind.partition("/")[2], _content(part)


def _is_attached(part: Message) -> bool:
    return bool(_ATTACHED.match(str(part.get("Content-Disposition", ""))))


def _content(part: Message) -> str:
    """The text of a part in the charset it names, else in the one its bytes show."""
    raw = part.get_payload(decode=True)
    declared = re.sub(r"[^\w.:-]", "", str(part.get_param("charset", "") or ""))[:40]
    hints = Hints(media_type=f"text/plain; charset={declared}")
    said = frames.decode(raw, hints) if isinstance(raw, bytes) else ""
    flowed = str(part.get_param("format", "") or "").casefold() == "flowed"
    return _unflowed(said) if flowed else said


def _unflowed(text: str) -> str:
    """Text whose line ends are soft behind a space (RFC 3676), with whole paragraphs as lines."""
    lines: list[str] = []
    soft = False
    for line in re.sub(r"\r*\n", "\n", text).split("\n"):
        said = line.removeprefix(" ")
        if soft and said != "-- ":
            lines[-1] += said
        else:
            lines.append(said)
        soft = said.endswith(" ") and said != "-- "
    return "\n".join(lines)


def _text_of(blocks: tuple[Block, ...]) -> str:
    """Sanitised blocks as the lines that plain copy is read from: what is markup is set in type."""
    return "\n\n".join(filter(None, map(_typed, blocks)))


def _typed(block: Block) -> str:
    if block.kind in ("ul", "ol", "table", "quote"):
        mark = "* " if block.kind in ("ul", "ol") else ""
        rows = [_CELL_ENDS.sub(" | ", row[1]) for row in _ROWS.findall(block.html)]
        return "\n".join(f"{mark}{said}" for said in map(markup.words_in, rows) if said)
    if block.kind == "pre":
        return unescape(block.html.removeprefix("<pre>").removesuffix("</pre>"))
    return "\n".join(markup.words_in(piece) for piece in _BREAK.split(block.html)).strip()


# --------------------------------------------------------------------------------------
# What is attached
# --------------------------------------------------------------------------------------


def _files(mail: Message) -> Iterator[tuple[str, str]]:
    """Name and type of each attached file; pictures that only decorate a text are none."""
    for number, part in enumerate(mail.walk(), 1):
        mime = part.get_content_type()
        inline = part.get("Content-ID") is not None or mime.startswith("text/")
        if part.is_multipart() or (inline and not _is_attached(part)):
            continue
        named = xml.tidy(xml.strip_controls(_decoded(str(part.get_filename("") or ""))[:200]))
        yield named or f"part {number}", mime


def _kind(mime: str) -> Any:
    return _KINDS.get(mime.partition("/")[0], "")


def _medium(name: str, mime: str, key: str) -> Media:
    return Media(id=f"{key}/{name}" if key else name, type=_kind(mime), headline=name)


def _warnings(files: list[tuple[str, str]]) -> tuple[str, ...]:
    told = ", ".join(f"{name} ({mime})" for name, mime in files[:12])
    return (f"What is attached to the mail was not taken: {told}.",) if told else ()


# --------------------------------------------------------------------------------------
# The envelope
# --------------------------------------------------------------------------------------


def _header(mail: Message, name: str) -> str:
    """One header line in characters, "" where it is absent."""
    return xml.tidy(xml.strip_controls(_decoded(str(mail.get(name, ""))[:2000])))


def _decoded(value: str) -> str:
    """The characters of a header's value (RFC 2047)."""
    try:
        return "".join(_piece(text, charset) for text, charset in decode_header(value))
    except (MessageError, ValueError, LookupError):
        return value


def _piece(text: bytes | str, charset: str | None) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode(charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return text.decode("cp1252", "replace")
