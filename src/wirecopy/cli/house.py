"""`init`, `run`, `bake`, `status` and `rebuild`: the newsroom as a whole."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import msgspec
import uvloop

from wirecopy.archive.ledger import Ledger, read_ledger
from wirecopy.checkup import health, missing_sources, without_settings
from wirecopy.cli import show
from wirecopy.config import Config, zone
from wirecopy.errors import ConfigError
from wirecopy.intake.health import Health
from wirecopy.leases import at_work, is_running, running
from wirecopy.recovery import check_log, forget
from wirecopy.settings import CONFIG, read_config
from wirecopy.wiring import Newsroom, open_newsroom


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", default="The Daily Example", help="The site's name.")
@click.option("--url", default="http://localhost:8080", help="The site's address.")
def init(folder: Path, name: str, url: str) -> None:
    """Make a newsroom folder: a commented wirecopy.toml, inbox/ and theme/."""
    path = folder / CONFIG
    if path.exists():
        raise ConfigError(f"{path} already exists; edit it, or choose another folder.")
    text = (resources.files("wirecopy.cli") / "newsroom.toml").read_text(encoding="utf-8")
    text = text.replace("{name}", _toml(name)).replace("{url}", _toml(url))
    try:
        for below in ("inbox/wire", "theme"):
            (folder / below).mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written: {error.strerror}.") from error
    click.echo(f"Made {path}. Put wire files into {folder / 'inbox/wire'}, then:")
    click.echo(f"  wirecopy -C {folder} run")


def _toml(text: str) -> str:
    """The text as it stands between the quotes of a TOML string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Serve on this port.")
@click.option("--host", help="Serve on this address.")
@click.pass_obj
def run(folder: Path, port: int | None, host: str | None) -> None:
    """Run everything in one process: intake, pipeline, press and the built-in server."""
    # Imported here: only this command pays for the web server and the fetcher.
    from wirecopy.service import Service  # noqa: PLC0415 - see above

    read_config(folder, os.environ)  # nothing is made in a folder that is no newsroom
    with running(folder), closing(open_newsroom(folder)) as newsroom:
        web = newsroom.config.web
        service = Service(
            newsroom,
            host=host or web.host,
            port=web.port if port is None else port,
            say=lambda text: click.echo(show.printable(text), err=True),
            ends_process=True,
        )
        uvloop.run(service.run())


@click.command()
@click.option("--all", "everything", is_flag=True, help="Bake every page, not only what is dirty.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Bake into DIR.")
@click.pass_obj
def bake(folder: Path, *, everything: bool, out: Path | None) -> None:
    """Bake what is dirty, or all; what has fallen due meanwhile is carried out first."""
    with closing(open_newsroom(folder)) as newsroom:
        newsroom.pipeline.tick()  # what has fallen due since: an embargo's end, an expiry
        newsroom.pipeline.drain()
        if out is not None:
            progress = show.Progress("baked")
            baked = newsroom.bake_into(out, progress)
            progress.end()
            show.troubles(baked.troubles)
            click.echo(f"Baked {baked.pages} pages into {out}.")
        elif everything:
            baked = newsroom.bake_all(show.Progress("baked"))
            changed = baked.written + baked.removed
            click.echo(f"Baked every page; {changed} files were not as they should be.")
        else:
            click.echo(_bake_what_is_owed(newsroom))
        show.troubles(newsroom.baker.troubles())


def _bake_what_is_owed(newsroom: Newsroom) -> str:
    """Bake every page where that is owed, however many there are; what was done, in words."""
    anew = newsroom.renew_if_changed()
    if newsroom.renewal.is_under_way():
        newsroom.bake_all(show.Progress("baked"))
        anew = True
    return "Baked every page anew." if anew else "Baked what was dirty."


@click.command()
@click.pass_obj
def rebuild(folder: Path) -> None:
    """Make the archive and the site again from the log."""
    config = read_config(folder, os.environ)  # nothing is forgotten for settings that do not hold
    with at_work(folder, alone=True):
        _rebuild(folder, config)


