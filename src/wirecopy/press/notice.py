"""The notice under a story, and its history: both computed from the record, never typed."""

from __future__ import annotations

from itertools import pairwise

import msgspec

from wirecopy import model
from wirecopy.briefs import PastText, StoryBrief
from wirecopy.press import view
from wirecopy.press.house import House
from wirecopy.press.past import difference
from wirecopy.press.pictures import shot_of
from wirecopy.press.words import fill

_OF_TEXT = frozenset({"published", "updated", "corrected", "restored"})


def _reworked(story: model.Story, house: House) -> tuple[bool, bool]:
    """Whether staff reworked the headline, and whether they chose the picture that is shown."""
    picture = shot_of(story.rework.picture, house.url)
    return bool(story.rework.headline), picture is not None


def wording(house: House, *, headline: bool, picture: bool) -> str:
    """The sentence for what staff reworked: the newsroom's own wording, else the language's."""
    ours, words = house.config.site.notice, house.words
    if headline and picture:
        return ours.both or words.notice_both
    if headline:
        return ours.headline or words.notice_headline
    if picture:
        return ours.picture or words.notice_picture
    return ours.untouched or words.notice_untouched


def notice(story: model.Story, house: House) -> str:
    """What staff did and did not do, and when the agency last corrected or updated the story."""
    headline, picture = _reworked(story, house)
    agency, site = _apart(story.agency, house), _apart(house.config.site.name, house)
    names = {"agency": agency, "site": site}
    sentences = [fill(wording(house, headline=headline, picture=picture), **names)]
    patterns = (
        ("corrected", house.words.notice_corrected),
        ("updated", house.words.notice_updated),
    )
    for kind, pattern in patterns:
        times = [
            change.at for change in story.changes if change.kind == kind and change.by == "agency"
        ]
        if times:
            time = _apart(house.calendar.stamp(max(times)).text, house)
            sentences.append(fill(pattern, agency=agency, time=time))
    return " ".join(sentences)


def _apart(name: str, house: House) -> str:
    """A name inside a sentence, kept from running into the figures beside it.

    A Latin name in an Arabic line draws the figures that follow to its own side, and a date
    comes out scrambled; Unicode's isolates (UAX 9, FSI and PDI) hold it together.
    """
    return f"\u2068{name}\u2069" if house.site.dir == "rtl" else name


def what_happened(change: model.Change, agency: str, house: House) -> str:
    """One change in words, with who made it."""
    pattern: str = getattr(house.words, change.kind)
    who = house.config.site.name if change.by == "staff" else agency
    return fill(pattern, who=_apart(who, house))


def history(brief: StoryBrief, house: House) -> tuple[view.Change, ...]:
    """Every public change, newest first; empty while there was only the publication.

    A change of the text shows the headline that came with it and, where the newsroom has it so,
    what changed word by word. What an agency has corrected is not said again: of texts before
    the last correction neither is shown, unless the newsroom shows all.
    """
    story = brief.story
    if all(change.kind == "published" for change in story.changes):
        return ()
    texts = {text.at: (before, text) for before, text in pairwise((None, *brief.past)) if text}
    corrected = max((c.at for c in story.changes if c.kind == "corrected"), default=None)
    if corrected is not None and house.config.press.differences != "all":
        texts = {at: both for at, both in texts.items() if at >= corrected}
    return tuple(
        _change(change, texts.get(change.at, (None, None)), story, house)
        for change in _newest_first(story.changes)
    )


def _newest_first(changes: tuple[model.Change, ...]) -> list[model.Change]:
    """Changes, the last first, also of those that came in one moment."""
    return sorted(changes, key=lambda change: change.at)[::-1]


def _change(
    change: model.Change,
    texts: tuple[PastText | None, PastText | None],
    story: model.Story,
    house: House,
) -> view.Change:
    before, after = texts
    own = bool(story.rework.headline)
    headline = after.headline if after and not own and change.kind in _OF_TEXT else ""
    if before and before.headline == headline:
        headline = ""
    shown = house.config.press.differences
    told = shown == "all" or (shown == "updates" and change.kind == "updated")
    words = difference(before, after, headline=not own) if told and before and after else ""
    return view.Change(
        at=house.calendar.stamp(change.at),
        what=what_happened(change, story.agency, house),
        note=change.note if change.kind != "corrected" else "",
        headline=headline,
        words=view.Html(words),
    )


def corrected(story: model.Story) -> tuple[model.Change, ...]:
    """The story's corrections; what one from before a withdrawal said is not said again."""
    ends = [n for n, change in enumerate(story.changes) if change.kind == "withdrawn"]
    last = ends[-1] if ends else -1
    return tuple(
        msgspec.structs.replace(change, note="") if n < last else change
        for n, change in enumerate(story.changes)
        if change.kind == "corrected"
    )


def corrections(story: model.Story, house: House) -> tuple[view.Correction, ...]:
    """The story's corrections, newest first."""
    return tuple(
        view.Correction(
            at=house.calendar.stamp(change.at),
            who=what_happened(change, story.agency, house),
            note=change.note,
        )
        for change in _newest_first(corrected(story))
    )
