"""R7 and R11: how long after a visit its entry was written.

Article A (the perseverance test), point 5, asks for discipline, and article B (missing the real needs) lives of
what each person said: after three days nobody knows that any more, and a manager who reads the week on Monday
reads what was written by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from sitegen.doctrine.diary import Deed, Diary
from sitegen.records import dataclass

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


def written_up(diary: Diary, rep: str, week: int) -> list[Written]:
    """How late the entries of a rep's week came into the book, as far as git knows, oldest first."""
    found = [deed for deed in diary.deeds.get(rep, {}).get(week, ()) if deed.written >= 0]
    found.sort(key=lambda deed: (deed.date, deed.client.path, deed.place))
    return [Written(deed, deed.written) for deed in found]


def usual(found: Sequence[Written]) -> int | None:
    """The median of days, rounded up; None of too few."""
    return -int(-median(one.days for one in found) // 1) if len(found) >= FEWEST else None


def of_weeks(diary: Diary, rep: str, last: int, weeks: int) -> list[Written]:
    """The rep's entries of so many weeks up to the week `last`, oldest first."""
    return [one for week in range(last - weeks + 1, last + 1) for one in written_up(diary, rep, week)]
