"""The components of a NewsML 1 item: which of them tell the story, what they say, their files.

A component is told by what it holds, then by its role: text, a caption, files, or nothing that
readers see. Of components that say the same in several languages one is chosen; parts of one text
(title, lead, body, contact) are put together again; files become pictures with their sizes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from lxml import etree

from wirecopy.errors import FormatError
from wirecopy.formats import lines, markup, newsml1_meta, nitf_body, prose, xml
from wirecopy.formats.hints import Hints
from wirecopy.formats.newsml1_meta import formal, headlined, tongue
from wirecopy.formats.nitf_body import NitfBody
from wirecopy.formats.trees import attribute, child, children, words
from wirecopy.model import Block, Media, Rendition

Kind = Literal["text", "caption", "media", "none"]
Kinds = dict[etree._Element, Kind]

_TITLES = frozenset({"title", "headline"})
_SUBTITLES = frozenset({"subheadline", "subtitle"})
_LEADS = frozenset({"lead", "intro", "introduction"})
_ABSTRACTS = frozenset({"abstract", "summary", "description", "teaser", "preview"})
_CAPTIONS = frozenset({"caption"})
_PARTS = _TITLES | _SUBTITLES | _LEADS | _ABSTRACTS | _CAPTIONS | {"body", "contact"}
_FURNITURE = frozenset({
    "stylesheet", "advertisement", "sponsor's message", "reference list", "content list",
})  # fmt: skip
"""Roles that are no part of the story."""
_LAST = frozenset({"logo", "icon"})
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
_SETTING = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|table|tr|pre|section|article|blockquote)\b", re.IGNORECASE
)
_DOCUMENT = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>]*>\s*)?<nitf\b", re.IGNORECASE)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the components of one story say."""

    lines: NitfBody = NitfBody()
    """The head lines of the first NITF text."""
    headline: str = ""
    subheadline: str = ""
    abstract: str = ""
    lead: str = ""
    blocks: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()
    warnings: tuple[str, ...] = ()


# --------------------------------------------------------------------------------------
# What a component is
# --------------------------------------------------------------------------------------


def kinds_of(root: etree._Element) -> Kinds:
    """What each component of a tree is, seen once from the leaves up."""
    found: Kinds = {}
    for component in reversed(list(root.iter("NewsComponent"))):
        found[component] = _kind(component, found)
    return found


def _kind(component: etree._Element, found: Kinds) -> Kind:
    role = role_of(component)
    if role in _FURNITURE:
        return "none"
    own = {_holds(item) for item in children(component, "ContentItem")}
    below = {found.get(each, "none") for each in children(component, "NewsComponent")}
    if "text" in own:
        return "caption" if role in _CAPTIONS else "text"
    if "text" in below:
        return "text"
    if "file" in own or "media" in below:
        return "media"
    return "caption" if "caption" in below else "none"


def role_of(component: etree._Element) -> str:
    """The component's role, in lower case."""
    return formal(child(component, "Role")).casefold()


def _holds(item: etree._Element) -> Literal["text", "file", "encoded", "elsewhere", "none"]:
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


# --------------------------------------------------------------------------------------
# Which component tells the story
# --------------------------------------------------------------------------------------


def stories_in(component: etree._Element, kinds: Kinds) -> list[etree._Element]:
    """The components directly below that are texts of their own and no parts of one."""
    by_tongue = any(
        "language" in words(basis).casefold() for basis in children(component, "BasisForChoice")
    )
    return [
        each
        for each in children(component, "NewsComponent")
        if kinds.get(each) == "text"
        and role_of(each) not in _PARTS
        and (headlined(each) or (by_tongue and tongue(each)))
    ]


def path_to(
    root: etree._Element, kinds: Kinds, wanted: tuple[str, ...]
) -> tuple[tuple[etree._Element, ...], tuple[str, ...]]:
    """The components from the root down to the story, and the languages left aside.

    Texts in several languages are one story told several times: the first of the languages
    `wanted` that is there is taken, else the first that was sent.
    """
    path, aside = [root], []
    while told := stories_in(path[-1], kinds):
        texts = [e for e in children(path[-1], "NewsComponent") if kinds.get(e) == "text"]
        tongues = [tongue(each) for each in told]
        apart = "" not in tongues and len(set(tongues)) == len(tongues)
        if len(texts) > len(told) or (len(told) > 1 and not apart):
            break
        choice = _chosen(tongues, wanted)
        aside += [each for each in tongues if each != tongues[choice]]
        path.append(told[choice])
    return tuple(path), tuple(aside)


