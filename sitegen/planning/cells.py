"""What something was made from, as it is told to the next build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sitegen.site.trace import ALL, SINCE, UNTIL, Cell

MANY = 300
MOST = 1000
"""So many cells of one table are told singly; of clients, who change often, more."""
OF_CLIENTS = ("client", "facts.", "known", "part ")
"""Begin the tables that hold what is known of clients, one client a cell."""
FIELDS = 8
"""So many fields of one client or its facts are told singly; who reads more depends on all of that client."""
OF_ONE = ("client.", "facts.", "clients")


def told(cells: Collection[Cell]) -> tuple[str, ...]:
    """Cells as texts in one order. What reads a whole table, or much of it, depends on all of it.

    Of days that were compared with that of the site the nearest count, the last that had come and the next.
    """
    count = Counter([table for table, _ in cells])
    if SINCE in count or UNTIL in count:
        cells = _nearest(cells)
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


def _nearest(cells: Collection[Cell]) -> list[Cell]:
    days: dict[str, list[int]] = {SINCE: [], UNTIL: []}
    found = []
    for cell in cells:
        if cell[0] in days:
            days[cell[0]].append(int(cell[1]))
        else:
            found.append(cell)
    found += [(SINCE, str(max(days[SINCE])))] if days[SINCE] else []
    found += [(UNTIL, str(min(days[UNTIL])))] if days[UNTIL] else []
    return found
