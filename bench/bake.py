"""A full bake: the whole site from the archive into an empty folder, beside Hugo's whole build.

At two sizes: Hugo holds the site in memory, so the ratio of memory depends on how large it is.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from statistics import median

import hugo
import newsrooms
import wire
from measures import Table, Watched, peak_mb, ratio, run_watched, scratch, skipped

_HERE = Path(__file__)
_SIZES, _QUICK_SIZES = ((10_000, 3), (60_000, 1)), ((1000, 1),)
"""Stories, and how many rounds."""


def measure(*, quick: bool) -> list[Table]:
    """Story pages a second, files in all and memory of both, medians of interleaved rounds."""
    tables = []
    filled = 0
    with scratch() as folder:
        for count, rounds in _QUICK_SIZES if quick else _SIZES:
            _fill(folder / "news", filled, count)
            filled = count
            with scratch() as out:
                tables.append(_beside_hugo(folder / "news", out, count, rounds))
    if shutil.which("hugo") is None:
        tables.append(skipped("Full bake beside Hugo", "hugo is not installed (Debian: hugo)"))
    return tables


def _beside_hugo(newsroom: Path, out: Path, count: int, rounds: int) -> Table:
    peer = shutil.which("hugo") is not None
    if peer:
        hugo.write_site(out / "hugo", wire.stories(0, count))
    ours, theirs = [], []
    for turn in range(rounds):
        ours.append(_bake(newsroom, out / f"site-{turn}", count))
        if peer:
            theirs.append(_hugo(out / "hugo", out / f"hugo-{turn}", count))
    files = (_files(out / "site-0"), _files(out / "hugo-0") if peer else 0)
    return _table(count, rounds, ours, theirs, files)


def _fill(folder: Path, first: int, last: int) -> None:
    clock = newsrooms.WireClock()
    newsroom = newsrooms.open_bench(folder, readers=1, clock=clock)
    newsrooms.fill(newsroom, clock, first, last)
    newsrooms.require_all_published(newsroom, last)
    newsroom.close()


def _bake(newsroom: Path, out: Path, count: int) -> Watched:
    """Bake the site into a new folder, in a process of its own.

    None of the earlier ones is deleted meanwhile: file systems without a journal pay for a deleted
    file when the next are made.
    """
    ran = run_watched([sys.executable, str(_HERE), str(newsroom), str(out)], newsroom)
    if len(newsrooms.story_pages(out)) != count:
        raise RuntimeError("The full bake did not write every story page.")
    return ran


def _hugo(site: Path, out: Path, count: int) -> Watched:
    ran = hugo.build(site, out)
    if len(hugo.story_pages(out)) != count:
        raise RuntimeError("Hugo did not write every story page.")
    return ran


def _files(folder: Path) -> str:
    """How many files lie in a folder and how large they are in all."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return f"{len(sizes):,} ({sum(sizes) / 1e6:,.0f} MB)"


def _table(
    count: int, rounds: int, ours: list[Watched], theirs: list[Watched], files: tuple[object, ...]
) -> Table:
    rows = []
    for name, runs, made in zip(("wirecopy", "hugo"), (ours, theirs), files, strict=True):
        if runs:
            seconds = median(run.seconds for run in runs)
            cpu = median(run.cpu for run in runs)
            peak = median(run.peak for run in runs)
            rows.append((name, count / seconds, count / cpu, peak, str(made)))
    note = f"Medians of {rounds} interleaved rounds, program start included."
    if len(rows) == 2:
        faster, memory = (ratio(rows[0][i], rows[1][i]) or 0.0 for i in (1, 3))
        note += f" wirecopy: {faster:.2f} times Hugo's story pages a second"
        note += f" in {memory:.2f} of its memory."
    return Table(
        title=f"Full bake of {count:,} stories, sections, topics and feeds included",
        columns=("", "story pages a second", "per CPU-second", "peak MB", "files"),
        rows=tuple(rows),
        note=note,
    )


def _main() -> None:
    """Bake all of the newsroom in the folder that the first argument names, into the second."""
    began = time.perf_counter()
    newsroom = newsrooms.Newsroom(
        Path(sys.argv[1]), newsrooms.settings(), newsrooms.WireClock(), readers=0
    )
    newsroom.bake_into(Path(sys.argv[2]))
    newsroom.close()
    print(f"{time.perf_counter() - began:.3f} s, {peak_mb():.0f} MB")


if __name__ == "__main__":
    _main()
