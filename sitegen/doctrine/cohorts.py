"""R7, what became of those who were approached together, quarter by quarter; and the stages month by month.

Article A (the perseverance test), point 5: after about three months of winnowing a group should be left that
matures in a year or two. Three months of first contacts are one cohort: it shows how many to meet for one order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sitegen.doctrine.contacts import owner_on
from sitegen.doctrine.diary import Diary
from sitegen.doctrine.log import Past
from sitegen.doctrine.months import add_months, last_day
from sitegen.doctrine.stages import LADDER, UNKNOWN, rank, stage_on
from sitegen.model import Client
from sitegen.records import dataclass

KEPT = 8
"""Quarters told one by one; what is older stands together."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those whose first contact fell into one quarter."""

    quarter: tuple[int, int] | None
    """Year and quarter from 1; None: not in the notes."""
    older: bool
    """This quarter and everything before it."""
    clients: tuple[Client, ...]
    """By first contact."""
    reached: tuple[int, ...]
    """How many came at least so far, by `LADDER`: the first number is all of them."""
    now: Mapping[str, int]
    """Present stage → how many."""


def quarter(day: dt.date) -> tuple[int, int]:
    """Year and quarter, from 1."""
    return day.year, (day.month + 2) // 3


def furthest(client: Client, past: Past) -> int:
    """How far up the ladder the client has ever been, by its movements and its present stage."""
    told = [rank(stage) for move in past.moves for stage in (move.before, move.stage)]
    if past.began:
        told.append(rank(past.began.stage))
    return max(0, rank(client.stage), *told)


def cohorts(clients: Iterable[Client], diary: Diary, today: dt.date) -> tuple[Cohort, ...]:
    """Newest first, a quarter without first contacts too, for that says something about business to come.

    Never contacted clients are in none, those without a known beginning in the last.
    """
    oldest = _back(quarter(today), KEPT - 1)
    groups: dict[tuple[int, int] | None, list[Client]] = {}
    for client in clients:
        past = diary.past[client.key]
        if past.contacts:
            at = max(quarter(past.begun), _back(oldest, 1)) if past.begun else None
            groups.setdefault(at, []).append(client)
    earliest = min((key for key in groups if key), default=None)
    order = [_back(quarter(today), n) for n in range(KEPT + 1)] if earliest else []
    keys = [*(key for key in order if earliest and key >= earliest), *([None] if None in groups else [])]
    return tuple([_cohort(key, key is not None and key < oldest, groups.get(key, []), diary) for key in keys])


def _cohort(key: tuple[int, int] | None, older: bool, found: list[Client], diary: Diary) -> Cohort:
    found.sort(key=lambda c: (diary.past[c.key].begun or dt.date.min, c.path))
    far = [furthest(client, diary.past[client.key]) for client in found]
    now: dict[str, int] = {}
    for client in found:
        now[client.stage] = now.get(client.stage, 0) + 1
    reached = tuple([sum(f >= step for f in far) for step in range(len(LADDER))])
    return Cohort(key, older, tuple(found), reached, now)


def _back(at: tuple[int, int], quarters: int) -> tuple[int, int]:
    count = at[0] * 4 + at[1] - 1 - quarters
    return count // 4, count % 4 + 1


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """How many clients were in which stage at a month's end; of the present month, today."""

    month: dt.date
    """Its first day."""
    stages: Mapping[str, int]
    """`LADDER` stages and `UNKNOWN`; resting and dropped are in none."""


def stages_by_month(
    clients: Iterable[Client], diary: Diary, today: dt.date, months: int = 12
) -> dict[str | None, tuple[MonthEnd, ...]]:
    """Rep → the last months, oldest first; None is the team. Each client counts for its owner of that day.

    Before its first contact a client is in none.
    """
    firsts = [add_months(today.replace(day=1), n - months + 1) for n in range(months)]
    ends = [min(last_day(first), today) for first in firsts]
    known = {*LADDER, UNKNOWN}
    # how many clients went a way: whose they were and their stage at each end, none before the first contact
    ways: dict[tuple[str | tuple[str, ...], tuple[str | None, ...]], int] = {}
    for client in clients:
        past = diary.past[client.key]
        if past.first is None:
            continue
        moves, passed = past.moves, 0
        still = stage_on(client, (), dt.date.min, today)
        stages: list[str | None] = []
        for end in ends:
            if past.first > end:
                stages.append(None)
            elif end >= today:
                stages.append(client.stage)
            elif past.began:
                stages.append(stage_on(client, moves, end, today, past.began))
            else:
                # the same as `stage_on`, going through the movements once
                while passed < len(moves) and moves[passed].date <= end:
                    passed += 1
                stages.append(moves[passed - 1].stage if passed else moves[0].before if moves else still)
        whose = tuple([owner_on(client, end) for end in ends]) if client.handovers else client.owner
        way = whose, tuple(stages)
        ways[way] = ways.get(way, 0) + 1
    counts: dict[str | None, list[dict[str, int]]] = {None: [{} for _ in ends]}
    for (whose, line), many in ways.items():
        for n, stage in enumerate(line):
            if stage in known:
                for rep in (None, whose if isinstance(whose, str) else whose[n]):
                    mine = counts.get(rep) or counts.setdefault(rep, [{} for _ in ends])
                    mine[n][stage] = mine[n].get(stage, 0) + many
    return {
        rep: tuple([MonthEnd(first, month) for first, month in zip(firsts, found, strict=True)])
        for rep, found in counts.items()
    }
