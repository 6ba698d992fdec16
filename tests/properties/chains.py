"""Generated chains: flashes, leads, takes, parts, kills in words and the same copy twice.

A message is given by its chain and its kind alone: it has one id, one agency time and one text,
as an agency's messages have. So any order of the same messages is the same wire.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st
from tests.newsdesk import ninjs, notice
from tests.properties.moments import AGENCY_DAY

from wirecopy.model import Delivery

TAKES = (
    "The harbour office put the number of passengers at a hundred and forty on the day.",
    "A second tug was on its way from the south, and divers were to look at the hull at noon.",
)
SCENES = {
    "Tarnwick-Ferry": (
        "The ferry of Tarnwick ran onto the north bank at low water on Friday morning.",
        "Its master told the coast guard that the rudder had not answered for a minute.",
        "The company has run the crossing since the old bridge was closed nine years ago.",
        "Buses take passengers round the bay until the ship has been seen by its surveyors.",
    ),
    "Osmere-Orchestra": (
        "The orchestra of Osmere opened its hall again after three winters without a roof.",
        "Its first evening began with a work for horns that the town had paid for in coins.",
        "Tickets for the season had been sold before the last of the seats was screwed down.",
        "The council has promised money for two more years, and will look at the books in May.",
    ),
    "Velta-Quake": (
        "A quake shook Velta in the afternoon and rang the bell of the school by itself.",
        "Its teacher counted thirty children on the lawn, and then once more, and found them all.",
        "The mayor asked people to look at chimneys and to keep away from the wall of the mill.",
        "Engineers from the county were to walk through the mill as soon as there was light.",
    ),
}
SLUGS = tuple(SCENES)
SLUGLESS = frozenset({"Velta-Quake"})
"""What a feed without slugs tells, under a headline of fewer than twenty letters."""


class Kind(NamedTuple):
    """A kind of message: when it is sent, what its headline and slug say, and what it holds."""

    name: str
    minute: int
    front: str = ""
    slug: str = ""
    note: str = ""


KINDS = (
    Kind("flash", 0, "FLASH: "),
    Kind("report", 10),
    Kind("first lead", 20, "1st LD: "),
    Kind("add", 21, slug=", 1st Add"),
    Kind("second add", 22, slug=", 2nd Add"),
    Kind("second lead", 30, "2nd LD: "),
    Kind("correction", 35, "CORRECTED: "),
    Kind("insert", 36, slug=", Insert", note="anchor"),
    Kind("stray insert", 37, slug=", Insert", note="nowhere"),
    Kind("refile", 40, "REFILE-"),
    Kind("kill in words", 50, "KILL: ", slug="-Kill notice"),
    Kind("kill by status", 55),
    Kind("tomorrow's report", 24 * 60 + 5),
    Kind("tomorrow's lead", 24 * 60 + 40, "1st LD: "),
    Kind("wrap-up", 60, "WRAPUP 1-"),
)


def message(slug: str, kind: Kind, source: str = "norrane") -> Delivery:
    """The message of this kind in this chain, as that source sends it."""
    uri = f"urn:{source}:{slug}:{kind.name.replace(' ', '-')}"
    at = AGENCY_DAY + timedelta(minutes=kind.minute)
    if kind.name == "kill by status":
        report = uri.replace("kill-by-status", "report")
        return Delivery(source=source, body=notice(report, versioncreated=at))
    fields: dict[str, Any] = {"versioncreated": at}
    if slug not in SLUGLESS:
        fields["slugline"] = slug + kind.slug
    if kind.note:
        words = SCENES[slug][1][:40] if kind.note == "anchor" else "No paragraph begins so"
        fields["ednote"] = f'Insert after 2nd graf, "{words}"'
    body = "".join(f"<p>{text}</p>" for text in _paragraphs(slug, kind))
    return Delivery(source=source, body=ninjs(uri, _headline(slug, kind), body=body, **fields))


def _headline(slug: str, kind: Kind) -> str:
    town, thing = slug.split("-")
    if kind.name == "wrap-up":
        return f"{kind.front}A long week in {town}"
    if kind.name == "kill in words":
        return f"{kind.front}{thing} of {town} in the news"
    when = " again" if kind.name.startswith("tomorrow") else ""
    if slug in SLUGLESS:
        return f"{kind.front}{thing} hits {town}{when}"
    return f"{kind.front}{thing} of {town} in the news{when}"


def _paragraphs(slug: str, kind: Kind) -> tuple[str, ...]:
    scene = SCENES[slug]
    if kind.name == "flash":
        return (scene[0],)
    if "add" in kind.name:
        return (TAKES[kind.name.startswith("second")],)
    if "insert" in kind.name:
        return (f"A paragraph that came later: {kind.name}.",)
    if kind.name == "kill in words":
        return ("Please do not use this report.",)
    if kind.name == "wrap-up":
        return ("What happened in the week, told in one piece.", *scene[2:])
    if kind.name.startswith("tomorrow"):
        return (f"A day later, {scene[2].lower()}", f"By then, {kind.name} said no more.")
    return (*scene, f"This is the {kind.name}.")


@st.composite
def messages(draw: st.DrawFn) -> Delivery:
    """One message of one of the chains."""
    slug = draw(st.sampled_from(SLUGS))
    kinds = [kind for kind in KINDS if slug not in SLUGLESS or not (kind.slug or kind.note)]
    return message(slug, draw(st.sampled_from(kinds)))


@st.composite
def copies(draw: st.DrawFn) -> Delivery:
    """One agency's copy of another's report."""
    return message(draw(st.sampled_from(SLUGS)), KINDS[1], "quaymark")
