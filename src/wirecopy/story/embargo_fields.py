"""Embargoes in the fields of an item that stand beside its headline, slug and text.

What the notices say is read by `embargoes`; here is where they are looked for, and what an item is
without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from wirecopy.model import UNSHOWN, Item
from wirecopy.story.embargoes import Embargo, around, in_line, in_text, opens

_TITLE = 160
"""Characters of the longest line that is taken for a headline."""
_BESIDE = (
    "subheadline", "kicker", "standfirst", "byline", "byline_title", "sign_off", "credit_line",
    "provider", "credit_sources",
)  # fmt: skip
_RIGHTS = ("usage_terms", "restrictions", "copyright_notice", "copyright_holder")
_CAPTIONS = ("caption", "headline", "alt", "credit", "copyright", "usage_terms")
_SHOUTED = re.compile("EMBARGO|SPERRFRIST|RELEASE")
"""What a notice in a caption says; else it tells what is seen, be it a label on a tin."""
_STEMS = (
    "embarg", "sperr", "эмбарго", "बार्गो", "hold for", "hold until", "hold till", "for release",
    "for use", "for publication", "not for", "not to be", "not before", "do not", "nicht vor",
    "nicht zur ver", "veröffentlichung erst",
    "prohibida ",
    "frei", "day papers", "day's", "day edition", "newspapers",
    "ne pas", "no publi", "no difun", "no usar", "non pubb", "non diff", "non us",
    "non ut", "niet pub", "niet geb", "النشر",
    "não publ", "não div", "não us", "não dif", "не публ", "не испол",
    "не распр", "करें", "करे", "किया जाए", "adv for", "adv. for", "advance for",
)  # fmt: skip
"""Every notice has one of these, in small letters; hardly any other text of an item has."""


def beside(item: Item, reference: datetime, zone: str = "") -> tuple[Item, tuple[Embargo, ...]]:
    """The item without the notices that stand beside headline, slug and body, and the notices.

    Texts for which it has no field are looked at and go.
    """
    item, first = _retitled(item, reference, zone)
    unshown = [note for note in item.ed_notes if note.role == UNSHOWN]
    said = "\n".join(_texts(item)).lower()
    if not unshown and not any(stem in said for stem in _STEMS):
        return item, first
    notices = [*first]

    def free(value: Any) -> Any:
        """A text, or texts, without notices, which are kept."""
        if isinstance(value, tuple):
            return tuple(filter(None, map(free, value)))
        left, found = in_text(value, reference, zone)
        notices.extend(found)
        return left

    def freed(holder: Any, names: Iterable[str]) -> Any:
        """The struct with the fields of those names free of notices."""
        told = {name: free(getattr(holder, name)) for name in names}
        return msgspec.structs.replace(holder, **told)

    line = freed(item.dateline, ("text",)) if item.dateline else None
    lost = line is not None and line != item.dateline and not line.text
    made: Item = msgspec.structs.replace(
        freed(item, _BESIDE),
        keywords=tuple(
            word for word in item.keywords if not _times(word, reference, zone, notices)
        ),
        rights=freed(item.rights, _RIGHTS),
        media=tuple(
            freed(one, [name for name in _CAPTIONS if _SHOUTED.search(str(getattr(one, name)))])
            for one in item.media
        ),
        dateline=None if lost else line,
        ed_notes=tuple(note for note in item.ed_notes if note.role != UNSHOWN),
    )
    if made.byline != item.byline:
        named = tuple(name for name in item.authors if name in made.byline)
        made = msgspec.structs.replace(made, authors=named)
    for note in unshown:
        free(note.text)
    return made, tuple(notices)


def _retitled(item: Item, reference: datetime, zone: str) -> tuple[Item, tuple[Embargo, ...]]:
    """The item with its next line for a headline where that is only a notice, and the notice.

    On wires without names for their lines a notice may stand where the headline is expected. With
    a text and without a next line it has no headline then, unless it may be one after all.
    """
    rest, found = around(item.headline, reference, zone) if opens(item.headline) else ("", ())
    if not found or rest != item.headline:
        return item, ()
    others = {"subheadline": item.subheadline, "standfirst": item.standfirst}
    for name, line in others.items():
        shown = line and len(line) <= _TITLE and not line.endswith(".")
        if shown and not around(line, reference, zone)[1]:
            return msgspec.structs.replace(item, **{"headline": line, name: ""}), found
    sure = item.body and all(one.until for one in found)
    return (msgspec.structs.replace(item, headline="") if sure else item), found


def bare(
    item: Item, headline: str, reference: datetime, zone: str
) -> tuple[Item, str, tuple[Embargo, ...]]:
    """The item and its headline where markers stood around notices of embargoes, and these."""
    alike = msgspec.structs.replace(item, headline=headline)
    alike, alone = _retitled(alike, reference, zone)
    if alone:  # the headline said nothing else: the next line is it now
        item, headline = alike, alike.headline
    headline, inner = around(headline, reference, zone)
    return item, headline, (*alone, *inner)


def _times(word: str, reference: datetime, zone: str, notices: list[Embargo]) -> bool:
    """Whether a keyword is a notice with a time, which is kept; a bare "embargoed" is a topic."""
    found = in_line(word, reference, zone) if opens(word) else None
    if not found or found.bare or found.lifted:
        return False
    notices.append(found)
    return True


def _texts(item: Item) -> Iterator[str]:
    """Every text in which `beside` looks."""
    holders = [(item, (*_BESIDE, "keywords")), (item.rights, _RIGHTS)]
    for holder, names in (*holders, *((one, _CAPTIONS) for one in item.media)):
        for said in (getattr(holder, name) for name in names):
            yield from said if isinstance(said, tuple) else (said,)
    yield item.dateline.text if item.dateline else ""
