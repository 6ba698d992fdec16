"""The theme: templates compiled once, assets under names that change with their content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from minijinja import Environment, Markup, TemplateError

from wirecopy.briefs import File
from wirecopy.errors import ThemeError
from wirecopy.press.once import Once
from wirecopy.press.view import Page, Site, Teaser
from wirecopy.press.words import Words

PAGES = (
    "404.html",
    "410.html",
    "about.html",
    "corrections.html",
    "coverage.html",
    "day.html",
    "front.html",
    "gone.html",
    "home.html",
    "moved.html",
    "search.html",
    "story.html",
    "topic.html",
)
"""Templates of whole pages."""
TEMPLATES = (*PAGES, "base.html", "teasers.html")
"""Every template of the theme, found in the package's templates/."""
ASSETS = (
    "icon.svg",
    "libre-franklin-ext.woff2",
    "libre-franklin.woff2",
    "newsreader-ext.woff2",
    "newsreader.woff2",
    "site.css",
)
"""Every asset of the theme, found in the package's assets/."""


_REMEMBERED = 8192
"""Teasers kept as they were printed, some 700 bytes each."""
_FUEL = 50_000_000
"""Steps that one page may take, a thousand times those of the longest: an endless loop is none."""
_TEASER = "<teaser>"
_TEASER_SOURCE = """{% from "teasers.html" import teaser as show %}
{{ show(teaser, words, **given) }}"""


def fingerprinted(assets: Mapping[str, bytes]) -> dict[str, File]:
    """Name of each asset -> its file, whose path bears a hash of its content.

    A stylesheet names the files beside it by their plain names, url("newsreader.woff2"); it is
    given the names with the hash, and its own name follows what it then says.
    """
    files = {n: _file(n, body) for n, body in sorted(assets.items()) if not n.endswith(".css")}
    for name, body in sorted(assets.items()):
        if name.endswith(".css"):
            files[name] = _file(name, _CITED.sub(lambda m: _cited(m, files), body))
    return files


_CITED = re.compile(rb'url\("([^"/:]+)"\)')


def _cited(match: re.Match[bytes], files: Mapping[str, File]) -> bytes:
    """The name under which a stylesheet finds the asset; as it was where there is none."""
    file = files.get(match[1].decode())
    return match[0] if file is None else f'url("{file.path.rpartition("/")[2]}")'.encode()


def _file(name: str, body: bytes) -> File:
    stem, dot, suffix = name.rpartition(".")
    digest = hashlib.sha256(body).hexdigest()[:10]
    return File(f"assets/{stem}-{digest}{dot}{suffix}" if dot else f"assets/{name}-{digest}", body)


class Theme:
    """Templates, compiled; every one is strict about variables that do not exist."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        missing = [name for name in TEMPLATES if name not in templates]
        if missing:
            raise ThemeError(f"The theme lacks the template {missing[0]}; put it back.")
        self._environment = Environment(
            undefined_behavior="strict",
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            fuel=_FUEL,
            auto_escape_callback=_escaping,
        )
        for name, source in sorted(templates.items()):
            try:
                self._environment.add_template(name, source)
            except TemplateError as error:
                raise _theme_error(error) from error
        self._environment.add_template(_TEASER, _TEASER_SOURCE)
        self._environment.add_global("shown", self._shown)
        self._once: Once[Markup] = Once(_REMEMBERED)

    def _shown(self, teaser: Teaser, words: Words, **given: object) -> Markup:
        """What the macro `teaser` prints of a story, printed once: many lists show the same one."""
        how = (id(words), *given.items())
        return self._once.of(
            teaser,
            how,
            lambda: Markup(self._render(_TEASER, teaser=teaser, words=words, given=given)),
        )

    def render(self, template: str, site: Site, words: Words, page: Page) -> bytes:
        """The page's bytes. Raises ThemeError naming the file, the line and the variable."""
        return self._render(template, site=site, words=words, page=page).encode()

    def _render(self, template: str, **context: object) -> str:
        try:
            return self._environment.render_template(template, **context)
        except TemplateError as error:
            raise _theme_error(error) from error


_CAUSE = re.compile(r"^caused by: (?:[a-z ]+: )?(.+) \(in (.+):(\d+)\)$", re.MULTILINE)


def _escaping(_name: str) -> str:
    """Everything is escaped as HTML, whatever a theme calls its files."""
    return "html"


def _theme_error(error: TemplateError) -> ThemeError:
    """The engine's error in the operator's words: what is wrong, where it is wrong first.

    An include that fails only says so; what failed in it stands at the end of the causes.
    """
    name, line, what = error.name, str(error.line), error.detail or error.kind
    if causes := _CAUSE.findall(str(error)):
        what, name, line = causes[-1]
    if error.kind == "OutOfFuel":
        what = "it goes round and round and comes to no end"
    return ThemeError(
        f"Template {name}, line {line}: {what}. "
        "docs/reference/templates.md lists what each template may use."
    )
