"""Small moves on XML trees that the XML formats share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import xml
from wirecopy.formats.caches import cached_if_short
from wirecopy.formats.hints import Hints

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def root_of(body: bytes, hints: Hints) -> tuple[etree._Element, tuple[str, ...]]:
    """The root element, recovered with warnings where the XML is broken; else FormatError."""
    try:
        return xml.parse(body, hints), ()
    except FormatError:
        return xml.recover(body, hints)


def bare(element: etree._Element) -> etree._Element:
    """`element` itself, it and all inside it renamed to tags without namespace.

    Names that only a recovered ruin can have (a colon inside) become `unknown`.
    """
    for each in element.iter():
        if each.tag[0] == "{":
            try:
                each.tag = each.tag.rpartition("}")[2]
            except ValueError:
                each.tag = "unknown"
    return element


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The direct children with one of these local names, case ignored, in document order."""
    wanted = _wanted(names)
    for child in element if element is not None else ():
        if local_name(child.tag) in wanted:
            yield child


@cached_if_short(4096)
def local_name(tag: str) -> str:
    """A tag's local name, case folded. Formats ask for the same few hundred again and again."""
    return tag.rpartition("}")[2].casefold()


@lru_cache(maxsize=512)
def _wanted(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down a path of local names, case ignored, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def words(element: etree._Element | None) -> str:
    """The collapsed text of an element, "" for None."""
    return xml.text(element) if element is not None else ""


def attribute(element: etree._Element | None, name: str) -> str:
    """An attribute's collapsed value, "" where there is none."""
    return " ".join(element.get(name, "").split()) if element is not None else ""


def attributes_of(element: etree._Element | None) -> dict[str, str]:
    """What attributes say, of an element and of those inside it; ids and "nil" say nothing."""
    return {
        key: value
        for each in (element.iter() if element is not None else ())
        for key, value in xml.attributes(each).items()
        if value.strip() and "{" not in key and key.casefold() not in _NAMES
    }


_NAMES = frozenset({"id", "duid", "euid"})


def spaced(element: etree._Element, *, without: tuple[str, ...] = ()) -> str:
    """The text of an element whose parts are set apart: By<person>A</person> gives "By A"."""
    parts = [element.text or ""]
    for each in element:
        if each.tag not in without:
            parts.append(spaced(each, without=without))
        parts.append(each.tail or "")
    return xml.tidy(" ".join(parts)).replace(" ,", ",").strip(" ,")


def add_text(element: etree._Element, more: str | None) -> None:
    """Put text at the end of what the element holds."""
    if not more:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + more
    else:
        element.text = (element.text or "") + more
