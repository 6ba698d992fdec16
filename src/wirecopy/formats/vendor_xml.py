"""An agency's own XML, read by what its profile says: no code knows a vendor here.

The profile's [xml] names the root, the path to each story, and where each field stands (see
docs/reference/profiles.md). A field that is unreadable where guessing would show too much (status,
embargo) holds the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

from lxml import etree

from wirecopy.config.profile import Profile, XmlPart, XmlReader
from wirecopy.errors import FormatError
from wirecopy.formats import dates, dialects, lines, markup, xml
from wirecopy.formats.hints import Hints, Score
from wirecopy.formats.paths import MOST_FOUND, Field, Path, Paths, compiled
from wirecopy.formats.trees import attributes_of
from wirecopy.model import Block, Dateline, EdNote, Item, Link, Media, Reading, Rendition, Rights
from wirecopy.model import Subject as ItemSubject

NAME = "vendor-xml"

_MOST_VALUES = 500
"""Values of one field, parts of one body."""
_PLAIN_FIELDS = (
    "headline", "subheadline", "kicker", "slug", "standfirst", "byline", "byline_title", "genre",
    "sign_off", "credit_line", "url",
)  # fmt: skip
_WEB = ("https://", "http://")
_BREAK = re.compile(r"<br ?/?>|</li>")
_TIMES = ("first_created", "version_created", "expires_at")


def sniff(head: bytes, hints: Hints) -> Score:
    """CERTAIN for a root that a profile reads and elements that it names, else LIKELY or NO."""
    root = xml.sniff_root(head)
    if not root[1]:
        return Score.NO
    scores = [_score(ways.profile.xml, head) for ways in _ways(root, hints)]
    return max(scores, default=Score.NO)


def read(body: bytes, hints: Hints) -> Reading:
    """The stories of a document, in its order; FormatError if no profile reads its root."""
    items, spoiled = [], []
    holders, ways = _holders(body, hints)
    for number, holder in enumerate(holders, 1):
        try:
            items.append(_Story(holder, ways, hints).item())
        except FormatError as error:
            spoiled.append(f"Story {number} of {len(holders)}: {error}")
    if not items:
        raise FormatError(spoiled[0] if spoiled else "The document holds no story.")
    return Reading(items=tuple(items), format=NAME, spoiled=tuple(spoiled))


def as_sent(body: bytes, hints: Hints) -> tuple[dict[str, str], ...]:
    """The fields of every story as they stand in the document, before anything is done to them."""
    holders, ways = _holders(body, hints)
    return tuple(_Story(holder, ways, hints).as_sent() for holder in holders)


def _holders(body: bytes, hints: Hints) -> tuple[list[Any], dialects.XmlWays]:
    """The elements that hold the stories, and the profile that reads them."""
    root = xml.parse(body, hints)
    name = etree.QName(root)
    ways = _ways((name.namespace or "", name.localname), hints)
    if not ways:
        raise FormatError(
            f"No profile reads XML with the root <{name.localname}>. Write one with an [xml] table."
        )
    best = max(ways, key=lambda each: _score(each.profile.xml, body[: 1 << 16]))
    holders = best.paths.items(root)
    if len(holders) > MOST_FOUND:
        raise FormatError(f"The document holds more than {MOST_FOUND} stories.")
    return holders, best


def _ways(root: tuple[str, str], hints: Hints) -> tuple[dialects.XmlWays, ...]:
    """The profiles that read a root: the source's own alone, where it has named one with [xml]."""
    named = hints.profile
    if named is not None and named.xml is not None:
        if (named.xml.namespace, named.xml.root) != root:
            return ()
        return (dialects.XmlWays(named, compiled(named.xml)),)
    return dialects.book(hints.profiles).by_root.get(root, ())


def _score(reader: XmlReader | None, head: bytes) -> Score:
    if reader is None:
        return Score.NO
    if not reader.holds:
        return Score.LIKELY
    found = any(f"<{name}".encode() in head for name in reader.holds)
    return Score.CERTAIN if found else Score.NO


# --------------------------------------------------------------------------------------
# One story
# --------------------------------------------------------------------------------------


