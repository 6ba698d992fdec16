"""One proof of everything: specimen briefs that touch every branch of every template.

The press pulls them once when it is set up, so that a theme with a mistyped variable is refused
at once and not when the first correction of the night comes in. They are never published. Those
that depend on it are made for a section that there is, as some branches ask where a page stands.
"""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from wirecopy.briefs import (
    CorrectionNote,
    CoverageBrief,
    Filters,
    Gone,
    Hit,
    ListBrief,
    Moved,
    PastText,
    SearchBrief,
    StoryBrief,
    Translation,
)
from wirecopy.model import (
    Block,
    Change,
    Dateline,
    Focus,
    Item,
    Media,
    Rendition,
    Rights,
    Story,
    Teaser,
    Topic,
)

_AT = datetime(2022, 1, 8, 2, 36, tzinfo=UTC)
_TOPIC = Topic(slug="proof", name="Proof")
_PICTURE = Media(
    caption="Caption",
    credit="Credit",
    alt="Description",
    renditions=(
        Rendition(
            href="https://proof.example/1.jpg",
            mime="image/jpeg",
            width=1200,
            height=800,
            focus=Focus(0.2, 0.7),
        ),
        Rendition(href="https://proof.example/1.avif", mime="image/avif", width=1200, height=800),
        Rendition(href="https://proof.example/2.jpg", mime="image/jpeg", width=600, height=400),
    ),
)
_FILM = Media(
    type="video",
    caption="Caption",
    credit="Credit",
    renditions=(Rendition(href="https://proof.example/1.mp4", mime="video/mp4"),),
)
_LONG = "Headline " * 20
"""A headline that is set smaller."""


def _teasers(section: str) -> tuple[Teaser, Teaser]:
    """A story of the section with all that lists show of one, and one with as little as can be."""
    bare = Teaser(
        id="bare",
        path="proof/bare.html",
        headline="Headline",
        standfirst="",
        section=section,
        agency="Agency",
        credit="",
        first_published=_AT,
        updated=_AT,
    )
    rich = msgspec.structs.replace(
        bare,
        id="proof",
        path="proof/proof.html",
        headline=_LONG,
        standfirst="Standfirst.",
        credit="Agency",
        picture=_PICTURE,
        topics=(_TOPIC,),
        corrected=True,
        language="ar",
        flag="BREAKING",
    )
    return rich, bare


def _record(name: str, section: str, item: Item) -> Story:
    """A live story of the section that says nothing but what it must."""
    return Story(
        id=name,
        source=name,
        agency="Agency",
        key=name,
        section=section,
        path=f"proof/{name}.html",
        standing=item,
        state="live",
    )


def _many(section: str) -> tuple[Teaser, ...]:
    rich, bare = _teasers(section)
    either = (rich if number % 2 else bare for number in range(20))
    return tuple(
        msgspec.structs.replace(one, id=str(number), headline=chr(65 + number) + one.headline)
        for number, one in enumerate(either)
    )


GONE = Gone(id="proof", agency="Agency", state="withdrawn", at=_AT)
CORRECTIONS = (
    CorrectionNote(
        at=_AT, kind="corrected", agency="Agency", headline="H", path="p/p.html", note="Note"
    ),
    CorrectionNote(at=_AT, kind="corrected", agency="Agency", headline="H"),
    CorrectionNote(at=_AT, kind="withdrawn", agency="Agency"),
)


def coverage(section: str) -> CoverageBrief:
    """An event of which the section tells."""
    return CoverageBrief(
        event="proof", slug="proof", name="Proof", developing=True, teasers=_many(section)
    )


def moved(section: str) -> Moved:
    """A story that another one of the section tells."""
    return Moved(id="proof", path="p/moved.html", agency="Agency", to=_teasers(section)[0])


def search(section: str, agency: str) -> SearchBrief:
    """A search in the section, narrowed to one of the newsroom's agencies."""
    rich, bare = _teasers(section)
    return SearchBrief(
        query="proof",
        hits=(Hit(teaser=rich, snippet="Words"), Hit(teaser=bare)),
        total=2,
        sort="relevance",
        section=section,
        filters=Filters(agency=agency, topic="proof", since="2022-01-08", until="2022-01-09"),
        topic_name="Proof",
        suggestion="prove",
        page=2,
        more=True,
    )


def stories(section: str, source: str) -> tuple[StoryBrief, ...]:
    """A story of the source with every part, one that develops, one with as few parts as can be."""
    full = _full_story(section, source)
    return full, _developing(full), _bare_story(section)


def _developing(full: StoryBrief) -> StoryBrief:
    """What goes with a timeline, which takes the place of some of a history."""
    other = msgspec.structs.replace(full.related[0], language="en")
    return msgspec.structs.replace(
        full,
        developing=True,
        coverage="coverage/proof.html",
        chain=full.related[:1],
        translations=(Translation(teaser=other, original=True),),
    )


def _full_story(section: str, source: str) -> StoryBrief:
    rich, bare = _teasers(section)
    item = Item(
        item_id="urn:proof",
        headline=_LONG,
        standfirst="Standfirst.",
        byline="By Name",
        dateline=Dateline(place="Place", text="PLACE, Jan 8 (Agency)"),
        body=tuple(Block("p", f"<p>Paragraph {number}.</p>") for number in range(6)),
        media=(_PICTURE, _FILM),
        rights=Rights(copyright_notice="Copyright", license="https://licence.example/free"),
        sign_off="--Agency\na/b",
        language="ar",
    )
    story = msgspec.structs.replace(
        _record("proof", section, item),
        source=source,
        first_published=_AT,
        updated=_AT,
        topics=(_TOPIC,),
        changes=(
            Change(at=_AT, kind="published"),
            Change(at=_AT, kind="corrected", note="Note"),
            Change(at=_AT, kind="updated", note="Note"),
        ),
    )
    return StoryBrief(
        story=story,
        related=(rich, bare),
        older=_many(section),
        past=(_past("Headline", "<p>One.</p>"), _past("Other", "<p>Two.</p>")),
        next=rich,
    )


def _past(headline: str, block: str) -> PastText:
    return PastText(at=_AT, headline=headline, standfirst="", body=(block,))


def _bare_story(section: str) -> StoryBrief:
    return StoryBrief(story=_record("bare", section, Item(item_id="bare", headline="Headline")))


def lists(section: str) -> tuple[ListBrief, ...]:
    """Every kind of list, full and empty."""
    teasers = _many(section)
    blocks = ((section, (_teasers(section)[1], *teasers)),)
    days = ("2022-01-07", "2022-01-09")
    day = ListBrief(kind="day", teasers=teasers, section=section, day="2022-01-08", days=days)
    return (
        ListBrief(kind="home", teasers=teasers, by_section=blocks),
        ListBrief(kind="home", teasers=()),
        ListBrief(kind="front", teasers=teasers, section=section, days=days),
        ListBrief(kind="front", teasers=(), section=section),
        msgspec.structs.replace(day, part=2, parts=2),
        msgspec.structs.replace(day, teasers=(), days=()),
        ListBrief(kind="topic", teasers=teasers, topic=_TOPIC, more=True),
        ListBrief(kind="topic", teasers=(), topic=_TOPIC),
    )
