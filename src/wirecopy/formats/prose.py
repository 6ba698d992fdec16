"""Plain text to blocks: paragraphs, lists and tables as the wires set them in type."""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import groupby, pairwise

from wirecopy.formats.xml import tidy
from wirecopy.model import Block

_BULLET = re.compile(r"\s*(?:[*•–▪‣]|-(?=\s))\s+(?=\S)")
_ALIGNED = re.compile(r"\S(?: {3,}|\t+)\S.*?(?: {3,}|\t+)\S|\S(?: {3,}|\t+)[\d$€£+-]")
_INDENT = re.compile(r"(?: {2,}|\t)\S")
_SENTENCE_END = re.compile(r"""[.!?:;…]["”’')\]]*\s*$""")
_RULE = re.compile(r"\s*(?:_{3,}|-{3,}|\*(?:\s*\*){2,}|={3,})\s*")
_EARLY = 0.6
"""Share of the width up to which a line would have had room for the next word."""
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+\S")
_CLOCK = re.compile(
    r"\s*(?:\d{1,2}[:.]\d\d(?:\s?[A-Z]{2,4}|\s?[ap]\.?m\.?|\s?Uhr)?|\d{4}\s?[A-Z]{3,4})\s*"
)
"""A line that is the minute of what stands below it, as in running reports."""
_NAME = 28
"""Characters of the name before what somebody said."""
_FULL = 55
"""Characters from which on a line that ends in no stop was cut to a width."""
_TYPED = 6
"""Line ends of copy that is looked at for paragraphs within."""
_NOTICE = re.compile(r"\W{0,3}(?:STRICTLY |UNDER )?(?:EMBARG|SPERRFRIST|NOT FOR|HOLD FOR|DO NOT)")
_SOFT_NOTICE = re.compile(
    r"\W{0,3}(?:(?:strictly|under) )?(?:embargo(?:ed)?(?:\s*:| until| till| for)|sperrfrist"
    r"|not for publication|hold for release)(?=.*\d)",
    re.IGNORECASE,
)
"""A notice that may be a sentence as well: it parts paragraphs before a line with a capital."""
_SMALL_WORD = re.compile(r"(?<![^\W_])[a-zß-ÿ]{2,}")
_SENTENCE = 3
"""Words in small letters from which on a line below a notice in capitals is no more of it."""
_DAYS = re.compile(
    r"mon|tue|wed|thu|fri|sat|sun|die|mit|don|fre|sam|son|lun|mar|mer|jeu|ven|dim|mie|jue|vie|sab|dom",
    re.IGNORECASE,
)
"""How weekdays begin: a notice may go on with one."""
_FORBIDDEN = re.compile(r".{8,150}(?:न|ना|नहीं) (?:करें|करे)[\s।.!)\]]*")
_ENTITIES = 40
"""Characters that escaping may have added to a line."""
_WIRE_WIDTH = 80
"""Longest line, in characters, of copy that was wrapped by hand."""

_MOST_LINES = 50_000
"""Lines that are told apart; what follows them stands in one, and no copy has as many."""


def blocks_from_text(text: str) -> tuple[Block, ...]:
    """The blocks of plain text.

    Paragraphs end at a blank line or where the next line is indented; lines of hard-wrapped copy
    (80 columns or fewer) are joined. Bullets become a list, aligned columns stay as they are.
    """
    even = text.expandtabs(8).replace("\r\n", "\n").replace("\r", "\n")
    lines = even.split("\n", _MOST_LINES)
    width = max(map(len, lines)) if _is_wrapped(lines) else 0
    blocks: list[Block] = []
    for group in _groups(lines, width):
        blocks.extend(_block(group))
    return tuple(_joined_lists(blocks))


_SET_IN = re.compile(r"\n {3,10}\S")
_SET_OUT = re.compile(r"\n(?=\S)")


def telexed(html: str) -> tuple[Block, ...]:
    """The blocks of copy that a wire put into one element as it was typed; () for any other.

    Paragraphs are indented there and wrapped lines are not; where a program indented the markup,
    all lines are.
    """
    if "<" in html or html.count("\n") < _TYPED or len(_SET_OUT.findall(html)) < 2:
        return ()
    if len(_SET_IN.findall(html)) < 2 or max(map(len, html.split("\n"))) > _WIRE_WIDTH + _ENTITIES:
        return ()
    return blocks_from_text(unescape(html))


