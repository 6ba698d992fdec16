"""What single agencies mean by it all: the profile that a document is read by.

The facts are data: one file for each agency in `profiles/`, and the newsroom's own beside them. A
profile is the one that the source names, else that of the sender's marks in the document (its name
as sender or provider, the authority in the id), never of a story, else that of the source's agency.
It fills in what the agency leaves out and puts right what it says in its own way; a profile that is
right for one agency touches no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

import msgspec
from lxml import etree

from wirecopy.config import Config, Source
from wirecopy.config.near import suggest
from wirecopy.config.patterns import TEXT
from wirecopy.config.profile import FeedWays, Profile
from wirecopy.errors import ConfigError
from wirecopy.formats import paths, profiles, xml
from wirecopy.formats.hints import Hints
from wirecopy.model import Item, Subject
from wirecopy.newscodes import MEDIA_TOPICS

_AUTHORITY = re.compile(r"(?:tag:|urn:newsml:)([a-z0-9-]+(?:\.[a-z0-9-]+)+)[,:]", re.IGNORECASE)
_UNHINTED = Hints()

PLAIN = Profile(why="The standard as it is written.")
"""The profile of everyone who has none."""


class XmlWays(msgspec.Struct, frozen=True):
    """A profile that reads XML of its own, with its paths compiled."""

    profile: Profile
    paths: paths.Paths


class Book(msgspec.Struct, frozen=True):
    """All profiles that a newsroom reads by, found by whatever tells them."""

    by_key: Mapping[str, Profile]
    by_mark: Mapping[str, Profile]
    by_name: Mapping[str, Profile]
    feeds: tuple[FeedWays, ...]
    by_root: Mapping[tuple[str, str], tuple[XmlWays, ...]]
    """Readers of XML by namespace and name of the root."""


@lru_cache(maxsize=8)
def book(own: tuple[Profile, ...] = ()) -> Book:
    """The shipped profiles with the newsroom's own over them; made once.

    Of two that claim one mark the newsroom's own is asked first; a variant that extends a shipped
    one is asked last, because its source names it.
    """
    shipped = profiles.shipped()
    first = [each for each in own if not _is_variant(each)]
    replaced = {each.key for each in own}
    order = [
        *first,
        *(each for each in shipped.values() if each.key not in replaced),
        *(each for each in own if _is_variant(each)),
    ]
    by_root: dict[tuple[str, str], tuple[XmlWays, ...]] = {}
    for each in order:
        if each.xml:
            root = (each.xml.namespace, each.xml.root)
            ways = XmlWays(each, paths.compiled(each.xml))
            by_root[root] = (*by_root.get(root, ()), ways)
    return Book(
        by_key={each.key: each for each in order},
        by_mark=_first((mark, each) for each in order for mark in each.marks),
        by_name=_first(
            (name.casefold(), each)
            for each in order
            for name in (each.name, *each.names, each.key)
            if name
        ),
        feeds=tuple(each.feed for each in order if each.feed),
        by_root=by_root,
    )


def _is_variant(profile: Profile) -> bool:
    return bool(profile.extends) and profile.extends != profile.key


def _first(pairs: Iterable[tuple[str, Profile]]) -> Mapping[str, Profile]:
    found: dict[str, Profile] = {}
    for name, profile in pairs:
        found.setdefault(name, profile)
    return found


# --------------------------------------------------------------------------------------
# Which profile
# --------------------------------------------------------------------------------------


def of(marks: Iterable[str], item_id: str = "", hints: Hints = _UNHINTED) -> Profile:
    """The profile to read a document by.

    It is the one that the source names, else that of the first of these marks or of the authority
    in the id, else that of the source's agency.
    """
    if hints.profile is not None:
        return hints.profile
    by_mark = book(hints.profiles).by_mark
    for mark in marks:
        if found := by_mark.get(mark.casefold()):
            return found
    if item_id and (authority := _AUTHORITY.match(item_id)):
        found = by_mark.get(authority[1].casefold())
        if found:
            return found
    return _by_agency(hints.agency, hints.profiles) if hints.agency else PLAIN


def _by_agency(agency: str, own: tuple[Profile, ...] = ()) -> Profile:
    """The profile of an agency by its name ("IANS World" is IANS), `PLAIN` where it has none."""
    names = book(own).by_name
    if found := names.get(agency.strip().casefold()):
        return found
    first = agency.strip().partition(" ")[0]
    found = names.get(first.casefold(), PLAIN)
    # "Uni Press" is not UNI: a first word counts only as the agency itself writes it.
    return found if first in (found.name, *found.names) else PLAIN


def general(key: str, hints: Hints) -> Profile:
    """What the senders of a format share, by the name of its profile."""
    return book(hints.profiles).by_key.get(key, PLAIN)


def named(key: str, own: tuple[Profile, ...] = ()) -> Profile:
    """The profile of that name; ConfigError with the nearest name if there is none."""
    known = book(own).by_key
    if key not in known:
        near = suggest(key, sorted(known)) or " `wirecopy profile list` shows all."
        raise ConfigError(f"There is no profile {key!r}.{near}")
    return known[key]


def with_profiles(config: Config, texts: Mapping[str, str]) -> Config:
    """The settings with a newsroom's own profiles, out of the texts of their files by name.

    ConfigError where a file is wrong, or a source names a profile that is not there.
    """
    own = profiles.own_profiles(texts)
    for number, source in enumerate(config.sources):
        try:
            if source.profile:
                named(source.profile, own)
        except ConfigError as error:
            raise ConfigError(f"wirecopy.toml: sources[{number}].profile: {error}") from error
    return msgspec.structs.replace(config, profiles=own)


def chosen(source: Source, config: Config) -> Profile | None:
    """The profile that a source names, None where it names none."""
    return named(source.profile, config.profiles) if source.profile else None


def of_item(item: Item, source: Source, config: Config) -> Profile:
    """The profile of an item that was read: as a document's, by its provider and its id."""
    if source.profile:
        return named(source.profile, config.profiles)
    hints = Hints(agency=source.agency, profiles=config.profiles)
    found = of((item.provider,), item.item_id, hints)
    return _by_agency(item.provider, config.profiles) if found is PLAIN else found


