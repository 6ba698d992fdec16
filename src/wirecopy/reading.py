"""Reading: bytes to galleys. Pure, so it runs in as many processes as there are cores.

formats.read ─▶ story.clean ─▶ section, topics, telling terms, fingerprint ─▶ Galley
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from wirecopy import formats
from wirecopy.config import Config, Profile, Source
from wirecopy.errors import FormatError
from wirecopy.formats import dialects
from wirecopy.formats.hints import Hints
from wirecopy.model import Dateline, Delivery, Galley, Item, Rights, Sheet
from wirecopy.story import chains, ways
from wirecopy.story.clean import clean
from wirecopy.story.copyfit import standfirst_of, text_of
from wirecopy.story.fingerprints import fingerprint, text_print
from wirecopy.story.languages import language_tag
from wirecopy.story.prose import sentences
from wirecopy.story.related import terms_of
from wirecopy.story.sections import is_told, section_of
from wirecopy.story.topics import topics_of
from wirecopy.story.twins import prints_of
from wirecopy.story.vocabulary import told

_HEADLINE = 110
"""Characters of a headline made of a story's first words; search engines cut longer ones."""


_TELLING = 20
"""Characters from which on a first sentence is a headline; "It rains." goes on with the next."""

SheetOf = Callable[[Item, Source, datetime, Config], Sheet]


def source_of(config: Config, name: str) -> Source:
    """The source of that name; the strictest one where the settings do not have it any more.

    Nobody knows then what its contract allowed.
    """
    for source in config.sources:
        if source.name == name:
            return source
    return Source(
        name=name,
        agency=name,
        syndication="noindex",
        redistribution="none",
        picture_credit="required",
    )


def read_delivery(
    delivery: Delivery, received: datetime, config: Config, make: SheetOf | None = None
) -> Galley:
    """The delivery's items ready to be filed, or the reason why it goes to quarantine.

    `make` stands in for `sheet_of`: it may remember what that has said.
    """
    source = source_of(config, delivery.source)
    if len(delivery.body) > config.pipeline.max_bytes:
        return Galley(
            error=f"It is larger than pipeline.max_bytes ({config.pipeline.max_bytes} bytes). "
            "Raise that setting and "
            f"{'send it again' if delivery.cut else 'replay it'} if it is wire copy."
        )
    if delivery.cut:
        return Galley(
            error="Only its beginning was kept, as it was larger than pipeline.max_bytes when it "
            "came, and half a text is none. Send the whole of it again: folders keep it in done/."
        )
    try:
        reading = formats.read(delivery.body, hints_of(delivery, source, received, config))
    except FormatError as error:
        return Galley(error=str(error))
    make = make or sheet_of
    sheets = tuple(make(item, source, received, config) for item in reading.items)
    return Galley(sheets=sheets, format=reading.format, spoiled=reading.spoiled)


def hints_of(delivery: Delivery, source: Source, received: datetime, config: Config) -> Hints:
    """What the transport, the source's settings and the profile that it names say of the bytes."""
    chosen = dialects.chosen(source, config)
    named = chosen or dialects.PLAIN
    return Hints(
        media_type=delivery.media_type,
        name=delivery.name,
        format=source.format,
        timezone=source.timezone or named.timezone,
        language=source.language or dialects.tongue_of(named),
        received=received,
        agency=source.agency,
        profile=chosen,
        profiles=config.profiles,
        charset=named.charset,
        most=config.pipeline.max_items,
    )


def sheet_of(item: Item, source: Source, received: datetime, config: Config) -> Sheet:
    """One item with all that can be said of it without knowing the archive.

    `received` says something only of an item that the wire has not dated.
    """
    profile = dialects.of_item(item, source, config)
    if internal := ways.internal(item, profile.internal):
        item = msgspec.structs.replace(item, markers=(*item.markers, *internal))
    if profile.provider and item.provider.casefold() in profile.marks:
        item = msgspec.structs.replace(item, provider=profile.provider)
    item = clean(
        item,
        received=received,
        agency=source.agency,
        language=source.language,
        profile=profile,
        timezone=source.timezone,
    )
    item = told(_headlined(item), config.vocabulary)
    item = msgspec.structs.replace(
        item,
        standfirst=standfirst_of(item),
        language=language_tag(item.language)
        or language_tag(source.language)
        or language_tag(dialects.tongue_of(profile)),
        rights=_with_copyright(item, source),
        credit_line=item.credit_line or profile.credit,
        dateline=item.dateline or _home(item, profile),
    )
    section, reason = section_of(item, config.sections, source.section)
    topics = topics_of(item, most=config.press.topics, own_topics=config.topics)
    terms = terms_of(item.headline, item.standfirst, text_of(item), topics)
    text = text_print(item)
    return Sheet(
        item=item,
        fingerprint=fingerprint(item, text),
        text=text,
        stem=chains.chain_key(item, profile.marker_language or source.agency or item.provider),
        prints=prints_of(item),
        terms=terms.terms,
        heft=terms.heft,
        topics=topics,
        section=section,
        section_reason=reason,
        section_told=is_told(reason),
    )


def _home(item: Item, profile: Profile) -> Dateline | None:
    """The dateline of a report that names no place, where its agency says from where it files."""
    return Dateline(place=profile.home) if profile.home and item.body else None


def _headlined(item: Item) -> Item:
    """The item with a headline: alerts and some briefs have none, their first words serve."""
    if item.headline or not item.body:
        return item
    text = item.standfirst or standfirst_of(item) or text_of(item)
    first, *more = sentences(text[:_HEADLINE]) or [""]
    words = (first if more and len(first) >= _TELLING else text).split()
    headline = ""
    for word in words:
        if len(headline) + len(word) >= _HEADLINE:
            return msgspec.structs.replace(item, headline=f"{headline} …")
        headline = f"{headline} {word}".strip()
    return msgspec.structs.replace(item, headline=headline.rstrip(".।"))


def _with_copyright(item: Item, source: Source) -> Rights:
    if item.rights.copyright_notice or not source.copyright:
        return item.rights
    return msgspec.structs.replace(item.rights, copyright_notice=source.copyright)
