"""What a NewsML-G2 item says of itself: codes, names, subjects, rights, notes, times, links.

Every element has been stripped of its namespace (`trees.bare`); any value may come as a QCode, a
URI or a literal, and all three are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from lxml import etree

from wirecopy.config.profile import Profile
from wirecopy.formats import catalogs, dates, dialects, lines, nitf_body, xml
from wirecopy.formats.hints import Hints
from wirecopy.formats.trees import XML_LANG, attribute, child, children, words
from wirecopy.model import Dateline, EdNote, Link, Place, Rights, Subject
from wirecopy.newscodes import MEDIA_TOPICS, SUBJECT_CODES

_TYPES = {
    "person": "person",
    "organisation": "organisation",
    "organization": "organisation",
    "geoarea": "place",
    "poi": "place",
    "city": "place",
    "statprov": "place",
    "country": "place",
    "event": "event",
    "object": "object",
}
_RELS = {
    "previousversion": "previous",
    "prevversion": "previous",
    "evolvedfrom": "previous",
    "translationof": "translation",
    "derivedfrom": "derived",
    "processedfrom": "derived",
    "corrects": "corrects",
    "correctionof": "corrects",
    "replaces": "replaces",
    "isreplacementfor": "replaces",
}
_MORE_CODES = (MEDIA_TOPICS, SUBJECT_CODES)
_CODE_LIKE = re.compile(r"[A-Z0-9:._/-]+")
"""Literals that are codes ("REL", "TT:02000000:LAG") and nothing to show to readers."""
_SUBJECT_DIGITS = re.compile(r"(?<!\d)\d{8}(?!\d)")
_OWN_IDS = frozenset({"itemid", "usn", "uno", "guid"})
"""altId types that name the same story in full; running numbers and references do not."""
_SHOWN_NAMES = ("", "display", "full")
_ITEM_ROLES = {"summary", "abstract", "teaser", "lead", "standfirst", "short", "description"}


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What surrounds one item and colours how its values are read."""

    aliases: Mapping[str, str] = {}
    """The document's own aliases; the IPTC's are known anyway."""
    language: str = ""
    timezone: str = ""
    dialect: Profile = dialects.PLAIN
    sent: str = ""
    """Time of transmission as the message's header gives it."""


def frame_of(item: etree._Element, header: etree._Element | None, hints: Hints) -> Frame:
    """The frame of an item: its inline catalogs, its language, its agency's clock."""
    aliases = {
        scheme.get("alias", ""): scheme.get("uri", "")
        for holder in (header, item)
        for catalog in children(holder, "catalog")
        for scheme in children(catalog, "scheme")
    }
    about = child(item, "contentMeta")
    names = (
        words(child(header, "sender")),
        attribute(child(item, "itemMeta", "provider"), "literal"),
    )
    dialect = dialects.of(names, attribute(item, "guid"), hints)
    tag = attribute(child(about, "language"), "tag") or item.get(XML_LANG, "")
    filed_from = attribute(child(about, "located"), "literal")
    return Frame(
        aliases=aliases,
        language=dialects.language_of(dialect, tag, filed_from) or hints.language,
        timezone=hints.timezone or dialect.timezone,
        dialect=dialect,
        sent=words(child(header, "sent")),
    )


def instant(value: str, frame: Frame) -> datetime | None:
    """A time of this item in UTC, by its agency's clock; None where it is empty or unreadable."""
    if value and frame.dialect.zone_lies:
        value = dates.without_zone(value)
    return dates.instant(value, frame.timezone) if value else None


def concept(element: etree._Element | None, frame: Frame) -> tuple[str, str]:
    """Scheme URI and code of an element's @qcode, @uri or @literal; ("", "") without any."""
    if element is None:
        return "", ""
    if qcode := attribute(element, "qcode"):
        return catalogs.resolve(qcode, frame.aliases)
    if uri := attribute(element, "uri"):
        return catalogs.split(uri)
    return "", attribute(element, "literal")


