"""The settings' reference page and the file that `init` writes say what the code does."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from wirecopy import config
from wirecopy.cli.reference import attribute_docs, profiles_markdown, settings_markdown
from wirecopy.config.profile import PROFILE_TABLES

ROOT = Path(__file__).resolve().parents[1]
FILLED = {"{name}": "The Tarnwick Post", "{url}": "https://post.example"}


settings_page = cache(settings_markdown)
profiles_page = cache(profiles_markdown)


def newsroom() -> str:
    """The file that `init` writes, with its two blanks filled in."""
    text = resources.files("wirecopy").joinpath("cli/newsroom.toml").read_text("utf-8")
    for blank, value in FILLED.items():
        text = text.replace(blank, value)
    return text


def test_the_page_of_settings_is_up_to_date() -> None:
    """docs/reference/settings.md is what the code would write."""
    page = ROOT / "docs/reference/settings.md"
    assert page.read_text("utf-8") == settings_markdown(), "run `make docs`"


@pytest.mark.parametrize("path", list(config.TABLES))
def test_every_setting_says_what_it_means(path: str) -> None:
    """No key is without a sentence, and each stands on the page."""
    table, page = config.TABLES[path], settings_page()
    docs = attribute_docs(table)
    assert set(docs) == set(table.__struct_fields__)
    assert all(text.endswith(".") for text in docs.values())
    nested = {key for key in docs if f"{path}.{key}".lstrip(".") in config.TABLES}
    elsewhere = {"profiles"} if not path else set()  # files of their own, with a page of their own
    assert all(f"| `{key}` |" in page for key in docs.keys() - nested - elsewhere)


def test_the_page_of_profiles_is_up_to_date() -> None:
    """docs/reference/profiles.md is what the code would write."""
    page = ROOT / "docs/reference/profiles.md"
    assert page.read_text("utf-8") == profiles_markdown(), "run `make docs`"


@pytest.mark.parametrize("path", list(PROFILE_TABLES))
def test_every_key_of_a_profile_says_what_it_means(path: str) -> None:
    """No key is without a sentence, and each stands on the page."""
    table, page = PROFILE_TABLES[path], profiles_page()
    docs = attribute_docs(table)
    assert set(docs) == set(table.__struct_fields__)
    assert all(text.endswith(".") for text in docs.values())
    nested = {key for key in docs if f"{path}.{key}".lstrip(".") in PROFILE_TABLES}
    assert all(f"| `{key}` |" in page for key in docs.keys() - nested - {"key"})
    told = {text for key, text in docs.items() if key != "key"}
    assert [text for text in told if text.replace("|", "\\|") not in page] == []


def test_a_new_newsrooms_file_is_read() -> None:
    """What `init` writes needs no hand to be taken, and has one source that is a folder."""
    parsed = config.parse(newsroom())
    assert parsed.site.name == "The Tarnwick Post"
    assert parsed.site.url == "https://post.example"
    assert [(source.name, source.path) for source in parsed.sources] == [("wire", "inbox/wire")]


def test_the_commented_examples_are_right() -> None:
    """With all of its examples taken out of their comments the file is still read."""
    text = re.sub(r"(?m)^# (?=\[|[a-z_]+ = )", "", newsroom())
    parsed = config.parse(text)
    assert len(parsed.sources) == 3
    assert len(parsed.rules) == 3
    assert parsed.site.strap.url


def test_a_new_newsrooms_file_is_short() -> None:
    """An operator reads it in two minutes."""
    lines = newsroom().splitlines()
    assert len(lines) < 100
    assert all(len(line) <= 100 for line in lines)
