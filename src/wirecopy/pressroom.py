"""The pressroom: the press with its theme, and processes that bake beside the one that files."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from importlib import resources
from pathlib import Path

import msgspec

from wirecopy import __version__
from wirecopy.archive.stacks import Stacks
from wirecopy.baking import Baked, Baker, Batch, Spread
from wirecopy.config import Config
from wirecopy.database import read_only
from wirecopy.errors import ThemeError
from wirecopy.outlets.folder import Folder
from wirecopy.pictures.album import Album
from wirecopy.pictures.ledger import Ledger
from wirecopy.press import ASSETS, TEMPLATES, Press
from wirecopy.processes import begin_pool, begin_work, shared_out

PICTURES = Path("data") / "pictures"
ARCHIVE = Path("data", "archive.db")
SITE = "site"
_TERMS = (
    "show_initials",
    "redistribution",
    "picture_credit",
    "recordings",
    "mining",
    "copyright",
    "allow_private",
)
"""Settings of a source that its pages show; all others are of its road to us."""
_MOST = 2
"""Processes that bake beside the one that files: it makes no work for more."""


def prove_theme(config: Config, theme: Path) -> None:
    """Return when every template prints; ThemeError names the file, the line and the variable."""
    press_of(config, theme)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ThemeError(f"Theme: {path} cannot be read: {error}. Save it as UTF-8.") from error


def press_of(config: Config, theme: Path) -> tuple[Press, str]:
    """The press with the newsroom's own theme laid over ours, and a digest of what it prints by."""
    package = resources.files("wirecopy.press")
    templates = {
        name: (package / "templates" / name).read_text(encoding="utf-8") for name in TEMPLATES
    }
    ours = dict(templates)
    assets = {name: (package / "assets" / name).read_bytes() for name in ASSETS}
    catalogues: dict[str, str] = {}
    if theme.is_dir():
        for path in sorted(theme.rglob("*")):
            name = path.relative_to(theme).as_posix()
            if path.is_file() and path.suffix == ".html":
                templates[name] = _text(path)
            elif path.is_file() and path.suffix == ".po":
                catalogues[path.stem] = _text(path)
            elif path.is_file() and not path.name.startswith("."):
                assets[name] = path.read_bytes()
    digest = hashlib.sha256(__version__.encode())
    printed = (config.site, config.sections, config.press, config.pictures)
    digest.update(msgspec.json.encode(printed))
    for name, text in (*sorted(templates.items()), *sorted(catalogues.items())):
        digest.update(f"{name}\0{text}\0".encode())
    for name, body in sorted(assets.items()):
        digest.update(name.encode() + b"\0" + body)
    return Press(config, templates, assets, catalogues, ours), digest.hexdigest()


def terms_of(config: Config) -> dict[str, str]:
    """Those of each source's settings that its stories' pages show, by the source's name."""
    return {
        source.name: msgspec.json.encode([getattr(source, name) for name in _TERMS]).decode()
        for source in config.sources
    }


class Presses:
    """Processes beside this one that bake what it files; implements baking.Pressroom.

    They are started when there is first something for them.
    """

    def __init__(self, folder: Path, config: Config, processes: int) -> None:
        self._folder = folder
        self._config = msgspec.msgpack.encode(config)
        self._processes = min(processes, _MOST)
        self._pool: ProcessPoolExecutor | None = None

    @property
    def at_work(self) -> bool:
        """Whether they have been started."""
        return self._pool is not None

    def bake(self, pages: Sequence[str]) -> Future[Baked]:
        """Begin to bake these pages; the future is done when their files are written."""
        if self._pool is None:
            begun = (self._config, self._folder, self._folder / SITE, False)
            self._pool = begin_pool(self._processes, _begin_baking, begun)
        return begin_work(self._pool, _bake_news, pages)

    def close(self) -> None:
        """End the processes, once they have finished what is in hand. Safe to call twice."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


class _Beside(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a baking process."""

    archive: sqlite3.Connection
    ledger: Ledger
    stacks: Stacks
    baker: Baker


_beside: _Beside | None = None
"""Set once in each baking process."""


def _begin_baking(config: bytes, folder: Path, site: Path, readonly: bool) -> None:
    global _beside  # noqa: PLW0603 - the way a process pool hands something to its processes
    settings = msgspec.msgpack.decode(config, type=Config)
    archive = read_only(folder / ARCHIVE)
    archive.execute("PRAGMA cache_size = -16384")
    archive.execute("PRAGMA temp_store = MEMORY")
    press, _ = press_of(settings, folder / settings.press.theme)
    ledger = Ledger(folder / PICTURES, readonly=readonly)
    stacks = Stacks(archive, settings, Album(settings, ledger))
    baker = Baker(stacks, press, Folder(site))
    _beside = _Beside(archive=archive, ledger=ledger, stacks=stacks, baker=baker)


def _here() -> _Beside:
    if _beside is None:
        raise RuntimeError("the baking process was not set up")
    return _beside


def _bake_batch(pages: Sequence[str]) -> Batch:
    baker = _here().baker
    batch = baker.bake_pages(pages)
    baked = msgspec.structs.replace(batch.baked, troubles=baker.troubles())
    return msgspec.structs.replace(batch, baked=baked)


def _bake_news(pages: Sequence[str]) -> Baked:
    """Bake pages while another process files: all of them from one state of the archive."""
    here = _here()
    here.archive.execute("BEGIN")
    try:
        if here.ledger.renewed():
            here.stacks.forget()
        return _bake_batch(pages).baked
    finally:
        here.archive.execute("ROLLBACK")


def spread_over(cores: int, folder: Path, config: Config, site: Path) -> Spread:
    """How the pages of a newsroom folder are baked into `site` on so many cores, two at least.

    This process takes its share, and that of a process beside it which is killed.
    """
    settings = msgspec.msgpack.encode(config)
    elsewhere = site != folder / SITE

    def spread(
        bake: Callable[[Sequence[str]], Batch], batches: Iterator[Sequence[str]]
    ) -> Iterator[Batch]:
        others = cores - 1
        with begin_pool(others, _begin_baking, (settings, folder, site, elsewhere)) as pool:
            there = partial(begin_work, pool, _bake_batch)
            yield from shared_out(there, bake, batches, ahead=2 * others)

    return spread
