"""Fuzz targets with the coverage of our own code as the guide; `make fuzz`.

    python -m tests.fuzz.run [--minutes 5] [TARGET ...]

Each target runs in a process of its own, from the files of its corpus and the wires of its format.
What is found on the way lies in build/fuzz/TARGET; a crash lies in build/fuzz/crashes and ends the
target. A crash goes into tests/fuzz/corpus/TARGET under a telling name, where every test run reads
it again. Needs atheris: `.venv/bin/python -m pip install --group fuzz`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build/fuzz"
WIRES = ROOT / "tests/wires"
LONGEST = 6000
"""Bytes of an input; long ones slow the fuzzer down and find nothing that short ones do not."""
MEMORY = 1500
"""Megabytes of a process: atheris and its tables take the greater part of them."""
SECONDS = 10
"""How long one input may take."""


def main() -> int:
    """Exit code: 0 when no target broke."""
    if sys.argv[1:2] == ["--one"]:
        return _fuzz(sys.argv[2], sys.argv[3:])
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("targets", nargs="*")
    arguments.add_argument("--minutes", type=float, default=5)
    given = arguments.parse_args()
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - a fuzzing process must import it later

    broken = [name for name in given.targets or TARGETS if _run(name, given.minutes)]
    print("broken:", ", ".join(broken) or "none")
    return 1 if broken else 0


def _run(name: str, minutes: float) -> bool:
    """Whether the target broke."""
    found, crashes = BUILD / name, BUILD / "crashes"
    for folder in (found, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    seeds = [str(folder) for folder in (HERE / "corpus" / name, WIRES / name) if folder.is_dir()]
    print(f"{name}: {minutes:g} minutes", flush=True)
    command = [
        sys.executable, "-m", "tests.fuzz.run", "--one", name, str(found), *seeds,
        f"-max_total_time={int(minutes * 60)}", f"-max_len={LONGEST}", f"-timeout={SECONDS}",
        f"-rss_limit_mb={MEMORY}", f"-artifact_prefix={crashes}/{name}-", "-print_final_stats=1",
        f"-dict={HERE / 'words.dict'}", "-close_fd_mask=1", "-verbosity=1",
    ]  # fmt: skip
    with (BUILD / f"{name}.log").open("wb") as log:
        code = subprocess.run(command, cwd=ROOT, stderr=log, check=False).returncode
    said = (BUILD / f"{name}.log").read_text("utf-8", "replace").splitlines()
    for line in said[-8:] if not code else said[-40:]:
        print("   ", line)
    return code != 0


def _fuzz(name: str, rest: list[str]) -> int:
    import atheris  # noqa: PLC0415 - only who fuzzes has it

    with atheris.instrument_imports(include=["wirecopy"]):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - instrumented as it is imported

    atheris.Setup([sys.argv[0], *rest], TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
