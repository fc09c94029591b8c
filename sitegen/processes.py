"""Work shared out among several processes, where it is so much that they pay for their start."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Batch = TypeVar("Batch")
Done = TypeVar("Done")
_MOST = 8
"""Processes, on however large a machine."""


def spread(work: Callable[[Batch], Done], batches: Sequence[Batch]) -> Iterator[Done]:
    """What `work` makes of each batch, in their order; here, where there is one core or no room for processes.

    `work`, batches and results must be able to travel (pickle). What `work` raises is raised here.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(batches) < 2 or cores < 2:
        yield from map(work, batches)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # A fork of a process with threads may hang: the server starts clean ones.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    done = 0
    try:
        # What is made in there makes no circles worth looking for.
        with ProcessPoolExecutor(min(cores, len(batches), _MOST), context, initializer=gc.disable) as pool:
            for one in pool.map(work, batches):
                done += 1
                yield one
    except (BrokenProcessPool, OSError):
        # No memory, or no semaphores in a narrow container: slower, but done all the same.
        yield from map(work, batches[done:])
