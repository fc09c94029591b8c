"""The rules that speak about one client, and all they find out about it.

The two articles (A, the perseverance test; B, missing the real needs) are one method, not a heap of tips:
each rule is a file of its own, and here is what there is of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sitegen.config import Config
from sitegen.doctrine.backoff import backoff_until
from sitegen.doctrine.cadence import cadence
from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.due import due
from sitegen.doctrine.faces import faces
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.meetings import meetings
from sitegen.doctrine.perseverance import perseverance
from sitegen.doctrine.promises import promises
from sitegen.doctrine.qualifying import qualified
from sitegen.doctrine.said import last_said, next_step
from sitegen.doctrine.visits import visits
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Client


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table of rules."""

    number: str
    """As the doctrine numbers it, such as `R1`."""
    function: Callable[..., object]
    """Where the rule is; its module holds the article's reason."""
    reason: str
    """Why, in one line."""


RULES: tuple[Rule, ...] = (
    Rule("R1", visits, "Visit ten times and become friends before business is talked."),
    Rule("R2", backoff_until, "Three calls without an answer are enough: let a month pass before the next."),
    Rule("R4", perseverance, "They watch whether you still come after they said no."),
    Rule("R5", qualified, "Spend persistence on clients that are big, or have somebody big behind them."),
    Rule("R8", cadence, "The nearer to business, the more often you go."),
    Rule("R8", promises, "Whoever keeps a promise is worth supporting."),
    Rule("R8", meetings, "A date that was made is kept, and written up."),
    Rule("R14", faces, "Somebody new in a chair knows nothing of what was said: greet them early."),
    Rule("R8", due, "A client is due at the earliest of its reasons."),
)
"""Every rule about one client, in the order of the doctrine; `due` puts those before it together."""


def facts(
    client: Client, cfg: Config, workdays: Workdays, today: dt.date, size_of: Callable[[str], str]
) -> Facts:
    """Everything the rules say about `client` as on `today`. Raises nothing, whatever the note holds.

    `size_of` gives a backer's size by its name, empty where nobody knows. The same note gives the same
    facts on every day, unless it holds dates that are still to come on one of them.
    """
    log = contacts(client, today)
    said, said_by = last_said(log)
    return Facts(
        due=due(client, cfg, workdays, today, log),
        visits=visits(client, cfg, today, log),
        perseverance=perseverance(log),
        qualified=qualified(client, size_of),
        first_contact=log.first,
        last_contact=log.last,
        last_said=said,
        said_by=said_by,
        next_step=next_step(client, log),
    )
