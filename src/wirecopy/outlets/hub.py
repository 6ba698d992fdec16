"""Our WebSub hub is told which feeds have changed, so that those who subscribe have them at once.

The notice is the one that all hubs know, though WebSub leaves it open: a form with hub.mode=publish
and the feeds' addresses. What has changed is seen from the folder, whoever baked it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, MutableMapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from wirecopy.errors import SourceError
from wirecopy.guard import PORTS, Passage, RefusedError
from wirecopy.guard.web import HopError, ask, open_session
from wirecopy.press.paths import url_of

_NAMES = ("rss.xml", "atom.xml", "feed.json")
_TOPICS = "topics"
_EVERY = 5.0
"""Seconds between two looks: the feeds of one burst go out in one notice."""
_DOUBLED = 8
"""Times at most that the pause is doubled after a failure."""
_AT_ONCE = 50
"""Feeds that one notice names."""
_TIMES = aiohttp.ClientTimeout(total=20)

_Stamps = dict[str, tuple[int, int]]


class Hub:
    """Tells the hub of the site at `home`; `say` is told, once, when it does not listen.

    `told` keeps from one run to the next, by the hub's address, when the newest feed was written
    that it knows of, in nanoseconds: what is baked while nobody runs is told at the start.
    """

    def __init__(
        self,
        hub: str,
        home: str,
        site: Path,
        say: Callable[[str], None],
        pause: Callable[[float], Any] = asyncio.sleep,
        passage: Passage | None = None,
        told: MutableMapping[str, int] | None = None,
    ) -> None:
        self._hub = URL(hub)
        self._home = home.rstrip("/")
        self._site = site
        self._say = say
        self._pause = pause
        self._until = {} if told is None else told
        self._passage = passage or Passage(ports=(*PORTS, self._hub.port or 443))

    async def run(self) -> None:
        """Look for what has changed and tell it, for as long as the newsroom runs."""
        if not self._hub.host:
            return
        known, failures = self._known(await asyncio.to_thread(self._stamps)), 0
        while True:
            await self._pause(_EVERY * 2 ** min(failures, _DOUBLED))
            found = await asyncio.to_thread(self._stamps)
            changed = sorted(path for path in found if found[path] != known.get(path))
            why = await self._told(changed)
            if not why:
                known, failures = found, 0
                self._note(found)
                continue
            failures += 1
            if failures == 1:
                self._say(f"The hub {self._hub.host} was not told of changed feeds: {why}.")

    def _known(self, stamps: _Stamps) -> _Stamps:
        """Those feeds that the hub was told of in an earlier run; all of them in the first."""
        until = self._until.get(str(self._hub))
        if until is None:
            self._note(stamps)
            return stamps
        return {path: stamp for path, stamp in stamps.items() if stamp[0] <= until}

    def _note(self, stamps: _Stamps) -> None:
        with suppress(SourceError):  # a full disk: the next run tells some feeds once more
            newest = max((written for written, _ in stamps.values()), default=0)
            self._until[str(self._hub)] = newest

    def _stamps(self) -> _Stamps:
        """When each feed was written, and its size. No folder of stories is gone through."""
        folders = [name for name in _listed(self._site) if not name.startswith(".")]
        topics = [name for name in _listed(self._site / _TOPICS) if name.endswith(".atom")]
        stamps: _Stamps = {}
        for path in (
            *_NAMES,
            *(f"{folder}/{name}" for folder in folders for name in _NAMES),
            *(f"{_TOPICS}/{name}" for name in topics),
        ):
            with suppress(OSError):  # it may go between two calls; what cannot be read is not new
                status = os.stat(f"{self._site}/{path}")  # noqa: PTH116 - a Path for each costs more
                stamps[path] = (status.st_mtime_ns, status.st_size)
        return stamps

    async def _told(self, paths: Sequence[str]) -> str:
        """Why the hub could not be told of these feeds; "" when it was."""
        try:
            for start in range(0, len(paths), _AT_ONCE):
                await self._tell(paths[start : start + _AT_ONCE])
        except SourceError as error:
            return str(error)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            refused = error.__cause__ if isinstance(error.__cause__, RefusedError) else error
            return str(refused) or type(error).__name__
        return ""

    async def _tell(self, paths: Sequence[str]) -> None:
        urls = [("hub.url", f"{self._home}{url_of(path)}") for path in paths]
        body = urlencode([("hub.mode", "publish"), *urls]).encode()

        def headers(_url: URL) -> dict[str, str]:
            return {"Content-Type": "application/x-www-form-urlencoded"}

        async with (
            open_session(self._passage, timeout=_TIMES) as session,
            ask(
                session,
                self._hub,
                self._passage,
                method="POST",
                headers=headers,
                data=body,
                redirects=0,
            ) as (response, _),
        ):
            if response.status >= 300:
                raise HopError(f"it answered with status {response.status}")


def _listed(folder: Path) -> list[str]:
    """The names in a folder; none where it has not been made yet, or cannot be read just now."""
    try:
        return os.listdir(folder)  # noqa: PTH208 - names are enough
    except OSError:
        return []
