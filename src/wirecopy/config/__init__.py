"""The configuration of a newsroom: wirecopy.toml as typed, immutable values.

`parse(text, environ)` reads it; a wrong key or value is refused with its path and a suggestion.
"""

from __future__ import annotations

from wirecopy.config.reading import VARIABLES, parse
from wirecopy.config.tables import (
    DEFAULT_SECTIONS,
    RESERVED,
    TABLES,
    Chains,
    Concept,
    Config,
    Desk,
    KnownTopic,
    Notice,
    Pipeline,
    Press,
    Rule,
    Section,
    Site,
    Source,
    Strap,
    Then,
    Urgency,
    Web,
    When,
    duration,
    heading,
    zone,
)

__all__ = [
    "DEFAULT_SECTIONS",
    "RESERVED",
    "TABLES",
    "VARIABLES",
    "Chains",
    "Concept",
    "Config",
    "Desk",
    "KnownTopic",
    "Notice",
    "Pipeline",
    "Press",
    "Rule",
    "Section",
    "Site",
    "Source",
    "Strap",
    "Then",
    "Urgency",
    "Web",
    "When",
    "duration",
    "heading",
    "parse",
    "zone",
]
