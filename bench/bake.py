"""A full bake: the whole site from the archive into an empty folder, beside Hugo's whole build.

At two sizes: Hugo holds the site in memory, so the ratio of memory depends on how large it is. And
with several themes, from parts that cost Hugo little to the pages that we make (`hugo.SITES`).
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

import hugo
import newsrooms
import wire
from measures import Table, Watched, peak_mb, ratio, run_watched, scratch, skipped

_HERE = Path(__file__)
_SIZES, _QUICK_SIZES = ((10_000, 3), (60_000, 1)), ((1000, 1),)
"""Stories, and how many rounds."""
_OURS = "wirecopy"
_GRAPH = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


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
    peers = [site for site in hugo.SITES if site.most >= count and shutil.which("hugo")]
    runs: dict[str, list[Watched]] = defaultdict(list)
    made: dict[str, str] = {}
    for turn in range(rounds):
        ours = out / f"site-{turn}"
        runs[_OURS].append(_bake(newsroom, ours, count))
        made.setdefault(_OURS, _files(ours))
        for number, peer in enumerate(peers):
            source, site = out / f"hugo-{number}", out / f"hugo-{number}-{turn}"
            if turn == 0:
                hugo.write_site(source, peer, wire.stories(0, count), _topics(ours))
            runs[peer.name].append(_hugo(source, site, count))
            made.setdefault(peer.name, _files(site))
    return _table(count, rounds, runs, made)


def _topics(site: Path) -> dict[str, list[str]]:
    """The topics that our pages name, by their stories' guids."""
    found = {}
    for page in newsrooms.story_pages(site):
        graph = _GRAPH.search(page.read_text(encoding="utf-8"))
        said = json.loads(graph[1])["@graph"][0] if graph else {}
        found[said["isBasedOn"]["identifier"]] = said.get("keywords", [])
    return found


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


def _table(count: int, rounds: int, runs: dict[str, list[Watched]], made: dict[str, str]) -> Table:
    ours = runs[_OURS]
    rows = [
        (
            name,
            count / median(run.seconds for run in ran),
            count / median(run.cpu for run in ran),
            median(run.peak for run in ran),
            ratio(median(run.seconds for run in ran), median(run.seconds for run in ours)),
            ratio(median(run.peak for run in ours), median(run.peak for run in ran)),
            made[name],
        )
        for name, ran in runs.items()
    ]
    return Table(
        title=f"Full bake of {count:,} stories, sections, topics and feeds included",
        columns=(
            "",
            "story pages a second",
            "per CPU-second",
            "peak MB",
            "wirecopy, times as fast",
            "wirecopy, of its memory",
            "files",
        ),
        rows=tuple(rows),
        note=f"Medians of {rounds} interleaved rounds, program start included.",
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
