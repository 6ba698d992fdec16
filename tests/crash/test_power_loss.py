"""Power cuts: what was not synced is lost or torn, and still nothing acknowledged is."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from tests.crash import driver
from tests.crash.disk import Recording, recorded
from tests.newsdesk import CONFIG, FAST, Desk

from wirecopy import renewal
from wirecopy.config import Config
from wirecopy.errors import WirecopyError
from wirecopy.model import Delivery
from wirecopy.outlets.folder import Folder
from wirecopy.wiring import Newsroom

SEED = int(os.environ.get("WIRECOPY_CRASH_SEED", "20220108"))
ROUNDS = 24


NEW = driver.settings(0)
"""Settings of which every page shows something, with a section more."""


class LostError(AssertionError):
    """Something that was promised is not there after a power cut."""


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every site follows new settings beside the work, and notes how far it is after each page."""
    monkeypatch.setattr(renewal, "_FEW", 0)
    monkeypatch.setattr(renewal, "_NOTED", 0.0)


def whole_life(folder: Path, spoil: Callable[[Newsroom], None]) -> Recording:
    """What a newsroom writes while it takes in, files, bakes and trims; `spoil` ends its care."""
    _blank(folder)
    with recorded(folder) as recording:
        newsroom = driver.begun(folder)
        spoil(newsroom)
        newsroom.renew_if_changed()
        _live(newsroom, recording, ROUNDS)
        newsroom.close()
    return recording


def renewed_life(folder: Path, spoil: Callable[[Newsroom], None]) -> Recording:
    """What one writes that finds new settings after a while, and makes every page anew."""
    _blank(folder)
    with recorded(folder) as recording:
        newsroom = driver.begun(folder)
        newsroom.renew_if_changed()
        _live(newsroom, recording, 3)
        newsroom.close()
        newsroom = driver.begun(folder, NEW)
        spoil(newsroom)
        newsroom.renew_if_changed()
        while newsroom.renewal.is_under_way():
            newsroom.renewal.go_on(lambda: True)
        newsroom.close()
    return recording


def _blank(folder: Path) -> None:
    """Make a newsroom without copy in the folder."""
    with Desk(folder=folder) as blank:
        blank.newsroom.close()


def _live(newsroom: Newsroom, recording: Recording, rounds: int) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a wire that is made up, the same each time
    for number in range(rounds):
        sent = list(driver.wire(chance, SEED, number))
        for seq, one in zip(newsroom.pipeline.take(sent), sent, strict=True):
            digest = sha256(one.body).hexdigest()
            recording.note("acknowledged", f"{recording.root}x", at=seq, to=digest)
            recording.ops[-1] = recording.ops[-1]._replace(to=digest)
        driver.carry(newsroom, chance.random())


def assert_survived(
    recording: Recording, moment: int, chance: random.Random, config: Config = CONFIG
) -> None:
    """Cut the power at that moment; begin anew, and find all that was promised."""
    with tempfile.TemporaryDirectory(prefix="wirecopy-power-", dir=FAST) as name:
        folder = Path(name) / "post"
        for path, body in recording.after(moment, chance).items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
        with Desk(config, folder=folder) as desk:
            desk.pipeline.drain()
            desk.newsroom.renew_if_changed()
            while desk.newsroom.renewal.is_under_way():
                desk.newsroom.renewal.go_on(lambda: False)
            _assert_log(desk, recording, moment)
            if desk.site() != desk.full_bake():
                raise LostError("the site is not what a full bake writes")


def _assert_log(desk: Desk, recording: Recording, moment: int) -> None:
    kept = {entry.seq: entry.entry for entry in desk.newsroom.log.after(0, 10**9)}
    filed = {row[0] for row in desk.rows("SELECT seq FROM deliveries")}
    start = desk.newsroom.log.start()
    for op in recording.ops[:moment]:
        if op.kind != "acknowledged":
            continue
        entry = kept.get(op.at)
        there = isinstance(entry, Delivery) and sha256(entry.body).hexdigest() == op.to
        if op.at not in filed or not (there or op.at <= start):
            raise LostError(f"delivery {op.at} was acknowledged and is lost")


def moments(recording: Recording, count: int, chance: random.Random) -> list[int]:
    """When to cut the power: around what was synced and acknowledged, and anywhere."""
    telling = [
        number + after
        for number, op in enumerate(recording.ops)
        if op.kind in ("sync", "syncfs", "acknowledged", "rename")
        for after in (0, 1)
    ]
    anywhere = range(1, len(recording.ops) + 1)
    return chance.sample(telling, count // 2) + chance.choices(anywhere, k=count - count // 2)


@pytest.mark.parametrize(
    "cuts", [6, pytest.param(int(os.environ.get("WIRECOPY_CUTS", "150")), marks=pytest.mark.crash)]
)
@pytest.mark.timeout(900)
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, cuts: int) -> None:
    """Whenever the power is cut, acknowledged copy is there, and the site equals a full bake."""
    recording = whole_life(tmp_path / "post", lambda _newsroom: None)
    chance = random.Random(SEED)  # noqa: S311 - when to cut, the same each time
    kinds = {op.kind for op in recording.ops}
    assert {"write", "sync", "syncfs", "rename", "delete", "acknowledged"} <= kinds
    for moment in moments(recording, cuts, chance):
        assert_survived(recording, moment, chance)


@pytest.mark.parametrize("cuts", [6, pytest.param(60, marks=pytest.mark.crash)])
@pytest.mark.timeout(900)
def test_a_power_cut_costs_no_page_its_renewal(tmp_path: Path, cuts: int) -> None:
    """The pages that were on their way to the disk are made anew once more."""
    recording = renewed_life(tmp_path / "post", lambda _newsroom: None)
    chance = random.Random(SEED)  # noqa: S311 - when to cut, the same each time
    for moment in moments(recording, cuts, chance):
        assert_survived(recording, moment, chance, NEW)


def _hasty_log(newsroom: Newsroom) -> None:
    newsroom.log._connection.execute("PRAGMA synchronous = OFF")


def _hasty_site(newsroom: Newsroom) -> None:
    def nothing(_site: Folder) -> None:
        """Sync nothing."""

    newsroom.site.sync = nothing.__get__(newsroom.site)  # type: ignore[method-assign] # on purpose


@pytest.mark.crash
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("life", "spoil", "config"),
    [
        (whole_life, _hasty_log, CONFIG),
        (whole_life, _hasty_site, CONFIG),
        (renewed_life, _hasty_site, NEW),
    ],
)
def test_the_model_sees_what_is_not_synced(
    tmp_path: Path,
    life: Callable[[Path, Callable[[Newsroom], None]], Recording],
    spoil: Callable[[Newsroom], None],
    config: Config,
) -> None:
    """A log or a site that did not sync would be found out: these tests can fail."""
    recording = life(tmp_path / "post", spoil)
    chance = random.Random(SEED)  # noqa: S311 - when to cut, the same each time

    def cut() -> None:
        for moment in moments(recording, 60, chance):
            assert_survived(recording, moment, chance, config)

    with pytest.raises((LostError, WirecopyError)):
        cut()
