"""R8, the rhythm: who is willing to talk monthly, who is possible every two weeks, who is probable weekly.

Article A (the perseverance test), point 5: selling is a game of numbers won by discipline, and the nearer a
client is to business, the more often you go.
"""

from __future__ import annotations

import datetime as dt

from sitegen.config import Config
from sitegen.doctrine.contacts import Contacts
from sitegen.doctrine.facts import Reason, Wait
from sitegen.doctrine.workdays import Workdays, add_days
from sitegen.model import STAGES, Client, PartialDate


def stage_days(client: Client, cfg: Config) -> int | None:
    """Calendar days between contacts at the client's stage; None where it has no cadence (resting, dropped).

    A stage that is none of ours keeps the rhythm of the first one: a misspelt note loses no client.
    """
    return cfg.cadence.get(client.stage if client.stage in STAGES else "approach")


def cadence(
    client: Client, cfg: Config, workdays: Workdays, log: Contacts, backoff: dt.date | None
) -> Reason | None:
    """The reason that the rhythm gives, or None for a stage without one. `backoff` is the end of a back-off.

    The date is the latest of: last contact + days of the stage, `wait_until`, the newest dated `postponed`,
    the back-off's end; then the next working day. Never contacted: the day of `since` stands for the first
    of these (as `base`, with 0 days). Where nothing gives a date it is due at once, so None. A month or a
    year means its first working day; what the waits hold back is only this reason, never a promise, a
    meeting or a new face.
    """
    days = stage_days(client, cfg)
    if days is None:
        return None
    base = log.last
    if base is None:
        base, days = workdays.day_of(client.since) if client.since else None, 0
    start = add_days(base, days) if base else None
    waits = tuple(w for w in _waits(client, workdays, log, backoff) if start is None or w.until > start)
    latest = max((w.until for w in waits), default=start)
    if latest is None:
        return Reason("cadence", None)
    date, moved = workdays.moved_on(latest)
    return Reason("cadence", date, base=base, days=days, waits=waits, moved=moved)


def _waits(client: Client, workdays: Workdays, log: Contacts, backoff: dt.date | None) -> list[Wait]:
    """Everything that holds the cadence back, in force or not."""
    waits = []
    if client.wait_until:
        waits.append(Wait("wait", workdays.day_of(client.wait_until)))
    if postponed := _postponed_to(log):
        waits.append(Wait("postponed", workdays.day_of(postponed)))
    if backoff:
        waits.append(Wait("backoff", backoff))
    return waits


def _postponed_to(log: Contacts) -> PartialDate | None:
    """To when it was put off, by the newest entry that says so with a date; of several lines there, the last.

    One without a date is told elsewhere and moves nothing, so an older dated one stays in force.
    """
    for entry in reversed(log.past):
        for line in reversed(entry.lines):
            if line.word == "postponed" and line.until:
                return line.until
    return None
