"""`vocabulary`: take in IPTC's own list of Media Topics."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import click

from wirecopy.errors import ConfigError
from wirecopy.settings import VOCABULARY, read_config, write_whole

_CODE = re.compile(r"medtop:[0-9]{8}")
_ABOVE = re.compile(r"(?:medtop:|/mediatopic/)([0-9]{8})\Z")
"""Exports name what is above by its address, or by its code."""
_LARGEST = 50_000_000


@click.group()
def vocabulary() -> None:
    """Names of subjects that the wire sends as codes alone."""


@vocabulary.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="", help="Language of the names; default: the site's.")
@click.pass_obj
def import_(folder: Path, file: Path, language: str) -> None:
    """Take in IPTC's JSON export of the Media Topics; new copy is filed by it from then on."""
    wanted = language or read_config(folder, os.environ).site.locale.replace("_", "-")
    rows = _rows(file, wanted)
    target = folder / VOCABULARY
    text = "# Made by `wirecopy vocabulary import`; delete it to do without.\n"
    for code, name, parent in rows:
        text += f"\n[[vocabulary]]\ncode = {_quoted(code)}\nname = {_quoted(name)}\n"
        text += f"parent = {_quoted(parent)}\n" if parent else ""
    write_whole(target, text.encode())
    click.echo(
        f"{len(rows)} topics are in {target}. Restart `wirecopy run`; `wirecopy rebuild` files "
        "older copy by them too."
    )


def _quoted(text: str) -> str:
    """A TOML string: JSON's kind, in which every sign may stand."""
    return json.dumps(text, ensure_ascii=True)


def _rows(file: Path, language: str) -> list[tuple[str, str, str]]:
    """(code, name, the code above) of every concept; ConfigError where it is no such export."""
    wrong = ConfigError(
        f"{file} is no JSON export of the Media Topics: fetch it from "
        "http://cv.iptc.org/newscodes/mediatopic/ with ?format=json."
    )
    if file.stat().st_size > _LARGEST:
        raise wrong
    try:
        concepts = json.loads(file.read_text(encoding="utf-8-sig"))["conceptSet"]
        rows = [_row(concept, language) for concept in concepts]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise wrong from error
    rows = [row for row in rows if _CODE.fullmatch(row[0])]
    if not rows:
        raise wrong
    return sorted(rows)


def _row(concept: dict[str, Any], language: str) -> tuple[str, str, str]:
    labels: dict[str, str] = concept.get("prefLabel", {})
    short = language[:2].lower()
    named = [key for key in sorted(labels) if key.lower()[:2] == short]
    best = language if language in labels else (named or ["en-GB", *sorted(labels)])[0]
    above = [
        f"medtop:{match[1]}"
        for each in concept.get("broader", [])
        if (match := _ABOVE.search(each))
    ]
    return str(concept["qcode"]), str(labels.get(best, ""))[:200], above[0] if above else ""
