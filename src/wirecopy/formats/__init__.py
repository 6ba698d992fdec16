"""Formats: bytes to items. Each file reads top to bottom as sniff, read, adapt.

Content decides which format reads a delivery; file names and media types are hints at best.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from typing import Protocol

import msgspec

from wirecopy.errors import FormatError
from wirecopy.formats import (
    anpa1312,
    atom,
    charsets,
    damage,
    iptc7901,
    jsonfeed,
    newsml1,
    newsml_g2,
    ninjs,
    nitf,
    plain,
    rss,
    unseen,
    vendor_json,
    vendor_xml,
    wxr,
    xml,
)
from wirecopy.formats.feeds import content_id
from wirecopy.formats.glance import all_of
from wirecopy.formats.hints import Hints, Score, check_count
from wirecopy.formats.markup import words_of
from wirecopy.formats.squeezed import MAX_INFLATED, inflated
from wirecopy.model import Item, Reading

__all__ = ["FORMATS", "MAX_INFLATED", "Format", "Hints", "Score", "names", "read", "sniff"]

_HEAD = 8192
"""Bytes that a format sees when it is asked whether a delivery is its own."""
_NOTHING = b"\xef\xbb\xbf\xbe\xfe\xff\x7f" + bytes(range(33))
"""Bytes that say nothing by themselves: a mark of the encoding, controls, padding, blanks."""


_LONG = 200_000
"""Bytes from which on a delivery is looked at for how much of it is markup."""
_SIGNS = (b"<", b"&", b"\\u00", b"\xc2\xa0")
"""What parsers work at, ten times as long as at a letter: tags, entities, escapes, hard spaces."""
_OPENED = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry|newsItem|NewsItem)[\s>/]")
"""Where an item begins, in the formats whose deliveries hold many; they are counted first."""
_BYTES_A_SIGN = 16
"""A long delivery with fewer bytes to each of them is an attack; the densest wires have 20."""
_FREE_SIGNS = 50_000
"""So many of them are no matter, however dense."""


_LINES = (
    "headline", "subheadline", "slug", "kicker", "standfirst", "byline", "byline_title", "provider",
    "credit_line", "genre", "item_id",
)  # fmt: skip
_lines_of = attrgetter(*_LINES)
_html_of = attrgetter("html")
_LONGEST_LINE = 50_000
"""Characters of what a page shows on one line or in one paragraph."""
_LONGEST_BODY = 1_000_000
_MOST_BLOCKS = 20_000
"""Paragraphs of a text, pictures and keywords of an item."""


class Format(Protocol):
    """One file of this package."""

    NAME: str

    def sniff(self, head: bytes, hints: Hints) -> Score:
        """How sure the format is that these first bytes are its own."""

    def read(self, body: bytes, hints: Hints) -> Reading:
        """The items of a delivery; raises FormatError."""


FORMATS: tuple[Format, ...] = (
    newsml_g2, newsml1, nitf, wxr, vendor_json, ninjs, jsonfeed, atom, rss, vendor_xml, anpa1312,
    iptc7901, plain,
)  # fmt: skip
"""Every format, in the order in which equal scores are decided."""


_MARKED_UP: tuple[Format, ...] = (newsml_g2, newsml1, nitf, atom, rss)
"""Formats that are XML."""
_LABELLED: tuple[Format, ...] = (
    newsml_g2, newsml1, nitf, vendor_json, ninjs, jsonfeed, atom, rss
)  # fmt: skip
"""Formats whose deliveries say, or are bound by their standard to, a character set."""


def names() -> tuple[str, ...]:
    """The names that a source's `format` and `--format` take."""
    return tuple(form.NAME for form in FORMATS)


def read(body: bytes, hints: Hints = Hints()) -> Reading:  # noqa: B008 - a frozen value
    """The items of a delivery in the sender's order, read by the format its bytes show.

    Raises FormatError, in words an operator understands, if no format can make sense of it.
    """
    body = charsets.narrowed(inflated(body))
    if not (body[:64].strip(_NOTHING) or body.strip(_NOTHING)):
        raise FormatError("The delivery is empty.")
    _require_words(body)
    if hints.most and len(body) > _LONG:
        check_count(sum(1 for _ in _OPENED.finditer(body)), hints)
    form = _named(hints.format) if hints.format else sniff(body, hints)
    reading = _read(form, body, hints)
    check_count(len(reading.items), hints)
    doubt = charsets.doubt(body, hints) if form in _LABELLED and not reading.mended else ""
    if not all(map(_is_plain, reading.items)):
        reading = damage.looked_over(_of_measure(reading))
        reading = msgspec.structs.replace(reading, items=unseen.straight(reading.items))
    items = _guarded(reading.items)
    mended = reading.mended or doubt
    return msgspec.structs.replace(
        reading,
        format=reading.format or form.NAME,
        items=tuple(damage.warned(item, mended) for item in items) if mended else items,
        mended=mended,
    )


