"""Paths into an agency's own XML: a small part of XPath, checked and compiled once.

    title            the elements of that name below this one
    type/label       one inside the other
    a:string         in the namespace of a prefix that the profile names
    @lang            an attribute (last in a path)
    contact[@id='7'] those whose attribute has that value
    //label          anywhere below (once in a path, and not with *)
    *  .             any element; this element itself

There are no functions, no conditions on text and no way upwards, so the cost of a path is bounded
by the size of what it looks through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, cast

import msgspec
from lxml import etree

from wirecopy.config.profile import XmlField, XmlReader, XmlValue
from wirecopy.errors import FormatError

_LONGEST = 200
"""Characters of a path."""
_MOST_STEPS = 12
MOST_FOUND = 5000
"""Elements that a path may lead to; one more tells that there are too many."""
_NAME = r"[A-Za-z_][\w.-]*"
_TEST = rf"(?P<element>\.|\*|(?:{_NAME}:)?{_NAME})"
_ONLY = (
    rf"(?:\[@(?P<attribute>(?:{_NAME}:)?{_NAME})="
    r"(?P<quote>['\"])(?P<value>[^'\"]*)(?P=quote)\])?"
)
_STEP = re.compile(rf"{_TEST}{_ONLY}", re.ASCII)
_ATTRIBUTE = re.compile(rf"@(?:{_NAME}:)?{_NAME}", re.ASCII)

Path = Callable[[etree._Element], list[Any]]
"""A compiled path: the elements or attribute values it leads to, in the document's order."""


def compiled_path(path: str, namespace: str, prefixes: Mapping[str, str]) -> Path:
    """The path, ready to be asked; FormatError in the operator's words if it is none."""
    return _compiled(path, namespace, tuple(sorted(prefixes.items())))


@lru_cache(maxsize=2048)
def _compiled(path: str, namespace: str, prefixes: tuple[tuple[str, str], ...]) -> Path:
    known = dict(prefixes)
    if namespace:
        known["own"] = namespace
    said = _checked(path, known, default="own:" if namespace else "")
    # Only so many become objects of ours: half a million of them would take seconds.
    said = f"({said})[position() <= {MOST_FOUND + 1}]"
    try:
        found = etree.XPath(said, namespaces=known or None, smart_strings=False)
    except (etree.XPathSyntaxError, ValueError) as error:
        raise FormatError(f"the path {path!r} cannot be read: {error}.") from error
    made = cast("Path", found)  # checked: such a path gives a list
    return _outermost(made) if "//" in path else made


def _outermost(path: Path) -> Path:
    """A path that leads to no element inside another one that it leads to.

    Without this a document could nest elements so that the same text is read hundreds of times.
    """

    def found(holder: etree._Element) -> list[Any]:
        led = path(holder)
        known = {id(each) for each in led}
        return [
            each
            for each in led
            if not isinstance(each, etree._Element)
            or not any(id(above) in known for above in each.iterancestors(each.tag))
        ]

    return found


def _checked(path: str, known: Mapping[str, str], default: str) -> str:
    """The path as XPath, each step of it one that the subset knows."""
    from_root = path.startswith("/") and not path.startswith("//")
    if not path or len(path) > _LONGEST or from_root:
        raise FormatError(f"the path {path!r} is empty, too long or begins at the document's root.")
    deep = path.count("//")
    if deep > 1 or (deep and "*" in path) or path.count("/") > _MOST_STEPS:
        raise FormatError(
            f"the path {path!r} has more than one //, a * beside it, or over {_MOST_STEPS} steps."
        )
    parts = re.split(r"(//?)(?![^\[]*\])", path)
    if path.startswith("//"):
        parts = [".", *parts[1:]]
    made = []
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        made.append(part if part in ("/", "//") else _step(part, path, known, default, last=last))
    return "".join(made)


def _step(part: str, path: str, known: Mapping[str, str], default: str, *, last: bool) -> str:
    """One step, its name in the reader's namespace where it has no prefix."""
    if last and _ATTRIBUTE.fullmatch(part):
        _check_prefix(part[1:], path, known)
        return part
    step = _STEP.fullmatch(part)
    if not step:
        raise FormatError(
            f"the path {path!r} has the step {part!r}; a step is a name, @name at the end, * or ., "
            "with [@name='value'] behind it where need be."
        )
    element = step["element"]
    _check_prefix(element, path, known)
    plain = element in (".", "*") or ":" in element
    rest = part[len(element) :]
    if rest:
        _check_prefix(step["attribute"], path, known)
        rest = f"[@{step['attribute']}='{step['value']}']"
        element = "self::*" if element == "." else element
    return element + rest if plain else f"{default}{element}{rest}"


def _check_prefix(name: str, path: str, known: Mapping[str, str]) -> None:
    prefix, colon, _ = name.partition(":")
    if colon and prefix not in known and prefix != "xml":
        raise FormatError(f"the path {path!r} uses the prefix {prefix!r}; add it to xml.prefixes.")


# --------------------------------------------------------------------------------------
# All the paths of one reader
# --------------------------------------------------------------------------------------


class Field(msgspec.Struct, frozen=True):
    """One field of an item: the paths to its value, and what is done to it."""

    ways: tuple[Path, ...]
    how: XmlField


class Paths(msgspec.Struct, frozen=True):
    """A reader's paths, compiled."""

    items: Path
    fields: Mapping[str, Field]
    others: Mapping[str, Path]
    """Every other path of the reader, by how it is written."""


def compiled(reader: XmlReader) -> Paths:
    """All paths of a reader, compiled; FormatError names the first that is wrong."""

    def path(said: str) -> Path:
        return compiled_path(said, reader.namespace, reader.prefixes)

    return Paths(
        items=path(reader.items),
        fields={name: _field(value, path) for name, value in reader.fields.items()},
        others={said: path(said) for said in _others(reader)},
    )


def _field(value: XmlValue, path: Callable[[str], Path]) -> Field:
    how = value if isinstance(value, XmlField) else XmlField(path=value)
    ways = (how.path,) if isinstance(how.path, str) else how.path
    if not ways and not how.constant:
        raise FormatError("a field needs a path or a constant.")
    return Field(tuple(path(each) for each in ways), how)


def _others(reader: XmlReader) -> set[str]:
    """Every path outside the fields."""
    found: set[str] = set()
    for part in reader.body:
        found |= {part.path, part.unless, *part.lines}
    for subject in reader.subjects:
        found |= {subject.path, subject.code, subject.name}
    for note in reader.notes:
        found |= {note.path} if isinstance(note.path, str) else set(note.path)
    for media in reader.media:
        found |= {media.path, media.href, media.id, media.caption, media.credit}
    found |= {link.path for link in reader.links}
    return found - {""}
