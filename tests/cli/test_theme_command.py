"""`theme init` and `theme check`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from wirecopy.cli import wirecopy
from wirecopy.errors import ConfigError, ThemeError
from wirecopy.press import ASSETS, TEMPLATES

CONFIG = '[site]\nname = "The Post"\nurl = "https://post.example"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom without a theme of its own."""
    (tmp_path / "wirecopy.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def theme(folder: Path, *args: str) -> str:
    """What the command says."""
    done = CliRunner().invoke(
        wirecopy, ["-C", str(folder), "theme", *args], catch_exceptions=False, standalone_mode=False
    )
    return done.output


def test_the_whole_theme_is_copied_and_prints(folder: Path) -> None:
    """Every file lies in theme/ and is proved as it stands."""
    theme(folder, "init")
    assert {path.name for path in (folder / "theme").iterdir()} == {*TEMPLATES, *ASSETS}
    assert "prints" in theme(folder, "check")


def test_one_file_is_copied_and_never_overwritten(folder: Path) -> None:
    """Asked twice, the second copy does not cost the first its changes."""
    theme(folder, "init", "story.html")
    story = folder / "theme" / "story.html"
    assert [path.name for path in story.parent.iterdir()] == ["story.html"]
    story.write_text("ours", encoding="utf-8")
    assert "left as it is" in theme(folder, "init", "story.html")
    assert story.read_text(encoding="utf-8") == "ours"


def test_a_file_that_there_is_none_of_is_refused(folder: Path) -> None:
    """The nearest name is offered."""
    with pytest.raises(ConfigError, match=r"story\.html"):
        theme(folder, "init", "storry.html")


def test_a_broken_override_is_named_by_file_line_and_variable(folder: Path) -> None:
    """`theme check` says what the press would say, before any news is printed."""
    theme(folder, "init", "day.html")
    day = folder / "theme" / "day.html"
    day.write_text(
        day.read_text("utf-8").replace("page.section.name", "page.sektion.name"), "utf-8"
    )
    with pytest.raises(ThemeError, match=r"day\.html, line \d+: .*sektion"):
        theme(folder, "check")
