"""Making what is stale, and nothing else: page by page, shared out among processes where it is much."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment

from sitegen.keeping.halves import begin_releasing, release
from sitegen.keeping.signatures import digest
from sitegen.output.manifest import digest as digest_of
from sitegen.output.writing import Same
from sitegen.planning.digests import FOUND, Digests, Stamps, changed, first_digests, table_of
from sitegen.planning.fields import fields_changed
from sitegen.planning.memory import Memory
from sitegen.planning.nodes import Node, told
from sitegen.planning.shards import FOLDER, patched, words_of
from sitegen.processes import forked
from sitegen.site.context import Site
from sitegen.site.exports import EXPORTS, Export
from sitegen.site.pages import KINDS, Spec, Work, render_spec
from sitegen.site.search.files import SEARCHED
from sitegen.site.sharing import Shared
from sitegen.trace import ALL, Cell

BATCH = 40
"""Pages of one client, or clients, to a piece of work; of pages of many clients a tenth of it."""
MANY = 120
"""Clients or pages from which copies of the process pay for themselves."""
Standing = Callable[[str, str], bool]
"""Whether a file with this digest stands at this path."""
Made = tuple[str, bytes | Same]
"""A file's path, with its bytes or where it stands already."""


@dataclass(slots=True)
class Plan:
    """What is known before anything is made."""

    site: Site
    env: Environment
    work: Work
    memory: Memory
    stamps: Stamps
    all: bool
    """Settings, words or templates are others, or nothing is known: everything is made anew."""
    standing: Standing
    out: Path
    """Where the site stands."""
    changed: set[str] = field(default_factory=set)
    """The cells that are not what they were, as `table:key`."""
    touched: set[str] = field(default_factory=set)
    """The names of nodes that were made from one of these."""
    digests: Digests = field(default_factory=dict)
    why: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Node → the cells for which it was made anew; none: it is new, or its files were not there."""
    reasons: dict[str, Sequence[str] | None] = field(default_factory=dict)
    """The same by the path of each file; None: everything was made anew."""
    there: set[str] = field(default_factory=set)
    """Nodes of this build."""
    words: dict[str, bytes | None] = field(default_factory=dict)
    """Of the clients whose parts were made anew: what the search knew of them."""

    def fresh(self, name: str) -> Node | None:
        """The node, if it and its files are as they should be; else it is noted why not."""
        self.there.add(name)
        node = None if self.all else self.memory.nodes.get(name)
        touched = node is not None and name in self.touched
        if node is not None and not touched:
            for path, made in node.files:
                if made and not self.standing(path, made):
                    break
            else:
                return node
        self.why[name] = tuple(sorted(self.changed.intersection(node.cells))) if node and touched else ()
        return None

    def reason(self, name: str, path: str) -> None:
        """The file is made for the same reasons as the node."""
        self.reasons[path] = None if self.all else self.why.get(name, ())


@dataclass(frozen=True, slots=True)
class _Task:
    """A page to be made."""

    spec: Spec
    cells: frozenset[Cell]
    """What its place in the list of pages was made from, where the page depends on that."""


def make_files(plan: Plan) -> Iterator[Made]:
    """Every file but assets and attachments, in the order in which they are to be put in place; home comes last."""
    _look(plan)
    for export in EXPORTS:
        yield from _export(plan, export)
    pages = [one for number, _ in enumerate(KINDS) for one in _kind(plan, number)]
    tasks = [one for one in pages if isinstance(one, _Task)]
    made = _rendered(plan, tasks)
    for one in pages:
        yield next(made) if isinstance(one, _Task) else one
    plan.memory.nodes.forget([name for name in plan.memory.nodes.names() if name not in plan.there])


def _look(plan: Plan) -> None:
    """Finds out what changed: first in what is at hand, then in what is put together from clients' parts."""
    memory = plan.memory
    plan.site.apart.update(one.name for one in plan.work.shared)
    before = {} if plan.all else memory.digests()
    plan.digests = first_digests(plan.site, plan.stamps)
    plan.changed = changed(before, plan.digests)
    if not plan.all:
        plan.changed |= fields_changed(before, plan.digests, memory, plan.site)
    names = {key: f"parts {key}" for key in plan.stamps.clients}
    plan.there.update(names.values())
    nodes = memory.nodes
    plan.touched = set() if plan.all else nodes.touched(plan.changed)
    stale = [
        key for key, name in names.items() if plan.all or name in plan.touched or nodes.get(name) is None
    ]
    parted = [name.removeprefix("parts ") for name in nodes.names() if name.startswith("parts ")]
    gone = [key for key in parted if key not in plan.stamps.clients]
    memory.parts.throw_away([*stale, *gone])
    if gone:
        plan.changed |= {f"part {one}:{ALL}" for one in memory.parts.names()}
    if len(stale) < MANY:
        # where the node is gone, a build came to no end: its parts may be newer than the shards that stand
        plan.words = {
            key: words_of(memory.parts.before(SEARCHED.name, key)) if nodes.get(names[key]) else None
            for key in stale
        }
    _parts(plan, stale)
    for name, make in FOUND.items():
        _found(plan, before, name, partial(make, plan.site))
    for one in plan.work.shared:
        _found(plan, before, f"shared {one.name}", partial(_table, plan.site, one))
    plan.touched = set() if plan.all else nodes.touched(plan.changed)


