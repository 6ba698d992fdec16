"""Blocks as readers see them: plain text with exact places, cutting by those places, sentences."""

from __future__ import annotations

import html
import re
import unicodedata

from wirecopy.model import Block

_TAG = re.compile(r'<(?:[^<>"]++|"[^"]*+")*+>')
_ENTITY = re.compile(r"&(?:#\w{1,8}|[A-Za-z]\w{1,31});")
_USUAL = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": "\xa0", "&amp;": "&"}
"""The ampersand comes last, so that nothing is decoded twice."""
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TOKEN = re.compile(r'<(?:[^<>"]++|"[^"]*+")*+>|&(?:#\w{1,8}|[A-Za-z]\w{1,31});|[^<&]+|.')
_RAW_SPACE = str.maketrans("\n\r\t", "   ")
_ATTRIBUTES = r"(?:[^<>\"]++|\"[^\"]*+\")*+"
_HOLLOW = re.compile(rf"<(a|em|strong|b|i|sub|sup|u|span)(?:\s{_ATTRIBUTES})?>\s*</\1>")
_OPENING = re.compile(rf"^(<\w+{_ATTRIBUTES}>(?:<(?!br|/){_ATTRIBUTES}>)*)(?:\s|&nbsp;|<br\s*/?>)+")
_CLOSING = re.compile(r"(?:\s|&nbsp;|<br\s*/?>)+((?:</\w+>)+)$")
_APART = re.compile(
    r"<(?:br|/p|/li|/tr|/td|/th|/h\d|/figcaption|/div|/caption)\b[^<>]*>", re.IGNORECASE
)
_SPACE = re.compile(r"\s{2,}|[^\S\xa0\u202f ]")
_RUN = re.compile(r"(?:[ \t\r\n\xa0]|&nbsp;|&#160;|&#xa0;){2,}")
_EMPTY = re.compile(rf"(?:<{_ATTRIBUTES}>|\s|&nbsp;|&#160;|&#xa0;)*+\Z")
_TEXTUAL = frozenset({"p", "h2", "h3"})


def word_set(text: str) -> frozenset[str]:
    """The words of a blank-separated list; tables of words read better as text."""
    return frozenset(text.split())


def plain(markup: str) -> str:
    """The visible characters of one block; `<br>` is a line end. Places in it are for `_cut`."""
    if "<br" in markup or "\n" in markup or "\t" in markup or "\r" in markup:
        markup = _BREAK.sub("\n", markup.translate(_RAW_SPACE))
    text = markup[3:-4] if _is_bare(markup) else _TAG.sub("", markup)
    return _spelled_out(text) if "&" in text else text


def _spelled_out(text: str) -> str:
    """`text` with its entities as characters; the five that clean markup has go at one stroke."""
    if sum(map(text.count, _USUAL)) == text.count("&"):
        for entity, character in _USUAL.items():
            text = text.replace(entity, character)
        return text
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def _is_bare(markup: str) -> bool:
    """Whether a block is `<p>text</p>` without any other tag, as most are."""
    return markup.startswith("<p>") and markup.endswith("</p>") and markup.find("<", 3, -4) < 0


def _cut(markup: str, start: int, end: int) -> str:
    """`markup` without its visible characters from `start` to `end` (places in `plain`).

    Tags stay balanced; inline elements that became hollow go, and so does space at both ends.
    """
    kept: list[str] = []
    place = 0
    for match in _TOKEN.finditer(markup.translate(_RAW_SPACE)):
        token = match[0]
        if token[0] == "<" and len(token) > 1:
            if not _BREAK.fullmatch(token):
                kept.append(token)
                continue
            length = 1
        else:
            length = len(html.unescape(token)) if token[0] == "&" and len(token) > 1 else len(token)
        if token[0] in "<&" and length != len(token):
            kept.append("" if start <= place < end else token)
        else:
            kept.append(token[: max(0, start - place)] + token[max(0, end - place) :])
        place += length
    return _tidy("".join(kept))


def _tidy(markup: str) -> str:
    before = ""
    while before != markup:
        before = markup
        markup = _OPENING.sub(r"\1", _HOLLOW.sub("", markup), count=1)
        end = max(0, len(markup) - 160)  # only the end is searched, not every space
        markup = markup[:end] + _CLOSING.sub(r"\1", markup[end:], count=1)
    return markup


def shortened(block: Block, start: int, end: int) -> Block | None:
    """The block without those characters, None when nothing readable is left."""
    rest = Block(block.kind, _cut(block.html, start, end))
    return rest if plain(rest.html).strip() else None


def lines_in(text: str, index: int) -> list[tuple[str, int, int]]:
    """The lines of a block's text that show something, with the block and where each begins."""
    found = []
    start = 0
    for raw in text.split("\n"):
        if raw.strip():
            found.append((" ".join(raw.split()), index, start))
        start += len(raw) + 1
    return found


