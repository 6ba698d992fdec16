"""The renewal: how all pages follow new settings, another theme or program.

A short site is baked anew at once. A large one follows beside the work, a few pages at a time and
the newest stories first: copy, kills among it, waits for no more than the page in hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from hashlib import blake2b

import msgspec

from wirecopy.archive.sqlite import SqliteArchive
from wirecopy.archive.stacks import Stacks
from wirecopy.baking import Baker
from wirecopy.ports import Site
from wirecopy.press import Press, paths

_FEW = 1000
"""Stories below which nobody waits long for all pages: a second or two."""
_SLICE = 0.01
"""Seconds of one slice: a story that comes in meanwhile must be on disk within five of them."""
_NOTED = 1.0
"""Seconds between two times that the place is written down, once what was baked is safe."""
_PLACE, _FURNITURE = "renewal", "furniture"


class Renewal:
    """Knows what the pages of one newsroom were baked with, and bakes them anew where that differs.

    `edition` names settings, theme and program, `terms` those of each source's that pages show.
    """

    def __init__(
        self,
        *,
        archive: SqliteArchive,
        stacks: Stacks,
        baker: Baker,
        press: Press,
        site: Site,
        lease: AbstractContextManager[object],
        edition: str,
        terms: Mapping[str, str],
    ) -> None:
        self._archive = archive
        self._stacks = stacks
        self._baker = baker
        self._press = press
        self._site = site
        self._lease = lease
        self._edition = edition
        self._terms = terms
        self._after: str | None = None
        """The last page that was baked anew, "" before the first; None where nothing is to be."""
        self._noted = 0.0
        self._claimed: tuple[str, ...] = ()

    @contextmanager
    def baking(self) -> Iterator[None]:
        """The lease, for who files and bakes: the archive knows then of pages of this edition.

        Who puts settings back before all pages were made anew owes those to the site as well, and
        so does who starts again after a command has baked with settings that were still to come.
        """
        with self._lease:
            if self._claimed != self._remembered():
                self._claim()
            yield

    def _claim(self) -> None:
        if not self.is_owed():
            self.remember_terms()  # of sources without copy, before the first of it comes
        elif self._place()[0] != self._name():
            self._put_place("")
        self._claimed = self._remembered()

    def _remembered(self) -> tuple[str, ...]:
        return tuple(map(self._archive.meta, ("edition", "terms", _PLACE)))

    def is_under_way(self) -> bool:
        """Whether `go_on` has pages to bake."""
        return self._after is not None

    def is_owed(self) -> bool:
        """Whether pages were baked with other settings, theme or program, or never all of them.

        What a source is asked for and how is on no page, nor are the terms of one without copy.
        """
        if self._archive.meta("edition") != self._edition or self._archive.meta(_PLACE):
            return True
        changed = dict(self._known_terms().items() ^ self._terms.items())
        return any(map(self._archive.has_copy_of, changed))

    def is_short(self) -> bool:
        """Whether it is done at once: of few stories, or where readers have no whole site yet."""
        return self._archive.size() < _FEW or not self._archive.meta("edition")

    def left(self) -> int:
        """About how many stories' pages are still to be baked anew, 0 when none is owed."""
        if not self.is_owed():
            return 0
        name, after = self._place()
        return self._stacks.stories_after(after if name == self._name() else "")

    def begin(self, *, anew: bool = False) -> None:
        """Write what does not depend on stories, and let `go_on` follow from where it was.

        `anew`: from the beginning, as all that was baked is gone.
        """
        with self._lease:  # somebody else may just be at its last page
            if not (anew or self.is_owed()):
                return
            name, after = self._place()
            self._after = after if name == self._name() and not anew else ""
            self._site.write(self._press.fixed())
            known = self._known_furniture()
            self._remember_furniture(sorted(known.union(self._furniture())))
            self._note()

    def go_on(self, stop: Callable[[], bool]) -> int:
        """Bake pages anew for a moment, or until `stop`; how many.

        After the last one what only the settings before had goes, and the renewal is over.
        """
        if self._after is None:
            return 0
        began, made = time.monotonic(), 0
        with self._lease:
            if self._place()[0] != self._name():
                self._after = ""  # a command with other settings has baked meanwhile
                self._note()
            for page in self._stacks.pages(self._after):
                self._baker.bake_pages([page])
                self._after, made = page, made + 1
                if stop() or time.monotonic() - began > _SLICE:
                    break
            else:
                self.finish()
            if self.is_under_way() and time.monotonic() - self._noted > _NOTED:
                self._note()
        return made

    def finish(self) -> None:
        """All pages have been baked: remember with what, and remove what only the last had."""
        furniture = self._furniture()
        self._site.remove(sorted(self._known_furniture().difference(furniture)))
        self._baker.sync()
        self._archive.set_meta("edition", self._edition)
        self.remember_terms()
        self._remember_furniture(furniture)
        self._archive.set_meta(_PLACE, "")
        self._after = None

    def remember_terms(self) -> None:
        """Write down the terms of all sources, where they are not those that were known."""
        if self._known_terms() != self._terms:
            self._archive.set_meta("terms", msgspec.json.encode(self._terms).decode())

    def _known_terms(self) -> dict[str, str]:
        """The terms with which the pages of each source's stories were baked."""
        return msgspec.json.decode(self._archive.meta("terms") or "{}", type=dict[str, str])

    def _furniture(self) -> list[str]:
        """The files that are there whatever the archive holds: fixed ones, and the fronts."""
        fixed = [file.path for file in self._press.fixed()]
        for section in self._stacks.sections():
            fixed += [paths.front_path(section), *paths.front_feeds(section)]
        return fixed

    def _known_furniture(self) -> set[str]:
        """Those of the last edition, and of any that were begun since."""
        return msgspec.json.decode(self._archive.meta(_FURNITURE) or "[]", type=set[str])

    def _remember_furniture(self, files: list[str]) -> None:
        self._archive.set_meta(_FURNITURE, msgspec.json.encode(files).decode())

    def _place(self) -> tuple[str, str]:
        """Which renewal was under way, and the page it had come to."""
        name, _, after = self._archive.meta(_PLACE).partition(" ")
        return name, after

    def _note(self) -> None:
        """Write down how far we are, once all up to there survives a power cut."""
        self._baker.sync()
        self._put_place(self._after or "")
        self._noted = time.monotonic()

    def _put_place(self, after: str) -> None:
        self._archive.set_meta(_PLACE, f"{self._name()} {after}")

    def _name(self) -> str:
        """A short name of what pages are being baked with."""
        return blake2b(self._edition.encode() + msgspec.json.encode(self._terms)).hexdigest()[:16]
