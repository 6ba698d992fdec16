"""One proof of everything: specimen briefs that touch every branch of every template.

The press pulls them once when it is set up, so that a theme with a mistyped variable is refused
at once and not when the first correction of the night comes in. They are never published.
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
_TEASER = Teaser(
    id="proof",
    path="proof/proof.html",
    headline="Headline",
    standfirst="Standfirst.",
    section="proof",
    agency="Agency",
    credit="Agency",
    first_published=_AT,
    updated=_AT,
    picture=_PICTURE,
    topics=(_TOPIC,),
    corrected=True,
    language="ar",
)
_BARE = Teaser(
    id="bare",
    path="proof/bare.html",
    headline="Headline",
    standfirst="",
    section="proof",
    agency="Agency",
    credit="",
    first_published=_AT,
    updated=_AT,
)
_TEASERS = tuple(
    msgspec.structs.replace(_TEASER if number % 2 else _BARE, id=str(number))
    for number in range(20)
)

GONE = Gone(id="proof", agency="Agency", state="withdrawn", at=_AT)
COVERAGE = CoverageBrief(
    event="proof", slug="proof", name="Proof", developing=True, teasers=_TEASERS
)
MOVED = Moved(id="proof", path="p/moved.html", agency="Agency", to=_TEASER)
CORRECTIONS = (
    CorrectionNote(
        at=_AT, kind="corrected", agency="Agency", headline="H", path="p/p.html", note="Note"
    ),
    CorrectionNote(at=_AT, kind="corrected", agency="Agency", headline="H"),
    CorrectionNote(at=_AT, kind="withdrawn", agency="Agency"),
)
SEARCH = SearchBrief(
    query="proof",
    hits=(Hit(teaser=_TEASER, snippet="Words"), Hit(teaser=_BARE)),
    total=2,
    filters=Filters(agency="Proof", topic="proof", since="2022-01-08", until="2022-01-09"),
    topic_name="Proof",
    suggestion="prove",
    page=2,
    more=True,
)


def stories() -> tuple[StoryBrief, ...]:
    """A story with every part, and one with as few as can be."""
    return _full_story(), _bare_story()


def _full_story() -> StoryBrief:
    item = Item(
        item_id="urn:proof",
        headline="Headline",
        standfirst="Standfirst.",
        byline="By Name",
        dateline=Dateline(place="Place", text="PLACE, Jan 8 (Agency)"),
        body=tuple(Block("p", f"<p>Paragraph {number}.</p>") for number in range(6)),
        media=(_PICTURE,),
        rights=Rights(copyright_notice="Copyright"),
        sign_off="--Agency\na/b",
        language="ar",
    )
    story = Story(
        id="proof",
        source="proof",
        agency="Agency",
        key="proof",
        section="proof",
        path="proof/proof.html",
        standing=item,
        state="live",
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
        related=(_TEASER, _BARE),
        older=_TEASERS,
        past=(_past("Headline", "<p>One.</p>"), _past("Other", "<p>Two.</p>")),
        next=_TEASER,
    )


def _past(headline: str, block: str) -> PastText:
    return PastText(at=_AT, headline=headline, standfirst="", body=(block,))


def _bare_story() -> StoryBrief:
    return StoryBrief(
        story=Story(
            id="bare",
            source="proof",
            agency="Agency",
            key="bare",
            section="proof",
            path="proof/bare.html",
            standing=Item(item_id="bare", headline="Headline"),
            state="live",
        )
    )


def lists() -> tuple[ListBrief, ...]:
    """Every kind of list, full and empty."""
    blocks = (("proof", (_BARE, *_TEASERS)),)
    days = ("2022-01-07", "2022-01-09")
    return (
        ListBrief(kind="home", teasers=_TEASERS, by_section=blocks),
        ListBrief(kind="home", teasers=()),
        ListBrief(kind="front", teasers=_TEASERS, section="proof", days=days),
        ListBrief(kind="front", teasers=(), section="proof"),
        ListBrief(
            kind="day",
            teasers=_TEASERS,
            section="proof",
            day="2022-01-08",
            part=2,
            parts=2,
            days=days,
        ),
        ListBrief(kind="day", teasers=(), section="proof", day="2022-01-08"),
        ListBrief(kind="topic", teasers=_TEASERS, topic=_TOPIC, more=True),
        ListBrief(kind="topic", teasers=(), topic=_TOPIC),
    )
