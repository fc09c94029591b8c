"""R4, perseverance: months in a row at the door, after every "no".

Article A (the perseverance test), point 2: the client watches whether you still come, month after month,
once they have turned you down; in the end that is what wins the first order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sitegen.doctrine.contacts import Contacts
from sitegen.doctrine.facts import Month, Perseverance


def perseverance(log: Contacts) -> Perseverance:
    """Streaks, noes and the month strip from what is written up to today.

    A `last_visit` later than every entry is a contact here as everywhere. A "no" is counted once an entry, a
    postponement once a line, both also in entries that got no answer.
    """
    counts: dict[int, int] = {}
    for entry in log.answered:
        month = _month(entry.date)
        counts[month] = counts.get(month, 0) + 1
    if log.last is not None and (not log.answered or log.last > log.answered[-1].date):
        counts[_month(log.last)] = counts.get(_month(log.last), 0) + 1
    runs = _runs(sorted(counts))
    words = [[line.word for line in entry.lines] for entry in log.past if entry.lines]
    return Perseverance(
        months=_strip(counts),
        streak=runs[-1] if runs else 0,
        longest=max(runs, default=0),
        noes=sum(["no" in said for said in words]),
        postponed=sum(["postponed" in said for said in words]),
        unanswered=len(log.past) - len(log.answered),
    )


def _month(day: dt.date) -> int:
    """Months counted through, so that December and January are neighbours."""
    return day.year * 12 + day.month - 1


def _runs(months: Iterable[int]) -> list[int]:
    """How long each unbroken row of months is, oldest first."""
    runs: list[int] = []
    before: int | None = None
    for month in months:
        if before is not None and month == before + 1:
            runs[-1] += 1
        else:
            runs.append(1)
        before = month
    return runs


def _strip(counts: Mapping[int, int]) -> tuple[Month, ...]:
    if not counts:
        return ()
    return tuple([_cell(month, counts.get(month, 0)) for month in range(min(counts), max(counts) + 1)])


@lru_cache(maxsize=4096)
def _cell(month: int, contacts: int) -> Month:
    """The same few months stand on every client's strip."""
    return Month(month // 12, month % 12 + 1, contacts)
