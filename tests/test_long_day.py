"""One agency's long day: 300 deliveries in every format, against what an editor expects of them.

`goldens/long-day/README.md` tells its story. `make goldens` writes what the site and the table of
outcomes are; `expected.toml` says what they ought to be, and nothing writes that but people.
"""

from __future__ import annotations

import functools
import os
import random
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

import pytest
from hypothesis import settings
from tests.agency import day
from tests.agency.day import FOLDER, Log, Row
from tests.agency.sheets import HOME, Copy, clock
from tests.newsdesk import Desk

from wirecopy.model import Tick

SEEDS = range(max(1, 4 * settings().max_examples // 100))
"""Four shuffles as a rule, forty under `--hypothesis-profile=deep`."""

SHOWN = """
    ferry-7 docks-1 loop-1 dam-4 budget-4 rates-7 wrap-2 steel-4 hafen-5 volcan-3 flood-4 baadh-3
    quay-1 bees-1 cup-3 census-1 wx-1 night-2
"""
"""Messages whose story pages lie in the golden whole."""
KILLED = "clinic-1"
"""A message whose story was killed: its page for that lies there too."""
LISTS = """
    index.html business/index.html corrections.html rss.xml news/feed.json sitemap.xml
    news-sitemap.xml
"""

ACTIONS = (
    "replace", "replace+correct", "replace+silent", "append", "patch", "new-linked", "flag", "hold",
    "withdraw", "expire", "internal", "ignore",
)  # fmt: skip
"""All that an update marker can ask for."""
EMBARGOES = (
    ("14:00", "Aske of Gannet"),
    ("15:00", "Salt Clerk"),
    ("17:00", "Küste 1"),
    ("18:00", "7,314,000"),
)
"""When an embargo ends, and words of the story that was under it."""


def fail_with(rows: Iterable[Row], what: str) -> None:
    """End the test with a table where there is anything in it."""
    found = list(rows)
    if found:
        pytest.fail(f"{len(found)} {what}\n\n{day.table(found)}", pytrace=False)


@contextmanager
def carried(parts: Iterable[Log], *, readers: int = 0) -> Iterator[Desk]:
    """A desk after the log came in these parts."""
    with Desk(day.CONFIG, readers=readers) as desk:
        desk.newsroom.bake_all()
        for part in parts:
            desk.log(part)
            desk.carry()
        yield desk


class Day(NamedTuple):
    """What a day came to."""

    outcomes: list[Row]
    """Those that are wrong."""
    standing: list[Row]
    """What stands wrongly."""
    site: dict[str, bytes]
    grown: dict[str, bytes]
    """The site with the theme's own files."""
    full: dict[str, bytes]
    """The same as a full bake writes it."""
    told: str
    """The table of outcomes."""


@functools.cache
def usual() -> Day:
    """The day as it came, carried once for all tests that look at it."""
    with carried([day.log_of(day.wire())]) as desk:
        lines = day.filed(desk, day.wire())
        return Day(
            outcomes=list(day.wrong_outcomes(lines)),
            standing=list(day.wrong_standing(desk, lines)),
            site=day.baked(desk),
            grown=desk.site(),
            full=desk.full_bake(),
            told=_told(desk, lines),
        )


def _told(desk: Desk, lines: dict[str, day.Filed]) -> str:
    """The table of outcomes: when, which message, what became of it and why, and where it is."""
    rows = []
    for message in day.wire():
        for name in message.ids:
            line = lines.get(name, day.Filed(kind="(no line)", reason="", story=""))
            story = desk.newsroom.archive.story(line.story) if line.story else None
            at = message.at.astimezone(HOME).strftime("%H:%M")
            page = f"  -> {story.path}" if story and story.path else ""
            rows.append(f"{at} {name:11} {line.kind:11} {line.reason}{page}".rstrip())
    return "\n".join(rows) + "\n"


# --------------------------------------------------------------------------------------
# The wire itself
# --------------------------------------------------------------------------------------


def test_every_message_is_expected_once() -> None:
    """No message is forgotten in expected.toml, and none stands there that never came."""
    came = [name for message in day.wire() for name in message.ids]
    told = [name for chain in day.expected().values() for name in chain.outcomes]
    assert sorted(told) == sorted(came)
    assert 290 <= len(day.wire()) <= 310


def test_the_readme_names_messages_that_came() -> None:
    """What README.md tells of the day is told of messages that are in it, action by action."""
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    came = {name for message in day.wire() for name in message.ids}
    named = set(re.findall(r"`([a-z]+-[a-z0-9]+)`", told))
    assert not named - came
    for action in ACTIONS:
        assert re.search(rf"^\| {re.escape(action)}\b", told, re.MULTILINE), action


def test_every_message_reads_as_its_desk_meant_it() -> None:
    """Every message but the broken ones is read in its format, with its headline and markers."""
    fail_with(_misread(), "things are read otherwise than they were meant")


def _misread() -> Iterator[Row]:
    wanted = day.reads()
    for copy in day.copies():
        if copy.again or copy.format == "raw" or copy["message"] == "empty":
            continue
        galley = day.galley_of(copy.id)
        if galley.error:
            yield copy.id, copy.format, galley.error
            continue
        kind = "plain" if copy.format == "mail" else copy.format
        if galley.format != kind:
            yield copy.id, kind, galley.format
        for each in (copy, *copy.more):
            if not each["spoiled"]:
                yield from _misread_item(each, wanted.get(each.id, day.Read()))


def _misread_item(copy: Copy, wanted: day.Read) -> Iterator[Row]:
    item = day.read_alone(copy.id)
    marks = {"stop" if mark.action in day.STOPS else mark.action for mark in item.markers}
    if marks != wanted.marks:
        yield f"{copy.id} markers", " ".join(sorted(wanted.marks)), " ".join(sorted(marks))
    headline = copy["head"].replace(wanted.off, "", 1).strip()
    if headline and wanted.off != "*" and item.headline != headline:
        yield f"{copy.id} headline", headline, item.headline
    seen = {
        "id": item.item_id,
        "slug": item.slug,
        "embargo": item.embargo_until.isoformat() if item.embargo_until else item.embargo_text,
        "place": item.dateline.place if item.dateline else "",
    }
    for key, value in wanted.fields.items():
        if seen[key] != value:
            yield f"{copy.id} {key}", value, seen[key]


# --------------------------------------------------------------------------------------
# What became of it
# --------------------------------------------------------------------------------------


def test_every_message_ends_as_expected() -> None:
    """Every one of 300 deliveries has the outcome that the trade's rules give it."""
    fail_with(usual().outcomes, "outcomes are not as expected")


def test_the_right_version_of_every_story_stands() -> None:
    """At the end of the day every story stands in one place, in its right text and state."""
    fail_with(usual().standing, "stories do not stand as expected")


def test_the_site_says_and_keeps_silent() -> None:
    """What was killed, held or meant for desks is in no file of the site; what ran is in some."""
    whole = b"\n".join(usual().site.values()).decode("utf-8", "replace")
    words = day.section("site")
    rows = [(word, "nowhere on the site", "is there") for word in words["never"] if word in whole]
    rows += [(word, "on the site", "is not") for word in words["always"] if word not in whole]
    fail_with(rows, "words are where they must not be, or are not where they must")


def test_an_embargo_shows_nothing_before_its_hour() -> None:
    """A minute before each embargo ends, no word of its story is in any file of the site."""
    rows: list[Row] = []
    came = 0
    with carried([]) as desk:
        for hour, word in EMBARGOES:
            before = [message for message in day.wire() if message.at < clock(hour)]
            minute = (clock(hour) - timedelta(minutes=1), Tick())
            desk.log([*day.log_of(before[came:])[:-1], minute])
            desk.carry()
            came = len(before)
            if word.encode() in b"\n".join(day.baked(desk).values()):
                rows.append((word, f"nowhere before {hour}", "is there"))
    fail_with(rows, "embargoes are broken")


# --------------------------------------------------------------------------------------
# The same log, the same site
# --------------------------------------------------------------------------------------


def test_every_delivery_twice_changes_no_byte() -> None:
    """Each delivery repeated at once: the same site."""
    with carried([day.log_of(day.wire(), times=2)]) as desk:
        _same(day.baked(desk))


def test_other_batches_change_no_byte() -> None:
    """The log in parts of other sizes, each filed and baked before the next: the same site."""
    log = day.log_of(day.wire())
    chance = random.Random(7)  # noqa: S311 - a game of cards, no secret
    cuts = sorted(chance.sample(range(1, len(log)), 24))
    parts = [log[a:b] for a, b in zip([0, *cuts], [*cuts, len(log)], strict=True)]
    with carried(parts) as desk:
        _same(day.baked(desk))


def test_two_processes_change_no_byte() -> None:
    """Read by two processes: the same site."""
    with carried([day.log_of(day.wire())], readers=2) as desk:
        _same(day.baked(desk))


def test_what_grew_equals_a_full_bake_of_the_day() -> None:
    """The site that grew with the day is the one that a full bake of its archive writes."""
    fail_with(
        _differences(usual().full, usual().grown),
        "files differ between the grown site and a full bake",
    )


def _same(site: dict[str, bytes]) -> None:
    fail_with(_differences(usual().site, site), "files of the site are others")


def _differences(wanted: dict[str, bytes], got: dict[str, bytes]) -> Iterator[Row]:
    for name in sorted(wanted.keys() | got.keys()):
        if name not in got:
            yield name, "a file", "none"
        elif name not in wanted:
            yield name, "none", "a file"
        elif wanted[name] != got[name]:
            one, two = wanted[name].splitlines(), got[name].splitlines()
            place = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), 0)
            yield name, _line(one, place), _line(two, place)


