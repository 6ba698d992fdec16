"""Media RSS: pictures and clips with captions, credits and rights, inherited level by level.

channel < item < media:group < media:content: what an inner level says wins. The contents of one
group are renditions of one asset. A state of "blocked" or "deleted" on the item itself withdraws
the item; on one asset it withdraws that asset.
"""

from __future__ import annotations

from lxml import etree

from wirecopy.formats.feeds import Draft, name_of, term
from wirecopy.formats.lines import whole
from wirecopy.formats.markup import plain
from wirecopy.formats.xml import attributes
from wirecopy.model import Link, Media, Rendition

GONE = frozenset({"blocked", "deleted"})
"""States of media:status that withdraw what they stand on."""
_WORDS = frozenset({
    "media:title", "media:description", "media:credit", "media:copyright", "media:license",
    "media:status", "media:restriction", "media:rating", "media:keywords", "media:thumbnail",
    "media:text", "media:adult",
})  # fmt: skip
_KINDS = {"image": "picture", "picture": "picture", "video": "video", "audio": "audio"}
_EXTENSIONS = {
    "jpg": "image", "jpeg": "image", "png": "image", "gif": "image", "webp": "image",
    "avif": "image", "svg": "image", "mp4": "video", "webm": "video", "mov": "video",
    "m3u8": "video", "mp3": "audio", "m4a": "audio", "ogg": "audio", "wav": "audio",
}  # fmt: skip


class Level:
    """What one level says about the media at it and below."""

    __slots__ = ("said", "state", "thumbnails")

    def __init__(self, outer: Level | None = None) -> None:
        self.said: dict[str, str] = dict(outer.said) if outer else {}
        self.thumbnails: list[etree._Element] = list(outer.thumbnails) if outer else []
        self.state = ""


_NOTHING = Level()
"""A level that says nothing."""


def is_media(name: str) -> bool:
    """Whether a tag belongs to Media RSS."""
    return name.startswith("media:")


def level(elements: list[etree._Element], outer: Level | None = None) -> Level:
    """What `elements` (children of one level) say, over the level around them."""
    found = Level(outer)
    own: list[etree._Element] = []
    people: list[str] = []
    for element in elements:
        name = name_of(element)
        if name not in _WORDS:
            continue
        words = element.text or ""
        if name == "media:thumbnail":
            own.append(element)
        elif name == "media:status":
            found.state = element.get("state", "").strip().lower()
        elif name == "media:credit":
            people.append(term(words))
        elif name == "media:license":
            found.said[name] = element.get("href") or term(words)
        elif words.strip():
            found.said[name] = plain(words)
    if people:
        found.said["media:credit"] = ", ".join(dict.fromkeys(filter(None, people)))
    found.thumbnails = own or found.thumbnails
    return found


def take(draft: Draft, elements: list[etree._Element], channel: Level | None) -> None:
    """Puts what the media elements of one item say into its draft."""
    names = [name_of(element) for element in elements]
    if _WORDS.isdisjoint(names):
        item = Level(channel) if channel else _NOTHING
    else:
        item = level(elements, channel)
    if item.state in GONE:
        draft.status = "canceled"
        draft.warnings.append(f"The feed marks the item's media:status as {item.state!r}.")
    draft.headline = draft.headline or item.said.get("media:title", "")
    for name, element in zip(names, elements, strict=True):
        if name == "media:group":
            inner = list(element)
            contents = [c for c in inner if name_of(c) == "media:content"]
            _add(draft, contents, level(inner, item))
        elif name == "media:content":
            _add(draft, [element], item)
        elif name == "media:restriction":
            _restrict(draft, element)
        elif name == "media:keywords":
            draft.keywords += [k for part in (element.text or "").split(",") if (k := plain(part))]
        elif name == "media:category" and (word := term(element.text or "")):
            draft.keywords.append(word)
        elif name == "media:rating" and (rating := plain(element.text or "")):
            draft.restrictions.append(f"rating {rating}")
    if item.thumbnails and not draft.media and len(elements):
        _add(draft, [], item)


