"""Everything in one process: intake, pipeline, press and the built-in server.

The pipeline has a thread of its own, woken whenever the log has grown; fetching and serving share
the event loop. SIGTERM, SIGINT and SIGHUP stop it cleanly: what is in hand is finished, the rest
waits in the log.
"""

from __future__ import annotations

import asyncio
import resource
import signal
import sqlite3
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from wirecopy.backlog import Backlog
from wirecopy.checkup import unreadable
from wirecopy.commits import GroupCommit
from wirecopy.errors import SourceError, WirecopyError
from wirecopy.intake.alerts import Alert, Alerts, sentence, worth_telling
from wirecopy.intake.credentials import Vault
from wirecopy.intake.gate import House
from wirecopy.intake.health import Pulse, Pulses
from wirecopy.intake.notebook import NAME, Notebook, Notes
from wirecopy.intake.rounds import Rounds, Work
from wirecopy.model import Delivery
from wirecopy.newsroom.doors import Doors
from wirecopy.newsroom.metrics import Metrics
from wirecopy.newsroom.server import SiteServer, serve
from wirecopy.outlets.hub import Hub
from wirecopy.pacing import REST
from wirecopy.pictures.darkroom import Darkroom
from wirecopy.pictures.desk import Fetch, PictureDesk
from wirecopy.pictures.fetching import fetch_picture
from wirecopy.pipeline import Step
from wirecopy.pressroom import ARCHIVE
from wirecopy.processes import settle_memory
from wirecopy.runlog import RunLog
from wirecopy.settings import card_font
from wirecopy.upkeep import keep_checkpoints, keep_trimmed
from wirecopy.wiring import Newsroom

_LOOK_FOR_PICTURES = 1.0
"""Seconds between looks for wanted pictures while there are none."""
_PICTURES_AT_ONCE = 6
"""Pictures that are fetched at once; they are opened one after the other."""
_LOOK_AGAIN = 0.25
"""Seconds after which the pipeline looks at the clock and the log even if nobody woke it."""
_BREATH = 0.002
"""Seconds between two slices of a renewal: readers are served by the same process."""
_RETRY = 5.0
"""Seconds to wait after the disk refused something."""
_DAMAGED = (
    "`wirecopy doctor` says which, and what helps; what comes in meanwhile is kept in the log."
)
_JUDGE = 5.0
"""Seconds between two looks at how the sources stand."""

OnStep = Callable[[Step, list[float]], None]


class _StoppedError(Exception):
    """We are to stop while we catch up."""


