"""Sections that are one another's translations: which there are, and which a story belongs to."""

from __future__ import annotations

from functools import lru_cache

from wirecopy.config.site import Section


def tag_of(section: Section, locale: str) -> str:
    """The language of a section's pages as a tag of the web ("hi-IN"); the site's, if it has none.

    `locale` is the site's.
    """
    return (section.language or locale).replace("_", "-")


@lru_cache(maxsize=16)
def editions(sections: tuple[Section, ...]) -> dict[str, tuple[Section, ...]]:
    """Key of each section that has translations -> all of them, the first one first."""
    groups: dict[str, list[Section]] = {s.key: [s] for s in sections if not s.translation_of}
    for section in sections:
        if section.translation_of:
            groups[section.translation_of].append(section)
    return {
        section.key: tuple(group)
        for group in groups.values()
        if len(group) > 1
        for section in group
    }


def in_language(key: str, language: str, sections: tuple[Section, ...], locale: str) -> str:
    """The section of those that translate this one which has the language; else `key` itself."""
    group = editions(sections).get(key)
    if group is None or not language:
        return key
    wanted = language.replace("_", "-").casefold()
    by_tag = {tag_of(each, locale).casefold(): each.key for each in group}
    by_language: dict[str, str] = {}
    for tag, each in by_tag.items():
        by_language.setdefault(tag.partition("-")[0], each)
    return by_tag.get(wanted) or by_language.get(wanted.partition("-")[0]) or key
