"""How each source stands: healthy, late by its own rhythm, failing, quiet or stopped.

Whatever a way in meets is noted here; `look` says what has changed since it last looked, so that
somebody can be told once, and once more when it is over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from wirecopy.config import Config
from wirecopy.database import read_only
from wirecopy.intake.notebook import NAME, Notes
from wirecopy.intake.rhythm import Rhythm, State, heard, state_of

WORTH_TELLING = frozenset({"late", "failing", "stopped"})
"""States of which a person is told."""


class Pulse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What has been noted of one source."""

    since: datetime
    rhythm: Rhythm = Rhythm()
    asked: datetime | None = None
    failures: int = 0
    said: str = ""
    """The last failure's sentence, while it lasts."""
    stopped: bool = False
    state: State = "new"
    """How it stood when somebody last looked."""


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How one source stands, as `status` and the alerts show it."""

    source: str
    state: State
    reason: str
    before: State
    """The state before this one."""
    last_new: datetime | None = None
    last_asked: datetime | None = None
    failures: int = 0
    said: str = ""

    @property
    def why(self) -> str:
        """The reason, with what went wrong last where that has not passed: what to mend."""
        if not self.said:
            return self.reason
        return f"{self.reason}: {self.said.removeprefix(f'Source {self.source}: ')}"


class Pulses:
    """The pulses of all sources; `notes` keeps them from one run to the next."""

    def __init__(
        self,
        sources: Iterable[str],
        notes: Notes[Pulse],
        now: Callable[[], datetime],
    ) -> None:
        self._notes = notes
        self._now = now
        self._pulses: dict[str, Pulse] = {}
        self._unreadable: Mapping[str, str] = {}
        for name in sources:
            known = notes.get(name) or Pulse(since=now())
            # A start is a person's act: what has been stopped is asked once more.
            self._pulses[name] = msgspec.structs.replace(
                known, failures=0, said="", stopped=False, since=min(known.since, now())
            )

    def came(self, source: str) -> None:
        """Note that something new has come and is in the log."""
        now = self._now()
        rhythm = heard(self._pulses[source].rhythm, now)
        self._change(source, rhythm=rhythm, asked=now, failures=0, said="", stopped=False)

    def answered(self, source: str) -> None:
        """Note that the source was reached and had nothing amiss."""
        self._change(source, asked=self._now(), failures=0, said="", stopped=False)

    def failed(self, source: str, sentence: str) -> int:
        """Note a failure; how many there have been in a row."""
        failures = self._pulses[source].failures + 1
        self._change(source, asked=self._now(), failures=failures, said=sentence)
        return failures

    def stopped(self, source: str, sentence: str) -> None:
        """Note that the source is not asked any more."""
        self._change(source, asked=self._now(), said=sentence, stopped=True)

    def rhythm(self, source: str) -> Rhythm:
        """The source's own rhythm."""
        return self._pulses[source].rhythm

    def look(self, unreadable: Mapping[str, str]) -> list[Health]:
        """The sources whose state has changed since the last look; what is noted is kept.

        `unreadable` names those of which nothing could be read lately, each with the last reason.
        """
        self._unreadable = unreadable
        changed = []
        for name in self._pulses:
            health = self.health(name)
            if health.state != health.before:
                changed.append(health)
                self._change(name, state=health.state)
        self._notes.put_all(self._pulses)
        return changed

    def health(self, source: str) -> Health:
        """How the source stands now."""
        return _judged(source, self._pulses[source], self._now(), self._unreadable.get(source, ""))

    def all(self) -> list[Health]:
        """How all sources stand now."""
        return [self.health(name) for name in self._pulses]

    def _change(self, source: str, **fields: object) -> None:
        self._pulses[source] = msgspec.structs.replace(self._pulses[source], **fields)


def _judged(source: str, pulse: Pulse, now: datetime, unreadable: str) -> Health:
    """How a source with that pulse stands.

    `unreadable` is why nothing of its last deliveries could be read, "" where something was.
    """
    state, reason = state_of(
        pulse.rhythm,
        pulse.failures,
        stopped=pulse.stopped,
        since=pulse.since,
        now=now,
        unreadable=bool(unreadable),
    )
    return Health(
        source=source,
        state=state,
        reason=reason,
        before=pulse.state,
        last_new=pulse.rhythm.last,
        last_asked=pulse.asked,
        failures=pulse.failures,
        said=pulse.said or unreadable,
    )


def health_of(
    data: Path, config: Config, now: datetime, unreadable: Mapping[str, str]
) -> list[Health]:
    """How each source stands, as the running newsroom last noted it in its notebook.

    For commands that run beside it: nothing is written. `unreadable` as in `Pulses.look`.
    """
    pulses = _pulses(data / NAME)
    return [
        _judged(
            source.name,
            pulses.get(source.name, Pulse(since=now)),
            now,
            unreadable.get(source.name, ""),
        )
        for source in config.sources
    ]


def _pulses(path: Path) -> dict[str, Pulse]:
    if not path.exists():
        return {}
    found = {}
    try:
        with closing(read_only(path)) as notebook:
            for name, note in notebook.execute("SELECT key, note FROM notes WHERE kind = 'pulse'"):
                found[name] = msgspec.msgpack.decode(note, type=Pulse)
    except (sqlite3.DatabaseError, msgspec.DecodeError):
        return {}  # a notebook that is damaged, or of another version, is begun anew at the start
    return found
