"""The reference pages, made from the code itself: settings, profiles, commands, templates.

`make docs` runs this module and writes them; a test fails when a committed page differs.
"""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import click
import msgspec

from wirecopy import config
from wirecopy.cli import wirecopy
from wirecopy.config.desk import MediaTopic
from wirecopy.config.profile import (
    PROFILE_LISTS,
    PROFILE_TABLES,
    Code,
    FieldName,
    NinjsId,
    Profile,
    XmlField,
)
from wirecopy.config.values import Key
from wirecopy.formats import paths
from wirecopy.press import tongues
from wirecopy.press.contract import render_reference

_INTRO = """\
# Settings

Every key of every table of `wirecopy.toml`. This page is made from the code: `make docs` writes it,
and a test fails when the two differ.

A duration is a whole number and a unit: `"90s"`, `"10m"`, `"2h"`, `"1d"`. "One or more texts" means
that a single text and a list of texts are both taken. A wrong key or value is refused at the start,
with its path and what to type.

The keys of `[site]`, `[site.strap]`, `[site.notice]`, `[site.publisher]`, `[site.files]`, `[desk]`,
`[web]`, `[press]`, `[pictures]`, `[pipeline]`, `[log]`, `[chains]` and `[watch]` can be overridden
by environment variables: `WIRECOPY_`, the table and the key, in capitals and joined by underscores
(`WIRECOPY_SITE_URL`, `WIRECOPY_SITE_STRAP_TEXT`, `WIRECOPY_WEB_PORT`).
"""


def settings_markdown() -> str:
    """The text of docs/reference/settings.md: a heading per table, a line per key."""
    tables = [path for path in config.TABLES if path]
    made = (_table(path, config.TABLES[path], config.heading(path), tables) for path in tables)
    return "\n".join([_INTRO, *made])


_PROFILES = """\
# Profiles

Every key of every table of a profile: a file `profiles/NAME.toml` of the newsroom, or one of those
that wirecopy brings along. This page is made from the code: `make docs` writes it, and a test fails
when the two differ. [Add a dialect](../howto/add-a-dialect.md) shows how one is made.

An own file of a shipped profile's name lies over it, key by key. One of another name may say
`extends = "dpa"`; it has all of that profile but its marks, and a source names it with `profile`. A
wrong key or value is refused at the start, with the file and the key.

Patterns are Python's regular expressions, tried on the first 200 characters of a text. A repeat
inside a repeat is refused, and so is a pattern that can be read in too many ways (`.*` twice is
fine, three times is not): no text must be able to make one crawl.
"""


def profiles_markdown() -> str:
    """The text of docs/reference/profiles.md: a heading per table, a line per key."""
    made = (_profile_table(path, table) for path, table in PROFILE_TABLES.items())
    return "\n".join([_PROFILES, *made, _paths_of_xml()])


def _profile_table(path: str, table: type[msgspec.Struct]) -> str:
    """One table of a profile, under what the table above says of it."""
    heading = f"[[{path}]]" if path in PROFILE_LISTS else f"[{path}]" if path else "The file"
    above, _, name = path.rpartition(".")
    told = attribute_docs(PROFILE_TABLES[above]).get(name, "") if path else ""
    if path == "xml.fields":
        names = ", ".join(f"`{each}`" for each in get_args(FieldName))
        told += f" `[xml.fields]` has a line for each, or a table `[xml.fields.NAME]`: {names}."
    return _table(path, table, heading, list(PROFILE_TABLES), told=told)


def _paths_of_xml() -> str:
    """How paths are written: the docstring of the module that reads them."""
    return "## Paths\n\n" + inspect.cleandoc(paths.__doc__ or "") + "\n"


def _table(
    path: str, table: type[msgspec.Struct], heading: str, tables: list[str], told: str = ""
) -> str:
    """One table of a file: its heading, its purpose, its keys."""
    meanings = attribute_docs(table)
    lines = [f"## {heading}", "", inspect.cleandoc(table.__doc__ or ""), ""]
    lines += [told, ""] if told else []
    lines += ["| key | type | default | meaning |", "|---|---|---|---|"]
    for field in msgspec.structs.fields(table):
        nested = f"{path}.{field.name}".lstrip(".") in tables
        if not nested and (table, field.name) not in _UNWRITTEN:
            default = "required" if field.required else _code(field.default)
            cells = (f"`{field.name}`", _type(field.type), default, meanings[field.name])
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    if path == "sections":
        lines += ["", *_default_sections()]
    return "\n".join([*lines, ""])


def attribute_docs(table: type[msgspec.Struct]) -> dict[str, str]:
    """The docstring under each attribute of `table`, on one line; "" where there is none."""
    tree = ast.parse(inspect.getsource(table)).body[0]
    docs: dict[str, str] = {}
    name = ""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
            docs[name] = ""
        elif name and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docs[name] = " ".join(str(node.value.value).split())
    return docs


