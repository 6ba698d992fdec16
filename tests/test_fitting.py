"""What `wirecopy profile check` says of a file: every difference with its reason."""

from __future__ import annotations

import os
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from wirecopy.config import Config, Source, parse
from wirecopy.errors import ConfigError
from wirecopy.fitting import Fitted, Fitting, fit, written
from wirecopy.formats import dialects, profiles
from wirecopy.model import Delivery

HERE = Path(__file__).parent
WIRES = HERE / "wires"
GOLDEN = HERE / "goldens" / "profile" / "ferry.json"
RECEIVED = datetime(2026, 1, 6, 12, tzinfo=UTC)
TIDEWIRE = (WIRES / "profiles" / "tidewire.toml").read_text("utf-8")
FERRY = (WIRES / "profiles" / "ferry.xml").read_bytes()


def settings(**texts: str) -> Config:
    """A newsroom's settings with its own profiles."""
    site = parse('[site]\nname = "N"\nurl = "https://post.example"\n')
    return dialects.with_profiles(site, texts)


def fitting(body: bytes = FERRY, key: str = "", agency: str = "", text: str = TIDEWIRE) -> Fitting:
    """What a profile does to a file."""
    source = Source(name="check", agency=agency)
    delivery = Delivery(source="check", body=body, name="file")
    return fit(delivery, RECEIVED, settings(tidewire=text), source, key)


def why(story: Fitted) -> dict[str, str]:
    """The reasons, by field."""
    return {line.field: line.why for line in story.lines}


def test_a_check_is_as_its_golden_says() -> None:
    """Side by side, field by field, with the pattern or key behind each difference."""
    found = msgspec.json.format(msgspec.json.encode(fitting()), indent=1) + b"\n"
    if os.environ.get("WIRECOPY_GOLDENS"):
        GOLDEN.write_bytes(found)
    assert found == GOLDEN.read_bytes()


def test_every_difference_has_its_reason() -> None:
    """A map, a zone, a name, a pattern and the general rules are told apart."""
    (story,) = fitting().stories
    reasons = why(story)
    assert reasons["urgency"] == "urgency or priorities"
    assert reasons["version_created"] == "timezone"
    assert reasons["provider"] == "provider"
    assert reasons["headline"] == "the general rules"
    assert reasons["dateline"].startswith("dateline.patterns[0]: @(?P<place>")
    assert reasons["sign_off"] == r"signoff.patterns[0]: ~~ \w{2,4}"
    assert reasons["body[0]"] == "its beginning taken off"
    assert reasons["body[2]"] == "taken off"
    assert "urgency 4 -> 6 by map" in story.warnings


def test_what_is_missing_is_told() -> None:
    """No dateline, no id, a pattern that finds nothing: a person must know."""
    feed = (
        b"<rss version='2.0'><channel><title>T</title><item><title>Ferry runs</title>"
        b"<description>The ferry ran again, the harbour master said.</description></item>"
        b"</channel></rss>"
    )
    (story,) = fitting(feed, "tidewire").stories
    told = "\n".join(story.warnings)
    assert "no dateline found" in told
    assert "no id found" in told
    assert "none of dateline.patterns matched" in told
    assert 'set `profile = "tidewire"` for the source' in told


def test_a_profile_that_the_file_leads_to_needs_no_setting() -> None:
    """Nothing is said of settings where marks or the source's agency find the profile."""
    (story,) = fitting().stories
    assert not any("for the source" in each for each in story.warnings)
    (story,) = fitting(FERRY.replace(b"tidewire.example", b"XY"), agency="Tidewire").stories
    assert not any("for the source" in each for each in story.warnings)


def test_of_xml_of_its_own_the_paths_are_told() -> None:
    """Beside each field stand its path and what the document says there."""
    body = (WIRES / "vendor-xml" / "ritzau-story.xml").read_bytes()
    (story,) = fitting(body).stories
    by_field = {line.field: line for line in story.lines}
    assert by_field["status"].sent == "false"
    assert by_field["status"].why == "xml.fields.status: Annuleret"
    assert by_field["dateline"].why == "xml.fields.place: town"
    assert by_field["first_created"].sent == "2026-07-05T18:45:36.5"


def test_what_the_profile_filled_in_is_told() -> None:
    """A credit, a language, a home: the key that gave it stands beside it."""
    more = 'credit = "(c) Tidewire"\nhome = "Norlin"\n'
    wire = FERRY.replace(b"@Norlin 4.1. ~ ", b"")
    (story,) = fitting(wire, text=more + TIDEWIRE).stories
    reasons = why(story)
    assert reasons["credit_line"] == "credit"
    assert reasons["language"] == "languages"
    assert by(story, "dateline") == ("Norlin", "home")


def by(story: Fitted, field: str) -> tuple[str, str]:
    """What a field is read as, and by what."""
    return next((line.read, line.why) for line in story.lines if line.field == field)


@pytest.mark.parametrize(
    "wire",
    [path for path in sorted(WIRES.glob("*/*")) if path.suffix != ".toml"],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_every_wire_can_be_checked(wire: Path) -> None:
    """Whatever a file holds, the check says what is read or why it is not; nothing is raised."""
    for key in ("", "belga", "tidewire"):
        found = fitting(wire.read_bytes(), key)
        assert found.error or found.format
        assert all(story.lines for story in found.stories)


def test_what_cannot_be_read_is_told_in_words() -> None:
    """The error of the reading is the answer; an unknown profile is refused."""
    assert "not a format that is known" in fitting(b"<odd/>").error
    with pytest.raises(ConfigError, match="Did you mean 'tidewire'"):
        fitting(key="tidewir")


@pytest.mark.parametrize("key", sorted(profiles.shipped()))
def test_a_profile_is_shown_as_its_file_could_be_written(key: str) -> None:
    """What `profile show` prints is TOML, and makes the same profile again."""
    text = written(profiles.shipped()[key])
    assert tomllib.loads(text)
    (again,) = profiles.own_profiles({"copy": text})
    assert msgspec.structs.replace(again, key=key) == profiles.shipped()[key]
