"""R7: in which stage a client was on a day, as far as its `stage:` lines tell.

Article A (the perseverance test), point 5: contacts are winnowed into willing to talk, possible and probable;
whether that works can only be seen over time. The front matter knows the present; the past is what `stage:`
lines say, and where they say nothing it stays unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.doctrine.contacts import Contacts
from sitegen.model import Client

UNKNOWN = ""
"""A stage that nobody wrote down."""
LADDER: tuple[str, ...] = ("approach", "wtt", "possible", "probable", "won")
"""The way up; resting and dropped are beside it."""


@dataclass(frozen=True, slots=True)
class Move:
    """A `stage:` line that changed something."""

    date: dt.date
    stage: str
    before: str
    """The stage before; `UNKNOWN` where no line tells (but before willing to talk there is only approach)."""
    anchor: str
    """The entry's anchor."""

    @property
    def up(self) -> bool:
        """Nearer to business than before."""
        return rank(self.stage) > rank(self.before)


def rank(stage: str) -> int:
    """How far up the ladder: approach 0 to won 4; -1 for what is not on it."""
    return LADDER.index(stage) if stage in LADDER else -1


def moves(log: Contacts) -> tuple[Move, ...]:
    """Every change of stage that is written, oldest first; a line that repeats the stage is none."""
    found: list[Move] = []
    here = UNKNOWN
    for entry in log.past:
        for line in entry.lines:
            if line.word != "stage" or line.text in (UNKNOWN, here):
                continue
            before = here or ("approach" if line.text == "wtt" else UNKNOWN)
            found.append(Move(entry.date, line.text, before, entry.anchor))
            here = line.text
    return tuple(found)


def stage_on(client: Client, moved: Sequence[Move], day: dt.date, today: dt.date) -> str:
    """The stage at the end of `day`, given the client's moves; from `today` on the present one.

    `UNKNOWN` where no line tells. A client without any line that is in approach has always been there.
    """
    if day >= today:
        return client.stage
    here = next((move for move in reversed(moved) if move.date <= day), None)
    if here:
        return here.stage
    if moved:
        return moved[0].before
    return "approach" if client.stage == "approach" else UNKNOWN
