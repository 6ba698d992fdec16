"""Pages of words: corrections, what is gone or has moved, how the site is made."""

from __future__ import annotations

import msgspec

from wirecopy import briefs
from wirecopy.press import notice, paths, view
from wirecopy.press.heads import list_head, plain_head
from wirecopy.press.house import House
from wirecopy.press.words import fill


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
    there = house.href(to.path)
    # Browsers follow at once, and search engines take that for what a folder cannot answer: 301.
    onward = view.Meta(attribute="http-equiv", key="refresh", content=view.Html(f"0; url={there}"))
    head = msgspec.structs.replace(head, metas=(*head.metas, onward))
    # A canonical address says the same, but never beside a noindex.
    if to.syndication == "self":
        canonical = view.url(house.absolute(to.path))
        head = msgspec.structs.replace(head, robots="", canonical=canonical)
    return view.MovedPage(
        head=head,
        title=words.moved_title,
        text=fill(words.moved_text, agency=moved.agency, other=to.agency),
        link=view.Link(name=to.headline, url=there),
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
