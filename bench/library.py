"""What the library costs: looking for related stories, coverage and sections; and searching.

An archive is filled with stories of drawn terms (as skewed as language is) up to each size; then
the next thousand are measured through the library's own calls in process CPU time, in batches as
the filer has them, the writing at the end of each batch included. Search is measured on real rows
of the index.

    python bench/library.py 10000 100000 500000     related, sections and coverage at these sizes
"""

from __future__ import annotations

import random
import sys
import time
from array import array
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median

import wire
from measures import Table, peak_mb, percentile, ratio, scratch
from wirecopy.archive.codec import encode
from wirecopy.archive.filing import Filing
from wirecopy.archive.search import SqliteSearch
from wirecopy.archive.sqlite import SqliteArchive
from wirecopy.briefs import Filters
from wirecopy.database import micros
from wirecopy.model import Block, Item, Sheet, Story, Teaser, Topic
from wirecopy.story.copyfit import text_of
from wirecopy.story.related import RECENT, TERMS_KEPT, Profile, figure, terms_of
from wirecopy.story.topics import topics_of

SECTIONS = tuple(wire.SECTIONS)
_BATCH, _BATCHES = 200, 5
_USUAL = 0.2
"""How telling the average term is."""
_QUERIES = 400


def measure(*, quick: bool) -> list[Table]:
    """The library's cost by size of the archive, and search's."""
    with scratch() as folder:
        tables = [_library(folder, (500, 2000) if quick else (10_000, 100_000, 500_000))]
        tables.append(_search(folder, 2000 if quick else 200_000))
    return tables


def _day_of(moment: datetime) -> date:
    return moment.date()


# -- related, coverage, sections -------------------------------------------------------


def _library(folder: Path, sizes: tuple[int, ...]) -> Table:
    archive = SqliteArchive(folder / "library.db", _day_of, "UTC")
    drawn = _sheets()
    number, rows, memory = 0, [], _Terms()
    reading = _reading()
    for size in sizes:
        memory.fill(archive, drawn, number, size)
        number = size
        costs, picks = [], []
        for _ in range(_BATCHES):
            cost, look = _file(archive, drawn, number, _BATCH, memory)
            costs.append(cost / _BATCH * 1000)
            picks.append(look / _BATCH * 1000)
            number += _BATCH
        cost = median(costs)
        rows.append((size, cost, cost + reading, median(picks), peak_mb()))
    archive.close()
    first = rows[0]
    return Table(
        title="Sections, topics, related stories and coverage: CPU milliseconds a story",
        columns=(
            "stories in place", "filing's part", "of the first size",
            "with topics and terms read from the text", "of the first size", "picks alone",
            "peak MB, the filling included",
        ),
        rows=tuple(
            (size, cost, ratio(cost, first[1]), whole, ratio(whole, first[2]), look, peak)
            for size, cost, whole, look, peak in rows
        ),
        note="Guess, lesson, search for related stories, coverage, what terms remember, and the "
        f"writing at the end of a batch; medians of {_BATCHES} batches of {_BATCH}. The archive "
        "below each size is written straight into the tables.",
    )  # fmt: skip


def _reading() -> float:
    """CPU milliseconds of reading topics and terms from one text of the wire."""
    items = [
        Item(
            item_id="x",
            headline=copy.headline,
            standfirst=copy.standfirst,
            body=tuple(Block(kind="p", html=f"<p>{text}</p>") for text in copy.paragraphs),
            language="en",
        )
        for copy in wire.stories(0, 300)
    ]
    began = time.process_time()
    for item in items:
        topics = topics_of(item)
        terms_of(item.headline, item.standfirst, text_of(item), topics)
    return (time.process_time() - began) / len(items) * 1000


