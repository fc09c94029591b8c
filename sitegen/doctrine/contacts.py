"""What counts as a contact, when the last one was, and whose it was (rule R8).

Article A (the perseverance test) sells through the person who keeps coming back: only what got an answer
has brought that person closer, so only that is a contact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from operator import gt
from typing import Protocol

from sitegen.model import Client, Entry, Handover, Line, Person
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Contacts:
    """A client's entries sorted out once, so that every rule reads them in one pass."""

    past: tuple[Entry, ...]
    """Entries that are not in the future, answered or not, oldest first."""
    answered: tuple[Entry, ...]
    """Those of `past` that are contacts, oldest first."""
    to_come: tuple[Entry, ...]
    """Entries dated after today: plans, earliest first."""
    last_visit: dt.date | None
    """The note's `last_visit` where it is not in the future."""

    @property
    def first(self) -> dt.date | None:
        """The oldest contact; `last_visit` where there is no other."""
        return self.answered[0].date if self.answered else self.last_visit

    @property
    def last(self) -> dt.date | None:
        """The newest contact, or `last_visit` if later."""
        newest = self.answered[-1].date if self.answered else None
        if self.last_visit and (newest is None or self.last_visit > newest):
            return self.last_visit
        return newest

    @property
    def written_until(self) -> dt.date | None:
        """The newest day that anything is written about, answered or not: an entry's or `last_visit`."""
        newest = self.past[-1].date if self.past else None
        return max(filter(None, (newest, self.last_visit)), default=None)


MANY = 64
"""So many clients are worked on at a time."""
_known: dict[int, tuple[Client, tuple[Entry, ...], Contacts]] = {}
"""Those who were asked for last, by `id`, which holds as long as they stand here: rules and parts ask again."""


def contacts(client: Client, today: dt.date) -> Contacts:
    """The entries of `client` sorted out as on `today`: one of today is past, one of tomorrow a plan."""
    entries, known = client.entries, _known.get(id(client))
    if known and known[0] is client and known[1] is entries and _holds(known[2], client.last_visit, today):
        return known[2]
    found = _sorted_out(client, today)
    if len(_known) >= MANY:
        _known.clear()
    _known[id(client)] = client, entries, found
    return found


def _holds(found: Contacts, visit: dt.date | None, today: dt.date) -> bool:
    """Whether entries that were sorted out are on the same sides of `today`; whoever asks depends on these days."""
    came = not found.past or found.past[-1].date <= today
    waits = not found.to_come or found.to_come[0].date > today
    return came and waits and found.last_visit == (visit if visit and visit <= today else None)


def _sorted_out(client: Client, today: dt.date) -> Contacts:
    ordered = _oldest_first(client.entries)
    past = tuple([e for e in ordered if e.date <= today])
    visit = client.last_visit
    return Contacts(
        past=past,
        answered=tuple([e for e in past if e.answered]),
        to_come=tuple(ordered[len(past) :]),
        last_visit=visit if visit and visit <= today else None,
    )


def met(entry: Entry) -> tuple[str, ...]:
    """The people of an entry but for those that an `absent` line names: who did not come was not met."""
    for line in entry.lines:
        if line.word == "absent":
            absent = [line.who for line in entry.lines if line.word == "absent"]
            return tuple([name for name in entry.people if name not in absent])
    return entry.people


def speaker(line: Line, entry: Entry) -> str:
    """Who said a line: the one in brackets, else the entry's only person; empty where nobody knows."""
    return line.who or (entry.people[0] if len(entry.people) == 1 else "")


def gone(person: Person, today: dt.date) -> bool:
    """The person's `until`, the last day in the chair, lies before `today`."""
    return person.until is not None and person.until.last() < today


def in_chair(person: Person, today: dt.date) -> bool:
    """Whether the person sits in the chair on `today`: not gone, and `since`, which may lie ahead, has come."""
    return not gone(person, today) and not (person.since is not None and person.since.first() > today)


def to_greet(client: Client, today: dt.date) -> list[Person]:
    """Those in their chairs, in the order to greet them: the strategic level, then who was in touch last."""
    seen = {name: e.date for e in contacts(client, today).answered for name in met(e)}
    here = [p for p in client.people if in_chair(p, today)]
    here.sort(key=lambda p: seen.get(p.name, dt.date.min), reverse=True)
    return sorted(here, key=lambda p: p.level != "strategic")


class Owned(Protocol):
    """A client, or what tells whose it was."""

    @property
    def owner(self) -> str:
        """The present owner; empty: nobody."""

    @property
    def handovers(self) -> tuple[Handover, ...]:
        """In no order."""


def owner_on(client: Owned, day: dt.date) -> str:
    """The rep who owned `client` on `day`: the first hand-over after it tells, else the present owner."""
    if not client.handovers:
        return client.owner
    later = [h for h in client.handovers if day < h.date]
    return min(later, key=lambda h: (h.date, h.rep)).rep if later else client.owner


def reps_of(client: Client, entry: Entry) -> tuple[str, ...]:
    """Who went: those of the entry's `by` line, else the owner of that day; empty where nobody is known."""
    if entry.by:
        return entry.by
    owner = owner_on(client, entry.date)
    return (owner,) if owner else ()


def _oldest_first(entries: tuple[Entry, ...]) -> Sequence[Entry]:
    """By age. Most notes are written so that the newest stands first, and of one day there is one entry."""
    days = [entry.date for entry in entries]
    return entries[::-1] if all(map(gt, days, days[1:])) else sorted(entries, key=_age)


def _age(entry: Entry) -> tuple[dt.date, str, int, str]:
    """Sorts oldest first. Of one day the later hour is newer, then what stands higher up in the note."""
    return entry.date, entry.time, -entry.where.line, entry.anchor
