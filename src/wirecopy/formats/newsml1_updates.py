"""Updates of NewsML 1 items by Duid: what is kept of an item, and how its parts are changed.

A revision marked "U" brings no text but orders: insert before, insert after, replace or delete the
element that carries a Duid. They can only be carried out on the tree of the revision before, so an
item that carries Duids is kept as XML beside what was read from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import lines, xml
from wirecopy.formats.hints import Hints
from wirecopy.formats.trees import attribute, bare, child, children, words

LONGEST_KEPT = 200_000
"""Longest XML of an item, in bytes, that is kept for later changes."""
_MOST_ORDERS = 200
"""Most orders of one update that are carried out."""
_MARKED = etree.XPath("boolean(.//NewsComponent/descendant-or-self::*/@Duid)")
_ORDERS = ("InsertBefore", "InsertAfter", "Replace", "Delete")


def original_of(item: etree._Element) -> tuple[bytes, tuple[str, ...]]:
    """An item as a document of its own, with a warning where it is too long to be kept.

    b"" for an item without Duids: no update could name a part of it.
    """
    if not _MARKED(item):
        return b"", ()
    whole = _document(item, *_shared(item))
    if len(whole) > LONGEST_KEPT:
        doubt = (
            f"It is longer than {LONGEST_KEPT} bytes and was not kept whole: "
            "updates of single parts of it (by Duid) cannot be carried out."
        )
        return b"", (doubt,)
    return whole, ()


def edits_of(item: etree._Element) -> bytes:
    """An update as a document of its own; FormatError for one too long to be kept."""
    whole = _document(item, *_shared(item))
    if len(whole) > LONGEST_KEPT:
        raise FormatError(f"The update is longer than {LONGEST_KEPT} bytes: ask for the full item.")
    return whole


def _shared(item: etree._Element) -> Iterator[etree._Element]:
    """What of its document an item cannot be read without: the envelope and the topics."""
    yield from children(item.getroottree().getroot(), "NewsEnvelope", "TopicSet")


def _document(item: etree._Element, *shared: etree._Element) -> bytes:
    parts = (etree.tostring(each, encoding="utf-8", with_tail=False) for each in (*shared, item))
    return b"<NewsML>" + b"".join(parts) + b"</NewsML>"


def applied(original: bytes, edits: bytes, hints: Hints) -> bytes:
    """The document that an update makes of the one before it.

    The new revision's own identification and management take the place of the old ones. Raises
    FormatError where the two do not belong together or a part that the update names is not there.
    """
    root, old = _one_item(original, hints, "The revision before")
    letter, new = _one_item(edits, hints, "The update")
    _refuse_strangers(old, new)
    orders = [order for update in children(new, "Update") for order in update]
    if len(orders) > _MOST_ORDERS:
        raise FormatError(f"The update gives more than {_MOST_ORDERS} orders.")
    for order in orders:
        _carry_out(old, order)
    for name in ("NewsManagement", "Identification"):
        _succeed(old, child(old, name), child(new, name))
    _succeed(root, child(root, "NewsEnvelope"), child(letter, "NewsEnvelope"))
    return etree.tostring(root, encoding="utf-8")


def _one_item(body: bytes, hints: Hints, what: str) -> tuple[etree._Element, etree._Element]:
    root = bare(xml.parse(body, hints))
    item = child(root, "NewsItem")
    if item is None:
        raise FormatError(f"{what} is not a document with a news item.")
    return root, item


def _refuse_strangers(old: etree._Element, new: etree._Element) -> None:
    """FormatError where an update is about another item, or is no newer than what it changes."""
    before, after = (child(each, "Identification", "NewsIdentifier") for each in (old, new))
    for name in ("ProviderId", "DateId", "NewsItemId"):
        if words(child(before, name)) != words(child(after, name)):
            raise FormatError("The update is about another news item.")
    stands, comes = (lines.whole(words(child(e, "RevisionId"))) for e in (before, after))
    if stands is not None and comes is not None and comes <= stands:
        raise FormatError(f"The update makes revision {comes}, but revision {stands} stands.")


def _carry_out(item: etree._Element, order: etree._Element) -> None:
    """Change the tree as one order says; FormatError where it names no part, or none that is."""
    if order.tag not in _ORDERS:
        raise FormatError(f"The update gives an order that is not known: {order.tag}.")
    anchor = _anchor(item, attribute(order, "DuidRef"))
    _insert(order, anchor, behind=order.tag != "InsertBefore")
    if order.tag in ("Replace", "Delete"):
        _remove(anchor)


def _anchor(item: etree._Element, name: str) -> etree._Element:
    """The one part of the item's content that carries this Duid."""
    found = [each for each in item.iter() if each is not item and each.get("Duid") == name]
    if not name or not found:
        raise FormatError(
            f"The update names a part of the text ({name!r}) that the revision before does not "
            "have: ask for the full item."
        )
    if len(found) > 1:
        raise FormatError(f"Several parts of the revision before have the same Duid ({name!r}).")
    return found[0]


def _insert(order: etree._Element, anchor: etree._Element, *, behind: bool) -> None:
    """Put what an order holds before or behind the anchor, in its order; a Delete holds nothing."""
    holder = anchor.getparent()
    if order.tag == "Delete" or holder is None:
        return
    at = holder.index(anchor) + behind
    last = anchor if behind else anchor.getprevious()
    trailing = anchor.tail if behind else None
    if behind:
        anchor.tail = None
    _say(holder, last, order.text)
    for step, each in enumerate(order):
        holder.insert(at + step, deepcopy(each))
    if trailing:
        last = holder[at + len(order) - 1]
        last.tail = (last.tail or "") + trailing


def _say(holder: etree._Element, last: etree._Element | None, text: str | None) -> None:
    """Put text behind an element, or in front of all that its holder holds."""
    if not text or not text.strip():
        return
    if last is None:
        holder.text = (holder.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _remove(anchor: etree._Element) -> None:
    """Take an element out; what stands behind it stays."""
    holder, before = anchor.getparent(), anchor.getprevious()
    if holder is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (anchor.tail or "") or None
    else:
        holder.text = (holder.text or "") + (anchor.tail or "") or None
    holder.remove(anchor)


def _succeed(
    holder: etree._Element, old: etree._Element | None, new: etree._Element | None
) -> None:
    """Put the new revision's part in the place of the old one's."""
    if new is None:
        return
    if old is not None:
        _remove(old)
    holder.insert(0, deepcopy(new))
