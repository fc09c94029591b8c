"""Looking at tables in a copy of this process: what it takes to find them goes with the copy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from sitegen.keeping.halves import begin_releasing
from sitegen.keeping.store import Row
from sitegen.planning.digests import Digests
from sitegen.planning.nodes import Node
from sitegen.planning.plan import Plan
from sitegen.processes import beside, may_copy
from sitegen.site.sharing import Shared
from sitegen.trace import ALL

Batch = TypeVar("Batch")
Done = TypeVar("Done")
MANY = 3000
"""Clients of whom a copy takes enough with it."""


class Looked(NamedTuple):
    """What a copy found out."""

    digests: Digests
    tables: Mapping[str, Row]
    """Shared tables that were made, as they are kept."""
    nodes: Sequence[tuple[str, Node]]
    changed: set[str]
    there: set[str]


class Once:
    """Nodes on their way to another process: what several draw on travels once."""

    def __init__(self) -> None:
        """Nothing travels yet."""
        self._words: dict[str, str] = {}

    def of(self, node: Node) -> Node:
        """The node, whose cells are the same objects as those of others."""
        return Node(node.files, tuple([self._words.setdefault(cell, cell) for cell in node.cells]))


def looked(plan: Plan, look: Callable[[], None]) -> Looked:
    """In the copy: what `look` found out."""
    nodes, before = plan.memory.nodes, set(plan.digests)
    plan.memory.parts.tables = {}
    known, there = set(nodes.made()), set(plan.there)
    begin_releasing()
    look()
    words = Once()
    made = [(name, node) for name in nodes.made() if name not in known and (node := nodes.newest(name))]
    return Looked(
        {name: table for name, table in plan.digests.items() if name not in before},
        plan.memory.parts.tables,
        [(name, words.of(node)) for name, node in made],
        plan.changed,
        plan.there - there,
    )


def take(plan: Plan, found: Looked, tables: Collection[Shared[Any]]) -> None:
    """Takes what a copy found out of these tables."""
    memory = plan.memory
    plan.digests.update(found.digests)
    memory.parts.tables |= found.tables
    for one in tables:
        if one.type is not None:
            memory.parts.stand(one, found.digests[f"shared {one.name}"][ALL])
    for name, node in found.nodes:
        memory.nodes.make(name, node)
    plan.changed |= found.changed
    plan.there |= found.there
    plan.looked.update(one.name for one in tables)


def large(plan: Plan) -> bool:
    """Whether there are so many clients that a copy's memory counts."""
    return len(plan.stamps.clients) >= MANY


def pays(plan: Plan) -> bool:
    """Whether everything is made anew, and that is much."""
    return plan.all and plan.early is None and large(plan) and may_copy()


def one_by_one(work: Callable[[Batch], Done], batches: Iterable[Batch]) -> Iterator[Done]:
    """What `work` makes of each batch, in a copy of its own."""
    for batch in batches:
        with beside(partial(work, batch)) as copy:
            yield copy.wait()


def look_apart(plan: Plan, look: Callable[[], None], tables: Collection[Shared[Any]]) -> None:
    """Looks at these tables in a copy where that `pays`."""
    if not pays(plan):
        look()
        return
    plan.memory.before_copies()
    with beside(lambda: looked(plan, look)) as copy:
        take(plan, copy.wait(), tables)
