"""R2, do not hound: after calls that nobody answered the cadence rests.

Article A (the perseverance test), opening: persistence works, but whoever calls ten times on people that do
not want it may these days be taken for a stalker.
"""

from __future__ import annotations

import datetime as dt

from sitegen.config import Config
from sitegen.doctrine.contacts import Contacts
from sitegen.doctrine.workdays import add_days


def backoff_until(cfg: Config, log: Contacts) -> dt.date | None:
    """Until when the cadence rests; None where nobody was hounded since the last contact.

    Three entries without an answer, the third at most 30 days after the first, rest it for 30 days from the
    third. Another one within 30 days of the second before it makes it rest from that one on. A contact ends
    all of it, also on the very day of the last try (and so does a later `last_visit`). All numbers are the
    configuration's.
    """
    rule, last = cfg.backoff, log.last
    if rule.unanswered < 1:
        return None
    tries = [e.date for e in log.past if not e.answered and (last is None or e.date > last)]
    nth = rule.unanswered - 1
    for i in range(len(tries) - 1, nth - 1, -1):
        if (tries[i] - tries[i - nth]).days <= rule.within:
            return add_days(tries[i], rule.days)
    return None
