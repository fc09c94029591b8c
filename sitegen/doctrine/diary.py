"""R7: everything that the reps did, day by day, and which of it was a client's first contact.

Article A (the perseverance test), point 5: selling is a numbers game, and the numbers are people met. They are
counted where they were met: for the rep who went, whoever looks after the client today.

The diary of a book is put together from what each client gives (`doctrine/log.py`), without a note being looked at.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple, Protocol

from sitegen.doctrine.contacts import owner_on
from sitegen.doctrine.log import (
    ANSWERED,
    FACE,
    FIRST,
    PLANNED,
    Log,
    Mark,
    Noted,
    Notes,
    Owed,
    Past,
    log_of,
    notes_of,
    rep_keys,
)
from sitegen.doctrine.stages import Move
from sitegen.model import Client, Rep
from sitegen.past import History
from sitegen.records import dataclass


class Words(Protocol):
    """What entries and promises say; asked for few of them. A client is told by its key."""

    def entry(self, client: str, place: int) -> Noted:
        """An entry by its place, the newest 0."""

    def promise(self, client: str, place: int) -> Owed:
        """A promise by its place in `Notes.promises`."""


class Deed(NamedTuple):
    """One entry as a rep's work, done or planned; or the contact that a `last_visit` tells of."""

    client: Client
    date: dt.date
    time: str
    """`HH:MM`; `~`, which comes after every hour, where there is none."""
    place: int
    """Which of the client's entries, the newest 0; -1: the note's `last_visit`, later than every entry."""
    reps: tuple[str, ...]
    """Keys of those who went; empty where nobody is known."""
    marks: int
    refused: int
    """Lines in which they said no or put it off."""
    written: int
    """Days until it came into the book; -1: nobody knows."""
    words: Words

    @property
    def entry(self) -> Noted | None:
        """What it says; None: the note's `last_visit`."""
        return self.words.entry(self.client.key, self.place) if self.place >= 0 else None

    @property
    def first(self) -> bool:
        """The client's first contact: an approach."""
        return self.marks & FIRST != 0

    @property
    def planned(self) -> bool:
        """Dated after today."""
        return self.marks & PLANNED != 0

    @property
    def contact(self) -> bool:
        """It got an answer, and its day has come."""
        return self.marks & (PLANNED | ANSWERED) == ANSWERED

    @property
    def answered(self) -> bool:
        """It got an answer, or is planned."""
        return self.marks & ANSWERED != 0

    @property
    def visit(self) -> bool:
        """A contact face to face (a `last_visit` is one)."""
        return self.marks & (PLANNED | ANSWERED | FACE) == ANSWERED | FACE

    @property
    def face_to_face(self) -> bool:
        """Also a planned one, and one without an answer."""
        return self.marks & FACE != 0

    @property
    def anchor(self) -> str:
        """Where it stands on the client's page; empty for a `last_visit`."""
        return entry.anchor if (entry := self.entry) else ""


class Kept(NamedTuple):
    """A promise with a date, and where it was made."""

    client: Client
    text: str
    state: str
    due: dt.date
    made: dt.date | None
    """The entry's day; None outside entries."""
    anchor: str


@dataclass(frozen=True, slots=True)
class Diary:
    """The whole book by weeks. A week is known by `week_of`, a rep by its key, the team by None."""

    deeds: Mapping[str | None, Mapping[int, Sequence[Deed]]]
    """Rep → week → entries. A joint visit stands once under each rep who went, and once in the team's."""
    promised: Mapping[str, Mapping[int, Sequence[tuple[int, Client, int]]]]
    """Rep who owns the client → week → day of the promise, client, which of its promises."""
    past: Mapping[str, Past]
    """By client key."""
    logs: Mapping[str, Log]
    """By client key."""
    weeks: Mapping[str, Sequence[int]]
    """Rep → weeks in which they did something, the newest first."""
    words: Words
    moved: Mapping[str | None, Mapping[int, Sequence[tuple[Client, Move]]]] = field(default_factory=dict)
    """Rep → week → movements, in the order of the book. What a line tells counts for those who went; what only
    a commit tells for the client's owner of that day, whoever typed it.
    """

    def between(self, rep: str | None, first: dt.date, last: dt.date) -> list[Deed]:
        """The rep's entries from `first` to `last`, both included, oldest first."""
        weeks = self.deeds.get(rep, {})
        found = [
            deed
            for week in range(week_of(first), week_of(last) + 1)
            for deed in weeks.get(week, ())
            if first <= deed.date <= last
        ]
        return sorted(found, key=_by_time)

    def contacts_since(self, first: dt.date) -> list[Deed]:
        """The team's contacts from `first` on, in no order."""
        weeks = self.deeds.get(None, {})
        late = [deeds for week, deeds in weeks.items() if week >= week_of(first)]
        return [deed for deeds in late for deed in deeds if deed.contact and deed.date >= first]

    def due(self, rep: str, week: int) -> list[Kept]:
        """Promises for this week to the rep's clients, by date; cancelled ones left out."""
        found = sorted(
            self.promised.get(rep, {}).get(week, ()), key=lambda one: (one[0], one[1].path, one[2])
        )
        return [_kept(self.words, *one) for one in found]


