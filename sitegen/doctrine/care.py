"""What wants care among all clients: large deals on a thin thread, silence about oneself, back-offs, qualifying.

Article A (the perseverance test) is one method for many clients at once: what a single client's page tells
is found again here, as lists of whom to do something about (rules R2, R3, R5 and R10).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sitegen.config import Config
from sitegen.doctrine.contacts import gone
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.sharing import nothing_shared
from sitegen.doctrine.threads import Thin, thin
from sitegen.model import MATURING, Client, Person

_NEAREST = {"probable": 0, "possible": 1, "wtt": 2, "approach": 3}
"""Clients that may still come to business, from the nearest."""


def thin_threads(
    clients: Iterable[Client], facts: Mapping[str, Facts], cfg: Config, today: dt.date
) -> list[tuple[Client, tuple[Thin, ...]]]:
    """Rule R10: large deals whose thread is thin on `today`, with the reasons; the largest first."""
    found = []
    for client in clients:
        thread = facts[client.key].thread
        if thread and (reasons := thin(thread, cfg, today)):
            found.append((client, reasons))
    return sorted(found, key=lambda one: (-(one[0].value or 0), one[0].name, one[0].key))


def unshared(
    clients: Iterable[Client], facts: Mapping[str, Facts], cfg: Config, today: dt.date
) -> list[Client]:
    """Rule R3: maturing clients with whom nothing was shared for long; the nearest to business first."""
    found = [
        c for c in clients if nothing_shared(c, cfg, today, facts[c.key].shared, facts[c.key].first_contact)
    ]
    return sorted(found, key=lambda c: (_NEAREST[c.stage], _last_shared(facts[c.key]), c.name, c.key))


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


def _last_shared(found: Facts) -> dt.date:
    return found.shared[0].date if found.shared else dt.date.min


def _peace(client: Client, facts: Mapping[str, Facts], today: dt.date) -> dt.date | None:
    until = facts[client.key].due.backoff_until
    working = client.stage in MATURING or client.stage in ("approach", "won")
    return until if until and until > today and working else None
