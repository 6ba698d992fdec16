"""The tables of wirecopy.toml as typed, immutable values.

The docstrings of the tables and keys are the text of docs/reference/settings.md.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec

from wirecopy.config.near import suggest
from wirecopy.config.profile import Profile
from wirecopy.errors import ConfigError
from wirecopy.model import Syndication

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TOML table: unknown keys are refused."""


class Strap(_Table, frozen=True):
    """The line above everything that invites to the newsletter."""

    text: str = ""
    """The line; "" shows no strap."""
    url: str = ""
    """Where it leads: the sign-up page."""


class Notice(_Table, frozen=True):
    """Wording of the notice; the facts are not a setting. {agency} and {site} are filled in."""

    untouched: str = ""
    """For a story that staff left as it came; "" uses the wording of the site's language."""
    headline: str = ""
    """For a story whose headline staff reworked."""
    picture: str = ""
    """For a story whose picture staff reworked."""
    both: str = ""
    """For a story whose headline and picture staff reworked."""


class Publisher(_Table, frozen=True):
    """Who publishes the site; of the policies, only pages that exist are named anywhere."""

    legal_name: str = ""
    """The publisher's name in law, where that is not the site's."""
    address: str = ""
    """Postal address, on one line."""
    founded: str = ""
    """Year or date of foundation, such as "1887"."""
    same_as: tuple[str, ...] = ()
    """Addresses of the publisher elsewhere: its entry in an encyclopedia, its accounts."""
    grievance: str = ""
    """The line of the foot that names the grievance officer and how to write to them."""
    ethics: str = ""
    """Page with the code of ethics."""
    corrections: str = ""
    """Page with the policy on corrections; "" names the page of corrections itself."""
    fact_checking: str = ""
    """Page on how facts are verified."""
    unnamed_sources: str = ""
    """Page on the use of unnamed sources."""
    feedback: str = ""
    """Page on how readers can answer back."""
    diversity: str = ""
    """Page with the policy on diversity."""
    diversity_report: str = ""
    """Page with the report on the diversity of the staff."""
    masthead: str = ""
    """Page with the names of the staff."""
    mission: str = ""
    """Page on the mission and priorities of coverage."""
    ownership: str = ""
    """Page on who owns and pays for the site."""
    privacy: str = ""
    """Page on privacy; shown in the foot."""
    accessibility: str = ""
    """Page on accessibility; shown in the foot."""


class Files(_Table, frozen=True):
    """The small files by which machines learn about the site."""

    security_contact: tuple[str, ...] = ()
    """mailto: or https: addresses for reports of security holes; none, and there is no
    security.txt."""
    security_expires: str = ""
    """Moment until which security.txt holds, such as "2027-06-30T00:00:00Z": needed with a
    contact, less than a year ahead, so that somebody looks at it once a year."""
    security_policy: str = ""
    """Page on how such reports are handled."""
    trust: tuple[str, ...] = ()
    """Lines of trust.txt, such as "member=https://journalists.example/"."""
    mining_policy: str = ""
    """Page with the terms on which text may be mined, or with whom to speak about it."""
    hub: str = ""
    """Address of the WebSub hub that passes our feeds on; it is told of every change."""


class Site(_Table, frozen=True):
    """The site as its readers know it."""

    name: str
    """The site's name, in the masthead, the notices and the feeds."""
    url: str
    """Address of the home page, as readers type it; every link of the site begins with it."""
    timezone: str = "UTC"
    """Zone of the times that readers see, such as "Asia/Kolkata"."""
    locale: str = "en"
    """Language and region of dates and labels, such as "en_IN"."""
    tagline: str = ""
    """A few words under the name."""
    description: str = ""
    """One sentence about the site, for search engines and feeds."""
    contact: str = ""
    """A mailto: or https: address for the footer and the publisher's data."""
    strap: Strap = Strap()
    """The line that invites to the newsletter."""
    notice: Notice = Notice()
    """Wording of the notice under each story."""
    logo: str = ""
    """Absolute URL of the publisher's logo."""
    publisher: Publisher = Publisher()
    """Who publishes the site."""
    files: Files = Files()
    """The small files by which machines learn about the site."""
    feed_items: Annotated[int, msgspec.Meta(ge=1, le=500)] = 40
    """Stories in a feed; a topic's has 20 at most."""
    front_items: Annotated[int, msgspec.Meta(ge=5, le=200)] = 40
    """Stories on the home page and on a section's front."""


