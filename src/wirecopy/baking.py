"""Baking: dirty pages become files. What is written is a function of the archive alone.

Marks are taken away only after the files they stand for survive a power cut; a crash in between
bakes them again, to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from hashlib import blake2b
from itertools import islice
from typing import Protocol, TypeVar

import msgspec

from wirecopy.archive.stacks import Stacks
from wirecopy.briefs import (
    Absent,
    Brief,
    CorrectionsBrief,
    CoverageBrief,
    File,
    Gone,
    ListBrief,
    MapBrief,
    MapsBrief,
    Moved,
    NewsMapBrief,
    StoryBrief,
)
from wirecopy.errors import ThemeError
from wirecopy.ports import Site
from wirecopy.press import Press, paths
from wirecopy.press.lists import has_feeds
from wirecopy.processes import shared_out

_Page = TypeVar("_Page")
Choose = Callable[[Sequence[str], int], Iterable[Sequence[str]]]
"""Of the pages that are marked, those to make now, in parts of a size; one is made, then asked."""
_BATCH = 128
_STORIES = 512
_LISTS = 4096
"""Pages of one round: lists are more than are marked while one rests, or some had never a turn."""
_PART = 16
"""Pages that are shared out together; the last ones are taken by whoever is free."""


class Baked(msgspec.Struct, frozen=True, kw_only=True):
    """What one round of baking did."""

    pages: int = 0
    """Pages whose marks were taken away."""
    left: int = 0
    """Pages that stay marked because something else had to come first."""
    written: int = 0
    """Files whose bytes changed."""
    removed: int = 0
    troubles: tuple[str, ...] = ()
    """Those of another process or another site, as `Baker.troubles` tells them."""


def in_all(rounds: Sequence[Baked]) -> Baked:
    """What these rounds did together; what is left is what the last one left."""
    return Baked(
        pages=sum(one.pages for one in rounds),
        left=rounds[-1].left if rounds else 0,
        written=sum(one.written for one in rounds),
        removed=sum(one.removed for one in rounds),
    )


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What baking one batch of pages did, and the digests of the paths of its files."""

    baked: Baked
    kept: tuple[int, ...]


Spread = Callable[[Callable[[Sequence[str]], Batch], Iterator[Sequence[str]]], Iterable[Batch]]
"""How batches of pages are baked: `map`, or something that does it in several processes."""


class Pressroom(Protocol):
    """Processes beside this one that bake from the same archive into the same site."""

    @property
    def at_work(self) -> bool:
        """Whether they have been started; a start costs half a second."""
        ...

    def bake(self, pages: Sequence[str]) -> Future[Baked]:
        """Begin to bake these pages; the future is done when their files are written."""
        ...


