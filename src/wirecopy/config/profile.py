"""A profile: how one agency differs from the standards it writes in, as a typed, immutable value.

The docstrings of the tables and keys are the text of docs/reference/profiles.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

Action = Literal[
    "replace",
    "replace+correct",
    "replace+silent",
    "append",
    "patch",
    "new-linked",
    "flag",
    "ignore",
    "internal",
    "hold",
    "withdraw",
]
Code = Annotated[str, msgspec.Meta(pattern=r"^medtop:[0-9]{8}(?: .+)?$")]
NinjsId = Annotated[str, msgspec.Meta(pattern=r"^(?:uri|altids\.[A-Za-z0-9_-]{1,40})$")]
Level = Annotated[int, msgspec.Meta(ge=1, le=9)]
Paths = str | tuple[str, ...]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TOML table: unknown keys are refused."""


class LanguageWays(_Table, frozen=True):
    """How its language tags are put right."""

    tags: Mapping[str, str] = {}
    """Better tags for the ones it writes (in lower case)."""
    countries: Mapping[str, tuple[str, ...]] = {}
    """Better tags of the same language, by the country that an item was filed from."""


class Patterns(_Table, frozen=True):
    """Regular expressions for one part of a text, tried in order before the general rules."""

    patterns: tuple[str, ...] = ()
    """Each must match from the part's beginning; a repeat inside a repeat is refused."""


class MarkerRow(_Table, frozen=True):
    """One word that the agency puts on a headline, slug or line, and what it means."""

    pattern: str
    """Regular expression of the word alone; a group named `n` is its number."""
    at: Literal["front", "back", "slug", "line"]
    """Where it stands: before or behind the headline, in the slug, or as a line of its own."""
    action: Action
    """What it does to the story."""
    ordinal: int | None = None
    """The number of the update where the word carries none."""
    sure: Literal["S", "G"] = "S"
    """S where the agency itself says what it means; G where it is a guess, which never kills."""


class Internal(_Table, frozen=True):
    """What is for desks alone and never reaches readers."""

    categories: tuple[str, ...] = ()
    """Categories of the frame or codes of subjects."""
    genres: tuple[str, ...] = ()
    """Genres."""
    words: tuple[str, ...] = ()
    """First words of the slug or keyword line."""


class Ids(_Table, frozen=True):
    """Which field holds the id that stays the same when a story is updated."""

    nitf: Literal["doc-id", "du-key"] = "doc-id"
    """The attribute of NITF; the other one stands in where it is missing."""
    ninjs: NinjsId = "uri"
    """The key of ninjs: "uri", or one of its other ids as "altids.NAME"."""


class FeedWays(_Table, frozen=True):
    """The agency's own elements inside the entries of a feed."""

    namespace: str
    """How the namespace of its elements begins."""
    fields: Mapping[
        str, Literal["id", "summary", "body", "created", "updated", "status"]
    ] = {}  # fmt: skip
    """What each of its elements sets."""
    running: tuple[str, ...] = ()
    """Its words (in lower case) for a story that runs."""


class XmlField(_Table, frozen=True):
    """Where a value stands, and what is done to it."""

    path: Paths = ()
    """A path, or several of which the first that says something counts."""
    constant: str = ""
    """The value itself, where it stands in no element."""
    html: bool = False
    """Whether the element's text is HTML: its words count, a line for each paragraph."""
    join: str = ""
    """What to put between several values; "" takes the first alone."""
    map: Mapping[str, str] = {}
    """Its words (in lower case) and what they stand for; others stay as they are."""
    only: tuple[str, ...] = ()
    """The only words (in lower case) that count; others are taken for nothing."""
    date: str = ""
    """How the time is written, such as "%d.%m.%Y %H:%M"; "" knows all usual ways."""


XmlValue = str | tuple[str, ...] | XmlField


class XmlPart(_Table, frozen=True):
    """One part of the body; the parts follow each other in their order."""

    path: str
    """The elements that hold it."""
    kind: Literal["html", "text", "lines", "link"] = "html"
    """HTML as text; plain text; a paragraph of the lines below; a link with that address."""
    lines: tuple[str, ...] = ()
    """For "lines": paths inside the element, a line for each that says something."""
    heading: str = ""
    """A subheading over it, where the agency's own page has one."""
    before: str = ""
    """Words on a line before it, where the agency's own page has them."""
    unless: str = ""
    """A path: where it leads to something, the part is left out."""


class XmlSubject(_Table, frozen=True):
    """One kind of subject."""

    path: str
    """The elements that name it."""
    code: str = ""
    """A path inside the element to its code; "." is its own text."""
    name: str = ""
    """A path inside the element to its name; "." is its own text."""
    scheme: str = ""
    """The scheme of its codes (a URI)."""
    digits: Annotated[int, msgspec.Meta(ge=0, le=20)] = 0
    """How many digits a code has; noughts that the agency leaves out in front are put back."""


class XmlNote(_Table, frozen=True):
    """One kind of note to desks."""

    path: Paths
    """The elements that hold it; of several, all are put on one line."""
    role: str = "desk"
    """What it is about."""
    html: bool = False
    """Whether its text is HTML."""


class XmlMedia(_Table, frozen=True):
    """One kind of picture, video or graphic. All paths begin at the element."""

    path: str
    """The elements, one for each picture."""
    href: str
    """Where its address stands."""
    type: Literal["picture", "video", "audio", "graphic"] = "picture"
    """What it is."""
    id: str = ""
    """Where its id stands."""
    caption: str = ""
    """Where its caption stands."""
    credit: str = ""
    """Where its credit stands."""


class XmlLink(_Table, frozen=True):
    """One kind of relation to another item."""

    path: str
    """The elements that name the other item's id."""
    rel: Literal["previous", "replaces", "corrects", "see-also", "withdraws", "holds"]
    """What this item is to the other."""


