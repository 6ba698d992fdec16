"""The newsroom in numbers, for Prometheus: deliveries, lag, marks, fetches, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from wirecopy.archive.ledger import stories_by_state
from wirecopy.database import read_only
from wirecopy.intake.health import Health
from wirecopy.intake.rhythm import State

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60)


class Metrics:
    """The gauges of one running newsroom. `health` tells how its sources stand."""

    def __init__(self, archive: Path, health: Callable[[], list[Health]]) -> None:
        self.registry = CollectorRegistry()
        self.delay = Histogram(
            "wirecopy_delivery_to_page_seconds",
            "From the door to the story page on disk.",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.taken = Counter(
            "wirecopy_taken_total",
            "Deliveries put into the log since the start.",
            ("source", "how"),
            registry=self.registry,
        )
        self.taken_bytes = Counter(
            "wirecopy_taken_bytes_total",
            "Bytes of the deliveries put into the log since the start.",
            ("source",),
            registry=self.registry,
        )
        self.looks = Histogram(
            "wirecopy_look_seconds",
            "One look at a source: a feed fetched, a folder looked through.",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.errors = Counter(
            "wirecopy_source_errors_total",
            "Looks at a source that failed since the start.",
            ("source",),
            registry=self.registry,
        )
        self.refused = Counter(
            "wirecopy_log_refusals_total",
            "Times that the log could not take copy (disk full, locked).",
            registry=self.registry,
        )
        self.waiting = Gauge(
            "wirecopy_waiting_entries",
            "Log entries that are not filed yet.",
            registry=self.registry,
        )
        self.step = Histogram(
            "wirecopy_step_seconds",
            "One step of the pipeline: a batch filed and what it made dirty baked.",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.pages = Counter(
            "wirecopy_pages_baked_total", "Pages baked since the start.", registry=self.registry
        )
        self.registry.register(_Ledger(archive))
        self.registry.register(_Sources(health))

    def looked(self, source: str, seconds: float, well: bool) -> None:
        """Note one look at a source."""
        self.looks.observe(seconds)
        if not well:
            self.errors.labels(source).inc()

    def render(self) -> bytes:
        """All numbers in Prometheus' text format. Reads the archive: call it in a thread."""
        return generate_latest(self.registry)


class _Ledger(Collector):
    """The archive's own counts, as they stand when somebody asks."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive

    def describe(self) -> list[Metric]:
        """Nothing: what there is, is known when somebody asks."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Deliveries by source and outcome, stories by state, marks."""
        deliveries = CounterMetricFamily(
            "wirecopy_deliveries", "Deliveries filed.", labels=("source", "outcome")
        )
        stories = GaugeMetricFamily("wirecopy_stories", "Stories by state.", labels=("state",))
        marks = GaugeMetricFamily("wirecopy_marked_pages", "Pages that wait to be baked.")
        with closing(read_only(self._archive)) as archive:
            for source, kind, count in archive.execute(
                "SELECT source, kind, SUM(n) FROM counts WHERE ledger = 'deliveries' "
                "GROUP BY source, kind"
            ):
                deliveries.add_metric((source, kind), count)
            for state, count in stories_by_state(archive).items():
                stories.add_metric((state,), count)
            marks.add_metric((), archive.execute("SELECT COUNT(*) FROM marks").fetchone()[0])
        yield from (deliveries, stories, marks)


class _Sources(Collector):
    """How the sources stand."""

    def __init__(self, health: Callable[[], list[Health]]) -> None:
        self._health = health

    def describe(self) -> list[Metric]:
        """Nothing: what there is, is known when somebody asks."""
        return []

    def collect(self) -> Iterator[Metric]:
        """State, failures and the last news of each source."""
        state = GaugeMetricFamily(
            "wirecopy_source_state", "1 for the state it is in.", labels=("source", "state")
        )
        failures = GaugeMetricFamily(
            "wirecopy_source_failures", "Failures in a row.", labels=("source",)
        )
        last = GaugeMetricFamily(
            "wirecopy_source_last_new_timestamp_seconds",
            "When something new came last.",
            labels=("source",),
        )
        for health in self._health():
            for name in get_args(State):
                state.add_metric((health.source, name), float(health.state == name))
            failures.add_metric((health.source,), health.failures)
            if health.last_new is not None:
                last.add_metric((health.source,), health.last_new.timestamp())
        yield from (state, failures, last)
