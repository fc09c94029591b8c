"""How near a client is to business: one order for all lists that ask whom to see first."""

from __future__ import annotations

import datetime as dt

from sitegen.doctrine.facts import Facts
from sitegen.model import Client

CLOSEST: tuple[str, ...] = ("probable", "possible", "won", "wtt", "approach", "resting", "dropped")
"""The probable first, whom one more thing may push over the line (article A, point 6). A client who has
bought stands before those who only talk: it honours give and take already.
"""
_PLACE = {stage: place for place, stage in enumerate(CLOSEST)}


def place(stage: str) -> int:
    """0 for the nearest; a stage that a note made up comes last."""
    return _PLACE.get(stage, len(CLOSEST))


def closeness(client: Client, facts: Facts) -> tuple[int, int, int, str, str]:
    """Sorts the nearest first: by stage, then visits, then the newest contact, then name."""
    last = facts.last_contact or dt.date.min
    return place(client.stage), -facts.visits.count, -last.toordinal(), client.name, client.key
