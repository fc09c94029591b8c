"""Closed days: when nobody pays a visit, and what a date becomes that falls on one (rule R8).

Article A (the perseverance test) asks for discipline in keeping up with clients: a plan for a day on which
their doors are shut is one that nobody keeps. Closed are Saturdays, Sundays, Japan's public holidays, the
days around New Year and the team's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sitegen.config import Config
from sitegen.doctrine.facts import Moved
from sitegen.model import PartialDate

_DAY = dt.timedelta(days=1)
_ENOUGH = 400
"""Closed days in a row, the team's own left out, after which no open one can follow: more than a year."""


def add_days(day: dt.date, days: int) -> dt.date:
    """So many calendar days after `day` (before it if negative), within the years 1 to 9999."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


class Workdays:
    """The open days of one configuration. It remembers what it has worked out; its answers never change."""

    def __init__(self, cfg: Config) -> None:
        """The calendar of `cfg`: its language, its `year_end` and its `closed` days."""
        self._lang = cfg.lang
        self._year_end = cfg.year_end
        self._team = cfg.closed
        self._days: dict[dt.date, str] = {}
        self._years: dict[int, Mapping[dt.date, str]] = {}

    def closed(self, day: dt.date) -> str:
        """Why `day` is closed, or an empty text.

        `saturday`, `sunday`, `year-end`, a public holiday's name in the site's language, or the team's own
        name for it (`team` where it gave none): the first of these that fits.
        """
        if (name := self._days.get(day)) is None:
            name = self._days[day] = self._look_up(day)
        return name

    def next_open(self, day: dt.date) -> dt.date:
        """`day`, or the first open day after it; `day` itself where none follows (closed for good)."""
        return self._open_from(day, _DAY)

    def day_of(self, date: PartialDate) -> dt.date:
        """The day that a date means: a full date as written, a month or a year its first working day."""
        return date.first() if date.day else self.next_open(date.first())

    def first_working(self, date: PartialDate) -> dt.date:
        """The first working day of a month or a year; a full date, or the first open day after it."""
        return self.next_open(date.first())

    def moved_on(self, day: dt.date) -> tuple[dt.date, Moved | None]:
        """`day` moved to the next open day, and what moved it (None: it is open)."""
        return self._moved(day, _DAY)

    def moved_back(self, day: dt.date) -> tuple[dt.date, Moved | None]:
        """`day` moved to the open day before it, and what moved it (None: it is open)."""
        return self._moved(day, -_DAY)

    def _moved(self, day: dt.date, step: dt.timedelta) -> tuple[dt.date, Moved | None]:
        name = self.closed(day)
        to = self._open_from(day, step) if name else day
        return to, None if to == day else Moved(on=day, name=name)

    def _open_from(self, day: dt.date, step: dt.timedelta) -> dt.date:
        here, steps = day, 0
        try:
            while steps < _ENOUGH:
                if not self.closed(here):
                    return here
                here, jumped = self._across(here, step)
                steps = 0 if jumped else steps + 1
        except OverflowError:  # the calendar's own end
            pass
        return day

    def _across(self, day: dt.date, step: dt.timedelta) -> tuple[dt.date, bool]:
        """The next day to look at; a range of the team's own is left in one stride, however long."""
        for rng in self._team:
            if rng.first <= day <= rng.last:
                return (rng.last if step > dt.timedelta() else rng.first) + step, True
        return day + step, False

    def _look_up(self, day: dt.date) -> str:
        weekday = day.weekday()
        if weekday >= 5:
            return "saturday" if weekday == 5 else "sunday"
        if self._in_year_end(day):
            return "year-end"
        if name := self._holidays(day.year).get(day):
            return name
        return next((r.name or "team" for r in self._team if r.first <= day <= r.last), "")

    def _in_year_end(self, day: dt.date) -> bool:
        first, last = self._year_end
        here = (day.month, day.day)
        return first <= here <= last if first <= last else here >= first or here <= last

    def _holidays(self, year: int) -> Mapping[dt.date, str]:
        """Japan's public holidays of one year; none where the law is not known (before 1949, after 2099)."""
        if (found := self._years.get(year)) is None:
            from sitegen.doctrine.japan import (
                holidays_of,
            )  # heavy, and a build that changed nothing needs no date

            found = self._years[year] = holidays_of(year, self._lang)
        return found
