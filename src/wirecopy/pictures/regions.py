"""Where a picture's own file says that the eye belongs: IPTC image regions in its XMP.

A region is a rectangle, a circle or a polygon, in shares of the picture or in its pixels, and has
roles (https://cv.iptc.org/newscodes/imageregionrole/). Its middle is the focal point.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from lxml import etree

from wirecopy.model import Focus

_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_ROLES = (
    "mainsubjectarea", "areaofinterest", "subjectarea", "recomcropping", "cropping",
    "landscapecropping", "squarecropping", "portraitcropping", "",
)  # fmt: skip
"""Roles that say where to look, the plainest first; "" is a region that names none."""
_MOST = 50
"""Regions of one picture that are looked at."""
_TURNED = {
    2: lambda x, y: (1 - x, y),
    3: lambda x, y: (1 - x, 1 - y),
    4: lambda x, y: (x, 1 - y),
    5: lambda x, y: (y, x),
    6: lambda x, y: (1 - y, x),
    7: lambda x, y: (1 - y, 1 - x),
    8: lambda x, y: (y, 1 - x),
}
"""Orientation of the camera -> where a point of the file lies once the picture is upright."""


def focus_of(root: etree._Element, size: tuple[int, int]) -> Focus | None:
    """The focal point that the best of the file's regions names, or None where none does."""
    found: list[tuple[int, Focus]] = []
    for region in _regions(root):
        rank = _rank(region)
        focus = _middle(region, size) if rank is not None else None
        if rank is not None and focus is not None:
            found.append((rank, focus))
    return min(found, key=lambda one: one[0])[1] if found else None


def turned(focus: Focus, orientation: object) -> Focus:
    """The same point after the picture has been set upright."""
    turn = _TURNED.get(orientation) if isinstance(orientation, int) else None
    return _point(*turn(focus.x, focus.y)) or focus if turn else focus


def _regions(root: etree._Element) -> Iterator[etree._Element]:
    boundaries = root.iter(f"{_EXT}RegionBoundary")
    for boundary, _ in zip(boundaries, range(_MOST), strict=False):
        if (region := boundary.getparent()) is not None:
            yield region


def _rank(region: etree._Element) -> int | None:
    """How plainly the region's role says "look here"; None for one that says something else."""
    roles = [
        text.strip().rpartition("/")[2].casefold()
        for role in region.iter(f"{_EXT}rRole")
        for text in map(str, role.itertext())
        if text.strip()
    ]
    return min((_ROLES.index(role) for role in roles or [""] if role in _ROLES), default=None)


def _middle(region: etree._Element, size: tuple[int, int]) -> Focus | None:
    boundary = next(region.iter(f"{_EXT}RegionBoundary"))
    width, height = size if _said(boundary, "rbUnit").casefold() == "pixel" else (1, 1)
    shape = _said(boundary, "rbShape").casefold()
    x, y = _number(boundary, "rbX"), _number(boundary, "rbY")
    if shape == "polygon":
        x = _between(_number(each, "rbX") for each in _vertices(boundary))
        y = _between(_number(each, "rbY") for each in _vertices(boundary))
    elif shape != "circle":  # whose x and y are its middle
        x, y = x + _number(boundary, "rbW") / 2, y + _number(boundary, "rbH") / 2
    return _point(x / width, y / height)


def _vertices(boundary: etree._Element) -> list[etree._Element]:
    return [
        item
        for vertices in boundary.iter(f"{_EXT}rbVertices")
        for item in vertices.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li")
    ]


def _between(values: Iterable[float]) -> float:
    """The middle between the least and the greatest value."""
    known = list(values)
    return (min(known) + max(known)) / 2 if known else math.nan


def _said(element: etree._Element, name: str) -> str:
    """A field of a structure: an attribute or an element, of its own or of a Description inside."""
    for holder in (element, *element):
        value: str | None = holder.get(f"{_EXT}{name}")
        if value is not None:
            return value.strip()
    inside = next((each for each in element.iter(f"{_EXT}{name}")), None)
    return (inside.text or "").strip() if inside is not None else ""


def _number(element: etree._Element, name: str) -> float:
    try:
        return float(_said(element, name))
    except ValueError:
        return math.nan


def _point(x: float, y: float) -> Focus | None:
    """The point, if it lies in the picture."""
    if not (0 <= x <= 1 and 0 <= y <= 1):  # not a number lies nowhere
        return None
    return Focus(round(x, 3), round(y, 3))
