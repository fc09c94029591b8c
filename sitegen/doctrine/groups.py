"""R8, the headings of the due list: the only part of a due date that needs to know which day it is.

Article A (the perseverance test), point 5: being out and about every day works only with a list that says
who is late, who is today's and who can wait.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

Heading = Literal["overdue", "today", "week", "next-week", "later"]
HEADINGS: tuple[Heading, ...] = ("overdue", "today", "week", "next-week", "later")
"""In the order of the list."""


def heading(date: dt.date | None, today: dt.date) -> Heading:
    """Where a due date belongs on `today`; None (at once) counts as today. Ask only for clients that are due.

    A week ends on its Sunday: on a Sunday nothing more is due "this week", and Monday is next week.
    """
    if date is None or date == today:
        return "today"
    if date < today:
        return "overdue"
    weeks = (date.toordinal() - 1) // 7 - (today.toordinal() - 1) // 7  # day 1 of the calendar was a Monday
    return "week" if weeks == 0 else "next-week" if weeks == 1 else "later"


def days_late(date: dt.date | None, today: dt.date) -> int:
    """Calendar days that `date` lies before `today`; 0 where it does not, and for at once."""
    return max(0, (today - date).days) if date else 0
