"""What pages of many are put together from: parts that one client gives, and tables that several pages share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from sitegen.model import Client
from sitegen.trace import Cell

if TYPE_CHECKING:
    from sitegen.site.context import Site

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """What one client gives to the pages and files that tell of many, such as its row of a list.

    It is made from the client and whatever the site tells of it, never from today, and kept between builds: a page of
    ten thousand rows is put together from them without one note being looked at.
    """

    name: str
    """Unlike any other part's; also stands for how it is made: give it a new one when that changes its meaning."""
    make: Callable[[Site, Client], T]
    type: Any
    """What `make` returns, for whoever keeps it: text, bytes, numbers, dates, tuples and records of these."""
    kept: bool = True
    """False: made when somebody asks, who then depends on all that it was made from."""


@dataclass(frozen=True, slots=True)
class Entries(Generic[T]):
    """The entries of a shared table that are each found by themselves, such as a rep's week."""

    names: Callable[[Site], Collection[str]]
    one: Callable[[Site, str], T]


@dataclass(frozen=True, slots=True)
class Shared(Generic[T]):
    """What several pages show parts of, made once from everything: by name, so that a page depends on its part alone.

    A page that looks one up is made anew when that one has changed, and when nothing else that it reads has, is not.
    """

    name: str
    make: Callable[[Site], Mapping[str, T]]
    type: Any = None
    """What stands under each name, for whoever keeps it: as of a part; None: made again for each build that asks."""
    entries: Entries[T] | None = None
    """How each of them is found by itself: where few of them changed, only those are found again."""


def each(
    name: str, names: Callable[[Site], Collection[str]], one: Callable[[Site, str], T], type_: Any
) -> Shared[T]:
    """A shared table of what `one` finds for each of these names by itself; `type_`: as of a shared table."""
    return Shared(name, lambda site: {key: one(site, key) for key in names(site)}, type_, Entries(names, one))


class Shelf:
    """The parts made so far, in memory; whoever keeps them longer puts another in its place."""

    def __init__(self) -> None:
        """Empty."""
        self._made: dict[str, dict[str, Any]] = {}
        self._going_on: dict[type, Any] = {}

    def going_on(self, finder: type[T]) -> T:
        """What finds something out from what it found the last time: one of each class while this process lives."""
        if finder not in self._going_on:
            self._going_on[finder] = finder()
        return cast("T", self._going_on[finder])

    def go_no_further(self) -> None:
        """Nobody will ask again: what finders remember is let go."""
        self._going_on.clear()

    def find(self, part: Part[Any], key: str) -> Any:
        """What the client `key` gives; None: not made yet (no part is None)."""
        return self._made.get(part.name, {}).get(key)

    def all(self, part: Part[Any]) -> Mapping[str, Any]:
        """What clients give, as far as it is made."""
        return self._made.get(part.name, {})

    def table(self, shared: Shared[T]) -> Mapping[str, T] | None:
        """A shared table that stands as it was made; None: it must be made."""
        return None

    def keep(self, part: Part[Any], key: str, value: Any, cells: Collection[Cell]) -> None:
        """Take what was made, and from which cells."""
        self._made.setdefault(part.name, {})[key] = value
