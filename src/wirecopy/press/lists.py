"""From the briefs of lists to the pages their templates see: home, fronts, days and topics."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from wirecopy import briefs
from wirecopy.press import paths, translations, view
from wirecopy.press.found import older_of
from wirecopy.press.heads import list_head
from wirecopy.press.house import House
from wirecopy.press.ranking import Teasers, apart, leading, mark_of, newest, of_one_event, ranked
from wirecopy.press.words import fill

_SECONDS = 3
"""Stories beside the lead of home and fronts."""
_MORE = 4
"""Stories with pictures below them on home: all of them or none."""
_LATEST = 8
_BLOCK = 5
"""Stories of the home page's list of the latest, and of each section's block."""


def _edition(teasers: Teasers, house: House) -> view.Stamp | None:
    """When the newest of these stories changed."""
    now = newest(teasers)
    return house.calendar.stamp(now) if now else None


def show_all(teasers: Teasers, house: House, now: datetime | None) -> tuple[view.Teaser, ...]:
    """The stories as templates see them; those that are fresh beside `now` carry their mark."""
    return tuple(house.teaser(teaser, mark=mark_of(teaser, now)) for teaser in teasers)


def _first_picture(*teasers: view.Teaser | None) -> str:
    """The id of the first of these that has a picture: its file is asked for at once."""
    return next((teaser.id for teaser in teasers if teaser and teaser.picture), "")


def home_page(brief: briefs.ListBrief, house: House) -> view.HomePage:
    """The home page: what weighs most, the latest beside it, then a block for every section."""
    newest_first = tuple(t for t in brief.teasers if house.at_home(t.section))
    everything = {t.id: t for t in newest_first}
    everything |= {t.id: t for _, teasers in brief.by_section for t in teasers}
    now = newest(tuple(everything.values()))
    lead, seconds, rest = leading(tuple(everything.values()), _SECONDS, mixed=True)
    top_stories = (lead, *seconds) if lead else ()
    others = (t for t in rest if not any(of_one_event(t, one) for one in top_stories))
    more = apart((t for t in ranked(tuple(others)) if t.picture is not None), top_stories)[:_MORE]
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
        edition=_edition(newest_first, house),
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
    lead, seconds, rest = leading(brief.teasers, _SECONDS)
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
        edition=_edition(brief.teasers, house),
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
        older=older_of(topic, house) if brief.more else view.Html(),
    )
