"""One life of a newsroom: it takes in, files, bakes and trims its log until it is killed.

Runs in a process of its own. What it has been told is durable it notes in a file, as an agency's
cursor would be moved; everything it sends is made of its seed, so a test can tell what came when.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

import msgspec
from tests.newsdesk import CONFIG, START, ninjs, notice, reference
from tests.properties.chains import KINDS, SLUGS, message

from wirecopy import renewal
from wirecopy.config import Config, Retention, Section
from wirecopy.intake.folder import FolderIntake
from wirecopy.model import Delivery, LogEntry, Order
from wirecopy.readers import PoolReader
from wirecopy.retention import trim
from wirecopy.story.identity import normal_key, story_id
from wirecopy.wiring import Newsroom, system_clock

STORIES = 120
INBOX = "inbox"
FEW = msgspec.structs.replace(CONFIG, pipeline=msgspec.structs.replace(CONFIG.pipeline, batch=2))
"""So few entries go together that more waits when they are baked: a step takes several rounds."""
KEPT = msgspec.structs.replace(CONFIG, log=Retention(keep="5h"))
"""So short that a log of some lives has something to drop; settings allow no less than a day."""


def begun(folder: Path, config: Config = FEW) -> Newsroom:
    """The newsroom in the folder; its clock goes by the log, half a minute for each entry."""
    newsroom = Newsroom(
        folder, config, lambda: START + timedelta(seconds=30 * newsroom.log.last()), readers=0
    )
    return newsroom


def settings(seed: int) -> Config:
    """Those of a life: every fourth one or so finds them changed, and what is on every page."""
    if seed // 4 % 2:
        return FEW
    site = msgspec.structs.replace(FEW.site, name="The Osmere Post")
    arts = Section(key="arts", name="Arts")
    return msgspec.structs.replace(FEW, site=site, sections=(*FEW.sections, arts))


def renew_beside() -> None:
    """Let every site be so large that it follows new settings beside the work, noted each time."""
    renewal._FEW = 0
    renewal._NOTED = 0.0


def live(folder: Path, seed: int, changing: bool = False) -> None:
    """Catch up with what an earlier life left behind, then go on for ever.

    With `changing` settings every page is made anew again and again, beside all else.
    """
    renew_beside()
    newsroom = begun(folder, settings(seed) if changing else FEW)
    (folder / INBOX).mkdir(exist_ok=True)
    inbox = FolderIntake(
        CONFIG.source("norrane"), folder / INBOX, system_clock, settled=timedelta()
    )
    chance = random.Random(seed)  # noqa: S311 - a wire that is made up, the same each time
    with (folder / "acknowledged").open("ab") as acknowledged:
        newsroom.pipeline.drain()
        newsroom.renew_if_changed()
        for number in count():
            sent = list(wire(chance, seed, number))
            given = newsroom.pipeline.take(sent)
            acknowledge(acknowledged.fileno(), given, sent)
            drop(folder, f"{seed}.{number}", copy(chance, f"dropped {seed}.{number}"))
            empty(newsroom, inbox)
            if chance.random() < 0.2:
                newsroom.pipeline.order(order(chance))
            newsroom.pipeline.tick()
            newsroom.renewal.go_on(lambda: chance.random() < 0.1)
            carry(newsroom, chance.random())


def carry(newsroom: Newsroom, dice: float) -> None:
    """Carry the log on in one of the ways in which it may be carried, or trim it."""
    if dice < 0.08:
        newsroom.bake_all()
    elif dice < 0.1:
        trim(newsroom.folder, KEPT, newsroom.clock())
    elif dice < 0.3:
        newsroom.pipeline.drain()
    else:
        newsroom.pipeline.step()


def drop(folder: Path, name: str, body: bytes) -> None:
    """Put a file into the watched folder, as a careful agency does."""
    part = folder / INBOX / f"{name}.tmp"
    part.write_bytes(body)
    part.rename(folder / INBOX / f"{name}.json")
    with (folder / "dropped").open("ab") as dropped:
        os.write(dropped.fileno(), f"{name} {sha256(body).hexdigest()}\n".encode())


def empty(newsroom: Newsroom, inbox: FolderIntake) -> None:
    """Take in what lies in the watched folder; a file is done once the log has it."""
    files = list(inbox.poll())
    if files:
        newsroom.pipeline.take(files)
    for file in files:
        inbox.done(file)


def acknowledge(file: int, given: list[int], sent: list[Delivery]) -> None:
    """Note durably what the log has promised to keep."""
    lines = (
        f"{seq} {sha256(one.body).hexdigest()}\n" for seq, one in zip(given, sent, strict=True)
    )
    os.write(file, "".join(lines).encode())
    os.fsync(file)


def wire(chance: random.Random, seed: int, number: int) -> Iterator[Delivery]:
    """A few deliveries, no two of them ever alike: stories, versions, kills, embargoes, chains."""
    for part in range(chance.randrange(1, 6)):
        mark = f"{seed}.{number}.{part}"
        if chance.random() < 0.3:
            yield link(chance, mark)
            continue
        body = copy(chance, mark)
        yield Delivery(source=chance.choice(("norrane", "quaymark")), body=body, name=mark)


def link(chance: random.Random, mark: str) -> Delivery:
    """One message of a chain: a lead, a take, a kill in words, or another agency's copy."""
    source = chance.choice(("norrane", "norrane", "norrane", "quaymark"))
    sent = message(chance.choice(SLUGS), chance.choice(KINDS), source)
    marked = sent.body.replace(b"{", f'{{"mark": "{mark}", '.encode(), 1)
    return Delivery(source=source, body=marked, name=mark)


def copy(chance: random.Random, mark: str) -> bytes:
    """One delivery's bytes; `mark` makes them unlike all others."""
    story = chance.randrange(STORIES)
    uri, version = f"urn:nrn:{story}", chance.randrange(1, 50)
    told = {"version": str(version), "slugline": mark}
    later = START + timedelta(minutes=version * 40)
    kind = chance.choice(("text",) * 12 + ("kill", "reference", "broken", "embargo", "expiry"))
    if kind == "kill":
        return notice(uri, **told)
    if kind == "reference":
        return reference(uri, "withheld") + f"<!-- {mark} -->".encode()
    if kind == "broken":
        return f"<rss mark='{mark}'".encode()
    if kind == "embargo":
        return ninjs(uri, f"Dam {mark}", embargoed=later, **told)
    if kind == "expiry":
        return ninjs(uri, f"Dam {mark}", expires=later, **told)
    return ninjs(uri, f"Ferry {story} sails, mark {mark}", **told)


def order(chance: random.Random) -> Order:
    """What staff decide of one of the stories."""
    key = normal_key(f"urn:nrn:{chance.randrange(STORIES)}")
    story = story_id(chance.choice(("norrane", "quaymark")), key)
    action = chance.choice(("release", "hold", "kill", "rework", "reroute"))
    return Order(
        action=action,
        story=story,
        by="mira",
        headline="Ferry stays" if action == "rework" else None,
        section="sport" if action == "reroute" else None,
    )


def read_for_ever() -> None:
    """Read with two processes, print who they are, then wait to be killed."""
    broken = Delivery(source="norrane", body=b"<rss")
    entries = [LogEntry(seq=seq, received=START, entry=broken) for seq in range(1, 100)]
    reader = PoolReader(CONFIG, 2)
    galleys = list(reader.read(entries))
    sys.stdout.write(f"{' '.join(map(str, reader._pool._processes))}\n" if galleys else "\n")
    sys.stdout.flush()
    signal.pause()


if __name__ == "__main__":
    read_for_ever()
