"""A newsroom in hand: real parts in a throw-away folder, with a clock that the test sets."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any, Self
from unittest import mock

import msgspec

from wirecopy.baking import Baker
from wirecopy.briefs import File
from wirecopy.config import Config, parse
from wirecopy.model import Delivery, Order, Story, Tick
from wirecopy.press import Press
from wirecopy.recovery import forget
from wirecopy.wiring import Newsroom

START = datetime(2022, 1, 8, 2, 30, tzinfo=UTC)

CONFIG = parse("""
[site]
name = "The Tarnwick Post"
url = "https://post.example"
timezone = "Asia/Kolkata"
locale = "en_IN"
front_items = 5
feed_items = 3

[[sections]]
key = "world"
name = "World"

[[sections]]
key = "sport"
name = "Sport"

[[sections]]
key = "news"
name = "News"

[[sources]]
name = "norrane"
agency = "NRN"
section = "world"

[[sources]]
name = "quaymark"
agency = "QMK"
section = "sport"
syndication = "noindex"

[[rules]]
name = "slow copy waits"
when = { keyword = "slow" }
then = { publish_after = "30m" }

[[rules]]
name = "plans are no news"
when = { genre = "plan" }
then = { action = "ignore" }

[[rules]]
name = "desk reads courts"
when = { keyword = "court" }
then = { action = "hold" }
""")

SHM = Path("/dev/shm")  # noqa: S108 - only made faster by it, and every folder in it is private
FAST = SHM if SHM.is_dir() else None
"""Memory instead of a disk, where the machine has it: these tests sync thousands of times."""


@functools.cache
def _blank(zone: str) -> tempfile.TemporaryDirectory[str]:
    """A newsroom folder with empty databases; copying it spares every test the migrations."""
    folder = tempfile.TemporaryDirectory(prefix="wirecopy-blank-")
    site = msgspec.structs.replace(CONFIG.site, timezone=zone)
    config = msgspec.structs.replace(CONFIG, site=site)
    Newsroom(Path(folder.name), config, lambda: START).close()
    return folder


_proved: set[bytes] = set()


@contextmanager
def proved_once(config: Config, folder: Path) -> Iterator[None]:
    """A newsroom opened meanwhile spares the proof that one with these settings has passed here.

    Pulling it is two thirds of opening a newsroom, which these tests do thousands of times. A theme
    of its own is proved each time, and so is the first newsroom of any settings.
    """
    settings = msgspec.json.encode(config)
    own = (folder / config.press.theme).exists()
    if own or settings not in _proved:
        yield
        _proved.update(() if own else (settings,))
    else:
        with mock.patch.object(Press, "_prove"):
            yield


class Memory:
    """A site in memory (`ports.Site`)."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def write(self, files: Iterable[File]) -> int:
        """Number of files changed."""
        new = {file.path: file.body for file in files}
        changed = sum(self.files.get(path) != body for path, body in new.items())
        self.files |= new
        return changed

    def remove(self, paths: Iterable[str]) -> int:
        """Number of files that were there."""
        return sum(self.files.pop(path, None) is not None for path in paths)

    def sync(self) -> None:
        """Nothing: memory survives no power cut."""

    def paths(self) -> Iterator[str]:
        """Every file."""
        yield from sorted(self.files)


def open_files(folder: Path) -> list[str]:
    """The files in a folder that this process holds open."""
    links = []
    for number in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one that lists them is gone again
            links.append(str(number.readlink()))
    return [link for link in links if link.startswith(f"{folder}/")]


def unlike(one: dict[str, bytes], other: dict[str, bytes]) -> dict[str, str]:
    """Each file in which two sites differ, with the first lines that do: pytest shows all of both.

    That takes it minutes, and its reader longer.
    """
    return {
        path: _first_difference(one.get(path, b""), other.get(path, b""))
        for path in sorted(one.keys() | other.keys())
        if one.get(path) != other.get(path)
    }


def _first_difference(one: bytes, other: bytes) -> str:
    pairs = zip_longest(*(each.decode("utf-8", "replace").split("\n") for each in (one, other)))
    return next(f"{a!r:.200} is not {b!r:.200}" for a, b in pairs if a != b)


