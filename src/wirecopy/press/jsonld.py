"""The schema.org graph of a page (output_standards: NewsArticle, publisher, breadcrumb)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from wirecopy.briefs import StoryBrief
from wirecopy.model import Change, Item, Media, Provenance, Rendition, Subject, Topic
from wirecopy.newscodes import MEDIA_TOPICS, figures_of, media_topic
from wirecopy.press import notice, paths
from wirecopy.press.addresses import scheme_of
from wirecopy.press.forms import label_of
from wirecopy.press.house import House
from wirecopy.press.pictures import Shot, alt_of
from wirecopy.press.places import as_written
from wirecopy.press.timeline import Moment, live_span
from wirecopy.press.told import Told, copyright_line, licence_of, people_of
from wirecopy.press.view import Html

Node = dict[str, Any]

_SOURCE_TYPE = re.compile(r"https?://cv\.iptc\.org/newscodes/digitalsourcetype/[A-Za-z]{1,60}")
_HEADLINE = 110
"""Characters of a headline that search engines take."""

_TYPES = {
    "analysis": "AnalysisNewsArticle",
    "opinion": "OpinionNewsArticle",
    "review": "ReviewNewsArticle",
    "background": "BackgroundNewsArticle",
    "backgrounder": "BackgroundNewsArticle",
    "reportage": "ReportageNewsArticle",
    "satire": "SatiricalArticle",
    "ask the public": "AskPublicNewsArticle",
    "sponsored": "AdvertiserContentArticle",
    "press_release": "AdvertiserContentArticle",
}
_KINDS = {
    "person": "Person",
    "organisation": "Organization",
    "place": "Place",
    "event": "Event",
}


_SPEAKABLE: Node = {
    "@type": "SpeakableSpecification",
    "cssSelector": ["[data-part=headline]", "[data-part=standfirst]"],
}
_POLICIES = {
    "ethics": "ethicsPolicy",
    "fact_checking": "verificationFactCheckingPolicy",
    "unnamed_sources": "unnamedSourcesPolicy",
    "feedback": "actionableFeedbackPolicy",
    "diversity": "diversityPolicy",
    "diversity_report": "diversityStaffingReport",
    "masthead": "masthead",
    "mission": "missionCoveragePrioritiesPolicy",
    "ownership": "ownershipFundingInfo",
}
"""Settings of the publisher and the properties (The Trust Project's) that they fill."""
_MARK = 30
"""Characters of the longest marker that stands alone; a longer one is a note to desks."""


def _script(graph: Sequence[Node | msgspec.Raw]) -> Html:
    """`graph` as JSON that cannot end or escape the script element it stands in."""
    text = msgspec.json.encode({"@context": "https://schema.org", "@graph": graph}).decode()
    return Html(
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _publisher(house: House) -> Node:
    """The site as a NewsMediaOrganization, with the policies whose pages exist."""
    site = house.config.site
    about = site.publisher
    node: Node = {
        "@type": "NewsMediaOrganization",
        "@id": f"{house.url}/#publisher",
        "name": site.name,
        "url": f"{house.url}/",
        "correctionsPolicy": about.corrections or house.absolute(paths.CORRECTIONS),
        "noBylinesPolicy": house.absolute(paths.ABOUT),
        "publishingPrinciples": house.absolute(paths.ABOUT),
        "legalName": about.legal_name,
        "address": about.address,
        "foundingDate": about.founded,
        "sameAs": list(about.same_as),
    }
    node |= {name: getattr(about, key) for key, name in _POLICIES.items()}
    node = _known(node)
    if site.logo:
        node["logo"] = {"@type": "ImageObject", "url": site.logo}
    if site.contact.startswith("mailto:"):
        node["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": "newsroom",
            "email": site.contact.removeprefix("mailto:"),
        }
    return node


def _website(house: House) -> Node:
    """The site as a WebSite that can be searched."""
    return {
        "@type": "WebSite",
        "@id": f"{house.url}/#website",
        "name": house.config.site.name,
        "url": f"{house.url}/",
        "inLanguage": house.language,
        "publisher": {"@id": f"{house.url}/#publisher"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{house.absolute(paths.SEARCH)}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def _breadcrumb(steps: list[tuple[str, str]]) -> Node:
    """The way to a page: (name, whole address) of each step, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


def list_graph(house: House, steps: list[tuple[str, str]]) -> Html:
    """The graph of a list page: the site, its publisher, and the way to the page."""
    home = (house.words.home, f"{house.url}/")
    nodes = [_website(house), _publisher(house)]
    return _script([*nodes, _breadcrumb([home, *steps])] if steps else nodes)


def story_graph(
    told: Told,
    topics: tuple[Topic, ...],
    link: str,
    house: House,
    brief: StoryBrief,
    moments: tuple[Moment, ...] = (),
) -> Html:
    """The graph of a story's page."""
    section = told.story.section
    steps = [
        (house.words.home, f"{house.url}/"),
        (house.section(section).name, house.absolute(paths.front_path(section))),
        (told.headline, link),
    ]
    known = house.kept("graph", lambda: msgspec.Raw(msgspec.json.encode(_publisher(house))))
    site = {"@type": "WebSite", "@id": f"{house.url}/#website", "url": f"{house.url}/"}
    site["name"] = house.config.site.name
    node = _article(told, topics, link, house) | _in_other_tongues(brief, house)
    node |= _development(brief, moments, link, house)
    return _script([node, known, site, _breadcrumb(steps)])


def _development(brief: StoryBrief, moments: Sequence[Moment], link: str, house: House) -> Node:
    """The timeline of a developing story: live coverage where the agency calls it so, else parts.

    A chain of leads and updates is no live blog, and is not said to be one: each is a dated part.
    """
    if not moments:
        return {}
    parts = [
        _known(
            {
                "headline": _short(moment.text),
                "datePublished": house.calendar.iso(moment.at),
                "url": house.absolute(moment.path) if moment.path else f"{link}#timeline",
                "inLanguage": moment.language or house.language,
            }
        )
        for moment in moments
    ]
    span = live_span(brief)
    if span is None:
        return {"hasPart": [{"@type": "NewsArticle"} | part for part in parts]}
    began, ended = span
    updates = zip(parts, moments, strict=True)
    return _known(
        {
            "@type": "LiveBlogPosting",
            "coverageStartTime": house.calendar.iso(began),
            "coverageEndTime": house.calendar.iso(ended) if ended else "",
            "liveBlogUpdate": [
                {"@type": "BlogPosting"} | part | {"articleBody": moment.text}
                for part, moment in updates
            ],
        }
    )


def _in_other_tongues(brief: StoryBrief, house: House) -> Node:
    """The same report in other languages: what this is a translation of, or what was made of it."""
    if not brief.translations:
        return {}
    works = {
        original: [
            {
                "@type": "NewsArticle",
                "@id": house.absolute(each.teaser.path),
                "url": house.absolute(each.teaser.path),
                "headline": _short(each.teaser.headline),
                "inLanguage": each.teaser.language or house.tag_of(each.teaser.section),
            }
            for each in brief.translations
            if each.original is original
        ]
        for original in (True, False)
    }
    if brief.original:
        return _known({"workTranslation": [*works[True], *works[False]]})
    return _known({"translationOfWork": works[True], "workTranslation": works[False]})


def _article(told: Told, topics: tuple[Topic, ...], link: str, house: House) -> Node:
    """The story as a NewsArticle; what nobody knows is left out."""
    story, item = told.story, told.item
    iso = house.calendar.iso
    changed = story.updated or story.first_published
    node: Node = {
        "@type": _TYPES.get(label_of(item) or item.genre.casefold(), "NewsArticle"),
        "@id": link,
        "url": link,
        "mainEntityOfPage": link,
        "headline": _short(told.headline),
        "alternativeHeadline": item.subheadline,
        "description": told.standfirst,
        "datePublished": iso(story.first_published) if story.first_published else "",
        "dateModified": iso(changed) if changed else "",
        "author": _authors(told),
        "publisher": {"@id": f"{house.url}/#publisher"},
        "sourceOrganization": _organisation(story.agency),
        "provider": _organisation(item.provider or story.agency),
        "creditText": told.credit,
        "isBasedOn": _origin(item, house),
        "identifier": _named(item),
        "isPartOf": {"@id": f"{house.url}/#website"},
        "speakable": _SPEAKABLE,
        "articleSection": house.section(story.section).name,
        "keywords": list(dict.fromkeys([*item.keywords, *(topic.name for topic in topics)])),
        "wordCount": told.words,
        "inLanguage": item.language or house.language,
        "isAccessibleForFree": True,
        "backstory": told.notice,
        "creativeWorkStatus": _status(item),
        "version": item.version,
        "expires": iso(item.expires_at) if item.expires_at else "",
        "image": image(told.shot, told.headline, house),
        "correction": [_comment(c, story.agency, house) for c in notice.corrected(story)],
    }
    return _known(node | _places(item) | _rights(told, house) | _subjects(item, house))


def _status(item: Item) -> str:
    """What the agency calls this version, each thing once: "CORRECTED" is no "Corrects" besides."""
    said: dict[str, str] = {}
    for marker in item.markers:
        if len(marker.text) <= _MARK:
            said.setdefault(marker.action, marker.text)
    return ", ".join(said.values())


def _authors(told: Told) -> list[Node]:
    """A Person for each author the agency named; else the agency. Never our staff."""
    agency = told.story.agency
    people = people_of(told.item.authors, told.credit, agency)
    return [{"@type": "Person", "name": name} for name in people] or [_organisation(agency)]


def _places(item: Item) -> Node:
    """Where the report was filed, and where it plays."""
    dateline = item.dateline
    filed = as_written(dateline.place) if dateline else ""
    about = [
        _place(place.name, place.lat, place.lon)
        for place in item.places
        if place.role == "about" and place.name
    ]
    return {
        "dateline": dateline.text if dateline else "",
        "locationCreated": _place(filed, None, None) if filed else None,
        "contentLocation": about,
    }


def _place(name: str, lat: float | None, lon: float | None) -> Node:
    node: Node = {"@type": "Place", "name": name}
    if lat is not None and lon is not None:
        node["geo"] = {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
    return node


def _rights(told: Told, house: House) -> Node:
    """Who holds the copyright and on which terms the story is shown."""
    item = told.item
    holder = item.rights.copyright_holder
    year = item.rights.copyright_year
    terms = "; ".join(item.rights.usage_terms)
    return {
        "copyrightHolder": _organisation(holder) if holder else None,
        "copyrightYear": int(year) if year.isdecimal() and len(year) == 4 else None,
        "copyrightNotice": copyright_line(told, house),
        "license": licence_of(told, house),
        "usageInfo": {"@type": "CreativeWork", "text": terms} if terms else None,
    }


def _subjects(item: Item, house: House) -> Node:
    """What the story is about, and whom and what it names."""
    about = [_term(s, house) for s in item.subjects if s.name and s.type == "subject"]
    named = [
        {"@type": _KINDS[s.type], "name": s.name} | _same(s)
        for s in item.subjects
        if s.name and s.type in _KINDS
    ]
    return {"about": about[:20], "mentions": named[:20]}


def _term(subject: Subject, house: House) -> Node:
    node: Node = {"@type": "DefinedTerm", "name": subject.name}
    if media_topic(subject.code, subject.scheme):
        code = figures_of(subject.code)
        node |= {"url": MEDIA_TOPICS + code, "termCode": code, "inDefinedTermSet": MEDIA_TOPICS}
    elif subject.code and scheme_of(subject.scheme, house.url):
        node |= {"termCode": subject.code, "inDefinedTermSet": subject.scheme}
    return node | _same(subject)


def _same(subject: Subject) -> Node:
    """The Wikidata entity, where that is the scheme."""
    code = subject.code.rpartition(":")[2].rpartition("/")[2]
    if "wikidata" in subject.scheme and code[:1] == "Q" and code[1:].isdecimal():
        return {"sameAs": f"https://www.wikidata.org/entity/{code}"}
    return {}


def _named(item: Item) -> Node | None:
    """The agency's id of the story, where that is a public name."""
    if not item.item_id.startswith(("urn:", "tag:")):
        return None
    return {"@type": "PropertyValue", "propertyID": "guid", "value": item.item_id}


def _origin(item: Item, house: House) -> Node | None:
    """The agency's own copy: its page, or the id it gave; ids that are no public name stay in."""
    public = item.item_id.startswith(("urn:", "tag:"))
    url = item.url if scheme_of(item.url, house.url) else ""
    if not (public or url):
        return None
    return _known(
        {"@type": "CreativeWork", "url": url, "identifier": item.item_id if public else ""}
    )


def image(shot: Shot | None, headline: str, house: House) -> Node | list[Node] | None:
    """The picture with its caption, credit and copyright, and in the other shapes there are."""
    if shot is None:
        return None
    files = ((shot.src, shot.best), *shot.crops)
    nodes = [_image(shot, *file, headline, house) for file in files]
    return nodes if len(nodes) > 1 else nodes[0]


def _image(shot: Shot, src: str, file: Rendition, headline: str, house: House) -> Node:
    media, address = shot.media, house.whole(src)
    return _known(
        {
            "@type": "ImageObject",
            "url": address,
            "contentUrl": address,
            "width": file.width,
            "height": file.height,
            "caption": media.caption or alt_of(media, headline, house.words),
            "creditText": media.credit or media.copyright,
            "copyrightNotice": media.copyright,
            "creator": _maker(media),
        }
        | _provenance(media.made, house)
    )


def _maker(media: Media) -> Node | None:
    """Whoever the picture's file names as its maker; else the credit, which may name several."""
    if media.made.creator:
        return {"@type": "Person", "name": media.made.creator}
    return _organisation(media.credit) if media.credit else None


def _provenance(made: Provenance, house: House) -> Node:
    """How a picture came to be and whom to ask; a file's word is taken for addresses alone."""
    return {
        "license": made.terms_url if scheme_of(made.terms_url, house.url) else "",
        "acquireLicensePage": made.licensor_url if scheme_of(made.licensor_url, house.url) else "",
        "digitalSourceType": made.source_type if _SOURCE_TYPE.fullmatch(made.source_type) else "",
    }


def _comment(change: Change, agency: str, house: House) -> Node:
    """One correction: what was wrong, else who corrected it."""
    return {
        "@type": "CorrectionComment",
        "text": change.note or notice.what_happened(change, agency, house),
        "datePublished": house.calendar.iso(change.at),
    }


def _organisation(name: str) -> Node:
    return {"@type": "Organization", "name": name}


def _short(headline: str) -> str:
    """`headline` cut at a word to what search engines take."""
    if len(headline) <= _HEADLINE:
        return headline
    return headline[: _HEADLINE - 1].rpartition(" ")[0] + "…"


def _known(node: Node) -> Node:
    """`node` without what is empty; zero and False are values."""
    return {key: value for key, value in node.items() if value not in ("", None, [], ())}
