"""Wire frames: what IPTC 7901 and ANPA 1312 share under their text (spec sections 9 and 10).

A message runs from SOH to EOT: header, STX, text, ETX, what stands behind the text. Teleprinter
lines pad it with DEL, NUL, SYN and BEL, captures of serial lines end it with CR CR LF, and files
that were cleaned once have lost the control characters. Character sets are older than the line.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from datetime import datetime

import msgspec

from wirecopy.errors import FormatError
from wirecopy.formats import dates, xml
from wirecopy.formats.hints import Hints

_PADDING = b"\x00\x07\x16\x7f"
"""NUL, BEL, SYN, DEL: they fill time on the line and say nothing."""
_LINE_END = re.compile(rb"\r*\n\r(?!\n)|\r*\n|\r+")
_WORDS_LEFT = re.compile(rb"[A-Za-z\x80-\xff][A-Za-z\x80-\xff .,'-]{19}")
_GROUP = re.compile(
    r"(?<!\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\s*(?P<zone>[A-Z]{1,5})?\s+"
    r"(?P<month>[^\W\d_]{3,10})\.?\s+(?P<year>\d{4}|\d\d)(?!\d)"
)
_GROUP_LINE = re.compile(
    rb"^[ \t]*\d{6}(?:[ \t]+[A-Z]{1,5})?[ \t]+[A-Za-z\x80-\xff]{3,10}\.?[ \t]+\d{2,4}[ \t]*\r*$",
    re.MULTILINE,
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = ("cp1252", "cp850")
"""What copy that is no UTF-8 comes in; the first is taken where both read as well."""
_ACCENTED = re.compile(rb"[\xc1-\xc8\xca-\xcf][A-Za-z]")
_MOST_BY_CHANCE = 2
"""Accents in front of letters from which on copy may be in T.61."""
_COMBINING = dict(zip(
    "\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xca\xcb\xcd\xce\xcf",
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u0327\u030b\u0328\u030c",
    strict=True,
))  # fmt: skip
"""The accents of T.61, and what Unicode puts behind a letter for them."""
_ACCENT_FIRST = re.compile(f"([{''.join(_COMBINING)}])([A-Za-z])")
_T61 = {
    0xA4: "$", 0xA6: "#", 0xA8: "¤", 0xA9: "‘", 0xAA: "“", 0xAC: "←", 0xB4: "×", 0xB8: "÷",
    0xB9: "’", 0xBA: "”", 0xE1: "Æ", 0xE2: "Đ", 0xE3: "ª", 0xE6: "Ĳ", 0xE8: "Ł", 0xE9: "Ø",
    0xEA: "Œ", 0xEB: "º", 0xEC: "Þ", 0xF1: "æ", 0xF2: "đ", 0xF3: "ð", 0xF5: "ı", 0xF6: "ĳ",
    0xF8: "ł", 0xF9: "ø", 0xFA: "œ", 0xFB: "ß", 0xFC: "þ",
}  # fmt: skip
"""The signs of T.61 that Latin-1 has elsewhere."""
_QUOTES = frozenset("„“”‚‘’«»–—…€£§°·•\xa0")
LONGEST_TAIL = 400
"""Characters behind a text in which its time is looked for."""
LONGEST_MESSAGE = 300_000
"""Longest message, in bytes."""
_MOST_MESSAGES = 5000
"""Messages that one file may hold."""
_MOST_DOUBTFUL = 4000
"""High characters that are weighed to tell one character set from another."""

_VARIANTS = {
    "de": ("[\\]{|}~", "ÄÖÜäöüß"),
    "fr": ("{|}@\\", "éùèàç"),
    "sv": ("[\\]{|}", "ÄÖÅäöå"),
    "fi": ("[\\]{|}", "ÄÖÅäöå"),
    "da": ("[\\]{|}", "ÆØÅæøå"),
    "nb": ("[\\]{|}", "ÆØÅæøå"),
    "no": ("[\\]{|}", "ÆØÅæøå"),
    "es": ("|}", "ñç"),
    "it": ("{|}~", "àòèì"),
}
"""National variants of ISO 646: which signs stand for which letters, by language."""
_IN_WORD = re.compile(r"(?<=[A-Za-z])[{|}~\\](?=[a-z{|}~])|(?<=[a-z])[{|}~](?![\w|{}~])")
_MORE_IN_WORD = re.compile(
    r"(?<=[A-Za-z{|}~])[{|}~@\\](?=[a-z{|}~])|(?<=[a-z{|}~])[{|}~](?![\w|{}])"
    r"|(?<![\w|{}~])[{|}](?=[a-z]{2})|(?<![\w\[\]\\])[\\\]](?=[a-z]{2})"
    r"|(?<=[A-Z])[\[\\\]](?=[A-Z])"
)
_STOPWORDS = {
    "en": "the of and to in that is was for with his said from has have were are been will after",
    "de": "der die das und ist nicht mit den von auf ein eine dem sich des auch nach wird im zum",
    "fr": "le les des est une dans pour que qui sur pas avec par au du ont selon aux cette été",
    "es": "el los las una que para con por del según fue más su se es como pero han esta entre",
    "it": "il che di della per con una sono nel alla dei gli ha dal questo delle anche è più non",
    "pt": "os não uma para com por do da dos das foi que mais segundo pela pelo são ao como em",
    "nl": "het een van en dat niet met voor zijn aan ook naar bij wordt door over uit zei maar nog",
    "sv": "och att det som på är av för med den inte till har ett om vid efter från säger också",
    "da": "og det som på er af for med den ikke til har et om ved efter fra siger også blev",
}
_BY_WORD: dict[str, list[str]] = {}
for _tongue, _words in _STOPWORDS.items():
    for _word in _words.split():
        _BY_WORD.setdefault(_word, []).append(_tongue)


_WORD = re.compile(r"[^\W\d_]+")
_LONG = 1500
"""Characters from which on a text shows its language by far more words than are needed."""

BROKEN = (
    "The message breaks off, nothing ends it; it waits for its repeat, or for somebody to look."
)
"""The warning of a message that was cut on the line and is withheld for it."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a wire in characters, line ends as LF, padding gone."""

    head: str
    """Header and keyword line: what stands before STX."""
    text: str
    tail: str = ""
    """What stands behind ETX."""
    whole: bool = True
    """Whether ETX or EOT ended what STX began."""


