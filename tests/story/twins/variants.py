"""Pairs of items with a label, made of the texts beside this file.

Each report gives pairs that a desk must join: the same copy by another agency, a new headline,
edits and a grown toll, new paragraphs, cuts, a new opening. Its `follow` is a later piece that
reuses the paragraphs `keep` of the report as background, and must stay apart. Rows of a form, and
the pairs written by hand, must stay apart as well. What is in fresh.toml and fresh_2.toml is held
out: it was written when the rule stood, and nothing was tuned on it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec

from wirecopy.model import Block, Item

HERE = Path(__file__).parent


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two items, what they are to each other, and whether they are held out."""

    name: str
    a: Item
    b: Item
    kin: bool
    held_out: bool


def item(
    name: str, headline: str, paragraphs: list[str], *, agency: str = "Norrane", language: str = ""
) -> Item:
    """A cleaned item of those paragraphs."""
    return Item(
        item_id=name,
        headline=headline,
        body=tuple(Block("p", f"<p>{escape(line, quote=False)}</p>") for line in paragraphs),
        provider=agency,
        language=language,
    )


def pairs() -> list[Pair]:
    """Every labelled pair, in a fixed order."""
    found = []
    for file in ("news_en_1", "news_en_2", "news_world", "fresh"):
        for story in _table(file, "story"):
            found += _of_story(story)
        found += _digests(_table(file, "story"))
    for file in ("forms", "forms_2", "forms_3", "fresh", "fresh_2"):
        for form in _table(file, "form"):
            found += _of_form(form)
    for file in ("pairs", "pairs_2", "fresh"):
        found += [_by_hand(pair) for pair in _table(file, "pair")]
    return found


def _table(file: str, key: str) -> list[dict[str, Any]]:
    return tomllib.loads((HERE / f"{file}.toml").read_text(encoding="utf-8"))[key]  # type: ignore[no-any-return] # the file's shape


def _held_out(name: str) -> bool:
    """Whether a text was written after the rule stood; their ids say so."""
    return name.startswith("f-")


def _of_story(story: dict[str, Any]) -> Iterator[Pair]:
    text = story["text"].strip().split("\n")
    name, head, language = story["id"], story["head"], story.get("lang", "en")
    base = item(name, head, text, language=language)
    for kind, variant in _variants(story, text):
        headline, paragraphs, agency = variant
        other = item(f"{name}/{kind}", headline, paragraphs, agency=agency, language=language)
        yield _pair(name, kind, base, other, kin=True)
    if "follow" in story:
        kept = [text[place] for place in story["keep"]]
        later = [*story["follow"], *kept]
        other = item(f"{name}/follow", story["follow_head"], later, language=language)
        yield _pair(name, "follow", base, other, kin=False)
        brief = item(f"{name}/brief", head, text[:1] + text[4:6], language=language)
        yield _pair(name, "follow-of-brief", brief, other, kin=False)


def _digests(stories: list[dict[str, Any]]) -> Iterator[Pair]:
    """A brief, and the digest of the day in which it stands among others."""
    for place, story in enumerate(stories):
        language = story.get("lang", "en")
        others = [other for other in stories if other.get("lang", "en") == language][:5]
        day = [other for other in others if other is not story]
        lines = [other["text"].strip().split("\n")[0] for other in [*day[:2], story, *day[2:]]]
        if len(day) < 3:
            continue
        digest = item(f"digest/{place}", "The day at a glance", lines, language=language)
        brief = item(f"{story['id']}/short", story["head"], lines[2:3], language=language)
        yield _pair(story["id"], "digest", brief, digest, kin=False)


def _pair(name: str, kind: str, a: Item, b: Item, *, kin: bool) -> Pair:
    return Pair(name=f"{name}: {kind}", a=a, b=b, kin=kin, held_out=_held_out(name))


Variant = tuple[str, list[str], str]


def _variants(story: dict[str, Any], text: list[str]) -> Iterator[tuple[str, Variant]]:
    head, head2, own = story["head"], story["head2"], "Norrane"
    edited = _edited(text, story["edits"])
    yield "other agency", (head2, _restyled(text), "Ilmara Press")
    yield "wrapped anew", (head, _merged(text), own)
    yield "new headline", (head2, text, own)
    yield "edits", (head, edited, own)
    yield "new paragraphs", (head, [text[0], *story["more"], *text[1:]], own)
    yield "new paragraphs and edits", (head2, [edited[0], *story["more"], *edited[1:]], own)
    yield "first half", (head, text[: (len(text) + 1) // 2], "Ilmara Press")
    yield "every second paragraph", (head2, text[::2], "Ilmara Press")
    yield "new opening", (head2, [story["lead2"], *text[1:]], "Ilmara Press")
    yield "new opening and end", (head2, [story["lead2"], *edited[1:-1], *story["more"]], own)
    yield "telex", (head.upper(), [line.upper() for line in text], "Ilmara Press")
    yield "cut off", (head2, [*text[:-2], text[-2][: len(text[-2]) // 2]], own)


def _edited(text: list[str], edits: list[list[str]]) -> list[str]:
    whole = "\n".join(text)
    for old, new in edits:
        if old not in whole:
            raise AssertionError(f"{old!r} does not stand in the text that it edits")
        whole = whole.replace(old, new)
    return whole.split("\n")


def _restyled(text: list[str]) -> list[str]:
    """The same words as another agency writes them: quotes, dashes, numbers, credits."""
    lines = []
    for place, line in enumerate(text):
        quoted = line.replace(' "', " “").replace('"', "”").replace("'", "’")
        lines.append(quoted.replace(" percent", " per cent").replace(" - ", " – "))
        if place == 1:
            lines[-1] += " (Ilmara Press)"
    return lines


def _merged(text: list[str]) -> list[str]:
    """Two paragraphs in one, as agencies of another house style run them."""
    return [" ".join(text[place : place + 2]) for place in range(0, len(text), 2)]


def _of_form(form: dict[str, Any]) -> Iterator[Pair]:
    filled = []
    for row in form["rows"]:
        values = dict(zip(form["slots"], row, strict=True))
        lines = form["text"].strip().format(**values).split("\n")
        headline = form["head"].format(**values)
        filled.append(
            item(f"{form['id']}/{len(filled)}", headline, lines, language=form.get("lang", "en"))
        )
    for (i, a), (j, b) in combinations(enumerate(filled), 2):
        yield _pair(form["id"], f"rows {i} and {j}", a, b, kin=False)


def _by_hand(pair: dict[str, Any]) -> Pair:
    language = pair.get("lang", "en")
    sides = [
        item(
            f"{pair['id']}/{side}",
            pair[f"{side}_head"],
            pair[side].strip().split("\n"),
            language=language,
        )
        for side in "ab"
    ]
    return _pair(pair["id"], "by hand", sides[0], sides[1], kin=False)
