"""Which section of the site a story belongs to, and why."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from wirecopy.config import Section
from wirecopy.model import Item, Subject
from wirecopy.story.mediatopics import NAMES, chain, code_named, topic_code
from wirecopy.story.slugs import slugify

_SOURCE = "the source's own section"
_LAST = "the last section, as no subject says where it belongs"
_NONE = "there are no sections"


@lru_cache(maxsize=16)
def _by_code(sections: tuple[Section, ...]) -> dict[str, Section]:
    """The section that lists each topic; made once for a newsroom."""
    return {
        topic_code(topic) or topic: section
        for section in reversed(sections)
        for topic in reversed(section.topics)
    }


@lru_cache(maxsize=16)
def _names(sections: tuple[Section, ...]) -> dict[str, Section]:
    """The section that bears each name, in the singular too; made once for a newsroom."""
    by_name: dict[str, Section] = {}
    for section in sections:
        for name in (section.key, slugify(section.name)):
            by_name.setdefault(name, section)
            by_name.setdefault(name.removesuffix("s"), section)
    by_name.pop("", None)
    return by_name


def section_of(item: Item, sections: tuple[Section, ...], default: str = "") -> tuple[str, str]:
    """The section's key and the reason in words.

    The wire's Media Topics decide first (the most relevant subject, then the most specific code
    that a section lists), then a category that bears a section's name, then `default`, the
    source's section, then the last section; ("", reason) where there are no sections at all.
    """
    listed = _by_code(sections)
    found = _by_topic(item.subjects, listed) if listed else None
    if found:
        return found
    named = _by_name(item, sections)
    if named:
        return named
    if any(section.key == default for section in sections):
        return default, _SOURCE
    if sections:
        return sections[-1].key, _LAST
    return "", _NONE


def is_told(reason: str) -> bool:
    """Whether the wire itself says where a story belongs, by the reason that was given."""
    return reason not in {_SOURCE, _LAST, _NONE}


def _by_topic(subjects: Iterable[Subject], listed: dict[str, Section]) -> tuple[str, str] | None:
    """The section of the most relevant subject, the deeper code where two are as relevant."""
    best: tuple[tuple[int, int, int], str, str] | None = None
    for place, subject in enumerate(subjects):
        if subject.type != "subject":
            continue
        code = topic_code(subject.code, subject.scheme) or code_named(subject.name)
        way = chain(code)
        hit = next((above for above in way if above in listed), "")
        if not hit:
            continue
        depth = len(way) - way.index(hit)
        rank = (subject.relevance or 0, depth, -place)
        if best is None or rank > best[0]:
            best = (rank, listed[hit].key, _reason(subject, code, hit, listed[hit]))
    return best[1:] if best else None


def _reason(subject: Subject, code: str, hit: str, section: Section) -> str:
    name = subject.name or NAMES.get(code, "")
    what = f'"{name}" ({code})' if name else code
    if code == hit:
        return f"the subject {what} belongs to {section.name}"
    above = f'"{NAMES[hit]}" ({hit})' if hit in NAMES else hit
    return f"the subject {what} lies under {above}, which belongs to {section.name}"


def _by_name(item: Item, sections: tuple[Section, ...]) -> tuple[str, str] | None:
    """The section that a category, keyword or kicker names."""
    by_name = _names(sections)
    given = [s.name for s in item.subjects if s.type == "subject"]
    for name in (*given, *item.keywords, item.kicker):
        if not name or len(name) > 60:
            continue
        slug = slugify(name)
        found = by_name.get(slug) or by_name.get(slug.removesuffix("s"))
        if found and slug:
            return found.key, f'the category "{name}" is the section {found.name}'
    return None
