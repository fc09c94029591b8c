"""Steps and what they changed → the edits that a client's page tells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import heapify, heappop, heappush
from zoneinfo import ZoneInfo

from sitegen.history.git import Commit
from sitegen.history.raw import Old
from sitegen.history.results import Result, mark
from sitegen.history.walking import Step
from sitegen.model import STAGES, Rep
from sitegen.past import Change, Edit
from sitegen.records import dataclass
from sitegen.text import fold, nfc

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Signed:
    """A commit as pages tell it."""

    id: str
    seconds: int
    day: dt.date
    time: str
    author: str
    rep: str


def signed(commits: Sequence[Commit], reps: Sequence[Rep], timezone: str) -> list[Signed]:
    """Commits with their days in the team's time zone, and the reps who made them."""
    zone = ZoneInfo(timezone)
    names = _names(reps)
    return [_signed(commit, names, zone) for commit in commits]


def _signed(commit: Commit, names: Mapping[str, str], zone: ZoneInfo) -> Signed:
    try:
        when = dt.datetime.fromtimestamp(commit.seconds, zone)
    except (ValueError, OverflowError, OSError):
        when = dt.datetime.fromtimestamp(0, zone)
    author = nfc(" ".join(_CONTROLS.sub(" ", commit.author).split()))
    return Signed(
        commit.id, commit.seconds, when.date(), f"{when:%H:%M}", author, names.get(fold(author), "")
    )


def _names(reps: Sequence[Rep]) -> dict[str, str]:
    """Folded name → the rep's key; a name that two reps have is nobody's."""
    found: dict[str, set[str]] = {}
    for rep in reps:
        for name in (rep.key, rep.name, rep.native):
            if name:
                found.setdefault(fold(name), set()).add(rep.key)
    return {name: keys.pop() for name, keys in found.items() if len(keys) == 1}


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a note."""

    until: dt.date
    """No later edits."""
    owners: Mapping[str, str]
    """By `mark`: the reps' keys."""
    days: Collection[int] = ()
    """Of the entries that the note still holds, as ordinals."""


Row = tuple[int, Sequence[tuple[str, str, str]], int, Sequence[int]]
"""An edit as it is remembered: index into the commits, changes as in `Result`, flags, days of entries."""
_CREATED, _MOVED, _SAME = 1, 2, 4
"""Flags: the first version; it lay elsewhere before; not even its text changed."""


def rows_of(steps: Sequence[Step], results: Sequence[Result], seconds: Sequence[int]) -> list[Row]:
    """A note's edits, newest first, whatever today's book or the day of the build are.

    `steps` and `results`: newest first, as `seconds`, those of the commits, are.
    """
    found: list[Row] = []
    now = {"stage": "", "owner": ""}
    for i in _in_order(steps, [seconds[step.commit] for step in steps]):
        step, result = steps[i], results[i]
        if result.skipped:
            continue
        changes = [*result.changes, *_settled(result, now)] if result.stage else result.changes
        for key, _, new in changes:
            if key in now:
                now[key] = new
        met = len(step.olds) > 1
        path, blob = step.olds[0] if step.olds else (step.path, "")
        flags = _CREATED if i == len(steps) - 1 and not step.olds else 0
        flags += _MOVED if path != step.path and not met else 0
        flags += _SAME if blob == step.blob or met else 0
        found.append((step.commit, changes, flags, result.days))
    return found[::-1]


def edits_of(rows: Iterable[Row], commits: Sequence[Signed], told: Told) -> tuple[Edit, ...]:
    """The same as pages tell them: what today's book still holds, up to a day."""
    found = []
    until, owners, written = told.until, told.owners, told.days
    for at, changes, flags, ordinals in rows:
        commit = commits[at]
        days = tuple([_date(day) for day in ordinals if day in written]) if ordinals else ()
        if commit.day <= until and (changes or days or flags != _SAME):
            shown = tuple([_change(key, old, new, owners) for key, old, new in changes]) if changes else ()
            created, moved = bool(flags & _CREATED), bool(flags & _MOVED)
            found.append(
                Edit(
                    commit.day, commit.time, commit.author, commit.rep, commit.id, shown, created, moved, days
                )
            )
    return tuple(found)


def _in_order(steps: Sequence[Step], seconds: Sequence[int]) -> Sequence[int]:
    """Places of the steps, oldest first: each after what it came from, whatever a clock said; then by the clock."""
    places = range(len(steps) - 1, -1, -1)
    if all(len(step.olds) < 2 for step in steps):
        return places
    makers: dict[Old, list[int]] = {}
    waiting: dict[int, int] = {}
    after: dict[int, list[int]] = {}
    ready = []
    for i in places:
        step = steps[i]
        before = {place for old in step.olds for place in makers.get(old, ())}
        for place in before:
            after.setdefault(place, []).append(i)
        waiting[i] = len(before)
        makers.setdefault((step.path, step.blob), []).append(i)
        if not before:
            ready.append((seconds[i], -i))
    heapify(ready)
    order = []
    while ready:
        place = -heappop(ready)[1]
        order.append(place)
        for i in after.get(place, ()):
            waiting[i] -= 1
            if not waiting[i]:
                heappush(ready, (seconds[i], -i))
    return order


def _settled(result: Result, now: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Where branches met that moved a note to two stages or owners: which of them it has since then."""
    told = {key for key, _, _ in result.changes}
    for key, after in (("stage", result.stage), ("owner", result.owner)):
        if after and now[key] and now[key] != after and key not in told:
            yield key, now[key], after


def _change(key: str, old: str, new: str, owners: Mapping[str, str]) -> Change:
    if key == "owner":
        return Change(key, owners.get(old, ""), owners.get(new, ""))
    return _told(key, old, new)


@lru_cache(maxsize=256)
def _told(key: str, old: str, new: str) -> Change:
    """One record for all that say the same: thousands do."""
    return Change(key, *(stage if stage in STAGES else "" for stage in (old, new)))


_date = lru_cache(maxsize=20_000)(dt.date.fromordinal)


def owners_of(reps: Sequence[Rep]) -> dict[str, str]:
    """By `mark`: the keys of the reps that the book tells of."""
    return {mark(rep.key): rep.key for rep in reps}
