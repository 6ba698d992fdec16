"""A vocabulary that the newsroom has imported: names of codes, and newer codes than our table's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from wirecopy.config import Concept
from wirecopy.model import Item, Subject
from wirecopy.newscodes import media_topic
from wirecopy.story.mediatopics import NAMES, PARENTS, TOPS


@lru_cache(maxsize=4)
def _by_code(vocabulary: tuple[Concept, ...]) -> Mapping[str, Concept]:
    return {concept.code: concept for concept in vocabulary}


def told(item: Item, vocabulary: tuple[Concept, ...]) -> Item:
    """The item whose subjects have the names of the vocabulary, and codes that we know.

    A code that is newer than our table becomes the nearest one above it, under its own name.
    """
    if not vocabulary or not any(_asks(subject) for subject in item.subjects):
        return item
    known = _by_code(vocabulary)
    return msgspec.structs.replace(
        item, subjects=tuple(_named(subject, known) for subject in item.subjects)
    )


def _asks(subject: Subject) -> bool:
    """Whether there may be something to say of a subject: most wires send names of their own."""
    code = media_topic(subject.code, subject.scheme)
    return bool(code) and (not subject.name or not (code in PARENTS or code in TOPS))


def _named(subject: Subject, known: Mapping[str, Concept]) -> Subject:
    code = media_topic(subject.code, subject.scheme)
    if code not in known:
        return subject
    name = subject.name or known[code].name or NAMES.get(code, "")
    for _ in range(20):  # deeper than any tree, and a ring ends
        if code in PARENTS or code in TOPS or code not in known:
            break
        code = known[code].parent
    return msgspec.structs.replace(subject, name=name, code=code or subject.code, scheme="medtop")