def _table(site: Site, shared: Shared[Any]) -> dict[str, bytes]:
    return table_of(site.shared(shared))


def _found(
    plan: Plan, before: Mapping[str, Mapping[str, bytes]], table: str, make: Callable[[], dict[str, bytes]]
) -> None:
    """The digests of what is found from many clients: those of the last build, unless something it read changed."""
    name = f"table {table}"
    plan.there.add(name)
    node = None if plan.all else plan.memory.nodes.get(name)
    if node and table in before and plan.changed.isdisjoint(node.cells):
        plan.digests[table] = dict(before[table])
        return
    now = plan.digests[table] = make()
    plan.memory.nodes.make(name, Node((), told(plan.site.cells_of(table))))
    plan.changed |= changed({table: before.get(table, {})}, {table: now})


def _parts(plan: Plan, keys: Sequence[str]) -> None:
    """Makes the parts of these clients."""
    parts, site, work = plan.memory.parts, plan.site, plan.work
    before = {} if plan.all else plan.memory.parts_before(keys)
    now: dict[str, dict[str, bytes]] = {key: {} for key in keys}

    def make(batch: Sequence[str]) -> list[tuple[str, str, bytes, set[Cell]]]:
        return [
            (part.name, key, *parts.packed(site, part, key)) for key in batch for part in work.parts_of(key)
        ]

    plan.memory.anew([f"parts {key}" for key in keys])
    several = forked if len(keys) >= MANY else map
    if len(keys) >= MANY:
        plan.memory.before_copies()
    for made in several(make, _cut(keys, BATCH)):
        for name, key, value, cells in made:
            parts.take(name, key, value, cells)
            now[key][name] = digest(value)
    for key in keys:
        plan.memory.nodes.make(f"parts {key}", Node((), told(parts.cells.get(key, ()))))
        if not plan.all:
            was = before.get(key, {})
            names = {*was, *now[key]} if was else {*now[key], *parts.names()}
            for name in [name for name in names if was.get(name) != now[key].get(name)]:
                plan.changed |= {f"part {name}:{key}", f"part {name}:{ALL}"}
    plan.memory.tell_parts(now)


def _standing(plan: Plan, name: str, sort: str) -> list[tuple[str, Same]] | None:
    """All files of a list that is as it was, if each of them is too; None: the list must be gone through."""
    listed = plan.fresh(name)
    if listed is None:
        return None
    known = [(path, plan.fresh(f"{sort} {path}")) for path, _ in listed.files]
    same = [(path, Same(node.files[0][1])) for path, node in known if node]
    return same if len(same) == len(known) else None


