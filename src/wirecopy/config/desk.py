"""What becomes of copy: the desk's rules, topics, vocabulary, and how far a story reaches."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from wirecopy.config.values import Table

Strings = tuple[str, ...]
Urgency = int | str | tuple[int | str, ...]


class When(Table, frozen=True):
    """What a rule looks at: every key given must match; a list matches any of its values."""

    source: Strings | str = ()
    """Name of the source."""
    agency: Strings | str = ()
    """The agency as its source names it."""
    section: Strings | str = ()
    """Key of the section, as an earlier rule left it."""
    subject: Strings | str = ()
    """Name or code of a subject; a Media Topic code (medtop:15000000) takes its sub-topics in."""
    keyword: Strings | str = ()
    """A keyword of the story."""
    place: Strings | str = ()
    """Name or code of a place, the dateline's included."""
    urgency: Urgency = ()
    """A number from 1 (highest) to 9, a comparison ("<=3", ">5") or a range ("2-4")."""
    genre: Strings | str = ()
    """The genre as the agency names it."""
    language: Strings | str = ()
    """A language tag; "en" takes "en-IN" in."""
    headline: str = ""
    """Regular expression, looked for anywhere, case ignored."""
    slug: str = ""
    """Regular expression, looked for anywhere, case ignored."""
    has_picture: bool | None = None
    """Whether the story must have a picture that may be used, or must have none."""
    rights: str = ""
    """Regular expression over usage terms and restrictions."""


class Then(Table, frozen=True):
    """What a rule does."""

    section: str = ""
    """Key of the section the story goes to."""
    action: Literal["", "publish", "hold", "ignore"] = ""
    """Publish the story, hold it for staff, or take no notice of it."""
    publish_after: str = ""
    """Hold this long ("10m"), then publish unless staff stopped it; not with hold or ignore."""
    add_topic: Strings | str = ()
    """Names of topics to add."""
    syndication: Literal["", "self", "noindex", "canonical-source"] = ""
    """As a source's syndication, for this story."""


class Rule(Table, frozen=True):
    """One desk rule. Rules run in order; the first to decide an action wins."""

    name: str
    """The rule's name, as reasons and the newsroom show it."""
    when: When = When()
    """What the rule looks at; left out, it matches every story."""
    then: Then = Then()
    """What the rule does."""


class Desk(Table, frozen=True):
    """What happens to a story that no rule decides."""

    default: Literal["publish", "hold"] = "publish"
    """Publish it, or hold it for staff."""


class Chains(Table, frozen=True):
    """How far apart items of one story may be."""

    span: str = "36h"
    """From the first item under a slug to the last one that carries it on."""
    gap: str = "12h"
    """From one item to the next, where a night lies between them."""
    alike_within: str = "3d"
    """How long the same text is looked for, under another id or from another source."""
    whole_lead: int = 40
    """Percent of the text before it below which AP's new lead may be its top alone, and waits."""


class KnownTopic(Table, frozen=True):
    """A topic of your own world: what else it is called, and which topics it takes in."""

    name: str
    """The topic's name as readers see it; its address follows from it and then stays."""
    kind: Literal["person", "organisation", "place", "event", "object"] = "organisation"
    """What it is."""
    aliases: tuple[str, ...] = ()
    """Other names in copy that mean it: short forms, peoples' names, other spellings."""
    merge: tuple[str, ...] = ()
    """Names of topics whose stories belong here too, whoever named them."""


MediaTopic = Annotated[str, msgspec.Meta(pattern=r"^medtop:[0-9]{8}$")]
"""The code of a Media Topic."""


class Concept(Table, frozen=True):
    """A Media Topic as `wirecopy vocabulary import` writes it into vocabulary.toml."""

    code: MediaTopic
    """Its code (medtop:20000822)."""
    name: str = ""
    """Its name in the site's language."""
    parent: str = ""
    """The code above it."""
