"""What templates see: one small frozen dataclass per page, and the parts they are made of.

Every field carries its description; docs/reference/templates.md is made from them. Fields of
type `Html` are markup already and are printed as they are; everything else is escaped.
"""

from __future__ import annotations

from html import escape
from typing import Annotated

import msgspec


class Html(str):
    """Text that is markup already: templates print it without escaping it again."""

    __slots__ = ()

    def __html__(self) -> str:
        """The text itself; this is how the template engine knows it is safe."""
        return self


def attribute(text: str) -> Html:
    """`text` fit for an HTML attribute: escaped, but with its slashes left readable."""
    return Html(escape(text))


url = attribute
"""An address is made fit as any other text is; the name says what it is."""


def _doc(text: str) -> msgspec.Meta:
    return msgspec.Meta(description=text)


class View(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A value that templates may read and nobody may change."""


class Stamp(View, frozen=True, kw_only=True):
    """A moment in the site's time zone and language."""

    iso: Annotated[str, _doc("ISO 8601 with offset, for the datetime attribute")]
    text: Annotated[str, _doc("Date, time and zone in words, as story pages show it")]
    short: Annotated[str, _doc("Short date and time, as lists show it")]
    clock: Annotated[str, _doc("Time of day only, where the day stands above")]
    day: Annotated[str, _doc("Local date YYYY-MM-DD")]


class Link(View, frozen=True, kw_only=True):
    """A link with its text."""

    name: Annotated[str, _doc("Text of the link")]
    url: Annotated[Html, _doc("Address, ready for an attribute")]
    current: Annotated[bool, _doc("Whether it leads to the page it stands on")] = False
    lang: Annotated[str, _doc("Language of the text where that is not the page's, else empty")] = ""


class Feed(View, frozen=True, kw_only=True):
    """One feed of a page, for its head and its foot."""

    title: Annotated[str, _doc("Name and format of the feed")]
    type: Annotated[Html, _doc("Media type")]
    url: Annotated[Html, _doc("Absolute address")]


class Alternate(View, frozen=True, kw_only=True):
    """A page that says the same in another language, for search engines."""

    lang: Annotated[str, _doc('Its language, or "x-default" for readers of all others')]
    url: Annotated[Html, _doc("Absolute address")]


class Tongue(View, frozen=True, kw_only=True):
    """A page that says the same in another language, for readers."""

    name: Annotated[str, _doc("The language's name in itself")]
    url: Annotated[Html, _doc("Address of the page")]
    lang: Annotated[str, _doc("The language (BCP 47)")]
    dir: Annotated[str, _doc('"ltr" or "rtl"')]


class Meta(View, frozen=True, kw_only=True):
    """One meta element of the head."""

    attribute: Annotated[str, _doc('"name", "property" or "http-equiv"')]
    key: Annotated[str, _doc("Name of the property, such as og:title")]
    content: Annotated[Html, _doc("Its value")]


class Head(View, frozen=True, kw_only=True):
    """The machine-readable head of a page."""

    title: Annotated[str, _doc("Title of the document")]
    canonical: Annotated[Html, _doc('Absolute address that stands for this page, or ""')] = Html()
    robots: Annotated[str, _doc("What search engines may do with the page")] = ""
    metas: Annotated[tuple[Meta, ...], _doc("Description, Open Graph and card properties")] = ()
    feeds: Annotated[tuple[Feed, ...], _doc("Feeds that belong to the page")] = ()
    alternates: Annotated[tuple[Alternate, ...], _doc("The page in every language it is in")] = ()
    reserved: Annotated[bool, _doc("Whether machines may not learn from the page")] = True
    jsonld: Annotated[Html, _doc('schema.org graph, safe inside a script element, or ""')] = Html()


class Picture(View, frozen=True, kw_only=True):
    """A picture with all that must be shown beside it."""

    src: Annotated[Html, _doc("Address of the file for browsers without srcset")]
    srcset: Annotated[Html, _doc('Renditions with their widths, or ""')]
    avif: Annotated[Html, _doc('The same as AVIF where it has been made, or ""')]
    width: Annotated[int, _doc("Width in pixels; 1200 where the agency gave none")]
    height: Annotated[int, _doc("Height in pixels; 800 where the agency gave none")]
    measured: Annotated[bool, _doc("Whether width and height are the agency's own")]
    alt: Annotated[str, _doc("Description for those who do not see it")]
    caption: Annotated[str, _doc('Caption as the agency sent it, or ""')]
    credit: Annotated[str, _doc('Who made or owns the picture, or ""')]
    classes: Annotated[
        str, _doc('Classes: "small", and what keeps its focal point in view (fx2 fy7), or ""')
    ]


class Teaser(View, frozen=True, kw_only=True):
    """A story as lists and links show it."""

    id: Annotated[str, _doc("Our id of the story")]
    url: Annotated[Html, _doc("Address of its page")]
    headline: Annotated[str, _doc("Its headline")]
    standfirst: Annotated[str, _doc('One sentence about it, or ""')]
    section: Annotated[Link, _doc("Its section")]
    tone: Annotated[int, _doc("Colour number of its section, 1 to 8")]
    credit: Annotated[str, _doc("Agency or agencies that must be named")]
    published: Annotated[Stamp, _doc("When it was first published")]
    updated: Annotated[Stamp, _doc("When it last changed")]
    picture: Annotated[Picture | None, _doc("Its picture; none in a story's own page")]
    corrected: Annotated[bool, _doc("Whether it has been corrected")]
    mark: Annotated[
        str,
        _doc(
            'What kind of text it is ("opinion", "press_release"), else "live", "breaking" or '
            '"developing" while it is fresh, else ""'
        ),
    ]
    mark_text: Annotated[str, _doc("The mark in words")]
    lang: Annotated[str, _doc("Its language where that is not the site's, else empty")]
    dir: Annotated[str, _doc('"ltr" or "rtl"')]


class Correction(View, frozen=True, kw_only=True):
    """One correction of a story."""

    at: Annotated[Stamp, _doc("When it was made")]
    who: Annotated[str, _doc("Who made it, as a sentence")]
    note: Annotated[str, _doc('What was wrong, as the agency puts it, or ""')]


class Recording(View, frozen=True, kw_only=True):
    """A film or sound that came with a story: a link, no player."""

    text: Annotated[str, _doc("What it is, with its label")]
    url: Annotated[Html, _doc("Address of the file at the agency")]
    credit: Annotated[str, _doc('Who must be named beside it, or ""')]


class Change(View, frozen=True, kw_only=True):
    """One line of a story's history."""

    at: Annotated[Stamp, _doc("When it changed")]
    what: Annotated[str, _doc("What happened, and by whom")]
    note: Annotated[str, _doc('More about it, or ""')]
    headline: Annotated[str, _doc('Headline that came with it where that is another, or ""')]
    words: Annotated[Html, _doc('What changed, word by word with ins and del, or ""')]


class Moment(View, frozen=True, kw_only=True):
    """One point in the timeline of a developing story."""

    at: Annotated[Stamp, _doc("When it was")]
    text: Annotated[str, _doc("What was new: a headline or a sentence of the text")]
    url: Annotated[Html, _doc('Address of the story that it was, "" for this one')]
    lang: Annotated[str, _doc("Language of the text")]
    dir: Annotated[str, _doc('"ltr" or "rtl"')]


class Day(View, frozen=True, kw_only=True):
    """The stories of one day in a list."""

    name: Annotated[str, _doc("The day in words")]
    iso: Annotated[str, _doc("The day as YYYY-MM-DD")]
    stories: Annotated[tuple[Teaser, ...], _doc("Its stories, newest first")]


class Block(View, frozen=True, kw_only=True):
    """A section's place on the home page."""

    section: Annotated[Link, _doc("The section")]
    tone: Annotated[int, _doc("Colour number of the section, 1 to 8")]
    stories: Annotated[
        tuple[Teaser, ...],
        _doc("Its newest stories that stand nowhere above, where there are enough"),
    ]


class Site(View, frozen=True, kw_only=True):
    """What is the same on every page."""

    name: Annotated[str, _doc("Name of the site")]
    tagline: Annotated[str, _doc('Line under the name, or ""')]
    description: Annotated[str, _doc('What the site is, or ""')]
    lang: Annotated[str, _doc("Language of the site (BCP 47)")]
    dir: Annotated[str, _doc('"ltr" or "rtl"')]
    own_lang: Annotated[
        str, _doc("Language of the site's own texts where it is not lang, or empty")
    ]
    home: Annotated[Html, _doc("Address of the home page")]
    search: Annotated[Html, _doc("Address of the search page")]
    about: Annotated[Html, _doc("Address of the page that says how the site is made")]
    corrections: Annotated[Html, _doc("Address of the corrections page")]
    opensearch: Annotated[Html, _doc("Address of the search description")]
    sitemap: Annotated[Html, _doc("Address of the sitemap")]
    rss: Annotated[Html, _doc("Address of the RSS feed of the whole site")]
    sections: Annotated[tuple[Link, ...], _doc("Navigation")]
    strap_text: Annotated[str, _doc('Line above everything, or ""')]
    strap_url: Annotated[Html, _doc('Where the strap leads, or ""')]
    contact: Annotated[Html, _doc('mailto: or https: address of the publisher, or ""')]
    licence: Annotated[Html, _doc("Address of the licence for machines (RSL)")]
    mining_policy: Annotated[Html, _doc('Page on the terms of mining text, or ""')]
    policies: Annotated[tuple[Link, ...], _doc("The publisher's pages of policies")]
    grievance: Annotated[str, _doc('Line that names the grievance officer, or ""')]
    stylesheet: Annotated[Html, _doc("Address of the stylesheet")]
    icon: Annotated[Html, _doc("Address of the site's icon")]
    assets: Annotated[dict[str, Html], _doc("Address of every file of assets/, by its name")]


class Page(View, frozen=True, kw_only=True):
    """What every page has."""

    head: Annotated[Head, _doc("Head of the document")]
    here: Annotated[Html, _doc('Front of the section the page stands in, or ""')] = Html()


class StoryPage(Page, frozen=True, kw_only=True):
    """A story's own page, part by part."""

    id: Annotated[str, _doc("Our id of the story")]
    version: Annotated[str, _doc("Version of the story that stands")]
    state: Annotated[str, _doc("State of the story")]
    lang: Annotated[str, _doc("Language of the story")]
    dir: Annotated[str, _doc('Direction of its script: "ltr" or "rtl"')]
    foreign: Annotated[bool, _doc("Whether the story's language is not the site's")]
    breadcrumb: Annotated[tuple[Link, ...], _doc("The way from the home page")]
    section: Annotated[Link, _doc("Its section")]
    tone: Annotated[int, _doc("Colour number of its section, 1 to 8")]
    agency: Annotated[str, _doc("The agency whose feed it came from")]
    headline: Annotated[str, _doc("Part 2: the headline")]
    standfirst: Annotated[str, _doc('Part 3: the standfirst, or ""')]
    picture: Annotated[Picture | None, _doc("Part 4: the picture; without one, the section's card")]
    photo: Annotated[str, _doc('Credit of the picture with its label, or ""')]
    byline: Annotated[str, _doc("Part 5: byline, agency and place")]
    reading_time: Annotated[str, _doc('Part 6: reading time, or ""')]
    updated: Annotated[Stamp | None, _doc("Part 7: last public change")]
    corrections: Annotated[tuple[Correction, ...], _doc("Corrections, newest first")]
    body: Annotated[Html, _doc("Part 8: the body up to Also Read, or the whole of it")]
    also_read: Annotated[tuple[Teaser, ...], _doc("Part 9: earlier stories inside the body")]
    body_rest: Annotated[Html, _doc('The body after Also Read, or ""')]
    recordings: Annotated[
        tuple[Recording, ...], _doc("Films and sound that came beside the text, as links")
    ]
    sign_off: Annotated[tuple[str, ...], _doc("Part 10: the agency's sign-off, line by line")]
    notice: Annotated[str, _doc("Part 11: what staff did and did not do")]
    more: Annotated[tuple[Teaser, ...], _doc("Part 12: more from this section")]
    topics: Annotated[tuple[Link, ...], _doc("Part 13: topics")]
    coverage: Annotated[Link | None, _doc("The page on its event, where other agencies tell it")]
    first_published: Annotated[Stamp | None, _doc("Part 14: first publication")]
    next: Annotated[Teaser | None, _doc("Part 15: the next story")]
    mark: Annotated[
        str,
        _doc(
            'What kind of text it is ("opinion", "analysis"), else "live", "breaking" or '
            "\"developing\" by the agency's word, or its event's pace"
        ),
    ]
    mark_text: Annotated[str, _doc("The mark in words")]
    updates: Annotated[str, _doc('How often a developing story has changed, or ""')]
    timeline: Annotated[tuple[Moment, ...], _doc("How a developing story came about, newest first")]
    history: Annotated[tuple[Change, ...], _doc("What changed, newest first")]
    copyright: Annotated[str, _doc('Copyright line of the agency, or ""')]
    licence: Annotated[
        Link | None, _doc("The licence that the agency names for its copy, such as CC BY-ND 4.0")
    ]
    translations: Annotated[tuple[Tongue, ...], _doc("The report in other languages")]
    permalink: Annotated[Html, _doc("Absolute address of the page")]
    mailto: Annotated[Html, _doc("Address that opens a mail with headline and link")]
    share: Annotated[tuple[Link, ...], _doc("Plain links that pass the story on; no tracker")]


class HomePage(Page, frozen=True, kw_only=True):
    """The home page."""

    edition: Annotated[Stamp | None, _doc("When the newest of its stories changed")]
    lead: Annotated[Teaser | None, _doc("The lead story")]
    seconds: Annotated[tuple[Teaser, ...], _doc("Stories beside the lead")]
    more: Annotated[tuple[Teaser, ...], _doc("More of weight, each with a picture")]
    latest: Annotated[tuple[Teaser, ...], _doc("The newest of the other stories")]
    blocks: Annotated[tuple[Block, ...], _doc("A block for every section that has stories")]
    first_picture: Annotated[
        str, _doc('Id of the first story shown with its picture, which does not wait; "" for none')
    ]


class FrontPage(Page, frozen=True, kw_only=True):
    """A section's front."""

    section: Annotated[Link, _doc("The section")]
    tone: Annotated[int, _doc("Colour number of the section, 1 to 8")]
    edition: Annotated[Stamp | None, _doc("When the newest of its stories changed")]
    breadcrumb: Annotated[tuple[Link, ...], _doc("The way from the home page")]
    translations: Annotated[tuple[Tongue, ...], _doc("The front in other languages")]
    lead: Annotated[Teaser | None, _doc("The lead story")]
    seconds: Annotated[tuple[Teaser, ...], _doc("Stories beside the lead")]
    river: Annotated[tuple[Day, ...], _doc("The others, day by day")]
    days: Annotated[tuple[Link, ...], _doc("Pages of earlier days, newest first")]
    first_picture: Annotated[
        str, _doc('Id of the first story shown with its picture, which does not wait; "" for none')
    ]


class DayPage(Page, frozen=True, kw_only=True):
    """All stories of a section on one day, or one part of them."""

    section: Annotated[Link, _doc("The section")]
    tone: Annotated[int, _doc("Colour number of the section, 1 to 8")]
    breadcrumb: Annotated[tuple[Link, ...], _doc("The way from the home page")]
    day: Annotated[str, _doc("The day in words")]
    iso: Annotated[str, _doc("The day as YYYY-MM-DD")]
    stories: Annotated[tuple[Teaser, ...], _doc("Its stories, newest first")]
    parts: Annotated[tuple[Link, ...], _doc("The parts of the day, when there are several")]
    before: Annotated[Link | None, _doc("The day before that has a page")]
    after: Annotated[Link | None, _doc("The day after that has a page")]
    first_picture: Annotated[
        str, _doc('Id of the first story shown with its picture, which does not wait; "" for none')
    ]


class TopicPage(Page, frozen=True, kw_only=True):
    """All that is new about one topic."""

    name: Annotated[str, _doc("The topic")]
    breadcrumb: Annotated[tuple[Link, ...], _doc("The way from the home page")]
    lead: Annotated[Teaser | None, _doc("The newest story")]
    stories: Annotated[tuple[Teaser, ...], _doc("The others, newest first")]
    older: Annotated[Html, _doc('Search for the stories before these; "" where there are none')]
    first_picture: Annotated[
        str, _doc('Id of the first story shown with its picture, which does not wait; "" for none')
    ]


class CoveragePage(Page, frozen=True, kw_only=True):
    """One event as several agencies tell it."""

    name: Annotated[str, _doc("The event: whom and what its stories name")]
    breadcrumb: Annotated[tuple[Link, ...], _doc("The way from the home page")]
    mark: Annotated[str, _doc('"developing" while stories of it come fast, else ""')]
    mark_text: Annotated[str, _doc("The mark in words")]
    agencies: Annotated[tuple[str, ...], _doc("Who tells it, with the number of stories")]
    stories: Annotated[tuple[Teaser, ...], _doc("Its stories, newest first")]


class CorrectionLine(View, frozen=True, kw_only=True):
    """One line of the corrections page."""

    at: Annotated[Stamp, _doc("When it was made")]
    what: Annotated[str, _doc("What happened, and by whom")]
    headline: Annotated[str, _doc('Headline of the story; "" of a withdrawn one')]
    url: Annotated[Html, _doc('Address of the story; "" of a withdrawn one')]
    note: Annotated[str, _doc('What was wrong, or ""')]


class CorrectionsPage(Page, frozen=True, kw_only=True):
    """What was corrected and withdrawn."""

    lines: Annotated[tuple[CorrectionLine, ...], _doc("Corrections, newest first")]


class PlainPage(Page, frozen=True, kw_only=True):
    """A page of a title and a few words: 404, 410, the page of a story that is gone."""

    title: Annotated[str, _doc("Heading")]
    text: Annotated[str, _doc("What there is to say")]
    at: Annotated[Stamp | None, _doc("When it happened, of a story that is gone")] = None


class MovedPage(Page, frozen=True, kw_only=True):
    """The page of a story that another page tells."""

    title: Annotated[str, _doc("Heading")]
    text: Annotated[str, _doc("What there is to say")]
    link: Annotated[Link, _doc("The page that tells the report, by its headline")]


class AboutPage(Page, frozen=True, kw_only=True):
    """How the site is made."""

    agencies: Annotated[tuple[str, ...], _doc("Agencies whose copy the site carries")]
    treatment: Annotated[tuple[str, ...], _doc("What the program does to agency text, in full")]
    notices: Annotated[tuple[str, ...], _doc("The notices a story may carry")]


class Hit(View, frozen=True, kw_only=True):
    """One search result."""

    story: Annotated[Teaser, _doc("The story")]
    snippet: Annotated[str, _doc('Words around the match, or ""')]


class SearchPage(Page, frozen=True, kw_only=True):
    """The results of a search."""

    query: Annotated[str, _doc("What was asked")]
    section: Annotated[str, _doc('Section it was narrowed to, or ""')]
    sort: Annotated[str, _doc('"newest" or "relevance"')]
    count: Annotated[str, _doc('How many results there are, as a sentence, or ""')]
    hits: Annotated[tuple[Hit, ...], _doc("The results of this page")]
    sorts: Annotated[tuple[Link, ...], _doc("The orders results can be shown in")]
    sections: Annotated[tuple[Link, ...], _doc("The sections results can be narrowed to")]
    meant: Annotated[Link | None, _doc("What the reader may have meant, where nothing was found")]
    agencies: Annotated[tuple[Link, ...], _doc("The agencies results can be narrowed to")]
    topic: Annotated[str, _doc('Slug of the topic it was narrowed to, or ""')]
    topic_name: Annotated[str, _doc('Name of that topic, or ""')]
    since: Annotated[str, _doc('First day it was narrowed to, as YYYY-MM-DD, or ""')]
    until: Annotated[str, _doc('Last day it was narrowed to, as YYYY-MM-DD, or ""')]
    before: Annotated[Link | None, _doc("The page of results before this one")]
    after: Annotated[Link | None, _doc("The page of results after this one")]
