"""R7, what becomes of those who enter a stage: how many go on, how many fall back, and how long it takes.

Article A (the perseverance test), point 5: several hundred contacts, three months of winnowing, twenty to thirty
relationships that mature, business in one to two years. What a team's own ratios are only its own past tells; of
a handful of clients it tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from statistics import median

from sitegen.doctrine.log import Past
from sitegen.doctrine.movements import AWAY, Stay, stays
from sitegen.doctrine.stages import LADDER, rank
from sitegen.model import Client
from sitegen.records import dataclass

FEWEST = 5
"""Of fewer nothing is said."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of those who entered a stage; who entered it twice counts twice."""

    stage: str
    entered: int
    on: int
    """Went nearer to business from here."""
    back: int
    """Fell back to a stage further away."""
    away: int
    """Were left to rest, or dropped."""
    here: int
    """Are still in it."""
    days: int | None
    """The median of days in it; None where too few came to its end."""
    of: int
    """How many the median was taken of."""

    @property
    def few(self) -> bool:
        """Too few to tell."""
        return self.entered < FEWEST


@dataclass(slots=True)
class _Count:
    entered: int = 0
    on: int = 0
    back: int = 0
    away: int = 0
    days: list[int] = field(default_factory=list)


def conversions(clients: Iterable[Client], past: Mapping[str, Past]) -> tuple[Conversion, ...]:
    """For each stage on the ladder but the last what became of those who entered it, by their present owner."""
    counts = {stage: _Count() for stage in LADDER[:-1]}
    for client in clients:
        if past[client.key].contacts:
            _count(counts, stays(client, past[client.key]))
    return tuple([_conversion(stage, count) for stage, count in counts.items()])


def _count(counts: Mapping[str, _Count], found: Sequence[Stay]) -> None:
    for n, stay in enumerate(found):
        count = counts.get(stay.stage)
        if count is None:
            continue
        count.entered += 1
        if n + 1 < len(found):
            then = found[n + 1].stage
            count.away += then in AWAY
            count.on += rank(then) > rank(stay.stage)
            count.back += 0 <= rank(then) < rank(stay.stage)
        if stay.days is not None:
            count.days.append(stay.days)


def _conversion(stage: str, count: _Count) -> Conversion:
    days = round(median(count.days)) if len(count.days) >= FEWEST else None
    here = count.entered - count.on - count.back - count.away
    return Conversion(stage, count.entered, count.on, count.back, count.away, here, days, len(count.days))
