"""How a NewsML 1 item is to be handled: its id and revision, its status, when that will change.

A revision may hold the whole item, nothing but its management, or orders to change the tree of the
revision before it. The last two say nothing that could be shown by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import dates, lines, packages
from wirecopy.formats.newsml1_meta import formal, headlined
from wirecopy.formats.trees import attribute, child, children, words
from wirecopy.model import Link, Status

_URN = "urn:newsml:"
_REVISION = re.compile(r"(urn:newsml:[^:]+:[^:]+:.+?):(\d{1,9})[NUA]?")
_BEFORE = "PreviousRevision"
_SEVERITY: dict[Status, int] = {"usable": 0, "withheld": 1, "canceled": 2}
_RELATIONS = (
    ("correct", "corrects"),
    ("replac", "replaces"),
    ("supersed", "replaces"),
    ("translat", "translation"),
)


class Handling(msgspec.Struct, frozen=True, kw_only=True):
    """What the management of an item says of its status, now and to come."""

    status: Status = "usable"
    until: datetime | None = None
    """When an embargo ends."""
    embargo_text: str = ""
    ends: datetime | None = None
    """When it must be taken down again."""
    signals: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


# --------------------------------------------------------------------------------------
# Which item, which revision
# --------------------------------------------------------------------------------------


def identity(item: etree._Element) -> dict[str, Any]:
    """The id without its revision, and the revision; no id where the item gives none of use."""
    named = child(item, "Identification", "NewsIdentifier")
    parts = [words(child(named, each)) for each in ("ProviderId", "DateId", "NewsItemId")]
    public = words(child(named, "PublicIdentifier"))
    if all(parts):
        own = _URN + ":".join(parts)
    else:
        own, _ = unversioned(public)
        own = own if re.match(r"urn:newsml:[^:]+:[^:]+:.", own) else ""
    return {"item_id": own, "version": _revision(named)}


def _revision(named: etree._Element | None) -> int | None:
    """The revision; they count from 1, so an own 0 is the first."""
    number = lines.whole(words(child(named, "RevisionId")))
    return number if number is None else max(number, 1)


def unversioned(name: str) -> tuple[str, int | None]:
    """An item's URN without its revision, and the revision where it holds one.

    urn:newsml:host:20260105:AB-7:2N gives the URN up to AB-7, and 2; a name without "urn:newsml:"
    in front gets it.
    """
    if name and not name.startswith(("urn:", "tag:", "http")) and name.count(":") == 2:
        name = _URN + name
    found = _REVISION.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, None)


def links(item: etree._Element) -> tuple[Link, ...]:
    """Items that this one is derived from or associated with, and those it holds by reference."""
    managed = child(item, "NewsManagement")
    found = []
    for each in children(managed, "DerivedFrom", "AssociatedWith"):
        target, version = unversioned(attribute(each, "NewsItem"))
        usual = "derived" if each.tag == "DerivedFrom" else "see-also"
        kind = formal(each).casefold()
        rel = next((rel for part, rel in _RELATIONS if part in kind), usual)
        if target:
            found.append(Link(rel=rel, target=target, version=version))
    return packages.unique([*found, *_held(item)])


def _held(item: etree._Element) -> Iterator[Link]:
    """The items that this one holds, by reference or inside of it, with their roles.

    "#x" refers to the item of the same document whose Duid is x.
    """
    own = identity(item)["item_id"]
    beside: dict[str, etree._Element] = {}
    for each in item.iterdescendants("NewsItemRef", "NewsItem"):
        said = attribute(each, "NewsItem")
        if said.startswith("#") and not beside:
            every = item.getroottree().getroot().iter("NewsItem")
            beside = {f"#{other.get('Duid')}": other for other in every if other.get("Duid")}
        held = each if each.tag == "NewsItem" else beside.get(said)
        if held is not None:
            named = identity(held)
            target, version = named["item_id"], named["version"]
        else:
            target, version = ("", None) if said.startswith("#") else unversioned(said)
        if target and target != own:
            role = packages.role_of(_role_around(each))
            yield Link(rel="member", target=target, version=version, role=role)


def _role_around(element: etree._Element) -> str:
    """The role of the nearest component around a member that says one."""
    for holder in element.iterancestors("NewsComponent", "NewsItem"):
        if holder.tag == "NewsItem":
            return ""
        if role := formal(child(holder, "Role")):
            return role
    return ""


# --------------------------------------------------------------------------------------
# What may be done with it
# --------------------------------------------------------------------------------------


def handling(item: etree._Element, zone: str) -> Handling:
    """The status with its coming changes, as far as they can be read; held where they cannot.

    "Embargoed" (or withheld) until an instant is usable under an embargo that ends then; without
    an instant it stays withheld (spec section 4).
    """
    managed = child(item, "NewsManagement")
    word = formal(child(managed, "Status"))
    status, doubts = lines.status_of(word)
    starts, ends, odd = _changes(managed, zone)
    until, text = max(starts, default=None), "; ".join(odd)
    if status == "withheld" and until and not odd:
        status = "usable"
    elif status != "withheld":
        until = None
    if word.casefold() == "embargoed" and status == "withheld":
        text = text or "embargoed, no end given"
    return Handling(
        status=status,
        until=until,
        embargo_text=text,
        ends=min(ends, default=None),
        signals=_signals(managed),
        warnings=doubts,
    )


def _changes(
    managed: etree._Element | None, zone: str
) -> tuple[list[datetime], list[datetime], list[str]]:
    """When the item becomes usable, when it stops being so, and changes at an unreadable time."""
    starts: list[datetime] = []
    ends: list[datetime] = []
    odd: list[str] = []
    for each in children(managed, "StatusWillChange"):
        to = formal(child(each, "FutureStatus"))
        when = words(child(each, "DateAndTime"))
        moment = dates.instant(when, zone) if when else None
        future, _ = lines.status_of(to or "(empty)")
        if moment:
            (starts if future == "usable" else ends).append(moment)
        else:
            odd.append(f"{to or 'a change'} at {when or 'no time given'}")
    return starts, ends, odd


def _signals(managed: etree._Element | None) -> tuple[str, ...]:
    """What kind of item it is, where not plain news, and what becomes of its earlier revisions."""
    kind = formal(child(managed, "NewsItemType"))
    found = [f"newsitemtype:{kind}"] if kind and kind.casefold() != "news" else []
    for each in children(managed, "Instruction"):
        if formal(each):
            found.append(f"instruction:{formal(each)}")
        found += [f"previous-revisions:{formal(s).casefold()}" for s in each.iter("Status")]
    return tuple(dict.fromkeys(found))


def notice(item: etree._Element, now: Handling) -> Handling:
    """What a revision without content does: a kill or a hold; FormatError for anything else.

    The item's own status counts, and what it says of all or of the latest earlier revisions.
    """
    before = attribute(child(item, "Identification", "NewsIdentifier", "RevisionId"), _BEFORE)
    told = [now.status]
    for order in children(child(item, "NewsManagement"), "Instruction"):
        for each in children(order, "RevisionStatus"):
            if attribute(each, "Revision") in ("", before):
                word = formal(child(each, "Status"))
                told.append(lines.status_of(word or "(empty)")[0])
    worst = max(told, key=_SEVERITY.__getitem__)
    if worst == "usable" and (now.until or now.embargo_text):
        worst = "withheld"
    if worst == "usable":
        raise FormatError(
            "It changes only how an earlier revision is handled and brings no text of its own: "
            "wait for the full item."
        )
    return msgspec.structs.replace(now, status=worst)


# --------------------------------------------------------------------------------------
# Updates of an earlier revision's tree
# --------------------------------------------------------------------------------------


def replacement(item: etree._Element) -> etree._Element | None:
    """The component with which an Update replaces the whole of an item, None for all other orders.

    Only a component with a headline and with metadata of its own can be told to be the whole:
    anything less needs the tree of the revision before it.
    """
    orders = [order for update in children(item, "Update") for order in update]
    if len(orders) != 1 or orders[0].tag != "Replace" or len(orders[0]) != 1:
        return None
    component = orders[0][0]
    if component.tag != "NewsComponent" or not headlined(component):
        return None
    whole = child(component, "AdministrativeMetadata"), child(component, "RightsMetadata")
    return component if whole != (None, None) else None
