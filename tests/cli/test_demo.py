"""`wirecopy demo`, as a newcomer types it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.cli.test_run import URGENT, free_port


def once(folder: Path) -> dict[str, bytes]:
    """Every file of the demo, baked once under a clock that stands still."""
    subprocess.run(
        [sys.executable, "-m", "wirecopy", "demo", "--once", str(folder)],
        env={**os.environ, "WIRECOPY_NOW": "2026-11-23T09:00:00Z"},
        check=True,
        capture_output=True,
    )
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_demo_is_the_same_twice(tmp_path: Path) -> None:
    """The same wire at the same moment gives the same folder, byte for byte."""
    first, second = once(tmp_path / "one"), once(tmp_path / "two")
    assert first == second
    pages = b"".join(body for name, body in first.items() if name.endswith(".html"))
    for promised in (b'data-part="correction"', b"Last updated", b"demo-pictures/"):
        assert promised in pages
    assert len([name for name in first if name.startswith("gone/")]) == 3, "two kills, one expiry"
    assert sum(b'data-state="live"' in body for body in first.values()) >= 60
    winds = [name for name in first if name.startswith("environment/") and "-wind-farm-" in name]
    assert len({name.rsplit(".", 1)[0] for name in winds}) == 1, "two agencies, one page"
    assert b"Norrane / Quaymark" in b"".join(first[name] for name in winds)


def test_the_demo_counts_and_ends_when_it_is_told(tmp_path: Path) -> None:
    """The live demo says where it is, counts what it takes, and ends cleanly on Ctrl-C."""
    process = subprocess.Popen(
        [sys.executable, "-m", "wirecopy", "demo", "--port", str(free_port())],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
    )
    try:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        while not said[-1].startswith("meridane: "):
            said.append(process.stdout.readline())
            assert said[-1], "".join(said)
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=URGENT)
    finally:
        if process.poll() is None:
            process.kill()
    assert process.returncode == 0, rest
    assert any("at http://" in line for line in said)
    assert "published" in rest
    assert "Traceback" not in rest
    assert not list(tmp_path.iterdir())