def is_rule(words: str) -> bool:
    """Whether a paragraph of markup is a rule as wires type it; hyphens may open a sign-off."""
    return words[:1] in {"_", "*", "="} and _RULE.fullmatch(words) is not None


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines were cut to a width rather than at the end of each paragraph."""
    full = [line for line in lines if line.strip()]
    if not full or max(map(len, full)) > _WIRE_WIDTH:
        return False
    running = [a for a, b in pairwise(lines) if a.strip() and b.strip() and not _INDENT.match(b)]
    open_ended = [line for line in running if not _SENTENCE_END.search(line)]
    return len(open_ended) * 2 >= len(running)


def _groups(lines: list[str], width: int) -> list[list[str]]:
    """The lines of each block, in order; `width` is that to which the copy was cut, 0 for none."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            groups += [[]] if groups[-1] else []
            continue
        if _RULE.fullmatch(line):
            groups += [[line], []]
            continue
        group = groups[-1]
        if group and _breaks(group, line, width):
            groups.append([line])
        else:
            group.append(line)
    return [group for group in groups if group]


def _breaks(group: list[str], line: str, width: int) -> bool:
    """Whether `line` opens a new block behind `group`."""
    tabular = _tabular(line)
    if tabular or _tabular(group[-1]):
        return tabular != _tabular(group[-1])
    if _BULLET.match(line) or (len(group) == 1 and _is_whole(group[0], line)):
        return True
    if _BULLET.match(group[0]):
        return not line.startswith("  ") or _indent(line) <= _indent(group[0])
    if _INDENT.match(line):
        return True
    return _stands_alone(group, line, width) if width else not _runs_on(group[-1], line)


def _is_whole(line: str, following: str) -> bool:
    """Whether a first line is a block of its own, whatever its length."""
    return bool(_CLOCK.fullmatch(line)) or _ends_notice(line, following)


def _ends_notice(line: str, following: str) -> bool:
    """Whether a line is a whole notice to desks, and the next one begins the text."""
    loud = _NOTICE.match(line) and line.isupper()
    if loud or _SOFT_NOTICE.match(line):
        start = following.strip()
        begins = _DAYS.match(start) or not (loud or start[:1].isupper())
        return len(_SMALL_WORD.findall(following)) >= _SENTENCE and not begins
    return not line.isascii() and _FORBIDDEN.fullmatch(line) is not None


def _stands_alone(group: list[str], line: str, width: int) -> bool:
    """Whether a line of copy that was cut to a width opens a new block all the same.

    The one before ended long before the width did, and so does this one or its sentence was over;
    or this is the next speaker or number.
    """
    before = group[-1].rstrip()
    ended = bool(_SENTENCE_END.search(before))
    early = len(before) + 1 + len(line.split(None, 1)[0]) <= _EARLY * width
    if early and not line[0].islower() and before[-1] not in "-–—,":
        return ended or len(line.rstrip()) <= _EARLY * width
    if _NUMBERED.match(line):
        return ended or bool(_NUMBERED.match(group[0]))
    speaker, colon, _ = line.partition(": ")
    return bool(colon) and speaker.isupper() and len(speaker) <= _NAME


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _runs_on(line: str, following: str) -> bool:
    """Whether a full line was cut in a sentence, in copy most of whose lines stand alone."""
    full = _FULL <= len(line.rstrip()) <= _WIRE_WIDTH and len(following) <= _WIRE_WIDTH
    return full and not _SENTENCE_END.search(line)


def _tabular(line: str) -> bool:
    if line.count("|") >= 2:
        return True
    said = line.strip()
    return ("   " in said or "\t" in said) and _ALIGNED.search(said) is not None


def _block(group: list[str]) -> list[Block]:
    if _RULE.fullmatch(group[0]):
        return [Block("hr", "<hr>")]
    if len(group) > 1 and all(_tabular(line) for line in group):
        rows = escape("\n".join(line.rstrip() for line in group), quote=False)
        return [Block("pre", f"<pre>{rows}</pre>")]
    words = tidy(" ".join(group))
    bullet = _BULLET.match(group[0])
    if bullet and len(bullet[0]) < len(group[0]):
        item = words[len(bullet[0].strip()) :].strip()
        return [Block("ul", f"<ul><li>{_escaped(item)}</li></ul>")] if item else []
    return [Block("p", f"<p>{_escaped(words)}</p>")] if words else []


def _escaped(words: str) -> str:
    """`words` as markup, spelled as the sanitiser spells it."""
    return escape(words, quote=False).replace("\xa0", "&nbsp;")


def _joined_lists(blocks: list[Block]) -> list[Block]:
    """`blocks` with the items of one list in one block."""
    joined: list[Block] = []
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        if kind == "ul":
            items = (block.html.removeprefix("<ul>").removesuffix("</ul>") for block in run)
            joined.append(Block("ul", f"<ul>{''.join(items)}</ul>"))
        else:
            joined += run
    while joined and joined[-1].kind == "hr":
        joined.pop()
    while joined and joined[0].kind == "hr":
        joined.pop(0)
    return joined
