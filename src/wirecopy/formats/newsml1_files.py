"""The content items of NewsML 1: which hold text, which are files, and files as pictures.

The sizes of one picture are the content items of one component, or sibling components without
words of their own (Preview, Thumbnail), with a caption that may stand in a component beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from lxml import etree

from wirecopy.formats import lines, markup, newsml1_meta
from wirecopy.formats.newsml1_meta import formal
from wirecopy.formats.newsml1_text import payload
from wirecopy.formats.trees import attribute, child, children, words
from wirecopy.model import Media, Rendition

CAPTIONS = frozenset({"caption"})
"""Roles of a text that stands under a picture."""
LAST = frozenset({"logo", "icon"})
"""Roles of pictures that stand behind all others."""
_MEDIA_TYPES: dict[str, Any] = {
    "photo": "picture", "picture": "picture", "image": "picture", "graphic": "graphic",
    "animation": "graphic", "video": "video", "audio": "audio",
}  # fmt: skip
_EXTENSIONS: dict[str, Any] = {
    "jpg": "picture", "jpeg": "picture", "png": "picture", "gif": "picture", "webp": "picture",
    "tif": "picture", "tiff": "picture", "mp4": "video", "mov": "video", "mp3": "audio",
}  # fmt: skip
_NO_TEXT = re.compile(r"css|javascript|image/|video/|audio/|application/pdf|octet", re.IGNORECASE)


def role_of(component: etree._Element) -> str:
    """The component's role, in lower case."""
    return formal(child(component, "Role")).casefold()


def holds(item: etree._Element) -> Literal["text", "file", "encoded", "elsewhere", "none"]:
    """Text, a picture's file, a file inside the item, a file of another kind, or nothing."""
    if child(item, "Encoding") is not None:
        return "encoded"
    if item.get("Href"):
        return "file" if _file_type(item) else "elsewhere"
    data = child(item, "DataContent")
    if data is None or _NO_TEXT.search(formal(child(item, "MimeType"))):
        return "none"
    return "text" if len(data) or (data.text or "").strip() else "none"


def _file_type(item: etree._Element) -> Any:
    """picture, graphic, video or audio; "" for other files."""
    mime = formal(child(item, "MimeType")).casefold()
    known = _MEDIA_TYPES.get(formal(child(item, "MediaType")).casefold(), "")
    ending = re.split(r"[?#]", item.get("Href", ""))[0].rpartition(".")[2].casefold()
    if mime:
        group = _MEDIA_TYPES.get(mime.partition("/")[0], "")
        return known if known == "graphic" and group else group
    return known or _EXTENSIONS.get(ending, "")


def stands_alone(component: etree._Element) -> bool:
    """Whether a component is a picture with its own words, and no mere size of its neighbour's."""
    if child(component, "NewsLines") is not None or bool(captions_in([component])):
        return True
    return role_of(component) in (LAST | {"photo", "picture", "video", "graphic", "audio"})


def captions_in(components: list[etree._Element]) -> list[str]:
    """The captions in these components, each once."""
    found = [
        markup.words_of(payload(child(item, "DataContent"), item, "").blocks)
        for holder in components
        for each in holder.iter("NewsComponent")
        if role_of(each) in CAPTIONS
        for item in children(each, "ContentItem")
        if holds(item) == "text"
    ]
    return list(dict.fromkeys(filter(None, found)))


def files_in(components: list[etree._Element]) -> list[etree._Element]:
    """The content items in these components that are files of pictures, sound or film."""
    items = (item for each in components for item in each.iter("ContentItem"))
    return [item for item in items if holds(item) == "file"]


def medium_of(
    component: etree._Element,
    holders: list[etree._Element],
    items: list[etree._Element],
    zone: str,
    *,
    lean: bool = False,
) -> Media | None:
    """The sizes of one picture with its words, None without a file.

    A `lean` one stands in the story's own component, whose lines are the story's and not its own.
    """
    sizes = tuple(_rendition(item) for item in items if not _is_reference(item))
    if not sizes:
        return None
    captions = captions_in(holders[1:] if lean else holders)
    if lean:
        credit, title = "", ""
    else:
        path = (component,)
        title = newsml1_meta.line(path, "HeadLine")
        by = newsml1_meta.line(path, "ByLine")
        credit = lines.picture_credit(by, newsml1_meta.line(path, "CreditLine"))
    rights = newsml1_meta.rights(() if lean else tuple(component.iter("NewsComponent")))
    return Media(
        id=sizes[0].href,
        type=_type_of(items),
        headline=title if captions else "",
        caption=" ".join(captions) or title,
        credit=credit,
        copyright=rights.copyright_notice or rights.copyright_holder,
        usage_terms=rights.usage_terms,
        renditions=sizes,
        expires_at=None if lean else newsml1_meta.use_ends(component, zone),
    )


def _type_of(items: list[etree._Element]) -> Any:
    """What the files are: a video with stills of it is a video."""
    types = [_file_type(item) for item in items]
    return next((each for each in ("video", "audio") if each in types), types[0])


def _is_reference(item: etree._Element) -> bool:
    return item.get("Href", "").startswith(("urn:", "#"))


def _rendition(item: etree._Element) -> Rendition:
    traits = dict(_traits(item))
    parent = item.getparent()
    role = role_of(parent) if parent is not None else ""
    return Rendition(
        href=attribute(item, "Href").replace(" ", "%20"),
        role=traits.get("imageuse", "") or ("" if role in ("main", "photo") else role),
        mime=formal(child(item, "MimeType")),
        width=lines.whole(traits.get("width") or traits.get("pixelwidth")),
        height=lines.whole(traits.get("height") or traits.get("pixelheight")),
        size=lines.whole(words(child(item, "Characteristics", "SizeInBytes"))),
    )


def _traits(item: etree._Element) -> Iterator[tuple[str, str]]:
    for each in children(child(item, "Characteristics"), "Property"):
        yield formal(each).casefold(), attribute(each, "Value")