def _line(lines: list[bytes], number: int) -> str:
    return lines[number].decode("utf-8", "replace").strip()[:70] if lines else ""


@pytest.mark.parametrize("seed", SEEDS)
def test_in_any_order_the_same_versions_stand(seed: int) -> None:
    """Each chain's messages in another order: the same text stands, the same kill holds."""
    messages = day.shuffled(seed)
    with carried([day.log_of(messages)]) as desk:
        lines = day.filed(desk, messages)
        rows = list(day.wrong_standing(desk, lines, notes=False))
    fail_with(rows, f"stories stand otherwise when the wire is shuffled (seed {seed})")


# --------------------------------------------------------------------------------------
# The golden
# --------------------------------------------------------------------------------------


def test_the_golden_long_day() -> None:
    """The day gives this site, byte for byte, and this table of outcomes.

    Hundreds of baked files would swamp whoever reviews a change, so the golden holds the table,
    some pages whole, and the digest of every other file: the pages show what has changed, the
    digests that nothing else did.
    """
    site, told = usual().site, usual().told
    whole = {name: site[name] for name in _shown(told) if name in site}
    digests = "".join(f"{sha256(site[name]).hexdigest()[:16]}  {name}\n" for name in sorted(site))
    if os.environ.get("WIRECOPY_GOLDENS"):
        _write(whole, digests, told)
    if not (FOLDER / "outcomes.txt").exists():
        pytest.fail("The long day has no golden yet: `make goldens` writes it.", pytrace=False)
    rows = list(_lines_changed(FOLDER / "outcomes.txt", told))
    rows += _lines_changed(FOLDER / "site.sha256", digests)
    rows += _differences(_golden_pages(), whole)
    fail_with(rows, "things differ from the golden; `make goldens` writes it anew")


