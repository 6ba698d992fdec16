"""`make bench`: measure beside the peers, one Markdown table per question.

Each bench runs in a process of its own, so that the memory of one is not the memory of the next.
Results go to bench/results/latest.json and latest.md.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

BENCHES = (
    "parsing", "formats", "hostile", "road", "latency", "library", "bake", "serve", "pictures",
    "pages", "startup",
)  # fmt: skip
RESULTS = Path(__file__).parent / "results"


def _measured(name: str, quick: bool) -> list[dict[str, object]]:
    """The tables of one bench as plain values; runs in the bench's own process."""
    tables = importlib.import_module(name).measure(quick=quick)
    return [
        {"markdown": table.markdown()}
        | {field: getattr(table, field) for field in table.__struct_fields__}
        for table in tables
    ]


def _run(name: str, *, quick: bool) -> dict[str, object]:
    """What one bench found, or why it failed; its tables are printed."""
    began = time.perf_counter()
    result: dict[str, object] = {"bench": name, "tables": []}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        try:
            result["tables"] = tables = process.submit(_measured, name, quick).result()
        except Exception:  # noqa: BLE001 - the other benches still have something to say
            result["error"] = traceback.format_exc()
            print(f"## {name} failed\n\n```\n{result['error']}```\n", flush=True)
        else:
            print("\n".join(str(table.pop("markdown")) for table in tables), flush=True)
            result["tables"] = tables
    result["seconds"] = round(time.perf_counter() - began, 1)
    return result


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure wirecopy beside its peers.")
    parser.add_argument("--quick", action="store_true", help="small sizes, in two or three minutes")
    parser.add_argument("--only", choices=BENCHES, action="append", help="this bench alone")
    return parser.parse_args()


def main() -> int:
    """Run the benches that were asked for; 1 when one of them failed."""
    arguments = _arguments()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"# Bench ({'quick' if arguments.quick else 'full'}; {machine})\n", flush=True)
    results = [_run(name, quick=arguments.quick) for name in arguments.only or BENCHES]
    _keep(results, machine, quick=arguments.quick)
    return 1 if any("error" in result for result in results) else 0


def _keep(results: list[dict[str, object]], machine: str, *, quick: bool) -> None:
    """Write the results down beside this file."""
    import measures  # noqa: PLC0415 - the benches' processes do not need it here

    RESULTS.mkdir(exist_ok=True)
    whole = {"machine": machine, "quick": quick, "benches": results}
    (RESULTS / "latest.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    tables = [
        measures.Table(**table).markdown()
        for result in results
        for table in result["tables"]  # type: ignore[attr-defined]  # a list, see _run
    ]
    text = "\n".join([f"# Bench ({'quick' if quick else 'full'}; {machine})\n", *tables])
    (RESULTS / "latest.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