def week_of(day: dt.date) -> int:
    """Weeks from Monday to Sunday, counted through from the calendar's first."""
    return (day.toordinal() - 1) // 7


def monday(week: int) -> dt.date:
    """The first day of a week."""
    return dt.date.fromordinal(week * 7 + 1)


def diary(
    clients: Iterable[Client], reps: Iterable[Rep], today: dt.date, history: History | None = None
) -> Diary:
    """Everything done and planned, as on `today`. `reps` tell who is meant by a name after `by:`."""
    keys, versions = rep_keys(reps), history or History()
    found = [(client, log_of(client, today, versions, keys)) for client in clients]
    notes = {client.key: notes_of(client) for client, _ in found}
    return together(found, _All(notes))


class _All:
    """What all entries say."""

    def __init__(self, notes: Mapping[str, Notes]) -> None:
        self._notes = notes

    def entry(self, client: str, place: int) -> Noted:
        return self._notes[client].entries[place]

    def promise(self, client: str, place: int) -> Owed:
        return self._notes[client].promises[place]


def together(
    found: Sequence[tuple[Client, Log]], words: Words, since: dt.date = dt.date.min, most: int = 0
) -> Diary:
    """The diary of clients in the order of the book, each with its log.

    What lies before the week of `since` is left out, but for the newest `most` weeks of each rep: a page is about a
    few weeks of many years, and each of these is whole.
    """
    weeks: defaultdict[str, set[int]] = defaultdict(set)
    for _, log in found:
        for rep, mine in log.weeks:
            weeks[rep].update(mine)
    newest = {rep: sorted(mine, reverse=True) for rep, mine in weeks.items()}
    first = monday(week_of(since)).toordinal()
    last = {rep: mine[:most][-1] for rep, mine in newest.items() if mine[:most]}
    earlier = {rep: monday(week).toordinal() for rep, week in last.items() if week < week_of(since)}
    sheet, logs = _Sheet(words), {client.key: log for client, log in found}
    for client, log in found:
        theirs = {log.owner, *(rep for rep, _ in log.weeks)} if earlier else ()
        days = [earlier[rep] for rep in theirs if rep in earlier]
        sheet.add(client, log, min([first, *days]))
    return Diary(sheet.deeds, sheet.promised, sheet.past, logs, newest, words, sheet.moved)


class _Sheet:
    """A diary while it is put together."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.deeds: defaultdict[str | None, defaultdict[int, list[Deed]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.promised: defaultdict[str, defaultdict[int, list[tuple[int, Client, int]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.moved: defaultdict[str | None, defaultdict[int, list[tuple[Client, Move]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.past: dict[str, Past] = {}

    def add(self, client: Client, log: Log, first: int) -> None:
        """A client's log, from the day `first` on."""
        self.past[client.key] = past = log.past
        for move in past.moves:
            week = week_of(move.date)
            self.moved[None][week].append((client, move))
            for rep in move.who if move.source == "line" else (owner_on(log, move.date),):
                self.moved[rep][week].append((client, move))
        if log.told and log.told.day >= first:
            self._deed(client, log, -1, log.told)
        for place, mark in enumerate(log.marks):
            if mark.day < first:
                break
            self._deed(client, log, place, mark)
        for day, place in log.due:
            if day < first:
                break
            self.promised[log.owner][(day - 1) // 7].append((day, client, place))

    def _deed(self, client: Client, log: Log, place: int, mark: Mark) -> None:
        day, time, who, marks, refused, written = mark
        reps = log.who[who]
        date = dt.date.fromordinal(day)
        deed = Deed(client, date, time, place, reps, marks, refused, written, self.words)
        week = (day - 1) // 7
        self.deeds[None][week].append(deed)
        for rep in reps:
            self.deeds[rep][week].append(deed)


def moves_between(diary: Diary, rep: str | None, first: dt.date, last: dt.date) -> list[tuple[Client, Move]]:
    """The rep's movements from `first` to `last`, both included, oldest first; None: the team's."""
    weeks = diary.moved.get(rep, {})
    found = [
        one
        for week in range(week_of(first), week_of(last) + 1)
        for one in weeks.get(week, ())
        if first <= one[1].date <= last
    ]
    return sorted(found, key=lambda one: (one[1].date, one[0].path))


def _kept(words: Words, day: int, client: Client, place: int) -> Kept:
    one = words.promise(client.key, place)
    made = dt.date.fromordinal(one.made) if one.made else None
    return Kept(client, one.text, one.state, dt.date.fromordinal(day), made, one.anchor)


def _by_time(deed: Deed) -> tuple[dt.date, str, str, int]:
    return deed.date, deed.time, deed.client.path, deed.place
