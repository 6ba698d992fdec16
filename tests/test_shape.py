"""The code keeps to the sizes and the manners that CONTRIBUTING.md promises."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for room in ("src", "tests", "bench") for path in (ROOT / room).rglob("*.py"))
LONGEST_MODULE = 600
LONGEST_FUNCTION = 60
EXCEPTION = re.compile(r"# (?:noqa|type: ignore)\b.*")
REASONED = re.compile(
    r"# (?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*|type: ignore\[[a-z, -]+\]) +[-#] ?\w.*"
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_short(path: Path) -> None:
    """A module that grows past a few screens, or a function past one, is several things."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_exception_to_a_rule_says_why(path: Path) -> None:
    """A check that is switched off for a line names itself, and has its reason behind it."""
    found = EXCEPTION.findall(path.read_text("utf-8"))
    assert [each for each in found if not REASONED.fullmatch(each)] == []


def test_the_map_names_every_room() -> None:
    """A newcomer finds each module and each room of the product in docs/map.md."""
    house = ROOT / "src/wirecopy"
    rooms = {f"`{path.parent.name}/" for path in house.glob("*/__init__.py")}
    modules = {f"`{path.name}`" for path in house.glob("[a-z]*.py")}
    text = (ROOT / "docs/map.md").read_text("utf-8")
    assert {name for name in rooms | modules if name not in text} == set()