def _chosen(tongues: list[str], wanted: tuple[str, ...]) -> int:
    for tag in filter(None, wanted):
        for whole in (True, False):
            for number, each in enumerate(tongues):
                if _same_tongue(each, tag, whole=whole):
                    return number
    return 0


def _same_tongue(one: str, other: str, *, whole: bool) -> bool:
    a, b = one.casefold(), other.casefold().replace("_", "-")
    return a == b if whole else a.partition("-")[0] == b.partition("-")[0]


# --------------------------------------------------------------------------------------
# What the story says
# --------------------------------------------------------------------------------------


def told(path: tuple[etree._Element, ...], kinds: Kinds, timezone: str) -> Told:
    """What the last component of the path says, with the pictures of all above it."""
    draft = _Draft(kinds, timezone)
    draft.read(path[-1], role_of(path[-1]))
    for above in path[-2::-1]:
        draft.illustrate(above)
    return draft.told()


class _Draft:
    """A story in the making: texts find their places by their roles."""

    def __init__(self, kinds: Kinds, timezone: str) -> None:
        self.kinds = kinds
        self.timezone = timezone
        self.lines: NitfBody | None = None
        self.said: dict[str, str] = {}
        self.blocks: list[Block] = []
        self.media: list[tuple[bool, Media]] = []
        self.warnings: dict[str, None] = {}

    def read(self, component: etree._Element, role: str) -> None:
        """Take in a component and all its parts, in their order."""
        equal = component.get("EquivalentsList", "").casefold() == "yes"
        texts = [i for i in children(component, "ContentItem") if self._is_text(i)]
        for item in texts[:1] if equal or _by_format(component) else texts:
            self._add(role, payload(child(item, "DataContent"), item, self.timezone))
        parts = [e for e in children(component, "NewsComponent") if self.kinds.get(e) == "text"]
        for part in parts[:1] if equal else parts:
            own = role_of(part) or role
            if self.blocks and own not in _PARTS and (heading := headlined(part)):
                self.blocks.append(Block("h2", f"<h2>{html.escape(heading, quote=False)}</h2>"))
            self.read(part, own)
        self.illustrate(component)

    def _is_text(self, item: etree._Element) -> bool:
        """Whether an item is text; says why what looks like content is left out."""
        held = _holds(item)
        if held == "encoded":
            self.warnings["A file that is embedded in the item (base64) was left out."] = None
        elif held == "elsewhere" and formal(child(item, "MediaType")).casefold() == "text":
            where = attribute(item, "Href")
            self.warnings[f"A text lies in a file of its own ({where}); it was not read."] = None
        return held == "text"

    def _add(self, role: str, text: NitfBody) -> None:
        self.media += [(False, medium) for medium in text.media]
        for names, field in (
            (_TITLES, "headline"),
            (_SUBTITLES, "subheadline"),
            (_ABSTRACTS, "abstract"),
        ):
            if role in names:
                self.said.setdefault(field, markup.words_of(text.blocks))
                return
        if role in _LEADS:
            self.said.setdefault("lead", markup.words_of(text.blocks))
        elif self._repeats_lead(text.blocks):
            self.blocks.clear()
        self.blocks += text.blocks
        if self.lines is None and text.blocks:
            self.lines = text

    def _repeats_lead(self, blocks: tuple[Block, ...]) -> bool:
        """Whether a text opens with all that stands so far, a lead sent apart."""
        lead = self.said.get("lead", "")
        return bool(
            lead
            and markup.words_of(tuple(self.blocks)) == lead
            and markup.words_of(blocks).startswith(lead)
        )

    def illustrate(self, component: etree._Element) -> None:
        """Take in the files that stand beside the text in a component."""
        loose: list[etree._Element] = []
        for each in children(component, "NewsComponent"):
            kind = self.kinds.get(each)
            if kind == "media" and _stands_alone(each):
                self._show(each)
            elif kind in ("media", "caption"):
                loose.append(each)
        own = [i for i in children(component, "ContentItem") if _holds(i) == "file"]
        medium = _medium(component, [component, *loose], own + _files(loose), lean=True)
        if medium:
            self.media.append((False, medium))

    def _show(self, component: etree._Element) -> None:
        """One picture with its caption, or each of a set of them."""
        single = [e for e in children(component, "NewsComponent") if _stands_alone(e)]
        if len(single) > 1 or (single and not _captions([component])):
            for each in single:
                self._show(each)
            return
        medium = _medium(component, [component], _files([component]))
        if medium:
            self.media.append((role_of(component) in _LAST, medium))

    def told(self) -> Told:
        """All of it; logos stand last, a picture stands once."""
        ordered = [m for _, m in sorted(self.media, key=lambda pair: pair[0])]
        return Told(
            lines=self.lines or NitfBody(),
            blocks=tuple(self.blocks),
            media=tuple({medium.id: medium for medium in reversed(ordered)}.values())[::-1],
            warnings=tuple(self.warnings),
            **self.said,
        )


