"""From a story's brief to the page its template sees, part by part (the order is the page's)."""

from __future__ import annotations

import math
import re
from collections.abc import Container
from html import unescape

import msgspec

from wirecopy import briefs, model
from wirecopy.press import jsonld, notice, paths, sharing, timeline, translations, view
from wirecopy.press.addresses import without_inside_links
from wirecopy.press.forms import PAID_FOR, label_of
from wirecopy.press.house import INDEXED, House
from wirecopy.press.licensing import licence_name
from wirecopy.press.picture_rights import forbids_social
from wirecopy.press.pictures import Shot, show
from wirecopy.press.places import as_written
from wirecopy.press.ranking import DEVELOPING, flagged
from wirecopy.press.recordings import recordings, with_labels
from wirecopy.press.tables import with_scopes
from wirecopy.press.told import Told, copyright_line, licence_of, people_of, tell
from wirecopy.press.words import bound, fill
from wirecopy.scripts import UNSPACED

_WORDS_A_MINUTE = 238
"""How fast adults read; the average over studies of silent reading in English."""
_SIGNS_A_MINUTE = 500
"""The same in scripts that part words by no spaces."""
_MORE = 5
_LONG_ENOUGH = 5
"""Paragraphs a body must have before Also Read stands between them."""

_TAG = re.compile(r"<[^>]*>")
_DENSE = re.compile(f"[{UNSPACED}]")
_BY = {"de": "von ", "es": "por ", "fr": "par ", "it": "di ", "pt": "por "}
"""How bylines open in other languages than English; only there, since Von is a name elsewhere."""


def middle(blocks: tuple[model.Block, ...]) -> int:
    """The index before which Also Read stands; 0 when the body is too short for it.

    It stands between two paragraphs, as near to half of them as can be; never behind a heading
    and, since a block is never split, never inside a list, a quote or a table.
    """
    paragraphs = sum(block.kind == "p" for block in blocks)
    if paragraphs < _LONG_ENOUGH:
        return 0
    half, seen, best, distance = (paragraphs + 1) // 2, 0, 0, math.inf
    for index in range(1, len(blocks)):
        seen += blocks[index - 1].kind == "p"
        neighbours = (blocks[index - 1].kind, blocks[index].kind)
        if neighbours[0] in ("h2", "h3") or seen == 0:
            continue
        away = abs(seen - half) + (0 if neighbours == ("p", "p") else paragraphs)
        if away < distance:
            best, distance = index, away
    return best


def length(html: str) -> tuple[int, int]:
    """(words, minutes to read) of a body; (0, 0) where there is no text."""
    text = unescape(_TAG.sub(" ", html))
    words = len(text.split())
    dense = 0 if text.isascii() else len(_DENSE.findall(text))
    if dense * 2 > len(text):
        return dense, math.ceil(dense / _SIGNS_A_MINUTE)
    return words, math.ceil(words / _WORDS_A_MINUTE)


_LAST_PART = re.compile(r"(.*\S)(?:\s*[,/|]\s*|\s+[-–—]\s*)(\S[^,/|]*)", re.DOTALL)
"""A byline and what stands last in it, behind a sign."""
_NAMES_ITS_KIND = re.compile(
    r"\w[\w ]{2,20}: |[\w.-]{2,20} Photos?/"
    r"|\(?(?:(?:Photo|Fotografí|Ilustraci|Illustra|Graphi|Grafi)\w{0,6}|(?:Foto|Picture|Image|Bild)s?)"
    r" (?:by|courtesy|provided|supplied|via|von|par|por|de|di) ",
    re.IGNORECASE,
)
"""What says itself that it is a photograph, or that it is none."""


def _photo(credit: str, house: House) -> str:
    """The picture's credit, with "Photo:" before it unless it names its kind itself."""
    if not credit or _NAMES_ITS_KIND.match(credit):
        return credit
    return fill(house.words.photo, credit=credit)


