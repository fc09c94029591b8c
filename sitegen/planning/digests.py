"""What stands in each cell of a site, as digests: two builds are compared by these alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import compress
from operator import attrgetter, eq, is_not, ne
from typing import Any, TypeVar

import msgspec

from sitegen.doctrine.log import rep_keys
from sitegen.keeping.coding import Unread, encode
from sitegen.keeping.signatures import digest
from sitegen.model import Client
from sitegen.site.context import Site
from sitegen.site.rep_names import REP_KEYS
from sitegen.site.trace import ALL, TODAY, Watched

V = TypeVar("V")
Digests = dict[str, dict[str, bytes]]
"""Table → key → digest."""
Before = Mapping[str, dict[str, bytes]]
"""The same of the last build."""
FRAMES = "frames"
"""The table of what stands around what pages' own templates say."""
_SINGLE = ""
"""The key of a table that holds one thing."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """What is known of clients and files without looking into them."""

    clients: Mapping[str, bytes]
    """By key: stands for the record and all facts."""
    read: Mapping[str, bytes]
    """By key: stands for the note that the record was read from."""
    files: Mapping[str, bytes]
    """Of the files that notes show, by path within the content folder."""
    templates: Mapping[str, bytes]
    """By name: a page's template with all that it draws in, but for its frame where that is known apart."""
    frames: Mapping[str, bytes]
    """By the name of a page's template: its frame."""
    assets: Mapping[str, bytes]
    """By path."""


class Told(Mapping[str, dict[str, bytes]]):
    """The cells of the last build: a table that holds what it held is not decoded."""

    def __init__(self, packed: Mapping[str, bytes], tables: Mapping[str, dict[str, bytes]]) -> None:
        """Tables as they are kept, and those that are at hand; nobody changes them."""
        self._packed, self._tables = packed, dict(tables)

    def __getitem__(self, name: str) -> dict[str, bytes]:
        """One of them; empty where what is kept is none."""
        if name not in self._tables:
            try:
                self._tables[name] = _decode(self._packed[name])
            except msgspec.MsgspecError:
                self._tables[name] = {}
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        """Their names."""
        return iter({**self._packed, **self._tables})

    def __len__(self) -> int:
        """How many there are."""
        return len({**self._packed, **self._tables})

    def same(self, name: str, table: dict[str, bytes]) -> bool:
        """Whether a table holds what it held, in the same order; if so, it is at hand from now on."""
        if name in self._tables:
            return self._tables[name] is table or self._tables[name] == table
        if self._packed.get(name) != encode(table):
            return False
        self._tables[name] = table
        return True


_decode = msgspec.msgpack.Decoder(dict[str, bytes]).decode


def of(value: Any) -> bytes:
    """A digest of plain data: records, tuples, texts, dates."""
    return digest(encode(value))


def plain(value: Any) -> Any:
    """Settings as plain data in one order, whatever order they were made in."""
    if is_dataclass(value):
        return [type(value).__name__, *(plain(getattr(value, field.name)) for field in fields(value))]
    if isinstance(value, Mapping):
        return sorted([[plain(key), plain(one)] for key, one in value.items()], key=repr)
    if isinstance(value, (set, frozenset)):
        return sorted([plain(one) for one in value], key=repr)
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value


class Tables:
    """Tables as they stood when digests of them were made last in this process: most are as they were."""

    def __init__(self) -> None:
        """None yet."""
        self._last: dict[str, tuple[dict[str, Any], dict[str, bytes]]] = {}
        self._fields: dict[str, tuple[Mapping[str, Client], dict[str, Any]]] = {}
        self._wholes: dict[str, tuple[dict[str, bytes], bytes]] = {}

    def digests(self, name: str, items: Iterable[tuple[str, Any]]) -> dict[str, bytes]:
        """The digests of what stands in a table; of one that is as it was, the same dictionary as the last time."""
        now = dict(items)
        last, known = self._last.get(name, ({}, {}))
        if known and _same_keys(last, now):
            others = compress(now.items(), map(is_not, now.values(), last.values()))
            fresh = {key: _digest_of(value) for key, value in others}
            found = known | fresh
            if found == known:
                found = known
            else:
                del found[ALL]
                found[ALL] = _whole(found)
        else:
            there = object()
            same = {key: known[key] for key, value in now.items() if last.get(key, there) is value}
            found = _table(now.items(), same)
        self._last[name] = now, found
        return found

    def fields(self, clients: Mapping[str, Client], name: str) -> dict[str, Any]:
        """This field of all clients, by key."""
        get = attrgetter(name)
        last, made = self._fields.get(name, ({}, {}))
        if _same_keys(last, clients):
            others = compress(clients.items(), map(is_not, clients.values(), last.values()))
            made = made | {key: get(client) for key, client in others}
        else:
            made = {key: get(client) for key, client in clients.items()}
        self._fields[name] = clients, made
        return made

    def whole(self, name: str, found: dict[str, bytes]) -> bytes:
        """The digest of a table of digests."""
        last, made = self._wholes.get(name, ({}, b""))
        if not made or not _same_keys(last, found) or found != last:
            made = _whole(found)
        self._wholes[name] = dict(found), made
        return made


