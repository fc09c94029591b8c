"""All facts of a book: those that are known from before, and those that must be found out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sitegen.config import Config
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.kept import Shelf, Span, pack, span_of
from sitegen.doctrine.rules import facts
from sitegen.doctrine.workdays import Workdays
from sitegen.keeping.halves import begin_releasing, release
from sitegen.keeping.signatures import digest
from sitegen.model import Book, Client, Network
from sitegen.planning.digests import of, plain
from sitegen.processes import forked
from sitegen.text import fold

BATCH = 100
MANY = 300
"""Clients from which copies of the process pay for themselves."""


@dataclass(frozen=True, slots=True)
class Known:
    """One client's facts."""

    facts: Facts
    digest: bytes
    """Stands for the client's record and these facts: from the note, the settings, others' notes and the day."""
    span: Span
    """The days on which nothing of the note comes to pass."""


def find_facts(
    book: Book,
    network: Network,
    notes: Mapping[str, bytes],
    cfg: Config,
    today: dt.date,
    shelf: Shelf | None,
    before_copies: Callable[[], None] = lambda: None,
) -> dict[str, Known]:
    """The facts of every client, by key. `notes`: what stands for each note, by path.

    `before_copies` is called before copies of the process go on with the work.
    """
    sizes = {fold(backer.name): backer.size for backer in network.backers}
    workdays, shelf = Workdays(cfg), shelf or Shelf()
    settings = of(plain(cfg))
    stamps: dict[str, bytes] = {}
    todo: list[Client] = []
    known: dict[str, Known] = {}
    for client in book.clients:
        stamp = stamps[client.key] = _stamp(client, notes.get(client.path, b""), settings, sizes)
        found = shelf.find(client.key, stamp, today)
        if found is None:
            todo.append(client)
        else:
            known[client.key] = Known(found.facts, told(stamp, found.span), found.span)

    def make(batch: Sequence[int]) -> list[tuple[bytes, bytes]]:
        if len(todo) >= MANY:
            begin_releasing()
        made = [pack(_facts(todo[n]), span_of(todo[n], today)) for n in batch]
        release()
        return made

    def _facts(client: Client) -> Facts:
        return facts(client, cfg, workdays, today, lambda name: sizes.get(fold(name), ""))

    if len(todo) >= MANY:
        before_copies()
    batches = [range(i, min(i + BATCH, len(todo))) for i in range(0, len(todo), BATCH)]
    # nothing is written to the store while copies of the process read from it
    results = list((forked if len(todo) >= MANY else map)(make, batches))
    for batch, made in zip(batches, results, strict=True):
        for n, packed in zip(batch, made, strict=True):
            key = todo[n].key
            found = shelf.keep(key, stamps[key], packed)
            known[key] = Known(found.facts, told(stamps[key], found.span), found.span)
    shelf.forget(stamps)
    return {client.key: known[client.key] for client in book.clients}


def told(stamp: bytes, span: Span) -> bytes:
    """Stands for a client's record and facts: `stamp` for all that they are found from, but the day."""
    return digest(stamp + of(span))


def _stamp(client: Client, note: bytes, settings: bytes, sizes: Mapping[str, str]) -> bytes:
    """All that the facts are found from, but the day."""
    backing = [sizes.get(fold(backer.name), "") for backer in client.backers]
    others = of((client.key, client.owner, client.handovers, backing))
    return digest((note or of(client)) + settings + others)