def tail(element: etree._Element, name: str) -> str:
    """The bare code of an attribute such as role="drol:summary" (or roleuri), in lower case."""
    value = element.get(name) or element.get(f"{name}uri") or ""
    return re.split(r"[:/#]", value)[-1].strip().casefold() if value else ""


def qcode(element: etree._Element, frame: Frame) -> str:
    """A code under its usual alias ("sig:update"), however the document writes it."""
    scheme, code = concept(element, frame)
    private = attribute(element, "qcode")
    known = catalogs.short(scheme, code)
    return known if ":" in known or not private else private


def _pick(elements: Iterable[etree._Element], language: str) -> etree._Element | None:
    """The element in the item's language, else the first that says anything."""
    found = [each for each in elements if words(each)]
    base = language.casefold().partition("-")[0]
    for each in found:
        if base and each.get(XML_LANG, "").casefold().partition("-")[0] == base:
            return each
    return found[0] if found else None


def name_of(element: etree._Element | None, frame: Frame) -> str:
    """The name of a concept in the item's language, its literal where it has no name."""
    names = list(children(element, "name"))
    shown = [each for each in names if tail(each, "role") in _SHOWN_NAMES]
    best = _pick(shown or names, frame.language)
    if best is not None:
        return words(best)
    return attribute(element, "literal")


def label(element: etree._Element | None, frame: Frame) -> str:
    """A name, or the bare code where the document gives none."""
    return name_of(element, frame) or concept(element, frame)[1].rstrip("/")


def line(meta: etree._Element | None, name: str, frame: Frame) -> str:
    """The text of the element that suits the item's language best."""
    return words(_pick(children(meta, name), frame.language))


_TEXTS = ("title", "headline", "description", "by", "creditline", "dateline", "slugline")


def texts(*metas: etree._Element | None) -> Iterator[str]:
    """Every text of the metadata, whatever its role and language."""
    for meta in metas:
        yield from filter(None, map(words, children(meta, *_TEXTS)))


def headlines(meta: etree._Element | None, frame: Frame) -> dict[str, str]:
    """Headline, subheadline and kicker by the role each headline has."""
    by_role: dict[str, list[etree._Element]] = {}
    for each in children(meta, "headline"):
        role = tail(each, "role")
        kind = "kicker" if "kicker" in role or "over" in role or "roof" in role else "headline"
        by_role.setdefault("subheadline" if "sub" in role else kind, []).append(each)
    return {kind: words(_pick(found, frame.language)) for kind, found in by_role.items()}


def descriptions(meta: etree._Element | None, frame: Frame) -> tuple[str, str]:
    """Summary (a text's standfirst) and caption (a picture's), "" where there is none."""
    found = list(children(meta, "description"))
    summary = _pick((e for e in found if tail(e, "role") in _ITEM_ROLES), frame.language)
    plain = _pick((e for e in found if not tail(e, "role")), frame.language)
    caption = _pick((e for e in found if "caption" in tail(e, "role")), frame.language)
    return words(summary) or words(plain), words(caption)


def subjects(meta: etree._Element | None, frame: Frame) -> tuple[Subject, ...]:
    """The subjects with their types, each followed by the IPTC code it is said to equal."""
    found: dict[Subject, None] = {}
    for each in children(meta, "subject"):
        made = _subject(each, frame, _TYPES.get(tail(each, "type"), "subject"))
        if not (made.name or made.code):
            continue
        found[made] = None
        if made.scheme not in _MORE_CODES:
            for same in children(each, "sameAs"):
                twin = _subject(same, frame, made.type)
                if twin.scheme in _MORE_CODES:
                    found[msgspec.structs.replace(twin, name=twin.name or made.name)] = None
    return tuple(found)


