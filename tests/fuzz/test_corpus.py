"""What fuzzing has found, and what it begins with, holds every promise of its target."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file())
LARGEST = 200_000
"""Bytes of the whole corpus; it is read in every test run."""


@pytest.mark.parametrize("target", TARGETS)
def test_what_fuzzing_found_stays_mended(target: str) -> None:
    """Each file of a target's corpus is read, or refused in words, and nothing breaks."""
    for path in FILES:
        if path.parent.name == target:
            TARGETS[target](path.read_bytes())


def test_the_corpus_is_small_and_all_of_it_is_used() -> None:
    """Every file belongs to a target, and all of them together are quickly read."""
    assert {path.parent.name for path in FILES} <= set(TARGETS)
    assert sum(path.stat().st_size for path in FILES) < LARGEST
