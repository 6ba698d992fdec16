"""What a story is about, most salient first: what the agency named, and whom its text speaks of.

The agency's own entities, subjects and keywords are joined by the people, organisations, places
and events of the text (`story.names`). Other names of one thing (`story.known`, and the
newsroom's `[[topics]]`) lead to one topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from wirecopy.config import KnownTopic
from wirecopy.model import Item, Topic
from wirecopy.story.agencies import Names, agencies_in, names_of
from wirecopy.story.copyfit import text_of
from wirecopy.story.known import Known, known_names, means
from wirecopy.story.mediatopics import NAMES, topic_code
from wirecopy.story.names import READ, Name, mentioned, names_in
from wirecopy.story.names_elsewhere import names_by_context
from wirecopy.story.slugs import slugify

Kind = Literal["subject", "person", "organisation", "place", "event", "object"]
_LONGEST = 60
_MOST_WORDS = 7
_MOST_READ = 200
"""Names looked at; a wire that sends thousands of keywords says nothing by them."""
_NAMES_ADDED, _NAMES_LEAST = 6, 2
"""Names that the text may add: the fewer, the more the wire has named itself."""
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
_HEADLINE = 160
"""Characters of the longest line that is looked at as a headline."""
_WORDS = re.compile(r"[^\W\d_][\w'’-]*")
_LABEL = re.compile(r"([A-Z][A-Za-z/]*(?: [A-Z/]+)*)-[A-Z]\w+")
_RANK = {"person": 0, "organisation": 0, "place": 0, "event": 0, "object": 0, "subject": 1}


class _Named(NamedTuple):
    name: str
    kind: Kind
    weight: int
    """The agency's own relevance or confidence, 0 to 100; 0 when it says nothing."""


def topics_of(
    item: Item, *, most: int = 8, own_topics: tuple[KnownTopic, ...] = ()
) -> tuple[Topic, ...]:
    """Up to `most` topics of a clean item, most salient first, none twice by slug.

    Salience: named in the headline, then in the lead, then how often in the text, then the
    agency's relevance and order; entities come before abstract subjects, rare names before
    countries. The agencies' own names, bare codes, house words ("Top News") and over-long strings
    are no topics; of the text, neither are names that it speaks of only once and late.
    """
    own = names_of(item, item.credit_sources[0] if item.credit_sources else "")
    known = known_names(own_topics)
    page = _Page.of(item)
    ranked: dict[str, tuple[tuple[int, int], Topic]] = {}
    place = -1
    for place, named in enumerate(islice(_candidates(item), _MOST_READ)):
        name, kind = _canonical(_shown(named, page), named.kind, known)
        if _is_topic(name, item, own):
            _rank(ranked, (-_salience(name, named, page), place), name, kind)
    told = [(_told(found, page), found) for found in _in_text(item, page, known, own_topics)]
    told.sort(key=lambda pair: -pair[0])
    room = max(_NAMES_LEAST, _NAMES_ADDED - len(ranked))
    for number, (salience, found) in enumerate(told[:room], place + 1):
        if salience and _is_topic(found.name, item, own):
            name, kind = _canonical(found.name, found.kind, known)
            common = 2000 if name != found.name or means(name, known) else 0
            _rank(ranked, (common - salience, number), name, kind)
    chosen = sorted(ranked.values(), key=lambda pair: pair[0])
    return tuple(topic for _, topic in chosen[: max(0, most)])


def _rank(
    ranked: dict[str, tuple[tuple[int, int], Topic]], rank: tuple[int, int], name: str, kind: Kind
) -> None:
    """Put a topic among the others; of two of one slug the better rank and the entity's kind."""
    slug = topic_slug(name)
    if not slug:
        return
    topic = Topic(slug=slug, name=name, type=kind)
    known = ranked.get(slug)
    if known is None:
        ranked[slug] = (rank, topic)
    elif rank[0] < known[0][0] or _RANK[known[1].type] > _RANK[kind]:
        better = topic if _RANK[known[1].type] >= _RANK[kind] else known[1]
        ranked[slug] = (min(rank, known[0]), better)


def _canonical(name: str, kind: Kind, known: Known) -> tuple[str, Kind]:
    """The name and kind of the topic that this name means."""
    found = means(name, known) or (known.merged.get(topic_slug(name)) if known.merged else None)
    return found or (name, kind)


def _in_text(
    item: Item, page: _Page, known: Known, own_topics: tuple[KnownTopic, ...]
) -> list[Name]:
    """The names that the text speaks of, and those of the newsroom's table that it holds."""
    if item.headline and not item.headline.isascii():
        found = names_by_context(item.headline, page.body)
        if found:
            return found
    lines = [_unlabelled(item.headline, page), *page.body[:READ].split("\n")]
    text = "\n".join(line for line in lines if not _shouts(line))
    found = names_in(text, language=item.language, known=known)
    for topic in own_topics:
        forms = tuple(form for form in (topic.name, *topic.aliases) if form in page.raw)
        if forms:
            count = max(page.raw.count(form) for form in forms)
            found.append(Name(topic.name, topic.kind, forms, count, page.raw.find(forms[0])))
    return found


def _shouts(line: str) -> bool:
    """Whether the capitals of a headline prove nothing: it is set in them, or every word has one.

    A line that ends as sentences do is no headline.
    """
    ended = line.endswith((".", "!", "?", '."', ".”"))
    if len(line) > _HEADLINE or (ended and not line.isupper()):
        return False
    words = [word for word in _WORDS.findall(line) if len(word) > 3]
    return line.isupper() or (len(words) > 2 and all(word[0].isupper() for word in words))


def _unlabelled(headline: str, page: _Page) -> str:
    """The headline without the keyword that some agencies tie to its first word with a hyphen."""
    label = _LABEL.match(headline)
    if label is None or label[0] in page.body:
        return headline
    return headline[label.end(1) + 1 :]


def _told(found: Name, page: _Page) -> int:
    """How much the text is about a name; 0 where it speaks of it but once, and late."""
    forms = [form.casefold() for form in found.forms]
    head, lead = mentioned(forms, page.headline), mentioned(forms, page.lead)
    if not (head or lead or found.mentions > 1):
        return 0
    return 4000 + 10_000 * head + 3000 * lead + min(8, found.mentions) * 300


class _Page(NamedTuple):
    """The text that topics are looked for in, as sent and casefolded."""

    headline: str
    lead: str
    text: str
    raw: str
    body: str

    @classmethod
    def of(cls, item: Item) -> _Page:
        """The page of a clean item."""
        body = text_of(item)[:20_000]
        lead = f"{item.standfirst}\n{body.split(chr(10), 1)[0]}"
        raw = f"{item.headline}\n{item.standfirst}\n{body}"
        return cls(item.headline.casefold(), lead.casefold(), body.casefold(), raw, body)


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
    if not name or len(name) > 2 * _LONGEST:
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
    if not 1 < len(name) <= _LONGEST or len(name.split()) > _MOST_WORDS or folded in _JUNK:
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
