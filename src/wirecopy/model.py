"""The nouns of the road: Delivery -> Item -> Story -> Decision -> Page -> Receipt.

Flat immutable values, no behaviour beyond what their fields say. Tuples, never lists; every
datetime is aware and in UTC. An `Item` (what the agency sent) never changes; a `Story` (what
readers see at one URL) is a new value at every step; the desk's state stands apart from both.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

import msgspec

# --------------------------------------------------------------------------------------
# Log: what arrived, and what staff decided
# --------------------------------------------------------------------------------------


How = Literal[
    "ingest", "folder", "http", "replay", "push", "websub", "mail", "sftp", "ftps", "line"
]
"""The ways in."""


class Delivery(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Bytes as they arrived, with where and how; immutable."""

    source: str
    body: bytes
    name: str = ""
    """File name or URL the bytes came from."""
    media_type: str = ""
    """Content type with charset as the transport declared it; a hint only, the bytes win."""
    how: How = "ingest"
    replays: int = 0
    """For a replay: the sequence number of the delivery that is taken in again."""
    cut: bool = False
    """Whether only its beginning was kept, as it was larger than a delivery may be."""


OrderAction = Literal["release", "hold", "kill", "rework", "reroute"]


class Order(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What a member of staff decided about one story; immutable, with who and why."""

    action: OrderAction
    story: str
    by: str
    why: str = ""
    headline: str | None = None
    """For rework: the new headline; "" takes an earlier rework back."""
    picture: Media | None = None
    """For rework: the new picture; one without renditions takes an earlier rework back."""
    section: str | None = None
    """For reroute: the section's key."""


class Tick(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Nothing but the time: written to the log when a schedule has fallen due."""


class LogEntry(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One line of the wire log. `received` never runs backwards along `seq`."""

    seq: int
    received: datetime
    clock: datetime | None = None
    """What the machine's clock said, where that was earlier: it had been ahead and was set back."""
    entry: Delivery | Order | Tick

    @property
    def now(self) -> datetime:
        """The time by which embargoes and other schedules are judged."""
        return self.clock or self.received


OutcomeKind = Literal[
    "published",
    "updated",
    "held",
    "duplicate",
    "superseded",
    "withdrawn",
    "internal",
    "quarantined",
]
OUTCOMES: tuple[OutcomeKind, ...] = get_args(OutcomeKind)


class Outcome(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What became of one item of a delivery (or of a delivery that could not be read)."""

    kind: OutcomeKind
    reason: str = ""
    story: str = ""
    item_id: str = ""
    headline: str = ""


# --------------------------------------------------------------------------------------
# Item: one version of one story as the agency sent it
# --------------------------------------------------------------------------------------

Status = Literal["usable", "withheld", "canceled"]
BlockKind = Literal["p", "h2", "h3", "ul", "ol", "quote", "table", "pre", "hr", "embed", "figure"]


class Block(msgspec.Struct, frozen=True, gc=False):
    """One block of a body: its kind, and its clean HTML *with* the element itself."""

    kind: BlockKind
    html: str


class Dateline(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Where and when a report was filed. `text` is the agency's own line."""

    place: str = ""
    date: str = ""
    """ISO date (YYYY-MM-DD) when it could be resolved, else ""."""
    text: str = ""


class Focus(msgspec.Struct, frozen=True, gc=False):
    """The point of a picture that no crop may lose: shares of width and height from top left."""

    x: float
    y: float


class Rendition(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One file of a picture, video or graphic. `width`/`height` in pixels, `size` in bytes."""

    href: str
    role: str = ""
    mime: str = ""
    width: int | None = None
    height: int | None = None
    size: int | None = None
    focus: Focus | None = None


class Provenance(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Who made a picture, how, and on which terms, as its own file says; "" where it is silent."""

    creator: str = ""
    source_type: str = ""
    """How it came to be: an address of the IPTC's digital source types."""
    terms_url: str = ""
    licensor_url: str = ""


_UNTOLD = Provenance()


class Media(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A picture, video, audio clip or graphic that goes with an item."""

    id: str = ""
    type: Literal["picture", "video", "audio", "graphic"] = "picture"
    headline: str = ""
    caption: str = ""
    alt: str = ""
    credit: str = ""
    copyright: str = ""
    usage_terms: tuple[str, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    status: Status = "usable"
    expires_at: datetime | None = None
    made: Provenance = _UNTOLD
    embargo_until: datetime | None = None
    """Until when it must not be shown, where it has an embargo of its own."""


class Subject(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A subject or entity the agency named. `type` tells a topic from a person or place."""

    name: str = ""
    code: str = ""
    scheme: str = ""
    """Scheme URI where the format resolves it, else the alias or domain as sent."""
    type: Literal["subject", "person", "organisation", "place", "event", "object", "genre"] = (
        "subject"
    )
    rel: str = ""
    confidence: int | None = None
    relevance: int | None = None


class Place(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A place; `lat`/`lon` in degrees (WGS 84)."""

    name: str = ""
    code: str = ""
    scheme: str = ""
    lat: float | None = None
    lon: float | None = None
    role: Literal["dateline", "about"] = "about"


class Rights(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What the agency lets us do, as data that rules act on."""

    copyright_holder: str = ""
    copyright_notice: str = ""
    copyright_year: str = ""
    usage_terms: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    geography: tuple[str, ...] = ()
    license: str = ""


UNSHOWN = "unshown"
"""The role of a note that is a text of the wire for which an item has no field; none is filed."""


class EdNote(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A note to desks; only shown to readers when `publishable`."""

    text: str
    role: str = ""
    publishable: bool = False


class Link(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A relation to another item.

    rel: previous, replaces, corrects, derived, see-also, translation, member, withdraws, holds
    (the last two change the state of `target`).
    """

    rel: str
    target: str
    version: int | None = None
    role: str = ""
    """Of a member of a package: main, picture, sidebar, alternative, or the agency's own word."""


class Marker(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """An update marker taken off a headline or slug."""

    text: str
    action: str
    ordinal: int | None = None
    sure: Literal["S", "G"] = "S"
    """S: a source confirms what it means; G: trade knowledge, a hint that never withdraws."""
    genre: str = ""
    """The form of story that it names (Analysis, Wrapup), "" for none."""
    partial: bool = False
    """Whether its agency also sends only the top of a text under it."""


class Target(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One word by which a kill, a hold or a correction in prose names the item it speaks of."""

    kind: Literal["id", "number", "slug", "headline", "photo"]
    value: str
    own: bool = False
    """Whether it is the notice's own slug or headline, which counts where no other name fits."""


class Item(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One version of one story as the agency sent it; what `wirecopy parse` prints."""

    item_id: str
    version: int | None = None
    status: Status = "usable"
    type: str = "text"
    """text, picture, video, audio, graphic, composite (a package), event, planning."""
    headline: str = ""
    subheadline: str = ""
    slug: str = ""
    kicker: str = ""
    standfirst: str = ""
    byline: str = ""
    byline_title: str = ""
    authors: tuple[str, ...] = ()
    dateline: Dateline | None = None
    body: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    genre: str = ""
    rights: Rights = Rights()
    ed_notes: tuple[EdNote, ...] = ()
    sign_off: str = ""
    links: tuple[Link, ...] = ()
    signals: tuple[str, ...] = ()
    markers: tuple[Marker, ...] = ()
    urgency: int = 5
    language: str = ""
    """BCP 47 tag, or "" when the wire says nothing."""
    first_created: datetime | None = None
    version_created: datetime | None = None
    embargo_until: datetime | None = None
    embargo_text: str = ""
    """An embargo that could not be read as an instant; the story is held while it stands."""
    expires_at: datetime | None = None
    provider: str = ""
    credit_line: str = ""
    """The credit exactly as the agency wants it shown, when it says so."""
    credit_sources: tuple[str, ...] = ()
    url: str = ""
    """The agency's own page for this story."""
    alt_ids: tuple[str, ...] = ()
    """Other ids of the same story; the first is the link when `item_id` came from a guid."""
    numbers: tuple[str, ...] = ()
    """Running numbers by which the agency's desks name this item, such as "dpa 61"."""
    targets: tuple[Target, ...] = ()
    """What this item's words say they kill, hold or correct; see `story.targets`."""
    original: bytes = b""
    """The item as XML, kept only where later revisions may change single parts of it by Duid."""
    edits: bytes = b""
    """Instructions (XML) that change single parts of the revision before (NewsML 1 Update)."""
    id_from: Literal["id", "link", "content"] = "id"
    """Where item_id came from: the format's own id, the link, or a hash of the content."""
    format: str = ""
    warnings: tuple[str, ...] = ()


class Channel(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What a feed says of itself, beside its items."""

    title: str = ""
    url: str = ""
    """The page that the feed belongs to."""
    description: str = ""
    language: str = ""
    copyright: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    links: tuple[Link, ...] = ()
    """Other addresses by their Atom relation: self, hub, next and the like."""


class Reading(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The items of one delivery in the sender's order, as its format gives them."""

    items: tuple[Item, ...] = ()
    format: str = ""
    spoiled: tuple[str, ...] = ()
    """Reasons of single items that could not be read while their neighbours could."""
    channel: Channel = Channel()
    mended: str = ""
    """What was wrong with the bytes as a whole and was put right, "" where nothing was."""


class Sheet(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An item ready to be filed, with all that can be said of it without knowing the archive."""

    item: Item
    fingerprint: str
    """Hash of everything readers can see and of what decides its state."""
    text: str = ""
    """Hash of what readers can see alone: two versions with one hash tell them the same."""
    stem: str = ""
    """The slug without what tells versions apart: the chain it belongs to; see `story.chains`."""
    prints: tuple[int, ...] = ()
    """A sketch of the text by which the same copy is found again; see `story.twins`."""
    terms: tuple[str, ...] = ()
    """Telling words and names ("=slug"), most telling first; relatedness looks among them."""
    heft: tuple[float, ...] = ()
    """What each of the terms counts in the text."""
    topics: tuple[Topic, ...] = ()
    section: str = ""
    section_reason: str = ""
    section_told: bool = True
    """Whether the wire says the section; where it does not, what others taught may."""


class Galley(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One delivery ready to be filed, in the sender's order, or why it cannot be."""

    sheets: tuple[Sheet, ...] = ()
    format: str = ""
    error: str = ""
    """Empty when the delivery was read; else the reason it goes to quarantine."""
    spoiled: tuple[str, ...] = ()
    """Reasons of single items that could not be read while their neighbours could."""


# --------------------------------------------------------------------------------------
# Story: what readers see at one URL
# --------------------------------------------------------------------------------------

State = Literal["live", "held", "embargoed", "withdrawn", "expired", "ignored", "merged"]
"""merged: another story with the same text has the page; this one is told there."""


class Rank(msgspec.Struct, frozen=True, gc=False, order=True):
    """Which version is newer: by number, else the agency's time, else arrival. Higher stands."""

    version: int
    time: datetime
    seq: int
    part: int = 0
    """Position inside the delivery; orders items that arrived together."""


VersionKind = Literal[
    "text", "take", "patch", "edits", "erratum", "notice", "doubt", "internal"
]  # fmt: skip


class Version(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """A version that was filed, without its text; one link of its story's chain."""

    rank: Rank
    fingerprint: str
    status: Status
    received: datetime
    headline: str = ""
    marker: str = ""
    key: str = ""
    """Normalised id of the item it came as: a chain may have several, each with its numbers."""
    kind: VersionKind = "text"
    """text: the whole report; take: more of it; patch: paragraphs to insert or to put in place of
    others; edits: parts changed by Duid; erratum: what was wrong with the text, and no text
    itself; notice: only a word on its state; doubt: text whose own
    words kill or hold it; internal: for desks."""
    ordinal: int | None = None
    """Which lead or update it calls itself; of a take, which take."""
    doubt: str = ""
    """Why words hold the story until staff confirm them; "" for what machines can read."""
    frees: bool = False
    """Whether it lifts the holds before it."""
    numbers: tuple[str, ...] = ()
    """Running numbers by which notices name this very item."""
    means: str = ""
    """Of a notice: the running number that it names; it stands against that item at any age."""
    photo: str = ""
    """The picture that a notice withdraws, and nothing else of the story."""
    length: int = 0
    """Letters of its body."""
    whole_from: int = 0
    """Percent of the text before it from which it is a whole one; 0: it is whole at any length."""


class Kin(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Another story that tells the same, and which of the two says more."""

    story: str
    kinship: Literal["same", "revised", "condensed"]


ChangeKind = Literal[
    "published", "updated", "corrected", "reworked", "withdrawn", "expired", "restored"
]


class Change(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One public change of a story, for the page's history and the corrections page."""

    at: datetime
    kind: ChangeKind
    by: Literal["agency", "staff", "schedule"] = "agency"
    note: str = ""
    """Text that may be shown to readers, e.g. a publishable correction note."""


class Rework(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What staff changed: the headline, the picture, nothing else."""

    headline: str = ""
    over: str = ""
    """The agency's headline that the staff's took the place of."""
    picture: Media | None = None
    at: datetime | None = None
    by: str = ""


class Topic(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a story is about, with a page of its own at /topics/{slug}."""

    slug: str
    name: str
    type: Literal["subject", "person", "organisation", "place", "event", "object"] = "subject"


class Decision(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What the desk says of a story now, always with its reason in words."""

    action: Literal["publish", "hold", "withdraw", "ignore"]
    state: State
    reason: str
    rule: str = ""
    """Name of the rule that decided, "" when none did."""
    due: datetime | None = None
    """When this decision changes by itself (embargo end, delay, expiry)."""


class OrderNote(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A staff order as the story remembers it."""

    seq: int
    at: datetime
    order: Order


Syndication = Literal["self", "noindex", "canonical-source"]


class Story(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The chain of one story's items, the staff's rework beside it, and where it stands."""

    id: str
    source: str
    agency: str
    key: str
    """Normalised item id: (source, key) is the story's identity."""
    section: str = ""
    section_read: str = ""
    """The section that its copy gives, before rules and staff; what rules look at."""
    section_why: str = ""
    """Why its copy belongs there."""
    section_guessed: bool = False
    """Whether no wire and no rule says so: it is told by other stories, once."""
    path: str = ""
    """Site path without a leading slash (world/slug-id.html); fixed when first public."""
    standing: Item | None = None
    """The version that stands; None while only a kill has been seen."""
    standing_rank: Rank | None = None
    standing_received: datetime | None = None
    standing_print: str = ""
    """Fingerprint of the text that stands, also where it is put together from several versions."""
    waits: tuple[str, ...] = ()
    """Parts that could not be put in place and wait for a person, each with its reason."""
    kin: tuple[Kin, ...] = ()
    """Stories of other sources (or shorter ones of its own) that tell the same."""
    voice: str = ""
    """The story among `kin` whose text this one's page shows, "" for its own."""
    shown_print: str = ""
    """Fingerprint of the text that its page shows, its own or that of `voice`."""
    also_from: tuple[str, ...] = ()
    """Agencies that sent the same report too."""
    attached: tuple[Media, ...] = ()
    """Pictures that a package sends with it, as items of their own."""
    tells_of: tuple[str, ...] = ()
    """Ids of the stories that this one, a notice to desks, kills, holds or frees."""
    linked: tuple[str, ...] = ()
    """Ids of the wrap-ups, sidebars and analyses of its chain, or of the report they go with."""
    versions: tuple[Version, ...] = ()
    orders: tuple[OrderNote, ...] = ()
    rework: Rework = Rework()
    state: State = "held"
    reason: str = ""
    rule: str = ""
    due: datetime | None = None
    first_received: datetime | None = None
    first_published: datetime | None = None
    updated: datetime | None = None
    """Time of the last public change."""
    topics: tuple[Topic, ...] = ()
    related: tuple[str, ...] = ()
    """Ids of earlier stories, best first, chosen once when the story was filed."""
    related_why: tuple[str, ...] = ()
    """For each of them why it was chosen."""
    changes: tuple[Change, ...] = ()
    syndication: Syndication = "self"
    day_part: int = 0
    """Part of its section's day page, given once at first publication."""
    map_part: int = 0
    """Part of its day's sitemap, given once at first publication."""


class Teaser(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What lists, feeds and links show of a live story."""

    id: str
    path: str
    headline: str
    standfirst: str
    section: str
    agency: str
    credit: str
    authors: tuple[str, ...] = ()
    """Whom the agency names as having written it."""
    source: str = ""
    text: str = ""
    """Digest of the text that stands: a list that passes the text on changes with it."""
    first_published: datetime
    updated: datetime
    agency_time: datetime | None = None
    urgency: int = 5
    language: str = ""
    picture: Media | None = None
    topics: tuple[Topic, ...] = ()
    syndication: Syndication = "self"
    corrected: bool = False
    updates: int = 0
    """How often the agency has changed the text since it was published."""
    flag: str = ""
    """The marker with which the agency flags the version that stands, such as BREAKING."""
    genres: tuple[str, ...] = ()
    """What kinds of text the agency says it is, in its own words."""
