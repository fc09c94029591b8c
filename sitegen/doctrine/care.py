"""What wants care among all clients: large deals on a thin thread, silence about oneself, back-offs, qualifying.

Article A (the perseverance test) is one method for many clients at once: what a single client's page tells
is found again here, as lists of whom to do something about (rules R2, R3, R5 and R10).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from sitegen.config import Config
from sitegen.doctrine.contacts import gone
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.sharing import long_ago
from sitegen.doctrine.threads import Thin, Thread, thin
from sitegen.model import MATURING, Client, Person
from sitegen.records import dataclass

_NEAREST = {"probable": 0, "possible": 1, "wtt": 2, "approach": 3}
"""Clients that may still come to business, from the nearest."""


@dataclass(frozen=True, slots=True)
class Cared:
    """What these lists want to know of a client, beside what every list knows."""

    thread: Thread | None
    shared: dt.date | None
    """When something was shared last; None: never."""
    elder: str
    """The name of who is to be asked for advice; empty: unknown."""


CaredFor = Callable[[Client], Cared]
"""Finds it; asked only for clients that may be on a list."""


def cared(client: Client, facts: Facts, today: dt.date) -> Cared:
    """It, from all that is known of a client."""
    person = elder(client, today)
    last = facts.shared[0].date if facts.shared else None
    return Cared(facts.thread, last, person.name if person else "")


def thin_threads(
    clients: Iterable[Client], of: CaredFor, cfg: Config, today: dt.date
) -> list[tuple[Client, tuple[Thin, ...]]]:
    """Rule R10: large deals whose thread is thin on `today`, with the reasons; the largest first."""
    found = []
    for client in clients:
        if (client.value or 0) < cfg.large_deal:
            continue
        thread = of(client).thread
        if thread and (reasons := thin(thread, cfg, today)):
            found.append((client, reasons))
    return sorted(found, key=lambda one: (-(one[0].value or 0), one[0].name, one[0].key))


def unshared(
    clients: Iterable[Client], of: CaredFor, facts: Mapping[str, Facts], cfg: Config, today: dt.date
) -> list[Client]:
    """Rule R3: maturing clients with whom nothing was shared for long; the nearest to business first."""
    found = []
    for client in clients:
        if client.stage in MATURING:
            last = of(client).shared
            if long_ago(client, cfg, today, last or facts[client.key].first_contact):
                found.append((_NEAREST[client.stage], last or dt.date.min, client.name, client.key, client))
    return [client for *_, client in sorted(found, key=lambda one: one[:4])]


def in_peace(clients: Iterable[Client], facts: Mapping[str, Facts], today: dt.date) -> list[Client]:
    """Rule R2: clients that are left in peace on `today`; whose rest ends first comes first."""
    found = [(until, c.name, c.key, c) for c in clients if (until := _peace(c, facts, today))]
    return [client for _, _, _, client in sorted(found, key=lambda one: one[:3])]


def unqualified(clients: Iterable[Client], facts: Mapping[str, Facts]) -> list[Client]:
    """Rule R5: clients that may come to business, of whom nobody knows yet who stands behind them."""
    found = [c for c in clients if c.stage in _NEAREST and facts[c.key].qualified.how == "not-yet"]
    return sorted(found, key=lambda c: (_NEAREST[c.stage], -(c.value or 0), c.name, c.key))


def elder(client: Client, today: dt.date) -> Person | None:
    """Who is to be asked for advice: the first of the strategic level who is still there; None: unknown."""
    return next((p for p in client.people if p.level == "strategic" and not gone(p, today)), None)


def _peace(client: Client, facts: Mapping[str, Facts], today: dt.date) -> dt.date | None:
    until = facts[client.key].due.backoff_until
    working = client.stage in MATURING or client.stage in ("approach", "won")
    return until if until and until > today and working else None
