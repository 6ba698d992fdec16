"""feedparser's own cases, asked of our readers.

The cases ride in feedparser's source distribution, which `make feedsuite` fetches; the runner lies
beside this repository. Where one of the two is missing, the test says so and is skipped.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from tests.conformance import feedparser_names

ROOT = Path(__file__).resolve().parents[2]
SUITE = ROOT / "build" / "feedsuite" / "feedparser-6.0.14.tar.gz"
RUNNERS = [parent / "shared" / "tools" / "feedparser_suite.py" for parent in ROOT.parents]
FLOOR = 0.96
"""Share of the core cases of a news publisher that must pass."""


def _runner() -> ModuleType:
    found = next((path for path in RUNNERS if path.is_file()), None)
    if found is None:
        pytest.skip("The runner of feedparser's cases (shared/tools) is not beside this repository")
    if not SUITE.is_file():
        pytest.skip("feedparser's cases are not here; `make feedsuite` fetches them")
    spec = importlib.util.spec_from_file_location("feedparser_suite", found)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_core_cases_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """At least 96 of 100 core cases of feedparser's own suite pass through our readers."""
    runner = _runner()
    cases = [case for case in runner.load_suite(str(SUITE)) if runner.is_core(case)]
    results = runner.run(cases, feedparser_names.parse)
    ended = Counter(status for _, status, _ in results)
    asked = len(results) - ended["skip"]
    roads = Counter(
        feedparser_names.parse(case.data, case.ctype, case.loc)["road"]
        for case, status, _ in results
        if status != "skip"
    )
    with capsys.disabled():
        print(  # noqa: T201 - the numbers are what CI shows
            f"\nfeedparser's core cases: {ended['pass']} of {asked} pass "
            f"({100 * ended['pass'] / asked:.1f} %), {ended['skip']} skipped by the suite; "
            f"roads: {roads['fast']} fast, {roads['patient']} patient, {roads['refused']} refused"
        )
    assert asked > 600
    assert ended["error"] == 0
    assert ended["pass"] / asked >= FLOOR, [
        case.path for case, status, _ in results if status not in {"pass", "skip"}
    ]
