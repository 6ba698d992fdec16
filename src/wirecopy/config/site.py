"""The site as its readers know it: its name, its publisher, its sections."""

from __future__ import annotations

from typing import Annotated

import msgspec

from wirecopy.config.values import Key, Table


class Strap(Table, frozen=True):
    """The line above everything that invites to the newsletter."""

    text: str = ""
    """The line; "" shows no strap."""
    url: str = ""
    """Where it leads: the sign-up page."""


class Notice(Table, frozen=True):
    """Wording of the notice; the facts are not a setting. {agency} and {site} are filled in."""

    untouched: str = ""
    """For a story that staff left as it came; "" uses the wording of the site's language."""
    headline: str = ""
    """For a story whose headline staff reworked."""
    picture: str = ""
    """For a story whose picture staff reworked."""
    both: str = ""
    """For a story whose headline and picture staff reworked."""


class Publisher(Table, frozen=True):
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


class Files(Table, frozen=True):
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


class Site(Table, frozen=True):
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
    """Stories on a section's front; older ones are on its pages by day. The home page chooses among
    the newest."""


class Section(Table, frozen=True):
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
