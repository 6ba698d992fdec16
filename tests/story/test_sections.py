from typing import Any

import pytest

from wirecopy.config import DEFAULT_SECTIONS, Section
from wirecopy.model import Item, Subject
from wirecopy.story.sections import section_of

SOCCER, SPORT, POLITICS = "medtop:20001065", "medtop:15000000", "medtop:11000000"
OWN = (
    Section(key="football", name="Football", topics=(SOCCER,)),
    Section(key="sport", name="Sport", topics=(SPORT,)),
    Section(key="harbour", name="Harbour Life"),
    Section(key="news", name="News"),
)


def subject(code: str, **fields: Any) -> Subject:
    """A subject of that code."""
    return Subject(code=code, **fields)


def story(*subjects: Subject, **fields: Any) -> Item:
    """A story with those fields."""
    return Item(item_id="x", subjects=subjects, **fields)


@pytest.mark.parametrize(
    ("item", "key"),
    [
        (story(subject(SOCCER)), "football"),
        (story(subject(SPORT)), "sport"),
        (story(subject(SPORT), subject(SOCCER)), "football"),
        (story(subject("medtop:20000823")), "sport"),
        (story(subject(SPORT, relevance=90), subject(SOCCER, relevance=10)), "sport"),
        (story(subject("15054000", scheme="subj")), "football"),
        (story(subject("15001000", scheme="subj")), "sport"),
        (story(subject(POLITICS)), "news"),
        (story(subject("", name="Sport")), "sport"),
        (story(Subject(name="Harbour life")), "harbour"),
        (story(keywords=("Sports",)), "sport"),
        (story(kicker="HARBOUR LIFE"), "harbour"),
        (story(Subject(name="Sport", code="", type="organisation")), "news"),
        (story(), "news"),
    ],
)
def test_sections(item: Item, key: str) -> None:
    """Media Topics decide before category names, the most specific listed one first."""
    assert section_of(item, OWN)[0] == key


def test_default_and_reasons() -> None:
    """The source's section takes what no subject places, and every choice says why."""
    assert section_of(story(), OWN, "sport") == ("sport", "the source's own section")
    assert section_of(story(), OWN, "no-such")[0] == "news"
    assert section_of(story(), ())[0] == ""
    key, reason = section_of(story(subject(SOCCER, name="soccer")), DEFAULT_SECTIONS, "world")
    assert key == "sport"
    assert reason == (
        'the subject "soccer" (medtop:20001065) lies under "sport" (medtop:15000000), '
        "which belongs to Sport"
    )
