"""The how-to pages keep their promises: files exist, links lead somewhere, steps are few."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from wirecopy import config, fitting, formats
from wirecopy.desk.rules import Rules
from wirecopy.formats import dialects
from wirecopy.formats.hints import Hints, Score
from wirecopy.model import Delivery, Item, Reading

ROOT = Path(__file__).resolve().parents[1]
HOWTO = sorted((ROOT / "docs/howto").glob("*.md"))
DECISIONS = sorted((ROOT / "docs/decisions").glob("0*.md"))
PAGES = [*HOWTO, *DECISIONS, ROOT / "CONTRIBUTING.md", ROOT / "docs/decisions/README.md"]
SITE = '[site]\nname = "N"\nurl = "https://post.example"\n'


def _id(page: Path) -> str:
    return page.name


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    """A path in a page is a path in the repository; <format> stands for any."""
    named = re.findall(r"`((?:src|tests|docs|bench)/[^`\s]*)`", page.read_text("utf-8"))
    assert [path for path in named if "<" not in path and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    """Relative links are right from where the page lies."""
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", HOWTO, ids=_id)
def test_a_how_to_has_under_ten_steps(page: Path) -> None:
    """A job that needs ten steps is a fault of the code; the steps are numbered without a gap."""
    steps = [int(number) for number in re.findall(r"(?m)^(\d+)\. ", page.read_text("utf-8"))]
    assert steps == list(range(1, len(steps) + 1))
    assert len(steps) < 10


@pytest.mark.parametrize("page", DECISIONS, ids=_id)
def test_a_decision_names_its_price(page: Path) -> None:
    """Each has its four parts and fits a page, and the index knows it."""
    text = page.read_text("utf-8")
    headings = re.findall(r"(?m)^## (.+)$", text)
    assert headings == ["Problem", "Choice", "Price", "Look again when"]
    title = text.splitlines()[0].removeprefix(f"# {page.name[:4]} ")
    row = f"| [{page.name[:4]}]({page.name}) | {title} |\n"
    assert row in (ROOT / "docs/decisions/README.md").read_text("utf-8")
    assert len(text.splitlines()) < 60
    assert f"({page.name})" in (page.parent / "README.md").read_text("utf-8")


def _toml_blocks(page: Path) -> list[str]:
    """The indented blocks of a page that begin with a table of the settings."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"(?m)(?:^ {4,}\S.*\n)+", text)
    return [block for block in map(textwrap.dedent, blocks) if block.startswith("[")]


@pytest.mark.parametrize("page", HOWTO, ids=_id)
def test_every_example_of_settings_is_taken(page: Path) -> None:
    """What a page tells the operator to type is read, and its rules compile."""
    source = '[[sources]]\nname = "meridian-world"\nagency = "Meridian Press"\n'
    for block in _toml_blocks(page):
        text = block if "[[sources]]" in block else source + block
        Rules(config.parse(SITE + text).rules)  # ConfigError where one is not right


def test_examples_of_settings_are_found() -> None:
    """The pages that show settings are those that the test above reads, and not none."""
    assert {page.name for page in HOWTO if _toml_blocks(page)} >= {
        "add-a-source.md", "bring-your-archive.md", "run-it.md", "several-languages.md",
        "topics-and-search.md", "write-desk-rules.md",
    }  # fmt: skip


def test_the_rules_how_to_names_every_key() -> None:
    """No key of `when` is left out of the page."""
    page = (ROOT / "docs/howto/write-desk-rules.md").read_text("utf-8")
    assert [key for key in config.When.__struct_fields__ if f"`{key}`" not in page] == []


@pytest.mark.parametrize("module", formats.FORMATS, ids=lambda module: str(module.NAME))
def test_every_format_has_the_same_three_parts(module: formats.Format) -> None:
    """A name of its own, a sniff that gives a score, a read."""
    names = [other.NAME for other in formats.FORMATS]
    assert names.count(module.NAME) == 1
    assert isinstance(module.sniff(b"", Hints()), Score)
    assert callable(module.read)


def _sniff(head: bytes, hints: Hints) -> Score:
    return Score.CERTAIN if head.startswith(b"TAPEWIRE/") else Score.NO


def _read(body: bytes, hints: Hints) -> Reading:
    _, number, headline = body.decode().split("/", 2)
    return Reading(items=(Item(item_id=number, headline=headline),), format="tapewire")


def test_a_format_made_by_the_how_to_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module with the three parts, put into FORMATS, reads its deliveries; nothing else does."""
    wire = b"TAPEWIRE/77/Ferry runs again"
    toy = SimpleNamespace(NAME="tapewire", sniff=_sniff, read=_read)
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, toy))
    reading = formats.read(wire, Hints())
    assert reading.format == "tapewire"
    assert [(item.item_id, item.headline) for item in reading.items] == [("77", "Ferry runs again")]


# --------------------------------------------------------------------------------------
# Add a dialect
# --------------------------------------------------------------------------------------

DIALECT = ROOT / "docs/howto/add-a-dialect.md"


def _block(after: str) -> str:
    """The indented block that follows the line of the dialect page in which these words end."""
    text = DIALECT.read_text("utf-8")
    _, found, rest = text.partition(after)
    assert found, after
    block = re.match(r"[^\n]*\n(?:[^\n]+\n)*\n((?: {4,}[^\n]*\n|\n)+)", rest)
    assert block, after
    return textwrap.dedent(block[1]).strip() + "\n"


def _checked(name: str, wire: str) -> tuple[dict[str, fitting.Line], tuple[str, ...]]:
    """What the check of the page's file says with the page's profiles: lines by field, warnings."""
    names = ("meridian", "meridian-data")
    texts = {each: _block(f"`profiles/{each}.toml`") for each in names} if name else {}
    settings = dialects.with_profiles(config.parse(SITE + _block("**Make it a source.**")), texts)
    source = settings.sources[0]
    if wire.startswith("<"):
        source = msgspec.structs.replace(source, format="", profile=name)
    delivery = Delivery(source=source.name, body=wire.encode(), name="file")
    found = fitting.fit(delivery, datetime(2026, 1, 5, 12, tzinfo=UTC), settings, source)
    assert not found.error
    return {line.field: line for line in found.stories[0].lines}, found.stories[0].warnings


def test_the_dialect_of_the_how_to_does_what_the_page_says() -> None:
    """Its profile reads its file as its table says; without the profile it is read as it warns."""
    lines, warnings = _checked("meridian", _block("this one is `ferry.txt`"))
    rows = re.findall(r"(?m)^   \| (\w+) \| (.+?) \| (.*?) ?\|$", DIALECT.read_text("utf-8"))
    told = [row for row in rows if row[0] != "field"]
    assert len(told) == 4
    for field, read, by in told:
        assert lines[field].read == read
        assert lines[field].why.startswith(by)
    assert "no dateline found" not in warnings
    bare, warned = _checked("", _block("this one is `ferry.txt`"))
    assert "no dateline found" in warned
    assert "FRESH2" in bare["headline"].read
    assert "~~ av" in [line.read for line in bare.values()]


def test_the_xml_of_the_how_to_is_read_by_its_profile() -> None:
    """Every field that the page's profile names comes out of the page's file."""
    lines, _ = _checked("meridian-data", _block("such a file, `tides.xml`"))
    read = {field: line.read for field, line in lines.items()}
    assert (read["item_id"], read["version"], read["headline"]) == ("71", "2", "High tide at noon")
    assert (read["keywords"], read["status"]) == ("tides; Norlin", "usable")
    assert read["first_created"] == "2026-07-05T08:30:00+00:00"
    assert read["body[0]"] == "The tide will be high at noon."
