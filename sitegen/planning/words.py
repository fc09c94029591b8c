"""Cells as numbers: ten thousand clients have half a million cells, but few tables and each key in many of them."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence, Set

TABLES = 1 << 10
KEYS = 1 << 22
"""So many tables and keys can be told apart; a cell beyond them is number 0, which counts as always changed."""
ANY = 0


class Words:
    """The tables and keys of cells; a cell's number is made of both of theirs."""

    def __init__(self, tables: Sequence[str] = (), keys: Sequence[str] = ()) -> None:
        """Those that were told before, in their order."""
        self.tables = list(tables) or [""]
        self.keys = list(keys) or [""]
        self._table_numbers: dict[str, int] = {}
        self._key_numbers: dict[str, int] = {}

    def _known(self) -> tuple[dict[str, int], dict[str, int]]:
        if not self._key_numbers:
            self._table_numbers = dict(zip(self.tables, range(len(self.tables)), strict=True))
            self._key_numbers = dict(zip(self.keys, range(len(self.keys)), strict=True))
        return self._table_numbers, self._key_numbers

    def find(self, cells: Collection[str]) -> set[int]:
        """The numbers of those cells that somebody may draw on; always with `ANY`, if there are cells at all."""
        tables, keys = self._known()
        found = {ANY} if cells else set()
        for cell in cells:
            table, _, key = cell.partition(":")
            if table in tables and key in keys:
                found.add(keys[key] * TABLES + tables[table])
        return found

    def add(self, cells: Collection[str]) -> bytes:
        """The numbers of these cells, `table:key`, which get some where they have none."""
        tables, keys = self._known()
        found = array("I")
        for cell in cells:
            table, _, key = cell.partition(":")
            number, which = tables.get(table), keys.get(key)
            if number is None:
                number = tables[table] = len(self.tables)
                self.tables.append(table)
            if which is None:
                which = keys[key] = len(self.keys)
                self.keys.append(key)
            found.append(which * TABLES + number if number < TABLES and which < KEYS else ANY)
        return found.tobytes()

    def cells(self, numbers: bytes) -> Iterator[str]:
        """The cells of these numbers."""
        for number in array("I", numbers):
            which, table = divmod(number, TABLES)
            yield f"{self.tables[table]}:{self.keys[which]}"

    def of(self, beginnings: tuple[str, ...]) -> set[int]:
        """The tables whose cells begin so."""
        return {n for n, table in enumerate(self.tables) if f"{table}:".startswith(beginnings)} | {ANY}


def drawn(numbers: bytes, cells: Set[int]) -> bool:
    """Whether one of these cells is among the numbers."""
    return not cells.isdisjoint(array("I", numbers))


def drawn_in(numbers: bytes, tables: Set[int]) -> bool:
    """Whether one of the numbers is of a cell in one of these tables."""
    return any(number % TABLES in tables for number in array("I", numbers))