class Section(_Table, frozen=True):
    """A section of the site; their order is the navigation's."""

    key: Key
    """The section's name in addresses and settings; changing it does not move old stories."""
    name: str
    """The section's name as readers see it."""
    topics: tuple[str, ...] = ()
    """Media Topic codes (medtop:04000000) whose stories belong here, sub-topics included."""
    language: str = ""
    """Language and region of its pages, such as "hi_IN", where that is not the site's."""
    translation_of: str = ""
    """Key of the section that this one is in another language: their fronts lead to each other, and
    a story that belongs to either goes to the one of its own language."""


class Login(_Table, frozen=True):
    """How a source's server is told who we are.

    Secrets stand elsewhere: "env:NAME" is taken from the environment, "file:PATH" from a file (a
    relative path begins at the newsroom folder).
    """

    user: str = ""
    """Name for basic authentication, a mailbox, SFTP or FTPS."""
    password: str = ""
    """Its password, as "env:NAME" or "file:PATH"."""
    token: str = ""
    """Bearer token, as "env:NAME" or "file:PATH"."""
    key: str = ""
    """API key, as "env:NAME" or "file:PATH"; it goes into `header`. For SFTP, the private key."""
    header: str = "X-Api-Key"
    """Header field that carries the API key."""
    certificate: str = ""
    """File with our client certificate and its key (PEM)."""
    authority: str = ""
    """File with the certificates (PEM) that the server's must come from; "" trusts the system's."""
    host_key: str = ""
    """The SFTP server's public key, such as "ssh-ed25519 AAAA..."; SFTP needs it."""


class Push(_Table, frozen=True):
    """Copy that the agency sends to us: POST /intake/NAME, with one of these."""

    token: str = ""
    """Bearer token that the sender shows, as "env:NAME" or "file:PATH"."""
    secret: str = ""
    """Secret with which the sender signs the body (HMAC SHA-256), as "env:NAME" or "file:PATH"."""
    header: str = "X-Signature-256"
    """Header field with the signature: hexadecimal, "sha256=" before it or not."""


class Source(_Table, frozen=True):
    """One feed of one agency: transport, format, rights."""

    name: Key
    """The source's name in the log, in rules and for `ingest --source`; never change it later:
    a story's identity is its source and the agency's id."""
    agency: str
    """The agency that is credited on every story."""
    section: str = ""
    """Key of the section its stories go to when neither rule nor topic says otherwise."""
    path: str = ""
    """Folder that is watched, relative to the newsroom folder."""
    keep: bool = False
    """Leave files where they are and remember them, in place of moving them to done/."""
    url: str = ""
    """Feed that is polled (https://), mailbox (imaps://host/INBOX) or folder of a server
    (sftp://host/path, ftps://host/path)."""
    listen: str = ""
    """Address and port ("127.0.0.1:7901") at which a serial line's bytes are taken."""
    every: str = "2m"
    """How often the feed is asked or the folder is looked through."""
    slowest: str = "15m"
    """The longest pause to which a feed's own rhythm and wishes may stretch `every`."""
    pages: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    """Pages of a paged feed that are read at most; further ones while there may be a gap."""
    websub: bool = False
    """Whether the feed's hub is asked to send its news at once; `site.url` must reach us."""
    login: Login = Login()
    """How its server is told who we are."""
    push: Push = Push()
    """Copy that the agency sends to us."""
    format: str = ""
    """Forces a format; "" reads it from the bytes."""
    language: str = ""
    """Language of copy that does not say (a tag such as "en-IN")."""
    timezone: str = ""
    """Zone of times without one; "" means UTC."""
    priority: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50
    """Which agency's copy is preferred where two tell the same story; higher wins."""
    show_initials: bool = True
    """Whether desk initials of the sign-off (int/shs) are shown to readers."""
    syndication: Syndication = "self"
    """What search engines are told: "self" (our page is the one to index), "noindex", or
    "canonical-source" (the agency's own page is)."""
    redistribution: Literal["none", "headline", "summary", "full"] = "summary"
    """How much of its copy our own feeds pass on."""
    picture_credit: Literal["optional", "required"] = "optional"
    """Whether a picture of this source is shown only with a credit beside it."""
    recordings: Literal["link", "none"] = "link"
    """Whether films and sound that come beside its copy are links to the agency's address."""
    mining: Literal["reserved", "allowed"] = "reserved"
    """Whether machines may learn from its copy; pages of several sources take the strictest."""
    allow_private: bool = False
    """Whether `url`, and the pictures of its copy, may lead to a private or loopback address."""
    networks: tuple[str, ...] = ()
    """Networks ("198.18.0.0/15") that may be reached although they are refused else."""
    ports: tuple[int, ...] = ()
    """Ports, beside that of `url` and the usual ones, to which the feed may lead."""
    copyright: str = ""
    """Copyright line where the wire carries none."""
    profile: str = ""
    """Name of the profile its copy is read by; "" finds it by the sender's marks in the copy, then
    by the agency. `wirecopy profile list` shows them."""
    trust_text_kills: bool | None = None
    """Whether a kill in prose that names one story takes it down without staff; left out, its
    profile says."""
    kill_ambiguous: Literal["hold", "alert"] | None = None
    """What a kill does that may mean several stories: hold them all, or only tell staff; left out,
    its profile says."""


