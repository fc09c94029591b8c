"""R3, suffer appropriately: setbacks that were shared, and advice that was asked for.

Article A (the perseverance test), point 1: whoever leads a firm has come through hard times and supports
those who do not have it easy either; so say what went wrong and ask what they would do, but never whine.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sitegen.config import Config
from sitegen.doctrine.contacts import Contacts, met
from sitegen.doctrine.months import add_months
from sitegen.model import MATURING, Client
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """One setback told, or one question asked."""

    kind: Literal["setback", "advice"]
    date: dt.date
    anchor: str
    """The entry's, on the client's page."""
    people: tuple[str, ...]
    """With whom; empty where nobody is named."""
    text: str


def shared(log: Contacts) -> tuple[Share, ...]:
    """Everything that was shared at contacts, newest first; what got no answer reached nobody."""
    found = []
    for entry in reversed(log.answered):
        for line in entry.lines:
            people = (line.who,) if line.who else met(entry)
            if line.word == "setback":
                found.append(Share("setback", entry.date, entry.anchor, people, line.text))
            elif line.word == "advice":
                found.append(Share("advice", entry.date, entry.anchor, people, line.text))
    return tuple(found)


def nothing_shared(
    client: Client, cfg: Config, today: dt.date, found: tuple[Share, ...], first: dt.date | None
) -> bool:
    """Whether a hint is due: a maturing client with whom nothing was shared for `share_months`.

    Where nothing ever was, they count from the `first` contact; where there was none there is no hint yet.
    """
    return long_ago(client.stage, cfg, today, found[0].date if found else first)


def long_ago(stage: str, cfg: Config, today: dt.date, since: dt.date | None) -> bool:
    """The same, where only the day is at hand on which something was shared last, else of the first contact."""
    return stage in MATURING and since is not None and add_months(since, cfg.share_months) < today
