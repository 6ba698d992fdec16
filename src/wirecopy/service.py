"""Everything in one process: intake, pipeline, press and the built-in server.

The pipeline has a thread of its own, woken whenever the log has grown; fetching and serving share
the event loop. SIGTERM and SIGINT stop it cleanly: what is in hand is finished, the rest waits in
the log.
"""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wirecopy.config import Source, duration
from wirecopy.errors import SourceError, WirecopyError
from wirecopy.intake.folder import FolderIntake
from wirecopy.intake.http import FetchError, HttpIntake
from wirecopy.model import Delivery
from wirecopy.newsroom.server import SiteServer, serve
from wirecopy.pictures.darkroom import Darkroom
from wirecopy.pictures.desk import PictureDesk
from wirecopy.pictures.nouns import MAX_BYTES
from wirecopy.pipeline import Step
from wirecopy.wiring import Newsroom

_LOOK_FOR_PICTURES = 1.0
"""Seconds between looks for wanted pictures while there are none."""
_LOOK_AGAIN = 0.25
"""Seconds after which the pipeline looks at the clock and the log even if nobody woke it."""
_RETRY = 5.0
"""Seconds to wait after the disk refused something."""
_LONGEST_WAIT = timedelta(hours=1)

Work = Callable[[], Coroutine[Any, Any, None]]
OnStep = Callable[[Step, list[float]], None]