Strings = tuple[str, ...]
Urgency = int | str | tuple[int | str, ...]


class When(_Table, frozen=True):
    """What a rule looks at: every key given must match; a list matches any of its values."""

    source: Strings | str = ()
    """Name of the source."""
    agency: Strings | str = ()
    """The agency as its source names it."""
    section: Strings | str = ()
    """Key of the section, as an earlier rule left it."""
    subject: Strings | str = ()
    """Name or code of a subject; a Media Topic code (medtop:15000000) takes its sub-topics in."""
    keyword: Strings | str = ()
    """A keyword of the story."""
    place: Strings | str = ()
    """Name or code of a place, the dateline's included."""
    urgency: Urgency = ()
    """A number from 1 (highest) to 9, a comparison ("<=3", ">5") or a range ("2-4")."""
    genre: Strings | str = ()
    """The genre as the agency names it."""
    language: Strings | str = ()
    """A language tag; "en" takes "en-IN" in."""
    headline: str = ""
    """Regular expression, looked for anywhere, case ignored."""
    slug: str = ""
    """Regular expression, looked for anywhere, case ignored."""
    has_picture: bool | None = None
    """Whether the story must have a picture that may be used, or must have none."""
    rights: str = ""
    """Regular expression over usage terms and restrictions."""


class Then(_Table, frozen=True):
    """What a rule does."""

    section: str = ""
    """Key of the section the story goes to."""
    action: Literal["", "publish", "hold", "ignore"] = ""
    """Publish the story, hold it for staff, or take no notice of it."""
    publish_after: str = ""
    """Hold this long ("10m"), then publish unless staff stopped it; not with hold or ignore."""
    add_topic: Strings | str = ()
    """Names of topics to add."""
    syndication: Literal["", "self", "noindex", "canonical-source"] = ""
    """As a source's syndication, for this story."""


class Rule(_Table, frozen=True):
    """One desk rule. Rules run in order; the first to decide an action wins."""

    name: str
    """The rule's name, as reasons and the newsroom show it."""
    when: When = When()
    """What the rule looks at; left out, it matches every story."""
    then: Then = Then()
    """What the rule does."""


class Desk(_Table, frozen=True):
    """What happens to a story that no rule decides."""

    default: Literal["publish", "hold"] = "publish"
    """Publish it, or hold it for staff."""


class Web(_Table, frozen=True):
    """The built-in server."""

    host: str = "127.0.0.1"
    """Address to listen on; "0.0.0.0" listens on all."""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8080
    """Port to listen on."""
    metrics: str = ""
    """Bearer token for /metrics, as "env:NAME" or "file:PATH"; without one, only programs on this
    machine are answered."""


class Watch(_Table, frozen=True):
    """How the newsroom is watched: its log, and who is told when a source is in trouble."""

    log: Literal["text", "json"] = "text"
    """What is written while running: sentences, or a JSON object per delivery and event."""
    mail: str = ""
    """Address that alerts are sent to."""
    sender: str = ""
    """Address that alerts come from; "" is the same."""
    smtp: str = "localhost:25"
    """Server and port that take the mail."""
    user: str = ""
    """Name at that server; with one, the connection is encrypted (STARTTLS)."""
    password: str = ""
    """Its password, as "env:NAME" or "file:PATH"."""
    webhook: str = ""
    """Address that alerts are posted to as JSON."""
    allow_private: bool = False
    """Whether the webhook may lead to a private or loopback address."""