def unpadded(body: bytes) -> bytes:
    """`body` without the signs that only fill time on the line."""
    return body.translate(None, _PADDING)


def split(body: bytes, header: re.Pattern[bytes]) -> tuple[list[bytes], tuple[str, ...]]:
    """The messages of a capture, from their header on, and what is said of words between them.

    A message begins where SOH is followed by a header; where control characters were cleaned away
    it begins at the front, behind every EOT, and behind every day-time group on a line of its own
    (Belga sends several items in one block). It ends at its EOT, else where the next begins.
    """
    body = unpadded(body)
    starts = [m.end() for m in re.finditer(rb"\x01", body) if header.match(body, m.end())]
    if not starts:
        fronts = [0, *(m.end() for m in re.finditer(rb"\x04", body))]
        fronts = sorted({*fronts, *(m.end() for m in _GROUP_LINE.finditer(body))})
        fronts = [front + len(body[front:]) - len(body[front:].lstrip()) for front in fronts[:999]]
        starts = [front for front in dict.fromkeys(fronts) if header.match(body, front)]
    if not starts:
        return [], ()
    if len(starts) > _MOST_MESSAGES:
        raise FormatError(f"The file holds more than {_MOST_MESSAGES} messages; split it.")
    messages, lost, last = [], 0, 0
    for start, following in zip(starts, [*starts[1:], len(body)], strict=True):
        lost += bool(_WORDS_LEFT.search(body, last, start))
        end = body.find(b"\x04", start, following)
        last = following if end < 0 else end
        messages.append(body[start:last] + (b"\x04" if end >= 0 else b""))
    lost += bool(_WORDS_LEFT.search(body, last))
    reason = "Text stands outside of every message of the file; it has no header and was not read."
    return messages, (reason,) if lost else ()


def message(piece: bytes, hints: Hints) -> Message:
    """One message of `split` in characters, with its parts told apart by STX, ETX and EOT.

    Raises FormatError where it is too long for one.

    Without STX, `text` is all behind the first line and the caller finds the keyword line in it.
    """
    if len(piece) > LONGEST_MESSAGE:
        raise FormatError(f"A message is longer than {LONGEST_MESSAGE} bytes: no story is.")
    ended = b"\x04" in piece or b"\x03" in piece or b"\x02" not in piece
    text = decode(_even(piece.replace(b"\x04", b"")), hints)
    head, stx, rest = text.partition("\x02")
    if not stx:
        head, _, rest = text.partition("\n")
    # A stray ETX inside of the text is noise on the line: the last one counts.
    copy, etx, tail = rest.rpartition("\x03")
    if not etx:
        copy, tail = rest, ""
    return Message(
        head=head, text=copy.replace("\x03", ""), tail=xml.strip_controls(tail), whole=ended
    )


def _even(piece: bytes) -> bytes:
    """The message with every line end, however many signs a capture made of it, as LF."""
    piece = piece.replace(b"\r\n", b"\n")
    return _LINE_END.sub(b"\n", piece) if b"\r" in piece else piece


# --------------------------------------------------------------------------------------
# Characters
# --------------------------------------------------------------------------------------


