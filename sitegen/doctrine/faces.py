"""R14, a new face: somebody new in a chair is a reason to call and greet them.

Article B (missing the real needs): over ten years the president stayed while heads of HR came and went, and
each of them knew nothing of what had been said before; so meet a new one early, and from the start.
"""

from __future__ import annotations

import datetime as dt

from sitegen.doctrine.contacts import Contacts, gone, met
from sitegen.doctrine.facts import Reason
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Client


def faces(client: Client, workdays: Workdays, today: dt.date, log: Contacts) -> list[Reason]:
    """One reason for each person whose `since` is later than the last contact with them.

    It is due on the first working day of that `since`. Where no contact names them, `since` must lie after
    the beginning of the relationship: the first contact or the client's own `since`, whichever is earlier;
    before that everybody is new, and nobody is. Somebody who was absent was not met. Somebody whose `until`
    lies before `today` is greeted no more.
    """
    new = [(p.name, p.since) for p in client.people if p.since and not gone(p, today)]
    if not new:
        return []
    last_met = {name: entry.date for entry in log.answered for name in met(entry)}
    own = workdays.first_working(client.since) if client.since else None
    beginning = min(filter(None, (log.first, own)), default=None)
    reasons = []
    for name, since in new:
        base = workdays.day_of(since)
        date, moved = workdays.moved_on(base)
        before = last_met.get(name, beginning)
        if before is not None and date > before:
            reasons.append(Reason("new-face", date, base=base, moved=moved, text=name, people=(name,)))
    return reasons
