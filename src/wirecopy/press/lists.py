"""From the briefs of lists to the pages their templates see: home, front, day, topic and others."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

import msgspec
from msgspec.structs import asdict

from wirecopy import briefs
from wirecopy.model import Topic
from wirecopy.press import jsonld, notice, paths, translations, view
from wirecopy.press.house import INDEXED, House
from wirecopy.press.ranking import Teasers, apart, leading, mark_of, newest, ranked
from wirecopy.press.words import fill

_SECONDS = 3
_FRONT_SECONDS = 3
_MORE = 4
_LATEST = 8
_BLOCK = 5


def edition(teasers: Teasers, house: House) -> view.Stamp | None:
    """When the newest of these stories changed."""
    now = newest(teasers)
    return house.calendar.stamp(now) if now else None


def show_all(teasers: Teasers, house: House, now: datetime | None) -> tuple[view.Teaser, ...]:
    """The stories as templates see them; those that are fresh beside `now` carry their mark."""
    return tuple(house.teaser(teaser, mark=mark_of(teaser, now)) for teaser in teasers)


def _first_picture(*teasers: view.Teaser | None) -> str:
    """The id of the first of these that has a picture: its file is asked for at once."""
    return next((teaser.id for teaser in teasers if teaser and teaser.picture), "")


def plain_head(title: str, house: House, robots: str = "noindex") -> view.Head:
    """The head of a page that is no list and no story."""
    return view.Head(title=f"{title} | {house.config.site.name}", robots=robots)


def list_head(
    title: str,
    path: str,
    house: House,
    *,
    feeds: paths.FeedPaths | None = None,
    steps: list[tuple[str, str]] | None = None,
    alternates: tuple[view.Alternate, ...] = (),
    about: str = "",
) -> view.Head:
    """The head of a list page; `steps` is the way from home, "" for home itself.

    `about` describes the page; one without says its title and what the site is.
    """
    site, link = house.config.site, house.absolute(path)
    description = about or site.description or site.tagline or site.name
    if title and not about:
        description = f"{title}. {description}"
    properties = (
        ("og:type", "website"),
        ("og:site_name", site.name),
        ("og:title", title or site.name),
        ("og:description", description),
        ("og:url", link),
        ("og:locale", house.open_graph()),
        *((("og:image", site.logo),) if site.logo else ()),
    )
    return view.Head(
        title=f"{title} | {site.name}" if title else site.name,
        canonical=view.url(link),
        robots=INDEXED,
        metas=(
            view.Meta(attribute="name", key="description", content=view.attribute(description)),
            view.Meta(attribute="name", key="twitter:card", content=view.Html("summary")),
            *(
                view.Meta(attribute="property", key=k, content=view.attribute(v))
                for k, v in properties
            ),
        ),
        feeds=house.feeds(title or site.name, feeds) if feeds else (),
        alternates=alternates,
        jsonld=jsonld.list_graph(house, steps or []),
    )


def home_page(brief: briefs.ListBrief, house: House) -> view.HomePage:
    """The home page: what weighs most, the latest beside it, then a block for every section."""
    newest_first = tuple(t for t in brief.teasers if house.at_home(t.section))
    everything = {t.id: t for t in newest_first}
    everything |= {t.id: t for _, teasers in brief.by_section for t in teasers}
    now = newest(tuple(everything.values()))
    lead, seconds, rest = leading(tuple(everything.values()), _SECONDS, mixed=True)
    top_stories = (lead, *seconds) if lead else ()
    more = apart((t for t in ranked(rest) if t.picture is not None), top_stories)[:_MORE]
    more = more if len(more) == _MORE else ()
    top_stories += more
    above = {teaser.id for teaser in top_stories}
    latest = apart((t for t in newest_first if t.id not in above), top_stories)[:_LATEST]
    blocks = (
        (key, _block(tuple(t for t in teasers if t.id not in above), latest))
        for key, teasers in brief.by_section
    )
    shown = tuple(
        view.Block(
            section=house.section(key),
            tone=house.tone(key),
            stories=show_all(_pictured_first(teasers), house, now),
        )
        for key, teasers in blocks
        if teasers
    )
    top = house.teaser(lead, mark=mark_of(lead, now)) if lead else None
    beside = show_all(seconds, house, now)
    below = show_all(more, house, now)
    return view.HomePage(
        head=list_head("", paths.HOME, house, feeds=paths.home_feeds()),
        edition=edition(newest_first, house),
        lead=top,
        seconds=beside,
        more=below,
        latest=show_all(latest, house, now),
        blocks=shown,
        first_picture=_first_picture(top, *beside, *below, *(each.stories[0] for each in shown)),
    )


def _block(teasers: Teasers, latest: Teasers) -> Teasers:
    """The newest of a section, those among the latest only where there are not enough others."""
    shown = {teaser.id for teaser in latest}
    others = apart((t for t in teasers if t.id not in shown), latest)
    taken = {t.id for t in (*others, *(t for t in teasers if t.id in shown))[:_BLOCK]}
    return tuple(t for t in teasers if t.id in taken) or teasers[:1]


def _pictured_first(teasers: Teasers) -> Teasers:
    """A block opens with the newest of its stories that has a picture, where one has."""
    first = next((t for t in teasers if t.picture is not None), teasers[0])
    return (first, *(t for t in teasers if t is not first))


def front_page(brief: briefs.ListBrief, house: House) -> view.FrontPage:
    """A section's front: a lead, seconds, then the river day by day, and earlier days."""
    section = house.section(brief.section)
    path = paths.front_path(brief.section)
    now = newest(brief.teasers)
    lead, seconds, rest = leading(brief.teasers, _FRONT_SECONDS)
    top = house.teaser(lead, mark=mark_of(lead, now)) if lead else None
    beside, below = show_all(seconds, house, now), show_all(rest, house, now)
    river = groupby(below, key=lambda teaser: teaser.published.day)
    return view.FrontPage(
        head=list_head(
            section.name,
            path,
            house,
            feeds=paths.front_feeds(brief.section),
            steps=[(section.name, house.absolute(path))],
            alternates=translations.front_alternates(brief.section, house),
        ),
        here=section.url,
        section=section,
        tone=house.tone(brief.section),
        edition=edition(brief.teasers, house),
        breadcrumb=house.breadcrumb(),
        translations=translations.front_links(brief.section, house),
        lead=top,
        seconds=beside,
        first_picture=_first_picture(top, *beside, *below),
        river=tuple(
            view.Day(name=house.calendar.day(day), iso=day, stories=tuple(stories))
            for day, stories in river
        ),
        days=tuple(link for day in brief.days if (link := _day_link(brief.section, day, house))),
    )