def decode(body: bytes, hints: Hints) -> str:
    """The characters of `body`: BOM, the transport's charset, UTF-8, else cp1252, cp850 or T.61.

    Which of the last three is told by what letters they make inside of words. Copy in seven bits
    whose words hold {, | or } is read in the national variant of its language.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if body.isascii():
        return _from_variant(body.decode("ascii"), hints)
    for name in (*_declared(hints), "utf-8"):
        try:
            return body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    if hints.charset:
        return body.decode(hints.charset, "replace")
    readings = [body.decode(name, "replace") for name in _WESTERN]
    if len(_ACCENTED.findall(body)) >= _MOST_BY_CHANCE:
        readings.append(_from_t61(body))
    return max(readings, key=_likeliness)


def _from_t61(body: bytes) -> str:
    """Teletex (T.61, ISO 6937): an accent is a byte of its own, in front of its letter."""
    text = body.decode("latin-1").translate(_T61)
    text = _ACCENT_FIRST.sub(lambda found: found[2] + _COMBINING[found[1]], text)
    return unicodedata.normalize("NFC", text)


def _declared(hints: Hints) -> tuple[str, ...]:
    """The charset of the transport; every Latin-1 is Windows-1252 in practice."""
    found = _CHARSET.search(hints.media_type)
    if not found:
        return ()
    try:
        name = codecs.lookup(found[1]).name
    except LookupError:
        return ()
    if name in ("ascii", "utf-8") or not re.match(r"iso8859|cp\d|koi8|gb|big5|shift_jis|euc", name):
        return ()
    return ("cp1252" if name == "iso8859-1" else name,)


def _likeliness(text: str) -> float:
    """How much the high characters of a reading look like letters in words and quotes round them.

    Read in the wrong set, an umlaut is a quote inside of a word, or a capital behind a small one.
    """
    score = 0.0
    for count, found in enumerate(re.finditer(r"[^\x00-\x7f]", text)):
        if count == _MOST_DOUBTFUL:
            break
        sign, at = found[0], found.start()
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        inside = before.isalpha() and after.isalpha()
        if sign.isalpha():
            torn = before.islower() if sign.isupper() else after.isupper()
            alone = not (before.isalpha() or after.isalpha()) and sign not in "àÀ"
            score += -1 if torn or alone else 1
        elif sign in _QUOTES:
            late = sign in "„‚" and before.isalpha()
            score += -1 if late or (inside and sign != "’") else 1
        else:
            score -= 1
    return score


def _from_variant(text: str, hints: Hints) -> str:
    """Seven-bit text with the letters that its language has in the places of brackets and bars."""
    if not any(sign in text for sign in "{|}~\\") or len(_IN_WORD.findall(text)) < 2:
        return text
    tongue = hints.language[:2].casefold() or language_of(text)
    signs, letters = _VARIANTS.get(tongue, ("", ""))
    table = dict(zip(signs, letters, strict=True))
    return _MORE_IN_WORD.sub(lambda found: table.get(found[0], found[0]), text) if table else text


def language_of(text: str) -> str:
    """The language that the small words of a text show, as a two-letter tag; "" in doubt."""
    counts = dict.fromkeys(_STOPWORDS, 0)
    text = text[:6000].lower()
    # In a long text the words with a stop behind them are not missed, and this is far quicker.
    for word in text.split() if len(text) > _LONG else _WORD.findall(text):
        if word in _BY_WORD:
            for tongue in _BY_WORD[word]:
                counts[tongue] += 1
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < 5 or best < second * 1.5:
        return ""
    return max(counts, key=lambda tongue: counts[tongue])


# --------------------------------------------------------------------------------------
# Times
# --------------------------------------------------------------------------------------


def day_time_group(tail: str, timezone: str) -> tuple[datetime | None, str]:
    """The instant (UTC) of "131137 GMT Nov 13" and its day as YYYY-MM-DD; (None, "") if none.

    Day, hour and minute stand together; without a zone the group is in `timezone`.
    """
    for found in _GROUP.finditer(" ".join(tail[:LONGEST_TAIL].split())):
        year = found["year"] if len(found["year"]) == 4 else _century(found["year"])
        day = f"{found['day']} {found['month']} {year}"
        at = dates.instant(
            f"{day} {found['hour']}:{found['minute']} {found['zone'] or ''}", timezone
        )
        calendar = dates.instant(day, "UTC")
        if at and calendar:
            return at, calendar.date().isoformat()
    return None, ""


def _century(year: str) -> str:
    return f"{19 if int(year) >= 70 else 20}{year}"


def local_day(at: datetime | None, hints: Hints) -> str:
    """The day (YYYY-MM-DD) of an instant, or of arrival where there is none; "" without both."""
    moment = at or hints.received
    return moment.date().isoformat() if moment else ""
