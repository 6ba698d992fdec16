"""The components of a NewsML 1 item: which of them tell the story, what they say, their files.

A component is told by what it holds, then by its role: text, a caption, files, or nothing that
readers see. Of components that say the same in several languages one is chosen; parts of one text
(title, lead, body, contact) are put together again; files become pictures with their sizes.
"""

from __future__ import annotations

import html
import re
from typing import Literal

import msgspec
from lxml import etree

from wirecopy.formats import lines, markup
from wirecopy.formats.newsml1_files import (
    CAPTIONS,
    LAST,
    captions_in,
    files_in,
    holds,
    medium_of,
    role_of,
    stands_alone,
)
from wirecopy.formats.newsml1_meta import formal, headlined, tongue
from wirecopy.formats.newsml1_text import payload
from wirecopy.formats.nitf_body import NitfBody
from wirecopy.formats.trees import attribute, child, children, words
from wirecopy.model import Block, Media

Kind = Literal["text", "caption", "media", "none"]
Kinds = dict[etree._Element, Kind]

_TITLES = frozenset({"title", "headline"})
_SUBTITLES = frozenset({"subheadline", "subtitle"})
_LEADS = frozenset({"lead", "intro", "introduction"})
_ABSTRACTS = frozenset({"abstract", "summary", "description", "teaser", "preview"})
_PARTS = _TITLES | _SUBTITLES | _LEADS | _ABSTRACTS | CAPTIONS | {"body", "contact"}
_FURNITURE = frozenset({
    "stylesheet", "advertisement", "sponsor's message", "reference list", "content list",
})  # fmt: skip
"""Roles that are no part of the story."""


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
    own = {holds(item) for item in children(component, "ContentItem")}
    below = {found.get(each, "none") for each in children(component, "NewsComponent")}
    if "text" in own:
        return "caption" if role in CAPTIONS else "text"
    if "text" in below:
        return "text"
    if "file" in own or "media" in below:
        return "media"
    return "caption" if "caption" in below else "none"


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
        for part in parts[:1] if equal else sorted(parts, key=_order):
            own = role_of(part) or role
            if self.blocks and own not in _PARTS and (heading := headlined(part)):
                self.blocks.append(Block("h2", f"<h2>{html.escape(heading, quote=False)}</h2>"))
            self.read(part, own)
        self.illustrate(component)

    def _is_text(self, item: etree._Element) -> bool:
        """Whether an item is text; says why what looks like content is left out."""
        held = holds(item)
        if held == "encoded":
            self.warnings[lines.embedded_file(formal(child(item, "MimeType")))] = None
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
            if kind == "media" and stands_alone(each):
                self._show(each)
            elif kind in ("media", "caption"):
                loose.append(each)
        own = [i for i in children(component, "ContentItem") if holds(i) == "file"]
        medium = medium_of(
            component, [component, *loose], own + files_in(loose), self.timezone, lean=True
        )
        if medium:
            self.media.append((False, medium))

    def _show(self, component: etree._Element) -> None:
        """One picture with its caption, or each of a set of them."""
        single = [e for e in children(component, "NewsComponent") if stands_alone(e)]
        if len(single) > 1 or (single and not captions_in([component])):
            for each in single:
                self._show(each)
            return
        medium = medium_of(component, [component], files_in([component]), self.timezone)
        if medium:
            self.media.append((role_of(component) in LAST, medium))

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


def _order(part: etree._Element) -> int:
    """Where a part stands in its text: a lead in front, whom to ask about it at the end."""
    role = role_of(part)
    return 0 if role in _LEADS else 2 if role == "contact" else 1


def _by_format(component: etree._Element) -> bool:
    """Whether the items of a component are one text in several formats."""
    bases = children(component, "BasisForChoice")
    return any(re.search(r"format|mimetype", words(b), re.IGNORECASE) for b in bases)
