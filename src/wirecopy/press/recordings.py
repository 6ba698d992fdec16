"""Films, sound and frames, none of which a page holds: plain links that say what they lead to.

A page asks nothing of other hosts but pictures, so a reader follows the link or does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit

from wirecopy.model import Media, Rendition
from wirecopy.press import view
from wirecopy.press.addresses import scheme_of
from wirecopy.press.house import House
from wirecopy.press.picture_rights import bars_the_web
from wirecopy.press.told import Told
from wirecopy.press.words import Words, fill

_EMBED = re.compile(r'(<a href="[^"]*") type="(video|audio|\*)/\*"( rel="[^"]*">)(.*?)</a>')
_TOO_LONG = 280
"""Characters from which on a caption is no title but a list of shots."""
_WIDE = 1280
"""Pixels across that a reader's line can carry."""
_SECRET = re.compile(
    r"[?&;][\w.-]*(?:token|key|sig|auth|secret|passw|pwd|session|credential|policy|ticket|hash)"
    r"[\w.-]*=",
    re.IGNORECASE,
)
"""What an address asks that was meant for us and not for readers."""


def with_labels(html: str, words: Words) -> str:
    """A body's markup with a label in every link that stands for a player."""
    if '/*" rel=' not in html:
        return html
    kinds = {"video": words.video, "audio": words.audio, "*": words.embedded}

    def labelled(link: re.Match[str]) -> str:
        return f"{link[1]}{link[3]}{fill(escape(kinds[link[2]]), title=link[4])}</a>"

    return _EMBED.sub(labelled, html)


def recordings(told: Told, body: str, house: House) -> tuple[view.Recording, ...]:
    """The films and sound that came beside the text, where their rights let readers follow.

    What has run out was taken from the story before. `body` is the page's: what it links already is
    not said again.
    """
    media = [one for one in told.item.media if one.type in ("video", "audio")]
    if not media or not _may_link(told, house):
        return ()
    return tuple(
        view.Recording(
            text=fill(
                house.words.audio if one.type == "audio" else house.words.video,
                title=_title(one, told.headline) or (urlsplit(href).hostname or ""),
            ),
            url=view.url(href),
            credit=one.credit or one.copyright,
        )
        for one in media
        if one.status == "usable"
        and not bars_the_web(one.usage_terms)
        and (href := _address(one, house))
        and f'"{escape(href)}"' not in body
    )


def _may_link(told: Told, house: House) -> bool:
    """Whether source and report let readers follow to what came beside the text.

    A source that has no settings any more does not: nobody knows what its contract allowed.
    """
    known = house.sources.get(told.story.source)
    allowed = known is not None and known.recordings == "link"
    rights = told.item.rights
    return allowed and not bars_the_web((*rights.usage_terms, *rights.restrictions))


def _title(media: Media, headline: str) -> str:
    told = media.headline or media.alt
    return told or (media.caption if len(media.caption) <= _TOO_LONG else headline)


def _address(media: Media, house: House) -> str:
    """The address of the file for readers: a secure one, no still, no larger than they need."""
    files = [file for file in _files(media) if scheme_of(file.href, house.url) == "https"]
    public = [file for file in files if not _SECRET.search(file.href)]
    best = min(public, key=_distance, default=None)
    return best.href if best else ""


def _files(media: Media) -> Iterator[Rendition]:
    for file in media.renditions:
        if file.mime.partition("/")[0] in (media.type, "text") or not (
            file.mime or "thumb" in file.role.lower() or "preview" in file.role.lower()
        ):
            yield file


def _distance(file: Rendition) -> tuple[int, int]:
    width = file.width or 0
    return (0, _WIDE - width) if width <= _WIDE else (1, width)
