"""Tables of the site whose look-ups are written down; see `sitegen/trace.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from sitegen.trace import ALL, TRACE, Cell, Trace

__all__ = [
    "ALL",
    "SINCE",
    "TODAY",
    "TRACE",
    "UNTIL",
    "Cell",
    "Trace",
    "Watched",
    "WatchedDay",
    "WatchedTuple",
]
TODAY = "today"
"""The table of what holds for one day only; its key is empty."""
SINCE, UNTIL = "since", "until"
"""Tables of days by their ordinals: those that had come when the day of the site was compared with them, and not."""
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


class WatchedDay(dt.date):
    """The day of a site: other days with which it is compared are written down, by which side of it they lie on.

    What was made from comparisons alone stays as it is until a day has come that was still ahead. Whoever does
    anything else with it has read the day itself, and gets a plain date.
    """

    __slots__ = ()

    def __lt__(self, other: dt.date, /) -> bool:
        """Before another day."""
        return not self._come(other) if isinstance(other, dt.date) else NotImplemented

    def __ge__(self, other: dt.date, /) -> bool:
        """Not before another day."""
        return self._come(other) if isinstance(other, dt.date) else NotImplemented

    def __gt__(self, other: dt.date, /) -> bool:
        """After another day."""
        return self._come(other, 1) if isinstance(other, dt.date) else NotImplemented

    def __le__(self, other: dt.date, /) -> bool:
        """Not after another day."""
        return not self._come(other, 1) if isinstance(other, dt.date) else NotImplemented

    def __eq__(self, other: object, /) -> bool:
        """The same day."""
        return isinstance(other, dt.date) and self._come(other) and not self._come(other, 1)

    def __ne__(self, other: object, /) -> bool:
        """Another day."""
        return not self == other

    def __hash__(self) -> int:
        """As that of the plain date."""
        return hash(_plain(self))

    def _come(self, other: dt.date, after: int = 0) -> bool:
        """Whether another day, or one so many days after it, has come."""
        day = _ordinal(other) + after
        come = _ordinal(self) >= day
        TRACE.note(SINCE if come else UNTIL, str(day))
        return come


_ordinal = dt.date.toordinal


def _plain(day: WatchedDay) -> dt.date:
    """The day itself, which is read now."""
    TRACE.note(TODAY, "")
    return dt.date.fromordinal(_ordinal(day))


def _read(name: str) -> Callable[..., Any]:
    """What does the same as a date's own."""

    def read(day: WatchedDay, /, *given: Any, **named: Any) -> Any:
        return getattr(_plain(day), name)(*given, **named)

    return read


def _field(name: str) -> property:
    return property(lambda day: getattr(_plain(day), name))


for _name in (
    "__add__", "__radd__", "__sub__", "__rsub__", "__str__", "__repr__", "__format__", "__reduce__",
    "__reduce_ex__", "ctime", "isocalendar", "isoformat", "isoweekday", "replace", "strftime", "timetuple",
    "toordinal", "weekday",
):  # fmt: skip
    setattr(WatchedDay, _name, _read(_name))
for _name in ("year", "month", "day"):
    setattr(WatchedDay, _name, _field(_name))
