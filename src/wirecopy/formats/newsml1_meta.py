"""What a NewsML 1 item says about itself, out of the components on the way to its story.

A path is the components from the root down to the story: what stands deeper is nearer to the story
and is asked first; rights add up along the whole way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from lxml import etree

from wirecopy.config.profile import Profile
from wirecopy.formats import dates, dialects, lines, nitf_body
from wirecopy.formats.trees import XML_LANG, attribute, attributes_of, child, children, words
from wirecopy.model import Dateline, EdNote, Place, Rights, Subject
from wirecopy.newscodes import SUBJECT_CODES

Path = tuple[etree._Element, ...]

"""The name of the attribute xml:lang."""
_KEYWORD_SEPARATORS = re.compile(r"\s*[/;,]\s*")
_TOPIC_TYPES = {
    "person": "person",
    "company": "organisation",
    "organisation": "organisation",
    "organization": "organisation",
    "location": "place",
    "city": "place",
    "country": "place",
    "event": "event",
}
_NO_HOLDER = re.compile(
    r"\(c\)|©|\bcopyright\b|\ball rights reserved\b|\b(?:19|20)\d\d\b", re.IGNORECASE
)
_HOLDERS = ("AdministrativeMetadata", "DescriptiveMetadata", "Metadata")
_LOCATION_NAMES = ("city", "sublocation", "area", "countryarea", "country", "worldregion")


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """What a TopicSet says of one formal name."""

    name: str = ""
    code: str = ""
    type: str = "subject"


def formal(element: etree._Element | None) -> str:
    """An element's FormalName, "" where there is none."""
    return attribute(element, "FormalName")


def tongue(component: etree._Element | None) -> str:
    """The language a component says it is in, "" where it says nothing of use."""
    said = formal(child(component, "DescriptiveMetadata", "Language"))
    tag = said or (component.get(XML_LANG, "") if component is not None else "")
    return "" if tag.casefold().startswith("x-") else tag.strip().replace("_", "-")


def headlined(component: etree._Element) -> str:
    """A component's own headline."""
    return line((component,), "HeadLine")


def line(path: Path, name: str) -> str:
    """The nearest line of that name that says anything."""
    return next(filter(None, (words(e) for e in _lines(path, name))), "")


def _lines(path: Path, name: str) -> Iterator[etree._Element]:
    for component in reversed(path):
        for holder in children(component, "NewsLines"):
            yield from children(holder, name)


def texts(path: Path) -> Iterator[str]:
    """What every news line on the path says."""
    for component in path:
        for holder in children(component, "NewsLines"):
            yield from map(words, holder)


def _described(path: Path, holder: str, name: str) -> Iterator[etree._Element]:
    for component in reversed(path):
        for each in children(component, holder):
            yield from children(each, name)


def own_fields(path: Path, dialect: Profile) -> dict[str, str]:
    """What an agency says in lines and properties of its own, by meaning."""
    found: dict[str, str] = {}
    for name, meaning in dialect.fields.items():
        value = _prop(path, name) or line(path, name)
        if value:
            found.setdefault(meaning, value)
    return found


def _prop(path: Path, name: str) -> str:
    """The nearest property of that name in any of a component's metadata."""
    return next(_properties(path, name), "")


def _properties(path: Path, name: str) -> Iterator[str]:
    for component in reversed(path):
        for each in children(component, *_HOLDERS):
            for found in children(each, "Property"):
                if formal(found).casefold() == name.casefold() and found.get("Value"):
                    yield attribute(found, "Value")


def language(path: Path, item: etree._Element, dialect: Profile, other: Iterable[str]) -> str:
    """The nearest language, put right for its agency."""
    said = (*(tongue(each) for each in reversed(path)), item.get(XML_LANG, ""), *other)
    tag = next(filter(None, said), "")
    return dialects.language_of(dialect, tag, "")


