"""What a page is made from, written down while it is made.

A view looks things up in the site; each look-up in one of its tables is a cell, such as `("clients", "yamato")`. The
cells of a page, and a digest of what stood in each, tell the next build whether the page must be made anew:
nobody has to declare what a view depends on, and nobody can forget it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

Cell = tuple[str, str]
"""A table of the site and a key in it; the key `*` is all of it."""
ALL = "*"
V = TypeVar("V")


class Trace:
    """Writes down cells while something is made; else it is deaf."""

    __slots__ = ("cells",)

    def __init__(self) -> None:
        """Deaf."""
        self.cells: set[Cell] | None = None

    def note(self, table: str, key: str) -> None:
        """A cell was read."""
        if self.cells is not None:
            self.cells.add((table, key))

    @contextmanager
    def listening(self) -> Iterator[set[Cell]]:
        """Yields the cells that are read inside; what is made for somebody who listens already counts for both."""
        before, self.cells = self.cells, set()
        try:
            yield self.cells
        finally:
            found, self.cells = self.cells, before
            if before is not None and found is not None:
                before |= found

    @contextmanager
    def deaf(self) -> Iterator[None]:
        """Writes nothing down inside: for what has a cell of its own."""
        before, self.cells = self.cells, None
        try:
            yield
        finally:
            self.cells = before


class Watched(Mapping[str, V]):
    """A table whose look-ups are written down. To go through it is to read all of it."""

    __slots__ = ("_items", "_table", "_trace")

    def __init__(self, table: str, items: Mapping[str, V], trace: Trace) -> None:
        """`items` as they are; `table` names them in cells."""
        self._items, self._table, self._trace = items, table, trace

    def __getitem__(self, key: str) -> V:
        """One of them; that it is not there counts as read too."""
        cells = self._trace.cells
        if cells is not None:
            cells.add((self._table, key))
        return self._items[key]

    def get(self, key: str, default: V | None = None) -> V | None:  # type: ignore[override]  # as a dictionary's
        """One of them, or `default`."""
        cells = self._trace.cells
        if cells is not None:
            cells.add((self._table, key))
        return self._items.get(key, default)

    def __contains__(self, key: object) -> bool:
        """Whether it is there."""
        self._trace.note(self._table, str(key))
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        self._trace.note(self._table, ALL)
        return iter(self._items)

    def __len__(self) -> int:
        """How many there are."""
        self._trace.note(self._table, ALL)
        return len(self._items)

    def values(self):  # type: ignore[no-untyped-def]  # quicker than a Mapping's own
        """All of them."""
        self._trace.note(self._table, ALL)
        return self._items.values()

    def items(self):  # type: ignore[no-untyped-def]
        """Keys and values of all of them."""
        self._trace.note(self._table, ALL)
        return self._items.items()

    @property
    def plain(self) -> Mapping[str, V]:
        """The table without anybody writing down: for who makes digests of it."""
        return self._items