def first_digests(site: Site, stamps: Stamps, tables: Tables) -> Digests:
    """The tables that need no more than the heads of clients."""
    clients = dict(stamps.clients)
    found = {
        "clients": clients,
        "read": dict(stamps.read),
        "known": dict.fromkeys(clients, b""),
        TODAY: {_SINGLE: str(site.day.toordinal()).encode()},
        "problems": {_SINGLE: of(site.all_problems)},
        REP_KEYS: {_SINGLE: of(sorted(rep_keys(site.book.reps).items()))},
        "files": dict(stamps.files),
        "templates": dict(stamps.templates),
        FRAMES: dict(stamps.frames),
        "assets": dict(stamps.assets),
    }
    looked_up = {
        "reps": site.reps,
        "solutions": site.solutions,
        "pages": site.pages,
        "backers": site.backers,
        "targets": site.network.targets,
        "backlinks": site.network.backlinks,
        "backer of": site.network.backer_of,
        "history": site.history.notes,
        "problems of": site.problems_of,
        "owned": {rep: tuple([client.key for client in found]) for rep, found in _items(site.owned)},
        "client.owner": tables.fields(plain_of(site.clients), "owner"),
        "client.handovers": tables.fields(plain_of(site.clients), "handovers"),
        **{f"names of {kind}": names for kind, names in site.names.items()},
    }
    for name, table in looked_up.items():
        found[name] = tables.digests(name, _items(table))
    for name in ("clients", "known", "assets"):
        found[name][ALL] = tables.whole(name, found[name])
    return found


FOUND: Mapping[str, Callable[[Site, Tables], dict[str, bytes]]] = {
    "playbook": lambda site, _: {_SINGLE: of(site.playbook.lessons)},
}
"""What is found from all clients, and how digests of it are made."""


def table_of(table: Mapping[str, Any]) -> dict[str, bytes]:
    """The digests of a shared table."""
    return _table(_items(table), {})


def plain_of(table: Mapping[str, V]) -> Mapping[str, V]:
    """A table without anybody writing down who looks into it."""
    return table.plain if isinstance(table, Watched) else table


def _items(table: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    plain = plain_of(table)
    return (plain.packed if isinstance(plain, Unread) else plain).items()


def _same_keys(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two tables have the same keys in the same order."""
    return len(one) == len(other) and all(map(eq, one, other))


def _table(items: Iterable[tuple[str, Any]], known: Mapping[str, bytes]) -> dict[str, bytes]:
    found = {key: known.get(key) or _digest_of(value) for key, value in items}
    found[ALL] = _whole(found)
    return found


_NOTHING = of(())


def _digest_of(value: object) -> bytes:
    return of(value) if value != () else _NOTHING


def _whole(found: Mapping[str, bytes]) -> bytes:
    keys = "\0".join((str(len(found)), *found)).encode("utf-8", "surrogateescape")
    return digest(b"\0".join((keys, *found.values())))


def changed(before: Before, now: Digests) -> set[str]:
    """The cells of `now`'s tables that hold something else than before, as `table:key`."""
    cells = set()
    for table, found in now.items():
        if isinstance(before, Told) and before.same(table, found):
            continue
        last = before.get(table, {})
        if last is not found and last != found:
            cells |= {f"{table}:{key}" for key in others(last, found)}
    return cells


def days_come(before: Before, today: dt.date) -> range | None:
    """The days, by their ordinals, that had not come at the last build and have today, or the other way round.

    None: nobody knows.
    """
    told = before.get(TODAY, {}).get(_SINGLE, b"")
    if not told.isdigit():
        return None
    last, now = int(told), today.toordinal()
    return range(min(last, now) + 1, max(last, now) + 1)


def others(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterable[str]:
    """The keys of two tables under which they differ."""
    if _same_keys(before, now):
        return compress(now, map(ne, before.values(), now.values()))
    return (key for key in {*before, *now} if before.get(key) != now.get(key))
