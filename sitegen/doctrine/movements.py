"""R7: what moved within a week or a month, and how long a client stayed in each stage.

Article A (the perseverance test), point 5: of many contacts a few become willing to talk, of those some possible,
of those some probable. Who sees each week what moved, and which way, need not wait a year to know whether the
winnowing works.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from sitegen.doctrine.log import Past
from sitegen.doctrine.stages import LADDER, UNKNOWN, Move, rank
from sitegen.model import Client
from sitegen.records import dataclass

Kind = Literal["won", "up", "again", "back", "resting", "dropped"]
KINDS: tuple[Kind, ...] = ("won", "up", "again", "back", "resting", "dropped")
"""In the order told: an order won, nearer to business, taken up again after a rest, fallen back, put aside."""
AWAY = ("resting", "dropped")


@dataclass(frozen=True, slots=True)
class Tally:
    """Clients that moved to one stage in one direction."""

    kind: Kind
    stage: str
    clients: tuple[Client, ...]
    """In the order in which they moved."""


def tally(found: Sequence[tuple[Client, Move]]) -> tuple[Tally, ...]:
    """What these movements come to: who moved several times is told once, who came back not at all."""
    ways: dict[str, tuple[Client, str, str]] = {}
    for client, move in found:
        before = ways[client.key][1] if client.key in ways else move.before
        ways[client.key] = (client, before, move.stage)
    groups: dict[tuple[Kind, str], list[Client]] = {}
    for client, before, stage in ways.values():
        if before != stage:
            groups.setdefault((kind_of(before, stage), stage), []).append(client)
    ordered = sorted(groups.items(), key=lambda group: (KINDS.index(group[0][0]), -rank(group[0][1])))
    return tuple([Tally(kind, stage, tuple(clients)) for (kind, stage), clients in ordered])


def kind_of(before: str, stage: str) -> Kind:
    """Which way a movement goes; from an unknown stage it goes up."""
    for beside in KINDS:
        if stage == beside:
            return beside
    if before in AWAY:
        return "again"
    return "up" if rank(stage) > rank(before) else "back"


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in one stage."""

    stage: str
    first: dt.date | None
    """None: nobody knows."""
    last: dt.date | None = None
    """The day of the movement that ended it; None where it lasts, or nobody knows when it ended."""
    move: Move | None = None
    """The movement that began it; None where it was the first that is known, or nobody committed it."""
    lasts: bool = False
    """It is the present one."""
    at_latest: bool = False
    """`first` is only the day of the oldest version that is known: it began then or before."""

    @property
    def days(self) -> int | None:
        """How long it took; None where it lasts or its beginning or its end is not known."""
        return None if self.at_latest or not (self.first and self.last) else (self.last - self.first).days


def stays(client: Client, past: Past) -> tuple[Stay, ...]:
    """A client's stages one after the other, oldest first; the last is the present one."""
    found: list[Stay] = []
    for move in past.moves:
        if not found:
            found += _beginning(past, move.before, move.date)
        elif found[-1].stage != move.before:
            # between the two something happened that nobody wrote down
            found.append(replace(_unseen(past, move.before, found[-1], move.date), last=move.date))
        if found:
            found[-1] = replace(found[-1], last=found[-1].last or move.date)
        found.append(Stay(move.stage, move.date, move=move))
    if not found:
        found += _beginning(past, client.stage, None)
    if not found or found[-1].stage != client.stage:
        found.append(_unseen(past, client.stage, found[-1] if found else None, None))
    return (*found[:-1], replace(found[-1], lasts=True))


def _unseen(past: Past, stage: str, before: Stay | None, until: dt.date | None) -> Stay:
    """A stage that no movement led to: known from the oldest version that git holds, if from anywhere."""
    began = past.began
    if began is None or began.stage != stage or (until and began.day > until):
        return Stay(stage, None)
    if before and before.first and before.first > began.day:
        return Stay(stage, None)
    return Stay(stage, began.day, at_latest=True)


def _beginning(past: Past, stage: str, until: dt.date | None) -> Iterator[Stay]:
    """The first stage that is known: approach begins with the first contact, another with the note."""
    if stage == UNKNOWN:
        return
    began, first = past.began, past.first
    if first and until and first > until:
        first = None
    created = began.day if began and (until is None or began.day <= until) else None
    if stage == LADDER[0] and past.begun and first:
        yield Stay(stage, first, until)
    elif created and began:
        new = began.created and not (first and first < created)
        yield Stay(stage, created, until, at_latest=not new)
    else:
        yield Stay(stage, None, until)
