"""Config to parts: the one place that knows which implementation is in use."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from wirecopy.archive.addresses import Addresses
from wirecopy.archive.search import SqliteSearch
from wirecopy.archive.sqlite import SqliteArchive
from wirecopy.archive.stacks import Stacks
from wirecopy.baking import Baked, Baker, Spread
from wirecopy.briefs import SearchBrief
from wirecopy.config import Config, zone
from wirecopy.errors import ConfigError
from wirecopy.filing import Filer
from wirecopy.leases import Lease
from wirecopy.log.sqlite import SqliteLog
from wirecopy.outlets.folder import Folder
from wirecopy.pictures.album import Album
from wirecopy.pictures.ledger import Ledger
from wirecopy.pipeline import Pipeline
from wirecopy.ports import Clock, Reader
from wirecopy.press import paths
from wirecopy.pressroom import (
    ARCHIVE,
    PICTURES,
    SITE,
    Presses,
    press_of,
    spread_over,
    terms_of,
)
from wirecopy.readers import OwnReader, PoolReader
from wirecopy.recovery import LOG, begin_at_snapshot
from wirecopy.renewal import Renewal
from wirecopy.settings import check_out, check_parts, is_ours, read_config

_MANY = 500
"""Stories from which on a full bake is spread over all cores; a pool costs half a second."""


def system_clock() -> datetime:
    """Now, in UTC, as the machine tells it."""
    return datetime.now(UTC)  # noqa: TID251 - this is the edge that the rule speaks of


def clock_of(environ: Mapping[str, str]) -> Clock:
    """The clock: WIRECOPY_NOW stands still at the moment it names, else the machine's."""
    fixed = environ.get("WIRECOPY_NOW")
    if not fixed:
        return system_clock
    try:
        now = datetime.fromisoformat(fixed)
    except ValueError as error:
        raise ConfigError(
            f"WIRECOPY_NOW is {fixed!r}: write it like 2022-01-08T02:36:00Z."
        ) from error
    if now.tzinfo is None:
        raise ConfigError(f"WIRECOPY_NOW is {fixed!r}: add an offset, like 2022-01-08T02:36:00Z.")
    return lambda: now.astimezone(UTC)


def open_archive(path: Path, config: Config) -> SqliteArchive:
    """The archive in that file, with the days of the site's readers."""
    local = zone(config.site.timezone)

    def day_of(moment: datetime) -> date:
        return moment.astimezone(local).date()

    return SqliteArchive(path, day_of, config.site.timezone)