@lru_cache(maxsize=512)
def _profile_of(source: Source, own: tuple[Profile, ...]) -> Profile:
    found = named(source.profile, own) if source.profile else _by_agency(source.agency, own)
    kills, doubt = source.trust_text_kills, source.kill_ambiguous
    return msgspec.structs.replace(
        found,
        trust_text_kills=found.trust_text_kills if kills is None else kills,
        kill_ambiguous=found.kill_ambiguous if doubt is None else doubt,
    )


def profile_of(source: Source, config: Config) -> Profile:
    """The profile of a source's agency with the source's own settings over it.

    It is the one that the source names, else that of its agency; `PLAIN` where there is neither.
    """
    return _profile_of(source, config.profiles)


# --------------------------------------------------------------------------------------
# What it says
# --------------------------------------------------------------------------------------


def language_of(profile: Profile, tag: str, filed_from: str) -> str:
    """The tag, or a better one of the same language for "City, Region, Country"."""
    ways = profile.language
    tag = ways.tags.get(tag.casefold(), tag)
    country = filed_from.rpartition(",")[2].strip()
    base = tag.casefold().partition("-")[0]
    better = (each for each in ways.countries.get(country, ()) if each.startswith(f"{base}-"))
    return next(better, tag) if base else tag


def tongue_of(profile: Profile) -> str:
    """The language of copy that does not say: the only one that the agency writes in, else ""."""
    return profile.languages[0] if len(profile.languages) == 1 else ""


def slug_of(
    profile: Profile, *, language: str, created: datetime | None, symbols: Iterable[str]
) -> str:
    """The slug the profile makes; "" where it makes none or the item lacks a part of it."""
    joined = "-".join(dict.fromkeys(symbols))
    if not (profile.slug and created and joined):
        return ""
    base = language.partition("-")[0]
    return profile.slug.format(language=base, created=created, symbols=joined)


def topic_of(category: str, *ways: Profile) -> tuple[Subject, ...]:
    """The Media Topic of a category, by the first of these profiles that knows it; () for none."""
    for profile in ways:
        if said := profile.categories.get(category.casefold()):
            code, _, name = said.removeprefix("medtop:").partition(" ")
            return (Subject(name=name, code=code, scheme=MEDIA_TOPICS),)
    return ()


def priority_of(word: str, *ways: Profile) -> int | None:
    """A letter or word of priority on the IPTC scale, None where no profile knows it."""
    return next((p.priorities[w] for p in ways if (w := word.casefold()) in p.priorities), None)


def signs(line: str, ways: Iterable[Profile]) -> bool:
    """Whether a closing line is a sign-off by the pattern of one of these profiles."""
    patterns = (pattern for profile in ways for pattern in profile.signoff.patterns)
    return len(line) <= TEXT and any(_compiled(each).fullmatch(line) for each in patterns)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def feed_fields(element: etree._Element, hints: Hints = _UNHINTED) -> dict[str, str]:
    """What a vendor's own element (with all inside it) says, by meaning; {} for strangers.

    A status that says the story runs is left out: there is nothing to do about it.
    """
    feeds = book(hints.profiles).feeds
    ways = next((each for each in feeds if str(element.tag)[1:].startswith(each.namespace)), None)
    if ways is None:
        return {}
    found: dict[str, str] = {}
    for each in element.iter(etree.Element):
        meaning = ways.fields.get(xml.localname(each), "")
        said = (each.text or "").strip()
        if meaning and said and not (meaning == "status" and said.casefold() in ways.running):
            found.setdefault(meaning, said)
    return found