def last_lines(text: str, index: int, most: int) -> list[tuple[str, int, int]]:
    """The last of `lines_in`, at most so many; the others are not looked at."""
    found: list[tuple[str, int, int]] = []
    end = len(text)
    while end >= 0 and len(found) < most:
        start = text.rfind("\n", 0, end) + 1
        if raw := text[start:end].split():
            found.append((" ".join(raw), index, start))
        end = start - 1
    return found[::-1]


def is_empty(block: Block) -> bool:
    """Whether a paragraph or heading shows nothing at all."""
    return block.kind in _TEXTUAL and _EMPTY.match(block.html) is not None


def block_text(block: Block) -> str:
    """The block's text on as many lines as it has items, cells or breaks; no edge whitespace."""
    if _is_bare(block.html) and "&" not in block.html:
        return _one_line(block.html[3:-4])
    text = _TAG.sub("", _APART.sub("\n", block.html.translate(_RAW_SPACE)))
    if "&" in text:
        text = _spelled_out(text)
    return "\n".join(line for raw in text.split("\n") if (line := " ".join(raw.split())))


def _one_line(text: str) -> str:
    """`text` with runs of whitespace as one space each and none at its edges."""
    even = text.isprintable() and "  " not in text  # then all whitespace is single spaces
    return text.strip() if even else " ".join(text.split())


def tidy_line(text: str) -> str:
    """`text` in NFC on one line, runs of whitespace one space; a single no-break space stays."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _SPACE.sub(" ", text).strip()


def tidy_block(block: Block) -> Block:
    """`block` in NFC with runs of no-break spaces one space; the same object if nothing changed."""
    markup = block.html
    if markup.isascii() and "&" not in markup:
        return block
    if not unicodedata.is_normalized("NFC", markup):
        markup = unicodedata.normalize("NFC", markup)
    spaced = "\xa0" in markup or "&nbsp;" in markup or "&#" in markup
    if spaced and block.kind not in {"pre", "table"}:  # there, runs are columns
        markup = _RUN.sub(_one_space, markup)
    return block if markup == block.html else Block(block.kind, markup)


def _one_space(run: re.Match[str]) -> str:
    """A run of spaces: one space where a no-break space is in it, else as it is."""
    return " " if run[0].strip(" \t\r\n") else run[0]


_FOLD = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """`text` for comparing: casefolded, without punctuation and space."""
    return _FOLD.sub("", text.casefold())


# --------------------------------------------------------------------------------------
# Sentences
# --------------------------------------------------------------------------------------

_STOP = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=\s|$)"
    r"|[。！？｡।॥۔؟]+[」』”’）)\"]*"
)
_ABBREVIATED = word_set(
    """mr mrs ms dr prof rev hon gov gen col lt maj capt cmdr sgt cpl adm sen rep pres st ste mt ft
    jr sr no nos vs etc inc ltd co corp bros dept est approx fig vol al ca cf pp ed eds
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    mme mlle mm m bzw z.b u.a d.h usw nr str hr fr dra sra sres sr.a núm art av
    smt shri sh retd addl govt dist km kg rs ave blvd rd calif fla mass pa va wash ariz colo conn
    ill ind kan ky la md mich minn miss mont neb nev okla ore tenn tex vt wis wyo"""
)
_ACRONYM = re.compile(r"(?:\w\.)+\w$")
_OPEN_QUOTES = (("“", "”"), ("«", "»"), ("(", ")"))


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; in doubt (abbreviations, open quotes) they stay together."""
    found: list[str] = []
    start = 0
    for match in _STOP.finditer(text):
        sentence = text[start : match.end()].strip()
        if _ends(text, match, sentence):
            found.append(sentence)
            start = match.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def _ends(text: str, match: re.Match[str], sentence: str) -> bool:
    """Whether a full stop closes the sentence before it."""
    after = text[match.end() :].lstrip()
    if after and sentence.count('"') % 2:
        return False
    if after and any(sentence.count(a) > sentence.count(b) for a, b in _OPEN_QUOTES):
        return False
    if match[0][0] not in ".…" or not after:
        return True
    if after[0].islower() or (match[0] == "..." and not after[0].isupper()):
        return False
    if match[0] != ".":
        return True
    words = text[max(0, match.start() - 24) : match.start()].split()
    word = words[-1].lstrip("(“\"'‘[") if words else ""
    initial = len(word) == 1 and word.isupper()
    number = word.casefold() in {"no", "nos", "nr"}
    return not (
        initial
        or _ACRONYM.match(word)
        or (word.casefold() in _ABBREVIATED and not (number and not after[0].isdigit()))
    )
