"""How near a client is to business: one order for all lists that ask whom to see first."""

from __future__ import annotations

import datetime as dt

from sitegen.doctrine.facts import Facts
from sitegen.model import Client
from sitegen.records import dataclass

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


@dataclass(frozen=True, slots=True)
class Near:
    """How near a client is to business, and what the lists ask that have the nearest first."""

    by: tuple[int, int, int, str, str]
    """Its closeness, key last."""
    stage: str
    product: str
    prestige: bool
    reference: bool
    """It is a reference site."""
    offers: tuple[str, ...]
    seeks: tuple[str, ...]
    balance: int | None
    """Rule R9, as in its facts."""
    discounted: bool

    @property
    def key(self) -> str:
        """The client's."""
        return self.by[4]


def near(client: Client, facts: Facts) -> Near:
    """It, of one client."""
    return Near(
        closeness(client, facts), client.stage, client.product, client.prestige, client.reference is not None,
        client.offers, client.seeks, facts.balance, facts.discounted,
    )  # fmt: skip
