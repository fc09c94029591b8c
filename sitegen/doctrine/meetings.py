"""R8, planned meetings: the date itself is the reason, and it stays one until something is written.

Article B (missing the real needs): the client's assistant asked for the follow-up before the rep did, and
the meeting went wrong for want of what had been said at the one before; so a date that was made is kept,
and written up.
"""

from __future__ import annotations

import datetime as dt

from sitegen.doctrine.contacts import Contacts
from sitegen.doctrine.facts import Reason
from sitegen.doctrine.workdays import add_days
from sitegen.model import Client, Entry, Plan


def standing_next(client: Client, log: Contacts) -> Plan | None:
    """The note's `next`, unless something is written of its day or a later one.

    An entry, also an unanswered one, or `last_visit`: so once its day has passed it stands until it is
    written up.
    """
    plan, written = client.next, log.written_until
    return plan if plan and (written is None or written < plan.date) else None


def plans(client: Client, log: Contacts) -> list[Plan]:
    """Planned meetings: `next` as long as it stands, and the entries still to come, whatever their kind.

    An entry on the day of `next` is the same meeting told twice, unless both have an hour and the hours
    differ.
    """
    first = standing_next(client, log)
    later = [_plan(entry) for entry in log.to_come]
    if first is None:
        return later
    return [first, *(plan for plan in later if not _same(first, plan))]


def meetings(client: Client, log: Contacts) -> list[Reason]:
    """One reason for each planned meeting: its own date, even a closed day, for so it was agreed."""
    return [
        Reason("meeting", p.date, base=p.date, text=p.kind, time=p.time, people=p.people)
        for p in plans(client, log)
    ]


def replaces(meeting: Reason, cadence: Reason, days: int, last: dt.date | None) -> bool:
    """Whether a planned meeting takes the place of the cadence: there is no need to call before it.

    It does if it lies after the last contact and at most one more cadence (`days`, that day included) past
    the cadence's date as moved by waits and closed days. A client due at once is met at the meeting
    instead, whenever that is.
    """
    if meeting.date is None or (last is not None and meeting.date <= last):
        return False
    return cadence.date is None or meeting.date <= add_days(cadence.date, days)


def _plan(entry: Entry) -> Plan:
    return Plan(entry.date, entry.time, entry.kind, entry.people, entry.title)


def _same(one: Plan, other: Plan) -> bool:
    return one.date == other.date and not (one.time and other.time and one.time != other.time)