class Service:
    """Runs a newsroom until it is stopped. `say` gets one line per event worth a person's eye.

    `on_step` is told what each step did and how many seconds its deliveries took from the door
    to their story pages on disk. `extra` mounts further files on the site.
    """

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        host: str,
        port: int,
        say: Callable[[str], None],
        on_step: OnStep = lambda _step, _seconds: None,
        extra: Mapping[str, Path | bytes] | None = None,
    ) -> None:
        self._newsroom = newsroom
        self._host = host
        self._port = port
        self._say = say
        self._on_step = on_step
        self._extra = extra
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._stop = asyncio.Event()
        self._taken: dict[int, float] = {}
        self._times: list[float] = []
        self._http = HttpIntake({}, newsroom.clock, newsroom.config.pipeline.max_bytes)
        self._picture_http = HttpIntake({}, newsroom.clock, MAX_BYTES)
        self._darkroom = Darkroom()
        self._pictures = PictureDesk(
            newsroom.ledger, self._darkroom, self._fetch_picture, newsroom.clock
        )

    async def run(self, *also: Work) -> None:
        """Serve and take in until stopped; `also` runs beside (the demo's wire)."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, self.stop)
        await asyncio.to_thread(self._catch_up)
        thread = threading.Thread(target=self._carry, name="pipeline")
        thread.start()
        search = self._newsroom.search()
        app = SiteServer(
            self._newsroom.site_path,
            search,
            self._newsroom.render_search,
            self._extra,
            prefix=urlsplit(self._newsroom.config.site.url).path,
            headers=self._newsroom.press.headers,
        )
        works = (*self._intakes(), self._see_to_pictures, *also)
        tasks = [asyncio.create_task(work()) for work in works]
        try:
            await serve(app, self._host, self._port, self._stop, self._opened)
        finally:
            self.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._http.close()
            await self._picture_http.close()
            await asyncio.to_thread(self._darkroom.close)
            await asyncio.to_thread(thread.join)
            search.close()

    def stop(self) -> None:
        """Begin to stop. Safe to call twice, from the event loop."""
        self._stopping.set()
        self._wake.set()
        self._stop.set()

    async def take(self, deliveries: list[Delivery]) -> list[int]:
        """Put deliveries into the log and wake the pipeline; returns once they are durable."""
        began = time.perf_counter()
        given = await asyncio.to_thread(self._newsroom.pipeline.take, deliveries)
        self._taken |= dict.fromkeys(given, began)
        self._wake.set()
        return given

    def _opened(self) -> None:
        name = self._newsroom.config.site.name
        self._say(f"Serving {name} at http://{self._host}:{self._port}")

    # -- the pipeline's thread ---------------------------------------------------------

    def _catch_up(self) -> None:
        """File what waited in the log, and bake anew where settings or theme have changed."""
        self._newsroom.pipeline.drain()
        if self._newsroom.renew_if_changed():
            self._say("Baked every page: settings, theme or program have changed.")

    def _carry(self) -> None:
        """Carry the log forward until stopped; what is in hand is finished first."""
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                if self._newsroom.renew_if_deleted():
                    self._say("Baked every page: the site's folder had been deleted.")
                worked = self._newsroom.pipeline.tick()
                step = self._newsroom.pipeline.step(self._stories_out)
            except WirecopyError as error:
                self._say(f"Waiting {_RETRY:.0f} s: {error}")
                self._stopping.wait(_RETRY)
                continue
            if step:
                newest = max(step.filed, default=0)
                # What was filed before it was noted as taken is never asked for again. A list,
                # since the loop's thread may add to it meanwhile.
                for seq in [seq for seq in list(self._taken) if seq <= newest]:
                    del self._taken[seq]
                times, self._times = self._times, []
                self._on_step(step, times)
            elif not worked:
                self._wake.wait(_LOOK_AGAIN)

    def _stories_out(self, filed: tuple[int, ...]) -> None:
        """Note how long these deliveries took from the door to their story pages on disk."""
        now = time.perf_counter()
        self._times += [now - self._taken.pop(seq) for seq in filed if seq in self._taken]

    # -- ways in -----------------------------------------------------------------------

    def _intakes(self) -> Iterable[Work]:
        """One task for each source's folder, one for each source's feed."""
        newsroom = self._newsroom
        most = newsroom.config.pipeline.max_bytes
        for source in newsroom.config.sources:
            if source.path:
                inbox = newsroom.folder / source.path
                if not Path(source.path).is_absolute():  # ours to make; a mount never is
                    inbox.mkdir(parents=True, exist_ok=True)
                folder = FolderIntake(source, inbox, newsroom.clock, most)
                yield partial(self._watch, folder)
            if source.url:
                yield partial(self._poll, source)

    async def _watch(self, folder: FolderIntake) -> None:
        """Look through one folder again and again; a file is done once the log has it."""
        pause = duration(folder.source.every).total_seconds()
        while True:
            try:
                await self._empty(folder)
            except SourceError as error:
                self._say(str(error))
            except Exception as error:  # noqa: BLE001 - a source in trouble is looked at again
                self._say(_trouble(folder.source, error))
            # A file that was still being written is settled a second later, not a round later.
            await asyncio.sleep(min(pause, 1.0) if folder.waiting else pause)

    async def _empty(self, folder: FolderIntake) -> None:
        polled = folder.poll()
        while (delivery := await asyncio.to_thread(next, polled, None)) is not None:
            await self.take([delivery])
            await asyncio.to_thread(folder.done, delivery)

    async def _poll(self, source: Source) -> None:
        """Ask for one feed again and again; its cursor moves once the log has the bytes."""
        pause = duration(source.every)
        failures = 0
        while True:
            wait = pause
            try:
                delivery = await self._http.fetch(source)
                if delivery is not None:
                    await self.take([delivery])
                    self._http.accept(delivery)
                failures = 0
            except FetchError as error:
                failures += 1
                wait = max(error.retry_after or timedelta(), pause * 2 ** min(failures, 6))
                wait = min(wait, _LONGEST_WAIT)
                self._say(f"{error} Trying again in {wait.total_seconds():.0f} s.")
            except SourceError as error:
                self._say(str(error))
            except Exception as error:  # noqa: BLE001 - a source in trouble is asked again
                self._say(_trouble(source, error))
            await asyncio.sleep(wait.total_seconds())

    # -- pictures ----------------------------------------------------------------------

    async def _see_to_pictures(self) -> None:
        """Fetch and develop one wanted picture after another; a page never waits for it."""
        if self._newsroom.config.pictures.keep == "link":
            return
        while True:
            began = time.perf_counter()
            try:
                seen_to = await self._pictures.work()
            except (sqlite3.Error, WirecopyError) as error:
                self._say(f"Pictures wait {_RETRY:.0f} s: {error}")
                await asyncio.sleep(_RETRY)
                continue
            if seen_to:
                self._wake.set()
                await asyncio.sleep(time.perf_counter() - began)  # the wire has the other half
            else:
                await asyncio.sleep(_LOOK_FOR_PICTURES)

    async def _fetch_picture(self, url: str, private: bool) -> bytes:
        """The bytes at a picture's address, through the guard that every fetch goes through."""
        source = Source(name="picture", agency="picture", url=url, allow_private=private)
        delivery = await self._picture_http.fetch(source)
        return delivery.body if delivery else b""


def _trouble(source: Source, error: Exception) -> str:
    return (
        f"Source {source.name}: taking it in failed inside wirecopy "
        f"({type(error).__name__}: {error}). It will be tried again; please report it."
    )