def _subject(element: etree._Element, frame: Frame, kind: Any) -> Subject:
    scheme, code = concept(element, frame)
    name = name_of(element, frame)
    if not words(child(element, "name")):
        name = "" if scheme else name
        if _CODE_LIKE.fullmatch(name):
            name = ""
            if digits := _SUBJECT_DIGITS.search(code):
                scheme, code = _MORE_CODES[1], digits[0]
    if name == code and not scheme:
        code = ""
    elif name == code and (len(name) < 3 or _CODE_LIKE.fullmatch(name)):
        name = ""
    return Subject(
        name=name,
        code=code,
        scheme=scheme,
        type=kind,
        rel=tail(element, "why") or tail(element, "rel"),
        confidence=lines.whole(element.get("confidence")),
        relevance=lines.whole(element.get("relevance")),
    )


def places(meta: etree._Element | None, frame: Frame) -> tuple[Place, ...]:
    """Where the item was filed with the regions around it, then the places it is about."""
    found = []
    for located in children(meta, "located"):
        around = (located, *children(located, "broader"))
        found += [_place(each, frame, "dateline") for each in around]
    about = (e for e in children(meta, "subject") if _TYPES.get(tail(e, "type")) == "place")
    found += [_place(each, frame, "about") for each in about]
    return tuple(dict.fromkeys(place for place in found if place.name))


def _place(element: etree._Element, frame: Frame, role: Any) -> Place:
    scheme, code = concept(element, frame)
    code = code if scheme or not attribute(element, "literal") else ""
    point = next(element.iter("position"), None)
    return Place(
        name=name_of(element, frame),
        code=code,
        scheme=scheme,
        lat=_degrees(point, "latitude", 90),
        lon=_degrees(point, "longitude", 180),
        role=role,
    )


def _degrees(point: etree._Element | None, name: str, most: int) -> float | None:
    try:
        value = float(attribute(point, name))
    except ValueError:
        return None
    return value if abs(value) <= most else None


def urgency(meta: etree._Element | None, frame: Frame) -> int:
    """The urgency on the IPTC scale, by its agency's way of counting."""
    number = lines.urgency_of(words(child(meta, "urgency")))
    return frame.dialect.urgency.get(number, number)


def slugline(item: etree._Element, frame: Frame) -> str:
    """The slugline, or the one that its agency's dialect makes of other fields."""
    about = child(item, "contentMeta")
    said = line(about, "slugline", frame)
    if said or not frame.dialect.slug:
        return said
    return dialects.slug_of(
        frame.dialect,
        language=frame.language,
        created=instant(words(child(about, "contentCreated")), frame),
        symbols=_symbols(item),
    )


def _symbols(item: etree._Element) -> Iterator[str]:
    """The stock symbols of the companies that an item's assertions tell of."""
    for told in children(item, "assert"):
        for each in children(told, "related"):
            if tail(each, "rel") == "instrument" and attribute(each, "literal"):
                yield attribute(each, "literal")


def dateline(meta: etree._Element | None, frame: Frame) -> Dateline | None:
    """The agency's own line, with the place it names (else where the item is located)."""
    text = line(meta, "dateline", frame).rstrip(" -–—:")
    located = name_of(child(meta, "located"), frame)
    if not text and not located:
        return None
    inside = located and located.casefold() in text.casefold()
    place = located if inside or not text else nitf_body.place_of(text) or located
    return Dateline(place=place, text=text)


def keywords(meta: etree._Element | None) -> tuple[str, ...]:
    """The keywords in their order, each once."""
    return tuple(dict.fromkeys(filter(None, (words(e) for e in children(meta, "keyword")))))


def labels(meta: etree._Element | None, frame: Frame, *names: str) -> tuple[str, ...]:
    """The names (or codes) of all elements of these kinds, each once."""
    return tuple(dict.fromkeys(filter(None, (label(e, frame) for e in children(meta, *names)))))


def rights(item: etree._Element, frame: Frame) -> Rights:
    """All rightsInfo of an item as one: holder, notice, every usage term, restrictions."""
    infos = list(children(item, "rightsInfo"))
    meta = child(item, "contentMeta")
    holders = [label(h, frame) for info in infos for h in children(info, "copyrightHolder")]
    notice = _pick((n for info in infos for n in children(info, "copyrightNotice")), frame.language)
    terms = [words(t) for info in infos for t in children(info, "usageTerms")]
    return Rights(
        copyright_holder=next(filter(None, holders), ""),
        copyright_notice=words(notice),
        copyright_year=lines.year_in(words(notice)),
        usage_terms=tuple(dict.fromkeys(filter(None, terms))),
        restrictions=labels(meta, frame, "exclAudience"),
        license=next(_licenses(infos), ""),
    )


