"""R14, where it stalled: every no, every postponement and every long silence, and with whom it came to a halt.

Article B (missing the real needs): for ten years the president was friendly, and each time the matter was
lost further down; why, its author never found out. So each halt is told with the people that it stood with,
and where nobody knows, that is told as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from sitegen.config import Config
from sitegen.doctrine.contacts import Contacts, met
from sitegen.doctrine.months import add_months
from sitegen.model import Client, Entry, Line
from sitegen.records import dataclass

StallKind = Literal["no", "postponed", "silence"]
Mover = Literal["we", "they", "nobody"]


@dataclass(frozen=True, slots=True)
class Stall:
    """One time that it came to a halt."""

    kind: StallKind
    date: dt.date
    """Of the no, of the postponement, or of the last contact before a silence."""
    anchor: str
    """That entry's, on the client's page."""
    people: tuple[str, ...]
    """With whom: whoever said it, else who was there, else who was there the time before; empty: unknown."""
    levels: tuple[str, ...]
    """Their levels, each once; those of unknown level left out."""
    why: str
    """What was said; empty: nobody knows why."""
    silent_until: dt.date | None = None
    """The next contact where the halt was followed by a long silence."""
    silent_anchor: str = ""
    """That contact's entry."""
    first: Mover = "nobody"
    """Who moved first after it."""


def stalls(client: Client, cfg: Config, log: Contacts) -> tuple[Stall, ...]:
    """Every stall up to what is written last, oldest first.

    A silence is more than `stall_months` calendar months from one contact to the next; one that begins with
    a no or a postponement belongs to that. A silence that still lasts is not among them: it grows with each
    day, and the due list tells of it.
    """
    silences = dict(_silences(cfg, log))
    found = []
    before: tuple[str, ...] = ()
    seen = 0
    for place, (entry, moved) in enumerate(zip(log.past, _movers(log), strict=True)):
        following = silences.get(entry.anchor)
        if following is None and not entry.lines:
            continue
        for kind, line in _halts(entry, following is not None):
            if line and line.who:
                people: tuple[str, ...] = (line.who,)
            else:  # those who were there, else those who were met last
                past = reversed(log.past[seen : place + 1])
                people = before = next((there for one in past if (there := met(one))), before)
                seen = place + 1
            found.append(_stall(client, entry, kind, line, people, following, moved))
    return tuple(found)


def _silences(cfg: Config, log: Contacts) -> Iterator[tuple[str, Entry]]:
    """The entry that a long silence begins with, by its anchor, and the contact that ends it."""
    fewest = 28 * cfg.stall_months  # days: no calendar needs to be asked about fewer
    for last, following in pairwise(log.answered):
        long = (following.date - last.date).days > fewest
        if long and add_months(last.date, cfg.stall_months) < following.date:
            yield last.anchor, following


def _halts(entry: Entry, silent: bool) -> Iterable[tuple[StallKind, Line | None]]:
    """One a word, for two lines of an entry that say no are one no; a silence only where there is neither."""
    lines: dict[StallKind, Line | None] = {}
    for line in entry.lines:
        if line.word == "no":
            lines.setdefault("no", line)
        elif line.word == "postponed":
            lines.setdefault("postponed", line)
    if silent and not lines:
        lines["silence"] = None
    return lines.items()


def _stall(
    client: Client,
    entry: Entry,
    kind: StallKind,
    line: Line | None,
    people: tuple[str, ...],
    following: Entry | None,
    moved: Mover,
) -> Stall:
    return Stall(
        kind=kind,
        date=entry.date,
        anchor=entry.anchor,
        people=people,
        levels=_levels(client, people),
        why=line.text if line else "",
        silent_until=following.date if following else None,
        silent_anchor=following.anchor if following else "",
        first=moved,
    )


def _movers(log: Contacts) -> list[Mover]:
    """For each entry who moved first after it: whoever the next contact came from.

    What got no answer set nothing going again, whoever sent it.
    """
    found: list[Mover] = []
    mover: Mover = "nobody"
    for entry in reversed(log.past):
        found.append(mover)
        if entry.answered:
            mover = "they" if entry.inbound else "we"
    return found[::-1]


def _levels(client: Client, people: Iterable[str]) -> tuple[str, ...]:
    found = (client.person(name) for name in people)
    return tuple(dict.fromkeys(person.level for person in found if person and person.level))