class _Terms:
    """What terms remember, kept beside the archive while it is filled in bulk."""

    def __init__(self) -> None:
        self.recent: dict[str, array[int]] = {}
        self.seen: dict[str, int] = {}

    def note(self, number: int, terms: tuple[str, ...]) -> None:
        """Let a story's terms remember it; each counts as the average term does."""
        for term in terms:
            self.seen[term] = self.seen.get(term, 0) + 1
            recent = self.recent.setdefault(term, array("q"))
            recent.append(figure(number, _USUAL))
            if len(recent) > RECENT:
                del recent[0]

    def fill(self, archive: SqliteArchive, drawn: Iterator[Sheet], first: int, last: int) -> None:
        """Write stories first + 1 to last into the library's tables."""
        run = archive.connection
        run.execute("BEGIN")
        for number in range(first + 1, last + 1):
            sheet = next(drawn)
            self.note(number, sheet.terms[:TERMS_KEPT])
            names = tuple(topic.slug for topic in sheet.topics)
            at = micros(wire.START + wire.EVERY * number)
            profile = Profile(number, f"s{number:08}", at, names, number)
            run.execute(
                "REPLACE INTO profiles (number, profile) VALUES (?, ?)", (number, encode(profile))
            )
        lesson = encode(dict.fromkeys(SECTIONS, 3))
        run.executemany(
            "REPLACE INTO terms (term, seen, recent, sections) VALUES (?, ?, ?, ?)",
            ((term, self.seen[term], recent.tobytes(), lesson)
             for term, recent in self.recent.items()),
        )  # fmt: skip
        run.executemany(
            "REPLACE INTO taught (section, stories, words) VALUES (?, ?, ?)",
            [(key, last // 16, last) for key in SECTIONS],
        )
        run.execute("COMMIT")


def _file(
    archive: SqliteArchive, drawn: Iterator[Sheet], first: int, count: int, memory: _Terms
) -> tuple[float, float]:
    """CPU seconds of one batch in the library, and of them those of looking for picks."""
    sheets = [next(drawn) for _ in range(count)]
    looking = 0.0
    began = time.process_time()
    with archive.filing() as filing:
        for number, sheet in enumerate(sheets, first + 1):
            looking += _one(filing, number, sheet)
    spent = time.process_time() - began
    for number, sheet in enumerate(sheets, first + 1):
        memory.note(number, sheet.terms[:TERMS_KEPT])
    return spent, looking


def _one(filing: Filing, number: int, sheet: Sheet) -> float:
    """File one story in the library; CPU seconds of looking for its picks."""
    story = Story(id=f"s{number:08}", source="bench", agency="Northwire", key=str(number))
    library = filing.library
    library.begin()
    library.guess(sheet, SECTIONS)
    lesson = SECTIONS[number % len(SECTIONS)] if number % 2 else ""
    began = time.process_time()
    choice = library.look(number, story, sheet, wire.START + wire.EVERY * number, lesson)
    looking = time.process_time() - began
    library.join(story, choice, sheet)
    return looking


def _sheets() -> Iterator[Sheet]:
    """Stories of 28 words and three names each, drawn as language draws them."""
    chance = random.Random(7)  # noqa: S311 - repeatable copy is the point, not secrecy
    words = [f"w{n}" for n in range(60_000)]
    names = [f"n{n}" for n in range(30_000)]
    often = tuple(accumulate(1 / (rank + 20) for rank in range(len(words))))
    known = tuple(accumulate(1 / (rank + 5) for rank in range(len(names))))
    while True:
        cast = tuple(dict.fromkeys(chance.choices(names, cum_weights=known, k=3)))
        said = tuple(dict.fromkeys(chance.choices(words, cum_weights=often, k=28)))
        yield Sheet(
            item=Item(item_id="x"),
            fingerprint="",
            terms=(*(f"={name}" for name in cast), *said),
            heft=(3.0,) * len(cast) + (1.0,) * len(said),
            topics=tuple(Topic(slug=name, name=name, type="person") for name in cast),
        )


# -- search ----------------------------------------------------------------------------


def _search(folder: Path, size: int) -> Table:
    archive = SqliteArchive(folder / "search.db", _day_of, "UTC")
    _fill(archive, size)
    archive.close()
    search = SqliteSearch(folder / "search.db")
    rows, everything = [], []
    for name, asked in questions(size).items():
        seconds: list[float] = []
        for query, sort, section, filters in asked:
            began = time.perf_counter()
            search.search(query, sort=sort, section=section, filters=filters)
            seconds.append((time.perf_counter() - began) * 1000)
        rows.append((name, len(asked), percentile(seconds, 0.5), percentile(seconds, 0.99)))
        everything += seconds
    rows.append(("all", len(everything), percentile(everything, 0.5), percentile(everything, 0.99)))
    search.close()
    return Table(
        title=f"Search over {size:,} stories: wall milliseconds",
        columns=("asked", "queries", "median", "99th percentile"),
        rows=tuple(rows),
    )


def _fill(archive: SqliteArchive, size: int) -> None:
    """Write stories straight into the index and its rows."""
    run = archive.connection
    for first in range(0, size, 2000):
        copies = wire.stories(first, min(2000, size - first))
        run.execute("BEGIN")
        run.executemany(
            "INSERT INTO stories (number, id, source, key, state, section, path, published, "
            "agency_time, day, day_part, map_part, issue, indexed, story, teaser) VALUES "
            "(?, ?, 'bench', ?, 'live', ?, ?, ?, ?, ?, 1, 1, ?, 1, ?, ?)",
            [_row(copy) for copy in copies],
        )
        run.executemany(
            "INSERT INTO search (rowid, headline, standfirst, body, topics, agency, pairs, "
            "section, story) VALUES (?, ?, ?, ?, ?, ?, '', ?, ?)",
            [_words(copy) for copy in copies],
        )
        run.execute("COMMIT")


def _row(copy: wire.Copy) -> tuple[object, ...]:
    at, name = micros(copy.created), f"s{copy.number:08}"
    teaser = Teaser(
        id=name,
        path=f"{copy.section}/{name}.html",
        headline=copy.headline,
        standfirst=copy.standfirst,
        section=copy.section,
        agency=copy.agency,
        credit=copy.agency,
        first_published=copy.created,
        updated=copy.created,
    )
    day = copy.created.date().isoformat()
    number = copy.number + 1
    return (
        number, name, str(number), copy.section, teaser.path, at, at, day, number, b"",
        encode(teaser),
    )  # fmt: skip


def _words(copy: wire.Copy) -> tuple[object, ...]:
    return (
        copy.number + 1, copy.headline, copy.standfirst, "\n".join(copy.paragraphs),
        ", ".join(copy.topics), copy.agency, copy.section, f"s{copy.number:08}",
    )  # fmt: skip


Asked = tuple[str, str, str, Filters | None]


def questions(size: int) -> dict[str, list[Asked]]:
    """What readers ask: common words, rare ones, phrases, several words, filters, slips."""
    chance = random.Random(11)  # noqa: S311 - repeatable questions are the point
    copies = [wire.story(chance.randrange(size)) for _ in range(_QUERIES // 8)]
    last = wire.START + wire.EVERY * size
    month = Filters(since=(last - timedelta(days=20)).date().isoformat())
    asked: dict[str, list[Asked]] = {"words": [], "phrases": [], "filters": [], "slips": []}
    for copy in copies:
        said = copy.paragraphs[0].rstrip(".").split()
        for sort in ("newest", "relevance"):
            asked["words"] += [(word, sort, "", None) for word in said[1:4]]
            asked["words"].append((" ".join(said[2:4]), sort, "", None))
            asked["phrases"].append((f'"{" ".join(said[1:4])}"', sort, "", None))
            asked["phrases"].append((f"{said[3][:4]}* -{said[4]}", sort, "", None))
            asked["filters"].append((said[2], sort, copy.section, None))
            asked["filters"].append((said[2], sort, "", Filters(agency=copy.agency)))
            asked["filters"].append((said[3], sort, "", month))
        name = copy.place.lower()
        asked["slips"].append((name[0] + name[2] + name[1] + name[3:] + "x", "newest", "", None))
    return asked


if __name__ == "__main__":
    sizes = tuple(int(size) for size in sys.argv[1:]) or (10_000, 100_000, 500_000)
    with scratch() as place:
        print(_library(place, sizes).markdown())
