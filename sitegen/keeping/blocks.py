"""Tables of many small values, some hundreds to a row: what is read as a whole is read in one go.

Ten thousand rows of their own take 30 ms to read, and as many to put away; in blocks they take a few. A block that
came later counts before those that came earlier, so where one is damaged, the whole table counts as empty. Few
values that are put away join the last block while that is small, and a table that is half full of what no longer
counts is written anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from sitegen.keeping.coding import decoder, encode
from sitegen.keeping.store import Store

T = TypeVar("T")
WEIGHT = 256_000
"""Bytes of a block, about, from which a new one begins."""
LAST = 200
"""Values of the last block up to which it takes in others."""
KEYS = "keys of "
"""Begins the name of the table that tells which keys stand in which block."""
_KEEP = 8
"""Blocks of large tables that are held because the next that is asked for is likely one of them."""
Values = Mapping[str, bytes]


class Blocks:
    """Those of one store, each under one stamp; not for several threads at once."""

    def __init__(self, store: Store) -> None:
        """Nothing is read yet."""
        self.store = store
        self._places: dict[str, dict[str, str]] = {}
        self._spoilt: set[str] = set()
        """Tables that were found damaged: whoever writes begins them anew."""
        self._read = lru_cache(maxsize=_KEEP)(self._block)

    def forget(self) -> None:
        """Somebody wrote: what was read may be another by now."""
        self._places = {}
        self._read.cache_clear()

    def all(self, table: str, stamp: bytes, wanted: Any = msgspec.Raw) -> dict[str, Any]:
        """All values by their keys, as what is `wanted`; none where a block is damaged.

        Raises `msgspec.DecodeError` where a value is something else.
        """
        read = decoder(dict.__class_getitem__((str, wanted)))
        found: dict[str, Any] = {}
        kept = self.store.under(table, stamp)
        if kept.keys() != self._numbers(KEYS + table, stamp):
            self._spoilt.add(table)
            return {}
        for number in sorted(kept):
            found.update(read(kept[number]))
        return found

    def one(self, table: str, key: str, stamp: bytes) -> bytes | None:
        """One value; None: it is not there."""
        if table not in self._places:
            places = self._places[table] = {}
            for block, keys in self._keys(table, stamp):
                places.update(dict.fromkeys(keys, block))
        number = self._places[table].get(key)
        return None if number is None else self._read(table, number, stamp).get(key)

    def put(self, table: str, stamp: bytes, values: Values) -> None:
        """Add or replace values; what stands under another stamp is gone."""
        if not values:
            return
        last = self._begin(table, stamp)
        if last and len(values) < LAST:
            if (joined := self._joined(table, _name(last), stamp, values)) is not None:
                values = joined
                last -= 1
            else:
                self.tidy(table, stamp)
                last = max(map(int, self._numbers(table, stamp)), default=0)
        for number, block in enumerate(_cut(values), last + 1):
            self._put(table, stamp, number, block)
        self._forget(table)

    def drop(self, table: str, stamp: bytes, keys: Collection[str]) -> None:
        """Take values away, if they are there: no block holds any of them afterwards."""
        if not keys or not self.store.has(table):
            return
        self._begin(table, stamp)
        for number, there in self._keys(table, stamp):
            if not there.isdisjoint(keys):
                left = {key: one for key, one in self._block(table, number, stamp).items() if key not in keys}
                self._put(table, stamp, int(number), left)
        self._forget(table)

    def tidy(self, table: str, stamp: bytes) -> None:
        """Write a table anew if half of what is in its blocks no longer counts."""
        self.store.begin()
        known = [keys for _, keys in self._keys(table, stamp)]
        if len(known) > 1 and sum(map(len, known)) > 2 * len(set().union(*known)) + LAST:
            values = self.all(table, stamp)
            self._clear(table, [number for number, _ in self.store.stamps(table)])
            self.put(table, stamp, values)

    def _begin(self, table: str, stamp: bytes) -> int:
        """From here on nobody else writes, so no number is given twice; the last one that is given."""
        self.store.begin()
        for one in (table, KEYS + table):
            self.store.make(one)
        stamps, others = dict(self.store.stamps(table)), dict(self.store.stamps(KEYS + table))
        whole = table not in self._spoilt and stamps == others
        left = [number for number, made in stamps.items() if made == stamp] if whole else []
        self._clear(table, {*stamps, *others}.difference(left))
        self._spoilt.discard(table)
        return max(map(int, left), default=0)

    def _forget(self, table: str) -> None:
        self._places.pop(table, None)
        self._read.cache_clear()

    def _joined(self, table: str, last: str, stamp: bytes, values: Values) -> Values | None:
        """The same with what stands in the last block, if that is small enough to be written anew."""
        rows = self.store.some(table, [last])
        packed = next((value for _, made, value in rows if made == stamp), None)
        if packed is None or len(packed) > WEIGHT:
            return None
        before: Values = decoder(_RAW)(packed)
        return None if len(before) >= LAST else {**before, **values}

    def _put(self, table: str, stamp: bytes, number: int, values: Values) -> None:
        raw = {key: msgspec.Raw(value) for key, value in values.items()}
        self.store.put(table, [(_name(number), stamp, encode(raw))])
        self.store.put(KEYS + table, [(_name(number), stamp, encode(list(values)))])

    def _numbers(self, table: str, stamp: bytes) -> set[str]:
        there = self.store.stamps(table) if self.store.has(table) else ()
        return {number for number, made in there if made == stamp}

    def _keys(self, table: str, stamp: bytes) -> list[tuple[str, set[str]]]:
        """The keys of each block, in the order of blocks; none where those of one are not told."""
        if not self.store.has(KEYS + table):
            return []
        read, kept = decoder(set[str]), self.store.under(KEYS + table, stamp)
        if kept.keys() != self._numbers(table, stamp):
            self._spoilt.add(table)
            return []
        return [(number, read(kept[number])) for number in sorted(kept)]

    def _block(self, table: str, number: str, stamp: bytes) -> Values:
        for _, made, value in self.store.some(table, [number]):
            if made == stamp:
                found: Values = decoder(_RAW)(value)
                return found
        return {}

    def _clear(self, table: str, numbers: Collection[str]) -> None:
        if numbers:
            self.store.drop(table, numbers)
            self.store.drop(KEYS + table, numbers)


_RAW = dict[str, msgspec.Raw]


def _name(number: int) -> str:
    """A block's number as the key of its row: in the order of numbers."""
    return f"{number:08}"


def _cut(values: Values) -> Iterator[dict[str, bytes]]:
    """Values in pieces that are not too heavy, in their order."""
    block: dict[str, bytes] = {}
    weight = 0
    for key, value in values.items():
        block[key] = value
        weight += len(memoryview(value))
        if weight >= WEIGHT:
            yield block
            block, weight = {}, 0
    if block:
        yield block
