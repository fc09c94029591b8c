"""Calendar months as people count them: three months before 31 May is 28 February."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later (before, if negative), or the month's last; within years 1 to 9999."""
    count = day.year * 12 + day.month - 1 + months
    if not 12 <= count < 120_000:
        return dt.date.max if months > 0 else dt.date.min
    year, month = count // 12, count % 12 + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(day: dt.date) -> dt.date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])