def _require_words(body: bytes) -> None:
    """Return when a delivery is copy; FormatError for a long one that is markup and little else."""
    if len(body) < _LONG:
        return
    signs = sum(body.count(sign) for sign in _SIGNS)
    if signs > _FREE_SIGNS + len(body) // _BYTES_A_SIGN:
        raise FormatError(f"It has {signs} tags and entities, too many for its length.")


def _is_plain(item: Item) -> bool:
    """Whether one glance shows that nothing in an item is too long, misread or misleading."""
    words = all_of(item)
    if len(words) > _LONGEST_LINE:
        return False
    return words.isascii() or not (damage.is_suspect(words) or unseen.is_odd(words))


def _of_measure(reading: Reading) -> Reading:
    """The reading without items that are longer than any story is; each is spoiled with a reason.

    What withdraws or holds another is kept, whatever its length: nobody is shown its text.
    """
    long = {item.item_id: why for item in reading.items if (why := _is_endless(item))}
    if not long:
        return reading
    return msgspec.structs.replace(
        reading,
        items=tuple(item for item in reading.items if item.item_id not in long),
        spoiled=(*reading.spoiled, *(f"{name[:80]!r}: {why}" for name, why in long.items())),
    )


def _is_endless(item: Item) -> str:
    """What of an item is longer than of any story, in words; "" for nothing."""
    if item.status != "usable":
        return ""
    lengths = list(map(len, _lines_of(item)))
    if max(lengths) > _LONGEST_LINE:
        name = _LINES[lengths.index(max(lengths))].replace("_", " ")
        return f"Its {name} has more than {_LONGEST_LINE} characters."
    if len(item.body) > _MOST_BLOCKS or sum(map(len, map(_html_of, item.body))) > _LONGEST_BODY:
        return f"Its text has more than {_LONGEST_BODY} characters or {_MOST_BLOCKS} paragraphs."
    if len(item.media) > _MOST_BLOCKS or len(item.keywords) > _MOST_BLOCKS:
        return f"It has more than {_MOST_BLOCKS} pictures or keywords."
    return ""


def sniff(body: bytes, hints: Hints = Hints()) -> Format:  # noqa: B008 - a frozen value
    """The format that is surest of these bytes; FormatError if none is sure at all."""
    head = body[:_HEAD].lstrip() if not body.startswith((b"\xff", b"\xfe")) else body[:_HEAD]
    if not head:
        raise FormatError("The delivery is empty.")
    best, surest = Score.NO, FORMATS[0]
    for form in FORMATS:
        score = form.sniff(head, hints)
        if score > best:
            best, surest = score, form
        if best is Score.CERTAIN:
            break
    if best is Score.NO:
        raise FormatError(_stranger(head))
    return surest


def _named(name: str) -> Format:
    for form in FORMATS:
        if name.strip().lower().replace("_", "-") == form.NAME:
            return form
    raise FormatError(f"There is no format {name!r}. Known: {', '.join(names())}.")


def _stranger(head: bytes) -> str:
    """What bytes are that no format knows, and what to do about it."""
    space, local = xml.sniff_root(head)
    if local.lower() == "html" or head[:15].lower().startswith(b"<!doctype html"):
        return "This is an HTML page, not wire copy: check the address (a log-in or error page?)."
    if local:
        where = f" in the namespace {space}" if space else ""
        return f"XML with the root <{local}>{where} is not a format that is known here."
    if head.startswith((b"{", b"[")):
        return (
            "This is JSON, but neither ninjs nor JSON Feed nor an agency's own that is known here."
        )
    if b"\0" in head:
        return "These are binary data, not wire copy."
    return "These bytes are no text that could be wire copy."


