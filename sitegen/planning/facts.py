"""All facts of a book: those that are known from before, and those that must be found out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sitegen.config import Config
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.kept import Found, Packed, Shelf, pack, span_of
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
    """Stands for the client's record and these facts."""
    note: bytes
    """Stands for the note that the record was read from."""


class Recent:
    """What was known of each client at the last build of this process, and from what."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._others: object = None
        self._stamps: dict[str, tuple[Client, bytes, bytes]] = {}
        self._known: dict[str, tuple[Found, bytes, Known]] = {}
        self._clients: Sequence[Client] = ()
        self._day = dt.date.min
        self._all: dict[str, Known] = {}

    def begin(self, settings: bytes, sizes: Mapping[str, str]) -> None:
        """What all stamps are made from beside each client and its note."""
        if self._others != (settings, sizes):
            self._others, self._stamps, self._all = (settings, sizes), {}, {}

    def others(self, clients: Sequence[Client], today: dt.date) -> Sequence[Client] | None:
        """Those of these clients that are not the very records of the last time; of all others `all` tells.

        None where they are other clients, or it was another day: then nothing is told any more.
        """
        if self._day == today and self._all and len(clients) == len(self._clients):
            changed = [(now, was) for now, was in zip(clients, self._clients, strict=True) if now is not was]
            if all(now.key == was.key for now, was in changed):
                return [now for now, _ in changed]
        self._all = {}
        return None

    def told(self, clients: Sequence[Client], today: dt.date, known: Mapping[str, Known]) -> dict[str, Known]:
        """What is known of all clients on that day, of whom `known` tells the `others`."""
        self._clients, self._day = clients, today
        self._all = {**self._all, **known}
        return dict(self._all)

    def forget(self, there: Collection[str]) -> None:
        """Only these clients are left."""
        for known in (self._stamps, self._known):
            for key in known.keys() - there if len(known) > len(there) else ():
                del known[key]

    def stamp(self, client: Client, note: bytes, make: Callable[[Client, bytes], bytes]) -> bytes:
        """What stands for all that the client's facts are found from but the day; see `_Stamping`."""
        last = self._stamps.get(client.key)
        if last is not None and last[0] is client and last[1] == note:
            return last[2]
        made = make(client, note)
        self._stamps[client.key] = client, note, made
        return made

    def known(self, key: str, found: Found, note: bytes) -> Known:
        """What `found` is to everybody else. `note` stands for the client's note."""
        last = self._known.get(key)
        if last is not None and last[0] is found and last[1] == note:
            return last[2]
        known = Known(found.facts, found.digest, note)
        self._known[key] = found, note, known
        return known


def find_facts(
    book: Book,
    network: Network,
    notes: Mapping[str, bytes],
    cfg: Config,
    today: dt.date,
    shelf: Shelf | None,
    recent: Recent,
    before_copies: Callable[[], None] = lambda: None,
) -> dict[str, Known]:
    """The facts of every client, by key. `notes`: what stands for each note, by path.

    `before_copies` is called before copies of the process go on with the work.
    """
    sizes = {fold(backer.name): backer.size for backer in network.backers}
    workdays, shelf = Workdays(cfg), shelf or Shelf()
    settings = of(plain(cfg))
    recent.begin(settings, sizes)
    stamping = _Stamping(settings, sizes)
    stamps: dict[str, bytes] = {}
    todo: list[Client] = []
    known: dict[str, Known] = {}
    others = recent.others(book.clients, today)
    for client in book.clients if others is None else others:
        note = notes.get(client.path, b"")
        stamp = stamps[client.key] = recent.stamp(client, note, stamping.stamp)
        found = shelf.find(client.key, stamp, today)
        if found is None:
            todo.append(client)
        else:
            known[client.key] = recent.known(client.key, found, note)

    def make(batch: Sequence[int]) -> list[Packed]:
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
        clients = [todo[n] for n in batch]
        kept = shelf.keep(
            {one.key: (stamps[one.key], packed) for one, packed in zip(clients, made, strict=True)}
        )
        for one in clients:
            known[one.key] = recent.known(one.key, kept[one.key], notes.get(one.path, b""))
    if others is not None:
        return recent.told(book.clients, today, known)
    shelf.forget(stamps)
    recent.forget(stamps.keys())
    return recent.told(book.clients, today, {client.key: known[client.key] for client in book.clients})


class _Stamping:
    """What stands for all that facts are found from, but the day."""

    def __init__(self, settings: bytes, sizes: Mapping[str, str]) -> None:
        self._settings, self._sizes = settings, sizes
        self._others: dict[object, bytes] = {}
        """By what there is beside the note: hardly any two clients differ in it but by their rep."""

    def stamp(self, client: Client, note: bytes) -> bytes:
        """Of one client; `note` stands for its note, if that is known."""
        sizes = self._sizes
        backing = tuple([sizes.get(fold(backer.name), "") for backer in client.backers])
        beside = client.owner, client.handovers, backing
        others = self._others.get(beside) or self._others.setdefault(beside, of(beside))
        return digest((note or of(client)) + self._settings + others)