Network = Literal[
    "whatsapp", "telegram", "x", "facebook", "bluesky", "mastodon", "linkedin", "reddit"
]


class Press(_Table, frozen=True):
    """How pages are made."""

    theme: str = "theme"
    """Folder with your own templates, relative to the newsroom folder."""
    related: Annotated[int, msgspec.Meta(ge=0, le=3)] = 3
    """Related stories in a story's body, at most."""
    topics: Annotated[int, msgspec.Meta(ge=0, le=8)] = 8
    """Topics under a story, at most."""
    ninjs: Literal["none", "full", "all"] = "full"
    """Which stories lie beside their page as ninjs 3 too: those whose source passes full text on,
    or all but those whose source passes nothing on. It holds what feeds may hold."""
    share: tuple[Network, ...] = ("whatsapp", "telegram", "x", "facebook")
    """Networks that a story links for passing it on, beside e-mail; plain links, no tracker."""
    differences: Literal["none", "updates", "all"] = "updates"
    """Which changes a story's history shows word by word; "updates" leaves corrections out, as
    what an agency corrects is not to be said again."""


class Pictures(_Table, frozen=True):
    """Where readers get pictures from, and for how long."""

    keep: Literal["link", "fetch", "own"] = "fetch"
    """Fetch each picture once, cut it to size and serve it ourselves: "fetch" links the agency's
    file until it has been asked for, "own" shows a card till then; "link" never fetches any."""
    cards: bool = True
    """Whether a story without a picture gets a card, drawn for social networks."""
    card_font: str = ""
    """Font file for cards in scripts beyond the theme's Latin, relative to the newsroom folder."""
    archive_days: Annotated[int, msgspec.Meta(ge=0, le=36500)] = 30
    """Days for which a picture is shown whose terms forbid archiving."""
    avif: bool = False
    """Whether pictures become AVIF as well, a quarter smaller for ten times the work: while nothing
    else is wanted, never before a page and its picture are out."""


class Pipeline(_Table, frozen=True):
    """How much work is taken at once."""

    readers: Annotated[int, msgspec.Meta(ge=0, le=64)] = 0
    """Reading processes; 0 reads in the filing process. With any, others bake a backlog."""
    batch: Annotated[int, msgspec.Meta(ge=1, le=5000)] = 200
    """Log entries filed in one transaction, at most."""
    max_bytes: Annotated[int, msgspec.Meta(ge=1024)] = 20_000_000
    """Bytes of a delivery; a larger one goes to quarantine."""
    max_items: Annotated[int, msgspec.Meta(ge=1)] = 5_000
    """Items of a delivery; one with more goes to quarantine, so that no other waits for it."""
    waiting: Annotated[int, msgspec.Meta(ge=10)] = 20_000
    """Log entries that may wait to be filed before intake slows down and says so."""


class Retention(_Table, frozen=True):
    """How much of the wire log is kept; what goes out of it lies in a snapshot of the archive."""

    keep: str = ""
    """How long deliveries and orders are kept as they came, such as "400d"; "" keeps all."""
    most_mb: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Megabytes that are kept at most, the newest; 0 keeps all. The last day always stays."""


class Chains(_Table, frozen=True):
    """How far apart items of one story may be."""

    span: str = "36h"
    """From the first item under a slug to the last one that carries it on."""
    gap: str = "12h"
    """From one item to the next, where a night lies between them."""
    alike_within: str = "3d"
    """How long the same text is looked for, under another id or from another source."""
    whole_lead: int = 40
    """Percent of the text before it below which AP's new lead may be its top alone, and waits."""


class KnownTopic(_Table, frozen=True):
    """A topic of your own world: what else it is called, and which topics it takes in."""

    name: str
    """The topic's name as readers see it; its address follows from it and then stays."""
    kind: Literal["person", "organisation", "place", "event", "object"] = "organisation"
    """What it is."""
    aliases: tuple[str, ...] = ()
    """Other names in copy that mean it: short forms, peoples' names, other spellings."""
    merge: tuple[str, ...] = ()
    """Names of topics whose stories belong here too, whoever named them."""


MediaTopic = Annotated[str, msgspec.Meta(pattern=r"^medtop:[0-9]{8}$")]
"""The code of a Media Topic."""


