"""The configuration of a newsroom: wirecopy.toml as typed, immutable values.

`parse(text, environ)` reads it; a wrong key or value is refused with its path and a suggestion.
"""

from __future__ import annotations

from wirecopy.config.desk import (
    Chains,
    Concept,
    Desk,
    KnownTopic,
    Rule,
    Then,
    Urgency,
    When,
)
from wirecopy.config.house import Network, Pictures, Pipeline, Press, Retention, Watch, Web
from wirecopy.config.profile import Profile
from wirecopy.config.reading import VARIABLES, parse
from wirecopy.config.refusals import naming
from wirecopy.config.site import (
    DEFAULT_SECTIONS,
    RESERVED,
    Files,
    Notice,
    Publisher,
    Section,
    Site,
    Strap,
)
from wirecopy.config.sources import Login, Push, Source
from wirecopy.config.tables import TABLES, Config, heading
from wirecopy.config.values import duration, zone

__all__ = [
    "DEFAULT_SECTIONS",
    "RESERVED",
    "TABLES",
    "VARIABLES",
    "Chains",
    "Concept",
    "Config",
    "Desk",
    "Files",
    "KnownTopic",
    "Login",
    "Network",
    "Notice",
    "Pictures",
    "Pipeline",
    "Press",
    "Profile",
    "Publisher",
    "Push",
    "Retention",
    "Rule",
    "Section",
    "Site",
    "Source",
    "Strap",
    "Then",
    "Urgency",
    "Watch",
    "Web",
    "When",
    "duration",
    "heading",
    "naming",
    "parse",
    "zone",
]