def parties(path: Path, *names: str) -> tuple[str, ...]:
    """The parties in these parts, nearest first, each once."""
    found = (
        formal(party)
        for name in names
        for each in _described(path, "AdministrativeMetadata", name)
        for party in children(each, "Party")
    )
    return tuple(dict.fromkeys(filter(None, found)))


def keywords(path: Path) -> tuple[str, ...]:
    """The keyword lines, cut at their separators, and keyword properties."""
    said = [p for each in _lines(path, "KeywordLine") for p in _cut(words(each))]
    return tuple(dict.fromkeys((*said, *_properties(path, "Keyword"))))


def _cut(text: str) -> list[str]:
    return [part for part in _KEYWORD_SEPARATORS.split(text) if part]


def genre(path: Path) -> str:
    """The nearest genre."""
    found = (formal(each) for each in _described(path, "DescriptiveMetadata", "Genre"))
    return next(filter(None, found), "")


# --------------------------------------------------------------------------------------
# Topics, subjects, places
# --------------------------------------------------------------------------------------


def topics_in(holder: etree._Element, tag: str) -> dict[str, Topic]:
    """The topics that a document's own topic sets tell of, by formal name and by local id."""
    found: dict[str, Topic] = {}
    for each in holder.iter("Topic"):
        code = words(child(each, "FormalName"))
        kind = formal(child(each, "TopicType")).casefold()
        topic = Topic(name=_name(each, tag), code=code, type=_TOPIC_TYPES.get(kind, "subject"))
        for key in (code, f"#{each.get('Duid')}" if each.get("Duid") else ""):
            if key:
                found.setdefault(key, topic)
    return found


def _name(topic: etree._Element, tag: str) -> str:
    """A topic's name in the item's language, else in any; categories and synonyms are no names."""
    base = tag.casefold().partition("-")[0]
    every = list(children(topic, "Description"))
    named = [e for e in every if e.get("Variant", "").casefold() in ("", "name", "fullname")]
    own = [e for e in named if base and e.get(XML_LANG, "").casefold().startswith(base)]
    return next(filter(None, (words(each) for each in own + named)), "")


def subjects(path: Path, topics: Mapping[str, Topic]) -> tuple[Subject, ...]:
    """Subject codes and topics of the story, each once."""
    found: dict[Subject, None] = {}
    for holder in _described(path, "DescriptiveMetadata", "SubjectCode"):
        for each in holder:
            if code := formal(each):
                found[_subject(code, attribute(each, "Scheme"), topics)] = None
    for each in _described(path, "DescriptiveMetadata", "TopicOccurrence"):
        topic = topics.get(attribute(each, "Topic"))
        if topic and (topic.name or topic.code):
            kind: Any = topic.type
            found[Subject(name=topic.name, code=topic.code, type=kind)] = None
    return tuple(found)


def _subject(code: str, scheme: str, topics: Mapping[str, Topic]) -> Subject:
    name = topics[code].name if code in topics else ""
    iptc = re.fullmatch(r"\d{8}", code) and (not scheme or "iptc" in scheme.casefold())
    return Subject(name=name, code=code, scheme=SUBJECT_CODES if iptc else scheme)


def places(path: Path) -> tuple[Place, ...]:
    """Where the story was filed, then where it plays; a country's code goes with its city."""
    found = []
    for each in _described(path, "DescriptiveMetadata", "Location"):
        said = {formal(p).casefold(): attribute(p, "Value") for p in each.iter("Property")}
        country = said.get("country", "")
        code = country if re.fullmatch(r"[A-Z]{2,3}", country) else ""
        name = next((said[k] for k in _LOCATION_NAMES if said.get(k) and said[k] != code), "")
        role: Any = "dateline" if attribute(each, "HowPresent").casefold() == "origin" else "about"
        if name:
            found.append(Place(name=name, code=code, role=role))
    found.sort(key=lambda place: place.role != "dateline")
    return tuple(dict.fromkeys(found))


