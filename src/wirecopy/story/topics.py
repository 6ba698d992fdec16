"""What a story is about: the agency's own entities, subjects and keywords, most salient first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from wirecopy.model import Item, Topic
from wirecopy.story.agencies import Names, agencies_in, names_of
from wirecopy.story.clean import text_of
from wirecopy.story.mediatopics import NAMES, topic_code
from wirecopy.story.slugs import slugify

Kind = Literal["subject", "person", "organisation", "place", "event", "object"]
LONGEST = 60
MOST_WORDS = 7
MOST_READ = 200
"""Names looked at; a wire that sends thousands of keywords says nothing by them."""
_CODE = re.compile(
    r"[a-z][\w.-]*:\S+|\S*\d{4,}\S*[/:.-]\S*|[\W\d_]+|\d\S*\d{3,}\S*|https?://.*|www\..*",
    re.IGNORECASE,
)
_TICKER = re.compile(r"\w:\w")
_LIST = re.compile(r"\s*[,;|]\s*")
_JUNK = frozenset(
    """news top news top stories latest latest news breaking breaking news headlines general
    uncategorized uncategorised misc miscellaneous other others story stories text article articles
    home homepage featured main wire wires update updates alert urgent lead ld rpt advisory test
    photo photos video picture pictures gallery national international today exclusive live blog
    press release default none null unknown all en english n/a na tbd feed rss web print""".replace(
        "\n", " "
    ).split()
) | {
    "top news", "top stories", "latest news", "breaking news", "press release", "world news",
    "general news", "local news", "main news", "live blog", "live updates", "photo gallery",
}  # fmt: skip
_RANK = {"person": 0, "organisation": 0, "place": 0, "event": 0, "object": 0, "subject": 1}


class _Named(NamedTuple):
    name: str
    kind: Kind
    weight: int
    """The agency's own relevance or confidence, 0 to 100; 0 when it says nothing."""


def topics_of(item: Item, *, most: int = 8) -> tuple[Topic, ...]:
    """Up to `most` topics of a clean item, most salient first, none twice by slug.

    Salience: named in the headline, then in the lead, then how often in the text, then the
    agency's relevance and order; entities come before abstract subjects. The agencies' own names,
    bare codes, house words ("Top News") and over-long strings are no topics.
    """
    own = names_of(item, item.credit_sources[0] if item.credit_sources else "")
    page = _Page.of(item)
    ranked: dict[str, tuple[tuple[int, int], Topic]] = {}
    for place, named in enumerate(islice(_candidates(item), MOST_READ)):
        name = _shown(named, page)
        if not _is_topic(name, item, own):
            continue
        slug = topic_slug(name)
        if not slug:
            continue
        rank = (-_salience(name, named, page), place)
        topic = Topic(slug=slug, name=name, type=named.kind)
        known = ranked.get(slug)
        if known is None:
            ranked[slug] = (rank, topic)
        elif rank[0] < known[0][0] or _RANK[known[1].type] > _RANK[named.kind]:
            better = topic if _RANK[known[1].type] >= _RANK[named.kind] else known[1]
            ranked[slug] = (min(rank, known[0]), better)
    chosen = sorted(ranked.values(), key=lambda pair: pair[0])
    return tuple(topic for _, topic in chosen[: max(0, most)])


class _Page(NamedTuple):
    """The text that topics are looked for in, as sent and casefolded."""

    headline: str
    lead: str
    text: str
    raw: str

    @classmethod
    def of(cls, item: Item) -> _Page:
        """The page of a clean item."""
        body = text_of(item)[:20_000]
        lead = f"{item.standfirst}\n{body.split(chr(10), 1)[0]}"
        raw = f"{item.headline}\n{item.standfirst}\n{body}"
        return cls(item.headline.casefold(), lead.casefold(), body.casefold(), raw)


def _candidates(item: Item) -> Iterator[_Named]:
    """Everything the agency named, entities' kinds with it, in its order."""
    for subject in item.subjects:
        if subject.type == "genre":
            continue
        name = subject.name or NAMES.get(topic_code(subject.code, subject.scheme), "")
        weight = subject.relevance if subject.relevance is not None else subject.confidence
        yield _Named(name, subject.type, max(0, min(100, weight or 0)))
    for place in item.places:
        if place.role == "about":
            yield _Named(place.name, "place", 0)
    for keyword in item.keywords:
        for name in _LIST.split(keyword) if len(keyword) <= 400 else ():
            yield _Named(name, "subject", 0)


def _shown(named: _Named, page: _Page) -> str:
    """The name as a reader would write it: first name first, in the text's own capitals."""
    # Some wires send the whole path of a category: "Markets\\Bonds".
    name = " ".join(named.name.rsplit("\\", 1)[-1].split()).strip(" .,;:#*\"'“”")
    if named.kind == "person" and name.count(",") == 1:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    if not name or len(name) > 2 * LONGEST:
        return name
    if name.islower():
        at = page.raw.casefold().find(name)
        seen = page.raw[at : at + len(name)] if at >= 0 else ""
        if seen.casefold() == name and seen[:1].isupper() and " " in f"{seen} ":
            return seen
        return name[0].upper() + name[1:]
    if name.isupper() and " " in name and len(name) > 6:
        at = page.text.find(name.casefold())
        return name.title() if at < 0 or named.kind != "subject" else name.capitalize()
    return name


def _is_topic(name: str, item: Item, own: Names) -> bool:
    folded = name.casefold()
    if not 1 < len(name) <= LONGEST or len(name.split()) > MOST_WORDS or folded in _JUNK:
        return False
    if (
        _CODE.fullmatch(name)
        or _TICKER.search(name)
        or not any(map(str.isalpha, name))
        or "<" in name
    ):
        return False
    if folded in {item.slug.casefold(), item.headline.casefold(), item.genre.casefold()} - {""}:
        return False
    return not agencies_in(name, own, dated=False)


def _salience(name: str, named: _Named, page: _Page) -> int:
    """How much the story is about `name`; higher is more."""
    needle = name.casefold()
    short = needle.rsplit(" ", 1)[-1] if named.kind == "person" else ""
    score = 0 if named.kind == "subject" else 4000
    if _has(page.headline, needle) or (len(short) > 2 and _has(page.headline, short)):
        score += 10_000
    if _has(page.lead, needle):
        score += 3000
    return score + min(8, page.text.count(needle)) * 300 + named.weight * 10


def _has(text: str, needle: str) -> bool:
    """Whether `needle` stands in `text` as whole words; scripts without spaces need no edges."""
    at = text.find(needle)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(needle) :][:1]
        spaceless = needle[0] > "\u2e7f"
        if spaceless or not (before.isalnum() or after.isalnum()):
            return True
        at = text.find(needle, at + 1)
    return False


def topic_slug(name: str) -> str:
    """The slug of a topic of that name; "" when it holds neither letter nor figure."""
    return slugify(name) or _signs(name)


def _signs(name: str) -> str:
    """A slug for a name without Latin spelling: its characters' numbers, the same for ever."""
    figures = [f"u{ord(sign):x}" for sign in name if sign.isalnum()]
    return "-".join(figures[:10])
