"""`wirecopy demo`, as a newcomer types it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.test_run import URGENT, free_port


def once(folder: Path) -> dict[str, bytes]:
    """Every file of the demo, baked once under a clock that stands still."""
    subprocess.run(
        [sys.executable, "-m", "wirecopy", "demo", "--once", str(folder)],
        env={**os.environ, "WIRECOPY_NOW": "2026-11-23T09:00:00Z", "TMPDIR": str(folder.parent)},
        check=True,
        capture_output=True,
    )
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The demo, baked once for all tests that look into it."""
    return once(tmp_path_factory.mktemp("demo") / "one")


def test_the_demo_is_the_same_twice(first: dict[str, bytes], tmp_path: Path) -> None:
    """The same wire at the same moment gives the same folder, byte for byte."""
    assert first == once(tmp_path / "two")
    pages = b"".join(body for name, body in first.items() if name.endswith(".html"))
    for promised in (b'data-part="correction"', b"Last updated", b'src="/pictures/'):
        assert promised in pages
    assert len([name for name in first if name.startswith("gone/")]) == 3, "two kills, one expiry"
    assert sum(b'data-state="live"' in body for body in first.values()) >= 60
    winds = [name for name in first if name.startswith("environment/") and "-wind-farm-" in name]
    assert len({name.rsplit(".", 1)[0] for name in winds}) == 1, "two agencies, one page"
    assert b"Norrane / Quaymark" in b"".join(first[name] for name in winds)


def test_the_demo_shows_pictures_as_a_newsroom_does(first: dict[str, bytes]) -> None:
    """They have been through the desk: sizes, credit and a focal point, and no other's server."""
    files = first
    pages = {name: body.decode() for name, body in files.items() if name.endswith(".html")}
    images = [img for page in pages.values() for img in re.findall(r"<img [^>]+>", page)]
    assert len(images) > 100
    for img in images:
        source = re.search(r' src="/(pictures/[0-9a-f]{20}-\d+\.jpg)"', img)
        assert source, img
        assert source[1] in files
        assert 'width="1200" height="800"' in img
        for part in re.findall(r"/(pictures/[^ ]+\.webp) (\d+)w", img):
            assert part[0] in files
        assert len(re.findall(r"\.webp \d+w", img)) == 3
    assert any("fx7 fy10" in img for img in images)
    named = [page for page in pages.values() if '<figure class="picture"' in page]
    assert len(named) > 40
    assert all("Illustration: Maren Tolk" in page for page in named)
    said = b"".join(
        body for name, body in files.items() if name.endswith((".html", ".xml", ".json"))
    )
    assert b"pictures.velmore-courier" not in said


def test_the_demo_counts_and_ends_when_it_is_told(tmp_path: Path) -> None:
    """The live demo says where it is, counts what it takes, and ends cleanly on Ctrl-C.

    Played sixty times as fast, its three minutes are over in a few seconds.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "wirecopy", "demo", "--port", str(free_port()), "--speed", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
    )
    try:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        while "wire is quiet now" not in said[-1]:
            said.append(process.stdout.readline())
            assert said[-1], "".join(said)
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=URGENT)
    finally:
        if process.poll() is None:
            process.kill()
    assert process.returncode == 0, rest
    assert any("at http://" in line for line in said)
    assert any(line.startswith("meridane: ") for line in said)
    assert "published" in rest
    assert "Traceback" not in rest
    assert not list(tmp_path.iterdir())