def _byline(item: model.Item, credit: str, house: House) -> str:
    """Part 5: `AGENCY PLACE`, or `By NAME, AGENCY PLACE`."""
    place = as_written(item.dateline.place) if item.dateline else ""
    line = f"{credit} {place}".strip()
    name = " ".join(item.byline.split())
    for opening in ("by ", _BY.get(item.language[:2].lower(), "by ")):
        if name[: len(opening)].lower() == opening:
            name = name[len(opening) :]
    known = {"", credit.casefold(), *(source.casefold() for source in item.credit_sources)}
    name = _without_agency(name.strip(" ,"), known)
    if name.strip("/()[]-–— ").casefold() in known:
        return line
    return f"{fill(house.words.by, name=name)}{house.words.comma}{line}"


def _without_agency(name: str, known: Container[str]) -> str:
    """A byline's name without the agency behind it, which the line names anyway."""
    parted = _LAST_PART.fullmatch(name)
    return parted[1] if parted and parted[2].casefold() in known else name


def _sign_off(item: model.Item, agency: str, *, initials: bool) -> tuple[str, ...]:
    """Part 10, line by line: the agency always, the desk's initials where they may be shown."""
    lines = tuple(line.strip() for line in item.sign_off.splitlines() if line.strip())
    if not lines:
        return ()
    names = {name for name in (agency, item.provider, *item.credit_sources) if name}
    either = "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
    found = [(line, match) for line in lines if (match := pattern.search(line))]
    if not found:
        return (f"--{agency}", *lines) if initials else (f"--{agency}",)
    if initials:
        return lines
    line, match = found[0]
    kept = line[: match.end()]
    return (f"{kept})" if kept.count("(") > kept.count(")") else kept,)


def _shows_initials(name: str, house: House) -> bool:
    """Whether the source's rule shows desk initials; a source that is gone shows them."""
    return all(source.show_initials for source in house.config.sources if source.name == name)


def _also_and_more(
    brief: briefs.StoryBrief, house: House
) -> tuple[int, tuple[view.Teaser, ...], tuple[view.Teaser, ...]]:
    """(where Also Read cuts the body, Also Read, More From This Section).

    No story is in both, and the next story is in neither.
    """
    following = brief.next.id if brief.next else ""
    picked = tuple(teaser for teaser in brief.related if teaser.id != following)
    related = picked[: house.config.press.related]
    body = brief.story.standing.body if brief.story.standing else ()
    cut = middle(body) if related else 0
    picks = related if cut else ()
    shown = {brief.story.id, *(teaser.id for teaser in picks)}
    more = [teaser for teaser in brief.older if teaser.id not in {*shown, following}][:_MORE]
    return (
        cut,
        tuple(house.teaser(teaser, pictured=False) for teaser in picks),
        tuple(house.teaser(teaser, pictured=False) for teaser in more),
    )


def story_page(brief: briefs.StoryBrief, house: House) -> view.StoryPage:
    """The page of one story, ready for its template. ValueError when no version of it stands."""
    story, words = brief.story, house.words
    html, minutes, told = _measured(tell(story, house, brief.card), house)
    item = told.item
    cut, also_read, more = _also_and_more(brief, house)
    topics = story.topics[: house.config.press.topics]
    lang, script = house.tongue(item.language)
    section, link = house.section(story.section), house.absolute(story.path)
    picture = show(told.shot, told.headline, words) if told.shot else None
    mailto, share = sharing.share(told.headline, link, house.config.press.share)
    stamp = house.calendar.stamp
    updated = story.updated or story.first_published
    moments = timeline.timeline(brief, told, house)
    return view.StoryPage(
        head=_head(told, topics, link, house, brief, moments),
        here=section.url,
        id=story.id,
        version=str(item.version if item.version is not None else max(len(story.versions), 1)),
        state=story.state,
        lang=lang or item.language or house.language,
        dir=script,
        foreign=bool(lang),
        breadcrumb=house.breadcrumb(section),
        section=section,
        tone=house.tone(story.section),
        agency=story.agency,
        headline=bound(told.headline, item.language),
        standfirst=bound(told.standfirst, item.language),
        picture=picture,
        photo=_photo(picture.credit, house) if picture else "",
        byline=_byline(item, told.credit, house),
        reading_time=fill(words.min_read.of(minutes), n=str(minutes)) if minutes else "",
        updated=stamp(updated) if updated else None,
        corrections=notice.corrections(story, house),
        body=_html(item.body[:cut], house) if cut else html,
        also_read=also_read,
        body_rest=_html(item.body[cut:], house) if cut else view.Html(),
        recordings=recordings(told, html, house),
        sign_off=_sign_off(item, story.agency, initials=_shows_initials(story.source, house)),
        notice=told.notice,
        more=more,
        topics=tuple(_topic(topic, house) for topic in topics),
        coverage=view.Link(name=words.coverage, url=house.href(brief.coverage))
        if brief.coverage
        else None,
        first_published=stamp(story.first_published) if story.first_published else None,
        next=house.teaser(brief.next, pictured=False) if brief.next else None,
        timeline=tuple(_moment(moment, house) for moment in moments),
        history=notice.history(brief, house),
        updates=_updates(story, house),
        mark=(mark := label_of(item) or _flag(item) or ("developing" if brief.developing else "")),
        mark_text=house.mark(mark),
        copyright=copyright_line(told, house),
        licence=_licence(told, house),
        translations=translations.story_links(brief, house),
        permalink=view.url(link),
        mailto=mailto,
        share=share,
    )


