"""The pages of the numbers game: looked at and made by a copy of the process while this one goes on with all others.

They draw on one count of everything and on nothing else that is put together from many clients, so neither has to
wait for the other until the front page is made, which shows a little of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from sitegen.keeping.halves import release
from sitegen.planning import making
from sitegen.planning.apart import Looked, Once, looked, take
from sitegen.planning.digests import FOUND, FRAMES
from sitegen.planning.looking import look_at_these
from sitegen.planning.making import Made, made_of, make_one, sorted_out, taken
from sitegen.planning.pieces import TOGETHER
from sitegen.planning.plan import Plan
from sitegen.planning.tasks import COUNTED, Done, Task
from sitegen.processes import beside, forked, give_back, may_copy
from sitegen.site.pages import KINDS

NUMBERS = tuple(n for n, kind in enumerate(KINDS[:-1]) if kind.section in COUNTED and not kind.early)
"""The kinds of these pages; home comes after all others."""
PIECE = 4
"""Of these pages to a piece of work."""
FEW = 5
"""Pages of many that are nearly always made anew: as for others, their rows tell whether a copy pays for itself."""


class Counted(NamedTuple):
    """What a copy of the process found out and made."""

    looked: Looked
    why: dict[str, tuple[str, ...]]
    reasons: dict[str, Sequence[str] | None]
    given: Sequence[Made]
    """Files that stand or are kept."""
    done: Sequence[tuple[str, str, Done]]
    """Those that were made: the node's name, path, and what came of it."""


class Others(NamedTuple):
    """These pages, while a copy of the process looks at them."""

    pages: Callable[[], Iterator[Made | Task]]
    """Gives them, once all others are listed."""
    ready: Callable[[], bool]
    """Whether that would take no more than a moment."""


@contextmanager
def counted_beside(plan: Plan) -> Iterator[Others | None]:
    """Begins with these pages in a copy of the process; None where that would not pay."""
    many = FEW * len(plan.stamps.clients) >= making.ROWS
    # new frames are put around pages that are kept, which needs no count
    framed = any(cell.startswith(f"{FRAMES}:") for cell in plan.changed)
    if plan.early is not None or framed or not many or not may_copy():
        yield None
        return
    plan.memory.before_copies()
    with beside(lambda: _count(plan)) as copy:
        yield Others(lambda: _merged(plan, copy.wait()), copy.ready)


def _count(plan: Plan) -> Counted | None:
    """None: one of the pages draws on something that this process does not look at."""
    given: list[Made] = []
    done: list[tuple[str, str, Done]] = []

    def look() -> None:
        tasks: list[Task] = []
        look_at_these(plan, plan.work.counting.shared)
        plan.follow()
        for number in NUMBERS:
            given.extend(sorted_out(made_of(plan, number), tasks))
        done.extend(_made(plan, tasks))

    found = looked(plan, look)
    unseen = _unseen(plan)
    told = (cell for *_, one in done for cell in one.node.cells)
    if plan.memory.nodes.draw_on(found.there, unseen) or any(cell.startswith(unseen) for cell in told):
        return None
    return Counted(found, plan.why, plan.reasons, given, list(_framed(done)))


def _made(plan: Plan, tasks: Sequence[Task]) -> Iterator[tuple[str, str, Done]]:
    """What comes of the tasks; many are shared out once more, with what was counted."""

    def make(numbers: Sequence[int]) -> list[Done]:
        found = [make_one(plan, tasks[number]) for number in numbers]
        release()
        return [one.packed_alone() for one in found]  # all of them travel at once

    words = Once()
    pieces = [range(n, min(n + PIECE, len(tasks))) for n in range(0, len(tasks), PIECE)]
    if len(tasks) > TOGETHER:
        plan.work.warm()
        give_back()
        several: Callable[..., Iterator[list[Done]]] = partial(forked, few=True)
    else:
        several = map
    for piece, found in zip(pieces, several(make, pieces), strict=True):
        for n, done in zip(piece, found, strict=True):
            yield tasks[n].name, tasks[n].path, done._replace(node=words.of(done.node))


def _framed(done: Sequence[tuple[str, str, Done]]) -> Iterator[tuple[str, str, Done]]:
    """The same, but each frame comes with its first page, whichever process packed it."""
    frames = {one.packed.key: one.packed.frame for *_, one in done if one.packed and one.packed.frame}
    for name, path, one in done:
        packed = one.packed and one.packed._replace(frame=frames.pop(one.packed.key, b""))
        yield name, path, one._replace(packed=packed)


def _unseen(plan: Plan) -> tuple[str, ...]:
    """How cells begin of what the copy does not look at."""
    mine = {one.name for one in plan.work.counting.shared}
    others = (one.name for one in (*plan.work.first, *plan.work.shared) if one.name not in mine)
    return (*(f"shared {name}:" for name in others), *(f"{name}:" for name in FOUND))


def _merged(plan: Plan, found: Counted | None) -> Iterator[Made | Task]:
    """Takes what the copy made; else the pages are looked at here."""
    tables = plan.work.counting.shared
    if found is None:
        look_at_these(plan, tables)
        plan.follow()
        for number in NUMBERS:
            yield from made_of(plan, number)
        return
    take(plan, found.looked, tables)
    plan.why.update(found.why)
    plan.reasons.update(found.reasons)
    yield from found.given
    for name, path, done in found.done:
        yield taken(plan, name, path, done)
    plan.follow()