class Desk:
    """A newsroom that a test runs by hand; use it in a `with` block."""

    def __init__(
        self, config: Config = CONFIG, *, readers: int = 0, folder: Path | None = None
    ) -> None:
        self._own = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="wirecopy-desk-", dir=FAST))
        self.config = config
        self.now = START
        self._readers = readers
        if not (self.folder / "data").exists():
            blank = _blank(config.site.timezone).name
            shutil.copytree(Path(blank) / "data", self.folder / "data")
        self._open()

    def _open(self) -> None:
        with proved_once(self.config, self.folder):
            self.newsroom = Newsroom(
                self.folder, self.config, lambda: self.now, readers=self._readers
            )
        self.pipeline = self.newsroom.pipeline

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.newsroom.close()
        if self._own:
            shutil.rmtree(self.folder)

    def reopen(self, readers: int = 0) -> None:
        """End the newsroom and begin again, as after a restart."""
        self.newsroom.close()
        self._readers = readers
        self._open()

    # -- the wire ----------------------------------------------------------------------

    def log(self, entries: Iterable[tuple[datetime, Delivery | Order | Tick]]) -> None:
        """Write entries into the log, each at its time, and carry nothing yet."""
        for self.now, entry in entries:
            self.newsroom.log.append([entry], self.now)

    def take(self, *bodies: bytes, source: str = "norrane") -> list[str]:
        """Send deliveries down the whole road; the outcomes of their items, in order."""
        seqs = self.pipeline.take([Delivery(source=source, body=body) for body in bodies])
        self.carry()
        return [kind for seq in seqs for kind in self.outcomes(seq)]

    def order(self, action: Any, story: str, **fields: Any) -> Story:
        """Carry out a staff order; the story as it is then."""
        self.pipeline.order(Order(action=action, story=story, by="mira", **fields))
        self.carry()
        return self.story(story)

    def wait(self, **time: float) -> None:
        """Let time pass; schedules that fall due are told to the log, as the service does."""
        self.now += timedelta(**time)
        self.pipeline.tick()
        self.carry()

    def carry(self) -> None:
        """File and bake until nothing waits."""
        while self.pipeline.step():
            continue

    # -- looking -----------------------------------------------------------------------

    def outcomes(self, seq: int) -> list[str]:
        """The outcomes of one delivery's items."""
        rows = self.rows("SELECT kind FROM outcomes WHERE seq = ? ORDER BY part", seq)
        return [row[0] for row in rows]

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the archive."""
        return self.newsroom.archive.connection.execute(statement, values).fetchall()

    def story(self, begins: str) -> Story:
        """The story of that id, or whose key ends so."""
        rows = self.rows("SELECT id FROM stories WHERE id = ? OR key LIKE ?", begins, f"%{begins}")
        assert len(rows) == 1, f"{len(rows)} stories are called {begins!r}"
        story = self.newsroom.archive.story(rows[0][0])
        assert story is not None
        return story

    def site(self) -> dict[str, bytes]:
        """Every file of the site."""
        root = self.newsroom.site_path
        return {path: (root / path).read_bytes() for path in self.newsroom.site.paths()}

    def full_bake(self) -> dict[str, bytes]:
        """The site as a full bake writes it, beside the one that grew."""
        memory = Memory()
        Baker(self.newsroom.stacks, self.newsroom.press, memory).bake_all(clean=False)
        return memory.files

    def archive(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything the archive knows of the log, without what only tells how far baking is."""
        tables = {name: self.rows(f"SELECT * FROM {name} ORDER BY 1, 2") for name in _TABLES}  # noqa: S608 - our own names
        tables["days"] = self.rows("SELECT scope, day, given, live FROM days ORDER BY 1, 2")
        tables["search"] = self.rows("SELECT rowid, * FROM search ORDER BY rowid")
        tables["meta"] = self.rows(
            "SELECT * FROM meta WHERE name NOT IN "
            "('edition', 'terms', 'furniture', 'renewal', 'withdrawing') ORDER BY name"
        )
        return tables

    def rebuild(self) -> None:
        """Forget archive and site, and make both again from the log."""
        self.newsroom.close()
        forget(self.folder)
        self._open()
        self.pipeline.drain()
        self.newsroom.bake_all()


_TABLES = (
    "stories", "aliases", "items", "deliveries", "outcomes", "counts", "topics", "story_topics",
    "picks", "terms", "taught",
    "profiles", "coverage", "covered",
    "maps", "corrections", "members", "notices", "packages", "prints", "texts",
)  # fmt: skip


# --------------------------------------------------------------------------------------
# Wire copy
# --------------------------------------------------------------------------------------


def stamp(moment: datetime) -> str:
    """The moment as a wire writes it."""
    return moment.isoformat().replace("+00:00", "Z")


def ninjs(uri: str, headline: str = "Ferry runs aground off Tarnwick", **fields: Any) -> bytes:
    """A ninjs item; `body` is HTML, a datetime becomes a date."""
    body = fields.pop("body", f"<p>{headline}, the harbour office said. Nobody was hurt.</p>")
    item = {
        "$standard": {"name": "ninjs", "version": "1.4"},
        "uri": uri,
        "type": "text",
        "headline": headline,
        "body_html": body,
        **{k: stamp(v) if isinstance(v, datetime) else v for k, v in fields.items()},
    }
    return json.dumps({key: value for key, value in item.items() if value is not None}).encode()


def notice(uri: str, status: str = "canceled", **fields: Any) -> bytes:
    """A ninjs item without text that only says what became of the story."""
    return ninjs(uri, headline="", body="", **{"pubstatus": status} | fields)


def reference(target: str, status: str = "canceled", at: datetime = START) -> bytes:
    """An NITF document that kills or holds another one by naming it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><docdata management-status="usable" management-doc-idref="{target}"
 management-idref-status="{status}"><doc-id id-string="advice-{target}-{status}"/>
<date.issue norm="{stamp(at)}"/></docdata></head>
<body><body.head><hedline><hl1>Advice to desks</hl1></hedline></body.head></body></nitf>""".encode()
