"""What the program does to the agency's text: this list and nothing else, for every story alike.

1. Markers ("UPDATE 2-", "(2nd Ld)") leave headline and slug, and lines that are nothing else leave
   the head and the front of the body; they stand in `markers`.
2. The dateline leaves the first paragraph and stands in `dateline`, its agencies in the credit.
3. The sign-off leaves the end of the body and stands in `sign_off`.
4. A paragraph that is only "By NAME" (and the title under it) becomes the byline.
5. Notes to desks ("Eds: ...", "(Adds quotes)", all that is not for publication) leave the body and
   stand in `ed_notes`.
6. A first paragraph, standfirst or picture's title that only repeats the headline goes, and so
   does a feed's "The post ... appeared first on ..." line, what its site hangs around a text
   (sign-ups, share buttons), and a line that only leads to another story of that site.
7. An embargo in words ("EMBARGOED UNTIL 00:01 GMT FRIDAY") leaves headline, slug, the ends of the
   body and every other text, is read into `embargo_until` or else kept in `embargo_text`, and
   stands in `ed_notes`.
8. Text is normalised to NFC; runs of no-break spaces and empty paragraphs go.

Before that the formats have done, and after it `reading` does, what readers are told of as well:

9. Markup is reduced to paragraphs, headings, lists, quotes, tables and links.
10. Lines that the wire broke are joined into paragraphs.
11. Pictures stand apart from the text, players become links.
12. A report without a headline or standfirst is given its first words as one.

Pure and idempotent: cleaning what is clean changes nothing. No other word of a body is touched.
The page "How this site is made" has a sentence for each of the twelve.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from wirecopy.config.profile import Profile
from wirecopy.model import Item
from wirecopy.story import (
    bylines,
    credit,
    datelines,
    embargo_fields,
    embargoes,
    markers,
    signoffs,
    ways,
)
from wirecopy.story.agencies import names_of
from wirecopy.story.bodies import Body
from wirecopy.story.copyfit import own_words
from wirecopy.story.prose import folded, tidy_line
from wirecopy.story.targets import stopped, targets_in

_PLAIN = Profile()


def clean(
    item: Item,
    *,
    received: datetime,
    agency: str = "",
    language: str = "",
    profile: Profile = _PLAIN,
    timezone: str = "",
) -> Item:
    """The item as it is filed: see the list at the top of this module. Never raises.

    `agency` is the source's agency, `language` what the source says when the wire does not;
    `received` dates a dateline where the wire gives no time; `profile` is the agency's; `timezone`
    is the IANA name of the source's clock, "" for its agency's.
    """
    zone = embargoes.zone_of(timezone or profile.timezone, agency, item.provider)
    tongue = language or item.language
    item = _read_by_words(item, received, agency, tongue, profile, zone)
    if embargoes.opens(item.headline) and item.standfirst:
        # Only now, with its own notice gone, may the next line be the headline of this one.
        item = _read_by_words(item, received, agency, tongue, profile, zone)
    targets = targets_in(item, agency)
    return msgspec.structs.replace(item, targets=targets) if targets else item


def _read_by_words(
    item: Item, received: datetime, agency: str, language: str, profile: Profile, zone: str
) -> Item:
    """The item with every part in its place."""
    own = names_of(item, agency, profile.names)
    tongue = profile.marker_language or agency or item.provider
    reference = item.version_created or item.first_created or received
    item, beside = embargo_fields.beside(item, reference, zone)
    headline, front = embargoes.around(item.headline, reference, zone)
    slug, tokens = embargoes.in_slug(tidy_line(item.slug), reference, zone)
    headline, slug, first = ways.find(headline.strip(), slug, profile.markers)
    headline, slug, found = markers.find(headline, slug, tongue)
    if first or found:  # "URGENT: EMBARGOED UNTIL ...", "... (EMBARGOED) (2nd Ld)"
        item, headline, inner = embargo_fields.bare(item, headline, reference, zone)
        front, (headline, slug, more) = (*front, *inner), markers.find(headline, slug, tongue)
        found = (*found, *more)
    body = Body(item, headline, own, language, received, profile)
    terms = markers.in_terms((*item.rights.usage_terms, *item.rights.restrictions), tongue)
    body.markers = markers.merged(item.markers, first, found, stopped(headline, tongue), terms)
    body.note_embargoes(*front, *tokens, *beside)
    body.take_apart(tongue, zone)
    standfirst = _standfirst(tidy_line(item.standfirst), body, zone)
    until, words = body.embargo(item, zone)
    standfirst = body.unmarked(standfirst, tongue)
    subheadline = body.unmarked(tidy_line(item.subheadline), tongue)
    kicker = body.unmarked(tidy_line(item.kicker), tongue)
    byline = body.byline
    return msgspec.structs.replace(
        item,
        headline=tidy_line(headline),
        subheadline=subheadline,
        slug=slug,
        kicker=kicker,
        standfirst=standfirst,
        byline=byline,
        byline_title=body.byline_title,
        authors=item.authors or bylines.people(body.people or byline, own),
        dateline=body.dateline,
        body=tuple(body.blocks),
        media=own_words(item.media, body.headlines),
        ed_notes=body.ed_notes,
        sign_off=body.sign_off,
        markers=body.markers,
        genre=item.genre or next((mark.genre for mark in body.markers if mark.genre), ""),
        embargo_until=until,
        embargo_text=words,
        language=item.language or language,
        credit_sources=credit.sources_of(
            own,
            agency=agency,
            provider=item.provider,
            known=item.credit_sources,
            more=(
                *body.sources,
                *credit.named_in(item.credit_line, own),
                *(signoffs.agencies_of(body.sign_off, own) if body.sign_off else ()),
            ),
        ),
    )


def _standfirst(text: str, body: Body, zone: str) -> str:
    """The agency's standfirst without a dateline; "" when it only repeats the headline.

    A notice of an embargo behind the dateline is kept, and goes as well.
    """
    while text:
        have = body.dateline
        end = datelines.repeated(text, have.place, have.text) if have else 0
        if not end:
            found = body.find_dateline(text)
            end = found.end if found else 0
        if not end:
            break
        text, notices = embargoes.in_text(text[end:].strip(), body.reference, zone)
        body.note_embargoes(*notices)
    return "" if folded(text) in body.headlines else text
