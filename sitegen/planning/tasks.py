"""What is to be made anew: a page or another file, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sitegen.planning.nodes import Node
from sitegen.planning.pages import LARGE, Packed, for_the_way
from sitegen.site.pages import Spec
from sitegen.trace import Cell

COUNTED = frozenset({"weeks", "portfolio", "changes", "home"})
"""Sections whose pages draw on one count of everything: one process counts for all of them."""
COUNT = "the count"


@dataclass(frozen=True, slots=True)
class Task:
    """A page or another file to be made."""

    path: str
    make: Spec | Callable[[], bytes]
    """A page; or what makes the bytes of a file that stands beside the pages."""
    cells: frozenset[Cell] = frozenset()
    """What a page's place in the list of pages was made from, where it depends on that."""
    last: Node | None = None
    """Of a page that gets no more than another frame."""

    @property
    def name(self) -> str:
        """The node's."""
        return f"{'page' if isinstance(self.make, Spec) else 'file'} {self.path}"

    @property
    def kind(self) -> str:
        """Of a page; other files are each of their own."""
        return self.make.kind.name if isinstance(self.make, Spec) else self.path

    @property
    def many(self) -> bool:
        """It tells of many clients."""
        return not (isinstance(self.make, Spec) and self.make.kind.apart)

    @property
    def group(self) -> str:
        """Tasks of one group are done one after the other in one process."""
        made = self.make.kind if isinstance(self.make, Spec) else None
        counted = made is not None and made.section in COUNTED and not made.early
        return COUNT if counted else self.kind


class Done(NamedTuple):
    """What came of a task."""

    data: bytes
    node: Node
    packed: Packed | None
    """The bytes as they are kept, if they are."""

    @property
    def digest(self) -> str:
        """Of the bytes."""
        return self.node.files[0][1]

    def light(self) -> Done:
        """The same for its way to another process: many bytes of what is packed as a whole travel packed alone."""
        in_two = self.packed is not None and not self.packed.whole
        return self if in_two or len(self.data) < LARGE else self.packed_alone()

    def packed_alone(self) -> Done:
        """The same without its bytes; what a page in two is packed as needs its frame where it comes to."""
        return self._replace(data=b"", packed=self.packed or for_the_way(self.data))
