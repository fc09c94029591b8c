"""The parts that clients gave to the last build, on disk; in memory small tables, and what was made a moment ago."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from msgspec import DecodeError

from sitegen.keeping.blocks import Blocks
from sitegen.keeping.coding import decode, decoder, encode
from sitegen.keeping.store import PARTS, Row, Store
from sitegen.site import sharing
from sitegen.site.context import Site
from sitegen.site.search.files import SEARCHED
from sitegen.site.sharing import Part, Shared
from sitegen.trace import Cell

T = TypeVar("T")
LARGE = 12_000_000
"""Bytes of a table of parts from which it stays on disk."""
SMALL = 3_000_000
"""Bytes of one up to which a preview holds what they stand for: records take five times as much."""
TOGETHER = 500
"""Parts of one name that are written together."""
ALONE = frozenset({SEARCHED.name})
"""Parts that are large and asked for one by one: each is kept in a row of its own, all others in blocks."""


class Parts(sharing.Shelf):
    """The parts of clients, on disk; in memory small tables as bytes, and what was made a moment ago."""

    def __init__(self, store: Store, variant: str) -> None:
        """`store` holds those of builds before this process."""
        super().__init__()
        self.store, self._place = store, f"{PARTS} {variant} "
        self._blocks = Blocks(store)
        self.ground = b""
        """What all parts depend on: settings, words, templates."""
        self._process = os.getpid()
        self._tables: dict[str, dict[str, bytes] | None] = {}
        self._stale: set[str] = set()
        """Clients whose parts must be made anew: what the store has of them is of before."""
        self._anew: dict[str, set[str]] = {}
        """Those of them whose parts were, by the part's name."""
        self._waiting: dict[str, dict[str, bytes]] = {}
        self._standing: dict[str, bytes] = {}
        self.holding = False
        """Somebody asks again and again for what all clients give."""
        self._held: dict[str, dict[str, Any]] = {}
        """What small tables stand for, where somebody asked for it; what was made since is not in it."""
        self.tables: dict[str, Row] = {}
        """Shared tables that were made, until they are written: what is read beside must not wait for it."""
        self.cells: dict[str, set[Cell]] = {}
        """By client: what parts were made from that were made because somebody asked."""

    def begin(self) -> None:
        """A build begins: nothing is stale yet."""
        self._stale, self._anew, self._waiting, self.cells, self._standing = set(), {}, {}, {}, {}
        self.tables = {}

    def forget(self) -> None:
        """Another process wrote meanwhile: nothing that is in memory counts any more."""
        self.store.refresh()
        self._blocks.forget()
        self._made, self._tables, self._held = {}, {}, {}

    def throw_away(self, keys: Collection[str]) -> None:
        """The parts of these clients must be made anew."""
        if self.names():
            self._stale |= set(keys)
        for made in (*self._made.values(), *self._held.values()):
            for key in keys:
                made.pop(key, None)

    def find(self, part: Part[Any], key: str) -> Any:
        """What the client `key` gives; None: not made yet."""
        found = super().find(part, key)
        if found is None and (packed := self._packed(part.name, key)) is not None:
            # not held: ten thousand of each of two dozen parts would be half a gigabyte
            found = decode(packed, part.type)
        return found

    def all(self, part: Part[Any]) -> Mapping[str, Any]:
        """What clients give, as far as it is made."""
        self.flush(part.name)
        anew, read = self._anew.get(part.name, ()), decoder(part.type)
        if not self._there(part.name):
            return super().all(part)
        stale = self._stale.difference(anew)
        held = self._held.get(part.name)
        if held is None:
            held = self._read(part)
            for key in stale:
                held.pop(key, None)
            if self.holding and self._weight(part.name) <= SMALL:
                self._held[part.name] = held
        else:
            table = self._table(part.name) or {}
            for key in table.keys() - held.keys() - stale:
                held[key] = read(table[key])
        return {**held, **super().all(part)}

    def _read(self, part: Part[Any]) -> dict[str, Any]:
        """What all clients gave, whether it is stale or not."""
        table = self._tables.get(part.name)
        if table is None and part.name not in ALONE:
            return self._blocks.all(self._place + part.name, self.ground, part.type)
        read = decoder(part.type)
        if table is None:
            table = self.store.under(self._place + part.name, self.ground)
        return {key: read(value) for key, value in table.items()}

    def stand(self, shared: Shared[Any], stamp: bytes) -> None:
        """A shared table is as it was when it was kept under this stamp."""
        self._standing[shared.name] = stamp

    def keep_table(self, shared: Shared[Any], stamp: bytes, table: Mapping[str, Any]) -> None:
        """A shared table that was made, and what stands for all that is in it."""
        name = f"{self._place}table {shared.name}"
        self.tables[name] = name, stamp, encode(table)

    def has_table(self, shared: Shared[Any], stamp: bytes) -> bool:
        """Whether the table that is kept has this stamp."""
        name = f"{self._place}table {shared.name}"
        made = self.tables[name][1] if name in self.tables else self.store.stamp("states", name)
        return made == stamp

    def table(self, shared: Shared[T]) -> Mapping[str, T] | None:
        """A shared table that stands as it was made, if it was kept; None: it must be made."""
        stamp = self._standing.get(shared.name)
        return self.last_table(shared, stamp) if stamp else None

    def last_table(self, shared: Shared[T], stamp: bytes) -> Mapping[str, T] | None:
        """A shared table as it was kept under this stamp; None: it was not."""
        name = f"{self._place}table {shared.name}"
        rows = [self.tables[name]] if name in self.tables else self.store.some("states", [name])
        found: dict[str, T] | None = None
        for _, made, value in rows:
            if made == stamp:
                with suppress(DecodeError):
                    found = decode(value, dict.__class_getitem__((str, shared.type)))
        return found

    def keep(self, part: Part[Any], key: str, value: Any, cells: Collection[Cell]) -> None:
        """Take what was made, and from which cells."""
        super().keep(part, key, value, cells)
        if os.getpid() == self._process:
            self.cells.setdefault(key, set()).update(cells)
            self.take(part.name, key, encode(value))

    def take(self, name: str, key: str, value: bytes) -> None:
        """The same as bytes, as another process made it; its cells are told by who had it made."""
        if key in self._stale:
            self._anew.setdefault(name, set()).add(key)
        table = self._tables.get(name)
        if table is not None:
            table[key] = value
        self._held.get(name, {}).pop(key, None)
        waiting = self._waiting.setdefault(name, {})
        waiting[key] = value
        if len(waiting) >= TOGETHER:
            self.flush(name)

    def flush(self, *names: str) -> None:
        """Onto the disk with what was made; of all parts where none is named."""
        if os.getpid() != self._process:
            return  # a copy of the process: only the first one writes
        if not names and self.tables:
            self.store.put("states", self.tables.values())
            self.tables = {}
        for name in names or tuple(self._waiting):
            values = self._waiting.pop(name, {})
            if name in ALONE:
                self.store.put(
                    self._place + name, ((key, self.ground, value) for key, value in values.items())
                )
            else:
                self._blocks.put(self._place + name, self.ground, values)

    def before(self, name: str, key: str) -> bytes | None:
        """What the last build made of a part that is not made anew yet."""
        if not self._there(name):
            return None
        if name not in ALONE:
            return self._blocks.one(self._place + name, key, self.ground)
        rows = self.store.some(self._place + name, [key])
        return next((value for _, made, value in rows if made == self.ground), None)

    def packed(self, site: Site, part: Part[Any], key: str) -> tuple[bytes, set[Cell]]:
        """A part made anew as bytes, and what it was made from: for the process that keeps it."""
        with site.trace.deaf(), site.trace.listening() as cells:
            value = part.make(site, site.clients[key])
        return encode(value), cells

    def names(self) -> list[str]:
        """Of all parts that are kept."""
        return [table.removeprefix(self._place) for table in self.store.tables(self._place)]

    def lasting(self) -> None:
        """The build came to its end; parts that are stale and that nobody made anew here are dropped."""
        self.flush()
        for table in self.store.tables(self._place) if self._stale else ():
            # a part that is made when somebody asks may have been made in a copy of the process, or not at all
            name = table.removeprefix(self._place)
            gone = self._stale.difference(self._anew.get(name, ()))
            if gone:
                self._drop(name, gone)
        for name, keys in self._anew.items():
            if name not in ALONE and len(keys) >= TOGETHER:
                self._blocks.tidy(self._place + name, self.ground)
        self.store.commit()
        self.begin()

    def _drop(self, name: str, gone: Collection[str]) -> None:
        if name in ALONE:
            self.store.drop(self._place + name, gone)
        else:
            self._blocks.drop(self._place + name, self.ground, gone)
        held = self._tables.get(name) or {}
        for key in gone:
            held.pop(key, None)

    def _packed(self, name: str, key: str) -> bytes | None:
        if key in self._stale and key not in self._anew.get(name, ()):
            return None
        table = self._table(name)
        if table is not None:
            return table.get(key)
        self.flush(name)
        return self.before(name, key)

    def _table(self, name: str) -> dict[str, bytes] | None:
        """A whole table, unless it is too large to be held."""
        if name not in self._tables:
            self._tables[name] = self._load(name)
        return self._tables[name]

    def _load(self, name: str) -> dict[str, bytes] | None:
        if not self._there(name):
            return {}
        self.flush(name)
        if name in ALONE or self._weight(name) > LARGE:
            return None
        return self._blocks.all(self._place + name, self.ground)

    def _weight(self, name: str) -> int:
        return self.store.weight(self._place + name)

    def _there(self, name: str) -> bool:
        return self.store.has(self._place + name)
