"""One hostile file down the whole road, in a process of its own that is watched and weighed.

    python -m tests.hostile.trial [--size 1.0] [--least SECONDS] [NAME ...]

prints a line for each file, the slowest last. What a file may cost is said here.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.hostile.bombs import BOMBS, Bomb, Place
from tests.newsdesk import Desk

SECONDS = 10.0
"""Longest that a core may be busy with the worst file, from the log to the page."""
MEGABYTES = 400
"""Most memory that the worst file may take, the program itself included."""
_STOP = 60
"""Seconds of one core after which a file is given up."""
WORDS = "canary-words-that-nobody-may-read"
_REACHING = (
    "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec",
    "os.posix_spawn", "os.spawn",
)  # fmt: skip


class Trial(NamedTuple):
    """What came of one file."""

    name: str
    bytes: int
    seconds: float
    megabytes: float
    outcomes: list[str]
    reason: str
    reached: list[str]
    """What was opened for writing outside the newsroom's folder, connected to, or started."""
    leaked: bool
    """Whether a page or a reason says what only the canary file says."""


def trial(bomb: Bomb, size: float, place: Place) -> Trial:
    """The file made, read, filed and baked, each in a child that ends with it."""
    with tempfile.TemporaryDirectory() as folder:
        wire = Path(folder) / "wire"
        _in_child(lambda: {"length": wire.write_bytes(bomb.make(size, place))})
        said, used = _in_child(lambda: _road(wire, Path(folder)))
    return Trial(bomb.name, said["bytes"], said["seconds"], used, said["outcomes"], said["reason"],
                 said["reached"], said["leaked"])  # fmt: skip


def canary(folder: Path) -> Path:
    """A file with words that nothing may ever say."""
    path = folder / "canary.txt"
    path.write_text(WORDS)
    return path


def _road(wire: Path, folder: Path) -> dict[str, Any]:
    body = wire.read_bytes()
    with Desk() as desk:
        reached: list[str] = []
        sys.addaudithook(lambda event, given: _watch(event, given, reached, desk.folder))
        began = time.process_time()
        outcomes = desk.take(body)
        seconds = time.process_time() - began
        told = desk.rows("SELECT reason FROM outcomes WHERE kind = 'quarantined'")
        reason = str(told[0][0]) if told else ""
        leaked = WORDS in reason or any(WORDS.encode() in page for page in desk.site().values())
        del folder
        return {"bytes": len(body), "seconds": seconds, "outcomes": sorted(set(outcomes)),
                "reason": reason[:200], "reached": list(reached), "leaked": leaked}  # fmt: skip


def _watch(event: str, given: tuple[Any, ...], reached: list[str], folder: Path) -> None:
    """Note what leads out of the newsroom; an audit hook of this child for as long as it lives."""
    if event.startswith(_REACHING):
        reached.append(f"{event} {given!r:.200}")
    if event != "open" or not isinstance(given[0], (str, bytes)):
        return
    path, flags = os.fsdecode(given[0]), given[2]
    writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    ours = path.startswith((str(folder), "/dev/null")) or not path.startswith("/")
    if writes and not ours and "__pycache__" not in path:
        reached.append(f"open {path} for writing")


def _in_child(work: Any) -> tuple[dict[str, Any], float]:
    """What `work` gives in a forked child, and the megabytes that the child took."""
    into, outof = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, outof)
    os.close(outof)
    with os.fdopen(into, "rb") as stream:
        said = stream.read()
    _, status, used = os.wait4(child, 0)
    if status or not said:
        raise ChildProcessError(f"the child ended with status {status}: {said[:400]!r}")
    return json.loads(said), used.ru_maxrss / 1024


def _work(work: Any, outof: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_STOP, _STOP))
    resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    code = 1
    try:
        os.write(outof, json.dumps(work()).encode())
        code = 0
    except BaseException as error:  # noqa: BLE001 - the parent says what it was
        os.write(outof, repr(error).encode()[:400])
    finally:
        os._exit(code)


def trials(names: list[str], size: float) -> Iterator[Trial]:
    """Every file of that name, or that begins so, or all."""
    with Desk():
        pass  # the empty databases are made once, before anything is weighed
    with tempfile.TemporaryDirectory() as folder:
        place = Place(str(canary(Path(folder))), "http://127.0.0.1:9")
        for bomb in BOMBS:
            if not names or bomb.name.startswith(tuple(names)):
                try:
                    yield trial(bomb, size, place)
                except ChildProcessError as error:
                    yield Trial(bomb.name, 0, _STOP, 0, [], str(error), [], leaked=False)


def main() -> int:
    """Exit code: 0 when every file kept within what it may cost."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("names", nargs="*")
    arguments.add_argument("--size", type=float, default=1.0)
    arguments.add_argument("--least", type=float, default=0.0)
    given = arguments.parse_args()
    done = []
    for each in trials(given.names, given.size):
        done.append(each)
        if each.seconds >= given.least or each.reached or each.leaked:
            _tell(each)
    done.sort(key=lambda each: each.seconds)
    worst = max(each.megabytes for each in done)
    print(
        f"{len(done)} files; slowest {done[-1].name} {done[-1].seconds:.1f} s; most {worst:.0f} MB"
    )
    over = [
        e for e in done if e.seconds > SECONDS or e.megabytes > MEGABYTES or e.reached or e.leaked
    ]
    for each in over:
        _tell(each)
    return 1 if over else 0


def _tell(each: Trial) -> None:
    print(
        f"{each.name:28} {each.bytes / 1e6:6.1f} MB in  {each.seconds:6.2f} s  {each.megabytes:5.0f} MB  "
        f"{','.join(each.outcomes):24} {each.reason[:70]} {each.reached or ''}", flush=True
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
