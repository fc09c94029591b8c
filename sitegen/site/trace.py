"""Tables of the site whose look-ups are written down; see `sitegen/trace.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from sitegen.trace import ALL, TRACE, Cell, Trace

__all__ = ["ALL", "TRACE", "Cell", "Trace", "Watched", "WatchedTuple"]
V = TypeVar("V")


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


class WatchedTuple(tuple[V, ...]):
    """All backers; to look at any of them is to read them all."""

    __slots__ = ()

    def __iter__(self) -> Iterator[V]:
        """Each of them."""
        TRACE.note("backers", ALL)
        return super().__iter__()
