"""The rows behind `data/*.json`: records of plain values, those of one client in the order of their days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sitegen.doctrine.contacts import contacts, met, reps_of
from sitegen.doctrine.facts import Facts, Reason
from sitegen.doctrine.ledger import Item
from sitegen.doctrine.needs import Need
from sitegen.doctrine.stages import Move, moves
from sitegen.model import Client, Entry, Person, Promise, Rep
from sitegen.records import dataclass
from sitegen.site.at_hand import AtHand
from sitegen.site.briefs import plans_of
from sitegen.site.context import Site
from sitegen.site.lines import ClientLine, client_line
from sitegen.site.rep_names import keys_by_name
from sitegen.site.sharing import Part, Shared
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


def client_rows(site: Site, client: Client) -> Iterator[ClientRow]:
    """The client itself."""
    yield client_row(site, client)


def _client_row(site: Site, client: Client) -> ClientRow:
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


client_row = AtHand("client rows", _client_row)
"""The client with what it comes to."""


def _due_rows(site: Site, client: Client) -> tuple[DueRow, ...]:
    day, found = day_medium(site), []
    for number, reason in enumerate(site.facts[client.key].due.reasons):
        moved = reason.moved.on if reason.moved else None
        found.append(DueRow(client, reason, number == 0, why(site, client, reason, day).striptags(), moved))
    return tuple(found)


_reasons = AtHand("due rows", _due_rows)


def due_rows(site: Site, client: Client) -> Iterator[DueRow]:
    """Every reason to call, the earliest first."""
    return iter(_reasons(site, client))


def entry_rows(site: Site, client: Client, entries: Iterable[Entry]) -> Iterator[EntryRow]:
    """These entries of the client, the oldest first."""
    keys = keys_by_name(site)
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for entry in sorted(entries, key=_age):
        went = reps_of(client, entry)
        who = known.get(went)
        if who is None:
            who = known[went] = tuple(dict.fromkeys([keys.get(fold(name), name) for name in went]))
        yield EntryRow(client, entry, who)


def _age(entry: Entry) -> tuple[dt.date, str, str]:
    return entry.date, entry.time, entry.anchor


def _years(_site: Site, client: Client) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(Counter(entry.date.year for entry in client.entries).items()))


YEARS = Part("entry years", _years, tuple[tuple[int, int], ...])
"""In which years there are entries, and how many."""


def _all_years(site: Site) -> Mapping[str, tuple[tuple[str, int], ...]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for key, years in sorted(site.parts(YEARS)):
        for year, entries in years:
            found.setdefault(year, []).append((key, entries))
    return {f"{year:04}": tuple(found[year]) for year in sorted(found)}


ENTRY_YEARS = Shared("all entry years", _all_years, tuple[tuple[str, int], ...])
"""The same of all clients: four digits → clients with entries by key, and how many; the oldest year first."""


def promise_rows(site: Site, client: Client) -> Iterator[PromiseRow]:
    """Every promise, kept and cancelled ones too: those outside entries, then the oldest first."""
    for promise in client.promises:
        yield PromiseRow(client, promise, None, "")
    for entry in sorted((e for e in client.entries if e.promises), key=_age):
        for promise in entry.promises:
            yield PromiseRow(client, promise, entry.date, entry.anchor)


def need_rows(site: Site, client: Client) -> Iterator[NeedRow]:
    """Every need, the oldest first."""
    for need in sorted(site.facts[client.key].board.needs, key=lambda n: (n.date, n.anchor, n.text)):
        speakers = tuple(voice.who for voice in need.voices if voice.who)
        levels = tuple(sorted({voice.level for voice in need.voices if voice.level}))
        yield NeedRow(client, need, speakers, levels)


def person_rows(site: Site, client: Client) -> Iterator[PersonRow]:
    """Everybody that the note names among its people, in the note's order."""
    last: dict[str, dt.date] = {}
    today = site.this_day
    for entry in client.entries:
        if entry.answered and entry.date <= today:
            for name in met(entry):
                last[name] = max(entry.date, last.get(name, entry.date))
    for person in client.people:
        yield PersonRow(client, person, last.get(person.name))


def ledger_rows(site: Site, client: Client) -> Iterator[LedgerRow]:
    """All that was given and received, discounts too, the oldest first."""
    found = site.facts[client.key].ledger
    items = (*found.given, *found.got, *found.discounts)
    for item in sorted(items, key=lambda i: (i.date, i.anchor, i.kind, i.line.text)):
        yield LedgerRow(client, item)


def stage_rows(site: Site, client: Client) -> Iterator[StageRow]:
    """Every move that a `stage:` line or a commit tells of, the oldest first."""
    for move in moves(contacts(client, site.this_day), site.history.of(client.path), client.stage):
        yield StageRow(client, move)


def rep_rows(site: Site) -> Iterator[RepRow]:
    """Every rep, by key; "nobody" has none."""
    for key in sorted(site.reps):
        rep = site.reps[key]
        low, high = rep.target or (None, None)
        if key:
            yield RepRow(rep, len(site.owned.get(key, ())), low, high, site.path("due", key))