def _day_link(section: str, day: str, house: House) -> view.Link | None:
    if not day:
        return None
    return view.Link(name=house.calendar.day(day), url=house.href(paths.day_path(section, day)))


def day_page(brief: briefs.ListBrief, house: House) -> view.DayPage:
    """One part of a section's day."""
    section, day = house.section(brief.section), house.calendar.day(brief.day)
    path = paths.day_path(brief.section, brief.day, brief.part)
    part = max(brief.part, 1)
    title = f"{section.name}{house.words.comma}{day}"
    if part > 1:
        title += f"{house.words.comma}{fill(house.words.part, n=str(part))}"
    front = house.absolute(paths.front_path(brief.section))
    before, after = (*brief.days, "", "")[:2]
    stories = show_all(brief.teasers, house, None)
    return view.DayPage(
        head=list_head(
            title, path, house, steps=[(section.name, front), (day, house.absolute(path))]
        ),
        here=section.url,
        section=section,
        tone=house.tone(brief.section),
        breadcrumb=house.breadcrumb(section),
        day=day,
        iso=brief.day,
        stories=stories,
        first_picture=_first_picture(*stories),
        parts=_parts(brief, part, house),
        before=_day_link(brief.section, before, house),
        after=_day_link(brief.section, after, house),
    )


def _parts(brief: briefs.ListBrief, part: int, house: House) -> tuple[view.Link, ...]:
    """Links to the parts of a day, when there is more than one."""
    if brief.parts < 2:
        return ()
    return tuple(
        view.Link(
            name=fill(house.words.part, n=str(number)),
            url=house.href(paths.day_path(brief.section, brief.day, number)),
            current=number == part,
        )
        for number in range(1, brief.parts + 1)
    )


def has_feeds(brief: briefs.ListBrief) -> bool:
    """Whether a list has feeds: a topic from its second story on, be it one that has ended; no day.

    Most names that copy speaks of come once; a feed for each would be most of a site's files.
    """
    return brief.kind != "day" and (
        brief.kind != "topic" or len(brief.teasers) + len(brief.ended) > 1
    )