def dateline(path: Path, found: tuple[Place, ...], inside: Dateline | None) -> Dateline | None:
    """The agency's own line with its place; a line that is only a date is none.

    The line beats the location, which some agencies set to where their desk is.
    """
    text = line(path, "DateLine").rstrip(" -–—:")
    home = next((place.name for place in found if place.role == "dateline"), "")
    if not text or text[0].isdigit():
        said = inside if inside and inside.place and not inside.place[0].isdigit() else None
        return said or (Dateline(place=home) if home else None)
    if home and text.casefold().startswith(home.casefold()):
        return Dateline(place=text[: len(home)], text=text)
    return Dateline(place=nitf_body.place_of(text) or home, text=text)


def filed_from(found: tuple[Place, ...], line: Dateline | None) -> tuple[Place, ...]:
    """The places, of which none is the dateline's that the dateline does not name."""
    said = line.place.casefold() if line else ""
    return tuple(
        msgspec.structs.replace(each, role="about")
        if each.role == "dateline" and each.name.casefold() not in said
        else each
        for each in found
    )


# --------------------------------------------------------------------------------------
# Rights, notes
# --------------------------------------------------------------------------------------


def rights(path: Path) -> Rights:
    """All rights on the path as one; a bare copyright line names its holder."""
    notice = line(path, "CopyrightLine")
    every = [child(component, "RightsMetadata") for component in reversed(path)]
    copyrights = [e for each in every for e in children(each, "Copyright")]
    uses = [e for each in every for e in children(each, "UsageRights")]
    holders = [words(child(each, "CopyrightHolder")) for each in copyrights]
    holders += [holder_of(notice)] + [words(child(each, "RightsHolder")) for each in uses]
    dates = (words(child(each, "CopyrightDate")) for each in copyrights)
    return Rights(
        copyright_holder=next(filter(None, holders), ""),
        copyright_notice=notice,
        copyright_year=lines.year_in(*dates, notice),
        usage_terms=_each(uses, "UsageType", line(path, "RightsLine")),
        restrictions=_each(uses, "Limitations"),
        geography=_each(uses, "Geography"),
    )


def _each(uses: list[etree._Element], name: str, *more: str) -> tuple[str, ...]:
    found = (words(child(each, name)) for each in uses)
    return tuple(dict.fromkeys(filter(None, (*found, *more))))


def holder_of(notice: str) -> str:
    """Who a copyright line names: "© 2026 Norrane. All rights reserved" gives Norrane."""
    first = re.split(r"\.(?:\s|$)", notice, maxsplit=1)[0]
    name = " ".join(_NO_HOLDER.sub(" ", first).split()).strip(" ,;:-–")
    return re.sub(r"^by ", "", name) if len(name) <= 80 else ""


def use_dates(path: Path, zone: str) -> tuple[list[datetime], list[datetime], tuple[str, ...]]:
    """Starts of use, ends of use, and the dates among them that cannot be read."""
    starts: list[datetime] = []
    ends: list[datetime] = []
    odd = []
    for component in path:
        for use in children(child(component, "RightsMetadata"), "UsageRights"):
            for name, found in (("StartDate", starts), ("EndDate", ends)):
                date = child(use, name)
                said = words(date) or " ".join(attributes_of(date).values())
                moment = dates.instant(words(date), zone) if words(date) else None
                if moment:
                    found.append(moment)
                elif said:
                    odd.append(f"{name} {said}")
    return starts, ends, tuple(odd)


def use_ends(component: etree._Element, zone: str) -> datetime | None:
    """The earliest end of use that a component or one inside it gives."""
    _, ends, _ = use_dates(tuple(component.iter("NewsComponent")), zone)
    return min(ends, default=None)


def notes(path: Path) -> tuple[EdNote, ...]:
    """The lines of an agency's own kind (advisories, product lines), as notes to desks."""
    found = []
    for each in _lines(path, "NewsLine"):
        role = formal(child(each, "NewsLineType"))
        for text in children(each, "NewsLineText"):
            said = words(text)
            if said and not said.startswith(("http://", "https://")):
                found.append(lines.note(said, role, closed=True))
    return tuple(dict.fromkeys(found))