def _restrict(draft: Draft, element: etree._Element) -> None:
    """Countries as "allow XX" or "deny XX" (rights.geography), other kinds in words."""
    relation = element.get("relationship", "allow").strip().lower()
    kind = element.get("type", "").strip().lower()
    values = (element.text or "").split()
    if kind in ("country", "") and relation in ("allow", "deny"):
        draft.restrictions += [f"{relation} {value.upper()}" for value in values]
    elif kind:
        draft.restrictions.append(f"{relation} {kind} {' '.join(values)}".strip())


def _add(draft: Draft, contents: list[etree._Element], outer: Level) -> None:
    """Adds one asset: the renditions of `contents`, or of thumbnails where there are none."""
    inner, state = outer, outer.state
    for content in contents:
        if len(content):
            inner = level(list(content), inner)
            state = inner.state or state
    files = [attributes(content) for content in contents]
    if len(files) > 1:
        files.sort(key=lambda file: file.get("isDefault") != "true")
    renditions = [r for file in files if (r := _rendition(draft, file))]
    small = [attributes(thumbnail) for thumbnail in inner.thumbnails]
    thumbnails = [t for file in small if (t := _rendition(draft, file, "thumbnail"))]
    if not renditions and not thumbnails:
        return
    kinds = {kind_of(f.get("type", ""), f.get("medium", ""), f.get("url", "")) for f in files}
    every = tuple({r.href: r for r in (*renditions, *thumbnails)}.values())
    if any(media.id == every[0].href for media in draft.media):
        return
    said = inner.said
    draft.media.append(
        Media(
            id=every[0].href,
            type="video" if "video" in kinds else "audio" if "audio" in kinds else "picture",
            headline=said.get("media:title", ""),
            caption=said.get("media:description", "") or said.get("media:text", ""),
            credit=said.get("media:credit", ""),
            copyright=said.get("media:copyright", ""),
            usage_terms=(said["media:license"],) if said.get("media:license") else (),
            renditions=every,
            status="canceled" if state in GONE else "usable",
        )
    )


def _rendition(draft: Draft, file: dict[str, str], role: str = "") -> Rendition | None:
    """The rendition that the attributes of a content or thumbnail describe."""
    href = draft.url(file.get("url"))
    if not href or "gravatar.com/" in href:  # the face of whoever typed it, on many blogs
        return None
    return Rendition(
        href=href,
        role=role,
        mime=file.get("type", "").strip(),
        width=whole(file["width"]) or None if "width" in file else None,
        height=whole(file["height"]) or None if "height" in file else None,
        size=whole(file["fileSize"]) or None if "fileSize" in file else None,
    )


def kind_of(mime: str, medium: str = "", url: str = "") -> str:
    """picture, video, audio, or "" for a file that is none of them."""
    name = medium.strip().lower() or mime.partition("/")[0].strip().lower()
    if name not in _KINDS:
        path = url.partition("?")[0].partition("#")[0]
        name = _EXTENSIONS.get(path.rpartition(".")[2].lower(), "")
    return _KINDS.get(name, "")


def enclose(draft: Draft, url: str | None, mime: str, length: object, title: str = "") -> None:
    """Adds an enclosure as media; a file that is no media becomes a link."""
    href = draft.url(url)
    if not href or any(r.href == href for media in draft.media for r in media.renditions):
        return
    kind = kind_of(mime, "", href)
    if not kind:
        draft.links.append(Link(rel="see-also", target=href))
        return
    rendition = Rendition(href=href, mime=mime.strip(), size=whole(length) or None)
    media = Media(id=href, type=kind, headline=title, renditions=(rendition,))  # type: ignore[arg-type] # kind_of gives Media's own words
    draft.media.append(media)
