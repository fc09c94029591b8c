"""R10 and R14, hand-overs: who held a client before, and whether the new rep has been there since.

Article A (the perseverance test), opening: the person sells, so a client that changes hands starts anew with
that person; the joint greeting (挨拶回り) lends it the old one's standing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sitegen.model import Client
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Passed:
    """A client that changed hands."""

    client: str
    giver: str
    """Rep key."""
    taker: str
    """The rep after them: the next hand-over's giver, else the present owner."""
    date: dt.date
    """The first day of the taker's."""
    greeted: tuple[dt.date, str] | None
    """The first contact face to face from that day on, in the taker's time, with its anchor; None: not yet."""
    committed: bool = False
    """Only git tells it; the day is the commit's."""


def handovers(clients: Iterable[Client], today: dt.date) -> tuple[Passed, ...]:
    """Every hand-over, the newest first; one still to come has no greeting yet."""
    found = [one for client in clients for one in _of(client, today)]
    return tuple(sorted(found, key=lambda p: (-p.date.toordinal(), p.client, p.giver)))


def _of(client: Client, today: dt.date) -> Iterable[Passed]:
    ordered = sorted(client.handovers, key=lambda h: (h.date, h.rep))
    for number, one in enumerate(ordered):
        after = ordered[number + 1] if number + 1 < len(ordered) else None
        until = after.date - dt.timedelta(days=1) if after else dt.date.max
        seen = [
            (e.date, e.anchor)
            for e in client.entries
            if e.face_to_face and e.answered and one.date <= e.date <= until and e.date <= today
        ]
        taker = after.rep if after else client.owner
        yield Passed(client.key, one.rep, taker, one.date, min(seen, default=None), one.committed)
