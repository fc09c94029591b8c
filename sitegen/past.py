"""The nouns of a book's history: who changed which note when, as git remembers it.

Only what a note's front matter says is compared, and of that only what its page shows; no text of an older
version, and no commit message, is kept in any of these records.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import pairwise
from typing import Literal

from sitegen.records import dataclass

Status = Literal["off", "no-git", "no-repository", "no-commits", "refused", "failed", "shallow", "whole"]
"""Why there is a history or none: switched off in `kayoi.yml`; the program `git` is missing; the book lies in no
repository (a plain file share); nothing was committed yet; git refuses the folder because it belongs to somebody
else; git failed in another way; only the newest commits were fetched; all is there.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of the front matter that an edit changed."""

    key: str
    """The front-matter key, such as `stage`."""
    old: str = ""
    """Before; only told of `stage` and `owner`, and only where it is a known stage or rep. Else empty."""
    new: str = ""
    """After, told likewise."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One commit that touched a note."""

    day: dt.date
    """The author's day, in the team's time zone."""
    time: str
    """`HH:MM`, in the team's time zone."""
    author: str
    """The author's name by `.mailmap`, NFC; never an address."""
    rep: str
    """Key of the rep of that name; empty where it is nobody's."""
    commit: str
    """The commit's full id."""
    changes: tuple[Change, ...] = ()
    created: bool = False
    """The note's first version."""
    moved: bool = False
    """The file was renamed or lay in another folder before."""
    entries: tuple[dt.date, ...] = ()
    """Days of entries that this edit added, and that the note still holds: what was written up then."""


@dataclass(frozen=True, slots=True)
class NoteHistory:
    """What git knows of one note."""

    edits: tuple[Edit, ...] = ()
    """Newest first, each before what it came from, whatever a clock said; none later than the day that the site is
    built for.
    """
    dirty: bool = False
    """The file differs from its newest committed version, or was never committed."""
    skipped: int = 0
    """Versions that could not be read, or were private then: they are told nowhere."""

    @property
    def tracked(self) -> bool:
        """At least one version was committed."""
        return bool(self.edits)


def in_order(edits: Sequence[Edit]) -> list[tuple[dt.date, Edit]]:
    """A note's edits, oldest first, with days that never go back.

    A clock that was set wrong must not turn the order round: as few edits as possible count for another day than
    their own, the day of the edit before them.
    """
    found = [(edit.day, edit) for edit in reversed(edits)]
    if all(one[0] <= after[0] for one, after in pairwise(found)):
        return found
    kept = _rising([day for day, _ in found])
    last = found[min(kept)][0]
    straight = []
    for n, (day, edit) in enumerate(found):
        last = day if n in kept else last
        straight.append((last, edit))
    return straight


def _rising(days: Sequence[dt.date]) -> set[int]:
    """The places of the longest row of days, with gaps, that never goes back; the first of several."""
    ends: list[int] = []
    before: dict[int, int] = {}
    longest = 0
    for n, day in enumerate(days):
        at = bisect_right(ends, day, key=lambda place: days[place])
        if at:
            before[n] = ends[at - 1]
        longest = n if at == len(ends) else longest
        ends[at : at + 1] = [n]
    kept = [longest]
    while kept[-1] in before:
        kept.append(before[kept[-1]])
    return set(kept)


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of the book."""

    status: Status = "off"
    since: dt.date | None = None
    """The day of the oldest commit at hand: in a shallow clone the past begins there."""
    head: str = ""
    """Full id of the newest commit; empty where there is none."""
    notes: Mapping[str, NoteHistory] = field(default_factory=dict)
    """By the note's path, as in `Client.path`."""
    skipped: int = 0
    """Versions that could not be read, of all notes."""

    def of(self, path: str) -> NoteHistory:
        """The note's history; an empty one where git knows nothing of it."""
        return self.notes.get(path, NOTHING)


NOTHING = NoteHistory()
"""Of a note that git does not know."""
