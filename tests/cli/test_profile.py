"""The profile commands as an operator types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.wires import CONFIG, newsroom

from wirecopy.cli import wirecopy
from wirecopy.errors import WirecopyError
from wirecopy.model import Delivery
from wirecopy.readers import PoolReader
from wirecopy.settings import read_config
from wirecopy.wiring import open_newsroom

WIRES = Path(__file__).resolve().parents[1] / "wires" / "profiles"
TIDEWIRE = (WIRES / "tidewire.toml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom with a profile of its own."""
    made = newsroom(tmp_path / "post")
    (made / "profiles").mkdir()
    (made / "profiles" / "tidewire.toml").write_text(TIDEWIRE, "utf-8")
    return made


def run(folder: Path, *words: object) -> Result:
    """What a command prints."""
    result = CliRunner().invoke(
        wirecopy, ["-C", str(folder), "profile", *map(str, words)], standalone_mode=False
    )
    if isinstance(result.exception, WirecopyError):
        raise result.exception
    assert result.exception is None, result.output
    return result


def test_list_tells_the_newsrooms_own_from_the_shipped(folder: Path) -> None:
    """Each profile with its agency, where it is from, and why it is there."""
    rows = {row["profile"]: row for row in json.loads(run(folder, "list", "--json").output)}
    assert rows["tidewire"]["own"]
    assert not rows["ansa"]["own"]
    assert "newsroom" in run(folder, "list").output


def test_show_prints_a_profile_with_all_it_has(folder: Path) -> None:
    """An own file over a shipped one shows both."""
    (folder / "profiles" / "ansa.toml").write_text('home = "Roma"\n', "utf-8")
    shown = run(folder, "show", "ansa").output
    assert 'home = "Roma"' in shown
    assert "zone_lies = true" in shown
    with pytest.raises(WirecopyError, match="Did you mean 'ansa'"):
        run(folder, "show", "ansaa")


def test_no_newsroom_is_needed(tmp_path: Path) -> None:
    """In any folder the shipped profiles are there."""
    assert "ansa" in run(tmp_path, "list").output


def test_check_shows_both_sides_and_warns(folder: Path) -> None:
    """The file's words beside what they became, the pattern, and the warnings; JSON for scripts."""
    output = run(folder, "check", WIRES / "ferry.xml", "--profile", "tidewire").output
    assert "profile tidewire, format newsml-g2" in output
    assert "dateline.patterns[0]" in output
    assert "warning: urgency 4 -> 6 by map" in output
    said = json.loads(run(folder, "check", WIRES / "ferry.xml", "--json").output)
    assert said["profile"] == "tidewire"
    assert said["stories"][0]["lines"]


def test_check_takes_a_sources_settings(folder: Path) -> None:
    """With --source the file is read as that source's, zone and all."""
    config = CONFIG.replace('path = "inbox/norlin"', 'profile = "tidewire"\ntimezone = "UTC"')
    (folder / "wirecopy.toml").write_text(config, "utf-8")
    said = json.loads(
        run(folder, "check", WIRES / "ferry.xml", "--source", "norlin", "--json").output
    )
    by_field = {line["field"]: line["read"] for line in said["stories"][0]["lines"]}
    assert by_field["version_created"].startswith("2026-01-05T21:00")


@pytest.mark.parametrize("readers", [0, 1])
def test_a_source_is_read_by_its_own_profile(folder: Path, readers: int) -> None:
    """The profile that wirecopy.toml names reads what is taken in, in reading processes too."""
    config = CONFIG.replace('path = "inbox/norlin"', 'profile = "tidewire"')
    (folder / "wirecopy.toml").write_text(config, "utf-8")
    room = open_newsroom(folder, readers=readers)
    try:
        body = (WIRES / "ferry.xml").read_bytes()
        room.pipeline.take([Delivery(source="norlin", body=body)])
        entries = room.log.after(0, 10)
        reader = PoolReader(room.config, 1) if readers else None
        galleys = list(reader.read(entries)) if reader else []
        if reader:
            reader.close()
            (galley,) = galleys
            assert galley is not None
            assert galley.sheets[0].item.urgency == 6
        room.pipeline.drain()
    finally:
        room.close()
    page = next((folder / "site").glob("world/**/*ferry*.html"), None) or next(
        (folder / "site").glob("world/**/*ferry*/index.html")
    )
    assert "Norlin" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("tide wire.toml", TIDEWIRE, "name it in lower-case letters"),
        ("odd.toml", "why = ", "profiles/odd.toml is not valid TOML"),
        ("odd.toml", 'why = "W."\nurgncy = 1\n', "unknown key urgncy"),
        ("odd.toml", 'why = "W\udcfc"\n', "profiles/odd.toml is not in UTF-8 .line 1.: save it"),
        ("odd.toml", '\ufeffwhy = "W."\nurgncy = 1\n', "unknown key urgncy"),
    ],
)
def test_a_wrong_file_stops_the_start(folder: Path, name: str, text: str, said: str) -> None:
    """A profile that cannot be read is told of before anything is taken in."""
    (folder / "profiles" / name).write_text(text, "utf-8", "surrogateescape")
    with pytest.raises(WirecopyError, match=said):
        read_config(folder, {})
