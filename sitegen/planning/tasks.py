"""What is to be made anew: a page or another file, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sitegen.planning.nodes import Node
from sitegen.planning.pages import LARGE, Packed
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
        """The same for its way to another process: many bytes that are packed as a whole need not travel twice."""
        large = self.packed is not None and self.packed.whole and len(self.data) >= LARGE
        return self._replace(data=b"") if large else self
