"""What a template may use: read off the page dataclasses, so that it can never be out of date."""

from __future__ import annotations

import re
from typing import Any, get_type_hints

import msgspec

from wirecopy.press import view
from wirecopy.press.words import Plural, Words

PAGES: dict[str, type[view.Page]] = {
    "404.html": view.PlainPage,
    "410.html": view.PlainPage,
    "about.html": view.AboutPage,
    "corrections.html": view.CorrectionsPage,
    "coverage.html": view.CoveragePage,
    "day.html": view.DayPage,
    "front.html": view.FrontPage,
    "gone.html": view.PlainPage,
    "moved.html": view.MovedPage,
    "home.html": view.HomePage,
    "search.html": view.SearchPage,
    "story.html": view.StoryPage,
    "topic.html": view.TopicPage,
}
"""The dataclass that each page's template sees as `page`."""

PARTS: tuple[type[view.View], ...] = (
    view.Head,
    view.Meta,
    view.Feed,
    view.Link,
    view.Alternate,
    view.Tongue,
    view.Stamp,
    view.Picture,
    view.Recording,
    view.Teaser,
    view.Day,
    view.Block,
    view.Correction,
    view.Change,
    view.Moment,
    view.CorrectionLine,
    view.Hit,
)
"""The dataclasses that pages are made of."""

Row = tuple[str, str, str]

_INTRO = """# What templates may use

<!-- Made from the page dataclasses by wirecopy.press.contract.render_reference(). -->

A newsroom lays its own files over ours: a file in `theme/` with the name of one of the templates
below takes its place. Templates are written for MiniJinja (the syntax of Jinja). Everything they
print is escaped, except fields of type `Html`, which are markup already. A variable that does not
exist is an error that names the file, the line and the variable.

Every template sees three variables: `site` (the same on every page), `words` (the interface
strings in the site's language) and `page`, whose fields depend on the template. And one function:
`shown(story, words, ...)` prints the macro `teaser` of `teasers.html` with the arguments given, and
remembers what it printed, since many lists show the same story.
"""


def fields(kind: type[msgspec.Struct]) -> list[Row]:
    """(name, type, description) of every field of a dataclass, in its order."""
    hints = get_type_hints(kind, include_extras=True)
    return [(name, _type(hints[name]), _meaning(hints[name])) for name in kind.__struct_fields__]


def render_reference() -> str:
    """The text of docs/reference/templates.md."""
    sections = [_INTRO]
    sections += [
        _table(f"`{template}`", _first_line(page), fields(page), "page.")
        for template, page in PAGES.items()
    ]
    sections.append(_table("`site`", _first_line(view.Site), fields(view.Site), "site."))
    sections += [_table(kind.__name__, _first_line(kind), fields(kind), "") for kind in PARTS]
    sections.append(_words())
    return "\n".join(sections)


def _words() -> str:
    """The interface strings with their English text."""
    rows = [f"| `words.{name}` | {_cell(text)} |" for name, text in _english()]
    head = "## `words`\n\nInterface strings; English is shown.\n\n| variable | text |\n|---|---|\n"
    return head + "\n".join(rows) + "\n"


def _english() -> list[tuple[str, str]]:
    words = Words()
    found = ((name, getattr(words, name)) for name in Words.__struct_fields__)
    return [(name, text.many if isinstance(text, Plural) else text) for name, text in found]


def _table(title: str, about: str, rows: list[Row], prefix: str) -> str:
    lines = [f"| `{prefix}{name}` | {_cell(kind)} | {_cell(text)} |" for name, kind, text in rows]
    head = f"## {title}\n\n{about}\n\n| variable | type | meaning |\n|---|---|---|\n"
    return head + "\n".join(lines) + "\n"


def _first_line(kind: type[msgspec.Struct]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def _cell(text: str) -> str:
    """`text` fit for a cell of a table."""
    return text.replace("|", "or")


def _type(hint: Any) -> str:
    """The type as a theme's author reads it: no modules, no metadata."""
    plain = getattr(hint, "__origin__", hint) if hasattr(hint, "__metadata__") else hint
    name = plain.__name__ if isinstance(plain, type) and not hasattr(plain, "__args__") else ""
    text = name or re.sub(r"\b[\w.]+\.(?=\w)", "", str(plain))
    text = re.sub(r"tuple\[(\w+), \.\.\.\]", r"list of \1", text)
    return text.replace(" | None", " or none")


def _meaning(hint: Any) -> str:
    """The description that stands beside the field."""
    found = (getattr(meta, "description", None) for meta in getattr(hint, "__metadata__", ()))
    return next((text for text in found if text), "")
