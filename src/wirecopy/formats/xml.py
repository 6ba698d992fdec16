"""Hardened XML: bytes to an lxml tree that nothing outside can steer.

No DTD is read and nothing is fetched. Of a DOCTYPE's entities only those that stand for a few plain
words are spelled out, all together below a cap; none nests. Text is never cut: HTML entities that
XML does not know become their characters before the parser sees them (libxml2's recover mode
would drop the text behind them). The common road parses the bytes as they are; repair only runs
when that fails.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html.entities import html5
from itertools import pairwise
from typing import Any

from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import charsets
from wirecopy.formats.hints import Hints, most_items

_MAX_BYTES = 50_000_000
"""Longest XML document that is looked at, in bytes."""
_MAX_DEPTH = 200
"""Deepest nesting that is accepted."""

TORN = "The document breaks off; the items that are whole were kept."
_ITEMS = frozenset({
    "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "NewsItem", "item",
    "entry",
})  # fmt: skip
"""Elements that are stories of their own in documents that hold several."""
_MAX_SPELLED = 100_000
"""Most that the entities of a DOCTYPE may add to a document, in bytes."""

_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How every parser of the wire's XML is made: nothing is fetched, expanded or without bounds."""
_STRICT = etree.XMLParser(encoding="utf-8", **_SAFE)
_RECOVER = etree.XMLParser(encoding="utf-8", recover=True, **_SAFE)
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (_MAX_DEPTH + 1) + ")")

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_C1 = re.compile("[\x80-\x9f]")
_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
_C1_NUMBERS = re.compile(rb"&#(?:[xX]0*[89][0-9a-fA-F]|0*1[2-5]\d);")
_C1_REFS = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*(\d{1,7}));")
_WINDOWS = {
    n: bytes([n]).decode("cp1252")
    for n in range(0x80, 0xA0)
    if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""The characters that C1 controls stand for; Windows-1252 has none for five of them."""
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NAMED = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&([A-Za-z][A-Za-z0-9]{1,31});", re.DOTALL
)
_BARE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};|(?:amp|lt|gt|quot|apos);)",
    re.DOTALL,
)

_DECLARATION = re.compile(rb"<\?xml[^>]{0,400}\?>\s*")
_CDATA_MARKS = re.compile(rb"<!\[CDATA\[|\]\]>")
_CUT_END = re.compile(rb"</[\w:.-]{1,80}\s*\Z")
"""An end tag that lacks its last character, as the last thing in a document."""
_PROLOG = rb"(?:\s|<\?.*?\?>|<!--.*?-->)*+"
_DOCTYPE = re.compile(
    rb"(" + _PROLOG + rb")<!DOCTYPE"
    rb"""(?:[^"'\[>]|"[^"]*"|'[^']*')*+"""
    rb"""(?:\[(?:[^]"'<]|"[^"]*"|'[^']*'|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<)*+\]\s*)?>""",
    re.DOTALL | re.IGNORECASE,
)
_OWN_ENTITY: re.Pattern[bytes] = re.compile(
    rb"""<!ENTITY\s+([A-Za-z][\w.-]{0,31})\s+(?:"([^"&%<\x80-\xff]{0,200})"|'([^'&%<\x80-\xff]{0,200})')\s*>"""
)
_USED = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&([A-Za-z][\w.-]{0,31});", re.DOTALL
)
_HAS_DOCTYPE = re.compile(_PROLOG + rb"<!DOCTYPE", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(
    _PROLOG + rb"<([A-Za-z_][\w.-]*)(?::([A-Za-z_][\w.-]*))?((?:\s[^<>]*)?)/?(?:>|$)", re.DOTALL
)
_XMLNS = re.compile(rb"""\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""")


def in_pieces() -> etree.XMLPullParser:
    """A parser that is fed piece by piece and tells where elements start and end."""
    return etree.XMLPullParser(events=("start", "end"), **_SAFE)


def parse(body: bytes, hints: Hints) -> etree._Element:
    """The root element of well-formed XML; raises FormatError, in the operator's words, if not.

    A DOCTYPE is skipped, but for entities that stand for a few words; HTML entities outside CDATA
    and illegal control characters are repaired first, everything else must be well-formed.
    """
    data = _utf8(body, hints)
    try:
        root = etree.fromstring(data, _STRICT)
    except etree.XMLSyntaxError:
        root = _parse_repaired(data)
    if _TOO_DEEP(root):
        raise FormatError(f"The XML is nested deeper than {_MAX_DEPTH} elements.")
    return root


def mend(body: bytes, hints: Hints) -> etree._Element:
    """The root of XML whose only faults are bare ampersands and unknown entities.

    Both become text. Raises FormatError where more is wrong.
    """
    try:
        return _without_references(etree.fromstring(_without_bare(body, hints), _STRICT))
    except etree.XMLSyntaxError as error:
        raise FormatError(f"The XML is not well-formed: {_why(error)}.") from error


def _without_bare(body: bytes, hints: Hints) -> bytes:
    data = _flat(_repair(_utf8(body, hints, strict=False)))
    text = (data.rstrip() + b">" if _CUT_END.search(data[-100:]) else data).decode()
    return _BARE.sub(lambda m: m[0] if len(m[0]) > 1 else "&amp;", text).encode()


def _flat(data: bytes) -> bytes:
    """`data` without the marks of CDATA inside of CDATA: a second writer wrapped it again."""
    if data.count(b"<![CDATA[") < 2:
        return data
    depth = 0

    def mark(match: re.Match[bytes]) -> bytes:
        nonlocal depth
        opens = match[0][0:1] == b"<"
        depth = depth + 1 if opens else max(0, depth - 1)
        outer = depth == 1 if opens else depth == 0
        return match[0] if outer else b""

    return _CDATA_MARKS.sub(mark, data)


def recover(body: bytes, hints: Hints) -> tuple[etree._Element, tuple[str, ...]]:
    """The root of XML that is not well-formed, with warnings that say so (never empty).

    Ampersands that start nothing become text. Where the document breaks off, its last item goes.
    Raises FormatError if no tree comes of it, or no whole item.
    """
    root, data, why = ruin(body, hints)
    torn = _without_torn(root, data, why)
    return root, (f"The XML was not well-formed and was recovered: {why}.", *torn)


def ruin(body: bytes, hints: Hints) -> tuple[etree._Element, bytes, str]:
    """Whatever tree libxml2 makes of broken XML, the bytes it was made of, and what is wrong.

    Raises FormatError if it is none at all.
    """
    data = _without_bare(body, hints)
    try:
        etree.fromstring(data, _STRICT)
        why = "undeclared entities or bare ampersands"
    except etree.XMLSyntaxError as error:
        why = _why(error)
    try:
        root = etree.fromstring(data, _RECOVER)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"The XML cannot be read, not even in part: {_why(error)}.") from error
    if root is None or _TOO_DEEP(root):
        raise FormatError("The XML cannot be read, not even in part.")
    return _without_references(root), data, why


def _without_references(root: etree._Element) -> etree._Element:
    """The tree with each reference that still stands as a node of its own spelled out as text.

    There are some where broken tags hide from us whether they stand in a comment.
    """
    for node in list(root.iter(etree.Entity)):
        written = str(node.text)  # "&name;"
        said = html5.get(written[1:], written) + (node.tail or "")
        around, before = node.getparent(), node.getprevious()
        if around is None:
            continue
        if before is None:
            around.text = (around.text or "") + said
        else:
            before.tail = (before.tail or "") + said
        around.remove(node)
    return root


def _without_torn(root: etree._Element, data: bytes, why: str) -> tuple[str, ...]:
    """Takes the item in whose middle a document breaks off out of its tree, and says so.

    Half a story is none: FormatError where nothing else is left.
    """
    name = str(root.tag).rpartition("}")[2].encode()
    if re.search(rb"</(?:[\w.-]+:)?" + re.escape(name) + rb"\s*>", data[-400:]):
        return ()
    items = [each for each in root.iter() if localname(each) in _ITEMS and each is not root]
    if not items:
        raise FormatError(f"The XML breaks off before its end: {why}.")
    last = localname(items[-1]).encode()
    opened = list(re.finditer(rb"<(?:[\w.-]+:)?" + last + rb"[\s>]", data))
    closed = re.compile(rb"</(?:[\w.-]+:)?" + last + rb"\s*>")
    if not opened or not closed.search(data, opened[-1].end()):
        around = items[-1].getparent()
        if len(items) == 1 or around is None:
            raise FormatError(f"The XML breaks off in the middle of its only item: {why}.")
        around.remove(items[-1])
    return (TORN,)


def documents(body: bytes) -> tuple[bytes, ...]:
    """The XML documents of a delivery that holds several, one behind the other; else only itself.

    The second and later ones get the XML declaration of the first where they have none.
    """
    local = sniff_root(body[:8192])[1].encode()
    first = body.find(b"</" + local) if local else -1
    if first < 0 or first > len(body) - 100 - len(local):
        return (body,)
    name = re.escape(local)
    seam = re.compile(
        rb"</"
        + name
        + rb"\s*+>()"
        + _PROLOG
        + rb"(?:<!DOCTYPE[^>\[]*+>)?+\s*+(?=<"
        + name
        + rb"[\s>])"
    )
    starts = [match.start(1) for match in seam.finditer(body)]
    if len(starts) > most_items(body):
        raise FormatError(f"The delivery holds {len(starts)} documents, too many for its length.")
    if not starts or _is_well_formed(body):
        return (body,)
    own = _DECLARATION.match(body)
    pieces = [body[a:b].strip() for a, b in pairwise([0, *starts, len(body)])]
    head = own[0] if own else b""
    return tuple(p if p.startswith(b"<?xml") else head + p for p in pieces)


def _is_well_formed(body: bytes) -> bool:
    try:
        etree.fromstring(body, _STRICT)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def cleaned(body: bytes, hints: Hints) -> bytes:
    """`body` in UTF-8 without DOCTYPE and control characters, for parsers that are not ours."""
    return _repair(_utf8(body, hints, strict=False))


def decode(body: bytes, hints: Hints) -> str:
    """The text of `body` in the character set that its bytes show, see `charsets`.

    Windows-1252 stands in for every Latin-1, because 0x80-0x9F are curly quotes in practice;
    illegal control characters are stripped.
    """
    return strip_controls(charsets.decode(body, hints).text)


def has_c1(body: bytes) -> bool:
    """Whether UTF-8 holds controls that are characters of Windows-1252 in disguise."""
    return b"\xc2" in body and _C1_BYTES.search(body) is not None


def strip_controls(text: str) -> str:
    """`text` without C0 controls but TAB, LF, CR; C1 controls become the Windows characters."""
    if not text.isascii() and _C1.search(text):
        text = text.translate(_WINDOWS)
    return _CONTROLS.sub("", text)


def text(element: etree._Element) -> str:
    """All text inside `element` as `tidy` gives it."""
    words = element.text or "" if len(element) == 0 else "".join(map(str, element.itertext()))
    return tidy(words)


def tidy(words: str) -> str:
    """`words` in NFC with whitespace collapsed, a single no-break space only where it is set.

    That is before ; : ! ? and a sign of money or per cent, inside « » and between figures; anywhere
    else it came from an editor's keyboard, and would keep a marker or a notice from being seen.
    """
    if words.isascii():
        even = "  " not in words and words.isprintable()
        return words.strip() if even else " ".join(words.split())
    if "\xa0" in words or "\u202f" in words:
        words = _SPACES.sub(_set_space, words)
        return unicodedata.normalize("NFC", words.strip())
    return unicodedata.normalize("NFC", " ".join(words.split()))


_SPACES = re.compile(r"\s+")
_SET_BEFORE = frozenset(";:!?»›%‰€$£")


def _set_space(run: re.Match[str]) -> str:
    """A run of spaces as it should stand."""
    space, start, end = run[0], run.start(), run.end()
    if space not in {"\xa0", "\u202f"} or not start or end == len(run.string):
        return " "
    before, after = run.string[start - 1], run.string[end]
    kept = after in _SET_BEFORE or before in {"«", "‹"} or (before.isdigit() and after.isdigit())
    return space if kept else " "


def attributes(element: etree._Element) -> dict[str, str]:
    """All attributes by their names in Clark notation; cheaper than asking for three of them."""
    return dict(element.items())  # type: ignore[arg-type] # the stubs also allow bytes


def localname(element: etree._Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


@lru_cache(maxsize=4)  # every format asks for the root of the same delivery
def sniff_root(head: bytes) -> tuple[str, str]:
    """Namespace and local name of the root element, ("", "") if `head` does not show one."""
    head = _sniffable(head)
    doctype = _DOCTYPE.match(head)
    match = _ROOT.match(head, doctype.end() if doctype else 0)
    if not match:
        return "", ""
    prefix, local = (match[1], match[2]) if match[2] else (None, match[1])
    spaces = {m[1]: m[2] for m in _XMLNS.finditer(match[3])}
    return spaces.get(prefix, b"").decode("utf-8", "replace").strip(), local.decode()


def _sniffable(head: bytes) -> bytes:
    """`head` in an ASCII-compatible encoding without its BOM."""
    if head.startswith(b"\xef\xbb\xbf"):
        return head[3:]
    wide = b"\0" in head[:4] or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return charsets.decode(head, Hints()).text.encode("utf-8", "replace") if wide else head


def _why(error: etree.XMLSyntaxError) -> str:
    """The parser's reason on one line; it may quote the document."""
    return " ".join(str(error.msg).split())[:160]


def _parse_repaired(data: bytes) -> etree._Element:
    try:
        return etree.fromstring(_repair(data), _STRICT)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"The XML is not well-formed: {_why(error)}.") from error


def _repair(data: bytes) -> bytes:
    """`data` with HTML entities outside CDATA as character references, without controls."""
    repaired = strip_controls(data.decode())
    repaired = _C1_REFS.sub(_legal_reference, repaired)
    repaired = repaired.replace("&#X", "&#x")
    return _NAMED.sub(_named, repaired).encode()


def _named(match: re.Match[str]) -> str:
    name = match[1]
    if not name or name in _XML_NAMES or name + ";" not in html5:
        return match[0]
    return "".join(f"&#{ord(character)};" for character in html5[name + ";"])


def _legal_reference(match: re.Match[str]) -> str:
    """A character reference as it stands, or what it must mean where XML forbids it."""
    number = int(match[1], 16) if match[1] else int(match[2])
    if number in _WINDOWS:
        return f"&#{ord(_WINDOWS[number])};"
    legal = number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD
    return match[0] if legal or 0x10000 <= number <= 0x10FFFF else ""


def _utf8(body: bytes, hints: Hints, *, strict: bool = True) -> bytes:
    """`body` in UTF-8, without BOM and DOCTYPE, C1 controls as Windows characters."""
    if len(body) > _MAX_BYTES:
        raise FormatError(f"The XML is longer than {_MAX_BYTES} bytes.")
    data = body.lstrip() if charsets.is_utf8(body, hints) else _transcoded(body, hints)
    if (b"\xc2" in data and _C1_BYTES.search(data)) or (b"#" in data and _C1_NUMBERS.search(data)):
        data = _C1_REFS.sub(_legal_reference, _C1.sub(_windows, data.decode())).encode()
    if _HAS_DOCTYPE.match(data):
        doctype = _DOCTYPE.match(data)
        if not doctype and strict:
            raise FormatError("The XML is not well-formed: its DOCTYPE never ends.")
        if doctype:
            data = _spelled_out(doctype[1] + data[doctype.end() :], doctype[0])
    return data


def _spelled_out(data: bytes, doctype: bytes) -> bytes:
    """`data` with the entities that its DOCTYPE declares as short plain text.

    Nothing nests, nothing points elsewhere, and all of it together stays small.
    """
    own = {m[1]: m[2] or m[3] or b"" for m in _OWN_ENTITY.finditer(doctype)}
    if not own or sum(data.count(b"&%s;" % n) * len(own[n]) for n in own) > _MAX_SPELLED:
        return data

    def spelled(match: re.Match[bytes]) -> bytes:
        return own.get(match[1], match[0])

    return _USED.sub(spelled, data)


def _transcoded(body: bytes, hints: Hints) -> bytes:
    """`body` in UTF-8 without the XML declaration, which names another character set."""
    data = charsets.decode(body, hints).text.encode("utf-8", "replace").lstrip()
    return _DECLARATION.sub(b"", data, count=1)


def _windows(match: re.Match[str]) -> str:
    return _WINDOWS.get(ord(match[0]), match[0])
