"""The page on one event that several agencies tell: who tells it, and how it went on."""

from __future__ import annotations

from collections import Counter

from wirecopy.briefs import CoverageBrief
from wirecopy.press import paths, view
from wirecopy.press.heads import list_head
from wirecopy.press.house import House
from wirecopy.press.lists import show_all
from wirecopy.press.ranking import newest


def coverage_page(brief: CoverageBrief, house: House) -> view.CoveragePage:
    """The timeline of one event. ValueError when no story of it is live."""
    if not brief.teasers:
        raise ValueError("A coverage page needs a story.")
    name = brief.name or brief.teasers[0].headline
    path = paths.coverage_path(brief.event, brief.slug)
    told = Counter(teaser.agency for teaser in brief.teasers)
    agencies = sorted(told, key=lambda agency: (-told[agency], agency))
    return view.CoveragePage(
        head=list_head(
            f"{house.words.coverage}: {name}", path, house, steps=[(name, house.absolute(path))]
        ),
        name=name,
        breadcrumb=house.breadcrumb(house.section(brief.teasers[0].section)),
        mark=(mark := "developing" if brief.developing else ""),
        mark_text=house.mark(mark),
        agencies=tuple(f"{agency} ({house.calendar.number(told[agency])})" for agency in agencies),
        stories=show_all(brief.teasers, house, newest(brief.teasers)),
    )