class Concept(_Table, frozen=True):
    """A Media Topic as `wirecopy vocabulary import` writes it into vocabulary.toml."""

    code: MediaTopic
    """Its code (medtop:20000822)."""
    name: str = ""
    """Its name in the site's language."""
    parent: str = ""
    """The code above it."""


class Config(_Table, frozen=True):
    """The whole of wirecopy.toml."""

    site: Site
    """The site as its readers know it."""
    sections: tuple[Section, ...] = ()
    """The sections in the order of the navigation; none means a usual set of eight."""
    sources: tuple[Source, ...] = ()
    """The feeds that are taken."""
    rules: tuple[Rule, ...] = ()
    """The desk's rules, in the order in which they run."""
    topics: tuple[KnownTopic, ...] = ()
    """Topics with their other names; after a change, `wirecopy rebuild` files old copy by it."""
    vocabulary: tuple[Concept, ...] = ()
    """Names of Media Topics that come as codes alone."""
    desk: Desk = Desk()
    """What happens to a story that no rule decides."""
    web: Web = Web()
    """The built-in server."""
    press: Press = Press()
    """How pages are made."""
    pictures: Pictures = Pictures()
    """Where readers get pictures from, and for how long."""
    pipeline: Pipeline = Pipeline()
    """How much work is taken at once."""
    log: Retention = Retention()
    """How much of the wire log is kept."""
    chains: Chains = Chains()
    """How far apart items of one story may be."""
    profiles: tuple[Profile, ...] = ()
    """The newsroom's own profiles; no table of the file, each is one in the folder profiles/."""
    watch: Watch = Watch()
    """How the newsroom is watched."""

    def source(self, name: str) -> Source:
        """The source of that name; ConfigError with the nearest names if there is none."""
        for source in self.sources:
            if source.name == name:
                return source
        known = [source.name for source in self.sources]
        raise ConfigError(f"There is no source {name!r}.{suggest(name, known)}")


DEFAULT_SECTIONS = (
    Section(key="world", name="World", topics=("medtop:11000000", "medtop:16000000")),
    Section(key="business", name="Business", topics=("medtop:04000000", "medtop:09000000")),
    Section(key="science", name="Science", topics=("medtop:13000000",)),
    Section(key="health", name="Health", topics=("medtop:07000000",)),
    Section(key="environment", name="Environment", topics=("medtop:06000000", "medtop:17000000")),
    Section(key="culture", name="Culture", topics=("medtop:01000000", "medtop:10000000")),
    Section(key="sport", name="Sport", topics=("medtop:15000000",)),
    Section(key="news", name="News", topics=()),
)
"""The sections of a newsroom that names none of its own; the last takes what fits nowhere."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


RESERVED = frozenset(
    {
        "assets",
        "coverage",
        "gone",
        "intake",
        "pictures",
        "search",
        "sitemaps",
        "topics",
        "websub",
        "con",
        "prn",
        "aux",
        "nul",
    }
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""Folders of the site that are no sections, and names that Windows keeps for devices."""


def duration(text: str, where: str = "") -> timedelta:
    """The length of time of "90s", "10m", "2h" or "1d"; ConfigError otherwise."""
    match = re.fullmatch(r"([0-9]{1,6})\s*([smhd])", text.strip())
    if not match:
        raise ConfigError(
            f'{where or "A duration"} is {text!r}: write it as "90s", "10m", "2h" or "400d".'
        )
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; "" is UTC."""
    return ZoneInfo(name or "UTC")


TABLES: dict[str, type[_Table]] = {
    "": Config,
    "site": Site,
    "site.strap": Strap,
    "site.notice": Notice,
    "site.publisher": Publisher,
    "site.files": Files,
    "sections": Section,
    "sources": Source,
    "sources.login": Login,
    "sources.push": Push,
    "topics": KnownTopic,
    "vocabulary": Concept,
    "rules": Rule,
    "rules.when": When,
    "rules.then": Then,
    "desk": Desk,
    "web": Web,
    "press": Press,
    "pictures": Pictures,
    "pipeline": Pipeline,
    "log": Retention,
    "chains": Chains,
    "watch": Watch,
}
"""Every table by its path; "" is the file itself."""


ARRAYS = frozenset({"sections", "sources", "topics", "vocabulary", "rules"})
"""The tables of which there may be several."""


def heading(table: str) -> str:
    """How a table's heading is typed."""
    return f"[[{table}]]" if table in ARRAYS else f"[{table}]"
