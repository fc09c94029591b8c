"""Making what is stale, and nothing else: page by page, shared out among processes where it is much."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from sitegen.keeping.halves import begin_releasing, release
from sitegen.output.content import AllSame, Digested, Same
from sitegen.output.manifest import digest as digest_of
from sitegen.planning.apart import large, one_by_one, pays
from sitegen.planning.cells import told
from sitegen.planning.digests import FRAMES
from sitegen.planning.nodes import Node
from sitegen.planning.pieces import TOGETHER, batches, groups, sorts
from sitegen.planning.plan import Plan
from sitegen.planning.reframing import in_new_frames
from sitegen.planning.shards import FOLDER, patched
from sitegen.planning.tasks import COUNT, Done, Task
from sitegen.processes import forked
from sitegen.site.exports import EXPORTS, Export
from sitegen.site.framed import Framed
from sitegen.site.pages import KINDS, Spec, render_spec

MANY = 120
"""Pages from which copies of the process pay for themselves."""
ROWS = 15_000
"""The same for pages and files of many: so many clients are gone through for all of them."""
FEW = 1000
"""So many pages wait in memory until all are made."""
Made = tuple[str, bytes | Same | AllSame]
"""A file's path, with its bytes or that it stands already; or, by no path, all that do."""


def make_files(
    plan: Plan,
    but: Collection[int] = (),
    others: Callable[[], Iterator[Made | Task]] = lambda: iter(()),
    ready: Callable[[], bool] = lambda: True,
) -> Iterator[Made]:
    """Every file but assets and attachments: what stands, then what is made anew, home last.

    `others` gives the pages of these kinds (their numbers in `KINDS`) in its own way, at once when it is `ready`.
    """
    tasks, front, last = list[Task](), list[Task](), len(KINDS) - 1
    for export in EXPORTS:
        yield from sorted_out(_export(plan, export), tasks)
    for number in range(last):
        if number not in but:
            yield from sorted_out(made_of(plan, number), tasks)
    if not pays(plan) and not ready():
        yield from in_sorts(plan, tasks)
        tasks = []
    yield from sorted_out(others(), tasks)
    home: list[Made] = list(sorted_out(made_of(plan, last), front))
    if pays(plan):
        home += rendered(plan, front)
        front = []
    for made in in_sorts(plan, [*tasks, *front]):
        if not front or made[0] != front[0].path:
            yield made
        else:
            home.append(made)
    yield from home
    plan.memory.nodes.forget([name for name in plan.memory.nodes.names() if name not in plan.there])


def in_sorts(plan: Plan, tasks: Sequence[Task]) -> Iterator[tuple[str, bytes]]:
    """As `rendered`; a copy of the process keeps what it needed: in a large book each sort of pages has its own."""
    for sort in sorts(tasks) if large(plan) and len(tasks) >= MANY else [tasks]:
        yield from rendered(plan, sort)


def sorted_out(found: Iterable[Made | Task], tasks: list[Task]) -> Iterator[Made]:
    """What need not be made; what must be made goes to `tasks`."""
    for one in found:
        if isinstance(one, Task):
            tasks.append(one)
        else:
            yield one


def list_name(number: int) -> str:
    """The node of a kind's list of pages."""
    return f"kind {number} {KINDS[number].name}"


def _standing(plan: Plan, name: str, sort: str, number: int = -1) -> Iterator[Made | Task] | None:
    """All files of a list that is as it was, if each of them is or is kept; None: the list must be gone through.

    `number`: of the kind of page; those of one client or one subject may also be there but for their frame.
    """
    listed = plan.fresh(name)
    if listed is None:
        return None
    found: list[tuple[str, Same | str | Task]] = []
    framed = number >= 0 and KINDS[number].apart
    stands = plan.all_fresh(sort, [path for path, _ in listed.files if path not in plan.done])
    for path, _ in listed.files:
        one = f"{sort} {path}"
        if path in stands:
            continue
        if path in plan.done:
            found.append((path, Same(plan.done[path])))
        elif node := plan.fresh(one):
            found.append((path, Same(node.files[0][1])))
        elif made := plan.again(one):
            found.append((path, made))
        elif framed and (last := plan.inside(one)):
            spec = Spec(path, KINDS[number], partial(_view, plan, number, path))
            found.append((path, Task(path, spec, last=last)))
        else:
            return None
    return chain([("", AllSame(stands))], _kept(plan, sort, found))


def _view(plan: Plan, number: int, path: str) -> object:
    """What a page shows that nobody thought would have to be found out."""
    if number not in plan.views:
        with plan.site.trace.deaf():
            plan.views[number] = dict(KINDS[number].pages(plan.work))
    return plan.views[number][path]()


def _kept(plan: Plan, sort: str, found: Iterable[tuple[str, Same | str | Task]]) -> Iterator[Made | Task]:
    """Files that stand, and those whose bytes are kept, by their digests."""
    for path, known in found:
        if isinstance(known, Task):
            yield known
        elif isinstance(known, Same):
            yield path, known
        else:
            plan.reason(f"{sort} {path}", path)
            yield path, Digested.of(plan.memory.pages.find(path, known), known)


