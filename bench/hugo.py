"""The same stories as a Hugo site: one HTML file each, topics as a taxonomy, feeds.

In two themes, which lie in `themes/`. `plain` has the parts of our own pages that cost Hugo little,
with the topics that the wire gave. `same` makes the pages that we make: the topics that our pages
name, a feed for each, all metadata; with or without related stories, which Hugo's own index finds.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

import wire
from measures import Watched, run_watched

_THEMES = Path(__file__).parent / "themes"


class Site(msgspec.Struct, frozen=True):
    """One way for Hugo to make a site of the stories."""

    name: str
    theme: str
    related: bool = False
    most: int = 100_000
    """Stories up to which Hugo is asked for it."""


SITES = (
    Site("hugo, a plain theme", "plain"),
    Site("hugo, the same pages without also read", "same"),
    # Its index of related pages takes the square of the stories: an hour and more for 60,000.
    Site("hugo, the same pages", "same", related=True, most=10_000),
)


def write_site(
    folder: Path, site: Site, copies: list[wire.Copy], topics: Mapping[str, Sequence[str]]
) -> None:
    """Write the stories, the theme and the settings of a Hugo site into the new `folder`.

    `topics` are those that our pages name, by their stories' ids; the plain theme has the wire's.
    """
    shutil.copytree(_THEMES / site.theme, folder)
    with (folder / "config.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[params]\nrelated = {str(site.related).lower()}\n")
    for section in wire.SECTIONS:
        place = folder / "content" / section
        place.mkdir(parents=True)
        title = json.dumps({"title": section.capitalize()})
        (place / "_index.html").write_text(f"{title}\n", encoding="utf-8")
    for copy in copies:
        path = folder / "content" / copy.section / f"story-{copy.number}.html"
        named = copy.topics if site.theme == "plain" else topics[copy.id]
        path.write_text(_story(copy, named), encoding="utf-8")


def _story(copy: wire.Copy, topics: Sequence[str]) -> str:
    front = {
        "title": copy.headline,
        "description": copy.standfirst,
        "date": copy.created.isoformat(),
        "topics": list(topics),
        "byline": copy.byline,
        "agency": copy.agency,
        "place": copy.place,
        "guid": copy.id,
    }
    if copy.picture:
        front["picture"] = copy.picture
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in copy.paragraphs)
    return f"{json.dumps(front, indent=1)}\n{body}\n"


def build(folder: Path, out: Path) -> Watched:
    """Have Hugo make the whole site into the new folder `out`."""
    return run_watched(["hugo", "--quiet", "--destination", str(out)], folder)


def story_pages(out: Path) -> list[Path]:
    """The files of all story pages that Hugo made."""
    return [page for name in wire.SECTIONS for page in (out / name).glob("story-*/index.html")]
