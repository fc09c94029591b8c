"""Pages that get another frame and stay what they were inside: their blocks are kept, and nothing is asked anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from sitegen.keeping.store import Damaged
from sitegen.output.manifest import digest as digest_of
from sitegen.planning.nodes import Node
from sitegen.planning.pages import Packed, unpacked
from sitegen.planning.plan import Plan
from sitegen.planning.tasks import Done, Task
from sitegen.processes import threaded
from sitegen.site.pages import Spec, reframe_spec

_Read = tuple[Task, Spec, Node, bytes, bytes]
"""A task with the stamp of the page's blocks and the blocks, still packed."""


def in_new_frames(plan: Plan, tasks: Sequence[Task]) -> Iterator[tuple[Task, Done | None]]:
    """Each of these tasks with its page, in a new frame what stood in the last; None: it must be made as a whole."""
    # Unpacking and digests let other threads go on, and copies of the process would have to send each page home.
    yield from zip(
        tasks, threaded(partial(_around, plan), (_read(plan, task) for task in tasks)), strict=True
    )


def _read(plan: Plan, task: Task) -> _Read | None:
    if task.last is None or not isinstance(task.make, Spec):
        return None
    try:
        return task, task.make, task.last, *plan.memory.pages.blocks(task.path)
    except Damaged:
        return None


def _around(plan: Plan, read: _Read | None) -> Done | None:
    if read is None:
        return None
    task, spec, last, stamp, packed = read
    try:
        blocks = unpacked(packed)
    except Damaged:
        return None
    made = reframe_spec(spec, plan.env, plan.site.day, plan.frames, blocks)
    if made is None:
        return None
    data = made.whole()
    key, frame = plan.memory.pages.pack_frame(made.frame)
    return Done(data, Node(((task.path, digest_of(data)),), last.cells), Packed(b"", key, frame, stamp))