def _export(plan: Plan, export: Export) -> Iterator[Made | Task]:
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
    stands = plan.all_fresh("file", [path for path, _ in found])
    yield "", AllSame(stands)
    for path, make in found:
        if path in stands:
            continue
        one = f"file {path}"
        node = plan.fresh(one)
        last = plan.memory.nodes.get(one) if shards is not None and path.startswith(FOLDER) else None
        if node is None and last and path not in (shards or ()):
            node = last
        if node:
            yield path, Same(node.files[0][1])
            continue
        if made := plan.again(one):
            yield from _kept(plan, "file", [(path, made)])
            continue
        if last and shards:
            yield path, _made(plan, path, shards[path], last.cells)
            continue
        yield Task(path, make)


def _made(plan: Plan, path: str, data: bytes, cells: Collection[str]) -> bytes:
    """A file of an export, made anew."""
    digest = digest_of(data)
    plan.memory.nodes.make(f"file {path}", Node(((path, digest),), cells))
    plan.memory.pages.take_whole(path, digest, data)
    plan.reason(f"file {path}", path)
    return Digested.of(data, digest)


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


def made_of(plan: Plan, number: int) -> Iterator[Made | Task]:
    """The pages of a kind: those that stand, and those that must be made."""
    kind = KINDS[number]
    name = list_name(number)
    standing = _standing(plan, name, "page", number)
    if standing is not None:
        yield from standing
        return
    with plan.site.trace.listening() as cells:
        found = list(kind.pages(plan.work))
    plan.memory.nodes.make(name, Node(tuple((path, "") for path, _ in found), told(cells)))
    shared = frozenset() if kind.apart else frozenset(cells)
    stands = plan.all_fresh("page", [path for path, _ in found if path not in plan.done])
    yield "", AllSame(stands)
    for path, view in found:
        if path in stands:
            continue
        if path in plan.done:
            yield path, Same(plan.done[path])
        elif node := plan.fresh(f"page {path}"):
            yield path, Same(node.files[0][1])
        elif made := plan.again(f"page {path}"):
            yield from _kept(plan, "page", [(path, made)])
        else:
            yield Task(path, Spec(path, kind, view), shared, plan.inside(f"page {path}"))


def rendered(plan: Plan, tasks: Sequence[Task]) -> Iterator[tuple[str, bytes]]:
    """The bytes of pages and files; the last task comes last."""
    if not tasks:
        return
    last: list[tuple[str, bytes]] = []
    whole = {task.path for task in tasks if task.last is None}
    for task, done in in_new_frames(plan, [task for task in tasks if task.last]):
        if done is None:
            whole.add(task.path)
        elif task is tasks[-1]:
            last.append(taken(plan, task.name, task.path, done))
        else:
            yield taken(plan, task.name, task.path, done)
    yield from _made_anew(plan, [task for task in tasks if task.path in whole])
    yield from last


def taken(plan: Plan, name: str, path: str, done: Done) -> tuple[str, bytes]:
    """A file that was made, with its node's name, as it is to be written."""
    plan.memory.nodes.make(name, done.node)
    plan.memory.pages.take(path, done.digest, done.packed)
    plan.reason(name, path)
    data = plan.memory.pages.whole(done.packed) if done.packed and not done.data else done.data
    return path, Digested.of(data, done.digest)


def _made_anew(plan: Plan, tasks: Sequence[Task]) -> Iterator[tuple[str, bytes]]:
    """In the order of the tasks."""

    def render(batch: Sequence[int]) -> list[Done]:
        made = [make_one(plan, tasks[number]).light() for number in batch]
        release()
        return made

    if len(tasks) >= FEW or (len(tasks) > 1 and pays(plan)):
        begin_releasing()
        if any(task.group == COUNT for task in tasks):
            plan.work.warm()
        release()
        plan.memory.before_copies()
        pieces = batches(tasks)
        for batch, made in zip(pieces, forked(render, pieces), strict=True):
            for number, done in zip(batch, made, strict=True):
                yield taken(plan, tasks[number].name, tasks[number].path, done)
        return
    several: Callable[..., Iterator[Any]] = map
    many = sum(task.many for task in tasks)
    if len(tasks) >= MANY or (many > 1 and many * len(plan.stamps.clients) >= ROWS):
        several = partial(forked, few=True)
        if sum(task.group == COUNT for task in tasks) > TOGETHER:
            plan.work.warm()
        plan.memory.before_copies()
    elif pays(plan):
        several = one_by_one
        plan.memory.before_copies()
    pieces = groups(tasks)
    found: dict[int, Done] = {}
    for batch, made in zip(pieces, several(render, pieces), strict=True):
        found.update(zip(batch, made, strict=True))
    for number, task in enumerate(tasks):
        yield taken(plan, task.name, task.path, found.pop(number))


def make_one(plan: Plan, task: Task) -> Done:
    """A page or another file, made as a whole."""
    trace = plan.site.trace
    with trace.listening() as cells:
        if isinstance(task.make, Spec):
            if task.make.kind.daily:
                trace.note("today", "")
            trace.note("templates", task.make.kind.template)
            trace.note(FRAMES, task.make.kind.template)
            made: Framed | bytes = render_spec(task.make, plan.env, plan.site.day)
        else:
            made = task.make()
    data = made if isinstance(made, bytes) else made.whole()
    node = Node(((task.path, digest_of(data)),), told(cells | task.cells))
    return Done(data, node, plan.memory.pages.pack(made))
