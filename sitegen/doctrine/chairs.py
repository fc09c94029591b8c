"""R14, the chairs: who held which chair when, and who came after whom.

Article B (missing the real needs): one president in ten years, and below him a row of heads of HR; whoever
sells for that long sells to a chair, and has to know who is sitting in it.
"""

from __future__ import annotations

import datetime as dt

from sitegen.model import Client, PartialDate, Person
from sitegen.records import dataclass
from sitegen.text import fold


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds or held a chair."""

    name: str
    number: int
    """Place among the client's people, from 1: `person-<number>` on its page."""
    since: PartialDate | None
    until: PartialDate | None


@dataclass(frozen=True, slots=True)
class Chair:
    """One role at a client, with all who had it."""

    role: str
    """As the newest holder's is written."""
    level: str
    """The newest known one; empty where nobody said."""
    holders: tuple[Holder, ...]
    """Oldest first; those of whom nobody knows since when come first."""

    def successor(self, holder: Holder) -> Holder | None:
        """Who took over: the first whose `since` is not before the `until` of `holder`; None: nobody knows."""
        if holder.until is None:
            return None
        leaving = holder.until.first()
        after = [h for h in self.holders if h is not holder and h.since and h.since.last() >= leaving]
        return min(after, key=_age, default=None)

    def predecessor(self, holder: Holder) -> Holder | None:
        """Whose successor `holder` is; None: nobody knows."""
        before = [h for h in self.holders if h is not holder and self.successor(h) is holder]
        return max(before, key=_age, default=None)


def chairs(client: Client) -> tuple[Chair, ...]:
    """The chairs of `client`, in the order in which its people name them; people without a role have none.

    Two roles are one chair if they read alike but for case, width and kana.
    """
    found: dict[str, list[tuple[Holder, Person]]] = {}
    for number, person in enumerate(client.people, 1):
        if role := fold(person.role):
            holder = Holder(person.name, number, person.since, person.until)
            found.setdefault(role, []).append((holder, person))
    return tuple(_chair(held) for held in found.values())


def chair_of(found: tuple[Chair, ...], number: int) -> tuple[Chair, Holder] | None:
    """The chair of the client's person `number` (from 1), and that person as its holder."""
    return next(((chair, h) for chair in found for h in chair.holders if h.number == number), None)


def _chair(held: list[tuple[Holder, Person]]) -> Chair:
    held.sort(key=lambda pair: _age(pair[0]))
    levels = [person.level for _, person in held if person.level]
    return Chair(held[-1][1].role, levels[-1] if levels else "", tuple(holder for holder, _ in held))


def _age(holder: Holder) -> tuple[dt.date, dt.date, int]:
    """Sorts oldest first; of those who began on one day whoever left first is older."""
    began = holder.since.first() if holder.since else dt.date.min
    return began, holder.until.last() if holder.until else dt.date.max, holder.number
