"""What all tests share: how long the machine may look for counter-examples."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# What CI says of a commit is the same each time; whoever works on it looks somewhere new each time.
settings.register_profile(
    "default",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# By hand it looks twice as deep: CI has twenty minutes for everything.
settings.register_profile(
    "deep", settings.get_profile("default"), max_examples=500 if "CI" in os.environ else 1000
)
settings.load_profile("default")