class Newsroom:
    """The parts of one newsroom folder, joined. Close it when done."""

    def __init__(
        self, folder: Path, config: Config, clock: Clock, *, readers: int | None = None
    ) -> None:
        self.folder = folder
        self.config = config
        self.clock = clock
        self.site_path = folder / SITE
        self.press, edition = press_of(config, folder / config.press.theme)
        with ExitStack() as opened:  # what is open is closed again where the next is refused
            self.log = opened.enter_context(closing(SqliteLog(folder / LOG)))
            begin_at_snapshot(folder, self.log.start(), config)
            self.archive = opened.enter_context(closing(open_archive(folder / ARCHIVE, config)))
            self._check_together()
            self.site = opened.enter_context(closing(Folder(self.site_path)))
            self.ledger = opened.enter_context(closing(Ledger(folder / PICTURES)))
            opened.pop_all()
        self.stacks = Stacks(self.archive.connection, config, Album(config, self.ledger))
        beside = config.pipeline.readers if readers is None else readers
        self._room = Presses(folder, config, beside)
        self.baker = Baker(self.stacks, self.press, self.site, self._room if beside else None)
        self.reader = _reader(config, beside)
        lease = Lease(folder / "data" / "lease")
        self.renewal = Renewal(
            archive=self.archive,
            stacks=self.stacks,
            baker=self.baker,
            press=self.press,
            site=self.site,
            lease=lease,
            edition=edition,
            terms=terms_of(config),
        )
        self.pipeline = Pipeline(
            log=self.log,
            reader=self.reader,
            archive=self.archive,
            filer=Filer(self.archive, config),
            baker=self.baker,
            baking=self.renewal.baking,
            clock=clock,
            batch=config.pipeline.batch,
            also_due=self.ledger.next_due,
        )

    def _check_together(self) -> None:
        """Refuse an archive that is ahead of its log, or lacks what has been dropped from it."""
        if self.archive.position() < self.log.start():
            raise ConfigError(
                f"The archive in {self.folder / 'data'} lacks old entries that the log does not "
                "hold any more. Run `wirecopy rebuild`: it begins with the snapshot beside the log."
            )
        if self.archive.position() > self.log.last():
            raise ConfigError(
                f"The archive in {self.folder / 'data'} knows more than the log beside it, so one "
                "of the two is from elsewhere. Put the right log back; if this is it, run "
                "`wirecopy rebuild`."
            )

    def renew_if_changed(self) -> bool:
        """Whether the whole site was baked anew: settings, theme or program differ from its last.

        A site folder that has been deleted is baked anew as well. A large site is left to
        `renewal`, which has pages to go on with then.
        """
        if self.renewal.is_owed():
            if self.renewal.is_short():
                self.bake_all()
                return True
            self.renewal.begin()
            return False
        if self.renew_if_deleted():
            return True
        # A source that is new has no stories yet, but the site says whose copy it carries.
        self.site.write(self.press.fixed())
        self.renewal.remember_terms()
        return False

    def renew_if_deleted(self) -> bool:
        """Whether the whole site was baked anew because its folder had been deleted."""
        if (self.site_path / paths.NOT_FOUND).exists():
            return False
        if self.renewal.is_short():
            self.bake_all()
            return True
        self.renewal.begin(anew=True)
        return False

    def bake_all(self, progress: Callable[[int], None] = lambda _: None) -> Baked:
        """Bake the whole site and remember with which settings and theme."""
        baked = self.pipeline.bake_all(progress, self._spread(self.site_path))
        self.renewal.finish()
        return baked

    def bake_into(self, folder: Path, progress: Callable[[int], None] = lambda _: None) -> Baked:
        """Bake the whole site into another folder; the newsroom's own stays as it is.

        ConfigError when other things lie in it: what is no page is swept out of a site.
        """
        theme = (self.folder / self.config.press.theme).resolve()
        if folder.resolve() == theme or is_ours(folder.resolve(), self.folder.resolve()):
            raise ConfigError(f"{folder} is part of the newsroom itself: choose another folder.")
        check_out(folder)
        with (
            closing(Folder(folder)) as site,
            closing(Ledger(self.folder / PICTURES, readonly=True)) as ledger,
        ):
            album = Album(self.config, ledger)  # what the site itself shows stays noted
            stacks = Stacks(self.archive.connection, self.config, album)
            baker = Baker(stacks, self.press, site)
            baked = baker.bake_all(progress, clean=False, spread=self._spread(folder))
            return msgspec.structs.replace(baked, troubles=baker.troubles())

    def _spread(self, site: Path) -> Spread:
        """How to bake all pages: in this process, or on every core where there are many."""
        cores = os.cpu_count() or 1
        if cores == 1 or self.archive.size() < _MANY:
            return map
        return spread_over(cores, self.folder, self.config, site)

    def search(self) -> SqliteSearch:
        """Search over this archive, with a connection of its own."""
        return SqliteSearch(self.archive.path)

    def addresses(self) -> Addresses:
        """Where this archive's public stories lie, with a connection of its own."""
        return Addresses(self.archive.path)

    def render_search(self, brief: SearchBrief) -> bytes:
        """The HTML page of these search results."""
        return self.press.search(brief)

    def close(self) -> None:
        """End the processes beside this one and release the files. Safe to call twice."""
        self._room.close()
        self.pipeline.close()
        self.ledger.close()
        self.site.close()


def open_newsroom(
    folder: Path,
    environ: Mapping[str, str] = os.environ,
    *,
    readers: int | None = None,
    many: bool = False,
) -> Newsroom:
    """The newsroom in `folder`; `readers` overrides how many processes read.

    `many`: much is about to be read at once, so where the settings leave it open, the cores that
    filing leaves free read.
    """
    config = read_config(folder, environ)
    check_parts(folder, config)
    if readers is None and many and not config.pipeline.readers:
        readers = (os.cpu_count() or 1) - 1
    return Newsroom(folder, config, clock_of(environ), readers=readers)


def _reader(config: Config, processes: int) -> Reader:
    return PoolReader(config, processes) if processes else OwnReader(config)
