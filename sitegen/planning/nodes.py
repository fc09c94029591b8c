"""What was made, from which cells, and which files came of it: compared with what changed, it says what is stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from typing import NamedTuple
from zlib import crc32

import msgspec

from sitegen.keeping.store import Store
from sitegen.trace import ALL, Cell


class Node(NamedTuple):
    """A page, the files of an export, the list of a kind's pages, a shared table, or the parts of a client."""

    files: tuple[tuple[str, str], ...]
    """Paths, with the digests of their bytes; a list of pages tells no digests."""
    cells: tuple[str, ...]
    """What it was made from, as `table:key`."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Node]).decode


MANY = 300
MOST = 1000
"""So many cells of one table are told singly; of clients, who change often, more."""
OF_CLIENTS = ("client", "facts.", "days", "known", "part ")
"""Begin the tables that hold what is known of clients, one client a cell."""
FIELDS = 8
"""So many fields of one client or its facts are told singly; who reads more depends on all of that client."""
OF_ONE = ("client.", "facts.", "days", "clients")


def told(cells: Collection[Cell]) -> tuple[str, ...]:
    """Cells as texts in one order. What reads a whole table, or much of it, depends on all of it."""
    count = Counter([table for table, _ in cells])
    whole = {table for table, key in cells if key == ALL}
    whole |= {table for table, n in count.items() if n > (MOST if table.startswith(OF_CLIENTS) else MANY)}
    single = [cell for cell in cells if cell[0] not in whole] if whole else cells
    of_one = {table for table in count if table.startswith(OF_ONE)}
    fields = Counter([key for table, key in single if table in of_one])
    many = {key for key, n in fields.items() if n >= FIELDS}
    if many and "clients" not in whole:
        single = {cell for cell in single if not (cell[0] in of_one and cell[1] in many)}
        single |= {("clients", key) for key in many}
    return tuple(sorted([*map(":".join, single), *(f"{table}:{ALL}" for table in whole)]))


TABLE = "made"
BOXES = 64
"""So many rows hold all nodes: together they are read at once, and a build that makes few writes few."""


class Nodes:
    """What was made by the last build, by name."""

    def __init__(self, store: Store, variant: str) -> None:
        """`variant` tells apart sites that are made from one book."""
        self._store, self._variant = store, variant
        self._boxes: list[dict[str, Node]] = [{} for _ in range(BOXES)]
        self._waiting: dict[str, Node | None] = {}
        """Made or forgotten in this build."""
        rows = store.some(TABLE, [f"{variant} {n}" for n in range(BOXES)])
        for key, _, value in rows:
            with suppress(msgspec.MsgspecError):  # then they are made anew
                self._boxes[int(key.rpartition(" ")[2])] = _decode(value)

    def get(self, name: str) -> Node | None:
        """The node as the last build left it."""
        return self._boxes[_box(name)].get(name)

    def names(self) -> Iterator[str]:
        """Of all nodes of the last build."""
        for box in self._boxes:
            yield from box

    def touched(self, changed: Set[str]) -> set[str]:
        """The names of those that were made from a cell that changed."""
        return {
            name for box in self._boxes for name, (_, cells) in box.items() if not changed.isdisjoint(cells)
        }

    def begin(self) -> None:
        """A build begins."""
        self._waiting = {}

    def make(self, name: str, node: Node) -> None:
        """Something was made anew; it counts once the build came to its end."""
        self._waiting[name] = node

    def newest(self, name: str) -> Node | None:
        """The node as it was made in this build, else as the last one made it."""
        return self._waiting.get(name) or self.get(name)

    def forget(self, names: Iterable[str]) -> None:
        """These are made no more."""
        self._waiting.update(dict.fromkeys(names))

    def drop(self, names: Iterable[str]) -> None:
        """These are known no more, from now on and whatever becomes of the build."""
        self._put({name: None for name in names if self.get(name)})

    def lasting(self) -> None:
        """The build came to its end."""
        self._put(self._waiting)
        self._waiting = {}

    def _put(self, nodes: Mapping[str, Node | None]) -> None:
        changed: set[int] = set()
        for name, node in nodes.items():
            number = _box(name)
            box = self._boxes[number]
            if node is None:
                box.pop(name, None)
            else:
                box[name] = node
            changed.add(number)
        self._store.put(TABLE, [(f"{self._variant} {n}", b"", _encode(self._boxes[n])) for n in changed])


def _box(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogateescape")) % BOXES
