"""R1, ten visits first: the stamp card.

Article A (the perseverance test), opening: by the old saying a good salesperson calls on a client ten times
and becomes a friend before a word of business is spoken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sitegen.config import Config
from sitegen.doctrine.contacts import Contacts, gone, met
from sitegen.doctrine.facts import Stamp, Visits
from sitegen.model import Client, Entry


def visits(client: Client, cfg: Config, today: dt.date, log: Contacts) -> Visits:
    """The stamp card of `client`: one stamp for each day with an answered contact face to face.

    Visits before the notes began are counted apart, for nobody can say who was met at them. A stamp's
    people are still there if somebody met face to face on that day is among the client's people and not
    gone by `today`.
    """
    here = {person.name for person in client.people if not gone(person, today)}
    days: dict[dt.date, list[Entry]] = {}
    for entry in log.answered:
        if entry.face_to_face:
            days.setdefault(entry.date, []).append(entry)
    stamps = tuple([_stamp(entries, here) for entries in days.values()])
    before = max(0, client.visits_before)
    return Visits(
        stamps=stamps,
        before=before,
        needed=cfg.visits,
        still_there=sum(stamp.still_there for stamp in stamps),
        early_business=_early_business(log, before, tuple(days), cfg.visits),
    )


def _stamp(entries: list[Entry], here: set[str]) -> Stamp:
    """The stamp of one day: it points at the entry that stands first in the note."""
    first = entries[0]
    if len(entries) == 1:
        return Stamp(first.date, first.anchor, still_there=not here.isdisjoint(met(first)))
    first = min(entries, key=lambda e: (e.where.line, e.anchor))
    still_there = any(not here.isdisjoint(met(entry)) for entry in entries)
    return Stamp(first.date, first.anchor, still_there=still_there)


def _early_business(
    log: Contacts, before: int, days: Iterable[dt.date], needed: int
) -> tuple[dt.date, int] | None:
    """The first contact at which business was talked too early, and the number of visits paid by then.

    A call counts too: it belongs to the visit before it (0 where there was none yet). At the tenth visit the
    door is open.
    """
    talked = next((entry.date for entry in log.answered if entry.business), None)
    if talked is None:
        return None
    number = before + sum(day <= talked for day in days)
    return (talked, number) if number < needed else None
