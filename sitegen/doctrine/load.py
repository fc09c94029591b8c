"""R7 and R8: what next month will ask of a rep, if every cadence is kept.

Article A (the perseverance test), point 5: the willing to talk monthly, the possible every two weeks, the
probable weekly come to 60 or 70 contacts a month, three a day. Whoever carries more than that keeps none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from sitegen.config import Config
from sitegen.doctrine.cadence import stage_days
from sitegen.doctrine.facts import Due
from sitegen.doctrine.months import last_day
from sitegen.doctrine.workdays import Workdays, add_days
from sitegen.model import Client
from sitegen.records import dataclass

Reasons = tuple[tuple[str, int], ...]
"""Kind and day of each reason to call, days as ordinals, 0 for none."""


def reasons_of(due: Due) -> Reasons:
    """Why and when a client is due, in short."""
    return tuple([(one.kind, one.date.toordinal() if one.date else 0) for one in due.reasons])


@dataclass(frozen=True, slots=True)
class Load:
    """Contacts that the cadences make in one month."""

    month: dt.date
    """Its first day."""
    clients: tuple[tuple[Client, int], ...]
    """Those with at least one, in the order given, with how many."""
    workdays: int
    room: int
    """Contacts that fit: so many a working day."""

    @property
    def contacts(self) -> int:
        """All of them."""
        return sum(n for _, n in self.clients)

    def by_stage(self) -> dict[str, tuple[int, int]]:
        """Stage → how many clients, how many contacts."""
        found: dict[str, tuple[int, int]] = {}
        for client, n in self.clients:
            clients, contacts = found.get(client.stage, (0, 0))
            found[client.stage] = clients + 1, contacts + n
        return found


def workdays_between(workdays: Workdays, first: dt.date, last: dt.date) -> int:
    """Open days from `first` to `last`, both included."""
    days = (add_days(first, n) for n in range((last - first).days + 1))
    return sum(not workdays.closed(day) for day in days)


def load(
    clients: Iterable[Client],
    reasons: Callable[[Client], Reasons],
    cfg: Config,
    workdays: Workdays,
    today: dt.date,
) -> Load:
    """Next month's contacts: from its date now on (today where that has passed) one each cadence.

    `reasons` gives those for which a client is due.
    A date on a closed day is kept on the next working day, and the cadence runs on from there.
    """
    first = add_days(last_day(today), 1)
    last = last_day(first)
    # most clients share their start and rhythm with many others
    known: dict[tuple[dt.date, int], int] = {}
    counted = []
    for client in clients:
        if begin := _begin(client, reasons(client), cfg, today):
            if begin not in known:
                known[begin] = _count(*begin, workdays, first, last)
            counted.append((client, known[begin]))
    open_days = workdays_between(workdays, first, last)
    return Load(
        month=first,
        clients=tuple([(c, n) for c, n in counted if n]),
        workdays=open_days,
        room=open_days * cfg.portfolio.per_day,
    )


def _begin(client: Client, reasons: Reasons, cfg: Config, today: dt.date) -> tuple[dt.date, int] | None:
    """The first date from now on, and the days from one to the next; None for who has no cadence."""
    days = stage_days(client, cfg) or 0
    # a planned meeting takes the cadence's place
    found = next((day for kind in ("cadence", "meeting") for told, day in reasons if told == kind), None)
    if days < 1 or found is None:
        return None
    return dt.date.fromordinal(max(found, today.toordinal())), days


def _count(day: dt.date, days: int, workdays: Workdays, first: dt.date, last: dt.date) -> int:
    count = 0
    while day <= last:
        count += day >= first
        day = max(workdays.next_open(add_days(day, days)), add_days(day, 1))
    return count
