"""The configuration of a newsroom: wirecopy.toml as typed, immutable values.

`parse(text, environ)` reads it; a wrong key or value is refused with its path and a suggestion.
"""

from __future__ import annotations

from wirecopy.config.profile import Profile
from wirecopy.config.reading import VARIABLES, parse
from wirecopy.config.tables import (
    DEFAULT_SECTIONS,
    RESERVED,
    TABLES,
    Chains,
    Config,
    Desk,
    Files,
    Login,
    Network,
    Notice,
    Pictures,
    Pipeline,
    Press,
    Publisher,
    Push,
    Rule,
    Section,
    Site,
    Source,
    Strap,
    Then,
    Urgency,
    Watch,
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
    "Config",
    "Desk",
    "Files",
    "Login",
    "Network",
    "Notice",
    "Pictures",
    "Pipeline",
    "Press",
    "Profile",
    "Publisher",
    "Push",
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
    "parse",
    "zone",
]
