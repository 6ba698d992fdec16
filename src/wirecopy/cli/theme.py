"""`theme init` and `theme check`: a theme of one's own, begun and proved."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

import click

from wirecopy.config.near import suggest
from wirecopy.errors import ConfigError
from wirecopy.press import ASSETS, TEMPLATES
from wirecopy.pressroom import prove_theme
from wirecopy.settings import read_config

_FILES = (*TEMPLATES, *ASSETS)


@click.group()
def theme() -> None:
    """Begin a theme of your own, and prove it."""


@theme.command("init")
@click.argument("names", nargs=-1, metavar="[FILE]...")
@click.pass_obj
def init(folder: Path, names: tuple[str, ...]) -> None:
    """Copy the default theme, or only FILEs of it, into the newsroom's theme folder.

    A file that is there already is left as it is. Copy only what you want to change: all else
    stays ours and is mended with each release.
    """
    where = folder / read_config(folder, os.environ).press.theme
    for name in names:
        if name not in _FILES:
            raise ConfigError(
                f"The theme has no file {name!r}.{suggest(name, list(_FILES))} It has: "
                f"{', '.join(_FILES)}."
            )
    where.mkdir(parents=True, exist_ok=True)
    for name in names or _FILES:
        _copy(name, where / name)


def _copy(name: str, target: Path) -> None:
    if target.exists():
        click.echo(f"{target} already exists and was left as it is.")
        return
    shelf = "templates" if name.endswith(".html") else "assets"
    target.write_bytes((resources.files("wirecopy.press") / shelf / name).read_bytes())
    click.echo(f"Copied {target}")


@theme.command("check")
@click.pass_obj
def check(folder: Path) -> None:
    """Pull a proof of every page with the newsroom's theme; nothing is written."""
    config = read_config(folder, os.environ)
    prove_theme(config, folder / config.press.theme)
    click.echo("Every template of the theme prints.")