def _rebuild(folder: Path, config: Config) -> None:
    check_log(folder, config)
    forget(folder)
    with closing(open_newsroom(folder, many=True)) as newsroom:
        progress = show.Progress("filed", newsroom.log.last())
        newsroom.pipeline.drain(progress)
        progress.end()
        newsroom.bake_all()
        show.troubles(newsroom.baker.troubles())
        ledger = read_ledger(newsroom.archive.connection)
        click.echo(
            f"Rebuilt {sum(ledger.stories.values())} stories from {ledger.deliveries} deliveries."
        )
        if missing := missing_sources(newsroom.archive.connection, config):
            click.echo(without_settings(missing), err=True)


def _state(health: Health | None) -> str:
    """How a source stands, with its reason where somebody should look."""
    if health is None:
        return "not configured"
    is_well = health.state in ("healthy", "new") and not health.said
    return health.state if is_well else f"{health.state}: {health.why}"


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What `wirecopy status --json` prints."""

    ledger: Ledger
    log_entries: int
    waiting_entries: int
    """Entries in the log that are not filed yet."""
    stories_to_renew: int
    """About how many stories' pages are still to follow new settings, theme or program."""
    clock: datetime | None
    """The time up to which the log has been filed."""
    running: bool
    """Whether `wirecopy run` is at work: without it nothing is taken in and nothing falls due."""
    sources: list[Health]
    """How each source stands, as the running newsroom last noted it."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def status(folder: Path, *, as_json: bool) -> None:
    """Show deliveries by outcome, stories by state, what waits, and the sources."""
    with closing(open_newsroom(folder, readers=0)) as newsroom:
        last = newsroom.log.last()
        now = Status(
            ledger=read_ledger(newsroom.archive.connection),
            log_entries=last,
            waiting_entries=last - newsroom.archive.position(),
            stories_to_renew=newsroom.renewal.left(),
            clock=newsroom.archive.clock(),
            running=is_running(folder),
            sources=health(folder, newsroom.config, newsroom.clock()),
        )
        if as_json:
            show.json(now)
        else:
            _print_status(now, newsroom)


def _rows_of_sources(now: Status, local: ZoneInfo) -> Iterator[tuple[object, ...]]:
    """Every source that is configured, whether anything has come of it or not, or has copy here."""
    standing = {each.source: each for each in now.sources}
    counts = {each.source: each for each in now.ledger.sources}
    for name in sorted({*standing, *counts}):
        count = counts.get(name)
        last = count.last_received if count else None
        yield (
            name,
            count.deliveries if count else 0,
            last.astimezone(local).isoformat(" ", "seconds") if last else "-",
            count.outcomes["quarantined"] if count else 0,
            _state(standing.get(name)),
        )


def _print_status(now: Status, newsroom: Newsroom) -> None:
    local = zone(newsroom.config.site.timezone)
    ledger = now.ledger
    show.table(
        ("outcome", "deliveries", "items"),
        [(kind, count, ledger.items_by_outcome[kind]) for kind, count in ledger.by_outcome.items()]
        + [("sum", ledger.deliveries, ledger.items)],
    )
    click.echo()
    show.table(("stories", "count"), ledger.stories.items())
    click.echo()
    show.table(
        ("source", "deliveries", "last received", "in quarantine", "state"),
        _rows_of_sources(now, local),
    )
    if ledger.flagged:
        click.echo("\nFor a person to look at")
        show.table(
            ("story", "state", "why"),
            [(each.story, each.state, "; ".join(each.reasons)) for each in ledger.flagged],
        )
        if more := ledger.flagged_in_all - len(ledger.flagged):
            click.echo(f"and {more} older ones.")
    click.echo(
        f"\nWaiting: {now.waiting_entries} log entries to file, {ledger.waiting_pages} pages to "
        f"bake. Next schedule: {ledger.next_due.astimezone(local) if ledger.next_due else 'none'}."
    )
    if not now.running:
        click.echo(
            "`wirecopy run` is not at work here: nothing is taken in, and the sources stand as it "
            "left them."
        )
    if now.stories_to_renew:
        click.echo(
            f"About {now.stories_to_renew} stories' pages are still to be made anew, as settings, "
            "theme or program have changed: `wirecopy run` does it beside its work."
        )
