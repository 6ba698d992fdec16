"""`wirecopy vocabulary import`: names for codes, in the site's language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.newsdesk import START

from wirecopy.cli import wirecopy
from wirecopy.config import Concept
from wirecopy.errors import ConfigError
from wirecopy.model import Item, Subject
from wirecopy.settings import read_config
from wirecopy.story.vocabulary import told

SETTINGS = '[site]\nname = "The Post"\nurl = "https://post.example"\nlocale = "de_DE"\n'
CONCEPTS = [
    {"qcode": "medtop:15000000", "prefLabel": {"en-GB": "sport", "de": "Sport"}},
    {
        "qcode": "medtop:20999999",
        "prefLabel": {"en-GB": "kite racing", "de": 'Drachen"rennen'},
        "broader": ["http://cv.iptc.org/newscodes/mediatopic/15000000"],
    },
    {"qcode": "medtop:20999998", "prefLabel": {"en-GB": "bog swimming"}, "broader": []},
    {"qcode": "other:1", "prefLabel": {"en-GB": "no topic"}},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom folder beside an export."""
    (tmp_path / "wirecopy.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "export.json").write_text(json.dumps({"conceptSet": CONCEPTS}), encoding="utf-8")
    return tmp_path


def take_in(folder: Path, name: str = "export.json", *more: str) -> None:
    """Run the command."""
    command = ["-C", str(folder), "vocabulary", "import", str(folder / name), *more]
    CliRunner().invoke(wirecopy, command, catch_exceptions=False)


def test_names_come_in_the_sites_language(folder: Path) -> None:
    """Every Media Topic of the export is in the settings, named in the site's language."""
    take_in(folder)
    assert read_config(folder, {}).vocabulary == (
        Concept(code="medtop:15000000", name="Sport"),
        Concept(code="medtop:20999998", name="bog swimming"),
        Concept(code="medtop:20999999", name='Drachen"rennen', parent="medtop:15000000"),
    )
    take_in(folder, "export.json", "--language", "en-GB")
    assert read_config(folder, {}).vocabulary[2].name == "kite racing"


def test_what_is_no_export_is_refused(folder: Path) -> None:
    """A file that is no export is refused with what to do, and changes nothing."""
    for text in ("", "[]", '{"conceptSet": [1]}', '{"conceptSet": []}', "{" * 9000):
        (folder / "wrong.json").write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError, match="format=json"):
            take_in(folder, "wrong.json")
    assert not (folder / "vocabulary.toml").exists()


def test_codes_are_told_by_name() -> None:
    """A code alone gets its name; a newer one counts under the nearest that is known."""
    vocabulary = (
        Concept(code="medtop:20999999", name="kite racing", parent="medtop:20999998"),
        Concept(code="medtop:20999998", name="kites", parent="medtop:15000000"),
        Concept(code="medtop:20999997", name="ring", parent="medtop:20999997"),
    )
    item = Item(
        item_id="x",
        version_created=START,
        subjects=(
            Subject(code="medtop:20999999"),
            Subject(code="medtop:20999997"),
            Subject(code="20999999", scheme="house"),
            Subject(name="Sport", code="medtop:15000000"),
        ),
    )
    first, *others = told(item, vocabulary).subjects
    assert (first.name, first.code) == ("kite racing", "medtop:15000000")
    assert others[0].name == "ring"
    assert tuple(others[1:]) == item.subjects[2:]
    assert told(item, ()) is item