class Service:
    """Runs a newsroom until it is stopped. `say` gets one line per event worth a person's eye.

    `on_step` is told what each step did and how many seconds its deliveries took from the door
    to their story pages on disk. `fetch` gives the bytes of pictures. `ends_process` says that
    nothing but the process's end follows.
    """

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        host: str,
        port: int,
        say: Callable[[str], None],
        on_step: OnStep = lambda _step, _seconds: None,
        fetch: Fetch = fetch_picture,
        ends_process: bool = False,
    ) -> None:
        config = newsroom.config
        self._newsroom = newsroom
        self._host = host
        self._port = port
        self._log = RunLog(config.watch.log, say, newsroom.folder / ARCHIVE, newsroom.clock)
        self._say = self._log.say
        self._on_step = on_step
        self._ends_process = ends_process
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._stop = asyncio.Event()
        self._taken: dict[int, float] = {}
        self._times: list[float] = []
        self._darkroom = Darkroom(font=card_font(newsroom.folder, config))
        self._pictures = _picture_desk(newsroom, self._darkroom, fetch)
        self._backlog = Backlog(
            config.pipeline.waiting, newsroom.log.last(), newsroom.archive.position(), self._say
        )
        self._trouble = ""
        self._told: set[str] = set()
        self._refused = ""
        """Why the log took nothing the last time, "" when it did."""
        self._notebook = Notebook(newsroom.folder / "data" / NAME)
        self._vault = Vault(newsroom.folder)
        names = [source.name for source in config.sources]
        self._pulses = Pulses(names, Notes(self._notebook, "pulse", Pulse), newsroom.clock)
        self._metrics = Metrics(newsroom.folder / ARCHIVE, self._pulses.all)
        self._commits = GroupCommit(
            newsroom.pipeline.take, wrote=self._wrote, refused=self._was_refused
        )
        self._alerts = Alerts(config.watch, self._vault, self._say)
        known = Notes(self._notebook, "hub", int)
        self._hub = Hub(
            config.site.files.hub, config.site.url, newsroom.site_path, self._say, told=known
        )
        at_once = _open_files() // 4
        self._rounds = Rounds(
            self._house(), config.sources, newsroom.folder, config.site.url, at_once=at_once
        )

    def _house(self) -> House:
        """What all ways in share of this service."""
        return House(
            take=self.take,
            say=self._say,
            now=self._newsroom.clock,
            notebook=self._notebook,
            pulses=self._pulses,
            vault=self._vault,
            max_bytes=self._newsroom.config.pipeline.max_bytes,
            room=self._backlog.room,
            full=self._backlog.full,
            looked=self._metrics.looked,
        )

    async def run(self, *also: Work) -> None:
        """Serve and take in until stopped; `also` runs beside (the demo's wire)."""
        loop = asyncio.get_running_loop()
        with self._heeding_signals(loop):
            await self._run(loop, *also)

    async def _run(self, loop: asyncio.AbstractEventLoop, *also: Work) -> None:
        await asyncio.to_thread(self._begin)
        settle_memory()
        self._backlog.filed_to(self._newsroom.archive.position())
        thread = threading.Thread(target=self._carry, args=(loop,), name="pipeline")
        thread.start()
        search, addresses = self._newsroom.search(), self._newsroom.addresses()
        app = SiteServer(
            self._newsroom.site_path,
            search,
            self._newsroom.render_search,
            prefix=urlsplit(self._newsroom.config.site.url).path,
            headers=self._newsroom.press.headers,
            doors=self._doors(),
            address=addresses,
        )
        folder = self._newsroom.folder
        pictures = (self._see_to_pictures,) * _PICTURES_AT_ONCE
        works: tuple[Work, ...] = (
            *self._rounds.works(),
            self._alerts.run,
            self._hub.run,
            self._judge,
            *pictures,
            partial(keep_trimmed, folder, self._newsroom.config.log, self._say),
            partial(keep_checkpoints, folder, self._say),
        )
        tasks = [asyncio.create_task(self._kept_up(work)) for work in works]
        tasks += [asyncio.create_task(work()) for work in also]
        try:
            await serve(app, self._host, self._port, self._stop, self._opened)
        finally:
            self.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._rounds.close()
            await self._commits.written()
            await asyncio.to_thread(self._darkroom.close)
            await asyncio.to_thread(thread.join)
            search.close()
            addresses.close()
            self._commits.close()
            self._notebook.close()

    async def _kept_up(self, work: Work) -> None:
        """Do that work until it is done; where it fails inside wirecopy, say so and begin again."""
        while True:
            try:
                return await work()
            except Exception as error:  # noqa: BLE001 - nothing may end unsaid while all else goes on
                place = traceback.extract_tb(error.__traceback__)[-1]
                self._tell_once(  # without its words, which may hold a secret
                    f"A part of the newsroom failed inside wirecopy ({type(error).__name__}, "
                    f"{Path(place.filename).name} line {place.lineno}) and begins again every "
                    f"{_RETRY:.0f} s. Please report it."
                )
            await asyncio.sleep(_RETRY)

    @contextmanager
    def _heeding_signals(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """Begin to stop at the first SIGTERM, SIGINT or SIGHUP; further ones change nothing.

        A closed terminal stops us as cleanly, but for one that `nohup` has us pay no heed to.

        Where the process ends with us they are not heeded to its end: a clean end that a second
        Ctrl-C meets in its last moment would else look like a kill.
        """
        before = {
            sign: signal.signal(sign, lambda *_: loop.call_soon_threadsafe(self.stop))
            for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
            if signal.getsignal(sign) is not signal.SIG_IGN or sign is not signal.SIGHUP
        }
        try:
            yield
        finally:
            for sign, known in before.items():
                signal.signal(sign, signal.SIG_IGN if self._ends_process else known)

    def stop(self) -> None:
        """Begin to stop. Safe to call twice, from the event loop."""
        self._stopping.set()
        self._wake.set()
        self._stop.set()

    async def take(self, deliveries: Sequence[Delivery]) -> list[int]:
        """Put deliveries into the log and wake the pipeline; returns once they are durable."""
        return await self._commits.take(deliveries)

    def _was_refused(self, error: Exception) -> None:
        """Count it, and say that we are not ready until the log takes copy again."""
        self._metrics.refused.inc()
        self._refused = str(error)

    def _wrote(self, taken: Sequence[Delivery], given: Sequence[int], began: float) -> None:
        """Count what the log has been given, and wake the pipeline."""
        self._refused = ""
        self._taken |= dict.fromkeys(given, began)
        self._backlog.taken(given)
        self._metrics.waiting.set(self._backlog.waiting)
        for delivery in taken:
            self._metrics.taken.labels(delivery.source, delivery.how).inc()
            self._metrics.taken_bytes.labels(delivery.source).inc(len(delivery.body))
        self._wake.set()

    def _opened(self) -> None:
        name = self._newsroom.config.site.name
        host = f"[{self._host}]" if ":" in self._host else self._host
        self._say(f"Serving {name} at http://{host}:{self._port}")

    # -- doors -------------------------------------------------------------------------

    def _doors(self) -> Doors:
        config = self._newsroom.config
        return Doors(
            push=self._rounds.push,
            websub=self._rounds.websub,
            max_bytes=config.pipeline.max_bytes,
            ready=self._ready,
            metrics=self._measured,
            metrics_token=lambda: self._vault.secret(config.web.metrics),
        )

    async def _ready(self) -> str:
        """Why nobody should send us anything just now; "" when all is well."""
        if self._backlog.is_too_long():
            return f"{self._backlog.waiting} log entries wait to be filed"
        return self._trouble or self._refused

    async def _measured(self) -> bytes:
        return await asyncio.to_thread(self._metrics.render)

    async def _judge(self) -> None:
        """Look at how the sources stand, now and then, and tell of changes."""
        while True:
            await asyncio.sleep(_JUDGE)
            try:
                unread = await asyncio.to_thread(unreadable, self._newsroom.folder)
                for health in self._pulses.look(unread):
                    if worth_telling(health):
                        alert = Alert(
                            site=self._newsroom.config.site.name,
                            source=health.source,
                            state=health.state,
                            before=health.before,
                            reason=health.reason,
                            said=health.said,
                            at=self._newsroom.clock(),
                        )
                        self._say(sentence(alert))
                        self._alerts.tell(alert)
            except SourceError as error:
                self._say(str(error))
            except sqlite3.Error as error:
                self._say(f"How the sources are read could not be looked up, and will be: {error}.")

    # -- the pipeline's thread ---------------------------------------------------------

    def _begin(self) -> None:
        """Do what must be done before readers come; what waits in the log is filed beside them.

        No page that had been taken away when we ended is shown again. A site that is baked anew
        at once is baked of all that waits: an archive that is made anew begins with nothing.
        """
        room = self._newsroom
        room.reader.get_ready()
        room.pipeline.finish_withdrawals()
        if room.renewal.is_owed() and room.renewal.is_short():
            self._catch_up()
        if self._stopping.is_set():
            return
        first = not room.archive.meta("edition")
        if room.renew_if_changed():
            why = "the site is new" if first else "settings, theme or program have changed"
            self._say(f"Baked every page: {why}.")
        elif room.renewal.is_under_way():
            self._say(
                "Settings, theme or program have changed: every page is made anew beside the "
                f"work, those of {room.renewal.left()} stories, the newest first."
            )

    def _catch_up(self, loop: asyncio.AbstractEventLoop | None = None) -> None:
        """File what waited in the log when we began.

        Whoever stops us meanwhile waits for the batch in hand, not for all that has piled up.
        """

        def on(seq: int) -> None:
            self._log.filed((self._backlog.filed + 1, seq))
            self._backlog.filed_to(seq)
            if loop is not None:
                loop.call_soon_threadsafe(self._backlog.moved)
            if self._stopping.is_set():
                raise _StoppedError

        with suppress(_StoppedError):
            self._newsroom.pipeline.drain(on, finish=False)

    def _carry(self, loop: asyncio.AbstractEventLoop) -> None:
        """Carry the log forward until stopped; what is in hand is finished first."""
        with closing(self._log):
            behind = True
            while not self._stopping.is_set():
                self._wake.clear()
                began = time.perf_counter()
                try:
                    if behind:
                        self._catch_up(loop)
                        behind = False
                    if self._newsroom.renew_if_deleted():
                        self._say("Baked every page: the site's folder had been deleted.")
                    worked = self._newsroom.pipeline.tick()
                    step = self._newsroom.pipeline.step(self._stories_out, rest=REST)
                    renewed = self._renew()
                except WirecopyError as error:
                    self._wait(str(error))
                    continue
                except sqlite3.DatabaseError as error:
                    self._wait(f"A database in data/ cannot be used: {error}. {_DAMAGED}")
                    continue
                except Exception as error:  # noqa: BLE001 - the road goes on when it can
                    self._wait(
                        f"Filing failed inside wirecopy ({type(error).__name__}: {error}). What "
                        "comes in is kept in the log; please report it."
                    )
                    continue
                self._trouble = ""
                self._tell_of_pages()
                if step:
                    self._stepped(step, time.perf_counter() - began, loop)
                elif not worked:
                    self._wake.wait(_BREATH if renewed else _LOOK_AGAIN)

    def _renew(self) -> int:
        """Bake a few pages of another edition anew, until copy comes; how many."""
        renewal = self._newsroom.renewal
        if not renewal.is_under_way():
            return 0
        made = renewal.go_on(self._wake.is_set)
        self._metrics.pages.inc(made)
        if not renewal.is_under_way():
            self._say("Every page has been made anew.")
        return made

    def _tell_of_pages(self) -> None:
        """Tell what was wrong with pages, each once."""
        for trouble in self._newsroom.baker.troubles():
            self._tell_once(trouble)

    def _tell_once(self, trouble: str) -> None:
        if trouble not in self._told:
            self._told.add(trouble)
            self._say(trouble)

    def _wait(self, trouble: str) -> None:
        """Tell of a trouble, once while it lasts, and wait a little before the next step."""
        if trouble != self._trouble:
            self._say(f"Waiting {_RETRY:.0f} s, again and again: {trouble}")
        self._trouble = trouble
        self._stopping.wait(_RETRY)

    def _stepped(self, step: Step, seconds: float, loop: asyncio.AbstractEventLoop) -> None:
        """Note what a step did, and tell who waits for it."""
        newest = max(step.filed, default=0)
        # What was filed before it was noted as taken is never asked for again. A list,
        # since the loop's thread may add to it meanwhile.
        for seq in [seq for seq in list(self._taken) if seq <= newest]:
            del self._taken[seq]
        times, self._times = self._times, []
        self._backlog.filed_to(newest)
        self._metrics.step.observe(seconds)
        self._metrics.pages.inc(step.baked.pages)
        self._metrics.waiting.set(self._backlog.waiting)
        for one in times:
            self._metrics.delay.observe(one)
        self._log.filed(step.filed)
        self._on_step(step, times)
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            loop.call_soon_threadsafe(self._backlog.moved)

    def _stories_out(self, filed: tuple[int, ...]) -> None:
        """Note how long these deliveries took from the door to their story pages on disk."""
        now = time.perf_counter()
        self._times += [now - self._taken.pop(seq) for seq in filed if seq in self._taken]

    # -- pictures ----------------------------------------------------------------------

    async def _see_to_pictures(self) -> None:
        """See to one wanted picture or card after another; a page never waits for it."""
        while True:
            try:
                seen_to = await self._pictures.work()
            except (sqlite3.Error, WirecopyError) as error:
                self._say(f"Pictures wait {_RETRY:.0f} s: {error}")
                await asyncio.sleep(_RETRY)
                continue
            if seen_to:
                self._wake.set()
            else:
                await asyncio.sleep(_LOOK_FOR_PICTURES)


def _open_files() -> int:
    """How many files this process may have open, after asking for as many as it may ask for."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(most, 65536) if most != resource.RLIM_INFINITY else 65536
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 8192)


def _picture_desk(newsroom: Newsroom, darkroom: Darkroom, fetch: Fetch) -> PictureDesk:
    settings = newsroom.config.pictures
    return PictureDesk(
        newsroom.ledger,
        darkroom,
        fetch,
        newsroom.clock,
        rest=1.0,  # the wire has the other half
        avif=settings.avif,
        cards_alone=settings.keep == "link",
    )