def _by_format(component: etree._Element) -> bool:
    """Whether the items of a component are one text in several formats."""
    bases = children(component, "BasisForChoice")
    return any(re.search(r"format|mimetype", words(b), re.IGNORECASE) for b in bases)


# --------------------------------------------------------------------------------------
# Text
# --------------------------------------------------------------------------------------


def payload(data: etree._Element | None, item: etree._Element, timezone: str) -> NitfBody:
    """What a DataContent says: NITF, XHTML, bare paragraphs, or either of them as escaped text."""
    if data is None:
        return NitfBody()
    if not len(data):
        return _written(data.text or "", formal(child(item, "MimeType")), timezone)
    first = data[0]
    if first.tag == "nitf":
        return nitf_body.read(first, timezone)
    if first.tag in ("body.content", "block"):
        return NitfBody(blocks=nitf_body.blocks_of(data))
    page = first
    if first.tag == "html":
        inner = child(first, "body")
        page = first if inner is None else inner
    elif first.tag != "body":
        page = data
    pictures: tuple[Media, ...] = ()
    if next(page.iter("img"), None) is not None:
        pictures = markup.pictures_in_html(etree.tostring(page, encoding="unicode"))
    return NitfBody(blocks=markup.blocks_from_element(page), media=pictures)


def _written(text: str, mime: str, timezone: str) -> NitfBody:
    """Character data: a document in it, HTML, or plain paragraphs."""
    if _DOCUMENT.match(text):
        try:
            return nitf_body.read(xml.parse(text.strip().encode(), Hints()), timezone)
        except FormatError:
            pass
    if markup.looks_like_html(text) or ("html" in mime and "<" in text):
        if not _SETTING.search(text):
            text = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
        blocks, media = markup.body_from_html(text)
        return NitfBody(blocks=blocks, media=media)
    return NitfBody(blocks=prose.blocks_from_text(html.unescape(text) if "html" in mime else text))


# --------------------------------------------------------------------------------------
# Files
# --------------------------------------------------------------------------------------


def _stands_alone(component: etree._Element) -> bool:
    """Whether a component is a picture with its own words, and no mere size of its neighbour's."""
    if child(component, "NewsLines") is not None or bool(_captions([component])):
        return True
    return role_of(component) in (_LAST | {"photo", "picture", "video", "graphic", "audio"})


def _captions(components: list[etree._Element]) -> list[str]:
    found = [
        markup.words_of(payload(child(item, "DataContent"), item, "").blocks)
        for holder in components
        for each in holder.iter("NewsComponent")
        if role_of(each) in _CAPTIONS
        for item in children(each, "ContentItem")
        if _holds(item) == "text"
    ]
    return list(dict.fromkeys(filter(None, found)))


def _files(components: list[etree._Element]) -> list[etree._Element]:
    items = (item for each in components for item in each.iter("ContentItem"))
    return [item for item in items if _holds(item) == "file"]


def _medium(
    component: etree._Element,
    holders: list[etree._Element],
    items: list[etree._Element],
    *,
    lean: bool = False,
) -> Media | None:
    """The sizes of one picture with its words, None without a file.

    A `lean` one stands in the story's own component, whose lines are the story's and not its own.
    """
    sizes = tuple(_rendition(item) for item in items if not _is_reference(item))
    if not sizes:
        return None
    captions = _captions(holders[1:] if lean else holders)
    if lean:
        credit, title = "", ""
    else:
        path = (component,)
        title = newsml1_meta.line(path, "HeadLine")
        credit = _credit(newsml1_meta.line(path, "ByLine"), newsml1_meta.line(path, "CreditLine"))
    rights = newsml1_meta.rights(() if lean else tuple(component.iter("NewsComponent")))
    return Media(
        id=sizes[0].href,
        type=_file_type(items[0]),
        headline=title if captions else "",
        caption=" ".join(captions) or title,
        credit=credit,
        copyright=rights.copyright_notice or rights.copyright_holder,
        usage_terms=rights.usage_terms,
        renditions=sizes,
        expires_at=None if lean else newsml1_meta.use_ends(component),
    )


def _is_reference(item: etree._Element) -> bool:
    return item.get("Href", "").startswith(("urn:", "#"))


def _credit(by: str, line: str) -> str:
    """Photographer and agency as one line: A Name/Agency."""
    if not by or by.casefold() in line.casefold():
        return line or by
    return by if not line or line.casefold() in by.casefold() else f"{by}/{line}"


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
