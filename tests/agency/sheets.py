"""Copy sheets: an agency's day as its desks would type it, one readable text file per desk.

    @ ferry-2 04:16 hallard anpa        a message: its id, when it arrives, source, format
    slug: Ferry-Adrift                  header lines, as its format needs them
    head: Ferry with 214 aboard drifts off Cape Sorrel
                                        a blank line; then paragraphs, parted by blank lines
    PORT ALDER (Hallard) _ A ferry ...

    <ferry-1 2-3>                       paragraphs 2 and 3 of another message
    <ferry-1 4 | nine => eleven>        its paragraph 4, with other words in it

    + kes-2                             a further item in the same delivery

Hours run on past midnight (25:10 is ten past one next day), in the agency's own zone. `like: X`
takes the headers of X that are not given. `@each SOURCE FORMAT` is a form; every line under it that
begins with "=" fills the form once. `@again ID TIME OF` sends the bytes of OF again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Berlin")
DAY = datetime(2026, 3, 10, tzinfo=HOME)

_QUOTED = re.compile(r"<(?P<of>[\w-]+)(?: (?P<first>\d+)(?:-(?P<last>\d+))?)?(?: \| (?P<new>.+))?>")
_HEADER = re.compile(r"(?P<key>[a-z]+): ?(?P<value>.*)")


@dataclass(frozen=True, kw_only=True)
class Copy:
    """One item as its desk typed it."""

    id: str
    at: datetime
    """When it arrives (UTC)."""
    source: str
    format: str
    headers: Mapping[str, str] = field(default_factory=dict)
    paragraphs: tuple[str, ...] = ()
    more: tuple[Copy, ...] = ()
    """Further items in the same delivery."""
    again: str = ""
    """The message whose bytes are sent again."""

    def __getitem__(self, key: str) -> str:
        return self.headers.get(key, "")

    def all(self, key: str) -> list[str]:
        """Every line of a header that may be given several times."""
        return [line for line in self[key].split("\n") if line]

    @property
    def sent(self) -> datetime:
        """When the agency says it sent it (UTC): a minute before it arrives, or as typed."""
        return clock(self["sent"]) if self["sent"] else self.at - timedelta(minutes=1)


def clock(hours: str) -> datetime:
    """The instant (UTC) of "17:30" on the day, of "25:10" next day, of "-6:00" the day before."""
    behind = hours.startswith("-")
    hour, minute = map(int, hours.lstrip("-").split(":"))
    moment = DAY + timedelta(days=-1 if behind else 0, hours=hour, minutes=minute)
    return moment.astimezone(UTC)


def read_sheets(folder: Path) -> list[Copy]:
    """Every delivery of the day in the order of arrival."""
    found: dict[str, Copy] = {}
    for path in sorted(folder.glob("*.txt")):
        for copy in _sheet(path.read_text(encoding="utf-8"), path.name):
            assert copy.id not in found, f"{path.name}: {copy.id} is there twice"
            found[copy.id] = copy
    whole = _Quotes(found)
    order = {name: number for number, name in enumerate(found)}
    made = [whole.of(copy.id) for copy in found.values()]
    firsts = [copy for copy in made if not copy["within"]]
    return sorted(firsts, key=lambda copy: (copy.at, order[copy.id]))


class _Quotes:
    """Fills quotations of paragraphs and borrowed headers in, each message once."""

    def __init__(self, found: dict[str, Copy]) -> None:
        self._found = found
        self._done: dict[str, Copy] = {}

    def of(self, name: str) -> Copy:
        if name not in self._done:
            copy = self._found[name]
            said = [part for paragraph in copy.paragraphs for part in self._paragraph(paragraph)]
            headers = dict(copy.headers)
            if model := headers.pop("like", ""):
                headers = {**self.of(model).headers, **headers}
            more = tuple(self.of(each.id) for each in copy.more)
            self._done[name] = replace(copy, headers=headers, paragraphs=tuple(said), more=more)
        return self._done[name]

    def _paragraph(self, paragraph: str) -> Iterator[str]:
        quoted = _QUOTED.fullmatch(paragraph)
        if not quoted:
            yield paragraph
            return
        said = self.of(quoted["of"]).paragraphs
        first = int(quoted["first"] or 1)
        last = int(quoted["last"] or quoted["first"] or len(said))
        assert last <= len(said), f"{paragraph}: {quoted['of']} has {len(said)} paragraphs"
        for part in said[first - 1 : last]:
            yield _changed(part, quoted["new"] or "", paragraph)


def _changed(paragraph: str, changes: str, where: str) -> str:
    for change in filter(None, changes.split(" ; ")):
        old, _, new = change.partition(" => ")
        assert old in paragraph, f"{where}: {old!r} is not in it"
        paragraph = paragraph.replace(old, new)
    return paragraph


def _sheet(text: str, name: str) -> Iterator[Copy]:
    """The messages of one sheet, further items of a delivery inside of it and by themselves."""
    for block in re.split(r"^(?=@)", text, flags=re.MULTILINE)[1:]:
        opening, _, rest = block.partition("\n")
        words = opening.split()
        if words[0] == "@again":
            yield Copy(id=words[1], at=clock(words[2]), source="", format="", again=words[3])
        elif words[0] == "@each":
            yield from _filled(words[1], words[2], rest)
        else:
            assert len(words) == 5, f"{name}: {opening}"
            yield from _delivery(words[1], words[2], words[3], words[4], rest)


def _delivery(name: str, at: str, source: str, kind: str, rest: str) -> Iterator[Copy]:
    first, *others = re.split(r"^\+ (?=[\w-]+$)", rest, flags=re.MULTILINE)
    more = []
    for other in others:
        own, _, said = other.partition("\n")
        more.append(_copy(own.strip(), at, source, kind, f"within: {name}\n{said}"))
    yield from more
    yield replace(_copy(name, at, source, kind, first), more=tuple(more))


def _copy(name: str, at: str, source: str, kind: str, text: str) -> Copy:
    headers: dict[str, str] = {}
    lines = text.split("\n")
    while lines and (found := _HEADER.fullmatch(lines[0])):
        said = headers.get(found["key"])
        headers[found["key"]] = f"{said}\n{found['value']}" if said else found["value"]
        lines.pop(0)
    paragraphs = tuple(_paragraphs("\n".join(lines)))
    return Copy(
        id=name, at=clock(at), source=source, format=kind, headers=headers, paragraphs=paragraphs
    )


def _paragraphs(text: str) -> Iterable[str]:
    for part in re.split(r"\n\s*\n", text.strip("\n")):
        lines = [line.rstrip() for line in part.split("\n") if line.strip()]
        if lines and not lines[0].startswith("---"):
            table = lines[0].startswith("|")
            yield "\n".join(lines) if table else " ".join(line.strip() for line in lines)


def _filled(source: str, kind: str, text: str) -> Iterator[Copy]:
    """The messages that the lines under a form make of it; "id" and "at" are their first fields."""
    form, *rows = re.split(r"^= ", text, flags=re.MULTILINE)
    opening, _, body = form.partition("\n")
    keys = opening.removeprefix("fields: ").split()
    for row in rows:
        values = dict(zip(keys, (part.strip() for part in row.strip().split(";")), strict=True))
        said = re.sub(r"\{(\w+)\}", lambda found, row=values: row[found[1]], body)
        yield _copy(values["id"], values["at"], source, kind, said)
