"""The rows behind `data/*.json`: records of plain values, sorted by client and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.doctrine.contacts import contacts, met, reps_of
from sitegen.doctrine.facts import Facts, Reason
from sitegen.doctrine.ledger import Item
from sitegen.doctrine.needs import Need
from sitegen.doctrine.stages import Move, moves
from sitegen.model import Client, Entry, Person, Promise, Rep
from sitegen.site.briefs import plans_of
from sitegen.site.context import Site
from sitegen.site.lines import ClientLine, client_line
from sitegen.site.why import day_medium, why
from sitegen.text import fold


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client."""

    line: ClientLine
    client: Client
    facts: Facts
    given: int
    received: int
    next_date: dt.date | None
    """Of the first planned meeting that still stands, in the front matter or as a dated heading."""
    next_time: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """A reason to call."""

    client: Client
    reason: Reason
    first: bool
    why: str
    moved_from: dt.date | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A dated contact, or a plan."""

    client: Client
    entry: Entry
    reps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise, and the entry that it was made in."""

    client: Client
    promise: Promise
    made: dt.date | None
    anchor: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need with those who spoke for it."""

    client: Client
    need: Need
    speakers: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody at a client."""

    client: Client
    person: Person
    last_met: dt.date | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """Something given or received."""

    client: Client
    item: Item


@dataclass(frozen=True, slots=True)
class StageRow:
    """A move from stage to stage."""

    client: Client
    move: Move


@dataclass(frozen=True, slots=True)
class RepRow:
    """A rep."""

    rep: Rep
    clients: int
    target_low: int | None
    target_high: int | None
    due_list: str


def _clients(site: Site) -> Iterator[Client]:
    for key in sorted(site.clients):
        yield site.clients[key]


def client_rows(site: Site) -> Iterator[ClientRow]:
    """Every client, by key."""
    return (client_row(site, client) for client in _clients(site))


def client_row(site: Site, client: Client) -> ClientRow:
    """One of them."""
    facts = site.facts[client.key]
    plan = next(iter(plans_of(site, client)), None)
    return ClientRow(
        line=client_line(site, client),
        client=client,
        facts=facts,
        given=len(facts.ledger.given),
        received=len(facts.ledger.got),
        next_date=plan.date if plan else None,
        next_time=plan.time if plan else "",
    )


def due_rows(site: Site) -> Iterator[DueRow]:
    """Every reason to call, the earliest of a client first."""
    day = day_medium(site)
    for client in _clients(site):
        for number, reason in enumerate(site.facts[client.key].due.reasons):
            told = why(site, client, reason, day).striptags()
            moved = reason.moved.on if reason.moved else None
            yield DueRow(client, reason, number == 0, told, moved)


def entry_rows(site: Site) -> Iterator[EntryRow]:
    """Every entry, the oldest of a client first."""
    keys = {
        fold(name): rep.key for rep in site.reps.values() for name in (rep.native, rep.name, rep.key) if name
    }
    for client in _clients(site):
        for entry in sorted(client.entries, key=lambda e: (e.date, e.time, e.anchor)):
            who = tuple(dict.fromkeys(keys.get(fold(name), name) for name in reps_of(client, entry)))
            yield EntryRow(client, entry, who)


def promise_rows(site: Site) -> Iterator[PromiseRow]:
    """Every promise, kept and cancelled ones too: those outside entries, then the oldest first."""
    for client in _clients(site):
        for promise in client.promises:
            yield PromiseRow(client, promise, None, "")
        for entry in sorted(client.entries, key=lambda e: (e.date, e.time, e.anchor)):
            for promise in entry.promises:
                yield PromiseRow(client, promise, entry.date, entry.anchor)


def need_rows(site: Site) -> Iterator[NeedRow]:
    """Every need, the oldest of a client first."""
    for client in _clients(site):
        for need in sorted(site.facts[client.key].board.needs, key=lambda n: (n.date, n.anchor, n.text)):
            speakers = tuple(voice.who for voice in need.voices if voice.who)
            levels = tuple(sorted({voice.level for voice in need.voices if voice.level}))
            yield NeedRow(client, need, speakers, levels)


def person_rows(site: Site) -> Iterator[PersonRow]:
    """Everybody that a note names among its people, in the note's order."""
    for client in _clients(site):
        last: dict[str, dt.date] = {}
        for entry in client.entries:
            if entry.answered and entry.date <= site.today:
                for name in met(entry):
                    last[name] = max(entry.date, last.get(name, entry.date))
        for person in client.people:
            yield PersonRow(client, person, last.get(person.name))


def ledger_rows(site: Site) -> Iterator[LedgerRow]:
    """All that was given and received, discounts too, the oldest of a client first."""
    for client in _clients(site):
        found = site.facts[client.key].ledger
        items = (*found.given, *found.got, *found.discounts)
        for item in sorted(items, key=lambda i: (i.date, i.anchor, i.kind, i.line.text)):
            yield LedgerRow(client, item)


def stage_rows(site: Site) -> Iterator[StageRow]:
    """Every move that a `stage:` line or a commit tells of, the oldest of a client first."""
    for client in _clients(site):
        for move in moves(contacts(client, site.day_of(client)), site.history.of(client.path), client.stage):
            yield StageRow(client, move)


def rep_rows(site: Site) -> Iterator[RepRow]:
    """Every rep, by key; "nobody" has none."""
    for key in sorted(site.reps):
        rep = site.reps[key]
        low, high = rep.target or (None, None)
        if key:
            yield RepRow(rep, len(site.owned.get(key, ())), low, high, site.path("due", key))