def _export(plan: Plan, export: Export) -> Iterator[Made]:
    """The files of an export: those that stand, and those that must be made."""
    name = f"export {export.name}"
    standing = _standing(plan, name, "file")
    if standing is not None:
        yield from standing
        return
    trace = plan.site.trace
    with trace.listening() as cells:
        found = list(export.to_be(plan.site))
    plan.memory.nodes.make(name, Node(tuple((path, "") for path, _ in found), told(cells)))
    shards = _shards(plan) if export.name == "search" else None
    for path, make in found:
        one = f"file {path}"
        node = plan.fresh(one)
        last = plan.memory.nodes.get(one) if shards is not None and path.startswith(FOLDER) else None
        if node is None and last and path not in (shards or ()):
            node = last
        if node:
            yield path, Same(node.files[0][1])
            continue
        if last and shards:
            plan.memory.nodes.make(one, Node(((path, digest_of(shards[path])),), last.cells))
            plan.reason(one, path)
            yield path, shards[path]
            continue
        with trace.listening() as cells:
            data = make()
        plan.memory.nodes.make(one, Node(((path, digest_of(data)),), told(cells)))
        plan.reason(one, path)
        yield path, data


def _shards(plan: Plan) -> Mapping[str, bytes] | None:
    """The shards that change, where the others can stay as they are."""
    names = [name for name in plan.memory.nodes.names() if name.startswith(f"file {FOLDER}")]
    if plan.all or not names or not plan.words:
        return None
    nodes = [plan.memory.nodes.get(name) for name in names]
    if not all(node and plan.standing(*node.files[0]) for node in nodes):
        return None
    with plan.site.trace.deaf():
        return patched(plan.site, plan.out, plan.words, plan.changed)


def _kind(plan: Plan, number: int) -> Iterator[tuple[str, Same] | _Task]:
    """The pages of a kind: those that stand, and those that must be made."""
    kind = KINDS[number]
    name = f"kind {number} {kind.name}"
    standing = _standing(plan, name, "page")
    if standing is not None:
        yield from standing
        return
    with plan.site.trace.listening() as cells:
        found = list(kind.pages(plan.work))
    plan.memory.nodes.make(name, Node(tuple((path, "") for path, _ in found), told(cells)))
    shared = frozenset() if kind.apart else frozenset(cells)
    for path, view in found:
        node = plan.fresh(f"page {path}")
        yield (path, Same(node.files[0][1])) if node else _Task(Spec(path, kind, view), shared)


def _rendered(plan: Plan, tasks: Sequence[_Task]) -> Iterator[tuple[str, bytes]]:
    """The pages' bytes, in the order of the tasks."""
    trace, env, day = plan.site.trace, plan.env, plan.site.day

    def render(batch: Sequence[int]) -> list[tuple[bytes, set[Cell]]]:
        made = []
        for number in batch:
            with trace.listening() as cells:
                if tasks[number].spec.kind.daily:
                    trace.note("today", "")
                data = render_spec(tasks[number].spec, env, day)
            made.append((data, cells))
        release()
        return made

    batches: list[list[int]] = []
    for number, task in enumerate(tasks):
        size = BATCH if task.spec.kind.apart else BATCH // 10
        same = batches and tasks[batches[-1][-1]].spec.kind is task.spec.kind
        if not same or len(batches[-1]) >= size:
            batches.append([])
        batches[-1].append(number)
    several = forked if len(tasks) >= MANY else map
    if len(tasks) >= MANY:
        begin_releasing()
        plan.work.warm()
        plan.memory.before_copies()
    for batch, made in zip(batches, several(render, batches), strict=True):
        for number, (data, cells) in zip(batch, made, strict=True):
            path = tasks[number].spec.path
            node = Node(((path, digest_of(data)),), told(cells | tasks[number].cells))
            plan.memory.nodes.make(f"page {path}", node)
            plan.reason(f"page {path}", path)
            yield path, data


def _cut(found: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [found[i : i + size] for i in range(0, len(found), size)]