def _code(default: Any) -> str:
    """A default as it is typed in the file; JSON and TOML write these values alike."""
    if default in ((), None, {}):
        return "none"
    if default is msgspec.NODEFAULT:
        return "none"
    return f"`{msgspec.json.encode(default).decode()}`"


_UNWRITTEN = {(Profile, "key")}
"""Attributes that are no keys of a file."""
_FORMS = {
    get_args(kind)[1].pattern: words
    for kind, words in (
        (Key, "lower-case letters, digits, hyphens"),
        (Code, '`"medtop:CODE name"`'),
        (MediaTopic, '`"medtop:CODE"`'),
        (NinjsId, '`"uri"` or `"altids.NAME"`'),
    )
}
_NAMES = {str: "text", int: "whole number", bool: "true or false"}


def _type(kind: Any) -> str:
    """A type in the operator's words, with its limits or choices."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _limits(args[0], args[1])
    if origin is Literal:
        return ", ".join(f'`"{value}"`' for value in args if value)
    if origin in (Union, types.UnionType):
        return _union(args)
    if origin is Mapping:
        return f"table of {_type(args[1])}"
    if origin is tuple:
        return f"list of {_type(args[0])}s"
    return _NAMES[kind]


def _limits(kind: Any, meta: msgspec.Meta) -> str:
    """A number's range, or a key's letters."""
    if meta.pattern:
        return _FORMS[meta.pattern]
    least, most = meta.ge, meta.le
    span = f"{least} to {most}" if most is not None else f"{least} or more"
    return f"{_NAMES[kind]}, {span}"


def _union(args: tuple[Any, ...]) -> str:
    """Several types; one text or a list of them has a name of its own."""
    kinds = [kind for kind in args if kind is not type(None)]
    if XmlField in kinds:
        return "path, list of paths, or a table `[xml.fields.NAME]`"
    if int in kinds and len(kinds) > 1:
        return "number, text, or a list of them"
    if any(get_origin(kind) is tuple for kind in kinds):
        return "one or more texts"
    return " or ".join(_type(kind) for kind in kinds)


def _default_sections() -> list[str]:
    """The sections of a newsroom that names none, as a table."""
    lines = ["A newsroom that names no sections has these:", "", "| key | name | topics |"]
    rows = (
        f"| `{section.key}` | {section.name} | {', '.join(section.topics) or 'all others'} |"
        for section in config.DEFAULT_SECTIONS
    )
    return [*lines, "|---|---|---|", *rows]


_COMMANDS = """\
# Commands

Made from the code: `make docs` writes it, and a test fails when the two differ.

`wirecopy -C DIR COMMAND` works on the newsroom folder DIR; without `-C`, on the current folder.
`WIRECOPY_NOW=2022-01-08T02:36:00Z` fixes the clock of any command.

Exit codes: 0 done; 1 done, but something needs a person (a delivery in quarantine); 2 not done,
with a sentence that says what to do.
"""


def commands_markdown() -> str:
    """The text of docs/reference/commands.md: a heading per command, a line per option."""
    context = click.Context(wirecopy, info_name="wirecopy")
    return "\n".join([_COMMANDS, *_commands(wirecopy, context)])


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        below = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from _commands(command, below)
        else:
            yield _command(command, below)


def _command(command: click.Command, context: click.Context) -> str:
    """One command: how it is typed, what it does, its options."""
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"## {context.command_path}", "", f"    {context.command_path} {usage}", ""]
    lines += [inspect.cleandoc(command.help or ""), ""]
    options = [option for option in command.params if isinstance(option, click.Option)]
    if options:
        lines += ["| option | meaning |", "|---|---|"]
        lines += [f"| `{', '.join(option.opts)}` | {option.help or ''} |" for option in options]
        lines.append("")
    return "\n".join(lines)


PAGES = {
    "settings.md": settings_markdown,
    "profiles.md": profiles_markdown,
    "commands.md": commands_markdown,
    "templates.md": render_reference,
}
"""Each reference page and what writes it."""


def main() -> None:
    """Write every reference page anew, and every message of the press into each catalogue."""
    folder = Path(__file__).parents[3] / "docs" / "reference"
    for name, write in PAGES.items():
        (folder / name).write_text(write(), encoding="utf-8")
    catalogues = Path(tongues.__file__).parent / "locale"
    (catalogues / "wirecopy.pot").write_text(tongues.template(), encoding="utf-8")
    for path in sorted(catalogues.glob("*/LC_MESSAGES/*.po")):
        path.write_text(tongues.merged(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
