"""What every bench shares: tables, interleaved rounds, memory of a process, scratch folders."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import msgspec

Cell = str | int | float | None


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One table of results, as Markdown shows it and JSON keeps it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def markdown(self) -> str:
        """The table under its title; the note stands after it."""
        lines = [f"## {self.title}", "", _row(self.columns), _row(["---"] * len(self.columns))]
        lines += [_row([_shown(cell) for cell in row]) for row in self.rows]
        return "\n".join([*lines, "", *([self.note, ""] if self.note else [])])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _shown(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def skipped(title: str, why: str) -> Table:
    """A table that says only why nothing was measured."""
    return Table(title=title, columns=("skipped",), rows=((why,),))


def ratio(ours: float, theirs: float) -> float | None:
    """How many times theirs ours is; None when theirs is nothing."""
    return ours / theirs if theirs else None


class Interleaved:
    """Seconds of several contestants, timed turn by turn so that a noisy minute hits all alike."""

    def __init__(self, contestants: Mapping[str, Callable[[], object]], rounds: int) -> None:
        self.seconds: dict[str, list[float]] = {name: [] for name in contestants}
        names = list(contestants)
        for turn in range(rounds):
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                gc.collect()
                began = time.process_time()
                contestants[name]()
                self.seconds[name].append(time.process_time() - began)

    def median(self, name: str) -> float:
        """The median of the contestant's CPU seconds."""
        return median(self.seconds[name])


def peak_mb(pid: int | str = "self") -> float:
    """Peak resident memory of a process in MB, 0 when it has gone.

    Not getrusage: there a child begins with its parent's peak (Linux keeps it across exec).
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) * 1024 / 1e6 if found else 0.0


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of its children that have ended, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all that descend from it; those that have gone are left out."""
    family = [pid]
    for member in family:
        try:
            told = Path(f"/proc/{member}/task/{member}/children").read_text(encoding="ascii")
        except (FileNotFoundError, ProcessLookupError):
            continue
        family += map(int, told.split())
    return family


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What a command took: elapsed and CPU seconds, peak memory in MB; what it printed.

    The memory is the sum of the peaks of its processes, what they share counted again each time.
    """

    seconds: float
    cpu: float
    peak: float
    out: str


def run_watched(command: Sequence[str], folder: Path) -> Watched:
    """Run a command to its end in `folder`; RuntimeError with its output when it fails."""
    peaks: dict[int, float] = {}
    before = os.times()
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        done = threading.Event()

        def look() -> None:
            while not done.wait(0.02):
                for pid in family(process.pid):
                    peaks[pid] = max(peaks.get(pid, 0.0), peak_mb(pid))

        watcher = threading.Thread(target=look)
        watcher.start()
        out = process.communicate()[0]
        seconds = time.perf_counter() - began
        done.set()
        watcher.join()
    after = os.times()
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{out[-2000:]}")
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Watched(seconds=seconds, cpu=cpu, peak=sum(peaks.values()), out=out)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder under /tmp that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="wirecopy-bench-", dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
