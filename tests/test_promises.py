"""docs/promises.md names tests that there are, for every promise."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/promises.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+|\*)`")


@cache
def names_in(path: str) -> set[str]:
    """The names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED.findall(PAGE))))
def test_each_test_that_holds_a_promise_is_there(path: str, name: str) -> None:
    """Whoever renames or deletes one of these tests has to say what holds the promise now."""
    there = names_in(path)
    assert there if name == "*" else name in there


@pytest.mark.parametrize("promise", re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:])
def test_each_promise_is_held(promise: str) -> None:
    """Every promise has several tests, and no name on the page is written so that it is missed."""
    assert len(NAMED.findall(promise)) >= 4
    assert len(NAMED.findall(promise)) == promise.count("::")


def test_the_nine_promises_are_all_there() -> None:
    """They are counted from one to nine."""
    assert re.findall(r"^## (\d)\. ", PAGE, flags=re.MULTILINE) == [*"123456789"]