def _licence(told: Told, house: House) -> view.Link | None:
    licence = licence_of(told, house)
    return view.Link(name=licence_name(licence), url=view.url(licence)) if licence else None


def _flag(item: model.Item) -> str:
    """What the agency itself calls the version that stands: live, breaking, developing, or ""."""
    return next((flagged(m.text) for m in item.markers if m.action == "flag"), "")


def _moment(moment: timeline.Moment, house: House) -> view.Moment:
    lang, script = house.tongue(moment.language)
    return view.Moment(
        at=house.calendar.stamp(moment.at),
        text=moment.text,
        url=house.href(moment.path) if moment.path else view.Html(),
        lang=lang or moment.language or house.language,
        dir=script,
    )


def _updates(story: model.Story, house: House) -> str:
    """How often a developing story has changed, as a sentence; "" for one that has hardly."""
    count = sum(change.kind in ("updated", "corrected") for change in story.changes)
    if count < DEVELOPING:
        return ""
    return fill(house.words.updates_so_far.of(count), n=house.calendar.number(count))


def _measured(told: Told, house: House) -> tuple[view.Html, int, Told]:
    """(the whole body, minutes to read, the facts with the number of words)."""
    html = _html(told.item.body, house)
    words, minutes = length(html)
    return html, minutes, msgspec.structs.replace(told, words=words)


def _html(blocks: tuple[model.Block, ...], house: House) -> view.Html:
    """Blocks, a line each: their markup was made safe when they were read.

    Only links into the reader's own network lose their address, as a site at home may keep it,
    those that stand for players are labelled, and the heads of tables are told apart.
    """
    html = "\n".join([block.html for block in blocks])
    return view.Html(with_scopes(with_labels(without_inside_links(html, house.url), house.words)))


def _topic(topic: model.Topic, house: House) -> view.Link:
    return view.Link(name=topic.name, url=house.href(paths.topic_path(topic.slug)))


def _head(
    told: Told,
    topics: tuple[model.Topic, ...],
    link: str,
    house: House,
    brief: briefs.StoryBrief,
    moments: tuple[timeline.Moment, ...] = (),
) -> view.Head:
    """The machine-readable head of a story's page."""
    story = told.story
    robots = "noindex" if told.noindex else INDEXED
    if told.item.expires_at and not told.noindex:
        robots += f", unavailable_after: {house.calendar.iso(told.item.expires_at)}"
    alternates = translations.story_alternates(brief, house)
    return view.Head(
        title=f"{told.headline} | {house.config.site.name}",
        canonical=view.url(told.source or link),
        robots=robots,
        metas=tuple(_metas(told, topics, link, house, alternates)),
        feeds=house.section_feeds(story.section) + _shared(story, house),
        alternates=alternates,
        reserved=house.reserves(story.source),
        jsonld=jsonld.story_graph(told, topics, link, house, brief, moments),
    )


