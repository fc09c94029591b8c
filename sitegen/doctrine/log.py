"""R7: what one client gives to the diary of the book: a mark for each entry, and what entries say in few words.

Article A (the perseverance test), point 5: the numbers of the numbers game are people met. Marks are small and all
that counting needs; words are wanted only of the few entries that a page lists. Both are a matter of the note alone,
and of the day only what has come and what is still ahead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sitegen.doctrine.contacts import Contacts, contacts, owner_on, reps_of
from sitegen.doctrine.stages import Began, Move, way
from sitegen.model import Client, Entry, Handover, PartialDate, Rep
from sitegen.past import Edit, History
from sitegen.records import dataclass
from sitegen.text import fold

ANSWERED, FACE, FIRST, PLANNED = 1, 2, 4, 8
"""Marks of an entry: it got an answer; face to face; the client's first contact; its day is still to come."""
NO_HOUR = "~"
"""Comes after every hour."""
REFUSED = frozenset({"no", "postponed"})
NEWEST = 5
"""So many entries of each client are kept as lists tell them."""
SAID = frozenset({*REFUSED, "need", "assumed", "confirmed", "introduced", "gave", "got", "lesson"})
"""Words whose lines are told in lists."""


class Mark(NamedTuple):
    """An entry as numbers see it."""

    day: int
    """The date's ordinal."""
    time: str
    """`HH:MM`, or `NO_HOUR`."""
    who: int
    """Which of the log's `who` went."""
    marks: int
    refused: int
    """Lines in which they said no or put it off."""
    written: int
    """Days until it came into the book, as far as git knows; -1: nobody knows."""


@dataclass(frozen=True, slots=True)
class Past:
    """What a client's note tells of its way so far."""

    first: dt.date | None
    """The first contact that is known: the oldest written one, or `last_visit`."""
    begun: dt.date | None
    """The day of the very first contact, where the note holds it; a note with `visits_before` does not, nor
    does one whose `since` or `last_visit` is older than every entry, or whose `last_visit` is the only contact.
    """
    last: dt.date | None
    contacts: int
    unanswered: int
    moves: tuple[Move, ...]
    began: Began | None = None
    """What git's oldest version of the note says; None where git does not know it."""
    known: dt.date | None = None
    """`first`; the end of `since` where that is older, or where visits were made before the notes."""
    talked: dt.date | None = None
    """The day on which business was last talked, None if never."""


@dataclass(frozen=True, slots=True)
class Log:
    """What counting needs of a client."""

    past: Past
    who: tuple[tuple[str, ...], ...]
    """Keys of reps who went together; nobody where none is known."""
    marks: tuple[Mark, ...]
    """An entry each, the newest first; those of one day in the order written."""
    told: Mark | None
    """The contact that the note's `last_visit` tells of, later than every other."""
    due: tuple[tuple[int, int], ...]
    """Promises with a date, the latest first: the date's ordinal, and which of `Notes.promises` it is."""
    stages: bool
    """A `stage:` line tells where the client stood."""
    weeks: tuple[tuple[str, tuple[int, ...]], ...]
    """Each rep with the weeks in which they were here, the newest first."""
    owner: str
    """The present one; with the hand-overs it tells whose the client was on any day."""
    handovers: tuple[Handover, ...]
    next: dt.date | None
    """The day of the planned meeting."""


class Line(NamedTuple):
    """A line of an entry that lists tell."""

    word: str
    text: str
    who: str
    until: PartialDate | None


class Vow(NamedTuple):
    """A promise, as the entry tells it in which it was made."""

    text: str
    state: str
    due: dt.date | None


class Owed(NamedTuple):
    """A promise with a date that was not cancelled."""

    text: str
    state: str
    made: int
    """The entry's day as an ordinal; 0 outside entries."""
    anchor: str


class Noted(NamedTuple):
    """What an entry says, in few words."""

    anchor: str
    kind: str
    people: tuple[str, ...]
    gist: str
    """Its title, else its first sentence."""
    inbound: bool
    business: bool
    lines: tuple[Line, ...]
    promises: tuple[Vow, ...]


class Notes(NamedTuple):
    """What a client's entries say."""

    entries: tuple[Noted, ...]
    """In the order of `Log.marks`."""
    promises: tuple[Owed, ...]


def rep_keys(reps: Iterable[Rep]) -> dict[str, str]:
    """A rep's key by each of the names that a `by:` line may use, folded."""
    return {fold(name): rep.key for rep in reps for name in (rep.native, rep.name, rep.key) if name}