class Baker:
    """Bakes from one archive into one site; with a pressroom, on other cores too.

    No two processes ever bake the same page at a time: what is under way is waited for before
    anything else is baked.
    """

    def __init__(
        self, stacks: Stacks, press: Press, site: Site, room: Pressroom | None = None
    ) -> None:
        self._stacks = stacks
        self._press = press
        self._site = site
        self._room = room
        self._under_way: list[Future[Baked]] = []
        self._marks_under_way: list[tuple[str, int]] = []
        self._left: set[tuple[str, int]] = set()
        self._troubles: dict[str, None] = {}
        self._owed: set[tuple[str, int]] = set()
        """What was baked and not settled: its marks are still there."""

    def bake(
        self,
        *,
        lists: bool = True,
        stories_out: Callable[[], None] = lambda: None,
        choose: Choose | None = None,
        settle: bool = True,
    ) -> Baked:
        """Bake marked pages, stories before all else, as many as may go in one round.

        `stories_out` is called once readers can see the story pages. After them come the pages
        that show a picture which has come, gone or run out, and, unless without `lists`, the
        lists; of these the ones that `choose` does not name stay marked, and are no sooner made
        in the next round, unless they are marked anew. Without `settle` call that in the end.
        """
        self._finish()
        passed = self._left | self._owed
        marked = self._stacks.marked(_STORIES + len(passed), 0)
        stories = [mark for mark in marked if mark not in passed]
        done = [self._share([page for page, _ in stories])]
        stories_out()
        self._owed.update(stories)
        room = len(self._owed)
        dirty = self._stacks.dirty(_STORIES + room, _LISTS + room if lists else 0)
        others = dict(mark for mark in dirty if mark not in self._owed)
        made: set[str] = set()
        for few in (choose or _parts)(list(others), self._at_once(len(others))):
            done.append(self._share(few))
            made.update(few)
        self._left = {m for m in others.items() if m[0] not in made}
        self._owed.update((page, others[page]) for page in made)
        if settle:
            self.settle()
        pages, left = len(stories) + len(made), len(others) - len(made)
        return msgspec.structs.replace(in_all(done), pages=pages, left=left)

    def settle(self) -> None:
        """Let what was baked survive a power cut, then take its marks away.

        Call it before anybody else may bake.
        """
        owed, self._owed = self._owed, set()
        if owed:
            self.sync()
            self._stacks.clean(tuple(owed))

    def sync(self) -> None:
        """Remove the pictures that no page shows any more; all then survives a power cut."""
        unshown = self._stacks.unshown()
        self._site.remove(unshown)
        self._site.sync()
        self._stacks.swept(unshown)

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Nothing is under way or owed any more when the block ends, however it ends."""
        try:
            yield
        finally:
            self._owed.clear()  # after an error: what still has its mark is baked once more
            self._wait()

    def hand_over(self) -> bool:
        """Whether marked story pages are now being baked beside this process, which may file on.

        Their marks are taken away before anything else is baked. Call it inside `beside`.
        """
        self._finish()
        if self._room is None:
            return False
        marked = self._stacks.dirty(_STORIES)
        self._under_way = [
            self._room.bake([page for page, _ in part]) for part in _parts(marked, _BATCH)
        ]
        self._marks_under_way = marked
        return True

    def _finish(self) -> None:
        """Wait for what was handed over. What a broken process leaves undone keeps its marks."""
        marked, self._marks_under_way = self._marks_under_way, []
        try:
            done = self._wait()
        except BrokenProcessPool:
            self._room = None  # from now on all is baked here
            return
        if done:
            self.sync()
            self._stacks.clean(marked)

    def _wait(self) -> list[Baked]:
        """What was baked beside, once nothing is under way any more; what it raised is raised."""
        begun, self._under_way = self._under_way, []
        wait(begun)
        return [self._heard(one.result()) for one in begun if not one.cancelled()]

    def _at_once(self, pages: int) -> int:
        """How many pages are baked between two looks: with others at work all, to share them."""
        return max(pages, 1) if self._room is not None and self._room.at_work else 1

    def _share(self, pages: Sequence[str]) -> Baked:
        """As `_write`, with the processes beside where they are at work and there is enough."""
        if self._room is None or not self._room.at_work or len(pages) < 2 * _PART:
            return self._write(pages)
        parts = _parts(pages, _PART)
        done = shared_out(self._room.bake, self._write, parts, ahead=len(pages))
        return in_all([self._heard(one) for one in done])

    def bake_all(
        self,
        progress: Callable[[int], None] = lambda _: None,
        *,
        clean: bool = True,
        spread: Spread = map,
    ) -> Baked:
        """Bake every page there is and remove every file that is none.

        `clean` takes all marks away; not for a copy beside the site. `spread` bakes the batches
        of pages, as `map` does or in several processes.
        """
        fixed = self._press.fixed()
        written = self._site.write(fixed)
        kept = {_digest(file.path) for file in fixed}
        pages = removed = 0
        for batch in spread(self.bake_pages, _parts(self._stacks.pages(), _BATCH)):
            kept.update(batch.kept)
            baked = self._heard(batch.baked)
            written, removed = written + baked.written, removed + baked.removed
            pages += baked.pages
            progress(pages)
        strays = [path for path in self._site.paths() if _digest(path) not in kept]
        removed += self._site.remove(strays)
        self.sync()
        if clean:
            self._clean_all()
        return Baked(pages=pages, written=written, removed=removed)

    def bake_pages(self, pages: Sequence[str]) -> Batch:
        """Bake these pages, marked or not; what was written and which files they are."""
        kept: list[int] = []
        baked = msgspec.structs.replace(self._write(pages, kept), pages=len(pages))
        return Batch(baked=baked, kept=tuple(kept))

    def troubles(self) -> tuple[str, ...]:
        """What was wrong with pages since this was last asked, each once, in words.

        None of it kept another page waiting.
        """
        troubles, self._troubles = self._troubles, {}
        return tuple(dict.fromkeys((*troubles, *self._press.troubles())))

    def _heard(self, baked: Baked) -> Baked:
        """The same, once its troubles are known here."""
        self._troubles.update(dict.fromkeys(baked.troubles))
        return baked

    def _clean_all(self) -> None:
        while marked := self._stacks.marked(10_000, 10_000):
            self._stacks.clean(marked)

    def _write(self, pages: Sequence[str], kept: list[int] | None = None) -> Baked:
        """Write these pages; how many files changed and how many went."""
        files: list[File] = []
        strays: list[str] = []
        kept = [] if kept is None else kept
        for page in pages:
            brief = self._stacks.brief(page)
            try:
                made, broom = self._make(page, brief)
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - one page's failure costs no other page
                made, broom = [], _is_over(brief)
                kept += map(_digest, _stands(page, brief))
                self._troubles[_words_for(page, error)] = None
            files += made
            strays += broom
        kept += [_digest(file.path) for file in files]
        baked = Baked(written=self._site.write(files), removed=self._site.remove(strays))
        self._stacks.write_wants()
        return baked

    def _make(self, page: str, brief: Brief) -> tuple[Sequence[File], Sequence[str]]:
        """The files of one page, and the paths where nothing may be left of it."""
        press = self._press
        match brief:
            case StoryBrief():
                ended = any(change.kind == "restored" for change in brief.story.changes)
                beside = press.beside(brief)
                broom = [paths.gone_path(brief.story.id)] if ended else []
                if not beside:  # another source's, or other terms, may have left one
                    broom.append(paths.ninjs_path(brief.story.path))
                return [*brief.files, press.story(brief), *beside], broom
            case ListBrief():
                return press.lists(brief), _feeds_of(brief)
            case CoverageBrief():
                return [press.coverage(brief)], []
            case CorrectionsBrief():
                return [press.corrections(brief.notes)], []
            case MapBrief():
                return [press.sitemap(brief.day, brief.part, brief.entries)], []
            case MapsBrief():
                return [press.sitemap_index(brief.maps)], []
            case NewsMapBrief():
                return [press.news_sitemap(brief.teasers)], []
            case Moved():
                broom = [paths.gone_path(brief.id), paths.ninjs_path(brief.path)]
                return [press.moved(brief)], broom
            case Gone():
                return [press.gone(brief)], [brief.path, paths.ninjs_path(brief.path)]
            case Absent():
                besides = [paths.ninjs_path(path) for path in brief.paths]
                return [], [*brief.paths, *besides, *_paths_of(page)]


def _stands(page: str, brief: Brief) -> list[str]:
    """The files that stay as they were where their page cannot be made."""
    if isinstance(brief, StoryBrief):
        path = brief.story.path
        return [path, paths.ninjs_path(path), *(file.path for file in brief.files)]
    return _paths_of(page)


def _is_over(brief: Brief) -> list[str]:
    """The files that must go although the page in their place cannot be made."""
    return [brief.path, paths.ninjs_path(brief.path)] if isinstance(brief, Gone | Moved) else []


def _words_for(page: str, error: Exception) -> str:
    why = str(error) if isinstance(error, ThemeError) else f"{type(error).__name__}: {error}"
    return f"The page {page} could not be made and stays as it was. Please report it: {why}"


def _feeds_of(brief: ListBrief) -> list[str]:
    """Where the feed may lie of a topic that has it no more."""
    if brief.kind == "topic" and brief.topic and not has_feeds(brief):
        return [paths.topic_feeds(brief.topic.slug).atom]
    return []


def _paths_of(page: str) -> list[str]:
    """Where the files of a page lie, by its name; a story's own path is known to the archive."""
    kind, *rest = page.split("/")
    if kind == "home":
        return [paths.HOME, *paths.home_feeds()]
    if kind == "front":
        return [paths.front_path(rest[0]), *paths.front_feeds(rest[0])]
    if kind == "story":
        return [paths.gone_path(rest[0])]
    if kind == "day":
        return [paths.day_path(rest[0], rest[1], int(rest[2]))]
    if kind == "topic":
        return [paths.topic_path(rest[0]), paths.topic_feeds(rest[0]).atom]
    if kind == "map":
        return [paths.sitemap_path(rest[0], int(rest[1]))]
    return []


def _digest(path: str) -> int:
    """Eight bytes of a hash: a million paths are remembered in little memory."""
    return int.from_bytes(blake2b(path.encode(), digest_size=8).digest())


def _parts(pages: Iterable[_Page], size: int) -> Iterator[list[_Page]]:
    """These pages in parts of `size`, the last one smaller."""
    rest = iter(pages)
    while part := list(islice(rest, size)):
        yield part