class _Story:
    """One story's element, and what its profile says of where things stand."""

    def __init__(self, holder: Any, ways: dialects.XmlWays, hints: Hints) -> None:
        if not isinstance(holder, etree._Element):
            raise FormatError("xml.items leads to a value and not to an element.")
        self.holder = holder
        self.profile: Profile = ways.profile
        self.reader: XmlReader = ways.profile.xml or XmlReader(root="")
        self.paths: Paths = ways.paths
        self.hints = hints
        self.zone = hints.timezone or ways.profile.timezone
        self.warnings: list[str] = []

    def item(self) -> Item:
        """The story as an item; FormatError where it says nothing at all."""
        status, doubts = lines.status_of(self.one("status"))
        place = self.one("place")
        urgency = self._urgency()
        times: dict[str, Any] = {name: self._time(name) for name in _TIMES}
        notes, body = self._notes(), self._body()
        until, embargo = self._embargo(notes)
        plain: dict[str, Any] = {name: self.one(name) for name in _PLAIN_FIELDS}
        plain["credit_line"] = plain["credit_line"] or self.profile.credit
        if not (plain["headline"] or body or notes):
            raise FormatError("It has neither a headline nor a text.")
        tag = self.one("language")
        return Item(
            **self._identity(plain["headline"], body),
            **plain,
            **times,
            version=lines.whole(self.one("version")),
            status=status,
            dateline=Dateline(place=place) if place else None,
            body=body,
            media=tuple(self._media()),
            authors=self.all("authors"),
            keywords=self.all("keywords"),
            signals=self.all("signals"),
            subjects=tuple(self._subjects()),
            rights=self._rights(),
            ed_notes=notes,
            links=tuple(self._links()),
            urgency=urgency,
            language=dialects.language_of(self.profile, tag, "") or self._tongue(),
            embargo_until=until,
            embargo_text=embargo,
            provider=self.one("provider") or self.profile.provider or self.profile.name,
            format=NAME,
            warnings=(*doubts, *self.warnings),
        )

    def as_sent(self) -> dict[str, str]:
        """The text of each field as it stands."""
        told = {
            name: [
                said for way in field.ways for each in self._texts(way) if (said := xml.tidy(each))
            ]
            for name, field in self.paths.fields.items()
        }
        return {name: "; ".join(said) for name, said in told.items()}

    # Fields -----------------------------------------------------------------------------

    def one(self, name: str) -> str:
        """The value of a field, "" where the profile or the document has none."""
        field = self.paths.fields.get(name)
        return "" if field is None else self._said(field)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field, each once."""
        field = self.paths.fields.get(name)
        if field is None:
            return ()
        found = (self._turned(said, field) for way in field.ways for said in self._texts(way))
        said = (field.how.constant,) if field.how.constant else ()
        return tuple(dict.fromkeys(filter(None, (*said, *found))))

    def _said(self, field: Field) -> str:
        """The first path's value that says something, or all of one path's joined."""
        if field.how.constant:
            return field.how.constant
        for way in field.ways:
            found = [self._turned(said, field) for said in self._texts(way)]
            found = [said for said in found if said]
            if found:
                return field.how.join.join(found) if field.how.join else found[0]
        return ""

    def _texts(self, way: Path) -> Iterator[str]:
        yield from map(_raw, way(self.holder)[:_MOST_VALUES])

    def _turned(self, said: str, field: Field) -> str:
        """A value after what the profile does to it."""
        how = field.how
        said = xml.tidy(_told(said) if how.html else said)
        if how.only and said.casefold() not in how.only:
            return ""
        return how.map.get(said.casefold(), said)

    def _time(self, name: str) -> datetime | None:
        field = self.paths.fields.get(name)
        said = self._said(field) if field else ""
        if not said or field is None:
            return None
        when = _instant(said, field.how.date, self.zone, lying=self.profile.zone_lies)
        if when is None:
            self.warnings.append(f"The time {said[:40]!r} in {name} cannot be read.")
        return when

    def _embargo(self, notes: tuple[EdNote, ...]) -> tuple[datetime | None, str]:
        """When the embargo ends; its words, which hold the item, where that cannot be read."""
        said = self.one("embargo_until")
        if not said:
            odd = lines.embargo_said(self._unspoken("embargo_until"))
            if odd != (None, ""):
                return odd
            return lines.embargo_in(note.text for note in notes)
        field = self.paths.fields["embargo_until"]
        until = _instant(said, field.how.date, self.zone, lying=self.profile.zone_lies)
        return (until, "") if until else (None, said)

    def _unspoken(self, name: str) -> Iterator[dict[str, str]]:
        """What the elements of a field say in attributes alone."""
        field = self.paths.fields.get(name)
        for way in field.ways if field else ():
            for each in way(self.holder)[:_MOST_VALUES]:
                if isinstance(each, etree._Element) and not _raw(each).strip():
                    yield attributes_of(each)

    def _urgency(self) -> int:
        said = self.one("urgency")
        told = dialects.priority_of(said, self.profile)
        number = lines.urgency_of(said)
        return told if told is not None else self.profile.urgency.get(number, number)

    def _tongue(self) -> str:
        return self.hints.language or dialects.tongue_of(self.profile)

    def _identity(self, headline: str, body: tuple[Block, ...]) -> dict[str, Any]:
        own, others = self.one("item_id"), self.all("alt_ids")
        if own:
            return {"item_id": own, "alt_ids": others}
        made = lines.content_id(headline, markup.words_of(body))
        return {"item_id": made, "id_from": "content", "alt_ids": others}

    def _rights(self) -> Rights:
        return Rights(
            copyright_holder=self.one("copyright_holder"),
            copyright_notice=self.one("copyright_notice"),
            usage_terms=self.all("usage_terms"),
        )

    # Lists ------------------------------------------------------------------------------

    def _at(self, path: str, holder: Any = None) -> list[Any]:
        """What a path leads to, from the story or from an element inside it."""
        if not path:
            return []
        found = self.paths.others[path](self.holder if holder is None else holder)
        return found[:_MOST_VALUES]

    def _text_at(self, path: str, holder: Any) -> str:
        return next((said for each in self._at(path, holder) if (said := xml.tidy(_raw(each)))), "")

    def _elements(self, path: str) -> Iterator[etree._Element]:
        yield from (each for each in self._at(path) if isinstance(each, etree._Element))

    def _subjects(self) -> Iterator[ItemSubject]:
        for kind in self.reader.subjects:
            for each in self._elements(kind.path):
                code = self._text_at(kind.code, each)
                name = self._text_at(kind.name, each)
                topic = dialects.topic_of(code or name, self.profile)
                if topic:
                    yield topic[0]
                elif code or name:
                    code = code.zfill(kind.digits) if code.isdigit() else code
                    yield ItemSubject(name=name, code=code, scheme=kind.scheme if code else "")

    def _notes(self) -> tuple[EdNote, ...]:
        found = []
        for kind in self.reader.notes:
            several = (kind.path,) if isinstance(kind.path, str) else kind.path
            said = [_raw(each) for path in several for each in self._at(path)]
            told = [_told(each) if kind.html else xml.tidy(each) for each in said]
            text = " ".join(filter(None, told)) if len(several) > 1 else "\n".join(told)
            if text.strip():
                found.append(lines.note(text.strip(), kind.role, closed=True))
        return tuple(found)

    def _media(self) -> Iterator[Media]:
        for kind in self.reader.media:
            for each in self._elements(kind.path):
                href = self._text_at(kind.href, each)
                if href.startswith(_WEB):
                    yield Media(
                        id=self._text_at(kind.id, each),
                        type=kind.type,
                        caption=self._text_at(kind.caption, each),
                        credit=self._text_at(kind.credit, each),
                        renditions=(Rendition(href=href),),
                    )

    def _links(self) -> Iterator[Link]:
        for kind in self.reader.links:
            for each in self._at(kind.path):
                if target := xml.tidy(_raw(each)):
                    yield Link(rel=kind.rel, target=target)

    # Body -------------------------------------------------------------------------------

    def _body(self) -> tuple[Block, ...]:
        pieces: list[str] = []
        for part in self.reader.body:
            if part.unless and any(xml.tidy(_raw(each)) for each in self._at(part.unless)):
                continue
            found = [piece for each in self._at(part.path) if (piece := self._piece(part, each))]
            if found and part.heading:
                pieces.append(f"<h2>{escape(part.heading)}</h2>")
            pieces += found
        return markup.blocks_from_html("\n".join(pieces)) if pieces else ()

    def _piece(self, part: XmlPart, found: Any) -> str:
        """One part of the body as HTML (the sanitiser comes after), "" where it says nothing."""
        before = f"{escape(part.before)}<br>" if part.before else ""
        if part.kind == "html":
            inside = isinstance(found, etree._Element) and len(found)
            html = markup.markup_of(found) if inside else _raw(found)
            return before + html if html.strip() else ""
        if part.kind == "text":
            told = [xml.tidy(each) for each in _raw(found).split("\n\n")]
            return "".join(f"<p>{before}{escape(each)}</p>" for each in told if each)
        told = [self._text_at(path, found) for path in part.lines] or [xml.tidy(_raw(found))]
        if part.kind == "link":
            href, words = told[0], next(filter(None, told[1:]), told[0])
            link = f'<a href="{escape(href)}">{escape(words)}</a>'
            return f"<p>{before}{link}</p>" if href.startswith(_WEB) else ""
        shown = "<br>".join(escape(each) for each in told if each)
        return f"<p>{before}{shown}</p>" if shown else ""


def _raw(found: Any) -> str:
    """The text of an element or attribute as it stands."""
    if not isinstance(found, etree._Element):
        return str(found)
    return "".join(map(str, found.itertext())) if len(found) else found.text or ""


def _told(html: str) -> str:
    """The words of HTML, a line for each paragraph and break."""
    blocks = markup.blocks_from_html(html)
    told = (markup.words_in(line) for block in blocks for line in _BREAK.split(block.html))
    return "\n".join(filter(None, told))


def _instant(said: str, form: str, zone: str, *, lying: bool) -> datetime | None:
    """A time in UTC as the profile says it is written, None where it is not."""
    if lying:
        said = dates.without_zone(said)
    if not form:
        return dates.instant(said, zone)
    try:
        when = datetime.strptime(said[:64], form)  # noqa: DTZ007 - the zone is laid on by the next line but two
    except ValueError:
        return None
    return dates.instant(when.isoformat(), zone)
