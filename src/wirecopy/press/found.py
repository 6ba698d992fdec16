"""The page of what a search has found, and links that ask."""

from __future__ import annotations

from urllib.parse import urlencode

from msgspec.structs import asdict

from wirecopy import briefs
from wirecopy.model import Topic
from wirecopy.press import paths, view
from wirecopy.press.heads import plain_head
from wirecopy.press.house import House
from wirecopy.press.words import fill


def search_page(brief: briefs.SearchBrief, house: House) -> view.SearchPage:
    """The results of a search; an empty query shows the form alone."""
    words = house.words
    count = words.no_results
    if brief.total:
        number = house.calendar.number(brief.total) + "+" * brief.at_least
        count = fill(words.results.of(brief.total), n=number)
    sections = [("", words.all_sections)]
    sections += [(section.key, section.name) for section in house.config.sections]
    before = _asking(brief, words.page_before, house, page=str(brief.page - 1))
    after = _asking(brief, words.page_after, house, page=str(brief.page + 1))
    return view.SearchPage(
        head=plain_head(f"{brief.query}: {words.search}" if brief.query else words.search, house),
        query=brief.query,
        section=brief.section,
        sort=brief.sort,
        count=count if brief.query.strip() else "",
        hits=tuple(view.Hit(story=house.teaser(h.teaser), snippet=h.snippet) for h in brief.hits),
        sorts=tuple(
            _asking(brief, name, house, sort=sort)
            for sort, name in (("newest", words.newest), ("relevance", words.relevance))
        ),
        sections=tuple(_asking(brief, name, house, section=key) for key, name in sections),
        meant=_asking(
            brief,
            fill(words.did_you_mean, name=brief.suggestion),
            house,
            q=brief.suggestion,
            page="1",
        )
        if brief.suggestion
        else None,
        agencies=tuple(
            view.Link(name=name, url=view.Html(), current=name == brief.filters.agency)
            for name in dict.fromkeys(source.agency for source in house.config.sources)
        ),
        topic=brief.filters.topic,
        topic_name=brief.topic_name,
        since=brief.filters.since,
        until=brief.filters.until,
        before=before if brief.page > 1 else None,
        after=after if brief.more else None,
    )


def older_of(topic: Topic, house: House) -> view.Html:
    """Where the search is that finds all of a topic: stories are found by their topics' names."""
    name = topic.name.replace('"', " ")
    every = briefs.SearchBrief(query=f'"{name}"', filters=briefs.Filters(topic=topic.slug))
    return _asking(every, "", house).url


def _asking(brief: briefs.SearchBrief, name: str, house: House, **change: str) -> view.Link:
    """A link that asks the same with `change` made: another sort, section or page."""
    asked = {"q": brief.query, "sort": brief.sort, "section": brief.section}
    asked |= {name: text for name, text in asdict(brief.filters).items() if text}
    usual = {"sort": "newest", "section": "", "page": "1"}
    query = urlencode({k: v for k, v in (asked | change).items() if v != usual.get(k)})
    return view.Link(
        name=name,
        url=view.url(f"{house.prefix}/{paths.SEARCH}?{query}"),
        current=all(asked.get(key) == value for key, value in change.items()),
    )