def _read(form: Format, body: bytes, hints: Hints) -> Reading:
    """What the format makes of a delivery, or of each of several documents in one delivery."""
    try:
        reading = form.read(body, hints)
    except FormatError:
        parts = xml.documents(body) if form in _MARKED_UP else ()
        if len(parts) < 2:
            raise
        return _joined(form, parts, hints)
    if form not in _MARKED_UP or not _is_recovered(reading):
        return reading
    parts = xml.documents(body)
    return _with_torn(reading) if len(parts) == 1 else _joined(form, parts, hints)


def _is_recovered(reading: Reading) -> bool:
    """Whether the XML was not well-formed, as it is where several documents stand in a row."""
    return bool(reading.mended) or any(item.warnings for item in reading.items[:1])


def _joined(form: Format, parts: tuple[bytes, ...], hints: Hints) -> Reading:
    """The readings of several documents as one; FormatError if not one can be read."""
    readings: list[Reading] = []
    spoiled: list[str] = []
    for number, part in enumerate(parts, 1):
        try:
            readings.append(_with_torn(form.read(part, hints)))
        except FormatError as error:
            spoiled.append(f"Document {number} of {len(parts)}: {error}")
    if not readings:
        raise FormatError(spoiled[0])
    return msgspec.structs.replace(
        readings[0],
        items=tuple(item for reading in readings for item in reading.items),
        spoiled=(*(why for reading in readings for why in reading.spoiled), *spoiled),
        mended=f"The delivery holds {len(parts)} documents, one behind the other.",
    )


def _with_torn(reading: Reading) -> Reading:
    """The reading, with a word on the item that a document that breaks off has lost."""
    if any(xml.TORN in item.warnings for item in reading.items[:1]):
        return msgspec.structs.replace(reading, spoiled=(*reading.spoiled, xml.TORN))
    return reading


def _guarded(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`items` with ids that tell their stories apart.

    Some feeds give one id to several stories of a delivery (other links and other headlines, no
    version to tell them apart), or one link to all. Those items get their link as id, else a hash
    of headline and date (of text and date without a headline), and a warning. A link that several
    stories share is nobody's alias.
    """
    if len(items) < 2:
        return items
    if len({item.item_id for item in items}) == len(items):
        return _without_shared_aliases(items)
    for id_from in ("id", "link"):
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for position, item in enumerate(items):
            if item.id_from == id_from and item.version is None and item.status == "usable":
                groups[item.item_id].append(position)
        shared = {p for group in groups.values() if _differ(items, group) for p in group}
        items = tuple(_apart(i) if p in shared else i for p, i in enumerate(items))
    return _without_shared_aliases(items)


def _differ(items: tuple[Item, ...], group: list[int]) -> bool:
    """Whether items with one id are stories of their own."""
    if len(group) < 2:
        return False
    members = [items[position] for position in group]
    headlines = _distinct(item.headline.casefold() or _said(item) for item in members)
    if members[0].id_from == "link":
        return headlines == len(members)
    links = [item.url for item in members if item.url]
    return headlines == len(members) and _distinct(links) == len(links) == len(members)


def _distinct(values: Iterable[str]) -> int:
    return len(set(values))


def _said(item: Item) -> str:
    """What an item without a headline is told by: its text, else its pictures."""
    text = " ".join(filter(None, (item.standfirst, words_of(item.body))))
    return text or " ".join(media.id for media in item.media)


def _apart(item: Item) -> Item:
    """`item` under its link, or under a hash of what it says."""
    by_link = item.id_from == "id" and bool(item.url)
    moment = item.first_created or item.version_created
    date = moment.isoformat() if moment else ""
    hashed = content_id(item.headline, date, _said(item))
    warning = f"Several stories of this delivery have the id {item.item_id!r}; it was not used."
    return msgspec.structs.replace(
        item,
        item_id=item.url if by_link else hashed,
        id_from="link" if by_link else "content",
        alt_ids=tuple(a for a in item.alt_ids if a not in (item.url, item.item_id)),
        warnings=(*item.warnings, warning),
    )


def _without_shared_aliases(items: tuple[Item, ...]) -> tuple[Item, ...]:
    names = [name for item in items for name in (item.item_id, *item.alt_ids)]
    if _distinct(names) == len(names):
        return items
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        for name in (item.item_id, *item.alt_ids):
            owners[name].add(item.item_id)
    if all(len(ids) == 1 for ids in owners.values()):
        return items
    return tuple(
        msgspec.structs.replace(item, alt_ids=kept)
        if (kept := tuple(a for a in item.alt_ids if len(owners[a]) == 1)) != item.alt_ids
        else item
        for item in items
    )
