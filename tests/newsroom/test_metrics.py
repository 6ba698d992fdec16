"""The numbers for monitors, and the dashboard that shows them."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from wirecopy.archive.ledger import stories_by_state
from wirecopy.archive.sqlite import SqliteArchive
from wirecopy.intake.health import Health
from wirecopy.newsroom.metrics import Metrics

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2022, 1, 8, 2, 36, tzinfo=UTC)


def rendered(folder: Path) -> str:
    """What a monitor is told of a newsroom that has taken two deliveries."""
    path = folder / "archive.db"
    SqliteArchive(path, lambda _moment: date(2022, 1, 8), "UTC").close()
    with closing(sqlite3.connect(path)) as archive, archive:
        archive.execute("INSERT INTO counts VALUES ('deliveries', 'north', 'published', 2)")
    health = Health(
        source="north", state="late", reason="silent", before="healthy", last_new=NOW, failures=1
    )
    metrics = Metrics(path, lambda: [health])
    metrics.taken.labels("north", "http").inc()
    metrics.taken_bytes.labels("north").inc(100)
    metrics.delay.observe(0.02)
    metrics.looked("north", 0.3, well=False)
    metrics.looked("north", 0.1, well=True)
    return metrics.render().decode()


def test_a_monitor_is_told_all(tmp_path: Path) -> None:
    """Deliveries by source and outcome, how sources stand, how long pages took, what waits."""
    text = rendered(tmp_path)
    for line in (
        'wirecopy_deliveries_total{outcome="published",source="north"} 2.0',
        'wirecopy_source_state{source="north",state="late"} 1.0',
        'wirecopy_source_state{source="north",state="healthy"} 0.0',
        'wirecopy_source_last_new_timestamp_seconds{source="north"} 1.64160936e+09',
        'wirecopy_taken_bytes_total{source="north"} 100.0',
        "wirecopy_delivery_to_page_seconds_count 1.0",
        "wirecopy_look_seconds_count 2.0",
        'wirecopy_source_errors_total{source="north"} 1.0',
        "wirecopy_marked_pages 0.0",
        "wirecopy_waiting_entries 0.0",
    ):
        assert line in text


def test_the_dashboard_asks_for_what_there_is(tmp_path: Path) -> None:
    """Every number in docs/deploy/grafana.json is one that /metrics has."""
    known = set(re.findall(r"^# TYPE (\w+)", rendered(tmp_path), re.MULTILINE))
    board = json.loads((ROOT / "docs/deploy/grafana.json").read_text("utf-8"))
    asked = {
        name.removesuffix("_bucket")
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"wirecopy_\w+", target["expr"])
    }
    assert asked - known == set()
    assert len(asked) > 10


def test_counting_the_stories_reads_none_of_them(tmp_path: Path) -> None:
    """Their numbers by state stand in the indexes; a monitor asks every few seconds."""
    path = tmp_path / "archive.db"
    SqliteArchive(path, lambda _moment: date(2022, 1, 8), "UTC").close()
    asked: list[str] = []
    with closing(sqlite3.connect(path)) as archive:
        archive.set_trace_callback(asked.append)
        assert stories_by_state(archive) == {}
        archive.set_trace_callback(None)
        (statement,) = asked
        plan = [row[3] for row in archive.execute(f"EXPLAIN QUERY PLAN {statement}")]
    scans = [step for step in plan if step.startswith("SCAN")]
    assert len(scans) == 2
    assert all("USING" in step and "INDEX stories_" in step for step in scans)