FieldName = Literal[
    "item_id",
    "version",
    "status",
    "headline",
    "subheadline",
    "kicker",
    "slug",
    "standfirst",
    "byline",
    "byline_title",
    "authors",
    "place",
    "keywords",
    "genre",
    "sign_off",
    "signals",
    "urgency",
    "language",
    "first_created",
    "version_created",
    "embargo_until",
    "expires_at",
    "provider",
    "credit_line",
    "url",
    "alt_ids",
    "copyright_holder",
    "copyright_notice",
    "usage_terms",
]


class XmlReader(_Table, frozen=True):
    """How the agency's own XML is read."""

    root: str
    """Name of the document's root element."""
    namespace: str = ""
    """Namespace of the root; names in paths without a prefix are in it too."""
    holds: tuple[str, ...] = ()
    """Elements that stand near the document's front, to tell it from others of that root."""
    prefixes: Mapping[str, str] = {}
    """Prefixes that paths use, and their namespaces."""
    items: str = "."
    """Path from the root to each story; "." is the root itself."""
    fields: Mapping[FieldName, XmlValue] = {}
    """What the fields of a story are read from: a path, a list of paths of which the first that
    says something counts, or a table."""
    body: tuple[XmlPart, ...] = ()
    """The parts of the body."""
    subjects: tuple[XmlSubject, ...] = ()
    """The subjects."""
    notes: tuple[XmlNote, ...] = ()
    """The notes to desks."""
    media: tuple[XmlMedia, ...] = ()
    """Pictures and the like."""
    links: tuple[XmlLink, ...] = ()
    """Relations to other items."""


class Profile(_Table, frozen=True):
    """One agency's ways. Every key but `why` may be left out."""

    key: str = ""
    """The profile's name: that of its file, so it is not written in it."""
    extends: str = ""
    """Name of the profile whose keys hold where this one has none of its own."""
    name: str = ""
    """The agency's name."""
    why: str = ""
    """The reason for the profile, in words."""
    marks: tuple[str, ...] = ()
    """What it calls itself as sender or provider, or the domain in its ids (in lower case)."""
    names: tuple[str, ...] = ()
    """Other spellings and initials of its name, as datelines and sign-offs have them."""
    provider: str = ""
    """The agency's name for items whose own provider is a domain or an editor's initials."""
    languages: tuple[str, ...] = ()
    """The languages it writes in; an only one is that of copy that does not say."""
    language: LanguageWays = LanguageWays()
    """How its language tags are put right."""
    charset: str = ""
    """Character set of bytes that do not tell theirs, such as "iso8859-2"."""
    timezone: str = ""
    """Zone (IANA) of times that carry none."""
    zone_lies: bool = False
    """Whether a Z or an offset is decoration and the clock shows local time (in NewsML-G2 and XML
    of its own)."""
    home: str = ""
    """Where it files from when neither document nor text names a place."""
    slug: str = ""
    """A slug out of the item's own {language}, {created} and {symbols}, as it sends none (in
    NewsML-G2)."""
    credit: str = ""
    """The credit line of items that carry none."""
    urgency: Mapping[int, Level] = {}
    """Its numbers on the IPTC scale, where it counts differently."""
    priorities: Mapping[str, Level] = {}
    """Its letters and words of priority on the IPTC scale (in lower case)."""
    categories: Mapping[str, Code] = {}
    """Its categories (in lower case) as Media Topics, code and name; "service:x" is a service's
    letter."""
    fields: Mapping[
        str, Literal["id", "byline", "slug", "kicker", "note", "url", "urgency"]
    ] = {}  # fmt: skip
    """What its own properties and lines in NewsML 1 mean. Where a property means the id, each
    component under the root is a story of its own."""
    ids: Ids = Ids()
    """Which field holds the id that stays."""
    internal: Internal = Internal()
    """What is for desks alone."""
    feed: FeedWays | None = None
    """Its own elements in feeds."""
    dateline: Patterns = Patterns()
    """Datelines. Groups: `place`, `month`, `day`, `year`, `source`; the match ends where the
    report begins."""
    byline: Patterns = Patterns()
    """Paragraphs that are a byline. Groups: `name` (else all of it) and `title`."""
    signoff: Patterns = Patterns()
    """Last lines that are a sign-off."""
    marker_language: str = ""
    """The agency whose rows of the marker table hold, where that is not its own name."""
    markers: tuple[MarkerRow, ...] = ()
    """Markers of its own beside the table's."""
    trust_text_kills: bool = False
    """Whether a kill in prose that names one story takes it down without staff."""
    kill_ambiguous: Literal["hold", "alert"] = "hold"
    """What a kill does that may mean several stories: hold them all, or only tell staff."""
    xml: XmlReader | None = None
    """How its own XML is read."""

    def __hash__(self) -> int:
        return hash((self.key, self.name))


PROFILE_TABLES: dict[str, type[_Table]] = {
    "": Profile,
    "language": LanguageWays,
    "ids": Ids,
    "internal": Internal,
    "dateline": Patterns,
    "byline": Patterns,
    "signoff": Patterns,
    "markers": MarkerRow,
    "feed": FeedWays,
    "xml": XmlReader,
    "xml.fields": XmlField,
    "xml.body": XmlPart,
    "xml.subjects": XmlSubject,
    "xml.notes": XmlNote,
    "xml.media": XmlMedia,
    "xml.links": XmlLink,
}
"""Every table of a profile by its path; "" is the file itself."""

PROFILE_LISTS = frozenset(
    {"markers", "xml.body", "xml.subjects", "xml.notes", "xml.media", "xml.links"}
)
"""The tables that stand in double brackets."""
