"""What was made, from which cells, and which files came of it: compared with what changed, it says what is stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import msgspec

from sitegen.trace import ALL, Cell


@dataclass(frozen=True, slots=True)
class Node:
    """A page, the files of an export, the list of a kind's pages, or the parts of a client."""

    files: tuple[tuple[str, str], ...]
    """Paths, with the digests of their bytes; a list of pages tells no digests."""
    cells: tuple[str, ...]
    """What it was made from, as `table:key`."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[tuple[tuple[str, str], ...], tuple[str, ...]]).decode


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


def pack(node: Node) -> bytes:
    """As bytes."""
    return _encode((node.files, node.cells))


def unpack(data: bytes) -> Node:
    """From bytes; raises `msgspec.DecodeError`."""
    files, cells = _decode(data)
    return Node(files, cells)


def stale_cells(node: Node | None, changed: set[str]) -> Iterable[str] | None:
    """The cells of a node that changed: none at all where it is still right; None where there is no node."""
    if node is None:
        return None
    return () if changed.isdisjoint(node.cells) else sorted(changed.intersection(node.cells))
