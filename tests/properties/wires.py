"""Generated wires: what agencies send, what staff order, how time passes.

A wire is a list of moves. Each move waits a while and then puts one entry into the log. The
stories are few and their words are fewer, so that they meet in sections, topics and lists.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from tests.newsdesk import START, ninjs, notice, reference, stamp
from tests.properties.chains import copies, messages
from tests.properties.moments import AGENCY_DAY

from wirecopy.model import Delivery, Media, Order, Rendition, Tick
from wirecopy.story.identity import normal_key, story_id

Entry = Delivery | Order | Tick
Log = list[tuple[datetime, Entry]]

PLACES = ("Tarnwick", "Osmere")
THINGS = ("Ferry", "Dam", "Orchestra")
DEEDS = ("opens", "closes")


def examples(number: int) -> settings:
    """So many examples of a costly test, and more of them under a profile that looks deeper."""
    return settings(max_examples=max(1, number * settings().max_examples // 100))


class Subject(NamedTuple):
    """One story that the agencies tell: where it comes from and how its versions are told apart."""

    number: int
    source: str
    versions: str
    """"number", "time" or "none"."""

    @property
    def uri(self) -> str:
        """The agency's id."""
        return f"https://wire.example/item?of={self.source}&id={self.number}"

    @property
    def id(self) -> str:
        """Our id."""
        return story_id(self.source, normal_key(self.uri))


SUBJECTS = (
    Subject(1, "norrane", "number"),
    Subject(2, "norrane", "time"),
    Subject(3, "norrane", "none"),
    Subject(4, "quaymark", "number"),
    Subject(5, "quaymark", "time"),
)
DATED = tuple(subject for subject in SUBJECTS if subject.versions != "none")

WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (0, 0, 0, 1, 1, 20, 60, 11 * 60, 25 * 60, 50 * 60)
)
waits = st.sampled_from(WAITS)


