"""R7 and R11: how long after a visit its entry was written.

Article A (the perseverance test), point 5, asks for discipline, and article B (missing the real needs) lives of
what each person said: after three days nobody knows that any more, and a manager who reads the week on Monday
reads what was written by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from sitegen.doctrine.diary import Deed, Diary
from sitegen.model import Client
from sitegen.past import History

LATE = 3
"""Days from which on it is late: what was heard on Friday and written on Monday is three days old."""
FEWEST = 3
"""Of fewer entries no median is told."""


@dataclass(frozen=True, slots=True)
class Written:
    """An entry and when it came into the book."""

    deed: Deed
    days: int
    """Calendar days from the entry's day to the commit that brought it in."""

    @property
    def late(self) -> bool:
        """So late that something is forgotten."""
        return self.days >= LATE


WrittenUp = Mapping[str, Mapping[int, Sequence[Written]]]
"""Rep → week of the entries → entries, oldest first."""


def written_up(diary: Diary, clients: Iterable[Client], history: History) -> WrittenUp:
    """For every rep who went, how late each entry came into the book, as far as git knows.

    Left out are entries that came with a note's first version, which may be copied from older papers, and those
    that were in the book before their day, as plans.
    """
    when = {}
    for client in clients:
        for edit in history.of(client.path).edits:
            for day in () if edit.created else edit.entries:
                if edit.day >= day:
                    when[client.key, day] = (edit.day - day).days
    found: dict[str, dict[int, list[Written]]] = {}
    for rep, weeks in diary.deeds.items():
        for week, deeds in weeks.items() if rep is not None and when else ():
            late = [
                Written(deed, when[deed.client.key, deed.date])
                for deed in deeds
                if deed.entry and not deed.planned and (deed.client.key, deed.date) in when
            ]
            if late and rep is not None:
                late.sort(key=lambda one: (one.deed.date, one.deed.client.path, one.deed.anchor))
                found.setdefault(rep, {})[week] = late
    return found


def usual(found: Sequence[Written]) -> int | None:
    """The median of days, rounded up; None of too few."""
    return -int(-median(one.days for one in found) // 1) if len(found) >= FEWEST else None


def of_weeks(found: WrittenUp, rep: str, last: int, weeks: int) -> list[Written]:
    """The rep's entries of so many weeks up to the week `last`, oldest first."""
    mine = found.get(rep, {})
    return [one for week in range(last - weeks + 1, last + 1) for one in mine.get(week, ())]
