"""The agencies' day that all generated wires are sent on."""

from __future__ import annotations

from datetime import UTC, datetime

AGENCY_DAY = datetime(2022, 1, 8, tzinfo=UTC)