def text_of(subject: Subject, text: int) -> dict[str, Any]:
    """The words of one of a story's texts."""
    place, thing = PLACES[text % 2], THINGS[(subject.number + text // 2) % 3]
    headline = f"{thing} {DEEDS[text // 2 % 2]} in {place}"
    said = "".join(
        f"<p>The {thing.casefold()} of {place} {DEEDS[text % 2]} again, number {part}.</p>"
        for part in range(1 + 5 * (text % 2))
    )
    return {
        "headline": headline,
        "body": said,
        "place": [{"name": place}],
        "subject": [{"name": ("Sport", "World", "Weather")[text % 3]}],
    }


@st.composite
def versions(draw: st.DrawFn, subjects: tuple[Subject, ...] = SUBJECTS) -> Delivery:
    """One version of one story: a text, or only a word on its status."""
    subject = draw(st.sampled_from(subjects))
    version = draw(st.integers(1, 4))
    status = draw(st.sampled_from(("usable",) * 8 + ("canceled", "withheld")))
    fields: dict[str, Any] = {"pubstatus": status}
    if subject.versions == "number":
        fields["version"] = str(version)
    if subject.versions != "none":
        fields["versioncreated"] = AGENCY_DAY + timedelta(minutes=version)
    uri = draw(st.sampled_from((subject.uri, subject.uri.replace("https:", "http:"))))
    if status != "usable" and draw(st.booleans()):
        return Delivery(source=subject.source, body=notice(uri, **fields))
    # A version has one text: the agency's number or time says which.
    text = version if subject.versions != "none" else draw(st.integers(0, 3))
    fields |= text_of(subject, text) | draw(_extras)
    return Delivery(source=subject.source, body=ninjs(uri, **fields))


_PICTURE = {
    "associations": {
        "main": {
            "uri": "urn:pic:1",
            "type": "picture",
            "headline": "The harbour",
            "renditions": {"big": {"href": "https://pics.example/1.jpg", "width": 800}},
        }
    }
}
_hours = st.sampled_from((1, 3, 30))
_extras = st.one_of(
    st.just({}),
    st.just({}),
    st.just(_PICTURE),
    _hours.map(lambda h: {"embargoed": START + timedelta(hours=h)}),
    _hours.map(lambda h: {"expires": START + timedelta(hours=h)}),
    st.just({"embargoed": "when the minister has spoken"}),
    st.just({"signal": [{"qcode": "sig:correction"}], "ednote": "Corrects the name"}),
    st.just({"keyword": ["slow"]}),
    st.just({"keyword": ["court"]}),
    st.just({"genre": [{"name": "plan"}]}),
)


@st.composite
def references(draw: st.DrawFn, subjects: tuple[Subject, ...] = SUBJECTS) -> Delivery:
    """Advice that kills or holds a story by naming it."""
    subject = draw(st.sampled_from(subjects))
    status = draw(st.sampled_from(("canceled", "withheld")))
    at = AGENCY_DAY + timedelta(minutes=draw(st.integers(0, 5)), seconds=30)
    uri = subject.uri.replace("&", "&amp;")
    return Delivery(source=subject.source, body=reference(uri, status, at))


@st.composite
def bundles(draw: st.DrawFn) -> Delivery:
    """Several items in one delivery, one of them perhaps unreadable."""
    parts = draw(st.lists(versions(), min_size=2, max_size=3))
    items: list[Any] = [json.loads(part.body) for part in parts]
    if draw(st.booleans()):
        items.append("no item")
    return Delivery(source=parts[0].source, body=json.dumps(items).encode())


broken = st.sampled_from((b"", b"<rss", b"<html><p>Log in</p></html>", b"{}")).map(
    lambda body: Delivery(source="norrane", body=body, name="broken")
)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """What staff decide."""
    story = draw(st.sampled_from(SUBJECTS)).id
    fields = draw(
        st.one_of(
            st.sampled_from(("release", "hold", "kill")).map(lambda action: {"action": action}),
            st.sampled_from(("", "Ferry stays")).map(
                lambda text: {"action": "rework", "headline": text}
            ),
            st.sampled_from((Media(), Media(id="p", renditions=(Rendition(href="/p.jpg"),)))).map(
                lambda picture: {"action": "rework", "picture": picture}
            ),
            st.sampled_from(("world", "sport", "news")).map(
                lambda section: {"action": "reroute", "section": section}
            ),
        )
    )
    return Order(story=story, by="mira", **fields)


_entries = st.one_of(
    versions(), versions(), versions(), versions(), versions(),
    messages(), messages(), messages(), messages(), copies(),
    references(), bundles(), broken, orders(), orders(), st.just(Tick()),
)  # fmt: skip


@st.composite
def logs(draw: st.DrawFn, most: int = 14) -> Log:
    """A whole wire as the log has it, ended by a tick long after every schedule."""
    moves = draw(st.lists(st.tuples(waits, _entries), min_size=1, max_size=most))
    now, log = START, []
    for wait, entry in moves:
        now += wait
        log.append((now, entry))
    return [*log, (now + draw(waits), Tick())]


@st.composite
def batches(draw: st.DrawFn, log: Log) -> list[Log]:
    """The same log in other batches."""
    cuts = sorted(draw(st.sets(st.integers(1, len(log)), max_size=5)) | {len(log)})
    return [log[start:end] for start, end in zip([0, *cuts], cuts, strict=False)]


@st.composite
def repeated(draw: st.DrawFn, log: Log) -> Log:
    """The log with some deliveries sent again, at once or later."""
    again: Log = list(log)
    deliveries = [at for at, (_, entry) in enumerate(log) if isinstance(entry, Delivery)]
    if not deliveries:
        return again
    for at in draw(st.lists(st.sampled_from(deliveries), max_size=4)):
        entry = log[at][1]
        first = next(n for n, (_, other) in enumerate(again) if other is entry)
        place = draw(st.integers(first + 1, len(again) - 1))
        again.insert(place, (again[place - 1][0], entry))
    return again


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[Log, Log]:
    """The same versions, kills and holds in two orders of arrival, some of them twice."""
    parts = st.one_of(versions(DATED), versions(DATED), versions(DATED), references(DATED))
    sent = draw(st.lists(parts, min_size=1, max_size=10, unique_by=_told_apart))
    other = draw(st.permutations(sent + draw(st.lists(st.sampled_from(sent), max_size=3))))
    return _spaced(draw, sent), _spaced(draw, other)


@st.composite
def shuffled_chains(draw: st.DrawFn) -> tuple[Log, Log]:
    """The same messages of chains in two orders of arrival, some of them twice."""
    parts = st.one_of(messages(), messages(), messages(), messages(), copies())
    sent = draw(st.lists(parts, min_size=2, max_size=12, unique_by=lambda d: (d.source, d.body)))
    other = draw(st.permutations(sent + draw(st.lists(st.sampled_from(sent), max_size=3))))
    return _spaced(draw, sent), _spaced(draw, other)


def _told_apart(delivery: Delivery) -> object:
    """What the agency tells versions apart by; what it cannot tell apart, nobody can."""
    if delivery.body.startswith(b"<"):
        return delivery.body
    item = json.loads(delivery.body)
    return normal_key(item["uri"]), item["versioncreated"]


def _spaced(draw: st.DrawFn, sent: list[Delivery]) -> Log:
    now, log = START, []
    for delivery in sent:
        now += draw(st.sampled_from(WAITS[:6]))
        log.append((now, delivery))
    return [*log, (START + timedelta(days=40), Tick())]


def tell(log: Log) -> str:
    """The log as a person reads it, for a failing test."""
    return "\n".join(
        f"{stamp(at)} {entry.source} {entry.body.decode(errors='replace')}"
        if isinstance(entry, Delivery)
        else f"{stamp(at)} {entry}"
        for at, entry in log
    )