def log_of(
    client: Client, today: dt.date, history: History, keys: Mapping[str, str], most: int | None = None
) -> Log:
    """A client's log as on `today`. `keys`: see `rep_keys`; `most`: how many weeks of a rep are told."""
    found = contacts(client, today)
    past = past_of(client, found, history, keys)
    first = found.answered[0] if past.begun else None
    late = _lateness(history.of(client.path).edits)
    who: dict[tuple[str, ...], int] = {}
    marks = []
    told = None
    if past.contacts > len(found.answered) and past.last:
        owner = owner_on(client, past.last)
        who[(owner,) if owner else ()] = 0
        told = Mark(past.last.toordinal(), NO_HOUR, 0, ANSWERED | FACE, 0, -1)
    for entry in _newest_first(client):
        reps = who_went(client, entry, keys)
        ahead = entry.date > today
        bits = (
            entry.answered * ANSWERED | entry.face_to_face * FACE | (entry is first) * FIRST | ahead * PLANNED
        )
        refused = sum(line.word in REFUSED for line in entry.lines)
        written = -1 if ahead else late.get(entry.date, -1)
        number = who.setdefault(reps, len(who))
        marks.append(Mark(entry.date.toordinal(), entry.time or NO_HOUR, number, bits, refused, written))
    due = [(day.toordinal(), n) for n, (day, _) in enumerate(_owed(client))]
    due.sort(key=lambda one: (-one[0], one[1]))
    names = tuple(who)
    weeks = _weeks([*marks, told] if told else marks, names, most)
    stages = any(line.word == "stage" and line.text for entry in found.past for line in entry.lines)
    return Log(
        past, names, tuple(marks), told, tuple(due), stages, tuple(weeks),
        client.owner, client.handovers, client.next.date if client.next else None,
    )  # fmt: skip


def contacts_since(logs: Iterable[Log], first: dt.date) -> int:
    """How many entries from `first` on got an answer, up to the day of the logs."""
    since, count = first.toordinal(), 0
    for log in logs:
        for mark in log.marks:
            if mark.day < since:
                break
            count += mark.marks & (ANSWERED | PLANNED) == ANSWERED
    return count


def notes_of(client: Client) -> Notes:
    """What a client's entries say; no day changes it."""
    return Notes(
        tuple([_noted(entry) for entry in _newest_first(client)]), tuple([owed for _, owed in _owed(client)])
    )


def newest_of(client: Client) -> tuple[Noted, ...]:
    """What its newest entries say: of the clients that lists of a month tell, hardly one is told more often."""
    return tuple([_noted(entry) for entry in _newest_first(client)[:NEWEST]])


def past_of(client: Client, log: Contacts, versions: History, keys: Mapping[str, str]) -> Past:
    """One client's way so far. `keys`: see `rep_keys`."""
    cut = versions.since if versions.status == "shallow" else None
    trodden = way(log, versions.of(client.path), client.stage, cut)
    went = {entry.anchor: entry for entry in log.past} if trodden.moves else {}
    found = [
        replace(move, who=who_went(client, went[move.anchor], keys)) if move.source == "line" else move
        for move in trodden.moves
    ]
    oldest = log.answered[0].date if log.answered else None
    told = log.last_visit
    since = client.since.last() if client.since else None
    older = since is not None and oldest is not None and since < oldest
    whole = oldest is not None and not client.visits_before and not (told and told < oldest) and not older
    late = told is not None and (not log.answered or told > log.answered[-1].date)
    first = min(filter(None, (oldest, told)), default=None)
    before = since if client.visits_before or older else None
    return Past(
        first=first,
        begun=oldest if whole else None,
        last=log.last,
        contacts=len(log.answered) + late,
        unanswered=len(log.past) - len(log.answered),
        moves=tuple(found),
        began=trodden.began,
        known=min(filter(None, (first, before)), default=None),
        talked=max((entry.date for entry in log.past if entry.business), default=None),
    )


def who_went(client: Client, entry: Entry, keys: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the reps who went, each once: a `by:` line may name them as people do."""
    if entry.by:
        return tuple(dict.fromkeys([keys.get(fold(name), name) for name in entry.by]))
    return reps_of(client, entry)


def _newest_first(client: Client) -> list[Entry]:
    return sorted(client.entries, key=lambda entry: entry.date, reverse=True)


def _noted(entry: Entry) -> Noted:
    return Noted(
        entry.anchor,
        entry.kind,
        entry.people,
        entry.title or entry.gist,
        entry.inbound,
        entry.business,
        tuple(
            [Line(line.word, line.text, line.who, line.until) for line in entry.lines if line.word in SAID]
        ),
        tuple([Vow(promise.text, promise.state, promise.due) for promise in entry.promises]),
    )


def _owed(client: Client) -> Iterator[tuple[dt.date, Owed]]:
    made = [(promise, 0, "") for promise in client.promises]
    made += [(p, entry.date.toordinal(), entry.anchor) for entry in client.entries for p in entry.promises]
    for promise, day, anchor in made:
        if promise.due and promise.state != "cancelled":
            yield promise.due, Owed(promise.text, promise.state, day, anchor)


def _lateness(edits: Sequence[Edit]) -> dict[dt.date, int]:
    """Day of an entry → days until it came into the book.

    Left out are entries that came with a note's first version, which may be copied from older papers, and those
    that were in the book before their day, as plans.
    """
    return {
        day: (edit.day - day).days
        for edit in edits
        if not edit.created
        for day in edit.entries
        if edit.day >= day
    }


def _weeks(
    marks: Sequence[Mark], who: Sequence[tuple[str, ...]], most: int | None
) -> Iterator[tuple[str, tuple[int, ...]]]:
    found: dict[str, set[int]] = {}
    for mark in marks:
        if not mark.marks & PLANNED:
            for rep in who[mark.who]:
                found.setdefault(rep, set()).add((mark.day - 1) // 7)
    for rep, weeks in found.items():
        yield rep, tuple(sorted(weeks, reverse=True)[:most])
