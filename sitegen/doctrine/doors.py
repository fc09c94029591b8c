"""R5 and R9, doors: which backer could open one, and which client opened one for us already.

Article A (the perseverance test), points 3 and 6: a large client, or a large backer behind a small one, makes
the time worth it; and who has been treated well by you brings you to the next one, for no discount at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sitegen.doctrine.closeness import place
from sitegen.doctrine.introduced import Telling
from sitegen.model import BackerPage, Client, Network
from sitegen.records import dataclass

TO_WIN = frozenset({"approach", "wtt", "possible", "probable"})
"""Stages in which a word from above helps; who rests or was dropped was let go for a reason."""


@dataclass(frozen=True, slots=True)
class Door:
    """A client gave us something that has to do with another one: a word for us, an introduction."""

    giver: str
    """Key of the client in whose note it stands."""
    to: str
    date: dt.date
    anchor: str
    text: str
    """The line as written: what it was, the note says and nobody guesses."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A backer with those it stands behind."""

    backer: BackerPage
    won: tuple[str, ...] = ()
    """Keys of those that bought; the backer itself too, where it is a client and did."""
    to_win: tuple[str, ...] = ()
    """Keys of those not won yet, the nearest to business first."""
    others: tuple[str, ...] = ()
    """Keys of all the rest."""

    @property
    def can_open(self) -> bool:
        """Somebody of theirs bought, and somebody of theirs did not yet: ask for a word."""
        return bool(self.won and self.to_win)


def doors(tellings: Mapping[str, Telling], today: dt.date) -> tuple[Door, ...]:
    """Every `got:` up to today that links to other clients, the newest first. `tellings`: by client, all of them."""
    found = [
        Door(client, key, date, anchor, text)
        for client, told in tellings.items()
        for key, date, anchor, text in told.doors
        if date <= today and key in tellings
    ]
    return tuple(sorted(found, key=lambda d: (-d.date.toordinal(), d.giver, d.to, d.anchor)))


def standings(clients: Mapping[str, Client], network: Network) -> tuple[Standing, ...]:
    """Every backer of a client in the book: who can open a door first, then who stands behind most."""
    found = [_standing(backer, clients) for backer in network.backers]
    told = [s for s in found if s.won or s.to_win or s.others]
    return tuple(sorted(told, key=lambda s: (not s.can_open, -len(s.backer.clients), s.backer.key)))


def _standing(backer: BackerPage, clients: Mapping[str, Client]) -> Standing:
    backed = [clients[key] for key in backer.clients if key in clients and key != backer.client]
    near = sorted(backed, key=lambda c: (place(c.stage), c.name, c.key))
    won = [c.key for c in near if c.stage == "won"]
    own = clients.get(backer.client)
    if own and own.stage == "won" and backed:
        won.insert(0, own.key)
    return Standing(
        backer,
        tuple(won),
        tuple(c.key for c in near if c.stage in TO_WIN),
        tuple(c.key for c in near if c.stage != "won" and c.stage not in TO_WIN),
    )
