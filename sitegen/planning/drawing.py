"""Who draws on which cell, turned round once: for a process that goes on, and asks again after each save."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate


class Drawing:
    """Cells by number → the names of the nodes that were made from them."""

    def __init__(self, nodes: Iterable[tuple[str, bytes]]) -> None:
        """`nodes` by name, with the numbers of their cells as bytes."""
        made = [(name, array("I", numbers)) for name, numbers in nodes]
        self._names = [name for name, _ in made]
        count: Counter[int] = Counter()
        for _, numbers in made:
            count.update(numbers)
        # one list of nodes for all cells, and where in it those of each cell begin: ten times smaller than lists
        self._cells = array("I", sorted(count))
        self._begin = array("I", accumulate((count[cell] for cell in self._cells), initial=0))
        self._nodes = array("I", bytes(self._begin[-1] * array("I").itemsize))
        free = dict(zip(self._cells, self._begin, strict=False))
        for node, (_, numbers) in enumerate(made):
            for cell in numbers:
                at = free[cell]
                self._nodes[at] = node
                free[cell] = at + 1
        self.since: set[str] = set()
        """Nodes that were made, or went, since."""

    def on(self, cells: Iterable[int]) -> Iterator[str]:
        """The nodes that drew on any of these cells and are still what they were; one may come more than once."""
        names, begin = self._names, self._begin
        for cell in cells:
            at = bisect_left(self._cells, cell)
            if at < len(self._cells) and self._cells[at] == cell:
                for node in self._nodes[begin[at] : begin[at + 1]]:
                    if names[node] not in self.since:
                        yield names[node]
