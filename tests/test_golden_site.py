"""One small wire in, one whole baked folder out, compared file by file."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wirecopy.config import parse
from wirecopy.model import Delivery
from wirecopy.wiring import Newsroom

DAY = Path(__file__).parent / "goldens" / "day"
CONFIG = """
[site]
name = "The Tarnwick Post"
url = "https://post.example"
timezone = "Asia/Kolkata"
locale = "en_IN"

[[sections]]
key = "world"
name = "World"

[[sources]]
name = "norlin"
agency = "Norlin"
section = "world"

[[rules]]
name = "lawyers first"
when = { keyword = "libel" }
then = { action = "hold" }
"""
_FINGERPRINT = re.compile(rb"-[0-9a-f]{10}(?=\.(?:css|svg|woff2))")


def bake(folder: Path) -> dict[str, bytes]:
    """The day's site, without the theme's own files; their fingerprints are blanked."""
    times = [datetime(2026, 3, 5, 3, 0, tzinfo=UTC)]
    newsroom = Newsroom(folder, parse(CONFIG), lambda: times[-1], readers=0)
    try:
        for path in sorted((DAY / "wire").iterdir()):
            delivery = Delivery(source="norlin", body=path.read_bytes(), name=path.name)
            newsroom.pipeline.take([delivery])
            newsroom.pipeline.drain()
            times.append(times[-1] + timedelta(minutes=10))
        times.append(datetime(2026, 3, 5, 11, 0, tzinfo=UTC))
        assert not newsroom.pipeline.tick()
        newsroom.renew_if_changed()
    finally:
        newsroom.close()
    root = folder / "site"
    return {
        name: _FINGERPRINT.sub(b"", path.read_bytes())
        for path in root.rglob("*")
        if path.is_file()
        and not (name := path.relative_to(root).as_posix()).startswith(("assets/", ".incoming"))
    }


def test_the_golden_day(tmp_path: Path) -> None:
    """The same wire gives the same site, byte for byte, in every file and no other."""
    baked = bake(tmp_path)
    site = DAY / "site"
    if os.environ.get("WIRECOPY_GOLDENS"):
        shutil.rmtree(site, ignore_errors=True)
        for name, body in baked.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(body)
    golden = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }
    assert sorted(baked) == sorted(golden)
    for name, body in golden.items():
        assert baked[name].decode() == body.decode(), name


def test_the_golden_day_keeps_its_promises() -> None:
    """What must not be on the site is in no golden file either, whoever wrote them anew."""
    whole = b"".join(path.read_bytes() for path in (DAY / "site").rglob("*") if path.is_file())
    for word in (b"Tug", b"aground", b"shipowners", b"glass-blower", b"prize"):
        assert word not in whole
    assert b"not on Tuesday" in whole
    assert b"stop work from Tuesday" not in whole
