"""R8, the due date: the earliest of a client's reasons, with all of them and their arithmetic.

Article A (the perseverance test), point 5: several hundred contacts cannot be kept in the head; whoever
wants to be disciplined needs to know each morning whose turn it is, and why.
"""

from __future__ import annotations

import datetime as dt

from sitegen.config import Config
from sitegen.doctrine.backoff import backoff_until
from sitegen.doctrine.cadence import cadence, stage_days
from sitegen.doctrine.contacts import Contacts
from sitegen.doctrine.faces import faces
from sitegen.doctrine.facts import Due, Reason
from sitegen.doctrine.meetings import meetings, replaces
from sitegen.doctrine.promises import promises
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Client

_ORDER = {"meeting": 0, "promise": 1, "new-face": 2, "cadence": 3}
"""Of one day: what was agreed with the client comes first."""


def due(client: Client, cfg: Config, workdays: Workdays, today: dt.date, log: Contacts) -> Due:
    """When `client` is due and why; `today` matters only for dates still to come.

    A client whose note can't be read is due at once, so that it is looked at and never lost. One that is
    resting or dropped has no cadence, but its meetings, promises and new faces make it due all the same.
    """
    if not client.readable:
        return Due(None, (Reason("cadence", None),))
    backoff = backoff_until(cfg, log)
    planned = meetings(client, log)
    reasons = [*planned, *promises(client, workdays), *faces(client, workdays, today, log)]
    rhythm = cadence(client, cfg, workdays, log, backoff)
    days = stage_days(client, cfg) or 0
    if rhythm and not any(replaces(meeting, rhythm, days, log.last) for meeting in planned):
        reasons.append(rhythm)
    reasons.sort(key=_earliest)
    return Due(reasons[0].date if reasons else None, tuple(reasons), backoff)


def _earliest(reason: Reason) -> tuple[dt.date, int, dt.date, str, str, tuple[str, ...]]:
    """Sorts by date, at once first; the rest makes the order the same whatever the order of the note."""
    return (
        reason.date or dt.date.min,
        _ORDER[reason.kind],
        reason.base or dt.date.min,
        reason.time,
        reason.text,
        reason.people,
    )
