"""Facts that were found out once: kept by client, with what they were found from and how long they stay true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

import msgspec

from sitegen.doctrine.facts import Facts
from sitegen.keeping.halves import Halves
from sitegen.keeping.store import Damaged, Store
from sitegen.model import Client, PartialDate
from sitegen.records import dataclass

HEAD = (
    "due", "qualified", "first_contact", "last_contact", "last_said", "said_by", "next_step", "lessons", "moved",
    "visits", "balance", "discounted",
)  # fmt: skip
"""What lists need of every client."""
FEW = 1000
"""Of so many clients whose facts were found anew it is looked up what they were."""
FACTS = Halves(Facts, HEAD, "facts")
Span = tuple[int, int]
"""First day of a time in which nothing of a note comes to pass, and the first day after it, as ordinals."""
_pack = msgspec.msgpack.Encoder().encode
_outer = msgspec.msgpack.Decoder(tuple[tuple[int, int], msgspec.Raw]).decode


@dataclass(frozen=True, slots=True)
class Found:
    """One client's facts, with all that they were found from."""

    facts: Facts
    stamp: bytes
    """Stands for the note, the settings and what others' notes add."""
    span: Span


def span_of(client: Client, today: dt.date) -> Span:
    """The days around `today` on which the note says the same: from one of its dates to the next.

    A date may count on its own day or from the day after, so both are borders; that of a contact counts on its own. A
    promise's date, and the day until which they put it off, are told as they are: no rule compares them with today.
    """
    borders = {day + after for day in _days(client) for after in (0, 1)}
    met = [entry.date for entry in client.entries]
    borders |= {day.toordinal() for day in (*met, client.last_visit) if day}
    here = today.toordinal()
    first = max((day for day in borders if day <= here), default=0)
    return first, min((day for day in borders if day > here), default=dt.date.max.toordinal() + 1)


def _days(client: Client) -> Iterator[int]:
    single = [client.next.date if client.next else None]
    single += [handover.date for handover in client.handovers]
    yield from (day.toordinal() for day in single if day)
    partial = [client.since, client.wait_until]
    partial += [day for person in client.people for day in (person.since, person.until)]
    for day in partial:
        if isinstance(day, PartialDate):
            yield day.first().toordinal()
            yield day.last().toordinal()


class Shelf:
    """The facts found so far, in memory and, where there is a store, on disk."""

    def __init__(self, store: Store | None = None) -> None:
        """`store` holds those of builds before this process."""
        self._store = store
        self._known: dict[str, tuple[bytes, bytes]] | None = None if store else {}
        self._found: dict[str, Found] = {}
        self.made: dict[str, Found] = {}
        """Of the clients whose facts were found in this build: those from before, where they are known."""

    def begin(self) -> None:
        """A build begins: nothing is found yet."""
        self.made = {}

    def find(self, key: str, stamp: bytes, today: dt.date) -> Found | None:
        """A client's facts as on `today`, if they were found from what `stamp` stands for."""
        here = self._found.get(key)
        if here is None or here.stamp != stamp:
            here = self._kept(key, stamp)
        if here is None or not here.span[0] <= today.toordinal() < here.span[1]:
            return None
        self._found[key] = here
        return here

    def keep(self, key: str, stamp: bytes, packed: tuple[bytes, bytes]) -> Found:
        """Take facts that were found, as `pack` has made them."""
        head, rest = packed
        if before := self._before(key):
            self.made[key] = before
        if self._store is not None:
            self._store.put("facts_rest", [(key, stamp, rest)])
            self._store.put("facts", [(key, stamp, head)])
        found = self._found[key] = _unpack(
            key, stamp, head, self._rest(key, stamp) if self._store else lambda: rest
        )
        return found

    def _before(self, key: str) -> Found | None:
        """The facts as they were, whole; None where they are not known, or where many were found already."""
        if len(self.made) >= FEW:
            return None
        kept = self._there().get(key)
        found = self._found.get(key) or (self._kept(key, kept[0]) if kept else None)
        try:
            return Found(FACTS.whole(found.facts), found.stamp, found.span) if found else None
        except (Damaged, msgspec.MsgspecError):
            return None

    def forget(self, there: Iterable[str]) -> None:
        """Drop all facts but those of these clients."""
        gone = {*self._found, *self._there()} - {*there}
        for key in gone:
            self._found.pop(key, None)
            self._there().pop(key, None)
        if self._store is not None and gone:
            self._store.drop("facts", gone)
            self._store.drop("facts_rest", gone)

    def _kept(self, key: str, stamp: bytes) -> Found | None:
        kept = self._there().get(key)
        if kept is None or kept[0] != stamp:
            return None
        try:
            return _unpack(key, stamp, kept[1], self._rest(key, stamp))
        except msgspec.MsgspecError:
            return None

    def _there(self) -> dict[str, tuple[bytes, bytes]]:
        if self._known is None:
            kept = self._store.all("facts") if self._store is not None else ()
            self._known = {key: (made, head) for key, made, head in kept}
        return self._known

    def _rest(self, key: str, stamp: bytes) -> Callable[[], bytes]:
        store = self._store
        if store is None:
            raise LookupError(key)
        return lambda: store.one("facts_rest", key, stamp)


def pack(found: Facts, span: Span) -> tuple[bytes, bytes]:
    """Facts as bytes, in two halves."""
    head, rest = FACTS.encode(found)
    return _pack((span, msgspec.Raw(head))), rest


def _unpack(key: str, stamp: bytes, head: bytes, rest: Callable[[], bytes]) -> Found:
    span, facts = _outer(head)
    return Found(FACTS.decode(key, bytes(facts), rest), stamp, span)
