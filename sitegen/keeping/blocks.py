"""Tables of many small values, some hundreds to a row: what is read as a whole is read in one go.

Ten thousand rows of their own take 30 ms to read, and as many to put away; in blocks they take a few. A block that
came later counts before those that came earlier. Few values that are put away join the last block while that is
small, and a table that is half full of what no longer counts is written anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
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
        self._read = lru_cache(maxsize=_KEEP)(self._block)

    def forget(self) -> None:
        """Somebody wrote: what was read may be another by now."""
        self._places = {}
        self._read.cache_clear()

    def all(self, table: str, stamp: bytes, wanted: Any = msgspec.Raw) -> dict[str, Any]:
        """All values by their keys, as what is `wanted`. A block that is damaged is not there.

        Raises `msgspec.DecodeError` where a value is something else.
        """
        read = decoder(tuple.__class_getitem__((list[str], dict.__class_getitem__((str, wanted)))))
        found: dict[str, Any] = {}
        for number in sorted(kept := self.store.under(table, stamp)):
            gone, values = read(kept[number])
            for key in gone:
                found.pop(key, None)
            found.update(values)
        return found

    def one(self, table: str, key: str, stamp: bytes) -> bytes | None:
        """One value; None: it is not there."""
        if table not in self._places:
            self._places[table] = {key: number for number, keys in self._keys(table, stamp) for key in keys}
        number = self._places[table].get(key)
        return None if number is None else self._read(table, number, stamp).get(key)

    def put(self, table: str, stamp: bytes, values: Values) -> None:
        """Add or replace values; what stands under another stamp is gone."""
        self._write(table, stamp, dict(values), ())

    def drop(self, table: str, stamp: bytes, keys: Collection[str]) -> None:
        """Take values away, if they are there."""
        self._write(table, stamp, {}, {key for key in keys if self.one(table, key, stamp) is not None})

    def tidy(self, table: str, stamp: bytes) -> None:
        """Write a table anew if half of what is in its blocks no longer counts."""
        self.store.begin()
        known = [keys for _, keys in self._keys(table, stamp)]
        if len(known) > 1 and sum(map(len, known)) > 2 * len(set().union(*known)) + LAST:
            values = self.all(table, stamp)
            self._clear(table, [number for number, _ in self.store.stamps(table)])
            self.put(table, stamp, values)

    def _write(self, table: str, stamp: bytes, values: dict[str, bytes], gone: Collection[str]) -> None:
        if not values and not gone:
            return
        self.store.begin()  # who else writes waits: numbers must not be given twice
        self.store.make(table)
        stamps = list(self.store.stamps(table))
        self._clear(table, [number for number, made in stamps if made != stamp])
        last = max((int(number) for number, made in stamps if made == stamp), default=0)
        if last and len(values) + len(gone) < LAST:
            if (joined := self._joined(table, _name(last), stamp, values, gone)) is not None:
                values, gone = joined
                last -= 1
            else:
                self.tidy(table, stamp)
                last = max((int(number) for number, _ in self.store.stamps(table)), default=0)
        for number, block in enumerate(_cut(values) if values else [values], last + 1):
            self._put(table, stamp, number, sorted(gone) if number == last + 1 else (), block)
        self._places.pop(table, None)
        self._read.cache_clear()

    def _joined(
        self, table: str, last: str, stamp: bytes, values: dict[str, bytes], gone: Collection[str]
    ) -> tuple[dict[str, bytes], Collection[str]] | None:
        """The same with what stands in the last block, if that is small enough to be written anew."""
        rows = self.store.some(table, [last])
        packed = next((value for _, made, value in rows if made == stamp), None)
        if packed is None or len(packed) > WEIGHT:
            return None
        before_gone, before = decoder(_RAW)(packed)
        if len(before_gone) + len(before) >= LAST:
            return None
        kept = {key: value for key, value in before.items() if key not in gone}
        return kept | values, {*gone, *before_gone}

    def _put(self, table: str, stamp: bytes, number: int, gone: Sequence[str], values: Values) -> None:
        raw = {key: msgspec.Raw(value) for key, value in values.items()}
        self.store.put(table, [(_name(number), stamp, encode((gone, raw)))])
        self.store.put(KEYS + table, [(_name(number), stamp, encode([*gone, *values]))])

    def _keys(self, table: str, stamp: bytes) -> list[tuple[str, list[str]]]:
        """The keys of each block, in the order of blocks; those that were dropped there among them."""
        if not self.store.has(KEYS + table):
            return []
        read, found = decoder(list[str]), []
        for number, value in self.store.under(KEYS + table, stamp).items():
            with suppress(msgspec.DecodeError):
                found.append((number, read(value)))
        return sorted(found)

    def _block(self, table: str, number: str, stamp: bytes) -> Values:
        for _, made, value in self.store.some(table, [number]):
            if made == stamp:
                found: Values = decoder(_RAW)(value)[1]
                return found
        return {}

    def _clear(self, table: str, numbers: Collection[str]) -> None:
        if numbers:
            self.store.drop(table, numbers)
            self.store.drop(KEYS + table, numbers)


_RAW = tuple[list[str], dict[str, msgspec.Raw]]


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
