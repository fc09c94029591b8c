"""What wants care among all clients: large deals on a thin thread, silence about oneself, back-offs, qualifying.

Article A (the perseverance test) is one method for many clients at once: what a single client's page tells
is found again here, as lists of whom to do something about (rules R2, R3, R5 and R10).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from sitegen.config import Config
from sitegen.doctrine.contacts import in_chair
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.sharing import long_ago
from sitegen.doctrine.threads import Thin, Thread, thin
from sitegen.model import MATURING, Client, Person
from sitegen.records import dataclass
from sitegen.text import bare

_NEAREST = {"probable": 0, "possible": 1, "wtt": 2, "approach": 3}
"""Clients that may still come to business, from the nearest."""


@dataclass(frozen=True, slots=True)
class Cared:
    """What these lists want to know of a client."""

    key: str
    name: str
    stage: str
    value: int
    """Yen; 0: unknown."""
    thread: Thread | None
    shared: dt.date | None
    """When something was shared last; None: never."""
    first: dt.date | None
    """Its first contact."""
    elder: str
    """The name of who is to be asked for advice; empty: unknown."""
    rest: dt.date | None
    """Until when it is left in peace."""
    unqualified: bool
    """Nobody knows yet who stands behind it."""
    meetings: tuple[tuple[dt.date, tuple[str, ...]], ...]
    """Those it is due for, with whom; told where a thread is."""

    def planned(self, names: Collection[str], today: dt.date) -> dt.date | None:
        """The day of a meeting to come with one of them: then somebody has seen to it already."""
        return next(
            (day for day, who in self.meetings if day >= today and not set(who).isdisjoint(names)), None
        )


def cared(client: Client, facts: Facts, today: dt.date) -> Cared:
    """It, from all that is known of a client."""
    person = elder(client, today)
    reasons = facts.due.reasons if facts.thread else ()
    meetings = tuple([(one.date, one.people) for one in reasons if one.kind == "meeting" and one.date])
    return Cared(
        client.key, client.name, client.stage, client.value or 0, facts.thread,
        facts.shared[0].date if facts.shared else None, facts.first_contact, person.name if person else "",
        facts.due.backoff_until, facts.qualified.how == "not-yet", meetings,
    )  # fmt: skip


def thin_threads(
    clients: Iterable[Cared], cfg: Config, today: dt.date
) -> list[tuple[Cared, tuple[Thin, ...]]]:
    """Rule R10: large deals whose thread is thin on `today`, with the reasons; the largest first."""
    found = [
        (one, reasons)
        for one in clients
        if one.value >= cfg.large_deal and one.thread and (reasons := thin(one.thread, cfg, today))
    ]
    return sorted(found, key=lambda told: (-told[0].value, bare(told[0].name), told[0].name, told[0].key))


def unshared(clients: Iterable[Cared], cfg: Config, today: dt.date) -> list[str]:
    """Rule R3: keys of maturing clients with whom nothing was shared for long; the nearest to business first."""
    return _keys(
        (_NEAREST[one.stage], (one.shared or dt.date.min).toordinal(), one)
        for one in clients
        if long_ago(one.stage, cfg, today, one.shared or one.first)
    )


def in_peace(clients: Iterable[Cared], today: dt.date) -> list[str]:
    """Rule R2: keys of clients that are left in peace on `today`; whose rest ends first comes first."""
    return _keys(
        (one.rest.toordinal(), 0, one)
        for one in clients
        if one.rest and one.rest > today and (one.stage in MATURING or one.stage in ("approach", "won"))
    )


def unqualified(clients: Iterable[Cared]) -> list[str]:
    """Rule R5: keys of clients that may come to business, of whom nobody knows yet who stands behind them."""
    return _keys(
        (_NEAREST[one.stage], -one.value, one) for one in clients if one.stage in _NEAREST and one.unqualified
    )


def _keys(found: Iterable[tuple[int, int, Cared]]) -> list[str]:
    """By these two numbers, then by name."""
    ordered = sorted(found, key=lambda by: (by[0], by[1], bare(by[2].name), by[2].name, by[2].key))
    return [one.key for *_, one in ordered]


def elder(client: Client, today: dt.date) -> Person | None:
    """Who is to be asked for advice: the first of the strategic level who is still there; None: unknown."""
    return next((p for p in client.people if p.level == "strategic" and in_chair(p, today)), None)
