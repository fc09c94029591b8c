"""R7: in which stage a client was on a day, as far as its `stage:` lines and the note's history in git tell.

Article A (the perseverance test), point 5: contacts are winnowed into willing to talk, possible and probable;
whether that works can only be seen over time. The front matter knows the present; the past is what `stage:`
lines say and what was committed, and where neither tells it stays unknown.

Both may tell of one movement, which is counted once, on the line's day: the entry knows when it happened, the
commit when it was written down. A commit's change to a stage and a line that says this stage are one movement
where the line's entry came in with that commit; or where the line lies between the change committed before and
the one committed after, no more than `SPAN` days after its own commit. Notes are written up late, so a line of
the last `SPAN` days before the commit is meant even where another change was committed in between; that one
then happened no later than the line. Several lines in a row that say the same are told by the first.

A note's first version is where the way begins, not a movement. What one author changed back and forth within a
day comes to what was left of it in the evening.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from sitegen.doctrine.contacts import Contacts
from sitegen.model import Client
from sitegen.past import NOTHING, Edit, NoteHistory, in_order
from sitegen.records import dataclass

UNKNOWN = ""
"""A stage that nobody wrote down."""
LADDER: tuple[str, ...] = ("approach", "wtt", "possible", "probable", "won")
"""The way up; resting and dropped are beside it."""
SPAN = 31
"""Days: how late a movement is written up, or a line repeats what was committed, at the most."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of stage: one that a `stage:` line tells, or else a commit."""

    date: dt.date
    stage: str
    before: str
    """The stage before; `UNKNOWN` where nothing tells (but before willing to talk there is only approach)."""
    anchor: str
    """The anchor of the entry whose line tells it; empty for a commit."""
    who: tuple[str, ...] = ()
    """Of a line those who went (`Diary` fills it in), of a commit its author: keys of reps, or a name."""
    source: Literal["line", "git"] = "line"

    @property
    def up(self) -> bool:
        """Nearer to business than before."""
        return rank(self.stage) > rank(self.before)


@dataclass(frozen=True, slots=True)
class Began:
    """The oldest version of a note that git holds."""

    day: dt.date
    stage: str
    """Its stage; `UNKNOWN` where nothing tells."""
    created: bool
    """It is the note's very first; else what came before was not fetched."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a client came to be where it is."""

    moves: tuple[Move, ...] = ()
    """Oldest first; none repeats the stage that the one before it led to."""
    began: Began | None = None
    """None where git does not know the note."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A line or a commit that names a stage."""

    date: dt.date
    stage: str
    before: str = UNKNOWN
    anchor: str = ""
    who: tuple[str, ...] = ()
    source: Literal["line", "git"] = "line"
    entries: tuple[dt.date, ...] = ()
    """Of a commit: days of the entries that came in with it."""
    begins: bool = False


def rank(stage: str) -> int:
    """How far up the ladder: approach 0 to won 4; -1 for what is not on it."""
    return LADDER.index(stage) if stage in LADDER else -1


def moves(log: Contacts, history: NoteHistory = NOTHING, present: str = UNKNOWN) -> tuple[Move, ...]:
    """Every change of stage that is known, oldest first; what repeats the stage is none."""
    return way(log, history, present).moves


def way(
    log: Contacts,
    history: NoteHistory = NOTHING,
    present: str = UNKNOWN,
    cut: dt.date | None = None,
) -> Way:
    """The movements of a client and where git's knowledge of it begins; `present` is its stage today.

    `cut`: of a shallow clone the day of its oldest commit; a note that nobody edited since has not moved since.
    """
    lines = [
        _Step(entry.date, line.text, anchor=entry.anchor)
        for entry in log.past
        for line in entry.lines
        if line.word == "stage" and line.text != UNKNOWN
    ]
    edits = in_order(history.edits)
    commits = _committed(edits)
    began = _began(history, edits, present, cut)
    if began:
        commits.insert(0, _Step(began.day, began.stage, begins=True))
    return Way(tuple(_moves(_merged(lines, commits))), began)


def _committed(edits: Sequence[tuple[dt.date, Edit]]) -> list[_Step]:
    """Changes of stage by commits, oldest first, those of one author and day as one. `edits`: see `in_order`."""
    found: list[_Step] = []
    last = ""
    for day, edit in edits:
        for change in edit.changes if not edit.created else ():
            if change.key != "stage":
                continue
            if found and last == edit.author and found[-1].date == day:
                before = found.pop()
                step = replace(before, stage=change.new, entries=(*before.entries, *edit.entries))
            else:
                who = (edit.rep or edit.author,)
                step = _Step(day, change.new, change.old, who=who, source="git", entries=edit.entries)
            found.append(step)
            last = edit.author
    return [step for step in found if step.stage not in (UNKNOWN, step.before)]


