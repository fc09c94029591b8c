"""Work shared out among several processes, where it is so much that they pay for their start."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Batch = TypeVar("Batch")
Done = TypeVar("Done")
_MOST = 8
"""Processes, on however large a machine."""


def spread(work: Callable[[Batch], Done], batches: Sequence[Batch]) -> Iterator[Done]:
    """What `work` makes of each batch, in their order; here, where there is one core or no room for processes.

    `work`, batches and results must be able to travel (pickle). What `work` raises is raised here.
    """
    cores = _cores()
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
        with ProcessPoolExecutor(min(cores, len(batches), _MOST), context, initializer=_quiet) as pool:
            for one in pool.map(work, batches):
                done += 1
                yield one
    except (BrokenProcessPool, OSError):
        # No memory, or no semaphores in a narrow container: slower, but done all the same.
        yield from map(work, batches[done:])


def forked(work: Callable[[Batch], Done], batches: Sequence[Batch], *, few: bool = False) -> Iterator[Done]:
    """The same for work that may know everything this process knows: it goes on in copies of it.

    `few`: all results may wait in memory, and no copy ever waits for another.

    Only batches and results must be able to travel. Where processes can't be copied safely (Windows, macOS, a process
    with several threads), work that can travel too goes to processes of its own, and other work is done here.
    """
    cores = _cores()
    if len(batches) < 2 or cores < 2 or not _may_fork():
        yield from (spread if isinstance(work, partial) else map)(work, batches)
        return
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("fork")
    count = min(cores, len(batches), _MOST)
    done = 0
    try:
        with ProcessPoolExecutor(count, context, initializer=_take, initargs=(work,)) as pool:
            # No more than a few results wait in memory, however slow the disk is.
            waiting: deque[Future[Done]] = deque()
            coming = iter(batches)
            ahead = len(batches) if few else 2 * count
            waiting.extend(pool.submit(_given, batch) for batch in islice(coming, ahead))
            while waiting:
                one = waiting.popleft().result()
                waiting.extend(pool.submit(_given, batch) for batch in islice(coming, 1))
                done += 1
                yield one
    except (BrokenProcessPool, OSError):
        yield from map(work, batches[done:])


class Beside(NamedTuple, Generic[Done]):
    """Work that is done while this process goes on."""

    wait: Callable[[], Done]
    """Waits for the result; to be called once."""
    ready: Callable[[], bool]
    """Whether that would take no more than a moment."""


MOMENT = 0.25
"""Seconds."""


@contextmanager
def beside(work: Callable[[], Done]) -> Iterator[Beside[Done]]:
    """Has `work` done by a copy of this process while this one goes on; gives what waits for the result.

    Only the result must be able to travel. What `work` raises is raised by who waits; where no copy can be made, or
    it comes to no end, the work is done then and here. Who leaves without waiting stops the copy.
    """
    if not may_copy():
        yield Beside(work, lambda: False)
        return
    import multiprocessing

    # no pool: its threads would keep others from being copied meanwhile
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    copy = context.Process(target=_tell, args=(theirs, work))
    try:
        copy.start()
    except OSError:
        yield Beside(work, lambda: False)
        return
    theirs.close()
    number = copy.pid or 0
    _of_its_own(number)

    def wait() -> Done:
        try:
            told, error = ours.recv()
        except Exception:  # it died, or what it tells does not travel: then it is done, or raised, here
            return work()
        if error is not None:
            raise error
        return cast("Done", told)

    def ready() -> bool:
        try:
            return ours.poll(MOMENT)
        except OSError:
            return True

    try:
        yield Beside(wait, ready)
    finally:
        ours.close()
        with suppress(OSError):
            if number:
                os.killpg(number, signal.SIGTERM)  # and the copies that it made
        copy.join()


def _of_its_own(process: int) -> None:
    """From now on a group by itself: stopped with all copies that it made, and not by whoever stops this one."""
    with suppress(OSError):  # whoever of the two comes first
        os.setpgid(process, process)


def _tell(whom: Connection, work: Callable[[], Any]) -> None:
    """In a copy: tells what came of the work, or what it raised."""
    _of_its_own(0)
    gc.disable()
    gc.freeze()
    try:
        found: tuple[Any, Exception | None] = work(), None
    except Exception as error:
        found = None, error
    with suppress(Exception):  # who waits hears nothing then
        whom.send(found)


def give_back() -> None:
    """Gives memory that nothing lies in any more back to the system: else each copy of this process has it too."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another library of C than GNU's has no such word
            import ctypes

            ctypes.CDLL(None).malloc_trim(0)


def may_copy() -> bool:
    """Whether a copy of this process can be made, and has a core of its own."""
    return _cores() > 1 and _may_fork()


def threaded(work: Callable[[Batch], Done], batches: Iterable[Batch], ahead: int = 64) -> Iterator[Done]:
    """The same in threads of this process, for work that is mostly done in C code which lets others go on.

    No more than `ahead` results wait in memory; batches are asked for here, one by one.
    """
    cores = _cores()
    if cores < 2:
        yield from map(work, batches)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(cores, _MOST)) as pool:
        coming = iter(batches)
        waiting = deque(pool.submit(work, one) for one in islice(coming, ahead))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(work, one) for one in islice(coming, 1))
            yield done


_work: Callable[[Any], Any] | None = None
"""In a copy: what it is for."""


def _take(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603  how a copy is told, by the library's own door
    _quiet()
    gc.freeze()
    _work = work


def _quiet() -> None:
    """Nothing made in a process of a pool makes circles worth looking for; Ctrl-C ends it without a word."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _given(batch: Any) -> Any:
    if _work is None:
        raise RuntimeError("not a copy that was told its work")
    made = _work(batch)
    gc.collect(0)  # pages leave circles behind; what was there before is not looked through
    return made


def _may_fork() -> bool:
    import threading

    return sys.platform == "linux" and threading.active_count() == 1


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
