"""R9, give and take: what was given to a client and what came back.

Article A (the perseverance test), point 6: a client honourable in the old way understands give and take, so
what you have given may be asked back, and something of value does more than a discount.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from sitegen.doctrine.contacts import Contacts
from sitegen.model import Entry, Line
from sitegen.records import dataclass
from sitegen.text import fold

ItemKind = Literal["gave", "introduced", "got", "discount"]
_DISCOUNT = re.compile(
    r"(?:an? |the )?(?:[0-9]+ ?(?:%|per ?cent) |(?!no |not |without )[^ ]+ )?discount\b"
    r"|(?:お|出精|特別)?(?:値引|割引|でぃすかうんと)"
    r"|.*(?:[0-9]割|%|値|割)引き?$"
)
"""Of a folded text that begins so: a discount."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the ledger."""

    kind: ItemKind
    date: dt.date
    anchor: str
    """Of its entry."""
    line: Line
    """As the note has it; its links tell whom an introduction was to."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Given and received, oldest first."""

    given: tuple[Item, ...] = ()
    """`gave` and `introduced`."""
    got: tuple[Item, ...] = ()
    discounts: tuple[Item, ...] = ()
    """Shown, and counted for neither side."""

    @property
    def balance(self) -> int:
        """Above nought: they have had more than they gave, and you may ask."""
        return len(self.given) - len(self.got)

    @property
    def empty(self) -> bool:
        """Nothing at all is written."""
        return not (self.given or self.got or self.discounts)


def ledger(log: Contacts) -> Ledger:
    """Everything given and received up to today, also in contacts that got no answer."""
    items = [item for entry in log.past for item in _items(entry)]
    return Ledger(
        given=tuple([i for i in items if i.kind in ("gave", "introduced")]),
        got=tuple([i for i in items if i.kind == "got"]),
        discounts=tuple([i for i in items if i.kind == "discount"]),
    )


def is_discount(text: str) -> bool:
    """Whether a `gave` line tells of a discount; what merely speaks of one is a gift."""
    return _DISCOUNT.match(fold(text)) is not None


def _items(entry: Entry) -> list[Item]:
    found = []
    for line in entry.lines:
        if line.word == "gave":
            kind: ItemKind = "discount" if is_discount(line.text) else "gave"
        elif line.word == "introduced":
            kind = "introduced"
        elif line.word == "got":
            kind = "got"
        else:
            continue
        found.append(Item(kind, entry.date, entry.anchor, line))
    return found
