"""The notice tells the truth."""

from datetime import timedelta

import pytest
from tests.press.copy_desk import AT, PICTURE, brief, part, press, story

from wirecopy.model import Change, Media, Rendition, Rework

PRESS = press()
UNTOUCHED = (
    "Published automatically from the Corvid News feed; not edited by The Harbour Ledger staff."
)
THE_REST = "by The Harbour Ledger staff; the rest of this report is from the Corvid News feed."
REWORKS = {
    "nothing": (Rework(), UNTOUCHED),
    "headline": (Rework(headline="Ours"), f"Headline {THE_REST}"),
    "picture": (Rework(picture=PICTURE), f"Picture chosen {THE_REST}"),
    "both": (Rework(headline="Ours", picture=PICTURE), f"Headline and picture {THE_REST}"),
    "picture taken back": (Rework(picture=Media()), UNTOUCHED),
}
PUBLISHED = Change(at=AT, kind="published")
UPDATED = Change(at=AT + timedelta(hours=1), kind="updated")
CORRECTED = Change(at=AT + timedelta(hours=2), kind="corrected")
CHANGES = {
    "published": ((PUBLISHED,), ""),
    "updated": ((PUBLISHED, UPDATED), " Updated by Corvid News: 8 January 2022, 9:06 am IST."),
    "corrected": (
        (PUBLISHED, CORRECTED),
        " Corrected by Corvid News: 8 January 2022, 10:06 am IST.",
    ),
    "by staff": ((PUBLISHED, Change(at=AT, kind="reworked", by="staff")), ""),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("rework", REWORKS)
def test_the_notice_says_what_the_record_shows(rework: str, change: str) -> None:
    """Every row of the table: what staff reworked, and what the agency did since."""
    what, sentence = REWORKS[rework]
    changes, since = CHANGES[change]
    made = PRESS.story(brief(story(rework=what, changes=changes))).body
    assert part(made, "notice") == f"({sentence}{since})"


def test_a_newsroom_may_word_it_but_not_bend_it() -> None:
    """The wording is a setting; which wording stands, and the agency's changes, are not."""
    ours = press(extra='[site.notice]\nheadline = "{site} wrote the head, {agency} the rest."\n')
    told = story(rework=Rework(headline="Ours"), changes=(PUBLISHED, UPDATED))
    assert part(ours.story(brief(told)).body, "notice") == (
        "(The Harbour Ledger wrote the head, Corvid News the rest. "
        "Updated by Corvid News: 8 January 2022, 9:06 am IST.)"
    )
    assert "not edited" in part(ours.story(brief()).body, "notice")


def test_the_reworked_headline_and_picture_are_shown() -> None:
    """The desk's headline and picture stand in place of the agency's."""
    rework = Rework(headline="Ours", picture=Media(credit="Desk", renditions=PICTURE.renditions))
    made = PRESS.story(brief(story(rework=rework))).body
    assert part(made, "headline") == "Ours"
    assert part(made, "credit") == "Photo: Desk"


@pytest.mark.parametrize(
    ("locale", "words"),
    [("de_DE", "nicht von der Redaktion"), ("hi_IN", "संपादित नहीं"), ("fr", "non modifié")],
)
def test_the_notice_speaks_the_sites_language(locale: str, words: str) -> None:
    """The default wording is in the language of the site."""
    assert words in part(press(locale=locale).story(brief()).body, "notice")


def test_a_picture_that_no_page_can_show_is_none_of_the_staffs_work() -> None:
    """Where the agency's picture is shown after all, the notice does not name the staff's."""
    hidden = Media(credit="Desk", renditions=(Rendition(href="https://10.0.0.1/a.jpg"),))
    for rework in (Rework(picture=hidden), Rework(picture=PICTURE)):
        made = PRESS.story(brief(story(rework=rework))).body
        assert ("Picture chosen" in part(made, "notice")) == (rework.picture is PICTURE)


def test_a_latin_name_in_an_arabic_sentence_stands_apart() -> None:
    """Names and times are isolated, so that no date is scrambled by the name before it."""
    arabic = press(locale="ar")
    told = brief(story(changes=(PUBLISHED, CORRECTED)))
    page = arabic.story(told).body.decode()
    notice = part(page.encode(), "notice")
    assert "\u2068Corvid News\u2069" in notice
    assert notice.count("\u2068") == notice.count("\u2069")
    assert "\u2068" not in PRESS.story(told).body.decode()


def test_what_changed_in_one_moment_is_told_newest_first() -> None:
    """Versions that came in one delivery have one time: the last of them still stands first."""
    changes = tuple(Change(at=AT, kind=kind) for kind in ("published", "updated", "corrected"))
    told = part(PRESS.story(brief(story(changes=changes))).body, "history")
    assert told.index("Corrected by") < told.index("Updated by") < told.index("Published")
