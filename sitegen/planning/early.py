"""The pages for which somebody waits who saved a note: made and put in place before all others."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.output.content import Now, Same, digest_of
from sitegen.planning.making import MANY, list_name, rendered
from sitegen.planning.plan import Plan
from sitegen.planning.tasks import Task
from sitegen.site.pages import KINDS, Spec


def make_early(plan: Plan) -> Iterator[tuple[str, bytes | Same | Now]]:
    """The pages for which somebody waits, then the word to put them in place; nothing where they are many."""
    _take_rows(plan)
    tasks = [task for number, kind in enumerate(KINDS) if kind.early for task in _early(plan, number)]
    if plan.early is None or not 0 < len(tasks) < MANY:
        return
    for path, data in rendered(plan, tasks):
        plan.done[path] = digest_of(data)
        yield path, data
    yield "", Now(plan.early)


def _take_rows(plan: Plan) -> None:
    """Rows that the last build rendered, as far as nothing changed in them."""
    if plan.all:
        return
    changed = {(table, key) for table, _, key in (cell.partition(":") for cell in plan.changed)}
    unknown = {f"shared {one.name}" for one in plan.work.shared if one.name not in plan.looked}
    for now, last in zip(plan.work.rows, plan.memory.held.rows, strict=False):
        now.go_on(last, changed, lambda table: table not in unknown)


def _early(plan: Plan, number: int) -> Iterator[Task]:
    """The pages of a kind, as it was listed by the last build, that something changed in.

    Only pages that stand can be put in place early; what came and went is seen later.
    """
    listed = None if plan.all else plan.memory.nodes.get(list_name(number))
    stale = [path for path, _ in listed.files if f"page {path}" in plan.touched] if listed else []
    if not stale:
        return
    kind = KINDS[number]
    with plan.site.trace.deaf():
        views = dict(kind.some(plan.work, stale) if kind.some else kind.pages(plan.work))
    for path in stale:
        if path in views and plan.fresh(f"page {path}") is None:
            yield Task(path, Spec(path, kind, views[path]), last=plan.inside(f"page {path}"))
