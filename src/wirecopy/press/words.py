"""The press's own words: everything a page says that neither agency nor newsroom wrote.

English stands here, as the messages of the gettext catalogues in locale/ (`tongues` reads them).
The name of a field is the message's context, so that one English word may be two of another
language.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec


def _of_english(one: str, many: str) -> Callable[[int], str]:
    return lambda count: one if count == 1 else many


class Plural(msgspec.Struct, frozen=True):
    """A message that counts: English has two forms of it, Arabic six."""

    one: str
    many: str
    told: Callable[[int], str]
    """The form that a language has for a number."""

    def of(self, count: int) -> str:
        """The form for `count`; {n} is still to be filled in."""
        return self.told(count)


def plural(one: str, many: str) -> Plural:
    """A message that counts, in English."""
    return Plural(one, many, _of_english(one, many))


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The interface strings of one language; the defaults are English.

    Names in braces are filled in by the press: {agency}, {site}, {who}, {name}, {n}, {time}.
    """

    # the frame of every page
    skip: str = "Skip to content"
    sections: str = "Sections"
    home: str = "Home"
    search: str = "Search"
    search_label: str = "Search the site"
    corrections: str = "Corrections"
    about: str = "How this site is made"
    contact: str = "Contact"
    masthead: str = "Who we are"
    ethics: str = "Code of ethics"
    ownership: str = "Ownership and funding"
    feedback: str = "Feedback"
    privacy: str = "Privacy"
    accessibility: str = "Accessibility"
    feed: str = "RSS feed"
    breadcrumb: str = "You are here"
    edition: str = "Last change"
    credit_line: str = "Agency copy belongs to the agencies named beside it."
    colon: str = ": "
    comma: str = ", "
    # a story
    by: str = "By {name}"
    photo: str = "Photo: {credit}"
    video: str = "Video: {title}"
    audio: str = "Audio: {title}"
    embedded: str = "Embedded content: {title}"
    recordings: str = "Video and audio"
    picture_alt: str = "Picture with the report: {headline}"
    min_read: Plural = plural("{n} min read", "{n} min read")
    last_updated: str = "Last updated"
    first_published: str = "First published"
    correction: str = "Correction"
    corrected_tag: str = "Corrected"
    also_read: str = "Also read"
    more_from_section: str = "More from this section"
    topics: str = "Topics"
    topic: str = "Topic"
    next_story: str = "Next story"
    did_you_mean: str = "Did you mean {name}?"
    since: str = "From"
    until: str = "To"
    agency: str = "Agency"
    all_agencies: str = "All agencies"
    coverage: str = "Full coverage"
    timeline: str = "Timeline"
    agencies: str = "Agencies"
    updates_so_far: Plural = plural("{n} update so far", "{n} updates so far")
    developed: str = "How this story developed"
    translations: str = "Also in"
    show_words: str = "Word by word"
    what_changed: str = "What changed"
    share: str = "Share"
    share_mail: str = "Send by e-mail"
    permalink: str = "Link to this story"
    # what happened to it
    published: str = "Published"
    updated: str = "Updated by {who}"
    corrected: str = "Corrected by {who}"
    reworked: str = "Headline or picture changed by {who}"
    withdrawn: str = "Withdrawn by {who}"
    expired: str = "Withdrawn when the licence ended"
    restored: str = "Published again"
    # the notice
    notice_untouched: str = (
        "Published automatically from the {agency} feed; not edited by {site} staff."
    )
    notice_headline: str = (
        "Headline by {site} staff; the rest of this report is from the {agency} feed."
    )
    notice_picture: str = (
        "Picture chosen by {site} staff; the rest of this report is from the {agency} feed."
    )
    notice_both: str = (
        "Headline and picture by {site} staff; the rest of this report is from the {agency} feed."
    )
    notice_updated: str = "Updated by {agency}: {time}."
    notice_corrected: str = "Corrected by {agency}: {time}."
    # lists
    lead_story: str = "Top stories"
    latest: str = "Latest"
    more_top: str = "More of the day"
    live: str = "Live"
    breaking: str = "Breaking"
    developing: str = "Developing"
    opinion: str = "Opinion"
    analysis: str = "Analysis"
    review: str = "Review"
    satire: str = "Satire"
    fact_check: str = "Fact check"
    press_release: str = "Press release"
    sponsored: str = "Sponsored"
    earlier_days: str = "Day by day"
    day_before: str = "The day before"
    day_after: str = "The day after"
    parts: str = "Parts of this day"
    part: str = "Part {n}"
    older_stories: str = "Older stories on this topic"
    nothing_yet: str = "There are no stories here yet."
    # corrections, gone and missing pages
    corrections_intro: str = (
        "Corrections that the agencies sent, and stories that are no longer here, newest first."
    )
    corrections_none: str = "Nothing has been corrected so far."
    withdrawn_story: str = "A report by {agency} was withdrawn."
    gone_title: str = "This story is no longer available"
    gone_withdrawn: str = "The report was withdrawn. Please do not rely on earlier copies of it."
    gone_expired: str = "Our licence to show this report has ended."
    moved_title: str = "One report, one page"
    moved_text: str = "{agency} sent the same report as {other}. It stands here:"
    missing_title: str = "Page not found"
    missing_text: str = "There is no page at this address. Try the search, or begin at home."
    to_home: str = "Go to the home page"
    # search
    results: Plural = plural("{n} result", "{n} results")
    no_results: str = "Nothing was found. Fewer or other words may help."
    sort: str = "Order"
    newest: str = "Newest first"
    relevance: str = "Most relevant"
    all_sections: str = "All sections"
    page_before: str = "Previous results"
    page_after: str = "More results"
    # how this site is made
    about_intro: str = (
        "Reports on this site come from news agencies. They are published automatically; "
        "staff may change the headline and the picture, and nothing else."
    )
    about_agencies: str = "Agencies"
    about_treatment: str = "What the program does to a report"
    about_treatment_intro: str = (
        "These steps are the same for every report, and there are no others."
    )
    treat_clean: str = "Markup is reduced to paragraphs, headings, lists, quotes, tables and links."
    treat_lines: str = "Lines broken by the wire are joined into paragraphs."
    treat_dateline: str = (
        "The dateline is taken out of the text; its place stands beside the agency."
    )
    treat_sign_off: str = "The sign-off is taken out of the text and stands below it."
    treat_markers: str = "Update markers are taken off the headline and the front of the text."
    treat_byline: str = "A line that only names the author becomes the byline."
    treat_notes: str = "Notes to editors are taken out; they are not for readers."
    treat_embargo: str = (
        "A line that says from when on a report may be used is obeyed and taken out of the text."
    )
    treat_signs: str = (
        "Letters and accents are written in one standard form; empty paragraphs and rows of blanks "
        "are left out."
    )
    treat_repeats: str = (
        "A first paragraph that repeats the headline or the standfirst, a feed's own footer, "
        "sign-ups, share buttons and the like, and lines that only lead to other stories of the "
        "agency's site are left out."
    )
    treat_media: str = "Pictures stand apart from the text; players become links."
    treat_missing: str = (
        "A report without a headline or a standfirst is given its first words as one."
    )
    about_notice: str = "What the notice says"
    about_notice_intro: str = (
        "Every report ends with one of these sentences. It is computed from the record of what "
        "was done and cannot be typed."
    )
    about_corrections: str = "Corrections and withdrawals"
    about_corrections_text: str = (
        "A correction by the agency appears above the report and on the corrections page. "
        "When an agency withdraws a report, its text is taken down everywhere at once."
    )


ENGLISH = Words()


_UNBOUND = re.compile(r" (?=[:;?!»])|(?<=«) ")


def bound(text: str, language: str) -> str:
    """`text` with the blanks of French before ; : ? ! and inside « » as such where no line ends."""
    return _UNBOUND.sub("\u00a0", text) if language[:2].lower() == "fr" else text


def fill(pattern: str, **names: str) -> str:
    """`pattern` with its {names} filled in; any other brace stays as it is."""
    for name, value in names.items():
        pattern = pattern.replace("{" + name + "}", value)
    return pattern