def _shared(story: model.Story, house: House) -> tuple[view.Feed, ...]:
    """The link to the story as ninjs, where it lies beside its page."""
    if not house.shares(story.source):
        return ()
    address = view.url(house.absolute(paths.ninjs_path(story.path)))
    return (view.Feed(title="ninjs 3.0", type=view.Html("application/json"), url=address),)


def _metas(
    told: Told,
    topics: tuple[model.Topic, ...],
    link: str,
    house: House,
    alternates: tuple[view.Alternate, ...] = (),
) -> list[view.Meta]:
    """Description, Open Graph and card properties of a story."""
    story, item = told.story, told.item
    description = told.standfirst or told.headline
    own = house.open_graph(item.language)
    authors = (*people_of(item.authors, told.credit, story.agency), told.credit)
    names = [("description", description), ("author", ", ".join(authors))]
    if label_of(item) in PAID_FOR:
        names.append(("googlebot-news", "noindex"))  # found by a search, but not among the news
    properties = [
        ("og:type", "article"),
        ("og:site_name", house.config.site.name),
        ("og:title", told.headline),
        ("og:description", description),
        ("og:url", told.source or link),
        ("og:locale", own),
        ("article:section", house.section(story.section).name),
    ]
    for key, moment in (
        ("article:published_time", story.first_published),
        ("article:modified_time", story.updated or story.first_published),
        ("article:expiration_time", item.expires_at),
    ):
        if moment:
            properties.append((key, house.calendar.iso(moment)))
    properties.extend(("article:tag", topic.name) for topic in topics)
    tongues = (house.open_graph(each.lang) for each in alternates if each.lang != "x-default")
    properties.extend(
        ("og:locale:alternate", tongue) for tongue in dict.fromkeys(tongues) if tongue != own
    )
    card = "summary"
    if told.shot and not forbids_social(told.shot.media):
        card = "summary_large_image"
        properties += _picture_metas(told.shot, told.headline, house)
    elif told.card:
        card = "summary_large_image"
        properties += _card_metas(told, house)
    names += _card(card, properties, house)
    return [view.Meta(attribute="name", key=k, content=view.attribute(v)) for k, v in names] + [
        view.Meta(attribute="property", key=k, content=view.attribute(v)) for k, v in properties
    ]


_OF_A_CARD = {
    "og:title": "twitter:title",
    "og:description": "twitter:description",
    "og:image": "twitter:image",
    "og:image:alt": "twitter:image:alt",
}


def _card(card: str, properties: list[tuple[str, str]], house: House) -> list[tuple[str, str]]:
    """The properties of a card: what Open Graph says, for readers that know only these names."""
    said = [(_OF_A_CARD[key], value) for key, value in properties if key in _OF_A_CARD]
    site = [("twitter:site", house.handle)] if house.handle else []
    return [("twitter:card", card), *site, *said]


def _card_metas(told: Told, house: House) -> list[tuple[str, str]]:
    """The Open Graph properties of the card that stands for a picture."""
    return [
        *_addressed(house.absolute(told.card)),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", told.headline),
    ]


def _addressed(image: str) -> list[tuple[str, str]]:
    """The address of an image, said again where it is a secure one: old readers ask for it."""
    secure = [("og:image:secure_url", image)] if image.startswith("https:") else []
    return [("og:image", image), *secure]


def _picture_metas(shot: Shot, headline: str, house: House) -> list[tuple[str, str]]:
    """The Open Graph properties of a picture: the wide crop where there is one.

    Networks cut to a wide shape through the middle, whatever is there; ours keeps what matters.
    """
    picture = show(shot, headline, house.words)
    address, file = shot.crops[0] if shot.crops else (shot.src, shot.best)
    wide = bool(file.width and file.height) and 16 * (file.height or 0) < 10 * (file.width or 0)
    if not wide:
        address, file = shot.src, shot.best
    found = _addressed(house.whole(address))
    if file.mime:
        found.append(("og:image:type", file.mime))
    if file.width and file.height:
        found.append(("og:image:width", str(file.width)))
        found.append(("og:image:height", str(file.height)))
    found.append(("og:image:alt", picture.alt))
    return found
