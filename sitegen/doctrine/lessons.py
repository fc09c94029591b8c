"""R15, promise to do better: a lesson becomes a rule.

Article B (missing the real needs), ending: the meeting went wrong, and the rep made a rule of it for every
meeting to come. A lesson counts where the next one can read it: on the playbook, and before a meeting with a
client at the same stage.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import field

from sitegen.doctrine.contacts import Contacts, reps_of
from sitegen.model import STAGES, Client, Entry
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to do differently."""

    text: str
    date: dt.date
    anchor: str
    stage: str
    """The client's stage when it was learned, as far as the notes tell."""
    client: str
    """The client's key."""
    reps: tuple[str, ...] = ()
    """Who learned it."""


@dataclass(frozen=True, slots=True)
class Playbook:
    """The lessons of all clients."""

    lessons: tuple[Lesson, ...] = ()
    """Newest first."""
    by_stage: Mapping[str, tuple[Lesson, ...]] = field(default_factory=dict)
    """The same by the stage at which they were learned; stages in their own order."""

    def fitting(self, client: str, stage: str, most: int) -> tuple[Lesson, ...]:
        """The newest `most` lessons that were learned at this stage with other clients."""
        found: list[Lesson] = []
        for lesson in self.by_stage.get(stage, ()):
            if len(found) == most:
                break
            if lesson.client != client:
                found.append(lesson)
        return tuple(found)


def lessons(client: Client, log: Contacts) -> tuple[Lesson, ...]:
    """The lessons of one client up to today, newest first; those of one entry in the order written.

    The stage is that of the last `stage:` line before the entry. Before the first such line it is `approach`,
    where every client begins; without any it is the client's present stage.
    """
    stage, moved = client.stage, False
    found: list[tuple[str, Entry, str]] = []
    for entry in log.past:
        before = stage if moved else ""
        for line in entry.lines:
            if line.word == "lesson" and line.text:
                found.append((line.text, entry, before))
            elif line.word == "stage" and line.text:
                stage, moved = line.text, True
    first = STAGES[0] if moved else client.stage
    told = [
        Lesson(text, entry.date, entry.anchor, before or first, client.key, reps_of(client, entry))
        for text, entry, before in found
    ]
    return tuple(sorted(told, key=lambda one: one.date, reverse=True))


def playbook(found: Iterable[tuple[Lesson, ...]]) -> Playbook:
    """The lessons of all clients together, newest first; of one day in the order of the clients given."""
    every = sorted((one for told in found for one in told), key=lambda one: one.date, reverse=True)
    stages = {one.stage for one in every}
    ordered = [*(s for s in STAGES if s in stages), *sorted(stages - {*STAGES})]
    grouped: dict[str, list[Lesson]] = {stage: [] for stage in ordered}
    for one in every:
        grouped[one.stage].append(one)
    return Playbook(tuple(every), {stage: tuple(told) for stage, told in grouped.items()})
