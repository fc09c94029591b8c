"""How pages that are to be made are cut into pieces of work, each done by one process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sitegen.planning.shards import FOLDER
from sitegen.planning.tasks import COUNT, Task
from sitegen.site.pages import Spec
from sitegen.site.search.files import slice_of

BATCH = 40
"""Pages of one client to a piece of work; of pages of many clients a tenth of it."""
TOGETHER = 40
"""So many pages that draw on the count are made by one process that counts for itself; for more it is done before."""


OWN = frozenset({"client", "brief"})
"""Kinds of pages of one client, of which there are most."""


def sorts(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    """Files beside the pages, pages of many clients, of some of them, of one."""
    pages = [task for task in tasks if isinstance(task.make, Spec)]
    yield [task for task in tasks if not isinstance(task.make, Spec)]
    yield [task for task in pages if task.many]
    yield [task for task in pages if not task.many and task.kind not in OWN]
    yield [task for task in pages if task.kind in OWN]


def batches(tasks: Sequence[Task]) -> list[list[int]]:
    """Pieces of work in the order of the tasks, each of one kind."""
    found: list[list[int]] = []
    slices, last = _slices(tasks), ""
    for number, task in enumerate(tasks):
        size = len(tasks) if number in slices else BATCH // 10 if task.many else BATCH
        kind = slices.get(number, task.kind)
        if kind != last or len(found[-1]) >= size:
            found.append([])
        found[-1].append(number)
        last = kind
    return found


def _slices(tasks: Sequence[Task]) -> Mapping[int, str]:
    """By the number of the task, the slices of shards: those of one are made by one process."""
    shards = [number for number, task in enumerate(tasks) if task.path.startswith(FOLDER)]
    return {number: f"{FOLDER}{slice_of(place, len(shards))}" for place, number in enumerate(shards)}


def groups(tasks: Sequence[Task]) -> list[list[int]]:
    """Pieces of work by their groups; what is counted first, and as a whole where it is little."""
    found: dict[str, list[list[int]]] = {COUNT: [[]]}
    counted, slices = sum(task.group == COUNT for task in tasks), _slices(tasks)
    for number, task in enumerate(tasks):
        group = found.setdefault(slices.get(number, task.group), [[]])
        if number in slices:
            size = len(tasks)
        elif task.group == COUNT:
            size = counted if counted <= TOGETHER else BATCH // 10
        else:
            size = BATCH // 10 if task.many else BATCH
        if len(group[-1]) >= size:
            group.append([])
        group[-1].append(number)
    return [batch for group in found.values() for batch in group if batch]
