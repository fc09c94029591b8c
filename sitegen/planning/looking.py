"""Looking: what changed since the last build, in what is at hand and in what is put together from clients' parts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from sitegen.keeping.halves import begin_releasing, release
from sitegen.keeping.signatures import digest
from sitegen.planning.apart import look_apart
from sitegen.planning.cells import told
from sitegen.planning.digests import FOUND, Before, changed, days_come, first_digests, plain_of, table_of
from sitegen.planning.fields import fields_changed
from sitegen.planning.nodes import PARTS, Node
from sitegen.planning.plan import Plan
from sitegen.planning.shards import words_of
from sitegen.processes import forked
from sitegen.site.search.files import SEARCHED
from sitegen.site.sharing import Entries, Part, Shared
from sitegen.site.trace import SINCE, UNTIL, Watched
from sitegen.trace import ALL, Cell

BATCH = 40
"""Clients to a piece of work."""
MANY = 120
"""Clients from which copies of the process pay for themselves."""


def look(plan: Plan) -> None:
    """Finds out what changed in what is at hand, and makes the parts anew of the clients whose it was."""
    memory = plan.memory
    plan.site.apart.update(one.name for one in (*plan.work.first, *plan.work.shared))
    before = {} if plan.all else memory.digests()
    plan.digests = first_digests(plan.site, plan.stamps, memory.tables)
    if not plan.all:
        plan.changed = changed(before, plan.digests)
        days = days_come(before, plan.site.day) or ()
        plan.changed |= {f"{table}:{day}" for day in days for table in (SINCE, UNTIL)}
        plan.changed |= fields_changed(before, plan.digests, memory, plan.site)
    clients, nodes = plan.stamps.clients, memory.nodes
    plan.there.update([PARTS + key for key in clients])
    again = clients.keys() if plan.all else nodes.touched_parts(clients, plan.changed)
    stale = [key for key in clients if key in again]
    gone = nodes.parted - clients.keys()
    memory.parts.throw_away([*stale, *gone])
    if gone or f"known:{ALL}" in plan.changed:
        # other clients, or the same in another order
        plan.changed |= {f"part {one}:{ALL}" for one in memory.parts.names()}
    if len(stale) < MANY:
        # where the node is gone, a build came to no end: its parts may be newer than the shards that stand
        plan.words = {
            key: words_of(memory.parts.before(SEARCHED.name, key)) if key in nodes.parted else None
            for key in stale
        }
    _parts(plan, stale)


def look_at_tables(plan: Plan, but: Collection[Shared[Any]] = ()) -> None:
    """The same in what is found from many clients, but for the tables at which somebody else looks."""
    plan.looked.update(one.name for one in but)
    tables = plan.work.shared if plan.early is None else plan.work.lists
    others = [one for one in tables if one.name not in plan.looked]

    def look_at_all() -> None:
        before = {} if plan.all else plan.memory.digests()
        look_at_these(plan, plan.work.first)
        for name, make in FOUND.items():
            _found(plan, before, name, partial(make, plan.site, plan.memory.tables))
        look_at_these(plan, others)

    look_apart(plan, look_at_all, (*plan.work.first, *others))
    plan.follow()
    release()
    if plan.early is not None and not _alone(plan):
        plan.early = None


def look_on(plan: Plan) -> None:
    """Finds out what changed in the tables that lists of clients do not need."""
    look_at_these(plan, [one for one in plan.work.shared if one.name not in plan.looked])
    plan.follow()


def _alone(plan: Plan) -> bool:
    """Whether the tables that were compared draw on no others: those would have to be compared first."""
    others = tuple(f"shared {one.name}:" for one in plan.work.shared if one.name not in plan.looked)
    nodes = [plan.memory.nodes.newest(f"table shared {name}") for name in plan.looked]
    return not any(cell.startswith(others) for node in nodes if node for cell in node.cells)


def look_at_these(plan: Plan, tables: Sequence[Shared[Any]]) -> None:
    """The same in these tables; who draws on another comes after it."""
    memory = plan.memory
    before = {} if plan.all else memory.digests()
    for one in tables:
        plan.looked.add(one.name)
        table = f"shared {one.name}"
        if one.entries is not None:
            _entries(plan, before.get(table, {}), one, one.entries)
            continue
        stands = _found(plan, before, table, partial(_table, plan, one))
        stamp = plan.digests[table][ALL]
        if one.type is not None and stands:
            memory.parts.stand(one, stamp)
        elif one.type is not None and not memory.parts.has_table(one, stamp):
            memory.parts.keep_table(one, stamp, dict(plan.site.shared(one)))


def _entries(plan: Plan, before: dict[str, bytes], shared: Shared[Any], entries: Entries[Any]) -> None:
    """A table whose entries are found by themselves: those of the last build, but where something changed.

    `before`: its digests at the last build.
    """
    table, site, memory = f"shared {shared.name}", plan.site, plan.memory
    with site.trace.deaf():
        nodes = {f"entry {shared.name} {key}": key for key in entries.names(site)}
    plan.there.update(nodes)
    stale = {nodes[name] for name in memory.nodes.touched_of(nodes, plan.changed)}
    if not stale and list(before) == [*nodes.values(), ALL]:
        plan.digests[table] = dict(before)
        memory.parts.stand(shared, before[ALL])
        return
    last = memory.parts.last_table(shared, before[ALL]) if before else None
    found = {}
    for name, key in nodes.items():
        if last and key in last and key not in stale:
            found[key] = last[key]
            continue
        with site.trace.deaf(), site.trace.listening() as cells:
            found[key] = entries.one(site, key)
        memory.nodes.make(name, Node((), told(cells)))
    site.take_finding(table, (Watched(table, found, site.trace), set()))
    now = plan.digests[table] = table_of(found)
    plan.changed |= changed({table: before}, {table: now})
    memory.parts.keep_table(shared, now[ALL], found)


def _table(plan: Plan, shared: Shared[Any]) -> dict[str, bytes]:
    found = plan.site.shared(shared)
    if plan.early is not None and shared in (*plan.work.first, *plan.work.lists):
        return plan.memory.tables.digests(shared.name, plain_of(found).items())
    return table_of(found)


def _found(plan: Plan, before: Before, table: str, make: Callable[[], dict[str, bytes]]) -> bool:
    """The digests of what is found from many clients: those of the last build, unless something it read changed.

    Tells whether they are those of the last build.
    """
    name = f"table {table}"
    plan.there.add(name)
    node = None if plan.all else plan.memory.nodes.get(name)
    if node and table in before and plan.changed.isdisjoint(node.cells):
        plan.digests[table] = before[table]
        if found := plan.memory.held.findings.get(table):
            plan.site.take_finding(table, found)
        return True
    now = plan.digests[table] = make()
    plan.memory.nodes.make(name, Node((), told(plan.site.cells_of(table))))
    if not plan.all:
        plan.changed |= changed({table: before.get(table, {})}, {table: now})
    return False


def _parts(plan: Plan, keys: Sequence[str]) -> None:
    """Makes the parts of these clients."""
    parts, site, work = plan.memory.parts, plan.site, plan.work
    before = {} if plan.all else plan.memory.parts_before(keys)

    def make(batch: Sequence[str]) -> tuple[list[tuple[str, str, bytes]], list[tuple[str, ...]]]:
        # all of one part after the other, which goes a fifth quicker than client by client
        wanted: dict[str, tuple[Part[Any], list[str]]] = {}
        for key in batch:
            for part in work.parts_of(key):
                wanted.setdefault(part.name, (part, []))[1].append(key)
        made: list[tuple[str, str, bytes]] = []
        cells: dict[str, set[Cell]] = {key: set() for key in batch}
        for part, some in wanted.values():
            for key in some:
                value, read = parts.packed(site, part, key)
                made.append((part.name, key, value))
                cells[key] |= read
        release()
        return made, [told(cells[key]) for key in batch]

    plan.memory.anew([PARTS + key for key in keys])
    several = forked if len(keys) >= MANY else map
    if len(keys) >= MANY:
        begin_releasing()
        plan.memory.before_copies()
    batches = [keys[i : i + BATCH] for i in range(0, len(keys), BATCH)]
    for batch, (made, cells) in zip(batches, several(make, batches), strict=True):
        now: dict[str, dict[str, bytes]] = {key: {} for key in batch}
        for name, key, value in made:
            parts.take(name, key, value)
            now[key][name] = digest(value)
        for key, read in zip(batch, cells, strict=True):
            also = parts.cells.pop(key, ())
            plan.memory.nodes.make(PARTS + key, Node((), {*read, *told(also)} if also else read))
        for key in () if plan.all else batch:
            was = before.get(key, {})
            names = {*was, *now[key]} if was else {*now[key], *parts.names()}
            for name in [name for name in names if was.get(name) != now[key].get(name)]:
                plan.changed |= {f"part {name}:{key}", f"part {name}:{ALL}"}
        plan.memory.tell_parts(now)
