"""Facts that were found out once: kept by client, with what they were found from and how long they stay true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from sitegen.doctrine.facts import Facts
from sitegen.keeping.blocks import Blocks
from sitegen.keeping.halves import Halves, InStore
from sitegen.keeping.signatures import digest
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
TABLE, HALVES = "facts", ("facts_head", "facts_rest")
_pack = msgspec.msgpack.Encoder().encode
_Kept = tuple[bytes, bytes, Span]
"""What facts are kept with; see `Found`."""


@dataclass(frozen=True, slots=True)
class Found:
    """One client's facts, with all that they were found from."""

    facts: Facts
    stamp: bytes
    """Stands for the note, the settings and what others' notes add."""
    digest: bytes
    """Stands for `stamp` and these facts: another day may have found others."""
    span: Span


class Packed(NamedTuple):
    """Facts as bytes: on their way from another process, or to the disk."""

    span: Span
    halves: tuple[bytes, bytes]


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
        self._store, self._blocks = store, Blocks(store) if store else None
        self._known: dict[str, _Kept] | None = None if store else {}
        """Those of builds before this process that nobody asked for yet."""
        self._found: dict[str, Found] = {}
        self.made: dict[str, Found] = {}
        """Of the clients whose facts were found in this build: those from before, where they are known."""

    def begin(self) -> None:
        """A build begins: nothing is found yet."""
        self.made = {}

    def find(self, key: str, stamp: bytes, today: dt.date) -> Found | None:
        """A client's facts as on `today`, if they were found from what `stamp` stands for."""
        here = self._found.get(key) or self._taken(key)
        if here is None or here.stamp != stamp or not here.span[0] <= today.toordinal() < here.span[1]:
            return None
        return here

    def keep(self, made: Mapping[str, tuple[bytes, Packed]]) -> dict[str, Found]:
        """Take facts that were found, as `pack` has made them, by client with what they were found from."""
        digests = {key: digest(b"".join((stamp, *one.halves))) for key, (stamp, one) in made.items()}
        for key, now in digests.items():
            if before := self._before(key, now):
                self.made[key] = before
        if self._store is not None and self._blocks is not None:
            for number, table in enumerate(HALVES):
                self._store.put(
                    table, ((key, stamp, packed.halves[number]) for key, (stamp, packed) in made.items())
                )
            self._blocks.put(
                TABLE,
                b"",
                {key: _pack((stamp, digests[key], one.span)) for key, (stamp, one) in made.items()},
            )
        found = {}
        for key, (stamp, packed) in made.items():
            halves = InStore(self._store, HALVES, key, stamp) if self._store else packed.halves.__getitem__
            found[key] = Found(FACTS.decode(key, halves), stamp, digests[key], packed.span)
        self._found.update(found)
        return found

    def _before(self, key: str, now: bytes) -> Found | None:
        """The facts as they were, whole; None where they are not known or the same, or many were found already."""
        if len(self.made) >= FEW:
            return None
        found = self._found.get(key) or self._taken(key)
        if found is None or found.digest == now:
            return None
        try:
            return Found(FACTS.whole(found.facts), found.stamp, found.digest, found.span)
        except (Damaged, msgspec.MsgspecError):
            return None

    def forget(self, there: Iterable[str]) -> None:
        """Drop all facts but those of these clients."""
        gone = {*self._found, *self._there()} - {*there}
        for key in gone:
            self._found.pop(key, None)
            self._there().pop(key, None)
        self._drop(gone)

    def _drop(self, gone: Collection[str]) -> None:
        if self._store is not None and self._blocks is not None and gone:
            self._blocks.drop(TABLE, b"", gone)
            for table in HALVES:
                self._store.drop(table, gone)

    def _there(self) -> dict[str, _Kept]:
        if self._known is None:
            try:
                self._known = self._blocks.all(TABLE, b"", _Kept) if self._blocks else {}
            except msgspec.MsgspecError:
                self._known = {}
        return self._known

    def _taken(self, key: str) -> Found | None:
        """The facts that are kept, from now on as those of this process."""
        kept = self._there().pop(key, None)
        if kept is None or self._store is None:
            return None
        stamp, known, span = kept
        facts = FACTS.decode(key, InStore(self._store, HALVES, key, stamp))
        found = self._found[key] = Found(facts, stamp, known, span)
        return found


def pack(found: Facts, span: Span) -> Packed:
    """Facts as bytes."""
    return Packed(span, FACTS.encode(found))