def _licenses(infos: list[etree._Element]) -> Iterator[str]:
    for info in infos:
        for each in children(info, "link", "usageTerms"):
            href = attribute(each, "href")
            if href and (each.tag == "usageTerms" or "licen" in tail(each, "rel")):
                yield href


def expiry(item: etree._Element, frame: Frame, terms: Iterable[str]) -> datetime | None:
    """The earliest end of use: @validto of rights and usage terms, `expires`, or prose."""
    values = [words(each) for each in children(child(item, "itemMeta"), "expires")]
    for info in children(item, "rightsInfo"):
        values += [each.get("validto", "") for each in (info, *children(info, "usageTerms"))]
    ends = [instant(value, frame) for value in values] + [lines.use_ends(terms)]
    return min(filter(None, ends), default=None)


def notes(meta: etree._Element | None) -> tuple[tuple[EdNote, ...], str]:
    """The notes to desks, and the closing line (sign-off) where it comes as a note."""
    found, sign_off = [], ""
    for each in children(meta, "edNote"):
        role = attribute(each, "role") or attribute(each, "roleuri")
        text = words(each)
        if not text:
            continue
        if role.casefold().endswith("closingline"):
            sign_off = sign_off or text
            continue
        found.append(lines.note(text, role, closed="public" in each.get("pubconstraint", "")))
    return tuple(found), sign_off


def links(meta: etree._Element | None, own: str) -> tuple[Link, ...]:
    """Relations to other items; a link to an earlier version of the item itself is `previous`."""
    found = []
    for each in children(meta, "link"):
        target = next(
            filter(None, (attribute(each, k) for k in ("residref", "guidref", "uri", "href"))), ""
        )
        rel = _RELS.get(tail(each, "rel"), "previous" if target == own else "see-also")
        if target:
            found.append(Link(rel=rel, target=target, version=lines.whole(each.get("version"))))
    return tuple(dict.fromkeys(found))


def replaced(meta: etree._Element | None, own: str, signals: tuple[str, ...]) -> tuple[Link, ...]:
    """TT's way to say "replaces": the other item's short id as an altId, and a signal."""
    ids = {tail(each, "type"): words(each) for each in children(meta, "altId")}
    before, after = ids.get("refuno"), ids.get("uno")
    if before and after and own.endswith(after) and any("replace" in s for s in signals):
        return (Link(rel="replaces", target=own.removesuffix(after) + before),)
    return ()


def alt_ids(meta: etree._Element | None) -> tuple[str, ...]:
    """Other ids that name the same story in full."""
    found = (words(e) for e in children(meta, "altId") if tail(e, "type") in _OWN_IDS)
    return tuple(dict.fromkeys(filter(None, found)))


def byline(meta: etree._Element | None, frame: Frame) -> str:
    """The agency's raw byline."""
    return line(meta, "by", frame)


def authors(meta: etree._Element | None, frame: Frame, by: str) -> tuple[str, ...]:
    """Names of the byline; without one, the creators' names that look like people's."""
    if by:
        return lines.authors_of(by)
    found = (name_of(each, frame) for each in children(meta, "creator") if len(each))
    return tuple(name for name in found if " " in name and name == xml.tidy(name))


def embargo(
    meta: etree._Element | None, frame: Frame, texts: Iterable[str]
) -> tuple[datetime | None, str]:
    """End of the embargo, or its words where no instant can be read from it.

    An empty `embargoed` element means "until further notice".
    """
    element = child(meta, "embargoed")
    if element is None:
        return lines.embargo_in(texts)
    said = words(element)
    until = instant(said, frame)
    return (until, "") if until else (None, said or "Embargoed, no end given")
