"""Which file of a picture is shown, at which sizes, and what must stand beside it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from wirecopy.model import Media, Rendition
from wirecopy.press.addresses import scheme_of
from wirecopy.press.view import Html, Picture, url
from wirecopy.press.words import Words, fill

_LOCAL = re.compile(r"(?!//)/?[A-Za-z0-9_~%][^\s\"'<>\\^`{|}:]*")
"""A path of the site, with or without its leading slash; a colon could name a scheme."""
STILLS = ("picture", "graphic")
"""Types of media that stand on a page as an image."""
CROP = "our-crop"
"""Role of a rendition of our own that does not show the whole picture."""
_AVIF = "image/avif"
_STEPS = 10
"""Steps of a focal point, across and down, that the theme's stylesheet knows."""
_BOX = 3 / 2, 16 / 10
"""Shapes of the boxes in which the theme's lists show pictures, the tallest and the widest."""
_SMALL = 640
"""Pixels across below which a picture is shown no larger than it is."""
_WIDEST = 1600
_UNMEASURED = (1200, 800)
"""The box, in pixels, that is kept free for a picture whose size the agency did not say."""


class Shot(NamedTuple):
    """A picture's best file and the same view at other widths."""

    media: Media
    best: Rendition
    src: str
    others: tuple[tuple[str, int], ...]
    """(address, width in pixels) of every width, narrowest first; empty where there is one."""
    avif: tuple[tuple[str, int], ...] = ()
    """The same as AVIF, for browsers that take it."""
    crops: tuple[tuple[str, Rendition], ...] = ()
    """Other shapes of it, cut around the focal point, each with its address."""


def address_of(href: str, home: str) -> str:
    """`href` if a page of the site at `home` may show it, as a page should name it.

    That is https, a path of the site, and plain http only where the site itself is on http
    (a browser would block it elsewhere). Anything else gives "": no other scheme is ever loaded,
    and no host of the reader's own network.
    """
    prefix = urlsplit(home).path
    if href.startswith(f"{home}/"):
        href = href[len(home) :]
    elif (scheme := scheme_of(href, home)) == "https" or (scheme and home.startswith("http://")):
        return href.replace(",", "%2C")
    if _LOCAL.fullmatch(href):
        return f"{prefix}/{href.lstrip('/')}".replace(",", "%2C")
    return ""


def is_image(rendition: Rendition) -> bool:
    """Whether a file may be an image, by what the wire says of it."""
    return rendition.mime.startswith("image/") or not rendition.mime


def shot_of(media: Media | None, home: str) -> Shot | None:
    """The file to show of a picture, or None when there is none that may be shown."""
    if media is None or media.status != "usable" or media.type not in STILLS:
        return None
    files = [
        (address, rendition)
        for rendition in media.renditions
        if is_image(rendition)
        if (address := address_of(rendition.href, home))
    ]
    if not files:
        return None
    if len(files) == 1:
        return Shot(media, files[0][1], files[0][0], ())
    crops = tuple(file for file in files if file[1].role == CROP)
    whole = [file for file in files if file[1].role != CROP] or files
    avif = [file for file in whole if file[1].mime == _AVIF]
    known = [file for file in whole if file[1].mime != _AVIF] or whole
    src, best = min(known, key=lambda file: _distance(file[1]))
    late = _widths(best, avif, least=1) if len(known) != len(whole) else ()
    return Shot(media, best, src, _widths(best, known), late, crops)


def _distance(rendition: Rendition) -> tuple[int, int]:
    """How far a file is from the width we want: the widest of those that are not too wide."""
    width = rendition.width or 0
    if not width:
        return (2, 0)
    return (0, _WIDEST - width) if width <= _WIDEST else (1, width)


def _widths(
    best: Rendition, files: list[tuple[str, Rendition]], least: int = 2
) -> tuple[tuple[str, int], ...]:
    """Files that show the same cut as `best`, one for each width; other crops are left out."""
    if not (best.width and best.height):
        return ()
    shape = best.width / best.height
    widths = {
        rendition.width: address
        for address, rendition in files
        if rendition.width
        and rendition.height
        and abs(rendition.width / rendition.height - shape) < 0.04 * shape
    }
    if len(widths) < least:
        return ()
    return tuple((widths[width], width) for width in sorted(widths))


def alt_of(media: Media, headline: str, words: Words) -> str:
    """What the picture shows, for those who do not see it; never the caption said twice."""
    for text in (media.alt, media.headline):
        if text and text != media.caption:
            return text
    return fill(words.picture_alt, headline=headline)


def picture_of(media: Media | None, headline: str, words: Words, home: str) -> Picture | None:
    """The picture as templates see it, or None when there is none that may be shown."""
    shot = shot_of(media, home)
    return show(shot, headline, words) if shot else None


def show(shot: Shot, headline: str, words: Words) -> Picture:
    """A chosen file with its description, caption and credit."""
    media, best = shot.media, shot.best
    measured = bool(best.width and best.height)
    return Picture(
        src=url(shot.src),
        srcset=_srcset(shot.others),
        avif=_srcset(shot.avif),
        width=(best.width if measured else None) or _UNMEASURED[0],
        height=(best.height if measured else None) or _UNMEASURED[1],
        measured=measured,
        alt=alt_of(media, headline, words),
        caption=media.caption,
        credit=media.credit or media.copyright,
        classes=_classes(best),
    )


def _srcset(files: tuple[tuple[str, int], ...]) -> Html:
    return url(", ".join(f"{src} {width}w" for src, width in files)) if files else Html()


def _classes(file: Rendition) -> str:
    """The stylesheet's names for what a file needs; a page has no styles of its own.

    A small one is not blown up. A focal point goes in tenths; "" where nothing is to be said.
    """
    if not (file.width and file.height):
        return ""
    names = ["small"] if file.width < _SMALL else []
    if file.focus is not None:
        across = _shift(file.focus.x, file.height * _BOX[0] / file.width)
        down = _shift(file.focus.y, file.width / _BOX[1] / file.height)
        places = (("fx", across), ("fy", down))
        names += [f"{axis}{step}" for axis, step in places if step != _STEPS // 2]
    return " ".join(names)


def _shift(at: float, seen: float) -> int:
    """In which tenth of the way a box stands that has the point in its middle, if it can.

    `seen` is the share of the picture that the theme's boxes leave in view along this axis.
    """
    if seen < 1:
        at = min(max((at - seen / 2) / (1 - seen), 0.0), 1.0)
    return round(at * _STEPS)