def _began(
    history: NoteHistory, edits: Sequence[tuple[dt.date, Edit]], present: str, cut: dt.date | None
) -> Began | None:
    """The oldest version's stage: what the first change left, or the present one if nothing ever changed it."""
    if not edits:
        return Began(cut, present, created=False) if cut and not history.dirty else None
    day, oldest = edits[0]
    first = next((c for _, edit in edits for c in edit.changes if c.key == "stage"), None)
    if first is None:
        return Began(day, UNKNOWN if history.dirty else present, oldest.created)
    return Began(day, first.old, oldest.created)


def _merged(lines: Sequence[_Step], commits: Sequence[_Step]) -> list[_Step]:
    """Lines by their days, and the commits that no line tells of among them, in the order they were made."""
    if not commits:
        return list(lines)
    told = _told(lines, commits)
    merged = list(lines)
    limit = len(merged)
    for n in range(len(commits) - 1, -1, -1):
        step = commits[n]
        if n in told:
            # still its place in `merged`: all that was put in so far stands at `limit` or behind it
            limit = told[n]
            merged[limit] = replace(merged[limit], before=step.before)
            continue
        least = max((told[m] + 1 for m in range(n) if m in told), default=0)
        at = bisect_right(merged, step.date, lo=least, hi=limit, key=lambda s: s.date)
        if at == limit < len(merged):
            step = replace(step, date=min(step.date, merged[at].date))
        if at == least > 0:
            step = replace(step, date=max(step.date, merged[at - 1].date))
        merged.insert(at, step)
        limit = at
    return merged


def _told(lines: Sequence[_Step], commits: Sequence[_Step]) -> dict[int, int]:
    """Which commit's movement is told by which line: places in `commits` → places in `lines`."""
    told: dict[int, int] = {}
    first = 0
    for n, step in enumerate(commits):
        if step.begins:
            continue
        meant = [i for i in _meant(lines, commits, n) if i >= first]
        if meant:
            told[n] = meant[0]
            first = meant[0] + 1
    return told


def _meant(lines: Sequence[_Step], commits: Sequence[_Step], n: int) -> list[int]:
    """The lines in a row that may tell of this commit's movement: the best row, oldest line first."""
    step = commits[n]
    after = commits[n - 1].date if n else dt.date.min
    low = min(after, step.date - dt.timedelta(SPAN))
    high = step.date + dt.timedelta(SPAN)
    if n + 1 < len(commits):
        high = min(high, max(step.date, commits[n + 1].date - dt.timedelta(1)))
    same = [i for i, line in enumerate(lines) if line.stage == step.stage]
    near = [i for i in same if low <= lines[i].date <= high or lines[i].date in step.entries]
    with_it = [i for i in near if lines[i].date in step.entries]
    before = [i for i in near if lines[i].date <= step.date]
    if not near:
        return []
    best = with_it[-1] if with_it else before[-1] if before else near[0]
    while best - 1 in near:
        best -= 1
    return [i for i in near if i >= best]


def _moves(steps: Iterable[_Step]) -> Iterator[Move]:
    here = UNKNOWN
    for step in steps:
        if step.begins:
            here = step.stage or here
        elif step.stage != here:
            before = here or step.before or ("approach" if step.stage == "wtt" else UNKNOWN)
            yield Move(step.date, step.stage, before, step.anchor, step.who, step.source)
            here = step.stage


def stage_on(
    client: Client, moved: Sequence[Move], day: dt.date, today: dt.date, began: Began | None = None
) -> str:
    """The stage at the end of `day`, given the client's moves; from `today` on the present one.

    `began`: what git's oldest version says. `UNKNOWN` where nothing tells. A client without any movement that
    is in approach has always been there.
    """
    if day >= today:
        return client.stage
    here = next((move for move in reversed(moved) if move.date <= day), None)
    if began and began.stage and began.day <= day and (here is None or here.date <= began.day):
        return began.stage
    if here:
        return here.stage
    if began and began.stage and not (moved and moved[0].date <= began.day):
        return "approach" if began.stage == "approach" else UNKNOWN
    if moved:
        return moved[0].before
    return "approach" if client.stage == "approach" else UNKNOWN