def _shown(told: str) -> list[str]:
    """The paths of the pages that the golden holds whole."""
    paths = {}
    for line in told.splitlines():
        said, _, path = line.partition("  -> ")
        paths[said.split()[1]] = path
    pages = [paths[name] for name in SHOWN.split() if paths[name]]
    return [*LISTS.split(), *pages, f"gone/{paths[KILLED].rpartition('-')[2]}"]


def _write(pages: dict[str, bytes], digests: str, told: str) -> None:
    shutil.rmtree(FOLDER / "site", ignore_errors=True)
    for name, body in pages.items():
        (FOLDER / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / "site" / name).write_bytes(body)
    (FOLDER / "site.sha256").write_text(digests, encoding="utf-8")
    (FOLDER / "outcomes.txt").write_text(told, encoding="utf-8")


def _golden_pages() -> dict[str, bytes]:
    root = FOLDER / "site"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def _lines_changed(golden: os.PathLike[str], text: str) -> Iterator[Row]:
    with open(golden, encoding="utf-8") as file:  # noqa: PTH123 - a path of ours
        wanted = file.read().splitlines()
    got = text.splitlines()
    for line in wanted:
        if line not in set(got):
            yield os.path.basename(golden), line, ""  # noqa: PTH119 - a name for the table
    for line in got:
        if line not in set(wanted):
            yield os.path.basename(golden), "", line  # noqa: PTH119 - a name for the table