def topic_page(brief: briefs.ListBrief, house: House) -> view.TopicPage:
    """All that is new about one topic. ValueError when the brief names none."""
    topic = brief.topic
    if topic is None:
        raise ValueError("A topic page needs its topic.")
    path = paths.topic_path(topic.slug)
    stories = show_all(brief.teasers, house, None)
    return view.TopicPage(
        head=list_head(
            topic.name,
            path,
            house,
            feeds=paths.topic_feeds(topic.slug) if has_feeds(brief) else None,
            steps=[(topic.name, house.absolute(path))],
        ),
        name=topic.name,
        breadcrumb=house.breadcrumb(),
        lead=stories[0] if stories else None,
        stories=stories[1:],
        first_picture=_first_picture(*stories),
        older=_asking(_older(topic), "", house).url if brief.more else view.Html(),
    )


def _older(topic: Topic) -> briefs.SearchBrief:
    """The search that finds every story of a topic: each is found by the names of its topics."""
    name = topic.name.replace('"', " ")
    return briefs.SearchBrief(query=f'"{name}"', filters=briefs.Filters(topic=topic.slug))


def corrections_page(
    notes: tuple[briefs.CorrectionNote, ...], house: House
) -> view.CorrectionsPage:
    """What was corrected and withdrawn, newest first; of a withdrawn story nothing but that."""
    title, link = house.words.corrections, house.absolute(paths.CORRECTIONS)
    return view.CorrectionsPage(
        head=list_head(
            title,
            paths.CORRECTIONS,
            house,
            steps=[(title, link)],
            about=house.words.corrections_intro,
        ),
        lines=tuple(_correction(note, house) for note in notes),
    )


def _correction(note: briefs.CorrectionNote, house: House) -> view.CorrectionLine:
    stamp = house.calendar.stamp(note.at)
    if note.kind == "withdrawn":
        what = fill(house.words.withdrawn_story, agency=note.agency)
        return view.CorrectionLine(at=stamp, what=what, headline="", url=view.Html(), note="")
    return view.CorrectionLine(
        at=stamp,
        what=fill(house.words.corrected, who=note.agency),
        headline=note.headline,
        url=house.href(note.path) if note.path else view.Html(),
        note=note.note,
    )


def gone_page(gone: briefs.Gone, house: House) -> view.PlainPage:
    """What may be said of a story that is gone: nothing of its text."""
    words = house.words
    return view.PlainPage(
        head=plain_head(words.gone_title, house, "noindex, noarchive"),
        title=words.gone_title,
        text=words.gone_withdrawn if gone.state == "withdrawn" else words.gone_expired,
        at=house.calendar.stamp(gone.at),
    )


def moved_page(moved: briefs.Moved, house: House) -> view.MovedPage:
    """Where the report of a story is told now that its page has become another's."""
    words, to = house.words, moved.to
    head = plain_head(words.moved_title, house)
    # A folder cannot answer 301; a canonical address says the same, but never beside a noindex.
    if to.syndication == "self":
        canonical = view.url(house.absolute(to.path))
        head = msgspec.structs.replace(head, robots="", canonical=canonical)
    return view.MovedPage(
        head=head,
        title=words.moved_title,
        text=fill(words.moved_text, agency=moved.agency, other=to.agency),
        link=view.Link(name=to.headline, url=house.href(to.path)),
    )


def plain_page(title: str, text: str, house: House) -> view.PlainPage:
    """A page of a title and a few words, kept out of search engines."""
    return view.PlainPage(head=plain_head(title, house), title=title, text=text)


def about_page(house: House) -> view.AboutPage:
    """How this site is made: whose copy it carries, what is done to it, what the notice says."""
    words, site = house.words, house.config.site
    agencies = tuple(dict.fromkeys(source.agency for source in house.config.sources))
    link = house.absolute(paths.ABOUT)
    wordings = (
        notice.wording(house, headline=headline, picture=picture)
        for headline, picture in ((False, False), (True, False), (False, True), (True, True))
    )
    return view.AboutPage(
        head=list_head(
            words.about, paths.ABOUT, house, steps=[(words.about, link)], about=words.about_intro
        ),
        agencies=agencies,
        treatment=(
            words.treat_clean,
            words.treat_lines,
            words.treat_dateline,
            words.treat_sign_off,
            words.treat_markers,
            words.treat_byline,
            words.treat_notes,
            words.treat_embargo,
            words.treat_repeats,
            words.treat_signs,
            words.treat_media,
            words.treat_missing,
        ),
        notices=tuple(
            fill(wording, agency=agencies[0] if agencies else "…", site=site.name)
            for wording in wordings
        ),
    )


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
